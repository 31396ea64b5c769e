"""in_order.py SOURCE PDF: every non-space character of the text comes back from the PDF in order.

Markdown marks and table headers that are said twice in the source are aside; what the page adds (running heads, folios,
continued captions) may stand between.
"""
import re
import subprocess
import sys

source, pdf = sys.argv[1:]
lines, seen, last = [], set(), ""
for line in open(source, encoding="utf-8-sig").read().splitlines():
    if "\t" in line:
        if line in seen and not re.search(r"\d\t", line[:4]):
            continue  # a header that is said again
        seen.add(line)
    line = re.sub(r"^#+ ", "", line) if "\t" not in line else line
    lines.append(line.replace("**", "").replace("\\*", "*"))
want = [c for c in "\n".join(lines) if not c.isspace()]
text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
got = [c for c in text if not c.isspace()]
at = 0
for i, c in enumerate(want):
    start = at
    while at < len(got) and got[at] != c:
        at += 1
    if at == len(got) or at - start > 400:
        sys.exit("lost at character %d: “%s”, in the PDF: “%s”" % (i, "".join(want[max(0, i - 20):i + 10]), "".join(got[max(0, start - 10):start + 30])))
    at += 1
extra = len(got) - len(want)
print("%d characters in order, %d more on the pages" % (len(want), extra))
sys.exit(extra > 80 * text.count("\f"))
