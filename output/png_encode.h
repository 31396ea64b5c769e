/* Pixels to a PNG file (ISO/IEC 15948). */
#ifndef JB_OUTPUT_PNG_ENCODE_H
#define JB_OUTPUT_PNG_ENCODE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Appends a PNG of RGB pixels, rows packed, sRGB. Pictures of at most 256 colours get a palette. `density` is
 * in pixels a metre, 0 says nothing about it. width x height is 1 to JB_LIMIT_PIXELS. False when memory is short;
 * `out` is then as it was. */
bool jb_png_encode(const uint8_t *rgb, unsigned width, unsigned height, unsigned density, GByteArray *out);

#endif
