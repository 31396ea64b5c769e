/* Running text against the data: numbers that stand next to an indicator's name. docs/check.md has the rules.
 */
#ifndef JB_INPUT_PROSE_H
#define JB_INPUT_PROSE_H

#include "input/document.h"

typedef struct jb_prose jb_prose;

jb_prose *jb_prose_new(jb_context *ctx);
void jb_prose_free(jb_prose *prose);
/* The dataset is borrowed. Of all datasets together JB_LIMIT_PROSE_FACTS cells are compared; more is a note.
 */
void jb_prose_add(jb_prose *prose, const jb_dataset *dataset);
/* Adds every table that stands in the report's text. Cells there that look like numbers and are none are
 * warnings. */
void jb_prose_add_tables(jb_prose *prose, const jb_document *document);
/* Warns of each number in the document's text that disagrees with the data; look-ups have been resolved. Also
 * warns of indicators that two datasets give different results for the same year. */
void jb_prose_check(jb_prose *prose, const jb_document *document);
/* How many numbers the data had something for; `pos` (may be NULL) is the place of one of them, in the order
 * of the text. */
unsigned jb_prose_compared(const jb_prose *prose, unsigned index, jb_pos *pos);

#endif
