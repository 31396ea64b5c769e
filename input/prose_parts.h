/* What the files that read running text against the data share. Nothing outside input/prose*.c includes this.
 *
 * "Plain text" is text as it is compared: blanks taken out, full-width letters and digits made ASCII, small
 * letters made capital, and each name in the table of aliases written one way. Offsets are bytes of it.
 */
#ifndef JB_INPUT_PROSE_PARTS_H
#define JB_INPUT_PROSE_PARTS_H

#include "input/prose.h"
#include "input/unit.h"

/* ---- prose_trie.c: many words at once, the longest that fits; time in step with the text ---- */

typedef struct jb_trie jb_trie;
jb_trie *jb_trie_new(void);
void jb_trie_free(jb_trie *trie);
/* Adds a word, or gives it another value (0 or more). */
void jb_trie_add(jb_trie *trie, const char *word, int value);
/* The value of the longest word that `text` begins with and its length in bytes, or -1. */
int jb_trie_match(const jb_trie *trie, const char *text, size_t *length);

/* ---- prose_words.c: the words, as data ---- */

typedef enum jb_word_class {
    JB_WORD_PLAIN,    /* may stand between a name and its number and says nothing: 达到 */
    JB_WORD_SOFT,     /* speaks of results when nothing else is said: 达到 */
    JB_WORD_ACTUAL,   /* speaks of results: 完成 */
    JB_WORD_PLAN,     /* speaks of what is to be: 力争 */
    JB_WORD_GOAL,     /* names a target: 年初目标 */
    JB_WORD_UP,       /* 增长 */
    JB_WORD_DOWN,     /* 下降 */
    JB_WORD_RATE,     /* a rate as a noun behind a name: 增速 */
    JB_WORD_RATE_OFF, /* the same downwards: 降幅 */
    JB_WORD_APPROX,   /* 约 */
    JB_WORD_NEAR,     /* 近: not quite */
    JB_WORD_UPPER,    /* 不超过 */
    JB_WORD_LOWER,    /* 超过 */
    JB_WORD_TO,       /* 提高到: what follows is the value, not the change */
    JB_WORD_FROM,     /* 由 */
    JB_WORD_AGAINST,  /* 比上年 */
    JB_WORD_AGO,      /* 上年, where it says when */
    JB_WORD_EACH,     /* 分别 */
    JB_WORD_YEAR,     /* 全年 */
    JB_WORD_PART,     /* a part of a year: 上半年 */
    JB_WORD_SCOPE,    /* 全市; the kind of place is its last character */
    JB_WORD_OBJECT,   /* a verb whose object is counted: 新增 … 家 */
    JB_WORD_AMONG,    /* 其中 */
    JB_WORD_JOIN      /* 和 */
} jb_word_class;

typedef struct jb_word {
    const char *text;
    jb_word_class class;
} jb_word;

extern const jb_word jb_words[];
extern const unsigned jb_word_count;
/* Pairs: what is written, what it is taken for. Both are plain. */
extern const char *const jb_aliases[][2];
extern const unsigned jb_alias_count;
/* Endings of names that prose leaves out or adds at will: 总额. Longer ones first. NULL ends the list. */
extern const char *const jb_loose_endings[];
/* Words for those who are not the whole: 企业. NULL ends the list. */
extern const char *const jb_part_words[];

/* ---- prose_text.c ---- */

typedef struct jb_plain {
    GString *text;
    GArray *from;              /* guint32 for each byte: character of the inlines it comes from */
    const jb_inlines *inlines; /* NULL for names */
    GArray *starts;            /* guint32: first character of each inline */
} jb_plain;

void jb_plain_init(jb_plain *plain);
void jb_plain_clear(jb_plain *plain);
void jb_plain_name(jb_plain *plain, const jb_trie *aliases, const char *text);
void jb_plain_inlines(jb_plain *plain, const jb_trie *aliases, const jb_inlines *inlines);
jb_pos jb_plain_pos(const jb_plain *plain, size_t offset);

/* ---- prose_unit.c, prose_number.c ---- */

/* A unit of measure as prose is compared: percentage points are percent that are marked, and percent have the
 * factor 1. */
typedef struct jb_measure_unit {
    jb_unit unit;
    double factor; /* to the dimension's base unit, to percent for rates */
    bool points;   /* percentage points: a difference, never a level */
} jb_measure_unit;

#define JB_NO_UNIT ((jb_measure_unit){.unit = {.scale = 1, .text = ""}, .factor = 1})

/* Reads the unit at the start of a plain text; returns the bytes it takes, 0 when there is none. */
size_t jb_measure_unit_take(const char *text, jb_measure_unit *unit);
/* A whole text as unit; one that is not known can be compared with nothing. */
jb_measure_unit jb_measure_unit_read(const char *text);
/* Whether numbers of both can be compared. A divisor that only one of them says (万元/人, 万元) is left out
 * in prose. */
bool jb_measure_unit_same(const jb_measure_unit *a, const jb_measure_unit *b);
bool jb_measure_unit_is_rate(const jb_measure_unit *unit); /* percent or points */
bool jb_measure_unit_counts(const jb_measure_unit *unit);  /* 家, 户, 个, …: things that are counted */

typedef struct jb_figure {
    jb_value_kind kind; /* NUMBER, APPROX, UPPER, LOWER or RANGE */
    bool near;          /* APPROX from below */
    double low, high;   /* as written, without the unit's factor; equal unless RANGE */
    double step;        /* one unit of the last digit written */
    double round;       /* the same without the zeros at the end: 430 has 10 */
    jb_measure_unit unit;
    size_t start, length; /* with the unit and words behind */
} jb_figure;

/* Reads a number with unit and qualifiers behind it at an offset. `kind` is what stood before it. False when
 * none stands there, or when it is a date, a fraction, or belongs to a word that is not known. */
bool jb_figure_read(const char *text, size_t at, jb_word_class before, jb_figure *figure);
/* A year “2020 年” at the text's start: its bytes, or 0. */
size_t jb_year_take(const char *text, int *year);

/* ---- prose_facts.c: what the data say ---- */

typedef enum jb_fact_kind {
    JB_FACT_LEVEL,
    JB_FACT_GROWTH, /* …增速: percent */
    JB_FACT_FALL,   /* …降低: percent downwards */
    JB_FACT_RISE    /* …比上年提高: points */
} jb_fact_kind;

typedef enum jb_scenario { JB_ANY, JB_ACTUAL, JB_PLAN, JB_FORECAST } jb_scenario;

/* A number of the data, with the room its own rounding leaves; in the dimension's first unit. */
typedef struct jb_given {
    jb_value_kind kind;
    bool known; /* false: text, missing, 与上年持平 that is not resolved */
    double low, high, step;
} jb_given;

typedef struct jb_fact {
    int next;         /* the next of the same indicator, or -1 */
    unsigned dataset; /* index in prose->sets */
    unsigned row, column;
    int year; /* 0: not said */
    jb_scenario scenario;
    jb_fact_kind kind;
    jb_measure_unit unit;
    jb_given given;
} jb_fact;

enum { JB_MOST_ALIKE = 64 }; /* facts of one indicator */

typedef struct jb_indicator {
    char *name; /* plain, without loose ending and kind */
    const char *written;
    int first;      /* fact */
    unsigned count; /* of facts; those behind JB_MOST_ALIKE are not kept, and then nothing is compared */
} jb_indicator;

/* How many rows have a verdict; the word belongs to the dataset. */
typedef struct jb_verdict_count {
    const char *word;
    unsigned count;
} jb_verdict_count;

/* Places of a table that stands in the text: of the cells as they were put into the grid. */
typedef struct jb_prose_set {
    const jb_dataset *data;
    jb_dataset *own; /* the same, when it is ours to free */
    jb_pos *places;  /* rows x columns; NULL: the dataset knows */
    unsigned columns;
    int year;               /* from caption or titles; 0 when none or several */
    int latest;             /* the last year of its columns, which it is about */
    unsigned rows, binding; /* without sub-indicators and totals */
    GArray *verdicts;       /* jb_verdict_count */
} jb_prose_set;

struct jb_prose {
    jb_context *ctx;
    GArray *sets;       /* jb_prose_set */
    GArray *facts;      /* jb_fact */
    GArray *indicators; /* jb_indicator */
    jb_trie *aliases, *words, *before, *names;
    bool full;        /* JB_LIMIT_PROSE_FACTS was hit and told */
    gunichar scope;   /* 区 when the report speaks of 我区; 0 when it does not say */
    GArray *compared; /* jb_pos of the numbers for which the data have something */
};

jb_pos jb_fact_pos(const jb_prose *prose, const jb_fact *fact);
jb_value jb_fact_value(const jb_prose *prose, const jb_fact *fact);
void jb_prose_set_add(jb_prose *prose, const jb_prose_set *set);
/* The one year that a text names, or 0. */
int jb_year_of(const char *text);

/* ---- prose_counts.c: numbers of indicators ---- */

void jb_prose_set_count(jb_prose_set *set);

/* A number with 项 or 个 behind it. */
typedef struct jb_count_place {
    size_t clause, start, behind; /* where its clause begins, where it stands, and what follows the unit */
    long number;
    int year;     /* that the text speaks of, or 0 */
    bool planned; /* the sentence speaks of a plan */
} jb_count_place;

/* Warns when the text counts indicators otherwise than the data. */
void jb_prose_count(const jb_prose *prose, const jb_plain *plain, const jb_count_place *place);

/* ---- prose_compare.c ---- */

typedef enum jb_claim_kind {
    JB_CLAIM_LEVEL,
    JB_CLAIM_CHANGE, /* 增长 3.9%, 提高 0.5 个百分点, 增加 10 亿元 */
    JB_CLAIM_OVER,   /* 超过年初目标 77.7 亿元 */
    JB_CLAIM_RATE    /* 为目标的 122% */
} jb_claim_kind;

/* What the text says of an indicator. */
typedef struct jb_claim {
    int indicator;
    jb_claim_kind kind;
    int sign;       /* CHANGE and OVER: -1 is down */
    bool reached;   /* LEVEL, said with 提高到 or the like: of what is given as growth the rate is meant */
    bool of_growth; /* a change of a rate of growth: 增速回落 2 个百分点 */
    bool against;   /* compared with last year: 比上年, 同比 */
    int year;       /* 0: not said */
    bool year_clear;      /* said in this sentence, not only in the paragraph or heading */
    bool year_headed;     /* the heading over it says so, and the paragraph nothing else */
    jb_scenario scenario; /* ANY, ACTUAL, or PLAN for whatever is to be */
    jb_figure figure;
    jb_pos pos;       /* of the number */
    const char *text; /* the plain text it stands in, for the message */
    size_t name;      /* where the indicator's name stands there */
} jb_claim;

/* Warns when no value that may be meant agrees. */
void jb_claim_check(const jb_prose *prose, const jb_claim *claim);
/* Warns where two datasets give one indicator different results for the same year. */
void jb_prose_compare_sets(const jb_prose *prose);

/* ---- prose_saying.c: from a name to its number ---- */

/* What is said between a name and its number, and the number. */
typedef struct jb_saying {
    size_t p; /* where it begins; then behind the number */
    jb_claim_kind kind;
    jb_word_class before; /* what qualifies the number */
    int sign, year;
    bool noun;      /* 增速 */
    bool of_growth; /* 增速回落 */
    bool reached;   /* 提高到 */
    bool against;   /* 比上年 */
    bool each;      /* 分别 */
    bool ago;       /* 上年 */
    bool plan, goal, actual;
    bool whole_year; /* 全年 */
    jb_figure figure;
} jb_saying;

/* Reads on from saying->p. False when an unknown word stands before the number, or no number. */
bool jb_saying_read(const jb_prose *prose, const char *text, jb_saying *saying);
/* The longest word that stands at an offset, or NULL. */
const jb_word *jb_word_at(const jb_prose *prose, const char *text, size_t at, size_t *length);
/* Whether a word such as 全市 is the place that the report speaks of. */
bool jb_scope_is_own(const jb_prose *prose, const char *word);
/* The length of the first of the strings (NULL ends them) that `text` begins with, or 0. */
size_t jb_take_any(const char *text, const char *const *strings);

/* ---- prose_scan.c ---- */

/* Reads one text; `year` is what headings say, 0 when they do not. */
void jb_prose_scan(const jb_prose *prose, const jb_plain *plain, int year);

/* ---- prose_table.c ---- */

void jb_prose_add_table(jb_prose *prose, const jb_document *document, const jb_text_table *table,
                        unsigned number);

#endif
