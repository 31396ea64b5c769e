/* The little of CFF (Adobe Technical Note 5176) that a PDF writer must read itself: kind and charset. */
#ifndef JB_FONTS_CFF_H
#define JB_FONTS_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when the font is CID-keyed: its Top DICT has an ROS operator. */
bool jb_cff_is_cid(const uint8_t *data, size_t length);
/* The CID (or string id) of each of `count` glyphs. False when the charset cannot be read. */
bool jb_cff_charset(const uint8_t *data, size_t length, unsigned count, uint16_t *ids);

#endif
