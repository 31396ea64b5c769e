/* Lines and areas: the rows of a series in their order, runs between gaps, curves. */
#include <stdlib.h>
#include "charts/vl_pen.h"

#define STROKE_POINTS 500

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

static unsigned series_of(const jb_vl_pen *k, unsigned *group) {
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
static vertex *vertices(jb_vl_pen *k) {
    unsigned *group = g_new0(unsigned, k->t->rows + 1);
    vertex *list = g_new0(vertex, k->t->rows + 1);
    const jb_vl_def *order = &k->u->def[JB_VL_ORDER];
    bool flat = k->u->orient == 'h', stacked_order = k->u->stack;
    series_of(k, group);
    for (unsigned i = 0; i < k->t->rows; i++) {
        vertex *v = &list[i];
        *v = (vertex){.x = jb_vl_pen_centre(k, JB_VL_X, i),
                      .y = jb_vl_pen_centre(k, JB_VL_Y, i),
                      .row = i,
                      .series = group[i]};
        v->x2 = v->x, v->y2 = v->y;
        double a, b;
        jb_vl_pen_along(k, flat ? JB_VL_X : JB_VL_Y, i, &a, &b);
        *(flat ? &v->x2 : &v->y2) = a;
        double at = flat ? v->y : v->x;
        v->key = isfinite(at) ? jb_vl_number(at) : jb_vl_number(1e9);
        if (order->node && !stacked_order)
            v->key = order->has_value ? jb_vl_number(i) : jb_vl_pen_cell(k, JB_VL_ORDER, i);
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

static void add_path(jb_vl_pen *k, GArray *xy, const vertex *v, unsigned n, bool second, bool flat) {
    static const char *const names[] = {"linear", "monotone", "step", "step-before", "step-after"};
    const jb_node *said = jb_node_get(k->u->mark_node, "interpolate");
    size_t how = 0;
    while (said && how < 5 && strcmp(said->kind == JB_NODE_SCALAR ? said->text : "", names[how])) how++;
    if (how == 5) {
        jb_vl_pen_failed(k, jb_fail(k->c->reader.ctx, said->pos,
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

static void stroke(jb_vl_pen *k, GArray *xy, jb_paint paint) {
    const double *p = (const double *)(const void *)xy->data;
    unsigned n = xy->len / 2;
    if (!(paint.dash[0] > 0)) paint.join = JB_JOIN_ROUND;
    for (unsigned i = 0; k->c->labels && i + 1 < n; i++)
        jb_vl_labels_edge(k->c->labels, p[2 * i], p[2 * i + 1], p[2 * i + 2], p[2 * i + 3], paint.width);
    for (unsigned i = 0; i + 1 < n; i += STROKE_POINTS)
        jb_scene_polyline(k->c->plot->scene, p + 2 * i, MIN(n - i, STROKE_POINTS + 1), false, &paint);
}

/* ---- what is drawn over a line or the edge of an area ---- */

/* A part of a mark, as point: true or a map; NULL when the mark has none. */
static const jb_node *part(const jb_vl_pen *k, const char *key) {
    const jb_node *n = jb_node_get(k->u->mark_node, key);
    return n && (n->kind == JB_NODE_MAP || !strcmp(n->text, "true")) ? n : NULL;
}

/* A colour of a part by the first of two keys that it has; it was checked when the mark was read. */
static bool part_colour(const jb_node *n, const char *key, const char *other, jb_colour *colour) {
    const jb_node *said = jb_node_get(n, key);
    if (!said) said = jb_node_get(n, other);
    return said && jb_vl_colour_read(said, colour);
}

static double part_number(jb_vl_pen *k, const jb_node *n, const char *key, double value) {
    if (jb_node_get(n, key))
        jb_vl_pen_failed(k, jb_node_number(k->c->reader.ctx, jb_node_get(n, key), &value));
    return value;
}

/* Filled with the colour of its line, unless `filled: false` leaves the outline alone. */
static jb_paint point_paint(jb_vl_pen *k, const jb_node *n, jb_colour colour) {
    bool hollow = jb_vl_says(n, "filled", "false");
    jb_colour fill = colour, edge = colour;
    bool filled = part_colour(n, "fill", hollow ? "fill" : "color", &fill) || !hollow;
    bool edged = part_colour(n, "stroke", hollow ? "color" : "stroke", &edge) || hollow;
    jb_paint paint = jb_paint_fill(fill);
    if (edged)
        paint = jb_paint_stroke(edge, part_number(k, n, "strokeWidth", k->c->plot->style->data_line_width));
    paint.fill = filled;
    paint.fill_colour = fill;
    return paint;
}

static void draw_point(jb_vl_pen *k, const jb_node *n, const vertex *v, jb_colour colour) {
    double least = k->c->plot->style->point_radius, x = k->p->x + v->x, y = k->p->y + v->y,
           area = part_number(k, n, "size", G_PI * least * least), r = sqrt(area / G_PI);
    const jb_node *shape = jb_node_get(n, "shape");
    jb_paint paint = point_paint(k, n, colour);
    jb_vl_symbol(k->c->plot, shape ? jb_vl_shape_named(shape->text) : 'o', x, y, area, &paint);
    jb_vl_labels_mark(k->c->labels, x - r, y - r, x + r, y + r, 'p', false, colour);
}

/* A vertex whose figure is no plain number always has a point. */
static void draw_figure(jb_vl_pen *k, const vertex *v, jb_point_look look, jb_colour colour) {
    double r = k->c->plot->style->point_radius, x = k->p->x + v->x, y = k->p->y + v->y;
    jb_paint paint = jb_point_paint(k->c->plot, colour, look);
    jb_scene_circle(k->c->plot->scene, x, y, r, &paint);
    jb_vl_labels_mark(k->c->labels, x - r, y - r, x + r, y + r, 'p', false, k->c->plot->style->paper);
    jb_vl_point_figure(k, v->row, colour, r, v->x, v->y);
}

static void draw_edge(jb_vl_pen *k, const jb_node *n, GArray *xy, jb_colour colour) {
    part_colour(n, "stroke", "color", &colour);
    jb_paint paint =
        jb_paint_stroke(colour, part_number(k, n, "strokeWidth", k->c->plot->style->data_line_width));
    jb_vl_pen_dash(jb_node_get(n, "strokeDash"), paint.dash);
    stroke(k, xy, paint);
}

static void draw_run(jb_vl_pen *k, const vertex *v, unsigned n) {
    static const jb_node plain = {.kind = JB_NODE_MAP};
    bool flat = k->u->orient == 'h', area = k->u->mark == JB_VL_AREA;
    const jb_node *points = part(k, "point"), *line = part(k, "line");
    GArray *xy = g_array_new(FALSE, FALSE, sizeof(double)), *back = g_array_new(FALSE, FALSE, sizeof(double));
    jb_paint paint = jb_vl_pen_paint(k, v->row, area);
    jb_colour colour = jb_vl_pen_colour(k, v->row); /* opacity is of the mark alone */
    if (!area) paint.width = jb_vl_pen_size(k, v->row, 1, 4, paint.width);
    add_path(k, xy, v, n, false, flat);
    move(xy, k->p->x, k->p->y);
    for (guint i = 0; area && k->c->labels && i + 3 < xy->len; i += 2)
        jb_vl_labels_edge(k->c->labels, g_array_index(xy, double, i), g_array_index(xy, double, i + 1),
                          g_array_index(xy, double, i + 2), g_array_index(xy, double, i + 3), 0.5);
    if (area) {
        add_path(k, back, v, n, true, flat);
        move(back, k->p->x, k->p->y);
        if (line) draw_edge(k, line, xy, colour);
        for (guint i = back->len; i >= 2; i -= 2)
            add_point(xy, g_array_index(back, double, i - 2), g_array_index(back, double, i - 1));
        if (line) paint.fill_colour = jb_colour_tint(paint.fill_colour, 0.7);
        if (n == 1) paint = jb_paint_stroke(paint.fill_colour, k->c->plot->style->data_line_width);
        jb_scene_polyline(k->c->plot->scene, (const double *)(const void *)xy->data, xy->len / 2, true,
                          &paint);
    } else if (n == 1)
        points = points ? points : &plain;
    else
        stroke(k, xy, paint);
    for (unsigned i = 0; i < n; i++) {
        if (!area && jb_vl_point_inexact(k, v[i].row))
            draw_figure(k, &v[i], jb_vl_point_look(k, v[i].row), colour);
        else if (points)
            draw_point(k, points, &v[i], colour);
        if (k->c->direct && !area && k->scale[JB_VL_COLOR] == k->c->direct)
            jb_vl_direct_end(k->c, jb_vl_pen_cell(k, JB_VL_COLOR, v[i].row), k->p->x + v[i].x,
                             k->p->y + v[i].y, paint.stroke_colour);
        jb_vl_pen_record(k, area ? "area" : "line", v[i].row, v[i].x, v[i].y, area ? v[i].x2 : v[i].x,
                         area ? v[i].y2 : v[i].y, NULL);
    }
    g_array_free(xy, TRUE);
    g_array_free(back, TRUE);
}

/* Series by series; a missing value is a gap. */
void jb_vl_draw_paths(jb_vl_pen *k) {
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
