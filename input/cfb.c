/* OLE2 compound files. Every chain of sectors is followed at most as many steps as the file has sectors. */
#include "input/cfb.h"

#include <string.h>

#define HEADER_BYTES 512
#define ENTRY_BYTES 128
#define END_OF_CHAIN 0xFFFFFFFEu
#define FIRST_SPECIAL 0xFFFFFFFAu /* sector numbers from here on are marks */
#define HEADER_FATS 109           /* numbers of FAT sectors that the header holds */

enum { UNUSED, FOLDER, STREAM, ROOT = 5 };

struct jb_cfb {
    jb_context *ctx;
    const char *file;
    const unsigned char *bytes;
    size_t length;
    unsigned sector, mini;    /* bytes of a sector of each kind */
    uint32_t sectors, cutoff; /* streams below the cutoff lie in mini sectors */
    GArray *fat, *mini_fat;   /* uint32_t: the sector after each */
    GByteArray *folder, *mini_stream;
};

static jb_status damaged(const jb_cfb *c, const char *what) {
    return jb_fail(c->ctx, jb_pos_file(c->file),
                   "the workbook is damaged or cut off: %s; save it anew as XLSX", what);
}

/* The first byte of a sector, NULL when it lies outside the file. A last sector may be cut short: *room bytes
 * are there. */
static const unsigned char *sector_at(const jb_cfb *c, uint32_t number, size_t *room) {
    guint64 at = ((guint64)number + 1) * c->sector;
    if (number >= FIRST_SPECIAL || at >= c->length) return NULL;
    *room = MIN(c->sector, c->length - (size_t)at);
    return c->bytes + at;
}

/* Appends a chain of sectors; *limit bytes at most. */
static bool read_chain(const jb_cfb *c, uint32_t number, size_t limit, GByteArray *out) {
    size_t room;
    for (uint32_t steps = 0; number != END_OF_CHAIN && out->len < limit; steps++) {
        const unsigned char *sector = sector_at(c, number, &room);
        if (!sector || steps > c->sectors || number >= c->fat->len) return false;
        g_byte_array_append(out, sector, (guint)MIN(room, limit - out->len));
        number = g_array_index(c->fat, uint32_t, number);
    }
    return true;
}

/* ---- tables of sectors ---- */

static bool add_fat_sector(jb_cfb *c, uint32_t number) {
    size_t room;
    const unsigned char *sector = sector_at(c, number, &room);
    if (!sector || c->fat->len > c->sectors + c->sector) return false;
    for (size_t at = 0; at + 4 <= room; at += 4) {
        uint32_t next = jb_u32(sector + at);
        g_array_append_val(c->fat, next);
    }
    return true;
}

/* Sectors of the FAT: some are in the header, others in a chain of their own. */
static jb_status read_fat(jb_cfb *c) {
    size_t room;
    for (unsigned i = 0; i < HEADER_FATS; i++) {
        uint32_t number = jb_u32(c->bytes + 76 + 4 * i);
        if (number < FIRST_SPECIAL && !add_fat_sector(c, number)) return damaged(c, "its table of sectors");
    }
    uint32_t number = jb_u32(c->bytes + 68);
    for (uint32_t steps = 0; number < FIRST_SPECIAL && steps <= c->sectors; steps++) {
        const unsigned char *sector = sector_at(c, number, &room);
        if (!sector || room < c->sector) return damaged(c, "its table of sectors");
        for (size_t at = 0; at + 8 <= c->sector; at += 4) {
            uint32_t fat = jb_u32(sector + at);
            if (fat < FIRST_SPECIAL && !add_fat_sector(c, fat)) return damaged(c, "its table of sectors");
        }
        number = jb_u32(sector + c->sector - 4);
    }
    return JB_OK;
}

static void read_mini_fat(jb_cfb *c) {
    GByteArray *table = g_byte_array_new();
    read_chain(c, jb_u32(c->bytes + 60), c->length, table);
    for (guint at = 0; at + 4 <= table->len; at += 4) {
        uint32_t next = jb_u32(table->data + at);
        g_array_append_val(c->mini_fat, next);
    }
    g_byte_array_free(table, TRUE);
}

/* ---- entries ---- */

static bool has_name(const unsigned char *entry, const char *name) {
    size_t n = strlen(name);
    if (jb_u16(entry + 64) != 2 * (n + 1) || n > 31) return false;
    for (size_t i = 0; i < n; i++)
        if (g_ascii_tolower((char)entry[2 * i]) != g_ascii_tolower(name[i]) || entry[2 * i + 1]) return false;
    return true;
}

/* The first entry of a name, or the root for NULL; NULL when there is none. */
static const unsigned char *find(const jb_cfb *c, const char *name) {
    for (guint at = 0; at + ENTRY_BYTES <= c->folder->len; at += ENTRY_BYTES) {
        const unsigned char *entry = c->folder->data + at;
        if (name ? entry[66] != UNUSED && has_name(entry, name) : entry[66] == ROOT) return entry;
    }
    return NULL;
}

bool jb_cfb_has(const jb_cfb *c, const char *name) { return find(c, name) != NULL; }

static bool read_mini_chain(const jb_cfb *c, uint32_t number, size_t limit, GByteArray *out) {
    for (guint steps = 0; number != END_OF_CHAIN && out->len < limit; steps++) {
        guint64 at = (guint64)number * c->mini;
        if (number >= c->mini_fat->len || at >= c->mini_stream->len || steps > c->mini_fat->len) return false;
        size_t room = MIN(c->mini, c->mini_stream->len - (size_t)at);
        g_byte_array_append(out, c->mini_stream->data + at, (guint)MIN(room, limit - out->len));
        number = g_array_index(c->mini_fat, uint32_t, number);
    }
    return true;
}

jb_status jb_cfb_read(const jb_cfb *c, const char *name, unsigned char **contents, size_t *length) {
    const unsigned char *entry = find(c, name);
    *contents = NULL;
    *length = 0;
    if (!entry || entry[66] != STREAM)
        return jb_fail(c->ctx, jb_pos_file(c->file), "the file has no stream “%s”", name);
    uint32_t start = jb_u32(entry + 116), size = jb_u32(entry + 120);
    if (size > c->length) return damaged(c, "a stream larger than the file");
    GByteArray *out = g_byte_array_new();
    bool whole = size < c->cutoff ? read_mini_chain(c, start, size, out) : read_chain(c, start, size, out);
    if (!whole || out->len < size) {
        g_byte_array_free(out, TRUE);
        return damaged(c, "a stream is not whole");
    }
    *length = out->len;
    *contents = g_byte_array_free(out, FALSE);
    return JB_OK;
}

/* ---- opening ---- */

static jb_status read_header(jb_cfb *c) {
    static const unsigned char magic[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    if (c->length < HEADER_BYTES || memcmp(c->bytes, magic, sizeof magic) != 0)
        return damaged(c, "its header");
    unsigned shift = jb_u16(c->bytes + 30), mini_shift = jb_u16(c->bytes + 32);
    if ((shift != 9 && shift != 12) || mini_shift < 4 || mini_shift >= shift) return damaged(c, "its header");
    c->sector = 1u << shift;
    c->mini = 1u << mini_shift;
    c->cutoff = jb_u32(c->bytes + 56);
    c->sectors = (uint32_t)(c->length / c->sector);
    return JB_OK;
}

static jb_status read_tables(jb_cfb *c) {
    jb_status status = read_header(c);
    if (status == JB_OK) status = read_fat(c);
    if (status != JB_OK) return status;
    if (!read_chain(c, jb_u32(c->bytes + 48), c->length, c->folder)) return damaged(c, "its list of streams");
    read_mini_fat(c);
    const unsigned char *root = find(c, NULL);
    if (root) read_chain(c, jb_u32(root + 116), MIN(jb_u32(root + 120), c->length), c->mini_stream);
    return JB_OK;
}

jb_status jb_cfb_open(jb_context *ctx, const char *file, const void *bytes, size_t length, jb_cfb **cfb) {
    jb_cfb *c = g_new0(jb_cfb, 1);
    c->ctx = ctx;
    c->file = file;
    c->bytes = bytes;
    c->length = length;
    c->fat = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    c->mini_fat = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    c->folder = g_byte_array_new();
    c->mini_stream = g_byte_array_new();
    jb_status status = read_tables(c);
    if (status != JB_OK) g_clear_pointer(&c, jb_cfb_close);
    *cfb = c;
    return status;
}

void jb_cfb_close(jb_cfb *c) {
    if (!c) return;
    g_array_free(c->fat, TRUE);
    g_array_free(c->mini_fat, TRUE);
    g_byte_array_free(c->folder, TRUE);
    g_byte_array_free(c->mini_stream, TRUE);
    g_free(c);
}
