/* Which slots are taken: greedy by priority with repair, then branch and bound over each group of labels that
 * can meet. */
#include "charts/place_parts.h"

#include <string.h>

enum {
    MOST_CONFLICTS = 1 << 21, /* beyond, slots are taken one after the other */
    MOST_EXACT = 60,          /* labels of a group that is searched */
    GROUP_NODES = 3000,       /* of the search tree, for one group … */
    ALL_NODES = 20000         /* … and for all */
};

typedef struct solver {
    jb_place *place;
    GArray *pairs;      /* unsigned, two and two, while conflicts are found */
    jb_conflicts meets; /* between free slots of different labels */
    unsigned *blocked;  /* how many taken slots exclude this one */
    unsigned *parent;   /* of labels, union-find */
    unsigned nodes;     /* left */
} solver;

/* How good a choice is: fewer labels without a slot by priority, then cost. */
typedef struct worth {
    unsigned dropped[JB_PLACE_PRIORITIES];
    double cost;
} worth;

static bool is_better(const worth *a, const worth *b) {
    for (int i = JB_PLACE_PRIORITIES; i-- > 0;)
        if (a->dropped[i] != b->dropped[i]) return a->dropped[i] < b->dropped[i];
    return a->cost < b->cost - 1e-9;
}

/* ---- conflicts ---- */

typedef struct pairing {
    solver *s;
    unsigned slot;
    unsigned *seen; /* the last slot that saw this one, + 1 */
} pairing;

static bool add_pair(void *user, unsigned other) {
    pairing *q = user;
    const jb_place *place = q->s->place;
    const jb_place_slots *a = jb_free_nth(place, q->slot), *b = jb_free_nth(place, other);
    if (a->label == b->label || q->seen[other] == q->slot + 1) return false;
    q->seen[other] = q->slot + 1;
    if (!jb_slots_meet(&a->slot, &b->slot, place->air)) return false;
    g_array_append_val(q->s->pairs, q->slot);
    g_array_append_val(q->s->pairs, other);
    return q->s->pairs->len > 2 * MOST_CONFLICTS;
}

static jb_box reach_of(const jb_slot *s, double air) {
    const jb_box *b = &s->box, *l = &s->line;
    if (!s->leader) return (jb_box){b->x1 - air, b->y1 - air, b->x2 + air, b->y2 + air};
    return (jb_box){MIN(b->x1, MIN(l->x1, l->x2)) - air, MIN(b->y1, MIN(l->y1, l->y2)) - air,
                    MAX(b->x2, MAX(l->x1, l->x2)) + air, MAX(b->y2, MAX(l->y1, l->y2)) + air};
}

/* Pairs of slots that meet; false when there are too many. */
static bool find_pairs(solver *s) {
    const jb_place *place = s->place;
    unsigned count = place->free->len;
    jb_cells *cells = jb_cells_new(&place->frame, count);
    pairing q = {.s = s, .seen = g_new0(unsigned, count + 1)};
    bool full = false;
    for (unsigned i = 0; i < count && !full; i++) {
        jb_box reach = reach_of(&jb_free_nth(place, i)->slot, place->air);
        q.slot = i;
        full = jb_cells_find(cells, &reach, add_pair, &q);
        jb_cells_add(cells, &reach, i);
    }
    g_free(q.seen);
    jb_cells_free(cells);
    return !full;
}

static void list_conflicts(solver *s) {
    unsigned count = s->place->free->len;
    const unsigned *pair = (const unsigned *)(const void *)s->pairs->data;
    unsigned *first = s->meets.first = g_new0(unsigned, count + 2);
    s->meets.at = g_new(unsigned, s->pairs->len + 1);
    for (guint i = 0; i < s->pairs->len; i++) first[pair[i] + 2]++;
    for (unsigned i = 2; i < count + 2; i++) first[i] += first[i - 1];
    for (guint i = 0; i < s->pairs->len; i++) s->meets.at[first[pair[i] + 1]++] = pair[i ^ 1];
}

/* ---- taking slots ---- */

static void mark(solver *s, unsigned slot, int by) {
    for (unsigned k = s->meets.first[slot]; k < s->meets.first[slot + 1]; k++)
        s->blocked[s->meets.at[k]] += (unsigned)by;
}

static void take(solver *s, unsigned label, int slot) {
    jb_place_text *text = jb_text_nth(s->place, label);
    if (text->chosen >= 0) mark(s, (unsigned)text->chosen, -1);
    text->chosen = slot;
    if (slot >= 0) mark(s, (unsigned)slot, 1);
}

/* The cheapest free slot of a label, other than `not`. */
static int cheapest(const solver *s, unsigned label, int except) {
    const jb_place_text *text = jb_text_nth(s->place, label);
    for (unsigned i = text->first; i < text->first + text->count; i++)
        if (!s->blocked[i] && (int)i != except) return (int)i;
    return -1;
}

/* The label whose taken slot alone excludes this one; -1 when there are several. */
static int sole_blocker(const solver *s, unsigned slot) {
    int found = -1;
    for (unsigned k = s->meets.first[slot]; k < s->meets.first[slot + 1]; k++) {
        unsigned other = s->meets.at[k], label = jb_free_nth(s->place, other)->label;
        if (jb_text_nth(s->place, label)->chosen != (int)other) continue;
        if (found >= 0) return -1;
        found = (int)label;
    }
    return found;
}

/* A label without a slot takes one whose only holder can go elsewhere. */
static bool push_away(solver *s, unsigned label) {
    const jb_place_text *text = jb_text_nth(s->place, label);
    for (unsigned i = text->first; i < text->first + text->count; i++) {
        int holder = sole_blocker(s, i);
        if (holder < 0) continue;
        int before = jb_text_nth(s->place, (unsigned)holder)->chosen;
        take(s, (unsigned)holder, -1);
        take(s, label, (int)i);
        int other = cheapest(s, (unsigned)holder, before);
        if (other >= 0) {
            take(s, (unsigned)holder, other);
            return true;
        }
        take(s, label, -1);
        take(s, (unsigned)holder, before);
    }
    return false;
}

static void choose_greedily(solver *s) {
    unsigned count = s->place->texts->len;
    for (int priority = JB_PLACE_PRIORITIES; priority-- > 0;) {
        for (unsigned i = 0; i < count; i++) {
            if ((int)jb_text_nth(s->place, i)->priority != priority) continue;
            int slot = cheapest(s, i, -1);
            if (slot >= 0)
                take(s, i, slot);
            else
                push_away(s, i);
        }
    }
}

/* ---- exact search ---- */

typedef struct search {
    solver *s;
    const unsigned *labels; /* of the group */
    unsigned count;
    double *rest; /* the least that the labels from i on cost when all get a slot */
    int *best;    /* a slot for each, or -1 */
    worth best_worth;
    unsigned nodes; /* left */
} search;

static void visit(search *q, unsigned depth, const worth *here) {
    const jb_place *place = q->s->place;
    if (!q->nodes) return;
    q->nodes--;
    worth bound = *here;
    bound.cost += q->rest[depth];
    if (!is_better(&bound, &q->best_worth)) return;
    if (depth == q->count) {
        q->best_worth = *here;
        for (unsigned i = 0; i < q->count; i++) q->best[i] = jb_text_nth(place, q->labels[i])->chosen;
        return;
    }
    unsigned label = q->labels[depth];
    const jb_place_text *text = jb_text_nth(place, label);
    for (unsigned i = text->first; i < text->first + text->count; i++) {
        if (q->s->blocked[i]) continue;
        worth next = *here;
        next.cost += jb_free_nth(place, i)->slot.cost;
        take(q->s, label, (int)i);
        visit(q, depth + 1, &next);
        take(q->s, label, -1);
    }
    worth without = *here;
    without.dropped[text->priority]++;
    visit(q, depth + 1, &without);
}

static worth worth_of(const solver *s, const unsigned *labels, unsigned count) {
    worth w = {.cost = 0};
    for (unsigned i = 0; i < count; i++) {
        const jb_place_text *text = jb_text_nth(s->place, labels[i]);
        if (text->chosen < 0)
            w.dropped[text->priority]++;
        else
            w.cost += jb_free_nth(s->place, (unsigned)text->chosen)->slot.cost;
    }
    return w;
}

/* Labels of high priority and few slots first. */
static int compare_labels(gconstpointer a, gconstpointer b, gpointer user) {
    const jb_place *place = user;
    unsigned i = *(const unsigned *)a, k = *(const unsigned *)b;
    const jb_place_text *x = jb_text_nth(place, i), *y = jb_text_nth(place, k);
    if (x->priority != y->priority) return x->priority > y->priority ? -1 : 1;
    if (x->count != y->count) return x->count < y->count ? -1 : 1;
    return i < k ? -1 : i > k;
}

/* Begins with what stands now as the best so far. A label that gets no slot makes a choice worse than any
 * cost would, so the bound may count the cheapest slot of each. */
static void search_group(solver *s, unsigned *labels, unsigned count) {
    g_qsort_with_data(labels, (int)count, sizeof *labels, compare_labels, s->place);
    search q = {.s = s, .labels = labels, .count = count, .nodes = MIN(s->nodes, GROUP_NODES)};
    unsigned given = q.nodes;
    q.best = g_new(int, count);
    q.rest = g_new0(double, count + 1);
    q.best_worth = worth_of(s, labels, count);
    for (unsigned i = 0; i < count; i++) {
        q.best[i] = jb_text_nth(s->place, labels[i])->chosen;
        take(s, labels[i], -1);
    }
    for (unsigned i = count; i-- > 0;) {
        const jb_place_text *text = jb_text_nth(s->place, labels[i]);
        q.rest[i] = q.rest[i + 1] + (text->count ? jb_free_nth(s->place, text->first)->slot.cost : 0);
    }
    worth none = {.cost = 0};
    visit(&q, 0, &none);
    if (!q.nodes) s->place->exact = false;
    s->nodes -= given - q.nodes;
    for (unsigned i = 0; i < count; i++) take(s, labels[i], q.best[i]);
    g_free(q.best);
    g_free(q.rest);
}

/* ---- groups ---- */

static unsigned root_of(solver *s, unsigned label) {
    while (s->parent[label] != label) label = s->parent[label] = s->parent[s->parent[label]];
    return label;
}

static void join_groups(solver *s) {
    const unsigned *pair = (const unsigned *)(const void *)s->pairs->data;
    unsigned count = s->place->texts->len;
    s->parent = g_new(unsigned, count + 1);
    for (unsigned i = 0; i < count; i++) s->parent[i] = i;
    for (guint i = 0; i < s->pairs->len; i += 2) {
        unsigned a = root_of(s, jb_free_nth(s->place, pair[i])->label),
                 b = root_of(s, jb_free_nth(s->place, pair[i + 1])->label);
        if (a != b) s->parent[MAX(a, b)] = MIN(a, b);
    }
    for (unsigned i = 0; i < count; i++) jb_text_nth(s->place, i)->group = root_of(s, i);
}

/* True when every label has its cheapest slot: no search can do better. */
static bool is_ideal(const solver *s, const unsigned *labels, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        const jb_place_text *text = jb_text_nth(s->place, labels[i]);
        if (text->count && text->chosen != (int)text->first) return false;
    }
    return true;
}

static void search_groups(solver *s) {
    unsigned count = s->place->texts->len, *labels = g_new(unsigned, count + 1),
             *next = g_new(unsigned, count + 1), *last = g_new(unsigned, count + 1);
    for (unsigned i = 0; i < count; i++) { /* a list for each group, from its least label on */
        unsigned group = jb_text_nth(s->place, i)->group;
        next[i] = i;
        if (group != i) next[last[group]] = i;
        last[group] = i;
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned n = 0;
        if (jb_text_nth(s->place, i)->group != i) continue;
        for (unsigned k = i;; k = next[k]) {
            labels[n++] = k;
            if (next[k] == k) break;
        }
        if (is_ideal(s, labels, n)) continue;
        if (n <= MOST_EXACT && s->nodes)
            search_group(s, labels, n);
        else
            s->place->exact = false;
    }
    g_free(labels);
    g_free(next);
    g_free(last);
}

/* ---- without a list of conflicts ---- */

typedef struct taken {
    const jb_place *place;
    const jb_slot *slot;
} taken;

static bool is_taken_here(void *user, unsigned other) {
    const taken *q = user;
    return jb_slots_meet(q->slot, &jb_free_nth(q->place, other)->slot, q->place->air);
}

static void choose_in_order(jb_place *place, jb_cells *cells, unsigned label) {
    jb_place_text *text = jb_text_nth(place, label);
    for (unsigned i = text->first; i < text->first + text->count; i++) {
        const jb_slot *slot = &jb_free_nth(place, i)->slot;
        jb_box reach = reach_of(slot, place->air);
        if (jb_cells_find(cells, &reach, is_taken_here, &(taken){place, slot})) continue;
        text->chosen = (int)i;
        jb_cells_add(cells, &reach, i);
        return;
    }
}

static void choose_one_by_one(jb_place *place) {
    jb_cells *cells = jb_cells_new(&place->frame, place->texts->len);
    place->exact = false;
    for (int priority = JB_PLACE_PRIORITIES; priority-- > 0;)
        for (unsigned i = 0; i < place->texts->len; i++)
            if ((int)jb_text_nth(place, i)->priority == priority) choose_in_order(place, cells, i);
    jb_cells_free(cells);
}

void jb_place_choose(jb_place *place) {
    solver s = {.place = place, .nodes = ALL_NODES, .pairs = g_array_new(FALSE, FALSE, sizeof(unsigned))};
    place->exact = true;
    if (find_pairs(&s)) {
        s.blocked = g_new0(unsigned, place->free->len + 1);
        list_conflicts(&s);
        join_groups(&s);
        choose_greedily(&s);
        search_groups(&s);
    } else {
        choose_one_by_one(place);
    }
    g_array_free(s.pairs, TRUE);
    g_free(s.meets.first);
    g_free(s.meets.at);
    g_free(s.blocked);
    g_free(s.parent);
}
