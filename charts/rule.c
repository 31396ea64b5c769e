/* Rules that keep off text: broken where recorded text stands in their way. */
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

/* The stretches of an upright or level line that text covers. */
static GArray *covered(const jb_plot *p, const jb_box *line) {
    GArray *list = g_array_new(FALSE, FALSE, sizeof(stretch));
    bool upright = line->x1 == line->x2;
    for (guint i = 0; i < p->drawn->len; i++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
        const jb_box box = {d->box[0], d->box[1], d->box[2], d->box[3]};
        if (!d->text || !jb_line_meets_box(line, &box, AIR)) continue;
        stretch it = {(upright ? box.y1 : box.x1) - AIR, (upright ? box.y2 : box.x2) + AIR};
        g_array_append_val(list, it);
    }
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
