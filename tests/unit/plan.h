/* A small plan table for the tests of stores, SQL and look-ups. */
#ifndef JB_TESTS_PLAN_H
#define JB_TESTS_PLAN_H

#include "unit.h"
#include "input/store.h"

static const char *const plan_csv = "序号,指标名称,2020 年,,完成情况\n"
                                    ",,年初目标,实际完成,\n"
                                    "1,地区生产总值增速（%）,7.5 左右,3.9,完成预期\n"
                                    "2,一般公共预算收入（亿元）,与上年持平,67.24,完成预期\n"
                                    "3,固定资产投资额（亿元）,350,427.7,超过目标\n"
                                    "4,进出口总额（亿元）,300,380,超过目标\n"
                                    "5,城镇登记失业率 (%),2.5 以内,2.5 以内,完成目标\n"
                                    "6,能源消耗总量增长率 (%) *,3.4 以内,6~6.5,完成目标\n"
                                    "7,主要污染物排放总量减少 (%) *,—,—,完成目标\n"
                                    ",#化学需氧量,2.5,2.5,\n"
                                    ",#氨氮,1.3,1.3,\n";

static const char *const gdp_csv = "年份,重庆市（亿元）,四川省（亿元）\n"
                                   "2018,21588.8,42902.1\n2019,23605.8,46363.8\n2020,25002.8,48598.8\n";

/* Reads CSV text into a store as the dataset `name`. */
static inline void store_csv(jb_context *ctx, jb_store *store, const char *name, const char *text) {
    jb_grid *grid = NULL;
    jb_dataset *dataset = NULL;
    const char *file = jb_intern(ctx, name);
    jb_pos origin = {file, 1, 1};
    assert_int_equal(jb_grid_read(ctx, g_strdup(text), strlen(text), ',', origin, &grid), JB_OK);
    assert_int_equal(jb_dataset_new(ctx, grid, name, NULL, &dataset), JB_OK);
    jb_store_add(store, name, dataset);
}

typedef struct fixture {
    jb_context *ctx;
    jb_store *store;
    GString *out;
    char message[1024];
} fixture;

static inline int set_up(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->store = jb_store_new(f->ctx);
    f->out = g_string_new(NULL);
    store_csv(f->ctx, f->store, "plan", plan_csv);
    store_csv(f->ctx, f->store, "gdp", gdp_csv);
    *state = f;
    return 0;
}

static inline int tear_down(void **state) {
    fixture *f = *state;
    g_string_free(f->out, TRUE);
    jb_store_free(f->store);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

/* The test's last message; "" when there is none. */
static inline const char *told(fixture *f) { return last_message(f->ctx, f->message, sizeof f->message); }

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
