/* Any YAML as the specification of a chart over one small dataset, in either form: it is drawn with finite
 * numbers, or an error says why not. */
#include <math.h>
#include <string.h>
#include "charts/chart.h"
#include "charts/style.h"
#include "render/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_BYTES = 3000 };

static const char csv[] = "名,期,组,上年,年初目标,实际完成,值\n"
                          "甲（%）,2020-01,东,3,7.5 左右,3.9,12\n地（%）*,2020-02,西,-4,300,380,-3.5\n"
                          "#产（%）,2020-03,东,0,6~6.5,—,1e12\n值（亿元）,2020-04,西,2,≤2,完成,0\n";

static void add_data(jb_context *ctx, jb_store *store) {
    jb_grid *grid;
    jb_dataset *dataset;
    jb_pos origin = {jb_intern(ctx, "d"), 1, 1};
    g_assert(jb_grid_read(ctx, g_strdup(csv), sizeof csv - 1, ',', origin, &grid) == JB_OK);
    g_assert(jb_dataset_new(ctx, grid, "d", NULL, &dataset) == JB_OK);
    jb_store_add(store, "d", dataset);
}

static void check_item(const jb_item *item) {
    if (item->kind == JB_ITEM_TEXT) g_assert(isfinite(item->text.x) && isfinite(item->text.y));
    if (item->kind != JB_ITEM_PATH) return;
    const jb_paint *paint = &item->path.paint;
    g_assert(isfinite(paint->width) && isfinite(paint->dash[0]) && isfinite(paint->dash[1]));
    for (unsigned i = 0; i < item->path.count; i++) {
        const jb_segment *s = &item->path.segments[i];
        int numbers = s->kind == JB_CUBIC ? 6 : s->kind == JB_CLOSE ? 0 : 2;
        for (int k = 0; k < numbers; k++) g_assert(isfinite(s->p[k]));
    }
}

static void check_chart(jb_context *ctx, const jb_chart *chart) {
    GString *out = g_string_new(NULL);
    g_assert(isfinite(chart->scene->width) && isfinite(chart->scene->height) && chart->scene->height >= 0);
    for (guint i = 0; i < chart->scene->items->len; i++)
        check_item(&g_array_index(chart->scene->items, jb_item, i));
    jb_chart_dump(chart, out);
    g_assert(!strstr(out->str, ":nan") && !strstr(out->str, ":inf"));
    jb_chart_tell(ctx, chart);
    g_string_free(out, TRUE);
}

static bool is_told(const jb_context *ctx) {
    for (size_t i = 0; i < jb_context_diagnostics(ctx); i++)
        if (jb_context_diagnostic(ctx, i).severity == JB_ERROR) {
            g_assert(jb_context_diagnostic(ctx, i).file && jb_context_diagnostic(ctx, i).line > 0);
            return true;
        }
    return false;
}

static void draw(jb_context *ctx, const jb_theme *theme, jb_fonts *fonts, const char *text, size_t size) {
    static const jb_chart_frame frames[] = {{.width = 440},
                                            {.width = 220, .height = 160},
                                            {.width = 700, .document = true},
                                            {.width = 60, .height = 40}};
    jb_arena *arena = jb_arena_new();
    jb_store *store = jb_store_new(ctx);
    jb_node *spec = NULL;
    jb_chart *chart = NULL;
    add_data(ctx, store);
    jb_status status = jb_node_parse(ctx, arena, text, size, (jb_pos){"fuzz.yaml", 1, 1}, &spec);
    if (status == JB_OK && spec)
        status = jb_chart_new(ctx, spec, store, fonts, &theme->chart, &frames[size % G_N_ELEMENTS(frames)],
                              &chart);
    g_assert(status == JB_OK || is_told(ctx));
    if (chart) check_chart(ctx, chart);
    jb_chart_free(chart);
    jb_store_free(store);
    jb_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > MOST_BYTES || memchr(data, 0, size) ||
        !g_utf8_validate((const char *)data, (gssize)size, NULL))
        return 0;
    char *text = g_strndup((const char *)data, size);
    jb_context *ctx = jb_context_new();
    jb_theme *theme = jb_theme_load(ctx, "briefing", NULL, (jb_pos){0});
    jb_fonts *fonts = jb_fonts_new(ctx, theme->wishes);
    g_assert(fonts);
    draw(ctx, theme, fonts, text, size);
    jb_fonts_free(fonts);
    jb_theme_free(theme);
    jb_context_free(ctx);
    g_free(text);
    return 0;
}
