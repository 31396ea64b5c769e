/* A dataset from a file: load, interpret, check. */
#include "input/derived.h"
#include "input/load.h"

#include <string.h>

jb_status jb_dataset_read(jb_context *ctx, const char *path, const char *id, const jb_data_options *options,
                          jb_dataset **dataset) {
    jb_grid *grid;
    *dataset = NULL;
    jb_status status = jb_load_grid(ctx, path, options, &grid);
    if (status == JB_OK) status = jb_dataset_new(ctx, grid, id, options, dataset);
    if (status != JB_OK) return status;
    char *file = NULL;
    jb_load_part(path, &file);
    jb_dataset_add_source(*dataset, file ? file : path);
    g_free(file);
    jb_dataset_check_verdicts(ctx, *dataset);
    return JB_OK;
}

jb_dataset *jb_dataset_load(jb_context *ctx, const char *path) {
    jb_dataset *dataset = NULL;
    char *stem = g_path_get_basename(path), *dot = strrchr(stem, '.');
    if (dot && dot != stem) *dot = 0;
    jb_dataset_read(ctx, path, stem, NULL, &dataset);
    g_free(stem);
    return dataset;
}
