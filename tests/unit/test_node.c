/* YAML nodes: values, places, what is refused, typed access, merging. */
#include "unit.h"

#include "base/limits.h"
#include "input/node.h"

typedef struct fixture {
    jb_context *ctx;
    jb_arena *arena;
    char message[1024];
} fixture;

static int setup(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->arena = jb_arena_new();
    *state = f;
    return 0;
}

static int teardown(void **state) {
    fixture *f = *state;
    jb_arena_free(f->arena);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

static jb_node *parse(fixture *f, const char *text) {
    jb_node *root;
    if (jb_node_parse(f->ctx, f->arena, text, strlen(text), (jb_pos){"r.md", 2, 1}, &root) == JB_OK)
        return root;
    assert_null(root);
    return NULL;
}

static const char *message(fixture *f) { return last_message(f->ctx, f->message, sizeof f->message); }

static void refused(fixture *f, const char *text, const char *wanted) {
    assert_null(parse(f, text));
    assert_string_equal(message(f), wanted);
}

static void assert_place(jb_pos pos, int line, int column) {
    assert_int_equal(pos.line, line);
    assert_int_equal(pos.column, column);
}

static void map_keeps_order_and_places(void **state) {
    fixture *f = *state;
    jb_node *root = parse(f, "标题: 简报\ny: [年初目标, 实际完成]\nz: {a: 1}\n");
    assert_int_equal(root->kind, JB_NODE_MAP);
    assert_int_equal(root->count, 3);
    assert_string_equal(root->keys[0], "标题");
    assert_string_equal(root->keys[2], "z");
    assert_place(root->key_pos[1], 3, 1);
    assert_place(root->items[0]->pos, 2, 5);
    assert_place(jb_node_get(root, "y")->items[1]->pos, 3, 11);
    assert_string_equal(jb_node_get(jb_node_get(root, "z"), "a")->text, "1");
    assert_null(jb_node_get(root, "nothing"));
    assert_null(jb_node_get(root->items[0], "a"));
    assert_string_equal(root->items[0]->pos.file, "r.md");
}

static void origin_column_counts_on_the_first_line_only(void **state) {
    fixture *f = *state;
    jb_node *root;
    const char *text = "a: 1\nb: 2";
    assert_int_equal(jb_node_parse(f->ctx, f->arena, text, strlen(text), (jb_pos){"t", 7, 5}, &root), JB_OK);
    assert_place(root->items[0]->pos, 7, 8);
    assert_place(root->items[1]->pos, 8, 4);
}

static void places_ignore_yaml_line_ends(void **state) {
    fixture *f = *state;
    jb_node *root = parse(f, "a: \"x\xE2\x80\xA8y\"\r\nb: 2\r\n");
    assert_place(root->key_pos[1], 3, 1);
}

static void nothing_is_an_empty_map(void **state) {
    fixture *f = *state;
    const char *const texts[] = {"", "\n\n", "# only a comment\n", "---\n"};
    for (size_t i = 0; i < 4; i++) {
        jb_node *root = parse(f, texts[i]);
        assert_int_equal(root->kind, JB_NODE_MAP);
        assert_int_equal(root->count, 0);
    }
}

static void json_is_read_as_well(void **state) {
    fixture *f = *state;
    jb_node *root = parse(f, "{\"mark\": \"bar\", \"y\": [1, 2.5], \"axis\": null, \"空\": {}}");
    assert_true(jb_node_get(root, "mark")->quoted);
    assert_int_equal(jb_node_get(root, "y")->count, 2);
    assert_true(jb_node_is_null(jb_node_get(root, "axis")));
    assert_int_equal(jb_node_get(root, "空")->kind, JB_NODE_MAP);
}

static void block_scalars_keep_their_lines(void **state) {
    fixture *f = *state;
    jb_node *root = parse(f, "sql: |\n  SELECT 1\n  FROM x\n");
    assert_string_equal(root->items[0]->text, "SELECT 1\nFROM x\n");
    assert_true(root->items[0]->quoted);
}

static void duplicate_keys_are_refused(void **state) {
    refused(*state, "title: a\ndata: b\ntitle: c\n", "r.md:4:1: error: the key “title” comes twice");
}

static void anchors_aliases_and_tags_are_refused(void **state) {
    refused(*state, "a: &x 1\n", "r.md:2:4: error: anchors are not supported: “&x”");
    refused(*state, "a: [&x 1]\n", "r.md:2:5: error: anchors are not supported: “&x”");
    refused(*state, "a: &m {b: 1}\n", "r.md:2:4: error: anchors are not supported: “&m”");
    refused(*state, "b: *x\n", "r.md:2:4: error: aliases are not supported: “*x”");
    refused(*state, "*x : 1\n", "r.md:2:1: error: aliases are not supported: “*x”");
    refused(*state, "a: !!str 1\n", "r.md:2:4: error: tags are not supported: “tag:yaml.org,2002:str”");
}

static void malformed_text_is_placed(void **state) {
    fixture *f = *state;
    assert_null(parse(f, "标题: 甲\n列: [一, 二\n三: 四\n"));
    assert_string_equal(message(f),
                        "r.md:4:2: error: malformed YAML: did not find expected ',' or ']' (while parsing "
                        "a flow sequence)");
    assert_null(parse(f, "a: b: c\n"));
    assert_string_equal(message(f),
                        "r.md:2:5: error: malformed YAML: mapping values are not allowed in this context");
    assert_null(parse(f, "\ta: 1\n"));
    assert_non_null(
        strstr(message(f), "r.md:2:1: error: malformed YAML: found character that cannot start any token"));
}

static void control_characters_are_placed(void **state) {
    fixture *f = *state;
    assert_null(parse(f, "好: 1\n二\x01: 2\n"));
    assert_string_equal(message(f), "r.md:3:2: error: malformed YAML: control characters are not allowed");
    assert_null(parse(f, "a: \"\\0\"\n"));
    assert_non_null(strstr(message(f), "U+0000"));
}

static void only_one_document(void **state) {
    refused(*state, "a: 1\n---\nb: 2\n", "r.md:3:1: error: only one YAML document can stand here");
}

static void keys_must_be_texts(void **state) {
    refused(*state, "? [a, b]\n: 1\n", "r.md:2:3: error: a key must be a text");
}

static void depth_is_limited(void **state) {
    fixture *f = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < JB_LIMIT_YAML_DEPTH; i++) g_string_append_c(text, '[');
    for (int i = 0; i < JB_LIMIT_YAML_DEPTH; i++) g_string_append_c(text, ']');
    assert_non_null(parse(f, text->str));
    g_string_truncate(text, 0);
    for (int i = 0; i < 100000; i++) g_string_append_c(text, '[');
    assert_null(parse(f, text->str));
    assert_string_equal(message(f), "r.md:2:65: error: nested deeper than 64 levels");
    g_string_free(text, TRUE);
}

static void nodes_are_limited(void **state) {
    fixture *f = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < JB_LIMIT_YAML_NODES + 1; i++) g_string_append(text, "- 1\n");
    assert_null(parse(f, text->str));
    assert_non_null(strstr(message(f), "more than 200000 values"));
    g_string_free(text, TRUE);
}

static void size_is_limited(void **state) {
    fixture *f = *state;
    jb_node *root;
    assert_int_equal(
        jb_node_parse(f->ctx, f->arena, "a", JB_LIMIT_YAML_BYTES + 1, (jb_pos){"r.md", 1, 1}, &root),
        JB_INPUT);
    assert_non_null(strstr(message(f), "more than 4194304 bytes"));
}

static void typed_access(void **state) {
    fixture *f = *state;
    jb_node *root = parse(f, "s: 文\nn: -1.5\nq: \"3\"\nb: true\nl: [1]\nm: {a: 1}\nz:\n");
    const char *text;
    double number;
    bool value = false;
    assert_int_equal(jb_node_string(f->ctx, jb_node_get(root, "s"), &text), JB_OK);
    assert_string_equal(text, "文");
    assert_int_equal(jb_node_number(f->ctx, jb_node_get(root, "n"), &number), JB_OK);
    assert_true(number == -1.5);
    assert_int_equal(jb_node_bool(f->ctx, jb_node_get(root, "b"), &value), JB_OK);
    assert_true(value);
    assert_int_equal(jb_node_number(f->ctx, jb_node_get(root, "q"), &number), JB_INPUT);
    assert_string_equal(message(f), "r.md:4:4: error: a number is needed here, not “3”");
    assert_int_equal(jb_node_string(f->ctx, jb_node_get(root, "l"), &text), JB_INPUT);
    assert_string_equal(message(f), "r.md:6:4: error: a text is needed here, not a list");
    assert_int_equal(jb_node_bool(f->ctx, jb_node_get(root, "m"), &value), JB_INPUT);
    assert_string_equal(message(f), "r.md:7:4: error: true or false is needed here, not a map");
    assert_int_equal(jb_node_string(f->ctx, jb_node_get(root, "z"), &text), JB_INPUT);
    assert_string_equal(message(f), "r.md:8:3: error: a text is missing here");
    assert_int_equal(jb_node_number(f->ctx, NULL, &number), JB_INPUT);
}

static void null_needs_no_quotes(void **state) {
    fixture *f = *state;
    jb_node *root = parse(f, "a: ~\nb: null\nc:\nd: \"null\"\ne: ''\n");
    for (unsigned i = 0; i < 5; i++) assert_int_equal(jb_node_is_null(root->items[i]), i < 3);
    assert_true(jb_node_is_null(NULL));
    assert_false(jb_node_is_null(root));
}

static void unknown_keys_suggest(void **state) {
    fixture *f = *state;
    static const char *const known[] = {"title", "theme"};
    jb_node *root = parse(f, "theme: x\ntitl: y\n");
    assert_int_equal(jb_node_check_keys(f->ctx, root, "key", known, 2), JB_INPUT);
    assert_string_equal(message(f), "r.md:3:1: error: unknown key “titl”; did you mean “title”?");
    assert_int_equal(jb_node_check_keys(f->ctx, parse(f, "title: 1"), "key", known, 2), JB_OK);
}

static void merge_goes_into_maps(void **state) {
    fixture *f = *state;
    jb_node *base = parse(f, "a: 1\nb: {c: 2, d: 3}\ne: [1, 2]\n");
    jb_node *over = parse(f, "\n\n\nb: {d: 4, f: 5}\ne: [9]\ng: 6\n");
    jb_node *both = jb_node_merge(f->arena, base, over);
    assert_int_equal(both->count, 4);
    assert_string_equal(jb_node_get(both, "a")->text, "1");
    assert_int_equal(jb_node_get(jb_node_get(both, "b"), "f")->text[0], '5');
    assert_int_equal(jb_node_get(jb_node_get(both, "b"), "d")->text[0], '4');
    assert_int_equal(jb_node_get(both, "b")->count, 3);
    assert_int_equal(jb_node_get(both, "e")->count, 1);
    assert_string_equal(both->keys[3], "g");
    assert_place(both->key_pos[1], 5, 1);
    assert_string_equal(jb_node_get(jb_node_get(base, "b"), "d")->text, "3"); /* base is as it was */
    assert_ptr_equal(jb_node_merge(f->arena, NULL, over), over);
    assert_ptr_equal(jb_node_merge(f->arena, base, NULL), base);
}

static void load_names_the_file(void **state) {
    fixture *f = *state;
    jb_node *root;
    assert_int_equal(jb_node_load(f->ctx, f->arena, "no/such.yaml", (jb_pos){"r.md", 3, 8}, &root), JB_INPUT);
    assert_non_null(strstr(message(f), "r.md:3:8: error: cannot read “no/such.yaml”"));
    char *folder = g_dir_make_tmp("jbXXXXXX", NULL), *path = g_build_filename(folder, "t.yaml", NULL);
    assert_true(g_file_set_contents(path, "a: 1\nb: [", -1, NULL));
    assert_int_equal(jb_node_load(f->ctx, f->arena, path, (jb_pos){0}, &root), JB_INPUT);
    assert_int_equal(jb_context_diagnostic(f->ctx, jb_context_diagnostics(f->ctx) - 1).line, 2);
    assert_true(g_file_set_contents(path, "a: 1\n", -1, NULL));
    assert_int_equal(jb_node_load(f->ctx, f->arena, path, (jb_pos){0}, &root), JB_OK);
    assert_string_equal(root->pos.file, path);
    remove(path), remove(folder);
    g_free(path), g_free(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(map_keeps_order_and_places),
        TEST(origin_column_counts_on_the_first_line_only),
        TEST(places_ignore_yaml_line_ends),
        TEST(nothing_is_an_empty_map),
        TEST(json_is_read_as_well),
        TEST(block_scalars_keep_their_lines),
        TEST(duplicate_keys_are_refused),
        TEST(anchors_aliases_and_tags_are_refused),
        TEST(malformed_text_is_placed),
        TEST(control_characters_are_placed),
        TEST(only_one_document),
        TEST(keys_must_be_texts),
        TEST(depth_is_limited),
        TEST(nodes_are_limited),
        TEST(size_is_limited),
        TEST(typed_access),
        TEST(null_needs_no_quotes),
        TEST(unknown_keys_suggest),
        TEST(merge_goes_into_maps),
        TEST(load_names_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
