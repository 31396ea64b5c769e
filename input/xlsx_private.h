/* Between the xlsx*.c files: a workbook while it is read. */
#ifndef JB_INPUT_XLSX_PRIVATE_H
#define JB_INPUT_XLSX_PRIVATE_H

#include "input/numfmt.h"
#include "input/sheet.h"
#include "input/xml.h"

/* Texts that cells share, one behind the other, each with a NUL. */
typedef struct jb_xlsx_strings {
    GString *text;
    GArray *start; /* uint32_t: offsets in text, and one more behind the last */
} jb_xlsx_strings;

typedef struct jb_xlsx_style {
    const jb_numfmt *format;
    unsigned char indent;
    bool general, changes_text; /* of the format */
} jb_xlsx_style;

typedef struct jb_xlsx_styles {
    GHashTable *formats; /* id to jb_numfmt, owned */
    GArray *cells;       /* jb_xlsx_style, by the index that cells give */
} jb_xlsx_styles;

typedef struct jb_xlsx_sheet {
    char *name, *part; /* part: path in the archive, NULL when it is no worksheet */
    bool hidden;
} jb_xlsx_sheet;

typedef struct jb_xlsx_book {
    jb_context *ctx;
    jb_zip *zip;
    const char *file; /* interned path */
    const jb_data_options *options;
    jb_sheet_choice choice;
    GArray *sheets; /* jb_xlsx_sheet */
    bool from_1904;
    jb_xlsx_strings strings;
    jb_xlsx_styles styles;
} jb_xlsx_book;

jb_status jb_xlsx_strings_read(jb_xlsx_book *book, const char *part);
jb_status jb_xlsx_styles_read(jb_xlsx_book *book, const char *part);
/* Reads a sheet's cells; the grid is new and has its file set. */
jb_status jb_xlsx_sheet_read(jb_xlsx_book *book, const char *part, jb_grid *grid);
/* Appends a string of the file: _x000D_ and the like become characters (ECMA-376-1, 22.9.2.19), NUL and CR
 * are left out. */
void jb_xlsx_append_string(GString *out, const char *text, size_t length);
/* An unsigned decimal attribute or text; false when it is none or above `most`. */
bool jb_xlsx_number(const char *text, size_t length, unsigned most, unsigned *number);

#endif
