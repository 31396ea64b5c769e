/* 与上年持平 gets its number: the result of the year before, wherever a dataset has it. */
#include "input/years.h"

#include <stdlib.h>
#include <string.h>
#include "base/text.h"
#include "input/role.h"

int jb_years_of_file(const char *path) {
    char *name = g_path_get_basename(path);
    int year = 0;
    for (const char *p = name; *p; p++) {
        bool begins = (p == name || !g_ascii_isdigit(p[-1])) && (!strncmp(p, "19", 2) || !strncmp(p, "20", 2));
        if (begins && strspn(p, "0123456789") == 4) year = atoi(p);
    }
    g_free(name);
    return year;
}

static bool same_name(const char *a, const char *b) {
    for (;; a = g_utf8_next_char(a), b = g_utf8_next_char(b)) {
        while (jb_is_blank(g_utf8_get_char(a))) a = g_utf8_next_char(a);
        while (jb_is_blank(g_utf8_get_char(b))) b = g_utf8_next_char(b);
        if (g_utf8_get_char(a) != g_utf8_get_char(b)) return false;
        if (!*a) return true;
    }
}

/* The year a cell speaks of: its column's header, its row's year column, its file's name; 0 when none says. */
static int year_of_cell(const jb_dataset *d, unsigned row, unsigned column) {
    int year = jb_header_year(d->columns[column].path), in_rows = jb_dataset_role(d, JB_COLUMN_YEAR);
    if (!year && in_rows >= 0) year = (int)jb_dataset_at(d, row, (unsigned)in_rows).number;
    if (!year) year = jb_years_of_file(d->file);
    return d->columns[column].role == JB_COLUMN_PREVIOUS && year ? year - 1 : year;
}

static bool is_result(const jb_column *column) {
    return column->role == JB_COLUMN_ACTUAL || column->role == JB_COLUMN_PREVIOUS;
}

/* The result of an indicator in a year in one dataset. */
static bool find_result(const jb_dataset *d, const jb_row *wanted, int year, double *number) {
    for (unsigned c = 0; c < d->column_count; c++) {
        if (!is_result(&d->columns[c])) continue;
        for (unsigned r = 0; r < d->row_count; r++) {
            if (!same_name(d->rows[r].name, wanted->name) || strcmp(d->rows[r].unit, wanted->unit) != 0) continue;
            if (year_of_cell(d, r, c) != year) continue;
            jb_value value = jb_dataset_at(d, r, c);
            *number = value.number;
            if (value.kind == JB_VALUE_NUMBER || value.kind == JB_VALUE_APPROX) return true;
        }
    }
    return false;
}

/* Rows that may be looked at in all: a table full of 持平 must not take for ever. */
#define MOST_ROWS_TO_SEARCH 50000000

static void settle_cell(const jb_store *store, jb_dataset *d, unsigned row, unsigned column, size_t *searched) {
    jb_value value = jb_dataset_at(d, row, column);
    int year = year_of_cell(d, row, column), named = (int)value.number; /* 与2019年持平 */
    double number;
    if (value.kind != JB_VALUE_SAME) return;
    if (named) year = named + 1;
    if (!year) return;
    for (unsigned i = 0; i < jb_store_count(store) && *searched < MOST_ROWS_TO_SEARCH; i++) {
        *searched += jb_store_nth(store, i)->row_count;
        if (!find_result(jb_store_nth(store, i), &d->rows[row], year - 1, &number)) continue;
        jb_dataset_settle(d, row, column, number);
        return;
    }
}

void jb_years_settle(jb_store *store) {
    size_t searched = 0;
    for (unsigned i = 0; i < jb_store_count(store); i++) {
        jb_dataset *d = jb_store_edit(store, i);
        for (unsigned c = 0; c < d->column_count; c++)
            for (unsigned r = 0; d->columns[c].same && r < d->row_count; r++) settle_cell(store, d, r, c, &searched);
    }
}
