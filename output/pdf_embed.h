/* One embedded font: program, widths, metrics, texts of its codes. */
#ifndef JB_OUTPUT_PDF_EMBED_H
#define JB_OUTPUT_PDF_EMBED_H

#include "fonts/subset.h"
#include "output/pdf_font.h"

/* Makes the Type 0 font dictionary of a face. `glyphs` is by glyph id of the face. Takes the subset over. */
jb_pdf_obj *jb_pdf_embed(jb_pdf_doc *doc, const jb_face *face, const jb_pdf_glyph *glyphs, jb_subset *subset);

#endif
