/* What a look-up found, and the filters that turn it into text. */
#ifndef JB_INPUT_LOOKUP_H
#define JB_INPUT_LOOKUP_H

#include "input/store.h"

typedef enum jb_measure {
    JB_MEASURE_TEXT,   /* .name, .unit, .verdict, or a cell without a number */
    JB_MEASURE_NUMBER, /* a cell with a number in `unit` */
    JB_MEASURE_RANGE,  /* a cell with a lower and an upper end */
    JB_MEASURE_RATE,   /* .rate: percent */
    JB_MEASURE_POINTS  /* .variance of a percentage: percentage points */
} jb_measure;

typedef struct jb_found {
    jb_measure measure;
    double number, high; /* RANGE: both ends */
    int decimals;        /* digits when the filter does not say; below 0: as many as the number has */
    const char *text;    /* what stands there without a filter, or NULL: written from the number */
    const char *unit;    /* of the number, "" when not known */
    const char *what;    /* for messages: “实际完成” of “进出口总额” */
} jb_found;

/* Writes a number with exactly `decimals` digits (0 to 9), or as many as it has when below 0. What is rounded
 * are its decimal digits, ties away from zero as in everyday 四舍五入 (GB/T 8170-2008 3.2 would round ties to
 * even): 0.285 gives 0.29. The minus is U+2212; `plus` puts + before what is above zero. */
void jb_filter_digits(GString *out, double value, int decimals, bool plus);
bool jb_unit_is_percent(const char *unit);
/* Applies the filter `name` (length bytes, with `decimals` as above) to a number. A text is an error, as is a
 * name that is no filter; both carry `pos`, the place of that name. */
jb_status jb_filter_apply(jb_context *ctx, const jb_found *found, const char *name, int decimals, jb_pos pos,
                          GString *out);

jb_context *jb_store_context(const jb_store *store);

#endif
