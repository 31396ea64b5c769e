/* One unit in one panel: where each row stands, which colour, size and stroke it has, what is recorded of it.
 */
#include "charts/vl_pen.h"

#include "charts/vl_expr.h"

#define BAR_SIZE 5.0

void jb_vl_pen_failed(jb_vl_pen *k, jb_status status) {
    if (status != JB_OK) k->c->reader.status = status;
}

double jb_vl_pen_number(jb_vl_pen *k, const char *key, double value) {
    const jb_node *n = jb_node_get(k->u->mark_node, key);
    if (n && n->kind == JB_NODE_SCALAR) jb_vl_pen_failed(k, jb_node_number(k->c->reader.ctx, n, &value));
    return value;
}

jb_vl_cell jb_vl_pen_cell(const jb_vl_pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    return d->has_datum || d->has_value ? d->constant : jb_vl_table_at(k->t, row, d->column);
}

/* The constant of a condition that holds for the row; NULL when there is none. */
const jb_node *jb_vl_pen_condition(jb_vl_pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    if (!d->condition || k->c->reader.status != JB_OK) return NULL;
    if (!k->holds[channel]) {
        bool list = d->condition->kind == JB_NODE_LIST, *good = g_new0(bool, k->t->rows + 1);
        k->holds[channel] = JB_ARRAY(k->c->reader.arena, const jb_node *, k->t->rows + 1);
        for (unsigned i = list ? d->condition->count : 1; i-- > 0;) { /* the first that holds counts */
            const jb_node *one = list ? d->condition->items[i] : d->condition;
            jb_vl_pen_failed(k, jb_vl_filter(k->c->reader.ctx, jb_node_get(one, "test"), k->t, good));
            for (unsigned r = 0; r < k->t->rows; r++)
                if (good[r]) k->holds[channel][r] = one;
        }
        g_free(good);
    }
    return jb_node_get(k->holds[channel][row], "value");
}

jb_colour jb_vl_pen_colour(jb_vl_pen *k, unsigned row) {
    const jb_plot *p = k->c->plot;
    const jb_vl_def *d = &k->u->def[JB_VL_COLOR];
    const jb_vl_scale *s = k->scale[JB_VL_COLOR];
    bool line = k->u->mark == JB_VL_LINE || k->u->mark == JB_VL_RULE || k->u->mark == JB_VL_TICK ||
                k->u->mark == JB_VL_POINT || k->u->mark == JB_VL_LABEL;
    jb_colour colour = line ? p->style->series[0].line : p->style->ac;
    const jb_node *n = jb_vl_pen_condition(k, JB_VL_COLOR, row);
    if (!n && d->has_value) n = jb_node_get(d->node, "value");
    if (!n && !(d->node && s && (d->field || d->op != JB_VL_NONE || d->has_datum))) {
        n = jb_node_get(k->u->mark_node, "color");
        if (!n) n = jb_node_get(k->u->mark_node, line ? "stroke" : "fill");
        if (!n && k->u->mark == JB_VL_POINT) n = jb_node_get(k->u->mark_node, "fill");
        if (!n && k->u->mark == JB_VL_LABEL) return p->style->text;
        if (!n && k->u->mark == JB_VL_RULE) return p->style->text2;
    }
    if (n) {
        if (!jb_vl_colour_read(n, &colour))
            jb_vl_pen_failed(
                k, jb_fail(k->c->reader.ctx, n->pos, "a colour is \"#154073\" or a name such as steelblue"));
        return colour;
    }
    if (!s || !d->node) return colour;
    return jb_vl_colour_of(p, s, jb_vl_pen_cell(k, JB_VL_COLOR, row), line);
}

double jb_vl_pen_opacity(jb_vl_pen *k, unsigned row) {
    const jb_vl_def *d = &k->u->def[JB_VL_OPACITY];
    const jb_node *n = jb_vl_pen_condition(k, JB_VL_OPACITY, row);
    double value = jb_vl_pen_number(k, "opacity", 1);
    if (n || d->has_value)
        jb_vl_pen_failed(k, jb_node_number(k->c->reader.ctx, n ? n : jb_node_get(d->node, "value"), &value));
    else if (d->node && k->scale[JB_VL_OPACITY])
        value = jb_vl_scale_number(k->scale[JB_VL_OPACITY], jb_vl_pen_cell(k, JB_VL_OPACITY, row), 0.3, 0.8);
    return fmin(fmax(value, 0), 1);
}

double jb_vl_pen_size(jb_vl_pen *k, unsigned row, double low, double high, double value) {
    const jb_vl_def *d = &k->u->def[JB_VL_SIZE];
    const jb_node *n = jb_vl_pen_condition(k, JB_VL_SIZE, row);
    value = jb_vl_pen_number(k, "size", value);
    if (n || d->has_value)
        return jb_vl_pen_failed(
                   k, jb_node_number(k->c->reader.ctx, n ? n : jb_node_get(d->node, "value"), &value)),
               value;
    if (!d->node || !k->scale[JB_VL_SIZE]) return value;
    return jb_vl_scale_number(k->scale[JB_VL_SIZE], jb_vl_pen_cell(k, JB_VL_SIZE, row), low, high);
}

double jb_vl_pen_extent(const jb_vl_pen *k, int channel) {
    return channel == JB_VL_X || channel == JB_VL_X2 ? k->p->width : k->p->height;
}

/* The middle of the value of a channel, pt in the panel; NAN when there is none. `end` asks for the other end
 * of bin or stack. */
double jb_vl_pen_place(const jb_vl_pen *k, int channel, unsigned row, bool end) {
    const jb_vl_def *d = &k->u->def[channel];
    int main = channel == JB_VL_X2 ? JB_VL_X : channel == JB_VL_Y2 ? JB_VL_Y : channel;
    int beside = main == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET;
    const jb_vl_scale *s = k->scale[main];
    if (!d->node) return jb_vl_pen_extent(k, main) / 2;
    if (d->has_value) {
        if (d->constant.kind == JB_VL_TEXT)
            return !strcmp(d->constant.text, main == JB_VL_X ? "width" : "height") ? jb_vl_pen_extent(k, main)
                                                                                   : NAN;
        return d->constant.number;
    }
    if (!s || !s->built) return NAN;
    jb_vl_cell v = end ? jb_vl_table_at(k->t, row, d->end) : jb_vl_pen_cell(k, channel, row);
    if (d->has_datum && s->type == JB_VL_TIME) v = jb_vl_table_at(k->t, row, d->column);
    double at = jb_vl_scale_map(s, v);
    if (s->type == JB_VL_BAND && k->u->def[beside].node && k->scale[beside]) {
        const jb_vl_scale *o = k->scale[beside];
        return at + jb_vl_scale_map(o, jb_vl_pen_cell(k, beside, row)) + jb_vl_scale_bandwidth(o) / 2;
    }
    return at + jb_vl_scale_bandwidth(s) * (isnan(d->band) ? 0.5 : d->band);
}

/* The middle of a bin on a continuous axis. */
double jb_vl_pen_centre(const jb_vl_pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    double at = jb_vl_pen_place(k, channel, row, false);
    if (d->bin && d->end >= 0 && k->scale[channel] && !jb_vl_scale_discrete(k->scale[channel]))
        return (at + jb_vl_pen_place(k, channel, row, true)) / 2;
    return at;
}

double jb_vl_pen_zero(const jb_vl_pen *k, int channel) {
    const jb_vl_scale *s = k->scale[channel];
    if (!s || !s->built || jb_vl_scale_discrete(s)) return channel == JB_VL_X ? 0 : k->p->height;
    double v = s->type == JB_VL_TIME || s->type == JB_VL_LOG ? s->low : fmin(fmax(0, s->low), s->high);
    return jb_vl_scale_map(s, jb_vl_number(v));
}

/* The stretch of a bar in the direction of its measure. */
void jb_vl_pen_along(const jb_vl_pen *k, int channel, unsigned row, double *a, double *b) {
    const jb_vl_def *d = &k->u->def[channel];
    int second = channel == JB_VL_X ? JB_VL_X2 : JB_VL_Y2;
    *b = jb_vl_pen_place(k, channel, row, false);
    if (k->u->def[second].node)
        *a = jb_vl_pen_place(k, second, row, false);
    else if (d->end >= 0)
        *a = jb_vl_pen_place(k, channel, row, true);
    else
        *a = jb_vl_pen_zero(k, channel);
}

/* The stretch of a bar across: its band, its bin, or a width of its own. */
void jb_vl_pen_across(jb_vl_pen *k, int channel, unsigned row, double *a, double *b) {
    const jb_vl_def *d = &k->u->def[channel];
    const jb_vl_scale *s = k->scale[channel];
    int second = channel == JB_VL_X ? JB_VL_X2 : JB_VL_Y2,
        beside = channel == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET;
    bool sized = k->u->def[JB_VL_SIZE].node || jb_node_get(k->u->mark_node, "size") ||
                 jb_node_get(k->u->mark_node, channel == JB_VL_X ? "width" : "height");
    double width = 0.9 * jb_vl_pen_extent(k, channel), at = jb_vl_pen_place(k, channel, row, false);
    if (k->u->def[second].node) {
        *a = at;
        *b = jb_vl_pen_place(k, second, row, false);
        return;
    }
    if (d->end >= 0 && s && !jb_vl_scale_discrete(s) && !sized) {
        double spacing = k->u->mark == JB_VL_BAR ? jb_vl_pen_number(k, "binSpacing", 1) / 2 : 0;
        *a = at;
        *b = jb_vl_pen_place(k, channel, row, true);
        bool low = *a <= *b; /* level: the gap is at the begin, as in Vega-Lite */
        double first = channel == JB_VL_X ? 2 * spacing : spacing, last = channel == JB_VL_X ? 0 : spacing;
        *a += low ? first : -first;
        *b -= low ? last : -last;
        return;
    }
    if (d->end >= 0 && s && !jb_vl_scale_discrete(s)) at = (at + jb_vl_pen_place(k, channel, row, true)) / 2;
    if (s && s->built && s->type == JB_VL_BAND)
        width = k->u->def[beside].node && k->scale[beside] ? jb_vl_scale_bandwidth(k->scale[beside])
                                                           : jb_vl_scale_bandwidth(s);
    else if (s && s->built)
        width = BAR_SIZE;
    const jb_node *said = jb_node_get(k->u->mark_node, channel == JB_VL_X ? "width" : "height"),
                  *band = jb_node_get(said, "band");
    double part = 1;
    if (band)
        jb_vl_pen_failed(k, jb_node_number(k->c->reader.ctx, band, &part)), width *= part;
    else if (said)
        jb_vl_pen_failed(k, jb_node_number(k->c->reader.ctx, said, &width));
    else if (sized)
        width = jb_vl_pen_size(k, row, 2, fmax(width - 1, 2), width);
    *a = at - width / 2;
    *b = at + width / 2;
}

/* Sums of decimals come out a hair off: fifteen digits are what a double holds for certain. */
static double settled(double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.15g", value), NULL);
}

/* What the data says: of a stack the value itself, of a mark in the band of what is missing "null". */
static const char *value_text(const jb_vl_pen *k, int channel, unsigned row) {
    const jb_vl_def *d = &k->u->def[channel];
    const jb_vl_scale *s = channel < JB_VL_SCALED ? k->scale[channel] : NULL;
    jb_vl_cell v = jb_vl_pen_cell(k, channel, row);
    if (!d->node || d->has_value) return NULL;
    if (v.kind == JB_VL_MISSING) return s && s->built && jb_vl_scale_discrete(s) ? "null" : NULL;
    if (channel <= JB_VL_Y && jb_vl_cell_inexact(jb_vl_table_at(k->t, row, d->own)))
        return jb_vl_table_at(k->t, row, d->own).text;
    if (k->u->stack && k->u->stacked == channel) v = jb_vl_table_at(k->t, row, k->u->stacked_column);
    if (v.kind == JB_VL_NUMBER && (d->type == JB_VL_T || d->unit))
        return jb_vl_label(&k->c->reader, d, v, 0, 0, NULL);
    if (v.kind == JB_VL_NUMBER && !v.text) v.number = settled(v.number);
    return jb_vl_cell_string(k->c->reader.arena, v);
}

void jb_vl_pen_record(jb_vl_pen *k, const char *type, unsigned row, double x1, double y1, double x2,
                      double y2, const char *text) {
    jb_vl_item item = {type,
                       k->layer,
                       {fmin(x1, x2), fmin(y1, y2), fmax(x1, x2), fmax(y1, y2)},
                       value_text(k, JB_VL_X, row),
                       value_text(k, JB_VL_Y, row),
                       value_text(k, JB_VL_COLOR, row),
                       text,
                       {NULL}};
    for (int ch = JB_VL_X2; ch < JB_VL_SCALED; ch++)
        if (ch != JB_VL_COLOR && k->u->def[ch].node) item.more[ch] = value_text(k, ch, row);
    g_array_append_val(k->p->items, item);
}

void jb_vl_pen_dash(const jb_node *list, double dash[4]) {
    for (unsigned i = 0; list && list->kind == JB_NODE_LIST && i < list->count && i < 4; i++)
        dash[i] = jb_vl_cell_of_node(list->items[i]).number;
}

jb_paint jb_vl_pen_paint(jb_vl_pen *k, unsigned row, bool filled) {
    jb_colour colour = jb_colour_tint(jb_vl_pen_colour(k, row), jb_vl_pen_opacity(k, row));
    jb_paint paint =
        filled
            ? jb_paint_fill(colour)
            : jb_paint_stroke(colour, jb_vl_pen_number(k, "strokeWidth", k->c->plot->style->data_line_width));
    jb_vl_pen_dash(jb_node_get(k->u->mark_node, "strokeDash"), paint.dash);
    const jb_vl_scale *s = k->scale[JB_VL_DASH];
    if (k->u->def[JB_VL_DASH].node && s && s->built)
        jb_vl_scale_dash(s, (unsigned)MAX(jb_vl_scale_index(s, jb_vl_pen_cell(k, JB_VL_DASH, row)), 0),
                         paint.dash);
    const jb_vl_def *width = &k->u->def[JB_VL_STROKE];
    const jb_node *held = jb_vl_pen_condition(k, JB_VL_STROKE, row),
                  *stroke = jb_node_get(k->u->mark_node, "stroke");
    if (held || width->has_value)
        jb_vl_pen_failed(k, jb_node_number(k->c->reader.ctx, held ? held : jb_node_get(width->node, "value"),
                                           &paint.width));
    else if (width->node && k->scale[JB_VL_STROKE] && k->scale[JB_VL_STROKE]->built)
        paint.width = jb_vl_scale_number(k->scale[JB_VL_STROKE], jb_vl_pen_cell(k, JB_VL_STROKE, row), 1, 4);
    if (filled && stroke && jb_vl_colour_read(stroke, &paint.stroke_colour)) {
        paint.stroke = true;
        paint.width = jb_vl_pen_number(k, "strokeWidth", 1);
    }
    return paint;
}

/* Vega leaves out marks of which a number is missing, also of colour or size. */
bool jb_vl_pen_has_numbers(const jb_vl_pen *k, unsigned row) {
    static const int channels[] = {JB_VL_COLOR, JB_VL_OPACITY, JB_VL_SIZE};
    for (size_t i = 0; i < G_N_ELEMENTS(channels); i++) {
        const jb_vl_def *d = &k->u->def[channels[i]];
        const jb_vl_scale *s = k->scale[channels[i]];
        if (d->column >= 0 && s->built && !jb_vl_scale_discrete(s) &&
            jb_vl_pen_cell(k, channels[i], row).kind == JB_VL_MISSING)
            return false;
    }
    return true;
}
