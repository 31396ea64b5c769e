/* Domains of scales: names in their order, or two ends. The defaults are Vega-Lite's (compile/scale/domain).
 */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

#define MOST_NUMBER 1e300 /* distances of larger ones are none */

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
        jb_vl_failed(r, jb_node_check_keys(r->ctx, sort, "sort property", keys, 4));
        o->down = jb_vl_says(sort, "order", "descending");
        if (encoding)
            good = encoding->kind == JB_NODE_SCALAR && order_by_encoding(use, encoding->text, o);
        else {
            o->t = use->unit->raw;
            o->op = op ? jb_vl_op_parse(r->ctx, op) : JB_VL_MIN;
            o->column = -1;
            if (field) jb_vl_failed(r, jb_node_string(r->ctx, field, &name));
            if (name && strcmp(name, "*")) o->column = jb_vl_field(r->ctx, use->unit->raw, name, field->pos);
            if (name && strcmp(name, "*") && o->column < 0) r->status = JB_INPUT;
            good = o->op != JB_VL_NONE && (o->column >= 0 || o->op == JB_VL_COUNT);
        }
    }
    if (!good)
        jb_vl_failed(
            r, jb_fail(r->ctx, sort->pos,
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
            list[i].key = key_of(o.t, jb_vl_use_def(use)->column, value, o.op, o.column);
        if (o.down && list[i].key.kind == JB_VL_NUMBER) list[i].key.number = -list[i].key.number;
    }
    qsort(list, n, sizeof *list, by_key);
    for (guint i = 0; i < n; i++) g_array_index(s->names, jb_vl_cell, i) = list[down ? n - 1 - i : i].value;
    g_free(list);
}

void jb_vl_domain_names(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *said = jb_vl_scale_option(s, "domain"), *sort = NULL;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const jb_vl_use *by = jb_vl_use_at(s, 0);
    for (unsigned i = 0; said && said->kind == JB_NODE_LIST && i < said->count; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(said->items[i]);
        g_array_append_val(s->names, c);
    }
    for (guint i = 0; !said && i < s->uses->len; i++) {
        const jb_vl_use *use = jb_vl_use_at(s, i);
        const jb_vl_def *d = jb_vl_use_def(use);
        if (d->has_datum) {
            char *key = g_strdup_printf("%d%s", d->constant.kind, jb_vl_cell_string(r->arena, d->constant));
            if (g_hash_table_add(seen, key)) g_array_append_val(s->names, d->constant);
        } else if (d->column >= 0)
            add_names(s, use->table, d->column, seen);
        if (!sort && d->sort) sort = d->sort, by = use;
    }
    g_hash_table_destroy(seen);
    if (s->names->len > JB_LIMIT_CATEGORIES)
        jb_vl_failed(r, jb_fail(r->ctx, s->lead->node->pos, "more than the limit of %d categories",
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
    const jb_vl_def *d = jb_vl_use_def(use);
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
    for (unsigned i = 0; d->type == JB_VL_Q && d->own >= 0 && i < use->table->rows;
         i++) { /* ends of ranges */
        jb_value v;
        jb_vl_cell c = jb_vl_table_at(use->table, i, d->own);
        if (jb_vl_cell_inexact(c) && jb_vl_cell_read(c, &v) == JB_VALUE_RANGE && isfinite(v.number) &&
            !use->unit->stack)
            widen(s, v.number);
    }
    if (d->bin && jb_vl_scale_places(s)) widen(s, d->bins.start), widen(s, d->bins.stop);
    bool ends = d->end >= 0 && !d->bin && (!d->unit || (fills_span(use->unit) && jb_vl_scale_places(s)));
    if (ends && jb_vl_extent(use->table, d->end, &low, &high)) widen(s, low), widen(s, high);
}

static bool zero_of(jb_vl_reader *r, const jb_vl_scale *s, bool custom) {
    const jb_node *said = jb_vl_scale_option(s, "zero");
    bool zero = false, any = false;
    if (said) return jb_vl_failed(r, jb_node_bool(r->ctx, said, &zero)), zero;
    if (s->type == JB_VL_LOG || s->type == JB_VL_TIME) return false;
    if (custom) return s->low <= 0 && s->high >= 0;
    if (s->channel == JB_VL_SIZE) return s->lead->type == JB_VL_Q;
    if (s->channel == JB_VL_STROKE) return false;
    for (guint i = 0; jb_vl_scale_places(s) && i < s->uses->len; i++) {
        const jb_vl_use *use = jb_vl_use_at(s, i);
        jb_vl_mark mark = use->unit->mark;
        if (jb_vl_use_def(use)->bin) return false;
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
    jb_vl_failed(r,
                 jb_fail(r->ctx, n->pos, "the domain needs %s", s->type == JB_VL_TIME ? "dates" : "numbers"));
    return false;
}

/* Two ends; of colours also more values, at which the stops of the palette stand. */
static bool read_ends(jb_vl_reader *r, jb_vl_scale *s, const jb_node *n) {
    bool stops = s->channel == JB_VL_COLOR && n->count > 2 && n->count <= 20;
    if (n->kind != JB_NODE_LIST || (n->count != 2 && !stops)) {
        jb_vl_failed(r, jb_fail(r->ctx, n->pos, "domain must be a list of two values"));
        return false;
    }
    double *values = JB_ARRAY(r->arena, double, n->count);
    for (unsigned i = 0; i < n->count; i++)
        if (!read_bound(r, s, n->items[i], &values[i])) return false;
    double first = values[0], last = values[n->count - 1];
    for (unsigned i = 0; stops && i + 1 < n->count; i++)
        if (!(values[i] < values[i + 1])) {
            jb_vl_failed(r, jb_fail(r->ctx, n->items[i + 1]->pos, "the values of a domain rise"));
            return false;
        }
    if (stops) s->stops = values, s->stop_count = n->count;
    s->low = fmin(first, last);
    s->high = fmax(first, last);
    s->reverse = s->reverse != (first > last);
    return true;
}

static bool bound_option(jb_vl_reader *r, const jb_vl_scale *s, const char *key, double *value) {
    const jb_node *n = jb_vl_scale_option(s, key);
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
        jb_vl_failed(r, jb_node_bool(r->ctx, n, &s->nice));
}

void jb_vl_domain_ends(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *said = jb_vl_scale_option(s, "domain");
    const jb_node *more = jb_node_get(said, "unionWith");
    static const char *const keys[] = {"unionWith"};
    if (said && said->kind == JB_NODE_MAP) {
        jb_vl_failed(r, jb_node_check_keys(r->ctx, said, "domain property", keys, 1));
        if (!more) jb_vl_failed(r, jb_fail(r->ctx, said->pos, "domain is a list, or {unionWith: […]}"));
        if (r->status != JB_OK) return;
    }
    bool custom = said && !more && s->type != JB_VL_THRESHOLD && read_ends(r, s, said);
    if (!custom) {
        s->low = INFINITY;
        s->high = -INFINITY;
        for (guint i = 0; i < s->uses->len; i++) add_use(s, jb_vl_use_at(s, i));
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
            jb_vl_failed(r, jb_fail(r->ctx, s->lead->node->pos, "a log scale needs values above 0"));
        s->low = 1, s->high = 10;
    }
    if (r->status == JB_OK && !(fabs(s->low) <= MOST_NUMBER && fabs(s->high) <= MOST_NUMBER))
        jb_vl_failed(r, jb_fail(r->ctx, s->lead->node->pos, "a scale takes numbers from -1e300 to 1e300"));
    const jb_node *nice = jb_vl_scale_option(s, "nice");
    s->nice = jb_vl_scale_places(s) && !custom && !ends && !top && s->type != JB_VL_TIME;
    for (guint i = 0; i < s->uses->len; i++)
        if (jb_vl_use_def(jb_vl_use_at(s, i))->bin) s->nice = false;
    if (nice) read_nice(r, s, nice);
    double middle;
    if (jb_vl_scale_option_number(r, s, "domainMid", &middle) && r->status == JB_OK) {
        s->stops = JB_ARRAY(r->arena, double, 3);
        s->stop_count = 3;
        s->low = fmin(s->low, middle), s->high = fmax(s->high, middle);
        s->stops[0] = s->low, s->stops[1] = middle, s->stops[2] = s->high;
    }
}
