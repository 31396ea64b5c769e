/* What random charts are drawn with: two themes and their fonts, opened once. */
#ifndef JB_TESTS_DRAWING_BENCH_H
#define JB_TESTS_DRAWING_BENCH_H

#include "unit.h"

#include "charts/chart.h"
#include "render/theme.h"

typedef struct bench {
    jb_context *ctx;
    jb_theme *theme[2];
    jb_fonts *fonts[2];
} bench;

static inline bench *bench_new(void) {
    static const char *const names[] = {"briefing", "slides"};
    bench *b = g_new0(bench, 1);
    b->ctx = jb_context_new();
    for (int i = 0; i < 2; i++) {
        b->theme[i] = jb_theme_load(b->ctx, names[i], NULL, (jb_pos){0});
        assert_non_null(b->theme[i]);
        b->fonts[i] = jb_fonts_new(b->ctx, b->theme[i]->wishes);
        assert_non_null(b->fonts[i]);
    }
    return b;
}

static inline void bench_free(bench *b) {
    if (!b) return;
    for (int i = 0; i < 2; i++) {
        jb_fonts_free(b->fonts[i]);
        jb_theme_free(b->theme[i]);
    }
    jb_context_free(b->ctx);
    g_free(b);
}

typedef struct result {
    jb_arena *arena;
    jb_store *store;
    jb_chart *chart; /* NULL: a diagnostic says why */
} result;

static inline void result_clear(result *r) {
    jb_chart_free(r->chart);
    jb_store_free(r->store);
    jb_arena_free(r->arena);
}

#endif
