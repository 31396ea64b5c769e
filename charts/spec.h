/* What a chart block asks for. */
#ifndef JB_CHARTS_SPEC_H
#define JB_CHARTS_SPEC_H

#include "input/node.h"

typedef enum jb_mark {
    JB_MARK_BAR,
    JB_MARK_LINE,
    JB_MARK_BULLET, /* from here on composite marks, which stand alone: charts/composite.h */
    JB_MARK_VARIANCE,
    JB_MARK_DUMBBELL,
    JB_MARK_SLOPE,
    JB_MARK_WATERFALL,
    JB_MARK_KPI,
    JB_MARK_SPARKLINE
} jb_mark;
static inline bool jb_mark_is_composite(jb_mark mark) { return mark >= JB_MARK_BULLET; }
typedef enum jb_orient { JB_ORIENT_AUTO, JB_ORIENT_HORIZONTAL, JB_ORIENT_VERTICAL } jb_orient;
typedef enum jb_sort { JB_SORT_NONE, JB_SORT_ASCENDING, JB_SORT_DESCENDING } jb_sort;

typedef struct jb_spec_y {
    jb_mark mark;
    const char *column;
    jb_pos pos;
    bool right; /* on the axis at the right */
} jb_spec_y;
enum { JB_LABEL_AUTO = -1 };

typedef struct jb_spec {
    const jb_node *node;
    const char *data, *x, *where, *unit;
    jb_pos data_pos, x_pos, where_pos;
    jb_spec_y *y;
    unsigned y_count;
    const char *title, *headline, *subtitle, *note, *source;
    jb_orient orient;
    jb_sort sort;
    bool rate;     /* completion rates instead of values, drawn with `mark` */
    jb_mark mark;  /* what `mark:` says */
    bool zero;     /* lines: the axis begins at zero */
    int label_power; /* labels of value axes are in ten to this power of the unit: 0, 4, 8, 12, or JB_LABEL_AUTO */
    bool patterns; /* bars are filled with patterns */
    const char *highlight; /* bars and lines: the category or the column to stand out; NULL when not said */
    jb_pos highlight_pos;
    double width, height; /* pt, 0 when not said */
    struct jb_composite *composite; /* what only composite marks have; else NULL */
} jb_spec;

/* Reads a specification. Unknown properties and wrong types are errors with their place. */
jb_status jb_spec_read(jb_context *ctx, jb_arena *arena, const jb_node *node, jb_spec *spec);

#endif
