/* Between the xls*.c files: a workbook while it is read. */
#ifndef JB_INPUT_XLS_PRIVATE_H
#define JB_INPUT_XLS_PRIVATE_H

#include "input/cfb.h"
#include "input/numfmt.h"
#include "input/sheet.h"

typedef struct jb_xls_record {
    unsigned type, length;
    const unsigned char *data;
    size_t next; /* offset of the record behind it */
} jb_xls_record;

typedef struct jb_xls_style {
    unsigned format;
    unsigned char indent;
} jb_xls_style;

typedef struct jb_xls_sheet {
    char *name;
    uint32_t at; /* offset of its first record */
    bool hidden, cells;
} jb_xls_sheet;

typedef struct jb_xls_book {
    jb_context *ctx;
    const char *file; /* interned path */
    const jb_data_options *options;
    jb_sheet_choice choice;
    unsigned char *stream;
    size_t length;
    bool wide; /* BIFF 8: texts are Unicode; before, in the code page */
    unsigned code_page;
    bool from_1904;
    GArray *sheets;      /* jb_xls_sheet */
    GArray *styles;      /* jb_xls_style */
    GHashTable *formats; /* id to jb_numfmt, owned */
    GString *text;       /* shared texts, each with a NUL */
    GArray *start;       /* uint32_t: their offsets, and one more behind the last */
} jb_xls_book;

/* The record at an offset; false at the end of the stream and when it is cut off. */
bool jb_xls_record_at(const jb_xls_book *book, size_t at, jb_xls_record *record);
/* Appends a text of a record: characters from `data`, counted in front by one or two bytes. What lies outside
 * the record is left out. */
void jb_xls_append_text(const jb_xls_book *book, const unsigned char *data, size_t room, unsigned count_bytes,
                        GString *out);
/* Appends the text of a STRING record, which begins with two bytes of count, and goes on in CONTINUE records. */
void jb_xls_append_long_text(const jb_xls_book *book, const jb_xls_record *record, GString *out);
/* Reads the table of shared texts, which goes on over several records. */
jb_status jb_xls_strings_read(jb_xls_book *book, const jb_xls_record *record);
jb_status jb_xls_sheet_read(jb_xls_book *book, size_t at, jb_grid *grid);
/* The format of a cell style. */
const jb_numfmt *jb_xls_format(jb_xls_book *book, unsigned style);

#endif
