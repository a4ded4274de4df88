#!/bin/bash
# The program and the unit tests under valgrind: any error or definite leak fails.
set -u
build=$1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0
run() {
    local name=$1
    shift
    if valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
        --child-silent-after-fork=yes "$@" >"$out/log" 2>&1 || [ $? != 99 ]; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' "$out/log"
        failed=1
    fi
}
run "sample job" "$build/panelpack" run input/harborough-2021-22 --output "$out"
run "sample job of a quarter" "$build/panelpack" run input/harborough-quarterly-2021-22-q2 --output "$out"
run "agenda pack" "$build/panelpack" pack input/scrutiny-2022-06-30/agenda.ini --output "$out"
for program in "$build"/tests/unit/*/*; do
    [ -x "$program" ] && [ ! -d "$program" ] && run "${program#"$build"/tests/unit/}" "$program"
done
exit $failed
