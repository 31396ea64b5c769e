/* Charts in Vega-Lite's words (docs/vega-lite.md): specification to a tree of views, data to rows a unit,
 * scales, panels, marks. Internal to charts/; the door is jb_vl_is and jb_vl_build. */
#ifndef JB_CHARTS_VL_H
#define JB_CHARTS_VL_H

#include <string.h>

#include "charts/plot.h"
#include "charts/vl_keys.h"
#include "charts/vl_scheme.h"
#include "charts/vl_table.h"
#include "charts/vl_transform.h"

typedef enum jb_vl_type { JB_VL_TYPE_NONE, JB_VL_Q, JB_VL_T, JB_VL_O, JB_VL_N } jb_vl_type;

enum {
    JB_VL_X,
    JB_VL_Y,
    JB_VL_X2,
    JB_VL_Y2,
    JB_VL_XOFFSET,
    JB_VL_YOFFSET,
    JB_VL_COLOR,
    JB_VL_OPACITY,
    JB_VL_DASH,
    JB_VL_SHAPE,
    JB_VL_SIZE,
    JB_VL_STROKE, /* strokeWidth */
    JB_VL_SCALED, /* the channels above have scales */
    JB_VL_WORDS = JB_VL_SCALED,
    JB_VL_ORDER,
    JB_VL_ROW,
    JB_VL_COLUMN,
    JB_VL_FACET,
    JB_VL_DETAIL,
    JB_VL_TIP = JB_VL_DETAIL + 4, /* tooltip: draws nothing, but parts what is aggregated */
    JB_VL_CHANNELS = JB_VL_TIP + 8
};

/* A channel of an encoding. Nodes are NULL where the specification says nothing. */
typedef struct jb_vl_def {
    const jb_node *node; /* NULL: the channel is not there */
    const char *field;
    bool has_datum, has_value;
    jb_vl_cell constant; /* datum or value */
    jb_vl_type type;
    jb_vl_op op;
    const jb_node *bin; /* a map, or `true` */
    bool binned;        /* the data is binned already */
    unsigned unit;      /* timeUnit, or 0 */
    const char *arg;    /* of argmin and argmax: the field that is least, largest */
    int arg_column;
    double band; /* bandPosition, 0 to 1; NAN: not said */
    /* axis and legend with what config says of them, which is said again where a scale has several uses */
    const jb_node *stack, *sort, *impute, *scale, *axis, *legend, *header, *title, *format, *condition;
    /* after jb_vl_encode: columns of the unit's rows; `end` of a bin, time unit or stack; -1 for none */
    int column, end;
    int own; /* what `column` was before a stack: values as written */
    jb_vl_bins bins;
} jb_vl_def;

typedef enum jb_vl_mark {
    JB_VL_BAR,
    JB_VL_LINE,
    JB_VL_AREA,
    JB_VL_POINT,
    JB_VL_CIRCLE,
    JB_VL_SQUARE,
    JB_VL_RULE,
    JB_VL_LABEL,
    JB_VL_TICK,
    JB_VL_RECT
} jb_vl_mark;

typedef struct jb_vl_unit {
    const jb_node *mark_node; /* the map, or NULL */
    jb_pos pos;
    jb_vl_mark mark;
    bool filled; /* a point with a channel fill */
    char orient; /* 'v', 'h', or 0 */
    jb_vl_def def[JB_VL_CHANNELS];
    bool turned;        /* x and y have changed places: vl_turn.c */
    char stack;         /* 0, 'z'ero, 'n'ormalize, 'c'entre */
    int stacked;        /* JB_VL_X or JB_VL_Y */
    int stacked_column; /* of the values that were stacked */
    jb_vl_table *raw;   /* before aggregation */
    jb_vl_table *table; /* what is drawn */
    int facet[3];       /* columns of `table` by which rows, columns, wrapped facets part; -1 */
} jb_vl_unit;

typedef enum jb_vl_shape { JB_VL_UNIT, JB_VL_LAYER, JB_VL_CONCAT, JB_VL_FACETED } jb_vl_shape;

typedef struct jb_vl_view jb_vl_view;
struct jb_vl_view {
    jb_vl_shape shape;
    const jb_node *node;
    jb_vl_view *parent;
    jb_vl_unit *unit;
    unsigned count, columns; /* of children; columns in which CONCAT and facets stand */
    unsigned panels;         /* of FACETED, once collected */
    jb_vl_view **child;
    jb_vl_def row, column, wrap; /* FACETED */
    double width, height;        /* pt; 0: not said */
    double step_x, step_y;       /* pt a category; 0: not said */
    double gap_x, gap_y;         /* between children, pt; below 0: not said */
};

typedef struct jb_vl_reader {
    jb_context *ctx;
    jb_arena *arena;
    jb_store *store;
    jb_plot *plot; /* keeps the notes */
    const jb_node *datasets, *config;
    jb_status status;
    unsigned units; /* read so far */
} jb_vl_reader;

/* vl_spec.c: the tree; what is not supported is an error with its place. */
jb_vl_view *jb_vl_read(jb_vl_reader *reader, const jb_node *node);
/* vl_unit.c: mark and channels of one view; a channel of row, column or facet by itself. */
jb_vl_unit *jb_vl_unit_read(jb_vl_reader *reader, const jb_node *node, const jb_node *encoding);
void jb_vl_def_read(jb_vl_reader *reader, jb_vl_def *def, const jb_node *node, int channel);
extern const char *const jb_vl_channel_names[JB_VL_CHANNELS];
bool jb_vl_mark_uses(const char *mark, const char *key);
bool jb_vl_discrete(const jb_vl_def *def);
/* vl_config.c: what `config` says, under what the view says itself. Sections are checked once. */
void jb_vl_config_check(jb_vl_reader *reader);
const jb_node *jb_vl_config_mark(jb_vl_reader *reader, const char *mark, const jb_node *own);
void jb_vl_config_guides(jb_vl_reader *reader, jb_vl_unit *unit);
const jb_node *jb_vl_config_header(jb_vl_reader *reader, int channel, const jb_node *own);
/* A number of a section, as config.scale.minSize. */
bool jb_vl_config_number(const jb_vl_reader *reader, const char *section, const char *key, double *value);
/* vl_composite.c: boxplot, errorbar and errorband as the layers that Vega-Lite makes of them; NULL for
 * another mark. */
void jb_vl_node_json(const jb_node *node, GString *out); /* a specification, or data, as JSON */
const jb_node *jb_vl_composite(jb_vl_reader *reader, const jb_node *node, const jb_node *encoding);

/* Keeps a note once. */
void jb_vl_note(jb_vl_reader *reader, jb_pos pos, const char *text);
/* vl_data.c: the data of a view; NULL and an error when there is none. */
jb_vl_table *jb_vl_load(jb_vl_reader *reader, const jb_node *data, jb_pos pos);
jb_vl_host jb_vl_host_of(jb_vl_reader *reader);
/* vl_figures.c: texts of a quantitative field as the figures they say; what is no plain number is told. */
void jb_vl_figures(jb_vl_reader *reader, jb_vl_table *table, const jb_vl_unit *unit, int channel, int to);
/* Has the unit figures in the rows of the table that look otherwise than plain ones? */
bool jb_vl_has_figures(const jb_vl_unit *unit, const jb_vl_table *table);
/* vl_encode.c: loads and transforms the data of all units, and encodes: bins, time units, aggregates,
 * imputes, stacks. */
void jb_vl_encode(jb_vl_reader *reader, jb_vl_view *root);

typedef enum jb_vl_scale_type {
    JB_VL_LINEAR,
    JB_VL_LOG,
    JB_VL_SYMLOG,
    JB_VL_SQRT,
    JB_VL_POW,
    JB_VL_TIME,
    JB_VL_QUANTIZE, /* the four that make classes, of colours only */
    JB_VL_QUANTILE,
    JB_VL_THRESHOLD,
    JB_VL_BIN_ORDINAL,
    JB_VL_ORDINAL,
    JB_VL_BAND,
    JB_VL_POINTS
} jb_vl_scale_type;

typedef struct jb_vl_use {
    jb_vl_unit *unit;
    int channel; /* X2 and Y2 use the scale of X and Y */
    const jb_vl_table *table;
} jb_vl_use;

typedef struct jb_vl_scale {
    int channel;
    GArray *uses; /* jb_vl_use */
    jb_vl_scale_type type;
    double low, high; /* continuous: the domain */
    GArray *names;    /* jb_vl_cell: the domain of ordinal, band, point */
    double from, to;  /* range, pt or shares */
    double inner, outer, align, exponent, base, constant;
    bool reverse, zero, nice, clamp, built;
    double nice_count;     /* ticks that a nice domain is made for */
    const char *nice_unit; /* of time, or NULL */
    double *stops;         /* a domain of more than two values: where the stops of a palette stand */
    unsigned stop_count;
    double *cuts; /* bounds between classes */
    unsigned cut_count;
    jb_vl_palette *palette;   /* NULL: the theme's */
    double out_low, out_high; /* range of sizes, opacities, widths; NAN: the mark's own */
    const jb_vl_def *lead;    /* whose options count */
    const jb_node *node;      /* the scale options, or NULL */
} jb_vl_scale;

static inline void jb_vl_failed(jb_vl_reader *reader, jb_status status) {
    if (status != JB_OK) reader->status = status;
}

static inline const jb_vl_use *jb_vl_use_at(const jb_vl_scale *scale, guint i) {
    return &g_array_index(scale->uses, jb_vl_use, i);
}
static inline const jb_vl_def *jb_vl_use_def(const jb_vl_use *use) { return &use->unit->def[use->channel]; }
static inline bool jb_vl_scale_places(const jb_vl_scale *scale) {
    return scale->channel == JB_VL_X || scale->channel == JB_VL_Y;
}

/* vl_scale.c */
jb_vl_scale *jb_vl_scale_new(jb_arena *arena, int channel);
/* Type, domain and padding from the uses; range is set by the layout before jb_vl_scale_nice. */
void jb_vl_scale_build(jb_vl_reader *reader, jb_vl_scale *scale);
void jb_vl_scale_range(jb_vl_reader *reader, jb_vl_scale *scale, double from, double to);
bool jb_vl_scale_discrete(const jb_vl_scale *scale);
/* Where a value stands; NAN when it is not of the domain. Of a band its begin. */
double jb_vl_scale_map(const jb_vl_scale *scale, jb_vl_cell value);
double jb_vl_scale_bandwidth(const jb_vl_scale *scale);
double jb_vl_scale_step(const jb_vl_scale *scale);
int jb_vl_scale_index(const jb_vl_scale *scale, jb_vl_cell value);
/* 0 to 1 over the domain, in the scale's own measure; of a list by its number. */
double jb_vl_scale_share(const jb_vl_scale *scale, jb_vl_cell value);
/* What a use says of its scale, the first that says it. */
const jb_node *jb_vl_scale_option(const jb_vl_scale *scale, const char *key);
bool jb_vl_scale_option_number(jb_vl_reader *reader, const jb_vl_scale *scale, const char *key, double *value);
/* vl_domain.c: the values of categories, sorted; the two ends of what is counted. */
void jb_vl_domain_names(jb_vl_reader *reader, jb_vl_scale *scale);
void jb_vl_domain_ends(jb_vl_reader *reader, jb_vl_scale *scale);
/* vl_scale_options.c */
const char *jb_vl_scale_type_name(jb_vl_scale_type type);
bool jb_vl_scale_type_named(const char *name, jb_vl_scale_type *type);
void jb_vl_scale_check(jb_vl_reader *reader, const jb_vl_scale *scale);
/* The bounds of a scale that makes classes. */
void jb_vl_scale_cut(jb_vl_reader *reader, jb_vl_scale *scale, const jb_node *domain, const jb_node *range);
/* vl_colour.c: what a scale gives that is no place. */
void jb_vl_palette_build(jb_vl_reader *reader, jb_vl_scale *scale);
void jb_vl_scale_output(jb_vl_reader *reader, jb_vl_scale *scale);
void jb_vl_range_check(jb_vl_reader *reader, const jb_vl_scale *scale);
jb_colour jb_vl_colour_of(const jb_plot *plot, const jb_vl_scale *scale, jb_vl_cell value, bool line);
unsigned jb_vl_scale_class(const jb_vl_scale *scale, double value);
double jb_vl_scale_number(const jb_vl_scale *scale, jb_vl_cell value, double low, double high);
void jb_vl_scale_dash(const jb_vl_scale *scale, unsigned i, double dash[4]);
char jb_vl_scale_shape(const jb_vl_scale *scale, unsigned i);
char jb_vl_shape_named(const char *name); /* 0: none */
/* vl_ticks.c: d3's ticks of a continuous scale, for about `wanted`; and a nice domain. */
GArray *jb_vl_ticks(const jb_vl_scale *scale, double wanted, double least, double *step);
void jb_vl_nice(double *low, double *high, double wanted);
/* The label of a value on a scale; `step` is the distance of ticks. */
const char *jb_vl_label(jb_vl_reader *reader, const jb_vl_def *def, jb_vl_cell value, double step,
                        double most, const jb_node *format);

/* vl_words.c: 万 or 亿 as a number, for labels `step` apart up to `most`; a figure in such a unit; the title
 * that says the unit, NULL when that would not be clear. */
double jb_vl_label_unit(double step, double most);
const char *jb_vl_number_label(jb_vl_reader *reader, double value, double step, double unit);
const char *jb_vl_title_unit(jb_vl_reader *reader, const char *title, double unit);

/* The label of a value of a time unit that its axis names: "1" of 一季度; NULL when there is no shorter one. */
const char *jb_vl_label_short(jb_vl_reader *reader, const jb_vl_def *def, jb_vl_cell value);
/* What all short labels leave out, for the title: "季度"; "" when they need nothing. */
const char *jb_vl_short_unit(const jb_vl_def *def);

/* Is a title a unit alone, as 亿元? */
bool jb_vl_bare_unit(const char *text);

typedef struct jb_vl_tick {
    double at; /* pt in the panel */
    jb_vl_cell value;
    const char *label;
} jb_vl_tick;

typedef struct jb_vl_axis {
    char side; /* 'l', 'r', 't', 'b' */
    const jb_vl_scale *scale;
    GArray *ticks; /* jb_vl_tick */
    const char *title;
    bool grid, labels, marks, line;
    bool hidden;     /* a neighbour shows it: its grid only is drawn */
    double over;       /* how far labels may stand over the ends of a level axis, pt */
    double title_room; /* pt; longer titles wrap */
    double title_at; /* the middle of the title of a level axis, the right end of that at the right, pt in the chart; NAN: as the plot */
    double room;
    double step;            /* between ticks, 0: none */
    const char *unit_title; /* says the unit of the labels; NULL: they need none */
    const char *said;       /* the title before neighbours took it */
    const char **titles;    /* those of layers that share the axis, when `title` joins several */
    unsigned title_count;
} jb_vl_axis;

/* What was drawn, for the dump: a vertex of a line or area, or a whole mark; pt in the panel. */
typedef struct jb_vl_item {
    const char *type;
    unsigned layer;
    double box[4];
    const char *x, *y, *series, *text;
    const char *more[JB_VL_SCALED]; /* of channels but x, y, color, in their order; NULL: none */
} jb_vl_item;

typedef struct jb_vl_panel {
    const jb_vl_view *view; /* UNIT or LAYER */
    unsigned units;
    jb_vl_unit **unit;
    jb_vl_table **table;                 /* rows of each unit that stand here */
    jb_vl_scale *(*scale)[JB_VL_SCALED]; /* of each unit */
    jb_vl_axis axis[4];
    unsigned axes;
    double x, y, width, height; /* of the plot, pt in the chart */
    const char *title;
    const char *above, *beside; /* heads: over the plot, at the left of its row; NULL: none */
    double head_room; /* the width of the head over it, pt */
    double above_up,
        title_up; /* baselines of the head's last line and of titles of upright axes, pt over the plot */
    double beside_x;
    GArray *items; /* jb_vl_item */
} jb_vl_panel;

/* Where the line of a series ends, pt in the chart; `at`: where its name stands. */
typedef struct jb_vl_end {
    bool there;
    double x, y, at;
    jb_colour colour;
    unsigned name;
} jb_vl_end;

typedef struct jb_vl_chart {
    jb_vl_reader reader;
    jb_plot *plot;
    jb_vl_view *root;
    GPtrArray *panels;           /* jb_vl_panel */
    GPtrArray *scales;           /* jb_vl_scale */
    double wide; /* the room there was, pt; the chart may take less */
    double stretch;              /* of heights that nobody said */
    double fit_width, fit_height; /* of sizes said with `autosize: fit`, what stands round the plot */
    double shrink;               /* of widths, where plots side by side have no room; else 1 */
    struct jb_vl_labels *labels; /* NULL: there are no text marks */
    const char *left_out;        /* labels that found no place, the first of them; NULL: none */
    unsigned left_out_count;
    const char *alt;
    bool unit_said;            /* the head says what all is counted in */
    const jb_vl_scale *direct; /* colours whose names stand at the ends of the lines; else NULL */
    double direct_room;
    jb_vl_end ends[6];
} jb_vl_chart;

/* Builds the chart over the plot's scene; sets its height and the chart's texts. */
jb_status jb_vl_build(jb_plot *plot, const jb_node *node, jb_store *store, jb_chart *chart);
void jb_vl_free(jb_vl_chart *chart);
void jb_vl_dump(const jb_vl_chart *chart, GString *out);

/* vl_alt.c: what the chart says in words. */
const char *jb_vl_alt(jb_vl_chart *chart, const char *title, const char *description);

/* vl_layout.c: panels with their rows, scales with their domains. */
void jb_vl_collect(jb_vl_chart *chart);
/* vl_rows.c: where each plot stands, from 0, 0, in a width, and in a height when that is above 0; what of
 * them is used. */
void jb_vl_place_panels(jb_vl_chart *chart, double width, double height, double *used_width,
                        double *used_height);
/* Sets the scales to the plot's size: panels of other sizes may share them. */
void jb_vl_panel_ranges(jb_vl_chart *chart, jb_vl_panel *panel);
void jb_vl_move_panels(jb_vl_chart *chart, double down);
/* vl_heads.c: the room of the axes on a side; the width that titles over a plot of each kind have, at `least`; what stands over a
 * plot and below it; of the head all lines but the last (below 0: there is none); baselines over the plot, of which the level
 * axis takes `top` and the highest head of its row `lines`, and the room they take; the head at the left of a row. */
#define JB_VL_TITLE_GAP 4.0
static inline bool jb_vl_axis_level(const jb_vl_axis *axis) { return axis->side == 'b' || axis->side == 't'; }
static inline bool jb_vl_axis_titled(const jb_vl_axis *axis) { return axis->title && !axis->hidden; }
double jb_vl_axes_room(jb_vl_chart *chart, jb_vl_panel *panel, char side, double size);
void jb_vl_title_rooms(jb_vl_panel *panel, double least, double level_room, double upright_room, double both_room);
double jb_vl_title_width(jb_vl_chart *chart, const jb_vl_axis *axis);
double jb_vl_room_above(jb_vl_chart *chart, jb_vl_panel *panel);
double jb_vl_room_below(jb_vl_chart *chart, jb_vl_panel *panel);
double jb_vl_head_lines(jb_vl_chart *chart, const jb_vl_panel *panel);
double jb_vl_heads(jb_vl_chart *chart, jb_vl_panel *panel, bool faceted, double top, double lines);
double jb_vl_beside_height(jb_vl_chart *chart, const jb_vl_panel *panel);
jb_label jb_vl_head_above(jb_vl_chart *chart, const jb_vl_panel *panel);
jb_label jb_vl_head_beside(jb_vl_chart *chart, const jb_vl_panel *panel);
/* vl_guides.c: the lines of an axis' title. */
jb_label jb_vl_axis_title(jb_vl_chart *chart, const jb_vl_axis *axis);
/* vl_turn.c */
bool jb_vl_turn_wanted(jb_vl_chart *chart);
void jb_vl_turn(jb_vl_chart *chart);
/* Are there names of the axis that have no place? */
bool jb_vl_axis_crowded(jb_vl_chart *chart, const jb_vl_axis *axis);
/* How far labels beside an upright axis of `size` stand over its ends, pt. */
void jb_vl_axis_over(jb_vl_chart *chart, const jb_vl_axis *axis, double size, double *above, double *below);
/* The lines that the longest name beside an upright axis takes. */
unsigned jb_vl_name_lines(jb_vl_chart *chart, const jb_vl_scale *scale);
/* vl_direct.c: sets `direct` when the names of lines stand at their ends; takes a vertex of a line; draws. */
void jb_vl_direct_plan(jb_vl_chart *chart);
void jb_vl_direct_end(jb_vl_chart *chart, jb_vl_cell name, double x, double y, jb_colour colour);
void jb_vl_direct_draw(jb_vl_chart *chart);
/* vl_labels.c: words of text marks, and what stands in their way; pt in the chart. All but new and free do
 * nothing without labels. */
typedef struct jb_vl_labels jb_vl_labels;
jb_vl_labels *jb_vl_labels_new(void);
void jb_vl_labels_free(jb_vl_labels *labels);
/* A bar or point; `level`: the bar lies. */
void jb_vl_labels_mark(jb_vl_labels *labels, double x1, double y1, double x2, double y2, char kind,
                       bool level, jb_colour colour);
/* The last bar is paler at its end for so long; `back`: it grows to the left, or down. */
void jb_vl_labels_soft(jb_vl_labels *labels, double length, bool back);
/* A stretch of a line. */
void jb_vl_labels_edge(jb_vl_labels *labels, double x1, double y1, double x2, double y2, double width);
/* A label of an axis, drawn at x, y with an anchor. */
void jb_vl_labels_guide(jb_vl_labels *labels, const jb_label *label, double x, double y, char anchor);
/* The words of the panel's last item: anchor, left end and baseline as said in `at`. */
void jb_vl_labels_add(jb_vl_labels *labels, jb_vl_panel *panel, const jb_label *label, jb_pos pos,
                      const double at[4], bool coloured);
void jb_vl_labels_draw(jb_vl_chart *chart, const jb_box *frame);
/* vl_marks.c, vl_guides.c */
void jb_vl_draw_marks(jb_vl_chart *chart, jb_vl_panel *panel);
void jb_vl_axis_make(jb_vl_chart *chart, jb_vl_panel *panel, jb_vl_axis *axis, double size);
double jb_vl_axis_measure(jb_vl_chart *chart, jb_vl_axis *axis, double size);
void jb_vl_axis_draw(jb_vl_chart *chart, jb_vl_panel *panel, const jb_vl_axis *axis, bool below);
typedef struct jb_vl_size {
    double width, height;
} jb_vl_size;
/* The legends of one side, 't', 'b' or 'r', from x on, the first line around y, within a width; what they take. */
jb_vl_size jb_vl_legends_draw(jb_vl_chart *chart, char side, double x, double y, double width, bool draw);
const char *jb_vl_title_of(jb_vl_reader *reader, const jb_vl_def *def);
/* The titles that the layers of a panel have for an axis, as Vega-Lite merges them: those said go before those of
 * fields, and null before those. */
const char **jb_vl_axis_titles(jb_vl_reader *reader, const jb_vl_panel *panel, const jb_vl_scale *scale, unsigned *count);
/* The first `shown` of them in one text, which says how many there are when that is not all. */
const char *jb_vl_titles_join(jb_vl_reader *reader, const char *const *title, unsigned count, unsigned shown);
/* Colour number i of a list, of a unit's mark. */
jb_colour jb_vl_colour_nth(const jb_plot *plot, const jb_vl_scale *scale, unsigned i, bool line);
jb_colour jb_vl_colour_ramp(const jb_plot *plot, const jb_vl_scale *scale, double share);
void jb_vl_symbol(jb_plot *plot, char shape, double x, double y, double area, const jb_paint *paint);
extern const double jb_vl_dashes[5][4];
static inline bool jb_vl_says(const jb_node *map, const char *key, const char *value) {
    const jb_node *n = jb_node_get(map, key);
    return n && n->kind == JB_NODE_SCALAR && !strcmp(n->text, value);
}

#endif
