/* Figures of columns that are to stand although their figures meet: each over its own column's end, moved aside or
 * raised on a leader, found by search. */
#include "charts/bar_labels.h"

#define AIR 1.6
#define ASCENT 0.84 /* of a figure's ink, em */
#define DESCENT 0.1
#define LEADER_GAP 1.5 /* from the figure to the end of its leader */

enum { RAISES = 3 }; /* so many lines of figures, one over the other */

typedef struct column {
    const jb_column_label *it;
    double x, end; /* its middle, the end of its drawing */
    bool below;    /* it hangs from zero */
    jb_box box;    /* with its arrow */
} column;

static column column_of(const jb_column_label *it, const jb_value *v) {
    double number;
    column c = {.it = it, .x = it->x};
    if (it->text) return c;
    c.below = jb_plot_number(v, &number) && number < 0;
    double reach = jb_bar_reach(v->kind, c.below);
    c.x = (it->bar[0] + it->bar[2]) / 2;
    c.end = c.below ? it->bar[3] + reach : it->bar[1] - reach;
    c.box = (jb_box){it->bar[0], MIN(it->bar[1], c.end), it->bar[2], MAX(it->bar[3], c.end)};
    return c;
}

static void offer(jb_place *place, unsigned id, const column *c, double x, double y, int raise, double cost) {
    double half = jb_label_width(&c->it->label) / 2, size = c->it->label.size;
    jb_slot slot = {.box = {x - half, y - ASCENT * size, x + half, y + DESCENT * size},
                    .cost = cost + 2 * raise,
                    .leader = raise > 0};
    slot.line = (jb_box){c->x, c->end, c->x, c->below ? slot.box.y1 - LEADER_GAP : slot.box.y2 + LEADER_GAP};
    jb_place_slot(place, id, &slot);
}

static void offer_all(jb_place *place, unsigned id, const column *c, double thick, double step) {
    double aside = MAX(0, (jb_label_width(&c->it->label) - thick) / 2);
    for (int raise = 0; raise < (c->it->text ? 1 : RAISES); raise++) {
        double y = c->it->y + (c->below ? 1 : -1) * raise * step;
        offer(place, id, c, c->x, y, raise, 0);
        for (int part = 1; part <= 2 && aside > 0; part++) {
            offer(place, id, c, c->x - aside * part / 2, y, raise, 0.3 * part);
            offer(place, id, c, c->x + aside * part / 2, y, raise, 0.3 * part);
        }
    }
}

static void move(jb_column_label *it, const jb_slot *slot) {
    it->x = (slot->box.x1 + slot->box.x2) / 2;
    it->y = slot->box.y2 - DESCENT * it->label.size;
    it->leader = slot->leader;
    it->line = slot->line;
}

bool jb_column_labels_search(jb_plot *p, const jb_box *frame, jb_column_label *labels, double thick) {
    jb_place *place = jb_place_new(frame, AIR);
    unsigned count = p->category_count * p->series_count;
    bool all = true;
    for (unsigned i = 0; i < count; i++) {
        const jb_column_label *it = &labels[i];
        const column c = column_of(it, &p->categories[i / p->series_count].values[i % p->series_count]);
        unsigned id = jb_place_label(place, (int)i, JB_PLACE_NORMAL);
        all = all && it->drawn;
        if (!it->drawn) continue;
        if (!it->text) jb_place_box(place, &c.box, (int)i);
        offer_all(place, id, &c, thick, p->style->leading - 1);
    }
    jb_place_solve(place);
    all = all && jb_place_dropped(place, NULL, 0) == 0;
    for (unsigned i = 0; i < count && all; i++) move(&labels[i], jb_place_chosen(place, i));
    jb_place_free(place);
    return all;
}
