/* Figures beside points: where a place is free of marks, lines and other labels. */
#include <math.h>
#include "charts/plot.h"

#define AIR 1.6     /* least distance from anything */
#define ASCENT 0.84 /* of a label's ink, em */
#define DESCENT 0.1
#define RINGS 4       /* so many distances are tried … */
#define RING_STEP 3.0 /* … each so much farther than the last */
#define SIDE_AIR 2.0  /* from the marker to a label beside it */

typedef struct seeker {
    jb_plot *p;
    unsigned panel;
    jb_box field; /* where labels may stand */
    unsigned dropped;
    const char *first_dropped;
} seeker;

static bool meet(const jb_box *a, const jb_box *b) {
    return a->x1 < b->x2 + AIR && b->x1 < a->x2 + AIR && a->y1 < b->y2 + AIR && b->y1 < a->y2 + AIR;
}

/* Narrows [*from, *to], shares of a stretch, to where it is between two parallels; false when nothing is
 * left. */
static bool clip(double start, double length, double low, double high, double *from, double *to) {
    if (fabs(length) < 1e-9) return start > low && start < high;
    double a = (low - start) / length, b = (high - start) / length;
    *from = MAX(*from, MIN(a, b));
    *to = MIN(*to, MAX(a, b));
    return *from < *to;
}

static bool is_crossed(const jb_box *box, const jb_box *line) {
    double from = 0, to = 1;
    return clip(line->x1, line->x2 - line->x1, box->x1 - AIR, box->x2 + AIR, &from, &to) &&
           clip(line->y1, line->y2 - line->y1, box->y1 - AIR, box->y2 + AIR, &from, &to);
}

static bool is_free(const seeker *k, const jb_box *box) {
    const jb_plot *p = k->p;
    if (box->x1 < k->field.x1 || box->x2 > k->field.x2 || box->y1 < k->field.y1 || box->y2 > k->field.y2)
        return false;
    for (guint i = 0; i < p->taken->len; i++)
        if (meet(box, &g_array_index(p->taken, jb_box, i))) return false;
    for (guint i = 0; i < p->strokes->len; i++)
        if (is_crossed(box, &g_array_index(p->strokes, jb_box, i))) return false;
    for (guint i = 0; i < p->drawn->len; i++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
        const jb_box other = {d->box[0], d->box[1], d->box[2], d->box[3]};
        if (d->panel == k->panel && meet(box, &other)) return false;
    }
    return true;
}

/* Above, below, then beside the point, ever farther. */
static bool find_place(const seeker *k, const jb_label *label, double x, double y, jb_box *box) {
    static const signed char sides[][2] = {{0, -1}, {0, 1},  {1, -1}, {-1, -1},
                                           {1, 1},  {-1, 1}, {1, 0},  {-1, 0}};
    double w = jb_label_width(label), h = (ASCENT + DESCENT) * label->size, r = k->p->style->point_radius;
    for (int ring = 0; ring < RINGS; ring++) {
        for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
            double away = r + SIDE_AIR + ring * RING_STEP, side = sides[i][0], up = sides[i][1];
            double middle = x + side * (w / 2 + (up != 0 ? away * 0.4 : away)),
                   centre = y + up * (h / 2 + away);
            *box = (jb_box){middle - w / 2, centre - h / 2, middle + w / 2, centre + h / 2};
            if (is_free(k, box)) return true;
        }
    }
    return false;
}

static void put(seeker *k, const jb_label *label, double x, double y) {
    jb_plot *p = k->p;
    jb_box box;
    if (!find_place(k, label, x, y, &box)) {
        if (!k->dropped++) k->first_dropped = label->text;
        return;
    }
    jb_paint ground = jb_paint_fill(p->style->paper);
    double drawn[4] = {box.x1, box.y1, box.x2, box.y2};
    jb_scene_rect(p->scene, box.x1 - 1, box.y1, box.x2 - box.x1 + 2, box.y2 - box.y1, &ground);
    jb_label_draw(p, label, box.x1, box.y1 + ASCENT * label->size, 'l');
    jb_plot_record(p, "text", k->panel, drawn, NULL, NULL, label->text);
}

static void label_value(seeker *k, unsigned s, unsigned i, double x, double base, double scale, bool result) {
    jb_plot *p = k->p;
    const jb_panel *panel = &p->panels[k->panel];
    const jb_value *v = &p->categories[panel->first + i].values[s];
    double number;
    if ((result || jb_point_qualified(v)) && jb_plot_number(v, &number)) {
        jb_label label = jb_label_new(p, jb_value_label(p, v), p->style->label, result,
                                      result ? p->style->text : p->style->text2);
        put(k, &label, x, base - number * scale);
    } else if (v->kind == JB_VALUE_TEXT || v->kind == JB_VALUE_SAME) {
        jb_label label = jb_label_value(p, &p->series[s], v);
        if (!jb_plot_number(v, &number)) put(k, &label, x, panel->y + panel->height);
    }
}

void jb_point_labels(jb_plot *p, unsigned panel, const double *at, double base, double scale, bool ends) {
    const jb_panel *it = &p->panels[panel];
    double r = p->style->point_radius + 1, right = ends ? at[it->count - 1] + r : it->x + it->width;
    seeker k = {.p = p, .panel = panel};
    double number;
    k.field = (jb_box){ends ? at[0] - r : it->x, it->y - 4, right, it->y + it->height};
    for (unsigned s = 0; s < p->series_count; s++) {
        if (p->series[s].mark != JB_MARK_LINE) continue;
        int last = jb_line_last(p, it, s);
        bool goes_on = jb_line_goes_on(p, it, s);
        for (unsigned i = 0; i < it->count; i++) {
            bool point = jb_plot_number(&p->categories[it->first + i].values[s], &number);
            bool result = ends && goes_on && (int)i == last;
            if (ends && point && ((i == 0 && it->count > 1) || ((int)i == last && !result))) continue;
            label_value(&k, s, i, at[i], base, scale, result);
        }
    }
    if (k.dropped)
        jb_plot_note_add(
            p, p->spec->node->pos,
            "%u figures (“%s” and others) find no room beside their points; draw fewer rows or lines, or "
            "give more height",
            k.dropped, k.first_dropped);
}
