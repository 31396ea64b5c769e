/* Rows of composite marks: a column of names, hairlines between rows, a head over each panel, panels in
 * columns. */
#include <math.h>
#include "charts/composite.h"

#define HEAD 22.0 /* of a panel: its unit, a rule and the air around them */
#define HEAD_BASELINE 12.0
#define HEAD_RULE 17.0
#define NAME_LINES 4.0   /* a name of n lines needs leading x n + 4 */
#define NARROW_NAMES 0.4 /* of a column's width, where columns are several */
#define PANEL_AIR 10.0   /* between panels below each other */
#define LEAST_NAME 4.0   /* em: beside a field that needs its room names are so wide at least */
#define ABOVE_DROP 5.0   /* names over their rows stand nearer to these than to the row before */

enum { MOST_COLUMNS = 3, MOST_NAME_LINES = 4 };

static double panel_height(const jb_rows *r, unsigned i) {
    const jb_panel *panel = &r->p->panels[i];
    double height = r->head + r->foot + (i == 0 ? r->over : 0);
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) height += r->height[c];
    return height;
}

/* Fills columns up to a height; returns how many it takes. */
static unsigned fill(jb_rows *r, double most) {
    double y = 0;
    unsigned column = 0;
    for (unsigned i = 0; i < r->panels; i++) {
        double height = panel_height(r, i);
        if (y > 0 && y + height > most + 1e-6) column++, y = 0;
        r->column[i] = column;
        y += height + PANEL_AIR;
    }
    return column + 1;
}

static void distribute(jb_rows *r) {
    double low = 0, high = 1;
    for (unsigned i = 0; i < r->panels; i++) {
        low = MAX(low, panel_height(r, i));
        high += panel_height(r, i) + PANEL_AIR;
    }
    while (high - low > 0.5) {
        double middle = (low + high) / 2;
        *(fill(r, middle) <= r->columns ? &high : &low) = middle;
    }
    r->columns = fill(r, high);
}

static void find_columns(jb_rows *r) {
    jb_plot *p = r->p;
    double weight[MOST_COLUMNS] = {0}, all = 0, x = 0;
    for (unsigned i = 0; i < r->panels; i++)
        weight[r->column[i]] = MAX(weight[r->column[i]], r->weights ? r->weights[i] : 1);
    for (unsigned k = 0; k < r->columns; k++) all += weight[k];
    double room = p->width - (r->columns - 1) * p->style->panel_gap * 2 / 3;
    for (unsigned k = 0; k < r->columns; k++) {
        r->column_x[k] = x;
        r->column_width[k] = room * weight[k] / all;
        x += r->column_width[k] + p->style->panel_gap * 2 / 3;
    }
}

static double least_field(const jb_rows *r, unsigned column) {
    double least = 0;
    for (unsigned i = 0; r->fields && i < r->panels; i++)
        if (r->column[i] == column) least = MAX(least, r->fields[i]);
    return least;
}

/* Names give way to the fields as long as they can be read. */
static double most_name(const jb_rows *r, unsigned column) {
    const jb_chart_style *style = r->p->style;
    double share = style->name_share * r->p->width, width = r->column_width[column];
    if (r->above) return width;
    if (r->columns > 1) share = MIN(share, NARROW_NAMES * width);
    double left = width - style->name_gap - least_field(r, column);
    return MIN(share, MAX(left, LEAST_NAME * style->label));
}

static double indent_of(const jb_rows *r, unsigned c) {
    return r->p->categories[c].level * r->p->style->sub_indent;
}

static jb_label name_of(const jb_rows *r, unsigned c, double measure) {
    const jb_chart_style *style = r->p->style;
    return jb_label_wrapped(r->p, r->p->categories[c].name, style->label,
                            MAX(20, measure - indent_of(r, c)) + 0.01, style->text);
}

/* Names take what their widest needs, at most their share. */
static void set_names(jb_rows *r) {
    for (unsigned k = 0; k < r->columns; k++) {
        double widest = 0, most = most_name(r, k);
        for (unsigned i = 0; i < r->panels; i++) {
            const jb_panel *panel = &r->p->panels[i];
            for (unsigned c = panel->first; r->column[i] == k && c < panel->first + panel->count; c++) {
                r->names[c] = name_of(r, c, most);
                widest = MAX(widest, jb_label_width(&r->names[c]) + indent_of(r, c));
                double lines = r->names[c].para->count * r->p->style->leading;
                r->height[c] = r->above ? r->pitch + lines : MAX(r->pitch, lines + NAME_LINES);
            }
        }
        r->name_width[k] = MIN(widest, most);
    }
}

/* Columns are parted before the height of names in them is known, by the narrowest names. */
static void part(jb_rows *r, unsigned columns) {
    r->columns = MIN(columns, r->panels);
    for (unsigned c = 0; c < r->p->category_count; c++) r->height[c] = r->pitch;
    for (int pass = 0; pass < 2; pass++) {
        distribute(r);
        find_columns(r);
        set_names(r);
    }
}

/* Has each field its width, and no name more lines than can be read beside it? */
static bool has_room(const jb_rows *r) {
    for (unsigned k = 0; k < r->columns; k++) {
        double names = r->above ? 0 : r->name_width[k] + r->p->style->name_gap;
        if (r->column_width[k] - names < least_field(r, k) - 0.01) return false;
    }
    for (unsigned i = 0; i < r->panels && r->fields; i++)
        for (unsigned c = r->p->panels[i].first; c < r->p->panels[i].first + r->p->panels[i].count; c++)
            if (r->names[c].para->count > MOST_NAME_LINES && !r->above) return false;
    return true;
}

void jb_rows_measure(jb_rows *r) {
    jb_plot *p = r->p;
    unsigned wanted = p->frame->columns ? p->frame->columns : p->width >= r->least ? 2 : 1;
    r->names = JB_ARRAY(p->arena, jb_label, p->category_count);
    r->y = JB_ARRAY(p->arena, double, p->category_count);
    r->height = JB_ARRAY(p->arena, double, p->category_count);
    r->column = JB_ARRAY(p->arena, unsigned, r->panels);
    r->column_x = JB_ARRAY(p->arena, double, MOST_COLUMNS);
    r->column_width = JB_ARRAY(p->arena, double, MOST_COLUMNS);
    r->name_width = JB_ARRAY(p->arena, double, MOST_COLUMNS);
    r->head = r->heads ? HEAD : 0;
    r->above = false;
    unsigned columns = MIN(MIN(wanted, MOST_COLUMNS), r->panels);
    part(r, columns);
    while (!has_room(r) && columns > 1) part(r, --columns);
    if (!has_room(r)) {
        r->above = true;
        part(r, 1);
    }
    for (unsigned i = 0; i < r->panels; i++) {
        unsigned k = r->column[i];
        double names = r->above ? 0 : r->name_width[k] + p->style->name_gap;
        p->panels[i].x = r->column_x[k] + names;
        p->panels[i].width = r->column_width[k] - names;
    }
}

double jb_rows_place(jb_rows *r, double top) {
    double y = 0, used = 0;
    for (unsigned i = 0; i < r->panels; i++) {
        jb_panel *panel = &r->p->panels[i];
        if (i && r->column[i] != r->column[i - 1]) y = 0;
        y += r->head + (i == 0 ? r->over : 0);
        panel->y = top + y;
        for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
            r->y[c] = top + y;
            y += r->height[c];
        }
        panel->height = top + y - panel->y;
        y += r->foot;
        used = MAX(used, y);
        y += PANEL_AIR;
    }
    return used;
}

static void draw_head(const jb_rows *r, unsigned i) {
    jb_plot *p = r->p;
    double x = r->column_x[r->column[i]], y = p->panels[i].y - (i == 0 ? r->over : 0) - r->head;
    jb_label label = jb_label_new(p, r->heads[i], p->style->label, true, p->style->text);
    jb_label_draw(p, &label, x, y + HEAD_BASELINE, 'l');
    jb_plot_rule(p, x, y + HEAD_RULE, x + r->column_width[r->column[i]], y + HEAD_RULE, p->style->rule,
                 p->style->rule_width);
}

void jb_rows_draw(const jb_rows *r, unsigned i) {
    jb_plot *p = r->p;
    const jb_panel *panel = &p->panels[i];
    double x = r->column_x[r->column[i]], width = r->column_width[r->column[i]];
    if (r->heads) draw_head(r, i);
    for (unsigned c = panel->first; c < panel->first + panel->count; c++) {
        const jb_label *name = &r->names[c];
        double middle = r->y[c] + (r->height[c] - (r->above ? r->pitch - ABOVE_DROP : 0)) / 2,
               y = jb_label_centre(name->size, middle) - (name->para->count - 1) * name->leading / 2;
        if (c > panel->first && !p->categories[c].level)
            jb_plot_rule(p, x, r->y[c], x + width, r->y[c], p->style->grid, p->style->grid_width);
        if (r->above)
            jb_name_above(p, name, x + indent_of(r, c), y);
        else
            jb_label_draw(p, name, x + indent_of(r, c), y, 'l');
    }
}
