/* The parts of a workbook: relationships, the list of sheets, which one is read. */
#include "input/xlsx.h"

#include <string.h>
#include "input/xlsx_private.h"

/* ---- relationships (ECMA-376-2, 9.3) ---- */

/* The targets of one part. Types are compared by their last step, which transitional and strict files share.
 */
typedef struct relations {
    const char *base;    /* folder of the part they belong to, with a slash at its end, or "" */
    GHashTable *by_id;   /* to path */
    GHashTable *by_type; /* "worksheet" to the first path of that type */
    GHashTable *types;   /* id to type */
} relations;

static void relations_start(relations *r, const char *base) {
    r->base = base;
    r->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    r->by_type = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    r->types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void relations_clear(relations *r) {
    g_hash_table_destroy(r->by_id);
    g_hash_table_destroy(r->by_type);
    g_hash_table_destroy(r->types);
}

/* "../xl/a.xml" as seen from a folder; names in archives have no slash in front. */
static char *resolve(const char *base, const char *target) {
    char *whole = *target == '/' ? g_strdup(target + 1) : g_strconcat(base, target, NULL);
    char **steps = g_strsplit(g_strdelimit(whole, "\\", '/'), "/", 64);
    GPtrArray *kept = g_ptr_array_new();
    for (char **step = steps; *step; step++) {
        if (!strcmp(*step, "..") && kept->len)
            g_ptr_array_set_size(kept, (int)kept->len - 1);
        else if (**step && strcmp(*step, ".") && strcmp(*step, ".."))
            g_ptr_array_add(kept, *step);
    }
    g_ptr_array_add(kept, NULL);
    char *path = g_strjoinv("/", (char **)kept->pdata);
    g_ptr_array_free(kept, TRUE);
    g_strfreev(steps);
    g_free(whole);
    return path;
}

static jb_status see_relation(void *user, const char *name, const char **attributes) {
    relations *r = user;
    const char *id = jb_xml_attribute(attributes, "Id"), *type = jb_xml_attribute(attributes, "Type");
    const char *target = jb_xml_attribute(attributes, "Target"),
               *mode = jb_xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") || !id || !type || !target || (mode && !strcmp(mode, "External")))
        return JB_OK;
    const char *last = strrchr(type, '/') ? strrchr(type, '/') + 1 : type;
    g_hash_table_insert(r->by_id, g_strdup(id), resolve(r->base, target));
    g_hash_table_insert(r->types, g_strdup(id), g_strdup(last));
    if (!g_hash_table_contains(r->by_type, last))
        g_hash_table_insert(r->by_type, g_strdup(last), resolve(r->base, target));
    return JB_OK;
}

static jb_status see_end(void *user, const char *name) { return (void)user, (void)name, JB_OK; }

/* The folder of a part, with its slash. */
static char *folder_of(const char *part) {
    const char *slash = strrchr(part, '/');
    return g_strndup(part, slash ? (size_t)(slash + 1 - part) : 0);
}

/* Reads what a part ("" is the package) points to. A part without relationships is no error. */
static jb_status relations_read(jb_zip *zip, const char *part, relations *r) {
    static const jb_xml_events events = {.start = see_relation, .end = see_end};
    char *folder = folder_of(part);
    char *name = g_strconcat(folder, "_rels/", part + strlen(folder), ".rels", NULL);
    r->base = folder;
    jb_status status = jb_zip_has(zip, name) ? jb_xml_read(zip, name, &events, r) : JB_OK;
    r->base = "";
    g_free(name);
    g_free(folder);
    return status;
}

/* ---- the workbook's list of sheets ---- */

typedef struct lister {
    jb_xlsx_book *book;
    const relations *relations;
} lister;

/* "r:id", whatever the prefix. */
static const char *relation_id(const char **attributes) {
    for (; *attributes; attributes += 2)
        if (g_str_has_suffix(*attributes, ":id")) return attributes[1];
    return NULL;
}

static jb_status add_sheet(lister *l, const char **attributes) {
    jb_xlsx_book *book = l->book;
    const char *name = jb_xml_attribute(attributes, "name"), *id = relation_id(attributes);
    const char *state = jb_xml_attribute(attributes, "state");
    if (book->sheets->len == JB_LIMIT_SHEETS)
        return jb_fail(book->ctx, jb_pos_file(book->file),
                       "the workbook has more than the limit of %d sheets", JB_LIMIT_SHEETS);
    const char *type = id ? g_hash_table_lookup(l->relations->types, id) : NULL;
    const char *part =
        type && !strcmp(type, "worksheet") ? g_hash_table_lookup(l->relations->by_id, id) : NULL;
    jb_xlsx_sheet sheet = {g_strdup(name ? name : ""), g_strdup(part),
                           state && (!strcmp(state, "hidden") || !strcmp(state, "veryHidden"))};
    g_array_append_val(book->sheets, sheet);
    return JB_OK;
}

static jb_status see_workbook(void *user, const char *name, const char **attributes) {
    lister *l = user;
    if (!strcmp(name, "sheet")) return add_sheet(l, attributes);
    if (!strcmp(name, "workbookPr"))
        l->book->from_1904 = jb_xml_is_true(jb_xml_attribute(attributes, "date1904"));
    return JB_OK;
}

/* ---- a workbook ---- */

static void clear_sheet(void *item) {
    jb_xlsx_sheet *sheet = item;
    g_free(sheet->name);
    g_free(sheet->part);
}

static void free_format(void *format) { jb_numfmt_free(format); }

static void book_start(jb_xlsx_book *book) {
    book->sheets = g_array_new(FALSE, FALSE, sizeof(jb_xlsx_sheet));
    g_array_set_clear_func(book->sheets, clear_sheet);
    book->strings.text = g_string_new(NULL);
    book->strings.start = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    book->styles.formats = g_hash_table_new_full(NULL, NULL, NULL, free_format);
    book->styles.cells = g_array_new(FALSE, FALSE, sizeof(jb_xlsx_style));
}

static void book_clear(jb_xlsx_book *book) {
    jb_zip_close(book->zip);
    jb_sheet_choice_clear(&book->choice);
    g_array_free(book->sheets, TRUE);
    g_string_free(book->strings.text, TRUE);
    g_array_free(book->strings.start, TRUE);
    g_hash_table_destroy(book->styles.formats);
    g_array_free(book->styles.cells, TRUE);
}

/* Sheets, strings and styles; where they are is only told by relationships. */
static jb_status read_parts(jb_xlsx_book *book, const char *workbook, const relations *r) {
    static const jb_xml_events events = {.start = see_workbook, .end = see_end};
    lister l = {book, r};
    jb_status status = jb_xml_read(book->zip, workbook, &events, &l);
    const char *strings = g_hash_table_lookup(r->by_type, "sharedStrings");
    const char *styles = g_hash_table_lookup(r->by_type, "styles");
    if (status == JB_OK && strings && jb_zip_has(book->zip, strings))
        status = jb_xlsx_strings_read(book, strings);
    if (status == JB_OK && styles && jb_zip_has(book->zip, styles))
        status = jb_xlsx_styles_read(book, styles);
    return status;
}

static jb_status read_book(jb_xlsx_book *book) {
    relations package, workbook;
    relations_start(&package, "");
    relations_start(&workbook, "");
    jb_status status = relations_read(book->zip, "", &package);
    const char *part = g_hash_table_lookup(package.by_type, "officeDocument");
    if (status == JB_OK && !part)
        status = jb_fail(book->ctx, jb_pos_file(book->file), "the package names no workbook");
    if (status == JB_OK) status = relations_read(book->zip, part, &workbook);
    if (status == JB_OK) status = read_parts(book, part, &workbook);
    relations_clear(&package);
    relations_clear(&workbook);
    return status;
}

/* ---- the sheet ---- */

static jb_status read_sheet(void *data, unsigned index, jb_grid *grid) {
    jb_xlsx_book *book = data;
    return jb_xlsx_sheet_read(book, g_array_index(book->sheets, jb_xlsx_sheet, index).part, grid);
}

static jb_status read_chosen(jb_xlsx_book *book, jb_grid **grid) {
    jb_sheet_entry *entries = g_new(jb_sheet_entry, book->sheets->len + 1);
    for (unsigned i = 0; i < book->sheets->len; i++) {
        const jb_xlsx_sheet *sheet = &g_array_index(book->sheets, jb_xlsx_sheet, i);
        entries[i] = (jb_sheet_entry){sheet->name, sheet->hidden, sheet->part != NULL};
    }
    jb_sheet_list list = {"XLSX", entries, book->sheets->len, read_sheet, book};
    jb_status status = jb_sheet_read_chosen(book->ctx, book->file, &book->choice, &list, grid);
    g_free(entries);
    return status;
}

jb_status jb_xlsx_read(jb_context *ctx, const char *path, const void *bytes, size_t length,
                       const jb_data_options *options, jb_grid **grid) {
    static const jb_data_options none = {0};
    jb_xlsx_book book = {.ctx = ctx, .file = jb_intern(ctx, path), .options = options ? options : &none};
    *grid = NULL;
    book_start(&book);
    jb_status status = jb_sheet_choice_read(ctx, book.file, book.options, &book.choice);
    if (status == JB_OK) status = jb_zip_open(ctx, book.file, bytes, length, &book.zip);
    if (status == JB_OK) status = read_book(&book);
    if (status == JB_OK) status = read_chosen(&book, grid);
    book_clear(&book);
    return status;
}
