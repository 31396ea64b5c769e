/* JSON documents to grids. */
#ifndef JB_INPUT_JSON_H
#define JB_INPUT_JSON_H

#include <jansson.h>
#include "input/grid.h"
#include "input/options.h"

/* Reads a table out of a document: a list of records, a list of lists, an object of columns, or what pandas
 * calls split. Objects inside records become header rows: {"2020": {"plan": 1}} is the column 2020/plan.
 * Numbers are written exactly, reals in their shortest form; true and false are TRUE and FALSE, null is an
 * empty cell, a list is its JSON. With `lines` each line is a record (NDJSON). options->path leads into the
 * document ("data.rows", "data/0/rows", or a JSON pointer, RFC 6901); without it, the one table in the
 * document is taken. Places in the grid are record and key, from 1. `name` is interned, the text is UTF-8. */
jb_status jb_json_read(jb_context *ctx, const char *name, const char *text, size_t length, bool lines,
                       const jb_data_options *options, jb_grid **grid);

/* Parses a document of any kind of value; NULL and an error with its place when it is none, or has a key
 * twice. */
json_t *jb_json_parse(jb_context *ctx, const char *name, const char *text, size_t length);

/* Whether what follows the first value looks like another line of NDJSON. */
bool jb_json_is_lines(const char *text, size_t length);

#endif
