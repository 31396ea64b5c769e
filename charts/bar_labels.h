/* Figures of columns that meet, placed by search. Internal to charts/. */
#ifndef JB_CHARTS_BAR_LABELS_H
#define JB_CHARTS_BAR_LABELS_H

#include "charts/plot.h"

typedef struct jb_bar_label {
    double x, y;          /* middle and baseline at the column's end */
    double width, size;   /* of the figure */
    double step;          /* from one raise to the next */
    jb_box bar;           /* of the column, with its arrow */
    double thick, end;    /* its width, the y of its end */
    bool below, text;     /* below: it hangs from zero; text: there is no column */
    /* found */
    double placed_x, placed_y;
    bool leader;
    jb_box line;
} jb_bar_label;

/* True when all found a place, each within `frame`, off all others and all columns; else nothing is set. */
bool jb_bar_labels_place(const jb_box *frame, jb_bar_label *labels, unsigned count);

#endif
