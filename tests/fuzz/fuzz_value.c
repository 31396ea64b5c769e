/* Any bytes as a cell, a name, a unit and a header. What a value points to lies inside its text, numbers are
 * finite, and reading the same text again says the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "input/name.h"
#include "input/role.h"
#include "input/unit.h"
#include "input/value.h"

static void check(bool good) {
    if (!good) abort();
}

static void read_value(const char *text) {
    bool odd, again_odd;
    jb_value v = jb_value_read(text, &odd), again = jb_value_read(text, &again_odd);
    check(v.raw == text && v.digits_at + (size_t)v.digits_length <= strlen(text));
    check(isfinite(v.number) && isfinite(v.high) && v.number <= v.high && v.decimals >= 0);
    check(v.kind == JB_VALUE_RANGE || v.number == v.high);
    check(!v.unit || (*v.unit && g_utf8_validate(v.unit, -1, NULL)));
    check(v.kind == again.kind && v.number == again.number && odd == again_odd);
    check(g_utf8_validate(text + v.digits_at, v.digits_length, NULL));
}

static void read_name(jb_arena *arena, const char *text) {
    const char *name, *unit;
    bool binding;
    int level;
    jb_unit parsed;
    jb_name_split(arena, text, &name, &unit, &binding, &level);
    check(g_utf8_validate(name, -1, NULL) && g_utf8_validate(unit, -1, NULL));
    check(!*unit || jb_unit_parse(unit, &parsed));
    const char *core = jb_name_core(name);
    check(core >= name && core <= name + strlen(name));
    jb_better_of(name, JB_VALUE_TEXT);
    jb_header_names_rows(text);
    jb_column_role_of(name, text, 3, 1);
    int year = jb_header_year(text);
    check(!year || (year >= 1900 && year <= 2100));
    if (jb_unit_parse(text, &parsed))
        check(parsed.scale > 0 && isfinite(parsed.scale) && jb_unit_factor(&parsed, &parsed) == 1);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    const char *text = (const char *)data;
    if (!g_utf8_validate_len(text, size, NULL)) return 0;
    char *copy = g_strndup(text, size);
    jb_arena *arena = jb_arena_new();
    read_value(copy);
    read_name(arena, copy);
    jb_arena_free(arena);
    g_free(copy);
    return 0;
}
