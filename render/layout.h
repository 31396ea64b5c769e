/* Document + datasets + theme to pages. */
#ifndef JB_RENDER_LAYOUT_H
#define JB_RENDER_LAYOUT_H

#include "input/document.h"
#include "output/pages.h"
#include "render/theme.h"

/* One set line, for --dump=lines. */
typedef struct jb_set_line {
    unsigned page, block, line; /* from 1 */
    const char *text;
    double x, baseline, width, natural, ratio;
} jb_set_line;

typedef struct jb_layout {
    jb_pages *pages;
    GArray *lines;     /* jb_set_line */
    GPtrArray *charts;   /* jb_chart, in document order; the pages borrow from them */
    GPtrArray *datasets; /* jb_dataset of the tables; likewise */
} jb_layout;

/* Lays the document out. Fails when a block cannot be set (bad chart, missing glyph); all such blocks are reported. */
jb_status jb_layout_new(jb_context *ctx, const jb_document *document, jb_store *store, const jb_theme *theme,
                        jb_fonts *fonts, jb_layout **layout);
void jb_layout_free(jb_layout *layout);
void jb_layout_dump_lines(const jb_layout *layout, GString *out);
void jb_layout_dump_pages(const jb_layout *layout, GString *out);

#endif
