/* Entries of a report's `data:` to datasets: a file, several years' files, SQL. docs/data.md describes them. */
#include "input/sources.h"

#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "input/role.h"
#include "input/years.h"

#define YEAR "{year}"

typedef struct source {
    jb_context *ctx;
    jb_store *store;
    jb_arena *arena; /* of options and paths */
    const char *base; /* the report; paths are seen from its folder. NULL: from the working folder */
    const char *name;
} source;

static const char *keep(const source *s, char *text) {
    const char *kept = jb_arena_string(s->arena, text);
    g_free(text);
    return kept;
}

static const char *path_of(const source *s, const char *file) {
    return s->base ? keep(s, jb_path_beside(s->base, file)) : file;
}

/* ---- one file ---- */

static jb_status read_file(const source *s, const char *named, const jb_data_options *options, jb_dataset **dataset) {
    return jb_dataset_read(s->ctx, path_of(s, named), s->name, options, dataset);
}

static jb_status add_file(const source *s, const char *named, const jb_data_options *options) {
    jb_dataset *dataset;
    jb_status status = read_file(s, named, options, &dataset);
    if (status == JB_OK) jb_store_add(s->store, s->name, dataset);
    return status;
}

/* ---- several years ---- */

/* A file of several years. */
typedef struct wish {
    const char *file;
    int year; /* 0: what the file's name or header says */
    jb_pos pos;
} wish;

static void add_wish(GArray *wishes, const char *file, int year, jb_pos pos) {
    wish it = {file, year, pos};
    g_array_append_val(wishes, it);
}

static int by_year(const void *a, const void *b) { return ((const wish *)a)->year - ((const wish *)b)->year; }

/* The year in a file's name that fits the pattern's, or 0. */
static int fitting_year(const char *file, const char *pattern) {
    const char *mark = strstr(pattern, YEAR), *rest = mark + strlen(YEAR);
    size_t before = (size_t)(mark - pattern);
    bool fits = strlen(file) == before + 4 + strlen(rest) && !strncmp(file, pattern, before) &&
                strspn(file + before, "0123456789") >= 4 && !strcmp(file + before + 4, rest);
    return fits ? atoi(file + before) : 0;
}

/* All files beside one another that fit "data/plan-{year}.csv". */
static jb_status list_files(const source *s, const char *pattern, jb_pos pos, GArray *wishes) {
    char *folder = g_path_get_dirname(path_of(s, pattern)), *name = g_path_get_basename(pattern);
    GDir *dir = strstr(name, YEAR) ? g_dir_open(folder, 0, NULL) : NULL;
    const char *file;
    while (dir && (file = g_dir_read_name(dir))) {
        int year = fitting_year(file, name);
        if (!year) continue;
        const char *mark = strstr(pattern, YEAR);
        add_wish(wishes, keep(s, g_strdup_printf("%.*s%04d%s", (int)(mark - pattern), pattern, year, mark + strlen(YEAR))), year,
                 pos);
    }
    if (dir) g_dir_close(dir);
    g_array_sort(wishes, by_year);
    g_free(folder);
    g_free(name);
    return wishes->len ? JB_OK : jb_fail(s->ctx, pos, "no file fits “%s”", pattern);
}

/* The pattern with each of the listed years. */
static jb_status list_years(const source *s, const char *pattern, const jb_node *years, GArray *wishes) {
    const char *mark = strstr(pattern, YEAR);
    if (!mark) return jb_fail(s->ctx, years->pos, "“years” needs “" YEAR "” in the file's name");
    if (years->kind != JB_NODE_LIST || !years->count) return jb_fail(s->ctx, years->pos, "“years” is a list of years");
    for (unsigned i = 0; i < years->count; i++) {
        double year;
        jb_status status = jb_node_number(s->ctx, years->items[i], &year);
        if (status != JB_OK) return status;
        if (year < 1000 || year > 9999 || year != (int)year) return jb_fail(s->ctx, years->items[i]->pos, "this is no year");
        char *file = g_strdup_printf("%.*s%d%s", (int)(mark - pattern), pattern, (int)year, mark + strlen(YEAR));
        add_wish(wishes, keep(s, file), (int)year, years->items[i]->pos);
    }
    g_array_sort(wishes, by_year);
    return JB_OK;
}

/* A list of files: each a path, or {file: …, year: …}. */
static jb_status list_items(const source *s, const jb_node *list, GArray *wishes) {
    static const char *const known[] = {"file", "year"};
    jb_status status = list->count ? JB_OK : jb_fail(s->ctx, list->pos, "the list of files is empty");
    for (unsigned i = 0; i < list->count && status == JB_OK; i++) {
        const jb_node *item = list->items[i], *file = item, *year = NULL;
        const char *path = NULL;
        double number = 0;
        if (item->kind == JB_NODE_MAP) {
            status = jb_node_check_keys(s->ctx, item, "key of a file", known, G_N_ELEMENTS(known));
            file = jb_node_get(item, "file");
            year = jb_node_get(item, "year");
            if (status == JB_OK && !file) status = jb_fail(s->ctx, item->pos, "a file of the list needs “file”");
        }
        if (status == JB_OK) status = jb_node_string(s->ctx, file, &path);
        if (status == JB_OK && year) status = jb_node_number(s->ctx, year, &number);
        if (status == JB_OK) add_wish(wishes, path, CLAMP((int)number, 0, 9999), file->pos);
    }
    return status;
}

/* A table's own year: the latest that its headers name. */
static int year_in_header(const jb_dataset *d) {
    int year = 0;
    for (unsigned c = 0; c < d->column_count; c++) year = MAX(year, jb_header_year(d->columns[c].path));
    return year;
}

static int part_by_year(const void *a, const void *b) {
    return ((const jb_year_part *)a)->year - ((const jb_year_part *)b)->year;
}

static jb_status read_part(const source *s, const wish *it, const jb_data_options *options, GArray *parts) {
    jb_data_options own = *options;
    jb_year_part part = {.year = it->year};
    own.pos = it->pos;
    jb_status status = read_file(s, it->file, &own, &part.data);
    if (status != JB_OK) return status;
    if (!part.year) part.year = jb_years_of_file(it->file);
    if (!part.year) part.year = year_in_header(part.data);
    for (guint i = 0; i < parts->len && part.year; i++)
        if (g_array_index(parts, jb_year_part, i).year == part.year)
            status = jb_fail(s->ctx, it->pos, "two files are of the year %d", part.year);
    if (!part.year)
        status = jb_fail(s->ctx, it->pos, "neither its name nor its header tells the year of “%s”; say {file: …, year: …}", it->file);
    g_array_append_val(parts, part);
    return status;
}

static jb_status add_years(const source *s, const GArray *wishes, const jb_data_options *options, const jb_year_names *names) {
    GArray *parts = g_array_new(FALSE, TRUE, sizeof(jb_year_part));
    jb_dataset *dataset = NULL;
    jb_status status = JB_OK;
    for (guint i = 0; i < wishes->len; i++) {
        jb_status one = read_part(s, &g_array_index(wishes, wish, i), options, parts);
        if (status == JB_OK) status = one;
    }
    g_array_sort(parts, part_by_year);
    if (status == JB_OK)
        status = jb_years_join(s->ctx, (const jb_year_part *)(void *)parts->data, parts->len, names, s->name, &dataset);
    if (status == JB_OK) jb_store_add(s->store, s->name, dataset);
    for (guint i = 0; i < parts->len; i++) jb_dataset_free(g_array_index(parts, jb_year_part, i).data);
    g_array_free(parts, TRUE);
    return status;
}

/* ---- entries ---- */

static const char *const own_keys[] = {"file", "years", "aliases", "distinct"};

static jb_status check_keys(const source *s, const jb_node *entry) {
    size_t count;
    const char *const *of_options = jb_data_option_keys(&count);
    const char **known = g_new(const char *, count + G_N_ELEMENTS(own_keys) + 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(own_keys); i++) known[i] = own_keys[i];
    for (unsigned i = 0; i < count; i++) known[G_N_ELEMENTS(own_keys) + i] = of_options[i];
    known[G_N_ELEMENTS(own_keys) + count] = "sql";
    jb_status status =
        jb_node_check_keys(s->ctx, entry, "key of a dataset", known, count + G_N_ELEMENTS(own_keys) + 1);
    g_free(known);
    return status;
}

/* A path, a pattern with {year}, or a list of paths. */
static jb_status add_files(const source *s, const jb_node *file, const jb_node *years, const jb_data_options *options,
                           const jb_year_names *names) {
    GArray *wishes = g_array_new(FALSE, TRUE, sizeof(wish));
    const char *path = NULL;
    bool several = file->kind == JB_NODE_LIST;
    jb_status status = several ? list_items(s, file, wishes) : jb_node_string(s->ctx, file, &path);
    if (status == JB_OK && path && years)
        status = list_years(s, path, years, wishes);
    else if (status == JB_OK && path && strstr(path, YEAR))
        status = list_files(s, path, file->pos, wishes);
    jb_data_options own = *options;
    own.pos = file->pos;
    if (status == JB_OK) status = wishes->len ? add_years(s, wishes, &own, names) : add_file(s, path, &own);
    g_array_free(wishes, TRUE);
    return status;
}

static jb_status add_map(const source *s, const jb_node *entry) {
    jb_data_options options = {0};
    const jb_node *file = jb_node_get(entry, "file"), *years = jb_node_get(entry, "years");
    jb_year_names names = {jb_node_get(entry, "aliases"), jb_node_get(entry, "distinct")};
    jb_status status = check_keys(s, entry);
    if (status == JB_OK) status = jb_data_options_read(s->ctx, s->arena, entry, &options);
    if (status == JB_OK && !file) status = jb_fail(s->ctx, entry->pos, "a dataset needs a “file” or “sql”");
    return status == JB_OK ? add_files(s, file, years, &options, &names) : status;
}

static jb_status add_sql(const source *s, const jb_node *entry) {
    const jb_node *sql = jb_node_get(entry, "sql");
    const char *text;
    jb_dataset *dataset;
    if (entry->count > 1) return jb_fail(s->ctx, entry->pos, "a dataset made by “sql” has no other key");
    jb_status status = jb_node_string(s->ctx, sql, &text);
    if (status == JB_OK) status = jb_store_query(s->store, text, sql->pos, s->name, &dataset);
    if (status == JB_OK) jb_store_add(s->store, s->name, dataset);
    return status;
}

static bool is_sql(const jb_node *entry) { return entry->kind == JB_NODE_MAP && jb_node_get(entry, "sql"); }

static jb_status add_entry(const source *s, const jb_node *entry) {
    static const jb_data_options none = {0};
    static const jb_year_names no_names = {0};
    if (is_sql(entry)) return add_sql(s, entry);
    if (entry->kind == JB_NODE_MAP) return add_map(s, entry);
    return add_files(s, entry, NULL, &none, &no_names);
}

/* SQL names ignore the case of ASCII letters, so two that differ only by it would be one table. */
static jb_status check_name(jb_context *ctx, const jb_node *data, unsigned i, GHashTable *names) {
    char *lower = g_ascii_strdown(data->keys[i], -1);
    jb_status status = JB_OK;
    if (!*lower) status = jb_fail(ctx, data->key_pos[i], "a dataset needs a name");
    if (!g_hash_table_add(names, lower))
        status = jb_fail(ctx, data->key_pos[i],
                         "the dataset “%s” is named twice, save for upper and lower case", data->keys[i]);
    return status;
}

/* Which entries have a name of their own. Freed with g_free. */
static bool *check_names(jb_context *ctx, const jb_node *data, jb_status *status) {
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool *sound = g_new(bool, data->count + 1);
    for (unsigned i = 0; i < data->count; i++) {
        sound[i] = check_name(ctx, data, i, names) == JB_OK;
        if (!sound[i]) *status = JB_INPUT;
    }
    g_hash_table_destroy(names);
    return sound;
}

jb_status jb_document_datasets(jb_context *ctx, const jb_document *document, jb_store *store) {
    const jb_node *data = jb_node_get(document->head, "data");
    source s = {.ctx = ctx, .store = store, .arena = document->arena, .base = document->file};
    if (jb_node_is_null(data)) return JB_OK;
    if (data->kind != JB_NODE_MAP) return jb_fail(ctx, data->pos, "“data” is a map of names to files");
    jb_status status = JB_OK;
    bool *sound = check_names(ctx, data, &status);
    for (int sql = 0; sql < 2; sql++) /* files first */
        for (unsigned i = 0; i < data->count; i++) {
            if (!sound[i] || is_sql(data->items[i]) != (sql == 1)) continue;
            s.name = data->keys[i];
            jb_status one = add_entry(&s, data->items[i]);
            if (status == JB_OK) status = one;
        }
    g_free(sound);
    return status;
}

jb_status jb_source_load(jb_context *ctx, jb_store *store, const char *base, const char *name, const char *file,
                         jb_pos pos) {
    source s = {.ctx = ctx, .store = store, .arena = jb_arena_new(), .base = base, .name = name};
    jb_node node = {.kind = JB_NODE_SCALAR, .text = file, .pos = pos};
    static const jb_data_options none = {0};
    static const jb_year_names no_names = {0};
    jb_status status = add_files(&s, &node, NULL, &none, &no_names);
    jb_arena_free(s.arena);
    return status;
}

jb_status jb_sources_load(jb_context *ctx, const jb_document *document, const jb_pair *pairs, size_t count, jb_store *store) {
    jb_status status = jb_document_datasets(ctx, document, store);
    for (size_t i = 0; i < count; i++) {
        jb_status one = jb_source_load(ctx, store, NULL, pairs[i].key, pairs[i].value, (jb_pos){0});
        if (status == JB_OK) status = one;
    }
    if (status == JB_OK) jb_years_settle(store);
    return status;
}
