/* What a specification may say: each key with what it takes. One table a kind of map; docs/vega-lite.md lists
 * them. Internal to charts/. */
#ifndef JB_CHARTS_VL_KEYS_H
#define JB_CHARTS_VL_KEYS_H

#include "input/node.h"

/* What a key takes: an or of these. */
enum {
    JB_VL_TAKES_TEXT = 1,   /* any scalar but null */
    JB_VL_TAKES_NUMBER = 2, /* unquoted, within `low` and `high` when low < high */
    JB_VL_TAKES_BOOL = 4,   /* unquoted */
    JB_VL_TAKES_NULL = 8,
    JB_VL_TAKES_COLOUR = 16,
    JB_VL_TAKES_NUMBERS = 32, /* a list of numbers, also an empty one */
    JB_VL_TAKES_LIST = 64,    /* any list */
    JB_VL_TAKES_MAP = 128,    /* any map; whoever reads it checks its keys */
    JB_VL_TAKES_WORD = 256,   /* one of `words`, "a|b|c" */
    JB_VL_TAKES_ANY = 512
};

typedef struct jb_vl_key {
    const char *name;
    unsigned takes;
    const char *words;
    double low, high;
} jb_vl_key;

typedef struct jb_vl_keys {
    const char *what; /* completes "unknown … “KEY”": "mark property" */
    const jb_vl_key *key;
    size_t count;
} jb_vl_keys;

typedef enum jb_vl_map {
    JB_VL_MAP_UNIT,
    JB_VL_MAP_LAYER,
    JB_VL_MAP_CONCAT,
    JB_VL_MAP_FACET,
    JB_VL_MAP_REPEAT,
    JB_VL_MAP_VIEW, /* view: of a plot */
    JB_VL_MAP_AUTOSIZE,
    JB_VL_MAP_MARK,
    JB_VL_MAP_POINT, /* point: of a line or area */
    JB_VL_MAP_LINE,  /* line: of an area */
    JB_VL_MAP_CHANNEL,
    JB_VL_MAP_SCALE,
    JB_VL_MAP_AXIS,
    JB_VL_MAP_LEGEND,
    JB_VL_MAP_HEADER,
    JB_VL_MAP_TITLE,
    JB_VL_MAP_DATA,
    JB_VL_MAP_FORMAT, /* format: of data */
    JB_VL_MAP_CONFIG,
    JB_VL_MAP_CONFIG_VIEW,
    JB_VL_MAP_CONFIG_SCALE,
    JB_VL_MAP_CONFIG_RANGE,
    JB_VL_MAP_CONFIG_LEGEND,
    JB_VL_MAP_CONFIG_AXIS,
    JB_VL_MAP_BOXPLOT,
    JB_VL_MAP_ERRORBAR,
    JB_VL_MAPS
} jb_vl_map;
extern const jb_vl_keys jb_vl_maps[JB_VL_MAPS];

/* An error, with its place, for the first key that is not in the table or has a value that it does not take.
 * A node that is NULL, null or no map is good: its owner says what it takes. */
jb_status jb_vl_check(jb_context *ctx, const jb_node *map, jb_vl_map kind);
/* The key of a kind of map, or NULL. */
const jb_vl_key *jb_vl_key_find(jb_vl_map kind, const char *name);

#endif
