/* The cells of a worksheet (ECMA-376-1, 18.3), in one pass over its XML. */
#include <string.h>
#include "input/xlsx_private.h"

/* What the text of a cell's `v` means. */
typedef enum cell_type { NUMBER, SHARED, STRING, INLINE, BOOLEAN, ERROR, DATE, UNKNOWN } cell_type;

typedef struct reader {
    jb_xlsx_book *book;
    jb_grid *grid;
    jb_sheet_filter filter;
    GArray *merges;          /* jb_area */
    unsigned row, column;    /* of the open cell, from 0; of the next one between cells */
    bool wanted_row, wanted; /* of the open row, cell */
    bool zero_height;        /* rows that say nothing of their height are hidden */
    cell_type type;
    unsigned style;
    bool formula, valued, open, preserve; /* open: text is being collected */
    unsigned phonetic;
    GString *value; /* text of `v`, or of `is` with its runs */
    GString *piece; /* of the `t` that is open */
    GString *shown;
    const jb_xlsx_style *styles;
    unsigned style_count;
} reader;

static jb_pos place(const reader *r) { return (jb_pos){r->grid->file, (int)r->row + 1, (int)r->column + 1}; }

/* ---- what a cell says ---- */

static const jb_xlsx_style *style_of(const reader *r) {
    static const jb_xlsx_style none = {NULL, 0, true, false};
    return r->style < r->style_count ? &r->styles[r->style] : &none;
}

static jb_status put(reader *r, const char *text, size_t length) {
    return length ? jb_grid_put(r->book->ctx, r->grid, r->row, r->column, text, length) : JB_OK;
}

static jb_status put_shown(reader *r) { return put(r, r->shown->str, r->shown->len); }

/* A text, by its format and behind two blanks for each level of indent. */
static jb_status put_text(reader *r, const char *text, size_t length) {
    const jb_xlsx_style *style = style_of(r);
    if (!style->indent && (!style->changes_text || r->book->options->raw)) return put(r, text, length);
    g_string_truncate(r->shown, 0);
    for (unsigned i = 0; i < style->indent; i++) g_string_append(r->shown, "  ");
    if (style->changes_text && !r->book->options->raw)
        jb_numfmt_show_text(style->format, text, length, r->shown);
    else
        g_string_append_len(r->shown, text, (gssize)length);
    return r->shown->len > 2 * style->indent ? put_shown(r) : JB_OK;
}

static jb_status put_shared(reader *r) {
    const jb_xlsx_strings *s = &r->book->strings;
    const char *text = r->value->str, *end = text + r->value->len;
    char brief[JB_BRIEF];
    unsigned index;
    while (g_ascii_isspace(*text)) text++;
    while (end > text && g_ascii_isspace(end[-1])) end--;
    if (!jb_xlsx_number(text, (size_t)(end - text), G_MAXINT, &index) || index + 1 >= s->start->len)
        return jb_fail(r->book->ctx, place(r), "the cell refers to text “%s” of %u that the workbook has",
                       jb_sheet_brief(r->value->str, brief), s->start->len ? s->start->len - 1 : 0);
    uint32_t from = g_array_index(s->start, uint32_t, index),
             to = g_array_index(s->start, uint32_t, index + 1);
    return put_text(r, s->text->str + from, to - from - 1);
}

static jb_status put_number(reader *r) {
    const jb_xlsx_style *style = style_of(r);
    char brief[JB_BRIEF];
    jb_decimal number;
    if (style->general && jb_decimal_is_plain(r->value->str, r->value->len))
        return put(r, r->value->str, r->value->len);
    bool sound = r->book->options->raw ? jb_decimal_read(r->value->str, r->value->len, &number)
                                       : jb_decimal_read_shown(r->value->str, r->value->len, &number);
    if (!sound)
        return jb_fail(r->book->ctx, place(r), "the cell's “%s” is no number",
                       jb_sheet_brief(r->value->str, brief));
    g_string_truncate(r->shown, 0);
    if (!style->format)
        jb_decimal_show(&number, r->shown);
    else
        jb_numfmt_show(style->format, &number, r->book->from_1904, r->book->options->raw, r->shown);
    return put_shown(r);
}

/* "2021-01-15T00:00:00.000Z": without the time when it is midnight, without fractions and zone. */
static jb_status put_date(reader *r) {
    GString *v = r->value;
    if (v->len > 19) g_string_truncate(v, 19);
    if (v->len == 19 && !strcmp(v->str + 10, "T00:00:00")) g_string_truncate(v, 10);
    return put(r, v->str, v->len);
}

static jb_status put_string(reader *r) {
    if (r->type == STRING && strchr(r->value->str, '_')) {
        g_string_truncate(r->piece, 0);
        jb_xlsx_append_string(r->piece, r->value->str, r->value->len);
        return put_text(r, r->piece->str, r->piece->len);
    }
    return put_text(r, r->value->str, r->value->len);
}

/* A formula that no program has calculated yet has no value; an empty text is one. */
static jb_status check_formula(reader *r) {
    if (!r->formula || r->value->len || (r->valued && r->type == STRING)) return JB_OK;
    return jb_diag(r->book->ctx, JB_WARNING, place(r), "%s", JB_SHEET_NOT_CALCULATED);
}

static jb_status end_cell(reader *r) {
    const char *text = r->value->str;
    jb_status status = check_formula(r);
    if (status != JB_OK || !r->value->len) return status;
    switch (r->type) {
    case NUMBER: return put_number(r);
    case SHARED: return put_shared(r);
    case STRING:
    case INLINE: return put_string(r);
    case BOOLEAN:
        return !strcmp(text, "0") || !strcmp(text, "false") ? put(r, "FALSE", 5) : put(r, "TRUE", 4);
    case ERROR: return put(r, text, r->value->len);
    case DATE: return put_date(r);
    default: return jb_fail(r->book->ctx, place(r), "the cell is of a type that is not known");
    }
}

/* ---- rows and cells ---- */

static cell_type type_of(const char *text) {
    switch (text[0]) {
    case 'n': return text[1] ? UNKNOWN : NUMBER;
    case 's': return !text[1] ? SHARED : !strcmp(text, "str") ? STRING : UNKNOWN;
    case 'i': return !strcmp(text, "inlineStr") ? INLINE : UNKNOWN;
    case 'b': return text[1] ? UNKNOWN : BOOLEAN;
    case 'e': return text[1] ? UNKNOWN : ERROR;
    case 'd': return text[1] ? UNKNOWN : DATE;
    default: return UNKNOWN;
    }
}

/* `ht="0"`, `width="0"`. */
static bool is_zero(const char *text) {
    jb_decimal d;
    return text && jb_decimal_read(text, strlen(text), &d) && !d.count;
}

static jb_status start_row(reader *r, const char **attributes) {
    const char *hidden = NULL, *height = NULL;
    char brief[JB_BRIEF];
    for (; *attributes; attributes += 2) {
        const char *name = attributes[0], *value = attributes[1];
        unsigned number;
        if (name[0] == 'r' && !name[1]) {
            if (!jb_xlsx_number(value, strlen(value), JB_LIMIT_SHEET_ROWS, &number) || !number)
                return jb_fail(r->book->ctx, jb_pos_file(r->grid->file),
                               "“%s” is no row of a sheet; the last is %d", jb_sheet_brief(value, brief),
                               JB_LIMIT_SHEET_ROWS);
            r->row = number - 1;
        } else if (name[0] == 'h') {
            if (!strcmp(name, "hidden")) hidden = value;
            if (!strcmp(name, "ht")) height = value;
        }
    }
    if (r->row >= JB_LIMIT_SHEET_ROWS)
        return jb_fail(r->book->ctx, jb_pos_file(r->grid->file),
                       "the sheet has more than the limit of %d rows", JB_LIMIT_SHEET_ROWS);
    bool is_hidden = jb_xml_is_true(hidden) || is_zero(height) || (r->zero_height && !hidden && !height);
    r->wanted_row = jb_sheet_wants_row(&r->filter, r->row, is_hidden);
    r->column = 0;
    return JB_OK;
}

/* Takes the cell's reference; the row in it must be the row it stands in. */
static jb_status take_reference(reader *r, const char *reference) {
    char brief[JB_BRIEF];
    unsigned row, column;
    if (!jb_cell_read(reference, strlen(reference), &row, &column))
        return jb_fail(r->book->ctx, place(r), "“%s” is no cell of a sheet; the last is XFD%d",
                       jb_sheet_brief(reference, brief), JB_LIMIT_SHEET_ROWS);
    r->column = column;
    if (row == r->row) return JB_OK;
    return jb_fail(r->book->ctx, place(r), "cell %s stands in row %u", reference, r->row + 1);
}

static jb_status start_cell(reader *r, const char **attributes) {
    r->type = NUMBER;
    r->style = 0;
    r->formula = r->valued = false;
    g_string_truncate(r->value, 0);
    if (!r->wanted_row) return JB_OK;
    for (; *attributes; attributes += 2) {
        const char *name = attributes[0], *value = attributes[1];
        jb_status status = JB_OK;
        if (name[1]) continue;
        if (name[0] == 'r') status = take_reference(r, value);
        if (name[0] == 't') r->type = type_of(value);
        if (name[0] == 's' && !jb_xlsx_number(value, strlen(value), G_MAXINT, &r->style)) r->style = 0;
        if (status != JB_OK) return status;
    }
    r->wanted = jb_sheet_wants_column(&r->filter, r->column);
    if (r->style && r->style >= r->style_count && r->wanted)
        return jb_fail(r->book->ctx, place(r), "the cell has style %u of %u that the workbook has", r->style,
                       r->style_count);
    return JB_OK;
}

/* ---- what stands around the cells ---- */

static void see_columns(reader *r, const char **attributes) {
    const char *min = jb_xml_attribute(attributes, "min"), *max = jb_xml_attribute(attributes, "max");
    unsigned from, to;
    if (!min || !max || !jb_xlsx_number(min, strlen(min), JB_LIMIT_SHEET_COLUMNS, &from) ||
        !jb_xlsx_number(max, strlen(max), JB_LIMIT_SHEET_COLUMNS, &to) || !from)
        return;
    if (jb_xml_is_true(jb_xml_attribute(attributes, "hidden")) ||
        is_zero(jb_xml_attribute(attributes, "width")))
        jb_sheet_hide_columns(&r->filter, from - 1, to - 1);
}

static jb_status see_merge(reader *r, const char **attributes) {
    const char *reference = jb_xml_attribute(attributes, "ref");
    char brief[JB_BRIEF];
    jb_area area;
    if (!reference || !jb_area_read(reference, &area)) {
        return jb_diag(r->book->ctx, JB_WARNING, jb_pos_file(r->grid->file),
                       "merged cells “%s” are no range of cells",
                       jb_sheet_brief(reference ? reference : "", brief));
    }
    if (r->merges->len >= JB_LIMIT_CELLS / 10)
        return jb_fail(r->book->ctx, jb_pos_file(r->grid->file),
                       "the sheet has more than the limit of %zu merged cells", JB_LIMIT_CELLS / 10);
    g_array_append_val(r->merges, area);
    return JB_OK;
}

/* ---- events ---- */

static void open_text(reader *r, const char **attributes) {
    const char *space = jb_xml_attribute(attributes, "xml:space");
    r->open = r->wanted_row && r->wanted && !r->phonetic;
    r->preserve = space && !strcmp(space, "preserve");
    g_string_truncate(r->piece, 0);
}

static jb_status start_other(reader *r, const char *name, const char **attributes) {
    if (!strcmp(name, "row")) return start_row(r, attributes);
    if (!strcmp(name, "rPh")) r->phonetic++;
    if (!strcmp(name, "col")) see_columns(r, attributes);
    if (!strcmp(name, "mergeCell")) return see_merge(r, attributes);
    if (!strcmp(name, "sheetFormatPr"))
        r->zero_height = jb_xml_is_true(jb_xml_attribute(attributes, "zeroHeight"));
    return JB_OK;
}

static jb_status on_start(void *user, const char *name, const char **attributes) {
    reader *r = user;
    if (name[1]) return start_other(r, name, attributes);
    switch (name[0]) {
    case 'c': return start_cell(r, attributes);
    case 'v':
        r->valued = true;
        r->open = r->wanted_row && r->wanted && r->type != INLINE;
        break;
    case 'f': r->formula = r->wanted_row && r->wanted; break;
    case 't': open_text(r, attributes); break;
    }
    return JB_OK;
}

/* Runs of rich text follow each other. */
static void end_text(reader *r) {
    const char *text = r->piece->str, *end = text + r->piece->len;
    while (!r->preserve && text < end && g_ascii_isspace(*text)) text++;
    while (!r->preserve && end > text && g_ascii_isspace(end[-1])) end--;
    if (r->open && r->value->len <= JB_LIMIT_CELL_BYTES)
        jb_xlsx_append_string(r->value, text, (size_t)(end - text));
    r->open = false;
}

static jb_status end_open_cell(reader *r) {
    jb_status status = r->wanted_row && r->wanted ? end_cell(r) : JB_OK;
    r->column++;
    r->wanted = false;
    return status;
}

static jb_status on_end(void *user, const char *name) {
    reader *r = user;
    if (name[1]) {
        if (!strcmp(name, "row")) r->row++, r->wanted_row = false;
        if (!strcmp(name, "rPh") && r->phonetic) r->phonetic--;
        return JB_OK;
    }
    switch (name[0]) {
    case 'c': return end_open_cell(r);
    case 'v': r->open = false; break;
    case 't': end_text(r); break;
    }
    return JB_OK;
}

/* Longer texts than a cell may have are cut behind the limit; jb_grid_put refuses them. */
static jb_status on_text(void *user, const char *text, size_t length) {
    reader *r = user;
    if (!r->open) return JB_OK;
    GString *to = r->type == INLINE ? r->piece : r->value;
    if (to->len <= JB_LIMIT_CELL_BYTES) g_string_append_len(to, text, (gssize)length);
    return JB_OK;
}

jb_status jb_xlsx_sheet_read(jb_xlsx_book *book, const char *part, jb_grid *grid) {
    static const jb_xml_events events = {.start = on_start, .end = on_end, .text = on_text};
    reader *r = g_new0(reader, 1);
    *r = (reader){.book = book,
                  .grid = grid,
                  .styles = (const jb_xlsx_style *)(void *)book->styles.cells->data,
                  .style_count = book->styles.cells->len};
    jb_sheet_filter_start(&r->filter, &book->choice, book->options);
    r->merges = g_array_new(FALSE, FALSE, sizeof(jb_area));
    r->value = g_string_sized_new(256);
    r->piece = g_string_sized_new(256);
    r->shown = g_string_sized_new(256);
    jb_status status = jb_xml_read(book->zip, part, &events, r);
    if (status == JB_OK) status = jb_sheet_finish(book->ctx, &r->filter, r->merges, grid);
    g_array_free(r->merges, TRUE);
    g_string_free(r->value, TRUE);
    g_string_free(r->piece, TRUE);
    g_string_free(r->shown, TRUE);
    g_free(r);
    return status;
}
