/* Names of indicators and columns: the unit comes out of the last bracket pair, marks come off. */
#include <string.h>
#include "input/dataset.h"
#include "input/name.h"
#include "input/numeral.h"
#include "input/unit.h"

enum { LONGEST_UNIT = 60 }; /* bytes inside brackets; more is a remark */

static bool ends_with(const char *text, size_t length, const char *suffix) {
    size_t n = strlen(suffix);
    return length >= n && !memcmp(text + length - n, suffix, n);
}

static bool is_blank(gunichar c) { return g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF; }

static size_t without_blanks(const char *text, size_t length) {
    while (length) {
        const char *last = g_utf8_prev_char(text + length);
        if (!is_blank(g_utf8_get_char(last))) break;
        length = (size_t)(last - text);
    }
    return length;
}

static const char *behind_blanks(const char *text) {
    while (*text && is_blank(g_utf8_get_char(text))) text = g_utf8_next_char(text);
    return text;
}

/* ---- marks ---- */

/* What tables of plans put on binding indicators. ▲ △ ☆ ● ※ mean something else in every table: they stay. */
static const char *const binding_marks[] = {"\\*",      "*",          "＊",       "★",         "（约束性）",
                                            "(约束性)", "［约束性］", "[约束性]", "【约束性】"};
static const char *const open_marks[] = {"（预期性）", "(预期性)", "［预期性］", "[预期性]", "【预期性】"};

/* Takes marks off the end; a name is left. */
static size_t take_binding(const char *text, size_t length, bool *binding) {
    for (bool again = true; again;) {
        again = false;
        length = without_blanks(text, length);
        for (size_t i = 0; i < G_N_ELEMENTS(binding_marks); i++)
            if (length > strlen(binding_marks[i]) && ends_with(text, length, binding_marks[i]))
                length -= strlen(binding_marks[i]), *binding = again = true;
        for (size_t i = 0; i < G_N_ELEMENTS(open_marks); i++)
            if (length > strlen(open_marks[i]) && ends_with(text, length, open_marks[i]))
                length -= strlen(open_marks[i]), again = true;
    }
    return length;
}

/* Takes marks off the beginning; a name is left. */
static const char *take_binding_before(const char *text, bool *binding) {
    for (size_t i = 0; i < G_N_ELEMENTS(binding_marks); i++) {
        size_t n = strlen(binding_marks[i]);
        if (!g_str_has_prefix(text, binding_marks[i]) || !*behind_blanks(text + n)) continue;
        *binding = true;
        return take_binding_before(behind_blanks(text + n), binding);
    }
    return text;
}

/* Each # is a level. 其中 is one, unless the # have said it already: "#其中：工业". */
static const char *take_level(const char *text, int *level) {
    static const char *const among[] = {"其中：", "其中:", "其中，", "其中,", "其中　", "其中 "};
    for (;;) {
        const char *after = g_str_has_prefix(text, "#")    ? text + 1
                            : g_str_has_prefix(text, "＃") ? text + 3
                                                           : text;
        if (after == text || !*behind_blanks(after)) break;
        text = behind_blanks(after);
        ++*level;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(among); i++) {
        if (!g_str_has_prefix(text, among[i])) continue;
        *level = MAX(*level, 1);
        return behind_blanks(text + strlen(among[i]));
    }
    return text;
}

/* ---- units ---- */

static const char *const brackets[][2] = {{"（", "）"}, {"(", ")"},   {"［", "］"}, {"[", "]"},
                                          {"【", "】"}, {"〔", "〕"}, {"（", ")"},  {"(", "）"}};

/* The last bracket pair at the end of the text: the place of its opening and of what is inside. */
static bool find_brackets(const char *text, size_t length, size_t *open, size_t *inner, size_t *inner_end) {
    for (size_t i = 0; i < G_N_ELEMENTS(brackets); i++) {
        const char *opening = brackets[i][0];
        size_t n = strlen(opening), close = strlen(brackets[i][1]);
        if (!ends_with(text, length, brackets[i][1])) continue;
        for (size_t at = length - close; at >= n; at--) {
            if (ends_with(text, at, brackets[i][1])) break;
            if (!ends_with(text, at, opening)) continue;
            *open = at - n;
            *inner = at;
            *inner_end = length - close;
            return true;
        }
    }
    return false;
}

/* The unit as it is shown: without blanks inside, without 单位：, ％ as %. NULL when the text is no unit. */
static const char *read_unit(jb_arena *arena, const char *text, size_t length) {
    static const char *const labels[] = {"计量单位：", "计量单位:", "单位：", "单位:"};
    jb_unit unit;
    if (!length || length > LONGEST_UNIT) return NULL;
    char *copy = jb_arena_copy(arena, text, length);
    if (!jb_unit_parse(copy, &unit)) return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
        if (g_str_has_prefix(copy, labels[i])) copy += strlen(labels[i]);
    char *out = copy;
    for (const char *p = copy, *next; *p; p = next) {
        gunichar c = g_utf8_get_char(p);
        next = g_utf8_next_char(p); /* before its bytes are written over */
        if (is_blank(c)) continue;
        if (c == 0xFF05) c = '%';
        if (c == 0xFF0F) c = '/';
        out += g_unichar_to_utf8(c, out);
    }
    *out = 0;
    return copy;
}

/* Places where two units, or a remark and a unit, meet: （亿元，%）, （现价，亿元）, (亿元/%). */
static const char *parting(const char *from, const char *end, size_t *n) {
    static const char *const marks[] = {"，", ",", "、", "；", ";", "/", "／"};
    for (const char *p = from; p < end; p = g_utf8_next_char(p)) {
        for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
            *n = strlen(marks[i]);
            if (!strncmp(p, marks[i], *n)) return p;
        }
    }
    return NULL;
}

/* A unit of several: the first of units alone, the last behind a remark. *kept is what of the text is no
 * unit. */
static const char *read_parts(jb_arena *arena, const char *text, const char *end, const char **kept) {
    size_t n;
    const char *at = text, *unit = NULL;
    *kept = text;
    for (const char *p = text; p; at = p + n) {
        p = parting(at, end, &n);
        const char *part = p ? p : end;
        const char *one = read_unit(arena, at, (size_t)(part - at));
        if (!one && unit) return NULL; /* a unit before a remark: （元，现价） is read as a remark */
        if (!one) *kept = part;
        if (one && !unit) unit = one;
        if (!p) break;
    }
    return unit;
}

/* Takes the unit and its brackets off the end: （%）, ( 亿元 ), 【单位：万人】. A remark beside it stays in
 * the name. */
static const char *take_unit(jb_arena *arena, const char *text, size_t *length, const char **unit) {
    size_t open, inner, end;
    const char *kept;
    if (!find_brackets(text, *length, &open, &inner, &end) || !without_blanks(text, open)) return text;
    const char *whole = read_unit(arena, text + inner, end - inner);
    if (whole) {
        *unit = whole;
        *length = without_blanks(text, open);
        return text;
    }
    if (end - inner > LONGEST_UNIT) return text;
    whole = read_parts(arena, text + inner, text + end, &kept);
    if (!whole) return text;
    *unit = whole;
    if (kept == text + inner) {
        *length = without_blanks(text, open);
        return text;
    }
    GString *name = g_string_new_len(text, kept - text);
    g_string_append_len(name, text + end, (gssize)(*length - end));
    text = jb_arena_copy(arena, name->str, name->len);
    *length = name->len;
    g_string_free(name, TRUE);
    return text;
}

void jb_name_split(jb_arena *arena, const char *text, const char **name, const char **unit, bool *binding,
                   int *level) {
    *unit = "";
    *binding = false;
    *level = 0;
    text = take_binding_before(behind_blanks(text), binding);
    text = take_binding_before(take_level(text, level), binding);
    size_t length = take_binding(text, strlen(text), binding);
    text = take_unit(arena, text, &length, unit);
    length = take_binding(text, length, binding);
    *name = jb_arena_copy(arena, text, length);
}

/* ---- ordinals and indents ---- */

int jb_name_indent(const char *text) {
    int width = 0;
    for (; *text && is_blank(g_utf8_get_char(text)); text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        width += c == 0x3000 || c == 0x2003 ? 2 : c == '\t' ? 4 : c == 0x200B || c == 0xFEFF ? 0 : 1;
    }
    return width;
}

static gunichar fold(const char *p) {
    gunichar c = g_utf8_get_char(p);
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

static const char *behind_digits(const char *p) {
    while (fold(p) >= '0' && fold(p) <= '9') p = g_utf8_next_char(p);
    return p;
}

/* 1 or 1.1.2 */
static const char *behind_levels(const char *p, int *levels) {
    const char *after = behind_digits(p);
    for (*levels = after > p; after > p && fold(after) == '.'; ++*levels) {
        p = g_utf8_next_char(after);
        const char *next = behind_digits(p);
        if (next == p) return after;
        after = next;
    }
    return after;
}

/* 1.5 万亩以上 is an amount. Units alone are no proof: 1.1 种植业. */
static bool is_amount(const char *behind) {
    double factor;
    return jb_unit_scan_factor(behind, strlen(behind), &factor) > 0;
}

/* 一、 1. 1、 1） 1.1 and a blank. NULL when there is none. */
static const char *behind_open_ordinal(const char *text) {
    size_t numeral = jb_numeral_span(text, strlen(text));
    int levels;
    const char *digits = behind_levels(text, &levels);
    if (numeral) return fold(text + numeral) == 0x3001 ? g_utf8_next_char(text + numeral) : NULL;
    if (digits == text) return NULL;
    gunichar c = fold(digits);
    if (levels > 1 && is_blank(c)) return is_amount(behind_blanks(digits)) ? NULL : digits;
    if (c != '.' && c != 0x3001 && c != ')') return NULL;
    return g_utf8_next_char(digits);
}

/* （一） (1) */
static const char *behind_closed_ordinal(const char *text) {
    if (fold(text) != '(') return NULL;
    const char *inner = g_utf8_next_char(text), *after = inner + jb_numeral_span(inner, strlen(inner));
    if (after == inner) after = behind_digits(inner);
    return after > inner && fold(after) == ')' ? g_utf8_next_char(after) : NULL;
}

const char *jb_name_core(const char *name) {
    static const gunichar signs[] = {0x25B2, 0x25B3, 0x2606, 0x2605, 0x25CF, 0x25CB,
                                     0x25C6, 0x25C7, 0x25A0, 0x25A1, 0x203B, 0};
    const char *text = behind_blanks(name), *after;
    for (;;) {
        gunichar c = g_utf8_get_char(text);
        bool sign = c >= 0x2460 && c <= 0x2473;
        for (const gunichar *s = signs; *s && !sign; s++) sign = *s == c;
        after = sign ? g_utf8_next_char(text) : behind_closed_ordinal(text);
        if (!after) after = behind_open_ordinal(text);
        if (!after || !*behind_blanks(after)) return text;
        text = behind_blanks(after);
    }
}
