/* Runs SQL conditions: a closed-up database, an authorizer, a limit on the work, errors said in the user's
 * words. */
#include "input/sql.h"

#include <string.h>
#include "base/limits.h"
#include "input/sql_guard.h"

#define STEPS_A_CALL 1000 /* virtual machine steps between two calls of the progress handler */

typedef struct entry {
    const char *name;
    const jb_dataset *data;
} entry;

struct jb_sql {
    jb_context *ctx;
    sqlite3 *db;
    GArray *tables;  /* entry */
    unsigned steps;  /* of the running statement */
    GString *denied; /* what the authorizer refused first, or empty */
};

static const entry *find(const jb_sql *sql, const char *name) {
    for (guint i = 0; i < sql->tables->len; i++) {
        const entry *e = &g_array_index(sql->tables, entry, i);
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
    case SQLITE_READ: return !b || !*b || find(sql, a) ? SQLITE_OK : deny(sql, "read “%s”", a);
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
    sql->tables = g_array_new(FALSE, FALSE, sizeof(entry));
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
    entry e = {name, dataset};
    jb_pos pos = jb_pos_file(dataset->file);
    if (!g_ascii_strncasecmp(name, "sqlite_", 7))
        return jb_fail(sql->ctx, pos, "dataset name “%s” begins with “sqlite_”", name);
    if (connect_table(sql, name, dataset) != SQLITE_OK)
        return jb_fail(sql->ctx, pos, "cannot use dataset “%s” in SQL: %s", name, sqlite3_errmsg(sql->db));
    g_array_append_val(sql->tables, e);
    return JB_OK;
}

/* The name that SQLite complains about, without the quotes and the advice of newer versions. */
static char *complained_name(const char *rest) {
    char *name = g_strdup(rest), *advice = strstr(name, " - should this be");
    if (advice) *advice = 0;
    size_t length = strlen(name);
    if (length >= 2 && name[0] == '"' && name[length - 1] == '"') {
        memmove(name, name + 1, length - 2);
        name[length - 2] = 0;
    }
    return name;
}

static void suggest_field(GString *out, const jb_dataset *data, const char *name) {
    GArray *fields = jb_sql_fields(data);
    const char **names = g_new(const char *, fields->len + 1);
    for (guint i = 0; i < fields->len; i++) names[i] = g_array_index(fields, jb_field, i).name;
    jb_suggest(out, name, names, fields->len);
    g_free(names);
    g_array_free(fields, TRUE);
}

static void suggest_table(const jb_sql *sql, GString *out, const char *name) {
    const char **names = g_new(const char *, sql->tables->len + 1);
    for (guint i = 0; i < sql->tables->len; i++) names[i] = g_array_index(sql->tables, entry, i).name;
    jb_suggest(out, name, names, sql->tables->len);
    g_free(names);
}

/* Says what an unknown column probably was: a text in the wrong quotes, or a name that is written otherwise.
 */
static void explain_column(const jb_sql *sql, GString *out, const entry *table, const char *name,
                           const char *where) {
    char *quoted = g_strdup_printf("\"%s\"", name), *dot = strchr(name, '.');
    char *qualifier = dot ? g_strndup(name, (gsize)(dot - name)) : NULL;
    const entry *other = qualifier ? find(sql, qualifier) : NULL;
    if (other) table = other;
    const char *plain = other ? dot + 1 : name;
    g_string_append_printf(out, "unknown column “%s” in “%s”", plain, table->name);
    if (g_str_has_prefix(name, "“") || g_str_has_prefix(name, "‘") || g_str_has_prefix(name, "＇"))
        g_string_append(out, "; in SQL a text is written in straight single quotes");
    else
        suggest_field(out, table->data, plain);
    if (strstr(where, quoted)) g_string_append_printf(out, " (a text is written '%s')", name);
    g_free(quoted);
    g_free(qualifier);
}

static jb_status complain(const jb_sql *sql, const entry *table, const char *where, jb_pos pos) {
    static const char no_column[] = "no such column: ", no_table[] = "no such table: ";
    const char *error = sqlite3_errmsg(sql->db);
    GString *out = g_string_new(NULL);
    if (sql->steps > JB_LIMIT_SQL_STEPS) {
        g_string_printf(out, "condition on “%s” takes more than %d steps (JB_LIMIT_SQL_STEPS)", table->name,
                        JB_LIMIT_SQL_STEPS);
    } else if (sql->denied->len) {
        g_string_printf(out, "a condition may not %s", sql->denied->str);
    } else if (g_str_has_prefix(error, no_column)) {
        char *name = complained_name(error + strlen(no_column));
        explain_column(sql, out, table, name, where);
        g_free(name);
    } else if (g_str_has_prefix(error, no_table)) {
        char *name = complained_name(error + strlen(no_table));
        g_string_printf(out, "unknown dataset “%s” in a condition", name);
        suggest_table(sql, out, name);
        g_free(name);
    } else {
        g_string_printf(out, "bad condition on “%s”: %s", table->name, error);
    }
    jb_status status = jb_fail(sql->ctx, pos, "%s", out->str);
    g_string_free(out, TRUE);
    return status;
}

/* The statement for a condition that jb_sql_complaint has nothing against. A line break ends a comment at its
 * end. */
static sqlite3_stmt *compile(jb_sql *sql, const entry *table, const char *where) {
    sqlite3_stmt *statement = NULL;
    sql->steps = 0;
    g_string_truncate(sql->denied, 0);
    char *text =
        sqlite3_mprintf("SELECT _rowid_ FROM \"%w\" WHERE (%s\n) ORDER BY _rowid_", table->name, where);
    if (text) sqlite3_prepare_v2(sql->db, text, -1, &statement, NULL);
    sqlite3_free(text);
    return statement;
}

jb_status jb_sql_rows(jb_sql *sql, const char *name, const char *where, jb_pos pos, GArray *rows) {
    const entry *table = find(sql, name);
    if (!table) return jb_fail(sql->ctx, pos, "no dataset “%s”", name);
    char *complaint = jb_sql_complaint(where);
    if (complaint) {
        jb_fail(sql->ctx, pos, "bad condition on “%s”: %s", name, complaint);
        g_free(complaint);
        return JB_INPUT;
    }
    sqlite3_stmt *statement = compile(sql, table, where);
    if (!statement) return complain(sql, table, where, pos);
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
    if (rc != SQLITE_DONE) status = complain(sql, table, where, pos);
    sqlite3_finalize(statement);
    return status;
}
