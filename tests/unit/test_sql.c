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
        "name, unit, binding, sub, level, parent, total, …");
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

/* ---- views ---- */

static void cells_can_be_asked_in_views(void **state) {
    assert_string_equal(rows(*state, "年初目标_text = '7.5 左右'"), "1");
    assert_string_equal(rows(*state, "实际完成_high = 6.5 AND 实际完成 = 6"), "6");
    assert_string_equal(rows(*state, "实际完成_unit = '亿元'"), "2 3 4");
    assert_string_equal(rows(*state, "完成情况_text IS NULL"), "8 9");
    assert_string_equal(rows(*state, "年初目标_high IS NULL"), "2 7");
}

static void rows_can_be_asked_for_what_follows(void **state) {
    assert_string_equal(rows(*state, "parent = '主要污染物排放总量减少'"), "8 9");
    assert_string_equal(rows(*state, "rate > 125"), "4");
    assert_string_equal(rows(*state, "round(variance, 1) IN (77.7, -3.6)"), "1 3");
    assert_string_equal(rows(*state, "variance_pct BETWEEN 22 AND 23"), "3");
    assert_string_equal(rows(*state, "verdict = '完成目标' AND sub"), "8 9"); /* computed */
    assert_string_equal(rows(*state, "verdict = '完成预期'"), "1 2");         /* stated */
    assert_string_equal(rows(*state, "better = 'less' AND NOT sub"), "5 6");
    assert_string_equal(rows(*state, "total OR year"), "");
    assert_string_equal(rows_of(*state, "gdp", "year = 2019"), "2");
}

/* ---- queries ---- */

/* The result as lines, cells parted by |, names, units and kinds as understood; or the last message without
 * its file. */
static const char *query(fixture *f, const char *sql) {
    jb_dataset *d = NULL;
    if (jb_store_query(f->store, sql, pos, "q", &d) != JB_OK) {
        assert_null(d);
        const char *message = told(f);
        return strncmp(message, "r.md:", 5) ? message : message + 5;
    }
    g_string_truncate(f->out, 0);
    for (unsigned c = 0; c < d->column_count; c++)
        g_string_append_printf(f->out, "%s%s", c ? "|" : "", d->columns[c].name);
    for (unsigned r = 0; r < d->row_count; r++) {
        g_string_append_c(f->out, '\n');
        for (unsigned c = 0; c < d->column_count; c++)
            g_string_append_printf(f->out, "%s%s", c ? "|" : "", jb_dataset_text(d, r, c));
    }
    jb_dataset_free(d);
    return f->out->str;
}

static void queries_make_tables(void **state) {
    assert_string_equal(
        query(*state, "SELECT 指标名称, 实际完成, 年初目标_text AS 年初目标 FROM plan WHERE rowid < 3"),
        "指标名称|实际完成|年初目标\n地区生产总值增速|3.9|7.5 左右\n一般公共预算收入|67.24|与上年持平");
    assert_string_equal(
        query(*state, "SELECT name, 0.1 + 0.2 AS a, 1e20 AS b, -1.5 AS c, 9007199254740993 AS d, NULL AS e "
                      "FROM gdp LIMIT 1"),
        "name|a|b|c|d|e\n2018|0.3|100000000000000000000|-1.5|9007199254740993|");
    assert_string_equal(
        query(*state,
              "WITH a AS (SELECT 1 AS x UNION ALL SELECT 2) SELECT 'n' || x AS 名称, x FROM a; -- end"),
        "名称|x\nn1|1\nn2|2");
    assert_string_equal(query(*state, "SELECT 1 AS 值"), "值\n1");
}

static void queries_keep_units(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    assert_int_equal(
        jb_store_query(
            f->store,
            "SELECT 指标名称, unit, 年初目标, 实际完成, 实际完成 * 1.0 / 年初目标 AS \"增速（%）\" "
            "FROM plan WHERE rowid IN (3, 4)",
            pos, "q", &d),
        JB_OK);
    double rate;
    bool approximate;
    assert_string_equal(d->rows[0].unit, "亿元");
    assert_string_equal(d->columns[4].name, "增速");
    assert_string_equal(d->columns[4].unit, "%");
    assert_string_equal(d->id, "q");
    assert_int_equal(d->header_rows, 1);
    assert_true(jb_dataset_rate(d, 1, &rate, &approximate)); /* the columns have their roles */
    assert_string_equal(d->file, "r.md!q");
    jb_store_add(f->store, "q", d);
    assert_string_equal(rows_of(f, "q", "unit = '亿元' AND 增速 > 1.25"), "2");
}

static const char *const next_csv =
    "指标名称,2021 年预期\n进出口总额（亿元）,390\n固定资产投资总额（亿元）,420\n"
    "地区生产总值增速（%）,7\n进出口总额（亿元）,391\n";

static void tables_are_joined_by_names(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "next", next_csv);
    assert_string_equal(
        query(f, "SELECT 指标名称, 实际完成, \"2021 年预期\" FROM plan JOIN next USING (指标名称)"),
        "指标名称|实际完成|2021 年预期\n地区生产总值增速|3.9|7\n进出口总额|380|390\n进出口总额|380|391");
    assert_string_equal(
        query(f, "SELECT 指标名称, 实际完成 FROM next LEFT JOIN plan USING (指标名称)"),
        "指标名称|实际完成\n进出口总额|380\n固定资产投资总额|\n地区生产总值增速|3.9\n进出口总额|380");
    /* the order of rows is that of FROM, either way round */
    assert_string_equal(query(f, "SELECT 指标名称, next.rowid AS 行 FROM next JOIN plan USING (指标名称)"),
                        "指标名称|行\n进出口总额|1\n地区生产总值增速|3\n进出口总额|4");
    assert_string_equal(
        query(f, "SELECT 指标名称, a.rowid AS 行 FROM next a JOIN plan USING (指标名称) JOIN next b USING "
                 "(指标名称) WHERE plan.unit = '亿元'"),
        "指标名称|行\n进出口总额|1\n进出口总额|1\n进出口总额|4\n进出口总额|4");
    assert_string_equal(query(f, "SELECT p.name, n.rowid AS 行 FROM plan p JOIN next n ON n.name = p.name"),
                        "name|行\n地区生产总值增速|3\n进出口总额|1\n进出口总额|4");
    assert_string_equal(query(f, "SELECT a.name, b.rowid AS 行 FROM gdp a JOIN gdp b ON b.年份 = a.年份 + 1"),
                        "name|行\n2018|2\n2019|3");
    assert_string_equal(query(f, "SELECT name, rowid AS 行 FROM gdp WHERE name = 2019"), "name|行\n2019|2");
    assert_string_equal(
        query(f, "SELECT count(*) AS n FROM plan WHERE name = NULL OR name COLLATE NOCASE = 'x'"), "n\n0");
}

/* Twenty thousand rows joined with themselves stay within the limit of steps. */
static void joins_by_names_are_not_slow(void **state) {
    fixture *f = *state;
    GString *csv = g_string_new("指标名称,值\n");
    for (int i = 0; i < 20000; i++) g_string_append_printf(csv, "甲%d,%d\n", i, i);
    store_csv(f->ctx, f->store, "big", csv->str);
    g_string_free(csv, TRUE);
    assert_string_equal(
        query(f, "SELECT count(*) AS n, sum(a.值 = b.值) AS m FROM big a JOIN big b USING (指标名称)"),
        "n|m\n20000|20000");
}

static void bad_queries_are_told(void **state) {
    assert_string_equal(query(*state, "SELECT 实际成 FROM plan\nWHERE 实际完工 > 1"),
                        "7:10: error: unknown column “实际成”; did you mean “实际完成”?");
    assert_string_equal(query(*state, "SELECT name FROM plan\nWHERE 实际完工 > 1"),
                        "8:7: error: unknown column “实际完工”; did you mean “实际完成”?");
    assert_string_equal(query(*state, "SELECT name FROM plan WHERE 0"),
                        "7:3: error: the query gives no rows");
    assert_string_equal(query(*state, " -- nothing\n"), "7:3: error: the query is empty");
    assert_string_equal(query(*state, "SELECT x'00' AS a"),
                        "7:3: error: the query's column “a” has a value in row 1 that "
                        "is no number and no text");
    assert_string_equal(query(*state, "SELECT 1e999 AS a"),
                        "7:3: error: the query's column “a” has a value in row 1 that "
                        "is no number and no text");
    assert_string_equal(query(*state, "EXPLAIN SELECT 1"),
                        "7:3: error: a query is one SELECT, or WITH … SELECT");
    assert_string_equal(query(*state, "PRAGMA user_version"),
                        "7:3: error: a query is one SELECT, or WITH … SELECT");
    assert_string_equal(query(*state, "SELECT * FROM sqlite_master"),
                        "7:3: error: a query may not read “sqlite_master”");
    assert_string_equal(query(*state, "SELECT name FROM plan;\n\n DROP TABLE plan"),
                        "9:2: error: a query is one SELECT, a second statement begins here");
    assert_string_equal(query(*state, "SELECT \"煤炭\" FROM plan"),
                        "7:10: error: unknown column “煤炭”; there are: 序号, "
                        "指标名称, 年初目标, 实际完成, 完成情况, name, unit, "
                        "binding, sub, level, parent, total, … (a text is "
                        "written '煤炭')");
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
                                       TEST(columns_without_limit_are_cut),
                                       TEST(cells_can_be_asked_in_views),
                                       TEST(rows_can_be_asked_for_what_follows),
                                       TEST(queries_make_tables),
                                       TEST(queries_keep_units),
                                       TEST(tables_are_joined_by_names),
                                       TEST(joins_by_names_are_not_slow),
                                       TEST(bad_queries_are_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
