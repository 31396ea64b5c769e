/* The data dump: one JSON object a row (docs/dumps.md). */
#include <string.h>
#include "base/text.h"
#include "input/dataset.h"

static bool is_shown(const jb_column *column) {
    return column->role != JB_COLUMN_NUMBERING && column->role != JB_COLUMN_NAME &&
           column->role != JB_COLUMN_UNIT;
}

static const char *key_of(const jb_dataset *d, unsigned column) {
    for (unsigned c = 0; c < d->column_count; c++)
        if (c != column && !strcmp(d->columns[c].name, d->columns[column].name))
            return d->columns[column].path;
    return d->columns[column].name;
}

static void dump_value(const jb_value *v, GString *out) {
    g_string_append_printf(out, "{\"kind\":\"%s\"", jb_value_kind_name(v->kind));
    if (jb_value_is_numeric(v) || v->resolved) {
        g_string_append(out, ",\"value\":");
        jb_text_json_number(out, v->number);
    }
    if (v->kind == JB_VALUE_RANGE) {
        g_string_append(out, ",\"hi\":");
        jb_text_json_number(out, v->high);
    }
    g_string_append(out, ",\"raw\":");
    jb_text_json(out, v->raw);
    g_string_append_c(out, '}');
}

static void dump_row(const jb_dataset *d, unsigned r, GString *out) {
    const jb_row *row = &d->rows[r];
    bool first = true;
    g_string_append_printf(out, "{\"row\":%u,\"name\":", r + 1);
    jb_text_json(out, row->name);
    g_string_append(out, ",\"unit\":");
    jb_text_json(out, row->unit);
    g_string_append_printf(out, ",\"binding\":%s,\"sub\":%s,\"values\":{", row->binding ? "true" : "false",
                           row->level ? "true" : "false");
    for (unsigned c = 0; c < d->column_count; c++) {
        if (!is_shown(&d->columns[c])) continue;
        if (!first) g_string_append_c(out, ',');
        jb_text_json(out, key_of(d, c));
        g_string_append_c(out, ':');
        jb_value value = jb_dataset_at(d, r, c);
        dump_value(&value, out);
        first = false;
    }
    g_string_append(out, "}}\n");
}

void jb_dataset_dump(const jb_dataset *d, GString *out) {
    for (unsigned r = 0; r < d->row_count; r++) dump_row(d, r, out);
}
