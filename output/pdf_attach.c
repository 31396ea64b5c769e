/* Associated files (ISO 19005-3 6.8, Annex E): the data that a report was made from. */
#include <string.h>
#include "output/pdf_meta.h"

/* A file with the name it gets; names of a tree are unique (ISO 32000-1 7.9.6). */
typedef struct named {
    const jb_attachment *file;
    char *name; /* owned */
} named;

static void clear_named(gpointer data) { g_free(((named *)data)->name); }

/* As the bytes of the keys in UTF-16BE. */
static int utf16_order(const void *a, const void *b) {
    gunichar2 *x = g_utf8_to_utf16(((const named *)a)->name, -1, NULL, NULL, NULL);
    gunichar2 *y = g_utf8_to_utf16(((const named *)b)->name, -1, NULL, NULL, NULL);
    int order = 0;
    for (size_t i = 0; x && y && !order && (x[i] || y[i]); i++) order = (x[i] > y[i]) - (x[i] < y[i]);
    g_free(x);
    g_free(y);
    return order;
}

/* plan.csv, plan-2.csv, plan-3.csv */
static char *free_name(const char *name, GHashTable *taken) {
    const char *dot = strrchr(name, '.');
    if (!dot) dot = name + strlen(name);
    char *unique = g_strdup(name);
    for (unsigned n = 2; g_hash_table_contains(taken, unique); n++) {
        g_free(unique);
        unique = g_strdup_printf("%.*s-%u%s", (int)(dot - name), name, n, dot);
    }
    g_hash_table_add(taken, g_strdup(unique));
    return unique;
}

static GArray *list(const jb_pages *pages) {
    GHashTable *taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GArray *all = g_array_new(FALSE, FALSE, sizeof(named));
    g_array_set_clear_func(all, clear_named);
    for (guint i = 0; i < pages->attachments->len; i++) {
        const jb_attachment *file = &g_array_index(pages->attachments, jb_attachment, i);
        named n = {file, free_name(file->name && *file->name ? file->name : "file", taken)};
        g_array_append_val(all, n);
    }
    g_hash_table_destroy(taken);
    qsort(all->data, all->len, sizeof(named), utf16_order);
    return all;
}

static const char *mime_of(const jb_attachment *file) {
    const char *p = file->mime ? file->mime : "";
    while (g_ascii_isalnum(*p) || (*p && strchr("/.+-_", *p))) p++;
    bool fit = file->mime && *file->mime && !*p && strlen(file->mime) < 100;
    return fit ? file->mime : "application/octet-stream";
}

static jb_pdf_obj *embedded_file(jb_pdf_doc *doc, const jb_attachment *file) {
    jb_pdf_obj *stream = jb_pdf_stream(doc, g_bytes_new_static(file->data, file->length), true),
               *params = jb_pdf_dict(doc);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_MD5);
    guint8 digest[16];
    gsize length = sizeof digest;
    g_checksum_update(sum, (const guchar *)file->data, (gssize)file->length);
    g_checksum_get_digest(sum, digest, &length);
    g_checksum_free(sum);
    jb_pdf_put_name(doc, stream, "Type", "EmbeddedFile");
    jb_pdf_put_name(doc, stream, "Subtype", mime_of(file));
    jb_pdf_put_int(doc, params, "Size", (int)file->length);
    jb_pdf_put_bytes(doc, params, "CheckSum", digest, length);
    jb_pdf_put(doc, stream, "Params", params);
    return stream;
}

static jb_pdf_obj *file_specification(jb_pdf_doc *doc, const named *n) {
    jb_pdf_obj *spec = jb_pdf_indirect(doc, jb_pdf_dict(doc)), *streams = jb_pdf_dict(doc);
    jb_pdf_obj *stream = embedded_file(doc, n->file);
    const char *relation = n->file->relationship;
    jb_pdf_put_name(doc, spec, "Type", "Filespec");
    jb_pdf_put_text(doc, spec, "F", n->name);
    jb_pdf_put_text(doc, spec, "UF", n->name);
    if (n->file->description && *n->file->description)
        jb_pdf_put_text(doc, spec, "Desc", n->file->description);
    jb_pdf_put_name(doc, spec, "AFRelationship", relation && *relation ? relation : "Unspecified");
    jb_pdf_put(doc, streams, "F", stream);
    jb_pdf_put(doc, streams, "UF", stream);
    jb_pdf_put(doc, spec, "EF", streams);
    return spec;
}

void jb_pdf_attach(jb_pdf_doc *doc, const jb_pages *pages, jb_pdf_obj *catalog) {
    if (!pages->attachments->len) return;
    GArray *all = list(pages);
    jb_pdf_obj *associated = jb_pdf_array(doc), *tree = jb_pdf_dict(doc), *entries = jb_pdf_array(doc),
               *names = jb_pdf_dict(doc);
    for (guint i = 0; i < all->len; i++) {
        const named *n = &g_array_index(all, named, i);
        jb_pdf_obj *spec = file_specification(doc, n);
        jb_pdf_put(doc, associated, NULL, spec);
        jb_pdf_put_text(doc, entries, NULL, n->name);
        jb_pdf_put(doc, entries, NULL, spec);
    }
    jb_pdf_put(doc, catalog, "AF", associated);
    jb_pdf_put(doc, tree, "Names", entries);
    jb_pdf_put(doc, names, "EmbeddedFiles", tree);
    jb_pdf_put(doc, catalog, "Names", names);
    g_array_free(all, TRUE);
}
