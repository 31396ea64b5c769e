/* The structure tree of a PDF (ISO 32000-1 14.7) from the compact arrays and what the pages marked. */
#ifndef JB_OUTPUT_PDF_TREE_H
#define JB_OUTPUT_PDF_TREE_H

#include "output/pdf_canvas.h"

/* Makes all elements, the parent tree and the ID tree. `page_ids` are the numbers of the pages' objects. Returns the
 * StructTreeRoot; *elements gets the numbers of the elements' objects, freed with g_free. */
jb_pdf_obj *jb_pdf_tree_make(jb_pdf_drawing *drawing, const jb_pages *pages, const unsigned *page_ids,
                             unsigned **elements);
/* The outline from the bookmarks; NULL when there are none. */
jb_pdf_obj *jb_pdf_outline_make(jb_pdf_doc *doc, const jb_pages *pages, const unsigned *page_ids,
                                const unsigned *elements);

/* A tree of keys and values in leaves of 512 (7.9.6, 7.9.7). Entries come sorted; a key is text as it stands in the file. */
typedef struct jb_pdf_leaves {
    jb_pdf_doc *doc;
    const char *entries; /* "Names" or "Nums" */
    GString *leaf, *kids, *first, *last;
    unsigned count;
} jb_pdf_leaves;
void jb_pdf_leaves_begin(jb_pdf_leaves *leaves, jb_pdf_doc *doc, const char *entries);
void jb_pdf_leaves_add(jb_pdf_leaves *leaves, const char *key, unsigned value); /* value: an object's number */
unsigned jb_pdf_leaves_end(jb_pdf_leaves *leaves);                                /* the root's number */

#endif
