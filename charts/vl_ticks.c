/* d3's ticks and nice domains (d3-array ticks, d3-scale log and symlog), as Vega has them. */
#include <math.h>
#include "charts/vl.h"
#include "charts/vl_time.h"

#define MOST_STEPS 10000
#define MOST_BASE 1000 /* of a log scale that has ticks between powers */

/* d3.tickIncrement: above 0 a step, below 0 one over it. */
static double increment(double low, double high, double wanted) {
    double raw = (high - low) / fmax(wanted, 1e-9), power = floor(log10(raw)), error = raw / pow(10, power);
    double factor = error >= sqrt(50) ? 10 : error >= sqrt(10) ? 5 : error >= sqrt(2) ? 2 : 1;
    return power < 0 ? -pow(10, -power) / factor : pow(10, power) * factor;
}

void jb_vl_nice(double *low, double *high, double wanted) {
    double before = 0;
    if (!(*high > *low)) return;
    for (int i = 0; i < 10; i++) {
        double step = increment(*low, *high, wanted);
        if (step == before || step == 0 || !isfinite(step)) return;
        if (step > 0) {
            *low = floor(*low / step) * step;
            *high = ceil(*high / step) * step;
        } else {
            *low = ceil(*low * step) / step;
            *high = floor(*high * step) / step;
        }
        before = step;
    }
}

static void linear(GArray *ticks, double low, double high, double wanted, double least, double *step) {
    double by = increment(low, high, wanted);
    *step = by > 0 ? by : -1 / by;
    if (least > *step) *step = by = least;
    if (!(high > low)) {
        g_array_append_val(ticks, low);
        return;
    }
    double from = by > 0 ? round(low / by) : round(low * -by),
           to = by > 0 ? round(high / by) : round(high * -by);
    double before = NAN; /* far from zero i + 1 is i: steps are counted */
    for (int k = -1; k <= to - from + 1 && ticks->len < 1000 && k < MOST_STEPS; k++) {
        double i = from + k, v = by > 0 ? i * by : i / -by;
        if (v == before) continue;
        before = v;
        if (v >= low && v <= high) g_array_append_val(ticks, v);
    }
}

static void logarithmic(GArray *ticks, double low, double high, double wanted, double base, double *step) {
    double from = log(low) / log(base), to = log(high) / log(base);
    *step = 0;
    if (to - from < wanted && base == floor(base) && base <= MOST_BASE) {
        for (double p = floor(from); p <= ceil(to); p++)
            for (double k = 1; k < base; k++) {
                double v = p < 0 ? k / pow(base, -p) : k * pow(base, p);
                if (v >= low && v <= high) g_array_append_val(ticks, v);
            }
        if (ticks->len * 2 >= wanted) return;
        g_array_set_size(ticks, 0);
        linear(ticks, low, high, wanted, 0, step);
        return;
    }
    double by;
    linear(ticks, from, to, fmin(to - from, wanted), 0, &by);
    for (guint i = 0; i < ticks->len; i++)
        g_array_index(ticks, double, i) = pow(base, g_array_index(ticks, double, i));
}

GArray *jb_vl_ticks(const jb_vl_scale *s, double wanted, double least, double *step) {
    if (s->type == JB_VL_TIME) return jb_vl_time_ticks(s->low, s->high, wanted, least, step);
    GArray *ticks = g_array_new(FALSE, FALSE, sizeof(double));
    if (s->type == JB_VL_LOG)
        logarithmic(ticks, s->low, s->high, wanted, s->base, step);
    else
        linear(ticks, s->low, s->high, wanted, least, step);
    return ticks;
}
