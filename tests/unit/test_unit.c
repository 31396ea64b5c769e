/* Units: tests/units.txt line by line, and what marks a rate. */
#include "unit.h"

#include <glib.h>
#include <math.h>
#include "input/unit.h"

/* Splits at the first of the words " = ", " ! "; the line is changed. */
static char *split(char *line, const char *mark) {
    char *at = strstr(line, mark);
    if (!at) return NULL;
    *at = 0;
    return at + strlen(mark);
}

static bool check_unknown(const char *text) {
    jb_unit u;
    return !jb_unit_parse(text, &u) && u.over.dimension == JB_DIMENSION_UNKNOWN;
}

static bool check_apart(const char *a, const char *b) {
    jb_unit x, y;
    jb_unit_parse(a, &x);
    jb_unit_parse(b, &y);
    return !jb_unit_convertible(&x, &y) && !jb_unit_convertible(&y, &x) && isnan(jb_unit_factor(&x, &y));
}

static bool check_factor(const char *a, char *rest) {
    jb_unit x, y;
    char *b;
    double factor = g_ascii_strtod(rest, &b);
    b = g_strchug(b);
    bool known = jb_unit_parse(a, &x);
    if (jb_unit_parse(b, &y) != known || !jb_unit_convertible(&x, &y)) return false;
    double got = jb_unit_factor(&x, &y), back = jb_unit_factor(&y, &x);
    return fabs(got / factor - 1) < 1e-14 && fabs(got * back - 1) < 1e-14;
}

static bool check_line(char *line) {
    char *rest;
    if (g_str_has_suffix(line, " ?")) return line[strlen(line) - 2] = 0, check_unknown(line);
    if ((rest = split(line, " = "))) return check_factor(line, rest);
    if ((rest = split(line, " ! "))) return check_apart(line, rest);
    return false;
}

static void file_of_units(void **state) {
    (void)state;
    char *content;
    assert_true(g_file_get_contents("tests/units.txt", &content, NULL, NULL));
    char **lines = g_strsplit(content, "\n", -1);
    int checked = 0, wrong = 0;
    for (int i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#') continue;
        checked++;
        if (check_line(lines[i])) continue;
        fprintf(stderr, "# tests/units.txt:%d is wrong\n", i + 1);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    assert_true(checked > 100);
    g_strfreev(lines);
    g_free(content);
}

static bool is_rate(const char *text) {
    jb_unit u;
    jb_unit_parse(text, &u);
    return jb_unit_is_rate(&u);
}

static void rates(void **state) {
    (void)state;
    const char *yes[] = {"%", "％", " % ", "‰", "个百分点", "百分点", "1/10万"};
    const char *no[] = {"亿元", "倍", "个", "元/人", "上年=100", "", "万", "%/年", "指数"};
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) assert_true(is_rate(yes[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++) assert_false(is_rate(no[i]));
}

/* The factors that offices convert with come out without a rest. */
static void factors_are_exact(void **state) {
    (void)state;
    jb_unit yi, wan, percent, mille;
    jb_unit_parse("亿元", &yi);
    jb_unit_parse("万元", &wan);
    jb_unit_parse("%", &percent);
    jb_unit_parse("‰", &mille);
    assert_true(jb_unit_factor(&yi, &wan) == 10000);
    assert_true(jb_unit_factor(&percent, &mille) == 10);
    assert_true(427.7 * jb_unit_factor(&yi, &wan) == 4277000);
}

static void empty_is_no_unit(void **state) {
    (void)state;
    jb_unit none, factor, long_one;
    assert_false(jb_unit_parse("", &none));
    assert_int_equal(none.over.dimension, JB_DIMENSION_NONE);
    assert_true(jb_unit_parse("万", &factor));
    assert_true(jb_unit_convertible(&factor, &none) && jb_unit_factor(&factor, &none) == 1e4);
    char *text = g_strnfill(5000, 'm');
    assert_false(jb_unit_parse(text, &long_one));
    assert_int_equal(long_one.over.dimension, JB_DIMENSION_UNKNOWN);
    g_free(text);
}

static void scan(const char *text, size_t taken, const char *name) {
    const char *got;
    assert_int_equal(jb_unit_scan(text, strlen(text), &got), taken);
    if (name)
        assert_string_equal(got, name);
    else
        assert_null(got);
}

/* Behind a number: the longest unit, no ordinals, no dates. */
static void scanning_cells(void **state) {
    (void)state;
    scan("亿元左右", strlen("亿元"), "亿元");
    scan("千克", strlen("千克"), "千克");
    scan("百分点", strlen("百分点"), "百分点");
    scan("％①", strlen("％"), "%");
    scan("万元/人以上", strlen("万元/人"), "万元/人");
    scan("千瓦/平方公里", strlen("千瓦/平方公里"), NULL);
    scan("级", 0, NULL);
    scan("月", 0, NULL);
    scan("号", 0, NULL);
    scan("万", 0, NULL);
    scan("", 0, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(file_of_units), cmocka_unit_test(rates),
                                       cmocka_unit_test(factors_are_exact),
                                       cmocka_unit_test(empty_is_no_unit), cmocka_unit_test(scanning_cells)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
