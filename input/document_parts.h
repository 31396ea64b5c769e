/* What the files of the document reader share: the draft, which is the report's text as cmark reads it, with
 * the regions that Markdown must not see taken out, and the way back from it to the source. Nothing outside
 * input/document*.c includes this.
 *
 * Offsets are bytes: "source offsets" into the file's text with its {{#if}} settled, "draft offsets" into the text that cmark reads.
 */
#ifndef JB_INPUT_DOCUMENT_PARTS_H
#define JB_INPUT_DOCUMENT_PARTS_H

#include <cmark-gfm.h>
#include "input/document.h"
#include "input/template.h"

typedef enum jb_region_kind {
    JB_REGION_LOOKUP, /* {{ … }} */
    JB_REGION_TABLE,  /* pasted lines with tabs */
    JB_REGION_LETTER  /* a private-use character of the source itself */
} jb_region_kind;

/* A part of the source that stands in the draft as one private-use character. */
typedef struct jb_region {
    jb_region_kind kind;
    size_t start, end; /* source offsets */
} jb_region;

typedef enum jb_edit_kind {
    JB_EDIT_LOOKUP, /* start to end becomes one character */
    JB_EDIT_TABLE,  /* the same, with blank lines around */
    JB_EDIT_MARK,   /* an invisible letter at start: CommonMark's flanking rules then see no punctuation there
                     */
    JB_EDIT_ESCAPE, /* a backslash at start */
    JB_EDIT_BREAK   /* a blank line at start, which is the start of a line */
} jb_edit_kind;

typedef struct jb_edit {
    jb_edit_kind kind;
    size_t start, end;
} jb_edit;

typedef struct jb_draft {
    jb_context *ctx;
    jb_arena *arena;
    const char *file, *source;
    const jb_template *text_of; /* its text is our source, its source the file's */
    size_t length, body;  /* of the source; where the text behind the head begins */
    jb_status status;     /* JB_INPUT after the first error */
    bool too_large;       /* a limit was hit that keeps cmark-gfm in bounds: it must not see the draft */
    GArray *edits;        /* jb_edit by start; those inside a table follow its own */
    GArray *regions;      /* jb_region, made by jb_draft_build */
    GString *text;        /* the draft */
    GArray *map;          /* of piece: where runs of equal bytes begin */
    GArray *lines;        /* size_t: draft offset of each line */
    GArray *source_lines; /* size_t: offset of each line in the file */
    size_t seen_at;       /* jb_draft_pos counts on from here, as questions come mostly in order */
    jb_pos seen;
} jb_draft;

/* The invisible letter of JB_EDIT_MARK; regions have the private-use characters behind it. */
#define JB_DRAFT_MARK 0xF0000u

/* document_draft.c */
void jb_draft_init(jb_draft *draft, jb_context *ctx, jb_arena *arena, const char *file,
                   const jb_template *text, size_t body);
void jb_draft_clear(jb_draft *draft);
/* Applies the edits: fills text, map, lines and regions. */
void jb_draft_build(jb_draft *draft);
/* The text of a table region with its look-ups as placeholders, and nothing else changed but line ends. */
GString *jb_draft_table_text(jb_draft *draft, const jb_region *region);
/* The region that a character of the draft stands for, or NULL. The pointer holds until the next call of
 * jb_draft_table_text. */
const jb_region *jb_draft_region(const jb_draft *draft, gunichar c);
size_t jb_draft_source(const jb_draft *draft, size_t offset); /* source offset of a draft offset */
jb_pos jb_draft_pos(jb_draft *draft, size_t source_offset);   /* place of a source offset */
size_t jb_draft_line(const jb_draft *draft, int line);        /* draft offset of a line from 1, clamped */
int jb_draft_line_of(const jb_draft *draft, size_t offset);   /* line from 1 of a draft offset */
void jb_draft_fail(jb_draft *draft, size_t source_offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Appends draft text as it stands in the source: placeholders put back, marks removed. */
void jb_draft_restore(const jb_draft *draft, GString *out, const char *text, size_t length);

/* document_scan.c: finds what has to be edited; errors are reported and kept in draft->status. */
void jb_draft_scan(jb_draft *draft);

/* document_inlines.c: the inlines under a paragraph, heading or table cell that begins at a draft offset.
 * `quotes` is the number of block quotes around it. */
jb_inlines jb_inlines_read(jb_draft *draft, cmark_node *container, size_t start, unsigned quotes);
/* Where the content of a line begins: behind blanks and at most as many > as there are quotes. */
size_t jb_draft_content(const jb_draft *draft, int line, unsigned quotes);
/* Inlines of plain text in which only placeholders mean something. `place` gives the source offset of an
 * offset in `text`; it is asked in ascending order. */
typedef size_t jb_inlines_place(void *data, size_t offset);
jb_inlines jb_inlines_plain(jb_draft *draft, const char *text, jb_inlines_place *place, void *data);

/* Reports raw HTML by its tag. */
void jb_draft_refuse_html(jb_draft *draft, size_t source_offset, const char *html);

/* document_tables.c */
jb_text_table *jb_table_pasted(jb_draft *draft, const jb_region *region);
size_t jb_table_start(const jb_draft *draft, cmark_node *table, unsigned quotes); /* draft offset */
jb_text_table *jb_table_gfm(jb_draft *draft, cmark_node *node, unsigned quotes);
/* Moves captions and notes beside text tables into them; returns the new count. */
unsigned jb_blocks_attach(jb_arena *arena, jb_block **blocks, unsigned count);

/* document_markdown.c: parses the draft into document->blocks. */
jb_status jb_draft_parse(jb_draft *draft, jb_document *document);

/* document.c */
bool jb_is_han(
    gunichar c); /* Chinese, Japanese or Korean letter or punctuation, curly quotes and dashes with them */

#endif
