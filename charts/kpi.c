/* Tiles: the figure, its bullet, how it compares with the plan, the verdict; a line of earlier figures when
 * asked for. */
#include "charts/composite.h"

#include <math.h>
#include <string.h>
#include "charts/verdict.h"
#include "input/derived.h"
#include "input/lookup.h"
#include "input/unit.h"

#define TILE 102.0
#define SMALL_TILE 79.0
#define WIDEST 150.0
#define GUTTER 12.0
#define ROW_GAP 14.0
#define RULE 1.0
#define NAME 9.0
#define NAME_LEADING 12.0
#define NAME_BASELINE 17.0
#define VALUE_BASELINE 51.0
#define UNIT 10.0
#define UNIT_GAP 4.0
#define BULLET_TOP 63.0
#define PLAN 10.0
#define ACTUAL 4.0
#define COMPARE_BASELINE 89.0
#define COMPARE_LEADING 11.5
#define VERDICT_BASELINE 101.0
#define VERDICT_MARK 3.2
#define VERDICT_GAP 4.0
#define DEPTH 105.0
#define TREND_ROOM 14.0

enum { AC, PL, SMALL_COUNT = 5, MOST_DECIMALS = 9 };

typedef struct tile {
    jb_label name, compare, verdict;
    jb_label before, number, after; /* 约, the figure, 左右 and the unit */
    const char *said;               /* the verdict, or NULL */
} tile;

typedef struct kpi {
    tile *tiles;
    unsigned across;
    double width;
    double *name_extra,
        *compare_extra; /* of each row of tiles: what names and comparisons of more than one line take */
    int *trend;
} kpi;

/* ---- words ---- */

static jb_label small(jb_plot *p, const char *text) {
    return jb_label_new(p, text, UNIT, false, p->style->text2);
}

/* The figure is as large as it fits: 28, 22 or 16 pt. */
static void set_figure(jb_plot *p, const jb_category *c, tile *t, double width, double largest) {
    static const double sizes[] = {28, 22, 16, 12};
    const jb_value *v = &c->values[AC];
    bool split = v->digits_length > 0 && v->kind != JB_VALUE_MISSING && v->kind != JB_VALUE_RANGE;
    unsigned end = v->digits_at + v->digits_length;
    jb_value digits = *v;
    const char *before = split ? jb_arena_copy(p->arena, v->raw, v->digits_at) : "",
               *after = split ? v->raw + end : "";
    digits.raw = split ? jb_arena_copy(p->arena, v->raw + v->digits_at, v->digits_length) : v->raw;
    digits.digits_at = 0;
    const char *number = v->kind == JB_VALUE_MISSING ? "无数据" : split ? jb_value_label(p, &digits) : v->raw;
    bool united = v->kind != JB_VALUE_MISSING && v->kind != JB_VALUE_TEXT && v->kind != JB_VALUE_SAME &&
                  !v->unit && *c->unit;
    char *trimmed = g_strstrip(g_strdup(after));
    t->before = small(p, before);
    const char *unit = united ? c->unit : "";
    t->after = small(p, jb_worded(p, "%s%s%s", unit, *unit && *trimmed ? " " : "", trimmed));
    g_free(trimmed);
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        if (sizes[i] > largest || (!split && v->kind != JB_VALUE_RANGE && sizes[i] > 16)) continue;
        t->number = jb_label_new(p, number, sizes[i], true, p->style->accent);
        double all =
            jb_label_width(&t->before) + jb_label_width(&t->number) + UNIT_GAP + jb_label_width(&t->after);
        if (all <= width) break;
    }
}

static bool is_rate(const char *unit) {
    jb_unit it;
    return jb_unit_parse(unit, &it) && jb_unit_is_rate(&it);
}

/* The plan as written, and what the result differs from it. */
static const char *compare_text(jb_plot *p, const jb_category *c, const char *between) {
    unsigned plan = (unsigned)p->composed->plan, actual = (unsigned)p->composed->actual;
    const jb_value *v = &c->values[PL];
    const char *base = jb_worded(p, "%s %s", p->series[PL].name,
                                 v->kind == JB_VALUE_MISSING ? "无数据" : jb_value_label(p, v));
    double change, rate;
    int decimals;
    bool approximate;
    if (!jb_dataset_variance_of(p->data, c->row, plan, actual, &change, &decimals, &approximate)) return base;
    if (!is_rate(c->unit) && jb_dataset_rate_of(p->data, c->row, plan, actual, &rate, &approximate))
        return jb_worded(p, "%s%s%s%%", base, between, jb_change_text(p, rate - 100, 1, approximate));
    return jb_worded(p, "%s%s%s%s", base, between,
                     jb_change_text(p, change, MIN(decimals, MOST_DECIMALS), approximate),
                     jb_unit_is_percent(c->unit) ? " 个百分点" : jb_worded(p, " %s", c->unit));
}

/* What the table says, else what follows from plan and result; both are of the dataset's own columns. */
static const char *verdict_of(const jb_plot *p, unsigned row) {
    if (p->composed->plan != jb_dataset_role(p->data, JB_COLUMN_PLAN) ||
        p->composed->actual != jb_dataset_role(p->data, JB_COLUMN_ACTUAL))
        return NULL;
    const char *said = jb_dataset_stated_verdict(p->data, row);
    return said ? said : jb_verdict_words(jb_dataset_verdict(p->data, row));
}

static void set_tile(jb_plot *p, kpi *k, unsigned c, double largest) {
    tile *t = &k->tiles[c];
    const jb_category *it = &p->categories[c];
    const jb_chart_style *style = p->style;
    set_figure(p, it, t, k->width, largest);
    t->name = jb_label_wrapped(p, it->name, NAME, k->width, style->text2);
    t->name.leading = NAME_LEADING;
    t->compare = jb_label_wrapped(p, compare_text(p, it, "，"), style->label, k->width, style->text);
    if (t->compare.para->count > 1) /* the change on a line of its own */
        t->compare =
            jb_label_wrapped(p, compare_text(p, it, "\xE2\x80\xA8"), style->label, k->width, style->text);
    t->said = verdict_of(p, it->row);
    double room = k->width - 2 * VERDICT_MARK - VERDICT_GAP;
    if (t->said) t->verdict = jb_label_wrapped(p, t->said, style->label, room, style->text);
    double *name = &k->name_extra[c / k->across], *compare = &k->compare_extra[c / k->across];
    *name = MAX(*name, (t->name.para->count - 1) * NAME_LEADING);
    double lines = t->compare.para->count - 1 + (t->said ? t->verdict.para->count - 1 : 0);
    *compare = MAX(*compare, lines * COMPARE_LEADING);
}

/* ---- measuring ---- */

static jb_status find_trend(jb_plot *p, kpi *k) {
    const jb_composite *own = p->spec->composite;
    k->trend = JB_ARRAY(p->arena, int, own->trend_count + 1);
    for (unsigned i = 0; i < own->trend_count; i++) {
        const jb_named *it = &own->trend[i];
        jb_status status =
            jb_dataset_find_column(p->ctx, p->data, it->text ? it->text : "", it->pos, &k->trend[i]);
        if (status != JB_OK) return status;
    }
    return JB_OK;
}

static int compare_rows(gconstpointer a, gconstpointer b) {
    const jb_category *x = a, *y = b;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Each tile has its own scale: one panel holds them all, in the order of the data. */
static void join_panels(jb_plot *p) {
    qsort(p->categories, p->category_count, sizeof *p->categories, compare_rows);
    p->panels[0] =
        (jb_panel){.unit = p->panel_count > 1 ? "" : p->panels[0].unit, .count = p->category_count};
    p->panel_count = 1;
}

jb_status jb_kpi_measure(jb_plot *p) {
    kpi *k = JB_NEW(p->arena, kpi);
    jb_status status = find_trend(p, k);
    if (status != JB_OK) return status;
    p->composed->mine = k;
    p->composed->subtitle = NULL;
    join_panels(p);
    unsigned fit = (unsigned)MAX(1, floor((p->width + GUTTER + 0.5) / (TILE + GUTTER)));
    bool five = p->category_count == SMALL_COUNT && fit < SMALL_COUNT &&
                p->width + 0.5 >= SMALL_COUNT * SMALL_TILE + (SMALL_COUNT - 1) * GUTTER;
    k->across = five ? SMALL_COUNT : MIN(fit, p->category_count);
    k->width = MIN((p->width - (k->across - 1) * GUTTER) / k->across, WIDEST);
    k->name_extra = JB_ARRAY(p->arena, double, p->category_count);
    k->compare_extra = JB_ARRAY(p->arena, double, p->category_count);
    k->tiles = JB_ARRAY(p->arena, tile, p->category_count);
    for (unsigned c = 0; c < p->category_count; c++) set_tile(p, k, c, five ? 22 : 28);
    return JB_OK;
}

/* ---- drawing ---- */

static void put(jb_plot *p, const jb_label *label, double x, double baseline) {
    double h = label->size, box[4] = {x, baseline - h * 0.86, x + jb_label_width(label),
                                      baseline + h * 0.14 + (label->para->count - 1) * label->leading};
    jb_label_draw(p, label, x, baseline, 'l');
    jb_plot_record(p, "text", 0, box, NULL, NULL, label->text);
}

static void draw_figure(jb_plot *p, const tile *t, const jb_category *c, double x, double y) {
    double at = x, before = jb_label_width(&t->before), number = jb_label_width(&t->number);
    jb_label_draw(p, &t->before, at, y, 'l');
    at += before + (before > 0 ? UNIT_GAP / 2 : 0);
    jb_label_draw(p, &t->number, at, y, 'l');
    at += number + UNIT_GAP;
    jb_label_draw(p, &t->after, at, y, 'l');
    double box[4] = {x, y - t->number.size * 0.86, at + jb_label_width(&t->after), y + t->number.size * 0.14};
    jb_plot_record(p, "text", 0, box, NULL, NULL,
                   c->values[AC].kind == JB_VALUE_MISSING ? "无数据" : c->values[AC].raw);
}

/* Plan and result on a scale of their own, from zero; none when a value is below zero or there is no number.
 */
static void draw_bullet(jb_plot *p, const kpi *k, const jb_category *c, double x, double y) {
    static const jb_series as[] = {{.scenario = JB_SCENARIO_AC}, {.scenario = JB_SCENARIO_PL}};
    static const double thick[] = {ACTUAL, PLAN};
    double number[2], most = 0;
    bool has[2];
    for (unsigned s = 0; s < 2; s++) {
        has[s] = jb_plot_number(&c->values[s], &number[s]);
        if (has[s] && number[s] < 0) return;
        if (has[s]) most = MAX(most, number[s]);
    }
    if (most <= 0) return;
    double scale = (k->width - jb_bar_reach(JB_VALUE_LOWER, false)) / most;
    for (unsigned s = 2; s-- > 0;) {
        const jb_value *v = &c->values[s];
        if (!has[s]) continue;
        double end = x + number[s] * scale, top = y + (PLAN - thick[s]) / 2;
        jb_bar_draw(p, true, &as[s], v->kind, x, end, x + v->number * scale, top, thick[s]);
        double box[4] = {x, top, end, top + thick[s]};
        if (s == AC) jb_plot_record(p, "rect", 0, box, c->plain, v->raw, NULL);
    }
}

/* The columns of `trend` as a line; nothing when none has a number. */
static void draw_trend(jb_plot *p, const kpi *k, const jb_category *c, double x, double y) {
    unsigned count = p->spec->composite->trend_count;
    jb_value *values = JB_ARRAY(p->arena, jb_value, count);
    bool *expected = JB_ARRAY(p->arena, bool, count);
    const jb_spark spark = {JB_SPARK_LINE, values, expected, count};
    const double box[4] = {x, y, x + jb_spark_width(JB_SPARK_LINE, count), y + JB_SPARK_HEIGHT};
    for (unsigned i = 0; i < count; i++) {
        values[i] = jb_dataset_at(p->data, c->row, (unsigned)k->trend[i]);
        expected[i] = jb_column_is_expected(p->data, (unsigned)k->trend[i]);
    }
    if (!jb_spark_any(&spark)) return;
    jb_spark_draw(p->scene, p->style, &spark, box);
    jb_plot_record(p, "line", 0, box, c->plain, values[count - 1].raw, NULL);
}

static void draw_tile(jb_plot *p, const kpi *k, unsigned c, double x, double y) {
    const tile *t = &k->tiles[c];
    const jb_category *it = &p->categories[c];
    const jb_verdict_inks inks = {p->style->good, p->style->bad, p->style->text2};
    jb_plot_own(p, jb_mark_owner(p, c, 0)); /* the tile is one mark */
    jb_plot_rule(p, x, y + RULE / 2, x + k->width, y + RULE / 2, p->style->accent, RULE);
    put(p, &t->name, x, y + NAME_BASELINE);
    y += k->name_extra[c / k->across];
    draw_figure(p, t, it, x, y + VALUE_BASELINE);
    draw_bullet(p, k, it, x, y + BULLET_TOP);
    if (p->spec->composite->trend_count) {
        draw_trend(p, k, it, x, y + BULLET_TOP + PLAN + 4);
        y += TREND_ROOM;
    }
    put(p, &t->compare, x, y + COMPARE_BASELINE);
    if (!t->said) return;
    double line = y + VERDICT_BASELINE + (t->compare.para->count - 1) * COMPARE_LEADING, mark = 0;
    if (jb_verdict_has_mark(t->said)) {
        mark = 2 * VERDICT_MARK + VERDICT_GAP;
        jb_verdict_mark(p->scene, t->said, &inks, x + VERDICT_MARK, line - t->verdict.size * 0.36);
    }
    put(p, &t->verdict, x + mark, line);
}

double jb_kpi_draw(jb_plot *p, double top, double height) {
    const kpi *k = p->composed->mine;
    double y = top, trend = p->spec->composite->trend_count ? TREND_ROOM : 0;
    (void)height;
    for (unsigned c = 0; c < p->category_count; c++) {
        unsigned row = c / k->across;
        if (c && c % k->across == 0)
            y += DEPTH + k->name_extra[row - 1] + k->compare_extra[row - 1] + trend + ROW_GAP;
        draw_tile(p, k, c, (c % k->across) * (k->width + GUTTER), y);
    }
    jb_plot_own(p, JB_NO_OWNER);
    unsigned last = (p->category_count - 1) / k->across;
    p->panels[0].y = top;
    p->panels[0].width = p->width;
    p->panels[0].height = y - top + DEPTH + k->name_extra[last] + k->compare_extra[last] + trend;
    return p->panels[0].height;
}
