/* jianbao data: what was understood of data files, one JSON object a row. */
#include "cli/cli.h"

#include <string.h>

typedef struct options {
    char *sheet, *range, *encoding, *inside, *table, *query, *columns, *separator;
    gboolean pad, skip_hidden, raw;
    int header, skip;
} options;

static const struct {
    const char *name;
    char separator;
} separators[] = {{",", ','}, {";", ';'}, {"tab", '\t'}, {"\t", '\t'}, {"|", '|'}};

static bool read_separator(const cli_command *command, const char *name, char *separator) {
    for (unsigned i = 0; name && i < G_N_ELEMENTS(separators); i++)
        if (!strcmp(name, separators[i].name)) *separator = separators[i].separator;
    if (!name || *separator) return true;
    cli_usage(command, "--separator is one of , ; tab |, not “%s”", name);
    return false;
}

static bool check(const cli_run *run, const options *o, jb_data_request *request) {
    const char *const texts[] = {o->sheet, o->range, o->encoding, o->inside, o->table, o->query, o->columns};
    if (!run->operands[0]) return cli_usage(run->command, "no data file is named"), false;
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!cli_check_text(run->command, "an option", texts[i])) return false;
    if (o->header < 0 || o->header > 3) return cli_usage(run->command, "--header is 1, 2 or 3"), false;
    if (o->skip < 0) return cli_usage(run->command, "--skip is a number of rows"), false;
    *request = (jb_data_request){.sheet = o->sheet,
                                 .range = o->range,
                                 .encoding = o->encoding,
                                 .inside = o->inside,
                                 .table = o->table,
                                 .query = o->query,
                                 .columns = o->columns,
                                 .pad = o->pad,
                                 .skip_hidden = o->skip_hidden,
                                 .raw = o->raw,
                                 .describe = !run->quiet,
                                 .header = o->header,
                                 .skip = (unsigned)o->skip};
    return read_separator(run->command, o->separator, &request->separator);
}

static jb_status print_file(cli_run *run, jb_data_request *request, const char *path) {
    char *text = NULL;
    request->path = path;
    jb_status status = jb_data_print(run->ctx, request, &text);
    if (status == JB_OK && text) status = cli_write(run, text);
    jb_free(text);
    return status;
}

static int print_files(cli_run *run, const options *o) {
    jb_data_request request;
    jb_status status = JB_OK;
    if (!check(run, o, &request)) return cli_abandon(run);
    for (char **path = run->operands; *path; path++) {
        jb_status one = print_file(run, &request, *path);
        status = MAX(status, one);
    }
    return cli_finish(run, status);
}

static void free_options(options *o) {
    char *const texts[] = {o->sheet, o->range, o->encoding, o->inside, o->table, o->query, o->columns, o->separator};
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
}

static int run_data(const cli_command *command, int argc, char **argv) {
    cli_run run;
    options o = {0};
    const GOptionEntry own[] = {
        {"raw", 0, 0, G_OPTION_ARG_NONE, &o.raw, "Print the cells as CSV, uninterpreted", NULL},
        {"sheet", 0, 0, G_OPTION_ARG_FILENAME, &o.sheet, "Sheet of a workbook, by name or number", "SHEET"},
        {"range", 0, 0, G_OPTION_ARG_FILENAME, &o.range, "Cells of a sheet, as A3:F30", "RANGE"},
        {"skip-hidden", 0, 0, G_OPTION_ARG_NONE, &o.skip_hidden, "Leave out hidden rows and columns", NULL},
        {"table", 0, 0, G_OPTION_ARG_FILENAME, &o.table, "Table of an SQLite file", "TABLE"},
        {"query", 0, 0, G_OPTION_ARG_FILENAME, &o.query, "SELECT on an SQLite file", "SQL"},
        {"inside", 0, 0, G_OPTION_ARG_FILENAME, &o.inside, "Where the table is in a JSON file, as data.rows", "PATH"},
        {"encoding", 0, 0, G_OPTION_ARG_FILENAME, &o.encoding, "Encoding of a text file", "NAME"},
        {"separator", 0, 0, G_OPTION_ARG_FILENAME, &o.separator, "Separator of a text file: , ; tab or |", "MARK"},
        {"pad", 0, 0, G_OPTION_ARG_NONE, &o.pad, "Fill up rows with too few cells", NULL},
        {"header", 0, 0, G_OPTION_ARG_INT, &o.header, "Number of header rows, 1 to 3", "N"},
        {"skip", 0, 0, G_OPTION_ARG_INT, &o.skip, "Rows to leave out before the header", "N"},
        {"columns", 0, 0, G_OPTION_ARG_FILENAME, &o.columns, "Columns to keep, by name", "A,B,…"},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    int status = cli_begin(&run, command, own, argc, argv);
    if (status == CLI_GO_ON) status = print_files(&run, &o);
    free_options(&o);
    return status;
}

const cli_command cli_data = {
    .name = "data",
    .operands = "FILE[!SHEET]…",
    .summary = "Print what is understood of data files",
    .details = "One JSON object a row: name, unit, marks, and for each column what its cell says. Notes on standard "
               "error tell\nwhat was taken for title, header, unit and note; -q leaves them out.",
    .run = run_data,
};
