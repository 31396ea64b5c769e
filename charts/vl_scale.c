/* Scales: one question a function. The defaults are Vega-Lite's (compile/scale). */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_time.h"

#define BAR_PADDING 0.1
#define NESTED_PADDING 0.2
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
    static const char *const names[] = {"linear", "log",     "symlog", "sqrt", "pow",
                                        "time",   "ordinal", "band",   "point"};
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
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        if (n->kind == JB_NODE_SCALAR &&
            (!strcmp(n->text, names[i]) || (i == JB_VL_TIME && !strcmp(n->text, "utc")))) {
            bool discrete = jb_vl_discrete(def_of(use_at(s, 0)));
            if (discrete == (i >= JB_VL_ORDINAL)) return (jb_vl_scale_type)i;
            failed(r, jb_fail(r->ctx, n->pos, "a scale of type %s does not go with a field that is %s",
                              n->text, discrete ? "nominal or ordinal" : "quantitative or temporal"));
            return type;
        }
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

static bool read_ends(jb_vl_reader *r, const jb_vl_scale *s, const jb_node *n, double *low, double *high) {
    double ends[2];
    if (n->kind != JB_NODE_LIST || n->count != 2) {
        failed(r, jb_fail(r->ctx, n->pos, "domain must be a list of two values"));
        return false;
    }
    for (unsigned i = 0; i < 2; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(n->items[i]);
        if (s->type == JB_VL_TIME) c = jb_vl_time_read(c);
        if (c.kind != JB_VL_NUMBER) {
            failed(r, jb_fail(r->ctx, n->items[i]->pos, "the domain needs %s",
                              s->type == JB_VL_TIME ? "dates" : "numbers"));
            return false;
        }
        ends[i] = c.number;
    }
    *low = fmin(ends[0], ends[1]);
    *high = fmax(ends[0], ends[1]);
    return true;
}

static void continuous_domain(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *said = option(s, "domain");
    bool custom = said && read_ends(r, s, said, &s->low, &s->high);
    if (!custom) {
        s->low = INFINITY;
        s->high = -INFINITY;
        for (guint i = 0; i < s->uses->len; i++) add_use(s, use_at(s, i));
    }
    if (!(s->low <= s->high))
        s->low = s->type == JB_VL_LOG ? 1 : 0, s->high = s->type == JB_VL_LOG    ? 10
                                                         : s->type == JB_VL_TIME ? 0
                                                                                 : 1;
    bool ends = number_option(r, s, "domainMin", &s->low), top = number_option(r, s, "domainMax", &s->high);
    s->zero = zero_of(r, s, custom);
    if (s->zero) widen(s, 0);
    if (s->type == JB_VL_LOG && !(s->low > 0)) {
        if (r->status == JB_OK)
            failed(r, jb_fail(r->ctx, s->lead->node->pos, "a log scale needs values above 0"));
        s->low = 1, s->high = 10;
    }
    const jb_node *nice = option(s, "nice");
    s->nice = positional(s) && !custom && !ends && !top && s->type != JB_VL_TIME;
    for (guint i = 0; i < s->uses->len; i++)
        if (def_of(use_at(s, i))->bin) s->nice = false;
    if (nice) failed(r, jb_node_bool(r->ctx, nice, &s->nice));
    if (nice && s->nice && s->type == JB_VL_TIME)
        failed(r, jb_fail(r->ctx, nice->pos, "nice: true is not supported for time"));
}

/* ---- all ---- */

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
    if (number_option(r, s, "padding", &both)) s->inner = s->outer = both;
    number_option(r, s, "paddingInner", &s->inner);
    number_option(r, s, "paddingOuter", &s->outer);
    if (s->type == JB_VL_POINTS) s->inner = 1;
    if (r->status == JB_OK && jb_vl_scale_discrete(s) &&
        !(s->inner >= 0 && s->inner <= 1 && s->outer >= 0 && s->outer <= 100))
        failed(r, jb_fail(r->ctx, s->node->pos, "paddings of bands are shares from 0 to 1"));
}

/* A range is colours, or two areas of points: what else there is has the theme's. */
static void check_range(jb_vl_reader *r, const jb_vl_scale *s) {
    const jb_node *range = option(s, "range");
    bool good = range && range->kind == JB_NODE_LIST && range->count;
    jb_colour colour;
    if (!range) return;
    if (s->channel == JB_VL_COLOR && jb_vl_scale_discrete(s))
        for (unsigned i = 0; good && i < range->count; i++)
            good = jb_vl_colour_read(range->items[i], &colour);
    else
        good = good && s->channel == JB_VL_SIZE && range->count == 2 && !jb_vl_scale_discrete(s);
    if (!good)
        failed(r, jb_fail(r->ctx, range->pos,
                          "this range is not supported: it is a list of colours for categories, or of two "
                          "numbers for size"));
}

void jb_vl_scale_build(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *reverse = option(s, "reverse");
    if (s->built || !s->uses->len) return;
    s->built = true;
    s->lead = def_of(use_at(s, 0));
    for (guint i = 0; i < s->uses->len && !s->lead->field; i++) s->lead = def_of(use_at(s, i));
    s->node = s->lead->scale;
    s->type = type_of(r, s);
    s->exponent = s->type == JB_VL_SQRT ? 0.5 : 1;
    s->base = 10;
    s->constant = 1;
    number_option(r, s, "exponent", &s->exponent);
    number_option(r, s, "base", &s->base);
    number_option(r, s, "constant", &s->constant);
    if (r->status == JB_OK && !(s->exponent > 0 && s->base > 1 && s->constant > 0))
        failed(r, jb_fail(r->ctx, s->node->pos, "exponent and constant must be above 0, base above 1"));
    if (reverse) failed(r, jb_node_bool(r->ctx, reverse, &s->reverse));
    if (jb_vl_scale_discrete(s))
        discrete_domain(r, s);
    else
        continuous_domain(r, s);
    if (!jb_vl_scale_discrete(s) && s->lead->sort && s->lead->sort->kind == JB_NODE_SCALAR &&
        !strcmp(s->lead->sort->text, "descending"))
        s->reverse = !s->reverse;
    read_padding(r, s);
    check_range(r, s);
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
        s->low = unbend(s, (a + b) / 2 - grown / 2);
        s->high = unbend(s, (a + b) / 2 + grown / 2);
    }
    if (s->nice && s->type == JB_VL_LOG) {
        s->low = pow(s->base, floor(log(s->low) / log(s->base)));
        s->high = pow(s->base, ceil(log(s->high) / log(s->base)));
    } else if (s->nice)
        jb_vl_nice(&s->low, &s->high, 10);
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
        return low + (span - step * (s->names->len - s->inner)) / 2 + step * index;
    }
    if (value.kind == JB_VL_MISSING || value.kind == JB_VL_TEXT ||
        (s->type == JB_VL_LOG && value.number <= 0))
        return NAN;
    double low = bend(s, s->low), high = bend(s, s->high);
    if (high <= low) return (s->from + s->to) / 2;
    return s->from + (bend(s, value.number) - low) / (high - low) * (s->to - s->from);
}
