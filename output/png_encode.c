/* The PNG encoder: palette or filtered rows, one deflate pass, chunks. ISO/IEC 15948:2004. */
#include "output/png_encode.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 5 /* a drawn picture is hardly larger than with 6 and written sooner */
#define COLOURS 256
#define SHADES 4096 /* different colours that are looked at before a palette is given up */
#define SLOTS 16384 /* of their hash table; a power of two */
#define SLOT_BITS 14
#define RUN_SHARE 8 /* runs are kept while there are no more than a run for so many pixels */

/* The bytes that are deflated: a filter byte before each row. */
typedef struct rows {
    uint8_t *bytes;
    size_t length;
} rows;

/* A colour of the picture, 0xAARRGGBB, not premultiplied. */
typedef struct shade {
    uint32_t colour, count; /* how many runs of pixels have it; at most UINT32_MAX */
    uint16_t index;         /* in the palette */
} shade;

/* Pixels of one colour side by side, as they were found when colours were counted. */
typedef struct run {
    uint16_t shade, length;
} run;

typedef struct palette {
    uint16_t slots[SLOTS]; /* number of the shade + 1 */
    shade shades[SHADES];
    unsigned shade_count;
    run *runs; /* of all rows that are not as the one above; NULL when they are too many to be kept */
    size_t run_count, most_runs;
    uint32_t colours[COLOURS];
    unsigned count;
} palette;

/* The shade of a colour, a new one when it was not seen before; NULL when there are too many. */
static shade *find_shade(palette *p, uint32_t colour) {
    unsigned slot = (colour * 2654435761u) >> (32 - SLOT_BITS);
    while (p->slots[slot] && p->shades[p->slots[slot] - 1].colour != colour) slot = (slot + 1) & (SLOTS - 1);
    if (p->slots[slot]) return &p->shades[p->slots[slot] - 1];
    if (p->shade_count == SHADES) return NULL;
    p->slots[slot] = (uint16_t)++p->shade_count;
    p->shades[p->shade_count - 1] = (shade){.colour = colour};
    return &p->shades[p->shade_count - 1];
}

/* A premultiplied word as R, G, B and A apart. */
static uint32_t unmultiply(uint32_t word) {
    uint32_t alpha = word >> 24, half = alpha / 2, colour = alpha << 24;
    if (alpha == 255) return word;
    for (unsigned shift = 0; alpha && shift < 24; shift += 8) {
        uint32_t channel = ((word >> shift & 0xFF) * 255 + half) / alpha;
        colour |= MIN(channel, 255) << shift;
    }
    return colour;
}

static const uint8_t *row_at(const jb_pixels *pixels, size_t y) { return pixels->bytes + y * pixels->stride; }

static uint32_t word_at(const uint8_t *row, unsigned x) {
    uint32_t word;
    memcpy(&word, row + 4 * (size_t)x, sizeof word);
    return word;
}

/* The pixel as 0xAARRGGBB. */
static uint32_t colour_at(const jb_pixels *pixels, const uint8_t *row, unsigned x) {
    const uint8_t *rgb = row + 3 * (size_t)x;
    switch (pixels->layout) {
    case JB_PIXELS_RGB: return 0xFF000000u | (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    case JB_PIXELS_WORDS: return word_at(row, x) | 0xFF000000u;
    case JB_PIXELS_ALPHA: return unmultiply(word_at(row, x));
    }
    return 0;
}

/* One row as 0xAARRGGBB. */
static void take_row(const jb_pixels *pixels, size_t y, uint32_t *to) {
    const uint8_t *row = row_at(pixels, y);
    for (unsigned x = 0; x < pixels->width; x++) to[x] = colour_at(pixels, row, x);
}

/* Where the run of equal pixels from x on ends: most of a drawn picture is long runs, so four pairs of words
 * are compared at once. */
static unsigned run_end(const jb_pixels *pixels, const uint8_t *row, unsigned x) {
    unsigned width = pixels->width, end = x + 1;
    if (pixels->layout == JB_PIXELS_RGB) {
        while (end < width && !memcmp(row + 3 * (size_t)end, row + 3 * (size_t)x, 3)) end++;
        return end;
    }
    uint32_t word = word_at(row, x);
    if (end < width && word_at(row, end) != word) return end; /* in text most runs are one pixel */
    uint64_t pair = (uint64_t)word << 32 | word, next[4];
    for (; end + 8 <= width; end += 8) {
        memcpy(next, row + 4 * (size_t)end, sizeof next);
        if ((next[0] ^ pair) | (next[1] ^ pair) | (next[2] ^ pair) | (next[3] ^ pair)) break;
    }
    while (end < width && word_at(row, end) == word) end++;
    return end;
}

static size_t row_length(const jb_pixels *pixels) {
    return (size_t)pixels->width * (pixels->layout == JB_PIXELS_RGB ? 3 : 4);
}

/* Whether a row is as the one above it. */
static bool repeats(const jb_pixels *pixels, size_t y) {
    return y && !memcmp(row_at(pixels, y), row_at(pixels, y - 1), row_length(pixels));
}

static void keep_run(palette *p, const shade *it, unsigned length) {
    if (p->run_count == p->most_runs) g_clear_pointer(&p->runs, g_free);
    if (p->runs) p->runs[p->run_count++] = (run){(uint16_t)(it - p->shades), (uint16_t)length};
}

/* Counts the colours of a row that is there `times`; false when they are too many for a palette. */
static bool count_row(palette *p, const jb_pixels *pixels, size_t y, size_t times) {
    unsigned most = pixels->tolerance ? SHADES : COLOURS;
    const uint8_t *row = row_at(pixels, y);
    for (unsigned x = 0, end; x < pixels->width; x = end) {
        shade *it = find_shade(p, colour_at(pixels, row, x));
        end = run_end(pixels, row, x);
        if (!it || p->shade_count > most) return false;
        keep_run(p, it, end - x);
        it->count = (uint32_t)MIN(it->count + times * (end - x), UINT32_MAX);
    }
    return true;
}

static bool count_shades(palette *p, const jb_pixels *pixels) {
    p->most_runs = (size_t)pixels->width * pixels->height / RUN_SHARE;
    p->runs = g_try_new(run, p->most_runs + 1);
    for (size_t y = 0, times; y < pixels->height; y += times) {
        times = 1;
        while (y + times < pixels->height && repeats(pixels, y + times)) times++;
        if (!count_row(p, pixels, y, times)) return false;
    }
    return true;
}

/* The commonest first; equally common ones in the order of their values. */
static int by_count(const void *a, const void *b) {
    const shade *one = *(const shade *const *)a, *other = *(const shade *const *)b;
    if (one->count != other->count) return one->count < other->count ? 1 : -1;
    return one->colour < other->colour ? -1 : one->colour > other->colour;
}

static bool is_near(uint32_t a, uint32_t b, unsigned tolerance) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        if ((unsigned)abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF)) > tolerance) return false;
    return true;
}

/* Gives each shade a colour of the palette, its own or one as near as the tolerance says; the commonest keep
 * their own. False when 256 are not enough. */
static bool choose_colours(palette *p, unsigned tolerance) {
    shade **order = g_new(shade *, p->shade_count);
    unsigned done = 0;
    for (unsigned i = 0; i < p->shade_count; i++) order[i] = &p->shades[i];
    qsort(order, p->shade_count, sizeof *order, by_count);
    for (p->count = 0; done < p->shade_count; done++) {
        unsigned k = 0;
        while (k < p->count && !is_near(p->colours[k], order[done]->colour, tolerance)) k++;
        if (k == COLOURS) break;
        if (k == p->count) p->colours[p->count++] = order[done]->colour;
        order[done]->index = (uint16_t)k;
    }
    g_free(order);
    return done == p->shade_count;
}

/* Finds the smallest tolerance that is enough. */
static bool make_palette(palette *p, const jb_pixels *pixels) {
    if (!count_shades(p, pixels)) return false;
    if (p->shade_count <= COLOURS) return choose_colours(p, 0);
    for (unsigned tolerance = 2; tolerance <= pixels->tolerance; tolerance += 2)
        if (choose_colours(p, tolerance)) return true;
    return false;
}

static void put_run(uint8_t *out, uint8_t index, unsigned length) {
    if (length == 1)
        *out = index;
    else
        memset(out, index, length);
}

static void index_row(palette *p, const jb_pixels *pixels, size_t y, uint8_t *out) {
    const uint8_t *row = row_at(pixels, y);
    for (unsigned x = 0, end; x < pixels->width; x = end) {
        end = run_end(pixels, row, x);
        put_run(out + x, (uint8_t)find_shade(p, colour_at(pixels, row, x))->index, end - x);
    }
}

/* The same from runs that were kept; returns the run behind the row's last. */
static const run *spread_runs(const palette *p, const run *runs, unsigned width, uint8_t *out) {
    for (unsigned x = 0; x < width; x += runs++->length)
        put_run(out + x, (uint8_t)p->shades[runs->shade].index, runs->length);
    return runs;
}

/* Filter 0 throughout: what ISO/IEC 15948 12.8 advises for palettes. */
static void index_rows(palette *p, const jb_pixels *pixels, rows *to) {
    size_t stride = (size_t)pixels->width + 1;
    const run *runs = p->runs;
    for (size_t y = 0; y < pixels->height; y++) {
        uint8_t *out = to->bytes + y * stride;
        out[0] = 0;
        if (repeats(pixels, y))
            memcpy(out, out - stride, stride);
        else if (runs)
            runs = spread_runs(p, runs, pixels->width, out + 1);
        else
            index_row(p, pixels, y, out + 1);
    }
    to->length = stride * pixels->height;
}

static void filter_sub(uint8_t *to, const uint8_t *row, size_t length, size_t bpp) {
    memcpy(to, row, MIN(length, bpp));
    for (size_t i = bpp; i < length; i++) to[i] = (uint8_t)(row[i] - row[i - bpp]);
}

static uint8_t paeth(int a, int b, int c) {
    int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);
    return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

static void filter_paeth(uint8_t *to, const uint8_t *row, const uint8_t *above, size_t length, size_t bpp) {
    for (size_t i = 0; i < MIN(length, bpp); i++) to[i] = (uint8_t)(row[i] - above[i]);
    for (size_t i = bpp; i < length; i++)
        to[i] = (uint8_t)(row[i] - paeth(row[i - bpp], above[i], above[i - bpp]));
}

/* Sum of the bytes as signed magnitudes: ISO/IEC 15948 12.8. */
static size_t weigh(const uint8_t *bytes, size_t length) {
    size_t sum = 0;
    for (size_t i = 0; i < length; i++) sum += (size_t)abs((int8_t)bytes[i]);
    return sum;
}

/* Whether most pixels of a row differ from their neighbour. Only then does a filter help: drawn pictures,
 * which repeat whole pixels and rows, come out half as large again when they are filtered. */
static bool is_photo(const uint32_t *row, unsigned width) {
    unsigned changes = 0, seen = 0;
    for (unsigned x = 1; x < width; x += 4, seen++) changes += row[x] != row[x - 1];
    return changes * 2 > seen;
}

static void put_row(uint8_t *to, const uint32_t *row, unsigned width, size_t bpp) {
    for (unsigned x = 0; x < width; x++, to += bpp) {
        to[0] = (uint8_t)(row[x] >> 16);
        to[1] = (uint8_t)(row[x] >> 8);
        to[2] = (uint8_t)row[x];
        if (bpp == 4) to[3] = (uint8_t)(row[x] >> 24);
    }
}

/* Filters a row, which stands behind its filter byte, by the better of Sub and Paeth. `spare` holds two rows.
 */
static void filter_photo(uint8_t *to, const uint8_t *above, size_t length, size_t bpp, uint8_t *spare) {
    uint8_t *row = spare, *sub = row + length;
    memcpy(row, to + 1, length);
    filter_paeth(to + 1, row, above, length, bpp);
    filter_sub(sub, row, length, bpp);
    to[0] = 4;
    if (weigh(sub, length) >= weigh(to + 1, length)) return;
    memcpy(to + 1, sub, length);
    to[0] = 1;
}

/* `spare` holds four rows. */
static void filter_rows(const jb_pixels *pixels, size_t bpp, uint32_t *row, uint8_t *spare, rows *to) {
    size_t length = (size_t)pixels->width * bpp, stride = length + 1;
    uint8_t *above = spare, *here = spare + length;
    for (size_t y = 0; y < pixels->height; y++) {
        uint8_t *out = to->bytes + y * stride;
        take_row(pixels, y, row);
        put_row(here, row, pixels->width, bpp);
        out[0] = 0;
        memcpy(out + 1, here, length);
        if (y && is_photo(row, pixels->width)) filter_photo(out, above, length, bpp, spare + 2 * length);
        memcpy(above, here, length);
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

/* PLTE, and tRNS as far as the last colour that is not opaque. */
static void put_palette(GByteArray *out, const palette *p) {
    uint8_t colours[COLOURS * 3] = {0}, alphas[COLOURS] = {0};
    unsigned translucent = 0;
    for (unsigned i = 0; i < p->count; i++) {
        for (unsigned k = 0; k < 3; k++) colours[i * 3 + k] = (uint8_t)(p->colours[i] >> (16 - 8 * k));
        alphas[i] = (uint8_t)(p->colours[i] >> 24);
        if (alphas[i] < 255) translucent = i + 1;
    }
    put_chunk(out, "PLTE", colours, (size_t)p->count * 3);
    if (translucent) put_chunk(out, "tRNS", alphas, translucent);
}

/* Everything before the pixels. */
static void put_head(GByteArray *out, const jb_pixels *pixels, unsigned density, const palette *p) {
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    uint8_t header[13] = {0}, physical[9], intent = 0; /* perceptual */
    put32(header, pixels->width);
    put32(header + 4, pixels->height);
    header[8] = 8;
    header[9] = p->count ? 3 : pixels->layout == JB_PIXELS_ALPHA ? 6 : 2;
    g_byte_array_append(out, signature, sizeof signature);
    put_chunk(out, "IHDR", header, sizeof header);
    put_chunk(out, "sRGB", &intent, 1);
    put32(physical, density);
    put32(physical + 4, density);
    physical[8] = 1; /* the unit is the metre */
    if (density) put_chunk(out, "pHYs", physical, sizeof physical);
    if (p->count) put_palette(out, p);
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

/* The rows as they are deflated; false when memory is short. */
static bool make_rows(const jb_pixels *pixels, palette *p, rows *to) {
    size_t bpp = pixels->layout == JB_PIXELS_ALPHA ? 4 : 3, length = pixels->width * bpp;
    if (make_palette(p, pixels)) {
        to->bytes = g_try_malloc(((size_t)pixels->width + 1) * pixels->height);
        if (to->bytes) index_rows(p, pixels, to);
        return to->length > 0;
    }
    uint32_t *row = g_try_new(uint32_t, pixels->width);
    uint8_t *spare = g_try_malloc(length * 4);
    p->count = 0;
    to->bytes = g_try_malloc((length + 1) * pixels->height);
    if (row && to->bytes && spare) filter_rows(pixels, bpp, row, spare, to);
    g_free(spare);
    g_free(row);
    return to->length > 0;
}

bool jb_png_encode(const jb_pixels *pixels, unsigned density, GByteArray *out) {
    guint before = out->len;
    palette *p = g_new0(palette, 1);
    rows filtered = {NULL, 0};
    bool done = make_rows(pixels, p, &filtered);
    if (done) {
        put_head(out, pixels, density, p);
        done = put_pixels(out, &filtered);
        if (done) put_chunk(out, "IEND", NULL, 0);
    }
    if (!done) g_byte_array_set_size(out, before);
    g_free(filtered.bytes);
    g_free(p->runs);
    g_free(p);
    return done;
}
