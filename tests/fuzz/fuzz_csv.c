/* Any bytes as a CSV file: grid, header, dataset, dump. */
#include "input/dataset.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    const char *text = (const char *)data;
    if (!g_utf8_validate_len(text, size, NULL)) return 0;
    char *copy = g_strndup(text, size);
    jb_context *ctx = jb_context_new();
    jb_arena *arena = jb_arena_new();
    jb_grid grid = {0};
    jb_pos origin = {jb_source_add(ctx, "fuzz.csv", copy, size), 1, 1};
    if (jb_grid_read(ctx, arena, "fuzz.csv", copy, size, 0, origin, &grid) == JB_OK) {
        jb_dataset *dataset = NULL;
        jb_grid_recognise(&grid);
        if (jb_dataset_new(ctx, arena, &grid, "fuzz", "fuzz.csv", &dataset) == JB_OK) {
            GString *out = g_string_new(NULL);
            jb_dataset_dump(dataset, out);
            g_string_free(out, TRUE);
            jb_dataset_free(dataset);
        }
    } else {
        jb_arena_free(arena);
    }
    jb_context_free(ctx);
    g_free(copy);
    return 0;
}
