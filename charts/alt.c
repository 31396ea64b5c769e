/* What a chart says in words: kind, what is compared, unit, extremes, the largest difference, what is
 * missing. */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "charts/plot.h"

static void append_series(const jb_plot *p, GString *out) {
    for (unsigned s = 0; s < p->series_count; s++)
        g_string_append_printf(out, "%s%s", s ? "、" : "", p->series[s].name);
}

static const char *kind_of(const jb_plot *p) {
    bool bar = false, line = false;
    for (unsigned s = 0; s < p->series_count; s++) *(p->series[s].mark == JB_MARK_BAR ? &bar : &line) = true;
    if (bar && line) return "柱形与折线图";
    return line ? "折线图" : p->horizontal ? "条形图" : "柱形图";
}

/* A value as written; of `as last year` also the figure that is drawn. */
static void append_raw(GString *out, const jb_value *v) {
    double number;
    g_string_append(out, v->kind == JB_VALUE_MISSING ? "无数据" : v->raw);
    if (v->kind != JB_VALUE_SAME || !jb_plot_number(v, &number) || fabs(number) > 1e15) return;
    g_string_append(out, "（上年数 ");
    jb_text_number(out, number, 9);
    g_string_append(out, "）");
}

static void append_value(GString *out, const jb_category *c, unsigned s, const char *unit) {
    g_string_append_printf(out, "%s ", c->plain);
    append_raw(out, &c->values[s]);
    if (*unit) g_string_append_printf(out, " %s", unit);
}

/* Highest and lowest of the last series, which is the result where there is a plan. */
static void append_extremes(const jb_plot *p, const jb_panel *panel, GString *out) {
    unsigned s = p->series_count - 1;
    const jb_category *high = NULL, *low = NULL;
    double number, top = -INFINITY, bottom = INFINITY;
    for (unsigned i = 0; i < panel->count; i++) {
        const jb_category *c = &p->categories[panel->first + i];
        if (!jb_plot_number(&c->values[s], &number)) continue;
        if (number > top) top = number, high = c;
        if (number < bottom) bottom = number, low = c;
    }
    if (!high) return;
    g_string_append_printf(out, "%s最高的是", p->series[s].name);
    append_value(out, high, s, panel->unit);
    if (low != high) {
        g_string_append(out, "，最低的是");
        append_value(out, low, s, panel->unit);
    }
    g_string_append(out, "。");
}

/* A line's way from its first value to its last. */
static void append_trend(const jb_plot *p, unsigned s, GString *out) {
    const jb_category *first = NULL, *last = NULL;
    double number;
    for (unsigned c = 0; c < p->category_count; c++) {
        if (!jb_plot_number(&p->categories[c].values[s], &number)) continue;
        if (!first) first = &p->categories[c];
        last = &p->categories[c];
    }
    if (!first || first == last) return;
    g_string_append_printf(out, "%s由 %s 的 ", p->series[s].name, first->plain);
    append_raw(out, &first->values[s]);
    g_string_append_printf(out, " 变为 %s 的 ", last->plain);
    append_raw(out, &last->values[s]);
    g_string_append(out, "。");
}

static void append_values(const jb_plot *p, GString *out) {
    for (unsigned c = 0; c < p->category_count; c++) {
        g_string_append(out, p->categories[c].plain);
        for (unsigned s = 0; s < p->series_count; s++) {
            g_string_append_printf(out, "%s%s ", s ? "，" : "：",
                                   p->series_count > 1 ? p->series[s].name : "");
            append_raw(out, &p->categories[c].values[s]);
        }
        g_string_append(out, c + 1 < p->category_count ? "；" : "。");
    }
}

const char *jb_plot_alt(jb_plot *p) {
    GString *out = g_string_new(kind_of(p));
    if (p->spec->title) g_string_append_printf(out, "“%s”", p->spec->title);
    g_string_append(out, "，比较");
    append_series(p, out);
    g_string_append_printf(out, "，共 %u 项", p->category_count);
    if (p->panel_count == 1 && *p->panels[0].unit)
        g_string_append_printf(out, "，单位 %s", p->panels[0].unit);
    if (p->panel_count > 1) g_string_append_printf(out, "，按 %u 种单位分开", p->panel_count);
    g_string_append(out, "。");
    if (strcmp(kind_of(p), "折线图") != 0)
        for (unsigned i = 0; i < p->panel_count && p->panel_count == 1; i++)
            append_extremes(p, &p->panels[i], out);
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].mark == JB_MARK_LINE) append_trend(p, s, out);
    if (p->category_count * p->series_count <= 60) append_values(p, out);
    const char *text = jb_arena_string(p->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}
