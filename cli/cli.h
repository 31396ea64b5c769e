/* What the commands share: options, diagnostics, output. Only the public header and GLib stand behind it. */
#ifndef JB_CLI_CLI_H
#define JB_CLI_CLI_H

#include <glib.h>
#include "include/jianbao.h"

typedef struct cli_command cli_command;
struct cli_command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    const char *details;                                           /* behind the options in --help */
    int (*run)(const cli_command *command, int argc, char **argv); /* argv[0] is the command's name */
};

extern const cli_command cli_render, cli_chart, cli_data, cli_check;

/* Options every command has, and the state of its run. Release with cli_finish. */
typedef struct cli_run {
    const cli_command *command;
    jb_context *ctx;
    gboolean help, quiet, strict, timings;
    char *diagnostics; /* "text" or "json" */
    char **operands;   /* never NULL behind cli_begin */
    bool json;
    gint64 started; /* microseconds */
} cli_run;

enum { CLI_GO_ON = -1 };

/* Parses the command line by the command's own options (ended by an empty entry) and the common ones. Returns
 * CLI_GO_ON, or the exit status when all is said: help, or wrong usage. Strings in the options' variables are
 * the caller's to free with g_free and g_strfreev. */
int cli_begin(cli_run *run, const cli_command *command, const GOptionEntry *own, int argc, char **argv);
/* Prints diagnostics and timings, frees the run, and says what the exit status is. */
int cli_finish(cli_run *run, jb_status status);
/* Frees the run after wrong usage was told. */
int cli_abandon(cli_run *run);

/* Wrong usage: one line that says what, one with the usage. Returns JB_INPUT. */
int cli_usage(const cli_command *command, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The name nearest to a misspelt one, or NULL when none is near enough. */
const char *cli_nearest(const char *name, const char *const *names, size_t count);
/* “; did you mean “X”?” or “; there are: …”. Freed with g_free. */
char *cli_suggestion(const char *name, const char *const *names, size_t count);
/* Whether the value of an option is one of the names; else that is wrong usage, and said. */
bool cli_check_name(const cli_command *command, const char *option, const char *value,
                    const char *const *names, size_t count);
/* Whether an option's value is UTF-8; else that is wrong usage, and said. NULL is fine. */
bool cli_check_text(const cli_command *command, const char *option, const char *value);

/* The values of --data, NAME=FILE, parted in place at the first “=”. NULL when one is malformed, which is wrong usage, and
 * said. Freed with g_free; the strings stay the caller's. */
jb_pair *cli_split_data(const cli_command *command, char **data);

/* Writes the text to standard output. A failure is told, and JB_FAILED. */
jb_status cli_write(const cli_run *run, const char *text);

/* Prints one message to standard error, in the form the run asks for. */
void cli_message(const cli_run *run, const jb_diagnostic *diagnostic);
void cli_diagnostics(const cli_run *run);
void cli_timings(const cli_run *run);

#endif
