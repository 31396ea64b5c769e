/* Extended Wilkinson: simplicity, coverage and density weigh 0.25, 0.2 and 0.5; legibility is the same for
 * all candidates here, since labels of one axis have one format. Only loose labelings: the ticks enclose the
 * data. */
#include "charts/ticks.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double nice[] = {1, 5, 2, 2.5, 4, 3}; /* in order of preference */
enum { NICE = sizeof nice / sizeof *nice, MOST_SKIPS = 4, MOST_DECIMALS = 15 };

static double simplicity(int q, int skip, double first, double last, double step) {
    double rest = fmod(first, step);
    bool zero = (fabs(rest) < 1e-10 * step || fabs(rest - step) < 1e-10 * step) && first <= 0 && last >= 0;
    return 1 - (double)q / (NICE - 1) - skip + 1 + (zero ? 1 : 0);
}

static double coverage(double low, double high, double first, double last) {
    double range = 0.1 * (high - low);
    return 1 - 0.5 * (pow(high - last, 2) + pow(low - first, 2)) / (range * range);
}

static double density(int count, int wanted, double low, double high, double first, double last) {
    double r = (count - 1) / (last - first), rt = (wanted - 1) / (fmax(last, high) - fmin(first, low));
    return 2 - fmax(r / rt, rt / r);
}

int jb_ticks_decimals(double step) {
    int decimals = 0;
    for (double scale = step; decimals < MOST_DECIMALS && fabs(scale - round(scale)) > 1e-6 * scale;
         scale *= 10)
        decimals++;
    return decimals;
}

typedef struct search {
    double low, high, best;
    int wanted;
    jb_ticks ticks;
} search;

static void try_step(search *s, int q, int skip, int count, double step) {
    double from = floor(s->high / step) - (count - 1), to = ceil(s->low / step);
    for (int i = 0; i <= to - from; i++) { /* counted: far from zero start + 1 is start */
        double start = from + i, first = start * step, last = first + step * (count - 1);
        if (first > s->low + 1e-9 * step || last < s->high - 1e-9 * step) continue;
        double score = 0.25 * simplicity(q, skip, first, last, step) +
                       0.2 * coverage(s->low, s->high, first, last) +
                       0.5 * density(count, s->wanted, s->low, s->high, first, last) + 0.05;
        if (score <= s->best) continue;
        s->best = score;
        s->ticks = (jb_ticks){first, step, count, 0, 0};
    }
}

static void try_count(search *s, int q, int skip, int count) {
    double ideal = (s->high - s->low) / (count + 1) / skip / nice[q];
    int power = (int)ceil(log10(ideal));
    for (int z = power; z <= power + 2; z++) {
        double step = skip * nice[q] * pow(10, z);
        if (step * (count - 1) >= (s->high - s->low) * (1 - 1e-9) && isfinite(step))
            try_step(s, q, skip, count, step);
    }
}

void jb_ticks_widen(double *low, double *high) {
    double middle = *low / 2 + *high / 2, least = 1e-10 * fmax(fabs(*low), fabs(*high));
    if (*high - *low > least && *high - *low > DBL_MIN / DBL_EPSILON) return;
    double reach = fabs(middle) < DBL_MIN / DBL_EPSILON ? 1 : fabs(middle) * 0.5;
    *low = middle > 0 ? middle - reach : middle;
    *high = middle > 0 ? middle : middle + reach;
}

/* The search runs on a domain of the order of 1, so that no square of it leaves the numbers. */
jb_ticks jb_ticks_choose(double low, double high, int wanted) {
    jb_ticks_widen(&low, &high);
    double unit = pow(10, floor(log10(high / 2 - low / 2)));
    search s = {
        low / unit, high / unit, -DBL_MAX, wanted < 2 ? 2 : wanted, {low / unit, (high - low) / unit, 2, 0, 0}};
    for (int skip = 1; skip <= MOST_SKIPS; skip++)
        for (int q = 0; q < NICE; q++)
            for (int count = 2; count <= s.wanted + 1; count++) try_count(&s, q, skip, count);
    s.ticks.first *= unit;
    s.ticks.step *= unit;
    s.ticks.decimals = jb_ticks_decimals(s.ticks.step);
    return s.ticks;
}
