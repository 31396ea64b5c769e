/* What a cell says: numbers with qualifiers, bounds, ranges, missing marks, text. */
#ifndef JB_INPUT_VALUE_H
#define JB_INPUT_VALUE_H

#include "base/arena.h"
#include "base/context.h"

/* Reads a cell. Never fails: what is no number is TEXT. Strings of the result belong to `arena`.
 * *odd is set when the cell looks like a number but is not one ("3..5", "1,23"): the caller warns. May be NULL. */
jb_value jb_value_parse(jb_arena *arena, const char *text, bool *odd);
/* True for NUMBER, APPROX, UPPER, LOWER and RANGE. */
bool jb_value_is_numeric(const jb_value *value);
/* "number", "approx", "upper", "lower", "range", "same", "missing", "text". */
const char *jb_value_kind_name(jb_value_kind kind);

#endif
