/* Value axes: grid lines across, labels left of them, no axis line (the baseline is drawn by the marks). */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "charts/plot.h"

#define LABEL_GAP 6.0
#define MOST_PLAIN 1e15  /* from here on, and … */
#define LEAST_PLAIN 1e-7 /* … for steps below it, numbers have an exponent */

/* With an exponent, and as many digits as tell two ticks apart. */
static const char *exponent_text(jb_plot *p, const jb_ticks *ticks, double value, double most) {
    char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];
    int digits = (int)CLAMP(ceil(log10(most / ticks->step) - 1e-9) + 1, 1, 15);
    g_snprintf(format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd(number, sizeof number, format, fabs(value));
    char *text = g_strconcat(value < 0 ? "−" : "", number, NULL);
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

const char *jb_tick_text(jb_plot *p, const jb_ticks *ticks, double value) {
    jb_ticks scaled = *ticks;
    if (ticks->power) {
        double scale = pow(10, ticks->power);
        scaled = (jb_ticks){ticks->first / scale, ticks->step / scale, ticks->count,
                            jb_ticks_decimals(ticks->step / scale), 0};
        ticks = &scaled;
        value /= scale;
    }
    double most = fmax(fabs(ticks->first), fabs(ticks->first + ticks->step * (ticks->count - 1)));
    if (fabs(value) < ticks->step * 1e-6) value = 0;
    if (most >= MOST_PLAIN || ticks->step < LEAST_PLAIN)
        return value == 0 ? "0" : exponent_text(p, ticks, value, most);
    GString *text = g_string_new(NULL);
    jb_value v = {.kind = JB_VALUE_NUMBER};
    if (value < 0) g_string_append(text, "−");
    v.digits_at = (unsigned)text->len;
    jb_text_fixed(text, fabs(value), ticks->decimals);
    v.digits_length = (unsigned)text->len - v.digits_at;
    v.raw = jb_arena_string(p->arena, text->str);
    g_string_free(text, TRUE);
    return jb_value_label(p, &v);
}

double jb_axis_room(jb_plot *p, const jb_ticks *ticks) {
    double widest = 0;
    for (int i = 0; i < ticks->count; i++) {
        jb_label label = jb_label_new(p, jb_tick_text(p, ticks, ticks->first + ticks->step * i),
                                      p->style->axis_label, false, p->style->text2);
        widest = MAX(widest, jb_label_width(&label));
    }
    return widest + LABEL_GAP;
}

void jb_axis_draw(jb_plot *p, unsigned panel, const jb_ticks *ticks, double x1, double x2, double base,
                  double scale) {
    for (int i = 0; i < ticks->count; i++) {
        double value = ticks->first + ticks->step * i, y = base - value * scale;
        const char *text = jb_tick_text(p, ticks, value);
        jb_label label = jb_label_new(p, text, p->style->axis_label, false, p->style->text2);
        if (value != 0) jb_plot_rule(p, x1, y, x2, y, p->style->grid, p->style->grid_width);
        jb_label_draw(p, &label, x1 - LABEL_GAP, jb_label_centre(p->style->axis_label, y), 'r');
        jb_axis_tick tick = {panel, 'y', value, text};
        g_array_append_val(p->ticks, tick);
    }
}
