/* Limits on input. Each is named in the message that tells it was hit. */
#ifndef JB_BASE_LIMITS_H
#define JB_BASE_LIMITS_H

#define JB_LIMIT_FILE_BYTES ((size_t)1 << 30)     /* any input file */
#define JB_LIMIT_SOURCE_BYTES ((size_t)16 << 20)  /* a text that is kept, so that messages can show its lines */
#define JB_LIMIT_JSON_BYTES ((size_t)128 << 20)   /* a JSON document, or one line of an NDJSON file */
#define JB_LIMIT_JSON_DEPTH 2048                  /* jansson's own */
#define JB_LIMIT_REPORT_BYTES ((size_t)64 << 20)  /* a report's Markdown */
#define JB_LIMIT_YAML_BYTES ((size_t)4 << 20)     /* a YAML head, block or theme */
#define JB_LIMIT_YAML_DEPTH 64
#define JB_LIMIT_YAML_NODES 200000
#define JB_LIMIT_CELLS ((size_t)50000000)         /* cells of one table */
#define JB_LIMIT_COLUMNS 2000
#define JB_LIMIT_CELL_BYTES 65536
#define JB_LIMIT_BLOCK_DEPTH 32
#define JB_LIMIT_PAGES 10000
#define JB_LIMIT_CATEGORIES 2000                  /* rows drawn in one chart */
#define JB_LIMIT_SERIES 40
#define JB_LIMIT_PIXELS ((size_t)1 << 28)         /* of one image */
#define JB_LIMIT_DIAGNOSTICS 1000                 /* kept; later ones are only counted */
#define JB_LIMIT_SQL_STEPS 50000000               /* virtual machine steps of one SQL condition */
#define JB_LIMIT_SQLITE_STEPS 500000000           /* the same, of one query on an SQLite file */

#endif
