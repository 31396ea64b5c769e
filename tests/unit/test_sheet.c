/* What spreadsheets share: references, ranges, numbers as decimals, number formats, days; archives that are no spreadsheets. */
#include "book.h"

#include "input/numfmt.h"
#include "input/sheet.h"

/* ---- references ---- */

static void cells(void **state) {
    unsigned row, column;
    (void)state;
    assert_true(jb_cell_read("A1", 2, &row, &column));
    assert_true(row == 0 && column == 0);
    assert_true(jb_cell_read("$AB$27", 6, &row, &column));
    assert_true(row == 26 && column == 27);
    assert_true(jb_cell_read("XFD1048576", 10, &row, &column));
    assert_true(row == 1048575 && column == 16383);
    static const char *const wrong[] = {"", "A", "1", "A0", "XFE1", "A1048577", "A1B", "1A", "ZZZZZZZZZZZZ1", "A99999999999999999999", "A-1", "A 1"};
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(jb_cell_read(wrong[i], strlen(wrong[i]), &row, &column));
}

static void areas(void **state) {
    jb_area a;
    (void)state;
    assert_true(jb_area_read("F30:A3", &a));
    assert_true(a.top == 2 && a.left == 0 && a.bottom == 29 && a.right == 5);
    assert_true(jb_area_read("B:c", &a));
    assert_true(a.top == 0 && a.left == 1 && a.bottom == 1048575 && a.right == 2);
    assert_true(jb_area_read("3:30", &a));
    assert_true(a.top == 2 && a.left == 0 && a.bottom == 29 && a.right == 16383);
    assert_true(jb_area_read("B2", &a));
    assert_true(a.top == 1 && a.bottom == 1 && a.left == 1 && a.right == 1);
    static const char *const wrong[] = {"", ":", "A:3", "A1:B", "A1:B2:C3", "A", "3", "A1:", "0:5", "A1 :B2"};
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) assert_false(jb_area_read(wrong[i], &a));
}

static void chosen_sheets(void **state) {
    static const char *const names[] = {"2021", "说明", "My Sheet", "it's"};
    static const struct { const char *sheet, *range, *name; int index; } cases[] = {
        {NULL, NULL, NULL, -1}, {"说明", NULL, "说明", 1}, {"3", NULL, "3", 2}, {"2021", NULL, "2021", 0}, {"my sheet", NULL, "my sheet", 2},
        {"说明", "2021!A1", "2021", 0}, {NULL, "'My Sheet'!A1:B2", "My Sheet", 2}, {NULL, "'it''s'!A:B", "it's", 3}, {"1", "A1:B2", "1", 0}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        jb_sheet_choice choice;
        int index;
        f->options = (jb_data_options){.sheet = cases[i].sheet, .range = cases[i].range};
        assert_int_equal(jb_sheet_choice_read(f->ctx, "b.xlsx", &f->options, &choice), JB_OK);
        if (cases[i].name) assert_string_equal(choice.sheet, cases[i].name);
        assert_int_equal(jb_sheet_find(f->ctx, &choice, names, 4, &index), JB_OK);
        assert_int_equal(index, cases[i].index);
        jb_sheet_choice_clear(&choice);
    }
}

static void wrong_choices(void **state) {
    static const char *const names[] = {"2020", "2021"};
    fixture *f = *state;
    jb_sheet_choice choice;
    int index;
    f->options = (jb_data_options){.range = "A3-F30", .pos = {"r.md", 4, 7}};
    assert_int_equal(jb_sheet_choice_read(f->ctx, "b.xlsx", &f->options, &choice), JB_INPUT);
    jb_sheet_choice_clear(&choice);
    assert_string_equal(told(f), "r.md:4:7: error: “A3-F30” is no range of cells; write it as “A3:F30”, “A:F”, “3:30” or “Sheet1!A3:F30”");
    f->options = (jb_data_options){.sheet = "202l"};
    assert_int_equal(jb_sheet_choice_read(f->ctx, "b.xlsx", &f->options, &choice), JB_OK);
    assert_int_equal(jb_sheet_find(f->ctx, &choice, names, 2, &index), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the workbook has no sheet “202l”; did you mean “2020”?");
    jb_sheet_choice_clear(&choice);
}

/* ---- numbers ---- */

static void decimals(void **state) {
    static const struct { const char *text, *stored, *shown; } cases[] = {
        {"427.69999999999999", "427.7", "427.7"}, {"67.239999999999995", "67.24", "67.24"}, {"67.23999999999999", "67.24", "67.24"},
        {"0.30000000000000004", "0.30000000000000004", "0.3"}, {"5", "5", "5"}, {"-5.50", "-5.5", "-5.5"}, {"007", "7", "7"}, {"-0", "0", "0"},
        {"0.000", "0", "0"}, {"1E-07", "0.0000001", "0.0000001"}, {"1e20", "100000000000000000000", "100000000000000000000"}, {"1e22", "1e+22", "1e+22"},
        {"1.5e300", "1.5e+300", "1.5e+300"}, {"4.9E-324", "4.94065645841247e-324", "4.94065645841247e-324"}, {" 12 ", "12", "12"}, {"+3", "3", "3"}, {".5", "0.5", "0.5"}, {"1.", "1", "1"},
        {"123456789012345678", "123456789012345680", "123456789012346000"}, {"100", "100", "100"}, {"9007199254740993", "9007199254740992", "9007199254740990"},
        {"0.1000000000000000055511151231257827", "0.1", "0.1"}, {"1e-400", "0", "0"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        jb_decimal d;
        assert_true(jb_decimal_read(cases[i].text, strlen(cases[i].text), &d));
        g_string_truncate(f->out, 0);
        jb_decimal_show(&d, f->out);
        assert_string_equal(f->out->str, cases[i].stored);
        assert_true(jb_decimal_read_shown(cases[i].text, strlen(cases[i].text), &d));
        g_string_truncate(f->out, 0);
        jb_decimal_show(&d, f->out);
        assert_string_equal(f->out->str, cases[i].shown);
    }
    static const char *const wrong[] = {"", "NaN", "INF", "-INF", "1e999", "0x10", "1,5", "1e", "--1", "1.2.3", "-", ".", "e5", "1 2"};
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        jb_decimal d;
        assert_false(jb_decimal_read(wrong[i], strlen(wrong[i]), &d));
        assert_false(jb_decimal_read_shown(wrong[i], strlen(wrong[i]), &d));
    }
}

/* The fast way must not differ from the slow one. */
static void plain_decimals(void **state) {
    static const char *const plain[] = {"0", "7", "-7", "100", "0.5", "-0.05", "123456789012345", "1234567.89"};
    static const char *const not_plain[] = {"", "-", "-0", "007", "1.0", "1.", ".5", "1e5", "0.0", "1234567890123456", "00.5", "1.2.3", " 1", "+1", "--1"};
    fixture *f = *state;
    jb_decimal d;
    for (unsigned i = 0; i < G_N_ELEMENTS(plain); i++) {
        assert_true(jb_decimal_is_plain(plain[i], strlen(plain[i])));
        assert_true(jb_decimal_read(plain[i], strlen(plain[i]), &d));
        g_string_truncate(f->out, 0);
        jb_decimal_show(&d, f->out);
        assert_string_equal(f->out->str, plain[i]);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(not_plain); i++) assert_false(jb_decimal_is_plain(not_plain[i], strlen(not_plain[i])));
}

static void rounding(void **state) {
    static const struct { const char *text; int decimals; const char *rounded; } cases[] = {
        {"1.005", 2, "1.01"}, {"0.125", 2, "0.13"}, {"9.99", 1, "10"}, {"0.6", 0, "1"}, {"0.4", 0, "0"}, {"0.04", 1, "0"}, {"0.05", 1, "0.1"},
        {"999999.5", 0, "1000000"}, {"12", 5, "12"}, {"-2.5", 0, "-3"}, {"1234", -2, "1200"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        jb_decimal d;
        assert_true(jb_decimal_read(cases[i].text, strlen(cases[i].text), &d));
        jb_decimal_round(&d, cases[i].decimals);
        g_string_truncate(f->out, 0);
        jb_decimal_show(&d, f->out);
        assert_string_equal(f->out->str, cases[i].rounded);
    }
}

/* ---- formats ---- */

static const char *show(fixture *f, const char *code, const char *number, bool raw) {
    jb_numfmt *format = jb_numfmt_new(code);
    jb_decimal d;
    assert_true(jb_decimal_read(number, strlen(number), &d));
    g_string_truncate(f->out, 0);
    jb_numfmt_show(format, &d, false, raw, f->out);
    jb_numfmt_free(format);
    return f->out->str;
}

static void formats(void **state) {
    static const struct { const char *code, *number, *shown; } cases[] = {
        {"General", "427.69999999999999", "427.7"}, {"0", "3.5", "4"}, {"0.0", "3.25", "3.3"}, {"0.00", "3", "3.00"}, {"0.##", "3.1", "3.1"},
        {"0.##", "3", "3"}, {"0.0#", "3", "3.0"}, {"#,##0", "1234567", "1,234,567"}, {"#,##0", "12", "12"}, {"#,##0.00", "-1234.5", "-1,234.50"},
        {"0,000.0", "12", "0,012.0"}, {"0%", "0.5", "50%"}, {"0.0%", "0.039", "3.9%"}, {"0.00%", "1.2345", "123.45%"}, {"000", "7", "007"},
        {"#", "0", ""}, {"#.##", "0.5", ".5"}, {"0.0\"左右\"", "7.5", "7.5左右"}, {"0\"万元\"", "12.4", "12万元"}, {"\"¥\"#,##0.0", "1234.56", "¥1,234.6"},
        {"[$¥-804]#,##0.00", "5", "¥5.00"}, {"¥#,##0", "-5", "-¥5"}, {"$0", "5", "$5"}, {"0\\%", "5", "5%"}, {"0.0,", "12345", "12.3"}, {"0.00,,\"M\"", "12345678", "12.35M"},
        {"0!.0,\"万\"", "123456", "12.3万"}, {"0.0;(0.0)", "-2.55", "(2.6)"}, {"0;-0;\"零\"", "0", "零"}, {"0;-0;;@", "0", ""}, {";;;", "5", ""},
        {"0.0_);[Red]\\(0.0\\)", "-3", "(3.0)"}, {"[>=10000]0.0,\"千\";0", "12345", "12.3千"}, {"[>=10000]0.0,\"千\";0", "99", "99"}, {"[<0]\"负\"0;0", "5", "5"},
        {"0.00E+00", "12345", "12345"}, {"# ?/?", "0.25", "0.25"}, {"[h]:mm:ss", "1.5", "1.5"}, {"@", "5.50", "5.5"}, {"General\"元\"", "5.5", "5.5元"},
        {"G/通用格式", "5.5", "5.5"}, {"\"约\"General", "-2", "-约2"}, {"000-0000", "1234567", "123-4567"}, {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"},
        {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5", "-1,234.50"}, {"0.0", "-0.04", "0.0"}, {"[<0]\"负\"0;0", "-5", "负5"}, {"[>=10000]0.0,\"千\";0", "-5", "-5"}, {"0.0;(0.0)", "-0.04", "(0.0)"}, {"0.000000000000000000000000000000", "1", "1.000000000000000000000000000000"},
        {"0", "123456789012345678901234567890", "123456789012346000000000000000"}, {"0", "1e300", "1e+300"}, {"0.00%", "67.23999999999999", "6724.00%"}, {"", "5", "5"}, {"\"", "5", ""}, {"\\", "5", ""}, {"[", "5", ""}, {"0\"x", "5", "5x"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) assert_string_equal(show(f, cases[i].code, cases[i].number, false), cases[i].shown);
    assert_string_equal(show(f, "0.0%", "0.039", true), "0.039");
    assert_string_equal(show(f, "0.0%", "0.30000000000000004", true), "0.30000000000000004");
}

static void days(void **state) {
    static const struct { const char *code, *number, *shown, *raw; } cases[] = {
        {"yyyy-mm-dd", "44211", "2021-01-15", "2021-01-15"}, {"yyyy/m/d h:mm", "44211.354166666664", "2021-01-15T08:30:00", "2021-01-15T08:30:00"},
        {"yyyy\"年\"m\"月\"", "44211", "2021-01-15", "2021-01-15"}, {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", "44211", "2021-01-15", "2021-01-15"}, {"h:mm:ss", "0.354166666666667", "08:30:00", "08:30:00"},
        {"mm:ss.0", "0.01", "00:14:24", "00:14:24"}, {"h:mm AM/PM", "0.75", "18:00:00", "18:00:00"}, {"上午/下午h\"时\"mm\"分\"", "0.75", "18:00:00", "18:00:00"}, {"[$-F800]dddd, mmmm dd, yyyy", "44211", "2021-01-15", "2021-01-15"},
        {"mmm-yy", "44211", "2021-01-15", "2021-01-15"}, {"aaaa", "44211", "2021-01-15", "2021-01-15"}, {"e\"年\"", "44211", "2021-01-15", "2021-01-15"}, {"yyyy-mm-dd", "44211.5", "2021-01-15", "2021-01-15T12:00:00"},
        {"h:mm", "44211.5", "12:00:00", "2021-01-15T12:00:00"}, {"yyyy-mm-dd", "1", "1900-01-01", "1900-01-01"}, {"yyyy-mm-dd", "59", "1900-02-28", "1900-02-28"}, {"yyyy-mm-dd", "60", "1900-02-29", "1900-02-29"},
        {"yyyy-mm-dd", "61", "1900-03-01", "1900-03-01"}, {"yyyy-mm-dd", "36585", "2000-02-29", "2000-02-29"}, {"yyyy-mm-dd", "2958465", "9999-12-31", "9999-12-31"}, {"yyyy-mm-dd", "2958466", "2958466", "2958466"},
        {"yyyy-mm-dd", "0", "0", "0"}, {"yyyy-mm-dd h:mm", "0.25", "06:00:00", "06:00:00"}, {"yyyy-mm-dd", "-5", "-5", "-5"}, {"yyyy-mm-dd", "1e300", "1e+300", "1e+300"}, {"yyyy-m-d h:mm:ss", "44211.9999999", "2021-01-16T00:00:00", "2021-01-16T00:00:00"},
        {"yyyy-m-d", "44211.9999999", "2021-01-15", "2021-01-16T00:00:00"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_string_equal(show(f, cases[i].code, cases[i].number, false), cases[i].shown);
        assert_string_equal(show(f, cases[i].code, cases[i].number, true), cases[i].raw);
    }
    g_string_truncate(f->out, 0);
    assert_true(jb_date_show(0, true, JB_DATE_DAY, f->out));
    assert_true(jb_date_show(42749, true, JB_DATE_DAY, f->out));
    assert_string_equal(f->out->str, "1904-01-012021-01-15");
}

static void formats_of_text(void **state) {
    static const struct { const char *code, *shown; bool changes; } cases[] = {
        {"@", "甲", false}, {"General", "甲", false}, {"0.0", "甲", false}, {"@\"市\"", "甲市", true}, {"0;0;0;\"〔\"@\"〕\"", "〔甲〕", true}, {";;;", "", true}, {"0;0;@", "甲", false}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        jb_numfmt *format = jb_numfmt_new(cases[i].code);
        g_string_truncate(f->out, 0);
        jb_numfmt_show_text(format, "甲", strlen("甲"), f->out);
        assert_string_equal(f->out->str, cases[i].shown);
        assert_int_equal(jb_numfmt_changes_text(format), cases[i].changes);
        jb_numfmt_free(format);
    }
}

static void built_in_formats(void **state) {
    static const unsigned days_of[] = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(days_of); i++)
        assert_true(g_str_has_prefix(show(f, jb_numfmt_builtin(days_of[i]), "44211", false), "2021-01-15"));
    static const unsigned times[] = {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56};
    for (unsigned i = 0; i < G_N_ELEMENTS(times); i++) assert_string_equal(show(f, jb_numfmt_builtin(times[i]), "0.5", false), "12:00:00");
    assert_string_equal(show(f, jb_numfmt_builtin(10), "0.039", false), "3.90%");
    assert_string_equal(show(f, jb_numfmt_builtin(39), "-1234.5", false), "(1,234.50)");
    assert_string_equal(show(f, jb_numfmt_builtin(44), "1234.5", false), "¥1,234.50");
    assert_string_equal(show(f, jb_numfmt_builtin(46), "1.5", false), "1.5");
    assert_string_equal(jb_numfmt_builtin(12345), "General");
}

/* ---- archives ---- */

static void other_archives(void **state) {
#define PACKAGE(type) "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/a' ContentType='" type "'/></Types>"
    static const struct { part parts[2]; const char *message; } cases[] = {
        {{{"[Content_Types].xml", PACKAGE("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")}},
         "b.xlsx:0:0: error: this is a Word document, not a spreadsheet; copy its table into one, or paste it into the report"},
        {{{"[Content_Types].xml", PACKAGE("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")}},
         "b.xlsx:0:0: error: this is a PowerPoint presentation, not a spreadsheet"},
        {{{"[Content_Types].xml", PACKAGE("application/vnd.ms-excel.sheet.binary.macroEnabled.main")}},
         "b.xlsx:0:0: error: binary workbooks (XLSB) cannot be read; save it as XLSX"},
        {{{"mimetype", "application/vnd.oasis.opendocument.text"}}, "b.xlsx:0:0: error: this is an OpenDocument text, not a spreadsheet"},
        {{{"mimetype", "application/epub+zip"}}, "b.xlsx:0:0: error: this is an archive of another kind, not a spreadsheet"},
        {{{"data.csv", "a,b"}}, "b.xlsx:0:0: error: this is a zip archive, not a spreadsheet; unpack it, and name the file in it"}};
    fixture *f = *state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(read_parts(f, cases[i].parts), JB_INPUT);
        assert_null(f->grid);
        assert_string_equal(told(f), cases[i].message);
    }
}

static void cut_off_archives(void **state) {
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "xlsxwriter.xlsx", &length);
    for (size_t cut = 4; cut < length; cut += 97) {
        assert_int_equal(read_bytes(f, bytes, cut), JB_INPUT);
        assert_null(f->grid);
    }
    g_free(bytes);
}

/* Any byte that is changed gives a grid or a message, nothing worse. */
static void broken_archives(void **state) {
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "libreoffice.ods", &length);
    for (size_t at = 0; at < length; at += 13) {
        char old = bytes[at];
        bytes[at] = (char)(old ^ 0x55);
        size_t before = jb_context_count(f->ctx, JB_ERROR);
        if (read_bytes(f, bytes, length) != JB_OK) assert_true(jb_context_count(f->ctx, JB_ERROR) > before);
        bytes[at] = old;
    }
    g_free(bytes);
}

static void too_many_entries(void **state) {
    fixture *f = *state;
    static const unsigned char end[] = "PK\005\006\0\0\0\0\xFF\xFE\xFF\xFE\0\0\0\0\0\0\0\0\0";
    char bytes[200] = "PK\003\004";
    memcpy(bytes + 100, end, 22);
    assert_int_equal(read_bytes(f, bytes, 122), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the zip archive has more than the limit of 20000 entries");
    memcpy(bytes + 80, "PK\006\007\0\0\0\0\x04\0\0\0\0\0\0\0\1\0\0\0", 20); /* zip64: its record says more than there are */
    memset(bytes + 4, 0x7F, 56);
    assert_int_equal(read_bytes(f, bytes, 122), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the zip archive has more than the limit of 20000 entries");
}

/* The name of an entry in its two headers. */
static void rename_entry(char *bytes, size_t length, const char *from, const char *to) {
    size_t n = strlen(from);
    for (size_t i = 0; i + n <= length; i++)
        if (!memcmp(bytes + i, from, n)) memcpy(bytes + i, to, n);
}

static void names_twice(void **state) {
    static const part parts[] = {{"mimetype", "application/zip"}, {"aaaaaa.xml", "1"}, {"AAAAAB.xml", "2"}, {NULL, NULL}};
    fixture *f = *state;
    size_t length;
    char *bytes = pack_as(parts, ZIP_CM_STORE, &length);
    rename_entry(bytes, length, "AAAAAB.xml", "AAAAAA.xml");
    assert_int_equal(read_bytes(f, bytes, length), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: the zip archive holds “AAAAAA.xml” twice");
    g_free(bytes);
}

static void bombs(void **state) {
    fixture *f = *state;
    GString *sheet = g_string_new("<worksheet xmlns='" MAIN "'><sheetData>");
    while (sheet->len < ((size_t)40 << 20)) g_string_append(sheet, "                                                                ");
    g_string_append(sheet, "</sheetData></worksheet>");
    assert_int_equal(read_book(f, NULL, sheet->str, NULL, NULL), JB_INPUT);
    assert_string_equal(told(f), "b.xlsx:0:0: error: “xl/worksheets/sheet1.xml” unpacks to more than the limit of 500 times its size");
    g_string_free(sheet, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(cells), TEST(areas), TEST(chosen_sheets), TEST(wrong_choices), TEST(decimals), TEST(plain_decimals),
                                       TEST(rounding), TEST(formats), TEST(days), TEST(formats_of_text), TEST(built_in_formats), TEST(other_archives),
                                       TEST(cut_off_archives), TEST(broken_archives), TEST(too_many_entries), TEST(names_twice), TEST(bombs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
