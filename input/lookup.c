/* Look-ups in running text: plan["进出口总额"]["实际完成"] | number(1). The grammar is in docs/lookups.md. */
#include "input/lookup.h"

#include <math.h>
#include <string.h>
#include "base/text.h"

#define RATE_DECIMALS 1 /* digits of .rate when no filter says */

/* Reads one expression. Strings taken out of it belong to the arena. */
typedef struct reader {
    jb_context *ctx;
    jb_store *store;
    jb_arena *arena;
    const char *text, *p; /* the expression; where the reader stands */
    jb_pos pos;           /* place of text */
} reader;

/* The place of a byte of the expression, which may go over several lines. */
static jb_pos place(const reader *r, const char *at) {
    jb_pos inside = jb_pos_at(r->pos.file, r->text, (size_t)(at - r->text));
    if (r->pos.column <= 0) return r->pos;
    if (inside.line == 1) inside.column += r->pos.column - 1;
    inside.line += r->pos.line - 1;
    return inside;
}

static void skip_blanks(reader *r) {
    while (*r->p && g_unichar_isspace(g_utf8_get_char(r->p))) r->p = g_utf8_next_char(r->p);
}

/* “expected X, found Y” at the reader's place. */
static jb_status expected(reader *r, const char *what) {
    if (!*r->p) return jb_fail(r->ctx, place(r, r->p), "look-up ends where %s is expected", what);
    return jb_fail(r->ctx, place(r, r->p), "expected %s, found “%.*s”", what,
                   (int)(g_utf8_next_char(r->p) - r->p), r->p);
}

/* The closing mark of a key that begins at `p`, or NULL when no key begins there. */
static const char *closing_mark(const char *p) {
    if (*p == '"') return "\"";
    if (*p == '\'') return "'";
    if (g_str_has_prefix(p, "“")) return "”";
    if (g_str_has_prefix(p, "‘")) return "’";
    return NULL;
}

/* ["KEY"]; what is "row" or "column". *at is where the key's text begins. */
static jb_status read_key(reader *r, const char *what, const char **key, const char **at) {
    if (*r->p != '[') return expected(r, "“[”");
    r->p++;
    skip_blanks(r);
    const char *close = closing_mark(r->p);
    if (!close && g_ascii_isdigit(*r->p))
        return jb_fail(r->ctx, place(r, r->p), "a %s is named in quotes, a number is not allowed", what);
    if (!close) return expected(r, "a name in quotes");
    const char *begin = g_utf8_next_char(r->p), *end = strstr(begin, close);
    if (!end) return jb_fail(r->ctx, place(r, r->p), "name of a %s has no closing “%s”", what, close);
    *key = g_strstrip(jb_arena_copy(r->arena, begin, (size_t)(end - begin)));
    *at = begin + strspn(begin, " \t\n");
    if (!**key) return jb_fail(r->ctx, place(r, r->p), "name of a %s is empty", what);
    r->p = end + strlen(close);
    skip_blanks(r);
    if (*r->p != ']') return expected(r, "“]”");
    r->p++;
    skip_blanks(r);
    return JB_OK;
}

static bool word_char(char c) { return g_ascii_isalnum(c) || c == '_' || c == '-' || (c & 0x80); }

/* A run of letters, digits, marks beyond ASCII; empty when there is none. */
static const char *read_word(reader *r) {
    const char *begin = r->p;
    while (word_char(*r->p)) r->p++;
    const char *word = jb_arena_copy(r->arena, begin, (size_t)(r->p - begin));
    skip_blanks(r);
    return word;
}

static jb_status read_dataset(reader *r, const jb_dataset **data) {
    const char *begin = r->p, *end = strchr(begin, '[');
    if (!end && *begin) {
        r->p = begin + strlen(begin);
        return expected(r, "[\"ROW\"]");
    }
    if (!end || end == begin) return expected(r, "a dataset's name");
    char *name = g_strstrip(jb_arena_copy(r->arena, begin, (size_t)(end - begin)));
    r->p = end;
    *data = jb_store_get(r->store, name, place(r, begin));
    return *data ? JB_OK : JB_INPUT;
}

static const char *quote_names(reader *r, const char *part, const char *row) {
    char *text = g_strdup_printf("“%s” of “%s”", part, row);
    const char *copy = jb_arena_string(r->arena, text);
    g_free(text);
    return copy;
}

static jb_status find_cell(reader *r, const jb_dataset *d, unsigned row, unsigned column, jb_pos pos,
                           jb_found *found) {
    jb_value value = jb_dataset_at(d, row, column);
    found->what = quote_names(r, d->columns[column].name, d->rows[row].name);
    if (!*value.raw) return jb_fail(r->ctx, pos, "%s is empty", found->what);
    found->text = value.raw;
    found->measure = !jb_value_is_numeric(&value)     ? JB_MEASURE_TEXT
                     : value.kind == JB_VALUE_RANGE ? JB_MEASURE_RANGE
                                                     : JB_MEASURE_NUMBER;
    found->number = value.number;
    found->high = value.high;
    found->decimals = value.factor == 1 ? value.decimals : -1;
    found->unit = jb_dataset_unit(d, row, column, &value);
    return JB_OK;
}

static jb_status find_verdict(reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    int column = -1;
    for (unsigned i = 0; i < d->column_count; i++) {
        if (d->columns[i].role != JB_COLUMN_VERDICT) continue;
        if (column >= 0) return jb_fail(r->ctx, pos, "“%s” has several columns of verdicts: name one", d->id);
        column = (int)i;
    }
    if (column < 0) return jb_fail(r->ctx, pos, "“%s” has no column of verdicts", d->id);
    return find_cell(r, d, row, (unsigned)column, pos, found);
}

static jb_status find_rate(reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    bool approximate;
    if (!jb_dataset_rate(d, row, &found->number, &approximate))
        return jb_fail(r->ctx, pos,
                       "“%s” has no completion rate: it needs a plan above zero and a result, and a unit "
                       "that is no rate itself",
                       d->rows[row].name);
    found->measure = JB_MEASURE_RATE;
    found->decimals = RATE_DECIMALS;
    return JB_OK;
}

/* The difference of two decimal numbers without the noise of binary ones: 427.7 - 350 is 77.7. */
static double clean(double value, int decimals) {
    GString *text = g_string_new(NULL);
    jb_text_fixed(text, value, decimals);
    bool faithful = fabs(value) < 1e15 && decimals <= 9;
    double cleaned = faithful ? g_ascii_strtod(text->str, NULL) : value;
    g_string_free(text, TRUE);
    return cleaned;
}

static jb_status find_variance(reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    bool approximate;
    if (!jb_dataset_variance(d, row, &found->number, &found->decimals, &approximate))
        return jb_fail(r->ctx, pos, "“%s” has no variance: it needs a plan and a result that are numbers",
                       d->rows[row].name);
    found->measure = jb_unit_is_percent(d->rows[row].unit) ? JB_MEASURE_POINTS : JB_MEASURE_NUMBER;
    found->number = clean(found->number, found->decimals);
    found->unit = d->rows[row].unit;
    return JB_OK;
}

/* .FIELD behind the row; the reader stands behind the point. */
static jb_status read_field(reader *r, const jb_dataset *d, unsigned row, jb_found *found) {
    static const char *const fields[] = {"rate", "variance", "unit", "name", "verdict"};
    const char *begin = r->p, *field = read_word(r);
    jb_pos pos = place(r, begin);
    found->what = quote_names(r, field, d->rows[row].name);
    if (!strcmp(field, "rate")) return find_rate(r, d, row, pos, found);
    if (!strcmp(field, "variance")) return find_variance(r, d, row, pos, found);
    if (!strcmp(field, "verdict")) return find_verdict(r, d, row, pos, found);
    found->measure = JB_MEASURE_TEXT;
    found->text = !strcmp(field, "unit")   ? d->rows[row].unit
                  : !strcmp(field, "name") ? d->rows[row].name
                                           : NULL;
    if (found->text) return JB_OK;
    GString *near = g_string_new(NULL);
    jb_suggest(near, field, fields, G_N_ELEMENTS(fields));
    jb_fail(r->ctx, pos, "unknown part “.%s” of a row%s", field, near->str);
    g_string_free(near, TRUE);
    return JB_INPUT;
}

static jb_status read_column(reader *r, const jb_dataset *d, unsigned row, jb_found *found) {
    const char *key, *at;
    int column;
    jb_status status = read_key(r, "column", &key, &at);
    if (status == JB_OK) status = jb_dataset_find_column(r->ctx, d, key, place(r, at), &column);
    return status == JB_OK ? find_cell(r, d, row, (unsigned)column, place(r, at), found) : status;
}

/* Dataset, row, and what is asked of the row. */
static jb_status read_found(reader *r, jb_found *found) {
    const jb_dataset *d = NULL;
    const char *key, *at;
    int row;
    jb_status status = read_dataset(r, &d);
    if (status == JB_OK) status = read_key(r, "row", &key, &at);
    if (status == JB_OK) status = jb_dataset_find_row(r->ctx, d, key, place(r, at), &row);
    if (status != JB_OK) return status;
    if (*r->p == '[') return read_column(r, d, (unsigned)row, found);
    if (*r->p != '.') return expected(r, "[\"COLUMN\"] or .rate, .variance, .unit, .name, .verdict");
    r->p++;
    return read_field(r, d, (unsigned)row, found);
}

/* (n) behind a filter's name, or nothing: then *decimals stays. */
static jb_status read_digits(reader *r, const char *filter, int *decimals) {
    if (*r->p != '(') return JB_OK;
    const char *open = r->p++;
    skip_blanks(r);
    if (g_ascii_isdigit(*r->p) && !g_ascii_isdigit(r->p[1])) *decimals = *r->p++ - '0';
    skip_blanks(r);
    if (*r->p != ')')
        return jb_fail(r->ctx, place(r, open + 1), "%s takes a number of digits from 0 to 9 in brackets",
                       filter);
    r->p++;
    skip_blanks(r);
    return JB_OK;
}

/* All filters. Each makes a text, so a second one has no number any more and says so. */
static jb_status read_filters(reader *r, jb_found *found) {
    jb_status status = JB_OK;
    while (status == JB_OK && *r->p == '|') {
        r->p++;
        skip_blanks(r);
        const char *begin = r->p, *name = read_word(r);
        int decimals = -1;
        if (!*name) return expected(r, "a filter's name");
        GString *out = g_string_new(NULL);
        status = read_digits(r, name, &decimals);
        if (status == JB_OK) status = jb_filter_apply(r->ctx, found, name, decimals, place(r, begin), out);
        found->text = jb_arena_string(r->arena, out->str);
        found->measure = JB_MEASURE_TEXT;
        g_string_free(out, TRUE);
    }
    return status == JB_OK && *r->p ? expected(r, "“|” or the end of the look-up") : status;
}

static void write_found(GString *out, const jb_found *found) {
    if (found->text) {
        g_string_append(out, found->text);
        return;
    }
    jb_filter_digits(out, found->number, found->decimals, false);
    if (found->measure == JB_MEASURE_RATE) g_string_append_c(out, '%');
}

jb_status jb_store_lookup(jb_store *store, const char *expression, jb_pos pos, GString *out) {
    reader r = {jb_store_context(store), store, jb_arena_new(), expression, expression, pos};
    jb_found found = {.unit = "", .what = ""};
    jb_status status = JB_OK;
    if (!g_utf8_validate(expression, -1, NULL)) status = jb_fail(r.ctx, pos, "look-up is not UTF-8");
    if (status == JB_OK) skip_blanks(&r);
    if (status == JB_OK) status = read_found(&r, &found);
    if (status == JB_OK) status = read_filters(&r, &found);
    if (status == JB_OK) write_found(out, &found);
    jb_arena_free(r.arena);
    return status;
}
