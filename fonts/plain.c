/* Characters that need no shaping. Most of a Chinese text is glyphs that no lookup of the font touches: each
 * is its own glyph at its own advance. Which they are is read from the font's lookups, not assumed. */
#include <hb-ot.h>
#include "fonts/fonts_private.h"

#define UNKNOWN 0
#define SHAPED 1 /* in the table: shape it; a plain glyph is stored as its id + 1 */

static bool has_table(hb_face_t *face, hb_tag_t tag) {
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool present = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return present;
}

/* Adds every glyph that the plan's lookups of one table take in or look at. */
static void add_touched(hb_face_t *face, hb_shape_plan_t *plan, hb_tag_t table, hb_set_t *touched) {
    hb_set_t *lookups = hb_set_create();
    hb_codepoint_t lookup = HB_SET_VALUE_INVALID;
    hb_ot_shape_plan_collect_lookups(plan, table, lookups);
    while (hb_set_next(lookups, &lookup))
        hb_ot_layout_lookup_collect_glyphs(face, table, lookup, touched, touched, touched, NULL);
    hb_set_destroy(lookups);
}

/* With the features that shape.c may ask for. */
static hb_set_t *contextual_glyphs(hb_face_t *face) {
    static const hb_feature_t features[] = {
        {HB_TAG('l', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
    hb_segment_properties_t props = {.direction = HB_DIRECTION_LTR, .script = HB_SCRIPT_HAN};
    props.language = hb_language_from_string("zh-cn", -1);
    hb_shape_plan_t *plan = hb_shape_plan_create(face, &props, features, G_N_ELEMENTS(features), NULL);
    hb_set_t *touched = hb_set_create();
    add_touched(face, plan, HB_OT_TAG_GSUB, touched);
    add_touched(face, plan, HB_OT_TAG_GPOS, touched);
    hb_shape_plan_destroy(plan);
    return touched;
}

static void read_context(jb_bound *bound) {
    static const hb_tag_t others[] = {HB_TAG('k', 'e', 'r', 'n'), HB_TAG('k', 'e', 'r', 'x'),
                                      HB_TAG('m', 'o', 'r', 't'), HB_TAG('m', 'o', 'r', 'x'),
                                      HB_TAG('t', 'r', 'a', 'k')};
    for (unsigned i = 0; i < G_N_ELEMENTS(others); i++)
        bound->shape_all = bound->shape_all || has_table(bound->face->hb, others[i]);
    bound->contextual = contextual_glyphs(bound->face->hb);
}

/* CJK radicals to ideographs, compatibility ideographs, full-width forms; without kana's and tone marks. */
static bool is_chinese(gunichar c) {
    return ((c >= 0x2E80 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFFF0)) &&
           !g_unichar_ismark(c) && g_unichar_isdefined(c);
}

static uint32_t look_up(jb_bound *bound, gunichar c) {
    hb_codepoint_t glyph;
    if (!bound->contextual) read_context(bound);
    if (bound->shape_all || !is_chinese(c) || !hb_font_get_nominal_glyph(bound->face->font, c, &glyph))
        return SHAPED;
    return glyph && !hb_set_has(bound->contextual, glyph) ? glyph + 1 : SHAPED;
}

uint32_t jb_fonts_plain(jb_fonts *fonts, const jb_face *face, gunichar c) {
    jb_bound *bound = jb_fonts_bound(fonts, face->id);
    if (c < 0x2E80 || c > 0xFFFF) return 0;
    uint32_t **page = &bound->plain[c >> 8];
    if (!*page) *page = g_new0(uint32_t, 256);
    uint32_t *entry = &(*page)[c & 255];
    if (*entry == UNKNOWN) *entry = look_up(bound, c);
    return *entry - 1;
}
