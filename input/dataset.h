/* Indicators: rows with names, units and marks; columns with header paths; cells that are read as jb_values when asked for. */
#ifndef JB_INPUT_DATASET_H
#define JB_INPUT_DATASET_H

#include "base/arena.h"
#include "input/parts.h"
#include "input/value.h"

/* What a column holds, from its header (IBCS scenarios: AC, PL, PY, FC). */
typedef enum jb_column_role {
    JB_COLUMN_NUMBERING, /* 序号 */
    JB_COLUMN_NAME,      /* 指标名称: the rows' names */
    JB_COLUMN_PLAN,      /* 目标, 计划, 预算 */
    JB_COLUMN_ACTUAL,    /* 实际, 完成 */
    JB_COLUMN_PREVIOUS,  /* 上年, 去年 */
    JB_COLUMN_FORECAST,  /* 预期, 预计, 预测 */
    JB_COLUMN_VERDICT,   /* 完成情况 with words */
    JB_COLUMN_UNIT,      /* 单位 */
    JB_COLUMN_YEAR,      /* 年份, where it does not name the rows */
    JB_COLUMN_VALUE,     /* any other with at least one numeric cell */
    JB_COLUMN_TEXT       /* any other */
} jb_column_role;

typedef enum jb_better { JB_BETTER_UNKNOWN, JB_BETTER_MORE, JB_BETTER_LESS } jb_better;
enum { JB_BETTER_ASK = 3 }; /* not looked at yet: most rows of a large table never are */

typedef struct jb_column {
    const char *name; /* deepest header cell, unit removed: "年初目标" */
    const char *path; /* all header cells, outermost first, joined by "/": "2020 年/年初目标" */
    const char *unit; /* from the header's last bracket pair or its row of units, or "" */
    jb_column_role role;
    unsigned numbers, words, same; /* cells that are numeric, that are text, that say 与上年持平 */
    jb_pos pos;
} jb_column;

/* Kept small: a dataset may have millions. */
typedef struct jb_row {
    const char *name; /* without unit and marks: "能源消耗总量增长率" */
    const char *unit; /* "" when none; a sub-indicator takes its parent's when it has none */
    int parent;       /* row of the indicator it belongs to, or -1 */
    bool binding;     /* `*` after the name */
    bool total;       /* 合计, 总计, 小计 */
    uint8_t level;    /* 0, or the depth of a sub-indicator (`#`, 其中：, indent) */
    uint8_t better;   /* jb_better, or JB_BETTER_ASK: see jb_dataset_better */
} jb_row;

struct jb_dataset {
    jb_arena *arena; /* owns everything below but the grid */
    jb_grid *grid;   /* owned; the first header_rows rows are the header */
    const char *id;  /* the name it is known by, or the file's stem */
    const char *file; /* interned: places point to it */
    unsigned header_rows, row_count, column_count;
    jb_row *rows;
    jb_column *columns;
    int name_column; /* -1 when no column names the rows */
    jb_parts parts;  /* what was taken for what */
    const char **sources; /* paths of the files it came from */
    unsigned source_count;
    GHashTable *resolved; /* cell index + 1 to double *: what 与上年持平 came to; NULL when none */
};

/* The text of a cell as written, its place, its value. Strings live as long as the dataset. */
static inline const char *jb_dataset_text(const jb_dataset *d, unsigned row, unsigned column) {
    return jb_grid_text(d->grid, d->header_rows + row, column);
}
static inline jb_pos jb_dataset_pos(const jb_dataset *d, unsigned row, unsigned column) {
    return jb_grid_pos(d->grid, d->header_rows + row, column);
}
jb_value jb_dataset_at(const jb_dataset *dataset, unsigned row, unsigned column);
/* The name cell of a row as written ("" when no column names the rows), and its place. */
const char *jb_dataset_written(const jb_dataset *dataset, unsigned row);
jb_pos jb_dataset_row_pos(const jb_dataset *dataset, unsigned row);

/* Interprets a grid. The dataset takes the grid over, also when it fails. `options` may be NULL. A cell that looks like a
 * number and is none is a warning. */
jb_status jb_dataset_new(jb_context *ctx, jb_grid *grid, const char *id, const jb_data_options *options,
                         jb_dataset **dataset);
/* Reads a data file of any kind that input/load.h knows; options->pos is where it was named. */
jb_status jb_dataset_read(jb_context *ctx, const char *path, const char *id, const jb_data_options *options,
                          jb_dataset **dataset);
/* A new dataset of some rows and all columns of another (own copy; parents outside the choice become -1). */
jb_dataset *jb_dataset_subset(const jb_dataset *dataset, const unsigned *rows, unsigned count);
/* Remembers a file that the dataset came from, for the report's attachments. */
void jb_dataset_add_source(jb_dataset *dataset, const char *path);
/* Says that a cell 与上年持平 stands for this number. */
void jb_dataset_settle(jb_dataset *dataset, unsigned row, unsigned column, double number);

/* The first column with that role, or -1. */
int jb_dataset_role(const jb_dataset *dataset, jb_column_role role);
/* Column by name or path: exact, then ignoring blanks. -1 when none; when two columns share the name, -2. */
int jb_dataset_column(const jb_dataset *dataset, const char *name);
/* As above, but an error with near names when there is not exactly one. */
jb_status jb_dataset_find_column(jb_context *ctx, const jb_dataset *dataset, const char *name, jb_pos pos, int *column);
/* Row by indicator name, blanks and marks ignored. */
jb_status jb_dataset_find_row(jb_context *ctx, const jb_dataset *dataset, const char *name, jb_pos pos, int *row);
/* How many rows have that name, and that year unless it is 0 (see jb_dataset_year); *row is the last of them. */
unsigned jb_dataset_rows_named(const jb_dataset *dataset, const char *name, int year, int *row);
/* Splits "固定资产投资额（亿元）*" into name, unit, marks. Outputs belong to the arena. */
void jb_name_split(jb_arena *arena, const char *text, const char **name, const char **unit, bool *binding, int *level);
/* The unit of a cell: written behind the number, else its column's, else its row's. */
const char *jb_dataset_unit(const jb_dataset *dataset, unsigned row, unsigned column, const jb_value *value);
/* Which way the indicator is better: from its plan when that is a bound, else its parent's way (化学需氧量 under 排放减少), else
 * from words in its name. */
jb_better jb_dataset_better(const jb_dataset *dataset, unsigned row);
/* Completion rate in percent (actual / plan x 100) and variance (actual - plan) of a row. False when a value is
 * missing, text or only a bound, when the plan is 0, or when the unit is a rate (then only the variance exists, in
 * percentage points). *approximate: one of both was. */
bool jb_dataset_rate(const jb_dataset *dataset, unsigned row, double *rate, bool *approximate);
bool jb_dataset_variance(const jb_dataset *dataset, unsigned row, double *variance, int *decimals, bool *approximate);
/* The same of any two columns. */
bool jb_dataset_rate_of(const jb_dataset *dataset, unsigned row, unsigned plan, unsigned actual, double *rate, bool *approximate);
bool jb_dataset_variance_of(const jb_dataset *dataset, unsigned row, unsigned plan, unsigned actual, double *variance,
                            int *decimals, bool *approximate);
/* Notes that say what was taken for what: format, titles, header, columns, totals, notes. */
void jb_dataset_describe(jb_context *ctx, const jb_dataset *dataset);
/* One JSON object a row: the form of docs/dumps.md. */
void jb_dataset_dump(const jb_dataset *dataset, GString *out);

#endif
