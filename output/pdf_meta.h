/* What a PDF says about itself: information, XMP, colours; and the files that it carries. */
#ifndef JB_OUTPUT_PDF_META_H
#define JB_OUTPUT_PDF_META_H

#include "output/pages.h"
#include "output/pdf_obj.h"

/* The title that stands when the report has none is never empty (ISO 14289-1 7.1). */
const char *jb_pdf_title(const jb_pages *pages);
const char *jb_pdf_language(const jb_pages *pages);
/* Metadata and OutputIntents go into the catalog; returns the information dictionary. */
jb_pdf_obj *jb_pdf_meta_make(jb_context *ctx, jb_pdf_doc *doc, const jb_pages *pages, jb_pdf_obj *catalog);
/* AF and Names; nothing when there are no attachments. */
void jb_pdf_attach(jb_pdf_doc *doc, const jb_pages *pages, jb_pdf_obj *catalog);
/* The date of the document as a PDF date (ISO 32000-1 7.9.4), or as XMP wants it; as much of it as is known. Without
 * one, SOURCE_DATE_EPOCH counts. NULL: none is known. Freed with g_free. */
char *jb_pdf_date(jb_context *ctx, const jb_pages *pages, bool xmp);
/* An ICC profile of sRGB. */
GBytes *jb_pdf_srgb(void);

#endif
