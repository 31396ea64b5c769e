/* Number formats of spreadsheets (ECMA-376-1, 18.8.30 and 18.8.31): what a cell shows of its number. */
#ifndef JB_INPUT_NUMFMT_H
#define JB_INPUT_NUMFMT_H

#include "input/decimal.h"

typedef struct jb_numfmt jb_numfmt;

/* Compiles a format code ("#,##0.0\"万元\";[Red]-0"). Never NULL: what is no sound format is General, and so
 * are fractions, exponents and elapsed times, which show the plain number. Free it with jb_numfmt_free. */
jb_numfmt *jb_numfmt_new(const char *code);
void jb_numfmt_free(jb_numfmt *format); /* NULL is allowed */
/* The code of a built-in format as a Chinese system has it; "General" for ids that have none. */
const char *jb_numfmt_builtin(unsigned id);
/* Numbers are shown as they are. */
bool jb_numfmt_is_general(const jb_numfmt *format);
/* Texts are not shown as they are. */
bool jb_numfmt_changes_text(const jb_numfmt *format);
/* Appends what the cell shows: digits, sign and literals as in the format, days and times as ISO 8601
 * (2021-01-15, 2021-01-15T08:30:00, 08:30:00) whatever their order in the format. With `raw` only days and
 * times are formatted, and times of day are not left out; else numbers have 15 significant digits, as the
 * programs show them. `from_1904`: day 0 is 1 January 1904. */
void jb_numfmt_show(const jb_numfmt *format, const jb_decimal *number, bool from_1904, bool raw,
                    GString *out);
void jb_numfmt_show_text(const jb_numfmt *format, const char *text, size_t length, GString *out);

typedef enum jb_date_parts { JB_DATE_DAY = 1, JB_DATE_TIME = 2 } jb_date_parts;
/* Appends a serial day number as ISO 8601, rounded to seconds. False, nothing appended, for what is no day
 * between 1900 and 9999. In the 1900 system day 60 is 29 February 1900, as the programs have it. */
bool jb_date_show(double serial, bool from_1904, unsigned parts, GString *out);

#endif
