/* Numbers as d3-format writes them (github.com/d3/d3-format), as Vega-Lite's `format` asks. */
#ifndef JB_CHARTS_VL_FORMAT_H
#define JB_CHARTS_VL_FORMAT_H

#include <glib.h>
#include <stdbool.h>

/* Appends `value` in a notation [sign][$][,][.precision][~][type], with the types e f g r s % p d n and none. Thousands are
 * parted by a thin space from five digits on, the minus is U+2212. `step` is the distance of ticks and `most` the largest of them when it is the
 * label of an axis: precision that is not said follows from them, as in d3-scale's tickFormat; else both are 0. False when
 * the notation is another; nothing is appended then. */
bool jb_vl_format(GString *out, const char *format, double value, double step, double most);

#endif
