/* Stacks drawn: segments, their figures inside, beside or in a note, names over a single row. */
#include <math.h>
#include <string.h>
#include "charts/palette.h"
#include "charts/plot.h"

#define PART_WIDTH 0.75 /* of the line between segments … */
#define PARTED 4        /* … of so many series and more */
#define INSIDE 4.0      /* a segment is so much longer than its figure */
#define INSIDE_ACROSS 2.0
#define THICK_MORE 5.0 /* a lying stack is so much thicker than its figures are high */
#define DASHED_END 8.0 /* of approximate segments, as in bars: no ground for a figure */
#define DASHED_SHARE 0.4
#define BESIDE 3.0      /* from the bar to a figure beside it … */
#define BESIDE_AIR 2.5  /* … so much of it is kept free of all … */
#define BESIDE_MORE 2.5 /* … and more of it of other bars */
#define NAME_AIR 5.0    /* between two names */
#define ASCENT 0.84
#define DESCENT 0.1

typedef struct jb_loose {
    struct jb_loose *next;
    unsigned panel;
    jb_label label;
    const char *name; /* of its category */
    jb_box segment;
} loose;

typedef struct segment {
    jb_box box;
    double from, to; /* along */
    unsigned series;
    bool horizontal;
} segment;

double jb_stack_thickness(const jb_plot *p) {
    return MAX(p->style->bar_single, p->style->label + THICK_MORE);
}

static jb_value_kind kind_of(const jb_plot *p, unsigned c, unsigned s) {
    return p->categories[c].values[s].kind == JB_VALUE_APPROX ? JB_VALUE_APPROX : JB_VALUE_NUMBER;
}

static jb_box box_of(const segment *it, double across, double thick) {
    double low = MIN(it->from, it->to), high = MAX(it->from, it->to);
    return it->horizontal ? (jb_box){low, across, high, across + thick}
                          : (jb_box){across, low, across + thick, high};
}

/* ---- figures ---- */

/* A segment less the end that is not sure. */
static jb_box sure_part(const jb_plot *p, unsigned c, const segment *it) {
    jb_box box = it->box;
    double length = fabs(it->to - it->from), less = MIN(DASHED_END, length * DASHED_SHARE);
    if (kind_of(p, c, it->series) != JB_VALUE_APPROX) return box;
    if (it->horizontal)
        *(it->to > it->from ? &box.x2 : &box.x1) += it->to > it->from ? -less : less;
    else
        *(it->to > it->from ? &box.y2 : &box.y1) += it->to > it->from ? -less : less;
    return box;
}

/* What figures are written with: white on dark fills. Patterns get a ground of paper. */
static jb_colour figure_colour(const jb_plot *p, const jb_series *series, bool *ground) {
    jb_colour fill = p->style->series[series->ink % JB_SERIES_INKS].fill;
    *ground = p->spec->patterns && jb_series_pattern(series) != JB_PATTERN_SOLID;
    if (p->spec->patterns) fill = jb_pattern_ink(p, fill);
    return !*ground && jb_colour_is_dark(fill) ? p->style->paper : p->style->text;
}

static void keep_loose(jb_plot *p, unsigned panel, unsigned c, const segment *it, const char *text) {
    loose *kept = JB_NEW(p->arena, loose);
    *kept = (loose){p->loose, panel, jb_label_new(p, text, p->style->label, false, p->style->text2),
                    p->categories[c].plain, it->box};
    p->loose = kept;
}

static void put_figure(jb_plot *p, unsigned panel, unsigned c, const segment *it) {
    const char *text = p->categories[c].stack->figures[it->series];
    bool ground;
    jb_colour colour = figure_colour(p, &p->series[it->series], &ground);
    jb_label label = jb_label_new(p, text, p->style->label, false, colour);
    jb_box box = sure_part(p, c, it);
    double w = jb_label_width(&label), h = label.size, along = it->horizontal ? INSIDE : INSIDE_ACROSS,
           across = it->horizontal ? INSIDE_ACROSS : INSIDE;
    if (box.x2 - box.x1 < w + along || box.y2 - box.y1 < h + across) {
        keep_loose(p, panel, c, it, text);
        return;
    }
    double x = (box.x1 + box.x2) / 2, y = (box.y1 + box.y2) / 2,
           ink[4] = {x - w / 2, y - h / 2, x + w / 2, y + h / 2};
    jb_paint paper = jb_paint_fill(p->style->paper);
    if (ground) jb_scene_rect(p->scene, ink[0] - 1, ink[1], w + 2, h, &paper);
    jb_label_draw(p, &label, x, jb_label_centre(h, y), 'c');
    jb_plot_record(p, "text", panel, ink, NULL, NULL, text);
}

double jb_stack_widest(jb_plot *p) {
    double widest = 0;
    for (unsigned c = 0; c < p->category_count; c++) {
        for (unsigned s = 0; s < p->series_count; s++) {
            const char *text = p->categories[c].stack->figures[s];
            if (!text) continue;
            jb_label label = jb_label_new(p, text, p->style->label, false, p->style->text);
            widest = MAX(widest, jb_label_width(&label));
        }
    }
    return widest + INSIDE_ACROSS;
}

jb_label jb_stack_label(jb_plot *p, const jb_stack *it) {
    if (it->lack || !it->total)
        return jb_label_new(p, it->lack ? it->lack : "", p->style->source, false, p->style->text2);
    return jb_label_new(p, it->total, p->style->label, it->whole,
                        it->whole ? p->style->text : p->style->text2);
}

/* ---- segments ---- */

/* Where the segments of a row stand, those that have a length; returns how many. */
static unsigned find_segments(const jb_plot *p, unsigned c, bool horizontal, double zero, double factor,
                              segment *out) {
    const jb_stack *stack = p->categories[c].stack;
    double up = 0, down = 0, way = horizontal ? factor : -factor;
    unsigned count = 0;
    for (unsigned s = 0; s < p->series_count; s++) {
        double part = stack->parts[s], *at = part < 0 ? &down : &up;
        if (!isfinite(part) || part == 0) continue;
        out[count] = (segment){.series = s, .horizontal = horizontal, .from = zero + way * *at};
        *at += part;
        out[count++].to = zero + way * *at;
    }
    return count;
}

static void part_segments(jb_plot *p, const segment *all, unsigned count, double zero) {
    for (unsigned i = 0; i < count && p->series_count >= PARTED; i++) {
        const jb_box *b = &all[i].box;
        double at = all[i].from;
        if (at == zero) continue;
        if (all[i].horizontal)
            jb_plot_rule(p, at, b->y1, at, b->y2, p->style->paper, PART_WIDTH);
        else
            jb_plot_rule(p, b->x1, at, b->x2, at, p->style->paper, PART_WIDTH);
    }
}

void jb_stack_draw(jb_plot *p, unsigned panel, unsigned c, bool horizontal, double zero, double factor,
                   double across, double thick) {
    segment *all = JB_ARRAY(p->arena, segment, p->series_count);
    unsigned count = find_segments(p, c, horizontal, zero, factor, all);
    for (unsigned i = 0; i < count; i++) {
        segment *it = &all[i];
        it->box = box_of(it, across, thick);
        jb_plot_own(p, jb_mark_owner(p, c, it->series));
        jb_bar_draw(p, horizontal, &p->series[it->series], kind_of(p, c, it->series), it->from, it->to,
                    it->to, across, thick);
        const double box[4] = {it->box.x1, it->box.y1, it->box.x2, it->box.y2};
        jb_plot_record(p, "rect", panel, box, p->categories[c].plain, p->categories[c].values[it->series].raw,
                       NULL);
    }
    jb_plot_own(p, JB_NO_OWNER);
    part_segments(p, all, count, zero);
    for (unsigned i = 0; i < count; i++) {
        jb_plot_own(p, jb_mark_owner(p, c, all[i].series));
        put_figure(p, panel, c, &all[i]);
    }
    jb_plot_own(p, JB_NO_OWNER);
}

/* ---- figures that do not fit ---- */

static void count_loose(jb_plot *p, const loose *it) {
    if (p->unplaced_count < JB_UNPLACED_NAMES)
        p->unplaced[p->unplaced_count] = (jb_unplaced){it->name, it->label.text};
    p->unplaced_count++;
}

/* A bar is known by where it begins. */
static int owner_of(double left) { return (int)lround(MAX(left, 0) * 8); }

/* At the middle of the segment, or a little over or under it, at either side. */
static void offer(jb_place *place, const loose *it) {
    static const double shifts[] = {0, -2, 2, -4, 4};
    double w = jb_label_width(&it->label), h = (ASCENT + DESCENT) * it->label.size,
           middle = (it->segment.y1 + it->segment.y2) / 2;
    unsigned id = jb_place_label(place, owner_of(it->segment.x1), JB_PLACE_NORMAL);
    for (size_t i = 0; i < G_N_ELEMENTS(shifts); i++) {
        for (int right = 1; right >= 0; right--) {
            double x = right ? it->segment.x2 + BESIDE : it->segment.x1 - BESIDE - w,
                   y = middle + shifts[i] - h / 2;
            const jb_slot slot = {.box = {x, y, x + w, y + h}, .cost = i + (right ? 0 : 0.5)};
            jb_place_slot(place, id, &slot);
        }
    }
}

static void add_obstacles(const jb_plot *p, jb_place *place, unsigned panel) {
    for (guint i = 0; i < p->drawn->len; i++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, i);
        const jb_box box = {d->box[0], d->box[1], d->box[2], d->box[3]};
        const jb_box wide = {box.x1 - BESIDE_MORE, box.y1, box.x2 + BESIDE_MORE, box.y2};
        if (d->panel != panel) continue;
        jb_place_box(place, &box, JB_NO_OWNER);
        if (!strcmp(d->type, "rect")) jb_place_box(place, &wide, owner_of(box.x1));
    }
}

void jb_stack_beside(jb_plot *p, unsigned panel, double zero) {
    const jb_panel *it = &p->panels[panel];
    const jb_box field = {it->x, it->y, it->x + it->width, it->y + it->height};
    jb_place *place = jb_place_new(&field, BESIDE_AIR);
    loose *waiting = NULL, *left = NULL;
    for (loose *next, *l = p->loose; l; l = next) { /* into the order of drawing */
        next = l->next;
        l->next = l->panel == panel ? waiting : left;
        *(l->panel == panel ? &waiting : &left) = l;
    }
    add_obstacles(p, place, panel);
    jb_place_stroke(place, field.x1, zero, field.x2, zero, 0, JB_NO_OWNER);
    for (loose *l = waiting; l; l = l->next) offer(place, l);
    jb_place_solve(place);
    unsigned id = 0;
    for (loose *l = waiting; l; l = l->next, id++) {
        const jb_slot *slot = jb_place_chosen(place, id);
        if (!slot) {
            count_loose(p, l);
            continue;
        }
        const double box[4] = {slot->box.x1, slot->box.y1, slot->box.x2, slot->box.y2};
        jb_label_draw(p, &l->label, box[0], box[1] + ASCENT * l->label.size, 'l');
        jb_plot_record(p, "text", panel, box, NULL, NULL, l->label.text);
    }
    p->loose = left;
    jb_place_free(place);
}

/* Those that lie have no place beside them. */
void jb_stack_tell(jb_plot *p) {
    loose *in_order = NULL;
    for (loose *next, *l = p->loose; l; l = next) {
        next = l->next;
        l->next = in_order;
        in_order = l;
    }
    for (const loose *l = in_order; l; l = l->next) count_loose(p, l);
    p->loose = NULL;
    if (p->unplaced_count == 1)
        jb_plot_note_add(p, p->spec->stack_pos,
                         "a figure (“%s” of “%s”) does not fit its segment; draw fewer rows or series, or give "
                         "more room",
                         p->unplaced[0].text, p->unplaced[0].category);
    if (p->unplaced_count > 1)
        jb_plot_note_add(
            p, p->spec->stack_pos,
            "%u figures (“%s” of “%s” and others) do not fit their segments; draw fewer rows or series, "
            "or give more room",
            p->unplaced_count, p->unplaced[0].text, p->unplaced[0].category);
}

/* ---- names over a single row ---- */

bool jb_stack_names(jb_plot *p, unsigned c, double zero, double factor, double y) {
    segment *all = JB_ARRAY(p->arena, segment, p->series_count);
    jb_label *names = JB_ARRAY(p->arena, jb_label, p->series_count);
    unsigned count = find_segments(p, c, true, zero, factor, all);
    if (count < p->series_count) return false;
    for (unsigned i = 0; i < count; i++) {
        names[i] = jb_label_new(p, p->series[all[i].series].name, p->style->legend, false, p->style->text2);
        double half = jb_label_width(&names[i]) / 2, middle = (all[i].from + all[i].to) / 2;
        if (middle - half < 0 || middle + half > p->width) return false;
        for (unsigned k = 0; k < i; k++)
            if (fabs((all[k].from + all[k].to) / 2 - middle) <
                half + jb_label_width(&names[k]) / 2 + NAME_AIR)
                return false;
    }
    for (unsigned i = 0; i < count; i++) {
        double x = (all[i].from + all[i].to) / 2, half = jb_label_width(&names[i]) / 2;
        const double box[4] = {x - half, y - ASCENT * names[i].size, x + half, y + DESCENT * names[i].size};
        jb_label_draw(p, &names[i], x, y, 'c');
        jb_plot_record(p, "text", 0, box, NULL, NULL, names[i].text);
    }
    return true;
}
