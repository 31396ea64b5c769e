/* The structure tree of a document in compact arrays (ISO 32000-1 14.7, 14.8). */
#ifndef JB_OUTPUT_STRUCTURE_H
#define JB_OUTPUT_STRUCTURE_H

#include "base/arena.h"
#include "base/context.h"

typedef enum jb_element_type {
    JB_ELEMENT_DOCUMENT,
    JB_ELEMENT_SECT,
    JB_ELEMENT_H1,
    JB_ELEMENT_H2,
    JB_ELEMENT_H3,
    JB_ELEMENT_H4,
    JB_ELEMENT_H5,
    JB_ELEMENT_H6,
    JB_ELEMENT_P,
    JB_ELEMENT_SPAN,
    JB_ELEMENT_LINK,
    JB_ELEMENT_L,
    JB_ELEMENT_LI,
    JB_ELEMENT_LBL,
    JB_ELEMENT_LBODY,
    JB_ELEMENT_TABLE,
    JB_ELEMENT_THEAD,
    JB_ELEMENT_TBODY,
    JB_ELEMENT_TR,
    JB_ELEMENT_TH,
    JB_ELEMENT_TD,
    JB_ELEMENT_CAPTION,
    JB_ELEMENT_FIGURE,
    JB_ELEMENT_NOTE,
    JB_ELEMENT_BLOCKQUOTE,
    JB_ELEMENT_CODE,
    JB_ELEMENT_TYPES
} jb_element_type;

typedef struct jb_element {
    jb_element_type type;
    int parent; /* -1 for the root */
    int first, last, next; /* children and next sibling, -1 when none */
    const char *alt;      /* FIGURE, or NULL */
    const char *id;       /* TH: name for /Headers; NOTE: required id; or NULL */
    short row_span, column_span; /* TH, TD; 0 is 1 */
    char scope;                  /* TH: 'c' column, 'r' row, 'b' both, 0 none */
    bool ordered;                /* L: decimal numbering */
    const int *headers;          /* TD: indices of the TH elements, header_count of them, or NULL */
    unsigned header_count;
    double box[4]; /* FIGURE: bounding box on its page, pt, y down; all 0 when not known */
    int page;      /* FIGURE: page of the box, from 0 */
} jb_element;

typedef struct jb_structure {
    jb_arena *arena; /* borrowed: holds the strings and header lists */
    GArray *elements; /* jb_element; index 0 is the Document */
} jb_structure;

jb_structure *jb_structure_new(jb_arena *arena);
void jb_structure_free(jb_structure *structure);
/* Appends a child to parent (0 is the Document) and returns its index. */
int jb_structure_add(jb_structure *structure, int parent, jb_element_type type);
jb_element *jb_structure_at(const jb_structure *structure, int index); /* valid until the next add */
const char *jb_element_name(jb_element_type type); /* "Document", "H1", … */
/* One JSON object an element, depth first. */
void jb_structure_dump(const jb_structure *structure, GString *out);

#endif
