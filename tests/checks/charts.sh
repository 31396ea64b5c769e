# Charts as a printer sees them: labels apart and off the marks, values said, type not too small, one left edge.
. tests/checks/tap.bash
natural=616 # pt: the width of a chart that is drawn alone

fit() { # FILE or REPORT#ID, WIDTH
    "$JIANBAO" chart -q "$1" --dump=scene >"$work/scene" || return 1
    "$JIANBAO" chart -q "$1" --dump=chart >"$work/chart" || return 1
    "$JIANBAO" chart -q "$1" --dump=scene | cmp - "$work/scene" || return 1
    python3 tests/checks/charts.py "$work/scene" "$work/chart" "$2"
}
finds() { # NAME SED-EDIT: a chart that is spoilt so must not pass
    sed -E "$2" "$work/good" >"$work/spoilt"
    cmp -s "$work/good" "$work/spoilt" && { echo "nothing was spoilt"; return 1; }
    ! python3 tests/checks/charts.py "$work/spoilt" "$work/good-chart" $natural >/dev/null
}

report=examples/plan-2020/report.md
for id in $(sed -n 's/^id: //p' $report); do
    grep -A1 "^id: $id\$" $report | grep -q '^mark:' || continue
    check "demo: $id" fit "$report#$id" $natural
done
for width in $natural 444 216; do # alone, a page's measure, half of it
    mkdir "$work/$width"
    cp tests/golden/charts2/*.csv "$work/$width"
    for spec in tests/golden/charts2/*.yaml; do
        name=$(basename "$spec" .yaml)
        case "$name" in seven*) continue ;; esac # an error, see the golden
        { cat "$spec"; echo "width: $width"; } >"$work/$width/$name.yaml"
        check "$name, $width pt wide" fit "$work/$width/$name.yaml" $width
    done
done

mkdir "$work/composite"
cp tests/golden/composite/*.csv "$work/composite"
for width in $natural 444 216; do
    for spec in tests/golden/composite/*.yaml; do
        name=$(basename "$spec" .yaml)
        case "$name" in variance-empty|slope-empty|waterfall-height*) continue ;; esac # errors, or a width of their own: see the golden
        { cat "$spec"; echo "width: $width"; } >"$work/composite/$name.yaml"
        check "$name, $width pt wide" fit "$work/composite/$name.yaml" $width
    done
done

# Lines of very many points: drawn quickly, named in part, the dump short; more than the limit is an error.
awk 'BEGIN { print "日,值"; for (i = 0; i < 300000; i++) printf "%d,%.2f\n", i, 100 + 40 * sin(i / 9000) + (i * 7919) % 31 }' >"$work/dense.csv"
dense() { "$JIANBAO" chart -q "$work/dense.csv" --mark line -x 日 -y 值 "$@"; }
is_short() { [ "$(dense --dump=chart | wc -c)" -lt 5000 ]; }
names_some() { dense --dump=chart | grep -q '"ticks":\[{"value":"0","label":"0"},{"value":"50000","label":"50000"}'; }
few_points() { [ "$(dense --dump=scene | wc -c)" -lt 500000 ]; }
peak() { "$JIANBAO" chart --timings "$1" --mark line -x 日 -y 值 -o "$work/dense.png" 2>&1 | sed -n 's/^peak memory *\([0-9]*\) KiB.*/\1/p'; }
grows_evenly() { # names are not set one by one: twice the points take about twice the memory
    awk 'BEGIN { print "日,值"; for (i = 0; i < 600000; i++) print i "," i % 7 }' >"$work/denser.csv"
    [ "$(peak "$work/denser.csv")" -lt $(("$(peak "$work/dense.csv")" * 5 / 2)) ]
}
too_many_bars() { ! "$JIANBAO" chart "$work/dense.csv" --mark bar -x 日 -y 值 --dump=chart 2>"$work/many" && grep -q "the limit is 2000" "$work/many"; }
check "a dense line has a short dump" is_short
check "and round steps of names" names_some
check "and few points" few_points
check "memory grows with the points" grows_evenly
check "so many bars are an error" too_many_bars

# The check itself must see what it is for.
"$JIANBAO" chart -q $report#growth --dump=scene >"$work/good"
"$JIANBAO" chart -q $report#growth --dump=chart >"$work/good-chart"
check "sees type that is too small" finds small '/"text":"3\.9"/s/"size":8\.5/"size":6/'
check "sees a label on a bar" finds bar '/"text":"3\.9"/s/"x":[0-9.]+/"x":200/'
check "sees labels that meet" finds meet '/"text":"4\.5"/s/"y":[0-9.]+/"y":90/;/"text":"3\.9"/s/"y":[0-9.]+/"y":90/;/"text":"(3\.9|4\.5)"/s/"x":[0-9.]+/"x":590/'
check "sees a left edge that is off" finds left '/"text":"服务业增加值增速"/s/"x":0/"x":0.4/'
sed 's/"text":"3\.9"/"text":"3.8"/' "$work/good-chart" >"$work/unsaid"
unsaid() { ! python3 tests/checks/charts.py "$work/good" "$work/unsaid" $natural >/dev/null; }
check "sees a value without a label" unsaid
