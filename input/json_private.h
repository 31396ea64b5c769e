/* Between json.c and json_find.c. */
#ifndef JB_INPUT_JSON_PRIVATE_H
#define JB_INPUT_JSON_PRIVATE_H

#include "input/json.h"

/* How a value is a table. */
typedef enum jb_json_form {
    JB_JSON_NONE,
    JB_JSON_RECORDS, /* [{"a": 1}, …] */
    JB_JSON_LISTS,   /* [["a"], [1], …] */
    JB_JSON_COLUMNS, /* {"a": [1, …]} */
    JB_JSON_SPLIT    /* {"columns": ["a"], "data": [[1], …]} */
} jb_json_form;

jb_json_form jb_json_form_of(json_t *value);
/* Follows a path; NULL and an error at `pos` when it leads nowhere. */
json_t *jb_json_walk(jb_context *ctx, json_t *root, const char *path, jb_pos pos);
/* The root or the one table in it; NULL and an error when there is none, or a choice. */
json_t *jb_json_find(jb_context *ctx, const char *name, json_t *root);

#endif
