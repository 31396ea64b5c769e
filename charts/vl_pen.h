/* One unit in one panel, while its marks are drawn. Places are pt in the panel. Internal to charts/. */
#ifndef JB_CHARTS_VL_PEN_H
#define JB_CHARTS_VL_PEN_H

#include <math.h>

#include "charts/vl.h"

typedef struct jb_vl_pen {
    jb_vl_chart *c;
    jb_vl_panel *p;
    jb_vl_unit *u;
    jb_vl_table *t;
    jb_vl_scale **scale;
    unsigned layer;
    const jb_node **holds[JB_VL_CHANNELS]; /* the condition that holds for each row; NULL: not looked at */
} jb_vl_pen;

void jb_vl_pen_failed(jb_vl_pen *pen, jb_status status);
/* A property of the mark that is a number; `value` where it is not said. */
double jb_vl_pen_number(jb_vl_pen *pen, const char *key, double value);
jb_vl_cell jb_vl_pen_cell(const jb_vl_pen *pen, int channel, unsigned row);
/* The constant of a condition that holds for the row; NULL when there is none. */
const jb_node *jb_vl_pen_condition(jb_vl_pen *pen, int channel, unsigned row);
jb_colour jb_vl_pen_colour(jb_vl_pen *pen, unsigned row);
double jb_vl_pen_opacity(jb_vl_pen *pen, unsigned row);
/* The size of a row on a scale from low to high; `value` where nothing says it. */
double jb_vl_pen_size(jb_vl_pen *pen, unsigned row, double low, double high, double value);
double jb_vl_pen_extent(const jb_vl_pen *pen, int channel);
/* The middle of the value of a channel; NAN when there is none. `end` asks for the other end of bin or stack. */
double jb_vl_pen_place(const jb_vl_pen *pen, int channel, unsigned row, bool end);
/* The same, of a bin on a continuous axis its middle. */
double jb_vl_pen_centre(const jb_vl_pen *pen, int channel, unsigned row);
double jb_vl_pen_zero(const jb_vl_pen *pen, int channel);
/* The stretch of a bar in the direction of its measure, and across: its band, its bin, or a width of its own. */
void jb_vl_pen_along(const jb_vl_pen *pen, int channel, unsigned row, double *a, double *b);
void jb_vl_pen_across(jb_vl_pen *pen, int channel, unsigned row, double *a, double *b);
jb_paint jb_vl_pen_paint(jb_vl_pen *pen, unsigned row, bool filled);
/* Lengths on and off from a `strokeDash`, which may be NULL. */
void jb_vl_pen_dash(const jb_node *list, double dash[4]);
/* Vega leaves out marks of which a number is missing, also of colour or size. */
bool jb_vl_pen_has_numbers(const jb_vl_pen *pen, unsigned row);
/* For the dump; text may be NULL. */
void jb_vl_pen_record(jb_vl_pen *pen, const char *type, unsigned row, double x1, double y1, double x2, double y2,
                      const char *text);
static inline bool jb_vl_finite4(double a, double b, double c, double d) {
    return isfinite(a) && isfinite(b) && isfinite(c) && isfinite(d);
}

/* vl_figures.c: figures that are approximate, bounds, ranges, as last year; NUMBER of plain ones, and of channels that
 * show none. */
jb_value_kind jb_vl_pen_kind(const jb_vl_pen *pen, int channel, unsigned row, jb_value *value);
/* Draws a bar from x1, y1 to x2, y2, its baseline first, when its figure is no plain number: how long its paler end is;
 * below 0: it is a plain number, nothing is drawn. */
double jb_vl_bar_figure(jb_vl_pen *pen, unsigned row, const jb_paint *paint, const double at[4]);
/* A point of which one of the two is no plain number, and how it looks. */
bool jb_vl_point_inexact(const jb_vl_pen *pen, unsigned row);
jb_point_look jb_vl_point_look(const jb_vl_pen *pen, unsigned row);
/* What is drawn beside a point: arrow, stem, the figure as written. */
void jb_vl_point_figure(jb_vl_pen *pen, unsigned row, jb_colour ink, double radius, double x, double y);
/* Marks of what is missing, and texts in place of figures. */
void jb_vl_draw_gaps(jb_vl_pen *pen);
/* vl_paths.c: lines and areas, series by series; a missing value is a gap. */
void jb_vl_draw_paths(jb_vl_pen *pen);

#endif
