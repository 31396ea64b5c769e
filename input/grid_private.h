/* Between grid.c and csv.c: how rows and cells are appended. */
#ifndef JB_INPUT_GRID_PRIVATE_H
#define JB_INPUT_GRID_PRIVATE_H

#include "input/grid.h"

/* Counts the lines of a sheet whose header is its first rows anew: 0 for the header, then the number of the record. */
void jb_grid_number_records(jb_grid *grid, unsigned header_rows);
/* Appends a cell to the last row; its width is the caller's to count. */
void jb_grid_add_cell(jb_grid *grid, uint32_t offset);
/* Appends an empty row. */
void jb_grid_add_row(jb_grid *grid, uint32_t start, uint32_t line);
/* Lets a cell of a row say what another one says. */
void jb_grid_copy_cell(jb_grid *grid, unsigned row, unsigned from, unsigned to);
/* The place of a byte of a row of delimited text. */
jb_pos jb_grid_place(const jb_grid *grid, const jb_grid_row *row, uint32_t offset);

#endif
