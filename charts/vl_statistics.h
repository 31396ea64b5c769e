/* Densities, regressions, local regressions and quantiles over a table. Internal to charts/. */
#ifndef JB_CHARTS_VL_STATISTICS_H
#define JB_CHARTS_VL_STATISTICS_H

#include "charts/vl_transform.h"

/* Replaces a table by the points of a model for each group of the columns `by`: the transform `name` (density,
 * regression, loess, quantile) with its options in `node`, over column x, and y where there are two. */
jb_status jb_vl_statistics(jb_context *ctx, const jb_node *node, const char *name, jb_vl_table **table, int x, int y,
                           const int *by, unsigned n_by, const char *const as[2]);

#endif
