/* Tables of SQLite files to grids. */
#ifndef JB_INPUT_SQLITE_FILE_H
#define JB_INPUT_SQLITE_FILE_H

#include "input/grid.h"
#include "input/options.h"

/* Reads options->table, or what options->query selects, or the only table or view. The file is opened for
 * reading only, and nothing is left beside it. A query may read tables and call functions without side
 * effects, nothing else, and takes at most JB_LIMIT_SQLITE_STEPS steps. Integers are written exactly, reals
 * in their shortest form, NULL is an empty cell, a BLOB is an error. Places in the grid are row and column,
 * from 1. */
jb_status jb_sqlite_read(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid);

#endif
