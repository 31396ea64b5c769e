/* Zip archives through libzip. What an archive says of its sizes is never believed: bytes are counted as they
 * come. */
#include "input/zip.h"

#include <string.h>
#include <zip.h>
#include "base/limits.h"

#define RATIO_FROM ((size_t)32 << 20) /* smaller entries do no harm, however well they are packed */
#define END_BYTES 22                  /* the record at the end of an archive, without its comment */
#define END64_LOCATOR_BYTES 20
#define END64_BYTES 56

struct jb_zip {
    jb_context *ctx;
    const char *file;
    zip_t *archive;
    GHashTable *names; /* lower-case name to index + 1 */
    size_t length, unpacked;
};

struct jb_zip_entry {
    jb_zip *zip;
    zip_file_t *file;
    char *name;
    size_t packed, unpacked;
};

/* ---- how many entries there are, before libzip makes room for them ---- */

static guint64 little(const unsigned char *p, unsigned bytes) {
    guint64 value = 0;
    for (unsigned i = bytes; i-- > 0;) value = value << 8 | p[i];
    return value;
}

/* Entries that the end record at `at` speaks of; the zip64 record before it counts when it is there. */
static guint64 entries_said(const unsigned char *p, size_t length, size_t at) {
    guint64 count = little(p + at + 10, 2);
    if (at < END64_LOCATOR_BYTES || memcmp(p + at - END64_LOCATOR_BYTES, "PK\006\007", 4) != 0) return count;
    guint64 end64 = little(p + at - END64_LOCATOR_BYTES + 8, 8);
    if (length < END64_BYTES || end64 > length - END64_BYTES) return count;
    return MAX(count == 0xFFFF ? 0 : count, little(p + end64 + 32, 8));
}

/* The most that any end record claims; libzip may take either when there are several. */
static guint64 count_entries(const unsigned char *p, size_t length) {
    guint64 most = 0;
    size_t from = length > END_BYTES + 65536 ? length - END_BYTES - 65536 : 0;
    for (size_t at = from; at + END_BYTES <= length; at++)
        if (p[at] == 'P' && !memcmp(p + at, "PK\005\006", 4)) most = MAX(most, entries_said(p, length, at));
    return most;
}

/* ---- opening ---- */

static jb_status damaged(jb_context *ctx, const char *file, const char *what) {
    return jb_fail(ctx, jb_pos_file(file), "the zip archive is damaged or cut off: %s", what);
}

/* Some writers put backslashes between folders. */
static char *fold_name(const char *name) {
    char *folded = g_ascii_strdown(name, -1);
    return g_strdelimit(folded, "\\", '/');
}

static jb_status index_names(jb_zip *zip) {
    zip_int64_t count = zip_get_num_entries(zip->archive, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(zip->archive, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);
        if (!name) return damaged(zip->ctx, zip->file, zip_strerror(zip->archive));
        char *folded = fold_name(name);
        if (g_hash_table_contains(zip->names, folded)) {
            g_free(folded);
            char *shown = g_utf8_make_valid(name, -1);
            jb_fail(zip->ctx, jb_pos_file(zip->file), "the zip archive holds “%s” twice", shown);
            g_free(shown);
            return JB_INPUT;
        }
        g_hash_table_insert(zip->names, folded, GINT_TO_POINTER((int)i + 1));
    }
    return JB_OK;
}

static jb_status open_archive(jb_zip *zip, const void *bytes, size_t length) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &error);
    if (source) {
        zip->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!zip->archive) zip_source_free(source);
    }
    jb_status status = zip->archive ? JB_OK : damaged(zip->ctx, zip->file, zip_error_strerror(&error));
    zip_error_fini(&error);
    return status;
}

jb_status jb_zip_open(jb_context *ctx, const char *file, const void *bytes, size_t length, jb_zip **result) {
    *result = NULL;
    if (count_entries(bytes, length) > JB_LIMIT_ZIP_ENTRIES)
        return jb_fail(ctx, jb_pos_file(file), "the zip archive has more than the limit of %d entries",
                       JB_LIMIT_ZIP_ENTRIES);
    jb_zip *zip = g_new0(jb_zip, 1);
    zip->ctx = ctx;
    zip->file = file;
    zip->length = length;
    zip->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    jb_status status = open_archive(zip, bytes, length);
    if (status == JB_OK) status = index_names(zip);
    if (status != JB_OK) g_clear_pointer(&zip, jb_zip_close);
    *result = zip;
    return status;
}

void jb_zip_close(jb_zip *zip) {
    if (!zip) return;
    if (zip->archive) zip_discard(zip->archive);
    g_hash_table_destroy(zip->names);
    g_free(zip);
}

jb_context *jb_zip_context(const jb_zip *zip) { return zip->ctx; }

const char *jb_zip_file(const jb_zip *zip) { return zip->file; }

/* The entry's index, or -1. */
static int find(const jb_zip *zip, const char *name) {
    char *folded = fold_name(name);
    int index = GPOINTER_TO_INT(g_hash_table_lookup(zip->names, folded)) - 1;
    g_free(folded);
    return index;
}

bool jb_zip_has(const jb_zip *zip, const char *name) { return find(zip, name) >= 0; }

/* ---- entries ---- */

static jb_status check_method(const jb_zip *zip, const char *name, const zip_stat_t *info) {
    jb_pos pos = jb_pos_file(zip->file);
    if ((info->valid & ZIP_STAT_ENCRYPTION_METHOD) && info->encryption_method != ZIP_EM_NONE)
        return jb_fail(zip->ctx, pos, "“%s” in the archive is encrypted; save the file without a password",
                       name);
    if (!(info->valid & ZIP_STAT_COMP_METHOD) ||
        (info->comp_method != ZIP_CM_STORE && info->comp_method != ZIP_CM_DEFLATE))
        return jb_fail(zip->ctx, pos,
                       "“%s” in the archive is packed by a method that spreadsheets do not use", name);
    return JB_OK;
}

jb_status jb_zip_entry_open(jb_zip *zip, const char *name, jb_zip_entry **entry) {
    zip_stat_t info;
    *entry = NULL;
    int index = find(zip, name);
    if (index < 0) return jb_fail(zip->ctx, jb_pos_file(zip->file), "the archive has no “%s”", name);
    if (zip_stat_index(zip->archive, (zip_uint64_t)index, 0, &info) < 0)
        return damaged(zip->ctx, zip->file, zip_strerror(zip->archive));
    jb_status status = check_method(zip, name, &info);
    if (status != JB_OK) return status;
    zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)index, 0);
    if (!file) return damaged(zip->ctx, zip->file, zip_strerror(zip->archive));
    *entry = g_new0(jb_zip_entry, 1);
    size_t packed = (info.valid & ZIP_STAT_COMP_SIZE) ? (size_t)MIN(info.comp_size, zip->length) : 0;
    **entry = (jb_zip_entry){zip, file, g_strdup(name), packed, 0};
    return JB_OK;
}

static jb_status check_size(const jb_zip_entry *e) {
    const jb_zip *zip = e->zip;
    jb_pos pos = jb_pos_file(zip->file);
    if (e->unpacked > JB_LIMIT_ZIP_ENTRY_BYTES)
        return jb_fail(zip->ctx, pos, "“%s” unpacks to more than the limit of %zu bytes", e->name,
                       JB_LIMIT_ZIP_ENTRY_BYTES);
    if (zip->unpacked > JB_LIMIT_ZIP_BYTES)
        return jb_fail(zip->ctx, pos, "the archive unpacks to more than the limit of %zu bytes",
                       JB_LIMIT_ZIP_BYTES);
    if (e->unpacked > RATIO_FROM && e->unpacked / JB_LIMIT_ZIP_RATIO > e->packed)
        return jb_fail(zip->ctx, pos, "“%s” unpacks to more than the limit of %d times its size", e->name,
                       JB_LIMIT_ZIP_RATIO);
    return JB_OK;
}

jb_status jb_zip_entry_read(jb_zip_entry *e, void *buffer, size_t size, size_t *got) {
    zip_int64_t n = zip_fread(e->file, buffer, size);
    *got = 0;
    if (n < 0)
        return jb_fail(e->zip->ctx, jb_pos_file(e->zip->file), "“%s” in the archive is damaged: %s", e->name,
                       zip_file_strerror(e->file));
    *got = (size_t)n;
    e->unpacked += (size_t)n;
    e->zip->unpacked += (size_t)n;
    return check_size(e);
}

void jb_zip_entry_close(jb_zip_entry *e) {
    if (!e) return;
    zip_fclose(e->file);
    g_free(e->name);
    g_free(e);
}
