/* Files: bounded reads of regular files, writes that leave the old file or the new one. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/limits.h"

/* Says what went wrong with a file, at the place that named it when there is one. */
static jb_status refuse(jb_context *ctx, jb_pos pos, const char *path, const char *what) {
    if (pos.file) return jb_fail(ctx, pos, "cannot read “%s”: %s", path, what);
    return jb_fail(ctx, jb_pos_file(jb_intern(ctx, path)), "cannot read: %s", what);
}

static bool read_all(int fd, char *text, size_t size, size_t *length) {
    for (*length = 0; *length < size;) {
        ssize_t n = read(fd, text + *length, size - *length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        if (n == 0) break;
        *length += (size_t)n;
    }
    return true;
}

/* Opens a regular file of at most `limit` bytes. *fd is -1 after an error. */
static jb_status open_regular(jb_context *ctx, const char *path, size_t limit, jb_pos pos, int *fd, size_t *size) {
    struct stat info;
    char *what = NULL;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &info) < 0)
        what = g_strdup(g_strerror(errno));
    else if (S_ISDIR(info.st_mode))
        what = g_strdup("it is a folder");
    else if (!S_ISREG(info.st_mode))
        what = g_strdup("it is no regular file");
    else if ((guint64)info.st_size > limit)
        what = g_strdup_printf("it is larger than the limit of %zu bytes for its kind", limit);
    else
        *size = (size_t)info.st_size;
    if (!what) return JB_OK;
    jb_status status = refuse(ctx, pos, path, what);
    if (*fd >= 0) close(*fd);
    *fd = -1;
    g_free(what);
    return status;
}

jb_status jb_file_peek(jb_context *ctx, const char *path, size_t limit, jb_pos pos, char *bytes, size_t size,
                       size_t *length) {
    int fd;
    size_t whole;
    jb_status status = open_regular(ctx, path, limit, pos, &fd, &whole);
    *length = 0;
    if (status != JB_OK) return status;
    if (!read_all(fd, bytes, size, length)) status = refuse(ctx, pos, path, g_strerror(errno));
    close(fd);
    return status;
}

jb_status jb_file_read(jb_context *ctx, const char *path, size_t limit, jb_pos pos, char **text, size_t *length) {
    int fd;
    size_t size;
    jb_status status = open_regular(ctx, path, limit, pos, &fd, &size);
    *text = NULL;
    if (status != JB_OK) return status;
    *text = g_malloc(size + 1);
    if (!read_all(fd, *text, size + 1, length))
        status = refuse(ctx, pos, path, g_strerror(errno));
    else if (*length > size)
        status = refuse(ctx, pos, path, "it grows while it is read");
    close(fd);
    if (status != JB_OK) {
        g_clear_pointer(text, g_free);
        return status;
    }
    (*text)[*length] = 0;
    return JB_OK;
}

size_t jb_utf8_find_bad(const char *text, size_t length) {
    const char *end;
    g_utf8_validate_len(text, length, &end);
    return (size_t)(end - text);
}

jb_status jb_file_read_text(jb_context *ctx, const char *path, size_t limit, jb_pos pos, char **text, size_t *length,
                            const char **name) {
    jb_status status = jb_file_read(ctx, path, limit, pos, text, length);
    *name = jb_intern(ctx, path);
    if (status != JB_OK) return status;
    if (*length >= 3 && !memcmp(*text, "\xEF\xBB\xBF", 3)) memmove(*text, *text + 3, (*length -= 3) + 1);
    size_t bad = jb_utf8_find_bad(*text, *length);
    if (bad < *length) {
        jb_fail(ctx, jb_pos_at(*name, *text, bad), "not UTF-8: byte 0x%02X cannot stand here; save the file as UTF-8",
                (unsigned char)(*text)[bad]);
        g_clear_pointer(text, g_free);
        return JB_INPUT;
    }
    if (*length <= JB_LIMIT_SOURCE_BYTES) jb_source_add(ctx, path, *text, *length);
    return JB_OK;
}

static bool write_all(int fd, const char *data, size_t length) {
    while (length) {
        ssize_t n = write(fd, data, length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        data += n;
        length -= (size_t)n;
    }
    return fsync(fd) == 0;
}

/* The folder's entry must reach the disk as well; file systems that cannot do it are no error. */
static void sync_folder(const char *path) {
    char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!fsync(fd);
        close(fd);
    }
    g_free(folder);
}

jb_status jb_file_write(jb_context *ctx, const char *path, const void *data, size_t length) {
    char *beside = g_strconcat(path, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(beside, O_WRONLY | O_CLOEXEC, 0666);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        if (!write_all(fd, data, length)) error = errno;
        if (close(fd) < 0 && !error) error = errno;
        if (!error && rename(beside, path) < 0) error = errno;
        if (error)
            unlink(beside);
        else
            sync_folder(path);
    }
    g_free(beside);
    if (!error) return JB_OK;
    jb_fail(ctx, jb_pos_file(jb_intern(ctx, path)), "cannot write: %s", g_strerror(error));
    return JB_FAILED;
}

char *jb_path_beside(const char *base, const char *path) {
    if (g_path_is_absolute(path)) return g_strdup(path);
    char *folder = g_path_get_dirname(base);
    char *joined = !strcmp(folder, ".") ? g_strdup(path) : g_build_filename(folder, path, NULL);
    g_free(folder);
    return joined;
}
