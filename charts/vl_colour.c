/* What a scale gives that is no place: colours, sizes, dashes, shapes. */
#include <math.h>
#include <stdlib.h>
#include "charts/vl.h"

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static const jb_node *option(const jb_vl_scale *s, const char *key) {
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_vl_use *use = &g_array_index(s->uses, jb_vl_use, i);
        const jb_node *n = jb_node_get(use->unit->def[use->channel].scale, key);
        if (n) return n;
    }
    return NULL;
}

/* ---- palettes ---- */

/* A scheme by name, or {name, count, extent}: extent is the part of a ramp that is used. */
static jb_vl_palette *scheme_of(jb_vl_reader *r, const jb_node *n) {
    static const char *const keys[] = {"name", "scheme", "count", "extent"};
    const jb_node *name = n->kind == JB_NODE_MAP ? jb_node_get(n, "name") : n,
                  *extent = jb_node_get(n, "extent");
    const char *text = NULL;
    if (!name) name = jb_node_get(n, "scheme");
    failed(r, jb_node_check_keys(r->ctx, n, "scheme property", keys, 4));
    if (r->status == JB_OK) failed(r, jb_node_string(r->ctx, name, &text));
    jb_vl_palette *p = text ? jb_vl_scheme(r->ctx, r->arena, text, name->pos) : NULL;
    if (!p) return r->status = JB_INPUT, NULL;
    if (!extent) return p;
    double ends[2] = {-1, -1};
    for (unsigned i = 0; extent->kind == JB_NODE_LIST && extent->count == 2 && i < 2; i++)
        ends[i] = jb_vl_cell_of_node(extent->items[i]).number;
    if (!(ends[0] >= 0 && ends[0] <= 1 && ends[1] >= 0 && ends[1] <= 1 && p->ramp)) {
        failed(r, jb_fail(r->ctx, extent->pos, "extent is two numbers from 0 to 1 of a ramp"));
        return p;
    }
    jb_vl_palette *part = JB_NEW(r->arena, jb_vl_palette);
    *part = (jb_vl_palette){JB_ARRAY(r->arena, jb_colour, 16), 16, true};
    for (unsigned i = 0; i < 16; i++)
        part->colour[i] = jb_vl_palette_at(p, ends[0] + (ends[1] - ends[0]) * i / 15);
    return part;
}

static jb_vl_palette *palette_of(jb_vl_reader *r, const jb_node *n) {
    if (n->kind != JB_NODE_LIST) return scheme_of(r, n);
    jb_vl_palette *p = jb_vl_palette_of_list(r->ctx, r->arena, n);
    if (!p) r->status = JB_INPUT;
    return p;
}

/* The name that config.range has for the colours of a scale (Vega-Lite's defaultRange). */
static const char *range_name(const jb_vl_scale *s) {
    if (jb_vl_scale_discrete(s))
        return s->lead->type == JB_VL_O || s->lead->type == JB_VL_Q ? "ordinal" : "category";
    if (option(s, "domainMid")) return "diverging";
    return g_array_index(s->uses, jb_vl_use, 0).unit->mark == JB_VL_RECT ? "heatmap" : "ramp";
}

void jb_vl_palette_build(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *scheme = option(s, "scheme"), *range = option(s, "range"),
                  *config = jb_node_get(r->config, "range"), *said = NULL;
    if (s->channel != JB_VL_COLOR) return;
    if (range && range->kind == JB_NODE_LIST)
        said = range;
    else if (scheme)
        said = scheme;
    else
        said = jb_node_get(config, range ? range->text : range_name(s));
    if (said) s->palette = palette_of(r, said);
    /* of a binned or ordinal field a list's colours are one each; a list of a continuous scale are stops */
    if (s->palette && range && range->kind == JB_NODE_LIST)
        s->palette->ramp = !jb_vl_scale_discrete(s) && !s->cut_count && s->type <= JB_VL_TIME;
    if (s->type == JB_VL_THRESHOLD && range && range->kind == JB_NODE_LIST &&
        range->count != s->cut_count + 1)
        failed(r, jb_fail(r->ctx, range->pos, "%u bounds part %u colours, here are %u", s->cut_count,
                          s->cut_count + 1, range->count));
}

/* ---- a value's colour ---- */

/* From pale to the theme's own. */
static jb_colour theme_ramp(const jb_plot *p, double share) {
    return jb_colour_tint(p->style->ac, 0.12 + 0.88 * fmin(fmax(share, 0), 1));
}

jb_colour jb_vl_colour_ramp(const jb_plot *p, const jb_vl_scale *s, double share) {
    return s->palette ? jb_vl_palette_at(s->palette, share) : theme_ramp(p, share);
}

jb_colour jb_vl_colour_nth(const jb_plot *p, const jb_vl_scale *s, unsigned i, bool line) {
    unsigned n = s->cut_count ? s->cut_count + 1 : s->names->len;
    if (s->palette) return jb_vl_palette_nth(s->palette, i, n);
    if (s->lead->type == JB_VL_O || s->lead->type == JB_VL_Q || s->cut_count)
        return theme_ramp(p, n > 1 ? (double)i / (n - 1) : 1);
    const jb_series_ink *ink = &p->style->series[i % JB_SERIES_INKS];
    return jb_colour_tint(line || ink->outlined ? ink->line : ink->fill,
                          1 - 0.3 * fmin(i / JB_SERIES_INKS, 2));
}

unsigned jb_vl_scale_class(const jb_vl_scale *s, double value) {
    unsigned i = 0;
    while (i < s->cut_count && value >= s->cuts[i]) i++;
    return i;
}

jb_colour jb_vl_colour_of(const jb_plot *p, const jb_vl_scale *s, jb_vl_cell v, bool line) {
    if (v.kind == JB_VL_MISSING) return p->style->grid;
    if (s->cut_count) return jb_vl_colour_nth(p, s, jb_vl_scale_class(s, v.number), line);
    if (jb_vl_scale_discrete(s))
        return jb_vl_colour_nth(p, s, (unsigned)MAX(jb_vl_scale_index(s, v), 0), line);
    return jb_vl_colour_ramp(p, s, jb_vl_scale_share(s, v));
}

/* ---- sizes, opacities, dashes, shapes ---- */

void jb_vl_scale_output(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *range = option(s, "range"), *low = option(s, "rangeMin"), *high = option(s, "rangeMax");
    static const struct {
        int channel;
        const char *low, *high;
    } keys[] = {{JB_VL_SIZE, "minSize", "maxSize"},
                {JB_VL_OPACITY, "minOpacity", "maxOpacity"},
                {JB_VL_STROKE, "minStrokeWidth", "maxStrokeWidth"}};
    s->out_low = s->out_high = NAN;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].channel != s->channel) continue;
        jb_vl_config_number(r, "scale", keys[i].low, &s->out_low);
        jb_vl_config_number(r, "scale", keys[i].high, &s->out_high);
        bool good = !range || (range->kind == JB_NODE_LIST && range->count == 2);
        if (good && range) {
            failed(r, jb_node_number(r->ctx, range->items[0], &s->out_low));
            failed(r, jb_node_number(r->ctx, range->items[1], &s->out_high));
        }
        if (low) failed(r, jb_node_number(r->ctx, low, &s->out_low));
        if (high) failed(r, jb_node_number(r->ctx, high, &s->out_high));
        if (!good)
            failed(r, jb_fail(r->ctx, range->pos, "the range of %s is a list of two numbers",
                              jb_vl_channel_names[s->channel]));
        if (r->status == JB_OK &&
            (s->out_low < 0 || s->out_high < 0 || s->out_low > 1e6 || s->out_high > 1e6))
            failed(r, jb_fail(r->ctx,
                              range ? range->pos
                              : low ? low->pos
                                    : high->pos,
                              "a size is from 0 to 1000000"));
    }
}

double jb_vl_scale_number(const jb_vl_scale *s, jb_vl_cell v, double low, double high) {
    if (!isnan(s->out_low)) low = s->out_low;
    if (!isnan(s->out_high)) high = s->out_high;
    return low + (high - low) * jb_vl_scale_share(s, v);
}

static const jb_node *item_of(const jb_vl_scale *s, unsigned i) {
    const jb_node *range = option(s, "range");
    return range && range->kind == JB_NODE_LIST && range->count ? range->items[i % range->count] : NULL;
}

const double jb_vl_dashes[5][4] = {{0}, {4, 2}, {2, 1}, {1, 1}, {1, 2, 4, 2}};

void jb_vl_scale_dash(const jb_vl_scale *s, unsigned i, double dash[4]) {
    const jb_node *n = item_of(s, i);
    if (n)
        for (unsigned k = 0; k < 4; k++) dash[k] = k < n->count ? jb_vl_cell_of_node(n->items[k]).number : 0;
    else
        memcpy(dash, jb_vl_dashes[i % 5], sizeof jb_vl_dashes[0]);
}

char jb_vl_shape_named(const char *name) {
    static const struct {
        const char *name;
        char shape;
    } shapes[] = {{"circle", 'c'},        {"square", 's'},        {"cross", 'x'},
                  {"diamond", 'd'},       {"triangle", 't'},      {"triangle-up", 't'},
                  {"triangle-down", 'v'}, {"triangle-left", '<'}, {"triangle-right", '>'},
                  {"stroke", '-'}};
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
        if (!strcmp(name, shapes[i].name)) return shapes[i].shape;
    return 0;
}

char jb_vl_scale_shape(const jb_vl_scale *s, unsigned i) {
    const jb_node *n = item_of(s, i);
    return n ? jb_vl_shape_named(n->text) : "csxdt"[i % 5];
}

void jb_vl_range_check(jb_vl_reader *r, const jb_vl_scale *s) {
    const jb_node *range = option(s, "range");
    if (!range || (s->channel != JB_VL_DASH && s->channel != JB_VL_SHAPE)) return;
    bool good = range->kind == JB_NODE_LIST && range->count;
    for (unsigned i = 0; good && i < range->count; i++) {
        const jb_node *n = range->items[i];
        if (s->channel == JB_VL_SHAPE) good = n->kind == JB_NODE_SCALAR && jb_vl_shape_named(n->text);
        for (unsigned k = 0; s->channel == JB_VL_DASH && good && k < MAX(n->count, 1); k++)
            good = n->kind == JB_NODE_LIST &&
                   (!n->count || jb_vl_cell_of_node(n->items[k]).kind == JB_VL_NUMBER);
    }
    if (!good)
        failed(r,
               jb_fail(r->ctx, range->pos,
                       s->channel == JB_VL_DASH
                           ? "the range of strokeDash is a list of lists, as [[4, 2], [1, 1]]"
                           : "the range of shape is a list of circle, square, cross, diamond, triangle …"));
}
