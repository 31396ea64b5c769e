/* What a cell says: numbers with qualifiers, bounds, ranges, missing marks, text. tests/values.txt lists what
 * is read how, and why. */
#ifndef JB_INPUT_VALUE_H
#define JB_INPUT_VALUE_H

#include <glib.h>
#include "base/context.h"

/* Reads a cell's text; blanks at both ends are removed already. Never fails: what is no number is TEXT.
 * `raw`, `unit` of the result point into `text` or to static strings. *odd (may be NULL) is set when the
 * caller should warn: TEXT     looks like a number but is none ("3..5", "1,23"); numeric  a number whose
 * qualifiers contradict ("6%~7%左右", "约5以上"; GB/T 15835): bound or range is kept; MISSING  an error value
 * of a spreadsheet ("#DIV/0!", "####"). */
jb_value jb_value_read(const char *text, bool *odd);
/* True for NUMBER, APPROX, UPPER, LOWER and RANGE. */
bool jb_value_is_numeric(const jb_value *value);
/* "number", "approx", "upper", "lower", "range", "same", "missing", "text". */
const char *jb_value_kind_name(jb_value_kind kind);

#endif
