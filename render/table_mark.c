/* Marks of verdicts in tables: drawn as in tiles of charts. */
#include "charts/verdict.h"
#include "render/table.h"

bool jb_verdict_known(const char *word) { return jb_verdict_has_mark(word); }

void jb_verdict_draw(jb_painter *p, const char *verdict, double x, double y) {
    const jb_verdict_inks inks = {p->theme->ink.good, p->theme->ink.bad, p->theme->ink.text2};
    jb_verdict_mark(p->scene, verdict, &inks, x, y);
}
