/* The object layer of PDFs: entries, strings, numbers, trees, packing, the writer of the file. */
#include "unit.h"

#include <libdeflate.h>
#include <math.h>
#include "output/pdf_canvas.h"
#include "output/pdf_meta.h"
#include "output/pdf_pack.h"
#include "output/pdf_save.h"
#include "output/pdf_tree.h"

typedef struct bench {
    jb_context *ctx;
    jb_pdf_doc *doc;
    GString *text;
    GByteArray *out;
    char message[256];
} bench;

static int setup(void **state) {
    bench *b = g_new0(bench, 1);
    b->ctx = jb_context_new();
    b->doc = jb_pdf_doc_new(b->ctx, true);
    b->text = g_string_new(NULL);
    b->out = g_byte_array_new();
    return *state = b, 0;
}

static int teardown(void **state) {
    bench *b = *state;
    jb_pdf_doc_free(b->doc);
    jb_context_free(b->ctx);
    g_string_free(b->text, TRUE);
    g_byte_array_free(b->out, TRUE);
    g_free(b);
    return 0;
}

/* What an object is in the file, with blanks for line ends. */
static const char *value(bench *b, unsigned id) {
    g_string_truncate(b->text, 0);
    jb_pdf_doc_value(b->doc, id, b->text);
    return g_strdelimit(b->text->str, "\n", ' ');
}

static jb_pdf_obj *new_dict(bench *b) { return jb_pdf_indirect(b->doc, jb_pdf_dict(b->doc)); }

/* ---- entries ---- */

static void entries_of_all_kinds(void **state) {
    bench *b = *state;
    jb_pdf_obj *d = new_dict(b), *list = jb_pdf_array(b->doc);
    jb_pdf_put_name(b->doc, d, "Type", "text/csv");
    jb_pdf_put_int(b->doc, d, "N", -3);
    jb_pdf_put_bool(b->doc, d, "B", true);
    jb_pdf_put_int(b->doc, list, NULL, 1);
    jb_pdf_put_name(b->doc, list, NULL, "A");
    jb_pdf_put(b->doc, d, "L", list);
    assert_string_equal(value(b, jb_pdf_id(d)), "<< /Type /text#2Fcsv /N -3 /B true /L [ 1 /A ] >>");
}

static void indirect_objects_are_referred_to(void **state) {
    bench *b = *state;
    jb_pdf_obj *one = new_dict(b), *two = new_dict(b);
    jb_pdf_put(b->doc, one, "Next", two);
    jb_pdf_put(b->doc, two, "Prev", one);
    assert_string_equal(value(b, 1), "<< /Next 2 0 R >>");
    assert_string_equal(value(b, 2), "<< /Prev 1 0 R >>");
}

static void raw_objects_stand_as_they_are(void **state) {
    bench *b = *state;
    jb_pdf_obj *d = new_dict(b);
    unsigned id = jb_pdf_raw(b->doc);
    jb_pdf_put_raw(b->doc, d, "W", id);
    jb_pdf_raw_set(b->doc, id, "[1 .5]junk", 6);
    assert_string_equal(value(b, 1), "<< /W 2 0 R >>");
    assert_string_equal(value(b, id), "[1 .5]");
}

static void a_raw_object_without_text_is_null(void **state) {
    bench *b = *state;
    assert_string_equal(value(b, jb_pdf_raw(b->doc)), "null");
}

static void a_name_too_long_is_refused(void **state) {
    bench *b = *state;
    char name[200];
    memset(name, 'a', sizeof name);
    name[127] = 0;
    jb_pdf_put_name(b->doc, new_dict(b), "K", name);
    assert_int_equal(jb_pdf_doc_status(b->doc), JB_OK);
    name[127] = 'a', name[128] = 0;
    jb_pdf_put_name(b->doc, new_dict(b), "K", name);
    assert_int_equal(jb_pdf_doc_status(b->doc), JB_FAILED);
    assert_non_null(
        strstr(last_message(b->ctx, b->message, sizeof b->message), "a name is too long or has blanks"));
}

static void a_name_with_a_blank_is_refused(void **state) {
    bench *b = *state;
    jb_pdf_put_name(b->doc, new_dict(b), "K", "a b");
    assert_int_equal(jb_pdf_doc_status(b->doc), JB_FAILED);
}

static void a_failure_sticks_and_is_told_once(void **state) {
    bench *b = *state;
    jb_pdf_obj *d = new_dict(b);
    jb_pdf_put_name(b->doc, d, "K", "a b");
    jb_pdf_put_int(b->doc, d, "N", 1);
    assert_null(jb_pdf_dict(b->doc));
    assert_int_equal(jb_pdf_raw(b->doc), 0);
    assert_null(jb_pdf_stream(b->doc, g_bytes_new_static("x", 1), true));
    assert_int_equal(jb_pdf_save(b->doc, 1, 1, true, b->out), JB_FAILED);
    assert_int_equal(jb_context_diagnostics(b->ctx), 1);
}

static void adding_to_nothing_is_a_failure(void **state) {
    bench *b = *state;
    jb_pdf_put_int(b->doc, NULL, "N", 1);
    assert_int_equal(jb_pdf_doc_status(b->doc), JB_FAILED);
}

static void ascii_entries_refuse_other_characters(void **state) {
    bench *b = *state;
    jb_pdf_put_ascii(b->doc, new_dict(b), "K", "数");
    assert_int_equal(jb_pdf_doc_status(b->doc), JB_FAILED);
}

/* ---- text strings ---- */

static const char *text_of(bench *b, const char *text) {
    g_string_truncate(b->text, 0);
    jb_pdf_text(b->text, text, strlen(text));
    return b->text->str;
}

static void ascii_text_stays_readable(void **state) {
    assert_string_equal(text_of(*state, "plan 2020"), "(plan 2020)");
}

static void brackets_and_backslashes_are_escaped(void **state) {
    assert_string_equal(text_of(*state, "a(b)c\\"), "(a\\(b\\)c\\\\)");
}

static void chinese_text_is_utf16(void **state) {
    assert_string_equal(text_of(*state, "简a"), "<FEFF7B800061>");
}

static void characters_beyond_the_bmp_are_pairs(void **state) {
    assert_string_equal(text_of(*state, "𠀀"), "<FEFFD840DC00>");
}

static void line_ends_are_not_ascii_text(void **state) {
    assert_string_equal(text_of(*state, "a\n"), "<FEFF0061000A>");
}

static void empty_text(void **state) { assert_string_equal(text_of(*state, ""), "()"); }

static void both_ways_to_text_agree(void **state) {
    bench *b = *state;
    static const char *const texts[] = {"plan (1)\\", "简报𠀀", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        jb_pdf_obj *d = new_dict(b);
        jb_pdf_put_text(b->doc, d, "T", texts[i]);
        char *expect = g_strdup_printf("<< /T %s >>", text_of(b, texts[i]));
        char *got = g_strdup(value(b, jb_pdf_id(d)));
        /* libharu writes brackets as octal escapes, which say the same */
        char **parts = g_strsplit(got, "\\050", -1);
        g_free(got);
        got = g_strjoinv("\\(", parts);
        g_strfreev(parts);
        parts = g_strsplit(got, "\\051", -1);
        g_free(got);
        got = g_strjoinv("\\)", parts);
        g_strfreev(parts);
        parts = g_strsplit(got, "\\134", -1);
        g_free(got);
        got = g_strjoinv("\\\\", parts);
        g_strfreev(parts);
        assert_string_equal(got, expect);
        g_free(got);
        g_free(expect);
    }
}

static void long_text_is_cut_and_says_so(void **state) {
    bench *b = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) g_string_append(text, "简");
    const char *got = text_of(b, text->str);
    assert_int_equal(strlen(got), 6 + 4 * 16000);
    assert_string_equal(got + strlen(got) - 9, "7B802026>");
    g_string_free(text, TRUE);
}

static void a_cut_does_not_halve_a_pair(void **state) {
    bench *b = *state;
    GString *text = g_string_new("简");
    for (int i = 0; i < 10000; i++) g_string_append(text, "𠀀");
    const char *got = text_of(b, text->str);
    assert_string_equal(got + strlen(got) - 13, "D840DC002026>");
    g_string_free(text, TRUE);
}

/* ---- numbers ---- */

static void number_is(bench *b, double v, int decimals, const char *expect) {
    g_string_truncate(b->text, 0);
    jb_pdf_number_n(b->text, v, decimals);
    assert_string_equal(b->text->str, expect);
}

static void numbers_are_short(void **state) {
    bench *b = *state;
    number_is(b, 0, 2, "0 ");
    number_is(b, 12, 2, "12 ");
    number_is(b, -12.5, 2, "-12.5 ");
    number_is(b, 0.05, 2, ".05 ");
    number_is(b, -0.5, 0, "-1 ");
    number_is(b, 841.89, 2, "841.89 ");
    number_is(b, 1.0005, 4, "1.0005 ");
    number_is(b, 100.999, 2, "101 ");
}

static void tiny_numbers_are_zero_without_a_sign(void **state) { number_is(*state, -0.001, 2, "0 "); }

static void numbers_that_are_none_are_zero(void **state) {
    number_is(*state, (double)NAN, 2, "0 ");
    number_is(*state, (double)INFINITY, 2, "0 ");
    number_is(*state, 1e300, 2, "0 ");
}

/* ---- trees ---- */

static void small_trees_have_one_leaf(void **state) {
    bench *b = *state;
    jb_pdf_leaves leaves;
    jb_pdf_leaves_begin(&leaves, b->doc, "Nums");
    jb_pdf_leaves_add(&leaves, "0", 7);
    jb_pdf_leaves_add(&leaves, "5", 8);
    unsigned root = jb_pdf_leaves_end(&leaves);
    assert_string_equal(value(b, root), "<</Kids[1 0 R ]>>");
    assert_string_equal(value(b, 1), "<</Limits[0 5]/Nums[0 7 0 R 5 8 0 R ]>>");
}

static void leaves_hold_512_entries(void **state) {
    bench *b = *state;
    jb_pdf_leaves leaves;
    char key[16];
    jb_pdf_leaves_begin(&leaves, b->doc, "Nums");
    for (int i = 0; i < 513; i++) {
        g_snprintf(key, sizeof key, "%d", i);
        jb_pdf_leaves_add(&leaves, key, 1);
    }
    assert_string_equal(value(b, jb_pdf_leaves_end(&leaves)), "<</Kids[1 0 R 2 0 R ]>>");
    assert_true(g_str_has_prefix(value(b, 1), "<</Limits[0 511]"));
    assert_string_equal(value(b, 2), "<</Limits[512 512]/Nums[512 1 0 R ]>>");
}

static void an_empty_tree_has_no_leaf(void **state) {
    bench *b = *state;
    jb_pdf_leaves leaves;
    jb_pdf_leaves_begin(&leaves, b->doc, "Nums");
    assert_string_equal(value(b, jb_pdf_leaves_end(&leaves)), "<</Kids[]>>");
}

/* ---- packing ---- */

static void packed_bytes_inflate_again(void **state) {
    (void)state;
    static const char text[] = "0 0 0 rg 0 0 0 rg 0 0 0 rg";
    jb_pdf_packer *packer = jb_pdf_packer_new(false);
    const char *filter;
    GBytes *packed = jb_pdf_pack(packer, g_bytes_new_static(text, sizeof text), &filter);
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    char back[sizeof text];
    gsize length;
    const void *data = g_bytes_get_data(packed, &length);
    assert_int_equal(libdeflate_zlib_decompress(inflater, data, length, back, sizeof back, NULL),
                     LIBDEFLATE_SUCCESS);
    assert_memory_equal(back, text, sizeof text);
    assert_string_equal(filter, "FlateDecode");
    libdeflate_free_decompressor(inflater);
    g_bytes_unref(packed);
    jb_pdf_packer_free(packer);
}

static void readable_text_stays(void **state) {
    (void)state;
    jb_pdf_packer *packer = jb_pdf_packer_new(true);
    const char *filter = "x";
    GBytes *packed = jb_pdf_pack(packer, g_bytes_new_static("BT\nET\n", 6), &filter);
    assert_memory_equal(g_bytes_get_data(packed, NULL), "BT\nET\n", 6);
    assert_null(filter);
    g_bytes_unref(packed);
    jb_pdf_packer_free(packer);
}

static void readable_bytes_become_hexadecimal(void **state) {
    (void)state;
    jb_pdf_packer *packer = jb_pdf_packer_new(true);
    const char *filter;
    GBytes *packed = jb_pdf_pack(packer, g_bytes_new_static("\x00\xFF\x7F", 3), &filter);
    assert_int_equal(g_bytes_get_size(packed), 7);
    assert_memory_equal(g_bytes_get_data(packed, NULL), "00FF7F>", 7);
    assert_string_equal(filter, "ASCIIHexDecode");
    g_bytes_unref(packed);
    jb_pdf_packer_free(packer);
}

/* ---- the file ---- */

/* The bytes may hold NULs. */
static const char *find_from(const GByteArray *out, const char *from, const char *what) {
    size_t length = strlen(what);
    const char *end = (const char *)out->data + out->len;
    for (const char *p = from; p + length <= end; p++)
        if (!memcmp(p, what, length)) return p;
    return NULL;
}

static const char *find(const GByteArray *out, const char *what) {
    return find_from(out, (const char *)out->data, what);
}

static void offsets_of_a_readable_file_are_right(void **state) {
    bench *b = *state;
    jb_pdf_obj *root = new_dict(b), *info = new_dict(b);
    jb_pdf_stream(b->doc, g_bytes_new_static("0 g\n", 4), true);
    assert_int_equal(jb_pdf_save(b->doc, jb_pdf_id(root), jb_pdf_id(info), true, b->out), JB_OK);
    const char *end = strstr(find(b->out, "startxref"), "\n") + 1;
    const char *table = (const char *)b->out->data + atoi(end);
    assert_true(g_str_has_prefix(table, "xref\n0 4\n0000000000 65535 f \n"));
    for (int id = 1; id < 4; id++) {
        char head[16];
        g_snprintf(head, sizeof head, "%d 0 obj\n", id);
        assert_true(g_str_has_prefix((const char *)b->out->data + atoi(table + 9 + 20 * id), head));
    }
    assert_non_null(find(b->out, "/Length 4>>\nstream\n0 g\n\nendstream"));
    assert_non_null(find(b->out, "/Root 1 0 R/Info 2 0 R/ID[<"));
}

/* Writes a compact file of `count` dictionaries and counts its object streams. */
static unsigned object_streams(bench *b, int count) {
    jb_pdf_doc *doc = jb_pdf_doc_new(b->ctx, false);
    for (int i = 0; i < count; i++) jb_pdf_indirect(doc, jb_pdf_dict(doc));
    assert_int_equal(jb_pdf_save(doc, 1, 2, false, b->out), JB_OK);
    jb_pdf_doc_free(doc);
    unsigned found = 0;
    for (const char *p = find(b->out, "/ObjStm"); p; found++) p = find_from(b->out, p + 1, "/ObjStm");
    return found;
}

static void objects_are_packed_by_200(void **state) { assert_int_equal(object_streams(*state, 200), 1); }

static void the_201st_object_opens_another_stream(void **state) {
    assert_int_equal(object_streams(*state, 201), 2);
}

static void a_compact_file_ends_with_a_cross_reference_stream(void **state) {
    bench *b = *state;
    object_streams(b, 3);
    const char *end = strstr(find(b->out, "startxref"), "\n") + 1;
    assert_true(
        g_str_has_prefix((const char *)b->out->data + atoi(end), "5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]"));
    assert_null(find(b->out, "\nxref\n"));
}

static void the_file_id_depends_on_the_content(void **state) {
    bench *b = *state;
    char *ids[3];
    for (int i = 0; i < 3; i++) {
        g_byte_array_set_size(b->out, 0);
        jb_pdf_doc *doc = jb_pdf_doc_new(b->ctx, true);
        jb_pdf_put_int(doc, jb_pdf_indirect(doc, jb_pdf_dict(doc)), "N", i == 2);
        assert_int_equal(jb_pdf_save(doc, 1, 1, true, b->out), JB_OK);
        jb_pdf_doc_free(doc);
        ids[i] = g_strndup(find(b->out, "/ID[<") + 5, 32);
    }
    assert_string_equal(ids[0], ids[1]);
    assert_string_not_equal(ids[0], ids[2]);
    for (int i = 0; i < 3; i++) g_free(ids[i]);
}

/* ---- profile ---- */

static unsigned read32(const guint8 *p) {
    return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

static void the_profile_is_whole(void **state) {
    (void)state;
    GBytes *profile = jb_pdf_srgb();
    gsize length;
    const guint8 *p = g_bytes_get_data(profile, &length);
    assert_int_equal(read32(p), length);
    assert_memory_equal(p + 12, "mntrRGB XYZ ", 12);
    assert_memory_equal(p + 36, "acsp", 4);
    assert_int_equal(read32(p + 128), 9);
    for (unsigned i = 0; i < 9; i++) {
        unsigned at = read32(p + 136 + 12 * i), size = read32(p + 140 + 12 * i);
        assert_int_equal(at % 4, 0);
        assert_true(at >= 240 && at + size <= length);
    }
    g_bytes_unref(profile);
}

static void white_of_the_profile_is_d50(void **state) {
    (void)state;
    static const unsigned d50[3] = {0xF6D6, 0x10000, 0xD32D};
    GBytes *profile = jb_pdf_srgb();
    const guint8 *p = g_bytes_get_data(profile, NULL);
    for (unsigned axis = 0; axis < 3; axis++) {
        int sum = 0;
        for (unsigned colour = 3; colour < 6; colour++)
            sum += (int)read32(p + read32(p + 136 + 12 * colour) + 8 + 4 * axis);
        assert_true(abs(sum - (int)d50[axis]) <= 16); /* 0.0002 */
    }
    g_bytes_unref(profile);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(entries_of_all_kinds),
        TEST(indirect_objects_are_referred_to),
        TEST(raw_objects_stand_as_they_are),
        TEST(a_raw_object_without_text_is_null),
        TEST(a_name_too_long_is_refused),
        TEST(a_name_with_a_blank_is_refused),
        TEST(a_failure_sticks_and_is_told_once),
        TEST(adding_to_nothing_is_a_failure),
        TEST(ascii_entries_refuse_other_characters),
        TEST(ascii_text_stays_readable),
        TEST(brackets_and_backslashes_are_escaped),
        TEST(chinese_text_is_utf16),
        TEST(characters_beyond_the_bmp_are_pairs),
        TEST(line_ends_are_not_ascii_text),
        TEST(empty_text),
        TEST(both_ways_to_text_agree),
        TEST(long_text_is_cut_and_says_so),
        TEST(a_cut_does_not_halve_a_pair),
        TEST(numbers_are_short),
        TEST(tiny_numbers_are_zero_without_a_sign),
        TEST(numbers_that_are_none_are_zero),
        TEST(small_trees_have_one_leaf),
        TEST(leaves_hold_512_entries),
        TEST(an_empty_tree_has_no_leaf),
        TEST(packed_bytes_inflate_again),
        TEST(readable_text_stays),
        TEST(readable_bytes_become_hexadecimal),
        TEST(offsets_of_a_readable_file_are_right),
        TEST(objects_are_packed_by_200),
        TEST(the_201st_object_opens_another_stream),
        TEST(a_compact_file_ends_with_a_cross_reference_stream),
        TEST(the_file_id_depends_on_the_content),
        TEST(the_profile_is_whole),
        TEST(white_of_the_profile_is_d50),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
