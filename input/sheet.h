/* What all spreadsheet formats share: references, ranges, which sheet, hidden cells, merged cells. */
#ifndef JB_INPUT_SHEET_H
#define JB_INPUT_SHEET_H

#include "base/limits.h"
#include "input/grid.h"
#include "input/options.h"

/* A rectangle of cells, from 0, both ends included. */
typedef struct jb_area {
    unsigned top, left, bottom, right;
} jb_area;

/* Reads "B7" or "$B$7"; row and column from 0. False when it is none, or lies beyond the limits of a sheet.
 */
bool jb_cell_read(const char *text, size_t length, unsigned *row, unsigned *column);
/* Reads "A3:F30", "A:F", "3:30", "B2". */
bool jb_area_read(const char *text, jb_area *area);

/* What is wanted of a workbook: options->range parted into sheet and area. */
typedef struct jb_sheet_choice {
    char *sheet; /* name or number from 1; NULL: the first visible sheet with cells */
    jb_area area;
    bool whole; /* no range was given */
    jb_pos pos; /* where it was asked for, or the file */
} jb_sheet_choice;

/* Cleared with jb_sheet_choice_clear, also after an error. */
jb_status jb_sheet_choice_read(jb_context *ctx, const char *file, const jb_data_options *options,
                               jb_sheet_choice *choice);
void jb_sheet_choice_clear(jb_sheet_choice *choice);
/* A sheet of a workbook, and how its format reads one into a new grid. */
typedef struct jb_sheet_entry {
    const char *name;
    bool hidden, cells; /* cells: no chart, macro or dialog */
} jb_sheet_entry;

typedef struct jb_sheet_list {
    const char *format; /* "XLSX" */
    const jb_sheet_entry *entries;
    unsigned count;
    jb_status (*read)(void *book, unsigned index, jb_grid *grid);
    void *book;
} jb_sheet_list;

/* Reads the sheet that was asked for, or the first visible one that has anything within the range. `file` is the workbook,
 * interned. *grid is NULL after an error. */
jb_status jb_sheet_read_chosen(jb_context *ctx, const char *file, const jb_sheet_choice *choice,
                               const jb_sheet_list *list, jb_grid **grid);
/* The sheet that was asked for, by name before number; *index is -1 when any will do. Unknown: an error with
 * near names. */
jb_status jb_sheet_find(jb_context *ctx, const jb_sheet_choice *choice, const char *const *names,
                        unsigned count, int *index);
/* The names that a file gives its sheets must be UTF-8; this is checked by the caller. */
const char *jb_sheet_name(jb_context *ctx, const char *file,
                          const char *sheet); /* "plan.xlsx!Sheet1", interned */
/* "XLSX, sheet “2020” of 3", interned. */
const char *jb_sheet_form(jb_context *ctx, const char *format, const char *sheet, unsigned count);

/* Cells of one sheet on their way into a grid: those outside the area and hidden ones are left out. */
typedef struct jb_sheet_filter {
    jb_area area;
    bool skip_hidden;
    bool hidden[JB_LIMIT_SHEET_COLUMNS]; /* columns */
} jb_sheet_filter;

void jb_sheet_filter_start(jb_sheet_filter *filter, const jb_sheet_choice *choice,
                           const jb_data_options *options);
/* Hides columns from..to (from 0, included) when hidden ones are left out. */
void jb_sheet_hide_columns(jb_sheet_filter *filter, unsigned from, unsigned to);
static inline bool jb_sheet_wants_row(const jb_sheet_filter *f, unsigned row, bool hidden) {
    return row >= f->area.top && row <= f->area.bottom && !(hidden && f->skip_hidden);
}
/* Hidden columns are read as well, since merged cells may begin in one; jb_sheet_finish leaves them out. */
static inline bool jb_sheet_wants_column(const jb_sheet_filter *f, unsigned column) {
    return column >= f->area.left && column <= f->area.right;
}
/* Merges the rectangles (which it sorts) and leaves out the columns that are not wanted. `merges` holds
 * jb_area. */
jb_status jb_sheet_finish(jb_context *ctx, const jb_sheet_filter *filter, GArray *merges, jb_grid *grid);
#define JB_BRIEF 128
/* The beginning of a text that a message quotes, at most 20 characters, in the caller's buffer. */
const char *jb_sheet_brief(const char *text, char buffer[JB_BRIEF]);
/* A warning with the place of the cell. */
#define JB_SHEET_NOT_CALCULATED                                                                              \
    "the formula has no stored value, the cell counts as empty; open the file in a spreadsheet program and " \
    "save it"
/* True when no cell has any text. */
bool jb_sheet_is_empty(const jb_grid *grid);

#endif
