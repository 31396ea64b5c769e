/* Pixels to a PNG file (ISO/IEC 15948). */
#ifndef JB_OUTPUT_PNG_ENCODE_H
#define JB_OUTPUT_PNG_ENCODE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct jb_pixels {
    const uint8_t *bytes;
    size_t stride; /* bytes from row to row */
    unsigned width, height;
    bool words; /* native 32-bit words 0x..RRGGBB (cairo's RGB24); else three bytes R, G, B */
} jb_pixels;

/* Appends a PNG of sRGB pixels. Pictures of at most 256 colours get a palette. `density` is in pixels a
 * metre, 0 says nothing about it. width x height is 1 to JB_LIMIT_PIXELS. False when memory is short; `out` is
 * then as it was. */
bool jb_png_encode(const jb_pixels *pixels, unsigned density, GByteArray *out);

#endif
