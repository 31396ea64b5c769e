/* The texts that cells of a workbook share (ECMA-376-1, 18.4). */
#include <string.h>
#include "input/xlsx_private.h"

typedef struct reader {
    jb_xlsx_book *book;
    GString *piece;    /* of the text element that is open */
    unsigned phonetic; /* rPh elements around */
    bool open, preserve;
} reader;

/* ---- escapes ---- */

/* "_x4E2D_" at p: its code, or -1. */
static int escape_at(const char *p, const char *end) {
    int code = 0;
    if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_') return -1;
    for (int i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(p[i])) return -1;
        code = code * 16 + g_ascii_xdigit_value(p[i]);
    }
    return code;
}

/* Appends the escape at p; gives what follows. Pairs of surrogates are two escapes. */
static const char *append_escape(GString *out, const char *p, const char *end, int code) {
    int low = code >= 0xD800 && code < 0xDC00 ? escape_at(p + 7, end) : -1;
    if (low >= 0xDC00 && low < 0xE000) {
        g_string_append_unichar(out, (gunichar)(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)));
        return p + 14;
    }
    if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
    if (code && code != '\r') g_string_append_unichar(out, (gunichar)code);
    return p + 7;
}

void jb_xlsx_append_string(GString *out, const char *text, size_t length) {
    const char *end = text + length;
    while (text < end) {
        const char *mark = memchr(text, '_', (size_t)(end - text));
        int code = mark ? escape_at(mark, end) : -1;
        const char *to = mark ? mark + (code < 0) : end;
        g_string_append_len(out, text, to - text);
        text = code < 0 ? to : append_escape(out, mark, end, code);
    }
}

/* ---- events ---- */

static jb_status add_string(reader *r) {
    jb_xlsx_strings *s = &r->book->strings;
    if (s->start->len > JB_LIMIT_CELLS)
        return jb_fail(r->book->ctx, jb_pos_file(r->book->file),
                       "the workbook has more than the limit of %zu texts", JB_LIMIT_CELLS);
    if (s->text->len > JB_LIMIT_FILE_BYTES)
        return jb_fail(r->book->ctx, jb_pos_file(r->book->file),
                       "the workbook has more text than the limit of %zu bytes", JB_LIMIT_FILE_BYTES);
    uint32_t start = (uint32_t)s->text->len;
    g_array_append_val(s->start, start);
    return JB_OK;
}

static jb_status on_start(void *user, const char *name, const char **attributes) {
    reader *r = user;
    if (name[0] == 't' && !name[1]) {
        const char *space = jb_xml_attribute(attributes, "xml:space");
        r->open = r->phonetic == 0;
        r->preserve = space && !strcmp(space, "preserve");
        g_string_truncate(r->piece, 0);
    } else if (!strcmp(name, "rPh")) {
        r->phonetic++;
    } else if (!strcmp(name, "si")) {
        return add_string(r);
    }
    return JB_OK;
}

static void end_text(reader *r) {
    const char *text = r->piece->str, *end = text + r->piece->len;
    while (!r->preserve && text < end && g_ascii_isspace(*text)) text++;
    while (!r->preserve && end > text && g_ascii_isspace(end[-1])) end--;
    if (r->book->strings.start->len) jb_xlsx_append_string(r->book->strings.text, text, (size_t)(end - text));
    r->open = false;
}

static jb_status on_end(void *user, const char *name) {
    reader *r = user;
    if (name[0] == 't' && !name[1]) {
        if (r->open) end_text(r);
    } else if (!strcmp(name, "rPh") && r->phonetic) {
        r->phonetic--;
    } else if (!strcmp(name, "si")) {
        g_string_append_c(r->book->strings.text, 0);
    }
    return JB_OK;
}

/* Longer texts than a cell may have are cut behind the limit, so that the cell that shows one is refused. */
static jb_status on_text(void *user, const char *text, size_t length) {
    reader *r = user;
    if (r->open && r->piece->len <= JB_LIMIT_CELL_BYTES) g_string_append_len(r->piece, text, (gssize)length);
    return JB_OK;
}

jb_status jb_xlsx_strings_read(jb_xlsx_book *book, const char *part) {
    static const jb_xml_events events = {.start = on_start, .end = on_end, .text = on_text};
    reader r = {.book = book, .piece = g_string_new(NULL)};
    jb_status status = jb_xml_read(book->zip, part, &events, &r);
    uint32_t end = (uint32_t)book->strings.text->len;
    g_array_append_val(book->strings.start, end);
    g_string_free(r.piece, TRUE);
    return status;
}
