/* The whole way of a report: jb_report_render. */
#include "render/layout.h"

#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "charts/chart.h"
#include "input/sources.h"
#include "output/write.h"

/* Everything a report is while it is made; freed in one place. */
typedef struct report {
    jb_context *ctx;
    const jb_report_request *request;
    jb_document *document;
    jb_store *store;
    jb_theme *theme;
    jb_fonts *fonts;
    jb_layout *layout;
    GByteArray *pdf;
    GString *dump;
} report;

static bool wants(const report *r, const char *stage) {
    return r->request->dump && !strcmp(r->request->dump, stage);
}

static jb_status open_document(report *r) {
    return jb_document_open(r->ctx, r->request->report, &r->document);
}

/* After the data, on which {{#if}} and {{#each}} depend. */
static jb_status read_document(report *r) { return jb_document_read(r->ctx, r->document, r->store); }

/* The head's datasets, then those of the command line, which win. */
static jb_status read_data(report *r) {
    const jb_report_request *q = r->request;
    jb_status status = jb_sources_load(r->ctx, r->document, q->data, q->data_count, r->store);
    for (unsigned i = 0; i < jb_store_count(r->store) && wants(r, "data"); i++)
        jb_dataset_dump(jb_store_nth(r->store, i), r->dump);
    return status;
}

static jb_status resolve(report *r) {
    jb_status status = jb_document_resolve(r->ctx, r->document, r->store);
    if (status == JB_OK && wants(r, "document")) jb_document_dump(r->document, r->dump);
    return status;
}

static jb_status load_theme(report *r) {
    r->theme = jb_theme_of_head(r->ctx, r->document->head, r->request->report);
    return r->theme ? JB_OK : JB_INPUT;
}

static jb_status open_fonts(report *r) {
    r->fonts = jb_fonts_new(r->ctx, r->theme->wishes);
    return r->fonts ? JB_OK : JB_FAILED;
}

static jb_status dump_scenes(report *r) {
    const GPtrArray *scenes = r->layout->pages->scenes;
    jb_status status = JB_OK;
    for (guint i = 0; i < scenes->len && status == JB_OK; i++)
        status = jb_scene_dump(r->ctx, g_ptr_array_index(scenes, i), i + 1, r->dump);
    return status;
}

static jb_status lay_out(report *r) {
    jb_status status = jb_layout_new(r->ctx, r->document, r->store, r->theme, r->fonts, &r->layout);
    if (status != JB_OK) return status;
    for (guint i = 0; i < r->layout->charts->len && wants(r, "chart"); i++)
        jb_chart_dump(g_ptr_array_index(r->layout->charts, i), r->dump);
    if (wants(r, "lines")) jb_layout_dump_lines(r->layout, r->dump);
    if (wants(r, "pages")) jb_layout_dump_pages(r->layout, r->dump);
    if (wants(r, "structure")) jb_structure_dump(r->layout->pages->structure, r->dump);
    return wants(r, "scene") ? dump_scenes(r) : JB_OK;
}

static void attach(report *r, const char *path, const char *mime, const char *relationship,
                   const char *description, const char *data, size_t length) {
    char *name = g_path_get_basename(path);
    jb_arena *arena = r->layout->pages->arena;
    jb_attachment file = {jb_arena_string(arena, name), mime, description, relationship, data, length};
    g_array_append_val(r->layout->pages->attachments, file);
    g_free(name);
}

static const char *mime_of(const char *path) {
    static const struct {
        const char *suffix, *mime;
    } kinds[] = {{".csv", "text/csv"},
                 {".tsv", "text/tab-separated-values"},
                 {".json", "application/json"},
                 {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                 {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
                 {".xls", "application/vnd.ms-excel"},
                 {".db", "application/vnd.sqlite3"},
                 {".sqlite", "application/vnd.sqlite3"}};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (!g_ascii_strcasecmp(dot, kinds[i].suffix)) return kinds[i].mime;
    return "application/octet-stream";
}

static jb_status attach_file(report *r, const char *path, GHashTable *attached) {
    char *text;
    size_t length;
    if (!g_hash_table_add(attached, (gpointer)path)) return JB_OK;
    jb_status status = jb_file_read(r->ctx, path, JB_LIMIT_FILE_BYTES, (jb_pos){0}, &text, &length);
    if (status != JB_OK) return status;
    attach(r, path, mime_of(path), "Data", "源数据", jb_arena_copy(r->layout->pages->arena, text, length), length);
    g_free(text);
    return JB_OK;
}

/* The report's text and every data file travel inside the PDF (PDF/A-3, associated files). */
static jb_status attach_sources(report *r) {
    jb_status status = JB_OK;
    GHashTable *attached = g_hash_table_new(g_str_hash, g_str_equal);
    attach(r, r->request->report, "text/markdown", "Source", "报告正文源文件", r->document->source,
           r->document->source_length);
    for (unsigned i = 0; i < jb_store_count(r->store); i++) {
        const jb_dataset *d = jb_store_nth(r->store, i);
        for (unsigned k = 0; k < d->source_count && status == JB_OK; k++)
            status = attach_file(r, d->sources[k], attached);
    }
    g_hash_table_destroy(attached);
    return status;
}

static jb_status write_pdf(report *r) {
    bool readable = r->request->readable || wants(r, "pdf");
    jb_status status = attach_sources(r);
    if (status == JB_OK) status = jb_pdf_write(r->ctx, r->layout->pages, readable, r->pdf);
    if (status == JB_OK && wants(r, "pdf"))
        g_string_append_len(r->dump, (const char *)r->pdf->data, r->pdf->len);
    return status;
}

static jb_status save(report *r) {
    const char *path = r->request->output;
    char *beside = NULL;
    if (!path) {
        const char *dot = strrchr(r->request->report, '.'), *slash = strrchr(r->request->report, '/');
        size_t stem = dot && (!slash || dot > slash + 1) ? (size_t)(dot - r->request->report)
                                                         : strlen(r->request->report);
        beside = g_strdup_printf("%.*s.pdf", (int)stem, r->request->report);
        path = beside;
    }
    jb_status status = jb_file_write(r->ctx, path, r->pdf->data, r->pdf->len);
    g_free(beside);
    return status;
}

/* The pipeline: one call a stage, until the one that was asked for or that fails. */
static jb_status run(report *r) {
    static const struct {
        const char *name;
        jb_status (*step)(report *);
        const char *dumps; /* stages that end here */
    } steps[] = {
        {"head", open_document, ""},       {"data", read_data, "data"},
        {"document", read_document, ""},   {"look-ups", resolve, "document"}, {"theme", load_theme, ""},
        {"fonts", open_fonts, ""},         {"layout", lay_out, "chart lines pages structure scene"},
        {"pdf", write_pdf, "pdf"},         {"save", save, ""},
    };
    jb_status status = JB_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == JB_OK; i++) {
        jb_timing_stage(r->ctx, steps[i].name);
        status = steps[i].step(r);
        if (r->request->dump && strstr(steps[i].dumps, r->request->dump)) break;
    }
    jb_timing_stage(r->ctx, NULL);
    return status;
}

static jb_status check_dump(jb_context *ctx, const char *stage) {
    static const char *const stages[] = {"data",  "document", "chart",     "lines",
                                         "pages", "scene",    "structure", "pdf"};
    for (size_t i = 0; stage && i < sizeof stages / sizeof *stages; i++)
        if (!strcmp(stage, stages[i])) return JB_OK;
    if (!stage) return JB_OK;
    GString *near = g_string_new(NULL);
    jb_suggest(near, stage, stages, sizeof stages / sizeof *stages);
    jb_status status = jb_fail(ctx, (jb_pos){0}, "unknown dump stage “%s”%s", stage, near->str);
    g_string_free(near, TRUE);
    return status;
}

jb_status jb_report_render(jb_context *ctx, const jb_report_request *request, char **dump) {
    report r = {.ctx = ctx,
                .request = request,
                .store = jb_store_new(ctx),
                .pdf = g_byte_array_new(),
                .dump = g_string_new(NULL)};
    jb_status status = check_dump(ctx, request->dump);
    if (status == JB_OK) status = run(&r);
    jb_layout_free(r.layout);
    jb_fonts_free(r.fonts);
    jb_theme_free(r.theme);
    jb_store_free(r.store);
    if (r.document) jb_document_free(r.document);
    g_byte_array_free(r.pdf, TRUE);
    char *text = g_string_free(r.dump, FALSE);
    if (dump && request->dump && status == JB_OK)
        *dump = text;
    else
        g_free(text);
    return status;
}
