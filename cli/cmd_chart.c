/* jianbao chart: one chart as PNG, SVG or PDF, from a specification, a report or straight from data. */
#include "cli/cli.h"

#include <string.h>

#define MOST_PIXELS 100000 /* width or height; the library also limits the area */

typedef struct options {
    char *mark, *x, *y, *where, *title, *output, *size, *scale, *dump;
} options;

/* A number of digits only, with at most one point; false when it is none or not above zero. */
static bool positive(const char *text, const char **end, double *value) {
    size_t length = strspn(text, "0123456789.");
    char *stop;
    *value = length ? g_ascii_strtod(text, &stop) : 0;
    *end = text + length;
    return length && stop == *end && *value > 0;
}

/* 1600x900 */
static bool read_size(const char *text, double *width, double *height) {
    const char *end;
    if (strchr(text, '.') || !positive(text, &end, width) || (*end != 'x' && *end != 'X')) return false;
    return positive(end + 1, &end, height) && !*end && *width <= MOST_PIXELS && *height <= MOST_PIXELS;
}

/* The source's name with the suffix .png: plan.csv gives plan.png, report.md#gdp gives report-gdp.png. */
static char *default_output(const char *source) {
    char *stem = g_strdup(source), *slash = strrchr(stem, '/');
    char *id = strrchr(slash ? slash : stem, '#');
    if (id) *id++ = 0;
    char *dot = strrchr(slash ? slash + 1 : stem, '.');
    if (dot && dot > (slash ? slash + 1 : stem)) *dot = 0;
    char *output = id && *id ? g_strconcat(stem, "-", id, ".png", NULL) : g_strconcat(stem, ".png", NULL);
    g_free(stem);
    return output;
}

static bool check(const cli_run *run, const options *o) {
    static const char *const stages[] = {"chart", "scene"};
    const cli_command *c = run->command;
    if (!run->operands[0]) return cli_usage(c, "no chart is named"), false;
    if (run->operands[1])
        return cli_usage(c, "one chart at a time: “%s” is too many", run->operands[1]), false;
    if (o->dump && o->output) return cli_usage(c, "--dump writes no file: leave out -o"), false;
    if (!cli_check_text(c, "--mark", o->mark) || !cli_check_text(c, "-x", o->x) ||
        !cli_check_text(c, "-y", o->y) || !cli_check_text(c, "--where", o->where) ||
        !cli_check_text(c, "--title", o->title))
        return false;
    return !o->dump || cli_check_name(c, "--dump", o->dump, stages, G_N_ELEMENTS(stages));
}

static bool read_numbers(const cli_run *run, const options *o, jb_chart_request *request) {
    const char *end = "";
    if (o->size && !read_size(o->size, &request->width, &request->height))
        return cli_usage(run->command, "--size takes WIDTHxHEIGHT in pixels, as 1600x900, not “%s”", o->size),
               false;
    if (o->scale && (!positive(o->scale, &end, &request->scale) || *end))
        return cli_usage(run->command, "--scale takes a number above zero, not “%s”", o->scale), false;
    return true;
}

static int draw(cli_run *run, const options *o) {
    jb_chart_request request = {
        .mark = o->mark, .x = o->x, .y = o->y, .where = o->where, .title = o->title, .dump = o->dump};
    char *dump = NULL;
    if (!check(run, o) || !read_numbers(run, o, &request)) return cli_abandon(run);
    char *output = o->output ? g_strdup(o->output) : o->dump ? NULL : default_output(run->operands[0]);
    request.source = run->operands[0];
    request.output = output;
    jb_status status = jb_chart_render(run->ctx, &request, &dump);
    if (dump && cli_write(run, dump) != JB_OK && status == JB_OK) status = JB_FAILED;
    jb_free(dump);
    g_free(output);
    return cli_finish(run, status);
}

static void free_options(options *o) {
    char *const all[] = {o->mark, o->x, o->y, o->where, o->title, o->output, o->size, o->scale, o->dump};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) g_free(all[i]);
}

static int run_chart(const cli_command *command, int argc, char **argv) {
    options o = {0};
    cli_run run;
    const GOptionEntry own[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
         "The picture: .png, .svg or .pdf; without it a PNG beside "
         "the source",
         "FILE"},
        {"mark", 0, 0, G_OPTION_ARG_FILENAME, &o.mark, "Draw a data file with this mark: bar, line, …",
         "MARK"},
        {"x", 'x', 0, G_OPTION_ARG_FILENAME, &o.x, "Column of the categories", "COLUMN"},
        {"y", 'y', 0, G_OPTION_ARG_FILENAME, &o.y, "Columns of the values", "COLUMN[,COLUMN…]"},
        {"where", 0, 0, G_OPTION_ARG_FILENAME, &o.where, "Only rows for which this SQL condition holds",
         "CONDITION"},
        {"title", 0, 0, G_OPTION_ARG_FILENAME, &o.title, "Title over the chart", "TEXT"},
        {"size", 0, 0, G_OPTION_ARG_FILENAME, &o.size, "Size of the picture in pixels", "WIDTHxHEIGHT"},
        {"scale", 0, 0, G_OPTION_ARG_FILENAME, &o.scale, "Pixels per point when no size is given", "NUMBER"},
        {"dump", 0, 0, G_OPTION_ARG_FILENAME, &o.dump, "Print a stage instead: chart or scene", "STAGE"},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    int status = cli_begin(&run, command, own, argc, argv);
    if (status == CLI_GO_ON) status = draw(&run, &o);
    free_options(&o);
    return status;
}

const cli_command cli_chart = {
    .name = "chart",
    .operands = "SPEC.yaml|REPORT.md#ID|DATA.csv",
    .summary = "Draw one chart as PNG, SVG or PDF",
    .details =
        "Straight from data: jianbao chart plan.csv --mark bar -x 指标名称 -y 年初目标,实际完成 -o plan.png",
    .run = run_chart,
};
