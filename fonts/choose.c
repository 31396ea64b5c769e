/* A face for each character, by our own chain. Which characters are Latin follows the GB/T 15834-2011 habit:
 * quotes, the dash and the ellipsis are full-width signs of Chinese unless they stand inside Latin text. */
#include "fonts/fonts_private.h"

static bool is_selector(gunichar c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }

static bool is_joiner(gunichar c) {
    return c >= 0x300 && (g_unichar_ismark(c) || c == 0x200D || is_selector(c));
}

/* Marks that Chinese and Latin share; their width depends on which of the two they stand in. */
static bool is_shared_mark(gunichar c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026 || c == 0x2014 ||
           c == 0xB7;
}

/* Signs that go with a digit or letter on either side: – ‰ − ≈ ≠ ≤ ≥ */
static bool is_sign(gunichar c) {
    return (c >= 0x2010 && c <= 0x2013) || c == 0x2030 || c == 0x2212 || c == 0x2248 || c == 0x2260 ||
           c == 0x2264 || c == 0x2265;
}

static bool is_latin(gunichar c) {
    if (c < 0x2000) return !is_shared_mark(c);
    return c < 0x2E80 && (g_unichar_isalpha(c) || g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL);
}

static bool is_letter_or_digit(gunichar c) { return c && is_latin(c) && g_unichar_isalnum(c); }

/* Line breaks, which the line breaker took already, and characters without a shape. */
static bool is_silent(gunichar c) {
    return c == '\n' || c == 0x2028 || (g_unichar_type(c) == G_UNICODE_FORMAT && c != 0x200D);
}

static bool is_right_to_left(gunichar c) {
    if (c < 0x590 || (c >= 0x900 && c < 0xFB1D) || (c > 0xFEFC && c < 0x10800)) return false;
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL;
}

/* Blanks of any width can be made from the blank (HarfBuzz does). */
static bool has(const jb_face *face, gunichar c) {
    hb_codepoint_t glyph;
    if (hb_font_get_nominal_glyph(face->font, c, &glyph) && glyph) return true;
    return (g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR || c == '\t') &&
           hb_font_get_nominal_glyph(face->font, ' ', &glyph) && glyph;
}

/* True when the face has the characters, or what they compose to; *lost is the first it has not. */
static bool has_all(const jb_face *face, const char *at, const char *end, gunichar *lost) {
    char *composed = NULL;
    bool all = true;
    if (g_utf8_next_char(at) < end) at = composed = g_utf8_normalize(at, end - at, G_NORMALIZE_NFC);
    for (const char *p = at; (composed ? *p != 0 : p < end) && all; p = g_utf8_next_char(p)) {
        *lost = g_utf8_get_char(p);
        all = (p > at && (is_selector(*lost) || *lost == 0x200D)) || has(face, *lost);
    }
    g_free(composed);
    return all;
}

/* ---- what cannot be drawn ---- */

/* Where a character stands: counted only when there is something to say, for texts may be long. */
typedef struct spot {
    const char *text, *at;
    jb_pos pos; /* of text */
} spot;

static jb_pos place(spot here) {
    if (here.pos.column < 0) return jb_fonts_place(here.pos);
    if (here.pos.column > 0) here.pos.column += (int)g_utf8_strlen(here.text, here.at - here.text);
    return here.pos;
}

static jb_choice refuse(jb_fonts *fonts, spot here, const char *what, gunichar c, const char *end) {
    char sign[8] = {0};
    bool shown = g_unichar_isgraph(c) && g_unichar_type(c) != G_UNICODE_PRIVATE_USE && !is_joiner(c);
    if (shown) g_unichar_to_utf8(c, sign);
    jb_fail(fonts->ctx, place(here), "%s %s%s%s(U+%04X)", what, shown ? "“" : "", sign, shown ? "” " : "", c);
    return (jb_choice){.end = end, .missing = true};
}

/* An ideographic variant that the face has not is a plain character in print: not silently. */
static void check_variant(jb_fonts *fonts, const jb_face *face, const char *end, spot here) {
    const char *at = here.at, *next = g_utf8_next_char(at);
    hb_codepoint_t glyph;
    gunichar c = g_utf8_get_char(at), selector = next < end ? g_utf8_get_char(next) : 0;
    if (selector < 0xE0100 || hb_font_get_variation_glyph(face->font, c, selector, &glyph)) return;
    jb_diag(fonts->ctx, JB_WARNING, place(here), "%s has no variant U+%04X U+%04X, the plain “%.*s” is drawn",
            face->family, c, selector, (int)(next - at), at);
}

/* ---- the choice ---- */

static bool beside_latin(const char *text, const char *at, const char *next, const char *end, bool both) {
    bool before = at > text && is_letter_or_digit(g_utf8_get_char(g_utf8_prev_char(at)));
    bool after = next < end && is_letter_or_digit(g_utf8_get_char(next));
    return both ? before && after : before || after;
}

static const char *cluster_end(const char *at, const char *end) {
    at = g_utf8_next_char(at);
    while (at < end && (unsigned char)*at >= 0xCC && is_joiner(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return at;
}

static jb_choice search(jb_fonts *fonts, const jb_chain *chain, const char *end, spot here) {
    gunichar lost = 0, first = g_utf8_get_char(here.at), most = first;
    for (unsigned i = 0; i < chain->count; i++) {
        if (has_all(chain->faces[i], here.at, end, &lost)) {
            check_variant(fonts, chain->faces[i], end, here);
            return (jb_choice){.face = chain->faces[i], .end = end};
        }
        if (lost != first) most = lost;
    }
    return refuse(fonts, here, "no installed font has the character", most, end);
}

jb_choice jb_fonts_choose(jb_fonts *fonts, const jb_style *style, const char *text, const char *at,
                          const char *end, jb_pos pos) {
    gunichar c = g_utf8_get_char(at);
    spot here = {text, at, pos};
    const char *next = g_utf8_next_char(at), *stop = cluster_end(at, end);
    const jb_chain *han = jb_fonts_chain(fonts, style, false);
    if (stop == next && han->count) {
        uint32_t glyph = jb_fonts_plain(fonts, han->faces[0], c);
        if (glyph) return (jb_choice){.face = han->faces[0], .glyph = glyph, .end = next};
    }
    if (is_silent(c)) return (jb_choice){.end = next};
    if (g_unichar_iscntrl(c) && c != '\t')
        return refuse(fonts, here, "a control character stands in the text", c, next);
    if (is_right_to_left(c)) { /* one error a word */
        while (stop < end && is_right_to_left(g_utf8_get_char(stop))) stop = cluster_end(stop, end);
        return refuse(fonts, here, "right-to-left text is not supported", c, stop);
    }
    bool latin = is_shared_mark(c) ? beside_latin(text, at, next, end, true)
                 : is_sign(c)      ? beside_latin(text, at, next, end, false)
                                   : is_latin(c);
    jb_choice choice = search(fonts, jb_fonts_chain(fonts, style, latin), stop, here);
    choice.latin = latin;
    return choice;
}
