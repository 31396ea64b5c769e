/* The structure tree: elements in one array, linked by index. */
#include "output/structure.h"

#include "base/text.h"

/* Standard structure types: ISO 32000-1, 14.8.4. */
static const char *const names[JB_ELEMENT_TYPES] = {
    "Document", "Sect", "H1", "H2",      "H3",     "H4",    "H5",         "H6",    "P",
    "Span",     "Link", "L",  "LI",      "Lbl",    "LBody", "Table",      "THead", "TBody",
    "TR",       "TH",   "TD", "Caption", "Figure", "Note",  "BlockQuote", "Code"};

const char *jb_element_name(jb_element_type type) { return names[type]; }

static int append(jb_structure *structure, int parent, jb_element_type type) {
    jb_element element = {.type = type, .parent = parent, .first = -1, .last = -1, .next = -1};
    g_array_append_val(structure->elements, element);
    return (int)structure->elements->len - 1;
}

jb_structure *jb_structure_new(jb_arena *arena) {
    jb_structure *structure = g_new0(jb_structure, 1);
    structure->arena = arena;
    structure->elements = g_array_new(FALSE, TRUE, sizeof(jb_element));
    append(structure, -1, JB_ELEMENT_DOCUMENT);
    return structure;
}

void jb_structure_free(jb_structure *structure) {
    if (!structure) return;
    g_array_free(structure->elements, TRUE);
    g_free(structure);
}

int jb_structure_add(jb_structure *structure, int parent, jb_element_type type) {
    int index = append(structure, parent, type);
    jb_element *above = jb_structure_at(structure, parent);
    if (above->last < 0)
        above->first = index;
    else
        jb_structure_at(structure, above->last)->next = index;
    above->last = index;
    return index;
}

jb_element *jb_structure_at(const jb_structure *structure, int index) {
    return &g_array_index(structure->elements, jb_element, index);
}

static void dump_text(GString *out, const char *key, const char *value) {
    if (!value) return;
    g_string_append_printf(out, ",\"%s\":", key);
    jb_text_json(out, value);
}

static void dump_cell(GString *out, const jb_element *e) {
    if (e->scope) dump_text(out, "scope", e->scope == 'c' ? "Column" : e->scope == 'r' ? "Row" : "Both");
    if (e->row_span > 1) g_string_append_printf(out, ",\"rows\":%d", e->row_span);
    if (e->column_span > 1) g_string_append_printf(out, ",\"columns\":%d", e->column_span);
    if (!e->headers || !e->header_count) return;
    for (unsigned i = 0; i < e->header_count; i++)
        g_string_append_printf(out, i ? ",%d" : ",\"headers\":[%d", e->headers[i]);
    g_string_append_c(out, ']');
}

static void dump_box(GString *out, const jb_element *e) {
    if (e->box[0] == 0 && e->box[1] == 0 && e->box[2] == 0 && e->box[3] == 0) return;
    g_string_append_printf(out, ",\"page\":%d,\"box\":[", e->page + 1);
    for (int i = 0; i < 4; i++) {
        if (i) g_string_append_c(out, ',');
        jb_text_number(out, e->box[i], 3);
    }
    g_string_append_c(out, ']');
}

static void dump_element(GString *out, const jb_structure *structure, int index) {
    const jb_element *e = jb_structure_at(structure, index);
    g_string_append_printf(out, "{\"element\":%d,\"parent\":%d,\"type\":\"%s\"", index, e->parent,
                           jb_element_name(e->type));
    dump_text(out, "alt", e->alt);
    dump_text(out, "id", e->id);
    dump_cell(out, e);
    if (e->type == JB_ELEMENT_L)
        g_string_append(out, e->ordered ? ",\"ordered\":true" : ",\"ordered\":false");
    dump_box(out, e);
    g_string_append(out, "}\n");
}

/* The element after this one, depth first; -1 after the last. */
static int after(const jb_structure *structure, int index) {
    const jb_element *e = jb_structure_at(structure, index);
    if (e->first >= 0) return e->first;
    while (e->next < 0 && e->parent >= 0) e = jb_structure_at(structure, e->parent);
    return e->next;
}

void jb_structure_dump(const jb_structure *structure, GString *out) {
    for (int i = 0; i >= 0; i = after(structure, i)) dump_element(out, structure, i);
}
