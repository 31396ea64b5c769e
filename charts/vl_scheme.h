/* Colours by name: CSS names, and the colour schemes that Vega-Lite names. Internal to charts/. */
#ifndef JB_CHARTS_VL_SCHEME_H
#define JB_CHARTS_VL_SCHEME_H

#include "input/node.h"
#include "output/scene.h"

/* "#154073", "#abc", "rgb(21, 64, 115)" or a CSS name; false when the node is none. */
bool jb_vl_colour_read(const jb_node *node, jb_colour *colour);

/* A list of colours: categories, or the stops of a ramp. */
typedef struct jb_vl_palette {
    jb_colour *colour;
    unsigned count;
    bool ramp;
} jb_vl_palette;

/* The scheme of that name, in any case, with or without "-9" behind it; NULL and an error with near names
 * when there is none. */
jb_vl_palette *jb_vl_scheme(jb_context *ctx, jb_arena *arena, const char *name, jb_pos pos);
/* A list of colours as it stands in a specification; NULL and an error when one is none. */
jb_vl_palette *jb_vl_palette_of_list(jb_context *ctx, jb_arena *arena, const jb_node *list);
/* Where `share` of 0 to 1 stands, straight in RGB between two stops, as Vega. */
jb_colour jb_vl_palette_at(const jb_vl_palette *palette, double share);
/* Number i of n: the list's own colours, again from the first when they are used up; of a ramp at (i + 1) /
 * (n + 1), as Vega. */
jb_colour jb_vl_palette_nth(const jb_vl_palette *palette, unsigned i, unsigned n);

#endif
