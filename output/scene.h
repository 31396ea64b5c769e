/* A scene: what stands on one page or in one chart, as a list of eight kinds of items.
 * Lengths are pt, the origin is the top left corner, y goes down. */
#ifndef JB_OUTPUT_SCENE_H
#define JB_OUTPUT_SCENE_H

#include "fonts/fonts.h"

typedef struct jb_colour {
    uint8_t r, g, b; /* sRGB */
} jb_colour;

typedef enum jb_segment_kind { JB_MOVE, JB_LINE, JB_CUBIC, JB_CLOSE } jb_segment_kind;
typedef struct jb_segment {
    jb_segment_kind kind;
    float p[6]; /* MOVE, LINE: x y; CUBIC: x1 y1 x2 y2 x y */
} jb_segment;

typedef enum jb_join { JB_JOIN_MITER, JB_JOIN_ROUND } jb_join; /* caps are butt for MITER, round for ROUND */

/* How a path is painted. */
typedef struct jb_paint {
    bool fill, stroke;
    jb_colour fill_colour, stroke_colour;
    double width;      /* stroke, pt */
    double dash[4];    /* on off on off, pt; dash[0] = 0 is solid */
    jb_join join;
} jb_paint;

typedef enum jb_item_kind {
    JB_ITEM_PATH,
    JB_ITEM_TEXT,  /* one glyph run */
    JB_ITEM_IMAGE, /* RGB pixels */
    JB_ITEM_PUSH,  /* a group: moved by dx, dy and clipped to a rectangle when it has one */
    JB_ITEM_POP,
    JB_ITEM_TAG,   /* what follows belongs to a structure element, or is an artifact; not nested */
    JB_ITEM_UNTAG,
    JB_ITEM_LINK   /* an area that leads somewhere */
} jb_item_kind;

/* Elements are indices into the jb_structure; artifacts are below zero. */
enum {
    JB_ARTIFACT_LAYOUT = -1,     /* rules, backgrounds */
    JB_ARTIFACT_PAGINATION = -2, /* running heads, folios */
    JB_ARTIFACT_REPEATED = -3    /* a table's header and caption said again after a page break */
};

typedef struct jb_item {
    jb_item_kind kind;
    union {
        struct {
            const jb_segment *segments;
            unsigned count;
            jb_paint paint;
        } path;
        struct {
            const jb_run *run;
            double x, y; /* origin of the run: left end of the baseline */
            jb_colour colour;
        } text;
        struct {
            const uint8_t *pixels; /* width x height x 3 */
            unsigned width, height;
            double box[4]; /* x1 y1 x2 y2 */
        } image;
        struct {
            double dx, dy;
            bool clipped;
            double clip[4]; /* x1 y1 x2 y2 after the move */
        } push;
        struct {
            int element;
        } tag;
        struct {
            double box[4];
            const char *uri;   /* or NULL */
            int element;       /* the Link structure element */
            const char *label; /* what the link says, for its Contents */
        } link;
    };
} jb_item;

typedef struct jb_scene {
    jb_arena *arena; /* owns items, segments and what callers put into it */
    bool owns_arena;
    double width, height; /* pt */
    GArray *items;        /* jb_item */
} jb_scene;

/* A scene with its own arena (arena NULL) or on one that outlives it. */
jb_scene *jb_scene_new(jb_arena *arena, double width, double height);
void jb_scene_free(jb_scene *scene);

void jb_scene_path(jb_scene *scene, const jb_segment *segments, unsigned count, const jb_paint *paint); /* copies */
void jb_scene_rect(jb_scene *scene, double x, double y, double width, double height, const jb_paint *paint);
void jb_scene_line(jb_scene *scene, double x1, double y1, double x2, double y2, const jb_paint *paint);
void jb_scene_polyline(jb_scene *scene, const double *xy, unsigned points, bool closed, const jb_paint *paint);
void jb_scene_circle(jb_scene *scene, double x, double y, double radius, const jb_paint *paint);
void jb_scene_text(jb_scene *scene, const jb_run *run, double x, double y, jb_colour colour); /* borrows the run */
void jb_scene_image(jb_scene *scene, const uint8_t *pixels, unsigned width, unsigned height, const double box[4]);
void jb_scene_push(jb_scene *scene, double dx, double dy, const double *clip); /* clip may be NULL */
void jb_scene_pop(jb_scene *scene);
void jb_scene_tag(jb_scene *scene, int element);
void jb_scene_untag(jb_scene *scene);
void jb_scene_link(jb_scene *scene, const double box[4], const char *uri, int element, const char *label);
/* Draws another scene into this one, moved. Its runs and pixels are borrowed, everything else copied. */
void jb_scene_place(jb_scene *scene, const jb_scene *other, double dx, double dy);

/* "#154073" to a colour; false when it is not one. */
bool jb_colour_parse(const char *text, jb_colour *colour);
static inline jb_paint jb_paint_fill(jb_colour colour) { return (jb_paint){.fill = true, .fill_colour = colour}; }
static inline jb_paint jb_paint_stroke(jb_colour colour, double width) {
    return (jb_paint){.stroke = true, .stroke_colour = colour, .width = width};
}
/* Mixed with white: share 1 is the colour itself. */
jb_colour jb_colour_tint(jb_colour colour, double share);

#endif
