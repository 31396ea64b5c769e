/* The colours of the built-in themes: far enough apart for normal vision, three kinds of colour blindness and
 * grey print. CIEDE2000 (Sharma, Wu, Dalal 2005) after Machado, Oliveira, Fernandes 2009 at severity 1; grey
 * is the difference of L*. */
#include "unit.h"

#include <math.h>
#include "charts/palette.h"
#include "render/theme.h"

/* The published test data, all of it: Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula:
 * implementation notes, supplementary test data, and mathematical observations", Color Research and
 * Application 30 (2005), table I. */
static void the_measure_is_right(void **state) {
    static const struct {
        jb_lab p, q;
        double wanted;
    } pairs[] = {{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
                 {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
                 {{50, 2.8361, -74.0200}, {50, 0, -82.7485}, 3.4412},
                 {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1},
                 {{50, -1.1848, -84.8006}, {50, 0, -82.7485}, 1},
                 {{50, -.9009, -85.5211}, {50, 0, -82.7485}, 1},
                 {{50, 0, 0}, {50, -1, 2}, 2.3669},
                 {{50, -1, 2}, {50, 0, 0}, 2.3669},
                 {{50, 2.4900, -.0010}, {50, -2.4900, .0009}, 7.1792},
                 {{50, 2.4900, -.0010}, {50, -2.4900, .0010}, 7.1792},
                 {{50, 2.4900, -.0010}, {50, -2.4900, .0011}, 7.2195},
                 {{50, 2.4900, -.0010}, {50, -2.4900, .0012}, 7.2195},
                 {{50, -.0010, 2.4900}, {50, .0009, -2.4900}, 4.8045},
                 {{50, -.0010, 2.4900}, {50, .0010, -2.4900}, 4.8045},
                 {{50, -.0010, 2.4900}, {50, .0011, -2.4900}, 4.7461},
                 {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
                 {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
                 {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
                 {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
                 {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
                 {{50, 2.5, 0}, {50, 3.1736, .5854}, 1},
                 {{50, 2.5, 0}, {50, 3.2972, 0}, 1},
                 {{50, 2.5, 0}, {50, 1.8634, .5757}, 1},
                 {{50, 2.5, 0}, {50, 3.2592, .3350}, 1},
                 {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
                 {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
                 {{61.2901, 3.7196, -5.3901}, {61.4292, 2.2480, -4.9620}, 1.8731},
                 {{35.0831, -44.1164, 3.7933}, {35.0232, -40.0716, 1.5901}, 1.8645},
                 {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
                 {{36.4612, 47.8580, 18.3852}, {36.2715, 50.5065, 21.2231}, 1.4146},
                 {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, .0447}, 1.4441},
                 {{90.9257, -.5406, -.9208}, {88.6381, -.8985, -.7239}, 1.5381},
                 {{6.7747, -.2908, -2.4247}, {5.8714, -.0985, -2.2286}, .6377},
                 {{2.0776, .0795, -1.1350}, {.9033, -.0636, -.5514}, .9082}};
    (void)state;
    assert_int_equal(G_N_ELEMENTS(pairs), 34);
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        double there = jb_lab_difference(pairs[i].p, pairs[i].q),
               back = jb_lab_difference(pairs[i].q, pairs[i].p);
        if (fabs(there - pairs[i].wanted) > 5e-5 || fabs(there - back) > 1e-9)
            fail_msg("pair %zu: %.5f and %.5f, not %.4f", i + 1, there, back, pairs[i].wanted);
    }
}

/* sRGB white and black, red, and the identity of normal sight. */
static void colours_are_seen(void **state) {
    (void)state;
    jb_lab white = jb_colour_seen((jb_colour){255, 255, 255}, JB_VISION_NORMAL),
           red = jb_colour_seen((jb_colour){255, 0, 0}, JB_VISION_NORMAL);
    assert_true(fabs(white.l - 100) < 1e-3 && fabs(white.a) < 1e-3 && fabs(white.b) < 1e-3);
    assert_true(fabs(red.l - 53.24) < .01 && fabs(red.a - 80.09) < .01 && fabs(red.b - 67.20) < .01);
    for (int v = 0; v < JB_VISIONS; v++) { /* greys look grey to all */
        jb_lab grey = jb_colour_seen((jb_colour){128, 128, 128}, v);
        assert_true(fabs(grey.l - 53.59) < .05 && hypot(grey.a, grey.b) < .1);
    }
    assert_true(fabs(jb_colour_contrast((jb_colour){0, 0, 0}, (jb_colour){255, 255, 255}) - 21) < 1e-4);
}

/* The least distances of the palettes that are built in: those of the visual specification's table. */
typedef jb_palette_limits limits;

static void check_pair(const char *what, const jb_colour *colours, unsigned i, unsigned k,
                       const limits *least) {
    limits floors = *least;
    for (int v = 0; v < JB_VISIONS; v++) floors.seen[v] -= .05;
    floors.grey -= .05;
    jb_palette_gap gap = jb_palette_worst(colours[i], colours[k], &floors);
    if (gap.share < 1)
        fail_msg("%s %u and %u: %.1f in %s, at least %.1f", what, i + 1, k + 1, gap.distance, gap.sight,
                 gap.least);
}

static void check_all(const char *what, const jb_colour *colours, unsigned count, const limits *neighbours,
                      const limits *any) {
    for (unsigned i = 0; i < count; i++)
        for (unsigned k = i + 1; k < count; k++) {
            check_pair(what, colours, i, k, any);
            if (k == i + 1) check_pair(what, colours, i, k, neighbours);
        }
}

static double contrast(jb_colour a, jb_colour b) { return jb_colour_contrast(a, b); }

static const char *const themes[] = {"briefing", "slides"};

/* Calls the test on each built-in theme. */
static void each(void (*test)(const jb_theme *theme)) {
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++) {
        jb_context *ctx = jb_context_new();
        jb_theme *theme = jb_theme_load(ctx, themes[i], NULL, (jb_pos){0});
        assert_non_null(theme);
        test(theme);
        jb_theme_free(theme);
        jb_context_free(ctx);
    }
}

static void test_series(const jb_theme *theme) {
    jb_colour fills[JB_SERIES_INKS], lines[JB_SERIES_INKS];
    for (unsigned i = 0; i < JB_SERIES_INKS; i++) {
        const jb_series_ink *ink = &theme->chart.series[i];
        fills[i] = ink->fill;
        lines[i] = ink->line;
        assert_true(contrast(ink->line, theme->chart.paper) >= 3);
        assert_true(contrast(ink->outlined ? ink->outline : ink->fill, theme->chart.paper) >= 3);
    }
    check_all("fills", fills, JB_SERIES_INKS, &(limits){{31.2, 27.3, 28.3, 27.3}, 22.3},
              &(limits){{24.7, 19, 16.5, 20.9}, 10.1});
    check_all("lines", lines, JB_SERIES_INKS, &(limits){{24.3, 23.2, 21.8, 18.4}, 12.7},
              &(limits){{22.2, 14.9, 13.6, 13.9}, 2});
}

static void series_are_told_apart(void **state) {
    (void)state;
    each(test_series);
}

static void test_scenarios(const jb_theme *theme) {
    const jb_colour colours[] = {theme->chart.ac, theme->chart.py, theme->chart.paper};
    const limits any = {{24.3, 23.5, 24.9, 25}, 33.3};
    check_all("scenarios", colours, 3, &any, &any);
}

static void scenarios_are_told_apart(void **state) {
    (void)state;
    each(test_scenarios);
}

static void test_verdicts(const jb_theme *theme) {
    const jb_colour colours[] = {theme->ink.good, theme->ink.bad};
    const limits any = {{54.9, 28.5, 27.6, 63.2}, 16.1};
    check_all("verdicts", colours, 2, &any, &any);
}

static void verdicts_are_told_apart(void **state) {
    (void)state;
    each(test_verdicts);
}

static void test_type(const jb_theme *theme) {
    assert_true(contrast(theme->chart.text, theme->chart.paper) >= 12);
    assert_true(contrast(theme->chart.text2, theme->chart.paper) >= 4.5);
    assert_true(contrast(theme->ink.text, theme->ink.shade) >= 10);
    assert_true(contrast(theme->ink.text2, theme->ink.shade) >= 4.5);
}

static void type_can_be_read(void **state) {
    (void)state;
    each(test_type);
}

/* L* of a tint of black on coated paper (ISO 12647-2, FOGRA39), every 5 percent. */
static double print_lightness(jb_colour c) {
    static const double table[] = {100,  96.9, 93.7, 90.6, 87.1, 83.9, 80.4, 76.9, 72.9, 69.4, 65.5,
                                   61.6, 57.3, 52.9, 48.6, 43.9, 38.8, 33.7, 29.0, 23.1, 17.3};
    double k = round((255 - c.r) / 2.55) / 5;
    unsigned i = MIN((unsigned)k, 19);
    return table[i] + (table[i + 1] - table[i]) * (k - i);
}

static void check_prints(const char *what, const jb_colour *colours, unsigned count, double neighbours,
                         double any) {
    for (unsigned i = 0; i < count; i++) {
        assert_true(jb_colour_is_grey(colours[i]));
        for (unsigned k = i + 1; k < count; k++) {
            double d = fabs(print_lightness(colours[i]) - print_lightness(colours[k])),
                   least = k == i + 1 ? neighbours : any;
            if (d < least - .05)
                fail_msg("%s %u and %u: %.1f in black ink, at least %.1f", what, i + 1, k + 1, d, least);
        }
    }
}

/* The theme for black ink alone has no other colour, and the distances of the visual specification in print.
 */
static void black_ink_tells_apart(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    jb_theme *theme = jb_theme_load(ctx, "grey", NULL, (jb_pos){0});
    jb_colour fills[JB_SERIES_INKS], lines[JB_SERIES_INKS];
    assert_non_null(theme);
    assert_true(theme->chart.plain_variances);
    for (unsigned i = 0; i < JB_SERIES_INKS; i++) {
        const jb_series_ink *ink = &theme->chart.series[i];
        fills[i] = ink->fill, lines[i] = ink->line;
        jb_colour edge = ink->outlined ? ink->outline : ink->fill;
        assert_true(jb_colour_is_grey(edge) && jb_colour_contrast(edge, theme->chart.paper) >= 3);
        assert_true(jb_colour_contrast(ink->line, theme->chart.paper) >= 3);
    }
    const jb_theme_ink *ink = &theme->ink;
    const jb_colour scenarios[] = {theme->chart.ac, theme->chart.py, theme->chart.paper},
                    verdicts[] = {ink->good, ink->bad},
                    rest[] = {ink->text,  ink->text2, ink->rule,   ink->axis,           ink->grid,
                              ink->shade, ink->band,  ink->accent, theme->chart.neutral};
    check_prints("fills", fills, JB_SERIES_INKS, 24, 11.4);
    check_prints("lines", lines, JB_SERIES_INKS, 14.9, 4.7);
    check_prints("scenarios", scenarios, 3, 30.6, 30.6);
    check_prints("verdicts", verdicts, 2, 31.8, 31.8);
    check_prints("inks", rest, G_N_ELEMENTS(rest), 0, 0);
    test_type(theme);
    assert_int_equal(jb_context_count(ctx, JB_WARNING), 0);
    jb_theme_free(theme);
    jb_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_right),    cmocka_unit_test(colours_are_seen),
        cmocka_unit_test(series_are_told_apart),   cmocka_unit_test(scenarios_are_told_apart),
        cmocka_unit_test(verdicts_are_told_apart), cmocka_unit_test(type_can_be_read),
        cmocka_unit_test(black_ink_tells_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
