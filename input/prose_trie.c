/* Words by their bytes: a tree whose nodes are linked to their first child and next sibling. */
#include "input/prose_parts.h"

typedef struct node {
    guint32 child, next; /* 0: none */
    gint32 value;        /* -1: no word ends here */
    guint8 byte;
} node;

struct jb_trie {
    GArray *nodes; /* node; the first is not used */
    guint32 root[256];
};

jb_trie *jb_trie_new(void) {
    jb_trie *trie = g_new0(jb_trie, 1);
    node none = {0, 0, -1, 0};
    trie->nodes = g_array_new(FALSE, FALSE, sizeof(node));
    g_array_append_val(trie->nodes, none);
    return trie;
}

void jb_trie_free(jb_trie *trie) {
    if (!trie) return;
    g_array_free(trie->nodes, TRUE);
    g_free(trie);
}

static node *at(const jb_trie *trie, guint32 index) { return &g_array_index(trie->nodes, node, index); }

static guint32 new_node(jb_trie *trie, guint8 byte, guint32 next) {
    node fresh = {0, next, -1, byte};
    g_array_append_val(trie->nodes, fresh);
    return trie->nodes->len - 1;
}

static guint32 find_child(const jb_trie *trie, guint32 parent, guint8 byte) {
    guint32 child = at(trie, parent)->child;
    while (child && at(trie, child)->byte != byte) child = at(trie, child)->next;
    return child;
}

void jb_trie_add(jb_trie *trie, const char *word, int value) {
    const guint8 *p = (const guint8 *)word;
    if (!*p) return;
    if (!trie->root[*p]) trie->root[*p] = new_node(trie, *p, 0);
    guint32 here = trie->root[*p];
    while (*++p) {
        guint32 child = find_child(trie, here, *p);
        if (!child) {
            child = new_node(trie, *p, at(trie, here)->child);
            at(trie, here)->child = child;
        }
        here = child;
    }
    at(trie, here)->value = value;
}

int jb_trie_match(const jb_trie *trie, const char *text, size_t *length) {
    const guint8 *p = (const guint8 *)text;
    int value = -1;
    for (guint32 here = *p ? trie->root[*p] : 0; here; here = *p ? find_child(trie, here, *p) : 0) {
        p++;
        if (at(trie, here)->value < 0) continue;
        value = at(trie, here)->value;
        *length = (size_t)(p - (const guint8 *)text);
    }
    return value;
}
