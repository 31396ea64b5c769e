/* A backend: a struct of functions that a scene is played to. NULL means "this backend ignores it". */
#ifndef JB_OUTPUT_DEVICE_H
#define JB_OUTPUT_DEVICE_H

#include "output/scene.h"

typedef struct jb_device jb_device;
struct jb_device {
    void (*path)(jb_device *device, const jb_item *item);
    void (*text)(jb_device *device, const jb_item *item);
    void (*image)(jb_device *device, const jb_item *item);
    void (*push)(jb_device *device, const jb_item *item);
    void (*pop)(jb_device *device);
    void (*tag)(jb_device *device, int element);
    void (*untag)(jb_device *device);
    void (*link)(jb_device *device, const jb_item *item);
};

/* Plays a scene. Unbalanced groups or tags are an error in the context (our bug, said aloud), and JB_FAILED. */
jb_status jb_scene_play(jb_context *ctx, const jb_scene *scene, jb_device *device);

#endif
