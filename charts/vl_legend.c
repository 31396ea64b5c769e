/* Legends: keys in as many lines as they need, above or below the plots; beside them one key a line. */
#include <math.h>
#include "charts/vl.h"

#define LINE 14.0

typedef struct legend {
    jb_vl_chart *c;
    double x, y, height;
    double left, width, used; /* where lines begin, how long they may be, how long the longest is */
    double swatch_y;          /* of the last key: the middle of its first line */
    bool draw, column;        /* column: one key a line */
} legend;

/* Scales of the same field, which have the same keys. */
static bool same_keys(const jb_vl_scale *a, const jb_vl_scale *b) {
    return a->channel >= JB_VL_COLOR && a->built && a->lead->field && b->lead->field &&
           !strcmp(a->lead->field, b->lead->field) && a->lead->op == b->lead->op && a->type == b->type;
}

static bool share_unit(const jb_vl_scale *a, const jb_vl_scale *b) {
    for (guint i = 0; i < a->uses->len; i++)
        for (guint k = 0; k < b->uses->len; k++)
            if (g_array_index(a->uses, jb_vl_use, i).unit == g_array_index(b->uses, jb_vl_use, k).unit)
                return true;
    return false;
}

/* Of independent scales of one channel. */
static bool same_names(const jb_vl_scale *a, const jb_vl_scale *b) {
    bool same = a->names->len == b->names->len && !a->lead->scale && !b->lead->scale;
    for (guint i = 0; same && i < a->names->len; i++) {
        jb_vl_cell x = g_array_index(a->names, jb_vl_cell, i), y = g_array_index(b->names, jb_vl_cell, i);
        same = x.kind == y.kind && (x.text && y.text ? !strcmp(x.text, y.text) : x.number == y.number);
    }
    return same && jb_vl_scale_discrete(a);
}

/* Whether a scale before says the same: another channel of the same marks, or the same channel of others. */
static bool is_said(const jb_vl_chart *c, guint i) {
    const jb_vl_scale *s = c->scales->pdata[i];
    for (guint k = 0; k < i; k++) {
        const jb_vl_scale *o = c->scales->pdata[k];
        if (!same_keys(o, s) || (o->lead->legend && jb_node_is_null(o->lead->legend))) continue;
        if (o->channel == s->channel ? same_names(o, s) : share_unit(o, s)) return true;
    }
    return false;
}

/* The shapes of marks whose colours are of the same field; NULL when there are none. */
static const jb_vl_scale *shapes_of(const jb_vl_chart *c, const jb_vl_scale *s) {
    for (guint i = 0; i < c->scales->len; i++) {
        const jb_vl_scale *o = c->scales->pdata[i];
        if (o->channel == JB_VL_SHAPE && same_keys(o, s) && share_unit(o, s)) return o;
    }
    return NULL;
}

static bool is_hollow(const jb_vl_unit *u) {
    if (u->mark != JB_VL_POINT || jb_vl_says(u->mark_node, "filled", "true")) return false;
    return jb_vl_says(u->mark_node, "filled", "false") || (!u->filled && !jb_node_get(u->mark_node, "fill"));
}

static void swatch(legend *l, const jb_vl_scale *s, guint i, double x) {
    jb_plot *p = l->c->plot;
    const jb_vl_unit *u = g_array_index(s->uses, jb_vl_use, 0).unit;
    double w = p->style->swatch_width, h = p->style->swatch_height;
    bool line = u->mark == JB_VL_LINE || u->mark == JB_VL_RULE;
    const jb_vl_scale *shapes = s->channel == JB_VL_SHAPE ? s : shapes_of(l->c, s);
    jb_colour colour = s->channel == JB_VL_COLOR ? jb_vl_colour_nth(p, s, i, line) : p->style->series[0].line;
    jb_paint paint = line           ? jb_paint_stroke(colour, p->style->data_line_width)
                     : is_hollow(u) ? jb_paint_stroke(colour, 1)
                                    : jb_paint_fill(colour);
    if (s->channel == JB_VL_DASH) jb_vl_scale_dash(s, i, paint.dash);
    if (line)
        jb_scene_line(p->scene, x, l->swatch_y, x + w, l->swatch_y, &paint);
    else if (shapes)
        jb_vl_symbol(p, jb_vl_scale_shape(shapes, i), x + w / 2, l->swatch_y, 36, &paint);
    else if (u->mark == JB_VL_POINT || u->mark == JB_VL_CIRCLE)
        jb_scene_circle(p->scene, x + w / 2, l->swatch_y, h / 2, &paint);
    else
        jb_scene_rect(p->scene, x, l->swatch_y - h / 2, w, h, &paint);
}

static void next_line(legend *l) {
    l->x = l->left;
    l->y += LINE;
    l->height += LINE;
}

/* A key of `room` for its swatch; on the next line when it does not fit, wrapped when it fits on none.
 * Returns the swatch's left end. */
static double key_words(legend *l, double room, const char *text) {
    jb_plot *p = l->c->plot;
    jb_label label = jb_label_new(p, text, p->style->legend, false, p->style->text2);
    if (l->x > l->left && (l->column || l->x - l->left + room + label.para->width > l->width)) next_line(l);
    if (room + label.para->width > l->width)
        label = jb_label_wrapped(p, text, p->style->legend, fmax(l->width - room, 40), p->style->text2);
    double x = l->x;
    if (l->draw) jb_label_draw(p, &label, x + room, jb_label_centre(p->style->legend, l->y), 'l');
    l->x += room + label.para->width + p->style->key_gap;
    l->used = fmax(l->used, x + room + label.para->width - l->left);
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
    if (l->x > l->left && (l->column || l->x - l->left + a.para->width + b.para->width + w + 8 > l->width))
        next_line(l);
    bool column = l->column; /* the ramp is one key */
    key(l, NULL, 0, low);
    l->column = false;
    l->x -= p->style->key_gap - 4;
    for (int i = 0; l->draw && i < 20; i++) {
        jb_paint paint = jb_paint_fill(jb_vl_colour_ramp(p, s, (i + 0.5) / 20));
        jb_scene_rect(p->scene, l->x + i * w / 20, l->y - 4, w / 20 + (i < 19 ? 0.2 : 0), 8, &paint);
    }
    l->x += w + 4;
    key(l, NULL, 0, high);
    l->column = column;
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

/* Where the legend of a scale stands: 't', 'b' or 'r'. */
static char side_of(const jb_vl_scale *s) {
    const jb_node *orient = jb_node_get(s->lead->legend, "orient");
    return orient ? orient->text[0] : 't';
}

jb_vl_size jb_vl_legends_draw(jb_vl_chart *c, char side, double x, double y, double width, bool draw) {
    legend l = {.c = c, .x = x, .y = y, .left = x, .width = width, .draw = draw};
    for (guint i = 0; i < c->scales->len; i++) {
        const jb_vl_scale *s = c->scales->pdata[i];
        if (s->channel < JB_VL_COLOR || !s->built || (s->lead->legend && jb_node_is_null(s->lead->legend)))
            continue;
        if (s == c->direct || is_head(s, c->root) || side_of(s) != side)
            continue; /* its names stand at the lines, over the plots */
        if (is_said(c, i)) continue;
        if (l.x > l.left) next_line(&l);
        l.column = side == 'r' ? !jb_vl_says(s->lead->legend, "direction", "horizontal")
                               : jb_vl_says(s->lead->legend, "direction", "vertical");
        if (!l.height) l.height = LINE;
        one_legend(&l, s);
    }
    return (jb_vl_size){l.used, l.height};
}
