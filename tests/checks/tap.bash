# For checks: `check NAME COMMAND…` prints a TAP line, and what the command said when it failed.
n=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
check() {
    local name=$1 said
    shift
    n=$((n + 1))
    if said=$("$@" 2>&1); then echo "ok $n - $name"; else
        echo "not ok $n - $name"
        sed 's/^/# /' <<<"$said" | cut -c1-300 | head -n 12
    fi
}
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
same() { cmp "$1" "$2"; }
has() { grep -qF -- "$2" "$1" || { echo "no “$2” in $1"; return 1; }; }
hasnt() { ! grep -nF -- "$2" "$1"; }
