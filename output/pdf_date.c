/* The one date of a document. */
#include "output/pdf_meta.h"

typedef struct date {
    int year, month, day; /* 0: not known */
    int hour, minute, second;
} date;

/* https://reproducible-builds.org/specs/source-date-epoch/ */
static bool from_environment(jb_context *ctx, date *d) {
    const char *text = g_getenv("SOURCE_DATE_EPOCH");
    char *end;
    if (!text || !*text) return false;
    gint64 seconds = g_ascii_strtoll(text, &end, 10);
    GDateTime *time = *end || !g_ascii_isdigit(*text) ? NULL : g_date_time_new_from_unix_utc(seconds);
    if (!time) {
        jb_diag(ctx, JB_WARNING, (jb_pos){0},
                "SOURCE_DATE_EPOCH is “%s”, which is no number of seconds; the PDF has no date", text);
        return false;
    }
    *d = (date){g_date_time_get_year(time), g_date_time_get_month(time),  g_date_time_get_day_of_month(time),
                g_date_time_get_hour(time), g_date_time_get_minute(time), g_date_time_get_second(time)};
    g_date_time_unref(time);
    return true;
}

static bool find(jb_context *ctx, const jb_pages *pages, date *d) {
    *d = (date){.year = pages->year, .month = pages->month, .day = pages->day};
    if (d->year <= 0 || d->year > 9999) return from_environment(ctx, d);
    if (d->month < 1 || d->month > 12) d->month = d->day = 0;
    if (d->day < 1 || d->day > 31) d->day = 0;
    return true;
}

char *jb_pdf_date(jb_context *ctx, const jb_pages *pages, bool xmp) {
    date d;
    if (!find(ctx, pages, &d)) return NULL;
    if (!d.month) return g_strdup_printf(xmp ? "%04d" : "D:%04d", d.year);
    if (!d.day) return g_strdup_printf(xmp ? "%04d-%02d" : "D:%04d%02d", d.year, d.month);
    return g_strdup_printf(xmp ? "%04d-%02d-%02dT%02d:%02d:%02dZ" : "D:%04d%02d%02d%02d%02d%02dZ", d.year,
                           d.month, d.day, d.hour, d.minute, d.second);
}
