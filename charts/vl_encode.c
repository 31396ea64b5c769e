/* What an encoding makes of the data of its view: temporal fields, bins, time units, aggregates, imputed
 * values, stacks. */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_time.h"

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

/* ---- channels ---- */

static int fresh(jb_vl_table *t, const char *what, const jb_vl_def *d, int channel) {
    char *name = g_strdup_printf("\x01%s %s %d", what, d->field ? d->field : "", channel);
    int column = (int)jb_vl_table_column(t, name);
    g_free(name);
    return column;
}

static void parse_times(jb_vl_reader *r, jb_vl_table *t, jb_vl_def *d, int channel) {
    int to = fresh(t, "time", d, channel);
    jb_vl_host host = jb_vl_host_of(r);
    failed(r, jb_vl_dates(r->ctx, t, d->column, to, NULL, jb_node_get(d->node, "field")->pos, &host));
    d->column = to;
}

static void apply_unit(jb_vl_table *t, jb_vl_def *d, int channel) {
    int from = d->column, begin = fresh(t, "unit", d, channel), end = fresh(t, "unit end", d, channel);
    for (unsigned i = 0; i < t->rows; i++) {
        jb_vl_cell c = jb_vl_table_at(t, i, from);
        if (c.kind != JB_VL_NUMBER) continue;
        c.number = jb_vl_unit_floor(d->unit, c.number);
        t->cells[begin][i] = c;
        t->cells[end][i] = jb_vl_number(jb_vl_unit_next(d->unit, c.number));
    }
    d->column = begin;
    d->end = end;
}

static void apply_bin(jb_vl_reader *r, jb_vl_table *t, jb_vl_def *d, int channel) {
    bool six = channel == JB_VL_ROW || channel == JB_VL_COLUMN || channel == JB_VL_SIZE ||
               channel == JB_VL_COLOR || channel == JB_VL_OPACITY || channel == JB_VL_SHAPE;
    double low, high;
    if (!jb_vl_extent(t, d->column, &low, &high)) low = 0, high = 1;
    failed(r, jb_vl_bins_choose(r->ctx, d->bin, six ? 6 : 10, low, high, &d->bins));
    if (r->status != JB_OK) return;
    char *begin = g_strdup_printf("\x01"
                                  "bin %s %d",
                                  d->field, channel),
         *end = g_strdup_printf("\x01"
                                "bin end %s %d",
                                d->field, channel);
    jb_vl_bins_apply(t, d->column, &d->bins, begin, end);
    d->column = jb_vl_table_find(t, begin);
    d->end = jb_vl_table_find(t, end);
    g_free(begin);
    g_free(end);
}

static void resolve(jb_vl_reader *r, jb_vl_table *t, jb_vl_def *d, int channel) {
    if (!d->node || !d->field || r->status != JB_OK) return;
    d->column = jb_vl_field(r->ctx, t, d->field, jb_node_get(d->node, "field")->pos);
    if (d->column < 0) {
        r->status = JB_INPUT;
        return;
    }
    if (d->arg) {
        d->arg_column = jb_vl_field(r->ctx, t, d->arg, d->node->pos);
        if (d->arg_column < 0) r->status = JB_INPUT;
    }
    if ((d->type == JB_VL_T || d->unit) && (d->op == JB_VL_NONE || d->type == JB_VL_T))
        parse_times(r, t, d, channel);
    if (d->unit) apply_unit(t, d, channel);
    if (d->bin) apply_bin(r, t, d, channel);
    d->own = d->column;
}

static void read_figures(jb_vl_reader *r, jb_vl_unit *u, int channel) {
    jb_vl_def *d = &u->def[channel];
    bool counts = d->op == JB_VL_COUNT || d->op == JB_VL_DISTINCT || d->op == JB_VL_VALID ||
                  d->op == JB_VL_GONE || d->arg;
    if (r->status != JB_OK || !d->node || !d->field || d->type != JB_VL_Q || d->bin || d->unit || counts)
        return;
    int to = fresh(u->table, "figure", d, channel);
    jb_vl_figures(r, u->table, u, channel, to);
    d->own = d->column = to;
}

/* ---- aggregation ---- */

static bool aggregates(const jb_vl_unit *u) {
    for (int c = 0; c < JB_VL_CHANNELS; c++)
        if (u->def[c].node && u->def[c].op != JB_VL_NONE) return true;
    return false;
}

static unsigned dimensions(const jb_vl_unit *u, int *by) {
    unsigned n = 0;
    for (int i = 0; i < 3; i++)
        if (u->facet[i] >= 0) by[n++] = u->facet[i];
    for (int c = 0; c < JB_VL_CHANNELS; c++) {
        const jb_vl_def *d = &u->def[c];
        if (!d->node || d->column < 0 || d->op != JB_VL_NONE) continue;
        by[n++] = d->column;
        if (d->end >= 0) by[n++] = d->end;
    }
    return n;
}

/* Sums and products that are no numbers would leave out data unsaid. */
static void check_overflow(jb_vl_reader *r, const jb_vl_def *d, const jb_vl_table *t, int column,
                           jb_vl_cell made, const unsigned *rows, unsigned count) {
    bool sums = d->op == JB_VL_SUM || d->op == JB_VL_MEAN || d->op == JB_VL_PRODUCT ||
                (d->op >= JB_VL_STDEV && d->op <= JB_VL_STDERR);
    for (unsigned i = 0; sums && made.kind == JB_VL_MISSING && r->status == JB_OK && i < count; i++)
        if (jb_vl_table_at(t, rows[i], column).kind == JB_VL_NUMBER)
            failed(r, jb_fail(r->ctx, d->node->pos, "the aggregate goes beyond 1e308"));
}

/* Expressions know it by Vega-Lite's name. */
static void name_aggregate(jb_vl_table *t, const jb_vl_def *d) {
    char *name = jb_vl_op_field(d->op, d->field);
    if (name && jb_vl_table_find(t, name) < 0) {
        unsigned at = jb_vl_table_column(t, jb_arena_string(t->arena, name));
        t->cells[at] = t->cells[d->column];
    }
    g_free(name);
}

static void aggregate(jb_vl_reader *r, jb_vl_unit *u) {
    int by[2 * JB_VL_CHANNELS + 3];
    jb_vl_table *t = u->table, *to = jb_vl_table_new(t->arena);
    unsigned n = dimensions(u, by), *group = JB_ARRAY(t->arena, unsigned, t->rows + 1),
             groups = jb_vl_table_group(t, by, n, group);
    unsigned *first = JB_ARRAY(t->arena, unsigned, groups + 2),
             *fill = JB_ARRAY(t->arena, unsigned, groups + 1),
             *rows = JB_ARRAY(t->arena, unsigned, t->rows + 1);
    for (unsigned i = 0; i < t->rows; i++) first[group[i] + 1]++;
    for (unsigned g = 0; g < groups; g++) first[g + 1] += first[g];
    for (unsigned i = 0; i < t->rows; i++) rows[first[group[i]] + fill[group[i]]++] = i;
    for (unsigned i = 0; i < t->columns; i++) jb_vl_table_column(to, t->names[i]);
    for (unsigned g = 0; g < groups; g++) {
        unsigned at = jb_vl_table_row(to);
        for (unsigned k = 0; k < n; k++) to->cells[by[k]][at] = jb_vl_table_at(t, rows[first[g]], by[k]);
    }
    for (int c = 0; c < JB_VL_CHANNELS; c++) {
        jb_vl_def *d = &u->def[c];
        if (!d->node || d->op == JB_VL_NONE) continue;
        int from = d->column;
        d->own = d->column = fresh(to, "aggregate", d, c);
        for (unsigned g = 0; g < groups; g++) {
            const unsigned *some = rows + first[g];
            unsigned count = first[g + 1] - first[g];
            jb_vl_cell made = d->arg ? jb_vl_at_extreme(t, d->op, from, d->arg_column, some, count)
                                     : jb_vl_aggregate(t, d->op, from, some, count);
            check_overflow(r, d, t, from, made, some, count);
            to->cells[d->column][g] = made;
        }
        name_aggregate(to, d);
    }
    u->table = to;
}

/* ---- impute ---- */

/* Series of a unit: what its colour, detail, dash, shape and size fields (those that are no measures), and
 * facets, tell apart. */
static unsigned series_columns(const jb_vl_unit *u, int *by) {
    static const int channels[] = {JB_VL_COLOR,      JB_VL_OPACITY,    JB_VL_DASH,
                                   JB_VL_SHAPE,      JB_VL_SIZE,       JB_VL_DETAIL,
                                   JB_VL_DETAIL + 1, JB_VL_DETAIL + 2, JB_VL_DETAIL + 3};
    unsigned n = 0;
    for (int i = 0; i < 3; i++)
        if (u->facet[i] >= 0) by[n++] = u->facet[i];
    for (size_t i = 0; i < G_N_ELEMENTS(channels); i++) {
        const jb_vl_def *d = &u->def[channels[i]];
        if (d->node && d->column >= 0 && d->op == JB_VL_NONE) by[n++] = d->column;
    }
    return n;
}

/* Every series gets a row for every value of the dimension; the measure of new rows is `fill`, and so are
 * missing ones when `missing` says so. */
static void impute(jb_vl_unit *u, int measure, int dimension, jb_vl_cell fill, bool missing) {
    jb_vl_table *t = u->table;
    int by[16];
    unsigned n = series_columns(u, by), *group = JB_ARRAY(t->arena, unsigned, t->rows + 1),
             groups = jb_vl_table_group(t, by, n, group);
    unsigned *key = JB_ARRAY(t->arena, unsigned, t->rows + 1),
             keys = jb_vl_table_group(t, &u->def[dimension].column, 1, key), rows = t->rows;
    int value = u->def[measure].column;
    if (keys == 0 || groups > JB_LIMIT_CELLS / keys) return;
    bool *seen = g_new0(bool, (size_t)groups *keys + 1);
    unsigned *of_group = g_new0(unsigned, groups + 1), *of_key = g_new0(unsigned, keys + 1);
    for (unsigned i = 0; i < rows; i++) {
        seen[(size_t)group[i] * keys + key[i]] = true;
        of_group[group[i]] = of_key[key[i]] = i;
        if (missing && t->cells[value][i].kind == JB_VL_MISSING) t->cells[value][i] = fill;
        of_group[group[i]] = i;
    }
    for (unsigned g = 0; g < groups; g++)
        for (unsigned k = 0; k < keys; k++) {
            if (seen[(size_t)g * keys + k]) continue;
            unsigned at = jb_vl_table_row(t);
            for (unsigned c = 0; c < n; c++) t->cells[by[c]][at] = t->cells[by[c]][of_group[g]];
            t->cells[u->def[dimension].column][at] = t->cells[u->def[dimension].column][of_key[k]];
            if (u->def[dimension].end >= 0)
                t->cells[u->def[dimension].end][at] = t->cells[u->def[dimension].end][of_key[k]];
            t->cells[value][at] = fill;
        }
    g_free(seen);
    g_free(of_group);
    g_free(of_key);
}

static void impute_said(jb_vl_reader *r, jb_vl_unit *u, int measure) {
    static const char *const keys[] = {"value", "method"};
    const jb_vl_def *d = &u->def[measure];
    int other = measure == JB_VL_X ? JB_VL_Y : JB_VL_X;
    if (!d->impute || jb_node_is_null(d->impute) || d->column < 0 || u->def[other].column < 0) return;
    failed(r, jb_node_check_keys(r->ctx, d->impute, "impute property", keys, 2));
    const jb_node *method = jb_node_get(d->impute, "method");
    if (method && !jb_vl_says(d->impute, "method", "value"))
        failed(r, jb_fail(r->ctx, method->pos, "impute method “%s” is not supported; there is: value",
                          method->text ? method->text : "…"));
    impute(u, measure, other, jb_vl_cell_of_node(jb_node_get(d->impute, "value")), true);
}

/* ---- stack ---- */

static bool unbinned(const jb_vl_def *d) {
    return d->node && (d->field || d->op == JB_VL_COUNT) && d->type == JB_VL_Q && !d->bin && !d->binned;
}

/* Vega-Lite's potentialStackedChannel of stack.ts; -1 for none. */
static int stacked_channel(const jb_vl_unit *u) {
    const jb_vl_def *x = &u->def[JB_VL_X], *y = &u->def[JB_VL_Y];
    bool solid = u->mark == JB_VL_BAR || u->mark == JB_VL_AREA, qx = unbinned(x), qy = unbinned(y);
    if (qx && qy) {
        if (x->stack) return JB_VL_X;
        if (y->stack) return JB_VL_Y;
        if ((x->op != JB_VL_NONE) != (y->op != JB_VL_NONE)) return x->op != JB_VL_NONE ? JB_VL_X : JB_VL_Y;
        return !solid ? -1 : u->orient == 'v' ? JB_VL_Y : u->orient == 'h' ? JB_VL_X : -1;
    }
    if (qx) return solid && u->orient == 'v' && !y->node ? -1 : JB_VL_X;
    if (qy) return solid && u->orient == 'h' && !x->node ? -1 : JB_VL_Y;
    return -1;
}

static char stack_mode(jb_vl_reader *r, const jb_vl_unit *u, const jb_vl_def *d) {
    const jb_node *n = d->stack;
    if (!n) return u->mark == JB_VL_BAR || u->mark == JB_VL_AREA ? 'z' : 0;
    if (jb_node_is_null(n) ||
        (n->kind == JB_NODE_SCALAR && (!strcmp(n->text, "false") || !strcmp(n->text, "none"))))
        return 0;
    if (n->kind == JB_NODE_SCALAR && (!strcmp(n->text, "zero") || !strcmp(n->text, "true"))) return 'z';
    if (n->kind == JB_NODE_SCALAR && !strcmp(n->text, "normalize")) return 'n';
    if (n->kind == JB_NODE_SCALAR && !strcmp(n->text, "center")) return 'c';
    failed(r,
           jb_fail(r->ctx, n->pos, "stack “%s” is not supported; there are: zero, normalize, center, false",
                   n->kind == JB_NODE_SCALAR ? n->text : "…"));
    return 0;
}

typedef struct stacking {
    const jb_vl_table *t;
    int by[8], order;
    unsigned count;
    bool down;
    const unsigned *rank; /* of each row by its colour, or NULL: by value */
} stacking;

/* By `order` when it is said, else by the series: in columns the first stands on top, in lying bars it is the
 * leftmost. */
static int by_series(const void *a, const void *b, void *data) {
    const stacking *s = data;
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    if (s->order >= 0) {
        int c = jb_vl_cell_compare(jb_vl_table_at(s->t, x, s->order), jb_vl_table_at(s->t, y, s->order));
        if (c) return s->down ? -c : c;
        return x < y ? -1 : x > y;
    }
    if (s->rank && s->rank[x] != s->rank[y]) return (s->rank[x] < s->rank[y]) == s->down ? 1 : -1;
    for (unsigned i = 0; i < s->count; i++) {
        int c = jb_vl_cell_compare(jb_vl_table_at(s->t, x, s->by[i]), jb_vl_table_at(s->t, y, s->by[i]));
        if (c) return s->down ? -c : c;
    }
    return x < y ? -1 : x > y;
}

/* Colours are stacked as their scale has them: by its list, or, where names are Chinese, as they come in the
 * data. */
static const unsigned *colour_rank(const jb_vl_unit *u, const jb_vl_table *t) {
    const jb_vl_def *d = &u->def[JB_VL_COLOR];
    const jb_node *list = jb_node_get(d->scale, "domain");
    unsigned *rank = JB_ARRAY(t->arena, unsigned, t->rows + 1);
    bool han = false;
    if (!d->node || d->column < 0 || !jb_vl_discrete(d)) return NULL;
    if (!list && d->sort && d->sort->kind == JB_NODE_LIST) list = d->sort;
    for (unsigned i = 0; i < t->rows; i++) {
        jb_vl_cell c = jb_vl_table_at(t, i, d->column);
        han = han || jb_vl_is_han(c);
        for (rank[i] = 0; list && list->kind == JB_NODE_LIST && rank[i] < list->count; rank[i]++)
            if (jb_vl_cell_equal(jb_vl_cell_of_node(list->items[rank[i]]), c)) break;
    }
    if (list) return rank;
    if (!han || d->sort) return NULL;
    jb_vl_table_group(t, &d->column, 1, rank);
    return rank;
}

static unsigned stack_by(const jb_vl_unit *u, int dimension, int *by) {
    static const int channels[] = {JB_VL_COLOR, JB_VL_OPACITY, JB_VL_DASH,       JB_VL_SHAPE,
                                   JB_VL_SIZE,  JB_VL_DETAIL,  JB_VL_DETAIL + 1, JB_VL_ORDER};
    const jb_vl_def *other = &u->def[dimension],
                    *offset = &u->def[dimension == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET];
    unsigned n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(channels); i++) {
        const jb_vl_def *d = &u->def[channels[i]];
        bool same = (other->field && d->field && !strcmp(d->field, other->field) && d->unit == other->unit &&
                     !d->bin == !other->bin) ||
                    (offset->field && d->field && !strcmp(d->field, offset->field));
        if (d->node && d->column >= 0 && d->op == JB_VL_NONE && !same) by[n++] = d->column;
    }
    return n;
}

static void stack(jb_vl_reader *r, jb_vl_unit *u, bool aggregated) {
    int channel = stacked_channel(u), by[8], groups_by[8];
    unsigned n_groups = 0;
    if (channel < 0 || u->mark == JB_VL_RECT) return;
    int other = channel == JB_VL_X ? JB_VL_Y : JB_VL_X;
    jb_vl_def *d = &u->def[channel], *dimension = &u->def[other],
              *offset = &u->def[other == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET];
    char mode = stack_mode(r, u, d);
    unsigned n = stack_by(u, other, by);
    if (!mode || (aggregated && !n) || u->def[channel == JB_VL_X ? JB_VL_X2 : JB_VL_Y2].node || d->column < 0)
        return;
    if (jb_node_get(d->scale, "type") && !jb_vl_says(d->scale, "type", "linear") && !d->stack) return;
    bool path = u->mark == JB_VL_AREA || u->mark == JB_VL_LINE;
    if (path && dimension->column >= 0 && !(d->impute && jb_node_is_null(d->impute)))
        impute(u, channel, other, jb_vl_number(0), false); /* a series without a row adds nothing */
    for (int i = 0; i < 3; i++)
        if (u->facet[i] >= 0) groups_by[n_groups++] = u->facet[i];
    if (dimension->column >= 0) groups_by[n_groups++] = dimension->column;
    if (offset->node && offset->column >= 0) groups_by[n_groups++] = offset->column;
    jb_vl_table *t = u->table;
    unsigned *group = JB_ARRAY(t->arena, unsigned, t->rows + 1),
             *order = JB_ARRAY(t->arena, unsigned, t->rows + 1);
    unsigned groups = jb_vl_table_group(t, groups_by, n_groups, group);
    const jb_vl_def *said = &u->def[JB_VL_ORDER];
    stacking s = {.t = t,
                  .order = said->node ? said->column : -1,
                  .count = n,
                  .down = said->node ? jb_vl_says(said->node, "sort", "descending") : channel == JB_VL_Y,
                  .rank = said->node ? NULL : colour_rank(u, t)};
    memcpy(s.by, by, sizeof by);
    for (unsigned i = 0; i < t->rows; i++) order[i] = i;
    g_qsort_with_data(order, (int)t->rows, sizeof *order, by_series, &s);
    if (!isfinite(jb_vl_stack(t, d->column, group, groups, order, mode, "\x01stack", "\x01stack end")))
        failed(r, jb_fail(r->ctx, d->node->pos, "the values of a stack add up to more than 1e308"));
    u->stacked_column = d->column;
    d->column = jb_vl_table_find(t, "\x01stack end");
    d->end = jb_vl_table_find(t, "\x01stack");
    u->stack = mode;
    u->stacked = channel;
}

/* ---- units ---- */

static void encode_unit(jb_vl_reader *r, jb_vl_view *v, const jb_vl_table *data, jb_vl_view *faceted) {
    jb_vl_unit *u = v->unit;
    u->table = jb_vl_table_copy(data);
    if (faceted) {
        jb_vl_def *const by[] = {&faceted->row, &faceted->column, &faceted->wrap};
        for (int i = 0; i < 3; i++) {
            if (!by[i]->node) continue;
            jb_vl_def own = *by[i];
            resolve(r, u->table, &own, JB_VL_ROW + i);
            u->facet[i] = own.column;
            by[i]->bins = own.bins;
        }
        for (int c = JB_VL_ROW; c <= JB_VL_FACET; c++) u->def[c].node = NULL;
    }
    for (int c = 0; c < JB_VL_CHANNELS && r->status == JB_OK; c++) {
        resolve(r, u->table, &u->def[c], c);
        read_figures(r, u, c);
    }
    if (r->status != JB_OK) return;
    u->raw = jb_vl_table_copy(u->table);
    bool aggregated = aggregates(u);
    if (aggregated) aggregate(r, u);
    impute_said(r, u, JB_VL_X);
    impute_said(r, u, JB_VL_Y);
    stack(r, u, aggregated);
}

static void encode(jb_vl_reader *r, jb_vl_view *v, jb_vl_table *data, jb_vl_view *faceted) {
    const jb_node *own = jb_node_get(v->node, "data"), *list = jb_node_get(v->node, "transform");
    const jb_vl_view *inner = v->shape == JB_VL_FACETED && !v->node ? v->child[0] : NULL;
    if (inner) { /* row, column, facet of an encoding: the data is the unit's */
        encode(r, v->child[0], data, v);
        return;
    }
    if (own && !jb_node_is_null(own))
        data = jb_vl_load(r, own, own->pos);
    else if (!data && v->shape == JB_VL_UNIT)
        data = jb_vl_load(r, NULL, v->node->pos);
    else if (!data && list)
        data = jb_vl_load(r, NULL, v->node->pos);
    if (r->status != JB_OK) return;
    if (list) {
        data = jb_vl_table_copy(data);
        jb_vl_host host = jb_vl_host_of(r);
        failed(r, jb_vl_transform(r->ctx, list, &host, &data));
    }
    if (r->status != JB_OK) return;
    if (v->shape == JB_VL_UNIT) encode_unit(r, v, data, faceted);
    for (unsigned i = 0; i < v->count && r->status == JB_OK; i++)
        encode(r, v->child[i], data, v->shape == JB_VL_FACETED ? v : faceted);
}

void jb_vl_encode(jb_vl_reader *r, jb_vl_view *root) { encode(r, root, NULL, NULL); }
