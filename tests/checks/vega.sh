#!/usr/bin/env bash
# Vega-Lite's own examples: each draws or is refused with a reason; those of tests/vega-lite/agrees.txt agree with the numbers that Vega
# computed (tests/vega-lite/expected, made by tests/vega-lite/make_expected). The list may only grow.
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/checks/tap.bash
command -v python3 >/dev/null || { skip "Vega-Lite's examples" "no python3"; exit 0; }
for spec in tests/vega-lite/specs/*.vl.json; do
    name=$(basename "$spec" .vl.json)
    timeout 60 "$JIANBAO" chart "$spec" --dump=chart >"$work/$name.dump" 2>"$work/$name.err"
done
check "Vega-Lite's examples are compared" python3 tests/vega-lite/compare.py "$work" --to "$work/result"
check "all draw or are refused with a reason" hasnt "$work/result" "crashed "
while read -r name; do
    check "$name agrees with Vega" bash -c "grep -qx 'agrees $name' '$work/result' || { grep -E ' $name(:|\$)' '$work/result'; exit 1; }"
done <tests/vega-lite/agrees.txt
sed -n 's/^agrees //p' "$work/result" | grep -vxFf tests/vega-lite/agrees.txt >"$work/new"
mkdir "$work/page"
python3 tests/checks/docs.py charts docs/vega-lite.md "$work/page" >/dev/null
for file in "$work/page"/file-*.yaml; do
    check "docs/vega-lite.md: example $(basename "$file" .yaml) is drawn" "$JIANBAO" chart "$file" -o "$work/page/x.svg"
done
check "docs/vega-lite.md: there are examples" test -s "$work/page/file-4.yaml"
check "tests/vega-lite/agrees.txt lists all that agree" bash -c "! grep . '$work/new'"
