/* Deflate through libdeflate, hexadecimal for readable files. */
#include "output/pdf_pack.h"

#include <libdeflate.h>

#define LEVEL 6
#define HEX_LINE 32 /* bytes */

struct jb_pdf_packer {
    struct libdeflate_compressor *deflater; /* NULL: readable */
};

jb_pdf_packer *jb_pdf_packer_new(bool readable) {
    jb_pdf_packer *packer = g_new0(jb_pdf_packer, 1);
    if (!readable) packer->deflater = libdeflate_alloc_compressor(LEVEL);
    return packer;
}

void jb_pdf_packer_free(jb_pdf_packer *packer) {
    if (!packer) return;
    if (packer->deflater) libdeflate_free_compressor(packer->deflater);
    g_free(packer);
}

static bool is_plain(const guint8 *bytes, gsize length) {
    for (gsize i = 0; i < length; i++)
        if (bytes[i] >= 0x7F || (bytes[i] < 0x20 && bytes[i] != '\n')) return false;
    return true;
}

/* ISO 32000-1 7.4.2. */
static GBytes *hex(const guint8 *bytes, gsize length) {
    static const char digits[] = "0123456789ABCDEF";
    GString *text = g_string_sized_new(length * 2 + length / HEX_LINE + 2);
    for (gsize i = 0; i < length; i++) {
        g_string_append_c(text, digits[bytes[i] >> 4]);
        g_string_append_c(text, digits[bytes[i] & 15]);
        if (i % HEX_LINE == HEX_LINE - 1) g_string_append_c(text, '\n');
    }
    g_string_append_c(text, '>');
    return g_string_free_to_bytes(text);
}

static GBytes *deflate(struct libdeflate_compressor *deflater, const guint8 *bytes, gsize length) {
    size_t room = libdeflate_zlib_compress_bound(deflater, length);
    guint8 *packed = g_malloc(room);
    size_t n = libdeflate_zlib_compress(deflater, bytes, length, packed, room);
    return g_bytes_new_take(g_realloc(packed, n), n);
}

GBytes *jb_pdf_pack(jb_pdf_packer *packer, GBytes *bytes, const char **filter) {
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    *filter = NULL;
    if (!packer->deflater && is_plain(data, length)) return bytes;
    *filter = packer->deflater ? "FlateDecode" : "ASCIIHexDecode";
    GBytes *packed = packer->deflater ? deflate(packer->deflater, data, length) : hex(data, length);
    g_bytes_unref(bytes);
    return packed;
}
