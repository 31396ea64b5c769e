/* How blocks become pages: a builder turns them into slabs (unbreakable strips of the page's width), the page breaker
 * places slabs on pages, and each slab draws itself there. Internal to render/. */
#ifndef JB_RENDER_BUILD_H
#define JB_RENDER_BUILD_H

#include "charts/chart.h"
#include "render/layout.h"

/* What a slab draws on. */
typedef struct jb_painter {
    jb_context *ctx;
    const jb_theme *theme;
    jb_layout *layout;
    jb_scene *scene; /* the current page */
    unsigned page;   /* from 0 */
} jb_painter;

typedef struct jb_slab jb_slab;
struct jb_slab {
    double height, before, after; /* pt; between two slabs stands the larger of after and before, none at a page's top */
    bool grid;      /* its top returns to the page's line grid */
    bool tied;      /* no page break before it */
    bool heading;   /* opens a section */
    unsigned lines; /* lines of text it counts for when a section's head wants company */
    int table;      /* index into the builder's tables, or -1 */
    unsigned block; /* number of its block, from 1 */
    void (*draw)(jb_painter *painter, const jb_slab *slab, double y);
    const void *data;
};

/* A table while it is placed: what is said again after a page break. */
typedef struct jb_table_run {
    unsigned first, last; /* its slabs: caption, head and rows; both included */
    unsigned body;        /* first slab of the body */
    unsigned rows;        /* body rows */
    double repeat_height; /* of the continuation's caption and head, pt */
    const void *data;
    void (*draw_repeat)(jb_painter *painter, const void *data, double y);
    void (*draw_close)(jb_painter *painter, const void *data, double y); /* the rule on the page left */
} jb_table_run;

typedef struct jb_builder {
    jb_context *ctx;
    jb_arena *arena;
    const jb_theme *theme;
    jb_fonts *fonts;
    jb_store *store;
    jb_layout *layout;
    jb_structure *structure;
    const jb_document *document;
    GArray *slabs;  /* jb_slab */
    GArray *tables; /* jb_table_run */
    int parent;     /* structure element that blocks are put under */
    double x, right; /* insets of the text from the type area's edges, pt */
    unsigned block; /* number of the block that is built, from 1 */
    unsigned figures, table_count;
    bool titled;    /* the report has a title of its own, not the file's name */
    int last_level; /* of the headings so far, in the structure tree */
    jb_status status;
} jb_builder;

jb_slab *jb_slab_add(jb_builder *builder, jb_slab slab); /* valid until the next add */
/* Records a failure and goes on, so that all failures are reported. */
void jb_builder_failed(jb_builder *builder, jb_status status);

/* text.c: inlines set in one style. */
typedef struct jb_text_ink {
    jb_colour colour;
    int element; /* structure element of these pieces */
    const char *href;
} jb_text_ink;

typedef struct jb_text {
    jb_para *para;
    const jb_text_ink *inks; /* by jb_piece.user */
    const jb_text_style *style;
} jb_text;

enum { JB_AS_TAGGED = 0 }; /* else an artifact code: JB_ARTIFACT_… */

jb_text *jb_text_new(jb_builder *builder, const jb_inlines *inlines, const jb_text_style *style, int element,
                     const jb_para_options *options);
jb_text *jb_text_plain(jb_builder *builder, const char *text, const jb_text_style *style, int element,
                       const jb_para_options *options, jb_pos pos);
/* Draws one line with its measure's left edge at x. */
void jb_text_draw(jb_painter *painter, const jb_text *text, unsigned line, double x, double baseline, int artifact);
/* Baseline of a line box that begins at `top`: the Han em box stands in its middle. */
double jb_text_baseline(const jb_text_style *style, double top);
/* How the lines of a text go onto the page. */
typedef struct jb_text_flow {
    double x;             /* from the type area's left edge */
    double before, after; /* pt */
    bool grid, tied, heading, keep; /* keep: all lines on one page */
    int bookmark;         /* index of the bookmark that the first line sets, or -1 */
} jb_text_flow;
void jb_text_flow_add(jb_builder *builder, const jb_text *text, const jb_text_flow *flow);
jb_inlines jb_text_inlines(jb_arena *arena, const char *text, jb_pos pos);

/* blocks.c */
void jb_build_document(jb_builder *builder);
/* table_source.c, table.c */
void jb_build_text_table(jb_builder *builder, const jb_block *block);
void jb_build_data_table(jb_builder *builder, const jb_block *block);
/* figure.c */
void jb_build_figure(jb_builder *builder, const jb_block *block);

/* A slab in its place. */
typedef struct jb_place {
    unsigned slab, page; /* page from 0 */
    double y;            /* pt from the top of the page */
    bool repeat;         /* the slab's table is continued here: its caption and head come before */
    double repeat_y;
    bool close; /* the slab's table goes on overleaf */
} jb_place;
/* break.c: places every slab. The array of jb_place is the caller's. */
jb_status jb_pages_break(jb_builder *builder, GArray **places);
/* decorate.c: running heads and folios of all pages. */
void jb_pages_decorate(jb_builder *builder);

#endif
