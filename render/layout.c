/* Layout: blocks to slabs, slabs to places, places to scenes. */
#include "render/build.h"

#include <string.h>

static jb_layout *layout_new(void) {
    jb_layout *layout = g_new0(jb_layout, 1);
    layout->pages = jb_pages_new();
    layout->lines = g_array_new(FALSE, TRUE, sizeof(jb_set_line));
    layout->charts = g_ptr_array_new_with_free_func((GDestroyNotify)jb_chart_free);
    layout->datasets = g_ptr_array_new_with_free_func((GDestroyNotify)jb_dataset_free);
    return layout;
}

void jb_layout_free(jb_layout *layout) {
    if (!layout) return;
    jb_pages_free(layout->pages);
    g_array_free(layout->lines, TRUE);
    g_ptr_array_free(layout->charts, TRUE);
    g_ptr_array_free(layout->datasets, TRUE);
    g_free(layout);
}

static const char *head_text(const jb_document *document, const char *key) {
    const jb_node *node = jb_node_get(document->head, key);
    return node && node->kind == JB_NODE_SCALAR && *node->text ? node->text : NULL;
}

/* Year, month and day of dates such as 2021-01-15, 2021 年 1 月 15 日, 2021 年 1 月; 0 for what is not said.
 */
static void read_date(const char *text, jb_pages *pages) {
    int parts[3] = {0, 0, 0}, n = 0;
    for (const char *s = text; s && *s && n < 3;) {
        if (!g_ascii_isdigit(*s)) {
            s++;
            continue;
        }
        char *end;
        parts[n++] = (int)MIN(g_ascii_strtoull(s, &end, 10), 9999);
        s = end;
    }
    bool sane = parts[0] >= 1900 && parts[1] <= 12 && parts[2] <= 31;
    if (!sane) return;
    pages->year = parts[0];
    pages->month = parts[1];
    pages->day = parts[2];
}

static void describe(jb_builder *b) {
    jb_pages *pages = b->layout->pages;
    const char *author = head_text(b->document, "author"),
               *organisation = head_text(b->document, "organisation");
    const char *language = head_text(b->document, "lang");
    pages->author = jb_arena_string(pages->arena, author ? author : organisation);
    pages->subject = jb_arena_string(pages->arena, head_text(b->document, "subject"));
    pages->language = language ? jb_arena_string(pages->arena, language) : "zh-CN";
    pages->fonts = b->fonts;
    read_date(head_text(b->document, "date"), pages);
    if (pages->title) return;
    char *stem = g_path_get_basename(b->document->file), *dot = strrchr(stem, '.');
    if (dot && dot != stem) *dot = 0;
    pages->title = jb_arena_string(pages->arena, stem);
    g_free(stem);
}

static jb_scene *page_scene(jb_builder *b, jb_painter *p, unsigned page) {
    GPtrArray *scenes = b->layout->pages->scenes;
    while (scenes->len <= page)
        g_ptr_array_add(scenes, jb_scene_new(b->arena, b->theme->paper_width, b->theme->paper_height));
    p->page = page;
    return p->scene = g_ptr_array_index(scenes, page);
}

static void draw_places(jb_builder *b, const GArray *places) {
    jb_painter p = {.ctx = b->ctx, .theme = b->theme, .layout = b->layout};
    page_scene(b, &p, 0); /* an empty report is one empty page */
    for (guint i = 0; i < places->len; i++) {
        const jb_place *place = &g_array_index(places, jb_place, i);
        const jb_slab *slab = &g_array_index(b->slabs, jb_slab, place->slab);
        const jb_table_run *run =
            slab->table < 0 ? NULL : &g_array_index(b->tables, jb_table_run, (guint)slab->table);
        page_scene(b, &p, place->page);
        if (place->repeat) run->draw_repeat(&p, run->data, place->repeat_y);
        slab->draw(&p, slab, place->y);
        if (place->close) run->draw_close(&p, run->data, place->y + slab->height);
    }
}

static jb_status lay_out(jb_builder *b) {
    GArray *places = NULL;
    jb_build_document(b);
    if (b->status != JB_OK) return b->status;
    jb_status status = jb_pages_break(b, &places);
    if (status == JB_OK) {
        draw_places(b, places);
        jb_pages_decorate(b);
        status = b->status;
    }
    g_array_free(places, TRUE);
    return status;
}

jb_status jb_layout_new(jb_context *ctx, const jb_document *document, jb_store *store, const jb_theme *theme,
                        jb_fonts *fonts, jb_layout **out) {
    jb_layout *layout = layout_new();
    jb_builder b = {.ctx = ctx,
                    .arena = layout->pages->arena,
                    .theme = theme,
                    .fonts = fonts,
                    .store = store,
                    .layout = layout,
                    .structure = layout->pages->structure,
                    .document = document,
                    .slabs = g_array_new(FALSE, TRUE, sizeof(jb_slab)),
                    .tables = g_array_new(FALSE, TRUE, sizeof(jb_table_run))};
    layout->pages->blacks = theme->blacks;
    layout->pages->black_count = theme->black_count;
    jb_status status = lay_out(&b);
    describe(&b);
    g_array_free(b.slabs, TRUE);
    g_array_free(b.tables, TRUE);
    if (status != JB_OK) g_clear_pointer(&layout, jb_layout_free);
    *out = layout;
    return status;
}
