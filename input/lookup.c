/* Look-ups in running text: a path or an SQL query, then filters. The grammar is in docs/lookups.md. */
#include "input/lookup.h"

#include <string.h>
#include "input/sql.h"

/* ---- SQL ---- */

jb_status jb_reader_sql(jb_reader *r, const char *sql, const char *at, jb_found *found) {
    jb_scalar value = {0};
    jb_status status = jb_store_scalar(r->store, sql, jb_reader_place(r, at), r->arena, &value);
    if (status != JB_OK) return status;
    bool binding;
    int level;
    *found = (jb_found){.unit = "", .what = "the query's result", .decimals = -1, .text = value.text};
    jb_name_split(r->arena, value.column, &found->what, &found->unit, &binding, &level);
    found->what = "the query's result";
    found->measure = value.is_number ? JB_MEASURE_NUMBER : JB_MEASURE_TEXT;
    found->number = found->high = value.number;
    return JB_OK;
}

/* sql: SELECT …, up to the first filter. A single | outside of quotes and brackets begins it; || joins texts.
 */
static jb_status read_sql(jb_reader *r, jb_found *found) {
    r->p += strlen("sql:");
    jb_reader_blanks(r);
    const char *begin = r->p, *end = jb_sql_find_bar(begin);
    if (!*begin || end == begin) return jb_reader_expected(r, "SELECT");
    r->p = end;
    return jb_reader_sql(r, jb_arena_copy(r->arena, begin, (size_t)(end - begin)), begin, found);
}

/* ---- filters ---- */

/* n in the brackets of a filter; the reader stands before it. False when there is none. */
static bool read_digit(jb_reader *r, int *decimals) {
    bool digit = g_ascii_isdigit(*r->p) && !g_ascii_isalnum(r->p[1]) && r->p[1] != '.';
    if (digit) *decimals = *r->p++ - '0';
    jb_reader_blanks(r);
    return digit;
}

/* LOOK-UP, or LOOK-UP, n. */
static jb_status read_compared(jb_reader *r, jb_filter_given *given) {
    jb_found *other = JB_NEW(r->arena, jb_found);
    if (read_digit(r, &given->decimals)) return JB_OK;
    jb_status status = jb_reader_path(r, other);
    if (status != JB_OK) return status;
    given->other = other;
    jb_reader_blanks(r);
    if (*r->p != ',') return JB_OK;
    r->p++;
    jb_reader_blanks(r);
    return read_digit(r, &given->decimals) ? JB_OK : jb_reader_expected(r, "a number of digits from 0 to 9");
}

static jb_status read_inside(jb_reader *r, const char *filter, jb_filter_takes takes,
                             jb_filter_given *given) {
    switch (takes) {
    case JB_FILTER_COMPARED: return read_compared(r, given);
    case JB_FILTER_FORMAT:
        if (!jb_reader_at_quote(r)) return jb_reader_expected(r, "a format in quotes, such as \"%Y-%m-%d\"");
        return jb_reader_quoted(r, "the format", &given->format);
    case JB_FILTER_DIGITS: read_digit(r, &given->decimals); return JB_OK;
    default: return jb_fail(r->ctx, jb_reader_place(r, r->p), "%s takes nothing in brackets", filter);
    }
}

/* (…) behind a filter's name, or nothing. */
static jb_status read_given(jb_reader *r, const char *filter, jb_filter_takes takes, jb_filter_given *given) {
    *given = (jb_filter_given){.decimals = -1};
    if (*r->p != '(' || takes == JB_FILTER_UNKNOWN) return JB_OK;
    const char *open = r->p++;
    jb_reader_blanks(r);
    jb_status status = read_inside(r, filter, takes, given);
    if (status != JB_OK) return status;
    jb_reader_blanks(r);
    if (*r->p != ')' && takes == JB_FILTER_DIGITS)
        return jb_fail(r->ctx, jb_reader_place(r, open + 1),
                       "%s takes a number of digits from 0 to 9 in brackets", filter);
    if (*r->p != ')') return jb_reader_expected(r, "“)”");
    r->p++;
    jb_reader_blanks(r);
    return JB_OK;
}

static jb_status read_filters(jb_reader *r, jb_found *found) {
    jb_status status = JB_OK;
    while (status == JB_OK && *r->p == '|') {
        r->p++;
        jb_reader_blanks(r);
        jb_filter_given given;
        const char *begin = r->p, *name = jb_reader_word(r);
        if (!*name) return jb_reader_expected(r, "a filter's name");
        status = read_given(r, name, jb_filter_kind(name), &given);
        if (status == JB_OK)
            status = jb_filter_apply(r->ctx, r->arena, found, name, &given, jb_reader_place(r, begin));
    }
    return status == JB_OK && *r->p ? jb_reader_expected(r, "“|” or the end of the look-up") : status;
}

static void write_found(GString *out, const jb_found *found) {
    if (found->text) {
        g_string_append(out, found->text);
        return;
    }
    jb_filter_digits(out, found->number, found->decimals, false);
    if (found->measure == JB_MEASURE_RANGE) {
        g_string_append(out, "～");
        jb_filter_digits(out, found->high, found->decimals, false);
    }
    if (found->measure == JB_MEASURE_RATE) g_string_append_c(out, '%');
}

jb_status jb_store_lookup_in(jb_store *store, const jb_scope *scope, const char *expression, jb_pos pos,
                             GString *out) {
    jb_reader r = {.ctx = jb_store_context(store),
                   .store = store,
                   .arena = jb_arena_new(),
                   .scope = scope,
                   .text = expression,
                   .p = expression,
                   .pos = pos};
    jb_found found = {.unit = "", .what = ""};
    jb_status status = JB_OK;
    if (!g_utf8_validate(expression, -1, NULL)) status = jb_fail(r.ctx, pos, "look-up is not UTF-8");
    if (status == JB_OK) jb_reader_blanks(&r);
    if (status == JB_OK)
        status = g_str_has_prefix(r.p, "sql:") ? read_sql(&r, &found) : jb_reader_path(&r, &found);
    if (status == JB_OK) jb_reader_blanks(&r);
    if (status == JB_OK) status = read_filters(&r, &found);
    if (status == JB_OK) write_found(out, &found);
    jb_arena_free(r.arena);
    return status;
}

jb_status jb_store_lookup(jb_store *store, const char *expression, jb_pos pos, GString *out) {
    return jb_store_lookup_in(store, NULL, expression, pos, out);
}
