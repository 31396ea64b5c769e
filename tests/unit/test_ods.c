/* OpenDocument spreadsheets: of LibreOffice and odfpy, and content written by hand. */
#include "book.h"

#include "input/ods.h"

#define ODS "application/vnd.oasis.opendocument.spreadsheet"
#define NS "urn:oasis:names:tc:opendocument:xmlns:"
#define CONTENT(styles, tables)                                                                                   \
    "<office:document-content xmlns:office='" NS "office:1.0' xmlns:t='" NS "table:1.0' xmlns:x='" NS "text:1.0' xmlns:style='" NS "style:1.0'>"     \
    "<office:automatic-styles>" styles "</office:automatic-styles><office:body><office:spreadsheet>" tables            \
    "</office:spreadsheet></office:body></office:document-content>"
#define TABLE(rows) CONTENT("", "<t:table t:name='表'>" rows "</t:table>")
#define TEXT(text) "<t:table-cell office:value-type='string'><x:p>" text "</x:p></t:table-cell>"
#define NUMBER(number, text) "<t:table-cell office:value-type='float' office:value='" number "'><x:p>" text "</x:p></t:table-cell>"
#define ROW(cells) "<t:table-row>" cells "</t:table-row>"

static jb_status read_ods(fixture *f, const char *content) {
    const part parts[] = {{"mimetype", ODS}, {"content.xml", content}, {NULL, NULL}};
    return read_parts(f, parts);
}

static const char *read_table(fixture *f, const char *content) {
    if (read_ods(f, content) != JB_OK) print_messages(f->ctx);
    return shown(f);
}

static void plan_of_libreoffice(void **state) {
    fixture *f = *state;
    const char *text = read_file(f, "libreoffice.ods");
    assert_true(g_str_has_prefix(text, "2020 年主要指标完成情况,,,,\n,,,,单位：见指标名称\n序号,指标名称,2020 年,,完成情况\n序号,指标名称,年初目标,实际完成,完成情况\n1,地区"));
    assert_non_null(strstr(text, "\n4,固定资产投资额（亿元）,350,427.7,超过目标\n"));
    assert_int_equal(f->grid->spans->len, 5);
    assert_int_equal(jb_grid_indent(f->grid, 25, 1), 2); /* 氨氮 */
    assert_int_equal(jb_grid_indent(f->grid, 5, 1), 0);
    assert_string_equal(f->grid->form, "ODS, sheet “2020 年” of 2");
}

static void formats_of_libreoffice(void **state) {
    static const char *const shown_as[] = {"427.7", "3.9%", "1,234.50", "(3.6)", "7.5左右", "4.3万元", "约50%", "¥67.2", "1.20E+01", "1/4",
                                           "2021-01-15", "2021-01-15T08:30:00", "2021-01-15", "08:30:00", "1900-03-01"};
    static const char *const stored_as[] = {"427.7", "0.039", "1234.5", "-3.55", "7.5", "42770", "0.5", "67.24", "12", "0.25"};
    fixture *f = *state;
    f->options.sheet = "格式";
    read_file(f, "libreoffice.ods");
    for (unsigned i = 0; i < G_N_ELEMENTS(shown_as); i++) assert_string_equal(jb_grid_text(f->grid, i, 1), shown_as[i]);
    f->options.raw = true;
    read_file(f, "libreoffice.ods");
    for (unsigned i = 0; i < G_N_ELEMENTS(stored_as); i++) assert_string_equal(jb_grid_text(f->grid, i, 1), stored_as[i]);
}

/* A hidden table in front, merged cells, blanks, several paragraphs, repeated cells and rows, a million empty rows at the end. */
static void table_of_odfpy(void **state) {
    fixture *f = *state;
    assert_string_equal(read_file(f, "odfpy.ods"), "名称,2020 年,,备注\n名称,目标,实际,备注\n增速,3.9%,427.7,\"两行\n文字\"\n藏,,,\na   b\tc,1,1,1\na   b\tc,1,1,1\n2021-01-15,08:30:00,TRUE,\n");
    assert_string_equal(told(f), "b.xlsx!表:7:4: warning: " JB_SHEET_NOT_CALCULATED);
    assert_string_equal(f->grid->form, "ODS, sheet “表” of 2");
    assert_int_equal(f->grid->spans->len, 3);
    f->options = (jb_data_options){.skip_hidden = true, .raw = true};
    assert_string_equal(read_file(f, "odfpy.ods"), "名称,2020 年,备注\n名称,目标,备注\n增速,0.039,\"两行\n文字\"\n,,\na   b\tc,1,1\na   b\tc,1,1\n2021-01-15,08:30:00,\n");
    f->options = (jb_data_options){.sheet = "1"};
    assert_string_equal(read_file(f, "odfpy.ods"), "看不见\n");
}

static void texts(void **state) {
    assert_string_equal(read_table(*state, TABLE(ROW("<t:table-cell office:value-type='string'><office:annotation><x:p>批注</x:p></office:annotation><x:p>  一\n  <x:span>二<x:s/><x:s x:c='2'/></x:span> 三<x:line-break/><x:a>四</x:a></x:p><x:p/><x:p>五</x:p></t:table-cell>"
                                                     "<t:covered-table-cell office:value-type='string'><x:p>盖住</x:p></t:covered-table-cell>" TEXT("<x:note><x:p>注</x:p></x:note>六")))),
                        "\"一 二    三\n四\n\n五\",,六\n");
}

static void values_without_texts(void **state) {
    fixture *f = *state;
    static const char rows[] = TABLE(ROW("<t:table-cell office:value-type='float' office:value='427.69999999999999'/><t:table-cell office:value-type='boolean' office:boolean-value='false'/>"
                                         "<t:table-cell office:value-type='date' office:date-value='2021-01-15T08:30:00.000'/><t:table-cell office:value-type='time' office:time-value='PT36H0M0S'/>"
                                         "<t:table-cell office:value-type='string' office:string-value='文'/><t:table-cell office:value-type='float' office:value='NaN'/><t:table-cell office:value-type='time' office:time-value='x'/>"));
    assert_string_equal(read_table(f, rows), "427.7,FALSE,2021-01-15T08:30:00,1.5,文\n");
}

static void ranges_and_positions(void **state) {
    fixture *f = *state;
    static const char rows[] = TABLE("<t:table-row t:number-rows-repeated='3'><t:table-cell/></t:table-row>" ROW("<t:table-cell t:number-columns-repeated='2'/>" TEXT("C4") NUMBER("4", "4"))
                                     "<t:table-row-group><t:table-row t:number-rows-repeated='2'>" TEXT("A5") "</t:table-row></t:table-row-group>");
    assert_string_equal(read_table(f, rows), ",,C4,4\nA5,,,\nA5,,,\n");
    jb_pos pos = jb_grid_pos(f->grid, 0, 2);
    assert_true(pos.line == 4 && pos.column == 3);
    f->options.range = "A4:C5";
    assert_string_equal(read_table(f, rows), ",,C4\nA5,,\n");
    f->options.range = "表!C:D";
    assert_string_equal(read_table(f, rows), "C4,4\n");
}

static void chosen_tables(void **state) {
    fixture *f = *state;
    static const char content[] = CONTENT("", "<t:table t:name='2021'/><t:table t:name='乙'>" ROW(TEXT("b") "<t:table-cell><t:table t:is-sub-table='true'>" ROW(TEXT("no")) "</t:table></t:table-cell>") "</t:table>"
                                              "<t:table t:name='Third'>" ROW(TEXT("c")) "</t:table>");
    assert_string_equal(read_table(f, content), "b\n");
    f->options.sheet = "third";
    assert_string_equal(read_table(f, content), "c\n");
    f->options.sheet = "2";
    assert_string_equal(read_table(f, content), "b\n");
    f->options.sheet = "Thirt";
    assert_int_equal(read_ods(f, content), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the workbook has no sheet “Thirt”; did you mean “Third”?");
    f->options.sheet = NULL;
    assert_int_equal(read_ods(f, TABLE("")), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: no sheet of the workbook has cells with contents");
}

static void indents(void **state) {
    fixture *f = *state;
    read_table(f, "<office:document-content xmlns:office='" NS "office:1.0' xmlns:t='" NS "table:1.0' xmlns:x='" NS "text:1.0' xmlns:s='" NS "style:1.0' xmlns:fo='" NS "xsl-fo-compatible:1.0'>"
                  "<office:automatic-styles><s:style s:name='a' s:family='table-cell'><s:paragraph-properties fo:margin-left='0.353cm'/></s:style>"
                  "<s:style s:name='b' s:family='table-cell'><s:paragraph-properties fo:margin-left='20pt'/></s:style><s:style s:name='c' s:family='table-cell'><s:paragraph-properties fo:margin-left='0in'/></s:style></office:automatic-styles>"
                  "<office:body><office:spreadsheet><t:table t:name='表'><t:table-column/><t:table-column t:default-cell-style-name='b'/>"
                  "<t:table-row><t:table-cell t:style-name='a'><x:p>一</x:p></t:table-cell><t:table-cell><x:p>二</x:p></t:table-cell></t:table-row>"
                  "<t:table-row t:default-cell-style-name='a'><t:table-cell t:style-name='c'><x:p>三</x:p></t:table-cell><t:table-cell><x:p>四</x:p></t:table-cell></t:table-row></t:table></office:spreadsheet></office:body></office:document-content>");
    assert_string_equal(shown(f), "一,二\n三,四\n");
    assert_int_equal(jb_grid_indent(f->grid, 0, 0), 2);
    assert_int_equal(jb_grid_indent(f->grid, 0, 1), 4);
    assert_int_equal(jb_grid_indent(f->grid, 1, 0), 0);
    assert_int_equal(jb_grid_indent(f->grid, 1, 1), 2);
}

static void repetitions_are_bounded(void **state) {
    fixture *f = *state;
    assert_int_equal(read_ods(f, TABLE(ROW("<t:table-cell office:value-type='string' t:number-columns-repeated='99999999999999'><x:p>a</x:p></t:table-cell>"))), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx!表:1:2001: error: the row has more than the limit of 2000 cells");
    assert_int_equal(read_ods(f, TABLE("<t:table-row t:number-rows-repeated='99999999999999'>" TEXT("a") "</t:table-row>")), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx!表:1:2: error: the sheet has more than the limit of 1048576 rows");
    assert_int_equal(read_ods(f, TABLE("<t:table-row t:number-rows-repeated='1000000'><t:table-cell office:value-type='string' t:number-columns-repeated='2000'><x:p>a</x:p></t:table-cell></t:table-row>")), JB_INPUT);
    assert_non_null(strstr(told(f), "error: the table has more than the limit of 50000000 cells"));
    assert_string_equal(read_table(f, TABLE(ROW(TEXT("a")) "<t:table-row t:number-rows-repeated='4294967295'><t:table-cell t:number-columns-repeated='4294967295'/></t:table-row>" ROW("<t:table-cell/>"))), "a\n");
}

static void encrypted_and_broken(void **state) {
    static const part encrypted[] = {{"mimetype", ODS}, {"META-INF/manifest.xml", "<m:manifest xmlns:m='" NS "manifest:1.0'><m:file-entry m:full-path='content.xml'><m:encryption-data/></m:file-entry></m:manifest>"},
                                     {"content.xml", "noise"}, {NULL, NULL}};
    fixture *f = *state;
    assert_int_equal(read_parts(f, encrypted), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the workbook is protected by a password; save it without one");
    assert_int_equal(read_ods(f, "<!DOCTYPE a><a/>"), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: content.xml, line 1: a document type is not allowed in a spreadsheet");
    assert_int_equal(read_ods(f, "<a>"), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: content.xml, line 1: no element found");
    char *text = g_strnfill(70000, 'x'), *content = g_strdup_printf(TABLE(ROW(TEXT("%s"))), text);
    assert_int_equal(read_ods(f, content), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx!表:1:1: error: the cell is longer than the limit of 65536 bytes");
    g_free(content);
    g_free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(plan_of_libreoffice), TEST(formats_of_libreoffice), TEST(table_of_odfpy), TEST(texts), TEST(values_without_texts),
                                       TEST(ranges_and_positions), TEST(chosen_tables), TEST(indents), TEST(repetitions_are_bounded), TEST(encrypted_and_broken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
