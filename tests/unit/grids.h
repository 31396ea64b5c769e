/* For the tests of data files: texts to grids, grids to texts. */
#ifndef JB_TESTS_GRIDS_H
#define JB_TESTS_GRIDS_H

#include "unit.h"
#include <glib/gstdio.h>
#include "input/dataset.h"
#include "input/load.h"

typedef struct fixture {
    jb_context *ctx;
    char *folder;
    GPtrArray *files; /* to be removed */
    GString *out;
    char message[1024];
} fixture;

static inline int set_up(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->folder = g_dir_make_tmp("jbXXXXXX", NULL);
    f->files = g_ptr_array_new_with_free_func(g_free);
    f->out = g_string_new(NULL);
    *state = f;
    return 0;
}

static inline int tear_down(void **state) {
    fixture *f = *state;
    for (guint i = 0; i < f->files->len; i++) g_unlink(g_ptr_array_index(f->files, i));
    int left = g_rmdir(f->folder); /* nothing else was left beside */
    g_ptr_array_free(f->files, TRUE);
    g_string_free(f->out, TRUE);
    g_free(f->folder);
    jb_context_free(f->ctx);
    g_free(f);
    return left;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* The path of a file in the test's folder, which is removed at the end. */
static inline const char *file_at(fixture *f, const char *name) {
    char *path = g_build_filename(f->folder, name, NULL);
    g_ptr_array_add(f->files, path);
    return path;
}

static inline const char *file_with(fixture *f, const char *name, const char *bytes, size_t length) {
    const char *path = file_at(f, name);
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    return path;
}

/* The last message without the folder before the file's name. */
static inline const char *told(fixture *f) {
    const char *message = last_message(f->ctx, f->message, sizeof f->message);
    size_t n = strlen(f->folder);
    return !strncmp(message, f->folder, n) ? message + n + 1 : message;
}

/* Cells as “a|b”, rows by “/”. */
static inline const char *cells(fixture *f, const jb_grid *grid) {
    g_string_truncate(f->out, 0);
    for (unsigned r = 0; r < grid->rows; r++)
        for (unsigned c = 0; c < grid->columns; c++)
            g_string_append_printf(f->out, "%s%s", c ? "|" : r ? "/" : "", jb_grid_text(grid, r, c));
    return f->out->str;
}

/* Delimited text to a grid; NULL after an error. */
static inline jb_grid *grid_of(fixture *f, const char *text, char separator) {
    jb_grid *grid = NULL;
    jb_pos origin = {jb_intern(f->ctx, "t.csv"), 1, 1};
    jb_status status = jb_grid_read(f->ctx, g_strdup(text), strlen(text), separator, origin, &grid);
    assert_true((status == JB_OK) == (grid != NULL));
    return grid;
}

/* What delimited text reads as; the message when it does not. */
static inline const char *read_as(fixture *f, const char *text, char separator) {
    jb_grid *grid = grid_of(f, text, separator);
    const char *result = grid ? cells(f, grid) : told(f);
    jb_grid_free(grid);
    return result;
}

/* What a file reads as; the message when it does not. */
static inline const char *load_as(fixture *f, const char *path, const jb_data_options *options) {
    jb_grid *grid = NULL;
    jb_status status = jb_load_grid(f->ctx, path, options, &grid);
    assert_true((status == JB_OK) == (grid != NULL));
    const char *result = grid ? cells(f, grid) : told(f);
    jb_grid_free(grid);
    return result;
}

#endif
