/* Scales: one question a function. The defaults are Vega-Lite's (compile/scale). */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "base/text.h"
#include "charts/vl.h"
#include "charts/vl_expr.h"
#include "charts/vl_time.h"

#define BAR_PADDING 0.1
#define NESTED_PADDING 0.2
#define WIDEST 1e304 /* that padding may make of it: distances stay numbers */
#define BAR_SIZE 5.0 /* of a bar on a continuous axis, pt; the axis is as much wider at both ends */

jb_vl_scale *jb_vl_scale_new(jb_arena *arena, int channel) {
    jb_vl_scale *s = JB_NEW(arena, jb_vl_scale);
    s->channel = channel;
    s->uses = g_array_new(FALSE, FALSE, sizeof(jb_vl_use));
    s->names = g_array_new(FALSE, FALSE, sizeof(jb_vl_cell));
    return s;
}

const jb_node *jb_vl_scale_option(const jb_vl_scale *s, const char *key) {
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_node *n = jb_node_get(jb_vl_use_def(jb_vl_use_at(s, i))->scale, key);
        if (n) return n;
    }
    return NULL;
}

bool jb_vl_scale_option_number(jb_vl_reader *r, const jb_vl_scale *s, const char *key, double *value) {
    const jb_node *n = jb_vl_scale_option(s, key);
    if (!n) return false;
    jb_vl_failed(r, jb_node_number(r->ctx, n, value));
    return true;
}

bool jb_vl_scale_discrete(const jb_vl_scale *s) { return s->type >= JB_VL_ORDINAL; }

static bool offsets(const jb_vl_scale *s) {
    return s->channel == JB_VL_XOFFSET || s->channel == JB_VL_YOFFSET;
}

static bool nested(const jb_vl_scale *s) {
    for (guint i = 0; jb_vl_scale_places(s) && i < s->uses->len; i++)
        if (jb_vl_use_at(s, i)->unit->def[s->channel == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET].node)
            return true;
    return false;
}

/* ---- type ---- */

static jb_vl_scale_type default_type(const jb_vl_scale *s, const jb_vl_use *use) {
    const jb_vl_def *d = jb_vl_use_def(use);
    jb_vl_mark mark = use->unit->mark;
    if (d->type == JB_VL_Q)
        return s->channel == JB_VL_DASH || s->channel == JB_VL_SHAPE || (s->channel == JB_VL_COLOR && d->bin)
                   ? JB_VL_ORDINAL
                   : JB_VL_LINEAR;
    if (d->type == JB_VL_T)
        return s->channel == JB_VL_DASH || s->channel == JB_VL_SHAPE ? JB_VL_ORDINAL : JB_VL_TIME;
    if (!jb_vl_scale_places(s) && !offsets(s))
        return s->channel == JB_VL_SIZE || s->channel == JB_VL_OPACITY ? JB_VL_POINTS : JB_VL_ORDINAL;
    if (mark == JB_VL_BAR || mark == JB_VL_RECT || mark == JB_VL_RULE || mark == JB_VL_TICK)
        return JB_VL_BAND;
    return nested(s) ? JB_VL_BAND : JB_VL_POINTS;
}

static jb_vl_scale_type type_of(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *n = jb_vl_scale_option(s, "type");
    jb_vl_scale_type type = default_type(s, jb_vl_use_at(s, 0));
    for (guint i = 1; i < s->uses->len; i++) { /* a band holds points, too */
        jb_vl_scale_type other = default_type(s, jb_vl_use_at(s, i));
        if (type == JB_VL_POINTS && other == JB_VL_BAND) type = other;
        if ((type >= JB_VL_ORDINAL) != (other >= JB_VL_ORDINAL) && jb_vl_use_def(jb_vl_use_at(s, i))->field)
            jb_vl_failed(
                r, jb_fail(r->ctx, jb_vl_use_def(jb_vl_use_at(s, i))->node->pos,
                           "one layer has categories on %s and another numbers; say resolve: {scale: {%s: "
                           "independent}}",
                           jb_vl_channel_names[s->channel], jb_vl_channel_names[s->channel]));
    }
    if (!n) return type;
    jb_vl_scale_type said;
    if (n->kind == JB_NODE_SCALAR && jb_vl_scale_type_named(n->text, &said)) {
        bool discrete = jb_vl_discrete(jb_vl_use_def(jb_vl_use_at(s, 0))),
             time = jb_vl_use_def(jb_vl_use_at(s, 0))->type == JB_VL_T;
        if (discrete == (said >= JB_VL_ORDINAL) && (!time || said == JB_VL_TIME)) return said;
        if (said == JB_VL_ORDINAL &&
            (s->channel == JB_VL_COLOR || s->channel == JB_VL_SHAPE || s->channel == JB_VL_DASH))
            return said;
        jb_vl_failed(r, jb_fail(r->ctx, n->pos, "a scale of type %s does not go with a field that is %s",
                                n->text,
                                discrete ? "nominal or ordinal"
                                : time   ? "temporal"
                                         : "quantitative"));
        return type;
    }
    const char *names[JB_VL_POINTS + 1];
    for (unsigned i = 0; i <= JB_VL_POINTS; i++) names[i] = jb_vl_scale_type_name((jb_vl_scale_type)i);
    GString *near = g_string_new(NULL);
    jb_suggest(near, n->kind == JB_NODE_SCALAR ? n->text : "…", names, G_N_ELEMENTS(names));
    jb_vl_failed(r, jb_fail(r->ctx, n->pos, "scale type “%s” is not supported%s",
                            n->kind == JB_NODE_SCALAR ? n->text : "…", near->str));
    g_string_free(near, TRUE);
    return type;
}

/* ---- all ---- */

/* What config.scale says of bands and points. */
static void config_padding(jb_vl_reader *r, jb_vl_scale *s, bool bars, bool ticks) {
    if (s->type == JB_VL_POINTS && jb_vl_scale_places(s)) {
        jb_vl_config_number(r, "scale", "pointPadding", &s->outer);
        return;
    }
    if (s->type != JB_VL_BAND) return;
    if (offsets(s)) {
        jb_vl_config_number(r, "scale", "offsetBandPaddingInner", &s->inner);
        jb_vl_config_number(r, "scale", "offsetBandPaddingOuter", &s->outer);
        return;
    }
    if (nested(s)) {
        jb_vl_config_number(r, "scale", "bandWithNestedOffsetPaddingInner", &s->inner);
        jb_vl_config_number(r, "scale", "bandWithNestedOffsetPaddingOuter", &s->outer);
        return;
    }
    bool inner = jb_vl_config_number(r, "scale", "bandPaddingInner", &s->inner);
    if (!inner)
        inner = jb_vl_config_number(r, "scale",
                                    bars    ? "barBandPaddingInner"
                                    : ticks ? "tickBandPaddingInner"
                                            : "rectBandPaddingInner",
                                    &s->inner);
    if (inner) s->outer = s->inner / 2;
    jb_vl_config_number(r, "scale", "bandPaddingOuter", &s->outer);
}

static void read_padding(jb_vl_reader *r, jb_vl_scale *s) {
    double both;
    bool bars = false, ticks = false;
    for (guint i = 0; i < s->uses->len; i++)
        bars = bars || jb_vl_use_at(s, i)->unit->mark == JB_VL_BAR,
        ticks = ticks || jb_vl_use_at(s, i)->unit->mark == JB_VL_TICK;
    if (s->type == JB_VL_BAND && jb_vl_scale_places(s))
        s->inner = nested(s) ? NESTED_PADDING : bars ? BAR_PADDING : ticks ? 0.25 : 0;
    s->outer = nested(s) ? NESTED_PADDING : s->inner / 2;
    if (s->type == JB_VL_POINTS && (jb_vl_scale_places(s) || offsets(s))) s->outer = 0.5;
    if (offsets(s) && s->type == JB_VL_BAND) s->inner = s->outer = 0;
    config_padding(r, s, bars, ticks);
    if (jb_vl_scale_option_number(r, s, "padding", &both)) s->inner = s->outer = both;
    s->align = 0.5;
    jb_vl_scale_option_number(r, s, "align", &s->align);
    jb_vl_scale_option_number(r, s, "paddingInner", &s->inner);
    jb_vl_scale_option_number(r, s, "paddingOuter", &s->outer);
    if (s->type == JB_VL_POINTS) s->inner = 1;
    if (r->status == JB_OK && jb_vl_scale_discrete(s) &&
        !(s->inner >= 0 && s->inner <= 1 && s->outer >= 0 && s->outer <= 100))
        jb_vl_failed(r, jb_fail(r->ctx, s->node->pos, "paddings of bands are shares from 0 to 1"));
}

/* The use whose options count: the first with a field, with the axis and legend that any of them says. */
static const jb_vl_def *lead_of(jb_vl_reader *r, const jb_vl_scale *s) {
    jb_vl_def *lead = JB_NEW(r->arena, jb_vl_def);
    const jb_vl_def *first = jb_vl_use_def(jb_vl_use_at(s, 0));
    for (guint i = 0; i < s->uses->len && !first->field; i++) first = jb_vl_use_def(jb_vl_use_at(s, i));
    *lead = *first;
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_vl_def *d = jb_vl_use_def(jb_vl_use_at(s, i));
        if (d == first || jb_vl_use_at(s, i)->channel != s->channel) continue;
        if (d->axis)
            lead->axis = !lead->axis || jb_node_is_null(lead->axis)
                             ? d->axis
                             : jb_node_merge(r->arena, d->axis, lead->axis);
        if (d->legend)
            lead->legend = !lead->legend || jb_node_is_null(lead->legend)
                               ? d->legend
                               : jb_node_merge(r->arena, d->legend, lead->legend);
    }
    return lead;
}

void jb_vl_scale_build(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_node *reverse = jb_vl_scale_option(s, "reverse");
    if (s->built || !s->uses->len) return;
    s->built = true;
    s->lead = lead_of(r, s);
    s->nice_count = 10;
    s->node = s->lead->scale;
    s->type = type_of(r, s);
    s->exponent = s->type == JB_VL_SQRT ? 0.5 : 1;
    s->base = 10;
    s->constant = 1;
    jb_vl_scale_option_number(r, s, "exponent", &s->exponent);
    jb_vl_scale_option_number(r, s, "base", &s->base);
    jb_vl_scale_option_number(r, s, "constant", &s->constant);
    s->clamp = jb_vl_says(jb_node_get(r->config, "scale"), "clamp", "true");
    if (jb_vl_scale_option(s, "clamp"))
        jb_vl_failed(r, jb_node_bool(r->ctx, jb_vl_scale_option(s, "clamp"), &s->clamp));
    if (r->status == JB_OK) jb_vl_scale_check(r, s);
    if (r->status != JB_OK) return;
    if (reverse) jb_vl_failed(r, jb_node_bool(r->ctx, reverse, &s->reverse));
    if (jb_vl_scale_discrete(s))
        jb_vl_domain_names(r, s);
    else
        jb_vl_domain_ends(r, s);
    if (!jb_vl_scale_discrete(s) && s->lead->sort && s->lead->sort->kind == JB_NODE_SCALAR &&
        !strcmp(s->lead->sort->text, "descending"))
        s->reverse = !s->reverse;
    read_padding(r, s);
    if (r->status != JB_OK) return;
    if (s->type == JB_VL_QUANTIZE && s->nice) jb_vl_nice(&s->low, &s->high, s->nice_count);
    jb_vl_scale_cut(r, s, jb_vl_scale_option(s, "domain"), jb_vl_scale_option(s, "range"));
    jb_vl_range_check(r, s);
    jb_vl_scale_output(r, s);
    jb_vl_palette_build(r, s);
}

static double bend(const jb_vl_scale *s, double v) {
    switch (s->type) {
    case JB_VL_LOG: return log(v) / log(s->base);
    case JB_VL_SYMLOG: return copysign(log1p(fabs(v / s->constant)), v);
    case JB_VL_SQRT:
    case JB_VL_POW: return copysign(pow(fabs(v), s->exponent), v);
    default: return v;
    }
}

static double unbend(const jb_vl_scale *s, double v) {
    switch (s->type) {
    case JB_VL_LOG: return pow(s->base, v);
    case JB_VL_SYMLOG: return copysign(expm1(fabs(v)) * s->constant, v);
    case JB_VL_SQRT:
    case JB_VL_POW: return copysign(pow(fabs(v), 1 / s->exponent), v);
    default: return v;
    }
}

/* Bars on a continuous axis stand wholly inside it; `padding` of a continuous scale is pt, too. */
static double continuous_padding(jb_vl_reader *r, const jb_vl_scale *s) {
    double padding = 0;
    if (jb_vl_scale_option_number(r, s, "padding", &padding)) return padding;
    if (jb_vl_scale_places(s) && jb_vl_config_number(r, "scale", "continuousPadding", &padding))
        return padding;
    for (guint i = 0; jb_vl_scale_places(s) && i < s->uses->len; i++) {
        const jb_vl_use *use = jb_vl_use_at(s, i);
        const jb_vl_def *d = jb_vl_use_def(use);
        if (use->unit->mark != JB_VL_BAR || d->bin || d->unit) continue;
        if ((use->unit->orient == 'v' && s->channel == JB_VL_X) ||
            (use->unit->orient == 'h' && s->channel == JB_VL_Y))
            return BAR_SIZE;
    }
    return 0;
}

void jb_vl_scale_range(jb_vl_reader *r, jb_vl_scale *s, double from, double to) {
    bool first = s->from == 0 && s->to == 0;
    s->from = s->reverse ? to : from;
    s->to = s->reverse ? from : to;
    if (!first || jb_vl_scale_discrete(s)) return;
    double padding = continuous_padding(r, s), span = fabs(to - from);
    if (padding > 0 && span > 2 * padding) {
        double a = bend(s, s->low), b = bend(s, s->high), grown = (b - a) * (span / (span - 2 * padding));
        s->low = fmax(unbend(s, (a + b) / 2 - grown / 2), -WIDEST);
        s->high = fmin(unbend(s, (a + b) / 2 + grown / 2), WIDEST);
    }
    if (s->nice && s->type == JB_VL_LOG) {
        s->low = pow(s->base, floor(log(s->low) / log(s->base)));
        s->high = pow(s->base, ceil(log(s->high) / log(s->base)));
    } else if (s->nice && s->type == JB_VL_TIME)
        jb_vl_time_nice(&s->low, &s->high, s->nice_count, s->nice_unit);
    else if (s->nice)
        jb_vl_nice(&s->low, &s->high, s->nice_count);
}

int jb_vl_scale_index(const jb_vl_scale *s, jb_vl_cell value) {
    for (guint i = 0; i < s->names->len; i++)
        if (jb_vl_cell_equal(g_array_index(s->names, jb_vl_cell, i), value)) return (int)i;
    return -1;
}

double jb_vl_scale_step(const jb_vl_scale *s) {
    return fabs(s->to - s->from) / fmax(1, s->names->len - s->inner + 2 * s->outer);
}

double jb_vl_scale_bandwidth(const jb_vl_scale *s) {
    return s->type == JB_VL_BAND ? jb_vl_scale_step(s) * (1 - s->inner) : 0;
}

double jb_vl_scale_map(const jb_vl_scale *s, jb_vl_cell value) {
    if (jb_vl_scale_discrete(s)) {
        int index = jb_vl_scale_index(s, value);
        double step = jb_vl_scale_step(s), low = fmin(s->from, s->to), span = fabs(s->to - s->from);
        if (index < 0) return NAN;
        if (s->to < s->from) index = (int)s->names->len - 1 - index;
        double before = s->to < s->from ? 1 - s->align : s->align;
        return low + (span - step * (s->names->len - s->inner)) * before + step * index;
    }
    if (value.kind == JB_VL_MISSING || value.kind == JB_VL_TEXT ||
        (s->type == JB_VL_LOG && value.number <= 0))
        return NAN;
    double low = bend(s, s->low), high = bend(s, s->high);
    if (high <= low) return (s->from + s->to) / 2;
    double share = (bend(s, value.number) - low) / (high - low);
    if (s->clamp) share = fmin(fmax(share, 0), 1);
    return s->from + share * (s->to - s->from);
}

double jb_vl_scale_share(const jb_vl_scale *s, jb_vl_cell v) {
    double share = 1;
    if (jb_vl_scale_discrete(s)) {
        int i = jb_vl_scale_index(s, v);
        share = s->names->len > 1 ? (double)i / (s->names->len - 1) : 1;
    } else if (s->stop_count > 2) {
        unsigned i = 0;
        while (i + 2 < s->stop_count && v.number > s->stops[i + 1]) i++;
        double a = s->stops[i], b = s->stops[i + 1];
        share = (i + (b > a ? fmin(fmax((v.number - a) / (b - a), 0), 1) : 0)) / (s->stop_count - 1);
    } else if (s->high > s->low && !(s->type == JB_VL_LOG && v.number <= 0))
        share = (bend(s, v.number) - bend(s, s->low)) / (bend(s, s->high) - bend(s, s->low));
    share = fmin(fmax(share, 0), 1);
    return s->reverse ? 1 - share : share;
}
