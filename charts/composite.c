/* What composite marks share: the order of work, keys, and the drawing of points, changes and words. */
#include "charts/composite.h"

#include <math.h>
#include <string.h>
#include "input/lookup.h"
#include "input/role.h"

#define KEY_STEP 14.0
#define MOST_CHANGE 1e15 /* from here on with an exponent */
#define MISSING_DASH 9.0
#define MISSING_WIDTH 0.9
#define MISSING_GAP 4.0
#define OUTLINE 1.0
#define DASHED_END 8.0
#define RING_WIDTH 1.4
#define DASHED_RING 1.2
#define ZERO_RADIUS 2.6
#define ZERO_WIDTH 1.2
#define DOUBLE_WIDTH 0.6
#define PY_WIDTH 1.5
#define ARROW_AWAY 1.2
#define ARROW_LONG 4.4
#define ARROW_HALF 2.7
#define LARGEST 1e15 /* larger numbers are worked out to four figures with an exponent */

enum { NOTE_NAMES = 5, MOST_DECIMALS = 9 /* of changes; what is still smaller has an exponent */ };

static const struct {
    jb_status (*measure)(jb_plot *plot);
    double (*draw)(jb_plot *plot, double top, double height);
} marks[] = {[JB_MARK_BULLET] = {jb_bullet_measure, jb_bullet_draw},
             [JB_MARK_VARIANCE] = {jb_variance_measure, jb_variance_draw},
             [JB_MARK_DUMBBELL] = {jb_dumbbell_measure, jb_dumbbell_draw},
             [JB_MARK_SLOPE] = {jb_slope_measure, jb_slope_draw},
             [JB_MARK_WATERFALL] = {jb_waterfall_measure, jb_waterfall_draw},
             [JB_MARK_KPI] = {jb_kpi_measure, jb_kpi_draw},
             [JB_MARK_SPARKLINE] = {jb_sparkline_measure, jb_sparkline_draw}};

/* ---- order of work ---- */

/* A column without any number is still what its header says. */
static int column_of_role(const jb_dataset *d, jb_column_role role) {
    int column = jb_dataset_role(d, role);
    for (unsigned c = 0; c < d->column_count && column < 0; c++)
        if (d->columns[c].role == JB_COLUMN_TEXT &&
            jb_column_role_of(d->columns[c].name, d->columns[c].path, 1, 0) == role)
            column = (int)c;
    return column;
}

/* Plan and result that are not named are found by what their columns hold. */
static jb_status find_role(jb_plot *p, unsigned s, jb_column_role role, const char *what, const char *key) {
    jb_spec_y *y = &p->spec->y[s];
    if (y->column) return JB_OK;
    int column = column_of_role(p->data, role);
    if (column < 0)
        return jb_fail(p->ctx, p->spec->node->pos,
                       "no column of “%s” holds the %s, as far as headers say; name it by %s: COLUMN",
                       p->data->id, what, key);
    y->column = p->data->columns[column].path;
    y->pos = p->spec->node->pos;
    return JB_OK;
}

static bool is_planned(jb_mark mark) {
    return mark == JB_MARK_BULLET || mark == JB_MARK_VARIANCE || mark == JB_MARK_KPI;
}

jb_status jb_composite_measure(jb_plot *p) {
    jb_status status = JB_OK;
    bool planned = is_planned(p->spec->mark);
    p->composed = JB_NEW(p->arena, jb_composed);
    p->composed->note = p->spec->note;
    if (planned) status = find_role(p, 0, JB_COLUMN_ACTUAL, "result", "actual");
    if (planned && status == JB_OK) status = find_role(p, 1, JB_COLUMN_PLAN, "plan", "plan");
    if (status == JB_OK) status = jb_plot_data(p);
    if (status != JB_OK) return status;
    p->composed->actual = p->series[0].column;
    p->composed->plan = p->series_count > 1 ? p->series[1].column : -1;
    p->composed->previous = p->series_count > 2 ? p->series[2].column : -1;
    if (p->panel_count > 1)
        p->composed->subtitle = "各单位自用一轴，长度不可跨单位比较";
    else if (*p->panels[0].unit)
        p->composed->subtitle = jb_worded(p, "单位：%s", p->panels[0].unit);
    p->composed->alt = jb_composite_alt_begin(p);
    return marks[p->spec->mark].measure(p);
}

jb_status jb_composite_draw(jb_plot *p, double top, double height, double *bottom) {
    *bottom = top + marks[p->spec->mark].draw(p, top, height);
    return p->status;
}

/* ---- words ---- */

const char *jb_worded(jb_plot *p, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

void jb_text_put(jb_plot *p, unsigned panel, const jb_label *label, double x, double y, char anchor) {
    double w = jb_label_width(label), h = label->size / 2,
           left = anchor == 'l'   ? x
                  : anchor == 'r' ? x - w
                                  : x - w / 2;
    double box[4] = {left, y - h, left + w, y + h};
    jb_label_draw(p, label, x, jb_label_centre(label->size, y), anchor);
    jb_plot_record(p, "text", panel, box, NULL, NULL, label->text);
}

void jb_missing_put(jb_plot *p, unsigned panel, double x, double y) {
    jb_label label = jb_label_new(p, "无数据", p->style->source, false, p->style->text2);
    jb_plot_rule(p, x, y, x + MISSING_DASH, y, p->style->axis, MISSING_WIDTH);
    jb_text_put(p, panel, &label, x + MISSING_DASH + MISSING_GAP, y, 'l');
}

jb_label jb_value_text(jb_plot *p, const jb_value *v, bool bold) {
    const jb_series as = {.scenario = bold ? JB_SCENARIO_AC : JB_SCENARIO_PLAIN};
    return jb_label_value(p, &as, v);
}

void jb_digits_append(GString *out, double value, int decimals, bool sign) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    if (fabs(value) < LARGEST) {
        jb_filter_digits(out, value, decimals, sign);
        return;
    }
    g_ascii_formatd(digits, sizeof digits, "%.4g", fabs(value));
    g_string_append_printf(out, "%s%s", value < 0 ? "\xE2\x88\x92" : sign ? "+" : "", digits); /* U+2212 */
}

const char *jb_change_text(jb_plot *p, double change, int decimals, bool approximate) {
    GString *text = g_string_new(approximate ? "约 " : "");
    bool small = change != 0 && fabs(change) < 0.5 * pow(10, -decimals) && decimals >= MOST_DECIMALS;
    if (fabs(change) >= MOST_CHANGE || small) { /* nobody reads so many digits */
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(number, sizeof number, "%.3g", fabs(change));
        g_string_append_printf(text, "%s%s", change < 0 ? "\xE2\x88\x92" : "+", number);
        const char *kept = jb_arena_string(p->arena, text->str);
        g_string_free(text, TRUE);
        return kept;
    }
    jb_value v = {.kind = JB_VALUE_NUMBER, .digits_at = (unsigned)text->len};
    jb_digits_append(text, change, decimals, true);
    v.digits_length = (unsigned)text->len - v.digits_at;
    v.raw = jb_arena_string(p->arena, text->str);
    g_string_free(text, TRUE);
    return jb_value_label(p, &v);
}

void jb_note_names(GString *out, const char *const *names, unsigned count) {
    for (unsigned i = 0; i < MIN(count, NOTE_NAMES); i++)
        g_string_append_printf(out, "%s%s", i ? "、" : "", names[i]);
    if (count > NOTE_NAMES) g_string_append_printf(out, "等 %u 项", count);
}

/* ---- changes ---- */

jb_tone jb_tone_of(const jb_plot *p, unsigned row, double change) {
    jb_better better = p->spec->composite->better;
    if (better == JB_BETTER_UNKNOWN) better = jb_dataset_better(p->data, row);
    if (better == JB_BETTER_UNKNOWN || change == 0) return JB_TONE_NEUTRAL;
    return (change > 0) == (better == JB_BETTER_MORE) ? JB_TONE_GOOD : JB_TONE_BAD;
}

bool jb_tones_plain(const jb_plot *p) {
    const jb_composite *own = p->spec->composite;
    return own->plain || (!own->toned && p->style->plain_variances);
}

jb_colour jb_tone_colour(const jb_plot *p, jb_tone tone) {
    if (jb_tones_plain(p)) return tone == JB_TONE_NEUTRAL ? p->style->neutral : p->style->ac;
    return tone == JB_TONE_GOOD ? p->style->good : tone == JB_TONE_BAD ? p->style->bad : p->style->neutral;
}

/* Neutral bars, and in plain colours bad ones, are outlines. */
static bool is_open(const jb_plot *p, jb_tone tone) {
    return tone == JB_TONE_NEUTRAL || (jb_tones_plain(p) && tone == JB_TONE_BAD);
}

typedef struct way {
    jb_plot *p;
    bool horizontal;
    jb_colour ink;
} way;

static void stroke(const way *w, double u1, double v1, double u2, double v2, double on, double off) {
    jb_paint paint = jb_paint_stroke(w->ink, OUTLINE);
    paint.dash[0] = on;
    paint.dash[1] = off;
    if (w->horizontal)
        jb_scene_line(w->p->scene, u1, v1, u2, v2, &paint);
    else
        jb_scene_line(w->p->scene, v1, u1, v2, u2, &paint);
}

static void box(const way *w, double u1, double u2, double v1, double v2, bool open) {
    double h = open ? OUTLINE / 2 : 0, low = MIN(u1, u2) + h, high = MAX(u1, u2) - h;
    jb_paint paint = open ? jb_paint_stroke(w->ink, OUTLINE) : jb_paint_fill(w->ink);
    paint.fill = true;
    if (open) paint.fill_colour = w->p->style->paper;
    if (high - low < 0.4) high = low + 0.4; /* what is there is seen */
    v1 += h, v2 -= h;
    if (w->horizontal)
        jb_scene_rect(w->p->scene, low, v1, high - low, v2 - v1, &paint);
    else
        jb_scene_rect(w->p->scene, v1, low, v2 - v1, high - low, &paint);
}

void jb_delta_draw(jb_plot *p, bool horizontal, jb_tone tone, double along, double end, double across,
                   double thick, bool approximate) {
    way w = {p, horizontal, jb_tone_colour(p, tone)};
    double sign = end >= along ? 1 : -1, length = sign * (end - along), h = OUTLINE / 2;
    double from = end - sign * (approximate && length > 3 ? MIN(DASHED_END, length * 0.4) : 0);
    box(&w, along, from, across, across + thick, is_open(p, tone));
    if (from == end) return;
    stroke(&w, from + sign * 1.3, across + h, end, across + h, 1.7, 1.3);
    stroke(&w, from + sign * 1.3, across + thick - h, end, across + thick - h, 1.7, 1.3);
    stroke(&w, end - sign * h, across, end - sign * h, across + thick, 1.9, 1.4);
}

/* ---- points ---- */

void jb_dot_draw(jb_plot *p, const jb_value *v, double x, double y, double radius, bool ring, jb_colour ink) {
    bool dashed = v->kind == JB_VALUE_APPROX || v->kind == JB_VALUE_RANGE,
         bound = v->kind == JB_VALUE_UPPER || v->kind == JB_VALUE_LOWER;
    jb_paint paint = jb_paint_fill(ink);
    if (ring || dashed || bound) {
        paint = jb_paint_stroke(ink, dashed ? DASHED_RING : RING_WIDTH);
        paint.fill = true;
        paint.fill_colour = p->style->paper;
        if (dashed) paint.dash[0] = 1.7, paint.dash[1] = 1.3;
    }
    jb_scene_circle(p->scene, x, y, radius, &paint);
}

void jb_dot_arrow(jb_plot *p, const jb_value *v, double x, double y, double radius, bool horizontal,
                  jb_colour ink) {
    if (v->kind != JB_VALUE_UPPER && v->kind != JB_VALUE_LOWER) return;
    double to = (v->kind == JB_VALUE_LOWER) == horizontal ? 1 : -1, base = radius + ARROW_AWAY,
           tip = base + ARROW_LONG;
    double xy[6] = {x + to * base, y - ARROW_HALF, x + to * base, y + ARROW_HALF, x + to * tip, y};
    const double up[6] = {x - ARROW_HALF, y + to * base, x + ARROW_HALF, y + to * base, x, y + to * tip};
    jb_paint paint = jb_paint_fill(ink);
    jb_scene_polyline(p->scene, horizontal ? xy : up, 3, true, &paint);
}

/* ---- keys ---- */

void jb_key_add(jb_plot *p, jb_key_kind kind, const char *label, unsigned index, jb_scenario scenario) {
    jb_composed *c = p->composed;
    if (c->key_count < JB_MOST_KEYS) c->keys[c->key_count++] = (jb_key){kind, label, index, scenario};
}

void jb_keys_of_kinds(jb_plot *p, unsigned s) {
    for (size_t i = 0; i < JB_KEY_KINDS; i++) {
        const jb_key_words *it = &jb_key_kinds[i];
        bool shown = jb_plot_has_kind(p, s, it->kind), said = false;
        for (unsigned k = 0; k < p->composed->key_count; k++) {
            const jb_key *key = &p->composed->keys[k];
            said = said || (key->kind == JB_KEY_KIND && key->index == it->kind);
        }
        if (shown && !said) jb_key_add(p, JB_KEY_KIND, it->label, it->kind, p->series[s].scenario);
    }
}

static void draw_ring(jb_plot *p, double x, double y, double radius, jb_colour ink, double width) {
    jb_paint paint = jb_paint_stroke(ink, width);
    paint.fill = true;
    paint.fill_colour = p->style->paper;
    jb_scene_circle(p->scene, x, y, radius, &paint);
}

static void draw_ground(jb_plot *p, unsigned index, double x, double y, double width, double height) {
    jb_paint paint = jb_paint_fill(jb_colour_tint(p->style->axis, 0.62 - 0.15 * index));
    jb_scene_rect(p->scene, x, y, width, height, &paint);
}

static void draw_tone(jb_plot *p, jb_key_kind kind, double x, double y, double w, double h) {
    jb_tone tone = kind == JB_KEY_GOOD ? JB_TONE_GOOD : kind == JB_KEY_BAD ? JB_TONE_BAD : JB_TONE_NEUTRAL;
    jb_delta_draw(p, true, tone, x, x + w, y - h / 2, h, kind == JB_KEY_APPROX);
}

static void draw_bar_key(jb_plot *p, const jb_key *k, double x, double y, double w, double h) {
    const jb_series as = {.scenario = k->scenario};
    jb_value_kind kind = k->kind == JB_KEY_KIND ? (jb_value_kind)k->index : JB_VALUE_NUMBER;
    jb_bar_draw(p, true, &as, kind, x, x + w, x + w, y - h / 2, h);
}

static void draw_swatch(jb_plot *p, const jb_key *k, double x, double y) {
    const jb_chart_style *style = p->style;
    double w = style->swatch_width, h = style->swatch_height, middle = x + w / 2;
    jb_paint outline = jb_paint_stroke(style->ac, OUTLINE);
    switch (k->kind) {
    case JB_KEY_AC: draw_bar_key(p, &(jb_key){.scenario = JB_SCENARIO_AC}, x, y, w, h / 2); break;
    case JB_KEY_PL: draw_bar_key(p, &(jb_key){.scenario = JB_SCENARIO_PL}, x, y, w, h); break;
    case JB_KEY_SERIES:
    case JB_KEY_KIND: draw_bar_key(p, k, x, y, w - (k->index == JB_VALUE_LOWER ? 3 : 0), h); break;
    case JB_KEY_PL_OPEN:
        jb_scene_rect(p->scene, x + OUTLINE / 2, y - h / 2 + OUTLINE / 2, w - OUTLINE, h - OUTLINE, &outline);
        break;
    case JB_KEY_PY_TICK:
    case JB_KEY_PY_AXIS: jb_plot_rule(p, middle, y - 5, middle, y + 5, style->py, PY_WIDTH); break;
    case JB_KEY_BAND: draw_ground(p, k->index, x, y - h / 2, w, h); break;
    case JB_KEY_ZERO: draw_ring(p, middle, y, ZERO_RADIUS, style->neutral, ZERO_WIDTH); break;
    case JB_KEY_PL_AXIS:
        jb_plot_rule(p, middle - 1, y - 5, middle - 1, y + 5, style->ac, DOUBLE_WIDTH);
        jb_plot_rule(p, middle + 1, y - 5, middle + 1, y + 5, style->ac, DOUBLE_WIDTH);
        break;
    case JB_KEY_CUT:
        jb_plot_rule(p, x, y, x + 5, y, style->axis, 2.2);
        jb_plot_rule(p, x + 9, y, x + w, y, style->axis, 2.2);
        break;
    case JB_KEY_DISC:
    case JB_KEY_RING:
        jb_dot_draw(p, &(jb_value){.kind = JB_VALUE_NUMBER}, middle, y, 3.6, k->kind == JB_KEY_RING,
                    style->ac);
        break;
    default: draw_tone(p, k->kind, x, y, w, h);
    }
}

double jb_keys_draw(jb_plot *p, double y, bool draw) {
    const jb_chart_style *style = p->style;
    double x = 0, height = KEY_STEP;
    for (unsigned i = 0; i < p->composed->key_count; i++) {
        const jb_key *k = &p->composed->keys[i];
        jb_label label = jb_key_label(p, k->label, style->swatch_width);
        double width = style->swatch_width + style->swatch_gap + jb_label_width(&label);
        if (x > 0 && x + width > p->width) {
            x = 0;
            y += KEY_STEP;
            height += KEY_STEP;
        }
        if (draw) {
            draw_swatch(p, k, x, y);
            jb_label_draw(p, &label, x + style->swatch_width + style->swatch_gap,
                          jb_label_centre(style->legend, y), 'l');
        }
        double more = (label.para->count - 1) * KEY_STEP;
        y += more, height += more;
        x += width + style->key_gap;
    }
    return p->composed->key_count ? height : 0;
}
