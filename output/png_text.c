/* Text of pictures through FreeType's rasteriser: outlines to a mask, the mask painted by cairo. */
#include "output/png_text.h"

#include <ft2build.h>
#include <math.h>
#include <string.h>
#include FT_OUTLINE_H

#define UNIT 64.0            /* FreeType counts in 1/64 pixel */
#define MOST_POINTS 30000    /* of a shape; FreeType numbers them in 16 bits */
#define MOST_TOGETHER 100000 /* points of a painting */
#define FARTHEST 30000.0     /* pixels from the surface's corner, within FreeType's limits */

/* A shape: where its points and contours begin. */
typedef struct piece {
    guint point, contour;
} piece;

struct jb_stencil {
    FT_Library library;
    GArray *pieces;               /* piece */
    GArray *points, *tags, *ends; /* FT_Vector, char, short: ends of contours, counted within their piece */
    double box[4];                /* of all points, pixels */
    bool far;                     /* a point of the shape being added is too far away */
    uint8_t *mask;
    size_t size;      /* of mask */
    int rows, stride; /* of mask, as it is used */
};

jb_stencil *jb_stencil_new(void) {
    FT_Library library;
    if (FT_Init_FreeType(&library)) return NULL;
    jb_stencil *s = g_new0(jb_stencil, 1);
    s->library = library;
    s->pieces = g_array_new(FALSE, FALSE, sizeof(piece));
    s->points = g_array_new(FALSE, FALSE, sizeof(FT_Vector));
    s->tags = g_array_new(FALSE, FALSE, sizeof(char));
    s->ends = g_array_new(FALSE, FALSE, sizeof(short));
    return s;
}

void jb_stencil_free(jb_stencil *s) {
    if (!s) return;
    FT_Done_FreeType(s->library);
    g_array_free(s->pieces, TRUE);
    g_array_free(s->points, TRUE);
    g_array_free(s->tags, TRUE);
    g_array_free(s->ends, TRUE);
    g_free(s->mask);
    g_free(s);
}

/* Goes back to what was there before a piece. */
static void shorten(jb_stencil *s, guint pieces, piece begin) {
    g_array_set_size(s->pieces, pieces);
    g_array_set_size(s->points, begin.point);
    g_array_set_size(s->tags, begin.point);
    g_array_set_size(s->ends, begin.contour);
}

/* ---- outlines ---- */

/* Where a shape is put: its origin and pixels an em. */
typedef struct placing {
    double x, y, size;
    piece begin;
} placing;

static void add_point(jb_stencil *s, const placing *at, const float *p, char tag) {
    double x = at->x + (double)p[0] * at->size, y = at->y + (double)p[1] * at->size;
    s->far = s->far || !(fabs(x) < FARTHEST && fabs(y) < FARTHEST);
    if (s->far) return;
    FT_Vector v = {(FT_Pos)floor(x * UNIT + 0.5), (FT_Pos)floor(y * UNIT + 0.5)};
    g_array_append_val(s->points, v);
    g_array_append_val(s->tags, tag);
    s->box[0] = MIN(s->box[0], x);
    s->box[1] = MIN(s->box[1], y);
    s->box[2] = MAX(s->box[2], x);
    s->box[3] = MAX(s->box[3], y);
}

/* A contour ends where it is closed and, as fills close them, where the next begins. */
static void end_contour(jb_stencil *s, piece begin) {
    short last = (short)(s->points->len - begin.point - 1);
    short before = s->ends->len > begin.contour ? g_array_index(s->ends, short, s->ends->len - 1) : -1;
    if (last > before) g_array_append_val(s->ends, last);
}

static void add_segment(jb_stencil *s, const placing *at, const jb_segment *segment) {
    const float *p = segment->p;
    if (segment->kind == JB_MOVE || segment->kind == JB_CLOSE) end_contour(s, at->begin);
    if (segment->kind == JB_CUBIC) {
        add_point(s, at, p, FT_CURVE_TAG_CUBIC);
        add_point(s, at, p + 2, FT_CURVE_TAG_CUBIC);
        add_point(s, at, p + 4, FT_CURVE_TAG_ON);
    } else if (segment->kind != JB_CLOSE) {
        add_point(s, at, p, FT_CURVE_TAG_ON);
    }
}

bool jb_stencil_add(jb_stencil *s, const jb_shape *shape, double x, double y, double size) {
    const placing at = {x, y, size, {s->points->len, s->ends->len}};
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    size_t points = 3 * (size_t)shape->count;
    if (points > MOST_POINTS || s->points->len + points > MOST_TOGETHER) return false;
    memcpy(s->pieces->len ? box : s->box, s->pieces->len ? s->box : box, sizeof box);
    s->far = false;
    for (unsigned i = 0; i < shape->count; i++) add_segment(s, &at, &shape->segments[i]);
    end_contour(s, at.begin);
    g_array_append_val(s->pieces, at.begin);
    if (!s->far) return true;
    shorten(s, s->pieces->len - 1, at.begin);
    memcpy(s->box, box, sizeof box);
    return false;
}

/* ---- painting ---- */

/* The pixels of the box within the surface; false when there are none. */
static bool visible(const jb_stencil *s, unsigned width, unsigned height, int box[4]) {
    box[0] = (int)MAX(floor(s->box[0]), 0);
    box[1] = (int)MAX(floor(s->box[1]), 0);
    box[2] = (int)MIN(ceil(s->box[2]) + 1, width);
    box[3] = (int)MIN(ceil(s->box[3]) + 1, height);
    return box[0] < box[2] && box[1] < box[3];
}

/* An empty mask for a box; false when memory is short. */
static bool clear_mask(jb_stencil *s, const int box[4]) {
    s->rows = box[3] - box[1];
    s->stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, box[2] - box[0]);
    size_t size = (size_t)s->stride * (size_t)s->rows;
    if (size > s->size) {
        g_free(s->mask);
        s->mask = g_try_malloc(size);
        s->size = s->mask ? size : 0;
    }
    if (s->mask) memset(s->mask, 0, size);
    return s->mask != NULL;
}

/* Receives a row of a shape. What covers a pixel adds up, so that shapes that touch leave no seam. */
static void add_spans(int y, int count, const FT_Span *spans, void *user) {
    jb_stencil *s = user;
    uint8_t *row = s->mask + (size_t)(s->rows - 1 - y) * (size_t)s->stride;
    for (int i = 0; i < count; i++) {
        uint8_t *to = row + spans[i].x;
        for (unsigned n = 0; n < spans[i].len; n++) to[n] = (uint8_t)MIN(to[n] + spans[i].coverage, 255);
    }
}

/* Draws a piece into the mask of a box. FreeType's y points up, so it is turned over about the box's lower
 * edge. */
static bool fill_piece(jb_stencil *s, guint index, const int box[4]) {
    const piece *begin = &g_array_index(s->pieces, piece, index), *next = begin + 1;
    bool last = index + 1 == s->pieces->len;
    FT_Outline outline = {.n_contours = (short)((last ? s->ends->len : next->contour) - begin->contour),
                          .n_points = (short)((last ? s->points->len : next->point) - begin->point),
                          .points = &g_array_index(s->points, FT_Vector, begin->point),
                          .tags = &g_array_index(s->tags, char, begin->point),
                          .contours = &g_array_index(s->ends, short, begin->contour)};
    FT_Raster_Params params = {.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
                               .gray_spans = add_spans,
                               .user = s,
                               .clip_box = {0, 0, box[2] - box[0], box[3] - box[1]}};
    for (int i = 0; i < outline.n_points; i++) {
        outline.points[i].x -= (FT_Pos)box[0] * 64;
        outline.points[i].y = (FT_Pos)box[3] * 64 - outline.points[i].y;
    }
    return !outline.n_contours || FT_Outline_Render(s->library, &outline, &params) == 0;
}

static void paint_mask(jb_stencil *s, cairo_t *cr, const int box[4]) {
    cairo_surface_t *mask =
        cairo_image_surface_create_for_data(s->mask, CAIRO_FORMAT_A8, box[2] - box[0], s->rows, s->stride);
    cairo_save(cr);
    cairo_identity_matrix(cr);
    cairo_mask_surface(cr, mask, box[0], box[1]);
    cairo_restore(cr);
    cairo_surface_destroy(mask);
}

bool jb_stencil_paint(jb_stencil *s, cairo_t *cr, unsigned width, unsigned height) {
    int box[4];
    bool done = true;
    if (s->points->len && visible(s, width, height, box)) {
        done = clear_mask(s, box);
        for (guint i = 0; i < s->pieces->len && done; i++) done = fill_piece(s, i, box);
        if (done) paint_mask(s, cr, box);
    }
    shorten(s, 0, (piece){0, 0});
    return done;
}
