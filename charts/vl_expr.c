/* Vega expressions: a parser by precedence into a tree, and its evaluation. */
#include "charts/vl_expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "charts/vl_time.h"

typedef enum op { OP_VALUE, OP_FIELD, OP_NOT, OP_MINUS, OP_BINARY, OP_CHOOSE, OP_CALL, OP_LIST, OP_INDEX } op;

struct jb_vl_expr {
    op op;
    char code; /* BINARY: + - * / % < > l(<=) g(>=) = (==) ! (!=) & | */
    int function;
    unsigned count;
    jb_vl_expr *part[8];
    jb_vl_cell value; /* VALUE; FIELD: its name */
};

typedef struct parser {
    jb_context *ctx;
    jb_arena *arena;
    const char *s;
    jb_pos pos;
    unsigned depth;
    bool failed;
} parser;

static const char *const functions[] = {"abs",         "ceil",
                                        "floor",       "round",
                                        "sqrt",        "exp",
                                        "log",         "pow",
                                        "min",         "max",
                                        "length",      "lower",
                                        "upper",       "toNumber",
                                        "toString",    "isValid",
                                        "year",        "quarter",
                                        "month",       "date",
                                        "day",         "hours",
                                        "datetime",    "if",
                                        "indexof",     "inrange",
                                        "isNaN",       "toDate",
                                        "sin",         "cos",
                                        "isNumber",    "isFinite",
                                        "tan",         "atan",
                                        "sign",        "clamp",
                                        "substring",   "slice",
                                        "replace",     "trim",
                                        "parseFloat",  "parseInt",
                                        "isString",    "isBoolean",
                                        "isDefined",   "minutes",
                                        "seconds",     "time",
                                        "timeFormat",  "utcFormat",
                                        "monthFormat", "monthAbbrevFormat",
                                        "dayFormat",   "dayAbbrevFormat",
                                        "split"};
enum {
    F_ABS,
    F_CEIL,
    F_FLOOR,
    F_ROUND,
    F_SQRT,
    F_EXP,
    F_LOG,
    F_POW,
    F_MIN,
    F_MAX,
    F_LENGTH,
    F_LOWER,
    F_UPPER,
    F_NUMBER,
    F_STRING,
    F_VALID,
    F_YEAR,
    F_QUARTER,
    F_MONTH,
    F_DATE,
    F_DAY,
    F_HOURS,
    F_DATETIME,
    F_IF,
    F_INDEXOF,
    F_INRANGE,
    F_ISNAN,
    F_TODATE,
    F_SIN,
    F_COS,
    F_ISNUMBER,
    F_ISFINITE,
    F_TAN,
    F_ATAN,
    F_SIGN,
    F_CLAMP,
    F_SUBSTRING,
    F_SLICE,
    F_REPLACE,
    F_TRIM,
    F_PARSEFLOAT,
    F_PARSEINT,
    F_ISSTRING,
    F_ISBOOLEAN,
    F_ISDEFINED,
    F_MINUTES,
    F_SECONDS,
    F_TIME,
    F_TIMEFORMAT,
    F_UTCFORMAT,
    F_MONTHFORMAT,
    F_MONTHABBREV,
    F_DAYFORMAT,
    F_DAYABBREV,
    F_SPLIT
};

static jb_vl_expr *parse_choice(parser *p);

static void blank(parser *p) {
    while (g_ascii_isspace(*p->s)) p->s++;
}

static bool take(parser *p, const char *token) {
    blank(p);
    size_t n = strlen(token);
    if (strncmp(p->s, token, n)) return false;
    p->s += n;
    return true;
}

static jb_vl_expr *complain(parser *p, const char *what) {
    if (!p->failed)
        jb_fail(p->ctx, p->pos, "%s at “%.20s” of the expression", what, *p->s ? p->s : "its end");
    p->failed = true;
    return JB_NEW(p->arena, jb_vl_expr);
}

static jb_vl_expr *node(parser *p, op kind, unsigned count, jb_vl_expr *a, jb_vl_expr *b) {
    jb_vl_expr *e = JB_NEW(p->arena, jb_vl_expr);
    e->op = kind;
    e->count = count;
    e->part[0] = a;
    e->part[1] = b;
    return e;
}

static char *quoted(parser *p) {
    char mark = *p->s++;
    GString *out = g_string_new(NULL);
    while (*p->s && *p->s != mark) {
        if (*p->s == '\\' && p->s[1]) p->s++;
        g_string_append_c(out, *p->s++);
    }
    if (*p->s)
        p->s++;
    else
        complain(p, "a closing quote is missing");
    char *text = jb_arena_string(p->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

static bool is_name(char c) { return g_ascii_isalnum(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80; }

static char *name(parser *p) {
    const char *begin = p->s;
    while (is_name(*p->s)) p->s++;
    return jb_arena_copy(p->arena, begin, (size_t)(p->s - begin));
}

/* datum.a.b, datum['a'] */
static jb_vl_expr *parse_field(parser *p) {
    GString *path = g_string_new(NULL);
    for (;;) {
        const char *part;
        const char *before = p->s;
        if (take(p, "[")) {
            blank(p);
            if (path->len && g_ascii_isdigit(*p->s)) { /* datum.name[0]: a character */
                p->s = before;
                break;
            }
            part = *p->s == '\'' || *p->s == '"' ? quoted(p) : "";
            if (!*part || !take(p, "]")) complain(p, "datum[ ] takes a name in quotes");
        } else if (take(p, "."))
            part = name(p);
        else
            break;
        if (path->len) g_string_append_c(path, '.');
        g_string_append(path, part);
        if (p->failed) break;
    }
    jb_vl_expr *e = node(p, OP_FIELD, 0, NULL, NULL);
    e->value = jb_vl_text(jb_arena_string(p->arena, path->str));
    if (!path->len) complain(p, "datum needs a field");
    g_string_free(path, TRUE);
    return e;
}

static void parse_list(parser *p, jb_vl_expr *e, const char *end) {
    if (take(p, end)) return;
    do {
        if (e->count >= G_N_ELEMENTS(e->part)) {
            complain(p, "more than 8 values");
            return;
        }
        e->part[e->count++] = parse_choice(p);
    } while (!p->failed && take(p, ","));
    if (!p->failed && !take(p, end)) complain(p, "a closing bracket is missing");
}

static jb_vl_expr *constant(parser *p, jb_vl_cell value) {
    jb_vl_expr *e = node(p, OP_VALUE, 0, NULL, NULL);
    e->value = value;
    return e;
}

static jb_vl_expr *parse_word(parser *p) {
    const char *begin = p->s;
    char *word = name(p);
    if (!strcmp(word, "datum")) return parse_field(p);
    if (!strcmp(word, "true") || !strcmp(word, "false"))
        return constant(p, (jb_vl_cell){JB_VL_BOOL, *word == 't', NULL});
    if (!strcmp(word, "null") || !strcmp(word, "undefined") || !strcmp(word, "NaN"))
        return constant(p, jb_vl_number(NAN));
    if (!strcmp(word, "PI")) return constant(p, jb_vl_number(G_PI));
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        if (strcmp(word, functions[i]) || !take(p, "(")) continue;
        jb_vl_expr *e = node(p, OP_CALL, 0, NULL, NULL);
        e->function = (int)i;
        parse_list(p, e, ")");
        if (!e->count) complain(p, "the function needs a value");
        return e;
    }
    p->s = begin;
    return complain(p, "an unknown name");
}

static jb_vl_expr *parse_atom(parser *p) {
    blank(p);
    if (++p->depth > JB_LIMIT_TEMPLATE_DEPTH * 16) return complain(p, "too deep");
    if (g_ascii_isdigit(*p->s) || (*p->s == '.' && g_ascii_isdigit(p->s[1]))) {
        char *end;
        double number = g_ascii_strtod(p->s, &end);
        p->s = end;
        return constant(p, jb_vl_number(number));
    }
    if (*p->s == '\'' || *p->s == '"') return constant(p, jb_vl_text(quoted(p)));
    if (take(p, "(")) {
        jb_vl_expr *e = parse_choice(p);
        if (!p->failed && !take(p, ")")) complain(p, "a closing bracket is missing");
        return e;
    }
    if (take(p, "[")) {
        jb_vl_expr *e = node(p, OP_LIST, 0, NULL, NULL);
        parse_list(p, e, "]");
        return e;
    }
    return is_name(*p->s) ? parse_word(p) : complain(p, "something is not understood");
}

/* `text[i]`, `split(text, ',')[i]`. */
static jb_vl_expr *parse_indexed(parser *p) {
    jb_vl_expr *e = parse_atom(p);
    while (!p->failed && take(p, "[")) {
        e = node(p, OP_INDEX, 2, e, parse_choice(p));
        if (!p->failed && !take(p, "]")) complain(p, "a closing bracket is missing");
    }
    return e;
}

static jb_vl_expr *parse_unary(parser *p) {
    blank(p);
    if (p->failed || ++p->depth > JB_LIMIT_TEMPLATE_DEPTH * 16) return complain(p, "too deep");
    if (*p->s == '!' && p->s[1] != '=') return p->s++, node(p, OP_NOT, 1, parse_unary(p), NULL);
    if (*p->s == '-') return p->s++, node(p, OP_MINUS, 1, parse_unary(p), NULL);
    if (*p->s == '+') return p->s++, parse_unary(p);
    return parse_indexed(p);
}

static const struct {
    const char *token;
    char code;
    int level;
} binary[] = {{"||", '|', 0}, {"&&", '&', 1}, {"===", '=', 2}, {"!==", '!', 2}, {"==", '=', 2},
              {"!=", '!', 2}, {"<=", 'l', 3}, {">=", 'g', 3},  {"<", '<', 3},   {">", '>', 3},
              {"+", '+', 4},  {"-", '-', 4},  {"*", '*', 5},   {"/", '/', 5},   {"%", '%', 5}};

static jb_vl_expr *parse_binary(parser *p, int level) {
    if (level > 5) return parse_unary(p);
    jb_vl_expr *left = parse_binary(p, level + 1);
    for (bool more = true; more && !p->failed;) {
        more = false;
        for (size_t i = 0; i < G_N_ELEMENTS(binary) && !more; i++) {
            if (binary[i].level != level || !take(p, binary[i].token)) continue;
            left = node(p, OP_BINARY, 2, left, parse_binary(p, level + 1));
            left->code = binary[i].code;
            more = true;
        }
    }
    return left;
}

static jb_vl_expr *parse_choice(parser *p) {
    jb_vl_expr *test = parse_binary(p, 0);
    if (p->failed || !take(p, "?")) return test;
    jb_vl_expr *e = node(p, OP_CHOOSE, 3, test, parse_choice(p));
    if (!p->failed && !take(p, ":")) return complain(p, "“:” is missing");
    e->part[2] = parse_choice(p);
    return e;
}

jb_status jb_vl_expr_parse(jb_context *ctx, jb_arena *arena, const char *text, jb_pos pos,
                           jb_vl_expr **expr) {
    parser p = {ctx, arena, text, pos, 0, false};
    *expr = parse_choice(&p);
    blank(&p);
    if (!p.failed && *p.s) complain(&p, "something is not understood");
    return p.failed ? JB_INPUT : JB_OK;
}

/* ---- evaluation ---- */

bool jb_vl_truth(jb_vl_cell c) {
    return c.kind == JB_VL_TEXT ? *c.text != 0 : c.kind != JB_VL_MISSING && c.number != 0;
}

int jb_vl_as_part(double number) { return isnan(number) ? 0 : (int)CLAMP(number, -1e6, 1e6); }

static jb_vl_cell boolean(bool value) { return (jb_vl_cell){JB_VL_BOOL, value, NULL}; }

static double as_number(jb_vl_cell c) {
    char *end;
    if (c.kind != JB_VL_TEXT)
        return c.kind == JB_VL_MISSING ? 0 : c.number; /* null counts as 0, as in Vega */
    double number = g_ascii_strtod(c.text, &end);
    return *end || end == c.text ? NAN : number;
}

static jb_vl_cell add(const jb_vl_table *t, jb_vl_cell a, jb_vl_cell b) {
    if (a.kind != JB_VL_TEXT && b.kind != JB_VL_TEXT) return jb_vl_number(as_number(a) + as_number(b));
    char *text = g_strconcat(jb_vl_cell_string(t->arena, a), jb_vl_cell_string(t->arena, b), NULL);
    jb_vl_cell sum = jb_vl_text(jb_arena_string(t->arena, text));
    g_free(text);
    return sum;
}

bool jb_vl_same(jb_vl_cell a, jb_vl_cell b) {
    if (a.kind == JB_VL_MISSING || b.kind == JB_VL_MISSING) return a.kind == b.kind;
    if (a.kind == JB_VL_TEXT && b.kind == JB_VL_TEXT) return !strcmp(a.text, b.text);
    return as_number(a) == as_number(b);
}

bool jb_vl_below(jb_vl_cell a, jb_vl_cell b) {
    if (a.kind == JB_VL_TEXT && b.kind == JB_VL_TEXT) return strcmp(a.text, b.text) < 0;
    return as_number(a) < as_number(b);
}

static jb_vl_cell calculate(const jb_vl_table *t, char code, jb_vl_cell a, jb_vl_cell b) {
    switch (code) {
    case '+': return add(t, a, b);
    case '-': return jb_vl_number(as_number(a) - as_number(b));
    case '*': return jb_vl_number(as_number(a) * as_number(b));
    case '/': return jb_vl_number(as_number(a) / as_number(b));
    case '%': return jb_vl_number(fmod(as_number(a), as_number(b)));
    case '<': return boolean(jb_vl_below(a, b));
    case '>': return boolean(jb_vl_below(b, a));
    case 'l': return boolean(jb_vl_below(a, b) || jb_vl_same(a, b));
    case 'g': return boolean(jb_vl_below(b, a) || jb_vl_same(a, b));
    case '=': return boolean(jb_vl_same(a, b));
    default: return boolean(!jb_vl_same(a, b));
    }
}

static jb_vl_cell call_date(int function, jb_vl_cell value) {
    jb_vl_cell time = jb_vl_time_read(value);
    if (time.kind != JB_VL_NUMBER) return time;
    jb_vl_date d = jb_vl_date_of(time.number);
    switch (function) {
    case F_YEAR: return jb_vl_number(d.year);
    case F_QUARTER: return jb_vl_number(d.month / 3 + 1);
    case F_MONTH: return jb_vl_number(d.month);
    case F_DATE: return jb_vl_number(d.day);
    case F_DAY: return jb_vl_number(d.weekday);
    case F_HOURS: return jb_vl_number(d.hour);
    case F_MINUTES: return jb_vl_number(d.minute);
    case F_SECONDS: return jb_vl_number(floor(d.second));
    default: return time;
    }
}

static jb_vl_cell call_math(int function, double a, double b) {
    switch (function) {
    case F_ABS: return jb_vl_number(fabs(a));
    case F_CEIL: return jb_vl_number(ceil(a));
    case F_FLOOR: return jb_vl_number(floor(a));
    case F_ROUND: return jb_vl_number(floor(a + 0.5));
    case F_SQRT: return jb_vl_number(sqrt(a));
    case F_EXP: return jb_vl_number(exp(a));
    case F_LOG: return jb_vl_number(log(a));
    case F_SIN: return jb_vl_number(sin(a));
    case F_COS: return jb_vl_number(cos(a));
    case F_TAN: return jb_vl_number(tan(a));
    case F_ATAN: return jb_vl_number(atan(a));
    case F_SIGN: return jb_vl_number((a > 0) - (a < 0));
    default: return jb_vl_number(pow(a, b));
    }
}

static jb_vl_cell call_text(const jb_vl_table *t, int function, jb_vl_cell a) {
    const char *text = jb_vl_cell_string(t->arena, a);
    if (function == F_STRING) return jb_vl_text(text);
    if (function == F_LENGTH) return jb_vl_number((double)g_utf8_strlen(text, -1));
    char *changed = function == F_LOWER ? g_utf8_strdown(text, -1) : g_utf8_strup(text, -1);
    jb_vl_cell cell = jb_vl_text(jb_arena_string(t->arena, changed));
    g_free(changed);
    return cell;
}

/* Characters from `from` to before `to`. */
static jb_vl_cell characters(const jb_vl_table *t, const char *text, double from, double to) {
    double length = (double)g_utf8_strlen(text, -1);
    from = fmin(fmax(isnan(from) ? 0 : from, 0), length);
    to = fmin(fmax(isnan(to) ? 0 : to, 0), length);
    if (to <= from) return jb_vl_text("");
    char *part = g_utf8_substring(text, (glong)from, (glong)to);
    jb_vl_cell cell = jb_vl_text(jb_arena_string(t->arena, part));
    g_free(part);
    return cell;
}

/* substring(text, from, to), where ends may be swapped; slice, where they may count from the end. */
static jb_vl_cell cut(const jb_vl_table *t, bool slice, const char *text, double from, double to) {
    double length = (double)g_utf8_strlen(text, -1);
    if (slice && from < 0) from += length;
    if (slice && to < 0) to += length;
    return !slice && from > to ? characters(t, text, to, from) : characters(t, text, from, to);
}

/* The first occurrence of a text replaced, as JavaScript does with a text. */
static jb_vl_cell replaced(const jb_vl_table *t, const char *text, const char *what, const char *by) {
    const char *at = *what ? strstr(text, what) : NULL;
    if (!at) return jb_vl_text(text);
    char *head = g_strndup(text, (gsize)(at - text)), *whole = g_strconcat(head, by, at + strlen(what), NULL);
    jb_vl_cell cell = jb_vl_text(jb_arena_string(t->arena, whole));
    g_free(head);
    g_free(whole);
    return cell;
}

static jb_vl_cell trimmed(const jb_vl_table *t, const char *text) {
    char *copy = g_strstrip(g_strdup(text));
    jb_vl_cell cell = jb_vl_text(jb_arena_string(t->arena, copy));
    g_free(copy);
    return cell;
}

/* A number at the head of a text. */
static jb_vl_cell leading_number(const char *text, bool whole) {
    char *end;
    double number = g_ascii_strtod(text, &end);
    return jb_vl_number(end == text ? NAN : whole ? trunc(number) : number);
}

static jb_vl_cell formatted(const jb_vl_table *t, int function, jb_vl_cell a, const char *format) {
    double number = as_number(a);
    if (function == F_MONTHFORMAT || function == F_MONTHABBREV)
        return jb_vl_text(
            jb_vl_unit_label(t->arena, JB_VL_MONTH, jb_vl_date_ms(2012, jb_vl_as_part(number), 1, 0, 0, 0)));
    if (function == F_DAYFORMAT || function == F_DAYABBREV)
        return jb_vl_text(jb_vl_unit_label(t->arena, JB_VL_DAY,
                                           jb_vl_date_ms(2012, 0, 1 + jb_vl_as_part(number), 0, 0, 0)));
    jb_vl_cell time = jb_vl_time_read(a);
    const char *text = time.kind == JB_VL_NUMBER ? jb_vl_time_format(t->arena, format, time.number) : NULL;
    return text ? jb_vl_text(text) : jb_vl_number(NAN);
}

/* The part of a text, or of a list, with that number. */
static jb_vl_cell indexed(const jb_vl_expr *e, const jb_vl_table *t, unsigned row) {
    const jb_vl_expr *base = e->part[0];
    double at = as_number(jb_vl_expr_value(e->part[1], t, row));
    if (!(at >= 0 && at < 1e6)) return jb_vl_number(NAN);
    if (base->op == OP_LIST)
        return at < base->count ? jb_vl_expr_value(base->part[(unsigned)at], t, row) : jb_vl_number(NAN);
    if (base->op == OP_CALL && base->function == F_SPLIT && base->count > 1) {
        jb_vl_cell text = jb_vl_expr_value(base->part[0], t, row),
                   by = jb_vl_expr_value(base->part[1], t, row);
        const char *mark = jb_vl_cell_string(t->arena, by);
        if (!*mark) return jb_vl_number(NAN);
        char **parts = g_strsplit(jb_vl_cell_string(t->arena, text), mark, -1);
        jb_vl_cell cell = at < g_strv_length(parts)
                              ? jb_vl_text(jb_arena_string(t->arena, parts[(unsigned)at]))
                              : jb_vl_number(NAN);
        g_strfreev(parts);
        return cell;
    }
    jb_vl_cell text = jb_vl_expr_value(base, t, row);
    return text.kind == JB_VL_TEXT ? characters(t, text.text, at, at + 1) : jb_vl_number(NAN);
}

static jb_vl_cell position_in(const jb_vl_expr *list, jb_vl_cell wanted, const jb_vl_table *t, unsigned row) {
    for (unsigned i = 0; i < list->count; i++)
        if (jb_vl_same(jb_vl_expr_value(list->part[i], t, row), wanted)) return jb_vl_number(i);
    return jb_vl_number(-1);
}

static jb_vl_cell call(const jb_vl_expr *e, const jb_vl_table *t, unsigned row) {
    jb_vl_cell v[8];
    for (unsigned i = 0; i < e->count; i++) v[i] = jb_vl_expr_value(e->part[i], t, row);
    double number = as_number(v[0]);
    switch (e->function) {
    case F_LOWER:
    case F_UPPER:
    case F_LENGTH:
    case F_STRING: return call_text(t, e->function, v[0]);
    case F_YEAR:
    case F_QUARTER:
    case F_MONTH:
    case F_DATE:
    case F_DAY:
    case F_HOURS:
    case F_MINUTES:
    case F_SECONDS:
    case F_TIME:
    case F_TODATE: return call_date(e->function, v[0]);
    case F_CLAMP:
        return jb_vl_number(
            fmin(fmax(number, as_number(v[MIN(1, e->count - 1)])), as_number(v[MIN(2, e->count - 1)])));
    case F_SUBSTRING:
    case F_SLICE:
        return cut(t, e->function == F_SLICE, jb_vl_cell_string(t->arena, v[0]),
                   e->count > 1 ? as_number(v[1]) : 0, e->count > 2 ? as_number(v[2]) : 1e9);
    case F_REPLACE:
        if (e->count < 3) return v[0];
        return replaced(t, jb_vl_cell_string(t->arena, v[0]), jb_vl_cell_string(t->arena, v[1]),
                        jb_vl_cell_string(t->arena, v[2]));
    case F_TRIM: return trimmed(t, jb_vl_cell_string(t->arena, v[0]));
    case F_PARSEFLOAT:
    case F_PARSEINT: return leading_number(jb_vl_cell_string(t->arena, v[0]), e->function == F_PARSEINT);
    case F_ISSTRING: return boolean(v[0].kind == JB_VL_TEXT);
    case F_ISBOOLEAN: return boolean(v[0].kind == JB_VL_BOOL);
    case F_ISDEFINED: return boolean(v[0].kind != JB_VL_MISSING);
    case F_SPLIT: return jb_vl_number(NAN); /* a list: only with [i] */
    case F_TIMEFORMAT:
    case F_UTCFORMAT:
    case F_MONTHFORMAT:
    case F_MONTHABBREV:
    case F_DAYFORMAT:
    case F_DAYABBREV:
        return formatted(t, e->function, v[0], e->count > 1 ? jb_vl_cell_string(t->arena, v[1]) : "%Y-%m-%d");
    case F_NUMBER: return v[0].kind == JB_VL_MISSING ? v[0] : jb_vl_number(number);
    case F_VALID: return boolean(v[0].kind != JB_VL_MISSING);
    case F_ISNAN: return boolean(v[0].kind == JB_VL_MISSING || isnan(number));
    case F_ISNUMBER: return boolean(v[0].kind == JB_VL_NUMBER);
    case F_ISFINITE: return boolean(v[0].kind != JB_VL_MISSING && isfinite(number));
    case F_IF: return jb_vl_truth(v[0]) ? v[MIN(1, e->count - 1)] : e->count > 2 ? v[2] : jb_vl_number(NAN);
    case F_INDEXOF:
        if (e->count < 2) return jb_vl_number(-1);
        return e->part[0]->op == OP_LIST ? position_in(e->part[0], v[1], t, row)
                                         : jb_vl_position(t->arena, v[0], v[1]);
    case F_MIN:
    case F_MAX:
        for (unsigned i = 1; i < e->count; i++)
            number = e->function == F_MIN ? fmin(number, as_number(v[i])) : fmax(number, as_number(v[i]));
        return jb_vl_number(number);
    case F_DATETIME:
        return jb_vl_number(jb_vl_date_ms(jb_vl_as_part(number),
                                          e->count > 1 ? jb_vl_as_part(as_number(v[1])) : 0,
                                          e->count > 2 ? jb_vl_as_part(as_number(v[2])) : 1,
                                          e->count > 3 ? jb_vl_as_part(as_number(v[3])) : 0,
                                          e->count > 4 ? jb_vl_as_part(as_number(v[4])) : 0, 0));
    case F_INRANGE: {
        const jb_vl_expr *list =
            e->count > 1 && e->part[1]->op == OP_LIST && e->part[1]->count == 2 ? e->part[1] : NULL;
        return boolean(list && number >= as_number(jb_vl_expr_value(list->part[0], t, row)) &&
                       number <= as_number(jb_vl_expr_value(list->part[1], t, row)));
    }
    default: return call_math(e->function, number, e->count > 1 ? as_number(v[1]) : 1);
    }
}

static jb_status no_field(jb_context *ctx, const jb_vl_expr *e, const jb_vl_table *t, jb_pos pos) {
    GString *near = g_string_new(NULL);
    jb_suggest(near, e->value.text, t->names, t->columns);
    jb_status status = jb_fail(ctx, pos, "there is no field “%s”%s", e->value.text, near->str);
    g_string_free(near, TRUE);
    return status;
}

jb_status jb_vl_expr_check(jb_context *ctx, const jb_vl_expr *e, const jb_vl_table *t, jb_pos pos) {
    if (!t->rows) return JB_OK;
    if (e->op == OP_FIELD && jb_vl_table_find(t, e->value.text) < 0) return no_field(ctx, e, t, pos);
    for (unsigned i = 0; i < G_N_ELEMENTS(e->part) && e->part[i]; i++)
        if (jb_vl_expr_check(ctx, e->part[i], t, pos) != JB_OK) return JB_INPUT;
    return JB_OK;
}

jb_vl_cell jb_vl_expr_value(const jb_vl_expr *e, const jb_vl_table *t, unsigned row) {
    switch (e->op) {
    case OP_VALUE: return e->value;
    case OP_FIELD: return jb_vl_table_at(t, row, jb_vl_table_find(t, e->value.text));
    case OP_NOT: return boolean(!jb_vl_truth(jb_vl_expr_value(e->part[0], t, row)));
    case OP_MINUS: return jb_vl_number(-as_number(jb_vl_expr_value(e->part[0], t, row)));
    case OP_CHOOSE:
        return jb_vl_expr_value(e->part[jb_vl_truth(jb_vl_expr_value(e->part[0], t, row)) ? 1 : 2], t, row);
    case OP_CALL: return call(e, t, row);
    case OP_LIST: return jb_vl_number(NAN);
    case OP_INDEX: return indexed(e, t, row);
    default: break;
    }
    jb_vl_cell left = jb_vl_expr_value(e->part[0], t, row);
    if (e->code == '&') return jb_vl_truth(left) ? jb_vl_expr_value(e->part[1], t, row) : left;
    if (e->code == '|') return jb_vl_truth(left) ? left : jb_vl_expr_value(e->part[1], t, row);
    return calculate(t, e->code, left, jb_vl_expr_value(e->part[1], t, row));
}
