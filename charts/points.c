/* Points of lines: the marker says the series, its look and what is added say the kind of value. */
#include <math.h>
#include "charts/plot.h"

#define RING_WIDTH 1.4
#define DASHED_WIDTH 1.2
#define CROSS_WIDTH 1.6
#define ARROW_AWAY 1.2 /* from the marker to the arrow of a bound, as long and wide as those of bars */
#define ARROW_LONG 4.4
#define ARROW_HALF 2.7
#define CAP 1.5
#define CAP_OVER 3.0 /* of last year's cap, beyond the marker */
#define STEM 1.0     /* of a range */
#define NAME_AIR 5.0 /* room above names under an axis */
#define FOOT 2.5     /* half the width of its lower end */

static void draw_polygon(jb_plot *p, double x, double y, double r, char kind, const jb_paint *paint) {
    const double triangle[] = {x, y - r * 1.1, x + r * 1.1, y + r * 0.85, x - r * 1.1, y + r * 0.85};
    const double diamond[] = {x, y - r * 1.3, x + r * 1.1, y, x, y + r * 1.3, x - r * 1.1, y};
    jb_scene_polyline(p->scene, kind == 't' ? triangle : diamond, kind == 't' ? 3 : 4, true, paint);
}

jb_paint jb_point_paint(const jb_plot *p, jb_colour ink, jb_point_look look) {
    if (look == JB_POINT_SOLID) return jb_paint_fill(ink);
    jb_paint paint = jb_paint_stroke(ink, look == JB_POINT_DASHED ? DASHED_WIDTH : RING_WIDTH);
    paint.fill = true;
    paint.fill_colour = p->style->paper;
    if (look == JB_POINT_DASHED) {
        paint.dash[0] = 1.7;
        paint.dash[1] = 1.3;
    }
    return paint;
}

/* A cross has no inside: when it is not solid it stands in a ring. */
static void draw_cross(jb_plot *p, double x, double y, double r, jb_colour ink, jb_point_look look) {
    jb_paint ring = jb_point_paint(p, ink, look);
    if (look != JB_POINT_SOLID) jb_scene_circle(p->scene, x, y, r + 1.2, &ring);
    jb_plot_rule(p, x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8, ink, CROSS_WIDTH);
    jb_plot_rule(p, x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8, ink, CROSS_WIDTH);
}

void jb_point_draw(jb_plot *p, unsigned s, jb_point_look look, double x, double y) {
    const jb_series_ink own = jb_line_ink(p, s), *ink = &own;
    double r = p->style->point_radius, half = r * 0.93;
    jb_paint paint = jb_point_paint(p, ink->line, look),
             ring = jb_point_paint(p, ink->line, MAX(look, JB_POINT_HOLLOW));
    switch (ink->marker) {
    case 's': jb_scene_rect(p->scene, x - half, y - half, 2 * half, 2 * half, &paint); break;
    case 't':
    case 'm': draw_polygon(p, x, y, r, ink->marker, &paint); break;
    case 'r': jb_scene_circle(p->scene, x, y, r - 0.4, &ring); break;
    case 'c': draw_cross(p, x, y, r, ink->line, look); break;
    default: jb_scene_circle(p->scene, x, y, look == JB_POINT_SOLID ? r : r - 0.4, &paint);
    }
}

double jb_point_reach(const jb_plot *p) { return p->style->point_radius + ARROW_AWAY + ARROW_LONG; }

bool jb_point_qualified(const jb_value *v) {
    double number;
    return v->kind != JB_VALUE_NUMBER && jb_plot_number(v, &number);
}

jb_point_look jb_point_look_of(jb_value_kind kind) {
    if (kind == JB_VALUE_APPROX || kind == JB_VALUE_RANGE) return JB_POINT_DASHED;
    return kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER ? JB_POINT_HOLLOW : JB_POINT_SOLID;
}

double jb_point_arrow(jb_plot *p, double x, double y, double radius, bool level, int sign, jb_colour ink) {
    double base = (level ? x : y) + sign * (radius + ARROW_AWAY), tip = base + sign * ARROW_LONG;
    const double upright[] = {x - ARROW_HALF, base, x + ARROW_HALF, base, x, tip},
                 flat[] = {base, y - ARROW_HALF, base, y + ARROW_HALF, tip, y};
    jb_paint paint = jb_paint_fill(ink);
    jb_scene_polyline(p->scene, level ? flat : upright, 3, true, &paint);
    return ARROW_AWAY + ARROW_LONG;
}

void jb_point_stem(jb_plot *p, double x, double y, bool level, double sure, jb_colour ink) {
    jb_paint stem = jb_paint_stroke(ink, STEM);
    stem.dash[0] = 1.7;
    stem.dash[1] = 1.3;
    jb_scene_line(p->scene, x, y, level ? sure : x, level ? y : sure, &stem);
    jb_plot_rule(p, level ? sure : x - FOOT, level ? y - FOOT : sure, level ? sure : x + FOOT,
                 level ? y + FOOT : sure, ink, STEM);
}

double jb_points_below(const jb_plot *p, double y) {
    double below = 0;
    for (guint i = 0; i < p->taken->len; i++) below = MAX(below, g_array_index(p->taken, jb_box, i).y2 - y);
    return MAX(0, below - NAME_AIR);
}

void jb_point_value(jb_plot *p, unsigned s, const jb_value *v, double x, double y, double sure) {
    jb_colour ink = jb_line_ink(p, s).line;
    double r = p->style->point_radius + 1, arrow = ARROW_AWAY + ARROW_LONG;
    jb_box box = {x - r, y - r, x + r, y + r};
    double *low = p->horizontal ? &box.x1 : &box.y1, *high = p->horizontal ? &box.x2 : &box.y2;
    if (v->kind == JB_VALUE_RANGE) {
        jb_point_stem(p, x, y, p->horizontal, sure, ink);
        *low = MIN(*low, sure - 1);
        *high = MAX(*high, sure + 1);
    } else if (v->kind == JB_VALUE_SAME) {
        double dx = p->horizontal ? 0 : r + CAP_OVER, dy = p->horizontal ? r + CAP_OVER : 0;
        jb_plot_rule(p, x - dx, y - dy, x + dx, y + dy, p->style->py, CAP);
        *(p->horizontal ? &box.y1 : &box.x1) -= CAP_OVER;
        *(p->horizontal ? &box.y2 : &box.x2) += CAP_OVER;
    } else if (v->kind == JB_VALUE_UPPER || v->kind == JB_VALUE_LOWER) {
        bool higher = (v->kind == JB_VALUE_UPPER) != p->horizontal; /* y goes down, x goes up */
        jb_point_arrow(p, x, y, p->style->point_radius, p->horizontal, higher ? 1 : -1, ink);
        *(higher ? high : low) += higher ? arrow : -arrow;
    }
    jb_point_look look = jb_point_look_of(v->kind);
    if (look == JB_POINT_SOLID && p->series[s].forecast) look = JB_POINT_HOLLOW;
    jb_point_draw(p, s, look, x, y);
    g_array_append_val(p->taken, box);
}
