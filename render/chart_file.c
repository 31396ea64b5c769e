/* One chart as a picture: jb_chart_render. The specification comes from a YAML file, a block of a report, or
 * the short form over a data file. */
#include <math.h>
#include <string.h>
#include "base/file.h"
#include "base/text.h"
#include "charts/chart.h"
#include "input/sources.h"
#include "output/write.h"
#include "render/theme.h"

#define MARGIN 12.0         /* around a chart that stands alone, pt */
#define NATURAL_WIDTH 640.0 /* pt: at 1600 pixels the labels of 8.5 pt are as large as 12 pt on a slide */
/* Of a picture of given size, when its content is low enough: labels of 8.5 pt are 15 pixels high where 960
 * are wide, as on a slide. */
#define SIZED_WIDTH 544.0
#define MOST_COLUMNS 3
#define WORTH_COLUMNS 0.9 /* another column must save so much of the width in pt */
#define DEFAULT_SCALE 2.5
#define LEAST_TYPE 16.0 /* labels of fewer pixels are hard to read on a slide 1600 wide */

typedef struct job {
    jb_context *ctx;
    const jb_chart_request *request;
    jb_arena *arena;
    jb_document *document; /* when the chart is a block of a report */
    jb_store *store;
    jb_theme *theme;
    jb_fonts *fonts;
    const jb_node *spec;
    jb_chart *chart;
    double scale; /* pixels a pt */
    GString *dump;
} job;

static bool has_suffix(const char *path, const char *suffix) {
    size_t n = strlen(path), m = strlen(suffix);
    return n > m && !g_ascii_strcasecmp(path + n - m, suffix);
}

/* A data file, or a sheet or table of one: nothing else is drawn without a mark. */
static bool is_data(const char *path) {
    static const char *const suffixes[] = {".csv", ".tsv", ".xlsx", ".ods", ".xls", ".et", ".json", ".db", ".sqlite"};
    char *file = g_strndup(path, strcspn(path, "!"));
    bool is = false, spec = has_suffix(path, ".vl.json");
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes) && !is && !spec; i++) is = has_suffix(file, suffixes[i]);
    g_free(file);
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
    if (status != JB_OK || (jb_vl_is(root) && !(data && data->kind == JB_NODE_SCALAR && is_data(data->text)))) return status;
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

static jb_status spec_from_report(job *j, const char *hash) {
    char *path = g_strndup(j->request->source, (size_t)(hash - j->request->source));
    jb_status status = jb_document_open(j->ctx, path, &j->document);
    g_free(path);
    if (status == JB_OK) status = jb_sources_load(j->ctx, j->document, NULL, 0, j->store);
    if (status == JB_OK) status = jb_document_read(j->ctx, j->document, j->store);
    if (status != JB_OK) return status;
    jb_block *block = find_chart(j->document->blocks, j->document->count, hash + 1);
    if (!block) return no_such_chart(j, hash + 1);
    j->spec = block->spec;
    return jb_block_resolve(j->ctx, j->document, block, j->store);
}

static jb_status read_spec(job *j) {
    const char *source = j->request->source, *hash = strrchr(source, '#');
    bool file = has_suffix(source, ".yaml") || has_suffix(source, ".yml") || has_suffix(source, ".json");
    if (is_data(source) || (j->request->mark && !hash && !file)) return spec_from_options(j);
    jb_status status = hash ? spec_from_report(j, hash) : spec_from_file(j);
    return status == JB_OK ? override_spec(j) : status;
}

static jb_status open_theme(job *j) {
    const jb_node *node = j->document ? jb_node_get(j->document->head, "theme") : NULL;
    const char *name = "briefing";
    jb_pos pos = node ? node->pos : (jb_pos){0};
    jb_status status = node ? jb_node_string(j->ctx, node, &name) : JB_OK;
    if (status != JB_OK) return status;
    j->theme = jb_theme_load(j->ctx, name, j->document ? j->document->file : NULL, pos);
    if (!j->theme) return JB_INPUT;
    j->fonts = jb_fonts_new(j->ctx, j->theme->wishes);
    return j->fonts ? JB_OK : JB_FAILED;
}

/* ---- drawing ---- */

static jb_status build(job *j, double width, double height, unsigned columns) {
    jb_chart_frame frame = {.width = width - 2 * MARGIN,
                            .columns = columns,
                            .height = height > 0 ? MAX(height - 2 * MARGIN, 1) : 0};
    g_clear_pointer(&j->chart, jb_chart_free);
    return jb_chart_new(j->ctx, j->spec, j->store, j->fonts, &j->theme->chart, &frame, &j->chart);
}

/* Finds a width in pt that lets the chart's content fit a picture's shape. */
static jb_status fit_width(job *j, double aspect, unsigned columns, double *width) {
    *width = SIZED_WIDTH;
    for (int i = 0; i < 60; i++) {
        jb_status status = build(j, *width, 0, columns);
        if (status != JB_OK) return status;
        double need = j->chart->scene->height + 2 * MARGIN, have = *width * aspect;
        if (need <= have + 0.01) break;
        *width *= CLAMP(sqrt(need / have), 1.02, 1.08); /* small steps: a wider chart may need less height */
    }
    return JB_OK;
}

/* Pixels that a label is high in a picture 1600 wide. */
static double type_size(const job *j, double width) { return j->theme->chart.label * 1600 / width; }

/* A picture of a given size. Where labels of many bars would come out small, their rows stand in columns. */
static jb_status build_sized(job *j) {
    const jb_chart_request *q = j->request;
    double aspect = q->height / q->width, width, other;
    unsigned columns = 0;
    jb_status status = fit_width(j, aspect, 0, &width);
    bool small = status == JB_OK && j->chart->rows && type_size(j, width) < LEAST_TYPE;
    for (unsigned n = 1; n <= MOST_COLUMNS && status == JB_OK && small; n++) {
        status = fit_width(j, aspect, n, &other);
        if (status != JB_OK || other > width * WORTH_COLUMNS) continue;
        width = other;
        columns = n;
    }
    if (status != JB_OK) return status;
    j->scale = q->width / width;
    status = build(j, width, width * aspect, columns);
    if (status == JB_OK && type_size(j, width) < LEAST_TYPE)
        jb_diag(j->ctx, JB_WARNING, jb_pos_file(q->output ? jb_intern(j->ctx, q->output) : NULL),
                "much content for this size: labels are %d pixels high; give more height, or draw fewer rows",
                (int)(j->scale * j->theme->chart.label));
    return status;
}

static jb_status draw(job *j) {
    const jb_chart_request *q = j->request;
    if (q->width > 0 && q->height > 0) return build_sized(j);
    j->scale = q->scale > 0 ? q->scale : DEFAULT_SCALE;
    return build(j, q->width > 0 ? q->width / j->scale : NATURAL_WIDTH, 0, 0);
}

/* The chart on its sheet, with the margin around it. */
static jb_scene *sheet(const job *j, int element) {
    const jb_chart_request *q = j->request;
    double width = j->chart->scene->width + 2 * MARGIN, height = j->chart->scene->height + 2 * MARGIN;
    if (q->width > 0 && q->height > 0) {
        width = q->width / j->scale;
        height = MAX(height, q->height / j->scale);
    }
    jb_scene *scene = jb_scene_new(NULL, width, height);
    if (element) jb_scene_tag(scene, element);
    jb_scene_place(scene, j->chart->scene, MARGIN, MARGIN);
    if (element) jb_scene_untag(scene);
    return scene;
}

static jb_status write_pdf(job *j, GByteArray *out) {
    jb_pages *pages = jb_pages_new();
    int figure = jb_structure_add(pages->structure, 0, JB_ELEMENT_FIGURE);
    jb_scene *scene = sheet(j, figure);
    jb_element *element = jb_structure_at(pages->structure, figure);
    element->alt = j->chart->alt;
    element->box[2] = scene->width;
    element->box[3] = scene->height;
    pages->title = j->chart->title ? j->chart->title : "图表";
    pages->language = "zh-CN";
    pages->fonts = j->fonts;
    g_ptr_array_add(pages->scenes, scene);
    jb_status status = jb_pdf_write(j->ctx, pages, false, out);
    jb_pages_free(pages);
    return status;
}

static jb_status write_svg(job *j, const jb_scene *scene, GByteArray *out) {
    GString *text = g_string_new(NULL);
    jb_status status = jb_svg_write(j->ctx, scene, j->scale, j->chart->title, j->chart->alt, text);
    g_byte_array_append(out, (const guint8 *)text->str, (guint)text->len);
    g_string_free(text, TRUE);
    return status;
}

static jb_status write_picture(job *j, GByteArray *out) {
    const char *path = j->request->output;
    if (has_suffix(path, ".pdf")) return write_pdf(j, out);
    jb_scene *scene = sheet(j, 0);
    jb_status status =
        has_suffix(path, ".svg") ? write_svg(j, scene, out) : jb_png_write(j->ctx, scene, j->scale, out);
    jb_scene_free(scene);
    return status;
}

static jb_status save(job *j) {
    GByteArray *out = g_byte_array_new();
    jb_status status = write_picture(j, out);
    if (status == JB_OK) status = jb_file_write(j->ctx, j->request->output, out->data, out->len);
    g_byte_array_free(out, TRUE);
    return status;
}

static jb_status print(job *j) {
    if (!strcmp(j->request->dump, "chart")) {
        jb_chart_dump(j->chart, j->dump);
        return JB_OK;
    }
    return jb_scene_dump(j->ctx, j->chart->scene, 0, j->dump);
}

static jb_status check_request(jb_context *ctx, const jb_chart_request *q) {
    const char *output = q->output;
    if (q->dump && strcmp(q->dump, "chart") && strcmp(q->dump, "scene"))
        return jb_fail(ctx, (jb_pos){0}, "unknown dump stage “%s” of a chart; there are: chart, scene",
                       q->dump);
    if (q->dump) return JB_OK;
    if (!output) return jb_fail(ctx, (jb_pos){0}, "a chart needs an output file: -o FILE.png, .svg or .pdf");
    if (has_suffix(output, ".png") || has_suffix(output, ".svg") || has_suffix(output, ".pdf")) return JB_OK;
    return jb_fail(ctx, jb_pos_file(jb_intern(ctx, output)), "the name must end in .png, .svg or .pdf");
}

static jb_status run(job *j) {
    jb_status status;
    jb_timing_stage(j->ctx, "data");
    if ((status = read_spec(j)) != JB_OK) return status;
    jb_timing_stage(j->ctx, "fonts");
    if ((status = open_theme(j)) != JB_OK) return status;
    jb_timing_stage(j->ctx, "chart");
    if ((status = draw(j)) != JB_OK) return status;
    jb_chart_tell(j->ctx, j->chart);
    jb_timing_stage(j->ctx, "write");
    return j->request->dump ? print(j) : save(j);
}

jb_status jb_chart_render(jb_context *ctx, const jb_chart_request *request, char **dump) {
    job j = {.ctx = ctx,
             .request = request,
             .arena = jb_arena_new(),
             .store = jb_store_new(ctx),
             .dump = g_string_new(NULL)};
    jb_status status = check_request(ctx, request);
    if (status == JB_OK) status = run(&j);
    jb_timing_stage(ctx, NULL);
    if (j.chart) jb_chart_free(j.chart);
    jb_fonts_free(j.fonts);
    jb_theme_free(j.theme);
    jb_store_free(j.store);
    if (j.document) jb_document_free(j.document);
    jb_arena_free(j.arena);
    char *text = g_string_free(j.dump, FALSE);
    if (dump && request->dump && status == JB_OK)
        *dump = text;
    else
        g_free(text);
    return status;
}
