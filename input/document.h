/* A report's text: a head and a tree of blocks, each with its place. */
#ifndef JB_INPUT_DOCUMENT_H
#define JB_INPUT_DOCUMENT_H

#include "input/node.h"
#include "input/store.h"

typedef enum jb_inline_kind {
    JB_INLINE_TEXT,
    JB_INLINE_LOOKUP, /* {{ … }}; becomes TEXT in jb_document_resolve */
    JB_INLINE_BREAK   /* a hard line break */
} jb_inline_kind;

enum { JB_INLINE_STRONG = 1, JB_INLINE_EMPH = 2, JB_INLINE_CODE = 4 };

typedef struct jb_inline {
    jb_inline_kind kind;
    unsigned flags;
    const char *text; /* TEXT: the text; LOOKUP: the expression */
    const char *href; /* target of a link, or NULL */
    jb_pos pos;
    const jb_scope *scope; /* LOOKUP: the row of the {{#each}} around it, or NULL */
} jb_inline;

typedef struct jb_inlines {
    jb_inline *items;
    unsigned count;
} jb_inlines;

/* A table written in the text: GFM, or pasted tab-separated lines. */
typedef struct jb_text_table {
    unsigned rows, columns, header_rows;
    jb_inlines *cells; /* rows x columns */
    bool *tall, *wide; /* rows x columns: empty header cells that belong to the one above, or left */
    char *align;       /* for each column 'l', 'c', 'r', or 0 when not said */
    jb_inlines caption; /* count 0 when none */
    jb_inlines *notes;  /* paragraphs that begin 注： right after it */
    unsigned note_count;
    bool pasted;
} jb_text_table;

typedef enum jb_block_kind {
    JB_BLOCK_HEADING,
    JB_BLOCK_PARAGRAPH,
    JB_BLOCK_LIST,  /* children are ITEMs */
    JB_BLOCK_ITEM,  /* children are blocks */
    JB_BLOCK_QUOTE, /* children are blocks; set as a key point box */
    JB_BLOCK_CODE,
    JB_BLOCK_RULE,
    JB_BLOCK_TEXT_TABLE,
    JB_BLOCK_TABLE, /* ```table: a table drawn from a dataset */
    JB_BLOCK_CHART  /* ```chart */
} jb_block_kind;

typedef struct jb_block jb_block;
struct jb_block {
    jb_block_kind kind;
    jb_pos pos;
    int level;          /* HEADING: 1 to 6 as written; LIST: first number */
    bool ordered;       /* LIST */
    jb_inlines inlines; /* HEADING, PARAGRAPH */
    const char *text;   /* CODE */
    jb_text_table *table;
    jb_node *spec;  /* TABLE, CHART */
    const jb_scope *scope; /* TABLE, CHART: the row of the {{#each}} around it, or NULL */
    const char *id; /* TABLE, CHART: `id:` of the spec, or chart-1, chart-2, … table-1, … by order */
    jb_block **children;
    unsigned count;
};

typedef struct jb_document {
    jb_arena *arena; /* owns everything */
    const char *file;
    jb_node *head;   /* a map, empty when the report has no head */
    jb_block **blocks;
    unsigned count;
    const char *source; /* the file's text, for the attachment */
    size_t source_length, body; /* where the text behind the head begins */
} jb_document;

/* Reads a report's file and head; the text comes with jb_document_read, when the data are there. NULL on failure in
 * *document; when only the head is at fault, the text's errors are reported too. */
jb_status jb_document_open(jb_context *ctx, const char *path, jb_document **document);
/* Reads the text: {{#if}} and its kin are settled with the data of the store, and their scopes borrow its datasets, so
 * that the store outlives the document's use. Without a store (NULL) such blocks are an error. */
jb_status jb_document_read(jb_context *ctx, jb_document *document, jb_store *store);
/* Both at once, for a report without blocks. */
jb_status jb_document_load(jb_context *ctx, const char *path, jb_document **document);
void jb_document_free(jb_document *document);
/* Replaces each look-up by its text, in the specifications of charts and tables too; all that fail are reported, then the status tells. */
jb_status jb_document_resolve(jb_context *ctx, jb_document *document, jb_store *store);
/* The same for the texts of one block's specification. */
jb_status jb_block_resolve(jb_context *ctx, jb_document *document, jb_block *block, jb_store *store);
/* The text of inlines without marks. Belongs to the arena. */
const char *jb_inlines_text(jb_arena *arena, const jb_inlines *inlines);
/* One JSON object a block (docs/dumps.md). */
void jb_document_dump(const jb_document *document, GString *out);

#endif
