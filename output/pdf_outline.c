/* The outline (ISO 32000-1 12.3.3): bookmarks nested by their levels. */
#include <string.h>
#include "output/pdf_tree.h"

#define NONE G_MAXUINT

/* Relations of a bookmark, by index; NONE is the outline itself or nothing. */
typedef struct entry {
    unsigned id, parent, before, after, first, last;
    unsigned below; /* entries in its subtree */
} entry;

/* An entry belongs to the last one before it with a lower level. */
static void relate(const GArray *bookmarks, entry *entries, entry *top) {
    for (guint i = 0; i < bookmarks->len; i++) {
        unsigned parent = i ? i - 1 : NONE;
        int level = g_array_index(bookmarks, jb_bookmark, i).level;
        while (parent != NONE && g_array_index(bookmarks, jb_bookmark, parent).level >= level)
            parent = entries[parent].parent;
        entry *above = parent == NONE ? top : &entries[parent];
        entries[i].parent = parent;
        entries[i].before = above->last;
        if (above->last != NONE) entries[above->last].after = i;
        if (above->first == NONE) above->first = i;
        above->last = i;
    }
    for (guint i = bookmarks->len; i-- > 0;) {
        entry *above = entries[i].parent == NONE ? top : &entries[entries[i].parent];
        above->below += entries[i].below + 1;
    }
}

static void put_reference(GString *text, const char *key, const entry *entries, unsigned i) {
    if (i != NONE) g_string_append_printf(text, "/%s %u 0 R", key, entries[i].id);
}

static void write_entry(jb_pdf_doc *doc, const jb_pages *pages, const entry *entries, unsigned i,
                        unsigned root, const unsigned *page_ids, const unsigned *elements) {
    const jb_bookmark *b = &g_array_index(pages->bookmarks, jb_bookmark, i);
    const entry *e = &entries[i];
    unsigned page = MIN(b->page, pages->scenes->len - 1);
    double height = ((const jb_scene *)g_ptr_array_index(pages->scenes, page))->height;
    const char *title = b->title ? b->title : "";
    GString *text = g_string_new("<</Title");
    jb_pdf_text(text, title, strlen(title));
    g_string_append_printf(text, "/Parent %u 0 R", e->parent == NONE ? root : entries[e->parent].id);
    put_reference(text, "Prev", entries, e->before);
    put_reference(text, "Next", entries, e->after);
    put_reference(text, "First", entries, e->first);
    put_reference(text, "Last", entries, e->last);
    if (e->below) g_string_append_printf(text, "/Count %u", e->below);
    g_string_append_printf(text, "/Dest[%u 0 R/XYZ null ", page_ids[page]);
    jb_pdf_number(text, height - b->y);
    g_string_append(text, "null]");
    if (b->element > 0 && (guint)b->element < pages->structure->elements->len)
        g_string_append_printf(text, "/SE %u 0 R", elements[b->element]);
    g_string_append(text, ">>");
    jb_pdf_raw_set(doc, e->id, text->str, text->len);
    g_string_free(text, TRUE);
}

jb_pdf_obj *jb_pdf_outline_make(jb_pdf_doc *doc, const jb_pages *pages, const unsigned *page_ids,
                                const unsigned *elements) {
    unsigned count = pages->bookmarks->len;
    if (!count || !pages->scenes->len) return NULL;
    entry top = {0, NONE, NONE, NONE, NONE, NONE, 0}, *entries = g_new(entry, count);
    jb_pdf_obj *root = jb_pdf_indirect(doc, jb_pdf_dict(doc));
    for (unsigned i = 0; i < count; i++) {
        entries[i] = top;
        entries[i].id = jb_pdf_raw(doc);
    }
    relate(pages->bookmarks, entries, &top);
    for (unsigned i = 0; i < count; i++)
        write_entry(doc, pages, entries, i, jb_pdf_id(root), page_ids, elements);
    jb_pdf_put_name(doc, root, "Type", "Outlines");
    jb_pdf_put_raw(doc, root, "First", entries[top.first].id);
    jb_pdf_put_raw(doc, root, "Last", entries[top.last].id);
    jb_pdf_put_int(doc, root, "Count", (int)top.below);
    g_free(entries);
    return root;
}
