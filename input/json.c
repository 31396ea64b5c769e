/* JSON records, lists and columns to a grid. */
#include "input/json_private.h"

#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "input/grid_private.h"
#include "input/parts.h"

#define JSON_FLAGS (JSON_REJECT_DUPLICATES | JSON_DECODE_ANY)

/* A key of the records: a column, or a group with columns below. */
typedef struct node node;
struct node {
    char *key;
    GPtrArray *children; /* node, owned, in order of first appearance; NULL for a column */
    GHashTable *index;   /* key to node */
    bool scalar;         /* has held a value */
    unsigned record;     /* last seen in */
    unsigned column, leaves;
};

typedef struct reader {
    jb_context *ctx;
    jb_grid *grid;
    const char *name;
    node *top;
    unsigned nodes, levels, record; /* record: the present one, from 1 */
    bool putting;                   /* second pass: the keys are known */
    GString *text;
} reader;

/* ---- parsing ---- */

/* jansson's messages are cut at 160 bytes and quote the input. */
static void complain(jb_context *ctx, jb_pos pos, const json_error_t *error) {
    char *said = g_utf8_make_valid(error->text, -1);
    switch (json_error_code(error)) {
    case json_error_stack_overflow:
        jb_fail(ctx, pos, "nested deeper than the limit of %d levels", JB_LIMIT_JSON_DEPTH);
        break;
    case json_error_numeric_overflow:
        jb_fail(ctx, pos, "a number that is too large to be read exactly; write it as a text (%s)", said);
        break;
    case json_error_null_character:
    case json_error_null_byte_in_key: jb_fail(ctx, pos, "a text with \\u0000, which no cell can hold"); break;
    default: jb_fail(ctx, pos, "not JSON: %s", said);
    }
    g_free(said);
}

/* The whole text becomes a source for messages only when it is bad: places in a grid of JSON are not those of
 * its text. */
static void add_source(jb_context *ctx, const char *name, const char *text, size_t length) {
    if (length <= JB_LIMIT_SOURCE_BYTES) jb_source_add(ctx, name, text, length);
}

json_t *jb_json_parse(jb_context *ctx, const char *name, const char *text, size_t length) {
    json_error_t error;
    json_t *root = NULL;
    if (length > JB_LIMIT_JSON_BYTES) {
        jb_fail(ctx, jb_pos_file(name), "longer than the limit of %zu bytes for JSON; NDJSON may be longer",
                JB_LIMIT_JSON_BYTES);
    } else if (memchr(text, 0, length)) { /* jansson would take it for the end */
        jb_fail(ctx, jb_pos_file(name), "not JSON: it has a NUL byte");
    } else if (!(root = json_loadb(text, length, JSON_FLAGS, &error))) {
        add_source(ctx, name, text, length);
        complain(ctx, (jb_pos){name, MAX(error.line, 1), MAX(error.column, 0)}, &error);
    }
    return root;
}

bool jb_json_is_lines(const char *text, size_t length) {
    const char *end = text + length, *p = text;
    while (p < end && g_ascii_isspace(*p)) p++;
    const char *stop = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
    if (!stop || (*p != '{' && *p != '[')) return false;
    json_t *first = json_loadb(p, (size_t)(stop - p), JSON_FLAGS, NULL);
    bool whole = first != NULL;
    json_decref(first);
    for (p = stop; p < end && g_ascii_isspace(*p);) p++;
    return whole && p < end && (*p == '{' || *p == '[');
}

/* ---- cells ---- */

static void write_value(GString *out, const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_STRING:
        g_string_append_len(out, json_string_value(value), (gssize)json_string_length(value));
        break;
    case JSON_INTEGER: g_string_append_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value)); break;
    case JSON_REAL: jb_text_shortest(out, json_real_value(value)); break;
    case JSON_TRUE: g_string_append(out, "TRUE"); break;
    case JSON_FALSE: g_string_append(out, "FALSE"); break;
    case JSON_NULL: break;
    case JSON_ARRAY:
    case JSON_OBJECT: {
        char *json = json_dumps(value, JSON_COMPACT);
        g_string_append(out, json ? json : "");
        free(json);
    }
    }
}

static jb_status put(reader *r, unsigned row, unsigned column, const json_t *value) {
    g_string_truncate(r->text, 0);
    write_value(r->text, value);
    if (!r->text->len) return JB_OK;
    return jb_grid_put(r->ctx, r->grid, row, column, r->text->str, r->text->len);
}

static jb_status put_text(reader *r, unsigned row, unsigned column, const char *text) {
    return jb_grid_put(r->ctx, r->grid, row, column, text, strlen(text));
}

/* ---- keys of records ---- */

static node *node_new(const char *key) {
    node *n = g_new0(node, 1);
    n->key = g_strdup(key);
    return n;
}

static void node_free(void *to) {
    node *n = to;
    if (n->children) g_ptr_array_free(n->children, TRUE);
    if (n->index) g_hash_table_destroy(n->index);
    g_free(n->key);
    g_free(n);
}

/* The child with that key; `hint` is where it stands when records are alike. NULL when the limit is hit. */
static node *get_child(reader *r, node *group, const char *key, unsigned hint) {
    if (!group->children) {
        group->children = g_ptr_array_new_with_free_func(node_free);
        group->index = g_hash_table_new(g_str_hash, g_str_equal);
    }
    node *child = hint < group->children->len ? g_ptr_array_index(group->children, hint) : NULL;
    if (child && !strcmp(child->key, key)) return child;
    child = g_hash_table_lookup(group->index, key);
    if (child) return child;
    if (r->nodes++ >= JB_LIMIT_COLUMNS) return NULL;
    child = node_new(key);
    g_ptr_array_add(group->children, child);
    g_hash_table_insert(group->index, child->key, child);
    return child;
}

static jb_pos record_pos(const reader *r) { return (jb_pos){r->name, (int)r->record, 0}; }

static jb_status complain_key(const reader *r, const char *key, const char *what) {
    return jb_fail(r->ctx, record_pos(r), "record %u: “%s” %s", r->record, key, what);
}

/* A value that is no object: notes its key, or puts it. */
static jb_status take_value(reader *r, node *n, const json_t *value) {
    if (json_is_null(value) || (json_is_object(value) && !json_object_size(value))) return JB_OK;
    if (r->putting) return put(r, r->levels + r->record - 1, n->column, value);
    if (n->record == r->record)
        return complain_key(r, n->key, "comes twice, as a key and as keys inside each other");
    if (n->children) return complain_key(r, n->key, "is one value here, an object in records before");
    n->record = r->record;
    n->scalar = true;
    return JB_OK;
}

/* Objects inside each other are groups, down to the last header row; keys below that are joined by points to
 * `prefix`. */
static jb_status take_object(reader *r, node *group, unsigned level, const char *prefix, json_t *object) {
    const char *key;
    json_t *value;
    unsigned hint = 0;
    jb_status status = JB_OK;
    r->levels = r->putting ? r->levels : MAX(r->levels, level);
    json_object_foreach(object, key, value) {
        bool inner = json_is_object(value) && json_object_size(value);
        char *joined = prefix ? g_strconcat(prefix, ".", key, NULL) : NULL;
        const char *name = joined ? joined : key;
        if (inner && level == JB_MOST_HEADER_ROWS) {
            status = take_object(r, group, level, name, value);
        } else {
            node *child = get_child(r, group, name, hint++);
            if (!child)
                status = jb_fail(r->ctx, record_pos(r), "the records have more than the limit of %d keys",
                                 JB_LIMIT_COLUMNS);
            else if (!inner)
                status = take_value(r, child, value);
            else if (child->scalar)
                status = complain_key(r, name, "is an object here, one value in records before");
            else
                status = take_object(r, child, level + 1, NULL, value);
        }
        g_free(joined);
        if (status != JB_OK) return status;
    }
    return JB_OK;
}

/* ---- the header of records ---- */

static unsigned number_columns(node *n, unsigned column) {
    n->column = column;
    n->leaves = n->children ? 0 : 1;
    for (unsigned i = 0; n->children && i < n->children->len; i++)
        n->leaves += number_columns(g_ptr_array_index(n->children, i), column + n->leaves);
    return n->leaves;
}

/* The keys of one level; the children of the top are level 0. */
static jb_status put_header(reader *r, const node *n, unsigned level, unsigned wanted) {
    jb_status status = JB_OK;
    for (unsigned i = 0; n->children && i < n->children->len && status == JB_OK; i++) {
        const node *child = g_ptr_array_index(n->children, i);
        status = level == wanted ? put_text(r, level, child->column, child->key)
                                 : put_header(r, child, level + 1, wanted);
    }
    return status;
}

static jb_status merge_header(reader *r, const node *n, unsigned level) {
    jb_status status = JB_OK;
    for (unsigned i = 0; n->children && i < n->children->len && status == JB_OK; i++) {
        const node *child = g_ptr_array_index(n->children, i);
        unsigned rows = child->children ? 1 : r->levels - level;
        if (rows > 1 || child->leaves > 1)
            status = jb_grid_merge(r->ctx, r->grid, level, child->column, rows, child->leaves);
        if (status == JB_OK) status = merge_header(r, child, level + 1);
    }
    return status;
}

/* ---- the forms ---- */

static jb_status expect(const reader *r, const json_t *item, bool object) {
    if (object ? json_is_object(item) : json_is_array(item)) return JB_OK;
    return jb_fail(r->ctx, record_pos(r), "record %u is no %s as the first is", r->record,
                   object ? "object" : "list");
}

/* Calls `take` for each record, of a list or of lines. */
typedef jb_status take_record(reader *r, json_t *record);

static jb_status each_item(reader *r, json_t *list, take_record *take) {
    jb_status status = JB_OK;
    for (size_t i = 0; i < json_array_size(list) && status == JB_OK; i++) {
        r->record = (unsigned)i + 1;
        json_t *item = json_array_get(list, i);
        if (!json_is_null(item)) status = take(r, item);
    }
    return status;
}

static jb_status each_line(reader *r, const char *text, size_t length, take_record *take) {
    jb_status status = JB_OK;
    int line = 1;
    r->record = 0;
    for (const char *p = text, *end = text + length, *next; p < end && status == JB_OK; p = next, line++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        next = stop ? stop + 1 : end;
        const char *first = p;
        while (first < next && g_ascii_isspace(*first)) first++;
        if (first == next) continue;
        json_error_t error;
        json_t *record = json_loadb(p, (size_t)(next - p), JSON_FLAGS, &error);
        if (!record) {
            add_source(r->ctx, r->name, text, length);
            complain(r->ctx, (jb_pos){r->name, line, MAX(error.column, 0)}, &error);
            return JB_INPUT;
        }
        r->record++;
        status = take(r, record);
        json_decref(record);
    }
    return status;
}

static jb_status take_one_object(reader *r, json_t *record) {
    jb_status status = expect(r, record, true);
    return status == JB_OK ? take_object(r, r->top, 1, NULL, record) : status;
}

static jb_status take_one_list(reader *r, json_t *record) {
    size_t i;
    json_t *value;
    jb_status status = expect(r, record, false);
    unsigned row = r->levels + r->record - 1;
    json_array_foreach(record, i, value) {
        if (status == JB_OK && i >= JB_LIMIT_COLUMNS)
            status = complain_key(r, "list", "is longer than a table may be wide");
        if (status == JB_OK) status = put(r, row, (unsigned)i, value);
    }
    return status;
}

/* Twice through the records: the keys first, since the header stands above all rows. */
static jb_status read_records(reader *r, json_t *list, const char *text, size_t length) {
    jb_status status =
        list ? each_item(r, list, take_one_object) : each_line(r, text, length, take_one_object);
    if (status != JB_OK) return status;
    if (!r->levels || !number_columns(r->top, 0) || !r->top->children)
        return jb_fail(r->ctx, jb_pos_file(r->name), "the records have no keys");
    r->putting = true;
    for (unsigned level = 0; level < r->levels && status == JB_OK; level++)
        status = put_header(r, r->top, 0, level);
    if (status == JB_OK)
        status = list ? each_item(r, list, take_one_object) : each_line(r, text, length, take_one_object);
    if (status == JB_OK) status = merge_header(r, r->top, 0);
    jb_grid_number_records(r->grid, r->levels);
    return status;
}

static jb_status read_lists(reader *r, json_t *list) { return each_item(r, list, take_one_list); }

static jb_status read_split(reader *r, json_t *object) {
    json_t *columns = json_object_get(object, "columns");
    jb_status status = put_text(r, 0, 0, "");
    r->record = 1;
    if (status == JB_OK) status = take_one_list(r, columns);
    r->levels = 1;
    if (status == JB_OK) status = each_item(r, json_object_get(object, "data"), take_one_list);
    jb_grid_number_records(r->grid, 1);
    return status;
}

static jb_status check_columns(const reader *r, json_t *object) {
    const char *key, *first = NULL;
    json_t *list;
    size_t count = 0;
    if (json_object_size(object) > JB_LIMIT_COLUMNS)
        return jb_fail(r->ctx, jb_pos_file(r->name), "there are more than the limit of %d columns",
                       JB_LIMIT_COLUMNS);
    json_object_foreach(object, key, list) {
        if (!first) first = key, count = json_array_size(list);
        if (json_array_size(list) != count)
            return jb_fail(r->ctx, jb_pos_file(r->name), "column “%s” has %zu values, “%s” has %zu", key,
                           json_array_size(list), first, count);
    }
    return JB_OK;
}

static jb_status read_columns(reader *r, json_t *object) {
    const char *key;
    json_t *list = json_object_iter_value(json_object_iter(object));
    unsigned column = 0, count = (unsigned)json_array_size(list);
    jb_status status = check_columns(r, object);
    for (unsigned row = 0; row <= count && status == JB_OK; row++) {
        column = 0;
        json_object_foreach(object, key, list) {
            if (status == JB_OK)
                status =
                    row ? put(r, row, column, json_array_get(list, row - 1)) : put_text(r, 0, column, key);
            column++;
        }
    }
    jb_grid_number_records(r->grid, 1);
    return status;
}

static jb_status read_table(reader *r, json_t *table, const jb_data_options *options) {
    switch (jb_json_form_of(table)) {
    case JB_JSON_RECORDS: return read_records(r, table, NULL, 0);
    case JB_JSON_LISTS: return read_lists(r, table);
    case JB_JSON_COLUMNS: return read_columns(r, table);
    case JB_JSON_SPLIT: return read_split(r, table);
    case JB_JSON_NONE: break;
    }
    if (json_is_array(table) && !json_array_size(table))
        return jb_fail(r->ctx, jb_pos_file(r->name), "the table is empty");
    return jb_fail(r->ctx, options->path ? options->pos : jb_pos_file(r->name),
                   "no table: a list of records or lists, or an object of columns, is expected");
}

static jb_status read_document(reader *r, const char *text, size_t length, const jb_data_options *options) {
    json_t *root = jb_json_parse(r->ctx, r->name, text, length), *table = root;
    if (!root) return JB_INPUT;
    if (options->path)
        table = jb_json_walk(r->ctx, root, options->path,
                             options->pos.file ? options->pos : jb_pos_file(r->name));
    else if (json_is_object(root))
        table = jb_json_find(r->ctx, r->name, root);
    jb_status status = table ? read_table(r, table, options) : JB_INPUT;
    json_decref(root);
    return status;
}

static jb_status read_lines(reader *r, const char *text, size_t length, const jb_data_options *options) {
    const char *p = text;
    if (options->path)
        return jb_fail(r->ctx, options->pos, "“path” leads into a JSON document; this is NDJSON");
    while (p < text + length && g_ascii_isspace(*p)) p++;
    return *p == '[' ? each_line(r, text, length, take_one_list) : read_records(r, NULL, text, length);
}

jb_status jb_json_read(jb_context *ctx, const char *name, const char *text, size_t length, bool lines,
                       const jb_data_options *options, jb_grid **grid) {
    reader r = {.ctx = ctx, .name = name, .top = node_new(""), .text = g_string_new(NULL)};
    *grid = r.grid = jb_grid_new(name);
    r.grid->form = lines ? "NDJSON" : "JSON";
    jb_status status =
        lines ? read_lines(&r, text, length, options) : read_document(&r, text, length, options);
    if (status == JB_OK && !r.grid->rows) status = jb_fail(ctx, jb_pos_file(name), "the table is empty");
    if (status != JB_OK) g_clear_pointer(grid, jb_grid_free);
    node_free(r.top);
    g_string_free(r.text, TRUE);
    return status;
}
