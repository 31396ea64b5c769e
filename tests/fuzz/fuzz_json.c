/* Any bytes as a data file in memory: encoding, then JSON or NDJSON by the first byte, grid, dataset, dump.
 */
#include <string.h>
#include "input/dataset.h"
#include "input/encoding.h"
#include "input/json.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    if (size < 2) return 0;
    bool lines = data[0] & 1;
    size_t length = size - 1;
    char *text = g_malloc(size);
    const char *found;
    jb_data_options options = {.path = data[0] & 2 ? "data.0" : NULL};
    jb_context *ctx = jb_context_new();
    jb_grid *grid = NULL;
    memcpy(text, data + 1, length);
    text[length] = 0;
    const char *name = jb_intern(ctx, "fuzz.json");
    if (jb_encoding_decode(ctx, name, NULL, (jb_pos){0}, &text, &length, &found) == JB_OK &&
        jb_json_read(ctx, name, text, length, lines, &options, &grid) == JB_OK) {
        jb_dataset *dataset = NULL;
        if (jb_dataset_new(ctx, grid, "fuzz", NULL, &dataset) == JB_OK) {
            GString *out = g_string_new(NULL);
            jb_dataset_dump(dataset, out);
            g_string_free(out, TRUE);
            jb_dataset_free(dataset);
        }
    }
    g_free(text);
    jb_context_free(ctx);
    return 0;
}
