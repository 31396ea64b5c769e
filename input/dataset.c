/* A grid to indicators. */
#include "input/dataset.h"

#include <string.h>
#include "base/limits.h"
#include "input/role.h"

#define REMEMBERED 4096 /* texts whose kind is remembered, a power of 2 */
#define MOST_NAMES 100000 /* names that are split once for all rows that have them */

/* What a text was found to be: columns of words repeat themselves. */
typedef struct seen {
    const char *text;
    jb_value_kind kind;
    bool odd;
} seen;

/* A name cell in its parts. */
typedef struct split {
    const char *name, *unit;
    bool binding;
    int level;
} split;

typedef struct maker {
    jb_context *ctx;
    jb_dataset *d;
    seen *seen;
    GHashTable *splits; /* name cell to split, in the dataset's arena */
} maker;

/* ---- columns ---- */

/* The cell that stands over a column in a header row: its own, or the one that spans to it. */
static unsigned header_column(const jb_dataset *d, unsigned row, unsigned column) {
    while (column && d->parts.wide[(size_t)row * d->column_count + column]) column--;
    return column;
}

/* Adds a header cell to the column's path; a row of units says the unit only. */
static void read_header_cell(jb_dataset *d, jb_column *column, GString *path, unsigned row, unsigned at) {
    const char *text = jb_grid_text(d->grid, row, at), *name, *unit = NULL;
    bool binding;
    int level;
    if (!*text || d->parts.tall[(size_t)row * d->column_count + at]) return;
    column->pos = jb_grid_pos(d->grid, row, at);
    if (d->parts.unit_row && row + 1 == d->header_rows && column->name && *column->name) {
        column->unit = text;
        return;
    }
    jb_name_split(d->arena, text, &name, &unit, &binding, &level);
    if (unit && *unit) column->unit = unit;
    if (!*name) return;
    if (path->len) g_string_append_c(path, '/');
    g_string_append(path, name);
    column->name = name;
}

/* “（亿元）” of a row of units. */
static const char *bare_unit(jb_arena *arena, const char *text) {
    size_t n = strlen(text);
    if (g_str_has_prefix(text, "（") && g_str_has_suffix(text, "）"))
        return jb_arena_copy(arena, text + strlen("（"), n - strlen("（）"));
    if (n > 2 && *text == '(' && text[n - 1] == ')') return jb_arena_copy(arena, text + 1, n - 2);
    return text;
}

static void read_header(jb_dataset *d, unsigned c) {
    jb_column *column = &d->columns[c];
    GString *path = g_string_new(NULL);
    for (unsigned r = 0; r < d->header_rows; r++) read_header_cell(d, column, path, r, header_column(d, r, c));
    if (!column->name) column->name = "";
    column->path = jb_arena_string(d->arena, path->str);
    column->unit = column->unit ? bare_unit(d->arena, column->unit) : "";
    g_string_free(path, TRUE);
}

/* The first slash of a name outside of brackets, with something on both sides; NULL when there is none. */
static const char *find_slash(const char *name) {
    int depth = 0;
    for (const char *p = name; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        depth += (c == '(' || c == 0xFF08) - (c == ')' || c == 0xFF09);
        if (c == '/' && !depth && p > name && p[1]) return p;
    }
    return NULL;
}

static bool same_group(const jb_column *a, const jb_column *b) {
    const char *slash = find_slash(a->path), *other = find_slash(b->path);
    size_t n = slash ? (size_t)(slash - a->path) : 0;
    return slash && other && (size_t)(other - b->path) == n && !memcmp(a->path, b->path, n);
}

/* Where each column has one name, as in SQLite, a header of several rows can only be told in it: “2020 年/年初目标”. A slash alone
 * says little (出口/进口); when columns side by side have the same words before it, it parts a path. */
static void read_paths_in_names(jb_dataset *d) {
    if (!d->grid->header_rows || d->header_rows != 1) return;
    for (unsigned c = 0; c < d->column_count; c++) {
        jb_column *column = &d->columns[c];
        if (!(c && same_group(column, column - 1)) && !(c + 1 < d->column_count && same_group(column, column + 1)))
            continue;
        for (const char *slash; (slash = find_slash(column->name));) column->name = slash + 1;
    }
}

/* The column that names the rows: by its header, else the first with more words than numbers. */
static int find_name_column(const jb_dataset *d) {
    for (unsigned c = 0; c < d->column_count; c++)
        if (jb_header_names_rows(d->columns[c].name)) return (int)c;
    for (unsigned c = 0; c < d->column_count; c++)
        if (d->columns[c].words && d->columns[c].words >= d->columns[c].numbers) return (int)c;
    return -1;
}

static bool is_year(const jb_column *column) {
    return column->numbers && (!strcmp(column->name, "年份") || !strcmp(column->name, "年度") || !strcmp(column->name, "年"));
}

static void find_roles(jb_dataset *d) {
    d->name_column = find_name_column(d);
    for (unsigned c = 0; c < d->column_count; c++) {
        jb_column *column = &d->columns[c];
        column->role = (int)c == d->name_column
                           ? JB_COLUMN_NAME
                       : is_year(column)
                           ? JB_COLUMN_YEAR
                           : jb_column_role_of(column->name, column->path, column->numbers, column->words);
    }
}

/* Only these columns, in this order. */
static jb_status take_columns(maker *m, const jb_data_options *options) {
    jb_dataset *d = m->d;
    unsigned *taken = g_new(unsigned, options->column_count);
    jb_column *columns = JB_ARRAY(d->arena, jb_column, options->column_count + 1);
    jb_status status = JB_OK;
    for (unsigned i = 0; i < options->column_count && status == JB_OK; i++) {
        int found = 0;
        status = jb_dataset_find_column(m->ctx, d, options->columns[i], options->pos, &found);
        if (status != JB_OK) break;
        taken[i] = (unsigned)found;
        columns[i] = d->columns[found];
    }
    if (status == JB_OK) {
        jb_grid_take_columns(d->grid, taken, options->column_count);
        d->columns = columns;
        d->column_count = options->column_count;
    }
    g_free(taken);
    return status;
}

/* ---- values ---- */

jb_value jb_dataset_at(const jb_dataset *d, unsigned row, unsigned column) {
    jb_value value = jb_value_read(jb_dataset_text(d, row, column), NULL);
    if (value.kind != JB_VALUE_SAME || !d->resolved) return value;
    gsize key = (gsize)row * d->column_count + column + 1;
    const double *number = g_hash_table_lookup(d->resolved, GSIZE_TO_POINTER(key));
    if (number) {
        value.number = value.high = *number;
        value.resolved = true;
    }
    return value;
}

void jb_dataset_settle(jb_dataset *d, unsigned row, unsigned column, double number) {
    if (!d->resolved) d->resolved = g_hash_table_new(NULL, NULL);
    double *kept = JB_NEW(d->arena, double);
    *kept = number;
    g_hash_table_insert(d->resolved, GSIZE_TO_POINTER((gsize)row * d->column_count + column + 1), kept);
}

static unsigned hash(const char *text) {
    unsigned h = 2166136261u;
    for (; *text; text++) h = (h ^ (unsigned char)*text) * 16777619u;
    return h ^ h >> 15;
}

static seen kind_of(maker *m, const char *text) {
    seen it = {.text = text};
    if (g_ascii_isdigit(*text) || *text == '-') return it.kind = jb_value_read(text, &it.odd).kind, it;
    seen *known = &m->seen[hash(text) & (REMEMBERED - 1)];
    if (known->text && !strcmp(known->text, text)) return *known;
    it.kind = jb_value_read(text, &it.odd).kind;
    return *known = it;
}

static void warn(maker *m, unsigned row, unsigned column, seen it) {
    const jb_dataset *d = m->d;
    const char *what = it.kind == JB_VALUE_TEXT ? "looks like a number but is none; it is taken as text"
                       : it.kind == JB_VALUE_MISSING
                           ? "is an error of the spreadsheet; it counts as missing"
                           : "has qualifiers that contradict each other; only the bound or range counts";
    jb_diag(m->ctx, JB_WARNING, jb_dataset_pos(d, row, column), "“%s” %s (column “%s”)", it.text, what,
            d->columns[column].name);
}

/* Counts what the columns hold, and warns of cells that are odd. */
static void look_through(maker *m) {
    jb_dataset *d = m->d;
    for (unsigned r = 0; r < d->row_count; r++) {
        for (unsigned c = 0; c < d->column_count; c++) {
            const char *text = jb_dataset_text(d, r, c);
            if (!*text) continue;
            seen it = kind_of(m, text);
            d->columns[c].numbers += it.kind <= JB_VALUE_RANGE;
            d->columns[c].words += it.kind == JB_VALUE_TEXT;
            d->columns[c].same += it.kind == JB_VALUE_SAME;
            if (it.odd) warn(m, r, c, it);
        }
    }
}

/* ---- rows ---- */

int jb_dataset_role(const jb_dataset *d, jb_column_role role) {
    for (unsigned c = 0; c < d->column_count; c++)
        if (d->columns[c].role == role) return (int)c;
    return -1;
}

const char *jb_dataset_written(const jb_dataset *d, unsigned row) {
    return d->name_column < 0 ? "" : jb_dataset_text(d, row, (unsigned)d->name_column);
}

jb_pos jb_dataset_row_pos(const jb_dataset *d, unsigned row) {
    return jb_dataset_pos(d, row, d->name_column < 0 ? 0 : (unsigned)d->name_column);
}

/* Marks of names that need splitting; most of a large table's have none. */
static bool is_plain_name(const char *text) { return !strpbrk(text, "()*#\\[]:\xEF\xE3"); }

static split split_name(maker *m, const char *text) {
    split *known = g_hash_table_lookup(m->splits, text), it = {.unit = ""};
    if (known) return *known;
    jb_name_split(m->d->arena, text, &it.name, &it.unit, &it.binding, &it.level);
    if (g_hash_table_size(m->splits) < MOST_NAMES) {
        known = JB_NEW(m->d->arena, split);
        *known = it;
        g_hash_table_insert(m->splits, (gpointer)text, known);
    }
    return it;
}

static bool is_total(const char *name) {
    static const char *const words[] = {"合计", "总计", "小计", "共计", "总和"};
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(name, words[i]) || (g_str_has_suffix(name, words[i]) && g_utf8_strlen(name, -1) <= 6)) return true;
    return false;
}

static void read_name(maker *m, unsigned r) {
    jb_row *row = &m->d->rows[r];
    const char *text = jb_dataset_written(m->d, r);
    row->name = text;
    if (!is_plain_name(text)) {
        split it = split_name(m, text);
        row->name = it.name;
        row->unit = it.unit;
        row->binding = it.binding;
        row->level = (uint8_t)CLAMP(it.level, 0, 9);
    }
    row->total = is_total(row->name);
}

/* A row whose name is indented deeper than the first row's is a sub-indicator. */
static void read_indent(jb_dataset *d, unsigned r) {
    jb_row *row = &d->rows[r];
    if (row->level || d->name_column < 0) return;
    unsigned first = jb_grid_indent(d->grid, d->header_rows, (unsigned)d->name_column);
    unsigned indent = jb_grid_indent(d->grid, d->header_rows + r, (unsigned)d->name_column);
    if (indent >= first + 2) row->level = (uint8_t)MIN((indent - first) / 2, 9);
}

static void read_row(maker *m, unsigned r, int unit_column) {
    jb_dataset *d = m->d;
    jb_row *row = &d->rows[r];
    *row = (jb_row){.name = "", .unit = "", .parent = -1, .better = JB_BETTER_ASK};
    if (d->name_column >= 0) read_name(m, r);
    read_indent(d, r);
    if (!*row->unit && unit_column >= 0) row->unit = jb_dataset_text(d, r, (unsigned)unit_column);
}

/* A sub-indicator belongs to the nearest row above it that is less deep, and takes its unit. */
static void find_parents(jb_dataset *d) {
    int last[10];
    for (unsigned i = 0; i < G_N_ELEMENTS(last); i++) last[i] = -1;
    for (unsigned r = 0; r < d->row_count; r++) {
        jb_row *row = &d->rows[r];
        for (unsigned level = row->level; level-- > 0 && row->parent < 0;) row->parent = last[level];
        last[row->level] = (int)r;
        for (unsigned level = row->level + 1u; level < G_N_ELEMENTS(last); level++) last[level] = -1;
        if (row->parent < 0) continue;
        if (!*row->unit) row->unit = d->rows[row->parent].unit;
    }
}

/* A unit said above the table holds where neither the row nor any column has one. */
static void spread_unit(jb_dataset *d) {
    if (!d->parts.unit) return;
    for (unsigned c = 0; c < d->column_count; c++)
        if (*d->columns[c].unit) return;
    for (unsigned r = 0; r < d->row_count; r++)
        if (!*d->rows[r].unit) d->rows[r].unit = d->parts.unit;
}

static void read_rows(maker *m) {
    jb_dataset *d = m->d;
    int unit = jb_dataset_role(d, JB_COLUMN_UNIT);
    for (unsigned r = 0; r < d->row_count; r++) read_row(m, r, unit);
    find_parents(d);
    spread_unit(d);
}

/* ---- making ---- */

static jb_dataset *allocate(jb_grid *grid, const char *id) {
    jb_arena *arena = jb_arena_new();
    jb_dataset *d = JB_NEW(arena, jb_dataset);
    d->arena = arena;
    d->grid = grid;
    d->id = jb_arena_string(arena, id);
    d->file = grid->file;
    d->name_column = -1;
    return d;
}

static void allocate_rows(jb_dataset *d) {
    d->header_rows = d->parts.header_rows;
    d->row_count = d->grid->rows - d->header_rows;
    d->column_count = d->grid->columns;
    d->rows = JB_ARRAY(d->arena, jb_row, d->row_count + 1);
    d->columns = JB_ARRAY(d->arena, jb_column, d->column_count + 1);
}

static jb_status make(maker *m, const jb_data_options *options) {
    jb_dataset *d = m->d;
    jb_status status = jb_grid_recognise(m->ctx, d->grid, options, &d->parts);
    if (status != JB_OK) return status;
    if (d->grid->rows <= d->parts.header_rows)
        return jb_fail(m->ctx, jb_pos_file(d->file), "the table has a header and no rows");
    allocate_rows(d);
    for (unsigned c = 0; c < d->column_count; c++) read_header(d, c);
    read_paths_in_names(d);
    if (options && options->column_count) status = take_columns(m, options);
    if (status != JB_OK) return status;
    look_through(m);
    find_roles(d);
    read_rows(m);
    return JB_OK;
}

jb_status jb_dataset_new(jb_context *ctx, jb_grid *grid, const char *id, const jb_data_options *options,
                         jb_dataset **dataset) {
    maker m = {ctx, allocate(grid, id), g_new0(seen, REMEMBERED), g_hash_table_new(g_str_hash, g_str_equal)};
    jb_status status = make(&m, options);
    g_free(m.seen);
    g_hash_table_destroy(m.splits);
    *dataset = m.d;
    if (status != JB_OK) {
        jb_dataset_free(m.d);
        *dataset = NULL;
    }
    return status;
}

void jb_dataset_add_source(jb_dataset *d, const char *path) {
    const char **sources = JB_ARRAY(d->arena, const char *, d->source_count + 1);
    for (unsigned i = 0; i < d->source_count; i++) {
        if (!strcmp(d->sources[i], path)) return;
        sources[i] = d->sources[i];
    }
    sources[d->source_count++] = jb_arena_string(d->arena, path);
    d->sources = sources;
}

/* ---- some rows ---- */

static jb_grid *select_rows(const jb_dataset *from, const unsigned *rows, unsigned count) {
    unsigned *all = g_new(unsigned, from->header_rows + count + 1);
    for (unsigned i = 0; i < from->header_rows; i++) all[i] = i;
    for (unsigned i = 0; i < count; i++) all[from->header_rows + i] = from->header_rows + rows[i];
    jb_grid *grid = jb_grid_select(from->grid, all, from->header_rows + count);
    g_free(all);
    return grid;
}

static void copy_columns(jb_dataset *d, const jb_dataset *from) {
    for (unsigned c = 0; c < d->column_count; c++) {
        d->columns[c] = from->columns[c];
        d->columns[c].name = jb_arena_string(d->arena, from->columns[c].name);
        d->columns[c].path = jb_arena_string(d->arena, from->columns[c].path);
        d->columns[c].unit = jb_arena_string(d->arena, from->columns[c].unit);
    }
}

static void copy_row(jb_dataset *d, unsigned to, const jb_dataset *from, const unsigned *rows, GHashTable *moved) {
    jb_row *row = &d->rows[to];
    *row = from->rows[rows[to]];
    row->name = jb_arena_string(d->arena, row->name);
    row->unit = jb_arena_string(d->arena, row->unit);
    if (row->parent >= 0) row->better = (uint8_t)jb_dataset_better(from, rows[to]);
    if (row->parent >= 0) /* the last of several, should a row have been chosen more than once */
        row->parent = GPOINTER_TO_INT(g_hash_table_lookup(moved, GINT_TO_POINTER(row->parent))) - 1;
    g_hash_table_insert(moved, GUINT_TO_POINTER(rows[to]), GUINT_TO_POINTER(to + 1));
    for (unsigned c = 0; from->resolved && c < d->column_count; c++) {
        jb_value value = jb_dataset_at(from, rows[to], c);
        if (value.resolved) jb_dataset_settle(d, to, c, value.number);
    }
}

jb_dataset *jb_dataset_subset(const jb_dataset *from, const unsigned *rows, unsigned count) {
    jb_dataset *d = allocate(select_rows(from, rows, count), from->id);
    GHashTable *moved = g_hash_table_new(NULL, NULL);
    jb_parts_init(&d->parts);
    d->parts.header_rows = from->header_rows;
    d->parts.unit = g_strdup(from->parts.unit);
    allocate_rows(d);
    d->name_column = from->name_column;
    copy_columns(d, from);
    for (unsigned i = 0; i < count; i++) copy_row(d, i, from, rows, moved);
    g_hash_table_destroy(moved);
    return d;
}

void jb_dataset_free(jb_dataset *d) {
    if (!d) return;
    jb_parts_clear(&d->parts);
    if (d->resolved) g_hash_table_destroy(d->resolved);
    jb_grid_free(d->grid);
    jb_arena_free(d->arena);
}
