/* Running heads and folios. */
#include "render/build.h"

/* The section that a page belongs to: the last one that began before it, or at its top. */
static const char *section_of(const jb_builder *b, unsigned page) {
    const GArray *marks = b->layout->pages->bookmarks;
    int top = b->titled ? 2 : 1;
    const char *section = NULL;
    for (guint i = 0; i < marks->len; i++) {
        const jb_bookmark *mark = &g_array_index(marks, jb_bookmark, i);
        bool first = mark->page == page && mark->y < b->theme->top + b->theme->grid; /* no line of text above it */
        if (mark->level == top && (mark->page < page || first)) section = mark->title;
    }
    return section;
}

static void draw_at(jb_painter *p, const jb_text *text, double x, double baseline) {
    jb_text_draw(p, text, 0, x, baseline, JB_ARTIFACT_PAGINATION);
}

static const jb_text *line_of(jb_builder *b, const char *words, jb_style_name name) {
    jb_para_options options = {.align = JB_ALIGN_LEFT};
    return jb_text_plain(b, words, &b->theme->styles[name], JB_ARTIFACT_PAGINATION, &options, (jb_pos){0});
}

/* Title left, section right; what does not fit beside the other is left out, the title first. */
static void draw_running_head(jb_builder *b, jb_painter *p) {
    const jb_theme *t = b->theme;
    const char *section = section_of(b, p->page), *title = b->titled ? b->layout->pages->title : NULL;
    double baseline = t->top - t->running_rise, right = t->inner + t->measure, gap = 24;
    const jb_text *s = section ? line_of(b, section, JB_STYLE_RUNNING) : NULL;
    const jb_text *m = title ? line_of(b, title, JB_STYLE_RUNNING) : NULL;
    double section_width = s ? s->para->width : 0;
    if (s && section_width > t->measure) s = NULL, section_width = 0;
    if (m && m->para->width + (s ? section_width + gap : 0) > t->measure) m = NULL;
    if (!s && !m) return;
    if (m) draw_at(p, m, t->inner, baseline);
    if (s) draw_at(p, s, right - section_width, baseline);
    jb_paint paint = jb_paint_stroke(t->ink.axis, 0.5);
    jb_scene_tag(p->scene, JB_ARTIFACT_PAGINATION);
    jb_scene_line(p->scene, t->inner, baseline + t->running_rule_drop, right, baseline + t->running_rule_drop,
                  &paint);
    jb_scene_untag(p->scene);
}

static void draw_folio(jb_builder *b, jb_painter *p) {
    const jb_theme *t = b->theme;
    char number[16];
    g_snprintf(number, sizeof number, "%u", p->page + 1);
    const jb_text *text = line_of(b, jb_arena_string(b->arena, number), JB_STYLE_FOLIO);
    draw_at(p, text, t->inner + t->measure - text->para->width, t->top + t->depth + t->folio_drop);
}

void jb_pages_decorate(jb_builder *b) {
    jb_painter p = {.ctx = b->ctx, .theme = b->theme, .layout = b->layout};
    for (guint i = 0; i < b->layout->pages->scenes->len; i++) {
        p.scene = g_ptr_array_index(b->layout->pages->scenes, i);
        p.page = i;
        if (i > 0) draw_running_head(b, &p);
        draw_folio(b, &p);
    }
}
