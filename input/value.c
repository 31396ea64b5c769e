/* What a cell says. One pass: qualifiers before, number or range, what stands behind. */
#include "input/value.h"

#include <math.h>
#include <string.h>

typedef struct word {
    const char *text;
    jb_value_kind kind; /* NUMBER: does not qualify */
    int sign;           /* -1 turns the number round */
} word;

/* Longer words first where one begins with another. */
static const word words_before[] = {
    {"大约", JB_VALUE_APPROX, 1},  {"约为", JB_VALUE_APPROX, 1},     {"约", JB_VALUE_APPROX, 1},
    {"接近", JB_VALUE_APPROX, 1},  {"近", JB_VALUE_APPROX, 1},       {"≈", JB_VALUE_APPROX, 1},
    {"~", JB_VALUE_APPROX, 1},     {"～", JB_VALUE_APPROX, 1},       {"不超过", JB_VALUE_UPPER, 1},
    {"不高于", JB_VALUE_UPPER, 1}, {"不大于", JB_VALUE_UPPER, 1},    {"不多于", JB_VALUE_UPPER, 1},
    {"控制在", JB_VALUE_UPPER, 1}, {"低于", JB_VALUE_UPPER, 1},      {"小于", JB_VALUE_UPPER, 1},
    {"少于", JB_VALUE_UPPER, 1},   {"至多", JB_VALUE_UPPER, 1},      {"≤", JB_VALUE_UPPER, 1},
    {"<=", JB_VALUE_UPPER, 1},     {"<", JB_VALUE_UPPER, 1},         {"＜", JB_VALUE_UPPER, 1},
    {"≦", JB_VALUE_UPPER, 1},      {"不低于", JB_VALUE_LOWER, 1},    {"不少于", JB_VALUE_LOWER, 1},
    {"不小于", JB_VALUE_LOWER, 1}, {"超过", JB_VALUE_LOWER, 1},      {"高于", JB_VALUE_LOWER, 1},
    {"大于", JB_VALUE_LOWER, 1},   {"多于", JB_VALUE_LOWER, 1},      {"达到", JB_VALUE_LOWER, 1},
    {"至少", JB_VALUE_LOWER, 1},   {"突破", JB_VALUE_LOWER, 1},      {"≥", JB_VALUE_LOWER, 1},
    {">=", JB_VALUE_LOWER, 1},     {">", JB_VALUE_LOWER, 1},         {"＞", JB_VALUE_LOWER, 1},
    {"≧", JB_VALUE_LOWER, 1},      {"同比增长", JB_VALUE_NUMBER, 1}, {"同比下降", JB_VALUE_NUMBER, -1},
    {"增长", JB_VALUE_NUMBER, 1},  {"上升", JB_VALUE_NUMBER, 1},     {"提高", JB_VALUE_NUMBER, 1},
    {"增加", JB_VALUE_NUMBER, 1},  {"下降", JB_VALUE_NUMBER, -1},    {"减少", JB_VALUE_NUMBER, -1},
    {"降低", JB_VALUE_NUMBER, -1}};

static const word words_behind[] = {
    {"左右", JB_VALUE_APPROX, 1}, {"上下", JB_VALUE_APPROX, 1},  {"余", JB_VALUE_LOWER, 1},
    {"以内", JB_VALUE_UPPER, 1},  {"之内", JB_VALUE_UPPER, 1},   {"及以下", JB_VALUE_UPPER, 1},
    {"以下", JB_VALUE_UPPER, 1},  {"及以上", JB_VALUE_LOWER, 1}, {"以上", JB_VALUE_LOWER, 1}};

static const char *const missing_words[] = {
    "",   "—",    "——", "–",      "-",      "--",     "---", "/",   "…",  "……",   "−",    "－", "~",
    "无", "暂无", "缺", "无数据", "未公布", "不适用", "n/a", "N/A", "NA", "null", "NULL", "."};
static const char *const same_words[] = {"与上年持平", "与去年持平", "持平",           "同上年",
                                         "与上年一致", "与上年相同", "与上年基本持平", "基本持平"};

typedef struct scan {
    const char *start, *p, *end; /* raw, where the scanner stands, behind the last character that counts */
    jb_value *value;
    int sign;
} scan;

static void skip_blanks(scan *s) {
    while (s->p < s->end && g_unichar_isspace(g_utf8_get_char(s->p))) s->p = g_utf8_next_char(s->p);
}

static bool take(scan *s, const char *text) {
    size_t n = strlen(text);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, text, n) != 0) return false;
    s->p += n;
    return true;
}

/* A character with full-width forms folded to ASCII; 0 at the end. */
static gunichar peek(const scan *s) {
    if (s->p >= s->end) return 0;
    gunichar c = g_utf8_get_char(s->p);
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    return c == 0x2212 ? '-' : c;
}

static void step(scan *s) { s->p = g_utf8_next_char(s->p); }

static bool peek_digit(const scan *s) {
    gunichar c = peek(s);
    return c >= '0' && c <= '9';
}

static void qualify(scan *s, jb_value_kind kind) {
    if (kind != JB_VALUE_NUMBER) s->value->kind = kind;
}

static bool take_word(scan *s, const word *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!take(s, words[i].text)) continue;
        qualify(s, words[i].kind);
        s->sign *= words[i].sign;
        return true;
    }
    return false;
}

/* ---- numbers ---- */

/* Digits with separators in threes: 1,234,567. False when a comma stands elsewhere. */
static bool take_whole(scan *s, GString *digits) {
    size_t group = 0, groups = 0;
    for (;; step(s)) {
        gunichar c = peek(s);
        if (c >= '0' && c <= '9') {
            g_string_append_c(digits, (char)c);
            group++;
        } else if (c == ',' || c == 0x3001) {
            scan after = *s;
            step(&after);
            if (c != ',' || !peek_digit(&after)) return true;
            if (groups ? group != 3 : group > 3 || !group) return false;
            groups++;
            group = 0;
        } else {
            return !groups || group == 3;
        }
    }
}

/* Reads a number; fails without moving when none begins here. *bad: it began like one and is none. */
static bool take_number(scan *s, double *number, int *decimals, bool *bad) {
    scan begin = *s;
    GString *digits = g_string_new(NULL);
    gunichar c = peek(s);
    bool ok = false;
    *decimals = 0;
    if (c == '-' || c == '+') {
        if (c == '-') g_string_append_c(digits, '-');
        step(s);
        skip_blanks(s);
    }
    if (peek_digit(s)) {
        ok = take_whole(s, digits);
        if (ok && peek(s) == '.') {
            step(s);
            g_string_append_c(digits, '.');
            for (; peek_digit(s); step(s), ++*decimals) g_string_append_c(digits, (char)peek(s));
            ok = *decimals > 0 && peek(s) != '.';
        }
        *bad = !ok;
    }
    if (ok) *number = g_ascii_strtod(digits->str, NULL);
    if (ok && !isfinite(*number)) ok = false;
    if (!ok) *s = begin;
    g_string_free(digits, TRUE);
    return ok;
}

/* ---- what stands behind ---- */

static const char *const units[] = {
    "个百分点", "百分点", "%",       "％",    "‰",        "万亿美元", "亿美元",   "万美元",     "美元",
    "万亿元",   "亿元",   "万元/人", "元/人", "万元",     "千元",     "元",       "亿人次",     "万人次",
    "人次",     "万人",   "人",      "万户",  "户",       "万个",     "个",       "万件",       "件",
    "天",       "项",     "家",      "所",    "张",       "次",       "倍",       "万吨标准煤", "吨标准煤",
    "万吨",     "吨",     "公斤",    "千克",  "公里",     "千米",     "万平方米", "平方公里",   "平方米",
    "米",       "公顷",   "万亩",    "亩",    "亿千瓦时", "万千瓦时", "千瓦时",   "万千瓦",     "千瓦",
    "岁",       "年",     "位",      "名",    "辆",       "万辆",     "台",       "万台",       "套",
    "万套",     "头",     "万头",    "册",    "条"};

static bool take_unit(scan *s) {
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (!take(s, units[i])) continue;
        s->value->unit = !strcmp(units[i], "％") ? "%" : units[i];
        return true;
    }
    return false;
}

/* 万 and 亿 without a unit multiply; with one (亿元) they belong to the unit. */
static bool take_factor(scan *s) {
    static const struct {
        const char *text;
        double factor;
    } factors[] = {{"万亿", 1e12}, {"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2}};
    for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
        if (!take(s, factors[i].text)) continue;
        s->value->factor = factors[i].factor;
        return true;
    }
    return false;
}

static void take_tail(scan *s) {
    for (int i = 0; i < 4; i++) {
        skip_blanks(s);
        if (take_word(s, words_behind, G_N_ELEMENTS(words_behind))) continue;
        if (!s->value->unit && take_unit(s)) continue;
        if (s->value->factor != 1 || !take_factor(s)) return;
    }
}

static bool take_range_mark(scan *s) {
    skip_blanks(s);
    return take(s, "~") || take(s, "～") || take(s, "——") || take(s, "—") || take(s, "–") || take(s, "－") ||
           take(s, "-") || take(s, "至") || take(s, "到");
}

/* "6~6.5", "6%—7%": the second number, when it is larger. */
static bool take_range(scan *s) {
    scan begin = *s;
    double high = 0;
    int decimals;
    bool bad;
    if (!take_range_mark(s)) return false;
    skip_blanks(s);
    if (!take_number(s, &high, &decimals, &bad) || high < s->value->number) return *s = begin, false;
    s->value->kind = JB_VALUE_RANGE;
    s->value->high = high;
    s->value->decimals = MAX(s->value->decimals, decimals);
    s->value->unit = NULL;
    return true;
}

/* ---- cells ---- */

static bool is_one_of(const char *text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(text, list[i])) return true;
    return false;
}

/* Footnote marks behind the cell: ① … ⑳, superscripts. */
static const char *without_notes(const char *start, const char *end) {
    while (end > start) {
        const char *last = g_utf8_prev_char(end);
        gunichar c = g_utf8_get_char(last);
        bool mark = (c >= 0x2460 && c <= 0x2473) || c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2020;
        if (!mark && !(c == ' ' && end != start)) break;
        if (!mark) {
            const char *before = last > start ? g_utf8_prev_char(last) : last;
            gunichar b = g_utf8_get_char(before);
            if (!(b >= 0x2460 && b <= 0x2473)) break;
        }
        end = last;
    }
    return end;
}

/* Reads qualifiers, number, range, tail. False when the cell is not all of that. */
static bool read_number(scan *s, bool *bad) {
    jb_value *v = s->value;
    v->kind = JB_VALUE_NUMBER;
    do skip_blanks(s);
    while (take_word(s, words_before, G_N_ELEMENTS(words_before)));
    const char *digits = s->p;
    if (!take_number(s, &v->number, &v->decimals, bad)) return false;
    v->digits_at = (unsigned)(digits - s->start);
    v->digits_length = (unsigned)(s->p - digits);
    v->high = v->number;
    take_tail(s);
    if (v->kind == JB_VALUE_NUMBER && v->factor == 1 && take_range(s)) take_tail(s);
    if (s->p < s->end) return false;
    v->number *= v->factor * s->sign;
    v->high *= v->factor * s->sign;
    return true;
}

/* Only digits, points, commas and signs, with at least one digit: somebody meant a number. */
static bool looks_like_number(const char *text) {
    bool digit = false;
    for (; *text; text++) {
        if (!strchr("0123456789.,+- %", *text)) return false;
        digit = digit || g_ascii_isdigit(*text);
    }
    return digit;
}

/* 2021-01-15, 2021/1/15, 2021.1.15, 13:20 are dates and times, not odd numbers. */
static bool is_date(const char *text) {
    int parts = 0;
    char mark = 0;
    while (g_ascii_isdigit(*text)) {
        while (g_ascii_isdigit(*text)) text++;
        parts++;
        if (!*text) return parts == 3 || (parts == 2 && mark == ':');
        if (!strchr("-/.:", *text) || (mark && *text != mark)) return false;
        mark = *text++;
    }
    return false;
}

jb_value jb_value_read(const char *text, bool *odd) {
    jb_value v = {.kind = JB_VALUE_TEXT, .factor = 1};
    bool bad = false;
    v.raw = text;
    if (odd) *odd = false;
    if (is_one_of(v.raw, missing_words, G_N_ELEMENTS(missing_words))) return v.kind = JB_VALUE_MISSING, v;
    if (is_one_of(v.raw, same_words, G_N_ELEMENTS(same_words))) return v.kind = JB_VALUE_SAME, v;
    jb_value plain = v;
    scan s = {v.raw, v.raw, without_notes(v.raw, v.raw + strlen(v.raw)), &v, 1};
    if (read_number(&s, &bad)) return v;
    if (odd) *odd = !is_date(plain.raw) && looks_like_number(plain.raw);
    return plain;
}

bool jb_value_is_numeric(const jb_value *value) { return value->kind <= JB_VALUE_RANGE; }

const char *jb_value_kind_name(jb_value_kind kind) {
    static const char *const names[] = {"number", "approx", "upper",   "lower",
                                        "range",  "same",   "missing", "text"};
    return names[kind];
}
