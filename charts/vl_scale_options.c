/* Which options go with which scale: what has no meaning there is refused, not passed over. */
#include <math.h>
#include <stdlib.h>
#include "charts/vl.h"
#include "charts/vl_time.h"
#include "charts/vl_transform.h"

#define T(type) (1u << JB_VL_##type)
#define PLAIN (T(LINEAR) | T(LOG) | T(SYMLOG) | T(SQRT) | T(POW) | T(TIME))
#define NAMES (T(ORDINAL) | T(BAND) | T(POINTS))
#define CUT (T(QUANTIZE) | T(QUANTILE) | T(THRESHOLD) | T(BIN_ORDINAL))
#define ALL (PLAIN | NAMES | CUT)
#define C(channel) (1u << JB_VL_##channel)
#define PLACES (C(X) | C(Y) | C(XOFFSET) | C(YOFFSET))
#define NUMBERS (C(SIZE) | C(OPACITY) | C(STROKE))

static const struct {
    const char *key;
    unsigned types, channels;
} uses[] = {
    {"base", T(LOG), ~0u},
    {"exponent", T(POW), ~0u},
    {"constant", T(SYMLOG), ~0u},
    {"zero", T(LINEAR) | T(POW) | T(SQRT) | T(SYMLOG) | T(QUANTIZE), ~0u},
    {"nice", PLAIN | T(QUANTIZE), ~0u},
    {"clamp", PLAIN, ~0u},
    {"domainMin", PLAIN | T(QUANTIZE), ~0u},
    {"domainMax", PLAIN | T(QUANTIZE), ~0u},
    {"domainMid", PLAIN, C(COLOR)},
    {"interpolate", PLAIN, C(COLOR)},
    {"scheme", ALL, C(COLOR)},
    {"range", ALL, C(COLOR) | NUMBERS | C(DASH) | C(SHAPE)},
    {"rangeMin", ALL, NUMBERS},
    {"rangeMax", ALL, NUMBERS},
    {"padding", PLAIN | NAMES, PLACES},
    {"paddingInner", T(BAND), PLACES},
    {"paddingOuter", T(BAND) | T(POINTS), PLACES},
    {"align", T(BAND) | T(POINTS), PLACES},
    {"round", ALL, PLACES},
};

static const char *const type_names[] = {"linear",  "log",      "symlog",   "sqrt",      "pow",
                                         "time",    "quantize", "quantile", "threshold", "bin-ordinal",
                                         "ordinal", "band",     "point"};
const char *jb_vl_scale_type_name(jb_vl_scale_type type) { return type_names[type]; }

bool jb_vl_scale_type_named(const char *name, jb_vl_scale_type *type) {
    for (unsigned i = 0; i < G_N_ELEMENTS(type_names); i++)
        if (!strcmp(name, type_names[i]) || (i == JB_VL_TIME && !strcmp(name, "utc")))
            return *type = (jb_vl_scale_type)i, true;
    return false;
}

static void check_use(jb_vl_reader *r, const jb_vl_scale *s, const jb_node *scale) {
    for (size_t i = 0; i < G_N_ELEMENTS(uses) && r->status == JB_OK; i++) {
        const jb_node *n = jb_node_get(scale, uses[i].key);
        jb_status status = JB_OK;
        if (n && !(uses[i].channels & (1u << s->channel)))
            status = jb_fail(r->ctx, n->pos, "the scale of %s has no use for %s",
                             jb_vl_channel_names[s->channel], uses[i].key);
        else if (n && !(uses[i].types & (1u << s->type)))
            status = jb_fail(r->ctx, n->pos, "a scale of type %s has no use for %s", type_names[s->type],
                             uses[i].key);
        if (status != JB_OK) r->status = status;
    }
}

void jb_vl_scale_check(jb_vl_reader *r, const jb_vl_scale *s) {
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_vl_use *use = &g_array_index(s->uses, jb_vl_use, i);
        check_use(r, s, use->unit->def[use->channel].scale);
    }
}

/* ---- classes ---- */

/* Bounds that part the data into n classes of equal count (d3's quantiles). */
static void quantiles(jb_vl_reader *r, jb_vl_scale *s, unsigned n) {
    GArray *values = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < s->uses->len; i++) {
        const jb_vl_use *use = &g_array_index(s->uses, jb_vl_use, i);
        for (unsigned k = 0; k < use->table->rows; k++) {
            jb_vl_cell c = jb_vl_table_at(use->table, k, use->unit->def[use->channel].column);
            if (c.kind == JB_VL_NUMBER) g_array_append_val(values, c.number);
        }
    }
    double *sorted = (double *)(void *)values->data;
    jb_vl_sort(sorted, values->len);
    s->cuts = JB_ARRAY(r->arena, double, n);
    for (unsigned i = 1; i < n && values->len; i++)
        s->cuts[s->cut_count++] = jb_vl_quantile(sorted, values->len, (double)i / n);
    g_array_free(values, TRUE);
}

static void equal_steps(jb_vl_reader *r, jb_vl_scale *s, unsigned n) {
    s->cuts = JB_ARRAY(r->arena, double, n);
    for (unsigned i = 1; i < n; i++) s->cuts[s->cut_count++] = s->low + (s->high - s->low) * i / n;
}

static void said_bounds(jb_vl_reader *r, jb_vl_scale *s, const jb_node *domain) {
    bool good = domain && domain->kind == JB_NODE_LIST && domain->count && domain->count < 40;
    s->cuts = JB_ARRAY(r->arena, double, 40);
    for (unsigned i = 0; good && i < domain->count; i++) {
        jb_vl_cell c = jb_vl_cell_of_node(domain->items[i]);
        good = c.kind == JB_VL_NUMBER && (!i || c.number > s->cuts[i - 1]);
        s->cuts[s->cut_count++] = c.number;
    }
    if (!good && r->status == JB_OK)
        r->status = jb_fail(r->ctx, domain ? domain->pos : s->lead->node->pos,
                            "a scale of type threshold needs domain: a list of up to 39 bounds that rise");
}

static void bin_bounds(jb_vl_reader *r, jb_vl_scale *s) {
    const jb_vl_bins *b = &s->lead->bins;
    if (!s->lead->bin || !(b->step > 0)) {
        r->status = jb_fail(r->ctx, s->lead->node->pos, "a scale of type bin-ordinal needs bin:");
        return;
    }
    equal_steps(r, s, 1);
    double count = round((b->stop - b->start) / b->step);
    if (count > 40) {
        r->status = jb_fail(r->ctx, s->lead->node->pos, "more than 40 classes");
        return;
    }
    s->cuts = JB_ARRAY(r->arena, double, (size_t)count + 1);
    for (double i = 1; i < count; i++) s->cuts[s->cut_count++] = b->start + i * b->step;
}

void jb_vl_scale_cut(jb_vl_reader *r, jb_vl_scale *s, const jb_node *domain, const jb_node *range) {
    double said = 4;
    jb_vl_config_number(r, "scale", s->type == JB_VL_QUANTILE ? "quantileCount" : "quantizeCount", &said);
    unsigned n =
        range && range->kind == JB_NODE_LIST && range->count ? MIN(range->count, 40) : (unsigned)said;
    if (s->type < JB_VL_QUANTIZE || s->type > JB_VL_BIN_ORDINAL || r->status != JB_OK) return;
    if (s->channel != JB_VL_COLOR) {
        r->status =
            jb_fail(r->ctx, s->lead->node->pos, "a scale of type %s is for color only", type_names[s->type]);
        return;
    }
    switch (s->type) {
    case JB_VL_QUANTILE: quantiles(r, s, n); break;
    case JB_VL_THRESHOLD: said_bounds(r, s, domain); break;
    case JB_VL_BIN_ORDINAL: bin_bounds(r, s); break;
    default: equal_steps(r, s, n);
    }
}
