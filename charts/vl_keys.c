/* The tables of keys, and the one function that holds a map against its table. */
#include "charts/vl_keys.h"

#include <math.h>
#include <string.h>
#include "base/text.h"
#include "charts/vl_scheme.h"

#define TEXT JB_VL_TAKES_TEXT
#define NUMBER JB_VL_TAKES_NUMBER
#define BOOL JB_VL_TAKES_BOOL
#define NIL JB_VL_TAKES_NULL
#define COLOUR JB_VL_TAKES_COLOUR
#define NUMBERS JB_VL_TAKES_NUMBERS
#define LIST JB_VL_TAKES_LIST
#define MAP JB_VL_TAKES_MAP
#define WORD JB_VL_TAKES_WORD
#define ANY JB_VL_TAKES_ANY

#define SHARE NULL, 0, 1
#define LENGTH NULL, 0, 10000
#define COUNT NULL, 1, 100

/* ---- views ---- */

#define COMMON                                                                                               \
    {"$schema", ANY}, {"description", TEXT | NIL}, {"name", ANY}, {"id", ANY}, {"usermeta", ANY},            \
        {"title", TEXT | NIL | MAP}, {"data", TEXT | NIL | MAP}, {"datasets", MAP}, {"transform", LIST},     \
        {"resolve", MAP}, {"config", MAP}, {"background", COLOUR | NIL},                                     \
        {"autosize", WORD | MAP, "none|pad|fit|fit-x|fit-y"}, {"note", TEXT | NIL}, {"source", TEXT | NIL},  \
        {"subtitle", TEXT | NIL}, {                                                                          \
        "headline", TEXT | NIL                                                                               \
    }
#define SIZED                                                                                                \
    {"encoding", MAP}, {"width", NUMBER | MAP | WORD, "container", 1, 10000},                                \
        {"height", NUMBER | MAP | WORD, "container", 1, 10000}, {                                            \
        "view", MAP                                                                                          \
    }
#define GRID                                                                                                 \
    {"columns", NUMBER, COUNT}, {"spacing", NUMBER | MAP, NULL, 0, 1000}, {"bounds", WORD, "full"},          \
        {"align", WORD | MAP, "all"}, {                                                                      \
        "center", WORD, "false"                                                                              \
    }

static const jb_vl_key unit[] = {COMMON, SIZED, {"mark", TEXT | MAP}};
static const jb_vl_key layer[] = {COMMON, SIZED, {"layer", LIST}};
static const jb_vl_key concat[] = {COMMON, GRID, {"hconcat", LIST}, {"vconcat", LIST}, {"concat", LIST}};
static const jb_vl_key facet[] = {COMMON, GRID, {"facet", MAP}, {"spec", MAP}};
static const jb_vl_key repeat[] = {COMMON, GRID, {"repeat", LIST | MAP}, {"spec", MAP}};
static const jb_vl_key view[] = {
    {"stroke", COLOUR | NIL}, {"strokeWidth", NUMBER, LENGTH}, {"fill", COLOUR | NIL}};
static const jb_vl_key autosize[] = {{"type", WORD, "none|pad|fit|fit-x|fit-y"},
                                     {"contains", WORD, "padding"}};
static const jb_vl_key title[] = {{"text", TEXT | NIL},
                                  {"subtitle", TEXT | NIL},
                                  {"anchor", WORD | NIL, "start"},
                                  {"orient", WORD, "top"},
                                  {"align", WORD, "left"}};

/* ---- marks ---- */

#define INTERPOLATE "linear|monotone|step|step-before|step-after"
#define SHAPES                                                                                               \
    "circle|square|cross|diamond|triangle|triangle-up|triangle-down|triangle-left|triangle-right|stroke"
static const jb_vl_key point_overlay[] = {{"color", COLOUR},
                                          {"fill", COLOUR},
                                          {"stroke", COLOUR},
                                          {"filled", BOOL},
                                          {"strokeWidth", NUMBER, LENGTH},
                                          {"size", NUMBER, NULL, 0, 1e6},
                                          {"shape", WORD, SHAPES}};
static const jb_vl_key line_overlay[] = {
    {"color", COLOUR}, {"stroke", COLOUR}, {"strokeWidth", NUMBER, LENGTH}, {"strokeDash", NUMBERS}};
static const jb_vl_key mark[] = {{"type", TEXT},
                                 {"color", COLOUR},
                                 {"fill", COLOUR},
                                 {"stroke", COLOUR | NIL},
                                 {"filled", BOOL},
                                 {"opacity", NUMBER, SHARE},
                                 {"strokeWidth", NUMBER, LENGTH},
                                 {"strokeDash", NUMBERS},
                                 {"size", NUMBER, NULL, 0, 1e6},
                                 {"shape", WORD, SHAPES},
                                 {"interpolate", WORD, INTERPOLATE},
                                 {"point", BOOL | MAP},
                                 {"line", BOOL | MAP},
                                 {"orient", WORD, "horizontal|vertical"},
                                 {"align", WORD, "left|center|right"},
                                 {"baseline", WORD, "top|middle|bottom|alphabetic"},
                                 {"dx", NUMBER},
                                 {"dy", NUMBER},
                                 {"fontSize", NUMBER, NULL, 1, 400},
                                 {"fontWeight", WORD | NUMBER, "normal|bold|bolder|lighter", 100, 900},
                                 {"thickness", NUMBER, LENGTH},
                                 {"bandSize", NUMBER, LENGTH},
                                 {"clip", BOOL},
                                 {"binSpacing", NUMBER, LENGTH},
                                 {"width", NUMBER | MAP, LENGTH},
                                 {"height", NUMBER | MAP, LENGTH},
                                 {"text", TEXT},
                                 {"style", TEXT | LIST},
                                 {"tooltip", ANY},
                                 {"cursor", ANY},
                                 {"aria", ANY},
                                 {"invalid", WORD, "filter"},
                                 {"angle", NUMBER, NULL, 0, 1e-300},
                                 {"x", NUMBER | WORD, "width"},
                                 {"y", NUMBER | WORD, "height"},
                                 {"x2", NUMBER | WORD, "width"},
                                 {"y2", NUMBER | WORD, "height"}};

#define PART BOOL | MAP
static const jb_vl_key boxplot[] = {{"type", TEXT},
                                    {"extent", NUMBER | WORD, "min-max", 0, 100},
                                    {"orient", WORD, "horizontal|vertical"},
                                    {"size", NUMBER, LENGTH},
                                    {"color", COLOUR},
                                    {"opacity", NUMBER, SHARE},
                                    {"box", PART},
                                    {"median", PART},
                                    {"rule", PART},
                                    {"outliers", PART},
                                    {"ticks", PART},
                                    {"tooltip", ANY}};
static const jb_vl_key errorbar[] = {{"type", TEXT},
                                     {"extent", WORD, "stderr|stdev|iqr"},
                                     {"orient", WORD, "horizontal|vertical"},
                                     {"color", COLOUR},
                                     {"opacity", NUMBER, SHARE},
                                     {"thickness", NUMBER, LENGTH},
                                     {"size", NUMBER, LENGTH},
                                     {"ticks", PART},
                                     {"rule", PART},
                                     {"band", PART},
                                     {"borders", PART},
                                     {"interpolate", WORD, INTERPOLATE},
                                     {"tooltip", ANY}};

/* ---- channels ---- */

#define TYPES "quantitative|temporal|ordinal|nominal|Q|T|O|N|q|t|o|n"
static const jb_vl_key channel[] = {{"field", TEXT | MAP},
                                    {"type", TEXT},
                                    {"aggregate", TEXT | MAP | NIL},
                                    {"bin", BOOL | NIL | MAP | WORD, "binned"},
                                    {"timeUnit", TEXT | NIL | MAP},
                                    {"title", TEXT | NIL},
                                    {"datum", TEXT | MAP},
                                    {"value", ANY},
                                    {"scale", MAP | NIL},
                                    {"axis", MAP | NIL},
                                    {"legend", MAP | NIL},
                                    {"header", MAP | NIL},
                                    {"sort", ANY},
                                    {"stack", BOOL | NIL | WORD, "zero|normalize|center|none"},
                                    {"impute", MAP | NIL},
                                    {"format", TEXT},
                                    {"condition", MAP | LIST},
                                    {"bandPosition", NUMBER, SHARE},
                                    {"columns", NUMBER, COUNT},
                                    {"spacing", NUMBER | MAP, NULL, 0, 1000},
                                    {"align", WORD | MAP, "all"},
                                    {"bounds", WORD, "full"},
                                    {"center", WORD, "false"}};

static const jb_vl_key scale[] = {
    {"type", TEXT},
    {"domain", LIST | MAP},
    {"domainMin", NUMBER | MAP | TEXT},
    {"domainMax", NUMBER | MAP | TEXT},
    {"domainMid", NUMBER},
    {"range", LIST | WORD, "category|ordinal|ramp|heatmap|diverging"},
    {"rangeMin", NUMBER},
    {"rangeMax", NUMBER},
    {"scheme", TEXT | MAP},
    {"nice", BOOL | NUMBER | WORD, "second|minute|hour|day|week|month|year", 1, 100},
    {"zero", BOOL},
    {"clamp", BOOL},
    {"reverse", BOOL},
    {"round", WORD, "false"},
    {"interpolate", WORD, "rgb"},
    {"padding", NUMBER, LENGTH},
    {"paddingInner", NUMBER, SHARE},
    {"paddingOuter", NUMBER, NULL, 0, 100},
    {"align", NUMBER, SHARE},
    {"base", NUMBER, NULL, 1.0001, 1e6},
    {"exponent", NUMBER, NULL, 1e-6, 100},
    {"constant", NUMBER, NULL, 1e-300, 1e300}};

/* ---- guides ---- */

#define LOOK                                                                                                 \
    {"grid", BOOL}, {"domain", BOOL}, {"ticks", BOOL}, {"labels", BOOL},                                     \
        {"offset", NUMBER, NULL, -200, 200}, {"labelAngle", NUMBER},                                         \
        {"labelOverlap", WORD, "true|parity|greedy"}, {"tickSize", NUMBER, LENGTH},                          \
        {"tickWidth", NUMBER, LENGTH}, {"tickColor", COLOUR}, {"gridColor", COLOUR},                         \
        {"gridWidth", NUMBER, LENGTH}, {"domainColor", COLOUR}, {"domainWidth", NUMBER, LENGTH},             \
        {"labelColor", COLOUR}, {"titleColor", COLOUR}, {"minExtent", NUMBER, LENGTH},                       \
        {"orient", WORD, "left|right|top|bottom"}, {"format", TEXT}, {"tickCount", NUMBER, NULL, 0, 200},    \
        {"tickMinStep", NUMBER, NULL, 0, 1e300}, {"title", TEXT | NIL}, {"labelExpr", TEXT}, {               \
        "zindex", NUMBER, NULL, 0, 1e-300                                                                    \
    }
static const jb_vl_key axis[] = {LOOK, {"values", LIST}};
static const jb_vl_key config_axis[] = {LOOK, {"disable", BOOL}};

#define KEYS                                                                                                 \
    {"title", TEXT | NIL}, {"format", TEXT}, {"orient", WORD, "top|bottom|right"}, {                         \
        "direction", WORD, "horizontal|vertical"                                                             \
    }
static const jb_vl_key legend[] = {KEYS};
static const jb_vl_key config_legend[] = {KEYS, {"disable", BOOL}};
static const jb_vl_key header[] = {{"title", TEXT | NIL},
                                   {"labels", BOOL},
                                   {"format", TEXT},
                                   {"orient", WORD, "top"},
                                   {"labelOrient", WORD, "top"},
                                   {"titleOrient", WORD, "top"},
                                   {"labelAnchor", WORD, "start"},
                                   {"titleAnchor", WORD, "start"},
                                   {"labelAlign", WORD, "left"},
                                   {"titleAlign", WORD, "left"},
                                   {"labelAngle", NUMBER, NULL, 0, 1e-300}};

/* ---- data ---- */

static const jb_vl_key data[] = {
    {"name", TEXT},
    {"values", LIST | MAP},
    {"url", TEXT},
    {"format", MAP},
};
static const jb_vl_key format[] = {{"parse", MAP | NIL}};

/* ---- config ---- */

static const jb_vl_key config[] = {{"view", MAP},
                                   {"background", COLOUR | NIL},
                                   {"mark", MAP},
                                   {"bar", MAP},
                                   {"line", MAP},
                                   {"area", MAP},
                                   {"point", MAP},
                                   {"circle", MAP},
                                   {"square", MAP},
                                   {"rule", MAP},
                                   {"text", MAP},
                                   {"tick", MAP},
                                   {"rect", MAP},
                                   {"style", MAP},
                                   {"axis", MAP},
                                   {"axisX", MAP},
                                   {"axisY", MAP},
                                   {"axisLeft", MAP},
                                   {"axisRight", MAP},
                                   {"axisTop", MAP},
                                   {"axisBottom", MAP},
                                   {"axisBand", MAP},
                                   {"axisPoint", MAP},
                                   {"axisDiscrete", MAP},
                                   {"axisQuantitative", MAP},
                                   {"axisTemporal", MAP},
                                   {"legend", MAP},
                                   {"header", MAP},
                                   {"headerRow", MAP},
                                   {"headerColumn", MAP},
                                   {"headerFacet", MAP},
                                   {"scale", MAP},
                                   {"range", MAP},
                                   {"title", MAP},
                                   {"numberFormat", TEXT},
                                   {"timeFormat", TEXT},
                                   {"countTitle", TEXT},
                                   {"concat", MAP},
                                   {"facet", MAP},
                                   {"boxplot", MAP},
                                   {"errorbar", MAP},
                                   {"errorband", MAP}};
static const jb_vl_key config_view[] = {{"stroke", COLOUR | NIL},
                                        {"strokeWidth", NUMBER, LENGTH},
                                        {"fill", COLOUR | NIL},
                                        {"step", NUMBER, NULL, 1, 1000},
                                        {"continuousWidth", NUMBER, NULL, 1, 10000},
                                        {"continuousHeight", NUMBER, NULL, 1, 10000},
                                        {"discreteWidth", NUMBER | MAP, NULL, 1, 10000},
                                        {"discreteHeight", NUMBER | MAP, NULL, 1, 10000},
                                        {"width", NUMBER, NULL, 1, 10000},
                                        {"height", NUMBER, NULL, 1, 10000}};
static const jb_vl_key config_scale[] = {{"bandPaddingInner", NUMBER, SHARE},
                                         {"bandPaddingOuter", NUMBER, NULL, 0, 100},
                                         {"barBandPaddingInner", NUMBER, SHARE},
                                         {"rectBandPaddingInner", NUMBER, SHARE},
                                         {"tickBandPaddingInner", NUMBER, SHARE},
                                         {"bandWithNestedOffsetPaddingInner", NUMBER, SHARE},
                                         {"bandWithNestedOffsetPaddingOuter", NUMBER, NULL, 0, 100},
                                         {"offsetBandPaddingInner", NUMBER, SHARE},
                                         {"offsetBandPaddingOuter", NUMBER, NULL, 0, 100},
                                         {"pointPadding", NUMBER, NULL, 0, 100},
                                         {"continuousPadding", NUMBER, LENGTH},
                                         {"minOpacity", NUMBER, SHARE},
                                         {"maxOpacity", NUMBER, SHARE},
                                         {"minSize", NUMBER, NULL, 0, 1e6},
                                         {"maxSize", NUMBER, NULL, 0, 1e6},
                                         {"minStrokeWidth", NUMBER, LENGTH},
                                         {"maxStrokeWidth", NUMBER, LENGTH},
                                         {"quantileCount", NUMBER, NULL, 2, 40},
                                         {"quantizeCount", NUMBER, NULL, 2, 40},
                                         {"clamp", BOOL},
                                         {"round", WORD, "false"}};
static const jb_vl_key config_range[] = {{"category", MAP | LIST | TEXT},
                                         {"ordinal", MAP | LIST | TEXT},
                                         {"ramp", MAP | LIST | TEXT},
                                         {"heatmap", MAP | LIST | TEXT},
                                         {"diverging", MAP | LIST | TEXT}};

#define TABLE(what, keys)                                                                                    \
    { what, keys, G_N_ELEMENTS(keys) }
const jb_vl_keys jb_vl_maps[JB_VL_MAPS] = {
    [JB_VL_MAP_UNIT] = TABLE("property", unit),
    [JB_VL_MAP_LAYER] = TABLE("property", layer),
    [JB_VL_MAP_CONCAT] = TABLE("property", concat),
    [JB_VL_MAP_FACET] = TABLE("property", facet),
    [JB_VL_MAP_REPEAT] = TABLE("property", repeat),
    [JB_VL_MAP_VIEW] = TABLE("view property", view),
    [JB_VL_MAP_AUTOSIZE] = TABLE("autosize property", autosize),
    [JB_VL_MAP_MARK] = TABLE("mark property", mark),
    [JB_VL_MAP_POINT] = TABLE("point property", point_overlay),
    [JB_VL_MAP_LINE] = TABLE("line property", line_overlay),
    [JB_VL_MAP_CHANNEL] = TABLE("channel property", channel),
    [JB_VL_MAP_SCALE] = TABLE("scale property", scale),
    [JB_VL_MAP_AXIS] = TABLE("axis property", axis),
    [JB_VL_MAP_LEGEND] = TABLE("legend property", legend),
    [JB_VL_MAP_HEADER] = TABLE("header property", header),
    [JB_VL_MAP_TITLE] = TABLE("title property", title),
    [JB_VL_MAP_DATA] = TABLE("data property", data),
    [JB_VL_MAP_FORMAT] = TABLE("format property", format),
    [JB_VL_MAP_CONFIG] = TABLE("config property", config),
    [JB_VL_MAP_CONFIG_VIEW] = TABLE("config.view property", config_view),
    [JB_VL_MAP_CONFIG_SCALE] = TABLE("config.scale property", config_scale),
    [JB_VL_MAP_CONFIG_RANGE] = TABLE("config.range property", config_range),
    [JB_VL_MAP_CONFIG_LEGEND] = TABLE("config.legend property", config_legend),
    [JB_VL_MAP_CONFIG_AXIS] = TABLE("config.axis property", config_axis),
    [JB_VL_MAP_BOXPLOT] = TABLE("boxplot property", boxplot),
    [JB_VL_MAP_ERRORBAR] = TABLE("error bar property", errorbar),
};

/* What Vega-Lite has and print has not, with the reason that the message gives. */
static const struct {
    const char *name, *reason;
} refused[] = {
    {"params", "nothing can be chosen on paper"},
    {"selection", "nothing can be chosen on paper"},
    {"param", "nothing can be chosen on paper"},
    {"href", "a mark leads nowhere on paper"},
    {"padding", "the page has the margins"},
    {"cornerRadius", "corners are square here"},
    {"cornerRadiusEnd", "corners are square here"},
    {"cornerRadiusTopLeft", "corners are square here"},
    {"cornerRadiusTopRight", "corners are square here"},
    {"font", "the theme has the typefaces"},
    {"labelFont", "the theme has the typefaces"},
    {"titleFont", "the theme has the typefaces"},
    {"fontStyle", "Chinese has no italics"},
    {"labelLimit", "names wrap in their band"},
    {"columns", "keys stand in rows as they fit"},
    {"overlay", "Vega-Lite has point: true and line: true of the mark instead"},
    {"tension", "of curves there is monotone"},
    {"projection", "there are no maps here"},
    {"hover", "nothing moves on paper"},
    {"unselected", "nothing can be chosen on paper"},
};

const jb_vl_key *jb_vl_key_find(jb_vl_map kind, const char *name) {
    const jb_vl_keys *table = &jb_vl_maps[kind];
    for (size_t i = 0; i < table->count; i++)
        if (!strcmp(table->key[i].name, name)) return &table->key[i];
    return NULL;
}

static jb_status unknown(jb_context *ctx, const jb_node *map, unsigned at, const jb_vl_keys *table) {
    const char **names = g_new(const char *, table->count), *reason = NULL;
    for (size_t i = 0; i < table->count; i++) names[i] = table->key[i].name;
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (!strcmp(map->keys[at], refused[i].name)) reason = refused[i].reason;
    GString *hint = g_string_new(NULL);
    if (reason)
        g_string_printf(hint, "%s is not supported: %s", map->keys[at], reason);
    else {
        g_string_printf(hint, "unknown %s “%s”", table->what, map->keys[at]);
        jb_suggest(hint, map->keys[at], names, table->count);
    }
    jb_status status = jb_fail(ctx, map->key_pos[at], "%s", hint->str);
    g_string_free(hint, TRUE);
    g_free(names);
    return status;
}

/* ---- values ---- */

static bool is_word(const char *words, const char *text) {
    size_t n = strlen(text);
    for (const char *w = words; w && *w; w += strcspn(w, "|"), w += *w == '|')
        if (strcspn(w, "|") == n && !strncmp(w, text, n)) return true;
    return false;
}

static bool is_number(const jb_node *n, const jb_vl_key *key) {
    double number;
    if (n->quoted || !jb_text_double(n->text, &number) || !isfinite(number)) return false;
    return !(key->low < key->high) || (number >= key->low && number <= key->high);
}

static bool fits_scalar(const jb_node *n, const jb_vl_key *key) {
    jb_colour colour;
    if (jb_node_is_null(n) || (key->takes & COLOUR && !strcmp(n->text, "transparent")))
        return key->takes & JB_VL_TAKES_NULL;
    if (key->takes & TEXT) return true;
    if (key->takes & WORD && is_word(key->words, n->text)) return true;
    if (key->takes & BOOL && !n->quoted && is_word("true|True|TRUE|false|False|FALSE", n->text)) return true;
    if (key->takes & NUMBER && is_number(n, key)) return true;
    return key->takes & COLOUR && jb_vl_colour_read(n, &colour);
}

static bool fits(const jb_node *n, const jb_vl_key *key) {
    static const jb_vl_key any_number = {"", NUMBER};
    if (key->takes & ANY) return true;
    if (n->kind == JB_NODE_SCALAR) return fits_scalar(n, key);
    if (n->kind == JB_NODE_MAP) return key->takes & MAP;
    if (key->takes & LIST) return true;
    for (unsigned i = 0; i < n->count; i++)
        if (n->items[i]->kind != JB_NODE_SCALAR || !is_number(n->items[i], &any_number)) return false;
    return key->takes & NUMBERS;
}

/* "a number from 0 to 1, true or false" */
static void describe(const jb_vl_key *key, GString *out) {
    static const struct {
        unsigned takes;
        const char *words;
    } parts[] = {{TEXT, "a text"},
                 {BOOL, "true or false"},
                 {COLOUR, "a colour (\"#154073\" or a name)"},
                 {NUMBERS, "a list of numbers"},
                 {LIST, "a list"},
                 {MAP, "a map"},
                 {NIL, "null"}};
    if (key->takes & WORD) {
        char **words = g_strsplit(key->words, "|", -1), *joined = g_strjoinv(", ", words);
        g_string_append(out, joined);
        g_free(joined);
        g_strfreev(words);
    }
    if (key->takes & NUMBER) {
        g_string_append(out, out->len ? ", a number" : "a number");
        if (key->low < key->high && key->high > 1e-100) {
            g_string_append(out, " from ");
            jb_text_shortest(out, key->low);
            g_string_append(out, " to ");
            jb_text_shortest(out, key->high);
        } else if (key->low < key->high)
            g_string_append(out, ", which is 0");
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (key->takes & parts[i].takes)
            g_string_append_printf(out, "%s%s", out->len ? ", " : "", parts[i].words);
}

jb_status jb_vl_check(jb_context *ctx, const jb_node *map, jb_vl_map kind) {
    for (unsigned i = 0; map && map->kind == JB_NODE_MAP && i < map->count; i++) {
        const jb_vl_key *key = jb_vl_key_find(kind, map->keys[i]);
        const jb_node *n = map->items[i];
        if (!key) return unknown(ctx, map, i, &jb_vl_maps[kind]);
        if (fits(n, key)) continue;
        GString *takes = g_string_new(NULL);
        describe(key, takes);
        jb_status status = jb_fail(ctx, n->pos, "%s takes %s; “%s” is none", key->name, takes->str,
                                   n->kind == JB_NODE_SCALAR ? n->text
                                   : n->kind == JB_NODE_LIST ? "[…]"
                                                             : "{…}");
        g_string_free(takes, TRUE);
        return status;
    }
    return JB_OK;
}
