/* Values that are no plain numbers, in charts: as last year, forecasts, columns that hold no number at all.
 * Read from the chart's scene, dump and words. */
#include <glib.h>
#include "charts/chart.h"
#include "output/write.h"
#include "render/theme.h"
#include "tests/unit/plan.h"
#include "tests/unit/test_fonts_common.h"

typedef struct bench {
    jb_context *ctx;
    jb_theme *theme;
    jb_fonts *fonts;
} bench;

static int bench_setup(void **state) {
    bench *b = g_new0(bench, 1);
    b->ctx = jb_context_new();
    b->theme = jb_theme_load(b->ctx, "briefing", NULL, (jb_pos){0});
    b->fonts = b->theme ? jb_fonts_new(b->ctx, b->theme->wishes) : NULL;
    *state = b;
    return b->fonts ? 0 : -1;
}

static int bench_teardown(void **state) {
    bench *b = *state;
    jb_fonts_free(b->fonts);
    jb_theme_free(b->theme);
    jb_context_free(b->ctx);
    g_free(b);
    return 0;
}

/* What a chart says in words, then its dump and its scene. */
typedef struct said {
    char *alt, *dump, *scene;
} said;

/* Draws `yaml` over `csv`; when `same` is above zero the cell at row 1, column 1 (both from 0) is as last
 * year, which was `same`. */
static said draw(bench *b, const char *csv, const char *yaml, double same) {
    jb_arena *arena = jb_arena_new();
    jb_store *store = jb_store_new(b->ctx);
    jb_node *spec = NULL;
    jb_chart *chart = NULL;
    jb_pos origin = {jb_source_add(b->ctx, "chart", yaml, strlen(yaml)), 1, 1};
    const jb_chart_frame frame = {.width = 440, .language = strstr(yaml, "English") ? "en" : NULL};
    GString *dump = g_string_new(NULL), *scene = g_string_new(NULL);
    store_csv(b->ctx, store, "d", csv);
    if (same > 0) jb_dataset_settle((jb_dataset *)jb_store_nth(store, 0), 1, 1, same);
    assert_int_equal(jb_node_parse(b->ctx, arena, yaml, strlen(yaml), origin, &spec), JB_OK);
    jb_status status = jb_chart_new(b->ctx, spec, store, b->fonts, &b->theme->chart, &frame, &chart);
    if (status != JB_OK) print_messages(b->ctx);
    assert_int_equal(status, JB_OK);
    jb_chart_dump(chart, dump);
    assert_int_equal(jb_scene_dump(b->ctx, chart->scene, 0, scene), JB_OK);
    said out = {g_strdup(chart->alt), g_string_free(dump, FALSE), g_string_free(scene, FALSE)};
    jb_chart_free(chart);
    jb_store_free(store);
    jb_arena_free(arena);
    return out;
}

static void said_free(said *s) {
    g_free(s->alt);
    g_free(s->dump);
    g_free(s->scene);
}

static unsigned count_of(const char *text, const char *part) {
    unsigned n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) n++;
    return n;
}

#define HAS(text, part) assert_non_null(strstr(text, part))
#define LACKS(text, part) assert_null(strstr(text, part))

static const char *const same_csv = "指标名称,实际\n一项（%）,3\n二项（%）,与上年持平\n";
/* A cap in the previous year's colour; nothing else here has it. */
static const char *const cap = "\"stroke\":\"#93a4b8\",\"width\":1.5,";

static void as_last_year_is_a_bar_at_that_value(void **state) {
    said s = draw(*state, same_csv, "{mark: bar, data: d, x: 指标名称, y: 实际}", 6.2);
    HAS(s.dump, "\"domain\":[0,6.2]");
    HAS(s.dump, "\"data\":{\"x\":\"二项\",\"y\":\"与上年持平\"}");
    HAS(s.dump, "\"text\":\"与上年持平\"");
    assert_int_equal(count_of(s.scene, cap), 2); /* the bar's and its key's */
    HAS(s.scene, "持平：画到上年数");
    HAS(s.alt, "实际最高的是二项 与上年持平（上年数 6.2） %");
    said_free(&s);
}

static const char *const words_csv =
    "指标名称,目标,实际\n一项（%）,5,6.25\n二项（%）,7 左右,6.25\n三项（%）,3,9 以内\n五项（%）,—,1\n";

/* Bounds are never called the highest, ties are told, differences of percentages are points. */
static void words_are_exact(void **state) {
    said s = draw(*state, words_csv, "{mark: bar, data: d, x: 指标名称, y: [目标, 实际], title: 指标}", 0);
    assert_string_equal(
        s.alt, "柱形图“指标”，比较目标、实际，按指标名称共 4 项，单位 %。"
               "实际最高的是一项等 2 项 6.25 %，最低的是五项 1 %。"
               "与目标相比，高出最多的是一项（高 1.25 个百分点），低得最多的是二项（约低 0.75 个百分点）；"
               "另有 1 个数只有界限或区间，1 处无数据。");
    said_free(&s);
    s = draw(*state, words_csv, "{mark: bar, data: d, x: 指标名称, y: [目标, 实际], title: English}", 0);
    assert_string_equal(
        s.alt, "Column chart “English” of 目标, 实际 by 指标名称, 4 in all, in %. "
               "实际 is highest for 一项 (and 2 in all), 6.25 %, lowest for 五项, 1 %. "
               "Against 目标, 一项 is furthest above (by 1.25 points), 二项 is furthest below (by about 0.75 "
               "points); figures given as bounds or ranges: 1, without data: 1.");
    said_free(&s);
}

static void words_follow_lines(void **state) {
    const char *csv = "年份,一,二,三\n2018,3,5,2 以上\n2019,—,5,3\n2020,4.5,5,1\n";
    said s = draw(*state, csv, "{mark: line, data: d, x: 年份, y: [一, 二, 三]}", 0);
    assert_string_equal(s.alt, "折线图，比较一、二、三，按年份共 3 项。一由 2018 的 3 升至 2020 的 4.5；"
                               "二由 2018 的 5 到 2020 的 5，持平；三由 2018 的 2 以上 变为 2020 的 1。"
                               "另有 1 个数只有界限或区间，1 处无数据。");
    said_free(&s);
}

/* Values that are all equal have no highest. */
static void words_claim_no_extremes(void **state) {
    said s = draw(*state, "指标名称,实际\n一项,2\n二项,2\n", "{mark: bar, data: d, x: 指标名称, y: 实际}", 0);
    assert_string_equal(s.alt, "柱形图，比较实际，按指标名称共 2 项。");
    said_free(&s);
}

static void as_last_year_is_text_when_that_is_not_known(void **state) {
    said s = draw(*state, same_csv, "{mark: bar, data: d, x: 指标名称, y: 实际}", 0);
    HAS(s.dump, "\"domain\":[0,3]");
    LACKS(s.dump, "\"x\":\"二项\",\"y\"");
    HAS(s.dump, "\"data\":{\"x\":\"二项\"},\"text\":\"与上年持平\"");
    LACKS(s.scene, cap);
    LACKS(s.scene, "持平：画到上年数");
    LACKS(s.alt, "上年数");
    said_free(&s);
}

static void as_last_year_is_a_point_with_that_cap(void **state) {
    const char *csv = "年份,数值\n2018,3\n2019,与上年持平\n2020,4\n";
    said s = draw(*state, csv, "{mark: line, data: d, x: 年份, y: 数值}", 9);
    HAS(s.dump, "\"domain\":[0,10]");
    HAS(s.dump, "\"data\":{\"x\":\"2019\",\"y\":\"与上年持平\"}");
    HAS(s.dump, "\"text\":\"与上年持平\"");
    assert_int_equal(count_of(s.scene, cap), 1);
    HAS(s.alt, "由 2018 的 3 升至 2020 的 4");
    said_free(&s);
}

/* Dashes, hollow points, and no gap where the other line has the year's value. */
static void a_forecast_goes_on_with_the_results(void **state) {
    const char *csv = "年份,实际,预测\n2018,3,\n2019,4,\n2020,,5\n2021,,6\n";
    said s = draw(*state, csv, "{mark: line, data: d, x: 年份, y: [实际, 预测]}", 0);
    assert_int_equal(count_of(s.scene, "\"dash\":[4,2.5]"), 1);
    assert_int_equal(count_of(s.scene, "\"fill\":\"#ffffff\",\"stroke\":\"#154073\",\"width\":1.4,"),
                     3);                                     /* and at the end */
    LACKS(s.scene, "\"stroke\":\"#7c858f\",\"width\":0.9,"); /* the mark of a gap */
    char *dashed = g_strdup(strstr(s.scene, "\"dash\":[4,2.5]"));
    dashed[strcspn(dashed, "\n")] = 0;
    assert_int_equal(count_of(dashed, "L"), 2); /* from 2019 by 2020 to 2021 */
    g_free(dashed);
    said_free(&s);
}

static void lines_say_what_is_no_plain_number(void **state) {
    const char *csv =
        "年份,数值\n2016,3\n2017,4 左右\n2018,5 以内\n2019,6 以上\n2020,6~7\n2021,市级下达\n2022,5\n";
    said s = draw(*state, csv, "{mark: line, data: d, x: 年份, y: 数值}", 0);
    HAS(s.dump, "\"text\":\"4 左右\"");
    HAS(s.dump, "\"text\":\"5 以内\"");
    HAS(s.dump, "\"text\":\"6 以上\"");
    HAS(s.dump, "\"text\":\"6~7\"");
    HAS(s.dump, "\"text\":\"市级下达\"");
    assert_int_equal(count_of(s.scene, "\"dash\":[1.7,1.3]"), 3); /* two points and the stem of the range */
    said_free(&s);
}

/* The header says what a column is when no cell can. */
static void a_column_without_numbers_keeps_its_fill(void **state) {
    const char *csv = "指标名称,目标,实际\n一项（%）,市级下达,3\n二项（%）,—,4\n";
    said s = draw(*state, csv, "{mark: bar, data: d, x: 指标名称, y: [目标, 实际]}", 0);
    HAS(s.scene, "\"fill\":\"#ffffff\",\"d\":"); /* the plan's key is outlined */
    LACKS(s.scene, "#e9a34a");
    said_free(&s);
}

static void lines_of_rates_have_their_reference(void **state) {
    const char *csv = "指标名称,单位,目标,实际\n2019,亿元,100,90\n2020,亿元,100,120\n";
    said s = draw(*state, csv, "{mark: line, data: d, x: 指标名称, values: rate}", 0);
    HAS(s.dump, "\"type\":\"symbol\"");
    HAS(s.dump, "\"text\":\"目标 100\"");
    LACKS(s.dump, "\"type\":\"rect\"");
    HAS(s.alt, "折线图");
    said_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_last_year_is_a_bar_at_that_value, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(words_are_exact, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(words_follow_lines, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(words_claim_no_extremes, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(as_last_year_is_text_when_that_is_not_known, bench_setup,
                                        bench_teardown),
        cmocka_unit_test_setup_teardown(as_last_year_is_a_point_with_that_cap, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(a_forecast_goes_on_with_the_results, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(lines_say_what_is_no_plain_number, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(a_column_without_numbers_keeps_its_fill, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(lines_of_rates_have_their_reference, bench_setup, bench_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
