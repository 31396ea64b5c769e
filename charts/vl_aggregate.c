/* What is made of many values: aggregates, bins, stacks. The rules are Vega's. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/vl_transform.h"

/* ---- aggregation ---- */

static const char *const op_names[] = {"count",     "sum",    "mean",    "median", "min",     "max",
                                       "distinct",  "valid",  "missing", "stdev",  "stdevp",  "variance",
                                       "variancep", "stderr", "q1",      "q3",     "product", "average"};

/* Vega-Lite's name for what an encoding works out, for expressions: sum_v, __count. */
char *jb_vl_op_field(jb_vl_op op, const char *field) {
    if (op == JB_VL_COUNT) return g_strdup("__count");
    return op == JB_VL_ARGMIN || op == JB_VL_ARGMAX || !field
               ? NULL
               : g_strdup_printf("%s_%s", op_names[op - JB_VL_COUNT], field);
}

jb_vl_op jb_vl_op_parse(jb_context *ctx, const jb_node *node) {
    const char *text = NULL;
    if (node->kind == JB_NODE_MAP && node->count == 1 && !strcmp(node->keys[0], "argmin"))
        return JB_VL_ARGMIN;
    if (node->kind == JB_NODE_MAP && node->count == 1 && !strcmp(node->keys[0], "argmax"))
        return JB_VL_ARGMAX;
    if (node->kind == JB_NODE_SCALAR && (!strcmp(node->text, "ci0") || !strcmp(node->text, "ci1"))) {
        jb_fail(ctx, node->pos,
                "aggregate %s is not supported: it is drawn by lot (a bootstrap); say stderr or stdev",
                node->text);
        return JB_VL_NONE;
    }
    if (node->kind == JB_NODE_MAP) {
        jb_fail(ctx, node->pos, "aggregate “%s” is not supported", node->count ? node->keys[0] : "{}");
        return JB_VL_NONE;
    }
    if (jb_node_string(ctx, node, &text) != JB_OK) return JB_VL_NONE;
    for (unsigned i = 0; i < G_N_ELEMENTS(op_names); i++)
        if (!strcmp(text, op_names[i]))
            return i == G_N_ELEMENTS(op_names) - 1 ? JB_VL_MEAN : (jb_vl_op)(i + 1);
    GString *near = g_string_new(NULL);
    jb_suggest(near, text, op_names, G_N_ELEMENTS(op_names));
    jb_fail(ctx, node->pos, "aggregate “%s” is not supported%s", text, near->str);
    g_string_free(near, TRUE);
    return JB_VL_NONE;
}

static int by_number(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

void jb_vl_sort(double *values, unsigned n) { qsort(values, n, sizeof *values, by_number); }

/* Vega's: linear between the two nearest (type 7). */
double jb_vl_quantile(const double *sorted, unsigned n, double share) {
    double at = (n - 1) * fmin(fmax(share, 0), 1);
    unsigned i = (unsigned)at;
    return i + 1 < n ? sorted[i] + (sorted[i + 1] - sorted[i]) * (at - i) : sorted[n - 1];
}

static double deviation(jb_vl_op op, const double *v, unsigned n, double mean) {
    double squares = 0;
    for (unsigned i = 0; i < n; i++) squares += (v[i] - mean) * (v[i] - mean);
    double variance = n > 1 ? squares / (n - 1) : 0, population = squares / n;
    switch (op) {
    case JB_VL_STDEV: return sqrt(variance);
    case JB_VL_STDEVP: return sqrt(population);
    case JB_VL_VARIANCE: return variance;
    case JB_VL_VARIANCEP: return population;
    case JB_VL_STDERR: return sqrt(variance / n);
    default: return 0;
    }
}

static jb_vl_cell of_numbers(jb_vl_op op, double *v, unsigned n) {
    double sum = 0;
    if (!n) return op == JB_VL_SUM ? jb_vl_number(0) : jb_vl_number(NAN);
    for (unsigned i = 0; i < n; i++) sum += v[i];
    if (op == JB_VL_SUM) return jb_vl_number(sum);
    if (op == JB_VL_PRODUCT) {
        double product = 1;
        for (unsigned i = 0; i < n; i++) product *= v[i];
        return jb_vl_number(product);
    }
    if (op == JB_VL_MEAN) return jb_vl_number(sum / n);
    if (op >= JB_VL_STDEV && op <= JB_VL_STDERR) return jb_vl_number(deviation(op, v, n, sum / n));
    jb_vl_sort(v, n);
    return jb_vl_number(jb_vl_quantile(v, n,
                                       op == JB_VL_MEDIAN ? 0.5
                                       : op == JB_VL_Q1   ? 0.25
                                       : op == JB_VL_Q3   ? 0.75
                                       : op == JB_VL_MIN  ? 0
                                                          : 1));
}

static unsigned distinct(const jb_vl_table *t, int column, const unsigned *rows, unsigned count) {
    jb_vl_table *some = jb_vl_table_pick(t, rows, count);
    unsigned *group = g_new(unsigned, count + 1), n = jb_vl_table_group(some, &column, 1, group);
    g_free(group);
    return n;
}

/* What is made of figures that are not exact says so. */
static jb_vl_cell about_cell(jb_arena *arena, double number) {
    GString *text = g_string_new(JB_VL_ABOUT);
    jb_text_number(text, number, fabs(number) >= 100 ? 1 : fabs(number) >= 1 ? 2 : 4);
    jb_vl_cell cell = {JB_VL_NUMBER, number, jb_arena_string(arena, text->str)};
    g_string_free(text, TRUE);
    return cell;
}

jb_vl_cell jb_vl_aggregate(const jb_vl_table *t, jb_vl_op op, int column, const unsigned *rows,
                           unsigned count) {
    if (op == JB_VL_COUNT || column < 0) return jb_vl_number(count);
    if (op == JB_VL_DISTINCT) return jb_vl_number(distinct(t, column, rows, count));
    double *v = g_new(double, count + 1);
    unsigned n = 0, gone = 0;
    jb_vl_cell text = {JB_VL_MISSING, 0, NULL};
    for (unsigned i = 0; i < count; i++) {
        jb_vl_cell c = jb_vl_table_at(t, rows[i], column);
        if (c.kind == JB_VL_MISSING)
            gone++;
        else if (c.kind == JB_VL_TEXT) {
            if (!text.text || (op == JB_VL_MAX) == (jb_vl_cell_compare(c, text) > 0)) text = c;
        } else
            v[n++] = c.number;
    }
    bool about = false;
    for (unsigned i = 0; i < count && !about; i++)
        about = jb_vl_cell_inexact(jb_vl_table_at(t, rows[i], column));
    jb_vl_cell result = op == JB_VL_GONE                                          ? jb_vl_number(gone)
                        : op == JB_VL_VALID                                       ? jb_vl_number(count - gone)
                        : !n && text.text && (op == JB_VL_MIN || op == JB_VL_MAX) ? text
                                                                                  : of_numbers(op, v, n);
    g_free(v);
    bool figure = op != JB_VL_GONE && op != JB_VL_VALID && result.kind == JB_VL_NUMBER;
    return about && figure ? about_cell(t->arena, result.number) : result;
}

jb_vl_cell jb_vl_at_extreme(const jb_vl_table *t, jb_vl_op op, int column, int other, const unsigned *rows,
                            unsigned count) {
    int best = -1;
    for (unsigned i = 0; i < count; i++) {
        jb_vl_cell c = jb_vl_table_at(t, rows[i], other);
        int sign = best < 0 ? 0 : jb_vl_cell_compare(c, jb_vl_table_at(t, rows[best], other));
        if (c.kind != JB_VL_MISSING && (best < 0 || (op == JB_VL_ARGMIN ? sign < 0 : sign > 0)))
            best = (int)i;
    }
    return best < 0 ? jb_vl_number(NAN) : jb_vl_table_at(t, rows[best], column);
}

/* ---- bins ---- */

static jb_status param(jb_context *ctx, const jb_node *params, const char *key, double *value) {
    const jb_node *n = params && params->kind == JB_NODE_MAP ? jb_node_get(params, key) : NULL;
    return n ? jb_node_number(ctx, n, value) : JB_OK;
}

static double bin_step(double span, double maxbins, double base, double minstep) {
    static const double divide[] = {5, 2};
    double level = ceil(log(maxbins) / log(base)),
           step = fmax(minstep, pow(base, round(log(span) / log(base)) - level));
    while (ceil(span / step) > maxbins) step *= base;
    for (size_t i = 0; i < G_N_ELEMENTS(divide); i++) {
        double v = step / divide[i];
        if (v >= minstep && span / v <= maxbins) step = v;
    }
    return step;
}

static double step_of_list(const jb_node *steps, double span, double maxbins) {
    double chosen = 0;
    for (unsigned i = 0; i < steps->count; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(steps->items[i]);
        if (i && c.number >= span / maxbins) break;
        chosen = c.number;
    }
    return chosen;
}

jb_status jb_vl_bins_choose(jb_context *ctx, const jb_node *params, unsigned most, double low, double high,
                            jb_vl_bins *bins) {
    static const char *const keys[] = {"maxbins", "step", "base", "nice", "minstep", "steps", "extent"};
    const jb_node *extent = jb_node_get(params, "extent"), *steps = jb_node_get(params, "steps"),
                  *nice_node = jb_node_get(params, "nice");
    double maxbins = most, step = 0, base = 10, minstep = 0;
    bool nice = true;
    if (params && params->kind == JB_NODE_MAP &&
        jb_node_check_keys(ctx, params, "bin property", keys, G_N_ELEMENTS(keys)) != JB_OK)
        return JB_INPUT;
    if (param(ctx, params, "maxbins", &maxbins) != JB_OK || param(ctx, params, "step", &step) != JB_OK ||
        param(ctx, params, "base", &base) != JB_OK || param(ctx, params, "minstep", &minstep) != JB_OK ||
        (nice_node && jb_node_bool(ctx, nice_node, &nice) != JB_OK))
        return JB_INPUT;
    if (extent && extent->kind == JB_NODE_LIST && extent->count == 2) {
        low = jb_vl_cell_of_node(extent->items[0]).number;
        high = jb_vl_cell_of_node(extent->items[1]).number;
    } else if (extent)
        return jb_fail(ctx, extent->pos, "extent must be a list of two numbers");
    if (!(maxbins >= 1 && maxbins <= 1000 && base > 1 && step >= 0 && minstep >= 0))
        return jb_fail(ctx, params->pos,
                       "maxbins must be from 1 to 1000, base above 1, step and minstep not below 0");
    double span = high - low > 0 ? high - low : fabs(low) > 0 ? fabs(low) : 1;
    if (step <= 0)
        step = steps && steps->kind == JB_NODE_LIST && steps->count ? step_of_list(steps, span, maxbins)
                                                                    : bin_step(span, maxbins, base, minstep);
    if (!(step > 0) || span / step > JB_LIMIT_CATEGORIES)
        return jb_fail(ctx, params ? params->pos : (jb_pos){0}, "more than the limit of %d bins",
                       JB_LIMIT_CATEGORIES);
    if (nice) {
        double log_step = log(step), precision = log_step >= 0 ? 0 : trunc(-log_step / log(base)) + 1;
        double v = floor(low / step + pow(base, -precision - 1)) * step;
        low = low < v ? v - step : v;
        high = ceil(high / step) * step;
    }
    *bins = (jb_vl_bins){low, high == low ? low + step : high, step};
    return JB_OK;
}

void jb_vl_bins_apply(jb_vl_table *t, int column, const jb_vl_bins *b, const char *begin, const char *end) {
    unsigned from = jb_vl_table_column(t, begin), to = jb_vl_table_column(t, end);
    for (unsigned r = 0; r < t->rows; r++) {
        jb_vl_cell c = jb_vl_table_at(t, r, column);
        if (!jb_vl_cell_counts(c)) continue;
        double v = fmax(b->start, fmin(c.number, b->stop - b->step));
        double at = b->start + b->step * floor(1e-14 + (v - b->start) / b->step);
        t->cells[from][r] = jb_vl_number(at);
        t->cells[to][r] = jb_vl_number(at + b->step);
    }
}

bool jb_vl_extent(const jb_vl_table *t, int column, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (unsigned r = 0; r < t->rows; r++) {
        jb_vl_cell c = jb_vl_table_at(t, r, column);
        if (!jb_vl_cell_counts(c)) continue;
        *low = fmin(*low, c.number);
        *high = fmax(*high, c.number);
    }
    return *low <= *high;
}

/* ---- stack ---- */

static double magnitude(const jb_vl_table *t, unsigned row, int column) {
    jb_vl_cell cell = jb_vl_table_at(t, row, column);
    return jb_vl_cell_counts(cell) ? fabs(cell.number) : 0;
}

static void stack_one(jb_vl_table *t, int column, const unsigned *rows, unsigned n, char mode, double most,
                      unsigned from, unsigned to) {
    double sum = 0, up = 0, down = 0;
    for (unsigned i = 0; i < n; i++) sum += magnitude(t, rows[i], column);
    if (mode == 'c') up = (most - sum) / 2;
    for (unsigned i = 0; i < n; i++) {
        jb_vl_cell cell = jb_vl_table_at(t, rows[i], column);
        double v = cell.number;
        if (!jb_vl_cell_counts(cell)) { /* a gap, not zero */
            t->cells[from][rows[i]] = t->cells[to][rows[i]] = (jb_vl_cell){JB_VL_MISSING};
            continue;
        }
        if (mode != 'z') v = fabs(v);
        if (mode == 'n') v = sum > 0 ? v / sum : 0;
        double *end = v < 0 ? &down : &up;
        t->cells[from][rows[i]] = jb_vl_number(*end);
        *end += v;
        t->cells[to][rows[i]] = jb_vl_number(*end);
    }
}

double jb_vl_stack(jb_vl_table *t, int column, const unsigned *group, unsigned groups, const unsigned *order,
                   char mode, const char *begin, const char *end) {
    unsigned from = jb_vl_table_column(t, begin), to = jb_vl_table_column(t, end),
             *count = g_new0(unsigned, groups + 1), *first = g_new0(unsigned, groups + 2),
             *rows = g_new0(unsigned, t->rows + 1);
    double *sum = g_new0(double, groups + 1), most = 0;
    for (unsigned r = 0; r < t->rows; r++) {
        first[group[r] + 1]++;
        sum[group[r]] += magnitude(t, r, column);
        most = fmax(most, sum[group[r]]);
    }
    for (unsigned g = 0; g < groups; g++) first[g + 1] += first[g];
    for (unsigned i = 0; i < t->rows; i++) {
        unsigned r = order[i], g = group[r];
        rows[first[g] + count[g]++] = r;
    }
    for (unsigned g = 0; g < groups; g++)
        stack_one(t, column, rows + first[g], count[g], mode, most, from, to);
    g_free(count);
    g_free(first);
    g_free(rows);
    g_free(sum);
    return most;
}
