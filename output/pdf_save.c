/* Our own writer of the file: libharu's cannot pack objects. */
#include "output/pdf_save.h"

#include <string.h>

#define GROUP 200 /* objects of one object stream */
#define ENTRY 7   /* bytes of a cross-reference entry: type 1, offset or stream 4, index 2 */

typedef struct saver {
    jb_pdf_doc *doc;
    GByteArray *out;
    bool readable;
    GByteArray *table;             /* ENTRY bytes an object */
    unsigned next;                 /* number of the next object that the writer makes itself */
    GString *group, *heads, *text; /* of the object stream that is filled */
    unsigned grouped, group_ids[GROUP];
} saver;

static void append(saver *s, const char *text) {
    g_byte_array_append(s->out, (const guint8 *)text, (guint)strlen(text));
}

static void G_GNUC_PRINTF(2, 3) appendf(saver *s, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    append(s, text);
    g_free(text);
}

static void set_entry(saver *s, unsigned id, unsigned type, size_t a, unsigned b) {
    if (s->table->len < (id + 1) * ENTRY) {
        guint old = s->table->len;
        g_byte_array_set_size(s->table, (id + 1) * ENTRY);
        memset(s->table->data + old, 0, s->table->len - old);
    }
    guint8 *e = s->table->data + (size_t)id * ENTRY;
    e[0] = (guint8)type;
    for (int i = 0; i < 4; i++) e[1 + i] = (guint8)(a >> (24 - 8 * i));
    e[5] = (guint8)(b >> 8);
    e[6] = (guint8)b;
}

/* Writes "N 0 obj<<dict /Filter /Length>> stream … endstream". The dictionary's text ends in ">>". */
static void put_stream(saver *s, unsigned id, GString *dict, const char *filter, GBytes *bytes) {
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    set_entry(s, id, 1, s->out->len, 0);
    if (dict->len > 1) g_string_truncate(dict, dict->len - 2);
    appendf(s, "%u 0 obj\n%s%s%s/Length %zu>>\nstream\n", id, dict->str, filter ? "/Filter/" : "",
            filter ? filter : "", length);
    g_byte_array_append(s->out, data, (guint)length);
    append(s, "\nendstream\nendobj\n");
}

static void put_stream_object(saver *s, unsigned id, GBytes *bytes, const char *filter) {
    g_string_truncate(s->text, 0);
    jb_pdf_doc_value(s->doc, id, s->text);
    put_stream(s, id, s->text, filter, bytes);
}

/* A stream that the writer makes itself; takes `dict` over. */
static void put_own_stream(saver *s, unsigned id, GString *dict, const void *data, size_t length) {
    const char *filter;
    GBytes *packed = jb_pdf_doc_pack(s->doc, g_bytes_new(data, length), &filter);
    put_stream(s, id, dict, filter, packed);
    g_bytes_unref(packed);
    g_string_free(dict, TRUE);
}

static void flush_group(saver *s) {
    if (!s->grouped) return;
    unsigned id = s->next++;
    size_t first = s->heads->len;
    g_string_append_len(s->heads, s->group->str, (gssize)s->group->len);
    GString *dict = g_string_new(NULL);
    g_string_printf(dict, "<</Type/ObjStm/N %u/First %zu>>", s->grouped, first);
    for (unsigned i = 0; i < s->grouped; i++) set_entry(s, s->group_ids[i], 2, id, i);
    put_own_stream(s, id, dict, s->heads->str, s->heads->len);
    g_string_truncate(s->group, 0);
    g_string_truncate(s->heads, 0);
    s->grouped = 0;
}

static void put_object(saver *s, unsigned id) {
    g_string_truncate(s->text, 0);
    jb_pdf_doc_value(s->doc, id, s->text);
    if (s->readable) {
        set_entry(s, id, 1, s->out->len, 0);
        appendf(s, "%u 0 obj\n", id);
        g_byte_array_append(s->out, (const guint8 *)s->text->str, (guint)s->text->len);
        append(s, "\nendobj\n");
        return;
    }
    g_string_append_printf(s->heads, "%u %zu ", id, s->group->len);
    s->group_ids[s->grouped++] = id;
    g_string_append_len(s->group, s->text->str, (gssize)s->text->len);
    g_string_append_c(s->group, ' ');
    if (s->grouped == GROUP) flush_group(s);
}

static void put_trailer_stream(saver *s, unsigned root, unsigned info, const char *id) {
    unsigned own = s->next++;
    size_t at = s->out->len;
    set_entry(s, own, 1, at, 0);
    s->table->data[5] = s->table->data[6] = 0xFF; /* entry 0 heads the free list */
    GString *dict = g_string_new(NULL);
    g_string_printf(dict, "<</Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R/ID[<%s><%s>]>>", own + 1,
                    root, info, id, id);
    put_own_stream(s, own, dict, s->table->data, s->table->len);
    appendf(s, "startxref\n%zu\n%%%%EOF\n", at);
}

static void put_trailer_table(saver *s, unsigned root, unsigned info, const char *id) {
    size_t at = s->out->len;
    appendf(s, "xref\n0 %u\n0000000000 65535 f \n", s->next);
    for (unsigned i = 1; i < s->next; i++) {
        const guint8 *e = s->table->data + (size_t)i * ENTRY;
        size_t offset = (size_t)e[1] << 24 | (size_t)e[2] << 16 | (size_t)e[3] << 8 | e[4];
        appendf(s, "%010zu 00000 n \n", offset);
    }
    appendf(s, "trailer\n<</Size %u/Root %u 0 R/Info %u 0 R/ID[<%s><%s>]>>\nstartxref\n%zu\n%%%%EOF\n",
            s->next, root, info, id, id, at);
}

static void put_all(saver *s) {
    unsigned count = s->next;
    append(s, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    for (unsigned id = 1; id < count; id++) {
        const char *filter;
        GBytes *bytes = jb_pdf_doc_stream(s->doc, id, &filter);
        if (bytes)
            put_stream_object(s, id, bytes, filter);
        else
            put_object(s, id);
    }
    flush_group(s);
}

jb_status jb_pdf_save(jb_pdf_doc *doc, unsigned root, unsigned info, bool readable, GByteArray *out) {
    saver s = {.doc = doc, .out = out, .readable = readable, .next = jb_pdf_doc_count(doc)};
    s.table = g_byte_array_new();
    s.group = g_string_new(NULL);
    s.heads = g_string_new(NULL);
    s.text = g_string_new(NULL);
    set_entry(&s, 0, 0, 0, 0);
    put_all(&s);
    char *id = g_compute_checksum_for_data(G_CHECKSUM_MD5, out->data, out->len);
    if (readable)
        put_trailer_table(&s, root, info, id);
    else
        put_trailer_stream(&s, root, info, id);
    g_free(id);
    g_byte_array_free(s.table, TRUE);
    g_string_free(s.group, TRUE);
    g_string_free(s.heads, TRUE);
    g_string_free(s.text, TRUE);
    return jb_pdf_doc_status(doc);
}
