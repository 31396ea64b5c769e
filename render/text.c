/* Inlines to lines of text, and lines to slabs. */
#include "render/build.h"

#include <string.h>

/* Middle of the Han em box above the baseline, em (ideographic em box 0.88/-0.12, visual centre a little
 * lower). */
#define EM_CENTRE 0.36

double jb_text_baseline(const jb_text_style *style, double top) {
    return top + style->leading / 2 + style->font.size * EM_CENTRE;
}

/* Run-in emphasis is Hei; in text that is Hei already it is bold. Italic does not exist for Chinese: Kai. */
static jb_style font_for(const jb_builder *b, const jb_text_style *style, unsigned flags) {
    jb_style font = style->font;
    if (flags & JB_INLINE_STRONG) {
        font.bold = font.role == JB_ROLE_HEI;
        font.role = b->theme->styles[JB_STYLE_RUN_IN].font.role;
    } else if (flags & JB_INLINE_EMPH) {
        font.role = JB_ROLE_KAI;
    } else if (flags & JB_INLINE_CODE) {
        font.role = b->theme->styles[JB_STYLE_CODE].font.role;
    }
    return font;
}

static int link_element(jb_builder *b, int parent) {
    return parent < 0 ? parent : jb_structure_add(b->structure, parent, JB_ELEMENT_LINK);
}

jb_text *jb_text_new(jb_builder *b, const jb_inlines *inlines, const jb_text_style *style, int element,
                     const jb_para_options *options) {
    jb_text *text = JB_NEW(b->arena, jb_text);
    jb_text_ink *inks = JB_ARRAY(b->arena, jb_text_ink, inlines->count + 1);
    jb_span *spans = JB_ARRAY(b->arena, jb_span, inlines->count + 1);
    unsigned count = 0;
    for (unsigned i = 0; i < inlines->count; i++) {
        const jb_inline *in = &inlines->items[i];
        const char *s = in->kind == JB_INLINE_BREAK ? "\xE2\x80\xA8" : in->text; /* U+2028 */
        bool same_link =
            i && in->href && inlines->items[i - 1].href && !strcmp(in->href, inlines->items[i - 1].href);
        inks[i] = (jb_text_ink){in->href ? b->theme->ink.accent : style->colour, element, in->href};
        if (in->href) inks[i].element = same_link ? inks[i - 1].element : link_element(b, element);
        if (!s || !*s) continue;
        spans[count++] = (jb_span){s, (uint32_t)strlen(s), font_for(b, style, in->flags), i, in->pos};
    }
    text->inks = inks;
    text->style = style;
    jb_builder_failed(b, jb_para_break(b->fonts, b->arena, spans, count, options, &text->para));
    if (!text->para) text->para = JB_NEW(b->arena, jb_para);
    return text;
}

jb_inlines jb_text_inlines(jb_arena *arena, const char *text, jb_pos pos) {
    jb_inline *item = JB_NEW(arena, jb_inline);
    *item = (jb_inline){JB_INLINE_TEXT, 0, text, NULL, pos};
    return (jb_inlines){item, 1};
}

jb_text *jb_text_plain(jb_builder *b, const char *text, const jb_text_style *style, int element,
                       const jb_para_options *options, jb_pos pos) {
    jb_inlines inlines = jb_text_inlines(b->arena, text, pos);
    return jb_text_new(b, &inlines, style, element, options);
}

static void draw_link(jb_painter *p, const jb_text *text, const jb_line *line, unsigned piece, double x,
                      double baseline) {
    const jb_piece *it = &line->pieces[piece];
    const jb_text_ink *ink = &text->inks[it->user];
    double size = text->style->font.size;
    double box[4] = {x + it->x, baseline - size * 0.88, x + it->x + it->run->width, baseline + size * 0.12};
    jb_scene_link(p->scene, box, ink->href, ink->element, line->text);
}

void jb_text_draw(jb_painter *p, const jb_text *text, unsigned number, double x, double baseline,
                  int artifact) {
    const jb_line *line = &text->para->lines[number];
    int open = 0;
    bool tagged = false;
    for (unsigned i = 0; i < line->count; i++) {
        const jb_piece *piece = &line->pieces[i];
        const jb_text_ink *ink = &text->inks[piece->user];
        int element = artifact != JB_AS_TAGGED ? artifact : ink->element;
        if (tagged && element != open) jb_scene_untag(p->scene), tagged = false;
        if (!tagged) jb_scene_tag(p->scene, open = element), tagged = true;
        jb_scene_text(p->scene, piece->run, x + piece->x, baseline, ink->colour);
    }
    if (tagged) jb_scene_untag(p->scene);
    for (unsigned i = 0; i < line->count && artifact == JB_AS_TAGGED; i++)
        if (text->inks[line->pieces[i].user].href) draw_link(p, text, line, i, x, baseline);
}

typedef struct line_slab {
    const jb_text *text;
    unsigned number;
    double x;
    int bookmark;
} line_slab;

static void draw_line(jb_painter *p, const jb_slab *slab, double y) {
    const line_slab *it = slab->data;
    const jb_line *line = &it->text->para->lines[it->number];
    double x = p->theme->inner + it->x, baseline = jb_text_baseline(it->text->style, y);
    jb_text_draw(p, it->text, it->number, x, baseline, JB_AS_TAGGED);
    if (it->bookmark >= 0) {
        jb_bookmark *mark = &g_array_index(p->layout->pages->bookmarks, jb_bookmark, (guint)it->bookmark);
        mark->page = p->page;
        mark->y = y;
    }
    jb_set_line set = {p->page + 1, slab->block, it->number + 1, line->text, x + line->x,
                       baseline,    line->width, line->natural,  line->ratio};
    g_array_append_val(p->layout->lines, set);
}

void jb_text_flow_add(jb_builder *b, const jb_text *text, const jb_text_flow *flow) {
    unsigned n = text->para->count;
    for (unsigned i = 0; i < n; i++) {
        line_slab *data = JB_NEW(b->arena, line_slab);
        *data = (line_slab){text, i, flow->x, i ? -1 : flow->bookmark};
        jb_slab_add(b, (jb_slab){.height = text->style->leading,
                                 .before = i ? 0 : flow->before,
                                 .after = i + 1 < n ? 0 : flow->after,
                                 .grid = flow->grid,
                                 /* neither a first nor a last line stands alone (CLREQ 3.1.3) */
                                 .tied = i ? flow->keep || i == 1 || i + 1 == n : flow->tied,
                                 .heading = flow->heading && i == 0,
                                 .lines = flow->heading ? 0 : 1,
                                 .table = -1,
                                 .block = b->block,
                                 .draw = draw_line,
                                 .data = data});
    }
}
