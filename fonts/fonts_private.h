/* What the files of fonts and shaping share. */
#ifndef JB_FONTS_PRIVATE_H
#define JB_FONTS_PRIVATE_H

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>
#include "fonts/fonts.h"

/* A face in use: how pango is asked for it, and which of its characters need no shaping. */
typedef struct jb_bound {
    jb_face *face;
    const char *family;           /* as fontconfig lists it */
    FcPattern *pattern;           /* what pins it: family, file, weight, width, slant */
    PangoAttrList *attributes[2]; /* for figures off and on; NULL until asked */
    hb_set_t *contextual;         /* glyphs that some lookup takes in or looks at; NULL until asked */
    bool shape_all;               /* old kerning or Apple's tables: nothing is plain */
    uint32_t *plain[256];         /* by the high byte of the character; see jb_fonts_plain */
} jb_bound;

/* Faces to try for a character, first to last. */
typedef struct jb_chain {
    const jb_face *faces[1 + JB_ROLES];
    unsigned count;
} jb_chain;

typedef struct jb_words jb_words;
typedef struct jb_labels jb_labels;

struct jb_fonts {
    jb_context *ctx;
    FcConfig *config;
    PangoFontMap *map; /* NULL until some text needs it: it takes long to open */
    PangoContext *pango;
    GPtrArray *bound;                      /* jb_bound, by face id */
    int regular[JB_ROLES], bold[JB_ROLES]; /* face ids, -1 when none */
    bool companion[JB_ROLES];
    const char *notes[JB_ROLES]; /* said when the role is first used, then NULL */
    jb_chain chains[JB_ROLES][2][2]; /* role, bold, Latin first */
    jb_words *words;
    jb_labels *labels;
};

static inline jb_bound *jb_fonts_bound(const jb_fonts *fonts, unsigned id) {
    return g_ptr_array_index(fonts->bound, id);
}

/* NULL when nothing serves the role. */
static inline const jb_face *jb_fonts_of(const jb_fonts *fonts, jb_role role, bool bold) {
    int id = bold && fonts->bold[role] >= 0 ? fonts->bold[role] : fonts->regular[role];
    return id < 0 ? NULL : jb_fonts_bound(fonts, (unsigned)id)->face;
}

static inline const jb_chain *jb_fonts_chain(const jb_fonts *fonts, const jb_style *style, bool latin) {
    return &fonts->chains[style->role][style->bold][latin];
}

/* Says once what is substituted for a role; called when text is set in it. */
void jb_fonts_tell(jb_fonts *fonts, jb_role role);

/* fonts/plain.c: the glyph of a Chinese character that always looks and advances the same, whatever its
 * neighbours are; 0 when the face has none or when its neighbours matter. */
uint32_t jb_fonts_plain(jb_fonts *fonts, const jb_face *face, gunichar c);

/* fonts/choose.c: a character with its marks, joiners and selectors, and what draws it. */
typedef struct jb_choice {
    const jb_face *face; /* NULL: nothing is drawn */
    bool latin;          /* else Chinese: which script its signs are shaped as */
    uint32_t glyph;      /* not 0: this glyph without shaping */
    const char *end;     /* of the characters */
    bool missing;        /* reported */
} jb_choice;
/* at < end; text is where neighbours are looked for. */
jb_choice jb_fonts_choose(jb_fonts *fonts, const jb_style *style, const char *text, const char *at,
                          const char *end, jb_pos pos);

/* fonts/words.c: texts shaped before, in units of the font, whatever the size. A bounded store: it forgets
 * everything when it is full. */
typedef struct jb_word {
    unsigned face; /* id */
    bool figures, latin;
    const char *text;
    uint32_t length, count; /* bytes, glyphs */
    jb_glyph *glyphs;
    double width;
} jb_word;
/* fonts/simple.c: shapes a word that is of one script by its characters alone, and sets its glyphs, which are in `glyphs`,
 * and width. False when pango has to look at it. */
bool jb_word_shape(const jb_face *face, jb_word *word, GArray *glyphs);
void jb_fonts_open_pango(jb_fonts *fonts);
jb_words *jb_words_new(void);
void jb_words_free(jb_words *words); /* NULL is allowed */
/* The word with the same face, figures, script, text; NULL when it is not known. Valid until the next put. */
const jb_word *jb_words_get(const jb_words *words, const jb_word *like);
void jb_words_put(jb_words *words, const jb_word *word); /* copies; long texts are not kept */

/* A place to tell of: see jb_fonts_shape. */
static inline jb_pos jb_fonts_place(jb_pos pos) {
    if (pos.column < 0) pos.column = -pos.column;
    return pos;
}

/* fonts/labels.c: texts set before, for jb_para_label. */
jb_labels *jb_labels_new(void);
void jb_labels_free(jb_labels *labels); /* NULL is allowed */

#endif
