/* Text to runs: a face for each character by our own chain, then pango itemises and shapes with exactly that
 * face. */
#include <pango/pangofc-font.h>
#include <string.h>
#include "fonts/fonts.h"
#include "fonts/fonts_private.h"

/* ---- a face for each character ---- */

static bool is_joiner(gunichar c) {
    return g_unichar_ismark(c) || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

/* Marks that Chinese and Latin share; their width depends on which of the two they stand in. */
static bool is_shared_mark(gunichar c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026 || c == 0x2014 ||
           c == 0xB7;
}

static bool is_latin(gunichar c) {
    return c < 0x2E80 && !is_shared_mark(c) && (c < 0x2000 || g_unichar_isalpha(c));
}

static bool is_letter_or_digit(gunichar c) { return is_latin(c) && g_unichar_isalnum(c); }

static bool is_silent(gunichar c) { return c == 0x2028 || c == '\n' || c == 0xFEFF || c == 0x200B; }

static uint32_t glyph_of(const jb_face *face, gunichar c) {
    hb_codepoint_t glyph = 0;
    return face && hb_font_get_nominal_glyph(face->font, c, &glyph) ? glyph : 0;
}

typedef struct chain {
    const jb_face *faces[2 + 2 * JB_ROLES];
    unsigned count;
} chain;

static void chain_add(chain *c, const jb_face *face) {
    for (unsigned i = 0; i < c->count; i++)
        if (c->faces[i] == face) return;
    if (face) c->faces[c->count++] = face;
}

static chain chain_for(const jb_fonts *fonts, const jb_style *style, bool latin) {
    chain c = {.count = 0};
    if (latin && fonts->companion[style->role]) chain_add(&c, jb_fonts_of(fonts, JB_ROLE_LATIN, style->bold));
    chain_add(&c, jb_fonts_of(fonts, style->role, style->bold));
    for (int role = 0; role < JB_ROLES; role++) chain_add(&c, jb_fonts_of(fonts, (jb_role)role, style->bold));
    return c;
}

static const jb_face *first_with(const chain *c, gunichar character) {
    for (unsigned i = 0; i < c->count; i++)
        if (glyph_of(c->faces[i], character)) return c->faces[i];
    return NULL;
}

typedef struct chooser {
    jb_fonts *fonts;
    chain han, latin;
    jb_pos pos;
    unsigned missing;
} chooser;

static void report_missing(chooser *k, gunichar c, glong index) {
    char text[8] = {0};
    jb_pos pos = k->pos;
    if (pos.column > 0) pos.column += (int)index;
    if (g_unichar_isgraph(c)) g_unichar_to_utf8(c, text);
    jb_fail(k->fonts->ctx, pos, "no installed font has the character %s%s%s(U+%04X)", *text ? "“" : "", text,
            *text ? "” " : "", (unsigned)c);
    k->missing++;
}

static gunichar before(const char *text, const char *at) {
    return at > text ? g_utf8_get_char(g_utf8_prev_char(at)) : 0;
}

/* The face for the character at `at`; the one before goes on for marks and joiners. NULL draws nothing. */
static const jb_face *choose(chooser *k, const char *text, const char *at, const char *end,
                             const jb_face *last, glong index) {
    gunichar c = g_utf8_get_char(at);
    const char *next = g_utf8_next_char(at);
    if (is_silent(c)) return NULL;
    if (is_joiner(c) && last)
        return glyph_of(last, c) || c >= 0xFE00 || c == 0x200D ? last : first_with(&k->han, c);
    bool latin = is_latin(c);
    if (is_shared_mark(c))
        latin =
            is_letter_or_digit(before(text, at)) && next < end && is_letter_or_digit(g_utf8_get_char(next));
    const jb_face *face = first_with(latin ? &k->latin : &k->han, c == 0xA0 ? ' ' : c);
    if (!face) report_missing(k, c, index);
    return face;
}

/* ---- shaping one stretch of one face ---- */

typedef struct shaper {
    jb_fonts *fonts;
    jb_arena *arena;
    const jb_style *style;
    GArray *runs; /* jb_run */
    jb_status status;
} shaper;

static bool is_pinned(const PangoFont *font, const jb_face *face) {
    FcPattern *pattern =
        PANGO_IS_FC_FONT(font) ? pango_fc_font_get_pattern(PANGO_FC_FONT((PangoFont *)font)) : NULL;
    FcChar8 *file = NULL;
    int index = 0;
    if (!pattern) return false;
    FcPatternGetString(pattern, FC_FILE, 0, &file);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    return file && !strcmp((const char *)file, face->file) && (index & 0xffff) == face->index;
}

static PangoAttrList *attributes_for(const shaper *s, const jb_face *face) {
    PangoAttrList *list = pango_attr_list_new();
    PangoFontDescription *d =
        pango_font_description_copy(g_array_index(s->fonts->bound, jb_bound, face->id).description);
    pango_font_description_set_absolute_size(d, s->style->size * PANGO_SCALE);
    pango_attr_list_insert(list, pango_attr_font_desc_new(d));
    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    pango_attr_list_insert(list, pango_attr_language_new(pango_language_from_string("zh-cn")));
    pango_attr_list_insert(list,
                           pango_attr_font_features_new(s->style->figures ? "lnum=1,tnum=1" : "lnum=1"));
    pango_font_description_free(d);
    return list;
}

static void add_run(shaper *s, const jb_face *face, const char *text, size_t length,
                    const PangoGlyphString *from) {
    jb_run run = {.face = face, .size = s->style->size, .text = text, .length = (uint32_t)length};
    double x = 0;
    run.glyphs = JB_ARRAY(s->arena, jb_glyph, from->num_glyphs);
    for (int i = 0; i < from->num_glyphs; i++) {
        const PangoGlyphInfo *info = &from->glyphs[i];
        double width = (double)info->geometry.width / PANGO_SCALE;
        bool drawn = info->glyph != PANGO_GLYPH_EMPTY && !(info->glyph & PANGO_GLYPH_UNKNOWN_FLAG);
        if (drawn)
            run.glyphs[run.count++] =
                (jb_glyph){info->glyph, (uint32_t)from->log_clusters[i],
                           (float)(x + (double)info->geometry.x_offset / PANGO_SCALE),
                           (float)((double)info->geometry.y_offset / PANGO_SCALE), (float)width};
        x += width;
    }
    run.width = x;
    g_array_append_val(s->runs, run);
}

static void shape_item(shaper *s, const jb_face *face, const char *text, const PangoItem *item) {
    jb_bound *bound = &g_array_index(s->fonts->bound, jb_bound, face->id);
    PangoGlyphString *glyphs = pango_glyph_string_new();
    if (!bound->checked && !is_pinned(item->analysis.font, face)) {
        s->status = jb_fail(s->fonts->ctx, jb_pos_file(face->file), "pango does not give this file for %s",
                            face->family);
    } else {
        bound->checked = true;
        pango_shape_full(text + item->offset, item->length, text, -1, &item->analysis, glyphs);
        add_run(s, face, text + item->offset, (size_t)item->length, glyphs);
    }
    pango_glyph_string_free(glyphs);
}

static void shape_stretch(shaper *s, const jb_face *face, const char *text, size_t length) {
    PangoAttrList *attributes = attributes_for(s, face);
    GList *items = pango_itemize(s->fonts->pango, text, 0, (int)length, attributes, NULL);
    for (GList *l = items; l; l = l->next) shape_item(s, face, text, l->data);
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
    pango_attr_list_unref(attributes);
}

jb_status jb_fonts_shape(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text,
                         size_t length, jb_pos pos, jb_run **runs, unsigned *count) {
    chooser k = {fonts, chain_for(fonts, style, false), chain_for(fonts, style, true), pos, 0};
    shaper s = {fonts, arena, style, g_array_new(FALSE, TRUE, sizeof(jb_run)), JB_OK};
    const char *start = text, *end = text + length, *at = text;
    const jb_face *face = NULL;
    char *line = jb_arena_copy(arena, text, length); /* pango reads on to the NUL */
    for (glong index = 0; at < end; at = g_utf8_next_char(at), index++) {
        const jb_face *next = choose(&k, text, at, end, face, index);
        if (next == face) continue;
        if (face) shape_stretch(&s, face, line + (start - text), (size_t)(at - start));
        face = next;
        start = at;
    }
    if (face) shape_stretch(&s, face, line + (start - text), (size_t)(end - start));
    *count = s.runs->len;
    *runs = JB_ARRAY(arena, jb_run, s.runs->len);
    if (s.runs->len) memcpy(*runs, s.runs->data, s.runs->len * sizeof(jb_run));
    for (unsigned i = 0; i < *count; i++) (*runs)[i].text = text + ((*runs)[i].text - line);
    g_array_free(s.runs, TRUE);
    return k.missing ? JB_FAILED : s.status;
}
