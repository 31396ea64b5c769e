/* Where tables come from: those written in the text, set as written, and those drawn from a dataset. */
#include "render/table.h"

#include <string.h>
#include "input/derived.h"
#include "input/lookup.h"

#define SUB_INDENT 9.5 /* pt a level: 1 em of the cells */

/* "表 1" of a caption that is numbered as written; also tells the number. */
static const char *written_label(jb_builder *b, const char *caption, unsigned *number) {
    if (!g_str_has_prefix(caption, "表")) return NULL;
    const char *s = caption + strlen("表");
    while (*s == ' ') s++;
    const char *digits = s;
    while (g_ascii_isdigit(*s)) s++;
    if (s == digits) return NULL;
    *number = (unsigned)MIN(g_ascii_strtoull(digits, NULL, 10), 100000);
    return jb_arena_copy(b->arena, caption, (size_t)(s - caption));
}

static bool is_total(const char *name) {
    return !strcmp(name, "合计") || !strcmp(name, "总计") || !strcmp(name, "小计");
}

/* Sub-indicators are indented, totals marked. */
static void mark_rows(jb_builder *b, jb_table *t) {
    int stub = -1;
    for (unsigned c = 0; c < t->columns && stub < 0; c++)
        if (t->column[c].stub) stub = (int)c;
    for (unsigned r = t->header_rows; r < t->rows && stub >= 0; r++) {
        jb_table_cell *cell = jb_table_cell_at(t, r, (unsigned)stub);
        const char *name, *unit;
        bool binding;
        int level = 0;
        jb_name_split(b->arena, cell->text, &name, &unit, &binding, &level);
        cell->indent = MAX(cell->indent, level * SUB_INDENT);
        t->row[r].total = is_total(name);
    }
}

static void flow(jb_builder *b, jb_table *t) {
    jb_table_classify(t);
    mark_rows(b, t);
    jb_table_tag(b, t);
    jb_table_measure(b, t, b->theme->measure - b->x - b->right);
    jb_table_flow(b, t);
}

/* ---- tables of the text ---- */

static void copy_spans(const jb_text_table *from, jb_table *t) {
    for (unsigned r = 0; r < from->header_rows; r++) {
        for (unsigned c = 0; c < t->columns; c++) {
            size_t at = (size_t)r * t->columns + c;
            jb_table_cell *cell = &t->cells[at];
            cell->covered = from->tall[at] || from->wide[at];
            for (unsigned k = c + 1;
                 !cell->covered && k < t->columns && from->wide[(size_t)r * t->columns + k]; k++)
                cell->column_span++;
            for (unsigned k = r + 1;
                 !cell->covered && k < from->header_rows && from->tall[(size_t)k * t->columns + c]; k++)
                cell->row_span++;
        }
    }
}

static void find_verdicts(jb_table *t) {
    for (unsigned r = t->header_rows; r < t->rows; r++)
        for (unsigned c = 0; c < t->columns; c++) {
            jb_table_cell *cell = jb_table_cell_at(t, r, c);
            if (jb_verdict_known(cell->text)) cell->verdict = cell->text;
        }
}

void jb_build_text_table(jb_builder *b, const jb_block *block) {
    const jb_text_table *from = block->table;
    jb_table *t = jb_table_new(b->arena, from->rows, from->columns, from->header_rows);
    for (size_t i = 0; i < (size_t)t->rows * t->columns; i++) {
        t->cells[i].inlines = from->cells[i];
        t->cells[i].text = jb_inlines_text(b->arena, &from->cells[i]);
    }
    for (unsigned c = 0; c < t->columns; c++) t->column[c].wish = from->align ? from->align[c] : 0;
    t->caption = from->caption;
    t->notes = from->notes;
    t->note_count = from->note_count;
    t->pos = block->pos;
    t->block = b->block;
    if (t->caption.count)
        t->label = written_label(b, jb_inlines_text(b->arena, &t->caption), &b->table_count);
    copy_spans(from, t);
    find_verdicts(t);
    flow(b, t);
}

/* ---- tables of a dataset ---- */

typedef enum column_kind {
    COLUMN_DATA,
    COLUMN_UNIT,
    COLUMN_RATE,
    COLUMN_VARIANCE,
    COLUMN_VARIANCE_PCT,
    COLUMN_VERDICT,
    COLUMN_SPARK
} column_kind;

typedef struct source_column {
    column_kind kind;
    unsigned column;  /* DATA: of the dataset; SPARK: of the sparklines */
    const char *path; /* header cells, parted by "/" */
} source_column;

typedef struct source {
    jb_builder *b;
    const jb_dataset *data;
    const jb_node *spec;
    GArray *columns;  /* source_column */
    const char *unit; /* the one unit of all rows, or NULL when they differ */
    bool unit_column; /* units have a column */
    jb_spark_column *sparks;
} source;

static void add_column(source *s, column_kind kind, unsigned column, const char *path) {
    source_column item = {kind, column, path};
    g_array_append_val(s->columns, item);
}

static const char *one_unit(const jb_dataset *d) {
    for (unsigned r = 1; r < d->row_count; r++)
        if (strcmp(d->rows[r].unit, d->rows[0].unit)) return NULL;
    return d->row_count ? d->rows[0].unit : "";
}

/* True when units stand in a column: the data's own, or the one that `columns:` asks for. */
static bool has_unit_column(const jb_dataset *d, const jb_node *list) {
    for (unsigned c = 0; c < d->column_count; c++)
        if (d->columns[c].role == JB_COLUMN_UNIT) return true;
    for (unsigned i = 0; list && list->kind == JB_NODE_LIST && i < list->count; i++) {
        const jb_node *item = list->items[i];
        if (item->kind == JB_NODE_SCALAR && !strcmp(item->text, "unit")) return true;
    }
    return false;
}

static void add_data_column(source *s, unsigned c) {
    const jb_column *column = &s->data->columns[c];
    char *path =
        *column->unit ? g_strdup_printf("%s（%s）", column->path, column->unit) : g_strdup(column->path);
    add_column(s, COLUMN_DATA, c, jb_arena_string(s->b->arena, path));
    g_free(path);
    if ((int)c == s->data->name_column && !s->unit && !s->unit_column) add_column(s, COLUMN_UNIT, 0, "单位");
}

/* Columns that follow from plan and result. A column of the data with that name wins. */
static bool add_derived_column(source *s, const char *name) {
    static const struct {
        const char *name;
        column_kind kind;
        const char *head;
    } known[] = {{"unit", COLUMN_UNIT, "单位"},
                 {"rate", COLUMN_RATE, "完成率（%）"},
                 {"variance", COLUMN_VARIANCE, "差额"},
                 {"variance_pct", COLUMN_VARIANCE_PCT, "差额（%）"},
                 {"verdict", COLUMN_VERDICT, "完成情况"}};
    if (jb_dataset_column(s->data, name) != -1) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(name, known[i].name) != 0) continue;
        add_column(s, known[i].kind, 0, known[i].head);
        return true;
    }
    return false;
}

static column_kind kind_at(const source *s, guint i) {
    return g_array_index(s->columns, source_column, i).kind;
}

/* Behind the column that `after` names, its unit and earlier sparklines; else at the end. */
static jb_status insert_spark(source *s, unsigned index) {
    const jb_spark_column *spark = &s->sparks[index];
    source_column item = {COLUMN_SPARK, index, spark->title};
    guint at = 0, end = s->columns->len;
    while (at < end && !(kind_at(s, at) == COLUMN_DATA &&
                         (int)g_array_index(s->columns, source_column, at).column == spark->after))
        at++;
    if (spark->after >= 0 && at == end)
        return jb_fail(s->b->ctx, spark->after_pos, "the table does not show “%s”; add it to columns:",
                       s->data->columns[spark->after].name);
    if (at < end) at++;
    while (at < end && (kind_at(s, at) == COLUMN_UNIT || kind_at(s, at) == COLUMN_SPARK)) at++;
    g_array_insert_val(s->columns, at, item);
    return JB_OK;
}

static jb_status add_sparks(source *s) {
    unsigned count;
    jb_status status = jb_spark_columns(s->b->ctx, s->b->arena, jb_node_get(s->spec, "sparklines"), s->data,
                                        &s->sparks, &count);
    for (unsigned i = 0; i < count && status == JB_OK; i++) status = insert_spark(s, i);
    return status;
}

static jb_status choose_columns(source *s) {
    const jb_node *list = jb_node_get(s->spec, "columns");
    jb_status status = JB_OK;
    if (!list)
        for (unsigned c = 0; c < s->data->column_count; c++) add_data_column(s, c);
    if (list && list->kind != JB_NODE_LIST)
        return jb_fail(s->b->ctx, list->pos, "columns must be a list of column names");
    for (unsigned i = 0; list && i < list->count; i++) {
        const char *name = "";
        int column;
        if ((status = jb_node_string(s->b->ctx, list->items[i], &name)) != JB_OK) return status;
        if (add_derived_column(s, name)) continue;
        status = jb_dataset_find_column(s->b->ctx, s->data, name, list->items[i]->pos, &column);
        if (status != JB_OK) return status;
        add_data_column(s, (unsigned)column);
    }
    return status;
}

/* A number as look-ups write it, so that text, table and chart round alike; a true minus, zero without a
 * sign. */
static const char *number_text(jb_builder *b, double value, int decimals, bool sign, bool approximate) {
    GString *out = g_string_new(approximate ? "约 " : "");
    jb_filter_digits(out, value, decimals, sign);
    const char *text = jb_arena_string(b->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

static const char *rate_text(source *s, unsigned row) {
    double rate;
    bool approximate;
    if (!jb_dataset_rate(s->data, row, &rate, &approximate)) return "—";
    return number_text(s->b, rate, 1, false, approximate);
}

static const char *variance_pct_text(source *s, unsigned row) {
    double percent;
    bool approximate;
    if (!jb_dataset_variance_pct(s->data, row, &percent, &approximate)) return "—";
    return number_text(s->b, percent, 1, true, approximate);
}

static const char *verdict_text(source *s, unsigned row) {
    const char *words = jb_dataset_stated_verdict(s->data, row);
    if (!words) words = jb_verdict_words(jb_dataset_verdict(s->data, row));
    return words ? words : "—";
}

static const char *variance_text(source *s, unsigned row) {
    double variance;
    int decimals;
    bool approximate;
    if (!jb_dataset_variance(s->data, row, &variance, &decimals, &approximate)) return "—";
    return number_text(s->b, variance, decimals, true, approximate);
}

/* The name as it is set: "其中：" before the first sub-indicator, the next ones under its name; `*` after a
 * thin space. */
static const char *name_text(source *s, unsigned row) {
    const jb_row *it = &s->data->rows[row];
    const char *lead = "";
    if (it->level) lead = row == 0 || !s->data->rows[row - 1].level ? "其中：" : "　　　";
    char *text = g_strconcat(lead, it->name, it->binding ? "\xE2\x80\x89*" : "", NULL);
    const char *kept = jb_arena_string(s->b->arena, text);
    g_free(text);
    return kept;
}

static const char *cell_text(source *s, unsigned row, const source_column *column) {
    switch (column->kind) {
    case COLUMN_UNIT: return s->data->rows[row].unit;
    case COLUMN_RATE: return rate_text(s, row);
    case COLUMN_VARIANCE: return variance_text(s, row);
    case COLUMN_VARIANCE_PCT: return variance_pct_text(s, row);
    case COLUMN_VERDICT: return verdict_text(s, row);
    case COLUMN_SPARK: return "—"; /* where no value is a number */
    case COLUMN_DATA: break;
    }
    if ((int)column->column == s->data->name_column) return name_text(s, row);
    return jb_dataset_text(s->data, row, column->column);
}

static bool fill_spark(source *s, unsigned row, const source_column *column, jb_table_cell *cell) {
    const jb_node *language = jb_node_get(s->b->document->head, "lang");
    bool english =
        language && language->kind == JB_NODE_SCALAR && !g_ascii_strncasecmp(language->text, "en", 2);
    cell->text = "";
    return jb_spark_cell(s->b->arena, s->data, row, &s->sparks[column->column], english, cell);
}

static void fill_body(source *s, jb_table *t) {
    for (unsigned c = 0; c < t->columns; c++) {
        const source_column *column = &g_array_index(s->columns, source_column, c);
        if (column->kind != COLUMN_SPARK) continue;
        const jb_spark_column *spark = &s->sparks[column->column];
        t->column[c].spark = jb_spark_width(spark->form, spark->count);
    }
    for (unsigned r = 0; r < s->data->row_count; r++) {
        for (unsigned c = 0; c < t->columns; c++) {
            const source_column *column = &g_array_index(s->columns, source_column, c);
            jb_table_cell *cell = jb_table_cell_at(t, t->header_rows + r, c);
            if (column->kind == COLUMN_SPARK && fill_spark(s, r, column, cell)) continue;
            cell->text = cell_text(s, r, column);
            cell->inlines = jb_text_inlines(s->b->arena, cell->text, jb_dataset_row_pos(s->data, r));
            bool name = column->kind == COLUMN_DATA && (int)column->column == s->data->name_column;
            if (name) cell->indent = s->data->rows[r].level * SUB_INDENT;
            bool verdict =
                column->kind == COLUMN_VERDICT ||
                (column->kind == COLUMN_DATA && s->data->columns[column->column].role == JB_COLUMN_VERDICT);
            if (verdict && jb_verdict_known(cell->text)) cell->verdict = cell->text;
        }
        t->row[t->header_rows + r].total = s->data->rows[r].total;
    }
}

/* The header cell of a level of a path, NULL when the path is not that deep. */
static const char *level_text(jb_builder *b, const char *path, unsigned level) {
    char **parts = g_strsplit(path, "/", -1);
    const char *text = level < g_strv_length(parts) ? jb_arena_string(b->arena, parts[level]) : NULL;
    g_strfreev(parts);
    return text;
}

static unsigned path_depth(const char *path) {
    unsigned depth = 1;
    for (; *path; path++) depth += *path == '/';
    return depth;
}

static bool same_prefix(const char *a, const char *b, unsigned levels) {
    for (; levels; a++, b++) {
        if (*a != *b) return false;
        if (!*a) return true;
        if (*a == '/') levels--;
    }
    return true;
}

static void fill_header(source *s, jb_table *t) {
    for (unsigned r = 0; r < t->header_rows; r++) {
        for (unsigned c = 0; c < t->columns; c++) {
            jb_table_cell *cell = jb_table_cell_at(t, r, c);
            const char *path = g_array_index(s->columns, source_column, c).path,
                       *text = level_text(s->b, path, r);
            const char *left = c ? g_array_index(s->columns, source_column, c - 1).path : NULL;
            unsigned depth = path_depth(path);
            cell->text = text ? text : "";
            cell->inlines = jb_text_inlines(s->b->arena, cell->text, t->pos);
            cell->covered = !text || (left && r + 1 < depth && path_depth(left) > r + 1 &&
                                      same_prefix(path, left, r + 1));
            if (!cell->covered && r + 1 == depth) cell->row_span = t->header_rows - r;
            if (!cell->covered || !text) continue;
            unsigned origin = c;
            while (origin && jb_table_cell_at(t, r, origin)->covered) origin--;
            jb_table_cell_at(t, r, origin)->column_span++;
        }
    }
}

static jb_status read_spec(source *s, jb_table *t) {
    static const char *const known[] = {"data", "columns", "where", "caption",
                                        "note", "source",  "id",    "sparklines"};
    jb_context *ctx = s->b->ctx;
    const char *caption = NULL, *notes[2] = {NULL, NULL};
    static const char *const keys[] = {"note", "source"};
    const jb_node *node = jb_node_get(s->spec, "caption");
    jb_status status =
        jb_node_check_keys(ctx, s->spec, "table property", known, sizeof known / sizeof *known);
    if (status == JB_OK && node) status = jb_node_string(ctx, node, &caption);
    t->notes = JB_ARRAY(s->b->arena, jb_inlines, 2);
    for (int i = 0; i < 2 && status == JB_OK; i++) {
        const jb_node *note = jb_node_get(s->spec, keys[i]);
        if (!note || (status = jb_node_string(ctx, note, &notes[i])) != JB_OK) continue;
        const char *lead = i ? "资料来源：" : "注：";
        char *text =
            g_str_has_prefix(notes[i], lead) ? g_strdup(notes[i]) : g_strconcat(lead, notes[i], NULL);
        t->notes[t->note_count++] =
            jb_text_inlines(s->b->arena, jb_arena_string(s->b->arena, text), note->pos);
        g_free(text);
    }
    if (status != JB_OK || !caption) return status;
    char *label = g_strdup_printf("表 %u", ++s->b->table_count),
         *words = g_strconcat(label, "　", caption, NULL);
    t->label = jb_arena_string(s->b->arena, label);
    t->caption = jb_text_inlines(s->b->arena, jb_arena_string(s->b->arena, words), node->pos);
    g_free(label);
    g_free(words);
    return JB_OK;
}

static const char *unit_line(jb_builder *b, const char *unit) {
    char *line = g_strconcat("单位：", unit, NULL);
    const char *kept = jb_arena_string(b->arena, line);
    g_free(line);
    return kept;
}

static jb_status build(source *s, const jb_block *block) {
    unsigned depth = 1;
    s->unit = one_unit(s->data);
    s->unit_column = has_unit_column(s->data, jb_node_get(s->spec, "columns"));
    jb_status status = choose_columns(s);
    if (status == JB_OK) status = add_sparks(s);
    if (status != JB_OK) return status;
    if (!s->columns->len || !s->data->row_count)
        return jb_fail(s->b->ctx, block->pos, "the table has no rows");
    for (guint i = 0; i < s->columns->len; i++)
        depth = MAX(depth, path_depth(g_array_index(s->columns, source_column, i).path));
    jb_table *t = jb_table_new(s->b->arena, depth + s->data->row_count, s->columns->len, depth);
    t->pos = block->pos;
    t->block = s->b->block;
    if ((status = read_spec(s, t)) != JB_OK) return status;
    if (s->unit && *s->unit && !s->unit_column) t->unit = unit_line(s->b, s->unit);
    fill_header(s, t);
    fill_body(s, t);
    flow(s->b, t);
    return JB_OK;
}

void jb_build_data_table(jb_builder *b, const jb_block *block) {
    source s = {.b = b, .spec = block->spec, .columns = g_array_new(FALSE, TRUE, sizeof(source_column))};
    const jb_node *data = jb_node_get(block->spec, "data"), *where = jb_node_get(block->spec, "where");
    const char *name = NULL, *condition = NULL;
    jb_dataset *rows = NULL;
    jb_status status =
        data ? jb_node_string(b->ctx, data, &name)
             : jb_fail(b->ctx, block->pos, "the table does not say which dataset it shows: data: NAME");
    if (status == JB_OK && where) status = jb_node_string(b->ctx, where, &condition);
    if (status == JB_OK)
        status = jb_store_select(b->store, name, condition, where ? where->pos : data->pos, &rows);
    if (status == JB_OK) {
        s.data = rows;
        g_ptr_array_add(b->layout->datasets, rows); /* the pages borrow its strings */
        status = build(&s, block);
    }
    jb_builder_failed(b, status);
    g_array_free(s.columns, TRUE);
}
