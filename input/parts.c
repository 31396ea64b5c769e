/* Titles, header, body, notes of a table as people make them. */
#include "input/parts.h"

#include <string.h>
#include "base/text.h"
#include "input/dataset.h"
#include "input/role.h"
#include "input/unit.h"

#define ROWS_TO_JUDGE 50 /* rows from the top that show how wide the table is */

static bool is_empty(const jb_grid *g, unsigned row, unsigned column) {
    return !*jb_grid_text(g, row, column);
}

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

/* ---- what cells say ---- */

/* A year stands in headers as well as in tables. */
static bool is_year(const char *text) {
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 && strcmp(text, "1900") >= 0 &&
           strcmp(text, "2100") <= 0;
}

/* Digits and the signs of numbers, no year: what stands in the body of a table, not in its header. */
static bool is_figure(const char *text) {
    bool digit = false;
    if (is_year(text)) return false;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        digit = digit || g_unichar_isdigit(c);
        if (!g_unichar_isdigit(c) && (c >= 128 || !strchr("+-.,% ", (int)c)) && c != 0xFF05 && c != 0x2030 &&
            c != 0x2212)
            return false;
    }
    return digit;
}

/* A figure in any column but the first, which may hold numbers of rows. */
static bool has_figures(const jb_grid *g, unsigned row) {
    for (unsigned c = 1; c < g->columns; c++)
        if (is_figure(jb_grid_text(g, row, c))) return true;
    return false;
}

static bool begins_with_any(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (g_str_has_prefix(text, words[i])) return true;
    return false;
}

static const char *skip_blanks(const char *p) {
    while (*p && jb_is_blank(g_utf8_get_char(p))) p = g_utf8_next_char(p);
    return p;
}

/* What stands behind “单位：”, when these words begin the text or follow a bracket, a blank or a mark, so not
 * in “填报单位：”. */
static const char *behind_unit_word(const char *text) {
    static const char *const words[] = {"计量单位", "金额单位", "数值单位", "单位"};
    static const char *const marks[] = {"（", "(", "　", " ", "；", ";", "，", ",", "\n", "\t"};
    bool fresh = true;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        for (size_t i = 0; fresh && i < G_N_ELEMENTS(words); i++) {
            if (!g_str_has_prefix(p, words[i])) continue;
            const char *q = skip_blanks(p + strlen(words[i]));
            if (g_str_has_prefix(q, "：") || *q == ':') return skip_blanks(g_utf8_next_char(q));
        }
        fresh = begins_with_any(p, marks, G_N_ELEMENTS(marks));
    }
    return NULL;
}

/* ---- titles ---- */

/* “单位：财政局” says who, “单位：亿元、%” says several. */
static bool may_be_unit(const char *unit) {
    static const char *const bodies[] = {"局", "委",   "厅", "办", "处", "公司", "中心", "院",
                                         "校", "政府", "会", "部", "科", "站",   "所"};
    if (g_utf8_strlen(unit, -1) > 12 || strstr(unit, "、") || strstr(unit, "，") || strchr(unit, ','))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++)
        if (g_str_has_suffix(unit, bodies[i])) return false;
    return true;
}

/* The unit of “单位：亿元” or “（单位：亿元）”; NULL when the text says none. Freed with g_free. */
static char *unit_said(const char *text) {
    const char *p = behind_unit_word(text), *end = p;
    while (p && *end && !g_str_has_prefix(end, "）") && *end != ')' && *end != ';' &&
           !g_str_has_prefix(end, "；") && !g_str_has_prefix(end, "。") && !jb_is_blank(g_utf8_get_char(end)))
        end = g_utf8_next_char(end);
    char *unit = p && end > p ? g_strndup(p, (gsize)(end - p)) : NULL;
    if (unit && !may_be_unit(unit)) g_clear_pointer(&unit, g_free);
    return unit;
}

static bool says_unit(const jb_grid *g, unsigned row) {
    for (unsigned c = 0; c < g->columns; c++)
        if (behind_unit_word(jb_grid_text(g, row, c))) return true;
    return false;
}

static unsigned widest(const jb_grid *g) {
    unsigned most = 0;
    for (unsigned r = 0; r < g->rows && r < ROWS_TO_JUDGE; r++) most = MAX(most, count_filled(g, r));
    return most;
}

/* The first span that does not begin above the row: spans come in ascending rows. */
static unsigned first_span(const jb_grid *g, unsigned row) {
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

static const jb_grid_span *find_span(const jb_grid *g, unsigned row, unsigned column) {
    for (unsigned i = first_span(g, row); i < g->spans->len; i++) {
        const jb_grid_span *span = &g_array_index(g->spans, jb_grid_span, i);
        if (span->row != row) break;
        if (span->column == column) return span;
    }
    return NULL;
}

/* “2020 年” over some columns, the cell above the names left empty. */
static bool is_period(const char *text) {
    return strstr(text, "年") && g_ascii_isdigit(*text) && g_utf8_strlen(text, -1) <= 10;
}

static bool names_rows(const jb_grid *g, unsigned row) {
    for (unsigned c = 0; c < g->columns; c++)
        if (jb_header_names_rows(jb_grid_text(g, row, c))) return true;
    return false;
}

/* The only cell of a row with others below it: a title, unless it is the only name of a header, or spans over
 * columns of it. A row of figures below says that this is the header. */
static bool is_lone_title(const jb_grid *g, unsigned row, unsigned column) {
    const char *text = jb_grid_text(g, row, column);
    const jb_grid_span *span = find_span(g, row, column);
    unsigned next = row + 1;
    if (behind_unit_word(text)) return true;
    while (next < g->rows && row_is_blank(g, next)) next++;
    if (next >= g->rows) return column == 0;
    if (has_figures(g, next)) return false;
    if (column > 0) return !span && !is_period(text) && !is_empty(g, next, 0);
    if (!jb_header_names_rows(text) || (span && span->columns > 1)) return true;
    if (is_empty(g, next, 0)) return says_unit(g, next) || count_filled(g, next) < 2;
    return g_utf8_strlen(text, -1) > 4 || count_filled(g, next) < 2 || names_rows(g, next);
}

/* A row without text, one lone title, or “单位：” with a cell or two beside it (who made the table, the
 * date), narrower than the table. */
static bool is_title(const jb_grid *g, unsigned row, unsigned width) {
    unsigned filled = count_filled(g, row), column = 0;
    if (filled == 0) return true;
    if (filled > 1)
        return filled <= 3 && filled < width && says_unit(g, row) && !has_figures(g, row) &&
               row + 1 < g->rows;
    while (is_empty(g, row, column)) column++;
    return is_lone_title(g, row, column);
}

static void add_line(const jb_grid *g, unsigned row, GArray *lines) {
    for (unsigned c = 0; c < g->columns; c++) {
        if (is_empty(g, row, c)) continue;
        jb_said line = {jb_grid_text(g, row, c), jb_grid_pos(g, row, c), behind_unit_word(jb_grid_text(g, row, c)) != NULL};
        g_array_append_val(lines, line);
    }
}

static void take_title(const jb_grid *g, unsigned row, jb_parts *parts) {
    add_line(g, row, parts->titles);
    for (unsigned c = 0; c < g->columns && !parts->unit; c++) {
        jb_unit known;
        parts->unit = unit_said(jb_grid_text(g, row, c));
        if (parts->unit && !jb_unit_parse(parts->unit, &known))
            g_clear_pointer(&parts->unit, g_free); /* 见指标名称 */
    }
}

/* Rows above the header, blank ones included. */
static unsigned count_titles(const jb_grid *g, const jb_data_options *options, jb_parts *parts) {
    unsigned row = 0, skip = options ? MIN(options->skip, g->rows) : 0;
    unsigned width = widest(g);
    for (; row < skip; row++) take_title(g, row, parts);
    while (row < g->rows && (row_is_blank(g, row) || (width > 1 && !skip && is_title(g, row, width))))
        take_title(g, row++, parts);
    return row;
}

/* ---- notes ---- */

static bool has_any(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i])) return true;
    return false;
}

/* The only text of a row. “*” and “※” begin names as well. */
static bool begins_note(const char *text) {
    static const char *const words[] = {"注：",   "注:",      "注 ",      "备注：", "备注:",  "说明：",
                                        "说明:",  "资料来源", "数据来源", "来源：", "来源:",  "附注",
                                        "注1",    "注 1",     "注１",     "（注",   "填表人", "填报人",
                                        "制表人", "制表：",   "制表:",    "审核人", "审核：", "负责人"};
    static const char *const sentence[] = {"为", "表示", "是", "。", "：", "见", "指标。"};
    if (begins_with_any(text, words, G_N_ELEMENTS(words))) return true;
    return (*text == '*' || g_str_has_prefix(text, "※") || g_str_has_prefix(text, "＊")) &&
           has_any(text, sentence, G_N_ELEMENTS(sentence));
}

/* “填表人：… 审核人：… 日期：…” in several cells, none of them a figure. */
static bool is_form_foot(const jb_grid *g, unsigned row) {
    static const char *const words[] = {"填表",       "填报",       "制表",     "审核", "负责人",
                                        "单位负责人", "统计负责人", "分管领导", "复核"};
    static const char *const colons[] = {"：", ":"};
    const char *first = "";
    for (unsigned c = 0; c < g->columns && !*first; c++) first = jb_grid_text(g, row, c);
    return begins_with_any(first, words, G_N_ELEMENTS(words)) &&
           has_any(first, colons, G_N_ELEMENTS(colons)) && !has_figures(g, row);
}

/* Behind a gap a sentence is a note; a word may be an indicator of which nothing is known. */
static bool is_sentence(const char *text) {
    static const char *const marks[] = {"。", "：", "；", "，"};
    return g_utf8_strlen(text, -1) >= 10 && has_any(text, marks, G_N_ELEMENTS(marks));
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
    return row &&
           (row_is_blank(g, row - 1) || (!g->delimited && g->row[row].line > g->row[row - 1].line + 1));
}

/* The first row of the notes: from the end upwards, rows with one text, up to the first of them that begins
 * like a note, or is a sentence behind a gap. Forms end with “填表人：… 审核人：…”, which are several cells.
 * What is doubtful stays data. */
static unsigned find_notes(const jb_grid *g, unsigned from) {
    unsigned notes = g->rows;
    for (unsigned row = g->rows; row > from + 1; row--) {
        const char *text = only_text(g, row - 1);
        bool foot = is_form_foot(g, row - 1);
        if (foot || (text && (begins_note(text) || (is_sentence(text) && follows_gap(g, row - 1)))))
            notes = row - 1;
        if (!text && !foot && !row_is_blank(g, row - 1)) break;
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

/* A row continues the header when what it says stands only under spanning cells, and fills at least one gap.
 */
static bool fills_gaps(const jb_grid *g, unsigned row) {
    bool fills = false;
    if (!is_empty(g, row, 0) || has_figures(g, row)) return false;
    for (unsigned c = 0; c < g->columns; c++) {
        if (is_empty(g, row, c)) continue;
        if (!under_span(g, row - 1, c)) return false;
        fills = fills || is_empty(g, row - 1, c);
    }
    return fills;
}

/* The lower half of a header whose upper half leaves the corner empty, “,2020 年,,”, or begins with the same
 * name. It says something in each column, and figures follow. */
static bool completes_header(const jb_grid *g, unsigned row) {
    bool corner = is_empty(g, row - 1, 0) && !is_empty(g, row, 0), gap = false;
    bool same = !is_empty(g, row, 0) && !strcmp(jb_grid_text(g, row, 0), jb_grid_text(g, row - 1, 0));
    if ((!corner && !same) || has_figures(g, row) || row + 1 >= g->rows || !has_figures(g, row + 1))
        return false;
    for (unsigned c = 1; c < g->columns; c++) {
        if (is_empty(g, row, c) && is_empty(g, row - 1, c)) return false;
        gap = gap ||
              (!is_empty(g, row, c) && strcmp(jb_grid_text(g, row, c), jb_grid_text(g, row - 1, c)) != 0);
    }
    return gap;
}

/* A merged cell of the row above reaches over several columns, the first of them or behind an empty corner.
 */
static bool stands_under_merge(const jb_grid *g, unsigned row) {
    const jb_grid_span *first = find_span(g, row - 1, 0);
    bool wide = first && first->columns > 1 && first->columns < g->columns;
    for (unsigned c = 1; c < g->columns && !wide && (is_empty(g, row, 0) || is_empty(g, row - 1, 0)); c++) {
        const jb_grid_span *span = find_span(g, row - 1, c);
        wide = span && span->columns > 1;
    }
    return wide && !has_figures(g, row) && !row_is_blank(g, row);
}

/* “亿元”, “（%）”: what names would carry in brackets. */
static bool text_is_unit(const char *text) {
    jb_unit unit;
    size_t n = strlen(text);
    bool wide = g_str_has_prefix(text, "（") && g_str_has_suffix(text, "）"),
         narrow = n > 2 && *text == '(' && text[n - 1] == ')';
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
    if (g->header_rows) {
        parts->header_rows = MIN(g->header_rows, g->rows);
        return;
    }
    if (options && options->header) {
        rows = MIN((unsigned)options->header, g->rows);
    } else {
        while (rows < JB_MOST_HEADER_ROWS && rows < g->rows &&
               (fills_gaps(g, rows) || completes_header(g, rows) || stands_under_merge(g, rows)))
            rows++;
        if (rows < JB_MOST_HEADER_ROWS && rows < g->rows && is_unit_row(g, rows)) rows++;
    }
    parts->header_rows = rows;
    parts->unit_row = rows > 1 && is_unit_row(g, rows - 1);
}

static bool says_above(const jb_grid *g, unsigned r, unsigned c) {
    const char *text = jb_grid_text(g, r, c), *above = jb_grid_text(g, r - 1, c);
    return text == above || (g->delimited && !strcmp(text, above));
}

/* A cell covered by a merge repeats the text above it (grid.c fills down), as exported tables may do; it
 * counts as empty. */
static bool is_covered(const jb_grid *g, const jb_parts *parts, unsigned r, unsigned c) {
    if (is_empty(g, r, c)) return true;
    return r > 0 && r < parts->header_rows && says_above(g, r, c);
}

static void mark_spans(const jb_grid *g, jb_parts *parts) {
    parts->tall = g_new0(bool, (size_t)parts->header_rows * g->columns + 1);
    parts->wide = g_new0(bool, (size_t)parts->header_rows * g->columns + 1);
    for (unsigned r = 0; r < parts->header_rows; r++) {
        for (unsigned c = 0; c < g->columns; c++) {
            size_t at = (size_t)r * g->columns + c;
            if (!is_covered(g, parts, r, c)) continue;
            bool above = r > 0 && !is_empty(g, r - 1, c) && (says_above(g, r, c) || !under_span(g, r - 1, c));
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
    if (g->header_rows || row + parts->header_rows > g->rows) return false;
    for (unsigned r = 0; r < parts->header_rows; r++)
        if (!same_row(g, r, row + r)) return false;
    return true;
}

static void add_lines(GArray *ranges, unsigned from, unsigned to) {
    jb_row_range *last = ranges->len ? &g_array_index(ranges, jb_row_range, ranges->len - 1) : NULL, range = {from, to};
    if (last && last->to + 1 == from)
        last->to = to;
    else
        g_array_append_val(ranges, range);
}

/* Rows of a sheet without any cell are not in the grid: their numbers are missing. A row of a text may take several lines, where
 * cells hold line breaks; there all rows are in the grid. */
static void note_blank_rows(const jb_grid *g, jb_parts *parts) {
    unsigned first = 0, end = g->rows;
    while (first < end && row_is_blank(g, first)) first++;
    while (end > first && row_is_blank(g, end - 1)) end--;
    for (unsigned row = first; row < end; row++) {
        unsigned line = g->row[row].line;
        if (row > first && !g->delimited && g->row[row - 1].line + 1 < line)
            add_lines(parts->blank, g->row[row - 1].line + 1, line - 1);
        if (row_is_blank(g, row)) add_lines(parts->blank, line, line);
    }
}

/* Leaves out blank rows and headers that come again. */
static void fold_body(jb_grid *g, jb_parts *parts) {
    unsigned to = parts->header_rows;
    for (unsigned row = parts->header_rows; row < g->rows;) {
        if (repeats_header(g, parts, row)) {
            add_lines(parts->repeated, g->row[row].line, g->row[row + parts->header_rows - 1].line);
            row += parts->header_rows;
        } else if (row_is_blank(g, row)) {
            row++;
        } else {
            g->row[to++] = g->row[row++];
        }
    }
    g->rows = to;
}

/* Cells behind the header's width must be empty; a row with fewer cells is filled only when asked. Widths are
 * those of the file, of which `margin` columns at the left are gone. */
static jb_status check_width(jb_context *ctx, const jb_grid *g, unsigned row, unsigned columns,
                             unsigned margin, bool pad) {
    unsigned width = g->row[row].width;
    if (width > columns) {
        for (unsigned c = columns; c < width; c++)
            if (!is_empty(g, row, c - margin))
                return jb_fail(ctx, jb_grid_pos(g, row, c - margin), "row has %u cells, the header has %u",
                               width, columns);
    } else if (width < columns && !pad && !row_is_blank(g, row)) {
        return jb_fail(ctx, jb_grid_pos(g, row, 0),
                       "row has %u cells, the header has %u; “pad: true” fills up short rows", width,
                       columns);
    }
    return JB_OK;
}

static jb_status check_widths(jb_context *ctx, jb_grid *g, const jb_parts *parts, bool pad) {
    unsigned columns = 0, margin = g->taken && g->columns ? g->taken[0] : 0;
    if (!g->delimited) return JB_OK;
    for (unsigned r = 0; r < parts->header_rows; r++)
        columns = MAX(columns, r ? jb_grid_filled(g, r) + margin : g->row[r].width);
    for (unsigned r = 0; r < g->rows; r++) {
        jb_status status = check_width(ctx, g, r, columns, margin, pad || r < parts->header_rows);
        if (status != JB_OK) return status;
    }
    g->columns = columns - MIN(columns, margin);
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

void jb_parts_init(jb_parts *parts) {
    *parts = (jb_parts){.titles = g_array_new(FALSE, FALSE, sizeof(jb_said)),
                        .notes = g_array_new(FALSE, FALSE, sizeof(jb_said)),
                        .repeated = g_array_new(FALSE, FALSE, sizeof(jb_row_range)),
                        .blank = g_array_new(FALSE, FALSE, sizeof(jb_row_range))};
}

void jb_parts_clear(jb_parts *parts) {
    g_array_free(parts->titles, TRUE);
    g_array_free(parts->notes, TRUE);
    g_array_free(parts->repeated, TRUE);
    g_array_free(parts->blank, TRUE);
    g_free(parts->tall);
    g_free(parts->wide);
    g_free(parts->unit);
}

/* After the titles and notes are gone. */
static jb_status take_table(jb_context *ctx, jb_grid *g, const jb_data_options *options, bool pad,
                            jb_parts *parts) {
    count_header_rows(g, options, parts);
    parts->header = (jb_row_range){g->row[0].line, g->row[parts->header_rows - 1].line};
    jb_status status = check_widths(ctx, g, parts, pad);
    if (status != JB_OK) return status;
    drop_blank_columns(g, parts);
    mark_spans(g, parts);
    fold_body(g, parts);
    return JB_OK;
}

/* Records have their names from their form: every row is one. */
static jb_status take_records(jb_context *ctx, jb_grid *g, const jb_data_options *options, jb_parts *parts) {
    if (options && (options->header || options->skip))
        return jb_fail(ctx, options->pos,
                       "“header” and “skip” are for sheets and texts; the columns of “%s” have names",
                       g->file);
    return take_table(ctx, g, options, true, parts);
}

jb_status jb_grid_recognise(jb_context *ctx, jb_grid *g, const jb_data_options *options, jb_parts *parts) {
    jb_parts_init(parts);
    if (g->header_rows) return take_records(ctx, g, options, parts);
    drop_left_margin(g);
    note_blank_rows(g, parts);
    jb_grid_remove_rows(g, 0, count_titles(g, options, parts));
    if (!g->rows) return jb_fail(ctx, jb_pos_file(g->file), "the table is empty");
    if (widest(g) > 1) take_notes(g, 0, parts);
    return take_table(ctx, g, options, options && options->pad, parts);
}

jb_status jb_grid_recognise_pasted(jb_context *ctx, jb_grid *g, jb_parts *parts) {
    jb_parts_init(parts);
    unsigned blank = 0;
    while (blank < g->rows && row_is_blank(g, blank)) blank++;
    jb_grid_remove_rows(g, 0, blank);
    if (!g->rows) return JB_OK;
    return take_table(ctx, g, NULL, true, parts);
}
