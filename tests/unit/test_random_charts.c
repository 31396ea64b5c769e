/* Random charts: each is a clear error or a picture in which text meets neither other text nor a mark and
 * stays within the frame; the same seed draws the same.
 *   JB_RANDOM_CHARTS=N   how many (2,000; 200 under sanitizers)      JB_RANDOM_FROM=SEED   the first
 *   JB_RANDOM_SHOW=1     prints data and specification of each that is wrong, JB_RANDOM_ERRORS=1 all errors
 */
#include <glib.h>
#include "charts/chart.h"
#include "output/write.h"
#include "render/theme.h"
#include "tests/unit/dice.h"
#include "tests/unit/drawing_bench.h"
#include "tests/unit/geometry.h"
#include "tests/unit/plan.h"
#include "tests/unit/test_fonts_common.h"

enum { CHARTS = 2000, CHARTS_SANITIZED = 200, BENCH_CHARTS = 100, MOST_ROWS = 24, MOST_TIMES = 160 };

/* ---- what is drawn ---- */

static void append_name(dice *d, GString *out, unsigned serial) {
    static const char *const han[] = {"地", "区", "生", "产", "总", "值", "增", "速", "年", "上", "下", "中"},
                             *const words[] = {"GDP ", "index ", "rate ", "Public ", "x", "of "},
                             *const strange[] = {"😀", "مرحبا", "𠮷"};
    static const unsigned lengths[] = {1, 2, 4, 6, 9, 14, 24, 60, 200};
    unsigned length = 1 + roll(d, lengths[chance(d, 92) ? roll(d, 6) : roll(d, G_N_ELEMENTS(lengths))]);
    unsigned script = roll(d, 10);
    for (unsigned i = 0; i < length; i++) {
        if (script < 6 || (script < 8 && chance(d, 50)))
            g_string_append(out, han[roll(d, G_N_ELEMENTS(han))]);
        else
            g_string_append(out, words[roll(d, G_N_ELEMENTS(words))]);
    }
    if (chance(d, 1)) g_string_append(out, strange[roll(d, G_N_ELEMENTS(strange))]);
    if (!chance(d, 3)) g_string_append_printf(out, "%u", serial); /* else names may be the same */
}

typedef struct times {
    unsigned kind, at, gaps; /* 0: no times; the next; how often one is left out, percent */
} times;

/* Years, quarters, months, in order. */
static void append_time(dice *d, GString *out, times *t) {
    while (chance(d, t->gaps)) t->at++;
    unsigned at = t->at++;
    switch (t->kind) {
    case 1: g_string_append_printf(out, "%u 年", 1950 + at); break;
    case 2: g_string_append_printf(out, "%u年第%u季度", 1990 + at / 4, at % 4 + 1); break;
    case 3: g_string_append_printf(out, "%uQ%u", 1990 + at / 4, at % 4 + 1); break;
    default: g_string_append_printf(out, "%u-%02u", 1990 + at / 12, at % 12 + 1);
    }
}

typedef struct manner {
    unsigned scale; /* of numbers */
    bool negative, odd;
    bool summed; /* odd ones are parts of a sum: approximate or missing */
} manner;

static void append_number(dice *d, GString *out, const manner *m) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    double share = roll(d, 10000) / 10000.0, value = share * 100;
    if (m->scale == 1) value = share * 1e6;
    if (m->scale == 2) value = share / 1000;
    if (m->scale == 3) value = 90 + share;
    if (m->negative && chance(d, 40)) value = -value;
    if (m->scale == 4) {
        g_string_append_printf(out, "%s%u.%ue%d", m->negative && chance(d, 40) ? "-" : "", 1 + roll(d, 9),
                               roll(d, 10), (int)roll(d, 601) - 300);
        return;
    }
    if (m->scale == 5) value = chance(d, 50) ? 0 : 7;
    g_string_append(out, g_ascii_formatd(text, sizeof text, m->scale == 2 ? "%.6f" : "%.1f", value));
}

static void append_value(dice *d, GString *out, const manner *m) {
    static const char *const after[] = {" 左右", " 以内", " 以上"}, *const words[] = {
                                                                        "—",    "",       "与上年持平",
                                                                        "完成", "约 3.5", "3.4~6.5"};
    unsigned kind = m->odd ? roll(d, 12) : 5;
    if (m->summed && kind < 4 && chance(d, 98)) {
        if (kind < 2) {
            g_string_append(out, kind ? "—" : "");
            return;
        }
        append_number(d, out, m);
        g_string_append(out, " 左右");
        return;
    }
    if (kind > 3) {
        append_number(d, out, m);
    } else if (kind == 0) {
        g_string_append(out, words[roll(d, G_N_ELEMENTS(words))]);
    } else {
        append_number(d, out, m);
        g_string_append(out, after[kind - 1]);
    }
}

static const char *const planned[] = {"目标", "实际", "上年实际"};

typedef struct drawing {
    GString *csv, *yaml;
    double width, height;
    bool slides, document;
    unsigned columns;
} drawing;

/* With `sides` the last column is in another unit than the others. */
static void roll_table(dice *d, drawing *it, char **names, unsigned series, dice *more, bool sides,
                       bool summed, bool below) {
    unsigned rows = 1 + roll(d, chance(d, 80) ? 8 : MOST_ROWS), units = chance(d, 25) ? 3 : 1;
    static const char *const unit[] = {"（%）", "（亿元）", "（万人）"};
    bool has_unit = !sides && (units > 1 || chance(d, 50));
    const manner m = {chance(d, 60) ? 0 : roll(d, 6), chance(d, 35) && below, chance(d, 40), summed};
    times t = {chance(more, 15) ? 1 + roll(more, 4) : 0, roll(more, 60),
               chance(more, 40) ? roll(more, 40) : 0};
    if (t.kind && chance(more, 30)) rows += roll(more, MOST_TIMES);
    g_string_append(it->csv, "指标名称");
    for (unsigned s = 0; s < series; s++)
        g_string_append_printf(it->csv, ",%s%s", names[s], !sides ? "" : s + 1 < series ? unit[1] : unit[0]);
    for (unsigned r = 0; r < rows; r++) {
        g_string_append_c(it->csv, '\n');
        if (t.kind)
            append_time(more, it->csv, &t);
        else
            append_name(d, it->csv, r);
        if (has_unit) g_string_append(it->csv, unit[roll(d, units)]);
        for (unsigned s = 0; s < series; s++) {
            g_string_append_c(it->csv, ',');
            append_value(d, it->csv, &m);
        }
    }
    g_string_append_c(it->csv, '\n');
}

static void append_list(GString *out, const char *key, char **names, unsigned from, unsigned to) {
    g_string_append_printf(out, "%s: [", key);
    for (unsigned s = from; s < to; s++)
        g_string_append_printf(out, "%s\"%s\"", s > from ? ", " : "", names[s]);
    g_string_append(out, "]\n");
}

static void roll_text(dice *d, drawing *it, const char *key, unsigned percent) {
    if (!chance(d, percent)) return;
    g_string_append_printf(it->yaml, "%s: \"", key);
    append_name(d, it->yaml, 1);
    g_string_append(it->yaml, "\"\n");
}

/* What has a seed of its own is drawn in place of some of another kind. */
enum { BAR, LYING, LINE, LAYER, RATE, BULLET, VARIANCE, DUMBBELL, SLOPE, WATERFALL, KPI, SPARKLINE, ROLLED };
enum { RIGHT = ROLLED, STACK, SHARE, AREA, POINT, KINDS };
static const char *const kinds[] = {"bar",      "lying bar", "line",  "layer",     "rate", "bullet",
                                    "variance", "dumbbell",  "slope", "waterfall", "kpi",  "sparkline",
                                    "right",    "stack",     "share", "area",      "point"};

static void roll_references(dice *d, GString *y) {
    const manner m = {roll(d, 4), chance(d, 20), false, false};
    unsigned count = chance(d, 70) ? 1 : 1 + roll(d, 5);
    g_string_append(y, "reference: [");
    for (unsigned i = 0; i < count; i++) {
        bool named = chance(d, 60);
        g_string_append_printf(y, "%s%s", i ? ", " : "", named ? "{value: " : "");
        append_number(d, y, &m);
        if (!named) continue;
        g_string_append(y, ", label: \"");
        append_name(d, y, i);
        g_string_append(y, "\"}");
    }
    g_string_append(y, "]\n");
}

static void roll_marks(dice *d, dice *more, drawing *it, unsigned kind, char **names, unsigned series) {
    GString *y = it->yaml;
    switch (kind) {
    case BAR:
    case LYING:
        append_list(y, "mark: bar\ny", names, 0, series);
        if (kind == LYING || chance(d, 30))
            g_string_append_printf(y, "orient: %s\n", kind == LYING ? "horizontal" : "vertical");
        break;
    case LINE:
        append_list(y, "mark: line\ny", names, 0, series);
        if (chance(d, 30)) g_string_append(y, "zero: false\n");
        break;
    case LAYER:
        append_list(y, "layer:\n- mark: bar\n  y", names, 0, series - 1);
        append_list(y, "- mark: line\n  y", names, series - 1, series);
        break;
    case RIGHT:
        append_list(y, chance(more, 75) ? "layer:\n- mark: bar\n  y" : "layer:\n- mark: line\n  y", names, 0,
                    series - 1);
        append_list(y,
                    chance(more, 75) ? "- axis: right\n  mark: line\n  y" : "- axis: right\n  mark: bar\n  y",
                    names, series - 1, series);
        break;
    case STACK:
    case SHARE:
        append_list(y, "mark: bar\ny", names, 0, series);
        g_string_append(y, kind == STACK ? "stack: true\n" : "stack: normalize\n");
        if (chance(more, 50))
            g_string_append_printf(y, "orient: %s\n", chance(more, 50) ? "horizontal" : "vertical");
        break;
    case AREA:
        append_list(y, "mark: area\ny", names, 0, series);
        if (series > 1 && chance(more, 30)) g_string_append(y, "stack: normalize\n");
        break;
    case POINT:
        append_list(y, "mark: point\ny", names, 0, series);
        if (chance(more, 30)) g_string_append(y, "zero: false\n");
        if (chance(more, 50))
            g_string_append_printf(y, "orient: %s\n", chance(more, 50) ? "horizontal" : "vertical");
        break;
    case RATE: g_string_append_printf(y, "values: rate\nmark: %s\n", chance(d, 60) ? "bar" : "line"); break;
    case VARIANCE:
        g_string_append(y, "mark: variance\n");
        if (chance(d, 40)) g_string_append(y, "variance: both\n");
        break;
    case DUMBBELL:
    case SLOPE: append_list(y, kind == SLOPE ? "mark: slope\ny" : "mark: dumbbell\ny", names, 0, 2); break;
    case WATERFALL: append_list(y, "mark: waterfall\ny", names, 0, 1); break;
    case SPARKLINE: append_list(y, "mark: sparkline\ny", names, 0, series); break;
    default: g_string_append_printf(y, "mark: %s\n", kinds[kind]);
    }
}

static unsigned roll_drawing(dice *d, drawing *it) {
    static const double widths[] = {140, 220, 340, 440, 470, 700, 960},
                        heights[] = {0, 0, 110, 160, 240, 400, 540};
    static const char *const labels[] = {"none", "auto", "万", "亿", "万亿"};
    dice own = {d->state ^ 0x5ca1ab1e}; /* as `more` */
    dice more = {~d->state}; /* for what came later: the other charts of a seed stay what they were */
    unsigned kind = roll(d, ROLLED),
             series = kind >= RATE ? 2 + roll(d, 2) : 1 + roll(d, chance(d, 90) ? 4 : 8);
    char *names[8];
    if (kind == LAYER || kind == SPARKLINE) series = MAX(series, 2);
    bool as_planned =
        kind == RATE || kind == BULLET || kind == VARIANCE || kind == KPI || (series <= 3 && chance(d, 50));
    if (as_planned) series = MIN(series, 3);
    for (unsigned s = 0; s < series; s++) {
        GString *name = g_string_new(as_planned ? planned[s] : NULL);
        if (!as_planned) append_name(d, name, s + 50);
        names[s] = g_string_free(name, FALSE);
    }
    if (kind == LAYER && chance(&more, 50)) kind = RIGHT;
    if ((kind == BAR || kind == LYING) && !as_planned && series > 1 && chance(&own, 60))
        kind = chance(&own, 60) ? STACK : SHARE;
    if ((kind == LINE || kind == BAR) && chance(&own, 60))
        kind = as_planned || chance(&own, 50) ? POINT : AREA;
    bool summed = kind == STACK || kind == SHARE || kind == AREA;
    *it = (drawing){g_string_new(NULL),
                    g_string_new("data: d\nx: 指标名称\n"),
                    widths[roll(d, G_N_ELEMENTS(widths))],
                    heights[roll(d, G_N_ELEMENTS(heights))],
                    chance(d, 20),
                    chance(d, 40),
                    0};
    if (chance(d, 10)) it->columns = 1 + roll(d, 3);
    roll_table(d, it, names, series, &more, kind == RIGHT, summed,
               kind != SHARE && (kind != AREA || series == 1));
    if ((kind <= RATE || kind >= STACK) && chance(&own, kind >= STACK ? 40 : 20))
        roll_references(&own, it->yaml);
    roll_marks(d, kind >= STACK ? &own : &more, it, kind, names, series);
    if ((kind == LINE || kind == LAYER || kind == RIGHT) && chance(&more, 30))
        g_string_append_printf(it->yaml, "label_unit: %s\n", labels[roll(&more, G_N_ELEMENTS(labels))]);
    roll_text(d, it, "title", 50);
    roll_text(d, it, "headline", 30);
    roll_text(d, it, "note", 20);
    roll_text(d, it, "source", 20);
    for (unsigned s = 0; s < series; s++) g_free(names[s]);
    return kind;
}

/* A chart of a page that is written by hand. */
static drawing drawing_of(const char *csv, const char *yaml) {
    return (drawing){g_string_new(csv), g_string_new(yaml), 440, 220, false, true, 0};
}

static void drawing_clear(drawing *it) {
    g_string_free(it->csv, TRUE);
    g_string_free(it->yaml, TRUE);
}

/* ---- drawing ---- */

static result draw(bench *b, const drawing *it) {
    result r = {jb_arena_new(), jb_store_new(b->ctx), NULL};
    jb_node *spec = NULL;
    jb_pos origin = {jb_intern(b->ctx, "chart"), 1, 1};
    const jb_chart_frame frame = {
        .width = it->width, .height = it->height, .document = it->document, .columns = it->columns};
    store_csv(b->ctx, r.store, "d", it->csv->str);
    assert_int_equal(jb_node_parse(b->ctx, r.arena, it->yaml->str, it->yaml->len, origin, &spec), JB_OK);
    if (jb_chart_new(b->ctx, spec, r.store, b->fonts[it->slides], &b->theme[it->slides]->chart, &frame,
                     &r.chart) != JB_OK)
        assert_null(r.chart);
    else if (jb_chart_tell(b->ctx, r.chart) != JB_OK)
        g_clear_pointer(&r.chart, jb_chart_free);
    return r;
}

/* Drawn anew in a context of its own, does it say why it cannot be drawn? Contexts tell the same thing once.
 */
static bool is_explained(const drawing *it) {
    bench *b = bench_new();
    result r = draw(b, it);
    unsigned n = 0;
    for (size_t i = 0; i < jb_context_diagnostics(b->ctx); i++) {
        jb_diagnostic d = jb_context_diagnostic(b->ctx, i);
        n += d.severity == JB_ERROR && d.message && strlen(d.message) > 8;
    }
    if (g_getenv("JB_RANDOM_ERRORS")) {
        fprintf(stderr, "# %g: %s\n", it->width, it->yaml->str);
        print_messages(b->ctx);
    }
    assert_null(r.chart);
    result_clear(&r);
    bench_free(b);
    return n > 0;
}

/* What is wrong with the chart of a seed, or NULL. */
static char *fault_of(bench *b, unsigned seed, unsigned *drawn) {
    dice d = {seed};
    drawing it;
    unsigned kind = roll_drawing(&d, &it);
    result r = draw(b, &it);
    char *fault = r.chart ? geometry_fault(r.chart->scene, r.chart->plot) : NULL;
    if (r.chart) drawn[kind]++;
    if (!r.chart && !is_explained(&it)) fault = g_strdup("no chart and no error");
    if (fault) {
        char *all = g_strdup_printf("%u %s %gx%g%s%s: %s", seed, kinds[kind], it.width, it.height,
                                    it.slides ? " slides" : "", it.document ? " document" : "", fault);
        g_free(fault);
        fault = all;
        if (g_getenv("JB_RANDOM_SHOW")) fprintf(stderr, "%s\n%s\n", it.csv->str, it.yaml->str);
    }
    drawing_clear(&it);
    result_clear(&r);
    return fault;
}

static unsigned number_of(const char *name, unsigned otherwise) {
    const char *text = g_getenv(name);
    return text ? (unsigned)g_ascii_strtoull(text, NULL, 10) : otherwise;
}

static void nothing_meets(void **state) {
    unsigned from = number_of("JB_RANDOM_FROM", 1), drawn[KINDS] = {0}, faults = 0,
             count = number_of("JB_RANDOM_CHARTS", g_getenv("SANITIZED") ? CHARTS_SANITIZED : CHARTS);
    bench *b = NULL;
    (void)state;
    for (unsigned i = 0; i < count; i++) {
        if (i % BENCH_CHARTS == 0) {
            if (b) bench_free(b);
            b = bench_new();
        }
        char *fault = fault_of(b, from + i, drawn);
        if (fault) print_message("# %s\n", fault);
        faults += fault != NULL;
        g_free(fault);
    }
    bench_free(b);
    for (unsigned k = 0; k < KINDS; k++) print_message("# %s: %u drawn\n", kinds[k], drawn[k]);
    assert_int_equal(faults, 0);
}

static char *scene_of(unsigned seed) {
    bench *b = bench_new();
    dice d = {seed};
    drawing it;
    roll_drawing(&d, &it);
    result r = draw(b, &it);
    char *text = result_text(b, &r);
    result_clear(&r);
    drawing_clear(&it);
    bench_free(b);
    return text;
}

static void is_the_same_again(void **state) {
    (void)state;
    assert_same_again(scene_of, 30, 10);
}

static jb_item *text_item(jb_scene *scene, unsigned nth) {
    for (guint i = 0; i < scene->items->len; i++) {
        jb_item *item = &g_array_index(scene->items, jb_item, i);
        if (item->kind == JB_ITEM_TEXT && !nth--) return item;
    }
    return NULL;
}

static guint item_of(const jb_scene *scene, const jb_item *item) {
    return (guint)(item - (const jb_item *)(const void *)scene->items->data);
}

static void assert_fault(const result *r, const char *what) {
    char *fault = geometry_fault(r->chart->scene, r->chart->plot);
    if (!what) assert_null(fault);
    if (what) assert_true(fault && g_str_has_prefix(fault, what));
    g_free(fault);
}

/* Text moved by hand onto other text, over the edge, onto a bar, onto a line: each is found. */
static void a_moved_label_is_found(void **state) {
    bench *b = bench_new();
    const char *const yaml[] = {"{data: d, x: 指标名称, mark: bar, y: [目标, 实际]}",
                                "{data: d, x: 指标名称, mark: line, y: [目标, 实际]}"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        drawing it = drawing_of("指标名称,目标,实际\n一项,30,60\n二项,70,20\n三项,40,50\n", yaml[i]);
        result r = draw(b, &it);
        assert_non_null(r.chart);
        assert_fault(&r, NULL);
        jb_item *one = text_item(r.chart->scene, 0), *two = text_item(r.chart->scene, 3), kept = *one;
        one->text.x = two->text.x, one->text.y = two->text.y;
        assert_fault(&r, "text on text");
        one->text.x = r.chart->scene->width - 2;
        assert_fault(&r, "text leaves the frame");
        const jb_drawn *mark = NULL;
        for (guint k = 0; k < r.chart->plot->drawn->len && !mark; k++) {
            mark = &g_array_index(r.chart->plot->drawn, jb_drawn, k);
            if (strcmp(mark->type, i ? "symbol" : "rect") ||
                mark->owner == geometry_owner(r.chart->plot, item_of(r.chart->scene, one)))
                mark = NULL;
        }
        assert_non_null(mark);
        one->text.x = mark->box[0], one->text.y = (mark->box[1] + mark->box[3]) / 2 + 3;
        assert_fault(&r, i ? "text on " : "text on a mark");
        if (i) {
            const jb_box *line = &g_array_index(r.chart->plot->strokes, jb_box, 0);
            one->text.x = (line->x1 + line->x2) / 2 - 4, one->text.y = (line->y1 + line->y2) / 2 + 3;
            assert_fault(&r, "text on ");
        }
        *one = kept;
        assert_fault(&r, NULL);
        result_clear(&r);
        drawing_clear(&it);
    }
    bench_free(b);
}

/* A figure of a stack that is moved over the edge of its segment, and one on the paper: both are found. */
static void a_figure_beside_its_segment_is_found(void **state) {
    bench *b = bench_new();
    drawing it = drawing_of("指标名称,投资,出口\n一项,30,60\n二项,70,20\n三项,40,50\n",
                            "{data: d, x: 指标名称, mark: bar, y: [投资, 出口], stack: true}");
    result r = draw(b, &it);
    unsigned light = 0;
    jb_item *figure;
    (void)state;
    assert_non_null(r.chart);
    assert_fault(&r, NULL);
    while ((figure = text_item(r.chart->scene, light)) && geometry_is_dark(figure->text.colour)) light++;
    assert_non_null(figure);
    jb_item kept = *figure;
    figure->text.x = kept.text.x + 20; /* half out of its column */
    assert_fault(&r, "text on a mark");
    figure->text.y = r.chart->scene->height - 1; /* beside the names */
    figure->text.x = kept.text.x + 40;
    assert_fault(&r, "light text on paper");
    *figure = kept;
    assert_fault(&r, NULL);
    result_clear(&r);
    drawing_clear(&it);
    bench_free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moved_label_is_found), cmocka_unit_test(is_the_same_again),
        cmocka_unit_test(a_figure_beside_its_segment_is_found), cmocka_unit_test(nothing_meets)};
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
