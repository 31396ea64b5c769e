/* Areas: the columns on each other from zero up, or one column with its line on top. */
#include <math.h>
#include "charts/palette.h"
#include "charts/plot.h"

#define SOFT 0.3        /* tint of a single area under its line */
#define PART_WIDTH 0.75 /* of the white line between bands */
#define EDGE_WIDTH 0.5  /* of a pale band's upper edge, where it is the uppermost */
#define STRIP 1.0       /* pt: bands are dark for rules across in strips so wide */

bool jb_is_area(const jb_plot *p) { return p->spec->mark == JB_MARK_AREA; }

jb_ticks jb_area_ticks(const jb_plot *p) {
    double low = 0, high = 0;
    jb_stack_domain(p, &p->panels[0], &low, &high);
    jb_references_domain(p, &low, &high);
    return jb_ticks_choose(low, high, 5);
}

/* With a part missing nobody knows where the bands above it are: the whole stack has a gap. */
static bool is_whole(const jb_plot *p, unsigned i) {
    const jb_stack *it = p->categories[p->panels[0].first + i].stack;
    return !it->missing && !it->lack;
}

/* The lower end of a band in a row that is whole; its upper end is that and its part. */
static double band_low(const jb_plot *p, unsigned i, unsigned s) {
    const jb_stack *it = p->categories[p->panels[0].first + i].stack;
    double low = 0;
    for (unsigned k = 0; k < s; k++) low += it->parts[k];
    return low;
}

static double band_high(const jb_plot *p, unsigned i, unsigned s) {
    return band_low(p, i, s) + p->categories[p->panels[0].first + i].stack->parts[s];
}

double jb_area_end(const jb_plot *p, unsigned i, unsigned s) {
    return p->series_count == 1 ? band_high(p, i, s) : (band_low(p, i, s) + band_high(p, i, s)) / 2;
}

bool jb_area_direct(const jb_plot *p, double height) {
    unsigned last = p->panels[0].count - 1;
    jb_ticks ticks = jb_area_ticks(p);
    double range = ticks.step * (ticks.count - 1);
    if (p->series_count == 1) return true;
    if (!is_whole(p, last)) return false;
    for (unsigned s = 0; s < p->series_count; s++) {
        double part = band_high(p, last, s) - band_low(p, last, s);
        if (part / range * height < p->style->direct_pitch) return false;
    }
    return true;
}

/* ---- drawing ---- */

typedef struct painter {
    jb_plot *p;
    const double *at;
    double base, scale;
    double *xy; /* room for twice the categories */
} painter;

static double y_of(const painter *w, double value) { return w->base - value * w->scale; }

/* The upper edge of a band from one row to another; returns the number of points. */
static unsigned edge(const painter *w, unsigned first, unsigned last, unsigned s) {
    unsigned n = 0;
    for (unsigned i = first; i <= last; i++, n++) {
        w->xy[2 * n] = w->at[i];
        w->xy[2 * n + 1] = y_of(w, band_high(w->p, i, s));
    }
    return n;
}

/* A row between two gaps has no width: a stroke. */
static void draw_single(const painter *w, unsigned i, unsigned s, jb_colour fill) {
    jb_plot_rule(w->p, w->at[i], y_of(w, band_low(w->p, i, s)), w->at[i], y_of(w, band_high(w->p, i, s)),
                 fill, w->p->style->data_line_width);
}

static void fill_band(const painter *w, unsigned first, unsigned last, unsigned s, jb_colour fill) {
    jb_paint paint = jb_paint_fill(fill);
    if (first == last) {
        draw_single(w, first, s, fill);
        return;
    }
    unsigned n = edge(w, first, last, s);
    for (unsigned i = last + 1; i-- > first; n++) {
        w->xy[2 * n] = w->at[i];
        w->xy[2 * n + 1] = y_of(w, band_low(w->p, i, s));
    }
    jb_scene_polyline(w->p->scene, w->xy, n, true, &paint);
}

static double between(double a, double b, double t) { return a + (b - a) * t; }

static void keep_dark(const painter *w, unsigned first, unsigned last, unsigned s) {
    for (unsigned i = first; i < last && w->p->reference_count; i++) {
        double width = w->at[i + 1] - w->at[i], low[2], high[2];
        for (unsigned k = 0; k < 2; k++) {
            low[k] = y_of(w, band_low(w->p, i + k, s));
            high[k] = y_of(w, band_high(w->p, i + k, s));
        }
        for (double x = 0; x < width; x += STRIP) {
            double end = MIN(x + STRIP, width), t = (x + end) / 2 / width;
            const jb_box strip = {w->at[i] + x, between(high[0], high[1], t), w->at[i] + end,
                                  between(low[0], low[1], t)};
            g_array_append_val(w->p->dark, strip);
        }
    }
}

static void draw_edges(const painter *w, unsigned first, unsigned last) {
    jb_plot *p = w->p;
    unsigned top = p->series_count - 1;
    const jb_series_ink *ink = &p->style->series[p->series[top].ink % JB_SERIES_INKS];
    jb_paint part = jb_paint_stroke(p->style->paper, PART_WIDTH),
             pale = jb_paint_stroke(ink->outline, EDGE_WIDTH), line = jb_line_paint(p, top);
    if (first == last) return;
    for (unsigned s = 0; s < top; s++) {
        unsigned n = edge(w, first, last, s);
        jb_scene_polyline(p->scene, w->xy, n, false, &part);
    }
    unsigned n = edge(w, first, last, top);
    if (p->series_count == 1)
        jb_scene_polyline(p->scene, w->xy, n, false, &line);
    else if (ink->outlined)
        jb_scene_polyline(p->scene, w->xy, n, false, &pale);
}

/* Rows without a gap between them. */
static void draw_run(const painter *w, unsigned first, unsigned last) {
    jb_plot *p = w->p;
    for (unsigned s = 0; s < p->series_count; s++) {
        jb_colour ink = p->style->series[p->series[s].ink % JB_SERIES_INKS].fill;
        fill_band(w, first, last, s, p->series_count == 1 && first < last ? jb_colour_tint(ink, SOFT) : ink);
        if (p->series_count > 1 && jb_colour_is_dark(ink)) keep_dark(w, first, last, s);
    }
    draw_edges(w, first, last);
}

/* What is approximate has a point on its edge, as those of lines. */
static void mark_values(const painter *w, unsigned i) {
    jb_plot *p = w->p;
    const jb_category *c = &p->categories[p->panels[0].first + i];
    for (unsigned s = 0; s < p->series_count; s++) {
        double low = y_of(w, band_low(p, i, s)), high = y_of(w, band_high(p, i, s));
        const double box[4] = {w->at[i], high, w->at[i], low};
        if (c->values[s].kind == JB_VALUE_APPROX) jb_point_value(p, s, &c->values[s], w->at[i], high, high);
        jb_plot_record(p, "area", 0, box, c->plain, c->values[s].raw, NULL);
        jb_plot_record_series(p, s);
    }
}

void jb_areas_draw(jb_plot *p, const double *at, double base, double scale) {
    const jb_panel *panel = &p->panels[0];
    const painter w = {p, at, base, scale, JB_ARRAY(p->arena, double, 4 * panel->count)};
    unsigned first = 0;
    for (unsigned i = 0; i <= panel->count; i++) {
        if (i < panel->count && is_whole(p, i)) continue;
        if (i > first) draw_run(&w, first, i - 1);
        first = i + 1;
    }
    for (unsigned i = 0; i < panel->count; i++) {
        if (is_whole(p, i))
            mark_values(&w, i);
        else
            jb_gap_draw(p, at[i], panel->y + panel->height);
    }
}

void jb_area_swatch(jb_plot *p, unsigned s, double x, double y) {
    const jb_series_ink *ink = &p->style->series[p->series[s].ink % JB_SERIES_INKS];
    double r = p->style->point_radius;
    jb_paint fill = jb_paint_fill(ink->fill), outline = jb_paint_stroke(ink->outline, EDGE_WIDTH);
    jb_scene_rect(p->scene, x - r, y - r, 2 * r, 2 * r, &fill);
    if (ink->outlined) jb_scene_rect(p->scene, x - r, y - r, 2 * r, 2 * r, &outline);
}
