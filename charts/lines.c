/* Lines with points, labelled at their right ends. */
#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "charts/plot.h"
#include "charts/reduce.h"

#define NAME_DROP 12.0
#define NAME_AIR 6.0   /* from one name to the next */
#define MANY_POINTS 13 /* from so many on only first, last and extremes get a point */
#define END_GAP 8.0    /* from the last point to the elbow */
#define MARKER_GAP 5.0
#define RING_WIDTH 1.4
#define FORECAST_ON 4.0
#define FORECAST_OFF 2.5
#define RING_STEP 2.2     /* a covered point grows by so much */
#define COVERED 0.5       /* points nearer than this, pt, cover each other */
#define FIRST_GAP 8.0     /* from the first point to its value */
#define FIRST_LEADER 9.0  /* more room when values had to move away from their points */
#define FIRST_AIR 4.0     /* from the axis to the first values */
#define FIRST_SHARE 0.33  /* of the plot, the most that first values take; else the axis alone tells them */
#define STROKE_POINTS 400 /* of one stroke: painting takes more than twice as long for twice as many … */
#define DENSE_POINTS 60   /* … so of many points fewer, where nobody sees the seams */
#define COLUMN 0.25       /* pt: a pixel of print; lines of more points are reduced to what it shows */
#define DENSE 4.0         /* points nearer than this, pt, are too many for a tick, a ring or a record each */
#define LEADER_WIDTH 0.5
#define SIDE_ROOM 16.0  /* from the outer points to value axes at both sides */
#define LEAST_PLOT 60.0 /* width; in a narrower plot nothing can be read */
#define AREA_RIGHT 12.0 /* room for the last name under an area */
#define MOVED 0.6       /* labels moved by less need no elbow */

enum { MOST_NAME_LINES = 4 };
enum { REFERENCE = JB_LIMIT_SERIES }; /* from here on ends that are no series' but references */

typedef struct end_label {
    unsigned series; /* or REFERENCE and on */
    jb_label value, name;
    double point_x, point_y, y;
    bool continued; /* by a forecast */
} end_label;

/* ---- points ---- */

/* On the left axis. */
static bool value_at(const jb_plot *p, const jb_panel *panel, unsigned i, unsigned s, double *number) {
    if (!jb_plot_number(&p->categories[panel->first + i].values[s], number)) return false;
    *number = jb_panel_at(panel, &p->series[s], *number);
    return true;
}

/* What of a line is drawn as points: of few all, of many those that say something. */
typedef struct shown {
    bool all, once; /* `once`: so many that of equal extremes only the first is one */
    unsigned first, last, low_at, high_at;
    double low, high;
} shown;

static shown find_shown(const jb_plot *p, const jb_panel *panel, unsigned s) {
    bool named = jb_line_is_named(p, s);
    unsigned none = panel->count;
    if (p->places_joined && named)
        return (shown){.all = true}; /* points are all that tells rows from places */
    shown it = {named && (none < MANY_POINTS || p->series[s].mark == JB_MARK_POINT),
                none > JB_LIMIT_CATEGORIES,
                none,
                none,
                none,
                none,
                INFINITY,
                -INFINITY};
    double number;
    for (unsigned i = 0; i < panel->count && named && !it.all; i++) {
        if (!value_at(p, panel, i, s, &number)) continue;
        it.first = MIN(it.first, i);
        it.last = i;
        if (number < it.low) it.low = number, it.low_at = i;
        if (number > it.high) it.high = number, it.high_at = i;
    }
    return it;
}

static bool is_shown(const shown *it, unsigned i, double number, const jb_value *v) {
    if (it->all || i == it->first || i == it->last || jb_point_qualified(v)) return true;
    return it->once ? i == it->low_at || i == it->high_at : number == it->low || number == it->high;
}

/* How many later series cover the point of one. */
static unsigned covers_of(const jb_plot *p, const jb_panel *panel, unsigned i, unsigned s, double scale) {
    double here, other;
    unsigned covers = 0;
    if (!value_at(p, panel, i, s, &here)) return 0;
    for (unsigned k = s + 1; k < p->series_count; k++)
        covers += p->series[k].mark == p->series[s].mark && value_at(p, panel, i, k, &other) &&
                  fabs(other - here) * scale < COVERED;
    return covers;
}

/* How far the points of a category go from its middle. */
static double reach_of(const jb_plot *p, const jb_panel *panel, unsigned i, double scale) {
    unsigned covers = 0;
    for (unsigned s = 0; s < p->series_count; s++) covers = MAX(covers, covers_of(p, panel, i, s, scale));
    return p->style->point_radius + covers * RING_STEP + RING_WIDTH / 2;
}

/* A point that a later series covers is drawn as a ring around it; the more cover it, the wider. */
void jb_point_seen(jb_plot *p, const jb_panel *panel, unsigned i, unsigned s, double x, double y, double sure,
                   double scale) {
    const jb_value *v = &p->categories[panel->first + i].values[s];
    unsigned covers = covers_of(p, panel, i, s, scale);
    if (!covers || jb_point_qualified(v)) {
        jb_point_value(p, s, v, x, y, sure);
        return;
    }
    jb_paint ring = jb_paint_stroke(jb_line_ink(p, s).line, RING_WIDTH);
    double radius = p->style->point_radius + covers * RING_STEP, edge = radius + RING_WIDTH / 2;
    jb_box box = {x - edge, y - edge, x + edge, y + edge};
    jb_scene_circle(p->scene, x, y, radius, &ring);
    g_array_append_val(p->taken, box);
}

void jb_gap_draw(jb_plot *p, double x, double base) {
    jb_paint paint = jb_paint_stroke(p->style->axis, 0.9);
    jb_box box = {x - 2, base - 2, x + 2, base + 2};
    g_array_append_val(p->taken, box);
    paint.fill = true;
    paint.fill_colour = p->style->paper;
    jb_scene_circle(p->scene, x, base, 2, &paint);
}

jb_paint jb_line_paint(const jb_plot *p, unsigned s) {
    jb_paint paint = jb_paint_stroke(jb_line_ink(p, s).line, p->style->data_line_width);
    paint.join = JB_JOIN_ROUND;
    if (!p->series[s].forecast) return paint;
    paint.join = JB_JOIN_MITER; /* and butt ends, or the dashes would close up */
    paint.dash[0] = FORECAST_ON;
    paint.dash[1] = FORECAST_OFF;
    return paint;
}

static void stroke(jb_plot *p, unsigned s, GArray *xy) {
    jb_paint paint = jb_line_paint(p, s);
    double *points = (double *)(void *)xy->data;
    unsigned count = jb_line_reduce(points, xy->len / 2, COLUMN);
    unsigned piece = count > JB_LIMIT_CATEGORIES ? DENSE_POINTS : STROKE_POINTS;
    for (unsigned from = 0; from + 1 < count; from += piece)
        jb_scene_polyline(p->scene, points + 2 * from, MIN(count - from, piece + 1), false, &paint);
    for (unsigned i = 0; i + 1 < count; i++) {
        jb_box line = {points[2 * i], points[2 * i + 1], points[2 * i + 2], points[2 * i + 3]};
        g_array_append_val(p->strokes, line);
    }
}

/* A forecast begins at the last result when its own values come later. Returns where its own may begin. */
static unsigned begin_at_result(const jb_plot *p, unsigned s, const jb_panel *panel, const double *at,
                                double base, double scale, GArray *xy) {
    int follows = p->series[s].follows, last = follows < 0 ? -1 : jb_line_last(p, panel, (unsigned)follows);
    double number;
    for (int i = 0; i <= last; i++)
        if (value_at(p, panel, (unsigned)i, s, &number)) return 0;
    if (last < 0 || !value_at(p, panel, (unsigned)last, (unsigned)follows, &number)) return 0;
    double y = base - number * scale;
    g_array_append_val(xy, at[last]);
    g_array_append_val(xy, y);
    return (unsigned)last + 1;
}

/* Before a forecast begins, and where it goes on with a line of results, nothing is missing. */
static bool is_gap(const jb_plot *p, const jb_panel *panel, unsigned i, unsigned s) {
    double number;
    if (p->places_joined && p->categories[panel->first + i].place) return false;
    for (unsigned k = 0; k < p->series_count; k++)
        if ((p->series[k].follows == (int)s || p->series[s].follows == (int)k) &&
            value_at(p, panel, i, k, &number))
            return false;
    return true;
}

static void draw_strokes(jb_plot *p, unsigned s, unsigned panel, const double *at, double base,
                         double scale) {
    const jb_panel *it = &p->panels[panel];
    GArray *xy = g_array_new(FALSE, FALSE, sizeof(double));
    double number, gap = -INFINITY;
    bool joined = p->series[s].mark != JB_MARK_POINT;
    for (unsigned i = begin_at_result(p, s, it, at, base, scale, xy); i < it->count; i++) {
        if (value_at(p, it, i, s, &number)) {
            double y = base - number * scale;
            g_array_append_val(xy, at[i]);
            g_array_append_val(xy, y);
        } else if (is_gap(p, it, i, s)) {
            if (joined) stroke(p, s, xy);
            g_array_set_size(xy, 0);
            if (at[i] - gap >= DENSE) jb_gap_draw(p, gap = at[i], it->y + it->height);
        }
    }
    if (joined) stroke(p, s, xy);
    g_array_free(xy, TRUE);
}

/* The line is broken where a value is missing; the gap is marked on the baseline. */
void jb_line_draw(jb_plot *p, unsigned s, unsigned panel, const double *at, double base, double scale) {
    const jb_panel *it = &p->panels[panel];
    double number;
    shown points = find_shown(p, it, s);
    bool dense = it->count > JB_LIMIT_CATEGORIES;
    draw_strokes(p, s, panel, at, base, scale);
    for (unsigned i = 0; i < it->count; i++) {
        const jb_category *c = &p->categories[it->first + i];
        if (!value_at(p, it, i, s, &number)) continue;
        bool seen = is_shown(&points, i, number, &c->values[s]);
        if (dense && !seen) continue;
        jb_plot_own(p, jb_mark_owner(p, it->first + i, s));
        double x = at[i], y = base - number * scale, r = p->style->point_radius,
               box[4] = {x - r, y - r, x + r, y + r}, vertex[4] = {x, y, x, y};
        if (p->series[s].mark == JB_MARK_LINE)
            jb_plot_record(p, "line", panel, vertex, c->plain, c->values[s].raw, NULL);
        if (!seen) continue;
        jb_point_seen(p, it, i, s, x, y,
                      base - jb_panel_at(it, &p->series[s], c->values[s].number) * scale, scale);
        jb_plot_record(p, "symbol", panel, box, c->plain, c->values[s].raw, NULL);
    }
    jb_plot_own(p, JB_NO_OWNER);
}

static void find_domain(jb_plot *p, bool right, double *low, double *high) {
    const jb_panel *panel = &p->panels[0];
    double number;
    *low = INFINITY, *high = -INFINITY;
    for (unsigned i = 0; i < panel->count && !jb_is_area(p); i++)
        for (unsigned s = 0; s < p->series_count; s++) {
            const jb_value *v = &p->categories[panel->first + i].values[s];
            if (p->series[s].right == right && jb_plot_number(v, &number))
                *low = MIN(*low, MIN(number, v->number)), *high = MAX(*high, number);
        }
    if (!isfinite(*low)) *low = 0, *high = jb_is_area(p) ? 0 : 1;
    if (jb_is_area(p)) jb_stack_domain(p, panel, low, high);
    jb_references_domain(p, low, high);
    if (p->spec->zero) *low = MIN(*low, 0), *high = MAX(*high, 0);
}

/* With two axes there are no figures at the ends of lines. */
static jb_axes find_axes(jb_plot *p) {
    jb_axes axes;
    double low[2], high[2];
    for (int right = 0; right < 2; right++) find_domain(p, right, &low[right], &high[right]);
    jb_axes_choose(p, &p->panels[0], low, high, !jb_plot_has_right(p), &axes);
    return axes;
}

/* ---- labels at the right ends ---- */

int jb_line_last(const jb_plot *p, const jb_panel *panel, unsigned s) {
    double number;
    for (unsigned i = panel->count; i-- > 0;)
        if (value_at(p, panel, i, s, &number)) return (int)i;
    return -1;
}

/* Areas whose names stand in a legend have none at their ends. */
static bool has_end(const jb_plot *p, unsigned s) {
    return jb_is_area(p) ? p->direct : jb_line_is_named(p, s);
}

static const char *end_text(jb_plot *p, unsigned last, unsigned s) {
    const jb_category *c = &p->categories[p->panels[0].first + last];
    return jb_is_area(p) ? c->stack->figures[s] : jb_value_label(p, &c->values[s]);
}

static end_label *set_ends(jb_plot *p, double *room) {
    end_label *ends = JB_ARRAY(p->arena, end_label, p->series_count + p->reference_count);
    double values = 0, names = 0;
    for (unsigned s = 0; s < p->series_count; s++) {
        int last = jb_line_last(p, &p->panels[0], s);
        const char *text = last < 0 ? "" : end_text(p, (unsigned)last, s);
        ends[s].series = s;
        ends[s].value = jb_label_new(p, text, p->style->label, !p->series[s].forecast && !p->series[s].pale,
                                     p->style->text);
        ends[s].name = jb_label_new(p, p->series[s].name, p->style->label, false, p->style->text);
        if (!has_end(p, s)) continue;
        values = MAX(values, jb_label_width(&ends[s].value));
        names = MAX(names, jb_label_width(&ends[s].name));
    }
    for (unsigned i = 0; i < p->reference_count; i++) {
        end_label *reference = &ends[p->series_count + i];
        reference->series = REFERENCE + i;
        reference->name = jb_reference_label(p, i);
        names = MAX(names, jb_label_width(&reference->name));
    }
    *room = p->style->direct_gap + values;
    if (p->ends == JB_ENDS_NAMED) *room += 2 * MARKER_GAP + 2 * p->style->point_radius + names;
    if (p->ends == JB_ENDS_BARE) *room = p->style->point_radius;
    if (jb_is_area(p) && !p->direct && !p->reference_count) *room = AREA_RIGHT;
    return ends;
}

/* Names of lines go to the legend, then their last figures to their points, as long as the plot is too
 * narrow. */
void jb_lines_measure(jb_plot *p) {
    jb_axes axes = find_axes(p);
    double left = jb_axis_room(p, &axes.ticks[0]), room;
    if (axes.count > 1) return;
    for (p->ends = JB_ENDS_NAMED; p->ends < JB_ENDS_BARE; p->ends++) {
        set_ends(p, &room);
        if (p->width - left - room >= LEAST_PLOT) return;
    }
}

/* Labels keep their order and a least distance; the whole is as near to the points as it can be. */
static void spread(end_label *ends, unsigned count, double pitch, double top, double bottom) {
    for (unsigned i = 1; i < count; i++) { /* insertion sort by height on the page */
        end_label it = ends[i];
        unsigned k = i;
        for (; k > 0 && ends[k - 1].point_y > it.point_y; k--) ends[k] = ends[k - 1];
        ends[k] = it;
    }
    for (int round = 0; round < 100; round++) {
        bool moved = false;
        for (unsigned i = 0; i + 1 < count; i++) {
            double over = pitch - (ends[i + 1].y - ends[i].y);
            if (over <= 0.01) continue;
            ends[i].y -= over / 2;
            ends[i + 1].y += over / 2;
            moved = true;
        }
        if (!moved) break;
    }
    for (unsigned i = 0; i < count; i++) ends[i].y = MAX(ends[i].y, top + i * pitch);
    for (unsigned i = count; i-- > 0;) ends[i].y = MIN(ends[i].y, bottom - (count - 1 - i) * pitch);
}

/* One line of text that begins at x and has its middle at y. */
static void record_text(jb_plot *p, const jb_label *label, double x, double y) {
    double h = label->size / 2, box[4] = {x, y - h, x + jb_label_width(label), y + h};
    jb_plot_record(p, "text", 0, box, NULL, NULL, label->text);
}

static void draw_leader(jb_plot *p, double x1, double y1, double x2, double y2) {
    jb_box line = {x1, y1, x2, y2};
    jb_plot_rule(p, x1, y1, x2, y2, p->style->axis, LEADER_WIDTH);
    g_array_append_val(p->strokes, line);
}

bool jb_line_goes_on(const jb_plot *p, const jb_panel *panel, unsigned s) {
    for (unsigned k = 0; k < p->series_count; k++)
        if (p->series[k].follows == (int)s && jb_line_last(p, panel, k) > jb_line_last(p, panel, s))
            return true;
    return false;
}

static void draw_end_leader(jb_plot *p, const end_label *e, double x) {
    double r = p->style->point_radius, to = x + p->style->direct_gap - 4;
    const double path[] = {x + r + 2, e->point_y, x + END_GAP, e->y, to, e->y};
    jb_paint leader = jb_paint_stroke(p->style->axis, LEADER_WIDTH);
    if (fabs(e->y - e->point_y) > MOVED)
        jb_scene_polyline(p->scene, path, 3, false, &leader);
    else
        jb_scene_line(p->scene, x + r + 2, e->y, to, e->y, &leader);
    if (e->point_x < x - r) /* the series ends before the others */
        draw_leader(p, e->point_x + r + 2, e->point_y, x + r + 2, e->point_y);
}

/* A line that a forecast goes on with has its name here, its last figure stands beside the point. */
static void draw_end(jb_plot *p, const end_label *e, double x, double values) {
    double r = p->style->point_radius, middle = x + p->style->direct_gap + values + MARKER_GAP + r,
           y = jb_label_centre(p->style->label, e->y), name_x = middle + r + MARKER_GAP;
    if (!e->continued) draw_end_leader(p, e, x);
    if (p->ends == JB_ENDS_VALUES && !e->continued) {
        jb_label_draw(p, &e->value, x + p->style->direct_gap + values, y, 'r');
        record_text(p, &e->value, x + p->style->direct_gap + values - jb_label_width(&e->value), e->y);
    }
    if (p->ends != JB_ENDS_NAMED) return;
    if (e->series >= REFERENCE) {
        jb_label_draw(p, &e->name, x + p->style->direct_gap, y, 'l');
        record_text(p, &e->name, x + p->style->direct_gap, e->y);
        return;
    }
    if (!e->continued) jb_label_draw(p, &e->value, x + p->style->direct_gap + values, y, 'r');
    if (jb_is_area(p))
        jb_area_swatch(p, e->series, middle, e->y);
    else
        jb_point_draw(p, e->series, p->series[e->series].forecast ? JB_POINT_HOLLOW : JB_POINT_SOLID, middle,
                      e->y);
    jb_label_draw(p, &e->name, name_x, y, 'l');
    if (!e->continued)
        record_text(p, &e->value, x + p->style->direct_gap + values - jb_label_width(&e->value), e->y);
    record_text(p, &e->name, name_x, e->y);
}

static void draw_ends(jb_plot *p, end_label *ends, const double *at, double base, double scale) {
    const jb_panel *panel = &p->panels[0];
    double values = 0;
    unsigned count = 0;
    for (unsigned s = 0; s < p->series_count; s++) {
        int last = jb_line_last(p, panel, ends[s].series);
        double number;
        if (last < 0 || !value_at(p, panel, (unsigned)last, ends[s].series, &number) || !has_end(p, s))
            continue;
        if (jb_is_area(p)) number = jb_area_end(p, (unsigned)last, s);
        end_label e = ends[s];
        e.point_x = at[last];
        e.point_y = e.y = base - number * scale;
        e.continued = jb_line_goes_on(p, panel, e.series);
        values = MAX(values, jb_label_width(&e.value));
        ends[count++] = e;
    }
    for (unsigned i = 0; i < p->reference_count && p->ends == JB_ENDS_NAMED; i++) {
        end_label e = ends[p->series_count + i];
        e.point_x = at[panel->count - 1];
        e.point_y = e.y = base - p->references[i].value * scale;
        ends[count++] = e;
    }
    spread(ends, count, p->style->direct_pitch, panel->y, panel->y + panel->height);
    double x = panel->x + panel->width -
               (jb_is_area(p) ? 0 : END_GAP + 2); /* behind the axis, also where there is one point */
    for (unsigned i = 0; i < count; i++) draw_end(p, &ends[i], x, values);
}

/* ---- the axes ---- */

static double name_width(jb_plot *p, unsigned i) {
    jb_label name = jb_label_new(p, p->categories[i].name, p->style->label, false, p->style->text);
    return jb_label_width(&name);
}

/* Of names that are dense only every 20th, 50th, 100th … */
static unsigned round_step(double step) {
    if (step <= MANY_POINTS) return (unsigned)MAX(1, ceil(step));
    double ten = pow(10, floor(log10(step)));
    return (unsigned)(step <= ten ? ten : step <= 2 * ten ? 2 * ten : step <= 5 * ten ? 5 * ten : 10 * ten);
}

/* Which is the first of them: of few so that the last is written, of many the first of all. */
static unsigned first_name(unsigned count, unsigned step) {
    return step > MANY_POINTS ? 0 : (count - 1) % step;
}

/* So that none of those written meet: the width of the widest, and the step from one to the next. */
static unsigned names_step(jb_plot *p, double pitch, double *widest) {
    unsigned count = p->panels[0].count, step = round_step(p->style->label / pitch);
    for (;;) {
        *widest = 0;
        for (unsigned i = first_name(count, step); i < count; i += step)
            *widest = MAX(*widest, name_width(p, i));
        /* the last, or the first, moves inwards by no more than half its width */
        double need = *widest * (step > 1 ? 1.5 : 1) + NAME_AIR;
        if (step >= count || need <= step * pitch) return step;
        step = round_step(MAX(step + 1., need / pitch));
    }
}

static bool can_wrap(jb_plot *p, double measure) {
    for (unsigned i = 0; i < p->panels[0].count; i++) {
        jb_label name = jb_label_wrapped(p, p->categories[i].name, p->style->label, measure, p->style->text);
        if (name.para->forced || name.para->count > MOST_NAME_LINES || jb_label_width(&name) > measure + 0.1)
            return false;
    }
    return true;
}

/* Names of categories under the axis: all, in several lines if need be, or every second, third …; of few
 * the last is always there. */
static double draw_names(jb_plot *p, const double *at, double pitch, double y) {
    const jb_panel *panel = &p->panels[0];
    bool wrap = false;
    double widest;
    double drop = NAME_DROP + 1 + jb_points_below(p, y);
    if (p->periods) {
        jb_period_axis axis = jb_period_axis_measure(p, pitch);
        return jb_period_axis_draw(p, &axis, at, pitch, y, drop, true);
    }
    unsigned lines = 1, step = names_step(p, pitch, &widest);
    double all = widest, edge = MIN(at[0], p->width - at[panel->count - 1]),
           measure =
               MIN(pitch - NAME_AIR, (pitch - NAME_AIR + edge) * 2 / 3); /* names at the edges move inwards */
    for (unsigned i = 0; i < panel->count && pitch >= 4 * p->style->label; i++)
        all = MAX(all, name_width(p, i));
    if (pitch >= 4 * p->style->label && (all <= measure || can_wrap(p, measure)))
        widest = all, wrap = all > measure, step = 1;
    if (step >= panel->count && panel->count > 1)
        jb_plot_note_add(p, p->spec->node->pos, "of %u names only the last finds room under the axis",
                         panel->count);
    for (unsigned i = 0; i < panel->count; i++) {
        bool named = i % step == first_name(panel->count, step);
        if (!named && pitch < DENSE) continue;
        jb_plot_rule(p, at[i], y, at[i], y + p->style->tick_length, p->style->axis, p->style->tick_width);
        jb_axis_tick tick = {0, 'x', i, p->categories[i].plain, NULL};
        g_array_append_val(p->ticks, tick);
        if (!named) continue;
        jb_label name = jb_label_wrapped(p, p->categories[i].name, p->style->label,
                                         MIN(wrap ? measure : widest + 1, p->width), p->style->text);
        double half = jb_label_width(&name) / 2;
        lines = MAX(lines, name.para->count);
        jb_label_draw(p, &name, CLAMP(at[i], half, MAX(half, p->width - half)), y + drop, 'c');
    }
    return drop + 3 + (lines - 1) * p->style->leading;
}

/* ---- values at the left ends ---- */

/* The values of the first category, each once; how many. Lines that begin later have none. */
static unsigned set_firsts(jb_plot *p, end_label *firsts) {
    const jb_panel *panel = &p->panels[0];
    unsigned count = 0;
    double number, other;
    for (unsigned s = 0; s < p->series_count && panel->count > 1; s++) {
        bool said = false;
        if (!value_at(p, panel, 0, s, &number) || !jb_line_is_named(p, s)) continue;
        const char *text = jb_value_label(p, &p->categories[0].values[s]);
        for (unsigned k = 0; k < s; k++)
            said = said || (value_at(p, panel, 0, k, &other) && other == number &&
                            !strcmp(text, jb_value_label(p, &p->categories[0].values[k])));
        if (said) continue;
        firsts[count++] =
            (end_label){.series = s, .value = jb_label_new(p, text, p->style->label, false, p->style->text2)};
    }
    return count;
}

/* Finds their heights; true when some had to move away from their points. */
static bool place_firsts(jb_plot *p, end_label *firsts, unsigned count, double base, double scale) {
    const jb_panel *panel = &p->panels[0];
    bool moved = false;
    for (unsigned i = 0; i < count; i++) {
        double number;
        value_at(p, panel, 0, firsts[i].series, &number);
        firsts[i].point_y = firsts[i].y = base - number * scale;
    }
    spread(firsts, count, p->style->direct_pitch, panel->y, panel->y + panel->height - p->style->label * 0.7);
    for (unsigned i = 0; i < count; i++) moved = moved || fabs(firsts[i].y - firsts[i].point_y) > MOVED;
    return moved;
}

static double firsts_room(const jb_plot *p, const end_label *firsts, unsigned count, bool moved) {
    double widest = 0;
    for (unsigned i = 0; i < count; i++) widest = MAX(widest, jb_label_width(&firsts[i].value));
    return count ? widest + FIRST_GAP + FIRST_AIR + (moved ? FIRST_LEADER : 0) : p->style->point_radius + 2;
}

/* On a ground of their own: grid lines do not strike them through. */
static void draw_firsts(jb_plot *p, const end_label *firsts, unsigned count, double x, bool moved) {
    jb_paint leader = jb_paint_stroke(p->style->axis, LEADER_WIDTH), ground = jb_paint_fill(p->style->paper);
    double right = x - FIRST_GAP - (moved ? FIRST_LEADER : 0), r = p->style->point_radius;
    for (unsigned i = 0; i < count; i++) {
        const end_label *e = &firsts[i];
        double width = jb_label_width(&e->value), half = p->style->label / 2;
        if (moved) jb_scene_line(p->scene, right + 2, e->y, x - r - 1.5, e->point_y, &leader);
        jb_scene_rect(p->scene, right - width - 1, e->y - half, width + 2, 2 * half, &ground);
        jb_label_draw(p, &e->value, right, jb_label_centre(p->style->label, e->y), 'r');
        record_text(p, &e->value, right - width, e->y);
    }
}

/* ---- the whole ---- */

/* From the axis, or from the first points when a figure before them is in the way, to behind the last. */
static void draw_reference(jb_plot *p, unsigned reference, double y, const double *at,
                           const end_label *firsts, unsigned count) {
    const jb_panel *panel = &p->panels[0];
    jb_box line = {panel->x, y, at[panel->count - 1] + END_GAP + 2, y};
    for (unsigned i = 0; i < count; i++)
        if (fabs(firsts[i].y - y) < p->style->label / 2 + 1) line.x1 = at[0] - FIRST_GAP / 2;
    jb_reference_rule(p, 0, reference, y, line.x1, line.x2);
}

static bool leaves_zero(const jb_ticks *t) { return t->first > 0 || t->first + t->step * (t->count - 1) < 0; }

bool jb_lines_leave_zero(jb_plot *p) {
    jb_axes axes = find_axes(p);
    return leaves_zero(&axes.ticks[0]) || (axes.count > 1 && leaves_zero(&axes.ticks[1]));
}

double jb_lines(jb_plot *p, double top, double height) {
    jb_panel *panel = &p->panels[0];
    jb_axes axes = find_axes(p);
    bool direct = axes.count == 1; /* names and figures at the ends of the lines, else a legend */
    double room, head = jb_axes_head(p, panel), left = jb_axis_room(p, &axes.ticks[0]),
                 below = NAME_DROP + 4 + (p->periods > JB_PERIOD_YEAR ? p->style->leading : 0),
                 *at = JB_ARRAY(p->arena, double, panel->count);
    end_label *ends = set_ends(p, &room), *firsts = JB_ARRAY(p->arena, end_label, p->series_count);
    unsigned first_count = direct && !jb_is_area(p) ? set_firsts(p, firsts) : 0;
    if (!direct) room = jb_axes_right_room(p, &axes);
    panel->x = left;
    panel->y = top + 4 + head +
               (p->ends == JB_ENDS_BARE ? p->style->label : 0); /* for a figure over the highest point */
    panel->width = MAX(LEAST_PLOT, p->width - left - room);
    panel->height = MAX(60, height - below - (panel->y - top));
    double base_y = panel->y + panel->height, scale = panel->height / (panel->high - panel->low),
           zero = base_y + panel->low * scale;
    bool moved = place_firsts(p, firsts, first_count, zero, scale);
    if (p->ends == JB_ENDS_BARE || firsts_room(p, firsts, first_count, moved) > panel->width * FIRST_SHARE)
        first_count = 0;
    bool area = jb_is_area(p); /* from edge to edge */
    double reach = reach_of(p, panel, 0, scale),
           before = MAX(direct ? firsts_room(p, firsts, first_count, moved) : SIDE_ROOM, reach),
           after = area     ? 0
                   : direct ? END_GAP + 2
                            : SIDE_ROOM;
    if (area) before = 0;
    double span = panel->width - before - after;
    double pitch = panel->count > 1 ? span / (panel->count - 1) : span;
    bool above_zero = panel->low > 0 || panel->high < 0;
    for (unsigned i = 0; i < panel->count; i++)
        at[i] = panel->x + before + (panel->count > 1 ? i * pitch : span / 2);
    jb_axes_draw_head(p, panel, top, p->width);
    jb_axes_draw(p, 0, &axes, panel->x, panel->x + panel->width, zero, scale);
    if (area) jb_areas_draw(p, at, zero, scale);
    double line_y = above_zero ? base_y : zero;
    jb_plot_rule(p, panel->x, line_y, panel->x + panel->width, line_y, p->style->axis,
                 p->style->baseline_width);
    for (unsigned i = 0; i < p->reference_count; i++)
        draw_reference(p, i, zero - p->references[i].value * scale, at, firsts, first_count);
    for (unsigned s = 0; s < p->series_count && !area; s++) jb_line_draw(p, s, 0, at, zero, scale);
    draw_firsts(p, firsts, first_count, at[0], moved);
    jb_told told = !direct                            ? JB_TOLD_BY_AXIS
                   : p->ends == JB_ENDS_BARE && !area ? JB_TOLD_BESIDE
                                                      : JB_TOLD_ELSEWHERE;
    if (told == JB_TOLD_ELSEWHERE && p->ends != JB_ENDS_BARE) draw_ends(p, ends, at, zero, scale);
    if (p->series_count == 1 || !area) jb_point_labels(p, 0, at, zero, scale, told, NULL, 0);
    double names = draw_names(p, at, pitch, base_y);
    return panel->y + panel->height + names - top;
}
