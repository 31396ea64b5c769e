/* Filters: predicates of a field, and, or, not; and the dates that bounds may be. */
#include <string.h>
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

static const char *const tests[] = {"equal", "lt", "lte", "gt", "gte", "range", "oneOf", "valid"};

/* A bound may be a date {year, quarter, month, date, …}; months count from 1 or have English names. */
jb_vl_cell jb_vl_date_of_node(const jb_node *n) {
    if (n->kind != JB_NODE_MAP) return jb_vl_cell_of_node(n);
    static const char *const keys[] = {"year", "month", "date", "hours", "minutes", "seconds"};
    double part[] = {2012, 1, 1, 0, 0, 0}, number;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        jb_vl_cell c = jb_vl_cell_of_node(jb_node_get(n, keys[i]));
        if (c.kind == JB_VL_NUMBER) part[i] = c.number;
        if (i == 1 && c.kind == JB_VL_TEXT) {
            char *text = g_strdup_printf("%s 1 2012", c.text);
            jb_vl_cell date = jb_vl_time_read(jb_vl_text(text));
            if (date.kind == JB_VL_NUMBER) part[i] = jb_vl_date_of(date.number).month + 1;
            g_free(text);
        }
    }
    jb_vl_cell quarter = jb_vl_cell_of_node(jb_node_get(n, "quarter"));
    if (quarter.kind == JB_VL_NUMBER) part[1] = quarter.number * 3 - 2;
    number = jb_vl_date_ms(jb_vl_as_part(part[0]), jb_vl_as_part(part[1]) - 1, jb_vl_as_part(part[2]),
                           jb_vl_as_part(part[3]), jb_vl_as_part(part[4]), part[5]);
    return jb_vl_number(number);
}

static bool in_list(const jb_node *list, jb_vl_cell v) {
    for (unsigned i = 0; i < list->count; i++)
        if (jb_vl_same(jb_vl_date_of_node(list->items[i]), v)) return true;
    return false;
}

static bool in_range(const jb_node *list, jb_vl_cell v) {
    jb_vl_cell low = jb_vl_date_of_node(list->items[0]), high = jb_vl_date_of_node(list->items[1]);
    if (v.kind == JB_VL_MISSING) return false;
    return (low.kind == JB_VL_MISSING || !jb_vl_below(v, low)) &&
           (high.kind == JB_VL_MISSING || !jb_vl_below(high, v));
}

static bool passes(size_t test, const jb_node *bound, jb_vl_cell v) {
    jb_vl_cell b = jb_vl_date_of_node(bound);
    switch (test) {
    case 0: return jb_vl_same(v, b);
    case 1: return v.kind != JB_VL_MISSING && jb_vl_below(v, b);
    case 2: return v.kind != JB_VL_MISSING && !jb_vl_below(b, v);
    case 3: return v.kind != JB_VL_MISSING && jb_vl_below(b, v);
    case 4: return v.kind != JB_VL_MISSING && !jb_vl_below(v, b);
    case 5: return in_range(bound, v);
    case 6: return in_list(bound, v);
    default: return (v.kind != JB_VL_MISSING) == jb_vl_truth(b);
    }
}

/* One predicate of one field; the first test that it has. */
static jb_status filter_field(jb_context *ctx, const jb_node *n, const jb_vl_table *t, bool *holds) {
    static const char *const keys[] = {"field", "timeUnit", "equal", "lt",    "lte",
                                       "gt",    "gte",      "range", "oneOf", "valid"};
    const char *field = NULL, *unit_name = NULL;
    jb_status status = jb_node_check_keys(ctx, n, "filter property", keys, G_N_ELEMENTS(keys));
    if (status == JB_OK)
        status = jb_node_string(ctx, jb_node_get(n, "field") ? jb_node_get(n, "field") : n, &field);
    if (status != JB_OK) return status;
    const jb_node *unit_node = jb_node_get(n, "timeUnit"), *bound = NULL;
    if (unit_node && (status = jb_node_string(ctx, unit_node, &unit_name)) != JB_OK) return status;
    unsigned unit = unit_name ? jb_vl_unit_parse(unit_name) : 0;
    if (unit_name && !unit) return jb_fail(ctx, unit_node->pos, "timeUnit “%s” is not supported", unit_name);
    size_t test = 0;
    while (test < G_N_ELEMENTS(tests) && !(bound = jb_node_get(n, tests[test]))) test++;
    if (!bound)
        return jb_fail(ctx, n->pos, "the filter has no test: equal, lt, lte, gt, gte, range, oneOf or valid");
    if ((test == 5 || test == 6) && (bound->kind != JB_NODE_LIST || (test == 5 && bound->count != 2)))
        return jb_fail(ctx, bound->pos, "%s must be a list%s", tests[test], test == 5 ? " of two" : "");
    int column = jb_vl_table_find(t, field);
    if (column < 0) {
        GString *near = g_string_new(NULL);
        jb_suggest(near, field, t->names, t->columns);
        status = jb_fail(ctx, n->pos, "no field “%s”%s", field, near->str);
        g_string_free(near, TRUE);
        return t->rows ? status : JB_OK;
    }
    const jb_node *first = bound->kind == JB_NODE_LIST && bound->count ? bound->items[0] : bound;
    bool dates = unit || first->kind == JB_NODE_MAP;
    for (unsigned r = 0; r < t->rows; r++) {
        jb_vl_cell v = jb_vl_table_at(t, r, column);
        if (dates) v = jb_vl_time_read(v);
        if (unit && v.kind == JB_VL_NUMBER) {
            v.number = jb_vl_unit_floor(unit, v.number);
            if (first->kind != JB_NODE_MAP && unit == JB_VL_YEAR) v.number = jb_vl_date_of(v.number).year;
            if (first->kind != JB_NODE_MAP && unit == JB_VL_MONTH)
                v.number = jb_vl_date_of(v.number).month + 1;
        }
        holds[r] = passes(test, bound, v);
    }
    return JB_OK;
}

static jb_status filter_all(jb_context *ctx, const jb_node *list, bool any, const jb_vl_table *t,
                            bool *holds) {
    bool *one = g_new0(bool, t->rows + 1);
    jb_status status = JB_OK;
    for (unsigned r = 0; r < t->rows; r++) holds[r] = !any;
    if (list->kind != JB_NODE_LIST) status = jb_fail(ctx, list->pos, "and, or take a list of filters");
    for (unsigned i = 0; status == JB_OK && i < list->count; i++) {
        status = jb_vl_filter(ctx, list->items[i], t, one);
        for (unsigned r = 0; r < t->rows; r++) holds[r] = any ? holds[r] || one[r] : holds[r] && one[r];
    }
    g_free(one);
    return status;
}

jb_status jb_vl_filter(jb_context *ctx, const jb_node *n, const jb_vl_table *t, bool *holds) {
    const jb_node *part;
    if (n->kind == JB_NODE_LIST) return filter_all(ctx, n, false, t, holds);
    if (n->kind == JB_NODE_SCALAR) {
        jb_vl_expr *e;
        jb_status status = jb_vl_expr_parse(ctx, t->arena, n->text, n->pos, &e);
        if (status == JB_OK) status = jb_vl_expr_check(ctx, e, t, n->pos);
        for (unsigned r = 0; status == JB_OK && r < t->rows; r++)
            holds[r] = jb_vl_truth(jb_vl_expr_value(e, t, r));
        return status;
    }
    if ((part = jb_node_get(n, "and"))) return filter_all(ctx, part, false, t, holds);
    if ((part = jb_node_get(n, "or"))) return filter_all(ctx, part, true, t, holds);
    if ((part = jb_node_get(n, "not"))) {
        jb_status status = jb_vl_filter(ctx, part, t, holds);
        for (unsigned r = 0; r < t->rows; r++) holds[r] = !holds[r];
        return status;
    }
    return filter_field(ctx, n, t, holds);
}
