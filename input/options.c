/* Options of a data file out of the head's `data:`. */
#include "input/options.h"

static const char *const keys[] = {"sheet", "header"};

const char *const *jb_data_option_keys(unsigned *count) {
    *count = G_N_ELEMENTS(keys);
    return keys;
}

jb_status jb_data_options_read(jb_context *ctx, jb_arena *arena, const jb_node *entry, jb_data_options *options) {
    const jb_node *sheet = jb_node_get(entry, "sheet"), *header = jb_node_get(entry, "header");
    double rows = 0;
    (void)arena;
    jb_status status = sheet ? jb_node_string(ctx, sheet, &options->sheet) : JB_OK;
    if (status == JB_OK && header) status = jb_node_number(ctx, header, &rows);
    if (status == JB_OK && header && (rows < 1 || rows > 3)) status = jb_fail(ctx, header->pos, "“header” is 1, 2 or 3");
    options->header = (int)rows;
    return status;
}
