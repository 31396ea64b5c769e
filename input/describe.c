/* Says in notes what was taken for what, each at its place: for `jianbao data`. */
#include "input/dataset.h"

#define MOST_RANGES 12 /* of rows that are named one by one */

static const char *role_words(jb_column_role role) {
    static const char *const words[] = {[JB_COLUMN_NUMBERING] = "numbers the rows",
                                        [JB_COLUMN_NAME] = "names the rows",
                                        [JB_COLUMN_PLAN] = "plan",
                                        [JB_COLUMN_ACTUAL] = "actual",
                                        [JB_COLUMN_PREVIOUS] = "last year",
                                        [JB_COLUMN_FORECAST] = "forecast",
                                        [JB_COLUMN_VERDICT] = "verdict",
                                        [JB_COLUMN_UNIT] = "units",
                                        [JB_COLUMN_YEAR] = "years",
                                        [JB_COLUMN_VALUE] = "values",
                                        [JB_COLUMN_TEXT] = "text"};
    return words[role];
}

static void describe_column(jb_context *ctx, const jb_dataset *d, unsigned c) {
    const jb_column *column = &d->columns[c];
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "column “%s”: %s", *column->path ? column->path : column->name,
                           role_words(column->role));
    if (*column->unit) g_string_append_printf(out, ", in %s", column->unit);
    if (column->numbers && column->words)
        g_string_append_printf(out, "; %u numbers, %u texts", column->numbers, column->words);
    jb_diag(ctx, JB_NOTE, column->pos.file ? column->pos : jb_pos_file(d->file), "%s", out->str);
    g_string_free(out, TRUE);
}

static void describe_lines(jb_context *ctx, const GArray *lines, const char *what) {
    for (unsigned i = 0; i < lines->len; i++) {
        const jb_said *line = &g_array_index(lines, jb_said, i);
        jb_diag(ctx, JB_NOTE, line->pos, "%s: “%s”", line->unit ? "unit line" : what, line->text);
    }
}

static void append_range(GString *out, const jb_row_range *range) {
    g_string_append_printf(out, range->to > range->from ? "%u–%u" : "%u", range->from, range->to);
}

/* “rows 12–13, 20–21” of a sheet, “line 7” of a text. */
static void append_ranges(GString *out, const jb_dataset *d, const jb_row_range *ranges, unsigned count) {
    g_string_append(out, d->grid->delimited ? "line" : "row");
    g_string_append(out, count == 1 && ranges->from == ranges->to ? " " : "s ");
    for (unsigned i = 0; i < count && i < MOST_RANGES; i++) {
        if (i) g_string_append(out, ", ");
        append_range(out, &ranges[i]);
    }
    if (count > MOST_RANGES) g_string_append_printf(out, " and %u more", count - MOST_RANGES);
}

static void describe_ranges(jb_context *ctx, const jb_dataset *d, const GArray *ranges, const char *what) {
    if (!ranges->len) return;
    GString *out = g_string_new(NULL);
    append_ranges(out, d, (const jb_row_range *)(const void *)ranges->data, ranges->len);
    jb_diag(ctx, JB_NOTE, jb_pos_file(d->file), "%s: %s", out->str, what);
    g_string_free(out, TRUE);
}

static void describe_rows(jb_context *ctx, const jb_dataset *d) {
    for (unsigned r = 0; r < d->row_count; r++)
        if (d->rows[r].total)
            jb_diag(ctx, JB_NOTE, jb_dataset_row_pos(d, r), "“%s” is a total", d->rows[r].name);
}

/* “2 rows of header (rows 4–5)”; records have no rows of their own. */
static void append_rows(GString *out, const jb_dataset *d, unsigned count, const char *of,
                        jb_row_range where) {
    g_string_append_printf(out, "%u %s%s", count, count == 1 ? "row" : "rows", of);
    if (d->grid->header_rows || !count) return;
    g_string_append(out, " (");
    append_ranges(out, d, &where, 1);
    g_string_append_c(out, ')');
}

static void describe_whole(jb_context *ctx, const jb_dataset *d) {
    const jb_grid_row *row = d->grid->row;
    jb_row_range body = {0, 0};
    GString *out = g_string_new(d->grid->form);
    if (d->row_count) body = (jb_row_range){row[d->header_rows].line, row[d->grid->rows - 1].line};
    g_string_append(out, "; ");
    append_rows(out, d, d->header_rows, " of header", d->parts.header);
    g_string_append(out, ", ");
    append_rows(out, d, d->row_count, "", body);
    g_string_append_printf(out, ", %u %s", d->column_count, d->column_count == 1 ? "column" : "columns");
    if (d->parts.unit) g_string_append_printf(out, "; in %s where nothing else is said", d->parts.unit);
    jb_diag(ctx, JB_NOTE, jb_pos_file(d->file), "%s", out->str);
    g_string_free(out, TRUE);
}

void jb_dataset_describe(jb_context *ctx, const jb_dataset *d) {
    describe_whole(ctx, d);
    describe_lines(ctx, d->parts.titles, "title");
    for (unsigned c = 0; c < d->column_count; c++) describe_column(ctx, d, c);
    describe_ranges(ctx, d, d->parts.repeated, "header repeated, left out");
    describe_ranges(ctx, d, d->parts.blank, "blank, left out");
    describe_rows(ctx, d);
    describe_lines(ctx, d->parts.notes, "note");
}
