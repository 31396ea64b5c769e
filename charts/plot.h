/* A chart while it is built: series, categories, panels, and the pen that draws and records. Internal to charts/. */
#ifndef JB_CHARTS_PLOT_H
#define JB_CHARTS_PLOT_H

#include "charts/chart.h"
#include "charts/periods.h"
#include "charts/place.h"
#include "charts/spec.h"
#include "charts/ticks.h"
#include "fonts/para.h"

/* How a series is drawn (IBCS): actual solid, plan outlined, previous year pale, forecast hatched; else by its number. */
typedef enum jb_scenario { JB_SCENARIO_PLAIN, JB_SCENARIO_AC, JB_SCENARIO_PL, JB_SCENARIO_PY, JB_SCENARIO_FC } jb_scenario;

typedef struct jb_series {
    const char *name, *unit; /* unit of its column, "" when rows have units */
    int column;              /* of the dataset; -1 for completion rates */
    jb_mark mark;
    jb_scenario scenario;
    unsigned ink;  /* PLAIN: index into the style's series */
    bool forecast; /* a line of what is expected: dashed, points hollow */
    int follows;   /* the line that a forecast goes on with, or -1 */
    bool right;    /* on the axis at the right */
    bool pale;     /* a line beside the one that `highlight` names */
} jb_series;

/* What the columns of a row come to when they stand on each other. */
typedef struct jb_stack {
    double low, high;     /* ends of the parts below and above zero */
    double sum;           /* of what is known */
    double *parts;        /* one a series: values, or shares in percent; NAN when not known */
    const char **figures; /* what stands in them; NULL when not known */
    const char *total;    /* over the end; NULL of shares, and when nothing is known */
    const char *lack;     /* words in place of all parts, or NULL */
    unsigned missing;     /* parts */
    bool whole, about;    /* the total has all parts; some are approximate */
} jb_stack;

typedef struct jb_category {
    const char *name; /* as it is drawn, with its `*` */
    const char *plain, *unit;
    int level;
    unsigned row;
    jb_value *values; /* one a series */
    jb_stack *stack;  /* NULL unless columns stand on each other */
    int period;       /* its ordinal, where the plot has `periods` */
    bool place;       /* of a period that has no row, between others */
} jb_category;

/* Categories of one unit; a stretch of the plot's list. */
typedef struct jb_panel {
    const char *unit;
    unsigned first, count;
    double low, high; /* domain */
    /* of the axis at the right, when there is one: its unit, domain, and what brings a value to the left axis */
    const char *right_unit;
    double right_low, right_high, right_factor, right_shift;
    const char *axis_unit, *right_axis_unit; /* the unit of the labels of an axis in words; NULL when there is no axis */
    /* where it stands, pt in the chart; set by the layouts */
    double x, y, width, height;
} jb_panel;

/* Where its marks begin: at zero when the axis has it, else at the axis's beginning. */
static inline double jb_panel_base(const jb_panel *panel) { return panel->low <= 0 && panel->high >= 0 ? 0 : panel->low; }

/* What was drawn, for the dump. Boxes in pt of the chart. */
typedef struct jb_drawn {
    const char *type; /* rect line area symbol rule text */
    unsigned panel;
    double box[4];
    const char *x;    /* category, or NULL */
    const char *y;    /* value as written, or NULL */
    const char *text; /* or NULL */
    int owner;        /* the mark that it is, or that a text belongs to; JB_NO_OWNER */
    int series;       /* that it belongs to; -1: none, or the row has one mark for all */
} jb_drawn;

/* From this item of the scene on, all that is drawn belongs to a mark. */
typedef struct jb_owned {
    guint item;
    int owner;
} jb_owned;

typedef struct jb_axis_tick {
    unsigned panel;
    char scale; /* 'x', 'y', or 'r' for the value axis at the right */
    double value;
    const char *label;
    const char *under; /* the year that stands under this and the ticks behind it, or NULL */
} jb_axis_tick;

/* What could not be done as asked. */
typedef struct jb_plot_note {
    jb_pos pos;
    const char *text;
} jb_plot_note;

/* A figure that found no place; the first few are named in the chart's words. */
enum { JB_UNPLACED_NAMES = 3 };
typedef struct jb_unplaced {
    const char *category, *text;
} jb_unplaced;

struct jb_chart_data {
    unsigned users;
    jb_arena *arena; /* owns what is below but for the rows */
    jb_context *ctx;
    const jb_node *node;
    jb_store *store;
    jb_fonts *fonts;
    const jb_chart_style *style;
    jb_spec *spec;    /* NULL of a specification in Vega-Lite's words, which is read for each room */
    const jb_dataset *rows; /* those drawn; NULL likewise */
    jb_dataset *chosen;     /* by `where`, owned; else the rows are the store's */
    bool read;        /* what follows is there; composite marks have data of their own */
    jb_series *series;
    unsigned series_count;
    jb_category *categories;
    unsigned category_count;
    jb_period_kind periods;
    bool places_joined;
    const jb_panel *panels;
    unsigned panel_count;
};

/* What stands behind the last points of lines, as far as there is room; what does not goes to the legend, and beside
 * the points. */
typedef enum jb_line_ends { JB_ENDS_NAMED, JB_ENDS_VALUES, JB_ENDS_BARE } jb_line_ends;

typedef struct jb_plot {
    jb_context *ctx;
    jb_arena *arena;
    jb_fonts *fonts;
    const jb_chart_style *style;
    const jb_chart_frame *frame;
    const jb_spec *spec;
    const jb_dataset *data;
    jb_chart_data *source;
    jb_scene *scene;
    jb_series *series;
    unsigned series_count;
    jb_category *categories;
    unsigned category_count;
    jb_period_kind periods; /* of all categories, in order of time; else NONE */
    bool places_joined;     /* places are so many that lines go on across them */
    jb_panel *panels;
    unsigned panel_count;
    bool horizontal;
    jb_line_ends ends;
    double width;
    jb_reference *references; /* those of the spec, and that of rates */
    unsigned reference_count;
    GArray *drawn; /* jb_drawn */
    GArray *ticks; /* jb_axis_tick */
    GArray *notes; /* jb_plot_note */
    GArray *dark; /* jb_box: what is filled so dark that a rule across is white */
    struct jb_loose *loose; /* figures that do not fit their segments, the last first */
    bool direct;  /* names stand beside what is drawn, in place of a legend */
    GArray *owned; /* jb_owned, by rising item */
    int owner;     /* of what is drawn and recorded now */
    GArray *taken, *strokes; /* jb_box: what labels of points keep off; boxes, and lines from x1, y1 to x2, y2 */
    jb_unplaced unplaced[JB_UNPLACED_NAMES];
    unsigned unplaced_count; /* of all */
    jb_status status; /* of text that could not be set */
    struct jb_composed *composed; /* of composite marks; else NULL */
} jb_plot;

/* data.c: series, categories and panels of the spec over its dataset. */
jb_status jb_plot_data(jb_plot *plot);
/* The number a value is drawn at; false for missing values and text, and for `as last year` when that is not known. */
bool jb_plot_number(const jb_value *value, double *number);
/* Keeps a note for jb_chart_tell. */
void jb_plot_note_add(jb_plot *plot, jb_pos pos, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* pen.c: text and shapes. */
typedef struct jb_label {
    const jb_para *para;
    const char *text;
    double size, leading;
    jb_colour colour;
} jb_label;
/* One line, as wide as it is; regular or bold Hei with tabular figures. */
jb_label jb_label_new(jb_plot *plot, const char *text, double size, bool bold, jb_colour colour);
/* Wrapped to even lines. */
jb_label jb_label_wrapped(jb_plot *plot, const char *text, double size, double measure, jb_colour colour);
jb_label jb_label_kai(jb_plot *plot, const char *text, double size, jb_colour colour);
static inline double jb_label_width(const jb_label *label) { return label->para->width; }
/* Draws with the first baseline at y; anchor 'l', 'c' or 'r' says which part of each line stands at x. */
void jb_label_draw(jb_plot *plot, const jb_label *label, double x, double y, char anchor);
/* Baseline that centres one line of a size on y. */
static inline double jb_label_centre(double size, double y) { return y + size * 0.36; }
/* A value as it is labelled: as written, with a minus for a hyphen, thousands parted by a thin space from five digits on. */
const char *jb_value_label(jb_plot *plot, const jb_value *value);
/* The label of a bar's value: figures of results bold, words in Kai, 无数据 for what is missing. */
jb_label jb_label_value(jb_plot *plot, const jb_series *series, const jb_value *value);
/* What is drawn and recorded from now on belongs to the mark of a category and series, or to none. */
static inline int jb_mark_owner(const jb_plot *plot, unsigned category, unsigned series) {
    return (int)(category * plot->series_count + series);
}
void jb_plot_own(jb_plot *plot, int owner);
/* What was recorded last belongs to a series, though its owner is the row. */
void jb_plot_record_series(jb_plot *plot, unsigned series);
void jb_plot_record(jb_plot *plot, const char *type, unsigned panel, const double box[4], const char *x, const char *y, const char *text);
void jb_plot_rule(jb_plot *plot, double x1, double y1, double x2, double y2, jb_colour colour, double width);

/* A name over its row, its first baseline at y, from x on: rules keep off it. */
void jb_name_above(jb_plot *plot, const jb_label *label, double x, double y);
/* rule.c: an upright or level rule, broken where text that is recorded, or what is taken, stands in its way. */
void jb_plot_rule_around(jb_plot *plot, const jb_box *line, jb_colour colour, double width);

/* bar.c: one bar of a scenario and kind of value, from the baseline to its end. `along` is the baseline's coordinate in the
 * direction of values, `end` the value's, `sure` the lower end's of a range (else it is not looked at); `across` and `thick`
 * its place across. Horizontal bars grow in x, columns in y. Returns how far beyond `end` its drawing goes (the arrow of a
 * lower bound). */
double jb_bar_draw(jb_plot *plot, bool horizontal, const jb_series *series, jb_value_kind kind, double along, double end,
                   double sure, double across, double thick);
double jb_bar_reach(jb_value_kind kind, bool negative);
/* The same in a colour of its own. */
double jb_bar_draw_in(jb_plot *plot, bool horizontal, jb_colour colour, jb_value_kind kind, double along, double end, double sure,
                      double across, double thick);
/* How long the paler end of a bar is, of a length, with the distance of the end from the sure one; and what it is filled with. */
double jb_bar_soft(jb_value_kind kind, double length, double sure);
jb_colour jb_bar_soft_colour(jb_colour colour);

/* stack.c: what `stack` says of the series, before their fills are settled; the parts of all rows. */
static inline bool jb_stacked(const jb_plot *plot) { return plot->spec->stack != JB_STACK_NONE; }
jb_status jb_stack_series(jb_plot *plot);
jb_status jb_stack_sum(jb_plot *plot);
void jb_stack_domain(const jb_plot *plot, const jb_panel *panel, double *low, double *high);
/* A number that is worked out, between words. */
const char *jb_sum_text(jb_plot *plot, const char *lead, double number, int decimals, const char *tail);

/* stack_draw.c: how thick a lying stack is; the bar of a row from `zero` on; `factor` is pt a unit, `across` and `thick` as in
 * jb_bar_draw. Figures that do not fit are kept in `loose`. */
double jb_stack_thickness(const jb_plot *plot);
void jb_stack_draw(jb_plot *plot, unsigned panel, unsigned category, bool horizontal, double zero, double factor, double across,
                   double thick);
double jb_stack_widest(jb_plot *plot); /* figure of all segments */
jb_label jb_stack_label(jb_plot *plot, const jb_stack *stack);
/* Figures of upright stacks that do not fit, beside them where there is room; those without any are counted, and told. */
void jb_stack_beside(jb_plot *plot, unsigned panel, double zero);
void jb_stack_tell(jb_plot *plot);
/* The names of the series over the only row of a chart; false when they do not fit, then nothing is drawn. */
bool jb_stack_names(jb_plot *plot, unsigned category, double zero, double factor, double y);

/* reference.c: rules at given values; 100 of completion rates is the first. Labels of rules that lie stand behind the plot, in
 * the room that is kept for them there, those of upright ones over it. */
void jb_references_set(jb_plot *plot);
jb_status jb_references_check(const jb_plot *plot);
void jb_references_domain(const jb_plot *plot, double *low, double *high);
const char *jb_reference_text(jb_plot *plot, const jb_reference *reference);
jb_label jb_reference_label(jb_plot *plot, unsigned reference);
double jb_references_room(jb_plot *plot);
double jb_references_head(const jb_plot *plot);
/* All rules and labels, when marks and figures are drawn; `box` is left, top, right, bottom of rows that lie. */
void jb_references_across(jb_plot *plot, unsigned panel, double zero, double factor);
void jb_references_down(jb_plot *plot, unsigned panel, double zero, double factor, const double box[4]);
/* One that lies, without its label. */
void jb_reference_rule(jb_plot *plot, unsigned panel, unsigned reference, double y, double from, double to);

/* pattern.c: what bars are filled with when the chart says `patterns: true`, in the order of series. */
typedef enum jb_pattern {
    JB_PATTERN_SOLID,
    JB_PATTERN_HATCH, /* falling to the right; forecasts rise */
    JB_PATTERN_DOTS,
    JB_PATTERN_ROWS,
    JB_PATTERN_CROSS,
    JB_PATTERN_COLUMNS,
    JB_PATTERN_SPARSE /* few small dots: a solid fill that is not sure */
} jb_pattern;
/* Fills a box (x1 y1 x2 y2) on the paper's colour; the pattern is clipped to it. */
void jb_pattern_draw(jb_scene *scene, jb_pattern pattern, jb_colour ink, jb_colour paper, const double box[4]);
jb_pattern jb_series_pattern(const jb_series *series);
/* The ink of a pattern: thin lines are not printed in a tint of black but in the text's. */
jb_colour jb_pattern_ink(const jb_plot *plot, jb_colour ink);

/* highlight.c: one bar or line to stand out. The first while series are read, the second when categories are. */
jb_status jb_highlight_lines(jb_plot *plot);
jb_status jb_highlight_bars(jb_plot *plot);
/* How the bar of a category is drawn: as its series, or bright or pale. */
const jb_series *jb_bar_series(const jb_plot *plot, unsigned category, unsigned series);
jb_series_ink jb_line_ink(const jb_plot *plot, unsigned series);
/* False for the pale lines of more than can be named. */
bool jb_line_is_named(const jb_plot *plot, unsigned series);

/* The layouts; each sets the plot's panels, draws, and returns the height used below `top`. */
double jb_bars_horizontal(jb_plot *plot, double top);
/* False when names or labels do not fit, with the reason in *why; nothing is drawn then. `height` is what is there below
 * top, for everything. */
bool jb_bars_vertical(jb_plot *plot, double top, double height, bool must, const char **why, double *used);
/* points_h.c */
double jb_points_horizontal(jb_plot *plot, double top);
double jb_lines(jb_plot *plot, double top, double height);
/* Settles what stands behind the lines, which says whether they have a legend. */
void jb_lines_measure(jb_plot *plot);
/* True when the value axis of a line chart begins above zero or ends below it. */
bool jb_lines_leave_zero(jb_plot *plot);
/* lines.c: one series over columns or alone; `at` gives the x of each category. */
void jb_line_draw(jb_plot *plot, unsigned series, unsigned panel, const double *at, double base, double scale);
jb_paint jb_line_paint(const jb_plot *plot, unsigned series);
/* The index of a line's last value in its panel, or -1. */
int jb_line_last(const jb_plot *plot, const jb_panel *panel, unsigned series);
/* True when a forecast goes on with the line. */
bool jb_line_goes_on(const jb_plot *plot, const jb_panel *panel, unsigned series);

/* The mark of a gap on an axis at y. */
void jb_gap_draw(jb_plot *plot, double x, double y);

/* area.c: areas take the layout of lines. */
bool jb_is_area(const jb_plot *plot);
jb_ticks jb_area_ticks(const jb_plot *plot);
/* Do the names of bands have room at the right end of a plot of that height? */
bool jb_area_direct(const jb_plot *plot, double height);
/* The value that the name of a band stands at, in row `i` of the panel. */
double jb_area_end(const jb_plot *plot, unsigned i, unsigned series);
void jb_areas_draw(jb_plot *plot, const double *at, double base, double scale);
void jb_area_swatch(jb_plot *plot, unsigned series, double x, double y);

/* points.c: how a point looks says what its value is, as the ends of bars do. */
typedef enum jb_point_look {
    JB_POINT_SOLID,
    JB_POINT_HOLLOW, /* forecasts, bounds */
    JB_POINT_DASHED  /* approximate, ranges */
} jb_point_look;
jb_point_look jb_point_look_of(jb_value_kind kind);
/* A filled shape, or its outline on the paper's colour. */
jb_paint jb_point_paint(const jb_plot *plot, jb_colour ink, jb_point_look look);
/* Where a bounded value may be: an arrow from a marker of a radius, upright or level, towards sign. Returns how far it goes
 * beyond the marker. */
double jb_point_arrow(jb_plot *plot, double x, double y, double radius, bool level, int sign, jb_colour ink);
/* The stretch of a range down, or level, to `sure`. */
void jb_point_stem(jb_plot *plot, double x, double y, bool level, double sure, jb_colour ink);
void jb_point_draw(jb_plot *plot, unsigned series, jb_point_look look, double x, double y);
/* Point and qualifying mark of a value: the arrow of a bound, the stretch of a range down to `sure`, the cap of last
 * year's value. Its box is taken. */
void jb_point_value(jb_plot *plot, unsigned series, const jb_value *value, double x, double y, double sure);
/* lines.c: the same of row `i` of a panel, or a ring where a later series covers it. */
void jb_point_seen(jb_plot *plot, const jb_panel *panel, unsigned i, unsigned series, double x, double y, double sure,
                   double scale);
/* How far the arrow of a bound goes from the point's middle. */
double jb_point_reach(const jb_plot *plot);
/* How much lower names must stand under an axis at y, since arrows of points reach down to them. */
double jb_points_below(const jb_plot *plot, double y);
/* True when a figure must stand beside the point, since an axis cannot say it. */
bool jb_point_qualified(const jb_value *value);

/* point_labels.c: figures as written beside the points that jb_point_qualified names, and words where there is no point; of
 * points without lines all figures, when most find room. `at` gives the place of each category: x, or y where rows lie.
 * Of ends that are told elsewhere, those of the first category and of the lines' last points are left out; with ends that
 * are to be told beside the points, each line's first, last, highest and lowest figure is there as well. `words` are
 * what columns under the lines say instead of a figure: each over its place on the baseline, as low as it is free. */
typedef struct jb_word {
    jb_label label;
    unsigned category, series;
    double x, y; /* middle, baseline */
} jb_word;
typedef enum jb_told { JB_TOLD_BY_AXIS, JB_TOLD_ELSEWHERE, JB_TOLD_BESIDE } jb_told;
void jb_point_labels(jb_plot *plot, unsigned panel, const double *at, double base, double scale, jb_told ends, const jb_word *words,
                     unsigned word_count);

/* axis_right.c: one value axis or two. Series on the right one are drawn on the left, where jb_panel_at brings their values. */
typedef struct jb_axes {
    int count;
    jb_ticks ticks[2]; /* left, right: as many of both */
} jb_axes;
bool jb_plot_has_right(const jb_plot *plot);
double jb_panel_at(const jb_panel *panel, const jb_series *series, double number);
/* The unit of a series' values, that of its side. */
const char *jb_series_unit(const jb_panel *panel, const jb_series *series);
/* While data are read: units of columns that share an axis, and with two axes one unit on each, which the panel gets. */
jb_status jb_plot_check_units(const jb_plot *plot);
jb_status jb_right_units(jb_plot *plot);
/* An error when the unit cannot be said in what `label_unit` asks for. */
jb_status jb_plot_check_label_unit(const jb_plot *plot);
/* Ticks over the domains of both sides (the second is not looked at when there is no right axis) and the units of their labels; the
 * panel's domains end at ticks. `figures`: figures as they are written stand beside the marks, so that no axis chooses another
 * unit by itself. */
void jb_axes_choose(jb_plot *plot, jb_panel *panel, const double low[2], const double high[2], bool figures, jb_axes *axes);
/* Room that the axis at the right needs beside the plot. */
double jb_axes_right_room(jb_plot *plot, const jb_axes *axes);
/* Grid and labels of both; `x1`, `x2` are the plot's edges, `base` and `scale` of the left axis. */
void jb_axes_draw(jb_plot *plot, unsigned panel, const jb_axes *axes, double x1, double x2, double base, double scale);
/* Units over the axes, where the subtitle does not say them: the height they take, and their drawing from `top`. */
double jb_axes_head(const jb_plot *plot, const jb_panel *panel);
void jb_axes_draw_head(jb_plot *plot, const jb_panel *panel, double top, double right);

/* periods.c: while data are read, whether all categories are periods of one kind, and places for those that have no row; then a note that
 * says which. */
void jb_periods_settle(jb_plot *plot);
void jb_periods_tell(jb_plot *plot);

/* period_axis.c: names of periods under a plot, short, with the year once under its quarters or months. */
typedef struct jb_period_axis {
    bool parts;          /* quarters, months, or years where these are the categories, are written */
    bool plain;          /* as the data have them */
    unsigned form, step; /* how, and of which one in so many */
    unsigned years;      /* of the years below one in so many; 0: there are none below */
    bool long_years;     /* with 年 */
    unsigned rows;
} jb_period_axis;
jb_period_axis jb_period_axis_measure(jb_plot *plot, double pitch);
/* The first row's baseline is at `base` + `drop`; `at` is the x of each category, `ticks`: each has a tick at the base. Returns the
 * height used below the base. */
double jb_period_axis_draw(jb_plot *plot, const jb_period_axis *axis, const double *at, double pitch, double base, double drop, bool ticks);

/* axis.c: a tick as it is labelled. */
const char *jb_tick_text(jb_plot *plot, const jb_ticks *ticks, double value);
/* The room that labels of a value axis need. */
double jb_axis_room(jb_plot *plot, const jb_ticks *ticks);
/* Grid and labels, left of x1. */
void jb_axis_draw(jb_plot *plot, unsigned panel, const jb_ticks *ticks, double x1, double x2, double base, double scale);
/* legend.c: keys in one line (or more when they do not fit); returns the height used, 0 when none is needed. */
double jb_legend_draw(jb_plot *plot, double y, bool draw);
/* What a key says, wrapped when it is wider than the chart; its lines are a key's height apart. */
jb_label jb_key_label(jb_plot *plot, const char *text, double swatch);
/* Kinds of values that get a key when one is drawn, and what it says. */
#define JB_KEY_KINDS 4
typedef struct jb_key_words {
    jb_value_kind kind;
    const char *label;
} jb_key_words;
extern const jb_key_words jb_key_kinds[JB_KEY_KINDS];
/* Does the series draw a value of that kind? */
bool jb_plot_has_kind(const jb_plot *plot, unsigned series, jb_value_kind kind);

/* fit.c: false when text leaves the chart or stands on other text; the scene has its height by then. */
bool jb_plot_fits(const jb_plot *plot);
/* The error that says so, and which width would do; 0 when that is not known. */
jb_status jb_plot_fail(jb_plot *plot, double width);

/* alt.c */
const char *jb_plot_alt(jb_plot *plot);

#endif
