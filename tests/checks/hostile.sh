# Files and queries that mean harm: a clear message, bounded time and memory, no other file read.
. tests/checks/tap.bash
[ -n "${SANITIZED:-}" ] || ulimit -v 4000000 # KiB; the sanitizers reserve more than that
cd "$work" || exit 1
python3 - <<'P'
import io, os, sqlite3, zipfile

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
BOOK = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
BOOK_RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="%s"/></Relationships>'
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = '</sheetData></worksheet>'


def book(name, sheet, target="worksheets/sheet1.xml"):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", TYPES)
        z.writestr("_rels/.rels", RELS)
        z.writestr("xl/workbook.xml", BOOK)
        z.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS % target)
        if callable(sheet):
            with z.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as f:
                sheet(f)
        else:
            z.writestr("xl/worksheets/sheet1.xml", sheet)


def bomb(f):
    f.write(OPEN.encode())
    for _ in range(1400):
        f.write(b" " * (1 << 20))
    f.write(CLOSE.encode())


CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">%s]>' % "".join('<!ENTITY a%d "%s">' % (i, ("&a%d;" % (i - 1) if i else "&a;") * 10) for i in range(12))
book("bomb.xlsx", bomb)
book("laughs.xlsx", LAUGHS + OPEN + CELL % "&a11;" + CLOSE)
book("secret.xlsx", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + OPEN + CELL % "&x;" + CLOSE)
book("outside.xlsx", OPEN + CLOSE, "../../../../etc/passwd")
book("far.xlsx", OPEN + '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>' + CLOSE)
book("good.xlsx", OPEN + CELL % "名称" + '<row r="2"><c r="A2"><v>1</v></c></row>' + CLOSE)
good = open("good.xlsx", "rb").read()
open("short.xlsx", "wb").write(good[: len(good) * 2 // 3])
open("wide.csv", "w").write("," * 10000000 + "\n")
open("deep.json", "w").write("[" * 100000 + "]" * 100000)
open("nan.csv", "w").write("指标名称,实际\n甲,NaN\n乙,inf\n丙,1e999\n丁,-Infinity\n")
open("nan.json", "w").write('[{"a": NaN}]')
open("page.csv", "wb").write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
open("binary.csv", "wb").write(b"a,b\n1,\x00\x01\x02\n")
open("table.xlsx", "w").write("指标名称,实际\n甲,1\n")
db = sqlite3.connect("good.db")
db.execute("CREATE TABLE t(指标名称 TEXT, 实际 REAL)")
db.executemany("INSERT INTO t VALUES(?, ?)", [("甲%d" % i, i) for i in range(3000)])
db.commit()
db.close()
data = open("good.db", "rb").read()
open("short.db", "wb").write(data[:6000])
open("rotten.db", "wb").write(data[:4096] + os.urandom(len(data) - 4096))
HEAD = "---\ntitle: x\ndata:\n%s\n---\n文。\n"
open("cyclic.md", "w").write(HEAD % "  a: &x {file: *x}")
open("many.md", "w").write(HEAD % "\n".join("  k%d: [%s]" % (i, "1," * 1000) for i in range(300)))
open("large.md", "w").write(HEAD % ("  a: " + "x" * 5000000))
open("nested.md", "w").write(HEAD % ("  a: " + "[" * 1000 + "]" * 1000))
open("plan.csv", "w").write("指标名称,实际\n甲,1\n")
for name, sql in {"writes": "INSERT INTO plan VALUES(1)", "attaches": "ATTACH '/etc/passwd' AS x", "reads": "SELECT readfile('/etc/passwd')", "loads": "SELECT load_extension('x')",
                  "pragma": "PRAGMA table_list", "loops": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                  "grows": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i, i FROM n", "huge": "SELECT zeroblob(2000000000)"}.items():
    open("sql-%s.md" % name, "w").write(HEAD % ('  plan: plan.csv\n  q: {sql: "%s"}' % sql))
    open("file-%s.md" % name, "w").write(HEAD % ('  q: {file: good.db, query: "%s"}' % sql))
P
mkfifo pipe.csv
mkdir folder.csv

# The file is refused with a message that holds the text; within seconds; nothing of another file comes out.
refused() { # NAME TEXT COMMAND…
    local name=$1 text=$2 status
    shift 2
    timeout 30 "$JIANBAO" "$@" >"$work/out" 2>"$work/err"
    status=$?
    check "$name: refused" test $status = 1 -o $status = 2
    check "$name: says so" has "$work/err" "$text"
    check "$name: shows no other file" hasnt <(cat "$work/out" "$work/err") 'root:'
}
refused "a zip bomb" "limit" data bomb.xlsx
refused "entities upon entities" "document type" data laughs.xlsx
refused "an outside entity" "document type" data secret.xlsx
refused "a part outside the archive" "no " data outside.xlsx
refused "a cell far away" "the last is XFD1048576" data far.xlsx
refused "a truncated workbook" "short.xlsx" data short.xlsx
refused "ten million columns" "limit of 2000" data wide.csv
refused "JSON nested 100,000 deep" "deep" data deep.json
refused "NaN in JSON" "nan.json:1:10" data nan.json
refused "a PDF named .csv" "a PDF" data page.csv
refused "bytes that are no text" "binary.csv" data binary.csv
refused "a folder" "folder" data folder.csv
refused "a device" "no regular file" data /dev/zero
refused "a pipe" "no regular file" data pipe.csv
refused "a truncated database" "short.db" data short.db!t
refused "a rotten database" "rotten.db" data rotten.db!t
refused "cyclic YAML" "anchors" render cyclic.md -o x.pdf
refused "YAML of many values" "more than 200000 values" render many.md -o x.pdf
refused "huge YAML" "more than 4194304 bytes" render large.md -o x.pdf
refused "YAML nested deep" "deeper than 64" render nested.md -o x.pdf
for name in writes attaches reads loads pragma loops grows huge; do
    refused "sql: $name" "error:" render sql-$name.md -o x.pdf
    refused "query: $name" "error:" render file-$name.md -o x.pdf
done
check "no report is left" test ! -e x.pdf

# What is only named wrongly is read; what is no number is text.
check "a table of text named .xlsx" has <("$JIANBAO" data -q table.xlsx) '"name":"甲"'
check "NaN, inf and numbers too large are no numbers" test "$("$JIANBAO" data -q nan.csv 2>/dev/null | grep -cE '"kind":"(text|missing)"')" = 4

# A database that somebody writes to: said, or read as it was.
python3 -c '
import sqlite3, sys
db = sqlite3.connect("good.db", isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()' >locked < <(sleep 20) &
for _ in $(seq 50); do [ -s locked ] && break; sleep 0.1; done
timeout 15 "$JIANBAO" data -q good.db >"$work/out" 2>"$work/err"
status=$?
check "a locked database does not hang" test $status != 124
check "a locked database: the rows, or a message" bash -c '[ $1 = 0 ] && [ "$(wc -l <"$2/out")" = 3000 ] || grep -q "another program is writing" "$2/err"' - $status "$work"
kill %1 2>/dev/null
