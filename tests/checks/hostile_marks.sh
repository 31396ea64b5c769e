# Hostile data through every mark: a picture, the same twice, whose boxes are finite; or an error with its place. Never a crash.
. tests/checks/tap.bash
python3 tests/checks/hostile_marks.py "$work" >"$work/list"
drawn() { # SPEC
    local status
    timeout 60 "$JIANBAO" chart "$1" --dump=chart >"$work/first" 2>"$work/said"
    status=$?
    if [ $status = 0 ]; then
        "$JIANBAO" chart -q "$1" --dump=chart >"$work/second" 2>/dev/null
        cmp -s "$work/first" "$work/second" || { echo "not the same twice"; return 1; }
        ! grep -qiE '[:,[]-?(nan|inf)' "$work/first" || { echo "a number is none"; return 1; }
        timeout 60 "$JIANBAO" chart -q "$1" --dump=scene 2>/dev/null | grep -iqE '(nan|inf)[ ",]' && { echo "a path is none"; return 1; }
        return 0
    fi
    # errors are of the specification, the data, or characters that no test font has
    [ $status = 2 ] || grep -q 'no installed font has the character' "$work/said" || { echo "status $status"; cat "$work/said"; return 1; }
    grep -qE '(:[0-9]+:[0-9]+|\.csv): error: |no installed font' "$work/said" || { echo "no place"; cat "$work/said"; return 1; }
}
while IFS=$'\t' read -r name mark; do
    check "$name as $mark" drawn "$work/$name-$mark.yaml"
done <"$work/list"
