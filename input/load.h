/* Data files of every kind to a grid. The kind is told from the bytes, not only from the name. */
#ifndef JB_INPUT_LOAD_H
#define JB_INPUT_LOAD_H

#include "input/grid.h"
#include "input/options.h"

/* Reads CSV, TSV, XLSX, ODS, XLS/ET, JSON or SQLite. `options` may be NULL. Errors stand in the file, or where it was named
 * (options->pos) when it cannot be read at all. */
jb_status jb_load_grid(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid);
/* Parts "plan.xlsx!2020" at its last “!” when there is no file of the whole name; *part is NULL when nothing is named. Both
 * are freed with g_free. */
void jb_load_split(const char *named, char **path, char **part);

#endif
