/* The order of work: data, head, legend, marks (domain, then margins from measured labels, then range), foot.
 */
#include "charts/composite.h"
#include "charts/vl.h"

#include <math.h>
#include <string.h>

#define HEAD_BASELINE 0.88 /* em: from the chart's top to the first baseline */
#define FOOT_DEPTH 3.0
#define AREA_FOOT 24.0 /* names under an area, about */
#define WIDTH_STEP 1.1 /* from one width that is tried to the next */

enum { WIDTH_STEPS = 16 };

static bool is_line_chart(const jb_plot *p) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (p->series[s].mark == JB_MARK_BAR) return false;
    return true;
}

static bool is_layered(const jb_plot *p) {
    bool bar = false, line = false;
    if (jb_plot_has_right(p)) return true;
    for (unsigned s = 0; s < p->series_count; s++) *(p->series[s].mark == JB_MARK_BAR ? &bar : &line) = true;
    return bar && line;
}

/* ---- head ---- */

static const char *joined(jb_plot *p, const char *a, const char *b) {
    char *text = g_strconcat(a, b, NULL);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

/* The unit, and that of the axis where it is another; two axes say theirs over them. */
static const char *said_unit(jb_plot *p) {
    const jb_panel *panel = &p->panels[0];
    const char *unit = panel->axis_unit ? panel->axis_unit : panel->unit;
    return *unit && !jb_plot_has_right(p) ? joined(p, "单位：", unit) : NULL;
}

/* What the subtitle must say: the unit, or that panels cannot be compared. */
static const char *own_subtitle(jb_plot *p, bool vertical) {
    if (p->composed) return p->composed->subtitle;
    if (p->spec->rate)
        return is_line_chart(p) && jb_lines_leave_zero(p) ? "完成率，目标 = 100，%，数值轴不从零起"
                                                          : "完成率，目标 = 100，%";
    if (p->spec->stack == JB_STACK_SHARE) return "各部分占合计的比重，%";
    if (p->panel_count > 1 && p->spec->mark == JB_MARK_POINT) return "各单位自用一轴，位置不可跨单位比较";
    if (p->panel_count > 1)
        return vertical ? "各单位自用一轴，柱高不可跨图比较" : "各单位自用一轴，条长不可跨单位比较";
    bool leaves_zero = is_line_chart(p) && jb_lines_leave_zero(p); /* chooses the axis' unit as well */
    const char *unit = said_unit(p);
    if (!leaves_zero) return unit;
    return unit ? joined(p, unit, "，数值轴不从零起") : "数值轴不从零起";
}

/* Returns the y below the head. In a document the caption carries the title. */
static double draw_head(jb_plot *p, bool vertical, bool draw) {
    const jb_chart_style *style = p->style;
    const char *headline = p->spec->headline, *subtitle = p->spec->subtitle;
    double y = 0;
    if (!headline && !p->frame->document) headline = p->spec->title;
    if (!subtitle) subtitle = own_subtitle(p, vertical);
    if (headline) {
        jb_style bold = {JB_ROLE_HEI, true, style->headline, true};
        jb_para *para = NULL;
        jb_pos pos = p->source->node->pos;
        pos.column = -pos.column; /* the words may be said elsewhere: see jb_fonts_shape */
        jb_span span = {headline, (uint32_t)strlen(headline), bold, 0, pos};
        jb_para_options options = {.measure = p->width, .align = JB_ALIGN_LEFT, .balance = true};
        if (jb_para_break(p->fonts, p->arena, &span, 1, &options, &para) != JB_OK) p->status = JB_FAILED;
        jb_label label = {para, headline, style->headline, style->headline * 1.3, style->text};
        if (draw) jb_label_draw(p, &label, 0, style->headline * HEAD_BASELINE, 'l');
        y = style->headline * HEAD_BASELINE + (para->count - 1) * label.leading;
    }
    if (subtitle) {
        jb_label label = jb_label_wrapped(p, subtitle, style->subtitle, p->width, style->text2);
        y += headline ? style->headline_to_subtitle : style->subtitle * HEAD_BASELINE;
        if (draw) jb_label_draw(p, &label, 0, y, 'l');
        y += (label.para->count - 1) * label.leading;
    }
    return y;
}

static bool has_legend(jb_plot *p) {
    bool lines = p->spec->mark == JB_MARK_LINE || p->direct;
    bool direct = p->ends == JB_ENDS_NAMED && !jb_plot_has_right(p);
    return (p->composed || !is_line_chart(p) || !lines || !direct) && jb_legend_draw(p, 0, false) > 0;
}

/* Head and legend; returns where the plot begins. */
static double draw_top(jb_plot *p, bool vertical, bool draw) {
    double y = draw_head(p, vertical, draw);
    if (has_legend(p)) {
        double first = y > 0 ? y + p->style->to_legend - p->style->legend / 2 : p->style->swatch_height / 2;
        y = first + jb_legend_draw(p, first, draw) - 14 + p->style->swatch_height / 2;
    }
    return y > 0 ? y + p->style->legend_to_plot - 5 : 0;
}

/* ---- foot ---- */

static double draw_text_line(jb_plot *p, const char *lead, const char *text, double y, double *lines) {
    const char *whole = g_str_has_prefix(text, lead) ? text : joined(p, lead, text);
    jb_label label = jb_label_wrapped(p, whole, p->style->source, p->width, p->style->text2);
    label.leading = p->style->note_to_source;
    jb_label_draw(p, &label, 0, y, 'l');
    *lines = label.para->count;
    return y + (label.para->count - 1) * label.leading;
}

static const char *note_of(const jb_plot *p) { return p->composed ? p->composed->note : p->spec->note; }

/* Rule, note and source of a chart that stands alone; returns the chart's height. */
static double draw_foot(jb_plot *p, double y) {
    const jb_chart_style *style = p->style;
    const char *note = note_of(p), *source = p->spec->source;
    double lines;
    if (p->frame->document || (!note && !source)) return y;
    y += style->plot_to_rule;
    jb_plot_rule(p, 0, y, p->width, y, style->rule, style->rule_width);
    if (note) y = draw_text_line(p, "注：", note, y + style->rule_to_note, &lines);
    if (source)
        y = draw_text_line(p, "资料来源：", source, y + (note ? style->note_to_source : style->rule_to_note),
                           &lines);
    return y + FOOT_DEPTH;
}

static double foot_height(const jb_plot *p) {
    const jb_chart_style *style = p->style;
    if (p->frame->document || (!note_of(p) && !p->spec->source)) return 0;
    return style->plot_to_rule + style->rule_to_note +
           (note_of(p) && p->spec->source ? style->note_to_source : 0) + FOOT_DEPTH;
}

/* ---- marks ---- */

static double wanted_height(const jb_plot *p) {
    if (p->spec->height > 0) return p->spec->height;
    return p->frame->height > 0 ? p->frame->height : p->style->height;
}

/* Names of areas stand at their right ends where these are high enough and the plot is not too narrow. */
static void settle_ends(jb_plot *p) {
    p->direct = jb_is_area(p); /* if so, there is no legend: measured without */
    if (p->direct)
        p->direct =
            jb_area_direct(p, wanted_height(p) - draw_top(p, true, false) - foot_height(p) - AREA_FOOT);
    jb_lines_measure(p);
    if (!p->direct || p->ends == JB_ENDS_NAMED) return;
    p->direct = false;
    jb_lines_measure(p);
}

static jb_status draw_lines(jb_plot *p, double *bottom) {
    if (p->panel_count > 1)
        return jb_fail(p->ctx, p->spec->node->pos,
                       "the rows are in several units (%s, %s): %s has one; choose by unit: or where:",
                       p->panels[0].unit, p->panels[1].unit,
                       jb_is_area(p) ? "an area chart" : "a line chart");
    if (p->series_count > JB_SERIES_INKS && !p->series[0].pale)
        return jb_fail(p->ctx, p->spec->node->pos,
                       "%u lines cannot be told apart, at most %d; name one by highlight:, or draw small "
                       "multiples, one chart for each few",
                       p->series_count, JB_SERIES_INKS);
    settle_ends(p);
    double top = draw_top(p, true, true);
    *bottom = top + jb_lines(p, top, wanted_height(p) - top - foot_height(p));
    return JB_OK;
}

/* What was drawn up to here, to go back to. */
typedef struct begin {
    guint items, drawn, ticks, notes, dark, taken, strokes, owned;
    unsigned unplaced;
} begin;

static begin begin_here(const jb_plot *p) {
    return (begin){p->scene->items->len, p->drawn->len,   p->ticks->len, p->notes->len,    p->dark->len,
                   p->taken->len,        p->strokes->len, p->owned->len, p->unplaced_count};
}

static void rewind_to(jb_plot *p, const begin *b) {
    g_array_set_size(p->scene->items, b->items);
    g_array_set_size(p->drawn, b->drawn);
    g_array_set_size(p->ticks, b->ticks);
    g_array_set_size(p->notes, b->notes);
    g_array_set_size(p->dark, b->dark);
    g_array_set_size(p->taken, b->taken);
    g_array_set_size(p->strokes, b->strokes);
    g_array_set_size(p->owned, b->owned);
    p->unplaced_count = b->unplaced;
    p->loose = NULL;
}

/* Under a head as high as `top`; all is taken back when the bars do not fit, or when their axis has a unit
 * that needs another head. */
static bool draw_vertical(jb_plot *p, bool must, double top, const char **why, double *used) {
    const begin begun = begin_here(p);
    bool fits = jb_bars_vertical(p, top, wanted_height(p) - top - foot_height(p), must, why, used);
    bool may_grow = p->spec->label_power > 0 && !*p->panels[0].unit; /* 单位：万 where there was no unit */
    if (fits && (!may_grow || draw_top(p, true, false) == top)) return true;
    rewind_to(p, &begun);
    if (!fits) p->panels[0].axis_unit = NULL;
    return false;
}

static bool try_vertical(jb_plot *p, bool must, const char **why, double *bottom) {
    double top = draw_top(p, true, false), used;
    if (!draw_vertical(p, must, top, why, &used)) {
        if (*why) return false;
        top = draw_top(p, true, false);
        if (!draw_vertical(p, must, top, why, &used)) return false;
    }
    draw_top(p, true, true);
    *bottom = top + used;
    return true;
}

static void draw_lying(jb_plot *p, double *bottom) {
    double top = draw_top(p, false, true);
    *bottom = top + jb_bars_horizontal(p, top);
    if (jb_stacked(p)) jb_stack_tell(p);
}

/* A single row that lies has the names of its parts over them, when they fit. */
static void lay_stacks(jb_plot *p, double *bottom) {
    const begin begun = begin_here(p);
    p->direct = p->category_count == 1;
    bool wanted = p->direct;
    draw_lying(p, bottom);
    if (p->direct == wanted) return;
    rewind_to(p, &begun);
    draw_lying(p, bottom);
}

/* Upright where all figures find a place, else whichever way more of them do; a single row lies. */
static void draw_stacks(jb_plot *p, bool lie, bool must, const char **why, double *bottom) {
    const begin begun = begin_here(p);
    bool up = !lie && (must || p->category_count > 1) && try_vertical(p, must, why, bottom);
    if (up) jb_stack_tell(p);
    unsigned missed = p->unplaced_count;
    if (up && (must || !missed)) return;
    if (up) rewind_to(p, &begun);
    lay_stacks(p, bottom);
    if (!up || p->unplaced_count < missed) return;
    rewind_to(p, &begun);
    try_vertical(p, must, why, bottom);
    jb_stack_tell(p);
}

/* Points stand over their names where these fit, else they lie. */
static void draw_points(jb_plot *p, double *bottom) {
    jb_orient orient = p->spec->orient;
    const char *why = "rows of several units have no common axis";
    if (orient != JB_ORIENT_HORIZONTAL && p->panel_count == 1 && try_vertical(p, true, &why, bottom)) return;
    double top = draw_top(p, false, true);
    *bottom = top + jb_points_horizontal(p, top);
    if (jb_node_get(p->spec->node, "label_unit"))
        jb_plot_note_add(p, jb_node_get(p->spec->node, "label_unit")->pos,
                         "the points lie, their axis has the unit of the values; label_unit is not used");
    if (orient == JB_ORIENT_VERTICAL)
        jb_plot_note_add(p, jb_node_get(p->spec->node, "orient")->pos,
                         "orient: vertical does not fit %d pt: %s; the points lie", (int)(p->width + 0.5),
                         why);
    else if (p->spec->height > 0)
        jb_plot_note_add(p, jb_node_get(p->spec->node, "height")->pos,
                         "the points lie, as high as their rows; height is not used");
}

static jb_status draw_bars(jb_plot *p, double *bottom) {
    jb_orient orient = p->spec->orient;
    const char *why = NULL;
    if (is_layered(p)) {
        if (p->panel_count > 1 || orient == JB_ORIENT_HORIZONTAL)
            return jb_fail(p->ctx, p->spec->node->pos,
                           "bars with a line need rows of one unit and upright bars");
        if (try_vertical(p, true, &why, bottom)) return JB_OK;
        return jb_fail(p->ctx, p->spec->node->pos,
                       "%u columns do not fit %d pt with their names; draw fewer rows, or bars alone",
                       p->category_count, (int)p->width);
    }
    bool must = orient == JB_ORIENT_VERTICAL;
    const jb_node *label_unit = jb_node_get(p->spec->node, "label_unit");
    bool lie = orient == JB_ORIENT_HORIZONTAL || (!must && p->frame->columns > 0);
    bool upright = !lie && !jb_stacked(p) && try_vertical(p, must, &why, bottom);
    if (jb_stacked(p)) {
        draw_stacks(p, lie, must, &why, bottom);
        upright = !p->horizontal;
    } else if (!upright) {
        draw_lying(p, bottom);
    }
    if (label_unit && !p->panels[0].axis_unit)
        jb_plot_note_add(p, label_unit->pos,
                         "the bars carry their figures, there is no value axis; label_unit is not used");
    if (upright) return JB_OK;
    if (must)
        jb_plot_note_add(p, jb_node_get(p->spec->node, "orient")->pos,
                         "orient: vertical does not fit %d pt: %s; the bars lie", (int)(p->width + 0.5), why);
    else if (p->spec->height > 0)
        jb_plot_note_add(p, jb_node_get(p->spec->node, "height")->pos,
                         "the bars lie, as high as their rows; height is not used");
    return JB_OK;
}

/* ---- making ---- */

static jb_status build_composite(jb_plot *p, jb_chart *chart) {
    double bottom = 0;
    jb_status status = jb_composite_measure(p);
    if (status != JB_OK) return status;
    double top = draw_top(p, false, true);
    status = jb_composite_draw(p, top, wanted_height(p) - top - foot_height(p), &bottom);
    if (status != JB_OK) return status;
    chart->scene->height = draw_foot(p, bottom);
    chart->note = p->composed->note;
    chart->alt = jb_composite_alt(p);
    chart->rows = p->composed->rows;
    return p->status;
}

static jb_status build(jb_plot *p, jb_chart *chart) {
    double bottom = 0;
    if (jb_mark_is_composite(p->spec->mark)) return build_composite(p, chart);
    jb_status status = jb_plot_data(p);
    if (status != JB_OK) return status;
    if (p->spec->mark == JB_MARK_POINT)
        draw_points(p, &bottom);
    else
        status = is_line_chart(p) ? draw_lines(p, &bottom) : draw_bars(p, &bottom);
    if (status != JB_OK) return status;
    chart->scene->height = draw_foot(p, bottom);
    chart->alt = jb_plot_alt(p);
    chart->rows = !is_line_chart(p) && !is_layered(p) && p->spec->orient != JB_ORIENT_VERTICAL;
    return p->status;
}

static jb_status select_data(jb_chart_data *data) {
    const jb_spec *spec = data->spec;
    const char *name = spec->data;
    if (!name && jb_store_count(data->store) == 1) name = jb_store_nth(data->store, 0)->id;
    if (!name)
        return jb_fail(data->ctx, spec->node->pos,
                       "the chart does not say which dataset it draws: data: NAME");
    if (spec->where) {
        jb_status status = jb_store_select(data->store, name, spec->where, spec->where_pos, &data->chosen);
        data->rows = data->chosen;
        return status;
    }
    data->rows = jb_store_get(data->store, name, spec->data ? spec->data_pos : spec->node->pos);
    return data->rows ? JB_OK : JB_INPUT;
}

static void release(jb_chart_data *data) {
    if (--data->users) return;
    jb_dataset_free(data->chosen);
    jb_arena_free(data->arena);
}

static jb_plot *plot_new(const jb_chart *chart, const jb_chart_frame *frame) {
    jb_chart_data *data = chart->data;
    const jb_spec *spec = data->spec ? data->spec : JB_NEW(chart->arena, jb_spec);
    jb_plot *p = JB_NEW(chart->arena, jb_plot);
    jb_chart_frame *own = JB_NEW(chart->arena, jb_chart_frame);
    *own = *frame;
    *p = (jb_plot){.ctx = data->ctx,
                   .arena = chart->arena,
                   .fonts = data->fonts,
                   .style = data->style,
                   .frame = own,
                   .spec = spec,
                   .data = data->rows,
                   .source = data,
                   .width = spec->width > 0 ? MIN(spec->width, frame->width) : frame->width,
                   .drawn = g_array_new(FALSE, FALSE, sizeof(jb_drawn)),
                   .ticks = g_array_new(FALSE, FALSE, sizeof(jb_axis_tick)),
                   .notes = g_array_new(FALSE, FALSE, sizeof(jb_plot_note)),
                   .dark = g_array_new(FALSE, FALSE, sizeof(jb_box)),
                   .owned = g_array_new(FALSE, FALSE, sizeof(jb_owned)),
                   .owner = JB_NO_OWNER,
                   .taken = g_array_new(FALSE, FALSE, sizeof(jb_box)),
                   .strokes = g_array_new(FALSE, FALSE, sizeof(jb_box))};
    jb_references_set(p);
    if (spec->width > frame->width)
        jb_plot_note_add(p, jb_node_get(data->node, "width")->pos,
                         "the chart is %d pt wide, there is no more room", (int)(frame->width + 0.5));
    return p;
}

/* Takes `data`, whatever comes of it. */
static jb_status chart_new(jb_chart_data *data, const jb_chart_frame *frame, jb_chart **out) {
    jb_arena *arena = jb_arena_new();
    jb_chart *chart = JB_NEW(arena, jb_chart);
    chart->arena = arena;
    chart->data = data;
    jb_plot *p = chart->plot = plot_new(chart, frame);
    p->scene = chart->scene = jb_scene_new(arena, p->width, 0);
    chart->title = jb_arena_string(arena, p->spec->title);
    chart->note = jb_arena_string(arena, p->spec->note);
    chart->source = jb_arena_string(arena, p->spec->source);
    jb_status status = data->spec ? build(p, chart) : jb_vl_build(p, data->node, data->store, chart);
    *out = status == JB_OK ? chart : NULL;
    if (status != JB_OK) jb_chart_free(chart);
    return status;
}

jb_status jb_chart_new(jb_context *ctx, const jb_node *node, jb_store *store, jb_fonts *fonts,
                       const jb_chart_style *style, const jb_chart_frame *frame, jb_chart **out) {
    jb_arena *arena = jb_arena_new();
    jb_chart_data *data = JB_NEW(arena, jb_chart_data);
    *data = (jb_chart_data){1, arena, ctx, node, store, fonts, style};
    *out = NULL;
    if (!jb_vl_is(node)) {
        data->spec = JB_NEW(arena, jb_spec);
        jb_status status = jb_spec_read(ctx, arena, node, data->spec);
        if (status == JB_OK) status = select_data(data);
        if (status != JB_OK) {
            release(data);
            return status;
        }
    }
    return chart_new(data, frame, out);
}

jb_status jb_chart_again(const jb_chart *chart, const jb_chart_frame *frame, jb_chart **again) {
    chart->data->users++;
    return chart_new(chart->data, frame, again);
}

/* A width in which nothing stands in the way of anything; 0 when none is found. */
static double find_width(const jb_chart *chart) {
    jb_spec *spec = chart->data->spec;
    jb_chart_frame frame = *chart->plot->frame;
    frame.width = chart->plot->width;
    double asked = spec->width, found = 0;
    spec->width = 0;
    for (int step = 0; step < WIDTH_STEPS && found == 0; step++) {
        jb_chart *wider;
        frame.width = ceil(frame.width * WIDTH_STEP);
        if (jb_chart_again(chart, &frame, &wider) != JB_OK) break;
        if (jb_plot_fits(wider->plot)) found = frame.width;
        jb_chart_free(wider);
    }
    spec->width = asked;
    return found;
}

jb_status jb_chart_tell(jb_context *ctx, const jb_chart *chart) {
    for (guint i = 0; i < chart->plot->notes->len; i++) {
        const jb_plot_note *note = &g_array_index(chart->plot->notes, jb_plot_note, i);
        jb_diag(ctx, JB_NOTE, note->pos, "%s", note->text);
    }
    if (!chart->data->spec || jb_plot_fits(chart->plot)) return JB_OK;
    return jb_plot_fail(chart->plot, find_width(chart));
}

void jb_chart_free(jb_chart *chart) {
    if (!chart) return;
    jb_vl_free(chart->vl);
    g_array_free(chart->plot->drawn, TRUE);
    g_array_free(chart->plot->ticks, TRUE);
    g_array_free(chart->plot->notes, TRUE);
    g_array_free(chart->plot->dark, TRUE);
    g_array_free(chart->plot->owned, TRUE);
    g_array_free(chart->plot->taken, TRUE);
    g_array_free(chart->plot->strokes, TRUE);
    jb_scene_free(chart->scene);
    release(chart->data);
    jb_arena_free(chart->arena);
}
