/* A paragraph while its lines are set. */
#ifndef JB_FONTS_LINES_SET_H
#define JB_FONTS_LINES_SET_H

#include "fonts/lines.h"

/* Sums before each atom, so that a line is two look-ups. */
typedef struct jb_sums {
    double *width, *shrink, *stretch; /* count + 1 each */
} jb_sums;

typedef struct jb_setting {
    jb_arena *arena;
    const jb_span *spans;
    const jb_para_options *options;
    jb_atom *atoms;
    unsigned count;
    jb_run *runs;
    const char *text;
    jb_sums sums; /* NULL until a line is measured */
} jb_setting;

/* Shapes the spans and finds where lines may end. All that depends on the measure is left to jb_setting_break. */
jb_status jb_setting_open(jb_setting *setting, jb_fonts *fonts, jb_arena *arena, const jb_span *spans, unsigned count,
                          bool balance);
/* Sets lines by options whose `balance` is the one it was opened with; may be called again with others. The paragraph
 * belongs to the setting's arena. */
jb_para *jb_setting_break(jb_setting *setting, const jb_para_options *options);
/* True when the whole text stands on one line of the measure, as it does on every wider one: the paragraph is the same.
 * For left-aligned, balanced text without indents. */
bool jb_setting_fits(jb_setting *setting, double measure);

/* What the edges of a line lose: half of an opening mark at its start (not in the first line) and half of a closing mark
 * at its end (GB/T 15834-2011 5.1.10). *left is the part at the start. */
double jb_setting_edges(const jb_setting *setting, unsigned from, unsigned end, bool first, double *left);
/* Sets the atoms from up to end, blanks at the edges removed. */
void jb_setting_line(const jb_setting *setting, unsigned from, unsigned end, bool first, bool last, jb_line *line);

#endif
