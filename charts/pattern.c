/* Patterns of fills: told apart where every ink is black at 100 percent. Each is clipped to its box. */
#include <math.h>
#include "charts/palette.h"
#include "charts/plot.h"

#define LINE 0.8
#define THIN 0.6

/* Lines at 45 degrees, rising or falling. */
static void diagonals(jb_scene *scene, const double b[4], double pitch, bool rise, const jb_paint *paint) {
    double step = pitch * G_SQRT2, w = b[2] - b[0], h = b[3] - b[1];
    for (double t = step / 2; t < w + h; t += step)
        jb_scene_line(scene, b[0] + t - h, rise ? b[3] : b[1], b[0] + t, rise ? b[1] : b[3], paint);
}

static void rows(jb_scene *scene, const double b[4], double pitch, const jb_paint *paint) {
    for (double y = b[3] - pitch / 2; y > b[1]; y -= pitch) jb_scene_line(scene, b[0], y, b[2], y, paint);
}

static void columns(jb_scene *scene, const double b[4], double pitch, const jb_paint *paint) {
    for (double x = b[0] + pitch / 2; x < b[2]; x += pitch) jb_scene_line(scene, x, b[1], x, b[3], paint);
}

/* Every second row is half a step aside. */
static void dots(jb_scene *scene, const double b[4], double pitch, double radius, const jb_paint *paint) {
    bool aside = false;
    for (double y = b[3] - pitch / 2; y > b[1] - radius; y -= pitch / 2, aside = !aside)
        for (double x = b[0] + pitch / (aside ? 1 : 2); x < b[2] + radius; x += pitch)
            jb_scene_circle(scene, x, y, radius, paint);
}

void jb_pattern_draw(jb_scene *scene, jb_pattern pattern, jb_colour ink, jb_colour paper,
                     const double box[4]) {
    jb_paint ground = jb_paint_fill(pattern == JB_PATTERN_SOLID ? ink : paper), fill = jb_paint_fill(ink),
             line = jb_paint_stroke(ink, LINE), thin = jb_paint_stroke(ink, THIN);
    if (box[2] <= box[0] || box[3] <= box[1]) return;
    jb_scene_rect(scene, box[0], box[1], box[2] - box[0], box[3] - box[1], &ground);
    if (pattern == JB_PATTERN_SOLID) return;
    jb_scene_push(scene, 0, 0, box);
    switch (pattern) {
    case JB_PATTERN_HATCH: diagonals(scene, box, 4, false, &line); break;
    case JB_PATTERN_DOTS: dots(scene, box, 3.4, 0.75, &fill); break;
    case JB_PATTERN_ROWS: rows(scene, box, 3, &line); break;
    case JB_PATTERN_CROSS:
        diagonals(scene, box, 3.6, true, &thin);
        diagonals(scene, box, 3.6, false, &thin);
        break;
    case JB_PATTERN_COLUMNS: columns(scene, box, 3, &line); break;
    default: dots(scene, box, 4, 0.45, &fill);
    }
    jb_scene_pop(scene);
}

jb_pattern jb_series_pattern(const jb_series *series) {
    switch (series->scenario) {
    case JB_SCENARIO_PLAIN: return (jb_pattern)(series->ink % JB_SERIES_INKS);
    case JB_SCENARIO_PY: return JB_PATTERN_ROWS;
    default: return JB_PATTERN_SOLID;
    }
}

jb_colour jb_pattern_ink(const jb_plot *p, jb_colour ink) {
    return jb_colour_is_grey(ink) ? p->style->text : ink;
}
