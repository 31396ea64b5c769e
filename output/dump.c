/* The scene dump: one JSON object an item, keys in a fixed order (docs/dumps.md). */
#include <libdeflate.h>
#include "base/text.h"
#include "output/device.h"
#include "output/path.h"
#include "output/write.h"

#define DECIMALS 3

typedef struct dumper {
    jb_device device;
    GString *out;
    unsigned page;
} dumper;

static GString *begin(jb_device *device, const char *item) {
    dumper *d = (dumper *)device;
    g_string_append_c(d->out, '{');
    if (d->page) g_string_append_printf(d->out, "\"page\":%u,", d->page);
    g_string_append_printf(d->out, "\"item\":\"%s\"", item);
    return d->out;
}

static void end(GString *out) { g_string_append(out, "}\n"); }

static void put_number(GString *out, const char *key, double value) {
    g_string_append_printf(out, ",\"%s\":", key);
    jb_text_number(out, value, DECIMALS);
}

static void put_numbers(GString *out, const char *key, const double *values, unsigned count) {
    g_string_append_printf(out, ",\"%s\":[", key);
    for (unsigned i = 0; i < count; i++) {
        if (i) g_string_append_c(out, ',');
        jb_text_number(out, values[i], DECIMALS);
    }
    g_string_append_c(out, ']');
}

static void put_colour(GString *out, const char *key, jb_colour c) {
    g_string_append_printf(out, ",\"%s\":\"#%02x%02x%02x\"", key, c.r, c.g, c.b);
}

static void put_string(GString *out, const char *key, const char *value) {
    g_string_append_printf(out, ",\"%s\":", key);
    jb_text_json(out, value);
}

static void dump_path(jb_device *device, const jb_item *item) {
    const jb_paint *paint = &item->path.paint;
    GString *out = begin(device, "path");
    if (paint->fill) put_colour(out, "fill", paint->fill_colour);
    if (paint->stroke) {
        unsigned dashes = jb_paint_dashes(paint);
        put_colour(out, "stroke", paint->stroke_colour);
        put_number(out, "width", paint->width);
        if (dashes) put_numbers(out, "dash", paint->dash, dashes);
        if (paint->join == JB_JOIN_ROUND) put_string(out, "join", "round");
    }
    g_string_append(out, ",\"d\":\"");
    jb_path_text(out, item->path.segments, item->path.count, DECIMALS);
    g_string_append_c(out, '"');
    end(out);
}

static void dump_text(jb_device *device, const jb_item *item) {
    const jb_run *run = item->text.run;
    GString *out = begin(device, "text");
    put_number(out, "x", item->text.x);
    put_number(out, "y", item->text.y);
    put_number(out, "size", run->size);
    put_string(out, "face", run->face->postscript);
    put_colour(out, "colour", item->text.colour);
    g_string_append(out, ",\"text\":");
    jb_text_json_n(out, run->text, run->length);
    g_string_append_printf(out, ",\"glyphs\":%u", run->count);
    put_number(out, "width", run->width);
    end(out);
}

static void dump_image(jb_device *device, const jb_item *item) {
    size_t bytes = (size_t)item->image.width * item->image.height * 3;
    GString *out = begin(device, "image");
    put_numbers(out, "box", item->image.box, 4);
    g_string_append_printf(out, ",\"width\":%u,\"height\":%u,\"crc\":\"%08x\"", item->image.width,
                           item->image.height, libdeflate_crc32(0, item->image.pixels, bytes));
    end(out);
}

static void dump_push(jb_device *device, const jb_item *item) {
    GString *out = begin(device, "push");
    put_number(out, "dx", item->push.dx);
    put_number(out, "dy", item->push.dy);
    if (item->push.clipped) put_numbers(out, "clip", item->push.clip, 4);
    end(out);
}

static void dump_pop(jb_device *device) { end(begin(device, "pop")); }

static void dump_tag(jb_device *device, int element) {
    GString *out = begin(device, "tag");
    if (element >= 0)
        g_string_append_printf(out, ",\"element\":%d", element);
    else
        put_string(out, "artifact",
                   element == JB_ARTIFACT_LAYOUT       ? "layout"
                   : element == JB_ARTIFACT_PAGINATION ? "pagination"
                                                       : "repeated");
    end(out);
}

static void dump_untag(jb_device *device) { end(begin(device, "untag")); }

static void dump_link(jb_device *device, const jb_item *item) {
    GString *out = begin(device, "link");
    put_numbers(out, "box", item->link.box, 4);
    if (item->link.uri) put_string(out, "uri", item->link.uri);
    g_string_append_printf(out, ",\"element\":%d", item->link.element);
    if (item->link.label) put_string(out, "label", item->link.label);
    end(out);
}

jb_status jb_scene_dump(jb_context *ctx, const jb_scene *scene, unsigned page, GString *out) {
    dumper d = {.device = {.path = dump_path,
                           .text = dump_text,
                           .image = dump_image,
                           .push = dump_push,
                           .pop = dump_pop,
                           .tag = dump_tag,
                           .untag = dump_untag,
                           .link = dump_link},
                .out = out,
                .page = page};
    return jb_scene_play(ctx, scene, &d.device);
}
