#include "charts/plot.h"
jb_status jb_reference_read(jb_context *ctx, jb_arena *arena, jb_spec *spec) {
    (void)ctx, (void)arena, (void)spec;
    return JB_OK;
}
