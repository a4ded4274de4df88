#!/bin/bash
# Golden cases: a folder each, those of words against figures in claims/; a job with what it must
# print. `command` holds the arguments (the folder itself stands as CASE); by default the document's
# dump. Expected are the standard output, the messages and the exit status.
#   tests/golden/run.sh            TAP
#   tests/golden/run.sh --update   shows what would change, asks, and changes it
set -u
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
changed=0
for folder in "$here"/*/ "$here"/claims/*/; do
    folder=${folder%/}
    name=${folder#"$here"/}
    [ -e "$folder/job.ini" ] || [ -e "$folder/command" ] || continue # claims/ holds cases itself
    [[ "golden $name" == *"${CASE-}"* ]] || continue
    arguments="dump CASE --stage=document"
    [ -e "$folder/command" ] && arguments=$(cat "$folder/command")
    # shellcheck disable=SC2086
    "$PANELPACK" ${arguments//CASE/$folder} >"$work/expected.out" 2>"$work/expected.err"
    echo $? >"$work/expected.status"
    difference=
    for file in expected.out expected.err expected.status; do
        difference+=$(diff -u "$folder/$file" "$work/$file" 2>&1)
    done
    if [ "${1-}" = --update ]; then
        [ -z "$difference" ] && continue
        printf '%s: %s\n%s\n' "$name" "changes" "$difference"
        for file in expected.out expected.err expected.status; do
            mkdir -p "$work/new/$name"
            cp "$work/$file" "$work/new/$name/"
        done
        changed=1
    elif [ -z "$difference" ]; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        printf '%s\n' "$difference" | sed 's/^/# /'
    fi
done
if [ "${1-}" = --update ]; then
    [ $changed = 0 ] && echo "nothing changes" && exit 0
    read -r -p "change them? [y/N] " answer
    [ "$answer" = y ] && cp -r "$work"/new/* "$here/" && echo "changed"
fi
exit 0
