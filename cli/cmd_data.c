/* jianbao data: what was understood of data files, one JSON object a row. */
#include "cli/cli.h"

static jb_status print_file(cli_run *run, const char *path) {
    char *text = NULL;
    jb_status status = jb_data_print(run->ctx, path, &text);
    if (status == JB_OK && text) status = cli_write(run, text);
    jb_free(text);
    return status;
}

static int run_data(const cli_command *command, int argc, char **argv) {
    cli_run run;
    const GOptionEntry own[] = {{NULL, 0, 0, 0, NULL, NULL, NULL}};
    jb_status status = JB_OK;
    int begun = cli_begin(&run, command, own, argc, argv);
    if (begun != CLI_GO_ON) return begun;
    if (!run.operands[0]) {
        cli_usage(command, "no data file is named");
        return cli_abandon(&run);
    }
    for (char **path = run.operands; *path; path++) {
        jb_status one = print_file(&run, *path);
        status = MAX(status, one);
    }
    return cli_finish(&run, status);
}

const cli_command cli_data = {
    .name = "data",
    .operands = "FILE…",
    .summary = "Print what is understood of data files",
    .details = "One JSON object a row: name, unit, marks, and for each column what its cell says.",
    .run = run_data,
};
