/* The column table of the Vega-Lite grammar. */
#include "charts/vl_table.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "input/value.h"

jb_vl_table *jb_vl_table_new(jb_arena *arena) {
    jb_vl_table *t = JB_NEW(arena, jb_vl_table);
    t->arena = arena;
    return t;
}

int jb_vl_table_find(const jb_vl_table *t, const char *name) {
    for (unsigned i = 0; i < t->columns; i++)
        if (!strcmp(t->names[i], name)) return (int)i;
    return -1;
}

static void grow_columns(jb_vl_table *t) {
    unsigned room = t->column_room ? t->column_room * 2 : 16;
    const char **names = JB_ARRAY(t->arena, const char *, room);
    jb_vl_cell **cells = JB_ARRAY(t->arena, jb_vl_cell *, room);
    for (unsigned i = 0; i < t->columns; i++) names[i] = t->names[i], cells[i] = t->cells[i];
    t->names = names;
    t->cells = cells;
    t->column_room = room;
}

unsigned jb_vl_table_column(jb_vl_table *t, const char *name) {
    int found = jb_vl_table_find(t, name);
    if (found >= 0) return (unsigned)found;
    if (t->columns == t->column_room) grow_columns(t);
    t->names[t->columns] = jb_arena_string(t->arena, name);
    t->cells[t->columns] = JB_ARRAY(t->arena, jb_vl_cell, MAX(t->row_room, 1));
    return t->columns++;
}

static void grow_rows(jb_vl_table *t, unsigned room) {
    for (unsigned i = 0; i < t->columns; i++) {
        jb_vl_cell *cells = JB_ARRAY(t->arena, jb_vl_cell, room);
        if (t->rows) memcpy(cells, t->cells[i], sizeof *cells * t->rows);
        t->cells[i] = cells;
    }
    t->row_room = room;
}

unsigned jb_vl_table_row(jb_vl_table *t) {
    if (t->rows == t->row_room) grow_rows(t, t->row_room ? t->row_room * 2 : 64);
    return t->rows++;
}

jb_vl_table *jb_vl_table_pick(const jb_vl_table *t, const unsigned *rows, unsigned count) {
    jb_vl_table *to = jb_vl_table_new(t->arena);
    to->row_room = count;
    for (unsigned i = 0; i < t->columns; i++) {
        unsigned column = jb_vl_table_column(to, t->names[i]);
        for (unsigned r = 0; r < count; r++) to->cells[column][r] = t->cells[i][rows[r]];
    }
    to->rows = count;
    return to;
}

jb_vl_table *jb_vl_table_copy(const jb_vl_table *t) {
    unsigned *rows = JB_ARRAY(t->arena, unsigned, t->rows + 1);
    for (unsigned i = 0; i < t->rows; i++) rows[i] = i;
    return jb_vl_table_pick(t, rows, t->rows);
}

jb_vl_cell jb_vl_number(double number) {
    return isfinite(number) ? (jb_vl_cell){JB_VL_NUMBER, number, NULL} : (jb_vl_cell){JB_VL_MISSING, 0, NULL};
}

jb_vl_cell jb_vl_text(const char *text) { return (jb_vl_cell){JB_VL_TEXT, 0, text}; }

static jb_vl_cell cell_of_dataset(const jb_dataset *d, unsigned row, unsigned column) {
    const char *text = jb_dataset_text(d, row, column);
    double number;
    if (jb_text_double(text, &number)) return jb_vl_number(number);
    if (!*text) return (jb_vl_cell){JB_VL_MISSING, 0, ""};
    if (!strcmp(text, "true") || !strcmp(text, "false")) return (jb_vl_cell){JB_VL_BOOL, *text == 't', NULL};
    jb_value v = jb_dataset_at(d, row, column);
    if (v.kind == JB_VALUE_MISSING) return (jb_vl_cell){JB_VL_MISSING, 0, text};
    bool known = v.kind == JB_VALUE_SAME ? v.resolved : jb_value_is_numeric(&v);
    if (!known || !isfinite(v.number) || d->columns[column].numbers == 0) return jb_vl_text(text);
    return (jb_vl_cell){JB_VL_NUMBER, v.kind == JB_VALUE_RANGE ? v.high : v.number, text};
}

static bool mentions(const jb_node *node, const char *word) {
    if (node->kind == JB_NODE_SCALAR) return strstr(node->text, word) != NULL;
    for (unsigned i = 0; i < node->count; i++)
        if (mentions(node->items[i], word)) return true;
    return false;
}

/* What is known of the rows, by the names that conditions use (docs/lookups.md), unless columns are called
 * so. Views copy their tables, so that they hold only what the specification speaks of. */
static void add_rows_own(jb_vl_table *t, const jb_dataset *d, const jb_node *spec) {
    static const char *const names[] = {"name", "unit", "binding", "sub"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (jb_vl_table_find(t, names[i]) >= 0 || !mentions(spec, names[i])) continue;
        unsigned to = jb_vl_table_column(t, names[i]);
        for (unsigned r = 0; r < d->row_count; r++) {
            const jb_row *row = &d->rows[r];
            t->cells[to][r] = i == 0 ? jb_vl_text(row->name)
                              : i == 1
                                  ? jb_vl_text(row->unit)
                                  : (jb_vl_cell){JB_VL_BOOL, i == 2 ? row->binding : row->level > 0, NULL};
        }
    }
}

jb_vl_table *jb_vl_table_from_dataset(jb_arena *arena, const jb_dataset *d, const jb_node *spec) {
    jb_vl_table *t = jb_vl_table_new(arena);
    t->row_room = d->row_count;
    for (unsigned c = 0; c < d->column_count; c++) {
        const char *name =
            jb_vl_table_find(t, d->columns[c].name) < 0 ? d->columns[c].name : d->columns[c].path;
        unsigned to = jb_vl_table_column(t, name);
        for (unsigned r = 0; r < d->row_count; r++) t->cells[to][r] = cell_of_dataset(d, r, c);
    }
    t->rows = d->row_count;
    add_rows_own(t, d, spec);
    return t;
}

jb_value_kind jb_vl_cell_read(jb_vl_cell cell, jb_value *value) {
    *value = (jb_value){.kind = JB_VALUE_NUMBER, .number = cell.number, .high = cell.number, .raw = ""};
    if (cell.kind == JB_VL_MISSING)
        value->kind = JB_VALUE_MISSING, value->raw = cell.text ? cell.text : "";
    else if (cell.kind == JB_VL_TEXT)
        value->kind = JB_VALUE_TEXT, value->raw = cell.text;
    else if (cell.text) {
        *value = jb_value_read(cell.text, NULL);
        if (value->kind == JB_VALUE_SAME) value->resolved = true, value->number = value->high = cell.number;
    }
    return value->kind;
}

bool jb_vl_cell_inexact(jb_vl_cell cell) {
    jb_value value;
    return cell.kind == JB_VL_NUMBER && cell.text && jb_vl_cell_read(cell, &value) != JB_VALUE_NUMBER;
}

jb_vl_cell jb_vl_measure(jb_vl_cell cell, bool words) {
    double number;
    if (cell.kind != JB_VL_TEXT) return cell;
    if (jb_text_double(cell.text, &number)) return jb_vl_number(number);
    jb_value v = jb_value_read(cell.text, NULL);
    if (!words) return cell;
    if (v.kind == JB_VALUE_MISSING) return (jb_vl_cell){JB_VL_MISSING, 0, cell.text};
    if (!jb_value_is_numeric(&v) || !isfinite(v.number) || !isfinite(v.high)) return cell;
    return (jb_vl_cell){JB_VL_NUMBER, v.kind == JB_VALUE_RANGE ? v.high : v.number, cell.text};
}

jb_vl_cell jb_vl_cell_of_node(const jb_node *node) {
    double number;
    if (!node || jb_node_is_null(node) || node->kind != JB_NODE_SCALAR)
        return (jb_vl_cell){JB_VL_MISSING, 0, NULL};
    if (node->quoted) return jb_vl_text(node->text);
    if (!strcmp(node->text, "true") || !strcmp(node->text, "false"))
        return (jb_vl_cell){JB_VL_BOOL, *node->text == 't', NULL};
    return jb_text_double(node->text, &number) ? jb_vl_number(number) : jb_vl_text(node->text);
}

static jb_status put_map(jb_context *ctx, jb_vl_table *t, unsigned row, const jb_node *map,
                         const char *lead) {
    for (unsigned i = 0; i < map->count; i++) {
        char *name = *lead ? g_strconcat(lead, ".", map->keys[i], NULL) : g_strdup(map->keys[i]);
        const jb_node *item = map->items[i];
        jb_status status = JB_OK;
        if (item->kind == JB_NODE_MAP)
            status = put_map(ctx, t, row, item, name);
        else if (item->kind == JB_NODE_LIST)
            status = jb_fail(ctx, item->pos, "a value is a number, a text, true, false or null, not a list");
        else if (t->columns >= JB_LIMIT_COLUMNS)
            status = jb_fail(ctx, item->pos, "more than the limit of %d columns", JB_LIMIT_COLUMNS);
        else {
            unsigned column = jb_vl_table_column(t, name);
            t->cells[column][row] = jb_vl_cell_of_node(item);
        }
        g_free(name);
        if (status != JB_OK) return status;
    }
    return JB_OK;
}

jb_status jb_vl_table_from_values(jb_context *ctx, jb_arena *arena, const jb_node *values,
                                  jb_vl_table **table) {
    jb_vl_table *t = *table = jb_vl_table_new(arena);
    if (values->kind != JB_NODE_LIST)
        return jb_fail(ctx, values->pos, "values must be a list of {FIELD: VALUE, …}");
    grow_rows(t, values->count + 1);
    for (unsigned i = 0; i < values->count; i++) {
        const jb_node *item = values->items[i];
        unsigned row = jb_vl_table_row(t);
        if (item->kind == JB_NODE_LIST)
            return jb_fail(ctx, item->pos, "a row must be a map {FIELD: VALUE, …}");
        if (item->kind == JB_NODE_SCALAR) {
            unsigned column = jb_vl_table_column(t, "data");
            t->cells[column][row] = jb_vl_cell_of_node(item);
        } else if (put_map(ctx, t, row, item, "") != JB_OK)
            return JB_INPUT;
    }
    return JB_OK;
}

static int rank_of(jb_vl_kind kind) { return kind == JB_VL_MISSING ? 2 : kind == JB_VL_TEXT ? 1 : 0; }

int jb_vl_cell_compare(jb_vl_cell a, jb_vl_cell b) {
    int ra = rank_of(a.kind), rb = rank_of(b.kind);
    if (ra != rb) return ra - rb;
    if (ra == 1) return strcmp(a.text, b.text);
    if (ra == 2) return 0;
    return a.number < b.number ? -1 : a.number > b.number;
}

const char *jb_vl_cell_string(jb_arena *arena, jb_vl_cell cell) {
    if (cell.kind == JB_VL_MISSING) return "null";
    if (cell.kind == JB_VL_BOOL) return cell.number != 0 ? "true" : "false";
    if (cell.text) return cell.text;
    GString *out = g_string_new(NULL);
    jb_text_shortest(out, cell.number);
    const char *text = jb_arena_string(arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

jb_vl_cell jb_vl_position(jb_arena *arena, jb_vl_cell text, jb_vl_cell part) {
    const char *in = jb_vl_cell_string(arena, text), *at = strstr(in, jb_vl_cell_string(arena, part));
    return jb_vl_number(at ? (double)g_utf8_pointer_to_offset(in, at) : -1);
}

/* A key that is equal for equal cells only. */
static void append_key(GString *key, jb_vl_cell cell) {
    g_string_append_c(key, (char)('0' + rank_of(cell.kind)));
    if (cell.kind == JB_VL_TEXT) {
        g_string_append_printf(key, "%zu:%s", strlen(cell.text), cell.text);
    } else if (cell.kind != JB_VL_MISSING) {
        double number = cell.number == 0 ? 0 : cell.number; /* -0 is 0 */
        guint64 bits;
        memcpy(&bits, &number, sizeof bits);
        g_string_append_printf(key, "%016" G_GINT64_MODIFIER "x", bits);
    }
}

unsigned jb_vl_table_group(const jb_vl_table *t, const int *columns, unsigned count, unsigned *group) {
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GString *key = g_string_new(NULL);
    unsigned groups = 0;
    for (unsigned r = 0; r < t->rows; r++) {
        gpointer found = NULL;
        g_string_truncate(key, 0);
        for (unsigned c = 0; c < count; c++) append_key(key, jb_vl_table_at(t, r, columns[c]));
        if (!g_hash_table_lookup_extended(seen, key->str, NULL, &found)) {
            found = GUINT_TO_POINTER(groups++);
            g_hash_table_insert(seen, g_strdup(key->str), found);
        }
        group[r] = GPOINTER_TO_UINT(found);
    }
    g_string_free(key, TRUE);
    g_hash_table_destroy(seen);
    return groups;
}

bool jb_vl_is_han(jb_vl_cell c) {
    for (const char *s = c.kind == JB_VL_TEXT ? c.text : ""; *s; s = g_utf8_next_char(s))
        if (g_unichar_get_script(g_utf8_get_char(s)) == G_UNICODE_SCRIPT_HAN) return true;
    return false;
}
