/* Keys of a `data:` entry that say how its table is taken out of its file. */
#include "input/options.h"

#include <math.h>
#include <string.h>
#include "input/encoding.h"
#include "input/parts.h"

static const char *const keys[] = {"sheet", "range",  "encoding", "path",   "table", "query",  "separator",
                                   "pad",   "hidden", "raw",      "header", "skip",  "columns"};

const char *const *jb_data_option_keys(size_t *count) {
    *count = G_N_ELEMENTS(keys);
    return keys;
}

typedef struct reader {
    jb_context *ctx;
    const jb_node *entry;
    jb_status status; /* the first that is not JB_OK */
} reader;

static void keep(reader *r, jb_status status) {
    if (r->status == JB_OK) r->status = status;
}

/* A text that is not empty; numbers, as of sheets and years, are texts as well. NULL stays when there is
 * none. */
static const jb_node *take_text(reader *r, const char *key, const char **text) {
    const jb_node *node = jb_node_get(r->entry, key);
    if (!node) return NULL;
    jb_status status = jb_node_string(r->ctx, node, text);
    if (status == JB_OK && !**text) status = jb_fail(r->ctx, node->pos, "“%s” is empty", key);
    keep(r, status);
    return status == JB_OK ? node : NULL;
}

static void take_bool(reader *r, const char *key, bool *value) {
    const jb_node *node = jb_node_get(r->entry, key);
    if (node) keep(r, jb_node_bool(r->ctx, node, value));
}

/* A whole number; false when there is none, or after an error. */
static bool take_whole(reader *r, const char *key, unsigned from, unsigned to, unsigned *value) {
    const jb_node *node = jb_node_get(r->entry, key);
    double number = 0;
    if (!node) return false;
    jb_status status = jb_node_number(r->ctx, node, &number);
    if (status == JB_OK && (number < from || number > to || floor(number) != number))
        status = jb_fail(r->ctx, node->pos, "“%s” is a whole number from %u to %u", key, from, to);
    keep(r, status);
    if (status == JB_OK) *value = (unsigned)number;
    return status == JB_OK;
}

/* Not by jb_node_string: a tab in quotes is a text, but trimmed it would be nothing. */
static void take_separator(reader *r, char *separator) {
    static const struct {
        const char *text;
        char separator;
    } known[] = {{",", ','}, {";", ';'}, {"|", '|'}, {"\t", '\t'}, {"\\t", '\t'}, {"tab", '\t'}};
    const jb_node *node = jb_node_get(r->entry, "separator");
    if (!node) return;
    for (size_t i = 0; i < G_N_ELEMENTS(known) && node->kind == JB_NODE_SCALAR; i++)
        if (!strcmp(node->text, known[i].text)) {
            *separator = known[i].separator;
            return;
        }
    keep(r, jb_fail(r->ctx, node->pos, "“separator” is one of “,”, “;”, “|” and tab, in quotes"));
}

static void take_hidden(reader *r, bool *skip) {
    const char *text = NULL;
    const jb_node *node = take_text(r, "hidden", &text);
    if (!node) return;
    *skip = !strcmp(text, "skip");
    if (!*skip && strcmp(text, "keep") != 0)
        keep(r, jb_fail(r->ctx, node->pos, "“hidden” is “skip” or “keep”, not “%s”", text));
}

static void take_columns(reader *r, jb_arena *arena, jb_data_options *options) {
    const jb_node *node = jb_node_get(r->entry, "columns");
    if (!node) return;
    if (node->kind != JB_NODE_LIST || !node->count) {
        keep(r, jb_fail(r->ctx, node->pos, "“columns” is a list of names, as [指标名称, 实际完成]"));
        return;
    }
    const char **names = JB_ARRAY(arena, const char *, node->count);
    for (unsigned i = 0; i < node->count; i++) {
        keep(r, jb_node_string(r->ctx, node->items[i], &names[i]));
        for (unsigned j = 0; r->status == JB_OK && j < i; j++)
            if (!strcmp(names[i], names[j]))
                keep(r, jb_fail(r->ctx, node->items[i]->pos, "column “%s” comes twice", names[i]));
    }
    options->columns = names;
    options->column_count = node->count;
}

static void take_texts(reader *r, jb_data_options *options) {
    take_text(r, "sheet", &options->sheet);
    take_text(r, "range", &options->range);
    take_text(r, "path", &options->path);
    take_text(r, "table", &options->table);
    const jb_node *query = take_text(r, "query", &options->query);
    const jb_node *encoding = take_text(r, "encoding", &options->encoding);
    if (encoding) keep(r, jb_encoding_check(r->ctx, options->encoding, encoding->pos));
    if (query && options->table)
        keep(r, jb_fail(r->ctx, query->pos, "“query” and “table” exclude each other"));
}

jb_status jb_data_options_read(jb_context *ctx, jb_arena *arena, const jb_node *entry,
                               jb_data_options *options) {
    reader r = {ctx, entry, JB_OK};
    unsigned header;
    *options = (jb_data_options){.pos = entry->pos};
    if (entry->kind != JB_NODE_MAP) return JB_OK;
    take_texts(&r, options);
    take_separator(&r, &options->separator);
    take_bool(&r, "pad", &options->pad);
    take_bool(&r, "raw", &options->raw);
    take_hidden(&r, &options->skip_hidden);
    if (take_whole(&r, "header", 1, JB_MOST_HEADER_ROWS, &header)) options->header = (int)header;
    take_whole(&r, "skip", 0, 1000000, &options->skip);
    take_columns(&r, arena, options);
    return r.status;
}
