/* A grid to indicators. */
#include "input/dataset.h"

#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "input/role.h"

typedef struct maker {
    jb_context *ctx;
    jb_arena *arena;
    const jb_grid *grid;
    jb_dataset *d;
} maker;

/* ---- columns ---- */

/* The text that stands over a column in a header row: its own, or that of the cell that spans to it. */
static const jb_cell *header_cell(const jb_grid *g, unsigned row, unsigned column) {
    while (column && jb_grid_cell(g, row, column)->wide) column--;
    return jb_grid_cell(g, row, column);
}

static void read_header(maker *m, unsigned c) {
    jb_column *column = &m->d->columns[c];
    GString *path = g_string_new(NULL);
    const char *deepest = "", *name;
    bool binding;
    int level;
    for (unsigned r = 0; r < m->grid->header_rows; r++) {
        const jb_cell *cell = header_cell(m->grid, r, c);
        if (!*cell->text) continue;
        jb_name_split(m->arena, cell->text, &name, &column->unit, &binding, &level);
        if (path->len) g_string_append_c(path, '/');
        g_string_append(path, name);
        deepest = name;
        column->pos = cell->pos;
    }
    column->name = deepest;
    column->path = jb_arena_string(m->arena, path->str);
    if (!column->unit) column->unit = "";
    g_string_free(path, TRUE);
}

typedef struct counts {
    unsigned numbers, words;
} counts;

static counts count_kinds(const jb_dataset *d, unsigned column) {
    counts k = {0, 0};
    for (unsigned r = 0; r < d->row_count; r++) {
        const jb_value *v = jb_dataset_at(d, r, column);
        if (jb_value_is_numeric(v)) k.numbers++;
        if (v->kind == JB_VALUE_TEXT) k.words++;
    }
    return k;
}

/* The column that names the rows: by its header, else the first with more words than numbers. */
static int find_name_column(const jb_dataset *d) {
    for (unsigned c = 0; c < d->column_count; c++)
        if (jb_header_names_rows(d->columns[c].name)) return (int)c;
    for (unsigned c = 0; c < d->column_count; c++) {
        counts k = count_kinds(d, c);
        if (k.words && k.words >= k.numbers) return (int)c;
    }
    return -1;
}

static void find_roles(jb_dataset *d) {
    d->name_column = find_name_column(d);
    for (unsigned c = 0; c < d->column_count; c++) {
        counts k = count_kinds(d, c);
        jb_column *column = &d->columns[c];
        column->role = (int)c == d->name_column
                           ? JB_COLUMN_NAME
                           : jb_column_role_of(column->name, column->path, k.numbers, k.words);
    }
}

/* ---- values ---- */

static void read_values(maker *m) {
    jb_dataset *d = m->d;
    for (unsigned r = 0; r < d->row_count; r++) {
        for (unsigned c = 0; c < d->column_count; c++) {
            const jb_cell *cell = jb_grid_cell(m->grid, m->grid->header_rows + r, c);
            size_t at = (size_t)r * d->column_count + c;
            bool odd;
            d->values[at] = jb_value_parse(m->arena, cell->text, &odd);
            d->places[at] = cell->pos;
            if (odd)
                jb_diag(m->ctx, JB_WARNING, cell->pos,
                        "“%s” looks like a number but is none; it is taken as text (column “%s”)", cell->text,
                        d->columns[c].name);
        }
    }
}

/* ---- rows ---- */

static int role_column(const jb_dataset *d, jb_column_role role) {
    for (unsigned c = 0; c < d->column_count; c++)
        if (d->columns[c].role == role) return (int)c;
    return -1;
}

static void read_row(jb_dataset *d, unsigned r, int unit_column, int plan_column) {
    jb_row *row = &d->rows[r];
    bool binding = false;
    row->name = row->written = row->unit = "";
    row->parent = -1;
    row->pos = d->places[(size_t)r * d->column_count];
    if (d->name_column >= 0) {
        size_t at = (size_t)r * d->column_count + (size_t)d->name_column;
        row->written = d->values[at].raw;
        row->pos = d->places[at];
        jb_name_split(d->arena, row->written, &row->name, &row->unit, &binding, &row->level);
    }
    row->binding = binding;
    if (!*row->unit && unit_column >= 0) row->unit = jb_dataset_at(d, r, (unsigned)unit_column)->raw;
    jb_value_kind target =
        plan_column >= 0 ? jb_dataset_at(d, r, (unsigned)plan_column)->kind : JB_VALUE_TEXT;
    row->better = jb_better_of(row->name, target);
}

/* A sub-indicator belongs to the last row of level 0 above it, and takes its unit and direction. */
static void find_parents(jb_dataset *d) {
    int parent = -1;
    for (unsigned r = 0; r < d->row_count; r++) {
        jb_row *row = &d->rows[r];
        if (!row->level) {
            parent = (int)r;
            continue;
        }
        row->parent = parent;
        if (parent < 0) continue;
        if (!*row->unit) row->unit = d->rows[parent].unit;
        if (row->better == JB_BETTER_UNKNOWN) row->better = d->rows[parent].better;
    }
}

static void read_rows(jb_dataset *d) {
    int unit = role_column(d, JB_COLUMN_UNIT), plan = role_column(d, JB_COLUMN_PLAN);
    for (unsigned r = 0; r < d->row_count; r++) read_row(d, r, unit, plan);
    find_parents(d);
}

/* ---- making ---- */

static jb_dataset *allocate(jb_arena *arena, unsigned rows, unsigned columns) {
    jb_dataset *d = JB_NEW(arena, jb_dataset);
    d->arena = arena;
    d->row_count = rows;
    d->column_count = columns;
    d->rows = JB_ARRAY(arena, jb_row, rows + 1);
    d->columns = JB_ARRAY(arena, jb_column, columns + 1);
    d->values = JB_ARRAY(arena, jb_value, (size_t)rows * columns + 1);
    d->places = JB_ARRAY(arena, jb_pos, (size_t)rows * columns + 1);
    return d;
}

jb_status jb_dataset_new(jb_context *ctx, jb_arena *arena, const jb_grid *grid, const char *id,
                         const char *file, jb_dataset **dataset) {
    *dataset = NULL;
    if (!grid->rows || grid->rows <= grid->header_rows) {
        jb_status status = jb_fail(ctx, jb_pos_file(file),
                                   grid->rows ? "the table has a header and no rows" : "the table is empty");
        jb_arena_free(arena);
        return status;
    }
    jb_dataset *d = allocate(arena, grid->rows - grid->header_rows, grid->columns);
    maker m = {ctx, arena, grid, d};
    d->id = jb_arena_string(arena, id);
    d->file = jb_arena_string(arena, file);
    for (unsigned c = 0; c < d->column_count; c++) read_header(&m, c);
    read_values(&m);
    find_roles(d);
    read_rows(d);
    *dataset = d;
    return JB_OK;
}

jb_status jb_dataset_read(jb_context *ctx, const char *path, const char *id, jb_pos pos,
                          jb_dataset **dataset) {
    char *text;
    size_t length;
    const char *name;
    jb_grid grid = {0};
    *dataset = NULL;
    jb_status status = jb_file_read_text(ctx, path, JB_LIMIT_FILE_BYTES, pos, &text, &length, &name);
    if (status != JB_OK) return status;
    jb_arena *arena = jb_arena_new();
    char delimiter = g_str_has_suffix(path, ".tsv") ? '\t' : 0;
    status = jb_grid_read(ctx, arena, name, text, length, delimiter, (jb_pos){name, 1, 1}, &grid);
    g_free(text);
    if (status != JB_OK) {
        jb_arena_free(arena);
        return status;
    }
    jb_grid_recognise(&grid);
    return jb_dataset_new(ctx, arena, &grid, id, name, dataset);
}

static const char *copy(jb_arena *arena, const char *text) { return jb_arena_string(arena, text); }

jb_dataset *jb_dataset_subset(const jb_dataset *from, const unsigned *rows, unsigned count) {
    jb_dataset *d = allocate(jb_arena_new(), count, from->column_count);
    d->id = copy(d->arena, from->id);
    d->file = copy(d->arena, from->file);
    d->name_column = from->name_column;
    for (unsigned c = 0; c < d->column_count; c++) {
        d->columns[c] = from->columns[c];
        d->columns[c].name = copy(d->arena, from->columns[c].name);
        d->columns[c].path = copy(d->arena, from->columns[c].path);
        d->columns[c].unit = copy(d->arena, from->columns[c].unit);
    }
    for (unsigned i = 0; i < count; i++) {
        jb_row *row = &d->rows[i];
        *row = from->rows[rows[i]];
        row->name = copy(d->arena, row->name);
        row->written = copy(d->arena, row->written);
        row->unit = copy(d->arena, row->unit);
        int parent = row->parent;
        row->parent = -1;
        for (unsigned k = 0; k < i && parent >= 0; k++)
            if (rows[k] == (unsigned)parent) row->parent = (int)k;
        for (unsigned c = 0; c < d->column_count; c++) {
            size_t to = (size_t)i * d->column_count + c, at = (size_t)rows[i] * d->column_count + c;
            d->values[to] = from->values[at];
            d->values[to].raw = copy(d->arena, from->values[at].raw);
            d->places[to] = from->places[at];
        }
    }
    return d;
}
