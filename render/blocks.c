/* The blocks of a document, one builder each. */
#include "render/build.h"

#include <string.h>
#include "render/heading.h"

void jb_builder_failed(jb_builder *b, jb_status status) {
    if (status > b->status) b->status = status;
}

jb_slab *jb_slab_add(jb_builder *b, jb_slab slab) {
    g_array_append_val(b->slabs, slab);
    return &g_array_index(b->slabs, jb_slab, b->slabs->len - 1);
}

static const jb_text_style *style_of(const jb_builder *b, jb_style_name name) {
    return &b->theme->styles[name];
}

static double measure(const jb_builder *b) { return b->theme->measure - b->x - b->right; }

static const char *head_text(const jb_document *document, const char *key) {
    const jb_node *node = jb_node_get(document->head, key);
    return node && node->kind == JB_NODE_SCALAR && *node->text ? node->text : NULL;
}

/* ---- title block ---- */

typedef struct masthead {
    const jb_text *series, *issue;
} masthead;

static void draw_masthead(jb_painter *p, const jb_slab *slab, double y) {
    const masthead *it = slab->data;
    const jb_theme *t = p->theme;
    double right = t->inner + t->measure;
    if (it->series)
        jb_text_draw(p, it->series, 0, t->inner, jb_text_baseline(it->series->style, y), JB_AS_TAGGED);
    double baseline = jb_text_baseline(&t->styles[JB_STYLE_SERIES], y);
    if (it->issue) jb_text_draw(p, it->issue, 0, right - it->issue->para->width, baseline, JB_AS_TAGGED);
    jb_paint paint = jb_paint_stroke(t->ink.accent, t->title_rule);
    double at = y + slab->height - t->title_rule / 2;
    jb_scene_tag(p->scene, JB_ARTIFACT_LAYOUT);
    jb_scene_line(p->scene, t->inner, at, right, at, &paint);
    jb_scene_untag(p->scene);
}

static const jb_text *one_line(jb_builder *b, const char *text, const jb_text_style *style, jb_pos pos) {
    jb_para_options options = {.align = JB_ALIGN_LEFT};
    int element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_P);
    return jb_text_plain(b, text, style, element, &options, pos);
}

/* Two characters are set with an em between them (visual convention for 简报, 目录, 附件). */
static const char *spread_pair(jb_builder *b, const char *text) {
    if (g_utf8_strlen(text, -1) != 2) return text;
    const char *second = g_utf8_next_char(text);
    char *spread = jb_arena_take(b->arena, strlen(text) + 4);
    memcpy(spread, text, (size_t)(second - text));
    strcat(spread, "\xE3\x80\x80"); /* U+3000 */
    strcat(spread, second);
    return spread;
}

static void build_masthead(jb_builder *b) {
    const char *series = head_text(b->document, "series"), *issue = head_text(b->document, "issue");
    const jb_text_style *style = style_of(b, JB_STYLE_SERIES);
    if (!series && !issue) return;
    masthead *data = JB_NEW(b->arena, masthead);
    jb_pos pos = b->document->head->pos;
    if (series) data->series = one_line(b, spread_pair(b, series), style, pos);
    if (issue) data->issue = one_line(b, issue, style_of(b, JB_STYLE_BYLINE), pos);
    jb_slab_add(b, (jb_slab){.height = style->leading + b->theme->title_rule_gap + b->theme->title_rule,
                             .table = -1,
                             .draw = draw_masthead,
                             .data = data});
}

static int add_bookmark(jb_builder *b, int level, const char *title, int element) {
    jb_bookmark mark = {level, title, 0, 0, element};
    g_array_append_val(b->layout->pages->bookmarks, mark);
    return (int)b->layout->pages->bookmarks->len - 1;
}

static void flow_plain(jb_builder *b, const jb_inlines *inlines, jb_style_name name, jb_element_type type,
                       int bookmark, bool tied) {
    const jb_text_style *style = style_of(b, name);
    jb_para_options options = {.measure = measure(b), .align = JB_ALIGN_LEFT, .balance = true};
    int element = jb_structure_add(b->structure, b->parent, type);
    jb_text *text = jb_text_new(b, inlines, style, element, &options);
    if (bookmark >= 0)
        g_array_index(b->layout->pages->bookmarks, jb_bookmark, (guint)bookmark).element = element;
    jb_text_flow flow = {.x = b->x,
                         .before = style->before,
                         .after = style->after,
                         .tied = tied,
                         .keep = true,
                         .bookmark = bookmark};
    jb_text_flow_add(b, text, &flow);
}

static void build_byline(jb_builder *b) {
    const char *organisation = head_text(b->document, "organisation"),
               *author = head_text(b->document, "author"), *date = head_text(b->document, "date");
    const char *who = organisation ? organisation : author;
    if (!who && !date) return;
    char *line = g_strconcat(who ? who : "", who && date ? "\xE3\x80\x80" : "", date ? date : "", NULL);
    const jb_text_style *style = style_of(b, JB_STYLE_BYLINE);
    const jb_text *text = one_line(b, jb_arena_string(b->arena, line), style, b->document->head->pos);
    jb_text_flow flow = {
        .before = b->theme->byline_gap, .after = b->theme->title_after, .tied = true, .bookmark = -1};
    jb_text_flow_add(b, text, &flow);
    g_free(line);
}

/* Series line, title, subtitle and byline; the title comes from the head, else from a `#` heading that opens
 * the text. */
static bool build_title(jb_builder *b) {
    const jb_document *d = b->document;
    const char *title = head_text(d, "title"), *subtitle = head_text(d, "subtitle");
    const jb_block *first =
        d->count && d->blocks[0]->kind == JB_BLOCK_HEADING && d->blocks[0]->level == 1 ? d->blocks[0] : NULL;
    jb_pos pos = title ? jb_node_get(d->head, "title")->pos : d->head->pos;
    bool opens = first && (!title || !strcmp(title, jb_inlines_text(b->arena, &first->inlines)));
    build_masthead(b);
    if (title || opens) {
        jb_inlines inlines = opens ? first->inlines : jb_text_inlines(b->arena, title, pos);
        const char *text = jb_inlines_text(b->arena, &inlines);
        b->block = opens;
        b->layout->pages->title = text;
        b->titled = true;
        flow_plain(b, &inlines, JB_STYLE_TITLE, JB_ELEMENT_H1, add_bookmark(b, 1, text, 0),
                   b->slabs->len > 0);
        b->last_level = 1;
    }
    if (subtitle) {
        jb_inlines inlines = jb_text_inlines(b->arena, subtitle, jb_node_get(d->head, "subtitle")->pos);
        flow_plain(b, &inlines, JB_STYLE_SUBTITLE, JB_ELEMENT_P, -1, true);
    }
    build_byline(b);
    return opens;
}

/* ---- headings and paragraphs ---- */

static int rank_of(const jb_builder *b, const jb_block *block, const char *text) {
    int rank = jb_heading_rank(text);
    if (rank) return rank;
    return CLAMP(b->titled ? block->level - 1 : block->level, 1, 4);
}

static void build_heading(jb_builder *b, const jb_block *block) {
    const char *words = jb_inlines_text(b->arena, &block->inlines);
    int rank = rank_of(b, block, words), base = b->titled;
    const jb_text_style *style = style_of(b, (jb_style_name)(JB_STYLE_H1 + rank - 1));
    /* levels may not be skipped (ISO 14289-1 7.4.2) */
    int level = MIN(MIN(rank + base, b->last_level + 1), 6);
    int element = jb_structure_add(b->structure, b->parent, (jb_element_type)(JB_ELEMENT_H1 + level - 1));
    double size = style->font.size, hang = rank == 2 && g_str_has_prefix(words, "（") ? size / 2 : 0;
    jb_para_options options = {
        .measure = measure(b) + hang, .indent = style->indent * size, .align = JB_ALIGN_LEFT};
    jb_text *text = jb_text_new(b, &block->inlines, style, element, &options);
    jb_text_flow flow = {.x = b->x - hang,
                         .before = style->before,
                         .after = style->after,
                         .heading = true,
                         .keep = true,
                         .bookmark = add_bookmark(b, level, words, element)};
    jb_text_flow_add(b, text, &flow);
    b->last_level = level;
}

static void build_paragraph(jb_builder *b, const jb_block *block, jb_style_name name, double before,
                            double after) {
    const jb_text_style *style = style_of(b, name);
    jb_para_options options = {.measure = measure(b), .indent = style->indent * style->font.size};
    int element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_P);
    jb_text *text = jb_text_new(b, &block->inlines, style, element, &options);
    jb_text_flow flow = {
        .x = b->x, .before = before, .after = after, .grid = name != JB_STYLE_BOX, .bookmark = -1};
    jb_text_flow_add(b, text, &flow);
}

/* ---- lists ---- */

static void build_block(jb_builder *b, const jb_block *block);

typedef struct marker {
    const jb_text *text;
    double x;
    void (*draw_line)(jb_painter *painter, const jb_slab *slab, double y);
    const void *line;
} marker;

/* The marker is drawn with the first line of its item, before it in reading order. */
static void draw_marked(jb_painter *p, const jb_slab *slab, double y) {
    const marker *it = slab->data;
    jb_slab line = *slab;
    jb_text_draw(p, it->text, 0, p->theme->inner + it->x, jb_text_baseline(it->text->style, y), JB_AS_TAGGED);
    line.data = it->line;
    it->draw_line(p, &line, y);
}

/* Bullets are set in Hei: those of Song faces are too small to be seen. */
static const jb_text_style *marker_style(jb_builder *b, const char *label) {
    const jb_text_style *style = style_of(b, JB_STYLE_LIST);
    if (g_ascii_isdigit(*label)) return style;
    jb_text_style *hei = JB_NEW(b->arena, jb_text_style);
    *hei = *style;
    hei->font.role = JB_ROLE_HEI;
    return hei;
}

static void build_item(jb_builder *b, const jb_block *item, const char *label, int list) {
    const jb_text_style *style = style_of(b, JB_STYLE_LIST);
    double hang = style->hang * style->font.size, x = b->x;
    int parent = b->parent, li = jb_structure_add(b->structure, list, JB_ELEMENT_LI);
    int lbl = jb_structure_add(b->structure, li, JB_ELEMENT_LBL);
    jb_para_options options = {.align = JB_ALIGN_LEFT};
    marker *data = JB_NEW(b->arena, marker);
    *data = (marker){.text = jb_text_plain(b, label, marker_style(b, label), lbl, &options, item->pos)};
    data->x = x + MAX(0, hang - style->font.size * 0.5 - data->text->para->width);
    guint first = b->slabs->len;
    b->x = x + hang;
    b->parent = jb_structure_add(b->structure, li, JB_ELEMENT_LBODY);
    for (unsigned i = 0; i < item->count; i++) {
        if (item->children[i]->kind == JB_BLOCK_PARAGRAPH)
            build_paragraph(b, item->children[i], JB_STYLE_LIST, 0, 0);
        else
            build_block(b, item->children[i]);
    }
    b->x = x;
    b->parent = parent;
    if (b->slabs->len == first) return;
    jb_slab *slab = &g_array_index(b->slabs, jb_slab, first);
    data->draw_line = slab->draw;
    data->line = slab->data;
    slab->draw = draw_marked;
    slab->data = data;
}

static void build_list(jb_builder *b, const jb_block *block) {
    int list = jb_structure_add(b->structure, b->parent, JB_ELEMENT_L);
    jb_structure_at(b->structure, list)->ordered = block->ordered;
    for (unsigned i = 0; i < block->count; i++) {
        char *label = block->ordered ? g_strdup_printf("%d.", block->level + (int)i) : g_strdup("•");
        build_item(b, block->children[i], jb_arena_string(b->arena, label), list);
        g_free(label);
    }
}

/* ---- boxes, code, rules ---- */

typedef struct shaded {
    const jb_slab *line; /* the slab that is drawn on the ground, or NULL */
    double lap;          /* the ground goes so far under the next slab's, that no viewer shows a seam, pt */
} shaded;

static void draw_shaded(jb_painter *p, const jb_slab *slab, double y) {
    const shaded *it = slab->data;
    jb_paint paint = jb_paint_fill(p->theme->ink.shade);
    jb_scene_tag(p->scene, JB_ARTIFACT_LAYOUT);
    jb_scene_rect(p->scene, p->theme->inner, y, p->theme->measure, slab->height + it->lap, &paint);
    jb_scene_untag(p->scene);
    if (it->line) it->line->draw(p, it->line, y);
}

#define JB_GROUND_LAP 0.5 /* pt */

/* Tables whose slabs move down by one. */
static void shift_tables(jb_builder *b, guint first) {
    for (guint i = 0; i < b->tables->len; i++) {
        jb_table_run *run = &g_array_index(b->tables, jb_table_run, i);
        if (run->first < first) continue;
        run->first++, run->last++, run->body++;
    }
}

/* Puts the slabs from `first` on on a shaded ground, with room above and below. */
static void shade(jb_builder *b, guint first, double before, double after, double pad) {
    guint count = b->slabs->len - first;
    if (!count) return;
    jb_slab *lines = JB_ARRAY(b->arena, jb_slab, count);
    memcpy(lines, &g_array_index(b->slabs, jb_slab, first), count * sizeof *lines);
    g_array_set_size(b->slabs, first);
    shift_tables(b, first);
    shaded *top = JB_NEW(b->arena, shaded);
    top->lap = JB_GROUND_LAP;
    jb_slab_add(b, (jb_slab){.height = pad,
                             .before = before,
                             .table = -1,
                             .block = b->block,
                             .draw = draw_shaded,
                             .data = top});
    for (guint i = 0; i < count; i++) {
        shaded *data = JB_NEW(b->arena, shaded);
        data->line = &lines[i];
        data->lap = JB_GROUND_LAP;
        jb_slab slab = lines[i];
        slab.before = slab.after = 0;
        slab.grid = false;
        slab.tied = slab.tied || i == 0;
        slab.draw = draw_shaded;
        slab.data = data;
        jb_slab_add(b, slab);
    }
    jb_slab_add(b, (jb_slab){.height = pad,
                             .after = after,
                             .tied = true,
                             .table = -1,
                             .block = b->block,
                             .draw = draw_shaded,
                             .data = JB_NEW(b->arena, shaded)});
}

static void build_quote(jb_builder *b, const jb_block *block) {
    const jb_text_style *style = style_of(b, JB_STYLE_BOX);
    guint first = b->slabs->len;
    int parent = b->parent;
    double x = b->x;
    b->parent = jb_structure_add(b->structure, parent, JB_ELEMENT_BLOCKQUOTE);
    b->x += b->theme->box_pad_x;
    b->right += b->theme->box_pad_x;
    for (unsigned i = 0; i < block->count; i++) {
        if (block->children[i]->kind == JB_BLOCK_PARAGRAPH)
            build_paragraph(b, block->children[i], JB_STYLE_BOX, 0, 0);
        else
            build_block(b, block->children[i]);
    }
    b->right -= b->theme->box_pad_x;
    b->x = x;
    b->parent = parent;
    shade(b, first, style->before, style->after, b->theme->box_pad_y);
}

static void build_code(jb_builder *b, const jb_block *block) {
    const jb_text_style *style = style_of(b, JB_STYLE_CODE);
    jb_para_options options = {.measure = measure(b) - 2 * b->theme->box_pad_x, .align = JB_ALIGN_LEFT};
    int element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_CODE);
    char **lines = g_strsplit(block->text, "\n", -1);
    guint first = b->slabs->len;
    for (unsigned i = 0; lines[i] && (lines[i][0] || lines[i + 1]); i++) {
        const char *line = lines[i][0] ? jb_arena_string(b->arena, lines[i]) : "\xC2\xA0";
        jb_text *text = jb_text_plain(b, line, style, element, &options, block->pos);
        jb_text_flow flow = {.x = b->x + b->theme->box_pad_x, .bookmark = -1};
        jb_text_flow_add(b, text, &flow);
    }
    g_strfreev(lines);
    shade(b, first, style->before, style->after, b->theme->box_pad_y);
}

static void draw_rule(jb_painter *p, const jb_slab *slab, double y) {
    jb_paint paint = jb_paint_stroke(p->theme->ink.axis, 0.5);
    jb_scene_tag(p->scene, JB_ARTIFACT_LAYOUT);
    jb_scene_line(p->scene, p->theme->inner, y + slab->height / 2, p->theme->inner + p->theme->measure,
                  y + slab->height / 2, &paint);
    jb_scene_untag(p->scene);
}

static void build_block(jb_builder *b, const jb_block *block) {
    switch (block->kind) {
    case JB_BLOCK_HEADING: build_heading(b, block); break;
    case JB_BLOCK_PARAGRAPH: build_paragraph(b, block, JB_STYLE_BODY, 0, 0); break;
    case JB_BLOCK_LIST: build_list(b, block); break;
    case JB_BLOCK_QUOTE: build_quote(b, block); break;
    case JB_BLOCK_CODE: build_code(b, block); break;
    case JB_BLOCK_RULE:
        jb_slab_add(b,
                    (jb_slab){.height = b->theme->grid, .table = -1, .block = b->block, .draw = draw_rule});
        break;
    case JB_BLOCK_TEXT_TABLE: jb_build_text_table(b, block); break;
    case JB_BLOCK_TABLE: jb_build_data_table(b, block); break;
    case JB_BLOCK_CHART: jb_build_figure(b, block); break;
    case JB_BLOCK_ITEM: break; /* only inside lists */
    }
}

void jb_build_document(jb_builder *b) {
    const jb_document *d = b->document;
    bool opens = build_title(b);
    for (unsigned i = opens; i < d->count; i++) {
        b->block = i + 1;
        build_block(b, d->blocks[i]);
    }
}
