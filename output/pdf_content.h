/* Pages: what a scene draws, as content stream, resources and link annotations. */
#ifndef JB_OUTPUT_PDF_CONTENT_H
#define JB_OUTPUT_PDF_CONTENT_H

#include "output/pdf_canvas.h"

/* Draws a scene and completes the page's dictionary (Contents, Resources, Annots, StructParents, MediaBox, Tabs). */
jb_status jb_pdf_page_draw(jb_pdf_drawing *drawing, const jb_scene *scene, unsigned page, jb_pdf_obj *dict);

#endif
