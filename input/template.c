/* Settles {{#if}}, {{#unless}}, {{#each}} and comments: copies what stays, and remembers where it came from.
 */
#include "input/template_parts.h"

#include <string.h>
#include "base/limits.h"

/* Text from `text` on is the source from `source` on, until the next piece. */
struct jb_template_piece {
    size_t text, source;
    const jb_scope *scope;
};
typedef struct jb_template_piece piece;

typedef struct expansion {
    jb_context *ctx;
    jb_store *store;
    jb_arena *arena;
    const char *file, *source;
    size_t length;
    GArray *tags;
    const jb_scope *scope;
    GString *out;
    GArray *pieces;
} expansion;

static jb_status run(expansion *x, size_t at, unsigned tag, unsigned stop);

static const jb_tag *tag_at(const expansion *x, unsigned i) { return &g_array_index(x->tags, jb_tag, i); }

static jb_status copy(expansion *x, size_t start, size_t end) {
    if (start >= end) return JB_OK;
    const piece *last = x->pieces->len ? &g_array_index(x->pieces, piece, x->pieces->len - 1) : NULL;
    bool follows = last && last->scope == x->scope && last->source + (x->out->len - last->text) == start;
    piece p = {x->out->len, start, x->scope};
    if (x->out->len + (end - start) > JB_LIMIT_REPORT_BYTES)
        return jb_fail(x->ctx, jb_pos_at(x->file, x->source, start),
                       "the report grows over %zu bytes here (JB_LIMIT_REPORT_BYTES)", JB_LIMIT_REPORT_BYTES);
    if (!follows) g_array_append_val(x->pieces, p);
    g_string_append_len(x->out, x->source + start, (gssize)(end - start));
    return JB_OK;
}

/* A reader of what stands behind a tag's word. Its text is the tag, so that places inside come out right. */
static jb_reader reader_of(const expansion *x, const jb_tag *t) {
    jb_reader r = {.ctx = x->ctx,
                   .store = x->store,
                   .arena = x->arena,
                   .scope = x->scope,
                   .pos = t->pos,
                   .argument = true};
    r.text = jb_arena_copy(x->arena, x->source + t->start, t->inner_end - t->start);
    r.p = r.text + (t->inner - t->start);
    return r;
}

/* ---- blocks ---- */

/* The text of a branch: from behind its tag up to the tag that ends it. */
static jb_status run_branch(expansion *x, unsigned tag) {
    const jb_tag *t = tag_at(x, tag);
    return run(x, t->cut_end, tag + 1, t->next);
}

static jb_status run_if(expansion *x, unsigned tag) {
    for (;; tag = tag_at(x, tag)->next) {
        const jb_tag *t = tag_at(x, tag);
        bool truth = true;
        if (t->kind == JB_TAG_END) return JB_OK;
        if (t->kind != JB_TAG_ELSE) {
            jb_reader r = reader_of(x, t);
            jb_status status = jb_condition_read(&r, &truth);
            if (status != JB_OK) return status;
        }
        if (truth != (t->kind == JB_TAG_UNLESS)) return run_branch(x, tag);
    }
}

static jb_status run_rows(expansion *x, unsigned tag, const jb_dataset *data, const GArray *rows) {
    const jb_scope *outer = x->scope;
    jb_status status = JB_OK;
    for (guint i = 0; i < rows->len && status == JB_OK; i++) {
        jb_scope *scope = JB_NEW(x->arena, jb_scope);
        *scope = (jb_scope){data, g_array_index(rows, unsigned, i), i, rows->len, outer};
        x->scope = scope;
        status = run_branch(x, tag);
    }
    x->scope = outer;
    return status;
}

static jb_status run_each(expansion *x, unsigned tag) {
    const jb_dataset *data = NULL;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(unsigned));
    jb_reader r = reader_of(x, tag_at(x, tag));
    jb_status status = jb_loop_read(&r, &data, rows);
    unsigned otherwise = tag_at(x, tag)->next;
    if (status == JB_OK && rows->len)
        status = run_rows(x, tag, data, rows);
    else if (status == JB_OK && tag_at(x, otherwise)->kind == JB_TAG_ELSE)
        status = run_branch(x, otherwise);
    g_array_free(rows, TRUE);
    return status;
}

static unsigned end_of(const expansion *x, unsigned tag) {
    while (tag_at(x, tag)->kind != JB_TAG_END) tag = tag_at(x, tag)->next;
    return tag;
}

/* The source from `at` on, and the tags from `tag` on, up to the tag `stop`. */
static jb_status run(expansion *x, size_t at, unsigned tag, unsigned stop) {
    jb_status status = JB_OK;
    while (tag < stop && status == JB_OK) {
        const jb_tag *t = tag_at(x, tag);
        status = copy(x, at, t->cut_start);
        if (status != JB_OK) return status;
        if (t->kind == JB_TAG_LOOKUP)
            status = copy(x, t->start, t->end);
        else if (t->kind == JB_TAG_EACH)
            status = run_each(x, tag);
        else if (t->kind != JB_TAG_COMMENT)
            status = run_if(x, tag);
        if (t->kind < JB_TAG_COMMENT) tag = end_of(x, tag);
        at = tag_at(x, tag)->cut_end;
        tag++;
    }
    return status == JB_OK ? copy(x, at, stop < x->tags->len ? tag_at(x, stop)->cut_start : x->length)
                           : status;
}

/* ---- the whole ---- */

static void keep(const expansion *x, jb_template *t) {
    t->changed = true;
    t->text = jb_arena_copy(x->arena, x->out->str, x->out->len);
    t->length = x->out->len;
    t->count = x->pieces->len;
    t->pieces = JB_ARRAY(x->arena, piece, t->count + 1);
    if (t->count) memcpy(t->pieces, x->pieces->data, t->count * sizeof(piece));
}

static jb_status expand(expansion *x, size_t body, jb_template *t) {
    x->out = g_string_new(NULL);
    x->pieces = g_array_new(FALSE, FALSE, sizeof(piece));
    jb_status status = copy(x, 0, body);
    if (status == JB_OK) status = run(x, body, 0, x->tags->len);
    if (status == JB_OK) keep(x, t);
    g_string_free(x->out, TRUE);
    g_array_free(x->pieces, TRUE);
    return status;
}

jb_status jb_template_expand(jb_context *ctx, jb_store *store, jb_arena *arena, const char *file,
                             const char *source, size_t length, size_t body, jb_template **result) {
    expansion x = {
        .ctx = ctx, .store = store, .arena = arena, .file = file, .source = source, .length = length};
    jb_template *t = *result = JB_NEW(arena, jb_template);
    *t = (jb_template){.text = source, .length = length, .source = source, .source_length = length};
    x.tags = g_array_new(FALSE, FALSE, sizeof(jb_tag));
    jb_status status = jb_template_scan(ctx, file, source, length, body, x.tags);
    for (guint i = 0; i < x.tags->len && status == JB_OK && !store; i++)
        if (tag_at(&x, i)->kind < JB_TAG_COMMENT)
            status = jb_fail(ctx, tag_at(&x, i)->pos, "blocks cannot be settled without the report's data");
    if (status == JB_OK && x.tags->len) status = expand(&x, body, t);
    g_array_free(x.tags, TRUE);
    return status;
}

/* The piece that an offset stands in, by bisection. */
static const piece *piece_at(const jb_template *t, size_t offset) {
    unsigned low = 0, high = t->count;
    while (high - low > 1) {
        unsigned middle = (low + high) / 2;
        if (t->pieces[middle].text <= offset)
            low = middle;
        else
            high = middle;
    }
    return t->count ? &t->pieces[low] : NULL;
}

size_t jb_template_source(const jb_template *t, size_t offset) {
    const piece *p = t->changed ? piece_at(t, offset) : NULL;
    if (!t->changed) return offset;
    return p ? MIN(p->source + (offset - p->text), t->source_length) : t->source_length;
}

const jb_scope *jb_template_scope(const jb_template *t, size_t offset) {
    const piece *p = t->changed ? piece_at(t, offset) : NULL;
    return p ? p->scope : NULL;
}
