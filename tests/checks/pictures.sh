# Pictures of charts: sizes, formats, all charts of a report at once, and ids that must not lead out of the folder.
. tests/checks/tap.bash
report=examples/plan-2020/report.md

png() { # FILE WIDTH HEIGHT DENSITY: what the header says
    python3 - "$@" <<'END'
import struct, sys
data = open(sys.argv[1], "rb").read()
width, height = struct.unpack(">II", data[16:24])
density = struct.unpack(">I", data[data.index(b"pHYs") + 4:][:4])[0]
found = "%d %d %d" % (width, height, density)
sys.exit(0 if found == " ".join(sys.argv[2:]) else found + ", not " + " ".join(sys.argv[2:]))
END
}
drawn() { # OPTIONS WIDTH HEIGHT DENSITY
    # shellcheck disable=SC2086
    "$JIANBAO" chart -q "$report#trend" $1 -o "$work/a.png" && png "$work/a.png" "$2" "$3" "$4"
}
wrong() { # OPTIONS WORDS: usage error that says so
    # shellcheck disable=SC2086
    "$JIANBAO" chart $1 >"$work/said" 2>&1
    [ $? = 2 ] && grep -qF -- "$2" "$work/said"
}
check "pixels" drawn "--size 1600x900" 1600 900 8337
check "millimetres" drawn "--size 160mmx90mm" 1890 1063 11811
check "points at a dpi" drawn "--size 440ptx200pt --dpi 144" 880 400 5669
check "pixels at a dpi" drawn "--size 1600x900 --dpi 200" 1600 900 7874
check "a slide" drawn "--for ppt-16x9" 1728 720 10005
check "half a slide" drawn "--for ppt-16x9-half --scale 1" 420 330 5002
check "a page" drawn "--for a4-half" 900 625 11811
check "wrong size" wrong "$report#rates --size 160mmx90" "units are px, pt, mm, cm, in"
check "no side" wrong "$report#rates --size 0x90" "--size takes"
check "wrong format" wrong "$report#rates --for ppt-16x9-hlaf" "did you mean “ppt-16x9-half”"
check "format and size" wrong "$report#rates --for ppt-16x9 --size 9x9" "leave out --size"
check "dpi and scale" wrong "$report#rates --dpi 9 --scale 9" "leave one out"
check "all without a pattern" wrong "$report --all -o a.png" "needs {id} or {n}"
check "all of one" wrong "$report#rates --all" "leave out the #ID"

slides_differ() {
    "$JIANBAO" chart -q "$report#rates" --for ppt-16x9 --dump=scene | grep -q '"size":16[,}]'
}
check "slides have their type" slides_differ

svg() { # OPTION PATTERN
    # shellcheck disable=SC2086
    "$JIANBAO" chart -q "$report#trend" $1 -o "$work/a.svg" && python3 -c "
import sys, xml.etree.ElementTree as e
r = e.parse(sys.argv[1]).getroot()
assert r.get('role') == 'img' and r[0].tag.endswith('title') and r[1].tag.endswith('desc') and len(r[1].text) > 20" "$work/a.svg" &&
        grep -q "$2" "$work/a.svg"
}
check "svg of outlines" svg "" "<use xlink:href"
check "svg of text" svg "--text" "<text .*>四川省</text>"
centimetres() { svg "--size 16cmx9cm" "width=\"604.724\" height=\"340.157\""; }
check "svg in centimetres" centimetres

mkdir "$work/all" "$work/in"
all_of_demo() {
    "$JIANBAO" chart -q $report --all -o "$work/all/{n}-{id}.png" || return 1
    [ "$(ls "$work/all" | tr '\n' ' ')" = "1-rates.png 2-totals.png 3-growth.png 4-binding.png 5-growth-2021.png 6-totals-2021.png 7-trend.png " ]
}
same_as_alone() {
    "$JIANBAO" chart -q $report#trend -o "$work/alone.png" && cmp "$work/alone.png" "$work/all/7-trend.png"
}
check "all charts of the demo" all_of_demo
check "the same as alone" same_as_alone

printf 'x,y\na,1\nb,2\n' >"$work/in/d.csv"
{
    printf -- '---\ntitle: t\ndata: {d: d.csv}\n---\n\n'
    for id in good ../out a/b .hidden '"-x"' '"a:b"' '""' last; do
        printf '```chart\nid: %s\nmark: bar\nx: x\ny: y\n```\n\n' "$id"
    done
    printf '```chart\nid: broken\nmark: bar\nx: x\ny: none\n```\n'
} >"$work/in/r.md"
hostile() {
    mkdir "$work/out2"
    "$JIANBAO" chart "$work/in/r.md" --all -o "$work/out2/{id}.png" >"$work/said" 2>&1
    [ $? = 1 ] || return 1
    [ "$(ls -A "$work/out2" | tr '\n' ' ')" = "good.png last.png " ] || { ls -A "$work/out2"; cat "$work/said"; return 1; }
    [ "$(ls "$work/in")" = "$(printf 'd.csv\nr.md')" ] && grep -q 'no column “none”' "$work/said"
}
numbered() { # hostile ids do no harm to {n}
    mkdir "$work/out3"
    "$JIANBAO" chart -q "$work/in/r.md" --all -o "$work/out3/{n}.svg" 2>/dev/null
    [ $? = 1 ] && [ "$(ls "$work/out3" | wc -l)" = 8 ]
}
check "ids stay in the folder, the rest is drawn" hostile
check "numbers in place of ids" numbered
