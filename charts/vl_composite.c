/* Marks that are layers over aggregates: boxplot, errorbar, errorband. Each is written as the specification
 * that Vega-Lite makes of it, which is then read like any other. */
#include "base/text.h"
#include "charts/vl.h"

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

/* ---- a specification as JSON ---- */

void jb_vl_node_json(const jb_node *n, GString *out) {
    double number;
    if (n->kind == JB_NODE_SCALAR) {
        if (jb_node_is_null(n))
            g_string_append(out, "null");
        else if (!n->quoted &&
                 (jb_text_double(n->text, &number) || !strcmp(n->text, "true") || !strcmp(n->text, "false")))
            g_string_append(out, n->text);
        else
            jb_text_json(out, n->text);
        return;
    }
    g_string_append_c(out, n->kind == JB_NODE_MAP ? '{' : '[');
    for (unsigned i = 0; i < n->count; i++) {
        if (i) g_string_append_c(out, ',');
        if (n->kind == JB_NODE_MAP) jb_text_json(out, n->keys[i]), g_string_append_c(out, ':');
        jb_vl_node_json(n->items[i], out);
    }
    g_string_append_c(out, n->kind == JB_NODE_MAP ? '}' : ']');
}

/* All that was written stands where the mark stands. */
static void put_at(jb_node *n, jb_pos pos) {
    n->pos = pos;
    for (unsigned i = 0; i < n->count; i++) {
        if (n->kind == JB_NODE_MAP) n->key_pos[i] = pos;
        put_at(n->items[i], pos);
    }
}

static const jb_node *parsed(jb_vl_reader *r, GString *text, jb_pos pos) {
    jb_node *root = NULL;
    const char *kept = jb_arena_string(r->arena, text->str);
    failed(r, jb_node_parse(r->ctx, r->arena, kept, text->len, pos, &root));
    g_string_free(text, TRUE);
    if (root) put_at(root, pos);
    return root;
}

/* ---- what the mark was asked ---- */

typedef struct composite {
    jb_vl_reader *r;
    const jb_node *mark, *encoding, *measure; /* `measure` is the channel of the axis that is summed up */
    const char *axis, *field;                 /* "x" or "y" */
    GString *groups, *transforms;             /* JSON, without their brackets */
} composite;

static bool is_measure(const jb_node *channel) {
    const jb_node *type = jb_node_get(channel, "type");
    return jb_node_get(channel, "field") && type && type->kind == JB_NODE_SCALAR &&
           g_ascii_tolower(*type->text) == 'q' && !jb_node_get(channel, "bin");
}

static bool choose_axis(composite *c) {
    const jb_node *x = jb_node_get(c->encoding, "x"), *y = jb_node_get(c->encoding, "y");
    bool across = jb_vl_says(c->mark, "orient", "horizontal") || !is_measure(y);
    c->measure = across ? x : y;
    c->axis = across ? "x" : "y";
    if (!is_measure(c->measure)) {
        failed(c->r, jb_fail(c->r->ctx, c->encoding ? c->encoding->pos : c->mark->pos,
                             "the mark needs x or y with a field that is quantitative"));
        return false;
    }
    failed(c->r, jb_node_string(c->r->ctx, jb_node_get(c->measure, "field"), &c->field));
    if (jb_node_get(c->measure, "aggregate"))
        failed(c->r, jb_fail(c->r->ctx, c->measure->pos, "the mark sums up itself: no aggregate"));
    return c->r->status == JB_OK;
}

/* What the other channels tell apart; their time units are applied before. */
static void read_groups(composite *c) {
    for (unsigned i = 0; i < c->encoding->count; i++) {
        const jb_node *n = c->encoding->items[i], *field = jb_node_get(n, "field"),
                      *unit = jb_node_get(n, "timeUnit");
        if (n == c->measure || !field || field->kind != JB_NODE_SCALAR) continue;
        if (jb_node_get(n, "bin"))
            failed(c->r, jb_fail(c->r->ctx, n->pos, "bin does not go with this mark: say it as a transform"));
        if (c->groups->len) g_string_append_c(c->groups, ',');
        jb_text_json(c->groups, field->text);
        if (!unit) continue;
        g_string_append(c->transforms, "{\"timeUnit\":");
        jb_vl_node_json(unit, c->transforms);
        g_string_append(c->transforms, ",\"field\":");
        jb_text_json(c->transforms, field->text);
        g_string_append(c->transforms, ",\"as\":");
        jb_text_json(c->transforms, field->text);
        g_string_append(c->transforms, "},");
    }
}

/* "NAME": of a made column, as JSON with its quotes. */
static void put_name(const composite *c, const char *lead, GString *out) {
    char *name = g_strconcat(lead, c->field, NULL);
    jb_text_json(out, name);
    g_free(name);
}

/* `text` with every @lead_@ as the made column "lead_FIELD", @@ as the field, in quotes. */
static void put(const composite *c, GString *out, const char *text) {
    char **parts = g_strsplit(text, "@", -1);
    for (unsigned i = 0; parts[i]; i++) {
        if (i % 2 == 0)
            g_string_append(out, parts[i]);
        else
            put_name(c, *parts[i] ? parts[i] : "", out);
    }
    g_strfreev(parts);
}

/* An expression may not hold quotes of the name; JSON's escapes would be read twice. */
static bool plain_name(composite *c) {
    if (!strpbrk(c->field, "\"'\\@")) return true;
    failed(c->r,
           jb_fail(c->r->ctx, c->measure->pos, "a field with quotes in its name does not go with this mark"));
    return false;
}

static bool is_facet(const char *channel) {
    return !strcmp(channel, "row") || !strcmp(channel, "column") || !strcmp(channel, "facet");
}

/* The channels of a layer: the measure as `first` (and `second` when it is a stretch), the others as they
 * are; colour only where it is asked for. */
static void put_encoding(const composite *c, GString *out, const char *first, const char *second,
                         bool colour) {
    static const char *const own[] = {"field", "type", "aggregate", "stack", "title"};
    const jb_node *title = jb_node_get(c->measure, "title");
    g_string_append_printf(out, "\"encoding\":{\"%s\":{\"field\":", c->axis);
    put_name(c, first, out);
    g_string_append(out, ",\"type\":\"quantitative\",\"stack\":null,\"title\":");
    if (title)
        jb_vl_node_json(title, out);
    else
        jb_text_json(out, c->field);
    for (unsigned i = 0; i < c->measure->count; i++) {
        bool there = false;
        for (size_t k = 0; k < G_N_ELEMENTS(own); k++) there = there || !strcmp(c->measure->keys[i], own[k]);
        if (there) continue;
        g_string_append_c(out, ',');
        jb_text_json(out, c->measure->keys[i]);
        g_string_append_c(out, ':');
        jb_vl_node_json(c->measure->items[i], out);
    }
    g_string_append_c(out, '}');
    if (second) {
        g_string_append_printf(out, ",\"%s2\":{\"field\":", c->axis);
        put_name(c, second, out);
        g_string_append_c(out, '}');
    }
    for (unsigned i = 0; i < c->encoding->count; i++) {
        const char *key = c->encoding->keys[i];
        if (c->encoding->items[i] == c->measure || !strcmp(key, "size") || !strcmp(key, "tooltip") ||
            is_facet(key))
            continue;
        if (!colour && (!strcmp(key, "color") || !strcmp(key, "opacity"))) continue;
        g_string_append_c(out, ',');
        jb_text_json(out, key);
        g_string_append_c(out, ':');
        jb_vl_node_json(c->encoding->items[i], out);
    }
    g_string_append_c(out, '}');
}

/* One layer; what the mark says of the part comes over the defaults. False part: none. */
static void put_layer(const composite *c, GString *out, const char *part, const char *mark, const char *first,
                      const char *second, bool colour, const char *transforms) {
    const jb_node *said = jb_node_get(c->mark, part), *base;
    if (jb_vl_says(c->mark, part, "false")) return;
    if (out->str[out->len - 1] != '[') g_string_append_c(out, ',');
    g_string_append_c(out, '{');
    if (transforms) {
        g_string_append(out, "\"transform\":[");
        put(c, out, transforms);
        g_string_append(out, "],");
    }
    base = parsed(c->r, g_string_new(mark), c->mark->pos);
    if (base && said && said->kind == JB_NODE_MAP) base = jb_node_merge(c->r->arena, base, said);
    g_string_append(out, "\"mark\":");
    if (base) jb_vl_node_json(base, out);
    g_string_append_c(out, ',');
    put_encoding(c, out, first, second, colour);
    g_string_append_c(out, '}');
}

/* What the view says beside mark and encoding: its data, title, size … */
static void put_rest(const jb_node *node, GString *out) {
    static const char *const not [] = {"mark",   "encoding", "transform",  "resolve",
                                       "config", "datasets", "background", "autosize"};
    for (unsigned i = 0; i < node->count; i++) {
        bool skip = false;
        for (size_t k = 0; k < G_N_ELEMENTS(not ); k++) skip = skip || !strcmp(node->keys[i], not [k]);
        if (skip) continue;
        jb_text_json(out, node->keys[i]);
        g_string_append_c(out, ':');
        jb_vl_node_json(node->items[i], out);
        g_string_append_c(out, ',');
    }
}

static GString *begin(composite *c, const jb_node *node) {
    const jb_node *own = jb_node_get(node, "transform");
    GString *out = g_string_new("{");
    put_rest(node, out);
    g_string_append(out, "\"transform\":[");
    for (unsigned i = 0; own && own->kind == JB_NODE_LIST && i < own->count; i++) {
        jb_vl_node_json(own->items[i], out);
        g_string_append_c(out, ',');
    }
    g_string_append(out, c->transforms->str);
    return out;
}

/* `color: …` and `opacity: …` of the mark, for its parts. */
static char *look(const composite *c, const char *mark, const char *more, bool colour) {
    GString *out = g_string_new(NULL);
    const jb_node *said = jb_node_get(c->mark, "color"), *opacity = jb_node_get(c->mark, "opacity");
    g_string_append_printf(out, "{\"type\":\"%s\"%s", mark, more);
    if (said && colour) g_string_append(out, ",\"color\":"), jb_vl_node_json(said, out);
    if (opacity) g_string_append(out, ",\"opacity\":"), jb_vl_node_json(opacity, out);
    g_string_append_c(out, '}');
    return g_string_free(out, FALSE);
}

/* ---- the marks ---- */

#define BOX_SIZE 14.0 /* pt, as in Vega-Lite */

static const jb_node *boxplot(composite *c, const jb_node *node) {
    const jb_node *extent = jb_node_get(c->mark, "extent"), *size = jb_node_get(c->mark, "size");
    bool ends = extent && extent->kind == JB_NODE_SCALAR && !strcmp(extent->text, "min-max");
    double reach = 1.5, width = BOX_SIZE;
    if (extent && !ends) failed(c->r, jb_node_number(c->r->ctx, extent, &reach));
    if (size) failed(c->r, jb_node_number(c->r->ctx, size, &width));
    GString *out = begin(c, node), *join = g_string_new(NULL), *inner = g_string_new(NULL),
            *outer = g_string_new(NULL), *sum = g_string_new(NULL);
    char number[G_ASCII_DTOSTR_BUF_SIZE], size_text[64], wide[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_dtostr(number, sizeof number, reach);
    g_snprintf(size_text, sizeof size_text, ",\"size\":%s", g_ascii_dtostr(wide, sizeof wide, width));
    g_string_printf(join,
                    "{\"joinaggregate\":[{\"op\":\"q1\",\"field\":@@,\"as\":@lower_box_@},"
                    "{\"op\":\"q3\",\"field\":@@,\"as\":@upper_box_@}],\"groupby\":[%s]}",
                    c->groups->str);
    const char *f = c->field;
    char *low =
             g_strdup_printf("(datum['lower_box_%s'] - %s * (datum['upper_box_%s'] - datum['lower_box_%s']))",
                             f, number, f, f),
         *high =
             g_strdup_printf("(datum['upper_box_%s'] + %s * (datum['upper_box_%s'] - datum['lower_box_%s']))",
                             f, number, f, f);
    g_string_printf(outer, "%s,{\"filter\":\"datum['%s'] < %s || datum['%s'] > %s\"}", join->str, f, low, f,
                    high);
    if (!ends)
        g_string_printf(inner, "%s,{\"filter\":\"%s <= datum['%s'] && datum['%s'] <= %s\"},", join->str, low,
                        f, f, high);
    g_string_append_printf(
        inner,
        "{\"aggregate\":[{\"op\":\"min\",\"field\":@@,\"as\":@lower_whisker_@},{\"op\":\"max\",\"field\":@@,"
        "\"as\":@upper_whisker_@},{\"op\":\"%s\",\"field\":%s,\"as\":@lower_box_@},{\"op\":\"%s\",\"field\":%"
        "s,"
        "\"as\":@upper_box_@}],\"groupby\":[%s]}",
        ends ? "q1" : "min", ends ? "@@" : "@lower_box_@", ends ? "q3" : "max", ends ? "@@" : "@upper_box_@",
        c->groups->str);
    g_string_printf(
        sum,
        "{\"aggregate\":[{\"op\":\"q1\",\"field\":@@,\"as\":@lower_box_@},{\"op\":\"q3\",\"field\":@@,\"as\":"
        "@upper_box_@},{\"op\":\"median\",\"field\":@@,\"as\":@mid_box_@}],\"groupby\":[%s]}",
        c->groups->str);
    if (out->str[out->len - 1] == ',') g_string_truncate(out, out->len - 1);
    g_string_append(out, "],\"layer\":[");
    char *dots = look(c, "point", "", true), *lines = look(c, "rule", "", false),
         *box = look(c, "bar", size_text, true),
         *middle =
             g_strdup_printf("{\"type\":\"tick\",\"color\":\"white\",\"orient\":\"%s\",\"thickness\":2%s}",
                             *c->axis == 'x' ? "vertical" : "horizontal", size_text);
    if (!ends) put_layer(c, out, "outliers", dots, "", NULL, true, outer->str);
    put_layer(c, out, "rule", lines, "lower_whisker_", "lower_box_", false, inner->str);
    put_layer(c, out, "rule", lines, "upper_box_", "upper_whisker_", false, inner->str);
    put_layer(c, out, "box", box, "lower_box_", "upper_box_", true, sum->str);
    put_layer(c, out, "median", middle, "mid_box_", NULL, false, sum->str);
    g_string_append(out, "]}");
    char *all[] = {low, high, dots, lines, box, middle};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) g_free(all[i]);
    g_string_free(join, TRUE), g_string_free(inner, TRUE), g_string_free(outer, TRUE),
        g_string_free(sum, TRUE);
    return parsed(c->r, out, c->mark->pos);
}

/* Aggregates center, lower and upper of the measure. */
static void put_spread(composite *c, GString *out) {
    const jb_node *extent = jb_node_get(c->mark, "extent");
    const char *how = extent && extent->kind == JB_NODE_SCALAR ? extent->text : "stderr", *f = c->field;
    bool quartiles = !strcmp(how, "iqr");
    GString *text = g_string_new(NULL);
    if (quartiles)
        g_string_printf(text,
                        "{\"aggregate\":[{\"op\":\"q1\",\"field\":@@,\"as\":@lower_@},{\"op\":\"q3\","
                        "\"field\":@@,\"as\":@upper_@}],\"groupby\":[%s]}",
                        c->groups->str);
    else
        g_string_printf(text,
                        "{\"aggregate\":[{\"op\":\"%s\",\"field\":@@,\"as\":@extent_@},{\"op\":\"mean\","
                        "\"field\":@@,\"as\":@center_@}],"
                        "\"groupby\":[%s]},{\"calculate\":\"datum['center_%s'] + "
                        "datum['extent_%s']\",\"as\":@upper_@},{\"calculate\":"
                        "\"datum['center_%s'] - datum['extent_%s']\",\"as\":@lower_@}",
                        how, c->groups->str, f, f, f, f);
    put(c, out, text->str);
    g_string_free(text, TRUE);
}

static const jb_node *error_mark(composite *c, const jb_node *node, bool band) {
    const jb_node *thick = jb_node_get(c->mark, "thickness"), *size = jb_node_get(c->mark, "size"),
                  *curve = jb_node_get(c->mark, "interpolate");
    GString *out = begin(c, node), *line = g_string_new(NULL), *tick = g_string_new(NULL);
    put_spread(c, out);
    g_string_append(out, "],\"layer\":[");
    if (band) {
        if (curve) g_string_append_printf(line, ",\"interpolate\":\"%s\"", curve->text);
        char *area = jb_node_get(c->mark, "opacity")
                         ? look(c, "area", line->str, true)
                         : (g_string_append(line, ",\"opacity\":0.3"), look(c, "area", line->str, true)),
             *edge = look(c, "line", "", true);
        put_layer(c, out, "band", area, "lower_", "upper_", true, NULL);
        if (jb_node_get(c->mark, "borders")) {
            put_layer(c, out, "borders", edge, "lower_", NULL, true, NULL);
            put_layer(c, out, "borders", edge, "upper_", NULL, true, NULL);
        }
        g_free(area);
        g_free(edge);
    } else {
        if (thick) g_string_append(line, ",\"strokeWidth\":"), jb_vl_node_json(thick, line);
        g_string_append_printf(tick, ",\"orient\":\"%s\"", *c->axis == 'x' ? "vertical" : "horizontal");
        if (thick) g_string_append(tick, ",\"thickness\":"), jb_vl_node_json(thick, tick);
        if (size) g_string_append(tick, ",\"size\":"), jb_vl_node_json(size, tick);
        char *rule = look(c, "rule", line->str, true), *end = look(c, "tick", tick->str, true);
        put_layer(c, out, "rule", rule, "lower_", "upper_", true, NULL);
        if (jb_node_get(c->mark, "ticks")) {
            put_layer(c, out, "ticks", end, "lower_", NULL, true, NULL);
            put_layer(c, out, "ticks", end, "upper_", NULL, true, NULL);
        }
        g_free(rule);
        g_free(end);
    }
    g_string_append(out, "]}");
    g_string_free(line, TRUE);
    g_string_free(tick, TRUE);
    return parsed(c->r, out, c->mark->pos);
}

/* Rows, columns and facets stand around the layers. */
static const jb_node *faceted(composite *c, const jb_node *node, const jb_node *made) {
    const jb_node *wrap = jb_node_get(c->encoding, "facet"), *resolve = jb_node_get(node, "resolve");
    bool any = wrap || jb_node_get(c->encoding, "row") || jb_node_get(c->encoding, "column");
    GString *out = g_string_new("{\"facet\":");
    if (wrap)
        jb_vl_node_json(wrap, out);
    else
        g_string_append_c(out, '{');
    for (unsigned i = 0; !wrap && i < c->encoding->count; i++) {
        if (!is_facet(c->encoding->keys[i])) continue;
        if (out->str[out->len - 1] != '{') g_string_append_c(out, ',');
        jb_text_json(out, c->encoding->keys[i]);
        g_string_append_c(out, ':');
        jb_vl_node_json(c->encoding->items[i], out);
    }
    if (!wrap) g_string_append_c(out, '}');
    if (resolve) g_string_append(out, ",\"resolve\":"), jb_vl_node_json(resolve, out);
    g_string_append(out, ",\"spec\":");
    if (made) jb_vl_node_json(made, out);
    g_string_append_c(out, '}');
    if (any && made) return parsed(c->r, out, c->mark->pos);
    g_string_free(out, TRUE);
    return made;
}

const jb_node *jb_vl_composite(jb_vl_reader *r, const jb_node *node, const jb_node *encoding) {
    static const char *const names[] = {"boxplot", "errorbar", "errorband"};
    const jb_node *mark = jb_node_get(node, "mark"),
                  *type = mark && mark->kind == JB_NODE_MAP ? jb_node_get(mark, "type") : mark;
    size_t which = 0;
    if (!type || type->kind != JB_NODE_SCALAR) return NULL;
    while (which < 3 && strcmp(type->text, names[which])) which++;
    if (which == 3) return NULL;
    failed(r, jb_vl_check(r->ctx, mark, which ? JB_VL_MAP_ERRORBAR : JB_VL_MAP_BOXPLOT));
    const jb_node *base = jb_node_get(r->config, names[which]);
    if (base && mark->kind == JB_NODE_MAP)
        mark = jb_node_merge(r->arena, base, mark);
    else if (base)
        mark = base;
    if (!encoding || encoding->kind != JB_NODE_MAP)
        failed(r, jb_fail(r->ctx, mark->pos, "the mark needs an encoding"));
    composite c = {.r = r, .mark = mark, .encoding = encoding};
    if (r->status != JB_OK || !choose_axis(&c) || !plain_name(&c)) return NULL;
    c.groups = g_string_new(NULL);
    c.transforms = g_string_new(NULL);
    read_groups(&c);
    const jb_node *made = r->status != JB_OK ? NULL
                          : which            ? error_mark(&c, node, which == 2)
                                             : boxplot(&c, node);
    if (r->status == JB_OK) made = faceted(&c, node, made);
    g_string_free(c.groups, TRUE);
    g_string_free(c.transforms, TRUE);
    return made;
}
