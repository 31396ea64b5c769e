/* Waterfalls: totals stand on zero, changes between their levels; upright where names fit, else lying. */
#include "charts/composite.h"

#include <math.h>
#include <string.h>
#include "input/lookup.h"
#include "input/role.h"

#define SHARE 0.6 /* of the pitch that a bar takes */
#define PITCH 22.0
#define CONNECTOR 0.5
#define LABEL_UP 4.0
#define LABEL_ROOM 13.0
#define NAME_DROP 12.0
#define NAME_AIR 8.0 /* between names */
#define LABEL_AIR 3.0
#define TOTAL_RULE 0.75
#define LEAST_BARS 40.0 /* width for the levels of lying bars */

enum { MOST_NAME_LINES = 3, MOST_DECIMALS = 9 };

typedef struct step {
    bool total, known; /* known: its value is a number */
    double before, after;
    jb_label label;
    const char *text;
} step;

typedef struct waterfall {
    step *steps;
    jb_rows rows; /* of lying bars */
    jb_label *names;
    bool lying;
    unsigned name_lines;
} waterfall;

/* ---- what is drawn ---- */

static bool is_named_total(const jb_plot *p, const jb_category *c) {
    const jb_composite *own = p->spec->composite;
    for (unsigned i = 0; i < own->total_count; i++)
        if (own->totals[i].text && !strcmp(own->totals[i].text, c->plain)) return true;
    return false;
}

static jb_status check_totals(const jb_plot *p) {
    const jb_composite *own = p->spec->composite;
    for (unsigned i = 0; i < own->total_count; i++) {
        bool found = false;
        for (unsigned c = 0; c < p->category_count && !found; c++)
            found = own->totals[i].text && !strcmp(own->totals[i].text, p->categories[c].plain);
        if (!found)
            return jb_fail(p->ctx, own->totals[i].pos, "totals: no row “%s” is drawn",
                           own->totals[i].text ? own->totals[i].text : "");
    }
    return JB_OK;
}

/* A level must be a number: a bound or a range is none. */
static jb_status check_values(const jb_plot *p) {
    if (p->panel_count > 1)
        return jb_fail(
            p->ctx, p->spec->node->pos,
            "the rows are in several units (%s, %s): a waterfall has one; choose by unit: or where:",
            p->panels[0].unit, p->panels[1].unit);
    for (unsigned c = 0; c < p->category_count; c++) {
        const jb_value *v = &p->categories[c].values[0];
        if (v->kind == JB_VALUE_UPPER || v->kind == JB_VALUE_LOWER || v->kind == JB_VALUE_RANGE)
            return jb_fail(p->ctx,
                           jb_dataset_pos(p->data, p->categories[c].row, (unsigned)p->series[0].column),
                           "“%s” of “%s” is no one number: a waterfall cannot go on from it", v->raw,
                           p->categories[c].plain);
    }
    return JB_OK;
}

static const char *plain_text(jb_plot *p, double value, int decimals) {
    GString *text = g_string_new(NULL);
    jb_digits_append(text, value, decimals, false);
    const char *kept = jb_arena_string(p->arena, text->str);
    g_string_free(text, TRUE);
    return kept;
}

/* Says where a total is not what its parts come to, by more than rounding. */
static void check_sum(jb_plot *p, GString *note, const jb_category *c, double given, double level,
                      int decimals, unsigned parts) {
    if (fabs(given - level) <= 0.5 * pow(10, -decimals) * (parts + 1) + 1e-9 * fabs(given)) return;
    if (note->len && !g_str_has_suffix(note->str, "。")) g_string_append(note, "。");
    g_string_append_printf(note, "%s与各项之和相差 %s。", c->plain,
                           jb_change_text(p, given - level, decimals, false));
}

static void set_step(jb_plot *p, waterfall *w, unsigned c, double level, int decimals) {
    step *s = &w->steps[c];
    const jb_value *v = &p->categories[c].values[0];
    bool approximate = v->kind == JB_VALUE_APPROX;
    double number = 0;
    s->known = jb_plot_number(v, &number);
    s->before = s->total ? 0 : level;
    s->after = s->total ? (s->known ? number : level) : level + number;
    if (!s->known && !s->total)
        s->label = jb_value_text(p, v, false);
    else if (s->total)
        s->label = jb_label_new(p, s->known ? jb_value_label(p, v) : plain_text(p, level, decimals),
                                p->style->label, true, p->style->text);
    else
        s->label = jb_label_new(p, jb_change_text(p, number, MIN(v->decimals, MOST_DECIMALS), approximate),
                                p->style->label, false, p->style->text);
    s->text = s->label.text;
}

/* The first row is where it begins: a total. Sums are checked from one total that is known to the next. */
static jb_status set_steps(jb_plot *p, waterfall *w) {
    GString *note = g_string_new(p->spec->note);
    jb_panel *panel = &p->panels[0];
    double level = 0;
    int decimals = 0;
    unsigned parts = 0;
    for (unsigned c = 0; c < p->category_count; c++)
        decimals = MAX(decimals, p->categories[c].values[0].decimals);
    decimals = MIN(decimals, MOST_DECIMALS);
    panel->low = panel->high = 0;
    for (unsigned c = 0; c < p->category_count; c++) {
        const jb_category *it = &p->categories[c];
        step *s = &w->steps[c];
        s->total = c == 0 || p->data->rows[it->row].total || is_named_total(p, it);
        set_step(p, w, c, level, decimals);
        if (s->total && s->known && c > 0) check_sum(p, note, it, s->after, level, decimals, parts);
        parts = s->total ? 0 : parts + 1;
        level = s->after;
        panel->low = MIN(panel->low, s->after);
        panel->high = MAX(panel->high, s->after);
    }
    if (note->len) p->composed->note = jb_arena_string(p->arena, note->str);
    g_string_free(note, TRUE);
    if (isfinite(panel->low) && isfinite(panel->high)) return JB_OK;
    return jb_fail(p->ctx, p->spec->node->pos, "the sums of “%s” are larger than any number: nothing can be drawn",
                   p->series[0].name);
}

static bool is_below(const step *s) { return s->before <= 0 && s->after <= 0 && s->before + s->after < 0; }

/* ---- measuring ---- */

static double pitch_of(const jb_plot *p) { return p->width / p->category_count; }

static bool can_stand(jb_plot *p, waterfall *w) {
    double pitch = pitch_of(p);
    if (pitch < 16) return false;
    for (unsigned c = 0; c < p->category_count; c++) {
        w->names[c] =
            jb_label_wrapped(p, p->categories[c].name, p->style->label, pitch - NAME_AIR, p->style->text);
        w->name_lines = MAX(w->name_lines, w->names[c].para->count);
        if (w->names[c].para->count > MOST_NAME_LINES || w->names[c].para->forced ||
            jb_label_width(&w->names[c]) > pitch - NAME_AIR + 0.1 ||
            jb_label_width(&w->steps[c].label) > pitch - LABEL_AIR)
            return false;
    }
    return true;
}

static double room(const jb_plot *p, const waterfall *w, bool left) {
    double most = 0;
    for (unsigned c = 0; c < p->category_count; c++)
        if (is_below(&w->steps[c]) == left)
            most = MAX(most, jb_label_width(&w->steps[c].label) + p->style->label_gap);
    return most;
}

static jb_tone tone_of(const jb_plot *p, const step *s) {
    if (s->after == s->before) return JB_TONE_NEUTRAL;
    bool good = (s->after > s->before) == (p->spec->composite->better != JB_BETTER_LESS);
    return good ? JB_TONE_GOOD : JB_TONE_BAD;
}

static jb_scenario scenario_of(const char *name) {
    switch (jb_column_role_of(name, name, 1, 0)) {
    case JB_COLUMN_PLAN: return JB_SCENARIO_PL;
    case JB_COLUMN_PREVIOUS: return JB_SCENARIO_PY;
    case JB_COLUMN_FORECAST: return JB_SCENARIO_FC;
    default: return JB_SCENARIO_AC;
    }
}

static void add_keys(jb_plot *p, const waterfall *w) {
    bool rise = false, fall = false, less = p->spec->composite->better == JB_BETTER_LESS;
    for (unsigned c = 0; c < p->category_count; c++) {
        const step *s = &w->steps[c];
        rise = rise || (!s->total && s->after > s->before);
        fall = fall || (!s->total && s->after < s->before);
    }
    if (rise) jb_key_add(p, less ? JB_KEY_BAD : JB_KEY_GOOD, "增加", 0, JB_SCENARIO_PLAIN);
    if (fall) jb_key_add(p, less ? JB_KEY_GOOD : JB_KEY_BAD, "减少", 0, JB_SCENARIO_PLAIN);
}

jb_status jb_waterfall_measure(jb_plot *p) {
    waterfall *w = JB_NEW(p->arena, waterfall);
    jb_status status = check_values(p);
    if (status == JB_OK) status = check_totals(p);
    if (status != JB_OK) return status;
    p->composed->mine = w;
    w->steps = JB_ARRAY(p->arena, step, p->category_count);
    w->names = JB_ARRAY(p->arena, jb_label, p->category_count);
    status = set_steps(p, w);
    if (status != JB_OK) return status;
    w->lying = p->spec->orient == JB_ORIENT_HORIZONTAL || !can_stand(p, w);
    if (w->lying && p->spec->orient == JB_ORIENT_VERTICAL)
        jb_plot_note_add(p, jb_node_get(p->spec->node, "orient")->pos,
                         "orient: vertical does not fit %d pt: names or figures are too wide; the bars lie",
                         (int)(p->width + 0.5));
    else if (w->lying && p->spec->height > 0)
        jb_plot_note_add(p, jb_node_get(p->spec->node, "height")->pos,
                         "the bars lie, as high as their rows; height is not used");
    p->horizontal = w->lying;
    double field = room(p, w, true) + room(p, w, false) + LEAST_BARS;
    w->rows = (jb_rows){.p = p, .pitch = PITCH, .panels = 1, .least = INFINITY, .fields = &field};
    if (w->lying) jb_rows_measure(&w->rows);
    w->rows.fields = NULL; /* it was needed for measuring only */
    add_keys(p, w);
    return JB_OK;
}

/* ---- drawing: u along the values, v across ---- */

static void draw_bar(jb_plot *p, const waterfall *w, unsigned c, double zero, double end, double across,
                     double thick) {
    const step *s = &w->steps[c];
    const jb_category *it = &p->categories[c];
    bool approximate = it->values[0].kind == JB_VALUE_APPROX;
    const jb_series as = {.scenario = scenario_of(it->plain)};
    jb_value_kind kind = approximate ? JB_VALUE_APPROX : JB_VALUE_NUMBER;
    if (s->total)
        jb_bar_draw(p, w->lying, &as, kind, zero, end, end, across, thick);
    else if (s->known)
        jb_delta_draw(p, w->lying, tone_of(p, s), zero, end, across, thick, approximate);
    double lying[4] = {zero, across, end, across + thick}, upright[4] = {across, zero, across + thick, end};
    if (s->known || s->total)
        jb_plot_record(p, "rect", 0, w->lying ? lying : upright, it->plain, s->text, NULL);
}

static void connect(jb_plot *p, bool lying, double at, double from, double to) {
    const jb_box line = {lying ? at : from, lying ? from : at, lying ? at : to, lying ? to : at};
    jb_plot_rule_around(p, &line, p->style->axis, CONNECTOR);
}

static void put_label(jb_plot *p, const waterfall *w, unsigned c, double x, double high, double low) {
    const step *s = &w->steps[c];
    double half = s->label.size / 2, y = is_below(s) ? low + LABEL_UP + half : high - LABEL_UP - half;
    jb_text_put(p, 0, &s->label, x, y, 'c');
}

static void draw_name(jb_plot *p, const waterfall *w, unsigned c, double x, double y, double thick) {
    if (w->steps[c].total && c > 0)
        jb_plot_rule(p, x - thick / 2, y + 2.5, x + thick / 2, y + 2.5, p->style->rule, TOTAL_RULE);
    jb_label_draw(p, &w->names[c], x, y + NAME_DROP + 1, 'c');
}

static double draw_standing(jb_plot *p, waterfall *w, double top, double height) {
    jb_panel *panel = &p->panels[0];
    double pitch = pitch_of(p), thick = MIN(SHARE * pitch, p->style->column_max);
    double names = NAME_DROP + 4 + (w->name_lines - 1) * p->style->leading,
           under = panel->low < 0 ? LABEL_ROOM : 0;
    panel->x = 0;
    panel->width = p->width;
    panel->y = top + LABEL_ROOM;
    panel->height = MAX(60, height - LABEL_ROOM - under - names);
    double factor = jb_field_new(0, panel->height, panel->low, panel->high).factor,
           zero = panel->y + panel->high * factor, bottom = panel->y + panel->height + under;
    for (unsigned c = 0; c < p->category_count; c++) {
        const step *s = &w->steps[c];
        double x = (c + 0.5) * pitch, a = zero - s->before * factor, b = zero - s->after * factor;
        jb_plot_own(p, jb_mark_owner(p, c, 0));
        draw_bar(p, w, c, a, b, x - thick / 2, thick);
        if (c + 1 < p->category_count) connect(p, false, b, x + thick / 2, x + pitch - thick / 2);
        put_label(p, w, c, x, MIN(a, b), MAX(a, b));
        jb_plot_own(p, JB_NO_OWNER);
        draw_name(p, w, c, x, bottom, thick);
    }
    jb_plot_rule(p, 0, zero, p->width, zero, p->style->axis, p->style->baseline_width);
    double box[4] = {0, zero, p->width, zero};
    jb_plot_record(p, "rule", 0, box, NULL, "0", NULL);
    return bottom + names - top;
}

static double draw_lying(jb_plot *p, waterfall *w, double top) {
    jb_panel *panel = &p->panels[0];
    double used = jb_rows_place(&w->rows, top), thick = SHARE * PITCH;
    double left = panel->x + room(p, w, true), right = panel->x + panel->width - room(p, w, false);
    jb_field f = jb_field_new(left, right - left, panel->low, panel->high);
    jb_rows_draw(&w->rows, 0);
    for (unsigned c = 0; c < p->category_count; c++) {
        const step *s = &w->steps[c];
        double y = jb_rows_middle(&w->rows, c), a = jb_field_at(f, s->before), b = jb_field_at(f, s->after);
        bool below = is_below(s);
        jb_plot_own(p, jb_mark_owner(p, c, 0));
        draw_bar(p, w, c, a, b, y - thick / 2, thick);
        if (c + 1 < p->category_count)
            connect(p, true, b, y + thick / 2, jb_rows_middle(&w->rows, c + 1) - thick / 2);
        jb_text_put(p, 0, &s->label,
                    below ? MIN(a, b) - p->style->label_gap : MAX(a, b) + p->style->label_gap, y,
                    below ? 'r' : 'l');
    }
    jb_plot_own(p, JB_NO_OWNER);
    const jb_box line = {f.zero, panel->y + 2, f.zero, panel->y + panel->height - 2};
    const double box[4] = {line.x1, line.y1, line.x2, line.y2};
    jb_plot_rule_around(p, &line, p->style->axis, p->style->baseline_width);
    jb_plot_record(p, "rule", 0, box, NULL, "0", NULL);
    return used;
}

double jb_waterfall_draw(jb_plot *p, double top, double height) {
    waterfall *w = p->composed->mine;
    return w->lying ? draw_lying(p, w, top) : draw_standing(p, w, top, height);
}
