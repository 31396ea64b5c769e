/* Drawing a table: slabs for caption, head, rows and notes, rules, and what is said again after a page break.
 */
#include "render/table.h"

#include <string.h>

typedef struct table_slab {
    const jb_table *table;
    unsigned row;
} table_slab;

static void draw_rule(jb_painter *p, double x1, double x2, double y, double width) {
    jb_paint paint = jb_paint_stroke(p->theme->ink.rule, width);
    jb_scene_tag(p->scene, JB_ARTIFACT_LAYOUT);
    jb_scene_line(p->scene, x1, y, x2, y, &paint);
    jb_scene_untag(p->scene);
}

static double left_edge(const jb_painter *p, const jb_table *t) { return p->theme->inner + t->x; }

/* ---- cells ---- */

static double span_height(const jb_table *t, unsigned row, const jb_table_cell *cell) {
    double height = 0;
    for (unsigned k = 0; k < cell->row_span && row + k < t->rows; k++) height += t->row[row + k].height;
    return height;
}

static double span_width(const jb_table *t, unsigned column, const jb_table_cell *cell) {
    double width = 0;
    for (unsigned k = 0; k < cell->column_span && column + k < t->columns; k++)
        width += t->column[column + k].width;
    return width;
}

/* Baseline of the first of n lines that stand in the middle of a box. */
static double first_baseline(const jb_painter *p, const jb_text *text, double y, double height) {
    double line = p->theme->table.row_line, lines = text->para->count;
    return y + (height - lines * line) / 2 + jb_text_baseline(text->style, 0) -
           (text->style->leading - line) / 2;
}

static void draw_number(jb_painter *p, const jb_table_column *column, const jb_table_cell *cell, double x,
                        double y, double height) {
    double block = column->whole + column->fraction;
    double point = x + column->width / 2 - block / 2 + column->whole, at = point - cell->whole;
    double baseline = first_baseline(p, cell->body, y, height);
    if (cell->before)
        jb_text_draw(p, cell->before, 0, at - JB_TABLE_QUALIFIER_GAP - cell->before->para->width, baseline,
                     JB_AS_TAGGED);
    jb_text_draw(p, cell->body, 0, at, baseline, JB_AS_TAGGED);
    if (cell->behind)
        jb_text_draw(p, cell->behind, 0, point + cell->fraction + JB_TABLE_QUALIFIER_GAP, baseline,
                     JB_AS_TAGGED);
}

static char align_of(const jb_table *t, unsigned row, unsigned column) {
    const jb_table_column *it = &t->column[column];
    if (row < t->header_rows)
        return it->stub && jb_table_cell_at(t, row, column)->column_span == 1 ? 'l' : 'c';
    return it->align == 'n' ? 'c' : it->align;
}

static void draw_words(jb_painter *p, const jb_table *t, unsigned row, unsigned column, double x, double y,
                       double height, int artifact) {
    const jb_table_cell *cell = jb_table_cell_at(t, row, column);
    const jb_para *para = cell->body->para;
    double pad = p->theme->table.pad, room = span_width(t, column, cell) - 2 * pad - cell->indent;
    double mark = cell->verdict ? JB_TABLE_MARK + JB_TABLE_MARK_GAP : 0, line = p->theme->table.row_line;
    double baseline = first_baseline(p, cell->body, y, height), left = x + pad + cell->indent;
    char align = align_of(t, row, column);
    /* verdicts stand under one another: the widest word's block is centred */
    double block = cell->verdict ? t->column[column].natural : 0;
    for (unsigned i = 0; i < para->count; i++, baseline += line) {
        double width = para->lines[i].width + mark, wide = MAX(width, block), at = left;
        if (align == 'c') at += (room - wide) / 2;
        if (align == 'r') at += room - width;
        if (cell->verdict && i == 0) {
            jb_scene_tag(p->scene, JB_ARTIFACT_LAYOUT);
            jb_verdict_draw(p, cell->verdict, at + JB_TABLE_MARK / 2, y + height / 2);
            jb_scene_untag(p->scene);
        }
        jb_text_draw(p, cell->body, i, at + mark - para->lines[i].x, baseline, artifact);
    }
}

static void draw_spark(jb_painter *p, const jb_table *t, const jb_table_cell *cell, unsigned column, double x,
                       double y, double height) {
    double width = t->column[column].spark, left = x + (t->column[column].width - width) / 2,
           top = y + (height - JB_SPARK_HEIGHT) / 2,
           box[4] = {left, top, left + width, top + JB_SPARK_HEIGHT};
    jb_element *element = jb_structure_at(p->layout->pages->structure, cell->figure);
    element->page = (int)p->page;
    memcpy(element->box, box, sizeof box);
    jb_scene_tag(p->scene, cell->figure);
    jb_spark_draw(p->scene, &p->theme->chart, cell->spark, box);
    jb_scene_untag(p->scene);
}

static void draw_cells(jb_painter *p, const jb_table *t, unsigned row, double y, int artifact) {
    for (unsigned c = 0; c < t->columns; c++) {
        const jb_table_cell *cell = jb_table_cell_at(t, row, c);
        double x = left_edge(p, t) + t->column[c].x, height = span_height(t, row, cell);
        if (!cell->covered && cell->spark) draw_spark(p, t, cell, c, x, y, height);
        if (cell->covered || !cell->body) continue;
        if (cell->numeric)
            draw_number(p, &t->column[c], cell, x, y, height);
        else
            draw_words(p, t, row, c, x, y, height, artifact);
    }
}

/* ---- head ---- */

static void draw_spanner_rules(jb_painter *p, const jb_table *t, unsigned row, double y) {
    double inset = p->theme->table.span_inset, x = left_edge(p, t);
    for (unsigned c = 0; c < t->columns; c++) {
        const jb_table_cell *cell = jb_table_cell_at(t, row, c);
        if (cell->covered || cell->column_span < 2 || row + cell->row_span >= t->header_rows) continue;
        double from = x + t->column[c].x, to = from + span_width(t, c, cell);
        draw_rule(p, from + inset, to - inset, y + span_height(t, row, cell), p->theme->table.rule_span);
    }
}

static void draw_head(jb_painter *p, const jb_table *t, double y, int artifact) {
    const jb_theme_table *theme = &p->theme->table;
    double x = left_edge(p, t), at = y;
    draw_rule(p, x, x + t->width, y + theme->rule_outer / 2, theme->rule_outer);
    for (unsigned r = 0; r < t->header_rows; r++) {
        draw_cells(p, t, r, at, artifact);
        draw_spanner_rules(p, t, r, at);
        at += t->row[r].height;
    }
    draw_rule(p, x, x + t->width, at, theme->rule_head);
}

static void draw_head_slab(jb_painter *p, const jb_slab *slab, double y) {
    draw_head(p, ((const table_slab *)slab->data)->table, y, JB_AS_TAGGED);
}

/* ---- rows ---- */

static void draw_ground(jb_painter *p, const jb_table *t, unsigned row, double y, double height) {
    unsigned body = t->rows - t->header_rows;
    bool band = body >= p->theme->table.band_rows && (row - t->header_rows) % 2;
    if (!band && !t->row[row].total) return;
    jb_paint paint = jb_paint_fill(t->row[row].total ? p->theme->ink.shade : p->theme->ink.band);
    jb_scene_tag(p->scene, JB_ARTIFACT_LAYOUT);
    jb_scene_rect(p->scene, left_edge(p, t), y, t->width, height, &paint);
    jb_scene_untag(p->scene);
    if (t->row[row].total)
        draw_rule(p, left_edge(p, t), left_edge(p, t) + t->width, y, p->theme->table.rule_span);
}

static void draw_row_slab(jb_painter *p, const jb_slab *slab, double y) {
    const table_slab *it = slab->data;
    const jb_table *t = it->table;
    const jb_theme_table *theme = &p->theme->table;
    double top = it->row == t->header_rows ? theme->edge : 0, height = t->row[it->row].height;
    draw_ground(p, t, it->row, y + top, height);
    draw_cells(p, t, it->row, y + top, JB_AS_TAGGED);
    if (it->row + 1 == t->rows)
        draw_rule(p, left_edge(p, t), left_edge(p, t) + t->width, y + slab->height - theme->rule_outer / 2,
                  theme->rule_outer);
}

/* ---- caption, continuation, notes ---- */

static double caption_height(const jb_table *t) {
    const jb_text *text = t->caption_text ? t->caption_text : t->unit_text;
    return text ? text->para->count * text->style->leading : 0;
}

static void draw_centred(jb_painter *p, const jb_text *text, double x, double width, double y, int artifact) {
    for (unsigned i = 0; i < text->para->count; i++) {
        const jb_line *line = &text->para->lines[i];
        double baseline = jb_text_baseline(text->style, y + i * text->style->leading);
        jb_text_draw(p, text, i, x + (width - line->width) / 2 - line->x, baseline, artifact);
    }
}

static void draw_caption(jb_painter *p, const jb_slab *slab, double y) {
    const jb_table *t = ((const table_slab *)slab->data)->table;
    if (t->caption_text)
        draw_centred(p, t->caption_text, p->theme->inner, p->theme->measure, y, JB_AS_TAGGED);
    if (t->unit_text) {
        double right = left_edge(p, t) + t->width,
               last = y + caption_height(t) - t->unit_text->style->leading;
        jb_text_draw(p, t->unit_text, 0, right - t->unit_text->para->width,
                     jb_text_baseline(t->unit_text->style, last), JB_AS_TAGGED);
    }
}

static void draw_repeat(jb_painter *p, const void *data, double y) {
    const jb_table *t = data;
    if (t->continued) {
        draw_centred(p, t->continued, p->theme->inner, p->theme->measure, y, JB_ARTIFACT_REPEATED);
        y += t->continued->style->leading + p->theme->table.caption_after;
    }
    draw_head(p, t, y, JB_ARTIFACT_REPEATED);
}

static void draw_close(jb_painter *p, const void *data, double y) {
    const jb_table *t = data;
    draw_rule(p, left_edge(p, t), left_edge(p, t) + t->width, y + p->theme->table.edge,
              p->theme->table.rule_head);
}

/* "{label}（续表）" with the table's own label, or the words alone when it has none. */
static const char *continued_words(jb_builder *b, const jb_table *t) {
    GString *out = g_string_new(b->theme->table.continued);
    jb_inlines caption = t->caption;
    g_string_replace(out, "{label}", t->label ? t->label : "", 0);
    g_string_replace(out, "{title}", caption.count ? jb_inlines_text(b->arena, &caption) : "", 0);
    const char *words = jb_arena_string(b->arena, out->str);
    g_string_free(out, TRUE);
    return words;
}

static void set_captions(jb_builder *b, jb_table *t) {
    const jb_text_style *style = &b->theme->styles[JB_STYLE_CAPTION],
                        *small = &b->theme->styles[JB_STYLE_QUALIFIER];
    jb_para_options options = {.measure = b->theme->measure * 0.9, .align = JB_ALIGN_LEFT, .balance = true};
    jb_para_options one_line = {.align = JB_ALIGN_LEFT};
    if (t->caption.count) {
        t->caption_text = jb_text_new(b, &t->caption, style, t->caption_element, &options);
    }
    if (t->unit) {
        t->unit_text = jb_text_plain(b, t->unit, small, t->caption_element, &one_line, t->pos);
    }
    t->continued = jb_text_plain(b, continued_words(b, t), style, JB_ARTIFACT_REPEATED, &one_line, t->pos);
}

static void add_notes(jb_builder *b, const jb_table *t) {
    const jb_text_style *style = &b->theme->styles[JB_STYLE_TABLE_NOTE];
    double em = style->font.size;
    for (unsigned i = 0; i < t->note_count; i++) {
        jb_para_options options = {.measure = b->theme->measure - b->x - b->right,
                                   .indent = style->indent * em,
                                   .hang = style->hang * em};
        int element = jb_structure_add(b->structure, b->parent, JB_ELEMENT_P);
        jb_text *text = jb_text_new(b, &t->notes[i], style, element, &options);
        jb_text_flow flow = {.x = b->x,
                             .before = i ? 0 : style->before,
                             .tied = true,
                             .keep = true,
                             .bookmark = -1,
                             .after = i + 1 == t->note_count ? b->theme->table.after : 0};
        jb_text_flow_add(b, text, &flow);
    }
}

static const table_slab *slab_data(jb_builder *b, const jb_table *t, unsigned row) {
    table_slab *data = JB_NEW(b->arena, table_slab);
    *data = (table_slab){t, row};
    return data;
}

static void add_rows(jb_builder *b, const jb_table *t, int run) {
    const jb_theme_table *theme = &b->theme->table;
    unsigned body = t->rows - t->header_rows;
    for (unsigned r = t->header_rows; r < t->rows; r++) {
        unsigned n = r - t->header_rows;
        bool last = r + 1 == t->rows;
        double height =
            t->row[r].height + (n ? 0 : theme->edge) + (last ? theme->edge + theme->rule_outer / 2 : 0);
        /* caption, head and three rows stay together, and so do the last two */
        jb_slab_add(b, (jb_slab){.height = height,
                                 .tied = n < 3 || (last && body > 1),
                                 .table = run,
                                 .after = last && !t->note_count ? theme->after : 0,
                                 .block = b->block,
                                 .draw = draw_row_slab,
                                 .data = slab_data(b, t, r)});
    }
}

void jb_table_flow(jb_builder *b, jb_table *t) {
    const jb_theme_table *theme = &b->theme->table;
    set_captions(b, t);
    jb_table_run run = {.first = b->slabs->len,
                        .rows = t->rows - t->header_rows,
                        .data = t,
                        .draw_repeat = draw_repeat,
                        .draw_close = draw_close};
    run.repeat_height = t->head_height + theme->edge +
                        (t->continued ? t->continued->style->leading + theme->caption_after : 0);
    int index = (int)b->tables->len;
    double before = theme->caption_before;
    if (t->caption_text || t->unit_text) {
        jb_slab_add(b, (jb_slab){.height = caption_height(t),
                                 .before = before,
                                 .after = theme->caption_after,
                                 .table = index,
                                 .block = b->block,
                                 .draw = draw_caption,
                                 .data = slab_data(b, t, 0)});
        before = 0;
    }
    jb_slab_add(b, (jb_slab){.height = t->head_height,
                             .before = before,
                             .tied = before == 0,
                             .table = index,
                             .block = b->block,
                             .draw = draw_head_slab,
                             .data = slab_data(b, t, 0)});
    run.body = b->slabs->len;
    add_rows(b, t, index);
    run.last = b->slabs->len - 1;
    g_array_append_val(b->tables, run);
    add_notes(b, t);
}
