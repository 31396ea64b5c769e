/* M4: four points a column. */
#include "charts/reduce.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define MOST 4 /* points a column keeps */

/* Writes the points of [from, to) that its column keeps; those of equal height are kept once. */
static unsigned keep(double *xy, unsigned to_write, unsigned from, unsigned to) {
    unsigned low = from, high = from;
    for (unsigned i = from + 1; i < to; i++) {
        if (xy[2 * i + 1] < xy[2 * low + 1]) low = i;
        if (xy[2 * i + 1] > xy[2 * high + 1]) high = i;
    }
    const unsigned kept[MOST] = {from, MIN(low, high), MAX(low, high), to - 1};
    for (unsigned k = 0; k < MOST; k++) {
        if (k && kept[k] == kept[k - 1]) continue;
        memmove(xy + 2 * to_write++, xy + 2 * kept[k], 2 * sizeof *xy);
    }
    return to_write;
}

unsigned jb_line_reduce(double *xy, unsigned count, double column) {
    if (!count || !((xy[2 * (count - 1)] - xy[0]) / column * MOST < count)) return count;
    unsigned left = 0, from = 0;
    double edge = (floor(xy[0] / column) + 1) * column;
    for (unsigned i = 0; i < count; i++) {
        double x = xy[2 * i];
        if (x < edge) continue;
        left = keep(xy, left, from, i);
        from = i;
        edge = (floor(x / column) + 1) * column;
        if (!(x < edge)) edge = x + column; /* rounding */
    }
    return keep(xy, left, from, count);
}
