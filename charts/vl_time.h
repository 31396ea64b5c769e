/* Dates of the Vega-Lite grammar: milliseconds since 1970 in UTC, whole units of time, labels as a Chinese
 * reader expects. */
#ifndef JB_CHARTS_VL_TIME_H
#define JB_CHARTS_VL_TIME_H

#include "base/arena.h"
#include "charts/vl_table.h"

/* A unit is the set of what it keeps; year alone is given where it is not kept. */
enum {
    JB_VL_YEAR = 1,
    JB_VL_QUARTER = 2,
    JB_VL_MONTH = 4,
    JB_VL_DATE = 8,
    JB_VL_DAY = 16,
    JB_VL_HOURS = 32,
    JB_VL_MINUTES = 64,
    JB_VL_SECONDS = 128
};

typedef struct jb_vl_date {
    int year, month, day, hour, minute, weekday; /* month from 0, day from 1, Sunday is 0 */
    double second;
} jb_vl_date;

jb_vl_date jb_vl_date_of(double ms);
double jb_vl_date_ms(int year, int month, int day, int hour, int minute,
                     double second); /* months may be out of 0..11 */
/* vl_date.c. "2020", "2020-03", "2020-03-15[T ]12:30[:05]", "2020/3/15", "Mar 15 2020", "15-Mar-2020", "Sun, 15 Mar 20",
 * "3/15/2020 1:30 pm", "2020 年 3 月", "2020 年一季度"; numbers are milliseconds. MISSING when it is no date. */
jb_vl_cell jb_vl_time_read(jb_vl_cell cell);
/* Is it a pattern that jb_vl_time_parse can follow: %Y %y %m %d %e %b %B %H %I %M %S %L %p %a %A %%? */
bool jb_vl_time_pattern(const char *format);
jb_vl_cell jb_vl_time_parse(const char *format, const char *text);
/* "yearmonth" to its set; 0 when it is none that is supported. */
unsigned jb_vl_unit_parse(const char *name);
/* The begin of the unit that a time falls in, and of the next. */
double jb_vl_unit_floor(unsigned unit, double ms);
double jb_vl_unit_next(unsigned unit, double ms);
/* The shortest length of the unit, in ms, or 0; ticks are not closer. */
double jb_vl_unit_least(unsigned unit);
const char *jb_vl_unit_label(jb_arena *arena, unsigned unit, double ms);
/* The label of a tick by the finest unit in which it is no round number: "2020 年", "3 月", "15 日", "12:00".
 */
const char *jb_vl_time_label(jb_arena *arena, double ms, double step);
/* By a format of %Y %y %m %d %b %B %q %H %M %S %a %A %e %-m %-d; NULL when another is asked. */
const char *jb_vl_time_format(jb_arena *arena, const char *format, double ms);
/* Widens a domain to whole units (second … year), or to those of about `count` ticks when `unit` is NULL. */
void jb_vl_time_nice(double *low, double *high, double count, const char *unit);
/* d3-time ticks: about `wanted` over [low, high], none closer than `least` ms. */
GArray *jb_vl_time_ticks(double low, double high, double wanted, double least, double *step);

#endif
