/* Faces: HarfBuzz objects, metrics, outlines. */
#include "fonts/face.h"

#include <hb-ot.h>
#include <string.h>
#include "fonts/cff.h"
#include "fonts/face_new.h"

static double thousandths(const jb_face *face, hb_position_t value) { return value * 1000.0 / face->units; }

static jb_outline_kind kind_of(hb_face_t *hb) {
    hb_blob_t *cff = hb_face_reference_table(hb, HB_TAG('C', 'F', 'F', ' '));
    unsigned length;
    const char *data = hb_blob_get_data(cff, &length);
    jb_outline_kind kind = JB_OUTLINE_GLYF;
    if (length)
        kind = jb_cff_is_cid((const uint8_t *)data, length) ? JB_OUTLINE_CFF_CID : JB_OUTLINE_CFF_NAME;
    hb_blob_destroy(cff);
    return kind;
}

static void read_metrics(jb_face *face) {
    hb_font_extents_t extents;
    hb_position_t value;
    hb_font_get_h_extents(face->font, &extents);
    face->ascent = thousandths(face, extents.ascender);
    face->descent = thousandths(face, extents.descender);
    hb_ot_metrics_get_position_with_fallback(face->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &value);
    face->cap_height = thousandths(face, value);
    face->italic_angle = hb_style_get_value(face->font, HB_STYLE_TAG_SLANT_ANGLE);
}

/* FontBBox of `head`, 1/1000 em. */
static void read_box(jb_face *face) {
    hb_blob_t *head = hb_face_reference_table(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length;
    const uint8_t *data = (const uint8_t *)hb_blob_get_data(head, &length);
    for (unsigned i = 0; i < 4 && length >= 44; i++)
        face->bbox[i] = thousandths(face, (int16_t)(data[36 + 2 * i] << 8 | data[37 + 2 * i]));
    hb_blob_destroy(head);
}

/* A name in English, else in whatever language the font has it; "unnamed" when it has none. */
static const char *name_of(jb_context *ctx, hb_face_t *hb, hb_ot_name_id_t id) {
    char buffer[256] = "";
    unsigned size = sizeof buffer, count;
    const hb_ot_name_entry_t *entries = hb_ot_name_list_names(hb, &count);
    hb_language_t language = hb_language_from_string("en", -1);
    hb_ot_name_get_utf8(hb, id, language, &size, buffer);
    for (unsigned i = 0; i < count && !*buffer; i++) {
        size = sizeof buffer;
        if (entries[i].name_id == id) hb_ot_name_get_utf8(hb, id, entries[i].language, &size, buffer);
    }
    return jb_intern(ctx, *buffer ? buffer : "unnamed");
}

jb_status jb_face_new(jb_context *ctx, const char *file, int index, unsigned id, int weight, jb_face **out) {
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    if (!blob) return jb_fail(ctx, jb_pos_file(jb_intern(ctx, file)), "cannot read the font file");
    jb_face *face = g_new0(jb_face, 1);
    face->hb = hb_face_create(blob, (unsigned)index);
    hb_blob_destroy(blob);
    face->units = hb_face_get_upem(face->hb);
    face->glyphs = hb_face_get_glyph_count(face->hb);
    face->font = hb_font_create(face->hb);
    hb_font_set_scale(face->font, (int)face->units, (int)face->units);
    hb_face_make_immutable(face->hb);
    hb_font_make_immutable(face->font);
    face->id = id;
    face->file = jb_intern(ctx, file);
    face->index = index;
    face->weight = weight;
    face->kind = kind_of(face->hb);
    face->family = name_of(ctx, face->hb, HB_OT_NAME_ID_FONT_FAMILY);
    face->style = name_of(ctx, face->hb, HB_OT_NAME_ID_FONT_SUBFAMILY);
    face->postscript = name_of(ctx, face->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    read_metrics(face);
    read_box(face);
    *out = face;
    if (face->glyphs && face->glyphs <= 65536) return JB_OK;
    jb_face_free(face);
    *out = NULL;
    return jb_fail(ctx, jb_pos_file(jb_intern(ctx, file)), "the font file has no glyphs");
}

void jb_face_free(jb_face *face) {
    if (!face) return;
    hb_font_destroy(face->font);
    hb_face_destroy(face->hb);
    g_free(face);
}

double jb_face_advance(const jb_face *face, uint32_t glyph) {
    return hb_font_get_glyph_h_advance(face->font, glyph) * 1000.0 / face->units;
}

/* ---- outlines ---- */

typedef struct pen {
    const jb_outline_sink *sink;
    void *to;
    double scale;
} pen;

static void pen_move(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y, void *user) {
    const pen *p = data;
    (void)f, (void)s, (void)user;
    p->sink->move(p->to, x * p->scale, y * p->scale);
}

static void pen_line(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y, void *user) {
    const pen *p = data;
    (void)f, (void)s, (void)user;
    p->sink->line(p->to, x * p->scale, y * p->scale);
}

static void pen_cubic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x1, float y1, float x2,
                      float y2, float x3, float y3, void *user) {
    const pen *p = data;
    double k = p->scale;
    (void)f, (void)s, (void)user;
    p->sink->cubic(p->to, x1 * k, y1 * k, x2 * k, y2 * k, x3 * k, y3 * k);
}

/* A quadratic curve as the cubic that is the same. */
static void pen_quadratic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x1, float y1, float x2,
                          float y2, void *user) {
    float x0 = s->current_x, y0 = s->current_y;
    pen_cubic(f, data, s, x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3, x2 + (x1 - x2) * 2 / 3,
              y2 + (y1 - y2) * 2 / 3, x2, y2, user);
}

static void pen_close(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, void *user) {
    const pen *p = data;
    (void)f, (void)s, (void)user;
    p->sink->close(p->to);
}

void jb_face_outline(const jb_face *face, uint32_t glyph, const jb_outline_sink *sink, void *to) {
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    pen p = {sink, to, 1.0 / face->units};
    hb_draw_funcs_set_move_to_func(funcs, pen_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, pen_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, pen_quadratic, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, pen_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, pen_close, NULL, NULL);
    hb_font_get_glyph_shape(face->font, glyph, funcs, &p);
    hb_draw_funcs_destroy(funcs);
}
