/* Roles to faces through fontconfig. */
#include "fonts/fonts.h"

#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <stdlib.h>
#include <string.h>
#include "fonts/face_new.h"
#include "fonts/fonts_private.h"

static const char *const role_names[JB_ROLES] = {"song", "hei", "kai", "fangsong", "bs", "latin"};

const char *jb_role_name(jb_role role) { return role_names[role]; }

bool jb_role_from_name(const char *name, jb_role *role) {
    for (int i = 0; i < JB_ROLES; i++) {
        if (strcmp(name, role_names[i]) != 0) continue;
        *role = (jb_role)i;
        return true;
    }
    return false;
}

unsigned jb_fonts_count(const jb_fonts *fonts) { return fonts->bound->len; }

const jb_face *jb_fonts_nth(const jb_fonts *fonts, unsigned id) {
    return g_array_index(fonts->bound, jb_bound, id).face;
}

static int value_of(const FcPattern *pattern, const char *object, int otherwise) {
    int value;
    return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

/* How far a pattern is from an upright face of normal width and the wanted weight; -1 when it cannot serve.
 */
static int distance(const FcPattern *pattern, int weight) {
    FcBool variable = FcFalse;
    int slant = value_of(pattern, FC_SLANT, 0), width = value_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    if (variable || slant != FC_SLANT_ROMAN) return -1;
    return abs(value_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR) - weight) + 10 * abs(width - FC_WIDTH_NORMAL);
}

static const char *file_of(const FcPattern *pattern) {
    FcChar8 *file = NULL;
    FcPatternGetString(pattern, FC_FILE, 0, &file);
    return (const char *)file;
}

/* The best face of a family for a weight; ties go to the file name, so that the choice is always the same. */
static FcPattern *best_of(FcFontSet *set, int weight, int most) {
    FcPattern *best = NULL;
    int least = most + 1;
    for (int i = 0; set && i < set->nfont; i++) {
        int d = distance(set->fonts[i], weight);
        if (d < 0 || d > least || !file_of(set->fonts[i])) continue;
        if (d == least && best && strcmp(file_of(set->fonts[i]), file_of(best)) >= 0) continue;
        best = set->fonts[i];
        least = d;
    }
    return best;
}

static FcFontSet *family_set(const jb_fonts *fonts, const char *family) {
    FcPattern *pattern = FcPatternCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_WEIGHT, FC_WIDTH, FC_SLANT,
                                            FC_VARIABLE, (char *)NULL);
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcFontSet *set = FcFontList(fonts->config, pattern, objects);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
    return set;
}

static PangoFontDescription *describe(const char *family, const FcPattern *pattern) {
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, family);
    double weight = FcWeightToOpenTypeDouble(value_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
    pango_font_description_set_weight(d, (PangoWeight)weight);
    return d;
}

/* The id of the face of a pattern, which is opened when it is new; -1 when it cannot be. */
static int bind(jb_fonts *fonts, const char *family, const FcPattern *pattern) {
    const char *file = file_of(pattern);
    int index = value_of(pattern, FC_INDEX, 0) & 0xffff;
    for (guint i = 0; i < fonts->bound->len; i++) {
        const jb_face *face = g_array_index(fonts->bound, jb_bound, i).face;
        if (face->index == index && !strcmp(face->file, file)) return (int)i;
    }
    jb_bound bound = {0};
    int weight = (int)FcWeightToOpenType(value_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
    if (jb_face_new(fonts->ctx, file, index, fonts->bound->len, weight, &bound.face) != JB_OK) return -1;
    bound.description = describe(family, pattern);
    g_array_append_val(fonts->bound, bound);
    return (int)fonts->bound->len - 1;
}

/* Takes a family for a role when it is installed. A bold face is one within 60 of fontconfig's 200. */
static bool take_family(jb_fonts *fonts, jb_role role, const char *family) {
    FcFontSet *set = family_set(fonts, family);
    FcPattern *regular = best_of(set, FC_WEIGHT_REGULAR, 1000), *bold = best_of(set, FC_WEIGHT_BOLD, 60);
    if (role == JB_ROLE_BS && bold) regular = bold;
    if (regular) fonts->regular[role] = bind(fonts, family, regular);
    if (bold && role != JB_ROLE_KAI && role != JB_ROLE_FANGSONG)
        fonts->bold[role] = bind(fonts, family, bold);
    if (set) FcFontSetDestroy(set);
    return fonts->regular[role] >= 0;
}

/* A role that another role's face serves has lost its character: that is worth a note. */
static void note_substitute(jb_fonts *fonts, jb_role role, const jb_font_wish *wish, unsigned taken) {
    GString *missing = g_string_new(NULL);
    bool lost = false;
    for (int other = 0; other < (int)role; other++)
        if (fonts->regular[other] == fonts->regular[role]) lost = true;
    for (unsigned i = 0; i < taken; i++)
        g_string_append_printf(missing, "%s%s", i ? ", " : "", wish->families[i]);
    if (lost && taken)
        jb_diag(fonts->ctx, JB_NOTE, (jb_pos){0}, "font role %s: none of %s is installed, using %s",
                role_names[role], missing->str, wish->families[taken]);
    g_string_free(missing, TRUE);
}

static jb_status nothing_serves(jb_fonts *fonts, jb_role role, const jb_font_wish *wish) {
    GString *list = g_string_new(NULL);
    for (unsigned i = 0; wish->families[i]; i++)
        g_string_append_printf(list, "%s%s", i ? ", " : "", wish->families[i]);
    const char *package = role == JB_ROLE_KAI ? "fonts-lxgw-wenkai" : "fonts-noto-cjk";
    jb_status status =
        jb_fail(fonts->ctx, (jb_pos){0}, "font role %s: none of %s is installed; on Debian: apt install %s",
                role_names[role], list->str, package);
    g_string_free(list, TRUE);
    return status;
}

/* The role latin may stay empty: the roles' own faces serve then. */
static jb_status resolve(jb_fonts *fonts, jb_role role, const jb_font_wish *wish) {
    fonts->companion[role] = wish->companion;
    for (unsigned i = 0; wish->families && wish->families[i]; i++) {
        if (!take_family(fonts, role, wish->families[i])) continue;
        note_substitute(fonts, role, wish, i);
        return JB_OK;
    }
    if (role == JB_ROLE_LATIN || !wish->families || !wish->families[0]) return JB_OK;
    return nothing_serves(fonts, role, wish);
}

static void open_pango(jb_fonts *fonts) {
    fonts->map = pango_ft2_font_map_new();
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    fonts->pango = pango_font_map_create_context(fonts->map);
    pango_context_set_round_glyph_positions(fonts->pango, FALSE);
    pango_context_set_base_dir(fonts->pango, PANGO_DIRECTION_LTR);
    pango_context_set_language(fonts->pango, pango_language_from_string("zh-cn"));
}

jb_fonts *jb_fonts_new(jb_context *ctx, const jb_font_wish wishes[JB_ROLES]) {
    jb_fonts *fonts = g_new0(jb_fonts, 1);
    jb_status status = JB_OK;
    fonts->ctx = ctx;
    fonts->config = FcConfigReference(NULL);
    fonts->bound = g_array_new(FALSE, TRUE, sizeof(jb_bound));
    for (int i = 0; i < JB_ROLES; i++) fonts->regular[i] = fonts->bold[i] = -1;
    for (int i = 0; i < JB_ROLES; i++)
        if (resolve(fonts, (jb_role)i, &wishes[i]) != JB_OK) status = JB_FAILED;
    open_pango(fonts);
    if (status == JB_OK) return fonts;
    jb_fonts_free(fonts);
    return NULL;
}

void jb_fonts_free(jb_fonts *fonts) {
    if (!fonts) return;
    for (guint i = 0; i < fonts->bound->len; i++) {
        jb_bound *bound = &g_array_index(fonts->bound, jb_bound, i);
        jb_face_free(bound->face);
        pango_font_description_free(bound->description);
    }
    g_array_free(fonts->bound, TRUE);
    g_clear_object(&fonts->pango);
    g_clear_object(&fonts->map);
    FcConfigDestroy(fonts->config);
    g_free(fonts);
}

void jb_fonts_extents(jb_fonts *fonts, const jb_style *style, double *ascent, double *descent) {
    const jb_face *face = jb_fonts_of(fonts, style->role, style->bold);
    *ascent = face ? face->ascent * style->size / 1000 : style->size * 0.88;
    *descent = face ? face->descent * style->size / 1000 : -style->size * 0.12;
}
