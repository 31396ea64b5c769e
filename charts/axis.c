/* Value axes: grid lines across, labels left of them, no axis line (the baseline is drawn by the marks). */
#include <string.h>
#include "base/text.h"
#include "charts/plot.h"

#define LABEL_GAP 6.0

static const char *tick_text(jb_plot *p, const jb_ticks *ticks, int i) {
    GString *text = g_string_new(NULL);
    jb_value v = {.kind = JB_VALUE_NUMBER};
    double value = ticks->first + ticks->step * i;
    if (value < 0) g_string_append(text, "−");
    v.digits_at = (unsigned)text->len;
    jb_text_fixed(text, value < 0 ? -value : value, ticks->decimals);
    v.digits_length = (unsigned)text->len - v.digits_at;
    v.raw = jb_arena_string(p->arena, text->str);
    g_string_free(text, TRUE);
    return jb_value_label(p, &v);
}

double jb_axis_room(jb_plot *p, const jb_ticks *ticks) {
    double widest = 0;
    for (int i = 0; i < ticks->count; i++) {
        jb_label label =
            jb_label_new(p, tick_text(p, ticks, i), p->style->axis_label, false, p->style->text2);
        widest = MAX(widest, jb_label_width(&label));
    }
    return widest + LABEL_GAP;
}

void jb_axis_draw(jb_plot *p, unsigned panel, const jb_ticks *ticks, double x1, double x2, double base,
                  double scale) {
    for (int i = 0; i < ticks->count; i++) {
        double value = ticks->first + ticks->step * i, y = base - value * scale;
        const char *text = tick_text(p, ticks, i);
        jb_label label = jb_label_new(p, text, p->style->axis_label, false, p->style->text2);
        if (value != 0) jb_plot_rule(p, x1, y, x2, y, p->style->grid, p->style->grid_width);
        jb_label_draw(p, &label, x1 - LABEL_GAP, jb_label_centre(p->style->axis_label, y), 'r');
        jb_axis_tick tick = {panel, 'y', value, text};
        g_array_append_val(p->ticks, tick);
    }
}
