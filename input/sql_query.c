/* Queries: one SELECT over the datasets, its rows as a table of cells or its only value. */
#include "input/sql_private.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "input/lookup.h"

/* Behind blanks, comments and semicolons. */
static const char *skip_rest(const char *p) {
    for (const char *end = NULL; *p;) {
        if (p[0] == '-' && p[1] == '-')
            p += strcspn(p, "\n");
        else if (p[0] == '/' && p[1] == '*' && (end = strstr(p + 2, "*/")))
            p = end + 2;
        else if (g_ascii_isspace(*p) || *p == ';')
            p++;
        else
            break;
    }
    return p;
}

/* A query begins with one of these, so that others are refused in words of ours. */
static bool begins_query(const char *p) {
    static const char *const words[] = {"SELECT", "WITH", "VALUES"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t n = strlen(words[i]);
        if (!g_ascii_strncasecmp(p, words[i], n) && !g_ascii_isalnum(p[n])) return true;
    }
    return false;
}

static jb_status check(jb_sql *sql, const jb_sql_asked *asked, sqlite3_stmt *statement, const char *tail) {
    jb_pos pos = jb_sql_place(asked, (size_t)(skip_rest(tail) - asked->text));
    if (*skip_rest(tail))
        return jb_fail(sql->ctx, pos, "a query is one SELECT, a second statement begins here");
    if (!sqlite3_stmt_readonly(statement) || sqlite3_stmt_isexplain(statement) ||
        !sqlite3_column_count(statement))
        return jb_fail(sql->ctx, asked->pos, "a query is one SELECT, or WITH … SELECT");
    if (!sqlite3_bind_parameter_count(statement)) return JB_OK;
    const char *name = sqlite3_bind_parameter_name(statement, 1);
    return jb_fail(sql->ctx, asked->pos, "bad query: it has a parameter “%s”", name ? name : "?");
}

static jb_status compile(jb_sql *sql, const jb_sql_asked *asked, sqlite3_stmt **statement) {
    const char *tail = asked->text;
    *statement = NULL;
    jb_sql_begin(sql);
    const char *begin = skip_rest(asked->text);
    if (!*begin) return jb_fail(sql->ctx, asked->pos, "the query is empty");
    if (!begins_query(begin))
        return jb_fail(sql->ctx, jb_sql_place(asked, (size_t)(begin - asked->text)),
                       "a query is one SELECT, or WITH … SELECT");
    if (sqlite3_prepare_v2(sql->db, asked->text, -1, statement, &tail) != SQLITE_OK)
        return jb_sql_complain(sql, asked);
    jb_status status = check(sql, asked, *statement, tail);
    if (status != JB_OK) {
        sqlite3_finalize(*statement);
        *statement = NULL;
    }
    return status;
}

/* The number as SQLite prints it, with 15 digits, which takes the noise off 0.1 + 0.2. */
static double rounded(double value) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    return g_ascii_strtod(g_ascii_formatd(buffer, sizeof buffer, "%.15g", value), NULL);
}

/* Appends a value as a cell would have it: ASCII minus, no exponent; nothing for NULL. False when it is no
 * text. */
static bool write_value(GString *out, sqlite3_stmt *statement, int column) {
    sqlite3_value *value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL: return true;
    case SQLITE_INTEGER:
        g_string_append_printf(out, "%lld", (long long)sqlite3_value_int64(value));
        return true;
    case SQLITE_FLOAT: {
        double number = rounded(sqlite3_value_double(value));
        if (!isfinite(number) || fabs(number) >= 1e300) return false;
        if (number < 0) g_string_append_c(out, '-');
        jb_filter_digits(out, fabs(number), -1, false);
        return true;
    }
    case SQLITE_BLOB: return false;
    default: {
        const char *text = (const char *)sqlite3_value_text(value);
        if (!text || !g_utf8_validate(text, -1, NULL)) return false;
        g_string_append(out, text);
        return true;
    }
    }
}

/* ---- tables ---- */

static const char *column_name(sqlite3_stmt *statement, int column) {
    const char *name = sqlite3_column_name(statement, column);
    return name ? name : "";
}

/* `unit` is the name of our column; in a table it is called 单位. */
static jb_status put_header(jb_sql *sql, jb_grid *grid, sqlite3_stmt *statement) {
    jb_status status = JB_OK;
    for (int c = 0; c < sqlite3_column_count(statement) && status == JB_OK; c++) {
        const char *name = column_name(statement, c);
        if (!g_ascii_strcasecmp(name, "unit")) name = "单位";
        status = jb_grid_put(sql->ctx, grid, 0, (unsigned)c, name, strlen(name));
    }
    return status;
}

static jb_status put_row(jb_sql *sql, const jb_sql_asked *asked, jb_grid *grid, sqlite3_stmt *statement,
                         unsigned row, GString *text) {
    jb_status status = JB_OK;
    for (int c = 0; c < sqlite3_column_count(statement) && status == JB_OK; c++) {
        g_string_truncate(text, 0);
        if (!write_value(text, statement, c))
            return jb_fail(sql->ctx, asked->pos,
                           "the query's column “%s” has a value in row %u that is no number and "
                           "no text",
                           column_name(statement, c), row);
        status = jb_grid_put(sql->ctx, grid, row, (unsigned)c, text->str, text->len);
    }
    return status;
}

jb_status jb_sql_table_of(jb_sql *sql, const char *text, jb_pos pos, const char *file, jb_grid **grid) {
    jb_sql_asked asked = {text, pos, NULL};
    sqlite3_stmt *statement;
    int rc = SQLITE_DONE;
    unsigned rows = 0;
    *grid = NULL;
    jb_status status = compile(sql, &asked, &statement);
    if (status != JB_OK) return status;
    GString *cell = g_string_new(NULL);
    *grid = jb_grid_new(jb_intern(sql->ctx, file));
    (*grid)->form = "SQL";
    status = put_header(sql, *grid, statement);
    while (status == JB_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW)
        status = put_row(sql, &asked, *grid, statement, ++rows, cell);
    if (status == JB_OK && rc != SQLITE_DONE) status = jb_sql_complain(sql, &asked);
    if (status == JB_OK && !rows) status = jb_fail(sql->ctx, pos, "the query gives no rows");
    sqlite3_finalize(statement);
    g_string_free(cell, TRUE);
    if (status != JB_OK) jb_grid_free(*grid);
    if (status != JB_OK) *grid = NULL;
    return status;
}

/* ---- one value ---- */

/* What a query of one value gave instead. */
static jb_status refuse_shape(jb_sql *sql, const jb_sql_asked *asked, int columns, unsigned rows) {
    if (columns != 1)
        return jb_fail(sql->ctx, asked->pos,
                       "a query in the text gives one row and one column, this one %d columns", columns);
    if (!rows) return jb_fail(sql->ctx, asked->pos, "a query in the text gives one row, this one gives none");
    return jb_fail(sql->ctx, asked->pos, "a query in the text gives one row, this one gives more");
}

static jb_status read_scalar(jb_sql *sql, const jb_sql_asked *asked, sqlite3_stmt *statement, jb_arena *arena,
                             jb_scalar *scalar) {
    int type = sqlite3_column_type(statement, 0);
    GString *text = g_string_new(NULL);
    jb_status status = JB_OK;
    scalar->is_number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    scalar->number = scalar->is_number ? rounded(sqlite3_column_double(statement, 0)) : 0;
    if (type == SQLITE_NULL)
        status = jb_fail(sql->ctx, asked->pos, "the query gives NULL: there is no such value");
    else if (!write_value(text, statement, 0))
        status = jb_fail(sql->ctx, asked->pos, "the query gives a value that is no number and no text");
    if (scalar->is_number && text->str[0] == '-') { /* in running text */
        g_string_erase(text, 0, 1);
        g_string_prepend(text, "\xE2\x88\x92"); /* U+2212 */
    }
    scalar->text = jb_arena_string(arena, text->str);
    scalar->column = jb_arena_string(arena, column_name(statement, 0));
    g_string_free(text, TRUE);
    return status;
}

jb_status jb_sql_scalar(jb_sql *sql, const char *text, jb_pos pos, jb_arena *arena, jb_scalar *scalar) {
    jb_sql_asked asked = {text, pos, NULL};
    sqlite3_stmt *statement;
    jb_status status = compile(sql, &asked, &statement);
    if (status != JB_OK) return status;
    int columns = sqlite3_column_count(statement), rc = SQLITE_DONE;
    if (columns != 1)
        status = refuse_shape(sql, &asked, columns, 0);
    else if ((rc = sqlite3_step(statement)) == SQLITE_DONE)
        status = refuse_shape(sql, &asked, 1, 0);
    else if (rc != SQLITE_ROW)
        status = jb_sql_complain(sql, &asked);
    else if ((status = read_scalar(sql, &asked, statement, arena, scalar)) == JB_OK) {
        rc = sqlite3_step(statement);
        if (rc == SQLITE_ROW) status = refuse_shape(sql, &asked, 1, 2);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) status = jb_sql_complain(sql, &asked);
    }
    sqlite3_finalize(statement);
    return status;
}
