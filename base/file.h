/* Whole files in, whole files out. Output goes beside the target, is fsync'ed and renamed. */
#ifndef JB_BASE_FILE_H
#define JB_BASE_FILE_H

#include "base/context.h"

/* Reads a regular file of at most `limit` bytes. The text gets a NUL behind its end. *text is freed with g_free.
 * `pos` is where the file was named (a report's head), or nowhere: then the error carries the file itself. */
jb_status jb_file_read(jb_context *ctx, const char *path, size_t limit, jb_pos pos, char **text, size_t *length);
/* Reads the first bytes of a regular file; *length says how many there were. Errors as jb_file_read has them. */
jb_status jb_file_peek(jb_context *ctx, const char *path, size_t limit, jb_pos pos, char *bytes, size_t size,
                       size_t *length);
/* The offset of the first byte of a text that is not valid UTF-8 (RFC 3629) or is NUL; `length` when there is none. */
size_t jb_utf8_find_bad(const char *text, size_t length);
/* Strips a BOM, checks UTF-8 (an error names the line and column of the first bad byte) and registers the source, unless
 * it is longer than JB_LIMIT_SOURCE_BYTES.
 * *name is the interned file name to use in positions. */
jb_status jb_file_read_text(jb_context *ctx, const char *path, size_t limit, jb_pos pos, char **text, size_t *length,
                            const char **name);
jb_status jb_file_write(jb_context *ctx, const char *path, const void *data, size_t length);
/* `path` as seen from the folder of `base`; absolute paths stay. Freed with g_free. */
char *jb_path_beside(const char *base, const char *path);

#endif
