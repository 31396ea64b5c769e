/* Limits on input. Each is named in the message that tells it was hit. */
#ifndef JB_BASE_LIMITS_H
#define JB_BASE_LIMITS_H

#define JB_LIMIT_FILE_BYTES ((size_t)1 << 30)     /* any input file */
#define JB_LIMIT_REPORT_BYTES ((size_t)64 << 20)  /* a report's Markdown */
#define JB_LIMIT_YAML_BYTES ((size_t)4 << 20)     /* a YAML head, block or theme */
#define JB_LIMIT_YAML_DEPTH 64
#define JB_LIMIT_YAML_NODES 200000
#define JB_LIMIT_CELLS ((size_t)50000000)         /* cells of one table */
#define JB_LIMIT_COLUMNS 2000
#define JB_LIMIT_CELL_BYTES 65536
#define JB_LIMIT_BLOCK_DEPTH 32
#define JB_LIMIT_TEMPLATE_DEPTH 32                /* {{#if}} and {{#each}} in one another, brackets of a condition */
#define JB_LIMIT_PAGES 10000
#define JB_LIMIT_CATEGORIES 2000                  /* rows drawn in one chart */
#define JB_LIMIT_SERIES 40
#define JB_LIMIT_PIXELS ((size_t)1 << 28)         /* of one image */
#define JB_LIMIT_DIAGNOSTICS 1000                 /* kept; later ones are only counted */
#define JB_LIMIT_PROSE_FACTS 100000               /* cells that running text is compared with */
#define JB_LIMIT_SQL_STEPS 50000000               /* virtual machine steps of one SQL condition */

#endif
