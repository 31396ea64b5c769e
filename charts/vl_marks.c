/* Marks: where each row stands, how it looks, and what is recorded of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_expr.h"

#define BAR_SIZE 5.0
#define POINT_AREA 30.0
#define STROKE_POINTS 500

/* ---- one unit in one panel ---- */

typedef struct pen {
    jb_vl_chart *c;
    jb_vl_panel *p;
    jb_vl_unit *u;
    jb_vl_table *t;
    jb_vl_scale **scale;
    unsigned layer;
    const jb_node **holds[JB_VL_CHANNELS]; /* the condition that holds for each row; NULL: not looked at */
} pen;

static void failed(pen *k, jb_status status) {
    if (status != JB_OK) k->c->reader.status = status;
}

static double mark_number(pen *k, const char *key, double value) {
    const jb_node *n = jb_node_get(k->u->mark_node, key);
    if (n && n->kind == JB_NODE_SCALAR) failed(k, jb_node_number(k->c->reader.ctx, n, &value));
    return value;
}

static jb_vl_cell cell(const pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    return d->has_datum || d->has_value ? d->constant : jb_vl_table_at(k->t, row, d->column);
}

/* The constant of a condition that holds for the row; NULL when there is none. */
static const jb_node *condition(pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    if (!d->condition || k->c->reader.status != JB_OK) return NULL;
    if (!k->holds[channel]) {
        bool list = d->condition->kind == JB_NODE_LIST, *good = g_new0(bool, k->t->rows + 1);
        k->holds[channel] = JB_ARRAY(k->c->reader.arena, const jb_node *, k->t->rows + 1);
        for (unsigned i = list ? d->condition->count : 1; i-- > 0;) { /* the first that holds counts */
            const jb_node *one = list ? d->condition->items[i] : d->condition;
            failed(k, jb_vl_filter(k->c->reader.ctx, jb_node_get(one, "test"), k->t, good));
            for (unsigned r = 0; r < k->t->rows; r++)
                if (good[r]) k->holds[channel][r] = one;
        }
        g_free(good);
    }
    return jb_node_get(k->holds[channel][row], "value");
}

static jb_colour colour_of(pen *k, unsigned row) {
    const jb_plot *p = k->c->plot;
    const jb_vl_def *d = &k->u->def[JB_VL_COLOR];
    const jb_vl_scale *s = k->scale[JB_VL_COLOR];
    bool line = k->u->mark == JB_VL_LINE || k->u->mark == JB_VL_RULE || k->u->mark == JB_VL_TICK ||
                k->u->mark == JB_VL_POINT || k->u->mark == JB_VL_LABEL;
    jb_colour colour = line ? p->style->series[0].line : p->style->ac;
    const jb_node *n = condition(k, JB_VL_COLOR, row);
    if (!n && d->has_value) n = jb_node_get(d->node, "value");
    if (!n && !(d->node && s && (d->field || d->op != JB_VL_NONE || d->has_datum))) {
        n = jb_node_get(k->u->mark_node, "color");
        if (!n) n = jb_node_get(k->u->mark_node, line ? "stroke" : "fill");
        if (!n && k->u->mark == JB_VL_POINT) n = jb_node_get(k->u->mark_node, "fill");
        if (!n && k->u->mark == JB_VL_LABEL) return p->style->text;
        if (!n && k->u->mark == JB_VL_RULE) return p->style->text2;
    }
    if (n) {
        if (!jb_vl_colour_read(n, &colour))
            failed(k,
                   jb_fail(k->c->reader.ctx, n->pos, "a colour is \"#154073\" or a name such as steelblue"));
        return colour;
    }
    if (!s || !d->node) return colour;
    return jb_vl_colour_of(p, s, cell(k, JB_VL_COLOR, row), line);
}

static double opacity_of(pen *k, unsigned row) {
    const jb_vl_def *d = &k->u->def[JB_VL_OPACITY];
    const jb_node *n = condition(k, JB_VL_OPACITY, row);
    double value = mark_number(k, "opacity", 1);
    if (n || d->has_value)
        failed(k, jb_node_number(k->c->reader.ctx, n ? n : jb_node_get(d->node, "value"), &value));
    else if (d->node && k->scale[JB_VL_OPACITY])
        value = jb_vl_scale_number(k->scale[JB_VL_OPACITY], cell(k, JB_VL_OPACITY, row), 0.3, 0.8);
    return fmin(fmax(value, 0), 1);
}

static double size_of(pen *k, unsigned row, double low, double high, double value) {
    const jb_vl_def *d = &k->u->def[JB_VL_SIZE];
    const jb_node *n = condition(k, JB_VL_SIZE, row);
    value = mark_number(k, "size", value);
    if (n || d->has_value)
        return failed(k, jb_node_number(k->c->reader.ctx, n ? n : jb_node_get(d->node, "value"), &value)),
               value;
    if (!d->node || !k->scale[JB_VL_SIZE]) return value;
    return jb_vl_scale_number(k->scale[JB_VL_SIZE], cell(k, JB_VL_SIZE, row), low, high);
}

static double extent_of(const pen *k, int channel) {
    return channel == JB_VL_X || channel == JB_VL_X2 ? k->p->width : k->p->height;
}

/* The middle of the value of a channel, pt in the panel; NAN when there is none. `end` asks for the other end
 * of bin or stack. */
static double place(const pen *k, int channel, unsigned row, bool end) {
    const jb_vl_def *d = &k->u->def[channel];
    int main = channel == JB_VL_X2 ? JB_VL_X : channel == JB_VL_Y2 ? JB_VL_Y : channel;
    int beside = main == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET;
    const jb_vl_scale *s = k->scale[main];
    if (!d->node) return extent_of(k, main) / 2;
    if (d->has_value) {
        if (d->constant.kind == JB_VL_TEXT)
            return !strcmp(d->constant.text, main == JB_VL_X ? "width" : "height") ? extent_of(k, main) : NAN;
        return d->constant.number;
    }
    if (!s || !s->built) return NAN;
    jb_vl_cell v = end ? jb_vl_table_at(k->t, row, d->end) : cell(k, channel, row);
    if (d->has_datum && s->type == JB_VL_TIME) v = jb_vl_table_at(k->t, row, d->column);
    double at = jb_vl_scale_map(s, v);
    if (s->type == JB_VL_BAND && k->u->def[beside].node && k->scale[beside]) {
        const jb_vl_scale *o = k->scale[beside];
        return at + jb_vl_scale_map(o, cell(k, beside, row)) + jb_vl_scale_bandwidth(o) / 2;
    }
    return at + jb_vl_scale_bandwidth(s) * (isnan(d->band) ? 0.5 : d->band);
}

/* The middle of a bin on a continuous axis. */
static double centre(const pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    double at = place(k, channel, row, false);
    if (d->bin && d->end >= 0 && k->scale[channel] && !jb_vl_scale_discrete(k->scale[channel]))
        return (at + place(k, channel, row, true)) / 2;
    return at;
}

static double zero_of(const pen *k, int channel) {
    const jb_vl_scale *s = k->scale[channel];
    if (!s || !s->built || jb_vl_scale_discrete(s)) return channel == JB_VL_X ? 0 : k->p->height;
    double v = s->type == JB_VL_TIME || s->type == JB_VL_LOG ? s->low : fmin(fmax(0, s->low), s->high);
    return jb_vl_scale_map(s, jb_vl_number(v));
}

/* The stretch of a bar in the direction of its measure. */
static void along(const pen *k, int channel, unsigned row, double *a, double *b) {
    const jb_vl_def *d = &k->u->def[channel];
    int second = channel == JB_VL_X ? JB_VL_X2 : JB_VL_Y2;
    *b = place(k, channel, row, false);
    if (k->u->def[second].node)
        *a = place(k, second, row, false);
    else if (d->end >= 0)
        *a = place(k, channel, row, true);
    else
        *a = zero_of(k, channel);
}

/* The stretch of a bar across: its band, its bin, or a width of its own. */
static void across(pen *k, int channel, unsigned row, double *a, double *b) {
    const jb_vl_def *d = &k->u->def[channel];
    const jb_vl_scale *s = k->scale[channel];
    int second = channel == JB_VL_X ? JB_VL_X2 : JB_VL_Y2,
        beside = channel == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET;
    bool sized = k->u->def[JB_VL_SIZE].node || jb_node_get(k->u->mark_node, "size") ||
                 jb_node_get(k->u->mark_node, channel == JB_VL_X ? "width" : "height");
    double width = 0.9 * extent_of(k, channel), at = place(k, channel, row, false);
    if (k->u->def[second].node) {
        *a = at;
        *b = place(k, second, row, false);
        return;
    }
    if (d->end >= 0 && s && !jb_vl_scale_discrete(s) && !sized) {
        double spacing = k->u->mark == JB_VL_BAR ? mark_number(k, "binSpacing", 1) / 2 : 0;
        *a = at;
        *b = place(k, channel, row, true);
        bool low = *a <= *b; /* level: the gap is at the begin, as in Vega-Lite */
        double first = channel == JB_VL_X ? 2 * spacing : spacing, last = channel == JB_VL_X ? 0 : spacing;
        *a += low ? first : -first;
        *b -= low ? last : -last;
        return;
    }
    if (d->end >= 0 && s && !jb_vl_scale_discrete(s)) at = (at + place(k, channel, row, true)) / 2;
    if (s && s->built && s->type == JB_VL_BAND)
        width = k->u->def[beside].node && k->scale[beside] ? jb_vl_scale_bandwidth(k->scale[beside])
                                                           : jb_vl_scale_bandwidth(s);
    else if (s && s->built)
        width = BAR_SIZE;
    const jb_node *said = jb_node_get(k->u->mark_node, channel == JB_VL_X ? "width" : "height"),
                  *band = jb_node_get(said, "band");
    double part = 1;
    if (band)
        failed(k, jb_node_number(k->c->reader.ctx, band, &part)), width *= part;
    else if (said)
        failed(k, jb_node_number(k->c->reader.ctx, said, &width));
    else if (sized)
        width = size_of(k, row, 2, fmax(width - 1, 2), width);
    *a = at - width / 2;
    *b = at + width / 2;
}

/* What the data says: of a stack the value itself, of a mark in the band of what is missing "null". */
static const char *value_text(const pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    const jb_vl_scale *s = channel < JB_VL_SCALED ? k->scale[channel] : NULL;
    jb_vl_cell v = cell(k, channel, row);
    if (!d->node || d->has_value) return NULL;
    if (v.kind == JB_VL_MISSING) return s && s->built && jb_vl_scale_discrete(s) ? "null" : NULL;
    if (k->u->stack && k->u->stacked == channel) v = jb_vl_table_at(k->t, row, k->u->stacked_column);
    if (v.kind == JB_VL_NUMBER && (d->type == JB_VL_T || d->unit))
        return jb_vl_label(&k->c->reader, d, v, 0, 0, NULL);
    return jb_vl_cell_string(k->c->reader.arena, v);
}

static void record(pen *k, const char *type, unsigned row, double x1, double y1, double x2, double y2,
                   const char *text) {
    jb_vl_item item = {type,
                       k->layer,
                       {fmin(x1, x2), fmin(y1, y2), fmax(x1, x2), fmax(y1, y2)},
                       value_text(k, JB_VL_X, row),
                       value_text(k, JB_VL_Y, row),
                       value_text(k, JB_VL_COLOR, row),
                       text,
                       {NULL}};
    for (int ch = JB_VL_X2; ch < JB_VL_SCALED; ch++)
        if (ch != JB_VL_COLOR && k->u->def[ch].node) item.more[ch] = value_text(k, ch, row);
    g_array_append_val(k->p->items, item);
}

static bool finite4(double a, double b, double c, double d) {
    return isfinite(a) && isfinite(b) && isfinite(c) && isfinite(d);
}

static jb_paint paint_of(pen *k, unsigned row, bool filled) {
    jb_colour colour = jb_colour_tint(colour_of(k, row), opacity_of(k, row));
    jb_paint paint =
        filled ? jb_paint_fill(colour)
               : jb_paint_stroke(colour, mark_number(k, "strokeWidth", k->c->plot->style->data_line_width));
    const jb_node *dash = jb_node_get(k->u->mark_node, "strokeDash");
    for (unsigned i = 0; dash && dash->kind == JB_NODE_LIST && i < dash->count && i < 4; i++)
        paint.dash[i] = jb_vl_cell_of_node(dash->items[i]).number;
    const jb_vl_scale *s = k->scale[JB_VL_DASH];
    if (k->u->def[JB_VL_DASH].node && s && s->built)
        jb_vl_scale_dash(s, (unsigned)MAX(jb_vl_scale_index(s, cell(k, JB_VL_DASH, row)), 0), paint.dash);
    const jb_vl_def *width = &k->u->def[JB_VL_STROKE];
    const jb_node *held = condition(k, JB_VL_STROKE, row), *stroke = jb_node_get(k->u->mark_node, "stroke");
    if (held || width->has_value)
        failed(k, jb_node_number(k->c->reader.ctx, held ? held : jb_node_get(width->node, "value"),
                                 &paint.width));
    else if (width->node && k->scale[JB_VL_STROKE] && k->scale[JB_VL_STROKE]->built)
        paint.width = jb_vl_scale_number(k->scale[JB_VL_STROKE], cell(k, JB_VL_STROKE, row), 1, 4);
    if (filled && stroke && jb_vl_colour_read(stroke, &paint.stroke_colour)) {
        paint.stroke = true;
        paint.width = mark_number(k, "strokeWidth", 1);
    }
    return paint;
}

/* Vega leaves out marks of which a number is missing, also of colour or size. */
static bool has_numbers(const pen *k, unsigned row) {
    static const int channels[] = {JB_VL_COLOR, JB_VL_OPACITY, JB_VL_SIZE};
    for (size_t i = 0; i < G_N_ELEMENTS(channels); i++) {
        const jb_vl_def *d = &k->u->def[channels[i]];
        const jb_vl_scale *s = k->scale[channels[i]];
        if (d->column >= 0 && s->built && !jb_vl_scale_discrete(s) &&
            cell(k, channels[i], row).kind == JB_VL_MISSING)
            return false;
    }
    return true;
}

static void draw_bars(pen *k) {
    bool flat = k->u->orient == 'h', both = k->u->mark == JB_VL_RECT || !k->u->orient;
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x1, x2, y1, y2;
        if (both || !flat)
            across(k, JB_VL_X, i, &x1, &x2);
        else
            along(k, JB_VL_X, i, &x1, &x2);
        if (both || flat)
            across(k, JB_VL_Y, i, &y1, &y2);
        else
            along(k, JB_VL_Y, i, &y1, &y2);
        if (both && !k->u->def[JB_VL_X].node) x1 = 0, x2 = k->p->width;
        if (both && !k->u->def[JB_VL_Y].node) y1 = 0, y2 = k->p->height;
        if (!finite4(x1, x2, y1, y2) || !has_numbers(k, i)) continue;
        jb_paint paint = paint_of(k, i, true);
        jb_scene_rect(k->c->plot->scene, k->p->x + fmin(x1, x2), k->p->y + fmin(y1, y2), fabs(x2 - x1),
                      fabs(y2 - y1), &paint);
        record(k, "rect", i, x1, y1, x2, y2, NULL);
        jb_vl_labels_mark(k->c->labels, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, 'b', flat,
                          paint.fill_colour);
    }
}

/* ---- points ---- */

void jb_vl_symbol(jb_plot *p, char shape, double x, double y, double area, const jb_paint *paint) {
    double h = sqrt(area) / 2, diamond[] = {x, y - h * 1.3, x + h * 1.3, y, x, y + h * 1.3, x - h * 1.3, y},
           triangle[] = {x, y - h * 1.2, x + h * 1.2, y + h, x - h * 1.2, y + h},
           down[] = {x, y + h * 1.2, x + h * 1.2, y - h, x - h * 1.2, y - h},
           left[] = {x - h * 1.2, y, x + h, y + h * 1.2, x + h, y - h * 1.2},
           right[] = {x + h * 1.2, y, x - h, y + h * 1.2, x - h, y - h * 1.2};
    jb_paint stroke = *paint;
    if (paint->fill && (shape == 'x' || shape == '-')) stroke = jb_paint_stroke(paint->fill_colour, 1.5);
    switch (shape) {
    case 's': jb_scene_rect(p->scene, x - h, y - h, 2 * h, 2 * h, paint); break;
    case 'd': jb_scene_polyline(p->scene, diamond, 4, true, paint); break;
    case 't': jb_scene_polyline(p->scene, triangle, 3, true, paint); break;
    case 'v': jb_scene_polyline(p->scene, down, 3, true, paint); break;
    case '<': jb_scene_polyline(p->scene, left, 3, true, paint); break;
    case '>': jb_scene_polyline(p->scene, right, 3, true, paint); break;
    case '-': jb_scene_line(p->scene, x - h, y, x + h, y, &stroke); break;
    case 'x':
        jb_scene_line(p->scene, x - h, y, x + h, y, &stroke);
        jb_scene_line(p->scene, x, y - h, x, y + h, &stroke);
        break;
    default: jb_scene_circle(p->scene, x, y, sqrt(area / G_PI), paint);
    }
}

static char shape_of(pen *k, unsigned row) {
    const jb_vl_def *d = &k->u->def[JB_VL_SHAPE];
    const jb_vl_scale *s = k->scale[JB_VL_SHAPE];
    const jb_node *n = d->has_value ? jb_node_get(d->node, "value") : jb_node_get(k->u->mark_node, "shape");
    const jb_node *held = condition(k, JB_VL_SHAPE, row);
    if (held) n = held;
    if (k->u->mark == JB_VL_SQUARE) return 's';
    if (!held && d->node && !d->has_value && s && s->built)
        return jb_vl_scale_shape(s, (unsigned)MAX(jb_vl_scale_index(s, cell(k, JB_VL_SHAPE, row)), 0));
    if (n && n->kind == JB_NODE_SCALAR && jb_vl_shape_named(n->text)) return jb_vl_shape_named(n->text);
    if (n)
        failed(k, jb_fail(k->c->reader.ctx, n->pos, "shape is circle, square, cross, diamond or triangle"));
    return 'c';
}

static void draw_points(pen *k) {
    const jb_node *filled_node = jb_node_get(k->u->mark_node, "filled");
    bool filled = k->u->mark != JB_VL_POINT || k->u->filled || jb_node_get(k->u->mark_node, "fill");
    if (filled_node) failed(k, jb_node_bool(k->c->reader.ctx, filled_node, &filled));
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x = centre(k, JB_VL_X, i), y = centre(k, JB_VL_Y, i);
        if (!isfinite(x) || !isfinite(y) || !has_numbers(k, i)) continue;
        double area = size_of(k, i, 9, 361, POINT_AREA);
        jb_paint paint = paint_of(k, i, filled);
        if (!filled && !k->u->def[JB_VL_STROKE].node) paint.width = mark_number(k, "strokeWidth", 1);
        jb_vl_symbol(k->c->plot, shape_of(k, i), k->p->x + x, k->p->y + y, area, &paint);
        double h = sqrt(area) / 2;
        record(k, "symbol", i, x - h, y - h, x + h, y + h, NULL);
        jb_vl_labels_mark(k->c->labels, k->p->x + x - h, k->p->y + y - h, k->p->x + x + h, k->p->y + y + h,
                          'p', false, filled ? paint.fill_colour : k->c->plot->style->paper);
    }
}

/* ---- rules, ticks, text ---- */

static void draw_rules(pen *k) {
    const jb_vl_unit *u = k->u;
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x1 = centre(k, JB_VL_X, i), y1 = centre(k, JB_VL_Y, i), x2 = x1, y2 = y1;
        if (u->def[JB_VL_X2].node) x2 = place(k, JB_VL_X2, i, false);
        if (u->def[JB_VL_Y2].node) y2 = place(k, JB_VL_Y2, i, false);
        if (!u->def[JB_VL_X].node) x1 = 0, x2 = k->p->width;
        if (!u->def[JB_VL_Y].node) y1 = 0, y2 = k->p->height;
        if (u->def[JB_VL_X].node && u->def[JB_VL_Y].node && !u->def[JB_VL_X2].node &&
            !u->def[JB_VL_Y2].node) {
            if (u->orient == 'h')
                x1 = zero_of(k, JB_VL_X);
            else
                y1 = zero_of(k, JB_VL_Y);
        }
        if (!finite4(x1, x2, y1, y2) || !has_numbers(k, i)) continue;
        jb_paint paint = paint_of(k, i, false);
        paint.width = size_of(k, i, 1, 4, mark_number(k, "strokeWidth", 1));
        jb_scene_line(k->c->plot->scene, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, &paint);
        record(k, "rule", i, x1, y1, x2, y2, NULL);
        jb_vl_labels_edge(k->c->labels, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, paint.width);
    }
}

static void draw_ticks(pen *k) {
    bool upright = k->u->orient != 'h';
    int band = upright ? JB_VL_Y : JB_VL_X;
    const jb_vl_scale *s = k->scale[band];
    double length = s && s->built && jb_vl_scale_discrete(s)
                        ? (s->type == JB_VL_BAND ? jb_vl_scale_bandwidth(s) : jb_vl_scale_step(s) * 0.75)
                        : extent_of(k, band) * 0.75;
    length = mark_number(k, "bandSize", length);
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x = centre(k, JB_VL_X, i), y = centre(k, JB_VL_Y, i),
               half = size_of(k, i, 1, fmax(length, 2), length) / 2;
        if (!isfinite(x) || !isfinite(y) || !has_numbers(k, i)) continue;
        double x1 = upright ? x : x - half, x2 = upright ? x : x + half, y1 = upright ? y - half : y,
               y2 = upright ? y + half : y;
        jb_paint paint = paint_of(k, i, false);
        paint.width = mark_number(k, "thickness", 1);
        jb_scene_line(k->c->plot->scene, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, &paint);
        double t = paint.width / 2;
        jb_vl_labels_edge(k->c->labels, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, paint.width);
        record(k, "rect", i, upright ? x1 - t : x1, upright ? y1 : y1 - t, upright ? x2 + t : x2,
               upright ? y2 : y2 + t, NULL);
    }
}

static const char *words_of(pen *k, unsigned row) {
    const jb_vl_def *d = &k->u->def[JB_VL_WORDS];
    const jb_node *n = condition(k, JB_VL_WORDS, row), *text = jb_node_get(k->u->mark_node, "text");
    if (n || (!d->node && text))
        return n && n->kind == JB_NODE_SCALAR         ? n->text
               : text && text->kind == JB_NODE_SCALAR ? text->text
                                                      : "";
    if (!d->node) return NULL;
    jb_vl_cell v = cell(k, JB_VL_WORDS, row);
    return v.kind == JB_VL_MISSING ? NULL : jb_vl_label(&k->c->reader, d, v, 0, 0, d->format);
}

static char anchor_of(const pen *k) {
    const jb_node *n = jb_node_get(k->u->mark_node, "align");
    return !n || n->kind != JB_NODE_SCALAR ? 'c'
           : !strcmp(n->text, "left")      ? 'l'
           : !strcmp(n->text, "right")     ? 'r'
                                           : 'c';
}

static void draw_texts(pen *k) {
    double size = mark_number(k, "fontSize", k->c->plot->style->label), dx = mark_number(k, "dx", 0),
           dy = mark_number(k, "dy", 0);
    const jb_node *n = jb_node_get(k->u->mark_node, "baseline");
    jb_vl_cell weight = jb_vl_cell_of_node(jb_node_get(k->u->mark_node, "fontWeight"));
    bool bold = weight.kind == JB_VL_NUMBER
                    ? weight.number >= 600
                    : weight.kind == JB_VL_TEXT && g_str_has_prefix(weight.text, "bold");
    char anchor = k->u->turned ? 'c' : anchor_of(k);
    if (k->u->turned) dx = dy = 0; /* of columns: beside bars that lie, labels have their own places */
    bool coloured = k->u->def[JB_VL_COLOR].node || jb_node_get(k->u->mark_node, "color") ||
                    jb_node_get(k->u->mark_node, "fill");
    double down = n && jb_vl_says(k->u->mark_node, "baseline", "alphabetic") ? 0
                  : n && jb_vl_says(k->u->mark_node, "baseline", "bottom")   ? -0.15
                  : n && jb_vl_says(k->u->mark_node, "baseline", "top")      ? 0.85
                                                                             : 0.36;
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x = centre(k, JB_VL_X, i), y = centre(k, JB_VL_Y, i);
        const char *words = words_of(k, i);
        if (!isfinite(x) || !isfinite(y) || !words || !*words) continue;
        jb_label label = jb_label_new(k->c->plot, words, size_of(k, i, 8, 24, size), bold,
                                      jb_colour_tint(colour_of(k, i), opacity_of(k, i)));
        double w = label.para->width,
               left = x + dx -
                      (anchor == 'c'   ? w / 2
                       : anchor == 'r' ? w
                                       : 0),
               base = y + dy + down * label.size;
        record(k, "text", i, left, base - label.size * 0.8, left + w, base + label.size * 0.2, words);
        double at[] = {k->p->x + x, k->p->y + y, k->p->x + left, k->p->y + base};
        jb_vl_labels_add(k->c->labels, k->p, &label, k->u->pos, at, coloured);
    }
}

/* ---- lines and areas ---- */

typedef struct vertex {
    double x, y, x2, y2;
    unsigned row, series;
    jb_vl_cell key;
} vertex;

static int by_place(const void *a, const void *b) {
    const vertex *u = a, *v = b;
    if (u->series != v->series) return u->series < v->series ? -1 : 1;
    int c = jb_vl_cell_compare(u->key, v->key);
    return c ? c : u->row < v->row ? -1 : u->row > v->row;
}

static unsigned series_of(const pen *k, unsigned *group) {
    static const int channels[] = {JB_VL_COLOR,      JB_VL_OPACITY,    JB_VL_DASH,
                                   JB_VL_SHAPE,      JB_VL_SIZE,       JB_VL_DETAIL,
                                   JB_VL_DETAIL + 1, JB_VL_DETAIL + 2, JB_VL_DETAIL + 3};
    int by[G_N_ELEMENTS(channels)];
    unsigned n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(channels); i++) {
        const jb_vl_def *d = &k->u->def[channels[i]];
        if (d->node && d->column >= 0 && d->op == JB_VL_NONE) by[n++] = d->column;
    }
    return jb_vl_table_group(k->t, by, n, group);
}

/* Vertices of all series in drawing order: by `order`, else along the axis of the dimension. */
static vertex *vertices(pen *k) {
    unsigned *group = g_new0(unsigned, k->t->rows + 1);
    vertex *list = g_new0(vertex, k->t->rows + 1);
    const jb_vl_def *order = &k->u->def[JB_VL_ORDER];
    bool flat = k->u->orient == 'h', stacked_order = k->u->stack;
    series_of(k, group);
    for (unsigned i = 0; i < k->t->rows; i++) {
        vertex *v = &list[i];
        *v = (vertex){.x = centre(k, JB_VL_X, i), .y = centre(k, JB_VL_Y, i), .row = i, .series = group[i]};
        v->x2 = v->x, v->y2 = v->y;
        double a, b;
        along(k, flat ? JB_VL_X : JB_VL_Y, i, &a, &b);
        *(flat ? &v->x2 : &v->y2) = a;
        double at = flat ? v->y : v->x;
        v->key = isfinite(at) ? jb_vl_number(at) : jb_vl_number(1e9);
        if (order->node && !stacked_order)
            v->key = order->has_value ? jb_vl_number(i) : cell(k, JB_VL_ORDER, i);
    }
    qsort(list, k->t->rows, sizeof *list, by_place);
    g_free(group);
    return list;
}

static void add_point(GArray *xy, double x, double y) {
    g_array_append_val(xy, x);
    g_array_append_val(xy, y);
}

/* Monotone cubics (Steffen) between two points, in 8 stretches. */
static void add_curve(GArray *xy, const vertex *v, unsigned n, unsigned i, bool second, bool flat) {
#define U(j) (flat ? v[j].y : v[j].x)
#define W(j) (second ? (flat ? v[j].x2 : v[j].y2) : flat ? v[j].x : v[j].y)
    double slope[2];
    for (unsigned e = 0; e < 2; e++) {
        unsigned j = i + e;
        double s1 = j + 1 < n ? (W(j + 1) - W(j)) / (U(j + 1) - U(j)) : 0,
               s0 = j ? (W(j) - W(j - 1)) / (U(j) - U(j - 1)) : 0;
        if (!j) s0 = s1;
        if (j + 1 == n) s1 = s0;
        double mean = (s0 + s1) / 2;
        slope[e] = s0 * s1 <= 0 || !isfinite(mean)
                       ? 0
                       : copysign(fmin(fmin(fabs(s0), fabs(s1)) * 2, fabs(mean)), mean);
    }
    double h = U(i + 1) - U(i);
    for (int q = 1; q <= 8; q++) {
        double t = q / 8.0, a = t * t * (3 - 2 * t),
               w = W(i) + (W(i + 1) - W(i)) * a +
                   h * (slope[0] * t * (1 - t) * (1 - t) - slope[1] * t * t * (1 - t));
        double u = U(i) + h * t;
        add_point(xy, flat ? w : u, flat ? u : w);
    }
#undef U
#undef W
}

static void add_path(pen *k, GArray *xy, const vertex *v, unsigned n, bool second, bool flat) {
    static const char *const names[] = {"linear", "monotone", "step", "step-before", "step-after"};
    const jb_node *said = jb_node_get(k->u->mark_node, "interpolate");
    size_t how = 0;
    while (said && how < 5 && strcmp(said->kind == JB_NODE_SCALAR ? said->text : "", names[how])) how++;
    if (how == 5) {
        failed(k, jb_fail(k->c->reader.ctx, said->pos,
                          "interpolate is linear, monotone, step, step-before or step-after"));
        return;
    }
    for (unsigned i = 0; i < n; i++) {
        double x = second ? v[i].x2 : v[i].x, y = second ? v[i].y2 : v[i].y;
        if (i && how == 1) {
            add_curve(xy, v, n, i - 1, second, flat);
            continue;
        }
        if (i && how > 1) {
            const vertex *b = &v[i - 1];
            double bx = second ? b->x2 : b->x, by = second ? b->y2 : b->y,
                   share = how == 2   ? 0.5
                           : how == 3 ? 0
                                      : 1;
            double mx = flat ? bx : bx + (x - bx) * share, my = flat ? by + (y - by) * share : by;
            add_point(xy, mx, my);
            add_point(xy, flat ? x : mx, flat ? my : y);
        }
        add_point(xy, x, y);
    }
}

static void move(GArray *xy, double dx, double dy) {
    for (guint i = 0; i + 1 < xy->len; i += 2)
        g_array_index(xy, double, i) += dx, g_array_index(xy, double, i + 1) += dy;
}

static void stroke(pen *k, GArray *xy, jb_paint paint) {
    const double *p = (const double *)(const void *)xy->data;
    unsigned n = xy->len / 2;
    if (!(paint.dash[0] > 0)) paint.join = JB_JOIN_ROUND;
    for (unsigned i = 0; k->c->labels && i + 1 < n; i++)
        jb_vl_labels_edge(k->c->labels, p[2 * i], p[2 * i + 1], p[2 * i + 2], p[2 * i + 3], paint.width);
    for (unsigned i = 0; i + 1 < n; i += STROKE_POINTS)
        jb_scene_polyline(k->c->plot->scene, p + 2 * i, MIN(n - i, STROKE_POINTS + 1), false, &paint);
}

static void draw_run(pen *k, const vertex *v, unsigned n) {
    bool flat = k->u->orient == 'h', area = k->u->mark == JB_VL_AREA, points = false, line = false;
    const jb_node *point_node = jb_node_get(k->u->mark_node, "point"),
                  *line_node = jb_node_get(k->u->mark_node, "line");
    GArray *xy = g_array_new(FALSE, FALSE, sizeof(double)), *back = g_array_new(FALSE, FALSE, sizeof(double));
    if (point_node) points = point_node->kind == JB_NODE_MAP || !strcmp(point_node->text, "true");
    if (line_node) line = line_node->kind == JB_NODE_MAP || !strcmp(line_node->text, "true");
    jb_paint paint = paint_of(k, v->row, area);
    if (!area) paint.width = size_of(k, v->row, 1, 4, paint.width);
    add_path(k, xy, v, n, false, flat);
    move(xy, k->p->x, k->p->y);
    for (guint i = 0; area && k->c->labels && i + 3 < xy->len; i += 2)
        jb_vl_labels_edge(k->c->labels, g_array_index(xy, double, i), g_array_index(xy, double, i + 1),
                          g_array_index(xy, double, i + 2), g_array_index(xy, double, i + 3), 0.5);
    if (area) {
        add_path(k, back, v, n, true, flat);
        move(back, k->p->x, k->p->y);
        if (line) stroke(k, xy, jb_paint_stroke(paint.fill_colour, k->c->plot->style->data_line_width));
        for (guint i = back->len; i >= 2; i -= 2)
            add_point(xy, g_array_index(back, double, i - 2), g_array_index(back, double, i - 1));
        if (line) paint.fill_colour = jb_colour_tint(paint.fill_colour, 0.7);
        jb_scene_polyline(k->c->plot->scene, (const double *)(const void *)xy->data, xy->len / 2, true,
                          &paint);
    } else if (n == 1)
        points = true;
    else
        stroke(k, xy, paint);
    for (unsigned i = 0; i < n; i++) {
        if (points) {
            jb_paint dot = jb_paint_fill(area ? paint.fill_colour : paint.stroke_colour);
            jb_scene_circle(k->c->plot->scene, k->p->x + v[i].x, k->p->y + v[i].y,
                            k->c->plot->style->point_radius, &dot);
            double r = k->c->plot->style->point_radius, px = k->p->x + v[i].x, py = k->p->y + v[i].y;
            jb_vl_labels_mark(k->c->labels, px - r, py - r, px + r, py + r, 'p', false, dot.fill_colour);
        }
        if (k->c->direct && !area && k->scale[JB_VL_COLOR] == k->c->direct)
            jb_vl_direct_end(k->c, cell(k, JB_VL_COLOR, v[i].row), k->p->x + v[i].x, k->p->y + v[i].y,
                             paint.stroke_colour);
        record(k, area ? "area" : "line", v[i].row, v[i].x, v[i].y, area ? v[i].x2 : v[i].x,
               area ? v[i].y2 : v[i].y, NULL);
    }
    g_array_free(xy, TRUE);
    g_array_free(back, TRUE);
}

/* Series by series; a missing value is a gap. */
static void draw_paths(pen *k) {
    vertex *list = vertices(k);
    for (unsigned i = 0, n; i < k->t->rows; i += n) {
        n = 0;
        while (i + n < k->t->rows && list[i + n].series == list[i].series && isfinite(list[i + n].x) &&
               isfinite(list[i + n].y))
            n++;
        if (n)
            draw_run(k, list + i, n);
        else
            n = 1;
    }
    g_free(list);
}

static void draw_unit(pen *k) {
    switch (k->u->mark) {
    case JB_VL_BAR:
    case JB_VL_RECT: draw_bars(k); break;
    case JB_VL_LINE:
    case JB_VL_AREA: draw_paths(k); break;
    case JB_VL_POINT:
    case JB_VL_CIRCLE:
    case JB_VL_SQUARE: draw_points(k); break;
    case JB_VL_RULE: draw_rules(k); break;
    case JB_VL_TICK: draw_ticks(k); break;
    case JB_VL_LABEL: draw_texts(k); break;
    }
}

void jb_vl_draw_marks(jb_vl_chart *c, jb_vl_panel *p) {
    p->items = g_array_new(FALSE, FALSE, sizeof(jb_vl_item));
    for (unsigned i = 0; i < p->units && c->reader.status == JB_OK; i++) {
        pen k = {c, p, p->unit[i], p->table[i], p->scale[i], i, {NULL}};
        bool clip = jb_vl_says(k.u->mark_node, "clip", "true");
        double box[] = {p->x, p->y, p->x + p->width, p->y + p->height};
        if (clip) jb_scene_push(c->plot->scene, 0, 0, box);
        draw_unit(&k);
        if (clip) jb_scene_pop(c->plot->scene);
    }
}
