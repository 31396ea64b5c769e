"""Holds chart dumps to the form of docs/dumps.md and prints what is wrong.

    dump_schema.py PAGE DUMP…      a DUMP is a file; only its lines that begin {"views" count, so that goldens can be read as they are

Keys and their order, types, boxes of four finite numbers with their ends in order, data of each mark, ticks with value and label,
domains. A key that PAGE, its part about charts, does not name is wrong, too. The last line counts the charts.
"""
import json
import math
import re
import sys

CATEGORIES = {"band", "point", "ordinal"}
NUMBERS = {"linear", "log", "symlog", "sqrt", "pow", "time", "quantize", "quantile", "threshold", "bin-ordinal"}
CHANNELS = ["x", "x2", "y", "y2", "xOffset", "yOffset", "color", "opacity", "strokeDash", "shape", "size", "strokeWidth"]
MARKS = ["rect", "line", "area", "symbol", "rule", "text", "gap"]
ITEM_KEYS = ["x", "y", "color", "x2", "y2", "xOffset", "yOffset", "opacity", "strokeDash", "shape", "size", "strokeWidth"]


class Wrong(Exception):
    pass


def need(true, what):
    if not true:
        raise Wrong(what)


def is_number(v):
    return isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v)


def is_scalar(v):
    return v is None or isinstance(v, (str, bool)) or is_number(v)


def keys_of(thing, must, may, order, where):
    """An object with these keys, in this order, none missing and none over."""
    need(isinstance(thing, dict), f"{where} is no object")
    for key in must:
        need(key in thing, f"{where} has no {key}")
    for key in thing:
        need(key in must or key in may, f"{where} has {key}")
    found = [key for key in thing]
    need(found == sorted(found, key=order.index), f"{where}: order of keys is {found}")


def check_scale(name, scale):
    keys_of(scale, ["type", "domain"], ["unit", "count", "reverse"], ["type", "unit", "domain", "count", "reverse"], f"scale {name}")
    domain, kind = scale["domain"], scale["type"]
    need(kind in CATEGORIES | NUMBERS, f"scale {name} is of type {kind}")
    need(isinstance(domain, list), f"scale {name}: its domain is no list")
    if kind in CATEGORIES:
        need(all(is_scalar(v) for v in domain), f"scale {name}: its domain has {domain}")
    else:
        need(len(domain) == 2 and all(is_number(v) for v in domain), f"scale {name}: its domain is {domain}")
        need(domain[0] <= domain[1] or "reverse" not in scale, f"scale {name}: falls and is reversed")
    need("unit" not in scale or isinstance(scale["unit"], str), f"scale {name}: unit is no text")
    need("count" not in scale or (kind in CATEGORIES and scale["count"] > len(domain)), f"scale {name}: count is {scale.get('count')}")
    need(scale.get("reverse", True) is True, f"scale {name}: reverse is not true")


def check_axis(axis, scales):
    keys_of(axis, ["scale", "ticks"], ["title", "unit"], ["scale", "title", "unit", "ticks"], "an axis")
    name = axis["scale"]
    need(name in scales, f"an axis is of scale {name}, which is not there")
    need(isinstance(axis.get("title", ""), str) and isinstance(axis.get("unit", ""), str), f"axis {name}: title or unit is no text")
    for tick in axis["ticks"]:
        keys_of(tick, ["value", "label"], ["under"], ["value", "label", "under"], f"a tick of {name}")
        kind = scales[name]["type"]
        need(is_scalar(tick["value"]) if kind in CATEGORIES else is_number(tick["value"]), f"a tick of {name} is {tick['value']}")
        need(isinstance(tick["label"], str), f"a tick of {name} has the label {tick['label']}")
        need(tick.get("under", "x"), f"a tick of {name} has nothing under it")


def check_item(kind, item, bare):
    keys_of(item, ["box"], ["data", "text"], ["box", "data", "text"], f"a {kind}")
    box, data = item["box"], item.get("data", {})
    need(isinstance(box, list) and len(box) == 4 and all(is_number(v) for v in box), f"a {kind} has the box {box}")
    need(box[0] <= box[2] and box[1] <= box[3], f"a {kind} has the box {box}, whose ends are not in order")
    need(kind != "text" or item.get("text"), "a text says nothing")
    need(isinstance(item.get("text", ""), str), f"a {kind} has a text that is none")
    keys_of(data, [], ITEM_KEYS, ITEM_KEYS, f"data of a {kind}")
    need(all(isinstance(v, str) for v in data.values()), f"data of a {kind}: {data}")
    if kind in ("rect", "line", "area", "symbol"):
        need("x" in data or "y" in data or bare, f"a {kind} at {box} has no data")


def check_items(kind, items, scales):
    """In the short form, whose value scale has a unit, a mark has both x and y and a text what it belongs to; else all items of a mark have the same."""
    short = any("unit" in scale for scale in scales.values())
    bare = not {"x", "y"} & set(scales) or len(items) == 1  # what a specification puts at places of its own
    sides = [{"x", "y"}] if short and kind not in ("rule", "text") else []
    for item in items:
        check_item(kind, item, bare)
        if short and kind == "text":  # figures say whose they are, names and heads are nobody's
            continue
        sides.append({"x", "y"} & set(item.get("data", {})))
        need(sides[-1] == sides[0], f"a {kind} at {item['box']} has the data {item.get('data')} only")


def check_view(view):
    keys_of(view, ["width", "height", "scales", "axes", "marks"], ["title"], ["title", "width", "height", "scales", "axes", "marks"], "a view")
    need(isinstance(view.get("title", ""), str), "a title is no text")
    for side in ("width", "height"):
        need(is_number(view[side]) and view[side] > 0, f"{side} is {view[side]}")
    scales = view["scales"]
    for name, scale in scales.items():
        need(re.sub("[2-9]$", "", name) in CHANNELS, f"a scale is called {name}")
        check_scale(name, scale)
    for axis in view["axes"]:
        check_axis(axis, scales)
    for mark in view["marks"]:
        keys_of(mark, ["type", "items"], [], ["type", "items"], "a mark")
        need(mark["type"] in MARKS, f"a mark is of type {mark['type']}")
        need(isinstance(mark["items"], list) and mark["items"], f"{mark['type']} without items")
        check_items(mark["type"], mark["items"], scales)


def names_in(thing):
    """Every key that occurs, but those of categories."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield key
            yield from names_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from names_in(value)


def check_chart(line, named):
    try:
        chart = json.loads(line, parse_constant=lambda word: need(False, f"{word} is no JSON"))
        need(list(chart) in (["views"], ["views", "alt"]) and isinstance(chart["views"], list) and chart["views"], "there are no views")
        need(isinstance(chart.get("alt", "a"), str) and chart.get("alt", "a"), "alt is no text")
        for view in chart["views"]:
            check_view(view)
        for key in sorted(set(names_in(chart)) - named):
            raise Wrong(f"docs/dumps.md does not name the key {key}")
    except (Wrong, ValueError, TypeError, AttributeError) as wrong:
        return str(wrong)
    return None


def named_by(page):
    """The keys that the page's part about charts names outside of examples: with a colon in code, or as code."""
    with open(page, encoding="utf-8") as file:
        part = re.search(r"^## chart$(.*?)^## ", file.read(), re.M | re.S).group(1)
    part = re.sub(r"^```.*?^```$", "", part, flags=re.M | re.S)
    return {a or b for a, b in re.findall(r'"(\w+)":|`(\w+)`', part)}


def main(page, *files):
    named, count, failed = named_by(page), 0, 0
    for path in files:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if not line.startswith('{"views"'):
                    continue
                count += 1
                wrong = check_chart(line, named)
                if wrong:
                    failed += 1
                    print(f"{path}: {wrong}")
    print(f"{count} charts")
    sys.exit(1 if failed or not count else 0)


main(*sys.argv[1:])
