/* Finds the tags of a report's text and what belongs together. */
#include "input/template_parts.h"

#include <string.h>
#include "base/limits.h"

#define MOST_TAG_BYTES 4096
#define MOST_BACKTICKS 80 /* of a code span, as cmark-gfm has it */

typedef struct scan {
    jb_context *ctx;
    const char *file, *s;
    size_t length, body;
    GArray *tags;
    jb_status status;
    size_t without_end; /* no }} stands before, behind the tag that was asked for */
    size_t counted;     /* offset of `pos` */
    jb_pos pos;
} scan;

/* The place of an offset; asked in ascending order. */
static jb_pos place(scan *x, size_t offset) {
    for (; x->counted < offset; x->counted++) {
        char c = x->s[x->counted];
        if (c == '\n' || (c == '\r' && x->s[x->counted + 1] != '\n')) {
            x->pos.line++;
            x->pos.column = 1;
        } else {
            x->pos.column += ((unsigned char)c & 0xC0) != 0x80;
        }
    }
    return x->pos;
}

const char *jb_tag_word(jb_tag_kind kind) {
    static const char *const words[] = {"if", "unless", "each", "else", "else if", "", "", ""};
    return words[kind];
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static size_t skip_blanks(const char *s, size_t at, size_t stop) {
    while (at < stop && is_blank(s[at])) at++;
    return at;
}

/* ---- what vanishes with a tag ---- */

static size_t line_start(const scan *x, size_t at) {
    while (at > x->body && x->s[at - 1] != '\n' && x->s[at - 1] != '\r') at--;
    return at;
}

/* A tag alone on its line goes with the line (Mustache: standalone tags). The marks of a block quote belong
 * to the line. */
static void cut_line(const scan *x, jb_tag *t) {
    size_t from = line_start(x, t->start), to = t->end;
    for (size_t i = from; i < t->start; i++)
        if (!strchr(" \t>", x->s[i])) return;
    while (x->s[to] == ' ' || x->s[to] == '\t') to++;
    if (x->s[to] && x->s[to] != '\n' && x->s[to] != '\r') return;
    t->cut_start = from;
    t->cut_end = to + (x->s[to] == '\r' && x->s[to + 1] == '\n' ? 2 : x->s[to] ? 1 : 0);
}

static void cut_around(const scan *x, jb_tag *t) {
    t->cut_start = t->start;
    t->cut_end = t->end;
    if (t->kind != JB_TAG_LOOKUP) cut_line(x, t);
    while (t->strip_before && t->cut_start > x->body && is_blank(x->s[t->cut_start - 1])) t->cut_start--;
    if (t->strip_after) t->cut_end = skip_blanks(x->s, t->cut_end, x->length);
}

/* ---- one tag ---- */

/* Behind the first }} at or behind `at`, or 0. What was searched in vain is not searched again. */
static size_t plain_end(scan *x, size_t at, size_t stop) {
    size_t i = MAX(at, x->without_end);
    for (; i + 1 < stop; i++)
        if (x->s[i] == '}' && x->s[i + 1] == '}') return i + 2;
    x->without_end = MAX(x->without_end, i);
    return 0;
}

/* Behind the }} of what begins at `at`, or 0. }} inside a text does not count, unless nothing else ends the
 * tag. */
static size_t find_end(scan *x, size_t at) {
    char quote = 0;
    size_t stop = MIN(x->length, at + MOST_TAG_BYTES), plain = plain_end(x, at + 2, stop);
    for (size_t i = at + 2; plain && i + 1 < stop; i++) {
        char c = x->s[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '}' && x->s[i + 1] == '}')
            return i + 2;
    }
    return plain;
}

/* {{! … }}, or {{!-- … --}} in which }} may stand. */
static size_t comment_end(const scan *x, size_t mark) {
    const char *p = x->s + mark, *end;
    if (strncmp(p, "!--", 3) != 0) return (end = strstr(p, "}}")) ? (size_t)(end - x->s) + 2 : 0;
    for (p++; (p = strstr(p, "--")); p++) {
        if (!strncmp(p, "--}}", 4)) return (size_t)(p - x->s) + 4;
        if (!strncmp(p, "--~}}", 5)) return (size_t)(p - x->s) + 5;
    }
    return 0;
}

static size_t word_end(const char *s, size_t at, size_t stop) {
    while (at < stop && (g_ascii_isalnum(s[at]) || (s[at] & 0x80) || s[at] == '_' || s[at] == '-')) at++;
    return at;
}

static bool is_word(const scan *x, size_t from, size_t to, const char *word) {
    return to - from == strlen(word) && !strncmp(x->s + from, word, to - from);
}

static void fail(scan *x, size_t at, const char *format, const char *text, size_t length) {
    char *copy = g_strndup(text, length);
    x->status = jb_fail(x->ctx, place(x, at), format, copy);
    g_free(copy);
}

/* #WORD or /WORD. */
static bool read_block_word(scan *x, jb_tag *t, size_t at, size_t stop, jb_tag_kind *kind) {
    static const char *const words[] = {"if", "unless", "each"};
    size_t from = skip_blanks(x->s, at, stop), to = word_end(x->s, from, stop);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!is_word(x, from, to, words[i])) continue;
        *kind = (jb_tag_kind)i;
        t->inner = to;
        return true;
    }
    if (x->s[at - 1] == '/' && x->status != JB_OK) return false; /* it closes what was refused already */
    char *name = g_strndup(x->s + from, to - from);
    GString *near = g_string_new(NULL);
    jb_suggest(near, name, words, G_N_ELEMENTS(words));
    x->status = jb_fail(x->ctx, place(x, from), "unknown block “%s”%s", name, near->str);
    g_string_free(near, TRUE);
    g_free(name);
    return false;
}

/* What kind of tag begins with `mark`, its first character that counts; false after an error. */
static bool read_kind(scan *x, jb_tag *t, size_t mark, size_t stop) {
    size_t word = word_end(x->s, mark, stop);
    t->inner = mark;
    t->kind = JB_TAG_LOOKUP;
    if (x->s[mark] == '#') return read_block_word(x, t, mark + 1, stop, &t->kind);
    if (x->s[mark] == '/') {
        t->kind = JB_TAG_END;
        return read_block_word(x, t, mark + 1, stop, &t->closes);
    }
    if (mark < stop && strchr("^>&", x->s[mark])) {
        fail(x, mark,
             "“{{%s” is not known here; there are: {{#if}}, {{#unless}}, {{#each}}, {{else}}, {{! … }}",
             x->s + mark, 1);
        return false;
    }
    if (!is_word(x, mark, word, "else")) return true;
    size_t next = skip_blanks(x->s, word, stop), next_end = word_end(x->s, next, stop);
    t->kind = JB_TAG_ELSE;
    t->inner = word;
    if (!is_word(x, next, next_end, "if")) return true;
    t->kind = JB_TAG_ELSE_IF;
    t->inner = next_end;
    return true;
}

/* A tag that takes nothing has nothing behind its word. */
static void check_inner(scan *x, const jb_tag *t) {
    bool takes = t->kind <= JB_TAG_EACH || t->kind == JB_TAG_ELSE_IF;
    if (t->kind >= JB_TAG_COMMENT) return;
    size_t at = skip_blanks(x->s, t->inner, t->inner_end);
    if (!takes && at < t->inner_end)
        fail(x, at, "nothing can stand here, found “%s”", x->s + at, t->inner_end - at);
    if (takes && at == t->inner_end)
        x->status = jb_fail(x->ctx, t->pos, "“{{%s%s}}” needs %s", t->kind == JB_TAG_ELSE_IF ? "" : "#",
                            jb_tag_word(t->kind), t->kind == JB_TAG_EACH ? "a dataset" : "a condition");
}

static void add_tag(scan *x, jb_tag *t) {
    const char *s = x->s;
    t->inner_end = t->end - 2;
    if (t->inner_end > t->inner && s[t->inner_end - 1] == '~') t->inner_end--, t->strip_after = true;
    check_inner(x, t);
    bool plain = t->kind == JB_TAG_LOOKUP && !t->strip_before && !t->strip_after;
    if (plain) return;
    cut_around(x, t);
    g_array_append_val(x->tags, *t);
}

/* Takes the tag at `at`; returns the offset behind it. Look-ups that do not end are told of later. */
static size_t take_tag(scan *x, size_t at) {
    jb_tag t = {.start = at, .pos = place(x, at)};
    size_t mark = at + 2;
    if (x->s[mark] == '~') t.strip_before = true, mark++;
    mark = skip_blanks(x->s, mark, x->length);
    if (x->s[mark] == '!') {
        t.kind = JB_TAG_COMMENT;
        t.inner = mark;
        t.end = comment_end(x, mark);
        if (!t.end) x->status = jb_fail(x->ctx, t.pos, "this comment is not closed with “}}”");
    } else {
        t.end = find_end(x, at);
        if (!t.end && x->s[mark] && strchr("#/", x->s[mark]))
            x->status = jb_fail(x->ctx, t.pos, "this tag is not closed with “}}”");
        if (!t.end || !read_kind(x, &t, mark, t.end - 2)) return t.end ? t.end : at + 2;
    }
    if (!t.end) return x->length;
    add_tag(x, &t);
    return t.end;
}

/* ---- the text ---- */

/* A line that no code span reaches over. */
static bool begins_block(const char *p) {
    p += strspn(p, " \t>");
    if (!*p || strchr("\r\n|#", *p) || !strncmp(p, "{{", 2)) return true;
    if (strchr("-+*", *p) && strchr(" \t", p[1])) return true;
    size_t digits = strspn(p, "0123456789");
    return digits && digits < 10 && p[digits] && strchr(".)", p[digits]);
}

static size_t run_length(const char *s, size_t at) {
    size_t n = 1;
    while (s[at + n] == s[at]) n++;
    return n;
}

/* Behind the code span that begins at `at`, or behind its backticks when none does. */
static size_t skip_code(const scan *x, size_t at, size_t stop) {
    size_t n = run_length(x->s, at);
    if (n > MOST_BACKTICKS) return at + n;
    for (size_t i = at + n; i < stop;) {
        if (x->s[i] == '\n' && begins_block(x->s + i + 1)) break;
        size_t m = x->s[i] == '`' ? run_length(x->s, i) : 0;
        if (m == n) return i + n;
        i += MAX(m, 1);
    }
    return at + n;
}

static void scan_text(scan *x, size_t at, size_t stop, bool markdown) {
    while (at < stop) {
        const char *s = x->s;
        if (s[at] == '{' && s[at + 1] == '{')
            at = take_tag(x, at);
        else if (markdown && s[at] == '\\')
            at += g_ascii_ispunct(s[at + 1]) ? 2 : 1;
        else if (markdown && s[at] == '`')
            at = skip_code(x, at, stop);
        else
            at++;
    }
}

/* ---- what belongs together ---- */

typedef struct open_block {
    guint first, branch; /* tags: that opened it, and that began the branch we are in */
} open_block;

static jb_tag *tag_at(scan *x, guint i) { return &g_array_index(x->tags, jb_tag, i); }

static void refuse(scan *x, const jb_tag *t, const jb_tag *first, const char *what) {
    x->status = jb_fail(x->ctx, t->pos, "%s in “{{#%s}}” of line %d, column %d", what,
                        jb_tag_word(first->kind), first->pos.line, first->pos.column);
}

static void match_else(scan *x, guint i, GArray *open) {
    jb_tag *t = tag_at(x, i);
    if (!open->len) {
        x->status = jb_fail(x->ctx, t->pos, "“{{%s}}” stands in no block", jb_tag_word(t->kind));
        return;
    }
    open_block *o = &g_array_index(open, open_block, open->len - 1);
    const jb_tag *first = tag_at(x, o->first);
    if (tag_at(x, o->branch)->kind == JB_TAG_ELSE)
        refuse(x, t, first, "something stands behind “{{else}}”");
    else if (t->kind == JB_TAG_ELSE_IF && first->kind == JB_TAG_EACH)
        refuse(x, t, first, "“{{else if}}” cannot stand");
    tag_at(x, o->branch)->next = i;
    o->branch = i;
}

static void match_end(scan *x, guint i, GArray *open) {
    jb_tag *t = tag_at(x, i);
    if (!open->len) {
        x->status = jb_fail(x->ctx, t->pos, "“{{/%s}}” closes nothing", jb_tag_word(t->closes));
        return;
    }
    open_block *o = &g_array_index(open, open_block, open->len - 1);
    const jb_tag *first = tag_at(x, o->first);
    if (first->kind != t->closes)
        x->status =
            jb_fail(x->ctx, t->pos, "“{{/%s}}” closes “{{#%s}}” of line %d, column %d: write “{{/%s}}”",
                    jb_tag_word(t->closes), jb_tag_word(first->kind), first->pos.line, first->pos.column,
                    jb_tag_word(first->kind));
    tag_at(x, o->branch)->next = i;
    g_array_set_size(open, open->len - 1);
}

static void match_tag(scan *x, guint i, GArray *open) {
    switch (tag_at(x, i)->kind) {
    case JB_TAG_IF:
    case JB_TAG_UNLESS:
    case JB_TAG_EACH: {
        open_block o = {i, i};
        if (open->len == JB_LIMIT_TEMPLATE_DEPTH)
            x->status = jb_fail(x->ctx, tag_at(x, i)->pos,
                                "blocks are nested deeper than %d (JB_LIMIT_TEMPLATE_DEPTH)",
                                JB_LIMIT_TEMPLATE_DEPTH);
        g_array_append_val(open, o);
        return;
    }
    case JB_TAG_ELSE:
    case JB_TAG_ELSE_IF: match_else(x, i, open); return;
    case JB_TAG_END: match_end(x, i, open); return;
    default: return;
    }
}

static void match(scan *x) {
    GArray *open = g_array_new(FALSE, FALSE, sizeof(open_block));
    for (guint i = 0; i < x->tags->len && x->status == JB_OK; i++) match_tag(x, i, open);
    for (guint i = 0; i < open->len && x->status == JB_OK; i++) {
        const jb_tag *t = tag_at(x, g_array_index(open, open_block, i).first);
        x->status =
            jb_fail(x->ctx, t->pos, "this “{{#%s}}” is not closed: “{{/%s}}” is missing at the end, line %d",
                    jb_tag_word(t->kind), jb_tag_word(t->kind), place(x, x->length).line);
    }
    g_array_free(open, TRUE);
}

jb_status jb_template_scan(jb_context *ctx, const char *file, const char *source, size_t length, size_t body,
                           GArray *tags) {
    scan x = {.ctx = ctx, .file = file, .s = source, .length = length, .body = body, .tags = tags};
    GArray *fences = g_array_new(FALSE, FALSE, sizeof(jb_template_fence));
    size_t at = body;
    x.pos = (jb_pos){file, 1, 1};
    jb_template_fences(source, length, body, fences);
    for (guint i = 0; i < fences->len; i++) {
        const jb_template_fence *f = &g_array_index(fences, jb_template_fence, i);
        scan_text(&x, at, f->start, true);
        if (f->live) scan_text(&x, f->start, f->stop, false);
        at = f->stop;
    }
    scan_text(&x, at, length, true);
    g_array_free(fences, TRUE);
    if (x.status == JB_OK) match(&x);
    return x.status;
}
