#!/bin/bash
# What comes of a run when memory or a disk runs out, or a call fails: the outputs are whole, or
# those of the run before.
set -u
[[ faults == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
job=tests/golden/ok-chart-control
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=${PYTHON:-/usr/bin/python3}
export PYTHONDONTWRITEBYTECODE=1

faults() { # NAME KIND...
    mkdir "$scratch/$1"
    "${@:2:1}" "$python" "$here/faults.py" "$scratch/$1" "$job" "${@:3}"
}

if grep -q __asan_init "$PANELPACK"; then
    echo "ok - failing calls # SKIP a sanitizer stands where the failing calls would"
else
    ${CC:-gcc} -std=c17 -Wall -Wextra -D_GNU_SOURCE -O1 -fPIC -shared "$here/fault.c" \
        -o "$scratch/fault.so" -ldl || exit 1
    faults calls env calls "$scratch/fault.so"
fi

if unshare -rm true 2>/dev/null; then
    in_namespace() { unshare -rm "$@"; }
    faults output in_namespace space output 208 24
    faults empty in_namespace space "empty output" 4 20
    faults temporary in_namespace space "temporary folder" 4 16
else
    echo "ok - full disks # SKIP nobody may mount here: user namespaces are switched off"
fi
