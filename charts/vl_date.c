/* Dates as people and JavaScript write them, to milliseconds. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "charts/vl_time.h"

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

static const char *blanks(const char *s) {
    while (*s == ' ' || *s == ',') s++;
    return s;
}

static bool whole(const char **s, int most, int *value) {
    int digits = 0;
    *value = 0;
    while (digits < most && g_ascii_isdigit((*s)[digits])) *value = *value * 10 + ((*s)[digits++] - '0');
    *s += digits;
    return digits > 0;
}

static bool skip(const char **s, const char *text) {
    size_t n = strlen(text);
    if (strncmp(*s, text, n)) return false;
    *s += n;
    return true;
}

/* A word of letters that begins with one of a list of three letters each; its number, or -1. */
static int named(const char **s, const char *const *list, int count) {
    for (int i = 0; i < count; i++) {
        if (g_ascii_strncasecmp(*s, list[i], 3)) continue;
        while (g_ascii_isalpha(**s)) (*s)++;
        return i;
    }
    return -1;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month] + (month == 1 && leap);
}

static bool exists(const jb_vl_date *d) {
    return d->month >= 0 && d->month < 12 && d->day >= 1 && d->day <= days_in(d->year, d->month) &&
           d->hour <= 48 && d->hour >= -24 && d->minute > -60 && d->minute < 120 && d->second < 61;
}

/* am and pm of the hour before. */
static bool half_day(const char **s, jb_vl_date *d) {
    bool after = !g_ascii_strncasecmp(*s, "pm", 2);
    if ((!after && g_ascii_strncasecmp(*s, "am", 2)) || g_ascii_isalpha((*s)[2]) || d->hour > 12)
        return false;
    d->hour = d->hour % 12 + (after ? 12 : 0);
    *s += 2;
    return true;
}

/* Z, UTC, GMT, +0800, +08:00, GMT+0800; also in brackets what a browser adds. */
static bool read_zone(const char *s, jb_vl_date *d) {
    s = blanks(s);
    if (!skip(&s, "Z") && !skip(&s, "UTC")) skip(&s, "GMT");
    if (*s == '+' || *s == '-') {
        int sign = *s++ == '-' ? -1 : 1, hours = 0, minutes = 0;
        if (!whole(&s, 2, &hours)) return false;
        if (*s == ':') s++;
        whole(&s, 2, &minutes);
        d->hour -= sign * hours;
        d->minute -= sign * minutes;
    }
    s = blanks(s);
    if (*s == '(' && strchr(s, ')')) s = strchr(s, ')') + 1;
    return !*blanks(s);
}

/* 12:30, 12:30:05.25, 12:30 pm; a zone or nothing behind. */
static bool read_clock(const char *s, jb_vl_date *d) {
    s = blanks(s);
    if (!*s) return true;
    if (!whole(&s, 2, &d->hour) || *s++ != ':' || !whole(&s, 2, &d->minute)) return false;
    if (d->hour > 24 || d->minute > 59) return false;
    if (*s == ':') {
        char *end;
        if (!g_ascii_isdigit(s[1])) return false;
        d->second = g_ascii_strtod(s + 1, &end);
        s = end;
    }
    s = blanks(s);
    half_day(&s, d);
    return read_zone(s, d);
}

/* ---- Chinese ---- */

static bool read_quarter(const char **s, jb_vl_date *d) {
    static const char *const words[] = {"一季度", "二季度", "三季度", "四季度"};
    for (int i = 0; i < 4; i++) {
        char number[32];
        snprintf(number, sizeof number, "%d季度", i + 1);
        if (skip(s, words[i]) || skip(s, number)) return d->month = i * 3, true;
        snprintf(number, sizeof number, "%d 季度", i + 1);
        if (skip(s, number)) return d->month = i * 3, true;
        snprintf(number, sizeof number, "Q%d", i + 1);
        if (skip(s, number)) return d->month = i * 3, true;
    }
    return false;
}

static bool read_chinese(const char *s, jb_vl_date *d) {
    skip(&s, "第");
    if (read_quarter(&s, d)) return !*blanks(s);
    if (whole(&s, 2, &d->month)) {
        d->month--;
        s = blanks(s);
        if (!skip(&s, "月")) return false;
        s = blanks(s);
        if (whole(&s, 2, &d->day)) {
            s = blanks(s);
            if (!skip(&s, "日")) return false;
        }
    }
    return !*blanks(s);
}

static bool read_after_year(const char *s, jb_vl_date *d) {
    if (!*s) return true;
    const char *rest = blanks(s);
    if (skip(&rest, "年")) return read_chinese(blanks(rest), d);
    if (*rest == 'Q') return read_quarter(&rest, d) && !*rest;
    char mark = *s++;
    if ((mark != '-' && mark != '/') || !whole(&s, 2, &d->month)) return false;
    d->month--;
    if (!*s) return true;
    if (*s++ != mark || !whole(&s, 2, &d->day)) return false;
    return read_clock(*s == 'T' ? s + 1 : s, d);
}

/* ---- English ---- */

/* Two digits of a year, as JavaScript reads them. */
static int full_year(int year, int digits) { return digits > 2 ? year : year + (year < 50 ? 2000 : 1900); }

typedef struct parts {
    int number[3], digits[3], count, month;
} parts;

/* Numbers and a month's name, parted by blanks, commas, dots, hyphens or slashes, up to a time of day. */
static const char *read_parts(const char *s, parts *p) {
    p->month = -1;
    for (;; s += strspn(s, " ,.-/")) {
        const char *from = s;
        if (g_ascii_isdigit(*s)) {
            size_t n = strspn(s, "0123456789");
            if (s[n] == ':') return s;
            if (p->count == 3 || n > 4) return NULL;
            whole(&s, 4, &p->number[p->count]);
            p->digits[p->count++] = (int)n;
            if (skip(&s, "st") || skip(&s, "nd") || skip(&s, "rd")) continue;
            skip(&s, "th");
            continue;
        }
        if (!g_ascii_isalpha(*s)) return s;
        int month = named(&s, months, 12);
        if (month >= 0 && p->month >= 0) return NULL;
        if (month >= 0) p->month = month;
        if (month < 0 && named(&s, weekdays, 7) < 0) return from;
    }
}

/* "Mar 15 2020 12:00 pm", "15-Mar-2020", "Sun, 15 Mar 2020", "3/15/2020", "Mar 2020", "15-Mar-20" */
static bool read_english(const char *s, jb_vl_date *d) {
    parts p = {.count = 0};
    const int *n = p.number;
    s = read_parts(blanks(s), &p);
    if (!s) return false;
    if (p.month < 0) {
        if (p.count != 3 || p.digits[0] > 2) return false;
        d->month = n[0] - 1, d->day = n[1], d->year = full_year(n[2], p.digits[2]);
    } else if (p.count == 1) {
        if (p.digits[0] != 4) return false;
        d->month = p.month, d->year = n[0];
    } else if (p.count == 2) {
        bool year_first = p.digits[0] == 4;
        d->month = p.month, d->day = n[year_first],
        d->year = full_year(n[!year_first], p.digits[!year_first]);
    } else
        return false;
    return read_clock(s, d);
}

jb_vl_cell jb_vl_time_read(jb_vl_cell cell) {
    jb_vl_date d = {.day = 1};
    if (cell.kind != JB_VL_TEXT)
        return cell.kind == JB_VL_NUMBER ? jb_vl_number(cell.number) : jb_vl_number(NAN);
    const char *s = blanks(cell.text), *begin = s;
    bool year_first = strspn(s, "0123456789") == 4;
    bool good = year_first && whole(&s, 4, &d.year) && read_after_year(s, &d);
    if (!good) {
        d = (jb_vl_date){.day = 1};
        good = read_english(begin, &d);
    }
    if (!good || !exists(&d)) return jb_vl_number(NAN);
    return jb_vl_number(jb_vl_date_ms(d.year, d.month, d.day, d.hour, d.minute, d.second));
}

/* ---- by a pattern ---- */

bool jb_vl_time_pattern(const char *format) {
    for (const char *s = format; *s; s++)
        if (*s == '%' && (!*++s || !strchr("YymdebBHIMSLpaA%", *s))) return false;
    return true;
}

static bool read_code(const char **s, char code, jb_vl_date *d) {
    int n = 0;
    switch (code) {
    case 'Y': return whole(s, 4, &d->year);
    case 'y': return whole(s, 2, &n) && (d->year = n + (n < 69 ? 2000 : 1900), true);
    case 'm': return whole(s, 2, &n) && (d->month = n - 1, true);
    case 'd':
    case 'e': *s += strspn(*s, " "); return whole(s, 2, &d->day);
    case 'b':
    case 'B': return (d->month = named(s, months, 12)) >= 0;
    case 'a':
    case 'A': return named(s, weekdays, 7) >= 0;
    case 'H':
    case 'I': return whole(s, 2, &d->hour);
    case 'M': return whole(s, 2, &d->minute);
    case 'S': return whole(s, 2, &n) && (d->second += n, true);
    case 'L': return whole(s, 3, &n) && (d->second += n / 1000.0, true);
    case 'p': return half_day(s, d);
    default: return skip(s, "%");
    }
}

jb_vl_cell jb_vl_time_parse(const char *format, const char *text) {
    jb_vl_date d = {.day = 1, .year = 1900};
    for (const char *f = format; *f; f++) {
        if (*f == '%' ? !read_code(&text, *++f, &d) : *text++ != *f) return jb_vl_number(NAN);
    }
    if (*text || !exists(&d)) return jb_vl_number(NAN);
    return jb_vl_number(jb_vl_date_ms(d.year, d.month, d.day, d.hour, d.minute, d.second));
}
