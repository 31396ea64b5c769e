# The PDF of the demo and of the small reports, read back with poppler and qpdf.
. tests/checks/tap.bash
render() { "$JIANBAO" render -q "$@"; }

reads_clean() { # qpdf and poppler find nothing to complain of
    qpdf --check "$1" >"$work/qpdf" 2>&1 || { cat "$work/qpdf"; return 1; }
    [ -z "$(pdfinfo "$1" 2>&1 >/dev/null)" ]
}
only_subsets() { # every font is embedded, a subset, and has a Unicode map
    pdffonts "$1" 2>&1 | tail -n +3 >"$work/fonts"
    [ -s "$work/fonts" ] && ! grep -vE ' yes yes yes ' "$work/fonts"
}
tagged() { pdfinfo "$1" | grep -qE '^Tagged: +yes'; }

for name in text table charts fonts; do
    render "tests/golden/$name/report.md" -o "$work/$name.pdf"
    check "$name: qpdf and poppler read it without complaint" reads_clean "$work/$name.pdf"
    check "$name: only embedded subsets with Unicode maps" only_subsets "$work/$name.pdf"
    check "$name: tagged" tagged "$work/$name.pdf"
done
check "demo: renders" render examples/plan-2020/report.md -o "$work/demo.pdf"
check "demo: qpdf and poppler read it without complaint" reads_clean "$work/demo.pdf"
check "demo: only embedded subsets with Unicode maps" only_subsets "$work/demo.pdf"
check "demo: at least six figures" test "$(pdftotext -raw "$work/demo.pdf" - | grep -cE '^图 [0-9]')" -ge 6
check "demo: its data is attached" has <(pdfdetach -list "$work/demo.pdf") plan-2020.csv
pdfdetach -savefile plan-2020.csv -o "$work/out.csv" "$work/demo.pdf"
check "demo: the attached data is the data" same "$work/out.csv" examples/plan-2020/data/plan-2020.csv
pdftotext -raw "$work/demo.pdf" "$work/demo.txt"
check "demo: look-ups are in the text" has "$work/demo.txt" '为目标的 126.7%'
check "demo: no look-up is left" hasnt "$work/demo.txt" '{{'
check "demo: a section that begins a page is in its running head" has <(pdftotext -f 6 -l 6 -raw "$work/demo.pdf" - | tail -n 3) '简报 三、周边省市经济总量'
check "demo: an outline" has <(qpdf --json=1 "$work/demo.pdf") '/Outlines'

# Greys, type and rules are said in black ink alone; the theme grey says nothing else.
colours() { grep -aoE '^[0-9. ]+ (rg|RG|g|G)$' "$1" | sort -u; }
render --readable examples/plan-2020/report.md -o "$work/inks.pdf"
check "demo: text is black alone" has <(colours "$work/inks.pdf") '0 g'
check "demo: no text in three colours" hasnt <(colours "$work/inks.pdf") '.122 .137 .157 rg'
check "demo: other colours are colours" has <(colours "$work/inks.pdf") '.082 .251 .451 rg'
mkdir "$work/grey"
cp -r examples/plan-2020/data "$work/grey"
sed 's/^theme: briefing/theme: grey/' examples/plan-2020/report.md >"$work/grey/report.md"
check "grey: renders without a warning" render --strict --readable "$work/grey/report.md" -o "$work/grey.pdf"
check "grey: black ink alone" test -z "$(colours "$work/grey.pdf" | grep -i rg)"

# A link is read back with its words and its address.
check "text: the link leads somewhere" has <(qpdf --qdf --object-streams=disable "$work/text.pdf" - | strings) 'https://www.stats.gov.cn/'
pdftotext -raw "$work/text.pdf" "$work/text.txt"
check "text: emphasis leaves no marks" hasnt "$work/text.txt" '*'

# The readable form says the same.
render --readable tests/golden/text/report.md -o "$work/readable.pdf"
check "readable: qpdf reads it" reads_clean "$work/readable.pdf"
pdftotext -raw "$work/readable.pdf" "$work/readable.txt"
check "readable: the same text" same "$work/readable.txt" "$work/text.txt"
check "readable: no stream is compressed" hasnt <(strings "$work/readable.pdf") FlateDecode

# A table that goes over pages says its head again.
pdftotext -raw "$work/table.pdf" "$work/table.txt"
check "table: continued" has "$work/table.txt" '表 1（续表）'
heads=$(grep -c '年初目标' "$work/table.txt")
check "table: the head stands on each of its pages" test "$heads" -ge 3
