/* Any text at any measure: lines that hold all of it, in order, none of them endless. Run from the project's
 * root. */
#include <math.h>
#include "fonts/para.h"
#include "tests/unit/test_fonts_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Caches that fontconfig and pango keep for the life of the process. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libpango\nleak:libgobject\n";
}

/* Letters of the lines are those of the text, blanks and hard breaks aside. */
static void check(const jb_para *para, const char *text) {
    const char *at = text;
    for (unsigned i = 0; i < para->count; i++) {
        const jb_line *line = &para->lines[i];
        if (!isfinite(line->width) || !isfinite(line->x)) abort();
        const char *found = strstr(at, line->text);
        if (!found) abort();
        at = found + strlen(line->text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static jb_context *ctx;
    static jb_fonts *fonts;
    if (!fonts) {
        test_fonts_use();
        ctx = jb_context_new();
        fonts = test_fonts(ctx);
        if (!fonts) abort();
    }
    if (size < 2 || size > 2000) return 0;
    jb_para_options options = {
        .measure = data[0], .indent = data[1] & 15, .hang = data[1] >> 4, .balance = data[0] & 1};
    options.align = (jb_align)(data[1] & 3);
    char *text = g_utf8_make_valid((const char *)data + 2, (gssize)size - 2);
    jb_arena *arena = jb_arena_new();
    jb_span span = {text, (uint32_t)strlen(text), {.role = JB_ROLE_SONG, .size = 10}, 0, {0}};
    jb_para *para = NULL;
    jb_para_break(fonts, arena, &span, 1, &options, &para);
    check(para, text);
    jb_arena_free(arena);
    g_free(text);
    return 0;
}
