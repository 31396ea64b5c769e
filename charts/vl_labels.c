/* Where the words of text marks stand: where the specification says, unless something is there; then round
 * their anchor; and what finds no place is left out and told. */
#include <math.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/palette.h"
#include "charts/place.h"
#include "charts/vl.h"

#define AIR 1.5
#define BAR_GAP 4.0
#define POINT_GAP 3.0
#define TOUCH 0.6 /* an anchor so near to a mark is the mark's */
#define MOST_EDGES                                                                                           \
    4000              /* stretches of lines that labels keep off; those of denser data are not looked at     \
                       */
#define CONTRAST 40.0 /* of lightness, that words need */
#define ASCENT 0.78
#define DESCENT 0.16
#define TOLD 8 /* labels that a note names */

typedef struct mark {
    jb_box box;
    char kind; /* 'b'ar, 'p'oint */
    bool level;
    bool ground; /* something smaller owns what stands on it */
    jb_colour colour;
    double soft; /* length of a paler end */
    jb_box pale;
} mark;

typedef struct words {
    jb_vl_panel *panel;
    guint item; /* of the panel */
    jb_label label;
    jb_pos pos;
    double x, y, left, base; /* the anchor; where the specification puts the label */
    bool coloured;
    int owner;
} words;

struct jb_vl_labels {
    GArray *marks, *edges, *boxes, *words; /* mark; jb_box from x1, y1 to x2, y2; jb_box; words */
    GArray *widths;                        /* double, of the edges */
};

jb_vl_labels *jb_vl_labels_new(void) {
    jb_vl_labels *l = g_new0(jb_vl_labels, 1);
    l->marks = g_array_new(FALSE, FALSE, sizeof(mark));
    l->edges = g_array_new(FALSE, FALSE, sizeof(jb_box));
    l->boxes = g_array_new(FALSE, FALSE, sizeof(jb_box));
    l->words = g_array_new(FALSE, FALSE, sizeof(words));
    l->widths = g_array_new(FALSE, FALSE, sizeof(double));
    return l;
}

void jb_vl_labels_free(jb_vl_labels *l) {
    if (!l) return;
    g_array_free(l->marks, TRUE);
    g_array_free(l->edges, TRUE);
    g_array_free(l->boxes, TRUE);
    g_array_free(l->words, TRUE);
    g_array_free(l->widths, TRUE);
    g_free(l);
}

static jb_box sorted(double x1, double y1, double x2, double y2) {
    return (jb_box){fmin(x1, x2), fmin(y1, y2), fmax(x1, x2), fmax(y1, y2)};
}

void jb_vl_labels_mark(jb_vl_labels *l, double x1, double y1, double x2, double y2, char kind, bool level,
                       jb_colour colour) {
    if (!l) return;
    mark m = {sorted(x1, y1, x2, y2), kind, level, false, colour, 0, {0, 0, 0, 0}};
    g_array_append_val(l->marks, m);
}

void jb_vl_labels_soft(jb_vl_labels *l, double length, bool back) {
    if (!l || !l->marks->len) return;
    mark *m = &g_array_index(l->marks, mark, l->marks->len - 1);
    m->soft = length;
    m->pale = m->box;
    if (m->level)
        *(back ? &m->pale.x2 : &m->pale.x1) = back ? m->box.x1 + length : m->box.x2 - length;
    else
        *(back ? &m->pale.y1 : &m->pale.y2) = back ? m->box.y2 - length : m->box.y1 + length;
}

void jb_vl_labels_edge(jb_vl_labels *l, double x1, double y1, double x2, double y2, double width) {
    if (!l || l->edges->len >= MOST_EDGES) return;
    jb_box e = {x1, y1, x2, y2};
    g_array_append_val(l->edges, e);
    g_array_append_val(l->widths, width);
}

void jb_vl_labels_guide(jb_vl_labels *l, const jb_label *label, double x, double y, char anchor) {
    if (!l) return;
    double w = label->para->width, left = x - (anchor == 'c' ? w / 2 : anchor == 'r' ? w : 0);
    jb_box b = {left, y - ASCENT * label->size, left + w,
                y + (label->para->count - 1) * label->leading + DESCENT * label->size};
    g_array_append_val(l->boxes, b);
}

/* Rows of a constant say the same words at the same place: they are drawn once. */
static bool is_said(const jb_vl_labels *l, const jb_vl_panel *panel, const char *text, const double at[4]) {
    for (guint i = 0; i < l->words->len; i++) {
        const words *w = &g_array_index(l->words, words, i);
        if (w->x == at[0] && w->y == at[1] && w->left == at[2] && w->base == at[3] && w->panel == panel &&
            !strcmp(w->label.text, text))
            return true;
    }
    return false;
}

void jb_vl_labels_add(jb_vl_labels *l, jb_vl_panel *panel, const jb_label *label, jb_pos pos,
                      const double at[4], bool coloured) {
    if (l->words->len < JB_LIMIT_PLACED && is_said(l, panel, label->text, at)) {
        g_array_index(panel->items, jb_vl_item, panel->items->len - 1).type = NULL;
        return;
    }
    words w = {panel, panel->items->len - 1, *label, pos, at[0], at[1], at[2], at[3], coloured, JB_NO_OWNER};
    g_array_append_val(l->words, w);
}

/* ---- owners ---- */

static double area_of(const jb_box *b) { return (b->x2 - b->x1) * (b->y2 - b->y1); }

/* The smallest mark that an anchor stands on; what is below it is ground. */
static void find_owner(jb_vl_labels *l, words *w) {
    for (guint i = 0; i < l->marks->len; i++) {
        mark *m = &g_array_index(l->marks, mark, i);
        if (w->x < m->box.x1 - TOUCH || w->x > m->box.x2 + TOUCH || w->y < m->box.y1 - TOUCH ||
            w->y > m->box.y2 + TOUCH)
            continue;
        mark *old = w->owner >= 0 ? &g_array_index(l->marks, mark, w->owner) : NULL;
        bool smaller = !old || area_of(&m->box) < area_of(&old->box);
        if (old) (smaller ? old : m)->ground = true;
        if (smaller) w->owner = (int)i;
    }
}

/* ---- slots ---- */

static jb_box box_at(const words *w, double left, double base) {
    return (jb_box){left, base - ASCENT * w->label.size, left + w->label.para->width,
                    base + DESCENT * w->label.size};
}

static void slot(jb_place *place, unsigned label, const words *w, double left, double base, double cost) {
    jb_slot s = {.box = box_at(w, left, base), .cost = cost};
    jb_place_slot(place, label, &s);
}

static bool inside(const jb_box *a, const jb_box *b) {
    return a->x1 >= b->x1 && a->x2 <= b->x2 && a->y1 >= b->y1 && a->y2 <= b->y2;
}

/* Labels of bars stay on their side: at the end, in it. */
static void bar_slots(jb_place *place, unsigned label, const words *w, const mark *m) {
    const jb_box *b = &m->box;
    double width = w->label.para->width, size = w->label.size, middle = (b->x1 + b->x2 - width) / 2,
           line = jb_label_centre(size, (b->y1 + b->y2) / 2),
           whole_pale = m->level ? b->x2 - b->x1 : b->y2 - b->y1, soft = m->soft < whole_pale ? m->soft : 0;
    jb_box asked = box_at(w, w->left, w->base), wide = {b->x1 - 0.5, b->y1 - 0.5, b->x2 + 0.5, b->y2 + 0.5};
    bool whole = inside(&asked, &wide) || !jb_boxes_meet(&asked, b, 0);
    if (whole) slot(place, label, w, w->left, w->base, 0);
    if (m->level) {
        bool right = w->x >= (b->x1 + b->x2) / 2;
        slot(place, label, w, right ? b->x2 + BAR_GAP : b->x1 - BAR_GAP - width, line, 1);
        if (b->x2 - b->x1 >= width + 2 * BAR_GAP + soft)
            slot(place, label, w, right ? b->x2 - soft - BAR_GAP - width : b->x1 + soft + BAR_GAP, line, 1.5);
    } else {
        bool top = w->y <= (b->y1 + b->y2) / 2;
        double beyond = top ? b->y1 - BAR_GAP : b->y2 + BAR_GAP + ASCENT * size;
        slot(place, label, w, middle, beyond, 1);
        if (width > b->x2 - b->x1) { /* beside a higher neighbour */
            slot(place, label, w, b->x1, beyond, 1.2);
            slot(place, label, w, b->x2 - width, beyond, 1.2);
        }
        if (b->y2 - b->y1 >= size + 2 * BAR_GAP + soft && b->x2 - b->x1 >= width)
            slot(place, label, w, middle,
                 top ? b->y1 + soft + BAR_GAP + ASCENT * size : b->y2 - soft - BAR_GAP, 1.5);
    }
}

/* Words that are the marks stand where their data is. */
static bool alone(const jb_vl_panel *p) {
    for (unsigned i = 0; i < p->units; i++)
        if (p->unit[i]->mark != JB_VL_LABEL) return false;
    return true;
}

/* Labels of points and lines move round their anchor, in two rings. */
static void ring_slots(jb_place *place, unsigned label, const words *w, double radius) {
    double width = w->label.para->width, size = w->label.size;
    slot(place, label, w, w->left, w->base, 0);
    if (alone(w->panel)) return;
    for (int ring = 0; ring < 3; ring++) {
        double gap = radius + POINT_GAP + ring * size * 0.6, cost = 1 + ring, up = w->y - gap,
               down = w->y + gap + ASCENT * size, right = w->x + gap, left = w->x - gap - width,
               line = jb_label_centre(size, w->y), middle = w->x - width / 2;
        slot(place, label, w, middle, up, cost);
        slot(place, label, w, middle, down, cost + 0.1);
        slot(place, label, w, right, line, cost + 0.2);
        slot(place, label, w, left, line, cost + 0.3);
        slot(place, label, w, w->x + gap * 0.7, w->y - gap * 0.7, cost + 0.4);
        slot(place, label, w, w->x - gap * 0.7 - width, w->y - gap * 0.7, cost + 0.5);
        slot(place, label, w, w->x + gap * 0.7, w->y + gap * 0.7 + ASCENT * size, cost + 0.6);
        slot(place, label, w, w->x - gap * 0.7 - width, w->y + gap * 0.7 + ASCENT * size, cost + 0.7);
    }
}

static void offer(jb_vl_labels *l, jb_place *place, words *w) {
    unsigned label = jb_place_label(place, w->owner, JB_PLACE_NORMAL);
    const mark *m = w->owner >= 0 ? &g_array_index(l->marks, mark, w->owner) : NULL;
    if (m && m->kind == 'b')
        bar_slots(place, label, w, m);
    else
        ring_slots(place, label, w, m ? (m->box.x2 - m->box.x1) / 2 : 0);
}

/* ---- drawing ---- */

static double lightness(jb_colour c) { return jb_colour_seen(c, JB_VISION_NORMAL).l; }

/* Words are read on what is below them: in a mark of their own they are white or dark as it asks; a colour
 * that says something stays and stands on white, where it would not show. */
static void show(jb_vl_chart *c, jb_vl_labels *l, words *w, const jb_box *b) {
    const jb_chart_style *style = c->plot->style;
    const mark *below = NULL;
    for (guint i = 0; i < l->marks->len; i++) { /* the last shows */
        const mark *m = &g_array_index(l->marks, mark, i);
        if (m->kind == 'b' && jb_boxes_meet(b, &m->box, 0)) below = m;
    }
    if (!below) return;
    bool pale = below->soft > 0 && jb_boxes_meet(b, &below->pale, 0);
    jb_colour under = pale ? jb_bar_soft_colour(below->colour) : below->colour;
    double ground = lightness(under);
    bool own = w->owner >= 0 && below == &g_array_index(l->marks, mark, w->owner) && inside(b, &below->box);
    bool seen = fabs(lightness(w->label.colour) - ground) >= CONTRAST;
    if (own && (!w->coloured || !seen))
        w->label.colour = jb_colour_is_dark(under) ? style->paper : style->text;
    else if (!own && !(inside(b, &below->box) && seen)) {
        jb_paint paper = jb_paint_fill(style->paper);
        jb_scene_rect(c->plot->scene, b->x1 - 1, b->y1 - 0.5, b->x2 - b->x1 + 2, b->y2 - b->y1 + 1, &paper);
    }
}

static void draw(jb_vl_chart *c, jb_vl_labels *l, words *w, const jb_box *b) {
    jb_vl_item *it = &g_array_index(w->panel->items, jb_vl_item, w->item);
    double base = b->y2 - DESCENT * w->label.size, box[] = {b->x1, b->y1, b->x2, b->y2};
    show(c, l, w, b);
    jb_label_draw(c->plot, &w->label, b->x1, base, 'l');
    for (int i = 0; i < 4; i++) it->box[i] = box[i] - (i % 2 ? w->panel->y : w->panel->x);
}

static void tell(jb_vl_chart *c, jb_vl_labels *l, unsigned count, const unsigned *dropped, unsigned named) {
    GString *list = g_string_new(NULL);
    jb_pos pos = {0};
    for (unsigned i = 0; i < named; i++) {
        words *w = &g_array_index(l->words, words, dropped[i]);
        g_string_append_printf(list, "%s%s", i ? "、" : "", w->label.text);
        if (!i) pos = w->pos;
    }
    c->left_out = jb_arena_string(c->reader.arena, list->str);
    c->left_out_count = count;
    jb_plot_note_add(c->plot, pos, "%u label%s without room left out: %s%s", count,
                     count > 1 ? "s are" : " is", list->str, count > named ? " …" : "");
    g_string_free(list, TRUE);
}

void jb_vl_labels_draw(jb_vl_chart *c, const jb_box *frame) {
    jb_vl_labels *l = c->labels;
    unsigned dropped[TOLD], count;
    if (!l || !l->words->len) return;
    jb_place *place = jb_place_new(frame, AIR);
    for (guint i = 0; i < l->words->len; i++) find_owner(l, &g_array_index(l->words, words, i));
    for (guint i = 0; i < l->marks->len; i++) {
        const mark *m = &g_array_index(l->marks, mark, i);
        if (!m->ground) jb_place_box(place, &m->box, (int)i);
    }
    for (guint i = 0; i < l->boxes->len; i++)
        jb_place_box(place, &g_array_index(l->boxes, jb_box, i), JB_NO_OWNER);
    for (guint i = 0; i < l->edges->len; i++) {
        const jb_box *e = &g_array_index(l->edges, jb_box, i);
        jb_place_stroke(place, e->x1, e->y1, e->x2, e->y2, g_array_index(l->widths, double, i), JB_NO_OWNER);
    }
    for (guint i = 0; i < l->words->len; i++) offer(l, place, &g_array_index(l->words, words, i));
    jb_place_solve(place);
    for (guint i = 0; i < l->words->len; i++) {
        words *w = &g_array_index(l->words, words, i);
        const jb_slot *s = jb_place_chosen(place, i);
        if (s)
            draw(c, l, w, &s->box);
        else
            g_array_index(w->panel->items, jb_vl_item, w->item).type = NULL;
    }
    count = jb_place_dropped(place, dropped, TOLD);
    if (count) tell(c, l, count, dropped, MIN(count, TOLD));
    jb_place_free(place);
}
