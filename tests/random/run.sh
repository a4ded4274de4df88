#!/bin/bash
# Random jobs against a model of their own, for some seconds (SECONDS_RANDOM, 10 when not given),
# always from the same one on (FIRST).
set -u
[[ random == *"${CASE-}"* ]] || exit 0
exec python3 "$(dirname "$0")/random_jobs.py" "$PANELPACK" \
    --seconds "${SECONDS_RANDOM:-10}" --first "${FIRST:-1}"
