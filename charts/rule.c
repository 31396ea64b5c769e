/* Rules that keep off text: broken where recorded text, or what is taken, stands in their way. */
#include "charts/plot.h"

#define AIR 1.5   /* from text to the ends of the pieces beside it */
#define LEAST 1.0 /* shorter pieces are not drawn */

typedef struct stretch {
    double from, to;
} stretch;

static int compare(gconstpointer a, gconstpointer b) {
    const stretch *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static void add(GArray *list, const jb_box *line, const jb_box *box) {
    bool upright = line->x1 == line->x2;
    stretch it = {(upright ? box->y1 : box->x1) - AIR, (upright ? box->y2 : box->x2) + AIR};
    if (jb_line_meets_box(line, box, AIR)) g_array_append_val(list, it);
}

/* The stretches of an upright or level line that text covers. */
static GArray *covered(const jb_plot *p, const jb_box *line) {
    GArray *list = g_array_new(FALSE, FALSE, sizeof(stretch));
    for (guint i = 0; i < p->drawn->len; i++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
        const jb_box box = {d->box[0], d->box[1], d->box[2], d->box[3]};
        if (d->text) add(list, line, &box);
    }
    for (guint i = 0; i < p->taken->len; i++) add(list, line, &g_array_index(p->taken, jb_box, i));
    g_array_sort(list, compare);
    return list;
}

void jb_plot_rule_around(jb_plot *p, const jb_box *line, jb_colour colour, double width) {
    GArray *list = covered(p, line);
    bool upright = line->x1 == line->x2;
    double from = upright ? line->y1 : line->x1, end = upright ? line->y2 : line->x2;
    for (guint i = 0; i <= list->len; i++) {
        stretch it = i < list->len ? g_array_index(list, stretch, i) : (stretch){end, end};
        double to = MIN(it.from, end);
        if (to - from >= LEAST)
            jb_plot_rule(p, upright ? line->x1 : from, upright ? from : line->y1, upright ? line->x1 : to,
                         upright ? to : line->y1, colour, width);
        from = MAX(from, it.to);
    }
    g_array_free(list, TRUE);
}

void jb_name_above(jb_plot *p, const jb_label *label, double x, double y) {
    const jb_box box = {x, y - label->size * 0.84, x + jb_label_width(label),
                        y + label->size * 0.1 + (label->para->count - 1) * label->leading};
    jb_label_draw(p, label, x, y, 'l');
    g_array_append_val(p->taken, box);
}
