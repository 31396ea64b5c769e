/* What names of categories say of time, and places of periods that have no row. */
#include "charts/periods.h"

#include <string.h>
#include "base/limits.h"
#include "charts/plot.h"

enum { FIRST_YEAR = 1840, LAST_YEAR = 2199, YEAR_DIGITS = 4, MOST_BYTES = 64, NAMED = 3 };

/* ---- names ---- */

/* Full-width forms and Roman numerals as ASCII, without blanks. */
static char *plain_of(const char *name) {
    char *whole = g_utf8_normalize(name, -1, G_NORMALIZE_ALL_COMPOSE);
    GString *out = g_string_new(NULL);
    for (const char *s = whole; s && *s; s = g_utf8_next_char(s))
        if (!g_unichar_isspace(g_utf8_get_char(s))) g_string_append_unichar(out, g_utf8_get_char(s));
    g_free(whole);
    return g_string_free(out, FALSE);
}

static bool take(const char **s, const char *word) {
    if (!g_str_has_prefix(*s, word)) return false;
    *s += strlen(word);
    return true;
}

static bool take_any(const char **s, const char *signs) {
    if (!**s || !strchr(signs, **s)) return false;
    ++*s;
    return true;
}

static int take_digits(const char **s, int most) {
    int number = 0, count = 0;
    for (; count < most && g_ascii_isdigit(**s); count++, ++*s) number = number * 10 + (**s - '0');
    return count ? number : -1;
}

/* Q1, 一季度, 第1季度, IV季度, 一季: from 0; -1 when it is none. */
static int read_quarter(const char *s) {
    static const char *const words[][4] = {{"一", "二", "三", "四"}, {"IV", "III", "II", "I"}};
    int quarter = -1;
    bool letter = take_any(&s, "Qq");
    if (!letter) take(&s, "第");
    for (int i = 0; i < 4 && quarter < 0 && !letter; i++) {
        if (take(&s, words[0][i])) quarter = i;
        if (quarter < 0 && take(&s, words[1][i])) quarter = 3 - i;
    }
    if (quarter < 0) quarter = take_digits(&s, 1) - 1;
    if (!letter && !take(&s, "季度") && !take(&s, "季")) return -1;
    return *s || quarter < 0 || quarter > 3 ? -1 : quarter;
}

/* 1月 01月份 behind 年, else 01 or 1 behind a sign, or two digits at once. */
static int read_month(const char *s, bool after_year, bool after_sign) {
    const char *from = s;
    int month = take_digits(&s, 2) - 1;
    if (after_year && !take(&s, "月")) return -1;
    if (after_year) take(&s, "份");
    if (!after_year && !after_sign && s - from != 2) return -1;
    return *s || month < 0 || month > 11 ? -1 : month;
}

static jb_period_kind read_plain(const char *plain, int *ordinal) {
    const char *s = plain;
    jb_period_kind kind = JB_PERIOD_NONE;
    int year = take_digits(&s, YEAR_DIGITS), part = -1;
    if (s - plain != YEAR_DIGITS || year < FIRST_YEAR || year > LAST_YEAR) return JB_PERIOD_NONE;
    bool word = take(&s, "年"), sign = !word && take_any(&s, "-/.");
    if (!*s || (word && !strcmp(s, "度"))) {
        kind = sign ? JB_PERIOD_NONE : JB_PERIOD_YEAR;
        part = 0;
    } else if ((part = read_quarter(s)) >= 0) {
        kind = JB_PERIOD_QUARTER;
    } else if ((part = read_month(s, word, sign)) >= 0) {
        kind = JB_PERIOD_MONTH;
    }
    *ordinal = year * (int)kind + part;
    return kind;
}

jb_period_kind jb_period_read(const char *name, int *ordinal) {
    char *plain = strlen(name) > MOST_BYTES ? NULL : plain_of(name);
    jb_period_kind kind = plain ? read_plain(plain, ordinal) : JB_PERIOD_NONE;
    g_free(plain);
    return kind;
}

/* ---- places ---- */

/* As the name of a neighbour is written, where only its year differs. */
static const char *name_of(jb_plot *p, jb_period_kind kind, int ordinal, const char *like) {
    static const char *const quarters[] = {"一", "二", "三", "四"};
    int year = ordinal / (int)kind, part = ordinal % (int)kind;
    char *text;
    gsize digits = strspn(like, "0123456789");
    if (kind == JB_PERIOD_QUARTER)
        text = g_strdup_printf("%d年%s季度", year, quarters[part]);
    else if (kind == JB_PERIOD_MONTH)
        text = g_strdup_printf("%d年%d月", year, part + 1);
    else
        text = g_strdup_printf("%d%s", year, digits == YEAR_DIGITS ? like + digits : "年");
    const char *kept = jb_arena_string(p->arena, text);
    g_free(text);
    return kept;
}

static jb_category place_of(jb_plot *p, jb_period_kind kind, int ordinal, const jb_category *before) {
    jb_category c = *before;
    c.name = c.plain = name_of(p, kind, ordinal, before->plain);
    c.period = ordinal;
    c.place = true;
    c.values = JB_ARRAY(p->arena, jb_value, p->series_count);
    for (unsigned s = 0; s < p->series_count; s++)
        c.values[s] = (jb_value){.kind = JB_VALUE_MISSING, .raw = "", .factor = 1};
    return c;
}

static int common_step(const jb_plot *p) {
    int step = 0;
    for (unsigned i = 1; i < p->category_count; i++) {
        int a = p->categories[i].period - p->categories[i - 1].period, b = step;
        while (b) {
            int rest = a % b;
            a = b, b = rest;
        }
        step = a;
    }
    return step;
}

/* 2009-10, 2010-11, 2011-12 are school years. */
static bool is_season(const jb_plot *p, jb_period_kind kind) {
    for (unsigned i = 1; i < p->category_count; i++)
        if (p->categories[i].period - p->categories[i - 1].period != 13) return false;
    return kind == JB_PERIOD_MONTH;
}

/* Only where a line runs over the categories: beside bars a year that is not there is not missed. */
static void add_places(jb_plot *p) {
    const jb_category *rows = p->categories;
    int step = common_step(p);
    unsigned count = p->category_count,
             all = (unsigned)((rows[count - 1].period - rows[0].period) / step) + 1, n = 0;
    if (all == count || all > JB_LIMIT_CATEGORIES) return;
    jb_category *places = JB_ARRAY(p->arena, jb_category, all);
    for (unsigned i = 0; i < count; i++) {
        places[n++] = rows[i];
        for (int at = rows[i].period + step; i + 1 < count && at < rows[i + 1].period; at += step)
            places[n++] = place_of(p, p->periods, at, &rows[i]);
    }
    p->categories = places;
    p->category_count = p->panels[0].count = all;
    p->places_joined = (all - count) * 4 > all;
}

void jb_periods_settle(jb_plot *p) {
    bool line = false;
    jb_period_kind kind = JB_PERIOD_NONE;
    if (p->panel_count != 1 || p->category_count < 2) return;
    for (unsigned i = 0; i < p->category_count; i++) {
        jb_category *c = &p->categories[i];
        jb_period_kind here = jb_period_read(c->plain, &c->period);
        if (here == JB_PERIOD_NONE || (i && (here != kind || c->period <= c[-1].period))) return;
        kind = here;
    }
    if (is_season(p, kind)) return;
    p->periods = kind;
    for (unsigned s = 0; s < p->series_count; s++) line = line || p->series[s].mark != JB_MARK_BAR;
    if (line) add_places(p);
}

void jb_periods_tell(jb_plot *p) {
    GString *names = g_string_new(NULL);
    unsigned count = 0;
    for (unsigned i = 0; i < p->category_count; i++)
        if (p->categories[i].place && count++ < NAMED)
            g_string_append_printf(names, "%s%s", count > 1 ? ", " : "", p->categories[i].plain);
    if (count > NAMED) g_string_append_printf(names, " and %u more", count - NAMED);
    if (count)
        jb_plot_note_add(p, p->spec->node->pos, "there is no row for %s: %s kept, and lines %s", names->str,
                         count > 1 ? "their places are" : "its place is",
                         p->places_joined ? "go on across them" : "break there");
    g_string_free(names, TRUE);
}
