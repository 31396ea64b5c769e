/* Chinese numerals. A numeral is sections of 万 and 亿; within one, digits with 十 百 千 behind them. */
#include "input/numeral.h"

#include <math.h>

int jb_numeral_digit(gunichar c) {
    static const gunichar digits[][3] = {{0x3007, 0x96F6, 0x25CB}, {0x4E00, 0x58F9, 0x58F9},
                                         {0x4E8C, 0x8D30, 0x4E24}, {0x4E09, 0x53C1, 0x53C2},
                                         {0x56DB, 0x8086, 0x8086}, {0x4E94, 0x4F0D, 0x4F0D},
                                         {0x516D, 0x9646, 0x9646}, {0x4E03, 0x67D2, 0x67D2},
                                         {0x516B, 0x634C, 0x634C}, {0x4E5D, 0x7396, 0x7396}};
    for (int d = 0; d < 10; d++)
        for (int i = 0; i < 3; i++)
            if (digits[d][i] == c) return d;
    return -1;
}

/* 十 百 千 万 亿 and their forms on cheques; 0 for any other. */
static double power_of(gunichar c) {
    switch (c) {
    case 0x5341:
    case 0x62FE: return 1e1;
    case 0x767E:
    case 0x4F70: return 1e2;
    case 0x5343:
    case 0x4EDF: return 1e3;
    case 0x4E07:
    case 0x842C: return 1e4;
    case 0x4EBF:
    case 0x5104: return 1e8;
    default: return 0;
    }
}

enum { POINT = 0x70B9 }; /* 点 */

size_t jb_numeral_span(const char *text, size_t length) {
    const char *p = text, *end = text + length;
    while (p < end) {
        gunichar c = g_utf8_get_char(p);
        bool point = c == POINT && p > text && g_utf8_next_char(p) < end &&
                     jb_numeral_digit(g_utf8_get_char(g_utf8_next_char(p))) >= 0;
        if (jb_numeral_digit(c) < 0 && !power_of(c) && !point) break;
        p = g_utf8_next_char(p);
    }
    return (size_t)(p - text);
}

/* The figures behind 点, to the end. */
static bool read_fraction(const char *p, const char *end, double *number, int *decimals) {
    double digits = 0, scale = 1;
    for (; p < end; p = g_utf8_next_char(p)) {
        int d = jb_numeral_digit(g_utf8_get_char(p));
        if (d < 0 || ++*decimals > 12) return false;
        digits = digits * 10 + d;
        scale *= 10;
    }
    *number = (*number * scale + digits) / scale;
    return *decimals > 0;
}

/* 二〇二〇: four to twelve digits in a row. */
static bool read_row(const char *p, const char *end, double *number) {
    int count = 0;
    *number = 0;
    for (; p < end; p = g_utf8_next_char(p), count++) {
        int d = jb_numeral_digit(g_utf8_get_char(p));
        if (d < 0) return false;
        *number = *number * 10 + d;
    }
    return count >= 4 && count <= 12;
}

typedef struct tally {
    double total, section;             /* sections that are closed; the open one */
    int digit;                         /* a digit that waits for its power, or -1 */
    double last;                       /* the last power read, for 一万二; 0 behind 零 */
    double section_least, total_least; /* later powers must be smaller than these */
    bool any;
} tally;

static bool add_digit(tally *t, int d) {
    if (t->digit > 0 || (t->digit == 0 && d == 0)) return false;
    t->digit = d;
    if (d == 0) t->last = 0;
    t->any = true;
    return true;
}

/* 十 百 千 */
static bool add_small(tally *t, double power) {
    if (t->digit < 0 && (power != 10 || t->section > 0))
        return false; /* 十二 may leave its 一 out, 百 may not */
    if (power >= t->section_least) return false;
    double d = t->digit <= 0 ? 1 : t->digit;
    t->section += d * power;
    t->section_least = t->last = power;
    t->digit = -1;
    return t->any = true;
}

/* 万 亿; 万亿 multiplies what 万 has just closed. */
static bool add_large(tally *t, double power) {
    double section = t->section + (t->digit > 0 ? t->digit : 0);
    bool again = power == 1e8 && section == 0 && t->digit < 0 && t->last == 1e4;
    if (again) {
        t->total *= power;
    } else if (power == 1e8 && t->total > 0 && t->total_least == 1e4 && section > 0) {
        t->total = (t->total + section) * power; /* 一万二千亿 */
    } else {
        if (section == 0 || power >= t->total_least) return false;
        t->total += section * power;
    }
    t->total_least = t->last = power;
    t->section = 0;
    t->section_least = 1e4;
    t->digit = -1;
    return true;
}

static bool read_whole(const char *p, const char *end, double *number) {
    tally t = {0, 0, -1, 0, 1e4, INFINITY, false};
    for (; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        double power = power_of(c);
        bool ok = power == 0    ? add_digit(&t, jb_numeral_digit(c))
                  : power < 1e4 ? add_small(&t, power)
                                : add_large(&t, power);
        if (!ok) return false;
    }
    if (t.digit > 0) t.section += t.last > 10 ? t.digit * t.last / 10 : t.digit;
    *number = t.total + t.section;
    return t.any && *number < 1e16;
}

bool jb_numeral_read(const char *text, size_t length, double *number, int *decimals) {
    const char *end = text + length, *point = text;
    *decimals = 0;
    *number = 0;
    if (!length) return false;
    while (point < end && g_utf8_get_char(point) != POINT) point = g_utf8_next_char(point);
    if (!read_row(text, point, number) && !read_whole(text, point, number)) return false;
    return point == end || read_fraction(g_utf8_next_char(point), end, number, decimals);
}
