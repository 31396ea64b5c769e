/* Variances: what a row's is, or why it has none. Internal to charts/. */
#ifndef JB_CHARTS_VARIANCE_H
#define JB_CHARTS_VARIANCE_H

#include "charts/composite.h"

enum { JB_CHANGE_DECIMALS = 9, JB_PERCENT_DECIMALS = 1 };

typedef enum jb_lack {
    JB_LACK_NONE,
    JB_LACK_BOUND,
    JB_LACK_MISSING,
    JB_LACK_SAME,
    JB_LACK_WORDS,
    JB_LACK_UNIT,
    JB_LACK_RATE,
    JB_LACK_ZERO,
    JB_LACKS
} jb_lack;

typedef struct jb_variance_entry {
    double change;
    int decimals;
    bool approximate, zero;
    jb_tone tone;
    const char *text;
    double drawn; /* the change, or what a cut pin is drawn at */
} jb_variance_entry;

/* Absolute variance of a row, or what it lacks. */
jb_lack jb_variance_change(const jb_plot *plot, const jb_category *category, jb_variance_entry *entry);
/* The same in percent of the plan. */
jb_lack jb_variance_percent(const jb_plot *plot, const jb_category *category, jb_variance_entry *entry);
bool jb_variance_is_rate(const char *unit);

#endif
