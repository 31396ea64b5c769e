/* References: rules across the plot at given values, each with its label where nothing else stands. */
#include <math.h>
#include <string.h>
#include "charts/plot.h"

#define OVER 4.0      /* an upright plot's rule goes on so far behind it */
#define LABEL_GAP 3.0 /* from there to its label … */
#define LEAD 8.0      /* … and more when labels had to move */
#define LEADER_WIDTH 0.5
#define MOVED 0.6
#define TEXT_AIR 1.5 /* a rule is broken so far from figures */
#define HEAD_GAP 3.0 /* from a lying plot to the lowest label over it */
#define BESIDE 2.0   /* from a rule to a label beside it */
#define APART 6.0    /* of labels in one line */

enum { MOST_REFERENCES = 8 };

/* ---- the specification ---- */

static jb_status read_one(jb_context *ctx, const jb_node *node, jb_reference *it) {
    static const char *const keys[] = {"value", "label"};
    const jb_node *value = node;
    it->pos = node->pos;
    if (node->kind == JB_NODE_MAP) {
        jb_status status = jb_node_check_keys(ctx, node, "reference property", keys, G_N_ELEMENTS(keys));
        const jb_node *label = jb_node_get(node, "label");
        value = jb_node_get(node, "value");
        if (status == JB_OK && !value)
            status = jb_fail(ctx, node->pos,
                             "the reference does not say where it stands: {value: NUMBER, label: TEXT}");
        if (status == JB_OK && label && !jb_node_is_null(label))
            status = jb_node_string(ctx, label, &it->label);
        if (status != JB_OK) return status;
        if (it->label && !*it->label) it->label = NULL;
    } else if (node->kind == JB_NODE_LIST) {
        return jb_fail(ctx, node->pos, "a reference is a number or {value: NUMBER, label: TEXT}");
    }
    jb_status status = jb_node_number(ctx, value, &it->value);
    it->written = value->text;
    if (status == JB_OK && !isfinite(it->value))
        return jb_fail(ctx, value->pos, "a reference stands at a number, not at %s", value->text);
    return status;
}

jb_status jb_reference_read(jb_context *ctx, jb_arena *arena, jb_spec *spec) {
    const jb_node *node = jb_node_get(spec->node, "reference");
    if (!node) return JB_OK;
    unsigned count = node->kind == JB_NODE_LIST ? node->count : 1;
    if (!count || count > MOST_REFERENCES)
        return jb_fail(ctx, node->pos, "reference takes one to %d values", MOST_REFERENCES);
    spec->references = JB_ARRAY(arena, jb_reference, count);
    spec->reference_count = count;
    for (unsigned i = 0; i < count; i++) {
        const jb_node *one = node->kind == JB_NODE_LIST ? node->items[i] : node;
        jb_status status = read_one(ctx, one, &spec->references[i]);
        if (status != JB_OK) return status;
    }
    return JB_OK;
}

/* ---- those of a chart ---- */

/* Completion rates have theirs at 100. */
void jb_references_set(jb_plot *p) {
    const jb_spec *spec = p->spec;
    unsigned rate = spec->rate;
    p->reference_count = spec->reference_count + rate;
    p->references = JB_ARRAY(p->arena, jb_reference, p->reference_count + 1);
    if (rate)
        p->references[0] =
            (jb_reference){.value = 100, .written = "100", .label = "目标", .pos = spec->node->pos};
    for (unsigned i = 0; i < spec->reference_count; i++) p->references[rate + i] = spec->references[i];
}

jb_status jb_references_check(const jb_plot *p) {
    if (!p->spec->reference_count) return JB_OK;
    if (jb_plot_has_right(p))
        return jb_fail(p->ctx, p->spec->references[0].pos,
                       "with two axes a reference could be of either; leave it out, or axis: right");
    if (p->panel_count == 1) return JB_OK;
    return jb_fail(
        p->ctx, p->spec->references[0].pos,
        "the rows are in several units (%s, %s): a reference is in one; choose rows by unit: or where:",
        p->panels[0].unit, p->panels[1].unit);
}

void jb_references_domain(const jb_plot *p, double *low, double *high) {
    for (unsigned i = 0; i < p->reference_count; i++) {
        *low = MIN(*low, p->references[i].value);
        *high = MAX(*high, p->references[i].value);
    }
}

const char *jb_reference_text(jb_plot *p, const jb_reference *it) {
    const jb_value v = {
        .kind = JB_VALUE_NUMBER, .raw = it->written, .digits_length = (unsigned)strlen(it->written)};
    const char *value = jb_value_label(p, &v);
    if (!it->label) return value;
    char *text = g_strconcat(it->label, " ", value, NULL);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

jb_label jb_reference_label(jb_plot *p, unsigned i) {
    return jb_label_new(p, jb_reference_text(p, &p->references[i]), p->style->label, false, p->style->text2);
}

/* ---- rules ---- */

/* A stretch of a rule that is white or broken. */
typedef struct stretch {
    double from, to;
    bool broken;
} stretch;

typedef struct rule {
    jb_plot *p;
    bool upright; /* the rule itself; it then runs in y */
    double at;
    GArray *crossed; /* stretch */
} rule;

static void cross(const rule *r, const jb_box *b, double air, bool broken) {
    double low = r->upright ? b->x1 : b->y1, high = r->upright ? b->x2 : b->y2;
    stretch it = {(r->upright ? b->y1 : b->x1) - air, (r->upright ? b->y2 : b->x2) + air, broken};
    if (r->at > low - air && r->at < high + air) g_array_append_val(r->crossed, it);
}

static int compare_ends(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void draw_piece(const rule *r, double from, double to) {
    jb_plot *p = r->p;
    bool white = false;
    double middle = (from + to) / 2;
    for (guint i = 0; i < r->crossed->len; i++) {
        const stretch *it = &g_array_index(r->crossed, stretch, i);
        if (middle < it->from || middle > it->to) continue;
        if (it->broken) return;
        white = true;
    }
    const jb_box line = r->upright ? (jb_box){r->at, from, r->at, to} : (jb_box){from, r->at, to, r->at};
    jb_plot_rule(p, line.x1, line.y1, line.x2, line.y2, white ? p->style->paper : p->style->text2,
                 p->style->baseline_width);
    g_array_append_val(p->strokes, line);
}

/* White where it crosses what is dark, broken where a figure stands. */
static void draw_rule(jb_plot *p, unsigned panel, unsigned i, bool upright, double at, double from,
                      double to) {
    const rule r = {p, upright, at, g_array_new(FALSE, FALSE, sizeof(stretch))};
    GArray *ends = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint k = 0; k < p->dark->len; k++) cross(&r, &g_array_index(p->dark, jb_box, k), 0, false);
    for (guint k = 0; k < p->drawn->len; k++) {
        const jb_drawn *d = &g_array_index(p->drawn, jb_drawn, k);
        const jb_box box = {d->box[0], d->box[1], d->box[2], d->box[3]};
        if (d->panel == panel && !strcmp(d->type, "text")) cross(&r, &box, TEXT_AIR, true);
    }
    for (guint k = 0; upright && k < p->taken->len; k++) /* names over rows */
        cross(&r, &g_array_index(p->taken, jb_box, k), TEXT_AIR, true);
    g_array_append_val(ends, from);
    g_array_append_val(ends, to);
    for (guint k = 0; k < r.crossed->len; k++) {
        const stretch *it = &g_array_index(r.crossed, stretch, k);
        double one = CLAMP(it->from, from, to), two = CLAMP(it->to, from, to);
        g_array_append_val(ends, one);
        g_array_append_val(ends, two);
    }
    g_array_sort(ends, compare_ends);
    for (guint k = 0; k + 1 < ends->len; k++) {
        double one = g_array_index(ends, double, k), two = g_array_index(ends, double, k + 1);
        if (two - one > 0.01) draw_piece(&r, one, two);
    }
    const double box[4] = {upright ? at : from, upright ? from : at, upright ? at : to, upright ? to : at};
    jb_plot_record(p, "rule", panel, box, NULL, p->references[i].written, NULL);
    g_array_free(ends, TRUE);
    g_array_free(r.crossed, TRUE);
}

void jb_reference_rule(jb_plot *p, unsigned panel, unsigned i, double y, double from, double to) {
    draw_rule(p, panel, i, false, y, from, to);
}

static void put_label(jb_plot *p, unsigned panel, const jb_label *label, double x, double y) {
    double w = jb_label_width(label), h = label->size, box[4] = {x, y - h / 2, x + w, y + h / 2};
    jb_label_draw(p, label, x, jb_label_centre(h, y), 'l');
    jb_plot_record(p, "text", panel, box, NULL, NULL, label->text);
}

/* ---- rules that lie ---- */

double jb_references_room(jb_plot *p) {
    double widest = 0;
    for (unsigned i = 0; i < p->reference_count; i++) {
        jb_label label = jb_reference_label(p, i);
        widest = MAX(widest, jb_label_width(&label));
    }
    return p->reference_count ? OVER + LABEL_GAP + widest + 1 + (p->reference_count > 1 ? LEAD : 0) : 0;
}

/* Indices by value, the highest first. */
static void sort_down(const jb_plot *p, unsigned *order) {
    for (unsigned i = 0; i < p->reference_count; i++) {
        unsigned k = i;
        for (; k > 0 && p->references[order[k - 1]].value < p->references[i].value; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

/* Keeps heights a pitch apart, as near to where they were as two passes bring them. */
static void spread(double *y, unsigned count, double pitch, double top, double bottom) {
    for (int round = 0; round < 100; round++) {
        for (unsigned i = 0; i + 1 < count; i++) {
            double over = pitch - (y[i + 1] - y[i]);
            if (over > 0.01) y[i] -= over / 2, y[i + 1] += over / 2;
        }
    }
    for (unsigned i = 0; i < count; i++) y[i] = MAX(y[i], top + i * pitch);
    for (unsigned i = count; i-- > 0;) y[i] = MIN(y[i], bottom - (count - 1 - i) * pitch);
}

void jb_references_across(jb_plot *p, unsigned panel, double zero, double factor) {
    const jb_panel *it = &p->panels[panel];
    unsigned count = p->reference_count, order[MOST_REFERENCES + 1];
    double at[MOST_REFERENCES + 1], end = it->x + it->width + OVER, lead = 0;
    if (!count) return;
    sort_down(p, order);
    for (unsigned i = 0; i < count; i++) at[i] = zero - p->references[order[i]].value * factor;
    spread(at, count, p->style->direct_pitch, it->y, it->y + it->height);
    for (unsigned i = 0; i < count; i++)
        if (fabs(at[i] - (zero - p->references[order[i]].value * factor)) > MOVED) lead = LEAD;
    for (unsigned i = 0; i < count; i++) {
        double y = zero - p->references[order[i]].value * factor;
        jb_label label = jb_reference_label(p, order[i]);
        jb_reference_rule(p, panel, order[i], y, it->x, end);
        if (lead > 0) jb_plot_rule(p, end, y, end + lead, at[i], p->style->axis, LEADER_WIDTH);
        put_label(p, panel, &label, end + lead + LABEL_GAP, at[i]);
    }
}

/* ---- upright rules ---- */

double jb_references_head(const jb_plot *p) {
    return p->reference_count ? p->reference_count * p->style->leading + HEAD_GAP : 0;
}

/* Over their rules in one line, when they do not meet; the highest value comes first. */
static bool in_one_line(jb_plot *p, const unsigned *order, const double *x, double left, double right,
                        double *at) {
    double before = INFINITY;
    for (unsigned i = 0; i < p->reference_count; i++) {
        jb_label label = jb_reference_label(p, order[i]);
        double w = jb_label_width(&label);
        at[i] = MAX(MIN(x[i] - w / 2, right - w), left);
        if (at[i] + w + APART > before) return false;
        before = at[i];
    }
    return true;
}

void jb_references_down(jb_plot *p, unsigned panel, double zero, double factor, const double box[4]) {
    unsigned count = p->reference_count, order[MOST_REFERENCES + 1];
    double x[MOST_REFERENCES + 1], at[MOST_REFERENCES + 1], leading = p->style->leading;
    if (!count) return;
    sort_down(p, order);
    for (unsigned i = 0; i < count; i++) x[i] = zero + p->references[order[i]].value * factor;
    bool line = in_one_line(p, order, x, box[0], box[2], at);
    for (unsigned i = 0; i < count; i++) {
        jb_label label = jb_reference_label(p, order[i]);
        double y = box[1] - HEAD_GAP - leading * (line ? 0.5 : i + 0.5);
        if (!line) at[i] = MAX(MIN(x[i] + BESIDE, box[2] - jb_label_width(&label)), box[0]);
        put_label(p, panel, &label, at[i], y);
        x[i] = CLAMP(x[i], box[0], box[2]);
    }
    for (unsigned i = 0; i < count; i++) {
        double from = box[1] - HEAD_GAP + 1 - (line ? 0 : i * leading + leading * 0.8);
        draw_rule(p, panel, order[i], true, x[i], from, box[3]);
    }
}
