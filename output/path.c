/* Path data as text, dashes, and the shapes of glyphs. */
#include "output/path.h"

#include <string.h>
#include "base/text.h"

/* A number that needs no blank before it when its sign parts it from the one before. */
static void put(GString *out, double value, int decimals, bool first) {
    gsize at = out->len;
    jb_text_number(out, value, decimals);
    if (!first && out->str[at] != '-') g_string_insert_c(out, (gssize)at, ' ');
}

void jb_path_text(GString *out, const jb_segment *segments, unsigned count, int decimals) {
    static const char letters[] = "MLCZ";
    static const unsigned char numbers[] = {2, 2, 6, 0};
    for (unsigned i = 0; i < count; i++) {
        const jb_segment *s = &segments[i];
        g_string_append_c(out, letters[s->kind]);
        for (unsigned j = 0; j < numbers[s->kind]; j++) put(out, s->p[j], decimals, j == 0);
    }
}

unsigned jb_paint_dashes(const jb_paint *paint) {
    if (!(paint->dash[0] > 0)) return 0;
    return paint->dash[2] > 0 || paint->dash[3] > 0 ? 4 : 2;
}

typedef struct glyph_key {
    const jb_face *face;
    uint32_t glyph;
} glyph_key;

struct jb_shapes {
    GHashTable *known; /* glyph_key to jb_shape */
    GPtrArray *order;  /* the shapes that have an outline */
    jb_arena *arena;
    GArray *pen; /* jb_segment: the outline being fetched */
};

static guint hash_key(gconstpointer key) {
    const glyph_key *k = key;
    return g_direct_hash(k->face) * 31 + k->glyph;
}

static gboolean equal_keys(gconstpointer a, gconstpointer b) {
    const glyph_key *k = a, *l = b;
    return k->face == l->face && k->glyph == l->glyph;
}

jb_shapes *jb_shapes_new(void) {
    jb_shapes *shapes = g_new0(jb_shapes, 1);
    shapes->known = g_hash_table_new(hash_key, equal_keys);
    shapes->order = g_ptr_array_new();
    shapes->arena = jb_arena_new();
    shapes->pen = g_array_new(FALSE, FALSE, sizeof(jb_segment));
    return shapes;
}

void jb_shapes_free(jb_shapes *shapes) {
    if (!shapes) return;
    g_hash_table_destroy(shapes->known);
    g_ptr_array_free(shapes->order, TRUE);
    g_array_free(shapes->pen, TRUE);
    jb_arena_free(shapes->arena);
    g_free(shapes);
}

static void pen_put(void *to, jb_segment segment) { g_array_append_vals(to, &segment, 1); }

static void pen_move(void *to, double x, double y) {
    pen_put(to, (jb_segment){JB_MOVE, {(float)x, (float)-y}});
}

static void pen_line(void *to, double x, double y) {
    pen_put(to, (jb_segment){JB_LINE, {(float)x, (float)-y}});
}

static void pen_cubic(void *to, double x1, double y1, double x2, double y2, double x3, double y3) {
    pen_put(to,
            (jb_segment){JB_CUBIC, {(float)x1, (float)-y1, (float)x2, (float)-y2, (float)x3, (float)-y3}});
}

/* Closes the contour; a last line back to its start says the same and is dropped. */
static void pen_close(void *to) {
    GArray *pen = to;
    const jb_segment *first = (const jb_segment *)(void *)pen->data + pen->len, *last = first - 1;
    if (!pen->len) return;
    do first--;
    while (first->kind != JB_MOVE && (const void *)first != pen->data);
    if (last->kind == JB_LINE && last->p[0] == first->p[0] && last->p[1] == first->p[1])
        g_array_set_size(pen, pen->len - 1);
    pen_put(to, (jb_segment){.kind = JB_CLOSE});
}

static jb_shape *fetch(jb_shapes *shapes, const jb_face *face, uint32_t glyph) {
    static const jb_outline_sink sink = {pen_move, pen_line, pen_cubic, pen_close};
    jb_shape *shape = JB_NEW(shapes->arena, jb_shape);
    g_array_set_size(shapes->pen, 0);
    jb_face_outline(face, glyph, &sink, shapes->pen);
    if (!shapes->pen->len) return shape;
    shape->count = shapes->pen->len;
    shape->segments = JB_ARRAY(shapes->arena, jb_segment, shape->count);
    memcpy(shape->segments, shapes->pen->data, shape->count * sizeof(jb_segment));
    shape->index = shapes->order->len;
    g_ptr_array_add(shapes->order, shape);
    return shape;
}

const jb_shape *jb_shapes_get(jb_shapes *shapes, const jb_face *face, uint32_t glyph) {
    jb_shape *shape = g_hash_table_lookup(shapes->known, &(glyph_key){face, glyph});
    if (shape) return shape;
    glyph_key *key = JB_NEW(shapes->arena, glyph_key);
    *key = (glyph_key){face, glyph};
    shape = fetch(shapes, face, glyph);
    g_hash_table_insert(shapes->known, key, shape);
    return shape;
}

const jb_shape *jb_shapes_nth(const jb_shapes *shapes, unsigned index) {
    return index < shapes->order->len ? g_ptr_array_index(shapes->order, index) : NULL;
}
