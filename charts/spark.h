/* Sparklines: lines or bars of a word's size over one row's values, on a scale of its own (visual specification, section 3).
 * The mark `sparkline`, tiles and cells of tables draw them alike. */
#ifndef JB_CHARTS_SPARK_H
#define JB_CHARTS_SPARK_H

#include "charts/style.h"
#include "input/dataset.h"

#define JB_SPARK_HEIGHT 9.0 /* pt, in a cell */

typedef enum jb_spark_form { JB_SPARK_LINE, JB_SPARK_BAR } jb_spark_form;

typedef struct jb_spark {
    jb_spark_form form;
    const jb_value *values; /* oldest first */
    const bool *expected;   /* one a value: what is planned or forecast; or NULL */
    unsigned count;
} jb_spark;

/* "line" or "bar"; false when it is neither. */
bool jb_spark_form_of(const char *word, jb_spark_form *form);
/* How wide one stands in a cell, pt. */
double jb_spark_width(jb_spark_form form, unsigned count);
/* False when no value is a number: nothing would be drawn. */
bool jb_spark_any(const jb_spark *spark);
/* Draws into a box. Missing values and words are gaps; what is no plain number, or expected, is hollow or dashed. Bars stand
 * on zero; lines reach from the row's lowest value to its highest. */
void jb_spark_draw(jb_scene *scene, const jb_chart_style *style, const jb_spark *spark, const double box[4]);
/* True for a column of plans or forecasts, also when it holds no number. */
bool jb_column_is_expected(const jb_dataset *data, unsigned column);

#endif
