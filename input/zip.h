/* Zip archives in memory (OOXML, OpenDocument), unpacked piece by piece within limits. */
#ifndef JB_INPUT_ZIP_H
#define JB_INPUT_ZIP_H

#include "base/context.h"

typedef struct jb_zip jb_zip;
typedef struct jb_zip_entry jb_zip_entry;

/* Opens an archive that lies in memory; `bytes` must outlive it. `file` is its interned name, for messages.
 * Names of entries are compared without regard to ASCII case, as OPC (ECMA-376-2, 6.3.5) asks. An archive
 * that has one name twice, or more than JB_LIMIT_ZIP_ENTRIES, is refused. */
jb_status jb_zip_open(jb_context *ctx, const char *file, const void *bytes, size_t length, jb_zip **zip);
void jb_zip_close(jb_zip *zip); /* NULL is allowed */
bool jb_zip_has(const jb_zip *zip, const char *name);
jb_context *jb_zip_context(const jb_zip *zip);
const char *jb_zip_file(const jb_zip *zip);

/* Begins to unpack an entry. Encrypted entries and methods other than store and deflate are errors, a missing
 * one too. */
jb_status jb_zip_entry_open(jb_zip *zip, const char *name, jb_zip_entry **entry);
/* Unpacks at most `size` bytes; *got is 0 at the end. Fails on damage, and when JB_LIMIT_ZIP_ENTRY_BYTES,
 * _ZIP_BYTES (over all entries read so far) or _ZIP_RATIO is passed. */
jb_status jb_zip_entry_read(jb_zip_entry *entry, void *buffer, size_t size, size_t *got);
void jb_zip_entry_close(jb_zip_entry *entry); /* NULL is allowed */

#endif
