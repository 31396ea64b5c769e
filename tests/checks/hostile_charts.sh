# Hostile data and specifications through the plain marks and Vega-Lite's words: a picture, the same twice, without numbers that are
# none, whose texts stand in it; or an error with its place. Never a crash, in bounded time and memory.
. tests/checks/tap.bash
command -v python3 >/dev/null || { skip "hostile charts" "no python3"; exit 0; }
python3 tests/checks/hostile_charts.py "$work"
