/* Font programs for the PDF through hb-subset. Facts behind the choices: a face of only the tables that a PDF
 * needs is subset twice as fast; without subroutines and hints the deflated program is a sixth smaller. */
#include "fonts/subset.h"

#include <hb-subset.h>
#include <string.h>
#include "fonts/cff.h"

#define CFF HB_TAG('C', 'F', 'F', ' ')

/* Only the tables that end up in a PDF's font program. */
static hb_blob_t *needed_table(hb_face_t *face, hb_tag_t tag, void *whole) {
    static const hb_tag_t needed[] = {CFF,
                                      HB_TAG('g', 'l', 'y', 'f'),
                                      HB_TAG('l', 'o', 'c', 'a'),
                                      HB_TAG('h', 'e', 'a', 'd'),
                                      HB_TAG('h', 'h', 'e', 'a'),
                                      HB_TAG('h', 'm', 't', 'x'),
                                      HB_TAG('m', 'a', 'x', 'p')};
    (void)face;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (tag == needed[i]) return hb_face_reference_table(whole, tag);
    return NULL;
}

static hb_subset_input_t *input_for(const jb_face *face, const uint32_t *glyphs, unsigned count) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input) return NULL;
    hb_set_t *set = hb_subset_input_glyph_set(input);
    hb_set_add(set, 0);
    for (unsigned i = 0; i < count; i++) hb_set_add(set, glyphs[i]);
    hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
    unsigned flags = HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING;
    if (face->kind == JB_OUTLINE_CFF_NAME) flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_subset_input_set_flags(input, flags);
    return input;
}

/* The glyphs of the plan and their ids inside the program; both ascend together. Composite glyphs bring their
 * parts. */
static void list_glyphs(jb_subset *subset, const hb_map_t *old_ids, unsigned glyphs) {
    unsigned count = hb_map_get_population(old_ids);
    subset->glyphs = g_new0(uint32_t, count);
    subset->codes = g_new0(uint16_t, count);
    subset->ids = g_new0(uint16_t, count);
    for (unsigned id = 0; id < glyphs && subset->count < count; id++) {
        hb_codepoint_t old = hb_map_get(old_ids, id);
        if (old == HB_MAP_VALUE_INVALID) continue;
        subset->glyphs[subset->count] = old;
        subset->ids[subset->count++] = (uint16_t)id;
    }
}

/* Codes of a CID-keyed font are the CIDs of its charset, which are not its glyph ids. */
static bool read_cids(jb_subset *subset, unsigned glyphs) {
    uint16_t *cids = g_new0(uint16_t, glyphs + 1);
    bool read = jb_cff_charset(subset->program, subset->length, glyphs, cids);
    for (unsigned i = 0; i < subset->count && read; i++) {
        if (subset->ids[i] >= glyphs) read = false;
        if (read) subset->codes[i] = subset->ids[i] = cids[subset->ids[i]];
    }
    g_free(cids);
    return read;
}

static bool choose_codes(jb_subset *subset, unsigned glyphs) {
    if (subset->kind == JB_OUTLINE_CFF_CID) return read_cids(subset, glyphs);
    for (unsigned i = 0; i < subset->count; i++) {
        subset->codes[i] = (uint16_t)subset->glyphs[i];
        if (subset->kind == JB_OUTLINE_CFF_NAME) subset->ids[i] = subset->codes[i];
    }
    return true;
}

static void take_program(jb_subset *subset, hb_face_t *cut) {
    hb_blob_t *blob =
        subset->kind == JB_OUTLINE_GLYF ? hb_face_reference_blob(cut) : hb_face_reference_table(cut, CFF);
    unsigned length;
    const char *data = hb_blob_get_data(blob, &length);
    subset->program = g_memdup2(data, length);
    subset->length = length;
    hb_blob_destroy(blob);
}

static jb_subset *run(const jb_face *face, hb_face_t *lean, hb_subset_input_t *input) {
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(lean, input);
    hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    jb_subset *subset = NULL;
    if (cut) {
        subset = g_new0(jb_subset, 1);
        subset->kind = face->kind;
        take_program(subset, cut);
        unsigned glyphs = hb_face_get_glyph_count(cut);
        list_glyphs(subset, hb_subset_plan_new_to_old_glyph_mapping(plan), glyphs);
        if (!subset->length || !choose_codes(subset, glyphs)) g_clear_pointer(&subset, jb_subset_free);
    }
    hb_face_destroy(cut);
    hb_subset_plan_destroy(plan);
    return subset;
}

jb_status jb_subset_new(jb_context *ctx, const jb_face *face, const uint32_t *glyphs, unsigned count,
                        jb_subset **subset) {
    hb_face_t *lean = hb_face_create_for_tables(needed_table, face->hb, NULL);
    hb_subset_input_t *input = input_for(face, glyphs, count);
    hb_face_set_upem(lean, face->units);
    *subset = input ? run(face, lean, input) : NULL;
    hb_subset_input_destroy(input);
    hb_face_destroy(lean);
    if (*subset) return JB_OK;
    jb_fail(ctx, jb_pos_file(face->file), "the font %s cannot be subset", face->family);
    return JB_FAILED;
}

void jb_subset_free(jb_subset *subset) {
    if (!subset) return;
    g_free(subset->program);
    g_free(subset->glyphs);
    g_free(subset->codes);
    g_free(subset->ids);
    g_free(subset);
}
