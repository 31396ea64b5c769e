/* Transforms of the Vega-Lite grammar. Internal to charts/. */
#ifndef JB_CHARTS_VL_TRANSFORM_H
#define JB_CHARTS_VL_TRANSFORM_H

#include "charts/vl_table.h"

typedef enum jb_vl_op {
    JB_VL_NONE,
    JB_VL_COUNT,
    JB_VL_SUM,
    JB_VL_MEAN,
    JB_VL_MEDIAN,
    JB_VL_MIN,
    JB_VL_MAX,
    JB_VL_DISTINCT,
    JB_VL_VALID,
    JB_VL_GONE,
    JB_VL_STDEV,
    JB_VL_STDEVP,
    JB_VL_VARIANCE,
    JB_VL_VARIANCEP,
    JB_VL_STDERR,
    JB_VL_Q1,
    JB_VL_Q3,
    JB_VL_PRODUCT,
    JB_VL_ARGMIN, /* {argmin: FIELD}: the value where FIELD is least */
    JB_VL_ARGMAX
} jb_vl_op;

/* "mean" to its operation; an error with near names, NONE then. */
void jb_vl_sort(double *values, unsigned n);
/* Between the values of a sorted list that has some, as R's type 7 and d3 have it; `share` from 0 to 1. */
double jb_vl_quantile(const double *sorted, unsigned n, double share);
jb_vl_op jb_vl_op_parse(jb_context *ctx, const jb_node *node);
/* Freed with g_free; NULL when there is none. */
char *jb_vl_op_field(jb_vl_op op, const char *field);
/* Before what is made of figures that are not exact. */
#define JB_VL_ABOUT "约 "
/* The operation over some rows of a column; column -1 is allowed for COUNT. */
jb_vl_cell jb_vl_aggregate(const jb_vl_table *table, jb_vl_op op, int column, const unsigned *rows,
                           unsigned count);

/* The value of a column in the row where another is least (ARGMIN) or largest. */
jb_vl_cell jb_vl_at_extreme(const jb_vl_table *table, jb_vl_op op, int column, int other,
                            const unsigned *rows, unsigned count);

typedef struct jb_vl_bins {
    double start, stop, step;
} jb_vl_bins;
/* Vega's bins over [low, high]; `params` (a map with maxbins, step, base, nice, minstep, steps, extent) may
 * be NULL. */
jb_status jb_vl_bins_choose(jb_context *ctx, const jb_node *params, unsigned maxbins, double low, double high,
                            jb_vl_bins *bins);
/* Puts begin and end of each value's bin into two columns. */
void jb_vl_bins_apply(jb_vl_table *table, int column, const jb_vl_bins *bins, const char *begin,
                      const char *end);
bool jb_vl_extent(const jb_vl_table *table, int column, double *low, double *high);

/* `mode` is zero, normalize or center; rows of a group are stacked in the order given by `order` (rows of the
 * table). */
double jb_vl_stack(jb_vl_table *table, int column, const unsigned *group, unsigned groups,
                 const unsigned *order, char mode, const char *begin, const char *end);

/* vl_reshape.c */
jb_status jb_vl_pivot(jb_context *ctx, const jb_node *node, jb_vl_table **table);
jb_status jb_vl_impute(jb_context *ctx, const jb_node *node, jb_vl_table **table);
jb_status jb_vl_lookup(jb_context *ctx, const jb_node *node, jb_vl_table *table, jb_vl_table *from);

/* Whom transforms ask. */
typedef struct jb_vl_host {
    void *data;
    /* The table that a node `data` names; NULL and an error when there is none. */
    jb_vl_table *(*find)(void *data, const jb_node *node);
    /* Keeps a note for the reader of the chart's messages. */
    void (*note)(void *data, jb_pos pos, const char *text);
} jb_vl_host;
/* The `transform:` list over a table, which may be replaced. */
jb_status jb_vl_transform(jb_context *ctx, const jb_node *list, const jb_vl_host *host, jb_vl_table **table);
/* Column `to` is column `from` read as dates, by a pattern where it is not NULL. Values that are no dates are a
 * note with their count; an error when no value is one. `pos` is that of the field. */
jb_status jb_vl_dates(jb_context *ctx, jb_vl_table *table, int from, int to, const char *pattern, jb_pos pos,
                      const jb_vl_host *host);
/* The column of a field; an error with near names, -1 then. A table without rows has any field, all missing.
 */
int jb_vl_field(jb_context *ctx, jb_vl_table *table, const char *name, jb_pos pos);

#endif
