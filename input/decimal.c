/* Decimal digits. A decimal of at most 15 digits reads back as itself, so most numbers never become doubles
 * here. */
#include "input/decimal.h"

#include <math.h>
#include <string.h>

#define EXACT_DIGITS 15   /* any decimal of so many digits survives the way through a double */
#define LONGEST 64        /* bytes of a number's text */
#define MOST_EXPONENT 400 /* beyond every double */

/* ---- reading ---- */

/* Appends a digit; zeros in front only move the point. False when there are too many to keep. */
static bool take_digit(jb_decimal *d, char digit, bool fraction) {
    if (d->count == 0 && digit == '0') {
        if (fraction) d->exponent--;
        return true;
    }
    if (d->count == sizeof d->digits) return false;
    d->digits[d->count++] = digit;
    if (!fraction) d->exponent++;
    return true;
}

static void drop_zeros(jb_decimal *d) {
    while (d->count && d->digits[d->count - 1] == '0') d->count--;
    if (!d->count) *d = (jb_decimal){0};
}

static const char *take_exponent(const char *p, const char *end, jb_decimal *d) {
    bool negative = false;
    int exponent = 0;
    if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
    if (p == end) return NULL;
    for (; p < end && g_ascii_isdigit(*p); p++) exponent = MIN(exponent * 10 + (*p - '0'), 99999);
    d->exponent += negative ? -exponent : exponent;
    return p;
}

/* Reads the syntax of a number. *fits: all digits were kept. */
static bool scan(const char *p, const char *end, jb_decimal *d, bool *fits) {
    bool any = false, fraction = false;
    *d = (jb_decimal){0};
    *fits = true;
    if (p < end && (*p == '-' || *p == '+')) d->negative = *p++ == '-';
    for (; p < end && (g_ascii_isdigit(*p) || (*p == '.' && !fraction)); p++) {
        if (*p == '.') {
            fraction = true;
            continue;
        }
        any = true;
        *fits = take_digit(d, *p, fraction) && *fits;
    }
    if (any && p < end && (*p == 'e' || *p == 'E')) p = take_exponent(p + 1, end, d);
    return any && p == end;
}

bool jb_decimal_from(double value, jb_decimal *d) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    bool fits;
    if (!isfinite(value)) return false;
    for (int digits = EXACT_DIGITS; digits <= 17; digits++) {
        char format[8] = {'%', '.', '1', (char)('0' + digits - 11), 'e', 0};
        g_ascii_formatd(buffer, sizeof buffer, format, value);
        if (g_ascii_strtod(buffer, NULL) == value) break;
    }
    scan(buffer, buffer + strlen(buffer), d, &fits);
    drop_zeros(d);
    return true;
}

/* As written, without a double on the way. *certain: the digits are all there and few enough to be a double's. */
static bool read_digits(const char *text, const char *end, unsigned most, jb_decimal *d, bool *certain) {
    bool fits;
    if (end - text > LONGEST || !scan(text, end, d, &fits)) return false;
    drop_zeros(d);
    *certain = fits && d->count <= most && ABS(d->exponent) < 300;
    return true;
}

static bool read_double(const char *text, const char *end, jb_decimal *d) {
    char buffer[LONGEST + 1];
    memcpy(buffer, text, (size_t)(end - text));
    buffer[end - text] = 0;
    return jb_decimal_from(g_ascii_strtod(buffer, NULL), d);
}

static void strip(const char **text, const char **end) {
    while (*text < *end && g_ascii_isspace(**text)) (*text)++;
    while (*end > *text && g_ascii_isspace((*end)[-1])) (*end)--;
}

bool jb_decimal_read(const char *text, size_t length, jb_decimal *d) {
    const char *end = text + length;
    bool certain;
    strip(&text, &end);
    if (!read_digits(text, end, EXACT_DIGITS, d, &certain)) return false;
    return certain || read_double(text, end, d);
}

bool jb_decimal_read_shown(const char *text, size_t length, jb_decimal *d) {
    const char *end = text + length;
    bool certain;
    strip(&text, &end);
    if (!read_digits(text, end, sizeof d->digits, d, &certain)) return false;
    if (!certain && !read_double(text, end, d)) return false;
    jb_decimal_shorten(d);
    return true;
}

double jb_decimal_value(const jb_decimal *d) {
    char buffer[LONGEST];
    guint64 whole = 0;
    if (d->exponent == d->count && d->count <= EXACT_DIGITS) {
        for (unsigned i = 0; i < d->count; i++) whole = whole * 10 + (guint64)(d->digits[i] - '0');
        return d->negative ? -(double)whole : (double)whole;
    }
    g_snprintf(buffer, sizeof buffer, "%s0.%.*se%d", d->negative ? "-" : "", d->count ? d->count : 1,
               d->count ? d->digits : "0", CLAMP(d->exponent, -MOST_EXPONENT, MOST_EXPONENT));
    return g_ascii_strtod(buffer, NULL);
}

bool jb_decimal_is_plain(const char *p, size_t length) {
    const char *end = p + length, *point = NULL;
    if (p < end && *p == '-') p++;
    if (p == end || end - p > EXACT_DIGITS + 1) return false;
    const char *first = p;
    for (; p < end; p++) {
        if (*p == '.' && !point)
            point = p;
        else if (!g_ascii_isdigit(*p))
            return false;
    }
    if (!point)
        return end - first <= EXACT_DIGITS && (*first != '0' || (end - first == 1 && first == end - length));
    return point > first && end[-1] != '0' && end[-1] != '.' && (*first != '0' || point == first + 1);
}

/* ---- writing ---- */

static void show_scientific(const jb_decimal *d, GString *out) {
    g_string_append_c(out, d->digits[0]);
    if (d->count > 1) g_string_append_c(out, '.');
    g_string_append_len(out, d->digits + 1, d->count - 1);
    g_string_append_printf(out, "e%+d", d->exponent - 1);
}

static void append_zeros(GString *out, int count) {
    for (; count > 0; count--) g_string_append_c(out, '0');
}

void jb_decimal_show(const jb_decimal *d, GString *out) {
    if (!d->count) {
        g_string_append_c(out, '0');
        return;
    }
    if (d->negative) g_string_append_c(out, '-');
    if (d->exponent > 21 || d->exponent < -14) {
        show_scientific(d, out);
        return;
    }
    int whole = CLAMP(d->exponent, 0, d->count);
    if (d->exponent <= 0) g_string_append_c(out, '0');
    g_string_append_len(out, d->digits, whole);
    append_zeros(out, d->exponent - d->count);
    if (d->exponent >= d->count) return;
    g_string_append_c(out, '.');
    append_zeros(out, -d->exponent);
    g_string_append_len(out, d->digits + whole, d->count - whole);
}

void jb_decimal_round(jb_decimal *d, int decimals) {
    int keep = d->exponent + decimals;
    if (keep >= d->count) return;
    bool up = keep >= 0 && d->digits[keep] >= '5';
    d->count = (unsigned char)MAX(keep, 0);
    while (up && d->count && d->digits[d->count - 1] == '9') d->count--;
    if (up && d->count) {
        d->digits[d->count - 1]++;
    } else if (up) {
        d->digits[d->count++] = '1';
        d->exponent++;
    }
    drop_zeros(d);
}

void jb_decimal_shorten(jb_decimal *d) {
    if (d->count > EXACT_DIGITS) jb_decimal_round(d, EXACT_DIGITS - d->exponent);
}
