/* Charts in the text: the drawing, then number and title below it, then the source. */
#include "render/build.h"

#include <string.h>

typedef struct figure {
    const jb_chart *chart;
    int element;
    double x;
} figure;

static void draw_figure(jb_painter *p, const jb_slab *slab, double y) {
    const figure *it = slab->data;
    double x = p->theme->inner + it->x;
    jb_element *element = jb_structure_at(p->layout->pages->structure, it->element);
    element->page = (int)p->page;
    element->box[0] = x;
    element->box[1] = y;
    element->box[2] = x + it->chart->scene->width;
    element->box[3] = y + it->chart->scene->height;
    jb_scene_tag(p->scene, it->element);
    jb_scene_place(p->scene, it->chart->scene, x, y);
    jb_scene_untag(p->scene);
}

typedef struct centred {
    const jb_text *text;
    unsigned line;
} centred;

static void draw_centred_line(jb_painter *p, const jb_slab *slab, double y) {
    const centred *it = slab->data;
    const jb_line *line = &it->text->para->lines[it->line];
    double x = p->theme->inner + (p->theme->measure - line->width) / 2 - line->x;
    jb_text_draw(p, it->text, it->line, x, jb_text_baseline(it->text->style, y), JB_AS_TAGGED);
}

static void add_centred(jb_builder *b, const char *words, jb_style_name name, int element, double before,
                        double after, jb_pos pos) {
    jb_para_options options = {.measure = b->theme->measure * 0.9, .align = JB_ALIGN_LEFT, .balance = true};
    const jb_text_style *style = &b->theme->styles[name];
    const jb_text *text = jb_text_plain(b, words, style, element, &options, pos);
    for (unsigned i = 0; i < text->para->count; i++) {
        centred *data = JB_NEW(b->arena, centred);
        *data = (centred){text, i};
        jb_slab_add(b, (jb_slab){.height = style->leading,
                                 .before = i ? 0 : before,
                                 .tied = true,
                                 .table = -1,
                                 .after = i + 1 == text->para->count ? after : 0,
                                 .block = b->block,
                                 .draw = draw_centred_line,
                                 .data = data});
    }
}

static const char *joined(jb_builder *b, const char *first, const char *second) {
    char *text = g_strconcat(first, second, NULL);
    const char *kept = jb_arena_string(b->arena, text);
    g_free(text);
    return kept;
}

static void add_captions(jb_builder *b, const jb_chart *chart, int figure_element, jb_pos pos) {
    const jb_theme *t = b->theme;
    char label[24];
    g_snprintf(label, sizeof label, "图 %u", ++b->figures);
    int caption = jb_structure_add(b->structure, figure_element, JB_ELEMENT_CAPTION);
    const char *words = chart->title ? joined(b, joined(b, label, "　"), chart->title) : joined(b, label, "");
    bool more = chart->note || chart->source;
    add_centred(b, words, JB_STYLE_CAPTION, caption, t->figure_to_caption, more ? 0 : t->figure_after, pos);
    if (chart->note) {
        const char *note =
            g_str_has_prefix(chart->note, "注：") ? chart->note : joined(b, "注：", chart->note);
        int element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_P);
        add_centred(b, note, JB_STYLE_SOURCE, element, t->figure_source_gap,
                    chart->source ? 0 : t->figure_after, pos);
    }
    if (chart->source) {
        const char *source = g_str_has_prefix(chart->source, "资料来源：")
                                 ? chart->source
                                 : joined(b, "资料来源：", chart->source);
        int element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_P);
        add_centred(b, source, JB_STYLE_SOURCE, element, chart->note ? 0 : t->figure_source_gap,
                    t->figure_after, pos);
    }
}

void jb_build_figure(jb_builder *b, const jb_block *block) {
    const jb_theme *t = b->theme;
    const jb_node *language = jb_node_get(b->document->head, "lang");
    jb_chart_frame frame = {.width = t->measure - b->x - b->right,
                            .document = true,
                            .language = language && language->kind == JB_NODE_SCALAR ? language->text : NULL};
    jb_chart *chart = NULL;
    jb_status status = jb_chart_new(b->ctx, block->spec, b->store, b->fonts, &t->chart, &frame, &chart);
    jb_builder_failed(b, status);
    if (status != JB_OK) return;
    g_ptr_array_add(b->layout->charts, chart);
    jb_builder_failed(b, jb_chart_tell(b->ctx, chart));
    if (chart->scene->height > t->depth) {
        jb_builder_failed(
            b, jb_fail(b->ctx, block->pos,
                       "the chart is %d pt high and the page holds %d; draw fewer rows, or part it by where:",
                       (int)chart->scene->height, (int)t->depth));
        return;
    }
    figure *data = JB_NEW(b->arena, figure);
    *data = (figure){chart, jb_structure_add(b->structure, b->parent, JB_ELEMENT_FIGURE), b->x};
    jb_structure_at(b->structure, data->element)->alt = chart->alt;
    jb_slab_add(b, (jb_slab){.height = chart->scene->height,
                             .before = t->figure_before,
                             .table = -1,
                             .block = b->block,
                             .draw = draw_figure,
                             .data = data});
    add_captions(b, chart, data->element, block->pos);
}
