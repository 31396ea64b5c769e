/* One view: its mark, its channels, and which of them go together. What may be said is in vl_keys.c. */
#include <math.h>
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

static const char *const mark_names[] = {"bar",    "line", "area", "point", "circle",
                                         "square", "rule", "text", "tick",  "rect"};
const char *const jb_vl_channel_names[JB_VL_CHANNELS] = {
    "x",          "y",       "x2",      "y2",          "xOffset", "yOffset", "color",   "opacity",
    "strokeDash", "shape",   "size",    "strokeWidth", "text",    "order",   "row",     "column",
    "facet",      "detail",  "detail",  "detail",      "detail",  "tooltip", "tooltip", "tooltip",
    "tooltip",    "tooltip", "tooltip", "tooltip",     "tooltip"};

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static bool is_scalar(const jb_node *n, const char *text) {
    return n && n->kind == JB_NODE_SCALAR && !strcmp(n->text, text);
}

bool jb_vl_discrete(const jb_vl_def *d) { return d->type == JB_VL_N || d->type == JB_VL_O; }

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
    if (is_scalar(scale, "threshold") || is_scalar(scale, "quantile") || is_scalar(scale, "quantize") ||
        is_scalar(scale, "bin-ordinal"))
        return JB_VL_Q;
    if (channel == JB_VL_ORDER || (d->sort && d->sort->kind == JB_NODE_LIST)) return JB_VL_O;
    if (d->unit) return JB_VL_T;
    if (d->bin || d->op != JB_VL_NONE || d->binned) return JB_VL_Q;
    if (d->has_datum) return d->constant.kind == JB_VL_NUMBER ? JB_VL_Q : JB_VL_N;
    if (is_scalar(scale, "time") || is_scalar(scale, "utc")) return JB_VL_T;
    if (scale && !is_scalar(scale, "band") && !is_scalar(scale, "point") && !is_scalar(scale, "ordinal"))
        return JB_VL_Q;
    return JB_VL_N;
}

static unsigned read_unit_name(jb_vl_reader *r, const jb_node *n) {
    static const char *const keys[] = {"unit", "utc", "step", "maxbins"};
    const jb_node *said = n->kind == JB_NODE_MAP ? jb_node_get(n, "unit") : n;
    const char *name = NULL;
    if (n->kind == JB_NODE_MAP) failed(r, jb_node_check_keys(r->ctx, n, "timeUnit property", keys, 2));
    if (!said) failed(r, jb_fail(r->ctx, n->pos, "timeUnit needs unit:"));
    if (r->status == JB_OK) failed(r, jb_node_string(r->ctx, said, &name));
    unsigned unit = name ? jb_vl_unit_parse(name) : 0;
    if (name && !unit) failed(r, jb_fail(r->ctx, said->pos, "timeUnit “%s” is not supported", name));
    return unit;
}

static void read_binning(jb_vl_reader *r, jb_vl_def *d) {
    const jb_node *bin = jb_node_get(d->node, "bin"), *unit = jb_node_get(d->node, "timeUnit"),
                  *op = jb_node_get(d->node, "aggregate");
    if (is_scalar(bin, "binned") || is_scalar(jb_node_get(bin, "binned"), "true"))
        d->binned = true;
    else if (bin && !is_scalar(bin, "false") && !jb_node_is_null(bin))
        d->bin = bin;
    if (unit && !jb_node_is_null(unit)) d->unit = read_unit_name(r, unit);
    if (!op || jb_node_is_null(op)) return;
    d->op = jb_vl_op_parse(r->ctx, op);
    if (d->op == JB_VL_NONE) r->status = JB_INPUT;
    if (d->op == JB_VL_ARGMIN || d->op == JB_VL_ARGMAX)
        failed(r,
               jb_node_string(r->ctx, jb_node_get(op, d->op == JB_VL_ARGMIN ? "argmin" : "argmax"), &d->arg));
}

/* Which channels have a use for which options. */
static void check_options(jb_vl_reader *r, const jb_vl_def *d, int channel) {
    bool facet = channel == JB_VL_ROW || channel == JB_VL_COLUMN || channel == JB_VL_FACET;
    const struct {
        const char *key;
        bool used;
    } uses[] = {{"legend", channel >= JB_VL_COLOR && channel < JB_VL_SCALED},
                {"scale", channel < JB_VL_SCALED && channel != JB_VL_X2 && channel != JB_VL_Y2},
                {"stack", channel <= JB_VL_Y},
                {"impute", channel <= JB_VL_Y},
                {"axis", channel <= JB_VL_Y},
                {"header", facet},
                {"columns", channel == JB_VL_FACET},
                {"spacing", facet},
                {"align", facet},
                {"center", facet},
                {"bounds", facet},
                {"bandPosition", channel <= JB_VL_Y2},
                {"condition", channel >= JB_VL_COLOR && channel <= JB_VL_WORDS},
                {"format", channel == JB_VL_WORDS || channel >= JB_VL_TIP}};
    for (size_t i = 0; i < G_N_ELEMENTS(uses) && r->status == JB_OK; i++) {
        const jb_node *said = jb_node_get(d->node, uses[i].key);
        if (said && !uses[i].used)
            failed(r, jb_fail(r->ctx, said->pos, "%s has no use for %s", jb_vl_channel_names[channel],
                              uses[i].key));
    }
}

static void check_condition(jb_vl_reader *r, const jb_node *n) {
    static const char *const keys[] = {"test", "value"};
    for (unsigned i = 0; n && n->kind == JB_NODE_LIST && i < n->count; i++)
        if (n->items[i]->kind == JB_NODE_LIST)
            failed(r, jb_fail(r->ctx, n->items[i]->pos, "a condition is a map"));
        else
            check_condition(r, n->items[i]);
    if (!n || n->kind == JB_NODE_LIST) return;
    if (jb_node_get(n, "param") || jb_node_get(n, "selection"))
        failed(r, jb_fail(r->ctx, n->pos,
                          "nothing can be chosen on paper: a condition is {test: EXPRESSION, value: …}"));
    else if (!jb_node_get(n, "test") || !jb_node_get(n, "value"))
        failed(r,
               jb_fail(r->ctx, n->pos,
                       "a condition is {test: EXPRESSION, value: …} of color, opacity, size, shape or text"));
    else
        failed(r, jb_node_check_keys(r->ctx, n, "condition property", keys, 2));
}

static void read_options(jb_vl_reader *r, jb_vl_def *d, int channel) {
    const jb_node *n = d->node, *angle, *band = jb_node_get(n, "bandPosition");
    d->stack = jb_node_get(n, "stack");
    d->sort = jb_node_get(n, "sort");
    d->impute = jb_node_get(n, "impute");
    d->scale = jb_node_get(n, "scale");
    d->axis = jb_node_get(n, "axis");
    d->legend = jb_node_get(n, "legend");
    d->header = jb_node_get(n, "header");
    d->title = jb_node_get(n, "title");
    d->format = jb_node_get(n, "format");
    d->condition = jb_node_get(n, "condition");
    d->band = NAN;
    if (band) failed(r, jb_node_number(r->ctx, band, &d->band));
    check_options(r, d, channel);
    failed(r, jb_vl_check(r->ctx, d->scale, JB_VL_MAP_SCALE));
    failed(r, jb_vl_check(r->ctx, d->axis, JB_VL_MAP_AXIS));
    failed(r, jb_vl_check(r->ctx, d->legend, JB_VL_MAP_LEGEND));
    failed(r, jb_vl_check(r->ctx, d->header, JB_VL_MAP_HEADER));
    if ((angle = jb_node_get(d->axis, "labelAngle")) && jb_vl_cell_of_node(angle).number != 0)
        failed(r,
               jb_fail(r->ctx, angle->pos,
                       "labelAngle %s is not supported: labels are never turned; swap x and y for long names",
                       angle->kind == JB_NODE_SCALAR ? angle->text : "…"));
    check_condition(r, d->condition);
    if (d->header && !jb_node_is_null(d->header) && r->status == JB_OK)
        d->header = jb_vl_config_header(r, channel, d->header);
    else if (!d->header && channel >= JB_VL_ROW && channel <= JB_VL_FACET)
        d->header = jb_vl_config_header(r, channel, NULL);
}

void jb_vl_def_read(jb_vl_reader *r, jb_vl_def *d, const jb_node *n, int channel) {
    const jb_node *field = jb_node_get(n, "field"), *datum = jb_node_get(n, "datum"),
                  *value = jb_node_get(n, "value"), *type;
    jb_status status;
    *d = (jb_vl_def){.node = n, .column = -1, .end = -1, .own = -1, .band = NAN};
    if (n->kind != JB_NODE_MAP) {
        failed(r,
               jb_fail(r->ctx, n->pos, "%s must be a map, as {field: NAME}", jb_vl_channel_names[channel]));
        return;
    }
    failed(r, status = jb_vl_check(r->ctx, n, JB_VL_MAP_CHANNEL));
    if (status != JB_OK) return;
    if (field && field->kind == JB_NODE_MAP)
        failed(r, jb_fail(r->ctx, field->pos,
                          "field must be a name; {repeat: …} stands only in a repeat that has it"));
    else if (field)
        failed(r, jb_node_string(r->ctx, field, &d->field));
    d->has_datum = datum != NULL;
    d->has_value = value != NULL && !field && !datum;
    if (datum || value) d->constant = jb_vl_cell_of_node(datum ? datum : value);
    if (datum && datum->kind == JB_NODE_MAP) d->constant = jb_vl_date_of_node(datum);
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

/* fill and stroke are the colour of marks that have the one or the other. */
static int alias_of(jb_vl_reader *r, jb_vl_unit *u, const char *key, jb_pos pos) {
    bool fill = g_str_has_prefix(key, "fill"), dot = u->mark == JB_VL_POINT,
         solid = u->mark != JB_VL_LINE && u->mark != JB_VL_RULE && u->mark != JB_VL_TICK && !dot;
    if (!dot && fill != solid)
        failed(r, jb_fail(r->ctx, pos, "mark %s has no use for channel %s; it has color", mark_names[u->mark],
                          key));
    if (dot && fill) u->filled = true;
    return g_str_has_suffix(key, "Opacity") ? JB_VL_OPACITY : JB_VL_COLOR;
}

static int channel_of(jb_vl_reader *r, jb_vl_unit *u, const char *key, jb_pos pos) {
    static const char *const aliases[] = {"fill", "stroke", "fillOpacity", "strokeOpacity"};
    static const struct {
        const char *name, *reason;
    } refused[] = {
        {"theta", "there are no pies here"},          {"radius", "there are no pies here"},
        {"latitude", "there are no maps here"},       {"longitude", "there are no maps here"},
        {"href", "a mark leads nowhere on paper"},    {"url", "there are no pictures in plots"},
        {"angle", "nothing is turned here"},          {"xError", "say mark: errorbar, or x and x2"},
        {"yError", "say mark: errorbar, or y and y2"}};
    for (int c = 0; c <= JB_VL_DETAIL; c++)
        if (!strcmp(key, jb_vl_channel_names[c])) return c;
    if (!strcmp(key, "tooltip")) return JB_VL_TIP;
    for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++)
        if (!strcmp(key, aliases[i])) return alias_of(r, u, key, pos);
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (!strcmp(key, refused[i].name)) {
            failed(r, jb_fail(r->ctx, pos, "channel %s is not supported: %s", key, refused[i].reason));
            return -1;
        }
    GString *near = g_string_new(NULL);
    jb_suggest(near, key, jb_vl_channel_names, JB_VL_DETAIL + 1);
    failed(r, jb_fail(r->ctx, pos, "channel “%s” is not supported%s", key, near->str));
    g_string_free(near, TRUE);
    return -1;
}

static void read_channel(jb_vl_reader *r, jb_vl_unit *u, int channel, const jb_node *n) {
    unsigned most = channel == JB_VL_DETAIL ? 4 : channel == JB_VL_TIP ? 8 : 1;
    if (n->kind == JB_NODE_SCALAR && jb_node_is_null(n)) return;
    if (channel == JB_VL_TIP && jb_node_get(n, "value")) return;
    if (n->kind == JB_NODE_LIST && (most == 1 || n->count > most)) {
        failed(r, jb_fail(r->ctx, n->pos,
                          "only detail takes a list, of at most 4 fields, and tooltip, of at most 8"));
        return;
    }
    if (n->kind == JB_NODE_LIST)
        for (unsigned k = 0; k < n->count; k++)
            jb_vl_def_read(r, &u->def[(unsigned)channel + k], n->items[k], channel);
    else if (u->def[channel].node)
        failed(r, jb_fail(r->ctx, n->pos, "fill, stroke and color are one colour here: say one of them"));
    else
        jb_vl_def_read(r, &u->def[channel], n, channel);
}

static void read_encoding(jb_vl_reader *r, jb_vl_unit *u, const jb_node *encoding) {
    for (int c = 0; c < JB_VL_CHANNELS; c++)
        u->def[c].column = u->def[c].end = u->def[c].own = -1, u->def[c].band = NAN;
    if (encoding && encoding->kind != JB_NODE_MAP) {
        failed(r, jb_fail(r->ctx, encoding->pos, "encoding must be a map of channels"));
        return;
    }
    for (unsigned i = 0; encoding && i < encoding->count; i++) {
        int channel = channel_of(r, u, encoding->keys[i], encoding->key_pos[i]);
        if (channel >= 0) read_channel(r, u, channel, encoding->items[i]);
    }
}

/* ---- marks ---- */

/* Which marks have a use for which properties and channels: what has none is refused, not passed over. */
#define M(mark) (1u << JB_VL_##mark)
#define DOTS (M(POINT) | M(CIRCLE) | M(SQUARE))
static const struct {
    const char *key;
    unsigned marks;
} mark_uses[] = {{"fill", M(BAR) | M(AREA) | M(RECT) | DOTS},
                 {"stroke", M(LINE) | M(RULE) | M(TICK) | M(BAR) | M(RECT) | M(AREA) | DOTS},
                 {"filled", DOTS},
                 {"strokeWidth", M(LINE) | M(RULE) | M(BAR) | M(RECT) | M(AREA) | DOTS},
                 {"strokeDash", M(LINE) | M(RULE) | M(POINT)},
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
                 {"angle", M(LABEL)},
                 {"fontSize", M(LABEL)},
                 {"fontWeight", M(LABEL)},
                 {"text", M(LABEL)},
                 {"thickness", M(TICK)},
                 {"bandSize", M(TICK)},
                 {"binSpacing", M(BAR)},
                 {"width", M(BAR) | M(RECT)},
                 {"height", M(BAR) | M(RECT)},
                 {"x2", M(BAR) | M(AREA) | M(RULE) | M(RECT)},
                 {"y2", M(BAR) | M(AREA) | M(RULE) | M(RECT)}};
static const struct {
    int channel;
    unsigned marks;
} channel_uses[] = {{JB_VL_X2, M(BAR) | M(AREA) | M(RULE) | M(RECT)},
                    {JB_VL_Y2, M(BAR) | M(AREA) | M(RULE) | M(RECT)},
                    {JB_VL_DASH, M(LINE) | M(RULE)},
                    {JB_VL_SHAPE, M(POINT)},
                    {JB_VL_STROKE, M(LINE) | M(RULE) | M(POINT)},
                    {JB_VL_SIZE, DOTS | M(BAR) | M(TICK) | M(RULE) | M(LINE) | M(LABEL)},
                    {JB_VL_WORDS, M(LABEL)}};

static jb_vl_mark mark_named(const char *name) {
    unsigned i = 0;
    while (i < G_N_ELEMENTS(mark_names) && strcmp(name, mark_names[i])) i++;
    return (jb_vl_mark)i;
}

bool jb_vl_mark_uses(const char *mark, const char *key) {
    for (size_t i = 0; i < G_N_ELEMENTS(mark_uses); i++)
        if (!strcmp(mark_uses[i].key, key)) return mark_uses[i].marks & (1u << mark_named(mark));
    return true;
}

static void check_uses(jb_vl_reader *r, const jb_vl_unit *u, const jb_node *own) {
    for (unsigned i = 0; own && own->kind == JB_NODE_MAP && i < own->count; i++)
        if (!jb_vl_mark_uses(mark_names[u->mark], own->keys[i]))
            failed(r, jb_fail(r->ctx, own->items[i]->pos, "mark %s has no use for %s", mark_names[u->mark],
                              own->keys[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(channel_uses); i++) {
        const jb_node *n = u->def[channel_uses[i].channel].node;
        if (n && !(channel_uses[i].marks & (1u << u->mark)))
            failed(r, jb_fail(r->ctx, n->pos, "mark %s has no use for channel %s", mark_names[u->mark],
                              jb_vl_channel_names[channel_uses[i].channel]));
    }
}

/* `width: {band: …}` of bars. */
static void check_parts(jb_vl_reader *r, const jb_node *mark) {
    static const char *const sizes[] = {"width", "height"}, *const band[] = {"band"};
    for (size_t i = 0; i < 2; i++)
        failed(r, jb_node_check_keys(r->ctx, jb_node_get(mark, sizes[i]), "size property", band, 1));
}

static void refuse_mark(jb_vl_reader *r, const jb_node *type) {
    static const struct {
        const char *name, *reason;
    } refused[] = {{"arc", "there are no pies here; bars compare better"},
                   {"image", "there are no pictures in plots"},
                   {"geoshape", "there are no maps here"},
                   {"trail", "a line has one width; say line with strokeWidth"}};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (is_scalar(type, refused[i].name)) {
            failed(r,
                   jb_fail(r->ctx, type->pos, "mark %s is not supported: %s", type->text, refused[i].reason));
            return;
        }
    GString *near = g_string_new(NULL);
    jb_suggest(near, type->text, mark_names, G_N_ELEMENTS(mark_names));
    failed(r, jb_fail(r->ctx, type->pos, "mark “%s” is not supported%s", type->text, near->str));
    g_string_free(near, TRUE);
}

static void read_mark(jb_vl_reader *r, jb_vl_unit *u, const jb_node *mark, jb_pos pos) {
    bool map = mark && mark->kind == JB_NODE_MAP;
    const jb_node *type = map ? jb_node_get(mark, "type") : mark;
    if (!type || type->kind != JB_NODE_SCALAR) {
        failed(r, jb_fail(r->ctx, mark ? mark->pos : pos, "the view has no mark, as mark: bar"));
        return;
    }
    if (mark_named(type->text) == G_N_ELEMENTS(mark_names)) {
        refuse_mark(r, type);
        return;
    }
    if (map) {
        failed(r, jb_vl_check(r->ctx, mark, JB_VL_MAP_MARK));
        failed(r, jb_vl_check(r->ctx, jb_node_get(mark, "point"), JB_VL_MAP_POINT));
        failed(r, jb_vl_check(r->ctx, jb_node_get(mark, "line"), JB_VL_MAP_LINE));
        check_parts(r, mark);
    }
    u->mark = mark_named(type->text);
    u->mark_node = jb_vl_config_mark(r, type->text, mark);
}

/* x: 10 of a mark is x: {value: 10} of its encoding. */
static void read_places(jb_vl_unit *u) {
    for (int c = JB_VL_X; c <= JB_VL_Y2; c++) {
        const jb_node *n = jb_node_get(u->mark_node, jb_vl_channel_names[c]);
        if (!n || u->def[c].node) continue;
        u->def[c].node = n;
        u->def[c].has_value = true;
        u->def[c].constant = jb_vl_cell_of_node(n);
    }
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

jb_vl_unit *jb_vl_unit_read(jb_vl_reader *r, const jb_node *node, const jb_node *encoding) {
    jb_vl_unit *u = JB_NEW(r->arena, jb_vl_unit);
    const jb_node *mark = jb_node_get(node, "mark");
    u->pos = node->pos;
    u->facet[0] = u->facet[1] = u->facet[2] = -1;
    read_mark(r, u, mark, node->pos);
    if (r->status != JB_OK) return u;
    read_encoding(r, u, encoding);
    for (int c = JB_VL_X2; c <= JB_VL_Y2; c++) /* the other end is of the kind of the one */
        if (u->def[c].node && !jb_node_get(u->def[c].node, "type") && u->def[c - JB_VL_X2].node)
            u->def[c].type = u->def[c - JB_VL_X2].type;
    check_uses(r, u, mark);
    read_places(u);
    u->orient = orient_of(u);
    if (u->def[JB_VL_X2].node && !u->def[JB_VL_X].node)
        u->def[JB_VL_X] = u->def[JB_VL_X2], u->def[JB_VL_X2].node = NULL;
    if (u->def[JB_VL_Y2].node && !u->def[JB_VL_Y].node)
        u->def[JB_VL_Y] = u->def[JB_VL_Y2], u->def[JB_VL_Y2].node = NULL;
    if (r->status == JB_OK) jb_vl_config_guides(r, u);
    return u;
}
