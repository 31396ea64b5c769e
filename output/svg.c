/* Scenes to SVG 1.1: glyphs as paths defined once and used by reference, so that a picture needs no fonts; or
 * text as text, to be edited. */
#include "output/write.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "output/device.h"
#include "output/path.h"
#include "output/png_encode.h"

#define DECIMALS 3

typedef struct writer {
    jb_device device;
    GString *body, *clips;
    jb_shapes *shapes;
    unsigned clip_count;
    bool short_of_memory;
} writer;

static GString *body(jb_device *device) { return ((writer *)device)->body; }

static void put_number(GString *out, const char *key, double value) {
    g_string_append_printf(out, " %s=\"", key);
    jb_text_number(out, value, DECIMALS);
    g_string_append_c(out, '"');
}

static void put_colour(GString *out, const char *key, jb_colour c) {
    g_string_append_printf(out, " %s=\"#%02x%02x%02x\"", key, c.r, c.g, c.b);
}

/* Text without U+FFFE and U+FFFF, which are not XML characters (XML 1.0, 2.2). */
static void put_text(GString *out, const char *text, size_t length) {
    GString *clean = g_string_sized_new(length);
    for (size_t i = 0; i < length && text[i]; i++) {
        if (i + 2 < length && !memcmp(text + i, "\xEF\xBF", 2) && (unsigned char)text[i + 2] >= 0xBE)
            i += 2;
        else
            g_string_append_c(clean, text[i]);
    }
    jb_text_xml(out, clean->str);
    g_string_free(clean, TRUE);
}

static void put_attribute(GString *out, const char *key, const char *text, size_t length) {
    g_string_append_printf(out, " %s=\"", key);
    put_text(out, text, length);
    g_string_append_c(out, '"');
}

static void put_element(GString *out, const char *name, const char *text) {
    g_string_append_printf(out, "<%s id=\"%s\">", name, name);
    put_text(out, text, strlen(text));
    g_string_append_printf(out, "</%s>\n", name);
}

/* x, y, width and height of a box. */
static void put_box(GString *out, const double box[4]) {
    put_number(out, "x", box[0]);
    put_number(out, "y", box[1]);
    put_number(out, "width", MAX(box[2] - box[0], 0));
    put_number(out, "height", MAX(box[3] - box[1], 0));
}

static void put_stroke(GString *out, const jb_paint *paint) {
    unsigned dashes = jb_paint_dashes(paint);
    put_colour(out, "stroke", paint->stroke_colour);
    put_number(out, "stroke-width", paint->width);
    if (paint->join == JB_JOIN_ROUND)
        g_string_append(out, " stroke-linejoin=\"round\" stroke-linecap=\"round\"");
    if (!dashes) return;
    g_string_append(out, " stroke-dasharray=\"");
    for (unsigned i = 0; i < dashes; i++) {
        if (i) g_string_append_c(out, ' ');
        jb_text_number(out, paint->dash[i], DECIMALS);
    }
    g_string_append_c(out, '"');
}

static void write_path(jb_device *device, const jb_item *item) {
    const jb_paint *paint = &item->path.paint;
    GString *out = body(device);
    bool stroke = paint->stroke && paint->width > 0;
    if (!paint->fill && !stroke) return;
    g_string_append(out, "<path");
    if (paint->fill)
        put_colour(out, "fill", paint->fill_colour);
    else
        g_string_append(out, " fill=\"none\"");
    if (stroke) put_stroke(out, paint);
    g_string_append(out, " d=\"");
    jb_path_text(out, item->path.segments, item->path.count, DECIMALS);
    g_string_append(out, "\"/>\n");
}

static void put_translate(GString *out, double x, double y) {
    g_string_append(out, " transform=\"translate(");
    jb_text_number(out, x, DECIMALS);
    g_string_append_c(out, ' ');
    jb_text_number(out, y, DECIMALS);
    g_string_append_c(out, ')');
}

static void put_use(GString *out, const jb_shape *shape, double x, double y) {
    g_string_append_printf(out, "<use xlink:href=\"#g%u\"", shape->index);
    if (fabs(x) >= 0.0005) put_number(out, "x", x);
    if (fabs(y) >= 0.0005) put_number(out, "y", y);
    g_string_append(out, "/>");
}

/* A group in units of the em, labelled with its text. */
static void write_text(jb_device *device, const jb_item *item) {
    const jb_run *run = item->text.run;
    GString *out = body(device);
    if (!(run->size > 0)) return;
    g_string_append(out, "<g");
    put_colour(out, "fill", item->text.colour);
    put_translate(out, item->text.x, item->text.y);
    g_string_append(out, " scale(");
    jb_text_number(out, run->size, DECIMALS);
    g_string_append(out, ")\"");
    put_attribute(out, "aria-label", run->text, run->length);
    g_string_append_c(out, '>');
    for (uint32_t i = 0; i < run->count; i++) {
        const jb_glyph *g = &run->glyphs[i];
        const jb_shape *shape = jb_shapes_get(((writer *)device)->shapes, run->face, g->id);
        if (shape->count) put_use(out, shape, (double)g->x / run->size, (double)g->y / run->size);
    }
    g_string_append(out, "</g>\n");
}

/* Families that look alike, for machines that have not the face itself. */
static const char *families_like(const char *family) {
    static const struct {
        const char *part, *others;
    } kinds[] = {{"Kai", "KaiTi, STKaiti, serif"},
                 {"Serif", "Source Han Serif SC, SimSun, Songti SC, serif"},
                 {"Song", "Source Han Serif SC, SimSun, Songti SC, serif"},
                 {"Sun", "Source Han Serif SC, Songti SC, serif"},
                 {"Times", "serif"}};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strstr(family, kinds[i].part)) return kinds[i].others;
    return "Source Han Sans SC, Microsoft YaHei, SimHei, PingFang SC, sans-serif";
}

static void put_font(GString *out, const jb_run *run) {
    char *family = g_strdelimit(g_strdup(run->face->family), "'\\", ' ');
    g_string_append(out, " font-family=\"'");
    put_text(out, family, strlen(family));
    g_string_append_printf(out, "', %s\"", families_like(family));
    g_free(family);
    put_number(out, "font-size", run->size);
    if (run->face->weight >= 600) g_string_append(out, " font-weight=\"bold\"");
}

/* Text as text. It is as long here as there, so that what stands beside it does not meet it in another font.
 */
static void write_words(jb_device *device, const jb_item *item) {
    const jb_run *run = item->text.run;
    GString *out = body(device);
    if (!(run->size > 0) || !run->length) return;
    const jb_glyph *last = run->count ? &run->glyphs[run->count - 1] : NULL;
    double length = last ? (double)last->x + (double)last->advance : 0;
    g_string_append(out, "<text xml:space=\"preserve\"");
    put_number(out, "x", item->text.x);
    put_number(out, "y", item->text.y);
    put_font(out, run);
    put_colour(out, "fill", item->text.colour);
    if (run->count > 1 && length > 0) {
        put_number(out, "textLength", length);
        g_string_append(out, " lengthAdjust=\"spacing\"");
    }
    g_string_append_c(out, '>');
    put_text(out, run->text, run->length);
    g_string_append(out, "</text>\n");
}

/* Appends the pixels as a data URI of a PNG; false when memory is short. */
static bool put_pixels(GString *out, const uint8_t *pixels, unsigned width, unsigned height) {
    GByteArray *png = g_byte_array_new();
    jb_pixels rows = {.bytes = pixels, .stride = (size_t)width * 3, .width = width, .height = height};
    bool done = jb_png_encode(&rows, 0, png);
    if (done) {
        char *text = g_base64_encode(png->data, png->len);
        g_string_append(g_string_append(out, "data:image/png;base64,"), text);
        g_free(text);
    }
    g_byte_array_free(png, TRUE);
    return done;
}

static void write_image(jb_device *device, const jb_item *item) {
    GString *out = body(device);
    size_t count = (size_t)item->image.width * item->image.height;
    if (!count) return;
    g_string_append(out, "<image");
    put_box(out, item->image.box);
    g_string_append(out, " preserveAspectRatio=\"none\" xlink:href=\"");
    if (count > JB_LIMIT_PIXELS ||
        !put_pixels(out, item->image.pixels, item->image.width, item->image.height))
        ((writer *)device)->short_of_memory = true;
    g_string_append(out, "\"/>\n");
}

static void push(jb_device *device, const jb_item *item) {
    writer *w = (writer *)device;
    g_string_append(w->body, "<g");
    if (item->push.dx != 0 || item->push.dy != 0) {
        put_translate(w->body, item->push.dx, item->push.dy);
        g_string_append_c(w->body, '"');
    }
    if (item->push.clipped) {
        g_string_append_printf(w->clips, "<clipPath id=\"c%u\"><rect", w->clip_count);
        put_box(w->clips, item->push.clip);
        g_string_append(w->clips, "/></clipPath>\n");
        g_string_append_printf(w->body, " clip-path=\"url(#c%u)\"", w->clip_count++);
    }
    g_string_append(w->body, ">\n");
}

static void pop(jb_device *device) { g_string_append(body(device), "</g>\n"); }

/* Other schemes could run code in the page that shows the picture. */
static bool is_safe(const char *uri) {
    static const char *const schemes[] = {"http://", "https://", "mailto:"};
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (!g_ascii_strncasecmp(uri, schemes[i], strlen(schemes[i]))) return true;
    return false;
}

static void write_link(jb_device *device, const jb_item *item) {
    GString *out = body(device);
    const char *uri = item->link.uri, *label = item->link.label;
    if (!uri || !is_safe(uri)) return;
    g_string_append(out, "<a");
    put_attribute(out, "xlink:href", uri, strlen(uri));
    if (label) put_attribute(out, "xlink:title", label, strlen(label));
    g_string_append(out, "><rect");
    put_box(out, item->link.box);
    g_string_append(out, " fill=\"none\" pointer-events=\"all\"/></a>\n");
}

static void put_head(GString *out, const jb_scene *scene, const jb_svg_options *options) {
    const char *title = options->title, *description = options->description;
    double scale = options->scale;
    const char *label = title && description ? " aria-labelledby=\"title desc\""
                        : title              ? " aria-labelledby=\"title\""
                        : description        ? " aria-labelledby=\"desc\""
                                             : "";
    g_string_append(out,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                    "version=\"1.1\"");
    put_number(out, "width", scene->width * scale);
    put_number(out, "height", scene->height * scale);
    g_string_append(out, " viewBox=\"0 0 ");
    jb_text_number(out, scene->width, DECIMALS);
    g_string_append_c(out, ' ');
    jb_text_number(out, scene->height, DECIMALS);
    g_string_append_printf(out, "\" role=\"img\"%s stroke-miterlimit=\"10\"", label);
    if (options->language) put_attribute(out, "xml:lang", options->language, strlen(options->language));
    g_string_append(out, ">\n");
    if (title) put_element(out, "title", title);
    if (description) put_element(out, "desc", description);
}

/* Outlines in 1/1000 em, so that most coordinates are integers. */
static void put_shape(GString *out, const jb_shape *shape) {
    g_string_append_printf(out, "<path id=\"g%u\" transform=\"scale(.001)\" d=\"", shape->index);
    for (unsigned i = 0; i < shape->count; i++) {
        jb_segment s = shape->segments[i];
        for (int j = 0; j < 6; j++) s.p[j] *= 1000;
        jb_path_text(out, &s, 1, 1);
    }
    g_string_append(out, "\"/>\n");
}

static void put_definitions(GString *out, const writer *w) {
    const jb_shape *shape = jb_shapes_nth(w->shapes, 0);
    if (!shape && !w->clip_count) return;
    g_string_append(out, "<defs>\n");
    for (unsigned i = 0; (shape = jb_shapes_nth(w->shapes, i)); i++) put_shape(out, shape);
    g_string_append_len(out, w->clips->str, (gssize)w->clips->len);
    g_string_append(out, "</defs>\n");
}

static bool has_size(const jb_scene *scene, double scale) {
    double w = scene->width * scale, h = scene->height * scale;
    return scene->width > 0 && scene->height > 0 && scale > 0 && isfinite(w) && isfinite(h);
}

static jb_status play(jb_context *ctx, const jb_scene *scene, writer *w) {
    jb_status status = jb_scene_play(ctx, scene, &w->device);
    if (status != JB_OK || !w->short_of_memory) return status;
    jb_fail(ctx, (jb_pos){0}, "no memory for a picture inside the SVG");
    return JB_FAILED;
}

jb_status jb_svg_write(jb_context *ctx, const jb_scene *scene, const jb_svg_options *options, GString *out) {
    if (!has_size(scene, options->scale))
        return jb_fail(ctx, (jb_pos){0}, "a picture needs a width, a height and a scale above 0");
    writer w = {.device = {.path = write_path,
                           .text = options->text ? write_words : write_text,
                           .image = write_image,
                           .push = push,
                           .pop = pop,
                           .link = write_link},
                .body = g_string_new(NULL),
                .clips = g_string_new(NULL),
                .shapes = jb_shapes_new()};
    jb_status status = play(ctx, scene, &w);
    if (status == JB_OK) {
        put_head(out, scene, options);
        put_definitions(out, &w);
        g_string_append_len(out, w.body->str, (gssize)w.body->len);
        g_string_append(out, "</svg>\n");
    }
    jb_shapes_free(w.shapes);
    g_string_free(w.clips, TRUE);
    g_string_free(w.body, TRUE);
    return status;
}
