/* The datasets of one report by name, and what reads them: SQL conditions and look-ups. */
#ifndef JB_INPUT_STORE_H
#define JB_INPUT_STORE_H

#include "input/dataset.h"

typedef struct jb_store jb_store;

jb_store *jb_store_new(jb_context *ctx);
void jb_store_free(jb_store *store); /* frees the datasets too; NULL is allowed */
/* Takes the dataset. A name that is there already is replaced (the command line overrides the head). */
void jb_store_add(jb_store *store, const char *name, jb_dataset *dataset);
unsigned jb_store_count(const jb_store *store);
const jb_dataset *jb_store_nth(const jb_store *store, unsigned index); /* in the order added */
jb_dataset *jb_store_edit(jb_store *store, unsigned index);            /* the same, to be completed */
/* NULL and an error with near names when there is none. */
const jb_dataset *jb_store_get(jb_store *store, const char *name, jb_pos pos);
/* The rows of a dataset for which an SQL condition holds, in data order, as a new dataset the caller frees. `where` may
 * be NULL: all rows. Columns are visible by name (their number, or text when none), as "NAME_kind", and as name,
 * unit, binding, sub. The dataset is a virtual table of an in-memory SQLite database, without a second copy; the
 * authorizer refuses ATTACH, PRAGMA and writes; a progress handler stops loops. Errors carry `pos`. */
jb_status jb_store_select(jb_store *store, const char *name, const char *where, jb_pos pos, jb_dataset **dataset);
/* The rows (unsigned, in data order) of a dataset for which a condition holds, or all. */
jb_status jb_store_rows(jb_store *store, const char *name, const char *where, jb_pos pos, GArray *rows);
/* Runs one SELECT over the datasets and makes a dataset of its rows, which the caller frees or adds to the store. Names of
 * the columns are the header (AS "增速（%）" says a unit, “unit” and 单位 hold the units of rows). Errors carry `pos`, the
 * place of the first character of `sql`, moved to the fault where SQLite knows it. */
jb_status jb_store_query(jb_store *store, const char *sql, jb_pos pos, const char *id, jb_dataset **dataset);

/* One value of a query. */
typedef struct jb_scalar {
    bool is_number;
    double number;
    const char *text;   /* the value as it stands in running text */
    const char *column; /* the column's name */
} jb_scalar;

/* The value of a query that gives exactly one row and one column; strings belong to the arena. */
jb_status jb_store_scalar(jb_store *store, const char *sql, jb_pos pos, jb_arena *arena, jb_scalar *scalar);

/* The row that a loop over a dataset stands on. */
typedef struct jb_scope jb_scope;
struct jb_scope {
    const jb_dataset *data;
    unsigned row;          /* of data */
    unsigned index, count; /* the how-manieth of how many, from 0 */
    const jb_scope *outer; /* of the loop around, or NULL */
};

/* The text of a look-up: plan["进出口总额"]["实际完成"], plan["进出口总额", 2020].rate | percent(1), sql: SELECT …; inside a
 * loop also what is asked of its row. docs/lookups.md has the grammar. Without a filter a cell comes as written. `scope` may
 * be NULL. `pos` is the place of the first character of `expression`. */
jb_status jb_store_lookup_in(jb_store *store, const jb_scope *scope, const char *expression, jb_pos pos, GString *out);
jb_status jb_store_lookup(jb_store *store, const char *expression, jb_pos pos, GString *out); /* outside of loops */

#endif
