/* Break opportunities against Unicode's own test of UAX #14. CLREQ, and what reports need, differ from it on
 * purpose: each difference is in the table below with its reason, and everything else must agree. */
#include <glib.h>
#include "fonts/lines.h"
#include "tests/unit/unit.h"

enum { MOST = 64 };

/* One case: characters, and before each (and at the end) what Unicode says and by which rule. */
typedef struct unicode_case {
    unsigned number, count; /* line in the file; characters */
    gunichar characters[MOST];
    bool breaks[MOST + 1];
    char *rules[MOST + 1];
} unicode_case;

typedef struct difference {
    const char *reason;
    const char *rule;           /* Unicode's, that decides; NULL: any */
    const char *before, *after; /* one of these on that side, blanks before passed over; NULL: any */
    bool latin;                 /* both are Latin letters, digits or signs */
    bool ours;                  /* what we say: a break or none */
    unsigned used;
} difference;

static difference differences[] = {
    {.reason = "a Latin word, number or address breaks only after - and / before a letter (CLREQ 3.2.4)",
     .rule = "999.0",
     .latin = true},
    {.reason = "a lone em dash is a connector, which begins no line (CLREQ 3.1.4 basic)",
     .rule = "999.0",
     .after = "—"},
    {.reason = "the same after a blank", .rule = "18.0", .after = "—"},
    {.reason = "a solidus ends no line in Chinese text (CLREQ 3.1.4 GB-style)",
     .rule = "999.0",
     .before = "/"},
    {.reason = "a percent sign stays with what is before it (CLREQ 3.1.5.2)", .rule = "999.0", .after = "%"},
    {.reason = "the same after a blank: 5 %", .rule = "18.0", .after = "%"},
    {.reason = "a sign before a number stays with it (CLREQ 3.1.5.2)", .rule = "999.0", .before = "#$"},
    {.reason = "the same before a blank: $ 5", .rule = "18.0", .before = "#$"},
    {.reason = "an ellipsis may begin a line (CLREQ 3.1.4: only the strict level forbids it)",
     .rule = "22.0",
     .after = "…․",
     .ours = true},
    {.reason = "LB15 as it was until Unicode 15.0: a bracket after a quote and a blank may begin a line",
     .rule = "15.0",
     .before = "\"",
     .ours = true},
    {.reason = "dashes with a blank between them are two", .rule = "17.0", .before = "—", .ours = true},
    {NULL},
};

static bool one_of(gunichar c, const char *set) { return !set || g_utf8_strchr(set, -1, c) != NULL; }

static gunichar before_blanks(const unicode_case *c, unsigned at) {
    while (at > 1 && c->characters[at - 1] == ' ') at--;
    return c->characters[at - 1];
}

static difference *find_difference(const unicode_case *c, const jb_atom *atoms, unsigned at) {
    bool ours = atoms[at - 1].breakable,
         latin = atoms[at - 1].class == JB_CLASS_LATIN && atoms[at].class == JB_CLASS_LATIN;
    for (difference *d = differences; d->reason; d++)
        if ((latin || !d->latin) && (!d->rule || !strcmp(d->rule, c->rules[at])) && d->ours == ours &&
            one_of(before_blanks(c, at), d->before) && one_of(c->characters[at], d->after))
            return d;
    return NULL;
}

static void read_case(unicode_case *c, char *line) {
    char **halves = g_strsplit(line, "\t# ", 2), **words = g_strsplit(halves[0], " ", -1),
         **rules = g_strsplit(halves[1], " ", -1);
    assert_int_equal(g_strv_length(words) % 2, 1);
    c->count = g_strv_length(words) / 2;
    assert_true(c->count > 0 && c->count <= MOST);
    assert_int_equal(g_strv_length(rules), c->count + 1);
    for (unsigned i = 0; i <= c->count; i++) {
        c->breaks[i] = !strcmp(words[2 * i], "÷");
        c->rules[i] = g_strdup(rules[i]);
        if (i < c->count) c->characters[i] = (gunichar)g_ascii_strtoull(words[2 * i + 1], NULL, 16);
    }
    g_strfreev(rules);
    g_strfreev(words);
    g_strfreev(halves);
}

static bool letter_or_digit(gunichar c) { return c < 128 && g_ascii_isalnum((char)c); }

/* Wide as in a Chinese font; quotes, dashes and dots between Latin letters are Latin (fonts.h). */
static bool is_wide(const unicode_case *c, unsigned i) {
    gunichar u = c->characters[i];
    bool between = i > 0 && i + 1 < c->count && letter_or_digit(c->characters[i - 1]) &&
                   letter_or_digit(c->characters[i + 1]);
    return u >= 0x2000 && u < 0x2E80 && between ? false : g_unichar_iswide_cjk(u);
}

/* The atoms that shaping would give: a cluster a character. */
static void make_atoms(const unicode_case *c, jb_atom *atoms, GString *text) {
    for (unsigned i = 0; i < c->count; i++) {
        gunichar u = c->characters[i];
        double width = is_wide(c, i) ? 10 : 5;
        uint32_t from = (uint32_t)text->len;
        g_string_append_unichar(text, u);
        atoms[i] = (jb_atom){.class = jb_class_of(u, width, 10),
                             .first = u,
                             .last = u,
                             .from = from,
                             .to = (uint32_t)text->len,
                             .advance = width,
                             .em = 10,
                             .full = width > 8};
    }
}

static unsigned check(const unicode_case *c) {
    jb_atom atoms[MOST];
    GString *text = g_string_new(NULL);
    unsigned wrong = 0;
    make_atoms(c, atoms, text);
    jb_atoms_breaks(atoms, c->count, text->str, false);
    assert_true(atoms[c->count - 1].breakable);
    for (unsigned i = 1; i < c->count; i++) {
        bool ours = atoms[i - 1].breakable;
        if (ours == c->breaks[i]) continue;
        difference *d = find_difference(c, atoms, i);
        if (d) {
            d->used++;
            continue;
        }
        print_error("# line %u: U+%04X %s U+%04X, rule %s says %s: %s\n", c->number, c->characters[i - 1],
                    ours ? "÷" : "×", c->characters[i], c->rules[i], c->breaks[i] ? "÷" : "×", text->str);
        wrong++;
    }
    g_string_free(text, TRUE);
    return wrong;
}

static void breaks_agree_with_unicode(void **state) {
    (void)state;
    char *text = NULL;
    unsigned cases = 0, wrong = 0;
    assert_true(g_file_get_contents("tests/data/LineBreakTest-subset.txt", &text, NULL, NULL));
    char **lines = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#') continue;
        unicode_case c = {.number = i + 1};
        read_case(&c, lines[i]);
        wrong += check(&c);
        cases++;
        for (unsigned k = 0; k <= c.count; k++) g_free(c.rules[k]);
    }
    g_strfreev(lines);
    g_free(text);
    if (wrong) fail_msg("%u places of %u cases", wrong, cases);
    assert_true(cases > 500);
}

/* An exception that nothing needs is out of date. */
static void every_difference_is_seen(void **state) {
    (void)state;
    for (difference *d = differences; d->reason; d++)
        if (!d->used) fail_msg("nothing differs any more: %s", d->reason);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_agree_with_unicode),
        cmocka_unit_test(every_difference_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
