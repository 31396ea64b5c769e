/* Paths into the datasets: plan["进出口总额"]["实际完成"], plan["进出口总额", 2020].rate, and inside a loop
 * name,
 * ["实际完成"], this.rate, ../name, @index. */
#include "input/lookup.h"

#include <math.h>
#include <string.h>
#include "base/text.h"
#include "input/derived.h"

#define RATE_DECIMALS 1 /* digits of .rate when no filter says */

static const char fields_expected[] =
    "[\"COLUMN\"] or .rate, .variance, .variance_pct, .unit, .name, .verdict, .year";

jb_pos jb_reader_place(const jb_reader *r, const char *at) {
    jb_pos inside = jb_pos_at(r->pos.file, r->text, (size_t)(at - r->text));
    if (r->pos.column <= 0) return r->pos;
    if (inside.line == 1) inside.column += r->pos.column - 1;
    inside.line += r->pos.line - 1;
    return inside;
}

void jb_reader_blanks(jb_reader *r) {
    while (*r->p && g_unichar_isspace(g_utf8_get_char(r->p))) r->p = g_utf8_next_char(r->p);
}

jb_status jb_reader_expected(jb_reader *r, const char *what) {
    if (!*r->p)
        return jb_fail(r->ctx, jb_reader_place(r, r->p), "%s ends where %s is expected",
                       r->argument ? "condition" : "look-up", what);
    return jb_fail(r->ctx, jb_reader_place(r, r->p), "expected %s, found “%.*s”", what,
                   (int)(g_utf8_next_char(r->p) - r->p), r->p);
}

/* Nothing stands there: an error, but not to a lenient reader. */
static jb_status __attribute__((format(printf, 4, 5)))
nothing(jb_reader *r, jb_found *found, jb_pos pos, const char *format, ...) {
    found->absent = true;
    if (r->lenient) return JB_OK;
    va_list args;
    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    jb_status status = jb_fail(r->ctx, pos, "%s", text);
    g_free(text);
    return status;
}

/* ---- names and keys ---- */

/* The closing mark of a text in quotes that begins at `p`, or NULL when none begins there. */
static const char *closing_mark(const char *p) {
    if (*p == '"') return "\"";
    if (*p == '\'') return "'";
    if (g_str_has_prefix(p, "“")) return "”";
    if (g_str_has_prefix(p, "‘")) return "’";
    return NULL;
}

bool jb_reader_at_quote(const jb_reader *r) { return closing_mark(r->p); }

jb_status jb_reader_quoted(jb_reader *r, const char *what, const char **text) {
    const char *close = closing_mark(r->p), *begin = g_utf8_next_char(r->p), *end = strstr(begin, close);
    if (!end) return jb_fail(r->ctx, jb_reader_place(r, r->p), "%s has no closing “%s”", what, close);
    *text = jb_arena_copy(r->arena, begin, (size_t)(end - begin));
    r->p = end + strlen(close);
    return JB_OK;
}

static bool word_char(char c) { return g_ascii_isalnum(c) || c == '_' || c == '-' || (c & 0x80); }

const char *jb_reader_word(jb_reader *r) {
    const char *begin = r->p;
    while (word_char(*r->p)) r->p++;
    const char *word = jb_arena_copy(r->arena, begin, (size_t)(r->p - begin));
    if (!r->argument) jb_reader_blanks(r);
    return word;
}

/* The blanks between the parts of a path. */
static void path_blanks(jb_reader *r) {
    if (!r->argument) jb_reader_blanks(r);
}

/* A key in brackets. */
typedef struct key {
    const char *name, *at; /* at: where its text begins */
    int year;              /* 0 when none is said */
    jb_pos year_pos;
} key;

static jb_status read_year(jb_reader *r, key *k) {
    const char *text = NULL, *begin = r->p;
    k->year_pos = jb_reader_place(r, begin);
    if (jb_reader_at_quote(r)) {
        jb_status status = jb_reader_quoted(r, "the year", &text);
        if (status != JB_OK) return status;
    } else {
        text = jb_reader_word(r);
    }
    double year;
    bool good = strlen(text) == 4 && jb_text_double(text, &year) && year >= 1000 && year == floor(year);
    if (!good) return jb_fail(r->ctx, k->year_pos, "expected a year such as 2020 behind the row's name");
    k->year = (int)year;
    jb_reader_blanks(r);
    return JB_OK;
}

/* ["KEY"], and for a row ["KEY", YEAR]; what is "row" or "column". */
static jb_status read_key(jb_reader *r, const char *what, key *k) {
    char *named = NULL;
    *k = (key){0};
    if (*r->p != '[') return jb_reader_expected(r, "“[”");
    r->p++;
    jb_reader_blanks(r);
    if (g_ascii_isdigit(*r->p))
        return jb_fail(r->ctx, jb_reader_place(r, r->p), "a %s is named in quotes, a number is not allowed",
                       what);
    if (!jb_reader_at_quote(r)) return jb_reader_expected(r, "a name in quotes");
    const char *open = r->p, *begin = g_utf8_next_char(open), *text;
    named = g_strdup_printf("name of a %s", what);
    jb_status status = jb_reader_quoted(r, named, &text);
    g_free(named);
    if (status != JB_OK) return status;
    k->name = g_strstrip((char *)text);
    k->at = begin + strspn(begin, " \t\n");
    if (!*k->name) return jb_fail(r->ctx, jb_reader_place(r, open), "name of a %s is empty", what);
    jb_reader_blanks(r);
    if (*r->p == ',' && *what == 'r') {
        r->p++;
        jb_reader_blanks(r);
        if ((status = read_year(r, k)) != JB_OK) return status;
    }
    if (*r->p != ']') return jb_reader_expected(r, "“]”");
    r->p++;
    path_blanks(r);
    return JB_OK;
}

/* ---- what a row says ---- */

static const char *quote_names(jb_reader *r, const char *part, const char *row) {
    char *text = g_strdup_printf("“%s” of “%s”", part, row);
    const char *copy = jb_arena_string(r->arena, text);
    g_free(text);
    return copy;
}

/* Cells whose name says that their percentage is a rate of growth: 增速. A rate of decrease is none. */
static bool is_growth(const jb_dataset *d, unsigned row, unsigned column) {
    static const char *const grows[] = {"增速", "增长", "增幅", "涨幅", "同比", "环比"}, *const falls[] = {
                                                                                             "降低", "减少",
                                                                                             "下降", "占比",
                                                                                             "比重"};
    const char *const names[] = {d->rows[row].name, d->columns[column].name};
    bool grow = false;
    for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
        for (size_t i = 0; i < G_N_ELEMENTS(falls); i++)
            if (strstr(names[n], falls[i])) return false;
        for (size_t i = 0; i < G_N_ELEMENTS(grows); i++) grow = grow || strstr(names[n], grows[i]);
    }
    return grow;
}

static jb_status find_cell(jb_reader *r, const jb_dataset *d, unsigned row, unsigned column, jb_pos pos,
                           jb_found *found) {
    jb_value value = jb_dataset_at(d, row, column);
    bool number = jb_value_is_numeric(&value) || value.resolved;
    found->what = quote_names(r, d->columns[column].name, d->rows[row].name);
    if (!*value.raw) return nothing(r, found, pos, "%s is empty", found->what);
    found->text = value.raw;
    found->measure = !number                        ? JB_MEASURE_TEXT
                     : value.kind == JB_VALUE_RANGE ? JB_MEASURE_RANGE
                                                    : JB_MEASURE_NUMBER;
    found->number = value.number;
    found->high = value.high;
    found->decimals = value.factor == 1 && !value.resolved ? value.decimals : -1;
    found->unit = jb_dataset_unit(d, row, column, &value);
    found->change = jb_unit_is_percent(found->unit) && is_growth(d, row, column);
    found->absent = value.kind == JB_VALUE_MISSING;
    return JB_OK;
}

static jb_status find_verdict(jb_reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    int columns = 0;
    for (unsigned i = 0; i < d->column_count; i++) columns += d->columns[i].role == JB_COLUMN_VERDICT;
    if (columns > 1) return jb_fail(r->ctx, pos, "“%s” has several columns of verdicts: name one", d->id);
    found->text = jb_dataset_stated_verdict(d, row);
    if (!found->text) found->text = jb_verdict_words(jb_dataset_verdict(d, row));
    if (found->text) return JB_OK;
    return nothing(
        r, found, pos,
        "“%s” has no verdict: none is stated, and to compute one it needs a plan and a result that "
        "are numbers, and to be known which way is better",
        d->rows[row].name);
}

static jb_status find_rate(jb_reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    bool approximate;
    if (!jb_dataset_rate(d, row, &found->number, &approximate))
        return nothing(r, found, pos,
                       "“%s” has no completion rate: it needs a plan above zero and a result, and a unit "
                       "that is no rate itself",
                       d->rows[row].name);
    found->measure = JB_MEASURE_RATE;
    found->decimals = RATE_DECIMALS;
    return JB_OK;
}

static jb_status find_variance_pct(jb_reader *r, const jb_dataset *d, unsigned row, jb_pos pos,
                                   jb_found *found) {
    bool approximate;
    if (!jb_dataset_variance_pct(d, row, &found->number, &approximate))
        return nothing(r, found, pos,
                       "“%s” has no variance in percent: it needs a plan above zero and a result, and a unit "
                       "that is no rate itself",
                       d->rows[row].name);
    found->measure = JB_MEASURE_RATE;
    found->decimals = RATE_DECIMALS;
    found->change = true;
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

static jb_status find_variance(jb_reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    bool approximate;
    if (!jb_dataset_variance(d, row, &found->number, &found->decimals, &approximate))
        return nothing(r, found, pos, "“%s” has no variance: it needs a plan and a result that are numbers",
                       d->rows[row].name);
    found->measure = jb_unit_is_percent(d->rows[row].unit) ? JB_MEASURE_POINTS : JB_MEASURE_NUMBER;
    found->number = clean(found->number, found->decimals);
    found->unit = d->rows[row].unit;
    found->change = true;
    return JB_OK;
}

static jb_status find_year(jb_reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    int year;
    if (!jb_dataset_year(d, row, &year))
        return nothing(r, found, pos, "“%s” has no year: it needs a column 年份", d->rows[row].name);
    found->measure = JB_MEASURE_NUMBER;
    found->number = year;
    return JB_OK;
}

static jb_status find_text(jb_reader *r, const jb_dataset *d, unsigned row, jb_pos pos, jb_found *found) {
    (void)r, (void)pos;
    bool unit = strstr(found->what, "“unit”") == found->what;
    found->text = unit ? d->rows[row].unit : d->rows[row].name;
    return JB_OK;
}

typedef struct field {
    const char *name;
    jb_status (*find)(jb_reader *, const jb_dataset *, unsigned row, jb_pos, jb_found *);
} field;

static const field fields[] = {
    {"rate", find_rate},       {"variance", find_variance},         {"unit", find_text}, {"name", find_text},
    {"verdict", find_verdict}, {"variance_pct", find_variance_pct}, {"year", find_year}};

static const field *field_named(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (!strcmp(name, fields[i].name)) return &fields[i];
    return NULL;
}

static jb_status find_field(jb_reader *r, const jb_dataset *d, unsigned row, const field *f, jb_pos pos,
                            jb_found *found) {
    found->what = quote_names(r, f->name, d->rows[row].name);
    return f->find(r, d, row, pos, found);
}

/* .FIELD behind the row; the reader stands behind the point. */
static jb_status read_field(jb_reader *r, const jb_dataset *d, unsigned row, jb_found *found) {
    const char *begin = r->p, *name = jb_reader_word(r), *names[G_N_ELEMENTS(fields)];
    jb_pos pos = jb_reader_place(r, begin);
    const field *f = field_named(name);
    if (f) return find_field(r, d, row, f, pos, found);
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) names[i] = fields[i].name;
    GString *near = g_string_new(NULL);
    jb_suggest(near, name, names, G_N_ELEMENTS(names));
    jb_fail(r->ctx, pos, "unknown part “.%s” of a row%s", name, near->str);
    g_string_free(near, TRUE);
    return JB_INPUT;
}

static jb_status read_column(jb_reader *r, const jb_dataset *d, unsigned row, jb_found *found) {
    key k;
    int column;
    jb_status status = read_key(r, "column", &k);
    jb_pos pos = status == JB_OK ? jb_reader_place(r, k.at) : r->pos;
    if (status == JB_OK) status = jb_dataset_find_column(r->ctx, d, k.name, pos, &column);
    return status == JB_OK ? find_cell(r, d, row, (unsigned)column, pos, found) : status;
}

/* A condition may ask whether there is a row at all: {{#if plan["粮食产量"]}}. */
static bool is_whole_row(const jb_reader *r) {
    return r->argument && r->lenient && (!*r->p || strchr(" \t\r\n)", *r->p));
}

/* ["COLUMN"] or .FIELD. */
static jb_status read_part(jb_reader *r, const jb_dataset *d, unsigned row, jb_found *found) {
    found->data = d;
    found->row = row;
    if (*r->p == '[') return read_column(r, d, row, found);
    if (is_whole_row(r)) return found->text = d->rows[row].name, JB_OK;
    if (*r->p != '.') return jb_reader_expected(r, fields_expected);
    r->p++;
    return read_field(r, d, row, found);
}

/* ---- rows ---- */

/* A row that is not there counts as false in a condition; one whose name is nearly there is told, as it may
 * be misspelt. */
static jb_status miss_row(jb_reader *r, const jb_dataset *d, const key *k, jb_found *found) {
    const char **names = g_new(const char *, d->row_count + 1);
    for (unsigned i = 0; i < d->row_count; i++) names[i] = d->rows[i].name;
    const char *near = jb_nearest(k->name, names, d->row_count);
    if (near && strcmp(near, k->name) != 0)
        jb_diag(r->ctx, JB_WARNING, jb_reader_place(r, k->at),
                "no row “%s” in “%s”, so the condition is false; did you mean “%s”?", k->name, d->id, near);
    g_free(names);
    found->absent = true;
    return JB_OK;
}

static jb_status miss_year(jb_reader *r, const jb_dataset *d, const key *k, unsigned named) {
    if (named > 1)
        return jb_fail(r->ctx, k->year_pos, "%u rows of “%s” are named “%s” in %d", named, d->id, k->name,
                       k->year);
    if (jb_dataset_year_column(d) < 0)
        return jb_fail(r->ctx, k->year_pos, "“%s” has no column of years (年份)", d->id);
    return jb_fail(r->ctx, k->year_pos, "no row “%s” of %d in “%s”", k->name, k->year, d->id);
}

static jb_status find_row(jb_reader *r, const jb_dataset *d, const key *k, int *row, jb_found *found) {
    int year;
    unsigned any = jb_dataset_rows_named(d, k->name, 0, row), named = any;
    if (k->year && any) named = jb_dataset_rows_named(d, k->name, k->year, row);
    if (named == 1) return JB_OK;
    if (!named && r->lenient) return miss_row(r, d, k, found);
    if (k->year && any) return miss_year(r, d, k, named);
    if (any > 1 && jb_dataset_year(d, (unsigned)*row, &year))
        return jb_fail(r->ctx, jb_reader_place(r, k->at),
                       "%u rows of “%s” are named “%s”; say the year: %s[\"%s\", %d]", any, d->id, k->name,
                       d->id, k->name, year);
    return jb_dataset_find_row(r->ctx, d, k->name, jb_reader_place(r, k->at), row);
}

/* A path's rest behind a row that is not there: it must be well formed. */
static jb_status skip_part(jb_reader *r) {
    key k;
    if (*r->p == '[') return read_key(r, "column", &k);
    if (is_whole_row(r)) return JB_OK;
    if (*r->p != '.') return jb_reader_expected(r, fields_expected);
    r->p++;
    jb_reader_word(r);
    return JB_OK;
}

static jb_status read_dataset(jb_reader *r, const jb_dataset **data) {
    const char *begin = r->p, *end = r->argument ? NULL : strchr(begin, '[');
    if (r->argument) {
        while (word_char(*r->p)) r->p++;
        if (r->p == begin || *r->p != '[')
            return jb_reader_expected(r, r->p == begin ? "a look-up, a number or a text" : "[\"ROW\"]");
        end = r->p;
    }
    if (!end && *begin) {
        r->p = begin + strlen(begin);
        return jb_reader_expected(r, "[\"ROW\"]");
    }
    if (!end || end == begin) return jb_reader_expected(r, "a dataset's name");
    char *name = g_strstrip(jb_arena_copy(r->arena, begin, (size_t)(end - begin)));
    r->p = end;
    *data = jb_store_get(r->store, name, jb_reader_place(r, begin));
    return *data ? JB_OK : JB_INPUT;
}

static jb_status read_full(jb_reader *r, jb_found *found) {
    const jb_dataset *d = NULL;
    key k;
    int row = -1;
    jb_status status = read_dataset(r, &d);
    if (status == JB_OK) status = read_key(r, "row", &k);
    if (status == JB_OK) status = find_row(r, d, &k, &row, found);
    if (status != JB_OK) return status;
    return found->absent ? skip_part(r) : read_part(r, d, (unsigned)row, found);
}

/* ---- inside a loop ---- */

/* @index (from 0), @first, @last. */
static jb_status read_variable(jb_reader *r, jb_found *found) {
    static const char *const names[] = {"index", "first", "last"};
    const char *begin = r->p++, *name = jb_reader_word(r);
    jb_pos pos = jb_reader_place(r, begin);
    if (!r->scope) return jb_fail(r->ctx, pos, "“@%s” is known only inside {{#each}}", name);
    found->measure = JB_MEASURE_NUMBER;
    found->what = quote_names(r, name, "each");
    if (!strcmp(name, "index"))
        found->number = r->scope->index;
    else if (!strcmp(name, "first"))
        found->number = r->scope->index == 0;
    else if (!strcmp(name, "last"))
        found->number = r->scope->index + 1 == r->scope->count;
    else {
        GString *near = g_string_new(NULL);
        jb_suggest(near, name, names, G_N_ELEMENTS(names));
        jb_fail(r->ctx, pos, "unknown “@%s”%s", name, near->str);
        g_string_free(near, TRUE);
        return JB_INPUT;
    }
    return JB_OK;
}

static bool at_word(const char *p, const char *word) {
    size_t n = strlen(word);
    return !strncmp(p, word, n) && !word_char(p[n]);
}

/* A bare name: a column of the loop's row, else a part such as name or rate. */
static jb_status read_bare(jb_reader *r, const jb_scope *scope, jb_found *found) {
    const char *begin = r->p, *name = jb_reader_word(r);
    const jb_dataset *d = found->data = scope->data;
    jb_pos pos = jb_reader_place(r, begin);
    found->row = scope->row;
    int column = *name ? jb_dataset_column(d, name) : -1;
    const field *f = field_named(name);
    if (column >= 0) return find_cell(r, d, scope->row, (unsigned)column, pos, found);
    if (f) return find_field(r, d, scope->row, f, pos, found);
    if (!*name) return jb_reader_expected(r, "a column's name");
    return jb_dataset_find_column(r->ctx, d, name, pos, &column); /* says what there is */
}

/* this.name, this["COLUMN"], ["COLUMN"], name, with ../ before it for the row of the loop around. *read is
 * false, and the reader where it was, when this begins no such thing. */
static jb_status read_scoped(jb_reader *r, jb_found *found, bool *read) {
    const jb_scope *scope = r->scope;
    const char *begin = r->p;
    bool explicit = false;
    *read = true;
    for (; g_str_has_prefix(r->p, "../"); r->p += 3, explicit = true) {
        scope = scope ? scope->outer : NULL;
        if (!scope) return jb_fail(r->ctx, jb_reader_place(r, r->p), "“../” leads out of all {{#each}}");
    }
    if (scope && at_word(r->p, "this")) {
        r->p += strlen("this");
        path_blanks(r);
        explicit = true;
        if (*r->p != '.' && *r->p != '[') return jb_reader_expected(r, fields_expected);
    }
    if (scope && (*r->p == '[' || (explicit && *r->p == '.')))
        return read_part(r, scope->data, scope->row, found);
    if (explicit) return read_bare(r, scope, found);
    const char *after = r->p;
    while (word_char(*after)) after++;
    const char *next = after;
    while (!r->argument && (*next == ' ' || *next == '\n' || *next == '\t')) next++;
    if (scope && after > begin && *next != '[' && !(*next && word_char(*next)))
        return read_bare(r, scope, found);
    *read = false;
    return JB_OK;
}

/* Over a path of an expression, whatever it names. */
static jb_status skip_path(jb_reader *r, jb_found *found) {
    const char *begin = r->p;
    jb_status status = JB_OK;
    key k;
    found->absent = true;
    while (status == JB_OK && (word_char(*r->p) || (*r->p && strchr("@./[", *r->p))))
        if (*r->p == '[')
            status = read_key(r, "row", &k);
        else
            r->p++;
    return status == JB_OK && r->p == begin ? jb_reader_expected(r, "a look-up, a number or a text") : status;
}

jb_status jb_reader_path(jb_reader *r, jb_found *found) {
    bool read = false;
    *found = (jb_found){.unit = "", .what = "", .decimals = -1};
    if (r->skip) return skip_path(r, found);
    if (*r->p == '@') return read_variable(r, found);
    jb_status status = read_scoped(r, found, &read);
    return read ? status : read_full(r, found);
}
