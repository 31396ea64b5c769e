/* The base: diagnostics, near names, places, files, numbers as text. */
#include "unit.h"

#include <glib/gstdio.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

static const jb_pos nowhere = {0};

static void diag_counts_repeats(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    jb_pos pos = {"a.csv", 3, 4};
    for (int i = 0; i < 3; i++) jb_diag(ctx, JB_WARNING, pos, "odd number “%s”", "3..5");
    jb_diag(ctx, JB_WARNING, (jb_pos){"a.csv", 3, 5}, "odd number “3..5”");
    assert_int_equal(jb_context_diagnostics(ctx), 2);
    assert_int_equal(jb_context_diagnostic(ctx, 0).count, 3);
    assert_int_equal(jb_context_count(ctx, JB_WARNING), 4);
    assert_int_equal(jb_context_count(ctx, JB_ERROR), 0);
    jb_context_free(ctx);
}

static void diag_shows_the_line(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    const char *name = jb_source_add(ctx, "r.md", "一\r\n二三\n", 11);
    assert_int_equal(jb_fail(ctx, (jb_pos){name, 2, 2}, "bad"), JB_INPUT);
    assert_string_equal(jb_context_diagnostic(ctx, 0).source, "二三");
    jb_fail(ctx, (jb_pos){name, 9, 1}, "past the end");
    assert_null(jb_context_diagnostic(ctx, 1).source);
    jb_context_free(ctx);
}

static void pos_counts_characters(void **state) {
    (void)state;
    const char *text = "一二\n三四五";
    jb_pos pos = jb_pos_at("f", text, strlen("一二\n三四"));
    assert_int_equal(pos.line, 2);
    assert_int_equal(pos.column, 3);
}

static void nearest_finds_typing_errors(void **state) {
    (void)state;
    const char *const names[] = {"年初目标", "实际完成", "完成情况"};
    assert_string_equal(jb_nearest("实际完工", names, 3), "实际完成");
    assert_string_equal(jb_nearest("目标", names, 3), "年初目标");
    assert_null(jb_nearest("人口", names, 3));
    assert_null(jb_nearest("", names, 3));
    GString *out = g_string_new(NULL);
    jb_suggest(out, "人口", names, 2);
    assert_string_equal(out->str, "; there are: 年初目标, 实际完成");
    g_string_free(out, TRUE);
}

static const char *number(GString *out, double value, int decimals) {
    g_string_truncate(out, 0);
    jb_text_number(out, value, decimals);
    return out->str;
}

static void numbers_are_short_and_exact(void **state) {
    (void)state;
    GString *out = g_string_new(NULL);
    assert_string_equal(number(out, 3.90, 3), "3.9");
    assert_string_equal(number(out, -0.0001, 3), "0");
    assert_string_equal(number(out, -0.25, 1), "-0.3");
    assert_string_equal(number(out, 1e12, 9), "1000000000000");
    g_string_truncate(out, 0);
    jb_text_fixed(out, 7, 2);
    assert_string_equal(out->str, "7.00");
    g_string_truncate(out, 0);
    jb_text_json_number(out, 0.1);
    jb_text_json_number(out, -0.0);
    assert_string_equal(out->str, "0.10");
    g_string_free(out, TRUE);
}

static void double_takes_no_rubbish(void **state) {
    (void)state;
    double value;
    assert_true(jb_text_double("-1.5e3", &value));
    assert_true(value == -1500);
    const char *const bad[] = {"", " 1", "0x10", "inf", "nan", "1,5", "1e999", "--1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(jb_text_double(bad[i], &value));
}

static void json_and_xml_escape(void **state) {
    (void)state;
    GString *out = g_string_new(NULL);
    jb_text_json(out, "a\"\\\n\x01号");
    assert_string_equal(out->str, "\"a\\\"\\\\\\n\\u0001号\"");
    g_string_truncate(out, 0);
    jb_text_xml(out, "<a & \"b\">\x02");
    assert_string_equal(out->str, "&lt;a &amp; &quot;b&quot;&gt;");
    g_string_free(out, TRUE);
}

static void file_refuses_folders_devices_and_size(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    char *text, message[256];
    size_t length;
    assert_int_equal(jb_file_read(ctx, "tests", 100, nowhere, &text, &length), JB_INPUT);
    assert_string_equal(last_message(ctx, message, sizeof message), "tests:0:0: error: cannot read: it is a folder");
    assert_int_equal(jb_file_read(ctx, "/dev/zero", 100, nowhere, &text, &length), JB_INPUT);
    assert_int_equal(jb_file_read(ctx, "LICENSE", 100, nowhere, &text, &length), JB_INPUT);
    assert_non_null(strstr(last_message(ctx, message, sizeof message), "larger than the limit"));
    assert_int_equal(jb_file_read(ctx, "no/such", 100, (jb_pos){"r.md", 2, 9}, &text, &length), JB_INPUT);
    assert_string_equal(last_message(ctx, message, sizeof message),
                        "r.md:2:9: error: cannot read “no/such”: No such file or directory");
    jb_context_free(ctx);
}

static void file_write_replaces_or_leaves(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    char *folder = g_dir_make_tmp("jbXXXXXX", NULL), *path = g_build_filename(folder, "out", NULL), *text;
    size_t length;
    assert_int_equal(jb_file_write(ctx, path, "one", 3), JB_OK);
    assert_int_equal(jb_file_write(ctx, path, "two!", 4), JB_OK);
    assert_int_equal(jb_file_read(ctx, path, 100, nowhere, &text, &length), JB_OK);
    assert_string_equal(text, "two!");
    g_free(text);
    char *under = g_build_filename(path, "x", NULL);
    assert_int_equal(jb_file_write(ctx, under, "no", 2), JB_FAILED);
    g_unlink(path);
    assert_int_equal(g_rmdir(folder), 0); /* nothing was left beside */
    g_free(under), g_free(path), g_free(folder);
    jb_context_free(ctx);
}

static void text_file_names_the_bad_byte(void **state) {
    (void)state;
    jb_context *ctx = jb_context_new();
    char *folder = g_dir_make_tmp("jbXXXXXX", NULL), *path = g_build_filename(folder, "in", NULL), *text,
         message[256];
    const char *name;
    size_t length;
    assert_true(g_file_set_contents(path, "\xEF\xBB\xBF一\n二\xD6\xD0", 10 + 2, NULL));
    assert_int_equal(jb_file_read_text(ctx, path, 100, nowhere, &text, &length, &name), JB_INPUT);
    assert_non_null(strstr(last_message(ctx, message, sizeof message), ":2:2: error: not UTF-8: byte 0xD6"));
    g_unlink(path), g_rmdir(folder);
    g_free(path), g_free(folder);
    jb_context_free(ctx);
}

static void arena_is_zeroed_and_aligned(void **state) {
    (void)state;
    jb_arena *arena = jb_arena_new();
    for (int i = 1; i < 2000; i += 7) {
        char *p = jb_arena_take(arena, (size_t)i * 11);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_int_equal(p[0] | p[i * 11 - 1], 0);
        memset(p, 0xFF, (size_t)i * 11);
    }
    assert_null(jb_arena_string(arena, NULL));
    jb_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diag_counts_repeats),
        cmocka_unit_test(diag_shows_the_line),
        cmocka_unit_test(pos_counts_characters),
        cmocka_unit_test(nearest_finds_typing_errors),
        cmocka_unit_test(numbers_are_short_and_exact),
        cmocka_unit_test(double_takes_no_rubbish),
        cmocka_unit_test(json_and_xml_escape),
        cmocka_unit_test(file_refuses_folders_devices_and_size),
        cmocka_unit_test(file_write_replaces_or_leaves),
        cmocka_unit_test(text_file_names_the_bad_byte),
        cmocka_unit_test(arena_is_zeroed_and_aligned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
