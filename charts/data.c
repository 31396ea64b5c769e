/* From a dataset to series, categories and panels. */
#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "charts/composite.h"
#include "input/role.h"

bool jb_plot_number(const jb_value *v, double *number) {
    *number = v->kind == JB_VALUE_RANGE ? v->high : v->number;
    if (v->kind == JB_VALUE_SAME ? !v->resolved : !jb_value_is_numeric(v)) return false;
    return isfinite(v->number) && isfinite(v->high);
}

void jb_plot_note_add(jb_plot *p, jb_pos pos, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    jb_plot_note note = {pos, jb_arena_string(p->arena, text)};
    g_array_append_val(p->notes, note);
    g_free(text);
}

/* ---- series ---- */

/* A column without any number has no role of its own; what its header says still holds for its fill. */
static jb_column_role role_of(const jb_column *column) {
    return column->role == JB_COLUMN_TEXT ? jb_column_role_of(column->name, column->path, 1, 0)
                                          : column->role;
}

static jb_scenario scenario_of(jb_column_role role) {
    switch (role) {
    case JB_COLUMN_ACTUAL: return JB_SCENARIO_AC;
    case JB_COLUMN_PLAN: return JB_SCENARIO_PL;
    case JB_COLUMN_PREVIOUS: return JB_SCENARIO_PY;
    case JB_COLUMN_FORECAST: return JB_SCENARIO_FC;
    default: return JB_SCENARIO_PLAIN;
    }
}

/* A single line of what is expected goes on with the line of results, or with the only other one, in its ink.
 */
static void follow_results(jb_plot *p) {
    int results = -1, other = -1, forecast = -1;
    unsigned n_results = 0, n_other = 0, n_forecasts = 0;
    for (unsigned s = 0; s < p->series_count; s++) {
        jb_series *it = &p->series[s];
        it->follows = -1;
        if (it->mark != JB_MARK_LINE) continue;
        it->forecast = it->scenario == JB_SCENARIO_FC;
        if (it->forecast)
            n_forecasts++, forecast = (int)s;
        else
            n_other++, other = (int)s;
        if (it->scenario == JB_SCENARIO_AC) n_results++, results = (int)s;
    }
    if (n_forecasts != 1) return;
    p->series[forecast].follows = n_results == 1 ? results : n_other == 1 ? other : -1;
}

/* Scenario fills tell series apart only when each is drawn once and all are scenarios; lines go by number. */
static void settle_scenarios(jb_plot *p) {
    unsigned seen[JB_SCENARIO_FC + 1] = {0}, next = 0;
    bool all = p->series_count > 1 || (p->series_count && p->series[0].scenario == JB_SCENARIO_AC);
    for (unsigned s = 0; s < p->series_count; s++) {
        if (p->series[s].mark == JB_MARK_LINE) p->series[s].scenario = JB_SCENARIO_PLAIN;
        if (p->series[s].scenario == JB_SCENARIO_PLAIN || seen[p->series[s].scenario]++) all = false;
    }
    for (unsigned s = 0; s < p->series_count; s++) {
        if (!all) p->series[s].scenario = JB_SCENARIO_PLAIN;
        p->series[s].ink = next++;
    }
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].follows >= 0) p->series[s].ink = p->series[p->series[s].follows].ink;
}

static jb_status read_series(jb_plot *p) {
    const jb_spec *spec = p->spec;
    unsigned count = spec->rate ? 1 : spec->y_count;
    p->series = JB_ARRAY(p->arena, jb_series, count);
    p->series_count = count;
    if (spec->rate) {
        p->series[0] =
            (jb_series){.name = "完成率",
                        .unit = "%",
                        .column = -1,
                        .mark = spec->mark,
                        .follows = -1,
                        .scenario = spec->mark == JB_MARK_BAR ? JB_SCENARIO_AC : JB_SCENARIO_PLAIN};
        return JB_OK;
    }
    for (unsigned i = 0; i < count; i++) {
        jb_series *s = &p->series[i];
        s->mark = spec->y[i].mark;
        s->right = spec->y[i].right;
        jb_status status =
            jb_dataset_find_column(p->ctx, p->data, spec->y[i].column, spec->y[i].pos, &s->column);
        if (status != JB_OK) return status;
        const jb_column *column = &p->data->columns[s->column];
        s->name = column->name;
        s->unit = column->unit;
        s->scenario = scenario_of(role_of(column));
    }
    jb_status status = jb_highlight_lines(p);
    if (status != JB_OK) return status;
    follow_results(p);
    settle_scenarios(p);
    if (p->series[0].scenario == JB_SCENARIO_PLAIN && count > JB_SERIES_INKS &&
        spec->mark != JB_MARK_SPARKLINE && !p->series[0].pale)
        return jb_fail(
            p->ctx, spec->node->pos,
            "%u series cannot be told apart, at most %d; draw small multiples, one chart for each few%s",
            count, JB_SERIES_INKS, spec->mark == JB_MARK_LINE ? ", or name one line by highlight:" : "");
    return JB_OK;
}

/* ---- categories ---- */

static jb_value rate_value(jb_plot *p, unsigned row) {
    jb_value v = {.kind = JB_VALUE_MISSING, .raw = "", .factor = 1, .decimals = 1};
    double rate;
    bool approximate;
    if (!jb_dataset_rate(p->data, row, &rate, &approximate)) return v;
    GString *text = g_string_new(approximate ? "约 " : "");
    v.digits_at = (unsigned)text->len;
    jb_digits_append(text, rate, 1, false); /* as look-ups and tables round */
    v.digits_length = (unsigned)text->len - v.digits_at;
    v.kind = approximate ? JB_VALUE_APPROX : JB_VALUE_NUMBER;
    v.number = v.high = rate;
    v.raw = jb_arena_string(p->arena, text->str);
    g_string_free(text, TRUE);
    return v;
}

static const char *drawn_name(jb_plot *p, const jb_row *row, const char *name) {
    if (!row->binding || name != row->name) return name;
    char *text = g_strconcat(name, " *", NULL);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

/* Units of values come from the rows (指标名称 with units) or, when those have none, from the columns. */
static const char *unit_of(const jb_plot *p, const jb_row *row) {
    if (p->spec->rate) return "%";
    if (*row->unit) return row->unit;
    return p->series[0].unit;
}

static void add_category(jb_plot *p, unsigned r, int x) {
    const jb_row *row = &p->data->rows[r];
    jb_category *c = &p->categories[p->category_count++];
    c->plain = x == p->data->name_column ? row->name : jb_dataset_text(p->data, r, (unsigned)x);
    c->name = drawn_name(p, row, c->plain);
    c->unit = unit_of(p, row);
    c->level = row->level;
    c->row = r;
    c->values = JB_ARRAY(p->arena, jb_value, p->series_count);
    for (unsigned s = 0; s < p->series_count; s++)
        c->values[s] = p->series[s].column < 0 ? rate_value(p, r)
                                               : jb_dataset_at(p->data, r, (unsigned)p->series[s].column);
}

static bool wanted(const jb_plot *p, unsigned row) {
    double rate;
    bool approximate;
    const char *unit = p->spec->rate ? p->data->rows[row].unit : unit_of(p, &p->data->rows[row]);
    if (p->spec->unit && strcmp(unit, p->spec->unit)) return false;
    return !p->spec->rate || jb_dataset_rate(p->data, row, &rate, &approximate);
}

static jb_status read_categories(jb_plot *p) {
    int x;
    unsigned limit = JB_LIMIT_POINTS;
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].mark != JB_MARK_LINE) limit = JB_LIMIT_CATEGORIES;
    jb_status status = jb_dataset_find_column(p->ctx, p->data, p->spec->x, p->spec->x_pos, &x);
    if (status != JB_OK) return status;
    p->categories = JB_ARRAY(p->arena, jb_category, p->data->row_count + 1);
    for (unsigned r = 0; r < p->data->row_count; r++)
        if (wanted(p, r)) add_category(p, r, x);
    if (!p->category_count) return jb_fail(p->ctx, p->spec->node->pos, "the chart has no rows to draw");
    if (p->category_count > limit)
        return jb_fail(p->ctx, p->spec->node->pos,
                       "the chart has %u rows, the limit is %u; choose some by where:", p->category_count,
                       limit);
    return JB_OK;
}

/* ---- order and panels ---- */

static double sort_key(const jb_category *c) {
    double number;
    return jb_plot_number(&c->values[0], &number) ? number : -INFINITY;
}

static int compare_keys(const void *left, const void *right, void *down) {
    double a = sort_key(left), b = sort_key(right);
    if (a == b) return 0;
    if (isinf(a) || isinf(b)) return isinf(a) ? 1 : -1; /* never both: equal above */
    return (a < b) == !GPOINTER_TO_INT(down) ? -1 : 1;
}

/* Stable; values that cannot be compared come last either way. */
static void sort_categories(jb_plot *p) {
    if (p->spec->sort != JB_SORT_NONE)
        g_qsort_with_data(p->categories, (gint)p->category_count, sizeof *p->categories, compare_keys,
                          GINT_TO_POINTER(p->spec->sort == JB_SORT_DESCENDING));
}

static bool same_unit(const char *a, const char *b) { return a == b || !strcmp(a, b); }

static void add_panel(jb_plot *p, GArray *panels, const char *unit, unsigned first, unsigned count) {
    const jb_panel panel = {.unit = unit, .first = first, .count = count};
    g_array_append_val(panels, panel);
    p->panel_count++;
}

/* Rows of several units, each behind the first of its kind. */
static void part_units(jb_plot *p, GArray *panels) {
    jb_category *sorted = JB_ARRAY(p->arena, jb_category, p->category_count);
    bool *taken = JB_ARRAY(p->arena, bool, p->category_count);
    unsigned n = 0;
    for (unsigned i = 0; n < p->category_count; i++) {
        const char *unit = p->categories[i].unit;
        unsigned first = n;
        if (taken[i]) continue;
        for (unsigned k = i; k < p->category_count; k++) {
            if (taken[k] || !same_unit(p->categories[k].unit, unit)) continue;
            taken[k] = true;
            sorted[n++] = p->categories[k];
        }
        add_panel(p, panels, unit, first, n - first);
    }
    p->categories = sorted;
}

/* Groups rows by unit, in the order in which units first appear; rows keep their order. */
static void group_units(jb_plot *p) {
    GArray *panels = g_array_new(FALSE, FALSE, sizeof(jb_panel));
    unsigned one = 1;
    while (one < p->category_count && same_unit(p->categories[one].unit, p->categories[0].unit)) one++;
    if (one == p->category_count)
        add_panel(p, panels, p->categories[0].unit, 0, one);
    else
        part_units(p, panels);
    p->panels = JB_ARRAY(p->arena, jb_panel, p->panel_count);
    memcpy(p->panels, panels->data, p->panel_count * sizeof *p->panels);
    g_array_free(panels, TRUE);
}

/* The domain of a panel: all ends of its values, and zero. */
static void find_domain(const jb_plot *p, jb_panel *panel) {
    panel->low = panel->high = panel->right_low = panel->right_high = 0;
    for (unsigned i = 0; i < panel->count; i++) {
        for (unsigned s = 0; s < p->series_count; s++) {
            double number;
            if (!jb_plot_number(&p->categories[panel->first + i].values[s], &number)) continue;
            bool right = p->series[s].right;
            double *low = right ? &panel->right_low : &panel->low,
                   *high = right ? &panel->right_high : &panel->high;
            *low = MIN(*low, number);
            *high = MAX(*high, number);
        }
    }
    if (p->spec->rate) panel->high = MAX(panel->high, 100);
}

/* Into the arena of the data: the next chart of them takes it as it is. */
static jb_status read_data(jb_plot *p) {
    jb_chart_data *data = p->source;
    jb_arena *own = p->arena;
    p->arena = data->arena;
    jb_status status = read_series(p);
    if (status == JB_OK) status = read_categories(p);
    if (status == JB_OK) status = jb_plot_check_units(p);
    if (status == JB_OK) status = jb_highlight_bars(p);
    if (status == JB_OK) {
        sort_categories(p);
        group_units(p);
        jb_periods_settle(p);
        status = jb_right_units(p);
        if (status == JB_OK) status = jb_plot_check_label_unit(p);
    }
    if (status == JB_OK) {
        for (unsigned i = 0; i < p->panel_count; i++) find_domain(p, &p->panels[i]);
        data->series = p->series;
        data->series_count = p->series_count;
        data->categories = p->categories;
        data->category_count = p->category_count;
        data->periods = p->periods;
        data->places_joined = p->places_joined;
        data->panels = p->panels;
        data->panel_count = p->panel_count;
        data->read = true;
    }
    p->arena = own;
    return status;
}

jb_status jb_plot_data(jb_plot *p) {
    const jb_chart_data *data = p->source;
    if (!data->read) {
        jb_status status = read_data(p);
        if (status != JB_OK) return status;
    }
    p->series = data->series;
    p->series_count = data->series_count;
    p->categories = data->categories;
    p->category_count = data->category_count;
    p->periods = data->periods;
    p->places_joined = data->places_joined;
    p->panel_count = data->panel_count;
    p->panels = JB_ARRAY(p->arena, jb_panel, data->panel_count); /* layouts move them */
    memcpy(p->panels, data->panels, data->panel_count * sizeof *p->panels);
    jb_periods_tell(p);
    return JB_OK;
}
