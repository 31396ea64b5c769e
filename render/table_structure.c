/* Structure elements of a table (ISO 32000-1 14.8.4.3.4; header cells by scope, ISO 14289-1 7.5). */
#include "render/table.h"

static void tag_cell(jb_builder *b, const jb_table *t, unsigned row, unsigned column, int parent) {
    jb_table_cell *cell = jb_table_cell_at(t, row, column);
    bool head = row < t->header_rows, stub = !head && t->column[column].stub;
    cell->element = jb_structure_add(b->structure, parent, head || stub ? JB_ELEMENT_TH : JB_ELEMENT_TD);
    jb_element *element = jb_structure_at(b->structure, cell->element);
    element->scope = head ? 'c' : stub ? 'r' : 0;
    element->row_span = (short)cell->row_span;
    element->column_span = (short)cell->column_span;
    if (!cell->spark) return;
    cell->figure = jb_structure_add(b->structure, cell->element, JB_ELEMENT_FIGURE);
    jb_structure_at(b->structure, cell->figure)->alt = cell->alt;
}

static void tag_row(jb_builder *b, const jb_table *t, unsigned row, int parent) {
    int tr = jb_structure_add(b->structure, parent, JB_ELEMENT_TR);
    for (unsigned c = 0; c < t->columns; c++)
        if (!jb_table_cell_at(t, row, c)->covered) tag_cell(b, t, row, c, tr);
}

void jb_table_tag(jb_builder *b, jb_table *t) {
    t->element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_TABLE);
    if (t->caption.count || t->unit)
        t->caption_element = jb_structure_add(b->structure, t->element, JB_ELEMENT_CAPTION);
    if (t->header_rows) {
        int head = jb_structure_add(b->structure, t->element, JB_ELEMENT_THEAD);
        for (unsigned r = 0; r < t->header_rows; r++) tag_row(b, t, r, head);
    }
    int body = jb_structure_add(b->structure, t->element, JB_ELEMENT_TBODY);
    for (unsigned r = t->header_rows; r < t->rows; r++) tag_row(b, t, r, body);
}
