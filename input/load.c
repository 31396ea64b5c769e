/* Which reader a data file goes to. */
#include "input/load.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "input/archive.h"
#include "input/xls.h"

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

/* The first bytes of a file; fewer, or none, when they cannot be read. */
static size_t peek(const char *path, char *bytes, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? 0 : pread(fd, bytes, size, 0);
    if (fd >= 0) close(fd);
    return n > 0 ? (size_t)n : 0;
}

static jb_status load_archive(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    char *bytes;
    size_t length;
    jb_status status = jb_file_read(ctx, path, JB_LIMIT_FILE_BYTES, options->pos, &bytes, &length);
    if (status != JB_OK) return status;
    status = jb_archive_read(ctx, path, bytes, length, options, grid);
    g_free(bytes);
    return status;
}

jb_status jb_load_grid(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid) {
    static const jb_data_options none = {0};
    char magic[4];
    size_t got = peek(path, magic, sizeof magic);
    if (!options) options = &none;
    *grid = NULL;
    if (got == 4 && (!memcmp(magic, "PK\003\004", 4) || !memcmp(magic, "PK\005\006", 4)))
        return load_archive(ctx, path, options, grid);
    if (got == 4 && !memcmp(magic, "\xD0\xCF\x11\xE0", 4)) return jb_xls_read(ctx, path, options, grid);
    return load_text(ctx, path, options, grid);
}

void jb_load_split(const char *named, char **path, char **part) {
    const char *mark = strrchr(named, '!');
    bool whole = !mark || mark == named || !mark[1] || g_file_test(named, G_FILE_TEST_EXISTS);
    *path = whole ? g_strdup(named) : g_strndup(named, (gsize)(mark - named));
    *part = whole ? NULL : g_strdup(mark + 1);
}
