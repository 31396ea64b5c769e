/* Placing the glyphs of a line: squeeze or stretch in the order of CLREQ 3.6.3 and 3.6.4, then align. */
#include "fonts/lines_set.h"

#include <string.h>

/* Takes `wanted` from the gaps in the order of classes; returns what could not be had. */
static double squeeze(const jb_setting *s, unsigned from, unsigned end, double wanted, double *gaps) {
    for (int k = 0; k < JB_SQUEEZES && wanted > 1e-9; k++) {
        double have = 0;
        for (unsigned i = from; i + 1 < end; i++) have += s->atoms[i].shrink[k];
        double share = have > 0 ? MIN(1, wanted / have) : 0;
        for (unsigned i = from; i + 1 < end; i++) gaps[i - from] -= share * s->atoms[i].shrink[k];
        wanted -= share * have;
    }
    return wanted;
}

/* Blanks and Han-Latin gaps first, up to their limits; then all gaps that may, evenly. */
static double stretch(const jb_setting *s, unsigned from, unsigned end, double wanted, double *gaps) {
    for (int k = 0; k < JB_STRETCHES && wanted > 1e-9; k++) {
        bool open = k + 1 == JB_STRETCHES; /* no limit */
        double have = 0;
        for (unsigned i = from; i + 1 < end; i++) have += s->atoms[i].stretch[k];
        double share = have > 0 ? (open ? wanted / have : MIN(1, wanted / have)) : 0;
        for (unsigned i = from; i + 1 < end; i++) gaps[i - from] += share * s->atoms[i].stretch[k];
        wanted -= share * have;
    }
    if (wanted < 1e-9 || end - from < 2) return wanted;
    for (unsigned i = from; i + 1 < end; i++) { /* only words: their blanks take it */
        unsigned blanks = 0;
        for (unsigned n = from; n + 1 < end; n++) blanks += s->atoms[n].class == JB_CLASS_BLANK;
        if (!blanks) return wanted;
        if (s->atoms[i].class == JB_CLASS_BLANK) gaps[i - from] += wanted / blanks;
    }
    return 0;
}

static double possible(const jb_setting *s, unsigned from, unsigned end, bool shrinks) {
    double sum = 0;
    for (unsigned i = from; i + 1 < end; i++) {
        const jb_atom *a = &s->atoms[i];
        for (int k = 0; shrinks && k < JB_SQUEEZES; k++) sum += a->shrink[k];
        for (int k = 0; !shrinks && k < JB_STRETCHES; k++) sum += a->stretch[k];
    }
    return sum;
}

/* A new run for the glyphs of consecutive atoms of one run, with their positions in the line. */
static void add_piece(const jb_setting *s, unsigned from, unsigned end, const double *x, jb_line *line) {
    const jb_atom *first = &s->atoms[from], *last = &s->atoms[end - 1];
    const jb_run *source = &s->runs[first->run];
    jb_run *run = JB_NEW(s->arena, jb_run);
    uint32_t base = source->glyphs[first->glyph].cluster;
    *run = *source;
    run->text = source->text + base;
    run->length = last->to - first->from;
    run->count = last->glyph + last->glyphs - first->glyph;
    run->glyphs = JB_ARRAY(s->arena, jb_glyph, run->count);
    uint32_t n = 0;
    for (unsigned i = from; i < end; i++) {
        const jb_atom *a = &s->atoms[i];
        double pen = x[i - from] - x[0];
        for (uint32_t g = a->glyph; g < a->glyph + a->glyphs; g++, n++) {
            run->glyphs[n] = source->glyphs[g];
            run->glyphs[n].cluster -= base;
            run->glyphs[n].x = (float)(pen + source->glyphs[g].x - source->glyphs[a->glyph].x);
        }
    }
    run->width = x[end - from - 1] - x[0] + last->advance;
    line->pieces[line->count++] = (jb_piece){run, x[0], first->span, s->spans[first->span].user};
}

static void add_pieces(const jb_setting *s, unsigned from, unsigned end, const double *x, jb_line *line) {
    unsigned pieces = 1;
    for (unsigned i = from + 1; i < end; i++) pieces += s->atoms[i].run != s->atoms[i - 1].run;
    line->pieces = JB_ARRAY(s->arena, jb_piece, pieces);
    for (unsigned start = from; start < end;) {
        unsigned stop = start + 1;
        while (stop < end && s->atoms[stop].run == s->atoms[start].run) stop++;
        add_piece(s, start, stop, x + (start - from), line);
        start = stop;
    }
}

static double adjust(const jb_setting *s, unsigned from, unsigned end, bool last, double space, double *gaps,
                     jb_line *line) {
    double delta = space - line->natural, width = line->natural;
    if (s->options->measure <= 0) return width;
    if (delta < -1e-9) {
        double rest = squeeze(s, from, end, -delta, gaps), all = possible(s, from, end, true);
        line->ratio = all > 0 ? (delta + rest) / all : 0;
        return space + rest;
    }
    if (last || s->options->align != JB_ALIGN_JUSTIFY || s->options->balance) return width;
    double rest = stretch(s, from, end, delta, gaps), all = possible(s, from, end, false);
    line->ratio = all > 0 ? (delta - rest) / all : 0;
    return space - rest;
}

static double offset_of(const jb_setting *s, double space, double width, bool first) {
    double start = first ? s->options->indent : s->options->hang;
    if (s->options->measure <= 0) return start;
    if (s->options->align == JB_ALIGN_CENTRE) return start + (space - width) / 2;
    return s->options->align == JB_ALIGN_RIGHT ? start + space - width : start;
}

void jb_setting_line(const jb_setting *s, unsigned from, unsigned end, bool first, bool last, jb_line *line) {
    line->text = "";
    if (from >= end) return;
    unsigned count = end - from;
    double *gaps = JB_ARRAY(s->arena, double, count), *x = JB_ARRAY(s->arena, double, count), left, at;
    double space = s->options->measure - (first ? s->options->indent : s->options->hang);
    double cut = jb_setting_edges(s, from, end, first, &left);
    line->natural = -cut;
    for (unsigned i = from; i < end; i++) {
        gaps[i - from] = i + 1 < end ? s->atoms[i].gap : 0;
        line->natural += s->atoms[i].advance + gaps[i - from];
    }
    line->width = adjust(s, from, end, last, space, gaps, line);
    line->x = offset_of(s, space, line->width, first);
    at = line->x - left;
    for (unsigned i = 0; i < count; i++) {
        x[i] = at;
        at += s->atoms[from + i].advance + gaps[i];
    }
    line->text =
        jb_arena_copy(s->arena, s->text + s->atoms[from].from, s->atoms[end - 1].to - s->atoms[from].from);
    add_pieces(s, from, end, x, line);
}
