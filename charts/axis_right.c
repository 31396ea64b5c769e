/* Two value axes: series whose layer says `axis: right` have a domain and a unit of their own. Everything is
 * drawn on the left axis; a value of the right one is brought to it by the panel's factor and shift. */
#include <math.h>
#include <string.h>
#include "charts/label_unit.h"
#include "charts/plot.h"

#define HEAD 2.0 /* em of labels: from the top of the units over the axes to the plot */
#define LABEL_GAP 6.0
#define HEAD_BASELINE 0.88
enum { WANTED = 5, LONG = 5 }; /* ticks; digits of a label that is long */

bool jb_plot_has_right(const jb_plot *p) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].right) return true;
    return false;
}

double jb_panel_at(const jb_panel *panel, const jb_series *s, double number) {
    return s->right ? panel->right_shift + number * panel->right_factor : number;
}

const char *jb_series_unit(const jb_panel *panel, const jb_series *s) {
    return s->right ? panel->right_unit : panel->unit;
}

/* ---- units ---- */

static const char *unit_words(const char *unit) { return *unit ? unit : "no unit"; }

/* Of a series: that of its column, else that of the rows. */
static const char *own_unit(const jb_plot *p, const jb_series *s) {
    const char *rows = p->data->rows[p->categories[0].row].unit;
    return *s->unit ? s->unit : rows;
}

static const jb_series *first_of(const jb_plot *p, bool right) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].right == right) return &p->series[s];
    return NULL;
}

jb_status jb_right_units(jb_plot *p) {
    jb_panel *panel = &p->panels[0];
    if (!jb_plot_has_right(p)) return JB_OK;
    if (p->panel_count > 1)
        return jb_fail(
            p->ctx, p->spec->node->pos,
            "the rows are in several units (%s, %s): axis: right is for columns that differ; choose "
            "rows by unit: or where:",
            panel[0].unit, panel[1].unit);
    for (unsigned s = 0; s < p->series_count; s++) {
        const jb_series *it = &p->series[s], *first = first_of(p, it->right);
        const char *here = own_unit(p, it), *there = own_unit(p, first),
                   *across = own_unit(p, first_of(p, !it->right));
        if (!strcmp(here, there)) continue;
        if (strcmp(here, across))
            return jb_fail(p->ctx, p->spec->y[s].pos,
                           "“%s” is in %s, and the axes are already in %s and %s: a chart has two value axes "
                           "at most; draw two charts",
                           it->name, unit_words(here), unit_words(it->right ? across : there),
                           unit_words(it->right ? there : across));
        return jb_fail(
            p->ctx, p->spec->y[s].pos,
            "“%s” is in %s and “%s” in %s, and both stand on the %s axis: an axis has one unit; draw "
            "“%s” in a layer with axis: %s",
            first->name, unit_words(there), it->name, unit_words(here), it->right ? "right" : "left",
            it->name, it->right ? "left" : "right");
    }
    panel->unit = own_unit(p, first_of(p, false));
    panel->right_unit = own_unit(p, first_of(p, true));
    return JB_OK;
}

jb_status jb_plot_check_label_unit(const jb_plot *p) {
    const jb_panel *panel = &p->panels[0];
    int power = p->spec->label_power;
    if (power <= 0) return JB_OK;
    GString *word = g_string_new(NULL);
    bool good = jb_label_unit_word(word, panel->unit, power) ||
                (jb_plot_has_right(p) && jb_label_unit_word(word, panel->right_unit, power));
    g_string_free(word, TRUE);
    if (good) return JB_OK;
    return jb_fail(p->ctx, jb_node_get(p->spec->node, "label_unit")->pos,
                   "label_unit: %s does not go with the unit %s; leave it out", jb_label_power_word(power),
                   panel->unit);
}

/* Columns of different units cannot share an axis when the rows have none. */
jb_status jb_plot_check_units(const jb_plot *p) {
    const jb_series *first = &p->series[0], *other = NULL;
    if (jb_plot_has_right(p)) return JB_OK; /* jb_right_units */
    for (unsigned s = 1; s < p->series_count; s++) {
        const jb_series *it = &p->series[s];
        if (!strcmp(it->unit, first->unit) || (other && !strcmp(it->unit, other->unit))) continue;
        if (other)
            return jb_fail(
                p->ctx, p->spec->node->pos,
                "the columns are in more than two units (“%s” in %s, “%s” in %s, “%s” in %s): a chart "
                "has two value axes at most; draw several charts",
                first->name, unit_words(first->unit), other->name, unit_words(other->unit), it->name,
                unit_words(it->unit));
        other = it;
    }
    if (!other) return JB_OK;
    return jb_fail(
        p->ctx, p->spec->node->pos,
        "“%s” is in %s and “%s” in %s: different units share no axis; draw “%s” in a layer with axis: "
        "right, or draw two charts",
        first->name, unit_words(first->unit), other->name, unit_words(other->unit), other->name);
}

/* ---- domains and ticks ---- */

static double last_tick(const jb_ticks *t) { return t->first + t->step * (t->count - 1); }

/* A bound or an approximate value has its figure beside it as it is written, in the unit of the data. */
static bool has_figures(const jb_plot *p, bool right) {
    for (unsigned c = 0; c < p->category_count; c++)
        for (unsigned s = 0; s < p->series_count; s++)
            if (p->series[s].right == right && p->series[s].mark != JB_MARK_BAR &&
                jb_point_qualified(&p->categories[c].values[s]))
                return true;
    return false;
}

/* By itself an axis leaves the unit of the data only where no figure in that unit stands beside it. What the
 * unit of the labels is called, and where figures are in another one, what theirs is. */
static const char *settle_unit(jb_plot *p, const char *unit, bool figures, jb_ticks *t) {
    double most = fmax(fabs(t->first), fabs(last_tick(t)));
    int power = p->spec->label_power;
    if (power == JB_LABEL_AUTO) power = figures || !*unit ? 0 : jb_label_power(t->step, most, LONG);
    GString *word = g_string_new(NULL);
    bool said = power && jb_label_unit_word(word, unit, power);
    while (!said && power > 4 && p->spec->label_power == JB_LABEL_AUTO) /* 亿亿元 is no word, 万亿元 is */
        said = jb_label_unit_word(word, unit, power -= 4);
    if (!said) {
        g_string_free(word, TRUE);
        return unit;
    }
    t->power = power;
    if (figures && *unit) g_string_append_printf(word, "（图中数字：%s）", unit);
    const char *kept = jb_arena_string(p->arena, word->str);
    g_string_free(word, TRUE);
    return kept;
}

void jb_axes_choose(jb_plot *p, jb_panel *panel, const double low[2], const double high[2], bool figures,
                    jb_axes *axes) {
    const jb_ticks *left = &axes->ticks[0], *right = &axes->ticks[1];
    *axes = (jb_axes){.count = jb_plot_has_right(p) ? 2 : 1};
    if (axes->count == 1)
        axes->ticks[0] = jb_ticks_choose(low[0], high[0], WANTED);
    else
        jb_ticks_choose_pair(low, high, WANTED, axes->ticks);
    panel->low = left->first;
    panel->high = last_tick(left);
    panel->axis_unit = settle_unit(p, panel->unit, figures || has_figures(p, false), &axes->ticks[0]);
    if (axes->count == 1) return;
    panel->right_low = right->first;
    panel->right_high = last_tick(right);
    panel->right_factor = left->step / right->step;
    panel->right_shift = left->first - right->first * panel->right_factor;
    panel->right_axis_unit =
        settle_unit(p, panel->right_unit, figures || has_figures(p, true), &axes->ticks[1]);
}

/* ---- drawing ---- */

double jb_axes_right_room(jb_plot *p, const jb_axes *axes) {
    return axes->count > 1 ? jb_axis_room(p, &axes->ticks[1]) : 0;
}

/* The grid is the left axis'. */
static void draw_right(jb_plot *p, unsigned panel, const jb_ticks *t, double x, double base, double scale) {
    const jb_panel *it = &p->panels[panel];
    for (int i = 0; i < t->count; i++) {
        double value = t->first + t->step * i,
               y = base - (it->right_shift + value * it->right_factor) * scale;
        const char *text = jb_tick_text(p, t, value);
        jb_label label = jb_label_new(p, text, p->style->axis_label, false, p->style->text2);
        jb_label_draw(p, &label, x + LABEL_GAP, jb_label_centre(p->style->axis_label, y), 'l');
        jb_axis_tick tick = {panel, 'r', value, text, NULL};
        g_array_append_val(p->ticks, tick);
    }
}

void jb_axes_draw(jb_plot *p, unsigned panel, const jb_axes *axes, double x1, double x2, double base,
                  double scale) {
    jb_axis_draw(p, panel, &axes->ticks[0], x1, x2, base, scale);
    if (axes->count > 1) draw_right(p, panel, &axes->ticks[1], x2, base, scale);
}

/* One axis says its unit in the subtitle, unless the chart has one of its own and the labels are in another
 * unit than the data. */
static bool has_heads(const jb_plot *p, const jb_panel *panel) {
    if (jb_plot_has_right(p)) return *panel->axis_unit || *panel->right_axis_unit;
    return p->spec->subtitle && panel->axis_unit && strcmp(panel->axis_unit, panel->unit);
}

double jb_axes_head(const jb_plot *p, const jb_panel *panel) {
    return has_heads(p, panel) ? HEAD * p->style->axis_label : 0;
}

void jb_axes_draw_head(jb_plot *p, const jb_panel *panel, double top, double right) {
    if (!has_heads(p, panel)) return;
    double size = p->style->axis_label, y = top + size * HEAD_BASELINE;
    jb_label label = jb_label_new(p, panel->axis_unit, size, false, p->style->text2);
    jb_label_draw(p, &label, 0, y, 'l');
    if (!jb_plot_has_right(p)) return;
    label = jb_label_new(p, panel->right_axis_unit, size, false, p->style->text2);
    jb_label_draw(p, &label, right, y, 'r');
}
