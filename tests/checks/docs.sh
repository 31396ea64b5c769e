# What the documentation says: links, options of the man page, examples of docs/charts.md.
. tests/checks/tap.bash
docs() { python3 tests/checks/docs.py "$@"; }

check "links lead somewhere" test -z "$(docs links README*.md docs/*.md docs/gallery/*.md ARCHITECTURE.md 2>&1 | tee "$work/links")"
sed 's/^/# no /' "$work/links"

# Every option that the man page gives to a command is in its --help, and the other way round.
offered() { for c in render chart data check; do "$JIANBAO" $c --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--?[a-z][a-z-]*' | sed "s/^/$c\t/"; done | sort -u; }
docs options docs/jianbao.1 | sort -u >"$work/named"
offered >"$work/offered"
check "options of the man page are those of the program" diff "$work/named" "$work/offered"

# The completion offers no other option, and no value that the program refuses.
complete_words() { # COMMAND WORD…
    (. docs/completion.bash; COMP_WORDS=(jianbao "$@") COMP_CWORD=$#; _jianbao; printf '%s\n' "${COMPREPLY[@]}")
}
for c in render chart data check; do complete_words $c - | sed "s/=$//;s/^/$c\t/"; done | sort -u >"$work/completed"
check "the completion has the long options of the program" diff <(grep -- -- "$work/completed") <(grep -- -- "$work/offered")
for c in render chart; do
    for stage in $(complete_words $c --dump ''); do
        "$JIANBAO" $c --dump "$stage" no-such-file 2>&1 | grep -q 'cannot be' && echo "$c $stage"
    done
done >"$work/stages"
check "and stages that there are" test ! -s "$work/stages"

# The first report of both READMEs: the same files, the output and the message that they promise.
for page in README.md README.zh-CN.md; do
    mkdir "$work/$page"
    docs readme $page "$work/$page" >"$work/promised"
    check "$page: data" has <("$JIANBAO" data -q "$work/$page/plan.csv") "$(sed -n 1p "$work/promised")"
    check "$page: report" "$JIANBAO" render --strict "$work/$page/report.md"
    check "$page: its PDF is beside it" qpdf --check "$work/$page/report.pdf"
    check "$page: its chart" "$JIANBAO" chart --strict "$work/$page/report.md#chart-1" -o "$work/growth.png"
    sed 's/进出口总额"\]\["/进出口额"]["/' "$work/$page/report.md" >"$work/$page/wrong.md"
    mv "$work/$page/wrong.md" "$work/$page/report.md"
    (cd "$work/$page" && "$JIANBAO" render report.md 2>"$work/said")
    check "$page: message" has "$work/said" "$(sed -n 2p "$work/promised")"
done
check "one first report in both" diff -r "$work/README.md/plan.csv" "$work/README.zh-CN.md/plan.csv"

# Themes.
docs theme docs/themes.md "$work"
check "the theme of themes.md" "$JIANBAO" render --strict "$work/themed.md" -o "$work/themed.pdf"
check "themes.md names all keys" test -z "$(docs keys render/themes/briefing.yaml docs/themes.md | tee "$work/keys")"
sed 's/^/# not named: /' "$work/keys"

# Tables from data, with the examples' datasets of docs/charts.md.
cp examples/plan-2020/data/*.csv "$work"
docs charts docs/charts.md "$work" >/dev/null
docs tables docs/report.md "$work" >"$work/tables"
check "report.md has tables" test "$(cat "$work/tables")" -ge 2
check "they render" "$JIANBAO" render --strict "$work/tables.md" -o "$work/tables.pdf"

# Charts.
cp examples/plan-2020/data/*.csv "$work"
docs charts docs/charts.md docs/charts-properties.md "$work" >"$work/ids"
check "charts.md has examples" test "$(wc -l <"$work/ids")" -ge 20
check "they render" "$JIANBAO" render --strict "$work/report.md" -o "$work/report.pdf"
check "one figure each" test "$("$JIANBAO" render -q "$work/report.md" --dump=chart | wc -l)" = "$(wc -l <"$work/ids")"
while read -r id; do
    check "chart $id by itself" "$JIANBAO" chart --strict "$work/report.md#$id" -o "$work/$id.png"
done <"$work/ids"
for file in "$work"/file-*.yaml; do
    check "$(basename "$file")" "$JIANBAO" chart --strict "$file" -o "$file.svg"
done
every_property() { python3 tests/checks/properties.py "$work" "$@"; }
check "every property has a row with value, unit and default, and an example" every_property docs/charts.md docs/charts-properties.md
misses() { # WHAT SED-EDIT: a page that is spoilt so must not pass
    sed -E "$2" docs/charts.md >"$work/spoilt.md"
    ! every_property "$work/spoilt.md" docs/charts-properties.md >"$work/said" && has "$work/said" "$1"
}
check "sees a property without a row" misses "zero is in no table" '/^\| `zero` \| lines/d'
check "sees a row of a property that is not there" misses "zer0 has a row" 's/^\| `zero` \| lines/| `zer0` | lines/'
check "sees a row without a unit" misses "width takes a number" 's/pt, from 40/from 40/'
check "sees a row without a default" misses "unit: its row does not say what is done" 's/\| rows of all units \|$/| |/'
check "sees a mark that has no row of its own" misses "zero of slope is in no table" 's/^(\| `zero` \| dumbbell), slope/\1/'
mkdir "$work/fewer"
cp "$work/plan-2020.csv" "$work/fewer"
docs charts docs/charts.md "$work/fewer" >"$work/none"
unshown() { ! python3 tests/checks/properties.py "$work/fewer" docs/charts.md >"$work/said" && has "$work/said" "trend of kpi is in no example"; }
check "sees a property without an example" unshown
# What a mark is drawn from: one column, two, or plan and result, which it finds itself.
drawn_by() { # MARK
    case $1 in
    bullet | variance | kpi) "$JIANBAO" chart -q "$work/plan-2020.csv" --mark "$1" -x 指标名称 -o "$work/mark.png" ;;
    dumbbell | slope | sparkline) "$JIANBAO" chart -q "$work/gdp-2011-2020.csv" --mark "$1" -x 年份 -y 重庆市,云南省 -o "$work/mark.png" ;;
    *) "$JIANBAO" chart -q "$work/gdp-2011-2020.csv" --mark "$1" -x 年份 -y 重庆市 -o "$work/mark.png" ;;
    esac
}
for mark in $(complete_words chart --mark ''); do
    check "mark $mark, which the completion offers" drawn_by "$mark"
done
complete_words chart --mark '' | sort >"$work/offered-marks"
"$JIANBAO" chart "$work/gdp-2011-2020.csv" --mark no-such -x 年份 -y 重庆市 2>&1 | sed -n 's/.*there are: //p' | tr -d ' ' | tr , '\n' | sort >"$work/marks"
check "the completion offers every mark" diff "$work/offered-marks" "$work/marks"
for mark in $(cat "$work/marks"); do check "the man page names $mark" grep -q "^\\.BR* $mark" docs/jianbao.1; done
docs errors docs/charts.md "$work" >"$work/errors"
check "charts.md has errors" test "$(wc -l <"$work/errors")" -ge 10
while IFS=$'\t' read -r number message; do
    "$JIANBAO" render "$work/error-$number.md" -o "$work/error.pdf" >"$work/said" 2>&1
    status=$?
    check "error: $message" has "$work/said" "$message"
    check "  and status 2, no file" test $status = 2 -a ! -e "$work/error.pdf"
done <"$work/errors"
