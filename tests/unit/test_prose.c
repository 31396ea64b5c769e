/* Running text against data: tests/prose/rules.md says of each of its lines what must be found there. */
#include "tests/unit/unit.h"
#include "input/prose_parts.h"
#include "input/sources.h"

#include <math.h>

typedef struct found {
    jb_context *ctx;
    jb_document *document;
    jb_store *store;
    jb_prose *prose;
} found;

static found read_report(const char *path) {
    found f = {.ctx = jb_context_new()};
    f.store = jb_store_new(f.ctx);
    assert_int_equal(jb_document_open(f.ctx, path, &f.document), JB_OK);
    assert_int_equal(jb_sources_load(f.ctx, f.document, NULL, 0, f.store), JB_OK);
    assert_int_equal(jb_document_read(f.ctx, f.document, f.store), JB_OK);
    assert_int_equal(jb_document_resolve(f.ctx, f.document, f.store), JB_OK);
    f.prose = jb_prose_new(f.ctx);
    for (unsigned i = 0; i < jb_store_count(f.store); i++) jb_prose_add(f.prose, jb_store_nth(f.store, i));
    jb_prose_add_tables(f.prose, f.document);
    jb_prose_check(f.prose, f.document);
    return f;
}

static void forget(found *f) {
    jb_prose_free(f->prose);
    jb_store_free(f->store);
    jb_document_free(f->document);
    jb_context_free(f->ctx);
}

/* The warning at a line of the report, or "". */
static const char *warning_at(const found *f, int line) {
    for (size_t i = 0; i < jb_context_diagnostics(f->ctx); i++) {
        jb_diagnostic d = jb_context_diagnostic(f->ctx, i);
        if (d.severity == JB_WARNING && d.line == line && !strcmp(d.file, f->document->file))
            return d.message;
    }
    return "";
}

static unsigned compared_at(const found *f, int line) {
    unsigned count = 0;
    jb_pos pos;
    for (unsigned i = 0; i < jb_prose_compared(f->prose, 0, NULL); i++) {
        jb_prose_compared(f->prose, i, &pos);
        count += pos.line == line;
    }
    return count;
}

/* Whether the line is as its mark says: “= ” compared and right, “≠ X” a warning that names X, “. ” not
 * compared. */
static bool holds(const found *f, int line, const char *mark) {
    const char *warning = warning_at(f, line);
    if (g_str_has_prefix(mark, "= ")) return !*warning && compared_at(f, line);
    if (g_str_has_prefix(mark, ". ")) return !*warning && !compared_at(f, line);
    if (!g_str_has_prefix(mark, "≠ ")) return false;
    char *value = g_strndup(mark + strlen("≠ "), strcspn(mark + strlen("≠ "), " "));
    char *said = g_strdup_printf(" %s", value), *at = strstr(warning, said);
    bool right = at && !g_ascii_isdigit(at[strlen(said)]) && at[strlen(said)] != '.';
    g_free(said);
    g_free(value);
    return right;
}

static void test_rules(void **state) {
    (void)state;
    found f = read_report("tests/prose/rules.md");
    char **lines = g_strsplit(f.document->source, "\n", -1);
    unsigned marks = 0, wrong = 0;
    for (int i = 0; lines[i]; i++) {
        const char *mark = strstr(lines[i], "<!-- ");
        if (!mark) continue;
        marks++;
        if (holds(&f, i + 1, mark + 5)) continue;
        wrong++;
        print_message("# line %d: %s\n#   compared %u, said: %s\n", i + 1, lines[i], compared_at(&f, i + 1),
                      warning_at(&f, i + 1));
    }
    g_strfreev(lines);
    forget(&f);
    assert_true(marks >= 60);
    assert_int_equal(wrong, 0);
}

static const char *last_place(const char *message) {
    return strstr(message, "tables.md:") ? strstr(message, "tables.md:") : "";
}

/* Tables of the text are data too: places in the report, odd cells, and what they say against a file. */
static void test_tables(void **state) {
    (void)state;
    found f = read_report("tests/prose/tables.md");
    const char *forest = warning_at(&f, 8);
    assert_non_null(strstr(forest, "41.2%”"));
    assert_non_null(strstr(forest, "say 42.1"));
    assert_true(g_str_has_prefix(last_place(forest), "tables.md:15:19, “实际”"));
    assert_non_null(strstr(warning_at(&f, 14),
                           "进出口总额 of 2020 is 386 here and 368 elsewhere (tests/prose/plan.csv:8:17"));
    assert_non_null(strstr(warning_at(&f, 16), "looks like a number but is none"));
    assert_string_equal(warning_at(&f, 17), "");
    assert_non_null(strstr(warning_at(&f, 19), "say 412.5"));
    assert_int_equal(compared_at(&f, 19), 3);
    assert_non_null(strstr(warning_at(&f, 28), "未完成目标"));
    assert_int_equal(jb_context_count(f.ctx, JB_ERROR), 0);
    assert_string_equal(warning_at(&f, 30), "");
    assert_int_equal(compared_at(&f, 30), 2);
    assert_non_null(strstr(warning_at(&f, 32), "5 of “约束性指标”; there are 4"));
    assert_non_null(strstr(warning_at(&f, 34), "20 of “指标”; there are 18"));
    assert_int_equal(compared_at(&f, 34), 4);
    assert_string_equal(warning_at(&f, 36), "");
    assert_non_null(strstr(warning_at(&f, 38), "6 of “约束性指标”; there are 4"));
    assert_int_equal(compared_at(&f, 40), 0);
    forget(&f);
}

static void check_plain(const char *text, const char *expected) {
    jb_prose *prose = jb_prose_new(NULL);
    jb_plain plain;
    jb_plain_init(&plain);
    jb_plain_name(&plain, prose->aliases, text);
    assert_string_equal(plain.text->str, expected);
    assert_int_equal(plain.text->len, plain.from->len);
    jb_plain_clear(&plain);
    jb_prose_free(prose);
}

static void test_plain(void **state) {
    (void)state;
    check_plain("占 ＧＤＰ 的比重 12．5％", "占地区生产总值比重12.5%");
    check_plain("人均gdp 3 000 元", "人均地区生产总值3 000元");
    check_plain("", "");
    check_plain("国内生产总值", "国内生产总值");
    check_plain("R＆D 经费", "R＆D经费");
}

static void check_figure(const char *text, jb_value_kind kind, double low, double high,
                         jb_dimension dimension, double factor, size_t rest) {
    jb_figure f;
    assert_true(jb_figure_read(text, 0, JB_WORD_PLAIN, &f));
    assert_int_equal(f.kind, kind);
    assert_true(f.low == low && f.high == high);
    assert_int_equal(f.unit.unit.over.dimension, dimension);
    assert_true(fabs(f.unit.factor - factor) <= 1e-9 * factor);
    assert_int_equal(strlen(text) - f.length, rest);
}

static void test_figures(void **state) {
    (void)state;
    jb_figure f;
    check_figure("427.7亿元，", JB_VALUE_NUMBER, 427.7, 427.7, JB_DIMENSION_CNY, 1e8, 3);
    check_figure("1,234.5万人", JB_VALUE_NUMBER, 1234.5, 1234.5, JB_DIMENSION_PERSONS, 1e4, 0);
    check_figure("80余个", JB_VALUE_LOWER, 80, 80, JB_DIMENSION_COUNT, 1, 0);
    check_figure("5万余户", JB_VALUE_LOWER, 5, 5, JB_DIMENSION_COUNT, 1e4, 0);
    check_figure("3%—5%", JB_VALUE_RANGE, 3, 5, JB_DIMENSION_RATIO, 1, 0);
    check_figure("3-5%左右", JB_VALUE_RANGE, 3, 5, JB_DIMENSION_RATIO, 1, 0);
    check_figure("-2.5%", JB_VALUE_NUMBER, -2.5, -2.5, JB_DIMENSION_RATIO, 1, 0);
    check_figure("16.2亿元/平方公里", JB_VALUE_NUMBER, 16.2, 16.2, JB_DIMENSION_CNY, 100, 0);
    check_figure("90%以上", JB_VALUE_LOWER, 90, 90, JB_DIMENSION_RATIO, 1, 0);
    check_figure("0.5个百分点", JB_VALUE_NUMBER, 0.5, 0.5, JB_DIMENSION_RATIO, 1, 0);
    assert_false(jb_figure_read("2020年", 0, JB_WORD_PLAIN, &f));
    assert_false(jb_figure_read("1/5", 0, JB_WORD_PLAIN, &f));
    assert_false(jb_figure_read("3指标", 0, JB_WORD_PLAIN, &f));
    assert_false(jb_figure_read("380亿元的企业", 0, JB_WORD_PLAIN, &f));
    assert_false(jb_figure_read("1234567890123456789012345", 0, JB_WORD_PLAIN, &f));
    assert_false(jb_figure_read("", 0, JB_WORD_PLAIN, &f));
}

static void test_trie(void **state) {
    (void)state;
    jb_trie *trie = jb_trie_new();
    size_t length = 0;
    assert_int_equal(jb_trie_match(trie, "a", &length), -1);
    jb_trie_add(trie, "地区", 1);
    jb_trie_add(trie, "地区生产总值", 2);
    jb_trie_add(trie, "地", 3);
    assert_int_equal(jb_trie_match(trie, "地区生产力", &length), 1);
    assert_int_equal(length, 6);
    assert_int_equal(jb_trie_match(trie, "地区生产总值", &length), 2);
    assert_int_equal(length, 18);
    assert_int_equal(jb_trie_match(trie, "地", &length), 3);
    assert_int_equal(jb_trie_match(trie, "", &length), -1);
    jb_trie_free(trie);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rules), cmocka_unit_test(test_tables),
                                       cmocka_unit_test(test_plain), cmocka_unit_test(test_figures),
                                       cmocka_unit_test(test_trie)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
