/* Header rows: how many there are, which cells span, and headers that come again. */
#include <string.h>
#include "input/grid.h"

#define MOST_HEADER_ROWS 3

static bool is_empty(const jb_grid *g, unsigned row, unsigned column) {
    return !*jb_grid_cell(g, row, column)->text;
}

static bool row_is_blank(const jb_grid *g, unsigned row) {
    for (unsigned c = 0; c < g->columns; c++)
        if (!is_empty(g, row, c)) return false;
    return true;
}

static void remove_row(jb_grid *g, unsigned row) {
    size_t left = (size_t)(g->rows - row - 1) * g->columns;
    memmove(jb_grid_cell(g, row, 0), g->cells + (size_t)(row + 1) * g->columns, left * sizeof(jb_cell));
    g->rows--;
}

/* Does a cell of the row above span to this column: is it empty, or followed by an empty cell? */
static bool under_span(const jb_grid *g, unsigned above, unsigned column) {
    if (is_empty(g, above, column)) return column > 0;
    return column + 1 < g->columns && is_empty(g, above, column + 1);
}

/* A row continues the header when what it says stands only under spanning cells, and fills at least one gap.
 */
static bool continues_header(const jb_grid *g, unsigned row) {
    bool fills = false;
    if (row >= g->rows || !is_empty(g, row, 0)) return false;
    for (unsigned c = 0; c < g->columns; c++) {
        if (is_empty(g, row, c)) continue;
        if (!under_span(g, row - 1, c)) return false;
        fills = fills || is_empty(g, row - 1, c);
    }
    return fills;
}

static void mark_spans(jb_grid *g) {
    for (unsigned r = 0; r < g->header_rows; r++) {
        for (unsigned c = 0; c < g->columns; c++) {
            jb_cell *cell = jb_grid_cell(g, r, c);
            if (*cell->text) continue;
            bool spanned = r > 0 && !is_empty(g, r - 1, c) && !under_span(g, r - 1, c);
            if (r > 0 && (spanned || jb_grid_cell(g, r - 1, c)->tall || c == 0))
                cell->tall = true;
            else if (c > 0)
                cell->wide = true;
        }
    }
}

static bool same_row(const jb_grid *g, unsigned a, unsigned b) {
    for (unsigned c = 0; c < g->columns; c++)
        if (strcmp(jb_grid_cell(g, a, c)->text, jb_grid_cell(g, b, c)->text)) return false;
    return true;
}

static bool repeats_header(const jb_grid *g, unsigned row) {
    if (row + g->header_rows > g->rows) return false;
    for (unsigned r = 0; r < g->header_rows; r++)
        if (!same_row(g, r, row + r)) return false;
    return true;
}

/* Body rows that stay are moved up once, so that many dropped rows cost no more than one. */
static void fold_body(jb_grid *g) {
    unsigned to = g->header_rows;
    for (unsigned row = g->header_rows; row < g->rows;) {
        if (repeats_header(g, row)) {
            row += g->header_rows;
            continue;
        }
        if (!row_is_blank(g, row)) {
            if (to != row)
                memcpy(jb_grid_cell(g, to, 0), jb_grid_cell(g, row, 0), g->columns * sizeof(jb_cell));
            to++;
        }
        row++;
    }
    g->rows = to;
}

void jb_grid_recognise(jb_grid *g) {
    while (g->rows && row_is_blank(g, 0)) remove_row(g, 0);
    g->header_rows = g->rows ? 1 : 0;
    while (g->header_rows && g->header_rows < MOST_HEADER_ROWS && continues_header(g, g->header_rows))
        g->header_rows++;
    mark_spans(g);
    fold_body(g);
}
