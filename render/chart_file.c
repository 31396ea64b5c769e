/* Charts as pictures: jb_chart_render. A specification comes from a YAML file, a block of a report, or
 * the short form over a data file. */
#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "output/write.h"
#include "render/chart_job.h"

typedef jb_chart_job job;

/* A data file, or a sheet or table of one: nothing else is drawn without a mark. */
static bool is_data(const char *path) {
    static const char *const suffixes[] = {".csv", ".tsv",  ".xlsx", ".ods",   ".xls",
                                           ".et",  ".json", ".db",   ".sqlite"};
    char *file = g_strndup(path, strcspn(path, "!"));
    bool is = false, spec = jb_has_suffix(path, ".vl.json");
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes) && !is && !spec; i++) is = jb_has_suffix(file, suffixes[i]);
    g_free(file);
    return is;
}

/* Whether a .json file holds a specification, not data: an object with a key that only those have at their
 * root. What cannot be read, or is larger than a specification may be, is left to the reader of data. */
static bool is_json_spec(const char *path) {
    static const char *const keys[] = {"mark",    "layer",  "encoding", "$schema", "hconcat",
                                       "vconcat", "concat", "facet",    "repeat",  "spec"};
    char *text = NULL;
    gsize length = 0;
    bool is = false;
    GStatBuf about;
    if (!jb_has_suffix(path, ".json") || g_stat(path, &about) || !S_ISREG(about.st_mode) ||
        (size_t)about.st_size > JB_LIMIT_YAML_BYTES || !g_file_get_contents(path, &text, &length, NULL))
        return false;
    bool object = text[strspn(text, " \t\r\n")] == '{'; /* most data are lists, which need no parsing here */
    json_t *root = object ? json_loadb(text, length, 0, NULL) : NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(keys) && !is; i++) is = json_object_get(root, keys[i]) != NULL;
    json_decref(root);
    g_free(text);
    return is;
}

/* ---- the short form ---- */

static void spec_line(GString *out, const char *key, const char *value) {
    if (!value) return;
    g_string_append_printf(out, "%s: ", key);
    jb_text_json(out, value);
    g_string_append_c(out, '\n');
}

static void spec_list(GString *out, const char *key, const char *values) {
    if (!values) return;
    char **parts = g_strsplit(values, ",", -1);
    g_string_append_printf(out, "%s: [", key);
    for (unsigned i = 0; parts[i]; i++) {
        if (i) g_string_append(out, ", ");
        jb_text_json(out, g_strstrip(parts[i]));
    }
    g_string_append(out, "]\n");
    g_strfreev(parts);
}

static jb_status parse_options(job *j, const GString *text, jb_node **root) {
    jb_pos origin = {jb_source_add(j->ctx, "command line", text->str, text->len), 1, 1};
    return jb_node_parse(j->ctx, j->arena, text->str, text->len, origin, root);
}

static void spec_options(GString *text, const jb_chart_request *q) {
    spec_line(text, "x", q->x);
    spec_list(text, "y", q->y);
    spec_line(text, "where", q->where);
    spec_line(text, "title", q->title);
}

/* The options of the command line as the specification they stand for. */
static jb_status spec_from_options(job *j) {
    const jb_chart_request *q = j->request;
    GString *text = g_string_new(NULL);
    jb_node *root = NULL;
    spec_line(text, "mark", q->mark ? q->mark : "bar");
    spec_line(text, "data", "data");
    spec_options(text, q);
    jb_status status = parse_options(j, text, &root);
    j->spec = root;
    g_string_free(text, TRUE);
    return status == JB_OK ? jb_source_load(j->ctx, j->store, NULL, "data", q->source, (jb_pos){0}) : status;
}

/* What the command line says goes before what the specification says. A headline would hide a title. */
static jb_status override_spec(job *j) {
    const jb_chart_request *q = j->request;
    GString *text = g_string_new(NULL);
    jb_node *over = NULL;
    spec_line(text, "mark", q->mark);
    spec_options(text, q);
    if (q->title && jb_node_get(j->spec, "headline")) g_string_append(text, "headline: ~\n");
    jb_status status = text->len ? parse_options(j, text, &over) : JB_OK;
    if (status == JB_OK && over) j->spec = jb_node_merge(j->arena, j->spec, over);
    g_string_free(text, TRUE);
    return status;
}

/* ---- a specification file ---- */

/* `data:` of a file names a data file beside it, which becomes a dataset of that name. */
static jb_status spec_from_file(job *j) {
    jb_node *root = NULL;
    jb_status status = jb_node_load(j->ctx, j->arena, j->request->source, (jb_pos){0}, &root);
    const jb_node *data = status == JB_OK ? jb_node_get(root, "data") : NULL;
    j->spec = root;
    if (status != JB_OK || (jb_vl_is(root) && !(data && data->kind == JB_NODE_SCALAR && is_data(data->text))))
        return status;
    if (!data || data->kind != JB_NODE_SCALAR || !is_data(data->text))
        return jb_fail(j->ctx, data ? data->pos : root->pos,
                       "data: must name a data file beside the chart's (.csv, .xlsx, .json, …)");
    return jb_source_load(j->ctx, j->store, j->request->source, data->text, data->text, data->pos);
}

/* ---- a block of a report ---- */

static jb_block *find_chart(jb_block *const *blocks, unsigned count, const char *id) {
    for (unsigned i = 0; i < count; i++) {
        if (blocks[i]->kind == JB_BLOCK_CHART && !strcmp(blocks[i]->id, id)) return blocks[i];
        jb_block *inside = find_chart(blocks[i]->children, blocks[i]->count, id);
        if (inside) return inside;
    }
    return NULL;
}

static void list_charts(jb_block *const *blocks, unsigned count, GPtrArray *ids) {
    for (unsigned i = 0; i < count; i++) {
        if (blocks[i]->kind == JB_BLOCK_CHART) g_ptr_array_add(ids, (gpointer)blocks[i]->id);
        list_charts(blocks[i]->children, blocks[i]->count, ids);
    }
}

static jb_status no_such_chart(job *j, const char *id) {
    GPtrArray *ids = g_ptr_array_new();
    GString *near = g_string_new(NULL);
    list_charts(j->document->blocks, j->document->count, ids);
    jb_suggest(near, id, (const char *const *)ids->pdata, ids->len);
    jb_status status =
        jb_fail(j->ctx, jb_pos_file(j->document->file), "no chart “%s” in the report%s", id, near->str);
    g_ptr_array_free(ids, TRUE);
    g_string_free(near, TRUE);
    return status;
}

/* Opens the report with its data; once for all its charts. */
static jb_status open_report(job *j, const char *path) {
    jb_status status = jb_document_open(j->ctx, path, &j->document);
    if (status == JB_OK) status = jb_sources_load(j->ctx, j->document, NULL, 0, j->store);
    return status == JB_OK ? jb_document_read(j->ctx, j->document, j->store) : status;
}

static jb_status spec_from_block(job *j, jb_block *block) {
    j->spec = block->spec;
    g_clear_pointer(&j->chart, jb_chart_free); /* another chart than the one before */
    return jb_block_resolve(j->ctx, j->document, block, j->store);
}

static jb_status spec_from_report(job *j, const char *hash) {
    char *path = g_strndup(j->request->source, (size_t)(hash - j->request->source));
    jb_status status = open_report(j, path);
    g_free(path);
    if (status != JB_OK) return status;
    jb_block *block = find_chart(j->document->blocks, j->document->count, hash + 1);
    return block ? spec_from_block(j, block) : no_such_chart(j, hash + 1);
}

static jb_status read_spec(job *j) {
    const char *source = j->request->source, *hash = strrchr(source, '#');
    bool file =
        jb_has_suffix(source, ".yaml") || jb_has_suffix(source, ".yml") || jb_has_suffix(source, ".json");
    if ((is_data(source) && !is_json_spec(source)) || (j->request->mark && !hash && !file))
        return spec_from_options(j);
    jb_status status = hash ? spec_from_report(j, hash) : spec_from_file(j);
    return status == JB_OK ? override_spec(j) : status;
}

/* The sizes of slides over the theme's colours. */
static jb_status read_slides(job *j) {
    const char *text = jb_theme_builtin("slides");
    jb_pos origin = {jb_source_add(j->ctx, "theme slides", text, strlen(text)), 1, 1};
    jb_node *sizes = NULL;
    jb_status status = jb_node_parse(j->ctx, j->arena, text, strlen(text), origin, &sizes);
    if (status != JB_OK) return status;
    const jb_node *root = jb_node_merge(j->arena, j->theme->root, sizes);
    return jb_chart_style_load(j->ctx, root, &j->style);
}

static jb_status open_theme(job *j) {
    const jb_document *document = j->document;
    j->theme = jb_theme_of_head(j->ctx, document ? document->head : NULL, document ? document->file : NULL);
    if (!j->theme) return JB_INPUT;
    j->style = j->theme->chart;
    j->fonts = jb_fonts_new(j->ctx, j->theme->wishes);
    if (!j->fonts) return JB_FAILED;
    return j->format && j->format->slide ? read_slides(j) : JB_OK;
}

static jb_status print(job *j, GString *dump) {
    if (!strcmp(j->request->dump, "chart")) {
        jb_chart_dump(j->chart, dump);
        return JB_OK;
    }
    return jb_scene_dump(j->ctx, j->chart->scene, 0, dump);
}

static jb_status check_request(job *j) {
    const jb_chart_request *q = j->request;
    const char *output = q->output;
    if (q->dump && strcmp(q->dump, "chart") && strcmp(q->dump, "scene"))
        return jb_fail(j->ctx, (jb_pos){0}, "unknown dump stage “%s” of a chart; there are: chart, scene",
                       q->dump);
    if (q->format && !(j->format = jb_picture_format_find(j->ctx, q->format))) return JB_INPUT;
    if (q->dump) return JB_OK;
    if (!output)
        return jb_fail(j->ctx, (jb_pos){0}, "a chart needs an output file: -o FILE.png, .svg or .pdf");
    if (jb_has_suffix(output, ".png") || jb_has_suffix(output, ".svg") || jb_has_suffix(output, ".pdf"))
        return JB_OK;
    return jb_fail(j->ctx, jb_pos_file(jb_intern(j->ctx, output)), "the name must end in .png, .svg or .pdf");
}

/* Draws the chart whose specification and theme are there, and writes or prints it. */
static jb_status finish(job *j, GString *dump) {
    jb_status status;
    jb_timing_stage(j->ctx, "chart");
    if ((status = jb_chart_job_draw(j)) != JB_OK) return status;
    if ((status = jb_chart_tell(j->ctx, j->chart)) != JB_OK) return status;
    jb_timing_stage(j->ctx, "write");
    return j->request->dump ? print(j, dump) : jb_chart_job_save(j);
}

static jb_status run_one(job *j, GString *dump) {
    jb_status status;
    jb_timing_stage(j->ctx, "data");
    if ((status = read_spec(j)) != JB_OK) return status;
    jb_timing_stage(j->ctx, "fonts");
    if ((status = open_theme(j)) != JB_OK) return status;
    j->output = j->request->output;
    return finish(j, dump);
}

/* ---- all charts of a report ---- */

/* Ids come from the report: none may lead out of the folder, hide a file or look like something else. */
static bool is_file_name(const char *id) {
    if (!*id || *id == '.' || *id == '-' || strstr(id, "..") || strlen(id) > 200) return false;
    for (const char *c = id; *c; c++)
        if ((unsigned char)*c < 32 || *c == 127 || strchr("/\\:", *c)) return false;
    return true;
}

/* The pattern with {id} and {n} filled in; numbers have as many digits as the last one. NULL, when the
 * pattern is wrong or the id is no file name, is told at `pos`. */
static const char *name_output(job *j, const jb_block *block, unsigned n, unsigned count) {
    const char *at = j->request->output;
    GString *name = g_string_new(NULL);
    int digits = count > 99 ? 3 : count > 9 ? 2 : 1;
    bool done = true;
    while (*at && done) {
        if (g_str_has_prefix(at, "{id}") && (done = is_file_name(block->id))) {
            g_string_append(name, block->id);
            at += 4;
        } else if (g_str_has_prefix(at, "{n}")) {
            g_string_append_printf(name, "%0*u", digits, n);
            at += 3;
        } else if (done) {
            g_string_append_c(name, *at++);
        }
    }
    if (!done)
        jb_fail(j->ctx, block->pos,
                "the id “%s” is no name for a file: no /, \\, : or .., no . or - in front", block->id);
    const char *kept = done ? jb_arena_string(j->arena, name->str) : NULL;
    g_string_free(name, TRUE);
    return kept;
}

static void collect_charts(jb_block *const *blocks, unsigned count, GPtrArray *charts) {
    for (unsigned i = 0; i < count; i++) {
        if (blocks[i]->kind == JB_BLOCK_CHART) g_ptr_array_add(charts, blocks[i]);
        collect_charts(blocks[i]->children, blocks[i]->count, charts);
    }
}

static jb_status run_chart(job *j, jb_block *block, unsigned n, GPtrArray *charts, const char **names) {
    if (!(names[n] = name_output(j, block, n + 1, charts->len))) return JB_INPUT;
    for (unsigned i = 0; i < n; i++)
        if (names[i] && !strcmp(names[i], names[n]))
            return jb_fail(j->ctx, block->pos, "two charts would be written to “%s”", names[n]);
    j->output = names[n];
    jb_status status = spec_from_block(j, block);
    if (status == JB_OK) status = override_spec(j);
    return status == JB_OK ? finish(j, NULL) : status;
}

/* One chart that fails does not stop the others. */
static jb_status run_all(job *j) {
    jb_timing_stage(j->ctx, "data");
    jb_status status = open_report(j, j->request->source);
    if (status != JB_OK) return status;
    jb_timing_stage(j->ctx, "fonts");
    if ((status = open_theme(j)) != JB_OK) return status;
    GPtrArray *charts = g_ptr_array_new();
    collect_charts(j->document->blocks, j->document->count, charts);
    const char **names = JB_ARRAY(j->arena, const char *, charts->len + 1);
    if (!charts->len) status = jb_fail(j->ctx, jb_pos_file(j->document->file), "the report has no charts");
    for (unsigned i = 0; i < charts->len; i++)
        if (run_chart(j, g_ptr_array_index(charts, i), i, charts, names) != JB_OK) status = JB_FAILED;
    g_ptr_array_free(charts, TRUE);
    return status;
}

static jb_status check_all(job *j) {
    const jb_chart_request *q = j->request;
    if (q->dump) return jb_fail(j->ctx, (jb_pos){0}, "stages are printed of one chart at a time");
    if (strstr(q->output, "{id}") || strstr(q->output, "{n}")) return JB_OK;
    return jb_fail(j->ctx, jb_pos_file(jb_intern(j->ctx, q->output)),
                   "the name of all charts' files needs {id} or {n}, as in charts/{id}.png");
}

jb_status jb_chart_render(jb_context *ctx, const jb_chart_request *request, char **dump) {
    job j = {.ctx = ctx, .request = request, .arena = jb_arena_new(), .store = jb_store_new(ctx)};
    GString *text = g_string_new(NULL);
    jb_status status = check_request(&j);
    if (status == JB_OK && request->all) status = check_all(&j);
    if (status == JB_OK) status = request->all ? run_all(&j) : run_one(&j, text);
    jb_timing_stage(ctx, NULL);
    if (j.chart) jb_chart_free(j.chart);
    jb_fonts_free(j.fonts);
    jb_theme_free(j.theme);
    jb_store_free(j.store);
    if (j.document) jb_document_free(j.document);
    jb_arena_free(j.arena);
    bool wanted = dump && request->dump && status == JB_OK;
    char *printed = g_string_free(text, !wanted);
    if (wanted) *dump = printed;
    return status;
}
