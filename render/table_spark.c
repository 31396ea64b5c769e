/* Columns of sparklines in tables from data: `sparklines: [{title: …, y: […], after: …, form: …}]`. */
#include "base/limits.h"
#include "render/table.h"

static jb_status read_columns(jb_context *ctx, jb_arena *arena, const jb_node *node, const jb_dataset *data,
                              jb_spark_column *it) {
    if (node->kind != JB_NODE_LIST || node->count < 2)
        return jb_fail(ctx, node->pos,
                       "a sparkline draws two columns or more, oldest first: y: [COLUMN, COLUMN, …]");
    if (node->count > JB_LIMIT_SERIES)
        return jb_fail(ctx, node->pos, "more than the limit of %d columns in a sparkline", JB_LIMIT_SERIES);
    it->columns = JB_ARRAY(arena, unsigned, node->count);
    for (unsigned i = 0; i < node->count; i++) {
        const char *name = "";
        int column;
        jb_status status = jb_node_string(ctx, node->items[i], &name);
        if (status == JB_OK) status = jb_dataset_find_column(ctx, data, name, node->items[i]->pos, &column);
        if (status != JB_OK) return status;
        it->columns[it->count++] = (unsigned)column;
    }
    return JB_OK;
}

static jb_status read_form(jb_context *ctx, const jb_node *node, jb_spark_form *form) {
    const char *word = "line";
    jb_status status = node ? jb_node_string(ctx, node, &word) : JB_OK;
    if (status == JB_OK && !jb_spark_form_of(word, form))
        status = jb_fail(ctx, node->pos, "form “%s” is not supported; there are: line, bar", word);
    return status;
}

static jb_status read_after(jb_context *ctx, const jb_node *node, const jb_dataset *data,
                            jb_spark_column *it) {
    const char *name = "";
    it->after = -1;
    if (!node) return JB_OK;
    it->after_pos = node->pos;
    jb_status status = jb_node_string(ctx, node, &name);
    return status == JB_OK ? jb_dataset_find_column(ctx, data, name, node->pos, &it->after) : status;
}

static jb_status read_one(jb_context *ctx, jb_arena *arena, const jb_node *node, const jb_dataset *data,
                          jb_spark_column *it) {
    static const char *const known[] = {"title", "y", "after", "form"};
    if (node->kind != JB_NODE_MAP)
        return jb_fail(ctx, node->pos, "a column of sparklines is a map: {title: 走势, y: [COLUMN, …]}");
    jb_status status = jb_node_check_keys(ctx, node, "property of sparklines", known, G_N_ELEMENTS(known));
    const jb_node *title = jb_node_get(node, "title"), *y = jb_node_get(node, "y");
    it->title = "走势";
    if (status == JB_OK && title) status = jb_node_string(ctx, title, &it->title);
    if (status == JB_OK && !y)
        status = jb_fail(ctx, node->pos, "the sparkline does not say which columns it draws: y: [COLUMN, …]");
    if (status == JB_OK) status = read_columns(ctx, arena, y, data, it);
    if (status == JB_OK) status = read_form(ctx, jb_node_get(node, "form"), &it->form);
    if (status == JB_OK) status = read_after(ctx, jb_node_get(node, "after"), data, it);
    return status;
}

jb_status jb_spark_columns(jb_context *ctx, jb_arena *arena, const jb_node *list, const jb_dataset *data,
                           jb_spark_column **sparks, unsigned *count) {
    jb_status status = JB_OK;
    *count = 0;
    *sparks = NULL;
    if (!list) return JB_OK;
    if (list->kind != JB_NODE_LIST)
        return jb_fail(ctx, list->pos, "sparklines must be a list: [{title: 走势, y: [COLUMN, …]}]");
    if (list->count > JB_LIMIT_SPARKLINES)
        return jb_fail(ctx, list->pos, "more than the limit of %d columns of sparklines",
                       JB_LIMIT_SPARKLINES);
    *sparks = JB_ARRAY(arena, jb_spark_column, list->count + 1);
    for (unsigned i = 0; i < list->count && status == JB_OK; i++, (*count)++)
        status = read_one(ctx, arena, list->items[i], data, &(*sparks)[i]);
    return status;
}

/* What it is, of which columns, and every value as written. */
static const char *alt_of(jb_arena *arena, const jb_dataset *data, unsigned row,
                          const jb_spark_column *column, const jb_value *values, bool english) {
    const char *from = data->columns[column->columns[0]].name,
               *to = data->columns[column->columns[column->count - 1]].name,
               *unit = jb_dataset_unit(data, row, column->columns[0], &values[0]);
    GString *out = g_string_new(column->title);
    g_string_append_printf(out, english ? ", %s, %s to %s" : "，%s，%s至%s", data->rows[row].name, from, to);
    if (unit && *unit) g_string_append_printf(out, english ? ", in %s" : "，单位 %s", unit);
    for (unsigned i = 0; i < column->count; i++) {
        const char *lead = i ? (english ? ", " : "，") : english ? ": " : "：";
        bool missing = values[i].kind == JB_VALUE_MISSING;
        g_string_append_printf(out, "%s%s", lead, missing ? (english ? "no data" : "无数据") : values[i].raw);
    }
    g_string_append(out, english ? "." : "。");
    const char *text = jb_arena_string(arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

bool jb_spark_cell(jb_arena *arena, const jb_dataset *data, unsigned row, const jb_spark_column *column,
                   bool english, jb_table_cell *cell) {
    jb_value *values = JB_ARRAY(arena, jb_value, column->count);
    bool *expected = JB_ARRAY(arena, bool, column->count);
    jb_spark *spark = JB_NEW(arena, jb_spark);
    for (unsigned i = 0; i < column->count; i++) {
        values[i] = jb_dataset_at(data, row, column->columns[i]);
        expected[i] = jb_column_is_expected(data, column->columns[i]);
    }
    *spark = (jb_spark){column->form, values, expected, column->count};
    if (!jb_spark_any(spark)) return false;
    cell->spark = spark;
    cell->alt = alt_of(arena, data, row, column, values, english);
    return true;
}
