/* Colours measured: CIELAB, CIEDE2000, what the colour-blind see, and the least distances of a palette (visual specification,
 * section 2). */
#ifndef JB_CHARTS_PALETTE_H
#define JB_CHARTS_PALETTE_H

#include "charts/style.h"

/* Normal sight, and the three kinds of colour blindness at full severity (Machado, Oliveira, Fernandes 2009). */
typedef enum jb_vision { JB_VISION_NORMAL, JB_VISION_PROTAN, JB_VISION_DEUTAN, JB_VISION_TRITAN, JB_VISIONS } jb_vision;

typedef struct jb_lab {
    double l, a, b; /* CIELAB, white at D65 */
} jb_lab;

jb_lab jb_colour_seen(jb_colour colour, jb_vision vision);
/* Is white text read better on it than dark? */
static inline bool jb_colour_is_dark(jb_colour colour) { return jb_colour_seen(colour, JB_VISION_NORMAL).l < 55; }
/* CIEDE2000 (Sharma, Wu, Dalal 2005). */
double jb_lab_difference(jb_lab one, jb_lab other);
/* Contrast ratio of WCAG 2, from 1 to 21. */
double jb_colour_contrast(jb_colour one, jb_colour other);
/* The same red, green and blue: black ink alone can print it. */
static inline bool jb_colour_is_grey(jb_colour c) { return c.r == c.g && c.g == c.b; }

/* The least distances of a set of colours; grey is the difference of L*. */
typedef struct jb_palette_limits {
    double seen[JB_VISIONS], grey;
} jb_palette_limits;

/* How a pair comes off worst: by which share of its limit, at what. */
typedef struct jb_palette_gap {
    double share;      /* distance by limit; below 1 it falls short */
    double distance, least;
    const char *sight; /* "normal sight", "protanopia", …, "grey" */
} jb_palette_gap;
/* Pairs of greys are measured in grey only. */
jb_palette_gap jb_palette_worst(jb_colour one, jb_colour other, const jb_palette_limits *limits);

/* Warns, at its place in the theme, of each pair of colours that falls short of the least distances, and of edges and lines
 * that hardly stand out from the paper. `theme` is the tree that the style was read from. */
void jb_palette_check(jb_context *ctx, const jb_node *theme, const jb_chart_style *style);

#endif
