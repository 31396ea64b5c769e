/* The cells of a sheet of a binary workbook ([MS-XLS] 2.1.7.20.5). */
#include <string.h>
#include "input/xls_private.h"

#define ROWS 65536
#define COLUMNS 256

enum record_type {
    FORMULA = 0x06,
    FORMULA_3 = 0x206, /* what BIFF 3 and 4 call it; some writers do so in later files as well */
    FORMULA_4 = 0x406,
    END = 0x0A,
    COLUMN_INFO = 0x7D,
    MULTIPLE_RK = 0xBD,
    RICH_STRING = 0xD6,
    MERGED = 0xE5,
    LABEL_SHARED = 0xFD,
    NUMBER = 0x203,
    LABEL = 0x204,
    BOOLEAN_ERROR = 0x205,
    STRING = 0x207,
    ROW = 0x208,
    RK = 0x27E,
    BEGIN = 0x809
};

/* A cell that was read; its text lies in `texts`. Libraries write cells in the order they were set, so rows
 * are sorted first. */
typedef struct waiting {
    unsigned row, column;
    uint32_t at, length;
} waiting;

typedef struct reader {
    jb_xls_book *book;
    jb_grid *grid;
    jb_sheet_filter filter;
    GArray *merges; /* jb_area */
    bool hidden_row[ROWS];
    unsigned row, column, style; /* of the last cell; a formula's text comes in a record of its own */
    bool awaits_text;
    GString *shown; /* of the cell that is read */
    GArray *cells;  /* waiting */
    GString *texts;
    bool sorted;
} reader;

/* ---- what cells say ---- */

static bool wanted(const reader *r) {
    return jb_sheet_wants_row(&r->filter, r->row, r->hidden_row[r->row]) &&
           jb_sheet_wants_column(&r->filter, r->column);
}

static jb_status put(reader *r) {
    if (!r->shown->len) return JB_OK;
    if (r->texts->len + r->shown->len > JB_LIMIT_FILE_BYTES)
        return jb_fail(r->book->ctx, jb_pos_file(r->grid->file),
                       "the cells have more text than the limit of %zu bytes", JB_LIMIT_FILE_BYTES);
    waiting cell = {r->row, r->column, (uint32_t)r->texts->len, (uint32_t)r->shown->len};
    if (r->cells->len && g_array_index(r->cells, waiting, r->cells->len - 1).row > r->row) r->sorted = false;
    g_string_append_len(r->texts, r->shown->str, (gssize)r->shown->len);
    g_array_append_val(r->cells, cell);
    return JB_OK;
}

/* By row, then in the order of the file: the offsets of the texts ascend. */
static int compare_cells(const void *a, const void *b) {
    const waiting *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->at == y->at ? 0 : x->at < y->at ? -1 : 1;
}

static jb_status fill_grid(reader *r) {
    jb_status status = JB_OK;
    if (!r->sorted) g_array_sort(r->cells, compare_cells);
    for (guint i = 0; i < r->cells->len && status == JB_OK; i++) {
        const waiting *cell = &g_array_index(r->cells, waiting, i);
        status = jb_grid_put(r->book->ctx, r->grid, cell->row, cell->column, r->texts->str + cell->at,
                             cell->length);
    }
    return status;
}

static jb_status put_number(reader *r, double value) {
    jb_decimal d;
    jb_pos pos = {r->grid->file, (int)r->row + 1, (int)r->column + 1};
    if (!jb_decimal_from(value, &d)) return jb_fail(r->book->ctx, pos, "the cell's number is not finite");
    jb_numfmt_show(jb_xls_format(r->book, r->style), &d, r->book->from_1904, r->book->options->raw, r->shown);
    return put(r);
}

static void begin_text(reader *r) {
    unsigned indent =
        r->style < r->book->styles->len ? g_array_index(r->book->styles, jb_xls_style, r->style).indent : 0;
    for (unsigned i = 0; i < indent; i++) g_string_append(r->shown, "  ");
}

static jb_status put_text(reader *r, const unsigned char *data, size_t room) {
    begin_text(r);
    size_t before = r->shown->len;
    jb_xls_append_text(r->book, data, room, 2, r->shown);
    return r->shown->len > before ? put(r) : JB_OK;
}

/* The text that a formula gave: long ones go on in the records behind. */
static jb_status put_result(reader *r, const jb_xls_record *record) {
    begin_text(r);
    size_t before = r->shown->len;
    jb_xls_append_long_text(r->book, record, r->shown);
    return r->shown->len > before ? put(r) : JB_OK;
}

static jb_status put_shared(reader *r, uint32_t index) {
    const GArray *start = r->book->start;
    jb_pos pos = {r->grid->file, (int)r->row + 1, (int)r->column + 1};
    if ((guint64)index + 1 >= start->len)
        return jb_fail(r->book->ctx, pos, "the cell refers to text %u of %u that the workbook has", index,
                       start->len ? start->len - 1 : 0);
    const char *text = r->book->text->str + g_array_index(start, uint32_t, index);
    if (!*text) return JB_OK;
    begin_text(r);
    g_string_append(r->shown, text);
    return put(r);
}

static jb_status put_error(reader *r, unsigned code) {
    static const struct {
        unsigned code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    const char *text = "#N/A";
    for (unsigned i = 0; i < G_N_ELEMENTS(errors); i++)
        if (errors[i].code == code) text = errors[i].text;
    g_string_append(r->shown, text);
    return put(r);
}

static jb_status put_boolean(reader *r, bool value) {
    g_string_append(r->shown, value ? "TRUE" : "FALSE");
    return put(r);
}

static double read_double(const unsigned char *p) {
    guint64 bits = jb_u32(p) | (guint64)jb_u32(p + 4) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Numbers of 30 bits: whole or the high half of a double, maybe in hundredths ([MS-XLS] 2.5.218). */
static double read_rk(const unsigned char *p) {
    uint32_t rk = jb_u32(p);
    guint64 bits = (guint64)(rk & ~3u) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    if (rk & 2) value = (double)((int32_t)rk >> 2);
    return rk & 1 ? value / 100 : value;
}

/* The value that the formula had when it was saved. Libraries that do not calculate leave an empty text, as
 * formulas may. */
static jb_status put_formula(reader *r, const unsigned char *p) {
    if (jb_u16(p + 6) != 0xFFFF) return put_number(r, read_double(p));
    switch (p[0]) {
    case 0: r->awaits_text = true; return JB_OK;
    case 1: return put_boolean(r, p[2] != 0);
    case 2: return put_error(r, p[2]);
    default: return JB_OK; /* an empty text */
    }
}

/* ---- records ---- */

/* Row, column and style that all cells begin with; false when the record is too short for `bytes` behind
 * them, or the cell is not wanted. */
static bool begin_cell(reader *r, const jb_xls_record *record, unsigned bytes) {
    if (record->length < 6 + bytes) return false;
    r->row = jb_u16(record->data);
    r->column = jb_u16(record->data + 2);
    r->style = jb_u16(record->data + 4);
    r->awaits_text = false;
    g_string_truncate(r->shown, 0);
    return wanted(r);
}

static jb_status put_numbers(reader *r, const jb_xls_record *record) {
    jb_status status = JB_OK;
    if (record->length < 6) return JB_OK;
    r->row = jb_u16(record->data);
    unsigned first = jb_u16(record->data + 2), count = (record->length - 6) / 6;
    for (unsigned i = 0; i < count && status == JB_OK; i++) {
        r->column = first + i;
        r->style = jb_u16(record->data + 4 + 6 * i);
        g_string_truncate(r->shown, 0);
        if (wanted(r)) status = put_number(r, read_rk(record->data + 6 + 6 * i));
    }
    return status;
}

static jb_status add_merges(reader *r, const jb_xls_record *record) {
    unsigned count = record->length < 2 ? 0 : MIN(jb_u16(record->data), (record->length - 2) / 8);
    for (unsigned i = 0; i < count; i++) {
        const unsigned char *p = record->data + 2 + 8 * i;
        jb_area area = {jb_u16(p), jb_u16(p + 4), jb_u16(p + 2), jb_u16(p + 6)};
        if (r->merges->len >= JB_LIMIT_CELLS / 10)
            return jb_fail(r->book->ctx, jb_pos_file(r->grid->file),
                           "the sheet has more than the limit of %zu merged cells", JB_LIMIT_CELLS / 10);
        if (area.top <= area.bottom && area.left <= area.right) g_array_append_val(r->merges, area);
    }
    return JB_OK;
}

static void see_column(reader *r, const jb_xls_record *record) {
    if (record->length < 10) return;
    bool hidden = (record->data[8] & 1) || !jb_u16(record->data + 4);
    if (hidden) jb_sheet_hide_columns(&r->filter, jb_u16(record->data), jb_u16(record->data + 2));
}

static void see_row(reader *r, const jb_xls_record *record) {
    if (record->length >= 14) r->hidden_row[jb_u16(record->data)] = record->data[12] & 0x20;
}

static jb_status take_record(reader *r, const jb_xls_record *record) {
    const unsigned char *p = record->data + 6;
    switch (record->type) {
    case NUMBER: return begin_cell(r, record, 8) ? put_number(r, read_double(p)) : JB_OK;
    case RK: return begin_cell(r, record, 4) ? put_number(r, read_rk(p)) : JB_OK;
    case MULTIPLE_RK: return put_numbers(r, record);
    case LABEL_SHARED: return begin_cell(r, record, 4) ? put_shared(r, jb_u32(p)) : JB_OK;
    case LABEL:
    case RICH_STRING: return begin_cell(r, record, 2) ? put_text(r, p, record->length - 6) : JB_OK;
    case FORMULA:
    case FORMULA_3:
    case FORMULA_4: return begin_cell(r, record, 8) ? put_formula(r, p) : JB_OK;
    case STRING:
        if (!r->awaits_text) return JB_OK;
        r->awaits_text = false;
        return put_result(r, record);
    case BOOLEAN_ERROR:
        if (!begin_cell(r, record, 2)) return JB_OK;
        return p[1] ? put_error(r, p[0]) : put_boolean(r, p[0] != 0);
    case MERGED: return add_merges(r, record);
    case ROW: see_row(r, record); return JB_OK;
    case COLUMN_INFO: see_column(r, record); return JB_OK;
    default: return JB_OK;
    }
}

/* Charts stand inside a sheet as sheets of their own. */
static jb_status read_records(reader *r, size_t at) {
    jb_xls_record record;
    unsigned depth = 0;
    for (; jb_xls_record_at(r->book, at, &record); at = record.next) {
        jb_status status = JB_OK;
        if (record.type == BEGIN)
            depth++;
        else if (record.type == END && depth-- <= 1)
            return JB_OK;
        else if (depth == 1)
            status = take_record(r, &record);
        if (status != JB_OK) return status;
    }
    return jb_fail(r->book->ctx, jb_pos_file(r->grid->file), "the sheet is cut off");
}

jb_status jb_xls_sheet_read(jb_xls_book *book, size_t at, jb_grid *grid) {
    reader *r = g_new0(reader, 1);
    *r = (reader){.book = book, .grid = grid, .sorted = true};
    jb_sheet_filter_start(&r->filter, &book->choice, book->options);
    r->merges = g_array_new(FALSE, FALSE, sizeof(jb_area));
    r->cells = g_array_new(FALSE, FALSE, sizeof(waiting));
    r->texts = g_string_new(NULL);
    r->shown = g_string_sized_new(256);
    jb_status status = read_records(r, at);
    if (status == JB_OK) status = fill_grid(r);
    if (status == JB_OK) status = jb_sheet_finish(book->ctx, &r->filter, r->merges, grid);
    g_array_free(r->merges, TRUE);
    g_array_free(r->cells, TRUE);
    g_string_free(r->texts, TRUE);
    g_string_free(r->shown, TRUE);
    g_free(r);
    return status;
}
