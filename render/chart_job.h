/* One chart on its way to a picture. Internal to render/: chart_file.c fetches it, chart_picture.c lays it out and
 * writes it. */
#ifndef JB_RENDER_CHART_JOB_H
#define JB_RENDER_CHART_JOB_H

#include "charts/chart.h"
#include "input/sources.h"
#include "render/theme.h"

/* A place that pictures are made for. Lengths in pt. */
typedef struct jb_picture_format {
    const char *name;
    double width, height; /* height 0: as high as the content asks */
    double scale;         /* pixels a pt when nothing else is said */
    bool slide;           /* type and strokes of the theme slides */
} jb_picture_format;

typedef struct jb_chart_job {
    jb_context *ctx;
    const jb_chart_request *request;
    const jb_picture_format *format; /* or NULL */
    const char *output;              /* the file; NULL when a stage is printed */
    jb_arena *arena;
    jb_document *document; /* when the chart is a block of a report */
    jb_store *store;
    jb_theme *theme;
    jb_chart_style style; /* the theme's, or its colours with the sizes of slides */
    jb_fonts *fonts;
    const jb_node *spec;
    jb_chart *chart;
    double width, height; /* of the sheet in pt; 0 before the layout, height 0: the content's */
    double margin;
    double scale; /* pixels a pt */
} jb_chart_job;

/* The format of that name; NULL is an error that lists them all. */
const jb_picture_format *jb_picture_format_find(jb_context *ctx, const char *name);
/* The language that a report says its text is in; NULL when it does not. */
const char *jb_chart_job_language(const jb_chart_job *job);
/* Lays the chart out for the size that is asked. */
jb_status jb_chart_job_draw(jb_chart_job *job);
/* Writes the file. */
jb_status jb_chart_job_save(jb_chart_job *job);
bool jb_has_suffix(const char *path, const char *suffix);

#endif
