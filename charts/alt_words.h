/* The words of texts that stand for charts, by language, and the writer of such a text. Internal to charts/. */
#ifndef JB_CHARTS_ALT_WORDS_H
#define JB_CHARTS_ALT_WORDS_H

#include "charts/plot.h"

/* %s and %u in the order of the code that uses them. */
typedef struct jb_alt_words {
    const char *bars, *columns, *lines, *areas, *dots, *mixed, *stacked, *shared, *comma, *list, *semicolon, *stop;
    const char *title, *compares, *over, *unit, *units, *missing, *none, *last_year;
    const char *highest, *lowest, *value, *sides, *ties, *from, *rises, *falls, *stays, *turns;
    const char *total, *share, *within, *at, *reference;
    const char *against, *above, *below, *about, *equal, *points, *reached, *bounds, *gaps, *only, *unplaced,
        *unplaced_all;
} jb_alt_words;

/* Of charts in Vega-Lite's words; `marks` in the order of jb_vl_mark. */
typedef struct jb_alt_kinds {
    const char *marks[10], *bars, *histogram, *and, *heat;
    const char *x, *y, *colour, *size, *panels, *points, *from, *records, *at, *open, *close;
} jb_alt_kinds;
const jb_alt_kinds *jb_alt_kinds_of(const jb_plot *plot);

/* The text being written. `begun`: the sentence has words. */
typedef struct jb_alt {
    const jb_plot *plot;
    const jb_alt_words *say;
    GString *out;
    bool begun;
} jb_alt;

/* In the language of the plot's frame. */
jb_alt jb_alt_begin(const jb_plot *plot);
bool jb_plot_english(const jb_plot *plot);
void jb_alt_put(jb_alt *alt, const char *format, ...);
/* Before a clause of a sentence that may be its first. */
void jb_alt_clause(jb_alt *alt);
void jb_alt_end(jb_alt *alt);
/* A blank between Chinese signs and what stands beside them. */
void jb_alt_space(jb_alt *alt);
/* The text, in the plot's arena; the writer is done. */
const char *jb_alt_text(jb_alt *alt);

#endif
