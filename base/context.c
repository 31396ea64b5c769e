/* The context: diagnostics, source texts, stage timings. */
#include "base/context.h"

#include <string.h>
#include "base/limits.h"

typedef struct source {
    const char *name;
    char *text;
    size_t length;
    size_t *lines; /* byte offset of each line's start; made on first use */
    unsigned line_count;
} source;

typedef struct message {
    jb_severity severity;
    jb_pos pos;
    char *text;
    char *line; /* the source line, shared by messages that follow one another on it, or NULL */
    unsigned count;
} message;

typedef struct timing {
    const char *stage;
    gint64 microseconds;
} timing;

struct jb_context {
    GArray *messages;
    GHashTable *seen; /* "file:line:column:text" to the message's index + 1 */
    GPtrArray *sources;
    GStringChunk *strings;
    GArray *timings;
    size_t counts[3];
    int running; /* index of the stage that runs, or -1 */
    gint64 started;
};

const char *jb_version(void) { return JB_VERSION_STRING; }

void jb_free(void *memory) { g_free(memory); }

jb_context *jb_context_new(void) {
    jb_context *ctx = g_new0(jb_context, 1);
    ctx->messages = g_array_new(FALSE, TRUE, sizeof(message));
    ctx->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ctx->sources = g_ptr_array_new();
    ctx->strings = g_string_chunk_new(4096);
    ctx->timings = g_array_new(FALSE, TRUE, sizeof(timing));
    ctx->running = -1;
    return ctx;
}

void jb_context_free(jb_context *ctx) {
    if (!ctx) return;
    for (guint i = 0; i < ctx->messages->len; i++) {
        message *m = &g_array_index(ctx->messages, message, i);
        g_free(m->text);
        if (m->line) g_ref_string_release(m->line);
    }
    for (guint i = 0; i < ctx->sources->len; i++) {
        source *s = g_ptr_array_index(ctx->sources, i);
        g_free(s->text);
        g_free(s->lines);
        g_free(s);
    }
    g_array_free(ctx->messages, TRUE);
    g_hash_table_destroy(ctx->seen);
    g_ptr_array_free(ctx->sources, TRUE);
    g_string_chunk_free(ctx->strings);
    g_array_free(ctx->timings, TRUE);
    g_free(ctx);
}

const char *jb_intern(jb_context *ctx, const char *text) {
    return text ? g_string_chunk_insert_const(ctx->strings, text) : NULL;
}

const char *jb_source_add(jb_context *ctx, const char *name, const char *text, size_t length) {
    const char *interned = jb_intern(ctx, name);
    for (guint i = 0; i < ctx->sources->len; i++)
        if (((source *)g_ptr_array_index(ctx->sources, i))->name == interned) return interned;
    source *s = g_new0(source, 1);
    s->name = interned;
    s->text = g_strndup(text, length);
    s->length = length;
    g_ptr_array_add(ctx->sources, s);
    return interned;
}

static void index_lines(source *s) {
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    size_t at = 0;
    g_array_append_val(starts, at);
    for (const char *p = s->text; (p = memchr(p, '\n', s->length - (size_t)(p - s->text)));) {
        at = (size_t)(++p - s->text);
        g_array_append_val(starts, at);
    }
    s->line_count = starts->len;
    s->lines = (size_t *)(void *)g_array_free(starts, FALSE);
}

/* A copy of the line a place points into, without its line break; NULL when the text is not known. */
static char *source_line(const jb_context *ctx, jb_pos pos) {
    const message *last = ctx->messages->len ? &g_array_index(ctx->messages, message, ctx->messages->len - 1) : NULL;
    if (last && last->line && last->pos.file == pos.file && last->pos.line == pos.line)
        return g_ref_string_acquire(last->line);
    for (guint i = 0; pos.file && pos.line > 0 && i < ctx->sources->len; i++) {
        source *s = g_ptr_array_index(ctx->sources, i);
        if (strcmp(s->name, pos.file) != 0) continue;
        if (!s->lines) index_lines(s);
        if ((unsigned)pos.line > s->line_count) return NULL;
        const char *start = s->text + s->lines[pos.line - 1];
        return g_ref_string_new_len(start, (gssize)strcspn(start, "\r\n"));
    }
    return NULL;
}

static void add_message(jb_context *ctx, jb_severity severity, jb_pos pos, char *text) {
    ctx->counts[severity]++;
    char *key = g_strdup_printf("%s:%d:%d:%s", pos.file ? pos.file : "", pos.line, pos.column, text);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(ctx->seen, key));
    if (known) {
        g_array_index(ctx->messages, message, known - 1).count++;
    } else if (ctx->messages->len < JB_LIMIT_DIAGNOSTICS) {
        message m = {severity, pos, g_strdup(text), source_line(ctx, pos), 1};
        g_array_append_val(ctx->messages, m);
        g_hash_table_insert(ctx->seen, g_strdup(key), GUINT_TO_POINTER(ctx->messages->len));
    }
    g_free(key);
    g_free(text);
}

jb_status jb_diag(jb_context *ctx, jb_severity severity, jb_pos pos, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add_message(ctx, severity, pos, g_strdup_vprintf(format, args));
    va_end(args);
    return severity == JB_ERROR ? JB_INPUT : JB_OK;
}

jb_status jb_fail(jb_context *ctx, jb_pos pos, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add_message(ctx, JB_ERROR, pos, g_strdup_vprintf(format, args));
    va_end(args);
    return JB_INPUT;
}

size_t jb_context_diagnostics(const jb_context *ctx) { return ctx->messages->len; }

jb_diagnostic jb_context_diagnostic(const jb_context *ctx, size_t index) {
    const message *m = &g_array_index(ctx->messages, message, index);
    return (jb_diagnostic){m->severity, m->pos.file, m->pos.line, m->pos.column, m->text, m->line, m->count};
}

size_t jb_context_count(const jb_context *ctx, jb_severity severity) { return ctx->counts[severity]; }

void jb_timing_stage(jb_context *ctx, const char *stage) {
    gint64 now = g_get_monotonic_time();
    if (ctx->running >= 0)
        g_array_index(ctx->timings, timing, (guint)ctx->running).microseconds += now - ctx->started;
    ctx->started = now;
    ctx->running = -1;
    if (!stage) return;
    for (guint i = 0; i < ctx->timings->len; i++)
        if (!strcmp(g_array_index(ctx->timings, timing, i).stage, stage)) ctx->running = (int)i;
    if (ctx->running >= 0) return;
    timing t = {jb_intern(ctx, stage), 0};
    g_array_append_val(ctx->timings, t);
    ctx->running = (int)ctx->timings->len - 1;
}

bool jb_context_timing(const jb_context *ctx, size_t index, const char **stage, double *milliseconds) {
    if (index >= ctx->timings->len) return false;
    const timing *t = &g_array_index(ctx->timings, timing, index);
    *stage = t->stage;
    *milliseconds = (double)t->microseconds / 1000;
    return true;
}

jb_pos jb_pos_at(const char *file, const char *text, size_t offset) {
    jb_pos pos = {file, 1, 1};
    const char *start = text;
    for (const char *p = text; (p = memchr(p, '\n', offset - (size_t)(p - text)));) {
        pos.line++;
        start = ++p;
    }
    for (const char *p = start; p < text + offset; p++) pos.column += ((unsigned char)*p & 0xC0) != 0x80;
    return pos;
}
