/* Roles of columns, years of headers and directions of indicators, from words. */
#ifndef JB_INPUT_ROLE_H
#define JB_INPUT_ROLE_H

#include "input/dataset.h"

/* True when a header says that its column names the rows: 指标名称, 年份, 地区. "地区生产总值" and "2020
 * 年度" do not. */
bool jb_header_names_rows(const char *header);
/* The year that a header path speaks of, from its deepest cell that has one: 2020 年, 二〇二〇年, FY2020,
 * 2020. 0 when there is none, or a period (2016—2020 年), or only a year to compare with (比 2019 年增长). */
int jb_header_year(const char *path);
/* True for columns of changes and shares that are derived from others: 同比增长（%）, 完成率,
 * 占全年目标（%）. They hold neither plans nor results, whatever other words the header has. */
bool jb_header_is_derived(const char *header);
/* Role of a column that does not name the rows; numbers and words are counts of its cells. The name decides,
 * then the cells over it. */
jb_column_role jb_column_role_of(const char *name, const char *path, unsigned numbers, unsigned words);
/* Which way the indicator is better. A target that is a bound says so itself; else from lists of known words,
 * where a word of falling (降低, 减少, 治理率) turns the direction of bad things round. UNKNOWN when nothing
 * is known. */
jb_better jb_better_of(const char *name, jb_value_kind target);

#endif
