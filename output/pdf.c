/* Pages to one file that is PDF/A-3a and PDF/UA-1: one call a step. */
#include "base/limits.h"
#include "output/pdf_content.h"
#include "output/pdf_meta.h"
#include "output/pdf_save.h"
#include "output/pdf_tree.h"
#include "output/write.h"

#define NODE 256 /* pages of a node of the page tree */

typedef struct writing {
    jb_context *ctx;
    const jb_pages *pages;
    jb_pdf_doc *doc;
    jb_pdf_fonts *fonts;
    jb_pdf_drawing drawing;
    jb_pdf_obj *catalog, *info;
    unsigned *page_ids, *elements; /* object numbers */
    jb_status status;
} writing;

/* A node of the page tree (7.7.3.2); *kids gets its array. */
static jb_pdf_obj *tree_node(jb_pdf_doc *doc, unsigned count, jb_pdf_obj **kids) {
    jb_pdf_obj *node = jb_pdf_indirect(doc, jb_pdf_dict(doc));
    *kids = jb_pdf_array(doc);
    jb_pdf_put_name(doc, node, "Type", "Pages");
    jb_pdf_put(doc, node, "Kids", *kids);
    jb_pdf_put_int(doc, node, "Count", (int)count);
    return node;
}

static void draw_page(writing *w, jb_pdf_obj *parent, jb_pdf_obj *kids, unsigned page) {
    const jb_scene *scene = g_ptr_array_index(w->pages->scenes, page);
    w->page_ids[page] = jb_pdf_raw(w->doc);
    jb_pdf_put_raw(w->doc, kids, NULL, w->page_ids[page]);
    w->status = jb_pdf_page_draw(&w->drawing, scene, page, w->page_ids[page], jb_pdf_id(parent));
}

static void draw_pages(writing *w) {
    unsigned count = w->pages->scenes->len;
    jb_pdf_obj *kids, *root = tree_node(w->doc, count, &kids), *node = root, *node_kids = kids;
    w->page_ids = g_new0(unsigned, count);
    for (unsigned page = 0; page < count && w->status == JB_OK; page++) {
        if (page % NODE == 0 && count > NODE) {
            node = tree_node(w->doc, MIN(count - page, NODE), &node_kids);
            jb_pdf_put(w->doc, node, "Parent", root);
            jb_pdf_put(w->doc, kids, NULL, node);
        }
        draw_page(w, node, node_kids, page);
    }
    jb_pdf_put(w->doc, w->catalog, "Pages", root);
}

/* Says how viewers show the file (12.2, 12.4.2). */
static void put_views(writing *w) {
    jb_pdf_doc *doc = w->doc;
    jb_pdf_obj *views = jb_pdf_dict(doc), *marks = jb_pdf_dict(doc), *labels = jb_pdf_dict(doc);
    jb_pdf_obj *ranges = jb_pdf_array(doc), *range = jb_pdf_dict(doc);
    jb_pdf_put_bool(doc, views, "DisplayDocTitle", true);
    jb_pdf_put(doc, w->catalog, "ViewerPreferences", views);
    jb_pdf_put_bool(doc, marks, "Marked", true);
    jb_pdf_put(doc, w->catalog, "MarkInfo", marks);
    jb_pdf_put_int(doc, ranges, NULL, 0);
    jb_pdf_put_name(doc, range, "S", "D");
    jb_pdf_put(doc, ranges, NULL, range);
    jb_pdf_put(doc, labels, "Nums", ranges);
    jb_pdf_put(doc, w->catalog, "PageLabels", labels);
    jb_pdf_put_text(doc, w->catalog, "Lang", jb_pdf_language(w->pages));
}

static void put_structure(writing *w) {
    jb_pdf_obj *root = jb_pdf_tree_make(&w->drawing, w->pages, w->page_ids, &w->elements);
    jb_pdf_put(w->doc, w->catalog, "StructTreeRoot", root);
    jb_pdf_obj *outline = jb_pdf_outline_make(w->doc, w->pages, w->page_ids, w->elements);
    if (!outline) return;
    jb_pdf_put(w->doc, w->catalog, "Outlines", outline);
    jb_pdf_put_name(w->doc, w->catalog, "PageMode", "UseOutlines");
}

static void start(writing *w, bool readable) {
    w->doc = jb_pdf_doc_new(w->ctx, readable);
    w->catalog = jb_pdf_indirect(w->doc, jb_pdf_dict(w->doc));
    jb_pdf_put_name(w->doc, w->catalog, "Type", "Catalog");
    w->fonts = jb_pdf_fonts_new(w->ctx, w->pages, w->doc);
    w->drawing = (jb_pdf_drawing){.ctx = w->ctx,
                                  .doc = w->doc,
                                  .fonts = w->fonts,
                                  .structure = w->pages->structure,
                                  .blacks = w->pages->blacks,
                                  .black_count = w->pages->black_count,
                                  .marks = g_array_new(FALSE, FALSE, sizeof(jb_pdf_mark)),
                                  .next_key = w->pages->scenes->len,
                                  .images = g_hash_table_new(NULL, NULL)};
    w->status = w->fonts ? jb_pdf_doc_status(w->doc) : JB_FAILED;
}

static void end(writing *w) {
    jb_pdf_doc_free(w->doc);
    jb_pdf_fonts_free(w->fonts);
    g_array_free(w->drawing.marks, TRUE);
    g_hash_table_destroy(w->drawing.images);
    g_free(w->page_ids);
    g_free(w->elements);
}

static jb_status check(jb_context *ctx, const jb_pages *pages) {
    if (pages->scenes->len && pages->scenes->len <= JB_LIMIT_PAGES) return JB_OK;
    if (!pages->scenes->len)
        jb_fail(ctx, (jb_pos){0}, "the document has no pages");
    else
        jb_fail(ctx, (jb_pos){0}, "the document has %u pages, the limit is %d", pages->scenes->len,
                JB_LIMIT_PAGES);
    return JB_FAILED;
}

jb_status jb_pdf_write(jb_context *ctx, const jb_pages *pages, bool readable, GByteArray *out) {
    writing w = {.ctx = ctx, .pages = pages};
    if (check(ctx, pages) != JB_OK) return JB_FAILED;
    start(&w, readable);
    if (w.status == JB_OK) draw_pages(&w);
    if (w.status == JB_OK) {
        put_views(&w);
        put_structure(&w);
        jb_pdf_attach(w.doc, pages, w.catalog);
        w.info = jb_pdf_meta_make(ctx, w.doc, pages, w.catalog);
        w.status = jb_pdf_save(w.doc, jb_pdf_id(w.catalog), jb_pdf_id(w.info), readable, out);
    }
    end(&w);
    return w.status;
}
