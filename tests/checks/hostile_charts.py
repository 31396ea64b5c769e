"""Hostile data and hostile specifications for the plain marks and for Vega-Lite's words: hostile_charts.py DIR writes
them there, draws them and prints TAP lines. All charts of one dataset are blocks of one report, drawn twice; some
are drawn by themselves as well, to look where their texts stand."""
import json, os, random, re, resource, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

PROGRAM = os.environ["JIANBAO"]
SANITIZED = bool(os.environ.get("SANITIZED"))
SECONDS = 60 if SANITIZED else 5  # of the processor, for a chart
EACH = 40 if SANITIZED else 5  # every how-manieth chart is drawn by itself
random.seed(7)
HEAD = "指标名称,期,2019 年,年初目标,实际完成"
LONG = "很长的名称" * 40
LATIN = "Donaudampfschifffahrt" * 10
FAMILY = "\U0001F468\u200d\U0001F469\u200d\U0001F467"


def rows(values, names=None):
    return [f"{names[i] if names else f'投资{i}'},2020-{i % 12 + 1:02},{','.join(map(str, v))}" for i, v in enumerate(values)]


def numbers(*texts):
    return rows([(t, texts[(i + 1) % len(texts)], texts[(i + 2) % len(texts)]) for i, t in enumerate(texts)])


def named(*names):
    return rows([(i + 1, 3, 5 - i) for i in range(len(names))], names)


DATA = {
    "header": [],
    "one": rows([(1, 2, 3)]),
    "equal": rows([(5, 5, 5)] * 6),
    "missing": rows([("—", "", "…")] * 4),
    "zero": rows([(0, 0, 0)] * 4),
    "negative": rows([(-1, -2, -3), (-4, -5.5, -6), (-7, -8, -9)]),
    "mixed": rows([(-5, 3, -2), (4, -1, 0), (0, 0, 7), ("—", 2, "—")]),
    "range": numbers("1e-300", "1e-9", "0", "1", "1e9", "1e300"),
    "extreme": numbers("1e308", "-1e308", "1.7976931348623157e308", "1"),
    "denormal": numbers("5e-324", "2.2e-310", "1e-320", "0"),
    "thousand": rows([(round(random.uniform(-9, 9), 2), i, 1000 - i) for i in range(1000)]),
    "han": named(*[f"{LONG}{i}（亿元）" for i in range(3)]),
    "latin": named(*[f"{LATIN}{i} (t)" for i in range(3)]),
    "emoji": named("\U0001F600 emoji", FAMILY, "\U0001F44D\U0001F3FD", "\u2764\ufe0f"),
    "bidi": named("Latin 混合 عربي", "עברית", "العربية 2020 年", "(ו) [א] 甲"),
    "combining": named("e\u0301\u0327\u0308", "\u0301", "甲\u0301", "a" + "\u0300" * 60),
    "control": named("\ufeffBOM", "\u202eRLO", "\u200b", "a\u0001b", "\u00a0", "a\u0085b", "\u2028"),
    "nameless": named("", " ", "", "甲"),
    "twins": named("投资", "投资", "投资", "投资 "),
    "none": numbers("NaN", "Infinity", "-inf", "nan", "#DIV/0!", "1"),
    "words": numbers("甲", "true", "12%", "约 3", "6~7", "≤2", "2020-01-01"),
    "units": named("投资（%）", "出口（亿元）", "外贸（亿美元）", "粮食（吨）", "空气（天）"),
}
WIDE = ["甲", "地", "产"]  # rows of the dataset with 40 series

COMPARED = "x: 指标名称\ny: [2019 年, 年初目标, 实际完成]\n"
SHORT = {
    "bar": "mark: bar\n" + COMPARED,
    "upright": "mark: bar\norient: vertical\n" + COMPARED,
    "lying": "mark: bar\norient: horizontal\nsort: descending\n" + COMPARED,
    "patterns": "mark: bar\npatterns: true\n" + COMPARED,
    "highlight": "mark: bar\nx: 指标名称\ny: 实际完成\nhighlight: 甲\n",
    "low": "mark: bar\nheight: 40\nwidth: 40\n" + COMPARED,
    "line": "mark: line\nzero: false\n" + COMPARED,
    "bright": "mark: line\nhighlight: 实际完成\n" + COMPARED,
    "layer": "x: 指标名称\nlayer: [{mark: bar, y: 年初目标}, {mark: line, y: 实际完成}]\n",
    "rate": "values: rate\nx: 指标名称\n",
    "rates": "values: rate\nmark: line\nx: 指标名称\n",
    "where": "where: 实际完成 > 1\n" + COMPARED,
}


def view(mark, x=None, y=None, **more):
    encoding = {k: v for k, v in {"x": x, "y": y, **more.pop("channels", {})}.items() if v}
    return {"mark": mark, "encoding": encoding, **more}


def vega():
    name, period = {"field": "指标名称", "type": "nominal"}, {"field": "期", "type": "temporal"}
    value, other = {"field": "实际完成", "type": "quantitative"}, {"field": "年初目标", "type": "quantitative"}
    fold = {"transform": [{"fold": ["2019 年", "年初目标", "实际完成"], "as": ["系列", "值"]}]}
    part, series = {"field": "值", "type": "quantitative"}, {"color": {"field": "系列"}}
    scale = lambda kind: {**value, "scale": {"type": kind}}
    stack = lambda how: {**part, "stack": how}
    text = view("text", name, value, channels={"text": value})
    return {
        "bar": view("bar", name, value), "lying": view("bar", value, {**name, "sort": "-x"}),
        "stacked": view("bar", name, part, channels=series, **fold),
        "normalized": view("bar", name, stack("normalize"), channels=series, **fold),
        "stacked-log": view("bar", name, {**stack("zero"), "scale": {"type": "log"}}, channels=series, **fold),
        "normalized-line": {**fold, "layer": [view("bar", name, stack("normalize"), channels=series),
                                              view("line", name, stack("normalize"), channels=series)]},
        "grouped": view("bar", name, part, channels={**series, "xOffset": {"field": "系列"}}, **fold),
        "line": view({"type": "line", "point": True, "interpolate": "monotone"}, period, part, channels=series, **fold),
        "area": view("area", period, stack("center"), channels=series, **fold),
        "area-one": view({"type": "area", "line": True}, name, value),
        "point": view("point", value, other, channels={"shape": name, "size": value}),
        "circle": view("circle", value, other, channels={"color": value, "opacity": other}),
        "rule": view("rule", name, value, channels={"y2": other}), "tick": view("tick", value, name),
        "text": text, "rect": view("rect", name, {"field": "期", "type": "ordinal"}, channels={"color": value}),
        "wrapped": view("bar", period, value, channels={"facet": {**name, "columns": 3}}),
        "rows": view("bar", name, part, channels={"row": {"field": "系列"}}, **fold),
        "columns": {**fold, "facet": {"column": {"field": "系列"}}, "spec": view("point", name, part)},
        "layer": {"layer": [view("bar", name, value), text]},
        "two-axes": {"layer": [view("bar", name, value), view("line", name, other)], "resolve": {"scale": {"y": "independent"}}},
        "log": view("point", name, scale("log")), "symlog": view("bar", name, scale("symlog")),
        "sqrt": view("line", name, scale("sqrt")), "pow": view("point", {**value, "scale": {"type": "pow", "exponent": 3}}, name),
        "bin": view("bar", {**value, "bin": {"maxbins": 20}}, {"aggregate": "count"}),
        "bins": view("rect", {**value, "bin": True}, {**other, "bin": True}, channels={"color": {"aggregate": "count"}}),
        "quarters": view("line", {"field": "期", "timeUnit": "yearquarter"}, {**value, "aggregate": "mean"}),
        "months": view("bar", {"field": "期", "timeUnit": "month", "type": "ordinal"}, {**value, "aggregate": "variance"}),
        "boxplot": view("boxplot", name, part, **fold), "errorbar": view("errorbar", part, name, **fold),
        "errorband": view({"type": "errorband", "extent": "stdev"}, {"field": "期", "timeUnit": "yearmonth"}, part, **fold),
        "beside": {"hconcat": [view("bar", name, value), view("point", value, other)]},
        "repeat": {"repeat": ["年初目标", "实际完成"], "columns": 1, "spec": view("bar", name, {"field": {"repeat": "repeat"}, "type": "quantitative"})},
        "product": view("bar", name, {**value, "aggregate": "product"}),
        "window": {**view("line", name, {"field": "和", "type": "quantitative"}),
                   "transform": [{"window": [{"op": "sum", "field": "实际完成", "as": "和"}]}]},
        "wide": view("bar", name, value, width=10000, height=40), "small": view("line", period, value, width=40, height=40),
    }


def wrong():
    """Every property of a specification that is good, with values of kinds that it does not take."""
    short = {"mark": "bar", "x": "指标名称", "y": ["年初目标", "实际完成"], "where": "实际完成 > 1", "unit": "%", "sort": "ascending",
             "orient": "vertical", "highlight": "投资0", "patterns": True, "title": "甲", "headline": "甲", "subtitle": "甲",
             "note": "甲", "source": "甲", "width": 300, "height": 200, "values": "plan", "data": "one", "zero": True,
             "layer": [{"mark": "bar", "y": "实际完成"}]}
    channel = {"field": "实际完成", "type": "quantitative", "aggregate": "sum", "bin": True, "stack": "zero", "title": "甲",
               "scale": {}, "axis": {}, "sort": "ascending", "timeUnit": "year", "format": ".1f", "datum": 1, "value": 1,
               "condition": {"test": "true", "value": 1}, "impute": {"value": 0}, "legend": {}, "header": {}, "bandPosition": 0.5}
    scale = dict.fromkeys(["type", "domain", "domainMin", "domainMax", "domainMid", "range", "scheme", "nice", "zero", "clamp", "reverse",
                           "padding", "paddingInner", "base", "exponent", "constant", "rangeMin", "unknown"])
    axis = dict.fromkeys(["labels", "ticks", "grid", "domain", "format", "labelExpr", "values", "tickCount", "tickMinStep", "orient",
                          "offset", "minExtent", "tickSize", "gridColor", "labelAngle", "titleColor", "unknown"])
    view_keys = dict.fromkeys(["width", "height", "transform", "layer", "facet", "repeat", "hconcat", "columns", "spacing", "resolve", "config",
                               "view", "background", "title", "datasets", "data", "unknown"])
    mark = dict.fromkeys(["type", "color", "opacity", "size", "strokeDash", "interpolate", "point", "orient", "width", "clip", "shape",
                          "align", "fontSize", "style", "x", "text", "binSpacing", "unknown"])
    odd = [{}, [], 5, -1e308, True, "", "x", None, [[]], {"a": {"b": []}}, "9" * 400, ".nan"]
    specs = []
    for key in short:
        specs += [{**short, key: value} for value in odd]
        specs += [{"mark": "line", "data": "one", "x": "指标名称", "y": "实际完成", key: value} for value in odd[:6]]
    for value in odd:
        base = lambda: view("bar", {"field": "指标名称"}, {"field": "实际完成", "type": "quantitative"}, data="one")
        for key in channel:
            for place in ("y", "color"):
                spec = base()
                spec["encoding"].setdefault(place, {"field": "实际完成", "type": "quantitative"})[key] = value
                specs.append(spec)
        for inner, keys in (("scale", scale), ("axis", axis)):
            for key in keys:
                spec = base()
                spec["encoding"]["y"][inner] = {key: value}
                specs.append(spec)
        for key in mark:
            specs.append({**base(), "mark": {"type": "bar", key: value}})
            specs.append({**base(), "mark": {"type": "line", key: value}})
        specs += [{**base(), key: value} for key in view_keys]
    return specs


# ---- drawing ----

def run(*arguments):
    """Exit status and what was said; a status below 0 is a signal."""
    seconds = SECONDS * (5 if "--all" in arguments else 1)
    limited = ["prlimit", f"--cpu={seconds}", PROGRAM, "chart", "-q", *arguments]
    done = subprocess.run(limited, capture_output=True)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


NOTHING = re.compile(r"(?<![A-Za-z])-?(nan|inf)(?![A-Za-z])")
PLACE = re.compile(r"^(\S+?):(\d+):(\d+): error: .{8}|^\S+\.csv: error: .{8}", re.M)


def is_told(status, said):
    if status not in (1, 2):
        return f"status {status}: {said[:200]}"
    return None if PLACE.search(said) else f"no place: {said[:200]}"


def numberless(text):
    """Paths, boxes and places without what people wrote."""
    return NOTHING.search(re.sub(r'"(?:[^"\\]|\\.)*[^\x00-\x7f](?:[^"\\]|\\.)*"|"(?:text|[xy]2?|color|value)":"[^"]*"|"label":"[^"]*"|aria-label="[^"]*"|<title[^>]*>.*?</title>|<desc[^>]*>.*?</desc>', "", text, flags=re.S))


def text_fault(scene, picture):
    wide, high = (float(v) for v in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture).groups())
    for line in scene.splitlines():
        item = json.loads(line)
        if item["item"] != "text" or not item["text"].strip():
            continue
        over = item["size"] / 2 if item["text"][-1] in "：，。；、）”" else 0.6
        if item["x"] < -0.6 or item["x"] + item["width"] > wide + over or item["y"] > high + 0.6 or item["y"] < 0:
            return f"“{item['text'][:40]}” at {item['x']} {item['y']}, {item['width']} wide, in {wide} by {high}"
    return None


def alone(path, *arguments):
    """One chart by itself: its scene, its dump, its picture."""
    status, scene, said = run(path, "--dump=scene", *arguments)
    if status:
        return is_told(status, said)
    if numberless(scene):
        return "a number of the scene is none"
    dump = run(path, "--dump=chart", *arguments)[1] if len(path) % 2 else ""
    if numberless(dump):
        return "a number of the dump is none"
    if run(path, "-o", path + ".svg", *arguments)[0]:
        return "no picture of what has a dump"
    with open(path + ".svg", encoding="utf-8") as file:
        picture = file.read()
    return "a number of the picture is none" if numberless(picture) else text_fault(scene, picture)


def report_fault(folder, name, blocks):
    """All blocks twice: pictures that are the same, without nan, and for each block without one an error in its lines."""
    starts = []
    lines = ["---", "title: x", "data: {" + f"{name}: {name}.csv" + "}", "---"]
    for i, text in enumerate(blocks):
        starts.append(len(lines) + 1)
        lines += ["", "```chart", f"id: c{i}", *text.rstrip("\n").split("\n"), "```"]
    path = os.path.join(folder, name + ".md")
    write(path, "\n".join(lines) + "\n")
    faults, pictures = [], []
    for turn in range(1 if SANITIZED else 2):
        to = os.path.join(folder, f"{name}-{turn}")
        os.mkdir(to)
        status, _, said = run(path, "--all", "-o", to + "/{id}.svg")
        if status not in (0, 1, 2):
            return [f"status {status}: {said[:200]}"]
        drawn = {}
        for file in os.listdir(to):
            with open(os.path.join(to, file), encoding="utf-8") as picture:
                drawn[file] = picture.read()
        pictures.append(drawn)
    faults += [f"{file}: not the same twice" for file in pictures[0] if pictures[-1].get(file) != pictures[0][file]]
    faults += [f"{file}: a number is none" for file, text in pictures[0].items() if numberless(text)]
    told = [int(line) for line in re.findall(r"\.md:(\d+):\d+: error: ", said)]
    data_told = re.search(r"\.csv(:\d+:\d+)?: error: ", said)
    for i in range(len(blocks)):
        end = starts[i + 1] if i + 1 < len(starts) else len(lines) + 1
        if f"c{i}.svg" not in pictures[0] and not data_told and not any(starts[i] <= line < end for line in told):
            faults.append(f"block {i} has neither picture nor error: {blocks[i][:300]}")
    return faults


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def in_block(spec):
    """JSON in YAML's flow form, keys of the top on lines of their own, so that `id:` may stand before."""
    return "\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}".replace('".nan"', ".nan") for k, v in spec.items())


class Tap:
    count = 0

    def say(self, name, faults):
        self.count += 1
        print(f"{'not ok' if faults else 'ok'} {self.count} - {name}")
        for fault in faults[:8]:
            print("# " + fault.replace("\n", " ")[:400])


def main(folder):
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.RLIM_INFINITY))
    write(os.path.join(folder, "wide.csv"), "指标名称," + ",".join(f"系列{i}" for i in range(40)) + "\n" +
          "\n".join(n + "," + ",".join(str(i * k) for i in range(40)) for k, n in enumerate(WIDE)) + "\n")
    write(os.path.join(folder, "nothing.csv"), "")
    forty = "y: [" + ", ".join(f"系列{i}" for i in range(40)) + "]\nx: 指标名称\n"
    jobs, reports, specs = [], {}, vega()
    for name, data in DATA.items():
        write(os.path.join(folder, name + ".csv"), "\n".join([HEAD] + data) + "\n")
        reports[name] = [f"data: {name}\n{text}" for text in SHORT.values()] + [in_block({"data": name, **s}) for s in specs.values()]
        for i, (form, text) in enumerate([*SHORT.items(), *specs.items()]):
            if (i + len(name)) % EACH == 0:
                path = os.path.join(folder, f"{name}-{form}.yaml")
                write(path, f"data: {name}.csv\n" + (text if isinstance(text, str) else in_block(text)) + "\n")
                jobs.append((name, form, path, ()))
    for name, mark in (("wide", "bar"), ("wide", "line"), ("nothing", "bar")):
        path = os.path.join(folder, f"{name}-{mark}.yaml")
        write(path, f"data: {name}.csv\nmark: {mark}\n" + (forty if name == "wide" else COMPARED))
        jobs.append((name, mark, path, ()))
    for size in ("20x20", "40x3000", "5000x50", "50x5000", "5000x5000"):
        for form, text in (*SHORT.items(), *specs.items()):
            if form in ("bar", "line", "columns", "stacked", "text", "two-axes")[:: 3 if SANITIZED else 1]:
                path = os.path.join(folder, f"{size}-{form}.yaml")
                write(path, "data: mixed.csv\n" + (text if isinstance(text, str) else in_block(text)) + "\n")
                jobs.append((size, form, path, ("--size=" + size,)))
    bad = [in_block(s) for s in wrong()]
    tap = Tap()
    with ThreadPoolExecutor(2) as pool:
        drawn = {n: pool.submit(report_fault, folder, n, blocks) for n, blocks in reports.items()}
        singles = [(*job[:2], pool.submit(alone, job[2], *job[3])) for job in jobs]
        parts = [pool.submit(wrong_fault, folder, i, bad[i: i + 400]) for i in range(0, len(bad), 400)]
        for name, future in drawn.items():
            tap.say(f"{name}: {len(reports[name])} charts of a report", future.result())
        for group in dict.fromkeys(s[0] for s in singles):
            faults = [f"{form}: {future.result()}" for g, form, future in singles if g == group and future.result()]
            tap.say(f"{group}: {sum(s[0] == group for s in singles)} charts by themselves", faults)
        for i, future in enumerate(parts):
            tap.say(f"properties of wrong kinds, part {i + 1}", future.result())


def wrong_fault(folder, i, blocks):
    name = f"part{i}"
    write(os.path.join(folder, name + ".csv"), "\n".join([HEAD] + DATA["one"]) + "\n")
    return report_fault(folder, name, [b.replace('"data": "one"', f'"data": "{name}"') for b in blocks])


main(sys.argv[1])
