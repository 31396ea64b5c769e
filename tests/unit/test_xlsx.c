/* XLSX: workbooks of real programs, and sheets written by hand for what few programs write. */
#include "book.h"

#include "input/xlsx.h"

/* ---- workbooks of programs (tests/sheets/make_sheets) ---- */

#define PLAN_HEAD                                                                                                 \
    "2020 年主要指标完成情况,,,,\n,,,,单位：见指标名称\n序号,指标名称,2020 年,,完成情况\n"                            \
    "序号,指标名称,年初目标,实际完成,完成情况\n1,地区生产总值增速（%）,7.5 左右,3.9,完成预期\n"

static void check_plan(fixture *f, const char *name) {
    const char *text = read_file(f, name);
    assert_true(g_str_has_prefix(text, PLAN_HEAD));
    assert_non_null(strstr(text, "\n4,固定资产投资额（亿元）,350,427.7,超过目标\n"));
    assert_non_null(strstr(text, "\n,氨氮,1.3,1.3,\n\n注：") ?: strstr(text, "\n,氨氮,1.3,1.3,\n,,,,\n注："));
    assert_int_equal(f->grid->spans->len, 5);
    assert_int_equal(jb_grid_indent(f->grid, 25, 1), 2); /* 氨氮 */
    assert_int_equal(jb_grid_indent(f->grid, 23, 1), 0);
    assert_int_equal(jb_context_count(f->ctx, JB_ERROR), 0);
}

static void plan_of_openpyxl(void **state) {
    fixture *f = *state;
    check_plan(f, "openpyxl.xlsx");
    assert_string_equal(f->grid->file, "b.xlsx!2020");
    assert_string_equal(f->grid->form, "XLSX, sheet “2020” of 4");
}

static void plan_of_xlsxwriter(void **state) { check_plan(*state, "xlsxwriter.xlsx"); }

static void plan_of_libreoffice(void **state) { check_plan(*state, "libreoffice.xlsx"); }

/* What a user sees of numbers, percents and days, the same from each program. */
static void check_formats(fixture *f, const char *name) {
    static const char *const shown_as[] = {"427.7", "3.9%", "1,234.50", "(3.6)", "7.5左右", "4.3万元", "约50%", "¥67.2", "12", "0.25",
                                           "2021-01-15", "2021-01-15T08:30:00", "2021-01-15", "08:30:00", "1900-03-01"};
    static const char *const stored_as[] = {"427.7", "0.039", "1234.5", "-3.55", "7.5", "42770", "0.5", "67.24", "12", "0.25",
                                            "2021-01-15", "2021-01-15T08:30:00", "2021-01-15", "08:30:00", "1900-03-01"};
    f->options.sheet = "格式";
    read_file(f, name);
    for (unsigned i = 0; i < G_N_ELEMENTS(shown_as); i++) assert_string_equal(jb_grid_text(f->grid, i, 1), shown_as[i]);
    f->options.raw = true;
    read_file(f, name);
    for (unsigned i = 0; i < G_N_ELEMENTS(stored_as); i++) assert_string_equal(jb_grid_text(f->grid, i, 1), stored_as[i]);
}

static void formats_of_openpyxl(void **state) {
    fixture *f = *state;
    check_formats(f, "openpyxl.xlsx");
    assert_string_equal(told(f), "b.xlsx!格式:20:2: warning: " JB_SHEET_NOT_CALCULATED);
    assert_string_equal(jb_grid_text(f->grid, 16, 1), "TRUE");
    assert_string_equal(jb_grid_text(f->grid, 17, 1), "#N/A");
}

static void formats_of_xlsxwriter(void **state) { check_formats(*state, "xlsxwriter.xlsx"); }

static void formats_of_libreoffice(void **state) { check_formats(*state, "libreoffice.xlsx"); }

static void hidden_cells(void **state) {
    fixture *f = *state;
    f->options = (jb_data_options){.skip_hidden = true, .range = "2020!A5:E8"};
    assert_string_equal(read_file(f, "openpyxl.xlsx"),
                        "1,地区生产总值增速（%）,7.5 左右,3.9\n2,规模以上工业增加值增速（%）,5.5,4.5\n,,,\n4,固定资产投资额（亿元）,350,427.7\n");
    jb_pos pos = jb_grid_pos(f->grid, 2, 3);
    assert_true(pos.line == 8 && pos.column == 4);
    f->options = (jb_data_options){.sheet = "4"};
    assert_string_equal(read_file(f, "openpyxl.xlsx"), "看不见\n");
}

static void passwords(void **state) {
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "encrypted.xlsx", &length);
    assert_int_equal(read_bytes(f, bytes, length), JB_INPUT);
    assert_string_equal(told(f), "b.xls:0:0: error: the workbook is protected by a password; save it without one");
    g_free(bytes);
}

/* ---- cells ---- */

static void kinds_of_cells(void **state) {
    fixture *f = *state;
    read_book(f, NULL,
              CELLS("<row r='2'><c r='A2' t='s'><v>1</v></c><c r='C2' t='str'><f>A1&amp;\"x\"</f><v>文_x000D_\n字</v></c>"
                    "<c r='D2' t='inlineStr'><is><r><t>红</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 黑</t></r><rPh sb='0' eb='1'><t>hong</t></rPh></is></c></row>"
                    "<row r='4'><c r='A4' t='b'><v>1</v></c><c r='B4' t='b'><v>0</v></c><c r='C4' t='e'><v>#DIV/0!</v></c><c r='D4' t='d'><v>2021-01-15T00:00:00</v></c><c r='E4' t='n'><v>-0.50</v></c></row>"),
              TEXTS("<si><t>零</t></si><si><r><t>一</t></r><r><t xml:space='preserve'> 二</t></r><rPh sb='0' eb='1'><t>yi</t></rPh></si>"), NULL);
    assert_string_equal(shown(f), "一 二,,\"文\n字\",红 黑,\n,,,,\nTRUE,FALSE,#DIV/0!,2021-01-15,-0.5\n");
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
}

static void cells_without_references(void **state) {
    fixture *f = *state;
    assert_string_equal(read_sheet(f, CELLS("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='5'><c r='B5'><v>5</v></c><c><v>6</v></c></row><row><c><v>7</v></c></row>")),
                        "1,,3\n,,\n,,\n,,\n,5,6\n7,,\n");
}

static void cells_twice_keep_the_later(void **state) {
    assert_string_equal(read_sheet(*state, CELLS("<row r='1'><c r='A1'><v>1</v></c><c r='C1'><v>3</v></c><c r='A1'><v>2</v></c></row>")), "2,,3\n");
}

static void white_space_and_escapes(void **state) {
    fixture *f = *state;
    read_book(f, NULL,
              CELLS("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c t='s'><v>3</v></c><c t='s'><v> 4 </v></c></row>"),
              TEXTS("<si><t xml:space='preserve'>  内</t></si><si><t>  外 </t></si><si><t>_x005F_x0041_ _x4E2D_ _xD83D__xDE00_ _xD800_ _x00_ _x0000_</t></si><si/><si><t/></si>"), NULL);
    assert_string_equal(shown(f), "内,外,_x0041_ 中 😀 \uFFFD _x00_\n");
    assert_int_equal(jb_grid_indent(f->grid, 0, 0), 2);
    assert_int_equal(jb_grid_indent(f->grid, 0, 1), 0);
}

static void formulas_without_values(void **state) {
    fixture *f = *state;
    assert_string_equal(read_sheet(f, CELLS("<row r='3'><c r='A3'><v>1</v></c><c r='B3'><f>A3</f></c><c r='C3' t='str'><f>\"\"</f><v></v></c><c r='D3'><f>A3</f><v>1</v></c></row>")), "1,,,1\n");
    assert_string_equal(told(f), "b.xlsx!表:3:2: warning: " JB_SHEET_NOT_CALCULATED);
    assert_int_equal(jb_context_diagnostics(f->ctx), 1);
}

static void styles(void **state) {
    fixture *f = *state;
    static const char styles_xml[] = STYLES("<numFmt numFmtId='164' formatCode='0.0\"左右\"'/><numFmt numFmtId='165' formatCode='@\"市\"'/>",
                                            "<xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='164'/><xf numFmtId='14'/><xf numFmtId='165'/><xf numFmtId='0'><alignment indent='2'/></xf><xf numFmtId='999'/>");
    static const char sheet[] = CELLS("<row><c s='1'><v>0.039</v></c><c s='2'><v>7.5</v></c><c s='3'><v>44211</v></c><c s='4' t='str'><v>北京</v></c><c s='5' t='str'><v>内</v></c><c s='6'><v>5</v></c></row>");
    read_book(f, NULL, sheet, NULL, styles_xml);
    assert_string_equal(shown(f), "3.90%,7.5左右,2021-01-15,北京市,内,5\n");
    assert_int_equal(jb_grid_indent(f->grid, 0, 4), 4);
    read_book(f, BOOK("<workbookPr date1904='1'/>"), sheet, NULL, styles_xml);
    assert_string_equal(jb_grid_text(f->grid, 0, 2), "2025-01-16");
    f->options.raw = true;
    read_book(f, NULL, sheet, NULL, styles_xml);
    assert_string_equal(shown(f), "0.039,7.5,2021-01-15,北京,内,5\n");
}

/* ---- sheets and parts ---- */

#define STRICT "http://purl.oclc.org/ooxml/"

/* Strict namespaces, prefixes, odd names and places of parts, foreign elements. */
static void parts_of_any_name(void **state) {
    static const part parts[] = {
        {"[content_types].XML", TYPES},
        {"_rels/.rels", RELATIONS("<Relationship Id='x' Type='" STRICT "officeDocument/relationships/officeDocument' Target='/a/b/main.bin'/>"
                                  "<Relationship Id='y' Type='" STRICT "officeDocument/relationships/worksheet' TargetMode='External' Target='file:///etc/passwd'/>")},
        {"a/b/main.bin", "<x:workbook xmlns:x='" STRICT "spreadsheetml/main' xmlns:q='" STRICT "officeDocument/relationships'><x:sheets>"
                         "<x:sheet name='图' sheetId='9' q:id='c'/><x:sheet name='藏' sheetId='7' state='veryHidden' q:id='h'/><x:sheet name='空' sheetId='2' q:id='e'/><x:sheet name='表' sheetId='1' q:id='s'/></x:sheets></x:workbook>"},
        {"a/b/_rels/main.bin.rels", RELATIONS("<Relationship Id='s' Type='" STRICT "officeDocument/relationships/worksheet' Target='../../cells.xml'/>"
                                              "<Relationship Id='h' Type='" STRICT "officeDocument/relationships/worksheet' Target='../../cells.xml'/>"
                                              "<Relationship Id='c' Type='" STRICT "officeDocument/relationships/chartsheet' Target='c.xml'/>"
                                              "<Relationship Id='e' Type='" STRICT "officeDocument/relationships/worksheet' Target='./e.xml'/>"
                                              "<Relationship Id='t' Type='" STRICT "officeDocument/relationships/sharedStrings' Target='/T.xml'/>")},
        {"a/b/e.xml", SHEET("<sheetData><row r='1'><c r='A1' s='0'/></row></sheetData>")},
        {"t.xml", "<y:sst xmlns:y='" STRICT "spreadsheetml/main'><y:si><y:t>甲</y:t></y:si></y:sst>"},
        {"cells.xml", "<x:worksheet xmlns:x='" STRICT "spreadsheetml/main' xmlns:z='urn:z'><x:sheetData><x:row r='1'><z:c><x:v>9</x:v></z:c><x:c r='A1' t='s' z:t='b'><x:v>0</x:v></x:c></x:row></x:sheetData>"
                      "<x:extLst><z:row r='1'/></x:extLst></x:worksheet>"},
        {NULL, NULL}};
    fixture *f = *state;
    assert_int_equal(read_parts(f, parts), JB_OK);
    assert_string_equal(shown(f), "甲\n");
    assert_string_equal(f->grid->form, "XLSX, sheet “表” of 4");
    f->options.sheet = "图";
    assert_int_equal(read_parts(f, parts), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: “图” is a chart, macro or dialog, not a sheet of cells");
    f->options.sheet = "2";
    assert_int_equal(read_parts(f, parts), JB_OK);
    f->options.sheet = "空";
    assert_int_equal(read_parts(f, parts), JB_OK);
    assert_int_equal(f->grid->rows, 0);
    f->options.sheet = "5";
    assert_int_equal(read_parts(f, parts), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the workbook has no sheet “5”; there are: 图, 藏, 空, 表");
}

static void empty_workbooks(void **state) {
    fixture *f = *state;
    assert_int_equal(read_book(f, NULL, CELLS(""), NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: no sheet of the workbook has cells with contents");
    f->options.range = "B2:C3";
    assert_int_equal(read_book(f, NULL, CELLS("<row r='1'><c r='A1'><v>1</v></c></row>"), NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: no sheet of the workbook has cells with contents in that range");
}

static void missing_parts(void **state) {
    static const part no_book[] = {{"[Content_Types].xml", TYPES}, {NULL, NULL}};
    static const part no_sheet[] = {{"[Content_Types].xml", TYPES}, {"_rels/.rels", ROOT_RELATIONS}, {"xl/workbook.xml", BOOK("")},
                                    {"xl/_rels/workbook.xml.rels", BOOK_RELATIONS}, {NULL, NULL}};
    fixture *f = *state;
    assert_int_equal(read_parts(f, no_book), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the package names no workbook");
    assert_int_equal(read_parts(f, no_sheet), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the archive has no “xl/worksheets/sheet1.xml”");
}

/* ---- ranges, hidden and merged cells ---- */

#define SQUARE                                                                                                    \
    "<sheetData><row r='1'><c r='A1'><v>11</v></c><c r='B1'><v>12</v></c><c r='C1'><v>13</v></c></row>"           \
    "<row r='2' hidden='1'><c r='A2'><v>21</v></c><c r='B2'><v>22</v></c><c r='C2'><v>23</v></c></row>"            \
    "<row r='3' ht='0' customHeight='1'><c r='A3'><v>31</v></c><c r='B3'><v>32</v></c></row>"                      \
    "<row r='4'><c r='A4'><v>41</v></c><c r='B4'><v>42</v></c><c r='C4'><v>43</v></c></row></sheetData>"

static void ranges(void **state) {
    static const struct { const char *range, *text; } cases[] = {
        {"B1:C2", "12,13\n22,23\n"}, {"B:B", "12\n22\n32\n42\n"}, {"3:4", "31,32,\n41,42,43\n"}, {"C4", "43\n"}, {"表!A1:A1", "11\n"}, {"'表'!C4:B3", "32,\n42,43\n"}, {"$B$4:$XFD$99", "42,43\n"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        f->options.range = cases[i].range;
        assert_string_equal(read_sheet(f, SHEET(SQUARE)), cases[i].text);
    }
    jb_pos pos = jb_grid_pos(f->grid, 0, 1);
    assert_string_equal(pos.file, "b.xlsx!表");
    assert_true(pos.line == 4 && pos.column == 3);
}

static void hidden_rows_and_columns(void **state) {
    fixture *f = *state;
    f->options.skip_hidden = true;
    assert_string_equal(read_sheet(f, SHEET("<cols><col min='2' max='2' hidden='1'/><col min='4' max='16384' width='0'/></cols>" SQUARE)), "11,13\n,\n,\n41,43\n");
    assert_int_equal(f->grid->rows, 2);
    assert_string_equal(read_sheet(f, SHEET("<sheetFormatPr zeroHeight='1'/><sheetData><row r='1'><c><v>1</v></c></row><row r='2' ht='15'><c><v>2</v></c></row></sheetData>")), "2\n");
    f->options.skip_hidden = false;
    assert_string_equal(read_sheet(f, SHEET("<cols><col min='2' max='2' hidden='1'/></cols>" SQUARE)), "11,12,13\n21,22,23\n31,32,\n41,42,43\n");
}

static void merged_cells(void **state) {
    fixture *f = *state;
    static const char sheet[] = SHEET("<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row><row r='2'><c r='C2'><v>3</v></c></row></sheetData>"
                                      "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:C1'/><mergeCell ref='H9:J12'/><mergeCell ref='x'/><mergeCell/></mergeCells>");
    assert_string_equal(read_sheet(f, sheet), "1,2,\n1,,3\n");
    assert_int_equal(f->grid->spans->len, 2);
    assert_string_equal(told(f), "b.xlsx!表:0:0: warning: merged cells “” are no range of cells");
    f->options.range = "A2:C2";
    assert_string_equal(read_sheet(f, sheet), ",,3\n");
    assert_int_equal(f->grid->spans->len, 0);
}

/* The header over a group of columns stays when the first of them is hidden. */
static void merged_and_hidden(void **state) {
    fixture *f = *state;
    f->options.skip_hidden = true;
    assert_string_equal(read_sheet(f, SHEET("<cols><col min='2' max='2' hidden='1'/></cols><sheetData><row r='1'><c r='A1' t='str'><v>名</v></c><c r='B1' t='str'><v>组</v></c></row>"
                                            "<row r='2'><c r='B2' t='str'><v>甲</v></c><c r='C2' t='str'><v>乙</v></c><c r='D2' t='str'><v>丙</v></c></row></sheetData>"
                                            "<mergeCells><mergeCell ref='B1:D1'/><mergeCell ref='A1:A2'/></mergeCells>")), "名,组,\n名,乙,丙\n");
    assert_int_equal(f->grid->spans->len, 2);
    assert_int_equal(g_array_index(f->grid->spans, jb_grid_span, 1).column, 1); /* of the columns that are left */
    assert_int_equal(g_array_index(f->grid->spans, jb_grid_span, 1).columns, 2);
}

/* A format that comes again, after a style has taken it: the first one stays. */
static void formats_that_come_twice(void **state) {
    fixture *f = *state;
    static const char styles_xml[] = "<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='164' formatCode='0.0'/></numFmts>"
                                     "<cellXfs><xf numFmtId='164'/></cellXfs><numFmts><numFmt numFmtId='164' formatCode='0.000'/></numFmts></styleSheet>";
    read_book(f, NULL, CELLS("<row r='1'><c r='A1' s='0'><v>1.25</v></c></row>"), NULL, styles_xml);
    assert_string_equal(jb_grid_text(f->grid, 0, 0), "1.3");
}

/* expat lets an element be named by a prefix alone. */
static void names_of_a_prefix(void **state) {
    fixture *f = *state;
    assert_string_equal(read_sheet(f, "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:><x:c><x:v>9</x:v></x:c></x:>"
                                      "<x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"), "1\n");
}

/* A million merges, each over the whole sheet: refused, and soon. */
static void merges_upon_merges(void **state) {
    fixture *f = *state;
    GString *sheet = g_string_new("<worksheet xmlns='" MAIN "'><sheetData><row r='1'><c r='A1'><v>1</v></c></row>");
    for (unsigned i = 2; i <= 1000; i++) g_string_append_printf(sheet, "<row r='%u'><c r='A%u'><v>%u</v></c></row>", i, i, i);
    g_string_append(sheet, "</sheetData><mergeCells>");
    for (unsigned i = 0; i < 200000; i++) g_string_append(sheet, "<mergeCell ref='A1:A1048576'/>");
    g_string_append(sheet, "</mergeCells></worksheet>");
    assert_int_equal(read_book(f, NULL, sheet->str, NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx!表:0:0: error: merged cells cover more than the limit of 50000000 cells");
    g_string_free(sheet, TRUE);
}

/* ---- what is refused ---- */

static void bad_sheets(void **state) {
    static const struct { const char *sheet, *message; } cases[] = {
        {CELLS("<row r='2'><c r='A2' t='s'><v>7</v></c></row>"), "b.xlsx!表:2:1: error: the cell refers to text “7” of 0 that the workbook has"},
        {CELLS("<row r='2'><c r='A2' t='s'><v>-1</v></c></row>"), "b.xlsx!表:2:1: error: the cell refers to text “-1” of 0 that the workbook has"},
        {CELLS("<row r='2'><c r='B2' s='9'><v>7</v></c></row>"), "b.xlsx!表:2:2: error: the cell has style 9 of 0 that the workbook has"},
        {CELLS("<row r='2'><c r='B2'><v>NaN</v></c></row>"), "b.xlsx!表:2:2: error: the cell's “NaN” is no number"},
        {CELLS("<row r='2'><c r='B2'><v>-INF</v></c></row>"), "b.xlsx!表:2:2: error: the cell's “-INF” is no number"},
        {CELLS("<row r='2'><c r='B2'><v>1e999</v></c></row>"), "b.xlsx!表:2:2: error: the cell's “1e999” is no number"},
        {CELLS("<row r='2'><c r='B2' t='q'><v>1</v></c></row>"), "b.xlsx!表:2:2: error: the cell is of a type that is not known"},
        {CELLS("<row r='2'><c r='B3'><v>1</v></c></row>"), "b.xlsx!表:2:2: error: cell B3 stands in row 2"},
        {CELLS("<row r='0'><c><v>1</v></c></row>"), "b.xlsx!表:0:0: error: “0” is no row of a sheet; the last is 1048576"},
        {CELLS("<row r='99999999999'><c><v>1</v></c></row>"), "b.xlsx!表:0:0: error: “99999999999” is no row of a sheet; the last is 1048576"},
        {CELLS("<row r='1048576'/><row><c><v>1</v></c></row>"), "b.xlsx!表:0:0: error: the sheet has more than the limit of 1048576 rows"},
        {CELLS("<row r='1'><c r='XFE1'><v>1</v></c></row>"), "b.xlsx!表:1:1: error: “XFE1” is no cell of a sheet; the last is XFD1048576"},
        {CELLS("<row r='1'><c r='XFD1'><v>1</v></c></row>"), "b.xlsx!表:1:16384: error: the row has more than the limit of 2000 cells"},
        {CELLS("<row r='2'><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>"), "b.xlsx!表:1:1: error: the sheet's rows are out of order"},
        {CELLS("<row r='2'><c r='A2'>"), "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: mismatched tag"},
        {"<worksheet xmlns='" MAIN "'><sheetData>\n<row r='2'>", "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 2: no element found"},
        {"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]><worksheet xmlns='" MAIN "'>&d;</worksheet>",
         "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: a document type is not allowed in a spreadsheet"},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><worksheet/>", "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: a document type is not allowed in a spreadsheet"},
        {"<worksheet>&b;</worksheet>", "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: undefined entity"},
        {"<?xml version='1.0' encoding='x-none'?><worksheet/>", "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: unknown encoding"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(read_book(f, NULL, cases[i].sheet, NULL, NULL), JB_INPUT);
        assert_null(f->grid);
        assert_string_equal(told(f), cases[i].message);
    }
}

static void deep_elements(void **state) {
    fixture *f = *state;
    GString *sheet = g_string_new(NULL);
    for (unsigned i = 0; i < 300; i++) g_string_append(sheet, "<a>");
    assert_int_equal(read_book(f, NULL, sheet->str, NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: elements are nested deeper than the limit of 256");
    g_string_free(sheet, TRUE);
}

static void long_tags(void **state) {
    fixture *f = *state;
    GString *sheet = g_string_new("<worksheet a='");
    for (unsigned i = 0; i < 300000; i++) g_string_append(sheet, "0123456789");
    assert_int_equal(read_book(f, NULL, sheet->str, NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: xl/worksheets/sheet1.xml, line 1: a tag or comment is longer than the limit of 1048576 bytes");
    g_string_free(sheet, TRUE);
}

static void long_texts(void **state) {
    fixture *f = *state;
    char *text = g_strnfill(70000, 'x');
    char *sheet = g_strdup_printf(CELLS("<row r='3'><c r='B3' t='str'><v>%s</v></c></row>"), text);
    assert_int_equal(read_book(f, NULL, sheet, NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx!表:3:2: error: the cell is longer than the limit of 65536 bytes");
    char *texts = g_strdup_printf(TEXTS("<si><t>%s</t></si>"), text);
    assert_int_equal(read_book(f, NULL, CELLS("<row><c t='s'><v>0</v></c></row>"), texts, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx!表:1:1: error: the cell is longer than the limit of 65536 bytes");
    assert_int_equal(read_book(f, NULL, CELLS("<row><c><v>1</v></c></row>"), texts, NULL), JB_OK); /* no cell shows it */
    g_free(texts);
    g_free(sheet);
    g_free(text);
}

/* Bytes of the archive that do not unpack to what it says. */
static void damaged_entries(void **state) {
    static const part parts[] = {{"[Content_Types].xml", TYPES}, {"_rels/.rels", ROOT_RELATIONS}, {"xl/workbook.xml", BOOK("")},
                                 {"xl/_rels/workbook.xml.rels", BOOK_RELATIONS}, {"xl/worksheets/sheet1.xml", CELLS("<row><c><v>12345</v></c></row>")}, {NULL, NULL}};
    fixture *f = *state;
    size_t length;
    char *bytes = pack_as(parts, ZIP_CM_STORE, &length);
    char *digits = NULL;
    for (size_t i = 0; i + 5 < length && !digits; i++)
        if (!memcmp(bytes + i, "12345", 5)) digits = bytes + i;
    assert_non_null(digits);
    *digits = '9';
    assert_int_equal(read_bytes(f, bytes, length), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: “xl/worksheets/sheet1.xml” in the archive is damaged: CRC error");
    g_free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(plan_of_openpyxl), TEST(plan_of_xlsxwriter), TEST(plan_of_libreoffice), TEST(formats_of_openpyxl), TEST(formats_of_xlsxwriter),
        TEST(formats_of_libreoffice), TEST(hidden_cells), TEST(passwords), TEST(kinds_of_cells), TEST(cells_without_references),
        TEST(cells_twice_keep_the_later), TEST(white_space_and_escapes), TEST(formulas_without_values), TEST(styles), TEST(parts_of_any_name),
        TEST(empty_workbooks), TEST(missing_parts), TEST(ranges), TEST(hidden_rows_and_columns), TEST(merged_cells), TEST(merged_and_hidden), TEST(merges_upon_merges),
        TEST(bad_sheets), TEST(names_of_a_prefix), TEST(formats_that_come_twice), TEST(deep_elements), TEST(long_tags), TEST(long_texts), TEST(damaged_entries)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
