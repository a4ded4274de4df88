#!/bin/bash
# Runs the fuzz targets, each from its corpus, and says what they found.
#   tests/fuzz/fuzz.sh BUILD SECONDS [TARGET]
# New inputs gather in BUILD/corpus/TARGET; one that fails is kept as BUILD/crash-TARGET-… and
# belongs into tests/fuzz/corpus/TARGET once it is mended.
set -u
build=$1 seconds=$2 only=${3-} failed=0
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    [ -z "$only" ] || [ "$name" = "$only" ] || continue
    mkdir -p "$build/corpus/$name"
    dictionary=tests/fuzz/$name.dict
    "$build/${source%.c}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$build/crash-$name-" $([ -e "$dictionary" ] && echo "-dict=$dictionary") \
        -print_final_stats=1 "$build/corpus/$name" "tests/fuzz/corpus/$name" \
        >"$build/$name.log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log")
    if [ $status = 0 ]; then
        echo "ok - $name: ${runs:-0} inputs, $(ls "$build/corpus/$name" | wc -l) new paths"
    else
        echo "not ok - $name: see $build/$name.log"
        tail -30 "$build/$name.log" >&2
        failed=1
    fi
done
exit $failed
