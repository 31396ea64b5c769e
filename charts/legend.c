/* Keys of bars, at the top left; kinds of values get a key only when one is drawn. */
#include "charts/plot.h"

#define LINE_STEP 14.0

typedef struct key {
    const char *label;
    const jb_series *series;
    jb_value_kind kind;
} key;

/* The series that shows the kinds of values: a plan when there is one, else the first bars. */
static const jb_series *shown_series(const jb_plot *p) {
    const jb_series *first = NULL;
    for (unsigned s = 0; s < p->series_count; s++) {
        if (p->series[s].scenario == JB_SCENARIO_PL) return &p->series[s];
        if (!first && p->series[s].mark == JB_MARK_BAR) first = &p->series[s];
    }
    return first;
}

static unsigned list_keys(const jb_plot *p, key *keys) {
    static const struct {
        jb_value_kind kind;
        const char *label;
    } kinds[] = {
        {JB_VALUE_APPROX, "左右：约数"}, {JB_VALUE_UPPER, "以内：上限"}, {JB_VALUE_LOWER, "以上：下限"}};
    unsigned n = 0;
    for (unsigned s = 0; s < p->series_count && p->series_count > 1; s++)
        keys[n++] = (key){p->series[s].name, &p->series[s], JB_VALUE_NUMBER};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds) && shown_series(p); i++)
        if (jb_plot_has_kind(p, kinds[i].kind))
            keys[n++] = (key){kinds[i].label, shown_series(p), kinds[i].kind};
    return n;
}

static void draw_swatch(jb_plot *p, const key *k, double x, double y) {
    const jb_chart_style *style = p->style;
    double width = style->swatch_width - (k->kind == JB_VALUE_LOWER ? 3 : 0), height = style->swatch_height;
    if (k->series->mark == JB_MARK_BAR) {
        jb_bar_draw(p, true, k->series, k->kind, x, x + width, x + width, y - height / 2, height);
        return;
    }
    const jb_series_ink *ink = &style->series[k->series->ink % JB_SERIES_INKS];
    jb_plot_rule(p, x, y, x + width, y, ink->line, style->data_line_width);
    jb_point_draw(p, (unsigned)(k->series - p->series), x + width / 2, y);
}

double jb_legend_draw(jb_plot *p, double y, bool draw) {
    key *keys = JB_ARRAY(p->arena, key, p->series_count + 3);
    unsigned count = list_keys(p, keys);
    const jb_chart_style *style = p->style;
    double x = 0, height = LINE_STEP;
    for (unsigned i = 0; i < count; i++) {
        jb_label label = jb_label_new(p, keys[i].label, style->legend, false, style->text2);
        double swatch = style->swatch_width + (keys[i].kind == JB_VALUE_LOWER ? 3 : 0);
        double width = swatch + style->swatch_gap + jb_label_width(&label);
        if (x > 0 && x + width > p->width) {
            x = 0;
            y += LINE_STEP;
            height += LINE_STEP;
        }
        if (draw) {
            draw_swatch(p, &keys[i], x, y);
            jb_label_draw(p, &label, x + swatch + style->swatch_gap, jb_label_centre(style->legend, y), 'l');
        }
        x += width + style->key_gap;
    }
    return count ? height : 0;
}
