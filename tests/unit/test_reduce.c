/* Lines reduced to four points a column: what is left covers what all would cover. */
#include <math.h>
#include "charts/reduce.h"
#include "tests/unit/unit.h"

#define COUNT 100000
#define WIDTH 300.0
#define COLUMN 0.25
#define COLUMNS ((int)(WIDTH / COLUMN) + 2)

typedef struct reach {
    double low, high, first, last;
} reach;

/* Of each column what a line of points covers there: M4's four. */
static reach *reach_of(const double *xy, unsigned count) {
    reach *all = g_new(reach, COLUMNS);
    for (int k = 0; k < COLUMNS; k++) all[k] = (reach){INFINITY, -INFINITY, NAN, NAN};
    for (unsigned i = 0; i < count; i++) {
        reach *it = &all[(int)floor(xy[2 * i] / COLUMN)];
        double y = xy[2 * i + 1];
        it->low = MIN(it->low, y);
        it->high = MAX(it->high, y);
        if (isnan(it->first)) it->first = y;
        it->last = y;
    }
    return all;
}

static double *noise(unsigned count, uint32_t seed) {
    double *xy = g_new(double, 2 * count);
    for (unsigned i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        xy[2 * i] = WIDTH * i / (count - 1);
        xy[2 * i + 1] = (seed >> 8) % 1000 + (double)(i % 7 == 0 ? 5000 * (seed % 5 == 0) : 0);
    }
    return xy;
}

static void a_dense_line_keeps_what_can_be_seen(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 5; seed++) {
        double *xy = noise(COUNT, seed), *whole = noise(COUNT, seed);
        unsigned left = jb_line_reduce(xy, COUNT, COLUMN);
        assert_in_range(left, 1000, 4 * COLUMNS);
        reach *before = reach_of(whole, COUNT), *after = reach_of(xy, left);
        for (int k = 0; k < COLUMNS; k++) {
            if (isnan(before[k].first)) continue;
            assert_true(before[k].low == after[k].low && before[k].high == after[k].high);
            assert_true(before[k].first == after[k].first && before[k].last == after[k].last);
        }
        for (unsigned i = 1; i < left; i++) assert_true(xy[2 * i] >= xy[2 * i - 2]);
        g_free(xy);
        g_free(whole);
        g_free(before);
        g_free(after);
    }
}

static void a_line_that_is_not_dense_stays(void **state) {
    (void)state;
    double *xy = noise(500, 3), *whole = noise(500, 3);
    assert_int_equal(jb_line_reduce(xy, 500, COLUMN), 500);
    assert_memory_equal(xy, whole, 1000 * sizeof *xy);
    assert_int_equal(jb_line_reduce(xy, 0, COLUMN), 0);
    assert_int_equal(jb_line_reduce(xy, 1, COLUMN), 1);
    g_free(xy);
    g_free(whole);
}

static void points_at_one_place_become_four(void **state) {
    (void)state;
    double xy[2 * 9] = {1, 5, 1, 9, 1, 2, 1, 3, 1, 4, 1, 9, 1, 2, 1, 7, 1, 6};
    const double want[] = {1, 5, 1, 9, 1, 2, 1, 6};
    assert_int_equal(jb_line_reduce(xy, 9, COLUMN), 4);
    assert_memory_equal(xy, want, sizeof want);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_dense_line_keeps_what_can_be_seen),
                                       cmocka_unit_test(a_line_that_is_not_dense_stays),
                                       cmocka_unit_test(points_at_one_place_become_four)};
    return cmocka_run_group_tests_name("reduce", tests, NULL, NULL);
}
