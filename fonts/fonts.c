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

const jb_face *jb_fonts_nth(const jb_fonts *fonts, unsigned id) { return jb_fonts_bound(fonts, id)->face; }

static int value_of(const FcPattern *pattern, const char *object, int otherwise) {
    int value;
    return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

static bool is_true(const FcPattern *pattern, const char *object) {
    FcBool value = FcFalse;
    return FcPatternGetBool(pattern, object, 0, &value) == FcResultMatch && value;
}

/* A variable font, or one of its named instances (their number is in the index' upper half). */
static bool is_variable(const FcPattern *pattern) {
    return is_true(pattern, FC_VARIABLE) || value_of(pattern, FC_INDEX, 0) > 0xffff;
}

/* What a PDF can embed: glyf and CFF outlines. */
static bool is_usable(const FcPattern *pattern) {
    FcChar8 *format = NULL;
    if (FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) != FcResultMatch) return false;
    return (!strcmp((const char *)format, "TrueType") || !strcmp((const char *)format, "CFF")) &&
           !is_variable(pattern) && !is_true(pattern, FC_COLOR);
}

/* How far a pattern is from an upright face of normal width and the wanted weight; -1 when it cannot serve.
 */
static int distance(const FcPattern *pattern, int weight) {
    int slant = value_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
    int width = value_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    if (!is_usable(pattern) || slant != FC_SLANT_ROMAN) return -1;
    return abs(value_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR) - weight) + 10 * abs(width - FC_WIDTH_NORMAL);
}

static const char *file_of(const FcPattern *pattern) {
    FcChar8 *file = NULL;
    FcPatternGetString(pattern, FC_FILE, 0, &file);
    return (const char *)file;
}

static int compare_place(const FcPattern *a, const FcPattern *b) {
    int order = strcmp(file_of(a), file_of(b));
    return order ? order : value_of(a, FC_INDEX, 0) - value_of(b, FC_INDEX, 0);
}

/* The best face of a family for a weight; ties go by file and index, so that the choice is always the same.
 */
static FcPattern *best_of(const FcFontSet *set, int weight, int most) {
    FcPattern *best = NULL;
    int least = most;
    for (int i = 0; i < set->nfont; i++) {
        FcPattern *pattern = set->fonts[i];
        int d = distance(pattern, weight);
        if (d < 0 || d > least || !file_of(pattern)) continue;
        if (d == least && best && compare_place(pattern, best) >= 0) continue;
        best = pattern;
        least = d;
    }
    return best;
}

/* Every installed font that has the family among its names. */
static FcFontSet *family_set(const jb_fonts *fonts, const char *family) {
    FcPattern *pattern = FcPatternCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_WEIGHT, FC_WIDTH, FC_SLANT,
                                            FC_VARIABLE, FC_FONTFORMAT, FC_COLOR, (char *)NULL);
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcFontSet *set = FcFontList(fonts->config, pattern, objects);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
    return set ? set : FcFontSetCreate();
}

/* What fontconfig needs to come to this very file again; the file weighs more there than anything else. */
static FcPattern *pinning(const char *family, const FcPattern *from) {
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)file_of(from));
    FcPatternAddInteger(pattern, FC_WEIGHT, value_of(from, FC_WEIGHT, FC_WEIGHT_REGULAR));
    FcPatternAddInteger(pattern, FC_WIDTH, value_of(from, FC_WIDTH, FC_WIDTH_NORMAL));
    FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    return pattern;
}

/* The id of the face of a pattern, which is opened when it is new; -1 when it cannot be. */
static int bind(jb_fonts *fonts, const char *family, const FcPattern *pattern) {
    const char *file = file_of(pattern);
    int index = value_of(pattern, FC_INDEX, 0);
    for (guint i = 0; i < fonts->bound->len; i++) {
        const jb_face *face = jb_fonts_nth(fonts, i);
        if (face->index == index && !strcmp(face->file, file)) return (int)i;
    }
    jb_face *face;
    int weight = FcWeightToOpenType(value_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
    if (jb_face_new(fonts->ctx, file, index, fonts->bound->len, weight, &face) != JB_OK) return -1;
    jb_bound *bound = g_new0(jb_bound, 1);
    bound->face = face;
    bound->family = jb_intern(fonts->ctx, family);
    bound->pattern = pinning(family, pattern);
    g_ptr_array_add(fonts->bound, bound);
    return (int)fonts->bound->len - 1;
}

/* Takes a family for a role when it is installed. A bold face is one within 60 of fontconfig's 200; kai and
 * fangsong are never bold. */
static bool take_family(jb_fonts *fonts, jb_role role, const char *family) {
    FcFontSet *set = family_set(fonts, family);
    FcPattern *regular = best_of(set, FC_WEIGHT_REGULAR, 1000), *bold = best_of(set, FC_WEIGHT_BOLD, 60);
    if (role == JB_ROLE_KAI || role == JB_ROLE_FANGSONG) bold = NULL;
    if (role == JB_ROLE_BS && bold) regular = bold;
    if (regular) fonts->regular[role] = bind(fonts, family, regular);
    if (bold) fonts->bold[role] = bind(fonts, family, bold);
    FcFontSetDestroy(set);
    return fonts->regular[role] >= 0;
}

/* A role that another role's face serves has lost its character: that is worth a note, once the role is used.
 */
static void note_substitute(jb_fonts *fonts, jb_role role, const jb_font_wish *wish, unsigned taken) {
    GString *missing = g_string_new(NULL);
    bool lost = false;
    for (int other = 0; other < (int)role; other++)
        if (fonts->regular[other] == fonts->regular[role]) lost = true;
    for (unsigned i = 0; i < taken; i++)
        g_string_append_printf(missing, "%s%s", i ? ", " : "", wish->families[i]);
    if (lost && taken) {
        char *note = g_strdup_printf("font role %s: none of %s is installed, using %s", role_names[role],
                                     missing->str, wish->families[taken]);
        fonts->notes[role] = jb_intern(fonts->ctx, note);
        g_free(note);
    }
    g_string_free(missing, TRUE);
}

void jb_fonts_tell(jb_fonts *fonts, jb_role role) {
    if (fonts->notes[role]) jb_diag(fonts->ctx, JB_NOTE, (jb_pos){0}, "%s", fonts->notes[role]);
    fonts->notes[role] = NULL;
}

static bool is_installed(const jb_fonts *fonts, const char *family) {
    FcFontSet *set = family_set(fonts, family);
    bool installed = set->nfont > 0;
    FcFontSetDestroy(set);
    return installed;
}

static jb_status nothing_serves(jb_fonts *fonts, jb_role role, const jb_font_wish *wish) {
    GString *list = g_string_new(NULL);
    for (unsigned i = 0; wish->families[i]; i++) {
        g_string_append_printf(list, "%s%s", i ? ", " : "", wish->families[i]);
        if (is_installed(fonts, wish->families[i])) /* variable, bitmap or slanted only */
            g_string_append(list, " (installed, but not as a static upright font)");
    }
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

/* Pango asks for the family "7"; fontconfig is asked for the file of face 7, without hints. */
static void pin(FcPattern *pattern, gpointer data) {
    const jb_fonts *fonts = data;
    FcChar8 *family = NULL;
    FcPatternGetString(pattern, FC_FAMILY, 0, &family);
    guint64 id = family ? g_ascii_strtoull((const char *)family, NULL, 10) : G_MAXUINT64;
    if (id >= fonts->bound->len) return;
    const char *const replaced[] = {FC_FAMILY, FC_FILE, FC_WEIGHT, FC_WIDTH, FC_SLANT, FC_HINTING};
    for (size_t i = 0; i < G_N_ELEMENTS(replaced); i++) FcPatternDel(pattern, replaced[i]);
    const FcPattern *pinned = jb_fonts_bound(fonts, (unsigned)id)->pattern;
    FcValue value;
    for (size_t i = 0; i < G_N_ELEMENTS(replaced); i++)
        if (FcPatternGet(pinned, replaced[i], 0, &value) == FcResultMatch)
            FcPatternAdd(pattern, replaced[i], value, FcFalse);
    FcPatternAddBool(pattern, FC_HINTING, FcFalse);
}

void jb_fonts_open_pango(jb_fonts *fonts) {
    if (fonts->map) return;
    fonts->map = pango_ft2_font_map_new();
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(fonts->map), pin, fonts, NULL);
    fonts->pango = pango_font_map_create_context(fonts->map);
    pango_context_set_round_glyph_positions(fonts->pango, FALSE);
    pango_context_set_base_dir(fonts->pango, PANGO_DIRECTION_LTR);
    pango_context_set_language(fonts->pango, pango_language_from_string("zh-cn"));
}

static void chain_add(jb_chain *chain, const jb_face *face) {
    for (unsigned i = 0; i < chain->count; i++)
        if (chain->faces[i] == face) return;
    if (face) chain->faces[chain->count++] = face;
}

/* The companion for Latin, the role's own face, then every other role's. */
static void make_chain(jb_fonts *fonts, jb_role role, bool bold, bool latin) {
    jb_chain *chain = &fonts->chains[role][bold][latin];
    if (latin && fonts->companion[role]) chain_add(chain, jb_fonts_of(fonts, JB_ROLE_LATIN, bold));
    chain_add(chain, jb_fonts_of(fonts, role, bold));
    for (int other = 0; other < JB_ROLES; other++) chain_add(chain, jb_fonts_of(fonts, (jb_role)other, bold));
}

jb_fonts *jb_fonts_new(jb_context *ctx, const jb_font_wish wishes[JB_ROLES]) {
    jb_fonts *fonts = g_new0(jb_fonts, 1);
    jb_status status = JB_OK;
    fonts->ctx = ctx;
    fonts->config = FcConfigReference(NULL);
    fonts->bound = g_ptr_array_new();
    fonts->words = jb_words_new();
    fonts->labels = jb_labels_new();
    for (int i = 0; i < JB_ROLES; i++) fonts->regular[i] = fonts->bold[i] = -1;
    for (int i = 0; i < JB_ROLES; i++)
        if (resolve(fonts, (jb_role)i, &wishes[i]) != JB_OK) status = JB_FAILED;
    for (int i = 0; i < JB_ROLES * 4; i++) make_chain(fonts, (jb_role)(i / 4), i & 1, i & 2);
    if (status == JB_OK) return fonts;
    jb_fonts_free(fonts);
    return NULL;
}

static void bound_free(jb_bound *bound) {
    for (unsigned i = 0; i < G_N_ELEMENTS(bound->plain); i++) g_free(bound->plain[i]);
    for (unsigned i = 0; i < G_N_ELEMENTS(bound->attributes); i++)
        g_clear_pointer(&bound->attributes[i], pango_attr_list_unref);
    hb_set_destroy(bound->contextual);
    FcPatternDestroy(bound->pattern);
    jb_face_free(bound->face);
    g_free(bound);
}

void jb_fonts_free(jb_fonts *fonts) {
    if (!fonts) return;
    g_clear_object(&fonts->pango);
    g_clear_object(&fonts->map);
    for (guint i = 0; i < fonts->bound->len; i++) bound_free(jb_fonts_bound(fonts, i));
    g_ptr_array_free(fonts->bound, TRUE);
    jb_words_free(fonts->words);
    jb_labels_free(fonts->labels);
    FcConfigDestroy(fonts->config);
    g_free(fonts);
}

void jb_fonts_extents(jb_fonts *fonts, const jb_style *style, double *ascent, double *descent) {
    const jb_face *face = jb_fonts_of(fonts, style->role, style->bold);
    *ascent = face ? face->ascent * style->size / 1000 : style->size * 0.88;
    *descent = face ? face->descent * style->size / 1000 : -style->size * 0.12;
}
