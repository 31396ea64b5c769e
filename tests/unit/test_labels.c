/* Labels that are kept come out as if they were set anew, whatever was asked before; text of pictures fills
 * what its outlines enclose. */
#include <cairo.h>
#include "fonts/para.h"
#include "output/png_text.h"
#include "tests/unit/test_fonts_common.h"

typedef struct fixture {
    jb_context *ctx;
    jb_fonts *fonts;
    jb_arena *arena;
} fixture;

static const jb_style style = {.role = JB_ROLE_HEI, .size = 8.5, .figures = true};

static int setup(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->fonts = test_fonts(f->ctx);
    f->arena = jb_arena_new();
    *state = f;
    return f->fonts ? 0 : -1;
}

static int teardown(void **state) {
    fixture *f = *state;
    jb_arena_free(f->arena);
    jb_fonts_free(f->fonts);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

static void assert_same_run(const jb_run *a, const jb_run *b) {
    assert_ptr_equal(a->face, b->face);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->length, b->length);
    assert_memory_equal(a->text, b->text, a->length);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_int_equal(a->glyphs[i].id, b->glyphs[i].id);
        assert_true(a->glyphs[i].x == b->glyphs[i].x && a->glyphs[i].y == b->glyphs[i].y);
    }
}

static void assert_same(const jb_para *a, const jb_para *b) {
    assert_int_equal(a->count, b->count);
    assert_true(a->width == b->width && a->forced == b->forced);
    for (unsigned i = 0; i < a->count; i++) {
        const jb_line *l = &a->lines[i], *m = &b->lines[i];
        assert_string_equal(l->text, m->text);
        assert_true(l->x == m->x && l->width == m->width && l->natural == m->natural && l->ratio == m->ratio);
        assert_int_equal(l->count, m->count);
        for (unsigned k = 0; k < l->count; k++) {
            assert_true(l->pieces[k].x == m->pieces[k].x);
            assert_same_run(l->pieces[k].run, m->pieces[k].run);
        }
    }
}

/* Narrow, wide and free, up and down, each asked twice. */
static void kept_labels_are_as_new_ones(void **state) {
    fixture *f = *state;
    static const char *const texts[] = {"地区生产总值增速", "增长 7.5%，左右", "", "单位：（亿元）",
                                        "一\xE2\x80\xA8二三"};
    for (size_t t = 0; t < G_N_ELEMENTS(texts); t++) {
        for (int i = 0; i < 48; i++) {
            double measure = (i % 24) * 4.25;
            const jb_para_options options = {
                .measure = measure, .align = JB_ALIGN_LEFT, .balance = measure > 0};
            const jb_span span = {texts[t], (uint32_t)strlen(texts[t]), style, 0, {0}};
            const jb_para *kept, *again;
            jb_para *fresh;
            assert_int_equal(jb_para_label(f->fonts, f->arena, &style, texts[t], measure, (jb_pos){0}, &kept),
                             JB_OK);
            assert_int_equal(
                jb_para_label(f->fonts, f->arena, &style, texts[t], measure, (jb_pos){0}, &again), JB_OK);
            assert_int_equal(jb_para_break(f->fonts, f->arena, &span, 1, &options, &fresh), JB_OK);
            assert_ptr_equal(kept, again);
            assert_same(kept, fresh);
        }
    }
}

/* When the store is full, labels are set anew and as before. */
static void a_full_store_changes_nothing(void **state) {
    fixture *f = *state;
    const jb_para *before, *after;
    jb_para_label(f->fonts, f->arena, &style, "规模以上工业增加值增速", 40, (jb_pos){0}, &before);
    for (int i = 0; i < 4000; i++) {
        char text[64];
        const jb_para *para;
        g_snprintf(text, sizeof text, "指标%d", i);
        assert_int_equal(jb_para_label(f->fonts, f->arena, &style, text, 60, (jb_pos){0}, &para), JB_OK);
        assert_string_equal(para->lines[0].text, text);
    }
    jb_para_label(f->fonts, f->arena, &style, "规模以上工业增加值增速", 40, (jb_pos){0}, &after);
    assert_ptr_equal(before, after);
    jb_para_label(f->fonts, f->arena, &style, "规模以上工业增加值增速", 41, (jb_pos){0}, &after);
    assert_same(before, after);
}

/* A character that no font has is told once each time, and its label is never kept. */
static void what_cannot_be_set_is_told_each_time(void **state) {
    fixture *f = *state;
    const jb_para *para;
    for (unsigned i = 1; i <= 3; i++) {
        assert_int_not_equal(
            jb_para_label(f->fonts, f->arena, &style, "\xF0\x9F\x98\x80", 40, (jb_pos){0}, &para), JB_OK);
        assert_int_equal(jb_context_count(f->ctx, JB_ERROR), i);
    }
}

/* Two squares that share an edge in the middle of a pixel, and one beyond the surface. */
static void shapes_leave_no_seam(void **state) {
    (void)state;
    jb_segment square[] = {
        {JB_MOVE, {0, 0}}, {JB_LINE, {1, 0}}, {JB_LINE, {1, 1}}, {JB_LINE, {0, 1}}, {JB_CLOSE, {0}}};
    const jb_shape shape = {0, G_N_ELEMENTS(square), square};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 4);
    cairo_t *cr = cairo_create(surface);
    jb_stencil *stencil = jb_stencil_new();
    assert_non_null(stencil);
    assert_true(jb_stencil_add(stencil, &shape, 1, 1, 2.5));
    assert_true(jb_stencil_add(stencil, &shape, 3.5, 1, 2.5));
    assert_true(jb_stencil_add(stencil, &shape, -50, 1, 2.5));
    assert_false(jb_stencil_add(stencil, &shape, 1e9, 1, 2.5));
    assert_true(jb_stencil_paint(stencil, cr, 8, 4));
    cairo_surface_flush(surface);
    static const uint8_t wanted[8] = {0, 255, 255, 255, 255, 255, 0, 0};
    assert_memory_equal(cairo_image_surface_get_data(surface) + cairo_image_surface_get_stride(surface),
                        wanted, 8);
    assert_true(jb_stencil_paint(stencil, cr, 8, 4)); /* nothing is left */
    jb_stencil_free(stencil);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_labels_are_as_new_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_store_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_set_is_told_each_time, setup, teardown),
        cmocka_unit_test(shapes_leave_no_seam),
    };
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
