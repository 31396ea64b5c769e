/* Filters of look-ups: numbers as text, digit by digit and the same everywhere. */
#include "input/lookup.h"

#include <stdlib.h>
#include <string.h>
#include "base/text.h"

#define MINUS "\xE2\x88\x92" /* U+2212 */

/* A number as decimal digits: 0.DIGITS x 10^point. */
typedef struct decimal {
    bool negative;
    int point;
    GString *digits;
} decimal;

/* The shortest digits that read back as the same number: for a number from a cell, the ones written there. */
static decimal decompose(double value) {
    decimal d = {value < 0, 0, g_string_new(NULL)};
    GString *text = g_string_new(NULL);
    bool fraction = false;
    jb_text_json_number(text, value);
    for (const char *p = text->str; *p; p++) {
        if (*p == 'e' || *p == 'E') {
            d.point += atoi(p + 1);
            break;
        }
        if (*p == '.') fraction = true;
        if (!g_ascii_isdigit(*p)) continue;
        if (!fraction) d.point++;
        g_string_append_c(d.digits, *p);
    }
    g_string_free(text, TRUE);
    size_t zeros = strspn(d.digits->str, "0");
    g_string_erase(d.digits, 0, (gssize)zeros);
    d.point -= (int)zeros;
    while (d.digits->len && d.digits->str[d.digits->len - 1] == '0')
        g_string_truncate(d.digits, d.digits->len - 1);
    return d;
}

/* Adds one to the last of the first `keep` digits, with the carry. */
static void round_up(decimal *d, gsize keep) {
    gsize i = keep;
    while (i > 0 && d->digits->str[i - 1] == '9') d->digits->str[--i] = '0';
    if (i > 0) {
        d->digits->str[i - 1]++;
    } else {
        g_string_prepend_c(d->digits, '1');
        d->point++;
    }
}

static void round_to(decimal *d, int decimals) {
    int keep = d->point + decimals;
    if (keep >= (int)d->digits->len) return;
    bool up = keep >= 0 && d->digits->str[keep] >= '5';
    g_string_truncate(d->digits, (gsize)MAX(keep, 0));
    if (up) round_up(d, d->digits->len);
}

void jb_filter_digits(GString *out, double value, int decimals, bool plus) {
    decimal d = decompose(value);
    if (decimals < 0) decimals = MAX(0, (int)d.digits->len - d.point);
    round_to(&d, decimals);
    bool zero = strspn(d.digits->str, "0") == d.digits->len;
    if (!zero && d.negative) g_string_append(out, MINUS);
    if (!zero && !d.negative && plus) g_string_append_c(out, '+');
    if (d.point <= 0) g_string_append_c(out, '0');
    for (int i = MIN(d.point, 0); i < d.point + decimals; i++) {
        if (i == d.point) g_string_append_c(out, '.');
        g_string_append_c(out, i >= 0 && i < (int)d.digits->len ? d.digits->str[i] : '0');
    }
    g_string_free(d.digits, TRUE);
}

bool jb_unit_is_percent(const char *unit) { return !strcmp(unit, "%") || !strcmp(unit, "％"); }

typedef enum kind { NUMBER, PERCENT, SIGNED, KINDS } kind;
static const char *const names[KINDS] = {"number", "percent", "signed"};

/* No figure may be wrong: % goes only behind what is counted in percent or has no unit. */
static jb_status check_percent(jb_context *ctx, const jb_found *f, jb_pos pos) {
    if (f->measure == JB_MEASURE_POINTS)
        return jb_fail(ctx, pos, "%s is in percentage points, not in percent: use signed or number", f->what);
    if (f->measure != JB_MEASURE_RATE && *f->unit && !jb_unit_is_percent(f->unit))
        return jb_fail(ctx, pos, "%s is in “%s”, not in percent", f->what, f->unit);
    return JB_OK;
}

static void write_number(GString *out, kind filter, double value, int decimals) {
    jb_filter_digits(out, value, decimals, filter == SIGNED);
    if (filter == PERCENT) g_string_append_c(out, '%');
}

jb_status jb_filter_apply(jb_context *ctx, const jb_found *found, const char *name, int decimals, jb_pos pos,
                          GString *out) {
    kind filter = 0;
    while (filter < KINDS && strcmp(names[filter], name) != 0) filter++;
    if (filter == KINDS) {
        GString *near = g_string_new(NULL);
        jb_suggest(near, name, names, KINDS);
        jb_status status = jb_fail(ctx, pos, "unknown filter “%s”%s", name, near->str);
        g_string_free(near, TRUE);
        return status;
    }
    if (found->measure == JB_MEASURE_TEXT)
        return jb_fail(ctx, pos, "%s is “%s”: %s needs a number", found->what, found->text, name);
    if (filter == PERCENT && check_percent(ctx, found, pos) != JB_OK) return JB_INPUT;
    if (decimals < 0) decimals = found->decimals;
    write_number(out, filter, found->number, decimals);
    if (found->measure == JB_MEASURE_RANGE) { /* GB/T 15834-2011 4.13.3.3: ～ between the ends of a range */
        g_string_append(out, "～");
        write_number(out, filter, found->high, decimals);
    }
    return JB_OK;
}
