/* Command lines: options every command has, wrong usage told with the names that come close. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 64 /* bytes of an option's or command's name that are compared */

int cli_usage(const cli_command *command, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "jianbao: error: %s\n", text);
    if (command->name)
        fprintf(stderr, "usage: jianbao %s [OPTION…] %s (more: jianbao %s --help)\n", command->name,
                command->operands, command->name);
    else
        fprintf(stderr, "usage: jianbao %s (more: jianbao --help)\n", command->operands);
    g_free(text);
    return JB_INPUT;
}

/* Levenshtein distance of the first LONGEST bytes. */
static size_t distance(const char *a, const char *b) {
    size_t row[LONGEST + 1], m = strnlen(a, LONGEST), n = strnlen(b, LONGEST);
    for (size_t j = 0; j <= n; j++) row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN(change, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[n];
}

const char *cli_nearest(const char *name, const char *const *names, size_t count) {
    const char *nearest = NULL;
    size_t best = LONGEST;
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(name, names[i]);
        bool begins = *name && g_str_has_prefix(names[i], name);
        if ((begins || d * 3 <= MAX(strlen(name), strlen(names[i]))) && d < best)
            best = d, nearest = names[i];
    }
    return nearest;
}

char *cli_suggestion(const char *name, const char *const *names, size_t count) {
    const char *nearest = cli_nearest(name, names, count);
    if (nearest) return g_strdup_printf("; did you mean “%s”?", nearest);
    GString *all = g_string_new("; there are: ");
    for (size_t i = 0; i < count; i++) g_string_append_printf(all, "%s%s", i ? ", " : "", names[i]);
    return g_string_free(all, FALSE);
}

bool cli_check_name(const cli_command *command, const char *option, const char *value,
                    const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(value, names[i])) return true;
    char *near = cli_suggestion(value, names, count);
    cli_usage(command, "%s cannot be “%s”%s", option, value, near);
    g_free(near);
    return false;
}

bool cli_check_text(const cli_command *command, const char *option, const char *value) {
    if (!value || g_utf8_validate(value, -1, NULL)) return true;
    cli_usage(command, "the value of %s is not UTF-8", option);
    return false;
}

/* “--dumb=x” with the option that comes close. */
static void tell_unknown(const cli_command *command, const char *option, const GOptionEntry *own,
                         const GOptionEntry *common) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const GOptionEntry *e = own; e->long_name; e++)
        g_ptr_array_add(names, g_strconcat("--", e->long_name, NULL));
    for (const GOptionEntry *e = common; e->long_name; e++)
        if (*e->long_name) g_ptr_array_add(names, g_strconcat("--", e->long_name, NULL));
    char *bare = g_strndup(option, strcspn(option, "="));
    const char *near = cli_nearest(bare, (const char *const *)names->pdata, names->len);
    if (near)
        cli_usage(command, "unknown option “%s”; did you mean “%s”?", bare, near);
    else
        cli_usage(command, "unknown option “%s”", bare);
    g_free(bare);
    g_ptr_array_free(names, TRUE);
}

static void tell_error(const cli_command *command, const GOptionEntry *own, const GOptionEntry *common,
                       const GError *error) {
    static const char unknown[] = "Unknown option ";
    if (g_str_has_prefix(error->message, unknown)) {
        tell_unknown(command, error->message + strlen(unknown), own, common);
        return;
    }
    char *text = g_strdup(error->message);
    text[0] = g_ascii_tolower(text[0]);
    cli_usage(command, "%s", text);
    g_free(text);
}

static int print_help(const cli_run *run, GOptionContext *options) {
    char *name = g_strconcat("jianbao ", run->command->name, NULL);
    g_set_prgname(name);
    char *text = g_option_context_get_help(options, TRUE, NULL);
    jb_status status = cli_write(run, text);
    g_free(text);
    g_free(name);
    return (int)status;
}

/* CLI_GO_ON when the line was understood. */
static int parse(cli_run *run, const GOptionEntry *own, const GOptionEntry *common, int argc, char **argv) {
    GOptionContext *options = g_option_context_new(NULL);
    GError *error = NULL;
    int status = CLI_GO_ON;
    g_option_context_set_help_enabled(options, FALSE);
    g_option_context_set_summary(options, run->command->summary);
    g_option_context_set_description(options, run->command->details);
    g_option_context_add_main_entries(options, own, NULL);
    g_option_context_add_main_entries(options, common, NULL);
    char **line = g_new0(char *, argc + 1); /* GLib moves the pointers about */
    memcpy(line, argv, sizeof *line * (size_t)argc);
    if (!g_option_context_parse(options, &argc, &line, &error)) {
        tell_error(run->command, own, common, error);
        g_error_free(error);
        status = JB_INPUT;
    } else if (run->help) {
        status = print_help(run, options);
    }
    g_free(line);
    g_option_context_free(options);
    return status;
}

int cli_begin(cli_run *run, const cli_command *command, const GOptionEntry *own, int argc, char **argv) {
    static const char *const forms[] = {"text", "json"};
    *run = (cli_run){.command = command, .started = g_get_monotonic_time()};
    /* FILENAME takes a string as it is; STRING would convert it from the locale's encoding. */
    const GOptionEntry common[] = {
        {"diagnostics", 0, 0, G_OPTION_ARG_FILENAME, &run->diagnostics, "Form of messages: text or json",
         "FORM"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &run->quiet, "Print errors only", NULL},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &run->strict, "Warnings make the exit status 1", NULL},
        {"timings", 0, 0, G_OPTION_ARG_NONE, &run->timings,
         "Print the time of each stage and the peak memory", NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &run->help, "Show this text", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &run->operands, NULL, command->operands},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    int status = parse(run, own, common, argc, argv);
    if (status == CLI_GO_ON && run->diagnostics &&
        !cli_check_name(command, "--diagnostics", run->diagnostics, forms, G_N_ELEMENTS(forms)))
        status = JB_INPUT;
    run->json = run->diagnostics && !strcmp(run->diagnostics, "json");
    if (!run->operands) run->operands = g_new0(char *, 1);
    if (status != CLI_GO_ON) {
        cli_abandon(run);
        return status;
    }
    run->ctx = jb_context_new();
    return CLI_GO_ON;
}

int cli_abandon(cli_run *run) {
    jb_context_free(run->ctx);
    g_strfreev(run->operands);
    g_free(run->diagnostics);
    return JB_INPUT;
}

int cli_finish(cli_run *run, jb_status status) {
    cli_diagnostics(run);
    if (run->timings) cli_timings(run);
    bool failed = jb_context_count(run->ctx, JB_ERROR) > 0;
    if (run->strict && jb_context_count(run->ctx, JB_WARNING) > 0) failed = true;
    if (status == JB_OK && failed) status = JB_FAILED;
    cli_abandon(run);
    return (int)status;
}

jb_pair *cli_split_data(const cli_command *command, char **data) {
    guint count = data ? g_strv_length(data) : 0;
    jb_pair *pairs = g_new0(jb_pair, count + 1);
    for (guint i = 0; i < count; i++) {
        char *equals = strchr(data[i], '=');
        if (!equals || equals == data[i] || !equals[1]) {
            cli_usage(command, "--data takes NAME=FILE, not “%s”", data[i]);
            g_free(pairs);
            return NULL;
        }
        *equals = 0;
        pairs[i] = (jb_pair){data[i], equals + 1};
    }
    return pairs;
}
