/* Dumbbells: a disc for the first of two columns, a ring for the second, a link between them; an axis under
 * each panel. */
#include "charts/composite.h"

#include <math.h>
#include <string.h>
#include "input/lookup.h"

#define PITCH 26.0
#define DISC 3.6
#define RING 3.8
#define LINK 2.0
#define NEAR 7.2      /* closer points … */
#define NEAR_RING 5.2 /* … have a ring round */
#define NEAR_DISC 3.0 /* … a smaller disc */
#define LABEL_AWAY 4.0
#define HEADS 13.0    /* room for the names of the columns over the first row */
#define HEAD_GAP 10.0 /* least distance between these */
#define AXIS_DROP 2.0
#define TICK_LABEL 11.0 /* from the axis to the baseline of its labels */
#define FIELD_MARGIN 6.0
#define LEAST_SPAN 40.0 /* of the axis */
#define WORDS_GAP 17.0  /* between two words, for an arrow */

enum { FROM, TO };

typedef struct dumbbell {
    jb_rows rows;
    jb_ticks *ticks;  /* one a panel */
    jb_field *fields; /* one a panel */
    jb_label heads[2];
    bool brief;  /* there is no room to say which of the two is missing: such rows are in words */
    bool direct; /* the names of the columns stand over the first row */
} dumbbell;

static bool number_of(const jb_plot *p, unsigned c, unsigned s, double *number) {
    return jb_plot_number(&p->categories[c].values[s], number);
}

/* Equal as drawn and as written. */
static bool is_unchanged(const jb_plot *p, unsigned c) {
    double a, b;
    const jb_value *v = p->categories[c].values;
    return number_of(p, c, FROM, &a) && number_of(p, c, TO, &b) && a == b && v[FROM].kind == v[TO].kind;
}

static jb_label label_of(jb_plot *p, unsigned c, unsigned s) {
    const jb_value *v = &p->categories[c].values[s];
    if (p->categories[c].values[1 - s].kind == JB_VALUE_MISSING && v->kind != JB_VALUE_MISSING)
        return jb_label_new(p, jb_worded(p, "%s（%s无数据）", jb_value_label(p, v), p->series[1 - s].name),
                            p->style->label, false, p->style->text);
    if (!is_unchanged(p, c)) return jb_value_text(p, v, s == TO);
    return jb_label_new(p, jb_worded(p, "%s，不变", jb_value_label(p, v)), p->style->label, false,
                        p->style->text);
}

/* ---- measuring ---- */

static jb_ticks find_ticks(const jb_plot *p, jb_panel *panel) {
    double low = INFINITY, high = -INFINITY, number;
    for (unsigned c = panel->first; c < panel->first + panel->count; c++)
        for (unsigned s = 0; s < 2; s++)
            if (number_of(p, c, s, &number)) low = MIN(low, number), high = MAX(high, number);
    if (!isfinite(low)) low = 0, high = 1;
    if (p->spec->zero) low = MIN(low, 0), high = MAX(high, 0);
    jb_ticks ticks = jb_ticks_choose(low, high, 5);
    panel->low = ticks.first;
    panel->high = ticks.first + ticks.step * (ticks.count - 1);
    return ticks;
}

/* How far labels and arrows go beyond their points. */
static double overhang(jb_plot *p, unsigned c, unsigned s) {
    jb_label label = label_of(p, c, s);
    jb_value_kind kind = p->categories[c].values[s].kind;
    double arrow = kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER ? 5.6 : 0;
    return NEAR_RING + LABEL_AWAY + arrow + jb_label_width(&label);
}

static jb_label word_of(jb_plot *p, unsigned c, unsigned s) {
    const jb_value *v = &p->categories[c].values[s];
    return v->kind == JB_VALUE_MISSING ? jb_label_new(p, "—", p->style->label, false, p->style->text2)
                                       : jb_value_text(p, v, s == TO);
}

/* The least width in which labels at both sides leave the points something. */
static double least_field(jb_plot *p, const jb_panel *panel, bool brief) {
    double left = 0, right = 0, words = 0, from, to;
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        bool a = number_of(p, c, FROM, &from), b = number_of(p, c, TO, &to), pair = a && b;
        if (brief && !pair) a = b = false;
        unsigned outer = pair ? (to >= from ? TO : FROM) : a ? FROM : TO;
        if (a || b) right = MAX(right, overhang(p, c, outer));
        if (pair && !is_unchanged(p, c)) left = MAX(left, overhang(p, c, 1 - outer));
        jb_label one = word_of(p, c, FROM), other = word_of(p, c, TO);
        if (!pair)
            words = MAX(words, FIELD_MARGIN + jb_label_width(&one) + WORDS_GAP + jb_label_width(&other));
    }
    return MAX(MAX(left, FIELD_MARGIN) + right + LEAST_SPAN, words);
}

/* The scale that lets every outer label end within the panel: narrowed until it does. */
static jb_field find_field(jb_plot *p, const jb_panel *panel, const jb_ticks *ticks, bool brief) {
    jb_label last =
        jb_label_new(p, jb_tick_text(p, ticks, panel->high), p->style->axis_label, false, p->style->text2);
    jb_label first =
        jb_label_new(p, jb_tick_text(p, ticks, panel->low), p->style->axis_label, false, p->style->text2);
    double end_room = MAX(FIELD_MARGIN, jb_label_width(&last) / 2);
    double left = MAX(panel->x + FIELD_MARGIN, jb_label_width(&first) / 2),
           right = panel->x + panel->width - end_room, least = left, most = right;
    double range = panel->high - panel->low, number[2];
    for (int pass = 0; pass < 8; pass++) {
        double over_left = 0, over_right = 0, factor = (right - left) / range;
        for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
            for (unsigned s = 0; s < 2; s++) {
                if (!number_of(p, c, s, &number[0])) continue;
                bool other = number_of(p, c, 1 - s, &number[1]);
                if (brief && !other) continue;
                bool alone = !other || is_unchanged(p, c);
                double x = left + (number[0] - panel->low) * factor, need = overhang(p, c, s);
                bool outer_right = alone || number[0] > number[1] || (number[0] == number[1] && s == TO);
                if (outer_right)
                    over_right = MAX(over_right, x + need - most);
                else
                    over_left = MAX(over_left, least - (x - need));
            }
        }
        if (over_left < 0.1 && over_right < 0.1) break;
        left = MIN(left + over_left, right - LEAST_SPAN);
        right = MAX(right - over_right, left + LEAST_SPAN);
    }
    double factor = (right - left) / range;
    return (jb_field){left - panel->low * factor, factor};
}

/* The columns' names over the first row's points, when both are there and apart. */
static bool can_head(const jb_plot *p, const dumbbell *d) {
    double a, b, wa = jb_label_width(&d->heads[FROM]) / 2, wb = jb_label_width(&d->heads[TO]) / 2;
    const jb_panel *panel = &p->panels[0];
    if (d->rows.above) return false;
    if (!number_of(p, panel->first, FROM, &a) || !number_of(p, panel->first, TO, &b)) return false;
    double xa = jb_field_at(d->fields[0], a), xb = jb_field_at(d->fields[0], b);
    if (fabs(xa - xb) < wa + wb + HEAD_GAP) return false;
    return MIN(xa - wa, xb - wb) > panel->x - p->style->name_gap &&
           MAX(xa + wa, xb + wb) < panel->x + panel->width;
}

static void set_subtitle(jb_plot *p) {
    const char *unit = p->panels[0].unit,
               *what = jb_worded(p, "%s与%s", p->series[FROM].name, p->series[TO].name);
    p->composed->subtitle = p->panel_count > 1 ? jb_worded(p, "%s；各单位自用一轴", what)
                            : *unit            ? jb_worded(p, "%s，%s", what, unit)
                                               : what;
}

static void find_fields(jb_plot *p, dumbbell *d) {
    for (unsigned i = 0; i < p->panel_count; i++) {
        d->ticks[i] = find_ticks(p, &p->panels[i]);
        d->fields[i] = find_field(p, &p->panels[i], &d->ticks[i], d->brief);
    }
}

jb_status jb_dumbbell_measure(jb_plot *p) {
    dumbbell *d = JB_NEW(p->arena, dumbbell);
    const char **heads = JB_ARRAY(p->arena, const char *, p->panel_count);
    p->composed->mine = d;
    p->composed->rows = p->horizontal = true;
    for (unsigned i = 0; i < p->panel_count; i++)
        heads[i] = *p->panels[i].unit ? p->panels[i].unit : "（无单位）";
    double *fields = JB_ARRAY(p->arena, double, p->panel_count);
    for (unsigned i = 0; i < p->panel_count; i++)
        d->brief = d->brief || least_field(p, &p->panels[i], false) > p->width;
    for (unsigned i = 0; i < p->panel_count; i++) fields[i] = least_field(p, &p->panels[i], d->brief);
    d->ticks = JB_ARRAY(p->arena, jb_ticks, p->panel_count);
    d->fields = JB_ARRAY(p->arena, jb_field, p->panel_count);
    for (unsigned s = 0; s < 2; s++)
        d->heads[s] = jb_label_new(p, p->series[s].name, p->style->legend, s == TO,
                                   s == TO ? p->style->text : p->style->text2);
    d->rows = (jb_rows){.p = p,
                        .pitch = PITCH,
                        .foot = JB_AXIS_FOOT,
                        .fields = fields,
                        .panels = p->panel_count,
                        .heads = p->panel_count > 1 ? heads : NULL,
                        .least = 2 * p->style->column_width + p->style->panel_gap};
    jb_rows_measure(&d->rows);
    find_fields(p, d);
    d->direct = can_head(p, d);
    if (d->direct) { /* the room over the first row may alter the columns */
        d->rows.over = HEADS;
        jb_rows_measure(&d->rows);
        find_fields(p, d);
        d->direct = can_head(p, d);
    }
    set_subtitle(p);
    if (d->direct) return JB_OK;
    d->rows.over = 0;
    jb_rows_measure(&d->rows);
    find_fields(p, d);
    jb_key_add(p, JB_KEY_DISC, p->series[FROM].name, 0, JB_SCENARIO_PLAIN);
    jb_key_add(p, JB_KEY_RING, p->series[TO].name, 0, JB_SCENARIO_PLAIN);
    return JB_OK;
}

/* ---- drawing ---- */

static void record_point(jb_plot *p, unsigned panel, unsigned c, unsigned s, double x, double y, double r) {
    double box[4] = {x - r, y - r, x + r, y + r};
    jb_plot_record(p, "symbol", panel, box, p->categories[c].plain, p->categories[c].values[s].raw, NULL);
    jb_plot_record_series(p, s);
}

/* A row with a word or a gap at an end: the two sides with an arrow between, from the axis's beginning on. */
static void draw_words(jb_plot *p, unsigned panel, unsigned c, double y) {
    const jb_value *v = p->categories[c].values;
    double x = p->panels[panel].x + FIELD_MARGIN;
    if (v[FROM].kind == JB_VALUE_MISSING && v[TO].kind == JB_VALUE_MISSING) {
        jb_missing_put(p, panel, x, y);
        return;
    }
    for (unsigned s = 0; s < 2; s++) {
        jb_label label = word_of(p, c, s);
        jb_text_put(p, panel, &label, x, y, 'l');
        x += jb_label_width(&label) + WORDS_GAP - 13;
        if (s == TO) break;
        const double tip[] = {x + 6, y - 2.5, x + 9, y, x + 6, y + 2.5};
        jb_paint paint = jb_paint_stroke(p->style->text2, 0.7);
        jb_plot_rule(p, x, y, x + 9, y, p->style->text2, 0.7);
        jb_scene_polyline(p->scene, tip, 3, false, &paint);
        x += 13;
    }
}

/* One end is a number: its point and label, and what the other end says behind it. */
static void draw_half(jb_plot *p, unsigned panel, unsigned c, unsigned s, double x, double y) {
    const jb_value *v = p->categories[c].values;
    jb_label label = label_of(p, c, s);
    double r = s == TO ? RING : DISC, arrow = v[s].kind == JB_VALUE_LOWER ? 5.6 : 0;
    jb_dot_draw(p, &v[s], x, y, r, s == TO, p->style->ac);
    jb_dot_arrow(p, &v[s], x, y, r, true, p->style->ac);
    record_point(p, panel, c, s, x, y, r);
    jb_text_put(p, panel, &label, x + r + LABEL_AWAY + arrow, y, 'l');
}

/* A label behind its point, and behind the arrow of the other point when that reaches there: `others` is its
 * x and the radius that it is drawn with. */
static void put_value(jb_plot *p, unsigned panel, unsigned c, unsigned s, double x, double y, double away,
                      bool right, const double others[2]) {
    jb_label label = label_of(p, c, s);
    jb_value_kind kind = p->categories[c].values[s].kind;
    double arrow = kind == (right ? JB_VALUE_LOWER : JB_VALUE_UPPER) ? 5.6 : 0;
    if (p->categories[c].values[1 - s].kind == (right ? JB_VALUE_LOWER : JB_VALUE_UPPER)) {
        double tip = (right ? 1 : -1) * (others[0] - x) + others[1] + 5.6 + LABEL_AWAY;
        away = MAX(away + arrow, tip) - arrow;
    }
    jb_text_put(p, panel, &label, x + (right ? 1 : -1) * (away + arrow), y, right ? 'l' : 'r');
}

static void draw_pair(jb_plot *p, unsigned panel, unsigned c, double from, double to, double y) {
    const jb_value *v = p->categories[c].values;
    bool near = fabs(to - from) < NEAR, right = to >= from;
    double ring = near ? NEAR_RING : RING, disc = near ? NEAR_DISC : DISC;
    if (!near) jb_plot_rule(p, from, y, to, y, p->style->py, LINK);
    jb_dot_draw(p, &v[TO], to, y, ring, true, p->style->ac);
    jb_dot_draw(p, &v[FROM], from, y, disc, false, p->style->ac);
    jb_dot_arrow(p, &v[TO], to, y, ring, true, p->style->ac);
    jb_dot_arrow(p, &v[FROM], from, y, disc, true, p->style->ac);
    record_point(p, panel, c, FROM, from, y, disc);
    record_point(p, panel, c, TO, to, y, ring);
    put_value(p, panel, c, TO, to, y, ring + LABEL_AWAY, right, (const double[]){from, disc});
    double edge = near ? NEAR_RING + LABEL_AWAY : disc + LABEL_AWAY;
    if (!is_unchanged(p, c))
        put_value(p, panel, c, FROM, near ? to : from, y, near ? edge + fabs(to - from) / 2 : edge, !right,
                  (const double[]){to, ring});
}

static void draw_row(jb_plot *p, const dumbbell *d, unsigned panel, unsigned c) {
    double from, to, y = jb_rows_middle(&d->rows, c);
    bool a = number_of(p, c, FROM, &from), b = number_of(p, c, TO, &to);
    jb_field f = d->fields[panel];
    jb_plot_own(p, jb_mark_owner(p, c, 0)); /* the row is one mark */
    if (a && b)
        draw_pair(p, panel, c, jb_field_at(f, from), jb_field_at(f, to), y);
    else if (!d->brief && (a || b) && p->categories[c].values[a ? TO : FROM].kind == JB_VALUE_MISSING)
        draw_half(p, panel, c, a ? FROM : TO, jb_field_at(f, a ? from : to), y);
    else
        draw_words(p, panel, c, y);
    jb_plot_own(p, JB_NO_OWNER);
}

/* Labels that would meet their neighbours are left out, every second or third. */
void jb_axis_under(jb_plot *p, unsigned i, const jb_ticks *t, jb_field field) {
    const jb_panel *panel = &p->panels[i];
    double y = panel->y + panel->height + AXIS_DROP, widest = 0, step = t->step * field.factor;
    for (int k = 0; k < t->count; k++) {
        jb_label label = jb_label_new(p, jb_tick_text(p, t, t->first + t->step * k), p->style->axis_label,
                                      false, p->style->text2);
        widest = MAX(widest, jb_label_width(&label));
    }
    int every = step > 0 ? MAX(1, (int)ceil((widest + 6) / step)) : 1;
    jb_plot_rule(p, jb_field_at(field, panel->low), y, jb_field_at(field, panel->high), y, p->style->axis,
                 0.5);
    for (int k = 0; k < t->count; k++) {
        double value = t->first + t->step * k, x = jb_field_at(field, value);
        const char *text = jb_tick_text(p, t, value);
        jb_label label = jb_label_new(p, text, p->style->axis_label, false, p->style->text2);
        jb_axis_tick tick = {i, 'x', value, text};
        jb_plot_rule(p, x, y, x, y + p->style->tick_length, p->style->axis, p->style->tick_width);
        if (k % every == 0) jb_label_draw(p, &label, x, y + TICK_LABEL, 'c');
        g_array_append_val(p->ticks, tick);
    }
}

double jb_dumbbell_draw(jb_plot *p, double top, double height) {
    dumbbell *d = p->composed->mine;
    double used = jb_rows_place(&d->rows, top);
    (void)height;
    for (unsigned i = 0; i < p->panel_count; i++) {
        const jb_panel *panel = &p->panels[i];
        jb_rows_draw(&d->rows, i);
        for (unsigned s = 0; s < 2 && i == 0 && d->direct; s++) {
            double number;
            number_of(p, panel->first, s, &number);
            jb_label_draw(p, &d->heads[s], jb_field_at(d->fields[0], number), panel->y - 3, 'c');
        }
        for (unsigned c = panel->first; c < panel->first + panel->count; c++) draw_row(p, d, i, c);
        jb_axis_under(p, i, &d->ticks[i], d->fields[i]);
    }
    return used;
}
