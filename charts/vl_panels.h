/* Where plots stand: what is shared by one plot, facets (vl_panels.c) and rows of views (vl_rows.c). Internal to charts/. */
#ifndef JB_CHARTS_VL_PANELS_H
#define JB_CHARTS_VL_PANELS_H

#include "charts/vl.h"

#define JB_VL_GAP 16.0
#define JB_VL_LEAST 40.0 /* the narrowest plot that is not said */

typedef struct jb_vl_box {
    double x, y, width; /* where it begins, and the room there is */
    double used_width, used_height;
} jb_vl_box;

/* The width that is said, or that bands of a said step take; 0: none. */
double jb_vl_panel_said_width(const jb_vl_chart *chart, const jb_vl_panel *panel);
/* Height and upright axes, before anything is placed. */
void jb_vl_panel_upright(jb_vl_chart *chart, jb_vl_panel *panel);
/* The room beside the plot; `alone`: no plot at its left shows its first label. */
double jb_vl_panel_left(jb_vl_chart *chart, jb_vl_panel *panel, bool alone);
double jb_vl_panel_right(jb_vl_chart *chart, jb_vl_panel *panel);
void jb_vl_panel_over_ends(jb_vl_panel *panel, double most);
/* Places one plot in a box, or facets from panel `at` on, and says what of the box is used. */
void jb_vl_panel_place(jb_vl_chart *chart, jb_vl_panel *panel, double least_left, jb_vl_box *box);
void jb_vl_facets_place(jb_vl_chart *chart, const jb_vl_view *view, guint *at, jb_vl_box *box);
/* The width that facets ask for; 0: what there is. */
double jb_vl_facets_width(jb_vl_chart *chart, const jb_vl_view *view, guint at);

#endif
