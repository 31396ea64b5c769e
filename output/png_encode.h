/* Pixels to a PNG file (ISO/IEC 15948). */
#ifndef JB_OUTPUT_PNG_ENCODE_H
#define JB_OUTPUT_PNG_ENCODE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JB_PNG_SIDE = 32767 }; /* cairo's image surfaces */

typedef enum jb_pixel_layout {
    JB_PIXELS_RGB,   /* three bytes R, G, B */
    JB_PIXELS_WORDS, /* native 32-bit words 0x..RRGGBB (cairo's RGB24) */
    JB_PIXELS_ALPHA  /* native 32-bit words 0xAARRGGBB, premultiplied (cairo's ARGB32) */
} jb_pixel_layout;

typedef struct jb_pixels {
    const uint8_t *bytes;
    size_t stride; /* bytes from row to row */
    unsigned width, height;
    jb_pixel_layout layout;
    /* By how much, of 255, a channel of a rare colour may be altered so that the picture needs no more than
     * 256; 0 keeps every colour. */
    unsigned tolerance;
} jb_pixels;

/* Appends a PNG of sRGB pixels. Pictures of at most 256 colours get a palette (with tRNS when some are
 * transparent), others are RGB or, with ALPHA, RGBA. `density` is in pixels a metre, 0 says nothing about it.
 * width x height is 1 to JB_LIMIT_PIXELS. False when memory is short; `out` is then as it was. */
bool jb_png_encode(const jb_pixels *pixels, unsigned density, GByteArray *out);

#endif
