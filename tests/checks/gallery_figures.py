"""Are the gallery's figures those of the two plan tables? Reads the tables itself, not through jianbao.

    gallery_figures.py DUMP…      a dump NAME.dump of the chart NAME; prints every figure that is wrong, and how many were right

What a mark shows is a cell of its row; of rates the result in percent of the plan, of variances the difference, in percent of the plan
where the unit is no percent. Every row that a chart names is looked at, every number of it must be drawn.
"""
import csv
import json
import os
import re
import sys
from decimal import ROUND_HALF_UP, Decimal

DATA = "examples/plan-2020/data/"
COLUMNS = {"plan-2020": ["年初目标", "实际完成"], "plan-2021": ["2020 年实际", "2021 年预期"]}
TABLE = {"dumbbell": "plan-2021", "slope": "plan-2021", "forecast": "plan-2021", "vl-multiples": "plan-2021"}  # the others: plan-2020


def load(name):
    """{row: (unit, {column: cell})}"""
    rows, head = {}, 2 if name == "plan-2020" else 1
    with open(DATA + name + ".csv", encoding="utf-8-sig", newline="") as file:
        for cells in list(csv.reader(file))[head:]:
            title, unit = re.match(r"#?(.*?)\s*(?:[（(](.*?)[）)])?\s*\*?$", cells[1]).groups()
            rows[title] = (unit or "", dict(zip(COLUMNS[name], cells[2:4])))
    return rows


def number(cell):
    found = re.fullmatch(r"≤?(-?[0-9.]+)( 左右| 以内| 以上)?", cell)
    return Decimal(found.group(1)) if found else None


def plain(text):
    return text.replace("\u2212", "-").replace("约 ", "").replace("\u2009", "").strip()


def row_of(rows, name):
    return rows[name.split("：")[-1]]


def tenth(value):
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def expected(kind, rows, name):
    """What may be drawn for a row: texts, plain."""
    unit, cells = row_of(rows, name)
    if kind not in ("variance", "rates"):
        return [plain(cell) for cell in cells.values()]
    plan, result = (number(cell) for cell in cells.values())
    if kind == "rates":
        return [str(tenth(result / plan * 100))]
    change = tenth(result - plan if unit in ("%", "") else (result / plan - 1) * 100)
    return [f"{change:+}" if change else "0.0"]


def marks(view, *kinds):
    return [item["data"] for mark in view["marks"] if mark["type"] in kinds for item in mark["items"] if "x" in item.get("data", {})]


def check_rows(kind, rows, view):
    domain = next(scale["domain"] for scale in view["scales"].values() if scale["type"] == "band")
    for name in domain:
        wanted = expected(kind, rows, name)
        drawn = [plain(data["y"]) for data in marks(view, "rect", "symbol") if data["x"] == name]
        numbers = [w for w in wanted if number(w.lstrip("+")) is not None]
        if kind in ("kpi", "ranking"):
            numbers = numbers[1:]
        if kind == "dumbbell" and len(set(numbers)) == 1:
            numbers = numbers[:1] * len(drawn)
        yield name, sorted(numbers), sorted(drawn)


def check_columns(rows, view, name=None):
    """Slopes and small multiples: the columns are the categories."""
    names = [name] if name else [item["text"] for mark in view["marks"] if mark["type"] == "text" for item in mark["items"]]
    names = [n.rstrip(" *") for n in names if n.rstrip(" *") in rows]
    for column in COLUMNS["plan-2021"]:
        wanted = [rows[n][1][column] for n in names]
        yield column, sorted(wanted), sorted(data["y"] for data in marks(view, "rect", "symbol") if data["x"] == column)


def main(*paths):
    right, wrong = 0, 0
    for path in paths:
        kind = os.path.basename(path)[:-len(".dump")]
        rows = load(TABLE.get(kind, "plan-2020"))
        with open(path, encoding="utf-8") as file:
            views = json.load(file)["views"]
        for view in views:
            found = check_columns(rows, view, view.get("title")) if kind in ("slope", "vl-multiples") else check_rows(kind, rows, view)
            for name, wanted, drawn in found:
                right += len(drawn) if wanted == drawn else 0
                if wanted != drawn:
                    wrong += 1
                    print(f"{kind}, {name}: drawn {drawn}, the table has {wanted}")
    print(f"{right} figures")
    sys.exit(1 if wrong or right < 3 * len(paths) else 0)


main(*sys.argv[1:])
