/* Which part of a JSON document is the table. */
#include "input/json_private.h"

#include <string.h>

#define DEEPEST 8          /* levels of objects that are looked through */
#define MOST_CANDIDATES 12 /* told of */

/* ---- forms ---- */

static bool is_nested(const json_t *value) { return json_is_object(value) || json_is_array(value); }

static bool is_list_of(json_t *list, bool nested) {
    size_t i;
    json_t *item;
    if (!json_is_array(list)) return false;
    json_array_foreach(list, i,
                       item) if (is_nested(item) != nested && !(nested && json_is_null(item))) return false;
    return true;
}

/* The first item that is not null. */
static const json_t *first_item(json_t *list) {
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item) if (!json_is_null(item)) return item;
    return NULL;
}

static bool is_columns(json_t *object) {
    const char *key;
    json_t *value;
    if (!json_object_size(object)) return false;
    json_object_foreach(object, key, value) if (!is_list_of(value, false)) return false;
    return true;
}

static bool is_split(json_t *object) {
    json_t *data = json_object_get(object, "data"), *columns = json_object_get(object, "columns");
    return columns && is_list_of(columns, false) && data && is_list_of(data, true) &&
           json_is_array(first_item(data));
}

jb_json_form jb_json_form_of(json_t *value) {
    if (json_is_object(value))
        return is_split(value) ? JB_JSON_SPLIT : is_columns(value) ? JB_JSON_COLUMNS : JB_JSON_NONE;
    if (!is_list_of(value, true)) return JB_JSON_NONE;
    const json_t *first = first_item(value);
    return json_is_object(first) ? JB_JSON_RECORDS : first ? JB_JSON_LISTS : JB_JSON_NONE;
}

/* ---- paths ---- */

/* One step of a path, without the escapes of RFC 6901. */
static char *unescape(const char *step) {
    GString *out = g_string_new(NULL);
    for (const char *p = step; *p; p++) {
        bool escaped = *p == '~' && (p[1] == '0' || p[1] == '1');
        g_string_append_c(out, escaped ? (p[1] == '1' ? '/' : '~') : *p);
        p += escaped;
    }
    return g_string_free(out, FALSE);
}

static json_t *complain_key(jb_context *ctx, json_t *object, const char *key, const char *path, jb_pos pos) {
    GPtrArray *keys = g_ptr_array_new();
    GString *hint = g_string_new(NULL);
    const char *other;
    json_t *value;
    json_object_foreach(object, other, value) g_ptr_array_add(keys, (gpointer)other);
    if (keys->len) jb_suggest(hint, key, (const char *const *)keys->pdata, keys->len);
    jb_fail(ctx, pos, "path “%s”: there is no “%s”%s", path, key, hint->str);
    g_string_free(hint, TRUE);
    g_ptr_array_free(keys, TRUE);
    return NULL;
}

static json_t *take_step(jb_context *ctx, json_t *at, const char *step, const char *path, jb_pos pos) {
    if (json_is_object(at)) {
        json_t *value = json_object_get(at, step);
        return value ? value : complain_key(ctx, at, step, path, pos);
    }
    if (json_is_array(at)) {
        guint64 index;
        if (g_ascii_string_to_unsigned(step, 10, 0, json_array_size(at), &index, NULL) &&
            index < json_array_size(at))
            return json_array_get(at, (size_t)index);
        jb_fail(ctx, pos, "path “%s”: “%s” is none of the %zu items of a list, which count from 0", path,
                step, json_array_size(at));
        return NULL;
    }
    jb_fail(ctx, pos, "path “%s”: there is nothing below which “%s” could be", path, step);
    return NULL;
}

json_t *jb_json_walk(jb_context *ctx, json_t *root, const char *path, jb_pos pos) {
    json_t *whole = json_object_get(root, path);
    if (whole) return whole;
    bool pointer = *path == '/';
    char **steps = g_strsplit(pointer ? path + 1 : path, strchr(path, '/') ? "/" : ".", -1);
    for (char **step = steps; *step && root; step++) {
        char *key = strchr(path, '/') ? unescape(*step) : g_strdup(*step);
        if (pointer || *key) root = take_step(ctx, root, key, path, pos);
        g_free(key);
    }
    g_strfreev(steps);
    return root;
}

/* ---- the one table ---- */

typedef struct search {
    GPtrArray *paths; /* of tables; owned */
    json_t *table;    /* the first */
} search;

static char *join_path(const char *above, const char *key) {
    GString *out = g_string_new(above);
    g_string_append_c(out, '/');
    for (const char *p = key; *p; p++) {
        if (*p == '~' || *p == '/')
            g_string_append(out, *p == '~' ? "~0" : "~1");
        else
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

static void find_tables(search *s, json_t *object, const char *path, unsigned depth) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        char *below = join_path(path, key);
        if (jb_json_form_of(value) != JB_JSON_NONE) {
            if (!s->table) s->table = value;
            g_ptr_array_add(s->paths, g_strdup(below));
        } else if (json_is_object(value) && depth < DEEPEST) {
            find_tables(s, value, below, depth + 1);
        }
        g_free(below);
    }
}

/* "/data/rows" is told as "data.rows" when it can be. */
static void tell_path(GString *out, const char *path) {
    bool simple = !strpbrk(path, ".~");
    for (const char *p = path + 1; *p; p++) g_string_append_c(out, simple && *p == '/' ? '.' : *p);
}

json_t *jb_json_find(jb_context *ctx, const char *name, json_t *root) {
    search s = {g_ptr_array_new_with_free_func(g_free), NULL};
    if (jb_json_form_of(root) != JB_JSON_NONE) s.table = root;
    if (!s.table) find_tables(&s, root, "", 0);
    if (!s.table) {
        jb_fail(ctx, jb_pos_file(name),
                "there is no table in it: no list of records or lists, no object of columns");
    } else if (s.paths->len > 1) {
        GString *paths = g_string_new(NULL);
        for (unsigned i = 0; i < s.paths->len && i < MOST_CANDIDATES; i++) {
            g_string_append(paths, i ? ", " : "");
            tell_path(paths, g_ptr_array_index(s.paths, i));
        }
        jb_fail(ctx, jb_pos_file(name), "there are %u tables in it; “path” chooses one: %s%s", s.paths->len,
                paths->str, s.paths->len > MOST_CANDIDATES ? ", …" : "");
        g_string_free(paths, TRUE);
        s.table = NULL;
    }
    g_ptr_array_free(s.paths, TRUE);
    return s.table;
}
