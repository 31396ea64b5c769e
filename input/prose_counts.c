/* Numbers of indicators in the text: 超过目标 6 项, 约束性指标 4 项, 计划列有 20 项主要指标. */
#include "input/prose_parts.h"

#include <string.h>

enum { MOST_VERDICTS = 16, LONGEST_VERDICT = 40 };

/* ---- what the data have ---- */

static void count_verdict(jb_prose_set *set, const char *word) {
    if (!*word || strlen(word) > LONGEST_VERDICT) return;
    for (guint i = 0; i < set->verdicts->len; i++) {
        jb_verdict_count *known = &g_array_index(set->verdicts, jb_verdict_count, i);
        if (!strcmp(known->word, word)) {
            known->count++;
            return;
        }
    }
    jb_verdict_count fresh = {word, 1};
    if (set->verdicts->len < MOST_VERDICTS) g_array_append_val(set->verdicts, fresh);
}

void jb_prose_set_count(jb_prose_set *set) {
    const jb_dataset *d = set->data;
    int verdict = jb_dataset_role(d, JB_COLUMN_VERDICT);
    set->latest = set->year;
    for (unsigned c = 0; c < d->column_count; c++)
        set->latest = MAX(set->latest, jb_year_of(d->columns[c].path));
    set->verdicts = g_array_new(FALSE, FALSE, sizeof(jb_verdict_count));
    for (unsigned r = 0; r < d->row_count; r++) {
        const jb_row *row = &d->rows[r];
        if (row->level || row->total || !*row->name) continue;
        set->rows++;
        set->binding += row->binding;
        if (verdict >= 0) count_verdict(set, jb_dataset_text(d, r, (unsigned)verdict));
    }
}

/* ---- what the text says ---- */

typedef struct tally {
    const jb_prose *prose;
    const char *word; /* a verdict, or NULL */
    long number;
    int year;                  /* only tables about this year, or 0 */
    const jb_prose_set *other; /* one whose count is another */
    unsigned count;
    bool agrees;
} tally;

static void weigh(tally *t, const jb_prose_set *set, unsigned count) {
    if (t->year && set->latest != t->year) return;
    t->agrees = t->agrees || t->number == (long)count;
    if (t->other || !count) return;
    t->other = set;
    t->count = count;
}

typedef enum what { VERDICTS, BINDING, OTHERS, ROWS } what;

static void weigh_set(tally *t, const jb_prose_set *set, what kind) {
    switch (kind) {
    case BINDING: weigh(t, set, set->binding); break;
    case OTHERS: weigh(t, set, set->binding ? set->rows - set->binding : 0); break;
    case ROWS: weigh(t, set, set->rows); break;
    case VERDICTS:
        for (guint i = 0; i < set->verdicts->len; i++) {
            const jb_verdict_count *v = &g_array_index(set->verdicts, jb_verdict_count, i);
            if (!strcmp(v->word, t->word)) weigh(t, set, v->count);
        }
    }
}

/* Tables about the year that the text speaks of come first; when there are none, any may be meant. */
static tally weigh_all(const jb_prose *prose, const jb_count_place *at, what kind, const char *word) {
    tally t = {.prose = prose, .word = word, .number = at->number, .year = at->year};
    for (guint i = 0; i < prose->sets->len; i++)
        weigh_set(&t, &g_array_index(prose->sets, jb_prose_set, i), kind);
    if (t.other || !t.year) return t;
    t.year = 0;
    for (guint i = 0; i < prose->sets->len; i++)
        weigh_set(&t, &g_array_index(prose->sets, jb_prose_set, i), kind);
    return t;
}

/* `some` tells that fewer than all may be meant. */
static void check(const jb_prose *prose, const jb_plain *plain, const jb_count_place *at, what kind,
                  const char *word, const char *called, bool some) {
    tally t = weigh_all(prose, at, kind, word);
    jb_pos pos = jb_plain_pos(plain, at->start);
    if (t.other) g_array_append_val(prose->compared, pos);
    if (!t.other || t.agrees || (some && at->number < (long)t.count)) return;
    jb_diag(prose->ctx, JB_WARNING, pos, "the text says %ld of “%s”; there are %u in “%s”", at->number,
            called, t.count, t.other->data->id);
}

static bool ends_with(const char *text, size_t from, size_t to, const char *word) {
    size_t n = strlen(word);
    return to >= from + n && !memcmp(text + to - n, word, n);
}

static bool ends_with_any(const char *text, size_t from, size_t to, const char *const *words) {
    for (; *words; words++)
        if (ends_with(text, from, to, *words)) return true;
    return false;
}

/* The verdict that ends at an offset and stands for itself, or NULL. */
static const char *verdict_before(const jb_prose *prose, const char *text, size_t clause, size_t start) {
    const char *found = NULL;
    for (guint i = 0; i < prose->sets->len && !found; i++) {
        const GArray *verdicts = g_array_index(prose->sets, jb_prose_set, i).verdicts;
        for (guint k = 0; k < verdicts->len && !found; k++) {
            const char *word = g_array_index(verdicts, jb_verdict_count, k).word;
            if (start - clause == strlen(word) && ends_with(text, clause, start, word)) found = word;
        }
    }
    return found;
}

void jb_prose_count(const jb_prose *prose, const jb_plain *plain, const jb_count_place *at) {
    static const char *const binding[] = {"约束性指标", "约束性指标有", "约束性指标共", "约束性指标为", NULL},
                             *const others[] = {"预期性指标", "预期性指标有", "预期性指标共", "预期性指标为",
                                                NULL},
                             *const all[] = {"列有",   "提出", "提出了", "设置",
                                             "设置了", "确定", "确定了", NULL},
                             *const kinds[] = {"主要指标", "计划指标", "指标", NULL},
                             *const wholly[] = {"全面", "全部", "均", "都", NULL};
    const char *text = plain->text->str, *behind = text + at->behind;
    const char *verdict = verdict_before(prose, text, at->clause, at->start);
    if (verdict) check(prose, plain, at, VERDICTS, verdict, verdict, false);
    if (ends_with_any(text, at->clause, at->start, binding))
        check(prose, plain, at, BINDING, NULL, binding[0], false);
    if (ends_with_any(text, at->clause, at->start, others))
        check(prose, plain, at, OTHERS, NULL, others[0], false);
    if (g_str_has_prefix(behind, "为")) behind += strlen("为");
    bool is_binding = g_str_has_prefix(behind, binding[0]), is_other = g_str_has_prefix(behind, others[0]);
    if (is_binding || is_other) {
        bool whole =
            ends_with(text, at->clause, at->start, "等") || jb_take_any(behind + strlen(binding[0]), wholly);
        check(prose, plain, at, is_binding ? BINDING : OTHERS, NULL, is_binding ? binding[0] : others[0],
              !whole);
    }
    if (at->planned && jb_take_any(behind, kinds) && ends_with_any(text, at->clause, at->start, all))
        check(prose, plain, at, ROWS, NULL, "指标", false);
}
