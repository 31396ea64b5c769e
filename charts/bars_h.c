/* Horizontal bars: a column of names, rows of bars, labels at their outer ends; a panel for each unit. */
#include <math.h>
#include <string.h>
#include "charts/plot.h"

#define ROW_EXTRA 11.0  /* space between the bars of two rows */
#define PANEL_HEAD 22.0 /* unit, rule and the air around them */
#define LABEL_MARGIN 6.0
#define NAME_LINES 4.0 /* a name of n lines needs 11.5 n + 4 */
#define MISSING_DASH 9.0
#define MISSING_WIDTH 0.9

typedef struct row {
    jb_label name;
    jb_label *labels; /* one a series; para NULL when the value has none of its own */
    double y, height;
} row;

typedef struct layout {
    jb_plot *p;
    row *rows; /* one a category */
    double name_width, column_width, gutter;
    unsigned columns;
    unsigned *column_of; /* of each panel */
} layout;

static bool many_panels(const jb_plot *p) { return p->panel_count > 1; }

static double bar_thickness(const jb_plot *p) {
    return p->series_count > 1 ? p->style->bar : p->style->bar_single;
}

static double bars_height(const jb_plot *p) {
    return p->series_count * bar_thickness(p) + (p->series_count - 1) * p->style->pair_gap;
}

static double pitch(const jb_plot *p) {
    double least = p->series_count > 1 ? p->style->pitch : p->style->pitch_single;
    return MAX(least, bars_height(p) + ROW_EXTRA);
}

static bool is_bold(const jb_series *s) { return s->scenario == JB_SCENARIO_AC; }

static jb_label value_label(jb_plot *p, const jb_series *s, const jb_value *v) {
    jb_colour colour = is_bold(s) ? p->style->text : p->style->text2;
    if (v->kind == JB_VALUE_TEXT || v->kind == JB_VALUE_SAME)
        return jb_label_kai(p, v->raw, p->style->label, p->style->text2);
    if (v->kind == JB_VALUE_MISSING)
        return jb_label_new(p, "无数据", p->style->source, false, p->style->text2);
    return jb_label_new(p, jb_value_label(p, v), p->style->label, is_bold(s), colour);
}

static void set_row(layout *l, unsigned c) {
    jb_plot *p = l->p;
    const jb_category *category = &p->categories[c];
    row *r = &l->rows[c];
    double indent = category->level * p->style->sub_indent;
    r->name = jb_label_wrapped(p, category->name, p->style->label, MAX(20, l->name_width - indent) + 0.01,
                               p->style->text);
    r->labels = JB_ARRAY(p->arena, jb_label, p->series_count);
    for (unsigned s = 0; s < p->series_count; s++)
        r->labels[s] = value_label(p, &p->series[s], &category->values[s]);
    r->height = MAX(pitch(p), r->name.para->count * p->style->leading + NAME_LINES);
}

/* Names take what their widest needs, at most the style's share of the chart. */
static void find_name_width(layout *l) {
    jb_plot *p = l->p;
    double most = p->style->name_share * l->column_width, widest = 0;
    for (unsigned c = 0; c < p->category_count; c++) {
        double indent = p->categories[c].level * p->style->sub_indent;
        jb_label name = jb_label_wrapped(p, p->categories[c].name, p->style->label, MAX(20, most - indent),
                                         p->style->text);
        widest = MAX(widest, jb_label_width(&name) + indent);
    }
    l->name_width = MIN(widest, most);
}

static double panel_height(const layout *l, const jb_panel *panel) {
    double height = many_panels(l->p) ? PANEL_HEAD : 0;
    for (unsigned i = 0; i < panel->count; i++) height += l->rows[panel->first + i].height;
    return height;
}

/* Two columns when each has room enough: panels keep their order, the cut makes the higher column lowest. */
static void choose_columns(layout *l) {
    const jb_plot *p = l->p;
    l->gutter = p->style->panel_gap;
    bool two = many_panels(p) && p->width >= 2 * p->style->column_width + l->gutter;
    l->columns = two ? 2 : 1;
    l->column_width = two ? (p->width - l->gutter) / 2 : p->width;
    l->column_of = JB_ARRAY(p->arena, unsigned, p->panel_count);
}

static void cut_columns(layout *l) {
    const jb_plot *p = l->p;
    double best = INFINITY, total = 0, above = 0;
    unsigned cut = p->panel_count;
    for (unsigned i = 0; i < p->panel_count; i++) total += panel_height(l, &p->panels[i]);
    for (unsigned i = 0; i < p->panel_count && l->columns == 2; i++) {
        above += panel_height(l, &p->panels[i]);
        double higher = MAX(above, total - above);
        if (higher >= best) continue;
        best = higher;
        cut = i + 1;
    }
    for (unsigned i = 0; i < p->panel_count; i++) l->column_of[i] = i >= cut;
}

/* Places panels and rows; returns the height of the higher column. */
static double place(layout *l, double top) {
    jb_plot *p = l->p;
    double y[2] = {top, top};
    for (unsigned i = 0; i < p->panel_count; i++) {
        jb_panel *panel = &p->panels[i];
        unsigned column = l->column_of[i];
        panel->x = column * (l->column_width + l->gutter);
        panel->width = l->column_width;
        if (many_panels(p)) y[column] += PANEL_HEAD;
        panel->y = y[column];
        for (unsigned k = 0; k < panel->count; k++) {
            row *r = &l->rows[panel->first + k];
            r->y = y[column];
            y[column] += r->height;
        }
        panel->height = y[column] - panel->y;
    }
    return MAX(y[0], y[1]) - top;
}

/* ---- scale ---- */

typedef struct scale {
    double zero, factor; /* x of zero, pt a unit */
} scale;

static double label_room(const layout *l, const jb_panel *panel, bool negative) {
    double most = 0;
    for (unsigned i = 0; i < panel->count; i++) {
        for (unsigned s = 0; s < l->p->series_count; s++) {
            const jb_value *v = &l->p->categories[panel->first + i].values[s];
            double number;
            if (!jb_plot_number(v, &number) || (number < 0) != negative) continue;
            const jb_label *label = &l->rows[panel->first + i].labels[s];
            most = MAX(most, jb_label_width(label) + l->p->style->label_gap + jb_bar_reach(v->kind));
        }
    }
    return most;
}

/* The label column is measured before the scale. */
static scale find_scale(const layout *l, const jb_panel *panel) {
    double left = panel->x + l->name_width + l->p->style->name_gap,
           right = panel->x + panel->width - LABEL_MARGIN;
    left += panel->low < 0 ? label_room(l, panel, true) : 0;
    right -= label_room(l, panel, false);
    double range = panel->high - panel->low, factor = range > 0 ? MAX(right - left, 1) / range : 0;
    return (scale){left - panel->low * factor, factor};
}

/* ---- drawing ---- */

static void draw_missing(jb_plot *p, const jb_label *label, double x, double y) {
    jb_plot_rule(p, x + 4, y, x + 4 + MISSING_DASH, y, p->style->axis, MISSING_WIDTH);
    jb_label_draw(p, label, x + 4 + MISSING_DASH + 4, jb_label_centre(p->style->source, y), 'l');
}

static void record_label(jb_plot *p, unsigned panel, const jb_label *label, double x, double y, bool right) {
    double w = jb_label_width(label), h = label->size;
    double box[4] = {right ? x - w : x, y - h / 2, right ? x : x + w, y + h / 2};
    jb_plot_record(p, "text", panel, box, NULL, NULL, label->text);
}

static void draw_value(layout *l, unsigned panel, unsigned c, unsigned s, const scale *k, double y) {
    jb_plot *p = l->p;
    const jb_value *v = &p->categories[c].values[s];
    const jb_label *label = &l->rows[c].labels[s];
    double number, thick = bar_thickness(p), middle = y + thick / 2;
    if (!jb_plot_number(v, &number)) {
        if (v->kind == JB_VALUE_MISSING)
            draw_missing(p, label, k->zero, middle);
        else
            jb_label_draw(p, label, k->zero + 4, jb_label_centre(label->size, middle), 'l');
        record_label(p, panel, label, k->zero + 4, middle, false);
        return;
    }
    double end = k->zero + number * k->factor;
    double sure = k->zero + v->number * k->factor,
           reach = jb_bar_draw(p, true, &p->series[s], v->kind, k->zero, end, sure, y, thick);
    double box[4] = {k->zero, y, end, y + thick};
    jb_plot_record(p, "rect", panel, box, p->categories[c].plain, v->raw, NULL);
    bool negative = number < 0;
    double at = end + (negative ? -1 : 1) * (reach + p->style->label_gap);
    jb_label_draw(p, label, at, jb_label_centre(label->size, middle), negative ? 'r' : 'l');
    record_label(p, panel, label, at, middle, negative);
}

static bool all_missing(const jb_plot *p, const jb_category *category) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (category->values[s].kind != JB_VALUE_MISSING) return false;
    return true;
}

static void draw_row(layout *l, unsigned panel, unsigned c, const scale *k, bool first) {
    jb_plot *p = l->p;
    const row *r = &l->rows[c];
    const jb_category *category = &p->categories[c];
    double left = p->panels[panel].x, middle = r->y + r->height / 2;
    double name_y = jb_label_centre(r->name.size, middle) - (r->name.para->count - 1) * r->name.leading / 2;
    if (!first && !category->level)
        jb_plot_rule(p, left, r->y, left + p->panels[panel].width, r->y, p->style->grid,
                     p->style->grid_width);
    jb_label_draw(p, &r->name, left + category->level * p->style->sub_indent, name_y, 'l');
    if (all_missing(p, category)) {
        draw_missing(p, &r->labels[0], k->zero, middle);
        record_label(p, panel, &r->labels[0], k->zero + 4, middle, false);
        return;
    }
    double y = middle - bars_height(p) / 2;
    for (unsigned s = 0; s < p->series_count; s++, y += bar_thickness(p) + p->style->pair_gap)
        draw_value(l, panel, c, s, k, y);
}

static void draw_head(jb_plot *p, const jb_panel *panel) {
    const char *unit = *panel->unit ? panel->unit : "（无单位）";
    jb_label label = jb_label_new(p, unit, p->style->label, true, p->style->text);
    double y = panel->y - PANEL_HEAD;
    jb_label_draw(p, &label, panel->x, y + 12, 'l');
    jb_plot_rule(p, panel->x, y + 17, panel->x + panel->width, y + 17, p->style->rule, p->style->rule_width);
}

static void draw_reference(jb_plot *p, const jb_panel *panel, const scale *k) {
    double x = k->zero + 100 * k->factor;
    jb_plot_rule(p, x, panel->y, x, panel->y + panel->height, p->style->text2, p->style->baseline_width);
}

static void draw_panel(layout *l, unsigned i) {
    jb_plot *p = l->p;
    jb_panel *panel = &p->panels[i];
    scale k = find_scale(l, panel);
    if (many_panels(p)) draw_head(p, panel);
    for (unsigned c = 0; c < panel->count; c++) draw_row(l, i, panel->first + c, &k, c == 0);
    if (p->spec->rate) draw_reference(p, panel, &k);
    jb_plot_rule(p, k.zero, panel->y + 2, k.zero, panel->y + panel->height - 2, p->style->axis,
                 p->style->baseline_width);
    double box[4] = {k.zero, panel->y + 2, k.zero, panel->y + panel->height - 2};
    jb_plot_record(p, "rule", i, box, NULL, "0", NULL);
    /* boxes of the dump are fractions of the bars' field */
    double right = panel->x + panel->width;
    panel->x += l->name_width + p->style->name_gap;
    panel->width = right - panel->x;
}

double jb_bars_horizontal(jb_plot *p, double top) {
    layout l = {.p = p, .rows = JB_ARRAY(p->arena, row, p->category_count)};
    p->horizontal = true;
    choose_columns(&l);
    find_name_width(&l);
    for (unsigned c = 0; c < p->category_count; c++) set_row(&l, c);
    cut_columns(&l);
    double used = place(&l, top);
    for (unsigned i = 0; i < p->panel_count; i++) draw_panel(&l, i);
    return used;
}
