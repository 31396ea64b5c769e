/* A bump arena over a chain of blocks. */
#include "base/arena.h"

#include <glib.h>
#include <string.h>

#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)

typedef struct block {
    struct block *before;
    size_t used, size;
    _Alignas(16) char bytes[];
} block;

struct jb_arena {
    block *last;
};

jb_arena *jb_arena_new(void) { return g_new0(jb_arena, 1); }

void jb_arena_free(jb_arena *arena) {
    if (!arena) return;
    for (block *b = arena->last, *before; b; b = before) {
        before = b->before;
        g_free(b);
    }
    g_free(arena);
}

static block *grow(jb_arena *arena, size_t size) {
    size_t wanted = arena->last ? MIN(arena->last->size * 2, LARGEST_BLOCK) : FIRST_BLOCK;
    if (wanted < size) wanted = size;
    block *b = g_malloc(sizeof *b + wanted);
    b->before = arena->last;
    b->used = 0;
    b->size = wanted;
    return arena->last = b;
}

void *jb_arena_take(jb_arena *arena, size_t size) {
    size = (size + 15) & ~(size_t)15;
    block *b = arena->last;
    if (!b || b->size - b->used < size) b = grow(arena, size);
    void *memory = b->bytes + b->used;
    b->used += size;
    return memset(memory, 0, size);
}

char *jb_arena_copy(jb_arena *arena, const char *text, size_t length) {
    char *copy = jb_arena_take(arena, length + 1);
    if (length) memcpy(copy, text, length);
    return copy;
}

char *jb_arena_string(jb_arena *arena, const char *text) {
    return text ? jb_arena_copy(arena, text, strlen(text)) : NULL;
}
