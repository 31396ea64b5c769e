/* A column table for the Vega-Lite grammar: named columns of cells. Strings and cells belong to its arena.
 * Internal to charts/. */
#ifndef JB_CHARTS_VL_TABLE_H
#define JB_CHARTS_VL_TABLE_H

#include "base/arena.h"
#include "input/dataset.h"
#include "input/node.h"

typedef enum jb_vl_kind { JB_VL_MISSING, JB_VL_NUMBER, JB_VL_TEXT, JB_VL_BOOL } jb_vl_kind;

/* A value. NUMBER: `number`, and `text` as written when it is not only a number ("7.5 左右"). BOOL: number 0
 * or 1. MISSING: `text` as written in a table ("—", ""), else NULL. */
typedef struct jb_vl_cell {
    jb_vl_kind kind;
    double number;
    const char *text;
} jb_vl_cell;

typedef struct jb_vl_table {
    jb_arena *arena;
    unsigned columns, rows, column_room, row_room;
    const char **names;
    jb_vl_cell **cells; /* cells[column][row] */
} jb_vl_table;

jb_vl_table *jb_vl_table_new(jb_arena *arena);
/* The column of that name, or -1. */
int jb_vl_table_find(const jb_vl_table *table, const char *name);
/* The same; made, with missing cells, when it is not there. */
unsigned jb_vl_table_column(jb_vl_table *table, const char *name);
/* A new row of missing cells; its number. */
unsigned jb_vl_table_row(jb_vl_table *table);
/* A table of the same columns, with some rows, in the order given. */
jb_vl_table *jb_vl_table_pick(const jb_vl_table *table, const unsigned *rows, unsigned count);
jb_vl_table *jb_vl_table_copy(const jb_vl_table *table);
static inline jb_vl_cell jb_vl_table_at(const jb_vl_table *t, unsigned row, int column) {
    return column < 0 ? (jb_vl_cell){JB_VL_MISSING, 0, NULL} : t->cells[column][row];
}

/* All rows of a dataset; its columns have their names, those that share one their whole path. Of name, unit, binding and sub of
 * the rows it has those that `spec` mentions. */
jb_vl_table *jb_vl_table_from_dataset(jb_arena *arena, const jb_dataset *data, const jb_node *spec);
/* A list of maps, or of scalars (column `data`). Limits: JB_LIMIT_CELLS, JB_LIMIT_COLUMNS. */
jb_status jb_vl_table_from_values(jb_context *ctx, jb_arena *arena, const jb_node *values,
                                  jb_vl_table **table);

/* What a cell says of its figure; NUMBER of a plain one. */
jb_value_kind jb_vl_cell_read(jb_vl_cell cell, jb_value *value);
/* A number that is approximate, a bound, a range or last year's. */
bool jb_vl_cell_inexact(jb_vl_cell cell);
/* A text as the figure it says; with `words` also what is no plain number. */
jb_vl_cell jb_vl_measure(jb_vl_cell cell, bool words);
jb_vl_cell jb_vl_number(double number); /* MISSING when it is not finite */
jb_vl_cell jb_vl_text(const char *text);
/* A scalar of a specification. */
jb_vl_cell jb_vl_cell_of_node(const jb_node *node);
/* A text with Han characters. */
bool jb_vl_is_han(jb_vl_cell cell);
/* Numbers before texts, by value; missing last. */
int jb_vl_cell_compare(jb_vl_cell a, jb_vl_cell b);
/* Has it a place on a scale of numbers? true is 1, as in Vega. */
static inline bool jb_vl_cell_counts(jb_vl_cell cell) { return cell.kind == JB_VL_NUMBER || cell.kind == JB_VL_BOOL; }
static inline bool jb_vl_cell_equal(jb_vl_cell a, jb_vl_cell b) { return jb_vl_cell_compare(a, b) == 0; }
/* As people read it: "null", the text as written, the shortest number. */
const char *jb_vl_cell_string(jb_arena *arena, jb_vl_cell cell);
/* The first character of `text` at which `part` begins, counted from 0; -1: it is not in it. */
jb_vl_cell jb_vl_position(jb_arena *arena, jb_vl_cell text, jb_vl_cell part);

/* Rows with equal cells in some columns get equal numbers, counted from 0 in order of first appearance.
 * Returns how many. */
unsigned jb_vl_table_group(const jb_vl_table *table, const int *columns, unsigned count, unsigned *group);

#endif
