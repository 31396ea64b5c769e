/* Legends: keys at the top left, in as many lines as they need within the frame. */
#include <math.h>
#include "charts/vl.h"

#define LINE 14.0

typedef struct legend {
    jb_vl_chart *c;
    double x, y, height;
    double swatch_y; /* of the last key: the middle of its first line */
    bool draw;
} legend;

static void swatch(legend *l, const jb_vl_scale *s, guint i, double x) {
    jb_plot *p = l->c->plot;
    const jb_vl_unit *u = g_array_index(s->uses, jb_vl_use, 0).unit;
    double w = p->style->swatch_width, h = p->style->swatch_height;
    bool line = u->mark == JB_VL_LINE || u->mark == JB_VL_RULE;
    jb_colour colour = s->channel == JB_VL_COLOR ? jb_vl_colour_nth(p, s, i, line) : p->style->series[0].line;
    jb_paint paint = line ? jb_paint_stroke(colour, p->style->data_line_width) : jb_paint_fill(colour);
    if (s->channel == JB_VL_DASH) jb_vl_scale_dash(s, i, paint.dash);
    if (line)
        jb_scene_line(p->scene, x, l->swatch_y, x + w, l->swatch_y, &paint);
    else if (s->channel == JB_VL_SHAPE)
        jb_vl_symbol(p, jb_vl_scale_shape(s, i), x + w / 2, l->swatch_y, 36, &paint);
    else if (u->mark == JB_VL_POINT || u->mark == JB_VL_CIRCLE)
        jb_scene_circle(p->scene, x + w / 2, l->swatch_y, h / 2, &paint);
    else
        jb_scene_rect(p->scene, x, l->swatch_y - h / 2, w, h, &paint);
}

static void next_line(legend *l) {
    l->x = 0;
    l->y += LINE;
    l->height += LINE;
}

/* A key of `room` for its swatch; on the next line when it does not fit, wrapped when it fits on none.
 * Returns the swatch's left end. */
static double key_words(legend *l, double room, const char *text) {
    jb_plot *p = l->c->plot;
    jb_label label = jb_label_new(p, text, p->style->legend, false, p->style->text2);
    if (l->x > 0 && l->x + room + label.para->width > p->width) next_line(l);
    if (room + label.para->width > p->width)
        label = jb_label_wrapped(p, text, p->style->legend, fmax(p->width - room, 40), p->style->text2);
    double x = l->x;
    if (l->draw) jb_label_draw(p, &label, x + room, jb_label_centre(p->style->legend, l->y), 'l');
    l->x += room + label.para->width + p->style->key_gap;
    l->swatch_y = l->y;
    for (unsigned i = 1; i < label.para->count; i++) l->y += label.leading, l->height += label.leading;
    return x;
}

static void key(legend *l, const jb_vl_scale *s, guint i, const char *text) {
    const jb_chart_style *style = l->c->plot->style;
    double x = key_words(l, s ? style->swatch_width + style->swatch_gap : 0, text);
    if (l->draw && s) swatch(l, s, i, x);
}

/* A ramp with the ends of its domain. */
static void ramp(legend *l, const jb_vl_scale *s) {
    jb_plot *p = l->c->plot;
    double step = s->high > s->low ? pow(10, floor(log10((s->high - s->low) / 4))) : 0,
           most = fmax(fabs(s->low), fabs(s->high)), w = 60;
    jb_vl_reader *r = &l->c->reader;
    const char *low = jb_vl_label(r, s->lead, jb_vl_number(s->low), step, most, NULL),
               *high = jb_vl_label(r, s->lead, jb_vl_number(s->high), step, most, NULL);
    jb_label a = jb_label_new(p, low, p->style->legend, false, p->style->text2),
             b = jb_label_new(p, high, p->style->legend, false, p->style->text2);
    if (l->x > 0 && l->x + a.para->width + b.para->width + w + 8 > p->width) next_line(l);
    key(l, NULL, 0, low);
    l->x -= p->style->key_gap - 4;
    for (int i = 0; l->draw && i < 20; i++) {
        jb_paint paint = jb_paint_fill(jb_vl_colour_ramp(p, s, (i + 0.5) / 20));
        jb_scene_rect(p->scene, l->x + i * w / 20, l->y - 4, w / 20 + (i < 19 ? 0.2 : 0), 8, &paint);
    }
    l->x += w + 4;
    key(l, NULL, 0, high);
}

/* Classes by their bounds: below the first, from one to the next, from the last on. */
static void classes(legend *l, const jb_vl_scale *s, const jb_node *format) {
    jb_vl_reader *r = &l->c->reader;
    jb_vl_def plain = *s->lead;
    plain.bin = NULL;
    for (unsigned i = 0; i <= s->cut_count; i++) {
        const char *low = i ? jb_vl_label(r, &plain, jb_vl_number(s->cuts[i - 1]), 0, 0, format) : NULL,
                   *high = i < s->cut_count ? jb_vl_label(r, &plain, jb_vl_number(s->cuts[i]), 0, 0, format)
                                            : NULL;
        char *text = low && high ? g_strconcat(low, "–", high, NULL)
                     : low       ? g_strconcat("≥ ", low, NULL)
                                 : g_strconcat("< ", high, NULL);
        key(l, s, i, jb_arena_string(r->arena, text));
        g_free(text);
    }
}

/* Three or so values of a continuous size, opacity or width as they are drawn. */
static void samples(legend *l, const jb_vl_scale *s, const jb_node *format) {
    jb_plot *p = l->c->plot;
    double step, most = fmax(fabs(s->low), fabs(s->high)), high = 0;
    GArray *ticks = jb_vl_ticks(s, 3, 0, &step);
    for (guint i = 0; i < ticks->len; i++)
        if (s->channel == JB_VL_SIZE)
            high = fmax(
                high, 2 * sqrt(jb_vl_scale_number(s, jb_vl_number(g_array_index(ticks, double, i)), 9, 361) /
                               G_PI));
    double more = fmax(0, high + 2 - LINE);
    l->y += more / 2;
    for (guint i = 0; i < ticks->len; i++) {
        jb_vl_cell v = jb_vl_number(g_array_index(ticks, double, i));
        double area = jb_vl_scale_number(s, v, 9, 361),
               room = s->channel == JB_VL_SIZE ? fmax(2 * sqrt(area / G_PI), 4) : p->style->swatch_width;
        if (s->channel == JB_VL_SIZE && !(area > 0)) continue;
        double x = key_words(l, room + p->style->swatch_gap,
                             jb_vl_label(&l->c->reader, s->lead, v, step, most, format));
        if (!l->draw) continue;
        jb_paint line = jb_paint_stroke(p->style->series[0].line,
                                        s->channel == JB_VL_STROKE ? jb_vl_scale_number(s, v, 1, 4) : 1);
        jb_paint fill = jb_paint_fill(jb_colour_tint(p->style->ac, jb_vl_scale_number(s, v, 0.3, 0.8)));
        if (s->channel == JB_VL_SIZE)
            jb_scene_circle(p->scene, x + room / 2, l->swatch_y, sqrt(area / G_PI), &line);
        else if (s->channel == JB_VL_OPACITY)
            jb_scene_rect(p->scene, x, l->swatch_y - p->style->swatch_height / 2, room,
                          p->style->swatch_height, &fill);
        else
            jb_scene_line(p->scene, x, l->swatch_y, x + room, l->swatch_y, &line);
    }
    l->y += more / 2;
    l->height += more;
    g_array_free(ticks, TRUE);
}

/* Names speak for themselves; numbers and orders need the field's name. */
static bool needs_title(const jb_vl_scale *s) {
    return s->lead->title || jb_node_get(s->lead->legend, "title") || s->lead->type != JB_VL_N;
}

static void one_legend(legend *l, const jb_vl_scale *s) {
    jb_vl_reader *r = &l->c->reader;
    const jb_node *format = jb_node_get(s->lead->legend, "format");
    const char *title = needs_title(s) ? jb_vl_title_of(r, s->lead) : NULL;
    if (title) {
        char *text = g_strconcat(title, "：", NULL);
        key(l, NULL, 0, jb_arena_string(r->arena, text));
        g_free(text);
        l->x -= l->c->plot->style->key_gap / 2;
    }
    if (s->cut_count)
        classes(l, s, format);
    else if (s->channel == JB_VL_COLOR && !jb_vl_scale_discrete(s))
        ramp(l, s);
    else if (jb_vl_scale_discrete(s))
        for (guint i = 0; i < s->names->len; i++)
            key(l, s, i, jb_vl_label(r, s->lead, g_array_index(s->names, jb_vl_cell, i), 0, 0, format));
    else
        samples(l, s, format);
}

static bool same_field(const jb_vl_def *a, const jb_vl_def *b) {
    return a->node && a->field && b->field && !strcmp(a->field, b->field) && a->op == b->op &&
           !jb_vl_says(a->header, "labels", "false");
}

/* Do heads of panels say the names of a scale? */
static bool is_head(const jb_vl_scale *s, const jb_vl_view *v) {
    const jb_vl_def *d = s->lead;
    if (d->legend || !jb_vl_scale_discrete(s)) return false;
    if (v->shape == JB_VL_FACETED && !v->parent)
        return same_field(&v->row, d) || same_field(&v->column, d) || same_field(&v->wrap, d);
    return false;
}

double jb_vl_legends_draw(jb_vl_chart *c, double y, bool draw) {
    legend l = {.c = c, .y = y, .draw = draw};
    for (guint i = 0; i < c->scales->len; i++) {
        const jb_vl_scale *s = c->scales->pdata[i];
        if (s->channel < JB_VL_COLOR || !s->built || (s->lead->legend && jb_node_is_null(s->lead->legend)))
            continue;
        if (s == c->direct || is_head(s, c->root))
            continue;       /* its names stand at the lines, over the plots */
        bool again = false; /* another channel of the same field says the same */
        for (guint k = 0; k < i && !again; k++) {
            const jb_vl_scale *o = c->scales->pdata[k];
            again = o->channel >= JB_VL_COLOR && o->built && o->lead->field && s->lead->field &&
                    !strcmp(o->lead->field, s->lead->field) && o->lead->op == s->lead->op &&
                    o->type == s->type;
        }
        if (again) continue;
        if (l.x > 0) next_line(&l);
        if (!l.height) l.height = LINE;
        one_legend(&l, s);
    }
    return l.height;
}
