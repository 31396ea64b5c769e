/* Composite marks: bullet, variance, dumbbell, slope, waterfall, kpi, sparkline. Each measures itself, which says subtitle, keys and note,
 * then draws below them. Internal to charts/. */
#ifndef JB_CHARTS_COMPOSITE_H
#define JB_CHARTS_COMPOSITE_H

#include <math.h>

#include "charts/plot.h"
#include "charts/spark.h"

enum { JB_MOST_BANDS = 4, JB_MOST_KEYS = 24 };

typedef enum jb_variance_mode {
    JB_VARIANCE_AUTO, /* rates and totals of one unit absolute, totals of several units relative */
    JB_VARIANCE_ABSOLUTE,
    JB_VARIANCE_RELATIVE,
    JB_VARIANCE_BOTH
} jb_variance_mode;

typedef struct jb_named {
    const char *text; /* NULL when not said */
    jb_pos pos;
} jb_named;

/* What a specification says of composite marks only. */
typedef struct jb_composite {
    jb_named plan, actual, previous, highlight;
    jb_variance_mode variance;
    jb_better better; /* of all rows; UNKNOWN: as each row's indicator says */
    bool plain, toned; /* variances in the ink of results, or good and bad; neither said: as the theme has it */
    jb_sort order;    /* of variances, whose rows are put in order by what is worked out */
    double bands[JB_MOST_BANDS]; /* percent of the plan, rising */
    unsigned band_count;
    jb_named *totals, *trend;
    unsigned total_count, trend_count;
    jb_spark_form form; /* of sparklines */
} jb_composite;

/* composite_spec.c: the properties of all marks, and those of a composite one. A property that the mark has no use for is an
 * error that names both. */
const char *const *jb_composite_known(size_t *count);
enum { JB_MARKS = JB_MARK_SPARKLINE + 1 };
extern const char *const jb_mark_names[JB_MARKS];
static inline const char *jb_composite_name(jb_mark mark) { return jb_mark_names[mark]; }
jb_status jb_composite_read(jb_context *ctx, jb_arena *arena, jb_spec *spec);

/* ---- keys ---- */

typedef enum jb_key_kind {
    JB_KEY_AC,
    JB_KEY_PL,
    JB_KEY_PL_OPEN, /* the outline alone */
    JB_KEY_PY_TICK,
    JB_KEY_SERIES, /* as `series` is filled */
    JB_KEY_BAND,   /* a ground, `index` counts from the darkest */
    JB_KEY_GOOD,
    JB_KEY_BAD,
    JB_KEY_NEUTRAL,
    JB_KEY_ZERO,    /* the ring of no difference */
    JB_KEY_APPROX,  /* a variance's dashed end */
    JB_KEY_PL_AXIS, /* double line */
    JB_KEY_PY_AXIS,
    JB_KEY_CUT,
    JB_KEY_DISC,
    JB_KEY_RING,
    JB_KEY_KIND /* how a kind of value ends in bars */
} jb_key_kind;

typedef struct jb_key {
    jb_key_kind kind;
    const char *label;
    unsigned index;      /* of a band, or the jb_value_kind of KIND */
    jb_scenario scenario; /* of SERIES and KIND */
} jb_key;

void jb_key_add(jb_plot *plot, jb_key_kind kind, const char *label, unsigned index, jb_scenario scenario);
double jb_keys_draw(jb_plot *plot, double y, bool draw);
/* Keys for the kinds of values that a series' bars show. */
void jb_keys_of_kinds(jb_plot *plot, unsigned series);

/* ---- what measuring finds ---- */

typedef struct jb_composed {
    const char *subtitle, *note; /* or NULL */
    jb_key keys[JB_MOST_KEYS];
    unsigned key_count;
    const char *alt;             /* what the data say; the rest follows from what is drawn */
    bool rows;                   /* rows could stand in columns */
    int plan, actual, previous;  /* columns, or -1 */
    void *mine;                  /* the mark's own, in the arena */
} jb_composed;

jb_status jb_composite_measure(jb_plot *plot);
jb_status jb_composite_draw(jb_plot *plot, double top, double height, double *bottom);
/* alt_composite.c: before the mark turns the data to its own, and when all is drawn. */
const char *jb_composite_alt_begin(jb_plot *plot);
const char *jb_composite_alt(jb_plot *plot);

/* ---- rows: names at the left, a panel for each unit, panels in columns ---- */

typedef struct jb_rows {
    jb_plot *p;
    /* said by the mark before jb_rows_measure */
    double pitch;             /* least height of a row */
    double foot;              /* room under each panel's rows */
    double over;              /* room over the first panel's rows, under its head */
    double least;             /* width from which on panels stand in two columns */
    unsigned panels;          /* the first so many of the plot's */
    const char *const *heads; /* one a panel, or NULL: no heads */
    const double *weights;    /* of panels' widths, or NULL */
    const double *fields;     /* the least width of panels' fields, or NULL: names, then columns give way to them */
    /* found */
    jb_label *names; /* one a category */
    double *y, *height;
    unsigned *column; /* one a panel */
    double *column_x, *column_width, *name_width; /* one a column */
    unsigned columns;
    double head; /* its height */
    bool above;  /* fields are so narrow that names stand over their rows */
} jb_rows;

/* Names, heights and columns; x of panels' fields, which the plot's panels then have in x and width. */
void jb_rows_measure(jb_rows *rows);
/* Finds y and height of rows and panels; returns the height used. */
double jb_rows_place(jb_rows *rows, double top);
/* Heads, names and hairlines of a panel. */
void jb_rows_draw(const jb_rows *rows, unsigned panel);
/* Of what is drawn in the row. */
static inline double jb_rows_middle(const jb_rows *rows, unsigned category) {
    return rows->y[category] + rows->height[category] - (rows->above ? rows->pitch : rows->height[category]) / 2;
}

/* ---- shared drawing ---- */

typedef struct jb_field {
    double zero, factor; /* x of zero, pt a unit */
} jb_field;
/* From `left` on, `room` wide; halves, since the range of the largest numbers is no number. */
static inline jb_field jb_field_new(double left, double room, double low, double high) {
    double half = high / 2 - low / 2, factor = half > 0 ? MAX(room, 1) / half / 2 : 0;
    if (!isfinite(factor)) factor = 0;
    return (jb_field){left - low * factor, factor};
}
static inline double jb_field_at(jb_field field, double value) { return field.zero + value * field.factor; }

/* One line of text with its middle at y, recorded for the dump. */
void jb_text_put(jb_plot *plot, unsigned panel, const jb_label *label, double x, double y, char anchor);
/* The dash of a missing value and its words, from x on. */
void jb_missing_put(jb_plot *plot, unsigned panel, double x, double y);
/* A label of a value, bold or not whatever its series. */
jb_label jb_value_text(jb_plot *plot, const jb_value *value, bool bold);
/* A number that is worked out, with so many decimals; the largest with an exponent. */
void jb_digits_append(GString *out, double value, int decimals, bool sign);
/* A change with its sign; 约 before it when it is approximate. */
const char *jb_change_text(jb_plot *plot, double change, int decimals, bool approximate);
const char *jb_worded(jb_plot *plot, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* How good a change is. */
typedef enum jb_tone { JB_TONE_NEUTRAL, JB_TONE_GOOD, JB_TONE_BAD } jb_tone;
jb_tone jb_tone_of(const jb_plot *plot, unsigned row, double change);
/* Better solid, worse outlined: as the chart says, else as the theme has it. */
bool jb_tones_plain(const jb_plot *plot);
jb_colour jb_tone_colour(const jb_plot *plot, jb_tone tone);
/* A bar of a change; horizontal or upright as jb_bar_draw. */
void jb_delta_draw(jb_plot *plot, bool horizontal, jb_tone tone, double along, double end, double across, double thick,
                   bool approximate);

/* Points of dumbbells and slopes: a disc, or a ring on the paper's colour; approximate ones dashed. Bounds carry an arrow in the
 * direction that `dx`, `dy` point to, where the true value may be. */
void jb_dot_draw(jb_plot *plot, const jb_value *value, double x, double y, double radius, bool ring, jb_colour ink);
void jb_dot_arrow(jb_plot *plot, const jb_value *value, double x, double y, double radius, bool horizontal, jb_colour ink);

/* Names of rows for a note: at most five, then how many more. */
void jb_note_names(GString *out, const char *const *names, unsigned count);

jb_status jb_bullet_measure(jb_plot *plot);
double jb_bullet_draw(jb_plot *plot, double top, double height);
jb_status jb_variance_measure(jb_plot *plot);
double jb_variance_draw(jb_plot *plot, double top, double height);
jb_status jb_dumbbell_measure(jb_plot *plot);
double jb_dumbbell_draw(jb_plot *plot, double top, double height);
jb_status jb_slope_measure(jb_plot *plot);
double jb_slope_draw(jb_plot *plot, double top, double height);
jb_status jb_kpi_measure(jb_plot *plot);
double jb_kpi_draw(jb_plot *plot, double top, double height);
jb_status jb_waterfall_measure(jb_plot *plot);
double jb_waterfall_draw(jb_plot *plot, double top, double height);
jb_status jb_sparkline_measure(jb_plot *plot);
double jb_sparkline_draw(jb_plot *plot, double top, double height);

#endif
