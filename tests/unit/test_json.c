/* JSON documents as tables; the syntax, against the JSONTestSuite. */
#include "grids.h"

#include "base/limits.h"
#include "input/json.h"

/* What a document reads as: cells, behind "2: " when two header rows are known; the message when it does not.
 */
static const char *read_with(fixture *f, const char *json, bool lines, const jb_data_options *options) {
    static const jb_data_options none = {0};
    jb_grid *grid = NULL;
    const char *name = jb_intern(f->ctx, lines ? "t.ndjson" : "t.json");
    jb_status status =
        jb_json_read(f->ctx, name, json, strlen(json), lines, options ? options : &none, &grid);
    assert_true((status == JB_OK) == (grid != NULL));
    if (!grid) return told(f);
    cells(f, grid);
    if (grid->header_rows) {
        char *prefix = g_strdup_printf("%u: ", grid->header_rows);
        g_string_prepend(f->out, prefix);
        g_free(prefix);
    }
    jb_grid_free(grid);
    return f->out->str;
}

static const char *json_as(fixture *f, const char *json) { return read_with(f, json, false, NULL); }
static const char *lines_as(fixture *f, const char *json) { return read_with(f, json, true, NULL); }
static const char *path_as(fixture *f, const char *json, const char *path) {
    return read_with(f, json, false, &(jb_data_options){.path = path, .pos = {"r.md", 4, 9}});
}

static void records(void **state) {
    assert_string_equal(json_as(*state, "[{\"指标\": \"A\", \"实际\": 1}, {\"实际\": 2, \"指标\": \"B\"}]"),
                        "1: 指标|实际/A|1/B|2");
    assert_string_equal(json_as(*state, "[{\"a\": 1}, {\"b\": 2, \"a\": 3}, null, {\"c\": null}]"),
                        "1: a|b|c/1||/3|2|");
    assert_string_equal(json_as(*state, "[{}]"), "t.json:0:0: error: the records have no keys");
    assert_string_equal(json_as(*state, "[]"), "t.json:0:0: error: the table is empty");
    assert_string_equal(json_as(*state, "[{\"a\": 1}, [2]]"),
                        "t.json:2:0: error: record 2 is no object as the first is");
    assert_string_equal(
        json_as(*state, "[1, 2]"),
        "t.json:0:0: error: no table: a list of records or lists, or an object of columns, is expected");
}

static void values_are_written_exactly(void **state) {
    assert_string_equal(json_as(*state, "[{\"a\": [true, false, null, -0, 9223372036854775807]}]"),
                        "1: a/[true,false,null,0,9223372036854775807]");
    assert_string_equal(
        json_as(*state, "[[true, false, null, \"x\", 9223372036854775807, -9007199254740993]]"),
        "TRUE|FALSE||x|9223372036854775807|-9007199254740993");
    assert_string_equal(json_as(*state, "[[67.20, 0.1, 1e-7, 1.5E3, 1e20, -2.5, 1.0, 1e300]]"),
                        "67.2|0.1|0.0000001|1500|100000000000000000000|-2.5|1|1e+300");
    assert_non_null(strstr(json_as(*state, "[[9223372036854775808]]"),
                           "t.json:1:21: error: a number that is too large to be "
                           "read exactly; write it as a text"));
    assert_non_null(strstr(json_as(*state, "[[1e999]]"), "too large"));
    assert_string_equal(json_as(*state, "[[\"a\\u0000b\"]]"),
                        "t.json:1:12: error: a text with \\u0000, which no cell can hold");
    assert_string_equal(json_as(*state, "[[\" a \\u4e2d\\n \", \"\"]]"), "a 中");
}

static void objects_inside_are_header_rows(void **state) {
    assert_string_equal(json_as(*state, "[{\"n\": \"A\", \"y\": {\"p\": 1, \"a\": 2}, \"z\": 3}]"),
                        "2: n|y||z/n|p|a|z/A|1|2|3");
    assert_string_equal(json_as(*state, "[{\"y\": {\"p\": 1}}, {\"z\": {\"p\": 2}}, {\"y\": {\"q\": 3}}]"),
                        "2: y||z/p|q|p/1||/||2/|3|");
    assert_string_equal(json_as(*state, "[{\"a\": {\"b\": {\"c\": {\"d\": 1, \"e\": {\"f\": 2}}}}}]"),
                        "3: a|/b|/c.d|c.e.f/1|2");
    assert_string_equal(json_as(*state, "[{\"a\": {\"b\": 1}}, {\"a\": null}, {\"a\": {}}]"), "2: a/b/1");
    assert_string_equal(json_as(*state, "[{\"a\": 1}, {\"a\": {\"b\": 1}}]"),
                        "t.json:2:0: error: record 2: “a” is an object here, one value in records before");
    assert_string_equal(json_as(*state, "[{\"a\": {\"b\": 1}}, {\"a\": 1}]"),
                        "t.json:2:0: error: record 2: “a” is one value here, an object in records before");
    assert_non_null(
        strstr(json_as(*state, "[{\"a\": {\"b\": {\"c.d\": 1, \"c\": {\"d\": 2}}}}]"), "“c.d” comes twice"));
}

/* The dataset's columns have the paths of the keys; a record of one value is no note, and one of names no
 * header. */
static void datasets_of_records(void **state) {
    fixture *f = *state;
    static const char json[] = "[{\"指标\": \"A\", \"2020 年\": {\"目标\": 1, \"实际（亿元）\": 2}},"
                               " {\"指标\": \"指标\", \"2020 年\": {\"目标\": \"目标\"}}, {\"指标\": "
                               "\"注：x\"}, {\"2020 年\": {\"目标\": 5}}]";
    jb_grid *grid = NULL;
    jb_dataset *d = NULL;
    jb_data_options none = {0};
    assert_int_equal(
        jb_json_read(f->ctx, jb_intern(f->ctx, "t.json"), json, strlen(json), false, &none, &grid), JB_OK);
    assert_int_equal(jb_dataset_new(f->ctx, grid, "t", NULL, &d), JB_OK);
    assert_int_equal(d->column_count, 3);
    assert_int_equal(d->row_count, 4);
    assert_string_equal(d->columns[0].path, "指标");
    assert_string_equal(d->columns[1].path, "2020 年/目标");
    assert_string_equal(d->columns[2].path, "2020 年/实际");
    assert_string_equal(d->columns[2].unit, "亿元");
    assert_string_equal(jb_dataset_text(d, 3, 1), "5");
    assert_int_equal(jb_dataset_pos(d, 0, 2).line, 1); /* record and key */
    assert_int_equal(jb_dataset_pos(d, 3, 1).line, 4);
    assert_int_equal(jb_dataset_pos(d, 3, 1).column, 2);
    jb_dataset_free(d);
    jb_data_options header = {.header = 1, .pos = {"r.md", 3, 3}};
    assert_int_equal(
        jb_json_read(f->ctx, jb_intern(f->ctx, "t.json"), json, strlen(json), false, &none, &grid), JB_OK);
    assert_int_equal(jb_dataset_new(f->ctx, grid, "t", &header, &d), JB_INPUT);
    assert_non_null(strstr(told(f), "r.md:3:3: error: “header” and “skip” are for sheets and texts"));
}

static jb_dataset *columns_of(fixture *f, const char *json) {
    jb_grid *grid = NULL;
    jb_dataset *d = NULL;
    jb_data_options none = {0};
    assert_int_equal(jb_json_read(f->ctx, jb_intern(f->ctx, "t.json"), json, strlen(json), false, &none, &grid), JB_OK);
    assert_int_equal(jb_dataset_new(f->ctx, grid, "t", NULL, &d), JB_OK);
    return d;
}

/* A slash parts a path when the columns beside say the same before it, outside of brackets. */
static void paths_in_names(void **state) {
    jb_dataset *d = columns_of(*state, "{\"指标\": [\"A\"], \"2020 年/目标\": [1], \"2020 年/实际（元/人）\": [2], \"出口/进口\": [3],"
                                       " \"单价（元/人）\": [4], \"单价（元/件）\": [5], \"2020 年/备注\": [6]}");
    static const char *const names[] = {"指标", "目标", "实际", "出口/进口", "单价", "单价", "2020 年/备注"};
    assert_int_equal(d->column_count, G_N_ELEMENTS(names));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) assert_string_equal(d->columns[i].name, names[i]);
    assert_string_equal(d->columns[2].path, "2020 年/实际");
    assert_string_equal(d->columns[2].unit, "元/人");
    jb_dataset_free(d);
    d = columns_of(*state, "{\"指标\": [\"A\"], \"全年/上半年/目标\": [1], \"全年/上半年/实际\": [2], \"全年/下半年/\": [3]}");
    assert_string_equal(d->columns[1].name, "目标");
    assert_string_equal(d->columns[2].name, "实际");
    assert_string_equal(d->columns[3].name, "下半年/");
    jb_dataset_free(d);
}

static void lists_and_columns(void **state) {
    assert_string_equal(json_as(*state, "[[\"指标\", \"实际\"], [\"A\", 1], [\"B\"]]"), "指标|实际/A|1/B|");
    assert_string_equal(json_as(*state, "{\"指标\": [\"A\", \"B\"], \"实际\": [1, null]}"),
                        "1: 指标|实际/A|1/B|");
    assert_string_equal(json_as(*state, "{\"a\": [1, 2], \"b\": [1]}"),
                        "t.json:0:0: error: column “b” has 1 values, “a” has 2");
    assert_string_equal(json_as(*state, "{\"columns\": [\"a\", \"b\"], \"index\": [0], \"data\": [[1, 2]]}"),
                        "1: a|b/1|2");
    assert_string_equal(json_as(*state, "{\"columns\": [null, null], \"data\": [[1, 2]]}"), "1: |/1|2");
    assert_string_equal(json_as(*state, "[[1], {\"a\": 2}]"),
                        "t.json:2:0: error: record 2 is no list as the first is");
}

static void the_one_table_is_found(void **state) {
    assert_string_equal(json_as(*state, "{\"code\": 0, \"data\": {\"rows\": [{\"a\": 1}], \"total\": 1}}"),
                        "1: a/1");
    assert_string_equal(json_as(*state, "{\"meta\": {\"x\": 1}, \"data\": [{\"a\": 1}], \"none\": []}"),
                        "1: a/1");
    assert_string_equal(json_as(*state, "{\"a\": [{\"x\": 1}], \"b\": {\"c\": [[1]], \"d\": {\"e\": [1]}}}"),
                        "t.json:0:0: error: there are 3 tables in it; “path” chooses one: a, b.c, b.d");
    assert_string_equal(json_as(*state, "{\"a.b\": [[1]], \"c/d\": [[1]]}"),
                        "t.json:0:0: error: there are 2 tables in it; “path” chooses one: a.b, c~1d");
    assert_string_equal(
        json_as(*state, "{\"a\": 1}"),
        "t.json:0:0: error: there is no table in it: no list of records or lists, no object of columns");
}

static void paths_lead_into_documents(void **state) {
    static const char json[] =
        "{\"data\": [{\"rows\": [{\"a\": 1}]}, {\"rows\": [{\"a\": 2}]}], \"x.y\": [[3]], \"p/q\": [[4]]}";
    assert_string_equal(path_as(*state, json, "data.1.rows"), "1: a/2");
    assert_string_equal(path_as(*state, json, "data/0/rows"), "1: a/1");
    assert_string_equal(path_as(*state, json, "/data/0/rows"), "1: a/1");
    assert_string_equal(path_as(*state, json, "x.y"), "3");
    assert_string_equal(path_as(*state, json, "/x.y"), "3");
    assert_string_equal(path_as(*state, json, "/p~1q"), "4");
    assert_string_equal(path_as(*state, json, "p/q"), "4");
    assert_string_equal(path_as(*state, json, "date.0"),
                        "r.md:4:9: error: path “date.0”: there is no “date”; did you mean “data”?");
    assert_string_equal(
        path_as(*state, json, "data.2.rows"),
        "r.md:4:9: error: path “data.2.rows”: “2” is none of the 2 items of a list, which count from 0");
    assert_non_null(strstr(path_as(*state, json, "data.-1"), "“-1” is none of the 2 items"));
    assert_non_null(
        strstr(path_as(*state, json, "data.0.rows.0.a.b"), "there is nothing below which “b” could be"));
    assert_string_equal(
        path_as(*state, json, "data.0.rows.0.a"),
        "r.md:4:9: error: no table: a list of records or lists, or an object of columns, is expected");
}

static void lines(void **state) {
    assert_string_equal(lines_as(*state, "{\"a\": 1}\n\n{\"b\": {\"c\": 2}}\r\n{\"a\": 3}"),
                        "2: a|b/a|c/1|/|2/3|");
    assert_string_equal(lines_as(*state, "[\"a\", \"b\"]\n[1, 2]\n"), "a|b/1|2");
    assert_string_equal(lines_as(*state, "{\"a\": 1}\n\n{\"a\": }\n"),
                        "t.ndjson:3:7: error: not JSON: unexpected token near '}'");
    assert_string_equal(lines_as(*state, "{\"a\": 1}\n[1]\n"),
                        "t.ndjson:2:0: error: record 2 is no object as the first is");
    assert_non_null(strstr(lines_as(*state, "\n"), "the records have no keys"));
    fixture *f = *state;
    assert_string_equal(load_as(f, file_with(f, "a.json", "{\"a\": 1}\n{\"a\": 2}\n", 18), NULL), "a/1/2");
    assert_non_null(
        strstr(load_as(f, file_with(f, "b.json", "{\"a\":\n 1} x\n", 12), NULL), "end of file expected"));
    assert_non_null(strstr(read_with(f, "{}", true, &(jb_data_options){.path = "x", .pos = {"r.md", 1, 1}}),
                           "this is NDJSON"));
}

static void syntax_errors_have_places(void **state) {
    fixture *f = *state;
    assert_string_equal(json_as(f, "[\n{\"指标\": x}]"),
                        "t.json:2:8: error: not JSON: invalid token near 'x'");
    jb_diagnostic d = jb_context_diagnostic(f->ctx, 0);
    assert_string_equal(d.source, "{\"指标\": x}]");
    assert_non_null(strstr(json_as(f, "[{\"a\": 1, \"a\": 2}]"), "t.json:1:13: error: a key comes twice in an object"));
    assert_non_null(strstr(json_as(f, "[1"), "near end of file"));
    assert_non_null(strstr(json_as(f, ""), "end of file"));
}

static void deep_documents_are_refused(void **state) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 100000; i++) g_string_append_c(text, '[');
    assert_non_null(strstr(json_as(*state, text->str), "nested deeper than the limit of 2048 levels"));
    g_string_truncate(text, 0);
    for (int i = 0; i < 100000; i++) g_string_append(text, "{\"a\":");
    assert_non_null(strstr(json_as(*state, text->str), "nested deeper than the limit of 2048 levels"));
    g_string_truncate(text, 0);
    g_string_append(text, "[");
    for (int i = 0; i < 2000; i++) g_string_append(text, "{\"a\":");
    g_string_append(text, "1");
    for (int i = 0; i < 2000; i++) g_string_append(text, "}");
    g_string_append(text, "]");
    assert_true(g_str_has_prefix(json_as(*state, text->str), "3: a/a/a.a.a."));
    g_string_free(text, TRUE);
}

static void wide_records_are_refused(void **state) {
    GString *text = g_string_new("[{\"k\": 0");
    for (int i = 0; i < JB_LIMIT_COLUMNS; i++) g_string_append_printf(text, ", \"k%d\": 1", i);
    g_string_append(text, "}]");
    assert_string_equal(json_as(*state, text->str),
                        "t.json:1:0: error: the records have more than the limit of 2000 keys");
    g_string_assign(text, "{\"k\": []");
    for (int i = 0; i < JB_LIMIT_COLUMNS; i++) g_string_append_printf(text, ", \"k%d\": []", i);
    g_string_append(text, "}");
    assert_non_null(strstr(json_as(*state, text->str), "more than the limit of 2000 columns"));
    g_string_assign(text, "[[0");
    for (int i = 0; i < JB_LIMIT_COLUMNS; i++) g_string_append(text, ", 1");
    g_string_append(text, "]]");
    assert_non_null(strstr(json_as(*state, text->str), "is longer than a table may be wide"));
    g_string_free(text, TRUE);
}

/* ---- the JSONTestSuite ---- */

static void run_suite_file(fixture *f, const char *name, unsigned *accepted, unsigned *refused) {
    /* valid, but with \u0000, which no cell can hold, or a key twice, of which one would be lost */
    static const char *const stricter[] = {"y_object_duplicated_key.json",
                                           "y_object_duplicated_key_and_value.json",
                                           "y_string_null_escape.json", "y_object_escaped_null_in_key.json"};
    char *path = g_build_filename("tests/outside/json-suite", name, NULL), *text;
    gsize length;
    bool wanted = *name == 'y';
    for (size_t i = 0; i < G_N_ELEMENTS(stricter); i++)
        if (!strcmp(name, stricter[i])) wanted = false;
    assert_true(g_file_get_contents(path, &text, &length, NULL));
    json_t *root = jb_json_parse(f->ctx, jb_intern(f->ctx, name), text, length);
    if (wanted != (root != NULL)) fail_msg("%s: %s", name, told(f));
    if (!root) assert_true(g_utf8_validate(told(f), -1, NULL));
    *accepted += root != NULL;
    *refused += root == NULL;
    json_decref(root);
    g_free(text), g_free(path);
}

static void json_test_suite(void **state) {
    GDir *folder = g_dir_open("tests/outside/json-suite", 0, NULL);
    unsigned accepted = 0, refused = 0;
    for (const char *name; (name = g_dir_read_name(folder));)
        if (g_str_has_suffix(name, ".json") && *name != 'i') run_suite_file(*state, name, &accepted, &refused);
    g_dir_close(folder);
    assert_int_equal(accepted, 91); /* of 95: see above */
    assert_int_equal(refused, 190);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(records),
        TEST(values_are_written_exactly),
        TEST(objects_inside_are_header_rows),
        TEST(datasets_of_records),
        TEST(paths_in_names),
        TEST(lists_and_columns),
        TEST(the_one_table_is_found),
        TEST(paths_lead_into_documents),
        TEST(lines),
        TEST(syntax_errors_have_places),
        TEST(deep_documents_are_refused),
        TEST(wide_records_are_refused),
        TEST(json_test_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
