/* The datasets of one report by name. SQL is set up when a condition first asks for it. */
#include "input/store.h"

#include <string.h>
#include "input/lookup.h"
#include "input/sql.h"

typedef struct entry {
    char *name;
    jb_dataset *data;
} entry;

struct jb_store {
    jb_context *ctx;
    GArray *entries; /* entry, in the order added */
    jb_sql *sql;     /* NULL until it is needed, and again when the datasets change */
};

jb_store *jb_store_new(jb_context *ctx) {
    jb_store *store = g_new0(jb_store, 1);
    store->ctx = ctx;
    store->entries = g_array_new(FALSE, FALSE, sizeof(entry));
    return store;
}

void jb_store_free(jb_store *store) {
    if (!store) return;
    jb_sql_free(store->sql);
    for (guint i = 0; i < store->entries->len; i++) {
        entry *e = &g_array_index(store->entries, entry, i);
        g_free(e->name);
        jb_dataset_free(e->data);
    }
    g_array_free(store->entries, TRUE);
    g_free(store);
}

jb_context *jb_store_context(const jb_store *store) { return store->ctx; }

/* Names are compared as SQL does it: ASCII letters of either case are one. */
static entry *find(const jb_store *store, const char *name) {
    for (guint i = 0; i < store->entries->len; i++) {
        entry *e = &g_array_index(store->entries, entry, i);
        if (!g_ascii_strcasecmp(e->name, name)) return e;
    }
    return NULL;
}

void jb_store_add(jb_store *store, const char *name, jb_dataset *dataset) {
    entry *old = find(store, name);
    jb_sql_free(store->sql);
    store->sql = NULL;
    dataset->id = jb_arena_string(dataset->arena, name);
    if (!old) {
        entry e = {g_strdup(name), dataset};
        g_array_append_val(store->entries, e);
        return;
    }
    if (strcmp(old->name, name) != 0)
        jb_diag(store->ctx, JB_WARNING, jb_pos_file(dataset->file),
                "dataset “%s” replaces “%s”: names that differ only in case are one", name, old->name);
    g_free(old->name);
    if (old->data != dataset) jb_dataset_free(old->data);
    *old = (entry){g_strdup(name), dataset};
}

unsigned jb_store_count(const jb_store *store) { return store->entries->len; }

const jb_dataset *jb_store_nth(const jb_store *store, unsigned index) {
    return g_array_index(store->entries, entry, index).data;
}

jb_dataset *jb_store_edit(jb_store *store, unsigned index) {
    return g_array_index(store->entries, entry, index).data;
}

const jb_dataset *jb_store_get(jb_store *store, const char *name, jb_pos pos) {
    const entry *found = find(store, name);
    if (found) return found->data;
    GString *out = g_string_new(NULL);
    g_string_printf(out, "no dataset “%s”", name);
    const char **names = g_new(const char *, store->entries->len + 1);
    for (guint i = 0; i < store->entries->len; i++) names[i] = g_array_index(store->entries, entry, i).name;
    jb_suggest(out, name, names, store->entries->len);
    if (!store->entries->len) g_string_append(out, ": none was loaded");
    jb_fail(store->ctx, pos, "%s", out->str);
    g_free(names);
    g_string_free(out, TRUE);
    return NULL;
}

static jb_status open_sql(jb_store *store) {
    jb_status status = JB_OK;
    if (store->sql) return JB_OK;
    if (!(store->sql = jb_sql_new(store->ctx))) return JB_FAILED;
    for (guint i = 0; i < store->entries->len && status == JB_OK; i++) {
        const entry *e = &g_array_index(store->entries, entry, i);
        status = jb_sql_table(store->sql, e->name, e->data);
    }
    if (status != JB_OK) {
        jb_sql_free(store->sql);
        store->sql = NULL;
    }
    return status;
}

jb_status jb_store_rows(jb_store *store, const char *name, const char *where, jb_pos pos, GArray *rows) {
    const jb_dataset *all = jb_store_get(store, name, pos);
    if (!all) return JB_INPUT;
    for (unsigned i = 0; i < all->row_count && !where; i++) g_array_append_val(rows, i);
    if (!where) return JB_OK;
    jb_status status = open_sql(store);
    return status == JB_OK ? jb_sql_rows(store->sql, name, where, pos, rows) : status;
}

jb_status jb_store_select(jb_store *store, const char *name, const char *where, jb_pos pos,
                          jb_dataset **dataset) {
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(unsigned));
    *dataset = NULL;
    jb_status status = jb_store_rows(store, name, where, pos, rows);
    if (status == JB_OK)
        *dataset =
            jb_dataset_subset(find(store, name)->data, (const unsigned *)(void *)rows->data, rows->len);
    g_array_free(rows, TRUE);
    return status;
}

jb_status jb_store_query(jb_store *store, const char *text, jb_pos pos, const char *id,
                         jb_dataset **dataset) {
    jb_grid *grid;
    *dataset = NULL;
    jb_status status = open_sql(store);
    if (status != JB_OK) return status;
    char *file = g_strdup_printf("%s!%s", pos.file ? pos.file : "sql", id);
    status = jb_sql_table_of(store->sql, text, pos, file, &grid);
    g_free(file);
    if (status != JB_OK) return status;
    return jb_dataset_new(store->ctx, grid, id, &(jb_data_options){.header = 1, .pos = pos}, dataset);
}

jb_status jb_store_scalar(jb_store *store, const char *text, jb_pos pos, jb_arena *arena, jb_scalar *scalar) {
    jb_status status = open_sql(store);
    return status == JB_OK ? jb_sql_scalar(store->sql, text, pos, arena, scalar) : status;
}
