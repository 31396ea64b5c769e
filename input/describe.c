/* Says in notes what was taken for what, each at its place: for `jianbao data`. */
#include "input/dataset.h"

static const char *role_words(jb_column_role role) {
    static const char *const words[] = {
        [JB_COLUMN_NUMBERING] = "numbers the rows", [JB_COLUMN_NAME] = "names the rows", [JB_COLUMN_PLAN] = "plan",
        [JB_COLUMN_ACTUAL] = "actual",              [JB_COLUMN_PREVIOUS] = "last year",  [JB_COLUMN_FORECAST] = "forecast",
        [JB_COLUMN_VERDICT] = "verdict",            [JB_COLUMN_UNIT] = "units",          [JB_COLUMN_YEAR] = "years",
        [JB_COLUMN_VALUE] = "values",           [JB_COLUMN_TEXT] = "text"};
    return words[role];
}

static void describe_column(jb_context *ctx, const jb_dataset *d, unsigned c) {
    const jb_column *column = &d->columns[c];
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "column “%s”: %s", *column->path ? column->path : column->name, role_words(column->role));
    if (*column->unit) g_string_append_printf(out, ", in %s", column->unit);
    if (column->numbers && column->words)
        g_string_append_printf(out, "; %u numbers, %u texts", column->numbers, column->words);
    jb_diag(ctx, JB_NOTE, column->pos.file ? column->pos : jb_pos_file(d->file), "%s", out->str);
    g_string_free(out, TRUE);
}

static void describe_lines(jb_context *ctx, const GArray *lines, const char *what) {
    for (unsigned i = 0; i < lines->len; i++) {
        const jb_said *line = &g_array_index(lines, jb_said, i);
        jb_diag(ctx, JB_NOTE, line->pos, "%s: “%s”", what, line->text);
    }
}

static void describe_rows(jb_context *ctx, const jb_dataset *d) {
    for (unsigned r = 0; r < d->row_count; r++)
        if (d->rows[r].total) jb_diag(ctx, JB_NOTE, jb_dataset_row_pos(d, r), "“%s” is a total", d->rows[r].name);
}

void jb_dataset_describe(jb_context *ctx, const jb_dataset *d) {
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "%s; %u %s of header, %u %s, %u %s", d->grid->form, d->header_rows,
                           d->header_rows == 1 ? "row" : "rows", d->row_count, d->row_count == 1 ? "row" : "rows",
                           d->column_count, d->column_count == 1 ? "column" : "columns");
    if (d->parts.folded) g_string_append_printf(out, "; header repeated %u times", d->parts.folded);
    if (d->parts.blank) g_string_append_printf(out, "; %u blank rows", d->parts.blank);
    if (d->parts.unit) g_string_append_printf(out, "; in %s where nothing else is said", d->parts.unit);
    jb_diag(ctx, JB_NOTE, jb_pos_file(d->file), "%s", out->str);
    g_string_free(out, TRUE);
    describe_lines(ctx, d->parts.titles, "title");
    for (unsigned c = 0; c < d->column_count; c++) describe_column(ctx, d, c);
    describe_rows(ctx, d);
    describe_lines(ctx, d->parts.notes, "note");
}
