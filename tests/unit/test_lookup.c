/* Look-ups in running text: grammar, what they find, filters, errors with exact places. */
#include "plan.h"

#include "input/lookup.h"

static const jb_pos pos = {"r.md", 7, 10};

/* The text of a look-up, or its error as “line:column: message”. */
static const char *look(fixture *f, const char *expression) {
    g_string_truncate(f->out, 0);
    if (jb_store_lookup(f->store, expression, pos, f->out) == JB_OK) return f->out->str;
    assert_int_equal(f->out->len, 0); /* nothing half written */
    const char *message = told(f);
    assert_true(g_str_has_prefix(message, "r.md:"));
    g_string_assign(f->out, message + strlen("r.md:"));
    char *severity = strstr(f->out->str, ": error");
    assert_non_null(severity);
    g_string_erase(f->out, severity - f->out->str, strlen(": error"));
    return f->out->str;
}

static void cells_come_as_written(void **state) {
    assert_string_equal(look(*state, "plan[\"进出口总额\"][\"实际完成\"]"), "380");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"][\"年初目标\"]"), "7.5 左右");
    assert_string_equal(look(*state, "plan[\"主要污染物排放总量减少\"][\"年初目标\"]"), "—");
}

static void quotes_of_three_kinds(void **state) {
    assert_string_equal(look(*state, "plan[“进出口总额”][“实际完成”]"), "380");
    assert_string_equal(look(*state, "plan['进出口总额']['实际完成']"), "380");
    assert_string_equal(look(*state, "plan[‘进出口总额’][\"实际完成\"]"), "380");
}

static void blanks_are_free(void **state) {
    assert_string_equal(look(*state, "  plan [ \" 进出口总额 \" ] [ \"实际完成\" ]  |  number ( 1 )  "),
                        "380.0");
    assert_string_equal(look(*state, "plan[\"进出口总额\"]\n  .rate"), "126.7%");
}

static void rows_go_by_name_without_marks(void **state) {
    assert_string_equal(look(*state, "plan[\"城镇登记失业率 (%)\"].name"), "城镇登记失业率");
    assert_string_equal(look(*state, "plan[\"#氨氮\"][\"实际完成\"]"), "1.3");
    assert_string_equal(look(*state, "plan[\"能源消耗总量增长率 (%) *\"].unit"), "%");
}

static void columns_go_by_path(void **state) {
    assert_string_equal(look(*state, "plan[\"进出口总额\"][\"2020 年/年初目标\"]"), "300");
}

static void years_are_names(void **state) {
    assert_string_equal(look(*state, "gdp[\"2019\"][\"重庆市\"] | number(0)"), "23606");
}

static void parts_of_a_row(void **state) {
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate"), "126.7%");
    assert_string_equal(look(*state, "plan[\"固定资产投资额\"].variance"), "77.7");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].unit"), "亿元");
    assert_string_equal(look(*state, "plan[\"进出口总额（亿元）\"].name"), "进出口总额");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].verdict"), "超过目标");
}

static void filters_of_numbers(void **state) {
    assert_string_equal(look(*state, "plan[\"一般公共预算收入\"][\"实际完成\"] | number(1)"), "67.2");
    assert_string_equal(look(*state, "plan[\"一般公共预算收入\"][\"实际完成\"] | number(3)"), "67.240");
    assert_string_equal(look(*state, "plan[\"一般公共预算收入\"][\"实际完成\"] | number"), "67.24");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"][\"实际完成\"] | percent(2)"), "3.90%");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"][\"实际完成\"]|signed(1)"), "+3.9");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"].variance | signed(1)"), "−3.6");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"].variance"), "−3.6");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | percent(1)"), "126.7%");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | percent"), "126.7%");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | number(0)"), "127");
}

static void differences_are_decimal(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "d", "指标名称,年初目标,实际完成\n甲（亿元）,0.1,0.285\n");
    assert_string_equal(look(f, "d[\"甲\"].variance"), "0.185");
    assert_string_equal(look(f, "d[\"甲\"].variance | signed(2)"), "+0.19"); /* 0.285 - 0.1 is below 0.185 */
}

static void ranges_keep_both_ends(void **state) {
    assert_string_equal(look(*state, "plan[\"能源消耗总量增长率\"][\"实际完成\"] | number(1)"), "6.0～6.5");
    assert_string_equal(look(*state, "plan[\"能源消耗总量增长率\"][\"实际完成\"] | percent(1)"),
                        "6.0%～6.5%");
}

static void percent_needs_percent(void **state) {
    assert_string_equal(look(*state, "plan[\"进出口总额\"][\"实际完成\"] | percent(1)"),
                        "7:34: “实际完成” of “进出口总额” is in “亿元”, not in percent");
    assert_string_equal(
        look(*state, "plan[\"地区生产总值增速\"].variance | percent(1)"),
        "7:38: “variance” of “地区生产总值增速” is in percentage points, not in percent: use signed or "
        "number");
}

static void unknown_names_get_help(void **state) {
    assert_string_equal(look(*state, "plam[\"进出口总额\"].rate"),
                        "7:10: no dataset “plam”; did you mean “plan”?");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rat"),
                        "7:24: unknown part “.rat” of a row; did you mean “rate”?");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | percnt(1)"),
                        "7:31: unknown filter “percnt”; did you mean “percent”?");
}

static void unknown_rows_and_columns_have_places(void **state) {
    fixture *f = *state;
    assert_true(g_str_has_prefix(look(f, "plan[\"进出口总值\"][\"实际完成\"]"), "7:16: "));
    assert_non_null(strstr(f->out->str, "进出口总额"));
    assert_true(g_str_has_prefix(look(f, "plan[\"进出口总额\"][\"实际完工\"]"), "7:25: "));
    assert_non_null(strstr(f->out->str, "实际完成"));
}

static void texts_are_no_numbers(void **state) {
    assert_string_equal(look(*state, "plan[\"主要污染物排放总量减少\"][\"实际完成\"] | number(1)"),
                        "7:40: “实际完成” of “主要污染物排放总量减少” is “—”: number needs a number");
    assert_string_equal(look(*state, "plan[\"一般公共预算收入\"][\"年初目标\"] | number(1)"),
                        "7:37: “年初目标” of “一般公共预算收入” is “与上年持平”: number needs a number");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].name | number(1)"),
                        "7:31: “name” of “进出口总额” is “进出口总额”: number needs a number");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | signed(1) | percent(1)"),
                        "7:43: “rate” of “进出口总额” is “+126.7”: percent needs a number");
}

static void empty_cells_are_errors(void **state) {
    assert_string_equal(look(*state, "plan[\"氨氮\"][\"完成情况\"]"), "7:22: “完成情况” of “氨氮” is empty");
}

static void what_cannot_be_derived(void **state) {
    assert_true(g_str_has_prefix(look(*state, "plan[\"一般公共预算收入\"].rate"),
                                 "7:27: “一般公共预算收入” has no completion rate"));
    assert_true(g_str_has_prefix(look(*state, "plan[\"一般公共预算收入\"].variance"),
                                 "7:27: “一般公共预算收入” has no variance"));
    assert_true(g_str_has_prefix(look(*state, "gdp[\"2019\"].verdict"), "7:22: “2019” has no verdict: "));
    assert_true(g_str_has_prefix(look(*state, "gdp[\"2019\"].variance_pct"),
                                 "7:22: “2019” has no variance in percent"));
}

static void grammar_errors_have_places(void **state) {
    assert_string_equal(look(*state, ""), "7:10: look-up ends where a dataset's name is expected");
    assert_string_equal(look(*state, "plan"), "7:14: look-up ends where [\"ROW\"] is expected");
    assert_string_equal(look(*state, "[\"a\"]"), "7:10: expected a dataset's name, found “[”");
    assert_string_equal(look(*state, "plan[3][\"实际完成\"]"),
                        "7:15: a row is named in quotes, a number is not allowed");
    assert_string_equal(look(*state, "plan[\"进出口总额\"][2]"),
                        "7:24: a column is named in quotes, a number is not allowed");
    assert_string_equal(look(*state, "plan[进出口总额]"), "7:15: expected a name in quotes, found “进”");
    assert_string_equal(look(*state, "plan[\"进出口总额]"), "7:15: name of a row has no closing “\"”");
    assert_string_equal(look(*state, "plan[\"\"]"), "7:15: name of a row is empty");
    assert_string_equal(look(*state, "plan[\"进出口总额\"}"), "7:22: expected “]”, found “}”");
    assert_string_equal(
        look(*state, "plan[\"进出口总额\"]"),
        "7:23: look-up ends where [\"COLUMN\"] or .rate, .variance, .variance_pct, .unit, .name, .verdict, "
        ".year is expected");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate 。"),
                        "7:29: expected “|” or the end of the look-up, found “。”");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate |"),
                        "7:30: look-up ends where a filter's name is expected");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | number(10)"),
                        "7:38: number takes a number of digits from 0 to 9 in brackets");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].rate | number(x)"),
                        "7:38: number takes a number of digits from 0 to 9 in brackets");
}

static void places_follow_line_breaks(void **state) {
    assert_string_equal(look(*state, "plan[\"进出口总额\"]\n .rat"),
                        "8:3: unknown part “.rat” of a row; did you mean “rate”?");
}

static void bad_bytes_are_told(void **state) {
    assert_string_equal(look(*state, "plan[\"\xff\"]"), "7:10: look-up is not UTF-8");
    assert_string_equal(look(*state, "plan[\xe8"), "7:10: look-up is not UTF-8");
}

static const char *digits(fixture *f, double value, int decimals, bool plus) {
    g_string_truncate(f->out, 0);
    jb_filter_digits(f->out, value, decimals, plus);
    return f->out->str;
}

static void digits_round_as_decimals(void **state) {
    assert_string_equal(digits(*state, 0.285, 2, false), "0.29"); /* the double is below 0.285 */
    assert_string_equal(digits(*state, 1.005, 2, false), "1.01");
    assert_string_equal(digits(*state, 2.5, 0, false), "3");
    assert_string_equal(digits(*state, -2.5, 0, false), "−3");
    assert_string_equal(digits(*state, 9.995, 2, false), "10.00");
    assert_string_equal(digits(*state, 999.9, 0, false), "1000");
    assert_string_equal(digits(*state, 0.5, 0, false), "1");
    assert_string_equal(digits(*state, 0.05, 0, false), "0");
    assert_string_equal(digits(*state, 0.096, 2, false), "0.10");
    assert_string_equal(digits(*state, 0.0049, 2, false), "0.00");
}

static void digits_are_filled_up(void **state) {
    assert_string_equal(digits(*state, 0, 2, false), "0.00");
    assert_string_equal(digits(*state, 0.01, 3, false), "0.010");
    assert_string_equal(digits(*state, 380, 0, false), "380");
    assert_string_equal(digits(*state, 380, 2, false), "380.00");
    assert_string_equal(digits(*state, 1e-7, 9, false), "0.000000100");
    assert_string_equal(digits(*state, 1e20, 1, false), "100000000000000000000.0");
    assert_string_equal(digits(*state, 120000, -1, false), "120000");
    assert_string_equal(digits(*state, 0.022, -1, false), "0.022");
    assert_string_equal(digits(*state, 0, -1, false), "0");
}

static void signs_are_only_where_they_belong(void **state) {
    assert_string_equal(digits(*state, 3.6, 1, true), "+3.6");
    assert_string_equal(digits(*state, -3.6, 1, true), "−3.6");
    assert_string_equal(digits(*state, 0, 1, true), "0.0");
    assert_string_equal(digits(*state, 0.04, 1, true), "0.0");
    assert_string_equal(digits(*state, -0.04, 1, false), "0.0");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(cells_come_as_written),
                                       TEST(quotes_of_three_kinds),
                                       TEST(blanks_are_free),
                                       TEST(rows_go_by_name_without_marks),
                                       TEST(columns_go_by_path),
                                       TEST(years_are_names),
                                       TEST(parts_of_a_row),
                                       TEST(filters_of_numbers),
                                       TEST(differences_are_decimal),
                                       TEST(ranges_keep_both_ends),
                                       TEST(percent_needs_percent),
                                       TEST(unknown_names_get_help),
                                       TEST(unknown_rows_and_columns_have_places),
                                       TEST(texts_are_no_numbers),
                                       TEST(empty_cells_are_errors),
                                       TEST(what_cannot_be_derived),
                                       TEST(grammar_errors_have_places),
                                       TEST(places_follow_line_breaks),
                                       TEST(bad_bytes_are_told),
                                       TEST(digits_round_as_decimals),
                                       TEST(digits_are_filled_up),
                                       TEST(signs_are_only_where_they_belong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
