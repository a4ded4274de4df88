#!/bin/bash
# How long the whole sample job takes and how much memory, start of the program, and a plain
# comparison of the runs with each other. A measurement, not a test: nothing fails here.
#   bench.sh BUILD [PEERS [DATA]]   PEERS: other programs for the same jobs, built; DATA: a folder
#   of street-level crime files beside the 35 real ones, which are read when they are there
set -eu
build=$1
peers=${2-}
data=${3-}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
echo "$(uname -sr), $(nproc) cores, $(date -u +%Y-%m-%d)"
"$build/panelpack" --version | tr '\n' ',' | sed 's/,$/\n/; s/,  /, /g'
measure() { # NAME COMMAND...: median of five, after one to warm up
    local name=$1
    shift
    "$@" >/dev/null 2>&1 || true
    for _ in 1 2 3 4 5; do
        python3 - "$@" <<'P'
import resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall = time.monotonic() - start
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{wall:.3f} {use.ru_utime + use.ru_stime:.3f} {use.ru_maxrss / 1024:.1f}")
P
    done | sort -n | sed -n 3p | while read -r wall cpu memory; do
        printf '%-28s %6s s wall  %6s s processor  %6s MiB\n' "$name" "$wall" "$cpu" "$memory"
    done
}
measure "panelpack --version" "$build/panelpack" --version
measure "sample job, check" "$build/panelpack" check input/harborough-2021-22
measure "sample job, whole run" "$build/panelpack" run input/harborough-2021-22 --output "$out/run"
measure "sample job, dry run" "$build/panelpack" run input/harborough-2021-22 --output "$out" --dry-run
measure "agenda pack" "$build/panelpack" pack input/scrutiny-2022-06-30/agenda.ini --output "$out"
"$build/tests/bench/xlsx_read" "$out/large.xlsx"
mkdir "$out/books"
"$build/tests/bench/xlsx_write" "$out/books"
for pages in 100 1000 10000; do
    "$build/tests/bench/pdf_pages" ours "$pages"
done
# the first over the second, which has neither layout nor tags: how near to the library we are
"$build/tests/bench/pdf_pages" replay 1000
"$build/tests/bench/pdf_pages" wide 10
"$build/tests/bench/pdf_pages" wide 100
"$build/tests/bench/pdf_pages" words 10
"$build/tests/bench/pdf_pages" words 100
if [ -n "$peers" ]; then
    tests/bench/peers.py "$build/tests/bench/pdf_pages" "$peers"
fi
real=../shared/data/police-leicestershire
for folder in "$real" $data; do
    [ -d "$folder" ] && tests/bench/j2.py "$build/panelpack" "$folder" "$peers"
done
exit 0
