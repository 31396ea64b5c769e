/* Reads SQL as far as its quotes and brackets go: keeps a condition inside the brackets it is put in, and
 * finds where the filters behind a query begin. */
#include "input/sql.h"

#include <string.h>

/* The end of a quoted text, name or comment that begins at `p`; NULL when it is not closed, `p` when none
 * begins. A doubled quote inside ends one text and begins the next, which comes to the same. */
static const char *skip_quoted(const char *p) {
    const char *end = NULL;
    if (*p && strchr("'\"`", *p))
        end = strchr(p + 1, *p);
    else if (*p == '[')
        end = strchr(p + 1, ']');
    else if (p[0] == '-' && p[1] == '-')
        return p + strcspn(p, "\n");
    else if (p[0] == '/' && p[1] == '*')
        return (end = strstr(p + 2, "*/")) ? end + 2 : NULL;
    else
        return p;
    return end ? end + 1 : NULL;
}

char *jb_sql_complaint(const char *where) {
    int depth = 0;
    bool empty = true;
    for (const char *p = where; *p;) {
        const char *end = skip_quoted(p);
        if (!end) return g_strdup_printf("“%.*s” is not closed", p[0] == '/' ? 2 : 1, p);
        if (*p == ';') return g_strdup("it is one expression, “;” is not allowed in it");
        depth += (*p == '(') - (*p == ')');
        if (depth < 0) return g_strdup("“)” closes nothing");
        if (!g_ascii_isspace(*p) && *p != '-' && *p != '/') empty = false;
        p = end > p ? end : p + 1;
    }
    if (depth > 0) return g_strdup("“(” is not closed");
    return empty ? g_strdup("it is empty") : NULL;
}

const char *jb_sql_find_bar(const char *text) {
    int depth = 0;
    for (const char *p = text; *p;) {
        const char *end = skip_quoted(p);
        if (!end) return text + strlen(text);
        if (*p == '|' && p[1] != '|' && depth <= 0) return p;
        depth += (*p == '(') - (*p == ')');
        p = end > p ? end : *p == '|' && p[1] == '|' ? p + 2 : p + 1;
    }
    return text + strlen(text);
}
