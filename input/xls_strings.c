/* Texts of binary workbooks: single ones, and the table that cells share ([MS-XLS] 2.4.265, 2.5.293). */
#include <string.h>
#include "input/xls_private.h"

#define CONTINUE 0x3C

enum { WIDE = 1, EXTENDED = 4, RICH = 8 }; /* flags of a text */

/* ---- characters ---- */

/* Appends UTF-16LE; halves of pairs become U+FFFD. NUL and CR are left out. */
static void append_wide(const unsigned char *p, size_t units, GString *out) {
    for (size_t i = 0; i < units; i++) {
        gunichar c = jb_u16(p + 2 * i);
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < units) {
            unsigned low = jb_u16(p + 2 * i + 2);
            if (low >= 0xDC00 && low < 0xE000) c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), i++;
        }
        if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
        if (c && c != '\r') g_string_append_unichar(out, c);
    }
}

/* Characters whose high byte is 0. */
static void append_narrow(const unsigned char *p, size_t count, GString *out) {
    for (size_t i = 0; i < count; i++)
        if (p[i] && p[i] != '\r') g_string_append_unichar(out, p[i]);
}

/* Bytes in the workbook's code page; those that are none of its characters become U+FFFD. */
static void append_encoded(const jb_xls_book *book, const unsigned char *p, size_t count, GString *out) {
    char name[16];
    g_snprintf(name, sizeof name, "CP%u",
               book->code_page == 0x8001 || !book->code_page ? 1252 : book->code_page);
    gsize read = 0, written = 0;
    char *text = g_convert_with_fallback((const char *)p, (gssize)count, "UTF-8", name, "\uFFFD", &read,
                                         &written, NULL);
    if (text)
        for (gsize i = 0; i < written; i++) {
            if (text[i] && text[i] != '\r') g_string_append_c(out, text[i]);
        }
    else
        for (size_t i = 0; i < count; i++) g_string_append_unichar(out, p[i] < 128 && p[i] ? p[i] : 0xFFFD);
    g_free(text);
}

void jb_xls_append_text(const jb_xls_book *book, const unsigned char *p, size_t room, unsigned count_bytes,
                        GString *out) {
    if (room < count_bytes) return;
    size_t count = count_bytes == 1 ? p[0] : jb_u16(p);
    p += count_bytes;
    room -= count_bytes;
    if (!book->wide) {
        append_encoded(book, p, MIN(count, room), out);
    } else if (room > 0) {
        if (p[0] & WIDE)
            append_wide(p + 1, MIN(count, (room - 1) / 2), out);
        else
            append_narrow(p + 1, MIN(count, room - 1), out);
    }
}

/* ---- the table ---- */

/* A place in the table, which lies in one record and those that continue it. */
typedef struct cursor {
    const jb_xls_book *book;
    jb_xls_record record;
    unsigned at; /* in record.data */
    bool end;
} cursor;

/* Goes on to the next record when this one is used up. */
static bool more(cursor *c) {
    while (!c->end && c->at >= c->record.length) {
        size_t next = c->record.next;
        c->end = !jb_xls_record_at(c->book, next, &c->record) || c->record.type != CONTINUE;
        c->at = 0;
    }
    return !c->end;
}

static unsigned take(cursor *c, unsigned bytes) {
    unsigned value = 0;
    for (unsigned i = 0; i < bytes && more(c); i++) value |= (unsigned)c->record.data[c->at++] << (8 * i);
    return value;
}

static void skip(cursor *c, guint64 bytes) {
    while (bytes && more(c)) {
        unsigned step = (unsigned)MIN(bytes, c->record.length - c->at);
        c->at += step;
        bytes -= step;
    }
}

/* Characters that go on in another record begin there with a flag of their width. A pair of surrogates that
 * is cut in two is gathered first. */
static void take_characters(cursor *c, unsigned count, bool wide, GByteArray *units) {
    while (count && !c->end) {
        if (c->at >= c->record.length) {
            if (!more(c)) return;
            wide = take(c, 1) & WIDE;
            continue;
        }
        unsigned there = (c->record.length - c->at) / (wide ? 2 : 1), n = MIN(count, there);
        for (unsigned i = 0; i < n; i++) {
            unsigned char unit[2] = {c->record.data[c->at], wide ? c->record.data[c->at + 1] : 0};
            g_byte_array_append(units, unit, 2);
            c->at += wide ? 2 : 1;
        }
        if (!n) c->at = c->record.length; /* half a character */
        count -= n;
    }
}

static void take_string(cursor *c, GByteArray *units, GString *out) {
    unsigned count = take(c, 2), flags = take(c, 1);
    unsigned runs = flags & RICH ? take(c, 2) : 0;
    guint64 extra = flags & EXTENDED ? take(c, 4) : 0;
    g_byte_array_set_size(units, 0);
    take_characters(c, count, flags & WIDE, units);
    append_wide(units->data, units->len / 2, out);
    skip(c, 4 * (guint64)runs + extra);
}

void jb_xls_append_long_text(const jb_xls_book *book, const jb_xls_record *record, GString *out) {
    cursor c = {.book = book, .record = *record};
    if (!book->wide) {
        jb_xls_append_text(book, record->data, record->length, 2, out);
        return;
    }
    GByteArray *units = g_byte_array_new();
    unsigned count = take(&c, 2), flags = take(&c, 1);
    take_characters(&c, count, flags & WIDE, units);
    append_wide(units->data, units->len / 2, out);
    g_byte_array_free(units, TRUE);
}

jb_status jb_xls_strings_read(jb_xls_book *book, const jb_xls_record *record) {
    cursor c = {.book = book, .record = *record, .at = 8};
    if (record->length < 8) return JB_OK;
    unsigned count = jb_u32(record->data + 4);
    GByteArray *units = g_byte_array_new();
    g_string_truncate(book->text, 0);
    g_array_set_size(book->start, 0);
    for (unsigned i = 0; i < count && more(&c); i++) {
        uint32_t start = (uint32_t)book->text->len;
        g_array_append_val(book->start, start);
        take_string(&c, units, book->text);
        g_string_append_c(book->text, 0);
    }
    uint32_t end = (uint32_t)book->text->len;
    g_array_append_val(book->start, end);
    g_byte_array_free(units, TRUE);
    return JB_OK;
}
