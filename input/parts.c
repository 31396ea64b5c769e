/* Titles, header, body, notes of a table as people make them. */
#include "input/parts.h"

#include <string.h>
#include "base/text.h"
#include "input/unit.h"

#define ROWS_TO_JUDGE 50 /* rows from the top that show how wide the table is */

static bool is_empty(const jb_grid *g, unsigned row, unsigned column) { return !*jb_grid_text(g, row, column); }

static unsigned count_filled(const jb_grid *g, unsigned row) {
    unsigned filled = 0;
    for (unsigned c = 0; c < g->columns; c++) filled += !is_empty(g, row, c);
    return filled;
}

static bool row_is_blank(const jb_grid *g, unsigned row) {
    for (unsigned c = 0; c < g->columns; c++)
        if (!is_empty(g, row, c)) return false;
    return true;
}

/* ---- titles ---- */

/* The unit of “单位：亿元” or “（单位：亿元）”; NULL when the text says none. Freed with g_free. */
static char *unit_said(const char *text) {
    static const char *const words[] = {"计量单位", "单位"};
    const char *p = NULL;
    for (unsigned i = 0; i < G_N_ELEMENTS(words) && !p; i++) {
        const char *found = strstr(text, words[i]);
        if (!found) continue;
        found += strlen(words[i]);
        while (*found && jb_is_blank(g_utf8_get_char(found))) found = g_utf8_next_char(found);
        if (g_str_has_prefix(found, "：") || *found == ':') p = g_utf8_next_char(found);
    }
    if (!p) return NULL;
    while (*p && jb_is_blank(g_utf8_get_char(p))) p = g_utf8_next_char(p);
    const char *end = p;
    while (*end && !g_str_has_prefix(end, "）") && *end != ')' && !jb_is_blank(g_utf8_get_char(end)))
        end = g_utf8_next_char(end);
    return end > p ? g_strndup(p, (gsize)(end - p)) : NULL;
}

static bool says_unit(const jb_grid *g, unsigned row) {
    bool found = false;
    for (unsigned c = 0; c < g->columns && !found; c++) {
        char *unit = unit_said(jb_grid_text(g, row, c));
        found = unit != NULL;
        g_free(unit);
    }
    return found;
}

/* The first span that does not begin above the row. */
static unsigned find_span(const jb_grid *g, unsigned row) {
    unsigned low = 0, high = g->spans->len;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (g_array_index(g->spans, jb_grid_span, middle).row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool spans_whole(const jb_grid *g, unsigned row) {
    for (unsigned i = find_span(g, row); i < g->spans->len; i++) {
        const jb_grid_span *span = &g_array_index(g->spans, jb_grid_span, i);
        if (span->row != row) break;
        if (span->columns * 2 > g->columns) return true;
    }
    return false;
}

/* One filled cell: a title, unless the next row goes on below it as the lower half of a header. A unit line may have another cell
 * or two beside it (the body that made the table, the date). */
static bool is_title(const jb_grid *g, unsigned row) {
    unsigned filled = count_filled(g, row);
    if (filled == 0) return true;
    if (spans_whole(g, row)) return true;
    if (filled <= 3 && says_unit(g, row) && row + 1 < g->rows && count_filled(g, row + 1) >= filled) return true;
    if (filled > 1) return false;
    return !is_empty(g, row, 0) || (row + 1 < g->rows && !is_empty(g, row + 1, 0));
}

static void add_line(const jb_grid *g, unsigned row, GArray *lines) {
    for (unsigned c = 0; c < g->columns; c++) {
        if (is_empty(g, row, c)) continue;
        jb_said line = {jb_grid_text(g, row, c), jb_grid_pos(g, row, c)};
        g_array_append_val(lines, line);
    }
}

static void take_title(const jb_grid *g, unsigned row, jb_parts *parts) {
    add_line(g, row, parts->titles);
    for (unsigned c = 0; c < g->columns && !parts->unit; c++) parts->unit = unit_said(jb_grid_text(g, row, c));
}

static unsigned widest(const jb_grid *g) {
    unsigned most = 0;
    for (unsigned r = 0; r < g->rows && r < ROWS_TO_JUDGE; r++) most = MAX(most, count_filled(g, r));
    return most;
}

/* Rows above the header, blank ones included. */
static unsigned count_titles(const jb_grid *g, const jb_data_options *options, jb_parts *parts) {
    unsigned row = 0, skip = options ? MIN(options->skip, g->rows) : 0;
    bool narrow = widest(g) < 2;
    for (; row < skip; row++) take_title(g, row, parts);
    while (row < g->rows && (row_is_blank(g, row) || (!narrow && !skip && is_title(g, row)))) take_title(g, row++, parts);
    return row;
}

/* ---- notes ---- */

static bool begins_note(const char *text) {
    static const char *const words[] = {"注：", "注:", "注 ",   "备注：",   "备注:", "说明：",     "说明:",      "资料来源",
                                        "数据来源", "来源：", "来源:", "填表人", "制表",  "审核人", "※", "附注", "注1", "注 1"};
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(text, words[i])) return true;
    return *text == '*' && text[1];
}

static const char *only_text(const jb_grid *g, unsigned row) {
    const char *text = NULL;
    for (unsigned c = 0; c < g->columns; c++) {
        if (is_empty(g, row, c)) continue;
        if (text) return NULL;
        text = jb_grid_text(g, row, c);
    }
    return text;
}

static bool follows_gap(const jb_grid *g, unsigned row) {
    return row && (row_is_blank(g, row - 1) || (!g->delimited && g->row[row].line > g->row[row - 1].line + 1));
}

/* The first row of the notes: from the end upwards, rows with one text, up to the first of them that begins like a note, or
 * stands behind a gap. Filled-in forms end with “填表人：… 审核人：…”, which are several cells. */
static unsigned find_notes(const jb_grid *g, unsigned from) {
    unsigned notes = g->rows;
    for (unsigned row = g->rows; row > from + 1; row--) {
        const char *text = only_text(g, row - 1);
        bool blank = row_is_blank(g, row - 1);
        if (!text && !blank && !begins_note(jb_grid_text(g, row - 1, 0))) break;
        if (!blank && (begins_note(text ? text : jb_grid_text(g, row - 1, 0)) || follows_gap(g, row - 1))) notes = row - 1;
    }
    return notes;
}

static void take_notes(jb_grid *g, unsigned from, jb_parts *parts) {
    unsigned first = find_notes(g, from);
    for (unsigned row = first; row < g->rows; row++) add_line(g, row, parts->notes);
    jb_grid_remove_rows(g, first, g->rows);
}

/* ---- header ---- */

/* Does a cell of the row above span to this column: is it empty, or followed by an empty cell? */
static bool under_span(const jb_grid *g, unsigned above, unsigned column) {
    if (is_empty(g, above, column)) return column > 0;
    return column + 1 < g->columns && is_empty(g, above, column + 1);
}

/* A row continues the header when what it says stands only under spanning cells, and fills at least one gap. */
static bool fills_gaps(const jb_grid *g, unsigned row) {
    bool fills = false;
    if (!is_empty(g, row, 0)) return false;
    for (unsigned c = 0; c < g->columns; c++) {
        if (is_empty(g, row, c)) continue;
        if (!under_span(g, row - 1, c)) return false;
        fills = fills || is_empty(g, row - 1, c);
    }
    return fills;
}

/* “亿元”, “（%）”: what names would carry in brackets. */
static bool text_is_unit(const char *text) {
    jb_unit unit;
    size_t n = strlen(text);
    bool wide = g_str_has_prefix(text, "（") && g_str_has_suffix(text, "）"), narrow = n > 2 && *text == '(' && text[n - 1] == ')';
    size_t lead = wide ? strlen("（") : narrow, tail = wide ? strlen("）") : narrow;
    char *inner = g_strndup(text + lead, n - lead - tail);
    bool is = *inner && jb_unit_parse(inner, &unit) && unit.over.dimension != JB_DIMENSION_NONE;
    g_free(inner);
    return is;
}

/* Units under the names: “,,亿元,%,”, the first cell empty or “单位”. */
static bool is_unit_row(const jb_grid *g, unsigned row) {
    unsigned units = 0;
    const char *first = jb_grid_text(g, row, 0);
    if (*first && strcmp(first, "单位") != 0 && strcmp(first, "计量单位") != 0) return false;
    for (unsigned c = 1; c < g->columns; c++) {
        const char *text = jb_grid_text(g, row, c);
        if (!*text || (c == 1 && !strcmp(text, "单位"))) continue;
        if (!text_is_unit(text)) return false;
        units++;
    }
    return units > 0;
}

/* Rows that the merged cells of the first header row reach over. */
static unsigned spanned_rows(const jb_grid *g, unsigned row) {
    unsigned rows = 1;
    for (unsigned i = 0; i < g->spans->len; i++) {
        const jb_grid_span *span = &g_array_index(g->spans, jb_grid_span, i);
        if (span->row == row && span->column < g->columns) rows = MAX(rows, span->rows);
    }
    return MIN(rows, JB_MOST_HEADER_ROWS);
}

static void count_header_rows(const jb_grid *g, const jb_data_options *options, jb_parts *parts) {
    unsigned rows = MIN(spanned_rows(g, 0), g->rows);
    if (options && options->header) {
        rows = MIN((unsigned)options->header, g->rows);
    } else {
        while (rows < JB_MOST_HEADER_ROWS && rows < g->rows && fills_gaps(g, rows)) rows++;
        if (rows < JB_MOST_HEADER_ROWS && rows < g->rows && is_unit_row(g, rows)) rows++;
    }
    parts->header_rows = rows;
    parts->unit_row = rows > 1 && is_unit_row(g, rows - 1);
}

/* A cell covered by a merge repeats the text above it (grid.c fills down) and counts as empty here. */
static bool is_covered(const jb_grid *g, const jb_parts *parts, unsigned r, unsigned c) {
    if (is_empty(g, r, c)) return true;
    return r > 0 && jb_grid_text(g, r, c) == jb_grid_text(g, r - 1, c) && r < parts->header_rows;
}

static void mark_spans(const jb_grid *g, jb_parts *parts) {
    parts->tall = g_new0(bool, (size_t)parts->header_rows * g->columns + 1);
    parts->wide = g_new0(bool, (size_t)parts->header_rows * g->columns + 1);
    for (unsigned r = 0; r < parts->header_rows; r++) {
        for (unsigned c = 0; c < g->columns; c++) {
            size_t at = (size_t)r * g->columns + c;
            if (!is_covered(g, parts, r, c)) continue;
            bool above = r > 0 && !is_empty(g, r - 1, c) &&
                         (jb_grid_text(g, r, c) == jb_grid_text(g, r - 1, c) || !under_span(g, r - 1, c));
            if (r > 0 && (above || parts->tall[at - g->columns] || c == 0))
                parts->tall[at] = true;
            else if (c > 0)
                parts->wide[at] = true;
        }
    }
}

/* ---- body ---- */

static bool same_row(const jb_grid *g, unsigned a, unsigned b) {
    for (unsigned c = 0; c < g->columns; c++)
        if (strcmp(jb_grid_text(g, a, c), jb_grid_text(g, b, c)) != 0) return false;
    return true;
}

static bool repeats_header(const jb_grid *g, const jb_parts *parts, unsigned row) {
    if (row + parts->header_rows > g->rows) return false;
    for (unsigned r = 0; r < parts->header_rows; r++)
        if (!same_row(g, r, row + r)) return false;
    return true;
}

/* Leaves out blank rows and headers that come again. */
static void fold_body(jb_grid *g, jb_parts *parts) {
    unsigned to = parts->header_rows;
    for (unsigned row = parts->header_rows; row < g->rows;) {
        if (repeats_header(g, parts, row)) {
            row += parts->header_rows;
            parts->folded++;
        } else if (row_is_blank(g, row)) {
            row++;
            parts->blank++;
        } else {
            g->row[to++] = g->row[row++];
        }
    }
    g->rows = to;
}

/* Cells behind the header's width must be empty; a row with fewer cells is filled only when asked. */
static jb_status check_width(jb_context *ctx, const jb_grid *g, unsigned row, unsigned columns, bool pad) {
    unsigned width = g->row[row].width;
    if (width > columns) {
        for (unsigned c = columns; c < width; c++)
            if (g->text[g->cell[g->row[row].first + c]])
                return jb_fail(ctx, jb_grid_pos(g, row, c), "row has %u cells, the header has %u", width, columns);
    } else if (width < columns && !pad && !row_is_blank(g, row)) {
        return jb_fail(ctx, jb_grid_pos(g, row, 0), "row has %u cells, the header has %u; “pad: true” fills up short rows",
                       width, columns);
    }
    return JB_OK;
}

static jb_status check_widths(jb_context *ctx, jb_grid *g, const jb_parts *parts, bool pad) {
    unsigned columns = 0;
    if (!g->delimited || g->taken) return JB_OK;
    for (unsigned r = 0; r < parts->header_rows; r++)
        columns = MAX(columns, r ? jb_grid_filled(g, r) : g->row[r].width);
    for (unsigned r = 0; r < g->rows; r++) {
        jb_status status = check_width(ctx, g, r, columns, pad || r < parts->header_rows);
        if (status != JB_OK) return status;
    }
    g->columns = columns;
    return JB_OK;
}

/* Columns without a header are looked through; those without any text go. */
static bool column_is_blank(const jb_grid *g, const jb_parts *parts, unsigned column) {
    for (unsigned r = 0; r < parts->header_rows; r++)
        if (!is_empty(g, r, column)) return false;
    for (unsigned r = parts->header_rows; r < g->rows; r++)
        if (!is_empty(g, r, column)) return false;
    return true;
}

static void drop_blank_columns(jb_grid *g, const jb_parts *parts) {
    unsigned *kept = g_new(unsigned, g->columns + 1), count = 0;
    for (unsigned c = 0; c < g->columns; c++)
        if (!column_is_blank(g, parts, c)) kept[count++] = c;
    if (count < g->columns) jb_grid_take_columns(g, kept, count);
    g_free(kept);
}

/* Blank columns at the left of a sheet would hide what begins a row. */
static void drop_left_margin(jb_grid *g) {
    unsigned first = 0, *kept;
    for (bool blank = true; blank && first < g->columns; first += blank)
        for (unsigned r = 0; r < g->rows && blank; r++) blank = is_empty(g, r, first);
    if (!first || first >= g->columns) return;
    kept = g_new(unsigned, g->columns - first);
    for (unsigned c = first; c < g->columns; c++) kept[c - first] = c;
    jb_grid_take_columns(g, kept, g->columns - first);
    g_free(kept);
}

static void init(jb_parts *parts) {
    *parts = (jb_parts){.titles = g_array_new(FALSE, FALSE, sizeof(jb_said)),
                        .notes = g_array_new(FALSE, FALSE, sizeof(jb_said))};
}

void jb_parts_clear(jb_parts *parts) {
    g_array_free(parts->titles, TRUE);
    g_array_free(parts->notes, TRUE);
    g_free(parts->tall);
    g_free(parts->wide);
    g_free(parts->unit);
}

/* After the titles and notes are gone. */
static jb_status take_table(jb_context *ctx, jb_grid *g, const jb_data_options *options, bool pad, jb_parts *parts) {
    count_header_rows(g, options, parts);
    jb_status status = check_widths(ctx, g, parts, pad);
    if (status != JB_OK) return status;
    drop_blank_columns(g, parts);
    mark_spans(g, parts);
    fold_body(g, parts);
    return JB_OK;
}

jb_status jb_grid_recognise(jb_context *ctx, jb_grid *g, const jb_data_options *options, jb_parts *parts) {
    init(parts);
    drop_left_margin(g);
    jb_grid_remove_rows(g, 0, count_titles(g, options, parts));
    if (!g->rows) return jb_fail(ctx, jb_pos_file(g->file), "the table is empty");
    if (widest(g) > 1) take_notes(g, 0, parts);
    return take_table(ctx, g, options, options && options->pad, parts);
}

jb_status jb_grid_recognise_pasted(jb_context *ctx, jb_grid *g, jb_parts *parts) {
    init(parts);
    unsigned blank = 0;
    while (blank < g->rows && row_is_blank(g, blank)) blank++;
    jb_grid_remove_rows(g, 0, blank);
    if (!g->rows) return JB_OK;
    return take_table(ctx, g, NULL, true, parts);
}
