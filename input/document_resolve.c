/* Look-ups become text. */
#include "input/document_parts.h"

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
        jb_status status = jb_store_lookup(r->store, item->text, item->pos, r->out);
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

static void resolve_blocks(resolver *r, jb_block **blocks, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        resolve_inlines(r, &blocks[i]->inlines);
        if (blocks[i]->table) resolve_table(r, blocks[i]->table);
        resolve_blocks(r, blocks[i]->children, blocks[i]->count);
    }
}

jb_status jb_document_resolve(jb_context *ctx, jb_document *document, jb_store *store) {
    resolver r = {ctx, document->arena, store, g_string_new(NULL), JB_OK};
    resolve_blocks(&r, document->blocks, document->count);
    g_string_free(r.out, TRUE);
    return r.status;
}
