/* Loads a data file through the public API and says how many rows it has: what bench/input times. */
#include <stdio.h>
#include "include/jianbao.h"

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    jb_context *ctx = jb_context_new();
    jb_dataset *data = jb_dataset_load(ctx, argv[1]);
    if (data) printf("%zu rows\n", jb_dataset_rows(data));
    jb_dataset_free(data);
    jb_context_free(ctx);
    return !data;
}
