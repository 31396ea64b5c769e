/* What a composite mark says in words: kind, what is compared, how it came out, the figures. Figures are
 * those drawn. */
#include <string.h>
#include "charts/composite.h"

enum { MOST_VALUES = 60 };

static const char *kind_of(jb_mark mark) {
    switch (mark) {
    case JB_MARK_BULLET: return "子弹图";
    case JB_MARK_VARIANCE: return "差异图";
    case JB_MARK_DUMBBELL: return "哑铃图";
    case JB_MARK_SLOPE: return "斜率图";
    case JB_MARK_KPI: return "指标卡";
    case JB_MARK_SPARKLINE: return "迷你图";
    default: return "瀑布图";
    }
}

/* A value as written, with its unit. */
static void append_value(GString *out, const jb_value *v, const char *unit) {
    g_string_append(out, v->kind == JB_VALUE_MISSING ? "无数据" : v->raw);
    if (v->kind != JB_VALUE_MISSING && v->kind != JB_VALUE_TEXT && v->kind != JB_VALUE_SAME && *unit &&
        !v->unit)
        g_string_append_printf(out, " %s", unit);
}

static void append_values(const jb_plot *p, GString *out) {
    for (unsigned c = 0; c < p->category_count; c++) {
        const jb_category *it = &p->categories[c];
        g_string_append(out, it->plain);
        for (unsigned s = 0; s < p->series_count; s++) {
            g_string_append(out, s ? "，" : "：");
            if (p->series_count > 1) g_string_append_printf(out, "%s ", p->series[s].name);
            append_value(out, &it->values[s], it->unit);
        }
        g_string_append(out, c + 1 < p->category_count ? "；" : "。");
    }
}

/* How many results are above, at and below what they are compared with. */
static void append_counts(const jb_plot *p, unsigned result, unsigned base, GString *out) {
    unsigned above = 0, equal = 0, below = 0;
    double a, b;
    for (unsigned c = 0; c < p->category_count; c++) {
        const jb_value *v = p->categories[c].values;
        if (v[result].kind != JB_VALUE_NUMBER && v[result].kind != JB_VALUE_APPROX) continue;
        if (v[base].kind != JB_VALUE_NUMBER && v[base].kind != JB_VALUE_APPROX) continue;
        if (!jb_plot_number(&v[result], &a) || !jb_plot_number(&v[base], &b)) continue;
        *(a > b ? &above : a < b ? &below : &equal) += 1;
    }
    g_string_append_printf(out, "%s高于%s的 %u 项，相同的 %u 项，低于的 %u 项。", p->series[result].name,
                           p->series[base].name, above, equal, below);
}

const char *jb_composite_alt_begin(jb_plot *p) {
    const jb_spec *spec = p->spec;
    bool compares = spec->mark != JB_MARK_WATERFALL, variance = spec->mark == JB_MARK_VARIANCE;
    GString *out = g_string_new(kind_of(spec->mark));
    const char *title = spec->title ? spec->title : spec->headline;
    if (title) g_string_append_printf(out, "“%s”", title);
    unsigned last = p->series_count - 1;
    if (spec->mark == JB_MARK_SPARKLINE)
        g_string_append_printf(out, "，%s至%s", p->series[0].name, p->series[last].name);
    else if (compares)
        g_string_append_printf(out, "，%s%s与%s%s", variance ? "" : "比较", p->series[0].name,
                               p->series[1].name, variance ? "之差" : "");
    else
        g_string_append_printf(out, "，%s", p->series[0].name);
    g_string_append_printf(out, "，共 %u 项", p->category_count);
    if (p->panel_count == 1 && *p->panels[0].unit)
        g_string_append_printf(out, "，单位 %s", p->panels[0].unit);
    if (p->panel_count > 1) g_string_append_printf(out, "，按 %u 种单位分开", p->panel_count);
    g_string_append(out, "。");
    bool forward =
        spec->mark == JB_MARK_DUMBBELL || spec->mark == JB_MARK_SLOPE || spec->mark == JB_MARK_SPARKLINE;
    if (compares)
        append_counts(p, forward ? (spec->mark == JB_MARK_SPARKLINE ? last : 1) : 0, forward ? 0 : 1, out);
    if (!variance && p->category_count * p->series_count <= MOST_VALUES) append_values(p, out);
    const char *text = jb_arena_string(p->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

/* Variances are labelled by what was worked out: name and change of each, panel by panel, from what was
 * drawn. */
static void append_changes(const jb_plot *p, GString *out) {
    unsigned n = 0;
    for (guint i = 0; i < p->drawn->len; i++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
        if (!d->x || !d->y || n >= MOST_VALUES) continue;
        g_string_append_printf(out, "%s%s %s", n++ ? "；" : "", d->x, d->y);
        g_string_append_printf(out, " %s", p->panels[d->panel].unit);
    }
    if (n) g_string_append(out, "。");
}

const char *jb_composite_alt(jb_plot *p) {
    GString *out = g_string_new(p->composed->alt);
    if (p->spec->mark == JB_MARK_VARIANCE) append_changes(p, out);
    if (p->composed->note && p->composed->note != p->spec->note) g_string_append(out, p->composed->note);
    const char *text = jb_arena_string(p->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}
