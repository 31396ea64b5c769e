/* Filters of look-ups: numbers as text, digit by digit and the same everywhere. */
#include "input/lookup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/text.h"
#include "input/derived.h"

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

double jb_unit_multiple(const char *unit, const char **base) {
    static const struct {
        const char *text;
        double multiple;
    } all[] = {{"万亿", 1e12}, {"千亿", 1e11}, {"百亿", 1e10}, {"亿", 1e8},
               {"千万", 1e7},  {"百万", 1e6},  {"万", 1e4},    {"千", 1e3}};
    *base = unit;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!g_str_has_prefix(unit, all[i].text)) continue;
        const char *rest = unit + strlen(all[i].text);
        bool counted = g_str_has_prefix(rest, "元") || g_str_has_prefix(rest, "人") ||
                       g_str_has_prefix(rest, "户") || g_str_has_prefix(rest, "美元");
        if (all[i].multiple == 1e3 && !counted) return 1; /* 千瓦, 千克, 千米 are units of their own */
        *base = rest;
        return all[i].multiple;
    }
    return 1;
}

/* ---- filters ---- */

/* A filter at work. */
typedef struct work {
    jb_context *ctx;
    jb_arena *arena;
    jb_found *found;
    const jb_filter_given *given;
    const char *name;
    jb_pos pos;
    GString *out;
} work;

/* The filter's text becomes what was found. */
static jb_status give_text(const work *w) {
    w->found->text = jb_arena_string(w->arena, w->out->str);
    w->found->measure = JB_MEASURE_TEXT;
    return JB_OK;
}

static int digits_of(const work *w) {
    return w->given->decimals < 0 ? w->found->decimals : w->given->decimals;
}

static jb_status need_number(const work *w) {
    if (w->found->measure != JB_MEASURE_TEXT) return JB_OK;
    return jb_fail(w->ctx, w->pos, "%s is “%s”: %s needs a number", w->found->what, w->found->text, w->name);
}

static void write_end(const work *w, double value, bool plus, const char *behind) {
    jb_filter_digits(w->out, value, digits_of(w), plus);
    g_string_append(w->out, behind);
}

static jb_status write_ends(const work *w, bool plus, const char *behind) {
    if (need_number(w) != JB_OK) return JB_INPUT;
    write_end(w, w->found->number, plus, behind);
    if (w->found->measure ==
        JB_MEASURE_RANGE) { /* GB/T 15834-2011 4.13.3.3: ～ between the ends of a range */
        g_string_append(w->out, "～");
        write_end(w, w->found->high, plus, behind);
    }
    return give_text(w);
}

static jb_status apply_number(const work *w) { return write_ends(w, false, ""); }

static jb_status apply_signed(const work *w) { return write_ends(w, true, ""); }

/* No figure may be wrong: % goes only behind what is counted in percent or has no unit. */
static jb_status apply_percent(const work *w) {
    const jb_found *f = w->found;
    if (need_number(w) != JB_OK) return JB_INPUT;
    if (f->measure == JB_MEASURE_POINTS)
        return jb_fail(w->ctx, w->pos, "%s is in percentage points, not in percent: use signed or number",
                       f->what);
    if (f->measure != JB_MEASURE_RATE && *f->unit && !jb_unit_is_percent(f->unit))
        return jb_fail(w->ctx, w->pos, "%s is in “%s”, not in percent", f->what, f->unit);
    return write_ends(w, false, "%");
}

/* The number in 万 or 亿 of its base unit. It stays a number; the digits given are those it is written with.
 */
static jb_status scale(const work *w, const char *prefix, double by) {
    jb_found *f = w->found;
    const char *base;
    if (need_number(w) != JB_OK) return JB_INPUT;
    if (f->measure == JB_MEASURE_RATE || f->measure == JB_MEASURE_POINTS || jb_unit_is_percent(f->unit))
        return jb_fail(w->ctx, w->pos, "%s is in percent: %s is for amounts", f->what, w->name);
    double factor = jb_unit_multiple(f->unit, &base) / by;
    char *unit = g_strconcat(prefix, base, NULL);
    f->number = factor >= 1 ? f->number * factor : f->number / (1 / factor);
    f->high = factor >= 1 ? f->high * factor : f->high / (1 / factor);
    f->unit = jb_arena_string(w->arena, unit);
    f->decimals = w->given->decimals;
    f->text = NULL;
    g_free(unit);
    return JB_OK;
}

static jb_status apply_wan(const work *w) { return scale(w, "万", 1e4); }

static jb_status apply_yi(const work *w) { return scale(w, "亿", 1e8); }

/* ---- delta ---- */

/* “增长 3.1%”: a word by the sign, the amount without it. An amount that rounds to nothing is 基本持平; no
 * multiples are said, as GB/T 15835 has none for what falls. */
static jb_status write_change(const work *w, double change, int decimals, const char *up, const char *down,
                              const char *behind) {
    GString *amount = g_string_new(NULL);
    jb_filter_digits(amount, fabs(change), decimals, false);
    if (change == 0)
        g_string_append(w->out, "持平");
    else if (strspn(amount->str, "0.") == amount->len)
        g_string_append(w->out, "基本持平");
    else
        g_string_append_printf(w->out, "%s %s%s", change > 0 ? up : down, amount->str, behind);
    g_string_free(amount, TRUE);
    return give_text(w);
}

static jb_status write_percent(const work *w, double change, int decimals) {
    if (change < -100)
        return jb_fail(w->ctx, w->pos, "%s falls by more than all there was: no percentage can say that",
                       w->found->what);
    return write_change(w, change, decimals, "增长", "下降", "%");
}

static bool is_percentage(const jb_found *f) {
    return f->measure == JB_MEASURE_RATE || jb_unit_is_percent(f->unit);
}

/* A difference without the noise of binary fractions; of numbers as they are written. */
static double difference(const jb_found *a, const jb_found *b, int decimals) {
    double raw = a->number - b->number;
    GString *text = g_string_new(NULL);
    if (decimals < 0) return g_string_free(text, TRUE), raw;
    jb_text_fixed(text, raw, MIN(decimals, 9));
    double clean = fabs(raw) < 1e15 ? g_ascii_strtod(text->str, NULL) : raw;
    g_string_free(text, TRUE);
    return clean;
}

/* Two figures of one kind: percentages differ by points, amounts by percent. */
static jb_status compare(const work *w) {
    const jb_found *a = w->found, *b = w->given->other;
    if (b->measure == JB_MEASURE_TEXT || b->measure == JB_MEASURE_RANGE || a->measure == JB_MEASURE_RANGE)
        return jb_fail(w->ctx, w->pos, "delta compares two numbers, %s is none",
                       a->measure == JB_MEASURE_RANGE ? a->what : b->what);
    if (a->measure == JB_MEASURE_POINTS || b->measure == JB_MEASURE_POINTS ||
        is_percentage(a) != is_percentage(b))
        return jb_fail(w->ctx, w->pos, "%s and %s are not of one kind", a->what, b->what);
    int given = w->given->decimals,
        written = MIN(a->decimals, b->decimals) < 0 ? -1 : MAX(a->decimals, b->decimals);
    if (is_percentage(a))
        return write_change(w, difference(a, b, written), given < 0 ? written : given, "上升", "下降",
                            " 个百分点");
    double factor;
    if (!jb_units_factor(b->unit, a->unit, &factor))
        return jb_fail(w->ctx, w->pos, "%s is in “%s”, %s in “%s”", a->what, a->unit, b->what, b->unit);
    double one = a->number, other = b->number * factor;
    if (other <= 0)
        return jb_fail(w->ctx, w->pos, "%s is not above zero: no percentage can be said of it", b->what);
    bool same = fabs(one - other) <= 1e-12 * fabs(other); /* 67.24 亿元 beside 672400 万元 */
    return write_percent(w, same ? 0 : (one - other) / other * 100, given < 0 ? 1 : given);
}

static jb_status apply_delta(const work *w) {
    const jb_found *f = w->found;
    if (need_number(w) != JB_OK) return JB_INPUT;
    if (w->given->other) return compare(w);
    if (!f->change || f->measure == JB_MEASURE_RANGE)
        return jb_fail(
            w->ctx, w->pos,
            "%s is no change: delta follows .variance or a rate of growth, or takes what to compare "
            "with, delta(plan[…][…])",
            f->what);
    if (is_percentage(f) && f->measure != JB_MEASURE_POINTS) return write_percent(w, f->number, digits_of(w));
    if (f->measure == JB_MEASURE_POINTS)
        return write_change(w, f->number, digits_of(w), "上升", "下降", " 个百分点");
    char *behind = g_strconcat(*f->unit ? " " : "", f->unit, NULL);
    jb_status status = write_change(w, f->number, digits_of(w), "增加", "减少", behind);
    g_free(behind);
    return status;
}

/* ---- words ---- */

static jb_status apply_verdict(const work *w) {
    const jb_found *f = w->found;
    if (!f->data) return jb_fail(w->ctx, w->pos, "verdict follows a look-up in a row, %s is none", f->what);
    const char *words = jb_verdict_words(jb_dataset_verdict(f->data, f->row));
    if (!words)
        return jb_fail(
            w->ctx, w->pos,
            "no verdict can be computed for “%s”: it needs a plan and a result that are numbers, and to "
            "be known which way is better",
            f->data->rows[f->row].name);
    g_string_append(w->out, words);
    return give_text(w);
}

typedef struct date {
    int year, month, day; /* 0 where not said */
} date;

/* Digits, as many as `least` to `most`; the text behind them, or NULL. */
static const char *read_digits(const char *p, int least, int most, int *number) {
    int n = 0;
    for (*number = 0; p && n < most && g_ascii_isdigit(p[n]); n++) *number = *number * 10 + p[n] - '0';
    return p && n >= least ? p + n : NULL;
}

/* ISO 8601 calendar dates, 2021-01-20 or 20210120, also with / and . as in spreadsheets; a time behind it is
 * left out. 2021-01 is a month. */
static bool read_date(const char *text, date *d) {
    const char *p = read_digits(text, 4, 4, &d->year);
    d->day = 0;
    if (!p) return false;
    char mark = strchr("-/.", *p) ? *p : 0;
    if (mark && *p) p++;
    if (!(p = read_digits(p, mark ? 1 : 2, 2, &d->month))) return false;
    if (!*p) return mark && d->month >= 1 && d->month <= 12;
    if (mark && *p++ != mark) return false;
    if (!(p = read_digits(p, mark ? 1 : 2, 2, &d->day))) return false;
    if (*p && *p != 'T' && *p != ' ') return false;
    return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= 31 &&
           g_date_valid_dmy((GDateDay)d->day, (GDateMonth)d->month, (GDateYear)d->year);
}

/* %Y %m %d as strftime has them, %-m %-d without a leading zero, %% itself. */
static jb_status write_date(const work *w, const char *format, const date *d) {
    for (const char *p = format; *p; p++) {
        if (*p != '%') {
            g_string_append_c(w->out, *p);
            continue;
        }
        bool bare = *++p == '-';
        p += bare;
        if (!*p || !strchr(bare ? "md" : "Ymd%", *p))
            return jb_fail(w->ctx, w->pos, "a format has %%Y, %%m, %%d, %%-m, %%-d and %%%%, not “%%%s%.*s”",
                           bare ? "-" : "", *p ? (int)(g_utf8_next_char(p) - p) : 0, p);
        if (*p == 'd' && !d->day) return jb_fail(w->ctx, w->pos, "%s has no day", w->found->what);
        if (*p == '%')
            g_string_append_c(w->out, '%');
        else if (*p == 'Y')
            g_string_append_printf(w->out, "%04d", d->year);
        else
            g_string_append_printf(w->out, bare ? "%d" : "%02d", *p == 'm' ? d->month : d->day);
    }
    return give_text(w);
}

static jb_status apply_date(const work *w) {
    const char *text = w->found->text, *format = w->given->format;
    date d;
    if (!text || !read_date(text, &d))
        return jb_fail(w->ctx, w->pos, "%s is no date such as 2021-01-20", w->found->what);
    if (!format) format = d.day ? "%Y 年 %-m 月 %-d 日" : "%Y 年 %-m 月";
    return write_date(w, format, &d);
}

static const struct {
    const char *name;
    jb_filter_takes takes;
    jb_status (*apply)(const work *);
} filters[] = {{"number", JB_FILTER_DIGITS, apply_number},
               {"percent", JB_FILTER_DIGITS, apply_percent},
               {"signed", JB_FILTER_DIGITS, apply_signed},
               {"wan", JB_FILTER_DIGITS, apply_wan},
               {"yi", JB_FILTER_DIGITS, apply_yi},
               {"delta", JB_FILTER_COMPARED, apply_delta},
               {"verdict", JB_FILTER_NOTHING, apply_verdict},
               {"date", JB_FILTER_FORMAT, apply_date}};

jb_filter_takes jb_filter_kind(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++)
        if (!strcmp(filters[i].name, name)) return filters[i].takes;
    return JB_FILTER_UNKNOWN;
}

static jb_status no_such_filter(jb_context *ctx, const char *name, jb_pos pos) {
    const char *names[G_N_ELEMENTS(filters)];
    GString *near = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) names[i] = filters[i].name;
    jb_suggest(near, name, names, G_N_ELEMENTS(filters));
    jb_status status = jb_fail(ctx, pos, "unknown filter “%s”%s", name, near->str);
    g_string_free(near, TRUE);
    return status;
}

jb_status jb_filter_apply(jb_context *ctx, jb_arena *arena, jb_found *found, const char *name,
                          const jb_filter_given *given, jb_pos pos) {
    work w = {ctx, arena, found, given, name, pos, NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
        if (strcmp(filters[i].name, name) != 0) continue;
        w.out = g_string_new(NULL);
        jb_status status = filters[i].apply(&w);
        g_string_free(w.out, TRUE);
        return status;
    }
    return no_such_filter(ctx, name, pos);
}
