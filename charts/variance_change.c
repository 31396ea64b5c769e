/* What a variance comes to, and what a row lacks that has none. */
#include "charts/variance.h"

#include <math.h>
#include <string.h>
#include "input/unit.h"

bool jb_variance_is_rate(const char *unit) {
    jb_unit it;
    return jb_unit_parse(unit, &it) && jb_unit_is_rate(&it);
}

static jb_lack lack_of_value(const jb_value *v) {
    switch (v->kind) {
    case JB_VALUE_UPPER:
    case JB_VALUE_LOWER:
    case JB_VALUE_RANGE: return JB_LACK_BOUND;
    case JB_VALUE_MISSING: return JB_LACK_MISSING;
    case JB_VALUE_SAME: return v->resolved ? JB_LACK_NONE : JB_LACK_SAME;
    case JB_VALUE_TEXT: return JB_LACK_WORDS;
    default: return JB_LACK_NONE;
    }
}

/* How many decimals a number has that nobody wrote. */
static int decimals_of(double number) {
    int decimals = 0;
    while (decimals < JB_CHANGE_DECIMALS && fabs(number * pow(10, decimals) - round(number * pow(10, decimals))) > 1e-6)
        decimals++;
    return decimals;
}

/* Result and plan of which one is 与上年持平: they are what the year before had. */
static jb_lack find_settled(const jb_category *c, jb_variance_entry *e) {
    const jb_value *actual = &c->values[0], *plan = &c->values[1];
    bool unlike = actual->unit && plan->unit && *actual->unit && *plan->unit && strcmp(actual->unit, plan->unit);
    e->change = actual->number - plan->number;
    e->approximate = actual->kind == JB_VALUE_APPROX || plan->kind == JB_VALUE_APPROX;
    e->decimals = 0;
    for (int i = 0; i < 2; i++) {
        const jb_value *v = &c->values[i];
        e->decimals = MAX(e->decimals, v->kind == JB_VALUE_SAME ? decimals_of(v->number) : v->decimals);
    }
    return unlike || !isfinite(e->change) ? JB_LACK_UNIT : JB_LACK_NONE;
}

static bool is_settled(const jb_category *c) {
    return c->values[0].kind == JB_VALUE_SAME || c->values[1].kind == JB_VALUE_SAME;
}

jb_lack jb_variance_change(const jb_plot *p, const jb_category *c, jb_variance_entry *e) {
    jb_lack one = MAX(lack_of_value(&c->values[0]), lack_of_value(&c->values[1]));
    if (one != JB_LACK_NONE) return one;
    if (is_settled(c)) return find_settled(c, e);
    if (!jb_dataset_variance_of(p->data, c->row, (unsigned)p->composed->plan, (unsigned)p->composed->actual,
                                &e->change, &e->decimals, &e->approximate))
        return JB_LACK_UNIT;
    return JB_LACK_NONE;
}

jb_lack jb_variance_percent(const jb_plot *p, const jb_category *c, jb_variance_entry *e) {
    double rate;
    jb_lack one = jb_variance_change(p, c, e);
    if (one != JB_LACK_NONE) return one;
    if (jb_variance_is_rate(c->unit)) return JB_LACK_RATE;
    e->tone = jb_tone_of(p, c->row, e->change);
    if (is_settled(c)) {
        if (!(c->values[1].number > 0)) return JB_LACK_ZERO;
        rate = c->values[0].number / c->values[1].number * 100;
    } else if (!jb_dataset_rate_of(p->data, c->row, (unsigned)p->composed->plan, (unsigned)p->composed->actual, &rate,
                                   &e->approximate)) {
        return JB_LACK_ZERO;
    }
    e->change = rate - 100;
    e->decimals = JB_PERCENT_DECIMALS;
    while (fabs(e->change) > 1e-9 && fabs(e->change) < 0.5 * pow(10, -e->decimals) &&
           e->decimals < JB_CHANGE_DECIMALS)
        e->decimals++;
    return JB_LACK_NONE;
}
