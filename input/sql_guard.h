/* What SQL may not do, over datasets and over SQLite files alike. */
#ifndef JB_INPUT_SQL_GUARD_H
#define JB_INPUT_SQL_GUARD_H

#include <sqlite3.h>

/* Why a function may not be called, as a format for its name ("call “%s”: …"); NULL when it may. Refused are
 * functions whose result changes from run to run, or that reach outside. */
const char *jb_sql_function_refused(const char *name);
/* Turns off what a database could do beyond reading, and sets the limits of values, statements and patterns.
 */
void jb_sql_close_up(sqlite3 *db);

#endif
