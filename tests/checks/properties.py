"""Is every property of chart blocks documented, with its value, unit and default, and in an example? Prints what is missing.

    properties.py FOLDER PAGE…

The properties, and which mark takes which, are read from charts/composite_spec.c; the pages' tables and ```chart blocks are held
against them. FOLDER has report.md with all examples of the pages, as docs.py writes it; yaml files that a page shows are examples, too.
Whether a property takes a number is asked of the program: then its row must name a unit.
"""
import json
import os
import re
import subprocess
import sys

SOURCE = "charts/composite_spec.c"
UNIT = re.compile(r"\bpt\b|percent|pixels|unit of the values")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def table_of(text, head):
    found = re.search(re.escape(head) + r"\s*=\s*\{(.*?)\};", text, re.S)
    if not found:
        sys.exit(f"{SOURCE} has no {head}")
    return found.group(1)


def properties_of_code():
    """[marks that stand alone], {property: set of marks; None: every mark takes it}."""
    text = re.sub(r"\\\n", " ", read(SOURCE))
    marks = re.findall(r'"(\w+)"', table_of(text, "jb_mark_names[JB_MARKS]"))
    words = {"JB_MARKS": len(marks)}

    def value(said):
        bits = re.sub(r"\bOF\((\w+)\)", lambda m: str(1 << marks.index(m.group(1).lower())), said)
        return eval(bits, {}, words)  # numbers, names and | & ~

    for name, said in re.findall(r"^#define (\w+) (\(.*\))$", text, re.M):
        words[name] = value(said)
    takes = {key: {m for i, m in enumerate(marks) if value(said) >> i & 1}
             for key, said in re.findall(r'\{"(\w+)",\s*([^{}",]+)', table_of(text, "takes[]"))}
    return marks, {key: takes.get(key) for key in re.findall(r'"(\w+)"', table_of(text, "known[]"))}


def nested_keys():
    """Properties of maps inside a chart block: {type: …}, layers."""
    for name in sorted(os.listdir("charts")):
        if name.endswith(".c") and not name.startswith("vl_"):
            for words in re.findall(r"static const char \*const \w*keys\[\] = \{(.*?)\};", read("charts/" + name), re.S):
                yield from re.findall(r'"(\w+)"', words)


def rows(pages):
    """(property, set of marks or None, value, default) of each row of a table of properties."""
    for page in pages:
        for head, body in re.findall(r"^(\| property \|.*)\n\|[-| ]+\n((?:\|.*\n)*)", page, re.M):
            columns = [c.strip() for c in head.strip("|").split("|")]
            for line in body.splitlines():
                cells = dict(zip(columns, (c.strip() for c in line.replace("\\|", "¦").strip("|").split("|"))))
                of = set(re.findall(r"\w+", cells["of"])) if "of" in cells else None
                for name in re.findall(r"`(\w+)`", cells["property"]):
                    yield name, of, cells.get("value", ""), cells.get("without it", "")


def takes_number(name, mark):
    return any("a number is needed" in probe(name, mark, value) for value in ("many", "[many]"))


def probe(name, mark, value):
    path = os.path.join(sys.argv[1], "probe.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"mark: {mark}\ndata: plan-2020.csv\nx: 指标名称\n{name}: {value}\n")
    return subprocess.run([os.environ["JIANBAO"], "chart", path, "--dump=chart"], capture_output=True, text=True).stderr


def check_row(row, code):
    name, of, value, default = row
    if name not in code:
        return f"{name} has a row and is no property"
    strangers = (of or set()) - (code[name] or of or set())
    if strangers and code[name] is not None:
        return f"{name} is said to be of {', '.join(sorted(strangers))}, which does not take it"
    if not re.search(r"\w", value):
        return f"{name}: its row does not say what it takes"
    if not re.search(r"\w", default):
        return f"{name}: its row does not say what is done without it"
    if takes_number(name, sorted(of or code[name] or {"bar"})[0]) and not UNIT.search(value):
        return f"{name} takes a number, its row names no unit"
    return None


def check_tables(marks, simple, code, found):
    for name, takers in code.items():
        there = [of for row, of, _, _ in found if row == name]
        if takers is None or takers & simple:
            if not any(of is None or of & simple for of in there):
                yield f"{name} is in no table"
        for mark in sorted((takers or set()) - simple):
            if not any(of and mark in of for of in there):
                yield f"{name} of {mark} is in no table"


def examples(folder, pages):
    """Chart specifications as the program reads them."""
    files = [t for page in pages for t in re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S) if re.search("^(mark|layer):", t, re.M)]
    path = os.path.join(folder, "examples.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(read(os.path.join(folder, "report.md")) + "".join(f"\n```chart\n{t}```\n" for t in files))
    run = subprocess.run([os.environ["JIANBAO"], "render", "-q", path, "--dump=document"], capture_output=True, text=True)
    blocks = [json.loads(line) for line in run.stdout.splitlines()]
    return [b["spec"] for b in blocks if b["kind"] == "chart"]


def mark_of(spec):
    mark = spec.get("mark", "bar")
    return mark["type"] if isinstance(mark, dict) else mark


def check_examples(marks, simple, code, specs):
    used = {(key, mark_of(spec)) for spec in specs for key in spec}
    drawn = {mark_of(one) for spec in specs for one in spec.get("layer", [spec])}
    inner = {key for spec in specs for value in spec.values() for one in (value if isinstance(value, list) else [value])
             if isinstance(one, dict) for key in one}
    yield from (f"mark {mark} is in no example" for mark in marks if mark not in drawn)
    yield from (f"{key}, inside a property, is in no example" for key in sorted(set(nested_keys()) - inner))
    for name, takers in code.items():
        if (takers is None or takers & simple) and not any(key == name for key, mark in used):
            yield f"{name} is in no example"
        for mark in sorted((takers or set()) - simple):
            if (name, mark) not in used:
                yield f"{name} of {mark} is in no example"


def main(folder, *paths):
    pages = [read(path) for path in paths]
    marks, code = properties_of_code()
    simple = code["layer"]  # the marks that can be layered are those of the short form's first table
    found = list(rows(pages))
    wrong = [w for w in (check_row(row, code) for row in found) if w]
    wrong += check_tables(marks, simple, code, found)
    wrong += check_examples(marks, simple, code, examples(folder, pages))
    print("\n".join(wrong))
    sys.exit(1 if wrong or len(code) < 30 or len(found) < 30 else 0)


main(*sys.argv[1:])
