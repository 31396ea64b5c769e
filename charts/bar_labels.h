/* Figures of columns. Internal to charts/. */
#ifndef JB_CHARTS_BAR_LABELS_H
#define JB_CHARTS_BAR_LABELS_H

#include "charts/plot.h"

typedef struct jb_column_label {
    jb_label label;
    double x, y;      /* of the label's middle and baseline */
    double box[4];    /* of the label */
    double bar[4];    /* of the column; empty when there is none */
    bool drawn, text; /* text: the value has no column */
    bool leader;      /* the label is raised; `line` leads to it */
    jb_box line;
} jb_column_label;

/* Moves labels that meet, category by category and series by series: aside, or up (below zero: down) on a leader, within
 * `frame`. True when all found a place off all others and all columns; else nothing is moved. */
bool jb_column_labels_search(jb_plot *plot, const jb_box *frame, jb_column_label *labels, double thick);

#endif
