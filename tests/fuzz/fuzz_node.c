/* Any bytes as YAML. */
#include "input/node.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    const char *text = (const char *)data;
    if (!g_utf8_validate_len(text, size, NULL)) return 0;
    char *copy = g_strndup(text, size);
    jb_context *ctx = jb_context_new();
    jb_arena *arena = jb_arena_new();
    jb_node *root = NULL;
    jb_node_parse(ctx, arena, copy, size, (jb_pos){"fuzz.yaml", 1, 1}, &root);
    jb_arena_free(arena);
    jb_context_free(ctx);
    g_free(copy);
    return 0;
}
