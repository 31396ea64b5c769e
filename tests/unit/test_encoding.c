/* Texts of any encoding, and which reader a file goes to. */
#include "grids.h"

#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "input/encoding.h"

/* Of everyday characters, as tables have them. */
static const char table[] =
    "指标名称,年初目标,实际完成\n地区生产总值增速（%）,7.5 左右,3.9\n城镇登记失业率,2.5 以内,2.5 以内\n";
static const char traditional[] = "指標名稱,年初目標,實際完成\n地區生產總值增速,7.5,3.9\n";

static const char *const nowhere;

/* A text as bytes of another encoding; freed with g_free. */
static char *bytes_of(const char *text, const char *encoding, gsize *length) {
    char *bytes = g_convert(text, -1, encoding, "UTF-8", NULL, length, NULL);
    assert_non_null(bytes);
    return bytes;
}

/* Decodes bytes and says how: "GB18030: text"; the message when they cannot be. */
static const char *decode(fixture *f, const char *bytes, size_t length, const char *said) {
    char *text = g_malloc(length + 1);
    const char *found;
    memcpy(text, bytes, length);
    text[length] = 0;
    jb_pos pos = {"r.md", 3, 7};
    if (jb_encoding_decode(f->ctx, jb_intern(f->ctx, "t.csv"), said, pos, &text, &length, &found) != JB_OK) {
        assert_null(text);
        return told(f);
    }
    assert_int_equal(text[length], 0);
    g_string_printf(f->out, "%s: %s", found, text);
    g_free(text);
    return f->out->str;
}

static const char *decode_as(fixture *f, const char *text, const char *encoding, const char *said) {
    gsize length;
    char *bytes = bytes_of(text, encoding, &length);
    const char *result = decode(f, bytes, length, said);
    g_free(bytes);
    return result;
}

static void assert_found(fixture *f, const char *text, const char *encoding, const char *said,
                         const char *name) {
    char *wanted = g_strconcat(name, ": ", text, NULL);
    assert_string_equal(decode_as(f, text, encoding, said), wanted);
    g_free(wanted);
}

static void encodings_are_found(void **state) {
    assert_found(*state, table, "UTF-8", NULL, "UTF-8");
    assert_found(*state, table, "GB18030", NULL, "GB18030");
    assert_found(*state, traditional, "BIG5", NULL, "Big5");
    assert_found(*state, traditional, "UTF-8", NULL, "UTF-8");
    assert_found(*state, table, "UTF-16LE", NULL, "UTF-16LE");
    assert_found(*state, table, "UTF-16BE", NULL, "UTF-16BE");
    assert_found(*state, "a,b\n1,2\n", "UTF-16LE", NULL, "UTF-16LE");
    assert_found(*state, "", "UTF-8", NULL, "UTF-8");
    assert_int_equal(jb_context_diagnostics(((fixture *)*state)->ctx), 0);
}

/* Rare characters, and those of the other script, among few. */
static void short_chinese_texts_come_out_right(void **state) {
    static const char *const texts[] = {"指标,目标,实际",
                                        "年,值\n",
                                        "产值",
                                        "合计,1,2\n",
                                        "项目\t金额\n道路\t3\n",
                                        "綦江区,1\n梁平区,2",
                                        "①,￥,②",
                                        "㎡,千米\n1,2",
                                        "𠮷田,1\n甲,2",
                                        "第一季度,3.2%\n",
                                        "泸州,王珺,旻",
                                        "朱镕基,喆,渝中区",
                                        "指標名稱,年初目標,備註",
                                        "GDP增速A,B产值C\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_found(*state, texts[i], "GB18030", NULL, "GB18030");
    assert_found(*state, "指標,目標,實際", "BIG5", NULL, "Big5");
    assert_found(*state, "臺北市,新竹縣\n", "BIG5", NULL, "Big5");
}

static void byte_order_marks(void **state) {
    assert_found(*state, table, "UTF-8", NULL, "UTF-8");
    fixture *f = *state;
    assert_string_equal(decode(f,
                               "\xEF\xBB\xBF"
                               "a",
                               4, NULL),
                        "UTF-8: a");
    assert_string_equal(decode(f,
                               "\xFF\xFE"
                               "a\0"
                               "-N",
                               6, NULL),
                        "UTF-16LE: a中");
    assert_string_equal(decode(f,
                               "\xFE\xFF"
                               "\0a"
                               "N-",
                               6, NULL),
                        "UTF-16BE: a中");
    assert_string_equal(decode(f,
                               "\xFF\xFE\0\0"
                               "a\0\0\0",
                               8, NULL),
                        "UTF-32LE: a");
    assert_string_equal(decode(f,
                               "\x84\x31\x95\x33"
                               "a\xD6\xD0",
                               7, NULL),
                        "GB18030: a中");
    assert_string_equal(decode(f, "\xEF\xBB\xBF", 3, NULL), "UTF-8: ");
}

static void said_encodings(void **state) {
    fixture *f = *state;
    assert_found(f, table, "GB18030", "gb2312", "GB18030");
    assert_found(f, table, "GB18030", "GBK", "GB18030");
    assert_found(f, table, "UTF-16BE", "UTF-16", "UTF-16BE");
    assert_found(f, "中,文", "UTF-16LE", "utf_16le", "UTF-16LE");
    assert_found(f, "äöü,ß", "ISO-8859-1", "ISO-8859-1", "ISO-8859-1");
    assert_found(f, "テスト,値", "SHIFT_JIS", "Shift_JIS", "Shift_JIS");
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
    assert_string_equal(decode(f,
                               "\xEF\xBB\xBF"
                               "a",
                               4, "GBK"),
                        "UTF-8: a");
    assert_string_equal(told(f),
                        "t.csv:0:0: warning: the file is UTF-8, as its byte order mark says, not GBK");
}

static void unknown_encodings(void **state) {
    fixture *f = *state;
    assert_string_equal(decode(f, "a", 1, "GB18O30"),
                        "r.md:3:7: error: unknown encoding “GB18O30”; did you mean “GB18030”?");
    assert_non_null(strstr(decode(f, "a", 1, "xx"), "unknown encoding “xx”; there are: UTF-8, GB18030"));
    assert_non_null(strstr(decode(f, "a", 1, "GBK//IGNORE"), "unknown encoding “GBK//IGNORE”"));
    assert_non_null(strstr(decode(f, "a", 1, ""), "unknown encoding “”"));
}

static void bad_bytes_have_places(void **state) {
    fixture *f = *state;
    assert_string_equal(
        decode(f, "指标\n目\xFF标,甲乙丙丁", 27, NULL),
        "t.csv:2:2: error: not UTF-8: byte 0xFF cannot stand here; “encoding” says what the file is");
    assert_string_equal(
        decode(f, "\xD6\xD0\n\xD6\xD0,\x80,\xD6\xD0", 10, "GBK"),
        "t.csv:2:3: error: not GB18030: byte 0x80 cannot stand here; “encoding” says what the file is");
    assert_string_equal(decode(f, "\xD6\xD0\xD6", 3, "GBK"),
                        "t.csv:1:2: error: the file ends inside a character of GB18030");
    assert_string_equal(decode(f, "a\n\xC3(", 4, "UTF-8"),
                        "t.csv:2:1: error: not UTF-8: byte 0xC3 cannot stand here");
    assert_string_equal(decode(f, "a\0\0\0b\0", 6, "UTF-16LE"),
                        "t.csv:1:2: error: this is no text: it has a NUL character (read as UTF-16LE)");
}

static void binary_is_no_text(void **state) {
    assert_string_equal(decode(*state, "a,b\n1,\0x", 8, NULL),
                        "t.csv:2:3: error: this is no text: it has a NUL byte");
    char bytes[4096];
    for (unsigned i = 0, seed = 1; i < sizeof bytes; i++)
        bytes[i] = (char)((seed = seed * 1103515245u + 12345) >> 16);
    assert_non_null(strstr(decode(*state, bytes, sizeof bytes, NULL), "this is no text"));
}

/* uchardet's word is taken with a note. */
static void guesses_are_told(void **state) {
    fixture *f = *state;
    assert_non_null(strstr(
        decode_as(f, "Größe,Höhe\nüber,1\nfür,2\nMädchen,3\nschön,4\n", "ISO-8859-1", NULL), "Größe,Höhe"));
    assert_non_null(strstr(told(f), "note: read as "));
}

/* ---- dispatch ---- */

#define LOAD(f, name, bytes) load_as(f, file_with(f, name, bytes, sizeof(bytes) - 1), NULL)

static void files_are_told_by_their_bytes(void **state) {
    fixture *f = *state;
    assert_string_equal(LOAD(f, "a.csv", "%PDF-1.7\n"),
                        "a.csv:0:0: error: cannot read: this is a PDF, not a data file");
    assert_non_null(strstr(LOAD(f, "b.csv", "\x1F\x8B\x08\0"), "this is packed by gzip, not a data file"));
    assert_non_null(strstr(LOAD(f, "c.csv", "\x89PNG\r\n\x1A\n"), "this is a PNG picture"));
    assert_non_null(strstr(LOAD(f, "d.xls", "\n<html><table>"), "an HTML page"));
    assert_non_null(strstr(LOAD(f, "e.xls",
                                "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:"
                                "spreadsheet\">"),
                           "an XML Spreadsheet 2003"));
    assert_non_null(strstr(LOAD(f, "g.db", "text"), "no SQLite database, or an encrypted one"));
    assert_string_equal(LOAD(f, "h.txt", " [{\"a\": 1}]"), "a/1");
    assert_string_equal(LOAD(f, "i", "{\"a\": [1]}"), "a/1");
    assert_string_equal(LOAD(f, "j.csv", "[a],b\n1,2"), "[a]|b/1|2");
    assert_string_equal(LOAD(f, "k.TSV", "a,x\tb\n"), "a,x|b");
    assert_string_equal(LOAD(f, "l.jsonl", "{\"a\": 1}\n"), "a/1");
}

static void odd_files_are_refused(void **state) {
    fixture *f = *state;
    assert_string_equal(load_as(f, "tests", NULL), "tests:0:0: error: cannot read: it is a folder");
    assert_string_equal(load_as(f, "/dev/null", NULL),
                        "/dev/null:0:0: error: cannot read: it is no regular file");
    const char *fifo = file_at(f, "fifo.csv");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_string_equal(load_as(f, fifo, NULL), "fifo.csv:0:0: error: cannot read: it is no regular file");
    assert_string_equal(load_as(f, "no-such.csv", &(jb_data_options){.pos = {"r.md", 2, 9}}),
                        "r.md:2:9: error: cannot read “no-such.csv”: No such file or directory");
}

static void large_files_are_refused(void **state) {
    fixture *f = *state;
    const char *path = file_with(f, "large.csv", "a", 1);
    assert_int_equal(truncate(path, (off_t)JB_LIMIT_FILE_BYTES + 1), 0); /* sparse */
    assert_string_equal(
        load_as(f, path, NULL),
        "large.csv:0:0: error: cannot read: it is larger than the limit of 1073741824 bytes for its kind");
}

static void forms_are_said(void **state) {
    fixture *f = *state;
    gsize length;
    char *bytes = bytes_of("指标\t值\n产值\t1\n", "GB18030", &length);
    jb_grid *grid = NULL;
    assert_int_equal(jb_load_grid(f->ctx, file_with(f, "a.txt", bytes, length), NULL, &grid), JB_OK);
    assert_string_equal(grid->form, "TSV, GB18030");
    jb_grid_free(grid);
    assert_int_equal(jb_load_grid(f->ctx, file_with(f, "b.csv", "a,b\n", 4), NULL, &grid), JB_OK);
    assert_string_equal(grid->form, "CSV, UTF-8");
    jb_grid_free(grid);
    g_free(bytes);
}

/* Lines are kept for messages, unless the file is large. */
static void large_texts_are_no_sources(void **state) {
    fixture *f = *state;
    GString *text = g_string_new("a,b\n");
    for (int large = 0; large < 2; large++) {
        while (large && text->len <= JB_LIMIT_SOURCE_BYTES) g_string_append(text, "1234567,1234567\n");
        g_string_append(text, "\"x\n");
        assert_non_null(strstr(
            load_as(f, file_with(f, large ? "l.csv" : "s.csv", text->str, text->len), NULL), "never closed"));
        jb_diagnostic d = jb_context_diagnostic(f->ctx, (size_t)large);
        assert_int_equal(d.source != NULL, !large);
        g_string_truncate(text, text->len - 3);
    }
    g_string_free(text, TRUE);
}

static void parts_behind_an_exclamation_mark(void **state) {
    fixture *f = *state;
    const char *plain = file_with(f, "a.json", "{\"x\": [{\"a\": 1}], \"y\": [{\"b\": 2}]}", 34);
    const char *marked = file_with(f, "a.json!x", "c,d\n", 4);
    char *whole = g_strconcat(plain, "!y", NULL), *file = NULL;
    assert_string_equal(load_as(f, marked, NULL), "c|d");
    assert_string_equal(load_as(f, whole, NULL), "b/2");
    assert_non_null(
        strstr(load_as(f, whole, &(jb_data_options){.path = "x"}), "“!y” and “path” say the same twice"));
    assert_string_equal(jb_load_part(whole, &file), "y");
    assert_string_equal(file, plain);
    g_clear_pointer(&file, g_free);
    assert_null(jb_load_part(marked, &file));
    assert_null(jb_load_part("no-such!x", &file));
    assert_null(jb_load_part("!", &file));
    assert_null(file);
    char *text = g_strconcat(file_with(f, "t.csv", "a,b\n", 4), "!x", NULL);
    assert_non_null(strstr(load_as(f, text, NULL), "it is a text, without sheets or tables"));
    g_free(text), g_free(whole);
}

/* Reports stay UTF-8. */
static void reports_are_utf8(void **state) {
    fixture *f = *state;
    char *text;
    const char *name, *path = file_with(f, "r.md", "\xD6\xD0\n", 3);
    size_t length;
    assert_int_equal(jb_file_read_text(f->ctx, path, 100, jb_pos_file(nowhere), &text, &length, &name),
                     JB_INPUT);
    assert_string_equal(told(f),
                        "r.md:1:1: error: not UTF-8: byte 0xD6 cannot stand here; save the file as UTF-8");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(encodings_are_found),
        TEST(short_chinese_texts_come_out_right),
        TEST(byte_order_marks),
        TEST(said_encodings),
        TEST(unknown_encodings),
        TEST(bad_bytes_have_places),
        TEST(binary_is_no_text),
        TEST(guesses_are_told),
        TEST(files_are_told_by_their_bytes),
        TEST(odd_files_are_refused),
        TEST(large_files_are_refused),
        TEST(forms_are_said),
        TEST(large_texts_are_no_sources),
        TEST(parts_behind_an_exclamation_mark),
        TEST(reports_are_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
