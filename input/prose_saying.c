/* From a name to its number: the words between, what they make of the number, and the number itself. */
#include "input/prose_parts.h"

#include <string.h>

enum { MOST_WORDS = 24 };

typedef struct reader {
    const jb_prose *prose;
    const char *text;
} reader;

size_t jb_take_any(const char *text, const char *const *strings) {
    for (; *strings; strings++)
        if (g_str_has_prefix(text, *strings)) return strlen(*strings);
    return 0;
}

const jb_word *jb_word_at(const jb_prose *prose, const char *text, size_t at, size_t *length) {
    int word = jb_trie_match(prose->words, text + at, length);
    return word < 0 ? NULL : &jb_words[word];
}

bool jb_scope_is_own(const jb_prose *prose, const char *word) {
    return !prose->scope || g_utf8_get_char(g_utf8_next_char(word)) == prose->scope;
}

static bool starts(const reader *s, size_t at, const char *word) {
    return g_str_has_prefix(s->text + at, word);
}

static size_t take_any(const reader *s, size_t at, const char *const *words) {
    return jb_take_any(s->text + at, words);
}

static const jb_word *word_at(const reader *s, size_t at, size_t *length) {
    return jb_word_at(s->prose, s->text, at, length);
}

/* 年初目标, 计划, …; 0 when none. */
static size_t take_target(const reader *s, size_t at) {
    static const char *const ahead[] = {"全年", "年初", "年度", "预期", "预定", "既定",
                                        "原定", "当年", "其",   "了",   NULL},
                             *const heads[] = {"目标任务", "目标值", "目标", "计划数", "计划",
                                               "任务",     "预算",   "预期", NULL};
    size_t p = at, n;
    for (int i = 0; i < 3 && (n = take_any(s, p, ahead)); i++) {
        /* 预期 is the head itself when no other follows */
        if (starts(s, p, "预期") && !take_any(s, p + n, heads) && !take_any(s, p + n, ahead)) break;
        p += n;
    }
    n = take_any(s, p, heads);
    return n ? p + n - at : 0;
}

/* 超过年初目标, 比计划多: how much a result is over its target. */
static bool take_over(const reader *s, jb_saying *y) {
    static const char *const over[] = {"超过", "超出", "超", "高于", "高出", "多于", NULL},
                             *const under[] = {"低于", "少于", "不及", NULL},
                             *const than[] = {"比", "较", NULL}, *const more[] = {"多出", "高出", "超出",
                                                                                  "多",   "高",   "增加",
                                                                                  NULL},
                             *const less[] = {"少", "低", "减少", NULL};
    size_t n, p = y->p, target;
    int sign = 0;
    if ((n = take_any(s, p, over)))
        sign = 1;
    else if ((n = take_any(s, p, under)))
        sign = -1;
    else if (!(n = take_any(s, p, than)))
        return false;
    p += n;
    if (!(target = take_target(s, p))) return false;
    p += target;
    if (!sign) {
        if ((n = take_any(s, p, more)))
            sign = 1;
        else if ((n = take_any(s, p, less)))
            sign = -1;
        else
            return false;
        p += n;
    }
    y->kind = JB_CLAIM_OVER;
    y->sign = sign;
    y->p = p;
    return true;
}

/* 目标的: a completion rate follows. */
static bool take_rate(const reader *s, jb_saying *y) {
    size_t target = take_target(s, y->p);
    if (!target || !starts(s, y->p + target, "的")) return false;
    y->kind = JB_CLAIM_RATE;
    y->p += target + strlen("的");
    return true;
}

/* Behind 由: 上年的 3.9% 回升到. The first number is passed over. */
static bool take_from(const reader *s, jb_saying *y) {
    size_t p = y->p, length;
    int year;
    jb_figure figure;
    for (int i = 0; i < 6; i++) {
        const jb_word *word = word_at(s, p, &length);
        size_t n = jb_year_take(s->text + p, &year);
        if (!n && starts(s, p, "的")) n = strlen("的");
        if (!n && word && word->class <= JB_WORD_GOAL) n = length;
        if (!n && word && (word->class == JB_WORD_AGO || word->class == JB_WORD_APPROX)) n = length;
        if (!n) break;
        p += n;
    }
    if (!jb_figure_read(s->text, p, JB_WORD_PLAIN, &figure)) return false;
    p += figure.length;
    const jb_word *word = word_at(s, p, &length);
    for (int i = 0; i < 3 && word && word->class == JB_WORD_PLAIN && strcmp(word->text, "到") &&
                    strcmp(word->text, "至");
         i++)
        word = word_at(s, p += length, &length);
    if (!word || (word->class != JB_WORD_TO && strcmp(word->text, "到") && strcmp(word->text, "至")))
        return false;
    y->p = p + length;
    return true;
}

static void take_change(jb_saying *y, int sign) {
    if (y->noun) y->of_growth = true;
    y->kind = JB_CLAIM_CHANGE;
    y->sign = sign;
}

/* Takes a word into what is said; false when it cannot stand there. */
static bool take_word(const reader *s, jb_saying *y, const jb_word *word, size_t length) {
    y->p += length;
    switch (word->class) {
    case JB_WORD_PLAIN:
    case JB_WORD_AMONG: return true;
    case JB_WORD_SOFT:
    case JB_WORD_ACTUAL: return y->actual = true;
    case JB_WORD_PLAN: return y->plan = true;
    case JB_WORD_GOAL: return y->goal = true;
    case JB_WORD_UP: return take_change(y, 1), true;
    case JB_WORD_DOWN: return take_change(y, -1), true;
    case JB_WORD_RATE:
    case JB_WORD_RATE_OFF:
        take_change(y, word->class == JB_WORD_RATE ? 1 : -1);
        y->of_growth = false;
        return y->noun = true;
    case JB_WORD_APPROX:
    case JB_WORD_NEAR:
    case JB_WORD_UPPER:
    case JB_WORD_LOWER: y->before = word->class; return true;
    case JB_WORD_TO:
        if (!y->noun) y->kind = JB_CLAIM_LEVEL;
        y->of_growth = false;
        return y->reached = true;
    case JB_WORD_FROM: return y->reached = take_from(s, y);
    case JB_WORD_AGAINST: return y->against = true;
    case JB_WORD_AGO: return y->ago = true;
    case JB_WORD_EACH: return y->each = true;
    case JB_WORD_YEAR: return y->whole_year = true;
    case JB_WORD_SCOPE: return jb_scope_is_own(s->prose, word->text);
    default: return false;
    }
}

/* A year, with 末 or 底. */
static bool take_year(const reader *s, jb_saying *y) {
    static const char *const behind[] = {"末", "底", "度", NULL};
    size_t n = jb_year_take(s->text + y->p, &y->year);
    y->p += n;
    if (n) y->p += take_any(s, y->p, behind);
    return n > 0;
}

bool jb_saying_read(const jb_prose *prose, const char *text, jb_saying *y) {
    const reader r = {prose, text}, *s = &r;
    for (int i = 0; i < MOST_WORDS; i++) {
        size_t length;
        if (take_year(s, y) || take_rate(s, y) || take_over(s, y)) continue;
        const jb_word *word = word_at(s, y->p, &length);
        if (!word) break;
        if (!take_word(s, y, word, length)) return false;
    }
    if (y->against && y->kind == JB_CLAIM_LEVEL) take_change(y, 1);
    if (!jb_figure_read(s->text, y->p, y->before, &y->figure)) return false;
    y->p += y->figure.length;
    return true;
}
