/* What the writers share about paths: their text, their dashes, the shapes of glyphs. */
#ifndef JB_OUTPUT_PATH_H
#define JB_OUTPUT_PATH_H

#include "output/scene.h"

/* Appends path data (SVG 1.1, 8.3: absolute M, L, C, Z) with at most `decimals` digits after the point. */
void jb_path_text(GString *out, const jb_segment *segments, unsigned count, int decimals);
/* How many of a paint's dash lengths count: 0 for a solid line, 2, or 4. */
unsigned jb_paint_dashes(const jb_paint *paint);

/* The outline of a glyph in 1 em units, y down; none for a blank. */
typedef struct jb_shape {
    unsigned index; /* order of first use among those with an outline, from 0 */
    unsigned count;
    jb_segment *segments;
} jb_shape;

/* Outlines of the glyphs of one picture, each fetched once. */
typedef struct jb_shapes jb_shapes;
jb_shapes *jb_shapes_new(void);
void jb_shapes_free(jb_shapes *shapes);
/* The shape belongs to `shapes`. */
const jb_shape *jb_shapes_get(jb_shapes *shapes, const jb_face *face, uint32_t glyph);
/* The outlined shapes in order of first use; NULL past the last. */
const jb_shape *jb_shapes_nth(const jb_shapes *shapes, unsigned index);

#endif
