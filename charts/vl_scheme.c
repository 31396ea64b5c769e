/* Colours by name. The numbers of the schemes are those of vega-scale (BSD-3-Clause, University of Washington
 * Interactive Data Lab), which has them from ColorBrewer (Apache-2.0, Cynthia Brewer, Mark Harrower and The
 * Pennsylvania State University), d3-scale-chromatic (ISC, Mike Bostock) and Tableau; the names of colours
 * are those of CSS. */
#include "charts/vl_scheme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    bool ramp;
    const char *colours; /* six hexadecimal digits each */
} schemes[] = {
    {"accent", false, "7fc97fbeaed4fdc086ffff99386cb0f0027fbf5b17666666"},
    {"category10", false, "1f77b4ff7f0e2ca02cd627289467bd8c564be377c27f7f7fbcbd2217becf"},
    {"category20", false,
     "1f77b4aec7e8ff7f0effbb782ca02c98df8ad62728ff98969467bdc5b0d58c564bc49c94e377c2f7b6d27f7f7fc7c7c7"
     "bcbd22dbdb8d17becf9edae5"},
    {"category20b", false,
     "393b795254a36b6ecf9c9ede6379398ca252b5cf6bcedb9c8c6d31bd9e39e7ba52e7cb94843c39ad494ad6616be7969c"
     "7b4173a55194ce6dbdde9ed6"},
    {"category20c", false,
     "3182bd6baed69ecae1c6dbefe6550dfd8d3cfdae6bfdd0a231a35474c476a1d99bc7e9c0756bb19e9ac8bcbddcdadaeb"
     "636363969696bdbdbdd9d9d9"},
    {"dark2", false, "1b9e77d95f027570b3e7298a66a61ee6ab02a6761d666666"},
    {"observable10", false, "4269d0efb118ff725c6cc5b03ca951ff8ab7a463f297bbf59c6b4e9498a0"},
    {"paired", false, "a6cee31f78b4b2df8a33a02cfb9a99e31a1cfdbf6fff7f00cab2d66a3d9affff99b15928"},
    {"pastel1", false, "fbb4aeb3cde3ccebc5decbe4fed9a6ffffcce5d8bdfddaecf2f2f2"},
    {"pastel2", false, "b3e2cdfdcdaccbd5e8f4cae4e6f5c9fff2aef1e2cccccccc"},
    {"set1", false, "e41a1c377eb84daf4a984ea3ff7f00ffff33a65628f781bf999999"},
    {"set2", false, "66c2a5fc8d628da0cbe78ac3a6d854ffd92fe5c494b3b3b3"},
    {"set3", false, "8dd3c7ffffb3bebadafb807280b1d3fdb462b3de69fccde5d9d9d9bc80bdccebc5ffed6f"},
    {"tableau10", false, "4c78a8f58518e4575672b7b254a24beeca3bb279a2ff9da69d755dbab0ac"},
    {"tableau20", false,
     "4c78a89ecae9f58518ffbf7954a24b88d27ab79a20f2cf5b43989483bcb6e45756ff9d9879706ebab0acd67195fcbfd2"
     "b279a2d6a5c99e765fd8b5a5"},
    {"blues", true, "cfe1f2bed8eca8cee58fc1de74b2d75ba3cf4592c63181bd206fb2125ca40a4a90"},
    {"greens", true, "d3eecdc0e6baabdda594d3917bc77d60ba6c46ab5e329a512089430e7735036429"},
    {"greys", true, "e2e2e2d4d4d4c4c4c4b1b1b19d9d9d8888887575756262624d4d4d3535351e1e1e"},
    {"oranges", true, "fdd8b3fdc998fdb87bfda55efc9244f87f2cf06b18e4580bd14904b93d029f3303"},
    {"purples", true, "e2e1efd4d4e8c4c5e0b4b3d6a3a0cc928ec3827cb97566ae684ea25c3696501f8c"},
    {"reds", true, "fdc9b4fcb49afc9e80fc8767fa7051f6573fec3f2fdc2a25c81b1db21218970b13"},
    {"bluegreen", true, "d5efedc1e8e0a7ddd18bd2be70c6a958ba9144ad77319c5d2089460e7736036429"},
    {"bluepurple", true, "ccddecbad0e4a8c2dd9ab0d4919cc98d85be8b6db28a55a6873c99822287730f71"},
    {"greenblue", true, "d3eecec5e8c3b1e1bb9bd8bb82cec269c2ca51b2cd3c9fc7288abd1675b10b60a1"},
    {"orangered", true, "fddcaffdcf9bfdc18afdad77fb9562f67d53ee6545e24932d32d1ebf130da70403"},
    {"purpleblue", true, "dbdaebc8cee4b1c3de97b7d87bacd15b9fc93a90c01e7fb70b70ab056199045281"},
    {"purplebluegreen", true, "dbd8eac8cee4b0c3de93b7d872acd1549fc83892bb1c88a3097f8702736b016353"},
    {"purplered", true, "dcc9e2d3b3d7ce9eccd186c0da6bb2e14da0e23189d91e6fc61159ab07498f023a"},
    {"redpurple", true, "fccfccfcbec0faa9b8f98faff571a5ec539ddb3695c41b8aa908808d0179700174"},
    {"yellowgreen", true, "e4f4acd1eca0b9e2949ed68880c97c62bb6e47aa5e3297502083440e723b036034"},
    {"yelloworangebrown", true, "feeaa1fedd84fecc63feb746fca031f68921eb7215db5e0bc54c05ab3d038f3204"},
    {"yelloworangered", true, "fee087fed16ffebd59fea849fd903efc7335f9522bee3423de1b20ca0b22af0225"},
    {"blueorange", true, "134b852f78b35da2cb9dcae1d2e5eff2f0ebfce0bafbbf74e8932fc5690d994a07"},
    {"brownbluegreen", true, "704108a0651ac79548e3c78af3e6c6eef1eac9e9e48ed1c74da79e187a72025147"},
    {"purplegreen", true, "5b1667834792a67fb6c9aed3e6d6e8eff0efd9efd5aedda971bb75368e490e5e29"},
    {"purpleorange", true, "4114696647968f83b7b9b4d6dadbebf3eeeafce0bafbbf74e8932fc5690d994a07"},
    {"redblue", true, "8c0d25bf363adf745ef4ae91fbdbc9f2efeed2e5ef9dcae15da2cb2f78b3134b85"},
    {"redgrey", true, "8c0d25bf363adf745ef4ae91fcdccbfaf4f1e2e2e2c0c0c0969696646464343434"},
    {"yellowgreenblue", true, "eff9bddbf1b4bde5b594d5b969c5be45b4c22c9ec02182b82163aa23479c1c3185"},
    {"redyellowblue", true, "a50026d4322cf16e43fcac64fedd90faf8c1dcf1ecabd6e875abd04a74b4313695"},
    {"redyellowgreen", true, "a50026d4322cf16e43fcac63fedd8df9f7aed7ee8ea4d86e64bc6122964f006837"},
    {"pinkyellowgreen", true, "8e0152c0267edd72adf0b3d6faddedf5f3efe1f2cab6de8780bb474f9125276419"},
    {"spectral", true, "9e0142d13c4bf0704afcac63fedd8dfbf8b0e0f3a1a9dda269bda94288b55e4fa2"},
    {"viridis", true,
     "440154470e61481a6c482575472f7d443a834144873d4e8a39568c35608d31688e2d708e2a788e27818e23888e21918d"
     "1f988b1fa08822a8842ab07f35b77943bf7154c56866cc5d7ad1518fd744a5db36bcdf27d2e21be9e51afde725"},
    {"magma", true,
     "0000040404130b0924150e3720114b2c11603b0f704a107957157e651a80721f817f24828c29819a2e80a8327db6377a"
     "c43c75d1426fde4968e95462f1605df76f5cfa7f5efc8f65fe9f6dfeaf78febf84fece91fddea0fcedaffcfdbf"},
    {"inferno", true,
     "0000040403130c0826170c3b240c4f330a5f420a68500d6c5d126e6b176e781c6d86216b932667a12b62ae305cbb3755"
     "c73e4cd24644dd513ae65c30ed6925f3771af8850ffb9506fca50afcb519fac62df6d645f2e661f3f484fcffa4"},
    {"plasma", true,
     "0d088723069033059742039d5002a25d01a66a00a87801a88405a7900da49c179ea72198b12a90ba3488c33d80cb4779"
     "d35171da5a69e16462e76e5bed7953f2834cf68f44fa9a3dfca636fdb32ffec029fcce25f9dc24f5ea27f0f921"},
    {"cividis", true,
     "00205100235800265d002961012b65042e670831690d346b11366c16396d1c3c6e213f6e26426e2c456e31476e374a6e"
     "3c4d6e42506e47536d4c566d51586e555b6e5a5e6e5e616e62646f66676f6a6a706e6d717270717573727976737c7974"
     "7f7c75827f758682768985778c8877908b78938e789691789a94789e9778a19b78a59e77a9a177aea575b2a874b6ab73"
     "bbaf71c0b26fc5b66dc9b96acebd68d3c065d8c462ddc85fe2cb5ce7cf58ebd355f0d652f3da4ff7de4cfae249fce647"},
    {"rainbow", true,
     "6e40aa883eb1a43db3bf3cafd83fa4ee4395fe4b83ff576eff6659ff7847ff8c38f3a130e2b72fcfcc36bee044aff05b"
     "8ff4576ff65b52f6673af27828ea8d1ddfa319d0b81cbecb23abd82f96e03d82e14c6edb5a5dd0664dbf6e40aa"},
    {"sinebow", true,
     "ff4040fc582af47218e78d0bd5a703bfbf00a7d5038de70b72f41858fc2a40ff402afc5818f4720be78d03d5a700bfbf"
     "03a7d50b8de71872f42a58fc4040ff582afc7218f48d0be7a703d5bf00bfd503a7e70b8df41872fc2a58ff4040"},
    {"turbo", true,
     "23171b32204a3e2a71453493493eae4b49c54a53d7485ee44569ee4074f53c7ff8378af93295f72e9ff42ba9ef28b3e9"
     "26bce125c5d925cdcf27d5c629dcbc2de3b232e9a738ee9d3ff39347f68950f9805afc7765fd6e70fe667cfd5e88fc57"
     "95fb51a1f84badf545b9f140c5ec3cd0e637dae034e4d931ecd12ef4c92bfac029ffb626ffad24ffa223ff9821ff8d1f"
     "ff821dff771cfd6c1af76118f05616e84b14df4111d5380fcb2f0dc0260ab61f07ac1805a313029b0f00950c00910b00"},
    {"browns", true, "eedbbdecca96e9b97ae4a865dc9856d18954c7784cc0673fb85536ad44339f3632"},
    {"tealblues", true, "bce4d89dd3d181c3cb65b3c245a2b9368fae347da0306a932c5985"},
    {"teals", true, "bbdfdfa2d4d58ac9c975bcbb61b0af4da5a43799982b8b8c1e7f7f127273006667"},
    {"warmgreys", true, "dcd4d0cec5c1c0b8b4b3aaa7a59c9998908c8b827f7e7673726866665c5a59504e"},
    {"goldgreen", true, "f4d166d5ca60b6c35c98bb597cb25760a6564b9c533f8f4f33834a257740146c36"},
    {"goldorange", true, "f4d166f8be5cf8aa4cf5983bf3852aef701be2621fd65322c54923b142239e3a26"},
    {"goldred", true, "f4d166f6be59f9aa51fc964ef6834bee734ae56249db5247cf4244c43141b71d3e"},
    {"lightgreyred", true, "efe9e6e1dad7d5cbc8c8bdb9bbaea9cd967ddc7b43e15f19df4011dc000b"},
    {"lightgreyteal", true, "e4eaead6dcddc8ced2b7c2c7a6b4bc64b0bf22a6c32295c11f85be1876bc"},
    {"lightmulti", true, "e0f1f2c4e9d0b0de9fd0e181f6e072f6c053f3993ef77440ef4a3c"},
    {"lightorange", true, "f2e7daf7d5baf9c499fab184fa9c73f68967ef7860e8645bde515bd43d5b"},
    {"lighttealblue", true, "e3e9e0c0dccf9aceca7abfc859afc0389fb9328dad2f7ca0276b95255988"},
    {"darkblue", true, "3232322d46681a5c930074af008cbf05a7ce25c0dd38daed50f3faffffff"},
    {"darkgold", true, "3c3c3c584b37725e348c7631ae8b2bcfa424ecc31ef9de30fff184ffffff"},
    {"darkgreen", true, "3a3a3a215748006f4d048942489e4276b340a6c63dd2d836ffeb2cffffaa"},
    {"darkmulti", true, "3737371f5287197d8c29a86995ce3fffe800ffffff"},
    {"darkred", true, "3434347036339e3c38cc4037e75d1eec8620eeab29f0ce32ffeb2c"},
};

static const struct {
    const char *name;
    unsigned rgb;
} names[] = {{"aliceblue", 0xf0f8ff},
             {"antiquewhite", 0xfaebd7},
             {"aqua", 0x00ffff},
             {"aquamarine", 0x7fffd4},
             {"azure", 0xf0ffff},
             {"beige", 0xf5f5dc},
             {"bisque", 0xffe4c4},
             {"black", 0x000000},
             {"blanchedalmond", 0xffebcd},
             {"blue", 0x0000ff},
             {"blueviolet", 0x8a2be2},
             {"brown", 0xa52a2a},
             {"burlywood", 0xdeb887},
             {"cadetblue", 0x5f9ea0},
             {"chartreuse", 0x7fff00},
             {"chocolate", 0xd2691e},
             {"coral", 0xff7f50},
             {"cornflowerblue", 0x6495ed},
             {"cornsilk", 0xfff8dc},
             {"crimson", 0xdc143c},
             {"cyan", 0x00ffff},
             {"darkblue", 0x00008b},
             {"darkcyan", 0x008b8b},
             {"darkgoldenrod", 0xb8860b},
             {"darkgray", 0xa9a9a9},
             {"darkgreen", 0x006400},
             {"darkgrey", 0xa9a9a9},
             {"darkkhaki", 0xbdb76b},
             {"darkmagenta", 0x8b008b},
             {"darkolivegreen", 0x556b2f},
             {"darkorange", 0xff8c00},
             {"darkorchid", 0x9932cc},
             {"darkred", 0x8b0000},
             {"darksalmon", 0xe9967a},
             {"darkseagreen", 0x8fbc8f},
             {"darkslateblue", 0x483d8b},
             {"darkslategray", 0x2f4f4f},
             {"darkslategrey", 0x2f4f4f},
             {"darkturquoise", 0x00ced1},
             {"darkviolet", 0x9400d3},
             {"deeppink", 0xff1493},
             {"deepskyblue", 0x00bfff},
             {"dimgray", 0x696969},
             {"dimgrey", 0x696969},
             {"dodgerblue", 0x1e90ff},
             {"firebrick", 0xb22222},
             {"floralwhite", 0xfffaf0},
             {"forestgreen", 0x228b22},
             {"fuchsia", 0xff00ff},
             {"gainsboro", 0xdcdcdc},
             {"ghostwhite", 0xf8f8ff},
             {"gold", 0xffd700},
             {"goldenrod", 0xdaa520},
             {"gray", 0x808080},
             {"green", 0x008000},
             {"greenyellow", 0xadff2f},
             {"grey", 0x808080},
             {"honeydew", 0xf0fff0},
             {"hotpink", 0xff69b4},
             {"indianred", 0xcd5c5c},
             {"indigo", 0x4b0082},
             {"ivory", 0xfffff0},
             {"khaki", 0xf0e68c},
             {"lavender", 0xe6e6fa},
             {"lavenderblush", 0xfff0f5},
             {"lawngreen", 0x7cfc00},
             {"lemonchiffon", 0xfffacd},
             {"lightblue", 0xadd8e6},
             {"lightcoral", 0xf08080},
             {"lightcyan", 0xe0ffff},
             {"lightgoldenrodyellow", 0xfafad2},
             {"lightgray", 0xd3d3d3},
             {"lightgreen", 0x90ee90},
             {"lightgrey", 0xd3d3d3},
             {"lightpink", 0xffb6c1},
             {"lightsalmon", 0xffa07a},
             {"lightseagreen", 0x20b2aa},
             {"lightskyblue", 0x87cefa},
             {"lightslategray", 0x778899},
             {"lightslategrey", 0x778899},
             {"lightsteelblue", 0xb0c4de},
             {"lightyellow", 0xffffe0},
             {"lime", 0x00ff00},
             {"limegreen", 0x32cd32},
             {"linen", 0xfaf0e6},
             {"magenta", 0xff00ff},
             {"maroon", 0x800000},
             {"mediumaquamarine", 0x66cdaa},
             {"mediumblue", 0x0000cd},
             {"mediumorchid", 0xba55d3},
             {"mediumpurple", 0x9370db},
             {"mediumseagreen", 0x3cb371},
             {"mediumslateblue", 0x7b68ee},
             {"mediumspringgreen", 0x00fa9a},
             {"mediumturquoise", 0x48d1cc},
             {"mediumvioletred", 0xc71585},
             {"midnightblue", 0x191970},
             {"mintcream", 0xf5fffa},
             {"mistyrose", 0xffe4e1},
             {"moccasin", 0xffe4b5},
             {"navajowhite", 0xffdead},
             {"navy", 0x000080},
             {"oldlace", 0xfdf5e6},
             {"olive", 0x808000},
             {"olivedrab", 0x6b8e23},
             {"orange", 0xffa500},
             {"orangered", 0xff4500},
             {"orchid", 0xda70d6},
             {"palegoldenrod", 0xeee8aa},
             {"palegreen", 0x98fb98},
             {"paleturquoise", 0xafeeee},
             {"palevioletred", 0xdb7093},
             {"papayawhip", 0xffefd5},
             {"peachpuff", 0xffdab9},
             {"peru", 0xcd853f},
             {"pink", 0xffc0cb},
             {"plum", 0xdda0dd},
             {"powderblue", 0xb0e0e6},
             {"purple", 0x800080},
             {"rebeccapurple", 0x663399},
             {"red", 0xff0000},
             {"rosybrown", 0xbc8f8f},
             {"royalblue", 0x4169e1},
             {"saddlebrown", 0x8b4513},
             {"salmon", 0xfa8072},
             {"sandybrown", 0xf4a460},
             {"seagreen", 0x2e8b57},
             {"seashell", 0xfff5ee},
             {"sienna", 0xa0522d},
             {"silver", 0xc0c0c0},
             {"skyblue", 0x87ceeb},
             {"slateblue", 0x6a5acd},
             {"slategray", 0x708090},
             {"slategrey", 0x708090},
             {"snow", 0xfffafa},
             {"springgreen", 0x00ff7f},
             {"steelblue", 0x4682b4},
             {"tan", 0xd2b48c},
             {"teal", 0x008080},
             {"thistle", 0xd8bfd8},
             {"tomato", 0xff6347},
             {"turquoise", 0x40e0d0},
             {"violet", 0xee82ee},
             {"wheat", 0xf5deb3},
             {"white", 0xffffff},
             {"whitesmoke", 0xf5f5f5},
             {"yellow", 0xffff00},
             {"yellowgreen", 0x9acd32}};

static jb_colour of_rgb(unsigned rgb) {
    return (jb_colour){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb};
}

bool jb_vl_colour_read(const jb_node *n, jb_colour *colour) {
    unsigned r, g, b;
    char end, more;
    if (!n || n->kind != JB_NODE_SCALAR) return false;
    if (strlen(n->text) == 4 && sscanf(n->text, "#%1x%1x%1x", &r, &g, &b) == 3)
        return *colour = (jb_colour){(uint8_t)(r * 17), (uint8_t)(g * 17), (uint8_t)(b * 17)}, true;
    if (sscanf(n->text, "rgb(%3u ,%3u ,%3u %c%c", &r, &g, &b, &end, &more) == 4 && end == ')' && r < 256 &&
        g < 256 && b < 256)
        return *colour = (jb_colour){(uint8_t)r, (uint8_t)g, (uint8_t)b}, true;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (!g_ascii_strcasecmp(n->text, names[i].name)) return *colour = of_rgb(names[i].rgb), true;
    return jb_colour_parse(n->text, colour);
}

static jb_vl_palette *palette_new(jb_arena *arena, unsigned count, bool ramp) {
    jb_vl_palette *p = JB_NEW(arena, jb_vl_palette);
    *p = (jb_vl_palette){JB_ARRAY(arena, jb_colour, count), count, ramp};
    return p;
}

jb_vl_palette *jb_vl_scheme(jb_context *ctx, jb_arena *arena, const char *name, jb_pos pos) {
    size_t length = strcspn(name, "-");
    bool good = !name[length] || g_ascii_isdigit(name[length + 1]);
    for (size_t i = 0; good && i < G_N_ELEMENTS(schemes); i++) {
        if (strlen(schemes[i].name) != length || g_ascii_strncasecmp(name, schemes[i].name, length)) continue;
        jb_vl_palette *p = palette_new(arena, (unsigned)(strlen(schemes[i].colours) / 6), schemes[i].ramp);
        for (unsigned k = 0; k < p->count; k++) {
            unsigned rgb = 0;
            sscanf(schemes[i].colours + 6 * k, "%6x", &rgb);
            p->colour[k] = of_rgb(rgb);
        }
        return p;
    }
    const char *known[G_N_ELEMENTS(schemes)];
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) known[i] = schemes[i].name;
    GString *near = g_string_new(NULL);
    jb_suggest(near, name, known, G_N_ELEMENTS(known));
    jb_fail(ctx, pos, "scheme “%s” is not supported%s", name, near->str);
    g_string_free(near, TRUE);
    return NULL;
}

jb_vl_palette *jb_vl_palette_of_list(jb_context *ctx, jb_arena *arena, const jb_node *list) {
    jb_vl_palette *p = palette_new(arena, list->count, false);
    for (unsigned i = 0; i < list->count; i++)
        if (!jb_vl_colour_read(list->items[i], &p->colour[i])) {
            jb_fail(ctx, list->items[i]->pos, "a colour is \"#154073\" or a name such as steelblue");
            return NULL;
        }
    if (!p->count) jb_fail(ctx, list->pos, "a list of colours has at least one");
    return p->count ? p : NULL;
}

static uint8_t between(uint8_t a, uint8_t b, double share) { return (uint8_t)lround(a + (b - a) * share); }

jb_colour jb_vl_palette_at(const jb_vl_palette *p, double share) {
    double at = fmin(fmax(share, 0), 1) * (p->count - 1);
    unsigned i = (unsigned)fmin(floor(at), p->count > 1 ? p->count - 2 : 0);
    const jb_colour *a = &p->colour[i], *b = &p->colour[MIN(i + 1, p->count - 1)];
    at -= i;
    return (jb_colour){between(a->r, b->r, at), between(a->g, b->g, at), between(a->b, b->b, at)};
}

jb_colour jb_vl_palette_nth(const jb_vl_palette *p, unsigned i, unsigned n) {
    return p->ramp ? jb_vl_palette_at(p, (i + 1.0) / (n + 1.0)) : p->colour[i % p->count];
}
