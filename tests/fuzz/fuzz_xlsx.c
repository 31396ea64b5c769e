/* Spreadsheets. The first byte says what the rest is: 'Z' a whole archive, 'O' a binary workbook, 'D' the content.xml of an
 * OpenDocument file; anything else the sheet, shared texts, styles and workbook of an XLSX file, parted by bytes 0x1E, which are packed
 * here, so that checksums do not keep the fuzzer out. */
#include <string.h>
#include <zip.h>
#include "input/archive.h"
#include "input/xls.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PARTS 4

typedef struct part {
    const char *name;
    const void *bytes;
    size_t length;
} part;

static const char types[] = "<Types><Override ContentType='spreadsheetml.sheet.main'/></Types>";
static const char package[] = "<Relationships><Relationship Id='a' Type='" OFFICE "/officeDocument' Target='b.xml'/></Relationships>";
static const char relations[] = "<Relationships><Relationship Id='r1' Type='" OFFICE "/worksheet' Target='s.xml'/><Relationship Id='r2' "
                                "Type='" OFFICE "/sharedStrings' Target='t.xml'/><Relationship Id='r3' Type='" OFFICE "/styles' Target='y.xml'/></Relationships>";
static const char workbook[] = "<workbook><sheets><sheet name='a' r:id='r1'/></sheets></workbook>";
static const char mimetype[] = "application/vnd.oasis.opendocument.spreadsheet";

static char *pack(const part *parts, unsigned count, size_t *length) {
    zip_error_t error;
    zip_stat_t info;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (unsigned i = 0; i < count; i++) {
        zip_int64_t at = zip_file_add(zip, parts[i].name, zip_source_buffer(zip, parts[i].bytes, parts[i].length, 0), 0);
        zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
    }
    zip_close(zip);
    zip_source_stat(source, &info);
    char *bytes = g_malloc(info.size + 1);
    zip_source_open(source);
    *length = (size_t)zip_source_read(source, bytes, info.size);
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

static char *pack_xlsx(const unsigned char *data, size_t size, size_t *length) {
    const unsigned char *end = data + size;
    part parts[] = {{"[Content_Types].xml", types, sizeof types - 1}, {"_rels/.rels", package, sizeof package - 1},
                    {"_rels/b.xml.rels", relations, sizeof relations - 1}, {"s.xml", "", 0}, {"t.xml", "<sst/>", 6},
                    {"y.xml", "<styleSheet/>", 13}, {"b.xml", workbook, sizeof workbook - 1}};
    for (unsigned i = 0; i < PARTS && data < end; i++) {
        const unsigned char *stop = memchr(data, 0x1E, (size_t)(end - data));
        if (!stop) stop = end;
        parts[3 + i].bytes = data;
        parts[3 + i].length = (size_t)(stop - data);
        data = stop < end ? stop + 1 : end;
    }
    return pack(parts, G_N_ELEMENTS(parts), length);
}

static char *pack_ods(const unsigned char *data, size_t size, size_t *length) {
    const part parts[] = {{"mimetype", mimetype, sizeof mimetype - 1}, {"content.xml", data, size}};
    return pack(parts, G_N_ELEMENTS(parts), length);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    static const jb_data_options plain = {0}, special = {.skip_hidden = true, .raw = true, .range = "B2:Z99"};
    if (size < 2) return 0;
    jb_context *ctx = jb_context_new();
    char *bytes = NULL;
    size_t length = size - 1;
    if (data[0] == 'Z' || data[0] == 'O')
        bytes = g_memdup2(data + 1, length);
    else
        bytes = data[0] == 'D' ? pack_ods(data + 1, size - 1, &length) : pack_xlsx(data, size, &length);
    for (unsigned i = 0; i < 2; i++) {
        jb_grid *grid = NULL;
        const jb_data_options *options = i ? &special : &plain;
        jb_status status = data[0] == 'O' ? jb_xls_read_bytes(ctx, "fuzz.xls", bytes, length, options, &grid)
                                          : jb_archive_read(ctx, "fuzz.xlsx", bytes, length, options, &grid);
        if ((status == JB_OK) != (grid != NULL)) __builtin_trap();
        jb_grid_free(grid);
    }
    g_free(bytes);
    jb_context_free(ctx);
    return 0;
}
