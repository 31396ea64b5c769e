/* Where each plot stands. Order of work: heights, upright axes, what neighbours share, widths, level axes. */
#include <math.h>
#include "charts/vl.h"

#define DEFAULT_HEIGHT 200.0
#define ROW_STEP 20.0    /* pt a category of an upright band, as in Vega-Lite */
#define COLUMN_MOST 64.0 /* pt a category of a level band */
#define GAP 16.0
#define GAP_SMALL 8.0 /* between plots narrower than SMALL */
#define SMALL 60.0
#define EDGE 9.0 /* labels at the ends of an axis stand over them by so much, pt */
#define TITLE_GAP 4.0
#define LEAST 40.0 /* the narrowest plot that is not said */
#define FACET_LEAST 24.0
#define LEAST_FACET 2.0
#define BESIDE_MOST 0.2 /* of the width, for heads of rows */
#define STRETCH_LEAST 0.4
#define STRETCH_BANDS 1.7
#define SHRINKS 12
#define SHRINK_LEAST 0.1

typedef struct box {
    double x, y, width; /* where it begins, and the room there is */
    double used_width, used_height;
} box;

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
    if (said > 0) return said;
    if (band && step > 0) return band_size(band, step);
    double row = ROW_STEP * fmin(fmax(c->stretch, 1), STRETCH_BANDS);
    if (band) row = fmax(row, jb_vl_name_lines(c, band) * c->plot->style->leading + 4);
    if (band) return band_size(band, row * fmax(1, p->scale[0][JB_VL_YOFFSET]->names->len * 0.8));
    if (!any_scale(p, JB_VL_Y)) return ROW_STEP;
    return fmax(LEAST, DEFAULT_HEIGHT * c->stretch);
}

/* The width that is said, or that bands of a said step take; 0: none. */
static double said_width(const jb_vl_chart *c, const jb_vl_panel *p) {
    double said = said_size(p->view, true), step = said_step(p->view, true);
    const jb_vl_scale *band = band_of(p, JB_VL_X);
    return c->shrink * (said > 0 ? said : band && step > 0 ? band_size(band, step) : 0);
}

static double width_of(jb_vl_chart *c, const jb_vl_panel *p, double there) {
    double said = said_width(c, p);
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

static bool level(const jb_vl_axis *a) { return a->side == 'b' || a->side == 't'; }

static void add_axis(jb_vl_chart *c, jb_vl_panel *p, int channel, jb_vl_scale *s, double size) {
    bool across = channel == JB_VL_X, second = false;
    char first = 0;
    if (!s->built || (s->lead->axis && jb_node_is_null(s->lead->axis)) || p->axes == 4) return;
    for (unsigned i = 0; i < p->axes; i++) {
        if (p->axis[i].scale == s) return;
        bool there = level(&p->axis[i]) == across;
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
    *a = (jb_vl_axis){.scale = s, .title_at = NAN, .over = EDGE, .title_room = c->plot->width};
    bool other = jb_vl_says(s->lead->axis, "orient", across ? "top" : "right");
    if (second) other = (first == 'b' || first == 'l');
    a->side = across ? (other ? 't' : 'b') : other ? 'r' : 'l';
    jb_vl_axis_make(c, p, a, size);
    if (second) a->grid = false;
}

static double room(jb_vl_chart *c, jb_vl_panel *p, char side, double size) {
    double most = 0;
    for (unsigned i = 0; i < p->axes; i++)
        if (p->axis[i].side == side) most = fmax(most, jb_vl_axis_measure(c, &p->axis[i], size));
    return most;
}

static bool titled(const jb_vl_axis *a) { return a->title && !a->hidden; }

/* What titles over a plot take above the baseline of their last line; 0: there are none. */
static double titles_above(jb_vl_chart *c, const jb_vl_panel *p) {
    double most = 0;
    for (unsigned i = 0; i < p->axes; i++) {
        if (level(&p->axis[i]) || !titled(&p->axis[i])) continue;
        jb_label title = jb_vl_axis_title(c, &p->axis[i]);
        most = fmax(most, c->plot->style->axis_label + (title.para->count - 1) * title.leading);
    }
    return most;
}

/* Titles have the width there is; two over one plot have half of it each. */
static void title_rooms(jb_vl_panel *p, double level_room, double upright_room, double both_room) {
    unsigned above = 0;
    for (unsigned i = 0; i < p->axes; i++) above += !level(&p->axis[i]) && titled(&p->axis[i]);
    for (unsigned i = 0; i < p->axes; i++)
        p->axis[i].title_room = fmax(level(&p->axis[i]) ? level_room
                                     : above > 1        ? both_room / 2 - TITLE_GAP
                                                        : upright_room,
                                     LEAST);
}

static double title_width(jb_vl_chart *c, const jb_vl_axis *a) {
    return titled(a) ? jb_vl_axis_title(c, a).para->width : 0;
}

static void upright(jb_vl_chart *c, jb_vl_panel *p) {
    p->height = height_of(c, p);
    set_range(c, p, JB_VL_Y, p->height);
    for (unsigned i = 0; i < p->units; i++) add_axis(c, p, JB_VL_Y, p->scale[i][JB_VL_Y], p->height);
}

static void lie(jb_vl_chart *c, jb_vl_panel *p, double width) {
    p->width = width;
    set_range(c, p, JB_VL_X, p->width);
    for (unsigned i = 0; i < p->units; i++) add_axis(c, p, JB_VL_X, p->scale[i][JB_VL_X], p->width);
}

static double left_of(jb_vl_chart *c, jb_vl_panel *p, bool alone) {
    double left = room(c, p, 'l', p->height);
    return alone && any_scale(p, JB_VL_X) && !band_of(p, JB_VL_X) ? fmax(left, 2 * EDGE) : left;
}

static double right_of(jb_vl_chart *c, jb_vl_panel *p) {
    return fmax(fmax(room(c, p, 'r', p->height), c->direct_room),
                any_scale(p, JB_VL_X) && !band_of(p, JB_VL_X) ? EDGE : 2);
}

/* Labels may stand over the ends of their axis as far as the middle between two plots. */
static void over_ends(jb_vl_panel *p, double most) {
    for (unsigned i = 0; i < p->axes; i++) p->axis[i].over = fmax(0, fmin(p->axis[i].over, most));
}

/* ---- heads ---- */

jb_label jb_vl_head_above(jb_vl_chart *c, const jb_vl_panel *p) {
    return jb_label_wrapped(c->plot, p->above ? p->above : "", c->plot->style->label,
                            fmax(p->head_room, c->plot->style->label), c->plot->style->text);
}

jb_label jb_vl_head_beside(jb_vl_chart *c, const jb_vl_panel *p) {
    const jb_chart_style *style = c->plot->style;
    return jb_label_wrapped(c->plot, p->beside ? p->beside : "", style->label,
                            fmax(c->plot->width * BESIDE_MOST, LEAST), style->text);
}

/* Baselines over the plot and its level axis, which takes `top`, and the room they take. Of facets the heads
 * stand at their plots, below the title of the axis, which stands once; else above it. */
static double heads_of(jb_vl_chart *c, jb_vl_panel *p, bool faceted, double top) {
    const jb_chart_style *style = c->plot->style;
    double base = top + style->axis_label * 0.75, up = base;
    double titles = titles_above(c, p);
    jb_label head = jb_vl_head_above(c, p);
    double lines = p->above ? (head.para->count - 1) * head.leading : 0;
    if (faceted) {
        p->above_up = base;
        p->title_up = p->above ? base + lines + style->label * 1.5 : base + 4;
        up = p->above ? base + lines + style->label : base;
        if (titles > 0) up = p->title_up + titles;
        return fmax(up, style->axis_label * 0.6);
    }
    p->title_up = base + 4;
    p->above_up = titles > 0 ? base + titles + style->axis_label * 0.5 : base;
    if (titles > 0) up = p->title_up + titles;
    if (p->above) up = p->above_up + lines + style->label;
    return !(titles > 0) && !p->above ? fmax(top, style->axis_label * 0.6) : up;
}

/* ---- one plot ---- */

/* Below a plot: its level axes, or half of the lowest label beside it. */
static double below_of(jb_vl_chart *c, jb_vl_panel *p) {
    double below = room(c, p, 'b', p->width);
    for (unsigned i = 0; i < p->axes; i++)
        if (!level(&p->axis[i]) && p->axis[i].labels && !p->axis[i].hidden)
            below = fmax(below, c->plot->style->axis_label * 0.4);
    return below;
}

/* The plot stands; its titles stand in the box, which grows for those that are wider than the plot. */
static void place_titles(jb_vl_chart *c, jb_vl_panel *p, box *b) {
    double left = b->x; /* where the title of the axis at the left ends */
    for (unsigned i = 0; i < p->axes; i++) {
        jb_vl_axis *a = &p->axis[i];
        double width = title_width(c, a);
        if (a->side == 'l' && width > 0) left = p->x - a->room + width + TITLE_GAP;
        if (level(a)) a->title_at = fmax(p->x + p->width / 2, b->x + width / 2);
        b->used_width = fmax(b->used_width, level(a) ? width : left - TITLE_GAP - b->x);
    }
    for (unsigned i = 0; i < p->axes; i++) {
        jb_vl_axis *a = &p->axis[i];
        if (a->side != 'r') continue;
        a->title_at = fmax(p->x + p->width + a->room, left + title_width(c, a));
        b->used_width = fmax(b->used_width, a->title_at - b->x);
    }
    for (unsigned i = 0; i < p->axes; i++) {
        double most = b->x + b->used_width - title_width(c, &p->axis[i]) / 2;
        if (level(&p->axis[i])) p->axis[i].title_at = fmin(p->axis[i].title_at, most);
    }
}

static void place_panel(jb_vl_chart *c, jb_vl_panel *p, double least_left, box *b) {
    double left = fmax(left_of(c, p, true), least_left), right = right_of(c, p);
    lie(c, p, width_of(c, p, fmax(LEAST * c->shrink, b->width - left - right)));
    b->used_width = left + p->width + right;
    p->head_room = p->width + right;
    title_rooms(p, b->width, b->width - left + room(c, p, 'l', p->height), b->used_width);
    double above = heads_of(c, p, false, room(c, p, 't', p->width)), below = below_of(c, p);
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
        if (level(a) != (channel == JB_VL_X)) continue;
        if (a->side == 'l') a->hidden = column && same_scales(p, g->panel[i - 1], channel);
        if (a->side == 'r') a->hidden = !last && same_scales(p, g->panel[i + 1], channel);
        if (a->side == 't') a->hidden = row && same_scales(p, g->panel[i - g->columns], channel);
        if (a->side == 'b') a->hidden = !bottom && same_scales(p, g->panel[i + g->columns], channel);
        if (!level(a) && row && same_scales(p, g->panel[i - g->columns], channel)) a->title = NULL;
        if (!level(a) && a->hidden) a->title = NULL;
    }
}

static double column_room(jb_vl_chart *c, const grid *g, unsigned column, bool left) {
    double most = 0;
    for (unsigned i = column; i < g->count; i += g->columns)
        most = fmax(most, left ? left_of(c, g->panel[i], column == 0) : right_of(c, g->panel[i]));
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
              c->shrink * (v->gap_x >= 0 ? v->gap_x : GAP),
              v->gap_y >= 0 ? v->gap_y : GAP,
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
        double need = fmax(FACET_LEAST, v->wrap.node ? said_width(c, g->panel[0]) / 2 : 0);
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
            if (!level(a)) continue;
            a->title_at = (x1 + x2) / 2;
            if (g->panel[i] != (a->side == 't' ? g->panel[0] : first)) a->title = NULL;
        }
}

/* The titles of a row of facets: one has the width there is, several have that of their plots. */
static void row_title_rooms(jb_vl_chart *c, grid *g, unsigned from, unsigned to, const box *b) {
    unsigned upright = 0, across = 0;
    for (unsigned i = from; i < to; i++)
        for (unsigned k = 0; k < g->panel[i]->axes; k++) {
            const jb_vl_axis *a = &g->panel[i]->axis[k];
            *(level(a) ? &across : &upright) += titled(a);
        }
    for (unsigned i = from; i < to; i++) {
        jb_vl_panel *p = g->panel[i];
        double plot = p->width + room(c, p, 'l', p->height), rest = b->x + b->width - p->x + plot - p->width;
        title_rooms(p, across > 1 ? p->width : b->width, upright > 1 ? plot : rest, p->width);
    }
}

/* The lines of the head at the left of a row, whose middle is the middle of the plot. */
static double beside_height(jb_vl_chart *c, const jb_vl_panel *p) {
    jb_label head = jb_vl_head_beside(c, p);
    return p->beside ? c->plot->style->label + (head.para->count - 1) * head.leading : 0;
}

static void place_row(jb_vl_chart *c, const jb_vl_view *v, grid *g, unsigned from, const box *b, double *y) {
    unsigned to = MIN(from + g->columns, g->count);
    double above = 0, high = 0, below = 0, top = 0, beside = 0;
    row_title_rooms(c, g, from, to, b);
    for (unsigned i = from; i < to; i++) top = fmax(top, room(c, g->panel[i], 't', g->panel[i]->width));
    for (unsigned i = from; i < to; i++) {
        jb_vl_panel *p = g->panel[i];
        if (from && !v->wrap.node && v->row.node) p->above = NULL;
        above = fmax(above, heads_of(c, p, true, top));
        high = fmax(high, p->height);
        below = fmax(below, below_of(c, p));
        beside = fmax(beside, beside_height(c, p));
    }
    above = fmax(above, (beside - high) / 2);
    below = fmax(below, (beside - high) / 2);
    for (unsigned i = from; i < to; i++) g->panel[i]->y = *y + above;
    *y += above + high + below + (to < g->count ? g->gap_y : 2);
}

static void place_facets(jb_vl_chart *c, const jb_vl_view *v, guint *at, box *b) {
    grid g = grid_of(c, v, *at);
    *at += v->panels;
    if (!g.count) return;
    double each = facet_width(c, v, &g, b->width), x = b->x + g.beside, y = b->y;
    for (unsigned k = 0; k < g.columns; k++) {
        double wide = 0;
        x += column_room(c, &g, k, true);
        for (unsigned i = k; i < g.count; i += g.columns) {
            lie(c, g.panel[i], width_of(c, g.panel[i], each));
            over_ends(g.panel[i], g.gap_x / 2 - 0.5);
            g.panel[i]->head_room = g.panel[i]->width + (k + 1 < g.columns ? g.gap_x - TITLE_GAP : 0);
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
    for (unsigned i = 0; i < g.count; i++)
        for (unsigned k = 0; k < g.panel[i]->axes; k++) {
            const jb_vl_axis *a = &g.panel[i]->axis[k];
            double from = a->side == 'l' ? g.panel[i]->x - a->room - b->x : 0;
            b->used_width = fmax(b->used_width, from + title_width(c, a));
        }
    b->used_height = y - b->y;
}

/* ---- rows of views ---- */

static bool is_plot(const jb_vl_view *v) { return v->shape == JB_VL_UNIT || v->shape == JB_VL_LAYER; }

static unsigned columns_of(const jb_vl_view *v) {
    return MAX(1, MIN(v->columns ? v->columns : v->count, v->count));
}

static double gap_of(const jb_vl_chart *c, const jb_vl_view *v) {
    return c->shrink * (v->gap_x >= 0 ? v->gap_x : GAP);
}

static unsigned panels_of(const jb_vl_view *v) {
    unsigned n = is_plot(v);
    if (v->shape == JB_VL_FACETED) return v->panels;
    for (unsigned i = 0; i < v->count && !is_plot(v); i++) n += panels_of(v->child[i]);
    return n;
}

/* The width that a view asks for, with its axes; 0: what there is. */
static double asked(jb_vl_chart *c, const jb_vl_view *v, guint at) {
    if (is_plot(v)) {
        jb_vl_panel *p = c->panels->pdata[at];
        double own = said_width(c, p);
        return own > 0 ? own + left_of(c, p, true) + right_of(c, p) : 0;
    }
    if (v->shape == JB_VL_FACETED) {
        grid g = grid_of(c, v, at);
        double own = g.count ? said_width(c, g.panel[0]) : 0;
        return own > 0 ? g.beside + rooms_of(c, &g) + own * g.columns + g.gap_x * (g.columns - 1) : 0;
    }
    unsigned columns = columns_of(v);
    double most = 0, row = 0, gap = gap_of(c, v);
    for (unsigned i = 0; i < v->count; at += panels_of(v->child[i++])) {
        if (!panels_of(v->child[i])) continue;
        double own = asked(c, v->child[i], at);
        if (!(own > 0)) return 0;
        row = i % columns ? row + gap + own : own;
        most = fmax(most, row);
    }
    return most;
}

static void place(jb_vl_chart *c, const jb_vl_view *v, guint *at, double left, box *b);

/* Plots of one row stand on one line: those that begin higher move down. */
static double level_row(jb_vl_chart *c, const guint *first, unsigned n, double y) {
    double top = 0, more = 0;
    for (unsigned i = 0; i < n; i++)
        if (first[i] < first[i + 1]) top = fmax(top, ((jb_vl_panel *)c->panels->pdata[first[i]])->y - y);
    for (unsigned i = 0; i < n; i++) {
        if (first[i] == first[i + 1]) continue; /* facets of no data */
        double up = ((jb_vl_panel *)c->panels->pdata[first[i]])->y - y;
        for (guint k = first[i]; k < first[i + 1]; k++) ((jb_vl_panel *)c->panels->pdata[k])->y += top - up;
        more = fmax(more, top - up);
    }
    return more;
}

/* What each view of a row of `columns` gets: what it asks for, and of the rest an equal part. */
static double free_part(jb_vl_chart *c, const jb_vl_view *v, guint at, unsigned from, unsigned to,
                        double width, double gap) {
    unsigned open = 0;
    double rest = width - gap * (to - from - 1);
    for (unsigned i = from; i < to; at += panels_of(v->child[i++])) {
        if (!panels_of(v->child[i])) continue;
        double own = asked(c, v->child[i], at);
        rest -= own;
        open += !(own > 0);
    }
    return fmax(LEAST * c->shrink, rest / MAX(open, 1));
}

static double common_left(jb_vl_chart *c, const jb_vl_view *v, guint at, unsigned columns, unsigned column) {
    double left = 0;
    for (unsigned i = 0; i < v->count; at += panels_of(v->child[i++]))
        if (i % columns == column && is_plot(v->child[i]))
            left = fmax(left, left_of(c, c->panels->pdata[at], true));
    return left;
}

static void place_views(jb_vl_chart *c, const jb_vl_view *v, guint *at, box *b) {
    unsigned columns = columns_of(v);
    double gap_x = gap_of(c, v), gap_y = v->gap_y >= 0 ? v->gap_y : GAP, y = b->y;
    guint *first = g_new0(guint, v->count + 1), start = *at;
    for (unsigned from = 0; from < v->count; from += columns) {
        unsigned to = MIN(from + columns, v->count);
        double part = free_part(c, v, *at, from, to, b->width, gap_x), x = b->x, high = 0;
        for (unsigned i = from; i < to; i++) {
            double own = asked(c, v->child[i], *at), left = common_left(c, v, start, columns, i - from);
            if (own > 0 && is_plot(v->child[i]))
                own += fmax(0, left - left_of(c, c->panels->pdata[*at], true));
            double room = own > 0 ? own : part;
            if (columns == 1) room = fmin(room, b->width); /* beside others, all shrink: fit_width */
            box cell = {x, y, fmax(LEAST * c->shrink, room), 0, 0};
            first[i - from] = *at;
            place(c, v->child[i], at, left, &cell);
            for (guint k = first[i - from]; k < *at; k++)
                over_ends(c->panels->pdata[k], fmax(0, gap_x / 2 - 0.5));
            x += cell.used_width + gap_x;
            high = fmax(high, cell.used_height);
            b->used_width = fmax(b->used_width, x - gap_x - b->x);
        }
        first[to - from] = *at;
        high += level_row(c, first, to - from, y);
        y += high + (to < v->count ? gap_y : 0);
    }
    g_free(first);
    b->used_height = y - b->y;
}

static void place(jb_vl_chart *c, const jb_vl_view *v, guint *at, double left, box *b) {
    if (v->shape == JB_VL_FACETED)
        place_facets(c, v, at, b);
    else if (v->shape == JB_VL_CONCAT)
        place_views(c, v, at, b);
    else
        place_panel(c, c->panels->pdata[(*at)++], left, b);
}

/* ---- all ---- */

static void upright_plots(jb_vl_chart *c, const jb_vl_view *v, guint *at) {
    if (is_plot(v))
        upright(c, c->panels->pdata[(*at)++]);
    else if (v->shape == JB_VL_FACETED)
        for (unsigned i = 0; i < v->panels; i++) upright(c, c->panels->pdata[(*at)++]);
    else
        for (unsigned i = 0; i < v->count; i++) upright_plots(c, v->child[i], at);
}

typedef struct start {
    double low, high;
} start;

static void reset(jb_vl_chart *c, const start *ends, guint notes) {
    for (guint i = 0; i < c->scales->len; i++) {
        jb_vl_scale *s = c->scales->pdata[i];
        s->low = ends[i].low, s->high = ends[i].high;
        s->from = s->to = 0;
    }
    for (guint i = 0; i < c->panels->len; i++) {
        jb_vl_panel *p = c->panels->pdata[i];
        for (unsigned k = 0; k < p->axes; k++) g_array_free(p->axis[k].ticks, TRUE);
        p->axes = 0;
    }
    g_array_set_size(c->plot->notes, notes);
}

static box try(jb_vl_chart *c, const start *ends, guint notes, double stretch, double width) {
    box b = {0, 0, width, 0, 0};
    guint at = 0;
    c->stretch = fmax(stretch, STRETCH_LEAST);
    reset(c, ends, notes);
    upright_plots(c, c->root, &at);
    at = 0;
    if (c->reader.status == JB_OK) place(c, c->root, &at, 0, &b);
    return b;
}

/* As try; where views side by side are wider than there is room, widths, steps and gaps shrink in one
 * measure. */
static box fit_width(jb_vl_chart *c, const start *ends, guint notes, double stretch, double width) {
    c->shrink = 1;
    box b = try(c, ends, notes, stretch, width);
    double last = 1, before = b.used_width, next = width / fmax(before, 1);
    for (int i = 0; i < SHRINKS && b.used_width > width + 0.5 && c->reader.status == JB_OK; i++) {
        c->shrink = fmax(next, SHRINK_LEAST);
        b = try(c, ends, notes, stretch, width);
        double slope = (before - b.used_width) / (last - c->shrink);
        before = b.used_width;
        last = c->shrink;
        next = slope > 1 ? last + (width - before) / slope : last * 0.8;
        if (i > SHRINKS / 2) next = fmin(next, last * 0.9);
    }
    if (b.used_width > width + 0.5 && c->reader.status == JB_OK)
        failed(&c->reader,
               jb_fail(c->reader.ctx, c->root->node ? c->root->node->pos : c->root->child[0]->node->pos,
                       "the plots side by side do not fit into %d pt, their axes alone are wider; put "
                       "fewer beside each other (columns:, vconcat)",
                       (int)width));
    else if (c->shrink < 1)
        jb_plot_note_add(c->plot, c->root->node ? c->root->node->pos : c->root->child[0]->node->pos,
                         "the plots side by side are shrunk to %d %% of their widths, to fit into %d pt",
                         (int)round(c->shrink * 100), (int)width);
    return b;
}

void jb_vl_place_panels(jb_vl_chart *c, double width, double height, double *used_width,
                        double *used_height) {
    start *ends = g_new0(start, c->scales->len + 1);
    guint notes = c->plot->notes->len;
    for (guint i = 0; i < c->scales->len; i++) {
        const jb_vl_scale *s = c->scales->pdata[i];
        ends[i] = (start){s->low, s->high};
    }
    box b = fit_width(c, ends, notes, 1, width);
    double stretch = 1;
    for (int i = 0; i < 3 && height > 0 && fabs(b.used_height - height) > 0.5; i++) {
        double before = b.used_height, step = before < height ? 0.2 : -0.2;
        b = fit_width(c, ends, notes, stretch + step, width);
        double slope = (b.used_height - before) / step;
        if (fabs(slope) > 1) stretch = fmax(STRETCH_LEAST, stretch + (height - before) / slope);
        b = fit_width(c, ends, notes, stretch, width);
    }
    g_free(ends);
    *used_width = b.used_width;
    *used_height = b.used_height;
}

void jb_vl_move_panels(jb_vl_chart *c, double down) {
    for (guint i = 0; i < c->panels->len; i++) ((jb_vl_panel *)c->panels->pdata[i])->y += down;
}
