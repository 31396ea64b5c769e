# The rules of the house.
. tests/checks/tap.bash
check "lint" tests/lint
check "README's commands exist" test -x bootstrap
