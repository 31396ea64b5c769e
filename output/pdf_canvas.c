/* Operators of content streams (ISO 32000-1, Annex A); what is set already is not set again. */
#include "output/pdf_canvas.h"

#include <math.h>
#include <string.h>
#include "output/path.h"

#define LARGEST 1e9
#define DARKEST 64 /* of 255: what is said in black alone and is darker is black */

void jb_pdf_number_n(GString *out, double value, int decimals) {
    static const long powers[] = {1, 10, 100, 1000, 10000};
    char buffer[32], *p = buffer + sizeof buffer;
    long n = fabs(value) < LARGEST ? lround(value * (double)powers[decimals]) : 0;
    unsigned long rest = n < 0 ? -(unsigned long)n : (unsigned long)n;
    bool digits = false;
    *--p = ' ';
    for (int i = 0; i < decimals; i++, rest /= 10) {
        if (!digits && rest % 10 == 0) continue;
        digits = true;
        *--p = (char)('0' + rest % 10);
    }
    if (digits) *--p = '.';
    if (rest || !digits) do
            *--p = (char)('0' + rest % 10);
        while (rest /= 10);
    if (n < 0) *--p = '-';
    g_string_append_len(out, p, buffer + sizeof buffer - p);
}

void jb_pdf_number(GString *out, double value) { jb_pdf_number_n(out, value, 2); }

/* ---- marked content (14.6, 14.7.4, 14.8.2.2) ---- */

static const char *artifact(int tag) {
    switch (tag) {
    case JB_PDF_HEADER: return "<</Type/Pagination/Subtype/Header/Attached[/Top]>>";
    case JB_PDF_FOOTER: return "<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>";
    case JB_ARTIFACT_REPEATED: return "<</Type/Pagination>>";
    default: return "<</Type/Layout>>";
    }
}

static void open_element(jb_pdf_canvas *c, int element) {
    jb_pdf_drawing *d = c->drawing;
    jb_pdf_mark mark = {element, c->page, c->mcids++, false};
    const char *name = jb_element_name(jb_structure_at(d->structure, element)->type);
    g_array_append_val(d->marks, mark);
    g_string_append_printf(c->out, "/%s<</MCID %u>>BDC\n", name, mark.value);
}

void jb_pdf_canvas_mark(jb_pdf_canvas *c, double y) {
    int want = c->tag == JB_PDF_UNMARKED ? JB_ARTIFACT_LAYOUT : c->tag;
    if (want == JB_ARTIFACT_PAGINATION) want = y < c->height / 2 ? JB_PDF_HEADER : JB_PDF_FOOTER;
    if (c->marked == want) return;
    jb_pdf_canvas_unmark(c);
    c->marked = want;
    if (want >= 0)
        open_element(c, want);
    else
        g_string_append_printf(c->out, "/Artifact%sBDC\n", artifact(want));
}

void jb_pdf_canvas_unmark(jb_pdf_canvas *c) {
    jb_pdf_canvas_end_text(c);
    if (c->marked != JB_PDF_UNMARKED) g_string_append(c->out, "EMC\n");
    c->marked = JB_PDF_UNMARKED;
}

void jb_pdf_canvas_end_text(jb_pdf_canvas *c) {
    if (c->text) g_string_append(c->out, "ET\n");
    c->text = false;
}

/* ---- graphics state ---- */

static bool is_same(jb_colour a, jb_colour b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

static double linear(uint8_t channel) {
    double x = channel / 255.0;
    return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

/* The grey of the same luminance in sRGB. */
static double grey_of(jb_colour c) {
    double y = 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
    return y <= 0.0031308 ? 12.92 * y : 1.055 * pow(y, 1 / 2.4) - 0.055;
}

static bool is_black_only(const jb_pdf_canvas *c, jb_colour colour, double *grey) {
    *grey = colour.r / 255.0;
    if (colour.r == colour.g && colour.g == colour.b) return true;
    for (unsigned i = 0; i < c->drawing->black_count; i++) {
        if (!is_same(c->drawing->blacks[i], colour)) continue;
        *grey = MAX(MAX(colour.r, colour.g), colour.b) < DARKEST ? 0 : grey_of(colour);
        return true;
    }
    return false;
}

static void put_colour(jb_pdf_canvas *c, jb_colour colour, bool stroke) {
    double grey;
    if (is_black_only(c, colour, &grey)) {
        jb_pdf_number_n(c->out, grey, 3);
        g_string_append(c->out, stroke ? "G\n" : "g\n");
        return;
    }
    jb_pdf_number_n(c->out, colour.r / 255.0, 3);
    jb_pdf_number_n(c->out, colour.g / 255.0, 3);
    jb_pdf_number_n(c->out, colour.b / 255.0, 3);
    g_string_append(c->out, stroke ? "RG\n" : "rg\n");
}

void jb_pdf_canvas_fill(jb_pdf_canvas *c, jb_colour colour) {
    if (is_same(c->state.fill, colour)) return;
    c->state.fill = colour;
    put_colour(c, colour, false);
}

static void put_dash(jb_pdf_canvas *c, const jb_paint *paint) {
    unsigned count = jb_paint_dashes(paint);
    double dash[4] = {0};
    memcpy(dash, paint->dash, count * sizeof *dash);
    if (!memcmp(dash, c->state.dash, sizeof dash)) return;
    memcpy(c->state.dash, dash, sizeof dash);
    g_string_append_c(c->out, '[');
    for (unsigned i = 0; i < count; i++) jb_pdf_number(c->out, dash[i]);
    g_string_append(c->out, "]0 d\n");
}

void jb_pdf_canvas_pen(jb_pdf_canvas *c, const jb_paint *paint) {
    if (!is_same(c->state.stroke, paint->stroke_colour)) {
        c->state.stroke = paint->stroke_colour;
        put_colour(c, paint->stroke_colour, true);
    }
    if (c->state.width != paint->width) {
        c->state.width = paint->width;
        jb_pdf_number_n(c->out, paint->width, 3);
        g_string_append(c->out, "w\n");
    }
    if (c->state.join != paint->join) {
        c->state.join = paint->join;
        g_string_append(c->out, paint->join == JB_JOIN_ROUND ? "1 J 1 j\n" : "0 J 0 j\n");
    }
    put_dash(c, paint);
}
