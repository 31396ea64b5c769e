/* Delimited text to a grid (RFC 4180), in place. libcsv is not used: it does not tell where a cell begins, and takes text
 * behind a closing quote without a word. */
#include "input/grid_private.h"

#include <string.h>
#include "base/limits.h"
#include "base/text.h"

#define LINES_TO_GUESS 20

typedef struct reader {
    jb_context *ctx;
    jb_grid *grid;
    char *p, *end;
    char separator;
    uint32_t line;
    bool stop[256]; /* ends a cell that is not quoted */
} reader;

/* ---- cells ---- */

/* Most cells begin and end with a character that cannot be a blank. */
static bool may_be_blank(unsigned char c) { return c <= ' ' || c == 0xE3 || c == 0xC2 || (c & 0xC0) == 0x80; }

/* Puts a NUL behind the last character of start..end that is no blank; gives the first. */
static char *trim(char *start, char *end) {
    while (start < end && may_be_blank((unsigned char)*start) && jb_is_blank(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start && may_be_blank((unsigned char)end[-1]) && jb_is_blank(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    *end = 0;
    return start;
}

static jb_pos place(const reader *r, const char *at) {
    return jb_grid_place(r->grid, &r->grid->row[r->grid->rows - 1], (uint32_t)(at - r->grid->text));
}

static bool ends_cell(const reader *r, const char *p) {
    return p == r->end || *p == r->separator || *p == '\n' || *p == '\r';
}

/* The closing quote of the cell that begins at r->p, or NULL when there is none within the longest cell allowed. */
static char *closing_quote(const reader *r) {
    char *end = r->end - r->p > JB_LIMIT_CELL_BYTES + 2 ? r->p + JB_LIMIT_CELL_BYTES + 2 : r->end;
    for (char *p = r->p + 1; p < end && (p = memchr(p, '"', (size_t)(end - p))); p += 2)
        if (p[1] != '"') return p;
    return NULL;
}

/* Doubled quotes and carriage returns go; as many blanks fill up behind the text, so that places can still be counted. */
static void unquote(reader *r, char *close) {
    char *to = r->p + 1;
    for (char *from = to; from < close; from++) {
        if (*from == '\r' || (*from == '"' && from[1] == '"' && from + 1 < close)) {
            if (*from == '"') *to++ = *from++;
            continue;
        }
        r->line += *from == '\n';
        *to++ = *from;
    }
    memset(to, ' ', (size_t)(close + 1 - to));
    char *start = trim(r->p + 1, to);
    r->grid->cell[r->grid->cell_count - 1] = (uint32_t)(start - r->grid->text);
}

static jb_status take_quoted(reader *r, bool *taken) {
    char *close = closing_quote(r);
    bool whole = close && ends_cell(r, close + 1);
    *taken = true;
    if (!whole && r->separator == '\t') return *taken = false, JB_OK; /* quotes mean nothing there, unless Excel put them */
    if (!close && r->end - r->p > JB_LIMIT_CELL_BYTES + 2)
        return jb_fail(r->ctx, place(r, r->p), "this quote is not closed within the limit of %d bytes for a cell",
                       JB_LIMIT_CELL_BYTES);
    if (!close) return jb_fail(r->ctx, place(r, r->p), "this quote is never closed");
    if (!whole) return jb_fail(r->ctx, place(r, close + 1), "text behind the closing quote of a cell");
    unquote(r, close);
    r->p = close + 1;
    return JB_OK;
}

static jb_status take_plain(reader *r) {
    char *begin = r->p;
    while (!r->stop[(unsigned char)*r->p]) r->p++;
    if (r->p - begin > JB_LIMIT_CELL_BYTES)
        return jb_fail(r->ctx, place(r, begin), "the cell is longer than the limit of %d bytes", JB_LIMIT_CELL_BYTES);
    char stop = *r->p;
    r->grid->cell[r->grid->cell_count - 1] = (uint32_t)(trim(begin, r->p) - r->grid->text);
    *r->p = stop;
    return JB_OK;
}

static jb_status add_cell(reader *r) {
    jb_grid *g = r->grid;
    if (g->cell_count >= JB_LIMIT_CELLS)
        return jb_fail(r->ctx, place(r, r->p), "the table has more than the limit of %zu cells", JB_LIMIT_CELLS);
    jb_grid_add_cell(g, 0);
    if (*r->p == '"') {
        bool taken;
        jb_status status = take_quoted(r, &taken);
        if (status != JB_OK || taken) return status;
    }
    return take_plain(r);
}

/* ---- rows ---- */

static void end_row(reader *r) {
    bool carriage = *r->p == '\r' && r->p < r->end;
    if (r->p < r->end) *r->p++ = 0;
    if (carriage && r->p < r->end && *r->p == '\n') *r->p++ = 0;
    r->line++;
}

static jb_status read_row(reader *r) {
    jb_grid_add_row(r->grid, (uint32_t)(r->p - r->grid->text), r->line);
    for (unsigned width = 1;; width++) {
        jb_grid_row *row = &r->grid->row[r->grid->rows - 1];
        if (width > JB_LIMIT_COLUMNS)
            return jb_fail(r->ctx, place(r, r->p), "the row has more than the limit of %d cells", JB_LIMIT_COLUMNS);
        jb_status status = add_cell(r);
        if (status != JB_OK) return status;
        row->width = width;
        r->grid->columns = MAX(r->grid->columns, width);
        if (r->p == r->end || *r->p != r->separator) break;
        *r->p++ = 0;
    }
    end_row(r);
    return JB_OK;
}

/* ---- the separator ---- */

/* How often each candidate stands in a line, outside quotes. Gives the start of the next line. */
static const char *count_separators(const char *p, const char *end, const char *candidates, unsigned counts[4]) {
    bool quoted = false;
    for (; p < end && (quoted || *p != '\n'); p++) {
        const char *found = quoted ? NULL : strchr(candidates, *p);
        if (*p == '"') quoted = !quoted;
        if (found && *found) counts[found - candidates]++;
    }
    return p < end ? p + 1 : p;
}

/* The one that stands equally often in most lines; a blank line counts for none. */
static char guess_separator(const char *text, const char *end) {
    static const char candidates[] = "\t,;|";
    unsigned counts[LINES_TO_GUESS][4] = {{0}}, lines = 0, best = 1, most = 0;
    for (const char *p = text; p < end && lines < LINES_TO_GUESS; lines++)
        p = count_separators(p, end, candidates, counts[lines]);
    for (unsigned k = 0; k < 4; k++) {
        for (unsigned i = 0; i < lines; i++) {
            unsigned alike = 0;
            for (unsigned j = 0; counts[i][k] && j < lines; j++) alike += counts[j][k] == counts[i][k];
            if (alike * 1000 + MIN(counts[i][k], 999) <= most) continue;
            most = alike * 1000 + MIN(counts[i][k], 999);
            best = k;
        }
    }
    return candidates[best];
}

jb_status jb_grid_read(jb_context *ctx, char *text, size_t length, char separator, jb_pos origin, jb_grid **grid) {
    reader r = {.ctx = ctx, .p = text, .end = text + length, .line = (uint32_t)origin.line};
    jb_status status = JB_OK;
    *grid = r.grid = jb_grid_new(origin.file);
    g_free(r.grid->text);
    r.grid->text = text;
    r.grid->text_length = r.grid->text_room = length + 1;
    r.grid->delimited = true;
    r.grid->first_column = origin.column;
    r.separator = separator ? separator : guess_separator(text, r.end);
    r.grid->form = r.separator == '\t' ? "TSV" : "CSV";
    r.stop[0] = r.stop['\n'] = r.stop['\r'] = r.stop[(unsigned char)r.separator] = true;
    while (r.p < r.end && status == JB_OK) status = read_row(&r);
    if (status == JB_OK && !r.grid->rows) status = jb_fail(ctx, jb_pos_file(origin.file), "the file is empty");
    if (status != JB_OK) g_clear_pointer(grid, jb_grid_free);
    return status;
}
