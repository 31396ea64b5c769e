/* Workbooks for tests: archives packed in memory, and what was read of them as text. */
#ifndef JB_TESTS_BOOK_H
#define JB_TESTS_BOOK_H

#include "unit.h"

#include <zip.h>
#include "base/file.h"
#include "base/limits.h"
#include "input/archive.h"
#include "input/sheet.h"
#include "input/xls.h"

typedef struct part {
    const char *name, *text; /* a NULL name ends a list */
} part;

typedef struct fixture {
    jb_context *ctx;
    jb_data_options options;
    jb_grid *grid;
    GString *out;
    char message[1024];
} fixture;

static inline int start(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->out = g_string_new(NULL);
    *state = f;
    return 0;
}

static inline int stop(void **state) {
    fixture *f = *state;
    jb_grid_free(f->grid);
    g_string_free(f->out, TRUE);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

/* Packs parts into an archive; method is ZIP_CM_DEFLATE or ZIP_CM_STORE. Freed with g_free. */
static inline char *pack_as(const part *parts, int method, size_t *length) {
    zip_error_t error;
    zip_stat_t info;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (; parts->name; parts++) {
        zip_int64_t i = zip_file_add(zip, parts->name, zip_source_buffer(zip, parts->text, strlen(parts->text), 0),
                                     ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
        assert_true(i >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)i, method, 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_source_stat(source, &info);
    char *bytes = g_malloc(info.size + 1);
    zip_source_open(source);
    *length = (size_t)zip_source_read(source, bytes, info.size);
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

static inline char *pack(const part *parts, size_t *length) { return pack_as(parts, ZIP_CM_DEFLATE, length); }

static inline const char *told(fixture *f) { return last_message(f->ctx, f->message, sizeof f->message); }

static inline void forget(fixture *f) {
    g_clear_pointer(&f->grid, jb_grid_free);
    g_string_truncate(f->out, 0);
}

/* The grid as CSV, "" when it could not be read. */
static inline const char *shown(fixture *f) {
    g_string_truncate(f->out, 0);
    if (f->grid) jb_grid_write_csv(f->grid, f->out);
    return f->out->str;
}

/* Reads bytes as the file “b.xlsx”, an archive or a binary workbook. */
static inline jb_status read_bytes(fixture *f, const char *bytes, size_t length) {
    forget(f);
    if (length > 4 && !memcmp(bytes, "\xD0\xCF\x11\xE0", 4))
        return jb_xls_read_bytes(f->ctx, "b.xls", bytes, length, &f->options, &f->grid);
    return jb_archive_read(f->ctx, "b.xlsx", bytes, length, &f->options, &f->grid);
}

static inline jb_status read_parts(fixture *f, const part *parts) {
    size_t length;
    char *bytes = pack(parts, &length);
    jb_status status = read_bytes(f, bytes, length);
    g_free(bytes);
    return status;
}

/* A file of tests/sheets; freed with g_free. */
static inline char *load(fixture *f, const char *name, size_t *length) {
    char *bytes, *path = g_strconcat("tests/sheets/", name, NULL);
    jb_pos nowhere = {0};
    assert_int_equal(jb_file_read(f->ctx, path, JB_LIMIT_FILE_BYTES, nowhere, &bytes, length), JB_OK);
    g_free(path);
    return bytes;
}

static inline const char *read_file(fixture *f, const char *name) {
    size_t length;
    char *bytes = load(f, name, &length);
    jb_status status = read_bytes(f, bytes, length);
    g_free(bytes);
    if (status != JB_OK) print_messages(f->ctx);
    return shown(f);
}

/* ---- XLSX ---- */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TYPES                                                                                                     \
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/xl/workbook.xml' " \
    "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"
#define RELATIONS(items) "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" items "</Relationships>"
#define ROOT_RELATIONS RELATIONS("<Relationship Id='a' Type='" OFFICE "/officeDocument' Target='xl/workbook.xml'/>")
#define BOOK_RELATIONS                                                                                            \
    RELATIONS("<Relationship Id='r1' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"                 \
              "<Relationship Id='r2' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"                \
              "<Relationship Id='r3' Type='" OFFICE "/styles' Target='/xl/styles.xml'/>")
#define BOOK(more)                                                                                                \
    "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'>" more "<sheets><sheet name='表' sheetId='1' r:id='r1'/></sheets></workbook>"
#define SHEET(items) "<worksheet xmlns='" MAIN "'>" items "</worksheet>"
#define CELLS(items) SHEET("<sheetData>" items "</sheetData>")
#define STYLES(formats, cells) "<styleSheet xmlns='" MAIN "'><numFmts>" formats "</numFmts><cellXfs>" cells "</cellXfs></styleSheet>"
#define TEXTS(items) "<sst xmlns='" MAIN "'>" items "</sst>"

/* A workbook of one sheet; NULL for parts that it does not have. */
static inline jb_status read_book(fixture *f, const char *book, const char *sheet, const char *texts, const char *styles) {
    part parts[8] = {{"[Content_Types].xml", TYPES}, {"_rels/.rels", ROOT_RELATIONS}, {"xl/workbook.xml", book ? book : BOOK("")},
                     {"xl/_rels/workbook.xml.rels", BOOK_RELATIONS}, {"xl/worksheets/sheet1.xml", sheet}};
    unsigned n = 5;
    if (texts) parts[n++] = (part){"xl/sharedStrings.xml", texts};
    if (styles) parts[n++] = (part){"xl/styles.xml", styles};
    parts[n] = (part){NULL, NULL};
    return read_parts(f, parts);
}

static inline const char *read_sheet(fixture *f, const char *sheet) {
    read_book(f, NULL, sheet, NULL, NULL);
    return shown(f);
}

#endif
