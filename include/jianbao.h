/* jianbao: from indicator data to a printed briefing. The one public header.
 *
 * Every function takes the context first. Failures are returned as a jb_status and described by the
 * diagnostics that the context keeps; nothing here exits, aborts or prints. A context belongs to one
 * thread at a time; several contexts may run in several threads. Text is UTF-8 throughout.
 */
#ifndef JIANBAO_H
#define JIANBAO_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define JB_API __attribute__((visibility("default")))
#else
#define JB_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define JB_VERSION_STRING "0.1.0"

/* The values are the exit statuses of the command line. */
typedef enum jb_status {
    JB_OK = 0,     /* done */
    JB_FAILED = 1, /* the input was read, the work could not be finished */
    JB_INPUT = 2   /* wrong usage, or input that cannot be read or understood */
} jb_status;

typedef enum jb_severity { JB_NOTE, JB_WARNING, JB_ERROR } jb_severity;

typedef struct jb_context jb_context;
typedef struct jb_dataset jb_dataset;

/* One message. Strings belong to the context and live until it is freed or cleared. */
typedef struct jb_diagnostic {
    jb_severity severity;
    const char *file; /* as the caller named it, or NULL when no file is at fault */
    int line, column; /* from 1, in characters; 0 is unknown */
    const char *message;
    const char *source; /* the source line at fault, or NULL */
    unsigned count;     /* how often the same message came, from 1 */
} jb_diagnostic;

/* Version of the library that runs, as "major.minor.patch". */
JB_API const char *jb_version(void);

/* A context is the first argument of everything. Free it with jb_context_free. */
JB_API jb_context *jb_context_new(void);
JB_API void jb_context_free(jb_context *ctx);

/* Diagnostics in the order they were found, index < jb_context_diagnostics. */
JB_API size_t jb_context_diagnostics(const jb_context *ctx);
JB_API jb_diagnostic jb_context_diagnostic(const jb_context *ctx, size_t index);
/* Number of diagnostics of that severity, repeated ones counted each time. */
JB_API size_t jb_context_count(const jb_context *ctx, jb_severity severity);

/* Time spent in each stage so far, in the order the stages ran first. Returns false past the last. */
JB_API bool jb_context_timing(const jb_context *ctx, size_t index, const char **stage, double *milliseconds);

/* What a data cell says (README, "What it understands"). */
typedef enum jb_value_kind {
    JB_VALUE_NUMBER,  /* 3.9, 同比增长 3.9%, 下降 3.2% (-3.2) */
    JB_VALUE_APPROX,  /* 7.5 左右, 约 7.5, 预计 7.5 */
    JB_VALUE_UPPER,   /* 2.5 以内, ≤0.022: the value is a bound from above */
    JB_VALUE_LOWER,   /* 3.55 以上, ≥3, 80 余: the value is a bound from below */
    JB_VALUE_RANGE,   /* 6~6.5, 5±0.5: number is the lower end, high the upper */
    JB_VALUE_SAME,    /* 与上年持平 */
    JB_VALUE_MISSING, /* — - / empty 暂无 */
    JB_VALUE_TEXT     /* 市级下达 */
} jb_value_kind;

/* Every string belongs to the dataset (or to the text) that the value came from, or is static. */
typedef struct jb_value {
    jb_value_kind kind;
    double number;   /* meaningless for MISSING, TEXT; SAME: see resolved */
    double high;     /* RANGE: the upper end; else equal to number */
    int decimals;    /* digits written after the decimal point */
    const char *raw; /* the cell as written, blanks at both ends removed */
    /* Byte range of the digits inside raw (sign, digits, separators, point; of a range, its first number). Length 0
     * when there are none, or none in plain figures: 三点五, 1E+05, 1亿2000万. */
    unsigned digits_at, digits_length;
    const char *unit; /* a unit written behind the number (%, 亿元, 个百分点), or NULL */
    double factor;    /* what 万, 亿 or 成 without a unit multiplied the number by; it is already in number */
    bool resolved;    /* SAME: number is last year's value; else number is the year named (与2019年持平), or 0 */
} jb_value;

/* Loads a table of indicators from a CSV or TSV file (UTF-8, with or without BOM). NULL on failure.
 * The caller frees it with jb_dataset_free. */
JB_API jb_dataset *jb_dataset_load(jb_context *ctx, const char *path);
JB_API void jb_dataset_free(jb_dataset *dataset);
JB_API size_t jb_dataset_rows(const jb_dataset *dataset);
JB_API size_t jb_dataset_columns(const jb_dataset *dataset);
/* Name of a column: the deepest header cell over it, without its unit. */
JB_API const char *jb_dataset_column_name(const jb_dataset *dataset, size_t column);
/* Name of a row's indicator without unit and marks, its unit ("" when none), and its marks. */
JB_API const char *jb_dataset_row_name(const jb_dataset *dataset, size_t row);
JB_API const char *jb_dataset_row_unit(const jb_dataset *dataset, size_t row);
JB_API bool jb_dataset_row_binding(const jb_dataset *dataset, size_t row);
JB_API bool jb_dataset_row_sub(const jb_dataset *dataset, size_t row);
/* The value of a cell; row and column must exist. */
JB_API jb_value jb_dataset_value(const jb_dataset *dataset, size_t row, size_t column);

/* A name and a text, both borrowed. */
typedef struct jb_pair {
    const char *key, *value;
} jb_pair;

/* What to make of a report. Zero every field that is not wanted. */
typedef struct jb_report_request {
    const char *report; /* path of the Markdown file */
    const char *output; /* path of the PDF; NULL puts it beside the report with the suffix .pdf */
    const char *dump;   /* a stage: data document chart lines pages scene structure pdf; goes to dump_to */
    const jb_pair *data; /* datasets that replace or add to those in the report's head: name, path */
    size_t data_count;
    bool readable; /* a PDF without compression or object streams, for the eye and for diff */
} jb_report_request;

/* What to draw as one chart. */
typedef struct jb_chart_request {
    const char *source;   /* SPEC.yaml, REPORT.md#ID, or a data file */
    /* Make the specification of a data file; else each that is not NULL goes before what the specification says. */
    const char *mark;     /* bar, line */
    const char *x, *y;    /* column names; y may list several, parted by commas */
    const char *where;    /* SQL condition over the rows */
    const char *title;
    const char *output;   /* path; the suffix .png .svg .pdf chooses the kind */
    const char *dump;     /* chart or scene, or NULL */
    double width, height; /* pixels of the picture; 0 lets the chart choose */
    /* Pixels per pt. 0 is 2.5; with width and height it is chosen so that the content fills the picture. When it is given
     * with them, or with one of the following, type has the theme's sizes. */
    double scale;
    double width_pt, height_pt; /* the picture in pt, at 300 dpi unless scale says otherwise; height_pt may be 0 */
    const char *format;         /* what it is made for, as ppt-16x9-half (docs/charts.md), or NULL */
    bool transparent;           /* a PNG without ground */
    bool text;                  /* an SVG with text as text, not outlines */
    bool all; /* source is a REPORT.md whose charts are all drawn; output has {id} or {n} in its name. A chart that fails
                 does not stop the others, JB_FAILED tells */
} jb_chart_request;

/* Makes the report. With dump set, the dump is appended to *dump (free it with jb_free) and no file is
 * written. On failure no output file is left and an older one is untouched. */
JB_API jb_status jb_report_render(jb_context *ctx, const jb_report_request *request, char **dump);
/* What to check of a report. */
typedef struct jb_check_request {
    const char *report; /* path of the Markdown file */
    const jb_pair *data; /* as in jb_report_request */
    size_t data_count;
} jb_check_request;

/* Finds everything that may be wrong with a report, and writes nothing: data warnings, look-ups that fail, blocks that
 * cannot be set, missing glyphs, and numbers of the text that disagree with the data (docs/check.md). JB_OK when nothing is
 * found but notes, JB_FAILED when there are warnings or errors, JB_INPUT when the report or a dataset cannot be read. */
JB_API jb_status jb_report_check(jb_context *ctx, const jb_check_request *request);
/* Makes one chart; the same rules. */
JB_API jb_status jb_chart_render(jb_context *ctx, const jb_chart_request *request, char **dump);

/* What to print of a data file. Zero every field that is not wanted; docs/data.md says what each means. */
typedef struct jb_data_request {
    const char *path; /* a file, or "plan.xlsx!2020" with a sheet, "plan.db!plan" with a table */
    const char *sheet, *range, *encoding;
    const char *inside;       /* path inside a JSON document */
    const char *table, *query; /* of an SQLite file */
    const char *columns;      /* names, parted by commas */
    char separator;
    bool pad, skip_hidden;
    bool raw;      /* cells as CSV, nothing interpreted */
    bool describe; /* notes that say what was taken for what */
    int header;
    unsigned skip;
} jb_data_request;

/* Prints what was understood of a data file, one JSON object a row, or with raw its cells; *text is freed with
 * jb_free. */
JB_API jb_status jb_data_print(jb_context *ctx, const jb_data_request *request, char **text);

JB_API void jb_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
