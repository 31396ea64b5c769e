/* What follows from a row's plan and result: verdicts, relative variances, years. */
#ifndef JB_INPUT_DERIVED_H
#define JB_INPUT_DERIVED_H

#include "input/dataset.h"

typedef enum jb_verdict {
    JB_VERDICT_NONE, /* a value is missing or text, only a bound, or it is not known which way is better */
    JB_VERDICT_EXCEEDED,
    JB_VERDICT_MET,
    JB_VERDICT_MISSED
} jb_verdict;

/* Compares a row's result with its plan. A plan that is a bound (2.5 以内, 3.55 以上) is met or missed, never
 * exceeded; a range is met inside; an approximate one (7.5 左右) within half a unit of its last written
 * digit. A result that is a bound or range gives a verdict only when all it may be gives the same, or at
 * least the plan. Which way is better says the row; where it does not, more is better when the plan's header
 * speaks of a goal (目标, 任务, 计划), else there is no verdict. Units of plan and result that differ are no
 * verdict. */
jb_verdict jb_dataset_verdict(const jb_dataset *dataset, unsigned row);
/* 超过目标, 完成目标, 未完成目标; NULL for NONE. */
const char *jb_verdict_words(jb_verdict verdict);
/* What the row's column of verdicts says, as written, or NULL when there is none or the cell says nothing.
 * The first such column when there are several. */
const char *jb_dataset_stated_verdict(const jb_dataset *dataset, unsigned row);
/* Warns, at the cell, of each stated verdict that the numbers do not bear out: 超过目标 where the result is
 * no better than the plan, 完成目标 where the plan is missed, 未完成 where it is met. Words that leave it
 * open (完成预期, 基本完成) are no claim. */
void jb_dataset_check_verdicts(jb_context *ctx, const jb_dataset *dataset);

/* Variance in percent of the plan; false as jb_dataset_rate, and the unit must be no rate either. */
bool jb_dataset_variance_pct(const jb_dataset *dataset, unsigned row, double *percent, bool *approximate);

/* What a number in the unit `from` is multiplied by to be one in `to`: 10000 from 亿元 to 万元, 1 when either is "". False
 * when they do not convert. */
bool jb_units_factor(const char *from, const char *to, double *factor);

/* The column of years (年份, 年度, 年), or -1; and the year of a row from it. */
int jb_dataset_year_column(const jb_dataset *dataset);
bool jb_dataset_year(const jb_dataset *dataset, unsigned row, int *year);

#endif
