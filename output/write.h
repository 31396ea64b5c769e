/* The writers: scenes and pages to bytes. Nothing here touches the file system. */
#ifndef JB_OUTPUT_WRITE_H
#define JB_OUTPUT_WRITE_H

#include "output/pages.h"

/* PDF/A-3a + PDF/UA-1. `readable`: no compression, no object streams, for eyes and diff. */
jb_status jb_pdf_write(jb_context *ctx, const jb_pages *pages, bool readable, GByteArray *out);

typedef struct jb_png_options {
    double scale;     /* pixels a pt; also said in pHYs */
    bool transparent; /* no ground; else it is white */
} jb_png_options;
/* PNG with a palette where 256 colours are enough, else RGB or RGBA. Limit: JB_LIMIT_PIXELS. */
jb_status jb_png_write(jb_context *ctx, const jb_scene *scene, const jb_png_options *options, GByteArray *out);

typedef struct jb_svg_options {
    double scale;                     /* pixels a pt */
    bool text;                        /* text as text, with the names of its fonts; else as outlines */
    const char *title, *description;  /* become title and desc, or NULL */
    const char *language;             /* of both, or NULL */
} jb_svg_options;
/* SVG 1.1. */
jb_status jb_svg_write(jb_context *ctx, const jb_scene *scene, const jb_svg_options *options, GString *out);
/* One JSON object an item. `page` from 1 is put into each line; 0 leaves it out. */
jb_status jb_scene_dump(jb_context *ctx, const jb_scene *scene, unsigned page, GString *out);
/* Union of all ink boxes (glyphs by their outlines' extents, strokes by half their width). False when empty. */
bool jb_scene_bounds(jb_context *ctx, const jb_scene *scene, double box[4]);

#endif
