/* Lines of paragraphs: every case of tests/lines.txt, whose head says how a case is written. */
#include <math.h>
#include "fonts/para.h"
#include "tests/unit/test_fonts_common.h"

#define SIZE 10.0 /* pt of an em; measures and widths of the table are em */

typedef struct fixture {
    jb_context *ctx;
    jb_fonts *fonts;
} fixture;

static int setup(void **state) {
    fixture *f = g_new0(fixture, 1);
    f->ctx = jb_context_new();
    f->fonts = test_fonts(f->ctx);
    *state = f;
    return f->fonts ? 0 : -1;
}

static int teardown(void **state) {
    fixture *f = *state;
    jb_fonts_free(f->fonts);
    jb_context_free(f->ctx);
    g_free(f);
    return 0;
}

/* ---- the table ---- */

typedef struct line_case {
    unsigned number; /* of its line in the file */
    char *group;
    jb_para_options options; /* in pt */
    char **lines;            /* what each shall say */
    char *text, *widths;     /* widths: natural widths, em, parted by blanks; "" when not said */
} line_case;

static void clear_case(gpointer data) {
    line_case *c = data;
    g_free(c->group), g_free(c->text), g_free(c->widths);
    g_strfreev(c->lines);
}

static bool read_option(line_case *c, const char *word) {
    if (g_str_has_prefix(word, "indent="))
        return c->options.indent = g_ascii_strtod(word + 7, NULL) * SIZE, true;
    if (g_str_has_prefix(word, "hang=")) return c->options.hang = g_ascii_strtod(word + 5, NULL) * SIZE, true;
    if (!strcmp(word, "left")) return c->options.align = JB_ALIGN_LEFT, true;
    if (!strcmp(word, "balance")) return c->options.balance = true;
    if (!strcmp(word, "open")) return c->options.open_edges = true;
    return false;
}

/* `\n` is a hard break; it stays in the text and is no part of a line. */
static char *join(char **lines) {
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; lines[i]; i++) {
        char *hard = g_str_has_suffix(lines[i], "\\n") ? lines[i] + strlen(lines[i]) - 2 : NULL;
        if (hard) *hard = 0;
        g_string_append(text, lines[i]);
        if (hard) g_string_append(text, "\xE2\x80\xA8");
        g_strchomp(lines[i]); /* a blank at a line's end is not set */
    }
    return g_string_free(text, FALSE);
}

static void read_case(GArray *cases, unsigned number, const char *group, char *line) {
    char **fields = g_strsplit(line, "\t", -1), **words = g_strsplit(fields[0], " ", -1);
    line_case c = {.number = number, .group = g_strdup(group)};
    if (g_strv_length(fields) < 2 || g_strv_length(fields) > 3)
        fail_msg("lines.txt:%u: 2 or 3 fields", number);
    if (!*group) fail_msg("lines.txt:%u: a case without a group and its source", number);
    c.options.measure = g_ascii_strtod(words[0], NULL) * SIZE;
    for (unsigned i = 1; words[i]; i++)
        if (!read_option(&c, words[i])) fail_msg("lines.txt:%u: what is “%s”?", number, words[i]);
    c.lines = g_strsplit(fields[1], "|", -1);
    c.text = join(c.lines);
    c.widths = g_strdup(fields[2] ? fields[2] : "");
    g_array_append_val(cases, c);
    g_strfreev(words);
    g_strfreev(fields);
}

static GArray *read_cases(void) {
    char *text = NULL;
    assert_true(g_file_get_contents("tests/lines.txt", &text, NULL, NULL));
    GArray *cases = g_array_new(FALSE, TRUE, sizeof(line_case));
    g_array_set_clear_func(cases, clear_case);
    char **lines = g_strsplit(text, "\n", -1);
    const char *group = "";
    for (unsigned i = 0; lines[i]; i++) {
        if (g_str_has_prefix(lines[i], "== "))
            group = lines[i] + 3;
        else if (*lines[i] && *lines[i] != '#')
            read_case(cases, i + 1, group, lines[i]);
    }
    g_strfreev(lines);
    g_free(text);
    return cases;
}

/* ---- one case ---- */

static jb_para *set(fixture *f, jb_arena *arena, const line_case *c) {
    jb_para *para = NULL;
    jb_span span = {c->text,
                    (uint32_t)strlen(c->text),
                    {.role = JB_ROLE_SONG, .size = SIZE},
                    0,
                    {"lines.txt", (int)c->number, 1}};
    if (jb_para_break(f->fonts, arena, &span, 1, &c->options, &para) != JB_OK) {
        print_messages(f->ctx);
        fail_msg("lines.txt:%u: %s", c->number, c->text);
    }
    return para;
}

static char *texts_of(const jb_para *para) {
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < para->count; i++)
        g_string_append_printf(out, "%s%s", i ? "|" : "", para->lines[i].text);
    return g_string_free(out, FALSE);
}

static char *widths_of(const jb_para *para) {
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < para->count; i++)
        g_string_append_printf(out, "%s%.6g", i ? " " : "",
                               round(para->lines[i].natural / SIZE * 1000) / 1000);
    return g_string_free(out, FALSE);
}

/* The pieces of a line stand side by side, in order, within its box. */
static bool pieces_in_order(const jb_line *line) {
    double at = line->x - 0.5 * SIZE - 0.01; /* an opening mark's blank half may stick out */
    for (unsigned i = 0; i < line->count; i++) {
        const jb_piece *piece = &line->pieces[i];
        if (piece->x < at - 0.51 * SIZE) return false;
        for (uint32_t g = 1; g < piece->run->count; g++)
            if (piece->run->glyphs[g].x < piece->run->glyphs[g - 1].x - 0.01) return false;
        at = piece->x + piece->run->width;
    }
    return at <= line->x + line->width + 0.5 * SIZE + 0.01;
}

/* What holds for every paragraph: no line is wider than its room, and all but the last fill it. */
static bool fills_its_lines(const line_case *c, const jb_para *para) {
    for (unsigned i = 0; i < para->count; i++) {
        const jb_line *line = &para->lines[i];
        double room = c->options.measure - (i ? c->options.hang : c->options.indent);
        if (!pieces_in_order(line)) return false;
        if (c->options.measure <= 0 || room < SIZE) continue; /* free, or too narrow for a character */
        if (line->width > room + 0.01) return false;
        if (fabs(line->x - (i ? c->options.hang : c->options.indent)) > 0.01) return false;
        bool last = i + 1 == para->count || c->options.balance || c->options.align != JB_ALIGN_JUSTIFY ||
                    strstr(c->text, "\xE2\x80\xA8");
        if (!last && line->width < room - 0.01) return false;
        if ((line->ratio < 0) != (line->natural > room + 0.001))
            return false; /* squeezed when too wide only */
    }
    return true;
}

static unsigned check(fixture *f, const line_case *c) {
    jb_arena *arena = jb_arena_new();
    jb_para *para = set(f, arena, c);
    char *wanted = g_strjoinv("|", c->lines), *got = texts_of(para), *widths = widths_of(para);
    unsigned wrong = 0;
    if (strcmp(wanted, got)) {
        print_error("# lines.txt:%u (%s)\n#   wanted %s\n#   got    %s\n", c->number, c->group, wanted, got);
        wrong = 1;
    } else if (*c->widths && strcmp(widths, c->widths)) {
        print_error("# lines.txt:%u (%s) %s\n#   natural widths %s, not %s\n", c->number, c->group, got,
                    widths, c->widths);
        wrong = 1;
    } else if (!fills_its_lines(c, para)) {
        print_error("# lines.txt:%u (%s) %s: a line does not fill its room\n", c->number, c->group, got);
        wrong = 1;
    }
    g_free(wanted), g_free(got), g_free(widths);
    jb_arena_free(arena);
    return wrong;
}

static void every_case_is_set_as_written(void **state) {
    fixture *f = *state;
    GArray *cases = read_cases();
    unsigned wrong = 0;
    for (guint i = 0; i < cases->len; i++) wrong += check(f, &g_array_index(cases, line_case, i));
    if (wrong) fail_msg("%u of %u cases of lines.txt", wrong, cases->len);
    assert_true(cases->len > 60);
    g_array_free(cases, TRUE);
}

/* The same paragraph at every measure: no line begins or ends with what must not stand there, whatever the
 * luck. */
static bool may_begin(const char *line) {
    return !g_utf8_strchr("、，。：；？！”’）》」』】%.,", -1, g_utf8_get_char(line));
}

static bool may_end(const char *line) {
    return !g_utf8_strchr("（《「『【“‘", -1, g_utf8_get_char(g_utf8_prev_char(line + strlen(line))));
}

static void no_measure_breaks_a_rule(void **state) {
    fixture *f = *state;
    line_case c = {
        .text =
            "2020 年，全市（各区县）实现生产总值 25002.8 亿元，增长 3.9%；“六稳”“六保”任务落实，见《计划》"
            "——第 3 章……其中：进出口 1,234.5 亿美元、占比 47.5%（GDP）。"};
    for (double measure = 8; measure < 40; measure += 0.37) {
        jb_arena *arena = jb_arena_new();
        c.options.measure = measure * SIZE;
        jb_para *para = set(f, arena, &c);
        for (unsigned i = 0; i < para->count; i++) {
            const char *line = para->lines[i].text;
            if (!may_begin(line) || (i + 1 < para->count && !may_end(line)))
                fail_msg("at %g em: “%s”", measure, line);
            if (para->lines[i].width > c.options.measure + 0.01)
                fail_msg("at %g em “%s” is %g pt wide", measure, line, para->lines[i].width);
        }
        char *all = texts_of(para);
        static const char *const whole[] = {"2020 年", "25002.8 亿", "3.9%", "1,234.5 亿",
                                            "47.5%",   "——",         "……",   "GDP"};
        for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
            if (!strstr(all, whole[i])) fail_msg("at %g em “%s” is cut: %s", measure, whole[i], all);
        g_free(all);
        jb_arena_free(arena);
    }
}

/* ---- where room is taken and given ---- */

/* Which gaps of the first line changed, em, against the text on a line of its own. */
static char *changes(fixture *f, const char *text, double measure, unsigned glyphs) {
    jb_arena *arena = jb_arena_new();
    line_case free_line = {.text = (char *)text},
              c = {.text = (char *)text, .options.measure = measure * SIZE};
    const jb_para *paras[] = {set(f, arena, &free_line), set(f, arena, &c)};
    double *at[2];
    for (int k = 0; k < 2; k++) {
        const jb_line *line = &paras[k]->lines[0];
        GArray *xs = g_array_new(FALSE, FALSE, sizeof(double));
        for (unsigned i = 0; i < line->count; i++)
            for (uint32_t g = 0; g < line->pieces[i].run->count; g++) {
                double x = line->pieces[i].x + line->pieces[i].run->glyphs[g].x;
                g_array_append_val(xs, x);
            }
        if (xs->len < glyphs) fail_msg("“%s” at %g em: a line of %u glyphs", text, measure, xs->len);
        at[k] = (double *)(void *)g_array_free(xs, FALSE);
    }
    GString *out = g_string_new(NULL);
    for (unsigned i = 1; i < glyphs; i++) {
        double change = (at[1][i] - at[1][i - 1] - at[0][i] + at[0][i - 1]) / SIZE;
        if (fabs(change) > 0.0005)
            g_string_append_printf(out, "%s%u:%+.3f", out->len ? " " : "", i - 1, change);
    }
    g_free(at[0]), g_free(at[1]);
    jb_arena_free(arena);
    return g_string_free(out, FALSE);
}

typedef struct adjustment {
    double change;      /* of the measure against the natural width, em */
    const char *wanted; /* gap (after the glyph of that number): its change */
} adjustment;

static void assert_adjusts(fixture *f, const char *text, double natural, unsigned glyphs,
                           const adjustment *table, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char *got = changes(f, text, natural + table[i].change, glyphs);
        if (strcmp(got, table[i].wanted))
            fail_msg("“%s” by %g em: “%s”, not “%s”", text, table[i].change, got, table[i].wanted);
        g_free(got);
    }
}

/* CLREQ 3.6.3: brackets to half an em, then 、，；, then the Han-Latin gap to 1/8, then 。？！; all of a step
 * alike. */
static void squeezes_in_order(void **state) {
    static const adjustment table[] = {
        {-0.5, "2:-0.250 5:-0.250"},
        {-1, "2:-0.500 5:-0.500"},
        {-1.25, "1:-0.250 2:-0.500 5:-0.500"},
        {-1.5, "1:-0.500 2:-0.500 5:-0.500"},
        {-1.6, "1:-0.500 2:-0.500 5:-0.500 6:-0.050 7:-0.050"},
        {-1.75, "1:-0.500 2:-0.500 5:-0.500 6:-0.125 7:-0.125"},
        {-2.25, "1:-0.500 2:-0.500 5:-0.500 6:-0.125 7:-0.125 9:-0.500"},
    };
    assert_adjusts(*state, "国，国（国）国3国。国国", 12, 12, table, G_N_ELEMENTS(table));
}

/* CLREQ 3.6.4: word spaces to half an em, then Han-Latin gaps to half an em, then the gaps of Han, evenly;
 * never in a number, a word or a dash. */
static void stretches_in_order(void **state) {
    static const adjustment table[] = {
        {0.2, "3:+0.200"},
        {0.25, "3:+0.250"},
        {0.55, "3:+0.250 6:+0.100 7:+0.100 9:+0.100"},
        {1, "3:+0.250 6:+0.250 7:+0.250 9:+0.250"},
        {1.6, "3:+0.250 6:+0.250 7:+0.250 9:+0.250 10:+0.300 11:+0.300"},
    };
    fixture *f = *state;
    jb_arena *arena = jb_arena_new();
    const char *first = "CPI GDP国35国国国——";
    line_case whole = {.text = (char *)first};
    double natural = set(f, arena, &whole)->width / SIZE;
    jb_arena_free(arena);
    assert_adjusts(f, "CPI GDP国35国国国——GDPGDPGDP", natural, 14, table, G_N_ELEMENTS(table));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_case_is_set_as_written, setup, teardown),
        cmocka_unit_test_setup_teardown(no_measure_breaks_a_rule, setup, teardown),
        cmocka_unit_test_setup_teardown(squeezes_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(stretches_in_order, setup, teardown),
    };
    test_fonts_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
