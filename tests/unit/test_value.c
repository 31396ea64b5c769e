/* What cells say: every line of tests/values.txt, and what that file cannot show. */
#include "unit.h"

#include "input/value.h"

enum { FIELDS = 7 };

/* \u2009 and \\ in the file's texts. */
static char *decode(const char *text) {
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        if (p[0] == '\\' && p[1] == 'u') {
            char hex[5] = {0};
            g_strlcpy(hex, p + 2, sizeof hex);
            g_string_append_unichar(out, (gunichar)strtoul(hex, NULL, 16));
            p += 5;
        } else {
            p += p[0] == '\\';
            g_string_append_c(out, *p);
        }
    }
    return g_string_free(out, FALSE);
}

static void field(GString *out, const char *text) {
    g_string_append_c(out, '\t');
    g_string_append(out, text);
}

static void field_number(GString *out, double number) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    field(out, g_ascii_formatd(text, sizeof text, "%.15g", number));
}

/* The fields behind the text, as the file has them. */
static char *describe(const jb_value *v, bool odd) {
    GString *out = g_string_new(jb_value_kind_name(v->kind));
    bool year = v->kind == JB_VALUE_SAME && v->number != 0, numeric = jb_value_is_numeric(v);
    char decimals[12];
    snprintf(decimals, sizeof decimals, "%d", v->decimals);
    if (numeric || year)
        field_number(out, v->number);
    else
        field(out, "");
    if (v->kind == JB_VALUE_RANGE)
        field_number(out, v->high);
    else
        field(out, "");
    field(out, numeric ? decimals : "");
    field(out, v->unit ? v->unit : "");
    field(out, odd ? "odd" : "");
    while (out->len && out->str[out->len - 1] == '\t') g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

/* The line's fields 2 to 7, without the reason and without tabs at the end. */
static char *expected(char **fields) {
    GString *out = g_string_new(NULL);
    for (int i = 1; i < FIELDS && fields[i]; i++) {
        if (i > 1) g_string_append_c(out, '\t');
        g_string_append(out, fields[i]);
    }
    while (out->len && out->str[out->len - 1] == '\t') g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

static bool check_line(const char *line, int number) {
    char **fields = g_strsplit(line, "\t", -1), *text = decode(fields[0]);
    bool odd = false;
    jb_value v = jb_value_read(text, &odd);
    char *want = expected(fields), *got = describe(&v, odd);
    bool good = !strcmp(want, got) && v.raw == text && v.digits_at + (size_t)v.digits_length <= strlen(text);
    if (!good) fprintf(stderr, "# tests/values.txt:%d: “%s” is [%s], not [%s]\n", number, text, got, want);
    g_free(want);
    g_free(got);
    g_free(text);
    g_strfreev(fields);
    return good;
}

static void file_of_values(void **state) {
    (void)state;
    char *content;
    assert_true(g_file_get_contents("tests/values.txt", &content, NULL, NULL));
    char **lines = g_strsplit(content, "\n", -1);
    int checked = 0, wrong = 0;
    for (int i = 0; lines[i]; i++) {
        if (!*lines[i] || g_str_has_prefix(lines[i], "# ") || !strcmp(lines[i], "#")) continue;
        checked++;
        wrong += !check_line(lines[i], i + 1);
    }
    assert_int_equal(wrong, 0);
    assert_true(checked >= 250);
    g_strfreev(lines);
    g_free(content);
}

static void assert_digits(const char *text, const char *digits) {
    jb_value v = jb_value_read(text, NULL);
    char *got = g_strndup(v.raw + v.digits_at, v.digits_length);
    assert_string_equal(got, digits);
    g_free(got);
}

/* Sign, digits, separators and point; nothing when they are no plain figures. */
static void digits_for_alignment(void **state) {
    (void)state;
    assert_digits("427.7", "427.7");
    assert_digits("-1,234.50", "-1,234.50");
    assert_digits("约 7.5%", "7.5");
    assert_digits("≤0.022", "0.022");
    assert_digits("同比下降 3.2%", "3.2");
    assert_digits("负3.2", "3.2");
    assert_digits("－3．6 左右", "－3．6");
    assert_digits("- 3", "- 3");
    assert_digits("¥350", "350");
    assert_digits("(1,234.5)", "1,234.5");
    assert_digits("6~6.5", "6");
    assert_digits("百分之三点五", "");
    assert_digits("1E+05", "");
    assert_digits("1亿2000万", "");
    assert_digits("市级下达", "");
    assert_digits("—", "");
}

/* Both ways to a number give the double nearest to the decimal, as strtod does. */
static void conversion_is_exact(void **state) {
    (void)state;
    GRand *random = g_rand_new_with_seed(7);
    for (int i = 0; i < 20000; i++) {
        char plain[40], wide[60];
        int decimals = g_rand_int_range(random, 0, 9);
        guint64 digits = ((guint64)g_rand_int(random) << 20 | g_rand_int(random) >> 12) % 1000000000000000u;
        guint64 scale = 1;
        for (int d = 0; d < decimals; d++) scale *= 10;
        if (decimals)
            snprintf(plain, sizeof plain, "%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, digits / scale,
                     decimals, digits % scale);
        else
            snprintf(plain, sizeof plain, "%" G_GUINT64_FORMAT, digits);
        snprintf(wide, sizeof wide, "约%s", plain);
        jb_value a = jb_value_read(plain, NULL), b = jb_value_read(wide, NULL);
        if (a.kind != JB_VALUE_NUMBER) continue; /* 16 digits with the zero before the point */
        assert_true(a.number == g_ascii_strtod(plain, NULL));
        assert_true(b.number == a.number && b.kind == JB_VALUE_APPROX);
        assert_int_equal(a.decimals, decimals);
    }
    g_rand_free(random);
}

static void same_with_year_is_unresolved(void **state) {
    (void)state;
    jb_value v = jb_value_read("与2019年持平", NULL);
    assert_int_equal(v.kind, JB_VALUE_SAME);
    assert_true(v.number == 2019 && !v.resolved);
    assert_true(jb_value_read("与上年持平", NULL).number == 0);
}

static void factor_is_told(void **state) {
    (void)state;
    assert_true(jb_value_read("1.2万", NULL).factor == 1e4);
    assert_true(jb_value_read("1.2万元", NULL).factor == 1);
    assert_true(jb_value_read("三成", NULL).factor == 10);
    assert_true(jb_value_read("427.7", NULL).factor == 1);
    assert_true(jb_value_read("市级下达", NULL).factor == 1);
}

/* A unit is a string of its own: static, or the rest of the text. */
static void units_end(void **state) {
    (void)state;
    assert_string_equal(jb_value_read("16.2亿元/平方公里左右", NULL).unit, "亿元/平方公里");
    assert_string_equal(jb_value_read("5千瓦/平方公里", NULL).unit, "千瓦/平方公里");
    assert_int_equal(jb_value_read("5千瓦/平方公里左右", NULL).kind,
                     JB_VALUE_TEXT); /* not listed, and words behind */
    assert_string_equal(jb_value_read("3.9％", NULL).unit, "%");
}

static void long_texts_are_texts(void **state) {
    (void)state;
    char *nines = g_strnfill(70000, '9'), *words = g_strnfill(3000, '~');
    bool odd;
    assert_int_equal(jb_value_read(nines, &odd).kind, JB_VALUE_TEXT);
    assert_int_equal(jb_value_read(words, &odd).kind, JB_VALUE_TEXT);
    memcpy(nines + 100, ".5", 3);
    assert_int_equal(jb_value_read(nines, &odd).kind, JB_VALUE_TEXT);
    g_free(nines);
    g_free(words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_of_values),       cmocka_unit_test(digits_for_alignment),
        cmocka_unit_test(conversion_is_exact),  cmocka_unit_test(same_with_year_is_unresolved),
        cmocka_unit_test(factor_is_told),       cmocka_unit_test(units_end),
        cmocka_unit_test(long_texts_are_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
