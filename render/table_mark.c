/* Marks of verdicts: the shape carries the meaning, colour repeats it, the word is never left out. */
#include "render/table.h"

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
                 {"基本完成", MARK_NEARLY}, {"未完成", MARK_MISSED},  {"未完成目标", MARK_MISSED},  {"未达目标", MARK_MISSED}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(word, table[i].word)) return table[i].mark;
    return MARK_NONE;
}

bool jb_verdict_known(const char *word) { return mark_of(word) != MARK_NONE; }

static void draw_ring(jb_painter *p, double x, double y) {
    jb_paint paint = jb_paint_stroke(p->theme->ink.text2, RING);
    jb_scene_circle(p->scene, x, y, RADIUS - RING / 2, &paint);
}

static void draw_left_half(jb_painter *p, double x, double y) {
    const float r = RADIUS, k = 0.5523f * r, cx = (float)x, cy = (float)y; /* a quarter circle as one cubic */
    const jb_segment half[] = {{JB_MOVE, {cx, cy - r}},
                               {JB_CUBIC, {cx - k, cy - r, cx - r, cy - k, cx - r, cy}},
                               {JB_CUBIC, {cx - r, cy + k, cx - k, cy + r, cx, cy + r}},
                               {JB_CLOSE, {0}}};
    jb_paint paint = jb_paint_fill(p->theme->ink.text2);
    jb_scene_path(p->scene, half, 4, &paint);
}

void jb_verdict_draw(jb_painter *p, const char *verdict, double x, double y) {
    const double r = RADIUS;
    jb_paint good = jb_paint_fill(p->theme->ink.good), bad = jb_paint_stroke(p->theme->ink.bad, 1.6);
    switch (mark_of(verdict)) {
    case MARK_ABOVE: {
        const double xy[] = {x, y - r, x + r * 1.05, y + r * 0.8, x - r * 1.05, y + r * 0.8};
        jb_scene_polyline(p->scene, xy, 3, true, &good);
        break;
    }
    case MARK_MET: jb_scene_circle(p->scene, x, y, r, &good); break;
    case MARK_EXPECTED: draw_ring(p, x, y); break;
    case MARK_NEARLY:
        draw_ring(p, x, y);
        draw_left_half(p, x, y);
        break;
    case MARK_MISSED:
        jb_scene_line(p->scene, x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8, &bad);
        jb_scene_line(p->scene, x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8, &bad);
        break;
    case MARK_NONE: break;
    }
}
