/* Ticks of two value axes that share one grid: equal in number, zeros at one height where both have one. */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include "charts/ticks.h"

enum { NICE = 6, LEAST = 3 };
static const double nice[NICE] = {1, 2, 5, 2.5, 4, 3};
static const double cost[NICE] = {0, 0.02, 0.02, 0.08, 0.12, 0.2}; /* in shares of the axis left empty */
#define TICK_COST 0.04                                             /* of each more or less than wanted */

typedef struct end {
    double low, high, unit; /* over `unit`, so that they are of the order of 1 */
} end;

static end end_of(double low, double high) {
    double most = fmax(fabs(low), fabs(high)), unit = most > 0 ? pow(10, floor(log10(most))) : 1;
    if (!(unit > 0) || !isfinite(1 / unit)) unit = 1;
    end e = {low / unit, high / unit, unit};
    jb_ticks_widen(&e.low, &e.high);
    return e;
}

/* `below` of the steps lie below zero. */
static double fit_around_zero(const end *e, int count, int below, jb_ticks *best) {
    double score = -DBL_MAX, least = 0;
    if ((e->low < 0 && !below) || (e->high > 0 && below == count - 1)) return score;
    if (below) least = fmax(least, -e->low / below);
    if (below < count - 1) least = fmax(least, e->high / (count - 1 - below));
    for (int q = 0; q < NICE && least > 0; q++) {
        double step = nice[q] * pow(10, ceil(log10(least / nice[q]) - 1e-9));
        double filled = (e->high - e->low) / (step * (count - 1)) - cost[q];
        if (filled <= score) continue;
        score = filled;
        *best = (jb_ticks){.first = -below * step, .step = step, .count = count};
    }
    return score;
}

static double fit_anywhere(const end *e, int count, jb_ticks *best) {
    double score = -DBL_MAX, least = (e->high - e->low) / (count - 1);
    for (int q = 0; q < NICE; q++) {
        double power = ceil(log10(least / nice[q]) - 1e-9);
        for (int more = 0; more < 2; more++) {
            double step = nice[q] * pow(10, power + more), first = floor(e->low / step + 1e-9) * step;
            double filled = (e->high - e->low) / (step * (count - 1)) - cost[q];
            if (first + step * (count - 1) < e->high - 1e-9 * step || filled <= score) continue;
            score = filled;
            *best = (jb_ticks){.first = first, .step = step, .count = count};
        }
    }
    return score;
}

static void finish(const end *e, const jb_ticks *found, jb_ticks *out) {
    *out = *found;
    out->first *= e->unit;
    out->step *= e->unit;
    out->decimals = jb_ticks_decimals(out->step);
}

void jb_ticks_choose_pair(const double low[2], const double high[2], int wanted, jb_ticks ticks[2]) {
    const end one = end_of(low[0], high[0]), two = end_of(low[1], high[1]);
    bool together = one.low <= 0 && one.high >= 0 && two.low <= 0 && two.high >= 0;
    double best = -DBL_MAX;
    for (int count = LEAST; count <= wanted + 2; count++) {
        for (int below = 0; below < (together ? count : 1); below++) {
            jb_ticks a = {0}, b = {0};
            double score =
                together ? fit_around_zero(&one, count, below, &a) + fit_around_zero(&two, count, below, &b)
                         : fit_anywhere(&one, count, &a) + fit_anywhere(&two, count, &b);
            score -= TICK_COST * abs(count - wanted - 1);
            if (!a.count || !b.count || score <= best) continue;
            best = score;
            finish(&one, &a, &ticks[0]);
            finish(&two, &b, &ticks[1]);
        }
    }
}
