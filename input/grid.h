/* A table as it came: cells of text with places, nothing interpreted. */
#ifndef JB_INPUT_GRID_H
#define JB_INPUT_GRID_H

#include "base/arena.h"
#include "base/context.h"

typedef struct jb_cell {
    const char *text; /* blanks at both ends removed, never NULL; line breaks stay */
    jb_pos pos;
    bool tall; /* an empty header cell that belongs to the cell above it */
    bool wide; /* an empty header cell that belongs to the cell left of it */
} jb_cell;

typedef struct jb_grid {
    unsigned rows, columns;
    jb_cell *cells;       /* rows x columns, row by row */
    unsigned header_rows; /* set by jb_grid_recognise; 0 before */
} jb_grid;

static inline jb_cell *jb_grid_cell(const jb_grid *grid, unsigned row, unsigned column) {
    return &grid->cells[(size_t)row * grid->columns + column];
}

/* Reads delimited text (RFC 4180; delimiter ',' or '\t', or 0 to choose by the first line). A row with too many cells
 * is an error with its place; a row with too few is padded when it is the rest of a header or all its missing cells
 * are at the end. Limits: JB_LIMIT_CELLS, _COLUMNS, _CELL_BYTES. */
jb_status jb_grid_read(jb_context *ctx, jb_arena *arena, const char *file, const char *text, size_t length,
                       char delimiter, jb_pos origin, jb_grid *grid);
/* Finds the header rows (1 to 3: a second row belongs to the header when its cells fill only gaps under a spanning
 * cell), marks tall and wide cells, and folds a header that comes again in mid-table and blank rows. */
void jb_grid_recognise(jb_grid *grid);

#endif
