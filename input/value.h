/* What a cell says: numbers with qualifiers, bounds, ranges, missing marks, text. */
#ifndef JB_INPUT_VALUE_H
#define JB_INPUT_VALUE_H

#include "base/arena.h"
#include "base/context.h"

/* Reads a cell's text; blanks at both ends are removed already. Never fails: what is no number is TEXT. `raw` and `unit` of the
 * result point into `text` or to static strings. *odd (may be NULL): it looks like a number but is none ("3..5", "1,23"); the
 * caller warns. */
jb_value jb_value_read(const char *text, bool *odd);
/* True for NUMBER, APPROX, UPPER, LOWER and RANGE. */
bool jb_value_is_numeric(const jb_value *value);
/* "number", "approx", "upper", "lower", "range", "same", "missing", "text". */
const char *jb_value_kind_name(jb_value_kind kind);

#endif
