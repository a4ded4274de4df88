#!/bin/bash
# Every fuzz target on its corpus: what once failed, and one file a path that fuzzing has found.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    files=(tests/fuzz/corpus/"$name"/*)
    if [ ! -e "${files[0]}" ]; then
        echo "not ok - $name: no corpus"
    elif "$BUILD/${source%.c}" "${files[@]}" 2>"$scratch/said"; then
        echo "ok - $name: ${#files[@]} files"
    else
        echo "not ok - $name: $(tail -3 "$scratch/said" | tr '\n' ' ')"
        tail -40 "$scratch/said" >&2
    fi
done
