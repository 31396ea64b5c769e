/* Datasets by name: adding, replacing, finding; rows chosen by a condition. */
#include "plan.h"

static const jb_pos pos = {"r.md", 7, 3};

static void keeps_the_order(void **state) {
    fixture *f = *state;
    assert_int_equal(jb_store_count(f->store), 2);
    assert_string_equal(jb_store_nth(f->store, 0)->id, "plan");
    assert_string_equal(jb_store_nth(f->store, 1)->id, "gdp");
}

static void replaces_in_place(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "plan", gdp_csv);
    assert_int_equal(jb_store_count(f->store), 2);
    assert_int_equal(jb_store_nth(f->store, 0)->row_count, 3);
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
}

static void replacing_reaches_sql(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    assert_int_equal(jb_store_select(f->store, "plan", "binding", pos, &d), JB_OK);
    jb_dataset_free(d);
    store_csv(f->ctx, f->store, "plan", gdp_csv);
    assert_int_equal(jb_store_select(f->store, "plan", "年份 = 2019", pos, &d), JB_OK);
    assert_int_equal(d->row_count, 1);
    jb_dataset_free(d);
}

static void case_alone_is_no_difference(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "PLAN", gdp_csv);
    assert_int_equal(jb_store_count(f->store), 2);
    assert_string_equal(told(f),
                        "PLAN:0:0: warning: dataset “PLAN” replaces “plan”: names that differ only in case "
                        "are one");
}

static void unknown_names_get_help(void **state) {
    fixture *f = *state;
    assert_null(jb_store_get(f->store, "plam", pos));
    assert_string_equal(told(f), "r.md:7:3: error: no dataset “plam”; did you mean “plan”?");
    assert_null(jb_store_get(f->store, "人口", pos));
    assert_string_equal(told(f), "r.md:7:3: error: no dataset “人口”; there are: plan, gdp");
}

static void an_empty_store_says_so(void **state) {
    fixture *f = *state;
    jb_store *empty = jb_store_new(f->ctx);
    assert_null(jb_store_get(empty, "plan", pos));
    assert_string_equal(told(f), "r.md:7:3: error: no dataset “plan”: none was loaded");
    jb_store_free(empty);
}

static void no_condition_is_all_rows(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    assert_int_equal(jb_store_select(f->store, "plan", NULL, pos, &d), JB_OK);
    assert_int_equal(d->row_count, 9);
    assert_string_equal(d->rows[0].name, "地区生产总值增速");
    jb_dataset_free(d);
}

static void selecting_keeps_values_and_order(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    assert_int_equal(jb_store_select(f->store, "plan", "unit = '亿元'", pos, &d), JB_OK);
    assert_int_equal(d->row_count, 3);
    assert_string_equal(d->rows[0].name, "一般公共预算收入");
    assert_string_equal(d->rows[2].name, "进出口总额");
    assert_true(jb_dataset_at(d, 2, (unsigned)jb_dataset_column(d, "实际完成")).number == 380);
    jb_dataset_free(d);
}

static void selecting_nothing_is_no_error(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    assert_int_equal(jb_store_select(f->store, "plan", "0", pos, &d), JB_OK);
    assert_int_equal(d->row_count, 0);
    jb_dataset_free(d);
}

static void select_from_an_unknown_dataset(void **state) {
    fixture *f = *state;
    jb_dataset *d = NULL;
    assert_int_equal(jb_store_select(f->store, "plann", "1", pos, &d), JB_INPUT);
    assert_null(d);
    assert_string_equal(told(f), "r.md:7:3: error: no dataset “plann”; did you mean “plan”?");
}

static void freeing_nothing_is_allowed(void **state) {
    (void)state;
    jb_store_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(keeps_the_order),
                                       TEST(replaces_in_place),
                                       TEST(replacing_reaches_sql),
                                       TEST(case_alone_is_no_difference),
                                       TEST(unknown_names_get_help),
                                       TEST(an_empty_store_says_so),
                                       TEST(no_condition_is_all_rows),
                                       TEST(selecting_keeps_values_and_order),
                                       TEST(selecting_nothing_is_no_error),
                                       TEST(select_from_an_unknown_dataset),
                                       TEST(freeing_nothing_is_allowed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
