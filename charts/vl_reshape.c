/* Transforms that change the shape of a table: pivot, impute, lookup. */
#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "charts/vl_transform.h"

enum { MOST_FIELDS = 32 };

/* The column of the field that a key names; -1 and an error when there is none. */
static int field_of(jb_context *ctx, const jb_node *node, const char *key, jb_vl_table *t) {
    const jb_node *n = jb_node_get(node, key);
    const char *name = NULL;
    if (!n) return jb_fail(ctx, node->pos, "the transform needs %s:", key), -1;
    if (jb_node_string(ctx, n, &name) != JB_OK) return -1;
    return jb_vl_field(ctx, t, name, n->pos);
}

static bool groups_of(jb_context *ctx, const jb_node *node, jb_vl_table *t, int *columns, unsigned *count) {
    const jb_node *list = jb_node_get(node, "groupby");
    *count = 0;
    if (list && (list->kind != JB_NODE_LIST || list->count > MOST_FIELDS))
        return jb_fail(ctx, list->pos, "groupby takes a list of at most %d fields", MOST_FIELDS) == JB_OK;
    for (unsigned i = 0; list && i < list->count; i++) {
        const char *name = NULL;
        if (jb_node_string(ctx, list->items[i], &name) != JB_OK) return false;
        if ((columns[(*count)++] = jb_vl_field(ctx, t, name, list->items[i]->pos)) < 0) return false;
    }
    return true;
}

/* ---- pivot ---- */

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the new columns in their order, each once. */
static GPtrArray *pivot_names(const jb_vl_table *t, int column) {
    GPtrArray *names = g_ptr_array_new();
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (unsigned r = 0; r < t->rows; r++) {
        const char *name = jb_vl_cell_string(t->arena, jb_vl_table_at(t, r, column));
        if (g_hash_table_add(seen, (gpointer)name)) g_ptr_array_add(names, (gpointer)name);
    }
    g_hash_table_destroy(seen);
    qsort(names->pdata, names->len, sizeof(gpointer), by_text);
    return names;
}

jb_status jb_vl_pivot(jb_context *ctx, const jb_node *node, jb_vl_table **table) {
    jb_vl_table *t = *table, *to = jb_vl_table_new(t->arena);
    int column = field_of(ctx, node, "pivot", t), value = field_of(ctx, node, "value", t),
        by[MOST_FIELDS + 1];
    const jb_node *op_node = jb_node_get(node, "op"), *limit = jb_node_get(node, "limit");
    jb_vl_op op = op_node ? jb_vl_op_parse(ctx, op_node) : JB_VL_SUM;
    double most = 0;
    unsigned n_by;
    if (column < 0 || value < 0 || op == JB_VL_NONE || !groups_of(ctx, node, t, by, &n_by)) return JB_INPUT;
    if (limit && jb_node_number(ctx, limit, &most) != JB_OK) return JB_INPUT;
    GPtrArray *names = pivot_names(t, column);
    if (most >= 1 && names->len > most) g_ptr_array_set_size(names, (int)most);
    if (names->len + n_by > JB_LIMIT_COLUMNS) {
        g_ptr_array_free(names, TRUE);
        return jb_fail(ctx, node->pos, "more than the limit of %d columns", JB_LIMIT_COLUMNS);
    }
    unsigned *group = JB_ARRAY(t->arena, unsigned, t->rows + 1),
             groups = jb_vl_table_group(t, by, n_by, group),
             *rows = JB_ARRAY(t->arena, unsigned, t->rows + 1);
    for (unsigned c = 0; c < n_by; c++) jb_vl_table_column(to, t->names[by[c]]);
    for (unsigned g = 0; g < groups; g++) jb_vl_table_row(to);
    for (unsigned r = t->rows; r-- > 0;)
        for (unsigned c = 0; c < n_by; c++) to->cells[c][group[r]] = jb_vl_table_at(t, r, by[c]);
    for (guint i = 0; i < names->len; i++) {
        unsigned made = jb_vl_table_column(to, names->pdata[i]);
        for (unsigned g = 0; g < groups; g++) {
            unsigned n = 0;
            for (unsigned r = 0; r < t->rows; r++)
                if (group[r] == g &&
                    !strcmp(jb_vl_cell_string(t->arena, jb_vl_table_at(t, r, column)), names->pdata[i]))
                    rows[n++] = r;
            to->cells[made][g] = jb_vl_aggregate(t, op, value, rows, n);
        }
    }
    g_ptr_array_free(names, TRUE);
    *table = to;
    return JB_OK;
}

/* ---- impute ---- */

static jb_status read_method(jb_context *ctx, const jb_node *node, jb_vl_op *op) {
    static const struct {
        const char *name;
        jb_vl_op op;
    } methods[] = {{"value", JB_VL_NONE},
                   {"mean", JB_VL_MEAN},
                   {"median", JB_VL_MEDIAN},
                   {"min", JB_VL_MIN},
                   {"max", JB_VL_MAX}};
    const jb_node *n = jb_node_get(node, "method");
    *op = JB_VL_NONE;
    if (!n) return JB_OK;
    for (size_t i = 0; n->kind == JB_NODE_SCALAR && i < G_N_ELEMENTS(methods); i++)
        if (!strcmp(n->text, methods[i].name)) return *op = methods[i].op, JB_OK;
    return jb_fail(ctx, n->pos, "method is value, mean, median, min or max");
}

/* Every group gets a row for every key; what is missing there is filled. New rows stand behind the others. */
jb_status jb_vl_impute(jb_context *ctx, const jb_node *node, jb_vl_table **table) {
    jb_vl_table *t = *table;
    int column = field_of(ctx, node, "impute", t), key = field_of(ctx, node, "key", t), by[MOST_FIELDS + 1];
    unsigned n_by, rows = t->rows;
    jb_vl_op op;
    jb_vl_cell fill = jb_vl_cell_of_node(jb_node_get(node, "value"));
    if (column < 0 || key < 0 || !groups_of(ctx, node, t, by, &n_by) || read_method(ctx, node, &op) != JB_OK)
        return JB_INPUT;
    if (jb_node_get(node, "keyvals"))
        return jb_fail(ctx, jb_node_get(node, "keyvals")->pos,
                       "keyvals is not supported: keys are those of the data");
    unsigned *group = JB_ARRAY(t->arena, unsigned, rows + 1), groups = jb_vl_table_group(t, by, n_by, group),
             *of = JB_ARRAY(t->arena, unsigned, rows + 1), keys = jb_vl_table_group(t, &key, 1, of),
             *some = JB_ARRAY(t->arena, unsigned, rows + 1),
             *first_key = JB_ARRAY(t->arena, unsigned, rows + 1);
    if (keys && groups > JB_LIMIT_CELLS / keys / MAX(t->columns, 1))
        return jb_fail(ctx, node->pos, "more than the limit of %zu cells", JB_LIMIT_CELLS);
    for (unsigned r = rows; r-- > 0;) first_key[of[r]] = r;
    for (unsigned g = 0; g < groups; g++) {
        bool *seen = g_new0(bool, keys + 1);
        unsigned n = 0;
        for (unsigned r = 0; r < rows; r++)
            if (group[r] == g) some[n++] = r, seen[of[r]] = true;
        jb_vl_cell value = op == JB_VL_NONE ? fill : jb_vl_aggregate(t, op, column, some, n);
        for (unsigned i = 0; i < n; i++)
            if (t->cells[column][some[i]].kind == JB_VL_MISSING) t->cells[column][some[i]] = value;
        for (unsigned k = 0; k < keys; k++) {
            if (seen[k]) continue;
            unsigned at = jb_vl_table_row(t);
            for (unsigned c = 0; c < n_by; c++) t->cells[by[c]][at] = t->cells[by[c]][some[0]];
            t->cells[key][at] = t->cells[key][first_key[k]];
            t->cells[column][at] = value;
        }
        g_free(seen);
    }
    return JB_OK;
}

/* ---- lookup ---- */

/* Puts fields of the first row of `from` whose key is the same behind each row. */
jb_status jb_vl_lookup(jb_context *ctx, const jb_node *node, jb_vl_table *t, jb_vl_table *from) {
    const jb_node *side = jb_node_get(node, "from"), *list = jb_node_get(side, "fields"),
                  *as = jb_node_get(node, "as");
    int column = field_of(ctx, node, "lookup", t), key = field_of(ctx, side, "key", from);
    jb_vl_cell none = jb_vl_cell_of_node(jb_node_get(node, "default"));
    if (column < 0 || key < 0) return JB_INPUT;
    if (!list || list->kind != JB_NODE_LIST)
        return jb_fail(ctx, side->pos, "from needs fields: the list of what is taken over");
    if (as && (as->kind != JB_NODE_LIST || as->count != list->count))
        return jb_fail(ctx, as->pos, "as takes a list of as many names as from has fields");
    unsigned rows = from->rows, *group = JB_ARRAY(t->arena, unsigned, rows + t->rows + 1),
             *first = JB_ARRAY(t->arena, unsigned, rows + t->rows + 1);
    jb_vl_table *both = jb_vl_table_new(t->arena); /* keys of both, grouped in one go */
    unsigned only = jb_vl_table_column(both, "key");
    for (unsigned r = 0; r < rows + t->rows; r++) {
        jb_vl_table_row(both);
        both->cells[only][r] = r < rows ? jb_vl_table_at(from, r, key) : jb_vl_table_at(t, r - rows, column);
    }
    int of_key = (int)only;
    jb_vl_table_group(both, &of_key, 1, group);
    for (unsigned r = rows; r-- > 0;) first[group[r]] = r + 1;
    for (unsigned i = 0; i < list->count; i++) {
        const char *name = NULL, *made = NULL;
        if (jb_node_string(ctx, list->items[i], &name) != JB_OK) return JB_INPUT;
        if (as && jb_node_string(ctx, as->items[i], &made) != JB_OK) return JB_INPUT;
        int taken = jb_vl_field(ctx, from, name, list->items[i]->pos);
        if (taken < 0) return JB_INPUT;
        unsigned to = jb_vl_table_column(t, made ? made : name);
        for (unsigned r = 0; r < t->rows; r++) {
            unsigned at = first[group[rows + r]];
            t->cells[to][r] = at ? jb_vl_table_at(from, at - 1, taken) : none;
        }
    }
    return JB_OK;
}
