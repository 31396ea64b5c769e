/* Spreadsheets that are zip archives: XLSX and ODS. */
#ifndef JB_INPUT_ARCHIVE_H
#define JB_INPUT_ARCHIVE_H

#include "input/grid.h"
#include "input/options.h"

/* Reads XLSX and ODS, told apart by what the archive holds; other archives (a Word document, XLSB, a zip of
 * files) get a message that says what they are. `bytes` is the whole file, `path` its name for messages.
 * *grid->file is "plan.xlsx!Sheet1". */
jb_status jb_archive_read(jb_context *ctx, const char *path, const void *bytes, size_t length,
                          const jb_data_options *options, jb_grid **grid);

#endif
