/* What the files of the template part share. Nothing outside input/template*.c includes this. */
#ifndef JB_INPUT_TEMPLATE_PARTS_H
#define JB_INPUT_TEMPLATE_PARTS_H

#include "input/template.h"

typedef enum jb_tag_kind {
    JB_TAG_IF,
    JB_TAG_UNLESS,
    JB_TAG_EACH,
    JB_TAG_ELSE,
    JB_TAG_ELSE_IF,
    JB_TAG_END,
    JB_TAG_COMMENT,
    JB_TAG_LOOKUP /* only with ~, which takes the blanks beside it */
} jb_tag_kind;

/* A tag. Offsets are bytes of the source. */
typedef struct jb_tag {
    jb_tag_kind kind, closes; /* closes: of an END */
    size_t start, end;        /* {{ to }} */
    size_t inner, inner_end;  /* what stands behind the word: the expression */
    size_t cut_start,
        cut_end; /* what vanishes with the tag: its line when it stands alone, blanks beside ~ */
    bool strip_before, strip_after;
    jb_pos pos;
    unsigned next; /* IF, UNLESS, EACH, ELSE, ELSE_IF: the tag that ends this branch */
} jb_tag;

/* A region of the source in which tags mean nothing (`live` false), or everything but Markdown does. */
typedef struct jb_template_fence {
    size_t start, stop;
    bool live;
} jb_template_fence;

/* document_scan.c: fenced blocks behind an offset, in order. */
void jb_template_fences(const char *source, size_t length, size_t body, GArray *fences);

/* template_scan.c: finds the tags and matches them. An error leaves the array as it is then. */
jb_status jb_template_scan(jb_context *ctx, const char *file, const char *source, size_t length, size_t body,
                           GArray *tags);
const char *jb_tag_word(jb_tag_kind kind); /* “if” */

/* template_expr.c: a condition in a reader that stands at its begin, up to the end of its text. */
jb_status jb_condition_read(jb_reader *reader, bool *truth);
/* DATASET, or DATASET where="…": the dataset and the rows (unsigned) to go over. */
jb_status jb_loop_read(jb_reader *reader, const jb_dataset **data, GArray *rows);

#endif
