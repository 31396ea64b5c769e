/* The colours of the built-in themes: far enough apart for normal vision, three kinds of colour blindness and
 * grey print. CIEDE2000 (Sharma, Wu, Dalal 2005) after Machado, Oliveira, Fernandes 2009 at severity 1; grey
 * is the difference of L*. */
#include "unit.h"

#include <math.h>
#include "render/theme.h"

enum { NORMAL, PROTAN, DEUTAN, TRITAN, VISIONS };

static const double visions[VISIONS][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
    {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
    {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}}};
static const double to_xyz[3][3] = {
    {.4124564, .3575761, .1804375}, {.2126729, .7151522, .0721750}, {.0193339, .1191920, .9503041}};

typedef struct lab {
    double l, a, b;
} lab;

static double linear(uint8_t channel) {
    double x = channel / 255.;
    return x <= .04045 ? x / 12.92 : pow((x + .055) / 1.055, 2.4);
}

static void multiply(const double m[3][3], const double v[3], double out[3]) {
    for (int i = 0; i < 3; i++) out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
}

static lab seen(jb_colour c, int vision) {
    const double rgb[3] = {linear(c.r), linear(c.g), linear(c.b)};
    double turned[3], xyz[3], f[3];
    multiply(visions[vision], rgb, turned);
    for (int i = 0; i < 3; i++) turned[i] = CLAMP(turned[i], 0, 1);
    multiply(to_xyz, turned, xyz);
    for (int i = 0; i < 3; i++) {
        double t = MAX(xyz[i] / (to_xyz[i][0] + to_xyz[i][1] + to_xyz[i][2]), 0);
        f[i] = t > 216. / 24389 ? cbrt(t) : (24389. / 27 * t + 16) / 116;
    }
    return (lab){116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

static double radians(double degrees) { return degrees * G_PI / 180; }

static double hue(double a, double b) {
    double h = atan2(b, a) * 180 / G_PI;
    return h < 0 ? h + 360 : h;
}

static double saturation(double c) { return sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7))); }

static double difference(lab p, lab q) {
    double g = .5 * (1 - saturation((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2)), a1 = p.a * (1 + g),
           a2 = q.a * (1 + g), c1 = hypot(a1, p.b), c2 = hypot(a2, q.b), h1 = hue(a1, p.b), h2 = hue(a2, q.b),
           dh = h2 - h1, hm = h1 + h2;
    if (c1 * c2 == 0)
        dh = 0;
    else if (fabs(h2 - h1) > 180)
        dh += dh > 0 ? -360 : 360;
    if (c1 * c2 != 0) hm = fabs(h1 - h2) <= 180 ? hm / 2 : (hm + (hm < 360 ? 360 : -360)) / 2;
    double lm = (p.l + q.l) / 2, cm = (c1 + c2) / 2, square = (lm - 50) * (lm - 50);
    double t = 1 - .17 * cos(radians(hm - 30)) + .24 * cos(radians(2 * hm)) + .32 * cos(radians(3 * hm + 6)) -
               .2 * cos(radians(4 * hm - 63));
    double x = (q.l - p.l) / (1 + .015 * square / sqrt(20 + square)), y = (c2 - c1) / (1 + .045 * cm),
           z = 2 * sqrt(c1 * c2) * sin(radians(dh / 2)) / (1 + .015 * cm * t);
    double turn = -2 * saturation(cm) * sin(radians(60 * exp(-((hm - 275) / 25) * ((hm - 275) / 25))));
    return sqrt(x * x + y * y + z * z + turn * y * z);
}

/* Pairs of the published test data, so that the measure itself is right. */
static void the_measure_is_right(void **state) {
    static const struct {
        lab p, q;
        double wanted;
    } pairs[] = {{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
                 {{50, 2.4900, -.0010}, {50, -2.4900, .0009}, 7.1792},
                 {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
                 {{2.0776, .0795, -1.1350}, {.9033, -.0636, -.5514}, .9082}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        assert_true(fabs(difference(pairs[i].p, pairs[i].q) - pairs[i].wanted) < 1e-4);
}

/* The least distances of a palette. */
typedef struct limits {
    double normal, protan, deutan, tritan, grey;
} limits;

static void check_pair(const char *what, const jb_colour *colours, unsigned i, unsigned k,
                       const limits *least) {
    const double floors[VISIONS] = {least->normal, least->protan, least->deutan, least->tritan};
    for (int v = 0; v < VISIONS; v++) {
        double d = difference(seen(colours[i], v), seen(colours[k], v));
        if (d < floors[v] - .05)
            fail_msg("%s %u and %u: %.1f for vision %d, at least %.1f", what, i + 1, k + 1, d, v, floors[v]);
    }
    double grey = fabs(seen(colours[i], NORMAL).l - seen(colours[k], NORMAL).l);
    if (grey < least->grey - .05)
        fail_msg("%s %u and %u: %.1f in grey, at least %.1f", what, i + 1, k + 1, grey, least->grey);
}

static void check_all(const char *what, const jb_colour *colours, unsigned count, const limits *neighbours,
                      const limits *any) {
    for (unsigned i = 0; i < count; i++)
        for (unsigned k = i + 1; k < count; k++) {
            check_pair(what, colours, i, k, any);
            if (k == i + 1) check_pair(what, colours, i, k, neighbours);
        }
}

static double luminance(jb_colour c) {
    return to_xyz[1][0] * linear(c.r) + to_xyz[1][1] * linear(c.g) + to_xyz[1][2] * linear(c.b);
}

static double contrast(jb_colour a, jb_colour b) {
    double one = luminance(a) + .05, other = luminance(b) + .05;
    return MAX(one, other) / MIN(one, other);
}

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
    check_all("fills", fills, JB_SERIES_INKS, &(limits){31.2, 27.3, 28.3, 27.3, 22.3},
              &(limits){24.7, 19, 16.5, 20.9, 10.1});
    check_all("lines", lines, JB_SERIES_INKS, &(limits){24.3, 23.2, 21.8, 18.4, 12.7},
              &(limits){22.2, 14.9, 13.6, 13.9, 2});
}

static void series_are_told_apart(void **state) {
    (void)state;
    each(test_series);
}

static void test_scenarios(const jb_theme *theme) {
    const jb_colour colours[] = {theme->chart.ac, theme->chart.py, theme->chart.paper};
    const limits any = {24.3, 23.5, 24.9, 25, 33.3};
    check_all("scenarios", colours, 3, &any, &any);
}

static void scenarios_are_told_apart(void **state) {
    (void)state;
    each(test_scenarios);
}

static void test_verdicts(const jb_theme *theme) {
    const jb_colour colours[] = {theme->ink.good, theme->ink.bad};
    const limits any = {54.9, 28.5, 27.6, 63.2, 16.1};
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_right),     cmocka_unit_test(series_are_told_apart),
        cmocka_unit_test(scenarios_are_told_apart), cmocka_unit_test(verdicts_are_told_apart),
        cmocka_unit_test(type_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
