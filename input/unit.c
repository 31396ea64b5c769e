/* Units are factor + base, parted by slashes: 万元/平方米. The bases are in unit_words.c. */
#include "input/unit.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include "input/unit_words.h"

enum { UNIT_BYTES = 64 }; /* longer texts are no units */

static const struct {
    const char *text;
    double factor;
} factors[] = {{"", 1},        {"十", 1e1},    {"百", 1e2},   {"千", 1e3}, {"万", 1e4},
               {"十万", 1e5},  {"百万", 1e6},  {"千万", 1e7}, {"亿", 1e8}, {"十亿", 1e9},
               {"百亿", 1e10}, {"千亿", 1e11}, {"万亿", 1e12}};
G_STATIC_ASSERT(G_N_ELEMENTS(factors) == JB_UNIT_FACTORS);

static bool begins(const char *text, size_t length, const char *with, size_t size) {
    return length >= size && !memcmp(text, with, size);
}

/* ---- one base with its factor ---- */

typedef struct found {
    const jb_unit_word *word;
    unsigned factor;
    size_t length;
} found;

static void find_base(const char *text, size_t length, unsigned factor, size_t taken, found *best) {
    for (const jb_unit_word *w = jb_unit_words; w->length; w++) {
        if (text[0] != w->names[0][0] || taken + w->length <= best->length) continue;
        if (begins(text, length, w->names[0], w->length)) *best = (found){w, factor, taken + w->length};
    }
}

/* The longest factor + base: 千克 is kilograms and no thousand grams, 百分点 no hundred 分. */
static found find_word(const char *text, size_t length) {
    found best = {NULL, 0, 0};
    if (!length) return best;
    find_base(text, length, 0, 0, &best);
    for (unsigned f = 1; f < JB_UNIT_FACTORS; f++) {
        size_t n = strlen(factors[f].text);
        if (length > n && begins(text, length, factors[f].text, n))
            find_base(text + n, length - n, f, n, &best);
    }
    return best;
}

size_t jb_unit_scan_factor(const char *text, size_t length, double *factor) {
    size_t longest = 0;
    for (unsigned f = 1; f < JB_UNIT_FACTORS; f++) {
        size_t n = strlen(factors[f].text);
        if (n <= longest || !begins(text, length, factors[f].text, n)) continue;
        longest = n;
        *factor = factors[f].factor;
    }
    return longest;
}

/* ---- the whole ---- */

/* A slash, or the dot between two words of a denominator (元/人·年). */
static size_t slash_at(const char *text, size_t length, bool under) {
    static const char *const slashes[] = {"/", "／", "∕", "·", "•", "．"};
    for (size_t i = 0; i < (under ? G_N_ELEMENTS(slashes) : 3); i++)
        if (begins(text, length, slashes[i], strlen(slashes[i]))) return strlen(slashes[i]);
    return 0;
}

/* The figures of 1/10万 and 例/10万人. */
static size_t ten_at(const char *text, size_t length, double *ten) {
    size_t n = 0;
    *ten = 1;
    if (!length || text[0] != '1') return 0;
    for (n = 1; n < length && n < 7 && text[n] == '0'; n++) *ten *= 10;
    return n;
}

/* A denominator, which may be a bare number (/10万): bytes taken, 0 when there is none. */
static size_t take_under(const char *text, size_t length, jb_quantity *under, double *scale) {
    double ten, factor = 1;
    size_t n = ten_at(text, length, &ten);
    found f = find_word(text + n, length - n);
    if (f.word && f.word->quantity.dimension != JB_DIMENSION_RATIO &&
        f.word->quantity.dimension != JB_DIMENSION_POINTS) {
        *under = f.word->quantity;
        *scale = ten * f.word->scale * factors[f.factor].factor;
        return n + f.length;
    }
    size_t taken = jb_unit_scan_factor(text + n, length - n, &factor);
    if (!n && !taken) return 0;
    *under = (jb_quantity){JB_DIMENSION_NONE, NULL};
    *scale = ten * factor;
    return n + taken;
}

static size_t take_over(const char *text, size_t length, jb_unit *unit, found *word) {
    *word = find_word(text, length);
    if (word->length) {
        unit->over = word->word->quantity;
        unit->scale = word->word->scale * factors[word->factor].factor;
        return word->length;
    }
    if (length > 1 && *text == '1' && slash_at(text + 1, length - 1, false)) return 1;
    return 0;
}

/* 1/10万, /10万: a number per number is a ratio. */
static void settle(jb_unit *unit) {
    if (unit->over.dimension == JB_DIMENSION_NONE && unit->under[0].dimension == JB_DIMENSION_NONE)
        unit->over.dimension = JB_DIMENSION_RATIO;
}

static size_t take_unit(const char *text, size_t length, jb_unit *unit, found *word, unsigned *unders) {
    unit->over = unit->under[0] = unit->under[1] = (jb_quantity){JB_DIMENSION_NONE, NULL};
    unit->scale = 1;
    *unders = 0;
    size_t at = take_over(text, length, unit, word);
    if (!at && !slash_at(text, length, false)) return 0;
    while (*unders < JB_UNIT_UNDERS) {
        double scale = 1;
        size_t slash = slash_at(text + at, length - at, *unders > 0);
        size_t n =
            slash ? take_under(text + at + slash, length - at - slash, &unit->under[*unders], &scale) : 0;
        if (!n) break;
        unit->scale /= scale;
        at += slash + n;
        ++*unders;
    }
    if (!word->length && !*unders) return 0;
    settle(unit);
    return at;
}

/* 万元/平方公里 and its like as a static string. */
static const char *compound_name(const char *text, size_t length) {
    for (const char *const *name = jb_unit_compounds; *name; name++)
        if (strlen(*name) == length && !memcmp(*name, text, length)) return *name;
    return NULL;
}

size_t jb_unit_scan(const char *text, size_t length, const char **name) {
    jb_unit unit;
    found word;
    unsigned unders;
    size_t n = take_unit(text, length, &unit, &word, &unders);
    *name = NULL;
    if (!n || !word.length) return 0; /* a cell "3/10万" is left to be text */
    if (unders) return *name = compound_name(text, n), n;
    if (word.word->ordinal) return 0;
    *name = *text == '\xEF' ? "%" : word.word->names[word.factor]; /* ％ is the one full-width unit */
    return n;
}

/* ---- units by themselves ---- */

/* Copies without blanks and with full-width forms folded; 0 when it is too long. */
static size_t plain(const char *text, char out[static UNIT_BYTES]) {
    size_t n = 0;
    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF) continue;
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c == 0x3BC) c = 0xB5; /* the Greek letter for the micro sign */
        if (n + 6 >= UNIT_BYTES) return 0;
        n += (size_t)g_unichar_to_utf8(c, out + n);
    }
    out[n] = 0;
    return n;
}

/* 单位：亿元, 人民币亿元 */
static const char *behind_labels(const char *text) {
    static const char *const labels[] = {"计量单位:", "单位:", "人民币"};
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
        if (g_str_has_prefix(text, labels[i]) && text[strlen(labels[i])]) text += strlen(labels[i]);
    return text;
}

bool jb_unit_parse(const char *text, jb_unit *unit) {
    char buffer[UNIT_BYTES];
    found word;
    unsigned unders;
    size_t n = plain(text, buffer);
    const char *at = n ? behind_labels(buffer) : buffer;
    n = n ? n - (size_t)(at - buffer) : 0;
    double factor = 1;
    bool known = n && take_unit(at, n, unit, &word, &unders) == n;
    bool bare = !known && n && jb_unit_scan_factor(at, n, &factor) == n;
    if (!known) {
        jb_dimension d = bare || !*text ? JB_DIMENSION_NONE : JB_DIMENSION_UNKNOWN;
        *unit = (jb_unit){.over = {d, NULL}, .scale = factor};
        if (n && strstr(at, "=100")) known = true, unit->over.dimension = JB_DIMENSION_INDEX;
    }
    unit->text = text;
    return known || bare;
}

static bool same_quantity(const jb_quantity *a, const jb_quantity *b) {
    return a->dimension == b->dimension && !g_strcmp0(a->counted, b->counted);
}

bool jb_unit_convertible(const jb_unit *a, const jb_unit *b) {
    if (a->over.dimension == JB_DIMENSION_UNKNOWN || b->over.dimension == JB_DIMENSION_UNKNOWN)
        return a->over.dimension == b->over.dimension && !strcmp(a->text, b->text);
    if (a->over.dimension == JB_DIMENSION_INDEX && strcmp(a->text, b->text)) return false;
    if (!same_quantity(&a->over, &b->over)) return false;
    bool straight = same_quantity(&a->under[0], &b->under[0]) && same_quantity(&a->under[1], &b->under[1]);
    bool crossed = same_quantity(&a->under[0], &b->under[1]) && same_quantity(&a->under[1], &b->under[0]);
    return straight || crossed;
}

double jb_unit_factor(const jb_unit *from, const jb_unit *to) {
    return jb_unit_convertible(from, to) ? from->scale / to->scale : NAN;
}

bool jb_unit_is_rate(const jb_unit *unit) {
    return (unit->over.dimension == JB_DIMENSION_RATIO || unit->over.dimension == JB_DIMENSION_POINTS) &&
           unit->under[0].dimension == JB_DIMENSION_NONE;
}
