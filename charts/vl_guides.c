/* Axes, legends, titles and the labels of values. Labels stand level; those that would touch are left out. */
#include <math.h>
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

#define LABEL_GAP 6.0
#define TITLE_GAP 4.0
#define MOST_LINES 3
#define TICK_ROOM 40.0 /* pt a tick, as in Vega-Lite */

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

/* ---- words ---- */

static const char *kept(jb_vl_reader *r, GString *text) {
    const char *copy = jb_arena_string(r->arena, text->str);
    g_string_free(text, TRUE);
    return copy;
}

const char *jb_vl_title_of(jb_vl_reader *r, const jb_vl_def *d) {
    static const char *const ops[] = {"",       "",         "合计",     "平均",   "中位数", "最小",  "最大",
                                      "种数",   "有效数",   "缺失数",   "标准差", "标准差", "方差",  "方差",
                                      "标准误", "下四分位", "上四分位", "乘积",   "最小处", "最大处"};
    const jb_node *title = jb_node_get(d->axis, "title");
    const char *text = NULL;
    if (!title) title = jb_node_get(d->legend, "title");
    if (!title) title = d->title;
    if (title && jb_node_is_null(title)) return NULL;
    if (title) return failed(r, jb_node_string(r->ctx, title, &text)), text && *text ? text : NULL;
    if (d->op == JB_VL_COUNT && !d->field && jb_node_get(r->config, "countTitle"))
        return jb_node_get(r->config, "countTitle")->text;
    if (d->op == JB_VL_COUNT) return "记录数";
    if (!d->field) return NULL;
    if (d->op == JB_VL_NONE) return d->field;
    GString *out = g_string_new(d->field);
    g_string_append_printf(out, "（%s）", ops[d->op]);
    return kept(r, out);
}

/* The part of d3-format that is supported: [,][.N][d f % or nothing]; false when it is another. */
static bool by_format(GString *out, const char *format, double v) {
    const char *s = format;
    bool grouped = *s == ',';
    int decimals = -1;
    s += grouped;
    if (*s == '.' && g_ascii_isdigit(s[1])) decimals = s[1] - '0', s += 2;
    char kind = *s ? *s++ : 'f';
    if (*s || !strchr("df%", kind)) return false;
    if (kind == '%') v *= 100;
    if (kind == 'd') decimals = 0;
    if (fabs(v) >= 1e15) return jb_text_shortest(out, v), true;
    if (decimals >= 0 || kind == '%')
        jb_text_fixed(out, v, decimals >= 0 ? decimals : 6);
    else
        jb_text_number(out, v, 9);
    for (gssize dot = strchr(out->str, '.') ? strchr(out->str, '.') - out->str : (gssize)out->len,
                i = dot - 3;
         grouped && i > (*out->str == '-'); i -= 3)
        g_string_insert(out, i, "\xE2\x80\x89");
    if (kind == '%') g_string_append_c(out, '%');
    return true;
}

/* 20000 is 2 万 where all ticks are that large. */
static const char *number_label(jb_vl_reader *r, double v, double step, double most) {
    double unit = most >= 1e9 && fmod(step, 1e7) == 0 ? 1e8 : most >= 1e5 && fmod(step, 1e3) == 0 ? 1e4 : 1;
    int decimals = 0;
    GString *out = g_string_new(v < 0 ? "−" : "");
    for (double s = fabs(step / unit); decimals < 9 && s > 0 && fabs(s - round(s)) > 1e-6 * s; s *= 10)
        decimals++;
    if (fabs(v / unit) >= 1e15 || (step == 0 && fabs(v) < 1e-6))
        jb_text_shortest(out, fabs(v));
    else if (step == 0)
        jb_text_number(out, fabs(v / unit), 9);
    else
        jb_text_fixed(out, fabs(v / unit), decimals);
    if (unit > 1 && v != 0) g_string_append(out, unit > 1e4 ? " 亿" : " 万");
    return kept(r, out);
}

const char *jb_vl_label(jb_vl_reader *r, const jb_vl_def *d, jb_vl_cell c, double step, double most,
                        const jb_node *format) {
    if (c.kind == JB_VL_MISSING) return "无";
    if (!format && (d->type == JB_VL_T || d->type == JB_VL_Q) && !d->bin)
        format = jb_node_get(r->config, d->type == JB_VL_T ? "timeFormat" : "numberFormat");
    if (format && format->kind == JB_NODE_SCALAR && *format->text && c.kind == JB_VL_NUMBER) {
        if (d->type == JB_VL_T || d->unit) {
            const char *text = jb_vl_time_format(r->arena, format->text, c.number);
            if (text) return text;
        } else {
            GString *out = g_string_new(NULL);
            if (by_format(out, format->text, c.number)) return kept(r, out);
            g_string_free(out, TRUE);
        }
        failed(r, jb_fail(r->ctx, format->pos, "format “%s” is not supported", format->text));
    }
    if (c.kind != JB_VL_NUMBER) return jb_vl_cell_string(r->arena, c);
    if (d->unit && (!(d->unit & JB_VL_YEAR) || jb_vl_discrete(d)))
        return jb_vl_unit_label(r->arena, d->unit, c.number);
    if (d->type == JB_VL_T) return jb_vl_time_label(r->arena, c.number, step);
    if (d->bin && d->bins.step > 0 && (jb_vl_discrete(d) || step == 0)) {
        GString *out = g_string_new(NULL);
        jb_text_number(out, c.number, 6);
        g_string_append(out, "–");
        jb_text_number(out, c.number + d->bins.step, 6);
        return kept(r, out);
    }
    return jb_vl_discrete(d) ? jb_vl_cell_string(r->arena, c) : number_label(r, c.number, step, most);
}

/* ---- axes ---- */

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
        label = kept(&c->reader, out);
    }
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
}

/* Ticks of a binned axis stand at the ends of bins, every second, third … where they are many. */
static void bin_ticks(jb_vl_chart *c, jb_vl_axis *a, double size) {
    const jb_vl_bins *b = &a->scale->lead->bins;
    double count = round((b->stop - b->start) / b->step) + 1, wanted = ceil(size / 10),
           each = fmax(1, floor(count / fmax(wanted, 1)));
    for (double i = 0; i < count; i += each)
        add_tick(c, a, jb_vl_number(b->start + i * b->step), b->step * each);
}

static void choose_ticks(jb_vl_chart *c, jb_vl_axis *a, double size) {
    const jb_vl_def *d = a->scale->lead;
    const jb_node *count = jb_node_get(d->axis, "tickCount"),
                  *least_node = jb_node_get(d->axis, "tickMinStep");
    const jb_node *format = jb_node_get(d->axis, "format");
    bool whole =
        d->unit == JB_VL_MONTH || d->unit == JB_VL_HOURS || d->unit == JB_VL_DAY || d->unit == JB_VL_QUARTER;
    double wanted = a->scale->type == JB_VL_LOG || whole ? 10 : ceil(size / TICK_ROOM),
           least = jb_vl_unit_least(d->unit), step;
    if (format && format->kind == JB_NODE_SCALAR && !strcmp(format->text, "d")) least = 1;
    if (count) failed(&c->reader, jb_node_number(c->reader.ctx, count, &wanted));
    if (least_node) failed(&c->reader, jb_node_number(c->reader.ctx, least_node, &least));
    if (d->bin && d->bins.step > 0 && !count) {
        bin_ticks(c, a, size);
        return;
    }
    GArray *ticks = jb_vl_ticks(a->scale, fmax(1, fmin(wanted, 200)), least, &step);
    for (guint i = 0; i < ticks->len; i++)
        add_tick(c, a, jb_vl_number(g_array_index(ticks, double, i)), step);
    g_array_free(ticks, TRUE);
}

void jb_vl_axis_make(jb_vl_chart *c, jb_vl_panel *panel, jb_vl_axis *a, double size) {
    const jb_vl_def *d = a->scale->lead;
    const jb_node *values = jb_node_get(d->axis, "values");
    bool discrete = jb_vl_scale_discrete(a->scale);
    (void)panel;
    a->ticks = g_array_new(FALSE, FALSE, sizeof(jb_vl_tick));
    a->title = jb_vl_title_of(&c->reader, d);
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
}

/* Draws a label of an axis; within the chart, and words of marks keep off it. */
static void guide(jb_vl_chart *c, const jb_label *label, double x, double y, char anchor) {
    double half = label->para->width / 2;
    if (anchor == 'c') x = fmax(half, fmin(x, c->plot->width - half));
    jb_label_draw(c->plot, label, x, y, anchor);
    jb_vl_labels_guide(c->labels, label, x, y, anchor);
}

static jb_label tick_label(jb_vl_chart *c, const jb_vl_axis *a, const jb_vl_tick *t) {
    const jb_chart_style *style = c->plot->style;
    bool across = a->side == 't' || a->side == 'b';
    if (!across || !jb_vl_scale_discrete(a->scale))
        return jb_label_new(c->plot, t->label, style->axis_label, false,
                            axis_colour(a, "labelColor", style->text2));
    return jb_label_wrapped(c->plot, t->label, style->axis_label,
                            fmax(jb_vl_scale_step(a->scale) - 3, style->axis_label),
                            axis_colour(a, "labelColor", style->text2));
}

/* Every how-manieth label is drawn so that none touches the next. */
static guint stride_of(jb_vl_chart *c, const jb_vl_axis *a) {
    bool across = a->side == 't' || a->side == 'b';
    for (guint each = 1; each < a->ticks->len; each++) {
        double last = -INFINITY;
        bool fits = true;
        for (guint i = 0; i < a->ticks->len && fits; i += each) {
            const jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
            jb_label label = across && each > 1 ? jb_label_new(c->plot, t->label, c->plot->style->axis_label,
                                                               false, c->plot->style->text2)
                                                : tick_label(c, a, t);
            double half = (across ? label.para->width : c->plot->style->axis_label) / 2;
            bool down = i && t->at < g_array_index(a->ticks, jb_vl_tick, 0).at;
            double at = down ? -t->at : t->at;
            fits = at - half >= last + (across ? 2 : 0) &&
                   (!across || each > 1 || label.para->count <= MOST_LINES) && !label.para->forced;
            if (!i && a->ticks->len > 1 && g_array_index(a->ticks, jb_vl_tick, 1).at < t->at) at = -t->at;
            last = at + half;
        }
        if (fits) return each;
    }
    return MAX(a->ticks->len, 1);
}

static jb_label shown(jb_vl_chart *c, const jb_vl_axis *a, guint i, guint each) {
    const jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
    if (each > 1)
        return jb_label_new(c->plot, t->label, c->plot->style->axis_label, false,
                            axis_colour(a, "labelColor", c->plot->style->text2));
    return tick_label(c, a, t);
}

double jb_vl_axis_measure(jb_vl_chart *c, jb_vl_axis *a, double size) {
    const jb_chart_style *style = c->plot->style;
    bool across = a->side == 't' || a->side == 'b';
    double room = 0;
    if (a->hidden) return a->room = 0;
    guint each = stride_of(c, a);
    (void)size;
    for (guint i = 0; a->labels && i < a->ticks->len; i += each) {
        jb_label label = shown(c, a, i, each);
        room = fmax(room,
                    across ? style->axis_label + (label.para->count - 1) * label.leading : label.para->width);
    }
    if (room > 0) room += LABEL_GAP;
    room = fmax(room, axis_number(a, "minExtent", 0)) + axis_number(a, "offset", 0);
    if (across && a->title) room += style->axis_label + TITLE_GAP;
    return a->room = room;
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

/* The line of an axis whose labels a neighbour shows. */
static void draw_line(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    bool across = a->side == 't' || a->side == 'b';
    double x = a->side == 'r' ? p->x + p->width : p->x, y = a->side == 't' ? p->y : p->y + p->height;
    if (!a->line || (!across && !jb_vl_scale_discrete(a->scale))) return;
    jb_plot_rule(c->plot, x, y, across ? x + p->width : x, across ? y : y + p->height,
                 axis_colour(a, "domainColor", style->axis),
                 axis_number(a, "domainWidth", style->baseline_width));
}

static void draw_across(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    bool top = a->side == 't';
    double away = axis_number(a, "offset", 0), y = top ? p->y - away : p->y + p->height + away, deepest = 1,
           tick = axis_number(a, "tickSize", 3);
    guint each = stride_of(c, a);
    if (a->line)
        jb_plot_rule(c->plot, p->x, y, p->x + p->width, y, axis_colour(a, "domainColor", style->axis),
                     axis_number(a, "domainWidth", style->baseline_width));
    for (guint i = 0; i < a->ticks->len; i++) {
        double at = p->x + g_array_index(a->ticks, jb_vl_tick, i).at;
        if (a->marks)
            jb_plot_rule(c->plot, at, y, at, y + (top ? -tick : tick),
                         axis_colour(a, "tickColor", style->axis),
                         axis_number(a, "tickWidth", style->tick_width));
        if (!a->labels || i % each) continue;
        jb_label label = shown(c, a, i, each);
        double height = (label.para->count - 1) * label.leading;
        deepest = fmax(deepest, label.para->count);
        guide(c, &label, at, top ? y - LABEL_GAP - height : y + LABEL_GAP + style->axis_label * 0.8, 'c');
    }
    if (!a->title) return;
    jb_label title =
        jb_label_new(c->plot, a->title, style->axis_label, false, axis_colour(a, "titleColor", style->text2));
    guide(c, &title, isfinite(a->title_at) ? a->title_at : p->x + p->width / 2,
          top ? p->y - a->room + style->axis_label * 0.8 : p->y + p->height + a->room, 'c');
}

static void draw_upright(jb_vl_chart *c, const jb_vl_panel *p, const jb_vl_axis *a) {
    const jb_chart_style *style = c->plot->style;
    bool right = a->side == 'r';
    double away = axis_number(a, "offset", 0), x = right ? p->x + p->width + away : p->x - away;
    guint each = stride_of(c, a);
    if (a->line && (jb_vl_scale_discrete(a->scale) || right))
        jb_plot_rule(c->plot, x, p->y, x, p->y + p->height, axis_colour(a, "domainColor", style->axis),
                     axis_number(a, "domainWidth", style->baseline_width));
    for (guint i = 0; a->labels && i < a->ticks->len; i += each) {
        jb_label label = shown(c, a, i, each);
        double y = p->y + g_array_index(a->ticks, jb_vl_tick, i).at;
        guide(c, &label, right ? x + LABEL_GAP : x - LABEL_GAP, jb_label_centre(style->axis_label, y),
              right ? 'l' : 'r');
    }
    if (!a->title) return;
    jb_label title =
        jb_label_new(c->plot, a->title, style->axis_label, false, axis_colour(a, "titleColor", style->text2));
    guide(c, &title, right ? p->x + p->width + a->room : p->x - a->room, p->y - p->title_up,
          right ? 'r' : 'l');
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

/* ---- legends ---- */

typedef struct legend {
    jb_vl_chart *c;
    double x, y, height;
    bool draw;
} legend;

static void swatch(legend *l, const jb_vl_scale *s, guint i, double x) {
    jb_plot *p = l->c->plot;
    const jb_vl_unit *u = g_array_index(s->uses, jb_vl_use, 0).unit;
    double w = p->style->swatch_width, h = p->style->swatch_height;
    bool line = u->mark == JB_VL_LINE || u->mark == JB_VL_RULE;
    jb_colour colour = s->channel == JB_VL_COLOR ? jb_vl_colour_nth(p, s, i, line) : p->style->series[0].line;
    jb_paint paint = line ? jb_paint_stroke(colour, p->style->data_line_width) : jb_paint_fill(colour);
    if (s->channel == JB_VL_DASH) jb_vl_scale_dash(s, i, paint.dash);
    if (line)
        jb_scene_line(p->scene, x, l->y, x + w, l->y, &paint);
    else if (s->channel == JB_VL_SHAPE)
        jb_vl_symbol(p, jb_vl_scale_shape(s, i), x + w / 2, l->y, 36, &paint);
    else if (u->mark == JB_VL_POINT || u->mark == JB_VL_CIRCLE)
        jb_scene_circle(p->scene, x + w / 2, l->y, h / 2, &paint);
    else
        jb_scene_rect(p->scene, x, l->y - h / 2, w, h, &paint);
}

static void key(legend *l, const jb_vl_scale *s, guint i, const char *text) {
    jb_plot *p = l->c->plot;
    jb_label label = jb_label_new(p, text, p->style->legend, false, p->style->text2);
    double width = (s ? p->style->swatch_width + p->style->swatch_gap : 0) + label.para->width;
    if (l->x > 0 && l->x + width > p->width) l->x = 0, l->y += 14, l->height += 14;
    if (l->draw) {
        if (s) swatch(l, s, i, l->x);
        jb_label_draw(p, &label, l->x + width - label.para->width, jb_label_centre(p->style->legend, l->y),
                      'l');
    }
    l->x += width + p->style->key_gap;
}

/* A ramp with the ends of its domain. */
static void ramp(legend *l, const jb_vl_scale *s) {
    jb_plot *p = l->c->plot;
    double step = pow(10, floor(log10(fmax(s->high - s->low, 1e-300) / 4))),
           most = fmax(fabs(s->low), fabs(s->high)), w = 60;
    jb_vl_reader *r = &l->c->reader;
    key(l, NULL, 0, jb_vl_label(r, s->lead, jb_vl_number(s->low), step, most, NULL));
    l->x -= p->style->key_gap - 4;
    for (int i = 0; l->draw && i < 20; i++) {
        jb_paint paint = jb_paint_fill(jb_vl_colour_ramp(p, s, (i + 0.5) / 20));
        jb_scene_rect(p->scene, l->x + i * w / 20, l->y - 4, w / 20 + (i < 19 ? 0.2 : 0), 8, &paint);
    }
    l->x += w + 4;
    key(l, NULL, 0, jb_vl_label(r, s->lead, jb_vl_number(s->high), step, most, NULL));
}

/* Classes by their bounds: below the first, from one to the next, from the last on. */
static void classes(legend *l, const jb_vl_scale *s, const jb_node *format) {
    jb_vl_reader *r = &l->c->reader;
    jb_vl_def plain = *s->lead;
    plain.bin = NULL;
    for (unsigned i = 0; i <= s->cut_count; i++) {
        const char *low = i ? jb_vl_label(r, &plain, jb_vl_number(s->cuts[i - 1]), 0, 0, format) : NULL,
                   *high = i < s->cut_count ? jb_vl_label(r, &plain, jb_vl_number(s->cuts[i]), 0, 0, format)
                                            : NULL;
        char *text = low && high ? g_strconcat(low, "–", high, NULL)
                     : low       ? g_strconcat("≥ ", low, NULL)
                                 : g_strconcat("< ", high, NULL);
        key(l, s, i, jb_arena_string(r->arena, text));
        g_free(text);
    }
}

static void one_legend(legend *l, const jb_vl_scale *s) {
    jb_vl_reader *r = &l->c->reader;
    const jb_node *format = jb_node_get(s->lead->legend, "format");
    const char *title = jb_vl_title_of(r, s->lead);
    if (title) {
        char *text = g_strconcat(title, "：", NULL);
        key(l, NULL, 0, jb_arena_string(r->arena, text));
        g_free(text);
    }
    if (s->cut_count)
        classes(l, s, format);
    else if (s->channel == JB_VL_COLOR && !jb_vl_scale_discrete(s))
        ramp(l, s);
    else if (jb_vl_scale_discrete(s))
        for (guint i = 0; i < s->names->len; i++)
            key(l, s, i, jb_vl_label(r, s->lead, g_array_index(s->names, jb_vl_cell, i), 0, 0, format));
    else {
        double step = pow(10, floor(log10(fmax(s->high - s->low, 1e-300) / 4)));
        char *text =
            g_strdup_printf("%s 至 %s", jb_vl_label(r, s->lead, jb_vl_number(s->low), step, s->high, format),
                            jb_vl_label(r, s->lead, jb_vl_number(s->high), step, s->high, format));
        key(l, NULL, 0, jb_arena_string(r->arena, text));
        g_free(text);
    }
}

double jb_vl_legends_draw(jb_vl_chart *c, double y, bool draw) {
    legend l = {c, 0, y, 0, draw};
    for (guint i = 0; i < c->scales->len; i++) {
        const jb_vl_scale *s = c->scales->pdata[i];
        if (s->channel < JB_VL_COLOR || !s->built || (s->lead->legend && jb_node_is_null(s->lead->legend)))
            continue;
        bool again = false; /* another channel of the same field says the same */
        for (guint k = 0; k < i && !again; k++) {
            const jb_vl_scale *o = c->scales->pdata[k];
            again = o->channel >= JB_VL_COLOR && o->built && o->lead->field && s->lead->field &&
                    !strcmp(o->lead->field, s->lead->field) && o->lead->op == s->lead->op &&
                    o->type == s->type;
        }
        if (again) continue;
        if (l.x > 0) l.x = 0, l.y += 14, l.height += 14;
        if (!l.height) l.height = 14;
        one_legend(&l, s);
    }
    return l.height;
}
