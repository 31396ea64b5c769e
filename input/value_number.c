/* Numbers as cells write them: figures with separators, exponents, Chinese numerals. */
#include <math.h>
#include <string.h>
#include "input/numeral.h"
#include "input/value_scan.h"

enum { DIGIT_BYTES = 64 }; /* longer runs of digits are no numbers */

double jb_decimal(guint64 mantissa, int decimals) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return (double)mantissa / powers[decimals]; /* both exact, so the quotient is rounded once */
}

/* ---- characters ---- */

static bool is_blank(gunichar c) {
    return c < 0x80 ? c == ' ' || (c >= 9 && c <= 13) : g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF;
}

static gunichar fold(gunichar c) {
    if (c < 0x80) return c;
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
    if (c == 0x2212 || c == 0x2013 || c == 0x2010 || c == 0x2011 || c == 0xFE63) return '-';
    return is_blank(c) ? ' ' : c;
}

gunichar jb_scan_peek(const jb_value_scan *s) { return s->p < s->end ? fold(g_utf8_get_char(s->p)) : 0; }

void jb_scan_step(jb_value_scan *s) { s->p = g_utf8_next_char(s->p); }

void jb_scan_skip_blanks(jb_value_scan *s) {
    while (s->p < s->end && is_blank(g_utf8_get_char(s->p))) jb_scan_step(s);
}

bool jb_scan_take(jb_value_scan *s, const char *text) {
    size_t n = strlen(text);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, text, n) != 0) return false;
    s->p += n;
    return true;
}

static bool is_digit(gunichar c) { return c >= '0' && c <= '9'; }

/* Digits from here on, at most `most`. */
static unsigned digits_ahead(jb_value_scan s, unsigned most) {
    unsigned n = 0;
    for (; n < most && is_digit(jb_scan_peek(&s)); n++) jb_scan_step(&s);
    return n;
}

/* ---- figures ---- */

typedef struct digits {
    char text[DIGIT_BYTES + 8]; /* ASCII, for strtod */
    unsigned length, whole, decimals;
    gunichar separator; /* 0: none seen */
    guint64 mantissa;
    int exponent;
    bool exponential;
} digits;

static bool add_digit(digits *d, gunichar c) {
    if (d->length >= DIGIT_BYTES) return false;
    d->text[d->length++] = (char)c;
    if (d->whole + d->decimals < 18) d->mantissa = d->mantissa * 10 + (c - '0');
    return true;
}

static bool is_exactly_three(const jb_value_scan *s) {
    jb_value_scan after = *s;
    jb_scan_step(&after);
    return digits_ahead(after, 4) == 3;
}

/* A comma or a blank that parts thousands: *ok is false when it stands in the wrong place. A blank in the
 * wrong place only ends the number. */
static bool take_separator(jb_value_scan *s, digits *d, bool *ok) {
    gunichar c = jb_scan_peek(s);
    if (c != ',' && c != ' ') return false;
    jb_value_scan after = *s;
    jb_scan_step(&after);
    if (!is_digit(jb_scan_peek(&after))) return false;
    bool right =
        is_exactly_three(s) && (!d->separator ? d->whole <= 3 && d->text[0] != '0' : d->separator == c);
    if (!right && c == ' ') return false;
    if (!right) return *ok = false, false;
    d->separator = c;
    *s = after;
    return true;
}

static bool take_whole(jb_value_scan *s, digits *d) {
    bool ok = true;
    for (;;) {
        gunichar c = jb_scan_peek(s);
        if (is_digit(c)) {
            if (!add_digit(d, c)) return false;
            d->whole++;
            jb_scan_step(s);
        } else if (!d->whole || !take_separator(s, d, &ok)) {
            return ok;
        }
    }
}

/* The gap in threes behind the point (GB/T 15835): 3.141 59. */
static bool take_gap(jb_value_scan *s, const digits *d) {
    jb_value_scan after = *s;
    if (jb_scan_peek(s) != ' ' || d->decimals % 3) return false;
    jb_scan_step(&after);
    unsigned ahead = digits_ahead(after, 4);
    if (!ahead || ahead > 3) return false;
    *s = after;
    return true;
}

static bool take_fraction(jb_value_scan *s, digits *d) {
    jb_scan_step(s);
    d->text[d->length++] = '.';
    for (;;) {
        gunichar c = jb_scan_peek(s);
        if (is_digit(c)) {
            if (!add_digit(d, c)) return false;
            d->decimals++;
            jb_scan_step(s);
        } else if (!d->decimals || !take_gap(s, d)) {
            return d->decimals > 0;
        }
    }
}

/* E+05. Moves only when it is one. */
static void take_exponent(jb_value_scan *s, digits *d) {
    jb_value_scan after = *s;
    gunichar c = jb_scan_peek(&after);
    if (c != 'e' && c != 'E') return;
    jb_scan_step(&after);
    c = jb_scan_peek(&after);
    bool negative = c == '-';
    if (c == '-' || c == '+') jb_scan_step(&after);
    unsigned n = digits_ahead(after, 4);
    if (!n || n > 3) return;
    for (d->exponent = 0; n; n--, jb_scan_step(&after))
        d->exponent = d->exponent * 10 + (int)(jb_scan_peek(&after) - '0');
    if (negative) d->exponent = -d->exponent;
    d->exponential = true;
    *s = after;
}

static double value_of(digits *d) {
    if (!d->exponential && d->whole + d->decimals <= 15) return jb_decimal(d->mantissa, (int)d->decimals);
    d->text[d->length] = 0;
    double number = g_ascii_strtod(d->text, NULL);
    if (!d->exponential) return number;
    char text[DIGIT_BYTES + 24];
    g_snprintf(text, sizeof text, "%se%d", d->text, d->exponent);
    return g_ascii_strtod(text, NULL);
}

/* Whatever else stands in numbers belongs to the malformed one: "3..5", "1,23". */
static void take_malformed(jb_value_scan *s) {
    for (gunichar c = jb_scan_peek(s); is_digit(c) || c == '.' || c == ',' || c == 0x3002 || c == 0xB7;
         c = jb_scan_peek(s))
        jb_scan_step(s);
    s->bad = true;
}

static bool is_code(const digits *d) {
    if (d->decimals || d->separator || d->exponential) return false;
    return d->whole > 15 || (d->whole > 1 && d->text[0] == '0');
}

static bool take_figures(jb_value_scan *s, jb_figure *f) {
    digits d = {.exponent = 0};
    jb_value_scan behind_point = *s;
    jb_scan_step(&behind_point);
    bool bare = jb_scan_peek(s) == '.' && is_digit(jb_scan_peek(&behind_point));
    if (!is_digit(jb_scan_peek(s)) && !bare) return false;
    f->at = s->p;
    bool ok = take_whole(s, &d);
    if (ok && jb_scan_peek(s) == '.') ok = take_fraction(s, &d);
    gunichar c = jb_scan_peek(s);
    if (c == '.' || c == ',' || c == 0x3002 || c == 0xB7) ok = false;
    if (ok) take_exponent(s, &d);
    s->code = s->code || (ok && is_code(&d));
    if (!s->code && d.whole > 1 && d.text[0] == '0') ok = false; /* 00.5 */
    if (!ok) return take_malformed(s), true;
    f->number = value_of(&d);
    f->decimals = MAX(0, (int)d.decimals - d.exponent);
    f->length = d.exponential ? 0 : (size_t)(s->p - f->at);
    return true;
}

/* ---- Chinese numerals ---- */

/* A unit that begins with 万 or 亿 at the numeral's end is left to the unit: 三十五 + 亿元. */
static size_t without_unit(const jb_value_scan *s, size_t span) {
    static const char *const large[] = {"万亿", "亿", "万"};
    const char *end = s->p + span;
    for (size_t i = 0; i < G_N_ELEMENTS(large) && end < s->end; i++) {
        size_t n = strlen(large[i]);
        if (span <= n || memcmp(end - n, large[i], n)) continue;
        double number;
        int decimals;
        if (jb_numeral_read(s->p, span - n, &number, &decimals)) return span - n;
    }
    return span;
}

static bool take_numeral(jb_value_scan *s, jb_figure *f) {
    size_t span = jb_numeral_span(s->p, (size_t)(s->end - s->p));
    if (!span) return false;
    size_t used = without_unit(s, span);
    if (!jb_numeral_read(s->p, used, &f->number, &f->decimals)) return false;
    f->at = s->p;
    f->length = 0;
    s->p += used;
    return true;
}

/* 百分之三点五, 千分之3 */
static void take_parts(jb_value_scan *s, jb_figure *f) {
    static const struct {
        const char *text, *unit;
    } parts[] = {{"百分之", "%"}, {"千分之", "‰"}, {"万分之", "‱"}};
    for (size_t i = 0; i < G_N_ELEMENTS(parts) && !f->unit; i++)
        if (jb_scan_take(s, parts[i].text)) f->unit = parts[i].unit;
}

/* 百分之百 */
static bool take_hundred(jb_value_scan *s, jb_figure *f) {
    if (!f->unit || strcmp(f->unit, "%") || !jb_scan_take(s, "百")) return false;
    f->number = 100;
    f->decimals = 0;
    return true;
}

/* ---- a number ---- */

/* The sign, with blanks behind it. Bytes of 负 are no part of what is shown as digits. */
static const char *take_sign(jb_value_scan *s, jb_figure *f) {
    const char *at = s->p;
    gunichar c = jb_scan_peek(s);
    if (c == '-' || c == '+') {
        f->negative = c == '-';
        jb_scan_step(s);
    } else if (jb_scan_take(s, "负")) {
        f->negative = true;
        at = NULL;
    } else {
        return NULL;
    }
    jb_scan_skip_blanks(s);
    return at;
}

static bool take_currency(jb_value_scan *s, jb_figure *f) {
    static const struct {
        const char *text, *unit;
    } marks[] = {{"¥", "元"},    {"￥", "元"},  {"US$", "美元"}, {"$", "美元"},
                 {"＄", "美元"}, {"€", "欧元"}, {"£", "英镑"}};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (!jb_scan_take(s, marks[i].text)) continue;
        f->unit = marks[i].unit;
        jb_scan_skip_blanks(s);
        return f->currency = true;
    }
    return false;
}

bool jb_scan_number(jb_value_scan *s, jb_figure *f) {
    jb_value_scan before = *s;
    const char *sign = take_sign(s, f);
    bool currency = take_currency(s, f);
    if (currency && !sign) sign = take_sign(s, f);
    take_parts(s, f);
    if (!take_figures(s, f) && !take_numeral(s, f) && !take_hundred(s, f)) return *s = before, false;
    if (f->negative) f->number = -f->number;
    if (sign && !currency && f->length) {
        f->length += (size_t)(f->at - sign);
        f->at = sign;
    }
    return true;
}
