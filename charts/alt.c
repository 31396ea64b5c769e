/* What a chart says in words, in at most three sentences: kind, what is compared, unit; extremes or trends;
 * the largest differences, and what is no exact figure. */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "charts/alt_words.h"
#include "charts/plot.h"

/* ---- what it is ---- */

static void marks_of(const jb_plot *p, bool *bar, bool *line) {
    *bar = *line = false;
    for (unsigned s = 0; s < p->series_count; s++) *(p->series[s].mark == JB_MARK_BAR ? bar : line) = true;
}

static const char *kind_of(const jb_alt *w) {
    bool bar, line;
    if (w->plot->spec->mark == JB_MARK_AREA) return w->say->areas;
    if (w->plot->spec->mark == JB_MARK_POINT) return w->say->dots;
    marks_of(w->plot, &bar, &line);
    if (bar && line) return w->say->mixed;
    return line ? w->say->lines : w->plot->horizontal ? w->say->bars : w->say->columns;
}

/* A kind of chart and how its columns stand; "Stacked column chart". */
static void put_kind(jb_alt *w) {
    const jb_plot *p = w->plot;
    bool stacked = jb_stacked(p) && p->series_count > 1;
    gsize at;
    if (stacked) g_string_append(w->out, p->spec->stack == JB_STACK_SHARE ? w->say->shared : w->say->stacked);
    at = w->out->len;
    g_string_append(w->out, kind_of(w));
    if (stacked) w->out->str[at] = g_ascii_tolower(w->out->str[at]);
}

static void put_subject(jb_alt *w) {
    const jb_plot *p = w->plot;
    GString *series = g_string_new(NULL);
    unsigned rows = 0;
    for (unsigned s = 0; s < p->series_count; s++)
        g_string_append_printf(series, "%s%s", s ? w->say->list : "", p->series[s].name);
    put_kind(w);
    if (p->spec->title) jb_alt_put(w, w->say->title, p->spec->title);
    jb_alt_put(w, w->say->compares, series->str);
    for (unsigned i = 0; i < p->category_count; i++) rows += !p->categories[i].place;
    jb_alt_put(w, w->say->over, p->spec->x, rows);
    const char *unit = p->panels[0].unit, *right = jb_plot_has_right(p) ? p->panels[0].right_unit : unit;
    if (p->panel_count == 1 && strcmp(unit, right) != 0)
        jb_alt_put(w, w->say->sides, *unit ? unit : w->say->none, *right ? right : w->say->none);
    else if (p->panel_count == 1 && *unit)
        jb_alt_put(w, w->say->unit, unit);
    if (p->panel_count > 1) jb_alt_put(w, w->say->units, p->panel_count);
    w->begun = true;
    jb_alt_end(w);
    g_string_free(series, TRUE);
}

/* ---- extremes and trends ---- */

/* A figure that can be called the highest: a bound or a range may lie anywhere beyond or within. */
static bool is_figure(const jb_value *v, double *number) {
    return v->kind != JB_VALUE_UPPER && v->kind != JB_VALUE_LOWER && v->kind != JB_VALUE_RANGE &&
           jb_plot_number(v, number);
}

/* A value as written; of `as last year` also the figure that is drawn. */
static char *value_text(const jb_alt *w, const jb_value *v, const char *unit) {
    GString *text = g_string_new(v->kind == JB_VALUE_MISSING ? w->say->missing : v->raw), *number;
    double drawn;
    if (v->kind == JB_VALUE_SAME && jb_plot_number(v, &drawn) && fabs(drawn) <= 1e15) {
        jb_alt inner = {w->plot, w->say, text, false};
        number = g_string_new(NULL);
        jb_text_number(number, drawn, 9);
        jb_alt_put(&inner, w->say->last_year, number->str);
        g_string_free(number, TRUE);
    }
    if (*unit) g_string_append_printf(text, " %s", unit);
    return g_string_free(text, FALSE);
}

/* A category and its value; how many have the same figure. */
static char *item_text(const jb_alt *w, const jb_category *c, unsigned s, const char *unit) {
    const jb_plot *p = w->plot;
    char *value = value_text(w, &c->values[s], unit);
    jb_alt ties = {p, w->say, g_string_new(NULL), false}, inner = {p, w->say, g_string_new(NULL), false};
    double number = 0, other;
    unsigned equal = 0;
    is_figure(&c->values[s], &number);
    for (unsigned i = 0; i < p->category_count; i++)
        equal += is_figure(&p->categories[i].values[s], &other) && other == number;
    if (equal > 1) jb_alt_put(&ties, w->say->ties, equal);
    jb_alt_put(&inner, w->say->value, c->plain, ties.out->str, value);
    g_string_free(ties.out, TRUE);
    g_free(value);
    return g_string_free(inner.out, FALSE);
}

/* Highest and lowest of the last bars, which are the result where there is a plan; lines have their own
 * words. */
static void put_extremes(jb_alt *w) {
    const jb_plot *p = w->plot;
    unsigned s = p->series_count - 1;
    while (s > 0 && p->series[s].mark != JB_MARK_BAR) s--;
    const jb_category *high = NULL, *low = NULL;
    double number, top = -INFINITY, bottom = INFINITY;
    for (unsigned i = 0; i < p->category_count; i++) {
        if (!is_figure(&p->categories[i].values[s], &number)) continue;
        if (number > top) top = number, high = &p->categories[i];
        if (number < bottom) bottom = number, low = &p->categories[i];
    }
    if (!high || !(top > bottom)) return;
    const char *unit = jb_series_unit(&p->panels[0], &p->series[s]);
    char *one = item_text(w, high, s, unit), *other = item_text(w, low, s, unit);
    jb_alt_clause(w);
    jb_alt_put(w, w->say->highest, p->series[s].name, one);
    jb_alt_put(w, w->say->lowest, other);
    g_free(one);
    g_free(other);
}

/* ---- stacks ---- */

/* A total, or a share, as it is drawn. */
static const char *sum_text(const jb_category *c, int series) {
    return series < 0 ? c->stack->total : c->stack->figures[series];
}

static double sum_of(const jb_category *c, int series) {
    return series < 0 ? c->stack->sum : c->stack->parts[series];
}

/* Lowest and highest of the totals that have all parts, or of a share; false when there are not two. */
static bool find_ends(const jb_plot *p, int series, const jb_category *ends[2]) {
    ends[0] = ends[1] = NULL;
    for (unsigned i = 0; i < p->category_count; i++) {
        const jb_category *c = &p->categories[i];
        if (c->stack->lack || c->stack->missing) continue;
        if (!ends[0] || sum_of(c, series) < sum_of(ends[0], series)) ends[0] = c;
        if (!ends[1] || sum_of(c, series) > sum_of(ends[1], series)) ends[1] = c;
    }
    return ends[0] && sum_of(ends[1], series) > sum_of(ends[0], series);
}

static void put_total_ends(jb_alt *w) {
    const jb_category *ends[2];
    const char *unit = w->plot->panels[0].unit, *space = *unit ? " " : "";
    if (w->plot->panel_count > 1 || !find_ends(w->plot, -1, ends)) return;
    char *high = g_strdup_printf("%s %s%s%s", ends[1]->plain, sum_text(ends[1], -1), space, unit),
         *low = g_strdup_printf("%s %s%s%s", ends[0]->plain, sum_text(ends[0], -1), space, unit);
    jb_alt_clause(w);
    jb_alt_put(w, w->say->highest, w->say->total, high);
    jb_alt_put(w, w->say->lowest, low);
    g_free(high);
    g_free(low);
}

/* Each share from its lowest to its highest. */
static void put_share_ends(jb_alt *w) {
    const jb_plot *p = w->plot;
    for (unsigned s = 0; s < p->series_count; s++) {
        const jb_category *ends[2];
        char *side[2];
        if (!find_ends(p, (int)s, ends)) continue;
        jb_alt name = {p, w->say, g_string_new(NULL), false};
        jb_alt_put(&name, w->say->share, p->series[s].name);
        for (int i = 0; i < 2; i++) {
            jb_alt one = {p, w->say, g_string_new(NULL), false};
            char *figure = g_strconcat(sum_text(ends[i], (int)s), "%", NULL);
            jb_alt_put(&one, w->say->at, figure, ends[i]->plain);
            side[i] = g_string_free(one.out, FALSE);
            g_free(figure);
        }
        jb_alt_clause(w);
        jb_alt_put(w, w->say->within, name.out->str, side[0], side[1]);
        g_string_free(name.out, TRUE);
        g_free(side[0]);
        g_free(side[1]);
    }
}

/* All parts of a single row. */
static void put_parts(jb_alt *w) {
    const jb_plot *p = w->plot;
    const jb_category *c = &p->categories[0];
    bool share = p->spec->stack == JB_STACK_SHARE;
    const char *unit = share ? "%" : p->panels[0].unit, *space = share || !*unit ? "" : " ";
    for (unsigned s = 0; s < p->series_count; s++) {
        const char *figure = c->stack->figures[s];
        jb_alt_clause(w);
        jb_alt_put(w, "%s %s", p->series[s].name, figure ? figure : w->say->missing);
        if (figure) jb_alt_put(w, "%s%s", space, unit);
    }
    if (!c->stack->total) return;
    jb_alt_clause(w);
    jb_alt_put(w, "%s %s%s%s", w->say->total, c->stack->total, space, unit);
}

static void put_stack(jb_alt *w) {
    const jb_plot *p = w->plot;
    if (p->category_count == 1)
        put_parts(w);
    else if (p->spec->stack == JB_STACK_SHARE)
        put_share_ends(w);
    else
        put_total_ends(w);
}

/* ---- references ---- */

static void put_references(jb_alt *w) {
    jb_plot *p = (jb_plot *)w->plot;
    const char *unit = p->panels[0].unit;
    if (!p->spec->reference_count) return;
    jb_alt_clause(w);
    g_string_append(w->out, w->say->reference);
    for (unsigned i = 0; i < p->spec->reference_count; i++)
        jb_alt_put(w, "%s%s%s%s", i ? w->say->list : "", jb_reference_text(p, &p->spec->references[i]),
            *unit ? " " : "", unit);
}

/* A line's way from its first value to its last. */
static void put_trend(jb_alt *w, unsigned s) {
    const jb_plot *p = w->plot;
    const jb_category *first = NULL, *last = NULL;
    double number, from, to;
    for (unsigned c = 0; c < p->category_count; c++) {
        if (!jb_plot_number(&p->categories[c].values[s], &number)) continue;
        if (!first) first = &p->categories[c];
        last = &p->categories[c];
    }
    if (!first || first == last) return;
    const char *way = w->say->turns;
    if (is_figure(&first->values[s], &from) && is_figure(&last->values[s], &to))
        way = to > from ? w->say->rises : to < from ? w->say->falls : w->say->stays;
    const char *unit = jb_plot_has_right(p) ? jb_series_unit(&p->panels[0], &p->series[s]) : "";
    char *one = value_text(w, &first->values[s], unit), *other = value_text(w, &last->values[s], unit);
    jb_alt_clause(w);
    jb_alt_put(w, w->say->from, p->series[s].name, first->plain, one);
    jb_alt_put(w, way, last->plain, other);
    g_free(one);
    g_free(other);
}

/* ---- differences ---- */

/* The two series that are compared: result against plan, else against the year before, else what is expected
 * against the result. */
static bool find_pair(const jb_plot *p, unsigned *base, unsigned *other) {
    static const jb_scenario pairs[][2] = {{JB_SCENARIO_PL, JB_SCENARIO_AC},
                                           {JB_SCENARIO_PY, JB_SCENARIO_AC},
                                           {JB_SCENARIO_AC, JB_SCENARIO_FC},
                                           {JB_SCENARIO_PY, JB_SCENARIO_FC}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        *base = *other = p->series_count;
        for (unsigned s = 0; s < p->series_count; s++) {
            if (p->series[s].scenario == pairs[i][0]) *base = s;
            if (p->series[s].scenario == pairs[i][1]) *other = s;
        }
        if (*base < p->series_count && *other < p->series_count &&
            p->series[*base].right == p->series[*other].right)
            return true;
    }
    return false;
}

typedef struct gap {
    const jb_category *category;
    double size; /* in the unit, or in percent of the base where units differ */
    int decimals;
    bool about;
    const char *unit; /* of its panel and side */
} gap;

/* How far a row is from its base; false when one of the two is no figure, or where units differ and a
 * percentage of it says nothing (rates, a base of zero). */
static bool find_gap(const jb_plot *p, const jb_category *c, unsigned base, unsigned other, gap *g) {
    const jb_value *b = &c->values[base], *o = &c->values[other];
    double from, to;
    if (!is_figure(b, &from) || !is_figure(o, &to)) return false;
    bool share = p->panel_count > 1;
    if (share && (!(from > 0) || strchr(c->unit, '%'))) return false;
    *g = (gap){c, share ? (to - from) / from * 100 : to - from, share ? 1 : MAX(b->decimals, o->decimals),
               b->kind == JB_VALUE_APPROX || o->kind == JB_VALUE_APPROX,
               jb_series_unit(&p->panels[0], &p->series[base])};
    return true;
}

static void put_gap(jb_alt *w, const char *format, const gap *g) {
    const char *unit = w->plot->panel_count > 1 ? "%" : g->category->unit;
    if (!*unit || jb_plot_has_right(w->plot)) unit = g->unit;
    GString *size = g_string_new(NULL);
    jb_text_number(size, fabs(g->size), MIN(g->decimals, 9));
    if (w->plot->panel_count == 1 && !strcmp(unit, "%"))
        g_string_append(size, w->say->points);
    else if (*unit)
        g_string_append_printf(size, *unit == '%' ? "%s" : " %s", unit);
    jb_alt_put(w, format, g->category->plain, g->about ? w->say->about : "", size->str);
    g_string_free(size, TRUE);
}

static void put_gaps(jb_alt *w) {
    const jb_plot *p = w->plot;
    gap above = {.size = 0}, below = {.size = 0}, here;
    unsigned base, other, count = 0;
    if (!find_pair(p, &base, &other)) return;
    for (unsigned i = 0; i < p->category_count; i++) {
        if (!find_gap(p, &p->categories[i], base, other, &here)) continue;
        count++;
        if (here.size > above.size) above = here;
        if (here.size < below.size) below = here;
    }
    if (!count) return;
    jb_alt_clause(w);
    jb_alt_put(w, w->say->against, p->series[base].name);
    if (above.category) put_gap(w, w->say->above, &above);
    if (above.category && below.category) g_string_append(w->out, w->say->comma);
    if (below.category) put_gap(w, w->say->below, &below);
    if (!above.category && !below.category) g_string_append(w->out, w->say->equal);
}

static void put_reached(jb_alt *w) {
    double number;
    unsigned reached = 0;
    for (unsigned i = 0; i < w->plot->category_count; i++)
        reached += is_figure(&w->plot->categories[i].values[0], &number) && number >= 100;
    jb_alt_clause(w);
    jb_alt_put(w, w->say->reached, reached);
}

/* What is no exact figure, so that nobody takes it for one. */
static void put_inexact(jb_alt *w) {
    const jb_plot *p = w->plot;
    unsigned bounds = 0, gaps = 0;
    for (unsigned i = 0; i < p->category_count; i++)
        for (unsigned s = 0; s < p->series_count; s++) {
            jb_value_kind kind = p->categories[i].values[s].kind;
            bounds += kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER || kind == JB_VALUE_RANGE;
            gaps += kind == JB_VALUE_MISSING && !(p->categories[i].place && p->places_joined);
        }
    if (!bounds && !gaps) return;
    jb_alt_clause(w);
    g_string_append(w->out, w->say->only);
    if (bounds) jb_alt_put(w, w->say->bounds, bounds);
    if (bounds && gaps) g_string_append(w->out, w->say->comma);
    if (gaps) jb_alt_put(w, w->say->gaps, gaps);
}

/* What the picture does not say. */
static void put_unplaced(jb_alt *w) {
    const jb_plot *p = w->plot;
    unsigned count = p->unplaced_count;
    if (!count) return;
    jb_alt_clause(w);
    g_string_append(w->out, w->say->unplaced);
    for (unsigned i = 0; i < MIN(count, JB_UNPLACED_NAMES); i++)
        jb_alt_put(w, "%s%s %s", i ? w->say->list : "", p->unplaced[i].category, p->unplaced[i].text);
    if (count > JB_UNPLACED_NAMES) jb_alt_put(w, w->say->unplaced_all, count);
}

const char *jb_plot_alt(jb_plot *p) {
    bool bar, line;
    jb_alt w = jb_alt_begin(p);
    marks_of(p, &bar, &line);
    put_subject(&w);
    bool stacked = jb_stacked(p) && p->series_count > 1;
    if (stacked)
        put_stack(&w);
    else if ((bar || p->spec->mark == JB_MARK_POINT) && p->panel_count == 1)
        put_extremes(&w);
    for (unsigned s = 0; s < p->series_count && !stacked; s++)
        if (p->series[s].mark == JB_MARK_LINE || p->series[s].mark == JB_MARK_AREA) put_trend(&w, s);
    jb_alt_end(&w);
    if (p->spec->rate)
        put_reached(&w);
    else
        put_gaps(&w);
    put_inexact(&w);
    put_references(&w);
    put_unplaced(&w);
    jb_alt_end(&w);
    return jb_alt_text(&w);
}
