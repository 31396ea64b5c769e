/* SQL over datasets: an in-memory SQLite database whose tables are views of the datasets, nothing else. */
#ifndef JB_INPUT_SQL_H
#define JB_INPUT_SQL_H

#include <sqlite3.h>
#include "input/store.h"

typedef struct jb_sql jb_sql;

/* NULL and an error when the database cannot be opened. */
jb_sql *jb_sql_new(jb_context *ctx);
void jb_sql_free(jb_sql *sql); /* NULL is allowed */
/* Makes a dataset visible under a name (ASCII letters of either case are one). Both are borrowed until
 * jb_sql_free. */
jb_status jb_sql_table(jb_sql *sql, const char *name, const jb_dataset *dataset);
/* Appends the rows (unsigned) of a table for which the condition holds, in data order. */
jb_status jb_sql_rows(jb_sql *sql, const char *name, const char *where, jb_pos pos, GArray *rows);

/* The rows of a query as a table, the names of its columns as its only header row: one SELECT (or WITH …
 * SELECT) over the datasets. NULL is an empty cell; integers come exactly, other numbers with 15 digits.
 * `file` is what its cells are said to stand in. A query without rows is an error. Errors carry `pos`, the
 * place of the text's first character, moved to the fault where SQLite knows it. */
jb_status jb_sql_table_of(jb_sql *sql, const char *text, jb_pos pos, const char *file, jb_grid **grid);
/* The value of a query with exactly one row and one column; anything else is an error, as is NULL. Strings
 * belong to the arena. */
jb_status jb_sql_scalar(jb_sql *sql, const char *text, jb_pos pos, jb_arena *arena, jb_scalar *scalar);
/* The first single | of a text that stands outside of quotes, comments and brackets, or the text's end. */
const char *jb_sql_find_bar(const char *text);

/* What is wrong with the brackets, quotes and statements of a condition, or NULL: then it cannot leave the
 * brackets it is put in. Freed with g_free. */
char *jb_sql_complaint(const char *where);

/* A column that SQL sees. */
typedef enum jb_field_source {
    JB_FIELD_CELL, /* the cell of a dataset's column: its number, else its text, NULL when missing */
    JB_FIELD_KIND, /* the kind of that cell */
    JB_FIELD_TEXT, /* the cell as written */
    JB_FIELD_HIGH, /* its number, of a range the upper end */
    JB_FIELD_CELL_UNIT,
    JB_FIELD_NAME,
    JB_FIELD_UNIT,
    JB_FIELD_BINDING,
    JB_FIELD_SUB,
    JB_FIELD_LEVEL,
    JB_FIELD_PARENT, /* name of the indicator that a sub-indicator belongs to */
    JB_FIELD_TOTAL,
    JB_FIELD_BETTER, /* more, less */
    JB_FIELD_RATE,
    JB_FIELD_VARIANCE,
    JB_FIELD_VARIANCE_PCT,
    JB_FIELD_VERDICT, /* the stated, else the computed */
    JB_FIELD_YEAR
} jb_field_source;

typedef struct jb_field {
    char *name;
    jb_field_source source;
    unsigned column; /* of the first five */
} jb_field;

/* The fields of a dataset: its columns (name; path where two share a name), then those of the row, then
 * NAME_kind, _text, _high and _unit for each column. Names are unique; a later field whose name is taken is
 * left out. The array frees its names. */
GArray *jb_sql_fields(const jb_dataset *dataset);
/* The virtual table module; its client data is the jb_dataset. Row ids count from 1, as the data dump does.
 */
const sqlite3_module *jb_sql_module(void);

#endif
