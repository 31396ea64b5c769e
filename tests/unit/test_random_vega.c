/* Random specifications in Vega-Lite's words: each is an error with a place, or a picture whose texts meet
 * neither each other nor the frame, whose domains are finite and whose marks lie in their plots; the same
 * seed draws the same. Variables of the environment:
 *
 *     JB_RANDOM_CHARTS=N    how many (500; 100 under sanitizers)
 *     JB_RANDOM_FROM=SEED   the first
 *     JB_RANDOM_SHOW=1      prints the specification of each that is wrong
 *     JB_RANDOM_ERRORS=1    prints all errors
 *     JB_RANDOM_WRITE=DIR   keeps all specifications there, for a corpus of tests/fuzz/fuzz_chart.c
 */
#include <glib.h>
#include "base/text.h"
#include "charts/vl.h"
#include "output/write.h"
#include "render/theme.h"
#include "tests/unit/dice.h"
#include "tests/unit/drawing_bench.h"
#include "tests/unit/geometry.h"
#include "tests/unit/plan.h"
#include "tests/unit/test_fonts_common.h"

enum { CHARTS = 500, CHARTS_SANITIZED = 100, BENCH_CHARTS = 50 };
#define EDGE 0.51      /* pt that a mark may stand over its plot: outlines */
#define MOST_OVER 7.51 /* half the length of a tick, caps of error bars, thin bars on an axis of numbers */

#define PICK(d, list) (list)[roll(d, G_N_ELEMENTS(list))]

/* ---- words and numbers ---- */

static void append_words(dice *d, GString *out, unsigned serial) {
    static const char *const
        han[] = {"地", "区", "生", "产", "总", "值", "增", "速", "年", "上", "下", "中"},
        *const words[] = {"GDP ", "index ", "rate ", "Public ", "x", "of "},
        *const strange[] = {
            "😀",        "👨‍👩‍👧", "👍🏽",     "مرحبا", "שלום",        "e\xcc\x81\xcc\xa7",
            "\x01\x1f", "\xef\xbb\xbf",       "\xe2\x80\xae", "\n",    "\xe2\x80\x8b"};
    static const unsigned lengths[] = {1, 2, 4, 6, 9, 14, 24, 60, 200};
    unsigned length = 1 + roll(d, lengths[chance(d, 92) ? roll(d, 6) : roll(d, G_N_ELEMENTS(lengths))]);
    unsigned script = roll(d, 10);
    GString *text = g_string_new(NULL);
    if (chance(d, 1)) length = 0, serial = 0;
    for (unsigned i = 0; i < length; i++)
        g_string_append(text, script < 6 || (script < 8 && chance(d, 50)) ? PICK(d, han) : PICK(d, words));
    if (chance(d, 2)) g_string_append(text, PICK(d, strange));
    if (serial && !chance(d, 3)) g_string_append_printf(text, "%u", serial);
    jb_text_json(out, text->str);
    g_string_free(text, TRUE);
}

typedef struct manner {
    unsigned scale;
    bool negative, odd;
} manner;

static void append_number(dice *d, GString *out, const manner *m) {
    static const char *const odd[] = {"null", "\"—\"",    "\"\"",         "\"NaN\"", ".nan",  ".inf",
                                      "-0",   "1.0e-310", "\"7.5 左右\"", "true",    "1e308", "-1e308"};
    double share = roll(d, 10000) / 10000.0, value = share * 100;
    if (m->odd && chance(d, 15)) {
        g_string_append(out, PICK(d, odd));
        return;
    }
    if (m->scale == 1) value = share * 1e6;
    if (m->scale == 2) value = share / 1000;
    if (m->scale == 3) value = 90 + share;
    if (m->scale == 4) value = chance(d, 50) ? 0 : 7;
    if (m->scale == 5) value = share * 3e12;
    if (m->negative && chance(d, 40)) value = -value;
    if (m->scale == 6)
        g_string_append_printf(out, "%u.%ue%d", 1 + roll(d, 9), roll(d, 10), (int)roll(d, 601) - 300);
    else
        jb_text_json_number(out, value);
}

/* ---- data: c names, s series, t months, a and b numbers ---- */

static void append_rows(dice *d, GString *out) {
    static const unsigned most[] = {1, 2, 4, 8, 12, 30, 60};
    unsigned names = 1 + roll(d, PICK(d, most)), series = 1 + roll(d, chance(d, 85) ? 4 : 9),
             rows = chance(d, 3) ? 0 : 1 + roll(d, MIN(names * series, 160));
    const manner a = {chance(d, 50) ? 0 : roll(d, 7), chance(d, 30), chance(d, 20)},
                 b = {chance(d, 50) ? 0 : roll(d, 7), chance(d, 30), chance(d, 20)};
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < names + series; i++) {
        GString *word = g_string_new(NULL);
        append_words(d, word, i + 1);
        g_ptr_array_add(words, g_string_free(word, FALSE));
    }
    g_string_append(out, "\"data\":{\"values\":[");
    for (unsigned i = 0; i < rows; i++) {
        g_string_append_printf(out, "%s{\"c\":%s,\"s\":%s,\"t\":\"%u-%02u\",\"a\":", i ? "," : "",
                               (char *)words->pdata[i % names],
                               (char *)words->pdata[names + i / names % series], 2018 + i % names / 12,
                               1 + i % names % 12);
        append_number(d, out, &a);
        g_string_append(out, ",\"b\":");
        append_number(d, out, &b);
        g_string_append_c(out, '}');
    }
    g_string_append(out, "]}");
    g_ptr_array_free(words, TRUE);
}

/* ---- channels ---- */

static void maybe(dice *d, GString *out, unsigned percent, const char *text) {
    if (chance(d, percent)) g_string_append(out, text);
}

static void append_title(dice *d, GString *out, unsigned percent) {
    if (!chance(d, percent)) return;
    g_string_append(out, ",\"title\":");
    if (chance(d, 30))
        g_string_append(out, "null");
    else
        append_words(d, out, 0);
}

static void append_axis(dice *d, GString *out, bool level, bool number) {
    static const char *const formats[] = {",", ".1f", ".2f", "d", "%", ".0f"};
    if (chance(d, 60)) return;
    if (chance(d, 10)) {
        g_string_append(out, ",\"axis\":null");
        return;
    }
    g_string_append_printf(out, ",\"axis\":{\"orient\":\"%s\"",
                           level           ? (chance(d, 30) ? "top" : "bottom")
                           : chance(d, 30) ? "right"
                                           : "left");
    if (number && chance(d, 30)) g_string_append_printf(out, ",\"format\":\"%s\"", PICK(d, formats));
    if (number && chance(d, 20)) g_string_append_printf(out, ",\"tickCount\":%u", roll(d, 40));
    maybe(d, out, 10, ",\"labels\":false");
    maybe(d, out, 10, ",\"offset\":6");
    maybe(d, out, 10, ",\"minExtent\":30");
    append_title(d, out, 30);
    g_string_append_c(out, '}');
}

static void append_scale(dice *d, GString *out, bool bars) {
    static const char *const types[] = {"log", "symlog", "sqrt", "pow"};
    if (chance(d, 65)) return;
    g_string_append(out, ",\"scale\":{\"nice\":");
    g_string_append(out, chance(d, 70) ? "true" : "false");
    if (chance(d, 45)) g_string_append_printf(out, ",\"type\":\"%s\"", PICK(d, types));
    if (!bars) maybe(d, out, 40, ",\"zero\":false");
    maybe(d, out, 15, ",\"reverse\":true");
    maybe(d, out, 10, ",\"padding\":10");
    maybe(d, out, 10, ",\"clamp\":true");
    g_string_append_c(out, '}');
}

/* The measure: a number, summed up or not. */
static void append_measure(dice *d, GString *out, const char *mark, bool level) {
    static const char *const ops[] = {"sum",      "mean",  "median",   "min", "max",
                                      "distinct", "stdev", "variance", "q1",  "product"};
    bool bars = !strcmp(mark, "bar") || !strcmp(mark, "area");
    g_string_append_printf(out, "\"%s\":{", level ? "x" : "y");
    if (chance(d, 10))
        g_string_append(out, "\"aggregate\":\"count\"");
    else
        g_string_append(out, "\"field\":\"b\",\"type\":\"quantitative\"");
    if (chance(d, 25) && !strstr(out->str + out->len - 12, "count"))
        g_string_append_printf(out, ",\"aggregate\":\"%s\"", PICK(d, ops));
    if (bars && chance(d, 40)) {
        static const char *const stacks[] = {"\"zero\"", "\"normalize\"", "\"center\"", "false"};
        g_string_append_printf(out, ",\"stack\":%s", PICK(d, stacks));
    }
    append_scale(d, out, bars);
    append_axis(d, out, level, true);
    append_title(d, out, 30);
    g_string_append_c(out, '}');
}

static void append_dimension(dice *d, GString *out, bool level) {
    static const char *const sorts[] = {"\"ascending\"", "\"descending\"", "null",
                                        "\"-y\"",        "\"x\"",          "[\"x\",\"中\"]"},
                             *const units[] = {"year", "yearmonth", "month", "yearquarter", "quarter"};
    unsigned kind = roll(d, 10);
    g_string_append_printf(out, "\"%s\":{", level ? "x" : "y");
    if (kind < 6) {
        g_string_append_printf(out, "\"field\":\"c\",\"type\":\"%s\"", chance(d, 70) ? "nominal" : "ordinal");
        if (chance(d, 30)) g_string_append_printf(out, ",\"sort\":%s", PICK(d, sorts));
    } else if (kind < 8) {
        g_string_append_printf(out, "\"field\":\"t\",\"type\":\"%s\"",
                               chance(d, 70) ? "temporal" : "ordinal");
        if (chance(d, 50)) g_string_append_printf(out, ",\"timeUnit\":\"%s\"", PICK(d, units));
    } else {
        g_string_append(out, "\"field\":\"a\",\"type\":\"quantitative\"");
        if (chance(d, 50))
            g_string_append_printf(out, ",\"bin\":%s", chance(d, 50) ? "true" : "{\"maxbins\":20}");
        else
            append_scale(d, out, false);
    }
    append_axis(d, out, level, kind >= 8);
    append_title(d, out, 30);
    g_string_append_c(out, '}');
}

static void append_colour(dice *d, GString *out) {
    static const char *const kinds[] = {
        "\"field\":\"s\"",
        "\"field\":\"s\",\"type\":\"ordinal\"",
        "\"field\":\"c\"",
        "\"field\":\"a\",\"type\":\"quantitative\"",
        "\"field\":\"a\",\"type\":\"quantitative\",\"scale\":{\"type\":\"quantize\"}",
        "\"field\":\"a\",\"bin\":true"};
    if (chance(d, 40)) return;
    g_string_append_printf(out, ",\"color\":{%s", chance(d, 60) ? kinds[0] : PICK(d, kinds));
    append_title(d, out, 20);
    maybe(d, out, 10, ",\"legend\":null");
    g_string_append_c(out, '}');
}

static void append_point_channels(dice *d, GString *out) {
    maybe(d, out, 30, ",\"size\":{\"field\":\"a\",\"type\":\"quantitative\"}");
    maybe(d, out, 20, ",\"shape\":{\"field\":\"s\"}");
    maybe(d, out, 10, ",\"opacity\":{\"field\":\"a\",\"type\":\"quantitative\"}");
}

/* ---- views ---- */

static const char *const marks[] = {"bar",   "bar",   "bar",     "line",     "line",     "area",
                                    "point", "point", "circle",  "square",   "rule",     "text",
                                    "tick",  "rect",  "boxplot", "errorbar", "errorband"};

/* Without braces; `facets`: row, column and facet may stand here. */
static void append_unit(dice *d, GString *out, const char *mark, bool lying, bool facets) {
    g_string_append_printf(out, "\"mark\":{\"type\":\"%s\"", mark);
    if (!strcmp(mark, "line") || !strcmp(mark, "area")) maybe(d, out, 30, ",\"point\":true");
    if (!strcmp(mark, "line")) maybe(d, out, 20, ",\"interpolate\":\"monotone\"");
    g_string_append(out, "},\"encoding\":{");
    append_dimension(d, out, !lying);
    g_string_append_c(out, ',');
    append_measure(d, out, mark, lying);
    append_colour(d, out);
    if (!strcmp(mark, "point")) append_point_channels(d, out);
    if (!strcmp(mark, "bar"))
        maybe(d, out, 15, lying ? ",\"yOffset\":{\"field\":\"s\"}" : ",\"xOffset\":{\"field\":\"s\"}");
    if (!strcmp(mark, "text")) g_string_append(out, ",\"text\":{\"field\":\"b\",\"type\":\"quantitative\"}");
    if (facets && chance(d, 25)) {
        static const char *const ways[] = {",\"row\":{\"field\":\"s\"", ",\"column\":{\"field\":\"s\"",
                                           ",\"facet\":{\"field\":\"s\",\"columns\":2",
                                           ",\"facet\":{\"field\":\"c\""};
        g_string_append(out, PICK(d, ways));
        append_title(d, out, 20);
        g_string_append_c(out, '}');
    }
    g_string_append_c(out, '}');
}

static void append_size(dice *d, GString *out) {
    if (chance(d, 15))
        g_string_append_printf(out, ",\"width\":%u", 40 + roll(d, 500));
    else
        maybe(d, out, 4, ",\"width\":{\"step\":12}");
    if (chance(d, 15)) g_string_append_printf(out, ",\"height\":%u", 40 + roll(d, 300));
}

/* A layer of the same dimension: words, points or a line over the first mark. */
static void append_layer(dice *d, GString *out) {
    static const char *const over[] = {"text", "point", "line", "tick", "rule", "bar"};
    bool lying = chance(d, 20);
    const char *second = chance(d, 40) ? "text" : PICK(d, over);
    const char *first = chance(d, 60) ? "bar" : PICK(d, marks);
    GString *dimension = g_string_new(NULL), *measure = g_string_new(NULL);
    append_dimension(d, dimension, !lying);
    append_measure(d, measure, chance(d, 50) ? first : "line", lying);
    g_string_append_printf(out, "\"layer\":[{\"mark\":\"%s\",\"encoding\":{%s,%s", first, dimension->str,
                           measure->str);
    append_colour(d, out);
    g_string_append_printf(out, "}},{\"mark\":\"%s\",\"encoding\":{%s,", second, dimension->str);
    if (chance(d, 60))
        g_string_append(out, measure->str);
    else
        append_measure(d, out, "line", lying);
    if (!strcmp(second, "text"))
        g_string_append(out, ",\"text\":{\"field\":\"b\",\"type\":\"quantitative\",\"format\":\".1f\"}");
    g_string_append(out, "}}]");
    maybe(d, out, 25, ",\"resolve\":{\"scale\":{\"y\":\"independent\"}}");
    g_string_free(dimension, TRUE);
    g_string_free(measure, TRUE);
}

static void append_concat(dice *d, GString *out) {
    static const char *const how[] = {"hconcat", "vconcat"};
    unsigned count = 1 + roll(d, 3);
    g_string_append_printf(out, "\"%s\":[", PICK(d, how));
    for (unsigned i = 0; i < count; i++) {
        g_string_append(out, i ? ",{" : "{");
        append_unit(d, out, PICK(d, marks), chance(d, 20), chance(d, 30));
        append_size(d, out);
        append_title(d, out, 30);
        g_string_append_c(out, '}');
    }
    g_string_append_c(out, ']');
}

static void append_facets(dice *d, GString *out) {
    static const char *const ways[] = {
        "\"facet\":{\"field\":\"s\"},\"columns\":3", "\"facet\":{\"row\":{\"field\":\"s\"}}",
        "\"facet\":{\"column\":{\"field\":\"s\"}}",
        "\"facet\":{\"row\":{\"field\":\"s\"},\"column\":{\"field\":\"t\",\"timeUnit\":\"year\"}}"};
    g_string_append(out, PICK(d, ways));
    g_string_append(out, ",\"spec\":{");
    if (chance(d, 40))
        append_layer(d, out);
    else
        append_unit(d, out, PICK(d, marks), chance(d, 20), false);
    g_string_append_c(out, '}');
    if (chance(d, 35))
        g_string_append_printf(out, ",\"resolve\":{\"scale\":{\"%s\":\"independent\"}}",
                               chance(d, 50) ? "x" : "y");
}

typedef struct drawing {
    GString *text;
    jb_chart_frame frame;
    bool slides;
} drawing;

static void append_head(dice *d, GString *out) {
    static const char *const keys[] = {"title", "subtitle", "headline", "note", "source"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!chance(d, 20)) continue;
        g_string_append_printf(out, ",\"%s\":", keys[i]);
        append_words(d, out, 1);
    }
}

static drawing roll_drawing(unsigned seed) {
    static const double widths[] = {140, 220, 340, 440, 470, 700, 960},
                        heights[] = {0, 0, 0, 110, 160, 240, 400, 540};
    dice dice_of = {seed}, *d = &dice_of;
    drawing it = {g_string_new("{"),
                  {.width = PICK(d, widths), .height = PICK(d, heights), .document = chance(d, 40)},
                  chance(d, 20)};
    append_rows(d, it.text);
    g_string_append_c(it.text, ',');
    unsigned shape = roll(d, 20);
    if (shape < 11)
        append_unit(d, it.text, PICK(d, marks), chance(d, 25), true);
    else if (shape < 15)
        append_layer(d, it.text);
    else if (shape < 18)
        append_facets(d, it.text);
    else
        append_concat(d, it.text);
    if (shape < 15) append_size(d, it.text);
    append_head(d, it.text);
    g_string_append_c(it.text, '}');
    return it;
}

/* ---- drawing ---- */

static result draw(bench *b, const drawing *it) {
    result r = {jb_arena_new(), jb_store_new(b->ctx), NULL};
    jb_node *spec = NULL;
    jb_pos origin = {jb_intern(b->ctx, "chart"), 1, 1};
    if (jb_node_parse(b->ctx, r.arena, it->text->str, it->text->len, origin, &spec) != JB_OK) return r;
    assert_true(jb_vl_is(spec));
    if (jb_chart_new(b->ctx, spec, r.store, b->fonts[it->slides], &b->theme[it->slides]->chart, &it->frame,
                     &r.chart) != JB_OK)
        assert_null(r.chart);
    else if (jb_chart_tell(b->ctx, r.chart) != JB_OK)
        g_clear_pointer(&r.chart, jb_chart_free);
    return r;
}

/* Drawn anew in a context of its own, does it say where and why it cannot be drawn? */
static bool is_explained(const drawing *it) {
    bench *b = bench_new();
    result r = draw(b, it);
    unsigned n = 0;
    for (size_t i = 0; i < jb_context_diagnostics(b->ctx); i++) {
        jb_diagnostic e = jb_context_diagnostic(b->ctx, i);
        if (e.severity != JB_ERROR) continue;
        /* characters that no font has, have no place */
        n += e.message && strlen(e.message) > 8 &&
             ((e.file && e.line > 0 && e.column > 0) || strstr(e.message, "no installed font"));
    }
    if (g_getenv("JB_RANDOM_ERRORS")) print_messages(b->ctx);
    assert_null(r.chart);
    result_clear(&r);
    bench_free(b);
    return n > 0;
}

/* ---- what is wrong ---- */

static char *domain_fault(const jb_vl_chart *c) {
    for (guint i = 0; i < c->scales->len; i++) {
        const jb_vl_scale *s = c->scales->pdata[i];
        if (s->built && !jb_vl_scale_discrete(s) &&
            !(isfinite(s->low) && isfinite(s->high) && s->low <= s->high))
            return g_strdup_printf("domain of %s is %g to %g", jb_vl_channel_names[s->channel], s->low,
                                   s->high);
    }
    return NULL;
}

static char *panel_fault(const jb_vl_panel *p, const jb_scene *scene) {
    if (!(p->x >= 0 && p->y >= 0 && p->width > 0 && p->height > 0 && p->x + p->width <= scene->width + EDGE &&
          p->y + p->height <= scene->height + EDGE))
        return g_strdup_printf("a plot leaves the frame: %g %g, %g by %g in %g by %g", p->x, p->y, p->width,
                               p->height, scene->width, scene->height);
    for (guint i = 0; i < p->items->len; i++) {
        const jb_vl_item *it = &g_array_index(p->items, jb_vl_item, i);
        if (!it->type || !strcmp(it->type, "text")) continue;
        /* what has a size of its own stands with its middle on its value, as in Vega */
        bool sized =
            (it->box[0] + it->box[2]) / 2 >= -EDGE && (it->box[0] + it->box[2]) / 2 <= p->width + EDGE &&
            (it->box[1] + it->box[3]) / 2 >= -EDGE && (it->box[1] + it->box[3]) / 2 <= p->height + EDGE;
        double grow = EDGE;
        if (sized) grow += !strcmp(it->type, "symbol") ? (it->box[2] - it->box[0]) / 2 : MOST_OVER;
        if (!(it->box[0] >= -grow && it->box[1] >= -grow && it->box[2] <= p->width + grow &&
              it->box[3] <= p->height + grow))
            return g_strdup_printf("%s at %g %g %g %g leaves its plot of %g by %g", it->type, it->box[0],
                                   it->box[1], it->box[2], it->box[3], p->width, p->height);
    }
    return NULL;
}

static char *number_fault(const jb_scene *scene) {
    for (guint i = 0; i < scene->items->len; i++) {
        const jb_item *item = &g_array_index(scene->items, jb_item, i);
        bool good = item->kind != JB_ITEM_TEXT || (isfinite(item->text.x) && isfinite(item->text.y));
        for (unsigned k = 0; item->kind == JB_ITEM_PATH && k < item->path.count; k++) {
            const jb_segment *s = &item->path.segments[k];
            for (int n = 0; n < (s->kind == JB_CUBIC ? 6 : s->kind == JB_CLOSE ? 0 : 2); n++)
                good = good && isfinite(s->p[n]);
        }
        if (!good) return g_strdup_printf("item %u has a number that is none", i);
    }
    return NULL;
}

static char *chart_fault(const jb_chart *chart) {
    GArray *texts = geometry_texts(chart->scene, chart->plot);
    char *fault = number_fault(chart->scene);
    if (!fault) fault = domain_fault(chart->vl);
    if (!fault) fault = geometry_check_frame(texts, chart->scene);
    if (!fault) fault = geometry_check_texts(texts);
    for (guint i = 0; i < chart->vl->panels->len && !fault; i++)
        fault = panel_fault(chart->vl->panels->pdata[i], chart->scene);
    g_array_free(texts, TRUE);
    return fault;
}

static void keep(const drawing *it, unsigned seed) {
    const char *folder = g_getenv("JB_RANDOM_WRITE");
    char *path = folder ? g_strdup_printf("%s/%u.json", folder, seed) : NULL;
    if (path) assert_true(g_file_set_contents(path, it->text->str, (gssize)it->text->len, NULL));
    g_free(path);
}

static char *fault_of(bench *b, unsigned seed, unsigned *drawn) {
    drawing it = roll_drawing(seed);
    keep(&it, seed);
    gint64 began = g_get_monotonic_time();
    result r = draw(b, &it);
    double seconds = (double)(g_get_monotonic_time() - began) / 1e6;
    char *fault = r.chart ? chart_fault(r.chart) : NULL;
    if (r.chart) (*drawn)++;
    if (!r.chart && !is_explained(&it)) fault = g_strdup("no chart and no error with a place");
    if (!fault && seconds > 2) fault = g_strdup_printf("takes %.1f s", seconds);
    if (fault) {
        char *all = g_strdup_printf("%u %gx%g%s%s: %s", seed, it.frame.width, it.frame.height,
                                    it.slides ? " slides" : "", it.frame.document ? " document" : "", fault);
        g_free(fault);
        fault = all;
        if (g_getenv("JB_RANDOM_SHOW")) fprintf(stderr, "%s\n%s\n", fault, it.text->str);
    }
    g_string_free(it.text, TRUE);
    result_clear(&r);
    return fault;
}

static unsigned number_of(const char *name, unsigned otherwise) {
    const char *text = g_getenv(name);
    return text ? (unsigned)g_ascii_strtoull(text, NULL, 10) : otherwise;
}

static void each_is_sound(void **state) {
    unsigned from = number_of("JB_RANDOM_FROM", 1), drawn = 0, faults = 0,
             count = number_of("JB_RANDOM_CHARTS", g_getenv("SANITIZED") ? CHARTS_SANITIZED : CHARTS);
    bench *b = NULL;
    (void)state;
    for (unsigned i = 0; i < count; i++) {
        if (i % BENCH_CHARTS == 0) {
            bench_free(b);
            b = bench_new();
        }
        char *fault = fault_of(b, from + i, &drawn);
        if (fault) print_message("# %s\n", fault);
        faults += fault != NULL;
        g_free(fault);
    }
    bench_free(b);
    print_message("# %u of %u drawn, %u faults\n", drawn, count, faults);
    assert_true(drawn > count / 2);
    assert_int_equal(faults, 0);
}

static char *scene_of(unsigned seed) {
    bench *b = bench_new();
    drawing it = roll_drawing(seed);
    result r = draw(b, &it);
    char *text = result_text(b, &r);
    result_clear(&r);
    g_string_free(it.text, TRUE);
    bench_free(b);
    return text;
}

static void is_the_same_again(void **state) {
    (void)state;
    assert_same_again(scene_of, 20, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_the_same_again), cmocka_unit_test(each_is_sound)};
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
