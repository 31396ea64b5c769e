/* The transform list: one function a transform, found by the key that names it. */
#include "charts/vl_transform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "charts/vl_expr.h"
#include "charts/vl_statistics.h"
#include "charts/vl_time.h"

enum { MOST_FIELDS = 32, MOST_KEYS = 11 };

int jb_vl_field(jb_context *ctx, jb_vl_table *t, const char *name, jb_pos pos) {
    int column = jb_vl_table_find(t, name);
    if (column >= 0) return column;
    char **parts = g_strsplit_set(name, "[]'\"", -1); /* a['b'] is a.b */
    GString *plain = g_string_new(NULL);
    for (unsigned i = 0; parts[i]; i++)
        if (*parts[i]) g_string_append_printf(plain, "%s%s", plain->len ? "." : "", parts[i]);
    for (char *s; (s = strchr(plain->str, '\\'));) g_string_erase(plain, s - plain->str, 1);
    column = jb_vl_table_find(t, plain->str);
    if (column < 0 && !t->rows) column = (int)jb_vl_table_column(t, name);
    if (column < 0) {
        GString *near = g_string_new(NULL);
        jb_suggest(near, name, t->names, t->columns);
        jb_fail(ctx, pos, "no field “%s”%s", name, near->str);
        g_string_free(near, TRUE);
    }
    g_string_free(plain, TRUE);
    g_strfreev(parts);
    return column;
}

/* ---- dates ---- */

/* Numbers that look like years: as dates they are all in the first seconds of 1970. */
static bool is_year(jb_vl_cell c) {
    return c.kind == JB_VL_NUMBER && c.number >= 1000 && c.number < 3000 && c.number == floor(c.number);
}

jb_status jb_vl_dates(jb_context *ctx, jb_vl_table *t, int from, int to, const char *pattern, jb_pos pos,
                      const jb_vl_host *host) {
    unsigned there = 0, bad = 0, years = 0;
    const char *first = "", *name = t->names[from];
    for (unsigned r = 0; r < t->rows; r++) {
        jb_vl_cell c = jb_vl_table_at(t, r, from),
                   date = pattern && c.kind != JB_VL_MISSING
                              ? jb_vl_time_parse(pattern, jb_vl_cell_string(t->arena, c))
                              : jb_vl_time_read(c);
        t->cells[to][r] = date;
        if (c.kind == JB_VL_MISSING) continue;
        there++;
        years += !pattern && is_year(c);
        if (date.kind == JB_VL_NUMBER) continue;
        if (!bad++) first = jb_vl_cell_string(t->arena, c);
    }
    if (bad && bad == there)
        return jb_fail(ctx, pos, "no value of “%s” is a date%s%s; the first is “%s”", name,
                       pattern ? " as " : ", as 2020-03-15, 15-Mar-2020, 2020 年 3 月 or 2020 年一季度",
                       pattern ? pattern : "", first);
    char *text = NULL;
    if (bad)
        text = g_strdup_printf("%u of %u values of “%s” are no dates and are left out; the first is “%s”",
                               bad, there, name, first);
    else if (years && years == there)
        text = g_strdup_printf("the numbers of “%s” are read as milliseconds since 1970; for years say type: "
                               "ordinal, or data: {format: {parse: {%s: \"date:'%%Y'\"}}}",
                               name, name);
    if (text) host->note(host->data, pos, text);
    g_free(text);
    return JB_OK;
}

/* ---- the list ---- */

typedef struct work {
    jb_context *ctx;
    const jb_node *node;
    jb_vl_table *t;
    const jb_vl_host *host;
} work;

static const char *word(work *w, const char *key, bool *good) {
    const jb_node *n = jb_node_get(w->node, key);
    const char *text = NULL;
    if (!n)
        *good = jb_fail(w->ctx, w->node->pos, "the transform needs %s:", key) == JB_OK;
    else if (jb_node_string(w->ctx, n, &text) != JB_OK)
        *good = false;
    return text ? text : "";
}

/* Columns named by a list of fields. */
static bool fields(work *w, const jb_node *list, int *columns, unsigned *count) {
    *count = 0;
    for (unsigned i = 0; list && i < list->count; i++) {
        const char *name = NULL;
        if (*count == MOST_FIELDS)
            return jb_fail(w->ctx, list->pos, "more than %d fields", MOST_FIELDS) == JB_OK;
        if (jb_node_string(w->ctx, list->items[i], &name) != JB_OK) return false;
        if ((columns[(*count)++] = jb_vl_field(w->ctx, w->t, name, list->items[i]->pos)) < 0) return false;
    }
    return true;
}

static jb_status do_filter(work *w) {
    bool *holds = g_new0(bool, w->t->rows + 1);
    unsigned *rows = g_new(unsigned, w->t->rows + 1), n = 0;
    jb_status status = jb_vl_filter(w->ctx, jb_node_get(w->node, "filter"), w->t, holds);
    for (unsigned r = 0; r < w->t->rows; r++)
        if (holds[r]) rows[n++] = r;
    if (status == JB_OK) w->t = jb_vl_table_pick(w->t, rows, n);
    g_free(holds);
    g_free(rows);
    return status;
}

static jb_status do_calculate(work *w) {
    bool good = true;
    jb_vl_expr *e;
    const char *text = word(w, "calculate", &good), *as = word(w, "as", &good);
    jb_pos pos = good ? jb_node_get(w->node, "calculate")->pos : w->node->pos;
    if (!good || jb_vl_expr_parse(w->ctx, w->t->arena, text, pos, &e) != JB_OK ||
        jb_vl_expr_check(w->ctx, e, w->t, pos) != JB_OK)
        return JB_INPUT;
    jb_vl_cell *made = JB_ARRAY(w->t->arena, jb_vl_cell, w->t->row_room + 1);
    for (unsigned r = 0; r < w->t->rows; r++) made[r] = jb_vl_expr_value(e, w->t, r);
    unsigned to = jb_vl_table_column(w->t, as); /* may move the columns */
    w->t->cells[to] = made;
    return JB_OK;
}

static void rows_of(const unsigned *group, unsigned rows, unsigned g, unsigned *out, unsigned *n) {
    *n = 0;
    for (unsigned r = 0; r < rows; r++)
        if (group[r] == g) out[(*n)++] = r;
}

static bool operation(work *w, const jb_node *item, jb_vl_op *op, int *column, const char **as) {
    static const char *const keys[] = {"op", "field", "as"};
    const char *field = NULL;
    if (jb_node_check_keys(w->ctx, item, "aggregate property", keys, 3) != JB_OK) return false;
    if (!jb_node_get(item, "op") || !jb_node_get(item, "as"))
        return jb_fail(w->ctx, item->pos, "an operation needs op: and as:") == JB_OK;
    *op = jb_vl_op_parse(w->ctx, jb_node_get(item, "op"));
    *column = -1;
    if (jb_node_get(item, "field")) {
        if (jb_node_string(w->ctx, jb_node_get(item, "field"), &field) != JB_OK) return false;
        if (strcmp(field, "*") && (*column = jb_vl_field(w->ctx, w->t, field, item->pos)) < 0) return false;
    } else if (*op != JB_VL_COUNT && *op != JB_VL_NONE)
        return jb_fail(w->ctx, item->pos, "the operation needs field:") == JB_OK;
    return *op != JB_VL_NONE && jb_node_string(w->ctx, jb_node_get(item, "as"), as) == JB_OK;
}

/* A note where an operation meets figures that are not exact, or no figures. */
static void tell_inexact(const work *w, jb_vl_op op, int column, jb_pos pos) {
    unsigned inexact = 0, texts = 0, there = 0;
    const char *first = NULL;
    if (column < 0 || op == JB_VL_COUNT || op == JB_VL_DISTINCT || op == JB_VL_VALID || op == JB_VL_GONE)
        return;
    for (unsigned r = 0; r < w->t->rows; r++) {
        jb_vl_cell c = jb_vl_table_at(w->t, r, column);
        there += c.kind != JB_VL_MISSING;
        inexact += jb_vl_cell_inexact(c);
        texts += c.kind == JB_VL_TEXT;
        if (!first && (jb_vl_cell_inexact(c) || c.kind == JB_VL_TEXT)) first = c.text;
    }
    if (!inexact && (!texts || texts == there)) return;
    char *text = g_strdup_printf(
        "%u of %u values of “%s” are no plain numbers, as “%s”; what is made of those that are "
        "approximate, bounds or ranges is marked 约, texts (%u) are left out",
        inexact + texts, there, w->t->names[column], first, texts);
    w->host->note(w->host->data, pos, text);
    g_free(text);
}

/* aggregate (join false) and joinaggregate. */
static jb_status aggregate(work *w, const jb_node *ops, bool join) {
    int by[MOST_FIELDS];
    unsigned n_by = 0;
    if (!ops || ops->kind != JB_NODE_LIST)
        return jb_fail(w->ctx, w->node->pos, "aggregate takes a list of {op, field, as}");
    if (!fields(w, jb_node_get(w->node, "groupby"), by, &n_by)) return JB_INPUT;
    unsigned rows = w->t->rows, *group = JB_ARRAY(w->t->arena, unsigned, rows + 1),
             *some = JB_ARRAY(w->t->arena, unsigned, rows + 1), n;
    unsigned groups = jb_vl_table_group(w->t, by, n_by, group);
    jb_vl_table *to = join ? w->t : jb_vl_table_new(w->t->arena);
    unsigned column_by[MOST_FIELDS]; /* a field that is named twice is one column */
    for (unsigned c = 0; !join && c < n_by; c++) column_by[c] = jb_vl_table_column(to, w->t->names[by[c]]);
    for (unsigned g = 0; !join && g < groups; g++) {
        rows_of(group, rows, g, some, &n);
        unsigned at = jb_vl_table_row(to);
        for (unsigned c = 0; c < n_by; c++)
            to->cells[column_by[c]][at] = jb_vl_table_at(w->t, some[0], by[c]);
    }
    for (unsigned i = 0; i < ops->count; i++) {
        jb_vl_op op = JB_VL_NONE;
        int column = -1;
        const char *as;
        if (!operation(w, ops->items[i], &op, &column, &as)) return JB_INPUT;
        tell_inexact(w, op, column, ops->items[i]->pos);
        unsigned made = jb_vl_table_column(to, as);
        for (unsigned g = 0; g < groups; g++) {
            rows_of(group, rows, g, some, &n);
            jb_vl_cell value = jb_vl_aggregate(w->t, op, column, some, n);
            for (unsigned k = 0; join && k < n; k++) to->cells[made][some[k]] = value;
            if (!join) to->cells[made][g] = value;
        }
    }
    w->t = to;
    return JB_OK;
}

static jb_status do_aggregate(work *w) { return aggregate(w, jb_node_get(w->node, "aggregate"), false); }
static jb_status do_join(work *w) { return aggregate(w, jb_node_get(w->node, "joinaggregate"), true); }

/* `as`: one name, or two in a list; the second is the first with _end where it is not said. */
static bool two_names(work *w, const char **first, const char **second) {
    const jb_node *as = jb_node_get(w->node, "as");
    bool list = as && as->kind == JB_NODE_LIST;
    *second = NULL;
    if (!as || (list && (!as->count || as->count > 2)))
        return jb_fail(w->ctx, as ? as->pos : w->node->pos,
                       "the transform needs as: NAME or as: [NAME, NAME]") == JB_OK;
    if (jb_node_string(w->ctx, list ? as->items[0] : as, first) != JB_OK) return false;
    if (list && as->count == 2) return jb_node_string(w->ctx, as->items[1], second) == JB_OK;
    char *end = g_strconcat(*first, "_end", NULL);
    *second = jb_arena_string(w->t->arena, end);
    g_free(end);
    return true;
}

static jb_status do_bin(work *w) {
    bool good = true;
    const char *field = word(w, "field", &good);
    const char *first, *end;
    if (!good || !two_names(w, &first, &end)) return JB_INPUT;
    int column = jb_vl_field(w->ctx, w->t, field, w->node->pos);
    double low, high;
    jb_vl_bins bins;
    if (column < 0) return JB_INPUT;
    if (!jb_vl_extent(w->t, column, &low, &high)) low = 0, high = 1;
    jb_status status = jb_vl_bins_choose(w->ctx, jb_node_get(w->node, "bin"), 10, low, high, &bins);
    if (status != JB_OK) return status;
    jb_vl_bins_apply(w->t, column, &bins, first, end);
    return JB_OK;
}

static jb_status do_unit(work *w) {
    bool good = true;
    const char *name = word(w, "timeUnit", &good), *field = word(w, "field", &good),
               *as = word(w, "as", &good);
    unsigned unit = jb_vl_unit_parse(name);
    int column = good ? jb_vl_field(w->ctx, w->t, field, w->node->pos) : -1;
    if (column < 0) return JB_INPUT;
    if (!unit) return jb_fail(w->ctx, w->node->pos, "timeUnit “%s” is not supported", name);
    int to = (int)jb_vl_table_column(w->t, as);
    if (jb_vl_dates(w->ctx, w->t, column, to, NULL, jb_node_get(w->node, "field")->pos, w->host) != JB_OK)
        return JB_INPUT;
    for (unsigned r = 0; r < w->t->rows; r++) {
        jb_vl_cell *c = &w->t->cells[to][r];
        if (c->kind == JB_VL_NUMBER) *c = jb_vl_number(jb_vl_unit_floor(unit, c->number));
    }
    return JB_OK;
}

static jb_status do_fold(work *w) {
    int columns[MOST_FIELDS];
    unsigned n;
    const char *key_name = "key", *value_name = "value";
    if (jb_node_get(w->node, "as") && !two_names(w, &key_name, &value_name)) return JB_INPUT;
    if (!fields(w, jb_node_get(w->node, "fold"), columns, &n)) return JB_INPUT;
    unsigned *rows = JB_ARRAY(w->t->arena, unsigned, (size_t)w->t->rows *n + 1);
    for (unsigned i = 0; i < w->t->rows * n; i++) rows[i] = i / MAX(n, 1);
    jb_vl_table *to = jb_vl_table_pick(w->t, rows, w->t->rows * n);
    unsigned key = jb_vl_table_column(to, key_name), value = jb_vl_table_column(to, value_name);
    for (unsigned i = 0; i < to->rows; i++) {
        to->cells[key][i] = jb_vl_text(w->t->names[columns[i % n]]);
        to->cells[value][i] = jb_vl_table_at(w->t, rows[i], columns[i % n]);
    }
    w->t = to;
    return JB_OK;
}

/* Rows sorted by `sort:` of a window, stable. */
typedef struct sorter {
    const jb_vl_table *t;
    int column[MOST_FIELDS];
    bool down[MOST_FIELDS];
    unsigned count;
} sorter;

static int by_sort(const void *a, const void *b, void *data) {
    const sorter *s = data;
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    for (unsigned i = 0; i < s->count; i++) {
        int c =
            jb_vl_cell_compare(jb_vl_table_at(s->t, x, s->column[i]), jb_vl_table_at(s->t, y, s->column[i]));
        if (c) return s->down[i] ? -c : c;
    }
    return x < y ? -1 : x > y;
}

static bool read_sort(work *w, sorter *s) {
    const jb_node *list = jb_node_get(w->node, "sort");
    s->t = w->t;
    for (unsigned i = 0; list && list->kind == JB_NODE_LIST && i < list->count && i < MOST_FIELDS; i++) {
        const jb_node *field = jb_node_get(list->items[i], "field"),
                      *order = jb_node_get(list->items[i], "order");
        const char *name = NULL;
        if (!field)
            return jb_fail(w->ctx, list->items[i]->pos, "sort takes a list of {field, order}") == JB_OK;
        if (jb_node_string(w->ctx, field, &name) != JB_OK) return false;
        if ((s->column[i] = jb_vl_field(w->ctx, w->t, name, field->pos)) < 0) return false;
        s->down[i] = order && order->kind == JB_NODE_SCALAR && !strcmp(order->text, "descending");
        s->count++;
    }
    return true;
}

/* The window of row i of n: frame [from, to] relative to it, NULL ends open. */
static void frame_of(const jb_node *frame, unsigned i, unsigned n, unsigned *from, unsigned *to) {
    jb_vl_cell low = {JB_VL_MISSING, 0, NULL}, high = jb_vl_number(0);
    if (frame && frame->kind == JB_NODE_LIST && frame->count == 2)
        low = jb_vl_cell_of_node(frame->items[0]), high = jb_vl_cell_of_node(frame->items[1]);
    double a = low.kind == JB_VL_NUMBER ? i + low.number : 0,
           b = high.kind == JB_VL_NUMBER ? i + high.number : n - 1.0;
    *from = (unsigned)fmin(fmax(a, 0), n);
    *to = (unsigned)fmin(fmax(b + 1, 0), n);
}

static bool is_tie(const work *w, const sorter *s, unsigned a, unsigned b) {
    bool tie = s->count;
    for (unsigned k = 0; tie && k < s->count; k++)
        tie = jb_vl_cell_equal(jb_vl_table_at(w->t, a, s->column[k]), jb_vl_table_at(w->t, b, s->column[k]));
    return tie;
}

/* Where the peers of each of n rows begin and end: rows that the sort does not part. */
typedef struct peers {
    unsigned *first, *end;
    bool ignored;
} peers;

static void find_peers(const work *w, const sorter *s, const unsigned *rows, unsigned n, const peers *p) {
    for (unsigned i = 0; i < n; i++)
        p->first[i] = i && is_tie(w, s, rows[i - 1], rows[i]) ? p->first[i - 1] : i;
    for (unsigned i = n; i-- > 0;)
        p->end[i] = i + 1 < n && p->first[i + 1] == p->first[i] ? p->end[i + 1] : i + 1;
}

/* A window reaches to the peers of its ends, as in Vega. */
static void take_peers(const peers *p, unsigned *from, unsigned *to) {
    if (p->ignored || *to <= *from) return;
    *from = p->first[*from];
    *to = p->end[*to - 1];
}

static jb_vl_cell window_value(work *w, const char *op, int column, const unsigned *rows, unsigned i,
                               unsigned n, unsigned from, unsigned to, double shift, const sorter *s,
                               jb_vl_cell before) {
    bool tie = i > 0 && is_tie(w, s, rows[i - 1], rows[i]);
    if (!strcmp(op, "row_number")) return jb_vl_number(i + 1);
    if (!strcmp(op, "rank")) return tie ? before : jb_vl_number(i + 1);
    if (!strcmp(op, "dense_rank")) return jb_vl_number(i == 0 ? 1 : before.number + !tie);
    double at = !strcmp(op, "lag")           ? i - shift
                : !strcmp(op, "lead")        ? i + shift
                : to <= from                 ? -1
                : !strcmp(op, "first_value") ? from
                                             : to - 1.0;
    return at >= 0 && at < n ? jb_vl_table_at(w->t, rows[(unsigned)at], column) : jb_vl_number(NAN);
}

static jb_status window_op(work *w, const jb_node *item, const unsigned *group, unsigned groups,
                           const unsigned *order, const sorter *s) {
    static const char *const own[] = {"row_number", "rank",        "dense_rank", "lag",
                                      "lead",       "first_value", "last_value"};
    static const char *const keys[] = {"op", "field", "as", "param"};
    const jb_node *op_node = jb_node_get(item, "op"), *as = jb_node_get(item, "as"),
                  *field = jb_node_get(item, "field");
    jb_vl_cell param_cell = jb_vl_cell_of_node(jb_node_get(item, "param"));
    double shift = param_cell.kind == JB_VL_NUMBER ? param_cell.number : 1;
    if (jb_node_check_keys(w->ctx, item, "window property", keys, 4) != JB_OK) return JB_INPUT;
    if (!op_node || !as || op_node->kind != JB_NODE_SCALAR || as->kind != JB_NODE_SCALAR)
        return jb_fail(w->ctx, item->pos, "a window operation needs op: and as:");
    int column = field ? jb_vl_field(w->ctx, w->t, field->text, field->pos) : -1;
    bool is_own = false;
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++) is_own = is_own || !strcmp(op_node->text, own[i]);
    jb_vl_op op = is_own ? JB_VL_NONE : jb_vl_op_parse(w->ctx, op_node);
    if ((field && column < 0) || (!is_own && op == JB_VL_NONE)) return JB_INPUT;
    if (!is_own) tell_inexact(w, op, column, item->pos);
    jb_vl_cell *made = JB_ARRAY(w->t->arena, jb_vl_cell, w->t->row_room + 1);
    unsigned *rows = JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1);
    peers p = {JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1),
               JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1), !s->count};
    const jb_node *ignore = jb_node_get(w->node, "ignorePeers");
    if (ignore && jb_node_bool(w->ctx, ignore, &p.ignored) != JB_OK) return JB_INPUT;
    for (unsigned g = 0; g < groups; g++) {
        unsigned n = 0, from, to;
        jb_vl_cell before = jb_vl_number(0);
        for (unsigned i = 0; i < w->t->rows; i++)
            if (group[order[i]] == g) rows[n++] = order[i];
        if (!p.ignored) find_peers(w, s, rows, n, &p);
        for (unsigned i = 0; i < n; i++) {
            frame_of(jb_node_get(w->node, "frame"), i, n, &from, &to);
            take_peers(&p, &from, &to);
            before = is_own ? window_value(w, op_node->text, column, rows, i, n, from, to, shift, s, before)
                            : jb_vl_aggregate(w->t, op, column, rows + from, to > from ? to - from : 0);
            made[rows[i]] = before;
        }
    }
    unsigned to = jb_vl_table_column(w->t, as->text); /* may move the columns */
    w->t->cells[to] = made;
    return JB_OK;
}

static jb_status do_window(work *w) {
    int by[MOST_FIELDS];
    unsigned n_by;
    sorter s = {0};
    const jb_node *ops = jb_node_get(w->node, "window");
    if (ops->kind != JB_NODE_LIST) return jb_fail(w->ctx, ops->pos, "window takes a list of {op, field, as}");
    if (!fields(w, jb_node_get(w->node, "groupby"), by, &n_by) || !read_sort(w, &s)) return JB_INPUT;
    unsigned *group = JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1),
             *order = JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1);
    unsigned groups = jb_vl_table_group(w->t, by, n_by, group);
    for (unsigned r = 0; r < w->t->rows; r++) order[r] = r;
    g_qsort_with_data(order, (int)w->t->rows, sizeof *order, by_sort, &s);
    for (unsigned i = 0; i < ops->count; i++)
        if (window_op(w, ops->items[i], group, groups, order, &s) != JB_OK) return JB_INPUT;
    return JB_OK;
}

static jb_status do_stack(work *w) {
    static const char *const modes[] = {"zero", "normalize", "center"};
    bool good = true;
    int by[MOST_FIELDS];
    unsigned n_by;
    sorter s = {0};
    const char *field = word(w, "stack", &good);
    const char *first, *end;
    const jb_node *offset = jb_node_get(w->node, "offset");
    char mode = offset ? 0 : 'z';
    for (size_t i = 0; offset && i < 3; i++)
        if (offset->kind == JB_NODE_SCALAR && !strcmp(offset->text, modes[i])) mode = *modes[i];
    if (!mode) return jb_fail(w->ctx, offset->pos, "offset is zero, normalize or center");
    int column = good ? jb_vl_field(w->ctx, w->t, field, w->node->pos) : -1;
    if (column < 0 || !fields(w, jb_node_get(w->node, "groupby"), by, &n_by) || !read_sort(w, &s))
        return JB_INPUT;
    if (!two_names(w, &first, &end)) return JB_INPUT;
    unsigned *group = JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1),
             *order = JB_ARRAY(w->t->arena, unsigned, w->t->rows + 1);
    unsigned groups = jb_vl_table_group(w->t, by, n_by, group);
    for (unsigned r = 0; r < w->t->rows; r++) order[r] = r;
    g_qsort_with_data(order, (int)w->t->rows, sizeof *order, by_sort, &s);
    double most = jb_vl_stack(w->t, column, group, groups, order, mode, first, end);
    return isfinite(most) ? JB_OK
                          : jb_fail(w->ctx, w->node->pos, "the values of a stack add up to more than 1e308");
}

static jb_status do_pivot(work *w) { return jb_vl_pivot(w->ctx, w->node, &w->t); }
static jb_status do_impute(work *w) { return jb_vl_impute(w->ctx, w->node, &w->t); }

static jb_status do_lookup(work *w) {
    static const char *const keys[] = {"data", "key", "fields"};
    const jb_node *from = jb_node_get(w->node, "from"), *data = jb_node_get(from, "data");
    if (!data) return jb_fail(w->ctx, w->node->pos, "lookup needs from: {data, key, fields}");
    if (jb_node_check_keys(w->ctx, from, "lookup property", keys, 3) != JB_OK) return JB_INPUT;
    jb_vl_table *other = w->host->find(w->host->data, data);
    return other ? jb_vl_lookup(w->ctx, w->node, w->t, other) : JB_INPUT;
}

/* density, regression, loess and quantile: a field, or two, groups, and the names of the two columns made. */
static jb_status statistics(work *w, const char *name, const char *first, const char *second) {
    bool good = true,
         pair = jb_node_get(w->node, "on") || !strcmp(name, "regression") || !strcmp(name, "loess");
    int by[MOST_FIELDS], x = -1, y = -1;
    unsigned n_by;
    const jb_node *as = jb_node_get(w->node, "as");
    const char *field = word(w, name, &good), *on = pair && good ? word(w, "on", &good) : NULL;
    if (!good || !fields(w, jb_node_get(w->node, "groupby"), by, &n_by)) return JB_INPUT;
    const char *names[2] = {on ? on : first, on ? field : second};
    if (as && (as->kind != JB_NODE_LIST || as->count != 2 || !as->items[0]->text || !as->items[1]->text))
        return jb_fail(w->ctx, as->pos, "as is a list of two names");
    for (unsigned i = 0; as && i < 2; i++) names[i] = as->items[i]->text;
    x = jb_vl_field(w->ctx, w->t, on ? on : field, jb_node_get(w->node, on ? "on" : name)->pos);
    if (on) y = jb_vl_field(w->ctx, w->t, field, jb_node_get(w->node, name)->pos);
    if (x < 0 || (on && y < 0)) return JB_INPUT;
    return jb_vl_statistics(w->ctx, w->node, name, &w->t, x, y, by, n_by, names);
}

static jb_status do_density(work *w) { return statistics(w, "density", "value", "density"); }
static jb_status do_regression(work *w) { return statistics(w, "regression", NULL, NULL); }
static jb_status do_loess(work *w) { return statistics(w, "loess", NULL, NULL); }
static jb_status do_quantile(work *w) { return statistics(w, "quantile", "prob", "value"); }

static jb_status refuse(work *w) {
    static const char *const reasons[][2] = {{"sample", "it draws by lot"},
                                             {"flatten", "a cell holds one value here"},
                                             {"extent", "there are no parameters on paper"}};
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (jb_node_get(w->node, reasons[i][0]))
            return jb_fail(w->ctx, w->node->pos, "transform %s is not supported: %s", reasons[i][0],
                           reasons[i][1]);
    return JB_INPUT;
}

static const struct {
    const char *name;
    jb_status (*run)(work *);
    const char *keys[MOST_KEYS];
} transforms[] = {
    {"filter", do_filter, {"filter"}},
    {"calculate", do_calculate, {"calculate", "as"}},
    {"joinaggregate", do_join, {"joinaggregate", "groupby"}},
    {"aggregate", do_aggregate, {"aggregate", "groupby"}},
    {"bin", do_bin, {"bin", "field", "as"}},
    {"timeUnit", do_unit, {"timeUnit", "field", "as"}},
    {"fold", do_fold, {"fold", "as"}},
    {"window", do_window, {"window", "groupby", "sort", "frame", "ignorePeers"}},
    {"stack", do_stack, {"stack", "groupby", "offset", "sort", "as"}},
    {"pivot", do_pivot, {"pivot", "value", "groupby", "op", "limit"}},
    {"impute", do_impute, {"impute", "key", "groupby", "method", "value", "keyvals"}},
    {"lookup", do_lookup, {"lookup", "from", "as", "default"}},
    {"sample", refuse, {"sample"}},
    {"flatten", refuse, {"flatten", "as"}},
    {"density",
     do_density,
     {"density", "groupby", "as", "bandwidth", "extent", "steps", "minsteps", "maxsteps", "counts",
      "cumulative", "resolve"}},
    {"regression", do_regression, {"regression", "on", "groupby", "method", "order", "extent", "as"}},
    {"loess", do_loess, {"loess", "on", "groupby", "bandwidth", "as"}},
    {"quantile", do_quantile, {"quantile", "groupby", "probs", "step", "as"}},
    {"extent", refuse, {"extent", "param"}},
};

static jb_status run_one(work *w) {
    const char *names[G_N_ELEMENTS(transforms)];
    for (size_t i = 0; i < G_N_ELEMENTS(transforms); i++) {
        names[i] = transforms[i].name;
        if (!jb_node_get(w->node, names[i])) continue;
        unsigned n = 0;
        while (n < MOST_KEYS && transforms[i].keys[n]) n++;
        if (jb_node_check_keys(w->ctx, w->node, "transform property", transforms[i].keys, n) != JB_OK)
            return JB_INPUT;
        return transforms[i].run(w);
    }
    GString *near = g_string_new(NULL);
    const char *said = w->node->kind == JB_NODE_MAP && w->node->count ? w->node->keys[0] : "…";
    jb_suggest(near, said, names, G_N_ELEMENTS(names));
    jb_status status = jb_fail(w->ctx, w->node->pos, "transform “%s” is not supported%s", said, near->str);
    g_string_free(near, TRUE);
    return status;
}

jb_status jb_vl_transform(jb_context *ctx, const jb_node *list, const jb_vl_host *host, jb_vl_table **table) {
    if (!list) return JB_OK;
    if (list->kind != JB_NODE_LIST) return jb_fail(ctx, list->pos, "transform must be a list");
    for (unsigned i = 0; i < list->count; i++) {
        work w = {ctx, list->items[i], *table, host};
        jb_status status = run_one(&w);
        if (status != JB_OK) return status;
        *table = w.t;
        if (w.t->rows > JB_LIMIT_CELLS / MAX(w.t->columns, 1))
            return jb_fail(ctx, list->pos, "more than the limit of %zu cells", JB_LIMIT_CELLS);
    }
    return JB_OK;
}
