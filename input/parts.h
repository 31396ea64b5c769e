/* What the rows of a grid are: titles, header, body, notes; and which header cells belong together. */
#ifndef JB_INPUT_PARTS_H
#define JB_INPUT_PARTS_H

#include "input/grid.h"
#include "input/options.h"

#define JB_MOST_HEADER_ROWS 3

/* A line of text above or below the table. `text` belongs to the grid. */
typedef struct jb_said {
    const char *text;
    jb_pos pos;
    bool unit; /* it begins “单位：”, or has that in it */
} jb_said;

/* Rows of a sheet, or lines of a text, from 1. */
typedef struct jb_row_range {
    unsigned from, to;
} jb_row_range;

/* After recognition the grid has the header rows and behind them the body, nothing else. */
typedef struct jb_parts {
    unsigned header_rows; /* 1 to 3 */
    bool unit_row;        /* the last header row holds units only */
    bool *tall, *wide;    /* header_rows x columns: an empty cell that belongs to the one above, or left of it */
    GArray *titles;       /* jb_said: what stands above the header */
    GArray *notes;        /* jb_said: what stands below the body */
    char *unit;           /* 单位：亿元 above the header, or NULL */
    jb_row_range header;      /* where the header stands */
    GArray *repeated;     /* jb_row_range: the header come again in mid-table */
    GArray *blank;        /* jb_row_range: blank rows between the first and the last that are not */
} jb_parts;

/* Finds the parts of a whole file or sheet. Titles are rows with one filled cell above the header (a unit line may stand
 * beside), notes the like below the body. The header has one to three rows: more than one when cells are merged over
 * it, when the next row fills only gaps under spanning cells, or when it holds nothing but units. `options` may be NULL. A row
 * with more or fewer cells than the header is an error with its place; fewer are allowed with `pad`, and always in
 * sheets. The parts are cleared with jb_parts_clear, also after an error. */
jb_status jb_grid_recognise(jb_context *ctx, jb_grid *grid, const jb_data_options *options, jb_parts *parts);
/* The header, and repeated headers, of a table pasted into a text: no titles, no notes, short rows are filled. */
jb_status jb_grid_recognise_pasted(jb_context *ctx, jb_grid *grid, jb_parts *parts);
/* No parts yet. The two above begin so. */
void jb_parts_init(jb_parts *parts);
void jb_parts_clear(jb_parts *parts);

#endif
