/* libharu's object layer, checked after each step. Facts behind the code: names over 127 bytes and reals over
 * 32,767 come out as rubbish, long keys are cut, after an error every write is skipped. */
#include "output/pdf_obj.h"

#include <hpdf.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <string.h>
#include "output/pdf_pack.h"

#define LONGEST_NAME 127
#define STREAM_PIECE 4096

#define LONGEST_ASCII 32000
#define LONGEST_TEXT 16000 /* UTF-16 units of a string */

/* What stands at a number beside libharu's object. */
typedef struct place {
    GBytes *stream; /* owned */
    const char *filter;
    const char *raw; /* in texts */
    size_t raw_length;
} place;

struct jb_pdf_doc {
    jb_context *ctx;
    HPDF_Error_Rec error;
    HPDF_MMgr memory;
    HPDF_Xref xref;
    jb_pdf_packer *packer;
    GArray *places; /* place, by object number */
    GHashTable *refused; /* objects that came into no other, owned; never iterated for output */
    GStringChunk *texts;
    jb_status status;
};

static void failed(jb_pdf_doc *doc, const char *what) {
    if (doc->status != JB_OK) return;
    jb_fail(doc->ctx, (jb_pos){0}, "the PDF cannot be made: %s (libharu error 0x%04lX, detail %ld)", what,
            (unsigned long)doc->error.error_no, (long)doc->error.detail_no);
    doc->status = JB_FAILED;
}

/* Checks libharu's own record too: a later call may have met an earlier error. */
static void check(jb_pdf_doc *doc, bool ok, const char *what) {
    if (!ok || doc->error.error_no != HPDF_OK) failed(doc, what);
}

static void clear_place(gpointer data) {
    place *p = data;
    if (p->stream) g_bytes_unref(p->stream);
}

static place *place_at(jb_pdf_doc *doc, unsigned id) {
    if (id >= doc->places->len) g_array_set_size(doc->places, id + 1);
    return &g_array_index(doc->places, place, id);
}

jb_pdf_doc *jb_pdf_doc_new(jb_context *ctx, bool readable) {
    jb_pdf_doc *doc = g_new0(jb_pdf_doc, 1);
    doc->ctx = ctx;
    doc->packer = jb_pdf_packer_new(readable);
    doc->places = g_array_new(FALSE, TRUE, sizeof(place));
    g_array_set_clear_func(doc->places, clear_place);
    doc->texts = g_string_chunk_new(65536);
    doc->refused = g_hash_table_new(NULL, NULL);
    HPDF_Error_Init(&doc->error, NULL);
    doc->memory = HPDF_MMgr_New(&doc->error, 0, NULL, NULL);
    if (doc->memory) doc->xref = HPDF_Xref_New(doc->memory, 0);
    check(doc, doc->xref != NULL, "no memory");
    return doc;
}

static void free_refused(jb_pdf_doc *doc) {
    GHashTableIter iter;
    gpointer object;
    g_hash_table_iter_init(&iter, doc->refused);
    while (g_hash_table_iter_next(&iter, &object, NULL)) HPDF_Obj_Free(doc->memory, object);
    g_hash_table_destroy(doc->refused);
}

void jb_pdf_doc_free(jb_pdf_doc *doc) {
    if (!doc) return;
    free_refused(doc);
    if (doc->xref) HPDF_Xref_Free(doc->xref);
    if (doc->memory) HPDF_MMgr_Free(doc->memory);
    jb_pdf_packer_free(doc->packer);
    g_array_free(doc->places, TRUE);
    g_string_chunk_free(doc->texts);
    g_free(doc);
}

jb_status jb_pdf_doc_status(const jb_pdf_doc *doc) { return doc->status; }

jb_pdf_obj *jb_pdf_dict(jb_pdf_doc *doc) {
    HPDF_Dict dict = doc->status == JB_OK ? HPDF_Dict_New(doc->memory) : NULL;
    check(doc, dict != NULL, "dictionary");
    return dict;
}

jb_pdf_obj *jb_pdf_array(jb_pdf_doc *doc) {
    HPDF_Array array = doc->status == JB_OK ? HPDF_Array_New(doc->memory) : NULL;
    check(doc, array != NULL, "array");
    return array;
}

jb_pdf_obj *jb_pdf_indirect(jb_pdf_doc *doc, jb_pdf_obj *object) {
    if (doc->status == JB_OK) check(doc, HPDF_Xref_Add(doc->xref, object) == HPDF_OK, "cross-reference");
    return object;
}

unsigned jb_pdf_id(const jb_pdf_obj *object) {
    return object ? ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF : 0;
}

jb_pdf_obj *jb_pdf_stream(jb_pdf_doc *doc, GBytes *bytes, bool pack) {
    const char *filter = NULL;
    jb_pdf_obj *dict = jb_pdf_dict(doc);
    if (dict) jb_pdf_indirect(doc, dict);
    if (doc->status != JB_OK) {
        g_bytes_unref(bytes);
        return dict;
    }
    if (pack) bytes = jb_pdf_pack(doc->packer, bytes, &filter);
    place *p = place_at(doc, jb_pdf_id(dict));
    p->stream = bytes;
    p->filter = filter;
    return dict;
}

unsigned jb_pdf_raw(jb_pdf_doc *doc) {
    HPDF_Null null = doc->status == JB_OK ? HPDF_Null_New(doc->memory) : NULL;
    check(doc, null != NULL, "object");
    if (null) jb_pdf_indirect(doc, null);
    return jb_pdf_id(null);
}

void jb_pdf_raw_set(jb_pdf_doc *doc, unsigned id, const char *text, size_t length) {
    if (doc->status != JB_OK) return;
    place *p = place_at(doc, id);
    p->raw = g_string_chunk_insert_len(doc->texts, text, (gssize)length);
    p->raw_length = length;
}

static jb_pdf_obj *object_at(const jb_pdf_doc *doc, unsigned id) {
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(doc->xref, id);
    return entry ? entry->obj : NULL;
}

/* ---- entries ---- */

/* Keeps what nothing owns until the document goes: callers may still hold it. */
static void refuse(jb_pdf_doc *doc, jb_pdf_obj *value, const char *why) {
    failed(doc, why);
    if (value && ((const HPDF_Obj_Header *)value)->obj_id == HPDF_OTYPE_NONE)
        g_hash_table_add(doc->refused, value);
}

void jb_pdf_put(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, jb_pdf_obj *value) {
    if (doc->status != JB_OK || !to || !value) {
        refuse(doc, value, "missing object");
        return;
    }
    if (key && strlen(key) > LONGEST_NAME) {
        refuse(doc, value, "a key is too long");
        return;
    }
    check(doc, (key ? HPDF_Dict_Add(to, key, value) : HPDF_Array_Add(to, value)) == HPDF_OK,
          key ? key : "array entry");
}

void jb_pdf_put_name(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const char *name) {
    if (doc->status != JB_OK) return;
    if (strlen(name) > LONGEST_NAME || strchr(name, ' ')) {
        failed(doc, "a name is too long or has blanks");
        return;
    }
    jb_pdf_put(doc, to, key, HPDF_Name_New(doc->memory, name));
}

void jb_pdf_put_int(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, int value) {
    if (doc->status == JB_OK) jb_pdf_put(doc, to, key, HPDF_Number_New(doc->memory, value));
}

void jb_pdf_put_bool(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, bool value) {
    if (doc->status == JB_OK)
        jb_pdf_put(doc, to, key, HPDF_Boolean_New(doc->memory, value ? HPDF_TRUE : HPDF_FALSE));
}

void jb_pdf_put_bytes(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const void *bytes, size_t length) {
    if (doc->status != JB_OK) return;
    if (length > HPDF_LIMIT_MAX_STRING_LEN) {
        failed(doc, "a string is too long");
        return;
    }
    void *copy = g_memdup2(bytes, length);
    jb_pdf_put(doc, to, key, HPDF_Binary_New(doc->memory, copy, (HPDF_UINT)length));
    g_free(copy);
}

static bool is_ascii(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] < 0x20 || text[i] > 0x7E) return false;
    return length <= LONGEST_ASCII;
}

void jb_pdf_put_ascii(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const char *text) {
    if (doc->status != JB_OK) return;
    if (is_ascii(text, strlen(text)))
        jb_pdf_put(doc, to, key, HPDF_String_New(doc->memory, text, NULL));
    else
        failed(doc, "a string is too long or not ASCII");
}

/* UTF-16 units of a text, cut to what a string may hold. Freed with g_free. */
static gunichar2 *units(const char *text, size_t length, glong *count) {
    gunichar2 *wide = g_utf8_to_utf16(text, (glong)length, NULL, count, NULL);
    if (!wide) *count = 0;
    if (*count > LONGEST_TEXT) {
        *count = LONGEST_TEXT;
        if ((wide[*count - 2] & 0xFC00) == 0xD800) --*count; /* no half of a pair */
        wide[*count - 1] = 0x2026;
    }
    return wide;
}

void jb_pdf_put_text(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, const char *text) {
    if (is_ascii(text, strlen(text))) {
        jb_pdf_put_ascii(doc, to, key, text);
        return;
    }
    glong count = 0;
    gunichar2 *wide = units(text, strlen(text), &count);
    guint8 *bytes = g_malloc(2 + 2 * (size_t)count);
    bytes[0] = 0xFE, bytes[1] = 0xFF;
    for (glong i = 0; i < count; i++) {
        bytes[2 + 2 * i] = (guint8)(wide[i] >> 8);
        bytes[3 + 2 * i] = (guint8)wide[i];
    }
    jb_pdf_put_bytes(doc, to, key, bytes, 2 + 2 * (size_t)count);
    g_free(bytes);
    g_free(wide);
}

static void append_ascii(GString *out, const char *text, size_t length) {
    g_string_append_c(out, '(');
    for (size_t i = 0; i < length; i++) {
        if (strchr("()\\", text[i])) g_string_append_c(out, '\\');
        g_string_append_c(out, text[i]);
    }
    g_string_append_c(out, ')');
}

void jb_pdf_text(GString *out, const char *text, size_t length) {
    if (is_ascii(text, length)) {
        append_ascii(out, text, length);
        return;
    }
    glong count = 0;
    gunichar2 *wide = units(text, length, &count);
    g_string_append(out, "<FEFF");
    for (glong i = 0; i < count; i++) g_string_append_printf(out, "%04X", wide[i]);
    g_string_append_c(out, '>');
    g_free(wide);
}

void jb_pdf_put_raw(jb_pdf_doc *doc, jb_pdf_obj *to, const char *key, unsigned id) {
    if (doc->status == JB_OK) jb_pdf_put(doc, to, key, object_at(doc, id));
}

/* ---- for the writer ---- */

unsigned jb_pdf_doc_count(const jb_pdf_doc *doc) { return doc->xref ? doc->xref->entries->count : 0; }

GBytes *jb_pdf_doc_stream(const jb_pdf_doc *doc, unsigned id, const char **filter) {
    if (id >= doc->places->len) return NULL;
    const place *p = &g_array_index(doc->places, place, id);
    *filter = p->filter;
    return p->stream;
}

GBytes *jb_pdf_doc_pack(jb_pdf_doc *doc, GBytes *bytes, const char **filter) {
    return jb_pdf_pack(doc->packer, bytes, filter);
}

static void serialise(jb_pdf_doc *doc, unsigned id, GString *out) {
    HPDF_Stream stream = doc->status == JB_OK ? HPDF_MemStream_New(doc->memory, STREAM_PIECE) : NULL;
    check(doc, stream && HPDF_Obj_WriteValue(object_at(doc, id), stream, NULL) == HPDF_OK, "serialising");
    for (HPDF_UINT i = 0; stream && i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT length;
        const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &length);
        g_string_append_len(out, (const char *)bytes, length);
    }
    if (stream) HPDF_Stream_Free(stream);
}

void jb_pdf_doc_value(jb_pdf_doc *doc, unsigned id, GString *out) {
    const place *p = id < doc->places->len ? &g_array_index(doc->places, place, id) : NULL;
    if (p && p->raw)
        g_string_append_len(out, p->raw, (gssize)p->raw_length);
    else
        serialise(doc, id, out);
}
