/* Properties of composite marks, and which mark takes which property. */
#include <string.h>
#include "base/limits.h"
#include "charts/composite.h"

#define OF(mark) (1u << JB_MARK_##mark)
#define SIMPLE (OF(BAR) | OF(LINE))
#define PLANNED (OF(BULLET) | OF(VARIANCE) | OF(KPI))

static const char *const known[] = {
    "mark",     "data",     "x",      "y",         "layer",  "where",    "sort",     "title",
    "headline", "subtitle", "note",   "source",    "id",     "width",    "height",   "orient",
    "values",   "unit",     "zero",   "plan",      "actual", "previous", "variance", "variance_colours",
    "better",   "bands",    "totals", "highlight", "trend",  "form",     "patterns", "label_unit"};

/* What is not here every mark takes. */
static const struct {
    const char *key;
    unsigned marks;
} takes[] = {{"y", SIMPLE | OF(DUMBBELL) | OF(SLOPE) | OF(WATERFALL) | OF(SPARKLINE)},
             {"layer", SIMPLE},
             {"patterns", SIMPLE},
             {"values", SIMPLE},
             {"label_unit", SIMPLE},
             {"plan", PLANNED},
             {"actual", PLANNED},
             {"previous", OF(BULLET)},
             {"trend", OF(KPI)},
             {"form", OF(SPARKLINE)},
             {"bands", OF(BULLET)},
             {"variance", OF(VARIANCE)},
             {"totals", OF(WATERFALL)},
             {"highlight", SIMPLE | OF(SLOPE)},
             {"better", OF(VARIANCE) | OF(WATERFALL)},
             {"variance_colours", OF(VARIANCE) | OF(WATERFALL)},
             {"sort", SIMPLE | OF(BULLET) | OF(VARIANCE) | OF(DUMBBELL) | OF(SPARKLINE)},
             {"zero", SIMPLE | OF(DUMBBELL) | OF(SLOPE)},
             {"orient", SIMPLE | OF(WATERFALL)},
             {"height", SIMPLE | OF(SLOPE) | OF(WATERFALL)}};

typedef struct reader {
    jb_context *ctx;
    jb_arena *arena;
    jb_spec *spec;
    jb_composite *own;
    jb_status status;
} reader;

const char *const *jb_composite_known(size_t *count) {
    *count = G_N_ELEMENTS(known);
    return known;
}

const char *const jb_mark_names[JB_MARKS] = {"bar",   "line",      "bullet", "variance", "dumbbell",
                                             "slope", "waterfall", "kpi",    "sparkline"};

static void failed(reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static void refuse(reader *r, const jb_node *node, const char *key) {
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(takes); i++)
        if (takes[i].marks & (1u << r->spec->mark))
            g_string_append_printf(list, "%s%s", list->len ? ", " : "", takes[i].key);
    failed(r, jb_fail(r->ctx, node->pos, "mark %s takes no %s; it takes %s and what all marks take",
                      jb_composite_name(r->spec->mark), key, list->str));
    g_string_free(list, TRUE);
}

static void check_takes(reader *r) {
    for (size_t i = 0; i < G_N_ELEMENTS(takes); i++) {
        const jb_node *node = jb_node_get(r->spec->node, takes[i].key);
        if (node && !(takes[i].marks & (1u << r->spec->mark))) refuse(r, node, takes[i].key);
    }
}

static jb_named named(reader *r, const jb_node *node) {
    jb_named it = {NULL, {0}};
    if (!node || jb_node_is_null(node)) return it;
    it.pos = node->pos;
    failed(r, jb_node_string(r->ctx, node, &it.text));
    if (it.text && !*it.text) it.text = NULL;
    return it;
}

static jb_named said(reader *r, const char *key) { return named(r, jb_node_get(r->spec->node, key)); }

/* A name or a list of names. */
static unsigned list(reader *r, const char *key, unsigned most, jb_named **out) {
    const jb_node *node = jb_node_get(r->spec->node, key);
    if (!node) return 0;
    unsigned count = node->kind == JB_NODE_LIST ? node->count : 1;
    if (count > most) {
        failed(r, jb_fail(r->ctx, node->pos, "%s has more than the limit of %u names", key, most));
        return 0;
    }
    *out = JB_ARRAY(r->arena, jb_named, count + 1);
    for (unsigned i = 0; i < count; i++)
        (*out)[i] = named(r, node->kind == JB_NODE_LIST ? node->items[i] : node);
    return count;
}

static unsigned choice(reader *r, const char *key, const char *const *words, unsigned count) {
    const jb_named it = said(r, key);
    if (!it.text) return 0;
    for (unsigned i = 0; i < count; i++)
        if (!strcmp(it.text, words[i])) return i;
    GString *near = g_string_new(NULL);
    jb_suggest(near, it.text, words, count);
    failed(r, jb_fail(r->ctx, it.pos, "%s “%s” is not supported%s", key, it.text, near->str));
    g_string_free(near, TRUE);
    return 0;
}

static void read_bands(reader *r) {
    const jb_node *node = jb_node_get(r->spec->node, "bands");
    jb_composite *own = r->own;
    if (!node) return;
    if (node->kind != JB_NODE_LIST || !node->count || node->count > JB_MOST_BANDS) {
        failed(r, jb_fail(r->ctx, node->pos,
                          "bands must be a list of one to %d shares of the plan in percent: [60, 80, 100]",
                          JB_MOST_BANDS));
        return;
    }
    for (unsigned i = 0; i < node->count; i++) {
        double *to = &own->bands[i];
        failed(r, jb_node_number(r->ctx, node->items[i], to));
        if (r->status == JB_OK && !(*to > (i ? to[-1] : 0) && *to <= 1000))
            failed(r, jb_fail(r->ctx, node->items[i]->pos, "bands must rise, from above 0 to 1000 percent"));
    }
    own->band_count = node->count;
}

static void read_choices(reader *r) {
    static const char *const modes[] = {"auto", "absolute", "relative", "both"};
    static const char *const colours[] = {"theme", "tone", "plain"};
    static const char *const better[] = {"auto", "more", "less"};
    static const char *const forms[] = {"line", "bar"};
    r->own->form = (jb_spark_form)choice(r, "form", forms, G_N_ELEMENTS(forms));
    r->own->variance = (jb_variance_mode)choice(r, "variance", modes, G_N_ELEMENTS(modes));
    unsigned ink = choice(r, "variance_colours", colours, G_N_ELEMENTS(colours));
    r->own->toned = ink == 1;
    r->own->plain = ink == 2;
    r->own->better = (jb_better)choice(r, "better", better, G_N_ELEMENTS(better));
}

/* The columns that jb_plot_data draws: what y says, or plan and result, whose names may be found later. */
static void set_columns(reader *r) {
    jb_spec *s = r->spec;
    unsigned wanted = s->mark == JB_MARK_WATERFALL ? 1 : 2;
    if (!s->x)
        failed(r, jb_fail(r->ctx, s->node->pos,
                          "the chart does not say which column names its categories: x: COLUMN"));
    if ((1u << s->mark) & PLANNED) {
        bool last = r->own->previous.text != NULL;
        s->y[0] = (jb_spec_y){.mark = s->mark, .column = r->own->actual.text, .pos = r->own->actual.pos};
        s->y[1] = (jb_spec_y){.mark = s->mark, .column = r->own->plan.text, .pos = r->own->plan.pos};
        if (last)
            s->y[2] =
                (jb_spec_y){.mark = s->mark, .column = r->own->previous.text, .pos = r->own->previous.pos};
        s->y_count = last ? 3 : 2;
    } else if (s->mark == JB_MARK_SPARKLINE) {
        const jb_node *y = jb_node_get(s->node, "y");
        if (s->y_count < 2)
            failed(r,
                   jb_fail(r->ctx, y ? y->pos : s->node->pos,
                           "mark sparkline draws two columns or more, oldest first: y: [COLUMN, COLUMN, …]"));
    } else if (s->y_count != wanted) {
        const jb_node *y = jb_node_get(s->node, "y");
        failed(r, jb_fail(r->ctx, y ? y->pos : s->node->pos,
                          wanted == 1 ? "mark %s draws one column: y: COLUMN"
                                      : "mark %s compares two columns: y: [COLUMN, COLUMN]",
                          jb_composite_name(s->mark)));
    }
}

jb_status jb_composite_read(jb_context *ctx, jb_arena *arena, jb_spec *spec) {
    reader r = {ctx, arena, spec, JB_NEW(arena, jb_composite), JB_OK};
    check_takes(&r);
    if (r.status != JB_OK || !jb_mark_is_composite(spec->mark)) return r.status;
    spec->composite = r.own;
    r.own->plan = said(&r, "plan");
    r.own->actual = said(&r, "actual");
    r.own->previous = said(&r, "previous");
    r.own->highlight = said(&r, "highlight");
    r.own->order = jb_node_get(spec->node, "sort") ? spec->sort : JB_SORT_DESCENDING;
    if (spec->mark == JB_MARK_VARIANCE) spec->sort = JB_SORT_NONE;
    if (spec->mark == JB_MARK_SPARKLINE) r.own->order = spec->sort, spec->sort = JB_SORT_NONE;
    if (spec->mark == JB_MARK_SLOPE && !jb_node_get(spec->node, "zero")) spec->zero = false;
    r.own->total_count = list(&r, "totals", JB_LIMIT_CATEGORIES, &r.own->totals);
    r.own->trend_count = list(&r, "trend", JB_LIMIT_SERIES, &r.own->trend);
    read_bands(&r);
    read_choices(&r);
    const jb_node *height = jb_node_get(spec->node, "height");
    if (height && spec->orient == JB_ORIENT_HORIZONTAL)
        failed(&r,
               jb_fail(ctx, height->pos,
                       "lying waterfalls take no height: they are as high as their rows; leave it out"));
    if (r.status == JB_OK) set_columns(&r);
    return r.status;
}
