# Same input, same bytes: again, in another folder, locale, time zone; and failures that leave files alone.
. tests/checks/tap.bash
report=examples/plan-2020/report.md
"$JIANBAO" render -q $report -o "$work/a.pdf"
"$JIANBAO" render -q $report -o "$work/b.pdf"
check "render twice" same "$work/a.pdf" "$work/b.pdf"
cp -r examples/plan-2020 "$work/copy"
(cd "$work/copy" && LC_ALL=de_DE.UTF-8 TZ=Asia/Shanghai "$JIANBAO" render -q report.md -o ../c.pdf)
check "another folder, locale and zone" same "$work/a.pdf" "$work/c.pdf"
for kind in png svg pdf; do
    "$JIANBAO" chart -q $report#totals -o "$work/a.$kind"
    (cd "$work/copy" && TZ=Asia/Shanghai LC_ALL=C "$JIANBAO" chart -q report.md#totals -o "../b.$kind")
    check "a chart as $kind" same "$work/a.$kind" "$work/b.$kind"
done
check "svg is well-formed" xmllint --noout "$work/a.svg"

# A failure leaves the older output as it was, and no other file.
mkdir "$work/out"
for bad in bad-yaml missing-data unknown-dataset unknown-column chart-property chart-column glyph html sql; do
    echo old >"$work/out/x.pdf"
    "$JIANBAO" render -q "tests/golden/errors/$bad.md" -o "$work/out/x.pdf" >/dev/null 2>&1
    status=$?
    check "$bad: fails" test $status -ne 0
    check "$bad: the older output is untouched" test "$(cat "$work/out/x.pdf")" = old
    check "$bad: nothing is left beside it" test "$(ls "$work/out")" = x.pdf
done
mkdir "$work/locked" && chmod 500 "$work/locked"
if [ "$(id -u)" = 0 ]; then mkdir "$work/locked/x.pdf"; fi # root writes anywhere; a folder of that name stops it too
"$JIANBAO" render -q $report -o "$work/locked/x.pdf" 2>"$work/err"
status=$?
check "an output that cannot be written: status 1" test $status = 1
check "an output that cannot be written: says so" has "$work/err" 'error: cannot write'
chmod 700 "$work/locked"
