/* Which encoding a text has, and its way to UTF-8. */
#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>
#include "base/file.h"
#include "base/limits.h"

#define SAMPLE_BYTES ((size_t)1 << 20) /* looked at to tell an encoding */
#define LONGEST_NAME 40

/* ---- names ---- */

/* What people write, without - _ and case; what iconv is asked for; what we call it. As browsers do
 * (encoding.spec.whatwg.org), the larger set is taken for all that are parts of it. */
typedef struct known {
    const char *key, *iconv, *name;
} known;

static const known names[] = {
    {"utf8", "UTF-8", "UTF-8"},          {"gb18030", "GB18030", "GB18030"},   {"gbk", "GB18030", "GB18030"},
    {"gb2312", "GB18030", "GB18030"},    {"cp936", "GB18030", "GB18030"},     {"euccn", "GB18030", "GB18030"},
    {"big5", "BIG5-HKSCS", "Big5"},      {"big5hkscs", "BIG5-HKSCS", "Big5"}, {"cp950", "BIG5-HKSCS", "Big5"},
    {"utf16le", "UTF-16LE", "UTF-16LE"}, {"utf16be", "UTF-16BE", "UTF-16BE"}, {"utf16", "UTF-16", "UTF-16"},
};

static const known *find_known(const char *encoding) {
    char key[LONGEST_NAME + 1];
    size_t n = 0;
    for (const char *p = encoding; *p && n < LONGEST_NAME; p++)
        if (*p != '-' && *p != '_') key[n++] = g_ascii_tolower(*p);
    key[n] = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (!strcmp(names[i].key, key)) return &names[i];
    return NULL;
}

/* A name for iconv; NULL when it has none like it. “//TRANSLIT” and the like are no part of a name. */
static const char *iconv_name(const char *encoding) {
    const known *k = find_known(encoding);
    if (k) return k->iconv;
    if (!*encoding || strlen(encoding) > LONGEST_NAME) return NULL;
    for (const char *p = encoding; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("-_.:", *p)) return NULL;
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) return NULL;
    iconv_close(converter);
    return encoding;
}

jb_status jb_encoding_check(jb_context *ctx, const char *encoding, jb_pos pos) {
    static const char *const usual[] = {"UTF-8",     "GB18030", "GBK",      "GB2312",
                                        "Big5",      "UTF-16",  "UTF-16LE", "UTF-16BE",
                                        "Shift_JIS", "EUC-JP",  "EUC-KR",   "windows-1252"};
    if (iconv_name(encoding)) return JB_OK;
    GString *hint = g_string_new(NULL);
    jb_suggest(hint, encoding, usual, G_N_ELEMENTS(usual));
    jb_status status = jb_fail(ctx, pos, "unknown encoding “%s”%s", encoding, hint->str);
    g_string_free(hint, TRUE);
    return status;
}

/* ---- byte order marks ---- */

typedef struct mark {
    const char *bytes;
    size_t size;
    const char *encoding;
} mark;

/* Longer ones first: that of UTF-32 begins with that of UTF-16. */
static const mark marks[] = {{"\xFF\xFE\0\0", 4, "UTF-32LE"},    {"\0\0\xFE\xFF", 4, "UTF-32BE"},
                             {"\x84\x31\x95\x33", 4, "GB18030"}, {"\xEF\xBB\xBF", 3, "UTF-8"},
                             {"\xFF\xFE", 2, "UTF-16LE"},        {"\xFE\xFF", 2, "UTF-16BE"}};

static const mark *find_mark(const char *text, size_t length) {
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (length >= marks[i].size && !memcmp(text, marks[i].bytes, marks[i].size)) return &marks[i];
    return NULL;
}

/* ---- what the bytes are ---- */

/* Characters that Chinese and English tables are made of. */
static bool is_usual(unsigned unit) {
    return (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\n' || unit == '\r' ||
           (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0x3000 && unit < 0x3040) ||
           (unit >= 0xFF00 && unit < 0xFFF0) || (unit >= 0x2010 && unit < 0x2600);
}

/* How many of the 16-bit units are usual characters; 0 when one cannot stand in a text, or none is ASCII. */
static size_t count_usual(const unsigned char *p, size_t length, bool big) {
    size_t usual = 0, ascii = 0;
    for (size_t i = 0; i + 1 < length; i += 2) {
        unsigned unit = big ? p[i] * 256u + p[i + 1] : p[i + 1] * 256u + p[i];
        if (unit >= 0xFFFE || (unit < 0x20 && !is_usual(unit))) return 0;
        ascii += unit < 0x80;
        usual += is_usual(unit);
    }
    return ascii ? usual : 0;
}

/* UTF-16 without a mark: nine of ten characters are usual in one order of bytes, fewer in the other. */
static const char *guess_utf16(const char *text, size_t length) {
    const unsigned char *p = (const unsigned char *)text;
    size_t sample = MIN(length, SAMPLE_BYTES), units = sample / 2;
    if (length % 2 || !units) return NULL;
    size_t little = count_usual(p, sample, false), big = count_usual(p, sample, true);
    if (MAX(little, big) * 10 < units * 9 || little == big) return NULL;
    return little > big ? "UTF-16LE" : "UTF-16BE";
}

/* Many sequences of UTF-8 and few bytes that are none: damaged, not of another encoding. Sequences of three
 * bytes are counted, since those of two are frequent in GB18030 by chance. */
static bool is_damaged_utf8(const char *text, size_t length) {
    size_t good = 0, bad = 0;
    length = MIN(length, SAMPLE_BYTES);
    for (size_t at = 0; at < length;) {
        size_t end = at + jb_utf8_find_bad(text + at, length - at);
        for (; at < end; at++) good += ((unsigned char)text[at] & 0xF0) == 0xE0;
        for (; at < length && (unsigned char)text[at] >= 0x80 && !jb_utf8_find_bad(text + at, length - at);
             at++)
            bad++;
        if (at == end) break; /* NUL */
    }
    return good > bad * 2;
}

#define EVERYDAY 20 /* weight of a character in everyday use */
#define LEAST 4     /* mean weight of what can be Chinese at all */

/* How likely the characters beyond ASCII are Chinese text of a double-byte encoding: the sum of their
 * weights. */
typedef struct census {
    bool valid;
    size_t characters, weight;
} census;

/* The bytes of the character at `p`, 0 when it is none. */
typedef size_t size_of_character(const unsigned char *p, size_t left, unsigned *weight);

/* GB 2312 level 1 and its punctuation are what nearly all text consists of; then level 2, then what GBK
 * added. A second byte that is a letter in ASCII is also what follows “ü” in Latin 1. */
static size_t gb_size(const unsigned char *p, size_t left, unsigned *weight) {
    unsigned char a = p[0], b = left > 1 ? p[1] : 0;
    if (a < 0x81 || a == 0xFF) return 0;
    if (b >= 0x30 && b <= 0x39) {
        *weight = EVERYDAY / 2;
        return left >= 4 && p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39 ? 4 : 0;
    }
    if (b >= 0xA1 && ((a >= 0xB0 && a <= 0xD7) || (a >= 0xA1 && a <= 0xA3)))
        *weight = EVERYDAY;
    else if (b >= 0xA1 && a >= 0xD8 && a <= 0xF7)
        *weight = EVERYDAY / 2;
    else if (b >= 0xA1 && a >= 0xAA) /* left to users */
        *weight = 0;
    else
        *weight = g_ascii_isalpha(b) ? EVERYDAY / 10 : EVERYDAY / 4;
    return b >= 0x40 && b != 0x7F && b != 0xFF ? 2 : 0;
}

/* The frequently used characters of Big5 (A440 to C67E) and its punctuation, the others, extensions. */
static size_t big5_size(const unsigned char *p, size_t left, unsigned *weight) {
    unsigned char a = p[0], b = left > 1 ? p[1] : 0;
    *weight = a >= 0xA1 && a <= 0xC6 ? EVERYDAY : a >= 0xC9 && a <= 0xF9 ? EVERYDAY * 2 / 5 : 0;
    return a >= 0x81 && a != 0xFF && ((b >= 0x40 && b <= 0x7E) || (b >= 0xA1 && b <= 0xFE)) ? 2 : 0;
}

/* A character between two letters, as in “Größe”, is no Chinese. */
static bool is_inside_word(const unsigned char *p, size_t at, size_t size, size_t length) {
    return at > 0 && g_ascii_isalpha(p[at - 1]) && at + size < length && g_ascii_isalpha(p[at + size]);
}

static census take_census(const char *text, size_t length, size_of_character *size_of) {
    const unsigned char *p = (const unsigned char *)text;
    size_t sample = MIN(length, SAMPLE_BYTES);
    census c = {true, 0, 0};
    for (size_t at = 0; at < sample;) {
        unsigned weight = 0;
        size_t size = p[at] < 0x80 ? 1 : size_of(p + at, length - at, &weight);
        if (!size) return (census){0};
        c.characters += p[at] >= 0x80;
        c.weight += is_inside_word(p, at, size, length) ? 0 : weight;
        at += size;
    }
    return c;
}

/* GB18030 is the likelier where both fit. */
static const char *guess_chinese(const char *text, size_t length) {
    census gb = take_census(text, length, gb_size), big5 = take_census(text, length, big5_size);
    if (gb.valid && gb.weight >= gb.characters * LEAST && (!big5.valid || gb.weight * 4 >= big5.weight * 3))
        return "GB18030";
    return big5.valid && big5.weight >= big5.characters * LEAST ? "Big5" : NULL;
}

/* What uchardet thinks, when iconv knows it; interned. */
static const char *guess_other(jb_context *ctx, const char *text, size_t length) {
    uchardet_t detector = uchardet_new();
    const char *guess = NULL;
    if (uchardet_handle_data(detector, text, MIN(length, SAMPLE_BYTES)) == 0) {
        uchardet_data_end(detector);
        guess = uchardet_get_charset(detector);
        guess = guess && iconv_name(guess) && strcmp(guess, "UTF-8") != 0 ? jb_intern(ctx, guess) : NULL;
    }
    uchardet_delete(detector);
    return guess;
}

/* ---- conversion ---- */

typedef struct decoder {
    jb_context *ctx;
    const char *name, *encoding; /* file, what the encoding is called */
    char *out;
    size_t length, room;
} decoder;

static jb_status refuse_bytes(const decoder *d, const char *in, size_t left) {
    jb_pos pos = jb_pos_at(d->name, d->out, d->length);
    if (left < 4 && errno == EINVAL)
        return jb_fail(d->ctx, pos, "the file ends inside a character of %s", d->encoding);
    return jb_fail(d->ctx, pos, "not %s: byte 0x%02X cannot stand here; “encoding” says what the file is",
                   d->encoding, (unsigned char)*in);
}

static jb_status convert(decoder *d, iconv_t converter, char *in, size_t left) {
    for (;;) {
        char *out = d->out + d->length;
        size_t room = d->room - d->length - 1;
        size_t result = iconv(converter, left ? &in : NULL, left ? &left : NULL, &out, &room);
        d->length = (size_t)(out - d->out);
        if (result == (size_t)-1 && errno != E2BIG) return refuse_bytes(d, in, left);
        if (result != (size_t)-1 && !left) return JB_OK;
        if (result != (size_t)-1) continue;
        if (d->room > JB_LIMIT_FILE_BYTES)
            return jb_fail(d->ctx, jb_pos_file(d->name), "the text is longer than the limit of %zu bytes",
                           JB_LIMIT_FILE_BYTES);
        d->room += d->room / 2;
        d->out = g_realloc(d->out, d->room);
    }
}

static jb_status check_text(const decoder *d) {
    size_t bad = jb_utf8_find_bad(d->out, d->length);
    if (bad == d->length) return JB_OK;
    return jb_fail(d->ctx, jb_pos_at(d->name, d->out, bad),
                   "this is no text: it has a NUL character (read as %s)", d->encoding);
}

/* Replaces *text, without its first `skip` bytes, by its conversion. */
static jb_status recode(jb_context *ctx, const char *name, const char *encoding, size_t skip, char **text,
                        size_t *length) {
    const known *k = find_known(encoding);
    decoder d = {.ctx = ctx, .name = name, .encoding = encoding, .room = *length + *length / 2 + 64};
    iconv_t converter = iconv_open("UTF-8", k ? k->iconv : encoding);
    if (converter == (iconv_t)-1)
        return jb_fail(ctx, jb_pos_file(name), "texts in %s cannot be read here", encoding);
    d.out = g_malloc(d.room);
    jb_status status = convert(&d, converter, *text + skip, *length - skip);
    iconv_close(converter);
    if (status == JB_OK) status = check_text(&d);
    d.out[d.length] = 0;
    g_free(*text);
    *text = d.out;
    *length = d.length;
    return status;
}

/* UTF-8 stays where it is. */
static jb_status take_utf8(jb_context *ctx, const char *name, size_t skip, char *text, size_t *length) {
    if (skip) memmove(text, text + skip, (*length -= skip) + 1);
    size_t bad = jb_utf8_find_bad(text, *length);
    if (bad == *length) return JB_OK;
    jb_pos pos = jb_pos_at(name, text, bad);
    if (!text[bad]) return jb_fail(ctx, pos, "this is no text: it has a NUL byte");
    return jb_fail(ctx, pos, "not UTF-8: byte 0x%02X cannot stand here", (unsigned char)text[bad]);
}

/* For a text that has no mark and is not UTF-8 from `bad` on. NULL after an error. */
static const char *guess(jb_context *ctx, const char *name, const char *text, size_t length, size_t bad) {
    const char *nul = memchr(text, 0, length), *encoding = NULL;
    if (nul) {
        encoding = guess_utf16(text, length);
        if (!encoding)
            jb_fail(ctx, jb_pos_at(name, text, (size_t)(nul - text)), "this is no text: it has a NUL byte");
        return encoding;
    }
    if (!is_damaged_utf8(text, length)) {
        encoding = guess_chinese(text, length);
        if (encoding) return encoding;
        encoding = guess_other(ctx, text, length);
    }
    if (encoding)
        jb_diag(ctx, JB_NOTE, jb_pos_file(name),
                "read as %s, which is a guess; “encoding” says it for certain", encoding);
    else
        jb_fail(ctx, jb_pos_at(name, text, bad),
                "not UTF-8: byte 0x%02X cannot stand here; “encoding” says what the file is",
                (unsigned char)text[bad]);
    return encoding;
}

/* What was said, unless a mark says it better. */
static const char *choose_said(jb_context *ctx, const char *name, const char *said, const mark *m,
                               const char *text, size_t length) {
    const known *k = find_known(said);
    const char *encoding = k ? k->name : jb_intern(ctx, said);
    bool utf16 = !strcmp(encoding, "UTF-16");
    if (m && !utf16 && strcmp(m->encoding, encoding) != 0)
        jb_diag(ctx, JB_WARNING, jb_pos_file(name), "the file is %s, as its byte order mark says, not %s",
                m->encoding, said);
    if (m) return m->encoding;
    if (!utf16) return encoding;
    encoding = guess_utf16(text, length);
    return encoding ? encoding : "UTF-16LE";
}

jb_status jb_encoding_decode(jb_context *ctx, const char *name, const char *encoding, jb_pos pos, char **text,
                             size_t *length, const char **found) {
    const mark *m = find_mark(*text, *length);
    size_t skip = m ? m->size : 0, bad = 0;
    bool known_good = false;
    jb_status status = encoding ? jb_encoding_check(ctx, encoding, pos) : JB_OK;
    *found = m ? m->encoding : NULL;
    if (status == JB_OK && encoding) {
        *found = choose_said(ctx, name, encoding, m, *text, *length);
    } else if (status == JB_OK && !m) {
        known_good = (bad = jb_utf8_find_bad(*text, *length)) == *length;
        *found = known_good ? "UTF-8" : guess(ctx, name, *text, *length, bad);
        if (!*found) status = JB_INPUT;
    }
    if (status == JB_OK && strcmp(*found, "UTF-8") != 0)
        status = recode(ctx, name, *found, skip, text, length);
    else if (status == JB_OK && !known_good)
        status = take_utf8(ctx, name, skip, *text, length);
    if (status != JB_OK) g_clear_pointer(text, g_free);
    return status;
}
