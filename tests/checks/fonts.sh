# A PDF with a font of each kind: what is embedded, that codes are what the programs say, that the text comes back.
. tests/checks/tap.bash
"$JIANBAO" render -q tests/golden/fonts/report.md -o "$work/fonts.pdf"
pdffonts "$work/fonts.pdf" | tail -n +3 | tr -s ' ' | sed 's/^[A-Z]*+//' >"$work/fonts"
check "CFF with CIDs is CID Type 0C" has "$work/fonts" 'NotoSerifCJKsc-Regular CID Type 0C Identity-H yes yes yes'
check "CFF with names is CID Type 0C" has "$work/fonts" 'JianbaoTestCFF-Regular CID Type 0C Identity-H yes yes yes'
check "glyf is CID TrueType" has "$work/fonts" 'JianbaoTestKai-Regular CID TrueType Identity-H yes yes yes'

python3 tests/checks/font_programs.py "$work/fonts.pdf" >"$work/programs"
program() { awk -v name="$1" '$1 == name { print $2, ($3 > 0), ($4 == $3 ? "all" : $4 == 0 ? "none" : "some"), $5 }' "$work/programs"; }
check "each font has its program" test "$(wc -l <"$work/programs")" = "$(wc -l <"$work/fonts")"
check "no code leads to no glyph" test -z "$(awk '$5 != 0' "$work/programs")"
check "CFF with CIDs: no code is a glyph id" test "$(program NotoSerifCJKsc-Regular)" = "cid 1 all 0"
check "CFF with names: every code is a glyph id" test "$(program JianbaoTestCFF-Regular)" = "names 1 none 0"
check "glyf: no code is a glyph id of the subset" test "$(program JianbaoTestKai-Regular)" = "glyf 1 all 0"

pdftotext -raw "$work/fonts.pdf" - | tr -d '\n\f' >"$work/text"
check "ligatures come back as letters" has "$work/text" 'office 与 affine 的 fi、ff 和 ffi 是连字；'
check "ligatures beside kai" has "$work/text" 'first finish。'
check "no ligature character comes back" hasnt "$work/text" 'ﬁ'
check "Chinese comes back in order" has "$work/text" '字体小样正文用宋体：固定资产投资额 427.7 亿元，'
check "and from kai and hei" has "$work/text" '（一）楷体要点：居民消费价格涨幅 2.3%，first finish。1. 黑体：城镇登记失业率'
scene() { "$JIANBAO" render -q tests/golden/fonts/report.md --dump=scene; }
check "there are ligatures to bring back" has <(scene) '"text":" ffi ","glyphs":3'
