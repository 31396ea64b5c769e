/* Numbers in running text. */
#include "input/prose_parts.h"

#include <math.h>
#include <string.h>

enum { MOST_DIGITS = 18 };

typedef struct reader {
    const char *p;
    jb_figure *figure;
} reader;

static bool take(reader *r, const char *word) {
    if (!g_str_has_prefix(r->p, word)) return false;
    r->p += strlen(word);
    return true;
}

static bool take_any(reader *r, const char *const *words) {
    for (; *words; words++)
        if (take(r, *words)) return true;
    return false;
}

/* Digits with separators in threes, and a fraction. *step: one unit of the last digit; *round: without zeros
 * at the end. */
static bool take_digits(reader *r, double *value, double *step, double *round) {
    char digits[MOST_DIGITS + 2];
    size_t n = 0;
    const char *p = r->p;
    for (; g_ascii_isdigit(*p) || (*p == ',' && n && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]) &&
                                   g_ascii_isdigit(p[3]) && !g_ascii_isdigit(p[4]));
         p++) {
        if (*p == ',') continue;
        if (n >= MOST_DIGITS) return false;
        digits[n++] = *p;
    }
    if (!n) return false;
    *step = *round = 1;
    for (size_t i = n; i > 1 && digits[i - 1] == '0'; i--) *round *= 10;
    if (*p == '.' && g_ascii_isdigit(p[1])) {
        *round = 1;
        digits[n++] = '.';
        for (p++; g_ascii_isdigit(*p); p++) {
            if (n >= MOST_DIGITS) return false;
            digits[n++] = *p;
            *step /= 10;
        }
        *round = *step;
    }
    digits[n] = 0;
    *value = g_ascii_strtod(digits, NULL);
    r->p = p;
    return true;
}

static void qualify(jb_figure *f, jb_value_kind kind) {
    if (f->kind == JB_VALUE_NUMBER || (f->kind == JB_VALUE_APPROX && kind != JB_VALUE_APPROX)) f->kind = kind;
}

/* 余 and 多 behind the digits or behind the unit's factor. */
static void take_more(reader *r) {
    static const char *const words[] = {"余", "多", NULL};
    if (take_any(r, words)) qualify(r->figure, JB_VALUE_LOWER);
}

static void take_behind(reader *r) {
    static const char *const approx[] = {"左右", "上下", NULL},
                             *const upper[] = {"以内", "之内", "及以下", "以下", NULL},
                             *const lower[] = {"及以上", "以上", "余", "多", NULL};
    if (take_any(r, approx))
        qualify(r->figure, JB_VALUE_APPROX);
    else if (take_any(r, upper))
        qualify(r->figure, JB_VALUE_UPPER);
    else if (take_any(r, lower))
        qualify(r->figure, JB_VALUE_LOWER);
}

static bool take_range_mark(reader *r) {
    static const char *const marks[] = {"~", "——", "—", "–", "-", "至", "到", NULL};
    return take_any(r, marks);
}

/* The second end of a range: 3%—5%, 3—5%. */
static void take_range(reader *r) {
    jb_figure *f = r->figure;
    reader begin = *r;
    double high, step, round;
    if (!take_range_mark(r) || !take_digits(r, &high, &step, &round) || high < f->low ||
        f->kind != JB_VALUE_NUMBER) {
        *r = begin;
        return;
    }
    f->kind = JB_VALUE_RANGE;
    f->high = high;
    f->step = MIN(f->step, step);
    jb_measure_unit unit;
    size_t length = jb_measure_unit_take(r->p, &unit);
    if (length) f->unit = unit;
    r->p += length;
}

/* What may stand behind a number: the clause's end, or a word that begins something new. */
static bool ends_well(const char *p, const jb_figure *f) {
    static const char *const of_rate[] = {"的增速", "的增长", "的水平", "的目标",
                                          "的速度", "的增幅", "的较快", NULL};
    if (g_str_has_prefix(p, "的")) {
        for (size_t i = 0; of_rate[i]; i++)
            if (g_str_has_prefix(p, of_rate[i])) return true;
        return false;
    }
    if (*p == '/' || *p == ':' || (*p == '-' && g_ascii_isdigit(p[1]))) return false;
    if (f->unit.unit.over.dimension != JB_DIMENSION_NONE) return true;
    gunichar c = g_utf8_get_char(p);
    return !c || !(g_unichar_isalnum(c) || c == ' ');
}

static void set_before(jb_figure *f, jb_word_class before) {
    f->near = before == JB_WORD_NEAR;
    if (before == JB_WORD_APPROX || before == JB_WORD_NEAR) f->kind = JB_VALUE_APPROX;
    if (before == JB_WORD_UPPER) f->kind = JB_VALUE_UPPER;
    if (before == JB_WORD_LOWER) f->kind = JB_VALUE_LOWER;
}

bool jb_figure_read(const char *text, size_t at, jb_word_class before, jb_figure *f) {
    reader r = {text + at, f};
    int year;
    *f = (jb_figure){.kind = JB_VALUE_NUMBER, .start = at, .unit = JB_NO_UNIT};
    double sign = 1;
    set_before(f, before);
    if (*r.p == '-')
        r.p++, sign = -1;
    else if (*r.p == '+')
        r.p++;
    if (jb_year_take(r.p, &year)) return false;
    if (!take_digits(&r, &f->low, &f->step, &f->round)) return false;
    f->high = f->low;
    take_more(&r);
    size_t length = jb_measure_unit_take(r.p, &f->unit);
    if (length && g_strstr_len(r.p, (gssize)length, "余")) qualify(f, JB_VALUE_LOWER);
    r.p += length;
    take_range(&r);
    take_behind(&r);
    if (sign < 0) {
        double low = f->low;
        f->low = -f->high;
        f->high = -low;
    }
    f->length = (size_t)(r.p - (text + at));
    return isfinite(f->low) && ends_well(r.p, f);
}

size_t jb_year_take(const char *text, int *year) {
    for (int i = 0; i < 4; i++)
        if (!g_ascii_isdigit(text[i])) return 0;
    if (g_ascii_isdigit(text[4]) || !g_str_has_prefix(text + 4, "年")) return 0;
    *year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    return *year >= 1900 && *year < 2200 ? 4 + strlen("年") : 0;
}
