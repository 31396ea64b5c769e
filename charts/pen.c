/* Text and shapes of charts; what is drawn is recorded for the dump. */
#include "base/text.h"
#include "charts/plot.h"

static jb_label set(jb_plot *p, const char *text, const jb_style *style, double measure, double leading,
                    jb_colour colour) {
    const jb_para *para = NULL;
    jb_status status = jb_para_label(p->fonts, p->arena, style, text, measure, p->source->node->pos, &para);
    if (status != JB_OK) p->status = status;
    return (jb_label){para, text, style->size, leading, colour};
}

jb_label jb_label_new(jb_plot *p, const char *text, double size, bool bold, jb_colour colour) {
    jb_style style = {JB_ROLE_HEI, bold, size, true};
    return set(p, text, &style, 0, p->style->leading, colour);
}

jb_label jb_label_wrapped(jb_plot *p, const char *text, double size, double measure, jb_colour colour) {
    jb_style style = {JB_ROLE_HEI, false, size, true};
    return set(p, text, &style, measure, p->style->leading * size / p->style->label, colour);
}

jb_label jb_label_kai(jb_plot *p, const char *text, double size, jb_colour colour) {
    jb_style style = {JB_ROLE_KAI, false, size, true};
    return set(p, text, &style, 0, p->style->leading, colour);
}

void jb_label_draw(jb_plot *p, const jb_label *label, double x, double y, char anchor) {
    for (unsigned i = 0; i < label->para->count; i++) {
        const jb_line *line = &label->para->lines[i];
        double at = x - line->x - (anchor == 'c' ? line->width / 2 : anchor == 'r' ? line->width : 0);
        for (unsigned k = 0; k < line->count; k++)
            jb_scene_text(p->scene, line->pieces[k].run, at + line->pieces[k].x, y + i * label->leading,
                          label->colour);
    }
}

/* Copies what stands before a figure and its whole part; a minus is no hyphen. Returns what comes behind. */
static const char *append_figure(GString *out, const char *from, const char *digits) {
    unsigned whole = (unsigned)strspn(digits, "0123456789");
    bool hyphen = digits > from && digits[-1] == '-';
    g_string_append_len(out, from, digits - from - hyphen);
    if (hyphen) g_string_append(out, "\xE2\x88\x92"); /* U+2212 */
    gsize at = out->len;
    g_string_append_len(out, digits, whole);
    jb_text_group(out, at);
    return digits + whole;
}

const char *jb_value_label(jb_plot *p, const jb_value *v) {
    const char *digits = v->raw + v->digits_at, *end = digits + v->digits_length;
    while (digits < end && !g_ascii_isdigit(*digits)) digits++;
    size_t whole = digits < end ? strspn(digits, "0123456789") : 0;
    bool plain = whole < 5 && !(digits > v->raw && digits[-1] == '-'), range = v->kind == JB_VALUE_RANGE;
    if (!whole || (plain && !range)) return v->raw;
    GString *out = g_string_new(NULL);
    const char *rest = append_figure(out, v->raw, digits), *next = NULL;
    if (range) next = strpbrk(rest + (*rest == '.' ? 1 + strspn(rest + 1, "0123456789") : 0), "0123456789");
    g_string_append(out, next ? append_figure(out, rest, next) : rest);
    const char *text = jb_arena_string(p->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

jb_label jb_label_value(jb_plot *p, const jb_series *s, const jb_value *v) {
    bool bold = s->scenario == JB_SCENARIO_AC;
    double number;
    if (v->kind == JB_VALUE_MISSING)
        return jb_label_new(p, "无数据", p->style->source, false, p->style->text2);
    if (!jb_plot_number(v, &number)) return jb_label_kai(p, v->raw, p->style->label, p->style->text2);
    return jb_label_new(p, jb_value_label(p, v), p->style->label, bold,
                        bold ? p->style->text : p->style->text2);
}

void jb_plot_own(jb_plot *p, int owner) {
    jb_owned from = {p->scene->items->len, owner};
    if (owner == p->owner) return;
    p->owner = owner;
    g_array_append_val(p->owned, from);
}

void jb_plot_record(jb_plot *p, const char *type, unsigned panel, const double box[4], const char *x,
                    const char *y, const char *text) {
    jb_drawn d = {
        type,     panel, {MIN(box[0], box[2]), MIN(box[1], box[3]), MAX(box[0], box[2]), MAX(box[1], box[3])},
        x,        y,     text,
        p->owner, -1};
    if (!p->composed && p->owner >= 0) d.series = p->owner % (int)p->series_count;
    g_array_append_val(p->drawn, d);
}

void jb_plot_record_series(jb_plot *p, unsigned series) {
    g_array_index(p->drawn, jb_drawn, p->drawn->len - 1).series = (int)series;
}

void jb_plot_rule(jb_plot *p, double x1, double y1, double x2, double y2, jb_colour colour, double width) {
    jb_paint paint = jb_paint_stroke(colour, width);
    jb_scene_line(p->scene, x1, y1, x2, y2, &paint);
}
