/* OLE2 compound files ([MS-CFB]): streams by name. XLS workbooks are one, and so is an XLSX under a password.
 */
#ifndef JB_INPUT_CFB_H
#define JB_INPUT_CFB_H

#include <stdint.h>
#include "base/context.h"

typedef struct jb_cfb jb_cfb;

/* `bytes` must outlive it; `file` is its interned name, for messages. */
jb_status jb_cfb_open(jb_context *ctx, const char *file, const void *bytes, size_t length, jb_cfb **cfb);
void jb_cfb_close(jb_cfb *cfb); /* NULL is allowed */
/* Is there a stream or folder of that name, anywhere? Names are ASCII. */
bool jb_cfb_has(const jb_cfb *cfb, const char *name);
/* The contents of a stream, freed with g_free; never larger than the file. Missing or damaged: an error. */
jb_status jb_cfb_read(const jb_cfb *cfb, const char *name, unsigned char **contents, size_t *length);

/* Little-endian numbers. */
static inline unsigned jb_u16(const unsigned char *p) { return p[0] | (unsigned)p[1] << 8; }
static inline uint32_t jb_u32(const unsigned char *p) { return jb_u16(p) | (uint32_t)jb_u16(p + 2) << 16; }

#endif
