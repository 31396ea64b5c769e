/* Texts of any encoding to UTF-8: by what was said, by a byte order mark, by what the bytes are. */
#ifndef JB_INPUT_ENCODING_H
#define JB_INPUT_ENCODING_H

#include "base/context.h"

/* An error at `pos`, with near names, when texts of this encoding cannot be read. */
jb_status jb_encoding_check(jb_context *ctx, const char *encoding, jb_pos pos);

/* Turns the text of a file into UTF-8 without byte order mark or NUL. *text is replaced (g_malloc'ed, NUL
 * behind its end), or freed and NULL after an error. `encoding` is as iconv knows it; NULL is found out:
 * UTF-8, else UTF-16, else GB18030 or Big5 by how many of the characters are in everyday use, else what
 * uchardet thinks, with a note. *found is what it was. GB2312, GBK and CP936 are read as GB18030, of which
 * they are parts. `name` is the interned file, `pos` where the encoding was named. Errors carry line and
 * column of the first byte that cannot be read. */
jb_status jb_encoding_decode(jb_context *ctx, const char *name, const char *encoding, jb_pos pos, char **text,
                             size_t *length, const char **found);

#endif
