/* CFF: header, INDEX, Top DICT, charset (Adobe Technical Note 5176, sections 5, 6, 9, 13). */
#include "fonts/cff.h"

#include <string.h>

#define OP_CHARSET 15
#define OP_ROS (12 << 8 | 30)

typedef struct slice {
    const uint8_t *data;
    size_t length;
} slice;

static bool number_at(slice s, size_t at, unsigned size, size_t *value) {
    if (size < 1 || size > 4 || at > s.length || s.length - at < size) return false;
    *value = 0;
    for (unsigned i = 0; i < size; i++) *value = *value << 8 | s.data[at + i];
    return true;
}

/* Reads the INDEX at *at: its first object, and moves *at behind it. */
static bool read_index(slice s, size_t *at, slice *first) {
    size_t count, size = 0, begin, end, last;
    *first = (slice){NULL, 0};
    if (!number_at(s, *at, 2, &count)) return false;
    if (!count) return *at += 2, true;
    if (!number_at(s, *at + 2, 1, &size)) return false;
    size_t offsets = *at + 3, objects = offsets + (count + 1) * size - 1;
    if (!number_at(s, offsets, (unsigned)size, &begin) ||
        !number_at(s, offsets + size, (unsigned)size, &end) ||
        !number_at(s, offsets + count * size, (unsigned)size, &last))
        return false;
    if (begin < 1 || end < begin || last < end || objects > s.length || last > s.length - objects)
        return false;
    *first = (slice){s.data + objects + begin, end - begin};
    *at = objects + last;
    return true;
}

/* Length of the DICT operand at `at`, and its value when it is an integer. */
static size_t operand(slice d, size_t at, long *value) {
    unsigned b = d.data[at];
    size_t left = d.length - at, n = 1;
    if (b >= 32 && b <= 246) return *value = (long)b - 139, 1;
    if (b >= 247 && b <= 254 && left >= 2) {
        long w = d.data[at + 1];
        *value = b <= 250 ? ((long)b - 247) * 256 + w + 108 : -((long)b - 251) * 256 - w - 108;
        return 2;
    }
    if (b == 28 && left >= 3) return *value = (int16_t)(d.data[at + 1] << 8 | d.data[at + 2]), 3;
    if (b == 29 && left >= 5) {
        uint32_t v = 0;
        for (int i = 1; i <= 4; i++) v = v << 8 | d.data[at + (size_t)i];
        return *value = (int32_t)v, 5;
    }
    if (b != 30) return 0;
    while (n < left && (d.data[at + n] & 15) != 15 && d.data[at + n] >> 4 != 15) n++;
    return *value = 0, n + 1 <= left ? n + 1 : 0;
}

/* The last operand before an operator of the Top DICT; false when the operator is not there. */
static bool dict_get(slice d, unsigned wanted, long *value) {
    long last = 0;
    for (size_t at = 0; at < d.length;) {
        unsigned b = d.data[at];
        if (b <= 21) {
            unsigned op = b;
            if (b == 12 && at + 1 < d.length) op = 12u << 8 | d.data[++at];
            at++;
            if (op == wanted) return *value = last, true;
            continue;
        }
        size_t n = operand(d, at, &last);
        if (!n) return false;
        at += n;
    }
    return false;
}

static bool top_dict(slice s, slice *dict) {
    slice name;
    size_t at;
    return number_at(s, 2, 1, &at) && read_index(s, &at, &name) && read_index(s, &at, dict) && dict->data;
}

bool jb_cff_is_cid(const uint8_t *data, size_t length) {
    slice dict;
    long ignored;
    return top_dict((slice){data, length}, &dict) && dict_get(dict, OP_ROS, &ignored);
}

static bool read_list(slice s, size_t at, unsigned count, uint16_t *ids) {
    for (unsigned g = 1; g < count; g++, at += 2) {
        size_t id;
        if (!number_at(s, at, 2, &id)) return false;
        ids[g] = (uint16_t)id;
    }
    return true;
}

static bool read_ranges(slice s, size_t at, unsigned left_size, unsigned count, uint16_t *ids) {
    for (unsigned g = 1; g < count; at += 2 + left_size) {
        size_t first, left;
        if (!number_at(s, at, 2, &first) || !number_at(s, at + 2, left_size, &left)) return false;
        for (size_t k = 0; k <= left && g < count; k++) ids[g++] = (uint16_t)(first + k);
    }
    return true;
}

bool jb_cff_charset(const uint8_t *data, size_t length, unsigned count, uint16_t *ids) {
    slice s = {data, length}, dict;
    long offset = 0;
    size_t format;
    if (!top_dict(s, &dict)) return false;
    dict_get(dict, OP_CHARSET, &offset);
    ids[0] = 0;
    if (offset <= 2) { /* predefined: ISOAdobe is the identity over 229 glyphs */
        for (unsigned g = 1; g < count; g++) ids[g] = (uint16_t)g;
        return offset == 0;
    }
    if (!number_at(s, (size_t)offset, 1, &format) || format > 2) return false;
    size_t at = (size_t)offset + 1;
    return format ? read_ranges(s, at, (unsigned)format, count, ids) : read_list(s, at, count, ids);
}
