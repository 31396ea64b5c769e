/* PNG: pixels probed through cairo's own decoder, chunks read back, limits. */
#include "unit.h"

#include <cairo.h>
#include <libdeflate.h>
#include <math.h>
#include "block_face.h"
#include "output/png_encode.h"
#include "output/write.h"

#define WHITE 0xffffffu
#define BLUE 0x154073u
#define BLACK 0u

static const jb_colour blue = {0x15, 0x40, 0x73}, black = {0, 0, 0};

typedef struct bench {
    jb_context *ctx;
    jb_face *face;
    jb_scene *scene;
    GByteArray *png;
    gsize read; /* of png, by the decoder */
    cairo_surface_t *picture;
    char message[256];
} bench;

static int setup(void **state) {
    bench *b = g_new0(bench, 1);
    b->ctx = jb_context_new();
    b->face = block_face_new();
    b->scene = jb_scene_new(NULL, 40, 30);
    b->png = g_byte_array_new();
    *state = b;
    return 0;
}

static int teardown(void **state) {
    bench *b = *state;
    if (b->picture) cairo_surface_destroy(b->picture);
    jb_scene_free(b->scene);
    block_face_free(b->face);
    jb_context_free(b->ctx);
    g_byte_array_free(b->png, TRUE);
    g_free(b);
    return 0;
}

static cairo_status_t feed(void *closure, unsigned char *data, unsigned length) {
    bench *b = closure;
    if (b->png->len - b->read < length) return CAIRO_STATUS_READ_ERROR;
    memcpy(data, b->png->data + b->read, length);
    b->read += length;
    return CAIRO_STATUS_SUCCESS;
}

static void decode(bench *b) {
    if (b->picture) cairo_surface_destroy(b->picture);
    b->read = 0;
    b->picture = cairo_image_surface_create_from_png_stream(feed, b);
    assert_int_equal(cairo_surface_status(b->picture), CAIRO_STATUS_SUCCESS);
}

static void draw(bench *b, double scale) {
    g_byte_array_set_size(b->png, 0);
    assert_int_equal(jb_png_write(b->ctx, b->scene, &(jb_png_options){.scale = scale}, b->png), JB_OK);
    decode(b);
}

static unsigned pixel(const bench *b, int x, int y) {
    assert_in_range(x, 0, cairo_image_surface_get_width(b->picture) - 1);
    assert_in_range(y, 0, cairo_image_surface_get_height(b->picture) - 1);
    const uint8_t *row = cairo_image_surface_get_data(b->picture) +
                         (size_t)y * (size_t)cairo_image_surface_get_stride(b->picture);
    uint32_t value;
    memcpy(&value, row + 4 * (size_t)x, 4);
    return value & 0xffffff;
}

static void assert_pixel(const bench *b, int x, int y, unsigned wanted) {
    unsigned found = pixel(b, x, y);
    if (found != wanted) fail_msg("pixel %d,%d is %06x, not %06x", x, y, found, wanted);
}

static unsigned word(const uint8_t *p) {
    return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

/* The data of a chunk, its length in *length; checks every CRC on the way. NULL when there is none. */
static const uint8_t *chunk(const bench *b, const char *type, unsigned *length) {
    const uint8_t *p = b->png->data + 8, *end = b->png->data + b->png->len, *found = NULL;
    for (; p < end; p += 12 + word(p)) {
        assert_int_equal(libdeflate_crc32(0, p + 4, word(p) + 4), word(p + 8 + word(p)));
        if (memcmp(p + 4, type, 4) != 0) continue;
        found = p + 8;
        *length = word(p);
    }
    assert_ptr_equal(p, end);
    return found;
}

static void ground_is_white(void **state) {
    bench *b = *state;
    draw(b, 1);
    assert_int_equal(cairo_image_surface_get_width(b->picture), 40);
    assert_int_equal(cairo_image_surface_get_height(b->picture), 30);
    assert_pixel(b, 0, 0, WHITE);
    assert_pixel(b, 39, 29, WHITE);
}

static void fills_reach_their_edges(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_rect(b->scene, 5, 6, 10, 4, &paint);
    draw(b, 2);
    assert_pixel(b, 10, 12, BLUE);
    assert_pixel(b, 29, 19, BLUE);
    assert_pixel(b, 9, 12, WHITE);
    assert_pixel(b, 10, 11, WHITE);
    assert_pixel(b, 30, 19, WHITE);
    assert_pixel(b, 29, 20, WHITE);
}

static void strokes_have_their_width(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(blue, 2);
    jb_scene_rect(b->scene, 10, 10, 10, 10, &paint);
    draw(b, 1);
    assert_pixel(b, 9, 9, BLUE); /* mitred corner */
    assert_pixel(b, 10, 15, BLUE);
    assert_pixel(b, 11, 15, WHITE);
    assert_pixel(b, 8, 15, WHITE);
}

static void fill_and_stroke_go_together(void **state) {
    bench *b = *state;
    jb_paint paint = {.fill = true, .stroke = true, .fill_colour = blue, .stroke_colour = black, .width = 2};
    jb_scene_circle(b->scene, 20, 15, 10, &paint);
    draw(b, 1);
    assert_pixel(b, 20, 15, BLUE);
    assert_pixel(b, 20, 5, BLACK);
    assert_pixel(b, 20, 2, WHITE);
}

static void rules_are_sharp_anywhere(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 1);
    jb_scene_line(b->scene, 2, 3.3, 38, 3.3, &paint);
    jb_scene_line(b->scene, 5.9, 8, 5.9, 20, &paint);
    draw(b, 1);
    assert_pixel(b, 20, 3, BLACK);
    assert_pixel(b, 20, 2, WHITE);
    assert_pixel(b, 20, 4, WHITE);
    assert_pixel(b, 5, 12, BLACK);
    assert_pixel(b, 4, 12, WHITE);
    assert_pixel(b, 6, 12, WHITE);
}

static void equal_rules_look_equal(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 0.75);
    unsigned inked = 0;
    for (int i = 0; i < 5; i++) jb_scene_line(b->scene, 2, 4 + 5.13 * i, 38, 4 + 5.13 * i, &paint);
    draw(b, 2);
    for (int y = 0; y < 60; y++) {
        if (pixel(b, 40, y) == WHITE) continue;
        assert_in_range(pixel(b, 40, y) & 0xff, 0x3e, 0x41); /* 1.5 pixels spread over two */
        inked++;
    }
    assert_int_equal(inked, 10);
}

static void dashes_leave_gaps(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 1);
    paint.dash[0] = 4, paint.dash[1] = 2;
    jb_scene_line(b->scene, 0, 5.5, 40, 5.5, &paint);
    draw(b, 1);
    for (int x = 0; x < 40; x++) assert_pixel(b, x, 5, x % 6 < 4 ? BLACK : WHITE);
}

static void rounded_ends_stand_out(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 6);
    jb_scene_line(b->scene, 10, 8, 20, 8, &paint);
    paint.join = JB_JOIN_ROUND;
    jb_scene_line(b->scene, 10, 22, 20, 22, &paint);
    draw(b, 1);
    assert_pixel(b, 8, 8, WHITE);
    assert_pixel(b, 8, 22, BLACK);
}

/* Points along y = 5.5 from 0 to 40, which a stroke in pieces must draw like one line. */
static void long_line(bench *b, unsigned points, const jb_paint *paint) {
    double *xy = g_new(double, 2 * points);
    for (unsigned i = 0; i < points; i++) {
        xy[2 * i] = 40. * i / (points - 1);
        xy[2 * i + 1] = 5.5;
    }
    jb_scene_polyline(b->scene, xy, points, false, paint);
    g_free(xy);
}

static void long_dashes_go_on(void **state) {
    bench *b = *state;
    const unsigned points[] = {1601, 777, 20001};
    jb_paint paint = jb_paint_stroke(black, 1);
    paint.dash[0] = 4, paint.dash[1] = 2;
    for (size_t i = 0; i < 3; i++) {
        g_array_set_size(b->scene->items, 0);
        long_line(b, points[i], &paint);
        draw(b, 1);
        for (int x = 0; x < 40; x++) {
            unsigned ink = pixel(b, x, 5) & 0xff; /* ends of dashes are rounded to cairo's 1/256 pixel */
            if (x % 6 < 4 ? ink > 0x10 : ink < 0xf0) fail_msg("%u points: %d has %02x", points[i], x, ink);
        }
    }
}

static void dashes_begin_anew_in_each_subpath(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 1);
    jb_segment segments[5 * 401];
    paint.dash[0] = 4, paint.dash[1] = 2;
    for (unsigned i = 0; i < 5 * 401; i++)
        segments[i] =
            (jb_segment){i % 401 ? JB_LINE : JB_MOVE, {(float)(i % 401) / 10, 3.5f + 5 * (float)(i / 401)}};
    jb_scene_path(b->scene, segments, 5 * 401, &paint);
    draw(b, 1);
    for (int i = 0; i < 5; i++)
        for (int x = 0; x < 40; x++) {
            unsigned ink = pixel(b, x, 3 + 5 * i) & 0xff;
            if (x % 6 < 4 ? ink > 0x10 : ink < 0xf0) fail_msg("line %d: %d has %02x", i, x, ink);
        }
}

static void long_lines_have_no_holes(void **state) {
    bench *b = *state;
    const unsigned points[] = {777, 1601, 4003, 20001};
    jb_paint paint = jb_paint_stroke(black, 1);
    for (size_t i = 0; i < 4; i++) {
        g_array_set_size(b->scene->items, 0);
        long_line(b, points[i], &paint);
        draw(b, 1);
        for (int x = 0; x < 40; x++) assert_pixel(b, x, 5, BLACK);
        assert_pixel(b, 20, 4, WHITE);
    }
}

static void long_zigzags_look_like_short_ones(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 1.5);
    double xy[2 * 901];
    for (unsigned i = 0; i <= 900; i++)
        xy[2 * i] = i / 22.5, xy[2 * i + 1] = i % 60 < 30 ? 5 + i % 30 * 0.7 : 26 - i % 30 * 0.7;
    for (unsigned i = 0; i < 900; i += 450) jb_scene_polyline(b->scene, xy + 2 * i, 451, false, &paint);
    draw(b, 1);
    cairo_surface_t *wanted = cairo_surface_reference(b->picture);
    g_array_set_size(b->scene->items, 0);
    jb_scene_polyline(b->scene, xy, 901, false, &paint);
    draw(b, 1);
    for (int y = 0; y < 30; y++)
        for (int x = 0; x < 40; x++) {
            if (x >= 17 && x <= 23) continue; /* where the halves meet */
            uint8_t *row = cairo_image_surface_get_data(wanted) + y * cairo_image_surface_get_stride(wanted);
            assert_in_range((pixel(b, x, y) & 0xff) + 0x40 - row[4 * x], 0, 0x80);
        }
    cairo_surface_destroy(wanted);
}

static void long_polygons_close(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 2);
    double *xy = g_new(double, 2 * 1203);
    for (unsigned i = 0; i <= 1200; i++) xy[2 * i] = 5 + i / 40., xy[2 * i + 1] = 5;
    xy[2402] = 35, xy[2403] = 25, xy[2404] = 5, xy[2405] = 25;
    jb_scene_polyline(b->scene, xy, 1203, true, &paint);
    g_free(xy);
    draw(b, 1);
    assert_pixel(b, 4, 15, BLACK); /* the closing side */
    assert_pixel(b, 35, 15, BLACK);
    assert_pixel(b, 20, 24, BLACK);
    assert_pixel(b, 20, 15, WHITE);
    assert_pixel(b, 35, 4, BLACK); /* a mitred corner */
}

static void many_short_subpaths_are_all_drawn(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_stroke(black, 1);
    jb_segment segments[2000];
    for (unsigned i = 0; i < 1000; i++) {
        float y = 0.5f + (float)(i % 15) * 2;
        segments[2 * i] = (jb_segment){JB_MOVE, {2, y}};
        segments[2 * i + 1] = (jb_segment){JB_LINE, {38, y}};
    }
    jb_scene_path(b->scene, segments, 2000, &paint);
    draw(b, 1);
    for (int y = 0; y < 30; y++) assert_pixel(b, 20, y, y % 2 ? WHITE : BLACK);
}

static void glyphs_stand_on_the_baseline(void **state) {
    bench *b = *state;
    const uint32_t glyphs[] = {1, 0, 1};
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "a b", glyphs, 3), 5, 20, blue);
    draw(b, 1);
    assert_pixel(b, 6, 12, BLUE); /* 100 to 900 wide, 800 high at 10 pt */
    assert_pixel(b, 13, 19, BLUE);
    assert_pixel(b, 5, 15, WHITE);
    assert_pixel(b, 14, 15, WHITE);
    assert_pixel(b, 10, 20, WHITE);
    assert_pixel(b, 10, 11, WHITE);
    assert_pixel(b, 20, 15, WHITE);
    assert_pixel(b, 30, 15, BLUE);
}

static void glyphs_are_not_snapped_to_pixels(void **state) {
    bench *b = *state;
    const uint32_t glyph = 1;
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 10, "a", &glyph, 1), 5.5, 20, black);
    draw(b, 1);
    unsigned edge = pixel(b, 6, 15) & 0xff;
    assert_in_range(edge, 0x78, 0x88); /* half covered */
}

static void curved_glyphs_are_filled(void **state) {
    bench *b = *state;
    const uint32_t glyph = 2;
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 20, "c", &glyph, 1), 0, 20, blue);
    draw(b, 1);
    assert_pixel(b, 10, 13, BLUE); /* half disc of radius 8 over (10, 20) */
    assert_pixel(b, 4, 19, BLUE);
    assert_pixel(b, 3, 13, WHITE);
    assert_pixel(b, 10, 11, WHITE);
}

static void groups_move_and_clip(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_push(b->scene, 10, 10, (double[]){0, 0, 5, 5});
    jb_scene_rect(b->scene, -5, -5, 50, 50, &paint);
    jb_scene_pop(b->scene);
    jb_scene_rect(b->scene, 0, 0, 1, 1, &paint);
    draw(b, 1);
    assert_pixel(b, 10, 10, BLUE);
    assert_pixel(b, 14, 14, BLUE);
    assert_pixel(b, 9, 10, WHITE);
    assert_pixel(b, 15, 14, WHITE);
    assert_pixel(b, 0, 0, BLUE);
}

static void images_stand_upright(void **state) {
    bench *b = *state;
    const uint8_t pixels[12] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3};
    jb_scene_image(b->scene, pixels, 2, 2, (double[]){10, 10, 30, 20});
    draw(b, 1);
    assert_pixel(b, 11, 11, 0xff0000);
    assert_pixel(b, 29, 11, 0x00ff00);
    assert_pixel(b, 11, 19, 0x0000ff);
    assert_pixel(b, 29, 19, 0x010203);
    assert_pixel(b, 9, 11, WHITE);
    assert_pixel(b, 30, 19, WHITE);
}

/* The photo filter with cairo's words as its source. */
static void photos_in_a_picture_come_through(void **state) {
    bench *b = *state;
    uint8_t pixels[40 * 30 * 3];
    unsigned noise = 3;
    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (uint8_t)(i / 20 + ((noise = noise * 1664525 + 1013904223) >> 29));
    jb_scene_image(b->scene, pixels, 40, 30, (double[]){0, 0, 40, 30});
    draw(b, 1);
    for (int i = 0; i < 40 * 30; i++)
        assert_pixel(b, i % 40, i / 40,
                     (unsigned)pixels[3 * i] << 16 | (unsigned)pixels[3 * i + 1] << 8 | pixels[3 * i + 2]);
}

static void empty_images_draw_nothing(void **state) {
    bench *b = *state;
    jb_scene_image(b->scene, NULL, 0, 5, (double[]){10, 10, 30, 20});
    jb_scene_image(b->scene, (const uint8_t *)"abc", 1, 1, (double[]){10, 10, 10, 20});
    draw(b, 1);
    assert_pixel(b, 10, 15, WHITE);
}

static void chunks_stand_in_order(void **state) {
    bench *b = *state;
    unsigned length;
    draw(b, 2);
    assert_memory_equal(b->png->data, "\x89PNG\r\n\x1a\n", 8);
    const uint8_t *header = chunk(b, "IHDR", &length), *srgb = chunk(b, "sRGB", &length),
                  *physical = chunk(b, "pHYs", &length), *data = chunk(b, "IDAT", &length),
                  *end = chunk(b, "IEND", &length);
    assert_true(header < srgb && srgb < physical && physical < data && data < end);
    assert_int_equal(length, 0);
    assert_int_equal(word(header), 80);
    assert_int_equal(word(header + 4), 60);
    assert_int_equal(srgb[0], 0);
    assert_int_equal(word(physical), 5669); /* 144 dpi */
    assert_int_equal(word(physical + 4), 5669);
    assert_int_equal(physical[8], 1);
    assert_null(chunk(b, "tIME", &length));
}

static void sizes_are_rounded(void **state) {
    bench *b = *state;
    b->scene->width = 595.276, b->scene->height = 0.1;
    draw(b, 0.5);
    assert_int_equal(cairo_image_surface_get_width(b->picture), 298);
    assert_int_equal(cairo_image_surface_get_height(b->picture), 1);
}

static void bytes_are_the_same_each_time(void **state) {
    bench *b = *state;
    jb_paint paint = jb_paint_fill(blue);
    const uint32_t glyph = 2;
    jb_scene_circle(b->scene, 20, 15, 9.7, &paint);
    jb_scene_text(b->scene, block_run(b->scene->arena, b->face, 9, "c", &glyph, 1), 5.5, 20, black);
    draw(b, 3);
    GByteArray *again = g_byte_array_new();
    assert_int_equal(jb_png_write(b->ctx, b->scene, &(jb_png_options){.scale = 3}, again), JB_OK);
    assert_int_equal(again->len, b->png->len);
    assert_memory_equal(again->data, b->png->data, again->len);
    g_byte_array_free(again, TRUE);
}

static void wrong_sizes_are_refused(void **state) {
    bench *b = *state;
    static const struct {
        double width, scale;
        const char *message;
    } cases[] = {
        {40, 0, ":0:0: error: a picture needs a width, a height and a scale above 0"},
        {40, -1, ":0:0: error: a picture needs a width, a height and a scale above 0"},
        {-40, -1, ":0:0: error: a picture needs a width, a height and a scale above 0"},
        {NAN, 1, ":0:0: error: a picture needs a width, a height and a scale above 0"},
        {40, NAN, ":0:0: error: a picture needs a width, a height and a scale above 0"},
        {40, 1e6, ":0:0: error: the picture is larger than the limit of 32767 pixels a side"},
        {INFINITY, 1, ":0:0: error: the picture is larger than the limit of 32767 pixels a side"},
        {30, 1000, ":0:0: error: the picture of 30000 × 30000 pixels is over the limit of 268435456 pixels"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        b->scene->width = cases[i].width;
        assert_int_equal(jb_png_write(b->ctx, b->scene, &(jb_png_options){.scale = cases[i].scale}, b->png),
                         JB_INPUT);
        assert_string_equal(last_message(b->ctx, b->message, sizeof b->message), cases[i].message);
        assert_int_equal(b->png->len, 0);
    }
}

/* Encodes pixels, decodes them, compares all. */
static void round_trip(bench *b, const uint8_t *rgb, unsigned width, unsigned height) {
    g_byte_array_set_size(b->png, 0);
    jb_pixels pixels = {.bytes = rgb, .stride = (size_t)width * 3, .width = width, .height = height};
    assert_true(jb_png_encode(&pixels, 0, b->png));
    decode(b);
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++) {
            const uint8_t *p = rgb + ((size_t)y * width + x) * 3;
            assert_pixel(b, (int)x, (int)y, (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2]);
        }
}

static unsigned colour_type(const bench *b) { return b->png->data[25]; }

static void few_colours_get_a_palette(void **state) {
    bench *b = *state;
    unsigned length;
    uint8_t rgb[256 * 3];
    for (unsigned i = 0; i < 256; i++)
        rgb[3 * i] = (uint8_t)i, rgb[3 * i + 1] = (uint8_t)(i * 7), rgb[3 * i + 2] = 9;
    round_trip(b, rgb, 16, 16);
    assert_int_equal(colour_type(b), 3);
    assert_non_null(chunk(b, "PLTE", &length));
    assert_int_equal(length, 768);
    assert_null(chunk(b, "pHYs", &length));
}

static void many_colours_get_none(void **state) {
    bench *b = *state;
    unsigned length;
    uint8_t rgb[257 * 3];
    for (unsigned i = 0; i < 257; i++) rgb[3 * i] = (uint8_t)i, rgb[3 * i + 1] = i == 256, rgb[3 * i + 2] = 0;
    round_trip(b, rgb, 257, 1);
    assert_int_equal(colour_type(b), 2);
    assert_null(chunk(b, "PLTE", &length));
}

/* Encodes a ramp of 300 greys beside a field of one colour; how far the worst pixel is from what it was. */
static int worst_of_a_ramp(bench *b, unsigned tolerance) {
    static uint32_t words[600];
    int worst = 0;
    for (unsigned i = 0; i < 300; i++) {
        words[i] = 0x154073;
        words[300 + i] = i % 256 * 0x010101u + (i >= 256);
    }
    jb_pixels pixels = {.bytes = (const uint8_t *)words,
                        .stride = sizeof(uint32_t) * 300,
                        .width = 300,
                        .height = 2,
                        .layout = JB_PIXELS_WORDS,
                        .tolerance = tolerance};
    g_byte_array_set_size(b->png, 0);
    assert_true(jb_png_encode(&pixels, 0, b->png));
    decode(b);
    for (int x = 0; x < 300; x++) {
        unsigned here = pixel(b, x, 1), was = words[300 + x];
        assert_pixel(b, x, 0, 0x154073);
        for (int shift = 0; shift < 24; shift += 8)
            worst = MAX(worst, abs((int)(here >> shift & 0xff) - (int)(was >> shift & 0xff)));
    }
    return worst;
}

/* Rare shades may be altered, by no more than is allowed; a colour that is common never is. */
static void near_shades_become_one(void **state) {
    bench *b = *state;
    assert_in_range(worst_of_a_ramp(b, 8), 1, 8);
    assert_int_equal(colour_type(b), 3);
    assert_int_equal(worst_of_a_ramp(b, 0), 0);
    assert_int_equal(colour_type(b), 2);
}

static void draw_clear(bench *b) {
    g_byte_array_set_size(b->png, 0);
    assert_int_equal(
        jb_png_write(b->ctx, b->scene, &(jb_png_options){.scale = 2, .transparent = true}, b->png), JB_OK);
    decode(b);
}

static unsigned word_at(const bench *b, int x, int y) {
    uint32_t value;
    memcpy(&value,
           cairo_image_surface_get_data(b->picture) +
               (size_t)y * (size_t)cairo_image_surface_get_stride(b->picture) + 4 * (size_t)x,
           4);
    return value;
}

static void ground_can_be_left_out(void **state) {
    bench *b = *state;
    unsigned length;
    jb_paint paint = jb_paint_fill(blue);
    jb_scene_rect(b->scene, 10, 10, 10.25, 10, &paint); /* the right edge covers half a pixel */
    draw_clear(b);
    assert_int_equal(colour_type(b), 3);
    const uint8_t *alphas = chunk(b, "tRNS", &length);
    assert_non_null(alphas);
    assert_in_range(length, 2, 3);
    assert_int_equal(word_at(b, 2, 2), 0);
    assert_int_equal(word_at(b, 30, 30), 0xff154073);
    assert_in_range(word_at(b, 40, 30) >> 24, 120, 135);
}

/* A photo in a picture without ground: RGBA. */
static void photos_keep_the_ground_out(void **state) {
    bench *b = *state;
    static uint8_t rgb[64 * 64 * 3];
    const double box[] = {4, 4, 36, 26};
    unsigned noise = 1;
    for (unsigned i = 0; i < sizeof rgb; i++)
        rgb[i] = (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
    jb_scene_image(b->scene, rgb, 64, 64, box);
    draw_clear(b);
    assert_int_equal(colour_type(b), 6);
    assert_int_equal(word_at(b, 2, 2), 0);
    assert_int_equal(word_at(b, 40, 30) >> 24, 255);
}

/* Which filters the rows have, one bit each. */
static unsigned filters(const bench *b, unsigned width, unsigned height) {
    unsigned length, seen = 0;
    const uint8_t *data = chunk(b, "IDAT", &length);
    size_t stride = (size_t)width * 3 + 1, size = stride * height;
    uint8_t *rows = g_malloc(size);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(d, data, length, rows, size, NULL), LIBDEFLATE_SUCCESS);
    for (size_t y = 0; y < height; y++) seen |= 1u << rows[y * stride];
    libdeflate_free_decompressor(d);
    g_free(rows);
    return seen;
}

static void photos_are_filtered(void **state) {
    bench *b = *state;
    uint8_t rgb[64 * 64 * 3];
    unsigned noise = 1;
    for (unsigned i = 0; i < 64 * 64; i++) {
        noise = noise * 1664525 + 1013904223;
        rgb[3 * i] = (uint8_t)((i % 64) * 3 + (noise >> 30));
        rgb[3 * i + 1] = (uint8_t)((i / 64) * 3 + (noise >> 29 & 1));
        rgb[3 * i + 2] = (uint8_t)(255 - i % 64 - i / 64);
    }
    round_trip(b, rgb, 64, 64);
    assert_int_equal(colour_type(b), 2);
    assert_int_equal(filters(b, 64, 64) & ~(1u | 1u << 1 | 1u << 4), 0);
    assert_true(filters(b, 64, 64) & 1u << 4);
    assert_in_range(b->png->len, 100, 64 * 64 * 2);
}

static void noise_comes_back(void **state) {
    bench *b = *state;
    uint8_t rgb[97 * 31 * 3];
    unsigned noise = 7;
    for (size_t i = 0; i < sizeof rgb; i++) rgb[i] = (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
    round_trip(b, rgb, 97, 31);
    round_trip(b, rgb, 1, 97);
    round_trip(b, rgb, 2000, 1);
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        BENCH(ground_is_white),
        BENCH(fills_reach_their_edges),
        BENCH(strokes_have_their_width),
        BENCH(fill_and_stroke_go_together),
        BENCH(rules_are_sharp_anywhere),
        BENCH(equal_rules_look_equal),
        BENCH(dashes_leave_gaps),
        BENCH(rounded_ends_stand_out),
        BENCH(long_dashes_go_on),
        BENCH(dashes_begin_anew_in_each_subpath),
        BENCH(long_lines_have_no_holes),
        BENCH(long_zigzags_look_like_short_ones),
        BENCH(long_polygons_close),
        BENCH(many_short_subpaths_are_all_drawn),
        BENCH(glyphs_stand_on_the_baseline),
        BENCH(glyphs_are_not_snapped_to_pixels),
        BENCH(curved_glyphs_are_filled),
        BENCH(groups_move_and_clip),
        BENCH(images_stand_upright),
        BENCH(photos_in_a_picture_come_through),
        BENCH(empty_images_draw_nothing),
        BENCH(chunks_stand_in_order),
        BENCH(sizes_are_rounded),
        BENCH(bytes_are_the_same_each_time),
        BENCH(wrong_sizes_are_refused),
        BENCH(few_colours_get_a_palette),
        BENCH(many_colours_get_none),
        BENCH(near_shades_become_one),
        BENCH(ground_can_be_left_out),
        BENCH(photos_keep_the_ground_out),
        BENCH(photos_are_filtered),
        BENCH(noise_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
