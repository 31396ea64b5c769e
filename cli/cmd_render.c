/* jianbao render: a report as PDF. */
#include "cli/cli.h"


static const char *const stages[] = {"data",  "document", "chart",     "lines",
                                     "pages", "scene",    "structure", "pdf"};

typedef struct options {
    char *output, *dump;
    char **data;
    gboolean readable;
} options;

static bool check(const cli_run *run, const options *o) {
    if (!run->operands[0]) return cli_usage(run->command, "no report is named"), false;
    if (run->operands[1])
        return cli_usage(run->command, "one report at a time: “%s” is too many", run->operands[1]), false;
    if (o->dump && o->output) return cli_usage(run->command, "--dump writes no file: leave out -o"), false;
    return !o->dump || cli_check_name(run->command, "--dump", o->dump, stages, G_N_ELEMENTS(stages));
}

static int render(cli_run *run, const options *o) {
    jb_pair *pairs = check(run, o) ? cli_split_data(run->command, o->data) : NULL;
    char *dump = NULL;
    if (!pairs) return cli_abandon(run);
    jb_report_request request = {.report = run->operands[0],
                                 .output = o->output,
                                 .dump = o->dump,
                                 .data = pairs,
                                 .data_count = o->data ? g_strv_length(o->data) : 0,
                                 .readable = o->readable};
    jb_status status = jb_report_render(run->ctx, &request, &dump);
    if (dump && cli_write(run, dump) != JB_OK && status == JB_OK) status = JB_FAILED;
    jb_free(dump);
    g_free(pairs);
    return cli_finish(run, status);
}

static int run_render(const cli_command *command, int argc, char **argv) {
    options o = {0};
    cli_run run;
    const GOptionEntry own[] = {{"output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
                                 "The PDF; without it REPORT.pdf beside the report", "OUT.pdf"},
                                {"data", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.data,
                                 "A dataset, instead of or beside those of the report's head", "NAME=FILE"},
                                {"dump", 0, 0, G_OPTION_ARG_FILENAME, &o.dump,
                                 "Print a stage instead: data, document, chart, lines, pages, "
                                 "scene, structure or pdf",
                                 "STAGE"},
                                {"readable", 0, 0, G_OPTION_ARG_NONE, &o.readable,
                                 "A PDF without compression, to read and compare", NULL},
                                {NULL, 0, 0, 0, NULL, NULL, NULL}};
    int status = cli_begin(&run, command, own, argc, argv);
    if (status == CLI_GO_ON) status = render(&run, &o);
    g_free(o.output);
    g_free(o.dump);
    g_strfreev(o.data);
    return status;
}

const cli_command cli_render = {
    .name = "render",
    .operands = "REPORT.md",
    .summary = "Make a report as PDF",
    .details = "The report is Markdown with a YAML head. On failure no PDF is left and an older one stays as "
               "it is.\n"
               "Messages go to standard error, dumps to standard output.",
    .run = run_render,
};
