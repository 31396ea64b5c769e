/* Collects glyphs and their texts. ISO 32000-1 9.10.3: one code has one text, so whatever differs from it,
 * and what several glyphs say together, is said apart by ActualText. The programs are embedded by
 * pdf_embed.c. */
#include "output/pdf_font.h"

#include <math.h>
#include <string.h>
#include "output/pdf_embed.h"

typedef struct used_face {
    const jb_face *face;  /* NULL: not used */
    jb_pdf_glyph *glyphs; /* by glyph id */
    jb_pdf_obj *dict;
} used_face;

struct jb_pdf_fonts {
    used_face *faces; /* by face id */
    unsigned count;
};

jb_pdf_cluster jb_pdf_cluster_at(const jb_run *run, uint32_t at) {
    const jb_glyph *g = run->glyphs;
    uint32_t begin = g[at].cluster, last = at + 1;
    while (last < run->count && g[last].cluster == begin) last++;
    bool backwards = g[0].cluster > g[run->count - 1].cluster;
    uint32_t end = run->length;
    if (backwards && at > 0) end = g[at - 1].cluster;
    if (!backwards && last < run->count) end = g[last].cluster;
    if (end < begin || begin > run->length) end = begin = MIN(begin, run->length);
    return (jb_pdf_cluster){at, last - at, run->text + begin, MIN(end, run->length) - begin};
}

/* Characters that ToUnicode must not give (ISO 14289-1 7.21.7) or that need ActualText (ISO
 * 19005-3 6.2.11.7.3). */
static bool is_unfit(const char *text, uint32_t length) {
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == 0 || c == 0xFEFF || c == 0xFFFE || g_unichar_type(c) == G_UNICODE_PRIVATE_USE) return true;
    }
    return false;
}

bool jb_pdf_cluster_is_apart(const jb_pdf_fonts *fonts, const jb_face *face, const jb_pdf_cluster *cluster,
                             const jb_run *run) {
    const jb_pdf_glyph *g = jb_pdf_fonts_glyph(fonts, face, run->glyphs[cluster->first].id);
    if (cluster->count > 1 || g->length != cluster->length) return true;
    if (g->text != cluster->text && memcmp(g->text, cluster->text, g->length) != 0) return true;
    return is_unfit(cluster->text, cluster->length);
}

/* ---- collecting ---- */

static void learn(jb_pdf_glyph *g, const char *text, uint32_t length, bool weak) {
    if (g->used && (weak || !g->weak)) return;
    *g = (jb_pdf_glyph){.text = text, .length = length, .used = true, .weak = weak};
}

/* Several glyphs for one text: character by character where the numbers agree, else all with the first. */
static void learn_parts(used_face *used, const jb_run *run, const jb_pdf_cluster *c) {
    bool even = g_utf8_strlen(c->text, (gssize)c->length) == (glong)c->count;
    const char *p = c->text;
    for (uint32_t i = 0; i < c->count; i++) {
        const char *next = even ? g_utf8_next_char(p) : c->text + c->length;
        learn(&used->glyphs[run->glyphs[c->first + i].id], p, (uint32_t)(next - p), true);
        p = next;
    }
}

static void collect_run(jb_pdf_fonts *fonts, const jb_run *run) {
    used_face *used = &fonts->faces[run->face->id];
    if (!used->face) {
        used->face = run->face;
        used->glyphs = g_new0(jb_pdf_glyph, run->face->glyphs);
    }
    for (uint32_t at = 0; at < run->count;) {
        jb_pdf_cluster c = jb_pdf_cluster_at(run, at);
        if (c.count == 1)
            learn(&used->glyphs[run->glyphs[at].id], c.text, c.length, false);
        else
            learn_parts(used, run, &c);
        at += c.count;
    }
}

/* The runs' glyph ids are the face's own; one past its end would be our bug. */
static bool is_sound(const jb_pdf_fonts *fonts, const jb_run *run) {
    if (!run->face || run->face->id >= fonts->count) return false;
    for (uint32_t i = 0; i < run->count; i++)
        if (run->glyphs[i].id >= run->face->glyphs) return false;
    return true;
}

static jb_status collect(jb_context *ctx, jb_pdf_fonts *fonts, const jb_pages *pages) {
    for (guint p = 0; p < pages->scenes->len; p++) {
        const jb_scene *scene = g_ptr_array_index(pages->scenes, p);
        for (guint i = 0; i < scene->items->len; i++) {
            const jb_item *item = &g_array_index(scene->items, jb_item, i);
            if (item->kind != JB_ITEM_TEXT || !item->text.run->count) continue;
            if (!is_sound(fonts, item->text.run)) {
                jb_fail(ctx, (jb_pos){0}, "page %u has a glyph that its font does not have", p + 1);
                return JB_FAILED;
            }
            collect_run(fonts, item->text.run);
        }
    }
    return JB_OK;
}

/* ---- embedding ---- */

static jb_status embed(jb_context *ctx, used_face *used, jb_pdf_doc *doc) {
    jb_subset *subset = NULL;
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t g = 0; g < used->face->glyphs; g++)
        if (used->glyphs[g].used) g_array_append_val(ids, g);
    jb_status status = jb_subset_new(ctx, used->face, (const uint32_t *)(void *)ids->data, ids->len, &subset);
    g_array_free(ids, TRUE);
    if (status != JB_OK) return status;
    for (unsigned i = 0; i < subset->count; i++) {
        jb_pdf_glyph *g = &used->glyphs[subset->glyphs[i]];
        g->code = subset->codes[i];
        g->width = (uint16_t)CLAMP(lround(jb_face_advance(used->face, subset->glyphs[i])), 0, 32767);
    }
    used->dict = jb_pdf_embed(doc, used->face, used->glyphs, subset); /* takes the subset over */
    return jb_pdf_doc_status(doc);
}

jb_pdf_fonts *jb_pdf_fonts_new(jb_context *ctx, const jb_pages *pages, jb_pdf_doc *doc) {
    jb_pdf_fonts *fonts = g_new0(jb_pdf_fonts, 1);
    fonts->count = pages->fonts ? jb_fonts_count(pages->fonts) : 0;
    fonts->faces = g_new0(used_face, MAX(fonts->count, 1));
    jb_status status = collect(ctx, fonts, pages);
    for (unsigned i = 0; i < fonts->count && status == JB_OK; i++)
        if (fonts->faces[i].face) status = embed(ctx, &fonts->faces[i], doc);
    if (status == JB_OK) return fonts;
    jb_pdf_fonts_free(fonts);
    return NULL;
}

void jb_pdf_fonts_free(jb_pdf_fonts *fonts) {
    if (!fonts) return;
    for (unsigned i = 0; i < fonts->count; i++) g_free(fonts->faces[i].glyphs);
    g_free(fonts->faces);
    g_free(fonts);
}

unsigned jb_pdf_fonts_count(const jb_pdf_fonts *fonts) { return fonts->count; }

jb_pdf_obj *jb_pdf_fonts_dict(const jb_pdf_fonts *fonts, unsigned face) { return fonts->faces[face].dict; }

const jb_pdf_glyph *jb_pdf_fonts_glyph(const jb_pdf_fonts *fonts, const jb_face *face, uint32_t glyph) {
    return &fonts->faces[face->id].glyphs[glyph];
}
