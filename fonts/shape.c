/* Text to runs: choose.c finds a face for each character; then pango itemises and shapes with exactly that
 * face what needs shaping. */
#include <pango/pangofc-font.h>
#include <string.h>
#include "base/limits.h"
#include "fonts/fonts_private.h"

#define LEAST_SIZE 0.1 /* pt */
#define LARGEST_SIZE 20000.0

typedef struct shaper {
    jb_fonts *fonts;
    jb_arena *arena;
    const jb_style *style;
    jb_pos pos;
    const char *text;
    char *copy;     /* of the text, with blanks for tabs: what pango reads; NUL-terminated */
    GArray *runs;   /* jb_run */
    GArray *glyphs; /* jb_glyph, of all runs */
    GArray *word;   /* jb_glyph, of the stretch that pango shapes */
    jb_status status;
} shaper;

/* Begins a run at a byte of the text, or goes on with the last when it is of the same face and ends there. */
static jb_run *open_run(shaper *s, const jb_face *face, size_t from) {
    jb_run *last = s->runs->len ? &g_array_index(s->runs, jb_run, s->runs->len - 1) : NULL;
    if (last && last->face == face && last->text + last->length == s->text + from) return last;
    jb_run run = {.face = face, .size = s->style->size, .text = s->text + from};
    g_array_append_val(s->runs, run);
    return &g_array_index(s->runs, jb_run, s->runs->len - 1);
}

/* Puts a word, which stands for the text's bytes from..to, at the end of a run. */
static void add_word(shaper *s, const jb_face *face, size_t from, size_t to, const jb_word *word) {
    jb_run *run = open_run(s, face, from);
    double scale = s->style->size / face->units;
    for (uint32_t i = 0; i < word->count; i++) {
        const jb_glyph *g = &word->glyphs[i];
        jb_glyph glyph = {g->id, g->cluster + run->length, (float)(g->x * scale + run->width),
                          (float)(g->y * scale), (float)(g->advance * scale)};
        g_array_append_val(s->glyphs, glyph);
    }
    run->count += word->count;
    run->length += (uint32_t)(to - from);
    run->width += word->width * scale;
}

/* ---- pango ---- */

static bool is_pinned(PangoFont *font, const jb_face *face) {
    FcPattern *pattern = PANGO_IS_FC_FONT(font) ? pango_fc_font_get_pattern(PANGO_FC_FONT(font)) : NULL;
    FcChar8 *file = NULL;
    int index = 0;
    if (!pattern) return false;
    FcPatternGetString(pattern, FC_FILE, 0, &file);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    return file && !strcmp((const char *)file, face->file) && index == face->index;
}

/* The family names the face by its id; fonts.c turns that into the pinned file. The size makes a unit of the
 * font one pt, so that pango's 1/1024 pt round nothing and a word is shaped once for all sizes. */
static PangoAttrList *make_attributes(const jb_face *face, bool figures) {
    PangoAttrList *list = pango_attr_list_new();
    PangoFontDescription *d = pango_font_description_new();
    char family[16];
    g_snprintf(family, sizeof family, "%u", face->id);
    pango_font_description_set_family_static(d, family);
    pango_font_description_set_absolute_size(d, (double)face->units * PANGO_SCALE);
    pango_attr_list_insert(list, pango_attr_font_desc_new(d));
    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    pango_attr_list_insert(list, pango_attr_language_new(pango_language_from_string("zh-cn")));
    pango_attr_list_insert(list, pango_attr_font_features_new(figures ? "lnum=1,tnum=1" : "lnum=1"));
    pango_font_description_free(d);
    return list;
}

static PangoAttrList *attributes_for(const shaper *s, const jb_face *face) {
    PangoAttrList **list = &jb_fonts_bound(s->fonts, face->id)->attributes[s->style->figures];
    if (!*list) *list = make_attributes(face, s->style->figures);
    return *list;
}

/* Adds an item's glyphs at *x, in units of the font. False when the font could not draw something. */
static bool take_glyphs(shaper *s, const PangoItem *item, const PangoGlyphString *from, double *x) {
    bool complete = true;
    for (int i = 0; i < from->num_glyphs; i++) {
        const PangoGlyphInfo *info = &from->glyphs[i];
        double width = (double)info->geometry.width / PANGO_SCALE;
        jb_glyph glyph = {info->glyph, (uint32_t)(item->offset + from->log_clusters[i]),
                          (float)(*x + (double)info->geometry.x_offset / PANGO_SCALE),
                          (float)((double)info->geometry.y_offset / PANGO_SCALE), (float)width};
        *x += width;
        if (info->glyph == PANGO_GLYPH_EMPTY) continue;
        if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG || !info->glyph)
            complete = false;
        else
            g_array_append_val(s->word, glyph);
    }
    return complete;
}

/* Signs of no script of their own are shaped as what they stand in, not as their neighbours in the stretch.
 */
static void set_script(PangoItem *item, bool latin) {
    GUnicodeScript script = (GUnicodeScript)item->analysis.script;
    item->analysis.level = 0; /* left to right, whatever marks of direction stand in the text */
    if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED || !latin)
        item->analysis.script = latin ? G_UNICODE_SCRIPT_LATIN : G_UNICODE_SCRIPT_HAN;
}

static bool shape_item(shaper *s, const jb_face *face, const jb_word *word, PangoItem *item, double *x) {
    if (!is_pinned(item->analysis.font, face)) {
        jb_fail(s->fonts->ctx, jb_pos_file(face->file), "pango does not give this file for the font %s",
                face->family);
        return false;
    }
    PangoGlyphString *glyphs = pango_glyph_string_new();
    const char *text = word->text + item->offset;
    set_script(item, word->latin);
    pango_shape_full(text, item->length, word->text, (int)word->length, &item->analysis, glyphs);
    bool complete = take_glyphs(s, item, glyphs, x);
    if (!complete)
        jb_fail(s->fonts->ctx, jb_fonts_place(s->pos), "the font %s has no glyph for a character of “%.*s”",
                face->family, item->length, text);
    pango_glyph_string_free(glyphs);
    return complete;
}

/* Itemises and shapes a stretch into s->word; sets the word's width. */
static bool shape_word(shaper *s, const jb_face *face, jb_word *word) {
    if (jb_word_shape(face, word, s->word)) return true;
    jb_fonts_open_pango(s->fonts);
    GList *items =
        pango_itemize(s->fonts->pango, word->text, 0, (int)word->length, attributes_for(s, face), NULL);
    bool complete = true;
    g_array_set_size(s->word, 0);
    word->width = 0;
    for (GList *l = items; l && complete; l = l->next)
        complete = shape_item(s, face, word, l->data, &word->width);
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
    word->glyphs = (jb_glyph *)(void *)s->word->data;
    word->count = s->word->len;
    return complete;
}

/* ---- stretches ---- */

static void add_shaped(shaper *s, const jb_choice *choice, size_t from, size_t to) {
    const jb_face *face = choice->face;
    jb_word word = {.face = face->id, .figures = s->style->figures, .latin = choice->latin};
    word.text = s->copy + from;
    word.length = (uint32_t)(to - from);
    const jb_word *known = jb_words_get(s->fonts->words, &word);
    if (known) {
        add_word(s, face, from, to, known);
        return;
    }
    bool complete = shape_word(s, face, &word);
    add_word(s, face, from, to, &word);
    if (complete)
        jb_words_put(s->fonts->words, &word);
    else
        s->status = JB_FAILED;
}

static void add_plain(shaper *s, const jb_choice *choice, size_t from, size_t to) {
    double advance = jb_face_advance(choice->face, choice->glyph) * s->style->size / 1000;
    jb_run *run = open_run(s, choice->face, from);
    jb_glyph glyph = {choice->glyph, run->length, (float)run->width, 0, (float)advance};
    g_array_append_val(s->glyphs, glyph);
    run->count++;
    run->length += (uint32_t)(to - from);
    run->width += advance;
}

/* Plain characters are added one by one, others by stretches of one face and script. */
static void shape_stretches(shaper *s, const char *end) {
    const char *at = s->text, *start = at;
    jb_choice open = {0}; /* of the stretch from start to at, when it has a face */
    while (at < end) {
        jb_choice c = jb_fonts_choose(s->fonts, s->style, s->text, at, end, s->pos);
        bool goes_on = !c.glyph && c.face == open.face && c.latin == open.latin;
        if (!goes_on) {
            if (open.face) add_shaped(s, &open, (size_t)(start - s->text), (size_t)(at - s->text));
            open = c.glyph ? (jb_choice){0} : c;
            start = at;
        }
        if (c.glyph) add_plain(s, &c, (size_t)(at - s->text), (size_t)(c.end - s->text));
        if (c.missing) s->status = JB_FAILED;
        at = c.end;
    }
    if (open.face) add_shaped(s, &open, (size_t)(start - s->text), (size_t)(end - s->text));
}

static void hand_over(shaper *s, jb_run **runs, unsigned *count) {
    jb_glyph *glyphs = JB_ARRAY(s->arena, jb_glyph, s->glyphs->len);
    *count = s->runs->len;
    *runs = JB_ARRAY(s->arena, jb_run, s->runs->len);
    if (s->glyphs->len) memcpy(glyphs, s->glyphs->data, s->glyphs->len * sizeof(jb_glyph));
    if (*count) memcpy(*runs, s->runs->data, *count * sizeof(jb_run));
    for (unsigned i = 0; i < *count; i++) {
        (*runs)[i].glyphs = glyphs;
        glyphs += (*runs)[i].count;
    }
}

jb_status jb_fonts_shape(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text,
                         size_t length, jb_pos pos, jb_run **runs, unsigned *count) {
    shaper s = {.fonts = fonts, .arena = arena, .style = style, .pos = pos, .text = text};
    *runs = NULL;
    *count = 0;
    if (!(style->size >= LEAST_SIZE && style->size <= LARGEST_SIZE))
        return jb_fail(fonts->ctx, jb_fonts_place(pos), "the font size is not between 0.1 and 20000 pt");
    if (length > JB_LIMIT_REPORT_BYTES)
        return jb_fail(fonts->ctx, jb_fonts_place(pos), "a line of text is over 64 MiB");
    jb_fonts_tell(fonts, style->role);
    s.runs = g_array_new(FALSE, TRUE, sizeof(jb_run));
    s.glyphs = g_array_new(FALSE, TRUE, sizeof(jb_glyph));
    s.word = g_array_new(FALSE, TRUE, sizeof(jb_glyph));
    s.copy = jb_arena_copy(arena, text, length);
    g_strdelimit(s.copy, "\t", ' ');
    shape_stretches(&s, text + length);
    hand_over(&s, runs, count);
    g_array_free(s.runs, TRUE);
    g_array_free(s.glyphs, TRUE);
    g_array_free(s.word, TRUE);
    return s.status;
}
