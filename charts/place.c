/* Label placement: what is asked, which slots are free of obstacles, and the answers. */
#include "charts/place_parts.h"

#include <math.h>
#include "base/limits.h"

#define EDGE 0.01 /* a label may lie on the frame */

/* ---- geometry ---- */

bool jb_boxes_meet(const jb_box *a, const jb_box *b, double air) {
    return a->x1 < b->x2 + air && b->x1 < a->x2 + air && a->y1 < b->y2 + air && b->y1 < a->y2 + air;
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

bool jb_line_meets_box(const jb_box *line, const jb_box *box, double air) {
    double from = 0, to = 1;
    if (line->x1 == line->x2 && line->y1 == line->y2)
        return jb_boxes_meet(&(jb_box){line->x1, line->y1, line->x1, line->y1}, box, air);
    return clip(line->x1, line->x2 - line->x1, box->x1 - air, box->x2 + air, &from, &to) &&
           clip(line->y1, line->y2 - line->y1, box->y1 - air, box->y2 + air, &from, &to);
}

static double turn(const jb_box *line, double x, double y) {
    return (line->x2 - line->x1) * (y - line->y1) - (line->y2 - line->y1) * (x - line->x1);
}

bool jb_lines_cross(const jb_box *a, const jb_box *b) {
    double a1 = turn(b, a->x1, a->y1), a2 = turn(b, a->x2, a->y2), b1 = turn(a, b->x1, b->y1),
           b2 = turn(a, b->x2, b->y2);
    return ((a1 < 0 && a2 > 0) || (a1 > 0 && a2 < 0)) && ((b1 < 0 && b2 > 0) || (b1 > 0 && b2 < 0));
}

bool jb_slots_meet(const jb_slot *a, const jb_slot *b, double air) {
    return jb_boxes_meet(&a->box, &b->box, air) || (a->leader && jb_line_meets_box(&a->line, &b->box, 0)) ||
           (b->leader && jb_line_meets_box(&b->line, &a->box, 0)) ||
           (a->leader && b->leader && jb_lines_cross(&a->line, &b->line));
}

/* ---- asking ---- */

jb_place *jb_place_new(const jb_box *frame, double air) {
    jb_place *place = g_new0(jb_place, 1);
    place->frame = *frame;
    place->air = air;
    place->offered = g_array_new(FALSE, FALSE, sizeof(jb_place_slots));
    place->texts = g_array_new(FALSE, FALSE, sizeof(jb_place_text));
    place->obstacles = g_array_new(FALSE, FALSE, sizeof(jb_place_obstacle));
    place->free = g_array_new(FALSE, FALSE, sizeof(jb_place_slots));
    return place;
}

void jb_place_free(jb_place *place) {
    if (!place) return;
    g_array_free(place->offered, TRUE);
    g_array_free(place->texts, TRUE);
    g_array_free(place->obstacles, TRUE);
    g_array_free(place->free, TRUE);
    g_free(place);
}

static bool is_finite(const jb_box *box) {
    return isfinite(box->x1) && isfinite(box->y1) && isfinite(box->x2) && isfinite(box->y2);
}

void jb_place_box(jb_place *place, const jb_box *box, int owner) {
    jb_place_obstacle obstacle = {*box, -1, owner};
    if (is_finite(box)) g_array_append_val(place->obstacles, obstacle);
}

void jb_place_stroke(jb_place *place, double x1, double y1, double x2, double y2, double width, int owner) {
    jb_place_obstacle obstacle = {{x1, y1, x2, y2}, MAX(width, 0) / 2, owner};
    if (is_finite(&obstacle.box) && isfinite(width)) g_array_append_val(place->obstacles, obstacle);
}

unsigned jb_place_label(jb_place *place, int owner, jb_priority priority) {
    jb_place_text text = {.owner = owner, .priority = priority, .chosen = -1};
    g_array_append_val(place->texts, text);
    return place->texts->len - 1;
}

void jb_place_slot(jb_place *place, unsigned label, const jb_slot *slot) {
    jb_place_text *text = jb_text_nth(place, label);
    jb_place_slots it = {label, *slot};
    if (label >= JB_LIMIT_PLACED || text->slots >= JB_PLACE_SLOTS) return;
    text->slots++;
    if (is_finite(&slot->box) && isfinite(slot->cost) && (!slot->leader || is_finite(&slot->line)))
        g_array_append_val(place->offered, it);
}

/* ---- free of obstacles ---- */

typedef struct probe {
    const jb_place *place;
    const jb_slot *slot;
    int owner;
} probe;

static bool is_in_the_way(void *user, unsigned i) {
    const probe *q = user;
    const jb_place_obstacle *o = &g_array_index(q->place->obstacles, jb_place_obstacle, i);
    if (o->owner >= 0 && o->owner == q->owner) return false;
    if (o->half < 0)
        return jb_boxes_meet(&q->slot->box, &o->box, q->place->air) ||
               (q->slot->leader && jb_line_meets_box(&q->slot->line, &o->box, 0));
    return jb_line_meets_box(&o->box, &q->slot->box, q->place->air + o->half) ||
           (q->slot->leader && jb_lines_cross(&q->slot->line, &o->box));
}

static bool is_within(const jb_box *frame, const jb_box *box) {
    return box->x1 >= frame->x1 - EDGE && box->x2 <= frame->x2 + EDGE && box->y1 >= frame->y1 - EDGE &&
           box->y2 <= frame->y2 + EDGE;
}

/* What a slot covers with its leader. */
static jb_box reach_of(const jb_slot *s, double air) {
    jb_box box = s->box;
    if (s->leader) {
        box.x1 = MIN(box.x1, MIN(s->line.x1, s->line.x2));
        box.x2 = MAX(box.x2, MAX(s->line.x1, s->line.x2));
        box.y1 = MIN(box.y1, MIN(s->line.y1, s->line.y2));
        box.y2 = MAX(box.y2, MAX(s->line.y1, s->line.y2));
    }
    return (jb_box){box.x1 - air, box.y1 - air, box.x2 + air, box.y2 + air};
}

static jb_cells *index_obstacles(const jb_place *place) {
    jb_cells *cells = jb_cells_new(&place->frame, place->obstacles->len);
    for (guint i = 0; i < place->obstacles->len; i++) {
        const jb_place_obstacle *o = &g_array_index(place->obstacles, jb_place_obstacle, i);
        if (o->half < 0)
            jb_cells_add(cells, &o->box, i);
        else
            jb_cells_add_line(cells, &o->box, o->half, i);
    }
    return cells;
}

static int compare_slots(gconstpointer a, gconstpointer b) {
    const jb_place_slots *x = a, *y = b;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    return x->slot.cost < y->slot.cost ? -1 : x->slot.cost > y->slot.cost;
}

static void find_free(jb_place *place) {
    jb_cells *cells = index_obstacles(place);
    g_array_set_size(place->free, 0);
    for (guint i = 0; i < place->offered->len; i++) {
        const jb_place_slots *it = &g_array_index(place->offered, jb_place_slots, i);
        probe q = {place, &it->slot, jb_text_nth(place, it->label)->owner};
        jb_box reach = reach_of(&it->slot, place->air);
        if (!is_within(&place->frame, &it->slot.box) || jb_cells_find(cells, &reach, is_in_the_way, &q))
            continue;
        g_array_append_val(place->free, *it);
    }
    jb_cells_free(cells);
    g_array_sort(place->free, compare_slots); /* stable */
    for (guint i = 0; i < place->texts->len; i++)
        jb_text_nth(place, i)->count = 0, jb_text_nth(place, i)->chosen = -1;
    for (guint i = 0; i < place->free->len; i++) {
        jb_place_text *text = jb_text_nth(place, jb_free_nth(place, i)->label);
        if (!text->count++) text->first = i;
    }
}

void jb_place_solve(jb_place *place) {
    find_free(place);
    jb_place_choose(place);
}

/* ---- answers ---- */

const jb_slot *jb_place_chosen(const jb_place *place, unsigned label) {
    int chosen = jb_text_nth(place, label)->chosen;
    return chosen < 0 ? NULL : &jb_free_nth(place, (unsigned)chosen)->slot;
}

unsigned jb_place_count(const jb_place *place) { return place->texts->len; }

unsigned jb_place_dropped(const jb_place *place, unsigned *labels, unsigned most) {
    unsigned n = 0;
    for (guint i = 0; i < place->texts->len; i++) {
        if (jb_text_nth(place, i)->chosen >= 0) continue;
        if (labels && n < most) labels[n] = i;
        n++;
    }
    return n;
}

bool jb_place_is_exact(const jb_place *place) { return place->exact; }
