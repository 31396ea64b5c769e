/* Look-ups: a reader of paths into the datasets, what they find, and the filters that turn it into text. The
 * grammar is in docs/lookups.md. */
#ifndef JB_INPUT_LOOKUP_H
#define JB_INPUT_LOOKUP_H

#include "input/store.h"

typedef enum jb_measure {
    JB_MEASURE_TEXT,   /* .name, .unit, .verdict, or a cell without a number */
    JB_MEASURE_NUMBER, /* a cell with a number in `unit` */
    JB_MEASURE_RANGE,  /* a cell with a lower and an upper end */
    JB_MEASURE_RATE,   /* .rate, .variance_pct: percent */
    JB_MEASURE_POINTS  /* .variance of a percentage: percentage points */
} jb_measure;

typedef struct jb_found {
    jb_measure measure;
    double number, high;    /* RANGE: both ends */
    int decimals;           /* digits when the filter does not say; below 0: as many as the number has */
    const char *text;       /* what stands there without a filter, or NULL: written from the number */
    const char *unit;       /* of the number, "" when not known */
    const char *what;       /* for messages: “实际完成” of “进出口总额” */
    const jb_dataset *data; /* where it was found, or NULL */
    unsigned row;
    bool change; /* the number is a change: .variance, .variance_pct, a rate of growth */
    bool absent; /* only to a lenient reader: there is no such row, or nothing in it */
} jb_found;

/* Reads look-ups from a text. Strings taken out of it belong to the arena. */
typedef struct jb_reader {
    jb_context *ctx;
    jb_store *store;
    jb_arena *arena;
    const jb_scope *scope;
    const char *text, *p; /* UTF-8; where the reader stands */
    jb_pos pos;           /* place of text */
    bool lenient; /* a row that is not there, an empty cell and what cannot be derived are absent, no error */
    bool skip;    /* paths are read over, not looked up; what they find is absent */
    bool argument; /* of an expression: no blank stands between the parts of a path */
} jb_reader;

/* lookup_path.c */
jb_pos jb_reader_place(const jb_reader *reader, const char *at); /* of a byte of the text, over its lines */
void jb_reader_blanks(jb_reader *reader);
/* “expected X, found Y” at the reader's place. */
jb_status jb_reader_expected(jb_reader *reader, const char *what);
/* A run of letters, digits, - _ and marks beyond ASCII, and the blanks behind it; "" when there is none. */
const char *jb_reader_word(jb_reader *reader);
/* A text in quotes of any kind; `what` names it in messages. The reader stands behind it, before blanks. */
jb_status jb_reader_quoted(jb_reader *reader, const char *what, const char **text);
bool jb_reader_at_quote(const jb_reader *reader);
/* Dataset, row and what is asked of the row; or, inside a loop, what is asked of its row. */
jb_status jb_reader_path(jb_reader *reader, jb_found *found);
/* lookup.c: the value of an SQL query of one row and column, whose text is at `at` in the reader's text. */
jb_status jb_reader_sql(jb_reader *reader, const char *sql, const char *at, jb_found *found);

/* What stands in the brackets behind a filter's name. */
typedef enum jb_filter_takes {
    JB_FILTER_UNKNOWN, /* there is no filter of that name */
    JB_FILTER_NOTHING,
    JB_FILTER_DIGITS,   /* (n) */
    JB_FILTER_COMPARED, /* (n), (LOOK-UP) or (LOOK-UP, n) */
    JB_FILTER_FORMAT    /* ("…") */
} jb_filter_takes;

typedef struct jb_filter_given {
    int decimals;          /* below 0: not said */
    const jb_found *other; /* or NULL */
    const char *format;    /* or NULL */
} jb_filter_given;

jb_filter_takes jb_filter_kind(const char *name);
/* Turns what was found into what the filter makes of it: a text, or for wan and yi a number in another unit.
 * What does not fit is an error at `pos`, the place of the filter's name, as is a name that is no filter. */
jb_status jb_filter_apply(jb_context *ctx, jb_arena *arena, jb_found *found, const char *name,
                          const jb_filter_given *given, jb_pos pos);

/* Writes a number with exactly `decimals` digits (0 to 9), or as many as it has when below 0. What is rounded
 * are its decimal digits, ties away from zero as in everyday 四舍五入 (GB/T 8170-2008 3.2 would round ties to
 * even): 0.285 gives 0.29. The minus is U+2212; `plus` puts + before what is above zero. */
void jb_filter_digits(GString *out, double value, int decimals, bool plus);
bool jb_unit_is_percent(const char *unit);
/* Takes 万, 亿 or 万亿 off a unit: 1e8 and “元” for “亿元”, 1 and the unit itself when there is none. */
double jb_unit_multiple(const char *unit, const char **base);

jb_context *jb_store_context(const jb_store *store);

#endif
