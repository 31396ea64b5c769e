/* The test fonts (tests/fonts) for unit tests: call test_fonts_use first in main. */
#ifndef JB_TESTS_FONTS_COMMON_H
#define JB_TESTS_FONTS_COMMON_H

#include <glib.h>
#include "fonts/fonts.h"
#include "tests/unit/unit.h"

/* Shows fontconfig the test fonts only. It takes absolute names only; tests run from the project's root. */
static inline void test_fonts_use(void) {
    char *here = g_get_current_dir();
    char *conf = g_build_filename(here, "tests", "fonts", "fonts.conf", NULL);
    g_setenv("FONTCONFIG_FILE", conf, TRUE);
    g_free(conf);
    g_free(here);
}

static inline jb_fonts *test_fonts(jb_context *ctx) {
    static const char *const serif[] = {"Noto Serif CJK SC", NULL},
                             *const sans[] = {"Noto Sans CJK SC", NULL}, *const kai[] = {"LXGW WenKai", NULL},
                             *const latin[] = {"Jianbao Test Latin", NULL};
    static const jb_font_wish wishes[JB_ROLES] = {
        [JB_ROLE_SONG] = {serif, true},     [JB_ROLE_HEI] = {sans, false}, [JB_ROLE_KAI] = {kai, true},
        [JB_ROLE_FANGSONG] = {serif, true}, [JB_ROLE_BS] = {serif, false}, [JB_ROLE_LATIN] = {latin, false}};
    jb_fonts *fonts = jb_fonts_new(ctx, wishes);
    if (!fonts) print_messages(ctx);
    return fonts;
}

#endif
