/* Scenes: items are appended, what they point to is copied into the scene's arena. */
#include "output/scene.h"

#include <string.h>

/* Control points of a quarter circle of radius 1: 4/3 (sqrt 2 - 1). */
#define QUARTER 0.5522847498

jb_scene *jb_scene_new(jb_arena *arena, double width, double height) {
    jb_scene *scene = g_new0(jb_scene, 1);
    scene->owns_arena = !arena;
    scene->arena = arena ? arena : jb_arena_new();
    scene->width = width;
    scene->height = height;
    scene->items = g_array_new(FALSE, FALSE, sizeof(jb_item));
    return scene;
}

void jb_scene_free(jb_scene *scene) {
    if (!scene) return;
    g_array_free(scene->items, TRUE);
    if (scene->owns_arena) jb_arena_free(scene->arena);
    g_free(scene);
}

static void add(jb_scene *scene, const jb_item *item) { g_array_append_vals(scene->items, item, 1); }

static jb_segment *copy_segments(jb_arena *arena, const jb_segment *segments, unsigned count) {
    jb_segment *copy = JB_ARRAY(arena, jb_segment, count);
    if (count) memcpy(copy, segments, count * sizeof *copy);
    return copy;
}

/* Adds a path whose segments are in the arena already. */
static void add_path(jb_scene *scene, const jb_segment *segments, unsigned count, const jb_paint *paint) {
    jb_item item = {.kind = JB_ITEM_PATH};
    item.path.segments = segments;
    item.path.count = count;
    item.path.paint = *paint;
    add(scene, &item);
}

void jb_scene_path(jb_scene *scene, const jb_segment *segments, unsigned count, const jb_paint *paint) {
    if (count) add_path(scene, copy_segments(scene->arena, segments, count), count, paint);
}

static jb_segment point(jb_segment_kind kind, double x, double y) {
    return (jb_segment){kind, {(float)x, (float)y}};
}

void jb_scene_rect(jb_scene *scene, double x, double y, double width, double height, const jb_paint *paint) {
    const double xy[] = {x, y, x + width, y, x + width, y + height, x, y + height};
    jb_scene_polyline(scene, xy, 4, true, paint);
}

void jb_scene_line(jb_scene *scene, double x1, double y1, double x2, double y2, const jb_paint *paint) {
    const double xy[] = {x1, y1, x2, y2};
    jb_scene_polyline(scene, xy, 2, false, paint);
}

void jb_scene_polyline(jb_scene *scene, const double *xy, unsigned points, bool closed,
                       const jb_paint *paint) {
    if (!points) return;
    jb_segment *segments = JB_ARRAY(scene->arena, jb_segment, (size_t)points + closed);
    for (unsigned i = 0; i < points; i++)
        segments[i] = point(i ? JB_LINE : JB_MOVE, xy[2 * (size_t)i], xy[2 * (size_t)i + 1]);
    if (closed) segments[points].kind = JB_CLOSE;
    add_path(scene, segments, points + closed, paint);
}

/* The quarter circle from the direction (c, s) on, clockwise as seen on the page. */
static jb_segment quarter(double x, double y, double r, double c, double s) {
    double k = QUARTER * r;
    return (jb_segment){JB_CUBIC,
                        {(float)(x + c * r - s * k), (float)(y + s * r + c * k), (float)(x - s * r + c * k),
                         (float)(y + c * r + s * k), (float)(x - s * r), (float)(y + c * r)}};
}

void jb_scene_circle(jb_scene *scene, double x, double y, double radius, const jb_paint *paint) {
    jb_segment *segments = JB_ARRAY(scene->arena, jb_segment, 6);
    segments[0] = point(JB_MOVE, x + radius, y);
    segments[1] = quarter(x, y, radius, 1, 0);
    segments[2] = quarter(x, y, radius, 0, 1);
    segments[3] = quarter(x, y, radius, -1, 0);
    segments[4] = quarter(x, y, radius, 0, -1);
    segments[5].kind = JB_CLOSE;
    add_path(scene, segments, 6, paint);
}

void jb_scene_text(jb_scene *scene, const jb_run *run, double x, double y, jb_colour colour) {
    jb_item item = {.kind = JB_ITEM_TEXT};
    item.text.run = run;
    item.text.x = x;
    item.text.y = y;
    item.text.colour = colour;
    add(scene, &item);
}

void jb_scene_image(jb_scene *scene, const uint8_t *pixels, unsigned width, unsigned height,
                    const double box[4]) {
    jb_item item = {.kind = JB_ITEM_IMAGE};
    item.image.pixels = pixels;
    item.image.width = width;
    item.image.height = height;
    memcpy(item.image.box, box, sizeof item.image.box);
    add(scene, &item);
}

void jb_scene_push(jb_scene *scene, double dx, double dy, const double *clip) {
    jb_item item = {.kind = JB_ITEM_PUSH};
    item.push.dx = dx;
    item.push.dy = dy;
    item.push.clipped = clip != NULL;
    if (clip) memcpy(item.push.clip, clip, sizeof item.push.clip);
    add(scene, &item);
}

void jb_scene_pop(jb_scene *scene) { add(scene, &(jb_item){.kind = JB_ITEM_POP}); }

void jb_scene_tag(jb_scene *scene, int element) {
    jb_item item = {.kind = JB_ITEM_TAG};
    item.tag.element = element;
    add(scene, &item);
}

void jb_scene_untag(jb_scene *scene) { add(scene, &(jb_item){.kind = JB_ITEM_UNTAG}); }

void jb_scene_link(jb_scene *scene, const double box[4], const char *uri, int element, const char *label) {
    jb_item item = {.kind = JB_ITEM_LINK};
    memcpy(item.link.box, box, sizeof item.link.box);
    item.link.uri = jb_arena_string(scene->arena, uri);
    item.link.element = element;
    item.link.label = jb_arena_string(scene->arena, label);
    add(scene, &item);
}

/* A copy of an item whose segments and strings belong to the arena. */
static jb_item copy_item(jb_arena *arena, jb_item item) {
    if (item.kind == JB_ITEM_PATH) {
        item.path.segments = copy_segments(arena, item.path.segments, item.path.count);
    } else if (item.kind == JB_ITEM_LINK) {
        item.link.uri = jb_arena_string(arena, item.link.uri);
        item.link.label = jb_arena_string(arena, item.link.label);
    }
    return item;
}

void jb_scene_place(jb_scene *scene, const jb_scene *other, double dx, double dy) {
    guint count = other->items->len;
    jb_scene_push(scene, dx, dy, NULL);
    for (guint i = 0; i < count; i++) {
        jb_item item = g_array_index(other->items, jb_item, i);
        if (scene->arena != other->arena) item = copy_item(scene->arena, item);
        add(scene, &item);
    }
    jb_scene_pop(scene);
}
