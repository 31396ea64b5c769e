/* XLSX workbooks (ECMA-376 transitional and strict, as Excel, WPS, LibreOffice and libraries write them) to
 * grids. */
#ifndef JB_INPUT_XLSX_H
#define JB_INPUT_XLSX_H

#include "input/grid.h"
#include "input/options.h"

/* Reads one sheet of a workbook. `bytes` is the whole file, `path` its name for messages; *grid->file is
 * "plan.xlsx!Sheet1", so that places read FILE!SHEET:ROW:COLUMN. Cells say what a user sees (input/numfmt.h),
 * or with options->raw what is stored. A formula without a stored value is a warning and an empty cell. */
jb_status jb_xlsx_read(jb_context *ctx, const char *path, const void *bytes, size_t length,
                       const jb_data_options *options, jb_grid **grid);

#endif
