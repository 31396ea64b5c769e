/* Verdicts: what a result is beside its plan, and whether the words beside them agree. */
#include "input/derived.h"

#include <math.h>
#include <string.h>
#include "input/unit.h"

/* From low to high, both ends within; infinite where a bound is open. */
typedef struct span {
    double low, high;
} span;

static bool has_any(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i])) return true;
    return false;
}
#define HAS_ANY(text, ...)                                                                                   \
    has_any((text), (const char *const[]){__VA_ARGS__},                                                      \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* Half a unit of the last digit written: 0.05 for 7.5, 0.5 for 8. */
static double tolerance(const jb_value *v) { return 0.5 * pow(10, -v->decimals) * fabs(v->factor); }

/* What a value may be; false when it says no number. */
static bool value_span(const jb_value *v, span *s) {
    *s = (span){v->number, v->number};
    switch (v->kind) {
    case JB_VALUE_NUMBER: return true;
    case JB_VALUE_SAME: return v->resolved;
    case JB_VALUE_APPROX: *s = (span){v->number - tolerance(v), v->number + tolerance(v)}; return true;
    case JB_VALUE_UPPER: s->low = -INFINITY; return true;
    case JB_VALUE_LOWER: s->high = INFINITY; return true;
    case JB_VALUE_RANGE: s->high = v->high; return true;
    default: return false;
    }
}

/* Below, within or above a span: -1, 0, 1. Ends count as within, the noise of binary fractions aside. */
static int side(double x, span s) {
    double noise = 1e-9 * fmax(fabs(x), 1e-9);
    if (isinf(x)) return x < s.low ? -1 : x > s.high ? 1 : 0;
    return x < s.low - noise ? -1 : x > s.high + noise ? 1 : 0;
}

static jb_verdict judge(double x, span plan, jb_better better) {
    int s = side(x, plan);
    if (!s) return JB_VERDICT_MET;
    if (isinf(plan.low) || isinf(plan.high)) return JB_VERDICT_MISSED; /* bounds are kept or not */
    if (better == JB_BETTER_UNKNOWN) return JB_VERDICT_NONE;
    return (s > 0) == (better == JB_BETTER_MORE) ? JB_VERDICT_EXCEEDED : JB_VERDICT_MISSED;
}

/* What holds for all that the result may be. */
static jb_verdict join(jb_verdict a, jb_verdict b) {
    if (a == b) return a;
    if (a == JB_VERDICT_NONE || b == JB_VERDICT_NONE) return JB_VERDICT_NONE;
    return a == JB_VERDICT_MISSED || b == JB_VERDICT_MISSED ? JB_VERDICT_NONE : JB_VERDICT_MET;
}

/* A goal is there to be reached; a budget or a forecast is not. */
static bool is_goal(const jb_column *column) {
    return HAS_ANY(column->path, "目标", "任务", "计划") && !HAS_ANY(column->path, "预算");
}

bool jb_units_factor(const char *from, const char *to, double *factor) {
    jb_unit a, b;
    *factor = 1;
    if (!*from || !*to || !strcmp(from, to)) return true;
    jb_unit_parse(from, &a);
    jb_unit_parse(to, &b);
    if (!jb_unit_convertible(&a, &b)) return false;
    *factor = jb_unit_factor(&a, &b);
    return isfinite(*factor);
}

jb_verdict jb_dataset_verdict(const jb_dataset *d, unsigned row) {
    int p = jb_dataset_role(d, JB_COLUMN_PLAN), a = jb_dataset_role(d, JB_COLUMN_ACTUAL);
    span target, result;
    double factor;
    if (p < 0 || a < 0) return JB_VERDICT_NONE;
    jb_value plan = jb_dataset_at(d, row, (unsigned)p), actual = jb_dataset_at(d, row, (unsigned)a);
    if (!value_span(&plan, &target) || !value_span(&actual, &result)) return JB_VERDICT_NONE;
    if (!jb_units_factor(jb_dataset_unit(d, row, (unsigned)a, &actual),
                         jb_dataset_unit(d, row, (unsigned)p, &plan), &factor))
        return JB_VERDICT_NONE;
    result = (span){result.low * factor, result.high * factor};
    jb_better better = jb_dataset_better(d, row);
    if (better == JB_BETTER_UNKNOWN && is_goal(&d->columns[p])) better = JB_BETTER_MORE;
    return join(judge(result.low, target, better), judge(result.high, target, better));
}

const char *jb_verdict_words(jb_verdict verdict) {
    static const char *const words[] = {NULL, "超过目标", "完成目标", "未完成目标"};
    return words[verdict];
}

const char *jb_dataset_stated_verdict(const jb_dataset *d, unsigned row) {
    int column = jb_dataset_role(d, JB_COLUMN_VERDICT);
    if (column < 0) return NULL;
    jb_value value = jb_dataset_at(d, row, (unsigned)column);
    return value.kind == JB_VALUE_MISSING ? NULL : value.raw;
}

/* ---- stated against computed ---- */

/* What the words claim; NONE for words that leave it open or that are not known. */
static jb_verdict claim(const char *words) {
    if (HAS_ANY(words, "预期", "基本", "接近", "正常", "有序", "推进", "部分")) return JB_VERDICT_NONE;
    if (HAS_ANY(words, "未完成", "没有完成", "未达", "未实现", "没有达", "没有实现", "欠"))
        return JB_VERDICT_MISSED;
    if (HAS_ANY(words, "超过", "超额", "超出", "优于")) return JB_VERDICT_EXCEEDED;
    return HAS_ANY(words, "完成", "达标", "达到", "实现") ? JB_VERDICT_MET : JB_VERDICT_NONE;
}

/* True when the numbers speak against the claim. A bound may be kept by far, which some call exceeded. */
static bool contradicts(jb_verdict claimed, jb_verdict computed, bool bound) {
    if (claimed == JB_VERDICT_NONE || computed == JB_VERDICT_NONE) return false;
    if (claimed == JB_VERDICT_EXCEEDED) return computed != claimed && !(bound && computed == JB_VERDICT_MET);
    return (claimed == JB_VERDICT_MISSED) != (computed == JB_VERDICT_MISSED);
}

static void check_row(jb_context *ctx, const jb_dataset *d, unsigned row, unsigned column) {
    unsigned p = (unsigned)jb_dataset_role(d, JB_COLUMN_PLAN),
             a = (unsigned)jb_dataset_role(d, JB_COLUMN_ACTUAL);
    const char *stated = jb_dataset_text(d, row, column);
    jb_value_kind kind = jb_dataset_at(d, row, p).kind;
    jb_verdict computed = jb_dataset_verdict(d, row);
    if (!contradicts(claim(stated), computed, kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER)) return;
    jb_diag(ctx, JB_WARNING, jb_dataset_pos(d, row, column),
            "“%s” of “%s” is not borne out: “%s” is %s where “%s” is %s, that is %s", stated,
            d->rows[row].name, d->columns[a].name, jb_dataset_text(d, row, a), d->columns[p].name,
            jb_dataset_text(d, row, p), jb_verdict_words(computed));
}

void jb_dataset_check_verdicts(jb_context *ctx, const jb_dataset *d) {
    int column = jb_dataset_role(d, JB_COLUMN_VERDICT);
    if (column < 0 || jb_dataset_role(d, JB_COLUMN_PLAN) < 0 || jb_dataset_role(d, JB_COLUMN_ACTUAL) < 0)
        return;
    for (unsigned row = 0; row < d->row_count; row++) check_row(ctx, d, row, (unsigned)column);
}

/* ---- others ---- */

bool jb_dataset_variance_pct(const jb_dataset *d, unsigned row, double *percent, bool *approximate) {
    double rate;
    if (!jb_dataset_rate(d, row, &rate, approximate)) return false;
    *percent = rate - 100;
    return true;
}

int jb_dataset_year_column(const jb_dataset *d) {
    static const char *const words[] = {"年份", "年度", "年", "year"};
    for (unsigned c = 0; c < d->column_count; c++)
        for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
            if (!g_ascii_strcasecmp(d->columns[c].name, words[i])) return (int)c;
    return -1;
}

/* 2020, 2020年, 2020 年度; nothing else. */
static bool read_year(const char *text, int *year) {
    int n = 0;
    *year = 0;
    for (; g_ascii_isdigit(text[n]) && n < 5; n++) *year = *year * 10 + text[n] - '0';
    text += n;
    text += strspn(text, " ");
    return n == 4 && (!*text || !strcmp(text, "年") || !strcmp(text, "年度"));
}

bool jb_dataset_year(const jb_dataset *d, unsigned row, int *year) {
    int column = jb_dataset_year_column(d);
    return column >= 0 && read_year(jb_dataset_text(d, row, (unsigned)column), year);
}
