/* The context: diagnostics with places, the texts of source files for them, and stage timings. */
#ifndef JB_BASE_CONTEXT_H
#define JB_BASE_CONTEXT_H

#include <glib.h>
#include "include/jianbao.h"

/* A place in an input file. file is interned by jb_source_add or by jb_intern; NULL is nowhere.
 * line and column count from 1, columns in characters; 0 is unknown. */
typedef struct jb_pos {
    const char *file;
    int line, column;
} jb_pos;

/* Adds a message. A message equal in place and text to an earlier one is counted, not repeated. The message starts in lower
 * case and has no full stop. Returns JB_INPUT for errors, so that `return jb_fail(…)` reads well. */
jb_status jb_diag(jb_context *ctx, jb_severity severity, jb_pos pos, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
jb_status jb_fail(jb_context *ctx, jb_pos pos, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Keeps a copy of a source text, so that diagnostics in it can show their line. Returns the interned name. */
const char *jb_source_add(jb_context *ctx, const char *name, const char *text, size_t length);
/* A copy of the string that lives as long as the context; equal strings give equal pointers. */
const char *jb_intern(jb_context *ctx, const char *text);
/* The line and column of a byte offset in a text. */
jb_pos jb_pos_at(const char *file, const char *text, size_t offset);
static inline jb_pos jb_pos_file(const char *file) { return (jb_pos){file, 0, 0}; }

/* The candidate nearest to a misspelt name, or NULL when none is near enough. Distance is by
 * characters (Levenshtein), near is at most a third of the longer name, or one inside the other. */
const char *jb_nearest(const char *name, const char *const *candidates, size_t count);
/* Appends "; did you mean “X”?" when a candidate is near, else "; there are: A, B, C" (at most 12). */
void jb_suggest(GString *out, const char *name, const char *const *candidates, size_t count);

/* Stage timing: begin ends the stage before it. NULL ends the last. */
void jb_timing_stage(jb_context *ctx, const char *stage);

#endif
