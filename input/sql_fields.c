/* Which columns SQL sees of a dataset, and under which names. */
#include "input/sql.h"

#include <string.h>

/* SQLITE_MAX_COLUMN of a library built without options; fields beyond it are left out. */
#define MOST_FIELDS 2000

typedef struct naming {
    GArray *fields;
    GHashTable *taken; /* names in small ASCII letters, as SQLite compares them */
} naming;

static void clear_field(gpointer field) { g_free(((jb_field *)field)->name); }

/* Adds the field unless its name is taken. */
static bool add(naming *n, const char *name, jb_field_source source, unsigned column) {
    if (n->fields->len == MOST_FIELDS || !g_hash_table_add(n->taken, g_ascii_strdown(name, -1))) return false;
    jb_field field = {g_strdup(name), source, column};
    g_array_append_val(n->fields, field);
    return true;
}

/* How many columns have each name. */
static GHashTable *count_names(const jb_dataset *d) {
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (unsigned i = 0; i < d->column_count; i++) {
        char *key = g_ascii_strdown(d->columns[i].name, -1);
        guint seen = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
        g_hash_table_replace(counts, key, GUINT_TO_POINTER(seen + 1));
    }
    return counts;
}

static const char *wished_name(const jb_dataset *d, unsigned column, GHashTable *counts) {
    const jb_column *c = &d->columns[column];
    char *key = g_ascii_strdown(c->name, -1);
    bool shared = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) > 1;
    g_free(key);
    return shared && *c->path ? c->path : c->name;
}

/* Data columns are never left out for their names: the second of equal paths becomes “PATH 2”. */
static void add_column(naming *n, const char *name, unsigned column) {
    char *fallback = *name ? NULL : g_strdup_printf("column %u", column + 1);
    bool done = add(n, fallback ? fallback : name, JB_FIELD_CELL, column);
    for (unsigned i = 2; !done && n->fields->len < MOST_FIELDS; i++) {
        char *next = g_strdup_printf("%s %u", name, i);
        done = add(n, next, JB_FIELD_CELL, column);
        g_free(next);
    }
    g_free(fallback);
}

/* A view of each column that is seen. */
static void add_views(naming *n, unsigned columns, const char *suffix, jb_field_source source) {
    for (unsigned i = 0; i < columns; i++) {
        unsigned column = g_array_index(n->fields, jb_field, i).column;
        char *name = g_strconcat(g_array_index(n->fields, jb_field, i).name, suffix, NULL);
        add(n, name, source, column);
        g_free(name);
    }
}

static void add_row_fields(naming *n) {
    static const struct {
        const char *name;
        jb_field_source source;
    } fields[] = {{"name", JB_FIELD_NAME},       {"unit", JB_FIELD_UNIT},
                  {"binding", JB_FIELD_BINDING}, {"sub", JB_FIELD_SUB},
                  {"level", JB_FIELD_LEVEL},     {"parent", JB_FIELD_PARENT},
                  {"total", JB_FIELD_TOTAL},     {"better", JB_FIELD_BETTER},
                  {"rate", JB_FIELD_RATE},       {"variance", JB_FIELD_VARIANCE},
                  {"verdict", JB_FIELD_VERDICT}, {"variance_pct", JB_FIELD_VARIANCE_PCT},
                  {"year", JB_FIELD_YEAR}};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) add(n, fields[i].name, fields[i].source, 0);
}

GArray *jb_sql_fields(const jb_dataset *dataset) {
    naming n = {g_array_new(FALSE, TRUE, sizeof(jb_field)), NULL};
    n.taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_array_set_clear_func(n.fields, clear_field);
    g_hash_table_add(n.taken, g_strdup("_rowid_")); /* by this name the queries ask for the row */
    GHashTable *counts = count_names(dataset);
    for (unsigned i = 0; i < dataset->column_count; i++) add_column(&n, wished_name(dataset, i, counts), i);
    unsigned columns = n.fields->len;
    add_row_fields(&n);
    add_views(&n, columns, "_kind", JB_FIELD_KIND);
    add_views(&n, columns, "_text", JB_FIELD_TEXT);
    add_views(&n, columns, "_high", JB_FIELD_HIGH);
    add_views(&n, columns, "_unit", JB_FIELD_CELL_UNIT);
    g_hash_table_destroy(counts);
    g_hash_table_destroy(n.taken);
    return n.fields;
}
