/* Datasets to facts: indicator, year, scenario, kind, unit, and where the value stands. */
#include "input/prose_parts.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"

/* ---- kinds, from the endings of names ---- */

typedef struct ending {
    const char *text;
    jb_fact_kind kind;
} ending;

/* Longer ones before those they end with. */
static const ending endings[] = {
    {"比上年增长", JB_FACT_GROWTH}, {"同比增长", JB_FACT_GROWTH}, {"增长速度", JB_FACT_GROWTH},
    {"增长率", JB_FACT_GROWTH},     {"增速", JB_FACT_GROWTH},     {"增幅", JB_FACT_GROWTH},
    {"增长", JB_FACT_GROWTH},       {"比上年提高", JB_FACT_RISE}, {"比上年上升", JB_FACT_RISE},
    {"降低率", JB_FACT_FALL},       {"下降率", JB_FACT_FALL},     {"减少率", JB_FACT_FALL},
    {"降低", JB_FACT_FALL},         {"下降", JB_FACT_FALL},       {"减少", JB_FACT_FALL},
    {"降幅", JB_FACT_FALL},         {"比上年", JB_FACT_GROWTH},
};

static bool cut(char *name, const char *end) {
    size_t n = strlen(name), m = strlen(end);
    if (n <= m || strcmp(name + n - m, end) != 0) return false;
    name[n - m] = 0;
    return true;
}

/* Takes the ending off a plain name. Only rates have a kind: 耕地减少（亩） is a level. */
static jb_fact_kind take_kind(char *name, const jb_measure_unit *unit) {
    if (!jb_measure_unit_is_rate(unit)) return JB_FACT_LEVEL;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (cut(name, endings[i].text)) return endings[i].kind;
    return JB_FACT_LEVEL;
}

static void take_loose_ending(char *name) {
    for (unsigned i = 0; jb_loose_endings[i]; i++) {
        size_t n = strlen(name), m = strlen(jb_loose_endings[i]);
        if (n < m + 9 || !cut(name, jb_loose_endings[i]))
            continue; /* three Chinese characters must be left */
        return;
    }
}

/* ---- when, and of what scenario ---- */

int jb_year_of(const char *text) {
    int found = 0, year;
    for (const char *p = text; *p; p++) {
        char digits[8] = {0};
        if (!g_ascii_isdigit(*p) || (p > text && g_ascii_isdigit(p[-1]))) continue;
        if (strspn(p, "0123456789") != 4) continue;
        memcpy(digits, p, 4);
        strcpy(digits + 4, "年");
        if (!jb_year_take(digits, &year)) continue;
        if (found && found != year) return 0;
        found = year;
    }
    return found;
}

static jb_scenario scenario_of(jb_column_role role) {
    switch (role) {
    case JB_COLUMN_PLAN: return JB_PLAN;
    case JB_COLUMN_FORECAST: return JB_FORECAST;
    case JB_COLUMN_ACTUAL:
    case JB_COLUMN_PREVIOUS: return JB_ACTUAL;
    default: return JB_ANY;
    }
}

/* Columns that hold something else than the indicator's value in a year. */
static bool is_other(const char *path) {
    static const char *const words[] = {"完成率", "占比", "比重", "增减", "差",     "序号", "位次",
                                        "排名",   "排位", "季度", "月",   "上半年", "权重", "累计"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(path, words[i])) return true;
    return false;
}

static bool holds_values(const jb_column *column) {
    return column->numbers && column->role != JB_COLUMN_NUMBERING && column->role != JB_COLUMN_NAME &&
           column->role != JB_COLUMN_UNIT && column->role != JB_COLUMN_VERDICT &&
           column->role != JB_COLUMN_TEXT && !is_other(column->path);
}

/* A column of growth beside columns of levels. */
static bool is_growth_column(const jb_column *column) {
    return strstr(column->name, "增长") || strstr(column->name, "增速") || strstr(column->name, "增幅") ||
           strstr(column->name, "同比");
}

/* ---- facts ---- */

typedef struct maker {
    jb_prose *prose;
    const jb_prose_set *set;
    unsigned index; /* of the set */
    jb_plain plain;
} maker;

static int find_indicator(maker *m, const char *name, const char *written) {
    jb_prose *p = m->prose;
    size_t length;
    int known = jb_trie_match(p->names, name, &length);
    if (known >= 0 && !name[length]) return known;
    jb_indicator fresh = {g_strdup(name), jb_intern(p->ctx, written), -1, 0};
    g_array_append_val(p->indicators, fresh);
    jb_trie_add(p->names, name, (int)p->indicators->len - 1);
    return (int)p->indicators->len - 1;
}

static bool has_room(maker *m) {
    jb_prose *p = m->prose;
    if (p->facts->len < JB_LIMIT_PROSE_FACTS) return true;
    if (!p->full)
        jb_diag(p->ctx, JB_NOTE, jb_pos_file(m->set->data->file),
                "the text is compared with the first %d cells of the data only", JB_LIMIT_PROSE_FACTS);
    p->full = true;
    return false;
}

static jb_measure_unit read_unit(maker *m, const char *text) {
    jb_plain_name(&m->plain, m->prose->aliases, text);
    return jb_measure_unit_read(m->plain.text->str);
}

static void add_fact(maker *m, int indicator, jb_fact fact) {
    jb_indicator *owner = &g_array_index(m->prose->indicators, jb_indicator, (guint)indicator);
    if (++owner->count > JB_MOST_ALIKE) return;
    fact.dataset = m->index;
    fact.next = owner->first;
    owner->first = (int)m->prose->facts->len;
    g_array_append_val(m->prose->facts, fact);
}

enum { LONGEST_NAME = 120 }; /* bytes; longer ones would not be written in a sentence */

/* Names too short or too common to be looked for in text. */
static bool is_usable(const char *name) {
    static const char *const common[] = {"合计", "总计", "小计", "其他", "其它", "全国", "全市", "全区",
                                         "年份", "名称", "指标", "总量", "人口", "收入", "支出"};
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
        if (!strcmp(name, common[i])) return false;
    return g_utf8_strlen(name, -1) >= 2 && strlen(name) <= LONGEST_NAME;
}

/* Year of a column: its header says it; else what the table says. 上年 is the year before. */
static int column_year(const maker *m, const jb_column *column) {
    int year = jb_year_of(column->path);
    if (year || column->role != JB_COLUMN_PREVIOUS) return year ? year : m->set->year;
    return m->set->year ? m->set->year - 1 : 0;
}

static jb_given given_of(const jb_value *v, const jb_measure_unit *unit) {
    jb_given g = {.kind = v->kind,
                  .known = jb_value_is_numeric(v) || (v->kind == JB_VALUE_SAME && v->resolved)};
    if (!g.known) return g;
    if (v->kind == JB_VALUE_SAME) g.kind = JB_VALUE_NUMBER;
    g.low = v->number * unit->factor;
    g.high = (v->kind == JB_VALUE_RANGE ? v->high : v->number) * unit->factor;
    g.step = fabs(v->factor) * pow(10, -v->decimals) * unit->factor;
    return g;
}

static void add_cell(maker *m, int indicator, jb_fact_kind kind, unsigned row, unsigned column, int year) {
    const jb_dataset *d = m->set->data;
    jb_value value = jb_dataset_at(d, row, column);
    const jb_column *c = &d->columns[column];
    bool growth = is_growth_column(c) && kind == JB_FACT_LEVEL;
    jb_fact fact = {.row = row,
                    .column = column,
                    .year = year,
                    .scenario = scenario_of(c->role),
                    .kind = growth ? JB_FACT_GROWTH : kind,
                    .unit =
                        read_unit(m, growth && !*c->unit ? "%" : jb_dataset_unit(d, row, column, &value))};
    if (!*value.raw) return;
    fact.given = given_of(&value, &fact.unit);
    add_fact(m, indicator, fact);
}

/* The kind of a sub-indicator is that of the indicator it belongs to. */
static jb_fact_kind parent_kind(maker *m, unsigned row) {
    const jb_dataset *d = m->set->data;
    if (d->rows[row].parent < 0) return JB_FACT_LEVEL;
    const jb_row *parent = &d->rows[d->rows[row].parent];
    jb_measure_unit unit = read_unit(m, parent->unit);
    jb_plain_name(&m->plain, m->prose->aliases, parent->name);
    return take_kind(m->plain.text->str, &unit);
}

static void add_row(maker *m, unsigned r) {
    const jb_dataset *d = m->set->data;
    if (d->rows[r].total) return;
    jb_measure_unit unit = read_unit(m, d->rows[r].unit);
    jb_plain_name(&m->plain, m->prose->aliases, d->rows[r].name);
    char *name = g_strdup(m->plain.text->str);
    jb_fact_kind kind = take_kind(name, &unit);
    if (kind == JB_FACT_LEVEL) kind = parent_kind(m, r);
    take_loose_ending(name);
    if (is_usable(name) && has_room(m)) {
        int indicator = find_indicator(m, name, d->rows[r].name);
        for (unsigned c = 0; c < d->column_count && has_room(m); c++)
            if (holds_values(&d->columns[c]))
                add_cell(m, indicator, kind, r, c, column_year(m, &d->columns[c]));
    }
    g_free(name);
}

/* ---- tables whose rows are years ---- */

static int row_year(const jb_dataset *d, unsigned r) {
    const char *name = d->rows[r].name;
    size_t digits = strspn(name, "0123456789");
    bool year = digits == 4 && (!name[4] || !strcmp(name + 4, "年") || !strcmp(name + 4, " 年"));
    return year ? jb_year_of(name) : 0;
}

static bool rows_are_years(const jb_dataset *d) {
    for (unsigned r = 0; r < d->row_count; r++)
        if (!row_year(d, r)) return false;
    return d->row_count > 0;
}

static void add_year_column(maker *m, unsigned c) {
    const jb_dataset *d = m->set->data;
    if (!holds_values(&d->columns[c])) return;
    jb_measure_unit unit = read_unit(m, d->columns[c].unit);
    jb_plain_name(&m->plain, m->prose->aliases, d->columns[c].name);
    char *name = g_strdup(m->plain.text->str);
    jb_fact_kind kind = take_kind(name, &unit);
    take_loose_ending(name);
    int indicator = is_usable(name) && has_room(m) ? find_indicator(m, name, d->columns[c].name) : -1;
    for (unsigned r = 0; indicator >= 0 && r < d->row_count && has_room(m); r++)
        add_cell(m, indicator, kind, r, c, row_year(d, r));
    g_free(name);
}

/* Rows that are no indicators: places, months, branches. */
static bool rows_are_others(const jb_dataset *d) {
    static const char *const words[] = {"地区", "区县", "部门", "行业", "城市",
                                        "季度", "月份", "省",   "企业", "年龄"};
    const char *header = d->name_column < 0 ? "" : d->columns[d->name_column].name;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(header, words[i])) return true;
    return d->name_column < 0;
}

void jb_prose_set_add(jb_prose *prose, const jb_prose_set *set) {
    g_array_append_vals(prose->sets, set, 1);
    jb_prose_set_count(&g_array_index(prose->sets, jb_prose_set, prose->sets->len - 1));
    maker m = {.prose = prose,
               .set = &g_array_index(prose->sets, jb_prose_set, prose->sets->len - 1),
               .index = prose->sets->len - 1};
    const jb_dataset *d = set->data;
    bool values = false;
    for (unsigned c = 0; c < d->column_count; c++) values = values || holds_values(&d->columns[c]);
    if (!values) return;
    jb_plain_init(&m.plain);
    if (rows_are_years(d))
        for (unsigned c = 0; c < d->column_count; c++) add_year_column(&m, c);
    else if (!rows_are_others(d))
        for (unsigned r = 0; r < d->row_count && has_room(&m); r++) add_row(&m, r);
    jb_plain_clear(&m.plain);
}

/* ---- reading facts ---- */

jb_value jb_fact_value(const jb_prose *prose, const jb_fact *fact) {
    const jb_prose_set *set = &g_array_index(prose->sets, jb_prose_set, fact->dataset);
    return jb_dataset_at(set->data, fact->row, fact->column);
}

jb_pos jb_fact_pos(const jb_prose *prose, const jb_fact *fact) {
    const jb_prose_set *set = &g_array_index(prose->sets, jb_prose_set, fact->dataset);
    const jb_dataset *d = set->data;
    if (!set->places) return jb_dataset_pos(d, fact->row, fact->column);
    const jb_grid *grid = d->grid;
    unsigned column = grid->taken ? grid->taken[fact->column] : fact->column;
    return set->places[(size_t)(grid->row[d->header_rows + fact->row].line - 1) * set->columns + column];
}
