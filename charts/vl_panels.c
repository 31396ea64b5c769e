/* Where each plot stands. Order of work: heights, upright axes, what neighbours share, widths, level axes. */
#include <math.h>
#include "charts/vl_panels.h"

#define DEFAULT_HEIGHT 200.0
#define ROW_STEP 20.0    /* pt a category of an upright band, as in Vega-Lite */
#define COLUMN_MOST 64.0 /* pt a category of a level band */
#define GAP_SMALL 8.0    /* between plots narrower than SMALL */
#define SMALL 60.0
#define EDGE 9.0 /* labels at the ends of an axis stand over them by so much, pt */
#define FACET_LEAST 24.0
#define LEAST_FACET 2.0
#define STRETCH_BANDS 1.7

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static const jb_vl_scale *band_of(const jb_vl_panel *p, int channel) {
    for (unsigned i = 0; i < p->units; i++)
        if (p->scale[i][channel]->built && jb_vl_scale_discrete(p->scale[i][channel]))
            return p->scale[i][channel];
    return NULL;
}

static bool any_scale(const jb_vl_panel *p, int channel) {
    for (unsigned i = 0; i < p->units; i++)
        if (p->scale[i][channel]->built) return true;
    return false;
}

/* ---- sizes ---- */

static double said_size(const jb_vl_view *v, bool width) {
    double size = width ? v->width : v->height;
    for (unsigned i = 0; !size && i < v->count; i++) size = said_size(v->child[i], width);
    return size;
}

static double said_step(const jb_vl_view *v, bool width) {
    double step = width ? v->step_x : v->step_y;
    for (unsigned i = 0; !step && i < v->count; i++) step = said_step(v->child[i], width);
    return step;
}

static double band_size(const jb_vl_scale *s, double step) {
    return step * fmax(1, s->names->len - s->inner + 2 * s->outer);
}

static double height_of(jb_vl_chart *c, const jb_vl_panel *p) {
    double said = said_size(p->view, false), step = said_step(p->view, false);
    const jb_vl_scale *band = band_of(p, JB_VL_Y);
    if (said > 0) return fmax(1, said - c->fit_height);
    if (band && step > 0) return band_size(band, step);
    double row = ROW_STEP * fmin(fmax(c->stretch, 1), STRETCH_BANDS);
    if (band) row = fmax(row, jb_vl_name_lines(c, band) * c->plot->style->leading + 4);
    if (band) return band_size(band, row * fmax(1, p->scale[0][JB_VL_YOFFSET]->names->len * 0.8));
    if (!any_scale(p, JB_VL_Y)) return ROW_STEP;
    return fmax(JB_VL_LEAST, DEFAULT_HEIGHT * c->stretch);
}

/* The width that is said, or that bands of a said step take; 0: none. */
double jb_vl_panel_said_width(const jb_vl_chart *c, const jb_vl_panel *p) {
    double said = said_size(p->view, true), step = said_step(p->view, true);
    const jb_vl_scale *band = band_of(p, JB_VL_X);
    return c->shrink * (said > 0           ? fmax(1, said - c->fit_width)
                        : band && step > 0 ? band_size(band, step)
                                           : 0);
}

static double width_of(jb_vl_chart *c, const jb_vl_panel *p, double there) {
    double said = jb_vl_panel_said_width(c, p);
    const jb_vl_scale *band = band_of(p, JB_VL_X);
    if (said > there + 0.5) {
        const jb_node *n = jb_node_get(p->view->node, "width");
        jb_plot_note_add(c->plot, n ? n->pos : p->view->node->pos,
                         "the plot is %d pt wide, there is no more room", (int)there);
        said = there;
    }
    if (said > 0) return said;
    if (!any_scale(p, JB_VL_X)) return fmin(there, ROW_STEP);
    double most = COLUMN_MOST * fmax(1, c->stretch);
    if (band)
        return fmin(there, band_size(band, most * fmax(1, p->scale[0][JB_VL_XOFFSET]->names->len * 0.5)));
    return there;
}

static void set_range(jb_vl_chart *c, jb_vl_panel *p, int channel, double size) {
    for (unsigned i = 0; i < p->units; i++) {
        jb_vl_scale *s = p->scale[i][channel],
                    *o = p->scale[i][channel == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET];
        if (!s->built) continue;
        bool down = channel == JB_VL_Y && !jb_vl_scale_discrete(s);
        jb_vl_scale_range(&c->reader, s, down ? size : 0, down ? 0 : size);
        if (o->built) jb_vl_scale_range(&c->reader, o, 0, jb_vl_scale_bandwidth(s));
    }
}

void jb_vl_panel_ranges(jb_vl_chart *c, jb_vl_panel *p) {
    set_range(c, p, JB_VL_X, p->width);
    set_range(c, p, JB_VL_Y, p->height);
}

/* ---- axes ---- */

static void add_axis(jb_vl_chart *c, jb_vl_panel *p, int channel, jb_vl_scale *s, double size) {
    bool across = channel == JB_VL_X, second = false;
    char first = 0;
    if (!s->built || (s->lead->axis && jb_node_is_null(s->lead->axis)) || p->axes == 4) return;
    for (unsigned i = 0; i < p->axes; i++) {
        if (p->axis[i].scale == s) return;
        bool there = jb_vl_axis_level(&p->axis[i]) == across;
        if (there && second) {
            failed(&c->reader, jb_fail(c->reader.ctx, s->lead->node->pos,
                                       "a third axis of %s has no place: let layers share it (a layer in a "
                                       "layer does), or say axis: ~",
                                       jb_vl_channel_names[channel]));
            return;
        }
        if (there) first = p->axis[i].side;
        second = second || there;
    }
    jb_vl_axis *a = &p->axis[p->axes++];
    *a = (jb_vl_axis){.scale = s, .title_at = NAN, .over = EDGE, .title_room = c->wide};
    bool other = jb_vl_says(s->lead->axis, "orient", across ? "top" : "right");
    if (second) other = (first == 'b' || first == 'l');
    a->side = across ? (other ? 't' : 'b') : other ? 'r' : 'l';
    jb_vl_axis_make(c, p, a, size);
    if (second) a->grid = false;
}

void jb_vl_panel_upright(jb_vl_chart *c, jb_vl_panel *p) {
    p->height = height_of(c, p);
    set_range(c, p, JB_VL_Y, p->height);
    for (unsigned i = 0; i < p->units; i++) add_axis(c, p, JB_VL_Y, p->scale[i][JB_VL_Y], p->height);
}

static void lie(jb_vl_chart *c, jb_vl_panel *p, double width) {
    p->width = width;
    set_range(c, p, JB_VL_X, p->width);
    for (unsigned i = 0; i < p->units; i++) add_axis(c, p, JB_VL_X, p->scale[i][JB_VL_X], p->width);
}

double jb_vl_panel_left(jb_vl_chart *c, jb_vl_panel *p, bool alone) {
    double left = jb_vl_axes_room(c, p, 'l', p->height);
    return alone && any_scale(p, JB_VL_X) && !band_of(p, JB_VL_X) ? fmax(left, 2 * EDGE) : left;
}

double jb_vl_panel_right(jb_vl_chart *c, jb_vl_panel *p) {
    return fmax(fmax(jb_vl_axes_room(c, p, 'r', p->height), c->direct_room),
                any_scale(p, JB_VL_X) && !band_of(p, JB_VL_X) ? EDGE : 2);
}

/* Labels may stand over the ends of their axis as far as the middle between two plots. */
void jb_vl_panel_over_ends(jb_vl_panel *p, double most) {
    for (unsigned i = 0; i < p->axes; i++) p->axis[i].over = fmax(0, fmin(p->axis[i].over, most));
}

/* ---- one plot ---- */

/* The plot stands; its titles stand in the box, which grows for those that are wider than the plot. */
static void place_titles(jb_vl_chart *c, jb_vl_panel *p, jb_vl_box *b) {
    jb_label head = jb_vl_head_above(c, p);
    if (p->above) b->used_width = fmax(b->used_width, p->x - b->x + head.para->width);
    double left = b->x; /* where the title of the axis at the left ends */
    for (unsigned i = 0; i < p->axes; i++) {
        jb_vl_axis *a = &p->axis[i];
        double width = jb_vl_title_width(c, a);
        if (a->side == 'l' && width > 0) left = p->x - a->room + width + JB_VL_TITLE_GAP;
        if (jb_vl_axis_level(a)) a->title_at = fmax(p->x + p->width / 2, b->x + width / 2);
        b->used_width = fmax(b->used_width, jb_vl_axis_level(a) ? width : left - JB_VL_TITLE_GAP - b->x);
    }
    for (unsigned i = 0; i < p->axes; i++) {
        jb_vl_axis *a = &p->axis[i];
        if (a->side != 'r') continue;
        a->title_at = fmax(p->x + p->width + a->room, left + jb_vl_title_width(c, a));
        b->used_width = fmax(b->used_width, a->title_at - b->x);
    }
    for (unsigned i = 0; i < p->axes; i++) {
        double most = b->x + b->used_width - jb_vl_title_width(c, &p->axis[i]) / 2;
        if (jb_vl_axis_level(&p->axis[i])) p->axis[i].title_at = fmin(p->axis[i].title_at, most);
    }
}

void jb_vl_panel_place(jb_vl_chart *c, jb_vl_panel *p, double least_left, jb_vl_box *b) {
    double left = fmax(jb_vl_panel_left(c, p, true), least_left), right = jb_vl_panel_right(c, p);
    lie(c, p, width_of(c, p, fmax(JB_VL_LEAST * c->shrink, b->width - left - right)));
    b->used_width = left + p->width + right;
    p->head_room = p->width + right;
    jb_vl_title_rooms(p, JB_VL_LEAST, b->width, b->width - left + jb_vl_axes_room(c, p, 'l', p->height),
                      b->used_width);
    double above = jb_vl_heads(c, p, false, jb_vl_room_above(c, p), jb_vl_head_lines(c, p)),
           below = jb_vl_room_below(c, p);
    p->x = b->x + left;
    p->y = b->y + above;
    place_titles(c, p, b);
    b->used_height = above + p->height + below + 2;
}

/* ---- facets ---- */

static bool same_scales(const jb_vl_panel *p, const jb_vl_panel *q, int channel) {
    for (unsigned i = 0; i < p->units; i++)
        if (p->scale[i][channel] != q->scale[i][channel]) return false;
    return true;
}

typedef struct grid {
    jb_vl_panel **panel;
    unsigned count, columns;
    double gap_x, gap_y, beside;
} grid;

/* Axes that another panel shows: upright ones stand at the ends of the row, level ones at the ends of the
 * column, and the title of an upright one in the first row alone. */
static void hide_axes(const grid *g, unsigned i, int channel) {
    jb_vl_panel *p = g->panel[i];
    unsigned row = i / g->columns, column = i % g->columns;
    bool last = i + 1 == g->count || column + 1 == g->columns, bottom = i + g->columns >= g->count;
    for (unsigned k = 0; k < p->axes; k++) {
        jb_vl_axis *a = &p->axis[k];
        if (jb_vl_axis_level(a) != (channel == JB_VL_X)) continue;
        if (a->side == 'l') a->hidden = column && same_scales(p, g->panel[i - 1], channel);
        if (a->side == 'r') a->hidden = !last && same_scales(p, g->panel[i + 1], channel);
        if (a->side == 't') a->hidden = row && same_scales(p, g->panel[i - g->columns], channel);
        if (a->side == 'b') a->hidden = !bottom && same_scales(p, g->panel[i + g->columns], channel);
        if (!jb_vl_axis_level(a) && row && same_scales(p, g->panel[i - g->columns], channel)) a->title = NULL;
        if (!jb_vl_axis_level(a) && a->hidden) a->title = NULL;
    }
}

static double column_room(jb_vl_chart *c, const grid *g, unsigned column, bool left) {
    double most = 0;
    for (unsigned i = column; i < g->count; i += g->columns)
        most = fmax(most,
                    left ? jb_vl_panel_left(c, g->panel[i], column == 0) : jb_vl_panel_right(c, g->panel[i]));
    return most;
}

static double rooms_of(jb_vl_chart *c, const grid *g) {
    double rooms = 0;
    for (unsigned i = 0; i < g->count; i++) hide_axes(g, i, JB_VL_Y);
    for (unsigned k = 0; k < g->columns; k++)
        rooms += column_room(c, g, k, true) + column_room(c, g, k, false);
    return rooms;
}

static grid grid_of(jb_vl_chart *c, const jb_vl_view *v, guint at) {
    grid g = {(jb_vl_panel **)(void *)c->panels->pdata + at,
              v->panels,
              MAX(1, MIN(v->columns, v->panels)),
              c->shrink * (v->gap_x >= 0 ? v->gap_x : JB_VL_GAP),
              v->gap_y >= 0 ? v->gap_y : JB_VL_GAP,
              0};
    for (unsigned i = 0; i < g.count; i++) {
        jb_label head = jb_vl_head_beside(c, g.panel[i]);
        if (g.panel[i]->beside) g.beside = fmax(g.beside, head.para->width + 10);
    }
    return g;
}

/* The width of each plot, so that all are equal; fewer columns when they would be too narrow and can be
 * wrapped. */
static double facet_width(jb_vl_chart *c, const jb_vl_view *v, grid *g, double width) {
    for (;;) {
        double rooms = rooms_of(c, g),
               each = (width - g->beside - rooms - g->gap_x * (g->columns - 1)) / g->columns;
        double need = fmax(FACET_LEAST, v->wrap.node ? jb_vl_panel_said_width(c, g->panel[0]) / 2 : 0);
        if (each < SMALL && v->gap_x < 0 && g->gap_x > GAP_SMALL * c->shrink) {
            g->gap_x = GAP_SMALL * c->shrink;
            continue;
        }
        if (each >= need - 0.5 || g->columns == 1 || v->row.node) {
            if (each < FACET_LEAST)
                jb_plot_note_add(c->plot, g->panel[0]->view->node->pos,
                                 "%u plots side by side have %d pt each; say columns:", g->columns,
                                 (int)each);
            return fmax(each, LEAST_FACET);
        }
        g->columns--;
        for (unsigned i = 0; i < g->count; i++) /* titles that were taken away come back */
            for (unsigned k = 0; k < g->panel[i]->axes; k++)
                g->panel[i]->axis[k].title = g->panel[i]->axis[k].said;
    }
}

/* One title below all columns, when they share their scale. */
static void join_titles(grid *g) {
    jb_vl_panel *first = g->panel[(g->count - 1) / g->columns * g->columns];
    double x1 = INFINITY, x2 = -INFINITY;
    bool same = true;
    for (unsigned i = 0; i < g->count; i++) {
        same = same && same_scales(g->panel[i], g->panel[0], JB_VL_X);
        x1 = fmin(x1, g->panel[i]->x);
        x2 = fmax(x2, g->panel[i]->x + g->panel[i]->width);
    }
    for (unsigned i = 0; same && i < g->count; i++)
        for (unsigned k = 0; k < g->panel[i]->axes; k++) {
            jb_vl_axis *a = &g->panel[i]->axis[k];
            if (!jb_vl_axis_level(a)) continue;
            a->title_at = (x1 + x2) / 2;
            if (g->panel[i] != (a->side == 't' ? g->panel[0] : first)) a->title = NULL;
        }
}

/* The titles of a row of facets: one has the width there is, several have that of their plots. */
static void row_title_rooms(jb_vl_chart *c, grid *g, unsigned from, unsigned to, const jb_vl_box *b) {
    unsigned upright = 0, across = 0;
    for (unsigned i = from; i < to; i++)
        for (unsigned k = 0; k < g->panel[i]->axes; k++) {
            const jb_vl_axis *a = &g->panel[i]->axis[k];
            *(jb_vl_axis_level(a) ? &across : &upright) += jb_vl_axis_titled(a);
        }
    for (unsigned i = from; i < to; i++) {
        jb_vl_panel *p = g->panel[i];
        double plot = p->width + jb_vl_axes_room(c, p, 'l', p->height),
               rest = b->x + b->width - p->x + plot - p->width;
        jb_vl_title_rooms(p, c->plot->style->axis_label, across > 1 ? p->width : b->width - g->beside,
                          upright > 1 ? plot : rest, p->width);
    }
}

static void place_row(jb_vl_chart *c, const jb_vl_view *v, grid *g, unsigned from, const jb_vl_box *b,
                      double *y) {
    unsigned to = MIN(from + g->columns, g->count);
    double above = 0, high = 0, below = 0, top = 0, beside = 0, lines = -1;
    row_title_rooms(c, g, from, to, b);
    for (unsigned i = from; i < to; i++) {
        jb_vl_panel *p = g->panel[i];
        if (from && !v->wrap.node && v->row.node) p->above = NULL;
        lines = fmax(lines, jb_vl_head_lines(c, p));
    }
    for (unsigned i = from; i < to; i++) top = fmax(top, jb_vl_room_above(c, g->panel[i]));
    for (unsigned i = from; i < to; i++) {
        jb_vl_panel *p = g->panel[i];
        above = fmax(above, jb_vl_heads(c, p, true, top, lines));
        high = fmax(high, p->height);
        below = fmax(below, jb_vl_room_below(c, p));
        beside = fmax(beside, jb_vl_beside_height(c, p));
    }
    above = fmax(above, (beside - high) / 2);
    below = fmax(below, (beside - high) / 2);
    for (unsigned i = from; i < to; i++) g->panel[i]->y = *y + above;
    *y += above + high + below + (to < g->count ? g->gap_y : 2);
}

/* Titles and heads that are wider than their plots make room for themselves at the right. */
static void facet_titles(jb_vl_chart *c, jb_vl_panel *p, double beside, jb_vl_box *b) {
    for (unsigned k = 0; k < p->axes; k++) {
        jb_vl_axis *a = &p->axis[k];
        double from = a->side == 'l' ? p->x - a->room - b->x : jb_vl_axis_level(a) ? beside : 0;
        b->used_width = fmax(b->used_width, from + jb_vl_title_width(c, a));
        if (a->side == 'r') a->title_at = fmax(p->x + p->width + a->room, b->x + jb_vl_title_width(c, a));
        if (jb_vl_axis_level(a) && isfinite(a->title_at)) /* it keeps off the heads of rows */
            a->title_at = fmax(a->title_at, b->x + beside + jb_vl_title_width(c, a) / 2);
    }
    jb_label head = jb_vl_head_above(c, p);
    if (p->above) b->used_width = fmax(b->used_width, p->x - b->x + head.para->width);
}

void jb_vl_facets_place(jb_vl_chart *c, const jb_vl_view *v, guint *at, jb_vl_box *b) {
    grid g = grid_of(c, v, *at);
    *at += v->panels;
    if (!g.count) return;
    double each = facet_width(c, v, &g, b->width), x = b->x + g.beside, y = b->y;
    for (unsigned k = 0; k < g.columns; k++) {
        double wide = 0;
        x += column_room(c, &g, k, true);
        for (unsigned i = k; i < g.count; i += g.columns) {
            lie(c, g.panel[i], width_of(c, g.panel[i], each));
            jb_vl_panel_over_ends(g.panel[i], g.gap_x / 2 - 0.5);
            g.panel[i]->head_room = g.panel[i]->width + (k + 1 < g.columns ? g.gap_x - JB_VL_TITLE_GAP : 0);
            g.panel[i]->x = x;
            g.panel[i]->beside_x = b->x;
            if (k) g.panel[i]->beside = NULL;
            wide = fmax(wide, g.panel[i]->width);
        }
        x += wide + column_room(c, &g, k, false) + (k + 1 < g.columns ? g.gap_x : 0);
    }
    b->used_width = x - b->x;
    for (unsigned i = 0; i < g.count; i++) hide_axes(&g, i, JB_VL_X);
    join_titles(&g);
    for (unsigned i = 0; i < g.count; i += g.columns) place_row(c, v, &g, i, b, &y);
    for (unsigned i = 0; i < g.count; i++) facet_titles(c, g.panel[i], g.beside, b);
    b->used_height = y - b->y;
}

double jb_vl_facets_width(jb_vl_chart *c, const jb_vl_view *v, guint at) {
    grid g = grid_of(c, v, at);
    double own = g.count ? jb_vl_panel_said_width(c, g.panel[0]) : 0;
    return own > 0 ? g.beside + rooms_of(c, &g) + own * g.columns + g.gap_x * (g.columns - 1) : 0;
}
