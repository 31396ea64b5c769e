/* Several years of one table as one long dataset. */
#include "input/years.h"

#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "input/role.h"

#define MOST_TO_COMPARE 1000 /* names that are compared with one another */

/* An indicator over all years. */
typedef struct indicator {
    char *key;        /* the canonical name without blanks, behind its parent's */
    const char *name; /* as it stands in the dataset first */
    const char *unit;
    unsigned part;
    jb_pos pos;
} indicator;

/* A row of the result. `cells` are indexed by the result's columns; NULL is nothing. */
typedef struct long_row {
    unsigned indicator;
    int year;
    const jb_row *from; /* its name, unit and marks */
    jb_pos pos;
    const char **cells;
    jb_pos *places;
} long_row;

typedef struct long_column {
    const char *name, *unit;
    jb_column_role role;
    jb_pos pos;
} long_column;

typedef struct long_year {
    int year;
    GPtrArray *rows; /* long_row */
} long_year;

typedef struct joiner {
    jb_context *ctx;
    jb_arena *arena; /* of names and rows while we work */
    const jb_year_part *parts;
    unsigned count;
    GHashTable *aliases; /* any name's key to the canonical name's */
    GHashTable *distinct; /* "key\nkey" */
    GArray *indicators, *columns;
    GHashTable *by_key;  /* key to index + 1 of indicators */
    GArray *years;       /* long_year */
    GHashTable *by_cell; /* "year\nindicator" to long_row */
    jb_status status;
} joiner;

/* ---- names ---- */

/* A name without blanks. Freed with g_free. */
static char *bare(const char *name) {
    GString *out = g_string_new(NULL);
    for (; *name; name = g_utf8_next_char(name))
        if (!jb_is_blank(g_utf8_get_char(name))) g_string_append_len(out, name, g_utf8_next_char(name) - name);
    return g_string_free(out, FALSE);
}

static void add_aliases(joiner *j, const jb_node *group) {
    const char *first = NULL;
    for (unsigned i = 0; i < group->count; i++) {
        const char *name;
        if (jb_node_string(j->ctx, group->items[i], &name) != JB_OK) {
            j->status = JB_INPUT;
            return;
        }
        char *key = bare(name);
        const char *kept = jb_arena_string(j->arena, key);
        g_free(key);
        if (!first) first = kept;
        g_hash_table_insert(j->aliases, (gpointer)kept, (gpointer)first);
    }
}

static void add_distinct(joiner *j, const jb_node *group) {
    for (unsigned i = 0; i < group->count; i++)
        for (unsigned k = 0; k < group->count; k++) {
            const char *a, *b;
            if (jb_node_string(j->ctx, group->items[i], &a) != JB_OK || jb_node_string(j->ctx, group->items[k], &b) != JB_OK) {
                j->status = JB_INPUT;
                return;
            }
            char *one = bare(a), *other = bare(b);
            g_hash_table_add(j->distinct, g_strconcat(one, "\n", other, NULL));
            g_free(one);
            g_free(other);
        }
}

static void read_groups(joiner *j, const jb_node *list, const char *what, void (*add)(joiner *, const jb_node *)) {
    if (!list) return;
    bool sound = list->kind == JB_NODE_LIST;
    for (unsigned i = 0; sound && i < list->count; i++)
        sound = list->items[i]->kind == JB_NODE_LIST && list->items[i]->count > 1;
    if (!sound) {
        j->status = jb_fail(j->ctx, list->pos, "“%s” is a list of lists of names: [[NAME, OTHER NAME], …]", what);
        return;
    }
    for (unsigned i = 0; i < list->count; i++) add(j, list->items[i]);
}

/* The key of a row: its canonical name, for a sub-indicator behind its parent's. */
static char *key_of(const joiner *j, const jb_dataset *d, unsigned row) {
    char *name = bare(d->rows[row].name);
    const char *canonical = g_hash_table_lookup(j->aliases, name);
    char *own = canonical ? g_strdup(canonical) : g_strdup(name);
    g_free(name);
    if (d->rows[row].parent < 0) return own;
    char *parent = key_of(j, d, (unsigned)d->rows[row].parent), *key = g_strconcat(parent, "/", own, NULL);
    g_free(parent);
    g_free(own);
    return key;
}

static unsigned find_indicator(joiner *j, unsigned part, unsigned row) {
    const jb_dataset *d = j->parts[part].data;
    char *key = key_of(j, d, row);
    unsigned found = GPOINTER_TO_UINT(g_hash_table_lookup(j->by_key, key));
    if (!found) {
        indicator it = {key, d->rows[row].name, d->rows[row].unit, part, jb_dataset_row_pos(d, row)};
        g_array_append_val(j->indicators, it);
        found = j->indicators->len;
        g_hash_table_insert(j->by_key, key, GUINT_TO_POINTER(found));
    } else {
        g_free(key);
    }
    return found - 1;
}

/* ---- columns ---- */

/* The name of a column without the year in it: "2020 年实际" is "实际". Belongs to the arena. */
static const char *without_year(joiner *j, const char *name) {
    const char *p = name;
    while (*p && !(g_ascii_isdigit(p[0]) && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]) && g_ascii_isdigit(p[3]))) p++;
    if (!*p || g_ascii_isdigit(p[4])) return name;
    const char *rest = p + 4;
    while (*rest && jb_is_blank(g_utf8_get_char(rest))) rest = g_utf8_next_char(rest);
    if (g_str_has_prefix(rest, "年度")) rest += strlen("年度");
    else if (g_str_has_prefix(rest, "年")) rest += strlen("年");
    while (*rest && jb_is_blank(g_utf8_get_char(rest))) rest = g_utf8_next_char(rest);
    char *text = g_strdup_printf("%.*s%s", (int)(p - name), name, rest);
    const char *kept = jb_arena_string(j->arena, *text ? text : "数值");
    g_free(text);
    return kept;
}

static bool is_data(const jb_column *column) {
    return column->role != JB_COLUMN_NAME && column->role != JB_COLUMN_NUMBERING && column->role != JB_COLUMN_UNIT &&
           column->role != JB_COLUMN_YEAR;
}

static bool is_scenario(jb_column_role role) {
    return role == JB_COLUMN_PLAN || role == JB_COLUMN_ACTUAL || role == JB_COLUMN_FORECAST || role == JB_COLUMN_VERDICT;
}

/* The result's column for one of a part: by name, then by what it holds. A part's columns never fall together. */
static unsigned find_column(joiner *j, unsigned part, unsigned c, const bool *taken) {
    const jb_column *column = &j->parts[part].data->columns[c];
    const char *name = without_year(j, column->name);
    for (unsigned i = 0; i < j->columns->len; i++)
        if (!taken[i] && !strcmp(g_array_index(j->columns, long_column, i).name, name)) return i;
    for (unsigned i = 0; i < j->columns->len; i++) {
        const long_column *other = &g_array_index(j->columns, long_column, i);
        if (taken[i] || !is_scenario(column->role) || other->role != column->role) continue;
        jb_diag(j->ctx, JB_NOTE, column->pos, "column “%s” is joined to “%s” of the years before", column->name, other->name);
        return i;
    }
    long_column it = {name, column->unit, column->role, column->pos};
    g_array_append_val(j->columns, it);
    return j->columns->len - 1;
}

/* ---- rows ---- */

static int year_of(const jb_year_part *part, const jb_column *column) {
    int year = jb_header_year(column->path);
    if (year) return year;
    return column->role == JB_COLUMN_PREVIOUS ? part->year - 1 : part->year;
}

static char *cell_key(int year, unsigned index) { return g_strdup_printf("%d\n%u", year, index); }

static GPtrArray *rows_of(joiner *j, int year) {
    for (unsigned i = 0; i < j->years->len; i++)
        if (g_array_index(j->years, long_year, i).year == year) return g_array_index(j->years, long_year, i).rows;
    long_year it = {year, g_ptr_array_new()};
    g_array_append_val(j->years, it);
    return it.rows;
}

/* Rows of a year stand in the order of the first part that has them; a new one stands behind the one before it there. */
static void insert_row(joiner *j, long_row *row, const long_row *behind) {
    GPtrArray *rows = rows_of(j, row->year);
    guint at = rows->len;
    while (behind && at > 0 && g_ptr_array_index(rows, at - 1) != behind) at--;
    g_ptr_array_insert(rows, at ? (gint)at : -1, row);
}

static long_row *find_row(joiner *j, unsigned part, unsigned r, unsigned index, int year, const long_row *behind) {
    char *key = cell_key(year, index);
    long_row *row = g_hash_table_lookup(j->by_cell, key);
    if (row) {
        g_free(key);
        return row;
    }
    const jb_dataset *d = j->parts[part].data;
    row = JB_NEW(j->arena, long_row);
    *row = (long_row){.indicator = index, .year = year, .from = &d->rows[r], .pos = jb_dataset_row_pos(d, r)};
    row->cells = JB_ARRAY(j->arena, const char *, j->columns->len + 1);
    row->places = JB_ARRAY(j->arena, jb_pos, j->columns->len + 1);
    insert_row(j, row, behind && behind->year == year ? behind : NULL);
    g_hash_table_insert(j->by_cell, key, row);
    return row;
}

static bool says_same(const char *a, const char *b) {
    jb_value x = jb_value_read(a, NULL), y = jb_value_read(b, NULL);
    if (jb_value_is_numeric(&x) && jb_value_is_numeric(&y))
        return x.kind == y.kind && x.number == y.number && x.high == y.high;
    return !strcmp(a, b);
}

static void put_cell(joiner *j, long_row *row, unsigned column, const char *text, jb_pos pos) {
    const char *old = row->cells[column];
    jb_value value = jb_value_read(text, NULL), before = jb_value_read(old ? old : "", NULL);
    if (!*text) return;
    if (!old || before.kind == JB_VALUE_MISSING) {
        row->cells[column] = text;
        row->places[column] = pos;
    } else if (value.kind != JB_VALUE_MISSING && !says_same(old, text)) {
        const indicator *it = &g_array_index(j->indicators, indicator, row->indicator);
        jb_pos other = row->places[column];
        jb_diag(j->ctx, JB_WARNING, pos, "“%s” of %d is %s here and %s at %s:%d:%d, which is kept", it->name, row->year, text,
                old, other.file, other.line, other.column);
    }
}

static void join_row(joiner *j, unsigned part, unsigned r, const unsigned *columns, GHashTable *last) {
    const jb_dataset *d = j->parts[part].data;
    unsigned it = find_indicator(j, part, r);
    for (unsigned c = 0; c < d->column_count; c++) {
        if (!is_data(&d->columns[c])) continue;
        int year = year_of(&j->parts[part], &d->columns[c]);
        long_row *row = find_row(j, part, r, it, year, g_hash_table_lookup(last, GINT_TO_POINTER(year)));
        g_hash_table_insert(last, GINT_TO_POINTER(year), row);
        put_cell(j, row, columns[c], jb_dataset_text(d, r, c), jb_dataset_pos(d, r, c));
    }
}

/* Which of the result's columns each of a part's goes to. Columns of one year never fall together. */
static unsigned *map_columns(joiner *j, unsigned part) {
    const jb_year_part *it = &j->parts[part];
    const jb_dataset *d = it->data;
    unsigned *columns = JB_ARRAY(j->arena, unsigned, d->column_count + 1);
    bool *taken = g_new(bool, JB_LIMIT_COLUMNS * 2);
    for (unsigned c = 0; c < d->column_count && j->status == JB_OK; c++) {
        if (!is_data(&d->columns[c])) continue;
        int year = year_of(it, &d->columns[c]);
        memset(taken, 0, JB_LIMIT_COLUMNS * 2);
        for (unsigned k = 0; k < c; k++)
            if (is_data(&d->columns[k]) && year_of(it, &d->columns[k]) == year) taken[columns[k]] = true;
        columns[c] = find_column(j, part, c, taken);
        if (j->columns->len > JB_LIMIT_COLUMNS - 2)
            j->status =
                jb_fail(j->ctx, jb_pos_file(d->file), "the years have more than the limit of %d columns", JB_LIMIT_COLUMNS);
    }
    g_free(taken);
    return columns;
}

/* `last` holds for each year the row that the part put there last. */
static void join_part(joiner *j, unsigned part, const unsigned *columns) {
    GHashTable *last = g_hash_table_new(NULL, NULL);
    for (unsigned r = 0; r < j->parts[part].data->row_count; r++) join_row(j, part, r, columns, last);
    g_hash_table_destroy(last);
}

static int by_year(const void *a, const void *b) {
    return ((const long_year *)a)->year - ((const long_year *)b)->year;
}

static void join(joiner *j) {
    unsigned **columns = JB_ARRAY(j->arena, unsigned *, j->count);
    for (unsigned i = 0; i < j->count && j->status == JB_OK; i++) columns[i] = map_columns(j, i);
    for (unsigned i = 0; i < j->count && j->status == JB_OK; i++) join_part(j, i, columns[i]);
    g_array_sort(j->years, by_year);
}

/* ---- questions ---- */

static bool stands_in(const joiner *j, unsigned part, const char *key) {
    const jb_dataset *d = j->parts[part].data;
    bool found = false;
    for (unsigned r = 0; r < d->row_count && !found; r++) {
        char *other = key_of(j, d, r);
        found = !strcmp(other, key);
        g_free(other);
    }
    return found;
}

/* Names that differ in at most two characters at one place behind the first two, as 投资额 and 投资总额 do. What differs at the
 * beginning (数字经济…, 民营经济…) is another thing. */
static bool names_are_near(const char *a, const char *b) {
    glong m = 0, n = 0, before = 0, behind = 0;
    gunichar *x = g_utf8_to_ucs4_fast(a, -1, &m), *y = g_utf8_to_ucs4_fast(b, -1, &n);
    while (before < MIN(m, n) && x[before] == y[before]) before++;
    while (behind < MIN(m, n) - before && x[m - 1 - behind] == y[n - 1 - behind]) behind++;
    g_free(x);
    g_free(y);
    return MAX(m, n) - before - behind <= 2 && (before >= 2 || behind == MIN(m, n)) && MIN(m, n) >= 3;
}

static bool near_each_other(const joiner *j, const indicator *a, const indicator *b) {
    char *pair = g_strconcat(a->key, "\n", b->key, NULL);
    bool apart = g_hash_table_contains(j->distinct, pair);
    g_free(pair);
    return !apart && !strcmp(a->unit, b->unit) && !strchr(a->key, '/') && !strchr(b->key, '/') &&
           names_are_near(a->key, b->key);
}

/* Asks for a name of a later part that comes near one which that part lacks. */
static void ask(joiner *j, const indicator *it) {
    for (unsigned i = 0; i < j->indicators->len; i++) {
        const indicator *other = &g_array_index(j->indicators, indicator, i);
        if (other->part >= it->part || !near_each_other(j, it, other)) continue;
        if (stands_in(j, it->part, other->key) || stands_in(j, other->part, it->key)) continue;
        jb_diag(j->ctx, JB_WARNING, it->pos,
                "is “%s” the same indicator as “%s” (%s:%d:%d)? they are kept apart; say “aliases: [[%s, %s]]” or “distinct: …”",
                it->name, other->name, other->pos.file, other->pos.line, other->pos.column, other->name, it->name);
        return;
    }
}

/* ---- the result ---- */

/* "##化学需氧量（%） *": a name cell that says what the row was. */
static char *name_cell(const joiner *j, const long_row *row) {
    const indicator *it = &g_array_index(j->indicators, indicator, row->indicator);
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < row->from->level; i++) g_string_append_c(out, '#');
    g_string_append(out, it->name);
    if (*row->from->unit) g_string_append_printf(out, "（%s）", row->from->unit);
    if (row->from->binding) g_string_append(out, " *");
    return g_string_free(out, FALSE);
}

static jb_status put_header(joiner *j, jb_grid *grid) {
    jb_pos pos = jb_pos_file(grid->file);
    jb_status status = jb_grid_put_from(j->ctx, grid, 0, 0, "指标名称", pos);
    if (status == JB_OK) status = jb_grid_put_from(j->ctx, grid, 0, 1, "年份", pos);
    for (unsigned i = 0; i < j->columns->len && status == JB_OK; i++) {
        const long_column *column = &g_array_index(j->columns, long_column, i);
        char *text = *column->unit ? g_strdup_printf("%s（%s）", column->name, column->unit) : g_strdup(column->name);
        status = jb_grid_put_from(j->ctx, grid, 0, i + 2, text, column->pos);
        g_free(text);
    }
    return status;
}

static jb_status put_row(joiner *j, jb_grid *grid, unsigned at, const long_row *row) {
    char *name = name_cell(j, row), year[16];
    g_snprintf(year, sizeof year, "%d", row->year);
    jb_status status = jb_grid_put_from(j->ctx, grid, at, 0, name, row->pos);
    if (status == JB_OK) status = jb_grid_put_from(j->ctx, grid, at, 1, year, row->pos);
    for (unsigned i = 0; i < j->columns->len && status == JB_OK; i++) {
        bool there = row->cells[i] != NULL;
        status = jb_grid_put_from(j->ctx, grid, at, i + 2, there ? row->cells[i] : "", there ? row->places[i] : row->pos);
    }
    g_free(name);
    return status;
}

static jb_status make_dataset(joiner *j, const char *id, jb_dataset **dataset) {
    jb_grid *grid = jb_grid_new(j->parts[0].data->file);
    jb_data_options options = {.header = 1};
    char *form = g_strdup_printf("%u files of several years", j->count);
    grid->form = jb_intern(j->ctx, form);
    g_free(form);
    jb_status status = put_header(j, grid);
    unsigned at = 1;
    for (guint i = 0; i < j->years->len; i++) {
        const GPtrArray *rows = g_array_index(j->years, long_year, i).rows;
        for (guint k = 0; k < rows->len && status == JB_OK; k++)
            status = put_row(j, grid, at++, g_ptr_array_index(rows, k));
    }
    if (status != JB_OK) {
        jb_grid_free(grid);
        return status;
    }
    status = jb_dataset_new(j->ctx, grid, id, &options, dataset);
    for (unsigned i = 0; i < j->count && status == JB_OK; i++)
        for (unsigned k = 0; k < j->parts[i].data->source_count; k++)
            jb_dataset_add_source(*dataset, j->parts[i].data->sources[k]);
    return status;
}

static void clear_indicator(gpointer it) { g_free(((indicator *)it)->key); }

static void clear_year(gpointer it) { g_ptr_array_free(((long_year *)it)->rows, TRUE); }

static void init(joiner *j) {
    j->arena = jb_arena_new();
    j->aliases = g_hash_table_new(g_str_hash, g_str_equal);
    j->distinct = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    j->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    j->by_cell = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    j->indicators = g_array_new(FALSE, FALSE, sizeof(indicator));
    g_array_set_clear_func(j->indicators, clear_indicator);
    j->columns = g_array_new(FALSE, FALSE, sizeof(long_column));
    j->years = g_array_new(FALSE, FALSE, sizeof(long_year));
    g_array_set_clear_func(j->years, clear_year);
}

static void clear(joiner *j) {
    g_hash_table_destroy(j->aliases);
    g_hash_table_destroy(j->distinct);
    g_hash_table_destroy(j->by_key);
    g_hash_table_destroy(j->by_cell);
    g_array_free(j->indicators, TRUE);
    g_array_free(j->columns, TRUE);
    g_array_free(j->years, TRUE);
    jb_arena_free(j->arena);
}

jb_status jb_years_join(jb_context *ctx, const jb_year_part *parts, unsigned count, const jb_year_names *names,
                        const char *id, jb_dataset **dataset) {
    joiner j = {.ctx = ctx, .parts = parts, .count = count, .status = JB_OK};
    *dataset = NULL;
    init(&j);
    read_groups(&j, names->aliases, "aliases", add_aliases);
    read_groups(&j, names->distinct, "distinct", add_distinct);
    if (j.status == JB_OK) join(&j);
    for (unsigned i = 0; i < j.indicators->len && j.indicators->len <= MOST_TO_COMPARE && j.status == JB_OK; i++)
        ask(&j, &g_array_index(j.indicators, indicator, i));
    if (j.status == JB_OK) j.status = make_dataset(&j, id, dataset);
    clear(&j);
    return j.status;
}
