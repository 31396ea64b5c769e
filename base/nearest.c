/* Names that come close to a misspelt one. */
#include "base/context.h"

#include <string.h>

#define LONGEST 128 /* characters compared; longer names are cut */

/* Levenshtein distance in which two neighbours that change places count as one edit (optimal string alignment). */
static unsigned distance(const gunichar *a, unsigned m, const gunichar *b, unsigned n) {
    unsigned rows[3][LONGEST + 1], *two = rows[0], *one = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= n; j++) one[j] = j;
    for (unsigned i = 1; i <= m; i++) {
        row[0] = i;
        for (unsigned j = 1; j <= n; j++) {
            unsigned change = one[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = MIN(change, MIN(one[j], row[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = MIN(row[j], two[j - 2] + 1);
        }
        unsigned *spare = two;
        two = one;
        one = row;
        row = spare;
    }
    return one[n];
}

static unsigned characters(const char *text, gunichar *out) {
    glong count = 0;
    gunichar *all = g_utf8_to_ucs4_fast(text, -1, &count);
    unsigned n = (unsigned)MIN(count, LONGEST);
    memcpy(out, all, n * sizeof *out);
    g_free(all);
    return n;
}

const char *jb_nearest(const char *name, const char *const *candidates, size_t count) {
    gunichar a[LONGEST], b[LONGEST];
    unsigned m = characters(name, a), best = LONGEST;
    const char *nearest = NULL;
    if (!m) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (!candidates[i] || !*candidates[i]) continue;
        unsigned n = characters(candidates[i], b), d = distance(a, m, b, n);
        bool inside = m >= 2 && n >= 2 && (strstr(candidates[i], name) || strstr(name, candidates[i]));
        if ((inside || d * 3 <= MAX(m, n)) && d < best) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}

void jb_suggest(GString *out, const char *name, const char *const *candidates, size_t count) {
    const char *nearest = jb_nearest(name, candidates, count);
    if (nearest) {
        g_string_append_printf(out, "; did you mean “%s”?", nearest);
        return;
    }
    for (size_t i = 0; i < count && i < 12; i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "; there are: ", candidates[i]);
    if (count > 12) g_string_append(out, ", …");
}
