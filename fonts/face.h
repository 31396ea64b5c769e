/* One font face: file and index pinned, HarfBuzz objects, metrics, outlines. */
#ifndef JB_FONTS_FACE_H
#define JB_FONTS_FACE_H

#include <hb.h>
#include <stdint.h>
#include "base/context.h"

typedef enum jb_outline_kind {
    JB_OUTLINE_CFF_CID,  /* CID-keyed CFF: code = CID of the charset */
    JB_OUTLINE_CFF_NAME, /* name-keyed CFF: glyph ids retained, code = glyph id */
    JB_OUTLINE_GLYF      /* TrueType: code = glyph id of the whole face, CIDToGIDMap */
} jb_outline_kind;

typedef struct jb_face {
    unsigned id; /* order in which its jb_fonts resolved it, from 0 */
    const char *file;
    int index;
    const char *family, *style, *postscript; /* names as the file gives them */
    hb_face_t *hb;  /* immutable */
    hb_font_t *font; /* scale = units per em */
    jb_outline_kind kind;
    unsigned units, glyphs; /* units per em; number of glyphs */
    double ascent, descent, cap_height; /* 1/1000 em; descent is negative */
    double bbox[4];                     /* 1/1000 em */
    double italic_angle;                /* degrees */
    int weight;                         /* 100 to 900 */
} jb_face;

/* Advance width in 1/1000 em, unrounded. */
double jb_face_advance(const jb_face *face, uint32_t glyph);

/* Receives an outline in 1 em units, y up. */
typedef struct jb_outline_sink {
    void (*move)(void *to, double x, double y);
    void (*line)(void *to, double x, double y);
    void (*cubic)(void *to, double x1, double y1, double x2, double y2, double x3, double y3);
    void (*close)(void *to);
} jb_outline_sink;
void jb_face_outline(const jb_face *face, uint32_t glyph, const jb_outline_sink *sink, void *to);

#endif
