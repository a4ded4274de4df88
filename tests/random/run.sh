#!/bin/bash
# Random jobs and random documents against models of their own, for some seconds (SECONDS_RANDOM, 10
# when not given, and a fifth of it), always from the same one on (FIRST).
set -u
[[ random == *"${CASE-}"* ]] || exit 0
seconds=${SECONDS_RANDOM:-10}
here=$(dirname "$0")
python3 "$here/random_jobs.py" "$PANELPACK" --seconds "$seconds" --first "${FIRST:-1}"
python3 "$here/random_documents.py" "$PANELPACK" --seconds $((seconds / 5)) --first "${FIRST:-1}"
