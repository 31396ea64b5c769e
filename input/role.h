/* Roles of columns and directions of indicators, from words. */
#ifndef JB_INPUT_ROLE_H
#define JB_INPUT_ROLE_H

#include "input/dataset.h"

/* True when a header says that its column names the rows: 指标名称, 年份. */
bool jb_header_names_rows(const char *header);
/* Role of a column that does not name the rows; numbers and words are counts of its cells. */
jb_column_role jb_column_role_of(const char *name, const char *path, unsigned numbers, unsigned words);
/* From a list of known words, then from the kind of its target: a bound from above means less is better. */
jb_better jb_better_of(const char *name, jb_value_kind target);

#endif
