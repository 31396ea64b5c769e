/* A small report, laid out by hand: two pages with headings, a paragraph over both, a list, a table, a
 * figure, a link, a note, an attachment and bookmarks. */
#ifndef JB_TESTS_PDF_DOCUMENT_H
#define JB_TESTS_PDF_DOCUMENT_H

#include "output/write.h"
#include "tests/unit/test_fonts_common.h"

#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89

typedef struct document {
    jb_context *ctx;
    jb_fonts *fonts;
    jb_pages *pages;
} document;

static inline document document_new(void) {
    document d = {.ctx = jb_context_new()};
    d.fonts = test_fonts(d.ctx);
    assert_non_null(d.fonts);
    d.pages = jb_pages_new();
    d.pages->fonts = d.fonts;
    d.pages->title = "主要指标完成情况简报";
    d.pages->language = "zh-CN";
    return d;
}

static inline void document_free(document *d) {
    jb_pages_free(d->pages);
    jb_fonts_free(d->fonts);
    jb_context_free(d->ctx);
}

static inline jb_scene *document_page(document *d) {
    jb_scene *scene = jb_scene_new(d->pages->arena, PAGE_WIDTH, PAGE_HEIGHT);
    g_ptr_array_add(d->pages->scenes, scene);
    return scene;
}

/* Draws text without tags; returns where it ends. */
static inline double document_text(document *d, jb_scene *scene, jb_role role, double size, double x,
                                   double y, const char *text) {
    jb_style style = {role, false, size, false};
    jb_run *runs;
    unsigned count;
    if (jb_fonts_shape(d->fonts, d->pages->arena, &style, text, strlen(text), (jb_pos){0}, &runs, &count) !=
        JB_OK) {
        print_messages(d->ctx);
        fail();
    }
    for (unsigned i = 0; i < count; x += runs[i++].width)
        jb_scene_text(scene, &runs[i], x, y, (jb_colour){0, 0, 0});
    return x;
}

/* Draws a new element's text. */
static inline int document_element(document *d, jb_scene *scene, int parent, jb_element_type type, double y,
                                   const char *text) {
    int e = jb_structure_add(d->pages->structure, parent, type);
    jb_scene_tag(scene, e);
    document_text(d, scene, type == JB_ELEMENT_H1 ? JB_ROLE_HEI : JB_ROLE_SONG,
                  type == JB_ELEMENT_H1 ? 22 : 10.5, 80, y, text);
    jb_scene_untag(scene);
    return e;
}

static inline void document_bookmark(document *d, int level, const char *title, unsigned page, double y,
                                     int element) {
    jb_bookmark b = {level, title, page, y, element};
    g_array_append_val(d->pages->bookmarks, b);
}

static inline void document_attach(document *d, const char *name, const char *mime, const char *data) {
    jb_attachment a = {name, mime, "源数据", "Source", data, strlen(data)};
    g_array_append_val(d->pages->attachments, a);
}

/* A table of two columns: a header row, a row with a spanning cell. */
static inline int document_table(document *d, jb_scene *scene, int parent, double y) {
    jb_structure *s = d->pages->structure;
    int table = jb_structure_add(s, parent, JB_ELEMENT_TABLE),
        head = jb_structure_add(s, table, JB_ELEMENT_THEAD);
    int row = jb_structure_add(s, head, JB_ELEMENT_TR), th[2];
    static const char *const names[] = {"指标", "完成"};
    for (int i = 0; i < 2; i++) {
        th[i] = document_element(d, scene, row, JB_ELEMENT_TH, y + 14 * i, names[i]);
        jb_structure_at(s, th[i])->scope = 'c';
        jb_structure_at(s, th[i])->id = i ? "t1.h2" : "t1.h1";
    }
    int body = jb_structure_add(s, table, JB_ELEMENT_TBODY);
    row = jb_structure_add(s, body, JB_ELEMENT_TR);
    for (int i = 0; i < 2; i++) {
        int td = document_element(d, scene, row, JB_ELEMENT_TD, y + 28 + 14 * i, i ? "7.5" : "生产总值");
        int *headers = JB_ARRAY(d->pages->arena, int, 1);
        headers[0] = th[i];
        jb_structure_at(s, td)->headers = headers;
        jb_structure_at(s, td)->header_count = 1;
    }
    row = jb_structure_add(s, body, JB_ELEMENT_TR);
    int wide = document_element(d, scene, row, JB_ELEMENT_TD, y + 56, "完成。");
    jb_structure_at(s, wide)->column_span = 2;
    return table;
}

static inline int document_figure(document *d, jb_scene *scene, int parent, unsigned page) {
    int e = jb_structure_add(d->pages->structure, parent, JB_ELEMENT_FIGURE);
    jb_element *figure = jb_structure_at(d->pages->structure, e);
    jb_paint paint = jb_paint_fill((jb_colour){21, 64, 115}),
             line = jb_paint_stroke((jb_colour){191, 0, 0}, 0.75);
    static const uint8_t pixels[12] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255};
    double box[4] = {80, 500, 280, 600}, clip[4] = {0, 0, 200, 100}, image[4] = {10, 10, 30, 30};
    figure->alt = "柱形图：完成 7.5";
    memcpy(figure->box, box, sizeof box);
    figure->page = (int)page;
    line.dash[0] = 3, line.dash[1] = 2;
    jb_scene_tag(scene, e);
    jb_scene_push(scene, 80, 500, clip);
    jb_scene_rect(scene, 20, 20, 40, 80, &paint);
    jb_scene_line(scene, 0, 50, 200, 50, &line);
    jb_scene_circle(scene, 150, 50, 20, &paint);
    jb_scene_image(scene, pixels, 2, 2, image);
    document_text(d, scene, JB_ROLE_HEI, 8, 100, 90, "完成 7.5");
    jb_scene_pop(scene);
    jb_scene_untag(scene);
    return e;
}

static inline int document_link(document *d, jb_scene *scene, int parent, double y) {
    double box[4] = {80, y - 10, 180, y + 3};
    int e = document_element(d, scene, parent, JB_ELEMENT_LINK, y, "www.stats.gov.cn");
    jb_scene_link(scene, box, "https://www.stats.gov.cn/数据", e, "国家统计局");
    return e;
}

static inline void document_list(document *d, jb_scene *scene, int parent, double y) {
    jb_structure *s = d->pages->structure;
    int list = jb_structure_add(s, parent, JB_ELEMENT_L);
    jb_structure_at(s, list)->ordered = true;
    for (int i = 0; i < 2; i++) {
        int item = jb_structure_add(s, list, JB_ELEMENT_LI);
        document_element(d, scene, item, JB_ELEMENT_LBL, y + 14 * i, i ? "2." : "1.");
        document_element(d, scene, item, JB_ELEMENT_LBODY, y + 14 * i, i ? "全市" : "工业");
    }
}

static inline void document_folio(document *d, jb_scene *scene, const char *text) {
    jb_scene_tag(scene, JB_ARTIFACT_PAGINATION);
    document_text(d, scene, JB_ROLE_SONG, 9, 290, 800, text);
    jb_scene_untag(scene);
}

/* The whole report. */
static inline document document_report(void) {
    document d = document_new();
    jb_structure *s = d.pages->structure;
    jb_scene *one = document_page(&d), *two = document_page(&d);
    jb_paint rule = jb_paint_stroke((jb_colour){0, 0, 0}, 0.5);
    int h1 = document_element(&d, one, 0, JB_ELEMENT_H1, 90, "工业");
    int p = document_element(&d, one, 0, JB_ELEMENT_P, 120, "2020 年全市工业完成 7.5%，");
    document_list(&d, one, 0, 160);
    document_table(&d, one, 0, 220);
    jb_scene_line(one, 80, 210, 500, 210, &rule);
    document_figure(&d, one, 0, 0);
    document_folio(&d, one, "1");
    jb_scene_tag(two, p);
    document_text(&d, two, JB_ROLE_SONG, 10.5, 80, 90, "全市。");
    jb_scene_untag(two);
    int h2 = document_element(&d, two, 0, JB_ELEMENT_H2, 120, "年度");
    int with = document_element(&d, two, 0, JB_ELEMENT_P, 140, "完成");
    int note = jb_structure_add(s, with, JB_ELEMENT_NOTE);
    document_link(&d, two, with, 155);
    jb_scene_tag(two, note);
    document_text(&d, two, JB_ROLE_SONG, 9, 80, 700, "工业");
    jb_scene_untag(two);
    document_folio(&d, two, "2");
    document_bookmark(&d, 1, "工业", 0, 80, h1);
    document_bookmark(&d, 2, "年度", 1, 110, h2);
    document_attach(&d, "plan.csv", "text/csv", "指标,完成\n生产总值,7.5\n");
    d.pages->year = 2021, d.pages->month = 1, d.pages->day = 20;
    return d;
}

#endif
