/* Font roles resolved to faces, and text shaped into runs of positioned glyphs. */
#ifndef JB_FONTS_FONTS_H
#define JB_FONTS_FONTS_H

#include "base/arena.h"
#include "fonts/face.h"

typedef enum jb_role {
    JB_ROLE_SONG,
    JB_ROLE_HEI,
    JB_ROLE_KAI,
    JB_ROLE_FANGSONG,
    JB_ROLE_BS,    /* 小标宋; always its bold face */
    JB_ROLE_LATIN, /* companion of those roles that name it */
    JB_ROLES
} jb_role;

/* Preference lists: the first family that is installed wins. NULL-terminated, borrowed. */
typedef struct jb_font_wish {
    const char *const *families;
    bool companion; /* Latin letters and digits come from JB_ROLE_LATIN when a face is installed for it */
} jb_font_wish;

typedef struct jb_fonts jb_fonts;

/* Resolves every role once through fontconfig and pins file and index. A role whose own first families are missing
 * gets one note that names what serves it; a role that nothing serves is an error that names the package to install.
 * NULL on failure. */
jb_fonts *jb_fonts_new(jb_context *ctx, const jb_font_wish wishes[JB_ROLES]);
void jb_fonts_free(jb_fonts *fonts);
/* The faces resolved so far, by id. */
unsigned jb_fonts_count(const jb_fonts *fonts);
const jb_face *jb_fonts_nth(const jb_fonts *fonts, unsigned id);
const char *jb_role_name(jb_role role);
bool jb_role_from_name(const char *name, jb_role *role);

typedef struct jb_style {
    jb_role role;
    bool bold; /* only where the role has a real bold face; else regular */
    double size; /* pt */
    bool figures; /* lining tabular digits (lnum, tnum); else lining (lnum) */
} jb_style;

/* A glyph of a run. x and y are offsets from the run's origin in pt, y down. */
typedef struct jb_glyph {
    uint32_t id;
    uint32_t cluster; /* byte offset in the run's text of the characters it stands for */
    float x, y;
    float advance; /* pt, as the font says; the next glyph may stand elsewhere (justified text) */
} jb_glyph;

/* Glyphs of one face and size, in visual order, with the text they came from. */
typedef struct jb_run {
    const jb_face *face;
    double size; /* pt */
    const char *text;
    uint32_t length, count; /* bytes of text, glyphs */
    jb_glyph *glyphs;
    double width; /* pt */
} jb_run;

/* Shapes one line of text: no breaking, no gaps added, runs side by side (their x offsets start at 0 each).
 * Each character goes to the first face that has it: for Latin letters, digits and their marks the companion, for Han
 * and full-width punctuation the role's face, then the other roles' faces. Quotes “ ” ‘ ’, … and — are Han punctuation
 * unless both neighbours are Latin. A character that no face has is an error (its code point, name and `pos`), drawn as
 * nothing, and JB_FAILED is returned after all were reported. `pos` is where the text begins; with a column below 0 (that column with a minus)
 * it is where whatever holds the text begins. Runs and glyphs belong to the arena; text is borrowed. */
jb_status jb_fonts_shape(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text, size_t length,
                         jb_pos pos, jb_run **runs, unsigned *count);
/* Ascent and descent (negative) of a style's Han face in pt, for line boxes. */
void jb_fonts_extents(jb_fonts *fonts, const jb_style *style, double *ascent, double *descent);

#endif
