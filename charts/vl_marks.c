/* Marks by row: bars, points, rules, ticks, words; and which mark is drawn by what. */
#include "charts/alt_words.h"
#include "charts/vl_pen.h"

#define POINT_AREA 30.0

static void draw_bars(jb_vl_pen *k) {
    bool flat = k->u->orient == 'h', both = k->u->mark == JB_VL_RECT || !k->u->orient;
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x1, x2, y1, y2;
        if (both || !flat)
            jb_vl_pen_across(k, JB_VL_X, i, &x1, &x2);
        else
            jb_vl_pen_along(k, JB_VL_X, i, &x1, &x2);
        if (both || flat)
            jb_vl_pen_across(k, JB_VL_Y, i, &y1, &y2);
        else
            jb_vl_pen_along(k, JB_VL_Y, i, &y1, &y2);
        if (both && !k->u->def[JB_VL_X].node) x1 = 0, x2 = k->p->width;
        if (both && !k->u->def[JB_VL_Y].node) y1 = 0, y2 = k->p->height;
        if (!jb_vl_finite4(x1, x2, y1, y2) || !jb_vl_pen_has_numbers(k, i)) continue;
        jb_paint paint = jb_vl_pen_paint(k, i, true);
        const double at[] = {x1, y1, x2, y2};
        double soft = both ? -1 : jb_vl_bar_figure(k, i, &paint, at);
        if (soft < 0)
            jb_scene_rect(k->c->plot->scene, k->p->x + fmin(x1, x2), k->p->y + fmin(y1, y2), fabs(x2 - x1),
                          fabs(y2 - y1), &paint);
        jb_vl_pen_record(k, "rect", i, x1, y1, x2, y2, NULL);
        jb_vl_labels_mark(k->c->labels, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, 'b', flat,
                          paint.fill_colour);
        if (soft > 0) jb_vl_labels_soft(k->c->labels, soft, flat ? x2 < x1 : y2 > y1);
    }
}

/* ---- points ---- */

void jb_vl_symbol(jb_plot *p, char shape, double x, double y, double area, const jb_paint *paint) {
    double h = sqrt(area) / 2, diamond[] = {x, y - h * 1.3, x + h * 1.3, y, x, y + h * 1.3, x - h * 1.3, y},
           triangle[] = {x, y - h * 1.2, x + h * 1.2, y + h, x - h * 1.2, y + h},
           down[] = {x, y + h * 1.2, x + h * 1.2, y - h, x - h * 1.2, y - h},
           left[] = {x - h * 1.2, y, x + h, y + h * 1.2, x + h, y - h * 1.2},
           right[] = {x + h * 1.2, y, x - h, y + h * 1.2, x - h, y - h * 1.2};
    jb_paint stroke = *paint;
    if (paint->fill && (shape == 'x' || shape == '-')) stroke = jb_paint_stroke(paint->fill_colour, 1.5);
    switch (shape) {
    case 's': jb_scene_rect(p->scene, x - h, y - h, 2 * h, 2 * h, paint); break;
    case 'd': jb_scene_polyline(p->scene, diamond, 4, true, paint); break;
    case 't': jb_scene_polyline(p->scene, triangle, 3, true, paint); break;
    case 'v': jb_scene_polyline(p->scene, down, 3, true, paint); break;
    case '<': jb_scene_polyline(p->scene, left, 3, true, paint); break;
    case '>': jb_scene_polyline(p->scene, right, 3, true, paint); break;
    case '-': jb_scene_line(p->scene, x - h, y, x + h, y, &stroke); break;
    case 'x':
        jb_scene_line(p->scene, x - h, y, x + h, y, &stroke);
        jb_scene_line(p->scene, x, y - h, x, y + h, &stroke);
        break;
    default: jb_scene_circle(p->scene, x, y, sqrt(area / G_PI), paint);
    }
}

static char shape_of(jb_vl_pen *k, unsigned row) {
    const jb_vl_def *d = &k->u->def[JB_VL_SHAPE];
    const jb_vl_scale *s = k->scale[JB_VL_SHAPE];
    const jb_node *n = d->has_value ? jb_node_get(d->node, "value") : jb_node_get(k->u->mark_node, "shape");
    const jb_node *held = jb_vl_pen_condition(k, JB_VL_SHAPE, row);
    if (held) n = held;
    if (k->u->mark == JB_VL_SQUARE) return 's';
    if (!held && d->node && !d->has_value && s && s->built)
        return jb_vl_scale_shape(s,
                                 (unsigned)MAX(jb_vl_scale_index(s, jb_vl_pen_cell(k, JB_VL_SHAPE, row)), 0));
    if (n && n->kind == JB_NODE_SCALAR && jb_vl_shape_named(n->text)) return jb_vl_shape_named(n->text);
    if (n)
        jb_vl_pen_failed(
            k, jb_fail(k->c->reader.ctx, n->pos, "shape is circle, square, cross, diamond or triangle"));
    return 'c';
}

static void draw_points(jb_vl_pen *k) {
    const jb_node *filled_node = jb_node_get(k->u->mark_node, "filled");
    bool filled = k->u->mark != JB_VL_POINT || k->u->filled || jb_node_get(k->u->mark_node, "fill");
    if (filled_node) jb_vl_pen_failed(k, jb_node_bool(k->c->reader.ctx, filled_node, &filled));
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x = jb_vl_pen_centre(k, JB_VL_X, i), y = jb_vl_pen_centre(k, JB_VL_Y, i);
        if (!isfinite(x) || !isfinite(y) || !jb_vl_pen_has_numbers(k, i)) continue;
        double area = jb_vl_pen_size(k, i, 9, 361, POINT_AREA);
        jb_paint paint = jb_vl_pen_paint(k, i, filled);
        if (!filled && !k->u->def[JB_VL_STROKE].node) paint.width = jb_vl_pen_number(k, "strokeWidth", 1);
        double h = sqrt(area) / 2;
        jb_colour ink = paint.fill ? paint.fill_colour : paint.stroke_colour;
        jb_point_look look = jb_vl_point_look(k, i);
        if (look != JB_POINT_SOLID) paint = jb_point_paint(k->c->plot, ink, look);
        jb_vl_symbol(k->c->plot, shape_of(k, i), k->p->x + x, k->p->y + y, area, &paint);
        jb_vl_point_figure(k, i, ink, sqrt(area / G_PI), x, y);
        jb_vl_pen_record(k, "symbol", i, x - h, y - h, x + h, y + h, NULL);
        jb_vl_labels_mark(k->c->labels, k->p->x + x - h, k->p->y + y - h, k->p->x + x + h, k->p->y + y + h,
                          'p', false, filled ? paint.fill_colour : k->c->plot->style->paper);
    }
}

/* ---- rules, ticks, text ---- */

static void draw_rules(jb_vl_pen *k) {
    const jb_vl_unit *u = k->u;
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x1 = jb_vl_pen_centre(k, JB_VL_X, i), y1 = jb_vl_pen_centre(k, JB_VL_Y, i), x2 = x1, y2 = y1;
        if (u->def[JB_VL_X2].node) x2 = jb_vl_pen_place(k, JB_VL_X2, i, false);
        if (u->def[JB_VL_Y2].node) y2 = jb_vl_pen_place(k, JB_VL_Y2, i, false);
        if (!u->def[JB_VL_X].node) x1 = 0, x2 = k->p->width;
        if (!u->def[JB_VL_Y].node) y1 = 0, y2 = k->p->height;
        if (u->def[JB_VL_X].node && u->def[JB_VL_Y].node && !u->def[JB_VL_X2].node &&
            !u->def[JB_VL_Y2].node) {
            if (u->orient == 'h')
                x1 = jb_vl_pen_zero(k, JB_VL_X);
            else
                y1 = jb_vl_pen_zero(k, JB_VL_Y);
        }
        if (!jb_vl_finite4(x1, x2, y1, y2) || !jb_vl_pen_has_numbers(k, i)) continue;
        jb_paint paint = jb_vl_pen_paint(k, i, false);
        paint.width = jb_vl_pen_size(k, i, 1, 4, jb_vl_pen_number(k, "strokeWidth", 1));
        jb_scene_line(k->c->plot->scene, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, &paint);
        jb_vl_pen_record(k, "rule", i, x1, y1, x2, y2, NULL);
        jb_vl_labels_edge(k->c->labels, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, paint.width);
    }
}

static void draw_ticks(jb_vl_pen *k) {
    bool upright = k->u->orient != 'h';
    int band = upright ? JB_VL_Y : JB_VL_X;
    const jb_vl_scale *s = k->scale[band];
    double length = s && s->built && jb_vl_scale_discrete(s)
                        ? (s->type == JB_VL_BAND ? jb_vl_scale_bandwidth(s) : jb_vl_scale_step(s) * 0.75)
                        : jb_vl_pen_extent(k, band) * 0.75;
    bool free = !s || !s->built || !jb_vl_scale_discrete(s);
    length = jb_vl_pen_number(k, "bandSize", length);
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x = jb_vl_pen_centre(k, JB_VL_X, i), y = jb_vl_pen_centre(k, JB_VL_Y, i),
               half = jb_vl_pen_size(k, i, 1, fmax(length, 2), length) / 2;
        if (!isfinite(x) || !isfinite(y) || !jb_vl_pen_has_numbers(k, i)) continue;
        double x1 = upright ? x : x - half, x2 = upright ? x : x + half, y1 = upright ? y - half : y,
               y2 = upright ? y + half : y;
        if (free) { /* long ticks over an axis of numbers stay in the plot */
            if (upright)
                y1 = fmax(y1, 0), y2 = fmin(y2, k->p->height);
            else
                x1 = fmax(x1, 0), x2 = fmin(x2, k->p->width);
        }
        jb_paint paint = jb_vl_pen_paint(k, i, false);
        paint.width = jb_vl_pen_number(k, "thickness", 1);
        jb_scene_line(k->c->plot->scene, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, &paint);
        double t = paint.width / 2;
        jb_vl_labels_edge(k->c->labels, k->p->x + x1, k->p->y + y1, k->p->x + x2, k->p->y + y2, paint.width);
        jb_vl_pen_record(k, "rect", i, upright ? x1 - t : x1, upright ? y1 : y1 - t, upright ? x2 + t : x2,
                         upright ? y2 : y2 + t, NULL);
    }
}

/* A figure that is made of others which are not exact. */
static const char *about_label(jb_vl_pen *k, const char *label) {
    char *text = g_strconcat(jb_plot_english(k->c->plot) ? "≈ " : "约 ", label, NULL);
    const char *kept = jb_arena_string(k->c->reader.arena, text);
    g_free(text);
    return kept;
}

static const char *words_of(jb_vl_pen *k, unsigned row) {
    const jb_vl_def *d = &k->u->def[JB_VL_WORDS];
    const jb_node *n = jb_vl_pen_condition(k, JB_VL_WORDS, row), *text = jb_node_get(k->u->mark_node, "text");
    if (n || (!d->node && text))
        return n && n->kind == JB_NODE_SCALAR         ? n->text
               : text && text->kind == JB_NODE_SCALAR ? text->text
                                                      : "";
    if (!d->node) return NULL;
    jb_vl_cell v = jb_vl_pen_cell(k, JB_VL_WORDS, row);
    if (v.kind == JB_VL_MISSING) return NULL;
    bool about = jb_vl_cell_inexact(v);
    bool made = about && g_str_has_prefix(v.text, JB_VL_ABOUT);
    if (about && !made) return v.text; /* a format would make a plain number of it */
    if (about) v.text = NULL;
    const char *label = jb_vl_label(&k->c->reader, d, v, 0, 0, d->format);
    return about ? about_label(k, label) : label;
}

static char anchor_of(const jb_vl_pen *k) {
    const jb_node *n = jb_node_get(k->u->mark_node, "align");
    return !n || n->kind != JB_NODE_SCALAR ? 'c'
           : !strcmp(n->text, "left")      ? 'l'
           : !strcmp(n->text, "right")     ? 'r'
                                           : 'c';
}

static void draw_texts(jb_vl_pen *k) {
    double size = jb_vl_pen_number(k, "fontSize", k->c->plot->style->label),
           dx = jb_vl_pen_number(k, "dx", 0), dy = jb_vl_pen_number(k, "dy", 0);
    const jb_node *n = jb_node_get(k->u->mark_node, "baseline");
    jb_vl_cell weight = jb_vl_cell_of_node(jb_node_get(k->u->mark_node, "fontWeight"));
    bool bold = weight.kind == JB_VL_NUMBER
                    ? weight.number >= 600
                    : weight.kind == JB_VL_TEXT && g_str_has_prefix(weight.text, "bold");
    char anchor = k->u->turned ? 'c' : anchor_of(k);
    if (k->u->turned) dx = dy = 0; /* of columns: beside bars that lie, labels have their own places */
    bool coloured = k->u->def[JB_VL_COLOR].node || jb_node_get(k->u->mark_node, "color") ||
                    jb_node_get(k->u->mark_node, "fill");
    double down = n && jb_vl_says(k->u->mark_node, "baseline", "alphabetic") ? 0
                  : n && jb_vl_says(k->u->mark_node, "baseline", "bottom")   ? -0.15
                  : n && jb_vl_says(k->u->mark_node, "baseline", "top")      ? 0.85
                                                                             : 0.36;
    for (unsigned i = 0; i < k->t->rows; i++) {
        double x = jb_vl_pen_centre(k, JB_VL_X, i), y = jb_vl_pen_centre(k, JB_VL_Y, i);
        const char *words = words_of(k, i);
        if (!isfinite(x) || !isfinite(y) || !words || !*words) continue;
        jb_label label = jb_label_new(k->c->plot, words, jb_vl_pen_size(k, i, 8, 24, size), bold,
                                      jb_colour_tint(jb_vl_pen_colour(k, i), jb_vl_pen_opacity(k, i)));
        double w = label.para->width,
               left = x + dx -
                      (anchor == 'c'   ? w / 2
                       : anchor == 'r' ? w
                                       : 0),
               base = y + dy + down * label.size;
        jb_vl_pen_record(k, "text", i, left, base - label.size * 0.8, left + w, base + label.size * 0.2,
                         words);
        double at[] = {k->p->x + x, k->p->y + y, k->p->x + left, k->p->y + base};
        jb_vl_labels_add(k->c->labels, k->p, &label, k->u->pos, at, coloured);
    }
}

static void draw_unit(jb_vl_pen *k) {
    switch (k->u->mark) {
    case JB_VL_BAR:
    case JB_VL_RECT: draw_bars(k); break;
    case JB_VL_LINE:
    case JB_VL_AREA: jb_vl_draw_paths(k); break;
    case JB_VL_POINT:
    case JB_VL_CIRCLE:
    case JB_VL_SQUARE: draw_points(k); break;
    case JB_VL_RULE: draw_rules(k); break;
    case JB_VL_TICK: draw_ticks(k); break;
    case JB_VL_LABEL: draw_texts(k); break;
    }
}

void jb_vl_draw_marks(jb_vl_chart *c, jb_vl_panel *p) {
    p->items = g_array_new(FALSE, FALSE, sizeof(jb_vl_item));
    for (unsigned i = 0; i < p->units && c->reader.status == JB_OK; i++) {
        jb_vl_pen k = {c, p, p->unit[i], p->table[i], p->scale[i], i, {NULL}};
        bool clip = jb_vl_says(k.u->mark_node, "clip", "true");
        double box[] = {p->x, p->y, p->x + p->width, p->y + p->height};
        if (k.c->reader.status != JB_OK) break;
        if (clip) jb_scene_push(c->plot->scene, 0, 0, box);
        draw_unit(&k);
        jb_vl_draw_gaps(&k);
        if (clip) jb_scene_pop(c->plot->scene);
    }
}
