/* Verdicts from plan and result, years, and stated verdicts that the numbers do not bear out. */
#include "plan.h"

#include "input/derived.h"

/* The verdict of a row with this name, plan and result, as its words; "" for none. */
static const char *verdict_in(fixture *f, const char *header, const char *name, const char *plan,
                              const char *actual) {
    char *csv = g_strdup_printf("指标名称,%s,实际完成\n%s,%s,%s\n垫,1,1\n", header, name, plan, actual);
    store_csv(f->ctx, f->store, "d", csv);
    g_free(csv);
    const char *words = jb_verdict_words(jb_dataset_verdict(jb_store_get(f->store, "d", (jb_pos){0}), 0));
    return words ? words : "";
}

static const char *verdict(fixture *f, const char *name, const char *plan, const char *actual) {
    return verdict_in(f, "年初目标", name, plan, actual);
}

static void plain_numbers(void **state) {
    assert_string_equal(verdict(*state, "投资（亿元）", "350", "427.7"), "超过目标");
    assert_string_equal(verdict(*state, "投资（亿元）", "350", "350.0"), "完成目标");
    assert_string_equal(verdict(*state, "投资（亿元）", "350", "327.7"), "未完成目标");
    assert_string_equal(verdict(*state, "安全事故死亡率", "0.022", "0.023"), "未完成目标");
    assert_string_equal(verdict(*state, "安全事故死亡率", "0.022", "0.020"), "超过目标");
    assert_string_equal(verdict(*state, "单位能耗降低（%）", "3.5", "3.6"), "超过目标");
}

static void bounds_are_kept_or_not(void **state) {
    assert_string_equal(verdict(*state, "失业率（%）", "2.5 以内", "2.5 以内"), "完成目标");
    assert_string_equal(verdict(*state, "失业率（%）", "2.5 以内", "2.4"), "完成目标");
    assert_string_equal(verdict(*state, "失业率（%）", "2.5 以内", "2.6"), "未完成目标");
    assert_string_equal(verdict(*state, "死亡率", "≤0.022", "0.023"), "未完成目标");
    assert_string_equal(verdict(*state, "能耗降低（%）", "3.55 以上", "3.55 以上"), "完成目标");
    assert_string_equal(verdict(*state, "能耗降低（%）", "3.55 以上", "3.5"), "未完成目标");
    assert_string_equal(verdict(*state, "失业率（%）", "2.5 以内", "3 以内"), ""); /* may be 2, may be 2.8 */
    assert_string_equal(verdict(*state, "失业率（%）", "2.5 以内", "3 以上"), "未完成目标");
    assert_string_equal(verdict(*state, "投资", "350", "360 以上"), "超过目标");
    assert_string_equal(verdict(*state, "投资", "350", "350 以上"), "完成目标"); /* or more */
    assert_string_equal(verdict(*state, "投资", "350", "340 以上"), "");
}

static void approximate_plans_and_ranges(void **state) {
    assert_string_equal(verdict(*state, "增速（%）", "7.5 左右", "7.45"), "完成目标");
    assert_string_equal(verdict(*state, "增速（%）", "7.5 左右", "7.55"), "完成目标");
    assert_string_equal(verdict(*state, "增速（%）", "7.5 左右", "7.6"), "超过目标");
    assert_string_equal(verdict(*state, "增速（%）", "7.5 左右", "3.9"), "未完成目标");
    assert_string_equal(verdict(*state, "增速（%）", "8 左右", "7.5"), "完成目标");
    assert_string_equal(verdict(*state, "增速（%）", "6~6.5", "6.1"), "完成目标");
    assert_string_equal(verdict(*state, "增速（%）", "6~6.5", "6.6"), "超过目标");
    assert_string_equal(verdict(*state, "增速（%）", "6~6.5", "5.9"), "未完成目标");
    assert_string_equal(verdict(*state, "增速（%）", "6", "5~7"), "");
}

static void what_gives_none(void **state) {
    assert_string_equal(verdict(*state, "甲", "—", "—"), "");
    assert_string_equal(verdict(*state, "甲", "市级下达", "3"), "");
    assert_string_equal(verdict(*state, "甲", "与上年持平", "3"), "");
    assert_string_equal(verdict(*state, "甲", "350 万元", "427 亿美元"), "");
    assert_string_equal(verdict(*state, "甲", "3500 万元", "0.3 亿元"), "未完成目标");
    assert_string_equal(verdict_in(*state, "年初预算", "支出（亿元）", "350", "427"), "");
    assert_string_equal(verdict_in(*state, "年初预算", "支出（亿元）", "350", "350"), "完成目标");
    assert_int_equal(jb_dataset_verdict(jb_store_get(((fixture *)*state)->store, "gdp", (jb_pos){0}), 0),
                     JB_VERDICT_NONE);
}

static jb_dataset *load(fixture *f, const char *from, const char *to) {
    char *text;
    assert_true(g_file_get_contents("examples/plan-2020/data/plan-2020.csv", &text, NULL, NULL));
    if (from) {
        char **parts = g_strsplit(text, from, 2);
        assert_non_null(parts[1]);
        g_free(text);
        text = g_strjoinv(to, parts);
        g_strfreev(parts);
    }
    store_csv(f->ctx, f->store, "p", text);
    g_free(text);
    return (jb_dataset *)jb_store_get(f->store, "p", (jb_pos){0});
}

static unsigned alarms(fixture *f, const char *from, const char *to) {
    const jb_dataset *d = load(f, from, to);
    size_t before = jb_context_count(f->ctx, JB_WARNING);
    jb_dataset_check_verdicts(f->ctx, d);
    return (unsigned)(jb_context_count(f->ctx, JB_WARNING) - before);
}

static void no_false_alarm(void **state) { assert_int_equal(alarms(*state, NULL, NULL), 0); }

static void a_changed_figure_is_told(void **state) {
    assert_int_equal(alarms(*state, "427.7", "327.7"), 1);
    assert_string_equal(told(*state),
                        "p:6:25: warning: “超过目标” of “固定资产投资额” is not borne out: “实际完成” is "
                        "327.7 where “年初目标” is 350, that is 未完成目标");
}

static void claims_are_of_three_kinds(void **state) {
    assert_int_equal(alarms(*state, "427.7,超过目标", "350,超过目标"), 1);
    assert_int_equal(alarms(*state, "427.7,超过目标", "427.7,未完成目标"), 1);
    assert_int_equal(alarms(*state, "427.7,超过目标", "427.7,完成目标"), 0); /* more than that is that too */
    assert_int_equal(alarms(*state, "427.7,超过目标", "300,基本完成"), 0);
    assert_int_equal(alarms(*state, "2.5 以内,2.5 以内,完成目标", "2.5 以内,2.1,超过目标"), 0);
    assert_int_equal(alarms(*state, "2.5 以内,2.5 以内,完成目标", "2.5 以内,2.6,完成目标"), 1);
}

static void years_of_rows(void **state) {
    fixture *f = *state;
    int year = 0, row = -1;
    store_csv(f->ctx, f->store, "y", "指标名称,年份,值\n甲,2019,1\n甲,2020 年,2\n甲,总计,3\n");
    const jb_dataset *d = jb_store_get(f->store, "y", (jb_pos){0});
    assert_int_equal(jb_dataset_year_column(d), 1);
    assert_true(jb_dataset_year(d, 1, &year));
    assert_int_equal(year, 2020);
    assert_false(jb_dataset_year(d, 2, &year));
    assert_int_equal(jb_dataset_rows_named(d, "甲", 0, &row), 3);
    assert_int_equal(jb_dataset_rows_named(d, "甲", 2019, &row), 1);
    assert_int_equal(row, 0);
    assert_int_equal(jb_dataset_year_column(jb_store_get(f->store, "plan", (jb_pos){0})), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(plain_numbers),
                                       TEST(bounds_are_kept_or_not),
                                       TEST(approximate_plans_and_ranges),
                                       TEST(what_gives_none),
                                       TEST(no_false_alarm),
                                       TEST(a_changed_figure_is_told),
                                       TEST(claims_are_of_three_kinds),
                                       TEST(years_of_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
