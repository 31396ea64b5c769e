/* Labels of a value axis in 万, 亿 or 万亿 of its unit, for both forms of specifications. */
#ifndef JB_CHARTS_LABEL_UNIT_H
#define JB_CHARTS_LABEL_UNIT_H

#include <glib.h>
#include <stdbool.h>

/* The power of ten, 4, 8 or 12, in which labels up to `most`, `step` apart, are shortest with at most two decimals; 0 where that is the
 * unit itself, and where the longest has fewer than `digits` digits. No label is rounded: `step` is one of theirs. */
int jb_label_power(double step, double most, int digits);
/* 万 亿 万亿; "" of others. */
const char *jb_label_power_word(int power);
/* 元 in ten thousands is 万元, 亿元 in them 万亿元, no unit 万. False, and nothing written, where there is no such word (千元, 万亿元) or the
 * unit takes none (%, 位, 个百分点, units not known). */
bool jb_label_unit_word(GString *out, const char *unit, int power);

#endif
