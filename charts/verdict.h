/* Marks of verdicts: the shape carries the meaning, colour repeats it, the word is never left out. */
#ifndef JB_CHARTS_VERDICT_H
#define JB_CHARTS_VERDICT_H

#include "output/scene.h"

typedef struct jb_verdict_inks {
    jb_colour good, bad, text2;
} jb_verdict_inks;

/* True when the word has a mark of its own. */
bool jb_verdict_has_mark(const char *word);
/* Draws it round x, y, 3.2 pt in radius; nothing for other words. */
void jb_verdict_mark(jb_scene *scene, const char *word, const jb_verdict_inks *inks, double x, double y);

#endif
