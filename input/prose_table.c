/* Tables that stand in the report's text, as datasets. */
#include "input/derived.h"
#include "input/prose_parts.h"

#include <string.h>

typedef struct builder {
    jb_prose *prose;
    const jb_document *document;
    const jb_text_table *table;
    jb_arena *arena;
    jb_grid *grid;
    jb_pos *places;
    jb_status status;
} builder;

static size_t index_of(const jb_text_table *t, unsigned row, unsigned column) {
    return (size_t)row * t->columns + column;
}

/* A cell in the header that belongs to the one left of it or above says nothing of its own. */
static void put_cell(builder *b, unsigned row, unsigned column) {
    size_t i = index_of(b->table, row, column);
    const jb_inlines *cell = &b->table->cells[i];
    const char *text = cell->count ? jb_inlines_text(b->arena, cell) : "";
    if (cell->count) b->places[i] = cell->items[0].pos;
    if (b->status == JB_OK) b->status = jb_grid_put(b->prose->ctx, b->grid, row, column, text, strlen(text));
}

/* Empty cells are where the nearest one before them in the row is. */
static void fill_places(builder *b) {
    const jb_text_table *t = b->table;
    for (size_t i = 1; i < (size_t)t->rows * t->columns; i++)
        if (!b->places[i].file) b->places[i] = b->places[i - 1];
}

/* What the table's cells are taken for is said at their place in the report. */
static void pass_on(builder *b, const jb_context *from) {
    const jb_text_table *t = b->table;
    for (size_t i = 0; i < jb_context_diagnostics(from); i++) {
        jb_diagnostic d = jb_context_diagnostic(from, i);
        if (d.severity != JB_WARNING || d.line < 1 || d.column < 1) continue;
        if ((unsigned)d.line > t->rows || (unsigned)d.column > t->columns) continue;
        jb_diag(b->prose->ctx, JB_WARNING,
                b->places[index_of(t, (unsigned)d.line - 1, (unsigned)d.column - 1)], "%s", d.message);
    }
}

/* A table of words, or one without rows, is no dataset and no error. */
static jb_dataset *make_dataset(builder *b, const char *id) {
    jb_dataset *dataset = NULL;
    jb_context *aside = jb_context_new();
    jb_data_options options = {.header = (int)b->table->header_rows, .pad = true};
    if (b->status == JB_OK) {
        jb_dataset_new(aside, b->grid, id, &options, &dataset);
        if (dataset) jb_dataset_check_verdicts(aside, dataset);
        pass_on(b, aside);
    } else {
        jb_grid_free(b->grid);
    }
    jb_context_free(aside);
    return dataset;
}

/* “表 1” of “表 1：主要指标”; a table without such a caption is numbered. */
static char *table_id(const jb_inlines *caption, jb_arena *arena, unsigned number) {
    const char *text = caption->count ? jb_inlines_text(arena, caption) : NULL;
    size_t head = strlen("表"), digits;
    if (!text || !g_str_has_prefix(text, "表")) return g_strdup_printf("表 %u", number);
    head += strspn(text + head, " ");
    digits = strspn(text + head, "0123456789");
    return digits ? g_strndup(text, head + digits) : g_strdup_printf("表 %u", number);
}

void jb_prose_add_table(jb_prose *prose, const jb_document *document, const jb_text_table *table,
                        unsigned number) {
    if (table->rows <= table->header_rows || !table->columns || table->header_rows > JB_MOST_HEADER_ROWS)
        return;
    builder b = {.prose = prose,
                 .document = document,
                 .table = table,
                 .arena = jb_arena_new(),
                 .grid = jb_grid_new(document->file),
                 .places = g_new0(jb_pos, (size_t)table->rows * table->columns)};
    for (unsigned r = 0; r < table->rows; r++)
        for (unsigned c = 0; c < table->columns; c++) put_cell(&b, r, c);
    fill_places(&b);
    char *id = table_id(&table->caption, b.arena, number);
    jb_dataset *dataset = make_dataset(&b, id);
    int year = table->caption.count ? jb_year_of(jb_inlines_text(b.arena, &table->caption)) : 0;
    if (dataset)
        jb_prose_set_add(prose, &(jb_prose_set){dataset, dataset, b.places, table->columns, year});
    else
        g_free(b.places);
    g_free(id);
    jb_arena_free(b.arena);
}
