/* Where a line may end. */
#include <string.h>
#include "fonts/lines.h"

/* Units and counters that stay with the number before them. */
static const gunichar unit_starts[] =
    U"年月日亿万千百元个项件天户人家所次倍吨公里平方米位名只头届号季度点分时至场条处座辆台套间亩股级度周岁";

/* Units and their symbols that are written in several characters. No line ends inside the first; a number
 * with a blank keeps the second. */
static const char *const long_units[] = {"个百分点", "百分点", "平方公里", "平方千米", "平方米", "立方米",
                                         "千瓦时",   "公里",   "公顷",     "公斤",     "美元"};
static const char *const symbols[] = {"km", "m",  "cm", "mm", "kg",  "g",   "t",   "ha",  "L",  "mL", "W",
                                      "kW", "MW", "GW", "V",  "kV",  "A",   "Hz",  "Pa",  "MB", "GB", "TB",
                                      "dB", "s",  "h",  "d",  "min", "kWh", "MWh", "GHz", "MHz"};

/* Terms that a narrow column should not cut (names of indicators). */
static const char *const terms[] = {
    "地区生产总值", "二氧化碳", "增加值",   "增速",   "固定资产", "投资",   "利用", "外资", "优良",   "天数",
    "可支配",       "收入",     "零售",     "总额",   "以上",     "经费",   "支出", "占比", "比重",   "就业",
    "拥有量",       "消费品",   "新增",     "城镇",   "发明",     "专利",   "空气", "质量", "规模",   "工业",
    "降低率",       "能耗",     "战略性",   "新兴",   "产业",     "民营",   "经济", "居民", "人均",   "社会",
    "总量",         "常住",     "人口",     "化率",   "公共",     "预算",   "税收", "数字", "文化",   "森林",
    "覆盖率",       "安全",     "事故",     "死亡率", "研究",     "试验",   "发展", "劳动", "生产率", "排放",
    "实际",         "登记",     "失业率",   "进出口", "主要",     "污染物", "减少", "单位", "能源",   "消耗",
    "增长率",       "比例",     "国民经济", "规划",   "执行情况", "完成率", "情况",   "计划", "草案", "报告"};

#define LONGEST_UNIT 4 /* 个百分点 */
#define TERM_PENALTY 15.0
#define SLASH_PENALTY 2.0
/* What a break costs beside the price of an emergency, where nothing allowed fits. */
#define IN_WORD 200.0
#define IN_UNIT 50.0
#define AT_MARK 400.0

static bool in_set(gunichar c, const gunichar *set) {
    while (*set && *set != c) set++;
    return *set != 0;
}

jb_class jb_class_of(gunichar c, double width, double em) {
    bool wide = width > 0.8 * em;
    if (c == 0x2028) return JB_CLASS_HARD;
    if (c == ' ' || c == '\t' || (c >= 0x2002 && c <= 0x200A && c != 0x2007)) return JB_CLASS_BLANK;
    if (c == 0x2014 || c == 0x2026 || c == 0x2E3A || c == 0x22EF)
        return wide ? JB_CLASS_DASH : JB_CLASS_LATIN;
    if (wide) {
        if (in_set(c, U"（〔［｛〈《「『【〖“‘")) return JB_CLASS_OPEN;
        if (in_set(c, U"）〕］｝〉》」』】〗”’")) return JB_CLASS_CLOSE;
        if (in_set(c, U"、，；：")) return JB_CLASS_PAUSE;
        if (in_set(c, U"。？！．")) return JB_CLASS_STOP;
        if (c == 0xB7 || c == 0x2027 || c == 0x30FB) return JB_CLASS_MIDDLE;
    }
    if (c >= 0x2E80 || (wide && c >= 0x2000)) return JB_CLASS_HAN;
    return JB_CLASS_LATIN;
}

static bool is_digit(gunichar c) { return c < 128 && g_ascii_isdigit((char)c); }

/* Behind a number's sign or digit, with or without a blank, its unit stays. */
static bool number_before_unit(const jb_atom *number, const jb_atom *unit) {
    return number->class == JB_CLASS_LATIN && (is_digit(number->last) || in_set(number->last, U"%‰℃+")) &&
           unit->class == JB_CLASS_HAN && in_set(unit->first, unit_starts);
}

static bool letter(gunichar c) { return g_unichar_isalpha(c); }

/* Between two atoms of one Latin word or number: only after a hyphen or solidus between letters. */
static void inside_word(jb_atom *a, const jb_atom *next) {
    bool joint = (a->last == '-' || a->last == '/' || a->last == 0x2013) && letter(next->first);
    a->breakable = joint;
    a->penalty = joint ? SLASH_PENALTY : 0;
}

/* What may not begin a line: closing marks, stops, connectors, interpuncts, solidi, signs that follow a
 * number, footnote marks. */
static bool not_at_start(const jb_atom *a) {
    if (jb_atom_is_closing(a) || a->class == JB_CLASS_MIDDLE || a->class == JB_CLASS_BLANK) return true;
    return in_set(a->first, U")]}%‰％℃°*,.;:!?～〜~–·‧・/／①②③④⑤⑥⑦⑧⑨⑩\u3000");
}

/* Beside these no line ends: no-break blanks and joiners (UAX #14 LB11, LB12), straight quotes, which do not
 * say on which side they belong (LB19). */
static bool glues(gunichar c) {
    return c == 0xA0 || c == 0x202F || c == 0x2007 || c == 0x2011 || c == 0x2060 || c == 0xFEFF || c == '"' ||
           c == '\'';
}

static bool same_dash(const jb_atom *a, const jb_atom *b) {
    return a->class == JB_CLASS_DASH && b->class == JB_CLASS_DASH && a->last == b->first;
}

/* A connector that has a dash's or a sign's look: one em dash alone, a hyphen that is no minus. */
static bool is_connector(const jb_atom *atoms, unsigned count, unsigned i) {
    const jb_atom *a = &atoms[i], *next = i + 1 < count ? &atoms[i + 1] : NULL;
    if (a->first == '-') return !next || !is_digit(next->first);
    if (a->first != 0x2014 || a->to - a->from > 3) return false; /* a ligature of two is no connector */
    return !(next && same_dash(a, next)) && !(i > 0 && same_dash(&atoms[i - 1], a));
}

/* A solidus in Chinese text stands inside its line; in words and addresses inside_word() has the say. */
static bool is_solidus(const jb_atom *a) { return in_set(a->last, U"/／"); }

static bool ends_number(const jb_atom *a) { return is_digit(a->last) || in_set(a->last, U"%‰％℃°"); }

static bool not_at_end(const jb_atom *a) {
    return a->class == JB_CLASS_OPEN || in_set(a->last, U"([{$¥￥≤≥≈±#");
}

static bool is_wave(gunichar c) { return c == 0xFF5E || c == 0x301C || c == '~'; }

static bool is_unit(const jb_atom *a) { return a->class == JB_CLASS_HAN && in_set(a->first, unit_starts); }

/* Behind the wave dash of a range the upper end stays: 6～6.5, 6%～7%, 3 亿～5 亿, 6 ～ 约 7. `i` is the atom
 * of the wave dash. */
static bool holds_range(const jb_atom *atoms, unsigned i, const jb_atom *upper) {
    unsigned k = i;
    if (!is_wave(atoms[i].last) || !(is_digit(upper->first) || in_set(upper->first, U"+-−约近"))) return false;
    while (k > 0 && atoms[k - 1].class == JB_CLASS_BLANK) k--;
    while (k > 0 && i - k < LONGEST_UNIT && is_unit(&atoms[k - 1])) k--;
    while (k > 0 && atoms[k - 1].class == JB_CLASS_BLANK) k--;
    return k > 0 && ends_number(&atoms[k - 1]);
}

/* Between two atoms that are no words, blanks or hard breaks. */
static bool may_part(const jb_atom *atoms, unsigned count, unsigned i) {
    const jb_atom *a = &atoms[i], *after = a + 1;
    if (not_at_start(after) || not_at_end(a)) return false;
    if (a->class == JB_CLASS_BLANK) return true; /* the first of a paragraph */
    if (is_connector(atoms, count, i + 1) || glues(a->last) || glues(after->first)) return false;
    if (is_solidus(a) || same_dash(a, after) || number_before_unit(a, after)) return false;
    if (holds_range(atoms, i, after)) return false;
    if (in_set(a->last, U"亿万千百") && in_set(after->first, U"元人吨美平公户件个次亩千台辆套"))
        return false;                                              /* 亿元, 万人: one unit */
    return !(a->last == 0x7B2C && after->class == JB_CLASS_LATIN); /* 第 5 */
}

/* Between a number and its unit an emergency does least harm, at a mark most. */
static double harm(const jb_atom *a, const jb_atom *after) {
    if (a->class == JB_CLASS_HARD || after->class == JB_CLASS_HARD) return 0;
    if (not_at_start(after) || not_at_end(a) || same_dash(a, after)) return AT_MARK;
    return a->class == JB_CLASS_LATIN && after->class == JB_CLASS_LATIN ? IN_WORD : 0;
}

static void judge(jb_atom *atoms, unsigned count, unsigned i) {
    jb_atom *a = &atoms[i], *after = a + 1;
    a->penalty = 0;
    if (after->class == JB_CLASS_HARD || a->class == JB_CLASS_HARD)
        a->breakable = a->class == JB_CLASS_HARD;
    else if (a->class == JB_CLASS_LATIN && after->class == JB_CLASS_LATIN && !not_at_start(after) &&
             !not_at_end(a) && !(is_solidus(a) && (i == 0 || a[-1].class != JB_CLASS_LATIN)))
        inside_word(a, after);
    else
        a->breakable = may_part(atoms, count, i);
    if (!a->breakable) a->penalty = harm(a, after);
}

/* A symbol of a unit, and no longer word. */
static bool starts_symbol(const char *text) {
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (strlen(symbols[i]) == length && !strncmp(text, symbols[i], length)) return true;
    return false;
}

/* A blank: a line may end there unless it parts a number from its unit, or groups of digits, or stands before
 * a mark. */
static void judge_blank(jb_atom *atoms, unsigned i, const char *text) {
    jb_atom *blank = &atoms[i];
    const jb_atom *before = blank - 1, *after = blank + 1;
    bool digits = blank->first != ' ' && is_digit(before->last) && is_digit(after->first);
    blank->breakable = !not_at_start(after) && !not_at_end(before) && !number_before_unit(before, after) &&
                       !digits && !holds_range(atoms, i - 1, after) &&
                       !(is_digit(before->last) && starts_symbol(text + after->from)) &&
                       !(before->last == 0x7B2C && after->class == JB_CLASS_LATIN);
    blank->penalty = 0;
}

/* How many bytes the word has when the text, at a Han character, begins with it, else 0. Most words differ in
 * their first character. */
static size_t begins(const char *text, const char *word) {
    size_t n = 0;
    if (memcmp(text, word, 3)) return 0;
    while (word[n] && text[n] == word[n]) n++;
    return word[n] ? 0 : n;
}

static void hold_units(jb_atom *atoms, unsigned count, const char *text) {
    for (unsigned i = 0; i < count; i++) {
        if (atoms[i].class != JB_CLASS_HAN) continue;
        for (size_t u = 0; u < sizeof long_units / sizeof *long_units; u++) {
            size_t length = begins(text + atoms[i].from, long_units[u]);
            if (!length) continue;
            for (unsigned k = i; k + 1 < count && atoms[k + 1].from < atoms[i].from + length; k++)
                atoms[k].breakable = false, atoms[k].penalty += IN_UNIT;
        }
    }
}

static void spare_terms(jb_atom *atoms, unsigned count, const char *text) {
    for (unsigned i = 0; i < count; i++) {
        for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
            size_t length = begins(text + atoms[i].from, terms[t]);
            if (!length) continue;
            for (unsigned k = i; k + 1 < count && atoms[k + 1].from < atoms[i].from + length; k++)
                atoms[k].penalty += TERM_PENALTY;
        }
    }
}

/* Brackets stay whole where a column is narrow. */
static void spare_brackets(jb_atom *atoms, unsigned count) {
    int depth = 0;
    for (unsigned i = 0; i < count; i++) {
        if (atoms[i].class == JB_CLASS_OPEN || atoms[i].first == '(') depth++;
        if (depth > 0 && (atoms[i].class == JB_CLASS_CLOSE || atoms[i].first == ')')) depth--;
        if (depth > 0) atoms[i].penalty += 2 * TERM_PENALTY;
    }
}

void jb_atoms_breaks(jb_atom *atoms, unsigned count, const char *text, bool balance) {
    for (unsigned i = 0; i < count; i++) {
        if (i + 1 == count) {
            atoms[i].breakable = true;
            atoms[i].penalty = 0;
        } else if (atoms[i].class == JB_CLASS_BLANK && i > 0) {
            judge_blank(atoms, i, text);
        } else {
            judge(atoms, count, i);
        }
    }
    hold_units(atoms, count, text);
    if (!balance) return;
    spare_terms(atoms, count, text);
    spare_brackets(atoms, count);
}
