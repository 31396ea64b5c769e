/* What columns hold, and which way an indicator is better, from the words used. */
#include "input/role.h"

#include <string.h>
#include "input/numeral.h"
#include "input/unit.h"

static const char *first_of(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i])) return words[i];
    return NULL;
}

static bool equals_any(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(text, words[i])) return true;
    return false;
}

#define LIST(...)                                                                                            \
    (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)
#define HAS_ANY(text, ...) (first_of((text), LIST(__VA_ARGS__)) != NULL)
#define IS_ANY(text, ...) equals_any((text), LIST(__VA_ARGS__))

enum { HEADER_BYTES = 96 }; /* longer headers are compared by their beginning */

/* The header without blanks, cut at a character. */
static const char *squeeze(const char *text, char out[static HEADER_BYTES]) {
    size_t n = 0;
    for (; *text; text = g_utf8_next_char(text)) {
        size_t size = (size_t)(g_utf8_next_char(text) - text);
        gunichar c = g_utf8_get_char(text);
        if (g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF) continue;
        if (n + size >= HEADER_BYTES) break;
        memcpy(out + n, text, size);
        n += size;
    }
    out[n] = 0;
    return out;
}

/* ---- headers ---- */

bool jb_header_names_rows(const char *header) {
    char buffer[HEADER_BYTES];
    const char *h = squeeze(header, buffer);
    if (IS_ANY(h, "指标", "名称", "项目", "科目", "年份", "年度", "年", "季度", "月份", "时间", "日期",
               "时期", "地区", "地方", "区域", "区县", "县区", "市县", "区（县）", "县（市、区）", "城市",
               "省份", "省市", "街道", "镇街", "街镇", "乡镇", "部门", "单位名称", "企业", "学校", "行业",
               "产业", "产品", "品种", "内容", "指标内容", "年度指标", "name", "Name", "indicator",
               "Indicator", "year", "Year", "region", "Region"))
        return true;
    if (jb_header_year(h) || HAS_ANY(h, "目标", "计划", "预期", "完成", "责任", "牵头", "主管", "单位"))
        return false;
    return g_str_has_suffix(h, "指标") || g_str_has_suffix(h, "名称") || g_str_has_suffix(h, "项目") ||
           g_str_has_suffix(h, "科目") || g_str_has_suffix(h, "地区") || HAS_ANY(h, "指标名称", "项目名称");
}

/* Headers of columns of remarks, which are texts even when some cell is a number. */
static bool is_remark(const char *h) {
    return HAS_ANY(h, "备注", "说明", "责任", "牵头", "主管", "配合单位", "数据来源", "来源", "口径",
                   "依据") ||
           IS_ANY(h, "注", "类别", "类型", "属性", "指标属性", "指标类型", "分类", "领域", "性质");
}

bool jb_header_is_derived(const char *header) {
    char buffer[HEADER_BYTES];
    const char *h = squeeze(header, buffer);
    if (HAS_ANY(h, "同比", "环比", "增速", "增长", "增减", "增幅", "涨幅", "降幅", "变动", "变化", "完成率",
                "执行率", "完成比例", "完成进度", "执行进度", "序时进度", "完成百分比", "差额", "差值",
                "差异", "偏差", "比重", "占比", "排名", "位次"))
        return true;
    return g_str_has_prefix(h, "占") || g_str_has_prefix(h, "比") || g_str_has_prefix(h, "较") ||
           g_str_has_prefix(h, "为") || IS_ANY(h, "进度", "±%", "%", "+-%");
}

/* The role that the words of one header cell give, VALUE when none. Of two words the firmer wins: 预算执行数
 * are results, 预计完成 is a forecast, 预期目标 a plan. */
static jb_column_role role_of_cell(const char *h) {
    if (jb_header_is_derived(h) || strstr(h, "实际利用"))
        return JB_COLUMN_VALUE; /* 实际利用外资 is an indicator */
    if (HAS_ANY(h, "上年", "去年", "上一年", "同期", "上期", "上月", "前一年", "基期"))
        return JB_COLUMN_PREVIOUS;
    if (HAS_ANY(h, "决算", "执行数", "实际", "实绩", "实现", "实际数")) return JB_COLUMN_ACTUAL;
    if (HAS_ANY(h, "目标", "计划", "预算", "任务", "规划", "指标值", "约束值")) return JB_COLUMN_PLAN;
    if (HAS_ANY(h, "预期", "预计", "预测", "展望", "预估", "估计")) return JB_COLUMN_FORECAST;
    if (HAS_ANY(h, "完成", "执行", "达到", "本年", "当年", "本期", "累计")) return JB_COLUMN_ACTUAL;
    return JB_COLUMN_VALUE;
}

/* From the deepest cell outwards. Titles over the whole table (主要指标完成情况) say nothing of one column,
 * and a derived column is not made a plan by the cell over it. */
static jb_column_role role_of_path(const char *path) {
    char buffer[HEADER_BYTES];
    char **cells = g_strsplit(path, "/", -1);
    jb_column_role role = JB_COLUMN_VALUE;
    for (guint i = g_strv_length(cells); i-- && role == JB_COLUMN_VALUE;) {
        const char *h = squeeze(cells[i], buffer);
        if (HAS_ANY(h, "情况")) continue;
        role = role_of_cell(h);
        if (jb_header_is_derived(h)) break;
    }
    g_strfreev(cells);
    return role;
}

jb_column_role jb_column_role_of(const char *name, const char *path, unsigned numbers, unsigned words) {
    char buffer[HEADER_BYTES];
    const char *h = squeeze(name, buffer);
    if (IS_ANY(h, "序号", "编号", "行次", "栏次", "序", "代码", "编码", "指标代码", "No.", "NO.", "#"))
        return JB_COLUMN_NUMBERING;
    if (IS_ANY(h, "单位", "计量单位", "度量单位")) return JB_COLUMN_UNIT;
    if (words > numbers && HAS_ANY(h, "完成情况", "执行情况", "进展", "评价", "评估", "结论", "结果", "是否",
                                   "达标情况", "状态"))
        return JB_COLUMN_VERDICT;
    if (!numbers || (is_remark(h) && words >= numbers)) return JB_COLUMN_TEXT;
    jb_column_role role = role_of_cell(h);
    return role != JB_COLUMN_VALUE || jb_header_is_derived(h) ? role : role_of_path(path);
}

/* ---- years ---- */

static bool is_digit(gunichar c) { return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19); }

static int digit_of(gunichar c) {
    return is_digit(c) ? (int)(c >= 0xFF10 ? c - 0xFF10 : c - '0') : jb_numeral_digit(c);
}

/* Four digits of one kind that stand alone: Arabic, or Chinese (二〇二〇). */
static const char *take_year(const char *p, int *year) {
    bool arabic = is_digit(g_utf8_get_char(p));
    const char *after = p;
    *year = 0;
    for (int i = 0; i < 4; i++, after = g_utf8_next_char(after)) {
        gunichar c = g_utf8_get_char(after);
        if (!c || is_digit(c) != arabic || digit_of(c) < 0) return NULL;
        *year = *year * 10 + digit_of(c);
    }
    gunichar next = g_utf8_get_char(after);
    if (*year < 1900 || *year > 2100 || (arabic ? is_digit(next) : jb_numeral_digit(next) >= 0)) return NULL;
    return after;
}

/* 2000 元以上, 2000 人 are amounts. */
static bool is_amount(const char *behind) {
    const char *unit;
    double factor;
    if (g_str_has_prefix(behind, "年")) return false;
    return jb_unit_scan(behind, strlen(behind), &unit) ||
           jb_unit_scan_factor(behind, strlen(behind), &factor);
}

/* The one year of a cell; 0 when there are two. */
static int year_of_cell(const char *h) {
    int found = 0, year;
    for (const char *p = h; *p;) {
        const char *after = digit_of(g_utf8_get_char(p)) >= 0 ? take_year(p, &year) : NULL;
        if (after && !is_amount(after)) {
            bool compared = p > h && (g_str_has_prefix(g_utf8_prev_char(p), "比") ||
                                      g_str_has_prefix(g_utf8_prev_char(p), "较"));
            if (found && found != year) return 0;
            if (!compared) found = year;
        }
        const char *next = g_utf8_next_char(p);
        if (!after && digit_of(g_utf8_get_char(p)) >= 0) /* the rest of a longer run is no year */
            while (is_digit(g_utf8_get_char(p)) && is_digit(g_utf8_get_char(next)))
                next = g_utf8_next_char(next);
        p = after ? after : next;
    }
    return found;
}

int jb_header_year(const char *path) {
    char buffer[HEADER_BYTES];
    char **cells = g_strsplit(path, "/", -1);
    int year = 0;
    for (guint i = g_strv_length(cells); i-- && !year;) year = year_of_cell(squeeze(cells[i], buffer));
    g_strfreev(cells);
    return year;
}

/* ---- directions ---- */

/* What there should be less of. Longer words stand for themselves: 失业 alone is also in 失业保险. */
static bool is_bad(const char *name) {
    return HAS_ANY(name, "失业率", "失业人数", "死亡率", "死亡人数", "能耗", "能源消耗", "能源消费", "水耗",
                   "电耗", "煤耗", "物耗", "用水量", "耗水", "取水", "排放", "污染", "浓度", "PM2.5", "PM10",
                   "细颗粒物", "可吸入颗粒物", "化学需氧量", "氨氮", "二氧化硫", "氮氧化物", "挥发性有机物",
                   "臭氧", "二氧化碳", "碳强度", "噪声", "黑臭", "劣Ⅴ类", "劣V类", "事故", "火灾", "伤亡",
                   "受灾", "消费价格", "物价", "CPI", "通胀", "发病率", "患病率", "不良贷款", "不良率",
                   "负债率", "债务率", "赤字", "杠杆率", "违约", "逾期", "欠薪", "贫困发生率", "贫困人口",
                   "返贫", "案件数", "发案", "犯罪", "投诉", "信访量", "恩格尔系数", "基尼系数", "收入比",
                   "收入差距", "辍学率", "漏损率", "流失", "三公", "行政成本", "办理时限", "审批时限",
                   "办理时间", "审批时间", "拥堵", "缺陷率", "退货率", "近视率", "荒漠化", "碳排");
}

/* Bad things that are dealt with: 污水处理率, 能耗降低, 减排量. */
static bool is_remedy(const char *name) {
    return HAS_ANY(name, "降低", "下降", "减少", "削减", "减排", "压减", "降幅", "治理率", "处理率", "处置率",
                   "达标率", "修复", "整治", "治理", "收治率", "办结率", "查处率", "破案率", "化解率",
                   "控制率", "覆盖率", "利用率", "回收率", "消除率", "救治", "保险", "监测", "执行率",
                   "安全利用");
}

/* What there should be more of. */
static bool is_good(const char *name) {
    return HAS_ANY(name, "生产总值", "GDP", "增加值", "总产值", "财政收入", "预算收入", "税收", "可支配收入",
                   "营业收入", "主营业务收入", "工资", "收入增速", "固定资产投资", "投资额", "投资增速",
                   "零售总额", "进出口", "出口", "外资", "旅游收入", "利润", "生产率", "新增就业", "就业人数",
                   "就业率", "城镇化率", "森林覆盖", "绿化", "绿地", "优良", "合格率", "达标率", "满意度",
                   "满意率", "参保", "覆盖率", "普及率", "入学率", "入园率", "巩固率", "普惠率", "升学率",
                   "预期寿命", "健康素养", "研发", "研究与试验发展", "科技进步贡献率", "专利", "高新技术",
                   "战略性新兴产业", "数字经济", "民营经济", "文化产业", "医师数", "床位数", "养老床位",
                   "处理率", "处置率", "治理率", "利用率", "办结率", "保有量", "受教育年限", "粮食产量",
                   "体育锻炼", "存款余额", "市场主体", "入库税", "招商引资", "到位资金", "实际利用");
}

jb_better jb_better_of(const char *name, jb_value_kind target) {
    if (target == JB_VALUE_UPPER) return JB_BETTER_LESS;
    if (target == JB_VALUE_LOWER) return JB_BETTER_MORE;
    if (is_bad(name)) return is_remedy(name) ? JB_BETTER_MORE : JB_BETTER_LESS;
    if (!is_good(name)) return JB_BETTER_UNKNOWN;
    return HAS_ANY(name, "下降", "减少", "降低", "流失") ? JB_BETTER_LESS : JB_BETTER_MORE;
}
