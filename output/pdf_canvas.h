/* The content stream of one page while it is written: graphics state, marked content, text objects. */
#ifndef JB_OUTPUT_PDF_CANVAS_H
#define JB_OUTPUT_PDF_CANVAS_H

#include "output/device.h"
#include "output/pages.h"
#include "output/pdf_font.h"

/* What a structure element consists of, in the order of drawing. */
typedef struct jb_pdf_mark {
    int element;
    unsigned page;  /* from 0 */
    unsigned value; /* MCID on the page, or the number of an annotation */
    bool annotation;
} jb_pdf_mark;

/* Shared by all pages. */
typedef struct jb_pdf_drawing {
    jb_context *ctx;
    jb_pdf_doc *doc;
    const jb_pdf_fonts *fonts;
    const jb_structure *structure;
    const jb_colour *blacks; /* colours that are said in black ink alone */
    unsigned black_count;
    GArray *marks;      /* jb_pdf_mark */
    unsigned next_key;  /* of the parent tree, for annotations */
    GHashTable *images; /* pixels to their XObject; looked up only */
    jb_status status;
} jb_pdf_drawing;

/* As far as this page has set it. */
typedef struct jb_pdf_state {
    jb_colour fill, stroke;
    double width, dash[4];
    jb_join join;
    int face; /* id, -1: none set */
    double size;
} jb_pdf_state;

typedef struct jb_pdf_group {
    double dx, dy; /* of what is around it */
    bool clipped;
    jb_pdf_state state;
} jb_pdf_group;

/* What marked content can be open; elements are 0 and up, as in scenes. */
enum { JB_PDF_UNMARKED = -100, JB_PDF_HEADER = -101, JB_PDF_FOOTER = -102 };

typedef struct jb_pdf_canvas {
    jb_device device; /* first: the functions get its address */
    jb_pdf_drawing *drawing;
    GString *out;
    unsigned page;
    double height; /* pt */
    double dx, dy; /* of the open groups */
    GArray *groups;
    jb_pdf_state state;
    int tag;          /* asked for, JB_PDF_UNMARKED: none */
    int marked;       /* open in the stream */
    unsigned mcids;   /* given so far */
    bool text;        /* a text object is open */
    long line_x, line_y; /* origin of its line, 1/100 pt */
    GHashTable *seen; /* images in the page's resources; looked up only */
    bool *faces;      /* by face id: in the page's resources */
    GString *fonts, *images, *links; /* entries of the page's dictionaries, links of its Annots */
} jb_pdf_canvas;

/* Numbers with a blank behind them; at most 2 decimals, or as many as said (0 to 4). */
void jb_pdf_number(GString *out, double value);
void jb_pdf_number_n(GString *out, double value, int decimals);
/* Opens the marked content that the tag asks for. y is where on the page it begins, pt from the top. */
void jb_pdf_canvas_mark(jb_pdf_canvas *canvas, double y);
void jb_pdf_canvas_unmark(jb_pdf_canvas *canvas);
/* Ends the text object, if one is open. */
void jb_pdf_canvas_end_text(jb_pdf_canvas *canvas);
/* Greys, and the colours of `blacks`, are DeviceGray, which a press prints with black ink alone: the darkest as black, others as
 * the grey of their lightness. All else is DeviceRGB. */
void jb_pdf_canvas_fill(jb_pdf_canvas *canvas, jb_colour colour);
void jb_pdf_canvas_pen(jb_pdf_canvas *canvas, const jb_paint *paint); /* stroke colour, width, dash, join and cap */

/* pdf_text.c: one glyph run. */
void jb_pdf_canvas_run(jb_pdf_canvas *canvas, const jb_item *item);

#endif
