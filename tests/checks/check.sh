# jianbao check on whole reports: silence where all is right, and every number that was changed is found.
. tests/checks/tap.bash
silent() { "$JIANBAO" check "$1" >"$work/out" 2>&1 && ! grep -E 'warning:|error:' "$work/out"; }
# Changes the report by a sed expression; exactly that many warnings must come, all naming the text given.
finds() { # REPORT EXPRESSION COUNT TEXT
    sed "$2" "$1" >"$work/changed.md"
    cmp -s "$1" "$work/changed.md" && { echo "nothing changed by $2"; return 1; }
    "$JIANBAO" check "$work/changed.md" >"$work/out" 2>&1
    [ $? = 1 ] || { echo "the exit status is not 1"; return 1; }
    [ "$(grep -c 'warning:' "$work/out")" = "$3" ] && [ "$(grep 'warning:' "$work/out" | grep -cF -- "$4")" = "$3" ] || {
        grep 'warning:' "$work/out"
        return 1
    }
}
example=examples/plan-2020/report.md
# Its counts are queries; written out they are as good as typed ones.
typed=$work/typed.md
sed -E "s/超过目标 \{\{[^}]*\}\}/超过目标 6/;s/完成预期 \{\{[^}]*\}\}/完成预期 7/;s/约束性指标 \{\{[^}]*\}\}/约束性指标 4/;s/列有 \{\{[^}]*\}\}/列有 20/" "$example" >"$typed"
cp -r examples/plan-2020/data "$work/data"
check "the example is right" silent "$example"
check "a wrong total in the example" finds "$example" 's/比上年多 10 亿元/比上年多 20 亿元/' 1 'by the data it is 10 '
check "a wrong number of verdicts" finds "$typed" 's/超过目标 6 项/超过目标 7 项/' 1 '7 of “超过目标”; there are 6'
check "another" finds "$typed" 's/完成预期 7 项/完成预期 8 项/' 1 '8 of “完成预期”; there are 7'
check "a wrong number of binding indicators" finds "$typed" 's/约束性指标 4 项/约束性指标 5 项/' 1 '5 of “约束性指标”; there are 4'
check "a wrong number of indicators" finds "$typed" 's/列有 20 项/列有 21 项/' 1 '21 of “指标”; there are 20'
check "a wrong cell in the data" bash -c '
    sed -i "s/进出口总额（亿元）,380/进出口总额（亿元）,370/" "$1/data/plan-2021.csv"; cp "$2" "$1/r.md"
    "$JIANBAO" check "$1/r.md" 2>&1 | grep -F "进出口总额 of 2020 is 370 here and 380 elsewhere"' - "$work" "$example"

seed=${JB_SEED:-../shared/seed.txt}
if [ ! -f "$seed" ]; then
    skip "the real report" "$seed is not there"
    exit 0
fi
check "the real report is right" silent "$seed"
while IFS='|' read -r expression text; do
    check "changed: $expression" finds "$seed" "$expression" 1 "$text"
done <<'CHANGES'
s/同比增长 3.9%/同比增长 4.9%/|say 3.9 
s/投资完成 427.7/投资完成 472.7/|say 427.7 
s/年初目标 77.7/年初目标 87.7/|it is 77.7 
s/同比增长 3.2%/同比增长 2.3%/|say 3.2 
s/进出口总额 380 亿元/进出口总额 385 亿元/|say 380 
s/比例达到 90%/比例达到 92%/|say 90 
s/森林覆盖率 26.5%/森林覆盖率 28.5%/|say 26.5 
s/城镇新增就业 5 万人/城镇新增就业 6 万人/|say 5 
s/劳动生产率25万元/劳动生产率28万元/|say 25 
s/固定资产投资 420/固定资产投资 450/|say 420 
s/保持在 390/保持在 397/|say 390 
s/就业 3.9 万人以上/就业 4.9 万人以上/|say 3.9 
s/定为7%/定为8%/|say 7 
s/预期目标7%/预期目标6%/|say 7 
s/到位外资 8.5/到位外资 9.5/|say 8.5 
s/实现 7%左右/实现 9%左右/|say 7 
s/天数等 4 项/天数等 5 项/|5 of “约束性指标”; there are 4
s/其余15个/其余16个/|16 of “预期性指标”
s/总额（亿元）	427.7/总额（亿元）	437.7/|is 437.7 here and 427.7 elsewhere
CHANGES
