/* What random charts are drawn with: two themes and their fonts, opened once. */
#ifndef JB_TESTS_DRAWING_BENCH_H
#define JB_TESTS_DRAWING_BENCH_H

#include "unit.h"

#include "charts/chart.h"
#include "output/write.h"
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

/* All that a chart says of itself: scene, dump and words; empty when there is none. Freed with g_free. */
static inline char *result_text(const bench *b, const result *r) {
    GString *out = g_string_new(NULL);
    if (r->chart) {
        assert_int_equal(jb_scene_dump(b->ctx, r->chart->scene, 0, out), JB_OK);
        jb_chart_dump(r->chart, out);
        g_string_append(out, r->chart->alt);
    }
    return g_string_free(out, FALSE);
}

/* Each seed up to `seeds` draws the same chart again, and more than `least` of them draw one. */
static inline void assert_same_again(char *(*text_of)(unsigned seed), unsigned seeds, unsigned least) {
    unsigned drawn = 0;
    for (unsigned seed = 1; seed <= seeds; seed++) {
        char *one = text_of(seed), *two = text_of(seed);
        assert_string_equal(one, two);
        drawn += *one != 0;
        g_free(one);
        g_free(two);
    }
    assert_true(drawn > least);
}

#endif
