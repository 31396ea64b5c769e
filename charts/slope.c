/* Slopes: a line for each row between two uprights, labelled at both sides; one panel for each unit. */
#include "charts/composite.h"

#include <math.h>
#include <string.h>

#define GAP 7.0    /* from an upright to its labels */
#define LEADER 9.0 /* more where labels had to move */
#define TIGHT_LEADER 6.0
#define NAME_GAP 6.0
#define APART_LEAST 50.0
#define APART_TIGHT 32.0 /* in narrow charts */
#define APART_WANTED 160.0
#define APART_MOST 220.0
#define NAME_LEAST 40.0
#define NAME_TIGHT 26.0
#define KEY_LINE 12.0 /* of a key's stroke, and … */
#define KEY_GAP 5.0   /* … from it to the name */
#define KEY_AIR 5.0   /* under the keys */
#define ROW 12.5      /* least distance of labels */
#define HEAD 22.0
#define COLUMN_HEAD 18.0
#define OVER 4.0 /* uprights go beyond the outermost values */
#define FOOT 8.0
#define PANEL_GAP 14.0
#define LEAST_HEIGHT 44.0
#define MOVED 0.6
#define LEFT_AIR 3.0 /* values are no left edge */
#define DISC 2.8
#define RING 3.0
#define LEADER_WIDTH 0.5

enum { FROM, TO, MOST_NAME_LINES = 4 };

typedef struct side_label {
    jb_label value, name;
    double point_y, y, height;
} side_label;

typedef struct line {
    const jb_category *row;
    bool has[2];
    double number[2];
    jb_colour ink;
    bool in_front; /* it stands out: drawn over the others */
    side_label at[2];
} line;

typedef struct slope {
    line *lines;
    double left, apart; /* x of the first upright, distance to the second */
    double heads[2];    /* measures of the columns' names, 0: as wide as they are */
    double head_extra;  /* height of their further lines */
    double values;      /* width of the right values */
    double leader;      /* room for the elbows of labels that moved */
    bool keyed;         /* names stand over each panel, with their lines' inks */
    bool inked;         /* each line has an ink of its own */
    bool bare;          /* there is no room for the left values */
    bool forecast;      /* the second column is what is planned or expected */
} slope;

/* What a column is called, in the room beside the other's name when that is too wide. */
static jb_label head_of(jb_plot *p, unsigned k, double measure) {
    jb_colour colour = k == TO ? p->style->text : p->style->text2;
    jb_label label = jb_label_new(p, p->series[k].name, p->style->legend, k == TO, colour);
    if (measure <= 0 || jb_label_width(&label) <= measure) return label;
    return jb_label_wrapped(p, p->series[k].name, p->style->legend, measure, colour);
}

/* A line with its points and labels is one mark. */
static int owner_of(const jb_plot *p, const slope *s, const line *l) {
    return jb_mark_owner(p, (unsigned)(l - s->lines), 0);
}

static bool is_drawn(const line *l) { return l->has[FROM] || l->has[TO]; }

/* Six lines have colours of their own; of more, and beside a highlighted one, all are pale. */
static jb_colour ink_of(const jb_plot *p, const jb_panel *panel, unsigned i, int highlight,
                        const jb_category *c) {
    if (highlight >= 0 && c->row == (unsigned)highlight) return p->style->series[0].line;
    if (highlight >= 0 || panel->count > JB_SERIES_INKS) return p->style->py;
    return p->style->series[i].line;
}

static void set_line(jb_plot *p, slope *s, const jb_panel *panel, unsigned i, int highlight) {
    line *l = &s->lines[panel->first + i];
    l->row = &p->categories[panel->first + i];
    l->ink = ink_of(p, panel, i, highlight, l->row);
    l->in_front = highlight >= 0 && l->row->row == (unsigned)highlight;
    for (unsigned k = 0; k < 2; k++) {
        l->has[k] = jb_plot_number(&l->row->values[k], &l->number[k]);
        l->at[k].value = jb_value_text(p, &l->row->values[k], k == TO);
    }
}

static void find_domain(const jb_plot *p, const slope *s, jb_panel *panel) {
    double low = INFINITY, high = -INFINITY;
    for (unsigned i = panel->first; i < panel->first + panel->count; i++)
        for (unsigned k = 0; k < 2; k++)
            if (s->lines[i].has[k])
                low = MIN(low, MIN(s->lines[i].number[k], s->lines[i].row->values[k].number)),
                high = MAX(high, s->lines[i].number[k]);
    if (!isfinite(low)) low = 0, high = 1;
    if (p->spec->zero) low = MIN(low, 0), high = MAX(high, 0);
    panel->low = low;
    panel->high = high > low ? high : low + MAX(fabs(low), 1);
}

/* Names of columns stand over their uprights; where they meet or leave the chart they are wrapped. */
static void set_heads(jb_plot *p, slope *s) {
    double at[2] = {s->left, s->left + s->apart}, half[2];
    for (unsigned k = 0; k < 2; k++) {
        jb_label head = head_of(p, k, 0);
        half[k] = jb_label_width(&head) / 2;
    }
    bool meet = half[FROM] + half[TO] + NAME_GAP > s->apart;
    for (unsigned k = 0; k < 2; k++) {
        double room = 2 * MIN(at[k], p->width - at[k]);
        if (meet) room = MIN(room, s->apart - NAME_GAP);
        s->heads[k] = MAX(room, 2 * p->style->legend);
        jb_label head = head_of(p, k, s->heads[k]);
        s->head_extra = MAX(s->head_extra, (head.para->count - 1) * head.leading);
    }
}

/* Do names fit beside the right values, each in a few lines? */
static bool names_fit(const jb_plot *p, const slope *s, double measure) {
    for (unsigned i = 0; i < p->category_count; i++) {
        const jb_para *para = s->lines[i].at[TO].name.para;
        if (para->forced || para->count > MOST_NAME_LINES || para->width > measure + 0.1) return false;
    }
    return true;
}

static void set_names(jb_plot *p, slope *s, double measure) {
    for (unsigned i = 0; i < p->category_count; i++) {
        line *l = &s->lines[i];
        l->at[TO].name = jb_label_wrapped(p, l->row->name, p->style->label, measure + 0.01, p->style->text);
        l->at[FROM].height = ROW;
        l->at[TO].height = s->keyed ? ROW : MAX(ROW, l->at[TO].name.para->count * p->style->leading + 2);
    }
}

/* What there is to place: the widest left value and name, half the widths of the columns' names. */
typedef struct widths {
    double before, names, half[2];
} widths;

static widths measure_labels(jb_plot *p, slope *s) {
    widths w = {0};
    for (unsigned k = 0; k < 2; k++) {
        jb_label head = head_of(p, k, p->width / 3);
        w.half[k] = jb_label_width(&head) / 2;
    }
    for (unsigned i = 0; i < p->category_count; i++) {
        w.before = MAX(w.before, jb_label_width(&s->lines[i].at[FROM].value));
        s->values = MAX(s->values, jb_label_width(&s->lines[i].at[TO].value));
        jb_label name = jb_label_new(p, s->lines[i].row->name, p->style->label, false, p->style->text);
        w.names = MAX(w.names, jb_label_width(&name));
    }
    return w;
}

static void set_left(slope *s, const widths *w, bool tight) {
    s->leader = tight ? TIGHT_LEADER : LEADER;
    s->left = MAX(s->bare ? DISC : w->before + GAP + s->leader + LEFT_AIR, w->half[FROM]);
}

/* Uprights at `apart`, names in what is left of the width; `tight` when that is little. */
static bool try_names(jb_plot *p, slope *s, const widths *w, bool tight) {
    double least = tight ? APART_TIGHT : APART_LEAST, name_least = tight ? NAME_TIGHT : NAME_LEAST;
    set_left(s, w, tight);
    double after = GAP + s->leader + s->values + NAME_GAP, rest = p->width - s->left - after;
    s->apart = CLAMP(rest - w->names, MIN(APART_WANTED, MAX(least, rest - name_least)), APART_MOST);
    if (rest - s->apart < MIN(w->names, 90)) s->apart = MAX(least, rest - MIN(w->names, 90));
    double measure = MAX(name_least, rest - s->apart);
    set_names(p, s, measure);
    return rest - s->apart >= MIN(w->names, name_least) - 0.1 && names_fit(p, s, measure);
}

/* Names stand over the panels as keys. */
static bool try_keys(jb_plot *p, slope *s, const widths *w) {
    if (!s->inked) return false;
    set_left(s, w, true);
    double after = MAX(GAP + s->leader + s->values + LEFT_AIR, w->half[TO]),
           rest = p->width - s->left - after;
    s->apart = CLAMP(rest, APART_TIGHT, APART_MOST);
    s->keyed = true;
    set_names(p, s, p->width - KEY_LINE - KEY_GAP);
    s->keyed = rest >= APART_TIGHT;
    return s->keyed;
}

/* Values at both sides, names at the right in what is left of the width. In narrow charts all is set tighter,
 * then names are keys when each line has its ink, then the left values are left out. */
static void find_widths(jb_plot *p, slope *s) {
    const widths w = measure_labels(p, s);
    bool fits = try_names(p, s, &w, false) || try_names(p, s, &w, true) || try_keys(p, s, &w);
    if (!fits) {
        s->bare = true;
        if (!try_names(p, s, &w, true)) try_keys(p, s, &w);
        jb_plot_note_add(p, p->spec->node->pos, "the figures of “%s” find no room in %d pt",
                         p->series[FROM].name, (int)(p->width + 0.5));
    }
    set_heads(p, s);
}

static void note_empty(jb_plot *p, const slope *s) {
    const char **names = JB_ARRAY(p->arena, const char *, p->category_count);
    GString *note = g_string_new(p->spec->note);
    unsigned n = 0;
    for (unsigned i = 0; i < p->category_count; i++)
        if (!s->lines[i].has[FROM] && !s->lines[i].has[TO]) names[n++] = s->lines[i].row->plain;
    if (n) {
        if (note->len && !g_str_has_suffix(note->str, "。")) g_string_append(note, "。");
        g_string_append(note, "未画：");
        jb_note_names(note, names, n);
        g_string_append(note, "（没有数）。");
        p->composed->note = jb_arena_string(p->arena, note->str);
    }
    g_string_free(note, TRUE);
}

jb_status jb_slope_measure(jb_plot *p) {
    slope *s = JB_NEW(p->arena, slope);
    const jb_named *wanted = &p->spec->composite->highlight;
    int highlight = -1;
    if (wanted->text) {
        jb_status status = jb_dataset_find_row(p->ctx, p->data, wanted->text, wanted->pos, &highlight);
        if (status != JB_OK) return status;
    }
    p->composed->mine = s;
    s->forecast = jb_column_is_expected(p->data, (unsigned)p->series[TO].column);
    s->lines = JB_ARRAY(p->arena, line, p->category_count);
    for (unsigned k = 0; k < p->panel_count; k++) {
        for (unsigned i = 0; i < p->panels[k].count; i++) set_line(p, s, &p->panels[k], i, highlight);
        find_domain(p, s, &p->panels[k]);
    }
    bool any = false;
    for (unsigned i = 0; i < p->category_count; i++) any = any || is_drawn(&s->lines[i]);
    if (!any)
        return jb_fail(p->ctx, p->spec->node->pos, "no row has a number under “%s” or “%s”",
                       p->series[FROM].name, p->series[TO].name);
    s->inked = highlight < 0;
    for (unsigned k = 0; k < p->panel_count; k++) s->inked = s->inked && p->panels[k].count <= JB_SERIES_INKS;
    find_widths(p, s);
    note_empty(p, s);
    const char *unit = p->panels[0].unit,
               *what = jb_worded(p, "%s与%s", p->series[FROM].name, p->series[TO].name);
    p->composed->subtitle = p->panel_count > 1 ? jb_worded(p, "%s；各单位自用一轴", what)
                            : *unit            ? jb_worded(p, "%s，%s", what, unit)
                                               : what;
    return JB_OK;
}

/* ---- places ---- */

static int compare_labels(gconstpointer a, gconstpointer b) {
    const side_label *x = *(side_label *const *)a, *y = *(side_label *const *)b;
    return x->point_y < y->point_y ? -1 : x->point_y > y->point_y ? 1 : x < y ? -1 : x > y;
}

/* Labels keep their order and their distances; the field has room for all. Returns whether one moved. */
static bool spread(side_label **labels, unsigned count, double top, double bottom) {
    bool moved = false;
    double edge = top;
    qsort(labels, count, sizeof *labels, compare_labels);
    for (unsigned i = 0; i < count; i++) {
        labels[i]->y = MAX(labels[i]->point_y, edge + labels[i]->height / 2);
        edge = labels[i]->y + labels[i]->height / 2;
    }
    edge = bottom;
    for (unsigned i = count; i-- > 0;) {
        labels[i]->y = MIN(labels[i]->y, edge - labels[i]->height / 2);
        edge = labels[i]->y - labels[i]->height / 2;
    }
    for (unsigned i = 0; i < count; i++) moved = moved || fabs(labels[i]->y - labels[i]->point_y) > MOVED;
    return moved;
}

static double needed(const slope *s, const jb_panel *panel) {
    double height = 0;
    for (unsigned i = panel->first; i < panel->first + panel->count; i++)
        if (is_drawn(&s->lines[i])) height += s->lines[i].at[TO].height;
    return height;
}

static double y_of(const jb_panel *panel, double number) {
    return panel->y + jb_field_at(jb_field_new(0, panel->height, -panel->high, -panel->low), -number);
}

static bool place_side(jb_plot *p, slope *s, const jb_panel *panel, unsigned k) {
    side_label **labels = JB_ARRAY(p->arena, side_label *, panel->count);
    unsigned n = 0;
    for (unsigned i = panel->first; i < panel->first + panel->count; i++) {
        line *l = &s->lines[i];
        if (!is_drawn(l) || (k == FROM && !l->has[k])) continue;
        double number = l->has[k] ? l->number[k] : l->number[FROM];
        l->at[k].point_y = y_of(panel, number);
        labels[n++] = &l->at[k];
    }
    return spread(labels, n, panel->y - ROW / 2, panel->y + panel->height + ROW / 2);
}

/* ---- drawing ---- */

/* From the point at x to the label that ends at `to`. */
static void draw_leader(jb_plot *p, const slope *s, const side_label *l, double x, double to, double way) {
    jb_paint paint = jb_paint_stroke(p->style->axis, LEADER_WIDTH);
    const double path[] = {x + way * (RING + 1.5), l->point_y, x + way * (GAP + s->leader - 4), l->y,
                           to - way * 3,           l->y};
    if (fabs(l->y - l->point_y) > MOVED)
        jb_scene_polyline(p->scene, path, way * (path[4] - path[2]) > 0 ? 3 : 2, false, &paint);
}

static void draw_labels(jb_plot *p, const slope *s, unsigned panel, const line *l, const bool moved[2],
                        double values) {
    double x1 = s->left, x2 = s->left + s->apart, away1 = GAP + (moved[FROM] ? s->leader : 0),
           away2 = GAP + (moved[TO] ? s->leader : 0);
    const side_label *from = &l->at[FROM], *to = &l->at[TO];
    if (l->has[FROM] && !s->bare) {
        jb_text_put(p, panel, &from->value, x1 - away1, from->y, 'r');
        draw_leader(p, s, from, x1, x1 - away1, -1);
    }
    if (l->has[TO]) draw_leader(p, s, to, x2, x2 + away2 + values - jb_label_width(&to->value), 1);
    jb_text_put(p, panel, &to->value, x2 + away2 + values, to->y, 'r');
    if (s->keyed) return;
    double y = jb_label_centre(to->name.size, to->y) - (to->name.para->count - 1) * to->name.leading / 2,
           x = x2 + away2 + values + NAME_GAP, h = to->height / 2,
           box[4] = {x, to->y - h, x + jb_label_width(&to->name), to->y + h};
    jb_label_draw(p, &to->name, x, y, 'l');
    jb_plot_record(p, "text", panel, box, NULL, NULL, to->name.text);
}

static void draw_points(jb_plot *p, const slope *s, unsigned panel, const line *l) {
    for (unsigned k = 0; k < 2; k++) {
        double x = s->left + (k == TO ? s->apart : 0), y = l->at[k].point_y,
               r = k == TO && s->forecast ? RING : DISC;
        double box[4] = {x - r, y - r, x + r, y + r};
        if (!l->has[k]) continue;
        const jb_value *v = &l->row->values[k];
        if (v->kind == JB_VALUE_RANGE)
            jb_point_stem(p, x, y, false, y_of(&p->panels[panel], v->number), l->ink);
        jb_dot_draw(p, &l->row->values[k], x, y, r, k == TO && s->forecast, l->ink);
        jb_dot_arrow(p, &l->row->values[k], x, y, r, false, l->ink);
        jb_plot_record(p, "symbol", panel, box, p->series[k].name, l->row->values[k].raw, NULL);
    }
}

static void draw_line(jb_plot *p, const slope *s, unsigned panel, const line *l) {
    double x2 = s->left + s->apart, box[4] = {s->left, l->at[FROM].point_y, x2, l->at[TO].point_y};
    jb_paint paint = jb_paint_stroke(l->ink, p->style->data_line_width);
    if (!l->has[FROM] || !l->has[TO]) return;
    paint.join = JB_JOIN_ROUND;
    jb_scene_line(p->scene, box[0], box[1], box[2], box[3], &paint);
    jb_plot_record(p, "line", panel, box, p->series[TO].name, l->row->values[TO].raw, NULL);
}

static void draw_uprights(jb_plot *p, const slope *s, unsigned i) {
    const jb_panel *panel = &p->panels[i];
    for (unsigned k = 0; k < 2; k++) {
        double x = s->left + (k == TO ? s->apart : 0);
        jb_plot_rule(p, x, panel->y - OVER, x, panel->y + panel->height + OVER, p->style->axis, LEADER_WIDTH);
        jb_axis_tick tick = {i, 'x', k, p->series[k].name};
        g_array_append_val(p->ticks, tick);
        if (i) continue;
        jb_label head = head_of(p, k, s->heads[k]);
        jb_label_draw(p, &head, x, panel->y - OVER - 6 - (head.para->count - 1) * head.leading, 'c');
    }
}

static void draw_head(jb_plot *p, const jb_panel *panel, double y) {
    jb_label label =
        jb_label_new(p, *panel->unit ? panel->unit : "（无单位）", p->style->label, true, p->style->text);
    jb_label_draw(p, &label, 0, y + 12, 'l');
    jb_plot_rule(p, 0, y + 17, p->width, y + 17, p->style->rule, p->style->rule_width);
}

static double keys_height(const jb_plot *p, const slope *s, const jb_panel *panel) {
    double height = 0;
    for (unsigned i = panel->first; s->keyed && i < panel->first + panel->count; i++)
        if (is_drawn(&s->lines[i])) height += s->lines[i].at[TO].name.para->count * p->style->leading;
    return height > 0 ? height + KEY_AIR : 0;
}

/* A stroke in the line's ink, and its name, one under the other from y on. */
static void draw_keys(jb_plot *p, const slope *s, const jb_panel *panel, double y) {
    for (unsigned i = panel->first; i < panel->first + panel->count; i++) {
        const line *l = &s->lines[i];
        const jb_label *name = &l->at[TO].name;
        jb_paint paint = jb_paint_stroke(l->ink, p->style->data_line_width);
        if (!is_drawn(l)) continue;
        double middle = y + p->style->leading / 2;
        jb_plot_own(p, owner_of(p, s, l));
        jb_scene_line(p->scene, 0, middle, KEY_LINE, middle, &paint);
        jb_scene_circle(p->scene, KEY_LINE / 2, middle, DISC,
                        &(jb_paint){.fill = true, .fill_colour = l->ink});
        jb_label_draw(p, name, KEY_LINE + KEY_GAP, jb_label_centre(name->size, middle), 'l');
        y += name->para->count * p->style->leading;
    }
    jb_plot_own(p, JB_NO_OWNER);
}

static void draw_panel(jb_plot *p, slope *s, unsigned i) {
    const jb_panel *panel = &p->panels[i];
    bool moved[2] = {place_side(p, s, panel, FROM), place_side(p, s, panel, TO)};
    const line *first = &s->lines[panel->first], *end = first + panel->count;
    double values = 0;
    draw_uprights(p, s, i);
    for (const line *l = first; l < end; l++)
        if (is_drawn(l)) values = MAX(values, jb_label_width(&l->at[TO].value));
    for (unsigned k = 0; k < 2; k++)
        for (const line *l = first; l < end; l++) {
            jb_plot_own(p, owner_of(p, s, l));
            if (is_drawn(l) && l->in_front == k) draw_line(p, s, i, l);
        }
    for (unsigned k = 0; k < 2; k++)
        for (const line *l = first; l < end; l++) {
            if (!is_drawn(l) || l->in_front != k) continue;
            jb_plot_own(p, owner_of(p, s, l));
            draw_points(p, s, i, l);
            draw_labels(p, s, i, l, moved, values);
        }
    jb_plot_own(p, JB_NO_OWNER);
}

/* In the dump the two columns are the categories. */
static void turn_categories(jb_plot *p) {
    jb_category *turned = JB_ARRAY(p->arena, jb_category, 2 * p->panel_count);
    for (unsigned i = 0; i < p->panel_count; i++) {
        for (unsigned k = 0; k < 2; k++) turned[2 * i + k].name = turned[2 * i + k].plain = p->series[k].name;
        p->panels[i].first = 2 * i;
        p->panels[i].count = 2;
    }
    p->categories = turned;
    p->category_count = 2 * p->panel_count;
}

double jb_slope_draw(jb_plot *p, double top, double height) {
    slope *s = p->composed->mine;
    double y = top;
    bool many = p->panel_count > 1;
    for (unsigned i = 0; i < p->panel_count; i++) {
        jb_panel *panel = &p->panels[i];
        double need = MAX(needed(s, panel) - ROW, LEAST_HEIGHT);
        if (many) draw_head(p, panel, y);
        double keys = keys_height(p, s, panel), head = many ? HEAD : 0;
        if (s->keyed) draw_keys(p, s, panel, y + head);
        y += head + keys + (i ? ROW / 2 + OVER : COLUMN_HEAD + s->head_extra + OVER);
        panel->x = s->left;
        panel->width = s->apart;
        panel->y = y;
        panel->height = many ? need * 1.25 : MAX(need, height - (y - top) - FOOT - OVER);
        draw_panel(p, s, i);
        y += panel->height + OVER + FOOT + (i + 1 < p->panel_count ? PANEL_GAP : 0);
    }
    turn_categories(p);
    return y - top;
}
