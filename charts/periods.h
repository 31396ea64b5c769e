/* Categories that are years, quarters or months. */
#ifndef JB_CHARTS_PERIODS_H
#define JB_CHARTS_PERIODS_H

/* As many as a year has. */
typedef enum jb_period_kind {
    JB_PERIOD_NONE = 0,
    JB_PERIOD_YEAR = 1,
    JB_PERIOD_QUARTER = 4,
    JB_PERIOD_MONTH = 12
} jb_period_kind;

/* 2020 年, 2020Q1, 2020 年一季度, 2020 年第 1 季度, 2020-01, 2020.1, 202001, 2020 年 1 月: the kind, and periods counted from the year 0
 * in *ordinal. NONE of any other text, of years before 1840 and after 2199. */
jb_period_kind jb_period_read(const char *name, int *ordinal);

#endif
