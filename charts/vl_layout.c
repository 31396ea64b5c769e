/* Panels: which plots there are, which rows stand in each, which scales they share. */
#include <math.h>
#include <stdlib.h>
#include "base/limits.h"
#include "charts/vl.h"

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

/* ---- collecting ---- */

/* The head of a panel: what the facets of directions `from` to `to` say, in the order row, column, wrap. */
static const char *facet_title(jb_vl_chart *c, const jb_vl_def *const *defs, const collector *k, int from,
                               int to) {
    GString *out = g_string_new(NULL);
    for (int f = from; f <= to; f++)
        if (k->keyed[f] && !jb_vl_says(defs[f]->header, "labels", "false")) {
            const jb_node *title = jb_node_get(defs[f]->header, "title");
            g_string_append_printf(
                out, "%s%s%s%s", out->len ? "，" : "", jb_node_is_null(title) ? "" : title->text,
                jb_node_is_null(title) ? "" : "：",
                jb_vl_label(&c->reader, defs[f], k->key[f], 0, 0, jb_node_get(defs[f]->header, "format")));
        }
    const char *text = out->len ? jb_arena_string(c->reader.arena, out->str) : NULL;
    g_string_free(out, TRUE);
    return text;
}

static void facet_panel(jb_vl_chart *c, const jb_vl_view *v, collector *k, slots own) {
    const jb_vl_def *const defs[] = {&v->row, &v->column, &v->wrap};
    slots child;
    for (int f = 0; f < 3; f++) k->keyed[f] = defs[f]->node != NULL;
    for (int ch = 0; ch < JB_VL_SCALED; ch++) child[ch] = own[ch];
    jb_vl_panel *p = panel_new(c, v->child[0], k, child);
    p->title = facet_title(c, defs, k, 0, 2);
    p->above = facet_title(c, defs, k, 1, 2);
    p->beside = facet_title(c, defs, k, 0, 0);
}

static void collect_facets(jb_vl_chart *c, jb_vl_view *v, slots own) {
    const jb_vl_def *const defs[] = {&v->row, &v->column, &v->wrap};
    GArray *keys[3];
    for (int f = 0; f < 3; f++) keys[f] = facet_keys(c, v, defs[f], f);
    v->panels = keys[0]->len * keys[1]->len * keys[2]->len;
    if (!v->wrap.node && !(v->columns && !v->row.node)) v->columns = keys[1]->len;
    if (!v->columns) v->columns = MIN(keys[2]->len, 4);
    for (guint i = 0; i < keys[0]->len; i++)
        for (guint j = 0; j < keys[1]->len; j++)
            for (guint w = 0; w < keys[2]->len; w++) {
                collector k = {.c = c,
                               .key = {g_array_index(keys[0], jb_vl_cell, i),
                                       g_array_index(keys[1], jb_vl_cell, j),
                                       g_array_index(keys[2], jb_vl_cell, w)}};
                facet_panel(c, v, &k, own);
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

static void collect(jb_vl_chart *c, jb_vl_view *v, slots scale, const char *title) {
    slots own;
    collector k = {.c = c};
    if (c->reader.status != JB_OK) return;
    if (v->shape == JB_VL_UNIT || v->shape == JB_VL_LAYER) {
        jb_vl_panel *p = panel_new(c, v, &k, scale);
        p->title = p->above = title;
        return;
    }
    share(c, v, scale, own);
    if (v->shape == JB_VL_FACETED)
        collect_facets(c, v, own);
    else
        for (unsigned i = 0; i < v->count; i++)
            collect(c, v->child[i], own, title_text(&c->reader, v->child[i]));
}

void jb_vl_collect(jb_vl_chart *c) {
    slots none = {NULL};
    collect(c, c->root, none, NULL);
    for (guint i = 0; i < c->scales->len && c->reader.status == JB_OK; i++)
        jb_vl_scale_build(&c->reader, c->scales->pdata[i]);
}
