/* Shaped texts, to shape the same number or name once. */
#include <string.h>
#include "fonts/fonts_private.h"

#define MOST_GLYPHS (1u << 17) /* 3 MB; then the store starts anew */
#define MOST_BYTES 128         /* longer texts hardly come twice */

struct jb_words {
    GHashTable *table; /* jb_word to itself; never iterated */
    jb_arena *arena;
    size_t glyphs;
};

static guint hash(gconstpointer key) {
    const jb_word *w = key;
    guint h = w->face * 31 + w->figures * 2 + w->latin;
    for (uint32_t i = 0; i < w->length; i++) h = (h ^ (unsigned char)w->text[i]) * 16777619u;
    return h;
}

static gboolean same(gconstpointer a, gconstpointer b) {
    const jb_word *v = a, *w = b;
    return v->face == w->face && v->figures == w->figures && v->latin == w->latin && v->length == w->length &&
           !memcmp(v->text, w->text, v->length);
}

jb_words *jb_words_new(void) {
    jb_words *words = g_new0(jb_words, 1);
    words->table = g_hash_table_new(hash, same);
    words->arena = jb_arena_new();
    return words;
}

void jb_words_free(jb_words *words) {
    if (!words) return;
    g_hash_table_destroy(words->table);
    jb_arena_free(words->arena);
    g_free(words);
}

const jb_word *jb_words_get(const jb_words *words, const jb_word *like) {
    return like->length > MOST_BYTES ? NULL : g_hash_table_lookup(words->table, like);
}

static void forget(jb_words *words) {
    g_hash_table_remove_all(words->table);
    jb_arena_free(words->arena);
    words->arena = jb_arena_new();
    words->glyphs = 0;
}

void jb_words_put(jb_words *words, const jb_word *word) {
    if (word->length > MOST_BYTES) return;
    if (words->glyphs > MOST_GLYPHS) forget(words);
    jb_word *kept = JB_NEW(words->arena, jb_word);
    *kept = *word;
    kept->text = jb_arena_copy(words->arena, word->text, word->length);
    kept->glyphs = JB_ARRAY(words->arena, jb_glyph, word->count);
    if (word->count) memcpy(kept->glyphs, word->glyphs, word->count * sizeof(jb_glyph));
    words->glyphs += word->count + 8; /* the entry itself */
    g_hash_table_add(words->table, kept);
}
