/* A dataset as an SQLite virtual table: read-only, scanned in data order, nothing copied. */
#include "input/derived.h"
#include "input/sql.h"

typedef struct table {
    sqlite3_vtab base;
    const jb_dataset *data;
    GArray *fields;
    /* Rows by name, made when a join first asks: name to its first row + 1; behind each row the next of that
     * name + 1. */
    GHashTable *by_name;
    unsigned *next_same;
} table;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    unsigned row;
    bool named; /* goes over the rows of one name */
} cursor;

/* Which way best_index chose. */
enum { SCAN, BY_NAME };

static bool has_numbers(const jb_dataset *d, unsigned column) { return d->columns[column].numbers > 0; }

/* NUMERIC lets a column of numbers be compared with '5' too. */
static const char *declared_type(const jb_dataset *d, const jb_field *field) {
    switch (field->source) {
    case JB_FIELD_CELL: return has_numbers(d, field->column) ? "NUMERIC" : "TEXT";
    case JB_FIELD_BINDING:
    case JB_FIELD_SUB:
    case JB_FIELD_LEVEL:
    case JB_FIELD_TOTAL:
    case JB_FIELD_YEAR: return "INTEGER HIDDEN";
    case JB_FIELD_HIGH:
    case JB_FIELD_RATE:
    case JB_FIELD_VARIANCE:
    case JB_FIELD_VARIANCE_PCT: return "REAL HIDDEN";
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
    if (t->by_name) g_hash_table_destroy(t->by_name);
    g_free(t->next_same);
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

/* Fields whose every value is the row's name. */
static bool is_name(const table *t, int column) {
    if (column < 0) return false;
    const jb_field *field = &g_array_index(t->fields, jb_field, (guint)column);
    if (field->source == JB_FIELD_NAME) return true;
    return field->source == JB_FIELD_CELL && (int)field->column == t->data->name_column &&
           !has_numbers(t->data, field->column);
}

static int name_constraint(const table *t, sqlite3_index_info *info) {
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *c = &info->aConstraint[i];
        const char *collation = sqlite3_vtab_collation(info, i);
        if (c->usable && c->op == SQLITE_INDEX_CONSTRAINT_EQ && is_name(t, c->iColumn) &&
            !g_ascii_strcasecmp(collation ? collation : "BINARY", "BINARY"))
            return i;
    }
    return -1;
}

/* A join by names (USING (指标名称)) finds its rows by a hash table. Costs do not tell the sizes of tables,
 * so that a query goes over them, and gives its rows, in the order of its FROM clause. */
static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    int name = name_constraint((const table *)vtab, info);
    info->estimatedCost = name < 0 ? 1e6 : 10;
    info->estimatedRows = name < 0 ? 1000000 : 1;
    if (name >= 0) {
        info->idxNum = BY_NAME;
        info->aConstraintUsage[name].argvIndex = 1;
    }
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

static void index_names(table *t) {
    const jb_dataset *d = t->data;
    t->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    t->next_same = g_new(unsigned, d->row_count + 1);
    for (unsigned row = d->row_count; row-- > 0;) {
        char *name = (char *)d->rows[row].name;
        t->next_same[row] = GPOINTER_TO_UINT(g_hash_table_lookup(t->by_name, name));
        g_hash_table_replace(t->by_name, name, GUINT_TO_POINTER(row + 1));
    }
}

static unsigned row_or_end(const table *t, unsigned row_plus_1) {
    return row_plus_1 ? row_plus_1 - 1 : t->data->row_count;
}

static int filter(sqlite3_vtab_cursor *c, int way, const char *text, int argc, sqlite3_value **argv) {
    (void)text, (void)argc;
    table *t = (table *)c->pVtab;
    cursor *at = (cursor *)c;
    at->row = 0;
    at->named = way == BY_NAME;
    if (way != BY_NAME) return SQLITE_OK;
    if (!t->by_name) index_names(t);
    const char *name = (const char *)sqlite3_value_text(argv[0]);
    at->row = row_or_end(t, name ? GPOINTER_TO_UINT(g_hash_table_lookup(t->by_name, name)) : 0);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *c) {
    const table *t = (const table *)c->pVtab;
    cursor *at = (cursor *)c;
    at->row = at->named ? row_or_end(t, t->next_same[at->row]) : at->row + 1;
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
    if (jb_value_is_numeric(&value) || value.resolved)
        sqlite3_result_double(to, value.number);
    else if ((int)column == d->name_column)
        result_text(to, d->rows[row].name);
    else if (value.kind == JB_VALUE_MISSING)
        sqlite3_result_null(to);
    else
        result_text(to, value.raw);
}

/* A view of a cell. */
static void result_view(sqlite3_context *to, const jb_dataset *d, unsigned row, const jb_field *field) {
    if (field->source == JB_FIELD_TEXT) {
        const char *text = jb_dataset_text(d, row, field->column);
        if (*text) result_text(to, text);
        return;
    }
    jb_value value = jb_dataset_at(d, row, field->column);
    if (field->source == JB_FIELD_KIND)
        result_text(to, jb_value_kind_name(value.kind));
    else if (field->source == JB_FIELD_CELL_UNIT)
        result_text(to, jb_dataset_unit(d, row, field->column, &value));
    else if (jb_value_is_numeric(&value) || value.resolved)
        sqlite3_result_double(to, value.kind == JB_VALUE_RANGE ? value.high : value.number);
}

/* What follows from plan and result; NULL when nothing does. */
static void result_derived(sqlite3_context *to, const jb_dataset *d, unsigned row, jb_field_source source) {
    double number = 0;
    int decimals, year;
    bool approximate, known = false;
    const char *words;
    switch (source) {
    case JB_FIELD_RATE: known = jb_dataset_rate(d, row, &number, &approximate); break;
    case JB_FIELD_VARIANCE: known = jb_dataset_variance(d, row, &number, &decimals, &approximate); break;
    case JB_FIELD_VARIANCE_PCT: known = jb_dataset_variance_pct(d, row, &number, &approximate); break;
    case JB_FIELD_YEAR:
        if (jb_dataset_year(d, row, &year)) sqlite3_result_int(to, year);
        return;
    default:
        words = jb_dataset_stated_verdict(d, row);
        if (!words) words = jb_verdict_words(jb_dataset_verdict(d, row));
        if (words) result_text(to, words);
        return;
    }
    if (known) sqlite3_result_double(to, number);
}

/* What is not set is NULL. */
static int get_column(sqlite3_vtab_cursor *c, sqlite3_context *to, int index) {
    static const char *const betters[] = {NULL, "more", "less"};
    const table *t = (const table *)c->pVtab;
    const jb_field *field = &g_array_index(t->fields, jb_field, (guint)index);
    unsigned at = ((cursor *)c)->row;
    const jb_row *row = &t->data->rows[at];
    switch (field->source) {
    case JB_FIELD_CELL: result_cell(to, t->data, at, field->column); break;
    case JB_FIELD_KIND:
    case JB_FIELD_TEXT:
    case JB_FIELD_HIGH:
    case JB_FIELD_CELL_UNIT: result_view(to, t->data, at, field); break;
    case JB_FIELD_NAME: result_text(to, row->name); break;
    case JB_FIELD_UNIT: result_text(to, row->unit); break;
    case JB_FIELD_BINDING: sqlite3_result_int(to, row->binding); break;
    case JB_FIELD_SUB: sqlite3_result_int(to, row->level > 0); break;
    case JB_FIELD_LEVEL: sqlite3_result_int(to, row->level); break;
    case JB_FIELD_PARENT:
        if (row->parent >= 0) result_text(to, t->data->rows[row->parent].name);
        break;
    case JB_FIELD_TOTAL: sqlite3_result_int(to, row->total); break;
    case JB_FIELD_BETTER:
        result_text(to, betters[jb_dataset_better(t->data, at)]);
        break;
    default: result_derived(to, t->data, at, field->source);
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
