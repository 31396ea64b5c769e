/* Number formats and indents of a workbook's cell styles (ECMA-376-1, 18.8). */
#include <string.h>
#include "input/xlsx_private.h"

#define DEEPEST_INDENT 15 /* what people can tell apart; programs allow 250 */

typedef struct reader {
    jb_xlsx_book *book;
    bool cells; /* within cellXfs */
} reader;

bool jb_xlsx_number(const char *text, size_t length, unsigned most, unsigned *number) {
    guint64 value = 0;
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i])) return false;
        value = value * 10 + (guint64)(text[i] - '0');
        if (value > most) return false;
    }
    *number = (unsigned)value;
    return length > 0;
}

/* An attribute as a number; 0 when it is missing or none. */
static unsigned number_of(const char **attributes, const char *name) {
    const char *text = jb_xml_attribute(attributes, name);
    unsigned number = 0;
    return text && jb_xlsx_number(text, strlen(text), G_MAXINT, &number) ? number : 0;
}

static jb_status too_many(const reader *r) {
    return jb_fail(r->book->ctx, jb_pos_file(r->book->file),
                   "the workbook has more than the limit of %d styles", JB_LIMIT_CELL_STYLES);
}

/* The first format of an id stays: styles may point to it already. */
static jb_status add_format(reader *r, const char **attributes) {
    GHashTable *formats = r->book->styles.formats;
    gpointer id = GUINT_TO_POINTER(number_of(attributes, "numFmtId"));
    if (g_hash_table_size(formats) >= JB_LIMIT_CELL_STYLES) return too_many(r);
    if (!g_hash_table_contains(formats, id))
        g_hash_table_insert(formats, id, jb_numfmt_new(jb_xml_attribute(attributes, "formatCode")));
    return JB_OK;
}

static const jb_numfmt *format_of(jb_xlsx_book *book, unsigned id) {
    const jb_numfmt *format = g_hash_table_lookup(book->styles.formats, GUINT_TO_POINTER(id));
    if (format) return format;
    jb_numfmt *built_in = jb_numfmt_new(jb_numfmt_builtin(id));
    g_hash_table_replace(book->styles.formats, GUINT_TO_POINTER(id), built_in);
    return built_in;
}

static jb_status add_style(reader *r, const char **attributes) {
    GArray *cells = r->book->styles.cells;
    const jb_numfmt *format = format_of(r->book, number_of(attributes, "numFmtId"));
    jb_xlsx_style style = {format, 0, jb_numfmt_is_general(format), jb_numfmt_changes_text(format)};
    if (cells->len >= JB_LIMIT_CELL_STYLES) return too_many(r);
    g_array_append_val(cells, style);
    return JB_OK;
}

static void set_indent(reader *r, const char **attributes) {
    GArray *cells = r->book->styles.cells;
    if (!cells->len) return;
    unsigned indent = MIN(number_of(attributes, "indent"), DEEPEST_INDENT);
    g_array_index(cells, jb_xlsx_style, cells->len - 1).indent = (unsigned char)indent;
}

static jb_status on_start(void *user, const char *name, const char **attributes) {
    reader *r = user;
    if (!strcmp(name, "numFmt")) return add_format(r, attributes);
    if (!strcmp(name, "cellXfs")) r->cells = true;
    if (r->cells && !strcmp(name, "xf")) return add_style(r, attributes);
    if (r->cells && !strcmp(name, "alignment")) set_indent(r, attributes);
    return JB_OK;
}

static jb_status on_end(void *user, const char *name) {
    if (!strcmp(name, "cellXfs")) ((reader *)user)->cells = false;
    return JB_OK;
}

jb_status jb_xlsx_styles_read(jb_xlsx_book *book, const char *part) {
    static const jb_xml_events events = {.start = on_start, .end = on_end};
    reader r = {.book = book};
    return jb_xml_read(book->zip, part, &events, &r);
}
