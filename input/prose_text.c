/* Text as it is compared, with the way back to where it stands. */
#include "input/prose_parts.h"

#include <string.h>
#include "base/text.h"

void jb_plain_init(jb_plain *plain) {
    *plain = (jb_plain){.text = g_string_new(NULL),
                        .from = g_array_new(FALSE, FALSE, sizeof(guint32)),
                        .starts = g_array_new(FALSE, FALSE, sizeof(guint32))};
}

void jb_plain_clear(jb_plain *plain) {
    g_string_free(plain->text, TRUE);
    g_array_free(plain->from, TRUE);
    g_array_free(plain->starts, TRUE);
}

static void put(jb_plain *plain, const char *text, size_t length, guint32 from) {
    g_string_append_len(plain->text, text, (gssize)length);
    for (size_t i = 0; i < length; i++) g_array_append_val(plain->from, from);
}

/* Letters, digits and the signs of numbers lose their width; capitals stand for both cases. */
static gunichar fold(gunichar c) {
    if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A))
        c -= 0xFEE0;
    if (c >= 'a' && c <= 'z') return c - 32;
    switch (c) {
    case 0xFF05: return '%';
    case 0xFF0B: return '+';
    case 0xFF0D:
    case 0x2212: return '-';
    case 0xFF0E: return '.';
    case 0xFF5E: return '~';
    default: return c;
    }
}

static bool sticks(gunichar c) { return c < 128 && (g_ascii_isalnum((char)c) || c == '.'); }

/* Appends characters of one text; `*count` counts them over all texts, `*last` is the character before, and
 * `*blank` tells that blanks stood between. A blank stays between ASCII letters and digits only. */
static void append(jb_plain *plain, const char *text, guint32 *count, gunichar *last, bool *blank) {
    for (; *text; text = g_utf8_next_char(text), ++*count) {
        gunichar c = fold(g_utf8_get_char(text));
        char bytes[6];
        if (jb_is_blank(c) || c == 0x200B) {
            *blank = true;
            continue;
        }
        if (*blank && sticks(c) && sticks(*last)) put(plain, " ", 1, *count);
        put(plain, bytes, (size_t)g_unichar_to_utf8(c, bytes), *count);
        *last = c;
        *blank = false;
    }
}

/* Writes what has several names one way. */
static void unify(jb_plain *plain, const jb_trie *aliases) {
    GString *old = plain->text;
    GArray *from = plain->from;
    plain->text = g_string_sized_new(old->len + 16);
    plain->from = g_array_sized_new(FALSE, FALSE, sizeof(guint32), old->len + 16);
    for (size_t i = 0, length = 0; i < old->len; i += length) {
        guint32 source = g_array_index(from, guint32, i);
        int alias = jb_trie_match(aliases, old->str + i, &length);
        if (alias >= 0) {
            put(plain, jb_aliases[alias][1], strlen(jb_aliases[alias][1]), source);
            length += old->str[i + length] == ' '; /* it stood between letters that are Chinese now */
            continue;
        }
        length = (size_t)(g_utf8_next_char(old->str + i) - (old->str + i));
        put(plain, old->str + i, length, source);
    }
    g_string_free(old, TRUE);
    g_array_free(from, TRUE);
}

static void empty(jb_plain *plain, const jb_inlines *inlines) {
    g_string_truncate(plain->text, 0);
    g_array_set_size(plain->from, 0);
    g_array_set_size(plain->starts, 0);
    plain->inlines = inlines;
}

void jb_plain_name(jb_plain *plain, const jb_trie *aliases, const char *text) {
    guint32 count = 0;
    gunichar last = 0;
    bool blank = false;
    empty(plain, NULL);
    append(plain, text, &count, &last, &blank);
    unify(plain, aliases);
}

void jb_plain_inlines(jb_plain *plain, const jb_trie *aliases, const jb_inlines *inlines) {
    guint32 count = 0;
    gunichar last = 0;
    bool blank = false;
    empty(plain, inlines);
    for (unsigned i = 0; i < inlines->count; i++) {
        const jb_inline *item = &inlines->items[i];
        g_array_append_val(plain->starts, count);
        if (item->kind == JB_INLINE_TEXT)
            append(plain, item->text, &count, &last, &blank);
        else if (item->kind == JB_INLINE_LOOKUP) /* it failed: something unknown stands here */
            append(plain, "\xEF\xBF\xBC", &count, &last, &blank);
        else
            append(plain, " ", &count, &last, &blank);
    }
    unify(plain, aliases);
}

jb_pos jb_plain_pos(const jb_plain *plain, size_t offset) {
    if (!plain->inlines || !plain->starts->len || !plain->from->len) return (jb_pos){0};
    guint32 character = g_array_index(plain->from, guint32, MIN(offset, plain->from->len - 1));
    guint low = 0, high = plain->starts->len;
    while (high - low > 1) {
        guint middle = (low + high) / 2;
        if (g_array_index(plain->starts, guint32, middle) <= character)
            low = middle;
        else
            high = middle;
    }
    jb_pos pos = plain->inlines->items[low].pos;
    if (pos.column > 0) pos.column += (int)(character - g_array_index(plain->starts, guint32, low));
    return pos;
}
