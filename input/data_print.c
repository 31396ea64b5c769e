/* `jianbao data`: what was understood of a file, or its cells as they are. */
#include <string.h>
#include "input/dataset.h"
#include "input/load.h"

typedef struct printer {
    jb_context *ctx;
    const jb_data_request *request;
    char **columns; /* of the request, or NULL */
    jb_data_options options;
} printer;

static void read_options(printer *p) {
    const jb_data_request *q = p->request;
    p->columns = q->columns ? g_strsplit(q->columns, ",", -1) : NULL;
    p->options = (jb_data_options){.sheet = q->sheet,
                                   .range = q->range,
                                   .encoding = q->encoding,
                                   .path = q->inside,
                                   .table = q->table,
                                   .query = q->query,
                                   .separator = q->separator,
                                   .pad = q->pad,
                                   .skip_hidden = q->skip_hidden,
                                   .raw = q->raw,
                                   .header = q->header,
                                   .skip = q->skip,
                                   .columns = (const char *const *)p->columns,
                                   .column_count = p->columns ? g_strv_length(p->columns) : 0};
}

static jb_status print_cells(printer *p, GString *out) {
    jb_grid *grid;
    jb_status status = jb_load_grid(p->ctx, p->request->path, &p->options, &grid);
    if (status == JB_OK) jb_grid_write_csv(grid, out);
    jb_grid_free(grid);
    return status;
}

static jb_status print_rows(printer *p, GString *out) {
    jb_dataset *dataset = NULL;
    char *stem = g_path_get_basename(p->request->path), *dot = strrchr(stem, '.');
    if (dot && dot != stem) *dot = 0;
    jb_status status = jb_dataset_read(p->ctx, p->request->path, stem, &p->options, &dataset);
    g_free(stem);
    if (status != JB_OK) return status;
    if (p->request->describe) jb_dataset_describe(p->ctx, dataset);
    jb_dataset_dump(dataset, out);
    jb_dataset_free(dataset);
    return JB_OK;
}

jb_status jb_data_print(jb_context *ctx, const jb_data_request *request, char **text) {
    printer p = {.ctx = ctx, .request = request};
    GString *out = g_string_new(NULL);
    read_options(&p);
    jb_status status = request->raw ? print_cells(&p, out) : print_rows(&p, out);
    g_strfreev(p.columns);
    *text = g_string_free(out, status != JB_OK);
    return status;
}
