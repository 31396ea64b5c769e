/* Words that need no itemising: figures, ASCII, Chinese signs. Opening pango's fonts takes longer than a
 * whole chart's text, and most charts hold nothing else. */
#include <hb.h>
#include "fonts/fonts_private.h"

typedef enum script { OTHER, COMMON, LATIN, HAN } script;

static script script_of(gunichar c, bool latin) {
    if (latin) return c < 0x20 || c > 0x7E ? OTHER : g_ascii_isalpha((char)c) ? LATIN : COMMON;
    GUnicodeScript s = g_unichar_get_script(c);
    if (g_unichar_ismark(c) || g_unichar_type(c) == G_UNICODE_FORMAT) return OTHER;
    return s == G_UNICODE_SCRIPT_HAN ? HAN : s == G_UNICODE_SCRIPT_COMMON && c >= 0x80 ? COMMON : OTHER;
}

/* The script of a word, COMMON when nothing in it has one; OTHER when it has several or is not simple. */
static script script_of_word(const jb_word *word) {
    script all = COMMON;
    const char *end = word->text + word->length;
    for (const char *p = word->text; p < end; p = g_utf8_next_char(p)) {
        script one = script_of(g_utf8_get_char(p), word->latin);
        if (one == OTHER) return OTHER;
        if (one != COMMON) all = one;
    }
    return all;
}

static bool take_glyphs(hb_buffer_t *buffer, jb_word *word, GArray *glyphs) {
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, NULL);
    g_array_set_size(glyphs, 0);
    word->width = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!infos[i].codepoint) return false;
        jb_glyph glyph = {infos[i].codepoint, infos[i].cluster, (float)(word->width + at[i].x_offset),
                          (float)-at[i].y_offset, (float)at[i].x_advance};
        word->width += at[i].x_advance;
        g_array_append_val(glyphs, glyph);
    }
    word->glyphs = (jb_glyph *)(void *)glyphs->data;
    word->count = count;
    return true;
}

/* As pango does: Latin letters are English, everything else is Chinese. */
bool jb_word_shape(const jb_face *face, jb_word *word, GArray *glyphs) {
    const hb_feature_t features[] = {
        {HB_TAG('l', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
    script kind = script_of_word(word);
    if (kind == OTHER) return false;
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, word->latin ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string(kind == LATIN ? "en" : "zh-cn", -1));
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT);
    hb_buffer_add_utf8(buffer, word->text, (int)word->length, 0, (int)word->length);
    hb_shape(face->font, buffer, features, word->figures ? 2 : 1);
    bool complete = take_glyphs(buffer, word, glyphs);
    hb_buffer_destroy(buffer);
    return complete;
}
