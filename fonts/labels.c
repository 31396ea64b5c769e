/* Labels set before: a chart is laid out many times until it fits its picture, and most of its texts come out
 * the same each time. */
#include <string.h>
#include "fonts/fonts_private.h"
#include "fonts/lines_set.h"

#define MOST_ATOMS (1u << 15) /* of all labels kept: about 6 MB; what comes after is set anew each time */
#define MOST_LENGTH 1024      /* bytes; longer texts are none of a chart's */

/* A label as it was set in one measure. */
typedef struct set_label {
    double measure;
    jb_para *para;
    struct set_label *next;
} set_label;

typedef struct label {
    jb_span span; /* its text belongs to the store */
    jb_setting setting;
    jb_para *line;  /* of no measure; NULL until asked */
    jb_para *whole; /* of every measure that it fits on one line; NULL until one came */
    set_label *broken;
} label;

struct jb_labels {
    GHashTable *table; /* label to itself; never iterated */
    jb_arena *arena;
    size_t atoms;
};

static guint hash(gconstpointer key) {
    const jb_span *s = &((const label *)key)->span;
    guint h = (guint)s->style.role * 31 + s->style.bold * 2 + s->style.figures + (guint)(s->style.size * 64);
    for (uint32_t i = 0; i < s->length; i++) h = (h ^ (unsigned char)s->text[i]) * 16777619u;
    return h;
}

static gboolean same(gconstpointer a, gconstpointer b) {
    const jb_span *s = &((const label *)a)->span, *t = &((const label *)b)->span;
    return s->style.role == t->style.role && s->style.bold == t->style.bold &&
           s->style.figures == t->style.figures && s->style.size == t->style.size && s->length == t->length &&
           !memcmp(s->text, t->text, s->length);
}

jb_labels *jb_labels_new(void) {
    jb_labels *labels = g_new0(jb_labels, 1);
    labels->table = g_hash_table_new(hash, same);
    labels->arena = jb_arena_new();
    return labels;
}

void jb_labels_free(jb_labels *labels) {
    if (!labels) return;
    g_hash_table_destroy(labels->table);
    jb_arena_free(labels->arena);
    g_free(labels);
}

static void keep(jb_labels *store, label *it) {
    store->atoms += it->setting.count + 8; /* the entry itself */
    g_hash_table_add(store->table, it);
}

static jb_para *broken_lines(jb_labels *store, jb_arena *arena, label *it, const jb_para_options *options) {
    for (set_label *b = it->broken; b; b = b->next)
        if (b->measure == options->measure) return b->para;
    if (store->atoms > MOST_ATOMS) {
        jb_setting once = it->setting;
        once.arena = arena;
        return jb_setting_break(&once, options);
    }
    set_label *b = JB_NEW(store->arena, set_label);
    *b = (set_label){options->measure, jb_setting_break(&it->setting, options), it->broken};
    store->atoms += it->setting.count;
    it->broken = b;
    return b->para;
}

static jb_para *set(jb_labels *store, jb_arena *arena, label *it, const jb_para_options *options) {
    bool free = options->measure <= 0;
    if (!free && !jb_setting_fits(&it->setting, options->measure))
        return broken_lines(store, arena, it, options);
    jb_para **line = free ? &it->line : &it->whole;
    if (!*line) *line = jb_setting_break(&it->setting, options);
    return *line;
}

/* A text that cannot be set is not kept: what is wrong with it is told each time. */
jb_status jb_para_label(jb_fonts *fonts, jb_arena *arena, const jb_style *style, const char *text,
                        double measure, jb_pos pos, const jb_para **para) {
    jb_labels *store = fonts->labels;
    label like = {.span = {.text = text, .length = (uint32_t)strlen(text), .style = *style, .pos = pos}};
    const jb_para_options options = {.measure = measure, .align = JB_ALIGN_LEFT, .balance = measure > 0};
    like.span.pos.column = -pos.column; /* the text itself may be said elsewhere */
    label *it = g_hash_table_lookup(store->table, &like);
    jb_status status = JB_OK;
    if (!it) {
        bool room = store->atoms <= MOST_ATOMS && like.span.length <= MOST_LENGTH;
        jb_arena *home = room ? store->arena : arena;
        it = JB_NEW(home, label);
        it->span = like.span;
        it->span.text = jb_arena_string(home, text);
        status = jb_setting_open(&it->setting, fonts, home, &it->span, 1, true);
        if (room && status == JB_OK) keep(store, it);
    }
    *para = set(store, arena, it, &options);
    return status;
}
