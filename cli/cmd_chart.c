/* jianbao chart: charts as PNG, SVG or PDF, from a specification, a report or straight from data. */
#include "cli/cli.h"

#include <string.h>

#define MOST_PIXELS 100000 /* width or height; the library also limits the area */

typedef struct options {
    char *mark, *x, *y, *where, *title, *output, *size, *format, *dpi, *scale, *dump;
    gboolean all, transparent, text;
} options;

/* As the library names them; kept here so that a slip is wrong usage. */
static const char *const formats[] = {"ppt-16x9",     "ppt-16x9-half", "ppt-4x3",
                                      "ppt-4x3-half", "a4-width",      "a4-half",
                                      "a4-third",     "gongwen-width", "gongwen-half"};

/* A number of digits only, with at most one point; false when it is none or not above zero. */
static bool positive(const char *text, const char **end, double *value) {
    size_t length = strspn(text, "0123456789.");
    char *stop;
    *value = length ? g_ascii_strtod(text, &stop) : 0;
    *end = text + length;
    return length && stop == *end && *value > 0;
}

/* One side of a size; pt is how many pt its unit is, 0 for pixels. */
static bool read_side(const char *text, const char **end, double *value, double *pt) {
    static const struct {
        const char *name;
        double pt;
    } units[] = {{"px", 0}, {"pt", 1}, {"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72}};
    if (!positive(text, end, value)) return false;
    *pt = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (!g_ascii_strncasecmp(*end, units[i].name, 2)) {
            *pt = units[i].pt;
            *end += 2;
            break;
        }
    return *pt > 0 || *value == (double)(gint64)*value;
}

/* 1600x900, 160mmx90mm, 440ptx200pt; both sides in pixels or both in lengths. */
static bool read_size(const char *text, jb_chart_request *request) {
    double side[2], pt[2];
    const char *end;
    if (!read_side(text, &end, &side[0], &pt[0]) || (*end != 'x' && *end != 'X')) return false;
    if (!read_side(end + 1, &end, &side[1], &pt[1]) || *end || (pt[0] > 0) != (pt[1] > 0)) return false;
    if (side[0] > MOST_PIXELS || side[1] > MOST_PIXELS) return false;
    if (pt[0] > 0) {
        request->width_pt = side[0] * pt[0];
        request->height_pt = side[1] * pt[1];
    } else {
        request->width = side[0];
        request->height = side[1];
    }
    return true;
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

/* The same for all charts: report.md gives report-{id}.png. */
static char *default_outputs(const char *source) {
    char *one = default_output(source), *stem = g_strndup(one, strlen(one) - strlen(".png")),
         *outputs = g_strconcat(stem, "-{id}.png", NULL);
    g_free(one);
    g_free(stem);
    return outputs;
}

static bool check_all(const cli_command *c, const cli_run *run, const options *o) {
    if (strchr(run->operands[0], '#'))
        return cli_usage(c, "--all draws every chart of a report: leave out the #ID"), false;
    if (o->mark || o->x || o->y)
        return cli_usage(c, "--all draws a report's charts as they are: leave out --mark, -x and -y"), false;
    if (o->dump) return cli_usage(c, "--dump prints one chart: leave out --all"), false;
    if (o->output && !strstr(o->output, "{id}") && !strstr(o->output, "{n}"))
        return cli_usage(c, "--all needs {id} or {n} in the output's name, as -o 'charts/{id}.png'"), false;
    return true;
}

static bool check(const cli_run *run, const options *o) {
    static const char *const stages[] = {"chart", "scene"};
    const cli_command *c = run->command;
    if (!run->operands[0]) return cli_usage(c, "no chart is named"), false;
    if (run->operands[1])
        return cli_usage(c, "one chart at a time: “%s” is too many", run->operands[1]), false;
    if (o->dump && o->output) return cli_usage(c, "--dump writes no file: leave out -o"), false;
    if (o->size && o->format) return cli_usage(c, "--for gives the size: leave out --size"), false;
    if (o->dpi && o->scale) return cli_usage(c, "--dpi and --scale say the same: leave one out"), false;
    if (!cli_check_text(c, "--mark", o->mark) || !cli_check_text(c, "-x", o->x) ||
        !cli_check_text(c, "-y", o->y) || !cli_check_text(c, "--where", o->where) ||
        !cli_check_text(c, "--title", o->title))
        return false;
    if (o->format && !cli_check_name(c, "--for", o->format, formats, G_N_ELEMENTS(formats))) return false;
    if (o->all && !check_all(c, run, o)) return false;
    return !o->dump || cli_check_name(c, "--dump", o->dump, stages, G_N_ELEMENTS(stages));
}

static bool read_numbers(const cli_run *run, const options *o, jb_chart_request *request) {
    const cli_command *c = run->command;
    const char *end = "";
    if (o->size && !read_size(o->size, request))
        return cli_usage(
                   c,
                   "--size takes WIDTHxHEIGHT, as 1600x900 (pixels), 160mmx90mm, 440ptx200pt, not “%s”; "
                   "units are px, pt, mm, cm, in; for slides and pages see --for",
                   o->size),
               false;
    if (o->scale && (!positive(o->scale, &end, &request->scale) || *end))
        return cli_usage(c, "--scale takes a number above zero, not “%s”", o->scale), false;
    if (o->dpi && (!positive(o->dpi, &end, &request->scale) || *end || request->scale > 2400))
        return cli_usage(c, "--dpi takes a number up to 2400, as 300, not “%s”", o->dpi), false;
    if (o->dpi) request->scale /= 72;
    return true;
}

static char *output_of(const cli_run *run, const options *o) {
    if (o->output || o->dump) return g_strdup(o->output);
    return o->all ? default_outputs(run->operands[0]) : default_output(run->operands[0]);
}

static int draw(cli_run *run, const options *o) {
    jb_chart_request request = {.mark = o->mark,
                                .x = o->x,
                                .y = o->y,
                                .where = o->where,
                                .title = o->title,
                                .dump = o->dump,
                                .format = o->format,
                                .transparent = o->transparent,
                                .text = o->text,
                                .all = o->all};
    char *dump = NULL;
    if (!check(run, o) || !read_numbers(run, o, &request)) return cli_abandon(run);
    char *output = output_of(run, o);
    request.source = run->operands[0];
    request.output = output;
    jb_status status = jb_chart_render(run->ctx, &request, &dump);
    if (dump && cli_write(run, dump) != JB_OK && status == JB_OK) status = JB_FAILED;
    jb_free(dump);
    g_free(output);
    return cli_finish(run, status);
}

static void free_options(options *o) {
    char *const all[] = {o->mark, o->x,      o->y,   o->where, o->title, o->output,
                         o->size, o->format, o->dpi, o->scale, o->dump};
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
        {"size", 0, 0, G_OPTION_ARG_FILENAME, &o.size,
         "Size of the picture: 1600x900 (pixels), 160mmx90mm, 440ptx200pt", "WIDTHxHEIGHT"},
        {"for", 0, 0, G_OPTION_ARG_FILENAME, &o.format,
         "Size and type for a slide or a page: ppt-16x9, ppt-16x9-half, ppt-4x3, ppt-4x3-half, a4-width, "
         "a4-half, a4-third, gongwen-width, gongwen-half",
         "FORMAT"},
        {"dpi", 0, 0, G_OPTION_ARG_FILENAME, &o.dpi, "Pixels per inch", "NUMBER"},
        {"scale", 0, 0, G_OPTION_ARG_FILENAME, &o.scale, "Pixels per point", "NUMBER"},
        {"transparent", 0, 0, G_OPTION_ARG_NONE, &o.transparent, "A PNG without ground", NULL},
        {"text", 0, 0, G_OPTION_ARG_NONE, &o.text, "An SVG with text as text, to be edited, not as outlines",
         NULL},
        {"all", 0, 0, G_OPTION_ARG_NONE, &o.all,
         "Every chart of a report; {id} and {n} in OUTPUT name the files", NULL},
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
    .summary = "Draw charts as PNG, SVG or PDF",
    .details =
        "Straight from data: jianbao chart plan.csv --mark bar -x 指标名称 -y 年初目标,实际完成 -o plan.png",
    .run = run_chart,
};
