/* A chart: specification + data + style to a scene. Order of work: domain, margins from measured labels, range. */
#ifndef JB_CHARTS_CHART_H
#define JB_CHARTS_CHART_H

#include "input/node.h"
#include "input/store.h"
#include "charts/style.h"
#include "output/scene.h"

/* Room for the chart. */
typedef struct jb_chart_frame {
    double width;  /* pt, > 0 */
    double height; /* pt; 0: as high as the content asks */
    bool document; /* in a document the caption below carries number, title and source: title, note and source lines are
                      left out of the drawing, headline and subtitle stay when the spec says `headline:` */
    unsigned columns; /* of rows that lying bars stand in, at most 3; 0: the chart chooses, and keeps units whole. Else bars lie
                         that need not stand */
    const char *language; /* of the words in `alt`, as "en"; NULL and all that is not English: Chinese */
} jb_chart_frame;

/* What a chart has whatever its room: specification and rows. Charts of one share it. Private to charts/. */
typedef struct jb_chart_data jb_chart_data;

typedef struct jb_chart {
    jb_arena *arena;   /* owns scene, plot and strings */
    jb_scene *scene;   /* width and height are the chart's */
    const char *title, *note, *source; /* for a caption; NULL when not said */
    const char *alt;   /* written from the data, in the frame's language */
    jb_chart_data *data;
    bool rows;            /* bars that lie or may: their rows could stand in columns */
    struct jb_plot *plot; /* what was drawn, for the dump; private to charts/ */
    struct jb_vl_chart *vl; /* of a specification in Vega-Lite's words, else NULL; private to charts/ */
} jb_chart;

/* Builds the chart of a spec node (the short form of docs/charts.md); spec and store must outlive it. Unknown properties, unknown datasets and columns
 * are errors with their place. */
jb_status jb_chart_new(jb_context *ctx, const jb_node *spec, jb_store *store, jb_fonts *fonts,
                       const jb_chart_style *style, const jb_chart_frame *frame, jb_chart **chart);
/* The same chart in another room: nothing is read again. */
jb_status jb_chart_again(const jb_chart *chart, const jb_chart_frame *frame, jb_chart **again);
/* The last word before a chart is used. Reports, as notes, what the chart could not do as it was asked; text that leaves the
 * chart or meets other text is an error. */
jb_status jb_chart_tell(jb_context *ctx, const jb_chart *chart);
void jb_chart_free(jb_chart *chart);
/* True for a specification in Vega-Lite's words (docs/vega-lite.md), which says itself where its data is. */
bool jb_vl_is(const jb_node *node);
/* The form of docs/dumps.md, one line. */
void jb_chart_dump(const jb_chart *chart, GString *out);

#endif
