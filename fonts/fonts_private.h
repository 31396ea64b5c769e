/* What fonts.c and shape.c share. */
#ifndef JB_FONTS_PRIVATE_H
#define JB_FONTS_PRIVATE_H

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>
#include "fonts/fonts.h"

/* A face as pango knows it. */
typedef struct jb_bound {
    jb_face *face;
    PangoFontDescription *description; /* size not set */
    bool checked;                      /* pango has given exactly this file and index */
} jb_bound;

struct jb_fonts {
    jb_context *ctx;
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *pango;
    GArray *bound; /* jb_bound, by face id */
    int regular[JB_ROLES], bold[JB_ROLES]; /* face ids, -1 when none */
    bool companion[JB_ROLES];
};

static inline const jb_face *jb_fonts_of(const jb_fonts *fonts, jb_role role, bool bold) {
    int id = bold && fonts->bold[role] >= 0 ? fonts->bold[role] : fonts->regular[role];
    return id < 0 ? NULL : g_array_index(fonts->bound, jb_bound, (guint)id).face;
}

#endif
