/* Chart style from the theme. */
#include "charts/style.h"

#include <stddef.h>
#include <string.h>

typedef struct reader {
    jb_context *ctx;
    jb_status status;
} reader;

static const jb_node *need(reader *r, const jb_node *map, const char *key) {
    const jb_node *node = jb_node_get(map, key);
    if (!node)
        r->status = jb_fail(r->ctx, map ? map->pos : (jb_pos){0}, "the theme has no “%s” for charts", key);
    return node;
}

static void check_keys(reader *r, const jb_node *map, const char *what, const char *const *known,
                       size_t count) {
    if (map && map->kind != JB_NODE_MAP)
        r->status = jb_fail(r->ctx, map->pos, "a map of keys and values is needed here");
    else if (jb_node_check_keys(r->ctx, map, what, known, count) != JB_OK)
        r->status = JB_INPUT;
}

static jb_colour colour(reader *r, const jb_node *map, const char *key) {
    const jb_node *node = need(r, map, key);
    jb_colour value = {0, 0, 0};
    if (node && !(node->kind == JB_NODE_SCALAR && jb_colour_parse(node->text, &value)))
        r->status = jb_fail(r->ctx, node->pos, "“%s” must be a colour such as \"#154073\"", key);
    return value;
}

static char marker(reader *r, const jb_node *map) {
    static const char *const names[] = {"disc", "square", "triangle", "ring", "diamond", "cross"};
    const jb_node *node = need(r, map, "marker");
    for (size_t i = 0; node && i < G_N_ELEMENTS(names); i++)
        if (node->kind == JB_NODE_SCALAR && !strcmp(node->text, names[i])) return "dstrmc"[i];
    if (node)
        r->status = jb_fail(r->ctx, node->pos,
                            "unknown marker; there are: disc, square, triangle, ring, diamond, cross");
    return 'd';
}

static void read_series(reader *r, const jb_node *palette, jb_chart_style *style) {
    static const char *const known[] = {"fill", "outline", "line", "marker"};
    const jb_node *list = need(r, palette, "series");
    if (!list) return;
    if (list->kind != JB_NODE_LIST || list->count != JB_SERIES_INKS) {
        r->status = jb_fail(r->ctx, list->pos, "the palette needs %d series", JB_SERIES_INKS);
        return;
    }
    for (unsigned i = 0; i < JB_SERIES_INKS; i++) {
        const jb_node *map = list->items[i];
        jb_series_ink *ink = &style->series[i];
        check_keys(r, map, "series property", known, G_N_ELEMENTS(known));
        ink->fill = colour(r, map, "fill");
        ink->line = colour(r, map, "line");
        ink->outlined = jb_node_get(map, "outline") != NULL;
        if (ink->outlined) ink->outline = colour(r, map, "outline");
        ink->marker = marker(r, map);
    }
}

static bool is_plain(reader *r, const jb_node *palette) {
    const jb_node *node = need(r, palette, "variance_colours");
    bool plain = node && node->kind == JB_NODE_SCALAR && !strcmp(node->text, "plain");
    if (node && !plain && !(node->kind == JB_NODE_SCALAR && !strcmp(node->text, "tone")))
        r->status = jb_fail(r->ctx, node->pos, "variance_colours must be tone or plain");
    return plain;
}

static void read_colours(reader *r, const jb_node *theme, jb_chart_style *style) {
    const jb_node *palette = need(r, theme, "palette"), *ink = need(r, theme, "ink");
    static const char *const known[] = {"series", "ac", "py", "neutral", "paper", "variance_colours"};
    check_keys(r, palette, "palette key", known, G_N_ELEMENTS(known));
    read_series(r, palette, style);
    style->ac = colour(r, palette, "ac");
    style->py = colour(r, palette, "py");
    style->paper = colour(r, palette, "paper");
    style->text = colour(r, ink, "text");
    style->text2 = colour(r, ink, "text2");
    style->rule = colour(r, ink, "rule");
    style->axis = colour(r, ink, "axis");
    style->grid = colour(r, ink, "grid");
    style->accent = colour(r, ink, "accent");
    style->good = colour(r, ink, "good");
    style->bad = colour(r, ink, "bad");
    style->neutral = colour(r, palette, "neutral");
    style->plain_variances = is_plain(r, palette);
}

#define NUMBER(name)                                                                                         \
    { #name, offsetof(jb_chart_style, name) }

static const struct {
    const char *key;
    size_t offset;
} numbers[] = {NUMBER(headline),
               NUMBER(subtitle),
               NUMBER(label),
               NUMBER(axis_label),
               NUMBER(legend),
               NUMBER(source),
               NUMBER(leading),
               NUMBER(to_legend),
               NUMBER(legend_to_plot),
               NUMBER(plot_to_rule),
               NUMBER(rule_to_note),
               NUMBER(note_to_source),
               NUMBER(baseline_width),
               NUMBER(grid_width),
               NUMBER(tick_width),
               NUMBER(tick_length),
               NUMBER(data_line_width),
               NUMBER(rule_width),
               NUMBER(bar),
               NUMBER(bar_single),
               NUMBER(pair_gap),
               NUMBER(pitch),
               NUMBER(pitch_single),
               NUMBER(column_min),
               NUMBER(column_max),
               NUMBER(column_share),
               NUMBER(column_pair_share),
               NUMBER(column_gap),
               NUMBER(name_share),
               NUMBER(name_gap),
               NUMBER(label_gap),
               NUMBER(sub_indent),
               NUMBER(swatch_width),
               NUMBER(swatch_height),
               NUMBER(swatch_gap),
               NUMBER(key_gap),
               NUMBER(point_radius),
               NUMBER(direct_gap),
               NUMBER(direct_pitch),
               NUMBER(panel_gap),
               NUMBER(column_width),
               NUMBER(height),
               NUMBER(headline_to_subtitle)};

jb_status jb_chart_style_load(jb_context *ctx, const jb_node *theme, jb_chart_style *style) {
    reader r = {ctx, JB_OK};
    const jb_node *chart = need(&r, theme, "chart");
    memset(style, 0, sizeof *style);
    const char *known[G_N_ELEMENTS(numbers)];
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) known[i] = numbers[i].key;
    check_keys(&r, chart, "chart key", known, G_N_ELEMENTS(known));
    read_colours(&r, theme, style);
    for (size_t i = 0; chart && i < G_N_ELEMENTS(numbers); i++) {
        const jb_node *node = need(&r, chart, numbers[i].key);
        double *to = (double *)(void *)((char *)style + numbers[i].offset);
        jb_status status = node ? jb_node_number(ctx, node, to) : JB_OK;
        if (status != JB_OK) r.status = status;
    }
    return r.status;
}
