/* SQL conditions: what they see, what they may not do, how their errors read. */
#include "plan.h"

#include "base/limits.h"
#include "input/sql.h"

static const jb_pos pos = {"r.md", 7, 3};

/* The chosen rows of a dataset as “1 4 5”, counted from 1; "error" when the condition failed. */
static const char *rows_of(fixture *f, const char *dataset, const char *where) {
    jb_dataset *d = NULL;
    const jb_dataset *all = jb_store_get(f->store, dataset, pos);
    g_string_truncate(f->out, 0);
    if (jb_store_select(f->store, dataset, where, pos, &d) != JB_OK) {
        assert_null(d);
        return "error";
    }
    for (unsigned i = 0; i < d->row_count; i++)
        for (unsigned j = 0; j < all->row_count; j++)
            if (!strcmp(jb_dataset_written(all, j), jb_dataset_written(d, i)))
                g_string_append_printf(f->out, "%s%u", f->out->len ? " " : "", j + 1);
    jb_dataset_free(d);
    return f->out->str;
}

static const char *rows(fixture *f, const char *where) { return rows_of(f, "plan", where); }

/* The error a condition gives, without its place. */
static const char *error(fixture *f, const char *where) {
    assert_string_equal(rows(f, where), "error");
    const char *message = told(f);
    assert_true(g_str_has_prefix(message, "r.md:7:3: error: "));
    return message + strlen("r.md:7:3: error: ");
}

static void numbers_compare_as_numbers(void **state) {
    assert_string_equal(rows(*state, "实际完成 > 100"), "3 4");
    assert_string_equal(rows(*state, "实际完成 = '380'"), "4");
    assert_string_equal(rows(*state, "年初目标 / 4 = 87.5"), "3");
}

static void qualified_numbers_are_numbers(void **state) {
    assert_string_equal(rows(*state, "年初目标 = 7.5"), "1");
    assert_string_equal(rows(*state, "实际完成 = 6"), "6"); /* the lower end of a range */
}

static void missing_is_null(void **state) {
    assert_string_equal(rows(*state, "年初目标 IS NULL"), "7");
    assert_string_equal(rows(*state, "完成情况 IS NULL"), "8 9");
}

static void texts_are_as_written(void **state) {
    assert_string_equal(rows(*state, "年初目标 = '与上年持平'"), "2");
    assert_string_equal(rows(*state, "完成情况 LIKE '超%'"), "3 4");
}

static void names_come_without_units(void **state) {
    assert_string_equal(rows(*state, "指标名称 = '进出口总额'"), "4");
    assert_string_equal(rows(*state, "name IN ('氨氮', '进出口总额')"), "4 9");
}

static void kinds_can_be_asked(void **state) {
    assert_string_equal(rows(*state, "年初目标_kind = 'upper'"), "5 6");
    assert_string_equal(rows(*state, "实际完成_kind = 'range'"), "6");
    assert_string_equal(rows(*state, "年初目标_kind IN ('same', 'missing')"), "2 7");
}

static void marks_can_be_asked(void **state) {
    assert_string_equal(rows(*state, "binding"), "6 7");
    assert_string_equal(rows(*state, "sub"), "8 9");
    assert_string_equal(rows(*state, "level = 0 AND unit = '%'"), "1 5 6 7");
    assert_string_equal(rows(*state, "rowid <= 2"), "1 2");
}

static void years_compare_as_numbers(void **state) {
    assert_string_equal(rows_of(*state, "gdp", "年份 >= 2019"), "2 3");
    assert_string_equal(rows_of(*state, "gdp", "name = '2019'"), "2");
}

static void other_datasets_can_be_read(void **state) {
    assert_string_equal(rows(*state, "rowid IN (SELECT rowid FROM gdp WHERE 四川省 > 45000)"), "2 3");
    assert_string_equal(rows(*state, "实际完成 = (SELECT max(实际完成) FROM plan)"), "3");
    assert_string_equal(rows(*state, "rowid = (WITH n AS (SELECT 年份 FROM gdp) SELECT count(*) FROM n)"),
                        "3");
}

static void comments_do_no_harm(void **state) {
    assert_string_equal(rows(*state, "binding -- those that bind ;)"), "6 7");
    assert_string_equal(rows(*state, "binding /* ) */ AND 1"), "6 7");
}

static void brackets_in_texts_do_no_harm(void **state) {
    assert_string_equal(rows(*state, "name = ');' OR name = 'it''s;' OR sub"), "8 9");
}

static void unknown_columns_get_help(void **state) {
    assert_string_equal(error(*state, "实际完工 > 1"),
                        "unknown column “实际完工” in “plan”; did you mean “实际完成”?");
    assert_string_equal(error(*state, "plan.实际完工 > 1"),
                        "unknown column “实际完工” in “plan”; did you mean “实际完成”?");
    assert_string_equal(error(*state, "rowid IN (SELECT gdp.四川 FROM gdp)"),
                        "unknown column “四川” in “gdp”; did you mean “四川省”?");
}

static void unknown_columns_list_what_there_is(void **state) {
    assert_string_equal(
        error(*state, "人口 > 1"),
        "unknown column “人口” in “plan”; there are: 序号, 指标名称, 年初目标, 实际完成, 完成情况, "
        "name, unit, binding, sub, level, 序号_kind, 指标名称_kind, …");
}

static void texts_in_wrong_quotes_get_help(void **state) {
    assert_non_null(strstr(error(*state, "name = \"煤炭产量\""), "(a text is written '煤炭产量')"));
    assert_non_null(strstr(error(*state, "name = “氨氮”"), "a text is written in straight single quotes"));
}

static void unknown_tables_get_help(void **state) {
    assert_string_equal(error(*state, "EXISTS (SELECT 1 FROM gdb)"),
                        "unknown dataset “gdb” in a condition; did you mean “gdp”?");
}

static void syntax_errors_are_told(void **state) {
    assert_string_equal(error(*state, "unit = = 1"), "bad condition on “plan”: near \"=\": syntax error");
    assert_string_equal(error(*state, "nofunction(1)"),
                        "bad condition on “plan”: no such function: nofunction");
    assert_non_null(
        strstr(error(*state, "sum(实际完成) > 1"), "bad condition on “plan”: misuse of aggregate"));
}

static void a_condition_is_one_expression(void **state) {
    assert_string_equal(error(*state, "1; DROP TABLE plan"),
                        "bad condition on “plan”: it is one expression, “;” is not allowed in it");
    assert_string_equal(error(*state, "1) UNION SELECT rowid FROM gdp WHERE (1"),
                        "bad condition on “plan”: “)” closes nothing");
    assert_string_equal(error(*state, "(1"), "bad condition on “plan”: “(” is not closed");
    assert_string_equal(error(*state, "unit = 'x"), "bad condition on “plan”: “'” is not closed");
    assert_string_equal(error(*state, "1 /* x"), "bad condition on “plan”: “/*” is not closed");
    assert_string_equal(error(*state, ""), "bad condition on “plan”: it is empty");
    assert_string_equal(error(*state, " \n-- nothing"), "bad condition on “plan”: it is empty");
    assert_string_equal(error(*state, "1 LIMIT 1"), "bad condition on “plan”: near \"LIMIT\": syntax error");
}

static void parameters_are_refused(void **state) {
    assert_string_equal(error(*state, "unit = :u"), "bad condition on “plan”: it has a parameter “:u”");
    assert_string_equal(error(*state, "unit = ?"), "bad condition on “plan”: it has a parameter “?”");
}

static void the_schema_is_closed(void **state) {
    assert_string_equal(error(*state, "(SELECT name FROM sqlite_schema) = ''"),
                        "a condition may not read “sqlite_master”");
    assert_non_null(
        strstr(error(*state, "EXISTS (SELECT name FROM pragma_database_list)"), "a condition may not "));
    assert_non_null(
        strstr(error(*state, "EXISTS (SELECT value FROM json_each('[1]'))"), "a condition may not "));
}

static void changing_functions_are_refused(void **state) {
    assert_string_equal(error(*state, "random() > 0"),
                        "a condition may not call “random”: its result would not be the same on every run");
    assert_non_null(strstr(error(*state, "date('now') > ''"), "may not call “date”"));
    assert_non_null(strstr(error(*state, "CURRENT_TIME > ''"), "may not call “current_time”"));
    assert_string_equal(error(*state, "load_extension('x.so')"), "a condition may not call “load_extension”");
}

static void endless_conditions_stop(void **state) {
    assert_string_equal(error(*state, "(WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n) "
                                      "SELECT max(i) FROM n)"),
                        "condition on “plan” takes more than 50000000 steps (JB_LIMIT_SQL_STEPS)");
    assert_string_equal(rows(*state, "binding"), "6 7"); /* the next one has its own count */
}

static void huge_values_are_refused(void **state) {
    assert_string_equal(error(*state, "length(zeroblob(100000000))"),
                        "bad condition on “plan”: string or blob too big");
}

static void deep_expressions_are_refused(void **state) {
    GString *deep = g_string_new("1");
    for (int i = 0; i < 5000; i++) g_string_append(deep, "+(1");
    for (int i = 0; i < 5000; i++) g_string_append_c(deep, ')');
    assert_non_null(strstr(error(*state, deep->str), "bad condition on “plan”: "));
    g_string_free(deep, TRUE);
}

static void shared_names_go_by_path(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "two",
              "指标名称,2020 年,,2021 年,\n,目标,完成,目标,完成\n甲,1,2,3,4\n乙,5,6,7,8\n");
    assert_string_equal(rows_of(f, "two", "\"2021 年/目标\" = 7"), "2");
    assert_string_equal(rows_of(f, "two", "\"2020 年/目标\" = 1"), "1");
}

static void own_columns_win_over_ours(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "own", "name,unit,level,rowid,_rowid_\na,x,7,50,1\nb,y,8,60,1\n");
    assert_string_equal(rows_of(f, "own", "unit = 'y'"), "2");
    assert_string_equal(rows_of(f, "own", "level = 7"), "1");
    assert_string_equal(rows_of(f, "own", "rowid = 60"), "2");
}

static void odd_names_are_quoted(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "od\"d; --", "名称,\"a\"\"b\"\n甲,1\n乙,2\n");
    assert_string_equal(rows_of(f, "od\"d; --", "\"a\"\"b\" = 2"), "2");
}

static void reserved_names_are_refused(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    store_csv(f->ctx, f->store, "sqlite_master", gdp_csv);
    assert_int_equal(jb_store_select(f->store, "plan", "1", pos, &d), JB_INPUT);
    assert_string_equal(told(f),
                        "sqlite_master:0:0: error: dataset name “sqlite_master” begins with “sqlite_”");
}

static void columns_without_limit_are_cut(void **state) {
    fixture *f = *state;
    GString *csv = g_string_new("名称");
    for (int i = 1; i < JB_LIMIT_COLUMNS; i++) g_string_append_printf(csv, ",c%d", i);
    g_string_append(csv, "\n甲");
    for (int i = 1; i < JB_LIMIT_COLUMNS; i++) g_string_append_printf(csv, ",%d", i);
    store_csv(f->ctx, f->store, "wide", g_string_append_c(csv, '\n')->str);
    assert_string_equal(rows_of(f, "wide", "c1999 = 1999"), "1");
    g_string_free(csv, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(numbers_compare_as_numbers),
                                       TEST(qualified_numbers_are_numbers),
                                       TEST(missing_is_null),
                                       TEST(texts_are_as_written),
                                       TEST(names_come_without_units),
                                       TEST(kinds_can_be_asked),
                                       TEST(marks_can_be_asked),
                                       TEST(years_compare_as_numbers),
                                       TEST(other_datasets_can_be_read),
                                       TEST(comments_do_no_harm),
                                       TEST(brackets_in_texts_do_no_harm),
                                       TEST(unknown_columns_get_help),
                                       TEST(unknown_columns_list_what_there_is),
                                       TEST(texts_in_wrong_quotes_get_help),
                                       TEST(unknown_tables_get_help),
                                       TEST(syntax_errors_are_told),
                                       TEST(a_condition_is_one_expression),
                                       TEST(parameters_are_refused),
                                       TEST(the_schema_is_closed),
                                       TEST(changing_functions_are_refused),
                                       TEST(endless_conditions_stop),
                                       TEST(huge_values_are_refused),
                                       TEST(deep_expressions_are_refused),
                                       TEST(shared_names_go_by_path),
                                       TEST(own_columns_win_over_ours),
                                       TEST(odd_names_are_quoted),
                                       TEST(reserved_names_are_refused),
                                       TEST(columns_without_limit_are_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
