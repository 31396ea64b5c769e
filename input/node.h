/* A tree of YAML (or JSON) values with places: heads, chart and table blocks, themes. */
#ifndef JB_INPUT_NODE_H
#define JB_INPUT_NODE_H

#include "base/arena.h"
#include "base/context.h"

typedef enum jb_node_kind { JB_NODE_SCALAR, JB_NODE_LIST, JB_NODE_MAP } jb_node_kind;

typedef struct jb_node jb_node;
struct jb_node {
    jb_node_kind kind;
    jb_pos pos;
    const char *text; /* SCALAR: the text; "" for an empty value */
    bool quoted;      /* SCALAR: was in quotes, so never null, a number or a boolean */
    unsigned count;   /* LIST and MAP */
    jb_node **items;
    const char **keys; /* MAP: count keys, in the order written; a key that comes twice is an error */
    jb_pos *key_pos;
};

/* Parses one YAML document. `origin` is the place of its first byte in its file (a head or block begins further
 * down). Limits: JB_LIMIT_YAML_*. Aliases and anchors are refused, with their place. Everything belongs to `arena`.
 * An empty text gives an empty map. */
jb_status jb_node_parse(jb_context *ctx, jb_arena *arena, const char *text, size_t length, jb_pos origin,
                        jb_node **root);
/* Reads and parses a file. */
jb_status jb_node_load(jb_context *ctx, jb_arena *arena, const char *path, jb_pos pos, jb_node **root);

/* The value of a key, or NULL; also NULL for a node that is no map or is NULL. */
const jb_node *jb_node_get(const jb_node *map, const char *key);
bool jb_node_is_null(const jb_node *node); /* NULL, or an unquoted ~, null or nothing */
/* Typed access: an error with the place when the node is of another type. */
jb_status jb_node_string(jb_context *ctx, const jb_node *node, const char **text);
jb_status jb_node_number(jb_context *ctx, const jb_node *node, double *number);
jb_status jb_node_bool(jb_context *ctx, const jb_node *node, bool *value);
/* An error that names the first key of the map that is not in the list, with the names that come close.
 * `what` completes "unknown … “KEY”": "chart property". */
jb_status jb_node_check_keys(jb_context *ctx, const jb_node *map, const char *what, const char *const *known,
                             size_t count);
/* A map with the keys of both; where both have a map the rule applies inside, else `over` wins. */
jb_node *jb_node_merge(jb_arena *arena, const jb_node *base, const jb_node *over);

#endif
