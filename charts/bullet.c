/* Bullets: the plan an outline, the result a solid bar inside, last year a tick, grounds by share of the
 * plan. */
#include <float.h>
#include <math.h>
#include "charts/composite.h"

#define PITCH 22.0
#define PLAN 10.0
#define ACTUAL 4.0
#define BAND 16.0
#define TICK 1.5
#define SLASH_GAP 2.5
#define LABEL_MARGIN 2.0
#define LEAST_BARS 28.0 /* width for the longest bar */

enum { AC, PL, PY };

typedef struct bullet {
    jb_rows rows;
    jb_label (*labels)[3]; /* one a category and series */
    unsigned said;         /* of so many series the figures stand behind the bars */
} bullet;

static jb_label slash(jb_plot *p) { return jb_label_new(p, "/", p->style->label, false, p->style->text2); }

static bool all_missing(const jb_plot *p, const jb_category *c) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (c->values[s].kind != JB_VALUE_MISSING) return false;
    return true;
}

/* Result / plan / last year, as one line. */
static double labels_width(const bullet *b, const jb_label *labels) {
    const jb_label bar = slash(b->rows.p);
    double width = 0;
    for (unsigned s = 0; s < b->said; s++)
        width += jb_label_width(&labels[s]) + (s ? jb_label_width(&bar) + 2 * SLASH_GAP : 0);
    return width;
}

static void add_keys(jb_plot *p) {
    const jb_composite *own = p->spec->composite;
    static const char *const from = "目标的";
    jb_key_add(p, JB_KEY_AC, p->series[AC].name, 0, JB_SCENARIO_AC);
    jb_key_add(p, own->band_count ? JB_KEY_PL_OPEN : JB_KEY_PL, p->series[PL].name, 0, JB_SCENARIO_PL);
    if (p->series_count > PY) jb_key_add(p, JB_KEY_PY_TICK, p->series[PY].name, 0, JB_SCENARIO_PY);
    for (unsigned i = 0; i < own->band_count; i++)
        jb_key_add(p, JB_KEY_BAND,
                   i ? jb_worded(p, "%g%%～%g%%", own->bands[i - 1], own->bands[i])
                     : jb_worded(p, "%s %g%% 以内", from, own->bands[i]),
                   i, JB_SCENARIO_PLAIN);
    jb_keys_of_kinds(p, PL);
    jb_keys_of_kinds(p, AC);
}

/* Grounds need a plan that is a number above zero. */
static bool plan_of(const jb_category *c, double *plan) {
    const jb_value *v = &c->values[PL];
    return (v->kind == JB_VALUE_NUMBER || v->kind == JB_VALUE_APPROX) && jb_plot_number(v, plan) && *plan > 0;
}

/* No more than the largest number. */
static double band_end(double plan, double percent) { return MIN(plan / 100 * percent, DBL_MAX); }

static void widen_for_bands(const jb_plot *p, jb_panel *panel) {
    const jb_composite *own = p->spec->composite;
    double plan;
    for (unsigned i = 0; i < panel->count && own->band_count; i++)
        if (plan_of(&p->categories[panel->first + i], &plan))
            panel->high = MAX(panel->high, band_end(plan, own->bands[own->band_count - 1]));
}

/* Labels of results below zero stand right of zero when nothing is there, else left of the bar. */
static bool is_left(const jb_plot *p, unsigned c) {
    double number;
    bool negative = false;
    for (unsigned s = 0; s < p->series_count; s++) {
        if (!jb_plot_number(&p->categories[c].values[s], &number)) continue;
        if (number > 0) return false;
        if (number < 0) negative = true;
    }
    return negative;
}

/* Room for labels left and right of the bars. */
static void find_sides(const bullet *b, const jb_panel *panel, double *before, double *after) {
    jb_plot *p = b->rows.p;
    *before = *after = 0;
    for (unsigned i = 0; i < panel->count; i++) {
        unsigned c = panel->first + i;
        bool left = is_left(p, c);
        double need = labels_width(b, b->labels[c]) + p->style->label_gap, reach = 0;
        for (unsigned s = 0; s < p->series_count; s++)
            reach = MAX(reach, jb_bar_reach(p->categories[c].values[s].kind, left));
        double *side = left ? before : after;
        *side = MAX(*side, need + reach);
    }
}

/* The least widths of panels. Figures of last year, then of the plan are left out where the chart is too
 * narrow for all. */
static const double *find_fields(bullet *b) {
    jb_plot *p = b->rows.p;
    double *fields = JB_ARRAY(p->arena, double, p->panel_count), before, after, most;
    for (b->said = p->series_count;; b->said--) {
        most = 0;
        for (unsigned i = 0; i < p->panel_count; i++) {
            find_sides(b, &p->panels[i], &before, &after);
            fields[i] = before + after + LABEL_MARGIN + LEAST_BARS;
            most = MAX(most, fields[i]);
        }
        if (most <= p->width || b->said == 1) break;
    }
    if (b->said < p->series_count)
        jb_plot_note_add(p, p->spec->node->pos, "the figures of “%s” find no room in %d pt",
                         p->series[b->said].name, (int)(p->width + 0.5));
    return fields;
}

jb_status jb_bullet_measure(jb_plot *p) {
    bullet *b = JB_NEW(p->arena, bullet);
    p->composed->mine = b;
    b->rows.p = p;
    p->composed->rows = true;
    p->horizontal = true;
    p->series[AC].scenario = JB_SCENARIO_AC;
    p->series[PL].scenario = JB_SCENARIO_PL;
    if (p->series_count > PY) p->series[PY].scenario = JB_SCENARIO_PY;
    b->labels = jb_arena_take(p->arena, sizeof *b->labels * (p->category_count + 1));
    for (unsigned c = 0; c < p->category_count; c++)
        for (unsigned s = 0; s < p->series_count; s++)
            b->labels[c][s] = jb_label_value(p, &p->series[s], &p->categories[c].values[s]);
    const char **heads = JB_ARRAY(p->arena, const char *, p->panel_count);
    for (unsigned i = 0; i < p->panel_count; i++) {
        heads[i] = *p->panels[i].unit ? p->panels[i].unit : "（无单位）";
        widen_for_bands(p, &p->panels[i]);
    }
    const double *fields = find_fields(b);
    b->rows = (jb_rows){.p = p,
                        .pitch = PITCH,
                        .fields = fields,
                        .panels = p->panel_count,
                        .heads = p->panel_count > 1 ? heads : NULL,
                        .least = 2 * p->style->column_width + p->style->panel_gap};
    jb_rows_measure(&b->rows);
    add_keys(p);
    return JB_OK;
}

/* ---- drawing ---- */

static jb_field find_field(const bullet *b, const jb_panel *panel) {
    double left = panel->x, right = panel->x + panel->width - LABEL_MARGIN, before, after;
    find_sides(b, panel, &before, &after);
    return jb_field_new(left + before, right - left - before - after, panel->low, panel->high);
}

static void draw_bands(jb_plot *p, const jb_category *c, jb_field f, double y) {
    const jb_composite *own = p->spec->composite;
    double plan;
    if (!plan_of(c, &plan)) return;
    for (unsigned i = 0; i < own->band_count; i++) {
        double from = jb_field_at(f, i ? band_end(plan, own->bands[i - 1]) : 0),
               to = jb_field_at(f, band_end(plan, own->bands[i]));
        jb_paint paint = jb_paint_fill(jb_colour_tint(p->style->axis, 0.62 - 0.15 * i));
        jb_scene_rect(p->scene, from, y - BAND / 2, to - from, BAND, &paint);
    }
}

/* An outline that lets the grounds be seen; bounds and approximate plans are drawn as in bars. */
static double draw_plan(jb_plot *p, const jb_value *v, jb_field f, double end, double y) {
    double x = f.zero, sure = jb_field_at(f, v->number);
    if (!p->spec->composite->band_count || v->kind != JB_VALUE_NUMBER)
        return jb_bar_draw(p, true, &p->series[PL], v->kind, x, end, sure, y - PLAN / 2, PLAN);
    jb_paint paint = jb_paint_stroke(p->style->ac, 1);
    if (fabs(end - x) > 1)
        jb_scene_rect(p->scene, MIN(x, end) + 0.5, y - PLAN / 2 + 0.5, fabs(end - x) - 1, PLAN - 1, &paint);
    return 0;
}

static double draw_one(jb_plot *p, unsigned s, const jb_value *v, jb_field f, double end, double y) {
    if (s == PL) return draw_plan(p, v, f, end, y);
    if (s == PY) {
        jb_plot_rule(p, end, y - PLAN / 2, end, y + PLAN / 2, p->style->py, TICK);
        return 0;
    }
    return jb_bar_draw(p, true, &p->series[AC], v->kind, f.zero, end, jb_field_at(f, v->number),
                       y - ACTUAL / 2, ACTUAL);
}

static void put_labels(const bullet *b, unsigned panel, unsigned c, double x, double y, bool left) {
    jb_plot *p = b->rows.p;
    const jb_label bar = slash(p);
    if (left) x -= labels_width(b, b->labels[c]);
    for (unsigned s = 0; s < b->said; s++) {
        const jb_label *label = &b->labels[c][s];
        if (s) {
            jb_label_draw(p, &bar, x + SLASH_GAP, jb_label_centre(bar.size, y), 'l');
            x += jb_label_width(&bar) + 2 * SLASH_GAP;
        }
        jb_text_put(p, panel, label, x, y, 'l');
        x += jb_label_width(label);
    }
}

static void draw_row(const bullet *b, unsigned panel, unsigned c, jb_field f) {
    static const unsigned order[] = {PL, AC, PY};
    jb_plot *p = b->rows.p;
    const jb_category *it = &p->categories[c];
    double y = jb_rows_middle(&b->rows, c), number, low = 0, high = 0;
    jb_plot_own(p, jb_mark_owner(p, c, 0)); /* the row is one mark */
    if (all_missing(p, it)) {
        jb_missing_put(p, panel, f.zero + 4, y);
        return;
    }
    draw_bands(p, it, f, y);
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        unsigned s = order[i];
        if (s >= p->series_count || !jb_plot_number(&it->values[s], &number)) continue;
        double end = jb_field_at(f, number), thick = s == AC ? ACTUAL : PLAN;
        if (number < 0) end = MIN(end, f.zero - 0.01); /* has a side, however short it is */
        double reach = draw_one(p, s, &it->values[s], f, end, y);
        double box[4] = {s == PY ? end : f.zero, y - thick / 2, end, y + thick / 2};
        jb_plot_record(p, "rect", panel, box, it->plain, it->values[s].raw, NULL);
        jb_plot_record_series(p, s);
        low = MIN(low, end - f.zero - (number < 0 ? reach : 0));
        high = MAX(high, end - f.zero + (number >= 0 ? reach : 0));
    }
    bool left = is_left(p, c);
    double plan,
        band = p->spec->composite->band_count && plan_of(it, &plan)
                   ? band_end(plan, p->spec->composite->bands[p->spec->composite->band_count - 1]) * f.factor
                   : 0;
    put_labels(b, panel, c,
               f.zero + (left ? low - p->style->label_gap : MAX(high, band) + p->style->label_gap), y, left);
}

double jb_bullet_draw(jb_plot *p, double top, double height) {
    bullet *b = p->composed->mine;
    double used = jb_rows_place(&b->rows, top);
    (void)height;
    for (unsigned i = 0; i < p->panel_count; i++) {
        const jb_panel *panel = &p->panels[i];
        jb_field f = find_field(b, panel);
        jb_rows_draw(&b->rows, i);
        for (unsigned c = panel->first; c < panel->first + panel->count; c++) draw_row(b, i, c, f);
        jb_plot_own(p, JB_NO_OWNER);
        const jb_box zero = {f.zero, panel->y + 2, f.zero, panel->y + panel->height - 2};
        const double box[4] = {zero.x1, zero.y1, zero.x2, zero.y2};
        jb_plot_rule_around(p, &zero, p->style->axis, p->style->baseline_width);
        jb_plot_record(p, "rule", i, box, NULL, "0", NULL);
    }
    return used;
}
