/* Binary workbooks: of LibreOffice and xlwt, those under a password, broken ones. */
#include "book.h"

#include "input/cfb.h"

static void plan_of_libreoffice(void **state) {
    fixture *f = *state;
    const char *text = read_file(f, "libreoffice.xls");
    assert_true(g_str_has_prefix(text, "2020 年主要指标完成情况,,,,\n,,,,单位：见指标名称\n序号,指标名称,2020 年,,完成情况\n序号,指标名称,年初目标,实际完成,完成情况\n1,地区"));
    assert_non_null(strstr(text, "\n4,固定资产投资额（亿元）,350,427.7,超过目标\n"));
    assert_int_equal(f->grid->spans->len, 5);
    assert_int_equal(jb_grid_indent(f->grid, 25, 1), 2);
    assert_string_equal(f->grid->file, "b.xls!2020 年");
    assert_string_equal(f->grid->form, "XLS, sheet “2020 年” of 2");
}

static void formats_of_libreoffice(void **state) {
    static const char *const shown_as[] = {"427.7", "3.9%", "1,234.50", "(3.6)", "7.5左右", "4.3万元", "约50%", "¥67.2", "12", "0.25",
                                           "2021-01-15", "2021-01-15T08:30:00", "2021-01-15", "08:30:00", "1900-03-01", "2", "FALSE"};
    static const char *const stored_as[] = {"427.7", "0.039", "1234.5", "-3.55", "7.5", "42770", "0.5", "67.24", "12", "0.25"};
    fixture *f = *state;
    f->options.sheet = "格式";
    read_file(f, "libreoffice.xls");
    for (unsigned i = 0; i < G_N_ELEMENTS(shown_as); i++) assert_string_equal(jb_grid_text(f->grid, i, 1), shown_as[i]);
    f->options.raw = true;
    read_file(f, "libreoffice.xls");
    for (unsigned i = 0; i < G_N_ELEMENTS(stored_as); i++) assert_string_equal(jb_grid_text(f->grid, i, 1), stored_as[i]);
}

static void sheets_of_xlwt(void **state) {
    fixture *f = *state;
    assert_true(g_str_has_prefix(read_file(f, "xlwt.xls"), "序号,指标名称,2020 年,,完成情况\n,,年初目标,实际完成,\n1,地区"));
    f->options.sheet = "2";
    assert_string_equal(read_file(f, "xlwt.xls"), "日期,数\n2021-01-15,67.24\n");
    f->options = (jb_data_options){.range = "日期!B2"};
    assert_string_equal(read_file(f, "xlwt.xls"), "67.24\n");
    assert_true(jb_grid_pos(f->grid, 0, 0).line == 2 && jb_grid_pos(f->grid, 0, 0).column == 2);
}

/* A record that the workbook can do without becomes the one that stands in front of encrypted records. */
static void passwords(void **state) {
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "xlwt.xls", &length), *record = NULL;
    for (size_t i = 0; i + 4 < length && !record; i++)
        if (!memcmp(bytes + i, "\x5C\0\x70\0", 4)) record = bytes + i;
    assert_non_null(record);
    record[0] = 0x2F;
    assert_int_equal(read_bytes(f, bytes, length), JB_INPUT);
    assert_string_equal(told(f), "b.xls:0:0: error: the workbook is protected by a password; save it without one");
    g_free(bytes);
}

/* The stream's name in the file, changed. */
static void other_files(void **state) {
    static const struct { const char *name, *message; } cases[] = {
        {"WordDocument", "b.xls:0:0: error: this is a Word document, not a spreadsheet; copy its table into one, or paste it into the report"},
        {"PowerPoint Document", "b.xls:0:0: error: this is a PowerPoint presentation, not a spreadsheet"},
        {"Something", "b.xls:0:0: error: this is not a workbook, although it is packed like an XLS file"}};
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "xlwt.xls", &length), *entry = NULL;
    for (size_t i = 0; i + 16 < length && !entry; i++)
        if (!memcmp(bytes + i, "W\0o\0r\0k\0b\0o\0o\0k", 15)) entry = bytes + i;
    assert_non_null(entry);
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        memset(entry, 0, 64);
        for (size_t k = 0; cases[i].name[k]; k++) entry[2 * k] = cases[i].name[k];
        entry[64] = (char)(2 * strlen(cases[i].name) + 2);
        assert_int_equal(read_bytes(f, bytes, length), JB_INPUT);
        assert_string_equal(told(f), cases[i].message);
    }
    g_free(bytes);
}

static void cut_off(void **state) {
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "libreoffice.xls", &length);
    for (size_t cut = 8; cut < length; cut += 211) {
        char *copy = g_memdup2(bytes, cut); /* so that reading behind the end is seen */
        jb_status status = read_bytes(f, copy, cut);
        if (cut < length / 2) assert_int_equal(status, JB_INPUT);
        g_free(copy);
    }
    g_free(bytes);
}

/* Any byte that is changed gives a grid or a message, nothing worse. */
static void broken(void **state) {
    fixture *f = *state;
    size_t length;
    char *bytes = load(f, "libreoffice.xls", &length);
    for (size_t at = 8; at < length; at++) {
        char old = bytes[at];
        bytes[at] = (char)(at % 3 ? 0xFF : old ^ 0x41);
        size_t before = jb_context_count(f->ctx, JB_ERROR);
        if (read_bytes(f, bytes, length) != JB_OK) assert_true(jb_context_count(f->ctx, JB_ERROR) > before);
        bytes[at] = old;
    }
    g_free(bytes);
}

/* ---- streams written by hand ---- */

/* A record of a workbook's stream. */
static void record(GByteArray *out, unsigned type, const void *data, unsigned length) {
    unsigned char head[] = {(unsigned char)type, (unsigned char)(type >> 8), (unsigned char)length, (unsigned char)(length >> 8)};
    g_byte_array_append(out, head, 4);
    g_byte_array_append(out, data, length);
}

static void put32(unsigned char *p, unsigned value) {
    for (unsigned i = 0; i < 4; i++) p[i] = (unsigned char)(value >> (8 * i));
}

/* A compound file of one stream of at least 4096 bytes: header, FAT, folder, stream. */
static GByteArray *compound(const GByteArray *stream, const char *name) {
    GByteArray *file = g_byte_array_new();
    unsigned sectors = (MAX(stream->len, 4096) + 511) / 512;
    g_byte_array_set_size(file, (3 + sectors) * 512);
    memset(file->data, 0, file->len);
    unsigned char *p = file->data;
    memcpy(p, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    p[30] = 9;
    p[32] = 6;
    put32(p + 44, 1);
    put32(p + 48, 1);
    put32(p + 56, 4096);
    put32(p + 60, 0xFFFFFFFE);
    put32(p + 68, 0xFFFFFFFE);
    memset(p + 76, 0xFF, 436);
    put32(p + 76, 0);
    memset(p + 512, 0xFF, 512);
    put32(p + 512, 0xFFFFFFFD);
    put32(p + 516, 0xFFFFFFFE);
    for (unsigned i = 0; i < sectors && i < 126; i++) put32(p + 520 + 4 * i, i + 1 < sectors ? i + 3 : 0xFFFFFFFE);
    for (size_t i = 0; name[i]; i++) p[1024 + 2 * i] = (unsigned char)name[i];
    p[1024 + 64] = (unsigned char)(2 * strlen(name) + 2);
    p[1024 + 66] = 2;
    put32(p + 1024 + 116, 2);
    put32(p + 1024 + 120, MAX(stream->len, 4096));
    memcpy(p + 1536, stream->data, stream->len);
    return file;
}

/* Excel 5 in code page 936; the values of formulas; shared texts that are cut by a record's end. */
static void old_encoding(void **state) {
    fixture *f = *state;
    GByteArray *s = g_byte_array_new();
    record(s, 0x809, "\0\5\5\0\0\0\0\0", 8);
    record(s, 0x42, "\xA8\3", 2);
    unsigned sheet_at = s->len + 4 + 4;
    record(s, 0x85, "\0\0\0\0\0\0\2\xB1\xED", 9);
    record(s, 0x0A, "", 0);
    put32(s->data + sheet_at - 4, s->len);
    record(s, 0x809, "\0\5\x10\0\0\0\0\0", 8);
    record(s, 0x204, "\0\0\0\0\0\0\4\0\xD6\xB8\xB1\xEA", 12);
    record(s, 0x06, "\0\0\1\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0", 16);
    record(s, 0x207, "\2\0\xBA\xCF", 4);
    record(s, 0x06, "\0\0\2\0\0\0\1\0\1\0\0\0\xFF\xFF\0\0", 16);
    record(s, 0x06, "\0\0\3\0\0\0\2\0\7\0\0\0\xFF\xFF\0\0", 16);
    record(s, 0x06, "\0\0\4\0\0\0\3\0\0\0\0\0\xFF\xFF\0\0", 16);
    record(s, 0x06, "\0\0\5\0\0\0\0\0\0\0\0\0\x04\x40\0\0", 16);
    record(s, 0x27E, "\1\0\0\0\0\0\x7A\0\0\0", 10); /* 30, in the second row */
    record(s, 0x27E, "\0\0\6\0\0\0\x7B\0\0\0", 10); /* 30 hundredths */
    record(s, 0x0A, "", 0);
    GByteArray *file = compound(s, "Book");
    assert_int_equal(read_bytes(f, (const char *)file->data, file->len), JB_OK);
    assert_string_equal(shown(f), "指标,合,TRUE,#DIV/0!,,2.5,0.3\n30,,,,,,\n");
    assert_string_equal(f->grid->file, "b.xls!表");
    g_byte_array_free(file, TRUE);
    g_byte_array_free(s, TRUE);
}

static void texts_over_two_records(void **state) {
    fixture *f = *state;
    GByteArray *s = g_byte_array_new();
    record(s, 0x809, "\0\6\5\0\0\0\0\0", 8);
    unsigned sheet_at = s->len + 4;
    record(s, 0x85, "\0\0\0\0\0\0\1\0S", 9);
    record(s, 0xFC, "\2\0\0\0\2\0\0\0\4\0\0ab", 13);   /* “ab”, then wide characters in the next record */
    record(s, 0x3C, "\1\x2D\x4E\x87\x65\2\0\x0C\1\0\4\0\0\0xy", 16); /* 中文; “xy” with one run and four bytes more */
    record(s, 0x3C, "rrrreeee", 8);
    record(s, 0x0A, "", 0);
    put32(s->data + sheet_at, s->len);
    record(s, 0x809, "\0\6\x10\0\0\0\0\0", 8);
    record(s, 0xFD, "\0\0\0\0\0\0\0\0\0\0", 10);
    record(s, 0xFD, "\0\0\1\0\0\0\1\0\0\0", 10);
    record(s, 0x0A, "", 0);
    GByteArray *file = compound(s, "Workbook");
    assert_int_equal(read_bytes(f, (const char *)file->data, file->len), JB_OK);
    assert_string_equal(shown(f), "ab中文,xy\n");
    s->data[s->len - 8] = 9; /* a text that is not there */
    g_byte_array_free(file, TRUE);
    file = compound(s, "Workbook");
    assert_int_equal(read_bytes(f, (const char *)file->data, file->len), JB_INPUT);
    assert_string_equal(told(f), "b.xls!S:1:2: error: the cell refers to text 9 of 2 that the workbook has");
    put32(file->data + 512 + 8, 2); /* a chain that comes back to itself */
    put32(file->data + 1024 + 120, 1 << 20);
    assert_int_equal(read_bytes(f, (const char *)file->data, file->len), JB_INPUT);
    g_byte_array_free(file, TRUE);
    g_byte_array_free(s, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(plan_of_libreoffice), TEST(formats_of_libreoffice), TEST(sheets_of_xlwt), TEST(passwords), TEST(other_files),
                                       TEST(cut_off), TEST(broken), TEST(old_encoding), TEST(texts_over_two_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
