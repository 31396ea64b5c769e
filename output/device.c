/* Plays scenes to devices. The nesting is checked first, so that a device never sees an unbalanced scene. */
#include "output/device.h"

/* Nesting while walking a scene. */
typedef struct nesting {
    unsigned depth;    /* open groups */
    unsigned tagged;   /* depth at which the open tag was set */
    bool tag;          /* a tag is open */
    const char *wrong; /* what is wrong, or NULL */
} nesting;

static void enter_tag(nesting *n) {
    if (n->tag) n->wrong = "a tag is set inside a tag";
    n->tag = true;
    n->tagged = n->depth;
}

static void leave_tag(nesting *n) {
    if (!n->tag) n->wrong = "a tag is ended that was not set";
    if (n->tag && n->depth > n->tagged) n->wrong = "a tag is ended inside a group that began after it";
    n->tag = false;
}

static void leave_group(nesting *n) {
    if (!n->depth) {
        n->wrong = "a group is ended that was not begun";
        return;
    }
    if (n->tag && n->tagged == n->depth) n->wrong = "a group is ended with a tag still set";
    n->depth--;
}

static void step(nesting *n, jb_item_kind kind) {
    if (kind == JB_ITEM_PUSH) n->depth++;
    if (kind == JB_ITEM_POP) leave_group(n);
    if (kind == JB_ITEM_TAG) enter_tag(n);
    if (kind == JB_ITEM_UNTAG) leave_tag(n);
}

static jb_status check(jb_context *ctx, const jb_scene *scene) {
    nesting n = {0};
    guint i = 0;
    while (i < scene->items->len && !n.wrong) step(&n, g_array_index(scene->items, jb_item, i++).kind);
    if (!n.wrong && n.depth) n.wrong = "the scene ends inside a group";
    if (!n.wrong && n.tag) n.wrong = "the scene ends with a tag still set";
    if (!n.wrong) return JB_OK;
    jb_fail(ctx, (jb_pos){0}, "unbalanced scene: %s (item %u of %u)", n.wrong, i, scene->items->len);
    return JB_FAILED;
}

static void play(jb_device *device, const jb_item *item) {
    switch (item->kind) {
    case JB_ITEM_PATH:
        if (device->path) device->path(device, item);
        break;
    case JB_ITEM_TEXT:
        if (device->text) device->text(device, item);
        break;
    case JB_ITEM_IMAGE:
        if (device->image) device->image(device, item);
        break;
    case JB_ITEM_PUSH:
        if (device->push) device->push(device, item);
        break;
    case JB_ITEM_POP:
        if (device->pop) device->pop(device);
        break;
    case JB_ITEM_TAG:
        if (device->tag) device->tag(device, item->tag.element);
        break;
    case JB_ITEM_UNTAG:
        if (device->untag) device->untag(device);
        break;
    case JB_ITEM_LINK:
        if (device->link) device->link(device, item);
        break;
    }
}

jb_status jb_scene_play(jb_context *ctx, const jb_scene *scene, jb_device *device) {
    jb_status status = check(ctx, scene);
    for (guint i = 0; status == JB_OK && i < scene->items->len; i++)
        play(device, &g_array_index(scene->items, jb_item, i));
    return status;
}
