/* Pasted tables: which lines are one, headers that come again, captions and notes, look-ups, places. */
#include "report.h"

static const jb_text_table *table_at(const report *r, unsigned block) {
    assert_true(block < r->document->count);
    assert_int_equal(r->document->blocks[block]->kind, JB_BLOCK_TEXT_TABLE);
    return r->document->blocks[block]->table;
}

static const char *cell(report *r, const jb_text_table *table, unsigned row, unsigned column) {
    assert_true(row < table->rows && column < table->columns);
    return jb_inlines_text(r->document->arena, &table->cells[row * table->columns + column]);
}

static void rows_with_tabs_are_a_table(void **state) {
    report_reads(
        *state, "前文\n指标\t值\n甲\t1\n乙\t2\n后文\n",
        "{\"block\":1,\"kind\":\"paragraph\",\"at\":\"1:1\",\"text\":\"前文\"}\n"
        "{\"block\":2,\"kind\":\"text-table\",\"at\":\"2:1\",\"caption\":\"\",\"header_rows\":1,\"rows\":["
        "[\"指标\",\"值\"],[\"甲\",\"1\"],[\"乙\",\"2\"]],\"notes\":[]}\n"
        "{\"block\":3,\"kind\":\"paragraph\",\"at\":\"5:1\",\"text\":\"后文\"}\n");
}

static void headers_over_two_rows(void **state) {
    report *r = *state;
    assert_true(report_load(r, "序号\t指标\t2020 年\t\t情况\n\t\t目标\t实际\t\n1\t甲\t7\t8\t好\n"));
    const jb_text_table *table = table_at(r, 0);
    assert_int_equal(table->rows, 3);
    assert_int_equal(table->columns, 5);
    assert_int_equal(table->header_rows, 2);
    assert_true(table->pasted);
    assert_true(table->wide[3]);
    assert_true(table->tall[5]);
    assert_false(table->tall[7]);
    assert_string_equal(cell(r, table, 1, 3), "实际");
}

static void a_table_cut_by_blank_lines_is_one(void **state) {
    report *r = *state;
    assert_true(report_load(
        r, "**表 1：主要指标**\n\n名\t值 \n甲\t1\n\n \n名\t值\n乙\t2\n\n名\t值\n丙\t3\n\n注：快报\n\n文\n"));
    const jb_text_table *table = table_at(r, 0);
    assert_int_equal(r->document->count, 2);
    assert_int_equal(table->rows, 4);
    assert_int_equal(table->header_rows, 1);
    assert_string_equal(cell(r, table, 3, 0), "丙");
    assert_string_equal(jb_inlines_text(r->document->arena, &table->caption), "表 1：主要指标");
    assert_int_equal(table->caption.items[0].flags, 0);
    assert_int_equal(table->note_count, 1);
    assert_int_equal(table->notes[0].items[0].pos.line, 13);
}

static void another_header_is_another_table(void **state) {
    report *r = *state;
    assert_true(report_load(r, "名\t值\n甲\t1\n\n名\t数\n乙\t2\n"));
    assert_int_equal(r->document->count, 2);
    assert_string_equal(cell(r, table_at(r, 1), 0, 1), "数");
}

static void rows_that_look_like_markdown_stay_rows(void **state) {
    report *r = *state;
    assert_true(report_load(r, "序号\t名\t值\n1.\t甲\t1\n-\t乙\t2\n+\t丙\t3\n#\t丁\t4\n\t#戊 *\t<b>|`_\n"));
    assert_string_equal(report_messages(r), "");
    const jb_text_table *table = table_at(r, 0);
    assert_int_equal(table->rows, 6);
    assert_string_equal(cell(r, table, 1, 0), "1.");
    assert_string_equal(cell(r, table, 4, 0), "#");
    assert_string_equal(cell(r, table, 5, 1), "#戊 *");
    assert_string_equal(cell(r, table, 5, 2), "<b>|`_");
}

static void lists_with_tabs_stay_lists(void **state) {
    report *r = *state;
    assert_true(report_load(r, "1.\t甲\n2.\t乙\n\n-\t丙\n-\t丁\n"));
    assert_int_equal(r->document->count, 2);
    assert_int_equal(r->document->blocks[0]->kind, JB_BLOCK_LIST);
    assert_int_equal(r->document->blocks[0]->count, 2);
    assert_int_equal(r->document->blocks[1]->kind, JB_BLOCK_LIST);
}

static void one_line_or_one_column_is_no_table(void **state) {
    report *r = *state;
    assert_true(report_load(r, "甲\t乙\n\n丙\n"));
    assert_int_equal(r->document->blocks[0]->kind, JB_BLOCK_PARAGRAPH);
    assert_true(report_load(r, "\t甲\n\t乙\n"));
    assert_int_equal(r->document->blocks[0]->kind, JB_BLOCK_CODE);
}

static void fences_keep_their_tabs(void **state) {
    report *r = *state;
    assert_true(report_load(
        r, "~~~\na\tb\nc\td\n~~~\n\n- x\n  ```\n  a\tb\n  c\td\n  ```\n\n> ```\n> a\tb\n> c\td\n> ```\n"));
    assert_string_equal(report_messages(r), "");
    assert_int_equal(r->document->count, 3);
    assert_string_equal(r->document->blocks[0]->text, "a\tb\nc\td\n");
    assert_string_equal(r->document->blocks[1]->children[0]->children[1]->text, "a\tb\nc\td\n");
    assert_string_equal(r->document->blocks[2]->children[0]->text, "a\tb\nc\td\n");
}

static void a_fence_ends_with_its_quote(void **state) {
    report *r = *state;
    assert_false(report_load(r, "> ```\n> x\n\n名\t值\n甲\t1\n"));
    assert_string_equal(report_messages(r), "1:3: the block that begins here is not closed\n");
}

static void gfm_rows_are_not_pasted(void **state) {
    report *r = *state;
    assert_true(report_load(r, "|\ta\t|\tb\t|\n|---|---|\n|\t1\t|\t2\t|\n"));
    const jb_text_table *table = table_at(r, 0);
    assert_false(table->pasted);
    assert_string_equal(cell(r, table, 1, 1), "2");
}

static void look_ups_in_cells(void **state) {
    report *r = *state;
    assert_true(report_load(r, "名\t值\n{{a[\"x\"]}}\t共 {{ b }} 亿\n\"{{c}}\"区\t {{d}}\n"));
    const jb_text_table *table = table_at(r, 0);
    assert_string_equal(cell(r, table, 1, 0), "{{a[\"x\"]}}");
    const jb_inlines *second = &table->cells[3];
    assert_int_equal(second->count, 3);
    assert_string_equal(second->items[0].text, "共 ");
    assert_int_equal(second->items[0].pos.column, 12);
    assert_int_equal(second->items[1].kind, JB_INLINE_LOOKUP);
    assert_string_equal(second->items[1].text, "b");
    assert_int_equal(second->items[1].pos.column, 17);
    assert_int_equal(second->items[2].pos.column, 21);
    assert_string_equal(cell(r, table, 2, 0), "\"{{c}}\"区");
    assert_int_equal(table->cells[5].items[0].pos.column, 13);
}

static void the_first_cell_may_be_a_look_up(void **state) {
    report *r = *state;
    assert_true(report_load(r, "{{a}}\t值\n甲\t1\n"));
    assert_string_equal(cell(r, table_at(r, 0), 0, 0), "{{a}}");
}

static void windows_places(void **state) {
    report *r = *state;
    assert_true(report_load(r, "名\t值\r\n甲\t{{x}}\r\n乙\t2\r\n"));
    const jb_text_table *table = table_at(r, 0);
    assert_int_equal(table->rows, 3);
    assert_int_equal(table->cells[3].items[0].pos.line, 2);
    assert_int_equal(table->cells[3].items[0].pos.column, 5);
    assert_int_equal(table->cells[5].items[0].pos.line, 3);
    assert_int_equal(table->cells[5].items[0].pos.column, 3);
}

static void a_row_too_long_is_placed(void **state) {
    report *r = *state;
    assert_false(report_load(r, "文\n\n名\t值\n甲\t1\t2\n"));
    jb_diagnostic d = jb_context_diagnostic(r->ctx, 0);
    assert_int_equal(d.line, 4);
    assert_string_equal(d.source, "甲\t1\t2");
}

static void tables_in_lists_stand_outside(void **state) {
    report *r = *state;
    assert_true(report_load(r, "1. 甲\n名\t值\n乙\t2\n2. 丙\n"));
    assert_int_equal(r->document->count, 3);
    assert_int_equal(r->document->blocks[2]->level, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REPORT_TEST(rows_with_tabs_are_a_table),
        REPORT_TEST(headers_over_two_rows),
        REPORT_TEST(a_table_cut_by_blank_lines_is_one),
        REPORT_TEST(another_header_is_another_table),
        REPORT_TEST(rows_that_look_like_markdown_stay_rows),
        REPORT_TEST(lists_with_tabs_stay_lists),
        REPORT_TEST(one_line_or_one_column_is_no_table),
        REPORT_TEST(fences_keep_their_tabs),
        REPORT_TEST(a_fence_ends_with_its_quote),
        REPORT_TEST(gfm_rows_are_not_pasted),
        REPORT_TEST(look_ups_in_cells),
        REPORT_TEST(the_first_cell_may_be_a_look_up),
        REPORT_TEST(windows_places),
        REPORT_TEST(a_row_too_long_is_placed),
        REPORT_TEST(tables_in_lists_stand_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
