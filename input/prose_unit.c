/* Units in running text. */
#include "input/prose_parts.h"

#include <string.h>

typedef struct base {
    const char *text, *dimension;
    double factor;
    bool points;
} base;

/* Longer ones before those they begin with. */
static const base bases[] = {
    {"个百分点", "%", 1, true},
    {"百分点", "%", 1, true},
    {"%", "%", 1, false},
    {"‰", "%", 0.1, false},
    {"美元", "美元", 1, false},
    {"欧元", "欧元", 1, false},
    {"港元", "港元", 1, false},
    {"元", "元", 1, false},
    {"人次", "人次", 1, false},
    {"人", "人", 1, false},
    {"名", "人", 1, false},
    {"位", "人", 1, false},
    {"户", "户", 1, false},
    {"家", "家", 1, false},
    {"个", "个", 1, false},
    {"件", "件", 1, false},
    {"项", "项", 1, false},
    {"天", "天", 1, false},
    {"吨标准煤", "标准煤", 1, false},
    {"吨", "吨", 1, false},
    {"公斤", "吨", 0.001, false},
    {"千克", "吨", 0.001, false},
    {"平方公里", "平方米", 1e6, false},
    {"平方千米", "平方米", 1e6, false},
    {"平方米", "平方米", 1, false},
    {"公顷", "平方米", 1e4, false},
    {"亩", "平方米", 2000.0 / 3, false},
    {"立方米", "立方米", 1, false},
    {"公里", "米", 1000, false},
    {"千米", "米", 1000, false},
    {"米", "米", 1, false},
    {"千瓦时", "千瓦时", 1, false},
    {"千瓦", "千瓦", 1, false},
    {"岁", "岁", 1, false},
    {"年", "年", 1, false},
    {"辆", "辆", 1, false},
    {"台", "台", 1, false},
    {"套", "套", 1, false},
    {"头", "头", 1, false},
    {"只", "只", 1, false},
    {"册", "册", 1, false},
    {"条", "条", 1, false},
    {"所", "所", 1, false},
    {"张", "张", 1, false},
    {"次", "次", 1, false},
    {"倍", "倍", 1, false},
    {"座", "座", 1, false},
    {"艘", "艘", 1, false},
    {"处", "处", 1, false},
    {"起", "起", 1, false},
    {"宗", "宗", 1, false},
    {"例", "例", 1, false},
    {"株", "株", 1, false},
    {"间", "间", 1, false},
    {"种", "种", 1, false},
    {"标箱", "标箱", 1, false},
    {"标准箱", "标箱", 1, false},
    {"微克", "微克", 1, false},
};

static const struct {
    const char *text;
    double factor;
} factors[] = {{"万亿", 1e12}, {"千亿", 1e11}, {"百亿", 1e10}, {"亿", 1e8}, {"千万", 1e7},
               {"百万", 1e6},  {"十万", 1e5},  {"万", 1e4},    {"千", 1e3}};

static const base *take_base(const char *text) {
    for (size_t i = 0; i < G_N_ELEMENTS(bases); i++)
        if (g_str_has_prefix(text, bases[i].text)) return &bases[i];
    return NULL;
}

/* A unit without a divisor; a factor alone counts too (5 万). */
static size_t take_simple(const char *text, jb_measure_unit *unit) {
    const base *b = take_base(text);
    size_t length = 0;
    *unit = (jb_measure_unit){"", "", 1, false};
    for (size_t i = 0; !b && !length && i < G_N_ELEMENTS(factors); i++) {
        if (!g_str_has_prefix(text, factors[i].text)) continue;
        length = strlen(factors[i].text);
        unit->factor = factors[i].factor;
    }
    /* 5 万余元 */
    if (length && (g_str_has_prefix(text + length, "余") || g_str_has_prefix(text + length, "多"))) {
        const base *behind = take_base(text + length + strlen("余"));
        if (behind) length += strlen("余");
    }
    if (!b) b = take_base(text + length);
    if (!b) return length;
    unit->dimension = b->dimension;
    unit->factor *= b->factor;
    unit->points = b->points;
    return length + strlen(b->text);
}

size_t jb_measure_unit_take(const char *text, jb_measure_unit *unit) {
    size_t length = take_simple(text, unit);
    jb_measure_unit per;
    if (!length || text[length] != '/') return length;
    size_t more = take_simple(text + length + 1, &per);
    if (!more) return length;
    unit->per = per.dimension;
    unit->factor /= per.factor;
    return length + 1 + more;
}

bool jb_measure_unit_same(const jb_measure_unit *a, const jb_measure_unit *b) {
    return !strcmp(a->dimension, b->dimension) && (!*a->per || !*b->per || !strcmp(a->per, b->per));
}

bool jb_measure_unit_counts(const jb_measure_unit *unit) {
    static const char *const counted[] = {"家", "户", "个", "所", "座", "艘", "条", "处", "间", "种"};
    for (size_t i = 0; i < G_N_ELEMENTS(counted); i++)
        if (!strcmp(unit->dimension, counted[i])) return true;
    return false;
}
