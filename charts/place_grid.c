/* An index of boxes by cells. */
#include "charts/place_grid.h"

#include <math.h>

#define MOST_CELLS 128 /* a side */

typedef struct range {
    unsigned x1, y1, x2, y2;
} range;

static unsigned cell_at(double value, double from, double size, unsigned count) {
    double cell = size > 0 ? (value - from) / size * count : 0;
    return cell > 0 ? (unsigned)MIN(cell, count - 1) : 0; /* NaN: the first */
}

static range cells_of(const jb_cells *c, const jb_box *box) {
    double w = c->field.x2 - c->field.x1, h = c->field.y2 - c->field.y1;
    return (range){cell_at(box->x1, c->field.x1, w, c->columns), cell_at(box->y1, c->field.y1, h, c->rows),
                   cell_at(box->x2, c->field.x1, w, c->columns), cell_at(box->y2, c->field.y1, h, c->rows)};
}

jb_cells *jb_cells_new(const jb_box *field, unsigned items) {
    jb_cells *c = g_new0(jb_cells, 1);
    unsigned side = (unsigned)CLAMP(sqrt(items), 1, MOST_CELLS);
    c->field = *field;
    c->columns = side;
    c->rows = side;
    c->heads = g_new(int, side *side);
    for (unsigned i = 0; i < side * side; i++) c->heads[i] = -1;
    c->entries = g_array_new(FALSE, FALSE, sizeof(jb_cell_entry));
    return c;
}

void jb_cells_free(jb_cells *c) {
    if (!c) return;
    g_array_free(c->entries, TRUE);
    g_free(c->heads);
    g_free(c);
}

void jb_cells_add(jb_cells *c, const jb_box *box, unsigned item) {
    range r = cells_of(c, box);
    for (unsigned y = r.y1; y <= r.y2; y++) {
        for (unsigned x = r.x1; x <= r.x2; x++) {
            int *head = &c->heads[y * c->columns + x];
            jb_cell_entry entry = {item, *head};
            *head = (int)c->entries->len;
            g_array_append_val(c->entries, entry);
        }
    }
}

void jb_cells_add_line(jb_cells *c, const jb_box *line, double around, unsigned item) {
    double left = MIN(line->x1, line->x2), right = MAX(line->x1, line->x2),
           cell = (c->field.x2 - c->field.x1) / c->columns,
           slope = right > left ? (line->y2 - line->y1) / (line->x2 - line->x1) : 0;
    range all = cells_of(c, &(jb_box){left - around, 0, right + around, 0});
    for (unsigned x = all.x1; x <= all.x2; x++) { /* the part of the line over one column of cells */
        double from = x > all.x1 ? c->field.x1 + x * cell - around : left,
               to = x < all.x2 ? c->field.x1 + (x + 1) * cell + around : right;
        from = CLAMP(from, left, right), to = CLAMP(to, left, right);
        double a = line->y1 + (from - line->x1) * slope, b = line->y1 + (to - line->x1) * slope;
        if (!(right > left)) a = line->y1, b = line->y2;
        double middle = c->field.x1 + (x + 0.5) * cell;
        jb_cells_add(c, &(jb_box){middle, MIN(a, b) - around, middle, MAX(a, b) + around}, item);
    }
}

bool jb_cells_find(const jb_cells *c, const jb_box *box, bool (*is_it)(void *user, unsigned item),
                   void *user) {
    range r = cells_of(c, box);
    for (unsigned y = r.y1; y <= r.y2; y++) {
        for (unsigned x = r.x1; x <= r.x2; x++) {
            for (int at = c->heads[y * c->columns + x]; at >= 0;) {
                const jb_cell_entry *entry = &g_array_index(c->entries, jb_cell_entry, at);
                if (is_it(user, entry->item)) return true;
                at = entry->next;
            }
        }
    }
    return false;
}
