/* Messages on standard error: with the source line and a caret, or as JSON; timings; writing standard output.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define WIDEST 100  /* cells of a source line that are shown */
#define CARET_AT 60 /* cells of it before the caret, at most */

static const char *const severities[] = {"note", "warning", "error"};

static bool use_colour(void) {
    const char *no = g_getenv("NO_COLOR"), *terminal = g_getenv("TERM");
    return isatty(STDERR_FILENO) && !(no && *no) && !(terminal && !strcmp(terminal, "dumb"));
}

/* Terminal cells of a character. */
static int cells(gunichar c) { return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1; }

/* Control characters would act on the terminal: they are shown as U+FFFD. Tabs stay. */
static gunichar harmless(gunichar c) { return c != '\t' && g_unichar_iscntrl(c) ? 0xFFFD : c; }

static void append_harmless(GString *out, const char *text) {
    char *valid = g_utf8_make_valid(text, -1);
    for (const char *p = valid; *p; p = g_utf8_next_char(p))
        g_string_append_unichar(out, harmless(g_utf8_get_char(p)));
    g_free(valid);
}

/* Where to begin so that at most CARET_AT cells stand before the caret. */
static const char *window_start(const char *line, const char *caret) {
    int before = 0;
    for (const char *p = line; p < caret; p = g_utf8_next_char(p)) before += cells(g_utf8_get_char(p));
    while (before > CARET_AT) {
        before -= cells(g_utf8_get_char(line));
        line = g_utf8_next_char(line);
    }
    return line;
}

/* The line and under it the caret; a long line is cut at both ends. */
static void append_source(GString *out, const char *source, int column, bool colour) {
    char *line = g_utf8_make_valid(source, -1);
    const char *caret = line;
    for (int i = 1; i < column && *caret; i++) caret = g_utf8_next_char(caret);
    const char *p = window_start(line, caret);
    GString *under = g_string_new(p > line ? "   " : "  ");
    g_string_append(out, p > line ? "  …" : "  ");
    for (int width = 0; *p && width < WIDEST; p = g_utf8_next_char(p)) {
        gunichar c = harmless(g_utf8_get_char(p));
        g_string_append_unichar(out, c);
        width += cells(c);
        if (p >= caret) continue;
        if (c == '\t')
            g_string_append_c(under, '\t');
        else
            g_string_append_printf(under, "%*s", cells(c), "");
    }
    g_string_append(out, *p ? "…\n" : "\n");
    if (column > 0)
        g_string_append_printf(out, "%s%s^%s\n", under->str, colour ? "\033[1;32m" : "",
                               colour ? "\033[m" : "");
    g_string_free(under, TRUE);
    g_free(line);
}

static void append_place(GString *out, const jb_diagnostic *d) {
    append_harmless(out, d->file ? d->file : "jianbao");
    if (d->file && d->line > 0) g_string_append_printf(out, ":%d", d->line);
    if (d->file && d->line > 0 && d->column > 0) g_string_append_printf(out, ":%d", d->column);
    g_string_append(out, ": ");
}

static void append_text(GString *out, const jb_diagnostic *d) {
    static const char *const colours[] = {"\033[1;36m", "\033[1;35m", "\033[1;31m"};
    bool colour = use_colour();
    if (colour) g_string_append(out, "\033[1m");
    append_place(out, d);
    g_string_append_printf(out, "%s%s:%s ", colour ? colours[d->severity] : "", severities[d->severity],
                           colour ? "\033[m" : "");
    append_harmless(out, d->message);
    if (d->count > 1) g_string_append_printf(out, " (%u times)", d->count);
    g_string_append_c(out, '\n');
    if (d->source && *d->source) append_source(out, d->source, d->column, colour);
}

static void append_json_string(GString *out, const char *text) {
    char *valid = g_utf8_make_valid(text, -1);
    g_string_append_c(out, '"');
    for (const char *p = valid; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_printf(out, "\\%c", *p);
        else if ((unsigned char)*p < 0x20 || *p == 0x7f)
            g_string_append_printf(out, "\\u%04x", (unsigned)*p);
        else
            g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
    g_free(valid);
}

/* Keys in this order; what is not known is null, or 0. */
static void append_json(GString *out, const jb_diagnostic *d) {
    g_string_append(out, "{\"file\":");
    if (d->file)
        append_json_string(out, d->file);
    else
        g_string_append(out, "null");
    g_string_append_printf(out, ",\"line\":%d,\"column\":%d,\"severity\":\"%s\",\"message\":", d->line,
                           d->column, severities[d->severity]);
    append_json_string(out, d->message);
    g_string_append(out, ",\"source\":");
    if (d->source)
        append_json_string(out, d->source);
    else
        g_string_append(out, "null");
    g_string_append_printf(out, ",\"count\":%u}\n", d->count);
}

void cli_message(const cli_run *run, const jb_diagnostic *diagnostic) {
    GString *out = g_string_new(NULL);
    if (run->json)
        append_json(out, diagnostic);
    else
        append_text(out, diagnostic);
    fputs(out->str, stderr);
    g_string_free(out, TRUE);
}

void cli_diagnostics(const cli_run *run) {
    size_t told = 0, all = 0, n = jb_context_diagnostics(run->ctx);
    for (int severity = JB_NOTE; severity <= JB_ERROR; severity++)
        all += jb_context_count(run->ctx, severity);
    for (size_t i = 0; i < n; i++) {
        jb_diagnostic d = jb_context_diagnostic(run->ctx, i);
        told += d.count;
        if (!run->quiet || d.severity == JB_ERROR) cli_message(run, &d);
    }
    if (told >= all || run->quiet) return;
    char *text = g_strdup_printf("%zu more messages were not kept", all - told);
    cli_message(run, &(jb_diagnostic){.severity = JB_NOTE, .message = text, .count = 1});
    g_free(text);
}

/* Microseconds as milliseconds with three digits, whatever the locale. */
static void print_time(const cli_run *run, const char *name, gint64 us) {
    const char *form = run->json ? "{\"stage\":\"%s\",\"ms\":%" G_GINT64_FORMAT ".%03d}\n"
                                 : "%-12s %8" G_GINT64_FORMAT ".%03d ms\n";
    fprintf(stderr, form, name, us / 1000, (int)(us % 1000));
}

void cli_timings(const cli_run *run) {
    const char *stage;
    double ms;
    struct rusage usage = {0};
    for (size_t i = 0; jb_context_timing(run->ctx, i, &stage, &ms); i++)
        print_time(run, stage, (gint64)(ms * 1000 + 0.5));
    print_time(run, "total", g_get_monotonic_time() - run->started);
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, run->json ? "{\"stage\":\"peak memory\",\"kib\":%ld}\n" : "peak memory  %8ld KiB\n",
            usage.ru_maxrss);
}

jb_status cli_write(const cli_run *run, const char *text) {
    size_t length = strlen(text);
    errno = 0;
    if (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0) return JB_OK;
    char *message = g_strdup_printf("cannot write standard output: %s", g_strerror(errno));
    cli_message(run, &(jb_diagnostic){.severity = JB_ERROR, .message = message, .count = 1});
    g_free(message);
    return JB_FAILED;
}
