/* Names of series at the right ends of their lines, instead of a legend. */
#include <math.h>
#include <stdlib.h>
#include "charts/vl.h"

#define MOST 6
#define SHARE 0.25 /* of the chart's width, for names */
#define GAP 7.0
#define GAP_MOVED 18.0 /* where leaders are drawn */
#define MOVED 1.5

static bool is_line(const jb_vl_unit *u) { return u->mark == JB_VL_LINE && u->orient != 'h'; }

/* Where along x a row stands: a number, or the place of a name. */
static double along(const jb_vl_scale *x, jb_vl_cell v) {
    if (jb_vl_scale_discrete(x)) {
        int i = jb_vl_scale_index(x, v);
        return i < 0 ? -INFINITY : i;
    }
    return v.kind == JB_VL_NUMBER ? v.number : -INFINITY;
}

/* Does each line have a value at the last place of x? */
static bool all_reach(const jb_vl_panel *p, const jb_vl_scale *s) {
    double last[MOST], most = -INFINITY;
    for (guint i = 0; i < MOST; i++) last[i] = -INFINITY;
    for (unsigned k = 0; k < p->units; k++) {
        const jb_vl_unit *u = p->unit[k];
        if (!is_line(u) || p->scale[k][JB_VL_COLOR] != s) continue;
        for (unsigned i = 0; i < p->table[k]->rows; i++) {
            int name = jb_vl_scale_index(s, jb_vl_table_at(p->table[k], i, u->def[JB_VL_COLOR].column));
            double x = along(p->scale[k][JB_VL_X], jb_vl_table_at(p->table[k], i, u->def[JB_VL_X].column));
            most = fmax(most, x);
            if (jb_vl_table_at(p->table[k], i, u->def[JB_VL_Y].column).kind != JB_VL_NUMBER) continue;
            if (name >= 0 && name < MOST) last[name] = fmax(last[name], x);
        }
    }
    for (guint i = 0; i < s->names->len; i++)
        if (!(last[i] >= most) || !isfinite(most)) return false;
    return true;
}

static bool goes(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_scale *s) {
    const jb_chart_style *style = c->plot->style;
    bool line = false;
    if (s->channel != JB_VL_COLOR || !s->built || !jb_vl_scale_discrete(s) || s->lead->legend) return false;
    if (s->names->len < 2 || s->names->len > MOST) return false;
    if (p->view->height > 0 && p->view->height < s->names->len * style->direct_pitch) return false;
    for (unsigned k = 0; k < p->units; k++) {
        const jb_vl_unit *u = p->unit[k];
        const jb_vl_scale *x = p->scale[k][JB_VL_X];
        bool uses = u->def[JB_VL_COLOR].node && p->scale[k][JB_VL_COLOR] == s;
        if (p->scale[k][JB_VL_Y] != p->scale[0][JB_VL_Y]) return false;
        if (jb_vl_says(u->def[JB_VL_Y].axis, "orient", "right")) return false;
        if (u->mark == JB_VL_BAR || u->mark == JB_VL_RECT || u->mark == JB_VL_AREA) return false;
        if (!uses || !is_line(u)) continue;
        if (u->def[JB_VL_COLOR].column < 0 || !x->built || x->reverse || u->def[JB_VL_X].column < 0)
            return false;
        if (u->def[JB_VL_COLOR].condition || u->def[JB_VL_ORDER].node) return false;
        line = true;
    }
    for (guint i = 0; line && i < s->names->len; i++) {
        const char *name =
            jb_vl_label(&c->reader, s->lead, g_array_index(s->names, jb_vl_cell, i), 0, 0, NULL);
        jb_label label = jb_label_new(c->plot, name, style->label, false, style->text);
        if (label.para->width > SHARE * c->plot->width) return false;
        c->direct_room = fmax(c->direct_room, label.para->width + GAP_MOVED);
    }
    return line && all_reach(p, s);
}

void jb_vl_direct_plan(jb_vl_chart *c) {
    if (c->panels->len != 1) return;
    for (guint i = 0; i < c->scales->len && !c->direct; i++)
        if (goes(c, c->panels->pdata[0], c->scales->pdata[i])) c->direct = c->scales->pdata[i];
    if (!c->direct) c->direct_room = 0;
}

void jb_vl_direct_end(jb_vl_chart *c, jb_vl_cell name, double x, double y, jb_colour colour) {
    int i = jb_vl_scale_index(c->direct, name);
    if (i < 0 || i >= MOST) return;
    jb_vl_end *e = &c->ends[i];
    if (e->there && e->x >= x) return;
    *e = (jb_vl_end){true, x, y, 0, colour, (unsigned)i};
}

static int by_height(const void *a, const void *b) {
    const jb_vl_end *p = a, *q = b;
    return p->y < q->y ? -1 : p->y > q->y ? 1 : p->name < q->name ? -1 : p->name > q->name;
}

/* Names keep their pitch: those that would meet stand round the middle of their lines' ends. */
static void spread(jb_vl_end *e, unsigned n, double pitch, double top, double bottom) {
    for (unsigned i = 0, from; i < n; i++) {
        e[i].at = e[i].y;
        for (from = i; from > 0 && e[from].at < e[from - 1].at + pitch - 1e-6;) {
            double sum = 0;
            from = 0;
            for (unsigned k = i; k > 0; k--) /* the run of names at the pitch that ends here */
                if (e[k].at > e[k - 1].at + pitch + 1e-6) {
                    from = k;
                    break;
                }
            for (unsigned k = from; k <= i; k++) sum += e[k].y - (k - from) * pitch;
            for (unsigned k = from; k <= i; k++) e[k].at = sum / (i - from + 1) + (k - from) * pitch;
        }
    }
    if (n && e[n - 1].at > bottom)
        for (unsigned i = n; i-- > 0;) e[i].at = fmin(e[i].at, bottom - (n - 1 - i) * pitch);
    if (n && e[0].at < top)
        for (unsigned i = 0; i < n; i++) e[i].at = fmax(e[i].at, top + i * pitch);
}

void jb_vl_direct_draw(jb_vl_chart *c) {
    const jb_chart_style *style = c->plot->style;
    jb_vl_end e[MOST];
    unsigned n = 0;
    bool moved = false;
    if (!c->direct) return;
    const jb_vl_panel *p = c->panels->pdata[0];
    for (unsigned i = 0; i < MOST; i++)
        if (c->ends[i].there) e[n++] = c->ends[i];
    qsort(e, n, sizeof *e, by_height);
    spread(e, n, style->direct_pitch, p->y, p->y + p->height);
    for (unsigned i = 0; i < n; i++) moved = moved || fabs(e[i].at - e[i].y) > MOVED;
    for (unsigned i = 0; i < n; i++) {
        const char *name = jb_vl_label(&c->reader, c->direct->lead,
                                       g_array_index(c->direct->names, jb_vl_cell, e[i].name), 0, 0, NULL);
        jb_label label = jb_label_new(c->plot, name, style->label, false, style->text);
        double x = e[i].x + (moved ? GAP_MOVED : GAP), elbow = e[i].x + GAP_MOVED / 2;
        const double line[] = {e[i].x + 3, e[i].y, elbow, e[i].at, x - 2, e[i].at};
        jb_paint paint = jb_paint_stroke(e[i].colour, style->baseline_width);
        if (moved) jb_scene_polyline(c->plot->scene, line, 3, false, &paint);
        jb_label_draw(c->plot, &label, x, jb_label_centre(style->label, e[i].at), 'l');
        jb_vl_labels_guide(c->labels, &label, x, jb_label_centre(style->label, e[i].at), 'l');
    }
}
