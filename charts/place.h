/* Where labels stand: each label offers slots, and as many labels as can be get one in which they meet
 * nothing.
 *
 * The hard rule: the box of a placed label lies within the frame, keeps `air` from the box of every other
 * placed label and from every obstacle that is not its own; a leader line crosses no label, no obstacle and
 * no leader that is not its own. What cannot be placed so is not placed.
 *
 * What is chosen: first the fewest labels without a slot, counted by priority, the highest first (no label is
 * dropped for one of lower priority); then the least sum of costs. Labels that can meet form groups. Groups
 * are solved exactly by branch and bound as long as its budget of nodes lasts (jb_place_is_exact tells); else
 * what a greedy search with repair found stands. The same calls give the same result: order of calls decides
 * between equals, the earlier label and the earlier slot win.
 *
 *     jb_place *place = jb_place_new(&frame, 1.5);
 *     jb_place_box(place, &bar, 7);                            // obstacles, with the mark they belong to
 *     unsigned label = jb_place_label(place, 7, JB_PLACE_NORMAL);
 *     jb_place_slot(place, label, &(jb_slot){.box = inside});  // slots, the best first
 *     jb_place_slot(place, label, &(jb_slot){.box = outside, .cost = 1});
 *     jb_place_solve(place);
 *     const jb_slot *slot = jb_place_chosen(place, label);     // NULL: it found no place
 *     jb_place_free(place);
 *
 * Lengths are pt, y goes down, boxes have x1 <= x2 and y1 <= y2. Boxes and lines that are not finite are
 * never free. */
#ifndef JB_CHARTS_PLACE_H
#define JB_CHARTS_PLACE_H

#include <stdbool.h>

typedef struct jb_box {
    double x1, y1, x2, y2;
} jb_box;

enum {
    JB_NO_OWNER = -1,   /* of obstacles that stand in everyone's way */
    JB_PLACE_SLOTS = 64 /* of one label; more are not looked at */
};

typedef enum jb_priority {
    JB_PLACE_LOW,
    JB_PLACE_NORMAL,
    JB_PLACE_HIGH,
    JB_PLACE_FIRST,
    JB_PLACE_PRIORITIES
} jb_priority;

typedef struct jb_slot {
    jb_box box;  /* of the label's ink */
    double cost; /* >= 0; 0 for the best. Compare a change of side with 1 */
    bool leader; /* a line leads to it … */
    jb_box line; /* … from x1, y1 at the mark to x2, y2 at the label */
    int tag;     /* the caller's */
} jb_slot;

typedef struct jb_place jb_place;

jb_place *jb_place_new(const jb_box *frame, double air);
void jb_place_free(jb_place *place);

/* Obstacles: a box, and a stroke of a width. Labels with the same owner (>= 0) do not mind them. */
void jb_place_box(jb_place *place, const jb_box *box, int owner);
void jb_place_stroke(jb_place *place, double x1, double y1, double x2, double y2, double width, int owner);

/* A label of the mark `owner`, or JB_NO_OWNER; returns its index, counted from 0. Beyond JB_LIMIT_PLACED
 * labels are taken but get no slot. */
unsigned jb_place_label(jb_place *place, int owner, jb_priority priority);
void jb_place_slot(jb_place *place, unsigned label, const jb_slot *slot);

void jb_place_solve(jb_place *place);

/* After solving: the slot, owned by `place`, or NULL. */
const jb_slot *jb_place_chosen(const jb_place *place, unsigned label);
unsigned jb_place_count(const jb_place *place);
/* How many labels have no slot; the first `most` of their indices, rising, when `labels` is not NULL. */
unsigned jb_place_dropped(const jb_place *place, unsigned *labels, unsigned most);
/* True when no other choice could be better. */
bool jb_place_is_exact(const jb_place *place);

/* The tests behind the rule, for who draws and who checks. */
bool jb_boxes_meet(const jb_box *a, const jb_box *b, double air);
/* Does the line from x1, y1 to x2, y2 come nearer than `air` to the box, each side taken for itself? */
bool jb_line_meets_box(const jb_box *line, const jb_box *box, double air);
bool jb_lines_cross(const jb_box *a, const jb_box *b);

#endif
