/* Composite fonts (ISO 32000-1 9.7, 9.8, 9.10.3). Codes are those that the subset gives; Identity-H leads
 * from code to CID, the program or a CIDToGIDMap from CID to glyph. */
#include "output/pdf_embed.h"

#include <math.h>
#include <string.h>

#define BLOCK 100  /* entries of a bfchar block, Adobe Technical Note 5014 */
#define WIDTH 1000 /* DW */
#define LONGEST_TEXT                                                                                         \
    64 /* UTF-16 units of a code's text; longer ones are cut, ActualText says them anyway                    \
        */

typedef struct embedding {
    jb_pdf_doc *doc;
    const jb_face *face;
    const jb_pdf_glyph **used; /* by code */
    unsigned count;
    char name[128];
} embedding;

static int by_code(const void *a, const void *b) {
    const jb_pdf_glyph *const *x = a, *const *y = b;
    return ((*x)->code > (*y)->code) - ((*x)->code < (*y)->code);
}

static void sort_used(embedding *e, const jb_pdf_glyph *glyphs, const jb_subset *subset) {
    e->used = g_new(const jb_pdf_glyph *, subset->count);
    for (unsigned i = 0; i < subset->count; i++)
        if (glyphs[subset->glyphs[i]].used) e->used[e->count++] = &glyphs[subset->glyphs[i]];
    qsort(e->used, e->count, sizeof *e->used, by_code);
}

/* ABCDEF+Name: the letters tell subsets apart (9.6.4), here by a hash (FNV-1a) of the codes. */
static void name_font(embedding *e) {
    guint64 hash = 0xCBF29CE484222325u;
    for (unsigned i = 0; i < e->count; i++) hash = (hash ^ e->used[i]->code) * 0x100000001B3u;
    hash ^= hash >> 32;
    size_t n = 0;
    for (; n < 6; n++, hash /= 26) e->name[n] = (char)('A' + hash % 26);
    e->name[n++] = '+';
    const char *p = e->face->postscript && *e->face->postscript ? e->face->postscript : "Font";
    for (; *p && n < 100; p++) e->name[n++] = g_ascii_isalnum(*p) || *p == '-' ? *p : '_';
    e->name[n] = 0;
}

/* ---- what codes stand for ---- */

static void append_text(GString *out, const jb_pdf_glyph *g) {
    glong count = 0;
    gunichar2 *wide = g_utf8_to_utf16(g->text, (glong)g->length, NULL, &count, NULL);
    gsize before = out->len;
    for (glong i = 0; wide && i < MIN(count, LONGEST_TEXT); i++)
        if (wide[i] && wide[i] != 0xFEFF && wide[i] != 0xFFFE) g_string_append_printf(out, "%04X", wide[i]);
    if (out->len == before) g_string_append(out, "200B"); /* no text of its own: zero width space */
    g_free(wide);
}

static jb_pdf_obj *to_unicode(embedding *e) {
    GString *s =
        g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo "
                     "<</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName "
                     "/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> "
                     "<FFFF>\nendcodespacerange\n");
    for (unsigned i = 0; i < e->count; i++) {
        if (i % BLOCK == 0) g_string_append_printf(s, "%u beginbfchar\n", MIN(e->count - i, BLOCK));
        g_string_append_printf(s, "<%04X> <", e->used[i]->code);
        append_text(s, e->used[i]);
        g_string_append(s, ">\n");
        if (i % BLOCK == BLOCK - 1 || i == e->count - 1) g_string_append(s, "endbfchar\n");
    }
    g_string_append(s, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return jb_pdf_stream(e->doc, g_string_free_to_bytes(s), true);
}

/* W: runs of neighbouring codes whose widths are not DW (9.7.4.3). */
static unsigned widths(embedding *e) {
    GString *s = g_string_new("[");
    for (unsigned i = 0, next = 0; i < e->count; i++) {
        const jb_pdf_glyph *g = e->used[i];
        if (g->width == WIDTH) continue;
        bool joined = s->len > 1 && next == g->code;
        if (!joined) g_string_append_printf(s, "%s%u[", s->len > 1 ? "]" : "", g->code);
        g_string_append_printf(s, "%s%u", joined ? " " : "", g->width);
        next = g->code + 1u;
    }
    g_string_append(s, s->len > 1 ? "]]" : "]");
    unsigned id = jb_pdf_raw(e->doc);
    jb_pdf_raw_set(e->doc, id, s->str, s->len);
    g_string_free(s, TRUE);
    return id;
}

/* ---- dictionaries ---- */

static void free_subset(gpointer subset) { jb_subset_free(subset); }

static jb_pdf_obj *program(embedding *e, jb_subset *subset) {
    bool glyf = subset->kind == JB_OUTLINE_GLYF;
    int length = (int)subset->length;
    jb_pdf_obj *file = jb_pdf_stream(
        e->doc, g_bytes_new_with_free_func(subset->program, subset->length, free_subset, subset), true);
    if (glyf)
        jb_pdf_put_int(e->doc, file, "Length1", length);
    else
        jb_pdf_put_name(e->doc, file, "Subtype", "CIDFontType0C");
    return file;
}

static jb_pdf_obj *descriptor(embedding *e) {
    jb_pdf_doc *doc = e->doc;
    const jb_face *face = e->face;
    jb_pdf_obj *d = jb_pdf_indirect(doc, jb_pdf_dict(doc)), *box = jb_pdf_array(doc);
    jb_pdf_put_name(doc, d, "Type", "FontDescriptor");
    jb_pdf_put_name(doc, d, "FontName", e->name);
    jb_pdf_put_int(doc, d, "Flags", face->italic_angle != 0 ? 4 | 64 : 4); /* symbolic, italic */
    for (int i = 0; i < 4; i++)
        jb_pdf_put_int(doc, box, NULL, (int)(i < 2 ? floor(face->bbox[i]) : ceil(face->bbox[i])));
    jb_pdf_put(doc, d, "FontBBox", box);
    jb_pdf_put_int(doc, d, "ItalicAngle", (int)lround(face->italic_angle));
    jb_pdf_put_int(doc, d, "Ascent", (int)lround(face->ascent));
    jb_pdf_put_int(doc, d, "Descent", (int)lround(face->descent));
    jb_pdf_put_int(doc, d, "CapHeight", (int)lround(face->cap_height));
    /* Fonts do not tell their stems; this is the usual estimate from the weight. */
    jb_pdf_put_int(doc, d, "StemV", (int)lround(50 + (face->weight / 65.0) * (face->weight / 65.0)));
    return d;
}

static jb_pdf_obj *cid_to_gid(embedding *e, const jb_subset *subset) {
    unsigned last = 0;
    for (unsigned i = 0; i < subset->count; i++) last = MAX(last, subset->codes[i]);
    guint8 *map = g_malloc0(2 * (size_t)(last + 1));
    for (unsigned i = 0; i < subset->count; i++) {
        map[2 * subset->codes[i]] = (guint8)(subset->ids[i] >> 8);
        map[2 * subset->codes[i] + 1] = (guint8)subset->ids[i];
    }
    return jb_pdf_stream(e->doc, g_bytes_new_take(map, 2 * (size_t)(last + 1)), true);
}

static jb_pdf_obj *cid_font(embedding *e, jb_subset *subset) {
    jb_pdf_doc *doc = e->doc;
    bool glyf = subset->kind == JB_OUTLINE_GLYF;
    jb_pdf_obj *d = jb_pdf_indirect(doc, jb_pdf_dict(doc)), *system = jb_pdf_dict(doc),
               *metrics = descriptor(e);
    jb_pdf_put_name(doc, d, "Type", "Font");
    jb_pdf_put_name(doc, d, "Subtype", glyf ? "CIDFontType2" : "CIDFontType0");
    jb_pdf_put_name(doc, d, "BaseFont", e->name);
    jb_pdf_put_ascii(doc, system, "Registry", "Adobe");
    jb_pdf_put_ascii(doc, system, "Ordering", "Identity");
    jb_pdf_put_int(doc, system, "Supplement", 0);
    jb_pdf_put(doc, d, "CIDSystemInfo", system);
    jb_pdf_put(doc, d, "FontDescriptor", metrics);
    jb_pdf_put_int(doc, d, "DW", WIDTH);
    jb_pdf_put_raw(doc, d, "W", widths(e));
    if (glyf) jb_pdf_put(doc, d, "CIDToGIDMap", cid_to_gid(e, subset));
    jb_pdf_put(doc, metrics, glyf ? "FontFile2" : "FontFile3", program(e, subset));
    return d;
}

jb_pdf_obj *jb_pdf_embed(jb_pdf_doc *doc, const jb_face *face, const jb_pdf_glyph *glyphs,
                         jb_subset *subset) {
    embedding e = {.doc = doc, .face = face};
    sort_used(&e, glyphs, subset);
    name_font(&e);
    jb_pdf_obj *d = jb_pdf_indirect(doc, jb_pdf_dict(doc)), *kids = jb_pdf_array(doc);
    jb_pdf_put_name(doc, d, "Type", "Font");
    jb_pdf_put_name(doc, d, "Subtype", "Type0");
    jb_pdf_put_name(doc, d, "BaseFont", e.name);
    jb_pdf_put_name(doc, d, "Encoding", "Identity-H");
    jb_pdf_put(doc, kids, NULL, cid_font(&e, subset));
    jb_pdf_put(doc, d, "DescendantFonts", kids);
    jb_pdf_put(doc, d, "ToUnicode", to_unicode(&e));
    g_free(e.used);
    return d;
}
