/* Which reader a data file goes to: by its first bytes, then by its name, then by what its text begins with.
 */
#include "input/load.h"

#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "input/archive.h"
#include "input/encoding.h"
#include "input/json.h"
#include "input/sqlite_file.h"
#include "input/xls.h"

#define FIRST_BYTES 64

typedef struct loader {
    jb_context *ctx;
    const char *path;
    const char *part; /* behind “!”, or NULL */
    jb_data_options options;
    jb_grid **grid;
} loader;

static jb_status refuse(const loader *l, const char *why) {
    if (l->options.pos.file) return jb_fail(l->ctx, l->options.pos, "cannot read “%s”: %s", l->path, why);
    return jb_fail(l->ctx, jb_pos_file(jb_intern(l->ctx, l->path)), "cannot read: %s", why);
}

/* What stands behind “!” becomes an option. */
static jb_status take_part(loader *l, const char **option, const char *name) {
    if (!l->part) return JB_OK;
    if (*option) {
        char *why = g_strdup_printf("“!%s” and “%s” say the same twice", l->part, name);
        jb_status status = refuse(l, why);
        g_free(why);
        return status;
    }
    *option = l->part;
    return JB_OK;
}

/* ---- binary kinds ---- */

/* Zip archives: XLSX and ODS; what else is packed so is named. */
static jb_status load_archive(loader *l) {
    jb_status status = take_part(l, &l->options.sheet, "sheet");
    if (status != JB_OK) return status;
    char *bytes;
    size_t length;
    status = jb_file_read(l->ctx, l->path, JB_LIMIT_FILE_BYTES, l->options.pos, &bytes, &length);
    if (status != JB_OK) return status;
    status = jb_archive_read(l->ctx, l->path, bytes, length, &l->options, l->grid);
    g_free(bytes);
    return status;
}

/* OLE2 compound files: XLS and ET. */
static jb_status load_compound(loader *l) {
    jb_status status = take_part(l, &l->options.sheet, "sheet");
    return status == JB_OK ? jb_xls_read(l->ctx, l->path, &l->options, l->grid) : status;
}

static jb_status load_sqlite(loader *l) {
    jb_status status = take_part(l, &l->options.table, "table");
    if (status == JB_OK && l->options.table && l->options.query)
        status = refuse(l, "“query” and “table” exclude each other");
    return status == JB_OK ? jb_sqlite_read(l->ctx, l->path, &l->options, l->grid) : status;
}

typedef struct signature {
    const char *bytes;
    size_t size;
    jb_status (*load)(loader *l); /* NULL: no data file */
    const char *name;             /* for the error */
} signature;

#define OLD_WORKBOOK "a workbook of Excel 2 to 4 (save it as XLSX)"
#define BYTES(text) text, sizeof(text) - 1
static const signature signatures[] = {
    {BYTES("PK\003\004"), load_archive, NULL},
    {BYTES("PK\005\006"), load_archive, NULL},
    {BYTES("\xD0\xCF\x11\xE0"), load_compound, NULL},
    {BYTES("\x09\x00\x04\x00"), NULL, OLD_WORKBOOK},
    {BYTES("\x09\x02\x06\x00"), NULL, OLD_WORKBOOK},
    {BYTES("\x09\x04\x06\x00"), NULL, OLD_WORKBOOK},
    {BYTES("SQLite format 3\0"), load_sqlite, NULL},
    {BYTES("%PDF-"), NULL, "a PDF"},
    {BYTES("\x1F\x8B"), NULL, "packed by gzip"},
    {BYTES("\xFD"
           "7zXZ\0"),
     NULL, "packed by xz"},
    {BYTES("\x28\xB5\x2F\xFD"), NULL, "packed by zstd"},
    {BYTES("7z\xBC\xAF\x27\x1C"), NULL, "a 7z archive"},
    {BYTES("Rar!\x1A\x07"), NULL, "a RAR archive"},
    {BYTES("\x89PNG\r\n"), NULL, "a PNG picture"},
    {BYTES("\xFF\xD8\xFF"), NULL, "a JPEG picture"},
    {BYTES("GIF89a"), NULL, "a GIF picture"},
    {BYTES("{\\rtf"), NULL, "an RTF text"},
    {BYTES("\x7F"
           "ELF"),
     NULL, "a program"},
};

static const signature *find_signature(const char *bytes, size_t length) {
    for (size_t i = 0; i < G_N_ELEMENTS(signatures); i++)
        if (length >= signatures[i].size && !memcmp(bytes, signatures[i].bytes, signatures[i].size))
            return &signatures[i];
    return NULL;
}

static jb_status refuse_kind(const loader *l, const char *name) {
    char *why = g_strdup_printf("this is %s, not a data file", name);
    jb_status status = refuse(l, why);
    g_free(why);
    return status;
}

/* ---- texts ---- */

typedef enum text_kind {
    TEXT_DELIMITED,
    TEXT_TABS,
    TEXT_JSON,
    TEXT_LINES,
    TEXT_DATABASE,
    TEXT_UNKNOWN
} text_kind;

static text_kind kind_of_name(const char *path) {
    static const struct {
        const char *suffix;
        text_kind kind;
    } known[] = {{".csv", TEXT_DELIMITED},   {".txt", TEXT_UNKNOWN},     {".tsv", TEXT_TABS},
                 {".tab", TEXT_TABS},        {".json", TEXT_JSON},       {".ndjson", TEXT_LINES},
                 {".jsonl", TEXT_LINES},     {".db", TEXT_DATABASE},     {".db3", TEXT_DATABASE},
                 {".sqlite", TEXT_DATABASE}, {".sqlite3", TEXT_DATABASE}};
    char *lower = g_ascii_strdown(path, -1);
    text_kind found = TEXT_UNKNOWN;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_has_suffix(lower, known[i].suffix)) found = known[i].kind;
    g_free(lower);
    return found;
}

static bool begins_like(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!g_ascii_strncasecmp(text, words[i], strlen(words[i]))) return true;
    return false;
}

/* What a text is by how it begins: JSON, or something that is not for us, which is named. */
static text_kind kind_of_text(const char *text, const char **other) {
    static const char *const html[] = {"<!doctype html", "<html", "<table", "<head", "<meta"};
    while (g_ascii_isspace(*text)) text++;
    if (begins_like(text, html, G_N_ELEMENTS(html)))
        *other = "an HTML page (some systems call it .xls; save it as XLSX or CSV)";
    else if (!g_ascii_strncasecmp(text, "<?xml", 5))
        *other = strstr(text, "urn:schemas-microsoft-com:office:spreadsheet")
                     ? "an XML Spreadsheet 2003 (save it as XLSX)"
                     : "an XML file";
    return *text == '{' || *text == '[' ? TEXT_JSON : TEXT_DELIMITED;
}

static jb_status read_json(loader *l, const char *name, const char *text, size_t length, bool lines) {
    jb_status status = take_part(l, &l->options.path, "path");
    if (status != JB_OK) return status;
    return jb_json_read(l->ctx, name, text, length, lines || jb_json_is_lines(text, length), &l->options,
                        l->grid);
}

/* Takes the text over. */
static jb_status read_delimited(loader *l, const char *name, char *text, size_t length, text_kind kind) {
    char separator = l->options.separator;
    if (!separator && kind == TEXT_TABS) separator = '\t';
    if (length <= JB_LIMIT_SOURCE_BYTES) jb_source_add(l->ctx, name, text, length);
    return jb_grid_read(l->ctx, text, length, separator, (jb_pos){name, 1, 1}, l->grid);
}

static void say_encoding(const loader *l, const char *encoding) {
    char *form = g_strdup_printf("%s, %s", (*l->grid)->form, encoding);
    (*l->grid)->form = jb_intern(l->ctx, form);
    g_free(form);
}

static jb_status load_text(loader *l, text_kind kind) {
    char *text;
    size_t length;
    const char *name = jb_intern(l->ctx, l->path), *encoding, *other = NULL;
    jb_status status = jb_file_read(l->ctx, l->path, JB_LIMIT_FILE_BYTES, l->options.pos, &text, &length);
    if (status == JB_OK)
        status =
            jb_encoding_decode(l->ctx, name, l->options.encoding, l->options.pos, &text, &length, &encoding);
    if (status != JB_OK) return status;
    text_kind content = kind_of_text(text, &other);
    if (other) {
        status = refuse_kind(l, other);
        g_free(text);
        return status;
    }
    if (kind == TEXT_UNKNOWN) kind = content;
    if (kind == TEXT_JSON || kind == TEXT_LINES) {
        status = read_json(l, name, text, length, kind == TEXT_LINES);
        g_free(text);
    } else if (l->part) {
        status = refuse(l, "it is a text, without sheets or tables that “!” could choose");
        g_free(text);
    } else {
        status = read_delimited(l, name, text, length, kind);
    }
    if (status == JB_OK) say_encoding(l, encoding);
    return status;
}

/* ---- dispatch ---- */

static jb_status load(loader *l) {
    char bytes[FIRST_BYTES];
    size_t length;
    jb_status status = jb_file_peek(l->ctx, l->path, SIZE_MAX, l->options.pos, bytes, sizeof bytes, &length);
    if (status != JB_OK) return status;
    if (!length) return refuse(l, "the file is empty");
    const signature *found = find_signature(bytes, length);
    if (found) return found->load ? found->load(l) : refuse_kind(l, found->name);
    text_kind kind = kind_of_name(l->path);
    if (kind == TEXT_DATABASE) return refuse(l, "it is no SQLite database, or an encrypted one");
    return load_text(l, kind);
}

const char *jb_load_part(const char *path, char **file) {
    const char *mark = NULL;
    *file = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS)) return NULL;
    for (const char *p = path + strlen(path); p > path && !mark; p--) {
        if (p[-1] != '!' || !*p || p - 1 == path) continue;
        *file = g_strndup(path, (gsize)(p - 1 - path));
        if (g_file_test(*file, G_FILE_TEST_EXISTS)) mark = p;
        if (!mark) g_clear_pointer(file, g_free);
    }
    return mark;
}

jb_status jb_load_grid(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    char *file = NULL;
    loader l = {.ctx = ctx, .grid = grid};
    *grid = NULL;
    if (options) l.options = *options;
    l.part = jb_load_part(path, &file);
    l.path = file ? file : path;
    jb_status status = load(&l);
    g_free(file);
    return status;
}
