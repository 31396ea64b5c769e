/* Tables written in the text: pasted tab-separated lines and GFM tables, their captions and notes. */
#include "input/document_parts.h"
#include "input/parts.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

static jb_text_table *new_table(jb_arena *arena, unsigned rows, unsigned columns) {
    jb_text_table *table = JB_NEW(arena, jb_text_table);
    size_t cells = (size_t)rows * columns;
    table->rows = rows;
    table->columns = columns;
    table->cells = JB_ARRAY(arena, jb_inlines, cells);
    table->tall = JB_ARRAY(arena, bool, cells);
    table->wide = JB_ARRAY(arena, bool, cells);
    table->align = JB_ARRAY(arena, char, columns);
    return table;
}

/* A way through a table's text, which is the source with placeholders, and at once through the source. */
typedef struct cell_place {
    jb_draft *draft;
    const char *text;
    size_t at, source; /* offsets of where we are: in text, in the source */
    int line, column;  /* the same, line from 0, column in characters from 1 */
} cell_place;

static void step(cell_place *p) {
    const char *here = p->text + p->at, *source = p->draft->source + p->source;
    const jb_region *region = jb_draft_region(p->draft, g_utf8_get_char(here));
    size_t length = (size_t)(g_utf8_next_char(here) - here);
    bool end = *here == '\n';
    p->at += length;
    if (region)
        p->source = region->end;
    else
        p->source += end && source[0] == '\r' && source[1] == '\n' ? 2 : length;
    p->column = end ? 1 : p->column + 1;
    p->line += end;
}

/* Goes on to a line and column; cells are asked for in order. */
static void go_to(cell_place *p, int line, int column) {
    while (p->text[p->at] && (p->line < line || (p->line == line && p->column < column))) step(p);
}

/* From a cell's start to its text, over blanks. */
static void go_to_text(cell_place *p, const char *text) {
    size_t length = strlen(text);
    while (p->text[p->at] && !strchr("\t\n", p->text[p->at]) &&
           strncmp(p->text + p->at, text, MIN(length, 4)) != 0)
        step(p);
}

static size_t place_in_cell(void *data, size_t offset) {
    cell_place here = *(const cell_place *)data;
    size_t end = here.at + offset;
    while (here.at < end && here.text[here.at]) step(&here);
    return here.source;
}

static void fill_cells(jb_text_table *table, const jb_grid *grid, cell_place *p, int first_line) {
    for (unsigned r = 0; r < grid->rows; r++)
        for (unsigned c = 0; c < grid->columns; c++) {
            const char *text = jb_grid_text(grid, r, c);
            if (!*text) continue;
            jb_pos pos = jb_grid_pos(grid, r, c);
            go_to(p, pos.line - first_line, pos.column);
            go_to_text(p, text);
            table->cells[(size_t)r * grid->columns + c] = jb_inlines_plain(p->draft, text, place_in_cell, p);
        }
}

static jb_text_table *fill_table(jb_draft *draft, const jb_grid *grid, const jb_parts *parts, cell_place *p, int line) {
    jb_text_table *table = new_table(draft->arena, grid->rows, grid->columns);
    size_t flags = (size_t)parts->header_rows * grid->columns;
    table->header_rows = parts->header_rows;
    table->pasted = true;
    memcpy(table->tall, parts->tall, flags * sizeof(bool));
    memcpy(table->wide, parts->wide, flags * sizeof(bool));
    fill_cells(table, grid, p, line);
    return table;
}

/* A pasted table; NULL after an error. */
jb_text_table *jb_table_pasted(jb_draft *draft, const jb_region *given) {
    jb_region region = *given;
    jb_grid *grid;
    jb_parts parts;
    jb_pos origin = jb_draft_pos(draft, region.start);
    GString *text = jb_draft_table_text(draft, &region);
    jb_text_table *table = NULL;
    origin.file = draft->file;
    jb_status status =
        jb_grid_read(draft->ctx, g_strndup(text->str, text->len), text->len, '\t', origin, &grid);
    if (status == JB_OK) {
        cell_place p = {draft, text->str, 0, region.start, 0, 1};
        status = jb_grid_recognise_pasted(draft->ctx, grid, &parts);
        if (status == JB_OK) table = fill_table(draft, grid, &parts, &p, origin.line);
        jb_parts_clear(&parts);
        jb_grid_free(grid);
    }
    if (status != JB_OK) draft->status = status;
    g_string_free(text, TRUE);
    return table;
}

/* GFM */

static unsigned count_rows(cmark_node *node) {
    unsigned rows = 0;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) rows++;
    return rows;
}

/* The line of the header. cmark-gfm gives that of the text above when there is no blank line between; but the
 * delimiter row follows the header, and the other rows or the table's end follow that. */
static int header_line(cmark_node *table) {
    cmark_node *second = cmark_node_next(cmark_node_first_child(table));
    return second ? cmark_node_get_start_line(second) - 2 : cmark_node_get_end_line(table) - 1;
}

size_t jb_table_start(const jb_draft *draft, cmark_node *table, unsigned quotes) {
    int line = header_line(table);
    if (line > cmark_node_get_start_line(table)) return jb_draft_content(draft, line, quotes);
    return jb_draft_line(draft, line) + (size_t)MAX(cmark_node_get_start_column(table) - 1, 0);
}

/* The cells of a row that begins at a draft offset. A cell's column is right in relation to the row's first
 * cell. */
static void fill_row(jb_draft *draft, jb_inlines *cells, unsigned columns, cmark_node *row, size_t start,
                     unsigned quotes) {
    cmark_node *cell = cmark_node_first_child(row);
    int first = cell ? cmark_node_get_start_column(cell) : 0;
    if (draft->text->str[start] == '|') start++;
    for (unsigned i = 0; cell && i < columns; cell = cmark_node_next(cell), i++) {
        size_t at = start + (size_t)MAX(cmark_node_get_start_column(cell) - first, 0);
        cells[i] = jb_inlines_read(draft, cell, MIN(at, draft->text->len), quotes);
    }
}

jb_text_table *jb_table_gfm(jb_draft *draft, cmark_node *node, unsigned quotes) {
    unsigned columns = cmark_gfm_extensions_get_table_columns(node), count = count_rows(node);
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(node);
    jb_text_table *table = new_table(draft->arena, count, columns);
    cmark_node *row = cmark_node_first_child(node);
    for (unsigned i = 0; i < columns; i++) table->align[i] = (char)align[i];
    for (unsigned i = 0; i < count; i++, row = cmark_node_next(row)) {
        size_t start = i ? jb_draft_content(draft, cmark_node_get_start_line(row), quotes)
                         : jb_table_start(draft, node, quotes);
        fill_row(draft, &table->cells[(size_t)i * columns], columns, row, start, quotes);
    }
    table->header_rows = 1;
    return table;
}

/* Captions and notes */

static const char *skip_spaces(const char *text) {
    while (*text && g_unichar_isspace(g_utf8_get_char(text))) text = g_utf8_next_char(text);
    return text;
}

static bool has_prefix(const char **text, const char *const *prefixes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (g_str_has_prefix(*text, prefixes[i])) {
            *text = skip_spaces(*text + strlen(prefixes[i]));
            return true;
        }
    return false;
}

static bool is_number(const char *text) {
    gunichar c = g_utf8_get_char(text);
    return g_unichar_isdigit(c) || (c && g_utf8_strchr("一二三四五六七八九十：:", -1, c));
}

/* A paragraph all in bold that begins 表 N or 附表 N. */
static bool is_caption(const jb_block *block) {
    static const char *const words[] = {"表", "附表"};
    if (block->kind != JB_BLOCK_PARAGRAPH || !block->inlines.count) return false;
    for (unsigned i = 0; i < block->inlines.count; i++) {
        const jb_inline *item = &block->inlines.items[i];
        bool blank =
            item->kind == JB_INLINE_BREAK || (item->kind == JB_INLINE_TEXT && !*skip_spaces(item->text));
        if (!(item->flags & JB_INLINE_STRONG) && !blank) return false;
    }
    const char *text = skip_spaces(block->inlines.items[0].text);
    bool lookup_follows = block->inlines.count > 1 && block->inlines.items[1].kind == JB_INLINE_LOOKUP;
    return has_prefix(&text, words, G_N_ELEMENTS(words)) && (is_number(text) || (!*text && lookup_follows));
}

static bool begins_note(const jb_inlines *inlines) {
    static const char *const words[] = {"注：", "注:"};
    if (!inlines->count || inlines->items[0].kind != JB_INLINE_TEXT) return false;
    const char *text = skip_spaces(inlines->items[0].text);
    return has_prefix(&text, words, G_N_ELEMENTS(words));
}

static bool is_note(const jb_block *block) {
    return block->kind == JB_BLOCK_PARAGRAPH && begins_note(&block->inlines);
}

/* The caption's boldness says only that it is one. */
static void set_caption(jb_text_table *table, const jb_block *block) {
    table->caption = block->inlines;
    for (unsigned i = 0; i < table->caption.count; i++)
        table->caption.items[i].flags &= ~(unsigned)JB_INLINE_STRONG;
}

/* A row of a GFM table that is a note: Markdown takes the line behind a table for one more row. */
static bool is_note_row(const jb_text_table *table, unsigned row) {
    const jb_inlines *cells = &table->cells[(size_t)row * table->columns];
    for (unsigned i = 1; i < table->columns; i++)
        if (cells[i].count) return false;
    return begins_note(&cells[0]);
}

static unsigned note_rows(const jb_text_table *table) {
    unsigned count = 0;
    while (!table->pasted && table->rows - count > table->header_rows &&
           is_note_row(table, table->rows - count - 1))
        count++;
    return count;
}

static void set_notes(jb_arena *arena, jb_text_table *table, jb_block **after, unsigned count) {
    unsigned inside = note_rows(table);
    table->rows -= inside;
    table->notes = JB_ARRAY(arena, jb_inlines, inside + count);
    for (unsigned i = 0; i < inside; i++)
        table->notes[table->note_count++] = table->cells[(size_t)(table->rows + i) * table->columns];
    for (unsigned i = 0; i < count; i++) table->notes[table->note_count++] = after[i]->inlines;
}

unsigned jb_blocks_attach(jb_arena *arena, jb_block **blocks, unsigned count) {
    unsigned kept = 0;
    for (unsigned i = 0; i < count; i++) {
        jb_block *block = blocks[i];
        if (block->kind == JB_BLOCK_TEXT_TABLE) {
            unsigned notes = 0;
            while (i + 1 + notes < count && is_note(blocks[i + 1 + notes])) notes++;
            if (kept && is_caption(blocks[kept - 1])) set_caption(block->table, blocks[--kept]);
            set_notes(arena, block->table, &blocks[i + 1], notes);
            i += notes;
        }
        blocks[kept++] = block;
    }
    return kept;
}
