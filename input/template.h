/* {{#if}}, {{#unless}}, {{#each}} and comments, in the syntax of Handlebars (which is Mustache with helpers):
 * settled on the report's raw text, before Markdown is read. */
#ifndef JB_INPUT_TEMPLATE_H
#define JB_INPUT_TEMPLATE_H

#include "input/lookup.h"

/* A report's text with its blocks settled, and the way back. Everything belongs to the arena. */
typedef struct jb_template {
    const char *text; /* `length` bytes and a NUL; the source itself when it has no tags */
    size_t length;
    const char *source; /* borrowed */
    size_t source_length;
    bool changed;                     /* text is not source */
    struct jb_template_piece *pieces; /* of a changed text */
    unsigned count;
} jb_template;

/* Settles the tags behind offset `body` of a report's source; what stands before is kept as it is. Tags in
 * code spans and in fenced blocks other than chart and table are text. Without a store any block is an error.
 * Datasets are borrowed by the scopes as long as the arena lives. Limits: JB_LIMIT_TEMPLATE_DEPTH,
 * JB_LIMIT_REPORT_BYTES. */
jb_status jb_template_expand(jb_context *ctx, jb_store *store, jb_arena *arena, const char *file,
                             const char *source, size_t length, size_t body, jb_template **result);
/* The source offset of an offset in the text; and the loop row that it stands in, or NULL. */
size_t jb_template_source(const jb_template *t, size_t offset);
const jb_scope *jb_template_scope(const jb_template *t, size_t offset);

#endif
