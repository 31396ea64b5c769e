/* Units of measure: what is measured, and on which scale. 亿元 and 万元 convert, 亿元 and 亿美元 never. */
#ifndef JB_INPUT_UNIT_H
#define JB_INPUT_UNIT_H

#include <stdbool.h>
#include <stddef.h>

/* What is measured. Units convert within one of these, COUNT and UNKNOWN only when the same thing is counted.
 */
typedef enum jb_dimension {
    JB_DIMENSION_NONE,   /* no unit, or only a factor (万, 亿): a plain number */
    JB_DIMENSION_RATIO,  /* %, ‰, 1/10万: a share or a rate, a level */
    JB_DIMENSION_POINTS, /* 个百分点: a difference of two levels, so never a RATIO */
    JB_DIMENSION_TIMES,  /* 倍 */
    JB_DIMENSION_INDEX,  /* 上年=100 */
    JB_DIMENSION_CNY,
    JB_DIMENSION_USD,
    JB_DIMENSION_EUR,
    JB_DIMENSION_JPY,
    JB_DIMENSION_GBP,
    JB_DIMENSION_HKD,
    JB_DIMENSION_PERSONS, /* 人, 名, 位; 人次 are COUNT: one person may come twice */
    JB_DIMENSION_LENGTH,  /* m */
    JB_DIMENSION_AREA,    /* m² */
    JB_DIMENSION_VOLUME,  /* m³ */
    JB_DIMENSION_MASS,    /* kg */
    JB_DIMENSION_COAL, /* kg of standard coal: kWh convert to it by more than one convention, so by none here
                        */
    JB_DIMENSION_ENERGY, /* J */
    JB_DIMENSION_POWER,  /* W */
    JB_DIMENSION_TIME,   /* s, up to days and weeks */
    JB_DIMENSION_MONTHS, /* months, quarters, years: no fixed number of days */
    JB_DIMENSION_BYTES,  /* B */
    JB_DIMENSION_COUNT,  /* things counted: 个, 家, 件, 人次, each by itself; `counted` says which */
    JB_DIMENSION_UNKNOWN /* not understood: the text itself is the dimension */
} jb_dimension;

typedef struct jb_quantity {
    jb_dimension dimension;
    const char *counted; /* COUNT: the word of the unit, static; else NULL */
} jb_quantity;

enum { JB_UNIT_UNDERS = 2 }; /* 元/人/年 */

/* A unit is over / under[0] / under[1]. */
typedef struct jb_unit {
    jb_quantity over, under[JB_UNIT_UNDERS]; /* NONE where there is nothing */
    double scale;                            /* in base units: 亿元 1e8, 万元/人 1e4, % 0.01 */
    const char *text;                        /* as given, borrowed */
} jb_unit;

/* Reads a unit. `text` may carry blanks, full-width forms, 单位： or 人民币 before. Always fills *unit; false
 * when the text is no known unit (*unit is then UNKNOWN, or NONE for an empty text). *unit borrows `text`. */
bool jb_unit_parse(const char *text, jb_unit *unit);
/* True when values in one of the units can be given in the other. Unknown units only when their texts are
 * equal. */
bool jb_unit_convertible(const jb_unit *a, const jb_unit *b);
/* What a value in `from` is multiplied by to be one in `to`; NaN when they do not convert. */
double jb_unit_factor(const jb_unit *from, const jb_unit *to);
/* %, ‰ and points of them: such values have no completion rate, 3.9 % of 7.5 % is no 52 %. */
bool jb_unit_is_rate(const jb_unit *unit);

/* The longest unit that stands at the beginning of text[0..length), as cells write it behind a number: bytes
 * taken, 0 when none. Words that make an ordinal or a date of the number (3级, 8月, 2号) are no units here.
 * *name is the unit as a static string, or NULL for a compound that is not listed. */
size_t jb_unit_scan(const char *text, size_t length, const char **name);
/* A factor word (万, 千万, 亿, …) at the beginning: bytes taken, 0 when none. */
size_t jb_unit_scan_factor(const char *text, size_t length, double *factor);

#endif
