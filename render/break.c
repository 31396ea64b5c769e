/* Slabs onto pages: greedy, with ties, table continuation, and sections that keep company with their heads.
 */
#include "render/build.h"

#include <math.h>
#include "base/limits.h"

#define HEAD_RISE 4.0 /* pt */

typedef struct breaker {
    jb_builder *b;
    GArray *places;
    unsigned page;
    double y;     /* next free place on the page, from the top of the type area */
    double after; /* space that the slab before wants */
    bool empty;   /* nothing on the page yet */
} breaker;

static jb_slab *slab_at(const jb_builder *b, unsigned i) { return &g_array_index(b->slabs, jb_slab, i); }

static jb_table_run *run_of(const jb_builder *b, const jb_slab *slab) {
    return slab->table < 0 ? NULL : &g_array_index(b->tables, jb_table_run, (guint)slab->table);
}

/* The grid line at or below y; the one above when y is past it by no more than `slack`. */
static double grid_line(const jb_builder *b, double y, double slack) {
    double grid = b->theme->grid, above = floor(y / grid + 1e-6) * grid;
    return y - above <= slack + 1e-6 ? above : above + grid;
}

/* Where a slab would stand after y. A head stands as near to its text as its style asks: what the text's grid
 * asks more goes before the head. At a page's top too, where the head may also rise, by HEAD_RISE, to the
 * grid line before: its leading leaves so much blank over it. */
static double stand(const jb_builder *b, unsigned i, double y, double after, bool empty) {
    const jb_slab *slab = slab_at(b, i), *next = i + 1 < b->slabs->len ? slab_at(b, i + 1) : NULL;
    double at = empty ? 0 : y + MAX(after, slab->before);
    if (slab->grid) return grid_line(b, at, 0);
    if (!slab->heading || !next || !next->grid) return at;
    double text = at + slab->height + MAX(slab->after, next->before);
    return at + grid_line(b, text, empty ? HEAD_RISE : 0) - text;
}

/* Ties a section's head to its first lines; to a table or figure only when that comes first. */
static void tie_sections(jb_builder *b) {
    for (unsigned i = 0; i < b->slabs->len; i++) {
        if (!slab_at(b, i)->heading) continue;
        unsigned lines = 0;
        for (unsigned k = i + 1; k < b->slabs->len && lines < b->theme->keep_lines; k++) {
            jb_slab *next = slab_at(b, k);
            if (!next->lines && lines) break;
            next->tied = true;
            if (next->heading || !next->lines) break;
            lines += next->lines;
        }
    }
}

static unsigned group_end(const jb_builder *b, unsigned i) {
    for (i++; i < b->slabs->len && slab_at(b, i)->tied; i++) {
    }
    return i;
}

/* The y behind slabs i to end when they go on at y. */
static double run_through(const jb_builder *b, unsigned i, unsigned end, double y, double after, bool empty) {
    for (; i < end; i++, empty = false) {
        const jb_slab *slab = slab_at(b, i);
        y = stand(b, i, y, after, empty) + slab->height;
        after = slab->after;
    }
    return y;
}

/* A table that begins in the group i to end and should rather move whole: the slab behind it, else `end`. */
static unsigned whole_end(const breaker *k, unsigned i, unsigned end) {
    const jb_theme_table *t = &k->b->theme->table;
    for (unsigned n = i; n < end; n++) {
        const jb_table_run *run = run_of(k->b, slab_at(k->b, n));
        if (!run || run->first != n || run->rows > t->whole_rows) continue;
        double all = run_through(k->b, i, run->last + 1, 0, 0, true), left = k->b->theme->depth - k->y;
        if (all <= k->b->theme->depth && left < t->whole_gap * k->b->theme->depth)
            return MAX(end, run->last + 1);
    }
    return end;
}

static void new_page(breaker *k) {
    k->page++;
    k->y = k->after = 0;
    k->empty = true;
}

static void put(breaker *k, unsigned i) {
    jb_slab *slab = slab_at(k->b, i);
    jb_table_run *run = run_of(k->b, slab);
    jb_place place = {.slab = i, .page = k->page};
    if (run && k->empty && i >= run->body && i > run->first) {
        place.repeat = true;
        place.repeat_y = k->b->theme->top;
        k->y = run->repeat_height;
        k->empty = false;
        if (k->places->len) g_array_index(k->places, jb_place, k->places->len - 1).close = true;
    }
    double at = stand(k->b, i, k->y, k->after, k->empty);
    place.y = k->b->theme->top + at;
    k->y = at + slab->height;
    k->after = slab->after;
    k->empty = false;
    g_array_append_val(k->places, place);
}

/* A group that no page can hold is broken wherever a page is full. */
static void put_group(breaker *k, unsigned i, unsigned end) {
    for (; i < end; i++) {
        if (!k->empty && run_through(k->b, i, i + 1, k->y, k->after, k->empty) > k->b->theme->depth + 0.01)
            new_page(k);
        put(k, i);
    }
}

static jb_status break_pages(breaker *k) {
    const jb_builder *b = k->b;
    double depth = b->theme->depth + 0.01;
    for (unsigned i = 0; i < b->slabs->len;) {
        unsigned end = group_end(b, i), wanted = k->empty ? end : whole_end(k, i, end);
        bool fits = run_through(b, i, wanted, k->y, k->after, k->empty) <= depth;
        if (!fits && !k->empty) new_page(k);
        if (k->page >= JB_LIMIT_PAGES)
            return jb_fail(b->ctx, jb_pos_file(b->document->file),
                           "the report is longer than the limit of %d pages", JB_LIMIT_PAGES);
        put_group(k, i, end);
        i = end;
    }
    return JB_OK;
}

jb_status jb_pages_break(jb_builder *b, GArray **places) {
    breaker k = {.b = b, .places = g_array_new(FALSE, TRUE, sizeof(jb_place)), .empty = true};
    *places = k.places;
    tie_sections(b);
    return break_pages(&k);
}
