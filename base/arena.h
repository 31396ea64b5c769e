/* A bump arena: many small allocations, one release. Memory is zeroed and aligned to 16 bytes. */
#ifndef JB_BASE_ARENA_H
#define JB_BASE_ARENA_H

#include <stddef.h>

typedef struct jb_arena jb_arena;

jb_arena *jb_arena_new(void);
void jb_arena_free(jb_arena *arena); /* NULL is allowed */
void *jb_arena_take(jb_arena *arena, size_t size);
char *jb_arena_copy(jb_arena *arena, const char *text, size_t length); /* NUL-terminated copy */
char *jb_arena_string(jb_arena *arena, const char *text);              /* NULL stays NULL */

#define JB_NEW(arena, type) ((type *)jb_arena_take((arena), sizeof(type)))
#define JB_ARRAY(arena, type, count) ((type *)jb_arena_take((arena), sizeof(type) * (size_t)(count)))

#endif
