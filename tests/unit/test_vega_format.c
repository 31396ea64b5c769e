/* Numbers in d3's notation: every line of tests/vega-lite/formats.txt, which d3 has written. */
#include "unit.h"

#include "charts/vl_format.h"

enum { FIELDS = 5 };

static bool check_line(const char *line, int number) {
    char **fields = g_strsplit(line, "\t", -1);
    assert_int_equal(g_strv_length(fields), FIELDS);
    GString *got = g_string_new(NULL);
    double value = g_ascii_strtod(fields[1], NULL), step = g_ascii_strtod(fields[2], NULL),
           most = g_ascii_strtod(fields[3], NULL);
    bool good = jb_vl_format(got, fields[0], value, step, most) && !strcmp(got->str, fields[4]);
    if (!good)
        fprintf(stderr, "# formats.txt:%d: “%s” of %s (step %s) is [%s], not [%s]\n", number, fields[0],
                fields[1], fields[2], got->str, fields[4]);
    g_string_free(got, TRUE);
    g_strfreev(fields);
    return good;
}

static void as_d3_writes_them(void **state) {
    (void)state;
    char *content;
    int checked = 0, wrong = 0;
    assert_true(g_file_get_contents("tests/vega-lite/formats.txt", &content, NULL, NULL));
    char **lines = g_strsplit(content, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#') continue;
        checked++;
        wrong += !check_line(lines[i], i + 1);
    }
    assert_int_equal(wrong, 0);
    assert_true(checked > 2000);
    g_strfreev(lines);
    g_free(content);
}

static void other_notations_are_refused(void **state) {
    static const char *const others[] = {"x",   "b",    ".",  ".f", "f.",  "10d", "010d",
                                         ">8d", ".2ff", "%Y", ",,", "~~f", "é"};
    (void)state;
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (jb_vl_format(out, others[i], 1, 0, 0)) fail_msg("“%s” is taken", others[i]);
    assert_int_equal(out->len, 0);
    g_string_free(out, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_d3_writes_them),
                                       cmocka_unit_test(other_notations_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
