/* The laid-out document: what it owns, and how that goes. */
#include "output/pages.h"

static void free_scene(gpointer scene) { jb_scene_free(scene); }

jb_pages *jb_pages_new(void) {
    jb_pages *pages = g_new0(jb_pages, 1);
    pages->arena = jb_arena_new();
    pages->scenes = g_ptr_array_new_with_free_func(free_scene);
    pages->structure = jb_structure_new(pages->arena);
    pages->bookmarks = g_array_new(FALSE, TRUE, sizeof(jb_bookmark));
    pages->attachments = g_array_new(FALSE, TRUE, sizeof(jb_attachment));
    return pages;
}

void jb_pages_free(jb_pages *pages) {
    if (!pages) return;
    g_ptr_array_free(pages->scenes, TRUE);
    jb_structure_free(pages->structure);
    g_array_free(pages->bookmarks, TRUE);
    g_array_free(pages->attachments, TRUE);
    jb_arena_free(pages->arena);
    g_free(pages);
}
