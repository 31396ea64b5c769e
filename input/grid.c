/* Delimited text to cells (RFC 4180), with the place of each. libcsv is not used: it does not tell where a
 * cell begins, and takes text behind a closing quote without a word. */
#include "input/grid.h"

#include <string.h>
#include "base/limits.h"

typedef struct reader {
    jb_context *ctx;
    jb_arena *arena;
    const char *p, *end;
    char delimiter;
    jb_pos pos;     /* of p */
    GArray *cells;  /* jb_cell of all rows */
    GArray *widths; /* unsigned: cells of each row */
    GString *text;  /* the cell that is read */
} reader;

static void step(reader *r) {
    if (*r->p == '\n') {
        r->pos.line++;
        r->pos.column = 0;
    }
    r->p++;
    if (r->p == r->end || ((unsigned char)*r->p & 0xC0) != 0x80) r->pos.column++;
}

static bool at_row_end(const reader *r) {
    return r->p == r->end || *r->p == '\n' || (*r->p == '\r' && (r->p + 1 == r->end || r->p[1] == '\n'));
}

static jb_status read_quoted(reader *r) {
    jb_pos begin = r->pos;
    for (step(r); r->p < r->end; step(r)) {
        if (*r->p != '"') {
            if (*r->p != '\r') g_string_append_c(r->text, *r->p);
            continue;
        }
        step(r);
        if (r->p == r->end || *r->p != '"') break;
        g_string_append_c(r->text, '"');
    }
    if (r->p == r->end && r->p[-1] != '"') return jb_fail(r->ctx, begin, "this quote is never closed");
    if (!at_row_end(r) && *r->p != r->delimiter)
        return jb_fail(r->ctx, r->pos, "text behind the closing quote of a cell");
    return JB_OK;
}

static bool is_blank(gunichar c) { return c == 0x3000 || c == 0xA0 || (c < 128 && g_ascii_isspace((char)c)); }

static const char *without_blanks(jb_arena *arena, const char *text, size_t length) {
    const char *end = text + length;
    while (text < end && is_blank(g_utf8_get_char(text))) text = g_utf8_next_char(text);
    while (end > text && is_blank(g_utf8_get_char(g_utf8_prev_char(end)))) end = g_utf8_prev_char(end);
    return jb_arena_copy(arena, text, (size_t)(end - text));
}

static jb_status read_cell(reader *r) {
    jb_cell cell = {.pos = r->pos};
    jb_status status = JB_OK;
    g_string_truncate(r->text, 0);
    if (r->p < r->end && *r->p == '"' && r->delimiter != '\t')
        status = read_quoted(r);
    else
        for (; !at_row_end(r) && *r->p != r->delimiter; step(r)) g_string_append_c(r->text, *r->p);
    if (status == JB_OK && r->text->len > JB_LIMIT_CELL_BYTES)
        status =
            jb_fail(r->ctx, cell.pos, "the cell is longer than the limit of %d bytes", JB_LIMIT_CELL_BYTES);
    cell.text = without_blanks(r->arena, r->text->str, r->text->len);
    g_array_append_val(r->cells, cell);
    if (status == JB_OK && r->cells->len > JB_LIMIT_CELLS)
        status = jb_fail(r->ctx, cell.pos, "the table has more than the limit of %zu cells", JB_LIMIT_CELLS);
    return status;
}

static jb_status read_row(reader *r) {
    unsigned width = 0;
    jb_status status = JB_OK;
    for (;;) {
        if (++width > JB_LIMIT_COLUMNS)
            return jb_fail(r->ctx, r->pos, "the row has more than the limit of %d cells", JB_LIMIT_COLUMNS);
        if ((status = read_cell(r)) != JB_OK) return status;
        if (at_row_end(r)) break;
        step(r); /* the delimiter */
    }
    if (r->p < r->end && *r->p == '\r') step(r);
    if (r->p < r->end) step(r);
    g_array_append_val(r->widths, width);
    return status;
}

static char guess_delimiter(const char *text, const char *end) {
    for (; text < end && *text != '\n'; text++)
        if (*text == '\t') return '\t';
    return ',';
}

/* Cells behind the header's width must be empty; the first that is not is the error. */
static jb_status check_row(reader *r, size_t first, unsigned width, unsigned columns) {
    for (unsigned c = columns; c < width; c++) {
        const jb_cell *cell = &g_array_index(r->cells, jb_cell, first + c);
        if (*cell->text)
            return jb_fail(r->ctx, cell->pos, "row has %u cells, the header has %u", width, columns);
    }
    return JB_OK;
}

static unsigned filled(const GArray *cells, size_t first, unsigned width) {
    while (width && !*g_array_index(cells, jb_cell, first + width - 1).text) width--;
    return width;
}

/* The header decides how many columns there are: its first row, or its second when that is wider. */
static unsigned count_columns(const reader *r) {
    unsigned columns = 0;
    size_t first = 0;
    for (unsigned i = 0; i < r->widths->len && i < 1; i++) {
        columns = MAX(columns, g_array_index(r->widths, unsigned, i));
        first += columns;
    }
    if (r->widths->len > 1 && !*g_array_index(r->cells, jb_cell, first).text)
        columns = MAX(columns, filled(r->cells, first, g_array_index(r->widths, unsigned, 1)));
    return columns;
}

static jb_status fill(reader *r, jb_grid *grid) {
    size_t first = 0;
    grid->rows = r->widths->len;
    grid->columns = count_columns(r);
    if ((size_t)grid->rows * grid->columns > JB_LIMIT_CELLS)
        return jb_fail(r->ctx, r->pos, "the table has more than the limit of %zu cells", JB_LIMIT_CELLS);
    grid->cells = JB_ARRAY(r->arena, jb_cell, (size_t)grid->rows * grid->columns);
    for (unsigned row = 0; row < grid->rows; row++) {
        unsigned width = g_array_index(r->widths, unsigned, row);
        jb_status status = check_row(r, first, width, grid->columns);
        if (status != JB_OK) return status;
        for (unsigned c = 0; c < grid->columns; c++) {
            jb_cell *cell = jb_grid_cell(grid, row, c);
            *cell = c < width ? g_array_index(r->cells, jb_cell, first + c) : (jb_cell){.text = ""};
            if (c >= width) cell->pos = g_array_index(r->cells, jb_cell, first).pos;
        }
        first += width;
    }
    return JB_OK;
}

jb_status jb_grid_read(jb_context *ctx, jb_arena *arena, const char *file, const char *text, size_t length,
                       char delimiter, jb_pos origin, jb_grid *grid) {
    reader r = {.ctx = ctx, .arena = arena, .p = text, .end = text + length, .pos = origin};
    jb_status status = JB_OK;
    r.pos.file = file;
    r.delimiter = delimiter ? delimiter : guess_delimiter(text, r.end);
    r.cells = g_array_new(FALSE, TRUE, sizeof(jb_cell));
    r.widths = g_array_new(FALSE, TRUE, sizeof(unsigned));
    r.text = g_string_new(NULL);
    *grid = (jb_grid){0};
    while (r.p < r.end && status == JB_OK) status = read_row(&r);
    if (status == JB_OK && !r.widths->len) status = jb_fail(ctx, jb_pos_file(file), "the file is empty");
    if (status == JB_OK) status = fill(&r, grid);
    g_array_free(r.cells, TRUE);
    g_array_free(r.widths, TRUE);
    g_string_free(r.text, TRUE);
    return status;
}
