/* From data to a panel's domain and the ticks on its axis: bars stand on zero, lines may leave it. Read from the chart dump. */
#include <glib.h>
#include "charts/chart.h"
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

/* Draws `yaml` over `csv` (the dataset d). The dump, or NULL when the chart is refused. The caller frees it. */
static char *chart_dump(bench *b, const char *csv, const char *yaml) {
    jb_arena *arena = jb_arena_new();
    jb_store *store = jb_store_new(b->ctx);
    jb_node *spec = NULL;
    jb_chart *chart = NULL;
    jb_pos origin = {jb_source_add(b->ctx, "chart", yaml, strlen(yaml)), 1, 1};
    const jb_chart_frame frame = {.width = 440};
    GString *out = g_string_new(NULL);
    store_csv(b->ctx, store, "d", csv);
    assert_int_equal(jb_node_parse(b->ctx, arena, yaml, strlen(yaml), origin, &spec), JB_OK);
    jb_status status = jb_chart_new(b->ctx, spec, store, b->fonts, &b->theme->chart, &frame, &chart);
    assert_true((status == JB_OK) == (chart != NULL));
    if (chart) jb_chart_dump(chart, out);
    if (!chart) print_messages(b->ctx);
    jb_chart_free(chart);
    jb_store_free(store);
    jb_arena_free(arena);
    return g_string_free(out, status != JB_OK);
}

/* "low,high" with as many digits as a reader looks at: ends are sums of steps. */
static char *rounded(char *domain) {
    char *comma = strchr(domain, ',');
    assert_non_null(comma);
    char *out = g_strdup_printf("%.9g,%.9g", g_ascii_strtod(domain, NULL), g_ascii_strtod(comma + 1, NULL));
    g_free(domain);
    return out;
}

/* All that stands between `key` and `end`, joined by blanks. */
static char *parts(const char *dump, const char *key, char end) {
    GString *out = g_string_new(NULL);
    for (const char *at = dump; (at = strstr(at, key)) != NULL;) {
        at += strlen(key);
        const char *stop = strchr(at, end);
        assert_non_null(stop);
        if (out->len) g_string_append_c(out, ' ');
        g_string_append_len(out, at, stop - at);
    }
    return g_string_free(out, FALSE);
}

typedef struct expectation {
    const char *what, *yaml, *values; /* values: one a row, parted by ; */
    const char *domain;               /* low,high */
    const char *ticks;                /* labels on the value axis, "" for none */
} expectation;

#define BARS "mark: bar\ndata: d\nx: n\ny: v\n"
#define LINE "mark: line\ndata: d\nx: n\ny: v\n"
#define FREE LINE "zero: false\n"

static const expectation expectations[] = {
    {"bars stand on zero and end at the greatest", BARS, "3;7.5;2", "0,7.5", ""},
    {"bars far above zero stand on zero", BARS, "980;1003;1001", "0,1003", ""},
    {"bars on both sides", BARS, "3;-7.5;2", "-7.5,3", ""},
    {"bars below zero hang from it", BARS, "-3;-7.5;-2", "-7.5,0", ""},
    {"one bar", BARS, "5", "0,5", ""},
    {"a range reaches its upper end", BARS, "3;6~6.5", "0,6.5", ""},
    {"an approximate value counts as its number", BARS, "3;7.5 左右", "0,7.5", ""},
    {"a bound counts as its number", BARS, "3;≤9", "0,9", ""},
    {"missing values and text do not count", BARS, "3;—;市级下达", "0,3", ""},
    {"lines stand on zero too", LINE, "98;100;99", "0,100", "0 25 50 75 100"},
    {"lines below zero", LINE, "-3;-1;-2", "-3,0", "−3 −2 −1 0"},
    {"lines on both sides", LINE, "-5;10;3", "-5,10", "−5 0 5 10"},
    {"zero: false ends at ticks around the data", FREE, "1000;1003;1001", "1000,1003",
     "1000 1001 1002 1003"},
    {"zero: false of a narrow domain", FREE, "99.9;100.1;100", "99.9,100.1",
     "99.90 99.95 100.00 100.05 100.10"},
    {"a line of nothing but gaps", LINE, "—;—;—", "0,1", "0.00 0.25 0.50 0.75 1.00"},
    {"a line of zeros", LINE, "0;0;0", "0,1", "0.00 0.25 0.50 0.75 1.00"},
    {"bars of nothing", BARS, "0;0", "0,0", ""},
};

static char *csv_of(const char *values) {
    GString *csv = g_string_new("n,v\n");
    char **rows = g_strsplit(values, ";", -1);
    for (unsigned i = 0; rows[i]; i++) g_string_append_printf(csv, "第%u项,%s\n", i + 1, rows[i]);
    g_strfreev(rows);
    return g_string_free(csv, FALSE);
}

static void data_give_their_domains(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(expectations); i++) {
        const expectation *e = &expectations[i];
        char *csv = csv_of(e->values), *dump = chart_dump(b, csv, e->yaml);
        if (!dump) {
            print_messages(b->ctx);
            fail_msg("%s: no chart", e->what);
        }
        char *domain = rounded(parts(dump, "\"linear\",\"unit\":\"\",\"domain\":[", ']'));
        char *axis = strstr(dump, "{\"scale\":\"y\",\"ticks\":"), *labels = NULL;
        if (axis) *strchr(axis, ']') = 0; /* the domain is read by now */
        labels = axis ? parts(axis, "\"label\":\"", '"') : g_strdup("");
        if (strcmp(domain, e->domain) || strcmp(labels, e->ticks))
            fail_msg("%s: domain [%s] ticks “%s”, not [%s] “%s”", e->what, domain, labels, e->domain, e->ticks);
        g_free(csv), g_free(dump), g_free(domain), g_free(labels);
    }
}

static void each_unit_has_a_domain(void **state) {
    bench *b = *state;
    char *dump = chart_dump(b, "n,v\n工业（%）,3\n农业（亿元）,400\n商业（%）,5\n天数（天）,-2\n", BARS);
    assert_non_null(dump);
    char *units = parts(dump, "\"linear\",\"unit\":\"", '}');
    assert_string_equal(units, "%\",\"domain\":[0,5] 亿元\",\"domain\":[0,400] 天\",\"domain\":[-2,0]");
    g_free(units), g_free(dump);
}

/* A rate of less than 100 % is seen against the whole. */
static void rates_reach_a_hundred(void **state) {
    bench *b = *state;
    static const char *const yaml = "mark: bar\ndata: d\nx: n\nvalues: rate\n";
    char *low = chart_dump(b, "n,年初目标,实际完成\n工业（亿元）,10,8\n农业（亿元）,20,12\n", yaml),
         *high = chart_dump(b, "n,年初目标,实际完成\n工业（亿元）,10,15\n农业（亿元）,20,12\n", yaml);
    assert_non_null(low);
    assert_non_null(high);
    char *a = parts(low, "\"linear\",\"unit\":", '}'), *z = parts(high, "\"linear\",\"unit\":", '}');
    assert_string_equal(a, "\"%\",\"domain\":[0,100]");
    assert_string_equal(z, "\"%\",\"domain\":[0,150]");
    g_free(low), g_free(high), g_free(a), g_free(z);
}

static void lines_of_two_units_are_refused(void **state) {
    bench *b = *state;
    char buffer[512];
    assert_null(chart_dump(b, "n,v\n工业（%）,3\n农业（亿元）,400\n", LINE));
    assert_string_equal(last_message(b->ctx, buffer, sizeof buffer),
                        "chart:1:1: error: the rows are in several units (%, 亿元): a line chart has one; "
                        "choose by unit: or where:");
}

#define BENCH(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        BENCH(data_give_their_domains),
        BENCH(each_unit_has_a_domain),
        BENCH(rates_reach_a_hundred),
        BENCH(lines_of_two_units_are_refused),
    };
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
