/* Chart specifications: the short form (docs/charts.md). */
#include "charts/spec.h"

#include <string.h>
#include "base/limits.h"
#include "charts/composite.h"

typedef struct reader {
    jb_context *ctx;
    jb_arena *arena;
    jb_spec *spec;
    jb_status status;
} reader;

static void failed(reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static const char *text(reader *r, const char *key, jb_pos *pos) {
    const jb_node *node = jb_node_get(r->spec->node, key);
    const char *value = NULL;
    if (!node || jb_node_is_null(node)) return NULL;
    if (pos) *pos = node->pos;
    failed(r, jb_node_string(r->ctx, node, &value));
    return value && *value ? value : NULL;
}

/* One of a list of words; the index, or 0 when the key is not there. */
static unsigned choice(reader *r, const jb_node *node, const char *what, const char *const *words,
                       unsigned count) {
    if (!node) return 0;
    for (unsigned i = 0; i < count; i++)
        if (node->kind == JB_NODE_SCALAR && !strcmp(node->text, words[i])) return i;
    GString *near = g_string_new(NULL);
    const char *said = node->kind == JB_NODE_SCALAR ? node->text : "…";
    jb_suggest(near, said, words, count);
    failed(r, jb_fail(r->ctx, node->pos, "%s “%s” is not supported%s", what, said, near->str));
    g_string_free(near, TRUE);
    return 0;
}

/* bar, line, or {type: bar}. */
static jb_mark read_mark(reader *r, const jb_node *node) {
    static const char *const keys[] = {"type"};
    if (node && node->kind == JB_NODE_MAP) {
        failed(r, jb_node_check_keys(r->ctx, node, "mark property", keys, 1));
        const jb_node *type = jb_node_get(node, "type");
        if (!type) failed(r, jb_fail(r->ctx, node->pos, "the mark has no type"));
        node = type;
    }
    return (jb_mark)choice(r, node, "mark", jb_mark_names, JB_MARKS);
}

static void add_y(reader *r, jb_mark mark, const jb_node *node) {
    const char *column = NULL;
    failed(r, jb_node_string(r->ctx, node, &column));
    if (!column) return;
    if (r->spec->y_count >= JB_LIMIT_SERIES) {
        failed(r, jb_fail(r->ctx, node->pos, "more than the limit of %d series", JB_LIMIT_SERIES));
        return;
    }
    r->spec->y[r->spec->y_count++] = (jb_spec_y){.mark = mark, .column = column, .pos = node->pos};
}

static void read_y(reader *r, jb_mark mark, const jb_node *node) {
    if (!node) return;
    if (node->kind != JB_NODE_LIST) {
        add_y(r, mark, node);
        return;
    }
    for (unsigned i = 0; i < node->count; i++) add_y(r, mark, node->items[i]);
}

/* The series from `first` on are those of one item. */
static void read_side(reader *r, const jb_node *axis, unsigned first) {
    static const char *const sides[] = {"left", "right"};
    bool right = choice(r, axis, "axis", sides, 2) == 1;
    for (unsigned i = first; i < r->spec->y_count; i++) r->spec->y[i].right = right;
}

static void check_sides(reader *r, const jb_node *layer) {
    for (unsigned i = 0; i < r->spec->y_count; i++)
        if (!r->spec->y[i].right) return;
    if (r->spec->y_count && r->status == JB_OK)
        failed(r, jb_fail(r->ctx, layer->pos,
                          "all layers say axis: right; one of them must stand on the left axis"));
}

static void read_layer(reader *r, const jb_node *layer) {
    static const char *const keys[] = {"mark", "y", "axis"};
    if (layer->kind != JB_NODE_LIST) {
        failed(r, jb_fail(r->ctx, layer->pos, "layer must be a list of {mark: …, y: …}"));
        return;
    }
    for (unsigned i = 0; i < layer->count; i++) {
        const jb_node *one = layer->items[i];
        failed(r, jb_node_check_keys(r->ctx, one, "layer property", keys, G_N_ELEMENTS(keys)));
        if (!jb_node_get(one, "y"))
            failed(r, jb_fail(r->ctx, one->pos, "the layer does not say which columns it draws: y: COLUMN"));
        jb_mark mark = read_mark(r, jb_node_get(one, "mark"));
        unsigned first = r->spec->y_count;
        if (jb_mark_is_composite(mark))
            failed(r, jb_fail(r->ctx, one->pos, "a layer is of bars or lines; mark %s stands alone",
                              jb_composite_name(mark)));
        read_y(r, mark, jb_node_get(one, "y"));
        read_side(r, jb_node_get(one, "axis"), first);
    }
    check_sides(r, layer);
}

static void read_marks(reader *r) {
    const jb_node *node = r->spec->node, *layer = jb_node_get(node, "layer"), *y = jb_node_get(node, "y");
    jb_mark mark = read_mark(r, jb_node_get(node, "mark"));
    r->spec->y = JB_ARRAY(r->arena, jb_spec_y, JB_LIMIT_SERIES);
    r->spec->mark = mark;
    if (layer && (y || jb_node_get(node, "mark")))
        failed(r, jb_fail(r->ctx, layer->pos, "a chart has either layer: or mark: and y:"));
    else if (layer)
        read_layer(r, layer);
    else
        read_y(r, mark, y);
}

static double size(reader *r, const char *key) {
    const jb_node *node = jb_node_get(r->spec->node, key);
    double value = 0;
    if (!node) return 0;
    failed(r, jb_node_number(r->ctx, node, &value));
    if (r->status == JB_OK && !(value >= 40 && value <= 10000))
        failed(r, jb_fail(r->ctx, node->pos, "%s must be from 40 to 10000 pt", key));
    return value;
}

static void read_choices(reader *r) {
    static const char *const orients[] = {"auto", "horizontal", "vertical"};
    static const char *const sorts[] = {"none", "ascending", "descending"};
    static const char *const values[] = {"plan", "rate"};
    static const char *const units[] = {"auto", "none", "万", "亿", "万亿"};
    static const int powers[] = {JB_LABEL_AUTO, 0, 4, 8, 12};
    const jb_node *node = r->spec->node, *zero = jb_node_get(node, "zero"),
                  *patterns = jb_node_get(node, "patterns");
    r->spec->orient = (jb_orient)choice(r, jb_node_get(node, "orient"), "orient", orients, 3);
    r->spec->sort = (jb_sort)choice(r, jb_node_get(node, "sort"), "sort", sorts, 3);
    r->spec->rate = choice(r, jb_node_get(node, "values"), "values", values, 2) == 1;
    r->spec->zero = true;
    if (zero) failed(r, jb_node_bool(r->ctx, zero, &r->spec->zero));
    if (patterns) failed(r, jb_node_bool(r->ctx, patterns, &r->spec->patterns));
    r->spec->label_power = powers[choice(r, jb_node_get(node, "label_unit"), "label_unit", units, 5)];
}

static bool draws(const jb_spec *s, jb_mark mark) {
    if (s->rate) return s->mark == mark;
    for (unsigned i = 0; i < s->y_count; i++)
        if (s->y[i].mark == mark) return true;
    return false;
}

/* On one axis, so that they have none. */
static bool only_bars(const jb_spec *s) {
    for (unsigned i = 0; i < s->y_count; i++)
        if (s->y[i].mark != JB_MARK_BAR || s->y[i].right) return false;
    return s->mark == JB_MARK_BAR;
}

/* What the marks that are drawn have no use for is refused, not passed over. */
static void check_properties(reader *r) {
    const jb_spec *s = r->spec;
    const jb_node *zero = jb_node_get(s->node, "zero"), *orient = jb_node_get(s->node, "orient"),
                  *height = jb_node_get(s->node, "height"), *patterns = jb_node_get(s->node, "patterns");
    bool bars = draws(s, JB_MARK_BAR);
    const jb_node *label_unit = jb_node_get(s->node, "label_unit");
    if (label_unit && s->orient != JB_ORIENT_VERTICAL && only_bars(s))
        failed(
            r,
            jb_fail(r->ctx, label_unit->pos,
                    "bars carry their figures and have no value axis, so that label_unit is of no use; leave "
                    "it out"));
    if (patterns && !bars)
        failed(r, jb_fail(r->ctx, patterns->pos,
                          "mark line takes no patterns: lines differ by their points; leave it out"));
    if (zero && bars)
        failed(r,
               jb_fail(r->ctx, zero->pos, "mark bar takes no zero: bars always begin at zero; leave it out"));
    if (orient && !bars)
        failed(r, jb_fail(r->ctx, orient->pos, "mark line takes no orient: lines run across; leave it out"));
    if (height && s->orient == JB_ORIENT_HORIZONTAL)
        failed(r, jb_fail(r->ctx, height->pos,
                          "lying bars take no height: they are as high as their rows; leave it out"));
}

static void check(reader *r) {
    const jb_spec *s = r->spec;
    const jb_node *y = jb_node_get(s->node, "y"), *layer = jb_node_get(s->node, "layer");
    if (r->status != JB_OK) return;
    if (!s->x)
        failed(r, jb_fail(r->ctx, s->node->pos,
                          "the chart does not say which column names its categories: x: COLUMN"));
    if (!s->y_count && !s->rate)
        failed(r, jb_fail(r->ctx, s->node->pos, "the chart does not say which columns it draws: y: COLUMN"));
    if (s->rate && y)
        failed(r, jb_fail(r->ctx, y->pos, "values: rate is worked out from plan and actual; leave y: out"));
    if (s->rate && layer)
        failed(r,
               jb_fail(r->ctx, layer->pos,
                       "values: rate is one series of bars or, with mark: line, one line; leave layer: out"));
    if (s->highlight && layer)
        failed(r, jb_fail(r->ctx, s->highlight_pos,
                          "highlight is for bars or lines alone, not for layers; leave it out"));
    if (r->status == JB_OK) check_properties(r);
}

jb_status jb_spec_read(jb_context *ctx, jb_arena *arena, const jb_node *node, jb_spec *spec) {
    size_t known_count;
    const char *const *known = jb_composite_known(&known_count);
    reader r = {ctx, arena, spec, JB_OK};
    memset(spec, 0, sizeof *spec);
    spec->node = node;
    if (jb_node_get(node, "axis"))
        return jb_fail(ctx, jb_node_get(node, "axis")->pos,
                       "axis: belongs to an item of layer:, a chart without layers has one value axis");
    failed(&r, jb_node_check_keys(ctx, node, "chart property", known, known_count));
    spec->data = text(&r, "data", &spec->data_pos);
    spec->x = text(&r, "x", &spec->x_pos);
    spec->where = text(&r, "where", &spec->where_pos);
    spec->unit = text(&r, "unit", NULL);
    spec->title = text(&r, "title", NULL);
    spec->headline = text(&r, "headline", NULL);
    spec->subtitle = text(&r, "subtitle", NULL);
    spec->highlight = text(&r, "highlight", &spec->highlight_pos);
    spec->note = text(&r, "note", NULL);
    spec->source = text(&r, "source", NULL);
    spec->width = size(&r, "width");
    spec->height = size(&r, "height");
    read_marks(&r);
    read_choices(&r);
    if (r.status == JB_OK) failed(&r, jb_composite_read(ctx, arena, spec));
    if (!jb_mark_is_composite(spec->mark)) check(&r);
    return r.status;
}
