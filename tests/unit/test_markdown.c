/* Markdown to blocks and inlines: kinds, places, emphasis beside Chinese, what is refused, hostile input. */
#include "report.h"

#include "base/limits.h"

/* The inlines of the first block as text, with ** // `` around strong, emphasised and code pieces, {} around
 * look-ups. */
static const char *marked(report *r, const char *text) {
    GString *out = g_string_new(NULL);
    bool good = report_load(r, text);
    assert_string_equal(report_messages(r), "");
    assert_true(good);
    for (unsigned i = 0; i < r->document->blocks[0]->inlines.count; i++) {
        const jb_inline *item = &r->document->blocks[0]->inlines.items[i];
        const char *marks[] = {item->flags & JB_INLINE_STRONG ? "**" : "",
                               item->flags & JB_INLINE_EMPH ? "/" : "",
                               item->flags & JB_INLINE_CODE ? "`" : ""};
        g_string_append_printf(out, "%s%s%s", marks[0], marks[1], marks[2]);
        g_string_append_printf(out, item->kind == JB_INLINE_LOOKUP ? "{%s}" : "%s", item->text);
        g_string_append_printf(out, "%s%s%s", marks[2], marks[1], marks[0]);
    }
    return report_keep(r, out);
}

static void headings_and_paragraphs(void **state) {
    report_reads(*state, "# 一、总体\n\n第一段。\n\n### （一）\n",
                 "{\"block\":1,\"kind\":\"heading\",\"level\":1,\"at\":\"1:1\",\"text\":\"一、总体\"}\n"
                 "{\"block\":2,\"kind\":\"paragraph\",\"at\":\"3:1\",\"text\":\"第一段。\"}\n"
                 "{\"block\":3,\"kind\":\"heading\",\"level\":3,\"at\":\"5:1\",\"text\":\"（一）\"}\n");
}

static void nothing_is_an_empty_document(void **state) { report_reads(*state, "\n \n\n", ""); }

static void strong_beside_chinese_punctuation(void **state) {
    assert_string_equal(marked(*state, "**重点：**继续"), "**重点：**继续");
    assert_string_equal(marked(*state, "推进**“六稳”**工作"), "推进**“六稳”**工作");
    assert_string_equal(marked(*state, "全区**（一）**和**《规划》**的**完成率。**后"),
                        "全区**（一）**和**《规划》**的**完成率。**后");
    assert_string_equal(marked(*state, "增长**3.9%**以上"), "增长**3.9%**以上");
    assert_string_equal(marked(*state, "*注：*见下"), "/注：/见下");
    assert_string_equal(marked(*state, "***都：***有"), "**/都：/**有");
}

static void strong_beside_look_ups(void **state) {
    assert_string_equal(marked(*state, "**合计：**{{a}}"), "**合计：**{a}");
    assert_string_equal(marked(*state, "**{{a}}**，{{b}}**（三）**"), "**{a}**，{b}**（三）**");
    assert_string_equal(marked(*state, "**共 {{a}}%**的"), "**共 ****{a}****%**的");
}

static void strong_in_latin_follows_commonmark(void **state) {
    assert_string_equal(marked(*state, "a**\"b\"**c"),
                        "a**\"b\"**c"); /* stars stay: CommonMark 6.2, rule 5 */
    report *r = *state;
    assert_int_equal(r->document->blocks[0]->inlines.count, 1);
    assert_string_equal(marked(*state, "** a**"), "** a**");
    assert_int_equal(r->document->blocks[0]->inlines.items[0].flags, 0);
    assert_string_equal(marked(*state, "2*3*4 和 5 * 6"), "2/3/4 和 5 * 6");
    assert_string_equal(marked(*state, "\\*\\*重点：\\*\\*继续"), "**重点：**继续");
    assert_int_equal(r->document->blocks[0]->inlines.items[0].flags, 0);
}

static void code_keeps_stars_and_braces(void **state) {
    assert_string_equal(marked(*state, "中`**“六”**{{a}}`文 ``x`{{b}}`` {{c}}"),
                        "中`**“六”**{{a}}`文 `x`{{b}}` {c}");
    assert_string_equal(marked(*state, "只有一个 ` 和 {{a}}"), "只有一个 ` 和 {a}");
    assert_string_equal(marked(*state, "\\`{{a}}`"), "`{a}`");
}

static void escapes_and_entities(void **state) {
    assert_string_equal(marked(*state, "注：1.加\\*为约束性"), "注：1.加*为约束性");
    assert_string_equal(marked(*state, "a &lt; b &amp; c \\{\\{x}}"), "a < b & c {{x}}");
    assert_string_equal(marked(*state, "甲\\{{x}}"), "甲{{x}}");
}

static void soft_breaks(void **state) {
    assert_string_equal(marked(*state, "中文\n中文"), "中文中文");
    assert_string_equal(marked(*state, "中文，\nGDP"), "中文，GDP");
    assert_string_equal(marked(*state, "用 GDP\n衡量"), "用 GDP 衡量");
    assert_string_equal(marked(*state, "one\ntwo"), "one two");
    assert_string_equal(marked(*state, "完成\n{{a}}\n亿元"), "完成 {a} 亿元");
    assert_string_equal(marked(*state, "**粗**\n文"), "**粗**文");
    assert_string_equal(marked(*state, "`a`\nb"), "`a` b");
}

static void a_source_line_begins_an_inline(void **state) {
    report *r = *state;
    assert_true(report_load(r, "前面\n  后面 **粗**\n"));
    const jb_inlines *inlines = &r->document->blocks[0]->inlines;
    assert_int_equal(inlines->count, 3);
    assert_int_equal(inlines->items[1].pos.line, 2);
    assert_int_equal(inlines->items[1].pos.column, 3);
    assert_int_equal(inlines->items[2].pos.column, 8);
}

static void ideographic_indent_begins_a_paragraph(void **state) {
    report_reads(*state, "　　第一段\n　　第二段\n",
                 "{\"block\":1,\"kind\":\"paragraph\",\"at\":\"1:1\",\"text\":\"第一段\"}\n"
                 "{\"block\":2,\"kind\":\"paragraph\",\"at\":\"2:1\",\"text\":\"第二段\"}\n");
}

static void places_count_characters(void **state) {
    report_reads(*state, "重&lt;\\*点**粗**{{ 甲 }}尾 [链](http://x \"t\") `码`\\\n下",
                 "{\"block\":1,\"kind\":\"paragraph\",\"at\":\"1:1\",\"text\":\"重<*点粗{{甲}}尾 链 "
                 "码\\n下\",\"runs\":["
                 "{\"at\":\"1:1\",\"text\":\"重<*点\"},{\"at\":\"1:11\",\"text\":\"粗\",\"strong\":true},"
                 "{\"at\":\"1:17\",\"lookup\":\"甲\"},{\"at\":\"1:21\",\"text\":\"尾 \"},"
                 "{\"at\":\"1:24\",\"text\":\"链\",\"href\":\"http://x\"},{\"at\":\"1:40\",\"text\":\" \"},"
                 "{\"at\":\"1:42\",\"text\":\"码\",\"code\":true},{\"at\":\"1:44\",\"break\":true},"
                 "{\"at\":\"2:1\",\"text\":\"下\"}]}\n");
}

static void windows_line_ends_change_nothing(void **state) {
    report *r = *state;
    assert_true(report_load(r, "# 甲\n\n乙 {{a}}\n丙\n\n- 丁\n"));
    char *unix_ends = g_strdup(report_dump(r));
    report_reads(r, "# 甲\r\n\r\n乙 {{a}}\r\n丙\r\n\r\n- 丁\r\n", unix_ends);
    g_free(unix_ends);
}

static void private_characters_stay(void **state) {
    assert_string_equal(marked(*state, "甲\xF3\xB0\x80\x80乙\xF4\x80\x80\x81 `\xF3\xB0\x80\x81` {{a}}"),
                        "甲\xF3\xB0\x80\x80乙\xF4\x80\x80\x81 `\xF3\xB0\x80\x81` {a}");
}

static void lists_nest(void **state) {
    report_reads(
        *state, "- 甲\n  - 乙 {{a}}\n\n3. 丙\n",
        "{\"block\":1,\"kind\":\"list\",\"ordered\":false,\"first\":0,\"at\":\"1:1\"}\n"
        "{\"block\":2,\"kind\":\"item\",\"at\":\"1:1\",\"parent\":1}\n"
        "{\"block\":3,\"kind\":\"paragraph\",\"at\":\"1:3\",\"parent\":2,\"text\":\"甲\"}\n"
        "{\"block\":4,\"kind\":\"list\",\"ordered\":false,\"first\":0,\"at\":\"2:3\",\"parent\":2}\n"
        "{\"block\":5,\"kind\":\"item\",\"at\":\"2:3\",\"parent\":4}\n"
        "{\"block\":6,\"kind\":\"paragraph\",\"at\":\"2:5\",\"parent\":5,\"text\":\"乙 {{a}}\",\"runs\":["
        "{\"at\":\"2:5\",\"text\":\"乙 \"},{\"at\":\"2:9\",\"lookup\":\"a\"}]}\n"
        "{\"block\":7,\"kind\":\"list\",\"ordered\":true,\"first\":3,\"at\":\"4:1\"}\n"
        "{\"block\":8,\"kind\":\"item\",\"at\":\"4:1\",\"parent\":7}\n"
        "{\"block\":9,\"kind\":\"paragraph\",\"at\":\"4:4\",\"parent\":8,\"text\":\"丙\"}\n");
}

static void quotes_keep_places(void **state) {
    report_reads(*state, "> 要点\n> **二：**{{q}}\n",
                 "{\"block\":1,\"kind\":\"quote\",\"at\":\"1:1\"}\n"
                 "{\"block\":2,\"kind\":\"paragraph\",\"at\":\"1:3\",\"parent\":1,\"text\":\"要点二：{{q}}\","
                 "\"runs\":["
                 "{\"at\":\"1:3\",\"text\":\"要点\"},{\"at\":\"2:5\",\"text\":\"二：\",\"strong\":true},"
                 "{\"at\":\"2:11\",\"lookup\":\"q\"}]}\n");
}

static void code_blocks_and_rules(void **state) {
    report_reads(*state, "```c\nint a; // {{x}} **“a”**\n\tb\tc\n\td\te\n```\n\n***\n\n    {{y}}\n",
                 "{\"block\":1,\"kind\":\"code\",\"at\":\"1:1\",\"text\":\"int a; // {{x}} "
                 "**“a”**\\n\\tb\\tc\\n\\td\\te\\n\"}\n"
                 "{\"block\":2,\"kind\":\"rule\",\"at\":\"7:1\"}\n"
                 "{\"block\":3,\"kind\":\"code\",\"at\":\"9:5\",\"text\":\"{{y}}\\n\"}\n");
}

static void specifications_are_parsed(void **state) {
    report_reads(*state, "```chart\nmark: bar\ny: [a, 1]\n```\n\n```table\nid: 甲\n```\n\n~~~chart\n~~~\n",
                 "{\"block\":1,\"kind\":\"chart\",\"at\":\"1:1\",\"id\":\"chart-1\",\"spec\":{\"mark\":"
                 "\"bar\",\"y\":[\"a\",1]}}\n"
                 "{\"block\":2,\"kind\":\"table\",\"at\":\"6:1\",\"id\":\"甲\",\"spec\":{\"id\":\"甲\"}}\n"
                 "{\"block\":3,\"kind\":\"chart\",\"at\":\"10:1\",\"id\":\"chart-2\",\"spec\":{}}\n");
}

static void specification_errors_have_their_place(void **state) {
    report_fails(*state, "甲\n\n```chart\nmark: bar\ny: [\n```\n",
                 "6:1: malformed YAML: did not find expected node content (while parsing a flow node)\n");
    report_fails(*state, "1. 甲\n\n   ```chart\n   a: 1\n   a: 2\n   ```\n",
                 "5:4: the key “a” comes twice\n");
    report_fails(*state, "> ```chart\n> a: 1\n> a: 2\n> ```\n", "3:3: the key “a” comes twice\n");
    report_fails(*state, "```chart\n- a\n```\n", "2:1: a specification is a map of “key: value” lines\n");
    report_fails(*state, "```chart x\na: 1\n```\n", "1:1: nothing can stand behind “chart” here\n");
    report_fails(*state, "```chart\nid: [a]\n```\n", "2:5: a text is needed here, not a list\n");
}

static void ids_are_unique(void **state) {
    report_fails(*state, "```chart\nid: a\n```\n\n```table\nid: a\n```\n",
                 "6:5: the id “a” is taken by the block at line 1\n");
    report_fails(*state, "```chart\nid: chart-2\n```\n\n- ```chart\n  b: 1\n  ```\n",
                 "5:3: the id “chart-2” is taken by the block at line 1\n");
}

static void unclosed_blocks_are_errors(void **state) {
    report_fails(*state, "甲\n\n```chart\nmark: bar\n", "3:1: the block that begins here is not closed\n");
    report_fails(*state, "~~~\n```\n", "1:1: the block that begins here is not closed\n");
}

static void html_is_refused(void **state) {
    report_fails(*state, "甲 <b>乙</b>\n",
                 "1:3: HTML is not supported: “<b>”\n1:7: HTML is not supported: “</b>”\n");
    report_fails(*state, "甲\n\n<div class=\"x\">\n乙\n</div>\n", "3:1: HTML is not supported: “<div…”\n");
    report_fails(*state, "<!-- a --> 乙\n", "1:1: HTML is not supported: “<!--…”\n");
}

static void comments_and_line_breaks_are_known(void **state) {
    report_reads(*state, "<!-- 备注\n\n不印 -->\n\n甲<!-- x -->乙<br>丙 < 3\n",
                 "{\"block\":1,\"kind\":\"paragraph\",\"at\":\"5:1\",\"text\":\"甲乙\\n丙 < 3\",\"runs\":["
                 "{\"at\":\"5:1\",\"text\":\"甲乙\"},{\"at\":\"5:13\",\"break\":true},{\"at\":\"5:17\","
                 "\"text\":\"丙 < 3\"}]}\n");
}

static void images_and_footnotes_are_refused(void **state) {
    report_fails(*state, "甲\n\n乙 ![图](a.png)\n", "3:3: images are not supported yet\n");
    report_fails(*state, "甲[^1]\n\n[^1]: 注\n",
                 "1:2: footnotes are not supported yet\n3:1: footnotes are not supported yet\n");
}

static void definitions_of_no_address_stay_text(void **state) {
    assert_string_equal(marked(*state, "[注]: 本表为快报数"), "[注]: 本表为快报数");
    report_reads(
        *state, "见 [网]\n\n[网]: http://x.cn\n",
        "{\"block\":1,\"kind\":\"paragraph\",\"at\":\"1:1\",\"text\":\"见 网\",\"runs\":["
        "{\"at\":\"1:1\",\"text\":\"见 \"},{\"at\":\"1:4\",\"text\":\"网\",\"href\":\"http://x.cn\"}]}\n");
}

static void look_ups_may_hold_anything(void **state) {
    assert_string_equal(marked(*state, "{{ plan[\"a*b|c\"][\"<b>}}\"] | percent(1) }}。"),
                        "{plan[\"a*b|c\"][\"<b>}}\"] | percent(1)}。");
    assert_string_equal(marked(*state, "{{sql: SELECT 'it''s'\n FROM t}}。"),
                        "{sql: SELECT 'it''s'\n FROM t}。");
    assert_string_equal(marked(*state, "{{it's}}"), "{it's}");
}

static void look_ups_that_are_none(void **state) {
    report_fails(*state, "甲\n乙 {{ a\n\n}}\n", "2:3: this look-up is not closed with “}}”\n");
    report_fails(*state, "甲 {{ }}\n", "1:3: this look-up is empty\n");
    report_fails(*state, "[a]({{b}})\n", "1:1: a look-up cannot stand in a link's address\n");
}

static void gfm_tables(void **state) {
    report_reads(
        *state, "文\n| 名 | 值 |\n|:--|--:|\n| a\\|b {{t}} | **粗** |\n| 短 |\n注：说明\n",
        "{\"block\":1,\"kind\":\"paragraph\",\"at\":\"1:1\",\"text\":\"文\"}\n"
        "{\"block\":2,\"kind\":\"text-table\",\"at\":\"2:1\",\"caption\":\"\",\"header_rows\":1,\"rows\":["
        "[\"名\",\"值\"],[\"a|b {{t}}\",\"粗\"],[\"短\",\"\"]],\"notes\":[\"注：说明\"]}\n");
    report *r = *state;
    const jb_text_table *table = r->document->blocks[1]->table;
    assert_int_equal(table->align[0], 'l');
    assert_int_equal(table->align[1], 'r');
    assert_int_equal(table->cells[0].items[0].pos.line, 2);
    assert_int_equal(table->cells[1].items[0].pos.column, 7);
    assert_int_equal(table->cells[2].items[1].pos.line, 4);
    assert_int_equal(table->cells[2].items[1].pos.column, 10);
    assert_int_equal(table->cells[3].items[0].pos.column, 18);
}

static void captions_and_notes_of_gfm_tables(void **state) {
    report_reads(*state, "**表 3：甲**\n\n|a|b|\n|-|-|\n|1|2|\n\n注：一\n\n注：二\n\n三\n",
                 "{\"block\":1,\"kind\":\"text-table\",\"at\":\"3:1\",\"caption\":\"表 "
                 "3：甲\",\"header_rows\":1,\"rows\":["
                 "[\"a\",\"b\"],[\"1\",\"2\"]],\"notes\":[\"注：一\",\"注：二\"]}\n"
                 "{\"block\":2,\"kind\":\"paragraph\",\"at\":\"11:1\",\"text\":\"三\"}\n");
}

static void captions_need_their_number(void **state) {
    report *r = *state;
    assert_true(report_load(r, "**表现突出**\n\n|a|\n|-|\n"));
    assert_int_equal(r->document->count, 2);
    assert_true(report_load(r, "**表 1** 甲\n\n|a|\n|-|\n"));
    assert_int_equal(r->document->count, 2);
    assert_true(report_load(r, "**表 1：甲**\n\n乙\n\n|a|\n|-|\n"));
    assert_int_equal(r->document->count, 3);
}

static void depth_is_limited(void **state) {
    report *r = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < JB_LIMIT_BLOCK_DEPTH + 1; i++) g_string_append(text, "> ");
    g_string_append(text, "x");
    assert_false(report_load(r, text->str));
    assert_string_equal(report_messages(r), "1:65: blocks are nested deeper than 32 levels\n");
    g_string_free(text, TRUE);
}

static char *repeat(const char *before, const char *piece, int times) {
    GString *text = g_string_new(before);
    for (int i = 0; i < times; i++) g_string_append(text, piece);
    return g_string_free(text, FALSE);
}

/* Each of these took seconds or gigabytes in some Markdown reader. */
static void hostile_input_is_bounded(void **state) {
    static const struct {
        const char *before, *piece;
        int times;
    } cases[] = {
        {"", "*", 10000},          {"", "**a：**b", 10000},
        {"", "*a **a ", 10000},    {"", "[", 20000},
        {"", "`a``b", 10000},      {"", "{{\"}}", 10000},
        {"", "{{", 20000},         {"", "1.\ta\n", 10000},
        {"", "a\tb\n", 10000},     {"", "&lt;", 20000},
        {"", "<!--", 10000},       {"", "a_", 20000},
        {"", "中\n", 20000},       {"", ">", 10000},
        {"", "- ", 10000},         {"|a|b|\n|-|-|\n", "|", 20000},
        {"", "[a](", 10000},       {"a\n", "　b\n", 10000},
        {"", "```\n\t\t\n", 9999}, {"", "\\", 20000},
    };
    report *r = *state;
    gint64 start = g_get_monotonic_time();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *text = repeat(cases[i].before, cases[i].piece, cases[i].times);
        report_load(r, text);
        g_free(text);
    }
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
}

static void wide_tables_are_refused(void **state) {
    char *head = repeat("", "|a", JB_LIMIT_COLUMNS + 1), *rule = repeat("\n", "|-", JB_LIMIT_COLUMNS + 1);
    char *text = g_strconcat(head, rule, "\n|1|\n", NULL);
    report_fails(*state, text, "2:1: more than 2000 columns in a table\n");
    g_free(head), g_free(rule), g_free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REPORT_TEST(headings_and_paragraphs),
        REPORT_TEST(nothing_is_an_empty_document),
        REPORT_TEST(strong_beside_chinese_punctuation),
        REPORT_TEST(strong_beside_look_ups),
        REPORT_TEST(strong_in_latin_follows_commonmark),
        REPORT_TEST(code_keeps_stars_and_braces),
        REPORT_TEST(escapes_and_entities),
        REPORT_TEST(soft_breaks),
        REPORT_TEST(a_source_line_begins_an_inline),
        REPORT_TEST(ideographic_indent_begins_a_paragraph),
        REPORT_TEST(places_count_characters),
        REPORT_TEST(windows_line_ends_change_nothing),
        REPORT_TEST(private_characters_stay),
        REPORT_TEST(lists_nest),
        REPORT_TEST(quotes_keep_places),
        REPORT_TEST(code_blocks_and_rules),
        REPORT_TEST(specifications_are_parsed),
        REPORT_TEST(specification_errors_have_their_place),
        REPORT_TEST(ids_are_unique),
        REPORT_TEST(unclosed_blocks_are_errors),
        REPORT_TEST(html_is_refused),
        REPORT_TEST(comments_and_line_breaks_are_known),
        REPORT_TEST(images_and_footnotes_are_refused),
        REPORT_TEST(definitions_of_no_address_stay_text),
        REPORT_TEST(look_ups_may_hold_anything),
        REPORT_TEST(look_ups_that_are_none),
        REPORT_TEST(gfm_tables),
        REPORT_TEST(captions_and_notes_of_gfm_tables),
        REPORT_TEST(captions_need_their_number),
        REPORT_TEST(depth_is_limited),
        REPORT_TEST(hostile_input_is_bounded),
        REPORT_TEST(wide_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
