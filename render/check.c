/* Everything that can be wrong with a report, found at once and without output: jb_report_check. */
#include "render/layout.h"

#include "input/prose.h"
#include "input/sources.h"
#include "output/write.h"

/* What a report is while it is checked; freed in one place. */
typedef struct checker {
    jb_context *ctx;
    const jb_check_request *request;
    jb_document *document;
    jb_store *store;
    jb_prose *prose;
    jb_theme *theme;
    jb_fonts *fonts;
    bool unreadable; /* a file could not be read */
} checker;

/* ---- the steps; each reports what it finds and leaves the rest to go on ---- */

static void open_document(checker *c) {
    if (jb_document_open(c->ctx, c->request->report, &c->document) != JB_OK) c->unreadable = true;
}

static void read_document(checker *c) {
    if (jb_document_read(c->ctx, c->document, c->store) != JB_OK) c->unreadable = true;
}

static void read_data(checker *c) {
    const jb_check_request *q = c->request;
    if (jb_sources_load(c->ctx, c->document, q->data, q->data_count, c->store) != JB_OK) c->unreadable = true;
}

static void resolve(checker *c) { jb_document_resolve(c->ctx, c->document, c->store); }

static void check_prose(checker *c) {
    c->prose = jb_prose_new(c->ctx);
    for (unsigned i = 0; i < jb_store_count(c->store); i++) jb_prose_add(c->prose, jb_store_nth(c->store, i));
    jb_prose_add_tables(c->prose, c->document);
    jb_prose_check(c->prose, c->document);
}

static void open_theme(checker *c) {
    c->theme = jb_theme_of_head(c->ctx, c->document->head, c->request->report);
    if (c->theme) c->fonts = jb_fonts_new(c->ctx, c->theme->wishes);
}

/* The layout reports every block that cannot be set: charts, tables, missing glyphs, what is larger than the
 * page. */
static void lay_out(checker *c) {
    jb_layout *layout = NULL;
    if (!c->fonts) return;
    jb_layout_new(c->ctx, c->document, c->store, c->theme, c->fonts, &layout);
    jb_layout_free(layout);
}

static void run(checker *c) {
    static const struct {
        const char *name;
        void (*step)(checker *);
    } steps[] = {{"head", open_document}, {"data", read_data},    {"document", read_document},
                 {"look-ups", resolve},   {"prose", check_prose}, {"theme", open_theme},
                 {"layout", lay_out}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && (i == 0 || c->document); i++) {
        jb_timing_stage(c->ctx, steps[i].name);
        steps[i].step(c);
    }
    jb_timing_stage(c->ctx, NULL);
}

static size_t findings(const jb_context *ctx) {
    return jb_context_count(ctx, JB_WARNING) + jb_context_count(ctx, JB_ERROR);
}

jb_status jb_report_check(jb_context *ctx, const jb_check_request *request) {
    checker c = {.ctx = ctx, .request = request, .store = jb_store_new(ctx)};
    size_t before = findings(ctx);
    run(&c);
    jb_prose_free(c.prose);
    jb_fonts_free(c.fonts);
    jb_theme_free(c.theme);
    jb_store_free(c.store);
    if (c.document) jb_document_free(c.document);
    if (c.unreadable) return JB_INPUT;
    return findings(ctx) > before ? JB_FAILED : JB_OK;
}
