/* The words around numbers, and the words that stand for numbers. */
#include <string.h>
#include "input/value_scan.h"

typedef struct word {
    const char *text;
    jb_value_kind kind; /* NUMBER: does not qualify */
    bool soft;          /* overruled by any other: 控制在 5% 左右 is about 5 % */
    bool falls;         /* turns the number round */
} word;

/* 降至 3.2% names a level and no fall. A change's word gives the sign: 下降 3.2% is -3.2. */
/* clang-format off */
static const word words_before[] = {
    {"大约", JB_VALUE_APPROX, false, false}, {"约为", JB_VALUE_APPROX, false, false},
    {"约", JB_VALUE_APPROX, false, false}, {"大概", JB_VALUE_APPROX, false, false},
    {"接近", JB_VALUE_APPROX, false, false}, {"将近", JB_VALUE_APPROX, false, false},
    {"近", JB_VALUE_APPROX, false, false}, {"≈", JB_VALUE_APPROX, false, false},
    {"~", JB_VALUE_APPROX, false, false}, {"～", JB_VALUE_APPROX, false, false},
    {"∼", JB_VALUE_APPROX, false, false}, {"预计", JB_VALUE_APPROX, true, false},
    {"预计为", JB_VALUE_APPROX, true, false}, {"预期", JB_VALUE_APPROX, true, false},
    {"预估", JB_VALUE_APPROX, true, false}, {"估计", JB_VALUE_APPROX, true, false},
    {"估算", JB_VALUE_APPROX, true, false}, {"初步统计", JB_VALUE_APPROX, true, false},
    {"初步核算", JB_VALUE_APPROX, true, false}, {"初步测算", JB_VALUE_APPROX, true, false},
    {"据初步统计", JB_VALUE_APPROX, true, false}, {"快报", JB_VALUE_APPROX, true, false},
    {"不超过", JB_VALUE_UPPER, false, false}, {"不高于", JB_VALUE_UPPER, false, false},
    {"不大于", JB_VALUE_UPPER, false, false}, {"不多于", JB_VALUE_UPPER, false, false},
    {"不突破", JB_VALUE_UPPER, false, false}, {"未超过", JB_VALUE_UPPER, false, false},
    {"未突破", JB_VALUE_UPPER, false, false}, {"不得超过", JB_VALUE_UPPER, false, false},
    {"低于", JB_VALUE_UPPER, false, false}, {"小于", JB_VALUE_UPPER, false, false},
    {"少于", JB_VALUE_UPPER, false, false}, {"不足", JB_VALUE_UPPER, false, false},
    {"不到", JB_VALUE_UPPER, false, false}, {"不及", JB_VALUE_UPPER, false, false},
    {"至多", JB_VALUE_UPPER, false, false}, {"最多", JB_VALUE_UPPER, false, false},
    {"上限", JB_VALUE_UPPER, false, false}, {"≤", JB_VALUE_UPPER, false, false},
    {"<=", JB_VALUE_UPPER, false, false}, {"=<", JB_VALUE_UPPER, false, false},
    {"<", JB_VALUE_UPPER, false, false}, {"≦", JB_VALUE_UPPER, false, false},
    {"⩽", JB_VALUE_UPPER, false, false}, {"≯", JB_VALUE_UPPER, false, false},
    {"＜", JB_VALUE_UPPER, false, false}, {"＜＝", JB_VALUE_UPPER, false, false},
    {"控制在", JB_VALUE_UPPER, true, false}, {"压减到", JB_VALUE_NUMBER, false, false},
    {"降至", JB_VALUE_NUMBER, false, false}, {"降到", JB_VALUE_NUMBER, false, false},
    {"下降到", JB_VALUE_NUMBER, false, false}, {"下降至", JB_VALUE_NUMBER, false, false},
    {"降低到", JB_VALUE_NUMBER, false, false}, {"降低至", JB_VALUE_NUMBER, false, false},
    {"减少到", JB_VALUE_NUMBER, false, false}, {"减少至", JB_VALUE_NUMBER, false, false},
    {"回落到", JB_VALUE_NUMBER, false, false}, {"回落至", JB_VALUE_NUMBER, false, false},
    {"不低于", JB_VALUE_LOWER, false, false}, {"不少于", JB_VALUE_LOWER, false, false},
    {"不小于", JB_VALUE_LOWER, false, false}, {"不下于", JB_VALUE_LOWER, false, false},
    {"不得低于", JB_VALUE_LOWER, false, false}, {"不得少于", JB_VALUE_LOWER, false, false},
    {"超过", JB_VALUE_LOWER, false, false}, {"超出", JB_VALUE_LOWER, false, false},
    {"超", JB_VALUE_LOWER, false, false}, {"高于", JB_VALUE_LOWER, false, false},
    {"大于", JB_VALUE_LOWER, false, false}, {"多于", JB_VALUE_LOWER, false, false},
    {"至少", JB_VALUE_LOWER, false, false}, {"最少", JB_VALUE_LOWER, false, false},
    {"突破", JB_VALUE_LOWER, false, false}, {"下限", JB_VALUE_LOWER, false, false},
    {"优于", JB_VALUE_LOWER, false, false}, {"≥", JB_VALUE_LOWER, false, false},
    {">=", JB_VALUE_LOWER, false, false}, {"=>", JB_VALUE_LOWER, false, false},
    {">", JB_VALUE_LOWER, false, false}, {"≧", JB_VALUE_LOWER, false, false},
    {"⩾", JB_VALUE_LOWER, false, false}, {"≮", JB_VALUE_LOWER, false, false},
    {"＞", JB_VALUE_LOWER, false, false}, {"＞＝", JB_VALUE_LOWER, false, false},
    {"达到", JB_VALUE_LOWER, true, false}, {"达", JB_VALUE_LOWER, true, false},
    {"已达", JB_VALUE_LOWER, true, false}, {"已达到", JB_VALUE_LOWER, true, false},
    {"同比", JB_VALUE_NUMBER, false, false}, {"环比", JB_VALUE_NUMBER, false, false},
    {"同期", JB_VALUE_NUMBER, false, false}, {"比上年", JB_VALUE_NUMBER, false, false},
    {"比上年同期", JB_VALUE_NUMBER, false, false}, {"比上年末", JB_VALUE_NUMBER, false, false},
    {"较上年", JB_VALUE_NUMBER, false, false}, {"较上年同期", JB_VALUE_NUMBER, false, false},
    {"较上年末", JB_VALUE_NUMBER, false, false}, {"比去年", JB_VALUE_NUMBER, false, false},
    {"比去年同期", JB_VALUE_NUMBER, false, false}, {"较去年", JB_VALUE_NUMBER, false, false},
    {"较去年同期", JB_VALUE_NUMBER, false, false}, {"比年初", JB_VALUE_NUMBER, false, false},
    {"较年初", JB_VALUE_NUMBER, false, false}, {"比上月", JB_VALUE_NUMBER, false, false},
    {"较上月", JB_VALUE_NUMBER, false, false}, {"比上季度", JB_VALUE_NUMBER, false, false},
    {"较上季度", JB_VALUE_NUMBER, false, false}, {"年均", JB_VALUE_NUMBER, false, false},
    {"平均", JB_VALUE_NUMBER, false, false}, {"人均", JB_VALUE_NUMBER, false, false},
    {"累计", JB_VALUE_NUMBER, false, false}, {"合计", JB_VALUE_NUMBER, false, false},
    {"总计", JB_VALUE_NUMBER, false, false}, {"共计", JB_VALUE_NUMBER, false, false},
    {"共", JB_VALUE_NUMBER, false, false}, {"计", JB_VALUE_NUMBER, false, false},
    {"全年", JB_VALUE_NUMBER, false, false}, {"本年", JB_VALUE_NUMBER, false, false},
    {"完成", JB_VALUE_NUMBER, false, false}, {"实现", JB_VALUE_NUMBER, false, false},
    {"力争", JB_VALUE_NUMBER, false, false}, {"确保", JB_VALUE_NUMBER, false, false},
    {"保持", JB_VALUE_NUMBER, false, false}, {"保持在", JB_VALUE_NUMBER, false, false},
    {"稳定在", JB_VALUE_NUMBER, false, false}, {"维持在", JB_VALUE_NUMBER, false, false},
    {"稳定", JB_VALUE_NUMBER, false, false}, {"维持", JB_VALUE_NUMBER, false, false},
    {"为", JB_VALUE_NUMBER, false, false}, {"是", JB_VALUE_NUMBER, false, false},
    {"在", JB_VALUE_NUMBER, false, false}, {"增速", JB_VALUE_NUMBER, false, false},
    {"增速为", JB_VALUE_NUMBER, false, false}, {"增长率", JB_VALUE_NUMBER, false, false},
    {"增长率为", JB_VALUE_NUMBER, false, false}, {"增幅", JB_VALUE_NUMBER, false, false},
    {"增幅为", JB_VALUE_NUMBER, false, false}, {"涨幅", JB_VALUE_NUMBER, false, false},
    {"涨幅为", JB_VALUE_NUMBER, false, false}, {"增长", JB_VALUE_NUMBER, false, false},
    {"上升", JB_VALUE_NUMBER, false, false}, {"提高", JB_VALUE_NUMBER, false, false},
    {"增加", JB_VALUE_NUMBER, false, false}, {"上涨", JB_VALUE_NUMBER, false, false},
    {"提升", JB_VALUE_NUMBER, false, false}, {"扩大", JB_VALUE_NUMBER, false, false},
    {"加快", JB_VALUE_NUMBER, false, false}, {"新增", JB_VALUE_NUMBER, false, false},
    {"净增", JB_VALUE_NUMBER, false, false}, {"多增", JB_VALUE_NUMBER, false, false},
    {"增", JB_VALUE_NUMBER, false, false}, {"升", JB_VALUE_NUMBER, false, false},
    {"涨", JB_VALUE_NUMBER, false, false}, {"高", JB_VALUE_NUMBER, false, false},
    {"增长到", JB_VALUE_NUMBER, false, false}, {"增长至", JB_VALUE_NUMBER, false, false},
    {"增加到", JB_VALUE_NUMBER, false, false}, {"增加至", JB_VALUE_NUMBER, false, false},
    {"提高到", JB_VALUE_NUMBER, false, false}, {"提高至", JB_VALUE_NUMBER, false, false},
    {"提升到", JB_VALUE_NUMBER, false, false}, {"提升至", JB_VALUE_NUMBER, false, false},
    {"上升到", JB_VALUE_NUMBER, false, false}, {"上升至", JB_VALUE_NUMBER, false, false},
    {"扩大到", JB_VALUE_NUMBER, false, false}, {"升至", JB_VALUE_NUMBER, false, false},
    {"升到", JB_VALUE_NUMBER, false, false}, {"增至", JB_VALUE_NUMBER, false, false},
    {"增到", JB_VALUE_NUMBER, false, false}, {"实际增长", JB_VALUE_NUMBER, false, false},
    {"名义增长", JB_VALUE_NUMBER, false, false}, {"年均增长", JB_VALUE_NUMBER, false, false},
    {"平均增长", JB_VALUE_NUMBER, false, false}, {"同比增长", JB_VALUE_NUMBER, false, false},
    {"同比增加", JB_VALUE_NUMBER, false, false}, {"同比上升", JB_VALUE_NUMBER, false, false},
    {"同比提高", JB_VALUE_NUMBER, false, false}, {"↑", JB_VALUE_NUMBER, false, false},
    {"同比下降", JB_VALUE_NUMBER, false, true}, {"同比减少", JB_VALUE_NUMBER, false, true},
    {"同比降低", JB_VALUE_NUMBER, false, true}, {"同比回落", JB_VALUE_NUMBER, false, true},
    {"年均下降", JB_VALUE_NUMBER, false, true}, {"实际下降", JB_VALUE_NUMBER, false, true},
    {"名义下降", JB_VALUE_NUMBER, false, true}, {"下降", JB_VALUE_NUMBER, false, true},
    {"减少", JB_VALUE_NUMBER, false, true}, {"降低", JB_VALUE_NUMBER, false, true},
    {"下跌", JB_VALUE_NUMBER, false, true}, {"回落", JB_VALUE_NUMBER, false, true},
    {"下滑", JB_VALUE_NUMBER, false, true}, {"放缓", JB_VALUE_NUMBER, false, true},
    {"收窄", JB_VALUE_NUMBER, false, true}, {"缩减", JB_VALUE_NUMBER, false, true},
    {"压减", JB_VALUE_NUMBER, false, true}, {"削减", JB_VALUE_NUMBER, false, true},
    {"减", JB_VALUE_NUMBER, false, true}, {"降", JB_VALUE_NUMBER, false, true},
    {"跌", JB_VALUE_NUMBER, false, true}, {"低", JB_VALUE_NUMBER, false, true},
    {"降幅", JB_VALUE_NUMBER, false, true}, {"降幅为", JB_VALUE_NUMBER, false, true},
    {"跌幅", JB_VALUE_NUMBER, false, true}, {"减幅", JB_VALUE_NUMBER, false, true},
    {"负增长", JB_VALUE_NUMBER, false, true}, {"少增", JB_VALUE_NUMBER, false, true},
    {"↓", JB_VALUE_NUMBER, false, true}};

/* In brackets: how final the figure is, as statistics offices mark it. */
static const word words_behind[] = {
    {"左右", JB_VALUE_APPROX, false, false}, {"上下", JB_VALUE_APPROX, false, false},
    {"余", JB_VALUE_LOWER, false, false}, {"多", JB_VALUE_LOWER, false, false},
    {"以上", JB_VALUE_LOWER, false, false}, {"及以上", JB_VALUE_LOWER, false, false},
    {"之上", JB_VALUE_LOWER, false, false}, {"或以上", JB_VALUE_LOWER, false, false},
    {"+", JB_VALUE_LOWER, false, false}, {"＋", JB_VALUE_LOWER, false, false},
    {"以内", JB_VALUE_UPPER, false, false}, {"之内", JB_VALUE_UPPER, false, false},
    {"及以内", JB_VALUE_UPPER, false, false}, {"以下", JB_VALUE_UPPER, false, false},
    {"及以下", JB_VALUE_UPPER, false, false}, {"之下", JB_VALUE_UPPER, false, false},
    {"或以下", JB_VALUE_UPPER, false, false}, {"（预计）", JB_VALUE_APPROX, true, false},
    {"(预计)", JB_VALUE_APPROX, true, false}, {"（预计数）", JB_VALUE_APPROX, true, false},
    {"(预计数)", JB_VALUE_APPROX, true, false}, {"（预期）", JB_VALUE_APPROX, true, false},
    {"(预期)", JB_VALUE_APPROX, true, false}, {"（预估）", JB_VALUE_APPROX, true, false},
    {"(预估)", JB_VALUE_APPROX, true, false}, {"（估计）", JB_VALUE_APPROX, true, false},
    {"(估计)", JB_VALUE_APPROX, true, false}, {"（估算）", JB_VALUE_APPROX, true, false},
    {"(估算)", JB_VALUE_APPROX, true, false}, {"（初步）", JB_VALUE_APPROX, true, false},
    {"(初步)", JB_VALUE_APPROX, true, false}, {"（初步数）", JB_VALUE_APPROX, true, false},
    {"(初步数)", JB_VALUE_APPROX, true, false}, {"（初步核算）", JB_VALUE_APPROX, true, false},
    {"(初步核算)", JB_VALUE_APPROX, true, false}, {"（初步核算数）", JB_VALUE_APPROX, true, false},
    {"(初步核算数)", JB_VALUE_APPROX, true, false}, {"（初步统计）", JB_VALUE_APPROX, true, false},
    {"(初步统计)", JB_VALUE_APPROX, true, false}, {"（快报）", JB_VALUE_APPROX, true, false},
    {"(快报)", JB_VALUE_APPROX, true, false}, {"（快报数）", JB_VALUE_APPROX, true, false},
    {"(快报数)", JB_VALUE_APPROX, true, false}, {"（含）", JB_VALUE_NUMBER, false, false},
    {"(含)", JB_VALUE_NUMBER, false, false}, {"（含本数）", JB_VALUE_NUMBER, false, false},
    {"(含本数)", JB_VALUE_NUMBER, false, false}, {"（修订）", JB_VALUE_NUMBER, false, false},
    {"(修订)", JB_VALUE_NUMBER, false, false}, {"（修订数）", JB_VALUE_NUMBER, false, false},
    {"(修订数)", JB_VALUE_NUMBER, false, false}, {"（调整后）", JB_VALUE_NUMBER, false, false},
    {"(调整后)", JB_VALUE_NUMBER, false, false}, {"（决算）", JB_VALUE_NUMBER, false, false},
    {"(决算)", JB_VALUE_NUMBER, false, false}, {"（决算数）", JB_VALUE_NUMBER, false, false},
    {"(决算数)", JB_VALUE_NUMBER, false, false}, {"（终核）", JB_VALUE_NUMBER, false, false},
    {"(终核)", JB_VALUE_NUMBER, false, false}, {"（最终核实数）", JB_VALUE_NUMBER, false, false},
    {"(最终核实数)", JB_VALUE_NUMBER, false, false}, {"（最终数）", JB_VALUE_NUMBER, false, false},
    {"(最终数)", JB_VALUE_NUMBER, false, false}, {"（注）", JB_VALUE_NUMBER, false, false},
    {"(注)", JB_VALUE_NUMBER, false, false}};
/* clang-format on */

static void qualify(jb_value_scan *s, const word *w) {
    s->falls = s->falls || w->falls;
    if (w->kind == JB_VALUE_NUMBER || (w->soft && s->kind != JB_VALUE_NUMBER)) return;
    if (!s->soft && s->kind != JB_VALUE_NUMBER && s->kind != w->kind) {
        s->conflict = true;
        if (s->kind != JB_VALUE_APPROX && w->kind != JB_VALUE_APPROX) s->bad = true; /* 不低于 5 以内 */
        if (w->kind == JB_VALUE_APPROX) return;
    }
    s->kind = w->kind;
    s->soft = w->soft;
}

/* Takes the longest word that stands here. */
static bool take_word(jb_value_scan *s, const word *words, size_t count) {
    const word *best = NULL;
    size_t longest = 0, left = (size_t)(s->end - s->p);
    for (const word *w = words; w < words + count; w++) {
        if (!left || w->text[0] != *s->p) continue;
        size_t n = strlen(w->text);
        if (n <= longest || n > left || memcmp(s->p, w->text, n)) continue;
        best = w;
        longest = n;
    }
    if (!best) return false;
    s->p += longest;
    qualify(s, best);
    return true;
}

static bool take_year(jb_value_scan *s) {
    jb_value_scan after = *s;
    for (int i = 0; i < 4; i++, jb_scan_step(&after))
        if (jb_scan_peek(&after) < '0' || jb_scan_peek(&after) > '9') return false;
    jb_scan_skip_blanks(&after);
    if (!jb_scan_take(&after, "年")) return false;
    *s = after;
    return true;
}

/* 比2019年同期 */
static bool take_comparison(jb_value_scan *s) {
    static const char *const behind[] = {"同期", "末", "底", "初"};
    jb_value_scan after = *s;
    if (!jb_scan_take(&after, "比") && !jb_scan_take(&after, "较")) return false;
    jb_scan_skip_blanks(&after);
    if (!take_year(&after)) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(behind); i++)
        if (jb_scan_take(&after, behind[i])) break;
    *s = after;
    return true;
}

void jb_scan_before(jb_value_scan *s) {
    do jb_scan_skip_blanks(s);
    while (take_word(s, words_before, G_N_ELEMENTS(words_before)) || take_comparison(s));
}

/* ---- footnote marks ---- */

static bool is_note_mark(gunichar c) {
    return c == '*' || c == 0xFF0A || c == 0x2020 || c == 0x2021 || c == 0x203B || c == 0xB9 || c == 0xB2 ||
           c == 0xB3 || (c >= 0x2070 && c <= 0x2079) || (c >= 0x2460 && c <= 0x2473) ||
           (c >= 0x2776 && c <= 0x277F);
}

/* [1], 〔2〕, [注1] */
static bool take_bracket_note(jb_value_scan *s) {
    static const char *const pairs[][2] = {{"[", "]"}, {"［", "］"}, {"〔", "〕"}, {"【", "】"}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        jb_value_scan after = *s;
        if (!jb_scan_take(&after, pairs[i][0])) continue;
        bool named = jb_scan_take(&after, "注");
        int digits = 0;
        for (; jb_scan_peek(&after) >= '0' && jb_scan_peek(&after) <= '9' && digits < 3; digits++)
            jb_scan_step(&after);
        if ((!digits && !named) || !jb_scan_take(&after, pairs[i][1])) continue;
        *s = after;
        return true;
    }
    return false;
}

bool jb_scan_behind(jb_value_scan *s) {
    if (take_word(s, words_behind, G_N_ELEMENTS(words_behind)) || take_bracket_note(s)) return true;
    if (s->p >= s->end || !is_note_mark(g_utf8_get_char(s->p))) return false;
    jb_scan_step(s);
    return true;
}

const char *jb_scan_without_notes(const char *start, const char *end) {
    for (const char *p = end; p > start;) {
        p = g_utf8_prev_char(p);
        gunichar c = g_utf8_get_char(p);
        if (!is_note_mark(c) && !g_unichar_isspace(c) && c != 0x200B && c != 0xFEFF) break;
        if (p == start) break; /* a mark alone is the cell's text */
        end = p;
    }
    return end;
}

/* ---- words in place of numbers ---- */

static bool is_one_of(const char *text, size_t length, const char *const *list) {
    for (; *list; list++)
        if (strlen(*list) == length && !memcmp(*list, text, length)) return true;
    return false;
}

/* Dashes of any kind and number. */
static bool is_dashes(const char *text, size_t length) {
    static const char *const dashes[] = {"-", "—", "–", "―", "─", "−", "－", "﹣", "‐", "‑", "━", "~", "～"};
    const char *end = text + length;
    while (text < end) {
        size_t i = 0;
        while (i < G_N_ELEMENTS(dashes) && strncmp(text, dashes[i], strlen(dashes[i]))) i++;
        if (i == G_N_ELEMENTS(dashes)) return false;
        text += strlen(dashes[i]);
    }
    return true;
}

bool jb_scan_is_missing(const char *text, size_t length, bool *broken) {
    static const char *const words[] = {
        "",       "/",      "／",       "\\",     "…",      "……",     "...",    "......", ".",
        "无",     "暂无",   "暂无数据", "无数据", "缺",     "缺失",   "未统计", "未公布", "未提供",
        "未填报", "未反馈", "未报",     "待定",   "待统计", "待公布", "待核实", "待核定", "不适用",
        "不可得", "N/A",    "n/a",      "N.A.",   "NA",     "#N/A",   "NaN",    "nan",    "NULL",
        "null",   "None",   "none",     "(空)",   "（空）", NULL};
    static const char *const errors[] = {"#DIV/0!", "#VALUE!", "#REF!",  "#NAME?", "#NUM!",
                                         "#NULL!",  "#SPILL!", "#CALC!", NULL};
    if (length > 40) return false;
    *broken = is_one_of(text, length, errors) || (length >= 3 && strspn(text, "#") >= length);
    return *broken || is_one_of(text, length, words) || is_dashes(text, length);
}

/* 与上年, 同去年同期, 与2019年 */
static bool take_same_period(jb_value_scan *s, int *year) {
    static const char *const periods[] = {"上年同期", "去年同期", "上年度", "上一年",
                                          "上年末",   "上年",     "去年"};
    for (size_t i = 0; i < G_N_ELEMENTS(periods); i++)
        if (jb_scan_take(s, periods[i])) return true;
    jb_value_scan at = *s;
    if (!take_year(s)) return false;
    *year = 0;
    for (int i = 0; i < 4; i++, jb_scan_step(&at)) *year = *year * 10 + (int)(jb_scan_peek(&at) - '0');
    if (!jb_scan_take(s, "同期")) jb_scan_take(s, "末");
    return true;
}

bool jb_scan_is_same(const char *text, size_t length, int *year) {
    static const char *const with[] = {"与", "同", "和", "跟", "较", "比"};
    static const char *const about[] = {"基本", "大体", "大致", "总体", "保持", ""};
    static const char *const same[] = {"持平", "一致", "相同", "相当", "不变"};
    jb_value_scan s = {.start = text, .p = text, .end = text + length};
    *year = 0;
    if (length > 60) return false;
    bool named = jb_scan_take(&s, "同比");
    for (size_t i = 0; i < G_N_ELEMENTS(with) && !named; i++) {
        if (!jb_scan_take(&s, with[i])) continue;
        jb_scan_skip_blanks(&s);
        if (!take_same_period(&s, year)) return false;
        named = true;
        if (s.p == s.end) return i == 1; /* 同上年 */
    }
    jb_scan_skip_blanks(&s);
    for (int again = 0; again < 2; again++) /* 基本保持 */
        for (size_t i = 0; i < G_N_ELEMENTS(about); i++)
            if (jb_scan_take(&s, about[i])) break;
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
        if (jb_scan_take(&s, same[i])) return s.p == s.end && (named || i == 0 || i == 4);
    return false;
}
