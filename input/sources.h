/* The datasets that a report's head names. */
#ifndef JB_INPUT_SOURCES_H
#define JB_INPUT_SOURCES_H

#include "input/document.h"

/* Loads every entry of the head's `data:` map into the store, files first, then what `sql:` makes of them. Paths are seen from the report's folder. All that fail are reported. */
jb_status jb_document_datasets(jb_context *ctx, const jb_document *document, jb_store *store);
/* Loads "plan.xlsx", "plan.xlsx!2020", "plan.db!plan" or "data/plan-{year}.csv"; the store takes it under the name. `base` is
 * the file from whose folder it is seen, or NULL; `pos` is where it was named, or nowhere. */
jb_status jb_source_load(jb_context *ctx, jb_store *store, const char *base, const char *name, const char *file,
                         jb_pos pos);
/* What a report works with: the head's datasets, then those of the command line, which replace and add. All that fail are
 * reported. */
jb_status jb_sources_load(jb_context *ctx, const jb_document *document, const jb_pair *pairs, size_t count, jb_store *store);

#endif
