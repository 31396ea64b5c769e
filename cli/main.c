/* jianbao: the command line. */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const cli_command *const commands[] = {&cli_render, &cli_chart, &cli_data, &cli_check};

/* The program itself, for usage lines. */
static const cli_command program = {.name = NULL, .operands = "COMMAND [OPTION…] FILE…"};

static int write_text(const char *text) {
    cli_run run = {.command = &program};
    return (int)cli_write(&run, text);
}

static int print_help(void) {
    GString *text = g_string_new("Usage:\n  jianbao COMMAND [OPTION…] FILE…\n\n"
                                 "From indicator data to a printed briefing.\n\nCommands:\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        g_string_append_printf(text, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    g_string_append(text,
                    "\nOptions:\n  -h, --help     Show this text; jianbao COMMAND --help shows a command's\n"
                    "  --version      Show the version\n\n"
                    "Exit status: 0 done, 1 finished with failures, 2 wrong usage or unreadable input.\n");
    int status = write_text(text->str);
    g_string_free(text, TRUE);
    return status;
}

static int print_version(void) {
    char *text = g_strdup_printf("jianbao %s\n", jb_version());
    int status = write_text(text);
    g_free(text);
    return status;
}

static int run_command(int argc, char **argv) {
    const char *names[G_N_ELEMENTS(commands)];
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        names[i] = commands[i]->name;
        if (!strcmp(argv[0], names[i])) return commands[i]->run(commands[i], argc, argv);
    }
    char *near = cli_suggestion(argv[0], names, G_N_ELEMENTS(names));
    int status = cli_usage(&program, "unknown command “%s”%s", argv[0], near);
    g_free(near);
    return status;
}

/* `jianbao help render` is `jianbao render --help`. */
static int run_help(int argc, char **argv) {
    char help[] = "--help";
    if (argc < 2) return print_help();
    char *line[] = {argv[1], help, NULL};
    return run_command(2, line);
}

/* A closed standard stream would be taken by the next file opened; writing to it must fail instead. */
static void hold_streams(void) {
    int fd = 0;
    while (fd >= 0 && fd <= 2) fd = open("/dev/null", O_RDONLY);
    if (fd >= 0) close(fd);
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error like any other */
    hold_streams();
    if (argc < 2) return cli_usage(&program, "no command");
    if (!strcmp(argv[1], "--version")) return print_version();
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) return print_help();
    if (!strcmp(argv[1], "help")) return run_help(argc - 1, argv + 1);
    if (argv[1][0] == '-') return cli_usage(&program, "unknown option “%s” before the command", argv[1]);
    return run_command(argc - 1, argv + 1);
}
