/* A report's text against its data: the walk through the document. */
#include "input/prose.h"
#include "input/prose_parts.h"

#include <string.h>

/* ---- making ---- */

static jb_trie *words_trie(void) {
    jb_trie *trie = jb_trie_new();
    for (unsigned i = 0; i < jb_word_count; i++) jb_trie_add(trie, jb_words[i].text, (int)i);
    return trie;
}

/* The same words from their ends, for what stands before a name. */
static jb_trie *reversed_trie(void) {
    jb_trie *trie = jb_trie_new();
    for (unsigned i = 0; i < jb_word_count; i++) {
        char reversed[64];
        size_t n = strlen(jb_words[i].text);
        for (size_t k = 0; k < n; k++) reversed[k] = jb_words[i].text[n - 1 - k];
        reversed[n] = 0;
        jb_trie_add(trie, reversed, (int)i);
    }
    return trie;
}

static jb_trie *alias_trie(void) {
    jb_trie *trie = jb_trie_new();
    for (unsigned i = 0; i < jb_alias_count; i++) jb_trie_add(trie, jb_aliases[i][0], (int)i);
    return trie;
}

jb_prose *jb_prose_new(jb_context *ctx) {
    jb_prose *prose = g_new0(jb_prose, 1);
    prose->ctx = ctx;
    prose->sets = g_array_new(FALSE, FALSE, sizeof(jb_prose_set));
    prose->facts = g_array_new(FALSE, FALSE, sizeof(jb_fact));
    prose->indicators = g_array_new(FALSE, FALSE, sizeof(jb_indicator));
    prose->compared = g_array_new(FALSE, FALSE, sizeof(jb_pos));
    prose->aliases = alias_trie();
    prose->words = words_trie();
    prose->before = reversed_trie();
    prose->names = jb_trie_new();
    return prose;
}

void jb_prose_free(jb_prose *prose) {
    if (!prose) return;
    for (guint i = 0; i < prose->indicators->len; i++)
        g_free(g_array_index(prose->indicators, jb_indicator, i).name);
    for (guint i = 0; i < prose->sets->len; i++) {
        jb_dataset_free(g_array_index(prose->sets, jb_prose_set, i).own);
        g_free(g_array_index(prose->sets, jb_prose_set, i).places);
        g_array_free(g_array_index(prose->sets, jb_prose_set, i).verdicts, TRUE);
    }
    g_array_free(prose->sets, TRUE);
    g_array_free(prose->facts, TRUE);
    g_array_free(prose->indicators, TRUE);
    g_array_free(prose->compared, TRUE);
    jb_trie_free(prose->aliases);
    jb_trie_free(prose->words);
    jb_trie_free(prose->before);
    jb_trie_free(prose->names);
    g_free(prose);
}

void jb_prose_add(jb_prose *prose, const jb_dataset *dataset) {
    const GArray *titles = dataset->parts.titles;
    int year = 0;
    for (guint i = 0; titles && i < titles->len && !year; i++)
        year = jb_year_of(g_array_index(titles, jb_said, i).text);
    jb_prose_set_add(prose, &(jb_prose_set){.data = dataset, .year = year});
}

static void add_tables(jb_prose *prose, const jb_document *document, jb_block *const *blocks, unsigned count,
                       unsigned *number) {
    for (unsigned i = 0; i < count; i++) {
        if (blocks[i]->table) jb_prose_add_table(prose, document, blocks[i]->table, ++*number);
        add_tables(prose, document, blocks[i]->children, blocks[i]->count, number);
    }
}

void jb_prose_add_tables(jb_prose *prose, const jb_document *document) {
    unsigned number = 0;
    add_tables(prose, document, document->blocks, document->count, &number);
}

/* ---- whose report it is ---- */

enum { KINDS = 7 };
static const char *const kinds[KINDS] = {"区", "县", "市", "省", "州", "旗", "国"};

/* Counts 我区 and 全区: the first weighs more, as 全市 in a district's report is somebody else. */
static void count_kinds(const jb_inlines *inlines, unsigned *counts) {
    for (unsigned i = 0; i < inlines->count; i++) {
        const char *text = inlines->items[i].text;
        if (inlines->items[i].kind != JB_INLINE_TEXT) continue;
        for (const char *p = text; (p = strpbrk(p, "\xE6\xE5")); p++) {
            unsigned weight = g_str_has_prefix(p, "我") ? 1000 : g_str_has_prefix(p, "全") ? 1 : 0;
            for (unsigned k = 0; weight && k < KINDS; k++)
                if (g_str_has_prefix(p + 3, kinds[k])) counts[k] += k == KINDS - 1 ? 1 : weight;
        }
    }
}

static void find_scope(const jb_document *document, jb_block *const *blocks, unsigned count,
                       unsigned *counts) {
    for (unsigned i = 0; i < count; i++) {
        count_kinds(&blocks[i]->inlines, counts);
        find_scope(document, blocks[i]->children, blocks[i]->count, counts);
    }
}

static gunichar scope_of(const jb_document *document) {
    unsigned counts[KINDS] = {0}, best = 0;
    find_scope(document, document->blocks, document->count, counts);
    for (unsigned k = 1; k < KINDS; k++)
        if (counts[k] > counts[best]) best = k;
    return counts[best] ? g_utf8_get_char(kinds[best]) : 0;
}

/* ---- the walk ---- */

enum { RANKS = 8 };

typedef struct walk {
    jb_prose *prose;
    jb_arena *arena;
    jb_plain plain;
    int years[RANKS]; /* what the open headings say, by rank; 0 when nothing */
} walk;

/* Rank by the numbering of Chinese reports (GB/T 9704: 一、（一）1. （1）), as levels are often wrong; else
 * by level. */
static int rank_of(const char *text, int level) {
    static const char numerals[] = "一二三四五六七八九十";
    bool bracket = g_str_has_prefix(text, "（") || *text == '(';
    const char *p = bracket ? g_utf8_next_char(text) : text, *start = p;
    while (*p && g_utf8_strchr(numerals, -1, g_utf8_get_char(p))) p = g_utf8_next_char(p);
    if (p > start) return bracket ? 2 : g_str_has_prefix(p, "、") ? 1 : CLAMP(level - 1, 0, RANKS - 1);
    if (g_ascii_isdigit(*p)) {
        p += strspn(p, "0123456789");
        if (bracket) return 4;
        if (*p == '.' || g_str_has_prefix(p, "、") || g_str_has_prefix(p, "．")) return 3;
    }
    return CLAMP(level - 1, 0, RANKS - 1);
}

static int open_year(const walk *w) {
    for (int i = RANKS; i-- > 0;)
        if (w->years[i]) return w->years[i];
    return 0;
}

static void scan(walk *w, const jb_inlines *inlines) {
    if (!inlines->count) return;
    jb_plain_inlines(&w->plain, w->prose->aliases, inlines);
    jb_prose_scan(w->prose, &w->plain, open_year(w));
}

static void enter_heading(walk *w, const jb_block *block) {
    const char *text = jb_inlines_text(w->arena, &block->inlines);
    int rank = rank_of(text, block->level);
    for (int i = rank; i < RANKS; i++) w->years[i] = 0;
    w->years[rank] = jb_year_of(text);
}

static void walk_table(walk *w, const jb_text_table *table) {
    scan(w, &table->caption);
    for (unsigned i = 0; i < table->note_count; i++) scan(w, &table->notes[i]);
}

static void walk_note(walk *w, const jb_node *spec, const char *key) {
    const jb_node *node = jb_node_get(spec, key);
    if (!node || node->kind != JB_NODE_SCALAR) return;
    jb_inline item = {JB_INLINE_TEXT, 0, node->text, NULL, node->pos};
    item.pos.column += node->quoted;
    scan(w, &(jb_inlines){&item, 1});
}

static void walk_blocks(walk *w, jb_block *const *blocks, unsigned count) {
    static const char *const said[] = {"title", "caption", "note"};
    for (unsigned i = 0; i < count; i++) {
        const jb_block *block = blocks[i];
        if (block->kind == JB_BLOCK_HEADING) enter_heading(w, block);
        scan(w, &block->inlines);
        if (block->table) walk_table(w, block->table);
        for (size_t k = 0; block->spec && k < G_N_ELEMENTS(said); k++) walk_note(w, block->spec, said[k]);
        walk_blocks(w, block->children, block->count);
    }
}

void jb_prose_check(jb_prose *prose, const jb_document *document) {
    walk w = {.prose = prose, .arena = jb_arena_new()};
    const jb_node *title = jb_node_get(document->head, "title");
    jb_plain_init(&w.plain);
    prose->scope = scope_of(document);
    if (title && title->kind == JB_NODE_SCALAR) w.years[0] = jb_year_of(title->text);
    jb_prose_compare_sets(prose);
    walk_blocks(&w, document->blocks, document->count);
    jb_plain_clear(&w.plain);
    jb_arena_free(w.arena);
}

unsigned jb_prose_compared(const jb_prose *prose, unsigned index, jb_pos *pos) {
    if (pos && index < prose->compared->len) *pos = g_array_index(prose->compared, jb_pos, index);
    return prose->compared->len;
}
