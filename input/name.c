/* Names of indicators and columns: the unit comes out of the last bracket pair, marks come off. */
#include <string.h>
#include "input/dataset.h"

static bool ends_with(const char *text, size_t length, const char *suffix) {
    size_t n = strlen(suffix);
    return length >= n && !memcmp(text + length - n, suffix, n);
}

static size_t without_blanks(const char *text, size_t length) {
    while (length) {
        const char *last = g_utf8_prev_char(text + length);
        if (!g_unichar_isspace(g_utf8_get_char(last))) break;
        length = (size_t)(last - text);
    }
    return length;
}

/* Takes `*`, `＊` or `\*` off the end. */
static size_t take_binding(const char *text, size_t length, bool *binding) {
    static const char *const marks[] = {"\\*", "*", "＊"};
    length = without_blanks(text, length);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (!ends_with(text, length, marks[i])) continue;
        *binding = true;
        return take_binding(text, length - strlen(marks[i]), binding);
    }
    return length;
}

/* Words that may stand in brackets as a unit; else they belong to the name: （不含农户）. */
static bool is_unit(const char *text, size_t length) {
    static const char *const ends[] = {"元", "人", "%",  "％", "‰",  "天", "件", "个",  "吨", "里", "米",
                                       "亩", "户", "家", "项", "次", "倍", "度", "时",  "瓦", "岁", "张",
                                       "辆", "台", "套", "册", "所", "顷", "点", "斤",  "克", "年", "位",
                                       "名", "头", "株", "条", "煤", "床", "分", "号",  "座", "起", "宗",
                                       "例", "升", "㎡", "℃",  "ha", "km", "kg", "kWh", "t",  "MW", "GW"};
    if (!length || g_utf8_strlen(text, (gssize)length) > 12) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (ends_with(text, length, ends[i])) return true;
    return false;
}

/* Takes the unit and its brackets off the end: （%）, ( 亿元 ). */
static size_t take_unit(jb_arena *arena, const char *text, size_t length, const char **unit) {
    bool wide = ends_with(text, length, "）");
    if (!wide && !ends_with(text, length, ")")) return length;
    size_t close = length - (wide ? strlen("）") : 1), open = close;
    while (open && text[open - 1] != '(' && !ends_with(text, open, "（")) open--;
    if (!open) return length;
    const char *inner = text + open;
    size_t size = without_blanks(inner, close - open);
    while (size && *inner == ' ') inner++, size--;
    if (!is_unit(inner, size)) return length;
    *unit = !strncmp(inner, "％", size) && size == strlen("％") ? "%" : jb_arena_copy(arena, inner, size);
    return without_blanks(text, open - (text[open - 1] == '(' ? 1 : strlen("（")));
}

static const char *take_level(const char *text, int *level) {
    static const char *const marks[] = {"#", "＃", "其中：", "其中:"};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (!g_str_has_prefix(text, marks[i])) continue;
        text += strlen(marks[i]);
        *level = 1;
        while (*text == ' ' || g_str_has_prefix(text, "　"))
            text = *text == ' ' ? text + 1 : g_utf8_next_char(text);
    }
    return text;
}

void jb_name_split(jb_arena *arena, const char *text, const char **name, const char **unit, bool *binding,
                   int *level) {
    *unit = "";
    *binding = false;
    *level = 0;
    while (*text && g_unichar_isspace(g_utf8_get_char(text))) text = g_utf8_next_char(text);
    text = take_level(text, level);
    size_t length = take_binding(text, strlen(text), binding);
    size_t rest = take_unit(arena, text, length, unit);
    if (rest && rest != length) length = take_binding(text, rest, binding);
    *name = jb_arena_copy(arena, text, length);
}
