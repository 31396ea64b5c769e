/* One bar: its fill says the scenario, its end what kind of value it is (visual specification, section 3). */
#include "charts/palette.h"
#include "charts/plot.h"

#define OUTLINE 1.0  /* PL, approximate edges */
#define THIN 0.75    /* edges of bounded AC and PY, outline of FC */
#define SOFT 0.3     /* tint of what is not known */
#define OPEN_END 2.2 /* a bounded body stops so far short of the limit */
#define CAP 1.5
#define CAP_OVER 1.0
#define DASHED_END 8.0
#define HATCH_PITCH 3.0
#define HATCH_WIDTH 0.9
#define ARROW_BACK 2.7 /* half its height */
#define ARROW_LONG 4.4
#define ARROW_IN                                                                                             \
    3.0 /* from an upper bound to its arrow; in a short bar it ends at the baseline, or there is none */

/* A bar in its own coordinates: u along the values, v across. */
typedef struct bar {
    jb_plot *plot;
    bool horizontal;
    double sign; /* of the direction of values on the page */
    double zero, end, across, thick;
    jb_colour ink, edge;
    bool outlined, patterned;
    jb_pattern pattern;
    jb_scenario scenario;
} bar;

static void place(const bar *b, double u, double v, double xy[2]) {
    xy[0] = b->horizontal ? u : v;
    xy[1] = b->horizontal ? v : u;
}

static void fill(const bar *b, double u1, double u2, double v1, double v2, const jb_paint *paint) {
    double a[2], c[2];
    place(b, MIN(u1, u2), v1, a);
    place(b, MAX(u1, u2), v2, c);
    jb_scene_rect(b->plot->scene, a[0], a[1], c[0] - a[0], c[1] - a[1], paint);
}

static void line(const bar *b, double u1, double v1, double u2, double v2, double width, double on,
                 double off) {
    double a[2], c[2];
    jb_paint paint = jb_paint_stroke(b->edge, width);
    paint.dash[0] = on;
    paint.dash[1] = off;
    place(b, u1, v1, a);
    place(b, u2, v2, c);
    jb_scene_line(b->plot->scene, a[0], a[1], c[0], c[1], &paint);
}

/* A frame whose stroke lies inside the box. */
static void frame(const bar *b, double u1, double u2, double width) {
    jb_paint paint = jb_paint_stroke(b->edge, width);
    double h = width / 2, low = MIN(u1, u2), high = MAX(u1, u2);
    if (high - low > width) fill(b, low + h, high - h, b->across + h, b->across + b->thick - h, &paint);
}

/* 45 degrees, clipped to the bar. */
static void hatch(const bar *b) {
    double a[2], c[2], step = HATCH_PITCH * 1.41421356;
    jb_paint paint = jb_paint_stroke(b->edge, HATCH_WIDTH);
    place(b, MIN(b->zero, b->end), b->across, a);
    place(b, MAX(b->zero, b->end), b->across + b->thick, c);
    double box[4] = {a[0], a[1], c[0], c[1]}, w = c[0] - a[0], h = c[1] - a[1];
    if (w <= 0 || h <= 0) return;
    jb_scene_push(b->plot->scene, 0, 0, box);
    for (double t = step / 2; t < w + h; t += step)
        jb_scene_line(b->plot->scene, a[0] + t - h, c[1], a[0] + t, a[1], &paint);
    jb_scene_pop(b->plot->scene);
}

/* A stretch of the bar from u1 to u2 in its own fill, or in the one of what is not sure. */
static void body(const bar *b, double u1, double u2, bool sure) {
    double v1 = b->across, v2 = b->across + b->thick, low[2], high[2];
    jb_paint paint = jb_paint_fill(sure ? b->ink : jb_colour_tint(b->ink, SOFT));
    place(b, MIN(u1, u2), v1, low);
    place(b, MAX(u1, u2), v2, high);
    const double box[4] = {low[0], low[1], high[0], high[1]};
    bool solid = !b->patterned || b->pattern == JB_PATTERN_SOLID;
    if (sure && solid && jb_colour_is_dark(b->ink)) {
        const jb_box dark = {low[0], low[1], high[0], high[1]};
        g_array_append_val(b->plot->dark, dark);
    }
    if (!b->patterned) {
        fill(b, u1, u2, v1, v2, &paint);
        return;
    }
    jb_pattern pattern = !sure && b->pattern == JB_PATTERN_SOLID ? JB_PATTERN_SPARSE : b->pattern;
    jb_pattern_draw(b->plot->scene, pattern, b->edge, b->plot->style->paper, box);
}

static void draw_plain(const bar *b) {
    jb_paint paint = jb_paint_fill(b->plot->style->paper);
    switch (b->scenario) {
    case JB_SCENARIO_PL:
        fill(b, b->zero, b->end, b->across, b->across + b->thick, &paint);
        frame(b, b->zero, b->end, OUTLINE);
        break;
    case JB_SCENARIO_FC:
        hatch(b);
        frame(b, b->zero, b->end, THIN);
        break;
    default:
        body(b, b->zero, b->end, true);
        if (b->outlined) frame(b, b->zero, b->end, b->patterned ? THIN : 0.5);
    }
}

/* Forecasts that are approximate or bounded take the drawing of plans. */
static bool is_empty(const bar *b) { return b->scenario == JB_SCENARIO_PL || b->scenario == JB_SCENARIO_FC; }

/* Solid up to `from`, dashed edges up to the end. */
static void draw_dashed(const bar *b, double from) {
    double v1 = b->across, v2 = b->across + b->thick, h = OUTLINE / 2, s = b->sign;
    if (!is_empty(b)) {
        body(b, b->zero, from, true);
        if (!b->patterned) body(b, from, b->end, false);
    }
    if (is_empty(b) || b->patterned) {
        line(b, b->zero + s * h, v1, b->zero + s * h, v2, OUTLINE, 0, 0);
        line(b, b->zero, v1 + h, from, v1 + h, OUTLINE, 0, 0);
        line(b, b->zero, v2 - h, from, v2 - h, OUTLINE, 0, 0);
    }
    line(b, from + s * 1.3, v1 + h, b->end, v1 + h, OUTLINE, 1.7, 1.3);
    line(b, from + s * 1.3, v2 - h, b->end, v2 - h, OUTLINE, 1.7, 1.3);
    line(b, b->end - s * h, v1, b->end - s * h, v2, OUTLINE, 1.9, 1.4);
}

static void arrow(const bar *b, double base, double tip) {
    double xy[6], middle = b->across + b->thick / 2;
    jb_paint paint = jb_paint_fill(b->edge);
    place(b, base, middle - ARROW_BACK, xy);
    place(b, base, middle + ARROW_BACK, xy + 2);
    place(b, tip, middle, xy + 4);
    jb_scene_polyline(b->plot->scene, xy, 3, true, &paint);
}

static void draw_bounded(const bar *b, bool beyond) {
    double v1 = b->across, v2 = b->across + b->thick, s = b->sign, length = s * (b->end - b->zero),
           stop = b->end - s * MIN(OPEN_END, length);
    if (!is_empty(b)) {
        body(b, b->zero, stop, false);
    } else {
        line(b, b->zero + s * OUTLINE / 2, v1, b->zero + s * OUTLINE / 2, v2, OUTLINE, 0, 0);
    }
    double width = is_empty(b) ? OUTLINE : THIN, h = width / 2;
    line(b, b->zero, v1 + h, stop, v1 + h, width, 0, 0);
    line(b, b->zero, v2 - h, stop, v2 - h, width, 0, 0);
    line(b, b->end - s * CAP / 2, v1 - CAP_OVER, b->end - s * CAP / 2, v2 + CAP_OVER, CAP, 0, 0);
    if (beyond)
        arrow(b, b->end + s * 1.2, b->end + s * (1.2 + ARROW_LONG));
    else if (length > ARROW_IN + 1)
        arrow(b, b->end - s * ARROW_IN, b->end - s * MIN(ARROW_IN + ARROW_LONG, length));
}

/* As last year: a bar up to last year's value, capped in that year's colour. */
static void draw_same(bar *b) {
    double v1 = b->across, v2 = b->across + b->thick, at = b->end - b->sign * CAP / 2;
    draw_plain(b);
    b->edge = b->plot->style->py;
    line(b, at, v1 - CAP_OVER, at, v2 + CAP_OVER, CAP, 0, 0);
}

jb_colour jb_bar_soft_colour(jb_colour colour) { return jb_colour_tint(colour, SOFT); }

double jb_bar_soft(jb_value_kind kind, double length, double sure) {
    switch (kind) {
    case JB_VALUE_UPPER:
    case JB_VALUE_LOWER: return length;
    case JB_VALUE_RANGE: return sure > 1 ? MIN(sure, length) : MIN(DASHED_END, length * 0.4);
    case JB_VALUE_APPROX: return length > 3 ? MIN(DASHED_END, length * 0.4) : 0;
    default: return 0;
    }
}

/* Below zero what is at most a value lies beyond its bar, and what is at least one lies back. */
static bool goes_on(jb_value_kind kind, bool negative) {
    return kind == (negative ? JB_VALUE_UPPER : JB_VALUE_LOWER);
}

double jb_bar_reach(jb_value_kind kind, bool negative) {
    return goes_on(kind, negative) ? 1.2 + ARROW_LONG : 0;
}

static void choose_inks(bar *b, const jb_series *series) {
    const jb_chart_style *style = b->plot->style;
    const jb_series_ink *ink = &style->series[series->ink % JB_SERIES_INKS];
    b->scenario = series->scenario;
    b->ink = b->edge = style->ac;
    if (series->scenario == JB_SCENARIO_PY) b->ink = b->edge = style->py;
    if (series->scenario != JB_SCENARIO_PLAIN) return;
    b->ink = ink->fill;
    b->outlined = ink->outlined;
    b->edge = ink->outlined ? ink->outline : ink->fill;
}

/* Patterns have an edge; the ink of the pale is that of their outline, or of results. */
static void choose_pattern(bar *b, const jb_series *series) {
    if (!b->plot->spec->patterns) return;
    if (series->scenario == JB_SCENARIO_PY) b->edge = b->plot->style->ac;
    b->edge = b->ink = jb_pattern_ink(b->plot, b->edge);
    b->pattern = jb_series_pattern(series);
    b->patterned = !is_empty(b);
    b->outlined = b->pattern != JB_PATTERN_SOLID;
}

static bar bar_at(jb_plot *p, bool horizontal, double along, double end, double across, double thick) {
    double sign = end == along ? (horizontal ? 1 : -1) : end > along ? 1 : -1;
    return (bar){.plot = p,
                 .horizontal = horizontal,
                 .sign = sign,
                 .zero = along,
                 .end = end,
                 .across = across,
                 .thick = thick};
}

static double draw_kind(bar *b, jb_value_kind kind, double sure) {
    double length = b->sign * (b->end - b->zero);
    bool negative = b->end != b->zero && (b->sign < 0) == b->horizontal;
    if (kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER)
        draw_bounded(b, goes_on(kind, negative));
    else if (kind == JB_VALUE_SAME)
        draw_same(b);
    else if (kind == JB_VALUE_RANGE && b->sign * (b->end - sure) > 1)
        draw_dashed(b, b->sign * (sure - b->zero) > 0 ? sure : b->zero);
    else if ((kind == JB_VALUE_APPROX || kind == JB_VALUE_RANGE) && length > 3)
        draw_dashed(b, b->end - b->sign * MIN(DASHED_END, length * 0.4));
    else
        draw_plain(b);
    return jb_bar_reach(kind, negative);
}

double jb_bar_draw(jb_plot *p, bool horizontal, const jb_series *series, jb_value_kind kind, double along,
                   double end, double sure, double across, double thick) {
    bar b = bar_at(p, horizontal, along, end, across, thick);
    choose_inks(&b, series);
    choose_pattern(&b, series);
    return draw_kind(&b, kind, sure);
}

double jb_bar_draw_in(jb_plot *p, bool horizontal, jb_colour colour, jb_value_kind kind, double along, double end,
                      double sure, double across, double thick) {
    bar b = bar_at(p, horizontal, along, end, across, thick);
    b.ink = b.edge = colour;
    b.scenario = JB_SCENARIO_PLAIN;
    return draw_kind(&b, kind, sure);
}
