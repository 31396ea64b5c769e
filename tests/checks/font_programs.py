"""font_programs.py PDF: one line for each font, as NAME KIND CODES OTHER LOST.

KIND is cid (CFF with CIDs), names (CFF with glyph names) or glyf. CODES is how many codes (CIDs) the text uses, as the
ToUnicode map lists them; OTHER how many of them are not the glyph's id in the embedded program; LOST how many lead to no
glyph of it.
"""
import base64
import json
import re
import subprocess
import sys


def number(data, at, size):
    return int.from_bytes(data[at:at + size], "big")


def index(data, at):
    """The items of a CFF INDEX, and where it ends."""
    count = number(data, at, 2)
    if not count:
        return [], at + 2
    size = data[at + 2]
    offsets = [number(data, at + 3 + i * size, size) for i in range(count + 1)]
    base = at + 2 + (count + 1) * size
    return [data[base + a:base + b] for a, b in zip(offsets, offsets[1:])], base + offsets[-1]


def top_dict(data):
    """Operators of a CFF DICT with their operands (integers only)."""
    at, operands, found = 0, [], {}
    while at < len(data):
        b = data[at]
        if b <= 21:
            at += 1
            if b == 12:
                b = 1200 + data[at]
                at += 1
            found[b], operands = operands, []
        elif b == 28:
            operands.append(int.from_bytes(data[at + 1:at + 3], "big", signed=True))
            at += 3
        elif b == 29:
            operands.append(int.from_bytes(data[at + 1:at + 5], "big", signed=True))
            at += 5
        elif b == 30:  # a real: skipped
            at += 1
            while data[at] & 15 != 15 and data[at] >> 4 != 15:
                at += 1
            at += 1
            operands.append(None)
        elif b < 247:
            operands.append(b - 139)
            at += 1
        else:
            operands.append((b - 247) * 256 + data[at + 1] + 108 if b < 251 else -(b - 251) * 256 - data[at + 1] - 108)
            at += 2
    return found


def charset(data, at, count):
    """The CID of each glyph."""
    kind, ids, at = data[at], [0], at + 1
    while len(ids) < count:
        first = number(data, at, 2)
        left = 0 if kind == 0 else number(data, at + 2, kind)
        ids += range(first, first + left + 1)
        at += 2 + (0 if kind == 0 else kind)
    return ids[:count]


def cff(data):
    _, at = index(data, data[2])
    tops, _ = index(data, at)
    top = top_dict(tops[0])
    glyphs, _ = index(data, top[17][0])
    if 1230 in top:
        return "cid", charset(data, top[15][0], len(glyphs))
    return "names", [i for i, outline in enumerate(glyphs) if i == 0 or len(outline) > 1]


def codes_of(cmap):
    """Codes that a ToUnicode map speaks of."""
    codes = set()
    for kind, body in re.findall(r"beginbf(char|range)(.*?)endbf", cmap, re.S):
        words = [int(w, 16) for w in re.findall(r"<([0-9A-Fa-f]{4})>", re.sub(r"<[0-9A-Fa-f]{8,}>", "<0000>", body))]
        step = 2 if kind == "char" else 3
        for i in range(0, len(words) - step + 1, step):
            codes.update(range(words[i], (words[i + 1] if kind == "range" else words[i]) + 1))
    return sorted(codes)


pdf = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=all", sys.argv[1]],
                     capture_output=True, check=True).stdout
objects = json.loads(pdf)["qpdf"][1]


def get(value):
    return objects["obj:" + value].get("value", objects["obj:" + value]) if isinstance(value, str) and value.endswith(" R") else value


def stream(reference):
    return base64.b64decode(objects["obj:" + reference]["stream"]["data"])


for key in sorted(objects, key=lambda k: (len(k), k)):
    whole = objects[key].get("value")
    if not isinstance(whole, dict) or whole.get("/Subtype") != "/Type0":
        continue
    font = get(get(whole["/DescendantFonts"])[0])
    descriptor, codes = get(font["/FontDescriptor"]), codes_of(stream(whole["/ToUnicode"]).decode("ascii"))
    if "/FontFile3" in descriptor:
        kind, ids = cff(stream(descriptor["/FontFile3"]))
        glyph_of = {cid: glyph for glyph, cid in enumerate(ids)} if kind == "cid" else {glyph: glyph for glyph in ids}
    else:
        table = stream(font["/CIDToGIDMap"])
        kind, glyph_of = "glyf", {cid: number(table, 2 * cid, 2) for cid in range(len(table) // 2) if number(table, 2 * cid, 2)}
    other = sum(glyph_of.get(code, code) != code for code in codes)
    print(font["/BaseFont"][8:], kind, len(codes), other, sum(code not in glyph_of for code in codes))
