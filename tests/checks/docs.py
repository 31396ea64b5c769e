"""Examples of a documentation page.
   docs.py charts PAGE… DIR  writes DIR/report.md with all ```chart blocks, DIR/*.yaml, DIR/*.csv; prints the charts' ids
   docs.py specs FILE SPEC…  writes a report FILE with the YAML specifications as ```chart blocks
   docs.py tables PAGE DIR   writes DIR/tables.md with all ```table blocks; prints how many
   docs.py errors PAGE DIR   writes DIR/error-N.md for each row of the table of errors; prints N<TAB>message
   docs.py options MAN       prints command<TAB>option for each option that the man page names
   docs.py readme PAGE DIR   writes DIR/plan.csv and DIR/report.md of the first report; prints the promised output and message
   docs.py theme PAGE DIR    writes DIR/our-office.yaml and DIR/themed.md
   docs.py keys THEME PAGE   prints each key of the theme that the page does not name as code
   docs.py links PAGE…       prints page<TAB>target for each relative link whose target is not there"""
import os, re, sys

HEAD = """---
title: 示例
data:
  plan: plan-2020.csv
  next: plan-2021.csv
  gdp: gdp-2011-2020.csv
  marks: marks.csv
  trade: trade.csv
  years: years.csv
---
"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def blocks(page, kind):
    return re.findall(r"^```" + kind + r"\n(.*?)^```$", page, re.M | re.S)


def charts(page, folder):
    found = blocks(page, "chart")
    own = re.findall(r"^```csv (\w+)$", page, re.M)
    more = "".join(f"  {n}: {n}.csv\n" for n in own if f"  {n}:" not in HEAD)
    write(folder, "report.md", HEAD.replace("data:\n", "data:\n" + more) + "\n".join(f"```chart\n{b}```\n" for b in found))
    for number, text in enumerate(blocks(page, "yaml")):
        write(folder, f"file-{number}.yaml", text)
    write(folder, "marks.csv", "".join(blocks(page, "csv")))
    for name in own:
        write(folder, f"{name}.csv", "".join(blocks(page, f"csv {name}")))
    for block in found:
        print(re.search(r"^id: (.+)$", block, re.M).group(1))


def specs(report, *files):
    write("", report, "---\ntitle: 示例\n---\n" + "\n".join(f"```chart\n{read(f)}```\n" for f in files))


def tables(page, folder):
    found = blocks(page, "table")
    write(folder, "tables.md", HEAD + "\n".join(f"```table\n{b}```\n" for b in found))
    print(len(found))


def errors(page, folder):
    table = page[page.index("## Errors"):]
    for number, (line, message) in enumerate(re.findall(r"^\| `(.+)` \| (.+) \|$", table, re.M)):
        spec = {"mark": "bar", "data": "plan", "x": "指标名称", "y": "实际完成"}
        key, value = line.split(":", 1)
        spec[key] = value.strip()
        body = "".join(f"{k}: {v}".rstrip() + "\n" for k, v in spec.items())
        write(folder, f"error-{number}.md", HEAD + f"```chart\n{body}```\n")
        print(number, message, sep="\t")


def options(page):
    command = "render chart data check"  # what stands under COMMON OPTIONS is every command's
    for line in page.splitlines():
        head = re.match(r'\.SH (.*)', line)
        if head:
            own = re.match(r"OPTIONS OF (\w+)", head.group(1))
            command = own.group(1).lower() if own else "render chart data check" if "COMMON" in head.group(1) else ""
        plain = re.sub(r"\\f.", "", line.replace(r"\-", "-"))
        for option in re.findall(r"(?<![-\w])--?[a-z][a-z-]*", plain) if command else []:
            for name in command.split():
                print(name, option, sep="\t")


def readme(page, folder):
    write(folder, "plan.csv", blocks(page, "csv")[0])
    write(folder, "report.md", re.search(r"^~~~~markdown\n(.*?)^~~~~$", page, re.M | re.S).group(1))
    print(re.search(r"^    (\{.*),…$", page, re.M).group(1))
    print(re.search(r"^    (report\.md:.*)$", page, re.M).group(1))


def theme(page, folder):
    file, head = blocks(page, "yaml")
    write(folder, "our-office.yaml", file)
    write(folder, "themed.md", head + "\n## 一、总体情况\n\n进出口总额完成情况\n")


def keys(file, page):
    text = re.sub(r"^```.*?^```$", "", read(page), flags=re.M | re.S)
    words = {w for code in re.findall(r"`([^`]+)`", text) for w in re.findall(r"\w+", code)}
    text = re.sub(r"#[^\n\"]*$|\"[^\"\n]*\"", "", read(file), flags=re.M)
    for key in sorted(set(re.findall(r"(\w+):", text)) - words):
        print(key)


def links(pages):
    for page in pages:
        text = re.sub(r"^(`{3,}).*?^\1`*$", "", read(page), flags=re.M | re.S)  # links in code are no links
        text = re.sub(r"`[^`\n]*`", "", text)
        for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text):
            target = "".join(target)
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            file = os.path.join(os.path.dirname(page), path) if path else page
            there = os.path.exists(file) and (not anchor or anchor in [
                re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-")
                for h in re.findall(r"^#+ (.+)$", read(file), re.M)])
            if not there:
                print(page, target, sep="\t")


def main(what, *rest):
    if what == "links":
        links(rest)
    elif what == "keys":
        keys(*rest)
    elif what == "specs":
        specs(*rest)
    elif what == "charts":
        charts("\n".join(read(page) for page in rest[:-1]), rest[-1])
    elif what == "options":
        options(read(rest[0]))
    else:
        {"tables": tables, "errors": errors, "readme": readme, "theme": theme}[what](read(rest[0]), rest[1])


main(*sys.argv[1:])
