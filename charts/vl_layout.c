/* Panels: which scales are shared, where each plot stands. Order of work: heights, labels of upright axes,
 * widths, labels below. */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "charts/vl.h"

#define DEFAULT_HEIGHT 200.0
#define ROW_STEP 20.0    /* pt a category of an upright band, as in Vega-Lite */
#define COLUMN_MOST 64.0 /* pt a category of a level band */
#define GAP 16.0
#define EDGE 9.0   /* labels at the ends of an axis stand over them by so much, pt */
#define LEAST 40.0 /* the narrowest plot, pt */

typedef jb_vl_scale *slots[JB_VL_SCALED];

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

/* ---- which scales ---- */

static jb_vl_scale *scale_new(jb_vl_chart *c, int channel) {
    jb_vl_scale *s = jb_vl_scale_new(c->reader.arena, channel);
    g_ptr_array_add(c->scales, s);
    return s;
}

/* What resolve says of a channel: 'i'ndependent, 's'hared, or 0. */
static char resolved(const jb_vl_view *v, int channel) {
    const jb_node *node = v->node ? v->node : v->child[0]->node;
    const jb_node *n =
        jb_node_get(jb_node_get(jb_node_get(node, "resolve"), "scale"), jb_vl_channel_names[channel]);
    return n && n->kind == JB_NODE_SCALAR ? n->text[0] : 0;
}

/* The slots of a view's children: shared ones are made here, independent ones are left open. */
static void share(jb_vl_chart *c, const jb_vl_view *v, slots from, slots to) {
    for (int ch = 0; ch < JB_VL_SCALED; ch++) {
        char said = resolved(v, ch);
        bool shared = said ? said == 's' : v->shape != JB_VL_CONCAT || ch >= JB_VL_COLOR;
        to[ch] = !shared ? NULL : from[ch] ? from[ch] : scale_new(c, ch);
    }
}

typedef struct collector {
    jb_vl_chart *c;
    jb_vl_panel *p;
    jb_vl_cell key[3];
    bool keyed[3];
} collector;

static jb_vl_table *rows_here(const collector *k, const jb_vl_unit *u) {
    unsigned *rows = g_new(unsigned, u->table->rows + 1), n = 0;
    for (unsigned i = 0; i < u->table->rows; i++) {
        bool here = true;
        for (int f = 0; f < 3; f++)
            if (k->keyed[f] && u->facet[f] >= 0)
                here = here && jb_vl_cell_equal(jb_vl_table_at(u->table, i, u->facet[f]), k->key[f]);
        if (here) rows[n++] = i;
    }
    jb_vl_table *t = jb_vl_table_pick(u->table, rows, n);
    g_free(rows);
    return t;
}

static void use(collector *k, jb_vl_unit *u, slots scale, const jb_vl_table *t) {
    static const int of[] = {JB_VL_X,       JB_VL_Y,       JB_VL_X,     JB_VL_Y,
                             JB_VL_XOFFSET, JB_VL_YOFFSET, JB_VL_COLOR, JB_VL_OPACITY,
                             JB_VL_DASH,    JB_VL_SHAPE,   JB_VL_SIZE,  JB_VL_STROKE};
    for (int ch = 0; ch < JB_VL_SCALED; ch++) {
        const jb_vl_def *d = &u->def[ch];
        if (!d->node || d->has_value || (!d->field && d->op == JB_VL_NONE && !d->has_datum)) continue;
        if (d->scale && jb_node_is_null(d->scale)) {
            failed(&k->c->reader, jb_fail(k->c->reader.ctx, d->scale->pos,
                                          "scale: null is not supported; say value: for what is no data"));
            continue;
        }
        jb_vl_use it = {u, ch, t};
        g_array_append_val(scale[of[ch]]->uses, it);
    }
}

static unsigned count_units(const jb_vl_view *v) {
    unsigned n = v->shape == JB_VL_UNIT;
    for (unsigned i = 0; i < v->count; i++) n += count_units(v->child[i]);
    return n;
}

static void add_units(collector *k, const jb_vl_view *v, slots scale) {
    slots own;
    if (v->shape == JB_VL_LAYER) {
        share(k->c, v, scale, own);
        for (unsigned i = 0; i < v->count; i++) {
            slots child;
            for (int ch = 0; ch < JB_VL_SCALED; ch++) child[ch] = own[ch] ? own[ch] : scale_new(k->c, ch);
            add_units(k, v->child[i], child);
        }
        return;
    }
    unsigned n = k->p->units++;
    k->p->unit[n] = v->unit;
    k->p->table[n] = rows_here(k, v->unit);
    memcpy(k->p->scale[n], scale, sizeof(slots));
    use(k, v->unit, scale, k->p->table[n]);
}

static jb_vl_panel *panel_new(jb_vl_chart *c, const jb_vl_view *v, collector *keys, slots scale) {
    unsigned n = count_units(v);
    jb_vl_panel *p = JB_NEW(c->reader.arena, jb_vl_panel);
    slots own;
    p->view = v;
    p->unit = JB_ARRAY(c->reader.arena, jb_vl_unit *, n);
    p->table = JB_ARRAY(c->reader.arena, jb_vl_table *, n);
    p->scale = (jb_vl_scale * (*)[JB_VL_SCALED]) jb_arena_take(c->reader.arena, sizeof(slots) * n);
    for (int ch = 0; ch < JB_VL_SCALED; ch++)
        own[ch] = scale[ch] ? scale[ch] : v->shape == JB_VL_LAYER ? NULL : scale_new(c, ch);
    keys->p = p;
    add_units(keys, v, own);
    g_ptr_array_add(c->panels, p);
    return p;
}

/* ---- facets ---- */

/* Vega leaves out marks of which a number is missing, and facets that have none. */
static bool has_place(const jb_vl_unit *u, unsigned row) {
    if (u->mark == JB_VL_LINE || u->mark == JB_VL_AREA) return true;
    for (int ch = JB_VL_X; ch <= JB_VL_Y; ch++)
        if (u->def[ch].column >= 0 && !jb_vl_discrete(&u->def[ch]) &&
            jb_vl_table_at(u->table, row, u->def[ch].column).kind == JB_VL_MISSING)
            return false;
    return true;
}

static void gather(const jb_vl_view *v, int f, GArray *keys) {
    for (unsigned i = 0; i < v->count; i++) gather(v->child[i], f, keys);
    if (v->shape != JB_VL_UNIT || v->unit->facet[f] < 0) return;
    for (unsigned i = 0; i < v->unit->table->rows; i++) {
        jb_vl_cell c = jb_vl_table_at(v->unit->table, i, v->unit->facet[f]);
        bool seen = !has_place(v->unit, i);
        for (guint k = 0; k < keys->len && !seen; k++)
            seen = jb_vl_cell_equal(g_array_index(keys, jb_vl_cell, k), c);
        if (!seen) g_array_append_val(keys, c);
    }
}

static int by_value(const void *a, const void *b) {
    return jb_vl_cell_compare(*(const jb_vl_cell *)a, *(const jb_vl_cell *)b);
}

/* The facets of one direction in their order; one without a key where there is none. */
static GArray *facet_keys(jb_vl_chart *c, const jb_vl_view *v, const jb_vl_def *d, int f) {
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(jb_vl_cell));
    jb_vl_cell none = {JB_VL_MISSING, 0, NULL};
    if (!d->node) return g_array_append_val(keys, none), keys;
    gather(v, f, keys);
    bool han = false, listed = d->sort && d->sort->kind == JB_NODE_LIST;
    for (guint i = 0; i < keys->len; i++) {
        jb_vl_cell k = g_array_index(keys, jb_vl_cell, i);
        han = han || jb_vl_is_han(k);
    }
    if (d->sort && d->sort->kind == JB_NODE_MAP)
        failed(&c->reader, jb_fail(c->reader.ctx, d->sort->pos,
                                   "facets are sorted by ascending, descending, null or a list"));
    if (keys->len > 1 && !(d->sort && jb_node_is_null(d->sort)) && (d->sort || !han))
        qsort(keys->data, keys->len, sizeof(jb_vl_cell), by_value);
    for (guint i = 0; d->sort && d->sort->kind == JB_NODE_SCALAR && !strcmp(d->sort->text, "descending") &&
                      i < keys->len / 2;
         i++) {
        jb_vl_cell *a = &g_array_index(keys, jb_vl_cell, i),
                   *b = &g_array_index(keys, jb_vl_cell, keys->len - 1 - i), swap = *a;
        *a = *b;
        *b = swap;
    }
    for (unsigned i = listed ? d->sort->count : 0; i-- > 0;)
        for (guint k = 0; k < keys->len; k++) {
            jb_vl_cell said = jb_vl_cell_of_node(d->sort->items[i]), it = g_array_index(keys, jb_vl_cell, k);
            if (!jb_vl_cell_equal(said, it)) continue;
            g_array_remove_index(keys, k);
            g_array_prepend_val(keys, it);
        }
    if (keys->len > 200) {
        failed(&c->reader, jb_fail(c->reader.ctx, d->node->pos, "%u facets, at most 200", keys->len));
        g_array_set_size(keys, 1);
    }
    return keys;
}

/* ---- places ---- */

typedef struct box {
    double x, y, width; /* where it begins, and the room there is */
    double used_width, used_height;
} box;

static const jb_vl_scale *band_of(const jb_vl_panel *p, int channel) {
    for (unsigned i = 0; i < p->units; i++)
        if (p->scale[i][channel]->built && jb_vl_scale_discrete(p->scale[i][channel]))
            return p->scale[i][channel];
    return NULL;
}

static bool any_scale(const jb_vl_panel *p, int channel) {
    for (unsigned i = 0; i < p->units; i++)
        if (p->scale[i][channel]->built) return true;
    return false;
}

static double said_size(const jb_vl_view *v, bool width) {
    double size = width ? v->width : v->height;
    for (unsigned i = 0; !size && i < v->count; i++) size = said_size(v->child[i], width);
    return size;
}

static double said_step(const jb_vl_view *v, bool width) {
    double step = width ? v->step_x : v->step_y;
    for (unsigned i = 0; !step && i < v->count; i++) step = said_step(v->child[i], width);
    return step;
}

static double band_size(const jb_vl_scale *s, double step) {
    return step * fmax(1, s->names->len - s->inner + 2 * s->outer);
}

static void set_range(jb_vl_chart *c, jb_vl_panel *p, int channel, double size) {
    for (unsigned i = 0; i < p->units; i++) {
        jb_vl_scale *s = p->scale[i][channel],
                    *o = p->scale[i][channel == JB_VL_X ? JB_VL_XOFFSET : JB_VL_YOFFSET];
        if (!s->built) continue;
        bool down = channel == JB_VL_Y && !jb_vl_scale_discrete(s);
        jb_vl_scale_range(&c->reader, s, down ? size : 0, down ? 0 : size);
        if (o->built) jb_vl_scale_range(&c->reader, o, 0, jb_vl_scale_bandwidth(s));
    }
}

static void add_axis(jb_vl_chart *c, jb_vl_panel *p, int channel, jb_vl_scale *s, double size) {
    bool level = channel == JB_VL_X;
    if (!s->built || (s->lead->axis && jb_node_is_null(s->lead->axis)) || p->axes == 4) return;
    bool second = false;
    char first = 0;
    for (unsigned i = 0; i < p->axes; i++) {
        if (p->axis[i].scale == s) return;
        bool there = level ? p->axis[i].side == 'b' || p->axis[i].side == 't'
                           : p->axis[i].side == 'l' || p->axis[i].side == 'r';
        if (there && second) {
            failed(&c->reader, jb_fail(c->reader.ctx, s->lead->node->pos,
                                       "a third axis of %s has no place: let layers share it (a layer in a "
                                       "layer does), or say axis: ~",
                                       jb_vl_channel_names[channel]));
            return;
        }
        if (there) first = p->axis[i].side;
        second = second || there;
    }
    jb_vl_axis *a = &p->axis[p->axes++];
    a->scale = s;
    bool other = jb_vl_says(s->lead->axis, "orient", level ? "top" : "right");
    if (second) other = (first == 'b' || first == 'l');
    a->side = level ? (other ? 't' : 'b') : other ? 'r' : 'l';
    jb_vl_axis_make(c, p, a, size);
    if (second) a->grid = false;
}

static double room(jb_vl_chart *c, jb_vl_panel *p, char side, double size) {
    double most = 0;
    for (unsigned i = 0; i < p->axes; i++)
        if (p->axis[i].side == side) most = fmax(most, jb_vl_axis_measure(c, &p->axis[i], size));
    return most;
}

static bool titled_above(const jb_vl_panel *p) {
    for (unsigned i = 0; i < p->axes; i++)
        if ((p->axis[i].side == 'l' || p->axis[i].side == 'r') && p->axis[i].title) return true;
    return false;
}

static double height_of(const jb_vl_chart *c, const jb_vl_panel *p) {
    double said = said_size(p->view, false), step = said_step(p->view, false);
    const jb_vl_scale *band = band_of(p, JB_VL_Y);
    if (said > 0) return said;
    if (band)
        return band_size(band,
                         step > 0 ? step : ROW_STEP * fmax(1, p->scale[0][JB_VL_YOFFSET]->names->len * 0.8));
    if (!any_scale(p, JB_VL_Y)) return ROW_STEP;
    if (c->panels->len == 1 && c->plot->frame->height > 0) return fmax(LEAST, c->plot->frame->height - 90);
    return DEFAULT_HEIGHT;
}

static double width_of(jb_vl_chart *c, const jb_vl_panel *p, double there) {
    double said = said_size(p->view, true), step = said_step(p->view, true);
    const jb_vl_scale *band = band_of(p, JB_VL_X);
    if (!said && band && step > 0) said = band_size(band, step);
    if (said > there + 0.5) {
        const jb_node *n = jb_node_get(p->view->node, "width");
        jb_plot_note_add(c->plot, n ? n->pos : p->view->node->pos,
                         "the plot is %d pt wide, there is no more room", (int)there);
        said = there;
    }
    if (said > 0) return said;
    if (!any_scale(p, JB_VL_X)) return fmin(there, ROW_STEP);
    if (band)
        return fmin(there,
                    band_size(band, COLUMN_MOST * fmax(1, p->scale[0][JB_VL_XOFFSET]->names->len * 0.5)));
    return there;
}

/* Places one panel; `left` is room for upright labels that neighbours share, 0 to measure. */
static void place_panel(jb_vl_chart *c, jb_vl_panel *p, box *b) {
    const jb_chart_style *style = c->plot->style;
    p->height = height_of(c, p);
    set_range(c, p, JB_VL_Y, p->height);
    for (unsigned i = 0; i < p->units; i++) add_axis(c, p, JB_VL_Y, p->scale[i][JB_VL_Y], p->height);
    double left = room(c, p, 'l', p->height), right = fmax(room(c, p, 'r', p->height), EDGE);
    if (any_scale(p, JB_VL_X) && !band_of(p, JB_VL_X)) left = fmax(left, 2 * EDGE);
    p->width = width_of(c, p, fmax(LEAST, b->width - left - right));
    set_range(c, p, JB_VL_X, p->width);
    for (unsigned i = 0; i < p->units; i++) add_axis(c, p, JB_VL_X, p->scale[i][JB_VL_X], p->width);
    double below = room(c, p, 'b', p->width), above = room(c, p, 't', p->width);
    if (p->title) above += style->label * 1.6;
    if (titled_above(p)) above += style->axis_label * 1.5;
    above = fmax(above, style->axis_label * 0.6);
    p->x = b->x + left;
    p->y = b->y + above;
    b->used_width = left + p->width + right;
    b->used_height = above + p->height + below + 2;
}

static jb_vl_panel *next_panel(jb_vl_chart *c, guint *at) { return c->panels->pdata[(*at)++]; }

static void place(jb_vl_chart *c, const jb_vl_view *v, guint *at, box *b);

/* A grid of cells: widths are equal, heights those of the highest in the row. */
static void place_grid(jb_vl_chart *c, const jb_vl_view *v, unsigned cells, unsigned columns, guint *at,
                       box *b) {
    columns = MAX(1, MIN(columns, cells));
    double gap_x = v->gap_x >= 0 ? v->gap_x : GAP, gap_y = v->gap_y >= 0 ? v->gap_y : GAP;
    double each = (b->width - gap_x * (columns - 1)) / columns, y = b->y, x = b->x, high = 0;
    if (each < LEAST && columns > 1)
        jb_plot_note_add(c->plot, (c->root->node ? c->root : c->root->child[0])->node->pos,
                         "%u plots side by side have %d pt each; say columns:", columns, (int)each);
    for (unsigned i = 0; i < cells; i++) {
        if (i && i % columns == 0) y += high + gap_y, x = b->x, high = 0;
        box cell = {x, y, fmax(each, LEAST), 0, 0};
        if (v->shape == JB_VL_FACETED)
            place_panel(c, next_panel(c, at), &cell);
        else
            place(c, v->child[i], at, &cell);
        x += fmax(cell.used_width, v->shape == JB_VL_FACETED ? each : cell.used_width) + gap_x;
        high = fmax(high, cell.used_height);
        b->used_width = fmax(b->used_width, x - gap_x - b->x);
    }
    b->used_height = y + high - b->y;
}

static unsigned facet_count(jb_vl_chart *c, const jb_vl_view *v, unsigned *columns) {
    GArray *rows = facet_keys(c, v, &v->row, 0), *across = facet_keys(c, v, &v->column, 1),
           *wrap = facet_keys(c, v, &v->wrap, 2);
    unsigned n = rows->len * across->len * wrap->len;
    *columns = v->wrap.node || (v->columns && !v->row.node) ? (v->columns ? v->columns : MIN(wrap->len, 4))
                                                            : across->len;
    g_array_free(rows, TRUE);
    g_array_free(across, TRUE);
    g_array_free(wrap, TRUE);
    return n;
}

static void place(jb_vl_chart *c, const jb_vl_view *v, guint *at, box *b) {
    unsigned columns = 1;
    if (v->shape == JB_VL_FACETED) {
        unsigned n = facet_count(c, v, &columns);
        place_grid(c, v, n, columns, at, b);
    } else if (v->shape == JB_VL_CONCAT)
        place_grid(c, v, v->count, v->columns, at, b);
    else
        place_panel(c, next_panel(c, at), b);
}

/* ---- collecting ---- */

static void collect(jb_vl_chart *c, const jb_vl_view *v, slots scale, const char *title);

static const char *facet_title(jb_vl_chart *c, const jb_vl_def *const *defs, const collector *k) {
    GString *out = g_string_new(NULL);
    for (int f = 0; f < 3; f++)
        if (k->keyed[f] && !jb_vl_says(defs[f]->header, "labels", "false")) {
            const jb_node *title = jb_node_get(defs[f]->header, "title");
            g_string_append_printf(
                out, "%s%s%s%s", out->len ? "，" : "", jb_node_is_null(title) ? "" : title->text,
                jb_node_is_null(title) ? "" : "：",
                jb_vl_label(&c->reader, defs[f], k->key[f], 0, 0, jb_node_get(defs[f]->header, "format")));
        }
    const char *text = jb_arena_string(c->reader.arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

static void collect_facets(jb_vl_chart *c, const jb_vl_view *v, slots own) {
    const jb_vl_def *const defs[] = {&v->row, &v->column, &v->wrap};
    GArray *keys[3];
    for (int f = 0; f < 3; f++) keys[f] = facet_keys(c, v, defs[f], f);
    for (guint i = 0; i < keys[0]->len; i++)
        for (guint j = 0; j < keys[1]->len; j++)
            for (guint w = 0; w < keys[2]->len; w++) {
                collector k = {.c = c,
                               .key = {g_array_index(keys[0], jb_vl_cell, i),
                                       g_array_index(keys[1], jb_vl_cell, j),
                                       g_array_index(keys[2], jb_vl_cell, w)}};
                for (int f = 0; f < 3; f++) k.keyed[f] = defs[f]->node != NULL;
                slots child;
                for (int ch = 0; ch < JB_VL_SCALED; ch++) child[ch] = own[ch];
                panel_new(c, v->child[0], &k, child)->title = facet_title(c, defs, &k);
            }
    for (int f = 0; f < 3; f++) g_array_free(keys[f], TRUE);
}

static const char *title_text(jb_vl_reader *r, const jb_vl_view *v) {
    const jb_node *n = jb_node_get(v->node, "title");
    const char *text = NULL;
    if (n && n->kind == JB_NODE_MAP) n = jb_node_get(n, "text");
    if (n && !jb_node_is_null(n)) failed(r, jb_node_string(r->ctx, n, &text));
    return text;
}

static void collect(jb_vl_chart *c, const jb_vl_view *v, slots scale, const char *title) {
    slots own;
    collector k = {.c = c};
    if (c->reader.status != JB_OK) return;
    if (v->shape == JB_VL_UNIT || v->shape == JB_VL_LAYER) {
        panel_new(c, v, &k, scale)->title = title;
        return;
    }
    share(c, v, scale, own);
    if (v->shape == JB_VL_FACETED)
        collect_facets(c, v, own);
    else
        for (unsigned i = 0; i < v->count; i++)
            collect(c, v->child[i], own, title_text(&c->reader, v->child[i]));
}

double jb_vl_layout(jb_vl_chart *c, double top) {
    slots none = {NULL};
    guint at = 0;
    collect(c, c->root, none, NULL);
    for (guint i = 0; i < c->scales->len && c->reader.status == JB_OK; i++)
        jb_vl_scale_build(&c->reader, c->scales->pdata[i]);
    if (c->reader.status != JB_OK) return 0;
    double legends = jb_vl_legends_draw(c, 0, false);
    if (legends > 0) top += 6 + jb_vl_legends_draw(c, top + 6, true);
    box b = {0, top + (top > 0 ? 4 : 0), c->plot->width, 0, 0};
    place(c, c->root, &at, &b);
    return b.y + b.used_height;
}
