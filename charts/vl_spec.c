/* From a specification to a tree of views. What may be said is in vl_keys.c; all else is an error with its
 * place. */
#include "base/limits.h"
#include "charts/vl.h"
#include "charts/vl_time.h"

enum { MOST_UNITS = 200 };

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static bool check(jb_vl_reader *r, const jb_node *node, jb_vl_map kind) {
    jb_status status = jb_vl_check(r->ctx, node, kind);
    failed(r, status);
    return status == JB_OK;
}

static bool is_scalar(const jb_node *n, const char *text) {
    return n && n->kind == JB_NODE_SCALAR && !strcmp(n->text, text);
}

bool jb_vl_is(const jb_node *node) {
    static const char *const words[] = {"encoding", "hconcat",   "vconcat", "concat",   "facet",
                                        "repeat",   "transform", "spec",    "datasets", "$schema"};
    const jb_node *layer = jb_node_get(node, "layer"), *data = jb_node_get(node, "data");
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (jb_node_get(node, words[i])) return true;
    for (unsigned i = 0; layer && layer->kind == JB_NODE_LIST && i < layer->count; i++)
        if (jb_node_get(layer->items[i], "encoding") || jb_node_get(layer->items[i], "layer")) return true;
    return data && data->kind == JB_NODE_MAP;
}

/* ---- views ---- */

static jb_vl_view *read_view(jb_vl_reader *r, const jb_node *node, const jb_node *encoding,
                             jb_vl_view *parent, unsigned depth);

static jb_vl_view *view_new(jb_vl_reader *r, const jb_node *node, jb_vl_shape shape, jb_vl_view *parent) {
    jb_vl_view *v = JB_NEW(r->arena, jb_vl_view);
    v->shape = shape;
    v->node = node;
    v->parent = parent;
    v->gap_x = v->gap_y = -1;
    return v;
}

static void read_size(jb_vl_reader *r, const jb_node *node, const char *key, double *size, double *step) {
    const jb_node *n = jb_node_get(node, key), *by = jb_node_get(n, "step");
    static const char *const keys[] = {"step", "for"};
    double *to = n && n->kind == JB_NODE_MAP ? step : size;
    if (!n || is_scalar(n, "container") || r->status != JB_OK) return;
    failed(r, jb_node_check_keys(r->ctx, n, "size property", keys, 1));
    failed(r, jb_node_number(r->ctx, by ? by : n, to));
    if (r->status == JB_OK && !(*to >= 1 && *to <= 10000))
        failed(r, jb_fail(r->ctx, n->pos, "%s must be from 1 to 10000 pt", key));
}

/* What config.view says of plots that do not say it themselves. */
static void default_size(const jb_vl_reader *r, jb_vl_view *v, const jb_vl_unit *u) {
    const struct {
        int channel;
        const char *all, *continuous, *discrete;
        double *size, *step;
    } ways[] = {{JB_VL_X, "width", "continuousWidth", "discreteWidth", &v->width, &v->step_x},
                {JB_VL_Y, "height", "continuousHeight", "discreteHeight", &v->height, &v->step_y}};
    const jb_node *view = jb_node_get(r->config, "view");
    for (size_t i = 0; view && i < 2; i++) {
        const jb_vl_def *d = &u->def[ways[i].channel];
        jb_vl_cell step = jb_vl_cell_of_node(jb_node_get(jb_node_get(view, ways[i].discrete), "step"));
        if (*ways[i].size > 0 || *ways[i].step > 0) continue;
        if (d->node && jb_vl_discrete(d)) {
            if (step.kind == JB_VL_NUMBER) *ways[i].step = step.number;
            if (*ways[i].step > 0 || jb_vl_config_number(r, "view", "step", ways[i].step) ||
                jb_vl_config_number(r, "view", ways[i].discrete, ways[i].size))
                continue;
        } else if (jb_vl_config_number(r, "view", ways[i].continuous, ways[i].size))
            continue;
        jb_vl_config_number(r, "view", ways[i].all, ways[i].size);
    }
}

static jb_vl_view *read_unit(jb_vl_reader *r, const jb_node *node, const jb_node *encoding,
                             jb_vl_view *parent) {
    jb_vl_view *v = view_new(r, node, JB_VL_UNIT, parent);
    check(r, node, JB_VL_MAP_UNIT);
    if (++r->units > MOST_UNITS)
        failed(r, jb_fail(r->ctx, node->pos, "more than the limit of %d views", MOST_UNITS));
    v->unit = jb_vl_unit_read(r, node, encoding);
    read_size(r, node, "width", &v->width, &v->step_x);
    read_size(r, node, "height", &v->height, &v->step_y);
    if (r->status == JB_OK) default_size(r, v, v->unit);
    return v;
}

/* `spacing:` of rows of views: pt, or {row, column}. */
static void read_spacing(jb_vl_reader *r, jb_vl_view *v, const jb_node *node, const char *section) {
    static const char *const keys[] = {"row", "column"};
    const jb_node *n = jb_node_get(node, "spacing");
    if (!n) n = jb_node_get(jb_node_get(r->config, section), "spacing");
    if (!n || r->status != JB_OK) return;
    failed(r, jb_node_check_keys(r->ctx, n, "spacing property", keys, 2));
    const jb_node *x = n->kind == JB_NODE_MAP ? jb_node_get(n, "column") : n,
                  *y = n->kind == JB_NODE_MAP ? jb_node_get(n, "row") : n;
    if (x) failed(r, jb_node_number(r->ctx, x, &v->gap_x));
    if (y) failed(r, jb_node_number(r->ctx, y, &v->gap_y));
    if (r->status == JB_OK && (v->gap_x > 1000 || v->gap_y > 1000))
        failed(r, jb_fail(r->ctx, n->pos, "spacing is from 0 to 1000 pt"));
}

/* A unit with row, column or facet channels stands in a view that parts it. */
static jb_vl_view *wrap_facets(jb_vl_reader *r, jb_vl_view *unit, jb_vl_view *parent) {
    jb_vl_def *def = unit->unit->def;
    if (!def[JB_VL_ROW].node && !def[JB_VL_COLUMN].node && !def[JB_VL_FACET].node) return unit;
    jb_vl_view *v = view_new(r, NULL, JB_VL_FACETED, parent);
    v->row = def[JB_VL_ROW];
    v->column = def[JB_VL_COLUMN];
    v->wrap = def[JB_VL_FACET];
    for (int c = JB_VL_ROW; c <= JB_VL_FACET; c++)
        if (def[c].node) read_spacing(r, v, def[c].node, "facet");
    jb_vl_cell columns = jb_vl_cell_of_node(jb_node_get(v->wrap.node, "columns"));
    v->columns = columns.kind == JB_VL_NUMBER && columns.number >= 1 ? (unsigned)MIN(columns.number, 100) : 0;
    v->child = JB_ARRAY(r->arena, jb_vl_view *, 1);
    v->child[v->count++] = unit;
    unit->parent = v;
    return v;
}

static void read_children(jb_vl_reader *r, jb_vl_view *v, const jb_node *list, const jb_node *encoding,
                          unsigned depth) {
    if (list->kind != JB_NODE_LIST || !list->count) {
        failed(r, jb_fail(r->ctx, list->pos, "a list of views is needed here"));
        return;
    }
    v->child = JB_ARRAY(r->arena, jb_vl_view *, list->count);
    for (unsigned i = 0; i < list->count && r->status == JB_OK; i++)
        v->child[v->count++] = read_view(r, list->items[i], encoding, v, depth + 1);
}

static jb_vl_view *read_concat(jb_vl_reader *r, const jb_node *node, const jb_node *list, unsigned columns,
                               jb_vl_view *parent, unsigned depth) {
    jb_vl_view *v = view_new(r, node, JB_VL_CONCAT, parent);
    check(r, node, JB_VL_MAP_CONCAT);
    read_spacing(r, v, node, "concat");
    v->columns = columns ? columns : list->kind == JB_NODE_LIST ? MAX(list->count, 1) : 1;
    read_children(r, v, list, NULL, depth);
    return v;
}

static jb_vl_view *read_facet(jb_vl_reader *r, const jb_node *node, jb_vl_view *parent, unsigned depth) {
    static const char *const keys[] = {"row", "column"};
    const jb_node *facet = jb_node_get(node, "facet"), *spec = jb_node_get(node, "spec"),
                  *row = jb_node_get(facet, "row"), *column = jb_node_get(facet, "column");
    jb_vl_view *v = view_new(r, node, JB_VL_FACETED, parent);
    jb_vl_cell columns = jb_vl_cell_of_node(jb_node_get(node, "columns"));
    check(r, node, JB_VL_MAP_FACET);
    read_spacing(r, v, node, "facet");
    v->columns = columns.kind == JB_VL_NUMBER && columns.number >= 1 ? (unsigned)MIN(columns.number, 100) : 0;
    if (row || column) failed(r, jb_node_check_keys(r->ctx, facet, "facet property", keys, 2));
    if (row) jb_vl_def_read(r, &v->row, row, JB_VL_ROW);
    if (column) jb_vl_def_read(r, &v->column, column, JB_VL_COLUMN);
    if (!row && !column) jb_vl_def_read(r, &v->wrap, facet, JB_VL_FACET);
    v->child = JB_ARRAY(r->arena, jb_vl_view *, 1);
    if (!spec) {
        failed(r, jb_fail(r->ctx, node->pos, "facet needs spec:, the view that is repeated"));
        return v;
    }
    v->child[v->count++] = read_view(r, spec, NULL, v, depth + 1);
    if (r->status == JB_OK && v->child[0]->shape != JB_VL_UNIT && v->child[0]->shape != JB_VL_LAYER)
        failed(r, jb_fail(r->ctx, spec->pos, "a facet holds one view or layers"));
    return v;
}

/* The specification with `field: {repeat: KEY}` replaced by a name. */
static const jb_node *substitute(jb_vl_reader *r, const jb_node *n, const char *key, const jb_node *name) {
    if (n->kind == JB_NODE_MAP && n->count == 1 && is_scalar(jb_node_get(n, "repeat"), key)) return name;
    if (n->kind == JB_NODE_SCALAR) return n;
    jb_node *copy = JB_NEW(r->arena, jb_node);
    *copy = *n;
    copy->items = JB_ARRAY(r->arena, jb_node *, n->count + 1);
    for (unsigned i = 0; i < n->count; i++)
        copy->items[i] = (jb_node *)(void *)substitute(r, n->items[i], key, name);
    return copy;
}

static bool is_names(jb_vl_reader *r, const jb_node *list) {
    bool good = !list || (list->kind == JB_NODE_LIST && list->count && list->count <= 50);
    for (unsigned i = 0; good && list && i < list->count; i++) good = list->items[i]->kind == JB_NODE_SCALAR;
    if (!good) failed(r, jb_fail(r->ctx, list->pos, "repeat takes a list of 1 to 50 fields"));
    return good;
}

static jb_vl_view *read_repeat(jb_vl_reader *r, const jb_node *node, jb_vl_view *parent, unsigned depth) {
    static const char *const keys[] = {"row", "column", "layer"};
    const jb_node *repeat = jb_node_get(node, "repeat"), *spec = jb_node_get(node, "spec");
    bool map = repeat->kind == JB_NODE_MAP;
    const jb_node *row = jb_node_get(repeat, "row"), *column = map ? jb_node_get(repeat, "column") : repeat,
                  *layer = jb_node_get(repeat, "layer");
    jb_vl_cell columns = jb_vl_cell_of_node(jb_node_get(node, "columns"));
    if (map) failed(r, jb_node_check_keys(r->ctx, repeat, "repeat property", keys, 3));
    jb_vl_view *v = view_new(r, node, layer ? JB_VL_LAYER : JB_VL_CONCAT, parent);
    check(r, node, JB_VL_MAP_REPEAT);
    read_spacing(r, v, node, "concat");
    if (layer) column = layer;
    if (!spec) failed(r, jb_fail(r->ctx, node->pos, "repeat needs spec:, the view that is repeated"));
    if (layer && row) failed(r, jb_fail(r->ctx, row->pos, "layer does not go with row and column"));
    if (r->status != JB_OK || !is_names(r, row) || !is_names(r, column)) return v;
    unsigned rows = row ? row->count : 1, cells = column ? column->count : 1;
    v->columns =
        !map && columns.kind == JB_VL_NUMBER && columns.number >= 1 ? (unsigned)columns.number : cells;
    v->child = JB_ARRAY(r->arena, jb_vl_view *, (size_t)rows * cells);
    for (unsigned i = 0; i < rows * cells && r->status == JB_OK; i++) {
        const jb_node *one = spec;
        if (row) one = substitute(r, one, "row", row->items[i / cells]);
        if (column)
            one = substitute(r, one, layer ? "layer" : map ? "column" : "repeat", column->items[i % cells]);
        v->child[v->count++] = read_view(r, one, NULL, v, depth + 1);
    }
    return v;
}

static jb_vl_view *read_layer(jb_vl_reader *r, const jb_node *node, const jb_node *encoding,
                              jb_vl_view *parent, unsigned depth) {
    jb_vl_view *v = view_new(r, node, JB_VL_LAYER, parent);
    check(r, node, JB_VL_MAP_LAYER);
    read_size(r, node, "width", &v->width, &v->step_x);
    read_size(r, node, "height", &v->height, &v->step_y);
    read_children(r, v, jb_node_get(node, "layer"), encoding, depth);
    for (unsigned i = 0; i < v->count && r->status == JB_OK; i++)
        if (v->child[i]->shape != JB_VL_UNIT && v->child[i]->shape != JB_VL_LAYER)
            failed(r, jb_fail(r->ctx, node->pos,
                              "a layer holds views and layers, no facets and no rows of views"));
    return v;
}

/* resolve: {scale: {CHANNEL: shared | independent}}, and axis, legend as far as they say the same. */
static void check_resolve(jb_vl_reader *r, const jb_node *node) {
    static const char *const keys[] = {"scale", "axis", "legend"};
    const jb_node *resolve = jb_node_get(node, "resolve");
    failed(r, jb_node_check_keys(r->ctx, resolve, "resolve property", keys, 3));
    for (size_t k = 0; k < 3; k++) {
        const jb_node *part = jb_node_get(resolve, keys[k]), *scale = jb_node_get(resolve, "scale");
        failed(r,
               jb_node_check_keys(r->ctx, part, "channel with a scale", jb_vl_channel_names, JB_VL_SCALED));
        for (unsigned i = 0; part && part->kind == JB_NODE_MAP && i < part->count; i++) {
            const jb_node *said = part->items[i];
            if (!is_scalar(said, "shared") && !is_scalar(said, "independent"))
                failed(r, jb_fail(r->ctx, said->pos, "a scale is shared or independent"));
            else if (k == 2 && is_scalar(said, "independent") &&
                     !jb_vl_says(scale, part->keys[i], "independent"))
                failed(r, jb_fail(r->ctx, said->pos, "one scale has one legend here: say it of the scale"));
        }
    }
}

/* What only the whole specification says. */
static void check_whole(jb_vl_reader *r, const jb_node *node, const jb_vl_view *parent) {
    static const char *const keys[] = {"config", "datasets", "background", "autosize"};
    for (size_t i = 0; parent && i < 4; i++)
        if (jb_node_get(node, keys[i]))
            failed(r, jb_fail(r->ctx, jb_node_get(node, keys[i])->pos,
                              "%s stands at the top of a specification", keys[i]));
}

/* A layer's channels under those of the layers around it: what it says of a field or datum adds to theirs, a
 * value takes their place. */
static const jb_node *share_encoding(jb_vl_reader *r, const jb_node *outer, const jb_node *own) {
    if (!outer || !own || outer->kind != JB_NODE_MAP || own->kind != JB_NODE_MAP) return own ? own : outer;
    jb_node *both = jb_node_merge(r->arena, outer, own);
    for (unsigned i = 0; i < both->count; i++) {
        const jb_node *said = jb_node_get(own, both->keys[i]);
        if (jb_node_get(said, "value")) both->items[i] = (jb_node *)said;
    }
    return both;
}

static jb_vl_view *read_view(jb_vl_reader *r, const jb_node *node, const jb_node *outer, jb_vl_view *parent,
                             unsigned depth) {
    const jb_node *list, *encoding = jb_node_get(node, "encoding");
    if (node->kind != JB_NODE_MAP || depth > JB_LIMIT_BLOCK_DEPTH) {
        failed(r, jb_fail(r->ctx, node->pos, "a view must be a map, %d deep at most", JB_LIMIT_BLOCK_DEPTH));
        return view_new(r, node, JB_VL_CONCAT, parent);
    }
    check_whole(r, node, parent);
    check_resolve(r, node);
    failed(r, jb_vl_check(r->ctx, jb_node_get(node, "view"), JB_VL_MAP_VIEW));
    failed(r, jb_vl_check(r->ctx, jb_node_get(node, "title"), JB_VL_MAP_TITLE));
    failed(r, jb_vl_check(r->ctx, jb_node_get(node, "autosize"), JB_VL_MAP_AUTOSIZE));
    encoding = share_encoding(r, outer, encoding);
    if (r->status != JB_OK) return view_new(r, node, JB_VL_CONCAT, parent);
    if (jb_node_get(node, "layer")) return read_layer(r, node, encoding, parent, depth);
    if ((list = jb_node_get(node, "hconcat"))) return read_concat(r, node, list, 0, parent, depth);
    if ((list = jb_node_get(node, "vconcat"))) return read_concat(r, node, list, 1, parent, depth);
    if ((list = jb_node_get(node, "concat"))) {
        jb_vl_cell columns = jb_vl_cell_of_node(jb_node_get(node, "columns"));
        return read_concat(r, node, list,
                           columns.kind == JB_VL_NUMBER && columns.number >= 1 ? (unsigned)columns.number : 0,
                           parent, depth);
    }
    if (jb_node_get(node, "repeat")) return read_repeat(r, node, parent, depth);
    if (jb_node_get(node, "facet")) return read_facet(r, node, parent, depth);
    if ((list = jb_vl_composite(r, node, encoding)))
        return jb_node_get(list, "facet") ? read_facet(r, list, parent, depth)
                                          : read_layer(r, list, NULL, parent, depth);
    if (r->status != JB_OK) return view_new(r, node, JB_VL_CONCAT, parent);
    return wrap_facets(r, read_unit(r, node, encoding, parent), parent);
}

jb_vl_view *jb_vl_read(jb_vl_reader *r, const jb_node *node) {
    r->datasets = jb_node_get(node, "datasets");
    r->config = jb_node_get(node, "config");
    jb_vl_config_check(r);
    return read_view(r, node, NULL, NULL, 0);
}
