/* Number formats: sections, tokens, and the writing of numbers by them. */
#include "input/numfmt.h"

#include <math.h>
#include <string.h>
#include "base/limits.h"

#define MOST_SECTIONS 4
#define MOST_DECIMALS 30
#define LAST_DAY 2958465 /* 31 December 9999, in the 1900 system */

typedef enum token_kind { LITERAL, DIGIT, POINT, TEXT, GENERAL } token_kind;

typedef struct token {
    token_kind kind;
    char place;          /* DIGIT: 0 # ? */
    unsigned at, length; /* LITERAL: in section.literals */
} token;

typedef struct section {
    GArray *tokens;
    GString *literals;
    unsigned date; /* jb_date_parts; 0: a number */
    bool plain;    /* fraction, exponent, elapsed time: the number as it is */
    bool thousands, condition, has_text;
    char op[3]; /* of the condition */
    double limit;
    int whole, decimals, shift; /* digit places before and behind the point; powers of ten to multiply by */
} section;

struct jb_numfmt {
    section sections[MOST_SECTIONS];
    unsigned count;
    bool general;
};

/* ---- compiling ---- */

/* What has been read of a section; `last` is the kind of thing before. */
typedef struct compiler {
    section *s;
    const char *p, *end;
    bool point, hours, seconds, months, days;
    int commas; /* since the last digit */
    bool slash;
} compiler;

static void add_literal(section *s, const char *text, size_t length) {
    token *last = s->tokens->len ? &g_array_index(s->tokens, token, s->tokens->len - 1) : NULL;
    if (last && last->kind == LITERAL) {
        last->length += (unsigned)length;
    } else {
        token t = {LITERAL, 0, (unsigned)s->literals->len, (unsigned)length};
        g_array_append_val(s->tokens, t);
    }
    g_string_append_len(s->literals, text, (gssize)length);
}

static void add_token(section *s, token_kind kind, char place) {
    token t = {kind, place, 0, 0};
    g_array_append_val(s->tokens, t);
}

static void add_digit(compiler *c, char place) {
    section *s = c->s;
    if (c->commas && !c->point && s->whole) s->thousands = true;
    c->commas = 0;
    if (c->point)
        s->decimals++;
    else
        s->whole++;
    add_token(s, DIGIT, place);
}

/* "$¥-804": the sign before the dash is shown; ">=100"; "h": elapsed; colours and the rest say nothing of the
 * text. */
static void take_bracket(compiler *c, const char *p, const char *end) {
    section *s = c->s;
    if (p == end) return;
    if (*p == '$') {
        const char *dash = memchr(p, '-', (size_t)(end - p));
        if (dash && dash == p + 1 && end - dash >= 5 && g_ascii_strncasecmp(dash + 1, "F400", 4) == 0)
            c->hours = true;
        if (dash && dash == p + 1 && end - dash >= 5 && g_ascii_strncasecmp(dash + 1, "F800", 4) == 0)
            c->days = true;
        add_literal(s, p + 1, (size_t)((dash ? dash : end) - p - 1));
    } else if (strchr("<>=", *p)) {
        unsigned n = 0;
        for (; p < end && n < 2 && strchr("<>=", *p); p++) s->op[n++] = *p;
        s->limit = g_ascii_strtod(p, NULL);
        s->condition = true;
    } else if (strchr("hHmMsS", *p) && (end - p == 1 || *p == end[-1])) {
        s->plain = true;
    }
}

/* Letters of dates; false when it is none. */
static bool take_letter(compiler *c) {
    switch (g_ascii_tolower(*c->p)) {
    case 'y':
    case 'd':
    case 'g':
    case 'b': c->days = true; break;
    case 'e': /* the year of an era; "E+" is an exponent */
        if (c->p + 1 < c->end && (c->p[1] == '+' || c->p[1] == '-')) {
            c->s->plain = true;
            c->p++;
        } else {
            c->days = true;
        }
        break;
    case 'm': c->months = true; break;
    case 'h': c->hours = true; break;
    case 's': c->seconds = true; break;
    default: return false;
    }
    c->p++;
    return true;
}

/* Words that stand for something; false when there is none here. */
static bool take_word(compiler *c) {
    static const struct {
        const char *word;
        char what;
    } words[] = {{"General", 'G'}, {"G/通用格式", 'G'}, {"通用格式", 'G'}, {"AM/PM", 'h'},
                 {"A/P", 'h'},     {"上午/下午", 'h'},  {"aaaa", 'd'},     {"aaa", 'd'}};
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t n = strlen(words[i].word);
        if ((size_t)(c->end - c->p) < n || g_ascii_strncasecmp(c->p, words[i].word, n) != 0) continue;
        if (words[i].what == 'G') add_token(c->s, GENERAL, 0);
        if (words[i].what == 'h') c->hours = true;
        if (words[i].what == 'd') c->days = true;
        c->p += n;
        return true;
    }
    return false;
}

/* The end of the character (UTF-8) at p. */
static const char *behind(const char *p, const char *end) {
    const char *next = g_utf8_next_char(p);
    return next > end ? end : next;
}

static void take_quoted(compiler *c) {
    const char *close = memchr(c->p + 1, '"', (size_t)(c->end - c->p - 1));
    if (!close) close = c->end;
    add_literal(c->s, c->p + 1, (size_t)(close - c->p - 1));
    c->p = close < c->end ? close + 1 : close;
}

/* \x shows x; _x leaves room as wide as x; *x fills with x. `!` is how Chinese systems write the backslash.
 */
static void take_escape(compiler *c) {
    char escape = *c->p++;
    if (c->p == c->end) return;
    const char *next = behind(c->p, c->end);
    if (escape == '\\' || escape == '!') add_literal(c->s, c->p, (size_t)(next - c->p));
    c->p = next;
}

static void take_sign(compiler *c) {
    section *s = c->s;
    const char *next = behind(c->p, c->end);
    switch (*c->p) {
    case '0':
    case '#':
    case '?': add_digit(c, *c->p); break;
    case '.':
        if (c->point)
            add_literal(s, ".", 1);
        else
            add_token(s, POINT, 0);
        if (!c->point && c->commas) s->shift -= 3 * c->commas, c->commas = 0;
        c->point = true;
        break;
    case ',': c->commas++; break;
    case '%':
        s->shift += 2;
        add_literal(s, "%", 1);
        break;
    case '@':
        s->has_text = true;
        add_token(s, TEXT, 0);
        break;
    case '/':
        c->slash = c->slash || s->whole;
        add_literal(s, "/", 1);
        break;
    default: add_literal(s, c->p, (size_t)(next - c->p));
    }
    c->p = next;
}

static void take_next(compiler *c) {
    if (*c->p == '"') {
        take_quoted(c);
    } else if (strchr("\\!_*", *c->p)) {
        take_escape(c);
    } else if (*c->p == '[') {
        const char *close = memchr(c->p, ']', (size_t)(c->end - c->p));
        take_bracket(c, c->p + 1, close ? close : c->end);
        c->p = close ? close + 1 : c->end;
    } else if (!take_word(c) && !take_letter(c)) {
        take_sign(c);
    }
}

static void compile_section(section *s, const char *p, const char *end) {
    compiler c = {.s = s, .p = p, .end = end};
    s->tokens = g_array_new(FALSE, FALSE, sizeof(token));
    s->literals = g_string_new(NULL);
    while (c.p < c.end) take_next(&c);
    if (s->whole + s->decimals) s->shift -= 3 * c.commas;
    bool time = c.hours || c.seconds;
    if (c.days || (c.months && !time)) s->date |= JB_DATE_DAY;
    if (time) s->date |= JB_DATE_TIME;
    if (c.slash || s->decimals > MOST_DECIMALS) s->plain = true;
}

/* The end of the section that begins at p: a semicolon outside quotes, escapes and brackets. */
static const char *section_end(const char *p) {
    bool quoted = false, bracket = false;
    for (; *p; p++) {
        if (*p == '"' && !bracket) quoted = !quoted;
        if (quoted) continue;
        if (strchr("\\!_*", *p) && p[1] && !bracket)
            p++;
        else if (*p == '[')
            bracket = true;
        else if (*p == ']')
            bracket = false;
        else if (*p == ';' && !bracket)
            break;
    }
    return p;
}

static bool section_is_general(const section *s) {
    if (s->date) return false;
    if (s->plain) return true;
    token_kind kind = s->tokens->len == 1 ? g_array_index(s->tokens, token, 0).kind : LITERAL;
    return kind == GENERAL || kind == TEXT;
}

jb_numfmt *jb_numfmt_new(const char *code) {
    jb_numfmt *f = g_new0(jb_numfmt, 1);
    bool sound = code && *code && strlen(code) <= JB_LIMIT_FORMAT_BYTES && g_utf8_validate(code, -1, NULL);
    for (const char *p = sound ? code : "General"; f->count < MOST_SECTIONS; p++) {
        const char *end = section_end(p);
        compile_section(&f->sections[f->count++], p, end);
        p = end;
        if (!*p) break;
    }
    f->general = f->count == 1 && section_is_general(&f->sections[0]);
    return f;
}

void jb_numfmt_free(jb_numfmt *f) {
    if (!f) return;
    for (unsigned i = 0; i < f->count; i++) {
        g_array_free(f->sections[i].tokens, TRUE);
        g_string_free(f->sections[i].literals, TRUE);
    }
    g_free(f);
}

bool jb_numfmt_is_general(const jb_numfmt *f) { return f->general; }

/* ---- choosing the section ---- */

static bool holds(const section *s, double value) {
    if (!strcmp(s->op, "<")) return value < s->limit;
    if (!strcmp(s->op, "<=")) return value <= s->limit;
    if (!strcmp(s->op, ">")) return value > s->limit;
    if (!strcmp(s->op, ">=")) return value >= s->limit;
    if (!strcmp(s->op, "<>")) return value != s->limit;
    return value == s->limit;
}

/* Sections for numbers: all but a fourth, and but a last one that only places text. */
static unsigned number_sections(const jb_numfmt *f) {
    unsigned count = MIN(f->count, 3);
    if (count > 1 && count == f->count && f->sections[count - 1].has_text) count--;
    return count;
}

/* A section for negative numbers only says the sign itself. */
static bool is_negative_only(const section *s) { return s->op[0] == '<' && s->op[1] != '>' && s->limit <= 0; }

static const section *choose_conditional(const jb_numfmt *f, unsigned count, double value, bool *absolute) {
    const section *s = &f->sections[count - 1];
    for (unsigned i = 0; i < count; i++) {
        s = &f->sections[i];
        if (s->condition ? holds(s, value) : (i + 1 == count || (i == 0 ? value > 0 : value < 0))) break;
    }
    *absolute = s->condition && is_negative_only(s);
    return s;
}

/* *absolute: the section says the sign itself. */
static const section *choose(const jb_numfmt *f, const jb_decimal *d, bool *absolute) {
    unsigned count = number_sections(f);
    *absolute = false;
    for (unsigned i = 0; i < count; i++)
        if (f->sections[i].condition) return choose_conditional(f, count, jb_decimal_value(d), absolute);
    if (d->count && d->negative && count > 1) return *absolute = true, &f->sections[1];
    if (!d->count && count > 2) return &f->sections[2];
    return &f->sections[0];
}

/* ---- numbers ---- */

/* What of the number is still to be written. */
typedef struct writer {
    GString *out;
    const section *s;
    jb_decimal d;
    int place;  /* power of ten of the next digit */
    bool begun; /* a digit of the whole part is written */
} writer;

static char digit_at(const jb_decimal *d, int power) {
    int index = d->exponent - 1 - power;
    return index >= 0 && index < d->count ? d->digits[index] : '0';
}

static void write_whole_digit(writer *w, bool forced) {
    char digit = digit_at(&w->d, w->place);
    if (forced || w->begun || digit != '0') {
        g_string_append_c(w->out, digit);
        w->begun = true;
        if (w->s->thousands && w->place > 0 && w->place % 3 == 0) g_string_append_c(w->out, ',');
    }
    w->place--;
}

/* Digits that have no place of their own stand before the first place. */
static void write_digit(writer *w, char place) {
    if (w->place >= 0) {
        while (w->place >= w->s->whole) write_whole_digit(w, false);
        write_whole_digit(w, place == '0');
        return;
    }
    int last = w->d.exponent - w->d.count; /* power of the last digit that is not 0 */
    if (place == '0' || (w->d.count && last <= w->place))
        g_string_append_c(w->out, digit_at(&w->d, w->place));
    w->place--;
}

/* Any digit to come behind the point? "0.#" shows 5 as "5". */
static bool has_decimals(const writer *w, unsigned from) {
    if (w->d.count && w->d.exponent < w->d.count) return true;
    for (unsigned i = from; i < w->s->tokens->len; i++) {
        const token *t = &g_array_index(w->s->tokens, token, i);
        if (t->kind == DIGIT && t->place == '0') return true;
    }
    return false;
}

static void write_token(writer *w, unsigned index) {
    const token *t = &g_array_index(w->s->tokens, token, index);
    switch (t->kind) {
    case LITERAL: g_string_append_len(w->out, w->s->literals->str + t->at, t->length); break;
    case DIGIT: write_digit(w, t->place); break;
    case POINT:
        while (w->place >= 0) write_whole_digit(w, w->s->whole == 0 && w->d.exponent > 0);
        if (has_decimals(w, index)) g_string_append_c(w->out, '.');
        break;
    case TEXT:
    case GENERAL: jb_decimal_show(&w->d, w->out); break;
    }
}

static bool has_general(const section *s) {
    for (unsigned i = 0; i < s->tokens->len; i++)
        if (g_array_index(s->tokens, token, i).kind == GENERAL) return true;
    return false;
}

static void show_number(const section *s, const jb_decimal *number, bool absolute, GString *out) {
    writer w = {.out = out, .s = s, .d = *number};
    bool general = has_general(s) || s->has_text;
    jb_decimal_shorten(&w.d);
    if (w.d.count) w.d.exponent += s->shift;
    if (!general) jb_decimal_round(&w.d, s->decimals);
    w.place = MAX(w.d.count ? w.d.exponent : 0, s->whole) - 1;
    if (number->negative && w.d.count && !absolute && s->tokens->len) g_string_append_c(out, '-');
    w.d.negative = false;
    for (unsigned i = 0; i < s->tokens->len; i++) write_token(&w, i);
}

static void show_plain(const jb_decimal *number, bool raw, GString *out) {
    jb_decimal d = *number;
    if (!raw) jb_decimal_shorten(&d);
    jb_decimal_show(&d, out);
}

void jb_numfmt_show(const jb_numfmt *f, const jb_decimal *number, bool from_1904, bool raw, GString *out) {
    bool absolute;
    if (f->general) {
        show_plain(number, raw, out);
        return;
    }
    const section *s = choose(f, number, &absolute);
    if (s->date && !s->plain) {
        unsigned parts = raw ? JB_DATE_DAY | JB_DATE_TIME : s->date;
        double serial = jb_decimal_value(number);
        if (raw && (s->date & JB_DATE_DAY) && floor(serial) == serial) parts = s->date;
        if (serial < 1 && !from_1904 && (s->date & JB_DATE_TIME))
            parts = JB_DATE_TIME; /* there is no such day */
        if (jb_date_show(serial, from_1904, parts, out)) return;
    }
    if (raw || s->plain || s->date || (number->count && number->exponent > 30))
        show_plain(number, raw, out);
    else
        show_number(s, number, absolute, out);
}

/* ---- texts ---- */

/* The section that texts go through: the fourth, or the last that places a text. */
static const section *text_section(const jb_numfmt *f) {
    if (f->count == MOST_SECTIONS) return &f->sections[MOST_SECTIONS - 1];
    return f->sections[f->count - 1].has_text ? &f->sections[f->count - 1] : NULL;
}

bool jb_numfmt_changes_text(const jb_numfmt *f) {
    const section *s = text_section(f);
    return s && !(s->tokens->len == 1 && s->has_text);
}

void jb_numfmt_show_text(const jb_numfmt *f, const char *text, size_t length, GString *out) {
    const section *s = text_section(f);
    for (unsigned i = 0; s && i < s->tokens->len; i++) {
        const token *t = &g_array_index(s->tokens, token, i);
        if (t->kind == LITERAL) g_string_append_len(out, s->literals->str + t->at, t->length);
        if (t->kind == TEXT || t->kind == GENERAL) g_string_append_len(out, text, (gssize)length);
    }
    if (!s) g_string_append_len(out, text, (gssize)length);
}

/* ---- days and times ---- */

/* Day of the proleptic Gregorian calendar from 1 January 1970 (Howard Hinnant, "chrono-compatible low-level
 * date algorithms", civil_from_days). */
static void append_day(gint64 days, GString *out) {
    days += 719468;
    gint64 era = days / 146097, of_era = days % 146097;
    gint64 year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    gint64 of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    gint64 month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    gint64 year = year_of_era + era * 400 + (month <= 2);
    g_string_append_printf(out, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

static void append_serial(gint64 day, bool from_1904, GString *out) {
    if (from_1904)
        append_day(day - 24107, out);
    else if (day == 60)
        g_string_append(out, "1900-02-29");
    else
        append_day(day - (day < 60 ? 25568 : 25569), out);
}

bool jb_date_show(double serial, bool from_1904, unsigned parts, GString *out) {
    gint64 first = from_1904 || parts == JB_DATE_TIME ? 0 : 1;
    if (!(serial >= (double)first && serial < LAST_DAY + 1 - (from_1904 ? 1462 : 0))) return false;
    gint64 seconds = (gint64)floor(serial * 86400 + 0.5), day = seconds / 86400;
    if (!(parts & JB_DATE_TIME)) day = (gint64)floor(serial);
    if (day > LAST_DAY - (from_1904 ? 1462 : 0)) return false;
    seconds %= 86400;
    if (parts & JB_DATE_DAY) append_serial(day, from_1904, out);
    if (parts == (JB_DATE_DAY | JB_DATE_TIME)) g_string_append_c(out, 'T');
    if (parts & JB_DATE_TIME)
        g_string_append_printf(out, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                               (int)(seconds % 60));
    return true;
}

/* ---- built-in formats ---- */

const char *jb_numfmt_builtin(unsigned id) {
    static const char *const codes[] = {
        [0] = "General",
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "\"¥\"#,##0;\"¥\"-#,##0",
        [6] = "\"¥\"#,##0;[Red]\"¥\"-#,##0",
        [7] = "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        [8] = "\"¥\"#,##0.00;[Red]\"¥\"-#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# ?/?" /* two digits each; all fractions are shown plain */,
        [14] = "yyyy/m/d",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy/m/d h:mm",
        [27] = "yyyy\"年\"m\"月\"",
        [28] = "m\"月\"d\"日\"",
        [29] = "m\"月\"d\"日\"",
        [30] = "m/d/yy",
        [31] = "yyyy\"年\"m\"月\"d\"日\"",
        [32] = "h\"时\"mm\"分\"",
        [33] = "h\"时\"mm\"分\"ss\"秒\"",
        [34] = "上午/下午h\"时\"mm\"分\"",
        [35] = "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        [36] = "yyyy\"年\"m\"月\"",
        [37] = "#,##0_);(#,##0)",
        [38] = "#,##0_);[Red](#,##0)",
        [39] = "#,##0.00_);(#,##0.00)",
        [40] = "#,##0.00_);[Red](#,##0.00)",
        [41] = "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
        [42] = "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
        [43] = "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        [44] = "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [49] = "@",
        [50] = "yyyy\"年\"m\"月\"",
        [51] = "m\"月\"d\"日\"",
        [52] = "yyyy\"年\"m\"月\"",
        [53] = "m\"月\"d\"日\"",
        [54] = "m\"月\"d\"日\"",
        [55] = "上午/下午h\"时\"mm\"分\"",
        [56] = "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        [57] = "yyyy\"年\"m\"月\"",
        [58] = "m\"月\"d\"日\""};
    return id < G_N_ELEMENTS(codes) && codes[id] ? codes[id] : "General";
}
