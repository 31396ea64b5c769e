/* Scales: one question a function. The defaults are Vega-Lite's (compile/scale). */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

#define BAR_PADDING 0.1
#define NESTED_PADDING 0.2
#define MOST_NUMBER 1e300
#define WIDEST 1e304 /* that padding may make of it: distances stay numbers */
#define BAR_SIZE 5.0 /* of a bar on a continuous axis, pt; the axis is as much wider at both ends */

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

jb_vl_scale *jb_vl_scale_new(jb_arena *arena, int channel) {
    jb_vl_scale *s = JB_NEW(arena, jb_vl_scale);
    s->channel = channel;
    s->uses = g_array_new(FALSE, FALSE, sizeof(jb_vl_use));
    s->names = g_array_new(FALSE, FALSE, sizeof(jb_vl_cell));
    return s;
}

static const jb_vl_use *use_at(const jb_vl_scale *s, guint i) {
    return &g_array_index(s->uses, jb_vl_use, i);
}

static const jb_vl_def *def_of(const jb_vl_use *use) { return &use->unit->def[use->channel]; }

static const jb_node *option(const jb_vl_scale *s, const char *key) {
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_node *n = jb_node_get(def_of(use_at(s, i))->scale, key);
        if (n) return n;
    }
    return NULL;
}

static bool number_option(jb_vl_reader *r, const jb_vl_scale *s, const char *key, double *value) {
    const jb_node *n = option(s, key);
    if (!n) return false;
    failed(r, jb_node_number(r->ctx, n, value));
    return true;
}

bool jb_vl_scale_discrete(const jb_vl_scale *s) { return s->type >= JB_VL_ORDINAL; }

static bool positional(const jb_vl_scale *s) { return s->channel == JB_VL_X || s->channel == JB_VL_Y; }
static bool offsets(const jb_vl_scale *s) {
    return s->channel == JB_VL_XOFFSET || s->channel == JB_VL_YOFFSET;
}

static bool nested(const jb_vl_scale *s) {
    for (guint i = 0; positional(s) && i < s->uses->len; i++)
        if (use_at(s, i)->unit->def[s->channel == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET].node) return true;
    return false;
}

/* ---- type ---- */

static jb_vl_scale_type default_type(const jb_vl_scale *s, const jb_vl_use *use) {
    const jb_vl_def *d = def_of(use);
    jb_vl_mark mark = use->unit->mark;
    if (d->type == JB_VL_Q)
        return s->channel == JB_VL_DASH || s->channel == JB_VL_SHAPE || (s->channel == JB_VL_COLOR && d->bin)
                   ? JB_VL_ORDINAL
                   : JB_VL_LINEAR;
    if (d->type == JB_VL_T)
        return s->channel == JB_VL_DASH || s->channel == JB_VL_SHAPE ? JB_VL_ORDINAL : JB_VL_TIME;
    if (!positional(s) && !offsets(s))
        return s->channel == JB_VL_SIZE || s->channel == JB_VL_OPACITY ? JB_VL_POINTS : JB_VL_ORDINAL;
    if (mark == JB_VL_BAR || mark == JB_VL_RECT || mark == JB_VL_RULE || mark == JB_VL_TICK)
        return JB_VL_BAND;
    return nested(s) ? JB_VL_BAND : JB_VL_POINTS;
}

static jb_vl_scale_type type_of(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *n = option(s, "type");
    jb_vl_scale_type type = default_type(s, use_at(s, 0));
    for (guint i = 1; i < s->uses->len; i++) { /* a band holds points, too */
        jb_vl_scale_type other = default_type(s, use_at(s, i));
        if (type == JB_VL_POINTS && other == JB_VL_BAND) type = other;
        if ((type >= JB_VL_ORDINAL) != (other >= JB_VL_ORDINAL) && def_of(use_at(s, i))->field)
            failed(r, jb_fail(r->ctx, def_of(use_at(s, i))->node->pos,
                              "one layer has categories on %s and another numbers; say resolve: {scale: {%s: "
                              "independent}}",
                              jb_vl_channel_names[s->channel], jb_vl_channel_names[s->channel]));
    }
    if (!n) return type;
    jb_vl_scale_type said;
    if (n->kind == JB_NODE_SCALAR && jb_vl_scale_type_named(n->text, &said)) {
        bool discrete = jb_vl_discrete(def_of(use_at(s, 0))), time = def_of(use_at(s, 0))->type == JB_VL_T;
        if (discrete == (said >= JB_VL_ORDINAL) && (!time || said == JB_VL_TIME)) return said;
        if (said == JB_VL_ORDINAL &&
            (s->channel == JB_VL_COLOR || s->channel == JB_VL_SHAPE || s->channel == JB_VL_DASH))
            return said;
        failed(r, jb_fail(r->ctx, n->pos, "a scale of type %s does not go with a field that is %s", n->text,
                          discrete ? "nominal or ordinal"
                          : time   ? "temporal"
                                   : "quantitative"));
        return type;
    }
    const char *names[JB_VL_POINTS + 1];
    for (unsigned i = 0; i <= JB_VL_POINTS; i++) names[i] = jb_vl_scale_type_name((jb_vl_scale_type)i);
    GString *near = g_string_new(NULL);
    jb_suggest(near, n->kind == JB_NODE_SCALAR ? n->text : "…", names, G_N_ELEMENTS(names));
    failed(r, jb_fail(r->ctx, n->pos, "scale type “%s” is not supported%s",
                      n->kind == JB_NODE_SCALAR ? n->text : "…", near->str));
    g_string_free(near, TRUE);
    return type;
}

/* ---- discrete domains ---- */

typedef struct keyed {
    jb_vl_cell value, key;
    guint index;
} keyed;

static int by_key(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    int c = jb_vl_cell_compare(x->key, y->key);
    return c ? c : x->index < y->index ? -1 : x->index > y->index;
}

static void add_names(jb_vl_scale *s, const jb_vl_table *t, int column, GHashTable *seen) {
    for (unsigned i = 0; i < t->rows; i++) {
        jb_vl_cell c = jb_vl_table_at(t, i, column);
        const char *text = jb_vl_cell_string(t->arena, c);
        char *key = g_strdup_printf("%d%s", c.kind, text);
        if (g_hash_table_add(seen, key)) g_array_append_val(s->names, c);
    }
}

/* The key of a value: an operation over a column of the rows that have it. */
static jb_vl_cell key_of(const jb_vl_table *t, int names, jb_vl_cell value, jb_vl_op op, int column) {
    unsigned *rows = g_new(unsigned, t->rows + 1), n = 0;
    for (unsigned i = 0; i < t->rows; i++)
        if (jb_vl_cell_equal(jb_vl_table_at(t, i, names), value)) rows[n++] = i;
    jb_vl_cell key = jb_vl_aggregate(t, op, column, rows, n);
    g_free(rows);
    return key;
}

static int channel_named(const char *name) {
    for (int c = 0; c <= JB_VL_DETAIL; c++)
        if (!strcmp(name, jb_vl_channel_names[c])) return c;
    return -1;
}

typedef struct ordering {
    const jb_vl_table *t;
    int column; /* -1: count */
    jb_vl_op op;
    bool down;
} ordering;

static bool order_by_encoding(const jb_vl_use *use, const char *name, ordering *o) {
    int channel = channel_named(name);
    if (channel < 0 || !use->unit->def[channel].node) return false;
    o->t = use->table;
    o->column = use->unit->def[channel].column;
    o->op = JB_VL_MIN;
    if (use->unit->stack && use->unit->stacked == channel) { /* the height of the stack */
        o->op = JB_VL_MAX;
    }
    return o->column >= 0;
}

/* Reads sort: a map or "-y"; false when there is no such order. */
static bool read_order(jb_vl_reader *r, const jb_vl_use *use, const jb_node *sort, ordering *o) {
    static const char *const keys[] = {"field", "op", "order", "encoding"};
    const jb_node *field = jb_node_get(sort, "field"), *encoding = jb_node_get(sort, "encoding"),
                  *op = jb_node_get(sort, "op");
    const char *name = NULL;
    bool good;
    if (sort->kind == JB_NODE_SCALAR) {
        o->down = *sort->text == '-';
        good = order_by_encoding(use, sort->text + o->down, o);
    } else {
        failed(r, jb_node_check_keys(r->ctx, sort, "sort property", keys, 4));
        o->down = jb_vl_says(sort, "order", "descending");
        if (encoding)
            good = encoding->kind == JB_NODE_SCALAR && order_by_encoding(use, encoding->text, o);
        else {
            o->t = use->unit->raw;
            o->op = op ? jb_vl_op_parse(r->ctx, op) : JB_VL_MIN;
            o->column = -1;
            if (field) failed(r, jb_node_string(r->ctx, field, &name));
            if (name && strcmp(name, "*")) o->column = jb_vl_field(r->ctx, use->unit->raw, name, field->pos);
            if (name && strcmp(name, "*") && o->column < 0) r->status = JB_INPUT;
            good = o->op != JB_VL_NONE && (o->column >= 0 || o->op == JB_VL_COUNT);
        }
    }
    if (!good)
        failed(r, jb_fail(r->ctx, sort->pos,
                          "sort is ascending, descending, null, a list, a channel (y, -y), {encoding, order} "
                          "or {field, op, order}"));
    return good && r->status == JB_OK;
}

static void sort_names(jb_vl_reader *r, jb_vl_scale *s, const jb_node *sort, const jb_vl_use *use) {
    guint n = s->names->len;
    bool down = sort && sort->kind == JB_NODE_SCALAR && !strcmp(sort->text, "descending");
    bool plain = !sort || down || (sort->kind == JB_NODE_SCALAR && !strcmp(sort->text, "ascending"));
    bool han = false;
    ordering o = {.op = JB_VL_MIN};
    for (guint i = 0; i < n; i++) han = han || jb_vl_is_han(g_array_index(s->names, jb_vl_cell, i));
    if ((sort && jb_node_is_null(sort)) || (!sort && han)) return;
    if (!plain && sort->kind != JB_NODE_LIST && !read_order(r, use, sort, &o)) return;
    keyed *list = g_new0(keyed, n + 1);
    for (guint i = 0; i < n; i++) {
        jb_vl_cell value = g_array_index(s->names, jb_vl_cell, i);
        list[i] = (keyed){value, value, i};
        if (sort && sort->kind == JB_NODE_LIST) {
            list[i].key = jb_vl_number(sort->count);
            for (unsigned k = 0; k < sort->count; k++) {
                jb_vl_cell c = jb_vl_cell_of_node(sort->items[k]);
                if (jb_vl_cell_equal(c, value)) list[i].key = jb_vl_number(k);
            }
        } else if (!plain)
            list[i].key = key_of(o.t, def_of(use)->column, value, o.op, o.column);
        if (o.down && list[i].key.kind == JB_VL_NUMBER) list[i].key.number = -list[i].key.number;
    }
    qsort(list, n, sizeof *list, by_key);
    for (guint i = 0; i < n; i++) g_array_index(s->names, jb_vl_cell, i) = list[down ? n - 1 - i : i].value;
    g_free(list);
}

static void discrete_domain(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *said = option(s, "domain"), *sort = NULL;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const jb_vl_use *by = use_at(s, 0);
    for (unsigned i = 0; said && said->kind == JB_NODE_LIST && i < said->count; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(said->items[i]);
        g_array_append_val(s->names, c);
    }
    for (guint i = 0; !said && i < s->uses->len; i++) {
        const jb_vl_use *use = use_at(s, i);
        const jb_vl_def *d = def_of(use);
        if (d->has_datum) {
            char *key = g_strdup_printf("%d%s", d->constant.kind, jb_vl_cell_string(r->arena, d->constant));
            if (g_hash_table_add(seen, key)) g_array_append_val(s->names, d->constant);
        } else if (d->column >= 0)
            add_names(s, use->table, d->column, seen);
        if (!sort && d->sort) sort = d->sort, by = use;
    }
    g_hash_table_destroy(seen);
    if (s->names->len > JB_LIMIT_CATEGORIES)
        failed(r, jb_fail(r->ctx, s->lead->node->pos, "more than the limit of %d categories",
                          JB_LIMIT_CATEGORIES));
    else if (!said)
        sort_names(r, s, sort, by);
}

/* ---- continuous domains ---- */

static void widen(jb_vl_scale *s, double v) {
    s->low = fmin(s->low, v);
    s->high = fmax(s->high, v);
}

static bool fills_span(const jb_vl_unit *u) { return u->mark == JB_VL_BAR || u->mark == JB_VL_RECT; }

static void add_use(jb_vl_scale *s, const jb_vl_use *use) {
    const jb_vl_def *d = def_of(use);
    double low, high;
    if (d->has_datum && s->type == JB_VL_TIME) {
        jb_vl_cell c = jb_vl_time_read(d->constant);
        if (c.kind == JB_VL_NUMBER) widen(s, c.number);
    } else if (d->has_datum && d->constant.kind == JB_VL_NUMBER)
        widen(s, d->constant.number);
    if (use->unit->stack == 'n' && use->unit->stacked == use->channel) {
        widen(s, 0);
        widen(s, 1);
        return;
    }
    if (d->column >= 0 && jb_vl_extent(use->table, d->column, &low, &high)) widen(s, low), widen(s, high);
    if (d->bin && positional(s)) widen(s, d->bins.start), widen(s, d->bins.stop);
    bool ends = d->end >= 0 && !d->bin && (!d->unit || (fills_span(use->unit) && positional(s)));
    if (ends && jb_vl_extent(use->table, d->end, &low, &high)) widen(s, low), widen(s, high);
}

static bool zero_of(jb_vl_reader *r, const jb_vl_scale *s, bool custom) {
    const jb_node *said = option(s, "zero");
    bool zero = false, any = false;
    if (said) return failed(r, jb_node_bool(r->ctx, said, &zero)), zero;
    if (s->type == JB_VL_LOG || s->type == JB_VL_TIME) return false;
    if (custom) return s->low <= 0 && s->high >= 0;
    if (s->channel == JB_VL_SIZE) return s->lead->type == JB_VL_Q;
    if (s->channel == JB_VL_STROKE) return false;
    for (guint i = 0; positional(s) && i < s->uses->len; i++) {
        const jb_vl_use *use = use_at(s, i);
        jb_vl_mark mark = use->unit->mark;
        if (def_of(use)->bin) return false;
        if (use->channel != s->channel) continue;
        bool across = (use->unit->orient == 'h' && s->channel == JB_VL_Y) ||
                      (use->unit->orient == 'v' && s->channel == JB_VL_X);
        if (!(across && (mark == JB_VL_BAR || mark == JB_VL_AREA || mark == JB_VL_LINE))) any = true;
    }
    return any;
}

/* A value of a domain; a date may be a map. */
static bool read_bound(jb_vl_reader *r, const jb_vl_scale *s, const jb_node *n, double *value) {
    jb_vl_cell c = n->kind == JB_NODE_MAP ? jb_vl_date_of_node(n) : jb_vl_cell_of_node(n);
    if (s->type == JB_VL_TIME) c = jb_vl_time_read(c);
    *value = c.number;
    if (c.kind == JB_VL_NUMBER && (n->kind != JB_NODE_MAP || s->type == JB_VL_TIME)) return true;
    failed(r, jb_fail(r->ctx, n->pos, "the domain needs %s", s->type == JB_VL_TIME ? "dates" : "numbers"));
    return false;
}

/* Two ends; of colours also more values, at which the stops of the palette stand. */
static bool read_ends(jb_vl_reader *r, jb_vl_scale *s, const jb_node *n) {
    bool stops = s->channel == JB_VL_COLOR && n->count > 2 && n->count <= 20;
    if (n->kind != JB_NODE_LIST || (n->count != 2 && !stops)) {
        failed(r, jb_fail(r->ctx, n->pos, "domain must be a list of two values"));
        return false;
    }
    double *values = JB_ARRAY(r->arena, double, n->count);
    for (unsigned i = 0; i < n->count; i++)
        if (!read_bound(r, s, n->items[i], &values[i])) return false;
    double first = values[0], last = values[n->count - 1];
    for (unsigned i = 0; stops && i + 1 < n->count; i++)
        if (!(values[i] < values[i + 1])) {
            failed(r, jb_fail(r->ctx, n->items[i + 1]->pos, "the values of a domain rise"));
            return false;
        }
    if (stops) s->stops = values, s->stop_count = n->count;
    s->low = fmin(first, last);
    s->high = fmax(first, last);
    s->reverse = s->reverse != (first > last);
    return true;
}

static bool bound_option(jb_vl_reader *r, const jb_vl_scale *s, const char *key, double *value) {
    const jb_node *n = option(s, key);
    return n && read_bound(r, s, n, value);
}

/* true, false, about how many ticks, or a unit of time. */
static void read_nice(jb_vl_reader *r, jb_vl_scale *s, const jb_node *n) {
    jb_vl_cell c = jb_vl_cell_of_node(n);
    s->nice = true;
    if (c.kind == JB_VL_NUMBER)
        s->nice_count = c.number;
    else if (c.kind == JB_VL_TEXT && s->type == JB_VL_TIME)
        s->nice_unit = n->text;
    else
        failed(r, jb_node_bool(r->ctx, n, &s->nice));
}

static void continuous_domain(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *said = option(s, "domain");
    const jb_node *more = jb_node_get(said, "unionWith");
    static const char *const keys[] = {"unionWith"};
    if (said && said->kind == JB_NODE_MAP) {
        failed(r, jb_node_check_keys(r->ctx, said, "domain property", keys, 1));
        if (!more) failed(r, jb_fail(r->ctx, said->pos, "domain is a list, or {unionWith: […]}"));
        if (r->status != JB_OK) return;
    }
    bool custom = said && !more && s->type != JB_VL_THRESHOLD && read_ends(r, s, said);
    if (!custom) {
        s->low = INFINITY;
        s->high = -INFINITY;
        for (guint i = 0; i < s->uses->len; i++) add_use(s, use_at(s, i));
        for (unsigned i = 0; more && i < more->count; i++) {
            double value;
            if (read_bound(r, s, more->items[i], &value)) widen(s, value);
        }
    }
    if (!(s->low <= s->high))
        s->low = s->type == JB_VL_LOG ? 1 : 0, s->high = s->type == JB_VL_LOG    ? 10
                                                         : s->type == JB_VL_TIME ? 0
                                                                                 : 1;
    bool ends = bound_option(r, s, "domainMin", &s->low), top = bound_option(r, s, "domainMax", &s->high);
    s->zero = zero_of(r, s, custom);
    if (s->zero) widen(s, 0);
    if (s->type == JB_VL_LOG && !(s->low > 0)) {
        if (r->status == JB_OK)
            failed(r, jb_fail(r->ctx, s->lead->node->pos, "a log scale needs values above 0"));
        s->low = 1, s->high = 10;
    }
    if (r->status == JB_OK && !(fabs(s->low) <= MOST_NUMBER && fabs(s->high) <= MOST_NUMBER))
        failed(r, jb_fail(r->ctx, s->lead->node->pos, "a scale takes numbers from -1e300 to 1e300"));
    const jb_node *nice = option(s, "nice");
    s->nice = positional(s) && !custom && !ends && !top && s->type != JB_VL_TIME;
    for (guint i = 0; i < s->uses->len; i++)
        if (def_of(use_at(s, i))->bin) s->nice = false;
    if (nice) read_nice(r, s, nice);
    double middle;
    if (number_option(r, s, "domainMid", &middle) && r->status == JB_OK) {
        s->stops = JB_ARRAY(r->arena, double, 3);
        s->stop_count = 3;
        s->low = fmin(s->low, middle), s->high = fmax(s->high, middle);
        s->stops[0] = s->low, s->stops[1] = middle, s->stops[2] = s->high;
    }
}

/* ---- all ---- */

/* What config.scale says of bands and points. */
static void config_padding(jb_vl_reader *r, jb_vl_scale *s, bool bars, bool ticks) {
    if (s->type == JB_VL_POINTS && positional(s)) {
        jb_vl_config_number(r, "scale", "pointPadding", &s->outer);
        return;
    }
    if (s->type != JB_VL_BAND) return;
    if (offsets(s)) {
        jb_vl_config_number(r, "scale", "offsetBandPaddingInner", &s->inner);
        jb_vl_config_number(r, "scale", "offsetBandPaddingOuter", &s->outer);
        return;
    }
    if (nested(s)) {
        jb_vl_config_number(r, "scale", "bandWithNestedOffsetPaddingInner", &s->inner);
        jb_vl_config_number(r, "scale", "bandWithNestedOffsetPaddingOuter", &s->outer);
        return;
    }
    bool inner = jb_vl_config_number(r, "scale", "bandPaddingInner", &s->inner);
    if (!inner)
        inner = jb_vl_config_number(r, "scale",
                                    bars    ? "barBandPaddingInner"
                                    : ticks ? "tickBandPaddingInner"
                                            : "rectBandPaddingInner",
                                    &s->inner);
    if (inner) s->outer = s->inner / 2;
    jb_vl_config_number(r, "scale", "bandPaddingOuter", &s->outer);
}

static void read_padding(jb_vl_reader *r, jb_vl_scale *s) {
    double both;
    bool bars = false, ticks = false;
    for (guint i = 0; i < s->uses->len; i++)
        bars = bars || use_at(s, i)->unit->mark == JB_VL_BAR,
        ticks = ticks || use_at(s, i)->unit->mark == JB_VL_TICK;
    if (s->type == JB_VL_BAND && positional(s))
        s->inner = nested(s) ? NESTED_PADDING : bars ? BAR_PADDING : ticks ? 0.25 : 0;
    s->outer = nested(s) ? NESTED_PADDING : s->inner / 2;
    if (s->type == JB_VL_POINTS && (positional(s) || offsets(s))) s->outer = 0.5;
    if (offsets(s) && s->type == JB_VL_BAND) s->inner = s->outer = 0;
    config_padding(r, s, bars, ticks);
    if (number_option(r, s, "padding", &both)) s->inner = s->outer = both;
    s->align = 0.5;
    number_option(r, s, "align", &s->align);
    number_option(r, s, "paddingInner", &s->inner);
    number_option(r, s, "paddingOuter", &s->outer);
    if (s->type == JB_VL_POINTS) s->inner = 1;
    if (r->status == JB_OK && jb_vl_scale_discrete(s) &&
        !(s->inner >= 0 && s->inner <= 1 && s->outer >= 0 && s->outer <= 100))
        failed(r, jb_fail(r->ctx, s->node->pos, "paddings of bands are shares from 0 to 1"));
}

/* The use whose options count: the first with a field, with the axis and legend that any of them says. */
static const jb_vl_def *lead_of(jb_vl_reader *r, const jb_vl_scale *s) {
    jb_vl_def *lead = JB_NEW(r->arena, jb_vl_def);
    const jb_vl_def *first = def_of(use_at(s, 0));
    for (guint i = 0; i < s->uses->len && !first->field; i++) first = def_of(use_at(s, i));
    *lead = *first;
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_vl_def *d = def_of(use_at(s, i));
        if (d == first || use_at(s, i)->channel != s->channel) continue;
        if (d->axis)
            lead->axis = !lead->axis || jb_node_is_null(lead->axis)
                             ? d->axis
                             : jb_node_merge(r->arena, d->axis, lead->axis);
        if (d->legend)
            lead->legend = !lead->legend || jb_node_is_null(lead->legend)
                               ? d->legend
                               : jb_node_merge(r->arena, d->legend, lead->legend);
    }
    return lead;
}

void jb_vl_scale_build(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *reverse = option(s, "reverse");
    if (s->built || !s->uses->len) return;
    s->built = true;
    s->lead = lead_of(r, s);
    s->nice_count = 10;
    s->node = s->lead->scale;
    s->type = type_of(r, s);
    s->exponent = s->type == JB_VL_SQRT ? 0.5 : 1;
    s->base = 10;
    s->constant = 1;
    number_option(r, s, "exponent", &s->exponent);
    number_option(r, s, "base", &s->base);
    number_option(r, s, "constant", &s->constant);
    s->clamp = jb_vl_says(jb_node_get(r->config, "scale"), "clamp", "true");
    if (option(s, "clamp")) failed(r, jb_node_bool(r->ctx, option(s, "clamp"), &s->clamp));
    if (r->status == JB_OK) jb_vl_scale_check(r, s);
    if (r->status != JB_OK) return;
    if (reverse) failed(r, jb_node_bool(r->ctx, reverse, &s->reverse));
    if (jb_vl_scale_discrete(s))
        discrete_domain(r, s);
    else
        continuous_domain(r, s);
    if (!jb_vl_scale_discrete(s) && s->lead->sort && s->lead->sort->kind == JB_NODE_SCALAR &&
        !strcmp(s->lead->sort->text, "descending"))
        s->reverse = !s->reverse;
    read_padding(r, s);
    if (r->status != JB_OK) return;
    if (s->type == JB_VL_QUANTIZE && s->nice) jb_vl_nice(&s->low, &s->high, s->nice_count);
    jb_vl_scale_cut(r, s, option(s, "domain"), option(s, "range"));
    jb_vl_range_check(r, s);
    jb_vl_scale_output(r, s);
    jb_vl_palette_build(r, s);
}

static double bend(const jb_vl_scale *s, double v) {
    switch (s->type) {
    case JB_VL_LOG: return log(v) / log(s->base);
    case JB_VL_SYMLOG: return copysign(log1p(fabs(v / s->constant)), v);
    case JB_VL_SQRT:
    case JB_VL_POW: return copysign(pow(fabs(v), s->exponent), v);
    default: return v;
    }
}

static double unbend(const jb_vl_scale *s, double v) {
    switch (s->type) {
    case JB_VL_LOG: return pow(s->base, v);
    case JB_VL_SYMLOG: return copysign(expm1(fabs(v)) * s->constant, v);
    case JB_VL_SQRT:
    case JB_VL_POW: return copysign(pow(fabs(v), 1 / s->exponent), v);
    default: return v;
    }
}

/* Bars on a continuous axis stand wholly inside it; `padding` of a continuous scale is pt, too. */
static double continuous_padding(jb_vl_reader *r, const jb_vl_scale *s) {
    double padding = 0;
    if (number_option(r, s, "padding", &padding)) return padding;
    if (positional(s) && jb_vl_config_number(r, "scale", "continuousPadding", &padding)) return padding;
    for (guint i = 0; positional(s) && i < s->uses->len; i++) {
        const jb_vl_use *use = use_at(s, i);
        const jb_vl_def *d = def_of(use);
        if (use->unit->mark != JB_VL_BAR || d->bin || d->unit) continue;
        if ((use->unit->orient == 'v' && s->channel == JB_VL_X) ||
            (use->unit->orient == 'h' && s->channel == JB_VL_Y))
            return BAR_SIZE;
    }
    return 0;
}

void jb_vl_scale_range(jb_vl_reader *r, jb_vl_scale *s, double from, double to) {
    bool first = s->from == 0 && s->to == 0;
    s->from = s->reverse ? to : from;
    s->to = s->reverse ? from : to;
    if (!first || jb_vl_scale_discrete(s)) return;
    double padding = continuous_padding(r, s), span = fabs(to - from);
    if (padding > 0 && span > 2 * padding) {
        double a = bend(s, s->low), b = bend(s, s->high), grown = (b - a) * (span / (span - 2 * padding));
        s->low = fmax(unbend(s, (a + b) / 2 - grown / 2), -WIDEST);
        s->high = fmin(unbend(s, (a + b) / 2 + grown / 2), WIDEST);
    }
    if (s->nice && s->type == JB_VL_LOG) {
        s->low = pow(s->base, floor(log(s->low) / log(s->base)));
        s->high = pow(s->base, ceil(log(s->high) / log(s->base)));
    } else if (s->nice && s->type == JB_VL_TIME)
        jb_vl_time_nice(&s->low, &s->high, s->nice_count, s->nice_unit);
    else if (s->nice)
        jb_vl_nice(&s->low, &s->high, s->nice_count);
}

int jb_vl_scale_index(const jb_vl_scale *s, jb_vl_cell value) {
    for (guint i = 0; i < s->names->len; i++)
        if (jb_vl_cell_equal(g_array_index(s->names, jb_vl_cell, i), value)) return (int)i;
    return -1;
}

double jb_vl_scale_step(const jb_vl_scale *s) {
    return fabs(s->to - s->from) / fmax(1, s->names->len - s->inner + 2 * s->outer);
}

double jb_vl_scale_bandwidth(const jb_vl_scale *s) {
    return s->type == JB_VL_BAND ? jb_vl_scale_step(s) * (1 - s->inner) : 0;
}

double jb_vl_scale_map(const jb_vl_scale *s, jb_vl_cell value) {
    if (jb_vl_scale_discrete(s)) {
        int index = jb_vl_scale_index(s, value);
        double step = jb_vl_scale_step(s), low = fmin(s->from, s->to), span = fabs(s->to - s->from);
        if (index < 0) return NAN;
        if (s->to < s->from) index = (int)s->names->len - 1 - index;
        double before = s->to < s->from ? 1 - s->align : s->align;
        return low + (span - step * (s->names->len - s->inner)) * before + step * index;
    }
    if (value.kind == JB_VL_MISSING || value.kind == JB_VL_TEXT ||
        (s->type == JB_VL_LOG && value.number <= 0))
        return NAN;
    double low = bend(s, s->low), high = bend(s, s->high);
    if (high <= low) return (s->from + s->to) / 2;
    double share = (bend(s, value.number) - low) / (high - low);
    if (s->clamp) share = fmin(fmax(share, 0), 1);
    return s->from + share * (s->to - s->from);
}

double jb_vl_scale_share(const jb_vl_scale *s, jb_vl_cell v) {
    double share = 1;
    if (jb_vl_scale_discrete(s)) {
        int i = jb_vl_scale_index(s, v);
        share = s->names->len > 1 ? (double)i / (s->names->len - 1) : 1;
    } else if (s->stop_count > 2) {
        unsigned i = 0;
        while (i + 2 < s->stop_count && v.number > s->stops[i + 1]) i++;
        double a = s->stops[i], b = s->stops[i + 1];
        share = (i + (b > a ? fmin(fmax((v.number - a) / (b - a), 0), 1) : 0)) / (s->stop_count - 1);
    } else if (s->high > s->low && !(s->type == JB_VL_LOG && v.number <= 0))
        share = (bend(s, v.number) - bend(s, s->low)) / (bend(s, s->high) - bend(s, s->low));
    share = fmin(fmax(share, 0), 1);
    return s->reverse ? 1 - share : share;
}
