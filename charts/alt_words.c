/* The words of texts that stand for charts. */
#include "charts/alt_words.h"

#include <string.h>

static const jb_alt_words chinese = {.bars = "条形图",
                                     .columns = "柱形图",
                                     .lines = "折线图",
                                     .areas = "面积图",
                                     .dots = "点图",
                                     .stacked = "堆积",
                                     .shared = "百分比堆积",
                                     .mixed = "柱形与折线图",
                                     .comma = "，",
                                     .list = "、",
                                     .semicolon = "；",
                                     .stop = "。",
                                     .title = "“%s”",
                                     .compares = "，比较%s",
                                     .over = "，按%s共 %u 项",
                                     .unit = "，单位 %s",
                                     .units = "，按 %u 种单位分开",
                                     .missing = "无数据",
                                     .none = "无单位",
                                     .last_year = "（上年数 %s）",
                                     .highest = "%s最高的是%s",
                                     .lowest = "，最低的是%s",
                                     .value = "%s%s %s",
                                     .sides = "，单位 %s（左轴）、%s（右轴）",
                                     .ties = "等 %u 项",
                                     .from = "%s由 %s 的 %s ",
                                     .rises = "升至 %s 的 %s",
                                     .falls = "降至 %s 的 %s",
                                     .stays = "到 %s 的 %s，持平",
                                     .turns = "变为 %s 的 %s",
                                     .total = "合计",
                                     .share = "%s占比",
                                     .within = "%s %s至 %s",
                                     .at = "%s（%s）",
                                     .reference = "参考线：",
                                     .against = "与%s相比，",
                                     .above = "高出最多的是%s（%s高 %s）",
                                     .below = "低得最多的是%s（%s低 %s）",
                                     .about = "约",
                                     .equal = "可比的都相同",
                                     .points = " 个百分点",
                                     .reached = "达到 100 的有 %u 项",
                                     .bounds = "%u 个数只有界限或区间",
                                     .gaps = "%u 处无数据",
                                     .only = "另有 ",
                                     .unplaced = "图中没有位置标出的数：",
                                     .unplaced_all = "等 %u 个"};

static const jb_alt_words english = {.bars = "Bar chart",
                                     .columns = "Column chart",
                                     .lines = "Line chart",
                                     .areas = "Area chart",
                                     .dots = "Dot plot",
                                     .stacked = "Stacked ",
                                     .shared = "Percent-stacked ",
                                     .mixed = "Columns with lines",
                                     .comma = ", ",
                                     .list = ", ",
                                     .semicolon = "; ",
                                     .stop = ". ",
                                     .title = " “%s”",
                                     .compares = " of %s",
                                     .over = " by %s, %u in all",
                                     .unit = ", in %s",
                                     .units = ", parted by %u units",
                                     .missing = "no data",
                                     .none = "no unit",
                                     .last_year = " (last year %s)",
                                     .highest = "%s is highest for %s",
                                     .lowest = ", lowest for %s",
                                     .value = "%s%s, %s",
                                     .sides = ", in %s (left axis) and %s (right axis)",
                                     .ties = " (and %u in all)",
                                     .from = "%s goes from %s, %s, ",
                                     .rises = "up to %s, %s",
                                     .falls = "down to %s, %s",
                                     .stays = "to %s, %s, unchanged",
                                     .turns = "to %s, %s",
                                     .total = "the total",
                                     .share = "the share of %s",
                                     .within = "%s from %s to %s",
                                     .at = "%s (%s)",
                                     .reference = "reference lines: ",
                                     .against = "Against %s, ",
                                     .above = "%s is furthest above (by %s%s)",
                                     .below = "%s is furthest below (by %s%s)",
                                     .about = "about ",
                                     .equal = "all that can be compared are equal",
                                     .points = " points",
                                     .reached = "%u reach 100",
                                     .bounds = "figures given as bounds or ranges: %u",
                                     .gaps = "without data: %u",
                                     .only = "",
                                     .unplaced = "figures without room in the chart: ",
                                     .unplaced_all = " (%u in all)"};

static const jb_alt_kinds kinds_chinese = {.marks = {"柱形图", "折线图", "面积图", "散点图", "散点图",
                                                     "散点图", "参考线", "文字", "刻线图", "矩形图"},
                                           .bars = "条形图",
                                           .histogram = "直方图",
                                           .heat = "热力图",
                                           .and = "与",
                                           .x = "，横轴为%s",
                                           .y = "，纵轴为%s",
                                           .colour = "，颜色表示%s",
                                           .size = "，大小表示%s",
                                           .panels = "，分 %u 幅",
                                           .points = "，共 %u 个点",
                                           .from = "%s在 %s 至 %s 之间",
                                           .at = "%s：",
                                           .open = "（",
                                           .close = "）",
                                           .records = "值"};

static const jb_alt_kinds kinds_english = {.marks = {"Column chart", "Line chart", "Area chart",
                                                     "Scatter plot", "Scatter plot", "Scatter plot", "Rules",
                                                     "Texts", "Tick plot", "Rectangles"},
                                           .bars = "Bar chart",
                                           .histogram = "Histogram",
                                           .heat = "Heat map",
                                           .and = " and ",
                                           .x = ", x is %s",
                                           .y = ", y is %s",
                                           .colour = ", colour is %s",
                                           .size = ", size is %s",
                                           .panels = ", in %u plots",
                                           .points = ", %u points",
                                           .from = "%s lies between %s and %s",
                                           .at = "%s: ",
                                           .open = " (",
                                           .close = ")",
                                           .records = "the value"};

bool jb_plot_english(const jb_plot *p) {
    const char *language = p->frame->language;
    return language && !g_ascii_strncasecmp(language, "en", 2);
}

const jb_alt_kinds *jb_alt_kinds_of(const jb_plot *p) {
    return jb_plot_english(p) ? &kinds_english : &kinds_chinese;
}

jb_alt jb_alt_begin(const jb_plot *p) {
    return (jb_alt){p, jb_plot_english(p) ? &english : &chinese, g_string_new(NULL), false};
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void jb_alt_put(jb_alt *w, const char *format, ...) {
    va_list list;
    va_start(list, format);
    g_string_append_vprintf(w->out, format, list);
    va_end(list);
}
#pragma GCC diagnostic pop

void jb_alt_clause(jb_alt *w) {
    if (w->begun) g_string_append(w->out, w->say->semicolon);
    w->begun = true;
}

void jb_alt_end(jb_alt *w) {
    if (w->begun) g_string_append(w->out, w->say->stop);
    w->begun = false;
}

static bool is_latin(gunichar c) { return c < 0x250 && (g_unichar_isalnum(c) || c == '%'); }
static bool is_sign(gunichar c) { return g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN; }

void jb_alt_space(jb_alt *w) {
    GString *out = g_string_new(NULL);
    gunichar last = 0;
    for (const char *s = w->out->str; *s; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if ((is_latin(last) && is_sign(c)) || (is_sign(last) && is_latin(c))) g_string_append_c(out, ' ');
        g_string_append_unichar(out, c);
        last = c;
    }
    g_string_assign(w->out, out->str);
    g_string_free(out, TRUE);
}

const char *jb_alt_text(jb_alt *w) {
    const char *text = jb_arena_string(w->plot->arena, g_strchomp(w->out->str));
    g_string_free(w->out, TRUE);
    return text;
}
