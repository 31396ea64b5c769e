/* Figures that are no plain numbers: how a column says them, and how bars, points and lines show them, as the
 * everyday form does (docs/charts.md, “What a figure looks like”). */
#include <math.h>
#include "charts/alt_words.h"
#include "charts/vl_pen.h"
#include "input/value.h"

#define DASH_HALF 4.0 /* of the dash of what is missing */
#define RING 2.0
#define DENSE 4.0 /* gaps nearer than this, pt, share a ring */
#define LABEL_GAP 3.0
#define CAP 1.5 /* of last year's value, as that of the everyday form */
#define CAP_OVER 4.0
#define ARROW_WIDE 5.4

/* ---- reading ---- */

typedef struct counts {
    unsigned there, inexact, texts, missing;
    const char *inexact_first, *text_first;
} counts;

static void count(counts *n, jb_vl_cell c) {
    n->missing += c.kind == JB_VL_MISSING && c.text && *c.text;
    if (c.kind == JB_VL_MISSING) return;
    n->there++;
    if (c.kind == JB_VL_TEXT && !n->texts++) n->text_first = c.text;
    if (jb_vl_cell_inexact(c) && !n->inexact++) n->inexact_first = c.text;
}

/* Marks that say in their look what a figure is. */
static bool shows(const jb_vl_unit *u, int channel) {
    bool place = channel == JB_VL_X || channel == JB_VL_Y || channel == JB_VL_WORDS;
    return place && (u->mark == JB_VL_BAR || u->mark == JB_VL_LINE || u->mark == JB_VL_POINT ||
                     u->mark == JB_VL_CIRCLE || u->mark == JB_VL_SQUARE || u->mark == JB_VL_LABEL);
}

static void tell(jb_vl_reader *r, const jb_vl_unit *u, int channel, const counts *n) {
    const jb_vl_def *d = &u->def[channel];
    jb_pos pos = jb_node_get(d->node, "field")->pos;
    GString *out = g_string_new(NULL);
    if (n->inexact && (d->op != JB_VL_NONE || !shows(u, channel)))
        g_string_append_printf(out, "%u of %u values of “%s” are approximate, bounds or ranges, as “%s”; %s",
                               n->inexact, n->there, d->field, n->inexact_first,
                               d->op != JB_VL_NONE ? "what is made of them is marked 约"
                                                   : "this mark draws them as plain numbers");
    if (n->texts)
        g_string_append_printf(out, "%s%u of %u values of “%s” are no numbers, as “%s”; %s",
                               out->len ? "; " : "", n->texts, n->there, d->field, n->text_first,
                               d->op == JB_VL_NONE && shows(u, channel) ? "they stand as text"
                                                                        : "they are left out");
    if (n->missing && d->op != JB_VL_NONE)
        g_string_append_printf(out, "%s%u values of “%s” are missing and left out", out->len ? "; " : "",
                               n->missing, d->field);
    if (out->len) jb_vl_note(r, pos, out->str);
    g_string_free(out, TRUE);
}

void jb_vl_figures(jb_vl_reader *r, jb_vl_table *t, const jb_vl_unit *u, int channel, int to) {
    const jb_vl_def *d = &u->def[channel];
    bool numbers = d->op == JB_VL_NONE; /* texts that an operation compares stay texts */
    for (unsigned i = 0; i < t->rows && !numbers; i++)
        numbers = jb_vl_table_at(t, i, d->column).kind == JB_VL_NUMBER;
    counts n = {0};
    for (unsigned i = 0; i < t->rows; i++) {
        jb_vl_cell c = jb_vl_measure(jb_vl_table_at(t, i, d->column), numbers);
        t->cells[to][i] = c;
        count(&n, c);
    }
    if (numbers) tell(r, u, channel, &n);
}

/* ---- which figures look otherwise ---- */

static bool measured(const jb_vl_unit *u, int channel) {
    const jb_vl_def *d = &u->def[channel];
    return d->node && d->type == JB_VL_Q && !d->bin && d->own >= 0 && d->op != JB_VL_COUNT &&
           shows(u, channel) && u->mark != JB_VL_LABEL;
}

/* A gap is marked where the other axis has a place for each row, and a row is alone there. */
static bool marks_gaps(const jb_vl_unit *u, int channel) {
    const jb_vl_def *other = &u->def[channel == JB_VL_X ? JB_VL_Y : JB_VL_X];
    bool segments = u->stack && u->mark == JB_VL_BAR && u->def[JB_VL_COLOR].node &&
                    !u->def[channel == JB_VL_X ? JB_VL_YOFFSET : JB_VL_XOFFSET].node;
    return measured(u, channel) && other->node && u->mark != JB_VL_CIRCLE && u->mark != JB_VL_SQUARE &&
           !segments && (jb_vl_discrete(other) || other->type == JB_VL_T) &&
           (u->mark != JB_VL_POINT || jb_vl_discrete(other));
}

static bool is_gap(jb_vl_cell c) { return c.kind == JB_VL_TEXT || (c.kind == JB_VL_MISSING && c.text); }

bool jb_vl_has_figures(const jb_vl_unit *u, const jb_vl_table *t) {
    for (int ch = JB_VL_X; ch <= JB_VL_Y; ch++)
        for (unsigned i = 0; measured(u, ch) && i < t->rows; i++) {
            jb_vl_cell c = jb_vl_table_at(t, i, u->def[ch].own);
            if (jb_vl_cell_inexact(c) || (marks_gaps(u, ch) && is_gap(c))) return true;
        }
    return false;
}

jb_value_kind jb_vl_pen_kind(const jb_vl_pen *k, int channel, unsigned row, jb_value *v) {
    v->kind = JB_VALUE_NUMBER;
    if (!measured(k->u, channel)) return JB_VALUE_NUMBER;
    return jb_vl_cell_read(jb_vl_table_at(k->t, row, k->u->def[channel].own), v);
}

/* ---- words ---- */

/* Text marks say the figures themselves. */
static bool said(const jb_vl_pen *k) {
    for (unsigned i = 0; i < k->p->units; i++)
        if (k->p->unit[i]->mark == JB_VL_LABEL) return true;
    return false;
}

/* Words at x, y of the panel: over it, or at its right when `level`. */
static void say(jb_vl_pen *k, unsigned row, const char *text, double size, double x, double y, bool level) {
    const jb_chart_style *style = k->c->plot->style;
    if (!k->c->labels || said(k)) return;
    jb_label label = jb_label_new(k->c->plot, text, size, false, style->text2);
    double w = label.para->width, left = level ? x + LABEL_GAP : x - w / 2,
           base = level ? jb_label_centre(size, y) : y - LABEL_GAP;
    jb_vl_pen_record(k, "text", row, left, base - size * 0.8, left + w, base + size * 0.2, text);
    double at[] = {k->p->x + x, k->p->y + y, k->p->x + left, k->p->y + base};
    jb_vl_labels_add(k->c->labels, k->p, &label, k->u->pos, at, true);
}

static void say_value(jb_vl_pen *k, unsigned row, const jb_value *v, double x, double y, bool level) {
    say(k, row, jb_value_label(k->c->plot, v), k->c->plot->style->label, x, y, level);
}

/* ---- bars ---- */

static double sure_end(const jb_vl_pen *k, int channel, const jb_value *v, double end) {
    if (v->kind != JB_VALUE_RANGE) return end;
    return end + jb_vl_scale_map(k->scale[channel], jb_vl_number(v->number)) -
           jb_vl_scale_map(k->scale[channel], jb_vl_number(v->high));
}

double jb_vl_bar_figure(jb_vl_pen *k, unsigned row, const jb_paint *paint, const double at[4]) {
    bool flat = k->u->orient == 'h';
    int channel = flat ? JB_VL_X : JB_VL_Y;
    jb_value v;
    if (jb_vl_pen_kind(k, channel, row, &v) == JB_VALUE_NUMBER) return -1;
    double from = flat ? at[0] : at[1], end = flat ? at[2] : at[3],
           low = flat ? fmin(at[1], at[3]) : fmin(at[0], at[2]),
           thick = flat ? fabs(at[3] - at[1]) : fabs(at[2] - at[0]), ox = k->p->x, oy = k->p->y;
    double o = flat ? ox : oy, across = flat ? oy : ox, sure = sure_end(k, channel, &v, end),
           reach = jb_bar_draw_in(k->c->plot, flat, paint->fill_colour, v.kind, o + from, o + end, o + sure,
                                  across + low, thick);
    double beyond = end + (end < from ? -reach : reach), middle = low + thick / 2;
    say_value(k, row, &v, flat ? beyond : middle, flat ? middle : beyond, flat);
    return jb_bar_soft(v.kind, fabs(end - from), fabs(end - sure));
}

/* ---- points ---- */

void jb_vl_point_figure(jb_vl_pen *k, unsigned row, jb_colour ink, double radius, double x, double y) {
    for (int ch = JB_VL_X; ch <= JB_VL_Y; ch++) {
        jb_value v;
        bool level = ch == JB_VL_X;
        jb_value_kind kind = jb_vl_pen_kind(k, ch, row, &v);
        double px = k->p->x + x, py = k->p->y + y, sign = level ? 1 : -1, beside = 0;
        if (kind == JB_VALUE_NUMBER || kind == JB_VALUE_MISSING || kind == JB_VALUE_TEXT) continue;
        if (kind == JB_VALUE_UPPER) sign = -sign;
        if (kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER)
            beside = jb_point_arrow(k->c->plot, px, py, radius, level, (int)sign, ink) + radius;
        else if (kind == JB_VALUE_SAME)
            jb_plot_rule(k->c->plot, px - (level ? 0 : radius + CAP_OVER),
                         py - (level ? radius + CAP_OVER : 0), px + (level ? 0 : radius + CAP_OVER),
                         py + (level ? radius + CAP_OVER : 0), k->c->plot->style->py, CAP);
        else if (kind == JB_VALUE_RANGE)
            jb_point_stem(k->c->plot, px, py, level,
                          (level ? k->p->x : k->p->y) + sure_end(k, ch, &v, level ? x : y), ink);
        if (beside > 0) /* words keep off it */
            jb_vl_labels_edge(k->c->labels, px, py, px + (level ? sign * beside : 0),
                              py + (level ? 0 : sign * beside), ARROW_WIDE);
        say_value(k, row, &v, x, y - radius, false);
    }
}

bool jb_vl_point_inexact(const jb_vl_pen *k, unsigned row) {
    jb_value v;
    return jb_vl_pen_kind(k, JB_VL_X, row, &v) != JB_VALUE_NUMBER ||
           jb_vl_pen_kind(k, JB_VL_Y, row, &v) != JB_VALUE_NUMBER;
}

jb_point_look jb_vl_point_look(const jb_vl_pen *k, unsigned row) {
    jb_point_look look = JB_POINT_SOLID;
    for (int ch = JB_VL_X; ch <= JB_VL_Y; ch++) {
        jb_value v;
        look = MAX(look, jb_point_look_of(jb_vl_pen_kind(k, ch, row, &v)));
    }
    return look;
}

/* ---- gaps ---- */

/* A short dash on the baseline of a bar, a ring on the lower edge of a line's frame; 无数据, or the text. */
static void draw_gap(jb_vl_pen *k, int channel, unsigned row, const jb_value *v, double *last) {
    const jb_chart_style *style = k->c->plot->style;
    bool level = channel == JB_VL_X, bar = k->u->mark == JB_VL_BAR, text = v->kind == JB_VALUE_TEXT;
    int other = level ? JB_VL_Y : JB_VL_X;
    double along = jb_vl_pen_centre(k, other, row), zero = bar     ? jb_vl_pen_zero(k, channel)
                                                           : level ? 0
                                                                   : k->p->height;
    if (!isfinite(along) || !isfinite(zero)) return;
    double x = level ? zero : along, y = level ? along : zero, px = k->p->x + x, py = k->p->y + y;
    bool dense = fabs(along - *last) < DENSE;
    *last = along;
    if (bar && !text) {
        double up = level ? 0 : -1.5, right = level ? 1.5 : 0;
        jb_plot_rule(k->c->plot, px + right - (level ? 0 : DASH_HALF), py + up - (level ? DASH_HALF : 0),
                     px + right + (level ? 0 : DASH_HALF), py + up + (level ? DASH_HALF : 0), style->text2,
                     0.9);
    } else if (!text && !dense) {
        jb_paint ring = jb_paint_stroke(style->axis, 0.9);
        ring.fill = true;
        ring.fill_colour = style->paper;
        jb_scene_circle(k->c->plot->scene, px, py, RING, &ring);
    }
    jb_vl_pen_record(k, "gap", row, x - RING, y - RING, x + RING, y + RING, NULL);
    if (text)
        say(k, row, v->raw, style->label, x, y, level);
    else if (bar)
        say(k, row, jb_plot_english(k->c->plot) ? "no data" : "无数据", style->source, x + (level ? 2 : 0),
            y - (level ? 0 : 2), level);
}

void jb_vl_draw_gaps(jb_vl_pen *k) {
    int channel = k->u->orient == 'h' ? JB_VL_X : JB_VL_Y;
    double last = -INFINITY;
    if (k->u->mark == JB_VL_POINT) channel = marks_gaps(k->u, JB_VL_X) ? JB_VL_X : JB_VL_Y;
    if (!marks_gaps(k->u, channel)) return;
    for (unsigned i = 0; i < k->t->rows; i++) {
        jb_value v;
        if (is_gap(jb_vl_table_at(k->t, i, k->u->def[channel].own))) {
            jb_vl_pen_kind(k, channel, i, &v);
            draw_gap(k, channel, i, &v, &last);
        }
    }
}
