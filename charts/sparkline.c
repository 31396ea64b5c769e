/* Sparklines as a mark: one row a name, its first value, the line or bars, its last value. */
#include <math.h>
#include "charts/composite.h"
#include "charts/spark.h"

#define PITCH 22.0
#define HEIGHT 12.0
#define WIDEST 200.0
#define NARROWEST 48.0
#define LEAST_WIDE 24.0 /* where names and values leave no more */
#define BAR_STEP 12.0 /* at most, from bar to bar */
#define GAP 6.0
#define UNIT_GAP 3.0
#define MISSING_ROOM 13.0 /* the dash before 无数据 */

typedef struct sparkline {
    jb_rows rows;
    bool *expected;     /* one a series */
    bool bare;          /* there is no room for first values */
    bool units;         /* rows say their units */
    double first, wide; /* widths of the first values, of the drawings */
} sparkline;

static unsigned last_of(const jb_plot *p) { return p->series_count - 1; }

static double key_of(const jb_plot *p, const jb_category *c) {
    double number;
    return jb_plot_number(&c->values[last_of(p)], &number) ? number : -INFINITY;
}

static gint compare(gconstpointer a, gconstpointer b, gpointer plot) {
    const jb_plot *p = plot;
    const jb_category *x = a, *y = b;
    double one = key_of(p, x), other = key_of(p, y);
    if (p->spec->composite->order == JB_SORT_NONE || one == other)
        return x->row < y->row ? -1 : x->row > y->row;
    bool down = p->spec->composite->order == JB_SORT_DESCENDING;
    if (isinf(one) || isinf(other)) return isinf(one) ? 1 : -1; /* without a number last, either way */
    return (one < other) == down ? 1 : -1;
}

/* Each row has its own scale, whatever its unit: one panel holds them all, in the order of the data or of the
 * last values. */
static void join_panels(jb_plot *p, sparkline *s) {
    s->units = p->panel_count > 1;
    g_qsort_with_data(p->categories, (gint)p->category_count, sizeof *p->categories, compare, p);
    p->panels[0] = (jb_panel){.unit = s->units ? "" : p->panels[0].unit, .count = p->category_count};
    p->panel_count = 1;
}

static jb_label first_label(jb_plot *p, unsigned c) {
    const jb_value *v = &p->categories[c].values[0];
    double number;
    bool drawn = jb_plot_number(v, &number);
    return jb_label_new(p, drawn ? jb_value_label(p, v) : "", p->style->label, false, p->style->text2);
}

static jb_label unit_label(jb_plot *p, const sparkline *s, unsigned c) {
    const jb_category *it = &p->categories[c];
    const jb_value *v = &it->values[last_of(p)];
    double number;
    bool said = s->units && !v->unit && jb_plot_number(v, &number);
    return jb_label_new(p, said ? it->unit : "", p->style->legend, false, p->style->text2);
}

static double wide_of(const jb_plot *p, double room) {
    double most = CLAMP(room, NARROWEST, WIDEST);
    if (p->spec->composite->form == JB_SPARK_BAR) most = MIN(most, p->series_count * BAR_STEP);
    return most;
}

/* First values, last values and units; what they leave is the drawings', within limits. */
static double find_sides(jb_plot *p, sparkline *s) {
    double last = 0;
    s->first = 0;
    for (unsigned c = 0; c < p->category_count; c++) {
        jb_label before = first_label(p, c), unit = unit_label(p, s, c),
                 after = jb_value_text(p, &p->categories[c].values[last_of(p)], true);
        s->first = MAX(s->first, jb_label_width(&before));
        bool missing = p->categories[c].values[last_of(p)].kind == JB_VALUE_MISSING;
        last = MAX(last, jb_label_width(&after) + jb_label_width(&unit) + (missing ? MISSING_ROOM : UNIT_GAP));
    }
    return s->first + last + 2 * GAP;
}

jb_status jb_sparkline_measure(jb_plot *p) {
    sparkline *s = JB_NEW(p->arena, sparkline);
    p->composed->mine = s;
    p->horizontal = true;
    join_panels(p, s);
    s->expected = JB_ARRAY(p->arena, bool, p->series_count);
    for (unsigned i = 0; i < p->series_count; i++)
        s->expected[i] = jb_column_is_expected(p->data, (unsigned)p->series[i].column);
    double sides = find_sides(p, s), field;
    if (sides + LEAST_WIDE > p->width && s->first > 0) {
        sides -= s->first;
        s->first = 0;
        s->bare = true;
        jb_plot_note_add(p, p->spec->node->pos, "the first values find no room in %d pt", (int)(p->width + 0.5));
    }
    field = sides + wide_of(p, 0);
    s->rows = (jb_rows){.p = p, .pitch = PITCH, .panels = 1, .least = INFINITY, .fields = &field};
    jb_rows_measure(&s->rows);
    s->rows.fields = NULL; /* it was needed for measuring only */
    s->wide = MIN(wide_of(p, p->panels[0].width - sides), MAX(p->panels[0].width - sides, LEAST_WIDE));
    const char *from = p->series[0].name, *to = p->series[last_of(p)].name, *unit = p->panels[0].unit;
    p->composed->subtitle = *unit ? jb_worded(p, "%s至%s，%s，各行自用一轴", from, to, unit)
                                  : jb_worded(p, "%s至%s，各行自用一轴", from, to);
    return JB_OK;
}

/* The last value as written; what is missing there is said, although the line has earlier values. */
static void put_last(jb_plot *p, const sparkline *s, unsigned c, double x, double y) {
    const jb_value *v = &p->categories[c].values[last_of(p)];
    if (v->kind == JB_VALUE_MISSING) {
        jb_missing_put(p, 0, x, y);
        return;
    }
    jb_label label = jb_value_text(p, v, true), unit = unit_label(p, s, c);
    jb_text_put(p, 0, &label, x, y, 'l');
    if (*unit.text)
        jb_label_draw(p, &unit, x + jb_label_width(&label) + UNIT_GAP, jb_label_centre(unit.size, y), 'l');
}

static void draw_row(jb_plot *p, const sparkline *s, unsigned c) {
    const jb_category *it = &p->categories[c];
    double y = jb_rows_middle(&s->rows, c), x = p->panels[0].x + s->first + GAP, after = x + s->wide + GAP;
    jb_plot_own(p, jb_mark_owner(p, c, 0)); /* the row is one mark */
    const jb_spark spark = {p->spec->composite->form, it->values, s->expected, p->series_count};
    const double box[4] = {x, y - HEIGHT / 2, x + s->wide, y + HEIGHT / 2};
    jb_label first = first_label(p, c);
    if (*first.text && !s->bare) jb_text_put(p, 0, &first, x - GAP, y, 'r');
    if (jb_spark_any(&spark)) {
        jb_spark_draw(p->scene, p->style, &spark, box);
        jb_plot_record(p, spark.form == JB_SPARK_BAR ? "rect" : "line", 0, box, it->plain,
                       it->values[last_of(p)].raw, NULL);
    }
    put_last(p, s, c, after, y);
    jb_plot_own(p, JB_NO_OWNER);
}

double jb_sparkline_draw(jb_plot *p, double top, double height) {
    sparkline *s = p->composed->mine;
    double used = jb_rows_place(&s->rows, top);
    (void)height;
    jb_rows_draw(&s->rows, 0);
    for (unsigned c = 0; c < p->category_count; c++) draw_row(p, s, c);
    return used;
}
