/* Scenes: items, copies, placing, colours, nesting, the dump, ink bounds. */
#include "unit.h"

#include "block_face.h"
#include "output/device.h"
#include "output/write.h"

static const jb_colour blue = {0x15, 0x40, 0x73}, grey = {0x59, 0x59, 0x59};

typedef struct bench {
    jb_context *ctx;
    jb_face *face;
    jb_scene *scene;
    GString *out;
    char message[256];
} bench;

static int setup(void **state) {
    bench *b = g_new0(bench, 1);
    b->ctx = jb_context_new();
    b->face = block_face_new();
    b->scene = jb_scene_new(NULL, 200, 100);
    b->out = g_string_new(NULL);
    *state = b;
    return 0;
}

static int teardown(void **state) {
    bench *b = *state;
    jb_scene_free(b->scene);
    block_face_free(b->face);
    jb_context_free(b->ctx);
    g_string_free(b->out, TRUE);
    g_free(b);
    return 0;
}

static const char *dump(bench *b, unsigned page) {
    g_string_truncate(b->out, 0);
    assert_int_equal(jb_scene_dump(b->ctx, b->scene, page, b->out), JB_OK);
    return b->out->str;
}

static void colours_are_parsed(void **state) {
    (void)state;
    jb_colour c = {1, 2, 3};
    assert_true(jb_colour_parse("#15407f", &c));
    assert_true(c.r == 0x15 && c.g == 0x40 && c.b == 0x7f);
    assert_true(jb_colour_parse("#ABCDEF", &c));
    assert_true(c.r == 0xab && c.g == 0xcd && c.b == 0xef);
    const char *const bad[] = {"",        "#",       "154073", "#15407", "#1540733",
                               "#15407g", "# 54073", "red",    "#+1+2+3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(jb_colour_parse(bad[i], &c));
    assert_false(jb_colour_parse(NULL, &c));
    assert_int_equal(c.r, 0xab);
}

static void tints_go_to_white(void **state) {
    (void)state;
    jb_colour full = jb_colour_tint(blue, 1), none = jb_colour_tint(blue, 0),
              half = jb_colour_tint(blue, 0.5);
    assert_memory_equal(&full, &blue, sizeof full);
    assert_true(none.r == 255 && none.g == 255 && none.b == 255);
    assert_int_equal(half.r, (255 + 0x15) / 2);
    half = jb_colour_tint(blue, 7);
    assert_memory_equal(&half, &blue, sizeof half);
    assert_int_equal(jb_colour_tint(blue, -1).g, 255);
}

static void dump_writes_filled_boxes(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_rect(b->scene, 10, 20, 30.5, 1 / 3., &paint);
    assert_string_equal(dump(b, 1), "{\"page\":1,\"item\":\"path\",\"fill\":\"#154073\","
                                    "\"d\":\"M10 20L40.5 20L40.5 20.333L10 20.333Z\"}\n");
    assert_string_equal(dump(b, 0), "{\"item\":\"path\",\"fill\":\"#154073\","
                                    "\"d\":\"M10 20L40.5 20L40.5 20.333L10 20.333Z\"}\n");
}

static void dump_writes_strokes(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(grey, 0.75);
    jb_scene_line(b->scene, -1, -2.5, 3, 4, &paint);
    paint.dash[0] = 2, paint.dash[1] = 1.5, paint.join = JB_JOIN_ROUND;
    jb_scene_line(b->scene, 0, 0, 3, 4, &paint);
    paint.dash[2] = 0.5, paint.dash[3] = 1.5, paint.join = JB_JOIN_MITER;
    jb_scene_line(b->scene, 0, 0, 3, 4, &paint);
    assert_string_equal(
        dump(b, 0),
        "{\"item\":\"path\",\"stroke\":\"#595959\",\"width\":0.75,\"d\":\"M-1-2.5L3 4\"}\n"
        "{\"item\":\"path\",\"stroke\":\"#595959\",\"width\":0.75,\"dash\":[2,1.5],\"join\":\"round\","
        "\"d\":\"M0 0L3 4\"}\n"
        "{\"item\":\"path\",\"stroke\":\"#595959\",\"width\":0.75,\"dash\":[2,1.5,0.5,1.5],"
        "\"d\":\"M0 0L3 4\"}\n");
}

static void dump_has_no_noise(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_line(b->scene, -0.0, -0.0004, 0.1 + 0.2, 99.9996, &paint);
    jb_scene_push(b->scene, -1e-9, 70.00000001, NULL);
    jb_scene_pop(b->scene);
    assert_string_equal(dump(b, 0), "{\"item\":\"path\",\"fill\":\"#154073\",\"d\":\"M0 0L0.3 100\"}\n"
                                    "{\"item\":\"push\",\"dx\":0,\"dy\":70}\n"
                                    "{\"item\":\"pop\"}\n");
}

static void dump_writes_circles(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_circle(b->scene, 10, 20, 1, &paint);
    assert_non_null(strstr(dump(b, 0), "\"d\":\"M11 20C11 20.552 10.552 21 10 21C9.448 21 9 20.552 9 20"
                                       "C9 19.448 9.448 19 10 19C10.552 19 11 19.448 11 20Z\""));
}

static void dump_writes_text(void **state) {
    bench *b = *state;
    const uint32_t glyphs[] = {1, 2};
    jb_run *run = block_run(b->scene->arena, b->face, 10.5, "目\"", glyphs, 2);
    jb_scene_text(b->scene, run, 72, 130.25, blue);
    assert_string_equal(dump(b, 3), "{\"page\":3,\"item\":\"text\",\"x\":72,\"y\":130.25,\"size\":10.5,"
                                    "\"face\":\"Block-Regular\",\"colour\":\"#154073\",\"text\":\"目\\\"\","
                                    "\"glyphs\":2,\"width\":21}\n");
}

static void dump_takes_only_the_run_s_text(void **state) {
    bench *b = *state;
    const uint32_t glyph = 1;
    jb_run *run = block_run(b->scene->arena, b->face, 10, "abcdef", &glyph, 1);
    run->text += 2;
    run->length = 2;
    jb_scene_text(b->scene, run, 0, 0, blue);
    assert_non_null(strstr(dump(b, 0), "\"text\":\"cd\""));
}

static void dump_writes_tags_links_images(void **state) {
    bench *b = *state;
    const uint8_t pixels[6] = {1, 2, 3, 4, 5, 6};
    const double box[4] = {1, 2, 3, 4};
    jb_scene_tag(b->scene, 7);
    jb_scene_untag(b->scene);
    jb_scene_tag(b->scene, JB_ARTIFACT_PAGINATION);
    jb_scene_untag(b->scene);
    jb_scene_link(b->scene, box, "https://a.cn/", 4, "甲");
    jb_scene_link(b->scene, box, NULL, 5, NULL);
    jb_scene_image(b->scene, pixels, 2, 1, box);
    jb_scene_push(b->scene, 1, 2, box);
    jb_scene_pop(b->scene);
    assert_string_equal(
        dump(b, 0),
        "{\"item\":\"tag\",\"element\":7}\n{\"item\":\"untag\"}\n"
        "{\"item\":\"tag\",\"artifact\":\"pagination\"}\n{\"item\":\"untag\"}\n"
        "{\"item\":\"link\",\"box\":[1,2,3,4],\"uri\":\"https://a.cn/\",\"element\":4,\"label\":\"甲\"}\n"
        "{\"item\":\"link\",\"box\":[1,2,3,4],\"element\":5}\n"
        "{\"item\":\"image\",\"box\":[1,2,3,4],\"width\":2,\"height\":1,\"crc\":\"81f67724\"}\n"
        "{\"item\":\"push\",\"dx\":1,\"dy\":2,\"clip\":[1,2,3,4]}\n{\"item\":\"pop\"}\n");
}

static void paths_are_copied(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_segment segments[] = {{JB_MOVE, {1, 2}}, {JB_LINE, {3, 4}}};
    double box[4] = {1, 2, 3, 4};
    char uri[] = "http://a/";
    jb_scene_path(b->scene, segments, 2, &paint);
    jb_scene_link(b->scene, box, uri, 0, uri);
    memset(segments, 0, sizeof segments), memset(uri, 'x', 3), memset(box, 0, sizeof box);
    assert_non_null(strstr(dump(b, 0), "M1 2L3 4"));
    assert_non_null(strstr(b->out->str, "\"box\":[1,2,3,4],\"uri\":\"http://a/\""));
}

static void empty_paths_are_left_out(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_path(b->scene, NULL, 0, &paint);
    jb_scene_polyline(b->scene, NULL, 0, true, &paint);
    assert_int_equal(b->scene->items->len, 0);
}

static void place_moves_and_copies(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene *small = jb_scene_new(NULL, 10, 10);
    jb_scene_rect(small, 0, 0, 2, 2, &paint);
    jb_scene_link(small, (double[]){0, 0, 2, 2}, "http://a/", 1, "甲");
    jb_scene_place(b->scene, small, 30, 40);
    assert_ptr_not_equal(g_array_index(b->scene->items, jb_item, 1).path.segments,
                         g_array_index(small->items, jb_item, 0).path.segments);
    jb_scene_free(small); /* nothing of it may be used from here on */
    assert_string_equal(dump(b, 0),
                        "{\"item\":\"push\",\"dx\":30,\"dy\":40}\n"
                        "{\"item\":\"path\",\"fill\":\"#154073\",\"d\":\"M0 0L2 0L2 2L0 2Z\"}\n"
                        "{\"item\":\"link\",\"box\":[0,0,2,2],\"uri\":\"http://a/\",\"element\":1,"
                        "\"label\":\"甲\"}\n{\"item\":\"pop\"}\n");
}

static void place_takes_a_scene_into_itself(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_rect(b->scene, 0, 0, 2, 2, &paint);
    jb_scene_place(b->scene, b->scene, 3, 0);
    assert_int_equal(b->scene->items->len, 4);
}

/* Plays a scene made of these letters: ( push, ) pop, [ tag, ] untag. */
static jb_status nest(bench *b, const char *letters) {
    g_array_set_size(b->scene->items, 0);
    for (; *letters; letters++) {
        if (*letters == '(') jb_scene_push(b->scene, 0, 0, NULL);
        if (*letters == ')') jb_scene_pop(b->scene);
        if (*letters == '[') jb_scene_tag(b->scene, 1);
        if (*letters == ']') jb_scene_untag(b->scene);
    }
    return jb_scene_play(b->ctx, b->scene, &(jb_device){NULL});
}

static void balanced_scenes_play(void **state) {
    bench *b = *state;
    const char *const good[] = {"", "()", "[]", "[]([])[]", "[()]", "([](()))", "[(())]()"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_int_equal(nest(b, good[i]), JB_OK);
    assert_int_equal(jb_context_diagnostics(b->ctx), 0);
}

static void unbalanced_scenes_fail(void **state) {
    bench *b = *state;
    static const char *const bad[][2] = {
        {"(", "the scene ends inside a group (item 1 of 1)"},
        {"())(", "a group is ended that was not begun (item 3 of 4)"},
        {"[[]]", "a tag is set inside a tag (item 2 of 4)"},
        {"[", "the scene ends with a tag still set (item 1 of 1)"},
        {"[]]", "a tag is ended that was not set (item 3 of 3)"},
        {"([)]", "a group is ended with a tag still set (item 3 of 4)"},
        {"[(])", "a tag is ended inside a group that began after it (item 3 of 4)"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *wanted = g_strconcat(":0:0: error: unbalanced scene: ", bad[i][1], NULL);
        assert_int_equal(nest(b, bad[i][0]), JB_FAILED);
        assert_string_equal(last_message(b->ctx, b->message, sizeof b->message), wanted);
        g_free(wanted);
    }
}

static void unbalanced_scenes_write_nothing(void **state) {
    bench *b = *state;
    GByteArray *png = g_byte_array_new();
    double box[4];
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_rect(b->scene, 0, 0, 2, 2, &paint);
    jb_scene_pop(b->scene);
    assert_int_equal(jb_scene_dump(b->ctx, b->scene, 0, b->out), JB_FAILED);
    assert_int_equal(jb_svg_write(b->ctx, b->scene, &(jb_svg_options){.scale = 1}, b->out), JB_FAILED);
    assert_int_equal(jb_png_write(b->ctx, b->scene, &(jb_png_options){.scale = 1}, png), JB_FAILED);
    assert_false(jb_scene_bounds(b->ctx, b->scene, box));
    assert_int_equal(b->out->len, 0);
    assert_int_equal(png->len, 0);
    g_byte_array_free(png, TRUE);
}

static void assert_bounds(bench *b, double x1, double y1, double x2, double y2) {
    const double wanted[4] = {x1, y1, x2, y2};
    double box[4];
    assert_true(jb_scene_bounds(b->ctx, b->scene, box));
    for (int i = 0; i < 4; i++) assert_float_equal(box[i], wanted[i], 1e-4);
}

static void bounds_of_nothing(void **state) {
    bench *b = *state;
    double box[4];
    const uint32_t blank = 0;
    jb_segment move = {JB_MOVE, {1, 2}};
    jb_paint unpainted = {0}, paint = jb_paint_stroke(blue, 1);
    assert_false(jb_scene_bounds(b->ctx, b->scene, box));
    jb_scene_rect(b->scene, 1, 1, 5, 5, &unpainted);
    jb_scene_path(b->scene, &move, 1, &paint);
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, " ", &blank, 1), 3, 3, blue);
    jb_scene_link(b->scene, (double[]){0, 0, 9, 9}, NULL, 0, NULL);
    assert_false(jb_scene_bounds(b->ctx, b->scene, box));
}

static void bounds_count_half_the_stroke(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(blue, 3);
    jb_scene_line(b->scene, 10, 20, 30, 20, &paint);
    assert_bounds(b, 8.5, 18.5, 31.5, 21.5);
}

static void bounds_of_curves_are_tight(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    const jb_segment bump[] = {{JB_MOVE, {0, 0}}, {JB_CUBIC, {0, -40, 30, -40, 30, 0}}, {JB_CLOSE, {0}}};
    jb_scene_path(b->scene, bump, 3, &paint);
    assert_bounds(b, 0, -30, 30, 0);
    jb_scene_circle(b->scene, 50, 50, 8, &paint);
    assert_bounds(b, 0, -30, 58, 58);
}

static void bounds_of_glyphs(void **state) {
    bench *b = *state;
    const uint32_t glyphs[] = {1, 0, 2};
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "abc", glyphs, 3), 50, 60, blue);
    assert_bounds(b, 51, 52, 79, 60);
}

static void bounds_follow_groups(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_push(b->scene, 10, 10, (double[]){0, 0, 5, 5});
    jb_scene_push(b->scene, 1, 1, (double[]){-9, -9, 3, 9});
    jb_scene_rect(b->scene, -100, -100, 300, 300, &paint);
    jb_scene_pop(b->scene);
    jb_scene_pop(b->scene);
    assert_bounds(b, 10, 10, 14, 15);
    jb_scene_image(b->scene, (const uint8_t *)"abc", 1, 1, (double[]){50, 60, 70, 80});
    assert_bounds(b, 10, 10, 70, 80);
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_parsed),
        cmocka_unit_test(tints_go_to_white),
        BENCH(dump_writes_filled_boxes),
        BENCH(dump_writes_strokes),
        BENCH(dump_has_no_noise),
        BENCH(dump_writes_circles),
        BENCH(dump_writes_text),
        BENCH(dump_takes_only_the_run_s_text),
        BENCH(dump_writes_tags_links_images),
        BENCH(paths_are_copied),
        BENCH(empty_paths_are_left_out),
        BENCH(place_moves_and_copies),
        BENCH(place_takes_a_scene_into_itself),
        BENCH(balanced_scenes_play),
        BENCH(unbalanced_scenes_fail),
        BENCH(unbalanced_scenes_write_nothing),
        BENCH(bounds_of_nothing),
        BENCH(bounds_count_half_the_stroke),
        BENCH(bounds_of_curves_are_tight),
        BENCH(bounds_of_glyphs),
        BENCH(bounds_follow_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
