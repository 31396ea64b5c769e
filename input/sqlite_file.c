/* Reads SQLite files that nobody needs to trust: opened for reading, closed up, work limited. */
#include "input/sqlite_file.h"

#include <string.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "input/grid_private.h"
#include "input/sql_guard.h"

#define STEPS_A_CALL 10000 /* virtual machine steps between two calls of the progress handler */
#define BUSY_MILLISECONDS 2000
#define HEADER_BYTES 20 /* of the file, up to the versions of its format */

typedef struct reader {
    jb_context *ctx;
    const char *path, *name; /* name: interned, with the table */
    jb_pos pos;              /* where the options stand, or the file */
    const jb_data_options *options;
    sqlite3 *db;
    jb_grid *grid;
    int steps;       /* of the running statement */
    GString *denied; /* what the authorizer refused first, or empty */
    GString *text;
} reader;

/* ---- opening ---- */

/* Size of a file beside the database, as "plan.db-wal"; 0 when there is none. */
static gint64 size_beside(const char *path, const char *suffix) {
    struct stat info;
    char *beside = g_strconcat(path, suffix, NULL);
    gint64 size = stat(beside, &info) == 0 ? (gint64)info.st_size : 0;
    g_free(beside);
    return size;
}

/* A database with a write-ahead log that nobody has open has none, or an empty one. Opened as usual it would
 * get one, which a reader must leave behind, and cannot make in a folder it may not write to. */
static bool is_idle_wal(const reader *r, const char *header, size_t length) {
    return length >= HEADER_BYTES && header[18] == 2 && !size_beside(r->path, "-wal") &&
           !size_beside(r->path, "-journal");
}

/* Never a URI by chance: the path gets a folder before it, or is escaped. */
static int open_file(reader *r, bool immutable) {
    const char *folder = g_path_is_absolute(r->path) ? "" : "./";
    char *escaped = g_uri_escape_string(r->path, "/", TRUE);
    char *name = immutable ? g_strconcat("file:", *folder ? folder : "//", escaped, "?immutable=1", NULL)
                           : g_strconcat(folder, r->path, NULL);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | (immutable ? SQLITE_OPEN_URI : 0);
    int rc = sqlite3_open_v2(name, &r->db, flags, NULL);
    g_free(name);
    g_free(escaped);
    return rc;
}

static int deny(reader *r, const char *what, const char *name) {
    if (!r->denied->len) g_string_printf(r->denied, what, name);
    return SQLITE_DENY;
}

static int authorize(void *to, int action, const char *a, const char *b, const char *db, const char *by) {
    (void)a, (void)db, (void)by;
    const char *why;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION: return (why = jb_sql_function_refused(b)) ? deny(to, why, b) : SQLITE_OK;
    default: return deny(to, "do anything but read%s", "");
    }
}

static int count_steps(void *to) {
    reader *r = to;
    r->steps += STEPS_A_CALL;
    return r->steps > JB_LIMIT_SQLITE_STEPS;
}

/* As www.sqlite.org/security.html advises for files of unknown origin. */
static void close_up(reader *r) {
    jb_sql_close_up(r->db);
    sqlite3_exec(r->db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON", NULL,
                 NULL, NULL);
    sqlite3_busy_timeout(r->db, BUSY_MILLISECONDS);
    sqlite3_progress_handler(r->db, STEPS_A_CALL, count_steps, r);
    sqlite3_set_authorizer(r->db, authorize, r);
}

/* ---- what went wrong ---- */

static jb_status refuse(const reader *r, const char *why) {
    if (r->options->pos.file) return jb_fail(r->ctx, r->pos, "cannot read “%s”: %s", r->path, why);
    return jb_fail(r->ctx, r->pos, "cannot read: %s", why);
}

static jb_status complain_beside(const reader *r) {
    if (size_beside(r->path, "-wal"))
        return refuse(
            r,
            "its latest changes are in a file “-wal” beside it, which cannot be used from here; open it once "
            "with the program that writes it");
    if (size_beside(r->path, "-journal"))
        return refuse(
            r, "a change to it was interrupted, as the file “-journal” beside it says; open it once with the "
               "program that writes it");
    return refuse(r, sqlite3_errmsg(r->db));
}

static void list_names(reader *r, const char *sql, const char *text, GPtrArray *names) {
    sqlite3_stmt *statement = NULL;
    sqlite3_set_authorizer(r->db, NULL, NULL);
    r->steps = 0;
    if (sqlite3_prepare_v2(r->db, sql, -1, &statement, NULL) == SQLITE_OK) {
        if (text) sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const char *name = (const char *)sqlite3_column_text(statement, 0);
            if (name && g_utf8_validate(name, -1, NULL)) g_ptr_array_add(names, g_strdup(name));
        }
    }
    sqlite3_finalize(statement);
    sqlite3_set_authorizer(r->db, authorize, r);
}

/* Tables and views, in the order they were made; owned by the array. */
static GPtrArray *list_tables(reader *r) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    list_names(r,
               "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE "
               "'sqlite\\_%' ESCAPE '\\' "
               "ORDER BY rowid",
               NULL, names);
    return names;
}

/* Columns of the tables whose names the query has in it. */
static GPtrArray *list_columns(reader *r, const char *query) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    list_names(r,
               "SELECT DISTINCT c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
               "WHERE m.type IN ('table', 'view') AND instr(lower(?), lower(m.name))",
               query, names);
    return names;
}

/* “no such column: p.x - should this be…” */
static char *complained_name(const char *rest, bool column) {
    char *name =
        g_strndup(rest, strstr(rest, " - should") ? (gsize)(strstr(rest, " - should") - rest) : strlen(rest));
    char *dot = column ? strrchr(name, '.') : NULL;
    if (dot) memmove(name, dot + 1, strlen(dot));
    size_t length = strlen(name);
    if (length >= 2 && name[0] == '"' && name[length - 1] == '"') {
        name[length - 1] = 0;
        memmove(name, name + 1, length - 1);
    }
    return name;
}

static jb_status complain_name(reader *r, const char *what, const char *name, GPtrArray *names) {
    GString *hint = g_string_new(NULL);
    jb_suggest(hint, name, (const char *const *)names->pdata, names->len);
    jb_status status =
        jb_fail(r->ctx, r->pos, "there is no %s “%s” in “%s”%s", what, name, r->path, hint->str);
    g_string_free(hint, TRUE);
    g_ptr_array_free(names, TRUE);
    return status;
}

static jb_status complain_statement(reader *r) {
    static const char no_column[] = "no such column: ", no_table[] = "no such table: ";
    char *error = g_strdup(sqlite3_errmsg(r->db)); /* gone with the next statement */
    const char *query = r->options->query ? r->options->query : "";
    bool column = g_str_has_prefix(error, no_column);
    jb_status status;
    if (column || g_str_has_prefix(error, no_table)) {
        char *name = complained_name(error + (column ? sizeof no_column : sizeof no_table) - 1, column);
        status = complain_name(r, column ? "column" : "table", name,
                               column ? list_columns(r, query) : list_tables(r));
        g_free(name);
    } else {
        status =
            jb_fail(r->ctx, r->pos, "%s “%s”: %s", *query ? "bad query on" : "cannot read", r->path, error);
    }
    g_free(error);
    return status;
}

static jb_status complain(reader *r, int rc) {
    switch (rc & 0xFF) {
    case SQLITE_NOTADB: return refuse(r, "it is no SQLite database, or an encrypted one");
    case SQLITE_CORRUPT: return refuse(r, "the database is damaged");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return refuse(r, "another program is writing to it; try again when that is done");
    case SQLITE_NOMEM: return refuse(r, "not enough memory");
    case SQLITE_TOOBIG:
        return refuse(r, "a value is longer than any cell may be; choose other columns with “query”");
    case SQLITE_INTERRUPT:
        return jb_fail(r->ctx, r->pos, "reading “%s” takes more than %d steps (JB_LIMIT_SQLITE_STEPS)",
                       r->path, JB_LIMIT_SQLITE_STEPS);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_IOERR: return complain_beside(r);
    default: break;
    }
    if (r->denied->len) return jb_fail(r->ctx, r->pos, "a query on “%s” may not %s", r->path, r->denied->str);
    return complain_statement(r);
}

/* ---- what to read ---- */

/* The statement for a table, quoted. */
static int compile_table(reader *r, const char *table, sqlite3_stmt **statement) {
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
    int rc = sql ? sqlite3_prepare_v2(r->db, sql, -1, statement, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    char *form = g_strdup_printf("SQLite, table “%s”", table);
    r->grid->form = jb_intern(r->ctx, form);
    g_free(form);
    return rc;
}

static jb_status compile_query(reader *r, sqlite3_stmt **statement) {
    const char *rest = NULL;
    sqlite3_stmt *more = NULL;
    int rc = sqlite3_prepare_v2(r->db, r->options->query, -1, statement, &rest);
    r->grid->form = "SQLite, query";
    if (rc != SQLITE_OK) return complain(r, rc);
    if (!*statement) return jb_fail(r->ctx, r->pos, "the query is empty");
    rc = sqlite3_prepare_v2(r->db, rest, -1, &more, NULL);
    sqlite3_finalize(more);
    if (more || rc != SQLITE_OK) return jb_fail(r->ctx, r->pos, "the query is more than one statement");
    if (!sqlite3_column_count(*statement))
        return jb_fail(r->ctx, r->pos, "a query on “%s” may not do anything but read", r->path);
    const char *parameter = sqlite3_bind_parameter_name(*statement, 1);
    if (sqlite3_bind_parameter_count(*statement))
        return jb_fail(r->ctx, r->pos, "the query has a parameter “%s”", parameter ? parameter : "?");
    return JB_OK;
}

/* The only table there is. */
static jb_status compile_only(reader *r, sqlite3_stmt **statement) {
    GPtrArray *tables = list_tables(r);
    jb_status status = JB_OK;
    int rc = SQLITE_OK;
    if (tables->len == 1) {
        rc = compile_table(r, g_ptr_array_index(tables, 0), statement);
    } else if (!tables->len && (rc = sqlite3_errcode(r->db)) && rc != SQLITE_DONE) {
        /* the schema cannot be read */
    } else if (!tables->len) {
        status = refuse(r, "there is no table in it");
    } else {
        GString *names = g_string_new(NULL);
        for (unsigned i = 0; i < tables->len && i < 12; i++)
            g_string_append_printf(names, "%s%s", i ? ", " : "", (char *)g_ptr_array_index(tables, i));
        status = jb_fail(r->ctx, r->pos, "“%s” has %u tables; “table” chooses one: %s%s", r->path,
                         tables->len, names->str, tables->len > 12 ? ", …" : "");
        g_string_free(names, TRUE);
    }
    if (status == JB_OK && rc != SQLITE_OK) status = complain(r, rc);
    g_ptr_array_free(tables, TRUE);
    return status;
}

static jb_status compile(reader *r, sqlite3_stmt **statement) {
    if (r->options->query) return compile_query(r, statement);
    if (!r->options->table) return compile_only(r, statement);
    int rc = compile_table(r, r->options->table, statement);
    return rc == SQLITE_OK ? JB_OK : complain(r, rc);
}

/* ---- rows ---- */

static jb_status put_text(reader *r, unsigned row, unsigned column, const char *text, size_t length) {
    if (length && jb_utf8_find_bad(text, length) < length)
        return jb_fail(r->ctx, (jb_pos){r->name, (int)row, (int)column + 1},
                       "row %u has a text that is not UTF-8", row);
    return jb_grid_put(r->ctx, r->grid, row, column, text, length);
}

static jb_status put_real(reader *r, unsigned row, unsigned column, double value) {
    if (value - value != 0)
        return jb_fail(r->ctx, (jb_pos){r->name, (int)row, (int)column + 1}, "row %u has an infinite number",
                       row);
    g_string_truncate(r->text, 0);
    jb_text_shortest(r->text, value);
    return jb_grid_put(r->ctx, r->grid, row, column, r->text->str, r->text->len);
}

static jb_status put_value(reader *r, sqlite3_stmt *statement, unsigned row, unsigned column) {
    int c = (int)column;
    switch (sqlite3_column_type(statement, c)) {
    case SQLITE_NULL: return JB_OK;
    case SQLITE_FLOAT: return put_real(r, row, column, sqlite3_column_double(statement, c));
    case SQLITE_INTEGER:
        g_string_printf(r->text, "%" G_GINT64_FORMAT, (gint64)sqlite3_column_int64(statement, c));
        return jb_grid_put(r->ctx, r->grid, row, column, r->text->str, r->text->len);
    case SQLITE_BLOB:
        return jb_fail(r->ctx, (jb_pos){r->name, (int)row, c + 1},
                       "column “%s” has binary data (BLOB); choose other columns with “query”",
                       sqlite3_column_name(statement, c));
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, c);
        return put_text(r, row, column, text ? text : "", (size_t)sqlite3_column_bytes(statement, c));
    }
    }
}

/* The header is row 0 of the sheet. */
static jb_status read_rows(reader *r, sqlite3_stmt *statement) {
    unsigned columns = (unsigned)sqlite3_column_count(statement);
    jb_status status = JB_OK;
    int rc = SQLITE_DONE;
    for (unsigned c = 0; c < columns && status == JB_OK; c++) {
        const char *name = sqlite3_column_name(statement, (int)c);
        status = put_text(r, 0, c, name ? name : "", name ? strlen(name) : 0);
    }
    r->steps = 0;
    for (unsigned row = 1; status == JB_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW; row++)
        for (unsigned c = 0; c < columns && status == JB_OK; c++) status = put_value(r, statement, row, c);
    if (status == JB_OK && rc != SQLITE_DONE) status = complain(r, rc);
    jb_grid_number_records(r->grid, 1);
    return status;
}

static jb_status read_database(reader *r) {
    sqlite3_stmt *statement = NULL;
    close_up(r);
    jb_status status = compile(r, &statement);
    if (status == JB_OK) status = read_rows(r, statement);
    sqlite3_finalize(statement);
    return status;
}

jb_status jb_sqlite_read(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    reader r = {.ctx = ctx, .path = path, .name = jb_intern(ctx, path), .options = options};
    char header[HEADER_BYTES];
    size_t length;
    *grid = NULL;
    jb_status status = jb_file_peek(ctx, path, SIZE_MAX, options->pos, header, sizeof header, &length);
    if (status != JB_OK) return status;
    r.pos = options->pos.file ? options->pos : jb_pos_file(r.name);
    r.denied = g_string_new(NULL);
    r.text = g_string_new(NULL);
    *grid = r.grid = jb_grid_new(r.name);
    int rc = open_file(&r, is_idle_wal(&r, header, length));
    status = rc == SQLITE_OK ? read_database(&r) : complain(&r, rc);
    sqlite3_close(r.db);
    if (status != JB_OK) g_clear_pointer(grid, jb_grid_free);
    g_string_free(r.denied, TRUE);
    g_string_free(r.text, TRUE);
    return status;
}
