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
/* NULL and an error with near names when there is none. */
const jb_dataset *jb_store_get(jb_store *store, const char *name, jb_pos pos);
/* The rows of a dataset for which an SQL condition holds, in data order, as a new dataset the caller frees. `where` may
 * be NULL: all rows. Columns are visible by name (their number, or text when none), as "NAME_kind", and as name,
 * unit, binding, sub. The dataset is a virtual table of an in-memory SQLite database, without a second copy; the
 * authorizer refuses ATTACH, PRAGMA and writes; a progress handler stops loops. Errors carry `pos`. */
jb_status jb_store_select(jb_store *store, const char *name, const char *where, jb_pos pos, jb_dataset **dataset);
/* The text of a look-up: plan["进出口总额"]["实际完成"], plan["进出口总额"].rate | percent(1).
 * After the row: ["COLUMN"], .rate, .variance, .unit, .name. Filters: number(n), percent(n), signed(n).
 * Without a filter a cell comes as written. `pos` is the place of the first character of `expression`. */
jb_status jb_store_lookup(jb_store *store, const char *expression, jb_pos pos, GString *out);

#endif
