/* One text from its start to its end: names of indicators, the numbers that belong to them, when and of what
 * they speak.
 *
 * A number belongs to a name when only known words stand between (prose_words.c), and a name counts when it
 * is not part of a longer one (人均…, 民营企业…). Everything else is passed over: a miss is better than a
 * false alarm. */
#include "input/prose_parts.h"

#include <string.h>

enum { MOST_NAMES = 16, MOST_PARTS = 4, LONGEST_WORD = 40, LONGEST_BRACKET = 40, FARTHEST = 120 };

/* A name waiting for its number: A、B 分别增长 1%、2%. */
typedef struct mention {
    int indicator;
    size_t start;
} mention;

typedef struct scanner {
    const jb_prose *prose;
    const jb_plain *plain;
    const char *text;
    size_t length, p;
    int heading, paragraph, sentence;              /* years; 0 when not said */
    size_t clause;                                 /* where it begins */
    bool plan, goal, actual, ago, object, against; /* said in this clause */
    bool planned;                                  /* said in an earlier clause of the sentence */
    bool narrow, narrow_before; /* a name was passed over as another's in this sentence, in the one before */
    bool part, counted, elsewhere; /* of this sentence: a part of a year, of the members, another place's */
    mention names[MOST_NAMES];
    unsigned count;
    size_t names_end;
} scanner;

static bool starts(const scanner *s, size_t at, const char *word) {
    return g_str_has_prefix(s->text + at, word);
}

static size_t next(const scanner *s, size_t at) {
    return at + (size_t)(g_utf8_next_char(s->text + at) - (s->text + at));
}

/* ---- clauses and sentences ---- */

static size_t take_any(const scanner *s, size_t at, const char *const *words) {
    return jb_take_any(s->text + at, words);
}

static size_t sentence_end(const scanner *s, size_t at) {
    static const char *const marks[] = {"。", "！", "？", "；", ";", "!", "?", "\n", NULL};
    return take_any(s, at, marks);
}

static size_t clause_end(const scanner *s, size_t at) {
    static const char *const marks[] = {"，", ",", "：", ":",  "（", "(", "）",
                                        ")",  "“", "”",  "《", "》", NULL};
    return take_any(s, at, marks);
}

static void begin_clause(scanner *s, size_t at) {
    s->planned = s->planned || s->plan || s->goal;
    s->plan = s->goal = s->actual = s->ago = s->object = s->against = false;
    s->clause = at;
}

static void begin_sentence(scanner *s, size_t at, bool full) {
    begin_clause(s, at);
    s->planned = s->part = s->counted = s->elsewhere = false;
    s->narrow_before = s->narrow;
    s->narrow = false;
    if (full && s->sentence) s->paragraph = s->sentence;
    if (full) s->sentence = 0;
}

/* ---- what stands before a name ---- */

/* The last word before an offset and not before `from`, or NULL. */
static const jb_word *word_before(const scanner *s, size_t from, size_t at, size_t *length) {
    char reversed[LONGEST_WORD + 1];
    size_t n = MIN(at - from, (size_t)LONGEST_WORD);
    for (size_t i = 0; i < n; i++) reversed[i] = s->text[at - 1 - i];
    reversed[n] = 0;
    int word = jb_trie_match(s->prose->before, reversed, length);
    return word < 0 ? NULL : &jb_words[word];
}

static bool ends_with_year(const scanner *s, size_t from, size_t at) {
    int year;
    size_t n = 4 + strlen("年");
    return at >= from + n && jb_year_take(s->text + at - n, &year) == n;
}

static bool names_part(const scanner *s, size_t from, size_t to) {
    for (unsigned i = 0; jb_part_words[i]; i++)
        if (g_strstr_len(s->text + from, (gssize)(to - from), jb_part_words[i])) return true;
    return false;
}

/* Single letters may be the end of any word: 人均, 提高. */
static bool is_weak(const jb_word *word) {
    bool letter = word->class == JB_WORD_PLAIN || (word->class >= JB_WORD_UP && word->class <= JB_WORD_LOWER);
    return strlen(word->text) <= 3 && letter;
}

/* Whether the name at `at` stands for itself: nothing that is not known hangs on it from the left. */
static bool stands_alone(const scanner *s, size_t at) {
    bool moved = false;
    while (at > s->clause) {
        size_t length;
        if (ends_with_year(s, s->clause, at)) return true;
        const jb_word *word = word_before(s, s->clause, at, &length);
        if (!word || is_weak(word)) break;
        if (word->class == JB_WORD_SCOPE) return jb_scope_is_own(s->prose, word->text);
        if (word->class == JB_WORD_YEAR) return true;
        if (word->class == JB_WORD_PART || word->class == JB_WORD_RATE || word->class == JB_WORD_RATE_OFF)
            return false;
        moved = true;
        at -= length;
    }
    if (at <= s->clause) return true;
    return moved && !names_part(s, MAX(s->clause, at - MIN(at, (size_t)FARTHEST)), at);
}

/* ---- claims ---- */

static jb_scenario scenario_of(const scanner *s, const jb_saying *y) {
    if (y->plan || s->plan) return JB_PLAN;
    if (y->goal) return JB_PLAN;
    bool actual = y->actual || s->actual;
    if (s->goal) return actual ? JB_ANY : JB_PLAN;
    if (s->planned) return JB_ANY;
    return actual ? JB_ACTUAL : JB_ANY;
}

/* The year a saying speaks of, and whether this sentence says so. False when it cannot be told. */
static bool find_year(const scanner *s, const jb_saying *y, jb_claim *claim) {
    int year = y->year ? y->year : s->sentence;
    claim->year_clear = year > 0;
    if (!year) year = s->paragraph ? s->paragraph : s->heading;
    claim->year = year;
    claim->year_headed = year > 0 && year == s->heading;
    if (y->year || !(y->ago || s->ago)) return true;
    claim->year--;
    return year > 0;
}

static void make_claim(const scanner *s, const jb_saying *y, const mention *m, const jb_figure *figure) {
    jb_claim claim = {.indicator = m->indicator,
                      .kind = y->kind,
                      .sign = y->sign,
                      .of_growth = y->of_growth,
                      .reached = y->reached,
                      .against = y->against,
                      .scenario = scenario_of(s, y),
                      .figure = *figure,
                      .text = s->text,
                      .name = m->start};
    bool change_of_rate = y->of_growth && !figure->unit.points;
    if ((s->part && !y->whole_year) || change_of_rate || !find_year(s, y, &claim)) return;
    claim.pos = jb_plain_pos(s->plain, figure->start);
    jb_claim_check(s->prose, &claim);
}

/* A、B 分别增长 1%、2%: as many numbers as names. */
static void claim_each(scanner *s, jb_saying *y) {
    static const char *const joins[] = {"、", "，", ",", "和", "与", NULL};
    jb_figure figures[MOST_NAMES] = {y->figure};
    unsigned n = 1;
    size_t p = y->p, length;
    while (n < MOST_NAMES && (length = take_any(s, p, joins)) &&
           jb_figure_read(s->text, p + length, JB_WORD_PLAIN, &figures[n])) {
        p += length + figures[n].length;
        n++;
    }
    y->p = p;
    for (unsigned i = 0; n == s->count && i < n; i++) make_claim(s, y, &s->names[i], &figures[i]);
}

/* What follows on a number, of the same name: ，增长 3.9%, （增长 3.9%）, ，超过年初目标 77.7 亿元. */
static bool read_more(const scanner *s, const jb_saying *before, jb_saying *y) {
    static const char *const joins[] = {"，", ",", "、", "（", "(", NULL};
    size_t join = take_any(s, before->p, joins);
    *y = (jb_saying){.p = before->p + join,
                     .sign = 1,
                     .year = before->year,
                     .ago = before->ago,
                     .plan = before->plan,
                     .goal = before->goal,
                     .actual = before->actual,
                     .whole_year = before->whole_year};
    if (!join || !jb_saying_read(s->prose, s->text, y) || y->kind == JB_CLAIM_LEVEL || y->each) return false;
    bool of_rate = before->kind == JB_CLAIM_CHANGE && y->kind == JB_CLAIM_CHANGE && y->figure.unit.points;
    y->of_growth = y->of_growth || of_rate;
    return true;
}

static void claim_parts(scanner *s, jb_saying *y, const mention *m) {
    make_claim(s, y, m, &y->figure);
    for (int i = 0; i < MOST_PARTS; i++) {
        jb_saying more;
        if (!read_more(s, y, &more)) return;
        make_claim(s, &more, m, &more.figure);
        if (more.kind != JB_CLAIM_CHANGE) more.kind = y->kind;
        *y = more;
    }
}

/* ---- names ---- */

/* A name in Latin letters in brackets, （GDP）: its length, 0 when there is none, or -1 when the brackets
 * hold something else, which makes another indicator of the name: （不含农户）. A number in brackets is the
 * name's own. */
static int in_brackets(const scanner *s, size_t p) {
    static const char *const opening[] = {"（", "(", NULL}, *const closing[] = {"）", ")", NULL};
    size_t open = take_any(s, p, opening), n = 0, close;
    if (!open) return 0;
    const char *inner = s->text + p + open;
    while (n <= LONGEST_BRACKET && (g_ascii_isalpha(inner[n]) || (inner[n] && strchr("& ", inner[n])))) n++;
    close = take_any(s, p + open + n, closing);
    if (n && close) return (int)(open + n + close);
    int year;
    size_t length;
    bool known = g_ascii_isdigit(*inner) || strchr("+-", *inner) || jb_year_take(inner, &year) ||
                 jb_word_at(s->prose, s->text, p + open, &length);
    return known ? 0 : -1;
}

/* Behind a name: a loose ending, 的 before a rate. */
static size_t behind_name(const scanner *s, size_t p) {
    p += take_any(s, p, jb_loose_endings);
    if (starts(s, p, "的增") || starts(s, p, "的降")) p += strlen("的");
    return p;
}

/* Adds a name to those that wait; they are one list when only 、 or 和 stand between. */
static void add_name(scanner *s, int indicator, size_t start) {
    size_t p = s->names_end, length;
    const jb_word *word;
    while (s->count && p < start && (word = jb_word_at(s->prose, s->text, p, &length)) &&
           word->class == JB_WORD_JOIN)
        p += length;
    if (p != start || p == s->names_end || s->count >= MOST_NAMES) s->count = 0;
    s->names[s->count++] = (mention){indicator, start};
}

static void take_name(scanner *s, int indicator, size_t length) {
    size_t start = s->p;
    bool alone = stands_alone(s, start);
    bool short_name = g_utf8_strlen(s->text + start, (gssize)length) <= 2 && s->narrow;
    jb_saying y = {.p = behind_name(s, start + length), .sign = 1};
    int brackets = in_brackets(s, y.p);
    y.p += (size_t)MAX(brackets, 0);
    s->p = y.p;
    s->narrow = s->narrow || !alone || brackets < 0;
    if (!alone || brackets < 0 || short_name || s->counted || s->elsewhere || s->against) {
        s->count = 0;
        return;
    }
    add_name(s, indicator, start);
    s->names_end = y.p;
    if (starts(s, y.p, "：") || starts(s, y.p, "（")) y.p += strlen("：");
    if (!jb_saying_read(s->prose, s->text, &y)) return;
    if (y.each)
        claim_each(s, &y);
    else if (s->count == 1)
        claim_parts(s, &y, &s->names[0]);
    s->count = 0;
    s->p = s->clause = y.p;
}

/* ---- all the rest ---- */

/* A year that says when; not one that is compared with, which makes what is said behind it no value of one
 * year. */
static void note_year(scanner *s, int year, size_t length) {
    static const char *const against[] = {"较", "比", "与", "同", "自", "从", "由", NULL}, *const since[] = {
                                                                                               "以来", "起",
                                                                                               "相比", NULL};
    bool compared = false;
    size_t behind = s->p + length, n;
    for (unsigned i = 0; against[i] && !compared; i++)
        compared = s->p >= (n = strlen(against[i])) && starts(s, s->p - n, against[i]);
    if ((n = take_any(s, behind, since))) compared = true;
    if (!compared)
        s->sentence = year;
    else if (clause_end(s, behind + n))
        s->part = true;
    else
        s->against = true;
}

static void pass_number(scanner *s) {
    int year;
    size_t n = jb_year_take(s->text + s->p, &year);
    if (n) {
        note_year(s, year, n);
        s->p += n;
        return;
    }
    int number = (int)MIN(g_ascii_strtoull(s->text + s->p, NULL, 10), 10000);
    size_t start = s->p;
    while (s->p < s->length && (g_ascii_isdigit(s->text[s->p]) || s->text[s->p] == '.')) s->p++;
    if (starts(s, s->p, "月") && number < 12) s->part = true;
    if (starts(s, s->p, "余")) number = 0, s->p += strlen("余");
    jb_measure_unit unit;
    n = jb_measure_unit_take(s->text + s->p, &unit);
    if (n && jb_measure_unit_counts(&unit) && !s->object) s->counted = true;
    if (number && (starts(s, s->p, "项") || starts(s, s->p, "个"))) {
        int said = s->sentence ? s->sentence : s->paragraph ? s->paragraph : s->heading;
        jb_count_place place = {s->clause, start, s->p + n, number, said, s->plan || s->goal || s->planned};
        jb_prose_count(s->prose, s->plain, &place);
    }
    s->p += n;
}

static void note_scope(scanner *s, const jb_word *word) {
    if (jb_scope_is_own(s->prose, word->text))
        s->counted = s->elsewhere = false;
    else if (s->p == s->clause || ends_with_year(s, s->clause, s->p))
        s->elsewhere = true;
}

/* 其中 goes on with what was spoken of: when that was another's, so is this. */
static void note_among(scanner *s) {
    bool opens = s->p == s->clause && !s->narrow;
    if (s->narrow || (opens && s->narrow_before)) s->elsewhere = s->narrow = true;
}

/* 去年， says when for the whole sentence; inside a clause it holds for that. */
static void note_ago(scanner *s) {
    int year = s->paragraph ? s->paragraph : s->heading;
    if (s->p == s->clause && !s->sentence && year)
        s->sentence = year - 1;
    else
        s->ago = true;
}

static void note_word(scanner *s, const jb_word *word) {
    switch (word->class) {
    case JB_WORD_PLAN: s->plan = true; break;
    case JB_WORD_GOAL: s->goal = true; break;
    case JB_WORD_ACTUAL: s->actual = true; break;
    case JB_WORD_AGO: note_ago(s); break;
    case JB_WORD_AMONG: note_among(s); break;
    case JB_WORD_PART: s->part = true; break;
    case JB_WORD_YEAR: s->part = false; break;
    case JB_WORD_SCOPE: note_scope(s, word); break;
    case JB_WORD_OBJECT: s->object = true; break;
    default: break;
    }
}

static void step(scanner *s) {
    size_t length;
    if ((length = sentence_end(s, s->p))) {
        begin_sentence(s, s->p + length, !starts(s, s->p, "；") && !starts(s, s->p, ";"));
        s->p += length;
        return;
    }
    if ((length = clause_end(s, s->p))) {
        begin_clause(s, s->p + length);
        s->p += length;
        return;
    }
    if (g_ascii_isdigit(s->text[s->p])) {
        pass_number(s);
        return;
    }
    int name = jb_trie_match(s->prose->names, s->text + s->p, &length);
    if (name >= 0) {
        take_name(s, name, length);
        return;
    }
    const jb_word *word = jb_word_at(s->prose, s->text, s->p, &length);
    if (word) note_word(s, word);
    s->p = word ? s->p + length : next(s, s->p);
}

void jb_prose_scan(const jb_prose *prose, const jb_plain *plain, int year) {
    scanner s = {.prose = prose,
                 .plain = plain,
                 .text = plain->text->str,
                 .length = plain->text->len,
                 .heading = year};
    while (s.p < s.length) step(&s);
}
