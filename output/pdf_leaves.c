/* Name trees and number trees of two levels. */
#include "output/pdf_tree.h"

#define LEAF 512

void jb_pdf_leaves_begin(jb_pdf_leaves *l, jb_pdf_doc *doc, const char *entries) {
    *l = (jb_pdf_leaves){.doc = doc, .entries = entries};
    l->leaf = g_string_new(NULL);
    l->kids = g_string_new("<</Kids[");
    l->first = g_string_new(NULL);
    l->last = g_string_new(NULL);
}

static void end_leaf(jb_pdf_leaves *l) {
    if (!l->count) return;
    unsigned id = jb_pdf_raw(l->doc);
    GString *text = g_string_new(NULL);
    g_string_printf(text, "<</Limits[%s %s]/%s[%s]>>", l->first->str, l->last->str, l->entries, l->leaf->str);
    jb_pdf_raw_set(l->doc, id, text->str, text->len);
    g_string_append_printf(l->kids, "%u 0 R ", id);
    g_string_free(text, TRUE);
    g_string_truncate(l->leaf, 0);
    l->count = 0;
}

void jb_pdf_leaves_add(jb_pdf_leaves *l, const char *key, unsigned value) {
    if (!l->count) g_string_assign(l->first, key);
    g_string_assign(l->last, key);
    g_string_append_printf(l->leaf, "%s %u 0 R\n", key, value);
    if (++l->count == LEAF) end_leaf(l);
}

unsigned jb_pdf_leaves_end(jb_pdf_leaves *l) {
    end_leaf(l);
    unsigned id = jb_pdf_raw(l->doc);
    g_string_append(l->kids, "]>>");
    jb_pdf_raw_set(l->doc, id, l->kids->str, l->kids->len);
    g_string_free(l->leaf, TRUE);
    g_string_free(l->kids, TRUE);
    g_string_free(l->first, TRUE);
    g_string_free(l->last, TRUE);
    return id;
}
