/* SQLite's errors in the user's words, with the place inside a query. */
#include "input/sql_private.h"

#include <string.h>
#include "base/limits.h"

void jb_sql_begin(jb_sql *sql) {
    sql->steps = 0;
    g_string_truncate(sql->denied, 0);
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

/* The columns of one dataset, or of all: each name once, in order. */
static GPtrArray *field_names(const jb_sql *sql, const jb_dataset *data) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint t = 0; t < (data ? 1 : sql->tables->len); t++) {
        GArray *fields = jb_sql_fields(data ? data : g_array_index(sql->tables, jb_sql_entry, t).data);
        for (guint i = 0; i < fields->len; i++) {
            const char *name = g_array_index(fields, jb_field, i).name;
            if (g_hash_table_contains(seen, name)) continue;
            g_ptr_array_add(names, g_strdup(name));
            g_hash_table_add(seen, g_ptr_array_index(names, names->len - 1));
        }
        g_array_free(fields, TRUE);
    }
    g_hash_table_destroy(seen);
    return names;
}

static void suggest_field(const jb_sql *sql, GString *out, const jb_dataset *data, const char *name) {
    GPtrArray *names = field_names(sql, data);
    jb_suggest(out, name, (const char *const *)names->pdata, names->len);
    g_ptr_array_free(names, TRUE);
}

static void suggest_table(const jb_sql *sql, GString *out, const char *name) {
    const char **names = g_new(const char *, sql->tables->len + 1);
    for (guint i = 0; i < sql->tables->len; i++) names[i] = g_array_index(sql->tables, jb_sql_entry, i).name;
    jb_suggest(out, name, names, sql->tables->len);
    g_free(names);
}

/* Says what an unknown column probably was: a text in the wrong quotes, or a name that is written otherwise.
 */
static void explain_column(const jb_sql *sql, GString *out, const jb_sql_asked *asked, const char *name) {
    const jb_sql_entry *table = asked->table;
    char *quoted = g_strdup_printf("\"%s\"", name), *dot = strchr(name, '.');
    char *qualifier = dot ? g_strndup(name, (gsize)(dot - name)) : NULL;
    const jb_sql_entry *other = qualifier ? jb_sql_find(sql, qualifier) : NULL;
    if (other) table = other;
    const char *plain = other || (dot && !table) ? dot + 1 : name;
    g_string_append_printf(out, "unknown column “%s”", plain);
    if (table) g_string_append_printf(out, " in “%s”", table->name);
    if (g_str_has_prefix(name, "“") || g_str_has_prefix(name, "‘") || g_str_has_prefix(name, "＇"))
        g_string_append(out, "; in SQL a text is written in straight single quotes");
    else
        suggest_field(sql, out, table ? table->data : NULL, plain);
    if (strstr(asked->text, quoted)) g_string_append_printf(out, " (a text is written '%s')", name);
    g_free(quoted);
    g_free(qualifier);
}

/* “condition on “plan”” or “query”. */
static void name_asked(GString *out, const char *before, const jb_sql_asked *asked, const char *behind) {
    g_string_append(out, before);
    if (asked->table)
        g_string_append_printf(out, "condition on “%s”", asked->table->name);
    else
        g_string_append(out, "query");
    g_string_append(out, behind);
}

static void say(const jb_sql *sql, GString *out, const jb_sql_asked *asked) {
    static const char no_column[] = "no such column: ", no_table[] = "no such table: ";
    const char *error = sqlite3_errmsg(sql->db), *kind = asked->table ? "condition" : "query";
    if (sql->steps > JB_LIMIT_SQL_STEPS) {
        name_asked(out, "", asked, "");
        g_string_append_printf(out, " takes more than %d steps (JB_LIMIT_SQL_STEPS)", JB_LIMIT_SQL_STEPS);
    } else if (sql->denied->len) {
        g_string_printf(out, "a %s may not %s", kind, sql->denied->str);
    } else if (g_str_has_prefix(error, no_column)) {
        char *name = complained_name(error + strlen(no_column));
        explain_column(sql, out, asked, name);
        g_free(name);
    } else if (g_str_has_prefix(error, no_table)) {
        char *name = complained_name(error + strlen(no_table));
        g_string_printf(out, "unknown dataset “%s” in a %s", name, kind);
        suggest_table(sql, out, name);
        g_free(name);
    } else {
        name_asked(out, "bad ", asked, ": ");
        g_string_append(out, error);
    }
}

jb_pos jb_sql_place(const jb_sql_asked *asked, size_t offset) {
    jb_pos pos = asked->pos;
    if (offset > strlen(asked->text) || pos.column <= 0) return pos;
    jb_pos inside = jb_pos_at(pos.file, asked->text, (size_t)offset);
    if (inside.line == 1) inside.column += pos.column - 1;
    inside.line += pos.line - 1;
    return inside;
}

/* Where in a query the error stands, as far as SQLite knows. */
static jb_pos error_place(const jb_sql *sql, const jb_sql_asked *asked) {
    int offset = asked->table ? -1 : sqlite3_error_offset(sql->db);
    return offset < 0 ? asked->pos : jb_sql_place(asked, (size_t)offset);
}

jb_status jb_sql_complain(const jb_sql *sql, const jb_sql_asked *asked) {
    GString *out = g_string_new(NULL);
    jb_pos pos = error_place(sql, asked); /* before anything else is asked of the database */
    say(sql, out, asked);
    jb_status status = jb_fail(sql->ctx, pos, "%s", out->str);
    g_string_free(out, TRUE);
    return status;
}
