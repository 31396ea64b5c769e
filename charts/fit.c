/* The last look at a chart: text that leaves it or stands on other text makes it an error, never a picture
 * that cannot be read. */
#include <math.h>
#include <string.h>
#include "charts/place_grid.h"
#include "charts/composite.h"

#define EDGE 0.5    /* pt that ink may be off: side bearings, squeezed marks */
#define ASCENT 0.68 /* em, of figures: rows may be set tight */

typedef struct ink {
    jb_box box;
    const jb_run *run;
    double baseline;
    guint item; /* of the scene */
} ink;

static ink ink_of(const jb_item *item, guint i) {
    const jb_run *run = item->text.run;
    ink it = {{INFINITY, item->text.y - ASCENT * run->size, -INFINITY, item->text.y}, run, item->text.y, i};
    for (uint32_t k = 0; k < run->count; k++) {
        double x = item->text.x + (double)run->glyphs[k].x;
        if (!(run->glyphs[k].advance > 0)) continue;
        it.box.x1 = MIN(it.box.x1, x);
        it.box.x2 = MAX(it.box.x2, x + (double)run->glyphs[k].advance);
    }
    return it;
}

/* Punctuation that stands at an edge of a line has ink in one half of its em only. */
static void trim(ink *it) {
    static const char opening[] = "（《「『【〔“‘", closing[] = "，。；：、）》」』】〕”’！？";
    const char *text = it->run->text, *end = text + it->run->length, *last = g_utf8_find_prev_char(text, end);
    char first[8] = {0}, after[8] = {0};
    if (!last || *text == ' ') return;
    memcpy(first, text, (size_t)MIN(g_utf8_next_char(text) - text, 7));
    memcpy(after, last, (size_t)MIN(end - last, 7));
    if ((unsigned char)*first > 0x7F && strstr(opening, first)) it->box.x1 += it->run->size / 2;
    if ((unsigned char)*after > 0x7F && strstr(closing, after)) it->box.x2 -= it->run->size / 2;
}

static bool is_blank(const jb_run *run) {
    for (uint32_t i = 0; i < run->length; i++)
        if (!g_ascii_isspace(run->text[i])) return false;
    return true;
}

static GArray *list_inks(const jb_scene *scene) {
    GArray *inks = g_array_new(FALSE, FALSE, sizeof(ink));
    for (guint i = 0; i < scene->items->len; i++) {
        const jb_item *item = &g_array_index(scene->items, jb_item, i);
        if (item->kind != JB_ITEM_TEXT || is_blank(item->text.run)) continue;
        ink it = ink_of(item, i);
        trim(&it);
        if (it.box.x1 < it.box.x2) g_array_append_val(inks, it);
    }
    return inks;
}

/* So many bytes of a run's text as a message takes. */
static int shown(const jb_run *run) {
    int length = (int)MIN(run->length, 60);
    while (length < (int)run->length && length > 0 && ((unsigned char)run->text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

typedef struct look {
    const GArray *inks;
    const ink *it, *met;
} look;

/* Pieces of a line are drawn one behind the other and touch. */
static bool is_met(void *user, unsigned other) {
    look *q = user;
    const ink *a = q->it, *b = &g_array_index(q->inks, ink, other);
    bool line =
        a->item == b->item + 1 && a->baseline == b->baseline && a->box.x1 > b->box.x2 - a->run->size / 2;
    if (line || !jb_boxes_meet(&a->box, &b->box, -EDGE)) return false;
    q->met = b;
    return true;
}

/* The first text that leaves the chart, with `met` NULL, or that meets another; false when there is none. */
static bool find_fault(const jb_plot *p, ink *it, ink *met) {
    GArray *inks = list_inks(p->scene);
    const jb_box frame = {0, 0, p->width, p->scene->height};
    jb_cells *cells = jb_cells_new(&frame, inks->len);
    bool found = false;
    for (guint i = 0; i < inks->len && !found; i++) {
        look q = {inks, &g_array_index(inks, ink, i), NULL};
        const jb_box *box = &q.it->box;
        found = !(box->x1 >= -EDGE && box->y1 >= -EDGE && box->x2 <= frame.x2 + EDGE &&
                  box->y2 <= frame.y2 + EDGE) ||
                jb_cells_find(cells, box, is_met, &q);
        if (found) *it = *q.it, *met = q.met ? *q.met : (ink){.run = NULL};
        jb_cells_add(cells, box, i);
    }
    jb_cells_free(cells);
    g_array_free(inks, TRUE);
    return found;
}

bool jb_plot_fits(const jb_plot *p) {
    ink it, met;
    return !find_fault(p, &it, &met);
}

jb_status jb_plot_fail(jb_plot *p, double width) {
    ink it, met;
    const char *remedy = width > 0 ? jb_worded(p, "%d pt of width would do", (int)(width + 0.5))
                                   : "make it larger, or draw less, or with shorter names";
    int across = (int)(p->width + 0.5), down = (int)(p->scene->height + 0.5);
    if (!find_fault(p, &it, &met)) return JB_OK;
    if (!met.run)
        return jb_fail(p->ctx, p->spec->node->pos, "“%.*s” does not fit a chart of %d × %d pt; %s", shown(it.run),
                       it.run->text, across, down, remedy);
    return jb_fail(p->ctx, p->spec->node->pos,
                   "“%.*s” and “%.*s” stand in each other's way in a chart of %d × %d pt; %s", shown(met.run),
                   met.run->text, shown(it.run), it.run->text, across, down, remedy);
}
