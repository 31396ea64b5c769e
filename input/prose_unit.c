/* Units in running text, by the table of input/unit.c. */
#include "input/prose_parts.h"

#include <string.h>

enum { LONGEST_UNIT = 64 }; /* bytes */

static void read_unit(const char *text, size_t length, double factor, jb_measure_unit *unit) {
    char copy[LONGEST_UNIT + 1];
    memcpy(copy, text, length);
    copy[length] = 0;
    jb_unit_parse(copy, &unit->unit);
    unit->unit.text = "";
    jb_dimension d = unit->unit.over.dimension;
    unit->points = d == JB_DIMENSION_POINTS;
    if (unit->points) unit->unit.over.dimension = JB_DIMENSION_RATIO;
    unit->factor = unit->unit.scale * factor * (jb_measure_unit_is_rate(unit) ? 100 : 1);
}

size_t jb_measure_unit_take(const char *text, jb_measure_unit *unit) {
    const char *name;
    size_t length = strnlen(text, LONGEST_UNIT), n = jb_unit_scan(text, length, &name), more;
    double factor = 1;
    *unit = JB_NO_UNIT;
    if (n) return read_unit(text, n, 1, unit), n;
    if (!(n = jb_unit_scan_factor(text, length, &factor))) return 0;
    unit->factor = factor;
    /* 5 万余户 */
    size_t behind = n + strlen("余");
    if (!g_str_has_prefix(text + n, "余") && !g_str_has_prefix(text + n, "多")) return n;
    if (!(more = jb_unit_scan(text + behind, length - behind, &name))) return n;
    read_unit(text + behind, more, factor, unit);
    return behind + more;
}

jb_measure_unit jb_measure_unit_read(const char *text) {
    jb_measure_unit unit = JB_NO_UNIT;
    size_t length = strlen(text);
    if (length && length <= LONGEST_UNIT)
        read_unit(text, length, 1, &unit);
    else if (length)
        unit.unit.over.dimension = JB_DIMENSION_UNKNOWN;
    return unit;
}

static bool same(const jb_quantity *a, const jb_quantity *b) {
    return a->dimension == b->dimension && !g_strcmp0(a->counted, b->counted);
}

bool jb_measure_unit_same(const jb_measure_unit *a, const jb_measure_unit *b) {
    const jb_quantity *p = a->unit.under, *q = b->unit.under;
    if (a->unit.over.dimension == JB_DIMENSION_UNKNOWN || !same(&a->unit.over, &b->unit.over)) return false;
    if (p[0].dimension == JB_DIMENSION_NONE || q[0].dimension == JB_DIMENSION_NONE) return true;
    return same(&p[0], &q[0]) && same(&p[1], &q[1]);
}

bool jb_measure_unit_is_rate(const jb_measure_unit *unit) {
    return unit->unit.over.dimension == JB_DIMENSION_RATIO;
}

bool jb_measure_unit_counts(const jb_measure_unit *unit) {
    static const char *const counted[] = {"家", "户", "个", "所", "座", "艘", "条", "处", "间", "种"};
    for (size_t i = 0; unit->unit.over.counted && i < G_N_ELEMENTS(counted); i++)
        if (!strcmp(unit->unit.over.counted, counted[i])) return true;
    return false;
}
