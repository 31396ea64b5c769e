# The gallery's pages and pictures are those of its specifications. Fonts differ from machine to machine, so that what is compared is
# what the pictures say: the alternative text, and the labels that stand beside marks.
. tests/checks/tap.bash
folder=docs/gallery

says() { # SVG DUMP: the text of each label is drawn in the SVG
    python3 - "$@" <<'P'
import json, re, sys, xml.etree.ElementTree as e
drawn = [n.get("aria-label") for n in e.parse(sys.argv[1]).iter() if n.get("aria-label")]
drawn = re.sub(r"\s", "", "\n".join(drawn))
labels = 0
for line in open(sys.argv[2], encoding="utf-8"):
    for view in json.loads(line)["views"]:
        for mark in view["marks"]:
            for item in mark["items"]:
                text = re.sub(r"\s", "", item.get("text", ""))
                labels += bool(text)
                if text not in drawn:
                    sys.exit("“%s” is not in %s: make gallery" % (item["text"], sys.argv[1]))
        if not view["marks"]:
            sys.exit("a view without marks")
P
}
alt() { python3 -c "import sys, xml.etree.ElementTree as e
print(e.parse(sys.argv[1]).getroot().find('{http://www.w3.org/2000/svg}desc').text)" "$1"; }

for spec in "$folder"/*.yaml; do
    name=$(basename "$spec" .yaml)
    check "$name is drawn without a warning" "$JIANBAO" chart --strict "$spec" -o "$work/$name.svg"
    check "$name has a picture" test -s "$folder/$name.png"
    check "$name: its picture says what it would say now" diff <(alt "$folder/$name.svg") <(alt "$work/$name.svg")
    "$JIANBAO" chart -q "$spec" --dump=chart >"$work/$name.dump"
    check "$name: its picture has the labels of now" says "$folder/$name.svg" "$work/$name.dump"
done
for picture in "$folder"/*.png "$folder"/*.svg; do
    check "$(basename "$picture") has a source" test -e "${picture%.*}.yaml"
done
"$folder/draw" --pages-only "$work"
for page in README.md README.zh-CN.md; do
    check "$page shows the sources as they are" same "$folder/$page" "$work/$page"
done
for mark in $(. docs/completion.bash; COMP_WORDS=(jianbao chart --mark '') COMP_CWORD=3; _jianbao; echo "${COMPREPLY[@]}"); do
    check "mark $mark is shown" grep -qE "^(mark: |  - \{mark: )$mark\b" "$folder"/*.yaml
done
# Every figure of the two plan tables, read and worked out anew.
figures() { python3 tests/checks/gallery_figures.py "$@"; }
for name in bars bounds columns forecast ranking kpi panels rates variance bullet dumbbell slope vl-multiples; do
    check "figures of $name" figures "$work/$name.dump"
done
mkdir "$work/wrong"
for name in bars rates variance slope vl-multiples; do
    sed 's/"y":"3\.9"/"y":"3.8"/; s/"y":"126\.7"/"y":"126.6"/; s/"y":"+26\.7"/"y":"+26.6"/' "$work/$name.dump" >"$work/wrong/$name.dump"
    wrong() { ! figures "$work/wrong/$name.dump" >"$work/said"; }
    check "sees a figure of $name that is wrong" wrong
done
sed 's/"text":"3\.9"/"text":"3.8"/' "$work/bars.dump" >"$work/other.dump"
blind() { ! says "$folder/bars.svg" "$work/other.dump" >/dev/null; }
check "sees a label that is not the picture's" blind
