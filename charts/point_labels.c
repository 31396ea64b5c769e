/* Figures beside points: each where label placement finds it a place that is free of marks, lines and other
 * labels. */
#include <math.h>
#include "charts/plot.h"

#define AIR 1.6     /* least distance from anything */
#define ASCENT 0.84 /* of a label's ink, em */
#define DESCENT 0.1
#define RINGS 4       /* so many distances are offered … */
#define RING_STEP 3.0 /* … each so much farther than the last */
#define SIDE_AIR 2.0  /* from the marker to a label beside it */

enum {
    STRAIGHT = 2
}; /* so many slots of a ring are straight above and below, moved aside only by the field's edges */

typedef struct figure {
    jb_label label;
    const char *name; /* of its category */
    int owner;        /* its point */
} figure;

typedef struct seeker {
    jb_plot *p;
    unsigned panel;
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

/* Above, below, then beside the point, ever farther. */
static void offer(seeker *k, const figure *it, double x, double y, jb_priority priority) {
    static const signed char sides[][2] = {{0, -1}, {0, 1},  {1, -1}, {-1, -1},
                                           {1, 1},  {-1, 1}, {1, 0},  {-1, 0}};
    const jb_label *label = &it->label;
    double w = jb_label_width(label), h = (ASCENT + DESCENT) * label->size, r = k->p->style->point_radius;
    unsigned id = jb_place_label(k->place, JB_NO_OWNER, priority);
    g_array_append_vals(k->figures, it, 1);
    for (int ring = 0; ring < RINGS; ring++) {
        for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
            double away = r + SIDE_AIR + ring * RING_STEP, side = sides[i][0], up = sides[i][1];
            double middle = x + side * (w / 2 + (up != 0 ? away * 0.4 : away));
            if (i < STRAIGHT)
                middle = CLAMP(middle, k->field.x1 + w / 2, MAX(k->field.x1, k->field.x2 - w) + w / 2);
            double centre = y + up * (h / 2 + away);
            jb_slot slot = {.box = {middle - w / 2, centre - h / 2, middle + w / 2, centre + h / 2},
                            .cost = ring + (double)i / G_N_ELEMENTS(sides)};
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

/* Results that a forecast goes on with come first, then figures that no axis can say, then words. */
static void label_value(seeker *k, unsigned s, unsigned i, double x, double base, double scale, bool result) {
    jb_plot *p = k->p;
    const jb_panel *panel = &p->panels[k->panel];
    const jb_category *c = &p->categories[panel->first + i];
    const jb_value *v = &c->values[s];
    int owner = jb_mark_owner(p, panel->first + i, s);
    double number;
    if ((result || jb_point_qualified(v)) && jb_plot_number(v, &number)) {
        figure it = {jb_label_new(p, jb_value_label(p, v), p->style->label, result,
                                  result ? p->style->text : p->style->text2),
                     c->plain, owner};
        offer(k, &it, x, base - jb_panel_at(panel, &p->series[s], number) * scale,
              result ? JB_PLACE_FIRST : JB_PLACE_HIGH);
    } else if (v->kind == JB_VALUE_TEXT || v->kind == JB_VALUE_SAME) {
        figure it = {jb_label_value(p, &p->series[s], v), c->plain, owner};
        if (!jb_plot_number(v, &number)) offer(k, &it, x, panel->y + panel->height, JB_PLACE_NORMAL);
    }
}

static void tell_dropped(seeker *k) {
    jb_plot *p = k->p;
    unsigned labels[JB_UNPLACED_NAMES], count = jb_place_dropped(k->place, labels, JB_UNPLACED_NAMES);
    for (unsigned i = 0; i < MIN(count, JB_UNPLACED_NAMES) && p->unplaced_count + i < JB_UNPLACED_NAMES;
         i++) {
        const figure *it = &g_array_index(k->figures, figure, labels[i]);
        p->unplaced[p->unplaced_count + i] = (jb_unplaced){it->name, it->label.text};
    }
    p->unplaced_count += count;
    if (count)
        jb_plot_note_add(
            p, p->spec->node->pos,
            "%u figures (“%s” and others) find no room beside their points; draw fewer rows or lines, or "
            "give more height",
            count, g_array_index(k->figures, figure, labels[0]).label.text);
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
static void offer_outer(seeker *k, unsigned s, const outer *o, const double *at, double base, double scale) {
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
                    c->plain, jb_mark_owner(p, it->first + i, s)};
        offer(k, &f, at[i], base - jb_panel_at(it, &p->series[s], number) * scale,
              last     ? JB_PLACE_FIRST
              : n == 1 ? JB_PLACE_HIGH
                       : JB_PLACE_LOW);
    }
}

static void offer_all(seeker *k, const double *at, double base, double scale, jb_told told) {
    bool ends = told == JB_TOLD_ELSEWHERE;
    jb_plot *p = k->p;
    const jb_panel *it = &p->panels[k->panel];
    double number;
    for (unsigned s = 0; s < p->series_count; s++) {
        if (p->series[s].mark != JB_MARK_LINE) continue;
        int last = jb_line_last(p, it, s);
        bool goes_on = jb_line_goes_on(p, it, s);
        outer o = {it->count, it->count, it->count, it->count};
        if (told == JB_TOLD_BESIDE) o = find_outer(p, it, s);
        offer_outer(k, s, &o, at, base, scale);
        for (unsigned i = 0; i < it->count; i++) {
            bool point = jb_plot_number(&p->categories[it->first + i].values[s], &number);
            if (i == o.first || i == o.last || i == o.low_at || i == o.high_at) continue;
            bool result = ends && goes_on && (int)i == last;
            if (ends && point && ((i == 0 && it->count > 1) || ((int)i == last && !result))) continue;
            label_value(k, s, i, at[i], base, scale, result);
        }
    }
}

/* Over its place, ever higher. */
static void offer_word(seeker *k, const jb_word *w) {
    const jb_plot *p = k->p;
    const figure it = {w->label, p->categories[w->category].plain, jb_mark_owner(p, w->category, w->series)};
    double half = jb_label_width(&it.label) / 2, size = it.label.size, top = p->panels[k->panel].y;
    unsigned id = jb_place_label(k->place, JB_NO_OWNER, JB_PLACE_NORMAL), n = 0;
    g_array_append_vals(k->figures, &it, 1);
    for (double y = w->y; y - ASCENT * size > top && n < JB_PLACE_SLOTS; y -= RING_STEP, n++) {
        jb_slot slot = {.box = {w->x - half, y - ASCENT * size, w->x + half, y + DESCENT * size}, .cost = n};
        jb_place_slot(k->place, id, &slot);
    }
}

void jb_point_labels(jb_plot *p, unsigned panel, const double *at, double base, double scale, jb_told ends,
                     const jb_word *words, unsigned word_count) {
    const jb_panel *it = &p->panels[panel];
    bool inner = ends == JB_TOLD_ELSEWHERE;
    double r = p->style->point_radius + 1, right = inner                    ? at[it->count - 1] + r
                                                   : ends == JB_TOLD_BESIDE ? p->width
                                                                            : it->x + it->width;
    const jb_box field = {inner ? at[0] - r : it->x, it->y - 4, right, it->y + it->height};
    seeker k = {p, panel, field, jb_place_new(&field, AIR), g_array_new(FALSE, FALSE, sizeof(figure))};
    add_obstacles(&k);
    offer_all(&k, at, base, scale, ends);
    for (unsigned i = 0; i < word_count; i++) offer_word(&k, &words[i]);
    jb_place_solve(k.place);
    for (unsigned i = 0; i < jb_place_count(k.place); i++) {
        const jb_slot *slot = jb_place_chosen(k.place, i);
        if (slot) draw(&k, &g_array_index(k.figures, figure, i), &slot->box);
    }
    tell_dropped(&k);
    g_array_free(k.figures, TRUE);
    jb_place_free(k.place);
}
