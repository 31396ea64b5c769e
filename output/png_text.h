/* Shapes of glyphs to coverage: text is most of what a chart's picture draws, and FreeType's smooth rasteriser does it in a
 * quarter of the time that cairo's polygons take. */
#ifndef JB_OUTPUT_PNG_TEXT_H
#define JB_OUTPUT_PNG_TEXT_H

#include <cairo.h>
#include "output/path.h"

/* Outlines that are painted together, in pixels of the surface. */
typedef struct jb_stencil jb_stencil;

jb_stencil *jb_stencil_new(void); /* NULL when FreeType cannot be had */
void jb_stencil_free(jb_stencil *stencil);
/* Adds a shape at a place, `size` pixels an em. False when it is too much for one painting, or too far away; nothing is
 * added then. */
bool jb_stencil_add(jb_stencil *stencil, const jb_shape *shape, double x, double y, double size);
/* Paints what was added with the context's source, within its clip and the surface's width and height, and forgets it.
 * Shapes that overlap are one. False when memory is short; nothing is painted then. */
bool jb_stencil_paint(jb_stencil *stencil, cairo_t *cr, unsigned width, unsigned height);

#endif
