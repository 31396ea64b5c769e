/* Colours measured, and palettes of themes held against the least distances. */
#include "charts/palette.h"

#include <glib.h>
#include <math.h>

#define CONTRAST 3.0 /* of edges and lines to the paper */

/* ---- measures ---- */

static const double visions[JB_VISIONS][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
    {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
    {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}}};
static const double to_xyz[3][3] = {
    {.4124564, .3575761, .1804375}, {.2126729, .7151522, .0721750}, {.0193339, .1191920, .9503041}};

static double linear(uint8_t channel) {
    double x = channel / 255.;
    return x <= .04045 ? x / 12.92 : pow((x + .055) / 1.055, 2.4);
}

static void multiply(const double m[3][3], const double v[3], double out[3]) {
    for (int i = 0; i < 3; i++) out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
}

jb_lab jb_colour_seen(jb_colour c, jb_vision vision) {
    const double rgb[3] = {linear(c.r), linear(c.g), linear(c.b)};
    double turned[3], xyz[3], f[3];
    multiply(visions[vision], rgb, turned);
    for (int i = 0; i < 3; i++) turned[i] = CLAMP(turned[i], 0, 1);
    multiply(to_xyz, turned, xyz);
    for (int i = 0; i < 3; i++) {
        double t = MAX(xyz[i] / (to_xyz[i][0] + to_xyz[i][1] + to_xyz[i][2]), 0);
        f[i] = t > 216. / 24389 ? cbrt(t) : (24389. / 27 * t + 16) / 116;
    }
    return (jb_lab){116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

static double radians(double degrees) { return degrees * G_PI / 180; }

static double hue(double a, double b) {
    double h = atan2(b, a) * 180 / G_PI;
    return h < 0 ? h + 360 : h;
}

static double saturation(double c) { return sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7))); }

/* The mean of two hues on the shorter way round; their sum when one colour has none. */
static double mean_hue(double h1, double h2, bool grey) {
    if (grey) return h1 + h2;
    if (fabs(h1 - h2) <= 180) return (h1 + h2) / 2;
    return (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
}

double jb_lab_difference(jb_lab p, jb_lab q) {
    double g = .5 * (1 - saturation((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2)), a1 = p.a * (1 + g),
           a2 = q.a * (1 + g), c1 = hypot(a1, p.b), c2 = hypot(a2, q.b), h1 = hue(a1, p.b), h2 = hue(a2, q.b),
           dh = h2 - h1, hm = mean_hue(h1, h2, c1 * c2 == 0);
    if (c1 * c2 == 0)
        dh = 0;
    else if (fabs(dh) > 180)
        dh += dh > 0 ? -360 : 360;
    double lm = (p.l + q.l) / 2, cm = (c1 + c2) / 2, square = (lm - 50) * (lm - 50);
    double t = 1 - .17 * cos(radians(hm - 30)) + .24 * cos(radians(2 * hm)) + .32 * cos(radians(3 * hm + 6)) -
               .2 * cos(radians(4 * hm - 63));
    double x = (q.l - p.l) / (1 + .015 * square / sqrt(20 + square)), y = (c2 - c1) / (1 + .045 * cm),
           z = 2 * sqrt(c1 * c2) * sin(radians(dh / 2)) / (1 + .015 * cm * t);
    double turn = -2 * saturation(cm) * sin(radians(60 * exp(-((hm - 275) / 25) * ((hm - 275) / 25))));
    return sqrt(x * x + y * y + z * z + turn * y * z);
}

static double luminance(jb_colour c) {
    return to_xyz[1][0] * linear(c.r) + to_xyz[1][1] * linear(c.g) + to_xyz[1][2] * linear(c.b);
}

double jb_colour_contrast(jb_colour a, jb_colour b) {
    double one = luminance(a) + .05, other = luminance(b) + .05;
    return MAX(one, other) / MIN(one, other);
}

/* ---- pairs ---- */

static void keep_worse(jb_palette_gap *gap, double distance, double least, const char *sight) {
    double share = least > 0 ? distance / least : INFINITY;
    if (share < gap->share) *gap = (jb_palette_gap){share, distance, least, sight};
}

jb_palette_gap jb_palette_worst(jb_colour one, jb_colour other, const jb_palette_limits *limits) {
    static const char *const sights[JB_VISIONS] = {"normal sight", "protanopia", "deuteranopia",
                                                   "tritanopia"};
    jb_palette_gap gap = {.share = INFINITY};
    bool greys = jb_colour_is_grey(one) && jb_colour_is_grey(other);
    for (int v = 0; v < JB_VISIONS && !greys; v++)
        keep_worse(&gap, jb_lab_difference(jb_colour_seen(one, v), jb_colour_seen(other, v)), limits->seen[v],
                   sights[v]);
    keep_worse(&gap,
               fabs(jb_colour_seen(one, JB_VISION_NORMAL).l - jb_colour_seen(other, JB_VISION_NORMAL).l),
               limits->grey, "grey print");
    return gap;
}

/* ---- palettes of themes ---- */

typedef struct check {
    jb_context *ctx;
    const jb_node *theme;
    const jb_chart_style *style;
} check;

static const char *hex(jb_colour c, char text[8]) {
    g_snprintf(text, 8, "#%02X%02X%02X", c.r, c.g, c.b);
    return text;
}

static void check_pair(const check *k, const char *what, const char *one_name, jb_colour one,
                       const char *other_name, jb_colour other, const jb_palette_limits *limits, jb_pos pos) {
    char a[8], b[8];
    jb_palette_gap gap = jb_palette_worst(one, other, limits);
    if (gap.share < 1)
        jb_diag(
            k->ctx, JB_WARNING, pos,
            "%s %s (%s) and %s (%s) are hard to tell apart in %s: their distance is %.1f, it should be %g",
            what, one_name, hex(one, a), other_name, hex(other, b), gap.sight, gap.distance, gap.least);
}

static jb_colour series_colour(const check *k, unsigned i, bool lines) {
    return lines ? k->style->series[i].line : k->style->series[i].fill;
}

/* Fills and lines of series, neighbours and any pairs. Lines differ by their markers, too. */
static void check_series(const check *k, bool lines) {
    static const jb_palette_limits fills[] = {{{15, 15, 15, 15}, 9}, {{20, 20, 20, 20}, 20}},
                                   strokes[] = {{{10, 10, 10, 10}, 0}, {{15, 15, 15, 15}, 10}};
    const jb_node *list = jb_node_get(jb_node_get(k->theme, "palette"), "series");
    const char *key = lines ? "line" : "fill";
    for (unsigned i = 0; i < JB_SERIES_INKS; i++) {
        for (unsigned n = i + 1; n < JB_SERIES_INKS; n++) {
            char one[8], other[8];
            g_snprintf(one, sizeof one, "%u", i + 1);
            g_snprintf(other, sizeof other, "%u", n + 1);
            check_pair(k, lines ? "lines of series" : "fills of series", one, series_colour(k, i, lines),
                       other, series_colour(k, n, lines), &(lines ? strokes : fills)[n == i + 1],
                       jb_node_get(list->items[n], key)->pos);
        }
    }
}

static void check_contrast(const check *k, const char *what, unsigned series, jb_colour colour, jb_pos pos) {
    char a[8];
    double contrast = jb_colour_contrast(colour, k->style->paper);
    if (contrast < CONTRAST)
        jb_diag(k->ctx, JB_WARNING, pos,
                "the %s of series %u (%s) hardly stands out from the paper: its contrast is %.1f, it should "
                "be %g",
                what, series + 1, hex(colour, a), contrast, CONTRAST);
}

static void check_edges(const check *k) {
    const jb_node *list = jb_node_get(jb_node_get(k->theme, "palette"), "series");
    for (unsigned i = 0; i < JB_SERIES_INKS; i++) {
        const jb_series_ink *ink = &k->style->series[i];
        const char *edge = ink->outlined ? "outline" : "fill";
        check_contrast(k, edge, i, ink->outlined ? ink->outline : ink->fill,
                       jb_node_get(list->items[i], edge)->pos);
        check_contrast(k, "line", i, ink->line, jb_node_get(list->items[i], "line")->pos);
    }
}

/* Where a colour of one of two keys was altered: the one that is not as a theme that is built in has it. */
static jb_pos place_of(const jb_node *one, const jb_node *other) {
    bool built_in = one->pos.file && g_str_has_prefix(one->pos.file, "theme ");
    return built_in ? other->pos : one->pos;
}

static void check_scenarios(const check *k) {
    static const jb_palette_limits apart = {{20, 20, 20, 20}, 25}, verdicts = {{20, 20, 20, 20}, 15};
    const jb_node *palette = jb_node_get(k->theme, "palette"), *ink = jb_node_get(k->theme, "ink");
    const jb_chart_style *s = k->style;
    const jb_node *ac = jb_node_get(palette, "ac"), *py = jb_node_get(palette, "py"),
                  *paper = jb_node_get(palette, "paper"), *neutral = jb_node_get(palette, "neutral"),
                  *good = jb_node_get(ink, "good"), *bad = jb_node_get(ink, "bad");
    check_pair(k, "the colours", "ac", s->ac, "py", s->py, &apart, place_of(ac, py));
    check_pair(k, "the colours", "ac", s->ac, "paper", s->paper, &apart, place_of(ac, paper));
    check_pair(k, "the colours", "py", s->py, "paper", s->paper, &apart, place_of(py, paper));
    check_pair(k, "the colours", "good", s->good, "bad", s->bad, &verdicts, place_of(good, bad));
    check_pair(k, "the colours", "bad", s->bad, "neutral", s->neutral, &verdicts, place_of(bad, neutral));
}

void jb_palette_check(jb_context *ctx, const jb_node *theme, const jb_chart_style *style) {
    const check k = {ctx, theme, style};
    check_series(&k, false);
    check_series(&k, true);
    check_edges(&k);
    check_scenarios(&k);
}
