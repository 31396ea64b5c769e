/* What the files of the SQL part share. Nothing outside input/sql*.c includes this. */
#ifndef JB_INPUT_SQL_PRIVATE_H
#define JB_INPUT_SQL_PRIVATE_H

#include "input/sql.h"

typedef struct jb_sql_entry {
    const char *name;
    const jb_dataset *data;
} jb_sql_entry;

struct jb_sql {
    jb_context *ctx;
    sqlite3 *db;
    GArray *tables;  /* jb_sql_entry */
    unsigned steps;  /* of the running statement */
    GString *denied; /* what the authorizer refused first, or empty */
};

const jb_sql_entry *jb_sql_find(const jb_sql *sql, const char *name);

/* A condition or query that was asked for. */
typedef struct jb_sql_asked {
    const char *text;          /* as the user wrote it */
    jb_pos pos;                /* place of the text; errors inside it point there */
    const jb_sql_entry *table; /* of a condition; NULL for a query */
} jb_sql_asked;

/* The place of a byte of a query, which may go over several lines of the report. */
jb_pos jb_sql_place(const jb_sql_asked *asked, size_t offset);
/* Prepares to run a statement: no steps, nothing denied. */
void jb_sql_begin(jb_sql *sql);
/* Reports SQLite's error in the user's words. */
jb_status jb_sql_complain(const jb_sql *sql, const jb_sql_asked *asked);

#endif
