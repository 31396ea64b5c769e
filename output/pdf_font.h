/* The fonts of a PDF: which glyphs of which face stand for which text, their codes, and the embedded programs. */
#ifndef JB_OUTPUT_PDF_FONT_H
#define JB_OUTPUT_PDF_FONT_H

#include "output/pages.h"
#include "output/pdf_obj.h"

/* A glyph that the document uses. */
typedef struct jb_pdf_glyph {
    const char *text; /* what its code alone reads back as; borrowed from the first run that says it */
    uint32_t length;
    uint16_t code;  /* what a content stream writes */
    uint16_t width; /* 1/1000 em, as the font's W says */
    bool used, weak; /* weak: the text is only a part of what a cluster says */
} jb_pdf_glyph;

typedef struct jb_pdf_fonts jb_pdf_fonts;

/* Looks at all text of the pages, subsets each face once and makes the font dictionaries. NULL on failure. */
jb_pdf_fonts *jb_pdf_fonts_new(jb_context *ctx, const jb_pages *pages, jb_pdf_doc *doc);
void jb_pdf_fonts_free(jb_pdf_fonts *fonts);
unsigned jb_pdf_fonts_count(const jb_pdf_fonts *fonts);
/* The font dictionary of a face; NULL when no text uses it. Its resource name is F and the face's id. */
jb_pdf_obj *jb_pdf_fonts_dict(const jb_pdf_fonts *fonts, unsigned face);
const jb_pdf_glyph *jb_pdf_fonts_glyph(const jb_pdf_fonts *fonts, const jb_face *face, uint32_t glyph);

/* Glyphs that stand together for some characters. */
typedef struct jb_pdf_cluster {
    uint32_t first, count; /* glyphs */
    const char *text;      /* in the run's text */
    uint32_t length;
} jb_pdf_cluster;
/* The cluster that begins at glyph `at`, which is less than run->count. */
jb_pdf_cluster jb_pdf_cluster_at(const jb_run *run, uint32_t at);
/* Whether the codes of the cluster's glyphs do not read back as its text, so that it has to be said apart. */
bool jb_pdf_cluster_is_apart(const jb_pdf_fonts *fonts, const jb_face *face, const jb_pdf_cluster *cluster,
                             const jb_run *run);

#endif
