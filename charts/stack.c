/* Stacks: the columns of a row stand on each other. What `stack` asks, and what the parts of each row come
 * to. */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "charts/composite.h"

#define MOST_DECIMALS 9
#define SHARE_DECIMALS 1

/* ---- the specification ---- */

/* True for the words true and false. */
static bool read_word(const jb_node *node, bool *value) {
    if (node->kind != JB_NODE_SCALAR || node->quoted) return false;
    *value = !g_ascii_strcasecmp(node->text, "true");
    return *value || !g_ascii_strcasecmp(node->text, "false");
}

jb_status jb_stack_read(jb_context *ctx, jb_spec *spec) {
    const jb_node *node = jb_node_get(spec->node, "stack");
    bool sum = spec->mark == JB_MARK_AREA, said = sum;
    spec->stack_pos = node ? node->pos : spec->node->pos;
    if (node && node->kind == JB_NODE_SCALAR && !strcmp(node->text, "normalize")) {
        spec->stack = JB_STACK_SHARE;
        return JB_OK;
    }
    if (node && !read_word(node, &said))
        return jb_fail(ctx, node->pos, "stack must be true, false or normalize");
    if (sum && !said && spec->y_count > 1)
        return jb_fail(ctx, node->pos,
                       "areas of several columns would cover each other: stack them, or draw mark: line");
    spec->stack = said || sum ? JB_STACK_SUM : JB_STACK_NONE;
    return JB_OK;
}

jb_status jb_stack_check(jb_context *ctx, const jb_spec *spec) {
    const jb_node *node = jb_node_get(spec->node, "stack");
    if (!node || spec->stack == JB_STACK_NONE) return JB_OK;
    if (jb_node_get(spec->node, "layer"))
        return jb_fail(ctx, node->pos, "stack is for bars or areas alone, not for layers; leave it out");
    if (spec->rate)
        return jb_fail(ctx, node->pos,
                       "values: rate is one series, there is nothing to stack; leave stack out");
    if (spec->y_count < 2)
        return jb_fail(
            ctx, node->pos,
            "stack puts several columns on each other: y: [COLUMN, COLUMN, …]; leave it out for one");
    return JB_OK;
}

/* ---- what can stand on each other ---- */

static const char *scenario_name(jb_scenario scenario) {
    switch (scenario) {
    case JB_SCENARIO_AC: return "a result";
    case JB_SCENARIO_PL: return "a plan";
    case JB_SCENARIO_PY: return "a result of the year before";
    default: return "a forecast";
    }
}

jb_status jb_stack_series(jb_plot *p) {
    const jb_series *first = NULL;
    for (unsigned s = 0; s < p->series_count && jb_stacked(p); s++) {
        const jb_series *it = &p->series[s];
        for (unsigned k = 0; k < s; k++)
            if (p->series[k].column == it->column)
                return jb_fail(p->ctx, p->spec->y[s].pos, "“%s” is there twice: a sum has each part once",
                               it->name);
        if (it->scenario == JB_SCENARIO_PLAIN) continue;
        if (first && first->scenario != it->scenario)
            return jb_fail(
                p->ctx, p->spec->stack_pos,
                "“%s” is %s and “%s” %s: they are compared, not added up; draw bars without stack, "
                "or lines",
                first->name, scenario_name(first->scenario), it->name, scenario_name(it->scenario));
        if (!first) first = it;
    }
    return JB_OK;
}

static const char *why_no_part(const jb_value *v) {
    switch (v->kind) {
    case JB_VALUE_UPPER:
    case JB_VALUE_LOWER: return "a bound";
    case JB_VALUE_RANGE: return "a range";
    case JB_VALUE_SAME: return v->resolved ? NULL : "no number, since last year's is not known";
    case JB_VALUE_TEXT: return "no number";
    default: return NULL;
    }
}

/* A cell that is no part of a sum is an error at its place in the data. */
static jb_status check_part(const jb_plot *p, const jb_category *c, unsigned s) {
    const jb_value *v = &c->values[s];
    const char *why = why_no_part(v);
    jb_pos pos = jb_dataset_pos(p->data, c->row, (unsigned)p->series[s].column);
    double number;
    if (why && p->series_count == 1)
        return jb_fail(p->ctx, pos,
                       "“%s” is %s, which has no area; leave the row out by where:, or draw mark: line",
                       v->raw, why);
    if (why)
        return jb_fail(
            p->ctx, pos,
            "“%s” is %s and cannot be added to the other parts of “%s”; leave the row out by where:, or "
            "draw bars without stack",
            v->raw, why, c->plain);
    if (!jb_plot_number(v, &number) || number >= 0) return JB_OK;
    if (p->spec->stack == JB_STACK_SHARE)
        return jb_fail(p->ctx, pos, "“%s” is below zero and has no share of a sum; stack: true draws it",
                       v->raw);
    if (p->spec->mark == JB_MARK_AREA && p->series_count > 1)
        return jb_fail(p->ctx, pos,
                       "“%s” is below zero: areas on each other cannot show it; draw bars with stack: true",
                       v->raw);
    return JB_OK;
}

/* ---- sums ---- */

const char *jb_sum_text(jb_plot *p, const char *lead, double number, int decimals, const char *tail) {
    GString *text = g_string_new(lead);
    jb_value v = {.kind = JB_VALUE_NUMBER, .digits_at = (unsigned)text->len};
    if (number != 0 && fabs(number) < 0.5 * pow(10, -decimals)) {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append(text, g_ascii_formatd(digits, sizeof digits, "%.3g", number));
    } else {
        jb_digits_append(text, number, decimals, false);
    }
    v.digits_length = (unsigned)text->len - v.digits_at;
    g_string_append(text, tail);
    v.raw = jb_arena_string(p->arena, text->str);
    g_string_free(text, TRUE);
    return jb_value_label(p, &v);
}

/* Digits behind the point: those of the part that has most. 1.5万 has none. */
static int decimals_of(const jb_category *c, unsigned count) {
    int most = 0;
    for (unsigned s = 0; s < count; s++) {
        const jb_value *v = &c->values[s];
        int beyond = v->factor > 1 ? (int)lround(log10(v->factor)) : 0;
        if (v->kind != JB_VALUE_MISSING) most = MAX(most, v->decimals - beyond);
    }
    return MIN(most, MOST_DECIMALS);
}

static void add_part(jb_stack *it, unsigned s, double number) {
    it->parts[s] = number;
    it->sum += number;
    *(number < 0 ? &it->low : &it->high) += number;
}

/* Shares of what is no known total, or of nothing, are no figures: then words stand in place of the bar. */
static void make_shares(jb_plot *p, jb_stack *it, unsigned missing) {
    if (missing) it->lack = missing == p->series_count ? "无数据" : jb_worded(p, "缺 %u 项", missing);
    if (!missing && !(it->sum > 0)) it->lack = "合计为 0";
    for (unsigned s = 0; s < p->series_count; s++) {
        if (it->lack) it->parts[s] = NAN;
        if (it->lack) continue;
        it->parts[s] = it->parts[s] / it->sum * 100;
        it->figures[s] = jb_sum_text(p, it->about ? "约 " : "", it->parts[s], SHARE_DECIMALS, "");
    }
    it->low = 0;
    it->high = it->lack ? 0 : 100;
}

static void make_total(jb_plot *p, const jb_category *c, jb_stack *it, unsigned missing) {
    const char *tail = missing ? jb_worded(p, "（缺 %u 项）", missing) : "";
    it->whole = !missing;
    if (missing == p->series_count)
        it->lack = "无数据";
    else
        it->total = jb_sum_text(p, it->about ? "约 " : "", it->sum, decimals_of(c, p->series_count), tail);
}

/* A period that has no row. */
static jb_status lack_all(const jb_plot *p, jb_category *c, jb_stack *it) {
    for (unsigned s = 0; s < p->series_count; s++) it->parts[s] = NAN;
    it->missing = p->series_count;
    it->lack = "无数据";
    c->stack = it;
    return JB_OK;
}

static jb_status sum_row(jb_plot *p, jb_category *c) {
    jb_stack *it = JB_NEW(p->arena, jb_stack);
    unsigned missing = 0;
    it->parts = JB_ARRAY(p->arena, double, p->series_count);
    it->figures = JB_ARRAY(p->arena, const char *, p->series_count);
    if (c->place) return lack_all(p, c, it);
    for (unsigned s = 0; s < p->series_count; s++) {
        double number;
        jb_status status = check_part(p, c, s);
        if (status != JB_OK) return status;
        it->parts[s] = NAN;
        it->about = it->about || c->values[s].kind == JB_VALUE_APPROX;
        if (jb_plot_number(&c->values[s], &number)) {
            add_part(it, s, number);
            it->figures[s] = jb_value_label(p, &c->values[s]);
        } else {
            missing++;
        }
    }
    if (!isfinite(it->high - it->low))
        return jb_fail(p->ctx, p->spec->stack_pos, "the parts of “%s” come to no number", c->plain);
    if (p->spec->stack == JB_STACK_SHARE)
        make_shares(p, it, missing);
    else
        make_total(p, c, it, missing);
    it->missing = missing;
    c->stack = it;
    return JB_OK;
}

jb_status jb_stack_sum(jb_plot *p) {
    for (unsigned c = 0; c < p->category_count && jb_stacked(p); c++) {
        if (p->categories[c].stack) continue;
        jb_status status = sum_row(p, &p->categories[c]);
        if (status != JB_OK) return status;
    }
    return JB_OK;
}

void jb_stack_domain(const jb_plot *p, const jb_panel *panel, double *low, double *high) {
    for (unsigned i = 0; i < panel->count; i++) {
        const jb_stack *it = p->categories[panel->first + i].stack;
        *low = MIN(*low, it->low);
        *high = MAX(*high, it->high);
    }
}
