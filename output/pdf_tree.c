/* Structure elements are written as text: a dictionary of libharu takes 2.6 KB, a report has 60,000 cells. */
#include "output/pdf_tree.h"

#include <string.h>
#include "base/text.h"

#define NEVER G_MAXUINT

typedef struct tree {
    jb_pdf_drawing *drawing;
    const jb_pages *pages;
    const unsigned *page_ids;
    unsigned count;      /* elements */
    unsigned *ids;       /* object numbers, by element */
    unsigned *starts;    /* by element, and one past: its marks in `order` */
    unsigned *order;     /* indices of marks, by element, then in the order of drawing */
    unsigned *first;     /* by element: the first mark in its subtree */
    char **names;        /* by element: its ID as it stands in the file, or NULL */
    GArray *kids, *keys; /* of the element that is written: ids and first marks of its children */
    GString *text;
} tree;

static const jb_pdf_mark *mark_at(const tree *t, unsigned i) {
    return &g_array_index(t->drawing->marks, jb_pdf_mark, i);
}

static const jb_element *element_at(const tree *t, unsigned i) {
    return &g_array_index(t->pages->structure->elements, jb_element, i);
}

/* ---- order of marks ---- */

static void sort_marks(tree *t) {
    unsigned marks = t->drawing->marks->len;
    t->starts = g_new0(unsigned, t->count + 2);
    t->order = g_new(unsigned, marks + 1);
    for (unsigned i = 0; i < marks; i++) t->starts[mark_at(t, i)->element + 2]++;
    for (unsigned e = 2; e < t->count + 2; e++) t->starts[e] += t->starts[e - 1];
    for (unsigned i = 0; i < marks; i++) t->order[t->starts[mark_at(t, i)->element + 1]++] = i;
}

/* Children come after their parents in the array. */
static void find_first(tree *t) {
    t->first = g_new(unsigned, t->count);
    for (unsigned e = 0; e < t->count; e++)
        t->first[e] = t->starts[e] < t->starts[e + 1] ? t->order[t->starts[e]] : NEVER;
    for (unsigned e = t->count; e-- > 1;) {
        int parent = element_at(t, e)->parent;
        if (parent >= 0) t->first[parent] = MIN(t->first[parent], t->first[e]);
    }
}

/* ---- IDs (14.7.2): of notes, and of header cells that others name ---- */

static void put_string(GString *out, const char *text) {
    const char *p = text;
    while (g_ascii_isalnum(*p) || (*p && strchr("-_.:", *p))) p++;
    if (!*p) {
        g_string_append_printf(out, "(%s)", text);
        return;
    }
    g_string_append_c(out, '<');
    for (p = text; *p; p++) g_string_append_printf(out, "%02X", (unsigned char)*p);
    g_string_append_c(out, '>');
}

static void name_element(tree *t, GHashTable *taken, unsigned e) {
    const char *wish = element_at(t, e)->id;
    GString *name = g_string_new(wish && *wish ? wish : "e");
    if (t->names[e]) return (void)g_string_free(name, TRUE);
    if (!wish || !*wish || g_hash_table_contains(taken, name->str)) g_string_append_printf(name, ".%u", e);
    while (g_hash_table_contains(taken, name->str)) g_string_append_c(name, '.');
    g_hash_table_add(taken, g_strdup(name->str));
    GString *text = g_string_new(NULL);
    put_string(text, name->str);
    t->names[e] = g_string_free(text, FALSE);
    g_string_free(name, TRUE);
}

static void name_elements(tree *t) {
    GHashTable *taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    t->names = g_new0(char *, t->count);
    for (unsigned e = 0; e < t->count; e++) {
        const jb_element *it = element_at(t, e);
        if (it->type == JB_ELEMENT_NOTE || (it->id && *it->id)) name_element(t, taken, e);
        for (unsigned h = 0; h < it->header_count; h++)
            if (it->headers[h] >= 0 && (unsigned)it->headers[h] < t->count)
                name_element(t, taken, (unsigned)it->headers[h]);
    }
    g_hash_table_destroy(taken);
}

/* ---- attributes (14.8.5) ---- */

static void put_box(const tree *t, const jb_element *it) {
    const double *b = it->box;
    if ((b[0] == b[2] && b[1] == b[3]) || it->page < 0 || (guint)it->page >= t->pages->scenes->len) return;
    double height = ((const jb_scene *)g_ptr_array_index(t->pages->scenes, (guint)it->page))->height;
    double flipped[4] = {b[0], height - b[3], b[2], height - b[1]};
    g_string_append(t->text, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) jb_pdf_number(t->text, flipped[i]);
    g_string_append(t->text, "]>>");
}

static void put_headers(const tree *t, const jb_element *it) {
    if (!it->header_count) return;
    g_string_append(t->text, "/Headers[");
    for (unsigned h = 0; h < it->header_count; h++)
        if (it->headers[h] >= 0 && (unsigned)it->headers[h] < t->count)
            g_string_append(t->text, t->names[it->headers[h]]);
    g_string_append_c(t->text, ']');
}

static void put_cell(const tree *t, const jb_element *it) {
    if (!it->scope && it->row_span <= 1 && it->column_span <= 1 && !it->header_count) return;
    g_string_append(t->text, "/A<</O/Table");
    if (it->scope == 'c') g_string_append(t->text, "/Scope/Column");
    if (it->scope == 'r') g_string_append(t->text, "/Scope/Row");
    if (it->scope == 'b') g_string_append(t->text, "/Scope/Both");
    if (it->row_span > 1) g_string_append_printf(t->text, "/RowSpan %d", it->row_span);
    if (it->column_span > 1) g_string_append_printf(t->text, "/ColSpan %d", it->column_span);
    put_headers(t, it);
    g_string_append(t->text, ">>");
}

static void put_attributes(const tree *t, const jb_element *it) {
    if (it->type == JB_ELEMENT_FIGURE) put_box(t, it);
    if (it->type == JB_ELEMENT_TH || it->type == JB_ELEMENT_TD) put_cell(t, it);
    if (it->type == JB_ELEMENT_L)
        g_string_append_printf(t->text, "/A<</O/List/ListNumbering/%s>>", it->ordered ? "Decimal" : "Disc");
}

/* ---- kids: marked contents, annotations and child elements in reading order ---- */

static void put_mark(const tree *t, const jb_pdf_mark *mark, unsigned page) {
    unsigned id = t->page_ids[mark->page];
    if (mark->annotation)
        g_string_append_printf(t->text, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", id, mark->value);
    else if (mark->page == page)
        g_string_append_printf(t->text, "%u ", mark->value);
    else
        g_string_append_printf(t->text, "<</Type/MCR/Pg %u 0 R/MCID %u>>", id, mark->value);
}

/* Children and where they come among the marks: not after a later sibling, so that a footnote, drawn last,
 * stays by its place, and an empty element too. */
static void list_children(const tree *t, const jb_element *it) {
    g_array_set_size(t->kids, 0);
    g_array_set_size(t->keys, 0);
    for (int c = it->first; c >= 0; c = element_at(t, (unsigned)c)->next) {
        g_array_append_val(t->kids, t->ids[c]);
        g_array_append_val(t->keys, t->first[c]);
    }
    for (guint i = t->keys->len; i-- > 1;) {
        unsigned *key = &g_array_index(t->keys, unsigned, i - 1);
        *key = MIN(*key, key[1]);
    }
}

static void put_kids(const tree *t, unsigned e, unsigned page) {
    unsigned at = t->starts[e], end = t->starts[e + 1], kid = 0;
    if (at == end && !t->kids->len) return;
    g_string_append(t->text, "/K[");
    while (at < end || kid < t->kids->len) {
        if (kid < t->kids->len && (at == end || g_array_index(t->keys, unsigned, kid) < t->order[at]))
            g_string_append_printf(t->text, "%u 0 R ", g_array_index(t->kids, unsigned, kid++));
        else
            put_mark(t, mark_at(t, t->order[at++]), page);
    }
    g_string_append_c(t->text, ']');
}

/* The page of an element's first marked content. */
static unsigned page_of(const tree *t, unsigned e) {
    for (unsigned i = t->starts[e]; i < t->starts[e + 1]; i++)
        if (!mark_at(t, t->order[i])->annotation) return mark_at(t, t->order[i])->page;
    return NEVER;
}

static void write_element(const tree *t, unsigned e, unsigned root) {
    const jb_element *it = element_at(t, e);
    unsigned page = page_of(t, e);
    g_string_printf(t->text, "<</Type/StructElem/S/%s/P %u 0 R", jb_element_name(it->type),
                    it->parent < 0 ? root : t->ids[it->parent]);
    if (page != NEVER) g_string_append_printf(t->text, "/Pg %u 0 R", t->page_ids[page]);
    if (it->alt) {
        g_string_append(t->text, "/Alt");
        jb_pdf_text(t->text, it->alt, strlen(it->alt));
    }
    if (t->names[e]) g_string_append_printf(t->text, "/ID%s", t->names[e]);
    put_attributes(t, it);
    list_children(t, it);
    put_kids(t, e, page);
    g_string_append(t->text, ">>");
    jb_pdf_raw_set(t->drawing->doc, t->ids[e], t->text->str, t->text->len);
}

/* ---- parent tree (14.7.4.4): pages by their index, annotations behind them in the order of drawing ---- */

static void end_page(const tree *t, jb_pdf_leaves *leaves, unsigned page) {
    char key[16];
    if (!t->text->len) return;
    g_snprintf(key, sizeof key, "%u", page);
    g_string_prepend_c(t->text, '[');
    g_string_append_c(t->text, ']');
    unsigned id = jb_pdf_raw(t->drawing->doc);
    jb_pdf_raw_set(t->drawing->doc, id, t->text->str, t->text->len);
    jb_pdf_leaves_add(leaves, key, id);
    g_string_truncate(t->text, 0);
}

static unsigned parent_tree(const tree *t) {
    jb_pdf_leaves leaves;
    unsigned page = 0, key = t->pages->scenes->len, marks = t->drawing->marks->len;
    char text[16];
    jb_pdf_leaves_begin(&leaves, t->drawing->doc, "Nums");
    g_string_truncate(t->text, 0);
    for (unsigned i = 0; i < marks; i++) {
        const jb_pdf_mark *mark = mark_at(t, i);
        if (mark->annotation) continue;
        if (mark->page != page) end_page(t, &leaves, page);
        page = mark->page;
        g_string_append_printf(t->text, "%u 0 R ", t->ids[mark->element]);
    }
    end_page(t, &leaves, page);
    for (unsigned i = 0; i < marks; i++) {
        if (!mark_at(t, i)->annotation) continue;
        g_snprintf(text, sizeof text, "%u", key++);
        jb_pdf_leaves_add(&leaves, text, t->ids[mark_at(t, i)->element]);
    }
    return jb_pdf_leaves_end(&leaves);
}

/* ---- ID tree ---- */

typedef struct named {
    const char *name; /* as it stands in the file */
    char *key;        /* its bytes */
    unsigned id;
} named;

static int by_key(const void *a, const void *b) {
    return strcmp(((const named *)a)->key, ((const named *)b)->key);
}

/* The bytes of "(…)" or "<…>". */
static char *plain(const char *name) {
    size_t length = strlen(name);
    if (*name == '(') return g_strndup(name + 1, length - 2);
    char *key = g_malloc0(length / 2);
    for (size_t i = 0; 2 * i + 2 < length; i++)
        key[i] = (char)(g_ascii_xdigit_value(name[1 + 2 * i]) << 4 | g_ascii_xdigit_value(name[2 + 2 * i]));
    return key;
}

static unsigned id_tree(const tree *t) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(named));
    for (unsigned e = 0; e < t->count; e++) {
        named n = {t->names[e], NULL, t->ids[e]};
        if (n.name) n.key = plain(n.name), g_array_append_val(all, n);
    }
    unsigned id = 0;
    if (all->len) {
        jb_pdf_leaves leaves;
        qsort(all->data, all->len, sizeof(named), by_key);
        jb_pdf_leaves_begin(&leaves, t->drawing->doc, "Names");
        for (guint i = 0; i < all->len; i++) {
            named *n = &g_array_index(all, named, i);
            jb_pdf_leaves_add(&leaves, n->name, n->id);
            g_free(n->key);
        }
        id = jb_pdf_leaves_end(&leaves);
    }
    g_array_free(all, TRUE);
    return id;
}

/* ---- all of it ---- */

static jb_pdf_obj *make_root(const tree *t) {
    jb_pdf_doc *doc = t->drawing->doc;
    jb_pdf_obj *root = jb_pdf_indirect(doc, jb_pdf_dict(doc));
    for (unsigned e = 0; e < t->count; e++) write_element(t, e, jb_pdf_id(root));
    unsigned ids = id_tree(t);
    jb_pdf_put_name(doc, root, "Type", "StructTreeRoot");
    if (t->count) jb_pdf_put_raw(doc, root, "K", t->ids[0]);
    jb_pdf_put_raw(doc, root, "ParentTree", parent_tree(t));
    jb_pdf_put_int(doc, root, "ParentTreeNextKey", (int)t->drawing->next_key);
    if (ids) jb_pdf_put_raw(doc, root, "IDTree", ids);
    return root;
}

jb_pdf_obj *jb_pdf_tree_make(jb_pdf_drawing *drawing, const jb_pages *pages, const unsigned *page_ids,
                             unsigned **elements) {
    tree t = {
        .drawing = drawing, .pages = pages, .page_ids = page_ids, .count = pages->structure->elements->len};
    t.ids = *elements = g_new(unsigned, t.count + 1);
    for (unsigned e = 0; e < t.count; e++) t.ids[e] = jb_pdf_raw(drawing->doc);
    t.kids = g_array_new(FALSE, FALSE, sizeof(unsigned));
    t.keys = g_array_new(FALSE, FALSE, sizeof(unsigned));
    t.text = g_string_new(NULL);
    sort_marks(&t);
    find_first(&t);
    name_elements(&t);
    jb_pdf_obj *root = make_root(&t);
    for (unsigned e = 0; e < t.count; e++) g_free(t.names[e]);
    g_free(t.names);
    g_free(t.starts);
    g_free(t.order);
    g_free(t.first);
    g_array_free(t.kids, TRUE);
    g_array_free(t.keys, TRUE);
    g_string_free(t.text, TRUE);
    return root;
}
