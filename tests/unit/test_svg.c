/* SVG: well-formed, one definition a glyph, groups, links, titles; text compared piece by piece. */
#include "unit.h"

#include <math.h>
#include "block_face.h"
#include "output/write.h"

static const jb_colour blue = {0x15, 0x40, 0x73}, black = {0, 0, 0};

typedef struct bench {
    jb_context *ctx;
    jb_face *face;
    jb_scene *scene;
    GString *svg;
    char message[256];
} bench;

static int setup(void **state) {
    bench *b = g_new0(bench, 1);
    b->ctx = jb_context_new();
    b->face = block_face_new();
    b->scene = jb_scene_new(NULL, 400, 225.5);
    b->svg = g_string_new(NULL);
    *state = b;
    return 0;
}

static int teardown(void **state) {
    bench *b = *state;
    jb_scene_free(b->scene);
    block_face_free(b->face);
    jb_context_free(b->ctx);
    g_string_free(b->svg, TRUE);
    g_free(b);
    return 0;
}

/* Fails on what GLib's parser does not take, on doubled ids, and on references to nothing. */
typedef struct reader {
    GHashTable *ids;
    GPtrArray *wanted;
    int depth;
} reader;

static void see_element(GMarkupParseContext *context, const gchar *name, const gchar **keys,
                        const gchar **values, gpointer data, GError **error) {
    reader *r = data;
    (void)context, (void)error;
    if (r->depth++ == 0) assert_string_equal(name, "svg");
    for (; *keys; keys++, values++) {
        if (!strcmp(*keys, "id")) assert_true(g_hash_table_add(r->ids, g_strdup(*values)));
        if (!strcmp(*keys, "xlink:href") && **values == '#')
            g_ptr_array_add(r->wanted, g_strdup(*values + 1));
        if (!strcmp(*keys, "clip-path"))
            g_ptr_array_add(r->wanted, g_strndup(*values + 5, strlen(*values) - 6)); /* url(#…) */
        assert_true(g_utf8_validate(*values, -1, NULL));
    }
}

static void leave_element(GMarkupParseContext *context, const gchar *name, gpointer data, GError **error) {
    (void)context, (void)name, (void)error;
    ((reader *)data)->depth--;
}

static void parse(const GString *svg) {
    const GMarkupParser parser = {.start_element = see_element, .end_element = leave_element};
    reader r = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                g_ptr_array_new_with_free_func(g_free), 0};
    GError *error = NULL;
    GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, &r, NULL);
    bool good = g_markup_parse_context_parse(context, svg->str, (gssize)svg->len, &error) &&
                g_markup_parse_context_end_parse(context, &error);
    if (!good) fail_msg("%s in %s", error->message, svg->str);
    for (guint i = 0; i < r.wanted->len; i++) assert_true(g_hash_table_contains(r.ids, r.wanted->pdata[i]));
    assert_int_equal(r.depth, 0);
    g_markup_parse_context_free(context);
    g_hash_table_destroy(r.ids);
    g_ptr_array_free(r.wanted, TRUE);
}

static void write_svg(bench *b, double scale, const char *title, const char *description) {
    g_string_truncate(b->svg, 0);
    assert_int_equal(
        jb_svg_write(b->ctx, b->scene,
                     &(jb_svg_options){.scale = scale, .title = title, .description = description}, b->svg),
        JB_OK);
    parse(b->svg);
}

static void has(const bench *b, const char *part) {
    if (!strstr(b->svg->str, part)) fail_msg("no %s in %s", part, b->svg->str);
}

static void has_no(const bench *b, const char *part) {
    if (strstr(b->svg->str, part)) fail_msg("%s in %s", part, b->svg->str);
}

static void size_is_pixels_and_box_is_pt(void **state) {
    bench *b = *state;
    write_svg(b, 2, NULL, NULL);
    assert_string_equal(
        b->svg->str, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                     "version=\"1.1\" width=\"800\" height=\"451\" viewBox=\"0 0 400 225.5\" role=\"img\" "
                     "stroke-miterlimit=\"10\">\n</svg>\n");
}

static void title_and_description_are_labels(void **state) {
    bench *b = *state;
    write_svg(b, 1, "增速 <一> & \"二\"", "甲");
    has(b, " role=\"img\" aria-labelledby=\"title desc\"");
    has(b, "<title id=\"title\">增速 &lt;一&gt; &amp; &quot;二&quot;</title>\n"
           "<desc id=\"desc\">甲</desc>\n");
    write_svg(b, 1, "甲", NULL);
    has(b, " aria-labelledby=\"title\"");
    has_no(b, "<desc");
    write_svg(b, 1, NULL, "甲");
    has(b, " aria-labelledby=\"desc\"");
    has_no(b, "<title");
}

static void bad_characters_are_left_out(void **state) {
    bench *b = *state;
    write_svg(b, 1,
              "a\x01"
              "b\xEF\xBF\xBF"
              "c\xEF\xBF\xBE",
              "\xEF\xBF\xBD");
    has(b, ">abc</title>");
    has(b, ">\xEF\xBF\xBD</desc>");
}

static void paths_carry_their_paint(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_rect(b->scene, 10, 20, 30, 1 / 3., &paint);
    paint = jb_paint_stroke(black, 0.75);
    jb_scene_line(b->scene, 0, 0, -1, 2, &paint);
    paint.dash[0] = 2, paint.dash[1] = 1.5, paint.join = JB_JOIN_ROUND;
    jb_scene_line(b->scene, 0, 0, 1, 2, &paint);
    write_svg(b, 1, NULL, NULL);
    has(b, "<path fill=\"#154073\" d=\"M10 20L40 20L40 20.333L10 20.333Z\"/>\n");
    has(b, "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"0.75\" d=\"M0 0L-1 2\"/>\n");
    has(b, " stroke-width=\"0.75\" stroke-linejoin=\"round\" stroke-linecap=\"round\" "
           "stroke-dasharray=\"2 1.5\" d=\"M0 0L1 2\"/>\n");
}

static void unpainted_paths_are_left_out(void **state) {
    bench *b = *state;
    jb_paint paint = {0}, thin = jb_paint_stroke(black, 0);
    jb_scene_rect(b->scene, 0, 0, 1, 1, &paint);
    jb_scene_rect(b->scene, 0, 0, 1, 1, &thin);
    write_svg(b, 1, NULL, NULL);
    has_no(b, "<path");
}

static void glyphs_are_defined_once(void **state) {
    bench *b = *state;
    const uint32_t first[] = {2, 0, 1}, second[] = {1, 2};
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "a b", first, 3), 5, 20.5, blue);
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10.5, "<c", second, 2), 5, 40, black);
    write_svg(b, 1, NULL, NULL);
    has(b, "<defs>\n<path id=\"g0\" transform=\"scale(.001)\" "
           "d=\"M100 0C100-221 279-400 500-400C721-400 900-221 900 0Z\"/>\n"
           "<path id=\"g1\" transform=\"scale(.001)\" d=\"M100 0L900 0L900-800L100-800Z\"/>\n</defs>\n");
    has(b, "<g fill=\"#154073\" transform=\"translate(5 20.5) scale(10)\" aria-label=\"a b\">"
           "<use xlink:href=\"#g0\"/><use xlink:href=\"#g1\" x=\"2\"/></g>\n");
    has(b, "scale(10.5)\" aria-label=\"&lt;c\"><use xlink:href=\"#g1\"/><use xlink:href=\"#g0\" "
           "x=\"1\"/></g>\n");
}

/* Text as text: names of fonts, the length it has here, nothing that XML would trip over. */
static void text_can_stay_text(void **state) {
    bench *b = *state;
    const uint32_t glyphs[] = {2, 0, 1};
    b->face->family = "方正'Serif\\SC";
    b->face->weight = 700;
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "a <", glyphs, 3), 5, 20.5, blue);
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "c", glyphs, 1), 5, 40, black);
    g_string_truncate(b->svg, 0);
    const jb_svg_options options = {.scale = 1, .text = true, .description = "x", .language = "en"};
    assert_int_equal(jb_svg_write(b->ctx, b->scene, &options, b->svg), JB_OK);
    parse(b->svg);
    has(b,
        "<text xml:space=\"preserve\" x=\"5\" y=\"20.5\" font-family=\"'方正 Serif SC', Source Han Serif "
        "SC, "
        "SimSun, Songti SC, serif\" font-size=\"10\" font-weight=\"bold\" fill=\"#154073\" textLength=\"30\" "
        "lengthAdjust=\"spacing\">a &lt;</text>\n");
    has(b, "fill=\"#000000\">c</text>");
    has(b, " xml:lang=\"en\">");
    has_no(b, "<defs");
}

static void same_glyph_of_two_faces_differs(void **state) {
    bench *b = *state;
    const uint32_t glyph = 1;
    jb_face *other = block_face_new();
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "a", &glyph, 1), 0, 0, blue);
    jb_scene_text(b->scene, block_run(b->scene->arena, other, 10, "a", &glyph, 1), 9, 9, blue);
    write_svg(b, 1, NULL, NULL);
    has(b, "id=\"g1\"");
    has(b, "href=\"#g1\"");
    block_face_free(other);
}

static void groups_move_and_clip(void **state) {
    bench *b = *state;
    jb_scene_push(b->scene, 10, -5.25, NULL);
    jb_scene_push(b->scene, 0, 0, (double[]){1, 2, 4, 8});
    jb_scene_pop(b->scene);
    jb_scene_push(b->scene, 1, 0, (double[]){9, 9, 3, 10});
    jb_scene_pop(b->scene);
    jb_scene_pop(b->scene);
    write_svg(b, 1, NULL, NULL);
    has(b, "<defs>\n<clipPath id=\"c0\"><rect x=\"1\" y=\"2\" width=\"3\" height=\"6\"/></clipPath>\n"
           "<clipPath id=\"c1\"><rect x=\"9\" y=\"9\" width=\"0\" height=\"1\"/></clipPath>\n</defs>\n");
    has(b, "<g transform=\"translate(10 -5.25)\">\n<g clip-path=\"url(#c0)\">\n</g>\n"
           "<g transform=\"translate(1 0)\" clip-path=\"url(#c1)\">\n</g>\n</g>\n");
}

static void only_harmless_links_are_kept(void **state) {
    bench *b = *state;
    const double box[4] = {1, 2, 11, 22};
    const char *const uris[] = {"https://a.cn/?x=1&y=\"2\"",
                                "MAILTO:a@b.cn",
                                "http://b/",
                                "javascript:alert(1)",
                                "file:///etc/x",
                                "//c/",
                                "data:text/html,d",
                                NULL};
    for (size_t i = 0; i < 8; i++) jb_scene_link(b->scene, box, uris[i], 0, i ? NULL : "甲<");
    write_svg(b, 1, NULL, NULL);
    has(b, "<a xlink:href=\"https://a.cn/?x=1&amp;y=&quot;2&quot;\" xlink:title=\"甲&lt;\"><rect x=\"1\" "
           "y=\"2\" "
           "width=\"10\" height=\"20\" fill=\"none\" pointer-events=\"all\"/></a>\n");
    has(b, "\"MAILTO:a@b.cn\"");
    has(b, "\"http://b/\"");
    has_no(b, "javascript");
    has_no(b, "file:");
    has_no(b, "data:");
    has_no(b, "//c/");
}

static void images_are_embedded(void **state) {
    bench *b = *state;
    const uint8_t pixels[6] = {1, 2, 3, 4, 5, 6};
    jb_scene_image(b->scene, pixels, 2, 1, (double[]){1, 2, 11, 22});
    jb_scene_image(b->scene, NULL, 0, 0, (double[]){1, 2, 11, 22});
    write_svg(b, 1, NULL, NULL);
    has(b, "<image x=\"1\" y=\"2\" width=\"10\" height=\"20\" preserveAspectRatio=\"none\" "
           "xlink:href=\"data:image/png;base64,iVBORw0KGgo");
    assert_ptr_equal(strstr(b->svg->str, "<image"), g_strrstr(b->svg->str, "<image"));
}

static void tags_leave_no_trace(void **state) {
    bench *b = *state;
    jb_scene_tag(b->scene, 3);
    jb_scene_untag(b->scene);
    write_svg(b, 1, NULL, NULL);
    has(b, "stroke-miterlimit=\"10\">\n</svg>\n");
}

static void bytes_are_the_same_each_time(void **state) {
    bench *b = *state;
    uint32_t glyphs[60];
    for (uint32_t i = 0; i < 60; i++) glyphs[i] = i * 7 % 3;
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 9, "字", glyphs, 60), 5.5, 20, black);
    write_svg(b, 1, "甲", NULL);
    char *first = g_strdup(b->svg->str);
    write_svg(b, 1, "甲", NULL);
    assert_string_equal(b->svg->str, first);
    g_free(first);
}

static void wrong_sizes_are_refused(void **state) {
    bench *b = *state;
    const double widths[] = {0, -1, NAN, INFINITY, 400, 400}, scales[] = {1, -1, 1, 1, NAN, 0};
    for (size_t i = 0; i < 6; i++) {
        b->scene->width = widths[i];
        assert_int_equal(jb_svg_write(b->ctx, b->scene, &(jb_svg_options){.scale = scales[i]}, b->svg),
                         JB_INPUT);
        assert_string_equal(last_message(b->ctx, b->message, sizeof b->message),
                            ":0:0: error: a picture needs a width, a height and a scale above 0");
    }
    assert_int_equal(b->svg->len, 0);
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        BENCH(size_is_pixels_and_box_is_pt), BENCH(title_and_description_are_labels),
        BENCH(bad_characters_are_left_out),  BENCH(paths_carry_their_paint),
        BENCH(unpainted_paths_are_left_out), BENCH(glyphs_are_defined_once),
        BENCH(text_can_stay_text),           BENCH(same_glyph_of_two_faces_differs),
        BENCH(groups_move_and_clip),         BENCH(only_harmless_links_are_kept),
        BENCH(images_are_embedded),          BENCH(tags_leave_no_trace),
        BENCH(bytes_are_the_same_each_time), BENCH(wrong_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
