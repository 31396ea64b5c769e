/* Names without what stands before them. jb_name_split is in input/dataset.h. */
#ifndef JB_INPUT_NAME_H
#define JB_INPUT_NAME_H

/* Where the name proper begins inside `name`: behind ordinals (一、 （一） 1. 1.1 ①) and signs (▲ ●). A name
 * of nothing else is its own core. Numbers that are part of a name stay: 5G 基站, 1.5 度电. */
const char *jb_name_core(const char *name);
/* Blanks before the name in half-em columns: an ideographic blank is 2, a tab 4. Levels come from comparing
 * the rows of one table; one name alone cannot tell them. */
int jb_name_indent(const char *text);

#endif
