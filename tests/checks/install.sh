# `make install`, and a program outside the tree that uses what was installed.
. tests/checks/tap.bash
if [ -n "${SANITIZED:-}" ]; then
    skip "install" "not under the sanitizers"
    exit 0
fi
check "installs" make -s BUILD="$BUILD" DESTDIR="$work/root" PREFIX=/usr install
pc=$work/root/usr/lib/pkgconfig
check "the pkg-config file has a version" test "$(PKG_CONFIG_PATH=$pc pkg-config --modversion jianbao)" = "$("$JIANBAO" --version | sed 's/.* //')"
cat >"$work/use.c" <<'C'
#include <jianbao.h>
#include <stdio.h>
int main(int argc, char **argv) {
    jb_context *ctx = jb_context_new();
    jb_dataset *data = argc > 1 ? jb_dataset_load(ctx, argv[1]) : NULL;
    if (!data) return 1;
    printf("%zu %s\n", jb_dataset_rows(data), jb_dataset_row_name(data, 2));
    jb_dataset_free(data);
    jb_context_free(ctx);
    return 0;
}
C
flags="-I$work/root/usr/include -L$work/root/usr/lib"
check "a program compiles with the installed header" ${CC:-gcc} -std=c17 $flags "$work/use.c" -ljianbao -o "$work/use"
check "and runs with the installed library" test "$(LD_LIBRARY_PATH=$work/root/usr/lib "$work/use" tests/golden/data/plan.csv)" = "12 固定资产投资额"
check "only jb_ names are exported" test -z "$(nm -D --defined-only "$work/root/usr/lib/libjianbao.so" | grep -v ' jb_' | grep -vE ' (_init|_fini|__bss_start|_edata|_end)$')"
check "the man page is there" test -s "$work/root/usr/share/man/man1/jianbao.1"
check "the completion is there" test -s "$work/root/usr/share/bash-completion/completions/jianbao"
