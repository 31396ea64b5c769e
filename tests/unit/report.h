/* For tests of the document reader: a report from a string, its dump, its messages. */
#ifndef JB_TESTS_REPORT_H
#define JB_TESTS_REPORT_H

#include "unit.h"

#include <glib/gstdio.h>
#include <unistd.h>
#include "input/sources.h"

typedef struct report {
    jb_context *ctx;
    jb_document *document;
    jb_store *store;
    char *folder, *path, *texts; /* texts: the last answer of dump or messages */
} report;

static inline int report_setup(void **state) {
    report *r = g_new0(report, 1);
    r->ctx = jb_context_new();
    r->folder = g_dir_make_tmp("jbXXXXXX", NULL);
    r->path = g_build_filename(r->folder, "r.md", NULL);
    *state = r;
    return 0;
}

static inline int report_teardown(void **state) {
    report *r = *state;
    jb_store_free(r->store);
    jb_document_free(r->document);
    jb_context_free(r->ctx);
    g_unlink(r->path);
    g_rmdir(r->folder);
    g_free(r->folder), g_free(r->path), g_free(r->texts), g_free(r);
    return 0;
}

/* Loads a text as a report; true when it is one. */
static inline bool report_load(report *r, const char *text) {
    jb_document_free(r->document);
    jb_context_free(r->ctx);
    r->ctx = jb_context_new();
    assert_true(g_file_set_contents(r->path, text, -1, NULL));
    return jb_document_load(r->ctx, r->path, &r->document) == JB_OK;
}

static inline const char *report_keep(report *r, GString *text) {
    g_free(r->texts);
    return r->texts = g_string_free(text, FALSE);
}

/* All messages as "line:column: message" lines. */
static inline const char *report_messages(report *r) {
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < jb_context_diagnostics(r->ctx); i++) {
        jb_diagnostic d = jb_context_diagnostic(r->ctx, i);
        g_string_append_printf(out, "%d:%d: %s\n", d.line, d.column, d.message);
    }
    return report_keep(r, out);
}

static inline const char *report_dump(report *r) {
    GString *out = g_string_new(NULL);
    jb_document_dump(r->document, out);
    return report_keep(r, out);
}

/* The report's dump is as wanted, and there are no messages. */
static inline void report_reads(report *r, const char *text, const char *wanted) {
    bool good = report_load(r, text);
    assert_string_equal(report_messages(r), "");
    assert_true(good);
    assert_string_equal(report_dump(r), wanted);
}

/* The report is refused with exactly these messages. */
static inline void report_fails(report *r, const char *text, const char *wanted) {
    assert_false(report_load(r, text));
    assert_null(r->document);
    assert_string_equal(report_messages(r), wanted);
}

#define REPORT_TEST(name) cmocka_unit_test_setup_teardown(name, report_setup, report_teardown)

#endif
