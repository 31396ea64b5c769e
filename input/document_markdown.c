/* From cmark's block nodes to jb_blocks. */
#include "input/document_parts.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>
#include "base/limits.h"

typedef struct builder {
    jb_draft *d;
    jb_arena *arena;
    unsigned depth, quotes;
} builder;

static jb_block **build_blocks(builder *b, cmark_node *parent, unsigned *count);

/* The table extension is registered before main, since cmark-gfm's registry is not safe among threads. */
__attribute__((constructor)) static void register_extensions(void) {
    cmark_gfm_core_extensions_ensure_registered();
}

/* The draft offset of a block. */
static size_t node_start(const builder *b, cmark_node *node) {
    cmark_node *next = cmark_node_next(node);
    /* cmark-gfm gives the place of a text directly above a table to the table */
    if (!cmark_node_get_start_line(node) && next) node = next;
    size_t at = jb_draft_line(b->d, cmark_node_get_start_line(node));
    return MIN(at + (size_t)MAX(cmark_node_get_start_column(node) - 1, 0), b->d->text->len);
}

static size_t node_offset(const builder *b, cmark_node *node) {
    return jb_draft_source(b->d, node_start(b, node));
}

/* The region that a paragraph consists of, or NULL. */
static const jb_region *lone_region(const builder *b, cmark_node *node) {
    cmark_node *child = cmark_node_first_child(node);
    if (!child || cmark_node_next(child) || cmark_node_get_type(child) != CMARK_NODE_TEXT) return NULL;
    const char *text = cmark_node_get_literal(child);
    if (!*text || *g_utf8_next_char(text)) return NULL;
    return jb_draft_region(b->d, g_utf8_get_char(text));
}

static void build_text(builder *b, cmark_node *node, jb_block *block) {
    const jb_region *region = lone_region(b, node);
    block->kind = JB_BLOCK_PARAGRAPH;
    if (region && region->kind == JB_REGION_TABLE) {
        block->kind = JB_BLOCK_TEXT_TABLE;
        block->pos = jb_draft_pos(b->d, region->start);
        block->table = jb_table_pasted(b->d, region);
    } else {
        block->inlines = jb_inlines_read(b->d, node, node_start(b, node), b->quotes);
        /* cmark gives the place of link definitions to the text behind them */
        bool later = block->inlines.count && block->inlines.items[0].pos.line > block->pos.line;
        if (later) block->pos = block->inlines.items[0].pos;
    }
}

/* Code and specifications */

/* Where a fenced block's text begins in the draft. */
static size_t code_start(const builder *b, cmark_node *node) {
    return jb_draft_line(b->d, cmark_node_get_start_line(node) + 1);
}

static bool is_closed(const builder *b, cmark_node *node, int length, char fence) {
    int last = cmark_node_get_end_line(node);
    if (last <= cmark_node_get_start_line(node)) return false;
    const char *text = b->d->text->str, *at = text + jb_draft_line(b->d, last);
    int n = 0;
    at += strspn(at, " \t>");
    while (at[n] == fence) n++;
    return n >= length && strspn(at + n, " \t") == strcspn(at + n, "\n");
}

/* Blanks before each line of a specification, so that its columns are those of the file (it may stand in a
 * list). */
static unsigned spec_indent(const builder *b, cmark_node *node) {
    const char *literal = cmark_node_get_literal(node);
    size_t at = code_start(b, node), end = at + strcspn(b->d->text->str + at, "\n"),
           n = strcspn(literal, "\n");
    if (end - at < n || memcmp(b->d->text->str + end - n, literal, n) != 0) return 0;
    return (unsigned)g_utf8_strlen(b->d->text->str + at, (gssize)(end - n - at));
}

/* Lines that a tag took away become blank ones, so that lines are those of the file. */
static void fill_lines(const builder *b, cmark_node *node, unsigned line, int first, unsigned *written, GString *out) {
    size_t at = jb_draft_line(b->d, cmark_node_get_start_line(node) + 1 + (int)line);
    int wanted = jb_draft_pos(b->d, jb_draft_source(b->d, at)).line - first;
    for (; (int)*written < wanted; ++*written) g_string_append_c(out, '\n');
    ++*written;
}

static void indent_lines(const builder *b, cmark_node *node, GString *out, const char *text, int first) {
    unsigned indent = spec_indent(b, node), line = 0, written = 0;
    for (const char *p = text; *p; line++) {
        size_t n = strcspn(p, "\n");
        if (b->d->text_of->changed) fill_lines(b, node, line, first, &written, out);
        if (n) g_string_append_printf(out, "%*s", (int)indent, "");
        g_string_append_len(out, p, (gssize)n);
        p += n;
        if (*p) g_string_append_c(out, *p++);
    }
}

static void build_spec(builder *b, cmark_node *node, jb_block *block) {
    GString *code = g_string_new(NULL), *text = g_string_new(NULL);
    const char *literal = cmark_node_get_literal(node);
    size_t start = jb_draft_source(b->d, code_start(b, node));
    jb_pos origin = {b->d->file, jb_draft_pos(b->d, start).line, 1};
    jb_draft_restore(b->d, code, literal, strlen(literal));
    indent_lines(b, node, text, code->str, origin.line);
    block->scope = jb_template_scope(b->d->text_of, start);
    jb_status status = jb_node_parse(b->d->ctx, b->arena, text->str, text->len, origin, &block->spec);
    if (status == JB_OK && block->spec->kind != JB_NODE_MAP)
        status = jb_fail(b->d->ctx, block->spec->pos, "a specification is a map of “key: value” lines");
    if (status != JB_OK) b->d->status = status;
    g_string_free(code, TRUE);
    g_string_free(text, TRUE);
}

static void build_plain_code(builder *b, cmark_node *node, jb_block *block) {
    GString *code = g_string_new(NULL);
    const char *literal = cmark_node_get_literal(node);
    jb_draft_restore(b->d, code, literal, strlen(literal));
    block->kind = JB_BLOCK_CODE;
    block->text = jb_arena_copy(b->arena, code->str, code->len);
    g_string_free(code, TRUE);
}

static void build_code(builder *b, cmark_node *node, jb_block *block) {
    int length, offset;
    char fence;
    const char *info = cmark_node_get_fence_info(node);
    bool fenced = cmark_node_get_fenced(node, &length, &offset, &fence);
    if (fenced && !is_closed(b, node, length, fence))
        jb_draft_fail(b->d, node_offset(b, node), "the block that begins here is not closed");
    size_t word = strcspn(info, " \t");
    bool chart = word == 5 && !strncmp(info, "chart", 5), table = word == 5 && !strncmp(info, "table", 5);
    if (!chart && !table) {
        build_plain_code(b, node, block);
        return;
    }
    block->kind = chart ? JB_BLOCK_CHART : JB_BLOCK_TABLE;
    if (info[word]) jb_draft_fail(b->d, node_offset(b, node), "nothing can stand behind “%.5s” here", info);
    build_spec(b, node, block);
}

/* Other blocks */

static void build_html(builder *b, cmark_node *node) {
    char *html = g_strstrip(g_strdup(cmark_node_get_literal(node)));
    const char *end = strstr(html, "-->");
    bool comment = g_str_has_prefix(html, "<!--") && end && !end[3];
    if (!comment) jb_draft_refuse_html(b->d, node_offset(b, node), html);
    g_free(html);
}

static void build_children(builder *b, cmark_node *node, jb_block *block, jb_block_kind kind) {
    block->kind = kind;
    if (++b->depth > JB_LIMIT_BLOCK_DEPTH)
        jb_draft_fail(b->d, node_offset(b, node), "blocks are nested deeper than %d levels",
                      JB_LIMIT_BLOCK_DEPTH);
    else
        block->children = build_blocks(b, node, &block->count);
    b->depth--;
}

static void build_list(builder *b, cmark_node *node, jb_block *block) {
    block->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    block->level = block->ordered ? cmark_node_get_list_start(node) : 0;
    build_children(b, node, block, JB_BLOCK_LIST);
}

static void build_quote(builder *b, cmark_node *node, jb_block *block) {
    b->quotes++;
    build_children(b, node, block, JB_BLOCK_QUOTE);
    b->quotes--;
}

static void build_extension(builder *b, cmark_node *node, jb_block *block) {
    block->kind = JB_BLOCK_TEXT_TABLE;
    block->pos = jb_draft_pos(b->d, jb_draft_source(b->d, jb_table_start(b->d, node, b->quotes)));
    block->table = jb_table_gfm(b->d, node, b->quotes);
}

/* The block of a node, or NULL for a comment and after an error. */
static jb_block *build_block(builder *b, cmark_node *node) {
    jb_block *block = JB_NEW(b->arena, jb_block);
    block->pos = jb_draft_pos(b->d, node_offset(b, node));
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        block->kind = JB_BLOCK_HEADING;
        block->level = cmark_node_get_heading_level(node);
        block->inlines = jb_inlines_read(b->d, node, node_start(b, node), b->quotes);
        return block;
    case CMARK_NODE_PARAGRAPH: build_text(b, node, block); return block;
    case CMARK_NODE_LIST: build_list(b, node, block); return block;
    case CMARK_NODE_ITEM: build_children(b, node, block, JB_BLOCK_ITEM); return block;
    case CMARK_NODE_BLOCK_QUOTE: build_quote(b, node, block); return block;
    case CMARK_NODE_CODE_BLOCK: build_code(b, node, block); return block;
    case CMARK_NODE_THEMATIC_BREAK: block->kind = JB_BLOCK_RULE; return block;
    case CMARK_NODE_HTML_BLOCK: build_html(b, node); return NULL;
    default: build_extension(b, node, block); return block;
    }
}

static jb_block **build_blocks(builder *b, cmark_node *parent, unsigned *count) {
    GPtrArray *blocks = g_ptr_array_new();
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        jb_block *block = build_block(b, node);
        if (block && (block->kind != JB_BLOCK_TEXT_TABLE || block->table)) g_ptr_array_add(blocks, block);
    }
    *count = jb_blocks_attach(b->arena, (jb_block **)blocks->pdata, blocks->len);
    jb_block **kept = JB_ARRAY(b->arena, jb_block *, *count);
    if (*count) memcpy(kept, blocks->pdata, *count * sizeof *kept);
    g_ptr_array_free(blocks, TRUE);
    return kept;
}

jb_status jb_draft_parse(jb_draft *draft, jb_document *document) {
    builder b = {.d = draft, .arena = document->arena};
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_SOURCEPOS);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, draft->text->str, draft->text->len);
    cmark_node *root = cmark_parser_finish(parser);
    document->blocks = build_blocks(&b, root, &document->count);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return draft->status;
}
