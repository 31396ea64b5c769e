/* Making faces; only jb_fonts does. */
#ifndef JB_FONTS_FACE_NEW_H
#define JB_FONTS_FACE_NEW_H

#include "fonts/face.h"

jb_status jb_face_new(jb_context *ctx, const char *file, int index, unsigned id, int weight, jb_face **face);
void jb_face_free(jb_face *face); /* NULL is allowed */

#endif
