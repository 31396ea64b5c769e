# Chart dumps have the form of docs/dumps.md: of the documentation's examples, the gallery, Vega-Lite's examples and the goldens, which
# are what the program prints.
. tests/checks/tap.bash
holds() { python3 tests/checks/dump_schema.py docs/dumps.md "$@"; }
dump_all() { # FOLDER SPEC…: a specification that is refused leaves no file
    local folder=$1 spec name
    shift
    mkdir "$folder"
    for spec; do
        name=$folder/$(basename "$spec").dump
        "$JIANBAO" chart -q "$spec" --dump=chart >"$name" 2>"$work/said" || rm "$name"
    done
}
count() { holds "$@" | tail -n 1 | grep -oE '^[0-9]+'; }

cp examples/plan-2020/data/*.csv "$work"
python3 tests/checks/docs.py charts docs/charts.md docs/charts-properties.md "$work" >"$work/ids"
"$JIANBAO" render -q "$work/report.md" --dump=chart >"$work/page.dump"
check "examples of docs/charts.md and charts-properties.md on pages" holds "$work/page.dump"
check "all of them" test "$(count "$work/page.dump")" = "$(wc -l <"$work/ids")"
mkdir "$work/vl"
python3 tests/checks/docs.py charts docs/vega-lite.md "$work/vl" >"$work/none"
dump_all "$work/vl-page" "$work/vl"/file-*.yaml
check "examples of docs/vega-lite.md" holds "$work/vl-page"/*.dump
dump_all "$work/gallery" docs/gallery/*.yaml
check "the gallery" holds "$work/gallery"/*.dump
check "all of it" test "$(count "$work/gallery"/*.dump)" = "$(ls docs/gallery/*.yaml | wc -l)"
dump_all "$work/specs" tests/vega-lite/specs/*.vl.json
check "Vega-Lite's examples" holds "$work/specs"/*.dump
check "not fewer than agree with Vega" test "$(count "$work/specs"/*.dump)" -ge "$(wc -l <tests/vega-lite/agrees.txt)"
check "the goldens" holds tests/golden/*/*.expect

# The check itself must see what it is for.
finds() { # NAME SED-EDIT: a dump that is spoilt so must not pass
    sed -E "$2" "$work/good" >"$work/spoilt"
    cmp -s "$work/good" "$work/spoilt" && { echo "nothing was spoilt"; return 1; }
    ! holds "$work/spoilt" >"$work/said"
}
sed -n '/"symbol"/p' "$work/page.dump" | head -n 1 >"$work/good"
check "sees a box whose ends are not in order" finds box '0,/"box":\[[^]]*\]/s//"box":[0.5,0.1,0.4,0.2]/'
check "sees a box of three" finds three '0,/"box":\[[^,]*,/s//"box":[/'
check "sees a number that is none" finds nan '0,/"width":[0-9.]+/s//"width":NaN/'
check "sees a mark without data" finds data 's/,"data":\{"x":"2015","y":"[0-9.]+"(,"color":"[^"]*")?\}//'
check "sees a mark with half of its data" finds half 's/"data":\{"x":"2015",/"data":{/'
check "sees an axis of no scale" finds axis 's/"scale":"y"/"scale":"z"/'
check "sees a tick without a label" finds tick '0,/,"label":"[^"]*"\}/s//}/'
check "sees an order of keys that is another" finds order 's/"type":"band","domain":(\[[^]]*\])/"domain":\1,"type":"band"/'
check "sees a key that the page does not name" finds key 's/"data":\{"x":"2015"/"data":{"x":"2015","hue":"1"/'
