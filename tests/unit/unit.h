/* What every unit test needs: cmocka, and a context that fails loudly. Run from the project's root. */
#ifndef JB_TESTS_UNIT_H
#define JB_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/context.h"

/* The text of the last diagnostic as "file:line:column: severity: message", or "" when there is none. */
static inline const char *last_message(const jb_context *ctx, char *buffer, size_t size) {
    static const char *const names[] = {"note", "warning", "error"};
    size_t n = jb_context_diagnostics(ctx);
    buffer[0] = 0;
    if (n) {
        jb_diagnostic d = jb_context_diagnostic(ctx, n - 1);
        snprintf(buffer, size, "%s:%d:%d: %s: %s", d.file ? d.file : "", d.line, d.column, names[d.severity],
                 d.message);
    }
    return buffer;
}

static inline void print_messages(const jb_context *ctx) {
    for (size_t i = 0; i < jb_context_diagnostics(ctx); i++) {
        jb_diagnostic d = jb_context_diagnostic(ctx, i);
        fprintf(stderr, "# %s:%d:%d: %s\n", d.file ? d.file : "", d.line, d.column, d.message);
    }
}

#endif
