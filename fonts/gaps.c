/* Gaps between characters: squeezed marks, the Han-Latin gap, and what each gap can give or take.
 * Orders of squeezing and stretching: CLREQ 3.6.3, 3.6.4; widths: GB/T 15834-2011 5.1, CLREQ 3.1.6. */
#include "fonts/lines.h"

enum { SQUEEZE_BLANK, SQUEEZE_MIDDLE, SQUEEZE_BRACKET, SQUEEZE_PAUSE, SQUEEZE_HAN_LATIN, SQUEEZE_STOP };
enum { STRETCH_BLANK, STRETCH_HAN_LATIN, STRETCH_HAN };

#define HALF 0.5
#define QUARTER 0.25

static bool is_mark(const jb_atom *a) { return jb_atom_is_closing(a) || a->class == JB_CLASS_OPEN; }

/* Two marks side by side, 2 em wide, become 1.5: the blank half between them goes once. */
static bool marks_meet(const jb_atom *a, const jb_atom *b) {
    return a->full && b->full && is_mark(a) && is_mark(b) &&
           (jb_atom_is_closing(a) || b->class == JB_CLASS_OPEN);
}

static bool han_like(const jb_atom *a) { return a->class == JB_CLASS_HAN; }

static bool latin_word(const jb_atom *a, gunichar c) {
    return a->class == JB_CLASS_LATIN &&
           (g_unichar_isalnum(c) || (c < 128 && g_ascii_ispunct((char)c)) || c > 0x2000);
}

/* Signs that stand close to the Han character behind them, or before them (CLREQ 3.1.6: none inside
 * brackets). */
static bool clings_behind(gunichar c) {
    return c == '(' || c == '[' || c == '{' || c == '#' || c == '/' || c == '*';
}
static bool clings_before(gunichar c) {
    return c == ')' || c == ']' || c == '}' || c == '*' || c == '/' || c == ',' || c == ';';
}

/* Han beside Latin letters, digits and their signs, in either order. */
static bool needs_gap(const jb_atom *a, const jb_atom *b) {
    if (han_like(a)) return latin_word(b, b->first) && !clings_before(b->first);
    return han_like(b) && latin_word(a, a->last) && !clings_behind(a->last);
}

static void set_pause(jb_atom *a, double em) {
    if (!a->full) return;
    if (a->class == JB_CLASS_CLOSE) a->shrink[SQUEEZE_BRACKET] = HALF * em;
    if (a->class == JB_CLASS_PAUSE) a->shrink[SQUEEZE_PAUSE] = HALF * em;
    if (a->class == JB_CLASS_STOP) a->shrink[SQUEEZE_STOP] = HALF * em;
    if (a->class == JB_CLASS_MIDDLE) a->shrink[SQUEEZE_MIDDLE] = QUARTER * em;
}

/* A blank between Han and Latin is the quarter-em gap; beside a full-width mark it has no width. */
static void set_blank(jb_atom *blank, const jb_atom *before, const jb_atom *after) {
    double em = blank->em, width = blank->advance;
    bool latin = before->class == JB_CLASS_LATIN && after->class == JB_CLASS_LATIN;
    bool marks = (before->full && is_mark(before)) || (after->full && is_mark(after)) ||
                 before->class == JB_CLASS_DASH || after->class == JB_CLASS_DASH;
    double wanted = marks ? 0 : latin ? width : QUARTER * em;
    blank->gap = wanted - width;
    if (marks) return;
    if (latin) {
        blank->shrink[SQUEEZE_BLANK] = MAX(0, wanted - QUARTER * em);
        blank->stretch[STRETCH_BLANK] = MAX(0, HALF * em - wanted);
    } else {
        blank->shrink[SQUEEZE_HAN_LATIN] = em / 8;
        blank->stretch[STRETCH_HAN_LATIN] = QUARTER * em;
    }
}

static bool joins(gunichar c) { return c == '/' || c == '~' || c == 0xFF0F || c == 0xFF5E || c == 0x2013; }

/* Gaps inside unbreakable marks and words, and around connectors and solidi, do not stretch (CLREQ 3.6.4). */
static bool stretches(const jb_atom *a, const jb_atom *b) {
    if (joins(a->last) || joins(b->first)) return false;
    if (a->class == JB_CLASS_DASH || b->class == JB_CLASS_DASH) return false;
    return !(a->class == JB_CLASS_LATIN && b->class == JB_CLASS_LATIN) && a->class != JB_CLASS_BLANK &&
           b->class != JB_CLASS_BLANK;
}

static void set_gap(jb_atom *a, const jb_atom *next) {
    double em = MIN(a->em, next->em);
    if (marks_meet(a, next)) {
        a->gap = -HALF * em;
        return;
    }
    set_pause(a, a->em);
    if (next->class == JB_CLASS_OPEN && next->full) a->shrink[SQUEEZE_BRACKET] += HALF * next->em;
    if (needs_gap(a, next)) {
        a->gap = QUARTER * em;
        a->shrink[SQUEEZE_HAN_LATIN] = em / 8;
        a->stretch[STRETCH_HAN_LATIN] = QUARTER * em;
    } else if (stretches(a, next)) {
        a->stretch[STRETCH_HAN] = em;
    }
}

void jb_atoms_gaps(jb_atom *atoms, unsigned count) {
    for (unsigned i = 0; i + 1 < count; i++) {
        if (atoms[i].class == JB_CLASS_BLANK && i > 0)
            set_blank(&atoms[i], &atoms[i - 1], &atoms[i + 1]);
        else if (atoms[i].class != JB_CLASS_HARD && atoms[i + 1].class != JB_CLASS_HARD)
            set_gap(&atoms[i], &atoms[i + 1]);
    }
}
