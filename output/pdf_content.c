/* The device that scenes are played to: paths, images, groups, tags and links; text is in pdf_text.c. */
#include "output/pdf_content.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"

#define LONGEST_URI 32767 /* bytes, ISO 19005-3 6.1.13 */

static jb_pdf_canvas *canvas_of(jb_device *device) { return (jb_pdf_canvas *)(void *)device; }

static void fail(jb_pdf_canvas *c, const char *what) {
    if (c->drawing->status == JB_OK) jb_fail(c->drawing->ctx, (jb_pos){0}, "page %u: %s", c->page + 1, what);
    c->drawing->status = JB_FAILED;
}

/* ---- paths (8.5) ---- */

static void put_points(jb_pdf_canvas *c, const float *p, unsigned count, const char *operator) {
    for (unsigned i = 0; i < count; i++) {
        jb_pdf_number(c->out, c->dx + p[2 * i]);
        jb_pdf_number(c->out, c->height - (c->dy + p[2 * i + 1]));
    }
    g_string_append(c->out, operator);
}

static void put_segment(jb_pdf_canvas *c, const jb_segment *s) {
    switch (s->kind) {
    case JB_MOVE: put_points(c, s->p, 1, "m\n"); break;
    case JB_LINE: put_points(c, s->p, 1, "l\n"); break;
    case JB_CUBIC: put_points(c, s->p, 3, "c\n"); break;
    case JB_CLOSE: g_string_append(c->out, "h\n"); break;
    }
}

static void put_rect(jb_pdf_canvas *c, double x1, double y1, double x2, double y2) {
    double left = c->dx + MIN(x1, x2), low = c->height - (c->dy + MAX(y1, y2));
    jb_pdf_number(c->out, left);
    jb_pdf_number(c->out, low);
    /* from rounded edge to rounded edge, so that neighbours meet */
    jb_pdf_number(c->out, (round((left + fabs(x2 - x1)) * 100) - round(left * 100)) / 100);
    jb_pdf_number(c->out, (round((low + fabs(y2 - y1)) * 100) - round(low * 100)) / 100);
    g_string_append(c->out, "re\n");
}

static bool is_rect(const jb_segment *s, unsigned count) {
    if (count != 5 || s[0].kind != JB_MOVE || s[4].kind != JB_CLOSE) return false;
    for (int i = 1; i < 4; i++)
        if (s[i].kind != JB_LINE) return false;
    bool across =
        s[0].p[1] == s[1].p[1] && s[1].p[0] == s[2].p[0] && s[2].p[1] == s[3].p[1] && s[3].p[0] == s[0].p[0];
    bool down =
        s[0].p[0] == s[1].p[0] && s[1].p[1] == s[2].p[1] && s[2].p[0] == s[3].p[0] && s[3].p[1] == s[0].p[1];
    return across || down;
}

static void draw_path(jb_device *device, const jb_item *item) {
    jb_pdf_canvas *c = canvas_of(device);
    const jb_paint *paint = &item->path.paint;
    const jb_segment *s = item->path.segments;
    if (!item->path.count || s[0].kind != JB_MOVE || (!paint->fill && !paint->stroke)) return;
    jb_pdf_canvas_mark(c, s[0].p[1] + c->dy);
    jb_pdf_canvas_end_text(c);
    if (paint->fill) jb_pdf_canvas_fill(c, paint->fill_colour);
    if (paint->stroke) jb_pdf_canvas_pen(c, paint);
    if (is_rect(s, item->path.count))
        put_rect(c, s[0].p[0], s[0].p[1], s[2].p[0], s[2].p[1]);
    else
        for (unsigned i = 0; i < item->path.count; i++) put_segment(c, &s[i]);
    g_string_append(c->out, !paint->stroke ? "f\n" : paint->fill ? "B\n" : "S\n");
}

static void draw_text(jb_device *device, const jb_item *item) { jb_pdf_canvas_run(canvas_of(device), item); }

/* ---- images (8.9) ---- */

static jb_pdf_obj *image_object(jb_pdf_drawing *d, const jb_item *item) {
    jb_pdf_obj *image = g_hash_table_lookup(d->images, item->image.pixels);
    if (image) return image;
    size_t length = (size_t)item->image.width * item->image.height * 3;
    image = jb_pdf_stream(d->doc, g_bytes_new_static(item->image.pixels, length), true);
    jb_pdf_put_name(d->doc, image, "Type", "XObject");
    jb_pdf_put_name(d->doc, image, "Subtype", "Image");
    jb_pdf_put_int(d->doc, image, "Width", (int)item->image.width);
    jb_pdf_put_int(d->doc, image, "Height", (int)item->image.height);
    jb_pdf_put_name(d->doc, image, "ColorSpace", "DeviceRGB");
    jb_pdf_put_int(d->doc, image, "BitsPerComponent", 8);
    if (image) g_hash_table_insert(d->images, (gpointer)item->image.pixels, image);
    return image;
}

static void draw_image(jb_device *device, const jb_item *item) {
    jb_pdf_canvas *c = canvas_of(device);
    const double *box = item->image.box;
    if (!item->image.width || !item->image.height) return;
    if (item->image.width > JB_LIMIT_PIXELS / item->image.height) {
        fail(c, "an image has too many pixels");
        return;
    }
    jb_pdf_obj *image = image_object(c->drawing, item);
    if (!c->images) c->images = jb_pdf_dict(c->drawing->doc);
    char name[16];
    g_snprintf(name, sizeof name, "I%u", jb_pdf_id(image));
    jb_pdf_put(c->drawing->doc, c->images, name, image);
    jb_pdf_canvas_mark(c, box[1] + c->dy);
    jb_pdf_canvas_end_text(c);
    g_string_append(c->out, "q\n");
    jb_pdf_number(c->out, box[2] - box[0]);
    g_string_append(c->out, "0 0 ");
    jb_pdf_number(c->out, box[3] - box[1]);
    jb_pdf_number(c->out, c->dx + box[0]);
    jb_pdf_number(c->out, c->height - (c->dy + box[3]));
    g_string_append_printf(c->out, "cm\n/%s Do\nQ\n", name);
}

/* ---- groups: a move is added to what is drawn, only a clip needs operators ---- */

/* Marked content lies wholly inside a clip or wholly around it. */
static void settle(jb_pdf_canvas *c, double y) {
    if (c->tag == JB_PDF_UNMARKED)
        jb_pdf_canvas_unmark(c);
    else
        jb_pdf_canvas_mark(c, y);
    jb_pdf_canvas_end_text(c);
}

static void begin_group(jb_device *device, const jb_item *item) {
    jb_pdf_canvas *c = canvas_of(device);
    jb_pdf_group group = {c->dx, c->dy, item->push.clipped, c->state};
    g_array_append_val(c->groups, group);
    c->dx += item->push.dx;
    c->dy += item->push.dy;
    if (!item->push.clipped) return;
    const double *clip = item->push.clip;
    settle(c, clip[1] + c->dy);
    g_string_append(c->out, "q\n");
    put_rect(c, clip[0], clip[1], clip[2], clip[3]);
    g_string_append(c->out, "W n\n");
}

static void end_group(jb_device *device) {
    jb_pdf_canvas *c = canvas_of(device);
    jb_pdf_group group = g_array_index(c->groups, jb_pdf_group, c->groups->len - 1);
    g_array_set_size(c->groups, c->groups->len - 1);
    c->dx = group.dx;
    c->dy = group.dy;
    if (!group.clipped) return;
    settle(c, c->dy);
    g_string_append(c->out, "Q\n");
    c->state = group.state;
}

/* ---- tags and links ---- */

static bool is_element(const jb_pdf_canvas *c, int element) {
    return element >= 0 && (guint)element < c->drawing->structure->elements->len;
}

static void set_tag(jb_device *device, int element) {
    jb_pdf_canvas *c = canvas_of(device);
    if (element < JB_ARTIFACT_REPEATED || (element >= 0 && !is_element(c, element)))
        fail(c, "content is tagged with an element that does not exist");
    else
        c->tag = element;
}

/* Nothing is written: the next tag may be the same element's. */
static void end_tag(jb_device *device) { canvas_of(device)->tag = JB_PDF_UNMARKED; }

/* URIs are ASCII (12.6.4.7). Freed with g_free. */
static char *ascii_uri(const char *uri) {
    GString *out = g_string_new(NULL);
    for (const unsigned char *p = (const unsigned char *)uri; *p; p++)
        if (*p > 0x20 && *p < 0x7F)
            g_string_append_c(out, (char)*p);
        else
            g_string_append_printf(out, "%%%02X", *p);
    return g_string_free(out, FALSE);
}

static jb_pdf_obj *action(jb_pdf_doc *doc, const char *uri) {
    jb_pdf_obj *a = jb_pdf_dict(doc);
    jb_pdf_put_name(doc, a, "S", "URI");
    jb_pdf_put_ascii(doc, a, "URI", uri);
    return a;
}

static jb_pdf_obj *annotation(jb_pdf_canvas *c, const jb_item *item, const char *uri) {
    jb_pdf_doc *doc = c->drawing->doc;
    const double *box = item->link.box;
    double rect[4] = {c->dx + box[0], c->height - (c->dy + box[3]), c->dx + box[2],
                      c->height - (c->dy + box[1])};
    jb_pdf_obj *a = jb_pdf_indirect(doc, jb_pdf_dict(doc)), *corners = jb_pdf_array(doc),
               *border = jb_pdf_array(doc);
    for (int i = 0; i < 4; i++) jb_pdf_put_real(doc, corners, NULL, rect[i]);
    for (int i = 0; i < 3; i++) jb_pdf_put_int(doc, border, NULL, 0);
    jb_pdf_put_name(doc, a, "Type", "Annot");
    jb_pdf_put_name(doc, a, "Subtype", "Link");
    jb_pdf_put(doc, a, "Rect", corners);
    jb_pdf_put(doc, a, "Border", border);
    jb_pdf_put_int(doc, a, "F", 4); /* print: ISO 19005-3 6.3.2 */
    jb_pdf_put_text(doc, a, "Contents",
                    item->link.label && *item->link.label ? item->link.label : item->link.uri);
    jb_pdf_put(doc, a, "A", action(doc, uri));
    jb_pdf_put_int(doc, a, "StructParent", (int)c->drawing->next_key++);
    return a;
}

static void draw_link(jb_device *device, const jb_item *item) {
    jb_pdf_canvas *c = canvas_of(device);
    jb_pdf_drawing *d = c->drawing;
    if (!item->link.uri) return;
    if (!is_element(c, item->link.element)) {
        fail(c, "a link has no structure element");
        return;
    }
    char *uri = ascii_uri(item->link.uri);
    if (strlen(uri) > LONGEST_URI) {
        fail(c, "a link's address is longer than 32,767 bytes");
    } else {
        jb_pdf_obj *a = annotation(c, item, uri);
        if (!c->links) c->links = jb_pdf_array(d->doc);
        jb_pdf_put(d->doc, c->links, NULL, a);
        jb_pdf_mark mark = {item->link.element, c->page, jb_pdf_id(a), true};
        g_array_append_val(d->marks, mark);
    }
    g_free(uri);
}

/* ---- the page ---- */

static void complete(jb_pdf_canvas *c, const jb_scene *scene, jb_pdf_obj *dict) {
    jb_pdf_doc *doc = c->drawing->doc;
    jb_pdf_obj *box = jb_pdf_array(doc), *resources = jb_pdf_dict(doc);
    jb_pdf_put_int(doc, box, NULL, 0);
    jb_pdf_put_int(doc, box, NULL, 0);
    jb_pdf_put_real(doc, box, NULL, scene->width);
    jb_pdf_put_real(doc, box, NULL, scene->height);
    jb_pdf_put(doc, dict, "MediaBox", box);
    jb_pdf_put(doc, resources, "Font", c->fonts);
    if (c->images) jb_pdf_put(doc, resources, "XObject", c->images);
    jb_pdf_put(doc, dict, "Resources", resources);
    jb_pdf_put(doc, dict, "Contents", jb_pdf_stream(doc, g_string_free_to_bytes(c->out), true));
    if (c->links) jb_pdf_put(doc, dict, "Annots", c->links);
    if (c->mcids) jb_pdf_put_int(doc, dict, "StructParents", (int)c->page);
    jb_pdf_put_name(doc, dict, "Tabs", "S"); /* ISO 14289-1 7.18.3 */
}

jb_status jb_pdf_page_draw(jb_pdf_drawing *d, const jb_scene *scene, unsigned page, jb_pdf_obj *dict) {
    jb_pdf_canvas c = {
        .device = {draw_path, draw_text, draw_image, begin_group, end_group, set_tag, end_tag, draw_link},
        .drawing = d,
        .out = g_string_new(NULL),
        .page = page,
        .height = scene->height,
        .groups = g_array_new(FALSE, FALSE, sizeof(jb_pdf_group)),
        .state = {.width = 1, .face = -1}, /* the others begin as zero: black, solid, butt, mitred (8.4.1) */
        .tag = JB_PDF_UNMARKED,
        .marked = JB_PDF_UNMARKED,
        .faces = g_new0(bool, jb_pdf_fonts_count(d->fonts) + 1),
        .fonts = jb_pdf_dict(d->doc),
    };
    jb_status status = jb_scene_play(d->ctx, scene, &c.device);
    jb_pdf_canvas_unmark(&c);
    complete(&c, scene, dict);
    g_array_free(c.groups, TRUE);
    g_free(c.faces);
    if (status == JB_OK) status = d->status;
    return status == JB_OK ? jb_pdf_doc_status(d->doc) : status;
}
