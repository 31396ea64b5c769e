/* Limits on input. Each is named in the message that tells it was hit. */
#ifndef JB_BASE_LIMITS_H
#define JB_BASE_LIMITS_H

#define JB_LIMIT_FILE_BYTES ((size_t)1 << 30)     /* any input file */
#define JB_LIMIT_SOURCE_BYTES ((size_t)16 << 20)  /* a text that is kept, so that messages can show its lines */
#define JB_LIMIT_JSON_BYTES ((size_t)64 << 20)    /* a JSON document; a tree of it takes up to fifty times the memory */
#define JB_LIMIT_JSON_DEPTH 2048                  /* jansson's own */
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
#define JB_LIMIT_POINTS 4000000                   /* rows drawn in one chart of lines */
#define JB_LIMIT_SERIES 40
#define JB_LIMIT_PLACED 8192                      /* labels of one chart that look for a place */
#define JB_LIMIT_SPARKLINES 8                     /* columns of sparklines in one table */
#define JB_LIMIT_PIXELS ((size_t)1 << 28)         /* of one image */
#define JB_LIMIT_DIAGNOSTICS 1000                 /* kept; later ones are only counted */
#define JB_LIMIT_PROSE_FACTS 100000               /* cells that running text is compared with */
#define JB_LIMIT_SQL_STEPS 50000000               /* virtual machine steps of one SQL condition */
#define JB_LIMIT_SQLITE_STEPS 200000000           /* the same, of one query on an SQLite file */

#define JB_LIMIT_SHEET_ROWS 1048576               /* of a spreadsheet, as in every program that writes them */
#define JB_LIMIT_SHEET_COLUMNS 16384              /* before the empty ones are left out */
#define JB_LIMIT_SHEETS 10000                     /* of one workbook */
#define JB_LIMIT_CELL_STYLES 65536                /* of one workbook, and its number formats */
#define JB_LIMIT_FORMAT_BYTES 1024                /* of one number format */
#define JB_LIMIT_ZIP_ENTRIES 20000                /* of one zip archive */
#define JB_LIMIT_ZIP_ENTRY_BYTES ((size_t)2 << 30) /* one entry, unpacked */
#define JB_LIMIT_ZIP_BYTES ((size_t)4 << 30)      /* everything that is unpacked of one archive */
#define JB_LIMIT_ZIP_RATIO 500                    /* bytes unpacked from one, for entries over 32 MiB */
#define JB_LIMIT_XML_DEPTH 256                    /* elements inside each other */
#define JB_LIMIT_XML_TOKEN 1048576                /* bytes of one tag or comment */
#define JB_LIMIT_XLS_BYTES ((size_t)256 << 20)    /* an XLS file; the format cannot say much more */

#endif
