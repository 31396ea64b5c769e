/* Bytes of streams as they stand in the file. */
#ifndef JB_OUTPUT_PDF_PACK_H
#define JB_OUTPUT_PDF_PACK_H

#include <glib.h>
#include <stdbool.h>

typedef struct jb_pdf_packer jb_pdf_packer;

/* `readable`: printable text stays as it is and everything else becomes hexadecimal; else bytes are deflated. */
jb_pdf_packer *jb_pdf_packer_new(bool readable);
void jb_pdf_packer_free(jb_pdf_packer *packer);
/* Takes the bytes over. *filter is the PDF filter (ISO 32000-1 7.4) that undoes it, or NULL. */
GBytes *jb_pdf_pack(jb_pdf_packer *packer, GBytes *bytes, const char **filter);

#endif
