/* Axes: ticks, labels, grid, titles. Labels stand level; those that would touch are left out. */
#include <math.h>
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

#define LABEL_GAP 6.0
#define TITLE_GAP 4.0
#define LONGEST 60 /* bytes of a number's label */
#define MOST_LINES 3
#define TICK_ROOM 40.0 /* pt a tick, as in Vega-Lite */

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static bool flag(jb_vl_reader *r, const jb_node *axis, const char *key, bool value) {
    const jb_node *n = jb_node_get(axis, key);
    if (n) failed(r, jb_node_bool(r->ctx, n, &value));
    return value;
}

/* labelExpr: an expression of datum.value and datum.label. */
static const char *said_label(jb_vl_chart *c, const jb_vl_def *d, jb_vl_cell value, const char *label) {
    const jb_node *n = jb_node_get(d->axis, "labelExpr");
    jb_vl_expr *e;
    if (!n) return label;
    jb_vl_table *t = jb_vl_table_new(c->reader.arena);
    unsigned row = jb_vl_table_row(t), of_value = jb_vl_table_column(t, "value"),
             of_label = jb_vl_table_column(t, "label");
    t->cells[of_value][row] = value;
    t->cells[of_label][row] = jb_vl_text(label);
    jb_status status = jb_vl_expr_parse(c->reader.ctx, c->reader.arena, n->text, n->pos, &e);
    failed(&c->reader, status);
    return status == JB_OK ? jb_vl_cell_string(c->reader.arena, jb_vl_expr_value(e, t, row)) : label;
}

/* What axis says of its look, else the theme's. */
static double axis_number(const jb_vl_axis *a, const char *key, double value) {
    jb_vl_cell c = jb_vl_cell_of_node(jb_node_get(a->scale->lead->axis, key));
    return c.kind == JB_VL_NUMBER ? c.number : value;
}

static jb_colour axis_colour(const jb_vl_axis *a, const char *key, jb_colour colour) {
    jb_vl_colour_read(jb_node_get(a->scale->lead->axis, key), &colour);
    return colour;
}

static void add_tick(jb_vl_chart *c, jb_vl_axis *a, jb_vl_cell value, double step) {
    const jb_vl_def *d = a->scale->lead;
    const jb_node *format = jb_node_get(d->axis, "format");
    double at = jb_vl_scale_map(a->scale, value) + jb_vl_scale_bandwidth(a->scale) / 2;
    double most = fmax(fabs(a->scale->low), fabs(a->scale->high));
    bool stacked = false;
    for (guint i = 0; i < a->scale->uses->len; i++)
        stacked = stacked || (g_array_index(a->scale->uses, jb_vl_use, i).unit->stack == 'n' &&
                              g_array_index(a->scale->uses, jb_vl_use, i).unit->stacked == a->scale->channel);
    const char *label = jb_vl_label(&c->reader, d, value, step, most, format);
    if (stacked && !format) {
        GString *out = g_string_new(NULL);
        jb_text_number(out, value.number * 100, 6);
        g_string_append_c(out, '%');
        label = jb_arena_string(c->reader.arena, out->str);
        g_string_free(out, TRUE);
    }
    if (!jb_vl_scale_discrete(a->scale) && strlen(label) > LONGEST)
        label = jb_vl_number_label(&c->reader, value.number, 0, 1); /* digits that nobody counts */
    jb_vl_tick tick = {at, value, label};
    tick.label = said_label(c, d, value, label);
    if (isfinite(at)) g_array_append_val(a->ticks, tick);
}

static void said_ticks(jb_vl_chart *c, jb_vl_axis *a, const jb_node *values) {
    double step = 0;
    if (values->kind != JB_NODE_LIST) {
        failed(&c->reader, jb_fail(c->reader.ctx, values->pos, "values must be a list"));
        return;
    }
    if (values->count > 1)
        step =
            fabs(jb_vl_cell_of_node(values->items[1]).number - jb_vl_cell_of_node(values->items[0]).number);
    for (unsigned i = 0; i < values->count; i++) {
        jb_vl_cell v = jb_vl_cell_of_node(values->items[i]);
        if (a->scale->type == JB_VL_TIME) v = jb_vl_time_read(v);
        if (!jb_vl_scale_discrete(a->scale) && !(v.number >= a->scale->low && v.number <= a->scale->high))
            continue;
        add_tick(c, a, v, step);
    }
    a->step = step;
}

/* Ticks of a binned axis stand at the ends of bins, every second, third … where they are many. */
static void bin_ticks(jb_vl_chart *c, jb_vl_axis *a, double size) {
    const jb_vl_bins *b = &a->scale->lead->bins;
    double count = round((b->stop - b->start) / b->step) + 1, wanted = ceil(size / 10),
           each = fmax(1, floor(count / fmax(wanted, 1)));
    for (double i = 0; i < count; i += each)
        add_tick(c, a, jb_vl_number(b->start + i * b->step), b->step * each);
    a->step = b->step * each;
}

/* One unit for all labels of an axis, said once in its title. */
static void choose_unit(jb_vl_chart *c, jb_vl_axis *a) {
    const jb_vl_def *d = a->scale->lead;
    double unit = jb_vl_label_unit(a->step, fmax(fabs(a->scale->low), fabs(a->scale->high)));
    if (unit == 1 || jb_vl_discrete(d) || d->type != JB_VL_Q || a->scale->type == JB_VL_TIME || d->unit ||
        jb_node_get(d->axis, "format") || jb_node_get(d->axis, "labelExpr") ||
        jb_node_get(c->reader.config, "numberFormat"))
        return;
    const char *title = c->unit_said || !a->title ? NULL : jb_vl_title_unit(&c->reader, a->title, unit);
    if (!title && !a->title && !c->unit_said) return; /* each label says it */
    a->unit_title = title;
    if (!title) unit = 1;
    for (guint i = 0; i < a->ticks->len; i++) {
        jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
        if (*t->label) t->label = jb_vl_number_label(&c->reader, t->value.number, a->step, unit);
    }
}

static guint stride_of(jb_vl_chart *c, const jb_vl_axis *a);

/* Vega's ticks; fewer, still nice ones when their labels would touch. Those of times stay, with fewer labels.
 */
static void nice_ticks(jb_vl_chart *c, jb_vl_axis *a, double wanted, double least, bool said) {
    for (;; wanted = floor(wanted * 0.7)) {
        double step;
        GArray *ticks = jb_vl_ticks(a->scale, fmax(1, fmin(wanted, 200)), least, &step);
        g_array_set_size(a->ticks, 0);
        for (guint i = 0; i < ticks->len; i++)
            add_tick(c, a, jb_vl_number(g_array_index(ticks, double, i)), step);
        g_array_free(ticks, TRUE);
        a->step = step;
        a->unit_title = NULL;
        choose_unit(c, a);
        if (said || wanted < 2 || a->scale->type == JB_VL_TIME || (a->side != 't' && a->side != 'b') ||
            stride_of(c, a) == 1)
            return;
    }
}

/* Of a log axis the powers of its base have labels, or 1, 2, 5 where there are too few. */
static void thin_log(jb_vl_axis *a) {
    unsigned powers = 0;
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < a->ticks->len; i++) {
            jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
            double base = a->scale->base, e = log(t->value.number) / log(base),
                   digit = t->value.number / pow(base, floor(e + 1e-9));
            bool power = fabs(e - round(e)) < 1e-9,
                 some = power || fabs(digit - 2) < 1e-9 || fabs(digit - 5) < 1e-9;
            if (!pass)
                powers += power;
            else if (!(powers > 1 ? power : some))
                t->label = "";
        }
}

static void choose_ticks(jb_vl_chart *c, jb_vl_axis *a, double size) {
    const jb_vl_def *d = a->scale->lead;
    const jb_node *count = jb_node_get(d->axis, "tickCount"),
                  *least_node = jb_node_get(d->axis, "tickMinStep");
    const jb_node *format = jb_node_get(d->axis, "format");
    bool whole =
        d->unit == JB_VL_MONTH || d->unit == JB_VL_HOURS || d->unit == JB_VL_DAY || d->unit == JB_VL_QUARTER;
    double wanted = a->scale->type == JB_VL_LOG || whole ? 10 : ceil(size / TICK_ROOM),
           least = jb_vl_unit_least(d->unit);
    if (format && format->kind == JB_NODE_SCALAR && !strcmp(format->text, "d")) least = 1;
    if (count) failed(&c->reader, jb_node_number(c->reader.ctx, count, &wanted));
    if (least_node) failed(&c->reader, jb_node_number(c->reader.ctx, least_node, &least));
    if (d->bin && d->bins.step > 0 && !count) {
        bin_ticks(c, a, size);
        return;
    }
    nice_ticks(c, a, wanted, least, count != NULL);
    if (a->scale->type == JB_VL_LOG && !format) thin_log(a);
}

/* Names of quarters, months, days, years that do not fit below their bands lose what is common to all; the
 * title says it. */
static void shorten(jb_vl_chart *c, jb_vl_axis *a) {
    const jb_vl_def *d = a->scale->lead;
    const char *unit = jb_vl_short_unit(d);
    if ((a->side != 'b' && a->side != 't') || !d->unit || !a->labels || jb_node_get(d->axis, "format") ||
        jb_node_get(d->axis, "labelExpr") || jb_node_get(c->reader.config, "timeFormat") ||
        stride_of(c, a) == 1)
        return;
    const char **full = JB_ARRAY(c->reader.arena, const char *, a->ticks->len + 1);
    bool all = true;
    for (guint i = 0; i < a->ticks->len; i++) {
        jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
        const char *label = jb_vl_label_short(&c->reader, d, t->value);
        full[i] = t->label;
        all = all && label;
        if (label) t->label = label;
    }
    if (all && stride_of(c, a) == 1) {
        char *text = a->title && *unit ? g_strdup_printf("%s（%s）", a->title, unit) : NULL;
        if (text || *unit) a->title = text ? jb_arena_string(c->reader.arena, text) : unit;
        a->title_count = 1;
        g_free(text);
        return;
    }
    for (guint i = 0; i < a->ticks->len; i++) g_array_index(a->ticks, jb_vl_tick, i).label = full[i];
}

void jb_vl_axis_make(jb_vl_chart *c, jb_vl_panel *panel, jb_vl_axis *a, double size) {
    const jb_vl_def *d = a->scale->lead;
    const jb_node *values = jb_node_get(d->axis, "values");
    bool discrete = jb_vl_scale_discrete(a->scale);
    a->ticks = g_array_new(FALSE, FALSE, sizeof(jb_vl_tick));
    a->titles = jb_vl_axis_titles(&c->reader, panel, a->scale, &a->title_count);
    a->title =
        a->title_count ? jb_vl_titles_join(&c->reader, a->titles, a->title_count, a->title_count) : NULL;
    a->labels = flag(&c->reader, d->axis, "labels", true);
    a->marks = flag(&c->reader, d->axis, "ticks", !discrete);
    a->line = flag(&c->reader, d->axis, "domain", true);
    a->grid = flag(&c->reader, d->axis, "grid", !discrete && !d->bin && !d->binned);
    if (values)
        said_ticks(c, a, values);
    else if (!discrete)
        choose_ticks(c, a, size);
    else
        for (guint i = 0; i < a->scale->names->len; i++)
            add_tick(c, a, g_array_index(a->scale->names, jb_vl_cell, i), 0);
    if (!a->unit_title) choose_unit(c, a);
    if (a->unit_title) a->title = a->unit_title, a->title_count = 1;
    if (!values) shorten(c, a);
    a->said = a->title;
}

static void guide(jb_vl_chart *c, const jb_label *label, double x, double y, char anchor) {
    jb_label_draw(c->plot, label, x, y, anchor);
    jb_vl_labels_guide(c->labels, label, x, y, anchor);
}

/* Where the middle of a label of a level axis stands, so that it keeps to its axis and to the chart. */
static double within(double at, double half, double low, double high) {
    return fmax(low + half, fmin(at, high - half));
}

/* The measure that names are wrapped to: below a plot the bands of those that are drawn, a share of the chart
 * beside it; 0: one line. The only name that is left has the width of the plot. */
static double measure_of(const jb_vl_chart *c, const jb_vl_axis *a, guint each) {
    const jb_chart_style *style = c->plot->style;
    if (!jb_vl_scale_discrete(a->scale)) return 0;
    if (a->side != 't' && a->side != 'b') return style->name_share * c->wide;
    if (each > 1 && each >= a->ticks->len) return fmax(fmax(a->scale->from, a->scale->to), style->axis_label);
    return fmax(each * jb_vl_scale_step(a->scale) - 3, style->axis_label);
}

static jb_label name_label(const jb_vl_chart *c, const char *text, double measure, jb_colour colour) {
    const jb_chart_style *style = c->plot->style;
    jb_label label = jb_label_new(c->plot, text, style->axis_label, false, colour);
    if (!(measure > 0) || label.para->width <= measure) return label;
    return jb_label_wrapped(c->plot, text, style->axis_label, measure, colour);
}

static jb_label tick_label(jb_vl_chart *c, const jb_vl_axis *a, guint i, guint each) {
    return name_label(c, g_array_index(a->ticks, jb_vl_tick, i).label, measure_of(c, a, each),
                      axis_colour(a, "labelColor", c->plot->style->text2));
}

unsigned jb_vl_name_lines(jb_vl_chart *c, const jb_vl_scale *s) {
    const jb_chart_style *style = c->plot->style;
    unsigned lines = 1;
    for (guint i = 0; i < s->names->len; i++) {
        const char *text =
            jb_vl_label(&c->reader, s->lead, g_array_index(s->names, jb_vl_cell, i), 0, 0, NULL);
        jb_label label = name_label(c, text, style->name_share * c->wide, style->text2);
        lines = MAX(lines, label.para->count);
    }
    return lines;
}

/* A name that stands one sign a line. */
static bool is_column(const jb_label *label) {
    return label->para->count > 1 && label->para->width < 1.5 * label->size;
}

/* Does every how-manieth label have its place? Level axes: at the ends labels are moved inwards. */
static bool fits_each(jb_vl_chart *c, const jb_vl_axis *a, guint each) {
    bool across = a->side == 't' || a->side == 'b', discrete = jb_vl_scale_discrete(a->scale);
    double gap = !across ? 0 : discrete ? 2 : c->plot->style->axis_label / 2; /* between two labels */
    double last = -INFINITY, low = discrete ? 0 : -a->over,
           high = fmax(a->scale->from, a->scale->to) + (discrete ? 2 : a->over);
    bool down = a->ticks->len > 1 &&
                g_array_index(a->ticks, jb_vl_tick, 1).at < g_array_index(a->ticks, jb_vl_tick, 0).at;
    for (guint i = 0; i < a->ticks->len; i += each) {
        const jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
        if (!*t->label) continue;
        jb_label label = tick_label(c, a, i, each);
        double deep = c->plot->style->axis_label + (label.para->count - 1) * label.leading,
               half = (across ? label.para->width : deep) / 2,
               middle = across ? within(t->at, half, low, high) : t->at, at = down ? -middle : middle;
        if (at - half < last + gap || label.para->forced ||
            (across && (label.para->count > MOST_LINES || is_column(&label))))
            return false;
        last = at + half;
    }
    return true;
}

/* Every how-manieth label is drawn so that none touches the next. */
static guint stride_of(jb_vl_chart *c, const jb_vl_axis *a) {
    for (guint each = 1; each < a->ticks->len; each++)
        if (fits_each(c, a, each)) return each;
    return MAX(a->ticks->len, 1);
}

bool jb_vl_axis_crowded(jb_vl_chart *c, const jb_vl_axis *a) { return stride_of(c, a) > 1; }

/* Names that have no room and that the legend says anyhow: half of them would mislead. */
static bool said_by_colour(const jb_vl_axis *a) {
    const jb_vl_def *d = a->scale->lead;
    for (guint i = 0; i < a->scale->uses->len; i++) {
        const jb_vl_def *o = &g_array_index(a->scale->uses, jb_vl_use, i).unit->def[JB_VL_COLOR];
        if (d->type == JB_VL_N && o->node && o->field && d->field && !strcmp(o->field, d->field)) return true;
    }
    return false;
}

jb_label jb_vl_axis_title(jb_vl_chart *c, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    jb_colour colour = axis_colour(a, "titleColor", style->text2);
    jb_label label = jb_label_new(c->plot, a->title, style->axis_label, false, colour);
    if (label.para->width <= a->title_room) return label;
    label = jb_label_wrapped(c->plot, a->title, style->axis_label, a->title_room, colour);
    for (unsigned n = a->title_count;
         n > 1 && label.para->count > MOST_LINES;) { /* of those joined as many as fit */
        const char *text = jb_vl_titles_join(&c->reader, a->titles, a->title_count, --n);
        label = jb_label_wrapped(c->plot, text, style->axis_label, a->title_room, colour);
    }
    return label;
}

double jb_vl_axis_measure(jb_vl_chart *c, jb_vl_axis *a, double size) {
    const jb_chart_style *style = c->plot->style;
    bool across = a->side == 't' || a->side == 'b';
    double room = 0;
    if (a->hidden) return a->room = 0;
    guint each = stride_of(c, a);
    (void)size;
    if (each > 1 && across && a->labels && said_by_colour(a)) a->labels = false;
    for (guint i = 0; a->labels && i < a->ticks->len; i += each) {
        jb_label label = tick_label(c, a, i, each);
        room = fmax(room,
                    across ? style->axis_label + (label.para->count - 1) * label.leading : label.para->width);
    }
    if (room > 0) room += LABEL_GAP;
    room = fmax(room, axis_number(a, "minExtent", 0)) + axis_number(a, "offset", 0);
    if (across && a->title) {
        jb_label title = jb_vl_axis_title(c, a);
        room += style->axis_label + TITLE_GAP + (title.para->count - 1) * title.leading;
    }
    return a->room = room;
}

void jb_vl_axis_over(jb_vl_chart *c, const jb_vl_axis *a, double size, double *above, double *below) {
    guint each = stride_of(c, a);
    *above = *below = 0;
    for (guint i = 0; a->labels && !a->hidden && i < a->ticks->len; i += each) {
        jb_label label = tick_label(c, a, i, each);
        double at = g_array_index(a->ticks, jb_vl_tick, i).at,
               half = ((label.para->count - 1) * label.leading + c->plot->style->axis_label * 0.8) / 2;
        *above = fmax(*above, half - at);
        *below = fmax(*below, half - (size - at));
    }
}

static void draw_grid(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    bool across = a->side == 't' || a->side == 'b';
    for (guint i = 0; a->grid && i < a->ticks->len; i++) {
        double at = g_array_index(a->ticks, jb_vl_tick, i).at;
        if (across)
            jb_plot_rule(c->plot, p->x + at, p->y, p->x + at, p->y + p->height,
                         axis_colour(a, "gridColor", style->grid),
                         axis_number(a, "gridWidth", style->grid_width));
        else
            jb_plot_rule(c->plot, p->x, p->y + at, p->x + p->width, p->y + at,
                         axis_colour(a, "gridColor", style->grid),
                         axis_number(a, "gridWidth", style->grid_width));
    }
}

/* Words of marks keep off it. */
static void draw_domain(jb_vl_chart *c, const jb_vl_axis *a, double x1, double y1, double x2, double y2) {
    const jb_chart_style *style = c->plot->style;
    double width = axis_number(a, "domainWidth", style->baseline_width);
    jb_plot_rule(c->plot, x1, y1, x2, y2, axis_colour(a, "domainColor", style->axis), width);
    jb_vl_labels_edge(c->labels, x1, y1, x2, y2, width);
}

/* The line of an axis whose labels a neighbour shows. */
static void draw_line(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    bool across = a->side == 't' || a->side == 'b';
    double x = a->side == 'r' ? p->x + p->width : p->x,
           y = a->side == 't' || !across ? p->y : p->y + p->height;
    if (!a->line || (!across && !jb_vl_scale_discrete(a->scale))) return;
    draw_domain(c, a, x, y, across ? x + p->width : x, across ? y : y + p->height);
}

static void draw_across(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    bool top = a->side == 't';
    double away = axis_number(a, "offset", 0), y = top ? p->y - away : p->y + p->height + away, deepest = 1,
           tick = axis_number(a, "tickSize", 3);
    guint each = stride_of(c, a);
    if (each > 1 && a->labels && jb_vl_scale_discrete(a->scale) && a->scale->lead->type == JB_VL_N)
        jb_plot_note_add(c->plot, a->scale->lead->node->pos,
                         "names have no room: one of %u is drawn; give more "
                         "width, or let the bars lie",
                         each);
    if (a->line) draw_domain(c, a, p->x, y, p->x + p->width, y);
    for (guint i = 0; i < a->ticks->len; i++) {
        double at = p->x + g_array_index(a->ticks, jb_vl_tick, i).at;
        if (a->marks)
            jb_plot_rule(c->plot, at, y, at, y + (top ? -tick : tick),
                         axis_colour(a, "tickColor", style->axis),
                         axis_number(a, "tickWidth", style->tick_width));
        if (!a->labels || i % each) continue;
        jb_label label = tick_label(c, a, i, each);
        double height = (label.para->count - 1) * label.leading;
        deepest = fmax(deepest, label.para->count);
        double half = label.para->width / 2;
        if (c->panels->len > 1 && 2 * half > p->width + 2 * a->over) { /* it would stand in the next plot */
            jb_plot_note_add(c->plot, a->scale->lead->node->pos, "the label “%s” has no room", label.text);
            continue;
        }
        if (c->panels->len > 1) at = within(at, half, p->x - a->over, p->x + p->width + a->over);
        at = within(at, half, 0, c->plot->width);
        guide(c, &label, at, top ? y - LABEL_GAP - height : y + LABEL_GAP + style->axis_label * 0.8, 'c');
    }
    if (!a->title) return;
    jb_label title = jb_vl_axis_title(c, a);
    guide(c, &title,
          within(isfinite(a->title_at) ? a->title_at : p->x + p->width / 2, title.para->width / 2, 0,
                 c->plot->width),
          top ? p->y - a->room + style->axis_label * 0.8
              : p->y + p->height + a->room - (title.para->count - 1) * title.leading,
          'c');
}

static void draw_upright(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    bool right = a->side == 'r';
    double away = axis_number(a, "offset", 0), x = right ? p->x + p->width + away : p->x - away;
    guint each = stride_of(c, a);
    if (a->line && (jb_vl_scale_discrete(a->scale) || right))
        draw_domain(c, a, x, p->y, x, p->y + p->height);
    bool flush = !right && jb_vl_scale_discrete(a->scale) && a->scale->lead->type == JB_VL_N;
    for (guint i = 0; a->labels && i < a->ticks->len; i += each) {
        jb_label label = tick_label(c, a, i, each);
        double y =
            p->y + g_array_index(a->ticks, jb_vl_tick, i).at - (label.para->count - 1) * label.leading / 2;
        guide(c, &label,
              right   ? x + LABEL_GAP
              : flush ? p->x - a->room
                      : x - LABEL_GAP,
              jb_label_centre(style->axis_label, y), right || flush ? 'l' : 'r');
    }
    if (!a->title) return;
    jb_label title = jb_vl_axis_title(c, a);
    guide(c, &title,
          !right                  ? p->x - a->room
          : isfinite(a->title_at) ? a->title_at
                                  : p->x + p->width + a->room,
          p->y - p->title_up - (title.para->count - 1) * title.leading, right ? 'r' : 'l');
}

void jb_vl_axis_draw(jb_vl_chart *c, jb_vl_panel *p, const jb_vl_axis *a, bool below) {
    if (below)
        draw_grid(c, p, a);
    else if (a->hidden)
        draw_line(c, p, a);
    else if (a->side == 't' || a->side == 'b')
        draw_across(c, p, a);
    else
        draw_upright(c, p, a);
}
