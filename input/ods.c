/* OpenDocument spreadsheets: content.xml in one pass (ODF 1.3 part 3, 9). */
#include "input/ods.h"

#include <string.h>
#include "base/text.h"
#include "input/numfmt.h"
#include "input/sheet.h"
#include "input/xml.h"

#define SPACE "urn:oasis:names:tc:opendocument:xmlns:"
#define INDENT_MM 3.53 /* one level of indent, as LibreOffice writes it: 10 pt */
#define DEEPEST_INDENT 15
#define MOST_SPACES 1000 /* blanks that one text:s may stand for */

typedef enum element {
    OTHER,
    TABLE,
    ROW,
    CELL,
    COVERED,
    COLUMN,
    PARAGRAPH,
    BLANKS,
    TAB,
    LINE_BREAK,
    INLINE,
    STYLE,
    TABLE_PROPERTIES,
    PARAGRAPH_PROPERTIES,
    IGNORED /* notes, shapes, changes: not what the cell says */
} element;

/* A cell of the open row; its text is in `texts`. */
typedef struct row_cell {
    unsigned column, repeat;
    size_t at, length;
} row_cell;

typedef struct reader {
    jb_context *ctx;
    const char *file;
    const jb_data_options *options;
    jb_sheet_choice choice;
    jb_sheet_filter filter;
    GPtrArray *names;          /* of all tables */
    GHashTable *hidden_styles; /* of tables that are not displayed */
    GHashTable *indents;       /* of cell styles, to their levels */
    char *style;               /* the style that is open */
    bool cell_style;           /* is it one of cells, or of tables? */
    unsigned char column_indent[JB_LIMIT_SHEET_COLUMNS], row_indent, indent; /* levels */
    bool row_indented;
    jb_grid *grid; /* of the table that is open or was taken */
    int taken;     /* index of the table that was taken, or -1 */
    bool reading, hidden_tables;
    unsigned ignored, tables;      /* elements around whose contents do not count; tables around */
    GArray *merges;                /* jb_area */
    unsigned row, column, columns; /* columns: declared so far */
    unsigned row_repeat, column_repeat, spanned_rows, spanned_columns;
    bool wanted_row, row_hidden, in_cell, covered, formula;
    GArray *cells;  /* row_cell */
    GString *texts; /* of the row's cells */
    GString *text;  /* paragraphs of the open cell */
    GString *value; /* what its attributes say */
    unsigned paragraphs;
    bool in_paragraph, gap, dated, logical;
} reader;

/* ---- names ---- */

static element element_of(const char *name) {
    static const struct {
        const char *name;
        element element;
    } elements[] = {{"table:1.0|table-cell", CELL},
                    {"text:1.0|p", PARAGRAPH},
                    {"table:1.0|table-row", ROW},
                    {"table:1.0|covered-table-cell", COVERED},
                    {"table:1.0|table-column", COLUMN},
                    {"table:1.0|table", TABLE},
                    {"text:1.0|s", BLANKS},
                    {"text:1.0|tab", TAB},
                    {"text:1.0|line-break", LINE_BREAK},
                    {"text:1.0|span", INLINE},
                    {"text:1.0|a", INLINE},
                    {"style:1.0|style", STYLE},
                    {"style:1.0|table-properties", TABLE_PROPERTIES},
                    {"style:1.0|paragraph-properties", PARAGRAPH_PROPERTIES},
                    {"office:1.0|annotation", IGNORED},
                    {"text:1.0|note", IGNORED},
                    {"text:1.0|ruby-text", IGNORED},
                    {"table:1.0|shapes", IGNORED},
                    {"table:1.0|tracked-changes", IGNORED},
                    {"drawing:1.0|frame", IGNORED},
                    {"table:1.0|detective", IGNORED},
                    {"table:1.0|table-source", IGNORED},
                    {"drawing:1.0|custom-shape", IGNORED}};
    if (strncmp(name, SPACE, sizeof SPACE - 1) != 0) return OTHER;
    for (unsigned i = 0; i < G_N_ELEMENTS(elements); i++)
        if (!strcmp(name + sizeof SPACE - 1, elements[i].name)) return elements[i].element;
    return OTHER;
}

static const char *attribute(const char **attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (!strncmp(*attributes, SPACE, sizeof SPACE - 1) && !strcmp(*attributes + sizeof SPACE - 1, name))
            return attributes[1];
    return NULL;
}

/* A count of repetitions or spans: 1 when it is missing or none. */
static unsigned count_of(const char **attributes, const char *name) {
    const char *text = attribute(attributes, name);
    guint64 count = 0;
    for (; text && g_ascii_isdigit(*text) && count < G_MAXINT; text++)
        count = count * 10 + (guint64)(*text - '0');
    return count ? (unsigned)MIN(count, G_MAXINT) : 1;
}

static bool is(const char *text, const char *what) { return text && !strcmp(text, what); }

static jb_pos place(const reader *r) { return (jb_pos){r->grid->file, (int)r->row + 1, (int)r->column + 1}; }

/* ---- tables ---- */

static void see_style(reader *r, const char **attributes) {
    const char *family = attribute(attributes, "style:1.0|family"),
               *name = attribute(attributes, "style:1.0|name");
    r->cell_style = is(family, "table-cell");
    g_free(r->style);
    r->style = r->cell_style || is(family, "table") ? g_strdup(name) : NULL;
}

/* "0.353cm" in levels of indent. */
static unsigned levels_of(const char *length) {
    char *unit;
    double mm = g_ascii_strtod(length, &unit);
    mm *= !strcmp(unit, "cm")   ? 10
          : !strcmp(unit, "in") ? 25.4
          : !strcmp(unit, "pt") ? 25.4 / 72
          : !strcmp(unit, "mm") ? 1
                                : 0;
    if (!(mm >= INDENT_MM / 2)) return 0;
    return (unsigned)MIN(mm / INDENT_MM + 0.5, DEEPEST_INDENT);
}

static void see_paragraph_properties(reader *r, const char **attributes) {
    const char *margin = attribute(attributes, "xsl-fo-compatible:1.0|margin-left");
    unsigned levels = margin && r->style && r->cell_style ? levels_of(margin) : 0;
    if (levels) g_hash_table_insert(r->indents, g_strdup(r->style), GUINT_TO_POINTER(levels));
}

static unsigned char indent_of(const reader *r, const char *style) {
    return style ? (unsigned char)GPOINTER_TO_UINT(g_hash_table_lookup(r->indents, style)) : 0;
}

static void see_table_properties(reader *r, const char **attributes) {
    if (r->style && !r->cell_style && is(attribute(attributes, "table:1.0|display"), "false"))
        g_hash_table_add(r->hidden_styles, g_strdup(r->style));
}

/* Is this the table that was asked for? With a name it must match; a number is settled when no name does,
 * after the last table, so both are looked for in one pass: names of all tables are known only at the end. */
static bool is_wanted(const reader *r, const char *name, bool hidden) {
    if (!r->choice.sheet) return r->taken < 0 && !hidden;
    return !strcmp(name, r->choice.sheet);
}

static jb_status open_table(reader *r, const char **attributes) {
    const char *name = attribute(attributes, "table:1.0|name"),
               *style = attribute(attributes, "table:1.0|style-name");
    bool hidden = style && g_hash_table_contains(r->hidden_styles, style);
    if (!name) name = "";
    if (r->names->len == JB_LIMIT_SHEETS)
        return jb_fail(r->ctx, jb_pos_file(r->file), "the workbook has more than the limit of %d sheets",
                       JB_LIMIT_SHEETS);
    g_ptr_array_add(r->names, g_strdup(name));
    r->hidden_tables = r->hidden_tables || hidden;
    if (r->taken >= 0 || !is_wanted(r, name, hidden)) return JB_OK;
    r->reading = true;
    r->taken = (int)r->names->len - 1;
    r->grid = jb_grid_new(jb_sheet_name(r->ctx, r->file, name));
    jb_sheet_filter_start(&r->filter, &r->choice, r->options);
    g_array_set_size(r->merges, 0);
    r->row = r->columns = 0;
    memset(r->column_indent, 0, sizeof r->column_indent);
    return JB_OK;
}

/* An empty table is passed over, unless it was asked for. */
static jb_status close_table(reader *r) {
    if (!r->reading) return JB_OK;
    r->reading = false;
    if (!r->choice.sheet && jb_sheet_is_empty(r->grid)) {
        g_clear_pointer(&r->grid, jb_grid_free);
        r->taken = -1;
        return JB_OK;
    }
    return jb_sheet_finish(r->ctx, &r->filter, r->merges, r->grid);
}

/* ---- columns and rows ---- */

static bool says_hidden(const char **attributes) {
    const char *visibility = attribute(attributes, "table:1.0|visibility");
    return is(visibility, "collapse") || is(visibility, "filter");
}

static void see_column(reader *r, const char **attributes) {
    unsigned repeat = MIN(count_of(attributes, "table:1.0|number-columns-repeated"), JB_LIMIT_SHEET_COLUMNS);
    if (r->columns >= JB_LIMIT_SHEET_COLUMNS) return;
    if (says_hidden(attributes)) jb_sheet_hide_columns(&r->filter, r->columns, r->columns + repeat - 1);
    unsigned char indent = indent_of(r, attribute(attributes, "table:1.0|default-cell-style-name"));
    for (unsigned c = r->columns; c < r->columns + repeat && c < JB_LIMIT_SHEET_COLUMNS; c++)
        r->column_indent[c] = indent;
    r->columns += repeat;
}

static void open_row(reader *r, const char **attributes) {
    r->row_repeat = count_of(attributes, "table:1.0|number-rows-repeated");
    r->row_hidden = says_hidden(attributes);
    const char *style = attribute(attributes, "table:1.0|default-cell-style-name");
    r->row_indented = style != NULL;
    r->row_indent = indent_of(r, style);
    r->column = 0;
    g_array_set_size(r->cells, 0);
    g_string_truncate(r->texts, 0);
}

static jb_status put_cell(reader *r, unsigned row, const row_cell *cell) {
    for (unsigned i = 0; i < cell->repeat; i++) {
        unsigned column = cell->column + i;
        if (column > r->filter.area.right) break;
        if (!jb_sheet_wants_column(&r->filter, column)) continue;
        jb_status status = jb_grid_put(r->ctx, r->grid, row, column, r->texts->str + cell->at, cell->length);
        if (status != JB_OK) return status;
    }
    return JB_OK;
}

/* Puts the row as often as it is repeated. Rows without contents only count. */
static jb_status close_row(reader *r) {
    guint64 next = (guint64)r->row + r->row_repeat;
    if (r->cells->len && next > JB_LIMIT_SHEET_ROWS)
        return jb_fail(r->ctx, place(r), "the sheet has more than the limit of %d rows", JB_LIMIT_SHEET_ROWS);
    for (guint64 row = r->row; r->cells->len && row < next; row++) {
        if (!jb_sheet_wants_row(&r->filter, (unsigned)row, r->row_hidden)) continue;
        for (unsigned i = 0; i < r->cells->len; i++) {
            jb_status status = put_cell(r, (unsigned)row, &g_array_index(r->cells, row_cell, i));
            if (status != JB_OK) return status;
        }
    }
    r->row = (unsigned)MIN(next, JB_LIMIT_SHEET_ROWS);
    return JB_OK;
}

/* ---- what a cell's attributes say ---- */

static void say_number(reader *r, const char *value) {
    jb_decimal d;
    if (value && jb_decimal_read(value, strlen(value), &d)) jb_decimal_show(&d, r->value);
}

/* "2021-01-15" or "2021-01-15T08:30:00.000": fractions of seconds are left out, and midnight. */
static void say_date(reader *r, const char *value) {
    size_t length = value ? MIN(strlen(value), 19) : 0;
    if (length == 19 && !strncmp(value + 10, "T00:00:00", 9)) length = 10;
    if (value) g_string_append_len(r->value, value, (gssize)length);
    r->dated = r->value->len > 0;
}

/* "PT08H30M00S" as 08:30:00; longer than a day: its length in days, as other formats store it. */
static void say_time(reader *r, const char *value) {
    double seconds = 0;
    jb_decimal days;
    if (!value || strncmp(value, "PT", 2) != 0) return;
    for (const char *p = value + 2; *p; p++) {
        char *end;
        double part = g_ascii_strtod(p, &end);
        if (end == p || !*end) return;
        seconds += part * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
        p = end;
    }
    r->dated = true;
    if (!jb_date_show(seconds / 86400, false, JB_DATE_TIME, r->value) || seconds >= 86400) {
        g_string_truncate(r->value, 0);
        if (jb_decimal_from(seconds / 86400, &days)) jb_decimal_show(&days, r->value);
    }
}

static void say_value(reader *r, const char **attributes) {
    const char *type = attribute(attributes, "office:1.0|value-type");
    g_string_truncate(r->value, 0);
    r->dated = r->logical = false;
    if (is(type, "float") || is(type, "percentage") || is(type, "currency")) {
        say_number(r, attribute(attributes, "office:1.0|value"));
    } else if (is(type, "date")) {
        say_date(r, attribute(attributes, "office:1.0|date-value"));
    } else if (is(type, "time")) {
        say_time(r, attribute(attributes, "office:1.0|time-value"));
    } else if (is(type, "boolean")) {
        r->logical = true;
        g_string_append(r->value,
                        is(attribute(attributes, "office:1.0|boolean-value"), "true") ? "TRUE" : "FALSE");
    } else if (is(type, "string")) {
        const char *text = attribute(attributes, "office:1.0|string-value");
        if (text) g_string_append(r->value, text);
    }
    r->formula = !type && attribute(attributes, "table:1.0|formula");
}

/* ---- cells ---- */

static void open_cell(reader *r, const char **attributes, bool covered) {
    r->in_cell = true;
    r->covered = covered;
    r->column_repeat = count_of(attributes, "table:1.0|number-columns-repeated");
    r->spanned_columns = count_of(attributes, "table:1.0|number-columns-spanned");
    r->spanned_rows = count_of(attributes, "table:1.0|number-rows-spanned");
    g_string_truncate(r->text, 0);
    r->paragraphs = 0;
    r->in_paragraph = false;
    const char *style = attribute(attributes, "table:1.0|style-name");
    if (style)
        r->indent = indent_of(r, style);
    else if (r->row_indented)
        r->indent = r->row_indent;
    else
        r->indent = r->column < JB_LIMIT_SHEET_COLUMNS ? r->column_indent[r->column] : 0;
    say_value(r, attributes);
}

/* The text that the file shows; the value when it shows none, when it is a day or truth value, and with
 * options->raw (texts have their paragraphs only). */
static const GString *cell_text(const reader *r) {
    if (!r->value->len) return r->text;
    return r->options->raw || r->dated || r->logical || !r->paragraphs ? r->value : r->text;
}

static jb_status add_cell(reader *r) {
    const GString *text = cell_text(r);
    if (r->formula && !text->len) jb_diag(r->ctx, JB_WARNING, place(r), "%s", JB_SHEET_NOT_CALCULATED);
    if (!text->len) return JB_OK;
    if (r->texts->len > JB_LIMIT_FILE_BYTES || r->cells->len > JB_LIMIT_SHEET_COLUMNS)
        return jb_fail(r->ctx, place(r), "the row has more than the limit of %d cells",
                       JB_LIMIT_SHEET_COLUMNS);
    row_cell cell = {r->column, r->column_repeat, r->texts->len, text->len + 2 * r->indent};
    for (unsigned i = 0; i < r->indent; i++) g_string_append(r->texts, "  ");
    g_string_append_len(r->texts, text->str, (gssize)text->len);
    g_array_append_val(r->cells, cell);
    return JB_OK;
}

static jb_status add_merge(reader *r) {
    if (r->spanned_columns == 1 && r->spanned_rows == 1) return JB_OK;
    if (r->merges->len >= JB_LIMIT_CELLS / 10)
        return jb_fail(r->ctx, jb_pos_file(r->grid->file),
                       "the sheet has more than the limit of %zu merged cells", JB_LIMIT_CELLS / 10);
    jb_area area = {r->row, r->column, MIN(r->row + r->spanned_rows, JB_LIMIT_SHEET_ROWS) - 1,
                    MIN(r->column + r->spanned_columns, JB_LIMIT_SHEET_COLUMNS) - 1};
    if (area.top <= area.bottom && area.left <= area.right) g_array_append_val(r->merges, area);
    return JB_OK;
}

static jb_status close_cell(reader *r) {
    jb_status status = JB_OK;
    r->in_cell = false;
    bool wanted = jb_sheet_wants_row(&r->filter, r->row, r->row_hidden) || r->row_repeat > 1;
    if (!r->covered && wanted) {
        status = add_cell(r);
        if (status == JB_OK) status = add_merge(r);
    }
    r->column = (unsigned)MIN((guint64)r->column + r->column_repeat, JB_LIMIT_SHEET_COLUMNS + 1);
    return status;
}

/* ---- paragraphs: white space counts once, and not at the beginning (ODF 1.3 part 3, 6.1.2) ---- */

static jb_status add_text(reader *r, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (r->text->len > JB_LIMIT_CELL_BYTES)
            return jb_fail(r->ctx, place(r), "the cell is longer than the limit of %d bytes",
                           JB_LIMIT_CELL_BYTES);
        if (!g_ascii_isspace(text[i])) {
            g_string_append_c(r->text, text[i]);
            r->gap = true;
        } else if (r->gap) {
            g_string_append_c(r->text, ' ');
            r->gap = false;
        }
    }
    return JB_OK;
}

static void open_paragraph(reader *r) {
    if (r->paragraphs++) g_string_append_c(r->text, '\n');
    r->in_paragraph = true;
    r->gap = false;
}

static jb_status add_blanks(reader *r, const char **attributes) {
    unsigned count = MIN(count_of(attributes, "text:1.0|c"), MOST_SPACES);
    for (unsigned i = 0; i < count; i++) g_string_append_c(r->text, ' ');
    r->gap = true;
    return add_text(r, "", 0);
}

static jb_status add_sign(reader *r, char sign) {
    if (r->text->len <= JB_LIMIT_CELL_BYTES) g_string_append_c(r->text, sign);
    r->gap = sign == '\t';
    return JB_OK;
}

/* ---- events ---- */

/* Within a table that is read. */
static jb_status start_inside(reader *r, element e, const char **attributes) {
    switch (e) {
    case COLUMN: see_column(r, attributes); break;
    case ROW: open_row(r, attributes); break;
    case CELL: open_cell(r, attributes, false); break;
    case COVERED: open_cell(r, attributes, true); break;
    case PARAGRAPH:
        if (r->in_cell) open_paragraph(r);
        break;
    case BLANKS: return r->in_paragraph ? add_blanks(r, attributes) : JB_OK;
    case TAB: return r->in_paragraph ? add_sign(r, '\t') : JB_OK;
    case LINE_BREAK: return r->in_paragraph ? add_sign(r, '\n') : JB_OK;
    default: break;
    }
    return JB_OK;
}

static jb_status on_start(void *user, const char *name, const char **attributes) {
    reader *r = user;
    element e = element_of(name);
    if (r->ignored || e == IGNORED || (e == TABLE && r->tables)) {
        r->ignored++;
        return JB_OK;
    }
    if (e == STYLE) see_style(r, attributes);
    if (e == TABLE_PROPERTIES) see_table_properties(r, attributes);
    if (e == PARAGRAPH_PROPERTIES) see_paragraph_properties(r, attributes);
    if (e == TABLE) {
        r->tables++;
        return open_table(r, attributes);
    }
    return r->reading ? start_inside(r, e, attributes) : JB_OK;
}

static jb_status on_end(void *user, const char *name) {
    reader *r = user;
    if (r->ignored) {
        r->ignored--;
        return JB_OK;
    }
    switch (element_of(name)) {
    case TABLE: r->tables--; return close_table(r);
    case ROW: return r->reading ? close_row(r) : JB_OK;
    case CELL:
    case COVERED: return r->reading ? close_cell(r) : JB_OK;
    case PARAGRAPH: r->in_paragraph = false; return JB_OK;
    default: return JB_OK;
    }
}

static jb_status on_text(void *user, const char *text, size_t length) {
    reader *r = user;
    return r->in_paragraph && !r->ignored && r->reading ? add_text(r, text, length) : JB_OK;
}

/* ---- the file ---- */

static jb_status see_manifest(void *user, const char *name, const char **attributes) {
    (void)attributes;
    if (g_str_has_suffix(name, "|encryption-data")) *(bool *)user = true;
    return JB_OK;
}

static jb_status see_end(void *user, const char *name) { return (void)user, (void)name, JB_OK; }

/* An encrypted file says so in its manifest; its other parts are noise. */
static jb_status check_encryption(reader *r, jb_zip *zip) {
    static const jb_xml_events events = {.start = see_manifest, .end = see_end, .spaces = true};
    bool encrypted = false;
    if (!jb_zip_has(zip, "META-INF/manifest.xml")) return JB_OK;
    jb_status status = jb_xml_read(zip, "META-INF/manifest.xml", &events, &encrypted);
    if (status != JB_OK || !encrypted) return status;
    return jb_fail(r->ctx, jb_pos_file(r->file),
                   "the workbook is protected by a password; save it without one");
}

static void reader_start(reader *r) {
    r->taken = -1;
    r->names = g_ptr_array_new_with_free_func(g_free);
    r->hidden_styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->indents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->merges = g_array_new(FALSE, FALSE, sizeof(jb_area));
    r->cells = g_array_new(FALSE, FALSE, sizeof(row_cell));
    r->texts = g_string_new(NULL);
    r->text = g_string_new(NULL);
    r->value = g_string_new(NULL);
}

static void reader_clear(reader *r) {
    jb_sheet_choice_clear(&r->choice);
    jb_grid_free(r->grid);
    g_ptr_array_free(r->names, TRUE);
    g_hash_table_destroy(r->hidden_styles);
    g_hash_table_destroy(r->indents);
    g_free(r->style);
    g_array_free(r->merges, TRUE);
    g_array_free(r->cells, TRUE);
    g_string_free(r->texts, TRUE);
    g_string_free(r->text, TRUE);
    g_string_free(r->value, TRUE);
    g_free(r);
}

static jb_status read_content(reader *r, jb_zip *zip) {
    static const jb_xml_events events = {.start = on_start, .end = on_end, .text = on_text, .spaces = true};
    return jb_xml_read(zip, "content.xml", &events, r);
}

/* No table has the name that was asked for: it may be a number, or the name in other case. Then the file is
 * read again. */
static jb_status read_again(reader *r, jb_zip *zip) {
    int index;
    jb_status status =
        jb_sheet_find(r->ctx, &r->choice, (const char *const *)r->names->pdata, r->names->len, &index);
    if (status != JB_OK) return status;
    g_free(r->choice.sheet);
    r->choice.sheet = g_strdup(g_ptr_array_index(r->names, (guint)index));
    g_ptr_array_set_size(r->names, 0);
    return read_content(r, zip);
}

static jb_status read_table(reader *r, jb_zip *zip) {
    jb_status status = check_encryption(r, zip);
    if (status == JB_OK) status = read_content(r, zip);
    if (status == JB_OK && r->taken < 0 && r->choice.sheet) status = read_again(r, zip);
    if (status != JB_OK) return status;
    if (r->taken < 0)
        return jb_fail(r->ctx, jb_pos_file(r->file), "no %ssheet of the workbook has cells with contents%s",
                       r->hidden_tables ? "visible " : "", r->choice.whole ? "" : " in that range");
    const char *name = g_ptr_array_index(r->names, (guint)r->taken);
    r->grid->form = jb_sheet_form(r->ctx, "ODS", name, r->names->len);
    return JB_OK;
}

jb_status jb_ods_read(jb_context *ctx, const char *path, const void *bytes, size_t length,
                      const jb_data_options *options, jb_grid **grid) {
    static const jb_data_options none = {0};
    reader *r = g_new0(reader, 1);
    jb_zip *zip = NULL;
    *grid = NULL;
    *r = (reader){.ctx = ctx, .file = jb_intern(ctx, path), .options = options ? options : &none};
    reader_start(r);
    jb_status status = jb_sheet_choice_read(ctx, r->file, r->options, &r->choice);
    if (status == JB_OK) status = jb_zip_open(ctx, r->file, bytes, length, &zip);
    if (status == JB_OK) status = read_table(r, zip);
    if (status == JB_OK) *grid = g_steal_pointer(&r->grid);
    jb_zip_close(zip);
    reader_clear(r);
    return status;
}
