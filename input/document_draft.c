/* The draft: the report's text as cmark reads it, and the map from it back to the source. */
#include "input/document_parts.h"

#include <string.h>

/* Draft bytes from `text` on are the source bytes from `source` on, until the next piece. */
typedef struct piece {
    size_t text, source;
} piece;

/* Private-use planes 15 and 16 without their non-characters and JB_DRAFT_MARK. */
enum { PLANE = 0xFFFD, MOST_REGIONS = 2 * PLANE };

static void index_lines(GArray *lines, const char *text) {
    size_t at = 0;
    g_array_append_val(lines, at);
    for (const char *p = text; (p = strchr(p, '\n'));) {
        at = (size_t)(++p - text);
        g_array_append_val(lines, at);
    }
}

void jb_draft_init(jb_draft *draft, jb_context *ctx, jb_arena *arena, const char *file,
                   const jb_template *text, size_t body) {
    *draft = (jb_draft){.ctx = ctx,
                        .arena = arena,
                        .file = file,
                        .source = text->text,
                        .text_of = text,
                        .length = text->length,
                        .body = body};
    draft->edits = g_array_new(FALSE, FALSE, sizeof(jb_edit));
    draft->regions = g_array_new(FALSE, FALSE, sizeof(jb_region));
    draft->map = g_array_new(FALSE, FALSE, sizeof(piece));
    draft->lines = g_array_new(FALSE, FALSE, sizeof(size_t));
    draft->text = g_string_new(NULL);
    draft->source_lines = g_array_new(FALSE, FALSE, sizeof(size_t));
    index_lines(draft->source_lines, text->source);
    draft->seen = (jb_pos){file, 1, 1};
}

void jb_draft_clear(jb_draft *draft) {
    g_array_free(draft->edits, TRUE);
    g_array_free(draft->regions, TRUE);
    g_array_free(draft->map, TRUE);
    g_array_free(draft->lines, TRUE);
    g_array_free(draft->source_lines, TRUE);
    g_string_free(draft->text, TRUE);
}

void jb_draft_fail(jb_draft *draft, size_t source_offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    draft->status = jb_fail(draft->ctx, jb_draft_pos(draft, source_offset), "%s", text);
    g_free(text);
}

static gunichar region_letter(guint index) {
    return index < PLANE ? JB_DRAFT_MARK + 1 + index : 0x100000u + (index - PLANE);
}

const jb_region *jb_draft_region(const jb_draft *draft, gunichar c) {
    if (c <= JB_DRAFT_MARK) return NULL;
    guint index = c >= 0x100000u ? PLANE + (c - 0x100000u) : c - JB_DRAFT_MARK - 1;
    return index < draft->regions->len ? &g_array_index(draft->regions, jb_region, index) : NULL;
}

/* Appends the placeholder of a new region. */
static void add_region(jb_draft *draft, GString *out, jb_region_kind kind, size_t start, size_t end) {
    jb_region region = {kind, start, end};
    if (draft->regions->len >= MOST_REGIONS) {
        if (draft->regions->len == MOST_REGIONS)
            jb_draft_fail(draft, start, "more than %d look-ups, tables and private-use characters",
                          MOST_REGIONS);
        return;
    }
    g_string_append_unichar(out, region_letter(draft->regions->len));
    g_array_append_val(draft->regions, region);
}

static void add_piece(jb_draft *draft, const GString *out, size_t source) {
    piece p = {out->len, source};
    if (out == draft->text) g_array_append_val(draft->map, p);
}

/* Planes 15 and 16 are those whose UTF-8 begins with F3 B0 and above. */
static bool is_private(const char *p) {
    unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];
    return a == 0xF4 || (a == 0xF3 && b >= 0xB0);
}

/* Copies source bytes; line ends become \n, private-use characters become regions. */
static void copy(jb_draft *draft, GString *out, size_t start, size_t end) {
    const char *s = draft->source;
    add_piece(draft, out, start);
    for (size_t at = start, from = start; at <= end; at++) {
        bool cut = at < end && (s[at] == '\r' || is_private(s + at));
        if (at < end && !cut) continue;
        g_string_append_len(out, s + from, (gssize)(at - from));
        if (at == end) break;
        add_piece(draft, out, at);
        from = at + (s[at] == '\r' ? 1 : 4);
        if (s[at] != '\r')
            add_region(draft, out, JB_REGION_LETTER, at, from);
        else if (from == end || s[from] != '\n')
            g_string_append_c(out, '\n');
        add_piece(draft, out, from);
        at = from - 1;
    }
}

static void apply(jb_draft *draft, GString *out, const jb_edit *edit) {
    add_piece(draft, out, edit->start);
    switch (edit->kind) {
    case JB_EDIT_MARK: g_string_append_unichar(out, JB_DRAFT_MARK); break;
    case JB_EDIT_ESCAPE: g_string_append_c(out, '\\'); break;
    case JB_EDIT_BREAK: g_string_append_c(out, '\n'); break;
    case JB_EDIT_LOOKUP: add_region(draft, out, JB_REGION_LOOKUP, edit->start, edit->end); break;
    case JB_EDIT_TABLE:
        g_string_append_c(out, '\n');
        add_piece(draft, out, edit->start);
        add_region(draft, out, JB_REGION_TABLE, edit->start, edit->end);
        g_string_append(out, "\n\n");
    }
}

void jb_draft_build(jb_draft *draft) {
    size_t at = draft->body;
    for (guint i = 0; i < draft->edits->len; i++) {
        const jb_edit *edit = &g_array_index(draft->edits, jb_edit, i);
        if (edit->start < at) continue; /* inside a table: jb_draft_table_text has it */
        copy(draft, draft->text, at, edit->start);
        apply(draft, draft->text, edit);
        at = edit->end;
    }
    copy(draft, draft->text, at, draft->length);
    index_lines(draft->lines, draft->text->str);
}

/* The first edit inside a table, by bisection. */
static guint first_edit(const jb_draft *draft, size_t start) {
    guint low = 0, high = draft->edits->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(draft->edits, jb_edit, middle).start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

GString *jb_draft_table_text(jb_draft *draft, const jb_region *region) {
    GString *out = g_string_new(NULL);
    size_t at = region->start, end = region->end;
    for (guint i = first_edit(draft, at); i < draft->edits->len; i++) {
        const jb_edit *edit = &g_array_index(draft->edits, jb_edit, i);
        if (edit->start >= end) break;
        if (edit->kind == JB_EDIT_TABLE) continue;
        copy(draft, out, at, edit->start);
        apply(draft, out, edit);
        at = edit->end;
    }
    copy(draft, out, at, end);
    return out;
}

size_t jb_draft_source(const jb_draft *draft, size_t offset) {
    guint low = 0, high = draft->map->len;
    while (high - low > 1) {
        guint middle = (low + high) / 2;
        if (g_array_index(draft->map, piece, middle).text <= offset)
            low = middle;
        else
            high = middle;
    }
    const piece *p = &g_array_index(draft->map, piece, low);
    return MIN(p->source + (offset - p->text), draft->length);
}

/* Index of the line that holds an offset. */
static guint bisect(const GArray *starts, size_t offset) {
    const size_t *lines = (const size_t *)(const void *)starts->data;
    guint low = 0, high = starts->len;
    while (high - low > 1) {
        guint middle = (low + high) / 2;
        if (lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Goes to the start of the line that holds an offset in the file, unless we stand before it on the same line. */
static void seek_line(jb_draft *draft, size_t offset) {
    guint line = bisect(draft->source_lines, offset);
    if (draft->seen.line == (int)line + 1 && draft->seen_at <= offset) return;
    draft->seen_at = g_array_index(draft->source_lines, size_t, line);
    draft->seen = (jb_pos){draft->file, (int)line + 1, 1};
}

jb_pos jb_draft_pos(jb_draft *draft, size_t source_offset) {
    size_t offset = jb_template_source(draft->text_of, source_offset);
    seek_line(draft, offset);
    for (; draft->seen_at < offset; draft->seen_at++)
        draft->seen.column += ((unsigned char)draft->text_of->source[draft->seen_at] & 0xC0) != 0x80;
    return draft->seen;
}

int jb_draft_line_of(const jb_draft *draft, size_t offset) { return (int)bisect(draft->lines, offset) + 1; }

size_t jb_draft_line(const jb_draft *draft, int line) {
    if (line < 1) return 0;
    if ((guint)line > draft->lines->len) return draft->text->len;
    return g_array_index(draft->lines, size_t, line - 1);
}

void jb_draft_restore(const jb_draft *draft, GString *out, const char *text, size_t length) {
    const char *end = text + length;
    for (const char *p = text, *next; p < end; p = next) {
        next = g_utf8_next_char(p);
        gunichar c = is_private(p) ? g_utf8_get_char(p) : 0;
        const jb_region *region = jb_draft_region(draft, c);
        if (region)
            g_string_append_len(out, draft->source + region->start, (gssize)(region->end - region->start));
        else if (c != JB_DRAFT_MARK)
            g_string_append_len(out, p, next - p);
    }
}
