/* What a cell says. Plain numbers take the short way, everything else one pass: words before, number or range
 * with what stands behind. */
#include "input/value.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include "input/numeral.h"
#include "input/unit.h"
#include "input/value_scan.h"

enum { LONGEST_NUMBER = 160 }; /* bytes; longer cells are texts */

/* ---- the short way ---- */

typedef struct plain {
    guint64 mantissa;
    unsigned digits, decimals;
} plain;

/* Digits with commas in threes. False when it is anything else, or has a leading zero, or over 15 digits. */
static inline bool read_whole(const char **at, plain *n) {
    const char *p = *at;
    unsigned group = 0, groups = 0;
    if (*p == '0' && (g_ascii_isdigit(p[1]) || p[1] == ',')) return false;
    for (;; p++) {
        if (*p >= '0' && *p <= '9') {
            n->mantissa = n->mantissa * 10 + (unsigned)(*p - '0');
            group++;
            if (++n->digits > 15) return false;
        } else if (*p == ',') {
            if (groups ? group != 3 : group - 1 > 2) return false;
            groups++;
            group = 0;
        } else {
            break;
        }
    }
    *at = p;
    return n->digits && (!groups || group == 3);
}

/* [sign] digits [. digits] [%] and nothing else. */
static inline bool read_plain(const char *text, jb_value *v) {
    const char *p = text;
    plain n = {0, 0, 0};
    bool negative = *p == '-';
    if (negative || *p == '+') p++;
    if (!read_whole(&p, &n)) return false;
    if (*p == '.') {
        for (p++; *p >= '0' && *p <= '9'; p++, n.decimals++) {
            n.mantissa = n.mantissa * 10 + (unsigned)(*p - '0');
            if (++n.digits > 15) return false;
        }
        if (!n.decimals) return false;
    }
    if (*p && (p[0] != '%' || p[1])) return false;
    double number = jb_decimal(n.mantissa, (int)n.decimals);
    *v = (jb_value){.kind = JB_VALUE_NUMBER, .raw = text, .factor = 1, .decimals = (int)n.decimals};
    v->number = v->high = negative && n.mantissa ? -number : number;
    v->digits_length = (unsigned)(p - text);
    if (*p) v->unit = "%";
    return true;
}

/* ---- what stands behind a number ---- */

static bool take_unit(jb_value_scan *s, jb_figure *f) {
    const char *name;
    size_t n = jb_unit_scan(s->p, (size_t)(s->end - s->p), &name);
    if (!n) return false;
    if (!name && s->p + n != s->end)
        return false; /* a compound that is not listed can only be the rest of the text */
    f->unit = name ? name : s->p;
    s->p += n;
    return true;
}

/* 2亿3000万: the smaller part. */
static void take_smaller(jb_value_scan *s, jb_figure *f) {
    jb_value_scan before = *s;
    jb_figure part = {.factor = 1};
    double factor = 1;
    gunichar c = jb_scan_peek(s);
    if (c < '1' || c > '9' || f->decimals || !jb_scan_number(s, &part)) return;
    size_t n = jb_unit_scan_factor(s->p, (size_t)(s->end - s->p), &factor);
    if (!n || factor >= f->factor || part.number * factor >= f->factor || s->bad) {
        *s = before;
        return;
    }
    s->p += n;
    f->number += part.number * factor / f->factor;
    f->length = 0;
}

/* 万 and 亿 without a unit multiply; with one (亿元) they belong to the unit. */
static bool take_factor(jb_value_scan *s, jb_figure *f) {
    size_t n = jb_unit_scan_factor(s->p, (size_t)(s->end - s->p), &f->factor);
    s->p += n;
    if (n) take_smaller(s, f);
    return n > 0;
}

/* 三成, 3成, 三成五: tenths. */
static bool take_tenths(jb_value_scan *s, jb_figure *f) {
    if (f->number > 10 || f->negative || !jb_scan_take(s, "成")) return false;
    int half = s->p < s->end ? jb_numeral_digit(g_utf8_get_char(s->p)) : -1;
    if (half > 0) {
        f->number += half / 10.0;
        jb_scan_step(s);
    }
    f->factor = 10;
    f->unit = "%";
    return true;
}

static void take_tail(jb_value_scan *s, jb_figure *f) {
    for (;;) {
        jb_scan_skip_blanks(s);
        if (s->p >= s->end) return;
        if (jb_scan_behind(s)) continue;
        if (f->unit && !f->currency) return;
        if (take_unit(s, f)) {
            f->currency = false;
            continue;
        }
        if (f->factor != 1 || !(take_factor(s, f) || take_tenths(s, f))) return;
    }
}

/* ---- ranges ---- */

static bool take_range_mark(jb_value_scan *s) {
    static const char *const marks[] = {"~",  "～", "——", "—",  "–", "－", "-", "−",
                                        "至", "到", "∼",  "〜", "―", "─",  "‑"};
    jb_scan_skip_blanks(s);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (jb_scan_take(s, marks[i])) return true;
    return false;
}

static bool is_year(const jb_figure *f) {
    return !f->decimals && f->factor == 1 && f->number >= 1900 && f->number <= 2100 &&
           (!f->unit || !strcmp(f->unit, "年"));
}

/* 1~2万 means ten thousands both, 5000~1万 does not; 6%—7 means percent both. False when the units differ. */
static bool match_ends(jb_figure *low, jb_figure *high) {
    if (low->factor == 1 && !low->unit && low->number <= high->number) low->factor = high->factor;
    if (low->unit && high->unit && strcmp(low->unit, high->unit)) return false;
    if (low->unit && !high->unit) high->unit = low->unit;
    low->unit = high->unit;
    low->decimals = MAX(low->decimals, high->decimals);
    return true;
}

/* "6~6.5", "6%—7%". False when what follows is no second number; a period of years (2016—2020) is a text. */
static bool take_range(jb_value_scan *s, jb_figure *low, jb_figure *high) {
    if (!take_range_mark(s)) return false;
    jb_scan_skip_blanks(s);
    *high = (jb_figure){.factor = 1};
    if (!jb_scan_number(s, high)) return false;
    take_tail(s, high);
    if (is_year(low) && is_year(high)) return s->code = true, false;
    if (!match_ends(low, high)) return s->bad = true, false;
    if (high->number * high->factor < low->number * low->factor) return s->bad = s->p == s->end, false;
    return true;
}

/* Rounds away the noise of binary fractions: 3.1-0.2. */
static double round_to(double number, int decimals) {
    double scale = pow(10, MIN(decimals, 15)), whole = round(number * scale);
    return fabs(whole) < 1e15 ? whole / scale : number;
}

/* 5±0.5 */
static bool take_tolerance(jb_value_scan *s, jb_figure *low, jb_figure *high) {
    jb_figure by = {.factor = 1};
    if (!jb_scan_take(s, "±")) return false;
    jb_scan_skip_blanks(s);
    if (!jb_scan_number(s, &by) || by.negative) return s->bad = true, false;
    take_tail(s, &by);
    *high = by;
    if (!match_ends(low, high)) return s->bad = true, false;
    if (low->factor != 1 && low->factor != by.factor) return s->bad = true, false;
    low->factor = by.factor;
    high->factor = low->factor;
    high->number = round_to(low->number + by.number, low->decimals);
    low->number = round_to(low->number - by.number, low->decimals);
    return true;
}

/* ---- cells ---- */

/* 1.1 x 1e4 is 11000 and not a bit more. */
static double scaled(const jb_figure *f) {
    return f->factor == 1 ? f->number : round_to(f->number * f->factor, f->decimals);
}

static void settle(const jb_value_scan *s, const jb_figure *low, const jb_figure *high, jb_value *v) {
    int sign = s->falls ? -1 : 1;
    double a = sign * scaled(low), b = sign * scaled(high);
    v->kind = s->kind;
    /* a fall of 3 % at most is no less than -3 % */
    if (s->falls && s->kind == JB_VALUE_UPPER) v->kind = JB_VALUE_LOWER;
    if (s->falls && s->kind == JB_VALUE_LOWER) v->kind = JB_VALUE_UPPER;
    v->number = MIN(a, b) + 0.0; /* no negative zero */
    v->high = MAX(a, b) + 0.0;
    v->decimals = low->decimals;
    v->unit = low->unit;
    v->factor = low->factor;
    v->digits_at = low->length ? (unsigned)(low->at - s->start) : 0;
    v->digits_length = (unsigned)low->length;
}

/* Words, number, range, tail. False when the cell is not all of that. */
static bool read_cell(jb_value_scan *s, jb_value *v) {
    jb_figure low = {.factor = 1}, high;
    jb_scan_before(s);
    if (jb_scan_take(s, "±"))
        s->p -= strlen("±"); /* ±0.5 is 0±0.5 */
    else if (!jb_scan_number(s, &low))
        return false;
    take_tail(s, &low);
    high = low;
    if (s->p < s->end) {
        if (!take_tolerance(s, &low, &high) && (s->bad || !take_range(s, &low, &high))) return false;
        s->conflict = s->conflict || (s->kind != JB_VALUE_NUMBER && !s->soft);
        s->kind = JB_VALUE_RANGE;
    }
    if (s->falls && (low.negative || high.negative)) s->bad = true; /* 下降-3% */
    if (s->p < s->end || s->bad || s->code) return false;
    if (is_year(&low) && low.unit) return false; /* 2020年 */
    if (!isfinite(low.number * low.factor) || !isfinite(high.number * high.factor))
        return s->bad = true, false;
    settle(s, &low, &high, v);
    return true;
}

/* (1,234.50) is how spreadsheets show a negative number; (1) to (99) are ordinals, and full-width brackets
 * are a remark of somebody: both stay texts. */
static bool read_accounting(const char *text, const char *end, jb_value *v) {
    if (*text != '(' || end - text < 3 || end[-1] != ')') return false;
    jb_value_scan s = {.start = text, .p = text + 1, .end = end - 1, .kind = JB_VALUE_NUMBER};
    jb_figure f = {.factor = 1};
    if (!jb_scan_number(&s, &f) || f.negative || s.bad || s.code) return false;
    take_tail(&s, &f);
    if (s.p != s.end || s.kind != JB_VALUE_NUMBER || !f.length || (!f.decimals && f.length < 3)) return false;
    s.falls = true;
    settle(&s, &f, &f, v);
    return true;
}

/* A digit or a Chinese numeral anywhere: without one, no number is looked for. */
static bool has_figures(const char *p, const char *end) {
    for (; p < end; p = g_utf8_next_char(p)) {
        if ((unsigned char)*p < 0x80) {
            if (g_ascii_isdigit(*p)) return true;
            continue;
        }
        gunichar c = g_utf8_get_char(p);
        if ((c >= 0xFF10 && c <= 0xFF19) || c == 0x5341 || c == 0x767E || jb_numeral_digit(c) >= 0)
            return true; /* 十, 百 */
    }
    return false;
}

static jb_value read_other(const char *text, bool *odd) {
    jb_value v = {.kind = JB_VALUE_TEXT, .raw = text, .factor = 1};
    const char *end = text + strlen(text), *bare = jb_scan_without_notes(text, end);
    int year;
    if (end - text > LONGEST_NUMBER) return v;
    if (jb_scan_is_missing(text, (size_t)(bare - text), odd)) return v.kind = JB_VALUE_MISSING, v;
    if (jb_scan_is_same(text, (size_t)(bare - text), &year)) {
        v.kind = JB_VALUE_SAME;
        v.number = v.high = year;
        return v;
    }
    if (!has_figures(text, bare) || jb_scan_is_dated(text, bare)) return v;
    if (read_accounting(text, bare, &v)) return v;
    jb_value_scan s = {.start = text, .p = text, .end = end, .kind = JB_VALUE_NUMBER};
    if (read_cell(&s, &v)) return *odd = s.conflict, v;
    *odd = !s.code && ((s.bad && s.p == s.end) || jb_scan_looks_numeric(text, bare));
    return v;
}

jb_value jb_value_read(const char *text, bool *odd) {
    jb_value v;
    bool mine = false;
    if (odd) *odd = false;
    return read_plain(text, &v) ? v : read_other(text, odd ? odd : &mine);
}

bool jb_value_is_numeric(const jb_value *value) { return value->kind <= JB_VALUE_RANGE; }

const char *jb_value_kind_name(jb_value_kind kind) {
    static const char *const names[] = {"number", "approx", "upper",   "lower",
                                        "range",  "same",   "missing", "text"};
    return names[kind];
}
