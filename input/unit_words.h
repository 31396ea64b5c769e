/* The words that units are made of. */
#ifndef JB_INPUT_UNIT_WORDS_H
#define JB_INPUT_UNIT_WORDS_H

#include "input/unit.h"

enum { JB_UNIT_FACTORS = 13 }; /* none, 十, 百, 千, 万, 十万, 百万, 千万, 亿, 十亿, 百亿, 千亿, 万亿 */

/* A base unit and its names with each factor before it, so that a cell's unit is a static string. */
typedef struct jb_unit_word {
    const char *names[JB_UNIT_FACTORS];
    size_t length; /* of names[0]; 0 ends the table */
    jb_quantity quantity;
    double scale;
    bool ordinal; /* in a cell it makes an ordinal or a date of the number before it */
} jb_unit_word;

extern const jb_unit_word jb_unit_words[];
extern const char *const jb_unit_compounds[]; /* everyday compounds; NULL ends the list */

#endif
