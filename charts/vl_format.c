/* d3-format's notation: what a specifier says, digits as ECMA-262 rounds them, then sign, groups and suffix.
 */
#include "charts/vl_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/text.h"

#define MINUS "\xE2\x88\x92"
enum { EXTRA = 25, MOST_DIGITS = 400, MOST_PRECISION = 21, MOST_PREFIX = 8 };

typedef struct specifier {
    char sign, type; /* type 0: none */
    bool dollar, grouped, trimmed;
    int precision; /* -1: not said */
    const char *prefix;
} specifier;

static bool read_specifier(const char *s, specifier *f) {
    *f = (specifier){.sign = '-', .precision = -1, .prefix = ""};
    if (*s && strchr("+-( ", *s)) f->sign = *s++;
    if (*s == '$') f->dollar = true, s++;
    if (*s == ',') f->grouped = true, s++;
    if (*s == '.') {
        if (!g_ascii_isdigit(s[1])) return false;
        char *end;
        f->precision = (int)MIN(strtol(s + 1, &end, 10), 99);
        s = end;
    }
    if (*s == '~') f->trimmed = true, s++;
    if (*s && strchr("efgrs%pdn", *s)) f->type = *s++;
    if (*s) return false;
    if (f->type == 'n') f->grouped = true, f->type = 'g';
    return true;
}

/* ---- digits ---- */

/* printf rounds ties to even, ECMA-262 (21.1.3.3 and following) away from zero. */
static void print_rounded(char *to, size_t size, int precision, char kind, double value) {
    char format[16], longer[MOST_DIGITS];
    g_snprintf(format, sizeof format, "%%.%d%c", precision + EXTRA, kind);
    g_ascii_formatd(longer, sizeof longer, format, value);
    size_t end = strcspn(longer, "e");
    bool tie = end > EXTRA && longer[end - EXTRA] == '5';
    for (size_t i = end - EXTRA + 1; tie && i < end; i++) tie = longer[i] == '0';
    g_snprintf(format, sizeof format, "%%.%d%c", precision, kind);
    g_ascii_formatd(to, (gint)size, format, tie ? nextafter(value, INFINITY) : value);
}

static int exponent_of(double value) { return value == 0 ? 0 : (int)floor(log10(fabs(value)) + 1e-12); }

/* The digits of a positive value without a point, and the power of ten of the first. */
static void decimal_parts(double value, int precision, GString *digits, int *exponent) {
    char text[MOST_DIGITS];
    print_rounded(text, sizeof text, CLAMP(precision - 1, 0, 99), 'e', value);
    char *e = strchr(text, 'e');
    *exponent = atoi(e + 1);
    for (char *c = text; c < e; c++)
        if (*c != '.') g_string_append_c(digits, *c);
}

/* So many significant digits, without an exponent; the value is divided by 10 to the power of `shift`. */
static void put_rounded(GString *out, double value, int precision, int shift) {
    GString *digits = g_string_new(NULL);
    int exponent;
    decimal_parts(value, precision, digits, &exponent);
    exponent -= shift;
    if (exponent < 0) {
        g_string_append(out, "0.");
        for (int i = -1; i > exponent; i--) g_string_append_c(out, '0');
        g_string_append(out, digits->str);
    } else {
        while ((int)digits->len < exponent + 1) g_string_append_c(digits, '0');
        g_string_append_len(out, digits->str, exponent + 1);
        if ((int)digits->len > exponent + 1) g_string_append_printf(out, ".%s", digits->str + exponent + 1);
    }
    g_string_free(digits, TRUE);
}

static void put_fixed(GString *out, double value, int precision) {
    char text[MOST_DIGITS];
    print_rounded(text, sizeof text, precision, 'f', value);
    g_string_append(out, text);
}

/* 1e+3, not 1e+03. */
static void put_exponential(GString *out, double value, int precision) {
    char text[MOST_DIGITS];
    print_rounded(text, sizeof text, precision, 'e', value);
    char *e = strchr(text, 'e');
    int exponent = atoi(e + 1);
    *e = 0;
    g_string_append_printf(out, "%se%c%d", text, exponent < 0 ? '-' : '+', abs(exponent));
}

/* ECMA-262 Number.prototype.toPrecision. */
static void put_general(GString *out, double value, int precision) {
    GString *digits = g_string_new(NULL);
    int exponent;
    decimal_parts(value, precision, digits, &exponent);
    g_string_free(digits, TRUE);
    if (value != 0 && (exponent < -6 || exponent >= precision))
        put_exponential(out, value, precision - 1);
    else
        put_rounded(out, value, precision, 0);
}

static const char *prefix_of(int thousands) {
    static const char *const prefixes[] = {"y", "z", "a", "f", "p", "n", "µ", "m", "",
                                           "k", "M", "G", "T", "P", "E", "Z", "Y"};
    return prefixes[thousands + MOST_PREFIX];
}

static int thousands_of(int exponent) { return CLAMP((int)floor(exponent / 3.), -MOST_PREFIX, MOST_PREFIX); }

static void put_prefixed(GString *out, specifier *f, double value) {
    GString *digits = g_string_new(NULL);
    int exponent;
    decimal_parts(value, f->precision, digits, &exponent);
    g_string_free(digits, TRUE);
    int thousands = value == 0 ? 0 : thousands_of(exponent);
    f->prefix = prefix_of(thousands);
    put_rounded(out, value, f->precision, 3 * thousands);
}

static void trim(GString *out) {
    char *dot = strchr(out->str, '.'), *e = strchr(out->str, 'e');
    if (!dot) return;
    gsize end = e ? (gsize)(e - out->str) : out->len, last = end;
    while (out->str[last - 1] == '0') last--;
    if (out->str[last - 1] == '.') last--;
    g_string_erase(out, (gssize)last, (gssize)(end - last));
}

/* The magnitude as the type says. */
static void put_number(GString *out, specifier *f, double value) {
    int fixed = CLAMP(f->precision, 0, MOST_PRECISION - 1);
    f->precision = CLAMP(f->precision, 1, MOST_PRECISION);
    switch (f->type) {
    case 'd': put_fixed(out, floor(value + 0.5), 0); break;
    case 'e': put_exponential(out, value, fixed); break;
    case 'f': put_fixed(out, value, fixed); break;
    case '%': put_fixed(out, value * 100, fixed); break;
    case 'r': put_rounded(out, value, value == 0 ? 1 : f->precision, 0); break;
    case 'p': put_rounded(out, value * 100, value == 0 ? 1 : f->precision, 0); break;
    case 's': put_prefixed(out, f, value); break;
    default: put_general(out, value, f->precision);
    }
    if (f->trimmed) trim(out);
}

/* ---- ticks ---- */

/* Precision that ticks need (d3-format's precisionFixed, precisionRound, precisionPrefix). */
static void follow_ticks(specifier *f, double step, double most) {
    int e = exponent_of(step), top = exponent_of(fmax(fabs(most) - fabs(step), fabs(step)));
    switch (f->type) {
    case 'd': break;
    case 'f': f->precision = MAX(0, -e); break;
    case '%': f->precision = MAX(0, -e - 2); break;
    case 's': f->precision = MAX(0, 3 * thousands_of(exponent_of(most)) - e); break;
    default: f->precision = MAX(0, top - e) + 1 - (f->type == 'e');
    }
    if (!f->type) f->precision = MAX(f->precision, exponent_of(most) + 1); /* d3 writes 20 as 2e+1 here */
}

static void put_signed(GString *out, const specifier *f, const GString *number, bool negative) {
    if (negative)
        g_string_append(out, f->sign == '(' ? "(" : MINUS);
    else if (f->sign == '+' || f->sign == ' ')
        g_string_append_c(out, f->sign);
    if (f->dollar) g_string_append_c(out, '$');
    g_string_append_printf(out, "%s%s", number->str, f->prefix);
    if (f->type == '%' || f->type == 'p') g_string_append_c(out, '%');
    if (negative && f->sign == '(') g_string_append_c(out, ')');
}

bool jb_vl_format(GString *out, const char *format, double value, double step, double most) {
    specifier f;
    if (!read_specifier(format, &f)) return false;
    if (!isfinite(value))
        return g_string_append(out, isnan(value) ? "NaN" : value < 0 ? MINUS "∞" : "∞"), true;
    bool ticks = step > 0 && f.precision < 0, none = !f.type;
    double magnitude = fabs(value);
    if (ticks) follow_ticks(&f, step, most);
    if (f.type == 's' && step > 0) { /* one prefix for all */
        int thousands = thousands_of(exponent_of(most));
        f.prefix = prefix_of(thousands);
        f.type = 'f';
        magnitude *= pow(10, -3 * thousands);
    }
    if (none) f.trimmed = true;
    if (f.precision < 0) f.precision = none ? 12 : 6;
    GString *number = g_string_new(NULL);
    put_number(number, &f, magnitude);
    bool zero = strspn(number->str, "0.") == strcspn(number->str, "e");
    if (f.grouped) jb_text_group(number, 0);
    put_signed(out, &f, number, signbit(value) && !(zero && f.sign != '+'));
    g_string_free(number, TRUE);
    return true;
}
