/* The scanner of value*.c, one cell at a time. */
#ifndef JB_INPUT_VALUE_SCAN_H
#define JB_INPUT_VALUE_SCAN_H

#include <glib.h>
#include <stdbool.h>
#include "include/jianbao.h"

typedef struct jb_value_scan {
    const char *start, *p, *end; /* the cell, where the scanner stands, behind the last byte */
    jb_value_kind kind;          /* what the words so far make of the number */
    bool soft;     /* `kind` comes from a word that others overrule: 预计, 控制在, 达到 */
    bool falls;    /* 下降, 减少: the number is turned round */
    bool conflict; /* words contradict: 约 … 以上 */
    bool bad;      /* it began like a number and is none */
    bool code;     /* digits that are a code: 0012, 18 digits */
} jb_value_scan;

/* One number as written, with what stands behind it. */
typedef struct jb_figure {
    double number; /* without factor */
    int decimals;
    double factor;
    const char *unit;
    const char *at; /* digits for display */
    size_t length;  /* 0: none in plain figures */
    bool negative;
    bool currency; /* the unit comes from a sign before: 万 or 万元 may follow */
} jb_figure;

/* ---- value_number.c ---- */

/* A character with full-width forms, minus signs and thin blanks folded to ASCII; 0 at the end. */
gunichar jb_scan_peek(const jb_value_scan *s);
void jb_scan_step(jb_value_scan *s);
bool jb_scan_take(jb_value_scan *s, const char *text);
void jb_scan_skip_blanks(jb_value_scan *s);
/* Reads sign, currency and number, in figures or Chinese numerals (also 百分之三). False when none begins
 * here. Sets s->bad or s->code, and moves behind the figures, when it begins like one. */
bool jb_scan_number(jb_value_scan *s, jb_figure *figure);
/* mantissa / 10^decimals, exact in the last bit for digits <= 15. */
double jb_decimal(guint64 mantissa, int decimals);

/* ---- value_words.c ---- */

/* Takes words before the number, as many as there are. */
void jb_scan_before(jb_value_scan *s);
/* Takes one word behind it (左右, 以内, 余, （预计）, ①). */
bool jb_scan_behind(jb_value_scan *s);
/* The end of the text without footnote marks and blanks. */
const char *jb_scan_without_notes(const char *start, const char *end);
/* —, 暂无, N/A; *broken: a spreadsheet's error value. */
bool jb_scan_is_missing(const char *text, size_t length, bool *broken);
/* 与上年持平; *year: the year named, or 0. */
bool jb_scan_is_same(const char *text, size_t length, int *year);

/* ---- value_odd.c ---- */

/* Dates, times, ratios, ordinals: texts although they are made of digits. */
bool jb_scan_is_dated(const char *text, const char *end);
/* Nothing but digits and what stands in numbers: somebody meant one. */
bool jb_scan_looks_numeric(const char *text, const char *end);

#endif
