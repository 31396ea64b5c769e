/* Columns whose names would not fit below them become bars that lie: x and y change places. */
#include "charts/vl.h"

static bool sized(const jb_vl_view *v) {
    bool said = v->width > 0 || v->height > 0 || v->step_x > 0 || v->step_y > 0;
    for (unsigned i = 0; i < v->count && !said; i++) said = sized(v->child[i]);
    return said;
}

static bool unit_can(const jb_vl_unit *u) {
    const jb_vl_def *x = &u->def[JB_VL_X], *y = &u->def[JB_VL_Y];
    bool bar = u->mark == JB_VL_BAR && u->orient == 'v' && x->node && y->node && !jb_vl_discrete(y);
    bool besides = u->mark == JB_VL_LABEL || u->mark == JB_VL_RULE || u->mark == JB_VL_TICK ||
                   u->mark == JB_VL_POINT || u->mark == JB_VL_CIRCLE || u->mark == JB_VL_SQUARE;
    if (x->node && x->type != JB_VL_N) return false;
    if (jb_node_get(x->axis, "orient") || jb_node_get(y->axis, "orient")) return false;
    if (jb_node_get(u->mark_node, "width") || jb_node_get(u->mark_node, "height")) return false;
    return bar || besides;
}

/* Names of nominal columns below a single plot whose size is the chart's to choose. */
bool jb_vl_turn_wanted(jb_vl_chart *c) {
    const jb_vl_panel *p = c->panels->len == 1 ? c->panels->pdata[0] : NULL;
    bool bars = false, crowded = false;
    if (!p || c->root->shape == JB_VL_FACETED || sized(c->root)) return false;
    for (unsigned i = 0; i < p->units; i++) {
        if (!unit_can(p->unit[i])) return false;
        bars = bars || p->unit[i]->mark == JB_VL_BAR;
    }
    for (unsigned k = 0; k < p->axes; k++) {
        const jb_vl_axis *a = &p->axis[k];
        if (a->side == 'b' && jb_vl_scale_discrete(a->scale) && a->labels)
            crowded = crowded || jb_vl_axis_crowded(c, a);
    }
    return bars && crowded;
}

static void swap_defs(jb_vl_unit *u, int a, int b) {
    jb_vl_def kept = u->def[a];
    u->def[a] = u->def[b];
    u->def[b] = kept;
}

static int turned(int channel) {
    static const int to[] = {JB_VL_Y, JB_VL_X, JB_VL_Y2, JB_VL_X2, JB_VL_YOFFSET, JB_VL_XOFFSET};
    return channel <= JB_VL_YOFFSET ? to[channel] : channel;
}

static void turn_unit(jb_vl_unit *u) {
    swap_defs(u, JB_VL_X, JB_VL_Y);
    swap_defs(u, JB_VL_X2, JB_VL_Y2);
    swap_defs(u, JB_VL_XOFFSET, JB_VL_YOFFSET);
    if (u->orient) u->orient = u->orient == 'v' ? 'h' : 'v';
    if (u->stack) u->stacked = turned(u->stacked);
    u->turned = true;
}

static void turn_scale(jb_vl_scale *s) {
    for (guint i = 0; i < s->uses->len; i++) {
        jb_vl_use *use = &g_array_index(s->uses, jb_vl_use, i);
        const jb_vl_def *own = &use->unit->def[use->channel];
        if (s->lead == own) s->lead = &use->unit->def[turned(use->channel)];
        use->channel = turned(use->channel);
        if (s->lead != own) continue;
    }
    s->channel = turned(s->channel);
}

void jb_vl_turn(jb_vl_chart *c) {
    jb_vl_panel *p = c->panels->pdata[0];
    for (unsigned i = 0; i < p->units; i++) {
        turn_unit(p->unit[i]);
        for (int ch = JB_VL_X; ch <= JB_VL_YOFFSET; ch++) {
            int to = turned(ch);
            if (to < ch) continue;
            jb_vl_scale *kept = p->scale[i][ch];
            p->scale[i][ch] = p->scale[i][to];
            p->scale[i][to] = kept;
        }
    }
    for (guint i = 0; i < c->scales->len; i++) turn_scale(c->scales->pdata[i]);
}
