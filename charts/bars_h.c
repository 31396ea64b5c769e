/* Horizontal bars: a column of names, rows of bars, labels at their outer ends; a panel for each unit. */
#include <math.h>
#include <string.h>
#include "charts/composite.h"

#define ROW_EXTRA 11.0  /* space between the bars of two rows */
#define PANEL_HEAD 22.0 /* unit, rule and the air around them */
#define LABEL_MARGIN 6.0
#define NAME_LINES 4.0 /* a name of n lines needs 11.5 n + 4 */
#define MISSING_DASH 9.0
#define MISSING_WIDTH 0.9
#define WORD_GAP 4.0
#define LEAST_COLUMN 96.0 /* width of a column of rows; of narrower ones there are fewer */

#define LEAST_NAME 4.0   /* em: narrower names stand over their bars */
#define LEAST_BARS 24.0  /* width for the longest bar */
#define ABOVE_AIR 2.5    /* from a row's rule to the name over its bars */
#define ABOVE_EXTRA 10.0 /* room about the bars under their name */

enum { MOST_COLUMNS = 3, MOST_NAME_LINES = 4 };

typedef struct row {
    jb_label name;
    jb_label *labels; /* one a series; para NULL when the value has none of its own */
    unsigned column;
    bool first; /* in its column, or of its panel */
    double y, height;
} row;

typedef struct layout {
    jb_plot *p;
    row *rows; /* one a category */
    double name_width, column_width, gutter;
    unsigned columns;
    bool cut;   /* columns may begin inside panels */
    bool above; /* names stand over their bars */
} layout;

static bool many_panels(const jb_plot *p) { return p->panel_count > 1; }

static double bar_thickness(const jb_plot *p) {
    if (jb_stacked(p)) return jb_stack_thickness(p);
    return p->series_count > 1 ? p->style->bar : p->style->bar_single;
}

static double bars_height(const jb_plot *p) {
    if (jb_stacked(p)) return bar_thickness(p);
    return p->series_count * bar_thickness(p) + (p->series_count - 1) * p->style->pair_gap;
}

static double pitch(const jb_plot *p) {
    double least = p->series_count > 1 && !jb_stacked(p) ? p->style->pitch : p->style->pitch_single;
    return MAX(least, bars_height(p) + ROW_EXTRA);
}

/* Stacks have their totals at the upper end, when there is one. */
static bool is_below(const jb_stack *stack) { return stack->high <= 0 && stack->low < 0; }

static double label_room(const layout *l, const jb_panel *panel, bool negative) {
    double most = 0;
    for (unsigned i = 0; i < panel->count; i++) {
        const jb_stack *stack = l->p->categories[panel->first + i].stack;
        if (stack && stack->total && is_below(stack) == negative)
            most = MAX(most, jb_label_width(&l->rows[panel->first + i].labels[0]) + l->p->style->label_gap);
        if (stack) continue;
        for (unsigned s = 0; s < l->p->series_count; s++) {
            const jb_value *v = &l->p->categories[panel->first + i].values[s];
            double number;
            if (!jb_plot_number(v, &number) || (number < 0) != negative) continue;
            const jb_label *label = &l->rows[panel->first + i].labels[s];
            most = MAX(most, jb_label_width(label) + l->p->style->label_gap + jb_bar_reach(v->kind, negative));
        }
    }
    return most;
}

/* From zero to the end of words in place of bars. */
static double words_room(const layout *l, const jb_panel *panel) {
    double most = 0, number;
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        const jb_stack *stack = l->p->categories[c].stack;
        if (stack && stack->lack)
            most = MAX(most, 2 * WORD_GAP + MISSING_DASH + jb_label_width(&l->rows[c].labels[0]));
        for (unsigned s = 0; s < l->p->series_count && !stack; s++) {
            const jb_value *v = &l->p->categories[c].values[s];
            double dash = v->kind == JB_VALUE_MISSING ? MISSING_DASH + WORD_GAP : 0;
            if (!jb_plot_number(v, &number))
                most = MAX(most, WORD_GAP + dash + jb_label_width(&l->rows[c].labels[s]));
        }
    }
    return most;
}

static double names_room(const layout *l) { return l->above ? 0 : l->name_width + l->p->style->name_gap; }

static jb_label name_of(jb_plot *p, unsigned c, double measure) {
    double indent = p->categories[c].level * p->style->sub_indent;
    return jb_label_wrapped(p, p->categories[c].name, p->style->label, MAX(20, measure - indent),
                            p->style->text);
}

static void set_labels(layout *l, unsigned c) {
    jb_plot *p = l->p;
    l->rows[c].labels = JB_ARRAY(p->arena, jb_label, p->series_count);
    for (unsigned s = 0; s < p->series_count; s++)
        l->rows[c].labels[s] = jb_label_value(p, jb_bar_series(p, c, s), &p->categories[c].values[s]);
    if (jb_stacked(p)) l->rows[c].labels[0] = jb_stack_label(p, p->categories[c].stack);
}

static void set_row(layout *l, unsigned c) {
    jb_plot *p = l->p;
    const jb_category *category = &p->categories[c];
    row *r = &l->rows[c];
    double indent = category->level * p->style->sub_indent, lines;
    r->name = jb_label_wrapped(p, category->name, p->style->label, MAX(20, l->name_width - indent) + 0.01,
                               p->style->text);
    lines = r->name.para->count * p->style->leading;
    double direct =
        p->direct ? 2 * p->style->leading : 0; /* names over the bar; the air under it is the same */
    r->height =
        (l->above ? bars_height(p) + ABOVE_EXTRA + lines : MAX(pitch(p), lines + NAME_LINES)) + direct;
}

/* Room for figures at both sides, for words from zero on, and for something of the longest bar. */
static double least_field(const layout *l) {
    double least = 0;
    for (unsigned i = 0; i < l->p->panel_count; i++) {
        const jb_panel *panel = &l->p->panels[i];
        double before = label_room(l, panel, true), after = label_room(l, panel, false);
        least = MAX(least, MAX(before + after + LEAST_BARS, before + words_room(l, panel)) + LABEL_MARGIN);
    }
    return least;
}

/* Names take what their widest needs, at most the style's share of the chart, and give way to bars and
 * figures as long as they can be read; else they stand over the bars. */
static void find_name_width(layout *l) {
    jb_plot *p = l->p;
    double left = l->column_width - p->style->name_gap - least_field(l), widest = 0,
           most = MIN(p->style->name_share * l->column_width, left);
    l->above = most < LEAST_NAME * p->style->label;
    for (unsigned c = 0; c < p->category_count && !l->above; c++) {
        jb_label name = name_of(p, c, most);
        if (name.para->count > MOST_NAME_LINES && left < p->style->name_share * l->column_width)
            l->above = true;
    }
    if (l->above) most = l->column_width;
    for (unsigned c = 0; c < p->category_count; c++) {
        jb_label name = name_of(p, c, most);
        widest = MAX(widest, jb_label_width(&name) + p->categories[c].level * p->style->sub_indent);
    }
    l->name_width = MIN(widest, most);
}

/* As many columns of rows as the frame asks for and as have room. Else two when there are several panels and
 * each column has room enough; these are cut between panels only. */
static void choose_columns(layout *l) {
    const jb_plot *p = l->p;
    bool two = many_panels(p) && p->width >= 2 * p->style->column_width + p->style->panel_gap;
    l->gutter = p->style->panel_gap;
    l->cut = p->frame->columns > 0;
    l->columns = l->cut ? MIN(p->frame->columns, MOST_COLUMNS) : two ? 2 : 1;
    while (l->columns > 1 && (p->width - (l->columns - 1) * l->gutter) / l->columns < LEAST_COLUMN)
        l->columns--;
    l->column_width = (p->width - (l->columns - 1) * l->gutter) / l->columns;
}

/* A column may begin at a panel or, when panels are cut, at a row that is no sub-indicator. */
static bool may_begin(const layout *l, const jb_panel *panel, unsigned c) {
    return c == panel->first || (l->cut && !l->p->categories[c].level);
}

/* The rows behind c that must stay with it, with it. */
static double together(const layout *l, const jb_panel *panel, unsigned c) {
    double height = 0;
    unsigned end = panel->first + panel->count;
    do height += l->rows[c].height;
    while (++c < end && !may_begin(l, panel, c));
    return height;
}

/* Fills columns up to a height, down then right; a head stands over each panel's rows in each column. Returns
 * how many columns it takes, and the height of the highest. */
static unsigned fill(layout *l, double most, double top, double *highest) {
    const jb_plot *p = l->p;
    double y = 0, head = many_panels(p) ? PANEL_HEAD : jb_references_head(p);
    unsigned column = 0;
    *highest = 0;
    for (unsigned i = 0; i < p->panel_count; i++) {
        const jb_panel *panel = &p->panels[i];
        for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
            row *r = &l->rows[c];
            double over = c == panel->first || y == 0 ? head : 0;
            bool next = y > 0 && may_begin(l, panel, c) && y + over + together(l, panel, c) > most + 1e-6;
            if (next) column++, y = 0, over = head;
            r->first = y == 0 || c == panel->first;
            r->column = column;
            r->y = top + y + over;
            y += over + r->height;
            *highest = MAX(*highest, y);
        }
    }
    return column + 1;
}

/* The least height that does with the columns there are: what a fill comes to is tried, ever lower. */
static double place_rows(layout *l, double top) {
    double all, lowest, most;
    fill(l, INFINITY, top, &all);
    most = all;
    for (double low = all / l->columns, high = all; high - low > 0.5;) {
        double middle = (low + high) / 2;
        if (fill(l, middle, top, &lowest) <= l->columns && lowest <= middle + 1e-6)
            most = high = middle;
        else
            low = middle;
    }
    fill(l, most, top, &lowest);
    return lowest;
}

static double column_x(const layout *l, unsigned column) { return column * (l->column_width + l->gutter); }

/* A panel's box holds all its rows, whatever the columns they stand in. */
static void place_panels(layout *l) {
    jb_plot *p = l->p;
    for (unsigned i = 0; i < p->panel_count; i++) {
        jb_panel *panel = &p->panels[i];
        double bottom = 0;
        panel->y = INFINITY;
        for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
            panel->y = MIN(panel->y, l->rows[c].y);
            bottom = MAX(bottom, l->rows[c].y + l->rows[c].height);
        }
        panel->height = bottom - panel->y;
        panel->x = column_x(l, l->rows[panel->first].column);
        panel->width =
            column_x(l, l->rows[panel->first + panel->count - 1].column) + l->column_width - panel->x;
    }
}

/* ---- scale ---- */

typedef struct scale {
    double zero, factor; /* x of zero, pt a unit */
} scale;

/* The label column is measured before the scale; it is that of the panel's first column of rows. */
static scale find_scale(const layout *l, const jb_panel *panel) {
    double left = panel->x + names_room(l), right = panel->x + l->column_width - LABEL_MARGIN;
    left += panel->low < 0 ? label_room(l, panel, true) : 0;
    right -= label_room(l, panel, false);
    double factor = jb_field_new(left, right - left, panel->low, panel->high).factor,
           words = panel->x + l->column_width - LABEL_MARGIN - words_room(l, panel) - left;
    if (-panel->low * factor > words) factor = MAX(words, 1) / -panel->low;
    return (scale){left - panel->low * factor, factor};
}

/* ---- drawing ---- */

static void record_label(jb_plot *p, unsigned panel, const jb_label *label, double x, double y, bool right) {
    double w = jb_label_width(label), h = label->size;
    double box[4] = {right ? x - w : x, y - h / 2, right ? x : x + w, y + h / 2};
    jb_plot_record(p, "text", panel, box, NULL, NULL, label->text);
}

static void draw_missing(jb_plot *p, unsigned panel, const jb_label *label, double x, double y) {
    double text = x + WORD_GAP + MISSING_DASH + WORD_GAP;
    jb_plot_rule(p, x + WORD_GAP, y, x + WORD_GAP + MISSING_DASH, y, p->style->axis, MISSING_WIDTH);
    jb_label_draw(p, label, text, jb_label_centre(p->style->source, y), 'l');
    record_label(p, panel, label, text, y, false);
}

static void draw_value(layout *l, unsigned panel, unsigned c, unsigned s, const scale *k, double y) {
    jb_plot *p = l->p;
    const jb_value *v = &p->categories[c].values[s];
    const jb_label *label = &l->rows[c].labels[s];
    double number, thick = bar_thickness(p), middle = y + thick / 2;
    jb_plot_own(p, jb_mark_owner(p, c, s));
    if (!jb_plot_number(v, &number)) {
        if (v->kind == JB_VALUE_MISSING) {
            draw_missing(p, panel, label, k->zero, middle);
            return;
        }
        jb_label_draw(p, label, k->zero + WORD_GAP, jb_label_centre(label->size, middle), 'l');
        record_label(p, panel, label, k->zero + WORD_GAP, middle, false);
        return;
    }
    double end = k->zero + number * k->factor;
    if (number < 0) end = MIN(end, k->zero - 0.01); /* has a side, however short it is */
    double sure = k->zero + v->number * k->factor,
           reach = jb_bar_draw(p, true, jb_bar_series(p, c, s), v->kind, k->zero, end, sure, y, thick);
    double box[4] = {k->zero, y, end, y + thick};
    jb_plot_record(p, "rect", panel, box, p->categories[c].plain, v->raw, NULL);
    bool negative = number < 0;
    double at = end + (negative ? -1 : 1) * (reach + p->style->label_gap);
    jb_label_draw(p, label, at, jb_label_centre(label->size, middle), negative ? 'r' : 'l');
    record_label(p, panel, label, at, middle, negative);
}

static void draw_stack(layout *l, unsigned panel, unsigned c, const scale *k, double middle) {
    jb_plot *p = l->p;
    const jb_stack *stack = p->categories[c].stack;
    const jb_label *label = &l->rows[c].labels[0];
    bool below = is_below(stack);
    double thick = bar_thickness(p), at = k->zero + (below ? stack->low : stack->high) * k->factor +
                                          (below ? -1 : 1) * p->style->label_gap;
    if (stack->lack) {
        draw_missing(p, panel, label, k->zero, middle);
        return;
    }
    jb_stack_draw(p, panel, c, true, k->zero, k->factor, middle - thick / 2, thick);
    if (p->direct)
        p->direct = jb_stack_names(p, c, k->zero, k->factor, middle - thick / 2 - p->style->label_gap);
    if (!stack->total) return;
    jb_label_draw(p, label, at, jb_label_centre(label->size, middle), below ? 'r' : 'l');
    record_label(p, panel, label, at, middle, below);
}

static bool all_missing(const jb_plot *p, const jb_category *category) {
    for (unsigned s = 0; s < p->series_count; s++)
        if (category->values[s].kind != JB_VALUE_MISSING) return false;
    return true;
}

static void draw_row(layout *l, unsigned panel, unsigned c, const scale *k) {
    jb_plot *p = l->p;
    const row *r = &l->rows[c];
    const jb_category *category = &p->categories[c];
    double left = column_x(l, r->column), lines = r->name.para->count * p->style->leading,
           middle = r->y + (r->height + (l->above ? lines : 0)) / 2,
           name_y = jb_label_centre(r->name.size, l->above ? r->y + lines / 2 + ABOVE_AIR : middle) -
                    (r->name.para->count - 1) * r->name.leading / 2;
    if (!r->first && !category->level)
        jb_plot_rule(p, left, r->y, left + l->column_width, r->y, p->style->grid, p->style->grid_width);
    double name_x = left + category->level * p->style->sub_indent;
    if (l->above)
        jb_name_above(p, &r->name, name_x, name_y);
    else
        jb_label_draw(p, &r->name, name_x, name_y, 'l');
    if (category->stack) {
        draw_stack(l, panel, c, k, middle);
        return;
    }
    if (all_missing(p, category)) {
        draw_missing(p, panel, &r->labels[0], k->zero, middle);
        return;
    }
    double y = middle - bars_height(p) / 2;
    for (unsigned s = 0; s < p->series_count; s++, y += bar_thickness(p) + p->style->pair_gap)
        draw_value(l, panel, c, s, k, y);
    jb_plot_own(p, JB_NO_OWNER);
}

static void draw_head(const layout *l, const jb_panel *panel, double x, double top) {
    jb_plot *p = l->p;
    const char *unit = *panel->unit ? panel->unit : "（无单位）";
    jb_label label = jb_label_new(p, unit, p->style->label, true, p->style->text);
    double y = top - PANEL_HEAD;
    jb_label_draw(p, &label, x, y + 12, 'l');
    jb_plot_rule(p, x, y + 17, x + l->column_width, y + 17, p->style->rule, p->style->rule_width);
}

/* The rows of a panel in one column, from `first`; returns the index behind the last. */
static unsigned draw_stretch(layout *l, unsigned i, unsigned first, scale k) {
    jb_plot *p = l->p;
    const jb_panel *panel = &p->panels[i];
    const row *head = &l->rows[first];
    unsigned c = first, end = panel->first + panel->count;
    k.zero += column_x(l, head->column) - panel->x;
    if (many_panels(p)) draw_head(l, panel, column_x(l, head->column), head->y);
    for (; c < end && l->rows[c].column == head->column; c++) draw_row(l, i, c, &k);
    double top = head->y, bottom = l->rows[c - 1].y + l->rows[c - 1].height;
    const double field[4] = {column_x(l, head->column), top, column_x(l, head->column) + l->column_width,
                             bottom};
    jb_references_down(p, i, k.zero, k.factor, field);
    jb_plot_rule_around(p, &(jb_box){k.zero, top + 2, k.zero, bottom - 2}, p->style->axis,
                        p->style->baseline_width);
    double box[4] = {k.zero, top + 2, k.zero, bottom - 2};
    jb_plot_record(p, "rule", i, box, NULL, "0", NULL);
    return c;
}

static void draw_panel(layout *l, unsigned i) {
    jb_plot *p = l->p;
    jb_panel *panel = &p->panels[i];
    scale k = find_scale(l, panel);
    for (unsigned c = panel->first; c < panel->first + panel->count;) c = draw_stretch(l, i, c, k);
    /* boxes of the dump are fractions of the bars' field */
    double right = panel->x + panel->width;
    panel->x += names_room(l);
    panel->width = right - panel->x;
}

double jb_bars_horizontal(jb_plot *p, double top) {
    layout l = {.p = p, .rows = JB_ARRAY(p->arena, row, p->category_count)};
    p->horizontal = true;
    choose_columns(&l);
    for (unsigned c = 0; c < p->category_count; c++) set_labels(&l, c);
    find_name_width(&l);
    for (unsigned c = 0; c < p->category_count; c++) set_row(&l, c);
    double used = place_rows(&l, top);
    place_panels(&l);
    for (unsigned i = 0; i < p->panel_count; i++) draw_panel(&l, i);
    return used;
}
