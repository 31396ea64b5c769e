/* The data of views: datasets, files, values; read as `format` says. */
#include <math.h>
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_time.h"
#include "input/sources.h"

void jb_vl_note(jb_vl_reader *r, jb_pos pos, const char *text) {
    for (guint i = 0; i < r->plot->notes->len; i++) {
        const jb_plot_note *n = &g_array_index(r->plot->notes, jb_plot_note, i);
        if (n->pos.file == pos.file && n->pos.line == pos.line && n->pos.column == pos.column &&
            !strcmp(n->text, text))
            return;
    }
    jb_plot_note_add(r->plot, pos, "%s", text);
}

static jb_vl_table *find(void *reader, const jb_node *node) { return jb_vl_load(reader, node, node->pos); }
static void note(void *reader, jb_pos pos, const char *text) { jb_vl_note(reader, pos, text); }

jb_vl_host jb_vl_host_of(jb_vl_reader *r) { return (jb_vl_host){r, find, note}; }

static jb_vl_table *named(jb_vl_reader *r, const char *name, jb_pos pos) {
    const jb_node *values = jb_node_get(r->datasets, name);
    jb_vl_table *t = NULL;
    if (values) {
        jb_vl_failed(r, jb_vl_table_from_values(r->ctx, r->arena, values, &t));
        return t;
    }
    const jb_dataset *data = jb_store_get(r->store, name, pos);
    if (!data) r->status = JB_INPUT;
    return data ? jb_vl_table_from_dataset(r->arena, data, r->plot->source->node) : NULL;
}

/* A data file named in the specification, read once. */
static jb_vl_table *from_file(jb_vl_reader *r, const jb_node *url) {
    const char *name = NULL;
    jb_vl_failed(r, jb_node_string(r->ctx, url, &name));
    if (r->status != JB_OK) return NULL;
    if (strstr(name, "://")) {
        jb_vl_failed(r, jb_fail(r->ctx, url->pos,
                                "url must name a file beside the specification: nothing is fetched"));
        return NULL;
    }
    bool have = false;
    for (unsigned i = 0; i < jb_store_count(r->store); i++)
        have = have || !strcmp(jb_store_nth(r->store, i)->id, name);
    if (!have) jb_vl_failed(r, jb_source_load(r->ctx, r->store, url->pos.file, name, name, url->pos));
    return r->status == JB_OK ? named(r, name, url->pos) : NULL;
}

/* One field read as format.parse says. */
static jb_vl_cell parsed_cell(jb_vl_reader *r, const char *how, jb_vl_cell c) {
    double number;
    if (c.kind == JB_VL_MISSING) return c;
    const char *text = jb_vl_cell_string(r->arena, c);
    if (!strcmp(how, "string")) return jb_vl_text(text);
    if (!strcmp(how, "boolean"))
        return (jb_vl_cell){JB_VL_BOOL, strcmp(text, "false") && strcmp(text, "0"), NULL};
    if (c.kind == JB_VL_TEXT) return jb_text_double(text, &number) ? jb_vl_number(number) : jb_vl_number(NAN);
    return jb_vl_number(c.number);
}

/* The pattern of date:'%Y-%m', NULL of `date` alone; false when it is neither. */
static bool date_pattern(jb_vl_reader *r, const jb_node *n, const char **pattern) {
    const char *colon = strchr(n->text, ':');
    *pattern = NULL;
    if (!strcmp(n->text, "date") || !strcmp(n->text, "utc")) return true;
    if (!colon || (!g_str_has_prefix(n->text, "date:") && !g_str_has_prefix(n->text, "utc:"))) return false;
    char *bare = g_strdup(colon + 1);
    size_t length = strlen(bare);
    bool quoted = length > 1 && (*bare == '\'' || *bare == '"') && bare[length - 1] == *bare;
    if (quoted) bare[length - 1] = 0;
    *pattern = jb_arena_string(r->arena, bare + quoted);
    g_free(bare);
    if (!jb_vl_time_pattern(*pattern))
        jb_vl_failed(
            r, jb_fail(r->ctx, n->pos,
                       "the pattern “%s” is not supported; there are %%Y %%y %%m %%d %%e %%b %%B %%H %%I %%M "
                       "%%S %%L %%p %%a %%A",
                       *pattern));
    return true;
}

/* A column as numbers, texts or truths; an error when no value is a number that should be one. */
static void parse_plain(jb_vl_reader *r, jb_vl_table *t, int column, const jb_node *n) {
    unsigned there = 0, bad = 0;
    const char *first = "";
    for (unsigned k = 0; k < t->rows; k++) {
        jb_vl_cell was = t->cells[column][k], is = parsed_cell(r, n->text, was);
        t->cells[column][k] = is;
        there += was.kind != JB_VL_MISSING;
        if (was.kind != JB_VL_MISSING && is.kind == JB_VL_MISSING && !bad++)
            first = jb_vl_cell_string(r->arena, was);
    }
    if (!bad) return;
    if (bad == there) {
        jb_vl_failed(r, jb_fail(r->ctx, n->pos, "no value of “%s” is a number; the first is “%s”",
                                t->names[column], first));
        return;
    }
    char *text = g_strdup_printf("%u of %u values of “%s” are no numbers and are left out; the first is “%s”",
                                 bad, there, t->names[column], first);
    jb_vl_note(r, n->pos, text);
    g_free(text);
}

/* format: {parse: {FIELD: number | string | boolean | date | date:'…'}}. */
static jb_vl_table *parse_fields(jb_vl_reader *r, jb_vl_table *t, const jb_node *data) {
    const jb_node *parse = jb_node_get(jb_node_get(data, "format"), "parse");
    jb_vl_host host = jb_vl_host_of(r);
    for (unsigned i = 0; t && parse && parse->kind == JB_NODE_MAP && i < parse->count && r->status == JB_OK;
         i++) {
        const jb_node *n = parse->items[i];
        const char *how = n->kind == JB_NODE_SCALAR ? n->text : "", *pattern;
        int column = jb_vl_field(r->ctx, t, parse->keys[i], parse->key_pos[i]);
        if (column < 0)
            r->status = JB_INPUT;
        else if (!strcmp(how, "number") || !strcmp(how, "string") || !strcmp(how, "boolean"))
            parse_plain(r, t, column, n);
        else if (n->kind == JB_NODE_SCALAR && date_pattern(r, n, &pattern) && r->status == JB_OK)
            jb_vl_failed(r, jb_vl_dates(r->ctx, t, column, column, pattern, n->pos, &host));
        else if (r->status == JB_OK)
            jb_vl_failed(r,
                         jb_fail(r->ctx, n->pos, "parse is number, string, boolean, date or date:'FORMAT'"));
    }
    return t;
}

jb_vl_table *jb_vl_load(jb_vl_reader *r, const jb_node *data, jb_pos pos) {
    const jb_node *values = jb_node_get(data, "values"), *url = jb_node_get(data, "url"),
                  *name = jb_node_get(data, "name");
    jb_vl_table *t = NULL;
    if (!data && jb_store_count(r->store) == 1) return named(r, jb_store_nth(r->store, 0)->id, pos);
    if (!data) {
        jb_vl_failed(
            r,
            jb_fail(
                r->ctx, pos,
                "the view does not say which data it draws: data: NAME, {name: …}, {url: …} or {values: …}"));
        return NULL;
    }
    if (data->kind == JB_NODE_SCALAR) return named(r, data->text, data->pos);
    jb_vl_failed(r, jb_vl_check(r->ctx, data, JB_VL_MAP_DATA));
    jb_vl_failed(r, jb_vl_check(r->ctx, jb_node_get(data, "format"), JB_VL_MAP_FORMAT));
    if (r->status != JB_OK) return NULL;
    if (values) {
        jb_vl_failed(r, jb_vl_table_from_values(r->ctx, r->arena, values, &t));
        return parse_fields(r, t, data);
    }
    if (url) return parse_fields(r, from_file(r, url), data);
    if (name && name->kind == JB_NODE_SCALAR) return parse_fields(r, named(r, name->text, name->pos), data);
    jb_vl_failed(r, jb_fail(r->ctx, data->pos, "data needs name:, url: or values:"));
    return NULL;
}
