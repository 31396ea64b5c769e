/* A paragraph while its lines are set. */
#ifndef JB_FONTS_LINES_SET_H
#define JB_FONTS_LINES_SET_H

#include "fonts/lines.h"

typedef struct jb_setting {
    jb_arena *arena;
    const jb_span *spans;
    const jb_para_options *options;
    jb_atom *atoms;
    unsigned count;
    jb_run *runs;
    const char *text;
} jb_setting;

/* What the edges of a line lose: half of an opening mark at its start (not in the first line) and half of a closing mark
 * at its end (GB/T 15834-2011 5.1.10). *left is the part at the start. */
double jb_setting_edges(const jb_setting *setting, unsigned from, unsigned end, bool first, double *left);
/* Sets the atoms from up to end, blanks at the edges removed. */
void jb_setting_line(const jb_setting *setting, unsigned from, unsigned end, bool first, bool last, jb_line *line);

#endif
