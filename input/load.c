/* Which reader a data file goes to. */
#include "input/load.h"

#include <string.h>
#include "base/file.h"
#include "base/limits.h"

static jb_status load_text(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    char *text;
    size_t length;
    const char *name;
    jb_status status = jb_file_read_text(ctx, path, JB_LIMIT_FILE_BYTES, options->pos, &text, &length, &name);
    if (status != JB_OK) return status;
    char separator = options->separator;
    if (!separator && g_str_has_suffix(path, ".tsv")) separator = '\t';
    return jb_grid_read(ctx, text, length, separator, (jb_pos){name, 1, 1}, grid);
}

jb_status jb_load_grid(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    static const jb_data_options none = {0};
    *grid = NULL;
    return load_text(ctx, path, options ? options : &none, grid);
}

void jb_load_split(const char *named, char **path, char **part) {
    const char *mark = strrchr(named, '!');
    bool whole = !mark || mark == named || !mark[1] || g_file_test(named, G_FILE_TEST_EXISTS);
    *path = whole ? g_strdup(named) : g_strndup(named, (gsize)(mark - named));
    *part = whole ? NULL : g_strdup(mark + 1);
}
