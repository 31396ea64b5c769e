/* The device that scenes are played to: paths, images, groups, tags and links; text is in pdf_text.c. */
#include "output/pdf_content.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"

#define LONGEST_URI 32000 /* bytes: within ISO 19005-3 6.1.13 */

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
    char name[16];
    g_snprintf(name, sizeof name, "I%u", jb_pdf_id(image));
    if (!g_hash_table_contains(c->seen, image))
        g_string_append_printf(c->images, "/%s %u 0 R", name, jb_pdf_id(image));
    g_hash_table_add(c->seen, image);
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

static void put_box(GString *out, const char *key, const double box[4]) {
    g_string_append_printf(out, "/%s[", key);
    for (int i = 0; i < 4; i++) jb_pdf_number(out, box[i]);
    g_string_truncate(out, out->len - 1);
    g_string_append_c(out, ']');
}

/* Returns the number of the annotation (12.5.6.5). */
static unsigned annotation(jb_pdf_canvas *c, const jb_item *item, const char *uri) {
    jb_pdf_drawing *d = c->drawing;
    const double *box = item->link.box;
    const char *label = item->link.label && *item->link.label ? item->link.label : item->link.uri;
    double rect[4] = {c->dx + box[0], c->height - (c->dy + box[3]), c->dx + box[2],
                      c->height - (c->dy + box[1])};
    GString *text = g_string_new("<</Type/Annot/Subtype/Link");
    unsigned id = jb_pdf_raw(d->doc);
    put_box(text, "Rect", rect);
    g_string_append(text, "/Border[0 0 0]/F 4/Contents"); /* F: print, ISO 19005-3 6.3.2 */
    jb_pdf_text(text, label, strlen(label));
    g_string_append(text, "/A<</S/URI/URI");
    jb_pdf_text(text, uri, strlen(uri));
    g_string_append_printf(text, ">>/StructParent %u>>", d->next_key++);
    jb_pdf_raw_set(d->doc, id, text->str, text->len);
    g_string_free(text, TRUE);
    return id;
}

static void draw_link(jb_device *device, const jb_item *item) {
    jb_pdf_canvas *c = canvas_of(device);
    if (!item->link.uri) return;
    if (!is_element(c, item->link.element)) {
        fail(c, "a link has no structure element");
        return;
    }
    char *uri = ascii_uri(item->link.uri);
    if (strlen(uri) > LONGEST_URI) {
        fail(c, "a link's address is too long");
    } else {
        jb_pdf_mark mark = {item->link.element, c->page, annotation(c, item, uri), true};
        g_array_append_val(c->drawing->marks, mark);
        g_string_append_printf(c->links, "%u 0 R ", mark.value);
    }
    g_free(uri);
}

/* ---- the page ---- */

static void write_page(jb_pdf_canvas *c, const jb_scene *scene, unsigned id, unsigned parent) {
    jb_pdf_doc *doc = c->drawing->doc;
    double box[4] = {0, 0, scene->width, scene->height};
    GString *text = g_string_new(NULL);
    g_string_printf(text, "<</Type/Page/Parent %u 0 R", parent);
    put_box(text, "MediaBox", box);
    g_string_append_printf(text, "/Resources<</Font<<%s>>", c->fonts->str);
    if (c->images->len) g_string_append_printf(text, "/XObject<<%s>>", c->images->str);
    g_string_append_printf(text, ">>/Contents %u 0 R",
                           jb_pdf_id(jb_pdf_stream(doc, g_string_free_to_bytes(c->out), true)));
    if (c->links->len) g_string_append_printf(text, "/Annots[%s]", c->links->str);
    if (c->mcids) g_string_append_printf(text, "/StructParents %u", c->page);
    g_string_append(text, "/Tabs/S>>"); /* ISO 14289-1 7.18.3 */
    jb_pdf_raw_set(doc, id, text->str, text->len);
    g_string_free(text, TRUE);
}

static void clear_canvas(jb_pdf_canvas *c) {
    g_array_free(c->groups, TRUE);
    g_hash_table_destroy(c->seen);
    g_string_free(c->fonts, TRUE);
    g_string_free(c->images, TRUE);
    g_string_free(c->links, TRUE);
    g_free(c->faces);
}

jb_status jb_pdf_page_draw(jb_pdf_drawing *d, const jb_scene *scene, unsigned page, unsigned id,
                           unsigned parent) {
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
        .seen = g_hash_table_new(NULL, NULL),
        .fonts = g_string_new(NULL),
        .images = g_string_new(NULL),
        .links = g_string_new(NULL),
    };
    jb_status status = jb_scene_play(d->ctx, scene, &c.device);
    jb_pdf_canvas_unmark(&c);
    write_page(&c, scene, id, parent);
    clear_canvas(&c);
    if (status == JB_OK) status = d->status;
    return status == JB_OK ? jb_pdf_doc_status(d->doc) : status;
}
