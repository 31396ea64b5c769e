/* Rows of cells: storage, places, merged cells. csv.c reads delimited text into it. */
#include "input/grid_private.h"

#include <string.h>
#include "base/limits.h"
#include "base/text.h"

jb_grid *jb_grid_new(const char *file) {
    jb_grid *grid = g_new0(jb_grid, 1);
    grid->file = file;
    grid->form = "";
    grid->first_column = 1;
    grid->text = g_malloc0(1); /* the text of cells that are skipped: "" at offset 0 */
    grid->text_length = grid->text_room = 1;
    grid->spans = g_array_new(FALSE, FALSE, sizeof(jb_grid_span));
    grid->references = 1;
    return grid;
}

void jb_grid_free(jb_grid *grid) {
    if (!grid || !g_atomic_int_dec_and_test(&grid->references)) return;
    if (grid->whole) {
        jb_grid_free(grid->whole);
    } else {
        g_free(grid->cell);
        g_free(grid->place);
        g_free(grid->text);
    }
    g_free(grid->row);
    g_free(grid->taken);
    g_array_free(grid->spans, TRUE);
    g_free(grid);
}

jb_grid *jb_grid_select(jb_grid *grid, const unsigned *rows, unsigned count) {
    jb_grid *part = g_memdup2(grid, sizeof *grid);
    part->whole = grid->whole ? grid->whole : grid;
    part->references = 1;
    g_atomic_int_inc(&part->whole->references);
    part->rows = part->row_room = count;
    part->row = g_new(jb_grid_row, count + 1);
    for (unsigned i = 0; i < count; i++) part->row[i] = grid->row[rows[i]];
    part->taken = grid->taken ? g_memdup2(grid->taken, sizeof(unsigned) * (grid->columns + 1)) : NULL;
    part->spans = g_array_new(FALSE, FALSE, sizeof(jb_grid_span));
    return part;
}

/* ---- putting cells ---- */

static jb_pos sheet_pos(const jb_grid *grid, unsigned row, unsigned column) {
    return (jb_pos){grid->file, (int)row + 1, (int)column + 1};
}

static uint32_t add_text(jb_grid *grid, const char *text, size_t length) {
    if (grid->text_length + length + 1 > grid->text_room) {
        grid->text_room = MAX(grid->text_room * 2, grid->text_length + length + 4096);
        grid->text = g_realloc(grid->text, grid->text_room);
    }
    size_t at = grid->text_length;
    memcpy(grid->text + at, text, length);
    grid->text[at + length] = 0;
    grid->text_length += length + 1;
    return (uint32_t)at;
}

void jb_grid_add_cell(jb_grid *grid, uint32_t offset) {
    if (grid->cell_count == grid->cell_room) {
        grid->cell_room = MAX(grid->cell_room * 2, 256);
        grid->cell = g_renew(uint32_t, grid->cell, grid->cell_room);
    }
    grid->cell[grid->cell_count++] = offset;
}

void jb_grid_add_row(jb_grid *grid, uint32_t start, uint32_t line) {
    if (grid->rows == grid->row_room) {
        grid->row_room = MAX(grid->row_room * 2, 64);
        grid->row = g_renew(jb_grid_row, grid->row, grid->row_room);
    }
    grid->row[grid->rows++] = (jb_grid_row){(uint32_t)grid->cell_count, 0, start, line};
}

static jb_status check_put(jb_context *ctx, const jb_grid *grid, unsigned row, unsigned column, const char *text,
                           size_t length) {
    jb_pos pos = sheet_pos(grid, row, column);
    if (column >= JB_LIMIT_COLUMNS)
        return jb_fail(ctx, pos, "the row has more than the limit of %d cells", JB_LIMIT_COLUMNS);
    if (length > JB_LIMIT_CELL_BYTES)
        return jb_fail(ctx, pos, "the cell is longer than the limit of %d bytes", JB_LIMIT_CELL_BYTES);
    if (grid->text_length + length + 1 > JB_LIMIT_FILE_BYTES)
        return jb_fail(ctx, pos, "the cells have more text than the limit of %zu bytes", JB_LIMIT_FILE_BYTES);
    if (grid->cell_count + column > JB_LIMIT_CELLS)
        return jb_fail(ctx, pos, "the table has more than the limit of %zu cells", JB_LIMIT_CELLS);
    if (grid->rows && row + 1 < grid->row[grid->rows - 1].line)
        return jb_fail(ctx, pos, "the sheet's rows are out of order");
    if (!g_utf8_validate_len(text, length, NULL)) return jb_fail(ctx, pos, "the cell's text is not UTF-8");
    return JB_OK;
}

/* Puts a NUL behind the last character that is no blank; the cell begins with its first. */
static uint32_t trim(char *text, uint32_t from, size_t to) {
    char *start = text + from, *end = text + to;
    while (start < end && jb_is_blank(g_utf8_get_char(start))) start = g_utf8_next_char(start);
    while (end > start && jb_is_blank(g_utf8_get_char(g_utf8_prev_char(end)))) end = g_utf8_prev_char(end);
    *end = 0;
    return (uint32_t)(start - text);
}

jb_status jb_grid_put(jb_context *ctx, jb_grid *grid, unsigned row, unsigned column, const char *text, size_t length) {
    jb_status status = check_put(ctx, grid, row, column, text, length);
    if (status != JB_OK) return status;
    uint32_t offset = 0;
    if (length) {
        offset = add_text(grid, text, length);
        offset = trim(grid->text, offset, offset + length);
    }
    if (!grid->rows || grid->row[grid->rows - 1].line != row + 1) jb_grid_add_row(grid, 0, row + 1);
    jb_grid_row *last = &grid->row[grid->rows - 1];
    for (; last->width <= column; last->width++) jb_grid_add_cell(grid, 0);
    grid->cell[last->first + column] = offset;
    grid->columns = MAX(grid->columns, last->width);
    return JB_OK;
}

jb_status jb_grid_put_from(jb_context *ctx, jb_grid *grid, unsigned row, unsigned column, const char *text, jb_pos pos) {
    size_t room = grid->place ? grid->cell_room : 0;
    jb_status status = jb_grid_put(ctx, grid, row, column, text, strlen(text));
    if (status != JB_OK) return status;
    if (room != grid->cell_room) {
        grid->place = g_renew(jb_pos, grid->place, grid->cell_room);
        memset(grid->place + room, 0, (grid->cell_room - room) * sizeof(jb_pos));
    }
    grid->place[grid->row[grid->rows - 1].first + column] = pos;
    return JB_OK;
}

/* ---- merged cells ---- */

/* The first row whose line is not before `line`. */
static unsigned find_row(const jb_grid *grid, uint32_t line) {
    unsigned low = 0, high = grid->rows;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (grid->row[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A row's cells are moved to the end when it must grow. */
static void widen(jb_grid *grid, unsigned row, unsigned width) {
    jb_grid_row *r = &grid->row[row];
    if (r->width >= width) return;
    uint32_t first = (uint32_t)grid->cell_count;
    for (unsigned c = 0; c < width; c++) jb_grid_add_cell(grid, c < r->width ? grid->cell[r->first + c] : 0);
    r->first = first;
    r->width = width;
}

void jb_grid_copy_cell(jb_grid *grid, unsigned row, unsigned from, unsigned to) {
    uint32_t offset = from < grid->row[row].width ? grid->cell[grid->row[row].first + from] : 0;
    widen(grid, row, to + 1);
    grid->cell[grid->row[row].first + to] = offset;
    grid->columns = MAX(grid->columns, to + 1);
}

/* What a merged cell says holds for each row it covers. */
static void fill_down(jb_grid *grid, const jb_grid_span *span) {
    const jb_grid_row *top = &grid->row[span->row];
    uint32_t offset = span->column < top->width ? grid->cell[top->first + span->column] : 0;
    for (unsigned r = span->row + 1; offset && r < span->row + span->rows; r++) {
        widen(grid, r, span->column + 1);
        grid->cell[grid->row[r].first + span->column] = offset;
    }
}

jb_status jb_grid_merge(jb_context *ctx, jb_grid *grid, unsigned row, unsigned column, unsigned rows,
                        unsigned columns) {
    if (column >= JB_LIMIT_COLUMNS || columns > JB_LIMIT_COLUMNS || grid->spans->len >= JB_LIMIT_CELLS / 10)
        return jb_fail(ctx, sheet_pos(grid, row, column), "too many merged cells");
    unsigned from = find_row(grid, row + 1), to = find_row(grid, row + 1 + MIN(rows, G_MAXUINT32 / 2 - row));
    if (from == to || grid->row[from].line != row + 1) return JB_OK; /* nothing is written there */
    if (grid->cell_count + (size_t)(to - from) * (column + 1) > JB_LIMIT_CELLS)
        return jb_fail(ctx, sheet_pos(grid, row, column), "the table has more than the limit of %zu cells",
                       JB_LIMIT_CELLS);
    jb_grid_span span = {from, column, to - from, MAX(columns, 1)};
    g_array_append_val(grid->spans, span);
    fill_down(grid, &span);
    return JB_OK;
}

void jb_grid_number_records(jb_grid *grid, unsigned header_rows) {
    for (unsigned r = 0; r < grid->rows; r++)
        grid->row[r].line -= MIN(grid->row[r].line, header_rows);
    grid->header_rows = header_rows;
}

/* ---- reading ---- */

/* The text of a delimited file still holds every character: separators became NULs, quotes inside a cell were moved
 * behind it. */
jb_pos jb_grid_place(const jb_grid *grid, const jb_grid_row *row, uint32_t offset) {
    jb_pos pos = {grid->file, (int)row->line, 1};
    if (row->start == 0) pos.column = grid->first_column;
    for (uint32_t i = row->start; i < offset; i++) {
        if (grid->text[i] == '\n') {
            pos.line++;
            pos.column = 1;
        } else {
            pos.column += ((unsigned char)grid->text[i] & 0xC0) != 0x80;
        }
    }
    return pos;
}

jb_pos jb_grid_pos(const jb_grid *grid, unsigned row, unsigned column) {
    const jb_grid_row *r = &grid->row[row];
    if (grid->taken) column = grid->taken[column];
    if (grid->place && column < r->width) return grid->place[r->first + column];
    if (!grid->delimited) return sheet_pos(grid, r->line - 1, column);
    uint32_t offset = r->width ? grid->cell[r->first + MIN(column, r->width - 1)] : r->start;
    if (offset > r->start && grid->text[offset - 1] == '"') offset--; /* a quoted cell stands at its quote */
    return jb_grid_place(grid, r, offset);
}

unsigned jb_grid_indent(const jb_grid *grid, unsigned row, unsigned column) {
    const char *cell = jb_grid_text(grid, row, column), *p = cell;
    unsigned indent = 0;
    if (!*cell) return 0;
    while (p > grid->text) {
        p = g_utf8_prev_char(p);
        gunichar c = g_utf8_get_char(p);
        if (!c || c == '\n' || !jb_is_blank(c)) break;
        indent += c == 0x3000 || c == '\t' ? 2 : 1;
    }
    return indent;
}

unsigned jb_grid_filled(const jb_grid *grid, unsigned row) {
    unsigned width = grid->columns;
    while (width && !*jb_grid_text(grid, row, width - 1)) width--;
    return width;
}

/* ---- choosing ---- */

static void remove_spans(jb_grid *grid, unsigned from, unsigned to) {
    unsigned kept = 0;
    for (unsigned i = 0; i < grid->spans->len; i++) {
        jb_grid_span span = g_array_index(grid->spans, jb_grid_span, i);
        if (span.row >= from && span.row < to) continue;
        if (span.row >= to) span.row -= to - from;
        g_array_index(grid->spans, jb_grid_span, kept++) = span;
    }
    g_array_set_size(grid->spans, kept);
}

void jb_grid_remove_rows(jb_grid *grid, unsigned from, unsigned to) {
    if (from >= to) return;
    memmove(grid->row + from, grid->row + to, (grid->rows - to) * sizeof *grid->row);
    grid->rows -= to - from;
    remove_spans(grid, from, to);
}

/* Spans are counted in the columns that are left; those of which nothing is left go. */
static void take_spans(jb_grid *grid, const unsigned *columns, unsigned count) {
    unsigned *at = g_new0(unsigned, JB_LIMIT_COLUMNS + 1), kept = 0; /* at: the new column, from 1 */
    for (unsigned c = count; c-- > 0;) at[columns[c]] = c + 1;
    for (unsigned i = 0; i < grid->spans->len; i++) {
        jb_grid_span span = g_array_index(grid->spans, jb_grid_span, i);
        unsigned first = 0, wide = 0, end = MIN(span.column + span.columns, JB_LIMIT_COLUMNS);
        for (unsigned c = span.column; c < end; c++) {
            if (!first) first = at[c];
            wide += at[c] > 0;
        }
        if (!wide) continue;
        span.column = first - 1;
        span.columns = wide;
        g_array_index(grid->spans, jb_grid_span, kept++) = span;
    }
    g_array_set_size(grid->spans, kept);
    g_free(at);
}

void jb_grid_take_columns(jb_grid *grid, const unsigned *columns, unsigned count) {
    unsigned *taken = g_new(unsigned, count + 1);
    take_spans(grid, columns, count);
    for (unsigned i = 0; i < count; i++) taken[i] = grid->taken ? grid->taken[columns[i]] : columns[i];
    g_free(grid->taken);
    grid->taken = taken;
    grid->columns = count;
}

static void write_cell(GString *out, const char *text) {
    if (!strpbrk(text, ",\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"') g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

void jb_grid_write_csv(const jb_grid *grid, GString *out) {
    uint32_t line = grid->rows ? grid->row[0].line : 0;
    for (unsigned r = 0; r < grid->rows; r++, line++) {
        for (; !grid->delimited && line < grid->row[r].line; line++) { /* rows without cells */
            for (unsigned c = 1; c < grid->columns; c++) g_string_append_c(out, ',');
            g_string_append_c(out, '\n');
        }
        for (unsigned c = 0; c < grid->columns; c++) {
            if (c) g_string_append_c(out, ',');
            write_cell(out, jb_grid_text(grid, r, c));
        }
        g_string_append_c(out, '\n');
    }
}
