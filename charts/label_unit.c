/* Labels of a value axis in 万, 亿 or 万亿 of its unit: which of them, and what the unit is called then. */
#include "charts/label_unit.h"

#include <math.h>
#include <string.h>
#include "charts/ticks.h"
#include "input/unit.h"

enum { STEP = 4, MOST = 12, MOST_DECIMALS = 2 };

static const struct {
    const char *word;
    int power;
} words[] = {{"万亿", 12}, {"亿", 8}, {"万", 4}};

/* Digits and point of the longest label. */
static int width_at(double step, double most, int power) {
    double scale = pow(10, power);
    int decimals = jb_ticks_decimals(step / scale), whole = (int)floor(log10(most / scale) + 1e-9) + 1;
    return (whole > 1 ? whole : 1) + (decimals ? decimals + 1 : 0);
}

int jb_label_power(double step, double most, int digits) {
    int best = 0, least;
    if (!(step > 0) || !(most >= pow(10, digits - 1)) || !isfinite(most)) return 0;
    least = width_at(step, most, 0);
    for (int power = STEP; power <= MOST && most >= pow(10, power) * (1 - 1e-9); power += STEP) {
        int width = width_at(step, most, power);
        if (jb_ticks_decimals(step / pow(10, power)) > MOST_DECIMALS || width >= least) continue;
        best = power;
        least = width;
    }
    return best;
}

const char *jb_label_power_word(int power) {
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].power == power) return words[i].word;
    return "";
}

/* Rates and differences of them, ranks, marks, dates: ten thousand of them are no unit. */
static bool is_never_scaled(const jb_unit *unit, const char *text) {
    static const char *const ranks[] = {"位",   "级",     "类",   "号",   "期", "星", "点",   "档",
                                        "等",   "版",     "届",   "层",   "楼", "班", "度次", "轮",
                                        "位次", "名次",   "代",   "条次", "分", "岁", "周岁", "℃",
                                        "°C",   "摄氏度", "分贝", "dB",   "日", "时", "dB(A)"};
    switch (unit->over.dimension) {
    case JB_DIMENSION_NONE:
    case JB_DIMENSION_RATIO:
    case JB_DIMENSION_POINTS:
    case JB_DIMENSION_TIMES:
    case JB_DIMENSION_INDEX:
    case JB_DIMENSION_MONTHS:
    case JB_DIMENSION_BYTES:
    case JB_DIMENSION_UNKNOWN: return true;
    default: break;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(ranks); i++)
        if (!strcmp(text, ranks[i])) return true;
    return false;
}

/* The 千 of 千瓦 belongs to the unit, that of 千元 is a factor, and 万千元 is no word. */
static bool takes_factor(const char *text) {
    static const char *const own[] = {"千瓦", "千伏", "千克", "千米", "千焦", "千帕"};
    double factor;
    if (!jb_unit_scan_factor(text, strlen(text), &factor)) return true;
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        if (g_str_has_prefix(text, own[i])) return true;
    return false;
}

bool jb_label_unit_word(GString *out, const char *unit, int power) {
    jb_unit parsed;
    const char *rest = unit;
    bool known = jb_unit_parse(unit, &parsed);
    for (size_t i = 0; i < G_N_ELEMENTS(words) && rest == unit; i++) {
        if (!g_str_has_prefix(unit, words[i].word)) continue;
        rest += strlen(words[i].word);
        power += words[i].power;
    }
    const char *word = jb_label_power_word(power);
    if (!*word || (*rest && (!known || is_never_scaled(&parsed, rest) || !takes_factor(rest)))) return false;
    g_string_append_printf(out, "%s%s", word, rest);
    return true;
}
