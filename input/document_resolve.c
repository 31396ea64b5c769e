/* Look-ups become text. */
#include "input/document_parts.h"

#include <string.h>

typedef struct resolver {
    jb_context *ctx;
    jb_arena *arena;
    jb_store *store;
    GString *out;
    jb_status status;
} resolver;

static void resolve_inlines(resolver *r, jb_inlines *inlines) {
    for (unsigned i = 0; i < inlines->count; i++) {
        jb_inline *item = &inlines->items[i];
        if (item->kind != JB_INLINE_LOOKUP) continue;
        g_string_truncate(r->out, 0);
        jb_status status = jb_store_lookup_in(r->store, item->scope, item->text, item->pos, r->out);
        if (status != JB_OK) {
            r->status = r->status == JB_OK ? status : r->status;
            continue;
        }
        item->kind = JB_INLINE_TEXT;
        item->text = jb_arena_copy(r->arena, r->out->str, r->out->len);
    }
}

static void resolve_table(resolver *r, jb_text_table *table) {
    resolve_inlines(r, &table->caption);
    for (size_t i = 0; i < (size_t)table->rows * table->columns; i++) resolve_inlines(r, &table->cells[i]);
    for (unsigned i = 0; i < table->note_count; i++) resolve_inlines(r, &table->notes[i]);
}

/* ---- specifications of charts and tables ---- */

/* The place of a byte of a scalar, as far as it is written in one line and without escapes; else of the
 * scalar. */
static jb_pos scalar_place(const jb_node *node, const char *at) {
    jb_pos pos = node->pos;
    bool first = !memchr(node->text, '\n', (size_t)(at - node->text));
    if (pos.column > 0 && first) pos.column += node->quoted + (int)g_utf8_strlen(node->text, at - node->text);
    return pos;
}

/* Behind the }} of a look-up that begins at `p`; }} inside a text does not count. NULL when it is not closed.
 */
static const char *lookup_end(const char *p) {
    char quote = 0;
    for (p += 2; *p; p++) {
        if (quote)
            quote = *p == quote ? 0 : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else if (p[0] == '}' && p[1] == '}')
            return p + 2;
    }
    return NULL;
}

static jb_status resolve_lookup(resolver *r, const jb_scope *scope, const jb_node *node, const char *p,
                                const char *end, GString *out) {
    p += 2;
    while (g_ascii_isspace(*p)) p++;
    char *text = g_strndup(p, (gsize)MAX(end - 2 - p, 0));
    jb_status status = jb_store_lookup_in(r->store, scope, g_strchomp(text), scalar_place(node, p), out);
    g_free(text);
    return status;
}

static void resolve_scalar(resolver *r, const jb_scope *scope, jb_node *node) {
    const char *p = node->text, *next, *end;
    jb_status status = JB_OK;
    if (!strstr(p, "{{")) return;
    GString *out = g_string_new(NULL);
    for (; status == JB_OK && (next = strstr(p, "{{")); p = end) {
        g_string_append_len(out, p, next - p);
        end = lookup_end(next);
        if (end)
            status = resolve_lookup(r, scope, node, next, end, out);
        else
            status = jb_fail(r->ctx, scalar_place(node, next), "this look-up is not closed with “}}”");
    }
    if (status == JB_OK) node->text = jb_arena_string(r->arena, g_string_append(out, p)->str);
    if (r->status == JB_OK) r->status = status;
    g_string_free(out, TRUE);
}

/* Its depth is that of YAML, which has a limit. */
static void resolve_node(resolver *r, const jb_scope *scope, jb_node *node) {
    if (node->kind == JB_NODE_SCALAR) resolve_scalar(r, scope, node);
    for (unsigned i = 0; node->kind != JB_NODE_SCALAR && i < node->count; i++)
        resolve_node(r, scope, node->items[i]);
}

static void resolve_blocks(resolver *r, jb_block **blocks, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        resolve_inlines(r, &blocks[i]->inlines);
        if (blocks[i]->table) resolve_table(r, blocks[i]->table);
        if (blocks[i]->spec) resolve_node(r, blocks[i]->scope, blocks[i]->spec);
        resolve_blocks(r, blocks[i]->children, blocks[i]->count);
    }
}

jb_status jb_document_resolve(jb_context *ctx, jb_document *document, jb_store *store) {
    resolver r = {ctx, document->arena, store, g_string_new(NULL), JB_OK};
    resolve_blocks(&r, document->blocks, document->count);
    g_string_free(r.out, TRUE);
    return r.status;
}

jb_status jb_block_resolve(jb_context *ctx, jb_document *document, jb_block *block, jb_store *store) {
    resolver r = {ctx, document->arena, store, g_string_new(NULL), JB_OK};
    if (block->spec) resolve_node(&r, block->scope, block->spec);
    g_string_free(r.out, TRUE);
    return r.status;
}
