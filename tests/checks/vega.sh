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
# Every key is listed, and used by an example that is drawn: of the page, of tests/golden/vega, of Vega-Lite's own.
ours=$(for spec in tests/golden/vega/*.yaml; do grep -q '^exit' "${spec%.yaml}.expect" || echo "$spec"; done)
python3 tests/checks/docs.py specs "$work/specs.md" "$work/page"/file-*.yaml $ours
"$JIANBAO" render -q "$work/specs.md" --dump=document >"$work/specs.document"
for spec in tests/vega-lite/specs/*.vl.json; do
    test -s "$work/$(basename "$spec" .vl.json).dump" && echo "$spec"
done >"$work/drawn"
every_key() { python3 tests/checks/vl_keys.py "$1" "$work/specs.document" $(cat "$work/drawn"); }
check "docs/vega-lite.md lists every key with what it takes; each is in an example" every_key docs/vega-lite.md
misses() { # WHAT SED-EDIT: a page that is spoilt so must not pass
    sed -E "$2" docs/vega-lite.md >"$work/spoilt.md"
    ! every_key "$work/spoilt.md" >"$work/said" && has "$work/said" "$1"
}
check "sees a key that is not listed" misses "tickCount of axis has no row" '/^\| `tickCount`/d'
check "sees a key without what it takes" misses "clip of mark: its row does not say" 's/^(\| `clip` \| all \|).*/\1 |/'
check "sees a number without a unit" misses "minExtent of axis takes a number" 's/pt: the least room/the least room/'
unshown() { ! python3 tests/checks/vl_keys.py docs/vega-lite.md $(cat "$work/drawn") >"$work/said" && has "$work/said" "disable of config_axis is in no example"; }
check "sees a key without an example" unshown
check "docs/vega-lite.md: there are examples" test -s "$work/page/file-4.yaml"
check "tests/vega-lite/agrees.txt lists all that agree" bash -c "! grep . '$work/new'"
