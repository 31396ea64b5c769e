/* Claims of the text against facts of the data: which values may be meant, and whether one agrees. When in
 * doubt, silent. */
#include "input/prose_parts.h"

#include <math.h>
#include <string.h>
#include "base/text.h"

#define LOOSE                                                                                                \
    0.15 /* 约 400 may stand for 427.7, but never for something that is further away than this part of it */

enum { LONGEST_QUOTE = 40 }; /* characters of the report's words in a message */

static bool near_enough(double a, double b, double room) {
    return fabs(a - b) <= room + 1e-9 * MAX(fabs(a), fabs(b));
}

/* The text's number `t` with room `room` against one number of the data. */
static bool figure_fits(const jb_figure *f, double low, double high, double step, double given_value,
                        double given_step) {
    double room = MAX(step, given_step) / 2;
    switch (f->kind) {
    case JB_VALUE_APPROX: {
        double rounding = MAX(f->round * fabs(f->unit.factor), given_step) / 2;
        if (f->near)
            return given_value <= low + given_step / 2 + 1e-9 * fabs(low) && given_value >= low * (1 - LOOSE);
        return near_enough(low, given_value, MAX(MIN(rounding, fabs(given_value) * LOOSE), room));
    }
    case JB_VALUE_LOWER: return given_value >= low - given_step / 2 - 1e-9 * fabs(low);
    case JB_VALUE_UPPER: return given_value <= low + given_step / 2 + 1e-9 * fabs(low);
    case JB_VALUE_RANGE: return given_value >= low - room && given_value <= high + room;
    default: return near_enough(low, given_value, room);
    }
}

/* Compares a figure, multiplied by `sign`, with what the data give. */
static bool figure_agrees(const jb_figure *f, int sign, const jb_given *g) {
    double low = f->low * f->unit.factor, high = f->high * f->unit.factor, step = f->step * f->unit.factor;
    double room = MAX(step, g->step) / 2;
    if (sign < 0) {
        double swap = -low;
        low = -high, high = swap;
    }
    switch (g->kind) {
    case JB_VALUE_UPPER: /* a bound is told by the same bound, or by a value within it */
        if (f->kind == JB_VALUE_UPPER) return near_enough(low, g->low, MIN(step, g->step) / 2);
        return f->kind == JB_VALUE_LOWER || f->kind == JB_VALUE_APPROX || low <= g->low + room;
    case JB_VALUE_LOWER:
        if (f->kind == JB_VALUE_LOWER) return near_enough(low, g->low, MIN(step, g->step) / 2);
        return f->kind == JB_VALUE_UPPER || f->kind == JB_VALUE_APPROX || high >= g->low - room;
    case JB_VALUE_RANGE: return high >= g->low - room && low <= g->high + room;
    case JB_VALUE_APPROX:
        return figure_fits(f, low, high, step, g->low, g->step) ||
               near_enough(low, g->low, MAX(room, g->step / 2));
    default: return figure_fits(f, low, high, step, g->low, g->step);
    }
}

/* ---- which values may be meant ---- */

typedef struct judge {
    const jb_prose *prose;
    const jb_claim *claim;
    bool agrees;            /* one that may be meant agrees, or cannot be known */
    const jb_fact *against; /* the one to name when none does */
    double should;          /* what it comes to, for OVER and RATE and changes that are differences */
    bool derived;
    int rank; /* how well `against` fits the claim */
} judge;

static const jb_fact *fact_at(const jb_prose *prose, int index) {
    return index < 0 ? NULL : &g_array_index(prose->facts, jb_fact, (guint)index);
}

static const jb_fact *first_fact(const judge *j) {
    return fact_at(j->prose,
                   g_array_index(j->prose->indicators, jb_indicator, (guint)j->claim->indicator).first);
}

static bool is_planned(const jb_fact *f) { return f->scenario == JB_PLAN || f->scenario == JB_FORECAST; }

static bool scenario_fits(const jb_claim *claim, const jb_fact *f) {
    if (claim->scenario == JB_ANY || f->scenario == JB_ANY) return true;
    return (claim->scenario == JB_PLAN) == is_planned(f);
}

static bool year_fits(const jb_claim *claim, const jb_fact *f) {
    return !claim->year || !f->year || f->year == claim->year;
}

static void weigh(judge *j, const jb_fact *f, bool agrees, bool derived, double should) {
    int rank = 1 + 4 * (j->claim->year && f->year == j->claim->year) + 2 * scenario_fits(j->claim, f) +
               (j->claim->scenario == JB_ANY && f->scenario == JB_ACTUAL);
    j->agrees = j->agrees || agrees;
    if (agrees || rank < j->rank) return; /* of equals the one read first, which comes last */
    j->rank = rank;
    j->against = f;
    j->derived = derived;
    j->should = should;
}

/* Whether a fact may be what the claim speaks of by kind and unit; *sign turns the claim's number into the
 * fact's. */
static bool kind_fits(const jb_claim *claim, const jb_fact *f, int *sign) {
    *sign = claim->sign < 0 ? -1 : 1;
    if (!jb_measure_unit_same(&claim->figure.unit, &f->unit)) return false;
    if (claim->kind == JB_CLAIM_LEVEL) {
        *sign = 1;
        bool rate = claim->reached && f->kind == JB_FACT_GROWTH;
        return (f->kind == JB_FACT_LEVEL || rate) && !claim->figure.unit.points;
    }
    if (claim->kind != JB_CLAIM_CHANGE || claim->of_growth) return false;
    if (claim->figure.unit.points) return f->kind == JB_FACT_RISE;
    if (f->kind == JB_FACT_FALL) *sign = -*sign;
    return f->kind != JB_FACT_LEVEL;
}

/* Whether the data have a value of the claim's kind, year and scenario. */
static bool has_fitting(const judge *j) {
    int sign;
    for (const jb_fact *f = first_fact(j); f; f = fact_at(j->prose, f->next))
        if (kind_fits(j->claim, f, &sign) && year_fits(j->claim, f) && scenario_fits(j->claim, f))
            return true;
    return false;
}

static bool has_year(const judge *j) {
    int sign;
    for (const jb_fact *f = first_fact(j); f; f = fact_at(j->prose, f->next))
        if (kind_fits(j->claim, f, &sign) && year_fits(j->claim, f)) return true;
    return false;
}

/* Values that are written as such. A year said in the same sentence shuts out others; one that only stands
 * further up lets them in. A scenario shuts out others unless the year has no other. */
static void judge_values(judge *j) {
    const jb_claim *claim = j->claim;
    bool fitting = has_fitting(j);
    bool clear = claim->year_clear || (fitting && (claim->year_headed || claim->scenario != JB_ANY));
    int sign;
    if (!has_year(j)) return;
    for (const jb_fact *f = first_fact(j); f; f = fact_at(j->prose, f->next)) {
        if (!kind_fits(claim, f, &sign)) continue;
        bool year = year_fits(claim, f), scenario = scenario_fits(claim, f);
        if (clear && !year) continue;
        if (fitting ? !scenario : !(scenario || year)) continue;
        jb_given g = f->given;
        if (!g.known && !year) continue;
        weigh(j, f, !g.known || figure_agrees(&claim->figure, sign, &g), false, 0);
    }
}

/* Two facts of one row: the difference or quotient of their values. */
static bool pair(const jb_fact *a, const jb_fact *b, jb_given *ga, jb_given *gb) {
    *ga = a->given;
    *gb = b->given;
    return ga->known && gb->known && a != b && jb_measure_unit_same(&a->unit, &b->unit);
}

static void judge_difference(judge *j, const jb_fact *a, const jb_fact *b) {
    jb_given ga, gb;
    if (!jb_measure_unit_same(&j->claim->figure.unit, &a->unit) || !pair(a, b, &ga, &gb)) return;
    double difference = ga.low - gb.low;
    jb_given g = {JB_VALUE_NUMBER, true, difference, difference, MAX(ga.step, gb.step)};
    bool exact = ga.kind == JB_VALUE_NUMBER && gb.kind == JB_VALUE_NUMBER;
    bool agrees = !exact || figure_agrees(&j->claim->figure, j->claim->sign < 0 ? -1 : 1, &g);
    weigh(j, a, agrees, true, difference / a->unit.factor);
}

static void judge_rate(judge *j, const jb_fact *a, const jb_fact *b) {
    jb_given ga, gb;
    if (!jb_measure_unit_is_rate(&j->claim->figure.unit) || !pair(a, b, &ga, &gb) || gb.low == 0) return;
    double rate = ga.low / gb.low * 100;
    jb_given g = {JB_VALUE_NUMBER, true, rate, rate, 0};
    bool exact = ga.kind == JB_VALUE_NUMBER && gb.kind == JB_VALUE_NUMBER;
    weigh(j, a, !exact || figure_agrees(&j->claim->figure, 1, &g), true, rate);
}

/* Result against target: the same dataset, row and year. */
static void judge_against_plan(judge *j) {
    for (const jb_fact *a = first_fact(j); a; a = fact_at(j->prose, a->next)) {
        if (a->scenario != JB_ACTUAL || !year_fits(j->claim, a)) continue;
        for (const jb_fact *b = first_fact(j); b; b = fact_at(j->prose, b->next)) {
            if (b->scenario != JB_PLAN || a->dataset != b->dataset || a->row != b->row || a->year != b->year)
                continue;
            if (j->claim->kind == JB_CLAIM_RATE)
                judge_rate(j, a, b);
            else
                judge_difference(j, a, b);
        }
    }
}

static void judge_against_last_year(judge *j) {
    jb_fact_kind kind = j->claim->of_growth ? JB_FACT_GROWTH : JB_FACT_LEVEL;
    for (const jb_fact *a = first_fact(j); a; a = fact_at(j->prose, a->next)) {
        if (a->kind != kind || !a->year || !year_fits(j->claim, a)) continue;
        if (jb_measure_unit_is_rate(&a->unit) && !j->claim->figure.unit.points) continue;
        for (const jb_fact *b = first_fact(j); b; b = fact_at(j->prose, b->next))
            if (b->kind == kind && b->year == a->year - 1 && !is_planned(b)) judge_difference(j, a, b);
    }
}

/* ---- the message ---- */

static void append_given(GString *out, const jb_prose *prose, const judge *j) {
    if (!j->derived) {
        jb_value value = jb_fact_value(prose, j->against);
        g_string_append(out, value.raw);
        return;
    }
    bool rate = j->claim->kind == JB_CLAIM_RATE;
    jb_text_number(out, j->should, rate ? 1 : 4);
    if (rate) g_string_append_c(out, '%');
}

static void append_place(GString *out, const jb_prose *prose, const jb_fact *fact) {
    const jb_prose_set *set = &g_array_index(prose->sets, jb_prose_set, fact->dataset);
    jb_pos pos = jb_fact_pos(prose, fact);
    g_string_append(out, pos.file ? pos.file : set->data->file);
    if (pos.line > 0) g_string_append_printf(out, ":%d", pos.line);
    if (pos.line > 0 && pos.column > 0) g_string_append_printf(out, ":%d", pos.column);
    g_string_append_printf(out, ", “%s”", set->data->columns[fact->column].name);
}

/* The claim in the report's words: from the indicator's name to the number's end; what is long is cut in the
 * middle. */
static void append_claim(GString *out, const jb_claim *claim, const char *name) {
    const char *start = claim->text + claim->name, *figure = claim->text + claim->figure.start;
    size_t whole = (size_t)(figure - start) + claim->figure.length;
    if (figure > start && g_utf8_strlen(start, (gssize)whole) <= LONGEST_QUOTE) {
        g_string_append_len(out, start, (gssize)whole);
        return;
    }
    g_string_append_printf(out, "%s … ", name);
    g_string_append_len(out, figure, (gssize)claim->figure.length);
}

static void report(const judge *j) {
    const jb_claim *claim = j->claim;
    const jb_indicator *indicator =
        &g_array_index(j->prose->indicators, jb_indicator, (guint)claim->indicator);
    GString *out = g_string_new("the text says “");
    append_claim(out, claim, indicator->written);
    g_string_append(out, "”");
    if (claim->year) g_string_append_printf(out, " (%d 年)", claim->year);
    g_string_append(out, j->derived ? "; by the data it is " : "; the data say ");
    append_given(out, j->prose, j);
    g_string_append(out, " (");
    append_place(out, j->prose, j->against);
    g_string_append_c(out, ')');
    jb_diag(j->prose->ctx, JB_WARNING, claim->pos, "%s", out->str);
    g_string_free(out, TRUE);
}

void jb_claim_check(const jb_prose *prose, const jb_claim *claim) {
    judge j = {.prose = prose, .claim = claim};
    if (g_array_index(prose->indicators, jb_indicator, (guint)claim->indicator).count > JB_MOST_ALIKE) return;
    if (claim->kind == JB_CLAIM_OVER || claim->kind == JB_CLAIM_RATE) {
        judge_against_plan(&j);
    } else {
        judge_values(&j);
        if (claim->kind == JB_CLAIM_CHANGE && claim->against) judge_against_last_year(&j);
    }
    if (j.against || j.agrees) g_array_append_val(prose->compared, claim->pos);
    if (j.against && !j.agrees) report(&j);
}

/* ---- datasets against each other ---- */

static bool values_agree(const jb_given *a, const jb_given *b) {
    double room = MAX(a->step, b->step) / 2;
    bool bound = a->kind == JB_VALUE_UPPER || a->kind == JB_VALUE_LOWER || b->kind == JB_VALUE_UPPER ||
                 b->kind == JB_VALUE_LOWER;
    if (bound && a->kind != b->kind) {
        const jb_given *limit = a->kind == JB_VALUE_UPPER || a->kind == JB_VALUE_LOWER ? a : b,
                       *other = limit == a ? b : a;
        return limit->kind == JB_VALUE_UPPER ? other->low <= limit->high + room
                                             : other->high >= limit->low - room;
    }
    return a->high >= b->low - room - 1e-9 * fabs(a->high) && a->low <= b->high + room + 1e-9 * fabs(a->low);
}

static bool comparable(const jb_fact *a, const jb_fact *b) {
    return a->dataset != b->dataset && a->year && a->year == b->year && a->scenario == JB_ACTUAL &&
           b->scenario == JB_ACTUAL && a->kind == b->kind && jb_measure_unit_same(&a->unit, &b->unit);
}

/* Whether two disagree; `later` was added after `earlier`, and the message stands there. */
static bool compare_pair(const jb_prose *prose, const jb_indicator *indicator, const jb_fact *later,
                         const jb_fact *earlier) {
    if (!later->given.known || !earlier->given.known || values_agree(&later->given, &earlier->given))
        return false;
    jb_value said = jb_fact_value(prose, later), other = jb_fact_value(prose, earlier);
    GString *out = g_string_new(NULL);
    g_string_printf(out, "%s of %d is %s here and %s elsewhere (", indicator->written, later->year, said.raw,
                    other.raw);
    append_place(out, prose, earlier);
    g_string_append_c(out, ')');
    jb_diag(prose->ctx, JB_WARNING, jb_fact_pos(prose, later), "%s", out->str);
    g_string_free(out, TRUE);
    return true;
}

/* One message for a value, however many others it disagrees with. */
static void compare_with_earlier(const jb_prose *prose, const jb_indicator *indicator, const jb_fact *later) {
    const jb_fact *b = fact_at(prose, later->next);
    while (b && !(comparable(later, b) && compare_pair(prose, indicator, later, b)))
        b = fact_at(prose, b->next);
}

void jb_prose_compare_sets(const jb_prose *prose) {
    for (guint i = 0; i < prose->indicators->len; i++) {
        const jb_indicator *indicator = &g_array_index(prose->indicators, jb_indicator, i);
        const jb_fact *a = indicator->count <= JB_MOST_ALIKE ? fact_at(prose, indicator->first) : NULL;
        for (; a; a = fact_at(prose, a->next)) compare_with_earlier(prose, indicator, a);
    }
}
