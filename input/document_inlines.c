/* From cmark's inline nodes to jb_inlines: placeholders resolved, soft breaks settled, each piece with its
 * place. */
#include "input/document_parts.h"

#include <string.h>

/* How far behind its guessed place a text is searched for, in bytes; and how much of it is compared. */
enum { SEARCH = 4096, COMPARE = 32 };

typedef struct writer {
    jb_draft *d;
    GArray *items; /* jb_inline */
    GString *run;  /* the text of the inline that grows */
    size_t run_at; /* its source offset */
    unsigned flags, run_flags;
    const char *href, *run_href;
    bool soft;             /* a soft break waits for what follows it */
    size_t cursor, end;    /* draft offsets: behind what was found last, end of the container */
    cmark_node *container; /* NULL for plain text */
    unsigned quotes;
} writer;

static void add(writer *w, jb_inline_kind kind, const char *text, size_t source_offset) {
    jb_inline item = {kind, w->flags, text, w->href, jb_draft_pos(w->d, source_offset)};
    g_array_append_val(w->items, item);
}

static void flush(writer *w) {
    if (!w->run->len) return;
    jb_inline item = {JB_INLINE_TEXT, w->run_flags, jb_arena_copy(w->d->arena, w->run->str, w->run->len),
                      w->run_href, jb_draft_pos(w->d, w->run_at)};
    g_array_append_val(w->items, item);
    g_string_truncate(w->run, 0);
}

/* The last character written, or 0 when there is none or it is not known (a look-up). */
static gunichar last_character(const writer *w) {
    const jb_inline *last = w->items->len ? &g_array_index(w->items, jb_inline, w->items->len - 1) : NULL;
    const char *text = w->run->len ? w->run->str : last && last->kind == JB_INLINE_TEXT ? last->text : "";
    size_t length = strlen(text);
    return length ? g_utf8_get_char(g_utf8_prev_char(text + length)) : 0;
}

static bool is_full_width_mark(gunichar c) { return g_unichar_iswide(c) && g_unichar_ispunct(c); }

/* A soft break vanishes between two Chinese characters and beside Chinese punctuation; elsewhere it is a
 * blank. */
static void settle_break(writer *w, gunichar next, size_t source_offset) {
    if (!w->soft) return;
    w->soft = false;
    gunichar before = last_character(w);
    bool joined =
        (jb_is_han(before) && jb_is_han(next)) || is_full_width_mark(before) || is_full_width_mark(next);
    bool same =
        w->run->len && w->run_flags == w->flags && w->run_href == w->href && !(w->flags & JB_INLINE_CODE);
    if (!joined && same) g_string_append_c(w->run, ' ');
    flush(w);
    if (joined || same || !w->items->len) return;
    jb_inline blank = {JB_INLINE_TEXT, 0, " ", NULL, jb_draft_pos(w->d, source_offset)};
    g_array_append_val(w->items, blank);
}

/* Chinese text indents paragraphs with ideographic spaces; the theme does that. */
static size_t skip_indent(const writer *w, const char *text, size_t length) {
    cmark_node_type type = w->container ? cmark_node_get_type(w->container) : CMARK_NODE_NONE;
    size_t n = 0;
    if (w->items->len || w->run->len || (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING))
        return 0;
    while (n + 3 <= length && !memcmp(text + n, "\xE3\x80\x80", 3)) n += 3; /* U+3000 */
    return n;
}

static void put_text(writer *w, const char *text, size_t length, size_t source_offset) {
    size_t indent = skip_indent(w, text, length);
    text += indent, length -= indent, source_offset += indent;
    if (!length) return;
    settle_break(w, g_utf8_get_char(text), source_offset);
    if (w->run_flags != w->flags || w->run_href != w->href) flush(w);
    if (!w->run->len) {
        w->run_at = source_offset;
        w->run_flags = w->flags;
        w->run_href = w->href;
    }
    g_string_append_len(w->run, text, (gssize)length);
}

/* A look-up's text is its expression, and its place that of the expression's first character. */
static void put_lookup(writer *w, const jb_region *region) {
    const char *s = w->d->source;
    size_t from = region->start + 2, to = region->end - 2;
    while (from < to && g_ascii_isspace(s[from])) from++;
    while (to > from && g_ascii_isspace(s[to - 1])) to--;
    settle_break(w, 0, region->start);
    flush(w);
    char *text = jb_arena_copy(w->d->arena, s + from, to - from);
    g_strdelimit(text, "\r\n\t", ' ');
    add(w, JB_INLINE_LOOKUP, text, from);
}

static void put_region(writer *w, const jb_region *region) {
    if (region->kind == JB_REGION_LOOKUP)
        put_lookup(w, region);
    else
        put_text(w, w->d->source + region->start, region->end - region->start, region->start);
}

static size_t draft_place(void *data, size_t offset) { return jb_draft_source(data, offset); }

/* Writes draft text, in which placeholders stand for regions and marks for nothing. */
static void put_draft_text(writer *w, const char *text, size_t length, size_t at, jb_inlines_place *place,
                           void *data) {
    const char *end = text + length, *from = text;
    for (const char *p = text, *next; p < end; p = next) {
        next = g_utf8_next_char(p);
        if ((unsigned char)*p < 0xF3) continue;
        gunichar c = g_utf8_get_char(p);
        const jb_region *region = jb_draft_region(w->d, c);
        if (!region && c != JB_DRAFT_MARK) continue;
        if (p > from) put_text(w, from, (size_t)(p - from), place(data, at + (size_t)(from - text)));
        if (region) put_region(w, region);
        from = next;
    }
    if (end > from) put_text(w, from, (size_t)(end - from), place(data, at + (size_t)(from - text)));
}

/* Where the content of a container's continuation line begins: behind blanks and as many > as there are
 * quotes. */
static size_t content_start(const writer *w, int line) {
    const char *text = w->d->text->str;
    size_t at = jb_draft_line(w->d, line);
    for (unsigned quotes = 0;; at++) {
        if (text[at] == '>' && quotes < w->quotes)
            quotes++;
        else if (text[at] != ' ' && text[at] != '\t')
            return at;
    }
}

/* The draft offset where cmark says that a node begins. Its columns are bytes, and right on the first line of
 * a container only; on the others they count as if the content began in the container's column. */
static size_t guess(const writer *w, cmark_node *node) {
    int line = cmark_node_get_start_line(node), column = cmark_node_get_start_column(node);
    int first = cmark_node_get_start_line(w->container), left = cmark_node_get_start_column(w->container);
    if (line <= 0 || column <= 0) return w->cursor;
    if (line == first) return jb_draft_line(w->d, line) + (size_t)column - 1;
    return content_start(w, line) + (size_t)MAX(column - left, 0);
}

/* An entity or escape is not its own text, but it begins where cmark says. */
static bool stands_at(const writer *w, const char *text, size_t length, size_t at) {
    if (at < w->d->text->len && strchr("&\\", w->d->text->str[at])) return true;
    return at + length <= w->d->text->len && !memcmp(w->d->text->str + at, text, length);
}

/* The draft offset of a node with this text: where cmark says when it stands there, else the next place where
 * it does (after escaped bars in table cells, or link definitions before a paragraph). */
static size_t locate(writer *w, cmark_node *node, const char *text) {
    size_t length = MIN(strlen(text), COMPARE), at = guess(w, node);
    if (at < w->cursor || !stands_at(w, text, length, at)) {
        size_t stop = MIN(w->cursor + SEARCH, w->end);
        const char *found = w->cursor < stop
                                ? g_strstr_len(w->d->text->str + w->cursor, (gssize)(stop - w->cursor), text)
                                : NULL;
        if (found)
            at = (size_t)(found - w->d->text->str);
        else
            at = CLAMP(at, w->cursor, MAX(w->end, w->cursor));
    }
    w->cursor = MIN(at + strlen(text), w->d->text->len);
    return at;
}

static void put_code(writer *w, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    GString *restored = g_string_new(NULL);
    size_t at = jb_draft_source(w->d, locate(w, node, text));
    jb_draft_restore(w->d, restored, text, strlen(text));
    w->flags |= JB_INLINE_CODE;
    put_text(w, restored->str, restored->len, at);
    w->flags &= ~(unsigned)JB_INLINE_CODE;
    g_string_free(restored, TRUE);
}

static void put_break(writer *w, size_t source_offset) {
    w->soft = false;
    flush(w);
    add(w, JB_INLINE_BREAK, "", source_offset);
}

static bool is_line_break_tag(const char *html) {
    return !g_ascii_strcasecmp(html, "<br>") || !g_ascii_strcasecmp(html, "<br/>") ||
           !g_ascii_strcasecmp(html, "<br />");
}

static bool is_comment(const char *html) {
    return g_str_has_prefix(html, "<!--") && g_str_has_suffix(html, "-->");
}

static void put_html(writer *w, cmark_node *node) {
    const char *html = cmark_node_get_literal(node);
    size_t at = jb_draft_source(w->d, locate(w, node, html));
    if (is_line_break_tag(html))
        put_break(w, at);
    else if (!is_comment(html))
        jb_draft_fail(w->d, at, "HTML is not supported: “%.*s”", (int)strcspn(html, " \t\r\n>") + 1, html);
}

static void put_plain(writer *w, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    size_t at = locate(w, node, text);
    if (w->d->status == JB_OK && strstr(text, "{{"))
        jb_draft_fail(w->d, jb_draft_source(w->d, at),
                      "a look-up cannot reach over the border of a text block");
    put_draft_text(w, text, strlen(text), at, draft_place, w->d);
}

static void open_link(writer *w, cmark_node *node) {
    const char *url = cmark_node_get_url(node);
    GString *restored = g_string_new(NULL);
    jb_draft_restore(w->d, restored, url, strlen(url));
    if (strstr(restored->str, "{{"))
        jb_draft_fail(w->d, jb_draft_source(w->d, guess(w, node)),
                      "a look-up cannot stand in a link's address");
    w->href = jb_arena_copy(w->d->arena, restored->str, restored->len);
    g_string_free(restored, TRUE);
}

static void enter(writer *w, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: put_plain(w, node); break;
    case CMARK_NODE_CODE: put_code(w, node); break;
    case CMARK_NODE_SOFTBREAK: w->soft = true; break;
    case CMARK_NODE_LINEBREAK: put_break(w, jb_draft_source(w->d, w->cursor)); break;
    case CMARK_NODE_HTML_INLINE: put_html(w, node); break;
    case CMARK_NODE_LINK: open_link(w, node); break;
    case CMARK_NODE_IMAGE:
        jb_draft_fail(w->d, jb_draft_source(w->d, guess(w, node)), "images are not supported yet");
        break;
    default: break;
    }
}

/* Strong and emphasis nest, also in themselves: the flags are those of the nodes that are open. */
typedef struct nesting {
    unsigned strong, emphasis;
} nesting;

static void visit(writer *w, cmark_node *node, bool entering, nesting *n) {
    cmark_node_type type = cmark_node_get_type(node);
    unsigned one = entering ? 1u : ~0u;
    if (type == CMARK_NODE_STRONG) n->strong += one;
    if (type == CMARK_NODE_EMPH) n->emphasis += one;
    w->flags = (n->strong ? JB_INLINE_STRONG : 0) | (n->emphasis ? JB_INLINE_EMPH : 0);
    if (entering)
        enter(w, node);
    else if (type == CMARK_NODE_LINK)
        w->href = NULL;
}

static jb_inlines finish(writer *w) {
    flush(w);
    jb_inlines inlines = {JB_ARRAY(w->d->arena, jb_inline, w->items->len), w->items->len};
    if (inlines.count) memcpy(inlines.items, w->items->data, inlines.count * sizeof(jb_inline));
    g_array_free(w->items, TRUE);
    g_string_free(w->run, TRUE);
    return inlines;
}

static writer new_writer(jb_draft *draft) {
    return (writer){
        .d = draft, .items = g_array_new(FALSE, FALSE, sizeof(jb_inline)), .run = g_string_new(NULL)};
}

jb_inlines jb_inlines_read(jb_draft *draft, cmark_node *container, unsigned quotes) {
    writer w = new_writer(draft);
    nesting n = {0};
    cmark_event_type event;
    w.container = container;
    w.quotes = quotes;
    w.cursor = jb_draft_line(draft, cmark_node_get_start_line(container));
    w.cursor += (size_t)MAX(cmark_node_get_start_column(container) - 1, 0);
    w.end = jb_draft_line(draft, cmark_node_get_end_line(container) + 1);
    cmark_iter *iter = cmark_iter_new(container);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node != container) visit(&w, node, event == CMARK_EVENT_ENTER, &n);
    }
    cmark_iter_free(iter);
    return finish(&w);
}

jb_inlines jb_inlines_plain(jb_draft *draft, const char *text, jb_inlines_place *place, void *data) {
    writer w = new_writer(draft);
    put_draft_text(&w, text, strlen(text), 0, place, data);
    return finish(&w);
}

const char *jb_inlines_text(jb_arena *arena, const jb_inlines *inlines) {
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < inlines->count; i++) {
        const jb_inline *item = &inlines->items[i];
        switch (item->kind) {
        case JB_INLINE_TEXT: g_string_append(out, item->text); break;
        case JB_INLINE_LOOKUP: g_string_append_printf(out, "{{%s}}", item->text); break;
        case JB_INLINE_BREAK: g_string_append_c(out, '\n'); break;
        }
    }
    const char *text = jb_arena_copy(arena, out->str, out->len);
    g_string_free(out, TRUE);
    return text;
}
