/* Marks of verdicts, for tables and tiles. */
#include "charts/verdict.h"

#include <string.h>

#define RADIUS 3.2
#define RING 1.1

typedef enum mark { MARK_NONE, MARK_ABOVE, MARK_MET, MARK_EXPECTED, MARK_NEARLY, MARK_MISSED } mark;

static mark mark_of(const char *word) {
    static const struct {
        const char *word;
        mark mark;
    } table[] = {{"超过目标", MARK_ABOVE},  {"超额完成", MARK_ABOVE}, {"完成目标", MARK_MET},
                 {"完成", MARK_MET},        {"已完成", MARK_MET},     {"完成预期", MARK_EXPECTED},
                 {"基本完成", MARK_NEARLY}, {"未完成", MARK_MISSED},  {"未完成目标", MARK_MISSED},
                 {"未达目标", MARK_MISSED}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(word, table[i].word)) return table[i].mark;
    return MARK_NONE;
}

bool jb_verdict_has_mark(const char *word) { return mark_of(word) != MARK_NONE; }

static void draw_ring(jb_scene *scene, jb_colour ink, double x, double y) {
    jb_paint paint = jb_paint_stroke(ink, RING);
    jb_scene_circle(scene, x, y, RADIUS - RING / 2, &paint);
}

static void draw_left_half(jb_scene *scene, jb_colour ink, double x, double y) {
    const float r = RADIUS, k = 0.5523f * r, cx = (float)x, cy = (float)y; /* a quarter circle as one cubic */
    const jb_segment half[] = {{JB_MOVE, {cx, cy - r}},
                               {JB_CUBIC, {cx - k, cy - r, cx - r, cy - k, cx - r, cy}},
                               {JB_CUBIC, {cx - r, cy + k, cx - k, cy + r, cx, cy + r}},
                               {JB_CLOSE, {0}}};
    jb_paint paint = jb_paint_fill(ink);
    jb_scene_path(scene, half, 4, &paint);
}

void jb_verdict_mark(jb_scene *scene, const char *verdict, const jb_verdict_inks *inks, double x, double y) {
    const double r = RADIUS;
    jb_paint good = jb_paint_fill(inks->good), bad = jb_paint_stroke(inks->bad, 1.6);
    switch (mark_of(verdict)) {
    case MARK_ABOVE: {
        const double xy[] = {x, y - r, x + r * 1.05, y + r * 0.8, x - r * 1.05, y + r * 0.8};
        jb_scene_polyline(scene, xy, 3, true, &good);
        break;
    }
    case MARK_MET: jb_scene_circle(scene, x, y, r, &good); break;
    case MARK_EXPECTED: draw_ring(scene, inks->text2, x, y); break;
    case MARK_NEARLY:
        draw_ring(scene, inks->text2, x, y);
        draw_left_half(scene, inks->text2, x, y);
        break;
    case MARK_MISSED:
        jb_scene_line(scene, x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8, &bad);
        jb_scene_line(scene, x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8, &bad);
        break;
    case MARK_NONE: break;
    }
}
