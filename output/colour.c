/* Colours as text and as tints. */
#include "output/scene.h"

#include <string.h>

bool jb_colour_parse(const char *text, jb_colour *colour) {
    uint8_t parts[3];
    if (!text || text[0] != '#' || strlen(text) != 7) return false;
    for (int i = 0; i < 3; i++) {
        int high = g_ascii_xdigit_value(text[1 + 2 * i]), low = g_ascii_xdigit_value(text[2 + 2 * i]);
        if (high < 0 || low < 0) return false;
        parts[i] = (uint8_t)(high * 16 + low);
    }
    *colour = (jb_colour){parts[0], parts[1], parts[2]};
    return true;
}

static uint8_t mix(uint8_t part, double share) { return (uint8_t)(255 - (255 - part) * share + 0.5); }

jb_colour jb_colour_tint(jb_colour colour, double share) {
    share = share > 0 ? MIN(share, 1) : 0; /* NaN gives white */
    return (jb_colour){mix(colour.r, share), mix(colour.g, share), mix(colour.b, share)};
}
