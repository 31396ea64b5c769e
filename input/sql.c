/* SQL conditions over a closed-up database: an authorizer, a limit on the work. */
#include "input/sql_private.h"

#include <string.h>
#include "base/limits.h"
#include "input/sql_guard.h"

#define STEPS_A_CALL 1000 /* virtual machine steps between two calls of the progress handler */

const jb_sql_entry *jb_sql_find(const jb_sql *sql, const char *name) {
    for (guint i = 0; i < sql->tables->len; i++) {
        const jb_sql_entry *e = &g_array_index(sql->tables, jb_sql_entry, i);
        if (!g_ascii_strcasecmp(e->name, name)) return e;
    }
    return NULL;
}

static int deny(jb_sql *sql, const char *what, const char *name) {
    if (!sql->denied->len) g_string_printf(sql->denied, what, name);
    return SQLITE_DENY;
}

static int allow_function(jb_sql *sql, const char *name) {
    const char *why = jb_sql_function_refused(name);
    return why ? deny(sql, why, name) : SQLITE_OK;
}

/* SQLite asks this while it compiles. Only reading the datasets is allowed; a table of which no column is
 * read comes with an empty column name (then the table may also be a WITH clause). */
static int authorize(void *to, int action, const char *a, const char *b, const char *db, const char *by) {
    (void)db, (void)by;
    jb_sql *sql = to;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ: return !b || !*b || jb_sql_find(sql, a) ? SQLITE_OK : deny(sql, "read “%s”", a);
    case SQLITE_FUNCTION: return allow_function(sql, b);
    default: return deny(sql, "do anything but read datasets%s", "");
    }
}

static int count_steps(void *to) {
    jb_sql *sql = to;
    sql->steps += STEPS_A_CALL;
    return sql->steps > JB_LIMIT_SQL_STEPS;
}

static void close_up(jb_sql *sql) {
    jb_sql_close_up(sql->db);
    sqlite3_progress_handler(sql->db, STEPS_A_CALL, count_steps, sql);
}

jb_sql *jb_sql_new(jb_context *ctx) {
    jb_sql *sql = g_new0(jb_sql, 1);
    sql->ctx = ctx;
    sql->tables = g_array_new(FALSE, FALSE, sizeof(jb_sql_entry));
    sql->denied = g_string_new(NULL);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(":memory:", &sql->db, flags, NULL) != SQLITE_OK) {
        jb_fail(ctx, (jb_pos){0}, "cannot open the database: %s", sqlite3_errmsg(sql->db));
        jb_sql_free(sql);
        return NULL;
    }
    close_up(sql);
    return sql;
}

void jb_sql_free(jb_sql *sql) {
    if (!sql) return;
    sqlite3_close(sql->db);
    g_array_free(sql->tables, TRUE);
    g_string_free(sql->denied, TRUE);
    g_free(sql);
}

/* Registers the module and has SQLite connect to it, which the authorizer would take for writing the schema.
 */
static int connect_table(jb_sql *sql, const char *name, const jb_dataset *dataset) {
    sqlite3_stmt *statement = NULL;
    sqlite3_set_authorizer(sql->db, NULL, NULL);
    int rc = sqlite3_create_module_v2(sql->db, name, jb_sql_module(), (void *)dataset, NULL);
    char *text = sqlite3_mprintf("SELECT _rowid_ FROM \"%w\"", name);
    if (rc == SQLITE_OK) rc = sqlite3_prepare_v2(sql->db, text, -1, &statement, NULL);
    sqlite3_finalize(statement);
    sqlite3_free(text);
    sqlite3_set_authorizer(sql->db, authorize, sql);
    return rc;
}

jb_status jb_sql_table(jb_sql *sql, const char *name, const jb_dataset *dataset) {
    jb_sql_entry e = {name, dataset};
    jb_pos pos = jb_pos_file(dataset->file);
    if (!g_ascii_strncasecmp(name, "sqlite_", 7))
        return jb_fail(sql->ctx, pos, "dataset name “%s” begins with “sqlite_”", name);
    if (connect_table(sql, name, dataset) != SQLITE_OK)
        return jb_fail(sql->ctx, pos, "cannot use dataset “%s” in SQL: %s", name, sqlite3_errmsg(sql->db));
    g_array_append_val(sql->tables, e);
    return JB_OK;
}

/* The statement for a condition that jb_sql_complaint has nothing against. A line break ends a comment at its
 * end. */
static sqlite3_stmt *compile(jb_sql *sql, const jb_sql_asked *asked) {
    sqlite3_stmt *statement = NULL;
    jb_sql_begin(sql);
    char *text = sqlite3_mprintf("SELECT _rowid_ FROM \"%w\" WHERE (%s\n) ORDER BY _rowid_",
                                 asked->table->name, asked->text);
    if (text) sqlite3_prepare_v2(sql->db, text, -1, &statement, NULL);
    sqlite3_free(text);
    return statement;
}

jb_status jb_sql_rows(jb_sql *sql, const char *name, const char *where, jb_pos pos, GArray *rows) {
    jb_sql_asked asked = {where, pos, jb_sql_find(sql, name)};
    if (!asked.table) return jb_fail(sql->ctx, pos, "no dataset “%s”", name);
    char *complaint = jb_sql_complaint(where);
    if (complaint) {
        jb_fail(sql->ctx, pos, "bad condition on “%s”: %s", name, complaint);
        g_free(complaint);
        return JB_INPUT;
    }
    sqlite3_stmt *statement = compile(sql, &asked);
    if (!statement) return jb_sql_complain(sql, &asked);
    jb_status status = JB_OK;
    int rc = SQLITE_DONE;
    if (sqlite3_bind_parameter_count(statement))
        status = jb_fail(sql->ctx, pos, "bad condition on “%s”: it has a parameter “%s”", name,
                         sqlite3_bind_parameter_name(statement, 1) ? sqlite3_bind_parameter_name(statement, 1)
                                                                   : "?");
    else
        while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
            unsigned row = (unsigned)(sqlite3_column_int64(statement, 0) - 1);
            g_array_append_val(rows, row);
        }
    if (rc != SQLITE_DONE) status = jb_sql_complain(sql, &asked);
    sqlite3_finalize(statement);
    return status;
}
