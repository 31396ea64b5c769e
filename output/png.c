/* Scenes to PNG: a device over a cairo image surface, on white or transparent ground. */
#include "output/write.h"

#include <cairo.h>
#include <math.h>
#include "base/limits.h"
#include "output/device.h"
#include "output/path.h"
#include "output/png_encode.h"
#include "output/png_text.h"

#define LARGEST_SIDE JB_PNG_SIDE
/* Shades of blurred edges that differ by no more, of 255, may become one: nobody sees it, and the file is
 * half as large and written in a third of the time. */
#define TOLERANCE 10
#define STROKE_POINTS 500 /* cairo's time for one stroke grows with the square of its points */

typedef struct painter {
    jb_device device;
    cairo_t *cr;
    double scale;           /* pixels a pt */
    unsigned width, height; /* pixels */
    jb_shapes *shapes;
    jb_stencil *stencil;
    bool short_of_memory;
    bool photos; /* images were drawn */
} painter;

static void set_colour(cairo_t *cr, jb_colour c) {
    cairo_set_source_rgb(cr, c.r / 255., c.g / 255., c.b / 255.);
}

static void trace_one(cairo_t *cr, const jb_segment *s) {
    const float *p = s->p;
    switch (s->kind) {
    case JB_MOVE: cairo_move_to(cr, p[0], p[1]); break;
    case JB_LINE: cairo_line_to(cr, p[0], p[1]); break;
    case JB_CUBIC: cairo_curve_to(cr, p[0], p[1], p[2], p[3], p[4], p[5]); break;
    case JB_CLOSE: cairo_close_path(cr); break;
    }
}

static void trace(cairo_t *cr, const jb_segment *segments, unsigned count) {
    for (unsigned i = 0; i < count; i++) trace_one(cr, &segments[i]);
}

/* Where a segment ends. */
static const float *end_of(const jb_segment *s) {
    if (s->kind == JB_CLOSE)
        while (s->kind != JB_MOVE) s--;
    return s->kind == JB_CUBIC ? s->p + 4 : s->p;
}

static double distance(const float *a, const float *b) {
    return hypot((double)a[0] - (double)b[0], (double)a[1] - (double)b[1]);
}

/* Length of a segment that is no move; of a curve by its control points, between chord and hull. */
static double length_of(const jb_segment *s) {
    const float *from = end_of(s - 1), *to = end_of(s), *p = s->p;
    if (s->kind != JB_CUBIC) return distance(from, to);
    return (distance(from, to) + distance(from, p) + distance(p, p + 2) + distance(p + 2, to)) / 2;
}

/* How far the dashes of a subpath are after `count` more segments. */
static double advance(const jb_segment *s, unsigned count, double phase) {
    for (; count; count--, s++) phase = s->kind == JB_MOVE ? 0 : phase + length_of(s);
    return phase;
}

/* How many of `left` segments make the next piece. A dashed one that begins within a subpath ends with it, as
 * each subpath begins its dashes anew. */
static unsigned piece_length(const jb_segment *s, unsigned left, bool dashed) {
    unsigned most = MIN(left, STROKE_POINTS), n = 1;
    if (!dashed || s->kind == JB_MOVE) return most;
    while (n < most && s[n].kind != JB_MOVE) n++;
    return n;
}

/* How many of the last segments before `s` the next piece repeats: enough to join the corner between the
 * pieces, and `reach` far, because two ends that meet within a pixel do not cover it. */
static unsigned overlap(const jb_segment *s, double reach) {
    unsigned n = 0;
    if (s->kind == JB_MOVE) return 0;
    while (n < STROKE_POINTS / 2 && s[-1 - (int)n].kind != JB_MOVE && s[-1 - (int)n].kind != JB_CLOSE &&
           (!n || distance(end_of(s - 1 - n), end_of(s - 1)) < reach))
        n++;
    return n;
}

/* Traces a piece; `move` is where its first subpath began. */
static const jb_segment *trace_piece(cairo_t *cr, const jb_segment *s, unsigned count,
                                     const jb_segment *move) {
    const jb_segment *first = s;
    if (s->kind != JB_MOVE) cairo_move_to(cr, end_of(s - 1)[0], end_of(s - 1)[1]);
    for (; count; count--, s++) {
        if (s->kind == JB_MOVE) move = s;
        if (s->kind == JB_CLOSE && move < first)
            cairo_line_to(cr, move->p[0], move->p[1]);
        else
            trace_one(cr, s);
    }
    return move;
}

static void set_dash(cairo_t *cr, const jb_paint *paint, double phase) {
    cairo_set_dash(cr, paint->dash, (int)jb_paint_dashes(paint), phase);
}

/* A stroke of many points, in pieces. `s` begins with a move; `pixel` is in pt. */
static void stroke_pieces(cairo_t *cr, const jb_segment *s, unsigned count, const jb_paint *paint,
                          double pixel) {
    const jb_segment *move = s, *end = s + count;
    bool dashed = jb_paint_dashes(paint) > 0;
    double phase = 0;
    while (s < end) {
        unsigned length = piece_length(s, (unsigned)(end - s), dashed);
        move = trace_piece(cr, s, length, move);
        set_dash(cr, paint, s->kind == JB_MOVE ? 0 : phase);
        cairo_stroke(cr);
        if (s + length < end) length -= overlap(s + length, 2 * pixel);
        if (dashed) phase = advance(s, length, phase);
        s += length;
    }
}

/* The middle of a line of that width, moved so that its edges are equally sharp wherever it stands. */
static double snap(double middle, double width) {
    return (long)ceil(width - 0.01) & 1 ? floor(middle) + 0.5 : floor(middle + 0.5);
}

/* Rules, grid lines and ticks: a level or plumb line goes to the pixel grid. False when it is none. */
static bool trace_rule(painter *p, const jb_segment *s, unsigned count, double width) {
    if (count != 2 || s[0].kind != JB_MOVE || s[1].kind != JB_LINE) return false;
    bool level = s[0].p[1] == s[1].p[1], plumb = s[0].p[0] == s[1].p[0];
    if (level == plumb) return false;
    for (int i = 0; i < 2; i++) {
        double x = s[i].p[0], y = s[i].p[1];
        cairo_user_to_device(p->cr, &x, &y);
        if (level) y = snap(y, width * p->scale);
        if (plumb) x = snap(x, width * p->scale);
        cairo_device_to_user(p->cr, &x, &y);
        (i ? cairo_line_to : cairo_move_to)(p->cr, x, y);
    }
    return true;
}

static void stroke(painter *p, const jb_segment *segments, unsigned count, const jb_paint *paint) {
    bool round = paint->join == JB_JOIN_ROUND;
    set_colour(p->cr, paint->stroke_colour);
    cairo_set_line_width(p->cr, paint->width);
    cairo_set_line_join(p->cr, round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    cairo_set_line_cap(p->cr, round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    if (count > STROKE_POINTS && segments[0].kind == JB_MOVE) {
        stroke_pieces(p->cr, segments, count, paint, 1 / p->scale);
        return;
    }
    if (!trace_rule(p, segments, count, paint->width)) trace(p->cr, segments, count);
    set_dash(p->cr, paint, 0);
    cairo_stroke(p->cr);
}

static void draw_path(jb_device *device, const jb_item *item) {
    painter *p = (painter *)device;
    const jb_paint *paint = &item->path.paint;
    if (paint->fill) {
        trace(p->cr, item->path.segments, item->path.count);
        set_colour(p->cr, paint->fill_colour);
        cairo_fill(p->cr);
    }
    if (paint->stroke && paint->width > 0) stroke(p, item->path.segments, item->path.count, paint);
}

/* A glyph's outline at a place, in pt: cairo keeps paths in 1/256 pixel, so the em is scaled here. */
static void trace_shape(cairo_t *cr, const jb_shape *shape, double x, double y, double size) {
    for (unsigned i = 0; i < shape->count; i++) {
        jb_segment s = shape->segments[i];
        for (int j = 0; j < 6; j++) s.p[j] = (float)((j & 1 ? y : x) + s.p[j] * size);
        trace_one(cr, &s);
    }
}

static void paint_stencil(painter *p) {
    if (!jb_stencil_paint(p->stencil, p->cr, p->width, p->height)) p->short_of_memory = true;
}

/* Adds a glyph to those that are painted together; the origin is in pt. False when it must be drawn alone. */
static bool collect_glyph(painter *p, const jb_shape *shape, double x, double y, double size) {
    cairo_user_to_device(p->cr, &x, &y);
    if (jb_stencil_add(p->stencil, shape, x, y, size * p->scale)) return true;
    paint_stencil(p);
    return jb_stencil_add(p->stencil, shape, x, y, size * p->scale);
}

static void draw_text(jb_device *device, const jb_item *item) {
    painter *p = (painter *)device;
    const jb_run *run = item->text.run;
    set_colour(p->cr, item->text.colour);
    for (uint32_t i = 0; i < run->count; i++) {
        const jb_glyph *g = &run->glyphs[i];
        const jb_shape *shape = jb_shapes_get(p->shapes, run->face, g->id);
        double x = item->text.x + (double)g->x, y = item->text.y + (double)g->y;
        if (collect_glyph(p, shape, x, y, run->size)) continue;
        trace_shape(p->cr, shape, x, y, run->size);
        cairo_fill(p->cr);
    }
    paint_stencil(p);
}

static cairo_surface_t *image_surface(const jb_item *item) {
    unsigned width = item->image.width, height = item->image.height;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    if (cairo_surface_status(surface)) return surface;
    uint8_t *bytes = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (size_t y = 0; y < height; y++) {
        const uint8_t *from = item->image.pixels + y * width * 3;
        uint32_t *to = (uint32_t *)(void *)(bytes + y * stride);
        for (unsigned x = 0; x < width; x++, from += 3)
            to[x] = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2];
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

static void draw_image(jb_device *device, const jb_item *item) {
    painter *p = (painter *)device;
    const double *b = item->image.box;
    if (!item->image.width || !item->image.height || !(b[2] > b[0]) || !(b[3] > b[1])) return;
    cairo_surface_t *surface = image_surface(item);
    p->photos = true;
    if (cairo_surface_status(surface)) p->short_of_memory = true;
    cairo_save(p->cr);
    cairo_rectangle(p->cr, b[0], b[1], b[2] - b[0], b[3] - b[1]);
    cairo_clip(p->cr);
    cairo_translate(p->cr, b[0], b[1]);
    cairo_scale(p->cr, (b[2] - b[0]) / item->image.width, (b[3] - b[1]) / item->image.height);
    cairo_set_source_surface(p->cr, surface, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(p->cr), CAIRO_EXTEND_PAD);
    cairo_paint(p->cr);
    cairo_restore(p->cr);
    cairo_surface_destroy(surface);
}

static void push(jb_device *device, const jb_item *item) {
    cairo_t *cr = ((painter *)device)->cr;
    const double *c = item->push.clip;
    cairo_save(cr);
    cairo_translate(cr, item->push.dx, item->push.dy);
    if (!item->push.clipped) return;
    cairo_rectangle(cr, c[0], c[1], c[2] - c[0], c[3] - c[1]);
    cairo_clip(cr);
}

static void pop(jb_device *device) { cairo_restore(((painter *)device)->cr); }

/* `photos` tells whether images are in the picture. */
static jb_status paint_scene(jb_context *ctx, const jb_scene *scene, const jb_png_options *options,
                             cairo_surface_t *surface, bool *photos) {
    cairo_t *cr = cairo_create(surface);
    painter p = {
        .device = {.path = draw_path, .text = draw_text, .image = draw_image, .push = push, .pop = pop},
        .cr = cr,
        .scale = options->scale,
        .width = (unsigned)cairo_image_surface_get_width(surface),
        .height = (unsigned)cairo_image_surface_get_height(surface),
        .shapes = jb_shapes_new(),
        .stencil = jb_stencil_new()};
    cairo_set_source_rgb(cr, 1, 1, 1);
    if (!options->transparent) cairo_paint(cr);
    cairo_scale(cr, options->scale, options->scale);
    p.short_of_memory = !p.stencil;
    jb_status status = p.stencil ? jb_scene_play(ctx, scene, &p.device) : JB_OK;
    cairo_status_t result = cairo_status(cr);
    if (status == JB_OK && (result || p.short_of_memory)) {
        jb_fail(ctx, (jb_pos){0}, "cannot draw the picture: %s",
                result ? cairo_status_to_string(result) : "out of memory");
        status = JB_FAILED;
    }
    *photos = p.photos;
    jb_shapes_free(p.shapes);
    jb_stencil_free(p.stencil);
    cairo_destroy(cr);
    return status;
}

static jb_status measure(jb_context *ctx, const jb_scene *scene, double scale, unsigned *width,
                         unsigned *height) {
    double w = scene->width * scale, h = scene->height * scale;
    if (!(w > 0 && h > 0 && scale > 0))
        return jb_fail(ctx, (jb_pos){0}, "a picture needs a width, a height and a scale above 0");
    w = MAX(floor(w + 0.5), 1);
    h = MAX(floor(h + 0.5), 1);
    if (w > LARGEST_SIDE || h > LARGEST_SIDE)
        return jb_fail(ctx, (jb_pos){0}, "the picture is larger than the limit of %d pixels a side",
                       LARGEST_SIDE);
    if (w * h > JB_LIMIT_PIXELS)
        return jb_fail(ctx, (jb_pos){0}, "the picture of %u × %u pixels is over the limit of %zu pixels",
                       (unsigned)w, (unsigned)h, JB_LIMIT_PIXELS);
    *width = (unsigned)w;
    *height = (unsigned)h;
    return JB_OK;
}

static jb_status encode(jb_context *ctx, cairo_surface_t *surface, const jb_png_options *options, bool photos,
                        GByteArray *out) {
    double density = MIN(options->scale * 72 / 0.0254, 1e9); /* 1 in is 72 pt and 0.0254 m */
    cairo_surface_flush(surface);
    jb_pixels pixels = {.bytes = cairo_image_surface_get_data(surface),
                        .stride = (size_t)cairo_image_surface_get_stride(surface),
                        .width = (unsigned)cairo_image_surface_get_width(surface),
                        .height = (unsigned)cairo_image_surface_get_height(surface),
                        .layout = options->transparent ? JB_PIXELS_ALPHA : JB_PIXELS_WORDS,
                        .tolerance = photos ? 0 : TOLERANCE};
    if (jb_png_encode(&pixels, (unsigned)(density + 0.5), out)) return JB_OK;
    jb_fail(ctx, (jb_pos){0}, "no memory for a picture of %u × %u pixels", pixels.width, pixels.height);
    return JB_FAILED;
}

jb_status jb_png_write(jb_context *ctx, const jb_scene *scene, const jb_png_options *options,
                       GByteArray *out) {
    unsigned width = 0, height = 0;
    bool photos = false;
    jb_status status = measure(ctx, scene, options->scale, &width, &height);
    if (status != JB_OK) return status;
    cairo_format_t format = options->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
    cairo_surface_t *surface = cairo_image_surface_create(format, (int)width, (int)height);
    if (cairo_surface_status(surface)) {
        jb_fail(ctx, (jb_pos){0}, "no memory for a picture of %u × %u pixels", width, height);
        status = JB_FAILED;
    } else {
        status = paint_scene(ctx, scene, options, surface, &photos);
    }
    if (status == JB_OK) status = encode(ctx, surface, options, photos, out);
    cairo_surface_destroy(surface);
    return status;
}
