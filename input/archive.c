/* Tells spreadsheets in zip archives apart, and says what the others are. */
#include "input/archive.h"

#include <string.h>
#include "input/ods.h"
#include "input/xlsx.h"
#include "input/xml.h"

typedef enum archive_kind { OTHER, WORKBOOK, BINARY_WORKBOOK, WORD, SLIDES, VISIO } archive_kind;

/* What a part is named to be counts before what all parts with some ending would be: SheetJS gives “.bin” the type of a binary
 * workbook in every package. */
typedef struct package_kinds {
    archive_kind of_parts, of_endings;
} package_kinds;

/* Content types of the main part say what a package is (ECMA-376-1, 15.2). */
static jb_status see_type(void *user, const char *name, const char **attributes) {
    static const struct {
        const char *sign;
        archive_kind kind;
    } signs[] = {{"spreadsheetml.sheet.main", WORKBOOK},
                 {"spreadsheetml.template.main", WORKBOOK},
                 {"ms-excel.sheet.macroEnabled.main", WORKBOOK},
                 {"ms-excel.template.macroEnabled.main", WORKBOOK},
                 {"ms-excel.addin.macroEnabled.main", WORKBOOK},
                 {"ms-excel.sheet.binary", BINARY_WORKBOOK},
                 {"wordprocessingml.", WORD},
                 {"ms-word.", WORD},
                 {"presentationml.", SLIDES},
                 {"ms-powerpoint.", SLIDES},
                 {"ms-visio.", VISIO}};
    package_kinds *kinds = user;
    const char *type = jb_xml_attribute(attributes, "ContentType");
    bool part = !strcmp(name, "Override");
    archive_kind *kind = part ? &kinds->of_parts : &kinds->of_endings;
    if (!type || (!part && strcmp(name, "Default"))) return JB_OK;
    for (unsigned i = 0; i < G_N_ELEMENTS(signs) && *kind == OTHER; i++)
        if (strstr(type, signs[i].sign)) *kind = signs[i].kind;
    return JB_OK;
}

static jb_status see_end(void *user, const char *name) { return (void)user, (void)name, JB_OK; }

static jb_status refuse(jb_context *ctx, const char *file, const char *what, const char *help) {
    return jb_fail(ctx, jb_pos_file(file), "this is %s, not a spreadsheet%s", what, help);
}

static jb_status read_package(jb_context *ctx, jb_zip *zip, const char *path, const void *bytes,
                              size_t length, const jb_data_options *options, jb_grid **grid) {
    static const jb_xml_events events = {.start = see_type, .end = see_end};
    package_kinds kinds = {OTHER, OTHER};
    jb_status status = jb_xml_read(zip, "[Content_Types].xml", &events, &kinds);
    archive_kind kind = kinds.of_parts != OTHER ? kinds.of_parts : kinds.of_endings;
    const char *file = jb_zip_file(zip);
    if (status != JB_OK) return status;
    switch (kind) {
    case WORKBOOK: return jb_xlsx_read(ctx, path, bytes, length, options, grid);
    case BINARY_WORKBOOK:
        return jb_fail(ctx, jb_pos_file(file), "binary workbooks (XLSB) cannot be read; save it as XLSX");
    case WORD:
        return refuse(ctx, file, "a Word document", "; copy its table into one, or paste it into the report");
    case SLIDES: return refuse(ctx, file, "a PowerPoint presentation", "");
    case VISIO: return refuse(ctx, file, "a Visio drawing", "");
    default: return refuse(ctx, file, "an Office file of another kind", "");
    }
}

/* The entry `mimetype` of OpenDocument files, "" when there is none; cut off when longer. */
static jb_status read_mimetype(jb_zip *zip, char *type, size_t size) {
    jb_zip_entry *entry;
    size_t length = 0, got;
    *type = 0;
    if (!jb_zip_has(zip, "mimetype")) return JB_OK;
    jb_status status = jb_zip_entry_open(zip, "mimetype", &entry);
    if (status != JB_OK) return status;
    do {
        status = jb_zip_entry_read(entry, type + length, size - 1 - length, &got);
        length += got;
    } while (status == JB_OK && got && length < size - 1);
    type[length] = 0;
    g_strstrip(type);
    jb_zip_entry_close(entry);
    return status;
}

static jb_status read_open_document(jb_context *ctx, const char *path, const void *bytes, size_t length,
                                    const char *type, const jb_data_options *options, jb_grid **grid) {
    const char *file = jb_intern(ctx, path), *kind = strstr(type, "opendocument.");
    if (kind && g_str_has_prefix(kind, "opendocument.spreadsheet"))
        return jb_ods_read(ctx, path, bytes, length, options, grid);
    if (kind && g_str_has_prefix(kind, "opendocument.text"))
        return refuse(ctx, file, "an OpenDocument text", "");
    if (kind && g_str_has_prefix(kind, "opendocument.presentation"))
        return refuse(ctx, file, "an OpenDocument presentation", "");
    if (kind) return refuse(ctx, file, "an OpenDocument file of another kind", "");
    return refuse(ctx, file, "an archive of another kind", "");
}

jb_status jb_archive_read(jb_context *ctx, const char *path, const void *bytes, size_t length,
                          const jb_data_options *options, jb_grid **grid) {
    char type[128];
    jb_zip *zip;
    *grid = NULL;
    jb_status status = jb_zip_open(ctx, jb_intern(ctx, path), bytes, length, &zip);
    if (status == JB_OK) status = read_mimetype(zip, type, sizeof type);
    if (status == JB_OK) {
        if (*type)
            status = read_open_document(ctx, path, bytes, length, type, options, grid);
        else if (jb_zip_has(zip, "[Content_Types].xml"))
            status = read_package(ctx, zip, path, bytes, length, options, grid);
        else
            status = refuse(ctx, jb_zip_file(zip), "a zip archive", "; unpack it, and name the file in it");
    }
    jb_zip_close(zip);
    return status;
}
