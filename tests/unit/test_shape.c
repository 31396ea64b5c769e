/* Text to runs of glyphs. */
#include <math.h>
#include "tests/unit/test_fonts_common.h"

typedef struct fixture {
    jb_context *ctx;
    jb_fonts *fonts;
    jb_arena *arena;
    jb_run *runs; /* of the last shape() */
    unsigned count;
} fixture;

static int setup(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->arena = jb_arena_new();
    f->fonts = test_fonts(f->ctx);
    *state = f;
    return f->fonts ? 0 : -1;
}

/* The name-keyed CFF font, which has ligatures and old-style digits, as the companion. */
static int setup_cff(void **state) {
    static const char *const serif[] = {"Noto Serif CJK SC", NULL}, *const cff[] = {"Jianbao Test CFF", NULL};
    fixture *f = g_new0(fixture, 1);
    jb_font_wish wishes[JB_ROLES];
    for (int i = 0; i < JB_ROLES; i++) wishes[i] = (jb_font_wish){i == JB_ROLE_LATIN ? cff : serif, true};
    f->ctx = jb_context_new();
    f->arena = jb_arena_new();
    f->fonts = jb_fonts_new(f->ctx, wishes);
    *state = f;
    return f->fonts ? 0 : -1;
}

static int teardown(void **state) {
    fixture *f = *state;
    jb_fonts_free(f->fonts);
    jb_arena_free(f->arena);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

static const jb_pos here = {"report.md", 3, 5};

static jb_status shape_as(fixture *f, const jb_style *style, const char *text) {
    return jb_fonts_shape(f->fonts, f->arena, style, text, strlen(text), here, &f->runs, &f->count);
}

static jb_status shape(fixture *f, const char *text) {
    return shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 10}, text);
}

/* The runs as "file:text|file:text", with the files' names up to the dash. */
static const char *runs_text(fixture *f) {
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < f->count; i++) {
        char *name = g_path_get_basename(f->runs[i].face->file);
        *strchr(name, '-') = 0;
        g_string_append_printf(out, "%s%s:%.*s", i ? "|" : "", name, (int)f->runs[i].length, f->runs[i].text);
        g_free(name);
    }
    char *kept = jb_arena_copy(f->arena, out->str, out->len);
    g_string_free(out, TRUE);
    return kept;
}

static double total(const fixture *f) {
    double width = 0;
    for (unsigned i = 0; i < f->count; i++) width += f->runs[i].width;
    return width;
}

static unsigned glyphs(const fixture *f) {
    unsigned count = 0;
    for (unsigned i = 0; i < f->count; i++) count += f->runs[i].count;
    return count;
}

static void assert_near(double a, double b) {
    if (fabs(a - b) > 0.002) fail_msg("%.6f is not %.6f", a, b);
}

static const char *only_message(fixture *f) {
    static const char none[] = "";
    if (jb_context_diagnostics(f->ctx) != 1) return none;
    char *buffer = jb_arena_take(f->arena, 512);
    return last_message(f->ctx, buffer, 512);
}

/* ---- which face ---- */

static void latin_goes_to_the_companion(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "全市GDP增长3.9%。"), JB_OK);
    assert_string_equal(runs_text(f), "serif:全市|latin:GDP|serif:增长|latin:3.9%|serif:。");
}

static void a_role_without_companion_draws_its_own_latin(void **state) {
    fixture *f = *state;
    assert_int_equal(shape_as(f, &(jb_style){.role = JB_ROLE_HEI, .size = 10}, "全市GDP增长3.9%。"), JB_OK);
    assert_string_equal(runs_text(f), "sans:全市GDP增长3.9%。");
}

static void quotes_beside_chinese_are_chinese(void **state) {
    fixture *f = *state;
    shape(f, "“十三五”规划——“GDP”…");
    assert_string_equal(runs_text(f), "serif:“十三五”规划——“|latin:GDP|serif:”…");
    assert_near(f->runs[0].glyphs[0].advance, 10);
}

static void quotes_inside_latin_are_latin(void **state) {
    fixture *f = *state;
    shape(f, "it’s a—b 3·4");
    assert_string_equal(runs_text(f), "latin:it’s a—b 3·4");
}

static void quotes_with_one_latin_neighbour_are_chinese(void **state) {
    fixture *f = *state;
    shape(f, "A”");
    assert_string_equal(runs_text(f), "latin:A|serif:”");
    shape(f, "“A");
    assert_string_equal(runs_text(f), "serif:“|latin:A");
}

static void signs_go_with_their_figure(void **state) {
    fixture *f = *state;
    shape(f, "≤0.022");
    assert_string_equal(runs_text(f), "latin:≤0.022");
    shape(f, "−3.6±2×5");
    assert_string_equal(runs_text(f), "latin:−3.6±2×5");
    shape(f, "增速≤目标");
    assert_string_equal(runs_text(f), "serif:增速≤目标");
}

static void a_character_goes_on_to_a_face_that_has_it(void **state) {
    fixture *f = *state;
    shape(f, "25℃");
    assert_string_equal(runs_text(f), "latin:25|serif:℃");
    assert_int_equal(shape_as(f, &(jb_style){.role = JB_ROLE_KAI, .size = 10}, "楷〚〛"), JB_OK);
    assert_string_equal(runs_text(f), "kai:楷|serif:〚〛");
}

static void greek_is_latin(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "α值"), JB_OK);
    assert_int_equal(f->count, 1); /* the test companion has no Greek: both from the serif */
}

/* ---- glyphs ---- */

static void text_and_clusters_are_kept(void **state) {
    fixture *f = *state;
    static const char text[] = "全市生产总值（GDP）1,234.5亿元，“增长”3.9%";
    shape(f, text);
    const char *at = text;
    for (unsigned i = 0; i < f->count; i++) {
        const jb_run *run = &f->runs[i];
        assert_ptr_equal(run->text, at);
        double x = 0;
        for (unsigned g = 0; g < run->count; g++) {
            assert_true(run->glyphs[g].cluster < run->length);
            assert_true(!g || run->glyphs[g].cluster > run->glyphs[g - 1].cluster);
            assert_near(run->glyphs[g].x, x);
            x += run->glyphs[g].advance;
        }
        assert_int_equal(run->glyphs[0].cluster, 0);
        assert_near(run->width, x);
        at += run->length;
    }
    assert_ptr_equal(at, text + strlen(text));
}

static void han_is_as_wide_as_its_size(void **state) {
    fixture *f = *state;
    shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 10.5}, "固定资产投资");
    assert_int_equal(glyphs(f), 6);
    assert_near(total(f), 63);
}

static void positions_are_not_rounded(void **state) {
    fixture *f = *state;
    shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 9.3}, "MMM");
    assert_near(total(f), 3 * 9.3 * 1821 / 2048);
    assert_near(f->runs[0].glyphs[1].x, 9.3 * 1821 / 2048);
}

static void kerning_is_kept(void **state) {
    fixture *f = *state;
    shape(f, "AV");
    double pair = total(f);
    shape(f, "A");
    pair -= total(f);
    shape(f, "V");
    assert_true(pair < total(f) - 0.5);
}

static void a_ligature_stands_for_its_letters(void **state) {
    fixture *f = *state;
    shape(f, "office");
    assert_int_equal(f->runs[0].count, 4);
    assert_int_equal(f->runs[0].glyphs[1].cluster, 1); /* ffi */
    assert_int_equal(f->runs[0].glyphs[2].cluster, 4);
}

static void digits_are_lining(void **state) {
    fixture *f = *state;
    shape(f, "1");
    assert_near(total(f), 3.60);
    shape(f, "3");
    hb_codepoint_t old;
    hb_font_get_nominal_glyph(f->runs[0].face->font, '3', &old);
    assert_int_not_equal(f->runs[0].glyphs[0].id, old);
}

static void figures_are_tabular(void **state) {
    fixture *f = *state;
    jb_style style = {.role = JB_ROLE_SONG, .size = 10, .figures = true};
    shape_as(f, &style, "1");
    assert_near(total(f), 4.65);
    shape_as(f, &style, "1110000");
    assert_near(total(f), 7 * 4.65);
}

/* HarfBuzz alone, with the features that text has. */
static void assert_as_harfbuzz(const jb_run *run, hb_script_t script) {
    hb_buffer_t *buffer = hb_buffer_create();
    hb_feature_t lnum = {HB_TAG('l', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    unsigned count;
    hb_buffer_add_utf8(buffer, run->text, (int)run->length, 0, (int)run->length);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, script);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-cn", -1));
    hb_shape(run->face->font, buffer, &lnum, 1);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, NULL);
    assert_int_equal(run->count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(run->glyphs[i].id, info[i].codepoint);
        assert_int_equal(run->glyphs[i].cluster, info[i].cluster);
        assert_near(run->glyphs[i].advance, at[i].x_advance * run->size / run->face->units);
    }
    hb_buffer_destroy(buffer);
}

/* Every Han character and sign of the test fonts, forwards, backwards and doubled: what plain.c leaves out of
 * pango's hands comes out as if it had been shaped. */
static void plain_characters_are_as_if_shaped(void **state) {
    fixture *f = *state;
    static const jb_role roles[] = {JB_ROLE_SONG, JB_ROLE_HEI, JB_ROLE_KAI, JB_ROLE_BS};
    for (unsigned r = 0; r < G_N_ELEMENTS(roles); r++) {
        jb_style style = {.role = roles[r], .size = 12};
        shape_as(f, &style, "国");
        GString *text = g_string_new(NULL);
        hb_set_t *characters = hb_set_create();
        hb_face_collect_unicodes(f->runs[0].face->hb, characters);
        hb_codepoint_t c = 0x2E80;
        while (hb_set_next(characters, &c)) g_string_append_unichar(text, c);
        while (hb_set_previous(characters, &c) && c >= 0x2E80) g_string_append_unichar(text, c);
        c = 0x3000;
        while (hb_set_next(characters, &c) && c < 0x3100)
            for (hb_codepoint_t d = 0xFF00; hb_set_next(characters, &d);) {
                g_string_append_unichar(text, c);
                g_string_append_unichar(text, d);
            }
        assert_int_equal(shape_as(f, &style, text->str), JB_OK);
        assert_int_equal(f->count, 1);
        assert_int_equal(f->runs[0].length, text->len);
        assert_as_harfbuzz(&f->runs[0], HB_SCRIPT_HAN);
        hb_set_destroy(characters);
        g_string_free(text, TRUE);
    }
}

static void signs_are_shaped_as_chinese(void **state) {
    fixture *f = *state;
    jb_style style = {.role = JB_ROLE_HEI, .size = 12};
    assert_int_equal(shape_as(f, &style, "《规划》——“十三五”……（，）——"), JB_OK);
    assert_int_equal(f->count, 1);
    assert_as_harfbuzz(&f->runs[0], HB_SCRIPT_HAN);
    assert_int_equal(shape_as(f, &style, "——"), JB_OK);
    assert_as_harfbuzz(&f->runs[0], HB_SCRIPT_HAN);
}

static void a_pair_of_dashes_is_the_same_beside_latin(void **state) {
    fixture *f = *state;
    jb_style style = {.role = JB_ROLE_HEI, .size = 12};
    shape_as(f, &style, "——");
    unsigned count = f->runs[0].count;
    uint32_t id = f->runs[0].glyphs[0].id;
    shape_as(f, &style, "GDP——");
    assert_int_equal(f->runs[0].count, 3 + count);
    assert_int_equal(f->runs[0].glyphs[3].id, id);
}

static void figures_and_letters_are_shaped_as_latin(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "AV, To 3.9% (¥12)"), JB_OK);
    assert_int_equal(f->count, 1);
    assert_as_harfbuzz(&f->runs[0], HB_SCRIPT_LATIN);
}

/* ---- marks, blanks, breaks ---- */

static void a_mark_composes_with_its_base(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "e\xCC\x81"), JB_OK); /* é */
    assert_string_equal(runs_text(f), "latin:e\xCC\x81");
    assert_int_equal(f->runs[0].count, 1);
    hb_codepoint_t composed = 0;
    hb_font_get_nominal_glyph(f->runs[0].face->font, 0xE9, &composed);
    assert_int_equal(f->runs[0].glyphs[0].id, composed);
}

static void a_mark_no_font_has_is_an_error(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "国\xCC\x81"), JB_FAILED);
    assert_string_equal(only_message(f),
                        "report.md:3:5: error: no installed font has the character (U+0301)");
}

static void a_selector_stays_with_its_base(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "国\xEF\xB8\x8F内"), JB_OK); /* VS16 */
    assert_int_equal(f->count, 1);
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
    assert_near(total(f), 20);
}

static void a_variant_the_font_has_not_is_a_warning(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "国\xF3\xA0\x84\x80"), JB_OK); /* VS17 */
    assert_string_equal(only_message(f),
                        "report.md:3:5: warning: Noto Serif CJK SC has no variant U+56FD U+E0100, "
                        "the plain “国” is drawn");
    assert_near(total(f), 10);
}

static void blanks_have_their_width(void **state) {
    fixture *f = *state;
    shape(f, "1 2");
    double blank = total(f);
    assert_int_equal(shape(f, "1\xC2\xA0"
                              "2"),
                     JB_OK); /* no-break space */
    assert_near(total(f), blank);
    assert_int_equal(shape(f, "国\xE3\x80\x80国"), JB_OK); /* U+3000 */
    assert_near(total(f), 30);
    assert_int_equal(shape(f, "1\t2"), JB_OK);
    assert_near(total(f), blank);
    assert_string_equal(runs_text(f), "latin:1\t2");
}

static void a_thin_space_the_font_has_not_is_made(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "1\xE2\x80\x89"
                              "2"),
                     JB_OK); /* U+2009, a fifth of an em */
    double width = total(f);
    shape(f, "12");
    assert_near(width - total(f), 2);
}

static void breaks_and_signs_without_shape_draw_nothing(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "一\xE2\x80\xA8二\n三\xE2\x80\x8B四\xEF\xBB\xBF五\xE2\x81\xA0六"), JB_OK);
    assert_int_equal(glyphs(f), 6);
    assert_near(total(f), 60);
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
}

static void no_text_is_no_run(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, ""), JB_OK);
    assert_int_equal(f->count, 0);
    assert_int_equal(shape(f, "\xE2\x80\xA8"), JB_OK);
    assert_int_equal(f->count, 0);
}

/* ---- what cannot be drawn ---- */

static void a_missing_character_is_named_with_its_place(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "正文😀完"), JB_FAILED);
    assert_string_equal(only_message(f),
                        "report.md:3:7: error: no installed font has the character “😀” (U+1F600)");
    assert_string_equal(runs_text(f), "serif:正文|serif:完");
}

static void each_missing_character_is_reported_once(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "😀\xEE\x80\x80😀"), JB_FAILED); /* U+E000 */
    assert_int_equal(jb_context_diagnostics(f->ctx), 3);
    for (size_t i = 0; i < 3; i++) {
        jb_diagnostic d = jb_context_diagnostic(f->ctx, i);
        assert_int_equal(d.column, 5 + (int)i);
        assert_int_equal(d.count, 1);
    }
    assert_string_equal(jb_context_diagnostic(f->ctx, 1).message,
                        "no installed font has the character (U+E000)");
}

static void the_rest_is_drawn_beside_what_is_missing(void **state) {
    fixture *f = *state;
    shape(f, "A😀V");
    assert_int_equal(glyphs(f), 2);
}

static void a_control_character_is_an_error(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "一\x07二"), JB_FAILED);
    assert_string_equal(only_message(f),
                        "report.md:3:6: error: a control character stands in the text (U+0007)");
    assert_int_equal(glyphs(f), 2);
}

static void right_to_left_text_is_an_error(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "一\xD7\x90"), JB_FAILED); /* alef */
    assert_non_null(strstr(only_message(f), "report.md:3:6: error: right-to-left text is not supported “"));
}

static void marks_of_direction_do_not_turn_text(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "\xE2\x80\xAE"
                              "AB12\xE2\x80\xAC"),
                     JB_OK);
    for (unsigned i = 1; i < f->runs[0].count; i++)
        assert_true(f->runs[0].glyphs[i].cluster > f->runs[0].glyphs[i - 1].cluster);
}

static void sizes_out_of_range_are_refused(void **state) {
    fixture *f = *state;
    static const double sizes[] = {0, -3, 0.01, 1e9, INFINITY, NAN};
    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
        jb_style style = {.role = JB_ROLE_SONG, .size = sizes[i]};
        assert_int_not_equal(shape_as(f, &style, "国A"), JB_OK);
        assert_int_equal(f->count, 0);
    }
}

static void all_sizes_in_range_scale(void **state) {
    fixture *f = *state;
    shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 1000}, "国M");
    assert_near(total(f), 1000 + 1000.0 * 1821 / 2048);
    shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 1}, "国M");
    assert_near(total(f), 1 + 1821.0 / 2048);
}

/* ---- again ---- */

static void assert_same_runs(const fixture *f, const jb_run *runs, unsigned count) {
    assert_int_equal(f->count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_ptr_equal(runs[i].face, f->runs[i].face);
        assert_int_equal(runs[i].count, f->runs[i].count);
        assert_memory_equal(runs[i].glyphs, f->runs[i].glyphs, runs[i].count * sizeof(jb_glyph));
    }
}

static void shaping_again_gives_the_same(void **state) {
    fixture *f = *state;
    shape(f, "全市GDP增长3.9%，office");
    jb_run *runs = f->runs;
    unsigned count = f->count;
    shape(f, "全市GDP增长3.9%，office");
    assert_ptr_not_equal(runs, f->runs);
    assert_ptr_not_equal(runs[1].glyphs, f->runs[1].glyphs); /* the caller may move them */
    assert_same_runs(f, runs, count);
}

static void what_was_kept_is_kept_by_size_face_and_figures(void **state) {
    fixture *f = *state;
    shape(f, "1");
    double plain = total(f);
    shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 20}, "1");
    assert_near(total(f), 2 * plain);
    shape_as(f, &(jb_style){.role = JB_ROLE_SONG, .size = 10, .figures = true}, "1");
    assert_true(total(f) > plain + 0.5);
    shape(f, "1");
    assert_near(total(f), plain);
}

static void a_failure_is_reported_again(void **state) {
    fixture *f = *state;
    assert_int_equal(shape(f, "A😀"), JB_FAILED);
    assert_int_equal(shape(f, "A😀"), JB_FAILED);
    assert_int_equal(jb_context_diagnostic(f->ctx, 0).count, 2);
}

static void very_many_words_are_forgotten_in_time(void **state) {
    fixture *f = *state;
    char word[32];
    shape(f, "3.9%");
    jb_run *runs = f->runs;
    jb_arena *kept = f->arena;
    unsigned count = f->count;
    for (int i = 0; i < 20000; i++) { /* more than MOST_GLYPHS */
        f->arena = jb_arena_new();
        snprintf(word, sizeof word, "%d.%d%%", i, i % 7);
        assert_int_equal(shape(f, word), JB_OK);
        assert_int_equal(glyphs(f), strlen(word));
        jb_arena_free(f->arena);
    }
    f->arena = kept;
    shape(f, "3.9%");
    assert_same_runs(f, runs, count);
}

static void a_long_text_is_shaped_in_one_piece(void **state) {
    fixture *f = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) g_string_append(text, i % 10 ? "国" : "，");
    assert_int_equal(shape(f, text->str), JB_OK);
    assert_int_equal(f->count, 1);
    assert_int_equal(f->runs[0].count, 20000);
    assert_true(fabs(f->runs[0].width - 200000) < 1);
    g_string_free(text, TRUE);
}

#define PLAIN(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define CFF(test) cmocka_unit_test_setup_teardown(test, setup_cff, teardown)

int main(void) {
    static const struct CMUnitTest tests[] = {
        PLAIN(latin_goes_to_the_companion),
        PLAIN(a_role_without_companion_draws_its_own_latin),
        PLAIN(quotes_beside_chinese_are_chinese),
        PLAIN(quotes_inside_latin_are_latin),
        PLAIN(quotes_with_one_latin_neighbour_are_chinese),
        PLAIN(signs_go_with_their_figure),
        PLAIN(a_character_goes_on_to_a_face_that_has_it),
        PLAIN(greek_is_latin),
        PLAIN(text_and_clusters_are_kept),
        PLAIN(han_is_as_wide_as_its_size),
        PLAIN(positions_are_not_rounded),
        PLAIN(kerning_is_kept),
        CFF(a_ligature_stands_for_its_letters),
        CFF(digits_are_lining),
        CFF(figures_are_tabular),
        PLAIN(plain_characters_are_as_if_shaped),
        PLAIN(signs_are_shaped_as_chinese),
        PLAIN(a_pair_of_dashes_is_the_same_beside_latin),
        PLAIN(figures_and_letters_are_shaped_as_latin),
        PLAIN(a_mark_composes_with_its_base),
        PLAIN(a_mark_no_font_has_is_an_error),
        PLAIN(a_selector_stays_with_its_base),
        PLAIN(a_variant_the_font_has_not_is_a_warning),
        PLAIN(blanks_have_their_width),
        PLAIN(a_thin_space_the_font_has_not_is_made),
        PLAIN(breaks_and_signs_without_shape_draw_nothing),
        PLAIN(no_text_is_no_run),
        PLAIN(a_missing_character_is_named_with_its_place),
        PLAIN(each_missing_character_is_reported_once),
        PLAIN(the_rest_is_drawn_beside_what_is_missing),
        PLAIN(a_control_character_is_an_error),
        PLAIN(right_to_left_text_is_an_error),
        PLAIN(marks_of_direction_do_not_turn_text),
        PLAIN(sizes_out_of_range_are_refused),
        PLAIN(all_sizes_in_range_scale),
        PLAIN(shaping_again_gives_the_same),
        CFF(what_was_kept_is_kept_by_size_face_and_figures),
        PLAIN(a_failure_is_reported_again),
        PLAIN(very_many_words_are_forgotten_in_time),
        PLAIN(a_long_text_is_shaped_in_one_piece),
    };
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
