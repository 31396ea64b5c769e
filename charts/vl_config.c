/* What `config` says: read once, put under what a view says itself, so that whoever draws asks one node only.
 */
#include "charts/vl.h"

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static const jb_node *section(const jb_vl_reader *r, const char *name) {
    return jb_node_get(r->config, name);
}

static const jb_node *under(jb_vl_reader *r, const jb_node *base, const jb_node *over) {
    return base && over ? jb_node_merge(r->arena, base, over) : over ? over : base;
}

/* ---- checks ---- */

static void check_style(jb_vl_reader *r, const jb_node *style) {
    for (unsigned i = 0; style && style->kind == JB_NODE_MAP && i < style->count; i++)
        failed(r, jb_vl_check(r->ctx, style->items[i], JB_VL_MAP_MARK));
}

/* Keys of a mark's own section that the mark has no use for are errors; those of `mark` go to whom they suit.
 */
static void check_marks(jb_vl_reader *r) {
    static const char *const marks[] = {"bar",  "line", "area", "point", "circle", "square",
                                        "rule", "text", "tick", "rect",  "mark"};
    for (size_t i = 0; i < G_N_ELEMENTS(marks) && r->status == JB_OK; i++) {
        const jb_node *n = section(r, marks[i]);
        failed(r, jb_vl_check(r->ctx, n, JB_VL_MAP_MARK));
        for (unsigned k = 0; n && k < n->count && r->status == JB_OK; k++)
            if (strcmp(marks[i], "mark") && !jb_vl_mark_uses(marks[i], n->keys[k]))
                failed(r, jb_fail(r->ctx, n->key_pos[k], "mark %s has no use for %s", marks[i], n->keys[k]));
    }
}

void jb_vl_config_check(jb_vl_reader *r) {
    static const struct {
        const char *name;
        jb_vl_map map;
    } sections[] = {{"view", JB_VL_MAP_CONFIG_VIEW},
                    {"axis", JB_VL_MAP_CONFIG_AXIS},
                    {"axisX", JB_VL_MAP_CONFIG_AXIS},
                    {"axisY", JB_VL_MAP_CONFIG_AXIS},
                    {"axisLeft", JB_VL_MAP_CONFIG_AXIS},
                    {"axisRight", JB_VL_MAP_CONFIG_AXIS},
                    {"axisTop", JB_VL_MAP_CONFIG_AXIS},
                    {"axisBottom", JB_VL_MAP_CONFIG_AXIS},
                    {"axisBand", JB_VL_MAP_CONFIG_AXIS},
                    {"axisPoint", JB_VL_MAP_CONFIG_AXIS},
                    {"axisDiscrete", JB_VL_MAP_CONFIG_AXIS},
                    {"axisQuantitative", JB_VL_MAP_CONFIG_AXIS},
                    {"axisTemporal", JB_VL_MAP_CONFIG_AXIS},
                    {"legend", JB_VL_MAP_CONFIG_LEGEND},
                    {"header", JB_VL_MAP_HEADER},
                    {"headerRow", JB_VL_MAP_HEADER},
                    {"headerColumn", JB_VL_MAP_HEADER},
                    {"headerFacet", JB_VL_MAP_HEADER},
                    {"scale", JB_VL_MAP_CONFIG_SCALE},
                    {"range", JB_VL_MAP_CONFIG_RANGE},
                    {"title", JB_VL_MAP_TITLE},
                    {"boxplot", JB_VL_MAP_BOXPLOT},
                    {"errorbar", JB_VL_MAP_ERRORBAR},
                    {"errorband", JB_VL_MAP_ERRORBAR}};
    static const char *const grid[] = {"spacing"}, *const grids[] = {"concat", "facet"};
    failed(r, jb_vl_check(r->ctx, r->config, JB_VL_MAP_CONFIG));
    for (size_t i = 0; i < G_N_ELEMENTS(sections) && r->status == JB_OK; i++)
        failed(r, jb_vl_check(r->ctx, section(r, sections[i].name), sections[i].map));
    for (size_t i = 0; i < G_N_ELEMENTS(grids) && r->status == JB_OK; i++)
        failed(r, jb_node_check_keys(r->ctx, section(r, grids[i]), "config property", grid, 1));
    check_style(r, section(r, "style"));
    check_marks(r);
}

/* ---- marks ---- */

/* The keys of a section that the mark has a use for. */
static const jb_node *suited(jb_vl_reader *r, const char *mark, const jb_node *n) {
    if (!n || n->kind != JB_NODE_MAP) return NULL;
    jb_node *map = JB_NEW(r->arena, jb_node);
    *map = (jb_node){.kind = JB_NODE_MAP, .pos = n->pos};
    map->items = JB_ARRAY(r->arena, jb_node *, n->count + 1);
    map->keys = JB_ARRAY(r->arena, const char *, n->count + 1);
    map->key_pos = JB_ARRAY(r->arena, jb_pos, n->count + 1);
    for (unsigned i = 0; i < n->count; i++) {
        if (!jb_vl_mark_uses(mark, n->keys[i])) continue;
        map->items[map->count] = n->items[i];
        map->keys[map->count] = n->keys[i];
        map->key_pos[map->count++] = n->key_pos[i];
    }
    return map;
}

static const jb_node *styled(jb_vl_reader *r, const char *mark, const jb_node *under_it,
                             const jb_node *style) {
    const jb_node *styles = section(r, "style"), *found;
    if (style && style->kind == JB_NODE_LIST)
        for (unsigned i = 0; i < style->count; i++) under_it = styled(r, mark, under_it, style->items[i]);
    if (!style || style->kind != JB_NODE_SCALAR || r->status != JB_OK) return under_it;
    found = jb_node_get(styles, style->text);
    if (!found) failed(r, jb_fail(r->ctx, style->pos, "config.style has no “%s”", style->text));
    return under(r, under_it, suited(r, mark, found));
}

const jb_node *jb_vl_config_mark(jb_vl_reader *r, const char *mark, const jb_node *own) {
    const jb_node *map = own && own->kind == JB_NODE_MAP ? own : NULL;
    const jb_node *base = under(r, suited(r, mark, section(r, "mark")), section(r, mark));
    base = styled(r, mark, base, jb_node_get(section(r, mark), "style"));
    return under(r, styled(r, mark, base, jb_node_get(map, "style")), map);
}

/* ---- axes, legends, headers ---- */

static const jb_node *axis_of(jb_vl_reader *r, const jb_vl_unit *u, int channel) {
    const jb_vl_def *d = &u->def[channel];
    bool discrete = jb_vl_discrete(d), band = u->mark == JB_VL_BAR || u->mark == JB_VL_RECT ||
                                              u->mark == JB_VL_TICK || u->mark == JB_VL_RULE;
    const jb_node *orient = jb_node_get(d->axis, "orient");
    char side = orient && orient->kind == JB_NODE_SCALAR ? *orient->text : channel == JB_VL_X ? 'b' : 'l';
    const char *names[] = {"axis", channel == JB_VL_X ? "axisX" : "axisY",
                           discrete             ? "axisDiscrete"
                           : d->type == JB_VL_T ? "axisTemporal"
                                                : "axisQuantitative",
                           !discrete ? ""
                           : band    ? "axisBand"
                                     : "axisPoint",
                           side == 'b'   ? "axisBottom"
                           : side == 't' ? "axisTop"
                           : side == 'r' ? "axisRight"
                                         : "axisLeft"};
    const jb_node *base = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) base = under(r, base, section(r, names[i]));
    return base;
}

static const jb_node *guide(jb_vl_reader *r, const jb_node *base, const jb_node *own) {
    static const jb_node none = {.kind = JB_NODE_SCALAR, .text = "~"};
    if (own && jb_node_is_null(own)) return own;
    if (!own && jb_vl_says(base, "disable", "true")) return &none;
    return under(r, base, own);
}

void jb_vl_config_guides(jb_vl_reader *r, jb_vl_unit *u) {
    for (int c = 0; r->config && c < JB_VL_SCALED; c++) {
        jb_vl_def *d = &u->def[c];
        if (!d->node) continue;
        if (c <= JB_VL_Y)
            d->axis = guide(r, axis_of(r, u, c), d->axis);
        else if (c >= JB_VL_COLOR)
            d->legend = guide(r, section(r, "legend"), d->legend);
    }
}

const jb_node *jb_vl_config_header(jb_vl_reader *r, int channel, const jb_node *own) {
    const char *name = channel == JB_VL_ROW      ? "headerRow"
                       : channel == JB_VL_COLUMN ? "headerColumn"
                                                 : "headerFacet";
    return under(r, under(r, section(r, "header"), section(r, name)), own);
}

bool jb_vl_config_number(const jb_vl_reader *r, const char *name, const char *key, double *value) {
    jb_vl_cell c = jb_vl_cell_of_node(jb_node_get(section(r, name), key));
    if (c.kind == JB_VL_NUMBER) *value = c.number;
    return c.kind == JB_VL_NUMBER;
}
