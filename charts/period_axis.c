/* Names under an axis of time: 一季度 or 1月 with the year once below, and a fine tick between years; dense
 * ones thin out to the first month of each quarter, then to years. */
#include <math.h>
#include "charts/plot.h"

#define DENSE 4.0     /* points nearer than this are too many for a tick each */
#define AIR 6.0       /* from one name to the next */
#define LEAST_AIR 3.0 /* between years, which have a tick or a gap between them */
#define UNDER 1.5     /* from the lower row's baseline to the end of the tick between years */
#define DESCENT 0.3   /* em: below the upper row's baseline, clear of its signs */
#define ROW_LEAD 1.0  /* more than the leading of names */
enum { QUARTER_FORMS = 3 };

static const unsigned month_steps[] = {1, 3, 6}, year_steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500};

static double width_of(jb_plot *p, const char *text) {
    jb_label label = jb_label_new(p, text, p->style->label, false, p->style->text);
    return jb_label_width(&label);
}

static const char *format_number(jb_plot *p, int number, const char *after) {
    char *text = g_strdup_printf("%d%s", number, after);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

static int year_of(const jb_plot *p, unsigned i) { return p->categories[i].period / (int)p->periods; }
static int part_of(const jb_plot *p, unsigned i) { return p->categories[i].period % (int)p->periods; }

/* The categories of one year, behind each other. */
static unsigned year_end(const jb_plot *p, unsigned i) {
    unsigned end = i + 1;
    while (end < p->category_count && year_of(p, end) == year_of(p, i)) end++;
    return end;
}

/* ---- what is written ---- */

static const char *name_text(jb_plot *p, const jb_period_axis *axis, unsigned i) {
    static const char *const quarters[QUARTER_FORMS][4] = {
        {"一季度", "二季度", "三季度", "四季度"}, {"一季", "二季", "三季", "四季"}, {"Q1", "Q2", "Q3", "Q4"}};
    if (axis->plain) return p->categories[i].name;
    if (p->periods == JB_PERIOD_YEAR) return format_number(p, year_of(p, i), "");
    if (p->periods == JB_PERIOD_QUARTER) return quarters[axis->form][part_of(p, i)];
    return format_number(p, part_of(p, i) + 1, "月");
}

static const char *year_text(jb_plot *p, const jb_period_axis *axis, unsigned i) {
    return format_number(p, year_of(p, i), axis->long_years ? "年" : "");
}

/* Years as categories are counted from the last, months and quarters from the first of their year. */
static bool is_named(const jb_plot *p, const jb_period_axis *axis, unsigned i) {
    if (!axis->parts) return false;
    if (p->periods == JB_PERIOD_YEAR) return (p->category_count - 1 - i) % axis->step == 0;
    return part_of(p, i) % (int)axis->step == 0;
}

static unsigned widest_year(const jb_plot *p) {
    unsigned best = 0, count = 0;
    for (unsigned i = 0, end; i < p->category_count; i = end) {
        end = year_end(p, i);
        if (end - i > count) best = i, count = end - i;
    }
    return best;
}

/* The first and the last year may have too few categories for their name; the widest is always named. */
static bool year_is_named(jb_plot *p, const jb_period_axis *axis, unsigned i, double pitch) {
    unsigned end = year_end(p, i), last = p->category_count - 1;
    if (!axis->years || (year_of(p, last) - year_of(p, i)) % (int)axis->years) return false;
    bool edge = i == 0 || end > last;
    double room = (end - i) * axis->years * pitch;
    return !edge || i == widest_year(p) || width_of(p, year_text(p, axis, i)) + LEAST_AIR <= room;
}

/* ---- measuring ---- */

static bool names_fit(jb_plot *p, const jb_period_axis *axis, double pitch) {
    double end = -INFINITY;
    for (unsigned i = 0; i < p->category_count; i++) {
        if (!is_named(p, axis, i)) continue;
        double width = width_of(p, name_text(p, axis, i)), left = i * pitch - width / 2;
        if (left < end + AIR) return false;
        end = left + width;
    }
    return true;
}

static bool years_fit(jb_plot *p, const jb_period_axis *axis, double pitch) {
    double last = -INFINITY;
    for (unsigned i = 0, end; i < p->category_count; i = end) {
        end = year_end(p, i);
        if (!year_is_named(p, axis, i, pitch)) continue;
        double width = width_of(p, year_text(p, axis, i)), left = (i + end - 1) / 2.0 * pitch - width / 2;
        if (left < last + LEAST_AIR) return false;
        last = left + width;
    }
    return true;
}

/* The names that say most of those that fit. */
static void choose_parts(jb_plot *p, jb_period_axis *axis, double pitch) {
    bool year = p->periods == JB_PERIOD_YEAR, month = p->periods == JB_PERIOD_MONTH;
    const unsigned *steps = year ? year_steps : month_steps;
    size_t count = year ? G_N_ELEMENTS(year_steps) : month ? G_N_ELEMENTS(month_steps) : 1;
    axis->parts = true;
    for (size_t i = 0; i < count; i++) {
        axis->step = steps[i];
        for (axis->form = 0; axis->form < (p->periods == JB_PERIOD_QUARTER ? QUARTER_FORMS : 1);
             axis->form++) {
            axis->plain = year && i == 0;
            if (names_fit(p, axis, pitch)) return;
            axis->plain = false;
            if (year && i == 0 && names_fit(p, axis, pitch)) return;
        }
    }
    axis->parts = false;
}

static void choose_years(jb_plot *p, jb_period_axis *axis, double pitch) {
    for (size_t i = 0; i < G_N_ELEMENTS(year_steps); i++) {
        axis->years = year_steps[i];
        for (int plain = 0; plain < 2; plain++) {
            axis->long_years = !plain;
            if (years_fit(p, axis, pitch)) return;
        }
    }
}

jb_period_axis jb_period_axis_measure(jb_plot *p, double pitch) {
    jb_period_axis axis = {.step = 1};
    choose_parts(p, &axis, pitch);
    if (p->periods != JB_PERIOD_YEAR) choose_years(p, &axis, pitch);
    axis.rows = axis.parts && axis.years ? 2 : 1;
    return axis;
}

/* ---- drawing ---- */

/* Centred, but within the chart. */
static void draw_text(jb_plot *p, const char *text, double x, double y) {
    jb_label label = jb_label_new(p, text, p->style->label, false, p->style->text);
    double half = jb_label_width(&label) / 2;
    jb_label_draw(p, &label, CLAMP(x, half, MAX(half, p->width - half)), y, 'c');
}

/* Where the name of a year begins that stands under categories `i` to `end`, within the chart. */
static double year_left(const jb_plot *p, double width, const double *at, unsigned i, unsigned end) {
    return CLAMP((at[i] + at[end - 1]) / 2 - width / 2, 0, MAX(0, p->width - width));
}

/* A name that is wider than its year leaves no room for the tick beside it. */
static bool is_covered(jb_plot *p, const jb_period_axis *axis, const double *at, double pitch, double x) {
    for (unsigned i = 0, end; i < p->category_count; i = end) {
        end = year_end(p, i);
        if (!year_is_named(p, axis, i, pitch)) continue;
        double width = width_of(p, year_text(p, axis, i)), left = year_left(p, width, at, i, end);
        if (x > left - 1 && x < left + width + 1) return true;
    }
    return false;
}

/* From the base down beside the years; a name that is wider than its place is left whole. */
static void draw_edge(jb_plot *p, const jb_period_axis *axis, unsigned i, double x, double pitch, double base,
                      double drop, double y) {
    bool meets = is_named(p, axis, i) && width_of(p, name_text(p, axis, i)) / 2 + 1 > pitch / 2;
    double from = meets ? base + drop + DESCENT * p->style->label : base;
    jb_plot_rule(p, x, from, x, y + UNDER, p->style->axis, p->style->tick_width);
}

static void draw_years(jb_plot *p, const jb_period_axis *axis, const double *at, double pitch, double base,
                       double drop, double y) {
    for (unsigned i = 0, end; i < p->category_count; i = end) {
        end = year_end(p, i);
        if (i && (end - i) * pitch >= DENSE && !is_covered(p, axis, at, pitch, at[i] - pitch / 2))
            draw_edge(p, axis, i, at[i] - pitch / 2, pitch, base, drop, y);
        if (year_is_named(p, axis, i, pitch))
            draw_text(p, year_text(p, axis, i), (at[i] + at[end - 1]) / 2, y);
    }
}

static void record(jb_plot *p, const jb_period_axis *axis, unsigned i, double pitch, const char *text) {
    bool first = i == 0 || year_of(p, i) != year_of(p, i - 1);
    jb_axis_tick tick = {0, 'x', i, text, NULL};
    if (first && year_is_named(p, axis, i, pitch)) tick.under = year_text(p, axis, i);
    g_array_append_val(p->ticks, tick);
}

double jb_period_axis_draw(jb_plot *p, const jb_period_axis *axis, const double *at, double pitch,
                           double base, double drop, bool ticks) {
    double lower = drop + (axis->rows - 1) * (p->style->leading + ROW_LEAD);
    for (unsigned i = 0; i < p->category_count; i++) {
        bool named = is_named(p, axis, i);
        const char *text = named ? name_text(p, axis, i) : "";
        if (ticks && (named || pitch >= DENSE))
            jb_plot_rule(p, at[i], base, at[i], base + p->style->tick_length, p->style->axis,
                         p->style->tick_width);
        if (named) draw_text(p, text, at[i], base + drop);
        if (ticks || !axis->plain) record(p, axis, i, pitch, text);
    }
    if (axis->years) draw_years(p, axis, at, pitch, base, drop, base + lower);
    return lower + 3;
}
