/* Expressions and predicates of the Vega-Lite grammar, compiled once and evaluated a row. Internal to
 * charts/. */
#ifndef JB_CHARTS_VL_EXPR_H
#define JB_CHARTS_VL_EXPR_H

#include "charts/vl_table.h"

typedef struct jb_vl_expr jb_vl_expr;

/* Vega's expressions as far as docs/vega-lite.md says: literals, datum.NAME, datum['NAME'], + - * / %,
 * comparisons, && || !, a ? b : c, [lists], functions. An error names what is not supported. Belongs to the
 * arena. */
jb_status jb_vl_expr_parse(jb_context *ctx, jb_arena *arena, const char *text, jb_pos pos, jb_vl_expr **expr);
jb_vl_cell jb_vl_expr_value(const jb_vl_expr *expr, const jb_vl_table *table, unsigned row);
/* An error for the first field that the table does not have, with names that come close. A table without rows has
 * nothing to be held against. */
jb_status jb_vl_expr_check(jb_context *ctx, const jb_vl_expr *expr, const jb_vl_table *table, jb_pos pos);
/* A scalar, or a date {year, quarter, month, date, hours, minutes, seconds}; months count from 1 or have
 * English names. */
jb_vl_cell jb_vl_date_of_node(const jb_node *node);
/* == and < of expressions: texts by their letters, else as numbers. */
bool jb_vl_same(jb_vl_cell a, jb_vl_cell b);
bool jb_vl_below(jb_vl_cell a, jb_vl_cell b);
int jb_vl_as_part(double number); /* a number as a part of a date */
bool jb_vl_truth(jb_vl_cell cell);

/* A filter: an expression, {field, equal|lt|lte|gt|gte|range|oneOf|valid, timeUnit}, {and|or: […]}, {not: …}.
 * The rows for which it holds. */
jb_status jb_vl_filter(jb_context *ctx, const jb_node *node, const jb_vl_table *table, bool *holds);

#endif
