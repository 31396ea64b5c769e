/* Columns: panels side by side, names wrapped under the baseline, labels above; lines over them when a layer
 * asks. */
#include <math.h>
#include <string.h>
#include "charts/bar_labels.h"
#include "charts/composite.h"

#define PANEL_HEAD 22.0
#define NAME_DROP 12.0  /* from the baseline to the first line of names */
#define NAME_MARGIN 8.0 /* a name's width is the pitch less this */
#define MOST_LINES 3
#define LABEL_AIR 4.0   /* least distance of two label boxes side by side */
#define LEAST_PLOT 40.0 /* height of the columns' field */
#define MISSING_DASH 9.0
#define MISSING_WIDTH 0.9
#define STACK_SHARE 0.6 /* of the pitch … */
#define STACK_MOST 0.75 /* … at most, to hold the figures */
#define LEADER_WIDTH 0.5
#define RAISED 2.0 /* lines of figures that may be raised over the highest column */

typedef jb_column_label slot;

typedef struct layout {
    jb_plot *p;
    jb_label *names;
    slot *slots;                      /* category x series */
    unsigned bars, lines;             /* series of each mark */
    double pitch, thick, base, field; /* field: height for columns and labels */
    double *above, *below;            /* one a panel: air over the highest value, under the lowest */
    double axis_room, right_room;
    bool axis;   /* a value axis instead of labels */
    bool layered; /* there are lines, or a second axis: figures and words are placed when all is drawn */
    bool raised; /* labels that meet are raised: more air over the columns */
    jb_axes axes;
    unsigned name_lines, name_step; /* under lines only every so manieth name may stand */
    jb_period_axis periods;         /* in place of the names, where the plot has them */
} layout;

static bool many_panels(const jb_plot *p) { return p->panel_count > 1; }

static double panel_gap(const jb_plot *p) { return p->style->panel_gap; }

static void find_pitch(layout *l) {
    const jb_plot *p = l->p;
    double room = p->width - (p->panel_count - 1) * panel_gap(p) - l->axis_room - l->right_room -
                  jb_references_room(l->p),
           share;
    l->pitch = room / p->category_count;
    share = l->bars > 1 ? MIN(p->style->column_pair_share, 0.78 / l->bars) : p->style->column_share;
    if (jb_stacked(p)) share = CLAMP(jb_stack_widest(l->p) / l->pitch, STACK_SHARE, STACK_MOST);
    l->thick = CLAMP(l->pitch * share, MIN(p->style->column_min, l->pitch * 0.8 / MAX(l->bars, 1)),
                     p->style->column_max);
}

/* A name alone in a panel may go into the gaps beside it, but not over the chart's edges. */
static double name_room(const layout *l, unsigned category) {
    const jb_plot *p = l->p;
    for (unsigned i = 1; i + 1 < p->panel_count; i++)
        if (p->panels[i].count == 1 && p->panels[i].first == category)
            return l->pitch + panel_gap(p) / 2 - NAME_MARGIN;
    return l->pitch - NAME_MARGIN;
}

/* The last is named, and so many before it. */
static bool is_named(const layout *l, unsigned c) {
    return (l->p->category_count - 1 - c) % l->name_step == 0;
}

/* Every so manieth name within its room; of names that no step makes fit the last stands alone, on as many
 * lines as it takes. */
static bool try_step(layout *l, unsigned step) {
    jb_plot *p = l->p;
    bool alone = step >= p->category_count;
    double span = step * l->pitch,
           room = alone ? p->width : MIN(span - NAME_MARGIN, (span + l->pitch / 2 - NAME_MARGIN) / 1.5);
    l->name_step = step;
    l->name_lines = 1;
    if (room < 2 * p->style->label) return false;
    for (unsigned c = 0; c < p->category_count; c++) {
        if (!is_named(l, c)) continue;
        l->names[c] = jb_label_wrapped(p, p->categories[c].name, p->style->label, room, p->style->text);
        l->name_lines = MAX(l->name_lines, l->names[c].para->count);
        if (!alone && (l->names[c].para->forced || jb_label_width(&l->names[c]) > room)) return false;
    }
    return alone || l->name_lines <= MOST_LINES;
}

/* Names of columns under lines: every second, third …; those at the edges move inwards. */
static void thin_names(layout *l) {
    unsigned step = 2;
    while (!try_step(l, step) && step < l->p->category_count) step++;
    if (step >= l->p->category_count && step > 2)
        jb_plot_note_add(l->p, l->p->spec->node->pos, "of %u names only the last finds room under the axis",
                         step);
}

static bool set_names(layout *l) {
    jb_plot *p = l->p;
    double room = l->pitch - NAME_MARGIN;
    l->name_step = 1;
    bool fits = room >= 2 * p->style->label;
    if (p->periods) {
        l->periods = jb_period_axis_measure(p, l->pitch);
        l->name_lines = l->periods.rows;
        return true;
    }
    l->names = JB_ARRAY(p->arena, jb_label, p->category_count);
    l->name_lines = 1;
    for (unsigned c = 0; c < p->category_count; c++) {
        room = name_room(l, c);
        l->names[c] =
            jb_label_wrapped(p, p->categories[c].name, p->style->label, MAX(room, 4), p->style->text);
        l->name_lines = MAX(l->name_lines, l->names[c].para->count);
        if (l->names[c].para->forced || jb_label_width(&l->names[c]) > room + NAME_MARGIN - 2) fits = false;
    }
    fits = fits && l->name_lines <= MOST_LINES;
    bool thin = l->layered && l->p->spec->mark != JB_MARK_POINT; /* points alone can lie */
    if (!fits && thin) thin_names(l);
    return fits || thin;
}

static void place_panels(layout *l, double top) {
    jb_plot *p = l->p;
    double x = l->axis_room;
    for (unsigned i = 0; i < p->panel_count; i++) {
        jb_panel *panel = &p->panels[i];
        panel->x = x;
        panel->width = panel->count * l->pitch;
        panel->y = top + (many_panels(p) ? PANEL_HEAD : 0);
        panel->height = l->field;
        x += panel->width + panel_gap(p);
    }
    l->base = top + (many_panels(p) ? PANEL_HEAD : 0) + l->field;
}

static double category_x(const layout *l, const jb_panel *panel, unsigned i) {
    return panel->x + (i + 0.5) * l->pitch;
}

/* pt a unit. */
static double factor_of(const layout *l, const jb_panel *panel) {
    ptrdiff_t k = panel - l->p->panels;
    return jb_field_new(0, l->field - l->above[k] - l->below[k], panel->low, panel->high).factor;
}

static double zero_of(const layout *l, const jb_panel *panel) {
    return l->base - l->below[panel - l->p->panels] + panel->low * factor_of(l, panel);
}

/* How far the drawing of a value goes beyond its end: its label, its arrow. */
static double overhang(const layout *l, unsigned s, const jb_value *v, bool up) {
    const jb_chart_style *style = l->p->style;
    if (jb_stacked(l->p)) return l->axis ? 0 : style->label + style->label_gap + 3;
    bool bar = l->p->series[s].mark == JB_MARK_BAR, bound = v->kind == (up ? JB_VALUE_LOWER : JB_VALUE_UPPER);
    if (!bar) return bound ? jb_point_reach(l->p) : 0;
    return jb_bar_reach(v->kind, !up) + (l->axis ? 0 : style->label + style->label_gap + 3);
}

/* Labels and arrows of the highest value stand above it, of the lowest below; those of others may need more
 * room, which makes the scale smaller. */
static void find_air(layout *l, unsigned k) {
    const jb_plot *p = l->p;
    const jb_panel *panel = &p->panels[k];
    double least = l->axis ? 4 : p->style->label + p->style->label_gap + 3, number;
    if (l->raised) least += RAISED * p->style->leading;
    l->above[k] = least;
    l->below[k] = panel->low < 0 ? least : 0;
    for (int pass = 0; pass < 3; pass++) {
        double factor = factor_of(l, panel), above = 0, below = 0;
        for (unsigned i = panel->first; i < panel->first + panel->count; i++) {
            for (unsigned s = 0; s < p->series_count; s++) {
                const jb_value *v = &p->categories[i].values[s];
                if (!jb_plot_number(v, &number)) continue;
                number = jb_panel_at(panel, &p->series[s], number);
                bool bar = p->series[s].mark == JB_MARK_BAR;
                if (!bar || number >= 0)
                    above = MAX(above, overhang(l, s, v, true) - (panel->high - number) * factor);
                if (bar && number < 0)
                    below = MAX(below, overhang(l, s, v, false) - (number - panel->low) * factor);
            }
        }
        l->above[k] = MAX(l->above[k], above);
        l->below[k] = MAX(l->below[k], below);
    }
}

/* ---- labels ---- */

static void box_of(slot *s, const jb_plot *p) {
    double w = jb_label_width(&s->label);
    s->box[0] = s->x - w / 2;
    s->box[1] = s->y - p->style->label * 0.8;
    s->box[2] = s->x + w / 2;
    s->box[3] = s->y + p->style->label * 0.12;
}

static void place_slot(layout *l, const jb_panel *panel, unsigned i, unsigned s, double left) {
    jb_plot *p = l->p;
    slot *it = &l->slots[(panel->first + i) * p->series_count + s];
    const jb_value *v = &p->categories[panel->first + i].values[s];
    double number, zero = zero_of(l, panel), gap = p->style->label_gap;
    it->drawn = true;
    it->x = left + l->thick / 2;
    it->label = jb_label_value(p, jb_bar_series(p, panel->first + i, s), v);
    it->text = !jb_plot_number(v, &number);
    if (it->text) {
        it->y = zero - gap - (v->kind == JB_VALUE_MISSING ? 4 : 0);
    } else {
        double end = zero - jb_panel_at(panel, &p->series[s], number) * factor_of(l, panel),
               reach = jb_bar_reach(v->kind, number < 0);
        if (number < 0) end = MAX(end, zero + 0.01); /* has a side, however short it is */
        it->bar[0] = left;
        it->bar[1] = MIN(zero, end);
        it->bar[2] = left + l->thick;
        it->bar[3] = MAX(zero, end);
        it->y = number < 0 ? end + gap + reach + p->style->label * 0.8 : end - gap - reach;
    }
    box_of(it, p);
}

/* The total over the end of a stack, or the words in its place; the column is the whole stack. */
static void place_stack(layout *l, const jb_panel *panel, unsigned i) {
    jb_plot *p = l->p;
    unsigned c = panel->first + i;
    slot *it = &l->slots[c * p->series_count];
    const jb_stack *stack = p->categories[c].stack;
    double zero = zero_of(l, panel), factor = factor_of(l, panel), gap = p->style->label_gap;
    double left = category_x(l, panel, i) - l->thick / 2, high = zero - stack->high * factor,
           low = zero - stack->low * factor;
    *it = (slot){.label = jb_stack_label(p, stack),
                 .x = left + l->thick / 2,
                 .drawn = true,
                 .text = stack->lack != NULL,
                 .bar = {left, high, left + l->thick, low}};
    if (it->text) it->bar[0] = it->bar[2] = it->bar[1] = it->bar[3] = 0;
    it->y = it->text                             ? zero - gap - 4
            : stack->high <= 0 && stack->low < 0 ? low + gap + p->style->label * 0.8
                                                 : high - gap;
    box_of(it, p);
}

static void place_slots(layout *l) {
    jb_plot *p = l->p;
    double group = l->bars * l->thick + (MAX(l->bars, 1) - 1) * p->style->column_gap;
    l->slots = JB_ARRAY(p->arena, slot, p->category_count * p->series_count);
    for (unsigned k = 0; k < p->panel_count; k++) {
        for (unsigned i = 0; i < p->panels[k].count; i++) {
            double left = category_x(l, &p->panels[k], i) - group / 2;
            if (p->categories[p->panels[k].first + i].place) continue;
            if (jb_stacked(p)) {
                place_stack(l, &p->panels[k], i);
                continue;
            }
            for (unsigned s = 0; s < p->series_count; s++) {
                if (p->series[s].mark != JB_MARK_BAR) continue;
                place_slot(l, &p->panels[k], i, s, left);
                left += l->thick + p->style->column_gap;
            }
        }
    }
}

static bool meet(const double a[4], const double b[4], double air) {
    return a[0] < b[2] + air && b[0] < a[2] + air && a[1] < b[3] + air && b[1] < a[3] + air;
}

/* Labels of one group that meet are moved apart to both sides first. */
static void part_pairs(layout *l) {
    jb_plot *p = l->p;
    for (unsigned c = 0; c < p->category_count; c++) {
        for (unsigned s = 0; s + 1 < p->series_count; s++) {
            slot *a = &l->slots[c * p->series_count + s], *b = a + 1;
            if (!a->drawn || !b->drawn || !meet(a->box, b->box, LABEL_AIR)) continue;
            double over = a->box[2] + LABEL_AIR - b->box[0];
            a->x -= over / 2;
            b->x += over / 2;
            box_of(a, p);
            box_of(b, p);
        }
    }
}

static bool collides(const layout *l, unsigned count, unsigned i) {
    const slot *it = &l->slots[i];
    if (it->box[0] < -0.5 || it->box[2] > l->p->width + 0.5) return true;
    for (unsigned k = i > 12 ? i - 12 : 0; k < count && k <= i + 12; k++) {
        const slot *other = &l->slots[k];
        if (k == i || !other->drawn) continue;
        bool labelled = other->text || !l->axis;
        if (labelled && meet(it->box, other->box, LABEL_AIR - 0.01)) return true;
        if (!other->text && meet(it->box, other->bar, 0)) return true;
    }
    return false;
}

/* Labels that meet where they stand are moved aside or raised; false when some find no place. */
static bool search_labels(layout *l, double top) {
    jb_plot *p = l->p;
    const jb_box frame = {0, top + (many_panels(p) ? PANEL_HEAD : 0) - 2, p->width, l->base - 1};
    unsigned count = p->category_count * p->series_count;
    if (!jb_column_labels_search(p, &frame, l->slots, l->thick)) return false;
    for (unsigned i = 0; i < count; i++) box_of(&l->slots[i], p);
    return true;
}

/* Beside an axis only words are labels; under lines these are placed when the lines are there. */
static bool labels_fit(layout *l) {
    unsigned count = l->p->category_count * l->p->series_count;
    for (unsigned i = 0; i < count; i++)
        if (!l->layered && l->slots[i].drawn && (l->slots[i].text || !l->axis) && collides(l, count, i))
            return false;
    return true;
}

/* ---- drawing ---- */

/* A group without any value has one dash in its middle, not one a series. */
static bool is_empty_group(const jb_plot *p, unsigned c) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->categories[c].values[s].kind != JB_VALUE_MISSING) return false;
    return true;
}

static bool draw_empty_group(layout *l, unsigned panel, unsigned i) {
    jb_plot *p = l->p;
    const jb_category *category = &p->categories[p->panels[panel].first + i];
    if (!is_empty_group(p, p->panels[panel].first + i)) return false;
    if (category->place) return true; /* the line has its gap there */
    double x = category_x(l, &p->panels[panel], i), y = zero_of(l, &p->panels[panel]) - 4;
    jb_label label = jb_label_value(p, &p->series[0], &category->values[0]);
    jb_plot_rule(p, x - MISSING_DASH / 2, y, x + MISSING_DASH / 2, y, p->style->axis, MISSING_WIDTH);
    if (l->layered) return true; /* the words are placed when the lines are there */
    jb_label_draw(p, &label, x, y - p->style->label_gap, 'c');
    double w = jb_label_width(&label) / 2,
           box[4] = {x - w, y - p->style->label_gap - label.size, x + w, y - p->style->label_gap};
    jb_plot_record(p, "text", panel, box, NULL, NULL, label.text);
    return true;
}

static void draw_stack(layout *l, unsigned panel, unsigned c) {
    jb_plot *p = l->p;
    const slot *it = &l->slots[c * p->series_count];
    double zero = zero_of(l, &p->panels[panel]), half = MIN(MISSING_DASH, l->thick) / 2;
    jb_stack_draw(p, panel, c, false, zero, factor_of(l, &p->panels[panel]), it->x - l->thick / 2, l->thick);
    if (it->text)
        jb_plot_rule(p, it->x - half, zero - 4, it->x + half, zero - 4, p->style->axis, MISSING_WIDTH);
    if (!*it->label.text || (l->axis && !it->text)) return;
    jb_label_draw(p, &it->label, it->x, it->y, 'c');
    jb_plot_record(p, "text", panel, it->box, NULL, NULL, it->label.text);
}

static void draw_slot(layout *l, unsigned panel, unsigned c, unsigned s) {
    jb_plot *p = l->p;
    const slot *it = &l->slots[c * p->series_count + s];
    const jb_value *v = &p->categories[c].values[s];
    double zero = zero_of(l, &p->panels[panel]), number;
    if (!it->drawn) return;
    if (jb_stacked(p)) {
        draw_stack(l, panel, c);
        return;
    }
    jb_plot_own(p, jb_mark_owner(p, c, s));
    if (jb_plot_number(v, &number)) {
        double end = number < 0 ? it->bar[3] : it->bar[1];
        double sure =
            zero - jb_panel_at(&p->panels[panel], &p->series[s], v->number) * factor_of(l, &p->panels[panel]);
        double reach =
            jb_bar_draw(p, false, jb_bar_series(p, c, s), v->kind, zero, end, sure, it->bar[0], l->thick);
        const jb_box arrow = {it->bar[0], MIN(end, end + (number < 0 ? reach : -reach)), it->bar[2],
                              MAX(end, end + (number < 0 ? reach : -reach))};
        if (reach > 0) g_array_append_val(p->taken, arrow);
        jb_plot_record(p, "rect", panel, it->bar, p->categories[c].plain, v->raw, NULL);
    } else if (v->kind == JB_VALUE_MISSING) {
        double half = MIN(MISSING_DASH, l->thick) / 2;
        jb_plot_rule(p, it->x - half, zero - 4, it->x + half, zero - 4, p->style->axis, MISSING_WIDTH);
    }
    if (it->leader) jb_plot_rule(p, it->line.x1, it->line.y1, it->line.x2, it->line.y2, p->style->axis, LEADER_WIDTH);
    if ((!l->axis || it->text) && !l->layered) { /* else it is placed when the lines are there */
        jb_label_draw(p, &it->label, it->x, it->y, 'c');
        jb_plot_record(p, "text", panel, it->box, NULL, NULL, it->label.text);
    }
    jb_plot_own(p, JB_NO_OWNER);
}

static void draw_names(layout *l, const jb_panel *panel) {
    jb_plot *p = l->p;
    double drop = NAME_DROP + jb_points_below(p, l->base), y = l->base + drop;
    if (p->periods) {
        double *at = JB_ARRAY(p->arena, double, panel->count);
        for (unsigned i = 0; i < panel->count; i++) at[i] = category_x(l, panel, i);
        jb_period_axis_draw(p, &l->periods, at, l->pitch, l->base, drop, false);
        return;
    }
    for (unsigned i = 0; i < panel->count; i++) {
        const jb_label *name = &l->names[panel->first + i];
        double half = jb_label_width(name) / 2, x = category_x(l, panel, i);
        if (!is_named(l, panel->first + i)) continue;
        if (l->name_step > 1) x = CLAMP(x, half, MAX(half, p->width - half));
        jb_label_draw(p, name, x, y, 'c');
    }
}

static void draw_head(jb_plot *p, const jb_panel *panel) {
    jb_label label =
        jb_label_new(p, *panel->unit ? panel->unit : "（无单位）", p->style->label, true, p->style->text);
    double y = panel->y - PANEL_HEAD;
    jb_label_draw(p, &label, panel->x, y + 10, 'l');
    jb_plot_rule(p, panel->x, y + 15, panel->x + panel->width, y + 15, p->style->rule, p->style->rule_width);
}

static void draw_lines(layout *l, unsigned k) {
    jb_plot *p = l->p;
    const jb_panel *panel = &p->panels[k];
    double *at = JB_ARRAY(p->arena, double, panel->count);
    jb_word *words = JB_ARRAY(p->arena, jb_word, panel->count * p->series_count);
    unsigned n = 0;
    if (!l->layered) return;
    for (unsigned i = 0; i < panel->count; i++) at[i] = category_x(l, panel, i);
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].mark != JB_MARK_BAR)
            jb_line_draw(p, s, k, at, zero_of(l, panel), factor_of(l, panel));
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        for (unsigned s = 0; s < p->series_count && !p->categories[c].place; s++) {
            const slot *it = &l->slots[c * p->series_count + s];
            if (is_empty_group(p, c)) {
                words[n++] = (jb_word){jb_label_value(p, &p->series[0], &p->categories[c].values[0]), c, 0,
                                       at[c - panel->first], zero_of(l, panel) - 4 - p->style->label_gap};
                break;
            }
            if (it->drawn && it->text) words[n++] = (jb_word){it->label, c, s, it->x, it->y};
        }
    }
    jb_point_labels(p, k, at, zero_of(l, panel), factor_of(l, panel), JB_TOLD_BY_AXIS, words, n);
}

static void draw_panel(layout *l, unsigned k) {
    jb_plot *p = l->p;
    const jb_panel *panel = &p->panels[k];
    double zero = zero_of(l, panel);
    if (many_panels(p)) draw_head(p, panel);
    if (l->axis) jb_axes_draw(p, k, &l->axes, panel->x, panel->x + panel->width, zero, factor_of(l, panel));
    for (unsigned i = 0; i < panel->count; i++)
        for (unsigned s = 0; s < p->series_count && (s || jb_stacked(p) || !draw_empty_group(l, k, i)); s++)
            draw_slot(l, k, panel->first + i, s);
    if (jb_stacked(p)) jb_stack_beside(p, k, zero);
    jb_references_across(p, k, zero, factor_of(l, panel));
    bool from_zero = panel->low <= 0 && panel->high >= 0; /* else points begin elsewhere */
    double line = from_zero ? zero : l->base, box[4] = {panel->x, line, panel->x + panel->width, line};
    jb_plot_rule(p, panel->x, line, panel->x + panel->width, line, p->style->axis, p->style->baseline_width);
    if (from_zero) jb_plot_record(p, "rule", k, box, NULL, "0", NULL);
    draw_lines(l, k);
    draw_names(l, panel);
}

static void count_marks(layout *l) {
    for (unsigned s = 0; s < l->p->series_count; s++)
        *(l->p->series[s].mark == JB_MARK_BAR ? &l->bars : &l->lines) += 1;
    if (jb_stacked(l->p)) l->bars = 1;
}

/* What an axis can say as well as labels: plain numbers. Qualifiers, bounds and words must be read as
 * written. */
static bool only_numbers(const jb_plot *p) {
    for (unsigned c = 0; c < p->category_count; c++) {
        for (unsigned s = 0; s < p->series_count; s++) {
            jb_value_kind kind = p->categories[c].values[s].kind;
            if (jb_stacked(p)) continue; /* their segments say it */
            if (kind != JB_VALUE_NUMBER && kind != JB_VALUE_MISSING) return false;
        }
    }
    return true;
}

/* A layer of lines, or labels that do not fit, want a value axis: then the domain ends at ticks. */
static void use_axis(layout *l) {
    jb_panel *panel = &l->p->panels[0];
    const double low[2] = {panel->low, panel->right_low}, high[2] = {panel->high, panel->right_high};
    l->axis = true;
    jb_axes_choose(l->p, panel, low, high, false, &l->axes);
    l->axis_room = jb_axis_room(l->p, &l->axes.ticks[0]);
    l->right_room = jb_axes_right_room(l->p, &l->axes);
}

static bool measure(layout *l, double top, double height, bool *names_fit) {
    jb_plot *p = l->p;
    double head = jb_axes_head(p, &p->panels[0]);
    top += head;
    height -= head;
    find_pitch(l);
    *names_fit = set_names(l) && (!p->reference_count || l->pitch * p->category_count > LEAST_PLOT);
    double below = NAME_DROP + (l->name_lines - 1) * p->style->leading + 3;
    l->field = MAX(LEAST_PLOT, height - below - (many_panels(p) ? PANEL_HEAD : 0));
    place_panels(l, top);
    for (unsigned k = 0; k < p->panel_count; k++) find_air(l, k);
    place_slots(l);
    if (!l->axis) part_pairs(l);
    return *names_fit && labels_fit(l);
}

/* Why columns do not fit, in words that end “… does not fit: ”. */
static const char *reason(const layout *l, bool names_fit) {
    if (!names_fit && !l->bars) return "the names do not go under their points in three lines";
    if (!names_fit) return "the names do not go under their bars in three lines";
    if (many_panels(l->p))
        return "the figures are in each other's way, and rows of several units have no common axis";
    return "the figures are in each other's way, and a value axis cannot say those that are no plain numbers";
}

bool jb_bars_vertical(jb_plot *p, double top, double height, bool must, const char **why, double *used) {
    layout l = {.p = p};
    l.above = JB_ARRAY(p->arena, double, 2 * p->panel_count);
    l.below = l.above + p->panel_count;
    count_marks(&l);
    l.layered = l.lines || jb_plot_has_right(p);
    if (l.layered) use_axis(&l);
    bool names_fit, fits = measure(&l, top, height, &names_fit);
    if (!fits && must && !l.axis && !many_panels(p) && only_numbers(p) &&
        l.name_lines <= MOST_LINES) { /* only the labels are in the way */
        use_axis(&l);
        fits = measure(&l, top, height, &names_fit);
    }
    if (!fits && must && names_fit && !l.axis && !jb_stacked(p)) { /* words and bounds, or several units: no axis can say them */
        l.raised = true;
        measure(&l, top, height, &names_fit);
        fits = names_fit && search_labels(&l, top);
    }
    *why = fits ? NULL : reason(&l, names_fit);
    if (!fits) return false;
    p->horizontal = false;
    for (unsigned k = 0; k < p->panel_count; k++) draw_panel(&l, k);
    jb_axes_draw_head(p, &p->panels[0], top, p->width);
    *used =
        l.base + NAME_DROP + jb_points_below(p, l.base) + (l.name_lines - 1) * p->style->leading + 3 - top;
    return true;
}
