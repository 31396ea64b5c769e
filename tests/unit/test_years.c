/* Several years as one dataset; 与上年持平. */
#include "unit.h"

#include "input/years.h"

typedef struct years {
    jb_context *ctx;
    jb_arena *arena;
    jb_dataset *parts[4];
    jb_year_part list[4];
    unsigned count;
    jb_dataset *joined;
    char message[2048];
} years;

static int set_up(void **state) {
    years *y = g_new0(years, 1);
    y->ctx = jb_context_new();
    y->arena = jb_arena_new();
    *state = y;
    return 0;
}

static int tear_down(void **state) {
    years *y = *state;
    for (unsigned i = 0; i < y->count; i++) jb_dataset_free(y->parts[i]);
    jb_dataset_free(y->joined);
    jb_arena_free(y->arena);
    jb_context_free(y->ctx);
    g_free(y);
    return 0;
}

static jb_dataset *read_csv(jb_context *ctx, const char *file, const char *text) {
    jb_grid *grid;
    jb_dataset *dataset = NULL;
    jb_pos origin = {jb_intern(ctx, file), 1, 1};
    assert_int_equal(jb_grid_read(ctx, g_strdup(text), strlen(text), ',', origin, &grid), JB_OK);
    assert_int_equal(jb_dataset_new(ctx, grid, file, NULL, &dataset), JB_OK);
    return dataset;
}

static void add(years *y, int year, const char *file, const char *text) {
    y->parts[y->count] = read_csv(y->ctx, file, text);
    y->list[y->count] = (jb_year_part){y->parts[y->count], year};
    y->count++;
}

static jb_status join(years *y, const char *yaml) {
    jb_node *root = NULL;
    assert_int_equal(jb_node_parse(y->ctx, y->arena, yaml, strlen(yaml), (jb_pos){"names", 1, 1}, &root), JB_OK);
    jb_year_names names = {jb_node_get(root, "aliases"), jb_node_get(root, "distinct")};
    return jb_years_join(y->ctx, y->list, y->count, &names, "both", &y->joined);
}

/* “name year: cells…” of a row. */
static void assert_row(years *y, unsigned row, const char *expected) {
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "%s", y->joined->rows[row].name);
    for (unsigned c = 1; c < y->joined->column_count; c++)
        g_string_append_printf(out, "|%s", jb_dataset_text(y->joined, row, c));
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static const char *told(years *y) { return last_message(y->ctx, y->message, sizeof y->message); }

static void columns_go_to_their_years(void **state) {
    years *y = *state;
    add(y, 2020, "a-2020.csv", "指标名称,年初目标,实际完成\n进出口总额（亿元）,300,380\n增速（%）,5,3.9\n");
    add(y, 2021, "a-2021.csv", "指标名称,2020 年实际,2021 年预期\n进出口总额（亿元）,380,390\n增速（%）,3.9,7\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_int_equal(y->joined->row_count, 4);
    assert_int_equal(jb_dataset_column(y->joined, "预期"), 4);
    assert_row(y, 0, "进出口总额|2020|300|380|");
    assert_row(y, 1, "增速|2020|5|3.9|");
    assert_row(y, 2, "进出口总额|2021|||390");
    assert_string_equal(y->joined->rows[2].unit, "亿元");
    assert_int_equal(jb_dataset_role(y->joined, JB_COLUMN_YEAR), 1);
    assert_int_equal(jb_context_count(y->ctx, JB_WARNING), 0);
    assert_string_equal(told(y), "a-2021.csv:1:6: note: column “2020 年实际” is joined to “实际完成” of the years before");
}

static void cells_keep_their_places(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n甲,1\n");
    add(y, 2021, "b.csv", "指标名称,实际\n甲,2\n");
    assert_int_equal(join(y, ""), JB_OK);
    jb_pos pos = jb_dataset_pos(y->joined, 1, 2);
    assert_string_equal(pos.file, "b.csv");
    assert_int_equal(pos.line, 2);
    assert_int_equal(pos.column, 3);
}

static void parts_that_disagree_are_told(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n甲（亿元）,380\n");
    add(y, 2021, "b.csv", "指标名称,2020 年实际,2021 年预期\n甲（亿元）,381,390\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_int_equal(jb_context_count(y->ctx, JB_WARNING), 1);
    assert_string_equal(told(y), "b.csv:2:7: warning: “甲” of 2020 is 381 here and 380 at a.csv:2:7, which is kept");
    assert_row(y, 0, "甲|2020|380|");
}

static void equal_values_written_otherwise_agree(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n甲（亿元）,380.0\n乙（亿元）,—\n");
    add(y, 2021, "b.csv", "指标名称,2020 年实际\n甲（亿元）,380\n乙（亿元）,7\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_int_equal(jb_context_count(y->ctx, JB_WARNING), 0);
    assert_row(y, 1, "乙|2020|7");
}

static void near_names_are_asked_for(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n固定资产投资额（亿元）,350\n数字经济比重（%）,3\n");
    add(y, 2021, "b.csv", "指标名称,实际\n固定资产投资总额（亿元）,420\n民营经济比重（%）,4\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_int_equal(y->joined->row_count, 4);
    assert_int_equal(jb_context_count(y->ctx, JB_WARNING), 1);
    assert_non_null(strstr(told(y), "is “固定资产投资总额” the same indicator as “固定资产投资额” (a.csv:2:1)?"));
}

static void names_of_one_table_are_not_asked_for(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n生产总值增速（%）,1\n人均生产总值增速（%）,2\n");
    add(y, 2021, "b.csv", "指标名称,实际\n生产总值增速（%）,3\n人均生产总值增速（%）,4\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_int_equal(jb_context_diagnostics(y->ctx), 0);
}

static void aliases_join(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n固定资产投资额（亿元）,350\n");
    add(y, 2021, "b.csv", "指标名称,实际\n固定资产投资总额（亿元）,420\n");
    assert_int_equal(join(y, "aliases: [[固定资产投资额, 固定资产投资总额]]"), JB_OK);
    assert_int_equal(jb_context_diagnostics(y->ctx), 0);
    assert_row(y, 1, "固定资产投资额|2021|420");
}

static void distinct_names_are_left_alone(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n固定资产投资额（亿元）,350\n");
    add(y, 2021, "b.csv", "指标名称,实际\n固定资产投资总额（亿元）,420\n");
    assert_int_equal(join(y, "distinct: [[固定资产投资额, 固定资产投资总额]]"), JB_OK);
    assert_int_equal(jb_context_diagnostics(y->ctx), 0);
    assert_int_equal(y->joined->row_count, 2);
}

static void aliases_of_another_form_are_refused(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n甲,1\n");
    assert_int_equal(join(y, "aliases: [甲, 乙]"), JB_INPUT);
    assert_string_equal(told(y), "names:1:10: error: “aliases” is a list of lists of names: [[NAME, OTHER NAME], …]");
}

static void sub_indicators_stay_with_theirs(void **state) {
    years *y = *state;
    add(y, 2020, "a.csv", "指标名称,实际\n甲（%）,1\n#子,2\n乙（%）,3\n#子,4\n");
    add(y, 2021, "b.csv", "指标名称,实际\n甲（%）,5\n#子,6\n#新,7\n乙（%）,8\n#子,9\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_row(y, 3, "子|2020|4");
    assert_int_equal(y->joined->rows[3].parent, 2);
    assert_row(y, 6, "新|2021|7");
    assert_int_equal(y->joined->rows[6].parent, 4);
    assert_row(y, 8, "子|2021|9");
}

static void last_years_column_goes_a_year_back(void **state) {
    years *y = *state;
    add(y, 2021, "b.csv", "指标名称,上年实际,目标\n甲,5,6\n");
    assert_int_equal(join(y, ""), JB_OK);
    assert_row(y, 0, "甲|2020|5|");
    assert_row(y, 1, "甲|2021||6");
}

static void same_as_last_year_gets_its_number(void **state) {
    years *y = *state;
    jb_store *store = jb_store_new(y->ctx);
    jb_store_add(store, "new", read_csv(y->ctx, "plan-2020.csv", "指标名称,年初目标,实际完成\n收入（亿元）,与上年持平,67.24\n别的（亿元）,持平,1\n"));
    jb_store_add(store, "old", read_csv(y->ctx, "plan-2019.csv", "指标名称,年初目标,实际完成\n收入（亿元）,60,67.2\n"));
    jb_years_settle(store);
    jb_value value = jb_dataset_at(jb_store_nth(store, 0), 0, 1);
    assert_int_equal(value.kind, JB_VALUE_SAME);
    assert_true(value.resolved && value.number == 67.2);
    assert_false(jb_dataset_at(jb_store_nth(store, 0), 1, 1).resolved);
    unsigned rows[] = {1, 0};
    jb_dataset *some = jb_dataset_subset(jb_store_nth(store, 0), rows, 2);
    assert_true(jb_dataset_at(some, 1, 1).resolved && !jb_dataset_at(some, 0, 1).resolved);
    jb_dataset_free(some);
    jb_store_free(store);
}

static void years_of_file_names(void **state) {
    (void)state;
    assert_int_equal(jb_years_of_file("data/2019/plan-2020.csv"), 2020);
    assert_int_equal(jb_years_of_file("12020.csv"), 0);
    assert_int_equal(jb_years_of_file("2020-2021.xlsx"), 2021);
    assert_int_equal(jb_years_of_file("20201231.csv"), 0);
    assert_int_equal(jb_years_of_file("plan.csv"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(columns_go_to_their_years),
        TEST(cells_keep_their_places),
        TEST(parts_that_disagree_are_told),
        TEST(equal_values_written_otherwise_agree),
        TEST(near_names_are_asked_for),
        TEST(names_of_one_table_are_not_asked_for),
        TEST(aliases_join),
        TEST(distinct_names_are_left_alone),
        TEST(aliases_of_another_form_are_refused),
        TEST(sub_indicators_stay_with_theirs),
        TEST(last_years_column_goes_a_year_back),
        TEST(same_as_last_year_gets_its_number),
        cmocka_unit_test(years_of_file_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
