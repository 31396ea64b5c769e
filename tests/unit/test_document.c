/* Reports as a whole: head, datasets, look-ups, the dump. */
#include "report.h"

static const char table[] = "指标名称,目标,实际\n进出口总额（亿元）,300,380\n";

/* A file beside the report, gone with remove_file. */
static void write_file(report *r, const char *name, const char *text) {
    char *path = g_build_filename(r->folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_free(path);
}

static void remove_file(report *r, const char *name) {
    char *path = g_build_filename(r->folder, name, NULL);
    g_unlink(path);
    g_free(path);
}

static jb_status load_datasets(report *r, const char *text) {
    assert_true(report_load(r, text));
    jb_store_free(r->store);
    r->store = jb_store_new(r->ctx);
    return jb_document_datasets(r->ctx, r->document, r->store);
}

static void no_head_is_an_empty_map(void **state) {
    report *r = *state;
    assert_true(report_load(r, "# 甲\n\n---\n\n乙\n"));
    assert_int_equal(r->document->head->kind, JB_NODE_MAP);
    assert_int_equal(r->document->head->count, 0);
    assert_int_equal(r->document->count, 3);
    assert_true(report_load(r, ""));
    assert_int_equal(r->document->count, 0);
}

static void the_head_is_read(void **state) {
    report *r = *state;
    assert_true(report_load(r, "\n---  \ntitle: 简报\ndata: {}\n---\n# 甲 {{a}}\n"));
    assert_string_equal(jb_node_get(r->document->head, "title")->text, "简报");
    assert_int_equal(jb_node_get(r->document->head, "title")->pos.line, 3);
    assert_int_equal(r->document->blocks[0]->pos.line, 6);
    assert_int_equal(r->document->blocks[0]->inlines.items[1].pos.column, 7);
    assert_true(report_load(r, "---\r\ntitle: 甲\r\n...\r\n乙\r\n"));
    assert_int_equal(r->document->blocks[0]->pos.line, 4);
}

static void heads_are_checked(void **state) {
    report_fails(*state, "---\ntitle: 甲\nauther: 乙\n---\n",
                 "3:1: unknown key in the head “auther”; did you mean “author”?\n");
    report_fails(*state, "---\ntitle: 甲\n", "1:1: the head is not closed with “---”\n");
    report_fails(*state, "---\n- 甲\n---\n", "2:1: the head is a map of “key: value” lines\n");
    report_fails(*state, "---\ntitle: [\n---\n",
                 "3:1: malformed YAML: did not find expected node content (while parsing a flow node)\n");
}

static void head_and_text_are_both_reported(void **state) {
    report_fails(*state, "---\nbad: 1\n---\n甲 <b>\n",
                 "2:1: unknown key in the head “bad”; there are: title, subtitle, author, organisation, "
                 "series, issue, "
                 "date, theme, lang, data, subject, attach, …\n4:3: HTML is not supported: “<b>”\n");
}

static void the_source_is_kept(void **state) {
    report *r = *state;
    assert_true(report_load(r, "\xEF\xBB\xBF# 甲\n"));
    assert_string_equal(r->document->source, "# 甲\n");
    assert_int_equal(r->document->source_length, 6);
    assert_string_equal(r->document->file, r->path);
}

static void a_missing_report_is_an_error(void **state) {
    report *r = *state;
    jb_document *document;
    assert_int_equal(jb_document_load(r->ctx, "no/such.md", &document), JB_INPUT);
    assert_null(document);
    assert_string_equal(report_messages(r), "0:0: cannot read: No such file or directory\n");
}

static void datasets_stand_beside_the_report(void **state) {
    report *r = *state;
    write_file(r, "a.csv", table);
    assert_int_equal(load_datasets(r, "---\ndata:\n  甲: a.csv\n  乙: {file: a.csv}\n---\n"), JB_OK);
    assert_int_equal(jb_store_count(r->store), 2);
    assert_string_equal(jb_store_nth(r->store, 0)->id, "甲");
    assert_string_equal(jb_store_nth(r->store, 1)->id, "乙");
    remove_file(r, "a.csv");
}

static void no_data_is_no_error(void **state) {
    report *r = *state;
    assert_int_equal(load_datasets(r, "甲\n"), JB_OK);
    assert_int_equal(load_datasets(r, "---\ndata:\n---\n"), JB_OK);
    assert_int_equal(jb_store_count(r->store), 0);
}

static void dataset_errors_have_their_place(void **state) {
    report *r = *state;
    write_file(r, "a.csv", table);
    assert_int_equal(
        load_datasets(r, "---\ndata:\n  a: no.csv\n  b: {file: no.csv}\n  c: {fil: a.csv}\n  d: {}\n"
                         "  e: [a.csv, no.csv]\n  f: a.csv\n---\n"),
        JB_INPUT);
    const char *messages = report_messages(r);
    assert_non_null(strstr(messages, "3:6: cannot read “"));
    assert_non_null(strstr(messages, "4:13: cannot read “"));
    assert_non_null(strstr(messages, "5:7: unknown key of a dataset “fil”; did you mean “file”?\n"));
    assert_non_null(strstr(messages, "6:6: a dataset needs a “file” or “sql”\n"));
    assert_non_null(strstr(messages, "7:7: neither its name nor its header tells the year of “a.csv”; say {file: …, year: …}\n"));
    assert_int_equal(jb_store_count(r->store), 1);
    assert_int_equal(load_datasets(r, "---\ndata:\n  Plan: a.csv\n  plan: a.csv\n  '': a.csv\n---\n"),
                     JB_INPUT);
    assert_string_equal(report_messages(r),
                        "4:3: the dataset “plan” is named twice, save for upper and lower case\n"
                        "5:3: a dataset needs a name\n");
    assert_int_equal(load_datasets(r, "---\ndata: a.csv\n---\n"), JB_INPUT);
    assert_string_equal(report_messages(r), "2:7: “data” is a map of names to files\n");
    remove_file(r, "a.csv");
}

static void look_ups_become_text(void **state) {
    report *r = *state;
    write_file(r, "a.csv", table);
    assert_int_equal(
        load_datasets(
            r, "---\ndata: {plan: a.csv}\n---\n完成**{{plan[\"进出口总额\"][\"实际\"]}}**。\n\n"
               "**表 1：{{plan[\"进出口总额\"].unit}}**\n名\t值\n甲\t{{plan[\"进出口总额\"][\"目标\"]}}\n\n"
               "注：{{plan[\"进出口总额\"].name}}\n\n- > {{plan[\"进出口总额\"][\"目标\"]}}\n"),
        JB_OK);
    assert_int_equal(jb_document_resolve(r->ctx, r->document, r->store), JB_OK);
    assert_string_equal(report_messages(r), "");
    jb_arena *arena = r->document->arena;
    assert_string_equal(jb_inlines_text(arena, &r->document->blocks[0]->inlines), "完成380。");
    assert_int_equal(r->document->blocks[0]->inlines.items[1].flags, JB_INLINE_STRONG);
    const jb_text_table *t = r->document->blocks[1]->table;
    assert_string_equal(jb_inlines_text(arena, &t->caption), "表 1：亿元");
    assert_string_equal(jb_inlines_text(arena, &t->cells[3]), "300");
    assert_string_equal(jb_inlines_text(arena, &t->notes[0]), "注：进出口总额");
    const jb_block *quote = r->document->blocks[2]->children[0]->children[0];
    assert_string_equal(jb_inlines_text(arena, &quote->children[0]->inlines), "300");
    remove_file(r, "a.csv");
}

static void every_look_up_that_fails_is_told(void **state) {
    report *r = *state;
    write_file(r, "a.csv", table);
    assert_int_equal(
        load_datasets(r,
                      "---\ndata: {plan: a.csv}\n---\n{{ nix[\"a\"].name }}\n\n甲 {{plan[\"无\"].name}}\n"),
        JB_OK);
    assert_int_equal(jb_document_resolve(r->ctx, r->document, r->store), JB_INPUT);
    assert_int_equal(jb_context_diagnostics(r->ctx), 2);
    assert_int_equal(jb_context_diagnostic(r->ctx, 0).line, 4);
    assert_int_equal(jb_context_diagnostic(r->ctx, 0).column, 4);
    assert_int_equal(jb_context_diagnostic(r->ctx, 1).line, 6);
    remove_file(r, "a.csv");
}

static void specs_dump_as_json(void **state) {
    report_reads(*state, "```chart\na: [1, 2.50, \"3\", yes, true, ~, 年]\nb: {c: \"x\\ty\"}\n```\n",
                 "{\"block\":1,\"kind\":\"chart\",\"at\":\"1:1\",\"id\":\"chart-1\",\"spec\":{\"a\":[1,2.5,"
                 "\"3\",\"yes\","
                 "true,null,\"年\"],\"b\":{\"c\":\"x\\ty\"}}}\n");
}

/* A whole report as an office pastes it: heads of the table repeated, Chinese indents, bold run-ins. */
static void a_pasted_report(void **state) {
    report *r = *state;
    jb_document *document;
    assert_int_equal(jb_document_load(r->ctx, "tests/reports/pasted.md", &document), JB_OK);
    r->document = document;
    assert_string_equal(report_messages(r), "");
    assert_int_equal(document->count, 8);
    const jb_block *plan = document->blocks[4];
    assert_int_equal(plan->kind, JB_BLOCK_TEXT_TABLE);
    assert_int_equal(plan->table->header_rows, 2);
    assert_int_equal(plan->table->rows, 2 + 6);
    assert_int_equal(plan->table->note_count, 1);
    assert_string_equal(jb_inlines_text(document->arena, &plan->table->caption), "表 1：主要指标完成情况");
    assert_string_equal(jb_inlines_text(document->arena, &plan->table->notes[0]), "注：加*为约束性指标。");
    assert_int_equal(document->blocks[3]->inlines.items[0].flags, JB_INLINE_STRONG);
    assert_int_equal(document->blocks[7]->kind, JB_BLOCK_CHART);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REPORT_TEST(no_head_is_an_empty_map),
        REPORT_TEST(the_head_is_read),
        REPORT_TEST(heads_are_checked),
        REPORT_TEST(head_and_text_are_both_reported),
        REPORT_TEST(the_source_is_kept),
        REPORT_TEST(a_missing_report_is_an_error),
        REPORT_TEST(datasets_stand_beside_the_report),
        REPORT_TEST(no_data_is_no_error),
        REPORT_TEST(dataset_errors_have_their_place),
        REPORT_TEST(look_ups_become_text),
        REPORT_TEST(every_look_up_that_fails_is_told),
        REPORT_TEST(specs_dump_as_json),
        REPORT_TEST(a_pasted_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
