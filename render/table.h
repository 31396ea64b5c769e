/* A table as it is set: cells with spans, columns with widths. One model for tables of the text and of datasets. */
#ifndef JB_RENDER_TABLE_H
#define JB_RENDER_TABLE_H

#include "charts/spark.h"
#include "render/build.h"

#define JB_TABLE_QUALIFIER_GAP 3.0 /* pt between a number and its qualifier */
#define JB_TABLE_MARK 6.4          /* width of a verdict's mark, pt */
#define JB_TABLE_MARK_GAP 4.0      /* from the mark to its word, pt */

typedef struct jb_table_cell {
    jb_inlines inlines;
    const char *text;           /* the inlines' text */
    unsigned row_span, column_span; /* 1 or more */
    bool covered;               /* by the span of a cell left or above */
    double indent;              /* pt */
    const char *verdict;        /* a verdict's word whose mark is drawn before it, or NULL */
    const jb_spark *spark;      /* drawn in place of words, or NULL */
    const char *alt;            /* what the sparkline says */
    /* set by the measurer */
    bool numeric;
    jb_text *body;              /* words; for a number its digits */
    jb_text *before, *behind;   /* qualifiers of a number, or NULL */
    double whole, fraction;     /* widths left and right of the decimal point, pt */
    int element;
    int figure;                 /* the element of the sparkline */
} jb_table_cell;

typedef struct jb_table_column {
    char align;       /* 'l' left, 'c' centred, 'r' right, 'n' on the decimal point */
    char wish;        /* as the author said, or 0 */
    bool stub;        /* names the rows */
    bool numbering;
    double spark;     /* width of its sparklines, pt; 0: none */
    double x, width;  /* pt from the table's left edge */
    double natural, least;
    double whole, fraction; /* widest parts of its numbers */
} jb_table_column;

typedef struct jb_table_row {
    double height;
    bool total;
} jb_table_row;

typedef struct jb_table {
    unsigned rows, columns, header_rows;
    jb_table_cell *cells; /* rows x columns */
    jb_table_column *column;
    jb_table_row *row;
    jb_inlines caption;  /* count 0: none */
    const char *label;   /* "表 1", or NULL */
    const char *unit;    /* one unit for the whole table, shown at the upper right; or NULL */
    jb_inlines *notes;
    unsigned note_count;
    jb_pos pos;
    unsigned block;
    /* set while it is built */
    double x, width;     /* pt, from the type area's left edge */
    double head_height;
    jb_text *caption_text, *unit_text;
    jb_text *continued;
    int element, caption_element;
} jb_table;

jb_table *jb_table_new(jb_arena *arena, unsigned rows, unsigned columns, unsigned header_rows);
static inline jb_table_cell *jb_table_cell_at(const jb_table *table, unsigned row, unsigned column) {
    return &table->cells[(size_t)row * table->columns + column];
}

/* table_spark.c: what `sparklines:` of a table asks for. */
typedef struct jb_spark_column {
    const char *title;
    jb_spark_form form;
    unsigned *columns, count; /* of the dataset, oldest first */
    int after;                /* of the dataset, or -1 */
    jb_pos after_pos;
} jb_spark_column;
jb_status jb_spark_columns(jb_context *ctx, jb_arena *arena, const jb_node *list, const jb_dataset *data,
                           jb_spark_column **sparks, unsigned *count);
/* Gives a cell its drawing and alternative text; false when no value of the row is a number. */
bool jb_spark_cell(jb_arena *arena, const jb_dataset *data, unsigned row, const jb_spark_column *column, bool english,
                   jb_table_cell *cell);

/* table_measure.c: what each column holds. Comes before jb_table_tag. */
void jb_table_classify(jb_table *table);
/* table_structure.c: the structure elements of caption, head, rows and cells; needed before measuring. */
void jb_table_tag(jb_builder *builder, jb_table *table);
/* table_measure.c: cells broken into lines, widths and heights. `room` is the measure, pt. */
void jb_table_measure(jb_builder *builder, jb_table *table, double room);
/* table_draw.c: one slab for the caption, the head and each row, and what a page break needs. */
void jb_table_flow(jb_builder *builder, jb_table *table);
/* table_mark.c: the shape of a verdict (visual specification, section 4); centre x and y, radius 3.2 pt. */
void jb_verdict_draw(jb_painter *painter, const char *verdict, double x, double y);
bool jb_verdict_known(const char *word);

#endif
