/* The PNG encoder: palette or filtered rows, one deflate pass, chunks. ISO/IEC 15948:2004. */
#include "output/png_encode.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 6
#define COLOURS 256
#define SLOTS 1024 /* of the colour table; a power of two */

/* The bytes that are deflated: a filter byte before each row. */
typedef struct rows {
    uint8_t *bytes;
    size_t length;
} rows;

typedef struct palette {
    uint32_t slots[SLOTS]; /* colour + 1 above, index in `index` */
    uint8_t index[SLOTS];
    uint8_t colours[COLOURS * 3];
    unsigned count;
} palette;

/* Index of a colour in the palette, or -1 when it is full. */
static int find_colour(palette *p, uint32_t colour) {
    unsigned slot = (colour * 2654435761u) >> 22;
    while (p->slots[slot] && p->slots[slot] != colour + 1) slot = (slot + 1) & (SLOTS - 1);
    if (p->slots[slot]) return p->index[slot];
    if (p->count == COLOURS) return -1;
    p->slots[slot] = colour + 1;
    p->index[slot] = (uint8_t)p->count;
    for (int i = 0; i < 3; i++) p->colours[p->count * 3 + (unsigned)i] = (uint8_t)(colour >> (16 - 8 * i));
    return (int)p->count++;
}

/* One row as palette indices; false when there are too many colours. */
static bool index_row(palette *p, const uint8_t *rgb, unsigned width, uint8_t *to) {
    uint32_t last = UINT32_MAX;
    int index = 0;
    for (unsigned x = 0; x < width; x++, rgb += 3) {
        uint32_t colour = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
        if (colour != last && (index = find_colour(p, last = colour)) < 0) return false;
        to[x] = (uint8_t)index;
    }
    return true;
}

/* One row as R, G, B. */
static void take_row(const jb_pixels *pixels, size_t y, uint8_t *rgb) {
    const uint8_t *bytes = pixels->bytes + y * pixels->stride;
    const uint32_t *words = (const uint32_t *)(const void *)bytes;
    if (!pixels->words) {
        memcpy(rgb, bytes, (size_t)pixels->width * 3);
        return;
    }
    for (unsigned x = 0; x < pixels->width; x++, rgb += 3) {
        uint32_t word = words[x];
        rgb[0] = (uint8_t)(word >> 16);
        rgb[1] = (uint8_t)(word >> 8);
        rgb[2] = (uint8_t)word;
    }
}

/* Filter 0 throughout: what ISO/IEC 15948 12.8 advises for palettes. `spare` holds a row. */
static bool index_rows(palette *p, const jb_pixels *pixels, uint8_t *spare, rows *to) {
    size_t stride = (size_t)pixels->width + 1;
    for (size_t y = 0; y < pixels->height; y++) {
        uint8_t *row = to->bytes + y * stride;
        take_row(pixels, y, spare);
        row[0] = 0;
        if (!index_row(p, spare, pixels->width, row + 1)) return false;
    }
    to->length = stride * pixels->height;
    return true;
}

static void filter_sub(uint8_t *to, const uint8_t *row, size_t length) {
    memcpy(to, row, MIN(length, 3));
    for (size_t i = 3; i < length; i++) to[i] = (uint8_t)(row[i] - row[i - 3]);
}

static uint8_t paeth(int a, int b, int c) {
    int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);
    return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

static void filter_paeth(uint8_t *to, const uint8_t *row, const uint8_t *above, size_t length) {
    for (size_t i = 0; i < MIN(length, 3); i++) to[i] = (uint8_t)(row[i] - above[i]);
    for (size_t i = 3; i < length; i++) to[i] = (uint8_t)(row[i] - paeth(row[i - 3], above[i], above[i - 3]));
}

/* Sum of the bytes as signed magnitudes: ISO/IEC 15948 12.8. */
static size_t weigh(const uint8_t *bytes, size_t length) {
    size_t sum = 0;
    for (size_t i = 0; i < length; i++) sum += (size_t)abs((int8_t)bytes[i]);
    return sum;
}

/* Whether most pixels of a row differ from their neighbour. Only then does a filter help: drawn pictures,
 * which repeat whole pixels and rows, come out half as large again when they are filtered. */
static bool is_photo(const uint8_t *row, unsigned width) {
    unsigned changes = 0, seen = 0;
    for (unsigned x = 1; x < width; x += 4, seen++) {
        const uint8_t *p = row + (size_t)x * 3;
        changes += p[0] != p[-3] || p[1] != p[-2] || p[2] != p[-1];
    }
    return changes * 2 > seen;
}

/* Filters row y, which stands behind its filter byte, by the better of Sub and Paeth. `spare` holds three
 * rows. */
static void filter_photo(const jb_pixels *pixels, size_t y, uint8_t *to, uint8_t *spare) {
    size_t length = (size_t)pixels->width * 3;
    uint8_t *row = spare, *above = row + length, *sub = above + length;
    memcpy(row, to + 1, length);
    take_row(pixels, y - 1, above);
    filter_paeth(to + 1, row, above, length);
    filter_sub(sub, row, length);
    to[0] = 4;
    if (weigh(sub, length) >= weigh(to + 1, length)) return;
    memcpy(to + 1, sub, length);
    to[0] = 1;
}

static void filter_rows(const jb_pixels *pixels, uint8_t *spare, rows *to) {
    size_t stride = (size_t)pixels->width * 3 + 1;
    for (size_t y = 0; y < pixels->height; y++) {
        uint8_t *row = to->bytes + y * stride;
        row[0] = 0;
        take_row(pixels, y, row + 1);
        if (y && is_photo(row + 1, pixels->width)) filter_photo(pixels, y, row, spare);
    }
    to->length = stride * pixels->height;
}

static void put32(uint8_t *to, uint32_t value) {
    for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* Length, type, data, CRC over type and data: ISO/IEC 15948 5.3. */
static void put_chunk(GByteArray *out, const char *type, const uint8_t *data, size_t length) {
    uint8_t word[4];
    put32(word, (uint32_t)length);
    g_byte_array_append(out, word, 4);
    guint start = out->len;
    g_byte_array_append(out, (const uint8_t *)type, 4);
    if (length) g_byte_array_append(out, data, (guint)length);
    put32(word, libdeflate_crc32(0, out->data + start, length + 4));
    g_byte_array_append(out, word, 4);
}

/* Everything before the pixels. */
static void put_head(GByteArray *out, unsigned width, unsigned height, unsigned density, const palette *p) {
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    uint8_t header[13] = {0}, physical[9], intent = 0; /* perceptual */
    put32(header, width);
    put32(header + 4, height);
    header[8] = 8;
    header[9] = p->count ? 3 : 2;
    g_byte_array_append(out, signature, sizeof signature);
    put_chunk(out, "IHDR", header, sizeof header);
    put_chunk(out, "sRGB", &intent, 1);
    put32(physical, density);
    put32(physical + 4, density);
    physical[8] = 1; /* the unit is the metre */
    if (density) put_chunk(out, "pHYs", physical, sizeof physical);
    if (p->count) put_chunk(out, "PLTE", p->colours, (size_t)p->count * 3);
}

static bool put_pixels(GByteArray *out, const rows *from) {
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    if (!compressor) return false;
    size_t bound = libdeflate_zlib_compress_bound(compressor, from->length), length = 0;
    uint8_t *packed = g_try_malloc(bound);
    if (packed) length = libdeflate_zlib_compress(compressor, from->bytes, from->length, packed, bound);
    if (length) put_chunk(out, "IDAT", packed, length);
    g_free(packed);
    libdeflate_free_compressor(compressor);
    return length > 0;
}

bool jb_png_encode(const jb_pixels *pixels, unsigned density, GByteArray *out) {
    size_t length = (size_t)pixels->width * 3;
    guint before = out->len;
    palette *p = g_new0(palette, 1);
    rows filtered = {g_try_malloc((length + 1) * pixels->height), 0};
    uint8_t *spare = g_try_malloc(length * 3);
    bool done = false;
    if (filtered.bytes && spare) {
        if (!index_rows(p, pixels, spare, &filtered)) {
            p->count = 0;
            filter_rows(pixels, spare, &filtered);
        }
        put_head(out, pixels->width, pixels->height, density, p);
        done = put_pixels(out, &filtered);
        if (done) put_chunk(out, "IEND", NULL, 0);
    }
    if (!done) g_byte_array_set_size(out, before);
    g_free(spare);
    g_free(filtered.bytes);
    g_free(p);
    return done;
}
