/* Conditions as Handlebars writes them: a look-up, a text, a number, true, false, or (helper …) of such. */
#include "input/template_parts.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"
#include "base/text.h"
#include "input/derived.h"

enum { MOST_ARGUMENTS = 16 };

static jb_status read_value(jb_reader *r, unsigned depth, jb_found *value);

static bool is_true(const jb_found *v) {
    if (v->absent) return false;
    if (v->measure == JB_MEASURE_TEXT) return v->text && *v->text;
    return v->number != 0 || (v->measure == JB_MEASURE_RANGE && v->high != 0);
}

static jb_found number_value(double number, const char *what) {
    return (jb_found){.measure = JB_MEASURE_NUMBER,
                      .number = number,
                      .high = number,
                      .decimals = -1,
                      .unit = "",
                      .what = what};
}

/* ---- helpers ---- */

/* A helper at work: its arguments, and where they stand. */
typedef struct call {
    jb_reader *r;
    const char *name;
    jb_pos pos;
    jb_found values[MOST_ARGUMENTS];
    const char *at[MOST_ARGUMENTS];
    unsigned count;
} call;

static jb_status need_number(const call *c, unsigned i) {
    const jb_found *v = &c->values[i];
    jb_pos pos = jb_reader_place(c->r, c->at[i]);
    if (v->measure == JB_MEASURE_RANGE)
        return jb_fail(c->r->ctx, pos, "%s is a range: %s needs a number", v->what, c->name);
    if (v->measure == JB_MEASURE_TEXT)
        return jb_fail(c->r->ctx, pos, "%s is “%s”: %s needs a number", v->what, v->text, c->name);
    return JB_OK;
}

/* Less, equal, greater: -1, 0, 1. Amounts in 万元 and 亿元 are compared as such. */
static jb_status order(const call *c, int *result) {
    const jb_found *a = &c->values[0], *b = &c->values[1];
    double factor;
    if (!jb_units_factor(b->unit, a->unit, &factor))
        return jb_fail(c->r->ctx, jb_reader_place(c->r, c->at[1]), "%s is in “%s”, %s in “%s”", a->what, a->unit,
                       b->what, b->unit);
    double one = a->number, other = b->number * factor;
    bool same = fabs(one - other) <= 1e-12 * fmax(fabs(one), fabs(other));
    *result = same ? 0 : one < other ? -1 : 1;
    return JB_OK;
}

static jb_status compare(const call *c, bool *truth) {
    int o = 0;
    jb_status status = need_number(c, 0);
    if (status == JB_OK) status = need_number(c, 1);
    if (status == JB_OK) status = order(c, &o);
    bool greater = c->name[0] == 'g', equal = c->name[2] == 'e';
    *truth = (greater ? o > 0 : o < 0) || (equal && o == 0);
    return status;
}

/* Numbers are equal as numbers; where one side is a text, both are as written. */
static jb_status equal(const call *c, bool *truth) {
    const jb_found *a = &c->values[0], *b = &c->values[1];
    int o = 0;
    jb_status status = JB_OK;
    if (a->measure != JB_MEASURE_TEXT && b->measure != JB_MEASURE_TEXT) {
        status = need_number(c, 0);
        if (status == JB_OK) status = need_number(c, 1);
        if (status == JB_OK) status = order(c, &o);
        *truth = o == 0;
    } else {
        *truth = a->text && b->text && !strcmp(a->text, b->text);
    }
    if (c->name[0] == 'n') *truth = !*truth;
    return status;
}

static const struct helper {
    const char *name;
    unsigned least, most; /* arguments */
} helpers[] = {{"gt", 2, 2},
               {"gte", 2, 2},
               {"lt", 2, 2},
               {"lte", 2, 2},
               {"eq", 2, 2},
               {"ne", 2, 2},
               {"not", 1, 1},
               {"and", 1, MOST_ARGUMENTS},
               {"or", 1, MOST_ARGUMENTS},
               {"sql", 1, 1}};

static const struct helper *find_helper(jb_reader *r, const char *name, jb_pos pos) {
    const char *names[G_N_ELEMENTS(helpers)];
    for (size_t i = 0; i < G_N_ELEMENTS(helpers); i++) {
        if (!strcmp(name, helpers[i].name)) return &helpers[i];
        names[i] = helpers[i].name;
    }
    GString *near = g_string_new(NULL);
    jb_suggest(near, name, names, G_N_ELEMENTS(names));
    jb_fail(r->ctx, pos, "unknown helper “%s”%s", name, near->str);
    g_string_free(near, TRUE);
    return NULL;
}

static bool is_logic(const char *name) {
    return !strcmp(name, "and") || !strcmp(name, "or") || !strcmp(name, "not");
}

/* (sql "SELECT …") */
static jb_status read_sql(jb_reader *r, jb_found *value) {
    const char *sql, *begin = r->p;
    if (!jb_reader_at_quote(r)) return jb_reader_expected(r, "a query in quotes");
    jb_status status = jb_reader_quoted(r, "the query", &sql);
    if (status == JB_OK && !r->skip) status = jb_reader_sql(r, sql, g_utf8_next_char(begin), value);
    if (r->skip) value->absent = true;
    return status;
}

/* The arguments up to the bracket. Behind one that settles `and` or `or` the others are only read over. */
static jb_status read_arguments(call *c, const struct helper *h, unsigned depth) {
    jb_reader *r = c->r;
    bool lenient = r->lenient, skip = r->skip;
    jb_status status = JB_OK;
    r->lenient = is_logic(h->name);
    while (status == JB_OK && *r->p && *r->p != ')') {
        if (c->count == h->most)
            return jb_fail(r->ctx, jb_reader_place(r, r->p), "%s takes %u value%s, here is one more", h->name,
                           h->most, h->most == 1 ? "" : "s");
        c->at[c->count] = r->p;
        jb_found *value = &c->values[c->count++];
        status = !strcmp(h->name, "sql") ? read_sql(r, value) : read_value(r, depth + 1, value);
        bool settled =
            (!strcmp(h->name, "and") && !is_true(value)) || (!strcmp(h->name, "or") && is_true(value));
        if (settled) r->skip = true;
        jb_reader_blanks(r);
    }
    r->lenient = lenient;
    r->skip = skip;
    if (status == JB_OK && c->count < h->least)
        return jb_fail(r->ctx, c->pos, "%s takes %u value%s, here %s %u", h->name, h->least,
                       h->least == 1 ? "" : "s", c->count == 1 ? "is" : "are", c->count);
    return status;
}

static jb_status apply(const call *c, jb_found *value) {
    bool truth = false;
    jb_status status = JB_OK;
    if (!strcmp(c->name, "sql")) return *value = c->values[0], JB_OK;
    if (!strcmp(c->name, "not")) {
        truth = !is_true(&c->values[0]);
    } else if (is_logic(c->name)) {
        bool all = *c->name == 'a';
        truth = all;
        for (unsigned i = 0; i < c->count; i++) /* those behind a settling one are absent */
            truth = all ? truth && is_true(&c->values[i]) : truth || is_true(&c->values[i]);
    } else if (!c->r->skip) {
        status = *c->name == 'g' || *c->name == 'l' ? compare(c, &truth) : equal(c, &truth);
    }
    *value = number_value(truth, c->name);
    return status;
}

/* (helper …); the reader stands at the bracket. */
static jb_status read_call(jb_reader *r, unsigned depth, jb_found *value) {
    const char *open = r->p++;
    jb_reader_blanks(r);
    call *c = JB_NEW(r->arena, call);
    c->r = r;
    c->pos = jb_reader_place(r, r->p);
    c->name = jb_reader_word(r);
    if (depth >= JB_LIMIT_TEMPLATE_DEPTH)
        return jb_fail(r->ctx, c->pos, "brackets are nested deeper than %d (JB_LIMIT_TEMPLATE_DEPTH)",
                       JB_LIMIT_TEMPLATE_DEPTH);
    if (!*c->name) return jb_reader_expected(r, "a helper such as gt");
    const struct helper *h = find_helper(r, c->name, c->pos);
    if (!h) return JB_INPUT;
    jb_reader_blanks(r);
    jb_status status = read_arguments(c, h, depth);
    if (status != JB_OK) return status;
    if (*r->p != ')') return jb_fail(r->ctx, jb_reader_place(r, open), "this bracket is not closed with “)”");
    r->p++;
    return apply(c, value);
}

/* ---- values ---- */

static jb_status read_number(jb_reader *r, jb_found *value) {
    const char *begin = r->p;
    double number;
    while (*r->p && strchr("+-.0123456789eE", *r->p)) r->p++;
    const char *text = jb_arena_copy(r->arena, begin, (size_t)(r->p - begin));
    if (!jb_text_double(text, &number) || !isfinite(number))
        return jb_fail(r->ctx, jb_reader_place(r, begin), "“%s” is no number", text);
    *value = number_value(number, text);
    return JB_OK;
}

static bool take_word(jb_reader *r, const char *word) {
    size_t n = strlen(word);
    if (strncmp(r->p, word, n) != 0 || (r->p[n] && !strchr(" \t\r\n)", r->p[n]))) return false;
    r->p += n;
    return true;
}

static jb_status read_value(jb_reader *r, unsigned depth, jb_found *value) {
    *value = (jb_found){.unit = "", .what = "", .decimals = -1};
    if (*r->p == '(') return read_call(r, depth, value);
    if (jb_reader_at_quote(r)) {
        value->what = "the text";
        return jb_reader_quoted(r, "a text", &value->text);
    }
    bool sign = *r->p && strchr("+-.", *r->p) && g_ascii_isdigit(r->p[1]);
    if (g_ascii_isdigit(*r->p) || sign) return read_number(r, value);
    if (take_word(r, "true")) return *value = number_value(1, "true"), JB_OK;
    if (take_word(r, "false")) return *value = number_value(0, "false"), JB_OK;
    return jb_reader_path(r, value);
}

static jb_status need_end(jb_reader *r) {
    jb_reader_blanks(r);
    if (!*r->p) return JB_OK;
    size_t n = strcspn(r->p, " \t\r\n");
    return jb_fail(r->ctx, jb_reader_place(r, r->p),
                   "“%.*s” is more than one value; a helper stands in brackets: (gt … …)", (int)n, r->p);
}

jb_status jb_condition_read(jb_reader *r, bool *truth) {
    jb_found value;
    r->lenient = true;
    jb_reader_blanks(r);
    const struct helper *bare = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(helpers); i++)
        if (g_str_has_prefix(r->p, helpers[i].name) && strchr(" (", r->p[strlen(helpers[i].name)]) &&
            r->p[strlen(helpers[i].name)])
            bare = &helpers[i];
    if (bare && !r->scope)
        return jb_fail(r->ctx, jb_reader_place(r, r->p), "a helper stands in brackets: (%s …)", bare->name);
    jb_status status = read_value(r, 0, &value);
    if (status == JB_OK) status = need_end(r);
    *truth = status == JB_OK && is_true(&value);
    return status;
}

/* ---- loops ---- */

/* where="…", the only thing that can stand behind the dataset. */
static jb_status read_where(jb_reader *r, const char **where, jb_pos *pos) {
    const char *begin = r->p, *word = jb_reader_word(r);
    *where = NULL;
    if (!*begin) return JB_OK;
    if (strcmp(word, "where") != 0 || *r->p != '=')
        return jb_fail(r->ctx, jb_reader_place(r, begin),
                       "only where=\"CONDITION\" can stand behind the dataset");
    r->p++;
    *pos = jb_reader_place(r, r->p);
    if (!jb_reader_at_quote(r)) return jb_reader_expected(r, "a condition in quotes");
    return jb_reader_quoted(r, "the condition", where);
}

jb_status jb_loop_read(jb_reader *r, const jb_dataset **data, GArray *rows) {
    const char *where = NULL;
    jb_reader_blanks(r);
    jb_pos pos = jb_reader_place(r, r->p), where_pos = pos;
    const char *name = jb_reader_word(r);
    if (!*name) return jb_reader_expected(r, "a dataset's name");
    if (*r->p && !strchr(" \t\r\n", *r->p)) return jb_reader_expected(r, "the end of the tag or where=\"…\"");
    jb_reader_blanks(r);
    jb_status status = read_where(r, &where, &where_pos);
    if (status == JB_OK) status = need_end(r);
    if (status == JB_OK && !(*data = jb_store_get(r->store, name, pos))) status = JB_INPUT;
    return status == JB_OK ? jb_store_rows(r->store, name, where, where_pos, rows) : status;
}
