/* The structure tree: order, links, names, its dump; and what pages own. */
#include "unit.h"

#include "output/pages.h"

typedef struct tree {
    jb_arena *arena;
    jb_structure *structure;
    GString *out;
} tree;

static int setup(void **state) {
    tree *t = g_new0(tree, 1);
    t->arena = jb_arena_new();
    t->structure = jb_structure_new(t->arena);
    t->out = g_string_new(NULL);
    *state = t;
    return 0;
}

static int teardown(void **state) {
    tree *t = *state;
    jb_structure_free(t->structure);
    jb_arena_free(t->arena);
    g_string_free(t->out, TRUE);
    g_free(t);
    return 0;
}

static void root_is_the_document(void **state) {
    tree *t = *state;
    assert_int_equal(t->structure->elements->len, 1);
    assert_int_equal(jb_structure_at(t->structure, 0)->type, JB_ELEMENT_DOCUMENT);
    assert_int_equal(jb_structure_at(t->structure, 0)->parent, -1);
    assert_int_equal(jb_structure_at(t->structure, 0)->first, -1);
}

static void children_keep_their_order(void **state) {
    tree *t = *state;
    int a = jb_structure_add(t->structure, 0, JB_ELEMENT_P),
        b = jb_structure_add(t->structure, 0, JB_ELEMENT_P),
        c = jb_structure_add(t->structure, 0, JB_ELEMENT_H1);
    assert_int_equal(jb_structure_at(t->structure, 0)->first, a);
    assert_int_equal(jb_structure_at(t->structure, 0)->last, c);
    assert_int_equal(jb_structure_at(t->structure, a)->next, b);
    assert_int_equal(jb_structure_at(t->structure, b)->next, c);
    assert_int_equal(jb_structure_at(t->structure, c)->next, -1);
}

static void late_children_join_their_parent(void **state) {
    tree *t = *state;
    int list = jb_structure_add(t->structure, 0, JB_ELEMENT_L),
        after = jb_structure_add(t->structure, 0, JB_ELEMENT_P),
        item = jb_structure_add(t->structure, list, JB_ELEMENT_LI);
    assert_int_equal(jb_structure_at(t->structure, item)->parent, list);
    assert_int_equal(jb_structure_at(t->structure, list)->first, item);
    assert_int_equal(jb_structure_at(t->structure, list)->next, after);
}

static void many_children_stay_linked(void **state) {
    tree *t = *state;
    int seen = 0;
    for (int i = 0; i < 5000; i++) jb_structure_add(t->structure, 0, JB_ELEMENT_TR);
    for (int i = jb_structure_at(t->structure, 0)->first; i >= 0; i = jb_structure_at(t->structure, i)->next)
        seen++;
    assert_int_equal(seen, 5000);
}

static void names_are_the_standard_types(void **state) {
    (void)state;
    assert_string_equal(jb_element_name(JB_ELEMENT_DOCUMENT), "Document");
    assert_string_equal(jb_element_name(JB_ELEMENT_H6), "H6");
    assert_string_equal(jb_element_name(JB_ELEMENT_LBODY), "LBody");
    assert_string_equal(jb_element_name(JB_ELEMENT_TBODY), "TBody");
    assert_string_equal(jb_element_name(JB_ELEMENT_BLOCKQUOTE), "BlockQuote");
    assert_string_equal(jb_element_name(JB_ELEMENT_CODE), "Code");
    for (int i = 0; i < JB_ELEMENT_TYPES; i++) assert_non_null(jb_element_name((jb_element_type)i));
}

static void dump_is_depth_first(void **state) {
    tree *t = *state;
    int list = jb_structure_add(t->structure, 0, JB_ELEMENT_L);
    jb_structure_add(t->structure, 0, JB_ELEMENT_P);
    jb_structure_add(t->structure, list, JB_ELEMENT_LI);
    jb_structure_at(t->structure, list)->ordered = true;
    jb_structure_dump(t->structure, t->out);
    assert_string_equal(t->out->str, "{\"element\":0,\"parent\":-1,\"type\":\"Document\"}\n"
                                     "{\"element\":1,\"parent\":0,\"type\":\"L\",\"ordered\":true}\n"
                                     "{\"element\":3,\"parent\":1,\"type\":\"LI\"}\n"
                                     "{\"element\":2,\"parent\":0,\"type\":\"P\"}\n");
}

static void dump_tells_cells(void **state) {
    tree *t = *state;
    const int headers[] = {1, 2};
    for (int i = 0; i < 2; i++) jb_structure_add(t->structure, 0, JB_ELEMENT_TH);
    jb_structure_add(t->structure, 0, JB_ELEMENT_TD);
    jb_element *head = jb_structure_at(t->structure, 1), *cell = jb_structure_at(t->structure, 3);
    head->id = "h1";
    head->scope = 'c';
    head->row_span = 2;
    jb_structure_at(t->structure, 2)->scope = 'b';
    cell->column_span = 3;
    cell->headers = headers;
    cell->header_count = 2;
    jb_structure_dump(t->structure, t->out);
    assert_non_null(strstr(t->out->str, "\"type\":\"TH\",\"id\":\"h1\",\"scope\":\"Column\",\"rows\":2}\n"));
    assert_non_null(strstr(t->out->str, "\"type\":\"TH\",\"scope\":\"Both\"}\n"));
    assert_non_null(strstr(t->out->str, "\"type\":\"TD\",\"columns\":3,\"headers\":[1,2]}\n"));
}

static void dump_tells_figures(void **state) {
    tree *t = *state;
    jb_structure_add(t->structure, 0, JB_ELEMENT_FIGURE);
    jb_element *figure = jb_structure_at(t->structure, 1);
    figure->alt = "图“一”";
    figure->page = 2;
    memcpy(figure->box, (double[]){1.5, -0.00001, 1 / 3., 40}, sizeof figure->box);
    jb_structure_dump(t->structure, t->out);
    assert_non_null(
        strstr(t->out->str, "\"Figure\",\"alt\":\"图“一”\",\"page\":3,\"box\":[1.5,0,0.333,40]}\n"));
}

static void pages_own_scenes_and_structure(void **state) {
    (void)state;
    jb_pages *pages = jb_pages_new();
    jb_bookmark mark = {1, jb_arena_string(pages->arena, "一、概况"), 0, 72, 1};
    g_ptr_array_add(pages->scenes, jb_scene_new(pages->arena, 100, 100));
    g_ptr_array_add(pages->scenes, jb_scene_new(NULL, 100, 100));
    g_array_append_val(pages->bookmarks, mark);
    assert_int_equal(jb_structure_add(pages->structure, 0, JB_ELEMENT_H1), 1);
    assert_ptr_equal(pages->structure->arena, pages->arena);
    jb_pages_free(pages);
    jb_pages_free(NULL);
}

#define TREE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TREE(root_is_the_document),
        TREE(children_keep_their_order),
        TREE(late_children_join_their_parent),
        TREE(many_children_stay_linked),
        cmocka_unit_test(names_are_the_standard_types),
        TREE(dump_is_depth_first),
        TREE(dump_tells_cells),
        TREE(dump_tells_figures),
        cmocka_unit_test(pages_own_scenes_and_structure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
