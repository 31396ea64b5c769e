/* From a specification to a tree of views. What may be said is in the tables below; all else is an error with
 * its place. */
#include "base/limits.h"
#include "charts/vl.h"
#include "charts/vl_time.h"

enum { MOST_UNITS = 200 };

/* ---- what may be said ---- */

#define COMMON                                                                                               \
    "$schema", "description", "name", "title", "data", "datasets", "transform", "resolve", "config", "id",   \
        "note", "source", "subtitle", "headline", "usermeta"
static const char *const unit_keys[] = {COMMON, "mark", "encoding", "width", "height"};
static const char *const layer_keys[] = {COMMON, "layer", "encoding", "width", "height"};
static const char *const concat_keys[] = {COMMON, "hconcat", "vconcat", "concat", "columns"};
static const char *const facet_keys[] = {COMMON, "facet", "spec", "columns"};
static const char *const repeat_keys[] = {COMMON, "repeat", "spec", "columns"};
static const char *const mark_keys[] = {
    "type",       "color",      "fill",  "stroke",      "filled",   "opacity",    "strokeWidth",
    "strokeDash", "size",       "shape", "interpolate", "point",    "line",       "orient",
    "align",      "baseline",   "dx",    "dy",          "fontSize", "fontWeight", "thickness",
    "clip",       "binSpacing", "width", "height",      "text"};
static const char *const mark_names[] = {"bar",    "line", "area", "point", "circle",
                                         "square", "rule", "text", "tick",  "rect"};
static const char *const def_keys[] = {"field", "type",   "aggregate", "bin",       "timeUnit", "title",
                                       "datum", "value",  "scale",     "axis",      "legend",   "sort",
                                       "stack", "impute", "format",    "condition", "columns"};
static const char *const scale_keys[] = {"type",     "domain",       "range",        "nice",     "zero",
                                         "padding",  "paddingInner", "paddingOuter", "reverse",  "base",
                                         "exponent", "constant",     "domainMin",    "domainMax"};
static const char *const axis_keys[] = {"title",  "labels",    "ticks",       "grid",   "domain",    "format",
                                        "values", "tickCount", "tickMinStep", "orient", "labelAngle"};
static const char *const legend_keys[] = {"title", "format"};
const char *const jb_vl_channel_names[JB_VL_CHANNELS] = {
    "x",    "y",    "x2",    "y2",  "xOffset", "yOffset", "color",  "opacity", "strokeDash", "shape",
    "size", "text", "order", "row", "column",  "facet",   "detail", "detail",  "detail",     "detail"};

#define CHECK(r, node, what, keys) check_keys((r), (node), (what), (keys), G_N_ELEMENTS(keys))

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static bool check_keys(jb_vl_reader *r, const jb_node *node, const char *what, const char *const *keys,
                       size_t count) {
    jb_status status = jb_node_check_keys(r->ctx, node, what, keys, count);
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

/* ---- channels ---- */

static jb_vl_type type_of(jb_vl_reader *r, const jb_node *n) {
    static const char *const names[] = {"quantitative", "temporal", "ordinal", "nominal"};
    for (unsigned i = 0; i < 4; i++)
        if (is_scalar(n, names[i]) || (n->kind == JB_NODE_SCALAR && n->text[0] && !n->text[1] &&
                                       g_ascii_tolower(n->text[0]) == names[i][0]))
            return (jb_vl_type)(i + 1);
    GString *near = g_string_new(NULL);
    jb_suggest(near, n->kind == JB_NODE_SCALAR ? n->text : "…", names, 4);
    failed(r, jb_fail(r->ctx, n->pos, "type “%s” is not supported%s",
                      n->kind == JB_NODE_SCALAR ? n->text : "…", near->str));
    g_string_free(near, TRUE);
    return JB_VL_N;
}

/* The type that a channel has when none is said (Vega-Lite's channeldef.defaultType). */
static jb_vl_type default_type(const jb_vl_def *d, int channel) {
    const jb_node *scale = jb_node_get(d->scale, "type");
    if (channel == JB_VL_ROW || channel == JB_VL_COLUMN || channel == JB_VL_FACET || channel == JB_VL_SHAPE ||
        channel == JB_VL_DASH)
        return JB_VL_N;
    if (channel == JB_VL_ORDER || (d->sort && d->sort->kind == JB_NODE_LIST)) return JB_VL_O;
    if (d->unit) return JB_VL_T;
    if (d->bin || d->op != JB_VL_NONE || d->binned) return JB_VL_Q;
    if (d->has_datum) return d->constant.kind == JB_VL_NUMBER ? JB_VL_Q : JB_VL_N;
    if (is_scalar(scale, "time") || is_scalar(scale, "utc")) return JB_VL_T;
    if (scale && !is_scalar(scale, "band") && !is_scalar(scale, "point") && !is_scalar(scale, "ordinal"))
        return JB_VL_Q;
    return JB_VL_N;
}

static void read_binning(jb_vl_reader *r, jb_vl_def *d) {
    const jb_node *bin = jb_node_get(d->node, "bin"), *unit = jb_node_get(d->node, "timeUnit"),
                  *op = jb_node_get(d->node, "aggregate");
    const char *name = NULL;
    bool on = true;
    if (is_scalar(bin, "binned") || is_scalar(jb_node_get(bin, "binned"), "true"))
        d->binned = true;
    else if (bin && bin->kind == JB_NODE_MAP)
        d->bin = bin;
    else if (bin && !jb_node_is_null(bin)) {
        failed(r, jb_node_bool(r->ctx, bin, &on));
        d->bin = on ? bin : NULL;
    }
    if (unit && !jb_node_is_null(unit)) {
        failed(r, jb_node_string(r->ctx, unit, &name));
        d->unit = name ? jb_vl_unit_parse(name) : 0;
        if (name && !d->unit) failed(r, jb_fail(r->ctx, unit->pos, "timeUnit “%s” is not supported", name));
    }
    if (op && !jb_node_is_null(op)) {
        d->op = jb_vl_op_parse(r->ctx, op);
        if (d->op == JB_VL_NONE) r->status = JB_INPUT;
    }
}

static void read_options(jb_vl_reader *r, jb_vl_def *d, int channel) {
    const jb_node *n = d->node, *angle;
    d->stack = jb_node_get(n, "stack");
    d->sort = jb_node_get(n, "sort");
    d->impute = jb_node_get(n, "impute");
    d->scale = jb_node_get(n, "scale");
    d->axis = jb_node_get(n, "axis");
    d->legend = jb_node_get(n, "legend");
    d->title = jb_node_get(n, "title");
    d->format = jb_node_get(n, "format");
    d->condition = jb_node_get(n, "condition");
    if (d->format && channel != JB_VL_WORDS)
        failed(r, jb_fail(r->ctx, d->format->pos, "format of %s stands in its axis or legend",
                          jb_vl_channel_names[channel]));
    if (d->axis && channel > JB_VL_Y)
        failed(r, jb_fail(r->ctx, d->axis->pos, "%s has no axis", jb_vl_channel_names[channel]));
    const struct {
        const jb_node *said;
        const char *key;
        bool used;
    } uses[] = {{d->legend, "legend", channel >= JB_VL_COLOR && channel < JB_VL_SCALED},
                {d->scale, "scale", channel < JB_VL_SCALED && channel != JB_VL_X2 && channel != JB_VL_Y2},
                {d->stack, "stack", channel <= JB_VL_Y},
                {d->impute, "impute", channel <= JB_VL_Y}};
    for (size_t i = 0; i < G_N_ELEMENTS(uses); i++)
        if (uses[i].said && !uses[i].used)
            failed(r, jb_fail(r->ctx, uses[i].said->pos, "%s has no use for %s", jb_vl_channel_names[channel],
                              uses[i].key));
    CHECK(r, d->scale, "scale property", scale_keys);
    CHECK(r, d->axis, "axis property", axis_keys);
    CHECK(r, d->legend, "legend property", legend_keys);
    if ((angle = jb_node_get(d->axis, "labelAngle")) && jb_vl_cell_of_node(angle).number != 0)
        failed(r,
               jb_fail(r->ctx, angle->pos,
                       "labelAngle %s is not supported: labels are never turned; swap x and y for long names",
                       angle->kind == JB_NODE_SCALAR ? angle->text : "…"));
    if (d->condition && (channel < JB_VL_COLOR || d->condition->kind != JB_NODE_MAP ||
                         !jb_node_get(d->condition, "test") || !jb_node_get(d->condition, "value")))
        failed(r,
               jb_fail(r->ctx, d->condition->pos,
                       "a condition is {test: EXPRESSION, value: …} of color, opacity, size, shape or text"));
}

static void read_def(jb_vl_reader *r, jb_vl_def *d, const jb_node *n, int channel) {
    const jb_node *field = jb_node_get(n, "field"), *datum = jb_node_get(n, "datum"),
                  *value = jb_node_get(n, "value"), *type;
    *d = (jb_vl_def){.node = n, .column = -1, .end = -1};
    if (n->kind != JB_NODE_MAP) {
        failed(r,
               jb_fail(r->ctx, n->pos, "%s must be a map, as {field: NAME}", jb_vl_channel_names[channel]));
        return;
    }
    if (!CHECK(r, n, "channel property", def_keys)) return;
    if (field && field->kind == JB_NODE_MAP)
        failed(r, jb_fail(r->ctx, field->pos,
                          "field must be a name; {repeat: …} stands only in a repeat that has it"));
    else if (field)
        failed(r, jb_node_string(r->ctx, field, &d->field));
    d->has_datum = datum != NULL;
    d->has_value = value != NULL && !field && !datum;
    if (datum || value) d->constant = jb_vl_cell_of_node(datum ? datum : value);
    if (datum && datum->kind == JB_NODE_MAP)
        failed(r, jb_fail(r->ctx, datum->pos, "datum must be a number or a text"));
    read_binning(r, d);
    read_options(r, d, channel);
    type = jb_node_get(n, "type");
    d->type = type ? type_of(r, type) : default_type(d, channel);
    if (!d->field && d->op != JB_VL_COUNT && !datum && !value && !d->condition)
        failed(r, jb_fail(r->ctx, n->pos, "%s needs field:, aggregate: count, datum: or value:",
                          jb_vl_channel_names[channel]));
    if (d->field && !strcmp(d->field, "*") && d->op == JB_VL_COUNT) d->field = NULL;
    if (d->op == JB_VL_COUNT && !type) d->type = JB_VL_Q;
}

static int channel_of(jb_vl_reader *r, const char *key, jb_pos pos) {
    for (int c = 0; c <= JB_VL_DETAIL; c++)
        if (!strcmp(key, jb_vl_channel_names[c])) return c;
    GString *near = g_string_new(NULL);
    jb_suggest(near, key, jb_vl_channel_names, JB_VL_DETAIL + 1);
    failed(r, jb_fail(r->ctx, pos, "channel “%s” is not supported%s", key, near->str));
    g_string_free(near, TRUE);
    return -1;
}

static void read_encoding(jb_vl_reader *r, jb_vl_unit *u, const jb_node *encoding) {
    for (int c = 0; c < JB_VL_CHANNELS; c++) u->def[c].column = u->def[c].end = -1;
    if (encoding && encoding->kind != JB_NODE_MAP) {
        failed(r, jb_fail(r->ctx, encoding->pos, "encoding must be a map of channels"));
        return;
    }
    for (unsigned i = 0; encoding && i < encoding->count; i++) {
        const jb_node *n = encoding->items[i];
        int channel = channel_of(r, encoding->keys[i], encoding->key_pos[i]);
        if (channel < 0 || (n->kind == JB_NODE_SCALAR && jb_node_is_null(n))) continue;
        if (n->kind != JB_NODE_LIST) {
            read_def(r, &u->def[channel], n, channel);
            continue;
        }
        if (channel != JB_VL_DETAIL || n->count > 4)
            failed(r, jb_fail(r->ctx, n->pos, "only detail takes a list, of at most 4 fields"));
        for (unsigned k = 0; channel == JB_VL_DETAIL && k < n->count && k < 4; k++)
            read_def(r, &u->def[JB_VL_DETAIL + k], n->items[k], JB_VL_DETAIL);
    }
}

/* ---- marks ---- */

/* Which marks have a use for which properties and channels: what has none is refused, not passed over. */
#define M(mark) (1u << JB_VL_##mark)
#define DOTS (M(POINT) | M(CIRCLE) | M(SQUARE))
static const struct {
    const char *key;
    unsigned marks;
} mark_uses[] = {{"fill", M(BAR) | M(AREA) | M(RECT) | M(CIRCLE) | M(SQUARE)},
                 {"stroke", M(LINE) | M(RULE) | M(TICK) | M(POINT)},
                 {"filled", DOTS},
                 {"strokeWidth", M(LINE) | M(RULE) | M(POINT)},
                 {"strokeDash", M(LINE) | M(RULE)},
                 {"size", DOTS | M(BAR) | M(TICK) | M(RULE) | M(LINE) | M(LABEL)},
                 {"shape", M(POINT)},
                 {"interpolate", M(LINE) | M(AREA)},
                 {"point", M(LINE) | M(AREA)},
                 {"line", M(AREA)},
                 {"orient", M(BAR) | M(LINE) | M(AREA) | M(TICK) | M(RULE)},
                 {"align", M(LABEL)},
                 {"baseline", M(LABEL)},
                 {"dx", M(LABEL)},
                 {"dy", M(LABEL)},
                 {"fontSize", M(LABEL)},
                 {"fontWeight", M(LABEL)},
                 {"text", M(LABEL)},
                 {"thickness", M(TICK)},
                 {"binSpacing", M(BAR)},
                 {"width", M(BAR) | M(RECT)},
                 {"height", M(BAR) | M(RECT)}};
static const struct {
    int channel;
    unsigned marks;
} channel_uses[] = {{JB_VL_X2, M(BAR) | M(AREA) | M(RULE) | M(RECT)},
                    {JB_VL_Y2, M(BAR) | M(AREA) | M(RULE) | M(RECT)},
                    {JB_VL_DASH, M(LINE) | M(RULE)},
                    {JB_VL_SHAPE, M(POINT)},
                    {JB_VL_SIZE, DOTS | M(BAR) | M(TICK) | M(RULE) | M(LINE) | M(LABEL)},
                    {JB_VL_WORDS, M(LABEL)}};

static void check_uses(jb_vl_reader *r, const jb_vl_unit *u) {
    for (size_t i = 0; i < G_N_ELEMENTS(mark_uses); i++) {
        const jb_node *n = jb_node_get(u->mark_node, mark_uses[i].key);
        bool toggle = !strcmp(mark_uses[i].key, "point") || !strcmp(mark_uses[i].key, "line");
        if (n && !(mark_uses[i].marks & (1u << u->mark)))
            failed(r, jb_fail(r->ctx, n->pos, "mark %s has no use for %s", mark_names[u->mark],
                              mark_uses[i].key));
        else if (n && toggle && !is_scalar(n, "true") && !is_scalar(n, "false"))
            failed(r, jb_fail(r->ctx, n->pos, "%s is true or false", mark_uses[i].key));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(channel_uses); i++) {
        const jb_node *n = u->def[channel_uses[i].channel].node;
        if (n && !(channel_uses[i].marks & (1u << u->mark)))
            failed(r, jb_fail(r->ctx, n->pos, "mark %s has no use for channel %s", mark_names[u->mark],
                              jb_vl_channel_names[channel_uses[i].channel]));
    }
}

static void read_mark(jb_vl_reader *r, jb_vl_unit *u, const jb_node *mark, jb_pos pos) {
    const jb_node *type = mark;
    if (mark && mark->kind == JB_NODE_MAP) {
        u->mark_node = mark;
        CHECK(r, mark, "mark property", mark_keys);
        type = jb_node_get(mark, "type");
    }
    if (!type || type->kind != JB_NODE_SCALAR) {
        failed(r, jb_fail(r->ctx, mark ? mark->pos : pos, "the view has no mark, as mark: bar"));
        return;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(mark_names); i++)
        if (!strcmp(type->text, mark_names[i])) {
            u->mark = (jb_vl_mark)i;
            return;
        }
    GString *near = g_string_new(NULL);
    jb_suggest(near, type->text, mark_names, G_N_ELEMENTS(mark_names));
    failed(r, jb_fail(r->ctx, type->pos, "mark “%s” is not supported%s", type->text, near->str));
    g_string_free(near, TRUE);
}

static bool is_measure(const jb_vl_def *d) {
    return d->node && d->type == JB_VL_Q && !d->bin && !d->binned && !d->has_value;
}

/* Vega-Lite's orient() of init.ts. */
static char orient_of(const jb_vl_unit *u) {
    const jb_vl_def *x = &u->def[JB_VL_X], *y = &u->def[JB_VL_Y], *x2 = &u->def[JB_VL_X2],
                    *y2 = &u->def[JB_VL_Y2];
    const jb_node *said = jb_node_get(u->mark_node, "orient");
    char asked = said && said->kind == JB_NODE_SCALAR ? said->text[0] : 0;
    if (u->mark == JB_VL_POINT || u->mark == JB_VL_CIRCLE || u->mark == JB_VL_SQUARE || u->mark == JB_VL_RECT)
        return 0;
    if (u->mark == JB_VL_BAR || u->mark == JB_VL_LABEL) {
        if (x->binned || (x->node && y->op != JB_VL_NONE && x->op == JB_VL_NONE)) return 'v';
        if (y->binned || (y->node && x->op != JB_VL_NONE && y->op == JB_VL_NONE)) return 'h';
        if ((x2->node || y2->node) && asked) return asked;
        if (y2->node && !x2->node) return 'v';
        if (x2->node && !y2->node) return 'h';
    }
    if (u->mark == JB_VL_RULE || u->mark == JB_VL_BAR || u->mark == JB_VL_LABEL)
        if (x2->node && y2->node && !x->binned && !y->binned) return 0;
    if (u->mark != JB_VL_LINE && u->mark != JB_VL_TICK) {
        if (y2->node) return y->binned ? 'h' : 'v';
        if (x2->node) return x->binned ? 'v' : 'h';
        if (u->mark == JB_VL_RULE && x->node && !y->node) return 'v';
        if (u->mark == JB_VL_RULE && y->node && !x->node) return 'h';
    }
    bool mx = is_measure(x), my = is_measure(y), turned = u->mark == JB_VL_TICK;
    if (asked) return asked;
    if (mx != my) return mx != turned ? 'h' : 'v';
    if (mx) return 'v';
    if ((y->type == JB_VL_T) && x->type != JB_VL_T) return 'h';
    return 'v';
}

/* ---- views ---- */

static jb_vl_view *read_view(jb_vl_reader *r, const jb_node *node, const jb_node *encoding,
                             jb_vl_view *parent, unsigned depth);

static jb_vl_view *view_new(jb_vl_reader *r, const jb_node *node, jb_vl_shape shape, jb_vl_view *parent) {
    jb_vl_view *v = JB_NEW(r->arena, jb_vl_view);
    v->shape = shape;
    v->node = node;
    v->parent = parent;
    return v;
}

static void read_size(jb_vl_reader *r, const jb_node *node, const char *key, double *size, double *step) {
    const jb_node *n = jb_node_get(node, key), *by = jb_node_get(n, "step");
    static const char *const keys[] = {"step"};
    double *to = n && n->kind == JB_NODE_MAP ? step : size;
    if (!n) return;
    if (n->kind == JB_NODE_MAP && !CHECK(r, n, "size property", keys)) return;
    failed(r, jb_node_number(r->ctx, by ? by : n, to));
    if (r->status == JB_OK && !(*to >= 1 && *to <= 10000))
        failed(r, jb_fail(r->ctx, n->pos, "%s must be from 1 to 10000 pt", key));
}

static jb_vl_view *read_unit(jb_vl_reader *r, const jb_node *node, const jb_node *encoding,
                             jb_vl_view *parent) {
    jb_vl_view *v = view_new(r, node, JB_VL_UNIT, parent);
    jb_vl_unit *u = v->unit = JB_NEW(r->arena, jb_vl_unit);
    CHECK(r, node, "property", unit_keys);
    if (++r->units > MOST_UNITS)
        failed(r, jb_fail(r->ctx, node->pos, "more than the limit of %d views", MOST_UNITS));
    u->pos = node->pos;
    u->facet[0] = u->facet[1] = u->facet[2] = -1;
    read_encoding(r, u, encoding);
    read_mark(r, u, jb_node_get(node, "mark"), node->pos);
    check_uses(r, u);
    u->orient = orient_of(u);
    if (u->def[JB_VL_X2].node && !u->def[JB_VL_X].node)
        u->def[JB_VL_X] = u->def[JB_VL_X2], u->def[JB_VL_X2].node = NULL;
    if (u->def[JB_VL_Y2].node && !u->def[JB_VL_Y].node)
        u->def[JB_VL_Y] = u->def[JB_VL_Y2], u->def[JB_VL_Y2].node = NULL;
    read_size(r, node, "width", &v->width, &v->step_x);
    read_size(r, node, "height", &v->height, &v->step_y);
    return v;
}

/* A unit with row, column or facet channels stands in a view that parts it. */
static jb_vl_view *wrap_facets(jb_vl_reader *r, jb_vl_view *unit, jb_vl_view *parent) {
    jb_vl_def *def = unit->unit->def;
    if (!def[JB_VL_ROW].node && !def[JB_VL_COLUMN].node && !def[JB_VL_FACET].node) return unit;
    jb_vl_view *v = view_new(r, NULL, JB_VL_FACETED, parent);
    v->row = def[JB_VL_ROW];
    v->column = def[JB_VL_COLUMN];
    v->wrap = def[JB_VL_FACET];
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
    CHECK(r, node, "property", concat_keys);
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
    CHECK(r, node, "property", facet_keys);
    v->columns = columns.kind == JB_VL_NUMBER && columns.number >= 1 ? (unsigned)MIN(columns.number, 100) : 0;
    if (row || column) CHECK(r, facet, "facet property", keys);
    if (row) read_def(r, &v->row, row, JB_VL_ROW);
    if (column) read_def(r, &v->column, column, JB_VL_COLUMN);
    if (!row && !column) read_def(r, &v->wrap, facet, JB_VL_FACET);
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
    if (map) CHECK(r, repeat, "repeat property", keys);
    jb_vl_view *v = view_new(r, node, layer ? JB_VL_LAYER : JB_VL_CONCAT, parent);
    CHECK(r, node, "property", repeat_keys);
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
    CHECK(r, node, "property", layer_keys);
    read_size(r, node, "width", &v->width, &v->step_x);
    read_size(r, node, "height", &v->height, &v->step_y);
    read_children(r, v, jb_node_get(node, "layer"), encoding, depth);
    for (unsigned i = 0; i < v->count && r->status == JB_OK; i++)
        if (v->child[i]->shape != JB_VL_UNIT && v->child[i]->shape != JB_VL_LAYER)
            failed(r, jb_fail(r->ctx, node->pos,
                              "a layer holds views and layers, no facets and no rows of views"));
    return v;
}

static void check_config(jb_vl_reader *r, const jb_node *node) {
    static const char *const keys[] = {"view"}, *const view_keys[] = {"stroke"};
    const jb_node *config = jb_node_get(node, "config"), *view = jb_node_get(config, "view"),
                  *stroke = jb_node_get(view, "stroke");
    CHECK(r, config, "config property (the theme says the rest)", keys);
    CHECK(r, view, "config.view property", view_keys);
    if (stroke && !jb_node_is_null(stroke) && !is_scalar(stroke, "transparent"))
        failed(r, jb_fail(r->ctx, stroke->pos,
                          "a frame around views is not supported: stroke is null or transparent"));
}

static jb_vl_view *read_view(jb_vl_reader *r, const jb_node *node, const jb_node *outer, jb_vl_view *parent,
                             unsigned depth) {
    const jb_node *list, *encoding = jb_node_get(node, "encoding");
    static const char *const resolve_keys[] = {"scale"};
    if (node->kind != JB_NODE_MAP || depth > JB_LIMIT_BLOCK_DEPTH) {
        failed(r, jb_fail(r->ctx, node->pos, "a view must be a map, %d deep at most", JB_LIMIT_BLOCK_DEPTH));
        return view_new(r, node, JB_VL_CONCAT, parent);
    }
    check_config(r, node);
    CHECK(r, jb_node_get(node, "resolve"), "resolve property", resolve_keys);
    const jb_node *shared = jb_node_get(jb_node_get(node, "resolve"), "scale");
    check_keys(r, shared, "channel with a scale", jb_vl_channel_names, JB_VL_SCALED);
    for (unsigned i = 0; shared && shared->kind == JB_NODE_MAP && i < shared->count; i++)
        if (!is_scalar(shared->items[i], "shared") && !is_scalar(shared->items[i], "independent"))
            failed(r, jb_fail(r->ctx, shared->items[i]->pos, "a scale is shared or independent"));
    if (outer) encoding = encoding ? jb_node_merge(r->arena, outer, encoding) : outer;
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
    return wrap_facets(r, read_unit(r, node, encoding, parent), parent);
}

jb_vl_view *jb_vl_read(jb_vl_reader *r, const jb_node *node) {
    r->datasets = jb_node_get(node, "datasets");
    return read_view(r, node, NULL, NULL, 0);
}

bool jb_vl_discrete(const jb_vl_def *d) { return d->type == JB_VL_N || d->type == JB_VL_O; }
