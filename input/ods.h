/* OpenDocument spreadsheets (ODF 1.0 to 1.3) to grids. */
#ifndef JB_INPUT_ODS_H
#define JB_INPUT_ODS_H

#include "input/grid.h"
#include "input/options.h"

/* Reads one table of a spreadsheet, as jb_xlsx_read does. Cells say the text that the file shows for them,
 * days and times in ISO 8601; with options->raw the stored value. */
jb_status jb_ods_read(jb_context *ctx, const char *path, const void *bytes, size_t length,
                      const jb_data_options *options, jb_grid **grid);

#endif
