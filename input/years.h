/* Several years of one table as one long dataset, and 与上年持平 resolved. */
#ifndef JB_INPUT_YEARS_H
#define JB_INPUT_YEARS_H

#include "input/node.h"
#include "input/store.h"

/* One year's table. A column whose header names another year belongs to that year. */
typedef struct jb_year_part {
    jb_dataset *data; /* borrowed */
    int year;
} jb_year_part;

/* Names that are one indicator (`aliases`), and pairs that are not although they look alike (`distinct`): each a list of lists of
 * names, the first of which is kept. NULL when not given. */
typedef struct jb_year_names {
    const jb_node *aliases, *distinct;
} jb_year_names;

/* Makes one dataset of the parts, in ascending order of years: a row for each indicator and year, a column 年份 behind the
 * names, the other columns by name without its year, or by what they hold (plan, actual, …; a note tells). Indicators are
 * matched by name, then by alias; a name that only comes near another of a different part, in the same unit, is a warning that
 * asks. Two parts that say different things of the same cell are a warning with both places; the earlier part's stays. */
jb_status jb_years_join(jb_context *ctx, const jb_year_part *parts, unsigned count, const jb_year_names *names,
                        const char *id, jb_dataset **dataset);
/* The year that a file's name says (the last 19xx or 20xx in it), or 0. */
int jb_years_of_file(const char *path);
/* Looks up what 与上年持平 stands for: the result of the year before, of the row with that name, in any dataset of the store. */
void jb_years_settle(jb_store *store);

#endif
