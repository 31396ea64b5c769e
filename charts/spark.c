/* Drawing sparklines. */
#include "charts/spark.h"

#include <math.h>
#include <string.h>
#include "charts/plot.h"
#include "input/role.h"

#define LINE 0.9
#define POINT 1.4
#define SMALL 1.2
#define HOLLOW 0.7
#define BAR 3.0
#define BAR_GAP 1.5
#define WIDTH 48.0
#define WIDEST 96.0 /* of many bars */
#define EDGE 0.5
#define ZERO_WIDTH 0.4
#define LEAST 0.5 /* what is there is seen, zero too */
#define DASH_ON 2.0
#define DASH_OFF 1.2

typedef struct drawing {
    jb_scene *scene;
    const jb_chart_style *style;
    const jb_spark *spark;
    double left, top, width, height;
    double low, high;
} drawing;

bool jb_spark_form_of(const char *word, jb_spark_form *form) {
    *form = !strcmp(word, "bar") ? JB_SPARK_BAR : JB_SPARK_LINE;
    return !strcmp(word, "bar") || !strcmp(word, "line");
}

double jb_spark_width(jb_spark_form form, unsigned count) {
    return form == JB_SPARK_LINE ? WIDTH : CLAMP(count * (BAR + BAR_GAP) - BAR_GAP, BAR, WIDEST);
}

bool jb_spark_any(const jb_spark *s) {
    double number;
    for (unsigned i = 0; i < s->count; i++)
        if (jb_plot_number(&s->values[i], &number)) return true;
    return false;
}

bool jb_column_is_expected(const jb_dataset *d, unsigned column) {
    const jb_column *c = &d->columns[column];
    jb_column_role role = c->role == JB_COLUMN_TEXT ? jb_column_role_of(c->name, c->path, 1, 0) : c->role;
    return role == JB_COLUMN_FORECAST || role == JB_COLUMN_PLAN;
}

static void find_domain(drawing *d) {
    double number;
    d->low = INFINITY;
    d->high = -INFINITY;
    for (unsigned i = 0; i < d->spark->count; i++)
        if (jb_plot_number(&d->spark->values[i], &number))
            d->low = MIN(d->low, number), d->high = MAX(d->high, number);
    if (d->spark->form == JB_SPARK_BAR) d->low = MIN(d->low, 0), d->high = MAX(d->high, 0);
}

/* Halves, so that the range of the largest numbers is one. */
static double y_of(const drawing *d, double number) {
    double range = d->high / 2 - d->low / 2;
    return range > 0 ? d->top + d->height * ((d->high / 2 - number / 2) / range) : d->top + d->height / 2;
}

static bool is_expected(const jb_spark *s, unsigned i) { return s->expected && s->expected[i]; }

static bool is_hollow(const jb_spark *s, unsigned i) {
    return is_expected(s, i) || (s->values[i].kind != JB_VALUE_NUMBER && s->values[i].kind != JB_VALUE_SAME);
}

/* ---- lines ---- */

static double x_of(const drawing *d, unsigned i) {
    unsigned steps = d->spark->count > 1 ? d->spark->count - 1 : 1;
    return d->left + POINT + i * (d->width - 2 * POINT) / steps;
}

static void draw_point(const drawing *d, unsigned i, double x, double y, jb_colour ink, double radius) {
    jb_paint paint = jb_paint_fill(ink);
    if (is_hollow(d->spark, i)) {
        paint = jb_paint_stroke(ink, HOLLOW);
        paint.fill = true;
        paint.fill_colour = d->style->paper;
        radius -= HOLLOW / 4;
    }
    jb_scene_circle(d->scene, x, y, radius, &paint);
}

/* What is only about or a bound is a hollow point. A value between two gaps has no line that would show it:
 * it is a point, too. */
static void draw_special(const drawing *d, unsigned i, double y) {
    double number;
    jb_value_kind kind = d->spark->values[i].kind;
    bool qualified = kind != JB_VALUE_NUMBER && kind != JB_VALUE_SAME;
    bool before = i > 0 && jb_plot_number(&d->spark->values[i - 1], &number);
    bool after = i + 1 < d->spark->count && jb_plot_number(&d->spark->values[i + 1], &number);
    if (qualified || (!before && !after))
        draw_point(d, i, x_of(d, i), y, d->style->text2, qualified ? SMALL : LINE);
}

static void draw_line(const drawing *d) {
    double number, before[2] = {0}, last[2] = {0};
    bool joined = false;
    unsigned end = d->spark->count;
    for (unsigned i = 0; i < d->spark->count; i++) {
        bool here = jb_plot_number(&d->spark->values[i], &number);
        if (here) {
            last[0] = x_of(d, i), last[1] = y_of(d, number), end = i;
            jb_paint line = jb_paint_stroke(d->style->text2, LINE);
            if (is_expected(d->spark, i)) line.dash[0] = DASH_ON, line.dash[1] = DASH_OFF;
            if (joined) jb_scene_line(d->scene, before[0], before[1], last[0], last[1], &line);
            before[0] = last[0], before[1] = last[1];
        }
        joined = here;
    }
    for (unsigned i = 0; i < end; i++)
        if (jb_plot_number(&d->spark->values[i], &number)) draw_special(d, i, y_of(d, number));
    if (end < d->spark->count) draw_point(d, end, last[0], last[1], d->style->accent, POINT);
}

/* ---- bars ---- */

static void draw_bar(const drawing *d, unsigned i, double x, double thick, double number, jb_colour ink) {
    double zero = y_of(d, 0), end = y_of(d, number);
    if (d->high == d->low) zero = end = d->top + d->height;
    double from = MIN(zero, end), to = MAX(zero, end);
    if (to - from < LEAST) *(number < 0 ? &to : &from) += number < 0 ? LEAST : -LEAST;
    jb_paint paint = jb_paint_fill(ink);
    double edge = 0;
    if (is_hollow(d->spark, i) && thick > 2 * EDGE && to - from > 2 * EDGE) {
        paint = jb_paint_stroke(ink, EDGE);
        paint.fill = true;
        paint.fill_colour = d->style->paper;
        edge = EDGE / 2;
    }
    jb_scene_rect(d->scene, x + edge, from + edge, thick - 2 * edge, to - from - 2 * edge, &paint);
}

static void draw_bars(const drawing *d) {
    double step = (d->width + BAR_GAP) / d->spark->count, thick = step * BAR / (BAR + BAR_GAP), number;
    unsigned last = 0;
    if (d->spark->count == 1) thick = MIN(thick, BAR);
    for (unsigned i = 0; i < d->spark->count; i++)
        if (jb_plot_number(&d->spark->values[i], &number)) last = i;
    for (unsigned i = 0; i < d->spark->count; i++)
        if (jb_plot_number(&d->spark->values[i], &number))
            draw_bar(d, i, d->left + i * step, thick, number, i == last ? d->style->ac : d->style->py);
    if (d->low >= 0) return;
    jb_paint paint = jb_paint_stroke(d->style->axis, ZERO_WIDTH);
    jb_scene_line(d->scene, d->left, y_of(d, 0), d->left + d->width, y_of(d, 0), &paint);
}

void jb_spark_draw(jb_scene *scene, const jb_chart_style *style, const jb_spark *spark, const double box[4]) {
    drawing d = {scene, style, spark, box[0], box[1], box[2] - box[0], box[3] - box[1], 0, 0};
    if (!jb_spark_any(spark)) return;
    find_domain(&d);
    if (spark->form == JB_SPARK_BAR)
        draw_bars(&d);
    else
        draw_line(&d);
}
