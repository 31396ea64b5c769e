/* Columns and rows by name, derived values, and the public accessors. */
#include <math.h>
#include <string.h>
#include "input/derived.h"
#include "input/name.h"
#include "input/role.h"
#include "input/unit.h"

/* Bytes that a name is compared without may begin with these: blanks and marks. */
static bool may_skip(char c) { return (unsigned char)c <= ' ' || c == '*' || c == '#' || strchr("\xC2\xE1\xE2\xE3", c); }

static const char *skip_marks(const char *p) {
    while (*p && may_skip(*p) && (g_unichar_isspace(g_utf8_get_char(p)) || *p == '*' || *p == '#'))
        p = g_utf8_next_char(p);
    return p;
}

/* Compares names without their blanks and marks. */
static bool same_name(const char *a, const char *b) {
    for (;; a++, b++) {
        if (*a != *b || may_skip(*a)) {
            a = skip_marks(a);
            b = skip_marks(b);
        }
        if (*a != *b) return false;
        if (!*a) return true;
    }
}

static int match_column(const jb_dataset *d, const char *name, bool (*same)(const char *, const char *)) {
    int found = -1;
    for (unsigned c = 0; c < d->column_count; c++) {
        if (same(d->columns[c].path, name)) return (int)c;
        if (!same(d->columns[c].name, name)) continue;
        found = found == -1 ? (int)c : -2;
    }
    return found;
}

static bool equal(const char *a, const char *b) { return !strcmp(a, b); }

int jb_dataset_column(const jb_dataset *d, const char *name) {
    int exact = match_column(d, name, equal);
    return exact != -1 ? exact : match_column(d, name, same_name);
}

jb_status jb_dataset_find_column(jb_context *ctx, const jb_dataset *d, const char *name, jb_pos pos,
                                 int *column) {
    *column = jb_dataset_column(d, name);
    if (*column >= 0) return JB_OK;
    const char **names = g_new(const char *, d->column_count);
    GString *near = g_string_new(NULL);
    bool several = *column == -2;
    for (unsigned c = 0; c < d->column_count; c++)
        names[c] = several ? d->columns[c].path : d->columns[c].name;
    jb_suggest(near, name, names, d->column_count);
    jb_status status =
        several ? jb_fail(ctx, pos, "several columns of “%s” are named “%s”%s", d->id, name, near->str)
                : jb_fail(ctx, pos, "no column “%s” in “%s”%s", name, d->id, near->str);
    g_string_free(near, TRUE);
    g_free(names);
    return status;
}

unsigned jb_dataset_rows_named(const jb_dataset *d, const char *name, int year, int *row) {
    unsigned found = 0;
    for (unsigned r = 0; r < d->row_count; r++) {
        int is = 0;
        const char *is_named = d->rows[r].name, *written = jb_dataset_written(d, r);
        if (!same_name(is_named, name) && !same_name(jb_name_core(is_named), name) &&
            (written == is_named || !same_name(written, name)))
            continue;
        if (year && !(jb_dataset_year(d, r, &is) && is == year)) continue;
        *row = (int)r;
        found++;
    }
    return found;
}

jb_status jb_dataset_find_row(jb_context *ctx, const jb_dataset *d, const char *name, jb_pos pos, int *row) {
    unsigned found = jb_dataset_rows_named(d, name, 0, row);
    if (found == 1) return JB_OK;
    *row = -1;
    if (found) return jb_fail(ctx, pos, "%u rows of “%s” are named “%s”", found, d->id, name);
    const char **names = g_new(const char *, d->row_count);
    GString *near = g_string_new(NULL);
    for (unsigned r = 0; r < d->row_count; r++) names[r] = d->rows[r].name;
    jb_suggest(near, name, names, d->row_count);
    jb_status status = jb_fail(ctx, pos, "no row “%s” in “%s”%s", name, d->id, near->str);
    g_string_free(near, TRUE);
    g_free(names);
    return status;
}

/* ---- derived ---- */

const char *jb_dataset_unit(const jb_dataset *d, unsigned row, unsigned column, const jb_value *value) {
    if (value->unit && *value->unit) return value->unit;
    return *d->columns[column].unit ? d->columns[column].unit : d->rows[row].unit;
}

jb_better jb_dataset_better(const jb_dataset *d, unsigned row) {
    const jb_row *it = &d->rows[row];
    int plan = jb_dataset_role(d, JB_COLUMN_PLAN);
    if (it->better != JB_BETTER_ASK) return (jb_better)it->better;
    jb_value_kind target = plan >= 0 ? jb_dataset_at(d, row, (unsigned)plan).kind : JB_VALUE_TEXT;
    bool bound = target == JB_VALUE_UPPER || target == JB_VALUE_LOWER;
    jb_better of_parent = JB_BETTER_UNKNOWN;
    if (it->parent >= 0 && !bound) of_parent = jb_dataset_better(d, (unsigned)it->parent);
    return of_parent != JB_BETTER_UNKNOWN ? of_parent : jb_better_of(it->name, target);
}

static bool is_exact(const jb_value *v) { return v->kind == JB_VALUE_NUMBER || v->kind == JB_VALUE_APPROX; }

static bool plan_and_actual(const jb_dataset *d, unsigned row, unsigned p, unsigned a, jb_value *plan, jb_value *actual,
                            bool *approximate) {
    *plan = jb_dataset_at(d, row, p);
    *actual = jb_dataset_at(d, row, a);
    *approximate = plan->kind == JB_VALUE_APPROX || actual->kind == JB_VALUE_APPROX;
    const char *one = jb_dataset_unit(d, row, p, plan), *other = jb_dataset_unit(d, row, a, actual);
    if (*one && *other && strcmp(one, other) != 0) return false;
    return is_exact(plan) && is_exact(actual);
}

/* Shares and growth rates have no completion rate: 3.9 % of 7.5 % is no 52 %. */
static bool is_rate_unit(const char *text) {
    jb_unit unit;
    return jb_unit_parse(text, &unit) && jb_unit_is_rate(&unit);
}

bool jb_dataset_rate_of(const jb_dataset *d, unsigned row, unsigned p, unsigned a, double *rate, bool *approximate) {
    jb_value plan, actual;
    if (is_rate_unit(d->rows[row].unit) || !plan_and_actual(d, row, p, a, &plan, &actual, approximate)) return false;
    if (plan.number <= 0) return false;
    *rate = actual.number / plan.number * 100;
    return isfinite(*rate);
}

bool jb_dataset_variance_of(const jb_dataset *d, unsigned row, unsigned p, unsigned a, double *variance, int *decimals,
                            bool *approximate) {
    jb_value plan, actual;
    if (!plan_and_actual(d, row, p, a, &plan, &actual, approximate)) return false;
    *variance = actual.number - plan.number;
    *decimals = MAX(plan.decimals, actual.decimals);
    return isfinite(*variance);
}

bool jb_dataset_rate(const jb_dataset *d, unsigned row, double *rate, bool *approximate) {
    int p = jb_dataset_role(d, JB_COLUMN_PLAN), a = jb_dataset_role(d, JB_COLUMN_ACTUAL);
    return p >= 0 && a >= 0 && jb_dataset_rate_of(d, row, (unsigned)p, (unsigned)a, rate, approximate);
}

bool jb_dataset_variance(const jb_dataset *d, unsigned row, double *variance, int *decimals, bool *approximate) {
    int p = jb_dataset_role(d, JB_COLUMN_PLAN), a = jb_dataset_role(d, JB_COLUMN_ACTUAL);
    return p >= 0 && a >= 0 &&
           jb_dataset_variance_of(d, row, (unsigned)p, (unsigned)a, variance, decimals, approximate);
}

/* ---- the public face ---- */

size_t jb_dataset_rows(const jb_dataset *d) { return d->row_count; }
size_t jb_dataset_columns(const jb_dataset *d) { return d->column_count; }
const char *jb_dataset_column_name(const jb_dataset *d, size_t column) { return d->columns[column].name; }
const char *jb_dataset_row_name(const jb_dataset *d, size_t row) { return d->rows[row].name; }
const char *jb_dataset_row_unit(const jb_dataset *d, size_t row) { return d->rows[row].unit; }
bool jb_dataset_row_binding(const jb_dataset *d, size_t row) { return d->rows[row].binding; }
bool jb_dataset_row_sub(const jb_dataset *d, size_t row) { return d->rows[row].level > 0; }

jb_value jb_dataset_value(const jb_dataset *d, size_t row, size_t column) {
    return jb_dataset_at(d, (unsigned)row, (unsigned)column);
}
