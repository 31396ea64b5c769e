/* What the parts of label placement share: slots that are free, and which of them exclude each other.
 * Internal to charts/place*.c. */
#ifndef JB_CHARTS_PLACE_PARTS_H
#define JB_CHARTS_PLACE_PARTS_H

#include "charts/place_grid.h"

typedef struct jb_place_slots {
    unsigned label;
    jb_slot slot;
} jb_place_slots;

typedef struct jb_place_text {
    int owner;
    jb_priority priority;
    unsigned slots;        /* offered */
    unsigned first, count; /* of free slots, the cheapest first */
    int chosen;            /* free slot, or -1 */
    unsigned group;
} jb_place_text;

typedef struct jb_place_obstacle {
    jb_box box;  /* or a line's ends */
    double half; /* of a stroke's width; below zero: a box */
    int owner;
} jb_place_obstacle;

struct jb_place {
    jb_box frame;
    double air;
    GArray *offered;   /* jb_place_slots, as they came */
    GArray *texts;     /* jb_place_text */
    GArray *obstacles; /* jb_place_obstacle */
    GArray *free;      /* jb_place_slots, by label, then cost */
    bool exact;
};

/* Slots that exclude each other, as lists: those of slot i are at[first[i]] to at[first[i + 1] - 1]. */
typedef struct jb_conflicts {
    unsigned *first, *at;
} jb_conflicts;

bool jb_slots_meet(const jb_slot *a, const jb_slot *b, double air);
/* place_solve.c: chooses among free slots. */
void jb_place_choose(jb_place *place);

static inline jb_place_text *jb_text_nth(const jb_place *place, unsigned i) {
    return &g_array_index(place->texts, jb_place_text, i);
}
static inline jb_place_slots *jb_free_nth(const jb_place *place, unsigned i) {
    return &g_array_index(place->free, jb_place_slots, i);
}

#endif
