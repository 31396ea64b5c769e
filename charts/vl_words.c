/* Words of guides and marks: titles of fields, labels of values, units of labels. */
#include <math.h>
#include "base/text.h"
#include "charts/label_unit.h"
#include "charts/vl.h"
#include "charts/vl_format.h"
#include "charts/vl_time.h"
#include "input/unit.h"

enum { LONG = 6 }; /* digits of labels that are said in 万 or 亿 */

static void failed(jb_vl_reader *r, jb_status status) {
    if (status != JB_OK) r->status = status;
}

static const char *kept(jb_vl_reader *r, GString *text) {
    const char *copy = jb_arena_string(r->arena, text->str);
    g_string_free(text, TRUE);
    return copy;
}

const char *jb_vl_title_of(jb_vl_reader *r, const jb_vl_def *d) {
    static const char *const ops[] = {"",       "",         "合计",     "平均",   "中位数", "最小",  "最大",
                                      "种数",   "有效数",   "缺失数",   "标准差", "标准差", "方差",  "方差",
                                      "标准误", "下四分位", "上四分位", "乘积",   "最小处", "最大处"};
    const jb_node *title = jb_node_get(d->axis, "title");
    const char *text = NULL;
    if (!title) title = jb_node_get(d->legend, "title");
    if (!title) title = d->title;
    if (title && jb_node_is_null(title)) return NULL;
    if (title) return failed(r, jb_node_string(r->ctx, title, &text)), text && *text ? text : NULL;
    if (d->op == JB_VL_COUNT && !d->field && jb_node_get(r->config, "countTitle"))
        return jb_node_get(r->config, "countTitle")->text;
    if (d->op == JB_VL_COUNT) return "记录数";
    if (!d->field) return NULL;
    if (d->op == JB_VL_NONE) return d->field;
    GString *out = g_string_new(d->field);
    g_string_append_printf(out, "（%s）", ops[d->op]);
    return kept(r, out);
}

/* ---- titles that share an axis ---- */

/* What a channel says of its title itself: 0 nothing, 1 null, 2 a text. */
static int said_title(const jb_vl_def *d) {
    const jb_node *title = jb_node_get(d->axis, "title");
    if (!title) title = d->title;
    return !title ? 0 : jb_node_is_null(title) ? 1 : 2;
}

static void add_title(GPtrArray *titles, const char *text) {
    for (guint i = 0; i < titles->len; i++)
        if (!strcmp(titles->pdata[i], text)) return;
    g_ptr_array_add(titles, (void *)(uintptr_t)text);
}

const char *jb_vl_titles_join(jb_vl_reader *r, const char *const *title, unsigned count, unsigned shown) {
    GString *out = g_string_new(NULL);
    bool han = false;
    for (unsigned i = 0; i < count; i++) han = han || jb_vl_is_han(jb_vl_text(title[i]));
    for (unsigned i = 0; i < shown; i++)
        g_string_append_printf(out, "%s%s", !i ? "" : han ? "、" : ", ", title[i]);
    if (shown < count) g_string_append_printf(out, han ? "等 %u 项" : ", … (%u)", count);
    return kept(r, out);
}

const char **jb_vl_axis_titles(jb_vl_reader *r, const jb_vl_panel *p, const jb_vl_scale *s, unsigned *count) {
    GPtrArray *titles = g_ptr_array_new();
    int most = 0;
    *count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < s->uses->len; i++) {
            const jb_vl_use *use = jb_vl_use_at(s, i);
            bool here = false;
            for (unsigned k = 0; k < p->units; k++) here = here || p->unit[k] == use->unit;
            if (!here) continue;
            int said = said_title(jb_vl_use_def(use));
            if (!pass)
                most = MAX(most, said);
            else if (said == most && said != 1) {
                const char *text = jb_vl_title_of(r, jb_vl_use_def(use));
                if (text) add_title(titles, text);
            }
        }
    const char **list = JB_ARRAY(r->arena, const char *, titles->len + 1);
    for (guint i = 0; i < titles->len; i++) list[i] = titles->pdata[i];
    *count = titles->len;
    g_ptr_array_free(titles, TRUE);
    return list;
}

static int power_of(double unit) { return (int)lround(log10(unit)); }
static const char *power_word(double unit) { return jb_label_power_word(power_of(unit)); }

double jb_vl_label_unit(double step, double most) { return pow(10, jb_label_power(step, most, LONG)); }

const char *jb_vl_number_label(jb_vl_reader *r, double v, double step, double unit) {
    int decimals = 0;
    GString *out = g_string_new(v < 0 ? "−" : "");
    gsize from = out->len;
    for (double s = fabs(step / unit); decimals < 9 && s > 0 && fabs(s - round(s)) > 1e-6 * s; s *= 10)
        decimals++;
    if (fabs(v / unit) >= 1e15 || (step == 0 && fabs(v) < 1e-6))
        jb_text_shortest(out, fabs(v));
    else if (step == 0)
        jb_text_number(out, fabs(v / unit), 9);
    else
        jb_text_fixed(out, fabs(v / unit), decimals);
    jb_text_group(out, from);
    return kept(r, out);
}

/* 20000 is 2 万 where all ticks are that large. */
static const char *number_label(jb_vl_reader *r, double v, double step, double most) {
    double unit = jb_vl_label_unit(step, most);
    const char *figure = jb_vl_number_label(r, v, step, unit);
    if (unit == 1 || v == 0) return figure;
    GString *out = g_string_new(figure);
    g_string_append_printf(out, " %s", power_word(unit));
    return kept(r, out);
}

/* ---- a unit for all labels of an axis ---- */

/* The bracket that ends a title: where it begins and what is in it; false when there is none. */
static bool bracket(const char *title, gsize *at, char **in) {
    static const char *const pairs[][2] = {{"（", "）"}, {"(", ")"}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const char *open = g_strrstr(title, pairs[i][0]);
        if (!open || !g_str_has_suffix(title, pairs[i][1])) continue;
        const char *begin = open + strlen(pairs[i][0]);
        *at = (gsize)(open - title);
        *in = g_strndup(begin, strlen(begin) - strlen(pairs[i][1]));
        return true;
    }
    return false;
}

/* What stands in a title's bracket, in larger units; what is no unit (2015 年价) says how it was reckoned and
 * is kept. */
static bool put_bracket(GString *out, const char *in, double unit) {
    jb_unit parsed;
    if (jb_label_unit_word(out, in, power_of(unit))) return true;
    if (jb_unit_parse(in, &parsed) || strpbrk(in, "%/") || strstr(in, "‰")) return false;
    g_string_append_printf(out, "%s，%s", in, power_word(unit));
    return true;
}

/* 亿元 or 吨; but 人口 and 户数 alone are names. */
bool jb_vl_bare_unit(const char *title) {
    jb_unit unit;
    double factor;
    if (!jb_unit_parse(title, &unit)) return false;
    return jb_unit_scan_factor(title, strlen(title), &factor) ||
           (unit.over.dimension != JB_DIMENSION_PERSONS && unit.over.dimension != JB_DIMENSION_COUNT);
}

/* A title is a name, a name with a unit in brackets, or a unit. */
const char *jb_vl_title_unit(jb_vl_reader *r, const char *title, double unit) {
    gsize at = 0;
    char *in = NULL;
    bool good = true;
    GString *out = g_string_new(NULL);
    if (bracket(title, &at, &in)) {
        g_string_append_len(out, title, (gssize)at);
        g_string_append(out, "（");
        good = put_bracket(out, in, unit);
        g_string_append(out, "）");
    } else if (jb_vl_bare_unit(title)) {
        good = jb_label_unit_word(out, title, power_of(unit));
    } else {
        g_string_append_printf(out, "%s（%s）", title, power_word(unit));
    }
    g_free(in);
    if (good) return kept(r, out);
    g_string_free(out, TRUE);
    return NULL;
}

const char *jb_vl_label(jb_vl_reader *r, const jb_vl_def *d, jb_vl_cell c, double step, double most,
                        const jb_node *format) {
    if (c.kind == JB_VL_MISSING) return "无";
    if (!format && (d->type == JB_VL_T || d->type == JB_VL_Q) && !d->bin)
        format = jb_node_get(r->config, d->type == JB_VL_T ? "timeFormat" : "numberFormat");
    if (format && format->kind == JB_NODE_SCALAR && *format->text && c.kind == JB_VL_NUMBER) {
        if (d->type == JB_VL_T || d->unit) {
            const char *text = jb_vl_time_format(r->arena, format->text, c.number);
            if (text) return text;
        } else {
            GString *out = g_string_new(NULL);
            if (jb_vl_format(out, format->text, c.number, step, most)) return kept(r, out);
            g_string_free(out, TRUE);
        }
        failed(r, jb_fail(r->ctx, format->pos, "format “%s” is not supported", format->text));
    }
    if (c.kind != JB_VL_NUMBER) return jb_vl_cell_string(r->arena, c);
    if (d->unit && (!(d->unit & JB_VL_YEAR) || jb_vl_discrete(d)))
        return jb_vl_unit_label(r->arena, d->unit, c.number);
    if (d->type == JB_VL_T) return jb_vl_time_label(r->arena, c.number, step);
    if (d->bin && d->bins.step > 0 && (jb_vl_discrete(d) || step == 0)) {
        GString *out = g_string_new(NULL);
        jb_text_number(out, c.number, 6);
        g_string_append(out, "–");
        jb_text_number(out, c.number + d->bins.step, 6);
        return kept(r, out);
    }
    return jb_vl_discrete(d) ? jb_vl_cell_string(r->arena, c) : number_label(r, c.number, step, most);
}

/* ---- short labels ---- */

const char *jb_vl_label_short(jb_vl_reader *r, const jb_vl_def *d, jb_vl_cell c) {
    if (c.kind != JB_VL_NUMBER) return NULL;
    jb_vl_date date = jb_vl_date_of(c.number);
    int number = d->unit == JB_VL_MONTH     ? date.month + 1
                 : d->unit == JB_VL_DATE    ? date.day
                 : d->unit == JB_VL_YEAR    ? date.year
                 : d->unit == JB_VL_QUARTER ? date.month / 3 + 1
                                            : 0;
    if (!number) return NULL;
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "%d", number);
    return kept(r, out);
}

const char *jb_vl_short_unit(const jb_vl_def *d) {
    return d->unit == JB_VL_QUARTER ? "季度"
           : d->unit == JB_VL_MONTH ? "月"
           : d->unit == JB_VL_DATE  ? "日"
                                    : "";
}
