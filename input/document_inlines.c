/* From cmark's inline nodes to jb_inlines: placeholders resolved, soft breaks settled, each piece with its
 * place. */
#include "input/document_parts.h"

#include <string.h>

/* How far a text is searched for that does not stand where cmark says, and how much of it is compared; in
 * bytes. */
enum { SEARCH = 4096, COMPARE = 32 };

typedef struct writer {
    jb_draft *d;
    GArray *items; /* jb_inline */
    GString *run;  /* the text of the inline that grows */
    size_t run_at; /* its source offset */
    unsigned flags, run_flags;
    const char *href, *run_href;
    bool soft;             /* a soft break waits for what follows it */
    size_t start, cursor;  /* draft offsets: start of the container, behind what was found last */
    cmark_node *container; /* NULL for plain text */
    int line;              /* of start */
    unsigned quotes;
} writer;

static void add(writer *w, jb_inline_kind kind, const char *text, size_t source_offset) {
    jb_inline item = {kind, w->flags, text, w->href, jb_draft_pos(w->d, source_offset),
                      jb_template_scope(w->d->text_of, source_offset)};
    g_array_append_val(w->items, item);
}

static void flush(writer *w) {
    if (!w->run->len) return;
    jb_inline item = {JB_INLINE_TEXT, w->run_flags, jb_arena_copy(w->d->arena, w->run->str, w->run->len),
                      w->run_href, jb_draft_pos(w->d, w->run_at), NULL};
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
    jb_inline blank = {JB_INLINE_TEXT, 0, " ", NULL, jb_draft_pos(w->d, source_offset), NULL};
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

/* The marks of block quotes before the lines of a look-up are no part of it; blanks keep the columns. */
static void blank_quotes(char *text, unsigned quotes) {
    for (char *p = text; quotes && (p = strchr(p, '\n'));) {
        p++;
        for (unsigned seen = 0; *p == ' ' || (*p == '>' && seen < quotes); p++) {
            seen += *p == '>';
            *p = ' ';
        }
    }
}

/* A look-up's text is its expression, and its place that of the expression's first character. */
static void put_lookup(writer *w, const jb_region *region) {
    const char *s = w->d->source;
    size_t from = region->start + 2, to = region->end - 2;
    from += s[from] == '~'; /* what ~ takes away is gone already */
    to -= to > from && s[to - 1] == '~';
    while (from < to && g_ascii_isspace(s[from])) from++;
    while (to > from && g_ascii_isspace(s[to - 1])) to--;
    settle_break(w, 0, region->start);
    flush(w);
    char *text = jb_arena_copy(w->d->arena, s + from, to - from);
    blank_quotes(text, w->quotes);
    g_strdelimit(text, "\r\t", ' '); /* line breaks stay, for the places of errors */
    add(w, JB_INLINE_LOOKUP, text, from);
}

static void put_region(writer *w, const jb_region *region) {
    if (region->kind == JB_REGION_LOOKUP)
        put_lookup(w, region);
    else
        put_text(w, w->d->source + region->start, region->end - region->start, region->start);
}

/* A way through a node's text and at once through the draft, where escapes and entities are longer than what
 * they say: cmark joins such texts. */
typedef struct aligned {
    const jb_draft *d;
    const char *text;
    size_t at, draft; /* where we are: in text, in the draft */
} aligned;

/* Length of an entity (CommonMark 2.5), or 0. */
static size_t entity_length(const char *p) {
    size_t n = 1;
    if (*p != '&') return 0;
    while (n < 33 && (g_ascii_isalnum(p[n]) || p[n] == '#')) n++;
    return n > 1 && p[n] == ';' ? n + 1 : 0;
}

static void step(aligned *a) {
    const char *draft = a->d->text->str + a->draft, *text = a->text + a->at;
    size_t length = (size_t)(g_utf8_next_char(text) - text), entity = entity_length(draft);
    a->at += length;
    if (entity && strncmp(draft, text, entity) != 0) {
        a->draft += entity;
        return;
    }
    while (strchr("*_", *draft) && *draft && *draft != *text)
        draft++; /* taken by emphasis that cmark put elsewhere */
    if (*draft == '\\' && draft[1] == *text && g_ascii_ispunct(*text)) draft++;
    if (!strncmp(draft, text, length)) a->draft = (size_t)(draft - a->d->text->str) + length;
}

static size_t aligned_draft(aligned *a, size_t offset) {
    while (a->at < offset) step(a);
    return a->draft;
}

static size_t aligned_place(void *data, size_t offset) {
    aligned *a = data;
    return jb_draft_source(a->d, aligned_draft(a, offset));
}

/* Writes draft text, in which placeholders stand for regions and marks for nothing. */
static void put_draft_text(writer *w, const char *text, jb_inlines_place *place, void *data) {
    const char *end = text + strlen(text), *from = text;
    for (const char *p = text, *next; p < end; p = next) {
        next = g_utf8_next_char(p);
        if ((unsigned char)*p < 0xF3) continue;
        gunichar c = g_utf8_get_char(p);
        const jb_region *region = jb_draft_region(w->d, c);
        if (!region && c != JB_DRAFT_MARK) continue;
        if (p > from) put_text(w, from, (size_t)(p - from), place(data, (size_t)(from - text)));
        if (region) put_region(w, region);
        from = next;
    }
    if (end > from) put_text(w, from, (size_t)(end - from), place(data, (size_t)(from - text)));
}

size_t jb_draft_content(const jb_draft *draft, int line, unsigned quotes) {
    const char *text = draft->text->str;
    size_t at = jb_draft_line(draft, line);
    for (unsigned seen = 0;; at++) {
        if (text[at] == '>' && seen < quotes)
            seen++;
        else if (text[at] != ' ' && text[at] != '\t')
            return at;
    }
}

/* The draft offset where cmark says that a node begins. Its columns are bytes, and count on every line as if
 * the content began in the container's column; lines count from the container's. */
static size_t guess(const writer *w, cmark_node *node) {
    int line = cmark_node_get_start_line(node) - cmark_node_get_start_line(w->container);
    int column = cmark_node_get_start_column(node) - cmark_node_get_start_column(w->container);
    size_t start = line > 0 ? jb_draft_content(w->d, w->line + line, w->quotes) : w->start;
    return start + (size_t)MAX(column, 0);
}

/* The part of a text that cannot come from an escape. */
static size_t plain_length(const char *text) {
    size_t n = 0;
    while (n < COMPARE && text[n] && !g_ascii_ispunct(text[n])) n++;
    return n;
}

static bool stands_at(const writer *w, const char *text, size_t at) {
    size_t length = plain_length(text);
    if (at >= w->d->text->len) return false;
    const char *draft = w->d->text->str + at;
    if (!length) return *draft == *text || *draft == '&' || (*draft == '\\' && draft[1] == *text);
    return *draft == '&' || !strncmp(draft, text, length);
}

/* The draft offset of a node with this text: where cmark says when it stands there, else the next place where
 * it does (after escaped bars in table cells, or link definitions before a paragraph). */
static size_t locate(writer *w, cmark_node *node, const char *text) {
    size_t length = MAX(plain_length(text), 1), at = guess(w, node), rest = w->d->text->len - w->cursor;
    if ((at < w->cursor || !stands_at(w, text, at)) && stands_at(w, text, w->cursor)) {
        at = w->cursor;
    } else if (at < w->cursor || !stands_at(w, text, at)) {
        const char *from = w->d->text->str + w->cursor, *found;
        char *wanted = g_strndup(text, length);
        found = g_strstr_len(from, (gssize)MIN(rest, SEARCH), wanted);
        g_free(wanted);
        at = found ? (size_t)(found - w->d->text->str) : CLAMP(at, w->cursor, w->d->text->len);
    }
    w->cursor = at;
    return at;
}

static void put_code(writer *w, cmark_node *node) {
    const char *text = cmark_node_get_literal(node), *draft = w->d->text->str;
    GString *restored = g_string_new(NULL);
    size_t start = guess(w, node);
    bool right = start > w->cursor && start < w->d->text->len && draft[start - 1] == '`';
    if (!right) start = locate(w, node, text);
    size_t at = jb_draft_source(w->d, start);
    w->cursor = MIN(start + strlen(text), w->d->text->len);
    if (draft[w->cursor] == ' ' && draft[w->cursor + 1] == '`') w->cursor++;
    w->cursor += strspn(draft + w->cursor, "`");
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

void jb_draft_refuse_html(jb_draft *draft, size_t source_offset, const char *html) {
    const char *end = html;
    for (int i = 0; i < 20 && *end && !strchr("> \t\r\n", *end); i++) end = g_utf8_next_char(end);
    jb_draft_fail(draft, source_offset, "HTML is not supported: “%.*s%s”", (int)(end - html), html,
                  *end == '>' ? ">" : "…");
}

static void put_html(writer *w, cmark_node *node) {
    const char *html = cmark_node_get_literal(node);
    size_t at = jb_draft_source(w->d, locate(w, node, html));
    if (is_line_break_tag(html))
        put_break(w, at);
    else if (!is_comment(html))
        jb_draft_refuse_html(w->d, at, html);
}

/* Braces that are neither escaped nor taken for a look-up. */
static void check_braces(writer *w, const char *text, aligned a) {
    for (const char *p = text; w->d->status == JB_OK && (p = strstr(p, "{{")); p++) {
        size_t at = aligned_draft(&a, (size_t)(p - text));
        if (!strncmp(w->d->text->str + at, "{{", 2))
            jb_draft_fail(w->d, jb_draft_source(w->d, at),
                          "this look-up reaches over the end of a line's block");
    }
}

static void put_plain(writer *w, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    aligned a = {w->d, text, 0, locate(w, node, text)};
    check_braces(w, text, a);
    put_draft_text(w, text, aligned_place, &a);
    w->cursor = aligned_draft(&a, strlen(text));
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

/* What comes next stands on the next line (cmark does not count those that end with a backslash). */
static void end_line(writer *w) {
    size_t next = jb_draft_content(w->d, jb_draft_line_of(w->d, w->cursor) + 1, w->quotes);
    w->cursor = MAX(w->cursor, next);
}

static void enter(writer *w, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: put_plain(w, node); break;
    case CMARK_NODE_CODE: put_code(w, node); break;
    case CMARK_NODE_SOFTBREAK:
        w->soft = true;
        end_line(w);
        break;
    case CMARK_NODE_LINEBREAK:
        put_break(w, jb_draft_source(w->d, w->cursor));
        end_line(w);
        break;
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

jb_inlines jb_inlines_read(jb_draft *draft, cmark_node *container, size_t start, unsigned quotes) {
    writer w = new_writer(draft);
    nesting n = {0};
    cmark_event_type event;
    w.container = container;
    w.start = w.cursor = start;
    w.line = jb_draft_line_of(draft, start);
    w.quotes = quotes;
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
    put_draft_text(&w, text, place, data);
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
