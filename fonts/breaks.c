/* Where a line may end. */
#include <string.h>
#include "fonts/lines.h"

/* Units and counters that stay with the number before them. */
static const char *const unit_starts =
    "年月日亿万千百元个项件天户人家所次倍吨公里平方米位名只头届号季度点分时至场条处座辆台套间亩股级度周岁";

/* Terms that a narrow column should not cut (names of indicators). */
static const char *const terms[] = {
    "地区生产总值", "二氧化碳", "增加值",   "增速",   "固定资产", "投资",   "利用", "外资", "优良",   "天数",
    "可支配",       "收入",     "零售",     "总额",   "以上",     "经费",   "支出", "占比", "比重",   "就业",
    "拥有量",       "消费品",   "新增",     "城镇",   "发明",     "专利",   "空气", "质量", "规模",   "工业",
    "降低率",       "能耗",     "战略性",   "新兴",   "产业",     "民营",   "经济", "居民", "人均",   "社会",
    "总量",         "常住",     "人口",     "化率",   "公共",     "预算",   "税收", "数字", "文化",   "森林",
    "覆盖率",       "安全",     "事故",     "死亡率", "研究",     "试验",   "发展", "劳动", "生产率", "排放",
    "实际",         "登记",     "失业率",   "进出口", "主要",     "污染物", "减少", "单位", "能源",   "消耗",
    "增长率",       "比例",     "国民经济", "规划",   "执行情况", "情况",   "计划", "草案", "报告"};

#define TERM_PENALTY 15.0
#define SLASH_PENALTY 2.0

static bool in_set(gunichar c, const char *set) { return c && g_utf8_strchr(set, -1, c) != NULL; }

jb_class jb_class_of(gunichar c, double width, double em) {
    bool wide = width > 0.8 * em;
    if (c == 0x2028) return JB_CLASS_HARD;
    if (c == ' ' || c == '\t' || (c >= 0x2002 && c <= 0x200A && c != 0x2007)) return JB_CLASS_BLANK;
    if (c == 0x2014 || c == 0x2026 || c == 0x2E3A || c == 0x22EF)
        return wide ? JB_CLASS_DASH : JB_CLASS_LATIN;
    if (wide) {
        if (in_set(c, "（〔［｛〈《「『【〖“‘")) return JB_CLASS_OPEN;
        if (in_set(c, "）〕］｝〉》」』】〗”’")) return JB_CLASS_CLOSE;
        if (in_set(c, "、，；：")) return JB_CLASS_PAUSE;
        if (in_set(c, "。？！．")) return JB_CLASS_STOP;
        if (c == 0xB7 || c == 0x2027 || c == 0x30FB) return JB_CLASS_MIDDLE;
    }
    if (c >= 0x2E80 || (wide && c >= 0x2000)) return JB_CLASS_HAN;
    return JB_CLASS_LATIN;
}

static bool is_digit(gunichar c) { return c < 128 && g_ascii_isdigit((char)c); }

/* Behind a number's sign or digit, with or without a blank, its unit stays. */
static bool number_before_unit(const jb_atom *number, const jb_atom *unit) {
    return number->class == JB_CLASS_LATIN && (is_digit(number->last) || in_set(number->last, "%‰℃+")) &&
           unit->class == JB_CLASS_HAN && in_set(unit->first, unit_starts);
}

static bool letter(gunichar c) { return g_unichar_isalpha(c); }

/* Between two atoms of one Latin word or number: only after a hyphen or solidus between letters. */
static void inside_word(jb_atom *a, const jb_atom *next) {
    bool joint = (a->last == '-' || a->last == '/' || a->last == 0x2013) && letter(next->first);
    a->breakable = joint;
    a->penalty = joint ? SLASH_PENALTY : 0;
}

/* What may not begin a line: closing marks, stops, connectors, interpuncts, signs that follow a number,
 * footnote marks. */
static bool not_at_start(const jb_atom *a) {
    if (jb_atom_is_closing(a) || a->class == JB_CLASS_MIDDLE || a->class == JB_CLASS_BLANK) return true;
    return in_set(a->first, ")]}%‰℃°*,.;:!?～~①②③④⑤⑥⑦⑧⑨⑩");
}

static bool not_at_end(const jb_atom *a) {
    return a->class == JB_CLASS_OPEN || in_set(a->last, "([{$¥￥≤≥≈±#");
}

static void judge(jb_atom *a, const jb_atom *after) {
    a->breakable = true;
    a->penalty = 0;
    if (after->class == JB_CLASS_HARD || a->class == JB_CLASS_HARD) {
        a->breakable = a->class == JB_CLASS_HARD;
    } else if (not_at_start(after) || not_at_end(a)) {
        a->breakable = false;
    } else if (a->class == JB_CLASS_DASH && after->class == JB_CLASS_DASH && a->last == after->first) {
        a->breakable = false;
    } else if (a->class == JB_CLASS_LATIN && after->class == JB_CLASS_LATIN) {
        inside_word(a, after);
    } else if (number_before_unit(a, after)) {
        a->breakable = false;
    } else if (in_set(a->last, "亿万千百") && in_set(after->first, "元人吨美平公户件个次亩千台辆套")) {
        a->breakable = false; /* 亿元, 万人: one unit */
    } else if (a->class == JB_CLASS_HAN && a->last == 0x7B2C && after->class == JB_CLASS_LATIN) {
        a->breakable = false; /* 第 5 */
    }
}

/* A blank: a line may end there unless it parts a number from its unit, or stands before a mark. */
static void judge_blank(jb_atom *blank, const jb_atom *before, const jb_atom *after) {
    blank->breakable = !not_at_start(after) && !not_at_end(before) && !number_before_unit(before, after) &&
                       !(before->last == 0x7B2C && after->class == JB_CLASS_LATIN);
    blank->penalty = 0;
}

static void spare_terms(jb_atom *atoms, unsigned count, const char *text) {
    for (unsigned i = 0; i < count; i++) {
        for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
            size_t length = strlen(terms[t]);
            if (strncmp(text + atoms[i].from, terms[t], length) != 0) continue;
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
            judge_blank(&atoms[i], &atoms[i - 1], &atoms[i + 1]);
        } else {
            judge(&atoms[i], &atoms[i + 1]);
        }
    }
    if (!balance) return;
    spare_terms(atoms, count, text);
    spare_brackets(atoms, count);
}
