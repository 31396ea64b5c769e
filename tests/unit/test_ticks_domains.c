/* Where ticks stand on a value axis. */
#include <float.h>
#include <math.h>
#include <glib.h>
#include "charts/ticks.h"
#include "tests/unit/unit.h"

/* What a domain must give for five wished ticks. `last` is the last tick. */
typedef struct expectation {
    const char *what;
    double low, high, first, step, last;
    int decimals;
} expectation;

static const expectation expectations[] = {
    {"zero baseline, a round end", 0, 100, 0, 25, 100, 0},
    {"zero baseline, the end between ticks", 0, 9.99, 0, 2.5, 10, 1},
    {"zero baseline, percentages", 0, 7.5, 0, 2, 8, 0},
    {"zero baseline, small integers", 0, 3, 0, 1, 3, 0},
    {"zero baseline, the end is a tick", 0, 8, 0, 2, 8, 0},
    {"zero baseline, one step of three", 0, 12, 0, 3, 12, 0},
    {"zero baseline, five digits", 0, 48598.8, 0, 10000, 50000, 0},
    {"zero baseline, completion rates", 0, 170, 0, 50, 200, 0},
    {"zero baseline, three decimals", 0, 0.023, 0, 0.005, 0.025, 3},
    {"zero baseline, four decimals", 0, 0.0007, 0, 0.0002, 0.0008, 4},
    {"zero inside is a tick", -5, 10, -5, 5, 10, 0},
    {"zero inside, little below it", -0.5, 7.2, -2, 2, 8, 0},
    {"zero inside, more below it", -12, 3, -12, 4, 4, 0},
    {"zero inside, even", -100, 100, -100, 50, 100, 0},
    {"negative, ending at zero", -3, 0, -3, 1, 0, 0},
    {"negative, without zero", -10, -2, -10, 2, -2, 0},
    {"negative, three decimals", -0.004, -0.001, -0.004, 0.001, -0.001, 3},
    {"without zero, a little above a hundred", 1000, 1003, 1000, 1, 1003, 0},
    {"without zero, narrow", 99.9, 100.1, 99.9, 0.05, 100.1, 2},
    {"without zero, near its own size", 2, 98, 0, 25, 100, 0},
    {"tiny", 0, 1e-9, 0, 2.5e-10, 1e-9, 11},
    {"tinier", 0, 1e-100, 0, 2.5e-101, 1e-100, -1},
    {"huge", 0, 1e12, 0, 2.5e11, 1e12, 0},
    {"huger", 0, 1e150, 0, 2.5e149, 1e150, 0},
    {"huge on both sides", -1e9, 1e9, -1e9, 5e8, 1e9, 0},
    {"far from zero", 1e9, 1e9 + 1, 1e9, 0.25, 1e9 + 1, 2},
};

static double last_of(const jb_ticks *t) { return t->first + t->step * (t->count - 1); }

static bool near_to(double a, double b, double scale) { return fabs(a - b) <= 1e-9 * scale; }

static void domains_give_their_ticks(void **state) {
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(expectations); i++) {
        const expectation *e = &expectations[i];
        jb_ticks t = jb_ticks_choose(e->low, e->high, 5);
        if (!near_to(t.first, e->first, e->step) || !near_to(t.step, e->step, e->step) ||
            !near_to(last_of(&t), e->last, fmax(e->step, fabs(e->last))) ||
            (e->decimals >= 0 && t.decimals != e->decimals))
            fail_msg("%s: [%g, %g] gives %g, %g … %g with %d decimals, not %g, %g … %g with %d", e->what,
                     e->low, e->high, t.first, t.first + t.step, last_of(&t), t.decimals, e->first,
                     e->first + e->step, e->last, e->decimals);
    }
}

/* ---- what holds for every domain ---- */

/* 1, 2, 2.5, 3, 4 or 5 times up to four, and a power of ten. */
static bool is_nice(double step) {
    static const double nice[] = {1, 2, 2.5, 3, 4, 5};
    double scale = pow(10, floor(log10(step) + 1e-9));
    for (size_t i = 0; i < G_N_ELEMENTS(nice); i++) {
        for (int skip = 1; skip <= 4; skip++) {
            double r = step / scale / (nice[i] * skip);
            if (near_to(r, 1, 1) || near_to(r, 0.1, 1)) return true;
        }
    }
    return false;
}

/* The labels of neighbouring ticks differ, and each says its tick exactly. */
static void assert_labels_say_the_ticks(double low, double high, const jb_ticks *t) {
    char before[400] = "", label[400];
    for (int i = 0; i < t->count; i++) {
        double value = t->first + t->step * i;
        g_snprintf(label, sizeof label, "%.*f", t->decimals, value);
        if (!strcmp(before, label)) fail_msg("[%g, %g]: two ticks are labelled %s", low, high, label);
        if (fabs(g_ascii_strtod(label, NULL) - value) > 1e-3 * t->step)
            fail_msg("[%g, %g]: the tick %.12g is labelled %s", low, high, value, label);
        memcpy(before, label, sizeof label);
    }
}

static void assert_sound(double low, double high, int wanted) {
    jb_ticks t = jb_ticks_choose(low, high, wanted);
    double slack = 1e-6 * t.step;
    if (!(t.step > 0) || !isfinite(t.step) || !isfinite(t.first) || t.count < 2)
        fail_msg("[%g, %g] gives %d ticks from %g by %g", low, high, t.count, t.first, t.step);
    if (t.first > low + slack || last_of(&t) < high - slack)
        fail_msg("[%g, %g] sticks out of %g … %g", low, high, t.first, last_of(&t));
    if (t.first < low - t.step || last_of(&t) > high + t.step)
        fail_msg("[%g, %g] leaves a whole step of %g … %g empty", low, high, t.first, last_of(&t));
    if (t.count > MAX(wanted, 2) + 1)
        fail_msg("[%g, %g]: %d ticks, %d were wished", low, high, t.count, wanted);
    if (!is_nice(t.step)) fail_msg("[%g, %g]: a step of %.17g", low, high, t.step);
    double at = t.first / t.step;
    if (!near_to(at, round(at), fmax(1, fabs(at))))
        fail_msg("[%g, %g]: %g is no multiple of the step %g", low, high, t.first, t.step);
    if (t.step >= 1e-9 && fabs(low) < 1e6 * t.step) assert_labels_say_the_ticks(low, high, &t);
}

/* Domains from zero up and down, with ends of every leading digit and many sizes. */
static void every_domain_with_zero_is_enclosed(void **state) {
    (void)state;
    for (int power = -8; power <= 15; power++) {
        for (int digit = 10; digit < 100; digit++) {
            double end = digit / 10.0 * pow(10, power);
            assert_sound(0, end, 5);
            assert_sound(-end, 0, 5);
            assert_sound(-end / 3, end, 5);
            assert_sound(-end, end, 5);
        }
    }
}

static void every_domain_without_zero_is_enclosed(void **state) {
    (void)state;
    for (int power = -6; power <= 12; power++) {
        double scale = pow(10, power);
        for (int k = 1; k <= 40; k++) {
            assert_sound(k * scale, (k + 1.7) * scale, 5);
            assert_sound(-(k + 1.7) * scale, -k * scale, 5);
            assert_sound(k * scale, (k + 0.013) * scale, 5);
        }
    }
}

static void few_and_many_ticks_are_wished(void **state) {
    (void)state;
    for (int wanted = -1; wanted <= 14; wanted++) {
        assert_sound(0, 37.2, wanted);
        assert_sound(-8, 61, wanted);
    }
    assert_true(jb_ticks_choose(0, 37.2, 3).count < jb_ticks_choose(0, 37.2, 9).count);
}

/* Down is up in the mirror: a domain below zero has the ticks of the one above. */
static void negative_domains_mirror_positive_ones(void **state) {
    (void)state;
    static const double ends[] = {3, 7.5, 9.99, 19, 25, 48598.8, 0.023};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        jb_ticks up = jb_ticks_choose(0, ends[i], 5), down = jb_ticks_choose(-ends[i], 0, 5);
        assert_true(near_to(up.step, down.step, up.step));
        assert_true(near_to(last_of(&up), -down.first, up.step));
        assert_int_equal(up.count, down.count);
        assert_int_equal(up.decimals, down.decimals);
    }
}

/* Ends that a double can hardly tell, and ends near its limits: an answer at once, and a sound one. */
static void extreme_domains_have_ticks(void **state) {
    (void)state;
    static const double domains[][2] = {{1e17, 1e17 + 40}, {1e300, 1.0000000000000002e300},
                                        {0, 1e-300},       {0, 1e300},
                                        {-1e300, 1e300},   {-5e-324, 5e-324},
                                        {2.5, 2.5000001},  {-1e17 - 40, -1e17}};
    for (size_t i = 0; i < G_N_ELEMENTS(domains); i++) {
        jb_ticks t = jb_ticks_choose(domains[i][0], domains[i][1], 5);
        assert_true(t.step > 0 && isfinite(t.step) && isfinite(last_of(&t)) && t.count >= 2 && t.count <= 8);
        assert_true(t.first <= domains[i][0] + 1e-6 * t.step && last_of(&t) >= domains[i][1] - 1e-6 * t.step);
    }
    jb_ticks fine = jb_ticks_choose(2.5, 2.5000001, 5);
    assert_labels_say_the_ticks(2.5, 2.5000001, &fine);
}

/* All the values are one: the domain holds it and is no point. */
static void a_single_value_has_a_domain(void **state) {
    (void)state;
    static const double values[] = {5, -5, 0.001, -0.001, 1e12, -1e12, 42};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        double v = values[i];
        jb_ticks t = jb_ticks_choose(v, v, 5);
        assert_true(t.step > 0 && isfinite(t.step));
        assert_true(t.first <= v + 1e-6 * t.step && last_of(&t) >= v - 1e-6 * t.step);
        assert_true(last_of(&t) - t.first <= 2 * fabs(v));
    }
    jb_ticks none = jb_ticks_choose(0, 0, 5);
    assert_true(none.first == 0 && near_to(last_of(&none), 1, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(domains_give_their_ticks),
        cmocka_unit_test(every_domain_with_zero_is_enclosed),
        cmocka_unit_test(every_domain_without_zero_is_enclosed),
        cmocka_unit_test(few_and_many_ticks_are_wished),
        cmocka_unit_test(negative_domains_mirror_positive_ones),
        cmocka_unit_test(extreme_domains_have_ticks),
        cmocka_unit_test(a_single_value_has_a_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
