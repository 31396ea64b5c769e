/* Parts of the Vega-Lite grammar: dates, expressions, bins, aggregates, nice domains, and what is refused. */
#include "unit.h"

#include <math.h>
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

#define TEST(name) cmocka_unit_test(name)

static double ms(const char *text) {
    jb_vl_cell c = jb_vl_time_read(jb_vl_text(text));
    return c.kind == JB_VL_NUMBER ? c.number : NAN;
}

static void dates_are_read_as_people_write_them(void **state) {
    (void)state;
    double march = jb_vl_date_ms(2020, 2, 15, 0, 0, 0);
    static const char *const same[] = {"2020-03-15",
                                       "2020/3/15",
                                       "Mar 15 2020",
                                       "15 March 2020",
                                       "3/15/2020",
                                       "15-Mar-2020",
                                       "15-mar-20",
                                       "March 15, 2020",
                                       "Sun Mar 15 2020 00:00:00 GMT+0000 (UTC)",
                                       "Sunday, 15th March 2020 12:00 am",
                                       "2020 年 3 月 15 日",
                                       "2020-03-15T08:00:00+08:00"};
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) assert_float_equal(ms(same[i]), march, 0);
    assert_float_equal(ms("2020 年二季度"), jb_vl_date_ms(2020, 3, 1, 0, 0, 0), 0);
    assert_float_equal(ms("1969-12-31"), -86400000, 0);
    assert_float_equal(ms("6/7/99 1:30 pm"), jb_vl_date_ms(1999, 5, 7, 13, 30, 0), 0);
    static const char *const none[] = {"",           "2020-13-01",  "2020-02-40",  "甲",         "20200",
                                       "2020-02-30", "2020-03-15x", "Foo 1 2020",  "31-Feb-2020", "12",
                                       "May",        "1-2",         "Mar Apr 2020", "13:00 pm"};
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) assert_true(isnan(ms(none[i])));
}

static double by_pattern(const char *format, const char *text) {
    jb_vl_cell c = jb_vl_time_parse(format, text);
    return c.kind == JB_VL_NUMBER ? c.number : NAN;
}

static void dates_are_read_by_a_pattern(void **state) {
    (void)state;
    assert_float_equal(by_pattern("%d/%m/%Y", "05/03/2020"), jb_vl_date_ms(2020, 2, 5, 0, 0, 0), 0);
    assert_float_equal(by_pattern("%Y%m", "202003"), jb_vl_date_ms(2020, 2, 1, 0, 0, 0), 0);
    assert_float_equal(by_pattern("%e-%b-%y %I:%M %p", " 5-Mar-70 1:30 PM"), jb_vl_date_ms(1970, 2, 5, 13, 30, 0), 0);
    assert_true(isnan(by_pattern("%d/%m/%Y", "13/13/2020")));
    assert_true(isnan(by_pattern("%d/%m/%Y", "05/03/2020 ")));
    assert_true(isnan(by_pattern("%d/%m", "05")));
    assert_true(jb_vl_time_pattern("%Y %d") && !jb_vl_time_pattern("%Q") && !jb_vl_time_pattern("%"));
}

static void days_come_back(void **state) {
    (void)state;
    for (int day = -200000; day < 200000; day += 37) {
        jb_vl_date d = jb_vl_date_of(day * 86400000.0);
        assert_float_equal(jb_vl_date_ms(d.year, d.month, d.day, 0, 0, 0), day * 86400000.0, 0);
    }
}

static void units_have_their_begin_and_next(void **state) {
    (void)state;
    unsigned unit = jb_vl_unit_parse("yearquarter");
    double t = jb_vl_unit_floor(unit, ms("2021-11-20"));
    assert_float_equal(t, ms("2021-10-01"), 0);
    assert_float_equal(jb_vl_unit_next(unit, t), ms("2022-01-01"), 0);
    assert_int_equal(jb_vl_unit_parse("fortnight"), 0);
}

/* The value of an expression over one row with a = 3, b = "x", n = missing; "error" when it is refused. */
static const char *value_of(jb_arena *arena, jb_context *ctx, const char *text) {
    jb_vl_table *t = jb_vl_table_new(arena);
    jb_vl_expr *e;
    unsigned row = jb_vl_table_row(t);
    unsigned a = jb_vl_table_column(t, "a"), b = jb_vl_table_column(t, "b");
    t->cells[a][row] = jb_vl_number(3);
    t->cells[b][row] = jb_vl_text("x");
    jb_vl_table_column(t, "n");
    if (jb_vl_expr_parse(ctx, arena, text, (jb_pos){0}, &e) != JB_OK) return "error";
    return jb_vl_cell_string(arena, jb_vl_expr_value(e, t, row));
}

static void expressions_are_vegas(void **state) {
    (void)state;
    static const char *const pairs[][2] = {{"1 + 2 * 3", "7"},
                                           {"(1 + 2) * -datum.a", "-9"},
                                           {"datum['a'] >= 3 && datum.b == 'x'", "true"},
                                           {"datum.n == null ? 'none' : datum.n", "none"},
                                           {"datum.b + 1", "x1"},
                                           {"!(datum.a < 2) || false", "true"},
                                           {"min(4, datum.a, 9)", "3"},
                                           {"indexof(['u', 'x'], datum.b)", "1"},
                                           {"inrange(datum.a, [1, 3])", "true"},
                                           {"if(datum.a > 5, 'p', 'q')", "q"},
                                           {"month(datetime(2020, 4, 2))", "4"},
                                           {"7 % 4", "3"},
                                           {"1 / 0", "null"},
                                           {"datum.missing", "null"},
                                           {"datum.b[0] + 'yz'[1]", "xz"},
                                           {"split('a-b-c', '-')[2]", "c"},
                                           {"[4, 5, 6][1]", "5"},
                                           {"substring('甲乙丙丁', 3, 1)", "乙丙"},
                                           {"slice('甲乙丙丁', -2)", "丙丁"},
                                           {"replace('aXbX', 'X', '-')", "a-bX"},
                                           {"trim('  q ') + '!'", "q!"},
                                           {"parseFloat('3.5 t') + parseInt('7.9')", "10.5"},
                                           {"clamp(12, 0, 10)", "10"},
                                           {"sign(-3) + tan(0)", "-1"},
                                           {"timeFormat('2020-03-05', '%Y/%m')", "2020/03"},
                                           {"monthAbbrevFormat(2) + dayFormat(0)", "3 月周日"},
                                           {"isString(datum.b) && !isString(datum.a)", "true"},
                                           {"datum.b[7]", ""},
                                           {"split('a', '-')", "null"},
                                           {"datum.b[0", "error"},
                                           {"1 +", "error"},
                                           {"(1", "error"},
                                           {"foo(1)", "error"},
                                           {"datum", "error"},
                                           {"'open", "error"},
                                           {"1 2", "error"},
                                           {"", "error"},
                                           {"abs()", "error"}};
    jb_arena *arena = jb_arena_new();
    jb_context *ctx = jb_context_new();
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        assert_string_equal(value_of(arena, ctx, pairs[i][0]), pairs[i][1]);
    jb_context_free(ctx);
    jb_arena_free(arena);
}

static void deep_expressions_are_refused(void **state) {
    (void)state;
    jb_arena *arena = jb_arena_new();
    jb_context *ctx = jb_context_new();
    char *deep = g_strnfill(100000, '('), *nots = g_strnfill(100000, '!');
    assert_string_equal(value_of(arena, ctx, deep), "error");
    assert_string_equal(value_of(arena, ctx, nots), "error");
    g_free(deep);
    g_free(nots);
    jb_context_free(ctx);
    jb_arena_free(arena);
}

static void aggregates_are_vegas(void **state) {
    (void)state;
    static const double data[] = {4, 1, 3, 2, 10};
    static const struct {
        jb_vl_op op;
        double value;
    } want[] = {{JB_VL_COUNT, 6}, {JB_VL_SUM, 20},        {JB_VL_MEAN, 4},       {JB_VL_MEDIAN, 3},
                {JB_VL_MIN, 1},   {JB_VL_MAX, 10},        {JB_VL_DISTINCT, 6},   {JB_VL_VALID, 5},
                {JB_VL_GONE, 1},  {JB_VL_VARIANCE, 12.5}, {JB_VL_VARIANCEP, 10}, {JB_VL_Q1, 2},
                {JB_VL_Q3, 4}};
    jb_arena *arena = jb_arena_new();
    jb_vl_table *t = jb_vl_table_new(arena);
    unsigned rows[6], column = jb_vl_table_column(t, "v");
    for (unsigned i = 0; i < 6; i++) {
        rows[i] = jb_vl_table_row(t);
        if (i < 5) t->cells[column][i] = jb_vl_number(data[i]);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++)
        assert_float_equal(jb_vl_aggregate(t, want[i].op, (int)column, rows, 6).number, want[i].value, 1e-12);
    jb_arena_free(arena);
}

static void bins_are_vegas(void **state) {
    (void)state;
    static const double cases[][6] = {/* most, low, high: start, stop, step */
                                      {10, 46, 230, 40, 240, 20},
                                      {6, 0, 1, 0, 1, 0.2},
                                      {10, 1, 9, 1, 9, 1},
                                      {20, -3.2, 4.1, -3.5, 4.5, 0.5},
                                      {10, 5, 5, 5, 5.5, 0.5}};
    jb_context *ctx = jb_context_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        jb_vl_bins b;
        assert_int_equal(jb_vl_bins_choose(ctx, NULL, (unsigned)cases[i][0], cases[i][1], cases[i][2], &b),
                         JB_OK);
        assert_float_equal(b.start, cases[i][3], 1e-9);
        assert_float_equal(b.stop, cases[i][4], 1e-9);
        assert_float_equal(b.step, cases[i][5], 1e-9);
    }
    jb_context_free(ctx);
}

static void nice_domains_are_d3s(void **state) {
    (void)state;
    static const double cases[][4] = {
        {0, 91, 0, 100}, {0.13, 0.92, 0.1, 1}, {-7, 3, -7, 3}, {1.1, 10.9, 1, 11}, {0, 0, 0, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double low = cases[i][0], high = cases[i][1];
        jb_vl_nice(&low, &high, 10);
        assert_float_equal(low, cases[i][2], 1e-9);
        assert_float_equal(high, cases[i][3], 1e-9);
    }
}

/* The message of a specification that is refused. */
static void refuse(const char *text, const char *message) {
    jb_context *ctx = jb_context_new();
    jb_arena *arena = jb_arena_new();
    jb_store *store = jb_store_new(ctx);
    jb_node *root = NULL;
    char buffer[500];
    jb_pos origin = {jb_source_add(ctx, "s", text, strlen(text)), 1, 1};
    assert_int_equal(jb_node_parse(ctx, arena, text, strlen(text), origin, &root), JB_OK);
    assert_true(jb_vl_is(root));
    jb_vl_reader r = {.ctx = ctx, .arena = arena, .store = store};
    jb_vl_view *view = jb_vl_read(&r, root);
    if (r.status == JB_OK) jb_vl_encode(&r, view);
    assert_int_not_equal(r.status, JB_OK);
    assert_string_equal(last_message(ctx, buffer, sizeof buffer), message);
    jb_store_free(store);
    jb_arena_free(arena);
    jb_context_free(ctx);
}

static void what_is_not_supported_is_named_with_its_place(void **state) {
    (void)state;
    refuse("mark: bar\nencoding:\n  x: {field: a, timeUnit: fortnight}",
           "s:3:27: error: timeUnit “fortnight” is not supported");
    refuse("mark: bar\nencoding:\n  theta: {field: a}",
           "s:3:3: error: channel theta is not supported: there are no pies here");
    refuse("mark: arc\nencoding: {x: {field: a}}",
           "s:1:7: error: mark arc is not supported: there are no pies here; bars compare better");
    refuse("mark: {type: arc, innerRadius: 5}\nencoding: {x: {field: a}}",
           "s:1:14: error: mark arc is not supported: there are no pies here; bars compare better");
    refuse("mark: {type: line, point: {filed: false}}\nencoding: {x: {field: a}}",
           "s:1:28: error: unknown point property “filed”; did you mean “filled”?");
    refuse("params: [{name: p}]\nmark: bar\nencoding: {x: {field: a}}",
           "s:1:1: error: params is not supported: nothing can be chosen on paper");
    refuse("mark: {type: text, align: middle}\nencoding: {x: {field: a}}",
           "s:1:27: error: align takes left, center, right; “middle” is none");
    refuse("mark: {type: bar, opacity: 2}\nencoding: {x: {field: a}}",
           "s:1:28: error: opacity takes a number from 0 to 1; “2” is none");
    refuse("mark: bar\nconfig: {bar: {thickness: 2}}\nencoding: {x: {field: a}}",
           "s:2:16: error: mark bar has no use for thickness");
    refuse("mark: bar\ndata: {values: [{a: 1}]}\ntransform: [{sample: 5}]\nencoding: {x: {field: a}}",
           "s:3:13: error: transform sample is not supported: it draws by lot");
    refuse("mark: {type: bar, colour: red}\nencoding: {x: {field: a}}",
           "s:1:19: error: unknown mark property “colour”; did you mean “color”?");
    refuse("mark: bars\nencoding: {x: {field: a}}",
           "s:1:7: error: mark “bars” is not supported; did you mean “bar”?");
    refuse("mark: bar\nencoding: {x: {field: a, axis: {labelAngle: -45}}}",
           "s:2:45: error: labelAngle -45 is not supported: labels are never turned; swap x and y for long "
           "names");
}

/* Each key of each table refuses, by its name, what it does not take. */
static void keys_refuse_wrong_types(void **state) {
    (void)state;
    static const struct {
        const char *text;
        unsigned takes; /* of these the value is right */
    } values[] = {{"odd word", JB_VL_TAKES_TEXT},
                  {"\"7\"", JB_VL_TAKES_TEXT},
                  {"-1e290", JB_VL_TAKES_TEXT | JB_VL_TAKES_NUMBER},
                  {"true", JB_VL_TAKES_TEXT | JB_VL_TAKES_BOOL},
                  {"null", JB_VL_TAKES_NULL},
                  {"[a]", JB_VL_TAKES_LIST},
                  {"[1, 2]", JB_VL_TAKES_LIST | JB_VL_TAKES_NUMBERS},
                  {"{a: 1}", JB_VL_TAKES_MAP}};
    unsigned tried = 0;
    for (int m = 0; m < JB_VL_MAPS; m++)
        for (size_t k = 0; k < jb_vl_maps[m].count; k++)
            for (size_t v = 0; v < G_N_ELEMENTS(values); v++) {
                const jb_vl_key *key = &jb_vl_maps[m].key[k];
                bool word = key->words && strstr(key->words, values[v].text);
                bool number =
                    values[v].takes & JB_VL_TAKES_NUMBER && key->low < key->high; /* out of bounds */
                bool right = key->takes & JB_VL_TAKES_ANY ||
                             (key->takes & values[v].takes & ~(number ? JB_VL_TAKES_NUMBER : 0u)) || word;
                jb_context *ctx = jb_context_new();
                jb_arena *arena = jb_arena_new();
                jb_node *root = NULL;
                char buffer[500], *text = g_strdup_printf("%s: %s", key->name, values[v].text),
                                  *named = g_strdup_printf("error: %s takes", key->name);
                jb_pos origin = {jb_source_add(ctx, "s", text, strlen(text)), 1, 1};
                assert_int_equal(jb_node_parse(ctx, arena, text, strlen(text), origin, &root), JB_OK);
                jb_status status = jb_vl_check(ctx, root, (jb_vl_map)m);
                if (right != (status == JB_OK)) fail_msg("%s %s", jb_vl_maps[m].what, text);
                if (!right) assert_non_null(strstr(last_message(ctx, buffer, sizeof buffer), named));
                tried++;
                g_free(text);
                g_free(named);
                jb_arena_free(arena);
                jb_context_free(ctx);
            }
    assert_true(tried > 1500);
}

static void schemes_are_known_in_any_case(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    jb_arena *arena = jb_arena_new();
    jb_vl_palette *list = jb_vl_scheme(ctx, arena, "Category10", (jb_pos){0}),
                  *ramp = jb_vl_scheme(ctx, arena, "blues-9", (jb_pos){0});
    assert_non_null(list);
    assert_non_null(ramp);
    assert_int_equal(list->count, 10);
    assert_int_equal(jb_vl_palette_nth(list, 0, 2).r, 0x1f);
    assert_int_equal(jb_vl_palette_nth(list, 11, 12).r, 0xff); /* again from the first */
    assert_int_equal(jb_vl_palette_at(ramp, 0).r, 0xcf);
    assert_int_equal(jb_vl_palette_at(ramp, 1).b, 0x90);
    assert_null(jb_vl_scheme(ctx, arena, "bluez", (jb_pos){0}));
    jb_arena_free(arena);
    jb_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(dates_are_read_as_people_write_them), TEST(dates_are_read_by_a_pattern),
                                       TEST(days_come_back),
                                       TEST(units_have_their_begin_and_next),
                                       TEST(expressions_are_vegas),
                                       TEST(deep_expressions_are_refused),
                                       TEST(aggregates_are_vegas),
                                       TEST(bins_are_vegas),
                                       TEST(nice_domains_are_d3s),
                                       TEST(what_is_not_supported_is_named_with_its_place),
                                       TEST(keys_refuse_wrong_types),
                                       TEST(schemes_are_known_in_any_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
