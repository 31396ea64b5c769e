"""Is a chart fit to print? Reads what `jianbao chart --dump=scene` and `--dump=chart` say and prints what is wrong.

    charts.py SCENE CHART WIDTH

Rules: no two labels nearer than 1.5 pt, none on a mark or line (grid lines may pass behind labels), none over the
chart's edges; every value drawn has its label, or a value axis beside it; every category is there; no type under 7 pt;
what stands at the left edge stands at one edge, to 0.1 pt.
"""
import json
import re
import sys
import unicodedata
from collections import Counter

APART, FLOOR, EDGE = 1.5, 7.0, 0.1
GRID, PAPER = "#d9dde2", "#ffffff"


def load_lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def is_han(text):
    return any(unicodedata.east_asian_width(c) in "WF" for c in text)


def labels_of(items):
    """Text items side by side on one line, set one after the other, are one label: digits, then a qualifier."""
    labels = []
    for it in items:
        if it["item"] != "text" or not it["text"].strip():
            continue
        size, x, y = it["size"], it["x"], it["y"]
        top, foot = (0.84, 0.07) if is_han(it["text"]) else (0.74, 0.02)  # of the ink, em
        box = [x, y - top * size, x + it["width"], y + foot * size]
        last = labels[-1] if labels else None
        if last and last["y"] == y and -0.1 <= x - last["box"][2] <= 0.36 * size:
            last["text"] += it["text"]
            last["box"] = [last["box"][0], min(last["box"][1], box[1]), box[2], max(last["box"][3], box[3])]
        else:
            labels.append({"text": it["text"], "box": box, "y": y, "size": size})
    return labels


def subpaths(d):
    """Points of each subpath; of curves the ends and control points, whose box holds the curve."""
    path = []
    for letter, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", d):
        values = [float(v) for v in re.findall(r"-?[0-9.]+(?:e-?[0-9]+)?", numbers)]
        points = list(zip(values[::2], values[1::2]))
        if letter == "M":
            if path:
                yield path
            path = points
        else:
            path = path + points
    if path:
        yield path


def is_filled(item):
    return item.get("fill", PAPER) != PAPER


def marks_of(items):
    """Boxes of marks: filled or closed shapes whole, open strokes segment by segment. What is clipped (hatching) lies in
    a bar whose frame is there too; paper-coloured grounds and the grid are no marks."""
    depth = 0
    for it in items:
        depth += (it["item"] == "push") - (it["item"] == "pop")
        if it["item"] != "path" or depth > 0 or it.get("stroke") == GRID:
            continue
        stroke, closed = "stroke" in it, "Z" in it["d"]
        if not stroke and not is_filled(it):
            continue
        half = it.get("width", 0) / 2 if stroke else 0
        for path in subpaths(it["d"]):
            pieces = [path] if closed or "fill" in it or "C" in it["d"] else list(zip(path, path[1:]))
            for piece in pieces:
                yield {"points": piece, "line": len(piece) == 2, "half": half}


def apart(a, b):
    return max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])


def crosses(box, mark):
    """A box is touched when it meets the mark's box, or, for a slanting line, the line itself."""
    xs, ys = [p[0] for p in mark["points"]], [p[1] for p in mark["points"]]
    h = mark["half"]
    upright, level = mark["line"] and xs[0] == xs[-1], mark["line"] and ys[0] == ys[-1]  # their ends are cut off square
    along_x, along_y = 0 if level else h, 0 if upright else h
    if apart(box, [min(xs) - along_x, min(ys) - along_y, max(xs) + along_x, max(ys) + along_y]) > 0:
        return False
    if not mark["line"]:
        return True
    (x1, y1), (x2, y2) = mark["points"]
    low, high = 0.0, 1.0  # Liang-Barsky
    for p, q in ((x1 - x2, x1 - box[0] + h), (x2 - x1, box[2] + h - x1), (y1 - y2, y1 - box[1] + h), (y2 - y1, box[3] + h - y1)):
        if p == 0:
            if q < 0:
                return False
        elif p < 0:
            low = max(low, q / p)
        else:
            high = min(high, q / p)
    return low <= high


def plain(text):
    return re.sub(r"[\s\u2009]", "", text).replace("\u2212", "-").replace("～", "~").lower()


def check_values(chart):
    for number, view in enumerate(chart["views"], 1):
        items = {m["type"]: m["items"] for m in view["marks"]}
        texts = Counter(plain(t["text"]) for t in items.get("text", []))
        scale = view["scales"]["y"] if view["scales"]["x"]["type"] == "band" else view["scales"]["x"]
        names = (view["scales"]["x"] if scale is view["scales"]["y"] else view["scales"]["y"])["domain"]
        axis = any(a["scale"] == ("y" if scale is view["scales"]["y"] else "x") and a["ticks"] for a in view["axes"])
        drawn = [i["data"] for k in ("rect", "symbol") for i in items.get(k, [])]
        if not axis:
            for value, n in Counter(plain(d["y"]) for d in drawn).items():
                if texts[value] < n:
                    yield f"panel {number}: {n} times {value}, {texts[value]} labels"
        silent = len(set(names) - {d["x"] for d in drawn})
        spare = sum(texts.values()) - (0 if axis else len(drawn))
        if silent > spare and not axis:
            yield f"panel {number}: {silent} categories without a mark, {spare} words for them"
        for d in drawn:
            if d["x"] not in names:
                yield f"panel {number}: a mark of {d['x']}, which is no category"


def check_scene(items, width):
    labels, marks = labels_of(items), list(marks_of(items))
    if not labels:
        yield "no label at all"
    for i, a in enumerate(labels):
        if a["size"] < FLOOR:
            yield f"“{a['text']}” is set in {a['size']} pt"
        if a["box"][0] < -EDGE or a["box"][2] > width + EDGE:
            yield f"“{a['text']}” goes over the chart's edge: {a['box']}"
        for b in labels[i + 1:]:
            if apart(a["box"], b["box"]) < APART - 0.01:
                yield f"“{a['text']}” and “{b['text']}” are {apart(a['box'], b['box']):.2f} pt apart"
        for m in marks:
            if crosses(a["box"], m):
                yield f"“{a['text']}” touches a mark at {m['points'][0]}"
    lefts = [x["box"][0] for x in labels if x["box"][0] < 2]
    if not lefts or max(lefts) - min(lefts) > EDGE or abs(min(lefts)) > EDGE:
        yield f"left edges differ: {sorted(set(lefts))}"


def main():
    scene, chart, width = load_lines(sys.argv[1]), load_lines(sys.argv[2])[0], float(sys.argv[3])
    wrong = list(check_scene(scene, width)) + list(check_values(chart))
    print("\n".join(wrong[:20]))
    sys.exit(1 if wrong else 0)


main()
