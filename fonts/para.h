/* Lines: the one text measurer and line breaker, for paragraphs, table cells, captions and chart labels.
 * Rules: W3C Requirements for Chinese Text Layout (CLREQ) and GB/T 15834-2011. */
#ifndef JB_FONTS_PARA_H
#define JB_FONTS_PARA_H

#include "fonts/fonts.h"

typedef struct jb_span {
    const char *text; /* UTF-8, borrowed until the paragraph is freed with its arena */
    uint32_t length;
    jb_style style;
    unsigned user; /* the caller's mark, kept in the pieces: colour, link, … */
    jb_pos pos;
} jb_span;

typedef enum jb_align { JB_ALIGN_JUSTIFY, JB_ALIGN_LEFT, JB_ALIGN_CENTRE, JB_ALIGN_RIGHT } jb_align;

typedef struct jb_para_options {
    double measure;   /* pt; 0 or less: one line, as wide as it is (hard breaks kept) */
    double indent;    /* first line, pt */
    double hang;      /* the other lines, pt */
    jb_align align;
    bool balance;     /* fewest lines, then the most even ones: names and titles */
    bool open_edges;  /* keep full-width marks at line edges full (strict grids) */
} jb_para_options;

/* A piece of a line: glyphs of one run, from one span. x is from the left edge of the measure, pt; the glyphs' x
 * offsets hold the squeezed or stretched positions. */
typedef struct jb_piece {
    const jb_run *run;
    double x;
    unsigned span, user;
} jb_piece;

typedef struct jb_line {
    jb_piece *pieces;
    unsigned count;
    double x, width; /* left edge and width of the ink box, advance units, pt */
    double natural;  /* width before squeezing or stretching, pt */
    double ratio;    /* (width - natural) / stretch or shrink at hand; 0 when set as it is */
    const char *text; /* source text of the line, NUL-terminated */
} jb_line;

typedef struct jb_para {
    jb_line *lines;
    unsigned count;
    double width; /* of the widest line, pt */
    bool forced;  /* some line ends where none should: nothing else fitted */
} jb_para;

/* Breaks spans into lines. A span's text may hold U+2028 for a hard break. Prohibitions (CLREQ 3.1.4, GB-style), no break inside
 * numbers with their units and signs, neighbouring full-width marks squeezed to 1.5 em, a full-width mark at a line's end
 * half width (GB/T 15834 5.1.10) where that helps, a Han-Latin gap of 1/4 em (an ASCII blank there has the same width),
 * squeezing before stretching, at least two characters on a last line. Lines are chosen over the whole paragraph (least sum of
 * squared badness). A word too long for the measure is broken between characters. Everything belongs to the arena. */
jb_status jb_para_break(jb_fonts *fonts, jb_arena *arena, const jb_span *spans, unsigned count,
                        const jb_para_options *options, jb_para **para);
/* A text of one style from the left: on one line, as wide as it is, when `measure` is 0 or less, else in the fewest, most even
 * lines. `fonts` keeps what it set and gives it again, so the paragraph may not be changed; it lives as long as the shorter
 * lived of `fonts` and the arena. The text may go. `pos` is where what it labels is said, for errors. */
jb_status jb_para_label(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text, double measure,
                        jb_pos pos, const jb_para **para);
/* Width of a text set on one line with the same gaps and squeezes, pt. */
double jb_para_width(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text);

#endif
