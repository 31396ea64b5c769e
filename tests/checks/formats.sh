# The plan tables say the same in every format: standard output of `jianbao data` is that of the CSV, byte by byte.
. tests/checks/tap.bash
JIANBAO=${JIANBAO:-build/jianbao}
says_the_same() { # FILE CSV
    "$JIANBAO" data -q "$1" >"$work/got" && "$JIANBAO" data -q "$2" >"$work/wanted" && [ -s "$work/wanted" ] && diff "$work/got" "$work/wanted"
}
for file in tests/outside/formats/plan-*; do
    name=${file##*/}
    check "$name" says_the_same "$file" "examples/plan-2020/data/${name%%.*}.csv"
done
echo "1..$n"
