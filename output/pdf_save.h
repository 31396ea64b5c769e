/* The final file (ISO 32000-1 7.5): header, objects, cross-reference, trailer. */
#ifndef JB_OUTPUT_PDF_SAVE_H
#define JB_OUTPUT_PDF_SAVE_H

#include "output/pdf_obj.h"

/* `readable`: every object in the open and a classic cross-reference table; else non-stream objects go into object streams
 * and a cross-reference stream ends the file. root and info are numbers of objects. */
jb_status jb_pdf_save(jb_pdf_doc *doc, unsigned root, unsigned info, bool readable, GByteArray *out);

#endif
