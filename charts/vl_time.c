/* Dates: civil calendar by days since 1970 (proleptic Gregorian), no zone. */
#include "charts/vl_time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_MS 8.64e15 /* of a date, as in JavaScript */
#define MOST_YEAR 300000
#define SECOND 1000.0
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static double floor_div(double a, double b) { return floor(a / b); }

static double days_before(int year, int month, int day) {
    year += (int)floor_div(month, 12);
    month -= (int)floor_div(month, 12) * 12;
    int y = year - (month < 2), era = (int)floor_div(y, 400), of_era = y - era * 400;
    int of_year = (153 * (month + (month > 1 ? -2 : 10)) + 2) / 5;
    return era * 146097.0 + of_era * 365 + of_era / 4 - of_era / 100 + of_year + day - 1 - 719468;
}

double jb_vl_date_ms(int year, int month, int day, int hour, int minute, double second) {
    year = CLAMP(year, -MOST_YEAR, MOST_YEAR);
    month = CLAMP(month, -12 * MOST_YEAR, 12 * MOST_YEAR);
    day = CLAMP(day, -1000000, 1000000);
    return days_before(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND;
}

jb_vl_date jb_vl_date_of(double ms) {
    ms = isnan(ms) ? 0 : CLAMP(ms, -MOST_MS, MOST_MS);
    double days = floor_div(ms, DAY), rest = ms - days * DAY;
    long z = (long)days + 719468, era = (long)floor_div((double)z, 146097), doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365,
         doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;
    jb_vl_date d = {.month = (int)(mp < 10 ? mp + 2 : mp - 10), .day = (int)(doy - (153 * mp + 2) / 5 + 1)};
    d.year = (int)(yoe + era * 400 + (d.month < 2));
    d.hour = (int)(rest / HOUR);
    d.minute = (int)((rest - d.hour * HOUR) / MINUTE);
    d.second = (rest - d.hour * HOUR - d.minute * MINUTE) / SECOND;
    d.weekday = (int)(days + 4 - floor_div(days + 4, 7) * 7);
    return d;
}

/* ---- units ---- */

unsigned jb_vl_unit_parse(const char *name) {
    static const struct {
        const char *word;
        unsigned unit;
    } words[] = {{"year", JB_VL_YEAR},       {"quarter", JB_VL_QUARTER}, {"month", JB_VL_MONTH},
                 {"date", JB_VL_DATE},       {"day", JB_VL_DAY},         {"hours", JB_VL_HOURS},
                 {"minutes", JB_VL_MINUTES}, {"seconds", JB_VL_SECONDS}};
    unsigned unit = 0;
    if (!strncmp(name, "utc", 3)) name += 3;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(name, words[i].word)) {
            name += strlen(words[i].word);
            unit |= words[i].unit;
        }
    return *name ? 0 : unit;
}

/* Vega puts what has no year into 2012 (a leap year that begins on a Sunday). */
double jb_vl_unit_floor(unsigned unit, double ms) {
    jb_vl_date d = jb_vl_date_of(ms);
    int year = unit & JB_VL_YEAR ? d.year : 2012, month = 0, day = 1;
    if (unit & JB_VL_QUARTER) month = d.month / 3 * 3;
    if (unit & JB_VL_MONTH) month = d.month;
    if (unit & JB_VL_DATE) day = d.day;
    if (unit & JB_VL_DAY) day = d.weekday + 1;
    return jb_vl_date_ms(year, month, day, unit & JB_VL_HOURS ? d.hour : 0,
                         unit & JB_VL_MINUTES ? d.minute : 0, unit & JB_VL_SECONDS ? floor(d.second) : 0);
}

double jb_vl_unit_next(unsigned unit, double ms) {
    jb_vl_date d = jb_vl_date_of(ms);
    if (unit & JB_VL_SECONDS) return ms + SECOND;
    if (unit & JB_VL_MINUTES) return ms + MINUTE;
    if (unit & JB_VL_HOURS) return ms + HOUR;
    if (unit & (JB_VL_DATE | JB_VL_DAY)) return ms + DAY;
    if (unit & JB_VL_MONTH) return jb_vl_date_ms(d.year, d.month + 1, d.day, 0, 0, 0);
    if (unit & JB_VL_QUARTER) return jb_vl_date_ms(d.year, d.month + 3, d.day, 0, 0, 0);
    return jb_vl_date_ms(d.year + 1, d.month, d.day, 0, 0, 0);
}

double jb_vl_unit_least(unsigned unit) {
    if (unit & JB_VL_SECONDS) return SECOND;
    if (unit & JB_VL_MINUTES) return MINUTE;
    if (unit & JB_VL_HOURS) return HOUR;
    if (unit & (JB_VL_DATE | JB_VL_DAY)) return DAY;
    if (unit & JB_VL_MONTH) return 28 * DAY;
    if (unit & JB_VL_QUARTER) return 90 * DAY;
    return unit ? 365 * DAY : 0;
}

/* ---- labels ---- */

static const char *const weekdays[] = {"周日", "周一", "周二", "周三", "周四", "周五", "周六"};
static const char *const quarters[] = {"一季度", "二季度", "三季度", "四季度"};

const char *jb_vl_unit_label(jb_arena *arena, unsigned unit, double ms) {
    jb_vl_date d = jb_vl_date_of(ms);
    GString *out = g_string_new(NULL);
    if (unit & JB_VL_YEAR) g_string_append_printf(out, "%d 年", d.year);
    if (unit & JB_VL_QUARTER) g_string_append(out, quarters[d.month / 3]);
    if (unit & JB_VL_MONTH) g_string_append_printf(out, "%s%d 月", out->len ? " " : "", d.month + 1);
    if (unit & JB_VL_DATE) g_string_append_printf(out, "%s%d 日", out->len ? " " : "", d.day);
    if (unit & JB_VL_DAY) g_string_append(out, weekdays[d.weekday]);
    if (unit & (JB_VL_HOURS | JB_VL_MINUTES))
        g_string_append_printf(out, "%s%d:%02d", out->len ? " " : "", d.hour, d.minute);
    if (unit & JB_VL_SECONDS) g_string_append_printf(out, ":%02d", (int)d.second);
    const char *text = jb_arena_string(arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

const char *jb_vl_time_label(jb_arena *arena, double ms, double step) {
    jb_vl_date d = jb_vl_date_of(ms);
    unsigned unit = d.second != 0        ? JB_VL_MINUTES | JB_VL_SECONDS
                    : d.hour || d.minute ? JB_VL_HOURS
                    : d.day > 1          ? JB_VL_DATE
                    : d.month            ? JB_VL_MONTH
                                         : JB_VL_YEAR;
    if (unit == JB_VL_MONTH && step >= 88 * DAY && step < 100 * DAY) unit = JB_VL_QUARTER;
    return jb_vl_unit_label(arena, unit, ms);
}

static bool append_part(GString *out, const jb_vl_date *d, char code, bool bare) {
    switch (code) {
    case 'Y': g_string_append_printf(out, "%d", d->year); return true;
    case 'y': g_string_append_printf(out, "%02d", d->year % 100); return true;
    case 'm': g_string_append_printf(out, bare ? "%d" : "%02d", d->month + 1); return true;
    case 'd': g_string_append_printf(out, bare ? "%d" : "%02d", d->day); return true;
    case 'e': g_string_append_printf(out, "%d", d->day); return true;
    case 'H': g_string_append_printf(out, bare ? "%d" : "%02d", d->hour); return true;
    case 'M': g_string_append_printf(out, "%02d", d->minute); return true;
    case 'S': g_string_append_printf(out, "%02d", (int)d->second); return true;
    case 'q': g_string_append_printf(out, "%d", d->month / 3 + 1); return true;
    case 'b':
    case 'B': g_string_append_printf(out, "%d 月", d->month + 1); return true;
    case 'a':
    case 'A': g_string_append(out, weekdays[d->weekday]); return true;
    case '%': g_string_append_c(out, '%'); return true;
    default: return false;
    }
}

const char *jb_vl_time_format(jb_arena *arena, const char *format, double ms) {
    jb_vl_date d = jb_vl_date_of(ms);
    GString *out = g_string_new(NULL);
    bool good = true;
    for (const char *s = format; *s && good; s++) {
        if (*s != '%') {
            g_string_append_c(out, *s);
            continue;
        }
        bool bare = s[1] == '-';
        s += bare ? 2 : 1;
        good = *s && append_part(out, &d, *s, bare);
    }
    const char *text = good ? jb_arena_string(arena, out->str) : NULL;
    g_string_free(out, TRUE);
    return text;
}

/* ---- ticks: d3-time's table of steps ---- */

typedef struct interval {
    double length; /* ms, about */
    unsigned unit;
    int step;
} interval;

static const interval intervals[] = {{SECOND, JB_VL_SECONDS, 1},
                                     {5 * SECOND, JB_VL_SECONDS, 5},
                                     {15 * SECOND, JB_VL_SECONDS, 15},
                                     {30 * SECOND, JB_VL_SECONDS, 30},
                                     {MINUTE, JB_VL_MINUTES, 1},
                                     {5 * MINUTE, JB_VL_MINUTES, 5},
                                     {15 * MINUTE, JB_VL_MINUTES, 15},
                                     {30 * MINUTE, JB_VL_MINUTES, 30},
                                     {HOUR, JB_VL_HOURS, 1},
                                     {3 * HOUR, JB_VL_HOURS, 3},
                                     {6 * HOUR, JB_VL_HOURS, 6},
                                     {12 * HOUR, JB_VL_HOURS, 12},
                                     {DAY, JB_VL_DATE, 1},
                                     {2 * DAY, JB_VL_DATE, 2},
                                     {7 * DAY, JB_VL_DAY, 1},
                                     {30 * DAY, JB_VL_MONTH, 1},
                                     {90 * DAY, JB_VL_MONTH, 3},
                                     {365 * DAY, JB_VL_YEAR, 1}};

static double step_number(double span, double count) {
    double raw = span / MAX(count, 1), power = pow(10, floor(log10(raw))), error = raw / power;
    return power * (error >= sqrt(50) ? 10 : error >= sqrt(10) ? 5 : error >= sqrt(2) ? 2 : 1);
}

static interval choose_interval(double low, double high, double wanted) {
    double target = (high - low) / MAX(wanted, 1);
    size_t n = G_N_ELEMENTS(intervals), i = 0;
    while (i < n && intervals[i].length <= target) i++;
    if (i == n)
        return (interval){0, JB_VL_YEAR, (int)MAX(1, step_number((high - low) / (365 * DAY), wanted))};
    if (i == 0) return intervals[0];
    return intervals[target / intervals[i - 1].length < intervals[i].length / target ? i - 1 : i];
}

static double first_at(const interval *by, double ms) {
    jb_vl_date d = jb_vl_date_of(ms);
    int s = by->step;
    if (by->unit == JB_VL_YEAR) return jb_vl_date_ms((int)floor_div(d.year, s) * s, 0, 1, 0, 0, 0);
    if (by->unit == JB_VL_MONTH) return jb_vl_date_ms(d.year, d.month / s * s, 1, 0, 0, 0);
    if (by->unit == JB_VL_DATE) return jb_vl_date_ms(d.year, d.month, (d.day - 1) / s * s + 1, 0, 0, 0);
    if (by->unit == JB_VL_DAY) return jb_vl_date_ms(d.year, d.month, d.day - d.weekday, 0, 0, 0);
    return floor_div(ms, by->length) * by->length;
}

static double next_at(const interval *by, double ms) {
    jb_vl_date d = jb_vl_date_of(ms);
    if (by->unit == JB_VL_YEAR) return jb_vl_date_ms(d.year + by->step, 0, 1, 0, 0, 0);
    if (by->unit == JB_VL_MONTH) return jb_vl_date_ms(d.year, d.month + by->step, 1, 0, 0, 0);
    if (by->unit == JB_VL_DAY) return ms + 7 * DAY;
    if (by->unit != JB_VL_DATE) return ms + by->length;
    double next = ms + by->step * DAY;
    jb_vl_date n = jb_vl_date_of(next);
    return n.month != d.month ? jb_vl_date_ms(d.year, d.month + 1, 1, 0, 0, 0) : next;
}

GArray *jb_vl_time_ticks(double low, double high, double wanted, double least, double *step) {
    GArray *ticks = g_array_new(FALSE, FALSE, sizeof(double));
    low = CLAMP(low, -MOST_MS, MOST_MS);
    high = CLAMP(high, -MOST_MS, MOST_MS);
    interval by = choose_interval(low, high, wanted);
    for (size_t i = 0; by.unit != JB_VL_YEAR && by.length < least && i < G_N_ELEMENTS(intervals); i++)
        by = intervals[i];
    *step = by.unit == JB_VL_YEAR ? by.step * 365 * DAY : by.length;
    for (double t = first_at(&by, low); t <= high && ticks->len < 1000; t = next_at(&by, t))
        if (t >= low) g_array_append_val(ticks, t);
    return ticks;
}

void jb_vl_time_nice(double *low, double *high, double count, const char *unit) {
    static const struct {
        const char *name;
        interval by;
    } named[] = {{"second", {SECOND, JB_VL_SECONDS, 1}}, {"minute", {MINUTE, JB_VL_MINUTES, 1}},
                 {"hour", {HOUR, JB_VL_HOURS, 1}},       {"day", {DAY, JB_VL_DATE, 1}},
                 {"week", {7 * DAY, JB_VL_DAY, 1}},      {"month", {30 * DAY, JB_VL_MONTH, 1}},
                 {"year", {365 * DAY, JB_VL_YEAR, 1}}};
    if (!(*high > *low)) return;
    interval by = choose_interval(*low, *high, count);
    for (size_t i = 0; unit && i < G_N_ELEMENTS(named); i++)
        if (!strcmp(unit, named[i].name)) by = named[i].by;
    *low = first_at(&by, CLAMP(*low, -MOST_MS, MOST_MS));
    double end = first_at(&by, CLAMP(*high, -MOST_MS, MOST_MS));
    *high = end < *high ? next_at(&by, end) : end;
}
