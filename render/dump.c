/* Dumps of the layout (docs/dumps.md). */
#include "render/layout.h"

#include "base/text.h"

static void field(GString *out, const char *key, double value) {
    g_string_append_printf(out, ",\"%s\":", key);
    jb_text_number(out, value, 3);
}

static void dump_line(const jb_set_line *line, GString *out) {
    g_string_append_printf(out, "{\"page\":%u,\"block\":%u,\"line\":%u,\"text\":", line->page, line->block,
                           line->line);
    jb_text_json(out, line->text);
    field(out, "x", line->x);
    field(out, "baseline", line->baseline);
    field(out, "width", line->width);
    field(out, "natural", line->natural);
    field(out, "ratio", line->ratio);
    g_string_append(out, "}\n");
}

void jb_layout_dump_lines(const jb_layout *layout, GString *out) {
    for (guint i = 0; i < layout->lines->len; i++)
        dump_line(&g_array_index(layout->lines, jb_set_line, i), out);
}

/* One object a page: its size, how many items stand on it, and the headings that begin there. */
static void dump_page(const jb_layout *layout, guint page, GString *out) {
    const jb_scene *scene = g_ptr_array_index(layout->pages->scenes, page);
    const GArray *marks = layout->pages->bookmarks;
    bool first = true;
    g_string_append_printf(out, "{\"page\":%u", page + 1);
    field(out, "width", scene->width);
    field(out, "height", scene->height);
    g_string_append_printf(out, ",\"items\":%u,\"headings\":[", scene->items->len);
    for (guint i = 0; i < marks->len; i++) {
        const jb_bookmark *mark = &g_array_index(marks, jb_bookmark, i);
        if (mark->page != page) continue;
        g_string_append_printf(out, "%s{\"level\":%d,\"text\":", first ? "" : ",", mark->level);
        jb_text_json(out, mark->title);
        field(out, "y", mark->y);
        g_string_append_c(out, '}');
        first = false;
    }
    g_string_append(out, "]}\n");
}

void jb_layout_dump_pages(const jb_layout *layout, GString *out) {
    for (guint i = 0; i < layout->pages->scenes->len; i++) dump_page(layout, i, out);
}
