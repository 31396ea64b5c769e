/* Keys of a `data:` entry. */
#include "unit.h"

#include "input/options.h"

typedef struct fixture {
    jb_context *ctx;
    jb_arena *arena;
    jb_data_options options;
    char message[512];
} fixture;

static int set_up(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->arena = jb_arena_new();
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    jb_arena_free(f->arena);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

/* Reads an entry; gives the first error, or "" when there is none. */
static const char *read_entry(fixture *f, const char *yaml) {
    jb_node *node = NULL;
    jb_pos origin = {jb_intern(f->ctx, "r.md"), 1, 1};
    assert_int_equal(jb_node_parse(f->ctx, f->arena, yaml, strlen(yaml), origin, &node), JB_OK);
    size_t before = jb_context_count(f->ctx, JB_ERROR);
    jb_status status = jb_data_options_read(f->ctx, f->arena, node, &f->options);
    assert_true((status == JB_OK) == (jb_context_count(f->ctx, JB_ERROR) == before));
    assert_int_equal(f->options.pos.line, 1);
    return status == JB_OK ? "" : last_message(f->ctx, f->message, sizeof f->message);
}

static void nothing_is_find_out(void **state) {
    fixture *f = *state;
    assert_string_equal(read_entry(f, "file: plan.csv"), "");
    jb_data_options none = {.pos = f->options.pos};
    assert_memory_equal(&f->options, &none, sizeof none);
    assert_string_equal(read_entry(f, "plan.csv"), "");
    assert_null(f->options.sheet);
}

static void every_key_is_read(void **state) {
    fixture *f = *state;
    assert_string_equal(
        read_entry(f, "file: x\nsheet: 2020\nrange: A3:F30\nencoding: gbk\npath: data.rows\ntable: plan\n"
                      "separator: ';'\npad: true\nhidden: skip\nraw: true\nheader: 2\nskip: 3\n"
                      "columns: [指标名称, 2020]\n"),
        "");
    const jb_data_options *o = &f->options;
    assert_string_equal(o->sheet, "2020");
    assert_string_equal(o->range, "A3:F30");
    assert_string_equal(o->encoding, "gbk");
    assert_string_equal(o->path, "data.rows");
    assert_string_equal(o->table, "plan");
    assert_int_equal(o->separator, ';');
    assert_true(o->pad && o->skip_hidden && o->raw);
    assert_int_equal(o->header, 2);
    assert_int_equal(o->skip, 3);
    assert_int_equal(o->column_count, 2);
    assert_string_equal(o->columns[0], "指标名称");
    assert_string_equal(o->columns[1], "2020");
    assert_string_equal(read_entry(f, "query: SELECT 1\nhidden: keep\npad: false\n"), "");
    assert_string_equal(f->options.query, "SELECT 1");
    assert_false(f->options.skip_hidden || f->options.pad);
}

static void separators(void **state) {
    static const char *const yaml[] = {"separator: ','", "separator: tab", "separator: \"\\t\"",
                                       "separator: '\\t'", "separator: '|'"};
    static const char wanted[] = {',', '\t', '\t', '\t', '|'};
    for (size_t i = 0; i < G_N_ELEMENTS(yaml); i++) {
        fixture *f = *state;
        assert_string_equal(read_entry(f, yaml[i]), "");
        assert_int_equal(f->options.separator, wanted[i]);
    }
}

static void wrong_values_have_places(void **state) {
    static const char *const wrong[][2] = {
        {"separator: ':'", "r.md:1:12: error: “separator” is one of “,”, “;”, “|” and tab, in quotes"},
        {"separator: [',']", "r.md:1:12: error: “separator” is one of “,”, “;”, “|” and tab, in quotes"},
        {"separator:", "r.md:1:11: error: “separator” is one of “,”, “;”, “|” and tab, in quotes"},
        {"hidden: yes", "r.md:1:9: error: “hidden” is “skip” or “keep”, not “yes”"},
        {"header: 4", "r.md:1:9: error: “header” is a whole number from 1 to 3"},
        {"header: 0", "r.md:1:9: error: “header” is a whole number from 1 to 3"},
        {"header: 1.5", "r.md:1:9: error: “header” is a whole number from 1 to 3"},
        {"skip: -1", "r.md:1:7: error: “skip” is a whole number from 0 to 1000000"},
        {"columns: []", "r.md:1:10: error: “columns” is a list of names, as [指标名称, 实际完成]"},
        {"columns: a", "r.md:1:10: error: “columns” is a list of names, as [指标名称, 实际完成]"},
        {"columns: [a, b, a]", "r.md:1:17: error: column “a” comes twice"},
        {"encoding: GB18O30", "r.md:1:11: error: unknown encoding “GB18O30”; did you mean “GB18030”?"},
        {"sheet: ''", "r.md:1:8: error: “sheet” is empty"},
        {"table: a\nquery: SELECT 1", "r.md:2:8: error: “query” and “table” exclude each other"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_string_equal(read_entry(*state, wrong[i][0]), wrong[i][1]);
}

static void wrong_kinds_have_places(void **state) {
    static const char *const wrong[] = {"sheet: [a]",    "range: {a: b}", "encoding:", "path: []",
                                        "table: ~",      "query: [x]",    "pad: 1",    "raw: 'true'",
                                        "hidden: {}",    "header: x",     "skip: [1]", "columns: {a: b}",
                                        "columns: [[a]]"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        if (!g_str_has_prefix(read_entry(*state, wrong[i]), "r.md:1:")) fail_msg("%s", wrong[i]);
}

/* The keys that callers check are the ones that are read. */
static void keys_are_listed(void **state) {
    (void)state;
    size_t count;
    const char *const *keys = jb_data_option_keys(&count);
    assert_int_equal(count, 13);
    assert_string_equal(keys[0], "sheet");
    assert_string_equal(keys[12], "columns");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_find_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_key_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(separators, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_values_have_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_kinds_have_places, set_up, tear_down),
        cmocka_unit_test(keys_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
