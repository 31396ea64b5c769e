/* Ink bounds of a scene: a device that draws nothing and remembers how far it would have come. */
#include <math.h>
#include <string.h>
#include "output/device.h"
#include "output/write.h"

/* Where a group draws. */
typedef struct frame {
    double dx, dy;
    double clip[4]; /* in the scene's coordinates */
} frame;

typedef struct bounder {
    jb_device device;
    GArray *frames; /* the groups around the current one */
    frame now;
    double box[4];
} bounder;

static const double nothing[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
static const double everything[4] = {-INFINITY, -INFINITY, INFINITY, INFINITY};

static void include(double box[4], double x, double y) {
    box[0] = MIN(box[0], x);
    box[1] = MIN(box[1], y);
    box[2] = MAX(box[2], x);
    box[3] = MAX(box[3], y);
}

static void cut(double box[4], const double clip[4]) {
    box[0] = MAX(box[0], clip[0]);
    box[1] = MAX(box[1], clip[1]);
    box[2] = MIN(box[2], clip[2]);
    box[3] = MIN(box[3], clip[3]);
}

/* Adds a box of the group's coordinates, grown on all sides. */
static void ink(bounder *b, const double box[4], double grow) {
    double moved[4] = {box[0] + b->now.dx - grow, box[1] + b->now.dy - grow, box[2] + b->now.dx + grow,
                       box[3] + b->now.dy + grow};
    cut(moved, b->now.clip);
    if (!(moved[0] <= moved[2] && moved[1] <= moved[3])) return;
    include(b->box, moved[0], moved[1]);
    include(b->box, moved[2], moved[3]);
}

static double cubic_at(double a, double b, double c, double d, double t) {
    double u = 1 - t;
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
}

/* Parameters in (0, 1) where one coordinate of a cubic turns; returns how many. */
static int turns(double a, double b, double c, double d, double t[2]) {
    double p = d - a + 3 * (b - c), q = 2 * (a - 2 * b + c), r = b - a, roots[2];
    int count = 0, kept = 0;
    if (fabs(p) < 1e-12) {
        if (q != 0) roots[count++] = -r / q;
    } else if (q * q - 4 * p * r >= 0) {
        double root = sqrt(q * q - 4 * p * r);
        roots[count++] = (-q + root) / (2 * p);
        roots[count++] = (-q - root) / (2 * p);
    }
    for (int i = 0; i < count; i++)
        if (roots[i] > 0 && roots[i] < 1) t[kept++] = roots[i];
    return kept;
}

static void include_cubic(double box[4], double x, double y, const float p[6]) {
    double t[4];
    int count = turns(x, p[0], p[2], p[4], t);
    count += turns(y, p[1], p[3], p[5], t + count);
    include(box, x, y);
    include(box, p[4], p[5]);
    for (int i = 0; i < count; i++)
        include(box, cubic_at(x, p[0], p[2], p[4], t[i]), cubic_at(y, p[1], p[3], p[5], t[i]));
}

/* A move alone is no ink: it counts with the segment after it. */
static void include_segments(double box[4], const jb_segment *segments, unsigned count) {
    double x = 0, y = 0;
    for (unsigned i = 0; i < count; i++) {
        const jb_segment *s = &segments[i];
        const float *to = s->kind == JB_CUBIC ? s->p + 4 : s->p;
        if (s->kind == JB_CLOSE) continue;
        if (s->kind == JB_CUBIC) include_cubic(box, x, y, s->p);
        if (s->kind == JB_LINE) {
            include(box, x, y);
            include(box, to[0], to[1]);
        }
        x = to[0];
        y = to[1];
    }
}

static void bound_path(jb_device *device, const jb_item *item) {
    const jb_paint *paint = &item->path.paint;
    double box[4];
    if (!paint->fill && !paint->stroke) return;
    memcpy(box, nothing, sizeof box);
    include_segments(box, item->path.segments, item->path.count);
    ink((bounder *)device, box, paint->stroke ? paint->width / 2 : 0);
}

/* HarfBuzz gives extents in font units, y up, height negative. */
static void bound_text(jb_device *device, const jb_item *item) {
    const jb_run *run = item->text.run;
    double em = run->size / run->face->units;
    for (uint32_t i = 0; i < run->count; i++) {
        const jb_glyph *g = &run->glyphs[i];
        hb_glyph_extents_t e;
        if (!hb_font_get_glyph_extents(run->face->font, g->id, &e) || !e.width || !e.height) continue;
        double x = item->text.x + (double)g->x + e.x_bearing * em,
               y = item->text.y + (double)g->y - e.y_bearing * em;
        ink((bounder *)device, (double[4]){x, y, x + e.width * em, y - e.height * em}, 0);
    }
}

static void bound_image(jb_device *device, const jb_item *item) {
    ink((bounder *)device, item->image.box, 0);
}

static void push(jb_device *device, const jb_item *item) {
    bounder *b = (bounder *)device;
    const double *c = item->push.clip;
    g_array_append_val(b->frames, b->now);
    b->now.dx += item->push.dx;
    b->now.dy += item->push.dy;
    if (!item->push.clipped) return;
    cut(b->now.clip, (double[4]){c[0] + b->now.dx, c[1] + b->now.dy, c[2] + b->now.dx, c[3] + b->now.dy});
}

static void pop(jb_device *device) {
    bounder *b = (bounder *)device;
    b->now = g_array_index(b->frames, frame, b->frames->len - 1);
    g_array_set_size(b->frames, b->frames->len - 1);
}

bool jb_scene_bounds(jb_context *ctx, const jb_scene *scene, double box[4]) {
    bounder b = {
        .device = {.path = bound_path, .text = bound_text, .image = bound_image, .push = push, .pop = pop},
        .frames = g_array_new(FALSE, FALSE, sizeof(frame))};
    memcpy(b.now.clip, everything, sizeof b.now.clip);
    memcpy(b.box, nothing, sizeof b.box);
    jb_status status = jb_scene_play(ctx, scene, &b.device);
    g_array_free(b.frames, TRUE);
    if (status != JB_OK || !(b.box[0] <= b.box[2] && b.box[1] <= b.box[3])) return false;
    memcpy(box, b.box, sizeof b.box);
    return true;
}
