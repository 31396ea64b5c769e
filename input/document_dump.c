/* The dump of a document: one JSON object a block, depth first (docs/dumps.md). */
#include "input/document_parts.h"

#include "base/text.h"

typedef struct dumper {
    GString *out;
    jb_arena *arena; /* for texts, released with the dump */
    unsigned blocks;
} dumper;

static void key(GString *out, const char *name) {
    g_string_append_c(out, ',');
    jb_text_json(out, name);
    g_string_append_c(out, ':');
}

static void put_text(dumper *d, const jb_inlines *inlines) {
    jb_text_json(d->out, jb_inlines_text(d->arena, inlines));
}

static void put_run(GString *out, const jb_inline *item) {
    g_string_append_printf(out, "{\"at\":\"%d:%d\"", item->pos.line, item->pos.column);
    switch (item->kind) {
    case JB_INLINE_TEXT: key(out, "text"), jb_text_json(out, item->text); break;
    case JB_INLINE_LOOKUP: key(out, "lookup"), jb_text_json(out, item->text); break;
    case JB_INLINE_BREAK: key(out, "break"), g_string_append(out, "true"); break;
    }
    if (item->flags & JB_INLINE_STRONG) g_string_append(out, ",\"strong\":true");
    if (item->flags & JB_INLINE_EMPH) g_string_append(out, ",\"emphasis\":true");
    if (item->flags & JB_INLINE_CODE) g_string_append(out, ",\"code\":true");
    if (item->href) key(out, "href"), jb_text_json(out, item->href);
    g_string_append_c(out, '}');
}

static bool is_plain(const jb_inlines *inlines) {
    for (unsigned i = 0; i < inlines->count; i++) {
        const jb_inline *item = &inlines->items[i];
        if (item->kind != JB_INLINE_TEXT || item->flags || item->href) return false;
    }
    return true;
}

/* Text, and its runs when it is more than plain text. */
static void put_inlines(dumper *d, const jb_inlines *inlines) {
    key(d->out, "text");
    put_text(d, inlines);
    if (is_plain(inlines)) return;
    key(d->out, "runs");
    for (unsigned i = 0; i < inlines->count; i++) {
        g_string_append_c(d->out, i ? ',' : '[');
        put_run(d->out, &inlines->items[i]);
    }
    g_string_append_c(d->out, ']');
}

static void put_row(dumper *d, const jb_text_table *table, unsigned row) {
    for (unsigned i = 0; i < table->columns; i++) {
        g_string_append_c(d->out, i ? ',' : '[');
        put_text(d, &table->cells[(size_t)row * table->columns + i]);
    }
    g_string_append(d->out, table->columns ? "]" : "[]");
}

static void put_table(dumper *d, const jb_text_table *table) {
    key(d->out, "caption");
    put_text(d, &table->caption);
    key(d->out, "header_rows");
    g_string_append_printf(d->out, "%u", table->header_rows);
    key(d->out, "rows");
    g_string_append_c(d->out, '[');
    for (unsigned i = 0; i < table->rows; i++) {
        if (i) g_string_append_c(d->out, ',');
        put_row(d, table, i);
    }
    g_string_append_c(d->out, ']');
    key(d->out, "notes");
    g_string_append_c(d->out, '[');
    for (unsigned i = 0; i < table->note_count; i++) {
        if (i) g_string_append_c(d->out, ',');
        put_text(d, &table->notes[i]);
    }
    g_string_append_c(d->out, ']');
}

/* An unquoted scalar is null, true, false or a number where it reads as one. */
static void put_scalar(GString *out, const jb_node *node) {
    double number;
    if (jb_node_is_null(node))
        g_string_append(out, "null");
    else if (!node->quoted && (g_str_equal(node->text, "true") || g_str_equal(node->text, "false")))
        g_string_append(out, node->text);
    else if (!node->quoted && jb_text_double(node->text, &number))
        jb_text_json_number(out, number);
    else
        jb_text_json(out, node->text);
}

static void put_node(GString *out, const jb_node *node) {
    if (node->kind == JB_NODE_SCALAR) {
        put_scalar(out, node);
        return;
    }
    bool map = node->kind == JB_NODE_MAP;
    g_string_append_c(out, map ? '{' : '[');
    for (unsigned i = 0; i < node->count; i++) {
        if (i) g_string_append_c(out, ',');
        if (map) {
            jb_text_json(out, node->keys[i]);
            g_string_append_c(out, ':');
        }
        put_node(out, node->items[i]);
    }
    g_string_append_c(out, map ? '}' : ']');
}

static void put_spec(dumper *d, const jb_block *block) {
    key(d->out, "id");
    jb_text_json(d->out, block->id);
    key(d->out, "spec");
    put_node(d->out, block->spec);
}

static const char *kind_name(jb_block_kind kind) {
    switch (kind) {
    case JB_BLOCK_HEADING: return "heading";
    case JB_BLOCK_PARAGRAPH: return "paragraph";
    case JB_BLOCK_LIST: return "list";
    case JB_BLOCK_ITEM: return "item";
    case JB_BLOCK_QUOTE: return "quote";
    case JB_BLOCK_CODE: return "code";
    case JB_BLOCK_RULE: return "rule";
    case JB_BLOCK_TEXT_TABLE: return "text-table";
    case JB_BLOCK_TABLE: return "table";
    case JB_BLOCK_CHART: return "chart";
    }
    return "";
}

static void put_content(dumper *d, const jb_block *block) {
    switch (block->kind) {
    case JB_BLOCK_HEADING:
    case JB_BLOCK_PARAGRAPH: put_inlines(d, &block->inlines); break;
    case JB_BLOCK_CODE: key(d->out, "text"), jb_text_json(d->out, block->text); break;
    case JB_BLOCK_TEXT_TABLE: put_table(d, block->table); break;
    case JB_BLOCK_TABLE:
    case JB_BLOCK_CHART: put_spec(d, block); break;
    default: break;
    }
}

/* `parent` is the number of the block around, 0 for none. */
static void put_block(dumper *d, const jb_block *block, unsigned parent) {
    unsigned number = ++d->blocks;
    g_string_append_printf(d->out, "{\"block\":%u,\"kind\":\"%s\"", number, kind_name(block->kind));
    if (block->kind == JB_BLOCK_HEADING) g_string_append_printf(d->out, ",\"level\":%d", block->level);
    if (block->kind == JB_BLOCK_LIST)
        g_string_append_printf(d->out, ",\"ordered\":%s,\"first\":%d", block->ordered ? "true" : "false",
                               block->level);
    g_string_append_printf(d->out, ",\"at\":\"%d:%d\"", block->pos.line, block->pos.column);
    if (parent) g_string_append_printf(d->out, ",\"parent\":%u", parent);
    put_content(d, block);
    g_string_append(d->out, "}\n");
    for (unsigned i = 0; i < block->count; i++) put_block(d, block->children[i], number);
}

void jb_document_dump(const jb_document *document, GString *out) {
    dumper d = {out, jb_arena_new(), 0};
    for (unsigned i = 0; i < document->count; i++) put_block(&d, document->blocks[i], 0);
    jb_arena_free(d.arena);
}
