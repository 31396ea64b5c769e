/* Fuzzes blocks, conditions, look-ups, filters and SQL: the text is settled over two small datasets, then
 * each look-up is made where it stands. */
#include <string.h>
#include "input/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add(jb_context *ctx, jb_store *store, const char *name, const char *csv) {
    jb_grid *grid;
    jb_dataset *dataset;
    jb_pos origin = {jb_intern(ctx, name), 1, 1};
    if (jb_grid_read(ctx, g_strdup(csv), strlen(csv), ',', origin, &grid) != JB_OK) return;
    if (jb_dataset_new(ctx, grid, name, NULL, &dataset) == JB_OK) jb_store_add(store, name, dataset);
}

static void look_up(jb_store *store, const jb_template *t, GString *out) {
    for (const char *p = t->text, *end; (p = strstr(p, "{{")) && (end = strstr(p, "}}")); p = end) {
        size_t offset = (size_t)(p - t->text);
        char *expression = g_strndup(p + 2, (gsize)(end - p - 2));
        g_assert(jb_template_source(t, offset) <= t->source_length);
        g_string_truncate(out, 0);
        if (out->allocated_len < 1 << 20)
            jb_store_lookup_in(store, jb_template_scope(t, offset), expression, (jb_pos){"r", 1, 1}, out);
        g_free(expression);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 2000 || memchr(data, 0, size)) return 0;
    char *text = g_strndup((const char *)data, size);
    if (g_utf8_validate(text, -1, NULL)) {
        jb_context *ctx = jb_context_new();
        jb_store *store = jb_store_new(ctx);
        jb_arena *arena = jb_arena_new();
        GString *out = g_string_new(NULL);
        jb_template *t;
        add(ctx, store, "p",
            "指标名称,年初目标,实际完成\n甲（%）,7.5 左右,3.9\n乙（亿元）*,300,380\n#丙,6~6.5,—\n");
        add(ctx, store, "y", "指标名称,年份,值\n甲,2019,1\n甲,2020,2\n");
        if (jb_template_expand(ctx, store, arena, "r", text, size, 0, &t) == JB_OK && t->length < 100000)
            look_up(store, t, out);
        g_string_free(out, TRUE);
        jb_arena_free(arena);
        jb_store_free(store);
        jb_context_free(ctx);
    }
    g_free(text);
    return 0;
}
