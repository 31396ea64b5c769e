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

static const char *const years_csv = "指标名称,年份,年初目标,实际完成,公布日期\n"
                                     "进出口总额（亿元）,2019,280,310,2020-01-20\n"
                                     "进出口总额（亿元）,2020,300,380,2021-1-8\n"
                                     "财政收入（万元）,2020,660000,672400,20210118\n"
                                     "失业率（%）,2019,2.5,2.4,2021/13/01\n"
                                     "失业率（%）,2020,2.5,2.9,2021-01\n"
                                     "亏损（元）,2020,-5,0.30000000000000004,2021-01-18T10:00\n";

static void store_years(fixture *f) { store_csv(f->ctx, f->store, "years", years_csv); }

static void rows_go_by_name_and_year(void **state) {
    store_years(*state);
    assert_string_equal(look(*state, "years[\"进出口总额\", 2019][\"实际完成\"]"), "310");
    assert_string_equal(look(*state, "years[ \"进出口总额\" , \"2020\" ].rate"), "126.7%");
    assert_string_equal(look(*state, "years[\"进出口总额\", 2020].year"), "2020");
    assert_string_equal(look(*state, "years[\"财政收入\"][\"实际完成\"]"), "672400");
}

static void years_err_at_their_places(void **state) {
    store_years(*state);
    assert_string_equal(
        look(*state, "years[\"进出口总额\"].rate"),
        "7:17: 2 rows of “years” are named “进出口总额”; say the year: years[\"进出口总额\", 2020]");
    assert_string_equal(look(*state, "years[\"进出口总额\", 2018].rate"),
                        "7:25: no row “进出口总额” of 2018 in “years”");
    assert_string_equal(look(*state, "years[\"进出口总值\", 2019].rate"),
                        "7:17: no row “进出口总值” in “years”; did you mean “进出口总额”?");
    assert_string_equal(look(*state, "plan[\"进出口总额\", 2019].rate"),
                        "7:24: “plan” has no column of years (年份)");
    assert_string_equal(look(*state, "years[\"进出口总额\", 19].rate"),
                        "7:25: expected a year such as 2020 behind the row's name");
    assert_string_equal(look(*state, "years[\"进出口总额\", 2019][\"实际完成\", 2019]"),
                        "7:37: expected “]”, found “,”");
}

static void ten_thousands_and_hundred_millions(void **state) {
    store_years(*state);
    assert_string_equal(look(*state, "plan[\"固定资产投资额\"][\"实际完成\"] | wan"), "4277000");
    assert_string_equal(look(*state, "plan[\"固定资产投资额\"][\"实际完成\"] | yi(2)"), "427.70");
    assert_string_equal(look(*state, "years[\"财政收入\"][\"实际完成\"] | yi"), "67.24");
    assert_string_equal(look(*state, "years[\"财政收入\"].variance | yi | signed(1)"), "+1.2");
    assert_string_equal(look(*state, "years[\"财政收入\"].variance | yi | delta"), "增加 1.24 亿元");
    assert_string_equal(look(*state, "years[\"财政收入\"][\"实际完成\"] | yi(1) | number"), "67.2");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"][\"实际完成\"] | wan"),
                        "7:37: “实际完成” of “地区生产总值增速” is in percent: wan is for amounts");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].name | yi"),
                        "7:31: “name” of “进出口总额” is “进出口总额”: yi needs a number");
}

static void units_have_multiples(void **state) {
    (void)state;
    static const struct {
        const char *unit, *base;
        double multiple;
    } cases[] = {{"亿元", "元", 1e8},
                 {"万人", "人", 1e4},
                 {"万亿元", "元", 1e12},
                 {"千元", "元", 1e3},
                 {"万元/人", "元/人", 1e4},
                 {"千瓦", "千瓦", 1},
                 {"", "", 1},
                 {"亿千瓦时", "千瓦时", 1e8},
                 {"百万美元", "美元", 1e6},
                 {"千万元", "元", 1e7},
                 {"%", "%", 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *base;
        assert_true(jb_unit_multiple(cases[i].unit, &base) == cases[i].multiple);
        assert_string_equal(base, cases[i].base);
    }
}

static void changes_in_words(void **state) {
    store_years(*state);
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"][\"实际完成\"] | delta"), "增长 3.9%");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"].variance | delta"), "下降 3.6 个百分点");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"].variance | delta(0)"), "下降 4 个百分点");
    assert_string_equal(look(*state, "plan[\"固定资产投资额\"].variance | delta"), "增加 77.7 亿元");
    assert_string_equal(look(*state, "plan[\"固定资产投资额\"].variance_pct"), "22.2%");
    assert_string_equal(look(*state, "plan[\"固定资产投资额\"].variance_pct | delta(0)"), "增长 22%");
    assert_string_equal(look(*state, "plan[\"氨氮\"].variance | delta"), "持平");
}

static void two_figures_are_compared(void **state) {
    store_years(*state);
    const char *now = "years[\"进出口总额\", 2020][\"实际完成\"]";
    char *text = g_strdup_printf("%s | delta(years[\"进出口总额\", 2019][\"实际完成\"])", now);
    assert_string_equal(look(*state, text), "增长 22.6%");
    g_free(text);
    assert_string_equal(look(*state, "years[\"进出口总额\", 2019][\"实际完成\"] | delta( "
                                     "years[\"进出口总额\", 2020][\"实际完成\"] , 0 )"),
                        "下降 18%");
    assert_string_equal(look(*state, "years[\"失业率\", 2020][\"实际完成\"] | delta(years[\"失业率\", "
                                     "2019][\"实际完成\"])"),
                        "上升 0.5 个百分点");
    assert_string_equal(look(*state, "gdp[\"2019\"][\"重庆市\"] | delta(gdp[\"2019\"][\"重庆市\"])"), "持平");
    assert_string_equal(look(*state, "gdp[\"2019\"][\"重庆市\"] | delta(gdp[\"2018\"][\"重庆市\"], 1)"),
                        "增长 9.3%");
    /* 67.24 亿元 beside 672400 万元 */
    assert_string_equal(look(*state, "plan[\"一般公共预算收入\"][\"实际完成\"] | delta(years[\"财政收入\"]"
                                     "[\"实际完成\"])"),
                        "持平");
    store_csv(((fixture *)*state)->ctx, ((fixture *)*state)->store, "d", "指标名称,a,b\n甲,10000,10001\n");
    assert_string_equal(look(*state, "d[\"甲\"][\"b\"] | delta(d[\"甲\"][\"a\"])"), "基本持平");
}

static void what_is_no_change(void **state) {
    store_years(*state);
    assert_true(g_str_has_prefix(look(*state, "plan[\"城镇登记失业率\"][\"实际完成\"] | delta"),
                                 "7:36: “实际完成” of “城镇登记失业率” is no change: delta follows"));
    assert_true(g_str_has_prefix(look(*state, "plan[\"进出口总额\"].rate | delta"),
                                 "7:31: “rate” of “进出口总额” is no change"));
    assert_true(g_str_has_prefix(look(*state, "plan[\"主要污染物排放总量减少\"].name | delta"), "7:37: "));
    assert_string_equal(
        look(*state, "plan[\"进出口总额\"][\"实际完成\"] | delta(plan[\"氨氮\"][\"实际完成\"])"),
        "7:34: “实际完成” of “进出口总额” and “实际完成” of “氨氮” are not of one kind");
    store_csv(((fixture *)*state)->ctx, ((fixture *)*state)->store, "w", "指标名称,值\n就业（万人）,5\n");
    assert_string_equal(look(*state, "gdp[\"2019\"][\"重庆市\"] | delta(w[\"就业\"][\"值\"])"),
                        "7:31: “重庆市” of “2019” is in “亿元”, “值” of “就业” in “万人”");
    assert_string_equal(look(*state, "years[\"亏损\"][\"实际完成\"] | delta(years[\"亏损\"][\"年初目标\"])"),
                        "7:32: “年初目标” of “亏损” is not above zero: no percentage can be said of it");
    assert_string_equal(look(*state, "plan[\"进出口总额\"].variance | delta(x)"),
                        "7:43: look-up ends where [\"ROW\"] is expected");
    assert_string_equal(
        look(*state, "plan[\"进出口总额\"].variance | delta(plan[\"氨氮\"].rate, x)"),
        "7:52: “氨氮” has no completion rate: it needs a plan above zero and a result, and a unit that "
        "is no rate itself");
}

static void verdicts_are_stated_or_computed(void **state) {
    store_years(*state);
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"].verdict"), "完成预期");
    assert_string_equal(look(*state, "plan[\"地区生产总值增速\"].variance | verdict"), "未完成目标");
    assert_string_equal(look(*state, "years[\"进出口总额\", 2020].verdict"), "超过目标");
    assert_string_equal(look(*state, "plan[\"氨氮\"].verdict"), "完成目标");
    assert_string_equal(look(*state, "plan[\"城镇登记失业率\"].name | verdict"), "完成目标");
    assert_string_equal(look(*state, "plan[\"城镇登记失业率\"].name | verdict(1)"),
                        "7:41: verdict takes nothing in brackets");
    assert_string_equal(look(*state, "sql: SELECT 1 | verdict"),
                        "7:26: verdict follows a look-up in a row, the query's result is none");
}

static void dates_are_written(void **state) {
    store_years(*state);
    assert_string_equal(look(*state, "years[\"进出口总额\", 2019][\"公布日期\"] | date"),
                        "2020 年 1 月 20 日");
    assert_string_equal(look(*state, "years[\"进出口总额\", 2020][\"公布日期\"] | date"),
                        "2021 年 1 月 8 日");
    assert_string_equal(look(*state, "years[\"财政收入\"][\"公布日期\"] | date(\"%Y-%m-%d\")"), "2021-01-18");
    assert_string_equal(look(*state, "years[\"亏损\"][\"公布日期\"] | date('%-m月%-d日%%')"), "1月18日%");
    assert_string_equal(look(*state, "years[\"失业率\", 2020][\"公布日期\"] | date"), "2021 年 1 月");
    assert_string_equal(look(*state, "years[\"失业率\", 2019][\"公布日期\"] | date"),
                        "7:39: “公布日期” of “失业率” is no date such as 2021-01-20");
    assert_string_equal(look(*state, "years[\"失业率\", 2020][\"公布日期\"] | date(\"%d\")"),
                        "7:39: “公布日期” of “失业率” has no day");
    assert_string_equal(look(*state, "years[\"亏损\"][\"公布日期\"] | date(\"%B\")"),
                        "7:32: a format has %Y, %m, %d, %-m, %-d and %%, not “%B”");
    assert_string_equal(look(*state, "years[\"亏损\"][\"公布日期\"] | date(%Y)"),
                        "7:37: expected a format in quotes, such as \"%Y-%m-%d\", found “%”");
}

static void queries_give_one_value(void **state) {
    assert_string_equal(look(*state, "sql: SELECT count(*) FROM plan"), "9");
    assert_string_equal(look(*state, "sql: SELECT 9007199254740993"), "9007199254740993");
    assert_string_equal(look(*state, "sql: SELECT 0.1 + 0.2"), "0.3");
    assert_string_equal(look(*state, "sql: SELECT -1.5"), "−1.5");
    assert_string_equal(look(*state, "sql: SELECT sum(实际完成) FROM plan WHERE unit = '亿元' | number(1)"),
                        "874.9");
    assert_string_equal(look(*state, "sql: SELECT name || '|' || unit FROM plan WHERE rowid = 4"),
                        "进出口总额|亿元");
    assert_string_equal(look(*state, "sql: SELECT (1 | 2) /* | */ | number(2)"), "3.00");
    assert_string_equal(look(*state, "sql: SELECT 3.9 AS \"增速（%）\" | percent(1)"), "3.9%");
    assert_string_equal(look(*state, "sql: SELECT 42770000000 AS \"投资（元）\" | yi(1)"), "427.7");
    assert_string_equal(look(*state, "sql: WITH a AS (SELECT 1 AS x) SELECT x FROM a;"), "1");
    assert_string_equal(look(*state, "sql: SELECT '2021-01-20' | date"), "2021 年 1 月 20 日");
}

static void queries_err_at_their_places(void **state) {
    assert_string_equal(look(*state, "sql: SELECT 1, 2"),
                        "7:15: a query in the text gives one row and one column, this one 2 columns");
    assert_string_equal(look(*state, "sql: SELECT 1 WHERE 0"),
                        "7:15: a query in the text gives one row, this one gives none");
    assert_string_equal(look(*state, "sql: SELECT name FROM plan"),
                        "7:15: a query in the text gives one row, this one gives more");
    assert_string_equal(look(*state, "sql: SELECT NULL"),
                        "7:15: the query gives NULL: there is no such value");
    assert_string_equal(look(*state, "sql: SELECT x'00'"),
                        "7:15: the query gives a value that is no number and no text");
    assert_string_equal(look(*state, "sql: SELECT max(实际完工) FROM plan"),
                        "7:26: unknown column “实际完工”; did you mean “实际完成”?");
    assert_string_equal(look(*state, "sql: SELECT max(p.实际完工)\nFROM plan p"),
                        "7:26: unknown column “实际完工”; did you mean “实际完成”?");
    assert_string_equal(look(*state, "sql:\n  SELECT 1\n  FROM plam"),
                        "8:3: unknown dataset “plam” in a query; did you mean “plan”?");
    assert_string_equal(look(*state, "sql: SELECT 1\n  FROM plan WHERE 中 > > 2"),
                        "8:23: bad query: near \">\": syntax error");
    assert_string_equal(look(*state, "sql: SELECT 1; SELECT 2"),
                        "7:25: a query is one SELECT, a second statement begins here");
    assert_string_equal(look(*state, "sql: DELETE FROM plan"),
                        "7:15: a query is one SELECT, or WITH … SELECT");
    assert_string_equal(look(*state, "sql: WITH a AS (SELECT 1) DELETE FROM plan"),
                        "7:15: bad query: table plan may not be modified");
    assert_string_equal(look(*state, "sql: SELECT random()"),
                        "7:22: a query may not call “random”: its result would not be the same on every run");
    assert_string_equal(look(*state, "sql: SELECT ?"), "7:15: bad query: it has a parameter “?”");
    assert_string_equal(look(*state, "sql:"), "7:14: look-up ends where SELECT is expected");
    assert_string_equal(look(*state, "sql: SELECT name FROM plan WHERE rowid = 1 | number(1)"),
                        "7:55: the query's result is “地区生产总值增速”: number needs a number");
    assert_string_equal(look(*state,
                             "sql: WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
                             "max(i) FROM n"),
                        "7:15: query takes more than 50000000 steps (JB_LIMIT_SQL_STEPS)");
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
                                       TEST(rows_go_by_name_and_year),
                                       TEST(years_err_at_their_places),
                                       TEST(ten_thousands_and_hundred_millions),
                                       TEST(units_have_multiples),
                                       TEST(changes_in_words),
                                       TEST(two_figures_are_compared),
                                       TEST(what_is_no_change),
                                       TEST(verdicts_are_stated_or_computed),
                                       TEST(dates_are_written),
                                       TEST(queries_give_one_value),
                                       TEST(queries_err_at_their_places),
                                       TEST(digits_round_as_decimals),
                                       TEST(digits_are_filled_up),
                                       TEST(signs_are_only_where_they_belong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
