/* Delimited text to a grid (RFC 4180), in place. libcsv is not used: it does not tell where a cell begins,
 * and takes text behind a closing quote without a word. */
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

static char *skip_blanks(char *start, char *end) {
    while (start < end && may_be_blank((unsigned char)*start) && jb_is_blank(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    return start;
}

static char *drop_blanks(char *start, char *end) {
    while (end > start && may_be_blank((unsigned char)end[-1]) &&
           jb_is_blank(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    return end;
}

static jb_pos place(const reader *r, const char *at) {
    return jb_grid_place(r->grid, &r->grid->row[r->grid->rows - 1], (uint32_t)(at - r->grid->text));
}

static bool ends_cell(const reader *r, const char *p) {
    return p == r->end || *p == r->separator || *p == '\n' || *p == '\r';
}

/* The closing quote of the cell that begins at r->p, or NULL when there is none within the longest cell
 * allowed. */
static char *closing_quote(const reader *r) {
    char *end = r->end - r->p > JB_LIMIT_CELL_BYTES + 2 ? r->p + JB_LIMIT_CELL_BYTES + 2 : r->end;
    for (char *p = r->p + 1; p < end && (p = memchr(p, '"', (size_t)(end - p))); p += 2)
        if (p[1] != '"') return p;
    return NULL;
}

/* Moves the text between the quotes together: doubled quotes become one, line breaks LF. Gives its new end;
 * *gone is how many characters went from its last line. */
static char *fold_quoted(reader *r, char *close, size_t *gone) {
    char *to = r->p + 1;
    *gone = 0;
    for (char *from = r->p + 1; from < close; from++) {
        if (*from == '\n' || *from == '\r') {
            if (*from == '\r' && from[1] == '\n') from++;
            *to++ = '\n';
            r->line++;
            *gone = 0;
            continue;
        }
        if (*from == '"') from++, ++*gone;
        *to++ = *from;
    }
    return to;
}

/* Behind the text something fills up, so that the places of the cells that follow can still be counted:
 * blanks for the closing quote and what went from the last line, bytes that are no characters for what went
 * from the lines above. A line break at the end of the text stays for the same reason, then the text moves
 * onto the opening quote; an empty text is there. */
static void unquote(reader *r, char *close) {
    size_t gone;
    char *to = fold_quoted(r, close, &gone);
    memset(to, 0x80, (size_t)(close + 1 - to));
    memset(to, ' ', gone + 1);
    char *start = skip_blanks(r->p + 1, to), *end = drop_blanks(start, to);
    if (start == to) {
        start = end = r->p;
    } else if (end < to && *end == '\n') {
        memmove(r->p, r->p + 1, (size_t)(end - r->p - 1));
        start--;
        end--;
    }
    *end = 0;
    r->grid->cell[r->grid->cell_count - 1] = (uint32_t)(start - r->grid->text);
}

static jb_status take_quoted(reader *r, bool *taken) {
    char *close = closing_quote(r);
    bool whole = close && ends_cell(r, close + 1);
    *taken = true;
    if (!whole && r->separator == '\t')
        return *taken = false, JB_OK; /* quotes mean nothing there, unless Excel put them */
    if (!close && r->end - r->p > JB_LIMIT_CELL_BYTES + 2)
        return jb_fail(r->ctx, place(r, r->p),
                       "this quote is not closed within the limit of %d bytes for a cell",
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
        return jb_fail(r->ctx, place(r, begin), "the cell is longer than the limit of %d bytes",
                       JB_LIMIT_CELL_BYTES);
    char stop = *r->p;
    begin = skip_blanks(begin, r->p);
    *drop_blanks(begin, r->p) = 0;
    *r->p = stop;
    r->grid->cell[r->grid->cell_count - 1] = (uint32_t)(begin - r->grid->text);
    return JB_OK;
}

static jb_status add_cell(reader *r) {
    jb_grid *g = r->grid;
    if (g->cell_count >= JB_LIMIT_CELLS)
        return jb_fail(r->ctx, place(r, r->p), "the table has more than the limit of %zu cells",
                       JB_LIMIT_CELLS);
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
            return jb_fail(r->ctx, place(r, r->p), "the row has more than the limit of %d cells",
                           JB_LIMIT_COLUMNS);
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

/* Behind the closing quote of a text that begins at `p`; a quote that is not closed is skipped. */
static const char *skip_quoted(const char *p, const char *end) {
    for (const char *q = p + 1; q < end && (q = memchr(q, '"', (size_t)(end - q))); q += 2)
        if (q + 1 == end || q[1] != '"') return q + 1;
    return p + 1;
}

/* How often each candidate stands in a line, outside quoted cells. Gives the start of the next line. */
static const char *count_separators(const char *p, const char *end, const char *candidates,
                                    unsigned counts[4]) {
    bool begins = true; /* a cell */
    while (p < end && *p != '\n' && *p != '\r') {
        if (begins && *p == '"') {
            p = skip_quoted(p, end);
            begins = false;
            continue;
        }
        const char *found = strchr(candidates, *p++);
        if (found) counts[found - candidates]++;
        begins = found != NULL;
    }
    if (p < end && *p == '\r') p++;
    return p < end && *p == '\n' ? p + 1 : p;
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

/* Excel's first line “sep=;” says the separator and is no part of the table. */
static void take_said_separator(reader *r) {
    char *p = r->p;
    if (r->end - p < 6 || g_ascii_strncasecmp(p, "sep=", 4) != 0 || !strchr(",;|\t", p[4])) return;
    if (p[5] != '\n' && p[5] != '\r') return;
    if (!r->separator) r->separator = p[4];
    r->p = p + (p[5] == '\r' && p[6] == '\n' ? 7 : 6);
    r->line++;
}

jb_status jb_grid_read(jb_context *ctx, char *text, size_t length, char separator, jb_pos origin,
                       jb_grid **grid) {
    reader r = {.ctx = ctx, .p = text, .end = text + length, .line = (uint32_t)origin.line};
    jb_status status = JB_OK;
    *grid = r.grid = jb_grid_new(origin.file);
    g_free(r.grid->text);
    r.grid->text = text;
    r.grid->text_length = r.grid->text_room = length + 1;
    r.grid->delimited = true;
    r.grid->first_column = origin.column;
    r.separator = separator;
    take_said_separator(&r);
    if (!r.separator) r.separator = guess_separator(r.p, r.end);
    r.grid->form = r.separator == '\t' ? "TSV" : "CSV";
    r.stop[0] = r.stop['\n'] = r.stop['\r'] = r.stop[(unsigned char)r.separator] = true;
    while (r.p < r.end && status == JB_OK) status = read_row(&r);
    if (status == JB_OK && !r.grid->rows)
        status = jb_fail(ctx, jb_pos_file(origin.file), "the file is empty");
    if (status != JB_OK) g_clear_pointer(grid, jb_grid_free);
    return status;
}
