/* Pages: what a scene draws, as content stream, resources and link annotations. */
#ifndef JB_OUTPUT_PDF_CONTENT_H
#define JB_OUTPUT_PDF_CONTENT_H

#include "output/pdf_canvas.h"

/* Draws a scene and writes the page's dictionary into the raw object `id`. `parent`: its node of the page tree. */
jb_status jb_pdf_page_draw(jb_pdf_drawing *drawing, const jb_scene *scene, unsigned page, unsigned id, unsigned parent);

#endif
