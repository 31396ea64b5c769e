/* Labels of value axes in 万 and 亿: which, what the unit is called, and two axes with one grid. */
#include "unit.h"

#include <math.h>
#include "charts/label_unit.h"
#include "charts/ticks.h"

static void labels_are_short_and_exact(void **state) {
    static const struct {
        double step, most;
        int digits, power;
    } cases[] = {{2000, 8000, 5, 0},    {2000, 10000, 5, 4},   {2500, 10000, 5, 4},    {10000, 50000, 5, 4},
                 {20000, 80000, 6, 0},  {20000, 100000, 6, 4}, {2e7, 1e8, 5, 8},       {1e7, 5e7, 5, 4},
                 {5e7, 3e8, 5, 8},      {2.5e7, 1.25e8, 5, 8}, {1e11, 5e11, 5, 8},     {2e11, 1e12, 5, 12},
                 {1e12, 1e13, 5, 12},   {3, 12000, 5, 0},      {125, 10000, 5, 0},     {1000, 10000, 5, 4},
                 {0, 50000, 5, 0},      {1, 0, 5, 0},          {1e4, INFINITY, 5, 0},  {0.5, 2, 5, 0},
                 {1e300, 5e300, 5, 12}, {NAN, NAN, 5, 0},      {200000, 1200000, 5, 4}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int power = jb_label_power(cases[i].step, cases[i].most, cases[i].digits);
        if (power != cases[i].power)
            fail_msg("step %g up to %g: ten to %d, not %d", cases[i].step, cases[i].most, power,
                     cases[i].power);
    }
}

static void units_have_a_word_or_stay(void **state) {
    static const struct {
        const char *unit;
        int power;
        const char *word; /* NULL: none */
    } cases[] = {{"元", 4, "万元"},
                 {"元", 8, "亿元"},
                 {"元", 12, "万亿元"},
                 {"万元", 4, "亿元"},
                 {"万元", 8, "万亿元"},
                 {"亿元", 4, "万亿元"},
                 {"亿元", 8, NULL},
                 {"万亿元", 4, NULL},
                 {"人", 4, "万人"},
                 {"万人", 4, "亿人"},
                 {"平方米", 4, "万平方米"},
                 {"公顷", 4, "万公顷"},
                 {"千瓦时", 8, "亿千瓦时"},
                 {"千瓦", 4, "万千瓦"},
                 {"吨标准煤", 4, "万吨标准煤"},
                 {"人次", 4, "万人次"},
                 {"元/人", 4, "万元/人"},
                 {"美元", 4, "万美元"},
                 {"万美元", 4, "亿美元"},
                 {"千元", 4, NULL},
                 {"百万元", 4, NULL},
                 {"%", 4, NULL},
                 {"‰", 4, NULL},
                 {"位", 4, NULL},
                 {"个百分点", 4, NULL},
                 {"倍", 4, NULL},
                 {"级", 4, NULL},
                 {"年", 4, NULL},
                 {"1/10万", 4, NULL},
                 {"上年=100", 4, NULL},
                 {"格里", 4, NULL},
                 {"", 4, "万"},
                 {"", 8, "亿"},
                 {"元", 0, NULL},
                 {"元", 16, NULL},
                 {"分", 4, NULL},
                 {"万", 4, "亿"}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *word = g_string_new(NULL);
        bool said = jb_label_unit_word(word, cases[i].unit, cases[i].power);
        if (said != (cases[i].word != NULL) || (said && strcmp(word->str, cases[i].word) != 0))
            fail_msg("%s by ten to %d: “%s”, not “%s”", cases[i].unit, cases[i].power, word->str,
                     cases[i].word ? cases[i].word : "");
        if (!said) assert_int_equal(word->len, 0);
        g_string_free(word, TRUE);
    }
}

/* ---- two axes ---- */

static double last_of(const jb_ticks *t) { return t->first + t->step * (t->count - 1); }

static void check_side(const jb_ticks *t, double low, double high) {
    double air = 1e-9 * t->step;
    assert_true(t->step > 0 && isfinite(t->step));
    assert_true(t->first <= low + air && last_of(t) >= high - air);
    if (high > low) assert_true(last_of(t) - t->first <= 12 * (high - low));
}

static void both_axes_have_one_grid(void **state) {
    static const double domains[][4] = {{0, 20493.3, -3.9, 19.5},
                                        {0, 20493.3, 0, 19.5},
                                        {0, 1, 0, 1e12},
                                        {-5, 100, -90, 3},
                                        {-5, 0, 0, 7},
                                        {0, 0, 0, 0},
                                        {0, 0, -3, 8},
                                        {10435, 20493, -3.9, 19.5},
                                        {90, 110, 1.1, 1.4},
                                        {5, 5, 7, 7},
                                        {0, 1e300, -1e-300, 0},
                                        {-1e308, 1e308, 0, 3},
                                        {1e12, 1.0001e12, 3, 9},
                                        {-7, -2, 20, 21},
                                        {0, 48598.8, -0.4, 0.01},
                                        {-1, 1, -1, 1},
                                        {0, 99.9, 0, 100.1},
                                        {0, 7e-9, 0, 123456789}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(domains); i++) {
        const double *d = domains[i], low[2] = {d[0], d[2]}, high[2] = {d[1], d[3]};
        for (int wanted = 3; wanted < 8; wanted++) {
            jb_ticks t[2] = {{0}};
            jb_ticks_choose_pair(low, high, wanted, t);
            assert_int_equal(t[0].count, t[1].count);
            assert_in_range(t[0].count, 3, wanted + 2);
            for (int k = 0; k < 2; k++) check_side(&t[k], low[k], high[k]);
            if (low[0] > 0 || high[0] < 0 || low[1] > 0 || high[1] < 0) continue;
            assert_float_equal(t[0].first / t[0].step, t[1].first / t[1].step, 1e-6); /* zeros coincide */
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(labels_are_short_and_exact),
                                       cmocka_unit_test(units_have_a_word_or_stay),
                                       cmocka_unit_test(both_axes_have_one_grid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
