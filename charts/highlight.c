/* `highlight` of bars and lines: one category, or one line, in the ink of results or the first series, the
 * rest pale. */
#include <string.h>
#include "charts/plot.h"

/* The column that is to stand out becomes the last series, which is drawn on top of the others. */
jb_status jb_highlight_lines(jb_plot *p) {
    const jb_spec *spec = p->spec;
    unsigned count = p->series_count, at = 0;
    int column;
    if (!spec->highlight || spec->mark != JB_MARK_LINE) return JB_OK;
    if (spec->rate)
        return jb_fail(p->ctx, spec->highlight_pos, "completion rates are one line: leave highlight out");
    jb_status status = jb_dataset_find_column(p->ctx, p->data, spec->highlight, spec->highlight_pos, &column);
    if (status != JB_OK) return status;
    while (at < count && p->series[at].column != column) at++;
    if (at == count)
        return jb_fail(p->ctx, spec->highlight_pos,
                       "no line of “%s” is drawn; add it to y:", spec->highlight);
    jb_series it = p->series[at];
    memmove(&p->series[at], &p->series[at + 1], (count - at - 1) * sizeof it);
    p->series[count - 1] = it;
    for (unsigned s = 0; s + 1 < count; s++) p->series[s].pale = true;
    return JB_OK;
}

jb_status jb_highlight_bars(jb_plot *p) {
    const jb_spec *spec = p->spec;
    if (!spec->highlight || spec->mark != JB_MARK_BAR) return JB_OK;
    if (p->series_count > 1)
        return jb_fail(
            p->ctx, spec->highlight_pos,
            "one bar of a row stands out only where a row has one: highlight takes one column under y:");
    const char **names = JB_ARRAY(p->arena, const char *, p->category_count);
    for (unsigned c = 0; c < p->category_count; c++) {
        names[c] = p->categories[c].plain;
        if (!strcmp(names[c], spec->highlight)) return JB_OK;
    }
    GString *near = g_string_new(NULL);
    jb_suggest(near, spec->highlight, names, p->category_count);
    jb_status status =
        jb_fail(p->ctx, spec->highlight_pos, "no row “%s” is drawn%s", spec->highlight, near->str);
    g_string_free(near, TRUE);
    return status;
}

const jb_series *jb_bar_series(const jb_plot *p, unsigned category, unsigned s) {
    static const jb_series bright = {.scenario = JB_SCENARIO_AC}, pale = {.scenario = JB_SCENARIO_PY};
    if (!p->spec->highlight || p->series[s].mark != JB_MARK_BAR) return &p->series[s];
    return strcmp(p->categories[category].plain, p->spec->highlight) ? &pale : &bright;
}

jb_series_ink jb_line_ink(const jb_plot *p, unsigned s) {
    const jb_series *it = &p->series[s];
    jb_series_ink ink = p->style->series[it->ink % JB_SERIES_INKS];
    if (it->scenario != JB_SCENARIO_PLAIN && it->mark == JB_MARK_POINT) { /* those of lines have none */
        ink.line = it->scenario == JB_SCENARIO_PY ? p->style->py : p->style->ac;
        ink.marker = it->scenario == JB_SCENARIO_PL ? 'r' : it->scenario == JB_SCENARIO_FC ? 'm' : 'd';
    }
    if (!p->spec->highlight || p->spec->mark != JB_MARK_LINE) return ink;
    ink.line = it->pale ? p->style->py : p->style->series[0].line;
    if (it->pale && !jb_line_is_named(p, s)) ink.marker = 'd';
    return ink;
}

bool jb_line_is_named(const jb_plot *p, unsigned s) {
    return !p->series[s].pale || p->series_count <= JB_SERIES_INKS;
}
