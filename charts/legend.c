/* Keys of bars, at the top left; kinds of values get a key only when one is drawn. */
#include "charts/composite.h"

#define LINE_STEP 14.0

typedef struct key {
    const char *label;
    const jb_series *series; /* NULL: the line at 100 */
    jb_value_kind kind;
} key;

const jb_key_words jb_key_kinds[JB_KEY_KINDS] = {{JB_VALUE_APPROX, "左右：约数"},
                                                 {JB_VALUE_UPPER, "以内：上限"},
                                                 {JB_VALUE_LOWER, "以上：下限"},
                                                 {JB_VALUE_SAME, "持平：画到上年数"}};

bool jb_plot_has_kind(const jb_plot *p, unsigned s, jb_value_kind kind) {
    double number;
    for (unsigned c = 0; c < p->category_count; c++) {
        const jb_value *v = &p->categories[c].values[s];
        if (v->kind == kind && jb_plot_number(v, &number)) return true;
    }
    return false;
}

/* The bars that show a kind of value: those of the plan when they have it, else the first that do; NULL when
 * none. */
static const jb_series *shown_series(const jb_plot *p, jb_value_kind kind) {
    const jb_series *first = NULL;
    for (unsigned s = 0; s < p->series_count; s++) {
        const jb_series *it = &p->series[s];
        if (it->mark != JB_MARK_BAR || !jb_plot_has_kind(p, s, kind)) continue;
        if (it->scenario == JB_SCENARIO_PL) return it;
        if (!first) first = it;
    }
    return first;
}

/* With two axes, on which one. */
static const char *series_label(jb_plot *p, const jb_series *s) {
    if (!s->right) return s->name;
    char *text = g_strconcat(s->name, "（右轴）", NULL);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

static unsigned list_keys(jb_plot *p, key *keys) {
    unsigned n = 0;
    bool lines = p->ends != JB_ENDS_NAMED;
    for (unsigned s = 0; s < p->series_count && (p->series_count > 1 || lines); s++)
        if (!lines || jb_line_is_named(p, s))
            keys[n++] = (key){series_label(p, &p->series[s]), &p->series[s], JB_VALUE_NUMBER};
    for (size_t i = 0; i < JB_KEY_KINDS; i++) {
        const jb_series *shown = shown_series(p, jb_key_kinds[i].kind);
        if (shown) keys[n++] = (key){jb_key_kinds[i].label, shown, jb_key_kinds[i].kind};
    }
    if (lines && p->spec->rate) keys[n++] = (key){"目标 100", NULL, JB_VALUE_NUMBER};
    return n;
}

static void draw_swatch(jb_plot *p, const key *k, double x, double y) {
    const jb_chart_style *style = p->style;
    double width = style->swatch_width - (k->kind == JB_VALUE_LOWER ? 3 : 0), height = style->swatch_height;
    if (!k->series) {
        jb_plot_rule(p, x, y, x + width, y, style->text2, style->baseline_width);
        return;
    }
    if (k->series->mark == JB_MARK_BAR) {
        jb_bar_draw(p, true, k->series, k->kind, x, x + width, x + width, y - height / 2, height);
        return;
    }
    unsigned series = (unsigned)(k->series - p->series);
    jb_paint paint = jb_line_paint(p, series);
    paint.join = JB_JOIN_MITER;
    jb_scene_line(p->scene, x, y, x + width, y, &paint);
    jb_point_draw(p, series, k->series->forecast ? JB_POINT_HOLLOW : JB_POINT_SOLID, x + width / 2, y);
}

jb_label jb_key_label(jb_plot *p, const char *text, double swatch) {
    const jb_chart_style *style = p->style;
    jb_label label = jb_label_new(p, text, style->legend, false, style->text2);
    double room = p->width - swatch - style->swatch_gap;
    if (jb_label_width(&label) <= room) return label;
    label = jb_label_wrapped(p, text, style->legend, room, style->text2);
    label.leading = LINE_STEP;
    return label;
}

double jb_legend_draw(jb_plot *p, double y, bool draw) {
    if (p->composed) return jb_keys_draw(p, y, draw);
    key *keys = JB_ARRAY(p->arena, key, p->series_count + JB_KEY_KINDS + 1);
    unsigned count = list_keys(p, keys);
    const jb_chart_style *style = p->style;
    double x = 0, height = LINE_STEP;
    for (unsigned i = 0; i < count; i++) {
        double swatch = style->swatch_width + (keys[i].kind == JB_VALUE_LOWER ? 3 : 0);
        jb_label label = jb_key_label(p, keys[i].label, swatch);
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
        double more = (label.para->count - 1) * LINE_STEP;
        y += more, height += more;
        x += width + style->key_gap;
    }
    return count ? height : 0;
}
