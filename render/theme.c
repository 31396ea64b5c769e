/* Themes from YAML: what is built in, then what the user's file alters, then typed fields with their places.
 */
#include "render/theme.h"

#include <string.h>
#include "base/file.h"
#include "charts/palette.h"

#define DEEPEST 8 /* themes that extend one another */

static const char *const style_names[JB_STYLES] = {
    "title",      "subtitle",   "series",    "byline",     "h1",     "h2",      "h3",
    "h4",         "body",       "run_in",    "code",       "list",   "box",     "caption",
    "table_head", "table_cell", "qualifier", "table_note", "source", "running", "folio"};

typedef struct reader {
    jb_context *ctx;
    jb_theme *theme;
    jb_status status;
} reader;

static void failed(reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

/* A child that must be there. */
static const jb_node *need(reader *r, const jb_node *map, const char *key) {
    const jb_node *node = jb_node_get(map, key);
    if (!node) failed(r, jb_fail(r->ctx, map ? map->pos : (jb_pos){0}, "the theme has no “%s”", key));
    return node;
}

static double number(reader *r, const jb_node *map, const char *key) {
    const jb_node *node = need(r, map, key);
    double value = 0;
    if (node) failed(r, jb_node_number(r->ctx, node, &value));
    return value;
}

static double number_or(reader *r, const jb_node *map, const char *key, double otherwise) {
    return jb_node_get(map, key) ? number(r, map, key) : otherwise;
}

static bool flag(reader *r, const jb_node *map, const char *key) {
    const jb_node *node = jb_node_get(map, key);
    bool value = false;
    if (node) failed(r, jb_node_bool(r->ctx, node, &value));
    return value;
}

/* A colour by its name in `ink`, or as #RRGGBB. */
static jb_colour colour(reader *r, const jb_node *node) {
    jb_colour value = {0, 0, 0};
    const char *text = "";
    if (!node) return r->theme->ink.text;
    failed(r, jb_node_string(r->ctx, node, &text));
    const jb_node *named = jb_node_get(jb_node_get(r->theme->root, "ink"), text);
    if (named && named->kind == JB_NODE_SCALAR) text = named->text;
    if (!jb_colour_parse(text, &value)) failed(r, jb_fail(r->ctx, node->pos, "“%s” is no colour", text));
    return value;
}

static bool is_one_of(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(text, words[i])) return true;
    return false;
}

static void check_keys(reader *r, const jb_node *map, const char *what, const char *const *known,
                       size_t count) {
    if (map && map->kind != JB_NODE_MAP)
        failed(r, jb_fail(r->ctx, map->pos, "a map of keys and values is needed here"));
    else
        failed(r, jb_node_check_keys(r->ctx, map, what, known, count));
}

static bool is_used_ink(const reader *r, const char *name) {
    const jb_node *styles = jb_node_get(r->theme->root, "styles");
    for (unsigned i = 0; styles && styles->kind == JB_NODE_MAP && i < styles->count; i++) {
        const jb_node *colour = jb_node_get(styles->items[i], "colour");
        if (colour && colour->kind == JB_NODE_SCALAR && !strcmp(colour->text, name)) return true;
    }
    return false;
}

/* An ink of the user's own is one that a style names; any other is a slip. */
static void check_inks(reader *r, const jb_node *map, const char *const *known, size_t count) {
    for (unsigned i = 0; map && map->kind == JB_NODE_MAP && i < map->count; i++) {
        if (is_one_of(map->keys[i], known, count)) continue;
        if (is_used_ink(r, map->keys[i])) {
            colour(r, map->items[i]);
            continue;
        }
        GString *near = g_string_new(NULL);
        jb_suggest(near, map->keys[i], known, count);
        failed(r, jb_fail(r->ctx, map->key_pos[i], "unknown ink “%s”, and no style uses it%s", map->keys[i],
                          near->str));
        g_string_free(near, TRUE);
    }
}

static void read_inks(reader *r) {
    const jb_node *map = need(r, r->theme->root, "ink");
    jb_theme_ink *ink = &r->theme->ink;
    const struct {
        const char *key;
        jb_colour *to;
    } fields[] = {{"text", &ink->text}, {"text2", &ink->text2},   {"rule", &ink->rule},
                  {"axis", &ink->axis}, {"grid", &ink->grid},     {"shade", &ink->shade},
                  {"band", &ink->band}, {"accent", &ink->accent}, {"good", &ink->good},
                  {"bad", &ink->bad}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const jb_node *node = need(r, map, fields[i].key);
        if (node) *fields[i].to = colour(r, node);
    }
    const char *known[sizeof fields / sizeof *fields];
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) known[i] = fields[i].key;
    check_inks(r, map, known, sizeof known / sizeof *known);
}

/* Names of inks that a press shall print with black alone. */
static void read_blacks(reader *r) {
    const jb_node *list = need(r, r->theme->root, "black"), *inks = jb_node_get(r->theme->root, "ink");
    if (list && list->kind != JB_NODE_LIST) {
        failed(r, jb_fail(r->ctx, list->pos, "black must be a list of inks: [text, rule]"));
        return;
    }
    unsigned count = list ? list->count : 0;
    jb_colour *blacks = JB_ARRAY(r->theme->arena, jb_colour, count + 1);
    for (unsigned i = 0; i < count; i++) {
        const char *name = "";
        failed(r, jb_node_string(r->ctx, list->items[i], &name));
        const jb_node *ink = jb_node_get(inks, name);
        if (ink)
            blacks[r->theme->black_count++] = colour(r, ink);
        else
            failed(r, jb_fail(r->ctx, list->items[i]->pos, "there is no ink “%s”", name));
    }
    r->theme->blacks = blacks;
}

static jb_role role(reader *r, const jb_node *map) {
    const jb_node *node = need(r, map, "role");
    jb_role value = JB_ROLE_SONG;
    if (node && !jb_role_from_name(node->text ? node->text : "", &value))
        failed(r, jb_fail(r->ctx, node->pos, "“%s” is no font role", node->text ? node->text : ""));
    return value;
}

static void read_style(reader *r, const jb_node *map, jb_text_style *style) {
    static const char *const known[] = {"role",  "size",   "leading", "bold",   "before",
                                        "after", "indent", "hang",    "colour", "figures"};
    check_keys(r, map, "style property", known, sizeof known / sizeof *known);
    style->font =
        (jb_style){role(r, map), flag(r, map, "bold"), number(r, map, "size"), flag(r, map, "figures")};
    style->leading = number(r, map, "leading");
    style->before = number_or(r, map, "before", 0);
    style->after = number_or(r, map, "after", 0);
    style->indent = number_or(r, map, "indent", 0);
    style->hang = number_or(r, map, "hang", 0);
    style->colour = colour(r, jb_node_get(map, "colour"));
}

static void read_styles(reader *r) {
    const jb_node *styles = need(r, r->theme->root, "styles");
    check_keys(r, styles, "style", style_names, JB_STYLES);
    for (int i = 0; i < JB_STYLES; i++) {
        const jb_node *map = need(r, styles, style_names[i]);
        if (map) read_style(r, map, &r->theme->styles[i]);
    }
}

static void read_fonts(reader *r) {
    static const char *const known[] = {"families", "companion"};
    const jb_node *fonts = need(r, r->theme->root, "fonts");
    const char *roles[JB_ROLES];
    for (int i = 0; i < JB_ROLES; i++) roles[i] = jb_role_name((jb_role)i);
    check_keys(r, fonts, "font role", roles, JB_ROLES);
    for (int i = 0; i < JB_ROLES; i++) {
        const jb_node *map = need(r, fonts, roles[i]);
        check_keys(r, map, "font property", known, sizeof known / sizeof *known);
        const jb_node *list = map ? need(r, map, "families") : NULL;
        unsigned count = list && list->kind == JB_NODE_LIST ? list->count : 0;
        const char **families = JB_ARRAY(r->theme->arena, const char *, count + 1);
        for (unsigned k = 0; k < count; k++) failed(r, jb_node_string(r->ctx, list->items[k], &families[k]));
        if (map && !count) failed(r, jb_fail(r->ctx, map->pos, "a font role needs a list of families"));
        r->theme->wishes[i] = (jb_font_wish){families, flag(r, map, "companion")};
    }
}

typedef struct field {
    const char *key;
    double *to;
} field;

/* A map of numbers; `other` (or NULL) is a key of it that holds something else. */
static void read_numbers(reader *r, const char *name, const char *other, const field *fields, size_t count) {
    const jb_node *map = need(r, r->theme->root, name);
    const char **known = JB_ARRAY(r->theme->arena, const char *, count + 1);
    char *what = g_strdup_printf("%s key", name);
    for (size_t i = 0; i < count; i++) known[i] = fields[i].key;
    known[count] = other;
    check_keys(r, map, what, known, count + (other != NULL));
    g_free(what);
    if (map && map->kind != JB_NODE_MAP) return;
    for (size_t i = 0; map && i < count; i++) *fields[i].to = number(r, map, fields[i].key);
}

#define READ(r, name, ...) READ_BUT(r, name, NULL, __VA_ARGS__)
#define READ_BUT(r, name, other, ...)                                                                        \
    do {                                                                                                     \
        const field list[] = {__VA_ARGS__};                                                                  \
        read_numbers(r, name, other, list, sizeof list / sizeof *list);                                      \
    } while (0)

static void read_page(reader *r) {
    jb_theme *t = r->theme;
    READ(r, "paper", {"width", &t->paper_width}, {"height", &t->paper_height});
    READ(r, "page", {"top", &t->top}, {"bottom", &t->bottom}, {"inner", &t->inner}, {"outer", &t->outer},
         {"grid", &t->grid});
    t->measure = t->paper_width - t->inner - t->outer;
    t->depth = t->paper_height - t->top - t->bottom;
    if (r->status == JB_OK && (t->measure < 72 || t->depth < 72 || t->grid < 4))
        failed(r, jb_fail(r->ctx, jb_node_get(t->root, "page")->pos, "the type area is too small: %d x %d pt",
                          (int)t->measure, (int)t->depth));
    READ(r, "title_block", {"rule", &t->title_rule}, {"rule_gap", &t->title_rule_gap},
         {"byline_gap", &t->byline_gap}, {"after", &t->title_after});
    READ(r, "box", {"pad_x", &t->box_pad_x}, {"pad_y", &t->box_pad_y});
    READ(r, "figure", {"before", &t->figure_before}, {"to_caption", &t->figure_to_caption},
         {"after", &t->figure_after}, {"source_gap", &t->figure_source_gap});
    READ(r, "running_head", {"rise", &t->running_rise}, {"rule_drop", &t->running_rule_drop});
    READ(r, "folio", {"drop", &t->folio_drop});
    t->keep_lines = number(r, t->root, "keep_lines");
}

static void read_table(reader *r) {
    jb_theme_table *t = &r->theme->table;
    READ_BUT(r, "table", "continued", {"rule_outer", &t->rule_outer}, {"rule_head", &t->rule_head},
             {"rule_span", &t->rule_span}, {"span_inset", &t->span_inset}, {"pad", &t->pad}, {"row", &t->row},
             {"row_line", &t->row_line}, {"head_row", &t->head_row}, {"edge", &t->edge},
             {"narrow", &t->narrow}, {"whole_rows", &t->whole_rows}, {"whole_gap", &t->whole_gap},
             {"caption_before", &t->caption_before}, {"caption_after", &t->caption_after},
             {"after", &t->after}, {"band_rows", &t->band_rows});
    const jb_node *map = jb_node_get(r->theme->root, "table"), *node = map ? need(r, map, "continued") : NULL;
    if (node) failed(r, jb_node_string(r->ctx, node, &t->continued));
}

/* The tree of a theme: a file beside `base` when the name ends in .yaml, else one that is built in. */
static jb_status load_tree(jb_context *ctx, jb_arena *arena, const char *name, const char *base, jb_pos pos,
                           jb_node **root) {
    if (g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml")) {
        char *path = base ? jb_path_beside(base, name) : g_strdup(name);
        jb_status status = jb_node_load(ctx, arena, path, pos, root);
        g_free(path);
        return status;
    }
    const char *text = jb_theme_builtin(name);
    if (!text)
        return jb_fail(ctx, pos,
                       "there is no theme “%s”; briefing and grey are built in, or name a .yaml file", name);
    char *label = g_strdup_printf("theme %s", name);
    jb_pos origin = {jb_source_add(ctx, label, text, strlen(text)), 1, 1};
    g_free(label);
    return jb_node_parse(ctx, arena, text, strlen(text), origin, root);
}

static jb_status load_extended(jb_context *ctx, jb_arena *arena, const char *name, const char *base,
                               jb_pos pos, int depth, jb_node **root) {
    jb_status status = load_tree(ctx, arena, name, base, pos, root);
    const jb_node *extends = status == JB_OK ? jb_node_get(*root, "extends") : NULL;
    const char *under_name;
    jb_node *under;
    if (!extends) return status;
    if (depth >= DEEPEST)
        return jb_fail(ctx, extends->pos, "themes extend one another over %d times", DEEPEST);
    if ((status = jb_node_string(ctx, extends, &under_name)) != JB_OK) return status;
    status = load_extended(ctx, arena, under_name, extends->pos.file, extends->pos, depth + 1, &under);
    if (status == JB_OK) *root = jb_node_merge(arena, under, *root);
    return status;
}

jb_theme *jb_theme_load(jb_context *ctx, const char *name, const char *base, jb_pos pos) {
    static const char *const known[] = {
        "name",        "extends", "paper",        "page",  "fonts",      "ink",     "styles", "box",  "table",
        "title_block", "figure",  "running_head", "folio", "keep_lines", "palette", "chart",  "black"};
    jb_arena *arena = jb_arena_new();
    jb_theme *theme = JB_NEW(arena, jb_theme);
    reader r = {ctx, theme, JB_OK};
    jb_node *root = NULL;
    theme->arena = arena;
    r.status = load_extended(ctx, arena, name, base, pos, 0, &root);
    theme->root = root;
    if (r.status == JB_OK)
        r.status = jb_node_check_keys(ctx, root, "theme key", known, sizeof known / sizeof *known);
    if (r.status == JB_OK) {
        read_inks(&r);
        read_blacks(&r);
        read_styles(&r);
        read_fonts(&r);
        read_page(&r);
        read_table(&r);
        failed(&r, jb_chart_style_load(ctx, root, &theme->chart));
    }
    if (r.status == JB_OK) {
        jb_palette_check(ctx, root, &theme->chart);
        return theme;
    }
    jb_theme_free(theme);
    return NULL;
}

void jb_theme_free(jb_theme *theme) {
    if (theme) jb_arena_free(theme->arena);
}

jb_theme *jb_theme_of_head(jb_context *ctx, const jb_node *head, const char *report) {
    const jb_node *node = jb_node_get(head, "theme");
    const char *name = "briefing";
    if (node && jb_node_string(ctx, node, &name) != JB_OK) return NULL;
    return jb_theme_load(ctx, name, report, node ? node->pos : (jb_pos){0});
}
