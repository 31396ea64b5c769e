/* Numbers of spreadsheets as decimal digits: what is stored, written and rounded as people read it. */
#ifndef JB_INPUT_DECIMAL_H
#define JB_INPUT_DECIMAL_H

#include <glib.h>
#include <stdbool.h>

/* 0.d1d2d3… x 10^exponent, without zeros at either end; count 0 is zero. */
typedef struct jb_decimal {
    bool negative;
    unsigned char count;
    char digits[22]; /* '0' to '9', not terminated */
    int exponent;
} jb_decimal;

/* Reads "427.69999999999999", "1E-07": the shortest digits that read back as the same double (427.7). Blanks
 * at both ends are allowed. False for what is no finite number. */
bool jb_decimal_read(const char *text, size_t length, jb_decimal *d);
/* The same, with the 15 significant digits that spreadsheet programs show: 0.30000000000000004 becomes 0.3. */
bool jb_decimal_read_shown(const char *text, size_t length, jb_decimal *d);
bool jb_decimal_from(double value, jb_decimal *d);
double jb_decimal_value(const jb_decimal *d);
/* True when the text is what jb_decimal_show would write of it. Does not recognise every such text; it is the
 * fast way. */
bool jb_decimal_is_plain(const char *text, size_t length);
/* Writes it in full: "0.0000001", "-427.7"; with an exponent ("1e+25") beyond 21 digits or 14 zeros behind
 * the point. */
void jb_decimal_show(const jb_decimal *d, GString *out);
/* Leaves 15 significant digits. */
void jb_decimal_shorten(jb_decimal *d);
/* Leaves `decimals` digits behind the point, halves away from zero. */
void jb_decimal_round(jb_decimal *d, int decimals);

#endif
