/* Figures of columns that are to stand although their figures meet: each over its own column's end, moved aside or
 * raised on a leader, found by search. */
#include "charts/bar_labels.h"

#define AIR 1.6
#define ASCENT 0.84 /* of a figure's ink, em */
#define DESCENT 0.1
#define LEADER_GAP 1.5 /* from the figure to the end of its leader */

enum { RAISES = 3 }; /* so many lines of figures, one over the other */

static void offer(jb_place *place, unsigned id, const jb_bar_label *it, double x, int raise, double cost) {
    double way = it->below ? 1 : -1, y = it->y + way * raise * it->step, half = it->width / 2;
    jb_slot slot = {.box = {x - half, y - ASCENT * it->size, x + half, y + DESCENT * it->size},
                    .cost = cost + 2 * raise,
                    .leader = raise > 0,
                    .tag = raise};
    slot.line = (jb_box){it->x, it->end, it->x, it->below ? slot.box.y1 - LEADER_GAP : slot.box.y2 + LEADER_GAP};
    if (raise == 0 || (x - half < it->x && it->x < x + half)) jb_place_slot(place, id, &slot);
}

bool jb_bar_labels_place(const jb_box *frame, jb_bar_label *labels, unsigned count) {
    jb_place *place = jb_place_new(frame, AIR);
    for (unsigned i = 0; i < count; i++) {
        const jb_bar_label *it = &labels[i];
        double aside = MAX(0, it->width / 2 - it->thick / 2);
        unsigned id = jb_place_label(place, (int)i, JB_PLACE_NORMAL);
        if (!it->text) jb_place_box(place, &it->bar, (int)i);
        for (int raise = 0; raise < (it->text ? 1 : RAISES); raise++) {
            offer(place, id, it, it->x, raise, 0);
            for (int part = 1; part <= 2 && aside > 0; part++) {
                offer(place, id, it, it->x - aside * part / 2, raise, 0.3 * part);
                offer(place, id, it, it->x + aside * part / 2, raise, 0.3 * part);
            }
        }
    }
    jb_place_solve(place);
    bool all = jb_place_dropped(place, NULL, 0) == 0;
    for (unsigned i = 0; i < count && all; i++) {
        const jb_slot *slot = jb_place_chosen(place, i);
        labels[i].placed_x = (slot->box.x1 + slot->box.x2) / 2;
        labels[i].placed_y = slot->box.y2 - DESCENT * labels[i].size;
        labels[i].leader = slot->leader;
        labels[i].line = slot->line;
    }
    jb_place_free(place);
    return all;
}
