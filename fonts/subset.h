/* Font programs cut down to the glyphs that are used, with the codes a PDF must use for them. */
#ifndef JB_FONTS_SUBSET_H
#define JB_FONTS_SUBSET_H

#include "fonts/face.h"

typedef struct jb_subset {
    jb_outline_kind kind;
    unsigned char *program; /* bare CFF, or an sfnt with glyf */
    size_t length;
    unsigned count;
    uint32_t *glyphs; /* glyph ids of the whole face, ascending, .notdef first */
    uint16_t *codes;  /* the code of each: what a PDF content stream writes */
    uint16_t *ids;    /* GLYF: the glyph id inside the program; else equal to codes */
} jb_subset;

/* Subsets a face. `glyphs` need not be sorted or unique. Same glyphs, same bytes. Freed with jb_subset_free. */
jb_status jb_subset_new(jb_context *ctx, const jb_face *face, const uint32_t *glyphs, unsigned count,
                        jb_subset **subset);
void jb_subset_free(jb_subset *subset);

#endif
