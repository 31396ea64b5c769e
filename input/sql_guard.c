/* A closed-up SQLite: functions that are refused, switches, limits. */
#include "input/sql_guard.h"

#include <glib.h>

#define MOST_BYTES (1 << 20) /* of one value or statement; a cell is at most JB_LIMIT_CELL_BYTES */
#define MOST_PATTERN 1000    /* bytes of a LIKE pattern */
#define MOST_DEPTH 200       /* of an expression */

const char *jb_sql_function_refused(const char *name) {
    static const char *const changing[] = {"random",   "randomblob",   "date",         "time",
                                           "datetime", "julianday",    "unixepoch",    "strftime",
                                           "timediff", "current_date", "current_time", "current_timestamp",
                                           "changes",  "total_changes"};
    for (size_t i = 0; i < G_N_ELEMENTS(changing); i++)
        if (!g_ascii_strcasecmp(name, changing[i]))
            return "call “%s”: its result would not be the same on every run";
    if (!g_ascii_strcasecmp(name, "load_extension") || !g_ascii_strncasecmp(name, "fts", 3))
        return "call “%s”";
    return NULL;
}

void jb_sql_close_up(sqlite3 *db) {
    static const int off[] = {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_TRUSTED_SCHEMA,
                              SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML,
                              SQLITE_DBCONFIG_ENABLE_TRIGGER};
    for (size_t i = 0; i < G_N_ELEMENTS(off); i++) sqlite3_db_config(db, off[i], 0, (int *)NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_exec(db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL); /* sorting never opens a file */
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, MOST_BYTES);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, MOST_BYTES);
    sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MOST_PATTERN);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, MOST_DEPTH);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
}
