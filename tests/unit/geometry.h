/* Where the text of a drawn chart stands: does some leave the frame, meet other text, or lie on a mark? Reads
 * the scene itself, and what the plot recorded of bars, points and lines. */
#ifndef JB_TESTS_GEOMETRY_H
#define JB_TESTS_GEOMETRY_H

#include <math.h>
#include <stdio.h>
#include <string.h>
#include "charts/plot.h"

#define GEOMETRY_EDGE 0.6 /* pt that ink may be off: side bearings, rounding */

typedef struct geometry_text {
    jb_box box;      /* of the ink, roughly */
    double baseline; /* y */
    const jb_run *run;
    jb_colour colour;
    guint item, ground; /* in the scene; what stands before the last ground under the text does not show */
    int owner; /* the mark that it belongs to, or JB_NO_OWNER */
} geometry_text;

static inline bool geometry_is_ink(jb_colour a, jb_colour b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

/* A run's box: its glyphs' places across, from the height of figures down to the baseline. */
static inline geometry_text geometry_of(const jb_item *item) {
    const jb_run *run = item->text.run;
    double x1 = INFINITY, x2 = -INFINITY;
    for (uint32_t i = 0; i < run->count; i++) {
        x1 = MIN(x1, (double)run->glyphs[i].x);
        x2 = MAX(x2, (double)run->glyphs[i].x + (double)run->glyphs[i].advance);
    }
    static const char *const halves[] = {"：", "，", "。", "；", "、", "）", "”"}; /* whose ink is the left half */
    for (size_t i = 0; i < G_N_ELEMENTS(halves); i++)
        if (run->length >= 3 && !memcmp(run->text + run->length - 3, halves[i], 3)) x2 -= 0.5 * run->size;
    if (run->length >= 3 && !memcmp(run->text, "（", 3)) x1 += 0.5 * run->size;
    return (geometry_text){
        {item->text.x + x1, item->text.y - 0.7 * run->size, item->text.x + x2, item->text.y},
        item->text.y,
        run,
        item->text.colour,
        0,
        0,
        JB_NO_OWNER};
}

/* Punctuation at an edge of a line has ink in one half of its em only. */
static inline void geometry_trim(geometry_text *it) {
    static const char *const opening[] = {"（", "“", "《", "「"}, *const closing[] = {"）", "”", "》", "」", "，",
                                                                                     "。", "；", "：", "、"};
    const jb_run *run = it->run;
    for (size_t i = 0; i < G_N_ELEMENTS(opening); i++)
        if (g_str_has_prefix(run->text, opening[i])) it->box.x1 += run->size / 2;
    for (size_t i = 0; i < G_N_ELEMENTS(closing); i++) {
        size_t n = strlen(closing[i]);
        if (run->length >= n && !memcmp(run->text + run->length - n, closing[i], n)) it->box.x2 -= run->size / 2;
    }
}

/* The last item before a text that fills the box behind it with the paper's colour. */
static inline guint geometry_ground(const jb_scene *scene, const geometry_text *text, jb_colour paper) {
    guint found = 0;
    for (guint i = 0; i < text->item; i++) {
        const jb_item *item = &g_array_index(scene->items, jb_item, i);
        jb_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
        if (item->kind != JB_ITEM_PATH || !item->path.paint.fill || item->path.paint.stroke ||
            !geometry_is_ink(item->path.paint.fill_colour, paper))
            continue;
        for (unsigned k = 0; k < item->path.count; k++) {
            const jb_segment *s = &item->path.segments[k];
            if (s->kind != JB_MOVE && s->kind != JB_LINE) continue;
            box.x1 = MIN(box.x1, (double)s->p[0]), box.x2 = MAX(box.x2, (double)s->p[0]);
            box.y1 = MIN(box.y1, (double)s->p[1]), box.y2 = MAX(box.y2, (double)s->p[1]);
        }
        if (text->box.x1 >= box.x1 - GEOMETRY_EDGE && text->box.x2 <= box.x2 + GEOMETRY_EDGE &&
            text->box.y1 >= box.y1 - GEOMETRY_EDGE && text->box.y2 <= box.y2 + GEOMETRY_EDGE)
            found = i;
    }
    return found;
}

/* The mark that an item of the scene belongs to. */
static inline int geometry_owner(const jb_plot *p, guint item) {
    int owner = JB_NO_OWNER;
    for (guint i = 0; i < p->owned->len; i++) {
        const jb_owned *from = &g_array_index(p->owned, jb_owned, i);
        if (from->item > item) break;
        owner = from->owner;
    }
    return owner;
}

static inline bool geometry_is_blank(const jb_run *run) {
    for (uint32_t i = 0; i < run->length; i++)
        if (!g_ascii_isspace(run->text[i])) return false;
    return true;
}

/* All text of a scene (geometry_text), in the order of drawing. */
static inline GArray *geometry_texts(const jb_scene *scene, const jb_plot *p) {
    GArray *texts = g_array_new(FALSE, FALSE, sizeof(geometry_text));
    for (guint i = 0; i < scene->items->len; i++) {
        const jb_item *item = &g_array_index(scene->items, jb_item, i);
        if (item->kind != JB_ITEM_TEXT || !item->text.run->count || geometry_is_blank(item->text.run))
            continue;
        geometry_text text = geometry_of(item);
        geometry_trim(&text);
        text.item = i;
        text.ground = geometry_ground(scene, &text, p->style->paper);
        text.owner = geometry_owner(p, i);
        g_array_append_val(texts, text);
    }
    return texts;
}

static inline char *geometry_say(const char *what, const geometry_text *a, const jb_box *b,
                                 const char *other) {
    return g_strdup_printf("%s: “%.*s” at %.1f %.1f %.1f %.1f, %s at %.1f %.1f %.1f %.1f", what,
                           (int)MIN(a->run->length, 60), a->run->text, a->box.x1, a->box.y1, a->box.x2,
                           a->box.y2, other, b->x1, b->y1, b->x2, b->y2);
}

/* Pieces of one line touch: Latin and Han, drawn one behind the other. */
static inline bool geometry_is_one_line(const geometry_text *a, const geometry_text *b) {
    return a->baseline == b->baseline && a->run->size == b->run->size &&
           (fabs(a->box.x2 - b->box.x1) < a->run->size / 2 || fabs(b->box.x2 - a->box.x1) < a->run->size / 2);
}

static inline char *geometry_check_texts(const GArray *texts) {
    for (guint i = 0; i < texts->len; i++) {
        const geometry_text *a = &g_array_index(texts, geometry_text, i);
        for (guint k = 0; k < i; k++) {
            const geometry_text *b = &g_array_index(texts, geometry_text, k);
            if (jb_boxes_meet(&a->box, &b->box, -GEOMETRY_EDGE) &&
                !(k + 1 == i && geometry_is_one_line(a, b)))
                return geometry_say("text on text", a, &b->box, b->run->text);
        }
    }
    return NULL;
}

static inline char *geometry_check_frame(const GArray *texts, const jb_scene *scene) {
    const jb_box frame = {0, 0, scene->width, scene->height};
    for (guint i = 0; i < texts->len; i++) {
        const geometry_text *a = &g_array_index(texts, geometry_text, i);
        if (!(a->box.x1 >= -GEOMETRY_EDGE && a->box.y1 >= -GEOMETRY_EDGE &&
              a->box.x2 <= frame.x2 + GEOMETRY_EDGE && a->box.y2 <= frame.y2 + GEOMETRY_EDGE))
            return geometry_say("text leaves the frame", a, &frame, "which stands");
    }
    return NULL;
}

/* A label may stand wholly inside the mark that it belongs to, as a figure in its bar; else it keeps off it as
 * off all others. */
static inline bool geometry_is_inside_own(const geometry_text *a, const jb_box *box, int owner) {
    return owner >= 0 && owner == a->owner && a->box.x1 >= box->x1 - GEOMETRY_EDGE &&
           a->box.x2 <= box->x2 + GEOMETRY_EDGE && a->box.y1 >= box->y1 - GEOMETRY_EDGE &&
           a->box.y2 <= box->y2 + GEOMETRY_EDGE;
}

static inline char *geometry_check_marks(const GArray *texts, const jb_plot *p) {
    for (guint i = 0; i < texts->len; i++) {
        const geometry_text *a = &g_array_index(texts, geometry_text, i);
        for (guint k = 0; k < p->drawn->len; k++) {
            const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, k);
            const jb_box box = {d->box[0], d->box[1], d->box[2], d->box[3]};
            bool mark = !strcmp(d->type, "rect") || !strcmp(d->type, "symbol");
            if (mark && jb_boxes_meet(&a->box, &box, -GEOMETRY_EDGE) &&
                !geometry_is_inside_own(a, &box, d->owner))
                return geometry_say("text on a mark", a, &box, d->type);
        }
    }
    return NULL;
}

/* Strokes of the scene: lines, leaders, whiskers, links, outlines, rules; all but grid lines and what is clipped,
 * which is the hatching of bars. A curve counts as the line to its end. */
static inline char *geometry_check_strokes(const GArray *texts, const jb_scene *scene, jb_colour grid) {
    unsigned clipped = 0;
    for (guint k = 0; k < scene->items->len; k++) {
        const jb_item *item = &g_array_index(scene->items, jb_item, k);
        double x = 0, y = 0, from_x = 0, from_y = 0;
        if (item->kind == JB_ITEM_PUSH) clipped++;
        if (item->kind == JB_ITEM_POP) clipped--;
        if (clipped || item->kind != JB_ITEM_PATH || !item->path.paint.stroke ||
            geometry_is_ink(item->path.paint.stroke_colour, grid))
            continue;
        for (unsigned i = 0; i < item->path.count; i++) {
            const jb_segment *s = &item->path.segments[i];
            const float *at = s->kind == JB_CUBIC ? s->p + 4 : s->p;
            jb_box line = {x, y, s->kind == JB_CLOSE ? from_x : (double)at[0],
                           s->kind == JB_CLOSE ? from_y : (double)at[1]};
            x = line.x2, y = line.y2;
            if (s->kind == JB_MOVE) from_x = x, from_y = y;
            for (guint n = 0; n < texts->len && s->kind != JB_MOVE; n++) {
                const geometry_text *a = &g_array_index(texts, geometry_text, n);
                if (k >= a->ground && jb_line_meets_box(&line, &a->box, -GEOMETRY_EDGE))
                    return geometry_say("text on a line", a, &line, "");
            }
        }
    }
    return NULL;
}

static inline bool geometry_is_dark(jb_colour c) { return 0.3 * c.r + 0.59 * c.g + 0.11 * c.b < 150; }

/* The box of what is filled with an ink that text could not be read on; false for all else. */
static inline bool geometry_solid(const jb_item *item, jb_box *box) {
    if (item->kind != JB_ITEM_PATH || !item->path.paint.fill ||
        !geometry_is_dark(item->path.paint.fill_colour))
        return false;
    *box = (jb_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (unsigned i = 0; i < item->path.count; i++) {
        const jb_segment *s = &item->path.segments[i];
        const float *at = s->kind == JB_CUBIC ? s->p + 4 : s->p;
        if (s->kind == JB_CLOSE) continue;
        box->x1 = MIN(box->x1, (double)at[0]), box->x2 = MAX(box->x2, (double)at[0]);
        box->y1 = MIN(box->y1, (double)at[1]), box->y2 = MAX(box->y2, (double)at[1]);
    }
    return true;
}

/* Bars, points, arrows and keys as they are in the scene. */
static inline char *geometry_check_solids(const GArray *texts, const jb_scene *scene, const jb_plot *p) {
    jb_box box;
    for (guint k = 0; k < scene->items->len; k++) {
        if (!geometry_solid(&g_array_index(scene->items, jb_item, k), &box)) continue;
        int owner = geometry_owner(p, k);
        for (guint i = 0; i < texts->len; i++) {
            const geometry_text *a = &g_array_index(texts, geometry_text, i);
            bool light = !geometry_is_dark(a->colour) && geometry_is_inside_own(a, &box, owner);
            if (jb_boxes_meet(&a->box, &box, -GEOMETRY_EDGE) && !light)
                return geometry_say("text on a solid", a, &box, "");
        }
    }
    return NULL;
}

/* Two ticks of an axis that say the same. */
static inline char *geometry_check_ticks(const jb_plot *p) {
    for (guint i = 1; i < p->ticks->len; i++) {
        const jb_axis_tick *a = &g_array_index(p->ticks, jb_axis_tick, i - 1), *b = a + 1;
        bool numbers = p->horizontal ? b->scale == 'x' : b->scale != 'x';
        if (numbers && a->scale == b->scale && a->panel == b->panel && !strcmp(a->label, b->label))
            return g_strdup_printf("ticks at %g and %g both say %s", a->value, b->value, b->label);
    }
    return NULL;
}

/* The first fault, in words that the caller frees; NULL when there is none. */
static inline char *geometry_fault(const jb_scene *scene, const jb_plot *plot) {
    GArray *texts = geometry_texts(scene, plot);
    char *fault = geometry_check_frame(texts, scene);
    if (!fault) fault = geometry_check_texts(texts);
    if (!fault) fault = geometry_check_marks(texts, plot);
    if (!fault) fault = geometry_check_solids(texts, scene, plot);
    if (!fault) fault = geometry_check_strokes(texts, scene, plot->style->grid);
    if (!fault) fault = geometry_check_ticks(plot);
    g_array_free(texts, TRUE);
    return fault;
}

#endif
