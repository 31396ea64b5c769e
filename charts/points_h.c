/* Points over rows that lie: names at the left, a value axis under each panel. */
#include "charts/composite.h"

#include <math.h>

#define PITCH 22.0
#define PITCH_PAIRS 30.0 /* figures over and under points stay in their row */
#define RIGHT 8.0        /* least room behind the axis */
#define LEFT 6.0
#define MISSING_GAP 4.0 /* from the axis to what says that nothing is there */
#define MORE_LABELS 8.0 /* from a point to the end of its figure, beside its width */

typedef struct layout {
    jb_plot *p;
    jb_rows rows;
    jb_ticks ticks;
    jb_field field;
    double *at; /* y of the panel's rows */
} layout;

/* Room at the right for the figures of what stands at the axis's end. */
static double end_room(jb_plot *p, const jb_panel *panel, double range, double width) {
    double most = RIGHT, number;
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        for (unsigned s = 0; s < p->series_count; s++) {
            const jb_value *v = &p->categories[c].values[s];
            if (!jb_plot_number(v, &number)) continue;
            jb_label label = jb_label_value(p, &p->series[s], v);
            double free = (panel->high - number) / range * (width - most);
            most = MAX(most, MIN(jb_label_width(&label) + MORE_LABELS - free, width / 3));
        }
    }
    return most;
}

static void find_field(layout *l, unsigned i) {
    jb_plot *p = l->p;
    jb_panel *panel = &p->panels[i];
    l->ticks = jb_ticks_choose(panel->low, panel->high, 5);
    panel->low = l->ticks.first;
    panel->high = l->ticks.first + l->ticks.step * (l->ticks.count - 1);
    jb_label last = jb_label_new(p, jb_tick_text(p, &l->ticks, panel->high), p->style->axis_label, false,
                                 p->style->text2),
             first = jb_label_new(p, jb_tick_text(p, &l->ticks, panel->low), p->style->axis_label, false,
                                  p->style->text2);
    double range = panel->high - panel->low,
           left = MAX(LEFT, jb_label_width(&first) / 2 - p->style->name_gap + 2), width = panel->width - left,
           right = MAX(jb_label_width(&last) / 2, end_room(p, panel, range, width)),
           factor = MAX(width - right, 20) / range;
    l->field = (jb_field){panel->x + left - panel->low * factor, factor};
}

static bool is_empty(const jb_plot *p, const jb_category *c) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (c->values[s].kind != JB_VALUE_MISSING) return false;
    return true;
}

static void draw_point(layout *l, unsigned panel, unsigned c, unsigned s, double y) {
    jb_plot *p = l->p;
    const jb_value *v = &p->categories[c].values[s];
    double number, r = p->style->point_radius;
    jb_plot_own(p, jb_mark_owner(p, c, s));
    if (!jb_plot_number(v, &number)) {
        if (v->kind == JB_VALUE_MISSING)
            jb_gap_draw(p, jb_field_at(l->field, jb_panel_base(&p->panels[panel])), y);
        return;
    }
    double x = jb_field_at(l->field, number), box[4] = {x - r, y - r, x + r, y + r};
    jb_point_seen(p, &p->panels[panel], c - p->panels[panel].first, s, x, y, jb_field_at(l->field, v->number),
                  l->field.factor);
    jb_plot_record(p, "symbol", panel, box, p->categories[c].plain, v->raw, NULL);
}

/* A zero line, or the axis's beginning. */
static void draw_base(const layout *l, unsigned i) {
    jb_plot *p = l->p;
    const jb_panel *panel = &p->panels[i];
    bool zero = panel->low <= 0 && panel->high >= 0;
    double x = jb_field_at(l->field, jb_panel_base(panel)), bottom = panel->y + panel->height,
           box[4] = {x, panel->y, x, bottom};
    jb_plot_rule(p, x, panel->y, x, bottom, p->style->axis, p->style->baseline_width);
    if (zero) jb_plot_record(p, "rule", i, box, NULL, "0", NULL);
}

static void draw_panel(layout *l, unsigned i) {
    jb_plot *p = l->p;
    const jb_panel *panel = &p->panels[i];
    find_field(l, i);
    jb_rows_draw(&l->rows, i);
    draw_base(l, i);
    for (unsigned k = 0; k < panel->count; k++) {
        l->at[k] = jb_rows_middle(&l->rows, panel->first + k);
        if (is_empty(p, &p->categories[panel->first + k]))
            jb_missing_put(p, i, jb_field_at(l->field, jb_panel_base(panel)) + MISSING_GAP, l->at[k]);
    }
    const double field[4] = {panel->x, panel->y, panel->x + panel->width, panel->y + panel->height};
    jb_references_down(p, i, l->field.zero, l->field.factor,
                       field); /* around these words, under the points */
    for (unsigned k = 0; k < panel->count; k++) {
        unsigned c = panel->first + k;
        for (unsigned s = 0; s < p->series_count && !is_empty(p, &p->categories[c]); s++)
            draw_point(l, i, c, s, l->at[k]);
        jb_plot_own(p, JB_NO_OWNER);
    }
    jb_axis_under(p, i, &l->ticks, l->field);
    jb_point_labels(p, i, l->at, l->field.zero, l->field.factor, JB_TOLD_BY_AXIS, NULL, 0);
}

double jb_points_horizontal(jb_plot *p, double top) {
    layout l = {.p = p, .at = JB_ARRAY(p->arena, double, p->category_count)};
    const char **heads = JB_ARRAY(p->arena, const char *, p->panel_count);
    for (unsigned i = 0; i < p->panel_count; i++)
        heads[i] = *p->panels[i].unit ? p->panels[i].unit : "（无单位）";
    p->horizontal = true;
    l.rows = (jb_rows){.p = p,
                       .pitch = p->series_count > 1 ? PITCH_PAIRS : PITCH,
                       .foot = JB_AXIS_FOOT,
                       .over = jb_references_head(p),
                       .panels = p->panel_count,
                       .heads = p->panel_count > 1 ? heads : NULL,
                       .least = 2 * p->style->column_width + p->style->panel_gap};
    jb_rows_measure(&l.rows);
    double used = jb_rows_place(&l.rows, top);
    for (unsigned i = 0; i < p->panel_count; i++) draw_panel(&l, i);
    return used;
}
