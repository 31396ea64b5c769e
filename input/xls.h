/* Old binary workbooks ([MS-XLS]): XLS of Excel 5 to 2003 (BIFF 5 and 8) and the .et of WPS. The library for
 * them, freexl, passes over every formula with its value, so they are read here. */
#ifndef JB_INPUT_XLS_H
#define JB_INPUT_XLS_H

#include "input/grid.h"
#include "input/options.h"

/* Reads one sheet, as jb_xlsx_read does. A file under a password, and what else is packed like an XLS file,
 * get a message that says so. */
jb_status jb_xls_read(jb_context *ctx, const char *path, const jb_data_options *options, jb_grid **grid);
/* The same of a file in memory, which `path` names in messages. */
jb_status jb_xls_read_bytes(jb_context *ctx, const char *path, const void *bytes, size_t length,
                            const jb_data_options *options, jb_grid **grid);

#endif
