/* What a chart in Vega-Lite's words says in words: kind, axes, parts; the extremes, the way of lines, the
 * largest differences of two series; what is no exact figure. Shares its phrases with the everyday form. */
#include <math.h>
#include "base/text.h"
#include "charts/alt_words.h"
#include "charts/vl.h"
#include "charts/vl_time.h"

enum { MOST_SERIES = 4, MOST_PANELS = 4, MOST_NAMES = 6, MOST_LISTED = 8 };

/* What is drawn of one name: rows of a table with a figure each, along a dimension. */
typedef struct series {
    const jb_vl_unit *u;
    const jb_vl_table *t;
    const jb_vl_scale *measure_scale, *along_scale;
    int measure, along; /* channels */
    const char *name;   /* NULL: it is the only one */
    unsigned *rows, count;
} series;

typedef struct teller {
    jb_vl_chart *c;
    jb_alt alt;
    const jb_alt_kinds *say;
} teller;

static jb_arena *arena_of(const teller *k) { return k->c->reader.arena; }

/* ---- figures and names ---- */

static jb_vl_cell figure(const series *s, unsigned i) {
    return jb_vl_table_at(s->t, s->rows[i], s->u->def[s->measure].own);
}

/* Is it a figure that can be called the highest? Of the everyday form, too, bounds and ranges are none. */
static bool is_figure(jb_vl_cell c) {
    jb_value v;
    if (c.kind != JB_VL_NUMBER) return false;
    jb_value_kind kind = jb_vl_cell_read(c, &v);
    return kind == JB_VALUE_NUMBER || kind == JB_VALUE_APPROX || kind == JB_VALUE_SAME;
}

static const char *number_text(const teller *k, double v) {
    GString *out = g_string_new(NULL);
    jb_text_number(out, v, fabs(v) >= 100 ? 1 : fabs(v) >= 1 ? 2 : 4);
    const char *text = jb_arena_string(arena_of(k), out->str);
    g_string_free(out, TRUE);
    return text;
}

static const char *figure_text(const teller *k, jb_vl_cell c) {
    return c.text ? c.text : number_text(k, c.number);
}

/* The units of time that tell the dates of a column apart. */
static unsigned date_unit(const jb_vl_table *t, int column) {
    unsigned unit = JB_VL_YEAR;
    for (unsigned i = 0; i < t->rows; i++) {
        jb_vl_cell c = jb_vl_table_at(t, i, column);
        if (c.kind != JB_VL_NUMBER) continue;
        jb_vl_date d = jb_vl_date_of(c.number);
        if (d.month) unit |= JB_VL_MONTH;
        if (d.day > 1) unit |= JB_VL_MONTH | JB_VL_DATE;
        if (d.hour || d.minute) unit |= JB_VL_MONTH | JB_VL_DATE | JB_VL_HOURS;
    }
    return unit;
}

static const char *value_name(teller *k, const jb_vl_def *d, const jb_vl_table *t, jb_vl_cell c) {
    if (c.kind == JB_VL_NUMBER && (d->type == JB_VL_T || d->unit))
        return jb_vl_unit_label(arena_of(k), d->unit ? d->unit : date_unit(t, d->column), c.number);
    return jb_vl_label(&k->c->reader, d, c, 0, 0, NULL);
}

/* What a row is called: its place along the dimension; of a heat map both. */
static const char *row_name(teller *k, const series *s, unsigned i) {
    GString *out = g_string_new(NULL);
    for (int ch = JB_VL_X; ch <= JB_VL_Y; ch++) {
        const jb_vl_def *d = &s->u->def[ch];
        if (ch == s->measure || !d->node || d->column < 0) continue;
        g_string_append_printf(out, "%s%s", out->len ? " " : "",
                               value_name(k, d, s->t, jb_vl_table_at(s->t, s->rows[i], d->column)));
    }
    const char *text = jb_arena_string(arena_of(k), out->str);
    g_string_free(out, TRUE);
    return text;
}

/* ---- the series of a panel ---- */

static bool measures(const jb_vl_def *d) {
    return d->node && d->type == JB_VL_Q && !d->bin && !d->binned && d->own >= 0 && !jb_vl_discrete(d);
}

/* The channel that a unit's figures are on, and the one along which they stand; false: it has none. */
static bool find_channels(const jb_vl_unit *u, int *measure, int *along) {
    if (u->mark == JB_VL_LABEL || u->mark == JB_VL_RULE) return false;
    bool both = u->def[JB_VL_X].node && u->def[JB_VL_Y].node,
         path = u->mark == JB_VL_LINE || u->mark == JB_VL_AREA;
    if (u->mark == JB_VL_RECT) {
        *measure = JB_VL_COLOR, *along = JB_VL_X;
        return both && measures(&u->def[JB_VL_COLOR]);
    }
    if (path && u->def[JB_VL_DETAIL].node) return false; /* many lines that nothing names */
    *measure = u->orient == 'h' ? JB_VL_X : JB_VL_Y;
    for (int i = 0; i < 2; i++, *measure = *measure == JB_VL_X ? JB_VL_Y : JB_VL_X) {
        *along = *measure == JB_VL_X ? JB_VL_Y : JB_VL_X;
        if (measures(&u->def[*measure]) && u->def[*along].node && u->def[*along].column >= 0 &&
            !measures(&u->def[*along]))
            return true;
    }
    *measure = JB_VL_SIZE, *along = JB_VL_X;
    return both && measures(&u->def[JB_VL_SIZE]) && !measures(&u->def[JB_VL_X]) &&
           !measures(&u->def[JB_VL_Y]);
}

static const char *measure_name(teller *k, const series *s) {
    const jb_vl_def *d = &s->u->def[s->measure];
    const char *title = jb_vl_title_of(&k->c->reader, d);
    if (d->field && title && jb_vl_bare_unit(title)) title = NULL; /* what is counted, not in what */
    return title ? title : d->field ? d->field : k->say->records;
}

static void add_series(teller *k, GArray *list, const jb_vl_panel *p, unsigned i) {
    const jb_vl_unit *u = p->unit[i];
    const jb_vl_table *t = p->table[i];
    series s = {.u = u, .t = t};
    if (!find_channels(u, &s.measure, &s.along)) return;
    s.measure_scale = p->scale[i][s.measure];
    s.along_scale = p->scale[i][s.along];
    const jb_vl_def *colour = &u->def[JB_VL_COLOR], *along = &u->def[s.along];
    bool parted = s.measure < JB_VL_COLOR && colour->node && colour->column >= 0 &&
                  colour->op == JB_VL_NONE && jb_vl_discrete(colour) &&
                  !(along->field && colour->field && !strcmp(along->field, colour->field));
    unsigned *group = JB_ARRAY(arena_of(k), unsigned, t->rows + 1),
             groups = parted ? jb_vl_table_group(t, &colour->column, 1, group) : 1;
    for (unsigned g = 0; g < groups; g++) {
        s.rows = JB_ARRAY(arena_of(k), unsigned, t->rows + 1);
        s.count = 0;
        for (unsigned r = 0; r < t->rows; r++)
            if (!parted || group[r] == g) s.rows[s.count++] = r;
        s.name =
            parted && s.count ? value_name(k, colour, t, jb_vl_table_at(t, s.rows[0], colour->column)) : NULL;
        if (s.count) g_array_append_val(list, s);
    }
}

/* ---- sentences ---- */

static const char *kind_of(const teller *k, const jb_vl_unit *u) {
    if (u->mark == JB_VL_RECT && measures(&u->def[JB_VL_COLOR])) return k->say->heat;
    if (u->mark != JB_VL_BAR) return k->say->marks[u->mark];
    bool flat = u->orient == 'h';
    const jb_vl_def *along = &u->def[flat ? JB_VL_Y : JB_VL_X], *measure = &u->def[flat ? JB_VL_X : JB_VL_Y];
    if (along->bin && measure->op == JB_VL_COUNT) return k->say->histogram;
    return flat ? k->say->bars : k->say->marks[JB_VL_BAR];
}

/* The titles of an axis, of all layers that share it. */
static void put_axis(teller *k, const jb_vl_panel *p, int channel, const char *format) {
    const char *seen[MOST_NAMES];
    unsigned count = 0;
    for (unsigned i = 0; i < p->units; i++) {
        unsigned n;
        if (!p->scale[i][channel]->built) continue;
        const char **titles = jb_vl_axis_titles(&k->c->reader, p, p->scale[i][channel], &n);
        for (unsigned t = 0; t < n && count < G_N_ELEMENTS(seen); t++) {
            bool known = false;
            for (unsigned q = 0; q < count; q++) known = known || !strcmp(seen[q], titles[t]);
            if (!known) seen[count++] = titles[t];
        }
    }
    GString *joined = g_string_new(NULL);
    for (unsigned i = 0; i < count; i++)
        g_string_append_printf(joined, "%s%s", i ? k->alt.say->list : "", seen[i]);
    if (count) jb_alt_put(&k->alt, format, joined->str);
    g_string_free(joined, TRUE);
}

/* What colours or sizes mean, with the names of few. */
static void put_channel(teller *k, const jb_vl_panel *p, int channel, const char *format) {
    for (unsigned i = 0; i < p->units; i++) {
        const jb_vl_scale *s = p->scale[i][channel];
        const char *title = s->built ? jb_vl_title_of(&k->c->reader, s->lead) : NULL;
        if (!s->built || (!title && !jb_vl_scale_discrete(s))) continue;
        GString *text = g_string_new(title);
        bool named = jb_vl_scale_discrete(s) && s->names->len <= MOST_NAMES;
        for (guint n = 0; named && n < s->names->len; n++)
            g_string_append_printf(
                text, "%s%s",
                n       ? k->alt.say->list
                : title ? "（"
                        : "",
                jb_vl_label(&k->c->reader, s->lead, g_array_index(s->names, jb_vl_cell, n), 0, 0, NULL));
        if (named && title) g_string_append(text, k->say->close);
        jb_alt_put(&k->alt, format, text->str);
        g_string_free(text, TRUE);
        return;
    }
}

static void put_subject(teller *k, const char *title) {
    const jb_vl_panel *p = k->c->panels->pdata[0];
    GString *kinds = g_string_new(NULL);
    unsigned points = 0;
    for (guint i = 0; i < k->c->panels->len; i++) {
        const jb_vl_panel *q = k->c->panels->pdata[i];
        for (unsigned n = 0; n < q->units; n++) {
            const char *kind = kind_of(k, q->unit[n]);
            bool helps = q->unit[n]->mark == JB_VL_LABEL && (kinds->len || q->units > 1);
            if (!helps && !strstr(kinds->str, kind))
                g_string_append_printf(kinds, "%s%s", kinds->len ? k->say->and : "", kind);
        }
        for (guint n = 0; q->items && n < q->items->len; n++)
            points += g_strcmp0(g_array_index(q->items, jb_vl_item, n).type, "symbol") == 0;
    }
    g_string_append(k->alt.out, kinds->str);
    if (title) jb_alt_put(&k->alt, k->alt.say->title, title);
    put_axis(k, p, JB_VL_X, k->say->x);
    put_axis(k, p, JB_VL_Y, k->say->y);
    put_channel(k, p, JB_VL_COLOR, k->say->colour);
    put_channel(k, p, JB_VL_SIZE, k->say->size);
    if (k->c->panels->len > 1) jb_alt_put(&k->alt, k->say->panels, k->c->panels->len);
    if (points > MOST_LISTED) jb_alt_put(&k->alt, k->say->points, points);
    k->alt.begun = true;
    jb_alt_end(&k->alt);
    g_string_free(kinds, TRUE);
}

/* A row and its figure; how many share it. */
static char *item_text(teller *k, const series *s, unsigned i, const char *lead) {
    jb_alt ties = {k->alt.plot, k->alt.say, g_string_new(NULL), false},
           inner = {k->alt.plot, k->alt.say, g_string_new(lead), false};
    unsigned equal = 0;
    for (unsigned n = 0; n < s->count; n++)
        equal += is_figure(figure(s, n)) && figure(s, n).number == figure(s, i).number;
    if (equal > 1) jb_alt_put(&ties, k->alt.say->ties, equal);
    jb_alt_put(&inner, k->alt.say->value, row_name(k, s, i), ties.out->str, figure_text(k, figure(s, i)));
    g_string_free(ties.out, TRUE);
    return g_string_free(inner.out, FALSE);
}

static bool find_extremes(const series *s, unsigned *high, unsigned *low) {
    double top = -INFINITY, bottom = INFINITY;
    int along = s->u->def[s->along].column;
    for (unsigned i = 0; i < s->count; i++) {
        jb_vl_cell c = figure(s, i);
        if (!is_figure(c) || jb_vl_table_at(s->t, s->rows[i], along).kind == JB_VL_MISSING) continue;
        if (c.number > top) top = c.number, *high = i;
        if (c.number < bottom) bottom = c.number, *low = i;
    }
    return top > bottom;
}

static void put_extremes(teller *k, const series *s) {
    unsigned high = 0, low = 0;
    if (!find_extremes(s, &high, &low)) return;
    char *one = item_text(k, s, high, ""), *other = item_text(k, s, low, "");
    jb_alt_clause(&k->alt);
    jb_alt_put(&k->alt, k->alt.say->highest, s->name ? s->name : measure_name(k, s), one);
    jb_alt_put(&k->alt, k->alt.say->lowest, other);
    g_free(one);
    g_free(other);
}

/* The highest and the lowest of many series, which are named with them. */
static void put_overall(teller *k, const GArray *list) {
    const series *top = NULL, *bottom = NULL;
    unsigned high = 0, low = 0, h = 0, l = 0;
    for (guint i = 0; i < list->len; i++) {
        const series *s = &g_array_index(list, series, i);
        if (!find_extremes(s, &h, &l)) continue;
        if (!top || figure(s, h).number > figure(top, high).number) top = s, high = h;
        if (!bottom || figure(s, l).number < figure(bottom, low).number) bottom = s, low = l;
    }
    if (!top || !bottom || top->u != bottom->u) return;
    char *lead = top->name ? g_strconcat(top->name, " ", NULL) : g_strdup(""),
         *other_lead = bottom->name ? g_strconcat(bottom->name, " ", NULL) : g_strdup(""),
         *one = item_text(k, top, high, lead), *other = item_text(k, bottom, low, other_lead);
    jb_alt_clause(&k->alt);
    jb_alt_put(&k->alt, k->alt.say->highest, measure_name(k, top), one);
    jb_alt_put(&k->alt, k->alt.say->lowest, other);
    g_free(lead);
    g_free(other_lead);
    g_free(one);
    g_free(other);
}

/* Where a row stands along its dimension. */
static double place_of(const series *s, unsigned i) {
    jb_vl_cell c = jb_vl_table_at(s->t, s->rows[i], s->u->def[s->along].column);
    return jb_vl_scale_discrete(s->along_scale) ? jb_vl_scale_index(s->along_scale, c) : c.number;
}

static void put_trend(teller *k, const series *s) {
    int first = -1, last = -1;
    for (unsigned i = 0; i < s->count; i++) {
        if (figure(s, i).kind != JB_VL_NUMBER) continue;
        if (first < 0 || place_of(s, i) < place_of(s, (unsigned)first)) first = (int)i;
        if (last < 0 || place_of(s, i) >= place_of(s, (unsigned)last)) last = (int)i;
    }
    if (first < 0 || first == last) return;
    jb_vl_cell from = figure(s, (unsigned)first), to = figure(s, (unsigned)last);
    const jb_alt_words *say = k->alt.say;
    const char *way = !is_figure(from) || !is_figure(to) ? say->turns
                      : to.number > from.number          ? say->rises
                      : to.number < from.number          ? say->falls
                                                         : say->stays;
    jb_alt_clause(&k->alt);
    jb_alt_put(&k->alt, say->from, s->name ? s->name : measure_name(k, s), row_name(k, s, (unsigned)first),
               figure_text(k, from));
    jb_alt_put(&k->alt, way, row_name(k, s, (unsigned)last), figure_text(k, to));
}

/* ---- two series ---- */

static bool is_base(const char *name) {
    static const char *const parts[] = {"计划", "目标", "上年",   "去年",      "预算",
                                        "同期", "plan", "target", "last year", "budget"};
    for (size_t i = 0; name && i < G_N_ELEMENTS(parts); i++)
        if (strstr(name, parts[i])) return true;
    return false;
}

static void put_gap(teller *k, const char *format, const char *name, double size, bool about) {
    jb_alt_put(&k->alt, format, name, about ? k->alt.say->about : "", number_text(k, fabs(size)));
}

/* How far one series is from another along the same dimension. */
static void put_gaps(teller *k, const series *a, const series *b) {
    const char *one = a->name ? a->name : measure_name(k, a), *two = b->name ? b->name : measure_name(k, b);
    bool swap = is_base(two) && !is_base(one), about[2] = {false, false}, any = false;
    const series *base = swap ? b : a, *other = swap ? a : b;
    double best[2] = {0, 0};
    const char *name[2] = {NULL, NULL};
    if (a->measure_scale != b->measure_scale || a->along_scale != b->along_scale ||
        a->measure != b->measure || a->measure >= JB_VL_COLOR || !strcmp(one, two))
        return;
    for (unsigned i = 0; i < other->count; i++)
        for (unsigned n = 0; n < base->count; n++) {
            jb_vl_cell x = figure(other, i), y = figure(base, n);
            if (place_of(other, i) != place_of(base, n) || !is_figure(x) || !is_figure(y)) continue;
            double size = x.number - y.number;
            int side = size < 0;
            any = true;
            if (fabs(size) <= fabs(best[side])) continue;
            best[side] = size;
            name[side] = row_name(k, other, i);
            about[side] = jb_vl_cell_inexact(x) || jb_vl_cell_inexact(y);
        }
    if (!any) return;
    jb_alt_clause(&k->alt);
    jb_alt_put(&k->alt, k->alt.say->against, swap ? two : one);
    if (name[0]) put_gap(k, k->alt.say->above, name[0], best[0], about[0]);
    if (name[0] && name[1]) g_string_append(k->alt.out, k->alt.say->comma);
    if (name[1]) put_gap(k, k->alt.say->below, name[1], best[1], about[1]);
    if (!name[0] && !name[1]) g_string_append(k->alt.out, k->alt.say->equal);
}

/* ---- panels ---- */

/* Points of two numbers: between which they lie. */
static void put_spread(teller *k, const jb_vl_panel *p) {
    const jb_vl_unit *u = p->units ? p->unit[0] : NULL;
    if (!u || !measures(&u->def[JB_VL_X]) || !measures(&u->def[JB_VL_Y])) return;
    for (int ch = JB_VL_X; ch <= JB_VL_Y; ch++) {
        series s = {.u = u, .t = p->table[0], .measure = ch};
        double low, high;
        if (!jb_vl_extent(p->table[0], u->def[ch].own, &low, &high)) continue;
        jb_alt_clause(&k->alt);
        jb_alt_put(&k->alt, k->say->from, measure_name(k, &s), number_text(k, low), number_text(k, high));
    }
}

static const char *x_title(teller *k, const jb_vl_panel *p) {
    return p->unit[0]->def[JB_VL_X].node ? jb_vl_title_of(&k->c->reader, &p->unit[0]->def[JB_VL_X]) : NULL;
}

static bool differ(teller *k) {
    bool some = false;
    for (guint i = 1; i < k->c->panels->len; i++)
        some = some || g_strcmp0(x_title(k, k->c->panels->pdata[0]), x_title(k, k->c->panels->pdata[i])) != 0;
    return some;
}

static void put_panel(teller *k, const jb_vl_panel *p, bool named) {
    GArray *list = g_array_new(FALSE, FALSE, sizeof(series));
    for (unsigned i = 0; i < p->units; i++) add_series(k, list, p, i);
    guint before = k->alt.out->len;
    const char *name = p->title;
    if (named && !name && differ(k)) name = x_title(k, p); /* of repeated plots what differs is the axis */
    if (named && name) jb_alt_put(&k->alt, k->say->at, name);
    guint begun = k->alt.out->len;
    if (!list->len) put_spread(k, p);
    bool many = list->len > MOST_SERIES;
    for (guint i = 0; !many && i < list->len; i++) {
        const series *s = &g_array_index(list, series, i);
        bool path =
            (s->u->mark == JB_VL_LINE || s->u->mark == JB_VL_AREA) && s->u->def[s->along].type != JB_VL_N;
        if (path)
            put_trend(k, s);
        else
            put_extremes(k, s);
    }
    if (many) put_overall(k, list);
    if (list->len == 2) put_gaps(k, &g_array_index(list, series, 0), &g_array_index(list, series, 1));
    if (k->alt.out->len == begun) g_string_truncate(k->alt.out, before);
    jb_alt_end(&k->alt);
    g_array_free(list, TRUE);
}

/* Of many panels only what is highest and lowest in all of them. */
static void put_all(teller *k) {
    const jb_vl_panel *panels[2] = {NULL, NULL};
    series found[2];
    unsigned row[2] = {0, 0};
    for (guint i = 0; i < k->c->panels->len; i++) {
        GArray *list = g_array_new(FALSE, FALSE, sizeof(series));
        if (((jb_vl_panel *)k->c->panels->pdata[i])->units) add_series(k, list, k->c->panels->pdata[i], 0);
        for (guint n = 0; n < list->len; n++) {
            const series *s = &g_array_index(list, series, n);
            unsigned at[2];
            if (!find_extremes(s, &at[0], &at[1])) continue;
            for (int e = 0; e < 2; e++) {
                double v = figure(s, at[e]).number, best = panels[e] ? figure(&found[e], row[e]).number : 0;
                if (!panels[e] || (e ? v < best : v > best))
                    panels[e] = k->c->panels->pdata[i], found[e] = *s, row[e] = at[e];
            }
        }
        g_array_free(list, TRUE);
    }
    if (!panels[0] || strcmp(measure_name(k, &found[0]), measure_name(k, &found[1])) != 0) return;
    jb_alt_clause(&k->alt);
    for (int e = 0; e < 2; e++) {
        GString *lead = g_string_new(NULL);
        if (panels[e]->title) g_string_append_printf(lead, "%s ", panels[e]->title);
        if (found[e].name) g_string_append_printf(lead, "%s ", found[e].name);
        char *item = item_text(k, &found[e], row[e], lead->str);
        if (e)
            jb_alt_put(&k->alt, k->alt.say->lowest, item);
        else
            jb_alt_put(&k->alt, k->alt.say->highest, measure_name(k, &found[0]), item);
        g_free(item);
        g_string_free(lead, TRUE);
    }
    jb_alt_end(&k->alt);
}

/* What is no exact figure, and labels without room. */
static void put_rest(teller *k) {
    unsigned bounds = 0, gaps = 0;
    for (guint i = 0; i < k->c->panels->len; i++) {
        const jb_vl_panel *p = k->c->panels->pdata[i];
        for (unsigned n = 0; n < p->units; n++) {
            int measure, along;
            if (!find_channels(p->unit[n], &measure, &along)) continue;
            for (unsigned r = 0; r < p->table[n]->rows; r++) {
                jb_value v;
                jb_vl_cell c = jb_vl_table_at(p->table[n], r, p->unit[n]->def[measure].own);
                jb_value_kind kind = jb_vl_cell_read(c, &v);
                bounds += kind == JB_VALUE_UPPER || kind == JB_VALUE_LOWER || kind == JB_VALUE_RANGE;
                gaps += kind == JB_VALUE_MISSING && c.text;
            }
        }
    }
    if (bounds || gaps) {
        jb_alt_clause(&k->alt);
        g_string_append(k->alt.out, k->alt.say->only);
        if (bounds) jb_alt_put(&k->alt, k->alt.say->bounds, bounds);
        if (bounds && gaps) g_string_append(k->alt.out, k->alt.say->comma);
        if (gaps) jb_alt_put(&k->alt, k->alt.say->gaps, gaps);
    }
    if (k->c->left_out_count) {
        jb_alt_clause(&k->alt);
        jb_alt_put(&k->alt, "%s%s", k->alt.say->unplaced, k->c->left_out);
        jb_alt_put(&k->alt, k->alt.say->unplaced_all, k->c->left_out_count);
    }
    jb_alt_end(&k->alt);
}

const char *jb_vl_alt(jb_vl_chart *c, const char *title, const char *description) {
    teller k = {c, jb_alt_begin(c->plot), jb_alt_kinds_of(c->plot)};
    unsigned panels = c->panels->len;
    if (panels) put_subject(&k, title);
    if (description) {
        g_string_append(k.alt.out, description);
        if (!g_str_has_suffix(description, "。") && !g_str_has_suffix(description, "."))
            g_string_append(k.alt.out, k.alt.say->stop);
        else if (g_str_has_suffix(description, "."))
            g_string_append_c(k.alt.out, ' ');
    }
    if (panels > MOST_PANELS) put_all(&k);
    for (guint i = 0; panels <= MOST_PANELS && i < panels; i++)
        put_panel(&k, c->panels->pdata[i], panels > 1);
    put_rest(&k);
    jb_alt_space(&k.alt);
    return jb_alt_text(&k.alt);
}
