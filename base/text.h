/* Text emission that does not depend on the locale: numbers, JSON, XML. All append to a GString. */
#ifndef JB_BASE_TEXT_H
#define JB_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* A number with at most `decimals` (0 to 9) digits after the point, trailing zeros and "-0" removed.
 * Magnitudes over 1e15 and NaN are written as 0 by contract: callers check before. */
void jb_text_number(GString *out, double value, int decimals);
/* With exactly `decimals` digits. */
void jb_text_fixed(GString *out, double value, int decimals);
/* A JSON string with quotes; control characters escaped, everything else as is. */
void jb_text_json(GString *out, const char *text);
void jb_text_json_n(GString *out, const char *text, size_t length);
/* Shortest JSON number that reads back as the same double (at most 17 digits); NaN and infinities are null. */
void jb_text_json_number(GString *out, double value);
/* The same digits without an exponent, "0.00001", up to 21 of them; beyond that with one, "1e+30". The value is finite. */
void jb_text_shortest(GString *out, double value);
/* Parts the whole digits that begin at `from` by a thin space (U+2009) in threes, from five digits on. */
void jb_text_group(GString *text, size_t from);
/* Text for XML content and attributes. */
void jb_text_xml(GString *out, const char *text);
/* Reads a double, dot as point, whole string; false when it is not one. */
bool jb_text_double(const char *text, double *value);
/* Blanks as people type them: ASCII white space, the no-break and the ideographic space. */
static inline bool jb_is_blank(gunichar c) {
    return c == 0x3000 || c == 0xA0 || (c < 128 && g_ascii_isspace((char)c));
}

#endif
