/* A laid-out document: what render hands to the writers. */
#ifndef JB_OUTPUT_PAGES_H
#define JB_OUTPUT_PAGES_H

#include "output/scene.h"
#include "output/structure.h"

typedef struct jb_bookmark {
    int level; /* from 1 */
    const char *title;
    unsigned page; /* from 0 */
    double y;      /* pt from the top of the page */
    int element;   /* the heading's structure element */
} jb_bookmark;

typedef struct jb_attachment {
    const char *name; /* file name without folders */
    const char *mime;
    const char *description;
    const char *relationship; /* "Source", "Data", "Supplement" */
    const char *data;
    size_t length;
} jb_attachment;

typedef struct jb_pages {
    jb_arena *arena; /* owns everything that is not named as owned elsewhere; freed by jb_pages_free */
    GPtrArray *scenes; /* jb_scene, one a page; freed with it */
    jb_structure *structure;
    GArray *bookmarks;   /* jb_bookmark */
    GArray *attachments; /* jb_attachment */
    const char *title, *author, *language, *subject;
    int year, month, day; /* date of the document; year 0: none was said */
    jb_fonts *fonts;      /* borrowed: the faces of the runs */
    const jb_colour *blacks; /* borrowed: colours that a PDF shall say in black ink alone */
    unsigned black_count;
} jb_pages;

jb_pages *jb_pages_new(void);
void jb_pages_free(jb_pages *pages);

#endif
