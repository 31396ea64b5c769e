/* A binary workbook: the stream in its compound file, what holds for all sheets, which one is read. */
#include "input/xls.h"

#include <string.h>
#include "base/file.h"
#include "input/xls_private.h"

#define BIFF8 0x0600
#define BIFF5 0x0500
#define DEEPEST_INDENT 15

enum record_type {
    END = 0x0A,
    DATE_MODE = 0x22,
    PASSWORD = 0x2F,
    CODE_PAGE = 0x42,
    SHEET = 0x85,
    STYLE = 0xE0,
    SHARED = 0xFC,
    FORMAT = 0x41E,
    BEGIN = 0x809
};

bool jb_xls_record_at(const jb_xls_book *book, size_t at, jb_xls_record *record) {
    if (at > book->length || book->length - at < 4) return false;
    record->type = jb_u16(book->stream + at);
    record->length = jb_u16(book->stream + at + 2);
    record->data = book->stream + at + 4;
    record->next = at + 4 + record->length;
    return record->next <= book->length;
}

/* ---- what holds for all sheets ([MS-XLS] 2.1.7.20.3) ---- */

static jb_status too_many(const jb_xls_book *book, const char *what, int limit) {
    return jb_fail(book->ctx, jb_pos_file(book->file), "the workbook has more than the limit of %d %s", limit,
                   what);
}

static jb_status add_sheet(jb_xls_book *book, const jb_xls_record *record) {
    if (record->length < 7) return JB_OK;
    if (book->sheets->len >= JB_LIMIT_SHEETS) return too_many(book, "sheets", JB_LIMIT_SHEETS);
    GString *name = g_string_new(NULL);
    jb_xls_append_text(book, record->data + 6, record->length - 6, 1, name);
    jb_xls_sheet sheet = {g_string_free(name, FALSE), jb_u32(record->data), (record->data[4] & 3) != 0,
                          record->data[5] == 0};
    g_array_append_val(book->sheets, sheet);
    return JB_OK;
}

static jb_status add_format(jb_xls_book *book, const jb_xls_record *record) {
    if (record->length < 3) return JB_OK;
    if (g_hash_table_size(book->formats) >= JB_LIMIT_CELL_STYLES)
        return too_many(book, "formats", JB_LIMIT_CELL_STYLES);
    GString *code = g_string_new(NULL);
    jb_xls_append_text(book, record->data + 2, record->length - 2, book->wide ? 2 : 1, code);
    g_hash_table_replace(book->formats, GUINT_TO_POINTER(jb_u16(record->data)), jb_numfmt_new(code->str));
    g_string_free(code, TRUE);
    return JB_OK;
}

static jb_status add_style(jb_xls_book *book, const jb_xls_record *record) {
    if (record->length < 4) return JB_OK;
    if (book->styles->len >= JB_LIMIT_CELL_STYLES) return too_many(book, "styles", JB_LIMIT_CELL_STYLES);
    jb_xls_style style = {jb_u16(record->data + 2), 0};
    if (book->wide && record->length > 8) style.indent = MIN(record->data[8] & 15, DEEPEST_INDENT);
    g_array_append_val(book->styles, style);
    return JB_OK;
}

const jb_numfmt *jb_xls_format(jb_xls_book *book, unsigned style) {
    unsigned id = style < book->styles->len ? g_array_index(book->styles, jb_xls_style, style).format : 0;
    const jb_numfmt *format = g_hash_table_lookup(book->formats, GUINT_TO_POINTER(id));
    if (format) return format;
    jb_numfmt *built_in = jb_numfmt_new(jb_numfmt_builtin(id));
    g_hash_table_replace(book->formats, GUINT_TO_POINTER(id), built_in);
    return built_in;
}

static jb_status protected_file(const jb_xls_book *book) {
    return jb_fail(book->ctx, jb_pos_file(book->file),
                   "the workbook is protected by a password; save it without one");
}

static jb_status take_record(jb_xls_book *book, const jb_xls_record *record) {
    switch (record->type) {
    case PASSWORD: return protected_file(book);
    case CODE_PAGE:
        if (record->length >= 2) book->code_page = jb_u16(record->data);
        return JB_OK;
    case DATE_MODE: book->from_1904 = record->length >= 2 && jb_u16(record->data) == 1; return JB_OK;
    case SHEET: return add_sheet(book, record);
    case STYLE: return add_style(book, record);
    case FORMAT: return add_format(book, record);
    case SHARED: return jb_xls_strings_read(book, record);
    default: return JB_OK;
    }
}

static jb_status read_globals(jb_xls_book *book) {
    jb_xls_record record;
    jb_pos pos = jb_pos_file(book->file);
    if (!jb_xls_record_at(book, 0, &record) || record.type != BEGIN || record.length < 4)
        return jb_fail(book->ctx, pos,
                       "the workbook is damaged, or older than Excel 5; save it anew as XLSX");
    unsigned version = jb_u16(record.data);
    if (version != BIFF8 && version != BIFF5)
        return jb_fail(book->ctx, pos, "the workbook is of an unknown version; save it anew as XLSX");
    book->wide = version == BIFF8;
    for (size_t at = record.next; jb_xls_record_at(book, at, &record); at = record.next) {
        if (record.type == END) return JB_OK;
        jb_status status = take_record(book, &record);
        if (status != JB_OK) return status;
    }
    return jb_fail(book->ctx, pos, "the workbook is cut off; save it anew as XLSX");
}

/* ---- the sheet ---- */

static jb_status read_sheet(void *data, unsigned index, jb_grid *grid) {
    jb_xls_book *book = data;
    return jb_xls_sheet_read(book, g_array_index(book->sheets, jb_xls_sheet, index).at, grid);
}

static jb_status read_chosen(jb_xls_book *book, jb_grid **grid) {
    jb_sheet_entry *entries = g_new(jb_sheet_entry, book->sheets->len + 1);
    for (unsigned i = 0; i < book->sheets->len; i++) {
        const jb_xls_sheet *sheet = &g_array_index(book->sheets, jb_xls_sheet, i);
        entries[i] = (jb_sheet_entry){sheet->name, sheet->hidden, sheet->cells};
    }
    jb_sheet_list list = {"XLS", entries, book->sheets->len, read_sheet, book};
    jb_status status = jb_sheet_read_chosen(book->ctx, book->file, &book->choice, &list, grid);
    g_free(entries);
    return status;
}

/* ---- the file ---- */

/* The stream of the workbook; what else is packed this way is told. */
static jb_status read_stream(jb_xls_book *book, const void *bytes, size_t length) {
    jb_cfb *cfb;
    jb_pos pos = jb_pos_file(book->file);
    jb_status status = jb_cfb_open(book->ctx, book->file, bytes, length, &cfb);
    if (status != JB_OK) return status;
    if (jb_cfb_has(cfb, "EncryptedPackage"))
        status = protected_file(book);
    else if (jb_cfb_has(cfb, "Workbook"))
        status = jb_cfb_read(cfb, "Workbook", &book->stream, &book->length);
    else if (jb_cfb_has(cfb, "Book"))
        status = jb_cfb_read(cfb, "Book", &book->stream, &book->length);
    else if (jb_cfb_has(cfb, "WordDocument"))
        status = jb_fail(book->ctx, pos,
                         "this is a Word document, not a spreadsheet; copy its table into one, or paste it "
                         "into the report");
    else if (jb_cfb_has(cfb, "PowerPoint Document"))
        status = jb_fail(book->ctx, pos, "this is a PowerPoint presentation, not a spreadsheet");
    else
        status = jb_fail(book->ctx, pos, "this is not a workbook, although it is packed like an XLS file");
    jb_cfb_close(cfb);
    return status;
}

static void clear_sheet(void *sheet) { g_free(((jb_xls_sheet *)sheet)->name); }

static void free_format(void *format) { jb_numfmt_free(format); }

static void book_start(jb_xls_book *book) {
    book->sheets = g_array_new(FALSE, FALSE, sizeof(jb_xls_sheet));
    g_array_set_clear_func(book->sheets, clear_sheet);
    book->styles = g_array_new(FALSE, FALSE, sizeof(jb_xls_style));
    book->formats = g_hash_table_new_full(NULL, NULL, NULL, free_format);
    book->text = g_string_new(NULL);
    book->start = g_array_new(FALSE, FALSE, sizeof(uint32_t));
}

static void book_clear(jb_xls_book *book) {
    jb_sheet_choice_clear(&book->choice);
    g_free(book->stream);
    g_array_free(book->sheets, TRUE);
    g_array_free(book->styles, TRUE);
    g_hash_table_destroy(book->formats);
    g_string_free(book->text, TRUE);
    g_array_free(book->start, TRUE);
}

jb_status jb_xls_read_bytes(jb_context *ctx, const char *path, const void *bytes, size_t length,
                            const jb_data_options *options, jb_grid **grid) {
    static const jb_data_options none = {0};
    jb_xls_book book = {.ctx = ctx, .file = jb_intern(ctx, path), .options = options ? options : &none};
    *grid = NULL;
    book_start(&book);
    jb_status status = jb_sheet_choice_read(ctx, book.file, book.options, &book.choice);
    if (status == JB_OK) status = read_stream(&book, bytes, length);
    if (status == JB_OK) status = read_globals(&book);
    if (status == JB_OK) status = read_chosen(&book, grid);
    book_clear(&book);
    return status;
}

jb_status jb_xls_read(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    char *bytes;
    size_t length;
    jb_pos nowhere = {0};
    *grid = NULL;
    jb_status status =
        jb_file_read(ctx, path, JB_LIMIT_XLS_BYTES, options ? options->pos : nowhere, &bytes, &length);
    if (status != JB_OK) return status;
    status = jb_xls_read_bytes(ctx, path, bytes, length, options, grid);
    g_free(bytes);
    return status;
}
