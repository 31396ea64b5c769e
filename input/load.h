/* Data files of every kind to a grid. The kind is told from the bytes, not only from the name. */
#ifndef JB_INPUT_LOAD_H
#define JB_INPUT_LOAD_H

#include "input/grid.h"
#include "input/options.h"

/* Reads CSV, TSV, XLSX, ODS, XLS/ET, JSON, NDJSON or SQLite. “plan.xlsx!2020”, “plan.db!plan”,
 * “plan.json!data.rows” name a sheet, table or path, unless there is a file of the whole name. `options` may
 * be NULL. Errors stand in the file, or where it was named (options->pos) when it cannot be read at all. */
jb_status jb_load_grid(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid);
/* Parts “plan.xlsx!2020” at its last “!” behind which there is something and before which there is a file,
 * when there is no file of the whole name. *file is freed with g_free; the result is what stands behind it in
 * `path`, or NULL. */
const char *jb_load_part(const char *path, char **file);

#endif
