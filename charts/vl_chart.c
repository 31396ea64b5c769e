/* The door of the Vega-Lite grammar: specification, data, layout, drawing; and the dump of what was drawn. */
#include <math.h>
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_time.h"

#define LEGEND_TOP 6.0    /* from an edge to the middle of the first line of keys */
#define LEGEND_GAP 14.0   /* between plots and legends below or beside them */
#define LEGEND_SHARE 0.3  /* of the width, for legends beside plots */
#define LEAST_WIDTH 160.0 /* pt: narrower charts have no room for a head and a legend */

static const char *words(jb_vl_reader *r, const jb_node *n) {
    const char *text = NULL;
    if (!n || jb_node_is_null(n)) return NULL;
    if (jb_node_string(r->ctx, n, &text) != JB_OK) r->status = JB_INPUT;
    return text && *text ? text : NULL;
}

/* Title and subtitle: `title: TEXT`, or {text, subtitle}. */
static void read_titles(jb_vl_reader *r, const jb_node *node, const char **title, const char **subtitle) {
    const jb_node *n = jb_node_get(node, "title");
    *subtitle = words(r, jb_node_get(node, "subtitle"));
    if (n && n->kind == JB_NODE_MAP) {
        if (!*subtitle) *subtitle = words(r, jb_node_get(n, "subtitle"));
        n = jb_node_get(n, "text");
    }
    *title = words(r, n);
}

static double head_line(jb_vl_chart *c, jb_label label, double y, bool draw) {
    if (draw) jb_label_draw(c->plot, &label, 0, y, 'l');
    return y + (label.para->count - 1) * label.leading;
}

/* Returns where it ends. */
static double draw_head(jb_vl_chart *c, const char *headline, const char *subtitle, bool draw) {
    const jb_chart_style *style = c->plot->style;
    double y = 0;
    if (headline) {
        jb_label label = jb_label_new(c->plot, headline, style->headline, true, style->text);
        if (label.para->width > c->plot->width)
            label = jb_label_wrapped(c->plot, headline, style->headline, c->plot->width, style->text);
        y = head_line(c, label, style->headline * 0.88, draw);
    }
    if (subtitle) {
        jb_label label = jb_label_wrapped(c->plot, subtitle, style->subtitle, c->plot->width, style->text2);
        y += headline ? style->headline_to_subtitle : style->subtitle * 0.88;
        y = head_line(c, label, y, draw);
    }
    return y > 0 ? y + 8 : 0;
}

static double draw_foot(jb_vl_chart *c, const char *lead, const char *text, double y, bool draw) {
    const jb_chart_style *style = c->plot->style;
    if (!text || c->plot->frame->document) return y;
    char *whole = g_str_has_prefix(text, lead) ? g_strdup(text) : g_strconcat(lead, text, NULL);
    jb_label label = jb_label_wrapped(c->plot, jb_arena_string(c->reader.arena, whole), style->source,
                                      c->plot->width, style->text2);
    g_free(whole);
    y += style->note_to_source;
    if (draw) jb_label_draw(c->plot, &label, 0, y, 'l');
    return y + (label.para->count - 1) * label.leading + 3;
}

/* What `view` and config.view say: a ground below the marks, a frame around them. */
static void frame_panel(jb_vl_chart *c, const jb_vl_panel *p, bool above) {
    const jb_node *own = jb_node_get(p->view->node, "view"), *config = jb_node_get(c->reader.config, "view"),
                  *n = jb_node_get(own, above ? "stroke" : "fill"), *width = jb_node_get(own, "strokeWidth");
    jb_colour colour;
    if (!n) n = jb_node_get(config, above ? "stroke" : "fill");
    if (!width) width = jb_node_get(config, "strokeWidth");
    if (!jb_vl_colour_read(n, &colour)) return;
    jb_paint paint =
        above ? jb_paint_stroke(colour, width ? jb_vl_cell_of_node(width).number : 1) : jb_paint_fill(colour);
    jb_scene_rect(c->plot->scene, p->x, p->y, p->width, p->height, &paint);
}

/* `background`: a ground under all that was drawn since item `first`. */
static void draw_background(jb_vl_chart *c, const jb_node *node, guint first) {
    jb_scene *scene = c->plot->scene;
    const jb_node *n = jb_node_get(node, "background");
    jb_colour colour;
    if (!n) n = jb_node_get(c->reader.config, "background");
    if (!jb_vl_colour_read(n, &colour)) return;
    jb_paint paint = jb_paint_fill(colour);
    jb_scene_rect(scene, 0, 0, c->plot->width, scene->height, &paint);
    jb_item item = g_array_index(scene->items, jb_item, scene->items->len - 1);
    g_array_remove_index(scene->items, scene->items->len - 1);
    g_array_insert_val(scene->items, first, item);
}

static void draw_heads(jb_vl_chart *c, const jb_vl_panel *p) {
    if (p->above) {
        jb_label label = jb_vl_head_above(c, p);
        double y = p->y - p->above_up - (label.para->count - 1) * label.leading;
        jb_label_draw(c->plot, &label, p->x, y, 'l');
        jb_vl_labels_guide(c->labels, &label, p->x, y, 'l');
    }
    if (!p->beside) return;
    jb_label label = jb_vl_head_beside(c, p);
    double middle = p->y + p->height / 2 - (label.para->count - 1) * label.leading / 2;
    jb_label_draw(c->plot, &label, p->beside_x, jb_label_centre(label.size, middle), 'l');
    jb_vl_labels_guide(c->labels, &label, p->beside_x, jb_label_centre(label.size, middle), 'l');
}

static void draw_panels(jb_vl_chart *c) {
    for (guint i = 0; i < c->panels->len; i++) {
        jb_vl_panel *p = c->panels->pdata[i];
        jb_vl_panel_ranges(c, p);
        frame_panel(c, p, false);
        for (unsigned k = 0; k < p->axes; k++) jb_vl_axis_draw(c, p, &p->axis[k], true);
        jb_vl_draw_marks(c, p);
        for (unsigned k = 0; k < p->axes; k++) jb_vl_axis_draw(c, p, &p->axis[k], false);
        frame_panel(c, p, true);
        draw_heads(c, p);
    }
}

typedef struct texts {
    const char *title, *headline, *subtitle, *note, *source;
} texts;

static double draw_top(jb_vl_chart *c, const texts *t, bool draw) {
    double y = draw_head(c, t->headline, t->subtitle, draw), width = c->plot->width,
           legends = jb_vl_legends_draw(c, 't', 0, 0, width, false).height;
    if (legends > 0) y += LEGEND_TOP + jb_vl_legends_draw(c, 't', 0, y + LEGEND_TOP, width, draw).height;
    return y > 0 ? y + 4 : 0;
}

static double draw_bottom(jb_vl_chart *c, const texts *t, double y, bool draw) {
    double width = c->plot->width, legends = jb_vl_legends_draw(c, 'b', 0, 0, width, false).height,
           middle = y + LEGEND_GAP;
    if (legends > 0) y += LEGEND_GAP + jb_vl_legends_draw(c, 'b', 0, middle, width, draw).height;
    y = draw_foot(c, "注：", t->note, y, draw);
    return draw_foot(c, "资料来源：", t->source, y, draw);
}

/* The width that the head takes on one line each, at most what there is. */
static double head_width(jb_vl_chart *c, const texts *t) {
    const jb_chart_style *style = c->plot->style;
    double most = 0;
    if (t->headline)
        most = jb_label_new(c->plot, t->headline, style->headline, true, style->text).para->width;
    if (t->subtitle)
        most =
            fmax(most, jb_label_new(c->plot, t->subtitle, style->subtitle, false, style->text2).para->width);
    return fmin(most, c->plot->width);
}

/* The legends at the right of the plots, from the first plot's top; returns where they end. */
static double draw_beside(jb_vl_chart *c, double x, double width) {
    double y = ((jb_vl_panel *)c->panels->pdata[0])->y + LEGEND_TOP;
    return y + jb_vl_legends_draw(c, 'r', x, y, width + 0.01, true).height;
}

/* The chart is as wide as its plots and its head, in a document as the column. */
static void lay_out(jb_vl_chart *c, const texts *t) {
    jb_plot *plot = c->plot;
    double wide, high, there = plot->frame->height,
                       beside = jb_vl_legends_draw(c, 'r', 0, 0, plot->width * LEGEND_SHARE, false).width;
    if (beside > 0) beside += LEGEND_GAP;
    double room = fmax(plot->width - beside, 1);
    c->wide = room;
    jb_vl_direct_plan(c);
    if (there > 0) there = fmax(40, there - draw_top(c, t, false) - draw_bottom(c, t, 0, false));
    jb_vl_place_panels(c, room, there, &wide, &high);
    if (c->reader.status == JB_OK && jb_vl_turn_wanted(c)) {
        jb_vl_turn(c);
        jb_vl_place_panels(c, room, there, &wide, &high);
    }
    if (c->reader.status != JB_OK) return;
    wide += beside;
    if (!plot->frame->document)
        plot->width = fmax(fmin(fmax(wide, LEAST_WIDTH), plot->width), head_width(c, t));
    plot->width = fmax(plot->width, wide);
    plot->scene->width = plot->width;
    double top = draw_top(c, t, true);
    jb_vl_move_panels(c, top);
    if (beside > 0) high = fmax(high, draw_beside(c, wide - beside + LEGEND_GAP, beside - LEGEND_GAP) - top);
    for (guint i = 0; i < c->panels->len && !c->labels; i++) {
        const jb_vl_panel *p = c->panels->pdata[i];
        for (unsigned k = 0; k < p->units && !c->labels; k++)
            if (p->unit[k]->mark == JB_VL_LABEL || jb_vl_has_figures(p->unit[k], p->table[k]))
                c->labels = jb_vl_labels_new();
    }
    draw_panels(c);
    jb_vl_direct_draw(c);
    jb_box frame = {0, fmax(top - 2, 0), plot->width, top + high};
    if (c->reader.status == JB_OK) jb_vl_labels_draw(c, &frame);
    plot->scene->height = draw_bottom(c, t, top + high, true);
}

static bool has_rows(const jb_vl_chart *c) {
    for (guint i = 0; i < c->panels->len; i++) {
        const jb_vl_panel *p = c->panels->pdata[i];
        for (unsigned k = 0; k < p->units; k++)
            if (p->table[k]->rows) return true;
    }
    return false;
}

jb_status jb_vl_build(jb_plot *plot, const jb_node *node, jb_store *store, jb_chart *chart) {
    jb_vl_chart *c = JB_NEW(plot->arena, jb_vl_chart);
    texts t = {NULL};
    chart->vl = c;
    c->plot = plot;
    c->panels = g_ptr_array_new();
    c->scales = g_ptr_array_new();
    c->reader = (jb_vl_reader){.ctx = plot->ctx, .arena = plot->arena, .store = store, .plot = plot};
    jb_vl_reader *r = &c->reader;
    c->root = jb_vl_read(r, node);
    read_titles(r, node, &t.title, &t.subtitle);
    t.headline = words(r, jb_node_get(node, "headline"));
    if (!t.headline && !plot->frame->document) t.headline = t.title;
    t.note = words(r, jb_node_get(node, "note"));
    t.source = words(r, jb_node_get(node, "source"));
    if (r->status == JB_OK) jb_vl_encode(r, c->root);
    if (r->status == JB_OK) jb_vl_collect(c);
    if (r->status == JB_OK && !has_rows(c))
        r->status = jb_fail(plot->ctx, node->pos, "the chart has no rows to draw");
    if (r->status != JB_OK) return r->status;
    guint first = plot->scene->items->len;
    c->unit_said = (t.subtitle && strstr(t.subtitle, "单位")) || (t.headline && strstr(t.headline, "单位"));
    lay_out(c, &t);
    if (r->status != JB_OK) return r->status;
    draw_background(c, node, first);
    chart->title = t.title;
    chart->note = t.note;
    chart->source = t.source;
    chart->alt = c->alt = jb_vl_alt(c, t.title, words(r, jb_node_get(node, "description")));
    return r->status == JB_OK ? plot->status : r->status;
}

void jb_vl_free(jb_vl_chart *c) {
    if (!c) return;
    for (guint i = 0; i < c->scales->len; i++) {
        jb_vl_scale *s = c->scales->pdata[i];
        g_array_free(s->uses, TRUE);
        g_array_free(s->names, TRUE);
    }
    for (guint i = 0; i < c->panels->len; i++) {
        jb_vl_panel *p = c->panels->pdata[i];
        for (unsigned k = 0; k < p->axes; k++) g_array_free(p->axis[k].ticks, TRUE);
        if (p->items) g_array_free(p->items, TRUE);
    }
    jb_vl_labels_free(c->labels);
    g_ptr_array_free(c->panels, TRUE);
    g_ptr_array_free(c->scales, TRUE);
}

/* ---- the dump ---- */

static void dump_value(jb_vl_cell c, GString *out) {
    if (c.kind == JB_VL_TEXT)
        jb_text_json(out, c.text);
    else if (c.kind == JB_VL_BOOL)
        g_string_append(out, c.number != 0 ? "true" : "false");
    else if (c.kind == JB_VL_NUMBER)
        jb_text_json_number(out, c.number);
    else
        g_string_append(out, "null");
}

static void dump_scale(const char *name, const jb_vl_scale *s, bool *first, GString *out) {
    if (!s->built) return;
    g_string_append_printf(out, "%s\"%s\":{\"type\":\"%s\",\"domain\":[", *first ? "" : ",", name,
                           jb_vl_scale_type_name(s->type));
    *first = false;
    for (guint i = 0; jb_vl_scale_discrete(s) && i < s->names->len; i++) {
        if (i) g_string_append_c(out, ',');
        dump_value(g_array_index(s->names, jb_vl_cell, i), out);
    }
    if (!jb_vl_scale_discrete(s)) {
        jb_text_json_number(out, s->low);
        g_string_append_c(out, ',');
        jb_text_json_number(out, s->high);
    }
    g_string_append(out, s->reverse ? "],\"reverse\":true}" : "]}");
}

/* Which of the scales that a channel has in the panel; from 1, in the order of layers. */
static unsigned scale_number(const jb_vl_panel *p, int ch, const jb_vl_scale *scale) {
    unsigned n = 0;
    for (unsigned i = 0; i < p->units; i++) {
        bool seen = !p->scale[i][ch]->built;
        for (unsigned k = 0; k < i; k++) seen = seen || p->scale[k][ch] == p->scale[i][ch];
        n += !seen;
        if (p->scale[i][ch] == scale) break;
    }
    return n;
}

/* A second scale of a channel, of an independent layer, has a 2 behind its name. */
static char *scale_name(const jb_vl_panel *p, int ch, const jb_vl_scale *scale) {
    unsigned n = scale_number(p, ch, scale);
    return n > 1 ? g_strdup_printf("%s%u", jb_vl_channel_names[ch], n) : g_strdup(jb_vl_channel_names[ch]);
}

/* Scales of the panel in the order of channels. */
static void dump_scales(const jb_vl_panel *p, GString *out) {
    bool first = true;
    for (int ch = 0; ch < JB_VL_SCALED; ch++) {
        unsigned last = 0;
        for (unsigned i = 0; i < p->units; i++) {
            unsigned n = scale_number(p, ch, p->scale[i][ch]);
            if (n <= last) continue;
            last = n;
            char *name = scale_name(p, ch, p->scale[i][ch]);
            dump_scale(name, p->scale[i][ch], &first, out);
            g_free(name);
        }
    }
}

static void dump_axis(const jb_vl_panel *p, const jb_vl_axis *a, GString *out) {
    char *name = scale_name(p, a->scale->channel, a->scale);
    g_string_append_printf(out, "{\"scale\":\"%s\"", name);
    g_free(name);
    if (a->title) g_string_append(out, ",\"title\":"), jb_text_json(out, a->title);
    g_string_append(out, ",\"ticks\":[");
    for (guint i = 0; i < a->ticks->len; i++) {
        const jb_vl_tick *t = &g_array_index(a->ticks, jb_vl_tick, i);
        g_string_append(out, i ? ",{\"value\":" : "{\"value\":");
        dump_value(t->value, out);
        g_string_append(out, ",\"label\":");
        jb_text_json(out, t->label);
        g_string_append_c(out, '}');
    }
    g_string_append(out, "]}");
}

static void dump_key(const char *key, const char *value, bool *first, GString *out) {
    if (!value) return;
    g_string_append_printf(out, "%s\"%s\":", *first ? "" : ",", key);
    jb_text_json(out, value);
    *first = false;
}

static void dump_item(const jb_vl_panel *p, const jb_vl_item *it, GString *out) {
    bool first = true;
    g_string_append(out, "{\"box\":[");
    for (int i = 0; i < 4; i++) {
        double size = i % 2 ? p->height : p->width;
        if (i) g_string_append_c(out, ',');
        jb_text_number(out, size > 0 ? it->box[i] / size : 0, 5);
    }
    gsize bare = out->len + 1;
    g_string_append(out, "],\"data\":{");
    dump_key("x", it->x, &first, out);
    dump_key("y", it->y, &first, out);
    dump_key("color", it->series, &first, out);
    for (int ch = JB_VL_X2; ch < JB_VL_SCALED; ch++)
        dump_key(jb_vl_channel_names[ch], it->more[ch], &first, out);
    if (first)
        g_string_truncate(out, bare);
    else
        g_string_append_c(out, '}');
    if (it->text) g_string_append(out, ",\"text\":"), jb_text_json(out, it->text);
    g_string_append_c(out, '}');
}

/* The items of a layer that are of one type; false when there are none. */
static bool dump_type(const jb_vl_panel *p, unsigned layer, const char *type, bool first, GString *out) {
    bool open = false;
    for (guint i = 0; i < p->items->len; i++) {
        const jb_vl_item *it = &g_array_index(p->items, jb_vl_item, i);
        if (it->layer != layer || !it->type || strcmp(it->type, type) != 0) continue;
        if (!open)
            g_string_append_printf(out, "%s{\"type\":\"%s\",\"items\":[", first ? "" : ",", type);
        else
            g_string_append_c(out, ',');
        open = true;
        dump_item(p, it, out);
    }
    if (open) g_string_append(out, "]}");
    return open;
}

/* A label that found no place has no type and is not there. */
static void dump_marks(const jb_vl_panel *p, GString *out) {
    static const char *const types[] = {"rect", "line", "area", "symbol", "rule", "text", "gap"};
    bool first = true;
    for (unsigned layer = 0; layer < p->units; layer++)
        for (size_t k = 0; k < G_N_ELEMENTS(types); k++)
            if (dump_type(p, layer, types[k], first, out)) first = false;
}

void jb_vl_dump(const jb_vl_chart *c, GString *out) {
    g_string_append(out, "{\"views\":[");
    for (guint i = 0; i < c->panels->len; i++) {
        const jb_vl_panel *p = c->panels->pdata[i];
        g_string_append(out, i ? ",{" : "{");
        if (p->title)
            g_string_append(out, "\"title\":"), jb_text_json(out, p->title), g_string_append_c(out, ',');
        g_string_append(out, "\"width\":");
        jb_text_number(out, p->width, 4);
        g_string_append(out, ",\"height\":");
        jb_text_number(out, p->height, 4);
        g_string_append(out, ",\"scales\":{");
        dump_scales(p, out);
        g_string_append(out, "},\"axes\":[");
        for (unsigned k = 0; k < p->axes; k++) {
            if (k) g_string_append_c(out, ',');
            dump_axis(p, &p->axis[k], out);
        }
        g_string_append(out, "],\"marks\":[");
        dump_marks(p, out);
        g_string_append(out, "]}");
    }
    g_string_append(out, "],\"alt\":");
    jb_text_json(out, c->alt ? c->alt : "");
    g_string_append(out, "}\n");
}
