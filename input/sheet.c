/* References, ranges, the choice of a sheet; what is left out of it. */
#include "input/sheet.h"

#include <stdlib.h>
#include <string.h>
#include "input/grid_private.h"

/* ---- references ---- */

/* "AB" to 27; NULL when there is no letter or the column lies beyond the last. */
static const char *take_column(const char *p, const char *end, unsigned *column) {
    unsigned value = 0;
    const char *start = p;
    for (; p < end && g_ascii_isalpha(*p); p++) {
        value = value * 26 + (unsigned)(g_ascii_toupper(*p) - 'A') + 1;
        if (value > JB_LIMIT_SHEET_COLUMNS) return NULL;
    }
    if (p == start) return NULL;
    *column = value - 1;
    return p;
}

static const char *take_row(const char *p, const char *end, unsigned *row) {
    unsigned value = 0;
    for (; p < end && g_ascii_isdigit(*p); p++) {
        value = value * 10 + (unsigned)(*p - '0');
        if (value > JB_LIMIT_SHEET_ROWS) return NULL;
    }
    if (!value) return NULL;
    *row = value - 1;
    return p;
}

static const char *skip_dollar(const char *p, const char *end) { return p < end && *p == '$' ? p + 1 : p; }

bool jb_cell_read(const char *text, size_t length, unsigned *row, unsigned *column) {
    unsigned r, c;
    const char *end = text + length, *p = take_column(skip_dollar(text, end), end, &c);
    if (!p || take_row(skip_dollar(p, end), end, &r) != end) return false;
    *row = r;
    *column = c;
    return true;
}

/* One end of a range; which of its parts were given: 1 column, 2 row. */
static unsigned read_end(const char *text, size_t length, unsigned *row, unsigned *column) {
    const char *end = text + length, *start = skip_dollar(text, end);
    unsigned number;
    if (jb_cell_read(text, length, row, column)) return 3;
    if (take_column(start, end, &number) == end) return *column = number, 1;
    if (take_row(start, end, &number) == end) return *row = number, 2;
    return 0;
}

static void order(unsigned *low, unsigned *high) {
    if (*low <= *high) return;
    unsigned swap = *low;
    *low = *high;
    *high = swap;
}

bool jb_area_read(const char *text, jb_area *area) {
    const char *colon = strchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : strlen(text);
    *area = (jb_area){0, 0, JB_LIMIT_SHEET_ROWS - 1, JB_LIMIT_SHEET_COLUMNS - 1};
    unsigned parts = read_end(text, length, &area->top, &area->left);
    if (!colon) {
        area->bottom = area->top;
        area->right = area->left;
        return parts == 3;
    }
    if (!parts || read_end(colon + 1, strlen(colon + 1), &area->bottom, &area->right) != parts) return false;
    order(&area->top, &area->bottom);
    order(&area->left, &area->right);
    return true;
}

/* ---- which sheet ---- */

/* “'My Sheet'!A1:B2”, “Sheet!A1:B2”: the end of the name, behind the exclamation mark; the range itself when
 * no sheet is named. NULL for a quote without end. */
static const char *take_sheet(const char *range, char **sheet) {
    GString *name = g_string_new(NULL);
    const char *p = range;
    *sheet = NULL;
    if (*p == '\'') {
        for (p++; *p && (*p != '\'' || p[1] == '\''); p++) {
            if (*p == '\'') p++;
            g_string_append_c(name, *p);
        }
        p = *p && p[1] == '!' ? p + 2 : NULL;
    } else if ((p = strrchr(range, '!'))) {
        g_string_append_len(name, range, p - range);
        p++;
    } else {
        g_string_free(name, TRUE);
        return range;
    }
    *sheet = g_string_free(name, FALSE);
    return p;
}

jb_status jb_sheet_choice_read(jb_context *ctx, const char *file, const jb_data_options *options,
                               jb_sheet_choice *choice) {
    *choice = (jb_sheet_choice){.area = {0, 0, JB_LIMIT_SHEET_ROWS - 1, JB_LIMIT_SHEET_COLUMNS - 1},
                                .whole = true,
                                .pos = options->pos.file ? options->pos : jb_pos_file(file)};
    if (options->range) {
        const char *cells = take_sheet(options->range, &choice->sheet);
        choice->whole = false;
        if (!cells || !jb_area_read(cells, &choice->area))
            return jb_fail(
                ctx, choice->pos,
                "“%s” is no range of cells; write it as “A3:F30”, “A:F”, “3:30” or “Sheet1!A3:F30”",
                options->range);
    }
    if (!choice->sheet && options->sheet) choice->sheet = g_strdup(options->sheet);
    return JB_OK;
}

void jb_sheet_choice_clear(jb_sheet_choice *choice) { g_clear_pointer(&choice->sheet, g_free); }

/* "2" as an index from 0; -1 when it is no number of a sheet. */
static int read_number(const char *text, unsigned count) {
    char *end;
    if (!g_ascii_isdigit(*text)) return -1;
    unsigned long number = strtoul(text, &end, 10);
    return !*end && number >= 1 && number <= count ? (int)number - 1 : -1;
}

jb_status jb_sheet_find(jb_context *ctx, const jb_sheet_choice *choice, const char *const *names,
                        unsigned count, int *index) {
    *index = -1;
    if (!choice->sheet) return JB_OK;
    for (unsigned i = 0; i < count && *index < 0; i++)
        if (!strcmp(names[i], choice->sheet)) *index = (int)i;
    for (unsigned i = 0; i < count && *index < 0; i++) /* names of sheets differ in more than case */
        if (!g_ascii_strcasecmp(names[i], choice->sheet)) *index = (int)i;
    if (*index < 0) *index = read_number(choice->sheet, count);
    if (*index >= 0) return JB_OK;
    GString *message = g_string_new(NULL);
    g_string_append_printf(message, "the workbook has no sheet “%s”", choice->sheet);
    jb_suggest(message, choice->sheet, names, count);
    jb_fail(ctx, choice->pos, "%s", message->str);
    g_string_free(message, TRUE);
    return JB_INPUT;
}

const char *jb_sheet_name(jb_context *ctx, const char *file, const char *sheet) {
    char *name = g_strconcat(file, "!", sheet, NULL);
    const char *interned = jb_intern(ctx, name);
    g_free(name);
    return interned;
}

const char *jb_sheet_form(jb_context *ctx, const char *format, const char *sheet, unsigned count) {
    char *form = g_strdup_printf("%s, sheet “%s” of %u", format, sheet, count);
    const char *interned = jb_intern(ctx, form);
    g_free(form);
    return interned;
}

/* ---- what is left out ---- */

void jb_sheet_filter_start(jb_sheet_filter *filter, const jb_sheet_choice *choice,
                           const jb_data_options *options) {
    filter->area = choice->area;
    filter->skip_hidden = options->skip_hidden;
    memset(filter->hidden, 0, sizeof filter->hidden);
}

void jb_sheet_hide_columns(jb_sheet_filter *filter, unsigned from, unsigned to) {
    if (!filter->skip_hidden) return;
    for (unsigned c = from; c <= to && c < JB_LIMIT_SHEET_COLUMNS; c++) filter->hidden[c] = true;
}

static bool is_left_out(const jb_sheet_filter *filter, unsigned column) {
    return !jb_sheet_wants_column(filter, column) || column >= JB_LIMIT_SHEET_COLUMNS ||
           filter->hidden[column];
}

static void take_columns(const jb_sheet_filter *filter, jb_grid *grid) {
    unsigned *kept = g_new(unsigned, grid->columns + 1), count = 0;
    for (unsigned c = 0; c < grid->columns; c++)
        if (!is_left_out(filter, c)) kept[count++] = c;
    if (count < grid->columns) jb_grid_take_columns(grid, kept, count);
    g_free(kept);
}

/* What merged cells say stands in the first of them; when its column is left out, it goes to the next that is
 * not. */
static void move_span(const jb_sheet_filter *filter, jb_grid *grid, jb_grid_span *span) {
    unsigned to = span->column, end = span->column + span->columns;
    while (to < end && is_left_out(filter, to)) to++;
    if (to == span->column || to == end || grid->cell_count + (size_t)span->rows * end > JB_LIMIT_CELLS)
        return;
    for (unsigned r = span->row; r < span->row + span->rows; r++)
        jb_grid_copy_cell(grid, r, span->column, to);
    span->columns = end - to;
    span->column = to;
}

static int compare_areas(const void *a, const void *b) {
    const jb_area *x = a, *y = b;
    if (x->top != y->top) return x->top < y->top ? -1 : 1;
    return x->left == y->left ? 0 : x->left < y->left ? -1 : 1;
}

/* Sound files merge no cell twice; then all merges together are no taller than the table has cells. */
static jb_status merge_all(jb_context *ctx, const jb_sheet_filter *filter, GArray *merges, jb_grid *grid) {
    size_t work = 0;
    unsigned last = grid->rows ? grid->row[grid->rows - 1].line : 0;
    g_array_sort(merges, compare_areas);
    for (unsigned i = 0; i < merges->len; i++) {
        jb_area m = g_array_index(merges, jb_area, i);
        m.bottom = MIN(m.bottom, filter->area.bottom);
        m.right = MIN(m.right, MIN(filter->area.right, grid->columns ? grid->columns - 1 : 0));
        if (m.top < filter->area.top || m.top > m.bottom || m.left > m.right || m.left < filter->area.left)
            continue;
        if (m.top < last) work += MIN(m.bottom, last) - m.top;
        if (work > JB_LIMIT_CELLS)
            return jb_fail(ctx, jb_pos_file(grid->file),
                           "merged cells cover more than the limit of %zu cells", JB_LIMIT_CELLS);
        unsigned spans = grid->spans->len;
        jb_status status =
            jb_grid_merge(ctx, grid, m.top, m.left, m.bottom - m.top + 1, m.right - m.left + 1);
        if (status != JB_OK) return status;
        if (grid->spans->len > spans)
            move_span(filter, grid, &g_array_index(grid->spans, jb_grid_span, spans));
    }
    return JB_OK;
}

jb_status jb_sheet_finish(jb_context *ctx, const jb_sheet_filter *filter, GArray *merges, jb_grid *grid) {
    jb_status status = merge_all(ctx, filter, merges, grid);
    if (status == JB_OK) take_columns(filter, grid);
    return status;
}

bool jb_sheet_is_empty(const jb_grid *grid) {
    for (size_t i = 0; i < grid->cell_count; i++)
        if (grid->text[grid->cell[i]]) return false;
    return true;
}

const char *jb_sheet_brief(const char *text, char buffer[JB_BRIEF]) {
    const char *end = text;
    for (unsigned i = 0; i < 20 && *end; i++) end = g_utf8_next_char(end);
    size_t length = MIN((size_t)(end - text), JB_BRIEF - 1);
    memcpy(buffer, text, length);
    buffer[length] = 0;
    return buffer;
}

/* ---- choosing among sheets ---- */

typedef struct chooser {
    jb_context *ctx;
    const char *file;
    const jb_sheet_choice *choice;
    const jb_sheet_list *list;
} chooser;

static jb_status read_sheet(const chooser *c, unsigned index, jb_grid **grid) {
    const jb_sheet_entry *entry = &c->list->entries[index];
    if (!entry->cells)
        return jb_fail(c->ctx, c->choice->pos, "“%s” is a chart, macro or dialog, not a sheet of cells", entry->name);
    *grid = jb_grid_new(jb_sheet_name(c->ctx, c->file, entry->name));
    (*grid)->form = jb_sheet_form(c->ctx, c->list->format, entry->name, c->list->count);
    jb_status status = c->list->read(c->list->book, index, *grid);
    if (status != JB_OK) g_clear_pointer(grid, jb_grid_free);
    return status;
}

static jb_status read_first(const chooser *c, jb_grid **grid) {
    bool hidden = false;
    for (unsigned i = 0; i < c->list->count; i++) {
        const jb_sheet_entry *entry = &c->list->entries[i];
        hidden = hidden || entry->hidden;
        if (entry->hidden || !entry->cells) continue;
        jb_status status = read_sheet(c, i, grid);
        if (status != JB_OK) return status;
        if (!jb_sheet_is_empty(*grid)) return JB_OK;
        g_clear_pointer(grid, jb_grid_free);
    }
    return jb_fail(c->ctx, jb_pos_file(c->file), "no %ssheet of the workbook has cells with contents%s",
                   hidden ? "visible " : "", c->choice->whole ? "" : " in that range");
}

jb_status jb_sheet_read_chosen(jb_context *ctx, const char *file, const jb_sheet_choice *choice,
                               const jb_sheet_list *list, jb_grid **grid) {
    chooser c = {ctx, file, choice, list};
    const char **names = g_new(const char *, list->count + 1);
    int index;
    *grid = NULL;
    for (unsigned i = 0; i < list->count; i++) names[i] = list->entries[i].name;
    jb_status status = jb_sheet_find(ctx, choice, names, list->count, &index);
    g_free(names);
    if (status != JB_OK) return status;
    return index < 0 ? read_first(&c, grid) : read_sheet(&c, (unsigned)index, grid);
}
