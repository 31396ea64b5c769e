/* Any bytes as a CSV file: grid, header, dataset, dump. */
#include "input/dataset.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    const char *text = (const char *)data;
    if (!g_utf8_validate_len(text, size, NULL)) return 0;
    char *copy = g_strndup(text, size);
    jb_context *ctx = jb_context_new();
    jb_grid *grid = NULL;
    jb_pos origin = {jb_source_add(ctx, "fuzz.csv", copy, size), 1, 1};
    if (jb_grid_read(ctx, copy, size, 0, origin, &grid) == JB_OK) {
        jb_dataset *dataset = NULL;
        if (jb_dataset_new(ctx, grid, "fuzz", NULL, &dataset) == JB_OK) {
            GString *out = g_string_new(NULL);
            jb_dataset_dump(dataset, out);
            g_string_free(out, TRUE);
            jb_dataset_free(dataset);
        }
    }
    jb_context_free(ctx);
    return 0;
}
