/* A theme: paper, type, spacing and colours as data (render/themes/NAME.yaml, or a file of the user's). */
#ifndef JB_RENDER_THEME_H
#define JB_RENDER_THEME_H

#include "charts/style.h"
#include "fonts/para.h"

/* How one kind of text is set. Lengths in pt; indent and hang in em. */
typedef struct jb_text_style {
    jb_style font;
    double leading, before, after, indent, hang;
    jb_colour colour;
} jb_text_style;

typedef enum jb_style_name {
    JB_STYLE_TITLE,
    JB_STYLE_SUBTITLE,
    JB_STYLE_SERIES,
    JB_STYLE_BYLINE,
    JB_STYLE_H1,
    JB_STYLE_H2,
    JB_STYLE_H3,
    JB_STYLE_H4,
    JB_STYLE_BODY,
    JB_STYLE_RUN_IN, /* **emphasis** in text */
    JB_STYLE_CODE,
    JB_STYLE_LIST,
    JB_STYLE_BOX,
    JB_STYLE_CAPTION,
    JB_STYLE_TABLE_HEAD,
    JB_STYLE_TABLE_CELL,
    JB_STYLE_QUALIFIER,
    JB_STYLE_TABLE_NOTE,
    JB_STYLE_SOURCE,
    JB_STYLE_RUNNING,
    JB_STYLE_FOLIO,
    JB_STYLES
} jb_style_name;

typedef struct jb_theme_ink {
    jb_colour text, text2, rule, axis, grid, shade, band, accent, good, bad;
} jb_theme_ink;

typedef struct jb_theme_table {
    double rule_outer, rule_head, rule_span, span_inset, pad, row, row_line, head_row, edge, narrow, whole_rows,
        whole_gap, caption_before, caption_after, after, band_rows;
    const char *continued; /* template of a continued table's caption: {label}, {title} */
} jb_theme_table;

/* All lengths in pt. */
typedef struct jb_theme {
    jb_arena *arena; /* owns everything below */
    const jb_node *root;
    double paper_width, paper_height, top, bottom, inner, outer, grid;
    double measure, depth; /* of the type area */
    jb_theme_ink ink;
    const jb_colour *blacks; /* inks that a PDF says in black alone */
    unsigned black_count;
    jb_text_style styles[JB_STYLES];
    jb_font_wish wishes[JB_ROLES];
    jb_chart_style chart;
    jb_theme_table table;
    double title_rule, title_rule_gap, byline_gap, title_after;
    double box_pad_x, box_pad_y;
    double figure_before, figure_to_caption, figure_after, figure_source_gap;
    double running_rise, running_rule_drop, folio_drop, keep_lines;
} jb_theme;

/* A theme by name, or from a .yaml file beside `base`; `extends:` names the one it alters. NULL on failure. */
jb_theme *jb_theme_load(jb_context *ctx, const char *name, const char *base, jb_pos pos);
/* The theme that a report's head names (which may be NULL), else “briefing”. NULL on failure. */
jb_theme *jb_theme_of_head(jb_context *ctx, const jb_node *head, const char *report);
void jb_theme_free(jb_theme *theme);
/* Text of a theme that is built in, or NULL. Generated from render/themes. */
const char *jb_theme_builtin(const char *name);

#endif
