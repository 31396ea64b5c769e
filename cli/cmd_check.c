/* jianbao check: everything that may be wrong with reports, without output. */
#include "cli/cli.h"

#include <stdio.h>

static void append_count(GString *out, size_t count, const char *what) {
    if (!count) return;
    g_string_append_printf(out, "%s%zu %s%s", out->len ? ", " : "", count, what, count == 1 ? "" : "s");
}

/* “1 error, 3 warnings in 2 reports”. */
static char *summary(const jb_context *ctx, guint reports) {
    GString *out = g_string_new(NULL);
    append_count(out, jb_context_count(ctx, JB_ERROR), "error");
    append_count(out, jb_context_count(ctx, JB_WARNING), "warning");
    if (!out->len) g_string_append(out, "nothing wrong");
    g_string_append_printf(out, " in %u report%s\n", reports, reports == 1 ? "" : "s");
    return g_string_free(out, FALSE);
}

static jb_status check_all(cli_run *run, const jb_pair *pairs, size_t count) {
    jb_status status = JB_OK;
    for (char **report = run->operands; *report; report++) {
        jb_check_request request = {.report = *report, .data = pairs, .data_count = count};
        jb_status one = jb_report_check(run->ctx, &request);
        status = MAX(status, one);
    }
    return status;
}

static int check(cli_run *run, char **data) {
    jb_pair *pairs = run->operands[0] ? cli_split_data(run->command, data) : NULL;
    if (!run->operands[0]) cli_usage(run->command, "no report is named");
    if (!pairs) return cli_abandon(run);
    jb_status status = check_all(run, pairs, data ? g_strv_length(data) : 0);
    char *line = run->quiet || run->json ? NULL : summary(run->ctx, g_strv_length(run->operands));
    int result = cli_finish(run, status);
    if (line) fputs(line, stderr);
    g_free(line);
    g_free(pairs);
    return result;
}

static int run_check(const cli_command *command, int argc, char **argv) {
    char **data = NULL;
    cli_run run;
    const GOptionEntry own[] = {{"data", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &data,
                                 "A dataset, instead of or beside those of the reports' heads", "NAME=FILE"},
                                {NULL, 0, 0, 0, NULL, NULL, NULL}};
    int status = cli_begin(&run, command, own, argc, argv);
    if (status == CLI_GO_ON) status = check(&run, data);
    g_strfreev(data);
    return status;
}

const cli_command cli_check = {
    .name = "check",
    .operands = "REPORT.md…",
    .summary = "Find what is wrong with reports, without output",
    .details = "Data that looks odd, look-ups that fail, charts and tables that cannot be drawn, missing "
               "glyphs, and\n"
               "numbers in the text that disagree with the data. Exit status: 0 nothing found, 1 warnings or "
               "errors,\n"
               "2 a report or a dataset cannot be read.",
    .run = run_check,
};
