/* Locale-free text emission. */
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/* Digits of |value| scaled by 10^decimals, rounded half away from zero; returns the count of integer digits
 * written. */
static void scaled(GString *out, double value, int decimals, bool trim) {
    decimals = CLAMP(decimals, 0, 9);
    if (!isfinite(value) || fabs(value) > 1e15) value = 0;
    while (decimals > 0 && fabs(value) * powers[decimals] > 9e18) decimals--;
    guint64 n = (guint64)(fabs(value) * powers[decimals] + 0.5), unit = (guint64)powers[decimals];
    if (n && value < 0) g_string_append_c(out, '-');
    g_string_append_printf(out, "%" G_GUINT64_FORMAT, n / unit);
    guint64 rest = n % unit;
    if (trim)
        while (decimals > 0 && rest % 10 == 0) rest /= 10, decimals--;
    if (decimals > 0) g_string_append_printf(out, ".%0*" G_GUINT64_FORMAT, decimals, rest);
}

void jb_text_number(GString *out, double value, int decimals) { scaled(out, value, decimals, true); }

void jb_text_fixed(GString *out, double value, int decimals) { scaled(out, value, decimals, false); }

void jb_text_json_n(GString *out, const char *text, size_t length) {
    g_string_append_c(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            g_string_append_c(g_string_append_c(out, '\\'), (char)c);
        else if (c == '\n')
            g_string_append(out, "\\n");
        else if (c == '\t')
            g_string_append(out, "\\t");
        else if (c < 0x20 || c == 0x7f)
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_c(out, (char)c);
    }
    g_string_append_c(out, '"');
}

void jb_text_json(GString *out, const char *text) { jb_text_json_n(out, text, strlen(text)); }

void jb_text_json_number(GString *out, double value) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    if (!isfinite(value)) {
        g_string_append(out, "null");
        return;
    }
    if (value == 0) value = 0; /* no negative zero */
    for (int digits = 15; digits <= 17; digits++) {
        char format[8] = {'%', '.', '1', (char)('0' + digits - 10), 'g', 0};
        g_ascii_formatd(buffer, sizeof buffer, format, value);
        if (g_ascii_strtod(buffer, NULL) == value) break;
    }
    g_string_append(out, buffer);
}

/* Moves the point of "-1.5e-07" by its exponent. */
static void write_plain(GString *out, const char *text, const char *mark, int exponent) {
    char digits[32];
    int count = 0, point = 0;
    if (*text == '-') g_string_append_c(out, *text++);
    for (const char *p = text; p < mark; p++) {
        if (*p == '.') point = count;
        if (g_ascii_isdigit(*p)) digits[count++] = *p;
    }
    point = (point ? point : count) + exponent;
    if (point <= 0) g_string_append(out, "0.");
    for (int i = point; i < 0; i++) g_string_append_c(out, '0');
    for (int i = 0; i < MAX(count, point); i++) {
        if (i == point && i > 0) g_string_append_c(out, '.');
        g_string_append_c(out, i < count ? digits[i] : '0');
    }
}

void jb_text_shortest(GString *out, double value) {
    GString *text = g_string_new(NULL);
    jb_text_json_number(text, value);
    const char *mark = strchr(text->str, 'e');
    int exponent = mark ? atoi(mark + 1) : 0;
    if (mark && exponent > -15 && exponent < 21)
        write_plain(out, text->str, mark, exponent);
    else
        g_string_append(out, text->str);
    g_string_free(text, TRUE);
}

void jb_text_group(GString *text, size_t from) {
    size_t digits = strspn(text->str + from, "0123456789");
    for (size_t left = digits; digits >= 5 && left > 3; left -= 3)
        g_string_insert(text, (gssize)(from + left - 3), "\xE2\x80\x89");
}

void jb_text_xml(GString *out, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '&': g_string_append(out, "&amp;"); break;
        case '<': g_string_append(out, "&lt;"); break;
        case '>': g_string_append(out, "&gt;"); break;
        case '"': g_string_append(out, "&quot;"); break;
        default: /* control characters are not allowed in XML 1.0 */
            if ((unsigned char)*text >= 0x20 || *text == '\t' || *text == '\n') g_string_append_c(out, *text);
        }
    }
}

bool jb_text_double(const char *text, double *value) {
    char *end;
    if (!*text || g_ascii_isspace(*text)) return false;
    for (const char *p = text; *p; p++) /* no hexadecimal, no "inf" */
        if (!strchr("0123456789+-.eE", *p)) return false;
    *value = g_ascii_strtod(text, &end);
    return !*end && isfinite(*value);
}
