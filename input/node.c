/* YAML to a tree of nodes, over libyaml's events. Places are counted by us from the character index of each
 * mark, because libyaml also ends lines at U+0085, U+2028 and U+2029. */
#include "input/node.h"

#include <string.h>
#include <yaml.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

typedef struct reader {
    jb_context *ctx;
    jb_arena *arena;
    yaml_parser_t parser;
    const char *text;
    size_t length;
    jb_pos origin;
    size_t offset, index; /* where place_at stands: bytes, characters */
    int line, column;     /* the same, from 0 */
    unsigned nodes;
} reader;

static jb_status read_node(reader *r, const yaml_event_t *event, unsigned depth, jb_node **node);

static void step(reader *r) {
    if (r->text[r->offset] == '\n') {
        r->line++;
        r->column = 0;
    } else {
        r->column++;
    }
    r->offset = (size_t)(g_utf8_next_char(r->text + r->offset) - r->text);
    r->index++;
}

static void rewind_place(reader *r) {
    r->offset = r->index = 0;
    r->line = r->column = 0;
}

static jb_pos place_here(const reader *r) {
    int first = r->line == 0 ? MAX(r->origin.column, 1) : 1;
    return (jb_pos){r->origin.file, MAX(r->origin.line, 1) + r->line, first + r->column};
}

/* The place of a character index. Marks come in ascending order, save those of a few errors. */
static jb_pos place_at(reader *r, size_t index) {
    if (index < r->index) rewind_place(r);
    while (r->index < index && r->offset < r->length) step(r);
    return place_here(r);
}

static jb_pos place_of_byte(reader *r, size_t offset) {
    rewind_place(r);
    while (r->offset < offset && r->offset < r->length) step(r);
    return place_here(r);
}

static jb_status malformed(reader *r) {
    const yaml_parser_t *p = &r->parser;
    const char *problem = p->problem ? p->problem : "it cannot be read";
    if (p->error == YAML_READER_ERROR)
        return jb_fail(r->ctx, place_of_byte(r, p->problem_offset), "malformed YAML: %s", problem);
    jb_pos pos = place_at(r, p->problem_mark.index);
    if (p->context) return jb_fail(r->ctx, pos, "malformed YAML: %s (%s)", problem, p->context);
    return jb_fail(r->ctx, pos, "malformed YAML: %s", problem);
}

static jb_status next(reader *r, yaml_event_t *event) {
    return yaml_parser_parse(&r->parser, event) ? JB_OK : malformed(r);
}

static jb_node *new_node(reader *r, jb_node_kind kind, jb_pos pos) {
    jb_node *node = JB_NEW(r->arena, jb_node);
    node->kind = kind;
    node->pos = pos;
    return node;
}

static jb_status check_plain(reader *r, const yaml_char_t *anchor, const yaml_char_t *tag, jb_pos pos) {
    if (anchor) return jb_fail(r->ctx, pos, "anchors are not supported: “&%s”", (const char *)anchor);
    if (tag) return jb_fail(r->ctx, pos, "tags are not supported: “%s”", (const char *)tag);
    return JB_OK;
}

static jb_status read_scalar(reader *r, const yaml_event_t *event, jb_pos pos, jb_node **node) {
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    jb_status status = check_plain(r, event->data.scalar.anchor, event->data.scalar.tag, pos);
    if (status != JB_OK) return status;
    if (memchr(text, 0, length)) return jb_fail(r->ctx, pos, "a text cannot hold the character U+0000");
    *node = new_node(r, JB_NODE_SCALAR, pos);
    (*node)->text = jb_arena_copy(r->arena, text, length);
    (*node)->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return JB_OK;
}

static void *keep(jb_arena *arena, const void *data, size_t size) {
    void *copy = jb_arena_take(arena, size);
    if (size) memcpy(copy, data, size);
    return copy;
}

static jb_status read_items(reader *r, unsigned depth, GPtrArray *items) {
    for (;;) {
        yaml_event_t event;
        jb_node *item = NULL;
        jb_status status = next(r, &event);
        if (status != JB_OK) return status;
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        if (!end) status = read_node(r, &event, depth + 1, &item);
        yaml_event_delete(&event);
        if (end || status != JB_OK) return status;
        g_ptr_array_add(items, item);
    }
}

static jb_status read_list(reader *r, unsigned depth, jb_node *list) {
    GPtrArray *items = g_ptr_array_new();
    jb_status status = read_items(r, depth, items);
    list->count = items->len;
    list->items = keep(r->arena, items->pdata, items->len * sizeof(jb_node *));
    g_ptr_array_free(items, TRUE);
    return status;
}

typedef struct pairs {
    GPtrArray *keys, *values; /* const char *, jb_node * */
    GArray *places;           /* jb_pos of each key */
    GHashTable *seen;         /* looked up only */
} pairs;

static jb_status read_key(reader *r, const yaml_event_t *event, unsigned depth, pairs *p) {
    jb_node *key;
    if (event->type != YAML_SCALAR_EVENT && event->type != YAML_ALIAS_EVENT)
        return jb_fail(r->ctx, place_at(r, event->start_mark.index), "a key must be a text");
    jb_status status = read_node(r, event, depth, &key);
    if (status != JB_OK) return status;
    if (!g_hash_table_add(p->seen, (void *)key->text))
        return jb_fail(r->ctx, key->pos, "the key “%s” comes twice", key->text);
    g_ptr_array_add(p->keys, (void *)key->text);
    g_array_append_val(p->places, key->pos);
    return JB_OK;
}

static jb_status read_value(reader *r, unsigned depth, pairs *p) {
    yaml_event_t event;
    jb_node *value;
    jb_status status = next(r, &event);
    if (status != JB_OK) return status;
    status = read_node(r, &event, depth, &value);
    yaml_event_delete(&event);
    if (status == JB_OK) g_ptr_array_add(p->values, value);
    return status;
}

static jb_status read_pairs(reader *r, unsigned depth, pairs *p) {
    for (;;) {
        yaml_event_t event;
        jb_status status = next(r, &event);
        if (status != JB_OK) return status;
        bool end = event.type == YAML_MAPPING_END_EVENT;
        if (!end) status = read_key(r, &event, depth + 1, p);
        yaml_event_delete(&event);
        if (!end && status == JB_OK) status = read_value(r, depth + 1, p);
        if (end || status != JB_OK) return status;
    }
}

static jb_status read_map(reader *r, unsigned depth, jb_node *map) {
    pairs p = {g_ptr_array_new(), g_ptr_array_new(), g_array_new(FALSE, FALSE, sizeof(jb_pos)),
               g_hash_table_new(g_str_hash, g_str_equal)};
    jb_status status = read_pairs(r, depth, &p);
    map->count = p.values->len;
    map->keys = keep(r->arena, p.keys->pdata, map->count * sizeof(char *));
    map->items = keep(r->arena, p.values->pdata, map->count * sizeof(jb_node *));
    map->key_pos = keep(r->arena, p.places->data, map->count * sizeof(jb_pos));
    g_ptr_array_free(p.keys, TRUE);
    g_ptr_array_free(p.values, TRUE);
    g_array_free(p.places, TRUE);
    g_hash_table_destroy(p.seen);
    return status;
}

/* The node that begins with `event`; the caller deletes the event. */
static jb_status read_node(reader *r, const yaml_event_t *event, unsigned depth, jb_node **node) {
    jb_pos pos = place_at(r, event->start_mark.index);
    jb_status status;
    if (depth > JB_LIMIT_YAML_DEPTH)
        return jb_fail(r->ctx, pos, "nested deeper than %d levels", JB_LIMIT_YAML_DEPTH);
    if (++r->nodes > JB_LIMIT_YAML_NODES)
        return jb_fail(r->ctx, pos, "more than %d values in one YAML text", JB_LIMIT_YAML_NODES);
    switch (event->type) {
    case YAML_SCALAR_EVENT: return read_scalar(r, event, pos, node);
    case YAML_SEQUENCE_START_EVENT:
        status = check_plain(r, event->data.sequence_start.anchor, event->data.sequence_start.tag, pos);
        *node = new_node(r, JB_NODE_LIST, pos);
        return status == JB_OK ? read_list(r, depth, *node) : status;
    case YAML_MAPPING_START_EVENT:
        status = check_plain(r, event->data.mapping_start.anchor, event->data.mapping_start.tag, pos);
        *node = new_node(r, JB_NODE_MAP, pos);
        return status == JB_OK ? read_map(r, depth, *node) : status;
    case YAML_ALIAS_EVENT:
        return jb_fail(r->ctx, pos, "aliases are not supported: “*%s”",
                       (const char *)event->data.alias.anchor);
    default: return jb_fail(r->ctx, pos, "malformed YAML: a value is missing");
    }
}

/* Reads the stream: its start, at most one document, its end. */
static jb_status read_stream(reader *r, jb_node **root) {
    for (;;) {
        yaml_event_t event;
        jb_status status = next(r, &event);
        if (status != JB_OK) return status;
        yaml_event_type_t type = event.type;
        bool mark = type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_END_EVENT;
        if (type == YAML_DOCUMENT_START_EVENT && *root)
            status =
                jb_fail(r->ctx, place_at(r, event.start_mark.index), "only one YAML document can stand here");
        else if (!mark && type != YAML_DOCUMENT_START_EVENT && type != YAML_STREAM_END_EVENT)
            status = read_node(r, &event, 1, root);
        yaml_event_delete(&event);
        if (status != JB_OK || type == YAML_STREAM_END_EVENT) return status;
    }
}

jb_status jb_node_parse(jb_context *ctx, jb_arena *arena, const char *text, size_t length, jb_pos origin,
                        jb_node **root) {
    reader r = {.ctx = ctx, .arena = arena, .text = text, .length = length, .origin = origin};
    *root = NULL;
    if (length > JB_LIMIT_YAML_BYTES)
        return jb_fail(ctx, origin, "a YAML text of more than %zu bytes", JB_LIMIT_YAML_BYTES);
    if (!yaml_parser_initialize(&r.parser)) return jb_fail(ctx, origin, "no memory for YAML");
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, length);
    jb_status status = read_stream(&r, root);
    yaml_parser_delete(&r.parser);
    if (status != JB_OK)
        *root = NULL;
    else if (jb_node_is_null(*root))
        *root = new_node(&r, JB_NODE_MAP, origin);
    return status;
}

jb_status jb_node_load(jb_context *ctx, jb_arena *arena, const char *path, jb_pos pos, jb_node **root) {
    char *text;
    size_t length;
    const char *name;
    *root = NULL;
    jb_status status = jb_file_read_text(ctx, path, JB_LIMIT_YAML_BYTES, pos, &text, &length, &name);
    if (status != JB_OK) return status;
    status = jb_node_parse(ctx, arena, text, length, (jb_pos){name, 1, 1}, root);
    g_free(text);
    return status;
}

static int find_key(const jb_node *map, const char *key) {
    for (unsigned i = 0; map && map->kind == JB_NODE_MAP && i < map->count; i++)
        if (!strcmp(map->keys[i], key)) return (int)i;
    return -1;
}

const jb_node *jb_node_get(const jb_node *map, const char *key) {
    int i = find_key(map, key);
    return i < 0 ? NULL : map->items[i];
}

bool jb_node_is_null(const jb_node *node) {
    if (!node) return true;
    if (node->kind != JB_NODE_SCALAR || node->quoted) return false;
    static const char *const words[] = {"", "~", "null", "Null", "NULL"}; /* YAML 1.2.2, 10.3.2 */
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(node->text, words[i])) return true;
    return false;
}

static jb_status wrong_type(jb_context *ctx, const jb_node *node, const char *wanted) {
    if (!node) return jb_fail(ctx, (jb_pos){0}, "%s is missing", wanted);
    if (node->kind == JB_NODE_LIST) return jb_fail(ctx, node->pos, "%s is needed here, not a list", wanted);
    if (node->kind == JB_NODE_MAP) return jb_fail(ctx, node->pos, "%s is needed here, not a map", wanted);
    if (jb_node_is_null(node)) return jb_fail(ctx, node->pos, "%s is missing here", wanted);
    return jb_fail(ctx, node->pos, "%s is needed here, not “%s”", wanted, node->text);
}

jb_status jb_node_string(jb_context *ctx, const jb_node *node, const char **text) {
    if (jb_node_is_null(node) || node->kind != JB_NODE_SCALAR) return wrong_type(ctx, node, "a text");
    *text = node->text;
    return JB_OK;
}

jb_status jb_node_number(jb_context *ctx, const jb_node *node, double *number) {
    if (!node || node->kind != JB_NODE_SCALAR || node->quoted || !jb_text_double(node->text, number))
        return wrong_type(ctx, node, "a number");
    return JB_OK;
}

jb_status jb_node_bool(jb_context *ctx, const jb_node *node, bool *value) {
    static const char *const words[] = {"false", "False", "FALSE", "true", "True", "TRUE"};
    for (size_t i = 0; node && node->kind == JB_NODE_SCALAR && !node->quoted && i < G_N_ELEMENTS(words); i++)
        if (!strcmp(node->text, words[i])) {
            *value = i >= 3;
            return JB_OK;
        }
    return wrong_type(ctx, node, "true or false");
}

static bool is_known(const char *key, const char *const *known, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(key, known[i])) return true;
    return false;
}

jb_status jb_node_check_keys(jb_context *ctx, const jb_node *map, const char *what, const char *const *known,
                             size_t count) {
    for (unsigned i = 0; map && map->kind == JB_NODE_MAP && i < map->count; i++) {
        if (is_known(map->keys[i], known, count)) continue;
        GString *hint = g_string_new(NULL);
        jb_suggest(hint, map->keys[i], known, count);
        jb_status status = jb_fail(ctx, map->key_pos[i], "unknown %s “%s”%s", what, map->keys[i], hint->str);
        g_string_free(hint, TRUE);
        return status;
    }
    return JB_OK;
}

static void put(jb_node *map, unsigned at, const jb_node *from, unsigned i, jb_node *value) {
    map->keys[at] = from->keys[i];
    map->key_pos[at] = from->key_pos[i];
    map->items[at] = value;
}

/* Marks which keys of `over` are in `base`: found[i] is the index in base, or -1. */
static int *match_keys(const jb_node *base, const jb_node *over) {
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
    int *found = g_new(int, over->count + 1);
    for (unsigned i = 0; i < base->count; i++)
        g_hash_table_insert(index, (void *)base->keys[i], GUINT_TO_POINTER(i + 1));
    for (unsigned i = 0; i < over->count; i++)
        found[i] = GPOINTER_TO_INT(g_hash_table_lookup(index, over->keys[i])) - 1;
    g_hash_table_destroy(index);
    return found;
}

jb_node *jb_node_merge(jb_arena *arena, const jb_node *base, const jb_node *over) {
    if (!base || !over || base->kind != JB_NODE_MAP || over->kind != JB_NODE_MAP)
        return (jb_node *)(over ? over : base);
    unsigned most = base->count + over->count;
    jb_node *map = JB_NEW(arena, jb_node);
    *map = (jb_node){.kind = JB_NODE_MAP, .pos = over->pos, .count = base->count};
    map->keys = JB_ARRAY(arena, const char *, most);
    map->key_pos = JB_ARRAY(arena, jb_pos, most);
    map->items = JB_ARRAY(arena, jb_node *, most);
    for (unsigned i = 0; i < base->count; i++) put(map, i, base, i, base->items[i]);
    int *found = match_keys(base, over);
    for (unsigned i = 0; i < over->count; i++) {
        if (found[i] < 0)
            put(map, map->count++, over, i, over->items[i]);
        else
            put(map, (unsigned)found[i], over, i,
                jb_node_merge(arena, base->items[found[i]], over->items[i]));
    }
    g_free(found);
    return map;
}
