/* Reads a report's source line by line, as far as is needed to find what Markdown must not see: look-ups,
 * pasted tables, and the stars that CommonMark would not take for emphasis beside Chinese text. */
#include "input/document_parts.h"

#include <string.h>
#include "base/limits.h"
#include "input/template_parts.h"

/* Container marks (> - 1.) in one line: cmark-gfm would nest as many blocks, which no report means. */
#define MOST_MARKERS 1000
/* Cells of GFM tables that begin in one run of lines; cmark-gfm fills short rows up to the header's width. */
#define MOST_GFM_CELLS 1000000
#define MOST_LOOKUP_BYTES 4096
/* Longest run of backticks that CommonMark code spans may have in cmark-gfm. */
#define MOST_BACKTICKS 80

typedef struct line {
    size_t start, stop, next; /* stop is before the line end */
    size_t content;           /* behind blanks, quote and list markers */
    unsigned indent;          /* columns of blanks before the first marker or character */
    unsigned quotes, markers;
    bool list; /* has a list marker */
    bool blank;
} line;

typedef struct scanner {
    jb_draft *d;
    const char *s;
    char fence; /* '`' or '~' inside a fenced block, else 0 */
    unsigned fence_length, fence_quotes, fence_indent;
    bool in_list, after_blank;
    size_t list_end;               /* of rows that are a list and no table */
    size_t text;                   /* where the text begins that is not scanned yet */
    size_t gfm_columns, gfm_cells; /* of the GFM table that the lines before belong to */
} scanner;

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static size_t skip_blanks(const char *s, size_t at) {
    while (is_blank(s[at])) at++;
    return at;
}

/* Behind a list marker and its blank; `at` itself when there is none (CommonMark 5.2). */
static size_t skip_list_marker(const char *s, size_t at) {
    size_t end = at;
    if (strchr("-+*", s[at]) && s[at]) {
        end++;
    } else {
        while (g_ascii_isdigit(s[end]) && end - at < 9) end++;
        if (end == at || (s[end] != '.' && s[end] != ')')) return at;
        end++;
    }
    return is_blank(s[end]) || s[end] == '\n' || s[end] == '\r' || !s[end] ? end : at;
}

static void read_markers(const char *s, line *l) {
    size_t at = skip_blanks(s, l->start);
    for (size_t i = l->start; i < at; i++) l->indent += s[i] == '\t' ? 4 - l->indent % 4 : 1;
    for (size_t next;; at = skip_blanks(s, next)) {
        if (s[at] == '>') {
            next = at + 1;
            l->quotes++;
        } else if ((next = skip_list_marker(s, at)) != at) {
            l->list = true;
        } else {
            break;
        }
        l->markers++;
    }
    l->content = at;
}

static line read_line(const scanner *x, size_t start) {
    line l = {.start = start};
    l.stop = start + strcspn(x->s + start, "\r\n");
    l.next = l.stop + (x->s[l.stop] == '\r' && x->s[l.stop + 1] == '\n' ? 2 : x->s[l.stop] ? 1 : 0);
    l.blank = skip_blanks(x->s, start) == l.stop;
    read_markers(x->s, &l);
    return l;
}

static unsigned run_length(const char *s, size_t at) {
    unsigned n = 1;
    while (s[at + n] == s[at]) n++;
    return n;
}

/* Length of the code fence that a line opens with, or 0 (CommonMark 4.5). */
static unsigned fence_opening(const scanner *x, const line *l) {
    char c = x->s[l->content];
    if (c != '`' && c != '~') return 0;
    if (l->indent >= 4 && !x->in_list && !l->markers) return 0;
    unsigned n = run_length(x->s, l->content);
    if (n < 3) return 0;
    size_t info = l->content + n;
    return c == '`' && memchr(x->s + info, '`', l->stop - info) ? 0 : n;
}

static bool fence_closing(const scanner *x, const line *l) {
    size_t at = skip_blanks(x->s, l->start);
    for (unsigned i = 0; i < x->fence_quotes && x->s[at] == '>'; i++) at = skip_blanks(x->s, at + 1);
    if (x->s[at] != x->fence) return false;
    unsigned n = run_length(x->s, at);
    return n >= x->fence_length && skip_blanks(x->s, at + n) == l->stop;
}

/* True when a line stands inside a fenced block or is one of its fences. */
static bool in_fence(scanner *x, const line *l) {
    if (x->fence) {
        bool left =
            l->quotes < x->fence_quotes || (x->fence_indent >= 2 && x->in_list && !l->indent && !l->blank);
        bool closes = fence_closing(x, l);
        if (left || closes) x->fence = 0;
        if (!left) return true;
    }
    unsigned n = fence_opening(x, l);
    if (!n) return false;
    x->fence = x->s[l->content];
    x->fence_length = n;
    x->fence_quotes = l->quotes;
    x->fence_indent = l->markers ? (unsigned)(l->content - l->start) : l->indent;
    return true;
}

static void note_list(scanner *x, const line *l) {
    if (l->list)
        x->in_list = true;
    else if (!l->blank && l->indent == 0 && x->after_blank)
        x->in_list = false;
    x->after_blank = l->blank;
}

static void add_edit(scanner *x, jb_edit_kind kind, size_t start, size_t end) {
    jb_edit edit = {kind, start, end};
    g_array_append_val(x->d->edits, edit);
}

/* Limits */

/* Columns of a GFM delimiter row (| --- | :-: |), or 0. */
static size_t delimiter_columns(const char *s, const line *l) {
    size_t bars = 0;
    bool dash = false;
    for (size_t i = l->content; i < l->stop; i++) {
        if (!strchr("|:- \t", s[i])) return 0;
        bars += s[i] == '|';
        dash |= s[i] == '-';
    }
    return dash && bars ? bars + 1 : 0;
}

static size_t count_bars(const char *s, const line *l) {
    size_t bars = 0;
    for (size_t i = l->content; i < l->stop; i++) bars += s[i] == '|';
    return bars;
}

static void refuse(scanner *x, const line *l, const char *what, int limit) {
    jb_draft_fail(x->d, l->start, "more than %d %s", limit, what);
    x->d->too_large = true;
}

static void check_limits(scanner *x, const line *l) {
    size_t columns = delimiter_columns(x->s, l);
    if (l->blank)
        x->gfm_columns = x->gfm_cells = 0;
    else if (columns)
        x->gfm_columns = MAX(columns, x->gfm_columns);
    x->gfm_cells += x->gfm_columns;
    if (x->d->too_large) return;
    if (l->markers > MOST_MARKERS) refuse(x, l, "list and quote marks in one line", MOST_MARKERS);
    if (columns > JB_LIMIT_COLUMNS || (x->gfm_columns && count_bars(x->s, l) > JB_LIMIT_COLUMNS + 1))
        refuse(x, l, "columns in a table", JB_LIMIT_COLUMNS);
    if (x->gfm_cells > MOST_GFM_CELLS) refuse(x, l, "cells in a table", MOST_GFM_CELLS);
}

/* Look-ups */

/* End of a look-up that begins at `at` (behind its }}), or 0. With `quotes`, }} inside a string does not
 * count. */
static size_t lookup_end(const char *s, size_t at, size_t stop, bool quotes) {
    char quote = 0;
    stop = MIN(stop, at + MOST_LOOKUP_BYTES);
    for (size_t i = at + 2; i + 1 < stop; i++) {
        if (quote)
            quote = s[i] == quote ? 0 : quote;
        else if (quotes && (s[i] == '"' || s[i] == '\''))
            quote = s[i];
        else if (s[i] == '}' && s[i + 1] == '}')
            return i + 2;
    }
    return 0;
}

/* Takes the look-up at `at`; returns the offset behind it, or behind what was searched after an error. */
static size_t take_lookup(scanner *x, size_t at, size_t stop) {
    size_t end = lookup_end(x->s, at, stop, true);
    if (!end) end = lookup_end(x->s, at, stop, false);
    if (!end) {
        if (stop - at > MOST_LOOKUP_BYTES)
            jb_draft_fail(x->d, at, "this look-up does not end within %d bytes", MOST_LOOKUP_BYTES);
        else
            jb_draft_fail(x->d, at, "this look-up is not closed with “}}”");
        return MIN(stop, at + MOST_LOOKUP_BYTES);
    }
    size_t from = at + 2;
    while (from < end - 2 && g_ascii_isspace(x->s[from])) from++;
    if (from == end - 2) jb_draft_fail(x->d, at, "this look-up is empty");
    add_edit(x, JB_EDIT_LOOKUP, at, end);
    return end;
}

static bool is_lookup(const char *s, size_t at) { return s[at] == '{' && s[at + 1] == '{'; }

/* Look-ups in a region that is no Markdown. */
static void scan_plain(scanner *x, size_t at, size_t stop) {
    while (at < stop) {
        size_t line_stop = MIN(at + strcspn(x->s + at, "\r\n"), stop);
        if (is_lookup(x->s, at))
            at = take_lookup(x, at, line_stop);
        else
            at++;
    }
}

/* Pasted tables */

/* A line of a pasted table: it has a tab, and is no quote and no GFM row. */
static bool is_row(const scanner *x, const line *l) {
    char first = x->s[skip_blanks(x->s, l->start)];
    return first != '|' && first != '>' && memchr(x->s + l->start, '\t', l->stop - l->start);
}

/* A line that may head a table: two filled cells at least. */
static bool is_head_row(const scanner *x, const line *l) {
    unsigned filled = 0;
    bool empty = true;
    for (size_t i = l->start; i < l->stop; i++) {
        if (x->s[i] == '\t')
            empty = true;
        else if (x->s[i] != ' ' && empty) {
            filled++;
            empty = false;
        }
    }
    return filled >= 2;
}

/* A list item or heading whose only tab stands behind its mark: that is Markdown. */
static bool is_marked_line(const scanner *x, const line *l) {
    size_t at = skip_blanks(x->s, l->start), end = skip_list_marker(x->s, at);
    if (end == at && x->s[at] == '#') end += run_length(x->s, at);
    return end > at && x->s[end] == '\t' && !memchr(x->s + end + 1, '\t', l->stop - end - 1);
}

typedef struct rows {
    size_t end; /* behind the last row */
    unsigned count;
    bool marked; /* every row is_marked_line */
} rows;

static rows read_rows(const scanner *x, line l) {
    rows r = {l.start, 0, true};
    for (; l.start < x->d->length && is_row(x, &l); l = read_line(x, l.next)) {
        r.end = l.next;
        r.count++;
        r.marked &= is_marked_line(x, &l);
    }
    return r;
}

static size_t trim_end(const char *s, size_t start, size_t stop) {
    while (stop > start && is_blank(s[stop - 1])) stop--;
    return stop;
}

static bool same_line(const scanner *x, const line *a, const line *b) {
    size_t n = trim_end(x->s, a->start, a->stop) - a->start;
    return n == trim_end(x->s, b->start, b->stop) - b->start && !memcmp(x->s + a->start, x->s + b->start, n);
}

/* End of a table, with the parts that follow behind blank lines and repeat its first row. */
static size_t extend_table(const scanner *x, const line *head, size_t end) {
    for (;;) {
        line l = read_line(x, end);
        while (l.blank && l.next > l.start) l = read_line(x, l.next);
        if (l.blank || !same_line(x, head, &l)) return end;
        end = read_rows(x, l).end;
    }
}

/* The offset behind the pasted table that begins with a line, or 0 when none does. */
static size_t find_table(scanner *x, const line *head) {
    if (head->start < x->list_end || !is_row(x, head) || !is_head_row(x, head)) return 0;
    rows r = read_rows(x, *head);
    if (r.count < 2) return 0;
    if (r.marked) {
        x->list_end = r.end;
        return 0;
    }
    return extend_table(x, head, r.end);
}

/* Emphasis */

/* Punctuation and blanks as cmark-gfm's flanking rules see them (CommonMark 2.1). */
static bool is_punctuation(gunichar c) {
    if (c < 128) return g_ascii_ispunct((char)c);
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION: return true;
    default: return false;
    }
}

static bool is_space(gunichar c) {
    return c == 0 || c == 0x3000 || (c < 128 ? g_ascii_isspace((char)c) : g_unichar_isspace(c));
}

/* Lets a run of stars open and close beside Chinese text: Chinese punctuation counts as a letter, and a
 * Chinese character on one side lets any punctuation stand on the other (the rule of markdown-cjk-friendly).
 */
static size_t take_stars(scanner *x, size_t at, size_t chunk) {
    const guint edits = x->d->edits->len;
    const jb_edit *last = edits ? &g_array_index(x->d->edits, jb_edit, edits - 1) : NULL;
    size_t end = at + run_length(x->s, at);
    bool lookup_before = last && last->kind == JB_EDIT_LOOKUP && last->end == at;
    gunichar before = at == chunk ? '\n' : g_utf8_get_char(g_utf8_prev_char(x->s + at));
    gunichar after = g_utf8_get_char(x->s + end);
    if (lookup_before) before = 0x4E00; /* its text is not known; it is taken for Chinese */
    if (is_lookup(x->s, end)) after = 0x4E00;
    if (is_space(before) || is_space(after)) return end;
    bool han = jb_is_han(before) || jb_is_han(after);
    if (han && is_punctuation(before) && !is_punctuation(after) && !lookup_before)
        add_edit(x, JB_EDIT_MARK, at, at);
    if (han && is_punctuation(after) && !is_punctuation(before)) add_edit(x, JB_EDIT_MARK, end, end);
    return end;
}

/* Text */

typedef struct chunk {
    size_t start, stop;
    bool indexed;                       /* closers is filled */
    size_t closers[MOST_BACKTICKS + 1]; /* last run of each length */
} chunk;

static void index_backticks(const scanner *x, chunk *c) {
    memset(c->closers, 0, sizeof c->closers);
    for (size_t i = c->start; i < c->stop;) {
        unsigned n = x->s[i] == '`' ? run_length(x->s, i) : 0;
        if (n && n <= MOST_BACKTICKS) c->closers[n] = i;
        i += MAX(n, 1);
    }
    c->indexed = true;
}

/* Behind the code span that begins at `at`, or behind its backticks when none does (CommonMark 6.1). */
static size_t skip_code(const scanner *x, chunk *c, size_t at) {
    unsigned n = run_length(x->s, at);
    if (!c->indexed) index_backticks(x, c);
    if (n > MOST_BACKTICKS || c->closers[n] <= at) return at + n;
    for (size_t i = at + n; i < c->stop;) {
        unsigned m = x->s[i] == '`' ? run_length(x->s, i) : 0;
        if (m == n) return i + n;
        i += MAX(m, 1);
    }
    return at + n;
}

static bool is_footnote(const char *s, size_t at) {
    size_t n = strcspn(s + at + 2, "] \t\r\n");
    return s[at + 1] == '^' && n && s[at + 2 + n] == ']';
}

/* A line such as “[注]: 本表…” would vanish as a link definition; only those that name an address are taken
 * so. */
static bool is_vanishing_definition(const char *s, size_t at) {
    size_t close = at + strcspn(s + at, "]\r\n");
    if (s[close] != ']' || s[close + 1] != ':') return false;
    size_t target = skip_blanks(s, close + 2), n = strcspn(s + target, " \t\r\n");
    if (strchr("<#/.", s[target]) && s[target]) return false;
    return !g_strstr_len(s + target, (gssize)n, "://") && strncmp(s + target, "mailto:", 7) != 0;
}

static size_t take_bracket(scanner *x, const chunk *c, size_t at) {
    size_t before = at;
    while (before > c->start && strchr(" \t>-+*.)0123456789", x->s[before - 1])) before--;
    bool first = before == c->start || strchr("\r\n", x->s[before - 1]);
    if (is_footnote(x->s, at)) jb_draft_fail(x->d, at, "footnotes are not supported yet");
    if (first && is_vanishing_definition(x->s, at)) add_edit(x, JB_EDIT_ESCAPE, at, at);
    return at + 1;
}

static void scan_text(scanner *x, size_t start, size_t stop) {
    chunk c = {start, stop, false, {0}};
    for (size_t at = start; at < stop;) {
        switch (x->s[at]) {
        case '\\': at += g_ascii_ispunct(x->s[at + 1]) ? 2 : 1; break;
        case '`': at = skip_code(x, &c, at); break;
        case '*': at = take_stars(x, at, start); break;
        case '[': at = take_bracket(x, &c, at); break;
        case '{': at = is_lookup(x->s, at) ? take_lookup(x, at, stop) : at + 1; break;
        default: at++;
        }
    }
}

/* Lines that begin a block of their own, so that no code span or look-up reaches into them. */
static bool begins_block(const scanner *x, const line *l) {
    char c = x->s[l->content];
    return l->list || c == '|' || c == '#';
}

/* A line that ideographic spaces indent begins a paragraph, as in any Chinese text, also without a blank
 * line. */
static bool is_indented(const scanner *x, const line *l) {
    return !strncmp(x->s + l->start, "\xE3\x80\x80", 3);
}

/* Scans the text before an offset; what comes next begins at `next`. */
static void end_text(scanner *x, size_t stop, size_t next) {
    if (x->text < stop) scan_text(x, x->text, stop);
    x->text = next;
}

static size_t take_table(scanner *x, const line *head, size_t end) {
    end_text(x, head->start, end);
    add_edit(x, JB_EDIT_TABLE, head->start, end);
    scan_plain(x, head->start, end);
    x->in_list = false; /* the table stands at the outer level */
    x->after_blank = true;
    return end;
}

static void take_text_line(scanner *x, const line *l) {
    bool indented = is_indented(x, l), text_before = !x->after_blank;
    note_list(x, l);
    check_limits(x, l);
    if (l->blank || indented || begins_block(x, l)) end_text(x, l->start, l->start);
    if (indented && text_before) add_edit(x, JB_EDIT_BREAK, l->start, l->start);
}

void jb_draft_scan(jb_draft *draft) {
    scanner x = {.d = draft, .s = draft->source, .text = draft->body, .after_blank = true};
    for (size_t at = draft->body; at < draft->length;) {
        line l = read_line(&x, at);
        at = l.next;
        if (in_fence(&x, &l)) {
            note_list(&x, &l);
            end_text(&x, l.start, l.next);
            continue;
        }
        size_t table = find_table(&x, &l);
        if (table)
            at = take_table(&x, &l, table);
        else
            take_text_line(&x, &l);
    }
    end_text(&x, draft->length, draft->length);
}

/* A fence whose first word is chart or table. */
static bool is_live(const char *s, const line *l) {
    size_t at = l->content;
    at = skip_blanks(s, at + run_length(s, at));
    return !strncmp(s + at, "chart", 5) || !strncmp(s + at, "table", 5);
}

void jb_template_fences(const char *source, size_t length, size_t body, GArray *fences) {
    scanner x = {.s = source, .after_blank = true};
    bool before = false;
    for (size_t at = body; at < length;) {
        line l = read_line(&x, at);
        bool inside = in_fence(&x, &l);
        jb_template_fence f = {l.start, l.next, inside && !before && is_live(source, &l)};
        note_list(&x, &l);
        if (inside && !before)
            g_array_append_val(fences, f);
        else if (inside)
            g_array_index(fences, jb_template_fence, fences->len - 1).stop = l.next;
        before = inside && x.fence;
        at = l.next;
    }
}
