/* Ranks of headings by their numbering. */
#include "render/heading.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char *const han_digits = "一二三四五六七八九十百零〇";

/* Skips a run of Han or of ASCII digits; *han tells which. */
static const char *skip_number(const char *s, bool *han) {
    const char *start = s;
    while (*s && g_utf8_strchr(han_digits, -1, g_utf8_get_char(s))) s = g_utf8_next_char(s);
    *han = s != start;
    if (!*han)
        while (g_ascii_isdigit(*s)) s++;
    return s == start ? NULL : s;
}

static bool starts(const char *s, const char *with) { return g_str_has_prefix(s, with); }

int jb_heading_rank(const char *text) {
    bool han, bracket = starts(text, "（") || starts(text, "(");
    const char *s = bracket ? g_utf8_next_char(text) : text, *end = skip_number(s, &han);
    if (!end) return 0;
    if (bracket) return starts(end, "）") || starts(end, ")") ? (han ? 2 : 4) : 0;
    if (han) return starts(end, "、") ? 1 : 0;
    if (starts(end, "、") || starts(end, "．")) return 3;
    return *end == '.' && !g_ascii_isdigit(end[1]) ? 3 : 0;
}
