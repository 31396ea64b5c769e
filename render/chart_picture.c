/* How large a chart's picture is, and its file: PNG, SVG or PDF. */
#include <math.h>
#include <string.h>
#include "base/file.h"
#include "output/write.h"
#include "render/chart_job.h"

#define MARGIN 12.0         /* around a chart that stands alone, pt */
#define NATURAL_WIDTH 640.0 /* pt: at 1600 pixels the labels of 8.5 pt are as large as 12 pt on a slide */
/* Of a picture of given size, when its content is low enough: labels of 8.5 pt are 15 pixels high where 960
 * are wide, as on a slide. */
#define SIZED_WIDTH 544.0
#define MOST_COLUMNS 3
#define WORTH_COLUMNS 0.9 /* another column must save so much of the width in pt */
#define DEFAULT_SCALE 2.5
#define PRINT_SCALE (300 / 72.)
#define SLIDE_SCALE 2.0       /* 1920 pixels for a slide 960 pt wide */
#define SLIDE_ZOOM (15 / 8.5) /* the theme slides is for slides 544 pt wide */
#define PLACED_MARGIN 1.0     /* of pictures that stand flush with what is around them */
#define CSS_SCALE (96 / 72.)  /* of an SVG whose size is a length: CSS has 96 pixels an inch */
#define LEAST_TYPE 16.0       /* labels of fewer pixels are hard to read on a slide 1600 wide */
#define ROUNDING 0.5          /* pt that a chart may be higher than its sheet */

typedef jb_chart_job job;

/* Slides are 960 x 540 or 720 x 540 with margins of 48, their charts as high as text and source leave room;
 * halves have a gutter of 24. A page's text is 444 wide, gutters 12. */
static const jb_picture_format formats[] = {
    {"ppt-16x9", 864, 360, SLIDE_SCALE, true},     {"ppt-16x9-half", 420, 330, SLIDE_SCALE, true},
    {"ppt-4x3", 624, 360, SLIDE_SCALE, true},      {"ppt-4x3-half", 300, 330, SLIDE_SCALE, true},
    {"a4-width", 444, 0, PRINT_SCALE, false},      {"a4-half", 216, 150, PRINT_SCALE, false},
    {"a4-third", 140, 110, PRINT_SCALE, false},    {"gongwen-width", 442, 0, PRINT_SCALE, false},
    {"gongwen-half", 213, 150, PRINT_SCALE, false}};

const jb_picture_format *jb_picture_format_find(jb_context *ctx, const char *name) {
    const char *names[G_N_ELEMENTS(formats)];
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (!strcmp(formats[i].name, name)) return &formats[i];
        names[i] = formats[i].name;
    }
    GString *near = g_string_new(NULL);
    jb_suggest(near, name, names, G_N_ELEMENTS(names));
    jb_fail(ctx, (jb_pos){0}, "unknown format “%s” of pictures%s", name, near->str);
    g_string_free(near, TRUE);
    return NULL;
}

bool jb_has_suffix(const char *path, const char *suffix) {
    size_t n = strlen(path), m = strlen(suffix);
    return n > m && !g_ascii_strcasecmp(path + n - m, suffix);
}

const char *jb_chart_job_language(const jb_chart_job *j) {
    const jb_node *node = j->document ? jb_node_get(j->document->head, "lang") : NULL;
    return node && node->kind == JB_NODE_SCALAR ? node->text : NULL;
}

/* ---- layout ---- */

static jb_status build(job *j, double width, double height, unsigned columns) {
    jb_chart_frame frame = {.width = width - 2 * j->margin,
                            .columns = columns,
                            .height = height > 0 ? MAX(height - 2 * j->margin, 1) : 0,
                            .language = jb_chart_job_language(j)};
    jb_chart *before = g_steal_pointer(&j->chart);
    jb_status status =
        before ? jb_chart_again(before, &frame, &j->chart)
               : jb_chart_new(j->ctx, j->spec, j->store, j->fonts, &j->style, &frame, &j->chart);
    jb_chart_free(before);
    return status;
}

/* Finds a width in pt that lets the chart's content fit a picture's shape. */
static jb_status fit_width(job *j, double aspect, unsigned columns, double *width) {
    *width = SIZED_WIDTH;
    for (int i = 0; i < 60; i++) {
        jb_status status = build(j, *width, 0, columns);
        if (status != JB_OK) return status;
        double need = j->chart->scene->height + 2 * j->margin, have = *width * aspect;
        if (need <= have + 0.01) break;
        *width *= CLAMP(sqrt(need / have), 1.02, 1.08); /* small steps: a wider chart may need less height */
    }
    /* plots of a size of their own do not fill the width */
    *width = fmin(*width, fmax(j->chart->scene->width + 2 * j->margin,
                               (j->chart->scene->height + 2 * j->margin) / aspect));
    return JB_OK;
}

/* Pixels that a label is high in a picture 1600 wide. */
static double type_size(const job *j, double width) { return j->style.label * 1600 / width; }

/* Whether the content fits a picture of that width; wider ones need no more height, so narrower ones do not
 * fit when it does not. */
static jb_status fits_width(job *j, double aspect, unsigned columns, double width, bool *fits) {
    jb_status status = build(j, width, 0, columns);
    *fits = status == JB_OK && j->chart->scene->height + 2 * j->margin <= width * aspect + 0.01;
    return status;
}

/* A picture of a given size. Where labels of many bars would come out small, their rows stand in columns. */
static jb_status build_sized(job *j) {
    const jb_chart_request *q = j->request;
    double aspect = q->height / q->width, width, other;
    unsigned columns = 0;
    jb_status status = fit_width(j, aspect, 0, &width);
    bool small = status == JB_OK && j->chart->rows && type_size(j, width) < LEAST_TYPE;
    for (unsigned n = 1; n <= MOST_COLUMNS && status == JB_OK && small; n++) {
        bool worth;
        status = fits_width(j, aspect, n, width * WORTH_COLUMNS, &worth);
        if (worth) status = fit_width(j, aspect, n, &other);
        if (!worth || status != JB_OK || other > width * WORTH_COLUMNS) continue;
        width = other;
        columns = n;
    }
    if (status != JB_OK) return status;
    j->scale = q->width / width;
    status = build(j, width, width * aspect, columns);
    if (status == JB_OK && type_size(j, width) < LEAST_TYPE)
        jb_diag(j->ctx, JB_WARNING, jb_pos_file(j->output ? jb_intern(j->ctx, j->output) : NULL),
                "much content for this size: labels are %d pixels high; give more height, or draw fewer rows",
                (int)(j->scale * j->style.label));
    return status;
}

/* pt of the slide or page a pt of the layout. */
static double zoom_of(const job *j) { return j->format && j->format->slide ? SLIDE_ZOOM : 1; }

/* A sheet of a given size in pt: type keeps its size. Bars that are too many for its height stand in columns;
 * the sheet grows when that does not help. */
static jb_status build_fixed(job *j, double width, double height) {
    jb_status status = build(j, width, height, 0);
    j->width = width;
    j->height = height;
    for (unsigned n = 2; n <= MOST_COLUMNS && status == JB_OK && height > 0 && j->chart->rows; n++) {
        if (j->chart->scene->height + 2 * j->margin <= height + ROUNDING) return JB_OK;
        status = build(j, width, height, n);
    }
    if (status != JB_OK || !(height > 0)) return status;
    if (j->chart->scene->height + 2 * j->margin > height + ROUNDING && j->chart->rows &&
        (status = build(j, width, height, 0)) != JB_OK)
        return status;
    double need = j->chart->scene->height + 2 * j->margin;
    if (need > height + ROUNDING)
        jb_diag(j->ctx, JB_WARNING, jb_pos_file(j->output ? jb_intern(j->ctx, j->output) : NULL),
                "the picture is %d pt high, not %d: its content does not fit at the theme's type sizes; draw "
                "fewer rows",
                (int)ceil(need * zoom_of(j)), (int)(height * zoom_of(j) + 0.5));
    return JB_OK;
}

jb_status jb_chart_job_draw(job *j) {
    const jb_chart_request *q = j->request;
    const jb_picture_format *f = j->format;
    double zoom = zoom_of(j);
    j->margin = f ? PLACED_MARGIN : MARGIN;
    j->width = j->height = 0;
    if (q->width > 0 && q->height > 0 && !(q->scale > 0)) {
        jb_status status = build_sized(j);
        j->width = q->width / j->scale;
        j->height = q->height / j->scale;
        return status;
    }
    j->scale = q->scale > 0 ? q->scale : f ? f->scale : q->width_pt > 0 ? PRINT_SCALE : DEFAULT_SCALE;
    j->scale *= zoom;
    if (f) return build_fixed(j, f->width / zoom, f->height / zoom);
    if (q->width_pt > 0) return build_fixed(j, q->width_pt, q->height_pt);
    if (q->width > 0 && q->height > 0) return build_fixed(j, q->width / j->scale, q->height / j->scale);
    return build(j, q->width > 0 ? q->width / j->scale : NATURAL_WIDTH, 0, 0);
}

/* ---- writing ---- */

/* The chart on its sheet, with the margin around it. */
static jb_scene *sheet(const job *j, int element) {
    double width = j->chart->scene->width + 2 * j->margin, height = j->chart->scene->height + 2 * j->margin;
    if (j->width > 0) width = j->width;
    jb_scene *scene = jb_scene_new(NULL, width, MAX(height, j->height));
    if (element) jb_scene_tag(scene, element);
    jb_scene_place(scene, j->chart->scene, j->margin, j->margin);
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
    pages->language = jb_chart_job_language(j) ? jb_chart_job_language(j) : "zh-CN";
    pages->fonts = j->fonts;
    pages->blacks = j->theme->blacks;
    pages->black_count = j->theme->black_count;
    g_ptr_array_add(pages->scenes, scene);
    jb_status status = jb_pdf_write(j->ctx, pages, false, out);
    jb_pages_free(pages);
    return status;
}

static jb_status write_svg(job *j, const jb_scene *scene, GByteArray *out) {
    GString *text = g_string_new(NULL);
    const jb_chart_request *q = j->request;
    bool measured = !(q->scale > 0) && (j->format || q->width_pt > 0);
    const jb_svg_options options = {.scale = measured ? CSS_SCALE * zoom_of(j) : j->scale,
                                    .text = q->text,
                                    .title = j->chart->title,
                                    .description = j->chart->alt,
                                    .language = jb_chart_job_language(j)};
    jb_status status = jb_svg_write(j->ctx, scene, &options, text);
    g_byte_array_append(out, (const guint8 *)text->str, (guint)text->len);
    g_string_free(text, TRUE);
    return status;
}

static jb_status write_picture(job *j, GByteArray *out) {
    if (jb_has_suffix(j->output, ".pdf")) return write_pdf(j, out);
    const jb_png_options png = {.scale = j->scale, .transparent = j->request->transparent};
    jb_scene *scene = sheet(j, 0);
    jb_status status =
        jb_has_suffix(j->output, ".svg") ? write_svg(j, scene, out) : jb_png_write(j->ctx, scene, &png, out);
    jb_scene_free(scene);
    return status;
}

jb_status jb_chart_job_save(job *j) {
    GByteArray *out = g_byte_array_new();
    jb_status status = write_picture(j, out);
    if (status == JB_OK) status = jb_file_write(j->ctx, j->output, out->data, out->len);
    g_byte_array_free(out, TRUE);
    return status;
}
