/* How a table is taken out of its file: what the head's `data:` or the command line says. */
#ifndef JB_INPUT_OPTIONS_H
#define JB_INPUT_OPTIONS_H

#include "base/arena.h"
#include "input/node.h"

/* Zero is “find out”. Strings are borrowed. */
typedef struct jb_data_options {
    const char *sheet;    /* name of a sheet, or its number from 1; NULL is the first that is not empty */
    const char *range;    /* cells of a sheet, "A3:F30" */
    const char *encoding; /* of a text file, as iconv knows it */
    const char *path;     /* into a JSON document: "data.rows" */
    const char *table;    /* of an SQLite file */
    const char *query;    /* on an SQLite file */
    char separator;       /* , ; TAB or | */
    bool pad;             /* rows with too few cells are filled with empty ones */
    bool skip_hidden;     /* hidden rows and columns of a sheet are left out */
    bool raw;      /* cells as they are stored: no number formats, dates in ISO 8601, TRUE, FALSE, #N/A */
    int header;    /* number of header rows, 1 to 3 */
    unsigned skip; /* rows to leave out before the header */
    const char *const *columns; /* names of columns to keep, in this order; NULL is all */
    unsigned column_count;
    jb_pos pos; /* where the options stand */
} jb_data_options;

/* Reads the keys of a `data:` entry except `file`, `sql` and those of several years. A key of another kind of
 * entry is left to the caller. Strings belong to the arena or the node. */
jb_status jb_data_options_read(jb_context *ctx, jb_arena *arena, const jb_node *entry,
                               jb_data_options *options);
/* The keys it reads, for the caller's jb_node_check_keys. */
const char *const *jb_data_option_keys(size_t *count);

#endif
