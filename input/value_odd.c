/* Texts made of digits: which of them are meant as something else than numbers, and which are numbers gone
 * wrong. */
#include <string.h>
#include "input/value_scan.h"

static bool is_digit(gunichar c) { return c >= '0' && c <= '9'; }

/* Digits, marks, digits: at most `most` parts, their values, the marks between them. Returns the number of
 * parts, 0 when the text is anything else. */
static int split_parts(const char *text, const char *end, int most, int values[], gunichar marks[]) {
    jb_value_scan s = {.start = text, .p = text, .end = end};
    int parts = 0;
    while (is_digit(jb_scan_peek(&s))) {
        int value = 0;
        for (; is_digit(jb_scan_peek(&s)); jb_scan_step(&s))
            value = MIN(value * 10 + (int)(jb_scan_peek(&s) - '0'), 100000);
        values[parts] = value;
        marks[parts++] = jb_scan_peek(&s);
        if (s.p >= s.end) return parts;
        if (parts == most) return 0;
        jb_scan_step(&s);
    }
    return 0;
}

static bool is_year(int value) { return value >= 1900 && value <= 2100; }

/* 2021-01-15, 2021/1/15, 15.1.2021, 2021-01, 2021/3, 13:20, 13:20:05 */
static bool is_date(const char *text, const char *end) {
    int v[3];
    gunichar m[3];
    int parts = split_parts(text, end, 3, v, m);
    if (parts == 2 && m[0] == '-') return is_year(v[0]) && v[1] >= 1 && v[1] <= 12;
    if (parts == 3 && (m[0] == '-' || m[0] == '/' || m[0] == '.') && m[1] == m[0])
        return (is_year(v[0]) && v[1] >= 1 && v[1] <= 12) || is_year(v[2]);
    return false;
}

/* 1:2.3, 1/3, 12:30 */
static bool is_ratio(const char *text, const char *end) {
    jb_value_scan s = {.start = text, .p = text, .end = end};
    int parts = 0, digits = 0;
    for (; s.p < s.end; jb_scan_step(&s)) {
        gunichar c = jb_scan_peek(&s);
        if (is_digit(c) || (c == '.' && digits)) {
            digits++;
        } else if ((c == ':' || c == '/' || c == 0x2236) && digits) {
            parts++;
            digits = 0;
        } else if (c != ' ') {
            return false;
        }
    }
    return parts > 0 && digits > 0;
}

/* 1. 12． (1) （2） 3) 4、: up to three digits as lists number their items. */
static bool is_ordinal(const char *text, const char *end) {
    jb_value_scan s = {.start = text, .p = text, .end = end};
    bool open = jb_scan_peek(&s) == '(';
    int digits = 0;
    if (open) jb_scan_step(&s);
    for (; is_digit(jb_scan_peek(&s)); jb_scan_step(&s)) digits++;
    gunichar close = jb_scan_peek(&s);
    if (digits < 1 || digits > 3 || s.p >= s.end) return false;
    jb_scan_step(&s);
    if (s.p != s.end) return false;
    return open ? close == ')' && digits < 3 : close == '.' || close == ')' || close == 0x3001;
}

bool jb_scan_is_dated(const char *text, const char *end) {
    return is_date(text, end) || is_ratio(text, end) || is_ordinal(text, end);
}

/* O for 0, l and I for 1, between digits. */
static bool is_misread(gunichar before, gunichar c, gunichar after) {
    return strchr("OolI", (int)c) && (is_digit(before) || before == '.') && (is_digit(after) || !after);
}

bool jb_scan_looks_numeric(const char *text, const char *end) {
    static const gunichar others[] = {0x3002, 0xB7,   0x2030, 0x2014, 0x25B2, 0x25BC,
                                      0x25B3, 0x2191, 0x2193, 0x3001, 0};
    jb_value_scan s = {.start = text, .p = text, .end = end};
    gunichar before = 0;
    bool digit = false;
    for (; s.p < s.end; jb_scan_step(&s)) {
        gunichar c = jb_scan_peek(&s), after = 0;
        const gunichar *other = others;
        while (*other && *other != c) other++;
        if (c < 0x80 && !strchr("0123456789.,+-%() ~", (int)c)) {
            jb_value_scan next = s;
            jb_scan_step(&next);
            after = jb_scan_peek(&next);
            if (!is_misread(before, c, after)) return false;
        } else if (c >= 0x80 && !*other) {
            return false;
        }
        digit = digit || is_digit(c);
        before = c;
    }
    return digit;
}
