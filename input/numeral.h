/* Chinese numerals: 三点五, 一百二十, 两万三千, 二〇二〇. */
#ifndef JB_INPUT_NUMERAL_H
#define JB_INPUT_NUMERAL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Value of one digit (零 〇 一 … 九, 两, 壹 … 玖), or -1. */
int jb_numeral_digit(gunichar c);
/* Bytes of text[0..length) that are characters of numerals. */
size_t jb_numeral_span(const char *text, size_t length);
/* Reads text[0..length) as one numeral, all of it. False when it is none (五六十, 三四), or 1e16 and more.
 * 一万二 is 12000, 一万零二 is 10002. Digits alone are a number only in fours or more (二〇二〇): 三五 means
 * three to five. */
bool jb_numeral_read(const char *text, size_t length, double *number, int *decimals);

#endif
