/* The chart dump: one object, a view for each panel (docs/dumps.md). */
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/plot.h"
#include "charts/vl.h"

static void number(GString *out, const char *lead, double value) {
    g_string_append(out, lead);
    jb_text_number(out, value, 4);
}

static void dump_linear(const char *name, const char *unit, double low, double high, GString *out) {
    g_string_append_printf(out, "\"%s\":{\"type\":\"linear\",\"unit\":", name);
    jb_text_json(out, unit);
    g_string_append(out, ",\"domain\":[");
    jb_text_json_number(out, low);
    g_string_append_c(out, ',');
    jb_text_json_number(out, high);
    g_string_append(out, "]}");
}

static void dump_scales(const jb_plot *p, const jb_panel *panel, GString *out) {
    bool turned = p->horizontal;
    g_string_append_printf(out, "\"scales\":{\"%s\":{\"type\":\"band\",\"domain\":[", turned ? "y" : "x");
    bool dense = panel->count > JB_LIMIT_CATEGORIES;
    for (unsigned i = 0; i < panel->count; i += dense && !i ? panel->count - 1 : 1) {
        if (i) g_string_append_c(out, ',');
        jb_text_json(out, p->categories[panel->first + i].plain);
    }
    g_string_append_c(out, ']');
    if (dense) g_string_append_printf(out, ",\"count\":%u", panel->count);
    g_string_append(out, "},");
    dump_linear(turned ? "x" : "y", panel->unit, panel->low, panel->high, out);
    if (panel->right_axis_unit) {
        g_string_append_c(out, ',');
        dump_linear("y2", panel->right_unit, panel->right_low, panel->right_high, out);
    }
    g_string_append_c(out, '}');
}

/* The unit of the labels where it is not the scale's. */
static void dump_axis_head(const jb_plot *p, const jb_panel *panel, char scale, bool first, GString *out) {
    bool right = scale == 'r', values = right || scale == (p->horizontal ? 'x' : 'y');
    const char *unit = right ? panel->right_axis_unit : panel->axis_unit;
    g_string_append_printf(out, "%s{\"scale\":\"%s\",", first ? "" : ",",
                           right          ? "y2"
                           : scale == 'x' ? "x"
                                          : "y");
    if (values && unit && strcmp(unit, right ? panel->right_unit : panel->unit) != 0) {
        g_string_append(out, "\"unit\":");
        jb_text_json(out, unit);
        g_string_append_c(out, ',');
    }
    g_string_append(out, "\"ticks\":[");
}

static void dump_axis(const jb_plot *p, unsigned panel, char scale, bool *first, GString *out) {
    unsigned n = 0;
    for (guint i = 0; i < p->ticks->len; i++) {
        const jb_axis_tick *t = &g_array_index(p->ticks, jb_axis_tick, i);
        if (t->panel != panel || t->scale != scale) continue;
        if (!n++) dump_axis_head(p, &p->panels[panel], scale, *first, out);
        g_string_append(out, n > 1 ? ",{\"value\":" : "{\"value\":");
        if (scale == 'x' && !p->horizontal)
            jb_text_json(out, p->periods ? p->categories[(unsigned)t->value].plain : t->label);
        else
            jb_text_json_number(out, t->value);
        g_string_append(out, ",\"label\":");
        jb_text_json(out, t->label);
        if (t->under) g_string_append(out, ",\"under\":"), jb_text_json(out, t->under);
        g_string_append_c(out, '}');
    }
    if (!n) return;
    g_string_append(out, "]}");
    *first = false;
}

static double fraction(double value, double from, double size) {
    return size > 0 ? (value - from) / size : 0;
}

/* The category that a text belongs to; the others say theirs. */
static const char *category_of(const jb_plot *p, const jb_drawn *d) {
    bool own = !d->x && !d->y && d->series >= 0;
    return own ? p->categories[(unsigned)d->owner / p->series_count].plain : d->x;
}

static void dump_data(const jb_plot *p, const jb_drawn *d, GString *out) {
    const char *keys[] = {"x", "y", "color"}, *lead = ",\"data\":{";
    const char *values[] = {category_of(p, d), d->y,
                            d->series >= 0 && p->series_count > 1 ? p->series[d->series].name : NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!values[i]) continue;
        g_string_append_printf(out, "%s\"%s\":", lead, keys[i]);
        jb_text_json(out, values[i]);
        lead = ",";
    }
    if (*lead == ',' && !lead[1]) g_string_append_c(out, '}');
}

static void dump_item(const jb_plot *p, const jb_panel *panel, const jb_drawn *d, GString *out) {
    number(out, "{\"box\":[", fraction(d->box[0], panel->x, panel->width));
    number(out, ",", fraction(d->box[1], panel->y, panel->height));
    number(out, ",", fraction(d->box[2], panel->x, panel->width));
    number(out, ",", fraction(d->box[3], panel->y, panel->height));
    g_string_append_c(out, ']');
    dump_data(p, d, out);
    if (d->text) g_string_append(out, ",\"text\":"), jb_text_json(out, d->text);
    g_string_append_c(out, '}');
}

static void dump_marks(const jb_plot *p, unsigned panel, GString *out) {
    static const char *const types[] = {"rect", "line", "area", "symbol", "rule", "text"};
    bool first_mark = true;
    for (size_t k = 0; k < G_N_ELEMENTS(types); k++) {
        unsigned n = 0;
        for (guint i = 0; i < p->drawn->len; i++) {
            const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
            if (d->panel != panel || strcmp(d->type, types[k]) != 0) continue;
            if (!n++)
                g_string_append_printf(out, "%s{\"type\":\"%s\",\"items\":[", first_mark ? "" : ",",
                                       types[k]);
            if (n > 1) g_string_append_c(out, ',');
            dump_item(p, &p->panels[panel], d, out);
        }
        if (n) g_string_append(out, "]}"), first_mark = false;
    }
}

void jb_chart_dump(const jb_chart *chart, GString *out) {
    const jb_plot *p = chart->plot;
    if (chart->vl) {
        jb_vl_dump(chart->vl, out);
        return;
    }
    g_string_append(out, "{\"views\":[");
    for (unsigned i = 0; i < p->panel_count; i++) {
        const jb_panel *panel = &p->panels[i];
        bool first = true;
        number(out, i ? ",{\"width\":" : "{\"width\":", panel->width);
        number(out, ",\"height\":", panel->height);
        g_string_append_c(out, ',');
        dump_scales(p, panel, out);
        g_string_append(out, ",\"axes\":[");
        dump_axis(p, i, 'x', &first, out);
        dump_axis(p, i, 'y', &first, out);
        dump_axis(p, i, 'r', &first, out);
        g_string_append(out, "],\"marks\":[");
        dump_marks(p, i, out);
        g_string_append(out, "]}");
    }
    g_string_append(out, "]}\n");
}
