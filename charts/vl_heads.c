/* Titles of axes and heads of panels: how wide they may be, what they take beside, over and below a plot. */
#include <math.h>
#include "charts/vl.h"

#define LEAST 40.0
#define BESIDE_MOST 0.2 /* of the width, for heads of rows */

double jb_vl_axes_room(jb_vl_chart *c, jb_vl_panel *p, char side, double size) {
    double most = 0;
    for (unsigned i = 0; i < p->axes; i++)
        if (p->axis[i].side == side) most = fmax(most, jb_vl_axis_measure(c, &p->axis[i], size));
    return most;
}

/* What titles over a plot take above the baseline of their last line; 0: there are none. */
static double titles_above(jb_vl_chart *c, const jb_vl_panel *p) {
    double most = 0;
    for (unsigned i = 0; i < p->axes; i++) {
        if (jb_vl_axis_level(&p->axis[i]) || !jb_vl_axis_titled(&p->axis[i])) continue;
        jb_label title = jb_vl_axis_title(c, &p->axis[i]);
        most = fmax(most, c->plot->style->axis_label + (title.para->count - 1) * title.leading);
    }
    return most;
}

/* Titles have the width there is; two over one plot have half of it each. */
void jb_vl_title_rooms(jb_vl_panel *p, double least, double level_room, double upright_room,
                       double both_room) {
    unsigned above = 0;
    for (unsigned i = 0; i < p->axes; i++)
        above += !jb_vl_axis_level(&p->axis[i]) && jb_vl_axis_titled(&p->axis[i]);
    for (unsigned i = 0; i < p->axes; i++)
        p->axis[i].title_room = fmax(jb_vl_axis_level(&p->axis[i]) ? level_room
                                     : above > 1                   ? both_room / 2 - JB_VL_TITLE_GAP
                                                                   : upright_room,
                                     least);
}

double jb_vl_title_width(jb_vl_chart *c, const jb_vl_axis *a) {
    return jb_vl_axis_titled(a) ? jb_vl_axis_title(c, a).para->width : 0;
}

/* Above and below a plot: its level axes, or what labels beside it take. */
double jb_vl_room_above(jb_vl_chart *c, jb_vl_panel *p) {
    double top = jb_vl_axes_room(c, p, 't', p->width), above, below;
    for (unsigned i = 0; i < p->axes; i++) {
        if (jb_vl_axis_level(&p->axis[i])) continue;
        jb_vl_axis_over(c, &p->axis[i], p->height, &above, &below);
        top = fmax(top, above - c->plot->style->axis_label * 0.4);
    }
    return top;
}

double jb_vl_room_below(jb_vl_chart *c, jb_vl_panel *p) {
    double most = fmax(jb_vl_axes_room(c, p, 'b', p->width), c->direct ? c->plot->style->label * 0.4 : 0),
           above, below;
    for (unsigned i = 0; i < p->axes; i++) {
        if (jb_vl_axis_level(&p->axis[i])) continue;
        jb_vl_axis_over(c, &p->axis[i], p->height, &above, &below);
        most = fmax(most, below);
    }
    return most;
}

jb_label jb_vl_head_above(jb_vl_chart *c, const jb_vl_panel *p) {
    return jb_label_wrapped(c->plot, p->above ? p->above : "", c->plot->style->label,
                            fmax(p->head_room, c->plot->style->label), c->plot->style->text);
}

jb_label jb_vl_head_beside(jb_vl_chart *c, const jb_vl_panel *p) {
    const jb_chart_style *style = c->plot->style;
    return jb_label_wrapped(c->plot, p->beside ? p->beside : "", style->label,
                            fmax(c->wide * BESIDE_MOST, LEAST), style->text);
}

/* What the head over a plot takes but for its last line; below 0: there is none. */
double jb_vl_head_lines(jb_vl_chart *c, const jb_vl_panel *p) {
    jb_label head = jb_vl_head_above(c, p);
    return p->above ? (head.para->count - 1) * head.leading : -1;
}

/* Baselines over the plot and its level axis, which takes `top`, and the room they take; `lines` of the
 * highest head of a row. Of facets the heads stand at their plots, below the title of the axis, which stands
 * once; else above it. */
double jb_vl_heads(jb_vl_chart *c, jb_vl_panel *p, bool faceted, double top, double lines) {
    const jb_chart_style *style = c->plot->style;
    double base = top + style->axis_label * 0.75, up = base;
    double titles = titles_above(c, p);
    if (faceted) {
        p->above_up = base;
        p->title_up = lines >= 0 ? base + lines + style->label * 1.5 : base + 4;
        up = lines >= 0 ? base + lines + style->label : base;
        if (titles > 0) up = p->title_up + titles;
        return fmax(up, style->axis_label * 0.6);
    }
    p->title_up = base + 4;
    p->above_up = titles > 0 ? base + titles + style->axis_label * 0.5 : base;
    if (titles > 0) up = p->title_up + titles;
    if (p->above) up = p->above_up + lines + style->label;
    return !(titles > 0) && !p->above ? fmax(top, style->axis_label * 0.6) : up;
}

/* The lines of the head at the left of a row, whose middle is the middle of the plot. */
double jb_vl_beside_height(jb_vl_chart *c, const jb_vl_panel *p) {
    jb_label head = jb_vl_head_beside(c, p);
    return p->beside ? c->plot->style->label + (head.para->count - 1) * head.leading : 0;
}
