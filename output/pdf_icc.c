/* An sRGB display profile, ICC version 2.1 (ICC.1:2001-04). Colorants are those of IEC 61966-2-1, adapted to
 * D50 by Bradford as in the ICC's own sRGB profiles; the curve is the standard's, sampled. */
#include <math.h>
#include "output/pdf_meta.h"

#define SAMPLES 256

static void put16(GByteArray *out, unsigned value) {
    guint8 bytes[2] = {(guint8)(value >> 8), (guint8)value};
    g_byte_array_append(out, bytes, 2);
}

static void put32(GByteArray *out, guint32 value) {
    put16(out, value >> 16);
    put16(out, value & 0xFFFF);
}

static void put_zeros(GByteArray *out, unsigned count) {
    for (unsigned i = 0; i < count; i++) g_byte_array_append(out, (const guint8 *)"", 1);
}

static void put_tag(GByteArray *out, const char *four) { g_byte_array_append(out, (const guint8 *)four, 4); }

/* s15Fixed16 numbers. */
static void put_xyz(GByteArray *out, const guint32 xyz[3]) {
    put_tag(out, "XYZ ");
    put32(out, 0);
    for (int i = 0; i < 3; i++) put32(out, xyz[i]);
}

static void put_curve(GByteArray *out) {
    put_tag(out, "curv");
    put32(out, 0);
    put32(out, SAMPLES);
    for (unsigned i = 0; i < SAMPLES; i++) {
        double v = i / (SAMPLES - 1.0);
        v = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        put16(out, (unsigned)lround(v * 65535));
    }
}

/* textDescriptionType: ASCII, then empty Unicode and ScriptCode parts. */
static void put_description(GByteArray *out, const char *text, unsigned length) {
    put_tag(out, "desc");
    put32(out, 0);
    put32(out, length + 1);
    g_byte_array_append(out, (const guint8 *)text, length + 1);
    put_zeros(out, 4 + 4 + 2 + 1 + 67);
}

static void put_text(GByteArray *out, const char *text, unsigned length) {
    put_tag(out, "text");
    put32(out, 0);
    g_byte_array_append(out, (const guint8 *)text, length + 1);
}

static void put_header(GByteArray *out) {
    put32(out, 0); /* size, known at the end */
    put32(out, 0);
    put32(out, 0x02100000);
    put_tag(out, "mntr");
    put_tag(out, "RGB ");
    put_tag(out, "XYZ ");
    static const unsigned date[6] = {2000, 1, 1, 0, 0, 0};
    for (int i = 0; i < 6; i++) put16(out, date[i]);
    put_tag(out, "acsp");
    put_zeros(out, 28);
    put32(out, 0xF6D6); /* D50 */
    put32(out, 0x10000);
    put32(out, 0xD32D);
    put_zeros(out, 48);
}

enum { TAGS = 9 };

static void put_data(GByteArray *out, unsigned tag) {
    static const guint32 xyz[4][3] = {{0xF351, 0x10000, 0x116CC}, /* wtpt: D65 */
                                      {0x6FA2, 0x38F5, 0x390},
                                      {0x6299, 0xB785, 0x18DA},
                                      {0x24A0, 0xF84, 0xB6CF}};
    if (tag == 0) put_description(out, "sRGB", 4);
    if (tag == 1) put_text(out, "No copyright, use freely", 24);
    if (tag >= 2 && tag < 6) put_xyz(out, xyz[tag - 2]);
    if (tag == 6) put_curve(out);
}

static void set32(GByteArray *out, unsigned at, guint32 value) {
    for (int i = 0; i < 4; i++) out->data[at + (unsigned)i] = (guint8)(value >> (24 - 8 * i));
}

GBytes *jb_pdf_srgb(void) {
    static const char names[TAGS][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                        "bXYZ", "rTRC", "gTRC", "bTRC"};
    GByteArray *out = g_byte_array_new();
    put_header(out);
    put32(out, TAGS);
    unsigned table = out->len;
    put_zeros(out, TAGS * 12);
    unsigned at = 0, length = 0;
    for (unsigned i = 0; i < TAGS; i++) {
        if (i < 7) { /* the three curves are one */
            at = out->len;
            put_data(out, i);
            length = out->len - at;
            put_zeros(out, (4 - length % 4) % 4);
        }
        for (unsigned k = 0; k < 4; k++) out->data[table + 12 * i + k] = (guint8)names[i][k];
        set32(out, table + 12 * i + 4, at);
        set32(out, table + 12 * i + 8, length);
    }
    set32(out, 0, out->len);
    return g_byte_array_free_to_bytes(out);
}
