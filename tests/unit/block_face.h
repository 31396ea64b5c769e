/* A face made in memory, so that drawing can be tested without any font file: glyph 1 is a block from
 * (100, 0) to (900, 800), glyph 2 a half disc of radius 400 over (500, 0); other glyphs are blank.
 * 1000 units an em. */
#ifndef JB_TESTS_BLOCK_FACE_H
#define JB_TESTS_BLOCK_FACE_H

#include "fonts/fonts.h"

static void block_shape(hb_font_t *font, void *data, hb_codepoint_t glyph, hb_draw_funcs_t *to, void *draw,
                        void *user) {
    (void)font, (void)data, (void)user;
    hb_draw_state_t state = HB_DRAW_STATE_DEFAULT;
    if (glyph == 1) {
        hb_draw_move_to(to, draw, &state, 100, 0);
        hb_draw_line_to(to, draw, &state, 900, 0);
        hb_draw_line_to(to, draw, &state, 900, 800);
        hb_draw_line_to(to, draw, &state, 100, 800);
        hb_draw_close_path(to, draw, &state);
    } else if (glyph == 2) {
        hb_draw_move_to(to, draw, &state, 100, 0);
        hb_draw_cubic_to(to, draw, &state, 100, 221, 279, 400, 500, 400);
        hb_draw_cubic_to(to, draw, &state, 721, 400, 900, 221, 900, 0);
        hb_draw_close_path(to, draw, &state);
    }
}

static hb_bool_t block_extents(hb_font_t *font, void *data, hb_codepoint_t glyph, hb_glyph_extents_t *e,
                               void *user) {
    (void)font, (void)data, (void)user;
    *e = (hb_glyph_extents_t){0};
    if (glyph == 1) *e = (hb_glyph_extents_t){100, 800, 800, -800};
    if (glyph == 2) *e = (hb_glyph_extents_t){100, 400, 800, -400};
    return true;
}

static inline jb_face *block_face_new(void) {
    jb_face *face = g_new0(jb_face, 1);
    hb_font_funcs_t *functions = hb_font_funcs_create();
    hb_font_funcs_set_glyph_shape_func(functions, block_shape, NULL, NULL);
    hb_font_funcs_set_glyph_extents_func(functions, block_extents, NULL, NULL);
    face->hb = hb_face_create(hb_blob_get_empty(), 0);
    face->font = hb_font_create(face->hb);
    hb_font_set_funcs(face->font, functions, NULL, NULL);
    hb_font_set_scale(face->font, 1000, 1000);
    hb_font_funcs_destroy(functions);
    face->postscript = "Block-Regular";
    face->units = 1000;
    face->glyphs = 3;
    return face;
}

static inline void block_face_free(jb_face *face) {
    hb_font_destroy(face->font);
    hb_face_destroy(face->hb);
    g_free(face);
}

/* A run of up to 16 glyphs, one em apart, the text's bytes as their clusters. Belongs to the arena. */
static inline jb_run *block_run(jb_arena *arena, const jb_face *face, double size, const char *text,
                                const uint32_t *glyphs, uint32_t count) {
    jb_run *run = JB_NEW(arena, jb_run);
    run->face = face;
    run->size = size;
    run->text = text;
    run->length = (uint32_t)strlen(text);
    run->count = count;
    run->glyphs = JB_ARRAY(arena, jb_glyph, count);
    for (uint32_t i = 0; i < count; i++)
        run->glyphs[i] = (jb_glyph){glyphs[i], i, (float)(i * size), 0, (float)size};
    run->width = count * size;
    return run;
}

#endif
