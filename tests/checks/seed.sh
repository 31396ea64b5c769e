# A real 20-page report, as it is, when it lies beside the project (it is not part of it).
. tests/checks/tap.bash
seed=${JB_SEED:-../shared/seed.txt}
if [ ! -f "$seed" ]; then
    skip "the real report" "$seed is not there"
    exit 0
fi
"$JIANBAO" render "$seed" -o "$work/seed.pdf" 2>"$work/err"
status=$?
check "renders" test $status = 0
check "says nothing but font substitutions" test -z "$(grep -v 'note: font role' "$work/err" | grep -E 'note:|warning:|error:')"
check "qpdf is content" qpdf --check "$work/seed.pdf"
check "tagged" has <(pdfinfo "$work/seed.pdf" | tr -s ' ') 'Tagged: yes'
check "only embedded subsets" test -z "$(pdffonts "$work/seed.pdf" | tail -n +3 | grep -vE ' yes yes yes ')"
check "the text comes back in order" python3 tests/checks/in_order.py "$seed" "$work/seed.pdf"
check "two tables" test "$("$JIANBAO" render -q "$seed" --dump=structure | grep -c '"type":"Table"')" = 2
check "42 body rows" test "$("$JIANBAO" render -q "$seed" --dump=document | python3 -c '
import json, sys
print(sum(len(b["rows"]) - b["header_rows"] for b in map(json.loads, sys.stdin) if "rows" in b))')" = 42
"$JIANBAO" render -q "$seed" -o "$work/again.pdf"
check "the same bytes again" same "$work/seed.pdf" "$work/again.pdf"
