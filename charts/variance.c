/* Variances of result from plan: absolute ones as bars, relative ones as pins; a double line is the plan. */
#include "charts/variance.h"

#include <math.h>
#include <string.h>
#include "input/lookup.h"

#define PITCH 27.0
#define BAR 9.0
#define STEM 2.2
#define PIN 6.0
#define PIN_DASH 1.0
#define ZERO_RADIUS 2.6
#define ZERO_WIDTH 1.2
#define ZERO_GAP 7.0
#define PIN_GAP 7.0
#define LINE_OVER 2.0
#define DOUBLE_WIDTH 0.6
#define PY_WIDTH 1.5
#define OUTLIER 2.5 /* a pin so many times the next is cut … */
#define CUT_TO 1.45 /* … to so many times it */
#define SLASH 3.0
#define COLUMNS_FROM 400.0 /* pt of width; panels stand side by side */
#define PIN_WEIGHT 0.62    /* of a column of pins beside one of bars */
#define BOTH_SHARE 0.6     /* of a panel's field that bars have beside pins */
#define LABEL_MARGIN 1.0
#define LEAST_BARS 24.0 /* width for the longest bar, or pin */
#define LEAST_PERCENT 1e-9 /* less is what arithmetic leaves of nothing */

typedef struct variance {
    jb_rows rows;
    jb_variance_entry *entries; /* one a category */
    bool *pins;     /* one a panel */
    unsigned *beside; /* of pins: the panel of bars */
    double right;   /* of the chart's last panels of BOTH */
    bool previous;  /* the plan is last year's result */
    bool both;      /* pins stand beside the bars */
} variance;

/* ---- what there is ---- */

/* Which way a row is drawn; rates are never relative. */
static bool is_relative(const jb_plot *p, const char *unit, bool unlike) {
    switch (p->spec->composite->variance) {
    case JB_VARIANCE_ABSOLUTE:
    case JB_VARIANCE_BOTH: return false;
    case JB_VARIANCE_RELATIVE: return true;
    default: return unlike && !jb_variance_is_rate(unit);
    }
}

static bool has_unlike_totals(const jb_plot *p) {
    const char *first = NULL;
    for (unsigned i = 0; i < p->panel_count; i++) {
        const char *unit = p->panels[i].unit;
        if (jb_variance_is_rate(unit)) continue;
        if (first) return true;
        first = unit;
    }
    return false;
}

/* ---- rows that are left out ---- */

static const char *const lack_words[] = {
    [JB_LACK_BOUND] = "只是界限", [JB_LACK_MISSING] = "缺数", [JB_LACK_SAME] = "只说持平",    [JB_LACK_WORDS] = "是文字",
    [JB_LACK_UNIT] = "单位不同",  [JB_LACK_RATE] = "是比率",  [JB_LACK_ZERO] = "基数不大于零"};

static void note_left_out(jb_plot *p, const jb_lack *lacks) {
    const char **names = JB_ARRAY(p->arena, const char *, p->category_count + 1);
    GString *note = g_string_new(p->spec->note);
    bool any = false;
    for (unsigned k = JB_LACK_NONE + 1; k < JB_LACKS; k++) {
        unsigned n = 0;
        for (unsigned c = 0; c < p->category_count; c++)
            if (lacks[c] == (jb_lack)k) names[n++] = p->categories[c].plain;
        if (!n) continue;
        if (any)
            g_string_append(note, "；");
        else
            g_string_append(note, note->len ? (g_str_has_suffix(note->str, "。") ? "没有差额，未列："
                                                                                 : "。没有差额，未列：")
                                            : "没有差额，未列：");
        any = true;
        jb_note_names(note, names, n);
        g_string_append_printf(note, "（%s）", lack_words[k]);
    }
    if (any) g_string_append(note, "。");
    if (note->len) p->composed->note = jb_arena_string(p->arena, note->str);
    g_string_free(note, TRUE);
}

/* ---- panels ---- */

typedef struct item {
    jb_category category;
    jb_variance_entry e;
    bool relative;
    const char *group; /* unit of a panel of bars; of pins "" */
} item;

static int compare_rows(gconstpointer a, gconstpointer b) {
    const item *x = a, *y = b;
    return x->category.row < y->category.row ? -1 : x->category.row > y->category.row;
}

static gint compare_changes(gconstpointer a, gconstpointer b, gpointer order) {
    const item *x = a, *y = b;
    double d = x->e.change - y->e.change;
    if (*(const jb_sort *)order == JB_SORT_DESCENDING) d = -d;
    return d < 0 ? -1 : d > 0 ? 1 : compare_rows(a, b);
}

/* A sub-indicator that does not stand under its indicator carries its name. */
static void name_alone(jb_plot *p, jb_category *c, const jb_category *before) {
    int parent = p->data->rows[c->row].parent;
    if (!c->level ||
        (before && parent >= 0 && (before->row == (unsigned)parent || before->level == c->level) &&
         p->spec->composite->order == JB_SORT_NONE))
        return;
    c->level = 0;
    if (parent >= 0) c->name = jb_worded(p, "%s：%s", p->data->rows[parent].name, c->name);
}

static const char *points_of(const char *unit) {
    return !strcmp(unit, "‰") ? "千分点" : jb_unit_is_percent(unit) ? "百分点" : unit;
}

static void add_panel(jb_plot *p, variance *v, const item *items, unsigned count, bool pins) {
    jb_panel *panel = &p->panels[p->panel_count];
    v->pins[p->panel_count++] = pins;
    *panel = (jb_panel){
        .unit = pins ? "%" : points_of(items[0].group), .first = p->category_count, .count = count};
    for (unsigned i = 0; i < count; i++) {
        jb_category *c = &p->categories[p->category_count];
        *c = items[i].category;
        name_alone(p, c, i ? &items[i - 1].category : NULL);
        v->entries[p->category_count++] = items[i].e;
    }
}

/* Items of one group, in order. */
static void take_group(jb_plot *p, variance *v, item *items, unsigned count, bool pins, const char *group) {
    item *of = JB_ARRAY(p->arena, item, count);
    jb_sort order = p->spec->composite->order;
    unsigned n = 0;
    for (unsigned i = 0; i < count; i++)
        if (items[i].relative == pins && (pins || !strcmp(items[i].group, group))) of[n++] = items[i];
    if (n && order != JB_SORT_NONE) g_qsort_with_data(of, (gint)n, sizeof *of, compare_changes, &order);
    if (n) add_panel(p, v, of, n, pins);
}

/* Rates first, then other bars, then pins. */
static void make_panels(jb_plot *p, variance *v, item *items, unsigned count) {
    p->categories = JB_ARRAY(p->arena, jb_category, 2 * count + 1);
    v->entries = JB_ARRAY(p->arena, jb_variance_entry, 2 * count + 1);
    p->panels = JB_ARRAY(p->arena, jb_panel, 2 * count + 1);
    v->pins = JB_ARRAY(p->arena, bool, 2 * count + 1);
    p->panel_count = p->category_count = 0;
    for (int rates = 1; rates >= 0; rates--) {
        for (unsigned i = 0; i < count; i++) {
            bool seen = items[i].relative || jb_variance_is_rate(items[i].group) != (bool)rates;
            for (unsigned k = 0; k < i && !seen; k++)
                seen = !items[k].relative && !strcmp(items[k].group, items[i].group);
            if (!seen) take_group(p, v, items, count, false, items[i].group);
        }
    }
    take_group(p, v, items, count, true, "");
}

/* Pins beside the bars of BOTH: a panel of their own over the same rows. */
static void add_pins_beside(jb_plot *p, variance *v) {
    unsigned bars = p->panel_count;
    for (unsigned i = 0; i < bars; i++) {
        const jb_panel of = p->panels[i];
        jb_panel *panel = &p->panels[p->panel_count];
        unsigned n = 0;
        for (unsigned k = 0; k < of.count; k++) {
            jb_category *c = &p->categories[p->category_count];
            jb_variance_entry *e = &v->entries[p->category_count];
            *c = p->categories[of.first + k];
            if (jb_variance_percent(p, c, e) != JB_LACK_NONE) continue;
            v->rows.y[p->category_count] = v->rows.y[of.first + k];
            v->rows.height[p->category_count++] = v->rows.height[of.first + k];
            n++;
        }
        if (!n) continue;
        *panel = (jb_panel){.unit = "%", .first = p->category_count - n, .count = n};
        v->beside[p->panel_count] = i;
        v->pins[p->panel_count++] = true;
    }
}

/* ---- scale ---- */

static int compare_down(gconstpointer a, gconstpointer b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* A pin that would press all others flat is cut; its label still says its value. */
static bool cut_outlier(variance *v, unsigned first, unsigned count) {
    double *sizes = g_new(double, count);
    bool cut = false;
    for (unsigned i = 0; i < count; i++) sizes[i] = fabs(v->entries[first + i].change);
    qsort(sizes, count, sizeof *sizes, compare_down);
    if (count > 1 && sizes[1] > 0 && sizes[0] > OUTLIER * sizes[1]) {
        for (unsigned i = 0; i < count; i++) {
            jb_variance_entry *e = &v->entries[first + i];
            if (fabs(e->change) < sizes[0]) continue;
            e->drawn = (e->change < 0 ? -1 : 1) * CUT_TO * sizes[1];
            cut = true;
        }
    }
    g_free(sizes);
    return cut;
}

static void find_domain(const variance *v, jb_panel *panel, unsigned first, unsigned count) {
    panel->low = panel->high = 0;
    for (unsigned c = first; c < first + count; c++) {
        panel->low = MIN(panel->low, v->entries[c].drawn);
        panel->high = MAX(panel->high, v->entries[c].drawn);
    }
}

static bool settle(jb_plot *p, variance *v, unsigned i) {
    jb_panel *panel = &p->panels[i];
    int decimals = 0;
    bool cut = false;
    for (unsigned c = panel->first; c < panel->first + panel->count; c++)
        if (!v->pins[i] && v->entries[c].decimals <= JB_CHANGE_DECIMALS)
            decimals = MAX(decimals, v->entries[c].decimals);
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        jb_variance_entry *e = &v->entries[c];
        bool pin = v->pins[i], fine = e->decimals > JB_CHANGE_DECIMALS;
        int digits = fine ? JB_CHANGE_DECIMALS : pin ? e->decimals : decimals;
        double least = 0.5 * pow(10, -(fine ? e->decimals : digits));
        e->zero = e->change == 0 || fabs(e->change) < (pin ? MAX(least, LEAST_PERCENT) : least);
        e->drawn = e->zero ? 0 : e->change;
        if (!v->pins[i]) e->tone = jb_tone_of(p, p->categories[c].row, e->zero ? 0 : e->change);
        if (e->zero) e->tone = JB_TONE_NEUTRAL;
        e->text = jb_change_text(p, e->zero ? 0 : e->change, e->zero && fine ? 0 : digits, e->approximate);
    }
    if (v->pins[i]) cut = cut_outlier(v, panel->first, panel->count);
    find_domain(v, panel, panel->first, panel->count);
    return cut;
}

/* ---- measuring ---- */

static void add_keys(jb_plot *p, const variance *v, bool cut) {
    bool tones[3] = {false}, zero = false, approximate = false;
    const char *plan = p->series[1].name;
    for (unsigned c = 0; c < p->category_count; c++) {
        const jb_variance_entry *e = &v->entries[c];
        zero = zero || e->zero;
        approximate = approximate || e->approximate;
        if (!e->zero) tones[e->tone] = true;
    }
    if (tones[JB_TONE_GOOD]) jb_key_add(p, JB_KEY_GOOD, jb_worded(p, "优于%s", plan), 0, JB_SCENARIO_PLAIN);
    if (tones[JB_TONE_BAD]) jb_key_add(p, JB_KEY_BAD, jb_worded(p, "差于%s", plan), 0, JB_SCENARIO_PLAIN);
    if (tones[JB_TONE_NEUTRAL]) jb_key_add(p, JB_KEY_NEUTRAL, "方向不明", 0, JB_SCENARIO_PLAIN);
    if (zero) jb_key_add(p, JB_KEY_ZERO, "持平", 0, JB_SCENARIO_PLAIN);
    if (approximate) jb_key_add(p, JB_KEY_APPROX, "约数", 0, JB_SCENARIO_PLAIN);
    if (cut) jb_key_add(p, JB_KEY_CUT, "过长，断开", 0, JB_SCENARIO_PLAIN);
    jb_key_add(p, v->previous ? JB_KEY_PY_AXIS : JB_KEY_PL_AXIS, plan, 0, JB_SCENARIO_PLAIN);
}

/* Heads stand where there are several panels, the subtitle says the rest. */
static void add_heads(jb_plot *p, variance *v, bool unlike) {
    const char **heads = JB_ARRAY(p->arena, const char *, p->panel_count);
    double *weights = JB_ARRAY(p->arena, double, p->panel_count);
    const char *what = jb_worded(p, "%s与%s之差", p->series[0].name, p->series[1].name);
    for (unsigned i = 0; i < p->panel_count; i++) {
        const char *unit = p->panels[i].unit;
        bool rate = !strcmp(unit, "百分点") || !strcmp(unit, "千分点");
        weights[i] = v->pins[i] ? PIN_WEIGHT : 1;
        heads[i] = v->pins[i] ? (unlike && p->panel_count > 1 ? "总量指标，相对差，%" : "相对差，%")
                   : rate     ? jb_worded(p, "比率指标，%s", unit)
                   : *unit    ? unit
                              : "（无单位）";
    }
    v->rows.panels = p->panel_count;
    v->rows.weights = weights;
    v->rows.heads = p->panel_count > 1 ? heads : NULL;
    bool bare = p->panel_count == 1 && !*p->panels[0].unit;
    p->composed->subtitle = p->panel_count > 1 || bare ? what
                            : v->pins[0]               ? jb_worded(p, "%s，相对差，%%", what)
                                                       : jb_worded(p, "%s，%s", what, p->panels[0].unit);
    if (v->both)
        p->composed->subtitle = jb_worded(p, "%s；右侧为相对差，%%", p->composed->subtitle);
}

static unsigned collect(jb_plot *p, item *items, bool unlike) {
    jb_lack *lacks = JB_ARRAY(p->arena, jb_lack, p->category_count + 1);
    unsigned n = 0;
    for (unsigned c = 0; c < p->category_count; c++) {
        item *it = &items[n];
        *it = (item){.category = p->categories[c], .group = p->categories[c].unit};
        it->relative = is_relative(p, it->group, unlike);
        lacks[c] =
            it->relative ? jb_variance_percent(p, &it->category, &it->e) : jb_variance_change(p, &it->category, &it->e);
        if (lacks[c] == JB_LACK_NONE) n++;
    }
    note_left_out(p, lacks);
    qsort(items, n, sizeof *items, compare_rows);
    return n;
}

static double room(const jb_plot *p, const variance *v, unsigned i, bool left) {
    const jb_panel *panel = &p->panels[i];
    double most = 0;
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        const jb_variance_entry *e = &v->entries[c];
        if ((e->change < 0 && !e->zero) != left) continue;
        jb_label label = jb_label_new((jb_plot *)p, e->text, p->style->label, true, p->style->text);
        double gap = e->zero ? ZERO_GAP : v->pins[i] ? PIN_GAP : p->style->label_gap;
        most = MAX(most, jb_label_width(&label) + gap);
    }
    return most;
}

/* Room for the labels of the pins beside bars, all panels together: they share a scale. False when there are none. */
static bool find_pins(jb_plot *p, double room[2]) {
    jb_variance_entry pin = {0};
    bool any = false;
    room[0] = room[1] = 0;
    for (unsigned c = 0; c < p->category_count; c++) {
        if (jb_variance_percent(p, &p->categories[c], &pin) != JB_LACK_NONE) continue;
        const char *text = jb_change_text(p, pin.change, pin.decimals, pin.approximate);
        jb_label label = jb_label_new(p, text, p->style->label, true, p->style->text);
        double *side = &room[pin.change < 0 ? 0 : 1];
        *side = MAX(*side, jb_label_width(&label) + PIN_GAP);
        any = true;
    }
    return any;
}

/* The least widths of panels' fields: labels at both sides, and something of the longest bar. Where pins leave bars
 * no room, or there are none, bars stand alone. */
static const double *find_least(jb_plot *p, variance *v) {
    double *fields = JB_ARRAY(p->arena, double, p->panel_count), pins[2], most = 0;
    v->both = v->both && find_pins(p, pins);
    for (unsigned i = 0; i < p->panel_count; i++) {
        fields[i] = MAX(room(p, v, i, true), LINE_OVER) + room(p, v, i, false) + LABEL_MARGIN + LEAST_BARS;
        if (v->both)
            fields[i] = MAX(fields[i] / BOTH_SHARE,
                            (MAX(pins[0], LINE_OVER) + pins[1] + LEAST_BARS + p->style->panel_gap / 2) / (1 - BOTH_SHARE));
        most = MAX(most, fields[i]);
    }
    if (!v->both || most <= p->width) return fields;
    v->both = false;
    jb_plot_note_add(p, p->spec->node->pos, "bars and relative differences find no room in %d pt: the bars alone",
                     (int)(p->width + 0.5));
    return find_least(p, v);
}

static bool is_previous(const jb_plot *p) {
    return p->data->columns[p->composed->plan].role == JB_COLUMN_PREVIOUS;
}

jb_status jb_variance_measure(jb_plot *p) {
    variance *v = JB_NEW(p->arena, variance);
    item *items = JB_ARRAY(p->arena, item, p->category_count + 1);
    bool unlike = has_unlike_totals(p), cut = false;
    p->composed->mine = v;
    p->composed->rows = p->horizontal = true;
    v->previous = is_previous(p);
    unsigned n = collect(p, items, unlike);
    if (!n)
        return jb_fail(
            p->ctx, p->spec->node->pos, "no row has a variance: “%s” and “%s” are never both plain numbers%s",
            p->series[0].name, p->series[1].name,
            p->spec->composite->variance == JB_VARIANCE_RELATIVE ? " in a unit that is no rate" : "");
    make_panels(p, v, items, n);
    for (unsigned i = 0; i < p->panel_count; i++) cut = settle(p, v, i) || cut;
    v->rows.p = p;
    v->rows.pitch = PITCH;
    v->both = p->spec->composite->variance == JB_VARIANCE_BOTH;
    v->rows.fields = find_least(p, v);
    add_heads(p, v, unlike);
    v->rows.least = v->both ? INFINITY : COLUMNS_FROM;
    jb_rows_measure(&v->rows);
    add_keys(p, v, cut);
    return JB_OK;
}

/* ---- drawing ---- */

/* Panels of pins beside bars share one scale: all are percent. */
static jb_field find_field(const jb_plot *p, const variance *v, unsigned i) {
    const jb_panel *panel = &p->panels[i];
    double before = room(p, v, i, true), after = room(p, v, i, false);
    for (unsigned k = 0; k < p->panel_count; k++) {
        if (!v->pins[i] || !v->pins[k]) continue;
        before = MAX(before, room(p, v, k, true));
        after = MAX(after, room(p, v, k, false));
    }
    double left = panel->x + MAX(before, LINE_OVER), right = panel->x + panel->width - after - LABEL_MARGIN;
    return jb_field_new(left, right - left, panel->low, panel->high);
}

static void draw_pin(jb_plot *p, const jb_variance_entry *e, double zero, double end, double y) {
    jb_colour ink = jb_tone_colour(p, e->tone);
    double h = PIN / 2;
    bool open =
        e->approximate || e->tone == JB_TONE_NEUTRAL || (jb_tones_plain(p) && e->tone == JB_TONE_BAD);
    jb_paint head = jb_paint_fill(ink);
    jb_plot_rule(p, zero, y, end, y, ink, STEM);
    if (open) {
        head = jb_paint_stroke(ink, PIN_DASH);
        head.fill = true;
        head.fill_colour = p->style->paper;
        if (e->approximate) head.dash[0] = 1.7, head.dash[1] = 1.3;
        h -= PIN_DASH / 2;
    }
    jb_scene_rect(p->scene, end - h, y - h, 2 * h, 2 * h, &head);
    if (e->drawn == e->change) return;
    double middle = (zero + end) / 2; /* a pair of slashes in the paper's colour: the pin is longer */
    for (int k = -1; k <= 1; k += 2)
        jb_plot_rule(p, middle + k * SLASH - 2, y + 5, middle + k * SLASH + 2, y - 5, p->style->paper,
                     SLASH / 2);
}

static void draw_zero(jb_plot *p, double x, double y) {
    jb_paint paint = jb_paint_stroke(p->style->neutral, ZERO_WIDTH);
    paint.fill = true;
    paint.fill_colour = p->style->paper;
    jb_scene_circle(p->scene, x, y, ZERO_RADIUS, &paint);
}

static void draw_entry(jb_plot *p, const variance *v, unsigned i, unsigned c, jb_field f) {
    const jb_variance_entry *e = &v->entries[c];
    double y = jb_rows_middle(&v->rows, c), end = jb_field_at(f, e->drawn),
           half = v->pins[i] ? PIN / 2 : BAR / 2;
    jb_label label =
        jb_label_new(p, e->text, p->style->label, !e->zero, e->zero ? p->style->text2 : p->style->text);
    double gap = e->zero ? ZERO_GAP : v->pins[i] ? PIN_GAP : p->style->label_gap;
    bool left = e->change < 0 && !e->zero;
    jb_plot_own(p, jb_mark_owner(p, c, 0));
    double box[4] = {f.zero, y - half, end + (v->pins[i] ? (left ? -half : half) : 0), y + half};
    if (e->zero) { /* what is drawn, however far from zero it is before rounding */
        box[0] = f.zero - ZERO_RADIUS;
        box[2] = f.zero + ZERO_RADIUS;
    }
    if (e->zero)
        draw_zero(p, f.zero, y);
    else if (v->pins[i])
        draw_pin(p, e, f.zero, end, y);
    else
        jb_delta_draw(p, true, e->tone, f.zero, end, y - BAR / 2, BAR, e->approximate);
    jb_plot_record(p, e->zero ? "symbol" : "rect", i, box, p->categories[c].plain, e->text, NULL);
    jb_text_put(p, i, &label, left ? end - gap : end + gap, y, left ? 'r' : 'l');
}

static void draw_axis(jb_plot *p, const variance *v, unsigned i, double x) {
    const jb_panel *panel = &p->panels[i];
    double top = panel->y + LINE_OVER, bottom = panel->y + panel->height - LINE_OVER,
           box[4] = {x, top, x, bottom};
    if (v->previous) {
        jb_plot_rule_around(p, &(jb_box){x, top, x, bottom}, p->style->py, PY_WIDTH);
    } else {
        for (int side = -1; side <= 1; side += 2)
            jb_plot_rule_around(p, &(jb_box){x + side, top, x + side, bottom}, p->style->ac, DOUBLE_WIDTH);
    }
    jb_plot_record(p, "rule", i, box, NULL, "0", NULL);
}

static void draw_panel(jb_plot *p, const variance *v, unsigned i) {
    const jb_panel *panel = &p->panels[i];
    jb_field f = find_field(p, v, i);
    draw_axis(p, v, i, f.zero);
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) draw_entry(p, v, i, c, f);
    jb_plot_own(p, JB_NO_OWNER);
}

/* One scale for all panels of pins, from `bars` on; their rows follow each other. */
static void share_scale(jb_plot *p, variance *v, unsigned bars) {
    unsigned first = p->panels[bars].first, count = p->category_count - first;
    for (unsigned c = first; c < p->category_count; c++) v->entries[c].drawn = v->entries[c].change;
    cut_outlier(v, first, count);
    for (unsigned i = bars; i < p->panel_count; i++) find_domain(v, &p->panels[i], first, count);
}

/* The fields of bars become narrower, the pins take what they leave. */
static void place_pins(jb_plot *p, variance *v, unsigned bars) {
    v->rows.y = memcpy(JB_ARRAY(p->arena, double, 2 * p->category_count), v->rows.y,
                       p->category_count * sizeof(double));
    v->rows.height = memcpy(JB_ARRAY(p->arena, double, 2 * p->category_count), v->rows.height,
                            p->category_count * sizeof(double));
    v->beside = JB_ARRAY(p->arena, unsigned, 2 * bars);
    add_pins_beside(p, v);
    for (unsigned i = bars; i < p->panel_count; i++) {
        jb_panel *panel = &p->panels[i];
        const jb_panel *beside = &p->panels[v->beside[i]];
        settle(p, v, i);
        panel->x = beside->x + beside->width * BOTH_SHARE + p->style->panel_gap / 2;
        panel->width = beside->x + beside->width - panel->x;
        panel->y = beside->y;
        panel->height = beside->height;
    }
    if (p->panel_count > bars) share_scale(p, v, bars);
    for (unsigned i = 0; i < bars; i++) p->panels[i].width *= BOTH_SHARE;
}

double jb_variance_draw(jb_plot *p, double top, double height) {
    variance *v = p->composed->mine;
    unsigned bars = p->panel_count;
    double used = jb_rows_place(&v->rows, top);
    (void)height;
    for (unsigned i = 0; i < bars; i++) jb_rows_draw(&v->rows, i);
    if (v->both) place_pins(p, v, bars);
    for (unsigned i = 0; i < p->panel_count; i++) draw_panel(p, v, i);
    return used;
}
