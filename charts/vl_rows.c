/* Views beside and below each other, and all of a chart: what each view asks for, the rest, and how much all
 * shrink. */
#include <math.h>
#include "charts/vl_panels.h"

#define STRETCH_LEAST 0.4
#define SHRINKS 12
#define FITS 3
#define SHRINK_LEAST 0.1

static bool is_plot(const jb_vl_view *v) { return v->shape == JB_VL_UNIT || v->shape == JB_VL_LAYER; }

static unsigned columns_of(const jb_vl_view *v) {
    return MAX(1, MIN(v->columns ? v->columns : v->count, v->count));
}

static double gap_of(const jb_vl_chart *c, const jb_vl_view *v) {
    return c->shrink * (v->gap_x >= 0 ? v->gap_x : JB_VL_GAP);
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
        double own = jb_vl_panel_said_width(c, p);
        return own > 0 ? own + jb_vl_panel_left(c, p, true) + jb_vl_panel_right(c, p) : 0;
    }
    if (v->shape == JB_VL_FACETED) return jb_vl_facets_width(c, v, at);
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

static void place(jb_vl_chart *c, const jb_vl_view *v, guint *at, double left, jb_vl_box *b);

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
    return fmax(JB_VL_LEAST * c->shrink, rest / MAX(open, 1));
}

static double common_left(jb_vl_chart *c, const jb_vl_view *v, guint at, unsigned columns, unsigned column) {
    double left = 0;
    for (unsigned i = 0; i < v->count; at += panels_of(v->child[i++]))
        if (i % columns == column && is_plot(v->child[i]))
            left = fmax(left, jb_vl_panel_left(c, c->panels->pdata[at], true));
    return left;
}

static void place_views(jb_vl_chart *c, const jb_vl_view *v, guint *at, jb_vl_box *b) {
    unsigned columns = columns_of(v);
    double gap_x = gap_of(c, v), gap_y = v->gap_y >= 0 ? v->gap_y : JB_VL_GAP, y = b->y;
    guint *first = g_new0(guint, v->count + 1), start = *at;
    for (unsigned from = 0; from < v->count; from += columns) {
        unsigned to = MIN(from + columns, v->count);
        double part = free_part(c, v, *at, from, to, b->width, gap_x), x = b->x, high = 0;
        for (unsigned i = from; i < to; i++) {
            double own = asked(c, v->child[i], *at), left = common_left(c, v, start, columns, i - from);
            if (own > 0 && is_plot(v->child[i]))
                own += fmax(0, left - jb_vl_panel_left(c, c->panels->pdata[*at], true));
            double room = own > 0 ? own : part;
            if (columns == 1) room = fmin(room, b->width); /* beside others, all shrink: fit_width */
            jb_vl_box cell = {x, y, fmax(JB_VL_LEAST * c->shrink, room), 0, 0};
            first[i - from] = *at;
            place(c, v->child[i], at, left, &cell);
            for (guint k = first[i - from]; k < *at; k++)
                jb_vl_panel_over_ends(c->panels->pdata[k], fmax(0, gap_x / 2 - 0.5));
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

static void place(jb_vl_chart *c, const jb_vl_view *v, guint *at, double left, jb_vl_box *b) {
    if (v->shape == JB_VL_FACETED)
        jb_vl_facets_place(c, v, at, b);
    else if (v->shape == JB_VL_CONCAT)
        place_views(c, v, at, b);
    else
        jb_vl_panel_place(c, c->panels->pdata[(*at)++], left, b);
}

/* ---- all ---- */

static void upright_plots(jb_vl_chart *c, const jb_vl_view *v, guint *at) {
    if (is_plot(v))
        jb_vl_panel_upright(c, c->panels->pdata[(*at)++]);
    else if (v->shape == JB_VL_FACETED)
        for (unsigned i = 0; i < v->panels; i++) jb_vl_panel_upright(c, c->panels->pdata[(*at)++]);
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

static jb_vl_box try(jb_vl_chart *c, const start *ends, guint notes, double stretch, double width) {
    jb_vl_box b = {0, 0, width, 0, 0};
    guint at = 0;
    c->stretch = fmax(stretch, STRETCH_LEAST);
    reset(c, ends, notes);
    upright_plots(c, c->root, &at);
    at = 0;
    if (c->reader.status == JB_OK) place(c, c->root, &at, 0, &b);
    return b;
}

static bool has_beside(const jb_vl_view *v) { return v->shape == JB_VL_CONCAT || v->shape == JB_VL_FACETED; }

/* As try; where views side by side are wider than there is room, widths, steps and gaps shrink in one
 * measure. */
static jb_vl_box fit_width(jb_vl_chart *c, const start *ends, guint notes, double stretch, double width) {
    c->shrink = 1;
    jb_vl_box b = try(c, ends, notes, stretch, width);
    if (!has_beside(c->root)) return b; /* it is narrowed by itself */
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
        jb_vl_failed(&c->reader,
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

/* autosize: what is said is the size with axes and titles, so that these are taken off it, in as many rounds
 * as their own size changes with the plot's. */
static jb_vl_box fit_said(jb_vl_chart *c, const start *ends, guint notes, double width) {
    const jb_node *n = jb_node_get(c->root->node ? c->root->node : c->root->child[0]->node, "autosize");
    const char *type = n && n->kind == JB_NODE_MAP
                           ? jb_node_get(n, "type") ? jb_node_get(n, "type")->text : "pad"
                       : n ? n->text
                           : "pad";
    bool x = !strcmp(type, "fit") || !strcmp(type, "fit-x"),
         y = !strcmp(type, "fit") || !strcmp(type, "fit-y");
    c->fit_width = c->fit_height = 0;
    jb_vl_box b = fit_width(c, ends, notes, 1, width);
    if ((x || y) && !is_plot(c->root)) {
        jb_vl_failed(&c->reader, jb_fail(c->reader.ctx, n->pos, "autosize %s goes with a single plot", type));
        return b;
    }
    for (int i = 0; i < FITS && (x || y) && c->reader.status == JB_OK; i++) {
        const jb_vl_panel *p = c->panels->pdata[0];
        if (x) c->fit_width = b.used_width - p->width;
        if (y) c->fit_height = b.used_height - p->height;
        b = fit_width(c, ends, notes, 1, width);
    }
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
    jb_vl_box b = fit_said(c, ends, notes, width);
    double stretch = 1;
    for (int i = 0; i < 3 && height > 0 && fabs(b.used_height - height) > 0.5; i++) {
        double before = b.used_height, step = before < height ? 0.2 : -0.2;
        b = fit_width(c, ends, notes, stretch + step, width);
        double slope = (b.used_height - before) / step;
        if (fabs(slope) > 1)
            stretch =
                fmin(fmax(STRETCH_LEAST, stretch + (height - before) / slope), fmax(1, height / JB_VL_LEAST));
        b = fit_width(c, ends, notes, stretch, width);
    }
    g_free(ends);
    *used_width = b.used_width;
    *used_height = b.used_height;
}

void jb_vl_move_panels(jb_vl_chart *c, double down) {
    for (guint i = 0; i < c->panels->len; i++) ((jb_vl_panel *)c->panels->pdata[i])->y += down;
}
