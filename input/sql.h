/* SQL over datasets: an in-memory SQLite database whose tables are views of the datasets, nothing else. */
#ifndef JB_INPUT_SQL_H
#define JB_INPUT_SQL_H

#include <sqlite3.h>
#include "input/dataset.h"

typedef struct jb_sql jb_sql;

/* NULL and an error when the database cannot be opened. */
jb_sql *jb_sql_new(jb_context *ctx);
void jb_sql_free(jb_sql *sql); /* NULL is allowed */
/* Makes a dataset visible under a name (ASCII letters of either case are one). Both are borrowed until
 * jb_sql_free. */
jb_status jb_sql_table(jb_sql *sql, const char *name, const jb_dataset *dataset);
/* Appends the rows (unsigned) of a table for which the condition holds, in data order. */
jb_status jb_sql_rows(jb_sql *sql, const char *name, const char *where, jb_pos pos, GArray *rows);

/* What is wrong with the brackets, quotes and statements of a condition, or NULL: then it cannot leave the
 * brackets it is put in. Freed with g_free. */
char *jb_sql_complaint(const char *where);

/* A column that SQL sees. */
typedef enum jb_field_source {
    JB_FIELD_CELL, /* the cell of a dataset's column: its number, else its text, NULL when missing */
    JB_FIELD_KIND, /* the kind of that cell */
    JB_FIELD_NAME,
    JB_FIELD_UNIT,
    JB_FIELD_BINDING,
    JB_FIELD_SUB,
    JB_FIELD_LEVEL
} jb_field_source;

typedef struct jb_field {
    char *name;
    jb_field_source source;
    unsigned column; /* CELL, KIND */
} jb_field;

/* The fields of a dataset: its columns (name; path where two share a name), then name, unit, binding, sub,
 * level, then NAME_kind for each column. Names are unique; a later field whose name is taken is left out. The
 * array frees its names. */
GArray *jb_sql_fields(const jb_dataset *dataset);
/* The virtual table module; its client data is the jb_dataset. Row ids count from 1, as the data dump does.
 */
const sqlite3_module *jb_sql_module(void);

#endif
