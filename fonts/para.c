/* Paragraphs: spans to atoms, the breaks that cost least over the whole paragraph, lines placed. */
#include "fonts/para.h"

#include <math.h>
#include <string.h>
#include "fonts/lines.h"
#include "fonts/lines_set.h"

#define EASY 0.15         /* em a Han gap may stretch before a line looks loose */
#define LONE_PENALTY 40.0 /* a last line of one character */
#define EMERGENCY 400.0   /* a break where none is allowed */
#define LINE_COST 1000.0  /* balance: one line fewer is worth any unevenness */
#define HOPELESS 1e4      /* a line without gaps to stretch */
#define IMPOSSIBLE 1e18

/* ---- spans to atoms ---- */

typedef struct collector {
    jb_fonts *fonts;
    jb_arena *arena;
    GArray *atoms; /* jb_atom */
    GArray *runs;  /* jb_run */
    GString *text; /* of all spans */
    jb_status status;
} collector;

static bool is_dash_pair(gunichar c) { return c == 0x2014 || c == 0x2026; }

/* One atom for each cluster; a ligature of two dashes is one. */
static void add_clusters(collector *k, unsigned span, unsigned run_index, uint32_t base) {
    const jb_run *run = &g_array_index(k->runs, jb_run, run_index);
    for (uint32_t g = 0; g < run->count;) {
        uint32_t from = run->glyphs[g].cluster, end = g + 1;
        while (end < run->count && run->glyphs[end].cluster == from) end++;
        uint32_t to = end < run->count ? run->glyphs[end].cluster : run->length;
        jb_atom a = {.span = span,
                     .run = run_index,
                     .glyph = g,
                     .glyphs = end - g,
                     .from = base + from,
                     .to = base + to};
        a.em = run->size;
        a.first = g_utf8_get_char(run->text + from);
        a.last = g_utf8_get_char(g_utf8_prev_char(run->text + to));
        for (uint32_t i = g; i < end; i++) a.advance += run->glyphs[i].advance;
        unsigned characters =
            is_dash_pair(a.first) ? (unsigned)g_utf8_strlen(run->text + from, to - from) : 1;
        a.class = jb_class_of(a.first, a.advance / characters, a.em);
        a.full = a.advance > 0.8 * a.em;
        g_array_append_val(k->atoms, a);
        g = end;
    }
}

static void add_stretch(collector *k, unsigned index, const jb_span *span, const char *text, size_t length) {
    jb_run *runs;
    unsigned count;
    jb_pos pos = span->pos;
    if (!length) return;
    if (pos.column > 0) pos.column += (int)g_utf8_strlen(span->text, text - span->text);
    jb_status status = jb_fonts_shape(k->fonts, k->arena, &span->style, text, length, pos, &runs, &count);
    if (status != JB_OK) k->status = status;
    uint32_t base = (uint32_t)k->text->len;
    g_string_append_len(k->text, text, (gssize)length);
    for (unsigned i = 0; i < count; i++) {
        g_array_append_val(k->runs, runs[i]);
        add_clusters(k, index, k->runs->len - 1, base + (uint32_t)(runs[i].text - text));
    }
}

static void add_hard_break(collector *k, unsigned index, const jb_span *span) {
    jb_atom a = {
        .class = JB_CLASS_HARD, .first = 0x2028, .last = 0x2028, .span = index, .em = span->style.size};
    a.from = a.to = (uint32_t)k->text->len;
    g_array_append_val(k->atoms, a);
}

static void add_span(collector *k, unsigned index, const jb_span *span) {
    const char *at = span->text, *end = span->text + span->length;
    while (at < end) {
        const char *hard = g_strstr_len(at, end - at, "\xE2\x80\xA8");
        add_stretch(k, index, span, at, (size_t)((hard ? hard : end) - at));
        if (!hard) break;
        add_hard_break(k, index, span);
        at = hard + 3;
    }
}

static jb_status collect(jb_setting *s, jb_fonts *fonts, unsigned count) {
    collector k = {fonts,
                   s->arena,
                   g_array_new(FALSE, TRUE, sizeof(jb_atom)),
                   g_array_new(FALSE, TRUE, sizeof(jb_run)),
                   g_string_new(NULL),
                   JB_OK};
    for (unsigned i = 0; i < count; i++) add_span(&k, i, &s->spans[i]);
    s->count = k.atoms->len;
    s->atoms = JB_ARRAY(s->arena, jb_atom, s->count + 1);
    s->runs = JB_ARRAY(s->arena, jb_run, k.runs->len + 1);
    if (s->count) memcpy(s->atoms, k.atoms->data, s->count * sizeof(jb_atom));
    if (k.runs->len) memcpy(s->runs, k.runs->data, k.runs->len * sizeof(jb_run));
    s->text = jb_arena_copy(s->arena, k.text->str, k.text->len);
    g_array_free(k.atoms, TRUE);
    g_array_free(k.runs, TRUE);
    g_string_free(k.text, TRUE);
    return k.status;
}

/* ---- measuring a line ---- */

static jb_sums add_up(const jb_setting *s) {
    jb_sums t = {JB_ARRAY(s->arena, double, s->count + 1), JB_ARRAY(s->arena, double, s->count + 1),
                 JB_ARRAY(s->arena, double, s->count + 1)};
    for (unsigned i = 0; i < s->count; i++) {
        const jb_atom *a = &s->atoms[i];
        double shrink = 0;
        for (int k = 0; k < JB_SQUEEZES; k++) shrink += a->shrink[k];
        t.width[i + 1] = t.width[i] + a->advance + a->gap;
        t.shrink[i + 1] = t.shrink[i] + shrink;
        t.stretch[i + 1] = t.stretch[i] + a->stretch[0] + a->stretch[1] + EASY * a->stretch[2];
    }
    return t;
}

/* The atoms of a line from `from` that ends after `last`: blanks and the hard break at its edges are not set.
 */
static void trim(const jb_setting *s, unsigned *from, unsigned *end) {
    while (*end > *from &&
           (s->atoms[*end - 1].class == JB_CLASS_BLANK || s->atoms[*end - 1].class == JB_CLASS_HARD))
        --*end;
    while (*from < *end && s->atoms[*from].class == JB_CLASS_BLANK) ++*from;
}

double jb_setting_edges(const jb_setting *s, unsigned from, unsigned end, bool first, double *left) {
    double cut = 0;
    *left = 0;
    if (s->options->open_edges || from >= end) return 0;
    const jb_atom *open = &s->atoms[from], *close = &s->atoms[end - 1];
    if (!first && open->class == JB_CLASS_OPEN && open->full) *left = open->em / 2;
    bool whole = s->options->measure <= 0; /* one free line keeps its last mark */
    if (!whole && jb_atom_is_closing(close) && close->full) cut = close->em / 2;
    return cut + *left;
}

/* Natural width of a line. */
static double natural(const jb_setting *s, const jb_sums *t, unsigned from, unsigned end, bool first) {
    double left;
    if (from >= end) return 0;
    return t->width[end] - t->width[from] - s->atoms[end - 1].gap -
           jb_setting_edges(s, from, end, first, &left);
}

/* Never nothing: costs are shares of it. */
static double room(const jb_setting *s, bool first) {
    return MAX(s->options->measure - (first ? s->options->indent : s->options->hang), 0.01);
}

static unsigned characters(const jb_setting *s, unsigned from, unsigned end) {
    unsigned n = 0;
    for (; from < end && n < 3; from++)
        n += !jb_atom_is_closing(&s->atoms[from]) && s->atoms[from].class != JB_CLASS_BLANK;
    return n;
}

/* What it costs to set a line; IMPOSSIBLE when it is too long. */
static double line_cost(const jb_setting *s, const jb_sums *t, unsigned from, unsigned end, bool first,
                        bool last) {
    unsigned a = from, b = end;
    trim(s, &a, &b);
    double width = natural(s, t, a, b, first), space = room(s, first), delta = space - width;
    double shrink = b > a ? t->shrink[b - 1] - t->shrink[a] : 0,
           stretch = b > a ? t->stretch[b - 1] - t->stretch[a] : 0;
    bool justify = s->options->align == JB_ALIGN_JUSTIFY && !s->options->balance,
         hard = end > from && s->atoms[end - 1].class == JB_CLASS_HARD;
    if (delta < -0.005) {
        if (-delta > shrink + 0.005) return IMPOSSIBLE;
        double r = -delta / MAX(shrink, 0.01);
        return (s->options->balance ? LINE_COST : 1) + 0.6 * r * r * r +
               (last && !first && characters(s, a, b) < 2 ? LONE_PENALTY : 0);
    }
    if (s->options->balance) return LINE_COST + 30 * pow(delta / space, 2);
    double lone = last && !first && characters(s, a, b) < 2 ? LONE_PENALTY : 0;
    if (last || hard) return 1 + lone;
    if (!justify) return 1 + 10 * pow(delta / space, 2);
    double r = delta / MAX(stretch, 0.01);
    double loose = r * r < HOPELESS ? r * r : HOPELESS + delta / space; /* of two hopeless lines the fuller */
    return 1 + loose + lone;
}

/* ---- choosing breaks ---- */

typedef struct node {
    double cost;
    unsigned from; /* start of the line that ends here */
    bool reached;
} node;

/* One character, and what is not set behind it. */
static bool is_single(const jb_setting *s, unsigned from, unsigned end) {
    for (unsigned i = from + 1; i < end; i++)
        if (s->atoms[i].class != JB_CLASS_BLANK && s->atoms[i].class != JB_CLASS_HARD) return false;
    return true;
}

/* Costs of all ways to end a line after each atom. `anywhere` allows breaks between all characters, at a
 * price. */
static bool choose(const jb_setting *s, const jb_sums *t, node *nodes, bool anywhere) {
    memset(nodes, 0, (s->count + 1) * sizeof *nodes);
    nodes[0].reached = true;
    for (unsigned from = 0; from < s->count; from++) {
        if (!nodes[from].reached) continue;
        for (unsigned end = from + 1; end <= s->count; end++) {
            const jb_atom *a = &s->atoms[end - 1];
            bool allowed = a->breakable, last = end == s->count;
            double cost = allowed || anywhere ? line_cost(s, t, from, end, from == 0, last) : 0;
            if (cost >= IMPOSSIBLE && anywhere && is_single(s, from, end)) cost = EMERGENCY;
            if (allowed || anywhere) {
                if (cost < IMPOSSIBLE) {
                    double total = nodes[from].cost + cost + a->penalty + (allowed ? 0 : EMERGENCY);
                    if (!nodes[end].reached || total < nodes[end].cost)
                        nodes[end] = (node){total, from, true};
                }
            }
            if (a->class == JB_CLASS_HARD) break;
            double least = t->width[end] - t->width[from] - (t->shrink[end] - t->shrink[from]);
            if (least > room(s, from == 0) + 3 * a->em) break;
        }
    }
    return nodes[s->count].reached;
}

static unsigned count_lines(const node *nodes, unsigned count) {
    unsigned n = 0;
    for (unsigned at = count; at; at = nodes[at].from) n++;
    return n;
}

static void set_chosen(jb_setting *s, const node *nodes, jb_para *para) {
    unsigned n = count_lines(nodes, s->count), end = s->count;
    para->lines = JB_ARRAY(s->arena, jb_line, n + 1);
    para->count = n;
    for (unsigned i = n; i-- > 0;) {
        unsigned from = nodes[end].from, a = from, b = end;
        bool hard = end > from && s->atoms[end - 1].class == JB_CLASS_HARD;
        trim(s, &a, &b);
        jb_setting_line(s, a, b, i == 0, end == s->count || hard, &para->lines[i]);
        para->width = MAX(para->width, para->lines[i].width);
        end = from;
    }
}

/* One line, or one for each hard break, as wide as they are. */
static void set_free(jb_setting *s, jb_para *para) {
    unsigned n = 1;
    for (unsigned i = 0; i < s->count; i++) n += s->atoms[i].class == JB_CLASS_HARD;
    para->lines = JB_ARRAY(s->arena, jb_line, n);
    for (unsigned from = 0, end; from <= s->count && para->count < n; from = end + 1) {
        for (end = from; end < s->count && s->atoms[end].class != JB_CLASS_HARD; end++) {
        }
        unsigned a = from, b = end;
        trim(s, &a, &b);
        jb_line *line = &para->lines[para->count];
        jb_setting_line(s, a, b, para->count == 0, true, line);
        para->width = MAX(para->width, line->width);
        para->count++;
    }
}

jb_status jb_setting_open(jb_setting *s, jb_fonts *fonts, jb_arena *arena, const jb_span *spans,
                          unsigned count, bool balance) {
    *s = (jb_setting){.arena = arena, .spans = spans};
    jb_status status = collect(s, fonts, count);
    jb_atoms_breaks(s->atoms, s->count, s->text, balance);
    jb_atoms_gaps(s->atoms, s->count);
    return status;
}

jb_para *jb_setting_break(jb_setting *s, const jb_para_options *options) {
    jb_para *para = JB_NEW(s->arena, jb_para);
    s->options = options;
    if (!s->count) return para;
    if (options->measure <= 0) {
        set_free(s, para);
        return para;
    }
    if (!s->sums.width) s->sums = add_up(s);
    node *nodes = g_new(node, s->count + 1);
    para->forced = !choose(s, &s->sums, nodes, false);
    if (para->forced) choose(s, &s->sums, nodes, true);
    set_chosen(s, nodes, para);
    g_free(nodes);
    return para;
}

bool jb_setting_fits(jb_setting *s, double measure) {
    const jb_para_options options = {.measure = measure, .align = JB_ALIGN_LEFT, .balance = true};
    unsigned from = 0, end = s->count;
    for (unsigned i = 0; i < s->count; i++)
        if (s->atoms[i].class == JB_CLASS_HARD) return false;
    if (!s->sums.width) s->sums = add_up(s);
    s->options = &options;
    trim(s, &from, &end);
    bool fits = natural(s, &s->sums, from, end, true) <= measure;
    s->options = NULL;
    return fits;
}

jb_status jb_para_break(jb_fonts *fonts, jb_arena *arena, const jb_span *spans, unsigned count,
                        const jb_para_options *options, jb_para **out) {
    jb_setting s;
    jb_status status = jb_setting_open(&s, fonts, arena, spans, count, options->balance);
    *out = jb_setting_break(&s, options);
    return status;
}

double jb_para_width(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text) {
    jb_para *para;
    jb_span span = {text, (uint32_t)strlen(text), *style, 0, {0}};
    jb_para_options options = {.align = JB_ALIGN_LEFT};
    jb_para_break(fonts, arena, &span, 1, &options, &para);
    return para->width;
}
