# The reference validator on the reports' PDFs, when it and Java are at hand.
. tests/checks/tap.bash
verify=${JB_VERAPDF:-../shared/tools/verapdf/verify-pdf}
unset XDG_CACHE_HOME
if [ ! -x "$verify" ] || ! command -v java >/dev/null || ! command -v mvn >/dev/null; then
    skip "PDF/A-3a and PDF/UA-1" "the validator is not here"
    exit 0
fi
files=()
for report in tests/golden/text tests/golden/table tests/golden/charts tests/golden/fonts tests/golden/sparklines examples/plan-2020; do
    pdf=$work/$(basename $report).pdf
    "$JIANBAO" render -q $report/report.md -o "$pdf" && files+=("$pdf")
done
"$JIANBAO" chart -q examples/plan-2020/report.md#trend -o "$work/chart.pdf" && files+=("$work/chart.pdf")
[ -f ../shared/seed.txt ] && "$JIANBAO" render -q ../shared/seed.txt -o "$work/seed.pdf" && files+=("$work/seed.pdf")
"$verify" --flavour 3a --flavour ua1 "${files[@]}" >"$work/report" 2>"$work/err" || true
if ! grep -qE '^(PASS|FAIL)' "$work/report"; then
    skip "PDF/A-3a and PDF/UA-1" "the validator could not be built: $(tail -n 1 "$work/err")"
    exit 0
fi
for pdf in "${files[@]}"; do
    for flavour in 3a ua1; do
        check "$(basename "$pdf") passes $flavour" has "$work/report" "PASS $flavour $pdf"
    done
done
grep -A6 '^FAIL' "$work/report" | sed 's/^/# /'
