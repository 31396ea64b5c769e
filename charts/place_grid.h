/* An index of boxes by cells of a field, for neighbours of a box. Internal to charts/place*.c. */
#ifndef JB_CHARTS_PLACE_GRID_H
#define JB_CHARTS_PLACE_GRID_H

#include <glib.h>
#include "charts/place.h"

typedef struct jb_cells {
    jb_box field; /* what lies outside is kept in the outermost cells */
    unsigned columns, rows;
    int *heads;      /* one a cell, into entries; -1: empty */
    GArray *entries; /* jb_cell_entry */
} jb_cells;

typedef struct jb_cell_entry {
    unsigned item;
    int next;
} jb_cell_entry;

/* For about so many items. */
jb_cells *jb_cells_new(const jb_box *field, unsigned items);
void jb_cells_free(jb_cells *cells);
void jb_cells_add(jb_cells *cells, const jb_box *box, unsigned item);
/* Adds a line to the cells that it goes through, and `around` it. */
void jb_cells_add_line(jb_cells *cells, const jb_box *line, double around, unsigned item);
/* Calls for each item in the cells of the box, for some more than once, until one answers true; says whether
 * one did. */
bool jb_cells_find(const jb_cells *cells, const jb_box *box, bool (*is_it)(void *user, unsigned item),
                   void *user);

#endif
