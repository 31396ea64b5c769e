/* {{#if}}, {{#unless}}, {{#each}}, comments: the Mustache specification, conditions, places of errors. */
#include "plan.h"

#include "base/file.h"
#include "base/limits.h"
#include "input/template.h"

/* The text with its blocks settled, or its last message as “line:column: message”. */
static const char *expand(fixture *f, const char *text) {
    jb_arena *arena = jb_arena_new();
    jb_template *t;
    const char *file = jb_intern(f->ctx, "r.md");
    jb_status status = jb_template_expand(f->ctx, f->store, arena, file, text, strlen(text), 0, &t);
    if (status == JB_OK) {
        assert_int_equal(strlen(t->text), t->length);
        g_string_assign(f->out, t->text);
        jb_arena_free(arena);
        return f->out->str;
    }
    const char *message = told(f);
    assert_true(g_str_has_prefix(message, "r.md:"));
    g_string_assign(f->out, message + strlen("r.md:"));
    char *severity = strstr(f->out->str, ": error");
    assert_non_null(severity);
    g_string_erase(f->out, severity - f->out->str, strlen(": error"));
    jb_arena_free(arena);
    return f->out->str;
}

/* ---- the Mustache specification ---- */

/* What Mustache takes for true: anything but false, null, what is not there and an empty list. */
static bool is_truthy(const jb_node *data, const char *path) {
    char **parts = g_strsplit(path, ".", -1);
    for (char **part = parts; *part && data; part++) data = jb_node_get(data, *part);
    g_strfreev(parts);
    if (jb_node_is_null(data)) return false;
    if (data->kind == JB_NODE_LIST) return data->count > 0;
    return data->kind == JB_NODE_MAP || strcmp(data->text, "false") != 0;
}

/* {{#x}} as {{#if true}}, {{^x}} as {{#unless true}}, {{/x}} as what closes it; blanks inside stay. */
static char *in_our_words(const char *text, const jb_node *data) {
    GString *out = g_string_new(NULL);
    bool inverted[32];
    int depth = 0;
    for (const char *p = text; *p;) {
        if (strncmp(p, "{{", 2) != 0 || !strchr("#^/", p[2])) {
            g_string_append_c(out, *p++);
            continue;
        }
        const char *end = strstr(p, "}}"), *name = p + 3 + strspn(p + 3, " ");
        size_t length = strcspn(name, " }");
        char *path = g_strndup(name, length);
        g_string_append_printf(out, "{{%c%.*s", p[2] == '/' ? '/' : '#', (int)(name - p - 3), p + 3);
        if (p[2] != '/') {
            inverted[depth++] = p[2] == '^';
            g_string_append_printf(out, "%s %s", p[2] == '^' ? "unless" : "if",
                                   is_truthy(data, path) ? "true" : "false");
        } else {
            g_string_append(out, inverted[--depth] ? "unless" : "if");
        }
        g_string_append_len(out, name + length, end + 2 - (name + length));
        g_free(path);
        p = end + 2;
    }
    return g_string_free(out, FALSE);
}

static unsigned run_spec(fixture *f, const char *path) {
    jb_arena *arena = jb_arena_new();
    jb_node *root;
    assert_int_equal(jb_node_load(f->ctx, arena, path, (jb_pos){0}, &root), JB_OK);
    const jb_node *tests = jb_node_get(root, "tests");
    assert_non_null(tests);
    for (unsigned i = 0; i < tests->count; i++) {
        const jb_node *test = tests->items[i];
        const char *wanted = jb_node_get(test, "expected")->text;
        char *text = in_our_words(jb_node_get(test, "template")->text, jb_node_get(test, "data"));
        const char *got = expand(f, text);
        if (strcmp(got, wanted) != 0)
            fail_msg("%s, %s: “%s” gives “%s”, not “%s”", path, jb_node_get(test, "name")->text, text, got,
                     wanted);
        g_free(text);
    }
    unsigned count = tests->count;
    jb_arena_free(arena);
    return count;
}

static void mustache_sections(void **state) {
    assert_int_equal(run_spec(*state, "tests/mustache/sections.yml"), 18);
}
static void mustache_inverted_sections(void **state) {
    assert_int_equal(run_spec(*state, "tests/mustache/inverted.yml"), 20);
}
static void mustache_comments(void **state) {
    assert_int_equal(run_spec(*state, "tests/mustache/comments.yml"), 11);
}

/* ---- Handlebars ---- */

static void else_and_else_if(void **state) {
    assert_string_equal(expand(*state, "{{#if true}}a{{else}}b{{/if}}"), "a");
    assert_string_equal(expand(*state, "{{#if false}}a{{else}}b{{/if}}"), "b");
    assert_string_equal(expand(*state, "{{#if false}}a{{else if true}}b{{else}}c{{/if}}"), "b");
    assert_string_equal(expand(*state, "{{#if false}}a{{else if false}}b{{else}}c{{/if}}"), "c");
    assert_string_equal(expand(*state, "{{#if false}}a{{else if false}}b{{/if}}"), "");
    assert_string_equal(expand(*state, "{{#unless true}}a{{else}}b{{/unless}}"), "b");
    assert_string_equal(expand(*state, "x\n{{#if false}}\na\n{{else}}\nb\n{{/if}}\ny\n"), "x\nb\ny\n");
}

static void blanks_go_beside_tildes(void **state) {
    assert_string_equal(expand(*state, "a \n {{~#if true~}} \n b \n {{~/if~}} \n c"), "abc");
    assert_string_equal(expand(*state, "a {{~! x ~}} b"), "ab");
    assert_string_equal(expand(*state, "a {{!-- }} --}} b"), "a  b");
    assert_string_equal(expand(*state, "a {{!-- }} --~}} b"), "a b");
    assert_string_equal(expand(*state, "a {{~ plan[\"x\"].rate ~}} b"), "a{{~ plan[\"x\"].rate ~}}b");
}

static void quotes_keep_their_marks(void **state) {
    assert_string_equal(expand(*state, "> a\n> {{#if true}}\n> b\n> {{/if}}\n"), "> a\n> b\n");
}

static void code_is_no_template(void **state) {
    assert_string_equal(expand(*state, "`{{#if x}}` {{#if true}}a{{/if}}"), "`{{#if x}}` a");
    assert_string_equal(expand(*state, "\\{{#if x}} {{! c }}"), "\\{{#if x}} ");
    assert_string_equal(expand(*state, "```\n{{#if x}}\n```\n{{! c }}\nz"), "```\n{{#if x}}\n```\nz");
    assert_string_equal(expand(*state, "- ~~~ text\n  {{#each x}}\n  ~~~\n{{! c }}\n"),
                        "- ~~~ text\n  {{#each x}}\n  ~~~\n");
    assert_string_equal(
        expand(*state, "```chart\nmark: bar\n{{#if false}}\nx: a\n{{else}}\nx: b\n{{/if}}\n```\n"),
        "```chart\nmark: bar\nx: b\n```\n");
    assert_string_equal(expand(*state, "a ` b\n\n{{#if true}}c{{/if}} `"), "a ` b\n\nc `");
}

/* ---- conditions ---- */

static bool holds(fixture *f, const char *condition) {
    char *text = g_strdup_printf("{{#if %s}}yes{{else}}no{{/if}}", condition);
    const char *got = expand(f, text);
    g_free(text);
    if (strcmp(got, "yes") != 0 && strcmp(got, "no") != 0) fail_msg("%s: %s", condition, got);
    return !strcmp(got, "yes");
}

static void look_ups_are_true_when_there_is_something(void **state) {
    assert_true(holds(*state, "plan[\"进出口总额\"][\"实际完成\"]"));
    assert_true(holds(*state, "plan[\"一般公共预算收入\"][\"年初目标\"]")); /* 与上年持平 */
    assert_false(holds(*state, "plan[\"主要污染物排放总量减少\"][\"实际完成\"]"));
    assert_false(holds(*state, "plan[\"氨氮\"][\"完成情况\"]"));
    assert_true(holds(*state, "plan[\"进出口总额\"].rate"));
    assert_false(holds(*state, "plan[\"地区生产总值增速\"].rate"));
    assert_false(holds(*state, "plan[\"粮食产量\"][\"实际完成\"]"));
    assert_false(holds(*state, "plan[\"粮食产量\"].rate"));
    store_csv(((fixture *)*state)->ctx, ((fixture *)*state)->store, "z",
              "指标名称,年初目标,实际完成\n甲,0,0.5\n");
    assert_false(holds(*state, "z[\"甲\"][\"年初目标\"]"));
    assert_true(holds(*state, "z[\"甲\"][\"实际完成\"]"));
}

static void a_row_nearly_there_is_told(void **state) {
    assert_false(holds(*state, "plan[\"进出口总值\"].rate"));
    assert_string_equal(told(*state),
                        "r.md:1:13: warning: no row “进出口总值” in “plan”, so the condition is false; "
                        "did you mean “进出口总额”?");
}

static void numbers_are_compared(void **state) {
    assert_true(holds(*state, "(gt plan[\"进出口总额\"][\"实际完成\"] 300)"));
    assert_false(holds(*state, "(gt plan[\"进出口总额\"][\"实际完成\"] 380)"));
    assert_true(holds(*state, "(gte plan[\"进出口总额\"][\"实际完成\"] 380)"));
    assert_true(holds(*state, "(lt 379.5 plan[\"进出口总额\"][\"实际完成\"])"));
    assert_false(
        holds(*state, "(lte plan[\"进出口总额\"][\"实际完成\"] plan[\"进出口总额\"][\"年初目标\"])"));
    assert_true(holds(*state, "(lt plan[\"地区生产总值增速\"].variance -3.5)"));
    assert_true(holds(*state, "( eq plan[\"固定资产投资额\"].variance 77.7 )"));
    assert_true(holds(*state, "(ne 1 2)"));
}

static void amounts_are_compared_by_their_units(void **state) {
    fixture *f = *state;
    store_csv(f->ctx, f->store, "w", "指标名称,实际完成\n甲（万元）,4277000\n乙（人）,5\n");
    assert_true(holds(f, "(eq plan[\"固定资产投资额\"][\"实际完成\"] w[\"甲\"][\"实际完成\"])"));
    assert_string_equal(expand(f, "{{#if (gt w[\"甲\"][\"实际完成\"] w[\"乙\"][\"实际完成\"])}}{{/if}}"),
                        "1:26: “实际完成” of “甲” is in “万元”, “实际完成” of “乙” in “人”");
}

static void texts_are_compared_as_written(void **state) {
    assert_true(holds(*state, "(eq plan[\"进出口总额\"].verdict \"超过目标\")"));
    assert_true(holds(*state, "(eq plan[\"地区生产总值增速\"][\"年初目标\"] '7.5 左右')"));
    assert_true(holds(*state, "(ne plan[\"进出口总额\"].unit \"元\")"));
}

static void conditions_are_joined(void **state) {
    assert_true(holds(*state, "(and true (not false) (or false true))"));
    assert_false(holds(*state, "(and true false)"));
    assert_false(holds(*state, "(or false false)"));
    /* what is settled is not looked up */
    assert_false(holds(*state, "(and plan[\"粮食产量\"].rate (gt plan[\"粮食产量\"].rate 100))"));
    assert_true(holds(*state, "(or true (gt nothing[\"x\"].rate (sql \"no sql\")))"));
    assert_true(holds(*state, "(gt (sql \"SELECT sum(实际完成) FROM plan WHERE unit = '亿元'\") 800)"));
}

static void conditions_err_at_their_places(void **state) {
    assert_string_equal(expand(*state, "中{{#if plam[\"x\"].rate}}{{/if}}"),
                        "1:8: no dataset “plam”; did you mean “plan”?");
    assert_string_equal(
        expand(*state, "a\n{{#if (gt plan[\"主要污染物排放总量减少\"][\"实际完成\"] 3)}}{{/if}}"),
        "2:11: “实际完成” of “主要污染物排放总量减少” is “—”: gt needs a number");
    assert_string_equal(
        expand(*state, "{{#if (gt plan[\"粮食产量\"].rate 3)}}{{/if}}"),
        "1:17: no row “粮食产量” in “plan”; there are: 地区生产总值增速, 一般公共预算收入, "
        "固定资产投资额, 进出口总额, 城镇登记失业率, 能源消耗总量增长率, 主要污染物排放总量减少, "
        "化学需氧量, 氨氮");
    assert_string_equal(expand(*state, "{{#if (gtt 1 2)}}{{/if}}"),
                        "1:8: unknown helper “gtt”; did you mean “gt”?");
    assert_string_equal(expand(*state, "{{#if gt 1 2}}{{/if}}"), "1:7: a helper stands in brackets: (gt …)");
    assert_string_equal(expand(*state, "{{#if (gt 1)}}{{/if}}"), "1:8: gt takes 2 values, here is 1");
    assert_string_equal(expand(*state, "{{#if (gt 1 2 3)}}{{/if}}"),
                        "1:15: gt takes 2 values, here is one more");
    assert_string_equal(expand(*state, "{{#if (gt 1 2}}{{/if}}"), "1:7: this bracket is not closed with “)”");
    assert_string_equal(expand(*state, "{{#if 1 2}}{{/if}}"),
                        "1:9: “2” is more than one value; a helper stands in brackets: (gt … …)");
    assert_string_equal(expand(*state, "{{#if plan}}{{/if}}"),
                        "1:11: condition ends where [\"ROW\"] is expected");
    assert_string_equal(expand(*state, "{{#if 1.2.3}}{{/if}}"), "1:7: “1.2.3” is no number");
    assert_string_equal(expand(*state, "{{#if (gt 1\n  (sql \"SELECT 实际完工\nFROM plan\"))}}{{/if}}"),
                        "2:16: unknown column “实际完工”; did you mean “实际完成”?");
}

static void tags_err_at_both_places(void **state) {
    assert_string_equal(expand(*state, "a {{#if true}}\n{{/each}}"),
                        "2:1: “{{/each}}” closes “{{#if}}” of line 1, column 3: write “{{/if}}”");
    assert_string_equal(expand(*state, "a\n中{{#if true}}\nb\n"),
                        "2:2: this “{{#if}}” is not closed: “{{/if}}” is missing at the end, line 4");
    assert_string_equal(expand(*state, "{{/if}}"), "1:1: “{{/if}}” closes nothing");
    assert_string_equal(expand(*state, "{{else}}"), "1:1: “{{else}}” stands in no block");
    assert_string_equal(expand(*state, "{{#if true}}{{else}}{{else}}{{/if}}"),
                        "1:21: something stands behind “{{else}}” in “{{#if}}” of line 1, column 1");
    assert_string_equal(expand(*state, "{{#each plan}}{{else if true}}{{/each}}"),
                        "1:15: “{{else if}}” cannot stand in “{{#each}}” of line 1, column 1");
    assert_string_equal(expand(*state, "{{#if}}{{/if}}"), "1:1: “{{#if}}” needs a condition");
    assert_string_equal(expand(*state, "{{#each}}{{/each}}"), "1:1: “{{#each}}” needs a dataset");
    assert_string_equal(expand(*state, "{{#if true}}{{/if x}}"), "1:19: nothing can stand here, found “x”");
    assert_string_equal(expand(*state, "{{#iff true}}{{/iff}}"),
                        "1:4: unknown block “iff”; did you mean “if”?");
    assert_true(g_str_has_prefix(expand(*state, "{{> head}}"), "1:3: “{{>” is not known here"));
    assert_string_equal(expand(*state, "x {{! never"), "1:3: this comment is not closed with “}}”");
    assert_string_equal(expand(*state, "x {{#if true"), "1:3: this tag is not closed with “}}”");
}

static void depth_has_a_limit(void **state) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i <= JB_LIMIT_TEMPLATE_DEPTH; i++) g_string_append(text, "{{#if 1}}");
    assert_string_equal(expand(*state, text->str),
                        "1:289: blocks are nested deeper than 32 (JB_LIMIT_TEMPLATE_DEPTH)");
    g_string_assign(text, "{{#if ");
    for (int i = 0; i <= JB_LIMIT_TEMPLATE_DEPTH; i++) g_string_append(text, "(not ");
    assert_string_equal(expand(*state, g_string_append(text, "}}{{/if}}")->str),
                        "1:168: brackets are nested deeper than 32 (JB_LIMIT_TEMPLATE_DEPTH)");
    g_string_free(text, TRUE);
}

/* ---- loops ---- */

/* All look-ups of an expanded text in their scopes. */
static const char *looked_up(fixture *f, const char *text) {
    jb_arena *arena = jb_arena_new();
    jb_template *t;
    GString *out = g_string_new(NULL);
    const char *file = jb_intern(f->ctx, "r.md");
    jb_status status = jb_template_expand(f->ctx, f->store, arena, file, text, strlen(text), 0, &t);
    if (status != JB_OK) print_messages(f->ctx);
    assert_int_equal(status, JB_OK);
    for (const char *p = t->text; *p;) {
        const char *end = strncmp(p, "{{", 2) ? NULL : strstr(p, "}}");
        if (!end) {
            g_string_append_c(out, *p++);
            continue;
        }
        size_t offset = (size_t)(p - t->text);
        char *expression = g_strndup(p + 2, (gsize)(end - p - 2));
        jb_pos pos = jb_pos_at(file, text, jb_template_source(t, offset) + 2);
        if (jb_store_lookup_in(f->store, jb_template_scope(t, offset), expression, pos, out) != JB_OK)
            g_string_append(out, told(f));
        g_free(expression);
        p = end + 2;
    }
    jb_arena_free(arena);
    g_string_assign(f->out, out->str);
    g_string_free(out, TRUE);
    return f->out->str;
}

static void loops_go_over_rows(void **state) {
    assert_string_equal(looked_up(*state, "{{#each gdp}}{{name}}：{{重庆市 | number(0)}}；{{/each}}"),
                        "2018：21589；2019：23606；2020：25003；");
    assert_string_equal(
        looked_up(*state,
                  "{{#each plan where=\"unit = '亿元'\"}}{{name}}{{#unless @last}}、{{/unless}}{{/each}}"),
        "一般公共预算收入、固定资产投资额、进出口总额");
    assert_string_equal(looked_up(*state,
                                  "{{#each plan where=\"sub\"}}{{@index}}{{this.name}}{{this[\"实际完成\"]}}"
                                  "{{[\"年初目标\"]|number(1)}}{{#if @first}}，{{/if}}{{/each}}"),
                        "0化学需氧量2.52.5，1氨氮1.31.3");
    assert_string_equal(
        looked_up(*state, "{{#each plan where=\"rate > 125\"}}{{name}}{{rate | number(0)}}{{/each}}"),
        "进出口总额127");
    assert_string_equal(looked_up(*state, "{{#each plan where=\"实际完成 > 1000\"}}x{{else}}没有{{/each}}"),
                        "没有");
    assert_string_equal(looked_up(*state,
                                  "{{#each plan where=\"sub\"}}{{#each gdp where=\"年份 > 2018\"}}{{../name}}"
                                  "{{name}} {{/each}}{{/each}}"),
                        "化学需氧量2019 化学需氧量2020 氨氮2019 氨氮2020 ");
    assert_string_equal(looked_up(*state, "| a |\n| - |\n{{#each gdp}}\n| {{name}} |\n{{/each}}\n"),
                        "| a |\n| - |\n| 2018 |\n| 2019 |\n| 2020 |\n");
    assert_string_equal(looked_up(*state, "{{#each plan where=\"unit = '亿元'\"}}{{#if (gt 实际完成 "
                                          "300)}}{{name}}{{else if false}}-{{/if}}{{/each}}"),
                        "固定资产投资额进出口总额");
}

static void loops_err_at_their_places(void **state) {
    assert_string_equal(expand(*state, "{{#each plam}}{{/each}}"),
                        "1:9: no dataset “plam”; did you mean “plan”?");
    assert_string_equal(expand(*state, "{{#each plan as |x|}}{{/each}}"),
                        "1:14: only where=\"CONDITION\" can stand behind the dataset");
    assert_string_equal(expand(*state, "{{#each plan where=\"实际完工 > 1\"}}{{/each}}"),
                        "1:20: unknown column “实际完工” in “plan”; did you mean “实际完成”?");
    assert_string_equal(
        looked_up(*state, "{{#each plan where=\"rowid = 1\"}}\n中{{nam}}{{/each}}"),
        "中r.md:2:4: error: no column “nam” in “plan”; there are: 序号, 指标名称, 年初目标, 实际完成, "
        "完成情况");
    assert_string_equal(looked_up(*state, "{{#each gdp where=\"rowid = 1\"}}{{../name}}{{/each}}"),
                        "r.md:1:34: error: “../” leads out of all {{#each}}");
    assert_string_equal(looked_up(*state, "{{@index}}"),
                        "r.md:1:3: error: “@index” is known only inside {{#each}}");
    assert_string_equal(looked_up(*state, "{{name}}"),
                        "r.md:1:7: error: look-up ends where [\"ROW\"] is expected");
}

static void places_lead_back(void **state) {
    fixture *f = *state;
    const char *text = "a\n{{#if true}}\nb{{#each gdp}}c{{/each}}\n{{/if}}\nd";
    jb_arena *arena = jb_arena_new();
    jb_template *t;
    assert_int_equal(jb_template_expand(f->ctx, f->store, arena, "r.md", text, strlen(text), 0, &t), JB_OK);
    assert_string_equal(t->text, "a\nbccc\nd");
    for (size_t i = 0; i < t->length; i++) assert_int_equal(text[jb_template_source(t, i)], t->text[i]);
    assert_int_equal(jb_template_source(t, t->length), strlen(text));
    assert_null(jb_template_scope(t, 2));
    assert_int_equal(jb_template_scope(t, 4)->index, 1);
    jb_arena_free(arena);
}

static void a_text_without_tags_is_itself(void **state) {
    fixture *f = *state;
    const char *text = "a {{plan[\"x\"].rate}} `{{#if}}`";
    jb_arena *arena = jb_arena_new();
    jb_template *t;
    assert_int_equal(jb_template_expand(f->ctx, NULL, arena, "r.md", text, strlen(text), 0, &t), JB_OK);
    assert_false(t->changed);
    assert_ptr_equal(t->text, text);
    jb_arena_free(arena);
}

static void growth_has_a_limit(void **state) {
    fixture *f = *state;
    GString *csv = g_string_new("指标名称,值\n"), *text = g_string_new(NULL);
    for (int i = 0; i < 300; i++) g_string_append_printf(csv, "甲%d,%d\n", i, i);
    store_csv(f->ctx, f->store, "many", csv->str);
    for (int i = 0; i < 4; i++) g_string_append(text, "{{#each many}}");
    g_string_append(text, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    for (int i = 0; i < 4; i++) g_string_append(text, "{{/each}}");
    assert_string_equal(expand(f, text->str),
                        "1:57: the report grows over 67108864 bytes here (JB_LIMIT_REPORT_BYTES)");
    g_string_free(csv, TRUE);
    g_string_free(text, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(mustache_sections),
                                       TEST(mustache_inverted_sections),
                                       TEST(mustache_comments),
                                       TEST(else_and_else_if),
                                       TEST(blanks_go_beside_tildes),
                                       TEST(quotes_keep_their_marks),
                                       TEST(code_is_no_template),
                                       TEST(look_ups_are_true_when_there_is_something),
                                       TEST(a_row_nearly_there_is_told),
                                       TEST(numbers_are_compared),
                                       TEST(amounts_are_compared_by_their_units),
                                       TEST(texts_are_compared_as_written),
                                       TEST(conditions_are_joined),
                                       TEST(conditions_err_at_their_places),
                                       TEST(tags_err_at_both_places),
                                       TEST(depth_has_a_limit),
                                       TEST(loops_go_over_rows),
                                       TEST(loops_err_at_their_places),
                                       TEST(places_lead_back),
                                       TEST(a_text_without_tags_is_itself),
                                       TEST(growth_has_a_limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
