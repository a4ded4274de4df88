#!/bin/bash
# Registers in which each row has a value of its own: what groups, counts and loops over them takes
# time and memory that grow with the rows, and not with their square.
set -u
[[ scale == *"${CASE-}"* ]] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
is_slow=$(grep -c __asan_init "$PANELPACK")

# make_job NAME ROWS SECTION NARRATIVE
make_job() {
    mkdir -p "$work/$1/templates/report"
    printf '%s\n' '[job]' 'title = Scale' 'organisation = Sampleton Council' 'period = 2021/22' \
        'as at = 2022-03-31' 'reports = report' '[source list]' 'files = list.csv' 'dialect = register' \
        'fill down = none' >"$work/$1/job.ini"
    printf '%s\n' '[report]' 'title = Scale' 'narrative = words.md' "$3" >"$work/$1/templates/report/report.ini"
    printf '# Scale\n\n%b\n' "$4" >"$work/$1/templates/report/words.md"
    awk -v rows="$2" 'BEGIN { print "ID,Theme,Action,Owner,Status"
        for (i = 1; i <= rows; i++) print "A" i ",Theme " i ",Do " i ",Owner " i ",Green" }' >"$work/$1/list.csv"
}
# says NAME STATUS TEXT: within 8 seconds of the processor and 600 MB
says() {
    (
        [ "$is_slow" != 0 ] || ulimit -t 8 -v 600000
        "$PANELPACK" dump "$work/$1" --stage=document
    ) >"$work/out" 2>"$work/err"
    local status=$?
    if [ $status = "$2" ] && grep -qF -- "$3" "$work/out" "$work/err"; then
        echo "ok - $1"
    else
        echo "not ok - $1: exit status $status"
        tail -3 "$work/err" | sed 's/^/# /'
    fi
}

table=$'[table t]\nsource = list\ncaption = Rows'
rows=$((is_slow ? 300 : 6000))
make_job count-by-two-fields $rows "$table"$'\nkind = count\ncount by = theme, owner' '![](table:t)'
says count-by-two-fields 0 "Owner $rows"
make_job rows-in-groups $rows "$table"$'\nkind = register\ncolumns = all\ngroup by = theme' '![](table:t)'
says rows-in-groups 0 "Theme $rows"
make_job a-loop-over-too-many 20000 "$table"$'\nkind = register\ncolumns = all' \
    '{{each theme of list}}\n\n{{theme}}\n\n{{end}}\n\n![](table:t)'
says a-loop-over-too-many 3 "has 20000 values: expected at most 500"
