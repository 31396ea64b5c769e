/* Names (tests/names.txt), words of headers, directions of indicators. */
#include "unit.h"

#include "input/name.h"
#include "input/role.h"

/* ---- names ---- */

static char *decode(const char *text) {
    char **parts = g_strsplit(text, "\\u3000", -1), *joined = g_strjoinv("　", parts);
    g_strfreev(parts);
    return joined;
}

static const char *field(char **fields, guint i) { return i < g_strv_length(fields) ? fields[i] : ""; }

static bool check_name(jb_arena *arena, char **fields, int line) {
    const char *name, *unit;
    bool binding;
    int level;
    char *text = decode(fields[0]);
    jb_name_split(arena, text, &name, &unit, &binding, &level);
    const char *core = *field(fields, 5) ? fields[5] : fields[1];
    bool good = !strcmp(name, field(fields, 1)) && !strcmp(unit, field(fields, 2)) &&
                binding == !strcmp(field(fields, 3), "*") && level == atoi(field(fields, 4)) &&
                !strcmp(jb_name_core(name), core);
    if (!good)
        fprintf(stderr, "# tests/names.txt:%d: “%s” is [%s] [%s] %s %d [%s]\n", line, text, name, unit,
                binding ? "*" : "-", level, jb_name_core(name));
    g_free(text);
    return good;
}

static void file_of_names(void **state) {
    (void)state;
    char *content;
    assert_true(g_file_get_contents("tests/names.txt", &content, NULL, NULL));
    char **lines = g_strsplit(content, "\n", -1);
    jb_arena *arena = jb_arena_new();
    int checked = 0, wrong = 0;
    for (int i = 0; lines[i]; i++) {
        char **fields = g_strsplit(lines[i], "\t", -1);
        if (g_strv_length(fields) > 1) checked++, wrong += !check_name(arena, fields, i + 1);
        g_strfreev(fields);
    }
    assert_int_equal(wrong, 0);
    assert_true(checked > 80);
    jb_arena_free(arena);
    g_strfreev(lines);
    g_free(content);
}

static void indents(void **state) {
    (void)state;
    assert_int_equal(jb_name_indent("工业"), 0);
    assert_int_equal(jb_name_indent("　工业"), 2);
    assert_int_equal(jb_name_indent("　　其中：工业"), 4);
    assert_int_equal(jb_name_indent("    工业"), 4);
    assert_int_equal(jb_name_indent("\t工业"), 4);
    assert_int_equal(jb_name_indent(""), 0);
}

/* ---- headers ---- */

static void headers_that_name_rows(void **state) {
    (void)state;
    const char *yes[] = {"指标名称", "指标", "主要指标", "指 标 名 称", "项目",     "项目名称",
                         "年份",     "年度", "年",       "季度",        "月份",     "地区",
                         "区县",     "部门", "行业",     "预算科目",    "学校名称", "规划指标"};
    const char *no[] = {"地区生产总值", "2020 年度", "一季度",   "2020年指标", "预期指标",
                        "责任部门",     "牵头单位",  "完成项目", "备注",       "单位",
                        "实际完成",     "年初目标",  "",         "部门预算数"};
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++)
        if (!jb_header_names_rows(yes[i])) fail_msg("“%s” names rows", yes[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
        if (jb_header_names_rows(no[i])) fail_msg("“%s” names no rows", no[i]);
}

typedef struct role_case {
    const char *path; /* the name is its last cell */
    unsigned numbers, words;
    jb_column_role role;
} role_case;

static void check_roles(const role_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *slash = strrchr(cases[i].path, '/');
        jb_column_role got = jb_column_role_of(slash ? slash + 1 : cases[i].path, cases[i].path,
                                               cases[i].numbers, cases[i].words);
        if (got != cases[i].role)
            fail_msg("“%s” has role %d, not %d", cases[i].path, (int)got, (int)cases[i].role);
    }
}

static void roles_of_scenarios(void **state) {
    (void)state;
    const role_case cases[] = {{"2020 年实际", 9, 1, JB_COLUMN_ACTUAL},
                               {"2021 年预期", 9, 1, JB_COLUMN_FORECAST},
                               {"2020 年/年初目标", 9, 1, JB_COLUMN_PLAN},
                               {"2020 年/实际完成", 9, 1, JB_COLUMN_ACTUAL},
                               {"2020年完成", 9, 0, JB_COLUMN_ACTUAL},
                               {"全年目标", 9, 0, JB_COLUMN_PLAN},
                               {"预算数", 9, 0, JB_COLUMN_PLAN},
                               {"调整预算数", 9, 0, JB_COLUMN_PLAN},
                               {"决算数", 9, 0, JB_COLUMN_ACTUAL},
                               {"执行数", 9, 0, JB_COLUMN_ACTUAL},
                               {"预算执行数", 9, 0, JB_COLUMN_ACTUAL},
                               {"预期目标", 9, 0, JB_COLUMN_PLAN},
                               {"计划完成", 9, 0, JB_COLUMN_PLAN},
                               {"预计完成", 9, 0, JB_COLUMN_FORECAST},
                               {"目 标 值", 9, 0, JB_COLUMN_PLAN},
                               {"累计完成", 9, 0, JB_COLUMN_ACTUAL},
                               {"上年同期", 9, 0, JB_COLUMN_PREVIOUS},
                               {"上年实际", 9, 0, JB_COLUMN_PREVIOUS},
                               {"上年/完成", 9, 0, JB_COLUMN_ACTUAL},
                               {"去年同期数", 9, 0, JB_COLUMN_PREVIOUS},
                               {"计划/2021 年", 9, 0, JB_COLUMN_PLAN},
                               {"主要指标完成情况/2019", 9, 0, JB_COLUMN_VALUE},
                               {"2019", 9, 0, JB_COLUMN_VALUE},
                               {"重庆市", 9, 0, JB_COLUMN_VALUE},
                               {"实际利用外资", 9, 0, JB_COLUMN_VALUE}};
    check_roles(cases, G_N_ELEMENTS(cases));
}

/* Changes and shares hold neither plans nor results, whatever their other words. */
static void roles_of_derived_columns(void **state) {
    (void)state;
    const char *derived[] = {"同比增长",         "同比",      "增速",       "比上年增减",
                             "比上年同期增长",   "完成率",    "完成进度",   "占全年目标",
                             "占全年目标的比重", "为预算的%", "比年初目标", "2020 年/完成率",
                             "增减额",           "排名"};
    for (size_t i = 0; i < G_N_ELEMENTS(derived); i++) {
        const char *slash = strrchr(derived[i], '/');
        assert_true(jb_header_is_derived(slash ? slash + 1 : derived[i]));
        check_roles(&(role_case){derived[i], 9, 0, JB_COLUMN_VALUE}, 1);
    }
    assert_false(jb_header_is_derived("实际完成"));
    check_roles(&(role_case){"2020 年目标/同比", 9, 0, JB_COLUMN_VALUE}, 1);
}

static void roles_of_words(void **state) {
    (void)state;
    const role_case cases[] = {{"序号", 9, 0, JB_COLUMN_NUMBERING},  {"序 号", 9, 0, JB_COLUMN_NUMBERING},
                               {"行次", 9, 0, JB_COLUMN_NUMBERING},  {"单位", 0, 9, JB_COLUMN_UNIT},
                               {"计量单位", 0, 9, JB_COLUMN_UNIT},   {"完成情况", 0, 9, JB_COLUMN_VERDICT},
                               {"完成情况", 9, 0, JB_COLUMN_ACTUAL}, {"是否达标", 1, 9, JB_COLUMN_VERDICT},
                               {"备注", 1, 1, JB_COLUMN_TEXT},       {"备注", 0, 3, JB_COLUMN_TEXT},
                               {"责任单位", 0, 9, JB_COLUMN_TEXT},   {"类别", 0, 9, JB_COLUMN_TEXT},
                               {"指标属性", 0, 9, JB_COLUMN_TEXT},   {"2021 年预期", 0, 3, JB_COLUMN_TEXT}};
    check_roles(cases, G_N_ELEMENTS(cases));
}

static void years_of_headers(void **state) {
    (void)state;
    static const struct {
        const char *path;
        int year;
    } cases[] = {{"2020 年", 2020},
                 {"2020年", 2020},
                 {"2020", 2020},
                 {"２０２０年", 2020},
                 {"二〇二〇年", 2020},
                 {"二○二○年预期", 2020},
                 {"FY2020", 2020},
                 {"2020 年实际", 2020},
                 {"2020 年/年初目标", 2020},
                 {"2020年度", 2020},
                 {"2020年12月", 2020},
                 {"2020-12", 2020},
                 {"十四五规划/2025年目标", 2025},
                 {"2019 年/2020 年", 2020},
                 {"2020年比2019年增长", 0},
                 {"比2019年增长", 0},
                 {"2020年/比2019年增长", 2020},
                 {"2016—2020年", 0},
                 {"上年", 0},
                 {"指标名称", 0},
                 {"12020", 0},
                 {"20201", 0},
                 {"2000元以上", 0},
                 {"2000 万元", 0},
                 {"3000", 0},
                 {"1899年", 0},
                 {"二〇二", 0},
                 {"", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (jb_header_year(cases[i].path) != cases[i].year)
            fail_msg("“%s” is of %d, not %d", cases[i].path, jb_header_year(cases[i].path), cases[i].year);
}

/* ---- directions ---- */

static void check_better(const char *const *names, size_t count, jb_better better) {
    for (size_t i = 0; i < count; i++)
        if (jb_better_of(names[i], JB_VALUE_NUMBER) != better)
            fail_msg("“%s” is not %d", names[i], (int)better);
}

static void directions(void **state) {
    (void)state;
    const char *less[] = {"城镇登记失业率",       "亿元地区生产总值安全事故死亡率",
                          "能源消耗总量增长率",   "单位地区生产总值能耗",
                          "居民消费价格涨幅",     "PM2.5 平均浓度",
                          "主要污染物排放总量",   "化学需氧量",
                          "不良贷款率",           "政府负债率",
                          "万元工业增加值用水量", "恩格尔系数",
                          "城乡居民收入比",       "行政审批时限",
                          "学前儿童近视率"};
    const char *more[] = {"地区生产总值增速",   "固定资产投资额",   "社会消费品零售总额增速",
                          "实际利用外资",       "城镇新增就业",     "居民人均可支配收入增速",
                          "森林覆盖率",         "空气质量优良天数", "常住人口城镇化率",
                          "万人发明专利拥有量", "人均预期寿命"};
    const char *turned[] = {"单位地区生产总值能耗降低",
                            "主要污染物排放总量减少",
                            "地区生产总值二氧化碳排放量降低率",
                            "化学需氧量减排",
                            "城市污水处理率",
                            "黑臭水体治理率",
                            "失业率下降",
                            "失业保险参保人数",
                            "污染地块安全利用率"};
    const char *open[] = {"常住人口", "一般公共预算支出", "常住人口自然增长率", "人口", ""};
    check_better(less, G_N_ELEMENTS(less), JB_BETTER_LESS);
    check_better(more, G_N_ELEMENTS(more), JB_BETTER_MORE);
    check_better(turned, G_N_ELEMENTS(turned), JB_BETTER_MORE);
    check_better(open, G_N_ELEMENTS(open), JB_BETTER_UNKNOWN);
    assert_int_equal(jb_better_of("税收收入减少额", JB_VALUE_NUMBER), JB_BETTER_LESS);
}

/* A bound is what the writer of the plan says himself. */
static void directions_of_bounds(void **state) {
    (void)state;
    assert_int_equal(jb_better_of("某指标", JB_VALUE_UPPER), JB_BETTER_LESS);
    assert_int_equal(jb_better_of("某指标", JB_VALUE_LOWER), JB_BETTER_MORE);
    assert_int_equal(jb_better_of("能源消耗总量", JB_VALUE_LOWER), JB_BETTER_MORE);
    assert_int_equal(jb_better_of("某指标", JB_VALUE_RANGE), JB_BETTER_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(file_of_names),
                                       cmocka_unit_test(indents),
                                       cmocka_unit_test(headers_that_name_rows),
                                       cmocka_unit_test(roles_of_scenarios),
                                       cmocka_unit_test(roles_of_derived_columns),
                                       cmocka_unit_test(roles_of_words),
                                       cmocka_unit_test(years_of_headers),
                                       cmocka_unit_test(directions),
                                       cmocka_unit_test(directions_of_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
