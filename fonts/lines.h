/* What the files of the line breaker share: atoms, their classes, and the gaps between them. */
#ifndef JB_FONTS_LINES_H
#define JB_FONTS_LINES_H

#include "fonts/para.h"

/* Classes of characters by their behaviour in a line (CLREQ 3.1). */
typedef enum jb_class {
    JB_CLASS_HAN,    /* ideographs, kana, full-width letters and signs */
    JB_CLASS_OPEN,   /* full-width opening brackets, quotes, title marks: not at a line's end */
    JB_CLASS_CLOSE,  /* their closing partners: not at a line's start */
    JB_CLASS_PAUSE,  /* 、，；： */
    JB_CLASS_STOP,   /* 。？！ */
    JB_CLASS_MIDDLE, /* · */
    JB_CLASS_DASH,   /* — … of which two belong together */
    JB_CLASS_BLANK,
    JB_CLASS_LATIN, /* letters, digits and signs that hang together */
    JB_CLASS_HARD   /* U+2028 */
} jb_class;

enum { JB_SQUEEZES = 6, JB_STRETCHES = 3 };

/* A glyph cluster. Lengths in pt. */
typedef struct jb_atom {
    jb_class class;
    gunichar first, last; /* first and last character */
    unsigned span, run;
    uint32_t glyph, glyphs;   /* range in the run */
    uint32_t from, to;        /* bytes of the whole text */
    double advance, em;
    double gap;               /* after it, before the next on the same line; negative squeezes */
    double shrink[JB_SQUEEZES], stretch[JB_STRETCHES]; /* what the gap can give, in the order it is asked */
    bool breakable;           /* a line may end after it */
    double penalty;           /* cost of ending there; where it is not breakable, beside that of an emergency */
    bool full;                /* as wide as its em: a full-width mark whose blank half can go */
} jb_atom;

jb_class jb_class_of(gunichar c, double width, double em);
/* fonts/breaks.c: sets breakable and penalty of every atom (CLREQ 3.1.4, 3.1.5; GB/T 15834-2011 5.1). `balance`: prefer the
 * joints of common terms. */
void jb_atoms_breaks(jb_atom *atoms, unsigned count, const char *text, bool balance);
/* fonts/gaps.c: sets gap, shrink and stretch (CLREQ 3.1.6, 3.2, 3.6). */
void jb_atoms_gaps(jb_atom *atoms, unsigned count);

static inline bool jb_atom_is_closing(const jb_atom *a) {
    return a->class == JB_CLASS_CLOSE || a->class == JB_CLASS_PAUSE || a->class == JB_CLASS_STOP;
}

#endif
