/* A table as it came: rows of cells of text, with the place of each; nothing interpreted. */
#ifndef JB_INPUT_GRID_H
#define JB_INPUT_GRID_H

#include <stdint.h>
#include "base/context.h"

/* Cells of a row lie side by side in `cell`; rows may differ in width. */
typedef struct jb_grid_row {
    uint32_t first, width; /* cells */
    uint32_t start;        /* offset in `text` of the row's first character */
    uint32_t line;         /* in the file, or row of the sheet; from 1 */
} jb_grid_row;

/* Cells that were merged into one; row is an index of the grid's rows. */
typedef struct jb_grid_span {
    unsigned row, column, rows, columns;
} jb_grid_span;

typedef struct jb_grid {
    const char *file; /* interned; for a sheet "plan.xlsx!2020" */
    const char *form; /* "CSV, UTF-8": format and encoding for people, static or interned; never NULL */
    unsigned rows, columns; /* columns: the widest row, or what jb_grid_take_columns left */
    jb_grid_row *row;
    uint32_t *cell; /* offsets in `text` of the cells' NUL-terminated texts, blanks at both ends left out */
    char *text;
    size_t text_length, text_room, cell_count, cell_room;
    jb_pos *place; /* for each cell where it came from, when that is not this grid's file; else NULL */
    unsigned row_room;
    unsigned header_rows; /* known from the form (names in JSON, SQLite): no titles, no notes; 0: to be recognised */
    bool delimited;   /* places are found in the text, which is the file's; else row and column of a sheet */
    int first_column; /* delimited: column in the file of the text's first character */
    unsigned *taken;  /* for each column its cell in the row; NULL: all in order */
    GArray *spans;    /* jb_grid_span */
    struct jb_grid *whole; /* a selection: whose texts and cells these are; else NULL */
    int references;   /* selections that use this one's, and one for itself */
} jb_grid;

/* An empty grid to put cells into. Free it with jb_grid_free. */
jb_grid *jb_grid_new(const char *file);
void jb_grid_free(jb_grid *grid); /* NULL is allowed */

/* Puts a text into a cell of a sheet, row and column from 0. Rows come in ascending order, the cells of a row in any; a cell
 * put twice keeps the later text. The text is UTF-8 without NUL, else it is refused; blanks at both ends are no part of the
 * cell, those before it count as its indent. Limits: JB_LIMIT_CELLS, _COLUMNS, _CELL_BYTES, _FILE_BYTES. */
jb_status jb_grid_put(jb_context *ctx, jb_grid *grid, unsigned row, unsigned column, const char *text, size_t length);
/* The same for a cell that comes from elsewhere: `pos` becomes its place. All cells of a grid are put so, or none. */
jb_status jb_grid_put_from(jb_context *ctx, jb_grid *grid, unsigned row, unsigned column, const char *text, jb_pos pos);
/* Says that cells of a sheet, counted from 0 as in jb_grid_put, are merged; called after the last put, in
 * ascending order of rows. The text of the first cell is what all of them say; what spans over several columns or rows can be
 * seen in `spans`. */
jb_status jb_grid_merge(jb_context *ctx, jb_grid *grid, unsigned row, unsigned column, unsigned rows,
                        unsigned columns);

/* Reads delimited text (RFC 4180). Takes `text` over (g_malloc'ed, NUL behind its end) and changes it in place. A separator
 * of 0 is chosen by the first lines among TAB , ; |. `origin` is the place of the first character. */
jb_status jb_grid_read(jb_context *ctx, char *text, size_t length, char separator, jb_pos origin, jb_grid **grid);

/* The text of a cell; "" where a row is too short. Valid as long as the grid. */
static inline const char *jb_grid_text(const jb_grid *grid, unsigned row, unsigned column) {
    const jb_grid_row *r = &grid->row[row];
    if (grid->taken) column = grid->taken[column];
    return column < r->width ? grid->text + grid->cell[(size_t)r->first + column] : "";
}
/* Its place; for a sheet, row and column of the cell from 1. */
jb_pos jb_grid_pos(const jb_grid *grid, unsigned row, unsigned column);
/* Blanks before the cell's text, in half em. */
unsigned jb_grid_indent(const jb_grid *grid, unsigned row, unsigned column);
/* Number of cells of a row up to the last that is not empty. */
unsigned jb_grid_filled(const jb_grid *grid, unsigned row);
/* Leaves out rows from..to-1. Spans keep their rows or vanish with them. */
void jb_grid_remove_rows(jb_grid *grid, unsigned from, unsigned to);
/* Some rows of a grid, in the order given; shares texts and cells with it. Freed with jb_grid_free, in any order. */
jb_grid *jb_grid_select(jb_grid *grid, const unsigned *rows, unsigned count);
/* Keeps only these of the present columns, in this order. */
void jb_grid_take_columns(jb_grid *grid, const unsigned *columns, unsigned count);
/* All cells as CSV (RFC 4180, LF), for `jianbao data --raw`. */
void jb_grid_write_csv(const jb_grid *grid, GString *out);

#endif
