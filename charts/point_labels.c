/* Figures beside points: each where label placement finds it a place that is free of marks, lines and other
 * labels. */
#include <math.h>
#include "charts/plot.h"

#define AIR 1.6     /* least distance from anything */
#define ASCENT 0.84 /* of a label's ink, em */
#define DESCENT 0.1
#define RINGS 4         /* so many distances are offered … */
#define LYING_RINGS 8   /* rows that lie have room at the sides only */
#define RING_STEP 3.0   /* … each so much farther than the last */
#define OVER_COST 3     /* of a figure over or under its point where rows lie */
#define POINT_MORE 1.05 /* what points take beyond their radius, a little more */
#define MOST_DROPPED                                                                                         \
    4 /* of figures beside points less than one of so many; else the axis tells the plain ones */
#define SIDE_AIR 2.0 /* from the marker to a label beside it */

typedef struct figure {
    jb_label label;
    const jb_category *category;
    int owner;        /* its point */
    bool plain, word; /* the axis tells it as well; it has no point */
} figure;

typedef struct seeker {
    jb_plot *p;
    unsigned panel;
    const double *at;
    double base, scale;
    jb_told told;
    bool all; /* plain figures of points, too */
    jb_box field;
    jb_place *place;
    GArray *figures; /* figure; the labels of `place` in their order */
} seeker;

static void add_obstacles(seeker *k) {
    const jb_plot *p = k->p;
    for (guint i = 0; i < p->taken->len; i++)
        jb_place_box(k->place, &g_array_index(p->taken, jb_box, i), JB_NO_OWNER);
    for (guint i = 0; i < p->strokes->len; i++) {
        const jb_box *line = &g_array_index(p->strokes, jb_box, i);
        jb_place_stroke(k->place, line->x1, line->y1, line->x2, line->y2, 0, JB_NO_OWNER);
    }
    for (guint i = 0; i < p->drawn->len; i++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
        const jb_box box = {d->box[0], d->box[1], d->box[2], d->box[3]};
        if (d->panel == k->panel) jb_place_box(k->place, &box, JB_NO_OWNER);
    }
}

/* Is there another point of the row on the way to the end of a figure? It would be taken for that one's. */
static bool passes_point(const seeker *k, const figure *it, double x, double end) {
    double number, r = k->p->style->point_radius;
    for (unsigned s = 0; s < k->p->series_count; s++) {
        if (!jb_plot_number(&it->category->values[s], &number)) continue;
        double other = k->base + number * k->scale;
        if (end > x ? other > x + 0.1 && other < end + r : other < x - 0.1 && other > end - r) return true;
    }
    return false;
}

/* Above, below (moved aside only by the field's edges), then beside the point, ever farther; where rows lie,
 * beside it first, and over and under it only within the row. */
static void offer(seeker *k, const figure *it, double x, double y, jb_priority priority) {
    static const signed char up_first[][2] = {{0, -1}, {0, 1},  {1, -1}, {-1, -1},
                                              {1, 1},  {-1, 1}, {1, 0},  {-1, 0}},
                             right_first[][2] = {{1, 0},  {-1, 0},  {0, -1}, {0, 1},
                                                 {1, -1}, {-1, -1}, {1, 1},  {-1, 1}};
    const signed char(*sides)[2] = k->p->horizontal ? right_first : up_first;
    const jb_label *label = &it->label;
    double w = jb_label_width(label), h = (ASCENT + DESCENT) * label->size, r = k->p->style->point_radius;
    unsigned id = jb_place_label(k->place, JB_NO_OWNER, priority);
    bool lies = k->p->horizontal;
    g_array_append_vals(k->figures, it, 1);
    for (int ring = 0; ring < (lies ? LYING_RINGS : RINGS); ring++) {
        for (size_t i = 0; i < G_N_ELEMENTS(up_first); i++) {
            double away = r + (lies ? POINT_MORE + AIR : SIDE_AIR) + ring * RING_STEP, side = sides[i][0],
                   up = sides[i][1];
            double middle = x + side * (w / 2 + (up != 0 ? away * 0.4 : away));
            if (side == 0)
                middle = CLAMP(middle, k->field.x1 + w / 2, MAX(k->field.x1, k->field.x2 - w) + w / 2);
            double centre = y + up * (h / 2 + away);
            if (lies && ring && up != 0) continue;
            if (lies && (up == 0 || !it->word) && passes_point(k, it, x, middle + side * w / 2)) continue;
            jb_slot slot = {.box = {middle - w / 2, centre - h / 2, middle + w / 2, centre + h / 2},
                            .cost = ring + (double)i / G_N_ELEMENTS(up_first) +
                                    (lies && up != 0 ? OVER_COST : 0)};
            jb_place_slot(k->place, id, &slot);
        }
    }
}

static void draw(seeker *k, const figure *it, const jb_box *box) {
    jb_plot *p = k->p;
    const jb_label *label = &it->label;
    jb_paint ground = jb_paint_fill(p->style->paper);
    double drawn[4] = {box->x1, box->y1, box->x2, box->y2};
    jb_plot_own(p, it->owner);
    jb_scene_rect(p->scene, box->x1 - 1, box->y1, box->x2 - box->x1 + 2, box->y2 - box->y1, &ground);
    jb_label_draw(p, label, box->x1, box->y1 + ASCENT * label->size, 'l');
    jb_plot_record(p, "text", k->panel, drawn, NULL, NULL, label->text);
    jb_plot_own(p, JB_NO_OWNER);
}

static bool is_point(const jb_plot *p, unsigned s) { return p->series[s].mark == JB_MARK_POINT; }

/* At its point, or at the base. */
static void offer_at(seeker *k, unsigned i, const figure *it, double number, jb_priority priority) {
    bool lies = k->p->horizontal;
    double along = lies ? k->base + number * k->scale : k->base - number * k->scale;
    offer(k, it, lies ? along : k->at[i], lies ? k->at[i] : along, priority);
}

/* Results that a forecast goes on with come first, then figures that no axis can say, then words, then plain
 * figures. */
static void label_value(seeker *k, unsigned s, unsigned i, bool result) {
    jb_plot *p = k->p;
    const jb_panel *panel = &p->panels[k->panel];
    const jb_category *c = &p->categories[panel->first + i];
    const jb_value *v = &c->values[s];
    int owner = jb_mark_owner(p, panel->first + i, s);
    bool bold = result || (is_point(p, s) && p->series[s].scenario == JB_SCENARIO_AC);
    double number;
    if (jb_plot_number(v, &number)) {
        bool qualified = jb_point_qualified(v);
        if (!result && !qualified && !(k->all && is_point(p, s))) return;
        figure it = {jb_label_new(p, jb_value_label(p, v), p->style->label, bold,
                                  bold ? p->style->text : p->style->text2),
                     c, owner, !result && !qualified, false};
        offer_at(k, i, &it, jb_panel_at(panel, &p->series[s], number),
                 result      ? JB_PLACE_FIRST
                 : qualified ? JB_PLACE_HIGH
                             : JB_PLACE_LOW);
    } else if (v->kind == JB_VALUE_TEXT || v->kind == JB_VALUE_SAME) {
        figure it = {jb_label_value(p, &p->series[s], v), c, owner, false, true};
        if (p->horizontal)
            offer_at(k, i, &it, jb_panel_base(panel), JB_PLACE_NORMAL);
        else
            offer(k, &it, k->at[i], panel->y + panel->height, JB_PLACE_NORMAL);
    }
}

/* What the axis does not tell. */
static void tell_dropped(seeker *k) {
    jb_plot *p = k->p;
    unsigned count = 0, first = 0;
    for (unsigned i = 0; i < jb_place_count(k->place); i++) {
        const figure *it = &g_array_index(k->figures, figure, i);
        if (it->plain || jb_place_chosen(k->place, i)) continue;
        if (!count++) first = i;
        if (p->unplaced_count < JB_UNPLACED_NAMES)
            p->unplaced[p->unplaced_count] = (jb_unplaced){it->category->plain, it->label.text};
        p->unplaced_count++;
    }
    if (count == 1)
        jb_plot_note_add(
            p, p->spec->node->pos,
            "a figure (“%s”) finds no room beside its point; draw fewer rows or lines, or give more height",
            g_array_index(k->figures, figure, first).label.text);
    if (count > 1)
        jb_plot_note_add(
            p, p->spec->node->pos,
            "%u figures (“%s” and others) find no room beside their points; draw fewer rows or lines, or "
            "give more height",
            count, g_array_index(k->figures, figure, first).label.text);
}

/* The first, last, highest and lowest of a line that has its ends told beside them. */
typedef struct outer {
    unsigned first, last, low_at, high_at;
} outer;

static outer find_outer(const jb_plot *p, const jb_panel *it, unsigned s) {
    outer o = {it->count, it->count, it->count, it->count};
    double number, low = INFINITY, high = -INFINITY;
    for (unsigned i = 0; i < it->count && jb_line_is_named(p, s); i++) {
        if (!jb_plot_number(&p->categories[it->first + i].values[s], &number)) continue;
        if (o.first == it->count) o.first = i;
        o.last = i;
        if (number < low) low = number, o.low_at = i;
        if (number > high) high = number, o.high_at = i;
    }
    return o;
}

/* The last figure before the first, that before extremes. */
static void offer_outer(seeker *k, unsigned s, const outer *o) {
    jb_plot *p = k->p;
    const unsigned points[] = {o->last, o->first, o->high_at, o->low_at};
    const jb_panel *it = &p->panels[k->panel];
    double number;
    for (size_t n = 0; n < G_N_ELEMENTS(points); n++) {
        unsigned i = points[n];
        bool said = i >= it->count, last = n == 0;
        for (size_t m = 0; m < n; m++) said = said || points[m] == i;
        if (said) continue;
        const jb_category *c = &p->categories[it->first + i];
        if (!jb_plot_number(&c->values[s], &number)) continue;
        figure f = {jb_label_new(p, jb_value_label(p, &c->values[s]), p->style->label, last,
                                 last ? p->style->text : p->style->text2),
                    c, jb_mark_owner(p, it->first + i, s), false, false};
        offer_at(k, i, &f, jb_panel_at(it, &p->series[s], number),
                 last     ? JB_PLACE_FIRST
                 : n == 1 ? JB_PLACE_HIGH
                          : JB_PLACE_LOW);
    }
}

static void offer_all(seeker *k) {
    bool ends = k->told == JB_TOLD_ELSEWHERE;
    jb_plot *p = k->p;
    const jb_panel *it = &p->panels[k->panel];
    double number;
    for (unsigned s = 0; s < p->series_count; s++) {
        if (p->series[s].mark == JB_MARK_BAR) continue;
        int last = jb_line_last(p, it, s);
        bool goes_on = jb_line_goes_on(p, it, s);
        outer o = {it->count, it->count, it->count, it->count};
        if (k->told == JB_TOLD_BESIDE) o = find_outer(p, it, s);
        offer_outer(k, s, &o);
        for (unsigned i = 0; i < it->count; i++) {
            bool point = jb_plot_number(&p->categories[it->first + i].values[s], &number);
            if (i == o.first || i == o.last || i == o.low_at || i == o.high_at) continue;
            bool result = ends && goes_on && (int)i == last;
            if (ends && point && ((i == 0 && it->count > 1) || ((int)i == last && !result))) continue;
            label_value(k, s, i, result);
        }
    }
}

/* Over its place, ever higher. */
static void offer_word(seeker *k, const jb_word *w) {
    const jb_plot *p = k->p;
    const figure it = {w->label, &p->categories[w->category], jb_mark_owner(p, w->category, w->series), false,
                       true};
    double half = jb_label_width(&it.label) / 2, size = it.label.size, top = p->panels[k->panel].y;
    unsigned id = jb_place_label(k->place, JB_NO_OWNER, JB_PLACE_NORMAL), n = 0;
    g_array_append_vals(k->figures, &it, 1);
    for (double y = w->y; y - ASCENT * size > top && n < JB_PLACE_SLOTS; y -= RING_STEP, n++) {
        jb_slot slot = {.box = {w->x - half, y - ASCENT * size, w->x + half, y + DESCENT * size}, .cost = n};
        jb_place_slot(k->place, id, &slot);
    }
}

static void seek(seeker *k, const jb_word *words, unsigned word_count) {
    const jb_plot *p = k->p;
    const jb_panel *it = &p->panels[k->panel];
    bool inner = k->told == JB_TOLD_ELSEWHERE;
    double r = p->style->point_radius + 1, right = inner                       ? k->at[it->count - 1] + r
                                                   : k->told == JB_TOLD_BESIDE ? p->width
                                                                               : it->x + it->width;
    k->field =
        (jb_box){inner ? k->at[0] - r : it->x, it->y - (p->horizontal ? 0 : 4), right, it->y + it->height};
    k->place = jb_place_new(&k->field, AIR);
    k->figures = g_array_new(FALSE, FALSE, sizeof(figure));
    add_obstacles(k);
    offer_all(k);
    for (unsigned i = 0; i < word_count; i++) offer_word(k, &words[i]);
    jb_place_solve(k->place);
}

static void forget(seeker *k) {
    g_array_free(k->figures, TRUE);
    jb_place_free(k->place);
}

void jb_point_labels(jb_plot *p, unsigned panel, const double *at, double base, double scale, jb_told ends,
                     const jb_word *words, unsigned word_count) {
    seeker k = {
        .p = p, .panel = panel, .at = at, .base = base, .scale = scale, .told = ends, .all = is_point(p, 0)};
    seek(&k, words, word_count);
    if (k.all && jb_place_dropped(k.place, NULL, 0) * MOST_DROPPED > jb_place_count(k.place)) {
        forget(&k);
        k.all = false;
        seek(&k, words, word_count);
    }
    for (unsigned i = 0; i < jb_place_count(k.place); i++) {
        const jb_slot *slot = jb_place_chosen(k.place, i);
        if (slot) draw(&k, &g_array_index(k.figures, figure, i), &slot->box);
    }
    tell_dropped(&k);
    forget(&k);
}
