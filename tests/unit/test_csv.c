/* Delimited text: cells, quotes, line breaks, separators, places, limits. */
#include "grids.h"

#include <jansson.h>
#include "base/limits.h"

static void cells_and_rows(void **state) {
    assert_string_equal(read_as(*state, "a,b\n1,2\n", 0), "a|b/1|2");
    assert_string_equal(read_as(*state, "a,b\r\n1,2", 0), "a|b/1|2");
    assert_string_equal(read_as(*state, "a,b\r1,2\r", 0), "a|b/1|2");
    assert_string_equal(read_as(*state, "x", 0), "x");
    assert_string_equal(read_as(*state, ",\n,", 0), "|/|");
    assert_string_equal(read_as(*state, " a ,　b　\n", ','), "a|b");
}

static void quotes(void **state) {
    assert_string_equal(read_as(*state, "\"a,b\",\"c\"\"d\"\n", ','), "a,b|c\"d");
    assert_string_equal(read_as(*state, "\"\",\"\"\"\"\n", ','), "|\"");
    assert_string_equal(read_as(*state, "\"a\nb\",\"c\r\nd\",\"e\rf\"\n", ','), "a\nb|c\nd|e\nf");
    assert_string_equal(read_as(*state, "a\"b,5\"\n", ','), "a\"b|5\"");
    assert_string_equal(read_as(*state, "\"  a\n\",\"\n\",x", ','), "a||x");
}

static void quote_errors_have_places(void **state) {
    assert_string_equal(read_as(*state, "a,b\n1,\"x\ny", ','),
                        "t.csv:2:3: error: this quote is never closed");
    assert_string_equal(read_as(*state, "a,b\n指标,\"x\"y\n", ','),
                        "t.csv:2:7: error: text behind the closing quote of a cell");
    assert_string_equal(read_as(*state, "\"", ','), "t.csv:1:1: error: this quote is never closed");
}

static void nothing_is_an_error(void **state) {
    assert_string_equal(read_as(*state, "", 0), "t.csv:0:0: error: the file is empty");
    assert_string_equal(read_as(*state, "\n\n\r\n", 0), "//");
    fixture *f = *state;
    assert_string_equal(load_as(f, file_with(f, "e.csv", "", 0), NULL),
                        "e.csv:0:0: error: cannot read: the file is empty");
}

static void separators_are_found(void **state) {
    assert_string_equal(read_as(*state, "指标;目标;实际\nx;1,5;2,3\ny;1,0;2\n", 0),
                        "指标|目标|实际/x|1,5|2,3/y|1,0|2");
    assert_string_equal(read_as(*state, "a\tb\nx, y\t1\n", 0), "a|b/x, y|1");
    assert_string_equal(read_as(*state, "a|b\n1|2\n", 0), "a|b/1|2");
    assert_string_equal(read_as(*state, "2020 年；计划\n\na,b\n1,2\n", 0), "2020 年；计划|/|/a|b/1|2");
    assert_string_equal(read_as(*state, "a,b\n\"x;y;z\",\"1;2;3\"\n", 0), "a|b/x;y;z|1;2;3");
    assert_string_equal(read_as(*state, "a;b\r1;2\r", 0), "a|b/1|2");
    assert_string_equal(read_as(*state, "5\" pipe;b\nx;\"1,2\"\n", 0), "5\" pipe|b/x|1,2");
}

static void said_separator(void **state) {
    assert_string_equal(read_as(*state, "sep=;\r\na,x;b\n1;2\n", 0), "a,x|b/1|2");
    jb_grid *grid = grid_of(*state, "sep=;\na;b\n", 0);
    assert_int_equal(jb_grid_pos(grid, 0, 1).line, 2);
    assert_int_equal(jb_grid_pos(grid, 0, 1).column, 3);
    jb_grid_free(grid);
    assert_string_equal(read_as(*state, "sep=a\n", ','), "sep=a");
}

static void tabs_as_excel_writes_them(void **state) {
    assert_string_equal(read_as(*state, "a\t\"b\tc\"\n1\t\"say \"\"hi\"\"\"\n", '\t'), "a|b\tc/1|say \"hi\"");
    assert_string_equal(read_as(*state, "\"5 inch\t\"x\" y\n", '\t'), "\"5 inch|\"x\" y");
}

static void byte_order_mark_is_no_text(void **state) {
    fixture *f = *state;
    static const char text[] = "\xEF\xBB\xBF\"a\",b\n1,2\n";
    assert_string_equal(load_as(f, file_with(f, "b.csv", text, sizeof text - 1), NULL), "a|b/1|2");
}

/* Every cell's place, against one counted from the raw text: where the cell's first character, or its quote,
 * stands. */
static void assert_places(fixture *f, const char *text, unsigned row, unsigned column, int line, int at) {
    jb_grid *grid = grid_of(f, text, ',');
    assert_non_null(grid);
    jb_pos pos = jb_grid_pos(grid, row, column);
    assert_int_equal(pos.line, line);
    assert_int_equal(pos.column, at);
    jb_grid_free(grid);
}

static void places_are_exact(void **state) {
    assert_places(*state, "指标,实际\n一二三,4\n", 1, 1, 2, 5);
    assert_places(*state, "\"指标\",实际\n", 0, 1, 1, 6);
    assert_places(*state, "\"a\"\"b\",c\n", 0, 1, 1, 8);
    assert_places(*state, "a, b ,　c\n", 0, 1, 1, 4);
    assert_places(*state, "a, b ,　c\n", 0, 2, 1, 8);
    assert_places(*state, "\"a\nb\",c\n1,2\n", 0, 1, 2, 4);
    assert_places(*state, "\"a\nb\",c\n1,2\n", 1, 1, 3, 3);
    assert_places(*state, "\"a\"\"x\"\"\nb\",c\n", 0, 1, 2, 4);   /* quotes doubled on the line before */
    assert_places(*state, "\"a\r\nb\"\"\",c\r\n1,2", 0, 1, 2, 6); /* and on the last */
    assert_places(*state, "\"a\r\nb\",c\r\n1,2", 1, 0, 3, 1);
    assert_places(*state, "\"a\n\",\"\n\",c\n1,2", 0, 2, 3, 3); /* line breaks at the ends of cells */
    assert_places(*state, "\"a\n\",\"\n\",c\n1,2", 0, 1, 2, 3);
    assert_places(*state, "\"a \n\n \",c", 0, 1, 3, 4);
    assert_places(*state, "\"指\n标\n\",\"x\"", 0, 1, 3, 3);
    assert_places(*state, "a\rb,\"c\rd\",e\r", 1, 2, 3, 4);
    assert_places(*state, "a,b\n\n\n1,2", 3, 1, 4, 3);
}

/* Any text of few letters: places of the plain cell behind a quoted one are those counted by hand. */
static void places_behind_any_quoted_cell(void **state) {
    static const char *const pieces[] = {"a", "\"\"", "\n", "\r\n", " ", "标"};
    for (unsigned n = 0; n < 6 * 6 * 6 * 6; n++) {
        GString *text = g_string_new("x,\"");
        for (unsigned i = 0, k = n; i < 4; i++, k /= 6) g_string_append(text, pieces[k % 6]);
        g_string_append(text, "\",Z\n");
        jb_pos expected = jb_pos_at(NULL, text->str, (size_t)(strchr(text->str, 'Z') - text->str));
        jb_grid *grid = grid_of(*state, text->str, ',');
        assert_non_null(grid);
        assert_int_equal(grid->rows, 1);
        assert_string_equal(jb_grid_text(grid, 0, 2), "Z");
        jb_pos pos = jb_grid_pos(grid, 0, 2);
        if (pos.line != expected.line || pos.column != expected.column) fail_msg("%s", text->str);
        assert_int_equal(jb_grid_pos(grid, 0, 1).column == 3 || strchr(" \r\n", text->str[3]) != NULL, 1);
        jb_grid_free(grid);
        g_string_free(text, TRUE);
    }
}

static void ragged_rows_are_kept(void **state) {
    assert_string_equal(read_as(*state, "a,b,c\n1\n1,2,3,4\n", ','), "a|b|c|/1|||/1|2|3|4");
}

static void limits(void **state) {
    fixture *f = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 10000000; i++) g_string_append_c(text, ',');
    assert_string_equal(read_as(f, text->str, ','),
                        "t.csv:1:2001: error: the row has more than the limit of 2000 cells");
    g_string_truncate(text, 0);
    for (int i = 0; i < JB_LIMIT_CELL_BYTES; i++) g_string_append_c(text, 'x');
    assert_int_equal(strlen(read_as(f, text->str, ',')), JB_LIMIT_CELL_BYTES);
    g_string_append_c(text, 'x');
    assert_string_equal(read_as(f, text->str, ','),
                        "t.csv:1:1: error: the cell is longer than the limit of 65536 bytes");
    g_string_prepend_c(text, '"');
    g_string_append(text, "xx\"");
    assert_string_equal(
        read_as(f, text->str, ','),
        "t.csv:1:1: error: this quote is not closed within the limit of 65536 bytes for a cell");
    g_string_free(text, TRUE);
}

static void written_csv_reads_the_same(void **state) {
    fixture *f = *state;
    jb_grid *grid = grid_of(f, "a,\"b,\"\"c\"\n\"x\ny\",2\n", ',');
    GString *csv = g_string_new(NULL);
    jb_grid_write_csv(grid, csv);
    assert_string_equal(csv->str, "a,\"b,\"\"c\"\n\"x\ny\",2\n");
    jb_grid_free(grid);
    g_string_free(csv, TRUE);
}

/* JSON texts with CR LF are compared with LF: a cell has one kind of line break. */
static char *without_returns(const char *text) {
    GString *out = g_string_new(NULL);
    for (; *text; text++)
        if (*text != '\r') g_string_append_c(out, *text);
    char *end = g_strstrip(g_string_free(out, FALSE));
    return end;
}

static void compare_spectrum(fixture *f, const char *name) {
    char *csv = g_strdup_printf("tests/outside/csv-spectrum/csvs/%s.csv", name);
    char *json = g_strdup_printf("tests/outside/csv-spectrum/json/%s.json", name);
    json_t *records = json_load_file(json, 0, NULL);
    jb_grid *grid = NULL;
    assert_non_null(records);
    if (json_is_object(records))
        records = json_pack("[o]", records); /* location_coordinates has one record */
    assert_int_equal(jb_load_grid(f->ctx, csv, NULL, &grid), JB_OK);
    assert_int_equal(grid->rows, json_array_size(records) + 1);
    for (unsigned r = 1; r < grid->rows; r++) {
        const json_t *record = json_array_get(records, r - 1);
        assert_int_equal(json_object_size(record), grid->columns);
        for (unsigned c = 0; c < grid->columns; c++) {
            /* the phone number of the CSV is another than that of the JSON */
            if (!strcmp(jb_grid_text(grid, 0, c), "Contact Phone Number")) continue;
            char *wanted =
                without_returns(json_string_value(json_object_get(record, jb_grid_text(grid, 0, c))));
            assert_string_equal(jb_grid_text(grid, r, c), wanted);
            g_free(wanted);
        }
    }
    jb_grid_free(grid);
    json_decref(records);
    g_free(csv), g_free(json);
}

static void csv_spectrum(void **state) {
    GDir *folder = g_dir_open("tests/outside/csv-spectrum/csvs", 0, NULL);
    unsigned count = 0;
    for (const char *file; (file = g_dir_read_name(folder)); count++) {
        char *name = g_strndup(file, strlen(file) - 4);
        compare_spectrum(*state, name);
        g_free(name);
    }
    g_dir_close(folder);
    assert_int_equal(count, 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(cells_and_rows),
        TEST(quotes),
        TEST(quote_errors_have_places),
        TEST(nothing_is_an_error),
        TEST(separators_are_found),
        TEST(said_separator),
        TEST(tabs_as_excel_writes_them),
        TEST(byte_order_mark_is_no_text),
        TEST(places_are_exact),
        TEST(places_behind_any_quoted_cell),
        TEST(ragged_rows_are_kept),
        TEST(limits),
        TEST(written_csv_reads_the_same),
        TEST(csv_spectrum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
