/* How charts look: read from the theme's `ink`, `palette` and `chart` maps, never written in code. */
#ifndef JB_CHARTS_STYLE_H
#define JB_CHARTS_STYLE_H

#include "input/node.h"
#include "output/scene.h"

enum { JB_SERIES_INKS = 6 };

typedef struct jb_series_ink {
    jb_colour fill, outline, line;
    bool outlined;
    char marker; /* 'd'isc, 's'quare, 't'riangle, 'r'ing, 'm' diamond, 'c'ross */
} jb_series_ink;

/* Lengths in pt unless a share is meant. */
typedef struct jb_chart_style {
    jb_series_ink series[JB_SERIES_INKS];
    jb_colour ac, py, paper;
    jb_colour text, text2, rule, axis, grid, accent;
    jb_colour good, bad, neutral; /* variances and verdicts only */
    bool plain_variances;         /* better solid, worse outlined, both in the ink of results */
    double headline, subtitle, label, axis_label, legend, source; /* type sizes */
    double headline_to_subtitle, to_legend, legend_to_plot, plot_to_rule, rule_to_note, note_to_source, leading;
    double baseline_width, grid_width, tick_width, tick_length, data_line_width, rule_width;
    double bar, bar_single, pair_gap, pitch, pitch_single, column_min, column_max, column_share, column_pair_share, column_gap;
    double name_share, name_gap, label_gap, sub_indent, swatch_width, swatch_height, swatch_gap, key_gap;
    double point_radius, direct_gap, direct_pitch, panel_gap, column_width;
    double height; /* of columns and lines when the frame does not say */
} jb_chart_style;

/* Fills every field; a key that is missing or of a wrong type is an error with its place. */
jb_status jb_chart_style_load(jb_context *ctx, const jb_node *theme, jb_chart_style *style);

#endif
