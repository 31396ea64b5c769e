/* PDF objects: a thin face of libharu's object layer. pdf_obj.c is the only file that speaks to libharu.
 *
 * A document owns all its objects. An object is direct until it is made indirect, or indirect from the start; adding an
 * indirect object to another writes a reference. The first failure sticks: later calls do nothing, and jb_pdf_doc_status
 * tells it with libharu's error number. Raw objects are numbered places whose text we write ourselves: what comes in
 * thousands (structure elements cost libharu 2.6 KB each, as text they cost what they say) and what has fractions
 * (libharu's are floats: 595.28 would be written 595.28003). */
#ifndef JB_OUTPUT_PDF_OBJ_H
#define JB_OUTPUT_PDF_OBJ_H

#include "base/context.h"

typedef struct jb_pdf_doc jb_pdf_doc;
typedef void jb_pdf_obj; /* a dictionary or an array */

/* `readable`: streams stay text (pdf_pack.h). */
jb_pdf_doc *jb_pdf_doc_new(jb_context *ctx, bool readable);
void jb_pdf_doc_free(jb_pdf_doc *doc);
jb_status jb_pdf_doc_status(const jb_pdf_doc *doc);

jb_pdf_obj *jb_pdf_dict(jb_pdf_doc *doc);  /* direct */
jb_pdf_obj *jb_pdf_array(jb_pdf_doc *doc); /* direct */
/* Gives an object a number; returns it. */
jb_pdf_obj *jb_pdf_indirect(jb_pdf_doc *doc, jb_pdf_obj *object);
/* An indirect dictionary with a stream. The bytes are taken over. `pack`: they go through jb_pdf_pack at once. */
jb_pdf_obj *jb_pdf_stream(jb_pdf_doc *doc, GBytes *bytes, bool pack);
/* A numbered place for text of our own. */
unsigned jb_pdf_raw(jb_pdf_doc *doc);
void jb_pdf_raw_set(jb_pdf_doc *doc, unsigned id, const char *text, size_t length); /* copies */
unsigned jb_pdf_id(const jb_pdf_obj *object); /* number of an indirect object */

/* Entries of dictionaries (key not NULL) and arrays (key NULL). Names are at most 127 bytes. */
void jb_pdf_put(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, jb_pdf_obj *value);
void jb_pdf_put_name(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const char *name);
void jb_pdf_put_int(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, int value);
void jb_pdf_put_bool(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, bool value);
void jb_pdf_put_text(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const char *text); /* as jb_pdf_text */
void jb_pdf_put_bytes(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const void *bytes, size_t length);
void jb_pdf_put_ascii(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const char *text);
void jb_pdf_put_raw(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, unsigned id); /* a reference to a raw object */

/* For the writer: numbers run from 1 to count - 1. */
unsigned jb_pdf_doc_count(const jb_pdf_doc *doc);
/* Appends an object's value. */
void jb_pdf_doc_value(jb_pdf_doc *doc, unsigned id, GString *out);
/* The bytes of a stream as they go into the file, or NULL; *filter as of jb_pdf_pack. */
GBytes *jb_pdf_doc_stream(const jb_pdf_doc *doc, unsigned id, const char **filter);
/* Packs bytes that are no object yet. */
GBytes *jb_pdf_doc_pack(jb_pdf_doc *doc, GBytes *bytes, const char **filter);

/* Appends a text string to what we write ourselves (ISO 32000-1 7.9.2.2): "(…)" when it is printable ASCII, else UTF-16BE
 * as "<FEFF…>"; cut with "…" where it would be longer than PDF/A allows (ISO 19005-3 6.1.13: 32,767 bytes). */
void jb_pdf_text(GString *out, const char *text, size_t length);

#endif
