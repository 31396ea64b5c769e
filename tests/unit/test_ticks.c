/* Ticks of value axes: few, even, around the data. */
#include "unit.h"

#include <math.h>
#include "charts/ticks.h"

#define TEST(name) cmocka_unit_test(name)

static void check(double low, double high, int wanted) {
    jb_ticks t = jb_ticks_choose(low, high, wanted);
    double last = t.first + t.step * (t.count - 1), air = 1e-9 * t.step;
    assert_true(t.count >= 2 && t.count <= wanted + 1);
    assert_true(t.step > 0 && isfinite(t.step));
    assert_true(t.first <= low + air && last >= high - air);
    if (high > low) assert_true(last - t.first <= 4 * (high - low));
}

static void ticks_are_few_and_enclose_the_data(void **state) {
    (void)state;
    static const double ends[][2] = {
        {0, 1},         {0, 48598.8}, {5615.6, 48598.8}, {-6.8, 5},     {-7, -2},
        {15000, 50000}, {0, 1e12},    {1e12, 1.0001e12}, {0, 1e-9},     {99.9, 100.1},
        {0, 7},         {-1e-3, 1e6}, {3.2, 8.5},        {-200, 733.1}, {0, 999}};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        for (int wanted = 3; wanted <= 8; wanted++) check(ends[i][0], ends[i][1], wanted);
}

static void equal_ends_have_room_around_them(void **state) {
    (void)state;
    static const double values[] = {0, 5, -5, 1e12, 1e-6};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) check(values[i], values[i], 5);
}

static void labels_need_as_many_digits_as_the_step(void **state) {
    (void)state;
    assert_int_equal(jb_ticks_choose(0, 48598.8, 5).decimals, 0);
    assert_int_equal(jb_ticks_choose(0, 0.8, 5).decimals, 1);
    assert_float_equal(jb_ticks_choose(0, 48598.8, 5).step, 10000, 1e-6);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(ticks_are_few_and_enclose_the_data),
                                       TEST(equal_ends_have_room_around_them),
                                       TEST(labels_need_as_many_digits_as_the_step)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
