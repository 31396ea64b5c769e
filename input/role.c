/* What columns hold, and which way an indicator is better, from the words used. */
#include "input/role.h"

#include <string.h>

static bool has_any(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i])) return true;
    return false;
}
#define HAS_ANY(text, ...)                                                                                   \
    has_any((text), (const char *const[]){__VA_ARGS__},                                                      \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

bool jb_header_names_rows(const char *header) {
    return HAS_ANY(header, "指标", "名称", "项目", "年份", "年度", "季度", "月份", "地区", "部门", "区县",
                   "行业") ||
           !strcmp(header, "年");
}

jb_column_role jb_column_role_of(const char *name, const char *path, unsigned numbers, unsigned words) {
    if (!strcmp(name, "序号") || !strcmp(name, "编号") || !strcmp(name, "行次")) return JB_COLUMN_NUMBERING;
    if (!strcmp(name, "单位") || !strcmp(name, "计量单位")) return JB_COLUMN_UNIT;
    if (words > numbers && HAS_ANY(name, "完成情况", "评价", "结论", "是否完成")) return JB_COLUMN_VERDICT;
    if (!numbers) return JB_COLUMN_TEXT;
    if (HAS_ANY(path, "上年", "去年", "同期")) return JB_COLUMN_PREVIOUS;
    if (HAS_ANY(name, "目标", "计划", "预算", "任务")) return JB_COLUMN_PLAN;
    if (HAS_ANY(name, "预期", "预计", "预测")) return JB_COLUMN_FORECAST;
    if (HAS_ANY(name, "实际", "完成", "实绩")) return JB_COLUMN_ACTUAL;
    return JB_COLUMN_VALUE;
}

jb_better jb_better_of(const char *name, jb_value_kind target) {
    bool falls = HAS_ANY(name, "降低", "减少", "下降");
    if (HAS_ANY(name, "失业率", "死亡率", "能耗", "能源消耗", "排放", "事故", "消费价格", "发病率"))
        return falls ? JB_BETTER_MORE : JB_BETTER_LESS;
    if (target == JB_VALUE_UPPER) return JB_BETTER_LESS;
    if (target == JB_VALUE_LOWER) return JB_BETTER_MORE;
    return JB_BETTER_UNKNOWN;
}
