/* Transforms that make rows of a model of the data: densities, regressions, local regressions, quantiles.
 * What they compute is Vega's: the same kernels, bandwidths and points of curves. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "charts/vl_statistics.h"

enum { MOST_ORDER = 8, LEAST_STEPS = 25, MOST_STEPS = 200, MOST_LOESS = 20000 };

/* A model of one group: figures, or pairs of them, and what is drawn of them. */
typedef struct model {
    const double *x, *y; /* y: NULL of densities */
    unsigned n;
    char kind; /* 'd'ensity, 'l'inear, 'g' log, 'e'xp, 'w' pow, 'p'olynomial */
    bool cumulative;
    double bandwidth, scale, mean_x;
    double c[MOST_ORDER + 1];
    unsigned terms;
} model;

static double mean_of(const double *v, unsigned n) {
    double sum = 0;
    for (unsigned i = 0; i < n; i++) sum += v[i];
    return n ? sum / n : 0;
}

/* ---- densities ---- */

/* Scott's rule, with the quartiles' distance where that is less than the deviation. */
static double scott(const double *v, unsigned n) {
    double *sorted = g_new(double, n + 1), mean = mean_of(v, n), squares = 0;
    for (unsigned i = 0; i < n; i++) sorted[i] = v[i], squares += (v[i] - mean) * (v[i] - mean);
    jb_vl_sort(sorted, n);
    double deviation = n > 1 ? sqrt(squares / (n - 1)) : 0, low = jb_vl_quantile(sorted, n, 0.25),
           spread = (jb_vl_quantile(sorted, n, 0.75) - low) / 1.34, width = fmin(deviation, spread);
    g_free(sorted);
    if (!(width > 0)) width = deviation > 0 ? deviation : low != 0 ? fabs(low) : 1;
    return 1.06 * width * pow(n, -0.2);
}

static double density(const model *m, double x) {
    double sum = 0;
    for (unsigned i = 0; i < m->n; i++) {
        double z = (x - m->x[i]) / m->bandwidth;
        sum += m->cumulative ? 0.5 * erfc(-z * G_SQRT2 / 2) : exp(-0.5 * z * z) / sqrt(2 * G_PI);
    }
    return m->scale * sum / m->n / (m->cumulative ? 1 : m->bandwidth);
}

/* ---- regressions ---- */

/* A line through points of weights; weights may be NULL. */
static void line_fit(const double *x, const double *y, const double *weight, unsigned n, double c[2]) {
    double w = 0, mx = 0, my = 0, xy = 0, xx = 0;
    for (unsigned i = 0; i < n; i++) {
        double u = weight ? weight[i] : 1;
        w += u;
        mx += u * x[i];
        my += u * y[i];
    }
    mx /= w, my /= w;
    for (unsigned i = 0; i < n; i++) {
        double u = weight ? weight[i] : 1;
        xy += u * (x[i] - mx) * (y[i] - my);
        xx += u * (x[i] - mx) * (x[i] - mx);
    }
    c[1] = fabs(xx) < 1e-24 ? 0 : xy / xx;
    c[0] = my - c[1] * mx;
}

/* Solves a system of `k` equations; the right side stands in the last column. */
static void solve(double a[][MOST_ORDER + 2], unsigned k, double *out) {
    for (unsigned i = 0; i < k; i++) {
        unsigned best = i;
        for (unsigned r = i + 1; r < k; r++)
            if (fabs(a[r][i]) > fabs(a[best][i])) best = r;
        for (unsigned j = 0; j <= k; j++) {
            double kept = a[i][j];
            a[i][j] = a[best][j];
            a[best][j] = kept;
        }
        for (unsigned r = i + 1; r < k; r++)
            for (unsigned j = k + 1; j-- > i;) a[r][j] -= a[i][j] * a[r][i] / a[i][i];
    }
    for (unsigned i = k; i-- > 0;) {
        out[i] = a[i][k];
        for (unsigned j = i + 1; j < k; j++) out[i] -= a[i][j] * out[j];
        out[i] /= a[i][i];
    }
}

/* By powers of x about its mean, so that years and the like keep their digits. */
static void polynomial_fit(model *m) {
    double a[MOST_ORDER + 1][MOST_ORDER + 2] = {{0}};
    for (unsigned p = 0; p < m->n; p++) {
        double x = m->x[p] - m->mean_x, power[2 * MOST_ORDER + 1] = {1};
        for (unsigned i = 1; i < 2 * m->terms; i++) power[i] = power[i - 1] * x;
        for (unsigned i = 0; i < m->terms; i++) {
            for (unsigned j = 0; j < m->terms; j++) a[i][j] += power[i + j];
            a[i][m->terms] += power[i] * m->y[p];
        }
    }
    solve(a, m->terms, m->c);
}

static void fit(model *m) {
    double *x = g_new(double, m->n + 1), *y = g_new(double, m->n + 1);
    m->mean_x = mean_of(m->x, m->n);
    for (unsigned i = 0; i < m->n; i++) {
        x[i] = m->kind == 'g' || m->kind == 'w' ? log(m->x[i])
               : m->kind == 'e'                 ? m->x[i] - m->mean_x
                                                : m->x[i];
        y[i] = m->kind == 'e' || m->kind == 'w' ? log(m->y[i]) : m->y[i];
    }
    if (m->kind == 'p')
        polynomial_fit(m);
    else
        line_fit(x, y, m->kind == 'e' ? m->y : NULL, m->n, m->c);
    g_free(x);
    g_free(y);
}

static double value_at(const model *m, double x) {
    double sum = 0;
    switch (m->kind) {
    case 'd': return density(m, x);
    case 'g': return m->c[0] + m->c[1] * log(x);
    case 'e': return exp(m->c[0] + m->c[1] * (x - m->mean_x));
    case 'w': return exp(m->c[0]) * pow(x, m->c[1]);
    case 'p':
        for (unsigned i = m->terms; i-- > 0;) sum = sum * (x - m->mean_x) + m->c[i];
        return sum;
    default: return m->c[0] + m->c[1] * x;
    }
}

/* ---- points of a curve ---- */

typedef struct point {
    double x, y;
} point;

static void add_point(GArray *list, double x, double y) {
    point p = {x, y};
    g_array_append_val(list, p);
}

/* The points of a model from low to high: evenly, or denser where it bends by more than half a degree in a
 * picture as wide as high. */
static GArray *sample(const model *m, double low, double high, unsigned least, unsigned most) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(point)), *open = g_array_new(FALSE, FALSE, sizeof(point));
    double span = high - low, bottom = INFINITY, top = -INFINITY;
    for (unsigned i = least + 1; i-- > 0;) {
        double x = i == least ? high : low + (double)i / least * span, y = value_at(m, x);
        add_point(open, x, y);
        bottom = fmin(bottom, y);
        top = fmax(top, y);
    }
    double sx = 1 / span, sy = 1 / (top - bottom);
    add_point(out, low, value_at(m, low));
    g_array_set_size(open, open->len - 1);
    while (open->len) {
        point p = g_array_index(out, point, out->len - 1), r = g_array_index(open, point, open->len - 1),
              q = {(p.x + r.x) / 2, 0};
        bool finer = most > least && q.x - p.x >= span / most;
        if (finer) {
            q.y = value_at(m, q.x);
            double whole = atan2(sy * (r.y - p.y), sx * (r.x - p.x)),
                   half = atan2(sy * (q.y - p.y), sx * (q.x - p.x));
            finer = fabs(whole - half) > 0.5 * G_PI / 180;
        }
        if (finer) {
            g_array_append_val(open, q);
            continue;
        }
        g_array_append_val(out, r);
        g_array_set_size(open, open->len - 1);
    }
    g_array_free(open, TRUE);
    return out;
}

/* ---- local regression ---- */

static int by_x(const void *a, const void *b) {
    double x = ((const point *)a)->x, y = ((const point *)b)->x;
    return x < y ? -1 : x > y;
}

/* The nearest `width` points move along with i. */
static void move_window(const double *x, unsigned n, unsigned i, unsigned *from, unsigned *to) {
    while (*to + 1 < n && i > *from && x[*to + 1] - x[i] <= x[i] - x[*from]) (*from)++, (*to)++;
}

static void smooth_once(const double *x, const double *y, const double *robust, unsigned n, unsigned width,
                        double *hat) {
    double *weight = g_new(double, width + 1), c[2];
    for (unsigned i = 0, from = 0, to = width - 1; i < n; i++) {
        if (i) move_window(x, n, i, &from, &to);
        double reach = fmax(x[i] - x[from], x[to] - x[i]);
        if (!(reach > 0)) reach = 1;
        for (unsigned k = from; k <= to; k++) {
            double d = fabs(x[i] - x[k]) / reach, part = 1 - d * d * d;
            weight[k - from] = part * part * part * robust[k];
        }
        line_fit(x + from, y + from, weight, to - from + 1, c);
        hat[i] = c[0] + c[1] * x[i];
    }
    g_free(weight);
}

/* Cleveland's: three rounds, in which far points count less and less. */
static GArray *loess(const double *px, const double *py, unsigned n, double bandwidth) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(point));
    point *sorted = g_new(point, n + 1);
    double *x = g_new(double, n + 1), *y = g_new(double, n + 1), *robust = g_new(double, n + 1),
           *hat = g_new(double, n + 1), *far = g_new(double, n + 1), mean = mean_of(px, n);
    unsigned width = MIN(MAX(2, (unsigned)(bandwidth * n)), n);
    for (unsigned i = 0; i < n; i++) sorted[i] = (point){px[i], py[i]};
    qsort(sorted, n, sizeof *sorted, by_x);
    for (unsigned i = 0; i < n; i++) x[i] = sorted[i].x - mean, y[i] = sorted[i].y, robust[i] = 1;
    for (int round = 0; round < 3; round++) {
        smooth_once(x, y, robust, n, width, hat);
        for (unsigned i = 0; i < n; i++) far[i] = fabs(y[i] - hat[i]);
        jb_vl_sort(far, n);
        double median = jb_vl_quantile(far, n, 0.5);
        if (round == 2 || median < 1e-12) break;
        for (unsigned i = 0; i < n; i++) {
            double part = fabs(y[i] - hat[i]) / (6 * median);
            robust[i] = part >= 1 ? 1e-12 : (1 - part * part) * (1 - part * part);
        }
    }
    for (unsigned i = 0, same; i < n; i += same) { /* points of one x are one point */
        double sum = 0;
        for (same = 0; i + same < n && x[i + same] == x[i]; same++) sum += hat[i + same];
        add_point(out, sorted[i].x, sum / same);
    }
    g_free(sorted);
    g_free(x);
    g_free(y);
    g_free(robust);
    g_free(hat);
    g_free(far);
    return out;
}

/* ---- the transforms ---- */

typedef struct job {
    jb_context *ctx;
    const jb_node *node;
    jb_vl_table *from, *to;
    const int *by;
    unsigned n_by, as[2];
    double *x, *y; /* of the group at hand */
    unsigned n;
    unsigned row; /* the first of the group */
} job;

static bool number_of(const job *j, const char *key, double low, double high, double *value) {
    const jb_node *n = jb_node_get(j->node, key);
    if (!n) return true;
    if (jb_node_number(j->ctx, n, value) != JB_OK) return false;
    return (*value >= low && *value <= high) ||
           jb_fail(j->ctx, n->pos, "%s is a number from %g to %g", key, low, high) == JB_OK;
}

static bool truth_of(const job *j, const char *key, bool *value) {
    const jb_node *n = jb_node_get(j->node, key);
    return !n || jb_node_bool(j->ctx, n, value) == JB_OK;
}

static bool extent_of(const job *j, double ends[2], bool *said) {
    const jb_node *n = jb_node_get(j->node, "extent");
    *said = n != NULL;
    if (!n) return true;
    bool good = n->kind == JB_NODE_LIST && n->count == 2;
    for (unsigned i = 0; good && i < 2; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(n->items[i]);
        good = c.kind == JB_VL_NUMBER;
        ends[i] = c.number;
    }
    if (good && ends[0] < ends[1]) return true;
    return jb_fail(j->ctx, n->pos, "extent is a list of two numbers, the first the smaller") == JB_OK;
}

static void put_rows(job *j, const GArray *points) {
    for (guint i = 0; i < points->len; i++) {
        unsigned at = jb_vl_table_row(j->to);
        const point *p = &g_array_index(points, point, i);
        for (unsigned k = 0; k < j->n_by; k++)
            j->to->cells[k][at] = jb_vl_table_at(j->from, j->row, j->by[k]);
        j->to->cells[j->as[0]][at] = jb_vl_number(p->x);
        j->to->cells[j->as[1]][at] = jb_vl_number(p->y);
    }
}

/* Calls `each` for every group that has figures, in the order of their first rows. */
static bool groups(job *j, int x, int y, bool (*each)(job *, void *), void *data) {
    const jb_vl_table *t = j->from;
    unsigned *group = g_new(unsigned, t->rows + 1), n = jb_vl_table_group(t, j->by, j->n_by, group);
    bool good = true;
    j->x = g_new(double, t->rows + 1);
    j->y = g_new(double, t->rows + 1);
    for (unsigned g = 0; g < n && good; g++) {
        j->n = 0;
        for (unsigned r = t->rows; r-- > 0;)
            if (group[r] == g) j->row = r;
        for (unsigned r = 0; r < t->rows; r++) {
            jb_vl_cell a = jb_vl_table_at(t, r, x), b = y < 0 ? a : jb_vl_table_at(t, r, y);
            if (group[r] != g || a.kind != JB_VL_NUMBER || b.kind != JB_VL_NUMBER) continue;
            j->x[j->n] = a.number;
            j->y[j->n++] = b.number;
        }
        if (j->n) good = each(j, data);
    }
    g_free(group);
    g_free(j->x);
    g_free(j->y);
    return good;
}

static void extent(const double *v, unsigned n, double ends[2]) {
    ends[0] = ends[1] = n ? v[0] : 0;
    for (unsigned i = 1; i < n; i++) ends[0] = fmin(ends[0], v[i]), ends[1] = fmax(ends[1], v[i]);
}

typedef struct options {
    model m;
    bool said, counts;
    double ends[2];
    double bandwidth;
    unsigned least, most;
    const jb_node *node; /* probs */
    double step;
} options;

static bool put_density(job *j, void *data) {
    options *o = data;
    model m = o->m;
    double ends[2] = {o->ends[0], o->ends[1]};
    if (!o->said) extent(j->x, j->n, ends);
    if (!(ends[0] < ends[1])) return true; /* one value has no density */
    m.x = j->x;
    m.n = j->n;
    m.kind = 'd';
    m.bandwidth = o->bandwidth > 0 ? o->bandwidth : scott(j->x, j->n);
    m.scale = o->counts ? j->n : 1;
    GArray *points = sample(&m, ends[0], ends[1], o->least, o->most);
    put_rows(j, points);
    g_array_free(points, TRUE);
    return true;
}

static bool do_density(job *j, int field) {
    options o = {.bandwidth = 0};
    double steps = 0, least = LEAST_STEPS, most = MOST_STEPS;
    const jb_node *resolve = jb_node_get(j->node, "resolve");
    bool shared = !resolve || !strcmp(resolve->text ? resolve->text : "", "shared");
    if (resolve && !shared && (!resolve->text || strcmp(resolve->text, "independent") != 0))
        return jb_fail(j->ctx, resolve->pos, "resolve of a density is shared or independent") == JB_OK;
    if (!number_of(j, "bandwidth", 0, 1e300, &o.bandwidth) || !number_of(j, "steps", 2, 2000, &steps) ||
        !number_of(j, "minsteps", 2, 2000, &least) || !number_of(j, "maxsteps", 2, 2000, &most) ||
        !truth_of(j, "counts", &o.counts) || !truth_of(j, "cumulative", &o.m.cumulative) ||
        !extent_of(j, o.ends, &o.said))
        return false;
    o.least = (unsigned)(steps > 0 ? steps : shared ? most : least);
    o.most = (unsigned)(steps > 0 ? steps : fmax(least, most));
    if (shared && !o.said) o.said = jb_vl_extent(j->from, field, &o.ends[0], &o.ends[1]);
    return groups(j, field, -1, put_density, &o);
}

static bool put_regression(job *j, void *data) {
    options *o = data;
    model m = o->m;
    double ends[2] = {o->ends[0], o->ends[1]};
    if (j->n <= (m.kind == 'p' ? m.terms - 1 : 1)) return true; /* fewer points than the curve has freedom */
    if (!o->said) extent(j->x, j->n, ends);
    m.x = j->x;
    m.y = j->y;
    m.n = j->n;
    for (unsigned i = 0; i < j->n; i++) {
        bool good = (m.kind != 'g' && m.kind != 'w') || j->x[i] > 0;
        if (!good || ((m.kind == 'e' || m.kind == 'w') && !(j->y[i] > 0)))
            return jb_fail(j->ctx, j->node->pos, "a regression by log, exp or pow needs values above 0") ==
                   JB_OK;
    }
    if ((m.kind == 'g' || m.kind == 'w') && !(ends[0] > 0))
        return jb_fail(j->ctx, j->node->pos, "a regression by log or pow is drawn above 0") == JB_OK;
    fit(&m);
    GArray *points = ends[0] < ends[1] && m.kind != 'l'
                         ? sample(&m, ends[0], ends[1], LEAST_STEPS, MOST_STEPS)
                         : g_array_new(FALSE, FALSE, sizeof(point));
    if (!points->len) { /* a line has two ends */
        add_point(points, ends[0], value_at(&m, ends[0]));
        add_point(points, ends[1], value_at(&m, ends[1]));
    }
    put_rows(j, points);
    g_array_free(points, TRUE);
    return true;
}

static bool do_regression(job *j, int x, int y) {
    static const struct {
        const char *name;
        char kind;
    } methods[] = {{"linear", 'l'}, {"log", 'g'}, {"exp", 'e'}, {"pow", 'w'}, {"quad", 'p'}, {"poly", 'p'}};
    const jb_node *method = jb_node_get(j->node, "method");
    const char *name = method && method->kind == JB_NODE_SCALAR ? method->text : "linear";
    options o = {.m = {.kind = 0}};
    double order = 3;
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++)
        if (!strcmp(name, methods[i].name)) o.m.kind = methods[i].kind;
    if (!o.m.kind)
        return jb_fail(j->ctx, method->pos,
                       "method “%s” is not supported; there are: linear, log, exp, pow, quad, poly",
                       name) == JB_OK;
    if (jb_node_get(j->node, "order") && strcmp(name, "poly") != 0)
        return jb_fail(j->ctx, jb_node_get(j->node, "order")->pos, "order goes with method: poly") == JB_OK;
    if (!number_of(j, "order", 1, MOST_ORDER, &order) || !extent_of(j, o.ends, &o.said)) return false;
    o.m.terms = !strcmp(name, "quad") ? 3 : (unsigned)order + 1;
    return groups(j, x, y, put_regression, &o);
}

static bool put_loess(job *j, void *data) {
    const options *o = data;
    if (j->n > MOST_LOESS)
        return jb_fail(j->ctx, j->node->pos, "loess over more than %d values", MOST_LOESS) == JB_OK;
    GArray *points = loess(j->x, j->y, j->n, o->bandwidth);
    put_rows(j, points);
    g_array_free(points, TRUE);
    return true;
}

static bool put_quantiles(job *j, void *data) {
    const options *o = data;
    GArray *points = g_array_new(FALSE, FALSE, sizeof(point));
    jb_vl_sort(j->x, j->n);
    unsigned count = o->node ? o->node->count : (unsigned)ceil((1 - 1e-14 - o->step / 2) / o->step);
    for (unsigned i = 0; i < count; i++) {
        double share = o->node ? jb_vl_cell_of_node(o->node->items[i]).number : o->step / 2 + i * o->step;
        add_point(points, share, jb_vl_quantile(j->x, j->n, share));
    }
    put_rows(j, points);
    g_array_free(points, TRUE);
    return true;
}

static bool do_quantile(job *j, int field) {
    options o = {.step = 0.01, .node = jb_node_get(j->node, "probs")};
    bool good = !o.node || o.node->kind == JB_NODE_LIST;
    for (unsigned i = 0; good && o.node && i < o.node->count; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(o.node->items[i]);
        good = c.kind == JB_VL_NUMBER && c.number >= 0 && c.number <= 1;
    }
    if (!good) return jb_fail(j->ctx, o.node->pos, "probs is a list of shares from 0 to 1") == JB_OK;
    return number_of(j, "step", 0.001, 1, &o.step) && groups(j, field, -1, put_quantiles, &o);
}

jb_status jb_vl_statistics(jb_context *ctx, const jb_node *node, const char *name, jb_vl_table **table, int x,
                           int y, const int *by, unsigned n_by, const char *const as[2]) {
    job j = {ctx, node, *table, jb_vl_table_new((*table)->arena), by, n_by, {0, 0}, NULL, NULL, 0, 0};
    options o = {.bandwidth = 0.3};
    bool good;
    for (unsigned i = 0; i < n_by; i++) jb_vl_table_column(j.to, j.from->names[by[i]]);
    j.as[0] = jb_vl_table_column(j.to, as[0]);
    j.as[1] = jb_vl_table_column(j.to, as[1]);
    if (!strcmp(name, "density"))
        good = do_density(&j, x);
    else if (!strcmp(name, "regression"))
        good = do_regression(&j, x, y);
    else if (!strcmp(name, "loess"))
        good = number_of(&j, "bandwidth", 0.001, 1, &o.bandwidth) && groups(&j, x, y, put_loess, &o);
    else
        good = do_quantile(&j, x);
    if (good) *table = j.to;
    return good ? JB_OK : JB_INPUT;
}
