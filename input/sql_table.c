/* A dataset as an SQLite virtual table: read-only, scanned in data order, nothing copied. */
#include "input/sql.h"

typedef struct table {
    sqlite3_vtab base;
    const jb_dataset *data;
    GArray *fields;
} table;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    unsigned row;
} cursor;

static bool has_numbers(const jb_dataset *d, unsigned column) {
    return d->columns[column].numbers > 0;
}

/* NUMERIC lets a column of numbers be compared with '5' too. */
static const char *declared_type(const jb_dataset *d, const jb_field *field) {
    switch (field->source) {
    case JB_FIELD_CELL: return has_numbers(d, field->column) ? "NUMERIC" : "TEXT";
    case JB_FIELD_BINDING:
    case JB_FIELD_SUB:
    case JB_FIELD_LEVEL: return "INTEGER HIDDEN";
    default: return "TEXT HIDDEN";
    }
}

static char *declaration(const table *t) {
    GString *sql = g_string_new("CREATE TABLE t(");
    for (guint i = 0; i < t->fields->len; i++) {
        const jb_field *field = &g_array_index(t->fields, jb_field, i);
        char *name =
            sqlite3_mprintf("%s\"%w\" %s", i ? ", " : "", field->name, declared_type(t->data, field));
        g_string_append(sql, name);
        sqlite3_free(name);
    }
    return g_string_free(g_string_append_c(sql, ')'), FALSE);
}

static int disconnect(sqlite3_vtab *vtab) {
    table *t = (table *)vtab;
    g_array_free(t->fields, TRUE);
    g_free(t);
    return SQLITE_OK;
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab,
                   char **error) {
    (void)argc, (void)argv, (void)error;
    table *t = g_new0(table, 1);
    t->data = aux;
    t->fields = jb_sql_fields(t->data);
    char *sql = declaration(t);
    int rc = sqlite3_declare_vtab(db, sql);
    g_free(sql);
    if (rc == SQLITE_OK)
        *vtab = &t->base;
    else
        disconnect(&t->base);
    return rc;
}

static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    const table *t = (const table *)vtab;
    info->estimatedCost = t->data->row_count + 1.0;
    info->estimatedRows = t->data->row_count;
    info->orderByConsumed = info->nOrderBy == 1 && info->aOrderBy[0].iColumn < 0 && !info->aOrderBy[0].desc;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    cursor *c = g_new0(cursor, 1);
    *out = &c->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *c) {
    g_free(c);
    return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *c, int number, const char *text, int argc, sqlite3_value **argv) {
    (void)number, (void)text, (void)argc, (void)argv;
    ((cursor *)c)->row = 0;
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *c) {
    ((cursor *)c)->row++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *c) {
    return ((cursor *)c)->row >= ((table *)c->pVtab)->data->row_count;
}

static int row_id(sqlite3_vtab_cursor *c, sqlite3_int64 *id) {
    *id = (sqlite3_int64)((cursor *)c)->row + 1;
    return SQLITE_OK;
}

static void result_text(sqlite3_context *to, const char *text) {
    sqlite3_result_text(to, text, -1, SQLITE_STATIC);
}

/* The column that names the rows gives the name without unit and marks, so that tables can be joined by it.
 */
static void result_cell(sqlite3_context *to, const jb_dataset *d, unsigned row, unsigned column) {
    jb_value value = jb_dataset_at(d, row, column);
    if (jb_value_is_numeric(&value))
        sqlite3_result_double(to, value.number);
    else if ((int)column == d->name_column)
        result_text(to, d->rows[row].name);
    else if (value.kind == JB_VALUE_MISSING)
        sqlite3_result_null(to);
    else
        result_text(to, value.raw);
}

static int get_column(sqlite3_vtab_cursor *c, sqlite3_context *to, int index) {
    const table *t = (const table *)c->pVtab;
    const jb_field *field = &g_array_index(t->fields, jb_field, (guint)index);
    unsigned at = ((cursor *)c)->row;
    const jb_row *row = &t->data->rows[at];
    switch (field->source) {
    case JB_FIELD_CELL: result_cell(to, t->data, at, field->column); break;
    case JB_FIELD_KIND:
        result_text(to, jb_value_kind_name(jb_dataset_at(t->data, at, field->column).kind));
        break;
    case JB_FIELD_NAME: result_text(to, row->name); break;
    case JB_FIELD_UNIT: result_text(to, row->unit); break;
    case JB_FIELD_BINDING: sqlite3_result_int(to, row->binding); break;
    case JB_FIELD_SUB: sqlite3_result_int(to, row->level > 0); break;
    case JB_FIELD_LEVEL: sqlite3_result_int(to, row->level); break;
    }
    return SQLITE_OK;
}

/* Without xCreate the module is its own table ("eponymous-only"): no CREATE VIRTUAL TABLE is needed or
 * possible. */
static const sqlite3_module module = {
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xDestroy = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = at_end,
    .xColumn = get_column,
    .xRowid = row_id,
};

const sqlite3_module *jb_sql_module(void) { return &module; }
