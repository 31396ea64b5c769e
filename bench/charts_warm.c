/* Draws one chart again and again in one process through the public API, as a server would: a new context each time, data
 * and theme read anew. Prints the milliseconds of each drawing, one a line; the first is cold.
 *   charts_warm SOURCE MARK X Y OUT.png WIDTH HEIGHT TIMES */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "include/jianbao.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int draw(const jb_chart_request *request) {
    jb_context *ctx = jb_context_new();
    jb_status status = jb_chart_render(ctx, request, NULL);
    for (size_t i = 0; status != JB_OK && i < jb_context_diagnostics(ctx); i++)
        fprintf(stderr, "%s\n", jb_context_diagnostic(ctx, i).message);
    jb_context_free(ctx);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 9) return 2;
    const jb_chart_request request = {.source = argv[1],
                                      .mark = argv[2],
                                      .x = argv[3],
                                      .y = argv[4],
                                      .output = argv[5],
                                      .width = atof(argv[6]),
                                      .height = atof(argv[7])};
    for (int i = 0; i < atoi(argv[8]); i++) {
        double begin = now();
        if (draw(&request) != JB_OK) return 1;
        printf("%.3f\n", now() - begin);
    }
    return 0;
}
