"""Is every key of Vega-Lite's words listed with what it takes, and in an example that is drawn? Prints what is missing.

    vl_keys.py PAGE SPEC…

The keys are read from the tables of charts/vl_keys.c and, of transforms, charts/vl_transform.c. On PAGE a key stands in the first
column of a table of its section, and the row says what it takes; a unit, when that is a number. A SPEC is a specification in JSON, or the
document dump of a report; what stands in it is drawn by its own test.
"""
import json
import re
import sys

# Where the keys of a table of vl_keys.c are listed, and what else is listed for it.
VIEWS = ["unit", "layer", "concat", "facet", "repeat"]  # counted as one table, "views"
SECTIONS = {"views": "Views", "view": "Views", "title": "Views", "autosize": "Views",
            "data": "Views", "format": "Views", "mark": "Marks", "point_overlay": "Marks", "line_overlay": "Marks", "boxplot": "Marks", "errorbar": "Marks", "channel": "Channels",
            "axis": "Axes", "legend": "Legends and heads", "header": "Legends and heads", "scale": "Scales", "config": "Config",
            "config_view": "Config", "config_scale": "Config", "config_range": "Config", "config_axis": "Config", "config_legend": "Config",
            "transform": "Transforms"}
LIKE = {"config_axis": "axis", "config_legend": "legend"}  # the page says: properties of axes, as above
UNIT = re.compile(r"\bpt\b|share|\d to \d|number|how many|times|\b0\b|\b1\b|percent")
MARKS = {"bar", "line", "area", "point", "circle", "square", "rule", "text", "tick", "rect", "mark"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def tables_of_code():
    """{table: {key: what it takes}}"""
    text = re.sub(r"\\\n", " ", read("charts/vl_keys.c"))
    macros = dict(re.findall(r"^#define (COMMON|SIZED|GRID|LOOK|KEYS)\s+(.*)$", text, re.M))
    tables = {}
    for name, body in re.findall(r"static const jb_vl_key (\w+)\[\] = \{(.*?)\};", text, re.S):
        for macro, said in macros.items():
            body = re.sub(rf"\b{macro}\b", lambda m, said=said: said, body)
        tables[name] = dict(re.findall(r'\{\s*"(\$?\w+)",\s*([A-Z| ]+)', body))
    listed = set(re.findall(r"TABLE\(\"[^\"]+\", (\w+)\)", text))
    if listed != set(tables) or len(listed) < 20:
        sys.exit(f"charts/vl_keys.c: tables {sorted(listed ^ set(tables))} are not understood")
    views = {key: takes for name in VIEWS for key, takes in tables.pop(name).items()}
    return {"views": views, **tables}


def transforms_of_code():
    found = re.findall(r'\{"(\w+)", (\w+), \{(.*?)\}\}', read("charts/vl_transform.c"))
    return {name: re.findall(r'"(\w+)"', keys) for name, run, keys in found if run != "refuse"}


# Words that a value is one of: where the code has them, and where a specification says them.
WORDS = [("charts/vl_unit.c", "mark_names", "mark"), ("charts/vl_composite.c", "names", "mark"), ("charts/vl_unit.c", "jb_vl_channel_names", "channel"),
         ("charts/vl_scale_options.c", "type_names", "scale type"), ("charts/vl_aggregate.c", "op_names", "operation"),
         ("charts/vl_transform.c", "own", "operation"), ("charts/vl_expr.c", "functions", "function")]


def words_of_code():
    """Pairs of a kind of word and a word."""
    for path, name, kind in WORDS:
        found = re.search(rf"\b{name}\[\w*\] = \{{(.*?)\}};", read(path), re.S)
        if not found:
            sys.exit(f"{path} has no {name}[]")
        yield from ((kind, word) for word in re.findall(r'"(\w[\w-]*)"', found.group(1)))


def words_in(node, key=None):
    """The same, of what a specification says."""
    if isinstance(node, dict):
        if key == "encoding":
            yield from (("channel", name) for name in node)
        for name, value in node.items():
            yield from words_in(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from words_in(value, key)
    elif isinstance(node, str):
        kinds = {"mark": ["mark"], "type": ["mark", "scale type"], "aggregate": ["operation"], "op": ["operation"]}
        yield from ((kind, node) for kind in kinds.get(key, []))
        if key in ("calculate", "filter", "test", "labelExpr"):
            yield from (("function", name) for name in re.findall(r"(\w+)\(", node))


def check_words(specs, text):
    used = {pair for spec in specs for pair in words_in(spec)}
    named = {word for code in re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))
             for word in re.findall(r"[\w-]+", code)}
    for kind, word in sorted(set(words_of_code())):
        if word not in named:
            yield f"the {kind} {word} is not named"
        if (kind, word) not in used:
            yield f"the {kind} {word} is in no example"


def cells_of(line):
    return [cell.strip() for cell in line.replace("\\|", "¦").strip("|").split("|")]


def listed_on(page):
    """{section: {key: values of the rows that list it}}"""
    found = {}
    for title, body in re.findall(r"^##+ ([^\n]+)\n(.*?)(?=^##+ |\Z)", page, re.M | re.S):
        rows = found.setdefault(title, {})
        for head, lines in re.findall(r"^(\|.*)\n\|[-| ]+\n((?:\|.*\n)*)", body, re.M):
            names = cells_of(head)
            said = next((i for i, name in enumerate(names) if name in ("value", "keys")), 0)
            for cells in map(cells_of, lines.splitlines()):
                for key in re.findall(r"`(\$?\w+)`", cells[0]):
                    rows.setdefault(key, []).append(cells[said] if title != "Transforms" else cells[0] + cells[said])
    return found


# ---- what a specification uses: pairs of table and key ----

def maps(thing):
    return [one for one in (thing if isinstance(thing, list) else [thing]) if isinstance(one, dict)]


def walk_keys(table, node):
    for one in maps(node):
        yield from ((table, key) for key in one)


def walk_mark(node):
    for one in maps(node):
        kind = one.get("type")
        yield from walk_keys("boxplot" if kind == "boxplot" else "errorbar" if kind in ("errorbar", "errorband") else "mark", one)
        for part in ("point", "line"):
            yield from walk_keys(part + "_overlay", one.get(part))
        for part in ("box", "median", "rule", "outliers", "ticks", "band", "borders"):
            yield from walk_keys("mark", one.get(part))


def walk_channel(node):
    for one in maps(node):
        yield from walk_keys("channel", one)
        for part in ("scale", "axis", "legend", "header"):
            yield from walk_keys(part, one.get(part))


def walk_config(config):
    yield from walk_keys("config", config)
    for section, node in config.items():
        table = ("config_axis" if section.startswith("axis") else "header" if section.startswith("header") else
                 "mark" if section in MARKS else "errorbar" if section.startswith("error") else "boxplot" if section == "boxplot" else
                 {"view": "config_view", "scale": "config_scale", "range": "config_range", "legend": "config_legend", "title": "title"}.get(section))
        if section == "style":
            for style in maps(node):
                for one in style.values():
                    yield from walk_keys("mark", one)
        elif table:
            yield from walk_keys(table, node)


def walk_transforms(node, transforms):
    for one in maps(node):
        name = next((n for n in transforms if n in one), None)
        yield from ((name, key) for key in one)


def walk(view, transforms):
    yield from walk_keys("views", view)
    yield from walk_mark(view.get("mark"))
    for channel in view.get("encoding", {}).values():
        yield from walk_channel(channel)
    for table in ("view", "title", "data", "autosize"):
        yield from walk_keys(table, view.get(table))
    for data in maps(view.get("data")):
        yield from walk_keys("format", data.get("format"))
    facet = view.get("facet", {})
    for one in [facet] if "field" in facet else facet.values():
        yield from walk_channel(one)
    yield from walk_config(view.get("config", {}))
    yield from walk_transforms(view.get("transform", []), transforms)
    for key in ("layer", "concat", "hconcat", "vconcat", "spec"):
        for inner in maps(view.get(key)):
            yield from walk(inner, transforms)


def check_listed(tables, transforms, page):
    found = listed_on(page)
    for table, keys in tables.items():
        rows = found.get(SECTIONS[table], {})
        for key, takes in keys.items():
            if key in tables.get(LIKE.get(table), {}):
                continue
            if key not in rows:
                yield f"{key} of {table} has no row under “{SECTIONS[table]}”"
            elif not all(re.search(r"\w", value) for value in rows[key]):
                yield f"{key} of {table}: its row does not say what it takes"
            elif "NUMBER" in takes and not any(UNIT.search(value) for value in rows[key]):
                yield f"{key} of {table} takes a number, its row names no unit"
    rows = found.get("Transforms", {})
    for name, keys in transforms.items():
        for key in keys:
            if not any(f"`{key}`" in value for value in rows.get(name, [])):
                yield f"{key} of the transform {name} is not listed"


def refused_by(page):
    """Keys that the page says are always refused."""
    return {word for said in re.findall(r"^(.*) are refused\.$", page, re.M) for word in re.findall(r"`(\w+)`", said)}


def specifications(path):
    text = read(path)
    if not text.startswith('{"block"'):
        return [json.loads(text)]
    return [block["spec"] for block in map(json.loads, text.splitlines()) if block["kind"] == "chart"]


def main(page, *specs):
    tables, transforms = tables_of_code(), transforms_of_code()
    text, used = read(page), set()
    transforms = {name: [key for key in keys if key not in refused_by(text)] for name, keys in transforms.items()}
    drawn = [spec for path in specs for spec in specifications(path)]
    for spec in drawn:
        used |= set(walk(spec, transforms))
    wrong = list(check_listed(tables, transforms, text)) + list(check_words(drawn, text))
    for table, keys in list(tables.items()) + list(transforms.items()):
        for key in keys:
            if (table, key) not in used and (LIKE.get(table), key) not in used:
                wrong.append(f"{key} of {table} is in no example")
    print("\n".join(wrong))
    sys.exit(1 if wrong or len(specs) < 100 else 0)


main(*sys.argv[1:])
