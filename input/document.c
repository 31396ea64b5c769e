/* A report from file to document: head, draft, blocks, ids; and the datasets that the head names. */
#include "input/document_parts.h"

#include <string.h>
#include "base/file.h"
#include "base/limits.h"

bool jb_is_han(gunichar c) { return g_unichar_iswide(c) || (c && g_utf8_strchr("“”‘’—…·", -1, c)); }

static size_t next_line(const char *text, size_t at) {
    at += strcspn(text + at, "\r\n");
    if (text[at] == '\r' && text[at + 1] == '\n') return at + 2;
    return text[at] ? at + 1 : at;
}

/* A line that consists of three given characters, blanks behind them. */
static bool is_line(const char *text, size_t at, const char *mark) {
    if (strncmp(text + at, mark, 3) != 0) return false;
    at += 3;
    at += strspn(text + at, " \t");
    return !text[at] || text[at] == '\n' || text[at] == '\r';
}

/* Where the head's YAML lies. The head begins with --- on the first line that is not blank and ends with ---
 * or
 * ... on a line; a report without one has an empty head. */
typedef struct head_span {
    size_t start, stop, body;
} head_span;

static bool find_head(const char *text, head_span *head) {
    size_t at = strspn(text, "\r\n");
    *head = (head_span){0, 0, 0};
    if (!is_line(text, at, "---")) return true;
    head->start = next_line(text, at);
    for (at = head->start; text[at]; at = next_line(text, at))
        if (is_line(text, at, "---") || is_line(text, at, "...")) {
            head->stop = at;
            head->body = next_line(text, at);
            return true;
        }
    return false;
}

static jb_status check_head(jb_context *ctx, const jb_node *head) {
    static const char *const known[] = {"title",   "subtitle", "author", "organisation", "series",
                                        "issue",   "date",     "theme",  "lang",         "data",
                                        "subject", "attach",   "source"};
    if (head->kind != JB_NODE_MAP) return jb_fail(ctx, head->pos, "the head is a map of “key: value” lines");
    return jb_node_check_keys(ctx, head, "key in the head", known, G_N_ELEMENTS(known));
}

static jb_status read_head(jb_context *ctx, jb_document *document, size_t *body) {
    const char *text = document->source;
    head_span head;
    if (!find_head(text, &head))
        return jb_fail(ctx, jb_pos_at(document->file, text, strspn(text, "\r\n")),
                       "the head is not closed with “---”");
    jb_status status = jb_node_parse(ctx, document->arena, text + head.start, head.stop - head.start,
                                     jb_pos_at(document->file, text, head.start), &document->head);
    *body = head.body;
    return status == JB_OK ? check_head(ctx, document->head) : status;
}

/* Ids of charts and tables, in the order of the text. */
typedef struct naming {
    jb_context *ctx;
    jb_arena *arena;
    GHashTable *blocks; /* id to jb_block, looked up only */
    unsigned charts, tables;
    jb_status status;
} naming;

static const char *new_id(naming *n, jb_block *block) {
    bool chart = block->kind == JB_BLOCK_CHART;
    char *id = g_strdup_printf("%s-%u", chart ? "chart" : "table", chart ? n->charts : n->tables);
    const char *kept = jb_arena_string(n->arena, id);
    g_free(id);
    return kept;
}

static void name_block(naming *n, jb_block *block) {
    const jb_node *id = jb_node_get(block->spec, "id");
    if (block->kind == JB_BLOCK_CHART)
        n->charts++;
    else
        n->tables++;
    if (!id)
        block->id = new_id(n, block);
    else if (jb_node_string(n->ctx, id, &block->id) != JB_OK)
        n->status = JB_INPUT;
    if (!block->id) return;
    const jb_block *other = g_hash_table_lookup(n->blocks, block->id);
    if (other)
        n->status = jb_fail(n->ctx, id ? id->pos : block->pos, "the id “%s” is taken by the block at line %d",
                            block->id, other->pos.line);
    else
        g_hash_table_insert(n->blocks, (void *)block->id, block);
}

static void name_blocks(naming *n, jb_block **blocks, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        if (blocks[i]->spec) name_block(n, blocks[i]);
        name_blocks(n, blocks[i]->children, blocks[i]->count);
    }
}

static jb_status name_all(jb_context *ctx, jb_document *document) {
    naming n = {.ctx = ctx, .arena = document->arena, .blocks = g_hash_table_new(g_str_hash, g_str_equal)};
    name_blocks(&n, document->blocks, document->count);
    g_hash_table_destroy(n.blocks);
    return n.status;
}

static jb_status parse_body(jb_context *ctx, jb_document *document, const jb_template *text) {
    jb_draft draft;
    jb_draft_init(&draft, ctx, document->arena, document->file, text, document->body);
    jb_draft_scan(&draft);
    if (!draft.too_large) {
        jb_draft_build(&draft);
        jb_draft_parse(&draft, document);
    }
    jb_status status = draft.status;
    jb_draft_clear(&draft);
    return status;
}

jb_status jb_document_read(jb_context *ctx, jb_document *document, jb_store *store) {
    jb_template *text;
    jb_status status = jb_template_expand(ctx, store, document->arena, document->file, document->source,
                                          document->source_length, document->body, &text);
    if (status == JB_OK) status = parse_body(ctx, document, text);
    jb_status named = name_all(ctx, document);
    return status == JB_OK ? named : status;
}

static jb_status read_source(jb_context *ctx, const char *path, jb_document *document) {
    char *text;
    jb_status status = jb_file_read_text(ctx, path, JB_LIMIT_REPORT_BYTES, (jb_pos){0}, &text,
                                         &document->source_length, &document->file);
    if (status != JB_OK) return status;
    document->source = jb_arena_copy(document->arena, text, document->source_length);
    g_free(text);
    return JB_OK;
}

jb_status jb_document_open(jb_context *ctx, const char *path, jb_document **document) {
    jb_document *d = g_new0(jb_document, 1);
    *document = NULL;
    d->arena = jb_arena_new();
    jb_status status = read_source(ctx, path, d);
    if (status == JB_OK) {
        status = read_head(ctx, d, &d->body);
        if (status != JB_OK && d->body) jb_document_read(ctx, d, NULL);
    }
    if (status == JB_OK)
        *document = d;
    else
        jb_document_free(d);
    return status;
}

jb_status jb_document_load(jb_context *ctx, const char *path, jb_document **document) {
    jb_status status = jb_document_open(ctx, path, document);
    if (status == JB_OK) status = jb_document_read(ctx, *document, NULL);
    if (status != JB_OK) {
        jb_document_free(*document);
        *document = NULL;
    }
    return status;
}

void jb_document_free(jb_document *document) {
    if (!document) return;
    jb_arena_free(document->arena);
    g_free(document);
}
