/* Roles to faces, and what a face knows of itself. */
#include <math.h>
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <glib/gstdio.h>
#include "fonts/cff.h"
#include "tests/unit/test_fonts_common.h"

typedef struct fixture {
    jb_context *ctx;
    jb_fonts *fonts;
} fixture;

static int setup(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    *state = f;
    return 0;
}

static int setup_fonts(void **state) {
    setup(state);
    fixture *f = *state;
    f->fonts = test_fonts(f->ctx);
    return f->fonts ? 0 : -1;
}

static int teardown(void **state) {
    fixture *f = *state;
    jb_fonts_free(f->fonts);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

/* Shapes one character; the face that draws it. */
static const jb_face *face_for(fixture *f, jb_role role, bool bold, const char *text) {
    jb_arena *arena = jb_arena_new();
    jb_style style = {.role = role, .bold = bold, .size = 10};
    jb_run *runs;
    unsigned count;
    assert_int_equal(jb_fonts_shape(f->fonts, arena, &style, text, strlen(text), (jb_pos){0}, &runs, &count),
                     JB_OK);
    assert_int_equal(count, 1);
    const jb_face *face = runs[0].face;
    jb_arena_free(arena);
    return face;
}

static bool ends_with(const char *file, const char *name) { return g_str_has_suffix(file, name); }

/* ---- roles ---- */

static void roles_have_names(void **state) {
    (void)state;
    for (int i = 0; i < JB_ROLES; i++) {
        jb_role role = JB_ROLES;
        assert_true(jb_role_from_name(jb_role_name((jb_role)i), &role));
        assert_int_equal(role, i);
    }
    jb_role role;
    assert_false(jb_role_from_name("serif", &role));
    assert_false(jb_role_from_name("", &role));
}

static void roles_are_pinned_to_files(void **state) {
    fixture *f = *state;
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, false, "国")->file, "/serif-regular.otf"));
    assert_true(ends_with(face_for(f, JB_ROLE_HEI, false, "国")->file, "/sans-regular.otf"));
    assert_true(ends_with(face_for(f, JB_ROLE_KAI, false, "国")->file, "/kai-regular.ttf"));
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, false, "G")->file, "/latin-regular.ttf"));
}

static void bold_is_a_face_of_its_own(void **state) {
    fixture *f = *state;
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, true, "国")->file, "/serif-bold.otf"));
    assert_true(ends_with(face_for(f, JB_ROLE_HEI, true, "国")->file, "/sans-bold.otf"));
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, true, "G")->file, "/latin-bold.ttf"));
    assert_int_equal(face_for(f, JB_ROLE_HEI, true, "国")->weight, 700);
    assert_int_equal(face_for(f, JB_ROLE_HEI, false, "国")->weight, 400);
}

static void kai_and_fangsong_are_never_bold(void **state) {
    fixture *f = *state;
    assert_ptr_equal(face_for(f, JB_ROLE_KAI, true, "国"), face_for(f, JB_ROLE_KAI, false, "国"));
    assert_true(ends_with(face_for(f, JB_ROLE_FANGSONG, true, "国")->file, "/serif-regular.otf"));
}

static void bs_is_always_bold(void **state) {
    fixture *f = *state;
    assert_true(ends_with(face_for(f, JB_ROLE_BS, false, "国")->file, "/serif-bold.otf"));
}

static void a_file_is_opened_once(void **state) {
    fixture *f = *state;
    unsigned count = jb_fonts_count(f->fonts);
    assert_int_equal(count, 7); /* all of tests/fonts but the one for name-keyed CFF */
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(jb_fonts_nth(f->fonts, i)->id, i);
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(jb_fonts_nth(f->fonts, i)->file, jb_fonts_nth(f->fonts, j)->file);
    }
    assert_ptr_equal(face_for(f, JB_ROLE_FANGSONG, false, "国"), face_for(f, JB_ROLE_SONG, false, "国"));
}

/* Fonts for one set of wishes: the role `role` wishes `families`, all others the serif. */
static jb_fonts *fonts_with(fixture *f, jb_role role, const char *const *families) {
    static const char *const serif[] = {"Noto Serif CJK SC", NULL};
    jb_font_wish wishes[JB_ROLES];
    for (int i = 0; i < JB_ROLES; i++) wishes[i] = (jb_font_wish){serif, false};
    wishes[role].families = families;
    return f->fonts = jb_fonts_new(f->ctx, wishes);
}

static void the_first_installed_family_wins(void **state) {
    fixture *f = *state;
    static const char *const wish[] = {"SimHei", "Noto Sans CJK SC", "LXGW WenKai", NULL};
    assert_non_null(fonts_with(f, JB_ROLE_HEI, wish));
    assert_string_equal(face_for(f, JB_ROLE_HEI, false, "国")->family, "Noto Sans CJK SC");
}

static void a_family_is_found_by_any_of_its_names(void **state) {
    fixture *f = *state;
    static const char *const wish[] = {"Jianbao Test Kai", NULL};
    assert_non_null(fonts_with(f, JB_ROLE_KAI, wish));
    assert_true(ends_with(face_for(f, JB_ROLE_KAI, false, "国")->file, "/kai-regular.ttf"));
}

static void a_likely_substitute_is_not_installed(void **state) {
    fixture *f = *state;
    char message[512];
    static const char *const wish[] = {"Noto Sans CJK", "Noto Sans",
                                       NULL}; /* fontconfig would match something */
    assert_null(fonts_with(f, JB_ROLE_HEI, wish));
    assert_string_equal(
        last_message(f->ctx, message, sizeof message),
        ":0:0: error: font role hei: none of Noto Sans CJK, Noto Sans is installed; on Debian: "
        "apt install fonts-noto-cjk");
}

static void a_missing_kai_names_its_package(void **state) {
    fixture *f = *state;
    char message[512];
    static const char *const wish[] = {"KaiTi", NULL};
    assert_null(fonts_with(f, JB_ROLE_KAI, wish));
    assert_non_null(strstr(last_message(f->ctx, message, sizeof message), "apt install fonts-lxgw-wenkai"));
}

/* When text is set in it, not before. */
static void a_lost_fangsong_is_noted_once(void **state) {
    fixture *f = *state;
    char message[512];
    static const char *const wish[] = {"FZFangSong-Z02S", "FangSong_GB2312", "FangSong", "Noto Serif CJK SC",
                                       NULL};
    assert_non_null(fonts_with(f, JB_ROLE_FANGSONG, wish));
    assert_non_null(face_for(f, JB_ROLE_SONG, false, "国"));
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
    for (int i = 0; i < 2; i++) assert_non_null(face_for(f, JB_ROLE_FANGSONG, false, "国"));
    assert_int_equal(jb_context_diagnostics(f->ctx), 1);
    assert_string_equal(
        last_message(f->ctx, message, sizeof message),
        ":0:0: note: font role fangsong: none of FZFangSong-Z02S, FangSong_GB2312, FangSong is "
        "installed, using Noto Serif CJK SC");
}

static void a_fitting_substitute_is_not_noted(void **state) {
    fixture *f = *state;
    static const char *const wish[] = {"KaiTi", "LXGW WenKai", NULL};
    assert_non_null(fonts_with(f, JB_ROLE_KAI, wish));
    assert_non_null(face_for(f, JB_ROLE_KAI, false, "国"));
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
}

static void a_bold_title_face_beside_song_is_not_noted(void **state) {
    fixture *f = *state;
    static const char *const wish[] = {"FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", NULL};
    assert_non_null(fonts_with(f, JB_ROLE_BS, wish));
    assert_non_null(face_for(f, JB_ROLE_BS, true, "国"));
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
}

static void the_companion_may_be_missing(void **state) {
    fixture *f = *state;
    static const char *const wish[] = {"Times New Roman", NULL};
    assert_non_null(fonts_with(f, JB_ROLE_LATIN, wish));
    assert_int_equal(jb_context_diagnostics(f->ctx), 0);
    assert_string_equal(face_for(f, JB_ROLE_SONG, false, "G")->family, "Noto Serif CJK SC");
}

static void all_wishes_are_reported_not_only_the_first(void **state) {
    fixture *f = *state;
    static const char *const none[] = {"No Such Family", NULL};
    jb_font_wish wishes[JB_ROLES];
    for (int i = 0; i < JB_ROLES; i++) wishes[i] = (jb_font_wish){none, false};
    assert_null(jb_fonts_new(f->ctx, wishes));
    assert_int_equal(jb_context_count(f->ctx, JB_ERROR), JB_ROLES - 1); /* latin may be missing */
}

static void empty_wishes_are_no_crash(void **state) {
    fixture *f = *state;
    jb_font_wish wishes[JB_ROLES] = {0};
    f->fonts = jb_fonts_new(f->ctx, wishes);
    assert_non_null(f->fonts);
    assert_int_equal(jb_fonts_count(f->fonts), 0);
    double ascent, descent;
    jb_fonts_extents(f->fonts, &(jb_style){.size = 10}, &ascent, &descent);
    assert_true(ascent > 0 && descent < 0);
}

/* ---- other font configurations ---- */

/* A folder with copies of test fonts, shown to fontconfig alone. */
static char *folder_with(const char *const *files, const char *rules) {
    char *dir = g_dir_make_tmp("jianbao-fonts-XXXXXX", NULL);
    char *conf = g_build_filename(dir, "fonts.conf", NULL);
    for (unsigned i = 0; files[i]; i++) {
        char *from = g_build_filename("tests/fonts", files[i], NULL), *data;
        char *name = g_strdup_printf("%s/%u-%s", dir, i, files[i]);
        gsize size;
        assert_true(g_file_get_contents(from, &data, &size, NULL));
        assert_true(g_file_set_contents(name, data, (gssize)size, NULL));
        g_free(data);
        g_free(from);
        g_free(name);
    }
    char *text = g_strdup_printf("<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir>%s</fontconfig>", dir,
                                 dir, rules);
    assert_true(g_file_set_contents(conf, text, -1, NULL));
    g_setenv("FONTCONFIG_FILE", conf, TRUE);
    assert_true(FcInitReinitialize());
    g_free(text);
    g_free(conf);
    return dir;
}

static void remove_folder(char *dir) {
    GDir *d = g_dir_open(dir, 0, NULL);
    for (const char *name; d && (name = g_dir_read_name(d));) {
        char *path = g_build_filename(dir, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            remove_folder(path);
            continue;
        }
        g_unlink(path);
        g_free(path);
    }
    if (d) g_dir_close(d);
    g_rmdir(dir);
    g_free(dir);
}

static void back_to_the_test_fonts(char *dir) {
    remove_folder(dir);
    test_fonts_use();
    assert_true(FcInitReinitialize());
}

static void of_two_equal_files_the_first_serves(void **state) {
    fixture *f = *state;
    static const char *const files[] = {"serif-regular.otf", "serif-regular.otf", "serif-bold.otf", NULL};
    static const char *const wish[] = {"Noto Serif CJK SC", NULL};
    char *dir = folder_with(files, "");
    assert_non_null(fonts_with(f, JB_ROLE_SONG, wish));
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, false, "国，“A”")->file, "/0-serif-regular.otf"));
    back_to_the_test_fonts(dir);
}

static void a_regular_face_serves_where_there_is_no_bold(void **state) {
    fixture *f = *state;
    static const char *const files[] = {"serif-regular.otf", NULL};
    static const char *const wish[] = {"Noto Serif CJK SC", NULL};
    char *dir = folder_with(files, "");
    assert_non_null(fonts_with(f, JB_ROLE_SONG, wish));
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, true, "国")->file, "/0-serif-regular.otf"));
    back_to_the_test_fonts(dir);
}

/* Rules of a machine that replace families, embolden and slant do not reach what was pinned. */
static void rules_of_the_machine_do_not_change_the_choice(void **state) {
    fixture *f = *state;
    static const char *const files[] = {"serif-regular.otf", "sans-regular.otf", NULL};
    static const char *const wish[] = {"Noto Serif CJK SC", NULL};
    char *dir =
        folder_with(files, "<match target='pattern'><edit name='family' mode='prepend' binding='strong'>"
                           "<string>Noto Sans CJK SC</string></edit></match>");
    assert_non_null(fonts_with(f, JB_ROLE_SONG, wish));
    assert_true(ends_with(face_for(f, JB_ROLE_SONG, false, "国，A")->file, "/0-serif-regular.otf"));
    back_to_the_test_fonts(dir);
}

static void a_variable_font_is_passed_over_and_named(void **state) {
    fixture *f = *state;
    char message[512];
    static const char *const files[] = {"serif-regular.otf", "sans-regular.otf", NULL};
    static const char *const wish[] = {"Noto Sans CJK SC", NULL};
    char *dir =
        folder_with(files, "<match target='scan'><test name='family'><string>Noto Sans CJK SC</string></test>"
                           "<edit name='variable'><bool>true</bool></edit></match>");
    assert_null(fonts_with(f, JB_ROLE_HEI, wish));
    assert_non_null(strstr(last_message(f->ctx, message, sizeof message),
                           "Noto Sans CJK SC (installed, but not as a static upright font)"));
    back_to_the_test_fonts(dir);
}

static void a_slanted_face_does_not_serve(void **state) {
    fixture *f = *state;
    static const char *const files[] = {"serif-regular.otf", "sans-regular.otf", NULL};
    static const char *const wish[] = {"Noto Sans CJK SC", NULL};
    char *dir =
        folder_with(files, "<match target='scan'><test name='family'><string>Noto Sans CJK SC</string></test>"
                           "<edit name='slant'><int>100</int></edit></match>");
    assert_null(fonts_with(f, JB_ROLE_HEI, wish));
    back_to_the_test_fonts(dir);
}

/* ---- faces ---- */

static const jb_face *face_named(fixture *f, const char *file) {
    for (unsigned i = 0; i < jb_fonts_count(f->fonts); i++)
        if (ends_with(jb_fonts_nth(f->fonts, i)->file, file)) return jb_fonts_nth(f->fonts, i);
    fail_msg("no face %s", file);
    return NULL;
}

static void a_face_knows_its_names(void **state) {
    const jb_face *face = face_named(*state, "serif-bold.otf");
    assert_string_equal(face->family, "Noto Serif CJK SC");
    assert_string_equal(face->style, "Bold");
    assert_string_equal(face->postscript, "NotoSerifCJKsc-Bold");
    assert_int_equal(face->index, 0);
}

static void a_face_knows_its_outlines(void **state) {
    assert_int_equal(face_named(*state, "serif-regular.otf")->kind, JB_OUTLINE_CFF_CID);
    assert_int_equal(face_named(*state, "kai-regular.ttf")->kind, JB_OUTLINE_GLYF);
    assert_int_equal(face_named(*state, "latin-regular.ttf")->kind, JB_OUTLINE_GLYF);
}

static void name_keyed_cff_is_told_from_cid_keyed(void **state) {
    fixture *f = *state;
    static const char *const wish[] = {"Jianbao Test CFF", NULL};
    assert_non_null(fonts_with(f, JB_ROLE_LATIN, wish));
    assert_int_equal(face_named(f, "cff-regular.otf")->kind, JB_OUTLINE_CFF_NAME);
}

static void metrics_are_in_thousandths(void **state) {
    const jb_face *serif = face_named(*state, "serif-regular.otf"),
                  *latin = face_named(*state, "latin-regular.ttf");
    assert_int_equal(serif->units, 1000);
    assert_int_equal(latin->units, 2048);
    assert_true(fabs(serif->ascent - 1151) < 0.01 && fabs(serif->descent + 286) < 0.01);
    assert_true(fabs(latin->ascent - 891.1) < 0.1 && fabs(latin->descent + 216.3) < 0.1);
    assert_true(fabs(serif->cap_height - 729) < 0.01);
    assert_true(latin->cap_height > 640 && latin->cap_height < 680);
    assert_true(serif->bbox[0] < 0 && serif->bbox[1] < 0 && serif->bbox[2] > 1000 && serif->bbox[3] > 800);
    assert_true(fabs(serif->italic_angle) < 0.001);
}

static uint32_t glyph_of(const jb_face *face, hb_codepoint_t c) {
    hb_codepoint_t glyph = 0;
    assert_true(hb_font_get_nominal_glyph(face->font, c, &glyph));
    return glyph;
}

static void advances_are_unrounded(void **state) {
    const jb_face *serif = face_named(*state, "serif-regular.otf"),
                  *latin = face_named(*state, "latin-regular.ttf");
    assert_true(jb_face_advance(serif, glyph_of(serif, 0x56FD)) == 1000);
    assert_true(jb_face_advance(latin, glyph_of(latin, 'M')) == 1821 * 1000.0 / 2048);
}

static void extents_are_the_han_face_s(void **state) {
    fixture *f = *state;
    double ascent, descent;
    jb_fonts_extents(f->fonts, &(jb_style){.role = JB_ROLE_SONG, .size = 20}, &ascent, &descent);
    assert_true(fabs(ascent - 23.02) < 0.001 && fabs(descent + 5.72) < 0.001);
}

typedef struct trace {
    unsigned moves, lines, cubics, closes;
    double box[4];
} trace;

static void reach(trace *t, double x, double y) {
    t->box[0] = fmin(t->box[0], x);
    t->box[1] = fmin(t->box[1], y);
    t->box[2] = fmax(t->box[2], x);
    t->box[3] = fmax(t->box[3], y);
}

static void trace_move(void *to, double x, double y) {
    ((trace *)to)->moves++;
    reach(to, x, y);
}

static void trace_line(void *to, double x, double y) {
    ((trace *)to)->lines++;
    reach(to, x, y);
}

static void trace_cubic(void *to, double x1, double y1, double x2, double y2, double x3, double y3) {
    (void)x1, (void)y1, (void)x2, (void)y2;
    ((trace *)to)->cubics++;
    reach(to, x3, y3);
}

static void trace_close(void *to) { ((trace *)to)->closes++; }

static trace trace_of(const jb_face *face, hb_codepoint_t c) {
    static const jb_outline_sink sink = {trace_move, trace_line, trace_cubic, trace_close};
    trace t = {.box = {1e9, 1e9, -1e9, -1e9}};
    jb_face_outline(face, glyph_of(face, c), &sink, &t);
    return t;
}

static void outlines_of_cff_are_in_ems(void **state) {
    trace t = trace_of(face_named(*state, "sans-regular.otf"), 0x56FD); /* 国: a frame that fills the em */
    assert_true(t.moves > 2 && t.moves == t.closes && t.lines > 4);
    assert_true(t.box[0] > 0 && t.box[0] < 0.15 && t.box[2] > 0.85 && t.box[2] < 1);
    assert_true(t.box[1] < 0 && t.box[3] > 0.7 && t.box[3] < 1);
}

static void outlines_of_glyf_become_cubic(void **state) {
    trace t = trace_of(face_named(*state, "latin-regular.ttf"), 'o');
    assert_int_equal(t.moves, 2); /* the bowl and its counter */
    assert_int_equal(t.closes, 2);
    assert_true(t.cubics >= 8);
    assert_true(t.box[3] > 0.4 && t.box[3] < 0.5 && t.box[1] < 0);
}

static void a_blank_has_no_outline(void **state) {
    trace t = trace_of(face_named(*state, "latin-regular.ttf"), ' ');
    assert_int_equal(t.moves + t.lines + t.cubics + t.closes, 0);
}

/* ---- CFF ---- */

/* A CFF of empty INDEXes but for the Top DICT, with the charset behind it. */
static size_t make_cff(uint8_t *out, const uint8_t *dict, uint8_t length, const uint8_t *charset,
                       size_t size) {
    uint8_t head[] = {1, 0, 4, 1, 0, 1, 1, 1, 2, 'A', 0, 1, 1, 1, (uint8_t)(length + 1)};
    memcpy(out, head, sizeof head);
    memcpy(out + sizeof head, dict, length);
    memcpy(out + sizeof head + length, charset, size);
    return sizeof head + length + size;
}

static void charsets_of_all_formats_are_read(void **state) {
    (void)state;
    static const uint8_t list[] = {0, 0, 5, 1, 0, 0, 9}, ranges[] = {1, 0, 5, 1, 1, 0, 0},
                         long_ranges[] = {2, 0, 5, 0, 1, 1, 0, 0, 0};
    static const uint16_t expected[2][4] = {{0, 5, 256, 9}, {0, 5, 6, 256}};
    const struct {
        const uint8_t *data;
        size_t size;
        int expected;
    } cases[] = {{list, sizeof list, 0}, {ranges, sizeof ranges, 1}, {long_ranges, sizeof long_ranges, 1}};
    for (unsigned i = 0; i < 3; i++) {
        uint8_t cff[64], dict[] = {139, 139, 139, 12, 30, 139 + 22, 15}; /* ROS, charset at 22 */
        uint16_t ids[4];
        size_t length = make_cff(cff, dict, sizeof dict, cases[i].data, cases[i].size);
        assert_true(jb_cff_is_cid(cff, length));
        assert_true(jb_cff_charset(cff, length, 4, ids));
        assert_memory_equal(ids, expected[cases[i].expected], sizeof ids);
    }
}

static void a_cff_without_ros_is_name_keyed(void **state) {
    (void)state;
    uint8_t cff[64], dict[] = {28, 0, 22, 15};
    uint16_t ids[2];
    size_t length = make_cff(cff, dict, sizeof dict, (const uint8_t *)"\0\0\7", 3);
    assert_false(jb_cff_is_cid(cff, length));
    assert_false(jb_cff_charset(cff, length, 2, ids)); /* the dict is shorter: 22 is behind the end */
    dict[2] = 19;
    length = make_cff(cff, dict, sizeof dict, (const uint8_t *)"\0\0\7", 3);
    assert_true(jb_cff_charset(cff, length, 2, ids));
    assert_int_equal(ids[1], 7);
}

/* Every prefix and every changed byte of a real font's start is read without harm (run under the sanitizers).
 */
static void broken_cff_is_refused_without_harm(void **state) {
    const jb_face *face = face_named(*state, "serif-regular.otf");
    hb_blob_t *blob = hb_face_reference_table(face->hb, HB_TAG('C', 'F', 'F', ' '));
    unsigned length;
    const uint8_t *data = (const uint8_t *)hb_blob_get_data(blob, &length);
    uint16_t *ids = g_new0(uint16_t, face->glyphs);
    assert_true(jb_cff_is_cid(data, length));
    for (size_t n = 0; n < 300; n++) {
        uint8_t *copy = g_memdup2(data, n);
        jb_cff_is_cid(copy, n);
        assert_false(jb_cff_charset(copy, n, face->glyphs, ids));
        g_free(copy);
    }
    uint8_t *copy = g_memdup2(data, length);
    for (size_t n = 0; n < 300; n++)
        for (int bit = 0; bit < 8; bit++) {
            copy[n] ^= (uint8_t)(1 << bit);
            jb_cff_is_cid(copy, length);
            jb_cff_charset(copy, length, face->glyphs, ids);
            copy[n] ^= (uint8_t)(1 << bit);
        }
    g_free(copy);
    g_free(ids);
    hb_blob_destroy(blob);
}

#define RESOLVED(test) cmocka_unit_test_setup_teardown(test, setup_fonts, teardown)
#define BARE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_have_names),
        RESOLVED(roles_are_pinned_to_files),
        RESOLVED(bold_is_a_face_of_its_own),
        RESOLVED(kai_and_fangsong_are_never_bold),
        RESOLVED(bs_is_always_bold),
        RESOLVED(a_file_is_opened_once),
        BARE(the_first_installed_family_wins),
        BARE(a_family_is_found_by_any_of_its_names),
        BARE(a_likely_substitute_is_not_installed),
        BARE(a_missing_kai_names_its_package),
        BARE(a_lost_fangsong_is_noted_once),
        BARE(a_fitting_substitute_is_not_noted),
        BARE(a_bold_title_face_beside_song_is_not_noted),
        BARE(the_companion_may_be_missing),
        BARE(all_wishes_are_reported_not_only_the_first),
        BARE(empty_wishes_are_no_crash),
        BARE(of_two_equal_files_the_first_serves),
        BARE(a_regular_face_serves_where_there_is_no_bold),
        BARE(rules_of_the_machine_do_not_change_the_choice),
        BARE(a_variable_font_is_passed_over_and_named),
        BARE(a_slanted_face_does_not_serve),
        RESOLVED(a_face_knows_its_names),
        RESOLVED(a_face_knows_its_outlines),
        BARE(name_keyed_cff_is_told_from_cid_keyed),
        RESOLVED(metrics_are_in_thousandths),
        RESOLVED(advances_are_unrounded),
        RESOLVED(extents_are_the_han_face_s),
        RESOLVED(outlines_of_cff_are_in_ems),
        RESOLVED(outlines_of_glyf_become_cubic),
        RESOLVED(a_blank_has_no_outline),
        cmocka_unit_test(charsets_of_all_formats_are_read),
        cmocka_unit_test(a_cff_without_ros_is_name_keyed),
        RESOLVED(broken_cff_is_refused_without_harm),
    };
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
