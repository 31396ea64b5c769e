/* Glyph runs as text operators (ISO 32000-1 9.4). A viewer advances by the widths of W; a glyph that stands
 * elsewhere gets an adjustment in TJ. The pen is followed with what was really written, so that errors do not
 * add up. */
#include <math.h>
#include "output/pdf_canvas.h"

#define NEAR 0.009 /* pt: as much may a glyph be off */
#define LARGE 18.0 /* pt: from here, half of 1/1000 em would be more than NEAR */

/* A text-showing operator that is put together. */
typedef struct showing {
    jb_pdf_canvas *canvas;
    GString *pieces; /* "<0001" then "…>-12<…" */
    bool open;       /* in a string */
    bool adjusted;   /* needs TJ */
    bool placed;     /* the pen is on a line */
    double pen, y;   /* pt, y up */
    double size;
} showing;

static void flush(showing *s) {
    if (s->open) g_string_append_c(s->pieces, '>');
    if (s->pieces->len) {
        GString *out = s->canvas->out;
        if (s->adjusted) g_string_append_c(out, '[');
        g_string_append_len(out, s->pieces->str, (gssize)s->pieces->len);
        g_string_append(out, s->adjusted ? "]TJ\n" : "Tj\n");
    }
    g_string_truncate(s->pieces, 0);
    s->open = s->adjusted = false;
}

/* Moves to the start of a line; Td counts from the line before. */
static void place(showing *s, double x, double y) {
    jb_pdf_canvas *c = s->canvas;
    long px = lround(x * 100), py = lround(y * 100);
    flush(s);
    if (px != c->line_x || py != c->line_y) {
        jb_pdf_number(c->out, (double)(px - c->line_x) / 100);
        jb_pdf_number(c->out, (double)(py - c->line_y) / 100);
        g_string_append(c->out, "Td\n");
    }
    c->line_x = px;
    c->line_y = py;
    s->pen = (double)px / 100;
    s->y = y;
    s->placed = true;
}

static void adjust(showing *s, double x) {
    int decimals = s->size > LARGE ? 1 : 0;
    double unit = decimals ? 0.1 : 1, units = round((s->pen - x) * 1000 / s->size / unit) * unit;
    if (fabs(x - s->pen) <= NEAR || units == 0) return;
    if (s->open) g_string_append_c(s->pieces, '>');
    s->open = false;
    s->adjusted = true;
    jb_pdf_number_n(s->pieces, units, decimals);
    g_string_truncate(s->pieces, s->pieces->len - 1); /* no blank before "<" */
    s->pen -= units * s->size / 1000;
}

static void append_code(GString *out, uint16_t code) {
    static const char digits[] = "0123456789ABCDEF";
    char hex[4] = {digits[code >> 12], digits[code >> 8 & 15], digits[code >> 4 & 15], digits[code & 15]};
    g_string_append_len(out, hex, 4);
}

static void show_glyph(showing *s, const jb_pdf_glyph *glyph, double x, double y) {
    if (!s->placed || fabs(y - s->y) > NEAR)
        place(s, x, y);
    else
        adjust(s, x);
    if (!s->open) g_string_append_c(s->pieces, '<');
    s->open = true;
    append_code(s->pieces, glyph->code);
    s->pen += glyph->width * s->size / 1000;
}

static void show_cluster(showing *s, const jb_item *item, const jb_pdf_cluster *cluster) {
    jb_pdf_canvas *c = s->canvas;
    const jb_run *run = item->text.run;
    const jb_pdf_fonts *fonts = c->drawing->fonts;
    bool apart = jb_pdf_cluster_is_apart(fonts, run->face, cluster, run);
    if (apart) {
        flush(s);
        g_string_append(c->out, "/Span<</ActualText");
        jb_pdf_text(c->out, cluster->text, cluster->length);
        g_string_append(c->out, ">>BDC\n");
    }
    for (uint32_t i = cluster->first; i < cluster->first + cluster->count; i++) {
        const jb_glyph *g = &run->glyphs[i];
        double x = item->text.x + c->dx + g->x, y = c->height - (item->text.y + c->dy + g->y);
        if (g->id) show_glyph(s, jb_pdf_fonts_glyph(fonts, run->face, g->id), x, y); /* ISO 14289-1 7.21.8 */
    }
    if (!apart) return;
    flush(s);
    g_string_append(c->out, "EMC\n");
}

static void set_font(jb_pdf_canvas *c, const jb_run *run) {
    unsigned id = run->face->id;
    if (c->state.face == (int)id && c->state.size == run->size) return;
    char name[16];
    g_snprintf(name, sizeof name, "F%u", id);
    if (!c->faces[id])
        g_string_append_printf(c->fonts, "/%s %u 0 R", name,
                               jb_pdf_id(jb_pdf_fonts_dict(c->drawing->fonts, id)));
    c->faces[id] = true;
    c->state.face = (int)id;
    c->state.size = run->size;
    g_string_append_printf(c->out, "/%s ", name);
    jb_pdf_number_n(c->out, run->size, 3);
    g_string_append(c->out, "Tf\n");
}

void jb_pdf_canvas_run(jb_pdf_canvas *c, const jb_item *item) {
    const jb_run *run = item->text.run;
    if (!run->count || !(run->size > 0)) return;
    jb_pdf_canvas_mark(c, item->text.y + c->dy);
    if (!c->text) {
        g_string_append(c->out, "BT\n");
        c->text = true;
        c->line_x = c->line_y = 0;
    }
    set_font(c, run);
    jb_pdf_canvas_fill(c, item->text.colour);
    showing s = {.canvas = c, .pieces = g_string_new(NULL), .size = round(run->size * 1000) / 1000};
    for (uint32_t at = 0; at < run->count;) {
        jb_pdf_cluster cluster = jb_pdf_cluster_at(run, at);
        show_cluster(&s, item, &cluster);
        at += cluster.count;
    }
    flush(&s);
    g_string_free(s.pieces, TRUE);
}
